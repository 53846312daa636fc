// CPython 3.14: the reference counts behind Modules/_io (iobase_finalize)
//
// CPython closes a file, and so writes what it still holds, when its last reference goes. Here the
// writers that hold unwritten data are kept in a table (by the Interpreter), so that none is lost:
// at exit they are flushed in order of opening, and when a file is opened or looked at by path
// while an older writer on the same path can no longer be reached by the program, that writer is
// finished first.

import type { PyObject } from "../core/objects/object.ts";
import { PyBaseException } from "../core/objects/object.ts";
import { callMethod, isStr, lookupAttr, strValue } from "../core/objects/abstract.ts";
import { firstReachable } from "../core/objects/reach.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { watched } from "../core/objects/watch.ts";
import { utf16 } from "../core/objects/names.ts";

const KEY = {};
const STANDARD = ["stdout", "stderr", "__stdout__", "__stderr__"];

/** Streams that hold data which was not given to the system yet, the outermost object of each. */
export function dirtyStreams(): Set<PyObject> {
  return interpStore(KEY, () => {
    const all = new Set<PyObject>();
    watched().weak.add(all);
    return all;
  });
}

/** Finishes dropped writers on a path. */
export function settleDropped(path: string): void {
  const dirty = dirtyStreams();
  if (dirty.size === 0) return;
  const same = [...dirty].filter((s) => {
    try {
      const n = lookupAttr(s, "name");
      return n !== undefined && isStr(n) && utf16(strValue(n)) === path;
    } catch {
      return false;
    }
  });
  for (const s of same) {
    // `dirty` itself is not a place the program can reach it from
    if (firstReachable(new Set([s])) === undefined) close(s);
  }
}

/** Flushes everything that is left, at exit. */
export function flushAll(): void {
  for (const s of [...dirtyStreams()]) close(s);
}
/** Is it a standard stream or a buffer of one? That those could not be written is said when they are flushed. */
function isStandard(s: PyObject): boolean {
  return STANDARD.some((name) => {
    const f = cur.interp.sys.dict.getStr(name);
    return f === s || f !== undefined && lookupAttr(f, "buffer") === s;
  });
}
function close(s: PyObject): void {
  dirtyStreams().delete(s);
  try {
    callMethod(s, "flush");
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    if (!isStandard(s)) cur.interp.unraisable(e, "Exception ignored while finalizing file", s);
  }
}
