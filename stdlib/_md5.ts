// CPython 3.14: Modules/md5module.c

import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { hashType } from "./hash_types.ts";

const { type, make } = hashType("_md5.md5", "md5");

export const spec: ModuleSpec = {
  name: "_md5",
  types: { MD5Type: type },
  functions: { md5: make },
  constants: { _GIL_MINSIZE: 2048 },
};
