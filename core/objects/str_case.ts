// CPython 3.14: Objects/unicodeobject.c (case conversion and the is... tests)
//
// Case conversion and character-class tests of strs, by the tables of Unicode 16. V8's own
// conversions serve up to U+00FF only, where Unicode never changes.

import type { Str } from "./object.ts";
import {
  ALPHA,
  charFlags,
  DECIMAL,
  DIGIT,
  isCased,
  isCaseIgnorable,
  LOWER,
  NUMERIC,
  PRINTABLE,
  pushFolded,
  pushLower,
  pushTitle,
  pushUpper,
  SPACE,
  TITLE,
  UPPER,
  XID_CONTINUE,
  XID_START,
} from "../unicode/ctype.ts";
import { codePoints, CpBuilder } from "./str_wide.ts";
import { strCodeAt, strIsAscii, strIsLatin1, strLen } from "./str_ops.ts";

const CAPITAL_SIGMA = 0x3A3, SMALL_SIGMA = 0x3C3, FINAL_SIGMA = 0x3C2;

/** Is the sigma at `i` the last letter of a word (Final_Sigma of SpecialCasing)? */
function isFinalSigma(cps: Uint32Array, i: number): boolean {
  let j = i - 1;
  while (j >= 0 && isCaseIgnorable(cps[j])) j--;
  if (j < 0 || !isCased(cps[j])) return false;
  j = i + 1;
  while (j < cps.length && isCaseIgnorable(cps[j])) j++;
  return j === cps.length || !isCased(cps[j]);
}

/** Appends the lower-case form of the character at `i`. */
function lowerAt(cps: Uint32Array, i: number, out: number[]): void {
  if (cps[i] === CAPITAL_SIGMA) {
    out.push(isFinalSigma(cps, i) ? FINAL_SIGMA : SMALL_SIGMA);
  } else pushLower(cps[i], out);
}

/** Maps each character to the code points that `f` appends. */
function mapChars(
  s: Str,
  f: (cps: Uint32Array, i: number, out: number[]) => void,
): Str {
  const cps = codePoints(s),
    n = cps.length,
    out = new CpBuilder(n),
    some: number[] = [];
  for (let i = 0; i < n; i++) {
    some.length = 0;
    f(cps, i, some);
    for (let k = 0; k < some.length; k++) out.push(some[k]);
  }
  return out.finish();
}

/** `s.lower()`. */
export function strLower(s: Str): Str {
  return strIsLatin1(s) ? s.toLowerCase() : mapChars(s, lowerAt);
}
/** `s.upper()`. */
export function strUpper(s: Str): Str {
  return strIsLatin1(s)
    ? s.toUpperCase()
    : mapChars(s, (cps, i, out) => pushUpper(cps[i], out));
}
/** `s.casefold()`. */
export function strCasefold(s: Str): Str {
  return strIsAscii(s)
    ? s.toLowerCase()
    : mapChars(s, (cps, i, out) => pushFolded(cps[i], out));
}
/** `s.title()`. */
export function strTitle(s: Str): Str {
  let inWord = false;
  return mapChars(s, (cps, i, out) => {
    if (inWord) lowerAt(cps, i, out);
    else pushTitle(cps[i], out);
    inWord = isCased(cps[i]);
  });
}
/** `s.capitalize()`. */
export function strCapitalize(s: Str): Str {
  if (strIsAscii(s)) {
    return s.slice(0, 1).toUpperCase() + s.slice(1).toLowerCase();
  }
  return mapChars(s, (cps, i, out) => {
    if (i === 0) pushTitle(cps[i], out);
    else lowerAt(cps, i, out);
  });
}
/** `s.swapcase()`. */
export function strSwapcase(s: Str): Str {
  return mapChars(s, (cps, i, out) => {
    const flags = charFlags(cps[i]);
    if (flags & UPPER) lowerAt(cps, i, out);
    else if (flags & LOWER) pushUpper(cps[i], out);
    else out.push(cps[i]);
  });
}

/** Do all characters of a non-empty str have one of the flags? */
function every(s: Str, flags: number): boolean {
  const n = strLen(s);
  if (n === 0) return false;
  if (typeof s === "string") {
    for (let i = 0; i < n; i++) {
      if ((charFlags(s.charCodeAt(i)) & flags) === 0) return false;
    }
    return true;
  }
  for (let i = 0; i < n; i++) {
    if ((charFlags(s.cps[i]) & flags) === 0) return false;
  }
  return true;
}

/** `s.isalpha()`. */
export function strIsAlpha(s: Str): boolean {
  return every(s, ALPHA);
}
/** `s.isalnum()`. */
export function strIsAlnum(s: Str): boolean {
  return every(s, ALPHA | DECIMAL | DIGIT | NUMERIC);
}
/** `s.isdecimal()`. */
export function strIsDecimal(s: Str): boolean {
  return every(s, DECIMAL);
}
/** `s.isdigit()`. */
export function strIsDigit(s: Str): boolean {
  return every(s, DIGIT);
}
/** `s.isnumeric()`. */
export function strIsNumeric(s: Str): boolean {
  return every(s, NUMERIC);
}
/** `s.isspace()`. */
export function strIsSpace(s: Str): boolean {
  return every(s, SPACE);
}
/** `s.isprintable()`: the empty str is. */
export function strIsPrintable(s: Str): boolean {
  return strLen(s) === 0 || every(s, PRINTABLE);
}
/** `s.isidentifier()`. */
export function strIsIdentifier(s: Str): boolean {
  const n = strLen(s);
  if (n === 0) return false;
  const first = strCodeAt(s, 0);
  if (first !== 95 && (charFlags(first) & XID_START) === 0) return false;
  for (let i = 1; i < n; i++) {
    if ((charFlags(strCodeAt(s, i)) & XID_CONTINUE) === 0) return false;
  }
  return true;
}
export { strIsIdentifier as isIdentifier };
/** `s.islower()`. */
export function strIsLower(s: Str): boolean {
  return oneCase(s, LOWER, UPPER | TITLE);
}
/** `s.isupper()`. */
export function strIsUpper(s: Str): boolean {
  return oneCase(s, UPPER, LOWER | TITLE);
}
function oneCase(s: Str, wanted: number, banned: number): boolean {
  const n = strLen(s);
  let found = false;
  for (let i = 0; i < n; i++) {
    const flags = charFlags(strCodeAt(s, i));
    if (flags & banned) return false;
    if (flags & wanted) found = true;
  }
  return found;
}
/** `s.istitle()`. */
export function strIsTitle(s: Str): boolean {
  const n = strLen(s);
  let inWord = false, found = false;
  for (let i = 0; i < n; i++) {
    const flags = charFlags(strCodeAt(s, i));
    if (flags & (UPPER | TITLE)) {
      if (inWord) return false;
      inWord = found = true;
    } else if (flags & LOWER) {
      if (!inWord) return false;
      found = true;
    } else inWord = false;
  }
  return found;
}
