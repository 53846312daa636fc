// CPython 3.14: Modules/_typingmodule.c

import type { ModuleSpec } from "../core/objects/module_spec.ts";
import type { Value } from "../core/objects/object.ts";
import {
  genericType,
  NoDefault,
  paramSpecArgsType,
  paramSpecKwargsType,
  paramSpecType,
  typeAliasType,
  typeVarTupleType,
  typeVarType,
} from "../core/objects/typevar.ts";
import { unionType } from "../core/objects/union.ts";

export const spec: ModuleSpec = {
  name: "_typing",
  doc: "Primitives and accelerators for the typing module.\n",
  functions: {
    _idfunc: ["x, /", "", (_m: Value, x: Value) => x],
  },
  types: {
    TypeVar: typeVarType,
    TypeVarTuple: typeVarTupleType,
    ParamSpec: paramSpecType,
    ParamSpecArgs: paramSpecArgsType,
    ParamSpecKwargs: paramSpecKwargsType,
    Generic: genericType,
    TypeAliasType: typeAliasType,
    Union: unionType,
  },
  constants: { NoDefault },
};
