// CPython 3.14: Objects/longobject.c (PyLong_FromString), Python/pystrtod.c, Objects/unicodeobject.c
//               (_PyUnicode_TransformDecimalAndSpaceToASCII), Objects/complexobject.c
//
// Numbers from text. Text is first brought to ASCII (`numberText`: decimal digits of any script
// become 0-9, spaces become a space, everything else "?"), then validated against Python's
// grammar; only text known to be valid reaches the host's Number() and BigInt(), which are
// correctly rounded and subquadratic.

import type { Int, Str } from "./object.ts";
import { cur } from "./state.ts";
import { valueError } from "./errors.ts";
import { normInt } from "./int_ops.ts";
import { decimalValue, isSpace } from "../unicode/ctype.ts";

/** Text with less digits than this is never subject to the digit limit. */
export const DIGITS_THRESHOLD = 640;

/** The ASCII form of a str that may spell a number. */
export function numberText(s: Str): string {
  if (typeof s === "string") {
    let i = 0;
    while (i < s.length && s.charCodeAt(i) < 128) i++;
    if (i === s.length) return s;
  }
  const out: string[] = [];
  const n = typeof s === "string" ? s.length : s.cps.length;
  for (let i = 0; i < n; i++) {
    const c = typeof s === "string" ? s.charCodeAt(i) : s.cps[i];
    if (c < 128) out.push(String.fromCharCode(c));
    else if (isSpace(c)) out.push(" ");
    else {
      const d = decimalValue(c);
      out.push(d < 0 ? "?" : String(d));
    }
  }
  return out.join("");
}

/** Latin-1 text of bytes that may spell a number. */
export function bytesText(b: Uint8Array): string {
  let s = "";
  for (let i = 0; i < b.length; i += 8192) {
    s += String.fromCharCode(...b.subarray(i, i + 8192));
  }
  return s;
}

/** Space as C's isspace. */
function isCSpace(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}
function strip(s: string): string {
  let i = 0, j = s.length;
  while (i < j && isCSpace(s.charCodeAt(i))) i++;
  while (j > i && isCSpace(s.charCodeAt(j - 1))) j--;
  return i === 0 && j === s.length ? s : s.slice(i, j);
}

function digitValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 122) return c - 87;
  if (c >= 65 && c <= 90) return c - 55;
  return 99;
}

/** An int from ASCII text (see numberText); undefined when it is not a valid literal. */
export function parseInteger(text: string, base: number): Int | undefined {
  const s = strip(text);
  let i = 0, neg = false, mustBeZero = false;
  let c = s.charCodeAt(0);
  if (c === 43) i = 1;
  else if (c === 45) {
    i = 1;
    neg = true;
  }
  if (base === 0) {
    if (s[i] !== "0") base = 10;
    else {
      const p = s.charCodeAt(i + 1) | 32;
      if (p === 120) base = 16;
      else if (p === 111) base = 8;
      else if (p === 98) base = 2;
      else {
        base = 10;
        mustBeZero = true;
      }
    }
  }
  if (s[i] === "0" && (base === 16 || base === 8 || base === 2)) {
    const p = s.charCodeAt(i + 1) | 32;
    if (p === (base === 16 ? 120 : base === 8 ? 111 : 98)) {
      i += 2;
      if (s.charCodeAt(i) === 95) i++;
    }
  }
  const start = i;
  if (start >= s.length) return undefined;
  let underscores = false, prev = 95;
  for (; i < s.length; i++) {
    c = s.charCodeAt(i);
    if (c === 95) {
      if (prev === 95) return undefined;
      underscores = true;
    } else if (digitValue(c) >= base) return undefined;
    prev = c;
  }
  if (prev === 95) return undefined;
  let digits = start === 0 ? s : s.slice(start);
  if (underscores) digits = digits.replaceAll("_", "");
  if (mustBeZero && !/^0*$/.test(digits)) return undefined;
  const v = digitsToInt(digits, base);
  return neg ? (typeof v === "number" ? 0 - v : normInt(-v)) : v;
}

