// CPython 3.14: Modules/_heapqmodule.c
//
// Heaps in lists. Comparisons may run guest code that changes the list: every step checks that its
// length is what it was. `less(a, b)` says that `a` comes nearer to the root.

import { LT, None, PyList, typeName, type Value } from "../core/objects/object.ts";
import { richCompareBool } from "../core/objects/abstract.ts";
import { indexError, runtimeError, typeError } from "../core/objects/errors.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { listAppend } from "../core/objects/list.ts";
import { cur } from "../core/objects/state.ts";

type Less = (a: Value, b: Value) => boolean;
const less: Less = (a, b) => typeof a === "number" && typeof b === "number" ? a < b : richCompareBool(a, b, LT);
// the max variants of CPython compare with "<" and the operands exchanged
const greater: Less = (a, b) => typeof a === "number" && typeof b === "number" ? b < a : richCompareBool(b, a, LT);

function checkSize(l: PyList, n: number): void {
  if (l.items.length !== n) throw runtimeError("list changed size during iteration");
}

/** Moves the item at `pos` towards the root, not above `start`. */
function siftdown(l: PyList, start: number, pos: number, lt: Less): void {
  const n = l.items.length;
  if (pos >= n) throw indexError("index out of range");
  while (pos > start) {
    const up = (pos - 1) >> 1;
    const c = lt(l.items[pos], l.items[up]);
    checkSize(l, n);
    if (!c) return;
    const items = l.items, v = items[up];
    items[up] = items[pos];
    items[pos] = v;
    pos = up;
  }
}

/** Moves the item at `pos` to a leaf along the smaller children, then up to its place. */
function siftup(l: PyList, pos: number, lt: Less): void {
  const n = l.items.length, start = pos;
  if (pos >= n) throw indexError("index out of range");
  const limit = n >> 1;
  while (pos < limit) {
    let child = 2 * pos + 1;
    if (child + 1 < n) {
      const c = lt(l.items[child], l.items[child + 1]);
      checkSize(l, n);
      if (!c) child++;
    }
    const items = l.items, v = items[child];
    items[child] = items[pos];
    items[pos] = v;
    pos = child;
  }
  siftdown(l, start, pos, lt);
}

function push(l: PyList, v: Value, lt: Less): Value {
  listAppend(l, v);
  siftdown(l, 0, l.items.length - 1, lt);
  return None;
}
function pop(l: PyList, lt: Less): Value {
  if (l.items.length === 0) throw indexError("index out of range");
  const last = l.items.pop() as Value;
  if (l.items.length === 0) return last;
  const top = l.items[0];
  l.items[0] = last;
  siftup(l, 0, lt);
  return top;
}
function replace(l: PyList, v: Value, lt: Less): Value {
  if (l.items.length === 0) throw indexError("index out of range");
  const top = l.items[0];
  l.items[0] = v;
  siftup(l, 0, lt);
  return top;
}
function pushpop(l: PyList, v: Value, lt: Less): Value {
  if (l.items.length === 0) return v;
  const c = lt(l.items[0], v);
  if (!c) return v;
  if (l.items.length === 0) throw indexError("index out of range");
  return replace(l, v, lt);
}
function heapify(l: PyList, lt: Less): Value {
  for (let i = (l.items.length >> 1) - 1; i >= 0; i--) {
    siftup(l, i, lt);
    cur.tick(1);
  }
  return None;
}

function one(name: string, f: (l: PyList, lt: Less) => Value, lt: Less): (_m: Value, heap: Value) => Value {
  return (_m, heap) => {
    if (!(heap instanceof PyList)) throw typeError(`${name}() argument must be list, not ${name_(heap)}`);
    return f(heap, lt);
  };
}
function two(
  name: string,
  f: (l: PyList, v: Value, lt: Less) => Value,
  lt: Less,
): (_m: Value, heap: Value, v: Value) => Value {
  return (_m, heap, v) => {
    if (!(heap instanceof PyList)) throw typeError(`${name}() argument 1 must be list, not ${name_(heap)}`);
    return f(heap, v, lt);
  };
}
function name_(v: Value): string {
  return v === None ? "None" : typeName(v);
}

export const spec: ModuleSpec = {
  name: "_heapq",
  doc: "Heap queue algorithm (a.k.a. priority queue).\n\n" +
    "A heap is a list in which a[k] <= a[2*k+1] and a[k] <= a[2*k+2] for all k: a[0] is its smallest item.\n" +
    "heappush(heap, item) adds an item, heappop(heap) removes the smallest one, heapify(x) makes a list a heap.\n",
  functions: {
    heappush: ["heap, item, /", "Push item onto heap, maintaining the heap invariant.", two("heappush", push, less)],
    heappop: [
      "heap, /",
      "Pop the smallest item off the heap, maintaining the heap invariant.",
      one("heappop", pop, less),
    ],
    heappushpop: [
      "heap, item, /",
      "Push item on the heap, then pop and return the smallest item from the heap.\n\nFaster than heappush() followed by heappop().",
      two("heappushpop", pushpop, less),
    ],
    heapreplace: [
      "heap, item, /",
      "Pop and return the current smallest value, and add the new item.\n\nThe value returned may be larger than the item.",
      two("heapreplace", replace, less),
    ],
    heapify: ["heap, /", "Transform list into a heap, in-place, in O(len(heap)) time.", one("heapify", heapify, less)],
    heappush_max: [
      "heap, item, /",
      "Push item onto max heap, maintaining the heap invariant.",
      two("heappush_max", push, greater),
    ],
    heappop_max: ["heap, /", "Maxheap variant of heappop.", one("heappop_max", pop, greater)],
    heappushpop_max: ["heap, item, /", "Maxheap variant of heappushpop.", two("heappushpop_max", pushpop, greater)],
    heapreplace_max: ["heap, item, /", "Maxheap variant of heapreplace.", two("heapreplace_max", replace, greater)],
    heapify_max: ["heap, /", "Maxheap variant of heapify.", one("heapify_max", heapify, greater)],
  },
  constants: {
    __about__:
      "Heap queues\n\n[explanation by François Pinard]\n\nThe smallest item of a heap is always heap[0]; see heapq.py.\n",
  },
};
