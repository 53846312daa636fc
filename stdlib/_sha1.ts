// CPython 3.14: Modules/sha1module.c

import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { hashType } from "./hash_types.ts";

const { type, make } = hashType("_sha1.sha1", "sha1");

export const spec: ModuleSpec = {
  name: "_sha1",
  types: { SHA1Type: type },
  functions: { sha1: make },
  constants: { _GIL_MINSIZE: 2048 },
};
