// CPython 3.14: Modules/_decimal/libmpdec/mpdecimal.c (basic arithmetic)
//
// + - * / and what is near to them. Every function gets finite and special operands, leaves its
// conditions in `ctx.work` and returns a fresh, finalised number.

import type { Int } from "../core/objects/object.ts";
import { intAdd, intMul, intSub, normInt } from "../core/objects/int_ops.ts";
import { cur } from "../core/objects/state.ts";
import {
  CLAMPED,
  type DecCtx,
  DIVISION_BY_ZERO,
  DIVISION_IMPOSSIBLE,
  DIVISION_UNDEFINED,
  finalize,
  FINITE,
  INEXACT,
  INF,
  invalid,
  INVALID_OPERATION,
  maxCoefficient,
  nan1,
  nan2,
  pow10,
  PyDecimal,
  QNAN,
  ROUND_CEILING,
  ROUND_FLOOR,
  ROUND_HALF_EVEN,
  ROUNDED,
  shiftLeft,
  shiftRight,
  shiftRound,
  special,
  trailingZeros,
} from "./_decimal_number.ts";

export type Unary = (a: PyDecimal, ctx: DecCtx) => PyDecimal;
export type Binary = (a: PyDecimal, b: PyDecimal, ctx: DecCtx) => PyDecimal;

// ---- addition and subtraction ----------------------------------------------------------------

function addSigned(a: PyDecimal, b: PyDecimal, bneg: boolean, ctx: DecCtx): PyDecimal {
  let x = a.coef, y = b.coef, exp = a.exp;
  if (exp !== b.exp) {
    let big = a, small = b;
    if (exp < b.exp) {
      big = b;
      small = a;
    }
    let sc = small.coef, bc = big.coef;
    exp = small.exp;
    if (bc !== 0) {
      // of an operand that lies wholly below the other one's digits only the sign matters
      const over = intSub(big.digits, ctx.prec);
      const limit = intAdd(intSub(big.exp, 1), over > 0 ? 0 : intSub(over, 1));
      if (small.adjusted < limit) {
        exp = limit;
        sc = sc === 0 ? 0 : 1;
      }
      bc = shiftLeft(bc, intSub(big.exp, exp));
    }
    if (big === a) {
      x = bc;
      y = sc;
    } else {
      x = sc;
      y = bc;
    }
  }
  const aneg = a.neg;
  if (aneg === bneg) return finalize(new PyDecimal(aneg, intAdd(x, y), exp), ctx);
  const r = intSub(x, y);
  if (r === 0) return finalize(new PyDecimal(ctx.round === ROUND_FLOOR, 0, exp), ctx);
  return finalize(r > 0 ? new PyDecimal(aneg, r, exp) : new PyDecimal(bneg, -r as Int, exp), ctx);
}
function addSpecial(a: PyDecimal, b: PyDecimal, bneg: boolean, ctx: DecCtx): PyDecimal {
  const nan = nan2(a, b, ctx);
  if (nan !== undefined) return nan;
  if (a.kind === INF) {
    if (b.kind === INF && a.neg !== bneg) return invalid(ctx);
    return special(a.neg, INF);
  }
  return special(bneg, INF);
}
export function add(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return (a.kind | b.kind) === 0 ? addSigned(a, b, b.neg, ctx) : addSpecial(a, b, b.neg, ctx);
}
export function subtract(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return (a.kind | b.kind) === 0 ? addSigned(a, b, !b.neg, ctx) : addSpecial(a, b, !b.neg, ctx);
}

// ---- signs -----------------------------------------------------------------------------------

