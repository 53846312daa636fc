// CPython 3.14: Python/formatter_unicode.c (parsing), Objects/unicodeobject.c (thousands grouping)
//
// The format mini-language's text as a Spec, and the layout that all number formats share: sign,
// prefix, padding, digits grouped by thousands, the rest.

import { argTypeName } from "./type_name.ts";
import { PyStrSub, PyWideStr, type Str, typeOf, type Value } from "./object.ts";
import { cur, interpStore } from "./state.ts";
import { newErrorArgs, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { chr, strRepeat } from "./str_ops.ts";
import { joinStrs } from "./repr_guard.ts";
import { decimalValue } from "../unicode/ctype.ts";

/** Kinds of thousands separator. */
export const SEP_NONE = 0,
  SEP_COMMA = 1,
  SEP_UNDERSCORE = 2,
  SEP_FOUR = 3,
  SEP_LOCALE = 4;

/** A parsed format specifier. */
export interface Spec {
  /** Code point of the fill character. */
  fill: number;
  /** "<", ">", "=" or "^". */
  align: string;
  /** "", "+", "-" or " ". */
  sign: string;
  noNegZero: boolean;
  alt: boolean;
  /** -1 when absent, as precision. */
  width: number;
  sep: number;
  fracSep: number;
  precision: number;
  /** Code point of the presentation type; 0 where there is none and no default. */
  type: number;
}

/** How numbers of type "n" look: localeconv()'s LC_NUMERIC part. */
export interface NumericLocale {
  decimalPoint: Str;
  thousandsSep: Str;
  /** Sizes of the groups from the right; the last repeats, 127 ends the grouping. */
  grouping: readonly number[];
}
const C_LOCALE: NumericLocale = {
  decimalPoint: ".",
  thousandsSep: "",
  grouping: [],
};
const LOCALE_KEY = { name: "numeric locale" };
/** The Interpreter's numeric locale. */
export function numericLocale(): NumericLocale {
  if (cur === undefined) return C_LOCALE;
  return interpStore(LOCALE_KEY, () => ({ value: C_LOCALE })).value;
}
/** Sets it (locale.setlocale). */
export function setNumericLocale(l: NumericLocale): void {
  interpStore(LOCALE_KEY, () => ({ value: C_LOCALE })).value = l;
}

/** The specifier of a `__format__` call as text. */
export function specText(spec: Value): Str {
  if (typeof spec === "string" || spec instanceof PyWideStr) return spec;
  if (spec instanceof PyStrSub) return spec.v;
  throw typeError(
    `__format__() argument must be str, not ${argTypeName(spec)}`,
  );
}

function isAlign(c: number): boolean {
  return c === 60 || c === 62 || c === 61 || c === 94;
}
/** A character as the error texts show it. */
function shown(c: number): string {
  return c > 32 && c < 128 ? String.fromCharCode(c) : "\\x" + c.toString(16);
}
function bothSeparators(): Error {
  return valueError("Cannot specify both ',' and '_'.") as unknown as Error;
}
function badSeparator(sep: number, type: number): Error {
  const s = sep === SEP_COMMA ? "," : "_";
  return valueError(
    `Cannot specify '${s}' with '${shown(type)}'.`,
  ) as unknown as Error;
}
/** "Unknown format code". */
export function unknownType(type: number, v: Value): Error {
  return valueError(
    `Unknown format code '${shown(type)}' for object of type '${typeOf(v).name}'`,
  ) as unknown as Error;
}

/** Types that take a thousands separator: d e f g E F G % and none. */
const GROUPED = new Set([0, 100, 101, 102, 103, 69, 70, 71, 37]);
/** b, o, x, X. */
export const RADIX: ReadonlyMap<number, number> = new Map([
  [98, 2],
  [111, 8],
  [120, 16],
  [88, 16],
]);

/** Parses a specifier for a value of this type. */
export function parseSpec(
  text: Str,
  v: Value,
  defaultType: number,
  defaultAlign: string,
): Spec {
  const n = typeof text === "string" ? text.length : text.cps.length;
  const at = (i: number): number => i >= n ? -1 : typeof text === "string" ? text.charCodeAt(i) : text.cps[i];
  const s: Spec = {
    fill: 32,
    align: defaultAlign,
    sign: "",
    noNegZero: false,
    alt: false,
    width: -1,
    sep: SEP_NONE,
    fracSep: SEP_NONE,
    precision: -1,
    type: defaultType,
  };
  let i = 0, filled = false, aligned = false;
  if (n >= 2 && isAlign(at(1))) {
    s.fill = at(0);
    s.align = String.fromCharCode(at(1));
    filled = aligned = true;
    i = 2;
  } else if (n >= 1 && isAlign(at(0))) {
    s.align = String.fromCharCode(at(0));
    aligned = true;
    i = 1;
  }
  let c = at(i);
  if (c === 43 || c === 45 || c === 32) {
    s.sign = String.fromCharCode(c);
    c = at(++i);
  }
  if (c === 122) {
    s.noNegZero = true;
    c = at(++i);
  }
  if (c === 35) {
    s.alt = true;
    c = at(++i);
  }
  if (!filled && c === 48) {
    s.fill = 48;
    if (!aligned && defaultAlign === ">") s.align = "=";
    c = at(++i);
  }
  const integer = (): number => {
    let r = 0, any = false;
    for (;; i++) {
      const c = at(i);
      const d = c < 0 ? -1 : c < 128 ? (c >= 48 && c <= 57 ? c - 48 : -1) : decimalValue(c);
      if (d < 0) break;
      any = true;
      r = r * 10 + d;
      if (r > 9223372036854775807) {
        throw valueError("Too many decimal digits in format string");
      }
    }
    return any ? r : -1;
  };
  s.width = integer();
  c = at(i);
  if (c === 44) {
    s.sep = SEP_COMMA;
    c = at(++i);
  }
  if (c === 95) {
    if (s.sep !== SEP_NONE) throw bothSeparators();
    s.sep = SEP_UNDERSCORE;
    c = at(++i);
  }
  if (c === 44 && s.sep === SEP_UNDERSCORE) throw bothSeparators();
  if (c === 46) {
    i++;
    s.precision = integer();
    let any = s.precision >= 0;
    c = at(i);
    if (c === 44) {
      s.fracSep = SEP_COMMA;
      any = true;
      c = at(++i);
    }
    if (c === 95) {
      if (s.fracSep !== SEP_NONE) throw bothSeparators();
      s.fracSep = SEP_UNDERSCORE;
      any = true;
      c = at(++i);
    }
    if (c === 44 && s.fracSep === SEP_UNDERSCORE) throw bothSeparators();
    if (!any) throw valueError("Format specifier missing precision");
  }
  if (n - i > 1) {
    throw newErrorArgs(X.ValueError, [
      joinStrs([
        "Invalid format specifier '",
        text,
        `' for object of type '${typeOf(v).name}'`,
      ]),
    ]);
  }
  if (i < n) s.type = at(i);
  if (s.sep !== SEP_NONE && !GROUPED.has(s.type)) {
    if (s.sep === SEP_UNDERSCORE && RADIX.has(s.type)) s.sep = SEP_FOUR;
    else throw badSeparator(s.sep, s.type);
  }
  if (s.type === 110 && s.fracSep !== SEP_NONE) {
    throw badSeparator(s.fracSep, s.type);
  }
  return s;
}

/** A separator and the sizes of the groups from the right; the last repeats, 127 ends the grouping. */
export interface Grouping {
  sep: Str;
  sizes: readonly number[];
}
/** Separator and group sizes of a separator kind. */
function grouping(sep: number): Grouping {
  switch (sep) {
    case SEP_COMMA:
      return { sep: ",", sizes: [3] };
    case SEP_UNDERSCORE:
      return { sep: "_", sizes: [3] };
    case SEP_FOUR:
      return { sep: "_", sizes: [4] };
    case SEP_LOCALE: {
      const l = numericLocale();
      return { sep: l.thousandsSep, sizes: l.grouping };
    }
  }
  return { sep: "", sizes: [] };
}

/**
 * Digits with separators, and with zeros in front up to `minWidth` characters (a zero is never
 * preceded by a bare separator, so the result may be one longer).
 */
export function groupDigits(
  digits: string,
  minWidth: number,
  kind: number | Grouping,
): Str {
  const g = typeof kind === "number" ? grouping(kind) : kind;
  if (g.sizes.length === 0 || digits === "") {
    return digits.padStart(minWidth, "0");
  }
  const sepLen = typeof g.sep === "string" ? g.sep.length : g.sep.cps.length;
  const parts: Str[] = [];
  let left = digits.length, min = minWidth, k = 0, done = false;
  const take = (size: number): void => {
    const len = Math.min(size, Math.max(left, min, 1));
    const chars = Math.max(0, Math.min(left, len));
    if (parts.length > 0) parts.push(g.sep);
    parts.push("0".repeat(len - chars) + digits.slice(left - chars, left));
    left -= chars;
    min -= len;
  };
  for (;;) {
    const size = g.sizes[Math.min(k, g.sizes.length - 1)];
    k++;
    if (size === 127 || size === 0) break;
    take(size);
    if (left <= 0 && min <= 0) {
      done = true;
      break;
    }
    min -= sepLen;
  }
  if (!done) take(Infinity);
  return joinStrs(parts.reverse());
}

/** Digits after the point, grouped from the left. */
function groupFraction(digits: string, kind: number): string {
  const sep = kind === SEP_COMMA ? "," : "_";
  const parts: string[] = [];
  for (let i = 0; i < digits.length; i += 3) parts.push(digits.slice(i, i + 3));
  return parts.join(sep);
}

function lengthOf(s: Str): number {
  return typeof s === "string" ? s.length : s.cps.length;
}

/** Padding around `body`. */
export function pad(body: Str, s: Spec): Str {
  const total = s.width - lengthOf(body);
  if (total <= 0) return body;
  const left = s.align === "^" ? Math.floor(total / 2) : s.align === "<" ? 0 : total;
  const f = chr(s.fill);
  return joinStrs([
    left > 0 ? strRepeat(f, left) : "",
    body,
    total > left ? strRepeat(f, total - left) : "",
  ]);
}

/** A number in parts: what is before the point, after it, and an exponent or a percent sign. */
export interface NumberParts {
  neg: boolean;
  prefix: string;
  digits: string;
  /** Digits after the point. */
  frac: string;
  point: boolean;
  rest: string;
}

/** Lays a number out (calc_number_widths, fill_number). `locale`: type "n". */
export function layoutNumber(p: NumberParts, s: Spec, locale: boolean): Str {
  let sign = "";
  if (p.neg) sign = "-";
  else if (s.sign === "+") sign = "+";
  else if (s.sign === " ") sign = " ";
  const kind = locale ? SEP_LOCALE : s.sep;
  const frac = s.fracSep === SEP_NONE || p.frac === "" ? p.frac : groupFraction(p.frac, s.fracSep);
  const point: Str = p.point ? (locale ? numericLocale().decimalPoint : ".") : "";
  const fixed = sign.length + p.prefix.length + lengthOf(point) + frac.length +
    p.rest.length;
  let digits: Str = p.digits;
  if (digits !== "") {
    const min = s.fill === 48 && s.align === "=" ? s.width - fixed : 0;
    if (kind !== SEP_NONE) digits = groupDigits(p.digits, min, kind);
    else if (min > p.digits.length) {
      digits = zeros(min - p.digits.length) + p.digits;
    }
  }
  const padding = s.width - fixed - lengthOf(digits);
  if (padding <= 0) {
    return joinStrs([sign, p.prefix, digits, point, frac, p.rest]);
  }
  const fill = (n: number): Str => n > 0 ? strRepeat(chr(s.fill), n) : "";
  let l = 0, m = 0, r = 0;
  switch (s.align) {
    case "<":
      r = padding;
      break;
    case "^":
      l = Math.floor(padding / 2);
      r = padding - l;
      break;
    case "=":
      m = padding;
      break;
    default:
      l = padding;
  }
  return joinStrs([
    fill(l),
    sign,
    p.prefix,
    fill(m),
    digits,
    point,
    frac,
    p.rest,
    fill(r),
  ]);
}
function zeros(n: number): string {
  return strRepeat("0", n) as string;
}
