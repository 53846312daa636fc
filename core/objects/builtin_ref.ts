// CPython 3.14: Python/ceval.c (_PyEval_GetBuiltin)

import type { Value } from "./object.ts";
import { cur } from "./state.ts";
import { getAttr } from "./abstract.ts";

/** A builtin as the running frame sees it; what `__reduce__` of iterators names (`iter`, `reversed`). */
export function builtinNamed(name: string): Value {
  return cur.frame?.builtins.getStr(name) ?? getAttr(cur.interp.builtins, name);
}
