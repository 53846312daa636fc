// CPython 3.14: Objects/unicodeobject.c, Objects/stringlib/find.h, fastsearch.h, count.h, replace.h
//
// Searching, replacing and the tests of strs' ends. `start` and `end` are Python's: negative ones
// count from the end, those out of range are clipped. A plain haystack can't contain a wide needle.

import type { Str } from "./object.ts";
import { checkLength, codePoints, CpBuilder } from "./str_wide.ts";
import { strConcat2, strLen, strSlice } from "./str_ops.ts";

// The clipped range of the last call of `clip`.
let lo = 0, hi = 0;
/** Clips start and end to a length as CPython's ADJUST_INDICES does; false when the range is void. */
function clip(start: number, end: number, length: number): boolean {
  hi = end > length ? length : end < 0 ? Math.max(0, end + length) : end;
  lo = start < 0 ? Math.max(0, start + length) : start;
  return lo <= hi;
}

// How many comparisons per character the plain loops may spend before they give way to the search
// that is linear whatever the strings are.
const PATIENCE = 8;

/** First position of `sub` in `s[from..to]`, or -1. */
function findIn(
  s: Uint32Array,
  sub: Uint32Array,
  from: number,
  to: number,
): number {
  const m = sub.length, last = to - m;
  if (m === 0) return from <= to ? from : -1;
  const first = sub[0];
  let work = 0;
  for (let i = from; i <= last; i++) {
    i = s.indexOf(first, i);
    if (i < 0 || i > last) return -1;
    let k = 1;
    while (k < m && s[i + k] === sub[k]) k++;
    if (k === m) return i;
    work += k;
    if (work > PATIENCE * (i - from + 128)) {
      return findLinear(s.subarray(i + 1, to), sub, i + 1);
    }
  }
  return -1;
}

/** Knuth-Morris-Pratt: first position of `sub` in `s`, plus `base`, or -1. */
function findLinear(s: Uint32Array, sub: Uint32Array, base: number): number {
  const m = sub.length, border = new Int32Array(m);
  for (let i = 1, k = 0; i < m; i++) {
    while (k > 0 && sub[i] !== sub[k]) k = border[k - 1];
    if (sub[i] === sub[k]) k++;
    border[i] = k;
  }
  for (let i = 0, k = 0; i < s.length; i++) {
    while (k > 0 && s[i] !== sub[k]) k = border[k - 1];
    if (s[i] === sub[k]) k++;
    if (k === m) return base + i - m + 1;
  }
  return -1;
}

function rfindIn(
  s: Uint32Array,
  sub: Uint32Array,
  from: number,
  to: number,
): number {
  const m = sub.length;
  if (m === 0) return from <= to ? to : -1;
  const first = sub[0];
  let work = 0;
  for (let i = to - m; i >= from; i--) {
    i = s.lastIndexOf(first, i);
    if (i < from) return -1;
    let k = 1;
    while (k < m && s[i + k] === sub[k]) k++;
    if (k === m) return i;
    work += k;
    if (work > PATIENCE * (to - i + 128)) {
      const at = findLinear(
        s.slice(from, i + m - 1).reverse(),
        sub.slice().reverse(),
        0,
      );
      return at < 0 ? -1 : i + m - 1 - at - m;
    }
  }
  return -1;
}

/** `s.find(sub, start, end)`: -1 when absent. */
export function strFind(s: Str, sub: Str, start = 0, end = Infinity): number {
  const n = strLen(s), m = strLen(sub);
  if (!clip(start, end, n) || hi - lo < m) return -1;
  if (typeof s === "string") {
    if (typeof sub !== "string") return -1;
    if (m === 0) return lo;
    if (hi === n) return s.indexOf(sub, lo);
    // indexOf has no end: look no further than needed
    const from = lo, to = hi;
    if (m === 1) {
      const i = s.indexOf(sub, from);
      return i >= 0 && i < to ? i : -1;
    }
    const i = s.slice(from, to).indexOf(sub);
    return i < 0 ? -1 : i + from;
  }
  return findIn(s.cps, codePoints(sub), lo, hi);
}

/** `s.rfind(sub, start, end)`. */
export function strRFind(s: Str, sub: Str, start = 0, end = Infinity): number {
  const n = strLen(s), m = strLen(sub);
  if (!clip(start, end, n) || hi - lo < m) return -1;
  if (typeof s === "string") {
    if (typeof sub !== "string") return -1;
    if (m === 0) return hi;
    const from = lo,
      i = from === 0 ? s.lastIndexOf(sub, hi - m) : s.slice(from, hi).lastIndexOf(sub);
    return i < 0 ? -1 : i + from;
  }
  return rfindIn(s.cps, codePoints(sub), lo, hi);
}

