// CPython 3.14: Objects/rangeobject.c
//
// A range holds start, stop, step and its length, each an int of any size. An iterator over small
// numbers (PyRangeIter) counts with three plain numbers, which the VM reads and steps directly;
// when any of them or a value on the way leaves the safe-integer range, a PyLongRangeIter works
// with exact ints.

import {
  builtinType,
  type CmpOp,
  EQ,
  type Int,
  type KwNames,
  NE,
  None,
  NotImplemented,
  PyObject,
  PySlice,
  PyTuple,
  type PyType,
  rangeType,
  setSpec,
  TF_SEQUENCE,
  typeOf,
  type Value,
} from "./object.ts";
import { cur } from "./state.ts";
import { indexError, newErrorArgs, overflowError, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { asIndex, equals, getAttr, getIter, hasIndex, iterNext } from "./abstract.ts";
import { hashRange } from "./hash.ts";
import { intAdd, intFloorDiv, intMod, intMul, intNeg, intSub } from "./int_ops.ts";
import { intRepr } from "./int_convert.ts";
import { sliceLongIndices } from "./slice.ts";

export class PyRange extends PyObject {
  readonly start: Int;
  readonly stop: Int;
  readonly step: Int;
  readonly len: Int;
  constructor(start: Int, stop: Int, step: Int) {
    super(rangeType);
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.len = rangeLength(start, stop, step);
  }
}

export const rangeIteratorType: PyType = builtinType(
  "range_iterator",
  undefined,
  true,
);
export const longRangeIteratorType: PyType = builtinType(
  "longrange_iterator",
  undefined,
  true,
);

/** Yields i, i + step, ... before stop; all safe integers, and so is every value on the way. */
export class PyRangeIter extends PyObject {
  /** The next value. */
  declare i: number;
  /** Where the values end: a multiple of step away from i, so `i !== stop` tells there is more. */
  declare stop: number;
  declare readonly step: number;
  constructor(i: number, stop: number, step: number) {
    super(rangeIteratorType);
    this.i = i;
    this.stop = stop;
    this.step = step;
  }
}
/** The same for ints of any size: start + index * step for index < len. */
export class PyLongRangeIter extends PyObject {
  start: Int;
  readonly step: Int;
  len: Int;
  constructor(start: Int, step: Int, len: Int) {
    super(longRangeIteratorType);
    this.start = start;
    this.step = step;
    this.len = len;
  }
}

/** How many values there are from lo to hi (exclusive) by step. */
export function rangeLength(lo: Int, hi: Int, step: Int): Int {
  if (step > 0) {
    if (lo >= hi) return 0;
    return intAdd(intFloorDiv(intSub(intSub(hi, 1), lo), step), 1);
  }
  if (lo <= hi) return 0;
  return intAdd(intFloorDiv(intSub(intSub(lo, 1), hi), intNeg(step)), 1);
}

/** An iterator over `len` values. */
export function rangeIter(start: Int, step: Int, len: Int): PyObject {
  if (typeof start === "number" && typeof step === "number") {
    const end = intAdd(start, intMul(step, len));
    if (typeof end === "number") return new PyRangeIter(start, end, step);
  }
  return new PyLongRangeIter(start, step, len);
}

/** `range(stop)` or `range(start, stop[, step])` of values already given. */
export function makeRange(args: readonly Value[]): PyRange {
  switch (args.length) {
    case 0:
      throw typeError("range expected at least 1 argument, got 0");
    case 1:
      return new PyRange(0, asIndex(args[0]), 1);
    case 2:
      return new PyRange(asIndex(args[0]), asIndex(args[1]), 1);
    case 3: {
      const start = asIndex(args[0]),
        stop = asIndex(args[1]),
        step = asIndex(args[2]);
      if (step === 0) throw valueError("range() arg 3 must not be zero");
      return new PyRange(start, stop, step);
    }
    default:
      throw typeError(`range expected at most 3 arguments, got ${args.length}`);
  }
}
function rangeNew(_type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (kwnames !== undefined && kwnames.length > 0) {
    throw typeError("range() takes no keyword arguments");
  }
  return makeRange(args);
}

/** Value at a position that is in range. */
function valueAt(r: PyRange, i: Int): Int {
  return intAdd(r.start, intMul(i, r.step));
}
/** `r[i]` */
export function rangeItem(r: PyRange, i: Int): Int {
  const at = i < 0 ? intAdd(i, r.len) : i;
  if (at < 0 || at >= r.len) {
    throw indexError("range object index out of range");
  }
  return valueAt(r, at);
}
function rangeSubscript(self: Value, key: Value): Value {
  const r = self as PyRange;
  if (typeof key === "number") return rangeItem(r, key);
  if (key instanceof PySlice) {
    const [start, stop, step] = sliceLongIndices(key, r.len);
    return new PyRange(
      valueAt(r, start),
      valueAt(r, stop),
      intMul(step, r.step),
    );
  }
  if (hasIndex(key)) return rangeItem(r, asIndex(key));
  throw typeError(
    `range indices must be integers or slices, not ${typeOf(key).name}`,
  );
}

/** `len(r)`, which may be more than a safe integer; OverflowError beyond 63 bits. */
export function rangeLen(r: PyRange): Int {
  const n = r.len;
  if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) {
    throw overflowError("Python int too large to convert to C ssize_t");
  }
  return n;
}
function length(self: Value): number {
  return Number(rangeLen(self as PyRange));
}

