// CPython 3.14: Python/formatter_unicode.c
//
// `__format__` of str, int, float and complex.

import type { PyComplex, PyFloat, Str, Value } from "./object.ts";
import { overflowError, valueError } from "./errors.ts";
import { intValue, strObject, strValue } from "./abstract.ts";
import { intRepr, intToBase, numberToInt } from "./int_convert.ts";
import { intAbs, intToDouble } from "./int_ops.ts";
import { layoutNumber, pad, parseSpec, RADIX, SEP_NONE, type Spec, unknownType } from "./format_spec.ts";
import { chr, strLen, strSlice } from "./str_ops.ts";
import { joinStrs } from "./repr_guard.ts";
import { DF_ALT, DF_DOT0, DF_NO_NEG_ZERO, formatDouble } from "../text/dtoa.ts";

/** `format(str, spec)`. */
export function formatStr(v: Value, text: Str): Str {
  if (text === "") return strValue(strObject(v));
  const s = parseSpec(text, v, 115, "<");
  if (s.type !== 115) throw unknownType(s.type, v);
  if (s.sign !== "") {
    throw valueError(
      s.sign === " " ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier",
    );
  }
  if (s.noNegZero) {
    throw valueError(
      "Negative zero coercion (z) not allowed in string format specifier",
    );
  }
  if (s.alt) {
    throw valueError(
      "Alternate form (#) not allowed in string format specifier",
    );
  }
  if (s.align === "=") {
    throw valueError("'=' alignment not allowed in string format specifier");
  }
  let body = strValue(v);
  if (s.precision >= 0 && strLen(body) > s.precision) {
    body = strSlice(body, 0, s.precision);
  }
  return pad(body, s);
}

/** `format(int, spec)`, also of bools and subclasses. */
export function formatInt(v: Value, text: Str): Str {
  if (text === "") {
    return typeof v === "number" ? String(v) : strValue(strObject(v));
  }
  const s = parseSpec(text, v, 100, ">");
  const base = s.type === 100 || s.type === 110 ? 10 : RADIX.get(s.type);
  if (base === undefined) {
    if (s.type === 99) return formatChar(v, s);
    if (FLOAT_TYPES.has(s.type)) {
      return formatFloatSpec(intToDouble(intValue(v)), s, v);
    }
    throw unknownType(s.type, v);
  }
  checkInt(s);
  const x = intValue(v), neg = x < 0;
  let digits = base === 10 ? intRepr(x) : intToBase(intAbs(x), base);
  if (base === 10 && neg) digits = digits.slice(1);
  if (s.type === 88) digits = digits.toUpperCase();
  const prefix = s.alt && base !== 10 ? "0" + String.fromCharCode(s.type) : "";
  return layoutNumber(
    { neg, prefix, digits, frac: "", point: false, rest: "" },
    s,
    s.type === 110,
  );
}
function checkInt(s: Spec): void {
  if (s.precision >= 0) {
    throw valueError("Precision not allowed in integer format specifier");
  }
  if (s.noNegZero) {
    throw valueError(
      "Negative zero coercion (z) not allowed in integer format specifier",
    );
  }
}
function formatChar(v: Value, s: Spec): Str {
  checkInt(s);
  if (s.sign !== "") {
    throw valueError("Sign not allowed with integer format specifier 'c'");
  }
  if (s.alt) {
    throw valueError(
      "Alternate form (#) not allowed with integer format specifier 'c'",
    );
  }
  const x = numberToInt(v);
  if (typeof x === "bigint" && BigInt.asIntN(64, x) !== x) {
    throw overflowError("Python int too large to convert to C long");
  }
  if (x < 0 || x > 0x10ffff) {
    throw overflowError("%c arg not in range(0x110000)");
  }
  return pad(chr(x as number), s);
}

/** e f g E F G % */
const FLOAT_TYPES = new Set([101, 102, 103, 69, 70, 71, 37]);

