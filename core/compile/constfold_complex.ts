// CPython 3.14: Objects/complexobject.c
//
// Complex arithmetic for constant folding. An operand that is a real number
// has no imaginary part at all (not a zero one), so 1 - 0j is (1-0j) and
// 2 * infj has no NaN in it.

import { NB } from "../code/opcodes.ts";
import { libmAtan2, libmCos, libmExp, libmHypot, libmLog, libmPow, libmSin } from "../objects/libm.ts";
import { PyComplex, PyFloat, type Value } from "../objects/object.ts";

type Real = number;
interface Complex {
  re: number;
  im: number;
}

const copysign = (x: number, y: number) => (y < 0 || Object.is(y, -0)) ? -Math.abs(x) : Math.abs(x);

function multiply(z: Complex, w: Complex): Complex {
  let a = z.re, b = z.im, c = w.re, d = w.im;
  const ac = a * c, bd = b * d, ad = a * d, bc = b * c;
  let re = ac - bd, im = ad + bc;
  if (re !== re && im !== im) {
    // An infinity met a NaN: C99 Annex G restores the infinity.
    const inf = (x: number) => x === Infinity || x === -Infinity;
    const box = (x: number) => copysign(inf(x) ? 1 : 0, x);
    const unnan = (x: number) => x !== x ? copysign(0, x) : x;
    let recalc = false;
    if (inf(a) || inf(b)) {
      a = box(a);
      b = box(b);
      c = unnan(c);
      d = unnan(d);
      recalc = true;
    }
    if (inf(c) || inf(d)) {
      c = box(c);
      d = box(d);
      a = unnan(a);
      b = unnan(b);
      recalc = true;
    }
    if (!recalc && (inf(ac) || inf(bd) || inf(ad) || inf(bc))) {
      a = unnan(a);
      b = unnan(b);
      c = unnan(c);
      d = unnan(d);
      recalc = true;
    }
    if (recalc) {
      re = Infinity * (a * c - b * d);
      im = Infinity * (a * d + b * c);
    }
  }
  return { re, im };
}

function divide(a: Complex, b: Complex): Complex | undefined {
  const absRe = Math.abs(b.re), absIm = Math.abs(b.im);
  let re: number, im: number;
  if (absRe >= absIm) {
    if (absRe === 0) return undefined;
    const ratio = b.im / b.re;
    const denom = b.re + b.im * ratio;
    re = (a.re + a.im * ratio) / denom;
    im = (a.im - a.re * ratio) / denom;
  } else if (absIm >= absRe) {
    const ratio = b.re / b.im;
    const denom = b.re * ratio + b.im;
    re = (a.re * ratio + a.im) / denom;
    im = (a.im * ratio - a.re) / denom;
  } else {
    re = im = NaN;
  }
  return mendQuotient(a, b, re, im);
}

function mendQuotient(
  a: Complex,
  b: Complex,
  re: number,
  im: number,
): Complex {
  if (re === re || im === im) return { re, im };
  const inf = (x: number) => x === Infinity || x === -Infinity;
  if (
    (inf(a.re) || inf(a.im)) && Number.isFinite(b.re) && Number.isFinite(b.im)
  ) {
    const x = copysign(inf(a.re) ? 1 : 0, a.re);
    const y = copysign(inf(a.im) ? 1 : 0, a.im);
    return {
      re: Infinity * (x * b.re + y * b.im),
      im: Infinity * (y * b.re - x * b.im),
    };
  }
  if (
    (inf(b.re) || inf(b.im)) && Number.isFinite(a.re) && Number.isFinite(a.im)
  ) {
    const x = copysign(inf(b.re) ? 1 : 0, b.re);
    const y = copysign(inf(b.im) ? 1 : 0, b.im);
    return { re: 0 * (a.re * x + a.im * y), im: 0 * (a.im * x - a.re * y) };
  }
  return { re, im };
}

