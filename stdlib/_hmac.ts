// CPython 3.14: Modules/hmacmodule.c

import { type MethodDef, None, type Value } from "../core/objects/object.ts";
import { isStr, reprStr, strValue } from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { digestBytes, hashBytes, type HashInfo, hashInfo, Hmac } from "./hash_common.ts";
import { hmacType, PyHmac } from "./hmac_type.ts";
import { newException, raised } from "./module_error.ts";

const type = hmacType("_hmac.HMAC");
const unknownHash = newException("_hmac.UnknownHashError", X.ValueError);

const NAMES = [
  ..."md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 blake2s blake2b".split(" "),
];
const ALIASES: Readonly<Record<string, string>> = { blake2s_32: "blake2s", blake2b_32: "blake2b" };

function infoOf(digest: Value): HashInfo {
  if (isStr(digest)) {
    const text = strValue(digest);
    const asked = typeof text === "string" ? text : "";
    const name = NAMES.includes(asked) ? asked : asked.toLowerCase();
    const known = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
    if (NAMES.includes(known)) return hashInfo(known);
  }
  throw raised(unknownHash, `unsupported hash type: ${reprStr(digest)}`);
}

function make(_m: Value, key: Value, msg: Value = None, digestmod: Value = None): Value {
  if (digestmod === None) throw typeError("new() missing 1 required argument 'digestmod'");
  const info = infoOf(digestmod), k = hashBytes(key);
  // The objects have no BLAKE2, only the functions.
  if (info.name.startsWith("blake2")) throw valueError("invalid HACL* algorithm");
  const h = Hmac.start(info, k);
  if (msg !== None) h.update(hashBytes(msg));
  return new PyHmac(type, h, info);
}

/** The digest of one message. */
export function hmacOnce(info: HashInfo, key: Uint8Array, msg: Uint8Array): Value {
  const h = Hmac.start(info, key);
  h.update(msg);
  return digestBytes(h);
}
function computer(name: string): MethodDef {
  return [
    "key, msg, /",
    "",
    (_m: Value, key: Value, msg: Value) => hmacOnce(hashInfo(name), hashBytes(key), hashBytes(msg)),
  ];
}

export const spec: ModuleSpec = {
  name: "_hmac",
  types: { HMAC: type, UnknownHashError: unknownHash },
  functions: {
    new: ["key, msg=None, digestmod=None", "Return a new HMAC object.", make],
    compute_digest: [
      "key, msg, digest",
      "",
      (_m: Value, key: Value, msg: Value, digest: Value) => {
        const info = infoOf(digest);
        return hmacOnce(info, hashBytes(key), hashBytes(msg));
      },
    ],
    ...Object.fromEntries(
      NAMES.map((n) => [`compute_${n.startsWith("blake2") ? `${n}_32` : n}`, computer(n)]),
    ),
  },
  constants: { _GIL_MINSIZE: 2048 },
};
