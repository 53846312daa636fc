// CPython 3.14: Modules/_hashopenssl.c
//
// The hashes of the host's library, which in Deno is OpenSSL's behind node:crypto. It needs no permission.

import {
  builtinType,
  type MethodDef,
  None,
  PyBytes,
  setSpec,
  TF_BASETYPE,
  TF_DISALLOW_NEW,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  type Value,
} from "../core/objects/object.ts";
import { asIndex, asSsize, getAttr, getItem, isStr, reprStr, setAttr, strArg } from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { buildDictN } from "../core/objects/dict.ts";
import { memoryError, overflowError, systemError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyMappingProxy } from "../core/objects/mappingproxy.ts";
import { addressOf } from "../core/objects/native_call.ts";
import { newFrozenSet } from "../core/objects/set.ts";
import { cur } from "../core/objects/state.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { interp } from "../vm/interpreter.ts";
import { compareDigest } from "./_operator.ts";
import {
  digestBytes,
  firstData,
  HASH_SIG,
  hashBytes,
  HASHES,
  type HashInfo,
  hashInfo,
  hexOf,
  Hmac,
  startHash,
} from "./hash_common.ts";
import { fixedMethods, hashGetset, PyHash } from "./hash_types.ts";
import { hmacType, PyHmac } from "./hmac_type.ts";
import { hmacOnce } from "./_hmac.ts";
import { newException, raised } from "./module_error.ts";
import { hostCall } from "./os_error.ts";
import { asUnsigned } from "./_sha3.ts";

const INT_MAX = 2 ** 31 - 1;
const unsupported = newException("_hashlib.UnsupportedDigestmodError", X.ValueError);

const hashDoc = "A running hash.\n\nMethods: update(), digest(), hexdigest(), copy(); attributes: name, digest_size.";
const hashObject = builtinType("_hashlib.HASH");
hashObject.flags |= TF_DISALLOW_NEW | TF_IMMUTABLE | TF_FROM_SPEC | TF_BASETYPE;
setSpec(hashObject, {
  doc: hashDoc,
  sig: "(name, string=b'')",
  slots: {
    tp_repr: (p) => `<${(p as PyHash).info.name} ${(p as PyHash).cls.name} object @ ${addressOf(p)}>`,
  },
  methods: fixedMethods(),
  getset: hashGetset,
});
const xofObject = builtinType("_hashlib.HASHXOF", hashObject, false, false);
xofObject.flags |= TF_DISALLOW_NEW | TF_IMMUTABLE | TF_FROM_SPEC | TF_BASETYPE;

function xofLength(v: Value): number {
  const n = asSsize(v);
  if (n < 0) throw systemError("Negative size passed to PyBytes_FromStringAndSize");
  if (n > 2 ** 32) throw memoryError();
  return n;
}
setSpec(xofObject, {
  doc: hashDoc,
  sig: "(name, string=b'')",
  methods: {
    digest: [
      "length",
      "Return the digest value as a bytes object.",
      (p: PyHash, n: Value) => digestBytes(p.h, xofLength(n)),
    ],
    hexdigest: [
      "length",
      "Return the digest value as a string of hexadecimal digits.",
      (p: PyHash, n: Value) => hexOf(p.h.digest(xofLength(n))),
    ],
  },
  getset: { digest_size: [() => 0] },
});
const hmacObject = hmacType(
  "_hashlib.HMAC",
  "An HMAC of a message.\n\nMethods: update(), digest(), hexdigest(), copy().",
);

// ---- finding an algorithm -------------------------------------------------------------------

