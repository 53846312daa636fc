// CPython 3.14: Modules/_decimal/libmpdec/io.c, Lib/_pydecimal.py (formatting)
//
// Numbers from text and to text.

import type { Int, Str } from "../core/objects/object.ts";
import { intAdd, intSub, normInt } from "../core/objects/int_ops.ts";
import { chr, strLen } from "../core/objects/str_ops.ts";
import { joinStrs } from "../core/objects/repr_guard.ts";
import { groupDigits, type Grouping, type NumericLocale, pad, type Spec } from "../core/objects/format_spec.ts";
import { memoryError, overflowError, valueError } from "../core/objects/errors.ts";
import {
  CONVERSION_SYNTAX,
  type DecCtx,
  finalize,
  FINITE,
  INF,
  invalid,
  PyDecimal,
  QNAN,
  SNAN,
} from "./_decimal_number.ts";
import { rescale } from "./_decimal_arith.ts";

// ---- from text -------------------------------------------------------------------------------

const SSIZE_MAX = 9223372036854775807n;
const NUMBER = /^([+-])?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;
const SPECIAL = /^([+-])?(?:(inf(?:inity)?)|(s)?nan(\d*))$/i;

function exponentOf(text: string | undefined): Int {
  if (text === undefined) return 0;
  if (text.length <= 15) return Number(text) + 0;
  const n = BigInt(text.replace("+", ""));
  return normInt(n > SSIZE_MAX ? SSIZE_MAX : n < -SSIZE_MAX ? -SSIZE_MAX : n);
}
function coefficient(digits: string): Int {
  return digits.length <= 15 ? Number(digits) : normInt(BigInt(digits));
}

/** The number that ASCII text spells, in the context's bounds (mpd_qset_string). */
export function fromText(text: string, ctx: DecCtx): PyDecimal {
  let m = NUMBER.exec(text);
  if (m !== null) {
    const frac = m[3] ?? m[4] ?? "";
    const exp = exponentOf(m[5]);
    const coef = coefficient((m[2] ?? "") + frac);
    return finalize(new PyDecimal(m[1] === "-", coef, frac === "" ? exp : intSub(exp, frac.length)), ctx);
  }
  m = SPECIAL.exec(text);
  if (m === null) return invalid(ctx, CONVERSION_SYNTAX);
  const neg = m[1] === "-";
  if (m[2] !== undefined) return new PyDecimal(neg, 0, 0, INF);
  const d = new PyDecimal(neg, coefficient(m[4]), 0, m[3] === undefined ? QNAN : SNAN);
  if (d.coef !== 0 && d.digits > intSub(ctx.prec, ctx.clamp)) return invalid(ctx, CONVERSION_SYNTAX);
  return d;
}

// ---- to text ---------------------------------------------------------------------------------

function specialText(d: PyDecimal): string {
  if (d.kind === INF) return "Infinity";
  return (d.kind === QNAN ? "NaN" : "sNaN") + (d.coef === 0 ? "" : String(d.coef));
}
/** Digits with the point after `place` of them. */
function placed(digits: string, place: number): string {
  const n = digits.length;
  if (place <= 0) return "0." + "0".repeat(-place) + digits;
  if (place >= n) return place === n ? digits : digits + "0".repeat(place - n);
  return digits.slice(0, place) + "." + digits.slice(place);
}
function mod3(n: Int): number {
  const r = typeof n === "number" ? n % 3 : Number(n % 3n);
  return r < 0 ? r + 3 : r;
}
/** Scientific notation, or engineering notation with exponents divisible by three. */
export function toText(d: PyDecimal, capitals: boolean, eng = false): string {
  const sign = d.neg ? "-" : "";
  if (d.kind !== FINITE) return sign + specialText(d);
  const digits = String(d.coef);
  if (d.exp === 0) return sign + digits;
  const left = intAdd(d.exp, digits.length);
  if (d.exp < 0 && left > -6) return sign + placed(digits, left as number);
  const place = !eng ? 1 : d.coef === 0 ? mod3(intAdd(left, 1)) - 1 : mod3(intSub(left, 1)) + 1;
  const e = intSub(left, place);
  const body = sign + placed(digits, place);
  return e === 0 ? body : body + (capitals ? "E" : "e") + (e > 0 ? "+" : "") + e;
}

// ---- the format mini-language ----------------------------------------------------------------

