// CPython 3.14: Modules/_decimal/libmpdec/mpdecimal.c (representation, contexts, finalising)
//
// A decimal number is sign, coefficient, exponent and kind (finite, infinity, quiet or signalling
// NaN; a NaN's coefficient is its payload). Coefficient and exponent are ints in their canonical form
// (`number` while safe, else `bigint`): coefficients of up to 15 digits and all exponents that occur in
// practice are plain numbers. An operation makes its exact result, or one with enough digits and a sticky
// last digit, and `finalize` brings it into the bounds of the context.
//
// Conditions gather in `DecCtx.work` while an operation runs; the module moves them to the status flags
// of the Python context and raises those that are trapped.

import { builtinType, type Int, PyObject, type PyType } from "../core/objects/object.ts";
import { intAdd, intBitLength, intSub, normInt } from "../core/objects/int_ops.ts";
import { memoryError } from "../core/objects/errors.ts";
import { cur } from "../core/objects/state.ts";

export const CLAMPED = 0x1,
  CONVERSION_SYNTAX = 0x2,
  DIVISION_BY_ZERO = 0x4,
  DIVISION_IMPOSSIBLE = 0x8,
  DIVISION_UNDEFINED = 0x10,
  INEXACT = 0x40,
  INVALID_CONTEXT = 0x80,
  INVALID_OPERATION = 0x100,
  FLOAT_OPERATION = 0x400,
  OVERFLOW = 0x800,
  ROUNDED = 0x1000,
  SUBNORMAL = 0x2000,
  UNDERFLOW = 0x4000;
/** The conditions that the signal InvalidOperation stands for. */
export const IEEE_INVALID = CONVERSION_SYNTAX | DIVISION_IMPOSSIBLE | DIVISION_UNDEFINED | 0x20 | INVALID_CONTEXT |
  INVALID_OPERATION | 0x200;
export const ERRORS = IEEE_INVALID | DIVISION_BY_ZERO;

/** Rounding modes, in libmpdec's order. */
export const ROUND_UP = 0,
  ROUND_DOWN = 1,
  ROUND_CEILING = 2,
  ROUND_FLOOR = 3,
  ROUND_HALF_UP = 4,
  ROUND_HALF_DOWN = 5,
  ROUND_HALF_EVEN = 6,
  ROUND_05UP = 7;

export const MAX_PREC = 999999999999999999n,
  MAX_EMAX = 999999999999999999n,
  MIN_EMIN = -999999999999999999n,
  MIN_ETINY = -1999999999999999997n;
const MAX_SAFE = Number.MAX_SAFE_INTEGER;
/** Coefficients end here: the host holds no larger integer. */
const MAX_DIGITS = 300_000_000;

/** Kinds of number; NaNs are the kinds from QNAN on. */
export const FINITE = 0, INF = 1, QNAN = 2, SNAN = 3;

/** What an operation is bounded by. */
export class DecCtx {
  prec: Int = 28;
  emax: Int = 999999;
  emin: Int = -999999;
  round: number = ROUND_HALF_EVEN;
  clamp = 0;
  traps: number = IEEE_INVALID | DIVISION_BY_ZERO | OVERFLOW;
  status = 0;
  /** Conditions of the operation that runs. */
  work = 0;
  /** What the last shift to the right cut off: 0 nothing, 1 less than half, 2 half, 3 more. */
  rest = 0;
  clone(): DecCtx {
    return new DecCtx().assign(this);
  }
  assign(c: DecCtx): this {
    this.prec = c.prec;
    this.emax = c.emax;
    this.emin = c.emin;
    this.round = c.round;
    this.clamp = c.clamp;
    this.traps = c.traps;
    this.status = c.status;
    return this;
  }
  etiny(): Int {
    return intSub(this.emin, intSub(this.prec, 1));
  }
  etop(): Int {
    return intSub(this.emax, intSub(this.prec, 1));
  }
}
/** The widest bounds there are (mpd_maxcontext). */
export function maxContext(): DecCtx {
  const c = new DecCtx();
  c.prec = MAX_PREC;
  c.emax = MAX_EMAX;
  c.emin = MIN_EMIN;
  return c;
}