/** real / complex */
function divideReal(a: Real, b: Complex): Complex | undefined {
  const absRe = Math.abs(b.re), absIm = Math.abs(b.im);
  let re: number, im: number;
  if (absRe >= absIm) {
    if (absRe === 0) return undefined;
    const ratio = b.im / b.re;
    const denom = b.re + b.im * ratio;
    re = a / denom;
    im = (-a * ratio) / denom;
  } else if (absIm >= absRe) {
    const ratio = b.re / b.im;
    const denom = b.re * ratio + b.im;
    re = (a * ratio) / denom;
    im = -a / denom;
  } else {
    re = im = NaN;
  }
  const inf = (x: number) => x === Infinity || x === -Infinity;
  if (
    re !== re && im !== im && Number.isFinite(a) && (inf(b.re) || inf(b.im))
  ) {
    const x = copysign(inf(b.re) ? 1 : 0, b.re);
    const y = copysign(inf(b.im) ? 1 : 0, b.im);
    return { re: 0 * (a * x), im: 0 * (-a * y) };
  }
  return { re, im };
}

function powerInt(x: Complex, n: number): Complex | undefined {
  const positive = (z: Complex, k: number): Complex => {
    let out: Complex = { re: 1, im: 0 };
    for (let base = z;; base = multiply(base, base)) {
      if (k & 1) out = multiply(out, base);
      k >>= 1;
      if (k === 0) return out;
    }
  };
  if (n > 0) return positive(x, n);
  return divide({ re: 1, im: 0 }, positive(x, -n));
}

function power(a: Complex, b: Complex): Complex | undefined {
  if (b.re === 0 && b.im === 0) return { re: 1, im: 0 };
  if (b.im === 0 && b.re === Math.floor(b.re) && Math.abs(b.re) <= 100) {
    return powerInt(a, b.re);
  }
  if (a.re === 0 && a.im === 0) {
    return b.im !== 0 || b.re < 0 ? undefined : { re: 0, im: 0 };
  }
  const abs = libmHypot(a.re, a.im);
  let length = libmPow(abs, b.re);
  const angle = libmAtan2(a.im, a.re);
  let phase = angle * b.re;
  if (b.im !== 0) {
    length *= libmExp(-angle * b.im);
    phase += b.im * libmLog(abs);
  }
  // The C library's sin and cos have a domain error there.
  if (Math.abs(phase) === Infinity) return undefined;
  return { re: length * libmCos(phase), im: length * libmSin(phase) };
}

/** A binary operation of which at least one operand is complex (or a power). */
export function complexBinary(
  op: number,
  left: PyComplex | PyFloat,
  right: PyComplex | PyFloat,
): Value | undefined {
  const a: Complex = left instanceof PyFloat ? { re: left.v, im: 0 } : { re: left.re, im: left.im };
  const b: Complex = right instanceof PyFloat ? { re: right.v, im: 0 } : { re: right.re, im: right.im };
  const realLeft = left instanceof PyFloat,
    realRight = right instanceof PyFloat;
  let out: Complex | undefined;
  switch (op) {
    case NB.ADD:
      out = {
        re: a.re + b.re,
        im: realLeft ? b.im : realRight ? a.im : a.im + b.im,
      };
      break;
    case NB.SUBTRACT:
      out = {
        re: a.re - b.re,
        im: realLeft ? -b.im : realRight ? a.im : a.im - b.im,
      };
      break;
    case NB.MULTIPLY:
      out = realLeft
        ? { re: a.re * b.re, im: a.re * b.im }
        : realRight
        ? { re: a.re * b.re, im: a.im * b.re }
        : multiply(a, b);
      break;
    case NB.TRUE_DIVIDE:
      if (realRight) {
        out = b.re === 0 ? undefined : { re: a.re / b.re, im: a.im / b.re };
      } else {
        out = realLeft ? divideReal(a.re, b) : divide(a, b);
      }
      break;
    case NB.POWER:
      out = power(a, b);
      // An infinite result is an OverflowError, a NaN is none.
      if (
        out !== undefined &&
        (Math.abs(out.re) === Infinity || Math.abs(out.im) === Infinity)
      ) out = undefined;
      break;
  }
  return out === undefined ? undefined : new PyComplex(out.re, out.im);
}