/** The exact int of an int or a bool; undefined where `==` must decide. */
function plainInt(v: Value): Int | undefined {
  switch (typeof v) {
    case "number":
    case "bigint":
      return v;
    case "boolean":
      return v ? 1 : 0;
  }
  return undefined;
}
function containsInt(r: PyRange, x: Int): boolean {
  if (r.step > 0 ? x < r.start || x >= r.stop : x > r.start || x <= r.stop) {
    return false;
  }
  return intMod(intSub(x, r.start), r.step) === 0;
}
/** Visits the values until one equals `x`; how many were before, or -1. */
function search(r: PyRange, x: Value): Int | undefined {
  const it = getIter(r);
  let n: Int = 0;
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    if (equals(v, x)) return n;
    n = intAdd(n, 1);
    cur.tick(1);
  }
  return undefined;
}
function contains(self: Value, x: Value): boolean {
  const r = self as PyRange, i = plainInt(x);
  return i !== undefined ? containsInt(r, i) : search(r, x) !== undefined;
}
function index(r: PyRange, x: Value): Value {
  const i = plainInt(x);
  if (i === undefined) {
    const n = search(r, x);
    if (n === undefined) {
      throw valueError("sequence.index(x): x not in sequence");
    }
    return n;
  }
  if (!containsInt(r, i)) {
    throw newErrorArgs(X.ValueError, ["range.index(x): x not in range"]);
  }
  return intFloorDiv(intSub(i, r.start), r.step);
}
function count(r: PyRange, x: Value): Value {
  const i = plainInt(x);
  if (i !== undefined) return containsInt(r, i) ? 1 : 0;
  const it = getIter(r);
  let n = 0;
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    if (equals(v, x)) n++;
    cur.tick(1);
  }
  return n;
}

function compare(a: Value, b: Value, op: CmpOp): Value {
  if (!(b instanceof PyRange) || (op !== EQ && op !== NE)) {
    return NotImplemented;
  }
  const r = a as PyRange;
  const same = r === b || (r.len === b.len &&
    (r.len === 0 ||
      (r.start === b.start && (r.len === 1 || r.step === b.step))));
  return op === EQ ? same : !same;
}

function repr(self: Value): Value {
  const r = self as PyRange;
  const head = `range(${intRepr(r.start)}, ${intRepr(r.stop)}`;
  return r.step === 1 ? head + ")" : `${head}, ${intRepr(r.step)})`;
}

function reversed(r: PyRange): Value {
  const step = intNeg(r.step);
  return rangeIter(
    intSub(intAdd(r.start, intMul(r.step, r.len)), r.step),
    step,
    r.len,
  );
}

