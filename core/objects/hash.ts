// CPython 3.14: Python/pyhash.c, Include/cpython/pyhash.h and the tp_hash slots of the builtin types
//
// Hashes are CPython's, all 64 bits, without BigInt on the path: a function here returns the low
// 32 bits (signed) and leaves the high 32 bits (signed) in `cur.hashHi`. -1 is never returned: it
// becomes -2, as everywhere in CPython.
//
// A number hashes to its residue modulo the Mersenne prime 2^61 - 1. A safe integer is below it
// and hashes to itself. A double is m * 2^e with a 53-bit m, and multiplying by 2 modulo 2^61 - 1
// rotates a 61-bit word, so its hash is m rotated by e mod 61.
//
// A str's hash (SipHash-1-3 under the Interpreter's key) can't be stored on a JS string. It is
// computed where the value is seen, behind a side table of bounded size.

import { type Int, None, type PyFloat, type PyObject, type Str, strType, type Value } from "./object.ts";
import { cur } from "./state.ts";
import { typeError } from "./errors.ts";
import { idOf } from "./identity.ts";
import { sipHash13Bytes, sipHash13Str } from "./siphash.ts";

/** Modulus of numeric hashes. */
const MODULUS = 2305843009213693951n;
/** `sys.hash_info.inf`: the hash of an infinity. */
const HASH_INF = 314159;
/** hash(None) is a constant, so that sets and pickles of it do not vary. */
const HASH_NONE = 0xfca86420 | 0;

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer); // little-endian: [low, high]

