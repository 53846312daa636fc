// CPython 3.14: the C library's mathematics (libm), as Modules/mathmodule.c uses it
//
// CPython's results are those of its C library, and programs print all 17 digits of them. The
// host's exp, log, log2, pow, sin, cos, tan, tanh, asin, acos, atan and atan2 agree with glibc's
// in all but a few of 10,000 arguments and are used as they are. Its others do not:
//   expm1, log1p, sinh, cosh, log10, cbrt   follow glibc's own algorithms here (fdlibm's with
//                                           another order of evaluation)
//   hypot
//   asinh, acosh, atanh, exp2               are computed in double-double, which rounds them
//                                           correctly, as newer glibc does
// A double-double is an unevaluated sum hi + lo of two doubles with |lo| <= ulp(hi) / 2: about 106
// bits.

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);

/** High word of a double. */
function highWord(x: number): number {
  f64[0] = x;
  return u32[1] | 0;
}

/** x * 2^e, rounded once. */
export function ldexp(x: number, e: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  if (e > 1023) {
    x *= 2 ** 1023;
    e -= 1023;
    if (e > 1023) {
      x *= 2 ** 1023;
      e -= 1023;
      if (e > 1023) e = 1023;
    }
  } else if (e < -1022) {
    // through 2^-969, so that a subnormal result is rounded only once
    x *= 2 ** -969;
    e += 969;
    if (e < -1022) {
      x *= 2 ** -969;
      e += 969;
      if (e < -1022) e = -1022;
    }
  }
  return x * 2 ** e;
}

/** `[m, e]` with x = m * 2^e and 0.5 <= |m| < 1. */
export function frexp(x: number): [m: number, e: number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let extra = 0;
  if (Math.abs(x) < 2 ** -1022) {
    x *= 2 ** 54;
    extra = -54;
  }
  f64[0] = x;
  const e = (u32[1] >>> 20 & 0x7ff) - 1022;
  u32[1] = (u32[1] & 0x800fffff) | 0x3fe00000;
  return [f64[0], e + extra];
}

// ---- double-double --------------------------------------------------------------------------
// The functions leave the low part in `lo` and return the high one.

let lo = 0;
/** Low part of the last double-double result. */
export function lowPart(): number {
  return lo;
}

/** a + b exactly. */
export function twoSum(a: number, b: number): number {
  const s = a + b, t = s - a;
  lo = (a - (s - t)) + (b - t);
  return s;
}
/** a * b exactly, short of overflow and underflow. */
export function twoProd(a: number, b: number): number {
  const p = a * b;
  const c = 134217729 * a, ah = c - (c - a), al = a - ah;
  const d = 134217729 * b, bh = d - (d - b), bl = b - bh;
  lo = al * bl - (((p - ah * bh) - al * bh) - ah * bl);
  // near the largest double a part of the computation may overflow where the product doesn't
  if (!Number.isFinite(lo) && Number.isFinite(p)) {
    const big = Math.abs(a) > Math.abs(b);
    twoProd(big ? a * 2 ** -60 : a, big ? b : b * 2 ** -60);
    lo *= 2 ** 60;
  }
  return p;
}
function fastSum(a: number, b: number): number {
  const s = a + b;
  lo = b - (s - a);
  return s;
}
export function ddAdd(ah: number, al: number, bh: number, bl: number): number {
  const s = twoSum(ah, bh), e = lo;
  const t = twoSum(al, bl), f = lo;
  const s2 = fastSum(s, e + t);
  return fastSum(s2, lo + f);
}
export function ddMul(ah: number, al: number, bh: number, bl: number): number {
  const p = twoProd(ah, bh), e = lo;
  return fastSum(p, e + (ah * bl + al * bh));
}
export function ddDiv(ah: number, al: number, bh: number, bl: number): number {
  const q = ah / bh;
  let p = ddMul(q, 0, bh, bl), pl = lo;
  p = ddAdd(ah, al, -p, -pl);
  pl = lo;
  const q2 = p / bh;
  let r = ddMul(q2, 0, bh, bl);
  r = ddAdd(p, pl, -r, -lo);
  const q3 = r / bh;
  const s = fastSum(q, q2);
  return ddAdd(s, lo, q3, 0);
}
export function ddSqrt(ah: number, al: number): number {
  if (ah <= 0) {
    lo = 0;
    return 0;
  }
  const s = Math.sqrt(ah);
  const p = twoProd(s, s);
  const r = ddAdd(ah, al, -p, -lo);
  const t = r / (2 * s);
  const u = fastSum(s, t), ul = lo;
  // one more step brings all 106 bits
  const q = ddMul(u, ul, u, ul);
  const r2 = ddAdd(ah, al, -q, -lo);
  return ddAdd(u, ul, r2 / (2 * s), 0);
}

