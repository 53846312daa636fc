// CPython 3.14: Objects/longobject.c (arithmetic)
//
// Arithmetic on exact ints. An int is a `number` (never -0) while it is a safe integer and a
// `bigint` outside; every function here takes and returns that canonical form. The number paths
// decide by the result: a double whose magnitude is at most 2^53 - 1 was not rounded, any other
// result is computed again in BigInt. Results of more than 2^30 bits, which the host cannot hold,
// raise MemoryError before the host throws. BigInt work is counted with `cur.tick` by size.

import { type Int, PyFloat } from "./object.ts";
import { claim, cur } from "./state.ts";
import { memoryError, overflowError, valueError, zeroDivisionError } from "./errors.ts";
import { libmPow } from "./libm.ts";

const MAX = Number.MAX_SAFE_INTEGER;
const MAX_BIG = BigInt(MAX), MIN_BIG = -MAX_BIG;
const TWO32 = 4294967296, TWO52 = 2 ** 52;
/** The host's BigInt ends here. */
const MAX_BITS = 2 ** 30;

/** The canonical form of an integer. */
export function normInt(b: bigint): Int {
  return b <= MAX_BIG && b >= MIN_BIG ? Number(b) : b;
}
/** The int of a double that has no fraction (and is finite). */
export function intFromDouble(x: number): Int {
  return x <= MAX && x >= -MAX ? x + 0 : BigInt(x);
}

/** Bits of the magnitude of a BigInt. */
function bigBits(b: bigint): number {
  if (b < 0n) b = -b;
  let bits = 0;
  if (b >= LIMIT_1K) {
    // find a shift of the right size, then halve it
    let k = 10;
    while (k < 30 && b >> BigInt(2 ** (k + 1)) !== 0n) k++;
    for (; k >= 10; k--) {
      const t = b >> BigInt(2 ** k);
      if (t !== 0n) {
        b = t;
        bits += 2 ** k;
      }
    }
  }
  if (b === 0n) return bits;
  const hex = b.toString(16);
  return bits + hex.length * 4 - (Math.clz32(parseInt(hex[0], 16)) - 28);
}
const LIMIT_1K = 1n << 1024n;

/** `bit_length()`. */
export function intBitLength(a: Int): number {
  if (typeof a === "number") {
    if (a < 0) a = -a;
    if (a < TWO32) return 32 - Math.clz32(a);
    return 64 - Math.clz32(Math.floor(a / TWO32));
  }
  return bigBits(a);
}

/** 2 ** (2 ** k) and its negative, for k from 11 on; made when needed. */
const POWERS: bigint[] = [], NEGATIVE: bigint[] = [];
/**
 * About the bits of a huge BigInt: comparing BigInts of different lengths takes no time, finding the
 * exact number a few copies. Exact where it is so large that limits are near.
 */
function roughBits(b: bigint): number {
  for (let k = 11; k <= 24; k++) {
    const i = k - 11;
    if (i === POWERS.length) {
      POWERS.push(1n << BigInt(2 ** k));
      NEGATIVE.push(-POWERS[i]);
    }
    if (b < POWERS[i] && b > NEGATIVE[i]) return 2 ** k * 0.75;
  }
  return bigBits(b);
}

/** Is the magnitude so large that work on it must be counted? */
function isHuge(b: bigint): boolean {
  return b >= LIMIT_1K || b <= -LIMIT_1K;
}
/** Work units of an operation linear in the size of `b`. */
function countLinear(b: bigint): void {
  cur.tick(1 + roughBits(b) / 2048);
}
/** Checks and counts a product of numbers of so many bits. */
function countProduct(x: number, y: number): void {
  if (x + y > MAX_BITS) throw memoryError();
  claim((x + y) / 8);
  const small = Math.min(x, y) / 64, large = Math.max(x, y) / 64;
  cur.tick(1 + large * Math.sqrt(small) / 32);
}

export function intAdd(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    if (r <= MAX && r >= -MAX) return r;
  }
  return bigAdd(BigInt(a), BigInt(b));
}
function bigAdd(a: bigint, b: bigint): Int {
  if (isHuge(a)) countLinear(a);
  return normInt(a + b);
}

export function intSub(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    if (r <= MAX && r >= -MAX) return r;
  }
  return bigAdd(BigInt(a), -BigInt(b));
}

export function intMul(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b;
    if (r <= MAX && r >= -MAX) return r + 0;
    return normInt(BigInt(a) * BigInt(b));
  }
  return bigMul(BigInt(a), BigInt(b));
}
function bigMul(a: bigint, b: bigint): Int {
  if (isHuge(a) || isHuge(b)) countProduct(roughBits(a), roughBits(b));
  return normInt(a * b);
}

