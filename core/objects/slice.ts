// CPython 3.14: Objects/sliceobject.c
//
// A slice keeps three values of any type. Sequences turn it into numbers in two steps, since the
// values' `__index__` may change the sequence: `sliceUnpack` runs guest code and clamps each value
// to the safe-integer range, then `sliceAdjust` clips to the length as it is then. `sliceIndices`
// is both for sequences whose length cannot change. `slice.indices` and range slicing work with
// ints of any size (`sliceLongIndices`).

import {
  type CmpOp,
  EQ,
  GE,
  type Int,
  type KwNames,
  LE,
  None,
  NotImplemented,
  PySlice,
  PyTuple,
  type PyType,
  setSpec,
  sliceType,
  typeOf,
  type Value,
} from "./object.ts";
import { typeError, valueError } from "./errors.ts";
import { asIndex, reprStr, richCompare } from "./abstract.ts";
import { hashSlice } from "./hash.ts";
import { joinStrs } from "./repr_guard.ts";

/** A slice of a sequence: elements start, start + step, ... (`length` of them). */
export interface SliceIndices {
  start: number;
  stop: number;
  step: number;
  length: number;
}

const MAX = Number.MAX_SAFE_INTEGER;

function indexError(): Error {
  return typeError(
    "slice indices must be integers or None or have an __index__ method",
  ) as unknown as Error;
}

/** A slice's part as an int (`_PyEval_SliceIndex` without clamping); not for None. */
function partIndex(v: Value): Int {
  if (typeof v === "number" || typeof v === "bigint") return v;
  if (typeOf(v).nb_index === undefined) throw indexError();
  return asIndex(v);
}

/** An index or None as a number, clamped to the safe-integer range. */
export function sliceIndexClamped(v: Value, dflt: number): number {
  if (typeof v === "number") return v;
  if (v === None) return dflt;
  const i = partIndex(v);
  if (typeof i === "number") return i;
  return i < 0n ? -MAX : MAX;
}

/** The parts of a slice as numbers, not yet clipped to a length; may run guest code. */
export function sliceUnpack(s: PySlice): SliceIndices {
  const step = sliceIndexClamped(s.step, 1);
  if (step === 0) throw valueError("slice step cannot be zero");
  const start = sliceIndexClamped(s.start, step < 0 ? MAX : 0);
  const stop = sliceIndexClamped(s.stop, step < 0 ? -MAX : MAX);
  return { start, stop, step, length: 0 };
}

/** Clips an unpacked slice to `len` elements, in place; sets and returns its length. */
export function sliceAdjust(u: SliceIndices, len: number): number {
  let { start, stop } = u;
  const step = u.step;
  if (start < 0) {
    start += len;
    if (start < 0) start = step < 0 ? -1 : 0;
  } else if (start >= len) start = step < 0 ? len - 1 : len;
  if (stop < 0) {
    stop += len;
    if (stop < 0) stop = step < 0 ? -1 : 0;
  } else if (stop >= len) stop = step < 0 ? len - 1 : len;
  u.start = start;
  u.stop = stop;
  let n = 0;
  if (step < 0) {
    if (stop < start) n = Math.floor((start - stop - 1) / -step) + 1;
  } else if (start < stop) {
    n = step === 1 ? stop - start : Math.floor((stop - start - 1) / step) + 1;
  }
  return u.length = n;
}

/** What `s` selects of a sequence of `len` elements. */
export function sliceIndices(s: PySlice, len: number): SliceIndices {
  const u = sliceUnpack(s);
  sliceAdjust(u, len);
  return u;
}

function norm(b: bigint): Int {
  const n = Number(b);
  return Number.isSafeInteger(n) ? n : b;
}
function plus(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    if (Number.isSafeInteger(r)) return r;
  }
  return norm(BigInt(a) + BigInt(b));
}

/** `(start, stop, step)` of the slice for a sequence of `len` elements, all of any size. */
export function sliceLongIndices(s: PySlice, len: Int): [Int, Int, Int] {
  let step: Int = 1;
  if (s.step !== None) {
    step = partIndex(s.step);
    if (step === 0) throw valueError("slice step cannot be zero");
  }
  const neg = step < 0;
  const lower: Int = neg ? -1 : 0;
  const upper: Int = neg ? plus(len, -1) : len;
  const clip = (v: Value, dflt: Int): Int => {
    if (v === None) return dflt;
    let i = partIndex(v);
    if (i < 0) {
      i = plus(i, len);
      return i < lower ? lower : i;
    }
    return i > upper ? upper : i;
  };
  const start = clip(s.start, neg ? upper : lower);
  const stop = clip(s.stop, neg ? lower : upper);
  return [start, stop, step];
}

function sliceNew(_type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (kwnames !== undefined && kwnames.length > 0) {
    throw typeError("slice() takes no keyword arguments");
  }
  switch (args.length) {
    case 0:
      throw typeError("slice expected at least 1 argument, got 0");
    case 1:
      return new PySlice(None, args[0], None);
    case 2:
      return new PySlice(args[0], args[1], None);
    case 3:
      return new PySlice(args[0], args[1], args[2]);
    default:
      throw typeError(
        `slice expected at most 3 arguments, got ${args.length}`,
      );
  }
}

function parts(s: PySlice): PyTuple {
  return new PyTuple([s.start, s.stop, s.step]);
}

function sliceCompare(a: Value, b: Value, op: CmpOp): Value {
  if (!(a instanceof PySlice && b instanceof PySlice)) return NotImplemented;
  if (a === b) return op === EQ || op === LE || op === GE;
  return richCompare(parts(a), parts(b), op);
}

function sliceHash(self: Value): number {
  const s = self as PySlice;
  return hashSlice(s.start, s.stop, s.step);
}

function sliceRepr(self: Value): Value {
  const s = self as PySlice;
  return joinStrs([
    "slice(",
    reprStr(s.start),
    ", ",
    reprStr(s.stop),
    ", ",
    reprStr(s.step),
    ")",
  ]);
}

setSpec(sliceType, {
  doc: "slice(stop)\nslice(start, stop[, step])\n\nThe indices that extended slicing (a[0:10:2]) selects.",
  slots: {
    tp_new: sliceNew,
    tp_repr: sliceRepr,
    tp_hash: sliceHash,
    tp_richcompare: sliceCompare,
  },
  methods: {
    indices: [
      "object, /",
      "S.indices(len) -> (start, stop, stride)\n\nThe indices that S selects from a sequence of len items: clipped the way slicing clips them.",
      (s: PySlice, length: Value): Value => {
        const len = asIndex(length);
        if (len < 0) throw valueError("length should not be negative");
        return new PyTuple(sliceLongIndices(s, len));
      },
    ],
    __reduce__: [
      "",
      "State for pickling.",
      (s: PySlice): Value => new PyTuple([sliceType, parts(s)]),
    ],
  },
  members: {
    start: (s: PySlice) => s.start,
    stop: (s: PySlice) => s.stop,
    step: (s: PySlice) => s.step,
  },
});