rangeType.flags |= TF_SEQUENCE;
setSpec(rangeType, {
  doc:
    "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nThe ints from start (0 if not given) up to stop, without stop, by step\n(1 if not given): range(4) stands for 0, 1, 2, 3.",
  slots: {
    tp_new: rangeNew,
    tp_repr: repr,
    tp_hash: (v) => {
      const r = v as PyRange;
      return hashRange(r.len, r.start, r.step);
    },
    tp_richcompare: compare,
    tp_iter: (v) => {
      const r = v as PyRange;
      return rangeIter(r.start, r.step, r.len);
    },
    nb_bool: (v) => (v as PyRange).len !== 0,
    sq_length: length,
    mp_length: length,
    sq_item: (v, i) => rangeItem(v as PyRange, i),
    sq_contains: contains,
    mp_subscript: rangeSubscript,
  },
  methods: {
    __reversed__: [
      "",
      "An iterator over the values in reverse order.",
      reversed,
    ],
    __reduce__: [
      "",
      "",
      (r: PyRange): Value => new PyTuple([rangeType, new PyTuple([r.start, r.stop, r.step])]),
    ],
    count: [
      "object, /",
      "rangeobject.count(value) -> integer -- how many times value occurs",
      count,
    ],
    index: [
      "object, /",
      "rangeobject.index(value) -> integer -- position of value.\nValueError if there is none.",
      index,
    ],
  },
  members: {
    start: (r: PyRange) => r.start,
    stop: (r: PyRange) => r.stop,
    step: (r: PyRange) => r.step,
  },
});

/** The builtin iter, as pickles of iterators name it. */
function builtinIter(): Value {
  return getAttr(cur.interp.builtins, "iter");
}
setSpec(rangeIteratorType, {
  slots: {
    tp_iter: (v) => v,
    tp_iternext: (v) => {
      const it = v as PyRangeIter;
      const i = it.i;
      if (i === it.stop) return undefined;
      it.i = i + it.step;
      return i;
    },
  },
  methods: {
    __length_hint__: [
      "",
      "How many values are to come.",
      (it: PyRangeIter): Value => (it.stop - it.i) / it.step,
    ],
    __reduce__: [
      "",
      "State for pickling.",
      (it: PyRangeIter): Value =>
        new PyTuple([
          builtinIter(),
          new PyTuple([new PyRange(it.i, it.stop, it.step)]),
          None,
        ]),
    ],
    __setstate__: [
      "object, /",
      "Takes state back after unpickling.",
      (it: PyRangeIter, state: Value): Value => {
        const n = asIndex(state), len = (it.stop - it.i) / it.step;
        const k = n < 0 ? 0 : n > len ? len : n as number;
        it.i += k * it.step;
        return None;
      },
    ],
  },
});

setSpec(longRangeIteratorType, {
  slots: {
    tp_iter: (v) => v,
    tp_iternext: (v) => {
      const it = v as PyLongRangeIter;
      if (it.len === 0) return undefined;
      const i = it.start;
      it.start = intAdd(i, it.step);
      it.len = intSub(it.len, 1);
      return i;
    },
  },
  methods: {
    __length_hint__: [
      "",
      "How many values are to come.",
      (it: PyLongRangeIter): Value => it.len,
    ],
    __reduce__: [
      "",
      "State for pickling.",
      (it: PyLongRangeIter): Value =>
        new PyTuple([
          builtinIter(),
          new PyTuple([
            new PyRange(
              it.start,
              intAdd(it.start, intMul(it.step, it.len)),
              it.step,
            ),
          ]),
          None,
        ]),
    ],
    __setstate__: [
      "object, /",
      "Takes state back after unpickling.",
      (it: PyLongRangeIter, state: Value): Value => {
        if (typeof state !== "number" && typeof state !== "bigint") {
          throw typeError(`state must be an int, not ${typeOf(state).name}`);
        }
        const n = state;
        const k = n < 0 ? 0 : n > it.len ? it.len : n;
        it.start = intAdd(it.start, intMul(it.step, k));
        it.len = intSub(it.len, k);
        return None;
      },
    ],
  },
});
