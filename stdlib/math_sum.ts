// CPython 3.14: Modules/mathmodule.c (fsum, sumprod, hypot, dist, fma)
//
// Sums that lose nothing on the way: fsum by Shewchuk's partial sums, sumprod in triple-length
// arithmetic, vector norms with a scaled, compensated sum of squares and a corrected root.

import { PyFloat, type Value } from "../core/objects/object.ts";
import { cur } from "../core/objects/state.ts";
import { overflowError, valueError } from "../core/objects/errors.ts";
import { binAdd, binMul, getIter, iterNext } from "../core/objects/abstract.ts";
import { realToDouble } from "../core/objects/float.ts";
import { intAdd, intMul } from "../core/objects/int.ts";
import { frexp, ldexp, lowPart, twoProd, twoSum } from "../core/objects/libm.ts";
import { decompose } from "../core/text/dtoa.ts";
import { floatType } from "../core/objects/object.ts";

/** math.fsum */
export function fsum(seq: Value): number {
  const p: number[] = [];
  let special = 0, infs = 0;
  const it = getIter(seq);
  for (let item = iterNext(it); item !== undefined; item = iterNext(it)) {
    let x = realToDouble(item);
    const x0 = x;
    let n = 0;
    for (let j = 0; j < p.length; j++) {
      let y = p[j];
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const hi = x + y, low = y - (hi - x);
      if (low !== 0) p[n++] = low;
      x = hi;
    }
    p.length = n;
    if (x !== 0) {
      if (Number.isFinite(x)) p.push(x);
      else {
        if (Number.isFinite(x0)) {
          throw overflowError("intermediate overflow in fsum");
        }
        if (x0 === Infinity || x0 === -Infinity) infs += x0;
        special += x0;
        p.length = 0;
      }
    }
    cur.tick(1 + p.length);
  }
  if (special !== 0) {
    if (infs !== infs) throw valueError("-inf + inf in fsum");
    return special;
  }
  let n = p.length, hi = 0, low = 0;
  if (n > 0) {
    hi = p[--n];
    while (n > 0) {
      const x = hi, y = p[--n];
      hi = x + y;
      low = y - (hi - x);
      if (low !== 0) break;
    }
    // the partials below decide a tie
    if (n > 0 && ((low < 0 && p[n - 1] < 0) || (low > 0 && p[n - 1] > 0))) {
      const y = low * 2, x = hi + y;
      if (y === x - hi) hi = x;
    }
  }
  return hi;
}

function isExactFloat(v: Value): v is PyFloat {
  return v instanceof PyFloat && v.cls === floatType;
}

function fitsLong(n: number | bigint): boolean {
  return typeof n === "number" || BigInt.asIntN(64, n) === n;
}

/** math.sumprod */
export function sumprod(p: Value, q: Value): Value {
  const ip = getIter(p), iq = getIter(q);
  let total: Value = 0;
  let ints = true, floats = true, intTotal: number | bigint = 0;
  let usedInt = false, usedFloat = false, hi = 0, mid = 0, tiny = 0;
  for (;;) {
    const a = iterNext(ip), b = iterNext(iq);
    if ((a === undefined) !== (b === undefined)) {
      throw valueError("Inputs are not the same length");
    }
    cur.tick(1);
    if (ints) {
      if (
        (typeof a === "number" || typeof a === "bigint") &&
        (typeof b === "number" || typeof b === "bigint")
      ) {
        // as long as all fits a C long; after that the sum is one of Python objects
        const product = intMul(a, b), sum = intAdd(intTotal, product);
        if (fitsLong(a) && fitsLong(b) && fitsLong(product) && fitsLong(sum)) {
          intTotal = sum;
          usedInt = true;
          continue;
        }
      }
      ints = false;
      if (usedInt) total = binAdd(total, intTotal);
    }
    if (floats) {
      const x = operand(a, b), y = operand(b, a);
      if (x !== undefined && y !== undefined) {
        const ph = twoProd(x, y), pl = lowPart();
        const sh = twoSum(hi, ph), sl = lowPart();
        const r1 = twoSum(mid, pl), r1l = lowPart();
        const r2 = twoSum(r1, sl), r2l = lowPart();
        if (Number.isFinite(sh)) {
          hi = sh;
          mid = r2;
          tiny += r1l + r2l;
          usedFloat = true;
          continue;
        }
      }
      floats = false;
      if (usedFloat) {
        const s = twoSum(mid, hi);
        total = binAdd(total, new PyFloat(tiny + lowPart() + s));
      }
    }
    if (a === undefined || b === undefined) return total;
    total = binAdd(total, binMul(a, b));
  }
}
/** The double of `a` when it is a float, or an int that stands beside a float. */
function operand(
  a: Value | undefined,
  b: Value | undefined,
): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (isExactFloat(a)) return a.v;
  if (!isExactFloat(b)) return undefined;
  if (typeof a === "number") return a;
  if (typeof a === "boolean") return a ? 1 : 0;
  if (typeof a === "bigint") {
    const x = Number(a);
    return Number.isFinite(x) ? x : undefined;
  }
  return undefined;
}

