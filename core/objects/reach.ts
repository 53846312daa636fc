// CPython 3.14: no counterpart (reference counting does it)
//
// Can the program still reach an object? Without reference counts that is asked only where
// behaviour depends on it: a bytearray may be resized when all memoryviews of it have been dropped.
// The search starts at the frames that run, with their locals and live operands, and looks as far
// as BUDGET objects; what it has not met by then counts as dropped. Errors of this rule lead to a
// missing BufferError, never to a spurious one.

import { type PyDictBase, PyObject, PyType } from "./object.ts";
import { cur, type FrameLike } from "./state.ts";

const BUDGET = 4000;

/** The parts of a frame and a thread that hold values; vm/ has the classes. */
interface FrameParts extends FrameLike {
  locals?: unknown[];
  ns?: unknown;
  base?: number;
  sp?: number;
}
interface ThreadParts {
  stack?: unknown[];
}

/** One of `targets` that the running frames can reach, or undefined. */
export function firstReachable(targets: Set<PyObject>): PyObject | undefined {
  const seen = new Set<object>();
  const queue: object[] = [];
  const add = (v: unknown): void => {
    if (typeof v !== "object" || v === null || seen.has(v)) return;
    if (v instanceof PyObject) {
      // a builtin type leads everywhere; a class is looked at for its own attributes
      if (v instanceof PyType) v = v.tdict;
    } else if (
      !(Array.isArray(v) || v instanceof Map || v instanceof Set)
    ) return;
    if (v !== undefined && !seen.has(v as object)) {
      seen.add(v as object);
      queue.push(v as object);
    }
  };
  const stack = (cur as unknown as ThreadParts).stack;
  const globals: PyDictBase[] = [];
  for (let f = cur.frame as FrameParts | undefined; f; f = f.back) {
    if (f.locals !== undefined) { for (const v of f.locals) add(v); }
    add(f.ns);
    if (stack !== undefined && f.base !== undefined && f.sp !== undefined) {
      for (let i = f.base; i < f.sp; i++) add(stack[i]);
    }
    if (!globals.includes(f.globals)) globals.push(f.globals);
    seen.add(f);
  }
  for (const g of globals) add(g);
  for (let i = 0; i < queue.length && i < BUDGET; i++) {
    const o = queue[i];
    if (targets.has(o as PyObject)) return o as PyObject;
    if (o instanceof Map) {
      for (const [k, v] of o) {
        add(k);
        add(v);
      }
    } else if (o instanceof Set || Array.isArray(o)) {
      for (const v of o) add(v);
    } else if (!(o instanceof PyType)) {
      const fields = o as unknown as Record<string, unknown>;
      for (const k in fields) {
        // not: the class, weak references, what memoryviews borrowed
        if (k !== "cls" && k !== "weakrefs" && k !== "lent") add(fields[k]);
      }
    }
  }
  return undefined;
}