interface DecimalSpec {
  fill: Str;
  align: string;
  sign: string;
  noNegZero: boolean;
  alt: boolean;
  zeroPad: boolean;
  width: number;
  precision: number;
  point: Str;
  grouping: Grouping | undefined;
  fracSep: string;
  type: string;
}
const SPEC = /^(?:([^]?)([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(?=[\d,_])(\d+)?([,_])?)?([eEfFgGnN%])?$/u;

/** Separators in place of the locale's. */
export interface Override {
  point?: Str;
  sep?: Str;
  sizes?: readonly number[];
}

function count(text: string | undefined, absent: number): number {
  if (text === undefined) return absent;
  const n = Number(text);
  if (n > Number(SSIZE_MAX)) throw overflowError("cannot fit 'int' into an index-sized integer");
  return n;
}

/** Parses a specifier; undefined: it is not valid. */
export function parseDecimalSpec(
  text: string,
  capitals: boolean,
  locale: () => NumericLocale,
  over?: Override,
): DecimalSpec | undefined {
  // a lone fill is no fill: the align must follow
  const m = SPEC.exec(text);
  if (m === null) return undefined;
  const [, fill, align, sign, z, alt, zero, width, sep, prec, fracSep, type] = m;
  if (zero !== undefined && align !== undefined) return undefined;
  const local = type === "n" || type === "N";
  if (local && sep !== undefined) return undefined;
  const s: DecimalSpec = {
    fill: fill === undefined || fill === "" ? " " : chr(fill.codePointAt(0)!),
    align: align ?? ">",
    sign: sign ?? "-",
    noNegZero: z !== undefined,
    alt: alt !== undefined,
    zeroPad: zero !== undefined,
    width: count(width, 0),
    precision: count(prec, -1),
    point: ".",
    grouping: sep === undefined ? undefined : { sep, sizes: [3] },
    fracSep: fracSep ?? "",
    type: type === undefined ? (capitals ? "G" : "g") : type === "n" ? "g" : type === "N" ? "G" : type,
  };
  if (local) {
    const l = locale();
    s.point = l.decimalPoint;
    s.grouping = { sep: l.thousandsSep, sizes: l.grouping };
  }
  if (over !== undefined) {
    s.point = over.point ?? s.point;
    s.grouping = { sep: over.sep ?? s.grouping?.sep ?? "", sizes: over.sizes ?? s.grouping?.sizes ?? [] };
  }
  return s;
}

function withSign(neg: boolean, s: DecimalSpec): string {
  return neg ? "-" : s.sign === "-" ? "" : s.sign;
}
function align(sign: string, body: Str, s: DecimalSpec): Str {
  const spec = { fill: 32, align: s.align, width: s.width } as Spec;
  const room = s.width - sign.length - strLen(body);
  if (room <= 0) return joinStrs([sign, body]);
  if (room > 2 ** 29) throw memoryError();
  spec.fill = typeof s.fill === "string" ? s.fill.charCodeAt(0) : s.fill.cps[0];
  if (s.align !== "=") return pad(joinStrs([sign, body]), spec);
  spec.align = ">";
  spec.width = s.width - sign.length;
  return joinStrs([sign, pad(body, spec)]);
}
function roundTo(d: PyDecimal, digits: number, ctx: DecCtx): PyDecimal {
  if (d.coef === 0) return d;
  let r = rescale(d, intSub(intAdd(d.adjusted, 1), digits), ctx);
  // a carry makes one digit more
  if (r.adjusted !== d.adjusted) r = rescale(r, intSub(intAdd(r.adjusted, 1), digits), ctx);
  return r;
}

/** `d` formatted by a specifier (mpd_qformat_spec). */
export function formatDecimal(value: PyDecimal, s: DecimalSpec, ctx: DecCtx): Str {
  const type = s.type.toLowerCase();
  if (s.width > 1e18 || s.precision > 1e18) {
    throw valueError("format specification exceeds internal limits of _decimal");
  }
  if (value.kind !== FINITE) {
    const body = specialText(value) + (type === "%" ? "%" : "");
    return align(withSign(value.neg, s), body, s);
  }
  let d = value;
  if (type === "%") d = new PyDecimal(d.neg, d.coef, intAdd(d.exp, 2));
  const prec = s.precision;
  if (prec >= 0) {
    if (prec > 2 ** 29) {
      // only a shorter number stays as it is
      if (type !== "g") throw memoryError();
    } else if (type === "e") d = roundTo(d, prec + 1, ctx);
    else if (type === "g") {
      const p = prec === 0 ? 1 : prec;
      if (d.digits > p) d = roundTo(d, p, ctx);
    } else d = rescale(d, 0 - prec, ctx);
  }
  if (d.coef === 0 && d.exp > 0 && (type === "f" || type === "%")) d = new PyDecimal(d.neg, 0, 0);
  const neg = d.neg && !(s.noNegZero && d.coef === 0);
  const digits = String(d.coef), n = digits.length;
  const left = intAdd(d.exp, n);
  let place: Int;
  if (type === "e") place = d.coef === 0 && prec >= 0 ? 1 - prec : 1;
  else if (type === "g" && !(d.exp <= 0 && left > -6)) place = 1;
  else place = left;
  if (place > 2 ** 29 || place < -(2 ** 29)) throw memoryError();
  const at = place as number;
  let whole: string, frac: string;
  if (at < 0) {
    whole = "0";
    frac = "0".repeat(-at) + digits;
  } else if (at > n) {
    whole = digits + "0".repeat(at - n);
    frac = "";
  } else {
    whole = digits.slice(0, at) || "0";
    frac = digits.slice(at);
  }
  const exp = intSub(left, at);
  if (frac !== "" && s.fracSep !== "") frac = frac.match(/\d{1,3}/g)!.join(s.fracSep);
  let rest = "";
  if (exp !== 0 || type === "e") {
    rest = (s.type === "E" || s.type === "G" ? "E" : "e") + (exp >= 0 ? "+" : "") + exp;
  }
  if (type === "%") rest += "%";
  const sign = withSign(neg, s);
  const tail = joinStrs([frac !== "" || s.alt ? s.point : "", frac, rest]);
  let head: Str = whole;
  const min = s.zeroPad ? s.width - sign.length - strLen(tail) : 0;
  if (min > 2 ** 29) throw memoryError();
  if (s.grouping !== undefined) head = groupDigits(whole, min, s.grouping);
  else if (min > whole.length) head = whole.padStart(min, "0");
  return align(sign, joinStrs([head, tail]), s);
}