export function plus(a: PyDecimal, ctx: DecCtx): PyDecimal {
  if (a.kind >= QNAN) return nan1(a, ctx)!;
  const r = a.copy();
  if (a.coef === 0 && a.kind === FINITE) r.neg = a.neg && ctx.round === ROUND_FLOOR;
  return finalize(r, ctx);
}
export function minus(a: PyDecimal, ctx: DecCtx): PyDecimal {
  if (a.kind >= QNAN) return nan1(a, ctx)!;
  const r = a.copy();
  r.neg = a.coef === 0 && a.kind === FINITE ? !a.neg && ctx.round === ROUND_FLOOR : !a.neg;
  return finalize(r, ctx);
}
export function abs(a: PyDecimal, ctx: DecCtx): PyDecimal {
  return a.neg ? minus(a, ctx) : plus(a, ctx);
}
/** A copy that is brought into the context's bounds. */
export function apply(a: PyDecimal, ctx: DecCtx): PyDecimal {
  return finalize(a.copy(), ctx);
}

// ---- multiplication --------------------------------------------------------------------------

/** The product, exact where both operands are finite. */
export function exactProduct(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  const neg = a.neg !== b.neg;
  if ((a.kind | b.kind) !== 0) {
    const nan = nan2(a, b, ctx);
    if (nan !== undefined) return nan;
    if (a.isZero || b.isZero) return invalid(ctx);
    return special(neg, INF);
  }
  return new PyDecimal(neg, intMul(a.coef, b.coef), intAdd(a.exp, b.exp));
}
export function multiply(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return finalize(exactProduct(a, b, ctx), ctx);
}
/** `a * b + c` with one rounding. */
export function fma(a: PyDecimal, b: PyDecimal, c: PyDecimal, ctx: DecCtx): PyDecimal {
  const p = exactProduct(a, b, ctx);
  return (ctx.work & INVALID_OPERATION) !== 0 ? finalize(p, ctx) : add(p, c, ctx);
}

// ---- division --------------------------------------------------------------------------------

export function divide(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  const neg = a.neg !== b.neg;
  if ((a.kind | b.kind) !== 0) {
    const nan = nan2(a, b, ctx);
    if (nan !== undefined) return nan;
    if (a.kind === INF) return b.kind === INF ? invalid(ctx) : special(neg, INF);
    ctx.work |= CLAMPED;
    return new PyDecimal(neg, 0, ctx.etiny());
  }
  if (b.coef === 0) {
    if (a.coef === 0) return invalid(ctx, DIVISION_UNDEFINED);
    ctx.work |= DIVISION_BY_ZERO;
    return special(neg, INF);
  }
  const ideal = intSub(a.exp, b.exp);
  if (a.coef === 0) return finalize(new PyDecimal(neg, 0, ideal), ctx);
  const x = a.coef, y = b.coef;
  if (typeof x === "number" && typeof y === "number") {
    const q = x / y;
    if (Number.isInteger(q) && q * y === x) return finalize(new PyDecimal(neg, q, ideal), ctx);
  }
  const shift = intAdd(b.digits - a.digits + 1, ctx.prec);
  let exp = intSub(ideal, shift);
  let n = BigInt(x), d = BigInt(y);
  if (shift > 0) n *= pow10(shift);
  else if (shift < 0) d *= pow10(-shift);
  cur.tick(1 + b.digits / 64);
  let q = n / d;
  if (q * d !== n) {
    if (q % 5n === 0n) q += 1n; // sticky digit
    return finalize(new PyDecimal(neg, normInt(q), exp), ctx);
  }
  let coef = normInt(q);
  const room = intSub(ideal, exp);
  if (room > 0) {
    const z = trailingZeros(coef, room);
    if (z > 0) {
      coef = shiftRight(coef, z, ctx);
      exp = intAdd(exp, z);
    }
  }
  return finalize(new PyDecimal(neg, coef, exp), ctx);
}

