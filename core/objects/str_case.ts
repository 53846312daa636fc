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
  lowerOne,
  NUMERIC,
  PRINTABLE,
  pushFolded,
  pushLower,
  pushTitle,
  pushUpper,
  SPACE,
  TITLE,
  titleOne,
  UPPER,
  upperOne,
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

/** Output of a case conversion and the scratch array for mappings to several characters. */
class CaseBuilder {
  private readonly out: CpBuilder;
  private readonly some: number[] = [];
  constructor(capacity: number) {
    this.out = new CpBuilder(capacity);
  }
  push(c: number): void {
    this.out.push(c);
  }
  finish(): Str {
    return this.out.finish();
  }
  private pushSome(push: (c: number, out: number[]) => void, c: number): void {
    this.some.length = 0;
    push(c, this.some);
    for (let k = 0; k < this.some.length; k++) this.push(this.some[k]);
  }
  upper(c: number): void {
    const one = upperOne(c);
    if (one >= 0) this.push(one);
    else this.pushSome(pushUpper, c);
  }
  title(c: number): void {
    const one = titleOne(c);
    if (one >= 0) this.push(one);
    else this.pushSome(pushTitle, c);
  }
  /** The character at `i`, whose form depends on what is around it if it is a sigma. */
  lowerAt(cps: Uint32Array, i: number): void {
    const c = cps[i];
    if (c === CAPITAL_SIGMA) {
      this.push(isFinalSigma(cps, i) ? FINAL_SIGMA : SMALL_SIGMA);
      return;
    }
    const one = lowerOne(c);
    if (one >= 0) this.push(one);
    else this.pushSome(pushLower, c);
  }
  folded(c: number): void {
    const one = lowerOne(c);
    if (one >= 0) this.push(one);
    else this.pushSome(pushFolded, c);
  }
}

/** `s.lower()`. */
export function strLower(s: Str): Str {
  if (strIsLatin1(s)) return s.toLowerCase();
  const cps = codePoints(s), out = new CaseBuilder(cps.length);
  for (let i = 0; i < cps.length; i++) out.lowerAt(cps, i);
  return out.finish();
}
/** `s.upper()`. */
export function strUpper(s: Str): Str {
  if (strIsLatin1(s)) return s.toUpperCase();
  const cps = codePoints(s), out = new CaseBuilder(cps.length);
  for (let i = 0; i < cps.length; i++) out.upper(cps[i]);
  return out.finish();
}
/** `s.casefold()`. */
export function strCasefold(s: Str): Str {
  if (strIsAscii(s)) return s.toLowerCase();
  const cps = codePoints(s), out = new CaseBuilder(cps.length);
  for (let i = 0; i < cps.length; i++) out.folded(cps[i]);
  return out.finish();
}
/** `s.title()`. */
export function strTitle(s: Str): Str {
  const cps = codePoints(s), out = new CaseBuilder(cps.length);
  let inWord = false;
  for (let i = 0; i < cps.length; i++) {
    if (inWord) out.lowerAt(cps, i);
    else if (cps[i] < 128) out.upper(cps[i]);
    else out.title(cps[i]);
    inWord = isCased(cps[i]);
  }
  return out.finish();
}
/** `s.capitalize()`. */
export function strCapitalize(s: Str): Str {
  if (strIsAscii(s)) {
    return s.slice(0, 1).toUpperCase() + s.slice(1).toLowerCase();
  }
  const cps = codePoints(s), out = new CaseBuilder(cps.length);
  out.title(cps[0]);
  for (let i = 1; i < cps.length; i++) out.lowerAt(cps, i);
  return out.finish();
}
/** `s.swapcase()`. */
export function strSwapcase(s: Str): Str {
  const cps = codePoints(s), out = new CaseBuilder(cps.length);
  for (let i = 0; i < cps.length; i++) {
    const flags = charFlags(cps[i]);
    if (flags & UPPER) out.lowerAt(cps, i);
    else if (flags & LOWER) out.upper(cps[i]);
    else out.push(cps[i]);
  }
  return out.finish();
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