/** The int of valid digits in a base from 2 to 36. */
export function digitsToInt(digits: string, base: number): Int {
  if (digits.length <= 10) return parseInt(digits, base);
  if (digits.length <= 15 && base === 10) return Number(digits);
  const binary = (base & (base - 1)) === 0;
  if (!binary && digits.length > DIGITS_THRESHOLD) {
    const max = cur.interp.intMaxStrDigits;
    if (max > 0 && digits.length > max) {
      throw valueError(
        `Exceeds the limit (${max} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
      );
    }
  }
  if (digits.length > 1000) cur.tick(digits.length / 16);
  switch (base) {
    case 10:
      return normInt(BigInt(digits));
    case 16:
      return normInt(BigInt("0x" + digits));
    case 8:
      return normInt(BigInt("0o" + digits));
    case 2:
      return normInt(BigInt("0b" + digits));
  }
  // chunks that are exact as numbers, then merged pairwise
  const size = Math.floor(53 / Math.log2(base));
  const parts: bigint[] = [];
  for (let end = digits.length; end > 0; end -= size) {
    parts.push(
      BigInt(parseInt(digits.slice(Math.max(0, end - size), end), base)),
    );
  }
  let unit = BigInt(base) ** BigInt(size), list = parts;
  while (list.length > 1) {
    const next: bigint[] = [];
    for (let k = 0; k < list.length; k += 2) {
      next.push(k + 1 < list.length ? list[k] + list[k + 1] * unit : list[k]);
    }
    cur?.tick(list.length);
    list = next;
    if (list.length > 1) unit *= unit;
  }
  return normInt(list[0]);
}

const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;

/** Text without the underscores that stand between digits; undefined when one does not. */
function withoutUnderscores(s: string): string | undefined {
  if (!s.includes("_")) return s;
  if (/(?:^|\D)_|_(?:\D|$)/.test(s)) return undefined;
  return s.replaceAll("_", "");
}

/** A float from ASCII text (see numberText); undefined when it is not a valid literal. */
export function parseFloatText(text: string): number | undefined {
  const s = withoutUnderscores(strip(text));
  if (s === undefined) return undefined;
  if (FLOAT.test(s)) return Number(s);
  return special(s);
}
function special(s: string): number | undefined {
  const m = SPECIAL.exec(s);
  if (m === null) return undefined;
  if (m[2] === undefined) return signedNaN(m[1] === "-");
  return m[1] === "-" ? -Infinity : Infinity;
}

// The host need not keep a NaN's sign, but does as long as nothing computes with it.
const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);
/** A NaN with its sign bit clear or set. */
export function signedNaN(negative: boolean): number {
  u32[0] = 0;
  u32[1] = negative ? 0xfff80000 : 0x7ff80000;
  return f64[0];
}
/** The sign bit. */
export function isNegative(x: number): boolean {
  if (x === x) return x < 0 || Object.is(x, -0);
  f64[0] = x;
  return u32[1] >>> 31 === 1;
}

const PART = /[+-]?(?:inf(?:inity)?|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/iy;

/** `[real, imag]` from ASCII text; undefined when it is malformed. */
export function parseComplexText(text: string): [number, number] | undefined {
  let s = withoutUnderscores(strip(text));
  if (s === undefined || s === "") return undefined;
  if (s[0] === "(") {
    if (!s.endsWith(")")) return undefined;
    s = strip(s.slice(1, -1));
  }
  let at = 0;
  const number = (): number | undefined => {
    PART.lastIndex = at;
    const m = PART.exec(s!);
    if (m === null) return undefined;
    at += m[0].length;
    return special(m[0]) ?? Number(m[0]);
  };
  const unit = (): number => {
    const c = s![at];
    if (c === "+" || c === "-") at++;
    return c === "-" ? -1 : 1;
  };
  const j = (): boolean => (s!.charCodeAt(at++) | 32) === 106;
  let re = 0, im = 0;
  const z = number();
  if (z !== undefined) {
    const c = s[at];
    if (c === "+" || c === "-") {
      re = z;
      im = number() ?? unit();
      if (!j()) return undefined;
    } else if (c === "j" || c === "J") {
      at++;
      im = z;
    } else re = z;
  } else {
    im = unit();
    if (!j()) return undefined;
  }
  return at === s.length ? [re, im] : undefined;
}
