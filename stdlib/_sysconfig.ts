// CPython 3.14: Modules/_sysconfig.c

import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { PyDict } from "../core/objects/dict.ts";

export const spec: ModuleSpec = {
  name: "_sysconfig",
  doc: "A helper of the module sysconfig.",
  functions: {
    config_vars: ["", "Variables of the build that sysconfig shows.", () => {
      const d = new PyDict();
      d.setStr("Py_GIL_DISABLED", 0);
      d.setStr("Py_DEBUG", 0);
      return d;
    }],
  },
};
