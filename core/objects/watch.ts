// CPython 3.14: no counterpart
//
// Objects whose end a program can notice: those with a `__del__` or another finalizer, weakly
// referenced ones, weak references, open files. They are remembered, in order of creation, so that
// what ends objects (vm/lifetime) knows what to look for. `fresh` are those that it has not looked
// at yet. An object leaves the set when it is finalized.

import { type PyObject, TF_HEAPTYPE, type Value } from "./object.ts";
import { interpStore } from "./state.ts";

/** A watched object that may tell that its finalizer has nothing left to do: a closed file, a generator that ran out. */
export interface Ending {
  hasEnded?(): boolean;
}

export class Watched {
  readonly all: Set<PyObject> = new Set();
  fresh: PyObject[] = [];
  /** Tables that keep nothing alive. */
  readonly weak: Set<object> = new Set();
  /** Asked about each new one: whether its end shall be noticed at once. */
  prompt: ((o: PyObject) => boolean) | undefined = undefined;
}
const KEY = {};
export function watched(): Watched {
  return interpStore(KEY, () => new Watched());
}
/** Remembers a new instance if its class has a finalizer. */
export function watchInstance(o: Value): void {
  if (typeof o === "object" && o.cls.tp_finalize !== undefined && (o.cls.flags & TF_HEAPTYPE) !== 0) watch(o);
}
/** Remembers an object. */
export function watch(o: PyObject): void {
  const w = watched();
  if (w.all.has(o)) return;
  w.all.add(o);
  if (w.prompt !== undefined && w.prompt(o)) w.fresh.push(o);
}
