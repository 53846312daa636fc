// CPython 3.14: Modules/_decimal/libmpdec/mpdecimal.c (exp, ln, log10, power)
//
// exp, ln and log10 are correctly rounded (half to even). They are computed in binary fixed point on
// BigInts with some digits more than asked for; while the digits that are too many leave open how to
// round, again with more of them (Ziv's strategy). None of the values is a tie, so that ends.
//
// power is what libmpdec makes of them: repeated multiplication with guard digits for integer
// exponents, exp(y * ln x) with guard digits otherwise.

import type { Int } from "../core/objects/object.ts";
import { intAdd, intBitLength, intPowMod, intSub, normInt } from "../core/objects/int_ops.ts";
import { memoryError } from "../core/objects/errors.ts";
import { cur } from "../core/objects/state.ts";
import {
  CLAMPED,
  type DecCtx,
  ERRORS,
  finalize,
  FINITE,
  INEXACT,
  INF,
  invalid,
  maxContext,
  nan1,
  nan2,
  nan3,
  pow10,
  PyDecimal,
  QNAN,
  ROUND_HALF_EVEN,
  ROUNDED,
  shiftLeft,
  special,
  trailingZeros,
} from "./_decimal_number.ts";
import { divide, finalizeHalfEven, multiply } from "./_decimal_arith.ts";
import { cmpAbs } from "./_decimal_compare.ts";

const LOG2_10 = 3.3219280948873626;

// ---- fixed point -----------------------------------------------------------------------------

/** `2**bits * arcoth(x)` for a small integer. */
function arcoth(x: bigint, bits: bigint): bigint {
  const square = x * x;
  let term = (1n << bits) / x, sum = term, n = 1n;
  while (term !== 0n) {
    term /= square;
    n += 2n;
    sum += term / n;
  }
  return sum;
}
/** ln 10 to so many bits; the longest one computed is kept. */
const ln10Known = { bits: 0, value: 0n };
function ln10(bits: number): bigint {
  if (ln10Known.bits < bits) {
    const b = bits + 64, n = BigInt(b + 16);
    cur.tick(b * b / 4096);
    ln10Known.value = (46n * arcoth(31n, n) + 34n * arcoth(49n, n) + 20n * arcoth(161n, n)) >> 16n;
    ln10Known.bits = b;
  }
  return ln10Known.value >> BigInt(ln10Known.bits - bits);
}

/** `2**bits * exp(x)` of a fixed-point number of magnitude below 4. */
function expFixed(x: bigint, bits: number): bigint {
  const halvings = Math.floor(Math.sqrt(bits / 3)) + 3;
  const guard = halvings + 16, b = BigInt(bits + guard);
  const r = (x << BigInt(guard)) >> BigInt(halvings);
  cur.tick(1 + bits * halvings / 4096);
  const one = 1n << b;
  let sum = one + r, term = r, n = 2n;
  while (term !== 0n && term !== -1n) {
    term = ((term * r) >> b) / n;
    sum += term;
    n += 1n;
  }
  for (let i = 0; i < halvings; i++) sum = (sum * sum) >> b;
  return sum >> BigInt(guard);
}

/** `2**bits * ln(y)` of a fixed-point number between 1/4 and 4. */
function lnFixed(y: bigint, bits: number): bigint {
  const head = bits > 60 ? Number(y >> BigInt(bits - 60)) / 2 ** 60 : Number(y) / 2 ** bits;
  let known = 48, at = Math.min(bits, 60);
  let l = BigInt(Math.round(Math.log(head) * 2 ** 52));
  l = at >= 52 ? l << BigInt(at - 52) : l >> BigInt(52 - at);
  // each step triples the number of right digits: l += 2 (y - e**l) / (y + e**l)
  const steps: number[] = [];
  for (let b = bits + 8; b > known; b = Math.floor(b / 3) + 8) {
    steps.push(b);
    if (b <= 60) break;
  }
  for (const want of steps.reverse()) {
    const b = want + 8;
    l = b >= at ? l << BigInt(b - at) : l >> BigInt(at - b);
    at = b;
    const yy = b >= bits ? y << BigInt(b - bits) : y >> BigInt(bits - b);
    const e = expFixed(l, b);
    l += ((yy - e) << BigInt(b + 1)) / (yy + e);
    known = want;
  }
  return at >= bits ? l >> BigInt(at - bits) : l << BigInt(bits - at);
}

/** `2**bits * |a|`, rounded down. */
function toFixed(coef: Int, exp: number, bits: number): bigint {
  const c = BigInt(coef) << BigInt(bits);
  return exp >= 0 ? c * pow10(exp) : c / pow10(-exp);
}

