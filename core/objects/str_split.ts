// CPython 3.14: Objects/stringlib/split.h, partition.h, Objects/unicodeobject.c (strip)
//
// Splitting and stripping strs. `max` is Python's maxsplit: negative for no limit.

import type { Str } from "./object.ts";
import { valueError } from "./errors.ts";
import { isLinebreak, isSpace } from "../unicode/ctype.ts";
import { strAt, strCodeAt, strLen, strSlice } from "./str_ops.ts";
import { strFind, strRFind } from "./str_search.ts";

/** `s.split(sep, max)`; without `sep` at runs of whitespace. */
export function strSplit(s: Str, sep: Str | undefined, max = -1): Str[] {
  if (max < 0) max = Infinity;
  if (sep === undefined) return splitWhitespace(s, max);
  const m = strLen(sep);
  if (m === 0) throw valueError("empty separator");
  if (typeof s === "string") {
    if (typeof sep !== "string") return [s];
    if (max === Infinity) return s.split(sep);
  }
  const out: Str[] = [], n = strLen(s);
  let from = 0;
  while (max-- > 0) {
    const i = strFind(s, sep, from);
    if (i < 0) break;
    out.push(strSlice(s, from, i));
    from = i + m;
  }
  out.push(from === 0 ? s : strSlice(s, from, n));
  return out;
}

/** Is it a whitespace character? Most are settled without the table. */
function isBlank(c: number): boolean {
  return c < 128 ? c === 32 || (c >= 9 && c <= 13) || (c >= 28 && c <= 31) : isSpace(c);
}

/** All words of a plain str. */
function words(s: string): Str[] {
  const out: Str[] = [], n = s.length;
  for (let i = 0;;) {
    while (i < n && isBlank(s.charCodeAt(i))) i++;
    if (i === n) return out;
    const from = i++;
    while (i < n && !isBlank(s.charCodeAt(i))) i++;
    out.push(from === 0 && i === n ? s : strSlice(s, from, i));
  }
}

function splitWhitespace(s: Str, max: number): Str[] {
  if (typeof s === "string" && max === Infinity) return words(s);
  const out: Str[] = [], n = strLen(s);
  let i = 0;
  for (;;) {
    while (i < n && isSpace(strCodeAt(s, i))) i++;
    if (i === n) return out;
    const from = i;
    if (max-- <= 0) {
      out.push(strSlice(s, from, n)); // with the blanks at its end
      return out;
    }
    i++;
    while (i < n && !isSpace(strCodeAt(s, i))) i++;
    out.push(from === 0 && i === n ? s : strSlice(s, from, i));
  }
}

/** `s.rsplit(sep, max)`. */
export function strRSplit(s: Str, sep: Str | undefined, max = -1): Str[] {
  if (max < 0) max = Infinity;
  if (sep === undefined) {
    return max === Infinity ? splitWhitespace(s, max) : rsplitWhitespace(s, max);
  }
  const m = strLen(sep);
  if (m === 0) throw valueError("empty separator");
  const out: Str[] = [];
  let end = strLen(s);
  while (max-- > 0) {
    const i = strRFind(s, sep, 0, end);
    if (i < 0) break;
    out.push(strSlice(s, i + m, end));
    end = i;
  }
  out.push(strSlice(s, 0, end));
  return out.reverse();
}

function rsplitWhitespace(s: Str, max: number): Str[] {
  const out: Str[] = [];
  let i = strLen(s);
  for (;;) {
    while (i > 0 && isSpace(strCodeAt(s, i - 1))) i--;
    if (i === 0) return out.reverse();
    const end = i;
    if (max-- <= 0) {
      out.push(strSlice(s, 0, end));
      return out.reverse();
    }
    while (i > 0 && !isSpace(strCodeAt(s, i - 1))) i--;
    out.push(strSlice(s, i, end));
  }
}

/** `s.splitlines(keepends)`. */
export function strSplitlines(s: Str, keepends = false): Str[] {
  const out: Str[] = [], n = strLen(s);
  let i = 0;
  while (i < n) {
    const from = i;
    if (typeof s === "string") {
      for (let c = 0; i < n; i++) {
        c = s.charCodeAt(i);
        if (c < 14 ? c >= 10 : (c < 32 || c > 126) && isLinebreak(c)) break;
      }
    } else while (i < n && !isLinebreak(strCodeAt(s, i))) i++;
    const end = i;
    if (i < n) {
      if (strCodeAt(s, i) === 13 && i + 1 < n && strCodeAt(s, i + 1) === 10) {
        i++;
      }
      i++;
    }
    const to = keepends ? i : end;
    out.push(from === 0 && to === n ? s : strSlice(s, from, to));
  }
  return out;
}

/** `s.partition(sep)`. */
export function strPartition(s: Str, sep: Str): [Str, Str, Str] {
  const m = strLen(sep);
  if (m === 0) throw valueError("empty separator");
  const i = strFind(s, sep);
  if (i < 0) return [s, "", ""];
  return [strSlice(s, 0, i), sep, strSlice(s, i + m, strLen(s))];
}
/** `s.rpartition(sep)`. */
export function strRPartition(s: Str, sep: Str): [Str, Str, Str] {
  const m = strLen(sep);
  if (m === 0) throw valueError("empty separator");
  const i = strRFind(s, sep);
  if (i < 0) return ["", "", s];
  return [strSlice(s, 0, i), sep, strSlice(s, i + m, strLen(s))];
}

/** What `strStrip` strips: a set of sides. */
export const STRIP_LEFT = 1, STRIP_RIGHT = 2, STRIP_BOTH = 3;

/** `s.strip(chars)` and its one-sided forms; without `chars` whitespace goes. */
export function strStrip(
  s: Str,
  chars: Str | undefined,
  sides: number = STRIP_BOTH,
): Str {
  const goes = chars === undefined ? isSpace : memberTest(chars), n = strLen(s);
  let from = 0, end = n;
  if (sides & STRIP_LEFT) {
    while (from < n && goes(strCodeAt(s, from))) {
      from++;
    }
  }
  if (sides & STRIP_RIGHT) {
    while (end > from && goes(strCodeAt(s, end - 1))) end--;
  }
  return from === 0 && end === n ? s : strSlice(s, from, end);
}

function memberTest(chars: Str): (c: number) => boolean {
  if (strLen(chars) === 1) {
    const only = strCodeAt(chars, 0);
    return (c) => c === only;
  }
  if (typeof chars === "string") {
    return (c) => c < 0x10000 && chars.includes(String.fromCharCode(c));
  }
  const set = new Set(chars.cps);
  return (c) => set.has(c);
}

/** The characters of a str, each a str. */
export function strChars(s: Str): Str[] {
  if (typeof s === "string") return s.split("");
  return Array.from(s.cps, (_, i) => strAt(s, i));
}
