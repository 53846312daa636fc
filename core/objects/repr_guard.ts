// CPython 3.14: Objects/object.c (Py_ReprEnter, Py_ReprLeave), Objects/unicode_writer.c
//
// What the reprs of containers share: the stack of objects whose repr is being made, and joining
// the pieces of a repr, some of which may be wide.

import { PyWideStr, type Str, type Value } from "./object.ts";
import { cur } from "./state.ts";
import { enterNative, leaveNative } from "./abstract.ts";

/** What the repr of a container takes of the JavaScript stack, beyond what reprStr counts. */
const WEIGHT = 200;

/** Marks `v` as being shown; true if it is already being shown further out. */
export function reprEnter(v: Value): boolean {
  const stack = cur.reprStack;
  if (stack.includes(v)) return true;
  enterNative(WEIGHT, " while getting the repr of an object");
  stack.push(v);
  return false;
}

/** Ends what `reprEnter` (false) began; belongs in a `finally`. */
export function reprLeave(v: Value): void {
  const stack = cur.reprStack;
  const i = stack.lastIndexOf(v);
  if (i < 0) return;
  stack.splice(i, 1);
  leaveNative(WEIGHT);
}

/** The concatenation of strs. */
export function joinStrs(parts: readonly Str[]): Str {
  let wide = false;
  for (const p of parts) {
    if (typeof p !== "string") {
      wide = true;
      break;
    }
  }
  if (!wide) return (parts as string[]).join("");
  let n = 0;
  for (const p of parts) n += typeof p === "string" ? p.length : p.cps.length;
  const cps = new Uint32Array(n);
  let at = 0;
  for (const p of parts) {
    if (typeof p === "string") {
      for (let i = 0; i < p.length; i++) cps[at++] = p.charCodeAt(i);
    } else {
      cps.set(p.cps, at);
      at += p.cps.length;
    }
  }
  return new PyWideStr(cps);
}
