// CPython 3.14: Modules/_decimal/libmpdec/mpdecimal.c (comparisons, classes, logical operations)

import type { Int } from "../core/objects/object.ts";
import { intAdd, intCompare, intSub, normInt } from "../core/objects/int_ops.ts";
import {
  CLAMPED,
  type DecCtx,
  DIVISION_BY_ZERO,
  finalize,
  FINITE,
  INEXACT,
  INF,
  invalid,
  INVALID_OPERATION,
  nan1,
  nan2,
  OVERFLOW,
  pow10,
  PyDecimal,
  QNAN,
  ROUNDED,
  shiftLeft,
  SNAN,
  special,
  SUBNORMAL,
  UNDERFLOW,
} from "./_decimal_number.ts";
import { nextMinus, nextPlus } from "./_decimal_arith.ts";

/** Compares magnitudes of finite numbers. */
export function cmpAbs(a: PyDecimal, b: PyDecimal): number {
  if (a.coef === 0) return b.coef === 0 ? 0 : -1;
  if (b.coef === 0) return 1;
  if (a.exp === b.exp) return intCompare(a.coef, b.coef);
  const x = a.adjusted, y = b.adjusted;
  if (x !== y) return x < y ? -1 : 1;
  const shift = intSub(a.exp, b.exp);
  return shift > 0
    ? intCompare(shiftLeft(a.coef, shift), b.coef)
    : intCompare(a.coef, shiftLeft(b.coef, intSub(0, shift)));
}
/** Compares numbers, none a NaN: -1, 0 or 1. */
export function cmp(a: PyDecimal, b: PyDecimal): number {
  if (a.kind === INF || b.kind === INF) {
    const x = a.kind === INF ? (a.neg ? -1 : 1) : 0, y = b.kind === INF ? (b.neg ? -1 : 1) : 0;
    return Math.sign(x - y);
  }
  if (a.coef === 0 && b.coef === 0) return 0;
  if (a.coef === 0) return b.neg ? 1 : -1;
  if (b.coef === 0 || a.neg !== b.neg) return a.neg ? -1 : 1;
  const c = cmpAbs(a, b);
  return a.neg ? 0 - c : c;
}
function small(n: number): PyDecimal {
  return new PyDecimal(n < 0, Math.abs(n), 0);
}
export function compare(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return nan2(a, b, ctx) ?? small(cmp(a, b));
}
export function compareSignal(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  const nan = nan2(a, b, ctx);
  if (nan === undefined) return small(cmp(a, b));
  ctx.work |= INVALID_OPERATION;
  return nan;
}

// ---- the total order -------------------------------------------------------------------------

function orderOf(kind: number): number {
  return kind === QNAN ? 2 : kind === SNAN ? 1 : 0;
}
/** The total order of magnitudes; negative ones go the other way. */
function totalAbs(a: PyDecimal, b: PyDecimal): number {
  const x = orderOf(a.kind), y = orderOf(b.kind);
  if (x !== y) return x < y ? -1 : 1;
  if (x !== 0) return intCompare(a.coef, b.coef);
  if (a.kind === INF || b.kind === INF) return (a.kind === INF ? 1 : 0) - (b.kind === INF ? 1 : 0);
  const c = cmpAbs(a, b);
  if (c !== 0) return c;
  return a.exp === b.exp ? 0 : a.exp < b.exp ? -1 : 1;
}
export function cmpTotal(a: PyDecimal, b: PyDecimal): number {
  if (a.neg !== b.neg) return a.neg ? -1 : 1;
  const c = totalAbs(a, b);
  return a.neg ? 0 - c : c;
}
export function compareTotal(a: PyDecimal, b: PyDecimal): PyDecimal {
  return small(cmpTotal(a, b));
}
export function compareTotalMag(a: PyDecimal, b: PyDecimal): PyDecimal {
  return small(totalAbs(a, b));
}

// ---- the larger and the smaller --------------------------------------------------------------

function chosen(a: PyDecimal, b: PyDecimal, max: boolean, mag: boolean, ctx: DecCtx): PyDecimal {
  if (a.kind === QNAN && b.kind < QNAN) return finalize(b.copy(), ctx);
  if (b.kind === QNAN && a.kind < QNAN) return finalize(a.copy(), ctx);
  const nan = nan2(a, b, ctx);
  if (nan !== undefined) return nan;
  let c = 0;
  if (mag) {
    c = a.kind === INF || b.kind === INF ? (a.kind === INF ? 1 : 0) - (b.kind === INF ? 1 : 0) : cmpAbs(a, b);
  } else c = cmp(a, b);
  if (c === 0) c = cmpTotal(a, b);
  return finalize((c < 0) === max ? b.copy() : a.copy(), ctx);
}
export function max(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return chosen(a, b, true, false, ctx);
}
export function min(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return chosen(a, b, false, false, ctx);
}
export function maxMag(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return chosen(a, b, true, true, ctx);
}
export function minMag(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return chosen(a, b, false, true, ctx);
}

// ---- classes ---------------------------------------------------------------------------------