export const decimalType: PyType = builtinType("decimal.Decimal");

/** A Decimal. Immutable once an operation has returned it. */
export class PyDecimal extends PyObject {
  declare neg: boolean;
  declare kind: number;
  declare coef: Int;
  declare exp: Int;
  /** Number of digits of the coefficient; 0: not counted yet. */
  declare nd: number;
  constructor(neg: boolean, coef: Int, exp: Int, kind = FINITE, cls: PyType = decimalType) {
    super(cls);
    this.neg = neg;
    this.kind = kind;
    this.coef = coef;
    this.exp = exp;
    this.nd = 0;
  }
  get digits(): number {
    const n = this.nd;
    return n !== 0 ? n : (this.nd = countDigits(this.coef));
  }
  /** The exponent of the first digit. */
  get adjusted(): Int {
    return intAdd(this.exp, this.digits - 1);
  }
  get isZero(): boolean {
    return this.kind === FINITE && this.coef === 0;
  }
  copy(): PyDecimal {
    const d = new PyDecimal(this.neg, this.coef, this.exp, this.kind);
    d.nd = this.nd;
    return d;
  }
}
export function special(neg: boolean, kind: number): PyDecimal {
  return new PyDecimal(neg, 0, 0, kind);
}
/** A NaN for a condition that has no result. */
export function invalid(ctx: DecCtx, condition: number = INVALID_OPERATION): PyDecimal {
  ctx.work |= condition;
  return special(false, QNAN);
}

// ---- powers of ten and digits ----------------------------------------------------------------

const NUMBERS: number[] = [];
function numbers(): number[] {
  if (NUMBERS.length === 0) { for (let i = 0; i < 309; i++) NUMBERS.push(Number("1e" + i)); }
  return NUMBERS;
}
const POWERS: bigint[] = [];
const CACHED = 1100;
/** The last large powers, which come in runs. */
const recent: { n: number; p: bigint }[] = [];

/** `10 ** n`. */
export function pow10(n: Int): bigint {
  if (typeof n !== "number" || n > MAX_DIGITS) throw memoryError();
  if (n < CACHED) {
    for (let i = POWERS.length; i <= n; i++) POWERS.push(i === 0 ? 1n : POWERS[i - 1] * 10n);
    return POWERS[n];
  }
  for (let i = 0; i < recent.length; i++) if (recent[i].n === n) return recent[i].p;
  cur.tick(n / 64);
  const p = 10n ** BigInt(n);
  if (n < 10_000_000) {
    if (recent.length > 8) recent.shift();
    recent.push({ n, p });
  }
  return p;
}

/** Digits of a coefficient; one for zero. */
export function countDigits(c: Int): number {
  if (typeof c === "number") {
    if (c < 1e7) return c < 1e3 ? (c < 10 ? 1 : c < 100 ? 2 : 3) : c < 1e5 ? (c < 1e4 ? 4 : 5) : c < 1e6 ? 6 : 7;
    let n = 8, p = 1e8;
    while (c >= p) {
      n++;
      p *= 10;
    }
    return n;
  }
  const x = Number(c);
  if (x < 1e300) {
    const t = numbers();
    let d = Math.floor(Math.log10(x));
    const q = x / t[d];
    if (q > 1.000001 && q < 9.99999) return d + 1;
    if (c >= pow10(d + 1)) d++;
    else if (c < pow10(d)) d--;
    return d + 1;
  }
  let d = Math.floor((intBitLength(c) - 1) * 0.30102999566398119521);
  if (c >= pow10(d + 1)) d++;
  else if (c < pow10(d)) d--;
  return d + 1;
}

/** `c * 10 ** n`. */
export function shiftLeft(c: Int, n: Int): Int {
  if (n === 0 || c === 0) return c;
  if (typeof c === "number" && typeof n === "number" && n <= 15) {
    const r = c * numbers()[n];
    if (r <= MAX_SAFE) return r;
  }
  return normInt(BigInt(c) * pow10(n));
}

