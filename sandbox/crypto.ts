// CPython 3.14: Modules/_hashopenssl.c (its calls to OpenSSL), over node:crypto

import type { HostCrypto, HostHash } from "../vm/host.ts";
import { guarded } from "./errors.ts";
import { node } from "./node.ts";

type NodeCrypto = typeof import("node:crypto");
type Hash = ReturnType<NodeCrypto["createHash"]>;
type Hmac = ReturnType<NodeCrypto["createHmac"]>;

function lib(): NodeCrypto {
  return node("node:crypto");
}

function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// SHAKE's length is asked for at the end in Python and at the start in Node, so
// its input is kept.
class Shake implements HostHash {
  readonly #name: string;
  readonly #parts: Uint8Array[];
  constructor(name: string, parts: Uint8Array[]) {
    this.#name = name;
    this.#parts = parts;
  }
  update(data: Uint8Array): void {
    this.#parts.push(data.slice());
  }
  copy(): HostHash {
    return new Shake(this.#name, [...this.#parts]);
  }
  digest(length = 16): Uint8Array {
    if (length === 0) return new Uint8Array(0);
    return guarded(() => {
      const hash = lib().createHash(this.#name, { outputLength: length });
      for (const part of this.#parts) hash.update(part);
      return plain(hash.digest());
    });
  }
}

class NodeHash implements HostHash {
  readonly #hash: Hash;
  constructor(hash: Hash) {
    this.#hash = hash;
  }
  update(data: Uint8Array): void {
    guarded(() => this.#hash.update(data));
  }
  copy(): HostHash {
    return new NodeHash(guarded(() => this.#hash.copy()));
  }
  digest(): Uint8Array {
    return guarded(() => plain(this.#hash.digest()));
  }
}

// Node's Hmac cannot be copied; its input is kept.
class NodeHmac implements HostHash {
  readonly #make: () => Hmac;
  readonly #parts: Uint8Array[];
  constructor(make: () => Hmac, parts: Uint8Array[]) {
    this.#make = make;
    this.#parts = parts;
  }
  update(data: Uint8Array): void {
    this.#parts.push(data.slice());
  }
  copy(): HostHash {
    return new NodeHmac(this.#make, [...this.#parts]);
  }
  digest(): Uint8Array {
    return guarded(() => {
      const hmac = this.#make();
      for (const part of this.#parts) hmac.update(part);
      return plain(hmac.digest());
    });
  }
}

/** Cryptography by `node:crypto`. */
export const crypto: HostCrypto = {
  hash(name: string, _length?: number): HostHash {
    if (name.startsWith("shake")) return new Shake(name, []);
    return new NodeHash(guarded(() => lib().createHash(name)));
  },
  hashNames: () => guarded(() => lib().getHashes()),
  hmac(name: string, key: Uint8Array): HostHash {
    const kept = key.slice();
    const make = () => lib().createHmac(name, kept);
    guarded(make);
    return new NodeHmac(make, []);
  },
  pbkdf2: (name, password, salt, iterations, length) =>
    guarded(() => plain(lib().pbkdf2Sync(password, salt, iterations, length, name))),
  scrypt: (password, salt, { n, r, p, maxmem }, length) =>
    guarded(() => plain(lib().scryptSync(password, salt, length, { N: n, r, p, maxmem }))),
};