export function isNormal(a: PyDecimal, ctx: DecCtx): boolean {
  return a.kind === FINITE && a.coef !== 0 && a.adjusted >= ctx.emin;
}
export function isSubnormal(a: PyDecimal, ctx: DecCtx): boolean {
  return a.kind === FINITE && a.coef !== 0 && a.adjusted < ctx.emin;
}
export function numberClass(a: PyDecimal, ctx: DecCtx): string {
  if (a.kind === QNAN) return "NaN";
  if (a.kind === SNAN) return "sNaN";
  const sign = a.neg ? "-" : "+";
  if (a.kind === INF) return sign + "Infinity";
  if (a.coef === 0) return sign + "Zero";
  return sign + (a.adjusted < ctx.emin ? "Subnormal" : "Normal");
}
export function sameQuantum(a: PyDecimal, b: PyDecimal): boolean {
  if ((a.kind | b.kind) !== 0) {
    return a.kind === INF && b.kind === INF || a.kind >= QNAN && b.kind >= QNAN;
  }
  return a.exp === b.exp;
}
export function copySign(a: PyDecimal, b: PyDecimal): PyDecimal {
  const r = a.copy();
  r.neg = b.neg;
  return r;
}
export function logb(a: PyDecimal, ctx: DecCtx): PyDecimal {
  if (a.kind !== FINITE) return nan1(a, ctx) ?? special(false, INF);
  if (a.coef === 0) {
    ctx.work |= DIVISION_BY_ZERO;
    return special(true, INF);
  }
  const e = a.adjusted;
  return finalize(new PyDecimal(e < 0, e < 0 ? intSub(0, e) : e, 0), ctx);
}
export function nextToward(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  const nan = nan2(a, b, ctx);
  if (nan !== undefined) return nan;
  const c = cmp(a, b);
  if (c === 0) return copySign(a, b);
  const r = c < 0 ? nextPlus(a, ctx) : nextMinus(a, ctx);
  if (r.kind === INF) ctx.work |= OVERFLOW | ROUNDED | INEXACT;
  else if (r.adjusted < ctx.emin) {
    ctx.work |= UNDERFLOW | SUBNORMAL | ROUNDED | INEXACT;
    if (r.coef === 0) ctx.work |= CLAMPED;
  }
  return r;
}

// ---- digits as bits --------------------------------------------------------------------------

/** The bits of a logical operand; undefined: not one. */
function bits(a: PyDecimal): bigint | undefined {
  if (a.kind !== FINITE || a.neg || a.exp !== 0) return undefined;
  const text = a.coef.toString();
  return /[^01]/.test(text) ? undefined : BigInt("0b" + text);
}
/** The number of these bits, the low `prec` of them. */
function fromBits(b: bigint, ctx: DecCtx): PyDecimal {
  let text = b.toString(2);
  if (text.length > ctx.prec) text = text.slice(text.length - Number(ctx.prec));
  return new PyDecimal(false, normInt(BigInt(text)), 0);
}
function logical(a: PyDecimal, b: PyDecimal, f: (x: bigint, y: bigint) => bigint, ctx: DecCtx): PyDecimal {
  const x = bits(a), y = bits(b);
  return x === undefined || y === undefined ? invalid(ctx) : fromBits(f(x, y), ctx);
}
export function logicalAnd(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return logical(a, b, (x, y) => x & y, ctx);
}
export function logicalOr(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return logical(a, b, (x, y) => x | y, ctx);
}
export function logicalXor(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return logical(a, b, (x, y) => x ^ y, ctx);
}
export function logicalInvert(a: PyDecimal, ctx: DecCtx): PyDecimal {
  const x = bits(a);
  if (x === undefined) return invalid(ctx);
  pow10(ctx.prec); // as many digits must fit
  const mask = (1n << BigInt(Math.max(Number(ctx.prec), a.digits))) - 1n;
  return fromBits(x ^ mask, ctx);
}

// ---- shifts ----------------------------------------------------------------------------------

/** The count of a shift, rotation or scaling; undefined: not an integer in these bounds. */
function countOf(b: PyDecimal, limit: Int): Int | undefined {
  if (b.kind !== FINITE || b.exp !== 0 || b.coef > limit) return undefined;
  return b.neg ? intSub(0, b.coef) : b.coef;
}
function lowDigits(c: Int, n: Int): Int {
  if (typeof n !== "number") return c;
  return normInt(BigInt(c) % pow10(n));
}
function shifted(a: PyDecimal, b: PyDecimal, rotates: boolean, ctx: DecCtx): PyDecimal {
  const nan = nan2(a, b, ctx);
  if (nan !== undefined) return nan;
  const n = countOf(b, ctx.prec);
  if (n === undefined) return invalid(ctx);
  if (a.kind === INF) return a.copy();
  const c = BigInt(lowDigits(a.coef, ctx.prec));
  let r: bigint;
  if (rotates) {
    const left = n >= 0 ? n : intAdd(n, ctx.prec), right = intSub(ctx.prec, left);
    const p = pow10(right), high = c / p;
    r = (c - high * p) * pow10(left) + high;
  } else if (n >= 0) r = BigInt(lowDigits(normInt(c * pow10(n)), ctx.prec));
  else r = c / pow10(intSub(0, n));
  return new PyDecimal(a.neg, normInt(r), a.exp);
}
export function shift(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return shifted(a, b, false, ctx);
}
export function rotate(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  return shifted(a, b, true, ctx);
}
export function scaleb(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  const nan = nan2(a, b, ctx);
  if (nan !== undefined) return nan;
  const limit = intAdd(ctx.emax, ctx.prec);
  const n = countOf(b, intAdd(limit, limit));
  if (n === undefined) return invalid(ctx);
  if (a.kind === INF) return a.copy();
  const r = a.copy();
  r.exp = intAdd(a.exp, n);
  return finalize(r, ctx);
}
