// CPython 3.14: Modules/sha3module.c
//
// SHA-3 and SHAKE. The types are callable themselves; a SHAKE's digest takes a length.

import {
  builtinType,
  type KwNames,
  PyBytes,
  type PyType,
  setSpec,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  type Value,
} from "../core/objects/object.ts";
import { asIndex } from "../core/objects/abstract.ts";
import { overflowError, valueError } from "../core/objects/errors.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { digestBytes, firstData, HASH_SIG, hashInfo, hexOf, startHash } from "./hash_common.ts";
import { fixedMethods, hashGetset, PyHash } from "./hash_types.ts";
import { newFrom } from "./native_new.ts";

const MAX_SHAKE = 2 ** 29;

/** A C `unsigned long` argument. */
export function asUnsigned(v: Value, what = "unsigned long"): bigint {
  const n = BigInt(asIndex(v));
  if (n < 0n) throw valueError("Cannot convert negative int");
  if (n >> 64n !== 0n) throw overflowError(`Python int too large for C ${what}`);
  return n;
}
function shakeLength(v: Value): number {
  const n = asUnsigned(v);
  if (n >= MAX_SHAKE) throw valueError("length is too large");
  return Number(n);
}

function sha3(name: string): PyType {
  const type = builtinType(`_sha3.${name}`, undefined, true);
  type.flags |= TF_IMMUTABLE | TF_FROM_SPEC;
  const make = newFrom(name, HASH_SIG, (t: PyType, data?: Value, _secure?: Value, string?: Value) => {
    const first = firstData(data, string), info = hashInfo(name), h = startHash(info);
    if (first !== undefined) h.update(first);
    return new PyHash(t, h, info);
  });
  const shake = name.startsWith("shake");
  const methods = fixedMethods("data, /");
  if (shake) {
    methods.digest = [
      "length",
      "Return the digest value as a bytes object.",
      (p: PyHash, length: Value) => digestBytes(p.h, shakeLength(length)),
    ];
    methods.hexdigest = [
      "length",
      "Return the digest value as a string of hexadecimal digits.",
      (p: PyHash, length: Value) => hexOf(p.h.digest(shakeLength(length))),
    ];
  }
  setSpec(type, {
    doc: `${name}([data], *, usedforsecurity=True) -> ${shake ? "SHAKE" : "SHA3"} object\n\nReturn a new ${
      shake ? "SHAKE hash object" : `SHA3 hash object of ${name.slice(5)} bits`
    }.`,
    slots: { tp_new: (t, args, kw?: KwNames) => make(t, args, kw) },
    methods,
    getset: {
      ...hashGetset,
      _capacity_bits: [(p: PyHash) => 1600 - 8 * p.info.block],
      _rate_bits: [(p: PyHash) => 8 * p.info.block],
      _suffix: [() => new PyBytes(Uint8Array.of(shake ? 0x1f : 0x06))],
    },
  });
  return type;
}

const NAMES = ["sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake_128", "shake_256"];

export const spec: ModuleSpec = {
  name: "_sha3",
  types: Object.fromEntries(NAMES.map((n) => [n, sha3(n)])),
  constants: { _GIL_MINSIZE: 2048, implementation: "HACL" },
};