/** `format(float, spec)`, also of subclasses. */
export function formatFloat(v: Value, text: Str): Str {
  if (text === "") return strValue(strObject(v));
  const s = parseSpec(text, v, 0, ">");
  if (s.type !== 0 && s.type !== 110 && !FLOAT_TYPES.has(s.type)) {
    throw unknownType(s.type, v);
  }
  return formatFloatSpec((v as PyFloat).v, s, v);
}

const INT_MAX = 2147483647;

function formatFloatSpec(x: number, s: Spec, _v: Value): Str {
  let flags = 0, precision = s.precision, dflt = 6;
  let code = s.type === 0 ? "r" : String.fromCharCode(s.type);
  if (precision > INT_MAX) throw valueError("precision too big");
  if (s.alt) flags |= DF_ALT;
  if (s.noNegZero) flags |= DF_NO_NEG_ZERO;
  if (code === "r") {
    flags |= DF_DOT0;
    dflt = 0;
  } else if (code === "n") code = "g";
  let rest = "";
  if (code === "%") {
    code = "f";
    x *= 100;
    rest = "%";
  }
  if (precision < 0) precision = dflt;
  else if (code === "r") code = "g";
  const p = splitNumber(formatDouble(x, code, precision, flags));
  p.rest += rest;
  if (
    s.sep === SEP_NONE && s.fracSep === SEP_NONE && s.width <= 0 &&
    s.sign === "" && s.type !== 110
  ) {
    return (p.neg ? "-" : "") + p.digits + (p.point ? "." : "") + p.frac +
      p.rest;
  }
  return layoutNumber(p, s, s.type === 110);
}
/** The parts of what formatDouble gave. */
function splitNumber(t: string): {
  neg: boolean;
  prefix: string;
  digits: string;
  frac: string;
  point: boolean;
  rest: string;
} {
  const neg = t[0] === "-";
  let i = neg ? 1 : 0;
  const start = i;
  const digit = (): boolean => {
    const c = t.charCodeAt(i);
    return c >= 48 && c <= 57;
  };
  while (digit()) i++;
  const digits = t.slice(start, i);
  const point = t[i] === ".";
  if (point) i++;
  const f = i;
  while (point && digit()) i++;
  return {
    neg,
    prefix: "",
    digits,
    point,
    frac: t.slice(f, i),
    rest: t.slice(i),
  };
}

/** `format(complex, spec)`. */
export function formatComplex(v: Value, text: Str): Str {
  if (text === "") return strValue(strObject(v));
  const s = parseSpec(text, v, 0, ">");
  if (
    s.type !== 0 && s.type !== 110 &&
    (s.type === 37 || !FLOAT_TYPES.has(s.type))
  ) throw unknownType(s.type, v);
  if (s.precision > INT_MAX) throw valueError("precision too big");
  if (s.fill === 48) {
    throw valueError(
      "Zero padding is not allowed in complex format specifier",
    );
  }
  if (s.align === "=") {
    throw valueError(
      "'=' alignment flag is not allowed in complex format specifier",
    );
  }
  const { re, im } = v as PyComplex;
  let flags = 0, precision = s.precision, dflt = 6;
  let code = s.type === 0 ? "r" : String.fromCharCode(s.type);
  if (s.alt) flags |= DF_ALT;
  if (s.noNegZero) flags |= DF_NO_NEG_ZERO;
  let skipRe = false, parens = false;
  if (code === "r") {
    dflt = 0;
    if (Object.is(re, 0)) skipRe = true;
    else parens = true;
  } else if (code === "n") code = "g";
  if (precision < 0) precision = dflt;
  else if (code === "r") code = "g";
  const locale = s.type === 110;
  const bare: Spec = { ...s, width: -1, fill: 0, align: "<" };
  const parts: Str[] = [];
  if (parens) parts.push("(");
  if (!skipRe) {
    parts.push(
      layoutNumber(
        splitNumber(formatDouble(re, code, precision, flags)),
        bare,
        locale,
      ),
    );
    bare.sign = "+";
  }
  parts.push(
    layoutNumber(
      splitNumber(formatDouble(im, code, precision, flags)),
      bare,
      locale,
    ),
    parens ? "j)" : "j",
  );
  return pad(joinStrs(parts), s);
}
