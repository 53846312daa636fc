// CPython 3.14: Objects/complexobject.c (the _Py_c_* and _Py_cr_* functions)
//
// Complex arithmetic on pairs of doubles. Where an infinity met a NaN, products and quotients are
// mended as C99's Annex G says. An operand that is a real number has no imaginary part at all, not
// a zero one: `cr` functions take (complex, real), `rc` ones (real, complex).

import { PyComplex } from "./object.ts";
import { overflowError, zeroDivisionError } from "./errors.ts";
import { libmAtan2, libmCos, libmExp, libmHypot, libmLog, libmPow, libmSin } from "./libm.ts";
import { isNegative, signedNaN } from "./number_parse.ts";

/** `x` with the sign of `y`. */
export function copysign(x: number, y: number): number {
  const a = Math.abs(x);
  if (x !== x) return signedNaN(isNegative(y));
  return isNegative(y) ? -a : a;
}
function isInf(x: number): boolean {
  return x === Infinity || x === -Infinity;
}
/** An infinity as a signed one, anything else as a signed zero. */
function box(x: number): number {
  return copysign(isInf(x) ? 1 : 0, x);
}
function unNaN(x: number): number {
  return x !== x ? 0 : x;
}

export function complexMul(
  a: number,
  b: number,
  c: number,
  d: number,
): PyComplex {
  const ac = a * c, bd = b * d, ad = a * d, bc = b * c;
  const re = ac - bd, im = ad + bc;
  if (re !== re && im !== im) {
    let again = false;
    if (isInf(a) || isInf(b)) {
      a = box(a);
      b = box(b);
      c = unNaN(c);
      d = unNaN(d);
      again = true;
    }
    if (isInf(c) || isInf(d)) {
      c = box(c);
      d = box(d);
      a = unNaN(a);
      b = unNaN(b);
      again = true;
    }
    if (!again && (isInf(ac) || isInf(bd) || isInf(ad) || isInf(bc))) {
      a = unNaN(a);
      b = unNaN(b);
      c = unNaN(c);
      d = unNaN(d);
      again = true;
    }
    if (again) {
      return new PyComplex(
        Infinity * (a * c - b * d),
        Infinity * (a * d + b * c),
      );
    }
  }
  return new PyComplex(re, im);
}

function divisionByZero(): Error {
  return zeroDivisionError("division by zero") as unknown as Error;
}

/** (a + bi) / (c + di) */
export function complexDiv(
  a: number,
  b: number,
  c: number,
  d: number,
): PyComplex {
  const ac = Math.abs(c), ad = Math.abs(d);
  let re = NaN, im = NaN;
  if (ac >= ad) {
    if (ac === 0) throw divisionByZero();
    const ratio = d / c, denom = c + d * ratio;
    re = (a + b * ratio) / denom;
    im = (b - a * ratio) / denom;
  } else if (ad >= ac) {
    const ratio = c / d, denom = c * ratio + d;
    re = (a * ratio + b) / denom;
    im = (b * ratio - a) / denom;
  }
  if (re !== re && im !== im) {
    if ((isInf(a) || isInf(b)) && Number.isFinite(c) && Number.isFinite(d)) {
      const x = box(a), y = box(b);
      re = Infinity * (x * c + y * d);
      im = Infinity * (y * c - x * d);
    } else if (
      (isInf(c) || isInf(d)) && Number.isFinite(a) && Number.isFinite(b)
    ) {
      const x = box(c), y = box(d);
      re = 0 * (a * x + b * y);
      im = 0 * (b * x - a * y);
    }
  }
  return new PyComplex(re, im);
}
/** (a + bi) / c */
export function crDiv(a: number, b: number, c: number): PyComplex {
  if (c === 0) throw divisionByZero();
  return new PyComplex(a / c, b / c);
}
/** a / (c + di) */
export function rcDiv(a: number, c: number, d: number): PyComplex {
  const ac = Math.abs(c), ad = Math.abs(d);
  let re = NaN, im = NaN;
  if (ac >= ad) {
    if (ac === 0) throw divisionByZero();
    const ratio = d / c, denom = c + d * ratio;
    re = a / denom;
    im = (-a * ratio) / denom;
  } else if (ad >= ac) {
    const ratio = c / d, denom = c * ratio + d;
    re = (a * ratio) / denom;
    im = -a / denom;
  }
  if (re !== re && im !== im && Number.isFinite(a) && (isInf(c) || isInf(d))) {
    const x = box(c), y = box(d);
    re = 0 * (a * x);
    im = 0 * (-a * y);
  }
  return new PyComplex(re, im);
}

function powUnsigned(re: number, im: number, n: number): PyComplex {
  let r = new PyComplex(1, 0), p = new PyComplex(re, im);
  for (let mask = 1; n >= mask; mask *= 2) {
    if ((n & mask) !== 0) r = complexMul(r.re, r.im, p.re, p.im);
    p = complexMul(p.re, p.im, p.re, p.im);
  }
  return r;
}
function badPower(): Error {
  return zeroDivisionError(
    "zero to a negative or complex power",
  ) as unknown as Error;
}

/** (a + bi) ** (c + di) */
export function complexPow(
  a: number,
  b: number,
  c: number,
  d: number,
): PyComplex {
  let r: PyComplex;
  if (d === 0 && c === Math.floor(c) && Math.abs(c) <= 100) {
    if (c > 0) r = powUnsigned(a, b, c);
    else if (c === 0) r = new PyComplex(1, 0);
    else {
      const p = powUnsigned(a, b, -c);
      if (p.re === 0 && p.im === 0) throw badPower();
      r = complexDiv(1, 0, p.re, p.im);
    }
  } else r = generalPow(a, b, c, d);
  if (isInf(r.re) || isInf(r.im)) {
    throw overflowError("complex exponentiation");
  }
  return r;
}
function generalPow(a: number, b: number, c: number, d: number): PyComplex {
  if (c === 0 && d === 0) return new PyComplex(1, 0);
  if (a === 0 && b === 0) {
    if (d !== 0 || c < 0) throw badPower();
    return new PyComplex(0, 0);
  }
  const abs = libmHypot(a, b), at = libmAtan2(b, a);
  let len = libmPow(abs, c), phase = at * c;
  if (d !== 0) {
    len *= libmExp(-at * d);
    phase += d * libmLog(abs);
  }
  // the C library calls the cosine of an infinity a domain error
  if (isInf(phase)) throw badPower();
  return new PyComplex(len * libmCos(phase), len * libmSin(phase));
}

/** `abs()` of a complex number; OverflowError when it is too large. */
export function complexAbs(re: number, im: number): number {
  if (isInf(re) || isInf(im)) return Infinity;
  if (re !== re || im !== im) return NaN;
  const r = libmHypot(re, im);
  if (r === Infinity) throw overflowError("absolute value too large");
  return r;
}