function divisionByZero(): Error {
  return zeroDivisionError("division by zero") as unknown as Error;
}
function countDivision(a: bigint, b: bigint): void {
  if (isHuge(a)) {
    const x = bigBits(a), y = bigBits(b);
    if (x > y) countProduct(y, x - y);
    else cur.tick(1);
  }
}

export function intFloorDiv(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if (b === 0) throw divisionByZero();
    return Math.floor(a / b) + 0;
  }
  if (b === 0) throw divisionByZero();
  const x = BigInt(a), y = BigInt(b);
  countDivision(x, y);
  return normInt(bigFloorDiv(x, y));
}
/** Floor division of BigInts. */
export function bigFloorDiv(x: bigint, y: bigint): bigint {
  const q = x / y;
  return (x < 0n) !== (y < 0n) && q * y !== x ? q - 1n : q;
}
/** Modulo of BigInts, with the sign of `y`. */
export function bigMod(x: bigint, y: bigint): bigint {
  const r = x % y;
  return r !== 0n && (r < 0n) !== (y < 0n) ? r + y : r;
}

export function intMod(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if (b === 0) throw divisionByZero();
    const r = a % b;
    return r !== 0 && (r < 0) !== (b < 0) ? r + b : r + 0;
  }
  if (b === 0) throw divisionByZero();
  const x = BigInt(a), y = BigInt(b);
  countDivision(x, y);
  return normInt(bigMod(x, y));
}

/** `[a // b, a % b]`. */
export function intDivmod(a: Int, b: Int): [Int, Int] {
  if (typeof a === "number" && typeof b === "number") {
    return [intFloorDiv(a, b), intMod(a, b)];
  }
  if (b === 0) throw divisionByZero();
  const x = BigInt(a), y = BigInt(b);
  countDivision(x, y);
  let q = x / y, r = x % y;
  if (r !== 0n && (r < 0n) !== (y < 0n)) {
    r += y;
    q -= 1n;
  }
  return [normInt(q), normInt(r)];
}

/** An int as a double, rounded half to even; OverflowError outside the range. */
export function intToDouble(a: Int): number {
  if (typeof a === "number") return a;
  const x = Number(a);
  if (x === Infinity || x === -Infinity) {
    throw overflowError("int too large to convert to float");
  }
  return x;
}

/** `a / b`, correctly rounded. */
export function intTrueDiv(a: Int, b: Int): PyFloat {
  if (b === 0) throw divisionByZero();
  if (typeof a === "number" && typeof b === "number") {
    return new PyFloat(a / b);
  }
  return new PyFloat(intRatio(a, b));
}

/** The double nearest to a / b (b not 0); OverflowError when there is none. */
export function intRatio(a: Int, b: Int): number {
  if (typeof a === "number" && typeof b === "number") return a / b;
  let x = BigInt(a), y = BigInt(b);
  const neg = (x < 0n) !== (y < 0n);
  if (x < 0n) x = -x;
  if (y < 0n) y = -y;
  if (x === 0n) return neg ? -0 : 0;
  const diff = bigBits(x) - bigBits(y);
  if (diff > 1024) throw ratioOverflow();
  if (diff < -1075) return neg ? -0 : 0;
  // the quotient gets at least two bits more than the result can have
  const shift = Math.max(diff, -1021) - 53 - 2;
  let q: bigint, exact: boolean;
  if (shift <= 0) {
    const n = x << BigInt(-shift);
    q = n / y;
    exact = q * y === n;
  } else {
    const d = y << BigInt(shift);
    q = x / d;
    exact = q * d === x;
  }
  if (!exact) q |= 1n;
  const bits = bigBits(q);
  const extra = Math.max(bits, -1021 - shift) - 53;
  // round half to even at bit `extra`; what falls off fits a small number
  const unit = 2 ** extra;
  const low = Number(q & BigInt(unit - 1));
  let top = Number(q >> BigInt(extra));
  if (low > unit / 2 || (low === unit / 2 && top % 2 === 1)) top += 1;
  const r = scale(top, shift + extra);
  if (r === Infinity) throw ratioOverflow();
  return neg ? -r : r;
}
function ratioOverflow(): Error {
  return overflowError(
    "integer division result too large for a float",
  ) as unknown as Error;
}
/** x * 2^e where the product is a double or too large. */
function scale(x: number, e: number): number {
  while (e > 1000) {
    x *= 2 ** 1000;
    e -= 1000;
  }
  while (e < -1000) {
    x *= 2 ** -1000;
    e += 1000;
  }
  return x * 2 ** e;
}