/** Quotient and remainder of finite operands, b not 0; undefined: the quotient has too many digits. */
function integerDivision(a: PyDecimal, b: PyDecimal, ctx: DecCtx): [q: Int, r: Int, exp: Int] | undefined {
  const exp = a.exp < b.exp ? a.exp : b.exp;
  if (a.coef === 0) return [0, 0, exp];
  const diff = intSub(a.adjusted, b.adjusted);
  if (diff < 0) return [0, shiftLeft(a.coef, intSub(a.exp, exp)), exp];
  if (diff > ctx.prec) return undefined;
  const x = shiftLeft(a.coef, intSub(a.exp, exp)), y = shiftLeft(b.coef, intSub(b.exp, exp));
  if (typeof x === "number" && typeof y === "number") {
    const r = x % y, q = (x - r) / y;
    if (q >= pow10Limit(ctx.prec)) return undefined;
    return [q, r, exp];
  }
  const n = BigInt(x), d = BigInt(y);
  const q = n / d;
  if (!(typeof ctx.prec === "bigint") && q >= pow10(ctx.prec)) return undefined;
  return [normInt(q), normInt(n - q * d), exp];
}
function pow10Limit(prec: Int): number {
  return prec > 15 ? Infinity : 10 ** (prec as number);
}

/** `a // b`, truncating. */
export function divideInt(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  const neg = a.neg !== b.neg;
  if ((a.kind | b.kind) !== 0) {
    const nan = nan2(a, b, ctx);
    if (nan !== undefined) return nan;
    if (a.kind === INF) return b.kind === INF ? invalid(ctx) : special(neg, INF);
    return new PyDecimal(neg, 0, 0);
  }
  if (b.coef === 0) {
    if (a.coef === 0) return invalid(ctx, DIVISION_UNDEFINED);
    ctx.work |= DIVISION_BY_ZERO;
    return special(neg, INF);
  }
  const r = integerDivision(a, b, ctx);
  if (r === undefined) return invalid(ctx, DIVISION_IMPOSSIBLE);
  return finalize(new PyDecimal(neg, r[0], 0), ctx);
}
/** `a % b` with the sign of a. */
export function remainder(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  if ((a.kind | b.kind) !== 0) {
    const nan = nan2(a, b, ctx);
    if (nan !== undefined) return nan;
    return a.kind === INF ? invalid(ctx) : apply(a, ctx);
  }
  if (b.coef === 0) return invalid(ctx, a.coef === 0 ? DIVISION_UNDEFINED : INVALID_OPERATION);
  const r = integerDivision(a, b, ctx);
  if (r === undefined) return invalid(ctx, DIVISION_IMPOSSIBLE);
  return finalize(new PyDecimal(a.neg, r[1], r[2]), ctx);
}
export function divmod(a: PyDecimal, b: PyDecimal, ctx: DecCtx): [PyDecimal, PyDecimal] {
  const neg = a.neg !== b.neg;
  const both = (condition: number): [PyDecimal, PyDecimal] => {
    ctx.work |= condition;
    return [special(false, QNAN), special(false, QNAN)];
  };
  if ((a.kind | b.kind) !== 0) {
    const nan = nan2(a, b, ctx);
    if (nan !== undefined) return [nan, nan.copy()];
    if (a.kind === INF) {
      if (b.kind === INF) return both(INVALID_OPERATION);
      return [special(neg, INF), invalid(ctx)];
    }
    return [new PyDecimal(neg, 0, 0), apply(a, ctx)];
  }
  if (b.coef === 0) {
    if (a.coef === 0) return both(DIVISION_UNDEFINED);
    ctx.work |= DIVISION_BY_ZERO;
    return [special(neg, INF), invalid(ctx)];
  }
  const r = integerDivision(a, b, ctx);
  if (r === undefined) return both(DIVISION_IMPOSSIBLE);
  return [finalize(new PyDecimal(neg, r[0], 0), ctx), finalize(new PyDecimal(a.neg, r[1], r[2]), ctx)];
}
/** `a - b * n`, n the integer nearest to a / b. */
export function remainderNear(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  if ((a.kind | b.kind) !== 0) {
    const nan = nan2(a, b, ctx);
    if (nan !== undefined) return nan;
    return a.kind === INF ? invalid(ctx) : apply(a, ctx);
  }
  if (b.coef === 0) return invalid(ctx, a.coef === 0 ? DIVISION_UNDEFINED : INVALID_OPERATION);
  const exp = a.exp < b.exp ? a.exp : b.exp;
  if (a.coef === 0) return finalize(new PyDecimal(a.neg, 0, exp), ctx);
  const diff = intSub(a.adjusted, b.adjusted);
  if (diff > ctx.prec) return invalid(ctx, DIVISION_IMPOSSIBLE);
  if (diff <= -2) {
    return finalize(new PyDecimal(a.neg, shiftLeft(a.coef, intSub(a.exp, exp)), exp), ctx);
  }
  const n = BigInt(shiftLeft(a.coef, intSub(a.exp, exp))), d = BigInt(shiftLeft(b.coef, intSub(b.exp, exp)));
  let q = n / d, r = n - q * d, neg = a.neg;
  if (2n * r + (q & 1n) > d) {
    r -= d;
    q += 1n;
  }
  if (typeof ctx.prec === "number" && q >= pow10(ctx.prec)) return invalid(ctx, DIVISION_IMPOSSIBLE);
  if (r < 0n) {
    r = -r;
    neg = !neg;
  }
  return finalize(new PyDecimal(neg, normInt(r), exp), ctx);
}

