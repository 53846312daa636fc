// CPython 3.14: Objects/unionobject.c

import { builtinType, NotImplemented, type PyType, type Value } from "./object.ts";

export const unionType: PyType = builtinType("typing.Union", undefined, true);

/** `a | b` of types. */
export function unionOf(_a: Value, _b: Value): Value {
  return NotImplemented;
}