/** High 32 bits of the product of two unsigned 32-bit numbers. */
export function umulh(a: number, b: number): number {
  const a0 = a & 0xffff, a1 = a >>> 16, b0 = b & 0xffff, b1 = b >>> 16;
  const p01 = Math.imul(a0, b1), p10 = Math.imul(a1, b0);
  const mid = (Math.imul(a0, b0) >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
  return (Math.imul(a1, b1) + (p01 >>> 16) + (p10 >>> 16) + (mid >>> 16)) | 0;
}

/** Leaves a finished hash in the result registers, with -1 turned into -2. */
function result(lo: number, hi: number): number {
  cur.hashHi = hi;
  return (lo & hi) === -1 ? -2 : lo;
}

/** Hash of a safe integer. */
function hashSafe(n: number): number {
  const lo = n | 0;
  if (lo === n) {
    cur.hashHi = lo >> 31;
    return lo === -1 ? -2 : lo;
  }
  cur.hashHi = Math.floor(n / 4294967296) | 0;
  return lo;
}

function hashBig(n: bigint): number {
  const neg = n < 0n;
  const r = (neg ? -n : n) % MODULUS;
  let lo = Number(r & 0xffffffffn) | 0, hi = Number(r >> 32n);
  if (neg) {
    lo = -lo | 0;
    hi = (~hi + (lo === 0 ? 1 : 0)) | 0;
  }
  return result(lo, hi);
}

/** `hash()` of an int. */
export function hashInt(n: Int): number {
  return typeof n === "number" ? hashSafe(n) : hashBig(n);
}

/** `hash()` of a float; a NaN hashes as the object `box` that holds it. */
export function hashFloat(x: number, box?: PyObject): number {
  if (Number.isSafeInteger(x)) return hashSafe(x);
  if (x !== x) {
    if (box !== undefined) return hashPointer(box);
    cur.hashHi = 0;
    return 0;
  }
  f64[0] = x;
  const top = u32[1], bits = (top >>> 20) & 0x7ff;
  if (bits === 0x7ff) {
    cur.hashHi = x < 0 ? -1 : 0;
    return x < 0 ? -HASH_INF : HASH_INF;
  }
  let lo = u32[0] | 0;
  let hi = bits === 0 ? top & 0xfffff : (top & 0xfffff) | 0x100000;
  // 1075 = bias + 52; 1098 is a multiple of 61
  let r = ((bits === 0 ? 1 : bits) - 1075 + 1098) % 61;
  if (r >= 32) {
    const h = lo & 0x1fffffff;
    lo = (hi << 3) | (lo >>> 29);
    hi = h;
    r -= 32;
  }
  if (r > 0) {
    const over = r <= 29 ? hi >>> (29 - r) : (hi << (r - 29)) | (lo >>> (61 - r));
    hi = ((hi << r) | (lo >>> (32 - r))) & 0x1fffffff;
    lo = (lo << r) | over;
  }
  if (x < 0) {
    lo = -lo | 0;
    hi = (~hi + (lo === 0 ? 1 : 0)) | 0;
  }
  return result(lo, hi);
}

/** `hash()` of a complex number. */
export function hashComplex(re: number, im: number, box?: PyObject): number {
  const relo = hashFloat(re, box), rehi = cur.hashHi;
  const imlo = hashFloat(im, box), imhi = cur.hashHi;
  const plo = Math.imul(imlo, 1000003);
  const phi = umulh(imlo, 1000003) + Math.imul(imhi, 1000003);
  const lo = (relo + plo) | 0;
  const hi = (rehi + phi + ((lo >>> 0) < (relo >>> 0) ? 1 : 0)) | 0;
  return result(lo, hi);
}

/** The hash of objects that compare by identity (`object.__hash__`): their id as an address. */
export function hashPointer(o: PyObject): number {
  return hashSafe(idOf(o) as number / 16);
}

// ---- str and bytes -------------------------------------------------------------------------

const CACHE_MAX = 1 << 15, CACHE_LEN = 256;
class Pair {
  constructor(readonly lo: number, readonly hi: number) {}
}
/** The side table of str hashes: a cache, valid for the key it was filled under. */
const strHashes = {
  key: undefined as Int32Array | undefined,
  map: new Map<string, Pair>(),
};

/** `hash()` of an exact str. */
export function hashStr(s: Str): number {
  const key = cur.interp.hashKey;
  if (typeof s !== "string") return result(sipHash13Str(s, key), cur.hashHi);
  if (s.length === 0) {
    cur.hashHi = 0;
    return 0;
  }
  if (s.length > CACHE_LEN) return result(sipHash13Str(s, key), cur.hashHi);
  const map = strHashes.map;
  if (strHashes.key !== key) {
    map.clear();
    strHashes.key = key;
  }
  const p = map.get(s);
  if (p !== undefined) {
    cur.hashHi = p.hi;
    return p.lo;
  }
  const raw = sipHash13Str(s, key);
  const lo = result(raw, cur.hashHi);
  if (map.size >= CACHE_MAX) map.clear();
  map.set(s, new Pair(lo, cur.hashHi));
  return lo;
}

/** `hash()` of bytes (and of a read-only memoryview of them). */
export function hashBytes(b: Uint8Array): number {
  if (b.length === 0) {
    cur.hashHi = 0;
    return 0;
  }
  return result(sipHash13Bytes(b, cur.interp.hashKey), cur.hashHi);
}

// ---- any value -----------------------------------------------------------------------------

/** `hash()` of any value; TypeError "unhashable type: ..." where it has none. */
export function hashKey(v: Value): number {
  if (typeof v === "string") return hashStr(v);
  if (typeof v === "number") return hashSafe(v);
  if (typeof v === "boolean") {
    cur.hashHi = 0;
    return v ? 1 : 0;
  }
  if (typeof v === "bigint") return hashBig(v);
  const t = v.cls;
  if (t === strType) return hashStr(v as unknown as Str);
  const f = t.tp_hash;
  if (f === undefined) throw typeError(`unhashable type: '${t.name}'`);
  return f(v);
}

/** `hash(None)`. */
export function hashNone(_self: Value = None): number {
  cur.hashHi = 0;
  return HASH_NONE;
}

/** `hash()` of a float object. */
export function hashFloatObject(v: PyFloat): number {
  return hashFloat(v.v, v);
}

// ---- tuples and what is hashed like them ---------------------------------------------------
// xxHash with one accumulator, as in Objects/tupleobject.c.

const P1LO = 0x85ebca87 | 0, P1HI = 0x9e3779b1 | 0;
const P2LO = 0x27d4eb4f | 0, P2HI = 0xc2b2ae3d | 0;
const P5LO = 0x165667c5 | 0, P5HI = 0x27d4eb2f | 0;

/** `acc = rotl(acc + lane * P2, 31) * P1` over the hashes of the items; the high half in hashHi. */
function mixItems(items: readonly Value[]): number {
  let alo = P5LO, ahi = P5HI;
  for (let i = 0; i < items.length; i++) {
    const v = items[i];
    let llo: number, lhi: number;
    if (typeof v === "number" && (v | 0) === v) {
      llo = v === -1 ? -2 : v;
      lhi = v >> 31;
    } else {
      llo = hashKey(v);
      lhi = cur.hashHi;
    }
    const plo = Math.imul(llo, P2LO);
    const phi = umulh(llo, P2LO) + Math.imul(lhi, P2LO) + Math.imul(llo, P2HI);
    const slo = (alo + plo) | 0;
    const shi = (ahi + phi + ((slo >>> 0) < (alo >>> 0) ? 1 : 0)) | 0;
    const rlo = (slo << 31) | (shi >>> 1);
    const rhi = (shi << 31) | (slo >>> 1);
    alo = Math.imul(rlo, P1LO);
    ahi = (umulh(rlo, P1LO) + Math.imul(rhi, P1LO) + Math.imul(rlo, P1HI)) | 0;
  }
  cur.hashHi = ahi;
  return alo;
}

/** -1 as the result of a tuple-like hash becomes this constant. */
const TUPLE_MINUS_ONE = 1546275796;

/** `hash()` of a tuple of these items. */
export function hashTuple(items: readonly Value[]): number {
  const alo = mixItems(items);
  const add = items.length ^ (P5LO ^ 3527539);
  const lo = (alo + add) | 0;
  const hi = (cur.hashHi + P5HI + ((lo >>> 0) < (alo >>> 0) ? 1 : 0)) | 0;
  cur.hashHi = hi;
  if ((lo & hi) === -1) {
    cur.hashHi = 0;
    return TUPLE_MINUS_ONE;
  }
  return lo;
}

/** `hash()` of a slice: a tuple's without the length. */
export function hashSlice(start: Value, stop: Value, step: Value): number {
  const lo = mixItems([start, stop, step]);
  if ((lo & cur.hashHi) === -1) {
    cur.hashHi = 0;
    return TUPLE_MINUS_ONE;
  }
  return lo;
}

/** `hash()` of a range of `length` items: that of (length, start, step) with None where it is moot. */
export function hashRange(length: Int, start: Int, step: Int): number {
  if (length === 0) return hashTuple([length, None, None]);
  return hashTuple([length, start, length === 1 ? None : step]);
}

// ---- Python's view of a hash ---------------------------------------------------------------

/** A hash as the int that `hash()` returns. */
export function hashToValue(lo: number, hi: number): Int {
  const v = hi * 4294967296 + (lo >>> 0);
  if (Number.isSafeInteger(v)) return v;
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}

/** The hash that a `__hash__` method means by returning `v`. */
export function hashFromInt(v: Int): number {
  if (typeof v === "number") return hashSafe(v);
  if (BigInt.asIntN(64, v) !== v) return hashBig(v);
  return result(Number(BigInt.asIntN(32, v)), Number(v >> 32n));
}
