// CPython 3.14: Objects/genobject.c (async generators)

import type { Value } from "../../core/objects/object.ts";
import { notImplementedError } from "../../core/objects/errors.ts";

/** Marks a value that an async generator yields, so that its driver tells it from an await's. */
export function wrapAsyncYield(_v: Value): Value {
  throw notImplementedError("async generators");
}

/** What `anext(it, default)` returns: awaits `it`'s item, or gives the default at the end. */
export function makeAnextAwaitable(_awaitable: Value, _dflt: Value): Value {
  throw notImplementedError("anext() with a default");
}