/** `c // 10 ** n`; `ctx.rest` tells of the remainder. */
export function shiftRight(c: Int, n: Int, ctx: DecCtx): Int {
  ctx.rest = 0;
  if (n === 0 || c === 0) return c;
  if (typeof c === "number") {
    if (n > 16) {
      ctx.rest = 1;
      return 0;
    }
    const p = numbers()[n as number];
    const q = Math.floor(c / p), r = c - q * p;
    if (r !== 0) ctx.rest = r + r < p ? 1 : r + r === p ? 2 : 3;
    return q;
  }
  if (n > 20) {
    const d = countDigits(c);
    if (n > d) {
      ctx.rest = 1;
      return 0;
    }
  }
  const p = pow10(n);
  const q = c / p, r = c - q * p;
  if (r !== 0n) {
    const twice = r + r;
    ctx.rest = twice < p ? 1 : twice === p ? 2 : 3;
  }
  return normInt(q);
}

/** Does rounding `q`, of which `ctx.rest` was cut off, go away from zero? */
export function roundsUp(q: Int, neg: boolean, ctx: DecCtx): boolean {
  const rest = ctx.rest;
  if (rest === 0) return false;
  switch (ctx.round) {
    case ROUND_DOWN:
      return false;
    case ROUND_UP:
      return true;
    case ROUND_CEILING:
      return !neg;
    case ROUND_FLOOR:
      return neg;
    case ROUND_HALF_UP:
      return rest >= 2;
    case ROUND_HALF_DOWN:
      return rest === 3;
    case ROUND_HALF_EVEN:
      return rest === 3 || rest === 2 && (typeof q === "number" ? q % 2 === 1 : (q & 1n) === 1n);
    default: {
      const last = typeof q === "number" ? q % 5 : Number(q % 5n);
      return last === 0;
    }
  }
}
/** `c / 10 ** n` rounded by the context's mode. */
export function shiftRound(c: Int, n: Int, neg: boolean, ctx: DecCtx): Int {
  const q = shiftRight(c, n, ctx);
  return roundsUp(q, neg, ctx) ? intAdd(q, 1) : q;
}

/** Trailing zeros of a coefficient that is not 0, at most `max`. */
export function trailingZeros(c: Int, max: Int): number {
  if (typeof c === "number") {
    let n = 0;
    while (n < max && c % 10 === 0) {
      c /= 10;
      n++;
    }
    return n;
  }
  if ((c & 1n) === 1n || max <= 0) return 0;
  // a factor of 10 ** n has n factors of two: they are found without dividing
  let two = 0;
  const low = BigInt.asUintN(32, c);
  if (low !== 0n) {
    let x = Number(low);
    while ((x & 1) === 0) {
      two++;
      x >>>= 1;
    }
    let n = 0;
    while (n < two && n < max && c % 10n === 0n) {
      c /= 10n;
      n++;
    }
    return n;
  }
  const text = c.toString();
  let n = 0;
  while (text.charCodeAt(text.length - 1 - n) === 48) n++;
  return n < max ? n : Number(max);
}

// ---- bounds of a context ---------------------------------------------------------------------

/** The largest coefficient of a context. */
export function maxCoefficient(ctx: DecCtx): Int {
  return normInt(pow10(ctx.prec) - 1n);
}

/** Keeps the low `prec - clamp` digits of a NaN's payload. */
export function fixNan(d: PyDecimal, ctx: DecCtx): PyDecimal {
  if (d.coef === 0) return d;
  const room = intSub(ctx.prec, ctx.clamp);
  if (d.digits > room) {
    d.coef = normInt(BigInt(d.coef) % pow10(room));
    d.nd = 0;
  }
  return d;
}

function overflow(d: PyDecimal, ctx: DecCtx): void {
  const r = ctx.round, neg = d.neg;
  if (r === ROUND_DOWN || r === ROUND_05UP || r === ROUND_CEILING && neg || r === ROUND_FLOOR && !neg) {
    d.coef = maxCoefficient(ctx);
    d.exp = ctx.etop();
  } else {
    d.kind = INF;
    d.coef = d.exp = 0;
  }
  d.nd = 0;
  ctx.work |= OVERFLOW | INEXACT | ROUNDED;
}