const LN2_H = 0.6931471805599453, LN2_L = 2.3190468138462996e-17;

/** e^(h + l); h within the range of exp. */
export function ddExp(h: number, l: number): number {
  const k = Math.round(h / LN2_H);
  let p = ddMul(k, 0, LN2_H, LN2_L);
  // ln2 to three doubles: k has at most 11 bits
  p = ddAdd(p, lo, k * 5.707708438416212e-34, 0);
  let r = ddAdd(h, l, -p, -lo), rl = lo;
  r /= 256;
  rl /= 256;
  // e^r - 1 by its series, then (1 + s)^2 - 1 = 2s + s^2 eight times
  let s = 0, sl = 0;
  for (let n = 11; n >= 1; n--) {
    s = ddAdd(s, sl, 1, 0);
    s = ddMul(s, lo, r, rl);
    s = ddDiv(s, lo, n, 0);
    sl = lo;
  }
  for (let i = 0; i < 8; i++) {
    const q = ddMul(s, sl, s, sl);
    s = ddAdd(2 * s, 2 * sl, q, lo);
    sl = lo;
  }
  s = ddAdd(s, sl, 1, 0);
  sl = ldexp(lo, k);
  s = ldexp(s, k);
  lo = sl;
  return s;
}

/** log(h + l) */
export function ddLog(h: number, l: number): number {
  const [m, e] = frexp(h);
  const ml = ldexp(l, -e);
  const y = Math.log(m);
  let x = ddExp(-y, 0);
  x = ddMul(x, lo, m, ml);
  // m e^-y = 1 + t with a tiny t
  const t = ddAdd(x, lo, -1, 0), tl = lo;
  const t2 = t * t / 2;
  let r = ddAdd(t, tl, -t2, 0);
  r = ddAdd(r, lo, y, 0);
  const rl = lo;
  let p = ddMul(e, 0, LN2_H, LN2_L);
  p = ddAdd(p, lo, e * 5.707708438416212e-34, 0);
  return ddAdd(p, lo, r, rl);
}
/** log(1 + h + l) */
export function ddLog1p(h: number, l: number): number {
  if (Math.abs(h) > 0.25) {
    const s = ddAdd(1, 0, h, l);
    return ddLog(s, lo);
  }
  // 2 atanh(z / (2 + z))
  let d = ddAdd(2, 0, h, l);
  const s = ddDiv(h, l, d, lo), sl = lo;
  const z = ddMul(s, sl, s, sl), zl = lo;
  let sum = 0, suml = 0;
  for (let n = 41; n >= 3; n -= 2) {
    d = ddDiv(1, 0, n, 0);
    sum = ddAdd(sum, suml, d, lo);
    sum = ddMul(sum, lo, z, zl);
    suml = lo;
  }
  sum = ddAdd(sum, suml, 1, 0);
  sum = ddMul(sum, lo, s, sl);
  lo *= 2;
  return sum * 2;
}

// ---- the functions --------------------------------------------------------------------------

export const libmPow: (x: number, y: number) => number = Math.pow;
export const libmAtan2: (y: number, x: number) => number = Math.atan2;
export const libmExp: (x: number) => number = Math.exp;
export const libmLog: (x: number) => number = Math.log;
export const libmSin: (x: number) => number = Math.sin;
export const libmCos: (x: number) => number = Math.cos;

export function libmAsinh(x: number): number {
  const a = Math.abs(x);
  if (!Number.isFinite(x) || a < 1e-9) {
    // x - x^3/6, rounded
    return a < 1e-9 && a > 1e-150 ? x - x * x * x / 6 : x;
  }
  let r: number;
  if (a > 1e100) {
    r = ddLog(a, 0);
    r = ddAdd(r, lo, LN2_H, LN2_L);
  } else {
    // log1p(a + a^2 / (1 + sqrt(1 + a^2)))
    const q = twoProd(a, a), ql = lo;
    let s = ddAdd(1, 0, q, ql);
    s = ddSqrt(s, lo);
    s = ddAdd(s, lo, 1, 0);
    s = ddDiv(q, ql, s, lo);
    s = ddAdd(s, lo, a, 0);
    r = ddLog1p(s, lo);
  }
  return x < 0 ? -r : r;
}

/** x >= 1 */
export function libmAcosh(x: number): number {
  if (!Number.isFinite(x)) return x;
  let r: number;
  if (x > 1e100) {
    r = ddLog(x, 0);
    return ddAdd(r, lo, LN2_H, LN2_L);
  }
  // log1p(t + sqrt(2t + t^2)) with t = x - 1
  const t = twoSum(x, -1), tl = lo;
  const u = ddAdd(2, 0, t, tl);
  r = ddMul(u, lo, t, tl);
  r = ddSqrt(r, lo);
  r = ddAdd(r, lo, t, tl);
  return ddLog1p(r, lo);
}

