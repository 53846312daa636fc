// CPython 3.14: Python/gc.c (deduce_unreachable, the generations)
//
// What a collection finds. The host has no list of all objects. So from the first gc.collect() on,
// what the program reached at each one is remembered, weakly, with the generation that it has come to.
// What is no longer reached at the next was freed by its reference count or is garbage: the references
// among the lost ones are counted, those that none refers to are taken away, and with them what only
// they referred to. The rest is in cycles or held by one, and is what CPython's collector would have
// found. Objects that were made after the last collection are not known, and those that V8 has freed
// meanwhile are not counted.

import { PyObject, PyType, TF_HEAPTYPE } from "../../core/objects/object.ts";
import { children, type Mark } from "./mark.ts";

export class Census {
  private known: Map<WeakRef<PyObject>, number> = new Map();
  private readonly generations: WeakMap<PyObject, number> = new WeakMap();
  constructor(private readonly isTracked: (o: PyObject) => boolean) {}

  /** The generation of a reachable object: 0 for one that no collection has seen. */
  generation(o: PyObject): number {
    return this.generations.get(o) ?? 0;
  }

  /**
   * The garbage of a collection whose mark is `m`, in cycles or held by them. What it reaches is
   * remembered; it is in the next generation now, the last one at most.
   */
  take(m: Mark, generation: number): PyObject[] {
    const lost: PyObject[] = [], known = new Map<WeakRef<PyObject>, number>();
    for (const [r, g] of this.known) {
      const o = r.deref();
      if (o === undefined) continue;
      if (!m.has(o)) lost.push(o);
      else known.set(r, this.aged(o, g, generation));
    }
    for (const o of m.from.keys()) {
      if (!(o instanceof PyObject) || this.generations.has(o) || !this.isTracked(o)) continue;
      const g = this.aged(o, 0, generation);
      this.generations.set(o, g);
      known.set(new WeakRef(o), g);
    }
    this.known = known;
    return cyclic(lost, m).filter(this.isTracked);
  }
  /** Garbage that lives on: saved, or brought back by a finalizer. */
  keep(objects: Iterable<PyObject>): void {
    for (const o of objects) this.known.set(new WeakRef(o), this.generation(o));
  }
  private aged(o: PyObject, from: number, collected: number): number {
    const g = from <= collected ? Math.min(collected + 1, 2) : from;
    if (g !== from) this.generations.set(o, g);
    return g;
  }
}

/** What of the lost, and of what only they reach, is in a cycle or held by one. */
function cyclic(lost: readonly PyObject[], m: Mark): PyObject[] {
  const counts = new Map<object, number>();
  const isShared = (v: object): boolean => m.has(v) || v instanceof PyType && (v.flags & TF_HEAPTYPE) === 0;
  const queue: object[] = [];
  for (const o of lost) {
    if (counts.has(o)) continue;
    counts.set(o, 0);
    queue.push(o);
  }
  for (let i = 0; i < queue.length; i++) {
    children(queue[i], (v) => {
      const n = counts.get(v);
      if (n !== undefined) counts.set(v, n + 1);
      else if (!isShared(v)) {
        counts.set(v, 1);
        queue.push(v);
      }
    });
  }
  const free = queue.filter((o) => counts.get(o) === 0);
  for (let o = free.pop(); o !== undefined; o = free.pop()) {
    counts.delete(o);
    children(o, (v) => {
      const n = counts.get(v);
      if (n === undefined) return;
      counts.set(v, n - 1);
      if (n === 1) free.push(v);
    });
  }
  return [...counts.keys()].filter((o) => o instanceof PyObject);
}
