// CPython 3.14: Python/intrinsics.c, Objects/typevarobject.c

import type { Value } from "../../core/objects/object.ts";
import { notImplementedError } from "../../core/objects/errors.ts";

export function makeTypeVar(_name: Value, _bound: Value | undefined, _constraints: Value | undefined): Value {
  throw notImplementedError("TypeVar");
}
export function makeParamSpec(_name: Value): Value {
  throw notImplementedError("ParamSpec");
}
export function makeTypeVarTuple(_name: Value): Value {
  throw notImplementedError("TypeVarTuple");
}
export function setTypeParamDefault(_tp: Value, _evaluate: Value): Value {
  throw notImplementedError("type parameter defaults");
}
export function makeTypeAlias(_parts: Value): Value {
  throw notImplementedError("TypeAliasType");
}
export function subscriptGeneric(_params: Value): Value {
  throw notImplementedError("Generic");
}
