// CPython 3.14: Objects/weakrefobject.c

import { None, type Value } from "./object.ts";

/** `__weakref__`: the first weak reference, or None. */
export function getWeakrefList(_o: Value): Value {
  return None;
}
