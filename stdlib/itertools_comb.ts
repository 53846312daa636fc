// CPython 3.14: Modules/itertoolsmodule.c (product, permutations, combinations)
//
// The combinatoric iterators keep the items of their inputs in arrays (pools) and the positions of
// the next result in `indices`; every result is a new tuple. `state` tells whether the first result
// has been given and whether the end was reached.

import { builtinType, None, PyObject, PyTuple, type PyType, setSpec, type Value } from "../core/objects/object.ts";
import { asSsize, intValue, isInt, iterToArray } from "../core/objects/abstract.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import { checkItems } from "../core/objects/list.ts";
import { newFrom } from "./native_new.ts";

export const productType: PyType = builtinType("itertools.product");
export const permutationsType: PyType = builtinType("itertools.permutations");
export const combinationsType: PyType = builtinType("itertools.combinations");
export const combinationsRepType: PyType = builtinType("itertools.combinations_with_replacement");

const FRESH = 0, RUNNING = 1, DONE = 2;

function pick(pool: Value[], indices: number[], r: number): PyTuple {
  const out: Value[] = [];
  for (let i = 0; i < r; i++) out.push(pool[indices[i]]);
  return new PyTuple(out);
}

// ---- product -------------------------------------------------------------------------------

class PyProduct extends PyObject {
  state = FRESH;
  indices: number[] = [];
  items: Value[] = [];
  constructor(cls: PyType, readonly pools: Value[][]) {
    super(cls);
  }
}

function productNext(self: Value): Value | undefined {
  const p = self as PyProduct, pools = p.pools, n = pools.length;
  if (p.state === DONE) return undefined;
  if (p.state === FRESH) {
    p.state = RUNNING;
    for (let i = 0; i < n; i++) {
      if (pools[i].length === 0) {
        p.state = DONE;
        return undefined;
      }
      p.indices.push(0);
      p.items.push(pools[i][0]);
    }
    return new PyTuple(p.items.slice());
  }
  // like an odometer: the rightmost turns first
  for (let i = n - 1; i >= 0; i--) {
    const pool = pools[i];
    const k = ++p.indices[i];
    if (k < pool.length) {
      p.items[i] = pool[k];
      return new PyTuple(p.items.slice());
    }
    p.indices[i] = 0;
    p.items[i] = pool[0];
  }
  p.state = DONE;
  return undefined;
}

setSpec(productType, {
  doc: "Cartesian product of input iterables.  Equivalent to nested for-loops.\n\n" +
    "The rightmost iterable advances fastest: product('ab', range(3)) gives ('a',0) ('a',1) ('a',2) ('b',0) ...\n" +
    "repeat=n stands for the iterables n times in a row.",
  sig: "(*iterables, repeat=1)",
  slots: {
    tp_new: newFrom("product", "*iterables, repeat=1", (type, iterables: Value[], repeat: Value = 1) => {
      const r = asSsize(repeat);
      if (r < 0) throw valueError("repeat argument cannot be negative");
      const n = r === 0 ? 0 : iterables.length;
      if (n * r > 2 ** 60 - 1) throw overflowError("repeat argument too large");
      checkItems(n * r);
      const once = n === 0 ? [] : iterables.map((v) => iterToArray(v));
      const pools: Value[][] = [];
      for (let i = 0; i < r && n > 0; i++) for (let k = 0; k < n; k++) pools.push(once[k]);
      return new PyProduct(type, pools);
    }),
    tp_iter: (it) => it,
    tp_iternext: productNext,
  },
  methods: {
    __sizeof__: ["", "Returns size in memory, in bytes.", (p: PyProduct) => 48 + 8 * p.pools.length],
  },
});

// ---- permutations --------------------------------------------------------------------------

class PyPermutations extends PyObject {
  state = FRESH;
  indices: number[] = [];
  cycles: number[] = [];
  constructor(cls: PyType, readonly pool: Value[], readonly r: number) {
    super(cls);
    if (r > pool.length) this.state = DONE;
    for (let i = 0; i < pool.length; i++) this.indices.push(i);
    for (let i = 0; i < r && i < pool.length; i++) this.cycles.push(pool.length - i);
  }
}

function permutationsNext(self: Value): Value | undefined {
  const p = self as PyPermutations;
  const { pool, indices, cycles, r } = p;
  if (p.state === DONE) return undefined;
  if (p.state === FRESH) {
    p.state = RUNNING;
    return pick(pool, indices, r);
  }
  const n = pool.length;
  for (let i = r - 1; i >= 0; i--) {
    if (--cycles[i] === 0) {
      // turn the rest one place to the left
      const first = indices[i];
      for (let j = i; j < n - 1; j++) indices[j] = indices[j + 1];
      indices[n - 1] = first;
      cycles[i] = n - i;
    } else {
      const j = n - cycles[i];
      const t = indices[i];
      indices[i] = indices[j];
      indices[j] = t;
      return pick(pool, indices, r);
    }
  }
  p.state = DONE;
  return undefined;
}

