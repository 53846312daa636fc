// CPython 3.14: Python/traceback.c (PyTraceBack_Print)
//
// The interpreter's own printing of tracebacks: plain source lines without marks. It serves where
// the traceback module cannot run, and tests that compare the two.

import { None, PyBaseException, PyBytes, tracebackType, typeOf, type Value } from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { systemError } from "../core/objects/errors.ts";
import { textValue } from "../core/objects/exceptions.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur } from "../core/objects/state.ts";
import { decodeSource } from "../core/parse/source.ts";
import { tracebackLine } from "../vm/interp/traceback_type.ts";
import type { PyTraceback } from "../vm/interp/unwind.ts";

/** So often a repeated entry is printed before it is only counted. */
const RECURSIVE_CUTOFF = 3;
const DEFAULT_LIMIT = 1000;

type Write = (text: string) => void;

/** Prints a traceback with its heading to a file object. */
export function printTraceback(tb: Value, file: Value): void {
  if (typeOf(tb) !== tracebackType) throw systemError("Python/traceback.c: bad argument to internal function");
  writeTraceback(tb as PyTraceback, (s) => void A.callMethod(file, "write", textValue(s)));
}

/** Writes a traceback with its heading, as far as sys.tracebacklimit allows. */
export function writeTraceback(first: PyTraceback, write: Write): void {
  let limit = DEFAULT_LIMIT;
  const asked = cur.interp.sys.dict.getStr("tracebacklimit");
  if (asked !== undefined && A.isInt(asked)) {
    limit = Number(A.asIndex(asked));
    if (limit <= 0) return;
  }
  write("Traceback (most recent call last):\n");
  let depth = 0;
  for (let t: PyTraceback | undefined = first; t !== undefined; t = t.next) depth++;
  let tb: PyTraceback | undefined = first;
  for (; tb !== undefined && depth > limit; tb = tb.next) depth--;
  let last = "", count = 0;
  const repeated = () => {
    const more = count - RECURSIVE_CUTOFF;
    if (more > 0) write(`  [Previous line repeated ${more} more time${more > 1 ? "s" : ""}]\n`);
  };
  for (; tb !== undefined; tb = tb.next) {
    const code = tb.frame.prep.code;
    const line = tracebackLine(tb);
    const head = `  File "${utf16(A.strOf(code.co_filename))}", line ${line ?? -1}, in ${code.co_name}\n`;
    if (head !== last) {
      repeated();
      last = head;
      count = 0;
    }
    if (++count <= RECURSIVE_CUTOFF) {
      write(head);
      const text = line === null ? undefined : sourceLine(code.co_filename, line);
      if (text !== undefined) write(`    ${text}\n`);
    }
    cur.tick(1);
  }
  repeated();
}

/** A line of a source file without its indentation; undefined when it cannot be read. */
function sourceLine(filename: Value, line: number): string | undefined {
  const name = utf16(A.strOf(filename));
  if (name.startsWith("<") && name.endsWith(">")) return undefined;
  try {
    const bytes = readSource(filename);
    if (bytes === undefined) return undefined;
    const found = decodeSource(bytes, name, decode).text.split(/\r\n|\r|\n/)[line - 1];
    return found?.replace(/^[ \t\f]+/, "");
  } catch (e) {
    if (e instanceof PyBaseException && A.typeNameOf(e) === "KeyboardInterrupt") throw e;
    // what cannot be read or decoded is left out
    return undefined;
  }
}

function decode(encoding: string, bytes: Uint8Array): string | { error: string } {
  try {
    return utf16(A.callMethod(new PyBytes(bytes), "decode", encoding) as never);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    return { error: utf16(A.strOf(e)) };
  }
}

/** The bytes of a file, by its name or by its last part along sys.path. */
function readSource(filename: Value): Uint8Array | undefined {
  const open = A.getAttr(cur.interp.importModule("io"), "open");
  const read = (name: Value): Uint8Array | undefined => {
    let file: Value;
    try {
      file = A.call(open, [name, "rb"]);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      return undefined;
    }
    try {
      return (A.callMethod(file, "read") as PyBytes).b;
    } finally {
      A.callMethod(file, "close");
    }
  };
  const direct = read(filename);
  if (direct !== undefined) return direct;
  const path = cur.interp.sys.dict.getStr("path");
  const base = utf16(A.strOf(filename)).replace(/^.*\//, "");
  for (const dir of path === undefined || path === None ? [] : A.iterToArray(path)) {
    if (!A.isStr(dir)) continue;
    const d = utf16(A.strOf(dir));
    const found = read(textValue(d === "" || d.endsWith("/") ? d + base : `${d}/${base}`));
    if (found !== undefined) return found;
  }
  return undefined;
}
