// CPython 3.14: Objects/setobject.c
//
// Frozensets as constants.

import { frozensetType, PyComplex, PyFloat, PyTuple, type Value } from "../objects/object.ts";
import { PySet } from "../objects/set.ts";
import { constKey } from "./consts.ts";

/** Is the value an exact frozenset? */
export function isFrozenSet(v: Value): v is PySet {
  return v instanceof PySet && v.cls === frozensetType;
}

/** The elements in order of iteration. */
export function setItems(v: PySet): Value[] {
  return v.items();
}

/** A frozenset of constants, in the order of the running Interpreter's hashes. */
export function makeFrozenSet(items: readonly Value[]): PySet {
  const out = new PySet(frozensetType);
  for (const item of items) out.add(item);
  return out;
}

/** A key under which equal constants meet (1, 1.0 and True), as they would in a set. */
export function equalityKey(v: Value): unknown {
  if (typeof v === "boolean") return v ? "i1" : "i0";
  if (v instanceof PyFloat) return realKey(v);
  if (v instanceof PyComplex) {
    return v.im === 0 ? realKey(new PyFloat(v.re)) : `c${v.re + 0},${v.im}`;
  }
  if (v instanceof PyTuple) {
    const keys = v.items.map(equalityKey);
    return keys.every((k) => typeof k === "string") ? `(${keys.map((k) => `${(k as string).length}:${k}`).join()})` : v;
  }
  return constKey(v) ?? v;
}

function realKey(x: PyFloat): unknown {
  if (x.v !== x.v) return x;
  return Number.isInteger(x.v) ? `i${BigInt(x.v)}` : `f${x.v}`;
}
