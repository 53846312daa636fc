// CPython 3.14: Modules/hashlib.h, Modules/_hashopenssl.c (py_hashentry_table)
//
// What the hash modules share. A running hash is a `Hasher`: the host's (node:crypto in Deno) for what
// OpenSSL has, an own one for BLAKE2 with parameters. HMAC is built from two of them, so that it can be
// copied; the state after the key's block is kept, and a copy costs what copies of the hashes cost.

import { None, PyBytes, type Value } from "../core/objects/object.ts";
import { isStr } from "../core/objects/abstract.ts";
import { memoryError, typeError } from "../core/objects/errors.ts";
import { bytesOf, hasBuffer } from "../core/objects/buffer.ts";
import { cur } from "../core/objects/state.ts";
import { interp } from "../vm/interpreter.ts";
import { Blake2, BLAKE2B, BLAKE2S } from "./blake2.ts";
import type { HostHash } from "../vm/host.ts";
import { hostCall } from "./os_error.ts";

/** A hash being computed. */
export interface Hasher {
  update(data: Uint8Array): void;
  copy(): Hasher;
  /** The digest so far; the hash may go on. `length` is for SHAKE. */
  digest(length?: number): Uint8Array;
}

/** What is known of an algorithm: its name in Python and at the host, and its sizes in bytes. */
export interface HashInfo {
  readonly name: string;
  readonly host: string;
  /** OpenSSL's other names, in lower case. */
  readonly aliases: readonly string[];
  /** 0 for SHAKE. */
  readonly size: number;
  readonly block: number;
}

function row(name: string, host: string, size: number, block: number, aliases: string): HashInfo {
  return { name, host, size, block, aliases: aliases.split(" ") };
}
/** The algorithms, in the order of CPython's table. */
export const HASHES: readonly HashInfo[] = [
  row("md5", "md5", 16, 64, "ssl3-md5 1.2.840.113549.2.5"),
  row("sha1", "sha1", 20, 64, "sha-1 ssl3-sha1 1.3.14.3.2.26"),
  row("sha224", "sha224", 28, 64, "sha2-224 sha-224 2.16.840.1.101.3.4.2.4"),
  row("sha256", "sha256", 32, 64, "sha2-256 sha-256 2.16.840.1.101.3.4.2.1"),
  row("sha384", "sha384", 48, 128, "sha2-384 sha-384 2.16.840.1.101.3.4.2.2"),
  row("sha512", "sha512", 64, 128, "sha2-512 sha-512 2.16.840.1.101.3.4.2.3"),
  row("sha512_224", "sha512-224", 28, 128, "sha2-512/224 sha-512/224 sha512-224 2.16.840.1.101.3.4.2.5"),
  row("sha512_256", "sha512-256", 32, 128, "sha2-512/256 sha-512/256 sha512-256 2.16.840.1.101.3.4.2.6"),
  row("sha3_224", "sha3-224", 28, 144, "sha3-224 2.16.840.1.101.3.4.2.7"),
  row("sha3_256", "sha3-256", 32, 136, "sha3-256 2.16.840.1.101.3.4.2.8"),
  row("sha3_384", "sha3-384", 48, 104, "sha3-384 2.16.840.1.101.3.4.2.9"),
  row("sha3_512", "sha3-512", 64, 72, "sha3-512 2.16.840.1.101.3.4.2.10"),
  row("shake_128", "shake128", 0, 168, "shake128 shake-128 2.16.840.1.101.3.4.2.11"),
  row("shake_256", "shake256", 0, 136, "shake256 shake-256 2.16.840.1.101.3.4.2.12"),
  row("blake2s", "", 32, 64, "blake2s256 blake2s-256"),
  row("blake2b", "", 64, 128, "blake2b512 blake2b-512"),
  row("ripemd160", "ripemd160", 20, 64, "ripemd-160 ripemd rmd160 1.3.36.3.2.1"),
  row("sm3", "sm3", 32, 64, "1.2.156.10197.1.401"),
  row("md5-sha1", "md5-sha1", 36, 64, "md5-sha1"),
];

