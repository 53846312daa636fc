// CPython 3.14: Modules/_testinternalcapi.c
//
// What the interpreter tells of its own insides. Only questions that have a meaning here are
// answered: an instance's attributes are "inline" while a shape names them.

import { PyInstance, type Value } from "../core/objects/object.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { NATIVE_LIMIT } from "../core/objects/abstract.ts";
import { functions as codeFunctions } from "./_testinternalcapi_code.ts";
import { functions as compilerFunctions } from "./_testinternalcapi_compiler.ts";
import { cur } from "../core/objects/state.ts";
import { RUN_WEIGHT } from "../vm/interp/nested.ts";

export const spec: ModuleSpec = {
  name: "_testinternalcapi",
  doc: "Views on the insides of the interpreter, for its tests.",
  functions: {
    ...compilerFunctions,
    ...codeFunctions,
    get_c_recursion_remaining: [
      "",
      "Estimate how many native calls may still be nested.",
      () => Math.max(0, Math.floor((NATIVE_LIMIT - cur.nativeDepth) / RUN_WEIGHT)),
      8,
    ],
    get_recursion_depth: ["", "Return the number of Python frames in use.", () => cur.depth, 8],
    has_inline_values: [
      "obj, /",
      "Tell whether an object's attributes are kept in the object itself.",
      (_m: Value, o: Value) => o instanceof PyInstance && o.shape !== undefined && o.cls.hasDict,
      8,
    ],
  },
  // how often code runs before the reference specialises it; programs loop that often
  constants: {
    SPECIALIZATION_THRESHOLD: 2,
    SPECIALIZATION_COOLDOWN: 53,
    // sizes in the reference, in bytes: what stands before an object, an object's head
    SIZEOF_PYGC_HEAD: 16,
    SIZEOF_MANAGED_PRE_HEADER: 16,
    SIZEOF_PYOBJECT: 16,
    SIZEOF_TIME_T: 8,
    SHARED_KEYS_MAX_SIZE: 30,
  },
};
