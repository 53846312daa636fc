// CPython 3.14: Modules/md5module.c, sha1module.c, sha2module.c
//
// The types of the hashes that cannot be made by calling the type: one factory for all of them.

import {
  builtinType,
  type GetSetDef,
  type MethodDef,
  PyObject,
  type PyType,
  setSpec,
  TF_DISALLOW_NEW,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  type Value,
} from "../core/objects/object.ts";
import {
  digestBytes,
  feed,
  firstData,
  HASH_SIG,
  type Hasher,
  type HashInfo,
  hashInfo,
  hexOf,
  startHash,
} from "./hash_common.ts";

/** A hash object. */
export class PyHash extends PyObject {
  readonly h: Hasher;
  readonly info: HashInfo;
  constructor(type: PyType, h: Hasher, info: HashInfo) {
    super(type);
    this.h = h;
    this.info = info;
  }
}

/** The methods of a hash with a fixed length. */
export function fixedMethods(update = "obj, /"): Record<string, MethodDef> {
  return {
    copy: ["", "Return a copy of the hash object.", (p: PyHash) => new PyHash(p.cls, p.h.copy(), p.info)],
    digest: ["", "Return the digest value as a bytes object.", (p: PyHash) => digestBytes(p.h)],
    hexdigest: ["", "Return the digest value as a string of hexadecimal digits.", (p: PyHash) => hexOf(p.h.digest())],
    update: [update, "Update this hash object's state with the provided bytes.", (p: PyHash, d: Value) => feed(p.h, d)],
  };
}
/** The attributes of a hash. */
export const hashGetset: Record<string, GetSetDef> = {
  name: [(p: PyHash) => p.info.name],
  digest_size: [(p: PyHash) => p.info.size],
  block_size: [(p: PyHash) => p.info.block],
};

/** The type of a hash that a function makes, and the function. */
export function hashType(typeName: string, name: string): { type: PyType; make: MethodDef } {
  const type = builtinType(typeName, undefined, true);
  type.flags |= TF_DISALLOW_NEW | TF_IMMUTABLE | TF_FROM_SPEC;
  setSpec(type, { methods: fixedMethods(), getset: hashGetset });
  const make: MethodDef = [
    HASH_SIG,
    `Return a new ${name} hash object.`,
    (_m: Value, data?: Value, _secure?: Value, string?: Value) => {
      const first = firstData(data, string), info = hashInfo(name), h = startHash(info);
      if (first !== undefined) h.update(first);
      return new PyHash(type, h, info);
    },
  ];
  return { type, make };
}