function checkExponent(d: PyDecimal, ctx: DecCtx): void {
  const adj = d.adjusted;
  if (adj > ctx.emax) {
    if (d.coef === 0) {
      d.exp = ctx.clamp ? ctx.etop() : ctx.emax;
      ctx.work |= CLAMPED;
    } else overflow(d, ctx);
  } else if (ctx.clamp && d.exp > ctx.etop()) {
    const top = ctx.etop();
    d.coef = shiftLeft(d.coef, intSub(d.exp, top));
    d.nd = 0;
    d.exp = top;
    ctx.work |= CLAMPED;
    if (d.coef !== 0 && adj < ctx.emin) ctx.work |= SUBNORMAL;
  } else if (adj < ctx.emin) {
    const tiny = ctx.etiny();
    if (d.coef === 0) {
      if (d.exp < tiny) {
        d.exp = tiny;
        ctx.work |= CLAMPED;
      }
      return;
    }
    ctx.work |= SUBNORMAL;
    if (d.exp < tiny) {
      d.coef = shiftRound(d.coef, intSub(tiny, d.exp), d.neg, ctx);
      d.exp = tiny;
      d.nd = 0;
      ctx.work |= ROUNDED;
      if (ctx.rest !== 0) {
        ctx.work |= INEXACT | UNDERFLOW;
        if (d.coef === 0) ctx.work |= CLAMPED;
      }
    }
  }
}

function checkDigits(d: PyDecimal, ctx: DecCtx): void {
  if (d.kind !== FINITE) return;
  const nd = d.digits, prec = ctx.prec as number;
  if (nd <= prec) return;
  const shift = nd - prec;
  const q = shiftRight(d.coef, shift, ctx);
  d.exp = intAdd(d.exp, shift);
  ctx.work |= ROUNDED;
  d.nd = prec;
  d.coef = q;
  if (ctx.rest === 0) return;
  ctx.work |= INEXACT;
  if (!roundsUp(q, d.neg, ctx)) return;
  const up = intAdd(q, 1);
  const carry = typeof up === "number" && prec <= 15 ? up === numbers()[prec] : up === pow10(prec);
  if (carry) {
    d.coef = normInt(pow10(prec - 1));
    d.exp = intAdd(d.exp, 1);
    checkExponent(d, ctx);
  } else d.coef = up;
}

/** Brings a fresh result into the context's bounds (mpd_qfinalize). */
export function finalize(d: PyDecimal, ctx: DecCtx): PyDecimal {
  if (d.kind !== FINITE) return d.kind === INF ? d : fixNan(d, ctx);
  const exp = d.exp;
  if (typeof exp === "number" && ctx.clamp === 0) {
    const nd = d.digits, adj = exp + nd - 1;
    if (adj <= ctx.emax && adj >= ctx.emin) {
      if (nd > ctx.prec) checkDigits(d, ctx);
      return d;
    }
  }
  checkExponent(d, ctx);
  checkDigits(d, ctx);
  return d;
}

// ---- NaN operands ----------------------------------------------------------------------------

function quiet(d: PyDecimal, ctx: DecCtx): PyDecimal {
  const r = d.copy();
  r.kind = QNAN;
  return fixNan(r, ctx);
}
/** The result of an operation on a NaN. */
export function nan1(a: PyDecimal, ctx: DecCtx): PyDecimal | undefined {
  if (a.kind < QNAN) return undefined;
  if (a.kind === SNAN) ctx.work |= INVALID_OPERATION;
  return quiet(a, ctx);
}
/** The result of an operation of which one operand is a NaN: the first signalling one, or the first. */
export function nan2(a: PyDecimal, b: PyDecimal, ctx: DecCtx): PyDecimal | undefined {
  if (a.kind < QNAN && b.kind < QNAN) return undefined;
  if (a.kind === SNAN) return nan1(a, ctx);
  if (b.kind === SNAN) return nan1(b, ctx);
  return nan1(a.kind === QNAN ? a : b, ctx);
}
export function nan3(a: PyDecimal, b: PyDecimal, c: PyDecimal, ctx: DecCtx): PyDecimal | undefined {
  for (const d of [a, b, c]) if (d.kind === SNAN) return nan1(d, ctx);
  return nan2(a, b, ctx) ?? nan1(c, ctx);
}
