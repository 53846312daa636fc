// CPython 3.14: Objects/typeobject.c (calls of a base's method)

import type { PyType, Value } from "../core/objects/object.ts";
import { callUnbound } from "../core/objects/abstract.ts";
import { lookupType } from "../core/objects/attr.ts";

/** Calls the method that `type` itself has, on `self`: `Type.name(self, ...)`. */
export function typeMethod(type: PyType, name: string, self: Value, ...args: Value[]): Value {
  return callUnbound(lookupType(type, name)!, self, args);
}
