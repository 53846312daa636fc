// CPython 3.14: Objects/setobject.c
//
// Frozensets as constants.

import { frozensetType, PyObject, type Value } from "../objects/object.ts";

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
  return new ConstSet(items);
}
