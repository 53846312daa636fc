// CPython 3.14: Modules/itertoolsmodule.c
//
// Iterator building blocks. Every type is a small object and a `tp_iternext`; an iterator that has
// ended drops its source (`it` undefined), so that it stays ended. groupby and tee are in
// itertools_group.ts, the combinatoric ones in itertools_comb.ts.

import {
  boolType,
  builtinType,
  type KwNames,
  M_CLASS,
  None,
  PyComplex,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Slots,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import {
  asIndex,
  asSsize,
  binAdd,
  call,
  call1,
  call2,
  getIter,
  intValue,
  isInt,
  isTrue,
  iterNext,
  iterToArray,
  reprStr,
} from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { joinStrs } from "../core/objects/repr_guard.ts";
import { shortName } from "../core/objects/exceptions_base.ts";
import { cur } from "../core/objects/state.ts";
import { checkPositional, newFrom, noKeywords } from "./native_new.ts";
import { combinationsRepType, combinationsType, permutationsType, productType } from "./itertools_comb.ts";
import { groupbyType, grouperType, tee, teeDataType, teeType } from "./itertools_group.ts";
import { objectType } from "../core/objects/object.ts";

const same = (it: Value): Value => it;
function iterSlots(
  tp_new: Slots["tp_new"],
  tp_iternext: (it: Value) => Value | undefined,
): Slots {
  return { tp_new, tp_iter: same, tp_iternext };
}

// ---- count ---------------------------------------------------------------------------------

const countType = builtinType("itertools.count");

class PyCount extends PyObject {
  constructor(cls: PyType, public n: Value, readonly step: Value) {
    super(cls);
  }
}
function isNumber(v: Value): boolean {
  const t = typeOf(v);
  return t.nb_index !== undefined || t.nb_int !== undefined || t.nb_float !== undefined || v instanceof PyComplex;
}

setSpec(countType, {
  doc: "Return a count object whose .__next__() method returns consecutive values.\n\n" +
    "It gives start, start + step, start + 2*step, ... without end.",
  sig: "(start=0, step=1)",
  slots: {
    ...iterSlots(
      newFrom("count", "start=0, step=1", (type, start: Value = 0, step: Value = 1) => {
        if (!isNumber(start) || !isNumber(step)) throw typeError("a number is required");
        if (isInt(step) && intValue(step) === 1) {
          step = 1;
          if (isInt(start)) start = intValue(start);
        }
        return new PyCount(type, start, step);
      }),
      (self) => {
        const c = self as PyCount, n = c.n;
        if (typeof n === "number" && typeof c.step === "number") {
          const next = n + c.step;
          c.n = Number.isSafeInteger(next) ? next : binAdd(n, c.step);
        } else c.n = binAdd(n, c.step);
        return n;
      },
    ),
    tp_repr: (self) => {
      const c = self as PyCount;
      const name = shortName(c.cls);
      if (c.step === 1) return joinStrs([name, "(", reprStr(c.n), ")"]);
      return joinStrs([name, "(", reprStr(c.n), ", ", reprStr(c.step), ")"]);
    },
  },
});

// ---- cycle ---------------------------------------------------------------------------------

const cycleType = builtinType("itertools.cycle");

class PyCycle extends PyObject {
  readonly saved: Value[] = [];
  i = 0;
  constructor(cls: PyType, public it: Value | undefined) {
    super(cls);
  }
}
setSpec(cycleType, {
  doc: "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
  sig: "(iterable, /)",
  slots: iterSlots(
    newFrom("cycle", "iterable, /", (type, iterable: Value) => new PyCycle(type, getIter(iterable))),
    (self) => {
      const c = self as PyCycle, saved = c.saved;
      if (c.it !== undefined) {
        const v = iterNext(c.it);
        if (v !== undefined) {
          saved.push(v);
          return v;
        }
        c.it = undefined;
      }
      if (saved.length === 0) return undefined;
      const v = saved[c.i];
      if (++c.i >= saved.length) c.i = 0;
      return v;
    },
  ),
});

// ---- repeat --------------------------------------------------------------------------------

const repeatType = builtinType("itertools.repeat");

/** `left` is -1 for without end. */
class PyRepeat extends PyObject {
  constructor(cls: PyType, readonly v: Value, public left: number) {
    super(cls);
  }
}
setSpec(repeatType, {
  doc: "repeat(object [,times]) -> create an iterator which returns the object\n" +
    "for the specified number of times.  If not specified, returns the object\nendlessly.",
  slots: {
    ...iterSlots(
      newFrom("repeat", "object, times=None", (type, v: Value, times?: Value) => {
        const n = times === undefined ? -1 : Math.max(0, asSsize(times));
        return new PyRepeat(type, v, n);
      }),
      (self) => {
        const r = self as PyRepeat;
        if (r.left === 0) return undefined;
        if (r.left > 0) r.left--;
        return r.v;
      },
    ),
    tp_repr: (self) => {
      const r = self as PyRepeat;
      const name = shortName(r.cls);
      if (r.left < 0) return joinStrs([name, "(", reprStr(r.v), ")"]);
      return joinStrs([name, "(", reprStr(r.v), `, ${r.left})`]);
    },
  },
  methods: {
    __length_hint__: ["", "Private method returning an estimate of len(list(it)).", (r: PyRepeat) => {
      if (r.left < 0) throw typeError("len() of unsized object");
      return r.left;
    }],
  },
});

// ---- chain ---------------------------------------------------------------------------------

const chainType = builtinType("itertools.chain");

class PyChain extends PyObject {
  active: Value | undefined = undefined;
  constructor(cls: PyType, public source: Value | undefined) {
    super(cls);
  }
}
setSpec(chainType, {
  doc: "Return a chain object whose .__next__() method returns elements from the\n" +
    "first iterable until it is exhausted, then elements from the next\n" +
    "iterable, until all of the iterables are exhausted.",
  sig: "(*iterables)",
  slots: iterSlots(
    (type, args, kwnames) => {
      if (type.tp_init === objectType.tp_init) noKeywords("chain", kwnames);
      const n = args.length - (kwnames?.length ?? 0);
      return new PyChain(type, getIter(new PyTuple(args.slice(0, n))));
    },
    (self) => {
      const c = self as PyChain;
      while (c.source !== undefined) {
        if (c.active === undefined) {
          const next = iterNext(c.source);
          if (next === undefined) {
            c.source = undefined;
            return undefined;
          }
          try {
            c.active = getIter(next);
          } catch (e) {
            c.source = undefined;
            throw e;
          }
        }
        const it = c.active;
        const v = typeOf(it).tp_iternext!(it);
        if (v !== undefined) return v;
        c.active = undefined;
      }
      return undefined;
    },
  ),
  methods: {
    from_iterable: [
      "iterable, /",
      "Alternative chain() constructor taking a single iterable argument that evaluates lazily.",
      (type: PyType, iterable: Value) => new PyChain(type, getIter(iterable)),
      M_CLASS,
    ],
    __class_getitem__: [
      "object, /",
      "See PEP 585",
      (cls: PyType, item: Value) => genericAlias(cls, item),
      M_CLASS,
    ],
  },
});

// ---- filters -------------------------------------------------------------------------------

const compressType = builtinType("itertools.compress");
class PyCompress extends PyObject {
  constructor(cls: PyType, readonly data: Value, readonly selectors: Value) {
    super(cls);
  }
}
setSpec(compressType, {
  doc: "Return data elements corresponding to true selector elements.\n\n" +
    "Ends when either the data or the selectors have ended.",
  sig: "(data, selectors)",
  slots: iterSlots(
    newFrom("compress", "data, selectors", (type, data: Value, selectors: Value) => {
      const d = getIter(data);
      return new PyCompress(type, d, getIter(selectors));
    }),
    (self) => {
      const c = self as PyCompress;
      for (;;) {
        const v = iterNext(c.data);
        if (v === undefined) return undefined;
        const s = iterNext(c.selectors);
        if (s === undefined) return undefined;
        if (isTrue(s)) return v;
        cur.tick(1);
      }
    },
  ),
});

const dropwhileType = builtinType("itertools.dropwhile");
const takewhileType = builtinType("itertools.takewhile");
/** `done`: dropwhile lets everything through, takewhile nothing. */
class PyWhile extends PyObject {
  done = false;
  constructor(cls: PyType, readonly f: Value, readonly it: Value) {
    super(cls);
  }
}
const newWhile = (name: string): Slots["tp_new"] =>
  newFrom(name, "predicate, iterable, /", (type, f: Value, iterable: Value) => new PyWhile(type, f, getIter(iterable)));
setSpec(dropwhileType, {
  doc:
    "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.",
  sig: "(predicate, iterable, /)",
  slots: iterSlots(newWhile("dropwhile"), (self) => {
    const d = self as PyWhile;
    for (;;) {
      const v = iterNext(d.it);
      if (v === undefined || d.done) return v;
      if (!isTrue(call1(d.f, v))) {
        d.done = true;
        return v;
      }
      cur.tick(1);
    }
  }),
});
setSpec(takewhileType, {
  doc: "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.",
  sig: "(predicate, iterable, /)",
  slots: iterSlots(newWhile("takewhile"), (self) => {
    const t = self as PyWhile;
    if (t.done) return undefined;
    const v = iterNext(t.it);
    if (v === undefined) return undefined;
    if (isTrue(call1(t.f, v))) return v;
    t.done = true;
    return undefined;
  }),
});

const filterfalseType = builtinType("itertools.filterfalse");
setSpec(filterfalseType, {
  doc:
    "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.",
  sig: "(function, iterable, /)",
  slots: iterSlots(
    newFrom(
      "filterfalse",
      "function, iterable, /",
      (type, f: Value, iterable: Value) => new PyWhile(type, f, getIter(iterable)),
    ),
    (self) => {
      const { f, it } = self as PyWhile;
      for (;;) {
        const v = iterNext(it);
        if (v === undefined) return undefined;
        if (!isTrue(f === None || f === boolType ? v : call1(f, v))) return v;
        cur.tick(1);
      }
    },
  ),
});

// ---- islice --------------------------------------------------------------------------------

const isliceType = builtinType("itertools.islice");
const MAX = Number.MAX_SAFE_INTEGER;

class PyISlice extends PyObject {
  cnt = 0;
  constructor(
    cls: PyType,
    public it: Value | undefined,
    public next: number,
    readonly stop: number,
    readonly step: number,
  ) {
    super(cls);
  }
}
/** A non-negative index, or -1 for anything else. */
function sliceArg(v: Value): number {
  try {
    const n = asIndex(v);
    if (typeof n === "number") return n < 0 ? -1 : n;
    return n < 0n || n >= 1n << 63n ? -1 : MAX;
  } catch (e) {
    if (X.isOf(e, X.BaseException)) return -1;
    throw e;
  }
}
function isliceNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (type.tp_init === objectType.tp_init) noKeywords("islice", kwnames);
  const n = args.length - (kwnames?.length ?? 0);
  checkPositional("islice", n, 2, 4);
  let start = 0, stop = MAX, step = 1;
  const stopArg = n === 2 ? args[1] : args[2];
  if (stopArg !== None) {
    stop = sliceArg(stopArg);
    if (stop < 0) throw valueError("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  }
  if (n > 2) {
    if (args[1] !== None) start = sliceArg(args[1]);
    if (start < 0) throw valueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    if (n === 4 && args[3] !== None) {
      step = sliceArg(args[3]);
      if (step < 1) throw valueError("Step for islice() must be a positive integer or None.");
    }
  }
  return new PyISlice(type, getIter(args[0]), start, stop, step);
}
setSpec(isliceType, {
  doc: "islice(iterable, stop) --> islice object\n" +
    "islice(iterable, start, stop[, step]) --> islice object\n\n" +
    "An iterator over the items that a slice of the iterable would have: from start on, every step-th, up to stop.",
  slots: iterSlots(isliceNew, (self) => {
    const s = self as PyISlice, it = s.it;
    if (it === undefined) return undefined;
    const next = typeOf(it).tp_iternext!;
    while (s.cnt < s.next) {
      if (next(it) === undefined) {
        s.it = undefined;
        return undefined;
      }
      s.cnt++;
      cur.tick(1);
    }
    if (s.cnt >= s.stop) {
      s.it = undefined;
      return undefined;
    }
    const v = next(it);
    if (v === undefined) {
      s.it = undefined;
      return undefined;
    }
    s.cnt++;
    s.next = Math.min(s.next + s.step, s.stop);
    return v;
  }),
});

// ---- starmap, accumulate, pairwise, batched ------------------------------------------------

const starmapType = builtinType("itertools.starmap");
setSpec(starmapType, {
  doc:
    "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
  sig: "(function, iterable, /)",
  slots: iterSlots(
    newFrom(
      "starmap",
      "function, iterable, /",
      (type, f: Value, iterable: Value) => new PyWhile(type, f, getIter(iterable)),
    ),
    (self) => {
      const s = self as PyWhile;
      const v = iterNext(s.it);
      return v === undefined ? undefined : call(s.f, iterToArray(v));
    },
  ),
});

const accumulateType = builtinType("itertools.accumulate");
class PyAccumulate extends PyObject {
  total: Value | undefined = undefined;
  constructor(cls: PyType, readonly it: Value, readonly f: Value, public initial: Value) {
    super(cls);
  }
}
setSpec(accumulateType, {
  doc: "Return series of accumulated sums (or of other results of a function of two arguments).",
  sig: "(iterable, func=None, *, initial=None)",
  slots: iterSlots(
    newFrom(
      "accumulate",
      "iterable, func=None, *, initial=None",
      (type, iterable: Value, f: Value = None, initial: Value = None) =>
        new PyAccumulate(type, getIter(iterable), f, initial),
    ),
    (self) => {
      const a = self as PyAccumulate;
      if (a.initial !== None) {
        a.total = a.initial;
        a.initial = None;
        return a.total;
      }
      const v = iterNext(a.it);
      if (v === undefined) return undefined;
      if (a.total === undefined) return a.total = v;
      return a.total = a.f === None ? binAdd(a.total, v) : call2(a.f, a.total, v);
    },
  ),
});

const pairwiseType = builtinType("itertools.pairwise");
class PyPairwise extends PyObject {
  old: Value | undefined = undefined;
  constructor(cls: PyType, public it: Value | undefined) {
    super(cls);
  }
}
setSpec(pairwiseType, {
  doc:
    "Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...",
  sig: "(iterable, /)",
  slots: iterSlots(
    newFrom("pairwise", "iterable, /", (type, iterable: Value) => new PyPairwise(type, getIter(iterable))),
    (self) => {
      const p = self as PyPairwise, it = p.it;
      if (it === undefined) return undefined;
      let old = p.old;
      if (old === undefined) {
        old = iterNext(it);
        p.old = old;
        // the source may have used this iterator itself
        if (p.it === undefined) {
          p.old = undefined;
          return undefined;
        }
        if (old === undefined) {
          p.it = undefined;
          return undefined;
        }
      }
      const v = iterNext(it);
      if (v === undefined) {
        p.it = p.old = undefined;
        return undefined;
      }
      p.old = v;
      return new PyTuple([old, v]);
    },
  ),
});

const batchedType = builtinType("itertools.batched");
class PyBatched extends PyObject {
  constructor(cls: PyType, public it: Value | undefined, readonly n: number, readonly strict: boolean) {
    super(cls);
  }
}
setSpec(batchedType, {
  doc: "Batch data into tuples of length n. The last batch may be shorter than n.\n\n" +
    "Loops over the input iterable and accumulates data into tuples up to size n. The input is\n" +
    "consumed only as far as the batches need it. If strict, an incomplete last batch is a ValueError.",
  sig: "(iterable, n, *, strict=False)",
  slots: iterSlots(
    newFrom("batched", "iterable, n, *, strict=False", (type, iterable: Value, n: Value, strict: Value = false) => {
      const size = asSsize(n), whole = isTrue(strict);
      if (size < 1) throw valueError("n must be at least one");
      return new PyBatched(type, getIter(iterable), size, whole);
    }),
    (self) => {
      const b = self as PyBatched, it = b.it;
      if (it === undefined) return undefined;
      const next = typeOf(it).tp_iternext!;
      const out: Value[] = [];
      while (out.length < b.n) {
        let v: Value | undefined;
        try {
          v = next(it);
        } catch (e) {
          b.it = undefined;
          throw e;
        }
        if (v === undefined) {
          b.it = undefined;
          if (out.length === 0) return undefined;
          if (b.strict) throw valueError("batched(): incomplete batch");
          break;
        }
        out.push(v);
        cur.tick(1);
      }
      return new PyTuple(out);
    },
  ),
});

// ---- zip_longest ---------------------------------------------------------------------------

const zipLongestType = builtinType("itertools.zip_longest");
class PyZipLongest extends PyObject {
  active: number;
  constructor(cls: PyType, readonly iters: (Value | undefined)[], readonly fill: Value) {
    super(cls);
    this.active = iters.length;
  }
}
setSpec(zipLongestType, {
  doc: "Return a zip_longest object whose .__next__() method returns a tuple of the items of the iterables.\n\n" +
    "It goes on until the longest iterable has ended; the fillvalue stands for what the shorter ones lack.",
  sig: "(*iterables, fillvalue=None)",
  slots: iterSlots(
    (type, args, kwnames) => {
      let fill: Value = None;
      const nkw = kwnames?.length ?? 0;
      if (nkw > 0) {
        const i = kwnames!.indexOf("fillvalue");
        if (i < 0 || nkw > 1) throw typeError("zip_longest() got an unexpected keyword argument");
        fill = args[args.length - 1];
      }
      const iters: Value[] = [];
      for (let i = 0; i < args.length - nkw; i++) iters.push(getIter(args[i]));
      return new PyZipLongest(type, iters, fill);
    },
    (self) => {
      const z = self as PyZipLongest, iters = z.iters, n = iters.length;
      if (n === 0 || z.active === 0) return undefined;
      const out: Value[] = [];
      for (let i = 0; i < n; i++) {
        const it = iters[i];
        if (it === undefined) {
          out.push(z.fill);
          continue;
        }
        let v: Value | undefined;
        try {
          v = typeOf(it).tp_iternext!(it);
        } catch (e) {
          z.active = 0;
          throw e;
        }
        if (v === undefined) {
          iters[i] = undefined;
          if (--z.active === 0) return undefined;
          v = z.fill;
        }
        out.push(v);
      }
      return new PyTuple(out);
    },
  ),
});

export const spec: ModuleSpec = {
  name: "itertools",
  doc: "Functional tools for creating and using iterators.\n\n" +
    "Infinite iterators:\ncount(start=0, step=1) --> start, start+step, start+2*step, ...\n" +
    "cycle(p) --> p0, p1, ... plast, p0, p1, ...\n" +
    "repeat(elem [,n]) --> elem, elem, elem, ... endlessly or up to n times\n\n" +
    "Iterators that end with the shortest input: accumulate, batched, chain, compress, dropwhile, filterfalse,\n" +
    "groupby, islice, pairwise, starmap, takewhile, tee, zip_longest\n\n" +
    "Combinatoric generators: product, permutations, combinations, combinations_with_replacement\n",
  functions: {
    tee: ["iterable, n=2, /", "Returns a tuple of n independent iterators.", tee],
  },
  types: {
    accumulate: accumulateType,
    batched: batchedType,
    chain: chainType,
    combinations: combinationsType,
    combinations_with_replacement: combinationsRepType,
    compress: compressType,
    count: countType,
    cycle: cycleType,
    dropwhile: dropwhileType,
    filterfalse: filterfalseType,
    groupby: groupbyType,
    _grouper: grouperType,
    islice: isliceType,
    pairwise: pairwiseType,
    permutations: permutationsType,
    product: productType,
    repeat: repeatType,
    starmap: starmapType,
    takewhile: takewhileType,
    _tee: teeType,
    _tee_dataobject: teeDataType,
    zip_longest: zipLongestType,
  },
};