/**
 * Rounds what `compute` finds: a coefficient with at least `digits` digits, off by at most 8, and its exponent.
 * None of the results is exact.
 */
function ziv(ctx: DecCtx, neg: boolean, compute: (digits: number) => [bigint, Int]): PyDecimal {
  const prec = ctx.prec;
  if (typeof prec !== "number" || prec > 100_000_000) throw memoryError();
  for (let extra = 4;; extra *= 3) {
    const [c, e] = compute(prec + extra);
    const r = new PyDecimal(neg, normInt(c * 10n + 1n), intSub(e, 1));
    const cut = pow10(r.digits - prec), half = cut / 2n;
    const rest = (c * 10n) % cut;
    const off = rest > half ? rest - half : half - rest;
    if (off > 100n) return finalizeHalfEven(r, ctx);
  }
}

// ---- exp -------------------------------------------------------------------------------------

function one(neg: boolean, zeros: number): PyDecimal {
  return new PyDecimal(neg, normInt(pow10(zeros)), 0 - zeros);
}
/** 1 with all the digits of the context, as an inexact result. */
function paddedOne(neg: boolean, ctx: DecCtx): PyDecimal {
  ctx.work |= INEXACT | ROUNDED;
  return one(neg, intSub(ctx.prec, 1) as number);
}
/** A number so large that it overflows in any context, and one that underflows. */
const HUGE = 10n ** 20n;
export function exp(a: PyDecimal, ctx: DecCtx): PyDecimal {
  if (a.kind !== FINITE) {
    return nan1(a, ctx) ?? (a.neg ? new PyDecimal(false, 0, 0) : a.copy());
  }
  if (a.coef === 0) return new PyDecimal(false, 1, 0);
  const adj = a.adjusted;
  if (adj < intSub(-2, ctx.prec)) return paddedOne(false, ctx);
  if (adj > 19) return finalizeHalfEven(new PyDecimal(false, 1, a.neg ? intSub(ctx.etiny(), 1) : HUGE), ctx);
  const order = Math.max(0, Number(adj) + 1);
  if (order > String(ctx.emax).length + 2 && order > String(ctx.etiny()).length + 1) {
    return finalizeHalfEven(new PyDecimal(false, 1, a.neg ? intSub(ctx.etiny(), 1) : HUGE), ctx);
  }
  return ziv(ctx, false, (digits) => {
    const bits = Math.ceil(digits * LOG2_10) + 16, wide = bits + Math.ceil(order * LOG2_10) + 8;
    let x = toFixed(a.coef, Number(a.exp), wide);
    if (a.neg) x = -x;
    const l = ln10(wide);
    let k = x / l;
    if (x < 0n) k -= 1n;
    const r = (x - k * l) >> BigInt(wide - bits);
    return [(expFixed(r, bits) * pow10(digits)) >> BigInt(bits), intSub(normInt(k), digits)];
  });
}

// ---- logarithms ------------------------------------------------------------------------------

function logarithm(a: PyDecimal, decimal: boolean, ctx: DecCtx): PyDecimal {
  // a = y * 10**k with y near 1
  const first = a.digits > 15
    ? Number(BigInt(a.coef) / pow10(a.digits - 15)) / 1e14
    : Number(a.coef) / 10 ** (a.digits - 1);
  const up = first > 3.16;
  const k = up ? intAdd(a.adjusted, 1) : a.adjusted;
  const exp = 1 - a.digits - (up ? 1 : 0);
  // digits that ln(y) loses because y is near 1
  let lost = 1;
  if (k === 0) {
    const unit = pow10(-exp);
    const t = BigInt(a.coef) - unit;
    lost += -(new PyDecimal(false, normInt(t < 0n ? -t : t), exp).adjusted as number);
  }
  const neg = k < 0 || k === 0 && (up || first < 1);
  return ziv(ctx, neg, (digits) => {
    const scale = digits + lost, bits = Math.ceil(scale * LOG2_10) + 16 + intBitLength(k);
    let l = lnFixed(toFixed(a.coef, exp, bits), bits);
    if (decimal) l = (l << BigInt(bits)) / ln10(bits) + (BigInt(k) << BigInt(bits));
    else l += BigInt(k) * ln10(bits);
    if (l < 0n) l = -l;
    return [(l * pow10(scale)) >> BigInt(bits), 0 - scale];
  });
}
export function ln(a: PyDecimal, ctx: DecCtx): PyDecimal {
  if (a.kind !== FINITE) return nan1(a, ctx) ?? (a.neg ? invalid(ctx) : a.copy());
  if (a.coef === 0) return special(true, INF);
  if (a.neg) return invalid(ctx);
  if (isOne(a)) return new PyDecimal(false, 0, 0);
  return logarithm(a, false, ctx);
}
export function log10(a: PyDecimal, ctx: DecCtx): PyDecimal {
  if (a.kind !== FINITE) return nan1(a, ctx) ?? (a.neg ? invalid(ctx) : a.copy());
  if (a.coef === 0) return special(true, INF);
  if (a.neg) return invalid(ctx);
  if (trailingZeros(a.coef, a.digits) === a.digits - 1 && leadingDigit(a) === 1) {
    const e = a.adjusted;
    return finalize(new PyDecimal(e < 0, e < 0 ? intSub(0, e) : e, 0), ctx);
  }
  return logarithm(a, true, ctx);
}
function leadingDigit(a: PyDecimal): number {
  return Number(BigInt(a.coef) / pow10(a.digits - 1));
}
/** Is the magnitude 1? */
function isOne(a: PyDecimal): boolean {
  return a.kind === FINITE && a.coef !== 0 && a.adjusted === 0 && cmpAbs(a, new PyDecimal(false, 1, 0)) === 0;
}