function byName(name: string): HashInfo {
  const lower = name.toLowerCase();
  const info = HASHES.find((h) =>
    h.name === name || h.aliases.includes(lower) || (h.name === lower && !name.includes("_"))
  );
  if (info === undefined) throw raised(unsupported, "[digital envelope routines] unsupported");
  return info;
}
function digestInfo(digest: Value): HashInfo {
  if (isStr(digest)) return byName(`${digest}`);
  const table = getAttr(cur.interp.importModule("_hashlib"), "_constructors");
  try {
    return byName(`${getItem(table, digest)}`);
  } catch (e) {
    if (!X.isOf(e, X.LookupError, X.TypeError)) throw e;
    throw raised(unsupported, `Unsupported digestmod ${reprStr(digest)}`);
  }
}
function keyedInfo(digest: Value): HashInfo {
  const info = digestInfo(digest);
  if (info.size === 0) throw valueError("no reason supplied");
  return info;
}

function start(info: HashInfo, data?: Value, string?: Value): Value {
  const first = firstData(data, string), h = startHash(info);
  if (first !== undefined) h.update(first);
  return new PyHash(info.size === 0 ? xofObject : hashObject, h, info);
}

const OPENED = [
  "md5",
  "sha1",
  "sha224",
  "sha256",
  "sha384",
  "sha512",
  "sha3_224",
  "sha3_256",
  "sha3_384",
  "sha3_512",
  "shake_128",
  "shake_256",
];
function opener(name: string): MethodDef {
  return [
    HASH_SIG,
    `Returns a ${name} hash object; optionally initialized with a string.`,
    (_m: Value, data?: Value, _secure?: Value, string?: Value) => start(hashInfo(name), data, string),
  ];
}

// ---- key derivation -------------------------------------------------------------------------

function asLong(v: Value): number {
  const n = asIndex(v);
  if (BigInt.asIntN(64, BigInt(n)) !== BigInt(n)) throw overflowError("Python int too large to convert to C long");
  return Number(n);
}

function pbkdf2(
  _m: Value,
  hashName: Value,
  password: Value,
  salt: Value,
  iterations: Value,
  dklen: Value = None,
): Value {
  const name = `${strArg(hashName, "pbkdf2_hmac", "'hash_name'")}`;
  const p = bytesOf(password), s = bytesOf(salt), n = asLong(iterations);
  const info = byName(name);
  if (n < 1) throw valueError("iteration value must be greater than 0.");
  if (n > INT_MAX) throw overflowError("iteration value is too great.");
  const length = dklen === None ? info.size : asLong(dklen);
  if (length < 1) throw valueError("key length must be greater than 0.");
  if (length > INT_MAX) throw overflowError("key length is too great.");
  if (info.host === "") return new PyBytes(slowPbkdf2(info, p, s, n, length));
  cur.tick(n);
  return new PyBytes(hostCall(() => interp().host.crypto.pbkdf2(info.host, p, s, n, length)));
}
/** PBKDF2 over the hashes that are gopy's own. */
function slowPbkdf2(info: HashInfo, password: Uint8Array, salt: Uint8Array, n: number, length: number): Uint8Array {
  const out = new Uint8Array(length), base = Hmac.start(info, password);
  for (let block = 1, at = 0; at < length; block++) {
    const first = base.copy(), number = new DataView(new ArrayBuffer(4));
    number.setUint32(0, block);
    first.update(salt);
    first.update(new Uint8Array(number.buffer));
    let u = first.digest();
    const sum = u.slice();
    for (let i = 1; i < n; i++) {
      cur.tick(4);
      const h = base.copy();
      h.update(u);
      u = h.digest();
      for (let k = 0; k < u.length; k++) sum[k] ^= u[k];
    }
    out.set(sum.subarray(0, Math.min(sum.length, length - at)), at);
    at += sum.length;
  }
  return out;
}