/** `a ** b`, a float where b is negative. */
export function intPow(a: Int, b: Int): Int | PyFloat {
  if (b < 0) {
    const x = intToDouble(a), y = intToDouble(b);
    if (x === 0) throw zeroDivisionError("zero to a negative power");
    return new PyFloat(libmPow(x, y));
  }
  return intPowInt(a, b);
}
/** `a ** b` for b >= 0. */
export function intPowInt(a: Int, b: Int): Int {
  if (a === 0 || a === 1) return b === 0 ? 1 : a;
  if (a === -1) return intMod(b, 2) === 0 ? 1 : -1;
  if (typeof b !== "number") throw memoryError();
  if (b === 0) return 1;
  if (b === 1) return a;
  if (typeof a === "number") {
    // square and multiply while the numbers stay exact
    let r = 1, x = a, n = b;
    for (;;) {
      if ((n & 1) === 1) r *= x;
      n = Math.floor(n / 2);
      if (n === 0) break;
      x *= x;
      if (x > MAX) {
        r = Infinity;
        break;
      }
    }
    if (r <= MAX && r >= -MAX) return r;
  }
  const bits = intBitLength(a);
  const total = bits * b;
  if ((bits - 1) * b > MAX_BITS) throw memoryError();
  claim(total / 8);
  if (a === 2) return normInt(1n << BigInt(b));
  if (total > 1024) {
    countProduct(Math.min(total, MAX_BITS) / 2, Math.min(total, MAX_BITS) / 2);
  }
  try {
    return normInt(BigInt(a) ** BigInt(b));
  } catch (e) {
    if (e instanceof RangeError) throw memoryError();
    throw e;
  }
}

/** `pow(a, b, m)`. */
export function intPowMod(a: Int, b: Int, m: Int): Int {
  if (m === 0) throw valueError("pow() 3rd argument cannot be 0");
  const neg = m < 0;
  const mod = neg ? -BigInt(m) : BigInt(m);
  if (mod === 1n) return 0;
  let base = bigMod(BigInt(a), mod);
  let e = b;
  if (e < 0) {
    base = invertMod(base, mod);
    e = intNeg(e);
  }
  let r: bigint;
  if (mod < 94906265n) {
    // products stay safe integers
    const mn = Number(mod);
    let x = Number(base), acc = 1;
    const bitsText = e.toString(2);
    for (let i = bitsText.length - 1; i >= 0; i--) {
      if (bitsText.charCodeAt(i) === 49) acc = acc * x % mn;
      x = x * x % mn;
    }
    r = BigInt(acc);
  } else r = bigPowMod(base, BigInt(e), mod);
  if (neg && r !== 0n) r -= mod;
  return normInt(r);
}
function bigPowMod(base: bigint, e: bigint, mod: bigint): bigint {
  const bits = e.toString(2);
  const cost = isHuge(mod) ? bigBits(mod) / 64 : 4;
  let r = 1n;
  if (bits.length <= 60) {
    for (let i = 0; i < bits.length; i++) {
      r = r * r % mod;
      if (bits.charCodeAt(i) === 49) r = r * base % mod;
    }
    cur?.tick(bits.length * cost / 16);
    return r;
  }
  // windows of 5 bits over a table of odd powers
  const table: bigint[] = [base];
  const square = base * base % mod;
  for (let i = 1; i < 16; i++) table.push(table[i - 1] * square % mod);
  let i = 0;
  while (i < bits.length) {
    if (bits.charCodeAt(i) === 48) {
      r = r * r % mod;
      i++;
      continue;
    }
    let end = Math.min(i + 5, bits.length);
    while (bits.charCodeAt(end - 1) === 48) end--;
    for (let k = i; k < end; k++) r = r * r % mod;
    r = r * table[parseInt(bits.slice(i, end), 2) >> 1] % mod;
    cur.tick((end - i) * cost / 8);
    i = end;
  }
  return r;
}
function invertMod(a: bigint, n: bigint): bigint {
  let x = 1n, y = 0n, p = a, q = n;
  while (q !== 0n) {
    const t = p / q;
    [p, q] = [q, p - t * q];
    [x, y] = [y, x - t * y];
  }
  if (p !== 1n) {
    throw valueError("base is not invertible for the given modulus");
  }
  return bigMod(x, n);
}

export function intNeg(a: Int): Int {
  return typeof a === "number" ? 0 - a : -a;
}
export function intAbs(a: Int): Int {
  return a < 0 ? intNeg(a) : a;
}
export function intInvert(a: Int): Int {
  if (typeof a === "number" && a !== MAX) return -1 - a;
  return normInt(~BigInt(a));
}

