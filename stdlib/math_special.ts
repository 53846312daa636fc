// CPython 3.14: Modules/mathmodule.c (gamma, lgamma, sinpi), the C library's erf and erfc
//
// gamma and lgamma are CPython's own: Lanczos' approximation as a ratio of two polynomials. erf
// and erfc come from the C library, which rounds them correctly; here they are summed in
// double-double (see libm.ts).

import {
  ddAdd,
  ddDiv,
  ddExp,
  ddMul,
  libmCos,
  libmExp,
  libmLog,
  libmPow,
  libmSin,
  lowPart,
  twoProd,
} from "../core/objects/libm.ts";

const PI = Math.PI;
const LANCZOS_G = 6.024680040776729583740234375;
const NUM = [
  23531376880.410759688572007674451636754734846804940,
  42919803642.649098768957899047001988850926355848959,
  35711959237.355668049440185451547166705960488635843,
  17921034426.037209699919755754458931112671403265390,
  6039542586.3520280050642916443072979210699388420708,
  1439720407.3117216736632230727949123939715485786372,
  248874557.86205415651146038641322942321632125127801,
  31426415.585400194380614231628318205362874684987640,
  2876370.6289353724412254090516208496135991145378768,
  186056.26539522349504029498971604569928220784236328,
  8071.6720023658162106380029022722506138218516325024,
  210.82427775157934587250973392071336271166969580291,
  2.5066282746310002701649081771338373386264310793408,
];
const DEN = [
  0,
  39916800,
  120543840,
  150917976,
  105258076,
  45995730,
  13339535,
  2637558,
  357423,
  32670,
  1925,
  66,
  1,
];

function lanczosSum(x: number): number {
  let num = 0, den = 0;
  if (x < 5) {
    for (let i = NUM.length - 1; i >= 0; i--) {
      num = num * x + NUM[i];
      den = den * x + DEN[i];
    }
  } else {
    for (let i = 0; i < NUM.length; i++) {
      num = num / x + NUM[i];
      den = den / x + DEN[i];
    }
  }
  return num / den;
}

/** sin(pi x) with the argument reduced before the multiplication. */
function sinpi(x: number): number {
  const y = Math.abs(x) % 2;
  const n = Math.round(2 * y);
  let r: number;
  switch (n) {
    case 0:
      r = libmSin(PI * y);
      break;
    case 1:
      r = libmCos(PI * (y - 0.5));
      break;
    case 2:
      // no minus before the difference: at y = 1 it must give -0
      r = libmSin(PI * (1 - y));
      break;
    case 3:
      r = -libmCos(PI * (y - 1.5));
      break;
    default:
      r = libmSin(PI * (y - 2));
  }
  return x < 0 || Object.is(x, -0) ? -r : r;
}

/** gamma(1), gamma(2), ..., gamma(23): exact doubles. */
function integralGamma(n: number): number {
  let r = 1;
  for (let i = 2; i < n; i++) r *= i;
  return r;
}

/** The gamma function; undefined where it has no value (a pole). */
export function gamma(x: number): number | undefined {
  if (!Number.isFinite(x)) {
    return x === -Infinity ? undefined : x;
  }
  if (x === 0) return undefined;
  if (x === Math.floor(x)) {
    if (x < 0) return undefined;
    if (x <= 23) return integralGamma(x);
  }
  const absx = Math.abs(x);
  if (absx < 1e-20) return 1 / x;
  if (absx > 200) {
    return x < 0 ? 0 / sinpi(x) : Infinity;
  }
  const y = absx + (LANCZOS_G - 0.5);
  // the error of y, for a correction
  let z: number;
  if (absx > LANCZOS_G - 0.5) {
    const q = y - absx;
    z = q - (LANCZOS_G - 0.5);
  } else {
    const q = y - (LANCZOS_G - 0.5);
    z = q - absx;
  }
  z = z * LANCZOS_G / y;
  let r: number;
  if (x < 0) {
    r = -PI / sinpi(absx) / absx * libmExp(y) / lanczosSum(absx);
    r -= z * r;
    if (absx < 140) r /= libmPow(y, absx - 0.5);
    else {
      const s = libmPow(y, absx / 2 - 0.25);
      r /= s;
      r /= s;
    }
  } else {
    r = lanczosSum(absx) / libmExp(y);
    r += z * r;
    if (absx < 140) r *= libmPow(y, absx - 0.5);
    else {
      const s = libmPow(y, absx / 2 - 0.25);
      r *= s;
      r *= s;
    }
  }
  return r;
}