/** `sub in s`. */
export function strContains(s: Str, sub: Str): boolean {
  if (typeof s === "string") return typeof sub === "string" && s.includes(sub);
  return findIn(s.cps, codePoints(sub), 0, s.cps.length) >= 0;
}

/** `s.count(sub, start, end)`. */
export function strCount(s: Str, sub: Str, start = 0, end = Infinity): number {
  const n = strLen(s), m = strLen(sub);
  if (!clip(start, end, n) || hi - lo < m) return 0;
  if (m === 0) return hi - lo + 1;
  const last = hi - m;
  let count = 0;
  if (typeof s === "string") {
    if (typeof sub !== "string") return 0;
    const text = hi === n ? s : s.slice(0, hi);
    for (
      let i = text.indexOf(sub, lo);
      i >= 0 && i <= last;
      i = text.indexOf(sub, i + m)
    ) count++;
    return count;
  }
  const needle = codePoints(sub), to = hi;
  for (
    let i = findIn(s.cps, needle, lo, to);
    i >= 0;
    i = findIn(s.cps, needle, i + m, to)
  ) count++;
  return count;
}

/** Does `sub` stand at the front (or the back) of `s[start:end]`? */
function matchesEnd(
  s: Str,
  sub: Str,
  start: number,
  end: number,
  back: boolean,
): boolean {
  const m = strLen(sub);
  if (!clip(start, end, strLen(s)) || hi - lo < m) return false;
  if (m === 0) return true;
  const at = back ? hi - m : lo;
  if (typeof s === "string") {
    return typeof sub === "string" && s.startsWith(sub, at);
  }
  const needle = codePoints(sub);
  for (let k = 0; k < m; k++) if (s.cps[at + k] !== needle[k]) return false;
  return true;
}
/** `s.startswith(prefix, start, end)`. */
export function strStartsWith(
  s: Str,
  prefix: Str,
  start = 0,
  end = Infinity,
): boolean {
  return matchesEnd(s, prefix, start, end, false);
}
/** `s.endswith(suffix, start, end)`. */
export function strEndsWith(
  s: Str,
  suffix: Str,
  start = 0,
  end = Infinity,
): boolean {
  return matchesEnd(s, suffix, start, end, true);
}
/** `s.removeprefix(prefix)`. */
export function strRemovePrefix(s: Str, prefix: Str): Str {
  return matchesEnd(s, prefix, 0, Infinity, false) ? strSlice(s, strLen(prefix), strLen(s)) : s;
}
/** `s.removesuffix(suffix)`. */
export function strRemoveSuffix(s: Str, suffix: Str): Str {
  return matchesEnd(s, suffix, 0, Infinity, true) ? strSlice(s, 0, strLen(s) - strLen(suffix)) : s;
}

/** `s.replace(old, new, count)`; a negative count means all. */
export function strReplace(s: Str, old: Str, by: Str, count = -1): Str {
  const n = strLen(s), m = strLen(old);
  if (count < 0) count = Infinity;
  if (count === 0 || m > n) return s;
  if (m === 0) return interleave(s, by, count);
  if (typeof s === "string" && typeof old !== "string") return s;
  const growth = strLen(by) - m;
  if (growth > 0 && n * strLen(by) > 1 << 20) {
    checkLength(n + growth * Math.min(count, strCount(s, old)));
  }
  if (
    typeof s === "string" && typeof old === "string" && typeof by === "string"
  ) {
    const i = s.indexOf(old);
    if (i < 0) return s;
    return count === Infinity && n <= LARGE ? s.split(old).join(by) : replacePlain(s, old, by, count, i);
  }
  const cps = codePoints(s), needle = codePoints(old), out = new CpBuilder(n);
  let from = 0;
  while (count-- > 0) {
    const i = findIn(cps, needle, from, n);
    if (i < 0) break;
    out.pushRange(cps, from, i);
    out.pushStr(by);
    from = i + m;
  }
  if (from === 0) return s;
  out.pushRange(cps, from, n);
  return out.finish();
}

const LARGE = 1 << 20, PIECES = 1 << 16;

/** Replaces the first `count` occurrences, the first of which is at `i`; holds few pieces at a time. */
function replacePlain(
  s: string,
  old: string,
  by: string,
  count: number,
  i: number,
): string {
  let out = "", from = 0, pieces: string[] = [];
  for (; i >= 0 && count > 0; count--) {
    pieces.push(s.slice(from, i));
    from = i + old.length;
    if (pieces.length === PIECES) {
      out += pieces.join(by) + by;
      pieces = [];
    }
    i = s.indexOf(old, from);
  }
  pieces.push(s.slice(from));
  return out + pieces.join(by);
}