/** |x| < 1 */
export function libmAtanh(x: number): number {
  const a = Math.abs(x);
  if (a < 1e-9) return a > 1e-150 ? x + x * x * x / 3 : x;
  // log1p(2a / (1 - a)) / 2
  const d = twoSum(1, -a);
  const q = ddDiv(2 * a, 0, d, lo);
  const r = ddLog1p(q, lo) / 2;
  return x < 0 ? -r : r;
}

export function libmExp2(x: number): number {
  if (!(x > -1080 && x < 1025)) return 2 ** x;
  const k = Math.round(x), f = x - k;
  if (f === 0) return ldexp(1, k);
  const p = ddMul(f, 0, LN2_H, LN2_L);
  return ldexp(ddExp(p, lo), k);
}

/** sqrt(ax^2 + ay^2) for ax >= ay, both of moderate size. */
function hypotKernel(ax: number, ay: number): number {
  const h = Math.sqrt(ax * ax + ay * ay);
  let t1: number, t2: number;
  if (h <= 2 * ay) {
    const d = h - ay;
    t1 = ax * (2 * d - ax);
    t2 = (d - 2 * (ax - ay)) * d;
  } else {
    const d = h - ax;
    t1 = 2 * d * (ax - 2 * ay);
    t2 = (4 * d - ay) * ay + d * d;
  }
  return h - (t1 + t2) / (2 * h);
}
/** sqrt(x^2 + y^2): the C library's, for complex numbers (math.hypot has its own). */
export function libmHypot(x: number, y: number): number {
  let ax = Math.abs(x), ay = Math.abs(y);
  if (ax === Infinity || ay === Infinity) return Infinity;
  if (x !== x || y !== y) return NaN;
  if (ax < ay) [ax, ay] = [ay, ax];
  if (ax > 2 ** 511) {
    if (ay <= ax * 2 ** -54) return ax + ay;
    return hypotKernel(ax * 2 ** -600, ay * 2 ** -600) * 2 ** 600;
  }
  if (ay < 2 ** -459) {
    if (ax >= ay * 2 ** 54) return ax + ay;
    return hypotKernel(ax * 2 ** 600, ay * 2 ** 600) * 2 ** -600;
  }
  if (ay <= ax * 2 ** -54) return ax + ay;
  return hypotKernel(ax, ay);
}

const Q1 = -3.33333333333331316428e-02,
  Q2 = 1.58730158725481460165e-03,
  Q3 = -7.93650757867487942473e-05,
  Q4 = 4.00821782732936239552e-06,
  Q5 = -2.01099218183624371326e-07;
const LN2HI = 6.93147180369123816490e-01, LN2LO = 1.90821492927058770002e-10;

export function libmExpm1(x: number): number {
  const a = Math.abs(x);
  if (x !== x || x === Infinity) return x;
  if (x > 709.782712893383973096) return Infinity;
  if (x < -38.816242535) return -1;
  if (a < 2 ** -54) return x;
  let k = 0, c = 0;
  if (a > 0.34657359027997264) {
    let hi: number, low: number;
    if (a < 1.0397207708399179) {
      k = x > 0 ? 1 : -1;
      hi = x - k * LN2HI;
      low = k * LN2LO;
    } else {
      k = Math.trunc(1.44269504088896338700 * x + (x < 0 ? -0.5 : 0.5));
      hi = x - k * LN2HI;
      low = k * LN2LO;
    }
    x = hi - low;
    c = (hi - x) - low;
  }
  const hfx = 0.5 * x, hxs = x * hfx;
  const h2 = hxs * hxs, h4 = h2 * h2;
  const r1 = (1 + hxs * Q1) + h2 * (Q2 + hxs * Q3) + h4 * (Q4 + hxs * Q5);
  let t = 3 - r1 * hfx;
  let e = hxs * ((r1 - t) / (6 - x * t));
  if (k === 0) return x - (x * e - hxs);
  e = (x * (e - c) - c) - hxs;
  if (k === -1) return 0.5 * (x - e) - 0.5;
  if (k === 1) {
    return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
  }
  if (k <= -2 || k > 56) return ldexp(1 - (e - x), k) - 1;
  if (k < 20) {
    t = 1 - 2 ** -k;
    return ldexp(t - (e - x), k);
  }
  t = 2 ** -k;
  return ldexp((x - (e + t)) + 1, k);
}