function scrypt(
  _m: Value,
  password: Value,
  salt: Value,
  nv: Value,
  rv: Value,
  pv: Value,
  maxmemv: Value = 0,
  dklenv: Value = 64,
): Value {
  const pass = bytesOf(password), s = bytesOf(salt);
  const n = asUnsigned(nv), r = asUnsigned(rv), p = asUnsigned(pv), maxmem = asLong(maxmemv), dklen = asLong(dklenv);
  if (pass.length > INT_MAX) throw overflowError("password is too long.");
  if (s.length > INT_MAX) throw overflowError("salt is too long.");
  if (n < 2n || (n & (n - 1n)) !== 0n) throw valueError("n must be a power of 2.");
  if (maxmem < 0 || maxmem > INT_MAX) throw valueError(`maxmem must be positive and smaller than ${INT_MAX}`);
  if (dklen < 1 || dklen > INT_MAX) throw valueError(`dklen must be greater than 0 and smaller than ${INT_MAX}`);
  // OpenSSL's checks, in its words: nothing is to be computed that takes more memory than allowed.
  if (r === 0n || p === 0n || p > (1n << 30n) / r - 1n || (16n * r <= 63n && n >= 1n << (16n * r))) {
    throw valueError("Invalid parameter combination for n, r, p, maxmem.");
  }
  const need = p * 128n * r + 32n * r * (n + 2n) * 4n;
  const limit = maxmem === 0 ? 32 * 1024 * 1024 : maxmem;
  if (need > BigInt(limit)) {
    throw valueError("[digital envelope routines] memory limit exceeded");
  }
  cur.tick(Number(need) >> 6);
  const cost = { n: Number(n), r: Number(r), p: Number(p), maxmem: limit + 1 };
  return new PyBytes(hostCall(() => interp().host.crypto.scrypt(pass, s, cost, dklen)));
}

export const spec: ModuleSpec = {
  name: "_hashlib",
  doc: "OpenSSL interface for hashlib module",
  types: { HASH: hashObject, HASHXOF: xofObject, HMAC: hmacObject, UnsupportedDigestmodError: unsupported },
  functions: {
    new: [
      "name, data=b'', *, usedforsecurity=True, string=None",
      "Return a new hash object of the named algorithm; data is hashed first.",
      (_m: Value, name: Value, data?: Value, _secure?: Value, string?: Value) => {
        const asked = `${strArg(name, "new", "'name'")}`;
        firstData(data, string);
        return start(byName(asked), data, string);
      },
    ],
    ...Object.fromEntries(OPENED.map((n) => [`openssl_${n}`, opener(n)])),
    pbkdf2_hmac: [
      "hash_name, password, salt, iterations, dklen=None",
      "Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.",
      pbkdf2,
    ],
    scrypt: [
      "password, *, salt, n, r, p, maxmem=0, dklen=64",
      "scrypt password-based key derivation function.",
      scrypt,
    ],
    hmac_digest: [
      "key, msg, digest",
      "Single-shot HMAC.",
      (_m: Value, key: Value, msg: Value, digest: Value) => {
        const info = keyedInfo(digest);
        return hmacOnce(info, bytesOf(key), bytesOf(msg));
      },
    ],
    hmac_new: [
      "key, msg=b'', digestmod=None",
      "Return a new hmac object.",
      (_m: Value, key: Value, msg?: Value, digestmod: Value = None) => {
        const k = bytesOf(key);
        if (digestmod === None) throw typeError("Missing required parameter 'digestmod'.");
        const info = keyedInfo(digestmod), h = Hmac.start(info, k);
        if (msg !== undefined && msg !== None) h.update(hashBytes(msg));
        return new PyHmac(hmacObject, h, info);
      },
    ],
    get_fips_mode: ["", "Whether OpenSSL is in FIPS mode: 0, it is not.", () => 0],
    compare_digest: [
      "a, b, /",
      "Return 'a == b'.\n\nTakes a time that does not tell where a and b differ. Both must be ASCII str or bytes-like.",
      compareDigest,
    ],
  },
  constants: {
    _GIL_MINSIZE: 2048,
    openssl_md_meth_names: () => newFrozenSet(HASHES.map((h) => h.name)),
  },
  exec(mod) {
    const pairs = OPENED.flatMap((n) => [getAttr(mod, `openssl_${n}`), n]);
    setAttr(mod, "_constructors", new PyMappingProxy(buildDictN(pairs)));
  },
};
