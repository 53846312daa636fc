// CPython 3.14: Python/intrinsics.c, Objects/typevarobject.c
//
// What the instructions behind `def f[T]`, `class C[T]` and `type A = ...` make.

import { None, type PyTuple, PyTuple as Tuple, type Value } from "../../core/objects/object.ts";
import { typeError } from "../../core/objects/errors.ts";
import { call2, getAttr, reprStr } from "../../core/objects/abstract.ts";
import { cur } from "../../core/objects/state.ts";
import { utf16 } from "../../core/objects/names.ts";
import {
  genericType,
  PyParamSpec,
  PyTypeAlias,
  PyTypeVar,
  PyTypeVarTuple,
  unpackTypeVarTuples,
} from "../../core/objects/typevar.ts";

/** A TypeVar whose bound or constraints are evaluated on first use. */
export function makeTypeVar(
  name: Value,
  evaluateBound: Value | undefined,
  evaluateConstraints: Value | undefined,
): Value {
  const t = new PyTypeVar(name);
  t.evaluateBound = evaluateBound;
  t.evaluateConstraints = evaluateConstraints;
  return t;
}
export function makeParamSpec(name: Value): Value {
  return new PyParamSpec(name);
}
export function makeTypeVarTuple(name: Value): Value {
  return new PyTypeVarTuple(name);
}

/** Gives a type parameter the function that evaluates its default. */
export function setTypeParamDefault(tp: Value, evaluate: Value): Value {
  if (
    tp instanceof PyTypeVar || tp instanceof PyParamSpec ||
    tp instanceof PyTypeVarTuple
  ) {
    tp.evaluateDefault = evaluate;
    return tp;
  }
  throw typeError(`Expected a type param, got ${utf16(reprStr(tp))}`);
}

/** The `type` statement: `(name, type parameters or None, function that computes the value)`. */
export function makeTypeAlias(parts: Value): Value {
  const [name, params, compute] = (parts as PyTuple).items;
  const tuple = params === None || (params as PyTuple).items.length === 0 ? undefined : params as PyTuple;
  return new PyTypeAlias(name, tuple, compute, undefined, undefined);
}

/** The base `Generic[params]` of a class with type parameters. */
export function subscriptGeneric(params: Value): Value {
  const alias = getAttr(cur.interp.importModule("typing"), "_GenericAlias");
  return call2(
    alias,
    genericType,
    params instanceof Tuple ? unpackTypeVarTuples(params) : params,
  );
}
