// CPython 3.14: Objects/dictobject.c (keys)
//
// What dicts (and sets) need to know of keys: the normal forms of plain keys (see dict.ts), hashes
// with the error texts of a dict or a set, and equality.

import {
  bytesType,
  EQ,
  floatType,
  frozensetType,
  functionType,
  None,
  type PyBaseException,
  type PyFloat,
  type PyObject,
  type PyTuple,
  type PyType,
  type PyWideStr,
  strType,
  tupleType,
  typeType,
  type Value,
} from "./object.ts";
import { typeError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { richCompareBool, strOf } from "./abstract.ts";
import { hashKey } from "./hash.ts";
import { utf16 } from "./names.ts";
import { qualifiedTypeName } from "./type_name.ts";

/** UTF-16 form of a wide str, or undefined where another wide str has the same. */
function wideForm(w: PyWideStr): string | undefined {
  const cps = w.cps;
  for (let i = 1; i < cps.length; i++) {
    if ((cps[i] & ~0x3ff) === 0xdc00 && (cps[i - 1] & ~0x3ff) === 0xd800) {
      return undefined;
    }
  }
  return utf16(w);
}

/** The normal form of a plain key; undefined for any other key. */
export function normKey(key: Value): unknown {
  if (typeof key !== "object") return typeof key === "boolean" ? (key ? 1 : 0) : key;
  if (key === None) return key;
  const t = key.cls;
  if (t === floatType) {
    const v = (key as PyFloat).v;
    if (v !== v) return key;
    if (Number.isSafeInteger(v) || !Number.isInteger(v)) return v + 0;
    return BigInt(v);
  }
  return t === strType ? wideForm(key as PyWideStr) : undefined;
}

/** Is `key` of a kind that never equals a plain key and compares without guest code? */
export function neverPlain(t: PyType): boolean {
  return t === tupleType || t === bytesType || t === frozensetType ||
    t === typeType || t === functionType;
}

/** hash() of a dict key, with the error text that names the use. */
export function hashDictKey(key: Value): number {
  if (typeof key !== "object") return hashKey(key);
  try {
    return hashKey(key);
  } catch (e) {
    throw unhashableAs(e, key, "dict key");
  }
}

/** What to throw for `e`, which came out of hashing `key` for a dict or a set. */
export function unhashableAs(e: unknown, key: Value, use: string): unknown {
  if ((e as PyObject)?.cls !== X.TypeError) return e;
  const text = utf16(strOf(e as PyBaseException));
  return typeError(
    `cannot use '${qualifiedTypeName(key)}' as a ${use} (${text})`,
  );
}

/**
 * Equality of two keys with the same hash, `a` being the one that is stored. Tuples of ints and
 * strs, the commonest keys that are not plain, are compared without the protocol.
 */
export function sameKey(a: Value, b: Value): boolean {
  if (
    typeof a === "object" && a.cls === tupleType &&
    typeof b === "object" && b.cls === tupleType
  ) {
    const x = (a as PyTuple).items, y = (b as PyTuple).items;
    if (x.length !== y.length) return false;
    let i = 0;
    for (; i < x.length; i++) {
      if (x[i] === y[i]) continue;
      if (typeof x[i] === "object" || typeof x[i] !== typeof y[i]) break;
      return false;
    }
    if (i === x.length) return true;
  }
  return richCompareBool(a, b, EQ);
}
