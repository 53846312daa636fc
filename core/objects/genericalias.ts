// CPython 3.14: Objects/genericaliasobject.c

import { builtinType, PyObject, PyTuple, type Value } from "./object.ts";

export const genericAliasType = builtinType("types.GenericAlias");

/** `origin[args]` of a generic type. */
export class PyGenericAlias extends PyObject {
  origin: Value;
  args: PyTuple;
  params: PyTuple | undefined = undefined;
  starred = false;
  constructor(origin: Value, args: PyTuple) {
    super(genericAliasType);
    this.origin = origin;
    this.args = args;
  }
}
/** `types.GenericAlias(origin, args)`; a single argument need not be a tuple. */
export function genericAlias(origin: Value, args: Value): Value {
  return new PyGenericAlias(origin, args instanceof PyTuple ? args : new PyTuple([args]));
}
