// CPython 3.14: Modules/_bisectmodule.c

import {
  type Int,
  listType,
  LT,
  None,
  PyList,
  PyTuple,
  tupleType,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { asIndex, asSsize, call1, callMethod, hasIndex, lengthOf, richCompareBool } from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { getItem, seqGetItem } from "../core/objects/abstract.ts";
import { normInt } from "../core/objects/int_ops.ts";
import { PyRange } from "../core/objects/range.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { listAppend } from "../core/objects/list.ts";

function less(a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number" ? a < b : richCompareBool(a, b, LT);
}

/** The same over a sequence with more items than a JavaScript number counts. */
function findFar(a: Value, x: Value, lo: bigint, hi: bigint, key: Value, left: boolean): Int {
  while (lo < hi) {
    const mid = (lo + hi) / 2n;
    let v = getItem(a, normInt(mid));
    if (key !== None) v = call1(key, v);
    if (left ? less(v, x) : !less(x, v)) lo = mid + 1n;
    else hi = mid;
  }
  return normInt(lo);
}

/** Where `x` goes: before its equals (`left`) or behind them. */
function find(a: Value, x: Value, from: Int, to: Int, key: Value, left: boolean): Int {
  if (from < 0) throw valueError("lo must be non-negative");
  if (to === -1) to = a instanceof PyRange && a.len < 1n << 63n ? a.len : lengthOf(a);
  if (typeof from === "bigint" || typeof to === "bigint") return findFar(a, x, BigInt(from), BigInt(to), key, left);
  let lo = from, hi = to;
  const plain = typeof a === "object" && (a.cls === listType || a.cls === tupleType)
    ? a as PyList | PyTuple
    : undefined;
  while (lo < hi) {
    const mid = Math.floor((lo + hi) / 2);
    let v = plain?.items[mid] ?? seqGetItem(a, mid);
    if (key !== None) v = call1(key, v);
    if (left ? less(v, x) : !less(x, v)) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** A C ssize_t, exactly. */
function ssize(v: Value): Int {
  asSsize(v);
  return asIndex(v);
}
function bounds(lo: Value, hi: Value): [Int, Int] {
  if (hi !== None && !hasIndex(hi)) {
    throw typeError(`argument should be integer or None, not '${typeName(hi)}'`);
  }
  return [ssize(lo), hi === None ? -1 : ssize(hi)];
}

function bisect(left: boolean) {
  return (_m: Value, a: Value, x: Value, lo: Value = 0, hi: Value = None, key: Value = None): Value => {
    const [l, h] = bounds(lo, hi);
    return find(a, x, l, h, key, left);
  };
}
function insort(left: boolean) {
  return (_m: Value, a: Value, x: Value, lo: Value = 0, hi: Value = None, key: Value = None): Value => {
    const [l, h] = bounds(lo, hi);
    const i = find(a, key === None ? x : call1(key, x), l, h, key, left);
    if (a instanceof PyList && typeOf(a) === listType) {
      if (typeof i === "bigint" || i >= a.items.length) listAppend(a, x);
      else a.items.splice(i, 0, x);
    } else callMethod(a, "insert", i, x);
    return None;
  };
}

const SIG = "a, x, lo=0, hi=None, *, key=None";
const RANGE =
  "The optional lo (default 0) and hi (default len(a)) bound the slice of a to be searched. A key function\nis called on each item that is looked at.";

export const spec: ModuleSpec = {
  name: "_bisect",
  doc:
    "Bisection algorithms.\n\nThey find the place of an item in a sorted list, so that the list need not be sorted again.\n",
  functions: {
    bisect_right: [
      SIG,
      "Return the index where to insert item x in list a, assuming a is sorted.\n\n" +
      "All items before the index are <= x, all others > x. " + RANGE,
      bisect(false),
    ],
    insort_right: [
      SIG,
      "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nItems equal to x stay before it. " + RANGE,
      insort(false),
    ],
    bisect_left: [
      SIG,
      "Return the index where to insert item x in list a, assuming a is sorted.\n\n" +
      "All items before the index are < x, all others >= x. " + RANGE,
      bisect(true),
    ],
    insort_left: [
      SIG,
      "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nItems equal to x stay behind it. " + RANGE,
      insort(true),
    ],
  },
};