/** The row of a Python name. */
export function hashInfo(name: string): HashInfo {
  return HASHES.find((h) => h.name === name)!;
}

/** A hash of the host's: its digest may be taken once only, so it is taken of a copy. */
class HostHasher implements Hasher {
  readonly #hash: HostHash;
  constructor(hash: HostHash) {
    this.#hash = hash;
  }
  update(data: Uint8Array): void {
    cur.tick(data.length >> 4);
    hostCall(() => this.#hash.update(data));
  }
  copy(): Hasher {
    return new HostHasher(hostCall(() => this.#hash.copy()));
  }
  digest(length?: number): Uint8Array {
    return hostCall(() => this.#hash.copy().digest(length));
  }
}

/** Starts a hash by its row. */
export function startHash(info: HashInfo): Hasher {
  if (info.name === "blake2b") return new Blake2(BLAKE2B);
  if (info.name === "blake2s") return new Blake2(BLAKE2S);
  return new HostHasher(hostCall(() => interp().host.crypto.hash(info.host)));
}

/** HMAC (RFC 2104) over any hash with a block size. */
export class Hmac implements Hasher {
  readonly #inner: Hasher;
  readonly #outer: Hasher;
  constructor(inner: Hasher, outer: Hasher) {
    this.#inner = inner;
    this.#outer = outer;
  }
  /** Starts one. */
  static start(info: HashInfo, key: Uint8Array): Hmac {
    if (key.length > info.block) {
      const h = startHash(info);
      h.update(key);
      key = h.digest();
    }
    const pad = (x: number): Hasher => {
      const block = new Uint8Array(info.block).fill(x);
      for (let i = 0; i < key.length; i++) block[i] ^= key[i];
      const h = startHash(info);
      h.update(block);
      return h;
    };
    return new Hmac(pad(0x36), pad(0x5c));
  }
  update(data: Uint8Array): void {
    this.#inner.update(data);
  }
  copy(): Hmac {
    return new Hmac(this.#inner.copy(), this.#outer.copy());
  }
  digest(): Uint8Array {
    const outer = this.#outer.copy();
    outer.update(this.#inner.digest());
    return outer.digest();
  }
}

/** The bytes to hash; a text is refused. */
export function hashBytes(v: Value): Uint8Array {
  if (isStr(v)) throw typeError("Strings must be encoded before hashing");
  if (!hasBuffer(v)) throw typeError("object supporting the buffer API required");
  return bytesOf(v);
}

/** The first data of a constructor, which `data` or, as of old, `string` gives. */
export function firstData(data: Value | undefined, string: Value | undefined): Uint8Array | undefined {
  if (data !== undefined && string !== undefined) {
    throw typeError(
      "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.",
    );
  }
  const v = data ?? string;
  return v === undefined ? undefined : hashBytes(v);
}

const HEX = "0123456789abcdef";
const MAX_TEXT = 2 ** 29 - 64;
/** Bytes as hexadecimal digits. */
export function hexOf(b: Uint8Array): string {
  if (b.length < 128) {
    let s = "";
    for (const x of b) s += HEX[x >> 4] + HEX[x & 15];
    return s;
  }
  if (b.length * 2 > MAX_TEXT) throw memoryError();
  const out = new Uint8Array(b.length * 2);
  for (let i = 0; i < b.length; i++) {
    out[2 * i] = HEX.charCodeAt(b[i] >> 4);
    out[2 * i + 1] = HEX.charCodeAt(b[i] & 15);
  }
  return new TextDecoder("latin1").decode(out);
}

/** Data for the signature of a constructor of a hash. */
export const HASH_SIG = "data=b'', *, usedforsecurity=True, string=None";

/** Feeds a hash; what `update` methods do. */
export function feed(h: Hasher, data: Value): Value {
  h.update(hashBytes(data));
  return None;
}
/** A digest as a bytes object. */
export function digestBytes(h: Hasher, length?: number): PyBytes {
  return new PyBytes(h.digest(length));
}
