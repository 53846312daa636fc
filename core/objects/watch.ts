// CPython 3.14: no counterpart
//
// Objects whose end a program can notice: those with weak references, with a `__del__`, open files.
// They are remembered (weakly, in order of creation), so that a collection (vm/lifetime.ts) knows
// what to look for.

import type { PyObject } from "./object.ts";
import { interpStore } from "./state.ts";

export interface Watched {
  refs: WeakRef<PyObject>[];
  /** How many there were when the list was last cleared of dead ones. */
  live: number;
}
const KEY = {};
export function watched(): Watched {
  return interpStore(KEY, () => ({ refs: [] as WeakRef<PyObject>[], live: 0 }));
}
/** Remembers an object. */
export function watch(o: PyObject): void {
  const w = watched();
  if (w.refs.length > 2 * w.live + 4096) {
    w.refs = w.refs.filter((r) => r.deref() !== undefined);
    w.live = w.refs.length;
  }
  w.refs.push(new WeakRef(o));
}