/** Length of a vector; `max` is its largest magnitude. Changes `vec`. */
export function vectorNorm(vec: number[], max: number, nan: boolean): number {
  if (max === Infinity) return max;
  if (nan) return NaN;
  if (max === 0 || vec.length <= 1) return max;
  const e = frexp(max)[1];
  if (e < -1023) {
    const tiny = 2 ** -1022;
    for (let i = 0; i < vec.length; i++) vec[i] /= tiny;
    return tiny * vectorNorm(vec, max / tiny, nan);
  }
  const scale = ldexp(1, -e);
  let csum = 1, frac1 = 0, frac2 = 0;
  const add = (a: number, b: number): void => {
    const ph = twoProd(a, b);
    frac1 += lowPart();
    const s = csum + ph;
    frac2 += (csum - s) + ph;
    csum = s;
  };
  for (let i = 0; i < vec.length; i++) {
    const x = vec[i] * scale;
    add(x, x);
  }
  let h = Math.sqrt(csum - 1 + (frac1 + frac2));
  add(-h, h);
  h += (csum - 1 + (frac1 + frac2)) / (2 * h);
  return h / scale;
}

/** math.hypot */
export function hypot(args: readonly Value[]): number {
  const vec: number[] = [];
  let max = 0, nan = false;
  for (const v of args) {
    const x = Math.abs(realToDouble(v));
    vec.push(x);
    if (x !== x) nan = true;
    else if (x > max) max = x;
  }
  return vectorNorm(vec, max, nan);
}
/** math.dist */
export function dist(p: readonly Value[], q: readonly Value[]): number {
  if (p.length !== q.length) {
    throw valueError("both points must have the same number of dimensions");
  }
  const vec: number[] = [];
  let max = 0, nan = false;
  for (let i = 0; i < p.length; i++) {
    const x = Math.abs(realToDouble(p[i]) - realToDouble(q[i]));
    vec.push(x);
    if (x !== x) nan = true;
    else if (x > max) max = x;
  }
  return vectorNorm(vec, max, nan);
}

/** n * 2^e, correctly rounded. */
export function bigLdexp(n: bigint, e: number): number {
  const neg = n < 0n;
  if (neg) n = -n;
  if (n === 0n) return 0;
  const hex = n.toString(16);
  const bits = hex.length * 4 - (Math.clz32(parseInt(hex[0], 16)) - 28);
  const keep = Math.min(53, bits + e + 1074);
  let r: number;
  if (keep < 0) r = 0;
  else {
    const drop = bits - keep;
    if (drop > 0) {
      const unit = 1n << BigInt(drop), half = unit >> 1n, low = n & (unit - 1n);
      n >>= BigInt(drop);
      if (low > half || (low === half && (n & 1n) === 1n)) n += 1n;
      e += drop;
    }
    r = Number(n);
    if (e > 1100) return neg ? -Infinity : Infinity;
    r = ldexp(r, e);
  }
  return neg ? -r : r;
}

/** x * y + z, rounded once; all finite. */
export function fmaFinite(x: number, y: number, z: number): number {
  if (x === 0 || y === 0) return x * y + z;
  const [mx, ex] = decompose(Math.abs(x)), [my, ey] = decompose(Math.abs(y));
  const [mz, ez] = decompose(Math.abs(z));
  let p = mx * my, q = mz;
  const ep = ex + ey;
  if ((x < 0) !== (y < 0)) p = -p;
  if (z < 0) q = -q;
  const e = Math.min(ep, ez);
  const sum = (p << BigInt(ep - e)) + (q << BigInt(ez - e));
  return sum === 0n ? (z === 0 ? x * y * 0 + z : 0) : bigLdexp(sum, e);
}
