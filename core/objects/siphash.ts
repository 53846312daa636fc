// CPython 3.14: Python/pyhash.c (siphash13), Python/bootstrap_hash.c (lcg_urandom)
//
// SipHash-1-3 with a 128-bit key, in 32-bit limbs. The functions return the low 32 bits of the
// hash and leave the high ones in `cur.hashHi`; that -1 becomes -2 and that the empty string
// hashes to 0 is the caller's business.
//
// A str hashes as the bytes of CPython's representation: 1, 2 or 4 bytes a character, by the
// largest character. The bytes are packed into a scratch array of 32-bit words.

import type { Str } from "./object.ts";
import { cur } from "./state.ts";

/** The key for `PYTHONHASHSEED=seed` (0 to 2^32 - 1) as (k0 low, k0 high, k1 low, k1 high). */
export function hashKeyFromSeed(seed: number): Int32Array {
  const key = new Int32Array(4);
  if (seed === 0) return key;
  let x = seed | 0;
  for (let i = 0; i < 16; i++) {
    x = (Math.imul(x, 214013) + 2531011) | 0;
    key[i >> 2] |= ((x >>> 16) & 0xff) << ((i & 3) * 8);
  }
  return key;
}

const SCRATCH = 1024; // words
let scratch: Int32Array | undefined;

function wordsFor(bytes: number): Int32Array {
  const n = ((bytes >> 3) + 1) * 2; // the last, partial block too
  if (n > SCRATCH) return new Int32Array(n);
  return scratch ??= new Int32Array(SCRATCH);
}

/** Hash of the first `length` bytes of `words` (little-endian). */
function sip13(words: Int32Array, length: number, key: Int32Array): number {
  let a0 = key[0] ^ 0x70736575, a1 = key[1] ^ 0x736f6d65;
  let b0 = key[2] ^ 0x6e646f6d, b1 = key[3] ^ 0x646f7261;
  let c0 = key[0] ^ 0x6e657261, c1 = key[1] ^ 0x6c796765;
  let d0 = key[2] ^ 0x79746573, d1 = key[3] ^ 0x74656462;
  const last = (length >> 3) * 2, end = last + 6;
  let m0 = 0, m1 = 0, t = 0;
  // One round for each 8 bytes and for the rest with the length, then three that mix in nothing.
  for (let i = 0; i <= end; i += 2) {
    if (i < last) {
      m0 = words[i];
      m1 = words[i + 1];
    } else if (i === last) {
      const rest = length & 7;
      m0 = rest === 0 ? 0 : rest < 4 ? words[i] & ((1 << (rest * 8)) - 1) : words[i];
      m1 = (rest > 4 ? words[i + 1] & ((1 << ((rest - 4) * 8)) - 1) : 0) |
        (length << 24);
    } else {
      if (i === last + 2) c0 ^= 0xff;
      m0 = m1 = 0;
    }
    d0 ^= m0;
    d1 ^= m1;
    // a += b, b = rotl(b, 13) ^ a, a = rotl(a, 32)
    t = (a0 + b0) | 0;
    a1 = (a1 + b1 + ((t >>> 0) < (a0 >>> 0) ? 1 : 0)) | 0;
    a0 = t;
    t = ((b0 << 13) | (b1 >>> 19)) ^ a0;
    b1 = ((b1 << 13) | (b0 >>> 19)) ^ a1;
    b0 = t;
    t = a0;
    a0 = a1;
    a1 = t;
    // c += d, d = rotl(d, 16) ^ c
    t = (c0 + d0) | 0;
    c1 = (c1 + d1 + ((t >>> 0) < (c0 >>> 0) ? 1 : 0)) | 0;
    c0 = t;
    t = ((d0 << 16) | (d1 >>> 16)) ^ c0;
    d1 = ((d1 << 16) | (d0 >>> 16)) ^ c1;
    d0 = t;
    // a += d, d = rotl(d, 21) ^ a
    t = (a0 + d0) | 0;
    a1 = (a1 + d1 + ((t >>> 0) < (a0 >>> 0) ? 1 : 0)) | 0;
    a0 = t;
    t = ((d0 << 21) | (d1 >>> 11)) ^ a0;
    d1 = ((d1 << 21) | (d0 >>> 11)) ^ a1;
    d0 = t;
    // c += b, b = rotl(b, 17) ^ c, c = rotl(c, 32)
    t = (c0 + b0) | 0;
    c1 = (c1 + b1 + ((t >>> 0) < (c0 >>> 0) ? 1 : 0)) | 0;
    c0 = t;
    t = ((b0 << 17) | (b1 >>> 15)) ^ c0;
    b1 = ((b1 << 17) | (b0 >>> 15)) ^ c1;
    b0 = t;
    t = c0;
    c0 = c1;
    c1 = t;
    a0 ^= m0;
    a1 ^= m1;
  }
  cur.hashHi = a1 ^ b1 ^ c1 ^ d1;
  return a0 ^ b0 ^ c0 ^ d0;
}

/** SipHash of bytes. */
export function sipHash13Bytes(b: Uint8Array, key: Int32Array): number {
  const n = b.length, words = wordsFor(n);
  const whole = n >> 2;
  let k = 0;
  for (let i = 0; i < whole; i++, k += 4) {
    words[i] = b[k] | (b[k + 1] << 8) | (b[k + 2] << 16) | (b[k + 3] << 24);
  }
  let w = 0;
  for (let i = n - 1; i >= k; i--) w = (w << 8) | b[i];
  words[whole] = w;
  return sip13(words, n, key);
}

/** SipHash of a str's characters in CPython's representation. */
export function sipHash13Str(s: Str, key: Int32Array): number {
  if (typeof s !== "string") return hashWide(s.cps, key);
  const n = s.length;
  let words = wordsFor(n), w = 0, all = 0;
  for (let i = 0; i < n; i++) {
    const c = s.charCodeAt(i);
    all |= c;
    w |= c << ((i & 3) * 8);
    if ((i & 3) === 3) {
      words[i >> 2] = w;
      w = 0;
    }
  }
  if (all < 256) {
    words[n >> 2] = w;
    return sip13(words, n, key);
  }
  words = wordsFor(n * 2);
  for (let i = 0; i < n - 1; i += 2) {
    words[i >> 1] = s.charCodeAt(i) | (s.charCodeAt(i + 1) << 16);
  }
  if (n & 1) words[n >> 1] = s.charCodeAt(n - 1);
  return sip13(words, n * 2, key);
}

function hashWide(cps: Uint32Array, key: Int32Array): number {
  const n = cps.length;
  let astral = false;
  for (let i = 0; i < n; i++) {
    if (cps[i] > 0xFFFF) {
      astral = true;
      break;
    }
  }
  const words = wordsFor(astral ? n * 4 : n * 2);
  if (astral) {
    words.set(cps);
    return sip13(words, n * 4, key);
  }
  for (let i = 0; i < n - 1; i += 2) {
    words[i >> 1] = cps[i] | (cps[i + 1] << 16);
  }
  if (n & 1) words[n >> 1] = cps[n - 1];
  return sip13(words, n * 2, key);
}