// ---- powers ----------------------------------------------------------------------------------

function isInteger(a: PyDecimal): boolean {
  if (a.kind !== FINITE) return false;
  if (a.coef === 0 || a.exp >= 0) return true;
  return a.adjusted >= 0 && trailingZeros(a.coef, a.digits) >= intSub(0, a.exp);
}
/** The magnitude of an integral number. */
function integerOf(a: PyDecimal): bigint {
  if (a.coef === 0) return 0n;
  return a.exp >= 0 ? BigInt(shiftLeft(a.coef, a.exp)) : BigInt(a.coef) / pow10(intSub(0, a.exp));
}
function isOdd(a: PyDecimal): boolean {
  if (!isInteger(a) || a.coef === 0 || a.exp > 0) return false;
  return (integerOf(a) & 1n) === 1n;
}

/** How the magnitude of a base compares with 1. */
function againstOne(a: PyDecimal): number {
  return a.kind === INF ? 1 : cmpAbs(a, new PyDecimal(false, 1, 0));
}

/** `(+-1) ** b` */
function powerOfOne(a: PyDecimal, b: PyDecimal, neg: boolean, ctx: DecCtx): PyDecimal {
  if (!isInteger(b)) return paddedOne(neg, ctx);
  if (b.neg) return new PyDecimal(neg, 1, 0);
  // 1.00 ** 3 has six zeros
  const zeros = a.exp < 0 ? BigInt(intSub(0, a.exp)) * integerOf(b) : 0n;
  const most = intSub(ctx.prec, 1);
  if (zeros > most) {
    ctx.work |= ROUNDED;
    return one(neg, most as number);
  }
  return one(neg, Number(zeros));
}

/** Digits of an exponent. */
function exponentDigits(n: Int): number {
  return String(n).length - (n < 0 ? 1 : 0);
}
/** A lower bound of the decimal order of magnitude of |log10(a)|. */
function logOrder(a: PyDecimal): number {
  const adj = a.adjusted;
  if (adj > 0) return exponentDigits(adj) - 1;
  if (adj < -1) return exponentDigits(intAdd(adj, 1)) - 1;
  // near 1: log10(1 + t) is about t / 2.3
  const exp = Number(a.exp);
  const unit = pow10(Math.max(0, -exp)), t = BigInt(a.coef) * pow10(Math.max(0, exp)) - unit;
  const order = Number(new PyDecimal(false, normInt(t < 0n ? -t : t), Math.min(0, exp)).adjusted);
  return adj === 0 ? order - 2 : order - 1;
}
/** The result where it is certain to overflow or to underflow. */
function beyondBounds(a: PyDecimal, b: PyDecimal, neg: boolean, ctx: DecCtx): PyDecimal | undefined {
  const order = logOrder(a) + Number(b.adjusted);
  const grows = (againstOne(a) > 0) !== b.neg;
  if (order <= exponentDigits(grows ? ctx.emax : ctx.etiny())) return undefined;
  return finalize(new PyDecimal(neg, 1, grows ? HUGE : intSub(ctx.etiny(), 1)), ctx);
}

