// CPython 3.14: Objects/setobject.c
//
// Frozensets as constants.

import {
  frozensetType,
  PyComplex,
  PyFloat,
  PyObject,
  PyTuple,
  type Value,
} from "../objects/object.ts";
import { constKey } from "./consts.ts";

class ConstSet extends PyObject {
  #items: Value[];
  constructor(items: readonly Value[]) {
    super(frozensetType);
    this.#items = [...items];
  }
  items(): Value[] {
    return this.#items;
  }
}

/** Is the value an exact frozenset? */
export function isFrozenSet(v: Value): v is ConstSet {
  return v instanceof ConstSet;
}

/** The elements in order of iteration. */
export function setItems(v: ConstSet): Value[] {
  return v.items();
}

/** A frozenset of constants. */
export function makeFrozenSet(items: readonly Value[]): ConstSet {
  const seen = new Set<unknown>();
  return new ConstSet(items.filter((v) => {
    const key = equalityKey(v);
    return !seen.has(key) && seen.add(key);
  }));
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
    return keys.every((k) => typeof k === "string")
      ? `(${keys.map((k) => `${(k as string).length}:${k}`).join()})`
      : v;
  }
  return constKey(v) ?? v;
}

function realKey(x: PyFloat): unknown {
  if (x.v !== x.v) return x;
  return Number.isInteger(x.v) ? `i${BigInt(x.v)}` : `f${x.v}`;
}
