// CPython 3.14: Objects/templateobject.c, Objects/interpolationobject.c

import type { Value } from "./object.ts";
import { notImplementedError } from "./errors.ts";

export function makeTemplate(_strings: Value, _interpolations: Value): Value {
  throw notImplementedError("Template");
}
export function makeInterpolation(_value: Value, _expr: Value, _conv: number, _spec: Value): Value {
  throw notImplementedError("Interpolation");
}
