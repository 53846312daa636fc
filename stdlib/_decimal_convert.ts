// CPython 3.14: Modules/_decimal/_decimal.c (conversions to Decimal)
//
// Decimals from Python values: exactly (the constructor) or in the bounds of a context
// (create_decimal).

import {
  EQ,
  floatType,
  type Int,
  NE,
  NotImplemented,
  PyComplex,
  PyFloat,
  PyList,
  PyTuple,
  type Str,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { getAttr, intValue, isInstanceOf, isInt, isStr, strValue } from "../core/objects/abstract.ts";
import { intMul, normInt } from "../core/objects/int_ops.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { codePoints } from "../core/objects/str_ops.ts";
import { decimalValue, isSpace } from "../core/unicode/ctype.ts";
import { decompose } from "../core/text/dtoa.ts";
import {
  CLAMPED,
  CONVERSION_SYNTAX,
  type DecCtx,
  ERRORS,
  finalize,
  FINITE,
  FLOAT_OPERATION,
  INEXACT,
  INF,
  invalid,
  INVALID_OPERATION,
  maxContext,
  PyDecimal,
  QNAN,
  ROUNDED,
} from "./_decimal_number.ts";
import { intSub } from "../core/objects/int_ops.ts";
import { fromText } from "./_decimal_text.ts";
import { addStatus, rationalType, ssizeOf } from "./_decimal_state.ts";

/** The number of an int, exactly. */
export function fromInt(n: Int): PyDecimal {
  return n < 0 ? new PyDecimal(true, typeof n === "number" ? 0 - n : normInt(-n), 0) : new PyDecimal(false, n, 0);
}
function notSupported(v: Value): Error {
  return typeError(`conversion from ${typeName(v)} to Decimal is not supported`) as unknown as Error;
}
/** The operand of an operation, or TypeError. */
export function operand(v: Value, _c: DecCtx): PyDecimal {
  if (v instanceof PyDecimal) return v;
  if (isInt(v)) return fromInt(intValue(v));
  throw notSupported(v);
}
/** The operand of an operator, or undefined. */
export function operandOrNone(v: Value): PyDecimal | undefined {
  if (v instanceof PyDecimal) return v;
  return isInt(v) ? fromInt(intValue(v)) : undefined;
}

/** ASCII of text that may spell a number; empty where it can't. */
function asciiText(s: Str, loose: boolean): string {
  if (typeof s === "string" && /^[\x21-\x5e\x60-\x7f]*$/.test(s)) return s;
  let cps = [...codePoints(s)];
  if (loose) {
    let i = 0, j = cps.length;
    while (i < j && isSpace(cps[i])) i++;
    while (j > i && isSpace(cps[j - 1])) j--;
    cps = cps.slice(i, j).filter((c) => c !== 95);
  }
  let out = "";
  for (const c of cps) {
    if (c > 0 && c < 128) out += String.fromCharCode(c);
    else if (isSpace(c)) out += " ";
    else {
      const d = decimalValue(c);
      if (d < 0) return "";
      out += d;
    }
  }
  return out;
}

/** The number of a text, exactly; InvalidOperation where that is not possible. */
function exactText(text: string, c: DecCtx): PyDecimal {
  const max = maxContext();
  let d = fromText(text, max);
  if (max.work === 0) return d;
  if ((max.work & (INEXACT | ROUNDED | CLAMPED)) !== 0) d = invalid(max, INVALID_OPERATION);
  const bad = max.work & ERRORS;
  if (bad !== 0) addStatus(c, bad);
  return d;
}

/** The number of a float (or int), exactly. */
export function floatExact(v: Value): PyDecimal {
  if (isInt(v)) return fromInt(intValue(v));
  if (!(v instanceof PyFloat)) throw typeError("argument must be int or float");
  const x = v.v;
  if (Number.isNaN(x)) return new PyDecimal(false, 0, 0, QNAN);
  const neg = x < 0 || Object.is(x, -0);
  if (!Number.isFinite(x)) return new PyDecimal(neg, 0, 0, INF);
  if (x === 0) return new PyDecimal(neg, 0, 0);
  if (Number.isSafeInteger(x)) return new PyDecimal(neg, Math.abs(x), 0);
  let [m, e] = decompose(Math.abs(x));
  while ((m & 1n) === 0n && e < 0) {
    m >>= 1n;
    e++;
  }
  if (e >= 0) return new PyDecimal(neg, normInt(m << BigInt(e)), 0);
  return new PyDecimal(neg, normInt(m * 5n ** BigInt(-e)), e);
}

const DIGITS = "coefficient must be a tuple of digits";
/** The text of a (sign, digits, exponent) triple. */
function tripleText(v: PyTuple | PyList): string {
  const items = v.items;
  if (items.length !== 3) throw valueError("argument must be a sequence of length 3");
  const [signv, digitsv, expv] = items;
  const sign = isInt(signv) ? intValue(signv) : -1;
  if (sign !== 0 && sign !== 1) throw valueError("sign must be an integer with the value 0 or 1");
  let special = "", exp: Int = 0;
  if (isStr(expv)) {
    const s = strValue(expv);
    if (s === "F") special = "Inf";
    else if (s === "n") special = "NaN";
    else if (s === "N") special = "sNaN";
    else throw valueError("string argument in the third position must be 'F', 'n' or 'N'");
  } else {
    if (!isInt(expv)) throw valueError("exponent must be an integer");
    exp = ssizeOf(expv);
  }
  if (!(digitsv instanceof PyTuple || digitsv instanceof PyList)) throw valueError(DIGITS);
  let digits = "";
  for (const d of digitsv.items) {
    if (!isInt(d)) throw valueError(DIGITS);
    const n = intValue(d);
    if (n < 0 || n > 9) throw valueError(DIGITS);
    digits += n;
  }
  const s = sign === 1 ? "-" : "";
  if (special !== "") return s + special + (special === "Inf" ? "" : digits);
  return `${s}${digits === "" ? "0" : digits}E${exp}`;
}

/** A Decimal of any value, exactly. */
export function exactly(v: Value | undefined, c: DecCtx): PyDecimal {
  if (v === undefined) return new PyDecimal(false, 0, 0);
  if (v instanceof PyDecimal) return v;
  if (isStr(v)) return exactText(asciiText(strValue(v), true), c);
  if (isInt(v)) return fromInt(intValue(v));
  if (v instanceof PyTuple || v instanceof PyList) return exactText(tripleText(v), c);
  if (v instanceof PyFloat) {
    addStatus(c, FLOAT_OPERATION);
    return floatExact(v);
  }
  throw notSupported(v);
}
/** A Decimal of a number, exactly. */
export function fromNumber(v: Value, c: DecCtx): PyDecimal {
  if (isStr(v) || v instanceof PyTuple || v instanceof PyList) throw notSupported(v);
  return exactly(v, c);
}

function bounded(d: PyDecimal, c: DecCtx): PyDecimal {
  c.work = 0;
  finalize(d, c);
  if (c.work !== 0) addStatus(c, c.work);
  return d;
}
/** A Decimal of any value in the bounds of a context. */
export function create(v: Value | undefined, c: DecCtx): PyDecimal {
  if (v === undefined) return bounded(new PyDecimal(false, 0, 0), c);
  if (v instanceof PyDecimal) {
    if (v.kind >= QNAN && v.coef !== 0 && v.digits > intSub(c.prec, c.clamp)) {
      addStatus(c, CONVERSION_SYNTAX);
      return new PyDecimal(false, 0, 0, QNAN);
    }
    return bounded(v.copy(), c);
  }
  if (isInt(v)) return bounded(fromInt(intValue(v)), c);
  if (v instanceof PyFloat) {
    addStatus(c, FLOAT_OPERATION);
    return bounded(floatExact(v), c);
  }
  let text: string;
  if (isStr(v)) text = asciiText(strValue(v), false);
  else if (v instanceof PyTuple || v instanceof PyList) text = tripleText(v);
  else throw notSupported(v);
  c.work = 0;
  const d = fromText(text, c);
  if (c.work !== 0) addStatus(c, c.work);
  return d;
}
/** create_decimal_from_float() */
export function fromFloat(v: Value, c: DecCtx): PyDecimal {
  return bounded(floatExact(v), c);
}

/**
 * Both sides of a comparison as numbers; undefined: they can't be compared. A rational number's denominator
 * is multiplied into the other side.
 */
export function comparands(a: PyDecimal, w: Value, op: number, c: DecCtx): [PyDecimal, PyDecimal] | undefined {
  if (w instanceof PyDecimal) return [a, w];
  if (isInt(w)) return [a, fromInt(intValue(w))];
  if (w instanceof PyFloat) {
    if (op !== EQ && op !== NE) addStatus(c, FLOAT_OPERATION);
    c.status |= FLOAT_OPERATION;
    return [a, floatExact(w)];
  }
  if (w instanceof PyComplex) {
    if (op !== EQ && op !== NE || w.im !== 0) return undefined;
    c.status |= FLOAT_OPERATION;
    return [a, floatExact(new PyFloat(w.re, floatType))];
  }
  if (!isInstanceOf(w, rationalType())) return undefined;
  const int = (name: string): Int => {
    const v = getAttr(w, name);
    if (!isInt(v)) throw typeError("argument must be an integer");
    return intValue(v);
  };
  const num = fromInt(int("numerator"));
  if (a.kind !== FINITE) return [a, num];
  return [new PyDecimal(a.neg, intMul(a.coef, int("denominator")), a.exp), num];
}
export { NotImplemented };
