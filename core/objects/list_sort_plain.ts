// CPython 3.14: no counterpart (see list_sort.ts)
//
// Stable sorting of many numbers or plain strings, where nobody can see the comparisons. Numbers
// are sorted by their bits: the order of doubles is that of their 64 bits once the sign is dealt
// with, so passes over 16 bits each (8, where a table of 2^16 counts would be the greater work) put
// them in order; passes in which all agree are left out. Strings are sorted by three characters at
// a time, taken as a number.

import { floatType, PyFloat, type Value } from "./object.ts";
import { cur } from "./state.ts";

/** Below this the general sort is as good. */
const FEW = 256;
/** Below this the digits of the radix sort have 8 bits, from here on 16. */
const WIDE = 1 << 14;

/** The keys as doubles if they are all safe ints, or all floats and none a NaN. */
function numberKeys(keys: Value[]): Float64Array | undefined {
  const n = keys.length;
  if (typeof keys[0] === "number") {
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const k = keys[i];
      if (typeof k !== "number") return undefined;
      out[i] = k;
    }
    return out;
  }
  if (!(keys[0] instanceof PyFloat)) return undefined;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const k = keys[i];
    if (!(k instanceof PyFloat) || k.cls !== floatType || k.v !== k.v) {
      return undefined;
    }
    out[i] = k.v + 0; // -0.0 equals 0.0
  }
  return out;
}

/** The stable order of `k`: which index comes first, second, ... Uses up `k`. */
function order(k: Float64Array): Uint32Array {
  const n = k.length;
  const bits = new Uint32Array(k.buffer, k.byteOffset, 2 * n);
  const half = [new Uint32Array(n), new Uint32Array(n)];
  for (let i = 0; i < n; i++) {
    const lo = bits[2 * i], hi = bits[2 * i + 1];
    // negative numbers: all bits turned round, so that the larger magnitude is the smaller
    const flip = hi >> 31;
    half[0][i] = lo ^ flip;
    half[1][i] = hi ^ (flip | 0x80000000);
  }
  let src = new Uint32Array(n), dst = new Uint32Array(n);
  for (let i = 0; i < n; i++) src[i] = i;
  const width = n < WIDE ? 8 : 16, mask = (1 << width) - 1;
  const count = new Uint32Array(mask + 1);
  for (let at = 0; at < 64; at += width) {
    const key = half[at >> 5], shift = at & 31;
    count.fill(0);
    for (let i = 0; i < n; i++) count[(key[i] >>> shift) & mask]++;
    if (count[(key[0] >>> shift) & mask] === n) continue;
    let sum = 0;
    for (let d = 0; d <= mask; d++) {
      const c = count[d];
      count[d] = sum;
      sum += c;
    }
    for (let i = 0; i < n; i++) {
      const x = src[i];
      dst[count[(key[x] >>> shift) & mask]++] = x;
    }
    const t = src;
    src = dst;
    dst = t;
  }
  cur.tick(n);
  return src;
}

/** Sorts a few ints by insertion. */
function sortFew(a: number[], vals: Value[] | undefined): void {
  for (let i = 1; i < a.length; i++) {
    const x = a[i];
    let j = i;
    for (; j > 0 && x < a[j - 1]; j--) a[j] = a[j - 1];
    if (j === i) continue;
    a[j] = x;
    if (vals === undefined) continue;
    const v = vals[i];
    for (let k = i; k > j; k--) vals[k] = vals[k - 1];
    vals[j] = v;
  }
}

function sortNumbers(keys: Value[], vals: Value[] | undefined): boolean {
  if (keys.length < 32) {
    if (!keys.every((k) => typeof k === "number")) return false;
    sortFew(keys as number[], vals);
    return true;
  }
  const k = numberKeys(keys);
  if (k === undefined) return false;
  const n = k.length;
  let i = 1;
  while (i < n && k[i - 1] <= k[i]) i++;
  if (i === n) return true;
  if (vals === undefined && typeof keys[0] === "number") {
    k.sort(); // equal ints can't be told apart
    for (i = 0; i < n; i++) keys[i] = k[i];
  } else permute(order(k), 0, vals ?? keys);
  return true;
}

