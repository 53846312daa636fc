// CPython 3.14: Modules/_bisectmodule.c

import {
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
import { asSsize, call1, callMethod, hasIndex, lengthOf, richCompareBool } from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { seqGetItem } from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { listAppend } from "../core/objects/list.ts";

function less(a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number" ? a < b : richCompareBool(a, b, LT);
}

/** Where `x` goes: before its equals (`left`) or behind them. */
function find(a: Value, x: Value, lo: number, hi: number, key: Value, left: boolean): number {
  if (lo < 0) throw valueError("lo must be non-negative");
  if (hi === -1) hi = lengthOf(a);
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

function bounds(lo: Value, hi: Value): [number, number] {
  if (hi !== None && !hasIndex(hi)) throw typeError(`argument should be integer or None, not '${typeName(hi)}'`);
  return [asSsize(lo), hi === None ? -1 : asSsize(hi)];
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
      if (i >= a.items.length) listAppend(a, x);
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