function integerPower(a: PyDecimal, b: PyDecimal, neg: boolean, ctx: DecCtx): PyDecimal {
  const w = ctx.clone();
  w.prec = intAdd(intAdd(w.prec, b.digits + 2), b.exp);
  w.round = ROUND_HALF_EVEN;
  w.clamp = 0;
  let base = a;
  if (b.neg) {
    w.prec = intAdd(w.prec, 1);
    base = divide(new PyDecimal(false, 1, 0), a, w);
    if ((w.work & ERRORS) !== 0) return invalid(ctx, w.work & ERRORS);
  }
  const bits = integerOf(b).toString(2);
  let r = base;
  for (let i = 1; i < bits.length; i++) {
    r = multiply(r, r, w);
    if (bits[i] === "1") r = multiply(r, base, w);
    if (r.kind !== FINITE || r.coef === 0 && (w.work & CLAMPED) !== 0) break;
  }
  ctx.work |= w.work;
  if (r.kind === INF) return finalize(new PyDecimal(neg, 1, HUGE), ctx);
  r = r.copy();
  r.neg = neg;
  return finalize(r, ctx);
}
function realPower(a: PyDecimal, b: PyDecimal, neg: boolean, ctx: DecCtx): PyDecimal {
  const w = maxContext();
  w.prec = intAdd(a.digits > ctx.prec ? a.digits : ctx.prec, 4 + 19);
  const base = a.copy();
  base.neg = false;
  let r = exp(multiply(ln(base, w), b, w), w);
  ctx.work |= (w.work & ERRORS) | INEXACT | ROUNDED;
  if (r.kind === INF) r = new PyDecimal(neg, 1, HUGE);
  else if (r.kind === FINITE && isOne(r)) return finalize(one(neg, intSub(ctx.prec, 1) as number), ctx);
  r.neg = neg;
  return finalize(r, ctx);
}

export function power(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal {
  if (a.kind >= QNAN || b.kind >= QNAN) return nan2(a, b, ctx)!;
  const neg = a.neg && isOdd(b), integral = isInteger(b);
  if (a.isZero) {
    if (b.isZero) return invalid(ctx);
    return b.neg ? special(neg, INF) : new PyDecimal(neg, 0, 0);
  }
  if (a.neg && (!integral || b.kind === INF)) return invalid(ctx);
  if (b.kind === INF) {
    const c = againstOne(a);
    if (c === 0) return paddedOne(neg, ctx);
    return (c > 0) !== b.neg ? special(neg, INF) : new PyDecimal(neg, 0, 0);
  }
  if (a.kind === INF) {
    if (b.coef === 0) return new PyDecimal(neg, 1, 0);
    return b.neg ? new PyDecimal(neg, 0, 0) : special(neg, INF);
  }
  if (b.coef === 0) return new PyDecimal(neg, 1, 0);
  if (isOne(a)) return powerOfOne(a, b, neg, ctx);
  const bound = beyondBounds(a, b, neg, ctx);
  if (bound !== undefined) return bound;
  return integral ? integerPower(a, b, neg, ctx) : realPower(a, b, neg, ctx);
}

/** `a ** b % m` of integers. */
export function powerMod(a: PyDecimal, b: PyDecimal, m: PyDecimal, ctx: DecCtx): PyDecimal {
  if ((a.kind | b.kind | m.kind) !== 0) return nan3(a, b, m, ctx) ?? invalid(ctx);
  if (!isInteger(a) || !isInteger(b) || !isInteger(m) || m.coef === 0) return invalid(ctx);
  if (intAdd(m.exp, m.digits) > ctx.prec) return invalid(ctx);
  const neg = a.neg && isOdd(b);
  const mod = integerOf(m);
  if (b.coef === 0) {
    if (a.coef === 0) return invalid(ctx);
    return new PyDecimal(neg, mod === 1n ? 0 : 1, 0);
  }
  if (b.neg) return invalid(ctx);
  if (a.coef === 0) return new PyDecimal(neg, 0, 0);
  // 10**e of a large exponent is never written out
  const big = normInt(mod);
  const power = (x: PyDecimal, n: Int): Int => {
    const c = x.exp >= 0 ? normInt(BigInt(x.coef) % mod) : normInt(integerOf(x) % mod);
    const base = x.exp > 0 ? normInt(BigInt(c) * BigInt(intPowMod(10, x.exp, big)) % mod) : c;
    return intPowMod(base, n, big);
  };
  let r = power(a, b.exp > 0 ? b.coef : normInt(integerOf(b)));
  // raised to b.coef; the ten-thousands of a positive exponent are powers of ten more
  if (b.exp > 0) {
    if (b.exp > 1_000_000) throw memoryError();
    r = intPowMod(r, normInt(pow10(b.exp)), big);
  }
  return new PyDecimal(neg, r, 0);
}