function badShift(): Error {
  return valueError("negative shift count") as unknown as Error;
}
export function intLshift(a: Int, n: Int): Int {
  if (n < 0) throw badShift();
  if (a === 0) return 0;
  if (typeof n !== "number" || n >= MAX_BITS) {
    throw typeof n === "bigint" ? overflowError("too many digits in integer") : memoryError();
  }
  if (typeof a === "number" && n < 1000) {
    const r = a * 2 ** n;
    if (r <= MAX && r >= -MAX) return r;
  }
  if (n > 4096) {
    if (n + intBitLength(a) > MAX_BITS) throw memoryError();
    claim(n / 8);
    cur.tick(n / 2048);
  }
  return normInt(BigInt(a) << BigInt(n));
}
export function intRshift(a: Int, n: Int): Int {
  if (n < 0) throw badShift();
  if (typeof a === "number") {
    if (n > 60) return a < 0 ? -1 : 0;
    if (n < 32 && (a | 0) === a) return a >> (n as number);
    return Math.floor(a / 2 ** (n as number));
  }
  if (typeof n === "bigint") return a < 0n ? -1 : 0;
  if (isHuge(a)) countLinear(a);
  return normInt(a >> BigInt(n));
}

// Two's complement halves of a safe integer: `Math.floor(a / 2^32)` and `a >>> 0`.
export function intAnd(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if ((a | 0) === a && (b | 0) === b) return a & b;
    const hi = Math.floor(a / TWO32) & Math.floor(b / TWO32);
    const r = hi * TWO32 + ((a & b) >>> 0);
    if (r >= -MAX) return r;
  } else if (typeof b === "number" && b >= 0 && b < TWO52) {
    return intAnd(Number(BigInt.asUintN(52, a as bigint)), b);
  } else if (typeof a === "number" && a >= 0 && a < TWO52) {
    return intAnd(a, Number(BigInt.asUintN(52, b as bigint)));
  }
  return normInt(BigInt(a) & BigInt(b));
}
export function intOr(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if ((a | 0) === a && (b | 0) === b) return a | b;
    const hi = Math.floor(a / TWO32) | Math.floor(b / TWO32);
    const r = hi * TWO32 + ((a | b) >>> 0);
    if (r >= -MAX) return r;
  }
  return normInt(BigInt(a) | BigInt(b));
}
export function intXor(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if ((a | 0) === a && (b | 0) === b) return a ^ b;
    const hi = Math.floor(a / TWO32) ^ Math.floor(b / TWO32);
    const r = hi * TWO32 + ((a ^ b) >>> 0);
    if (r >= -MAX) return r;
  }
  return normInt(BigInt(a) ^ BigInt(b));
}

/** -1, 0 or 1. */
export function intCompare(a: Int, b: Int): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Number of one bits of the magnitude. */
export function intBitCount(a: Int): number {
  if (typeof a === "number") {
    if (a < 0) a = -a;
    return popcount(a >>> 0) + popcount(Math.floor(a / TWO32));
  }
  const hex = (a < 0n ? -a : a).toString(16);
  let n = 0;
  for (let i = 0; i < hex.length; i += 7) {
    n += popcount(parseInt(hex.slice(i, i + 7), 16));
  }
  return n;
}
function popcount(x: number): number {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Greatest common divisor, not negative. */
export function intGcd(a: Int, b: Int): Int {
  let x = intAbs(a), y = intAbs(b);
  while (typeof x === "bigint" || typeof y === "bigint") {
    if (y === 0) return x;
    if (typeof y === "bigint" && isHuge(y)) {
      return normInt(bigGcd(BigInt(x), y));
    }
    [x, y] = [y, intMod(x, y)];
  }
  while (y !== 0) {
    const t: number = x % y;
    x = y;
    y = t;
  }
  return x;
}
/** Lehmer's algorithm: runs of Euclid's steps are found on the leading 50 bits. */
function bigGcd(a: bigint, b: bigint): bigint {
  if (a < b) [a, b] = [b, a];
  while (b !== 0n && isHuge(a)) {
    const size = bigBits(a);
    const shift = BigInt(size - 50);
    let x = Number(a >> shift), y = Number(b >> shift);
    let A = 1, B = 0, C = 0, D = 1, k = 0;
    for (; y !== C; k++) {
      const q = Math.floor((x + (A - 1)) / (y - C));
      const s = B + q * D, t = x - q * y;
      if (s > t) break;
      x = y;
      y = t;
      const u = A + q * C;
      A = D;
      B = C;
      C = s;
      D = u;
    }
    cur.tick(1 + size / 2048);
    if (k === 0) [a, b] = [b, a % b];
    else {
      const bA = BigInt(A), bB = BigInt(B), bC = BigInt(C), bD = BigInt(D);
      if (k % 2 === 1) [a, b] = [bA * b - bB * a, bD * a - bC * b];
      else [a, b] = [bA * a - bB * b, bD * b - bC * a];
    }
  }
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
