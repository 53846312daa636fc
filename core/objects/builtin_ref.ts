// CPython 3.14: Python/ceval.c (_PyEval_GetBuiltin)

import { dictType, PyBaseException, PyDictBase, type Value } from "./object.ts";
import { cur } from "./state.ts";
import { getItem } from "./abstract.ts";
import { newError } from "./errors.ts";
import * as X from "./exceptions.ts";

/** A builtin as the running frame sees it; what `__reduce__` of iterators names (`iter`, `reversed`). */
export function builtinNamed(name: string): Value {
  const ns: Value = cur.frame?.builtins ?? cur.interp.builtins.dict;
  if (ns instanceof PyDictBase && ns.cls === dictType) {
    const v = ns.getStr(name);
    if (v !== undefined) return v;
  } else {
    try {
      return getItem(ns, name);
    } catch (e) {
      if (!(e instanceof PyBaseException) || !e.cls.mro.includes(X.KeyError)) throw e;
    }
  }
  throw newError(X.AttributeError, name);
}
