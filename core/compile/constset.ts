// Frozensets as constants (temporary seam until objects/set.ts exists).
import { frozensetType, PyObject, type Value } from "../objects/object.ts";

class TempFrozenSet extends PyObject {
  items: Value[];
  constructor(items: Value[]) {
    super(frozensetType);
    this.items = items;
  }
}
export function isFrozenSet(v: Value): boolean {
  return v instanceof TempFrozenSet;
}
export function setItems(v: Value): Value[] {
  return (v as TempFrozenSet).items;
}
export function makeFrozenSet(items: Value[]): Value {
  return new TempFrozenSet(items);
}
