// CPython 3.14: Modules/mathmodule.c and Modules/mathintegermodule.c (functions of integers)

import type { Int, Value } from "../core/objects/object.ts";
import { cur } from "../core/objects/state.ts";
import { overflowError, valueError } from "../core/objects/errors.ts";
import { asIndex } from "../core/objects/abstract.ts";
import { intAbs, intBitLength, intFloorDiv, intGcd, intMul, intSub, normInt } from "../core/objects/int.ts";

const MAX_LONG = 9223372036854775807n;

/** Product of lo, lo + 1, ..., hi as a BigInt, by halves. */
function product(lo: number, hi: number): bigint {
  if (hi - lo < 16) {
    let r = 1n, n = 1;
    for (let i = lo; i <= hi; i++) {
      if (n * i > Number.MAX_SAFE_INTEGER) {
        r *= BigInt(n);
        n = i;
      } else n *= i;
    }
    return r * BigInt(n);
  }
  const mid = Math.floor((lo + hi) / 2);
  cur.tick(hi - lo);
  return product(lo, mid) * product(mid + 1, hi);
}

/** math.factorial */
export function factorial(v: Value): Int {
  const n = asIndex(v);
  if (n < 0) {
    throw valueError("factorial() not defined for negative values");
  }
  if (n > MAX_LONG) {
    throw overflowError(
      "factorial() argument should not exceed 9223372036854775807",
    );
  }
  guardSize(n, n);
  return normInt(product(1, n as number));
}
/** Products of k numbers up to n that can't be held end here. */
function guardSize(n: Int, k: Int): void {
  if (Number(k) * (intBitLength(n) - 1) > 2 ** 31) {
    throw overflowError("too many digits in integer");
  }
}

/** n (n-1) ... (n-k+1) */
function falling(n: Int, k: number): Int {
  if (typeof n === "number") return normInt(product(n - k + 1, n));
  let r: Int = 1;
  for (let i = 0; i < k; i++) {
    r = intMul(r, intSub(n, i));
    cur.tick(intBitLength(r) / 64);
  }
  return r;
}

/** math.perm; k undefined for all of n. */
export function perm(nv: Value, kv: Value | undefined): Int {
  if (kv === undefined) return factorial(nv);
  const n = asIndex(nv), k = asIndex(kv);
  if (n < 0) throw valueError("n must be a non-negative integer");
  if (k < 0) throw valueError("k must be a non-negative integer");
  if (n < k) return 0;
  if (k > MAX_LONG) {
    throw overflowError(`k must not exceed ${MAX_LONG}`);
  }
  if (k === 0) return 1;
  guardSize(n, k);
  return falling(n, k as number);
}

/** math.comb */
export function comb(nv: Value, kv: Value): Int {
  const n = asIndex(nv);
  let k = asIndex(kv);
  if (n < 0) throw valueError("n must be a non-negative integer");
  if (k < 0) throw valueError("k must be a non-negative integer");
  const rest = intSub(n, k);
  if (rest < 0) return 0;
  if (rest < k) k = rest;
  if (k > MAX_LONG) {
    throw overflowError(`min(n - k, k) must not exceed ${MAX_LONG}`);
  }
  if (k === 0) return 1;
  guardSize(n, k);
  return combOf(n, k as number);
}
/** By halves: C(n, k) = C(n, j) C(n-j, k-j) / C(k, j). */
function combOf(n: Int, k: number): Int {
  if (k < 24 || typeof n !== "number") {
    let r: Int = 1;
    for (let i = 1; i <= k; i++) {
      r = intFloorDiv(intMul(r, intSub(n, i - 1)), i);
      if (typeof r === "bigint") cur.tick(1 + intBitLength(r) / 512);
    }
    return r;
  }
  const num = product(n - k + 1, n), den = product(1, k);
  return normInt(num / den);
}

/** math.gcd */
export function gcd(args: readonly Value[]): Int {
  let r: Int = 0;
  for (const v of args) {
    const x = asIndex(v);
    if (r !== 1) r = intGcd(r, x);
  }
  return r;
}
/** math.lcm */
export function lcm(args: readonly Value[]): Int {
  let r: Int = 1;
  for (const v of args) {
    const x = intAbs(asIndex(v));
    if (r === 0) continue;
    if (x === 0) r = 0;
    else r = intMul(intFloorDiv(r, intGcd(r, x)), x);
  }
  return r;
}

/** math.isqrt */
export function isqrt(v: Value): Int {
  const n = asIndex(v);
  if (n < 0) throw valueError("isqrt() argument must be nonnegative");
  if (typeof n === "number") {
    let r = Math.floor(Math.sqrt(n));
    while (r * r > n) r--;
    return r;
  }
  return normInt(bigSqrt(n));
}
/** Newton's method with a precision that doubles at each step. */
function bigSqrt(n: bigint): bigint {
  const c = (intBitLength(n) - 1) >>> 1;
  let a = 1n, d = 0;
  for (let s = 32 - Math.clz32(c) - 1; s >= 0; s--) {
    const e = d;
    d = c >>> s;
    a = (a << BigInt(d - e - 1)) + (n >> BigInt(2 * c - e - d + 1)) / a;
    cur.tick(1 + d / 256);
  }
  return a * a > n ? a - 1n : a;
}