/** x > -1 */
export function libmLog1p(x: number): number {
  if (x !== x || x === Infinity) return x;
  let k = 1, f = 0, c = 0, small = false;
  const a = Math.abs(x);
  if (x < 0.41422) {
    if (a < 2 ** -29) {
      return a < 2 ** -54 ? x : x - x * x * 0.5;
    }
    if (x > -0.2929) {
      k = 0;
      f = x;
    }
  }
  if (k !== 0) {
    let u: number, hu: number;
    if (x < 2 ** 53) {
      u = 1 + x;
      hu = highWord(u);
      k = (hu >> 20) - 1023;
      c = k > 0 ? 1 - (u - x) : x - (u - 1);
      c /= u;
    } else {
      u = x;
      hu = highWord(u);
      k = (hu >> 20) - 1023;
      c = 0;
    }
    hu &= 0x000fffff;
    f64[0] = u;
    if (hu < 0x6a09e) u32[1] = hu | 0x3ff00000;
    else {
      k += 1;
      u32[1] = hu | 0x3fe00000;
      hu = (0x00100000 - hu) >> 2;
    }
    f = f64[0] - 1;
    small = hu === 0;
  }
  const hfsq = 0.5 * f * f;
  if (small) {
    if (f === 0) {
      if (k === 0) return 0;
      c += k * LN2LO;
      return k * LN2HI + c;
    }
    const R = hfsq * (1 - 0.66666666666666666 * f);
    if (k === 0) return f - R;
    return k * LN2HI - ((R - (k * LN2LO + c)) - f);
  }
  const s = f / (2 + f), z = s * s, z2 = z * z, z4 = z2 * z2, z6 = z4 * z2;
  const R = z * 6.666666666666735130e-01 +
    z2 * (3.999999999940941908e-01 + z * 2.857142874366239149e-01) +
    z4 * (2.222219843214978396e-01 + z * 1.818357216161805012e-01) +
    z6 * (1.531383769920937332e-01 + z * 1.479819860511658591e-01);
  if (k === 0) return f - (hfsq - s * (hfsq + R));
  return k * LN2HI - ((hfsq - (s * (hfsq + R) + (k * LN2LO + c))) - f);
}

export function libmSinh(x: number): number {
  const a = Math.abs(x);
  if (!Number.isFinite(x) || a < 2 ** -28) return x;
  const h = x < 0 ? -0.5 : 0.5;
  if (a < 22) {
    const t = libmExpm1(a);
    if (a < 1) return h * (2 * t - t * t / (t + 1));
    return h * (t + t / (t + 1));
  }
  if (a < 709.78) return h * Math.exp(a);
  if (a <= 710.4758600739439) {
    const w = Math.exp(0.5 * a);
    return h * w * w;
  }
  return x * Infinity;
}

export function libmCosh(x: number): number {
  const a = Math.abs(x);
  if (!Number.isFinite(x)) return a;
  if (a < 22) {
    if (a < 0.34657) {
      const t = libmExpm1(a), w = 1 + t;
      return a < 2 ** -55 ? w : 1 + t * t / (w + w);
    }
    const t = Math.exp(a);
    return 0.5 * t + 0.5 / t;
  }
  if (a < 709.78) return 0.5 * Math.exp(a);
  if (a <= 710.4758600739439) {
    const w = Math.exp(0.5 * a);
    return 0.5 * w * w;
  }
  return Infinity;
}

/** x > 0 */
export function libmLog10(x: number): number {
  if (!Number.isFinite(x)) return x;
  let k = 0;
  if (x < 2 ** -1022) {
    k = -54;
    x *= 2 ** 54;
  }
  f64[0] = x;
  const hx = u32[1];
  k += (hx >>> 20) - 1023;
  const i = k < 0 ? 1 : 0;
  u32[1] = (hx & 0x000fffff) | ((0x3ff - i) << 20);
  const y = k + i;
  const z = y * 3.69423907715893078616e-13 +
    4.34294481903251816668e-01 * Math.log(f64[0]);
  return z + y * 3.01029995663611771306e-01;
}

const CBRT2 = 1.2599210498948731648, CBRT4 = 1.5874010519681994748;
export function libmCbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const [m, e] = frexp(Math.abs(x));
  const u = 0.354895765043919860 +
    ((1.50819193781584896 -
      ((2.11499494167371287 -
        ((2.44693122563534430 -
          ((1.83469277483613086 -
            (0.784932344976639262 - 0.145263899385486367 * m) * m) * m)) *
          m)) * m)) * m);
  const t = u * u * u;
  const third = Math.trunc(e / 3);
  const factor = [1 / CBRT4, 1 / CBRT2, 1, CBRT2, CBRT4][2 + e - 3 * third];
  const y = u * (t + 2 * m) / (2 * t + m) * factor;
  return ldexp(x > 0 ? y : -y, third);
}
