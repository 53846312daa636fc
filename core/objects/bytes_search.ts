// CPython 3.14: Objects/stringlib/fastsearch.h
//
// Finding bytes in bytes. The first byte is looked for by the host; when too many of its hits turn
// out wrong, the search goes on with the Knuth-Morris-Pratt automaton, so that time stays linear.

/** First index of `needle` in h[start:end], or -1. start and end are within the array. */
export function findBytes(
  h: Uint8Array,
  needle: Uint8Array,
  start: number,
  end: number,
): number {
  const m = needle.length;
  if (end - start < m) return -1;
  if (m === 0) return start;
  const first = needle[0];
  if (m === 1) {
    const i = h.indexOf(first, start);
    return i < 0 || i >= end ? -1 : i;
  }
  const last = end - m;
  let budget = 4 * (end - start) + 100;
  for (let i = start; i <= last; i++) {
    if (h[i] !== first) {
      i = h.indexOf(first, i + 1);
      if (i < 0 || i > last) return -1;
    }
    let k = 1;
    while (k < m && h[i + k] === needle[k]) k++;
    if (k === m) return i;
    if ((budget -= k + 2) < 0) return kmp(h, needle, i + 1, end);
  }
  return -1;
}

/** For each prefix of `p`, the length of its longest proper border. */
function borders(p: Uint8Array): Int32Array {
  const t = new Int32Array(p.length);
  for (let i = 1, k = 0; i < p.length; i++) {
    while (k > 0 && p[i] !== p[k]) k = t[k - 1];
    if (p[i] === p[k]) k++;
    t[i] = k;
  }
  return t;
}

function kmp(
  h: Uint8Array,
  needle: Uint8Array,
  start: number,
  end: number,
): number {
  const t = borders(needle), m = needle.length;
  for (let i = start, k = 0; i < end; i++) {
    while (k > 0 && h[i] !== needle[k]) k = t[k - 1];
    if (h[i] === needle[k]) k++;
    if (k === m) return i - m + 1;
  }
  return -1;
}

/** Last index of `needle` in h[start:end], or -1. */
export function rfindBytes(
  h: Uint8Array,
  needle: Uint8Array,
  start: number,
  end: number,
): number {
  const m = needle.length;
  if (end - start < m) return -1;
  if (m === 0) return end;
  const first = needle[0];
  let budget = 4 * (end - start) + 100;
  for (let i = end - m; i >= start; i--) {
    if (h[i] !== first) {
      i = i === 0 ? -1 : h.lastIndexOf(first, i - 1);
      if (i < start) return -1;
    }
    let k = 1;
    while (k < m && h[i + k] === needle[k]) k++;
    if (k === m) return i;
    if ((budget -= k + 2) < 0) {
      const r = kmp(
        h.slice(start, i + m - 1).reverse(),
        needle.slice().reverse(),
        0,
        i + m - 1 - start,
      );
      return r < 0 ? -1 : i + m - 1 - r - m;
    }
  }
  return -1;
}

/** How often `needle` occurs in h[start:end] without overlap, at most `max` times. */
export function countBytes(
  h: Uint8Array,
  needle: Uint8Array,
  start: number,
  end: number,
  max = Infinity,
): number {
  if (needle.length === 0) {
    return start > end ? 0 : Math.min(end - start + 1, max);
  }
  let n = 0;
  if (needle.length === 1) {
    const c = needle[0];
    for (let i = start; i < end && n < max; i++) if (h[i] === c) n++;
    return n;
  }
  for (
    let i = findBytes(h, needle, start, end);
    i >= 0 && n < max;
    i = findBytes(h, needle, i + needle.length, end)
  ) n++;
  return n;
}

/** -1, 0 or 1: the order of two byte strings. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const n = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < n; i++) {
    const d = a[i] - b[i];
    if (d !== 0) return d < 0 ? -1 : 1;
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

/** Are two byte strings the same? */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  const n = a.length;
  if (n !== b.length) return false;
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return false;
  return true;
}
