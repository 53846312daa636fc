// CPython 3.14: Modules/sha2module.c

import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { hashType } from "./hash_types.ts";

const sha224 = hashType("_sha2.SHA224Type", "sha224"), sha256 = hashType("_sha2.SHA256Type", "sha256");
const sha384 = hashType("_sha2.SHA384Type", "sha384"), sha512 = hashType("_sha2.SHA512Type", "sha512");

export const spec: ModuleSpec = {
  name: "_sha2",
  types: {
    SHA224Type: sha224.type,
    SHA256Type: sha256.type,
    SHA384Type: sha384.type,
    SHA512Type: sha512.type,
  },
  functions: { sha256: sha256.make, sha224: sha224.make, sha512: sha512.make, sha384: sha384.make },
  constants: { _GIL_MINSIZE: 2048 },
};
