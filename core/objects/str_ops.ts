// CPython 3.14: Objects/unicodeobject.c
//
// Length, items, slices, concatenation, comparison and joining of strs (see str_wide.ts for the
// two representations). Searching is in str_search.ts, splitting in str_split.ts, case in
// str_case.ts, repr in str_repr.ts.

import { PyWideStr, type Str } from "./object.ts";
import { memoryError } from "./errors.ts";
import { checkLength, chr, CpBuilder, fromCodePoints, MAX_LENGTH, wideConcat } from "./str_wide.ts";

export { chr, codePoints, CpBuilder, fromCodePoints, fromUtf16, isPlain, toUtf16 } from "./str_wide.ts";

/** `len(s)`. */
export function strLen(s: Str): number {
  return typeof s === "string" ? s.length : s.cps.length;
}

/** Code point of the character at `i`, which must be in range. */
export function strCodeAt(s: Str, i: number): number {
  return typeof s === "string" ? s.charCodeAt(i) : s.cps[i];
}

/** `s[i]` for an index in range. */
export function strAt(s: Str, i: number): Str {
  return typeof s === "string" ? s[i] : chr(s.cps[i]);
}

// V8's substrings of 13 characters and more keep the whole parent alive.
const LARGE_PARENT = 1 << 14;

/** `s[start:end]` for 0 <= start <= end <= len(s). */
export function strSlice(s: Str, start: number, end: number): Str {
  if (typeof s === "string") {
    const sub = s.substring(start, end);
    if (
      s.length >= LARGE_PARENT && sub.length >= 13 && sub.length < s.length >> 2
    ) return (" " + sub).slice(1);
    return sub;
  }
  if (start === 0 && end === s.cps.length) return s;
  return fromCodePoints(s.cps, start, end);
}

/** Characters start, start + step, ... (`count` of them), as slice indices give them. */
export function strSliceStep(
  s: Str,
  start: number,
  step: number,
  count: number,
): Str {
  if (count <= 0) return "";
  if (step === 1) return strSlice(s, start, start + count);
  if (typeof s === "string") {
    if (count <= 64) {
      let out = "";
      for (let i = start, k = count; k > 0; i += step, k--) out += s[i];
      return out;
    }
    const units = new Uint16Array(count);
    for (let i = start, k = 0; k < count; i += step, k++) {
      units[k] = s.charCodeAt(i);
    }
    return fromCodePoints(units) as string;
  }
  const cps = new Uint32Array(count);
  for (let i = start, k = 0; k < count; i += step, k++) cps[k] = s.cps[i];
  return fromCodePoints(cps);
}

/** `a + b`. */
export function strConcat2(a: Str, b: Str): Str {
  if (typeof a === "string" && typeof b === "string") {
    if (a.length + b.length > MAX_LENGTH) throw memoryError();
    return a + b;
  }
  if (a === "") return b;
  if (b === "") return a;
  return wideConcat(a, b);
}

/** `s * n`. */
export function strRepeat(s: Str, n: number): Str {
  const length = strLen(s);
  if (n <= 0 || length === 0) return "";
  if (n === 1) return s;
  checkLength(length * n);
  if (typeof s === "string") return s.repeat(n);
  const out = new Uint32Array(length * n);
  out.set(s.cps);
  for (let done = length; done < out.length;) {
    const k = Math.min(done, out.length - done);
    out.copyWithin(done, 0, k);
    done += k;
  }
  return new PyWideStr(out);
}

/** `a == b`. */
export function equalStr(a: Str, b: Str): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  const x = a.cps, y = b.cps, n = x.length;
  if (x === y) return true;
  if (n !== y.length) return false;
  for (let i = 0; i < n; i++) if (x[i] !== y[i]) return false;
  return true;
}

/** Order by code points: negative, 0 or positive. */
export function compareStr(a: Str, b: Str): number {
  // between two plain strings UTF-16 order is code point order
  if (typeof a === "string" && typeof b === "string") {
    return a < b ? -1 : a > b ? 1 : 0;
  }
  const m = strLen(a), n = strLen(b), k = Math.min(m, n);
  for (let i = 0; i < k; i++) {
    const d = strCodeAt(a, i) - strCodeAt(b, i);
    if (d !== 0) return d;
  }
  return m - n;
}

/** `sep.join(parts)`. */
export function strJoin(sep: Str, parts: readonly Str[]): Str {
  const n = parts.length;
  if (n === 0) return "";
  if (n === 1) return parts[0];
  let total = strLen(sep) * (n - 1), plain = typeof sep === "string";
  for (let i = 0; i < n; i++) {
    const p = parts[i];
    if (typeof p === "string") total += p.length;
    else {
      plain = false;
      total += p.cps.length;
    }
  }
  checkLength(total);
  if (plain) return parts.join(sep as string);
  const out = new CpBuilder(total);
  for (let i = 0; i < n; i++) {
    if (i > 0) out.pushStr(sep);
    out.pushStr(parts[i]);
  }
  return out.finish();
}

/** The concatenation of several strs. */
export function strConcatAll(...parts: Str[]): Str {
  return strJoin("", parts);
}

/** The largest character: 127, 255, 65535 or 1114111 (CPython's representation follows it). */
export function strMaxChar(s: Str): number {
  if (typeof s === "string") {
    return ASCII.test(s) ? 127 : LATIN1.test(s) ? 255 : 0xFFFF;
  }
  for (let i = 0; i < s.cps.length; i++) if (s.cps[i] > 0xFFFF) return 0x10FFFF;
  return 0xFFFF;
}

// deno-lint-ignore no-control-regex
const ASCII = /^[\x00-\x7f]*$/;
// deno-lint-ignore no-control-regex
const LATIN1 = /^[\x00-\xff]*$/;

/** `s.isascii()`. */
export function strIsAscii(s: Str): s is string {
  return typeof s === "string" && ASCII.test(s);
}
/** Only characters up to U+00FF? */
export function strIsLatin1(s: Str): s is string {
  return typeof s === "string" && LATIN1.test(s);
}