/** log |gamma(x)|; undefined at a pole. */
export function lgamma(x: number): number | undefined {
  if (!Number.isFinite(x)) return x !== x ? x : Infinity;
  if (x === Math.floor(x) && x <= 2) return x <= 0 ? undefined : 0;
  const absx = Math.abs(x);
  if (absx < 1e-20) return -libmLog(absx);
  let r = libmLog(lanczosSum(absx)) - LANCZOS_G;
  r += (absx - 0.5) * (libmLog(absx + LANCZOS_G - 0.5) - 1);
  if (x < 0) {
    r = Math.log(PI) - libmLog(Math.abs(sinpi(absx))) - libmLog(absx) - r;
  }
  return r;
}

// 1 / sqrt(pi)
const RSQRT_PI_H = 0.5641895835477563, RSQRT_PI_L = 7.66772980658294e-18;

/** erf by its series of positive terms: 2/sqrt(pi) e^-x^2 (x + 2x^3/3 + 4x^5/15 + ...); x > 0. */
function erfSeries(x: number): [number, number] {
  const q = twoProd(x, x), ql = lowPart();
  let t = x, tl = 0, s = x, sl = 0;
  for (let n = 1; n < 400; n++) {
    t = ddMul(t, tl, 2 * q, 2 * ql);
    t = ddDiv(t, lowPart(), 2 * n + 1, 0);
    tl = lowPart();
    s = ddAdd(s, sl, t, tl);
    sl = lowPart();
    if (t < s * 1e-33) break;
  }
  let r = ddExp(-q, -ql);
  r = ddMul(r, lowPart(), s, sl);
  r = ddMul(r, lowPart(), 2 * RSQRT_PI_H, 2 * RSQRT_PI_L);
  return [r, lowPart()];
}
/** erfc by its continued fraction; x >= 2. */
function erfcFraction(x: number): number {
  const q = twoProd(x, x), ql = lowPart();
  // x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))
  let f = x, fl = 0;
  const terms = Math.ceil(30 + 900 / (x * x));
  for (let k = terms; k >= 1; k--) {
    f = ddDiv(k / 2, 0, f, fl);
    f = ddAdd(f, lowPart(), x, 0);
    fl = lowPart();
  }
  f = ddDiv(RSQRT_PI_H, RSQRT_PI_L, f, fl);
  fl = lowPart();
  // the exponent in two halves, so that nothing is subnormal before the last step
  const e = ddExp(-q / 2, -ql / 2), el = lowPart();
  f = ddMul(f, fl, e, el);
  return ddMul(f, lowPart(), e, el);
}

export function erf(x: number): number {
  const a = Math.abs(x);
  if (x !== x || a === 0) return x;
  let r: number;
  if (a > 6) r = 1;
  else if (a < 1e-20) r = 2 * RSQRT_PI_H * a;
  else [r] = erfSeries(a);
  return x < 0 ? -r : r;
}
export function erfc(x: number): number {
  if (x !== x) return x;
  if (x > 27.3) return 0;
  if (x < -6) return 2;
  if (x >= 2) return erfcFraction(x);
  if (Math.abs(x) < 1e-20) return 1;
  const [h, l] = erfSeries(Math.abs(x));
  return x < 0 ? ddAdd(1, 0, h, l) : ddAdd(1, 0, -h, -l);
}