/** Puts what `at[i]` names (counted from lo) at lo + i. */
function permute(at: Uint32Array, lo: number, a: Value[]): void {
  const old = a.slice(lo, lo + at.length);
  for (let i = 0; i < at.length; i++) a[lo + i] = old[at[i]];
}

/** Sorts s[lo:hi], whose first `from` characters agree. */
function sortRange(
  s: string[],
  vals: Value[] | undefined,
  lo: number,
  hi: number,
  from: number,
): void {
  for (;;) {
    const n = hi - lo;
    if (n < FEW) {
      insertRuns(s, vals, lo, hi);
      return;
    }
    // what all agree on further is skipped
    const first = s[lo];
    let same = first.length;
    for (let i = lo + 1; i < hi && same > from; i++) {
      const x = s[i];
      if (x.length < same) same = x.length;
      let j = from;
      while (j < same && x.charCodeAt(j) === first.charCodeAt(j)) j++;
      same = j;
    }
    if (same > from) from = same;
    const k = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const x = s[lo + i], len = x.length;
      let v = from < len ? x.charCodeAt(from) + 1 : 0;
      v = v * 65537 + (from + 1 < len ? x.charCodeAt(from + 1) + 1 : 0);
      k[i] = v * 65537 + (from + 2 < len ? x.charCodeAt(from + 2) + 1 : 0);
    }
    const sorted = k.slice();
    const at = order(k);
    permute(at, lo, s);
    if (vals !== undefined) permute(at, lo, vals);
    from += 3;
    // groups that agree in these characters are sorted by the next ones
    let start = 0;
    let rest: [number, number] | undefined;
    for (let i = 1; i <= n; i++) {
      if (i < n && sorted[at[i]] === sorted[at[start]]) continue;
      if (i - start > 1 && s[lo + i - 1].length >= from) {
        if (rest !== undefined) sortRange(s, vals, rest[0], rest[1], from);
        rest = [lo + start, lo + i];
      }
      start = i;
    }
    if (rest === undefined) return;
    [lo, hi] = rest;
  }
}

/** Sorts a short range by merging. */
function insertRuns(
  s: string[],
  vals: Value[] | undefined,
  lo: number,
  hi: number,
): void {
  const n = hi - lo;
  if (n <= 12) {
    for (let i = lo + 1; i < hi; i++) {
      const x = s[i];
      let j = i;
      while (j > lo && x < s[j - 1]) j--;
      if (j === i) continue;
      s.copyWithin(j + 1, j, i);
      s[j] = x;
      if (vals !== undefined) {
        const v = vals[i];
        vals.copyWithin(j + 1, j, i);
        vals[j] = v;
      }
    }
    return;
  }
  const mid = lo + (n >> 1);
  insertRuns(s, vals, lo, mid);
  insertRuns(s, vals, mid, hi);
  if (!(s[mid] < s[mid - 1])) return;
  const left = s.slice(lo, mid), lv = vals?.slice(lo, mid);
  let i = 0, j = mid, d = lo;
  while (i < left.length && j < hi) {
    if (s[j] < left[i]) {
      if (vals !== undefined) vals[d] = vals[j];
      s[d++] = s[j++];
    } else {
      if (vals !== undefined) vals[d] = lv![i];
      s[d++] = left[i++];
    }
  }
  while (i < left.length) {
    if (vals !== undefined) vals[d] = lv![i];
    s[d++] = left[i++];
  }
}

function sortStrings(keys: Value[], vals: Value[] | undefined): boolean {
  const n = keys.length;
  for (let i = 0; i < n; i++) if (typeof keys[i] !== "string") return false;
  const s = keys as string[];
  let i = 1;
  while (i < n && s[i - 1] <= s[i]) i++;
  if (i < n) sortRange(s, vals, 0, n, 0);
  return true;
}

/** Sorts many ints, floats or plain strs; false (with nothing done) if they are not that. */
export function sortPlain(keys: Value[], vals: Value[] | undefined): boolean {
  if (keys.length < 2) return true;
  const k = keys[0];
  if (keys.length < FEW && typeof k !== "number") return false;
  return typeof k === "string" ? sortStrings(keys, vals) : sortNumbers(keys, vals);
}