/** Replacing the empty string: `by` before each of the first `count` characters, or at the end. */
function interleave(s: Str, by: Str, count: number): Str {
  const n = strLen(s), k = Math.min(count, n + 1);
  checkLength(n + k * strLen(by));
  if (
    typeof s === "string" && typeof by === "string" && k === n + 1 && n <= LARGE
  ) {
    return n === 0 ? by : by + s.split("").join(by) + by;
  }
  const out = new CpBuilder(n + k * strLen(by)), cps = codePoints(s);
  for (let i = 0; i < k; i++) {
    out.pushStr(by);
    if (i < n) out.push(cps[i]);
  }
  out.pushRange(cps, k, n);
  return out.finish();
}

/** Joins up to three pieces around a padding; `pad` characters of `fill` on each side. */
export function strPad(s: Str, left: number, right: number, fill: number): Str {
  if (left <= 0 && right <= 0) return s;
  left = Math.max(left, 0);
  right = Math.max(right, 0);
  checkLength(strLen(s) + left + right);
  if (typeof s === "string" && fill < 0xD800) {
    const f = String.fromCharCode(fill);
    return f.repeat(left) + s + f.repeat(right);
  }
  const out = new CpBuilder(strLen(s) + left + right);
  while (left-- > 0) out.push(fill);
  out.pushStr(s);
  while (right-- > 0) out.push(fill);
  return out.finish();
}

const BLANK = 32;
/** `s.ljust(width, fill)`; `fill` is a code point. */
export function strLjust(s: Str, width: number, fill = BLANK): Str {
  return strPad(s, 0, width - strLen(s), fill);
}
/** `s.rjust(width, fill)`. */
export function strRjust(s: Str, width: number, fill = BLANK): Str {
  return strPad(s, width - strLen(s), 0, fill);
}
/** `s.center(width, fill)`: an odd blank goes left when the width is odd. */
export function strCenter(s: Str, width: number, fill = BLANK): Str {
  const margin = width - strLen(s);
  if (margin <= 0) return s;
  const left = Math.floor(margin / 2) +
    (margin % 2 === 1 && width % 2 === 1 ? 1 : 0);
  return strPad(s, left, margin - left, fill);
}
/** `s.zfill(width)`. */
export function strZfill(s: Str, width: number): Str {
  const n = strLen(s), pad = width - n;
  if (pad <= 0) return s;
  checkLength(width);
  const zeros = "0".repeat(pad);
  const first = typeof s === "string" ? s.charCodeAt(0) : s.cps[0];
  if (first !== 43 && first !== 45) return strConcat2(zeros, s);
  return strConcat2(strConcat2(strSlice(s, 0, 1), zeros), strSlice(s, 1, n));
}
/** `s.expandtabs(size)`. */
export function strExpandtabs(s: Str, size = 8): Str {
  if (!strContains(s, "\t")) return s;
  const n = strLen(s), cps = codePoints(s);
  let total = n, column = 0;
  for (let i = 0; i < n; i++) {
    const c = cps[i];
    if (c === 9) {
      const k = size > 0 ? size - column % size : 0;
      total += k - 1;
      column += k;
    } else column = c === 10 || c === 13 ? 0 : column + 1;
  }
  const out = new CpBuilder(checkLength(total));
  column = 0;
  for (let i = 0; i < n; i++) {
    const c = cps[i];
    if (c === 9) {
      let k = size > 0 ? size - column % size : 0;
      column += k;
      while (k-- > 0) out.push(BLANK);
    } else {
      out.push(c);
      column = c === 10 || c === 13 ? 0 : column + 1;
    }
  }
  return out.finish();
}

/**
 * `s.translate(table)`: `map` gives a character's replacement as a code point or a str, null to
 * delete it, undefined to keep it. As in CPython an ASCII character of an ASCII string is looked up
 * once.
 */
export function strTranslate(
  s: Str,
  map: (c: number) => number | Str | null | undefined,
): Str {
  const n = strLen(s), out = new CpBuilder(n);
  let seen: (number | null | undefined)[] | undefined;
  if (typeof s === "string") {
    seen = [];
    for (let i = 0; i < n; i++) {
      if (s.charCodeAt(i) > 127) {
        seen = undefined;
        break;
      }
    }
  }
  for (let i = 0; i < n; i++) {
    const c = typeof s === "string" ? s.charCodeAt(i) : s.cps[i];
    let r: number | Str | null | undefined;
    if (seen && c in seen) r = seen[c];
    else {
      r = map(c);
      if (seen && typeof r === "string" && r.length === 1) r = r.charCodeAt(0);
      if (seen) {
        if (
          r === null || r === undefined || (typeof r === "number" && r < 128)
        ) seen[c] = r;
        else seen = undefined;
      }
    }
    if (r === undefined) out.push(c);
    else if (typeof r === "number") out.push(r);
    else if (r !== null) out.pushStr(r);
  }
  return out.finish();
}