// ---- changes of the exponent -----------------------------------------------------------------

/** `a` with another exponent, without bounds on the precision and without conditions. */
export function rescale(a: PyDecimal, exp: Int, ctx: DecCtx): PyDecimal {
  const diff = intSub(a.exp, exp);
  if (a.coef === 0) return new PyDecimal(a.neg, 0, exp);
  const c = diff >= 0 ? shiftLeft(a.coef, diff) : shiftRound(a.coef, intSub(0, diff), a.neg, ctx);
  return new PyDecimal(a.neg, c, exp);
}
export function quantize(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  if ((a.kind | b.kind) !== 0) {
    const nan = nan2(a, b, ctx);
    if (nan !== undefined) return nan;
    return a.kind === b.kind ? a.copy() : invalid(ctx);
  }
  return quantizeTo(a, b.exp, ctx);
}
/** `a` with the exponent `exp`. */
export function quantizeTo(a: PyDecimal, exp: Int, ctx: DecCtx): PyDecimal {
  if (exp > ctx.emax || exp < ctx.etiny()) return invalid(ctx);
  if (a.coef === 0) return finalize(new PyDecimal(a.neg, 0, exp), ctx);
  const diff = intSub(a.exp, exp);
  if (intAdd(diff, a.digits) > ctx.prec) return invalid(ctx);
  let r: PyDecimal, conditions = 0;
  if (diff >= 0) r = new PyDecimal(a.neg, shiftLeft(a.coef, diff), exp);
  else {
    r = new PyDecimal(a.neg, shiftRound(a.coef, intSub(0, diff), a.neg, ctx), exp);
    conditions = ctx.rest === 0 ? ROUNDED : ROUNDED | INEXACT;
    if (r.digits > ctx.prec) return invalid(ctx);
  }
  if (r.adjusted > ctx.emax) return invalid(ctx);
  ctx.work |= conditions;
  return finalize(r, ctx);
}
function toIntegral(a: PyDecimal, exact: boolean, ctx: DecCtx): PyDecimal {
  if (a.kind !== FINITE) return nan1(a, ctx) ?? a.copy();
  if (a.exp >= 0) return a.copy();
  if (a.coef === 0) return new PyDecimal(a.neg, 0, 0);
  const c = shiftRound(a.coef, intSub(0, a.exp), a.neg, ctx);
  if (exact) ctx.work |= ctx.rest === 0 ? ROUNDED : ROUNDED | INEXACT;
  return new PyDecimal(a.neg, c, 0);
}
export function toIntegralValue(a: PyDecimal, ctx: DecCtx): PyDecimal {
  return toIntegral(a, false, ctx);
}
export function toIntegralExact(a: PyDecimal, ctx: DecCtx): PyDecimal {
  return toIntegral(a, true, ctx);
}
/** Without trailing zeros. */
export function reduce(a: PyDecimal, ctx: DecCtx): PyDecimal {
  if (a.kind !== FINITE) return nan1(a, ctx) ?? a.copy();
  const r = finalize(a.copy(), ctx);
  if (r.kind !== FINITE) return r;
  if (r.coef === 0) return new PyDecimal(r.neg, 0, 0);
  const max = intSub(ctx.clamp ? ctx.etop() : ctx.emax, r.exp);
  const z = trailingZeros(r.coef, max > 0 ? max : 0);
  return z === 0 ? r : new PyDecimal(r.neg, shiftRight(r.coef, z, ctx), intAdd(r.exp, z));
}

