// CPython 3.14: Python/sysmodule.c

import { None, type Value } from "../core/objects/object.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { cur } from "../core/objects/state.ts";
import { asInt32 } from "../core/objects/abstract.ts";

export const spec: ModuleSpec = {
  name: "sys",
  functions: {
    getrecursionlimit: ["", "Return the current value of the recursion limit.", () => cur.recursionLimit],
    setrecursionlimit: ["limit, /", "Set the maximum depth of the Python interpreter stack to n.", (_m: Value, n: Value) => {
      cur.recursionLimit = asInt32(n);
      return None;
    }],
  },
  constants: { maxsize: 9223372036854775807n },
};