setSpec(permutationsType, {
  doc: "Return successive r-length permutations of elements in the iterable.\n\n" +
    "permutations(range(3), 2) gives (0,1) (0,2) (1,0) (1,2) (2,0) (2,1).",
  sig: "(iterable, r=None)",
  slots: {
    tp_new: newFrom("permutations", "iterable, r=None", (type, iterable: Value, r: Value = None) => {
      const pool = iterToArray(iterable);
      let n = pool.length;
      if (r !== None) {
        if (!isInt(r)) throw typeError("Expected int as r");
        n = asSsize(intValue(r));
        if (n < 0) throw valueError("r must be non-negative");
      }
      return new PyPermutations(type, pool, n);
    }),
    tp_iter: (it) => it,
    tp_iternext: permutationsNext,
  },
  methods: {
    __sizeof__: ["", "Returns size in memory, in bytes.", (p: PyPermutations) => 64 + 8 * p.pool.length + 8 * p.r],
  },
});

// ---- combinations --------------------------------------------------------------------------

class PyCombinations extends PyObject {
  state = FRESH;
  indices: number[] = [];
  constructor(cls: PyType, readonly pool: Value[], readonly r: number) {
    super(cls);
  }
}

function combinationsNext(self: Value): Value | undefined {
  const c = self as PyCombinations;
  const { pool, indices, r } = c;
  if (c.state === DONE) return undefined;
  if (c.state === FRESH) {
    c.state = RUNNING;
    for (let i = 0; i < r; i++) indices.push(i);
    return pick(pool, indices, r);
  }
  const n = pool.length;
  let i = r - 1;
  while (i >= 0 && indices[i] === i + n - r) i--;
  if (i < 0) {
    c.state = DONE;
    return undefined;
  }
  indices[i]++;
  for (let j = i + 1; j < r; j++) indices[j] = indices[j - 1] + 1;
  return pick(pool, indices, r);
}

function combinationsRepNext(self: Value): Value | undefined {
  const c = self as PyCombinations;
  const { pool, indices, r } = c;
  if (c.state === DONE) return undefined;
  const n = pool.length;
  if (c.state === FRESH) {
    c.state = RUNNING;
    for (let i = 0; i < r; i++) indices.push(0);
    return pick(pool, indices, r);
  }
  let i = r - 1;
  while (i >= 0 && indices[i] === n - 1) i--;
  if (i < 0) {
    c.state = DONE;
    return undefined;
  }
  const k = indices[i] + 1;
  for (let j = i; j < r; j++) indices[j] = k;
  return pick(pool, indices, r);
}

function lengthArg(r: Value): number {
  const n = asSsize(r);
  if (n < 0) throw valueError("r must be non-negative");
  return n;
}
const combinationsMethods = {
  __sizeof__: ["", "Returns size in memory, in bytes.", (c: PyCombinations) => 56 + 8 * c.r] as [
    string,
    string,
    (c: PyCombinations) => number,
  ],
};

setSpec(combinationsType, {
  doc: "Return successive r-length combinations of elements in the iterable.\n\n" +
    "combinations(range(4), 3) gives (0,1,2) (0,1,3) (0,2,3) (1,2,3).",
  sig: "(iterable, r)",
  slots: {
    tp_new: newFrom("combinations", "iterable, r", (type, iterable: Value, r: Value) => {
      const n = asSsize(r);
      const pool = iterToArray(iterable);
      const c = new PyCombinations(type, pool, lengthArg(n));
      if (n > pool.length) c.state = DONE;
      return c;
    }),
    tp_iter: (it) => it,
    tp_iternext: combinationsNext,
  },
  methods: combinationsMethods,
});
setSpec(combinationsRepType, {
  doc:
    "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.\n\n" +
    "combinations_with_replacement('ABC', 2) gives AA AB AC BB BC CC.",
  sig: "(iterable, r)",
  slots: {
    tp_new: newFrom("combinations_with_replacement", "iterable, r", (type, iterable: Value, r: Value) => {
      const n = asSsize(r);
      const pool = iterToArray(iterable);
      const c = new PyCombinations(type, pool, lengthArg(n));
      if (pool.length === 0 && n > 0) c.state = DONE;
      else checkItems(n);
      return c;
    }),
    tp_iter: (it) => it,
    tp_iternext: combinationsRepNext,
  },
  methods: combinationsMethods,
});