// ---- neighbours ------------------------------------------------------------------------------

function next(a: PyDecimal, up: boolean, ctx: DecCtx): PyDecimal {
  if (a.kind !== FINITE) {
    const nan = nan1(a, ctx);
    if (nan !== undefined) return nan;
    if (a.neg !== up) return a.copy();
    return new PyDecimal(a.neg, maxCoefficient(ctx), ctx.etop());
  }
  const w = ctx.clone();
  w.round = up ? ROUND_CEILING : ROUND_FLOOR;
  let r = finalize(a.copy(), w);
  if ((w.work & INEXACT) === 0) r = add(a, new PyDecimal(!up, 1, intSub(ctx.etiny(), 1)), w);
  return r;
}
export function nextPlus(a: PyDecimal, ctx: DecCtx): PyDecimal {
  return next(a, true, ctx);
}
export function nextMinus(a: PyDecimal, ctx: DecCtx): PyDecimal {
  return next(a, false, ctx);
}

// ---- square root -----------------------------------------------------------------------------

/** The integer square root. */
export function isqrt(n: bigint): bigint {
  if (n < 2n ** 52n) return BigInt(Math.floor(Math.sqrt(Number(n))));
  // the high half's root, then one step of Newton's method doubles the digits
  const bits = n.toString(16).length * 4;
  const s = BigInt(bits >> 2);
  const high = isqrt(n >> (2n * s));
  let x = (high + 1n) << s;
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}
export function sqrt(a: PyDecimal, ctx: DecCtx): PyDecimal {
  if (a.kind !== FINITE) {
    return nan1(a, ctx) ?? (a.neg ? invalid(ctx) : a.copy());
  }
  const odd = typeof a.exp === "number" ? a.exp % 2 !== 0 : (a.exp & 1n) === 1n;
  const half = typeof a.exp === "number" ? Math.floor(a.exp / 2) : normInt(a.exp >> 1n);
  if (a.coef === 0) return finalize(new PyDecimal(a.neg, 0, half), ctx);
  if (a.neg) return invalid(ctx);
  const prec = intAdd(ctx.prec, 1);
  let c = BigInt(odd ? shiftLeft(a.coef, 1) : a.coef), e = half;
  const len = odd ? (a.digits >> 1) + 1 : (a.digits + 1) >> 1;
  const shift = intSub(prec, len);
  let exact = true;
  if (shift >= 0) c *= pow10(intAdd(shift, shift));
  else {
    const p = pow10(intSub(0, intAdd(shift, shift)));
    const q = c / p;
    exact = q * p === c;
    c = q;
  }
  e = intSub(e, shift);
  cur.tick(1 + (prec as number) / 32);
  let n = isqrt(c);
  exact &&= n * n === c;
  if (exact) {
    if (shift >= 0) n /= pow10(shift);
    else n *= pow10(intSub(0, shift));
    e = intAdd(e, shift);
  } else if (n % 5n === 0n) n += 1n;
  return finalizeHalfEven(new PyDecimal(false, normInt(n), e), ctx);
}
/** Finalises by the rounding mode of the functions that have no other. */
export function finalizeHalfEven(d: PyDecimal, ctx: DecCtx): PyDecimal {
  const w = ctx.clone();
  w.round = ROUND_HALF_EVEN;
  finalize(d, w);
  ctx.work |= w.work;
  return d;
}
