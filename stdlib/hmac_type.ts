// CPython 3.14: Modules/hmacmodule.c, Modules/_hashopenssl.c (the HMAC objects)
//
// HMAC objects, whose two types look the same.

import {
  builtinType,
  PyObject,
  type PyType,
  setSpec,
  TF_DISALLOW_NEW,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  type Value,
} from "../core/objects/object.ts";
import { addressOf } from "../core/objects/native_call.ts";
import { digestBytes, feed, type HashInfo, hexOf, type Hmac } from "./hash_common.ts";

/** An HMAC being computed. */
export class PyHmac extends PyObject {
  readonly h: Hmac;
  readonly info: HashInfo;
  constructor(type: PyType, h: Hmac, info: HashInfo) {
    super(type);
    this.h = h;
    this.info = info;
  }
}

/** The type of HMAC objects of a module. */
export function hmacType(name: string, doc?: string): PyType {
  const type = builtinType(name, undefined, true);
  type.flags |= TF_DISALLOW_NEW | TF_IMMUTABLE | TF_FROM_SPEC;
  setSpec(type, {
    doc,
    slots: { tp_repr: (p) => `<${(p as PyHmac).info.name} HMAC object @ ${addressOf(p)}>` },
    methods: {
      copy: ["", "Return a copy (clone) of the HMAC object.", (p: PyHmac) => new PyHmac(p.cls, p.h.copy(), p.info)],
      digest: [
        "",
        "Return the digest of the bytes passed to the update() method so far.",
        (p: PyHmac) => digestBytes(p.h),
      ],
      hexdigest: ["", "Return the digest in hexadecimal.", (p: PyHmac) => hexOf(p.h.digest())],
      update: ["msg", "Update the HMAC object with msg.", (p: PyHmac, msg: Value) => feed(p.h, msg)],
    },
    getset: {
      name: [(p: PyHmac) => `hmac-${p.info.name}`],
      digest_size: [(p: PyHmac) => p.info.size],
      block_size: [(p: PyHmac) => p.info.block],
    },
  });
  return type;
}
