// CPython 3.14: Objects/bytes_methods.c, Objects/stringlib/*.h (for bytes)
//
// The operations that bytes and bytearray share, over plain Uint8Arrays. They know nothing of
// Python objects but the int arguments and buffers that the wrappers in bytes_table.ts hand them.
// Letters and blanks are those of ASCII.

import { memoryError } from "./errors.ts";
import { claim, cur } from "./state.ts";
import { countBytes, findBytes, rfindBytes } from "./bytes_search.ts";

/** Kinds of an ASCII character. */
export const C_LOWER = 1, C_UPPER = 2, C_DIGIT = 4, C_SPACE = 8;
const CTYPE: Uint8Array = new Uint8Array(256);
for (let c = 0; c < 26; c++) {
  CTYPE[97 + c] = C_LOWER;
  CTYPE[65 + c] = C_UPPER;
}
for (let c = 48; c < 58; c++) CTYPE[c] = C_DIGIT;
for (const c of [9, 10, 11, 12, 13, 32]) CTYPE[c] = C_SPACE;

/** The kind of a byte as a set of flags. */
export function ctype(c: number): number {
  return CTYPE[c];
}
const isLower = (c: number): boolean => CTYPE[c] === C_LOWER;
const isUpper = (c: number): boolean => CTYPE[c] === C_UPPER;
const isSpace = (c: number): boolean => CTYPE[c] === C_SPACE;

/** A zeroed array; MemoryError when there is no room for it. */
export function newArray(n: number): Uint8Array {
  if (n > 2 ** 32) throw memoryError();
  claim(n);
  try {
    return new Uint8Array(n);
  } catch {
    throw memoryError();
  }
}

/** Are there bytes, all of these kinds? */
export function allOf(b: Uint8Array, kinds: number): boolean {
  for (let i = 0; i < b.length; i++) {
    if ((CTYPE[b[i]] & kinds) === 0) return false;
  }
  return b.length > 0;
}
export function isAscii(b: Uint8Array): boolean {
  for (let i = 0; i < b.length; i++) if (b[i] > 127) return false;
  return true;
}
/** Is there a letter, and none of the other case? */
export function isCased(b: Uint8Array, want: number): boolean {
  let some = false;
  for (let i = 0; i < b.length; i++) {
    const k = CTYPE[b[i]];
    if (k === want) some = true;
    else if (k === C_LOWER || k === C_UPPER) return false;
  }
  return some;
}
export function isTitle(b: Uint8Array): boolean {
  let cased = false, some = false;
  for (let i = 0; i < b.length; i++) {
    if (isUpper(b[i])) {
      if (cased) return false;
      cased = some = true;
    } else if (isLower(b[i])) {
      if (!cased) return false;
      some = true;
    } else cased = false;
  }
  return some;
}

export function lower(b: Uint8Array): Uint8Array {
  const out = b.slice();
  for (let i = 0; i < out.length; i++) if (isUpper(out[i])) out[i] += 32;
  return out;
}
export function upper(b: Uint8Array): Uint8Array {
  const out = b.slice();
  for (let i = 0; i < out.length; i++) if (isLower(out[i])) out[i] -= 32;
  return out;
}
export function swapcase(b: Uint8Array): Uint8Array {
  const out = b.slice();
  for (let i = 0; i < out.length; i++) {
    if (isLower(out[i])) out[i] -= 32;
    else if (isUpper(out[i])) out[i] += 32;
  }
  return out;
}
export function title(b: Uint8Array): Uint8Array {
  const out = b.slice();
  let cased = false;
  for (let i = 0; i < out.length; i++) {
    const c = out[i];
    if (isLower(c)) {
      if (!cased) out[i] = c - 32;
      cased = true;
    } else if (isUpper(c)) {
      if (cased) out[i] = c + 32;
      cased = true;
    } else cased = false;
  }
  return out;
}
export function capitalize(b: Uint8Array): Uint8Array {
  const out = lower(b);
  if (out.length > 0 && isLower(out[0])) out[0] -= 32;
  return out;
}

// ---- stripping, padding --------------------------------------------------------------------

/** Bounds of what is left of `b` without the bytes of `set` (blanks if undefined) at its ends. */
export function stripBounds(
  b: Uint8Array,
  set: Uint8Array | undefined,
  left: boolean,
  right: boolean,
): [number, number] {
  const drop = set === undefined ? isSpace : (c: number): boolean => set.includes(c);
  let i = 0, j = b.length;
  if (left) { while (i < j && drop(b[i])) i++; }
  if (right) { while (j > i && drop(b[j - 1])) j--; }
  return [i, j];
}

/** `b` between `left` and `right` bytes of `fill`. */
export function pad(
  b: Uint8Array,
  left: number,
  right: number,
  fill: number,
): Uint8Array {
  const out = newArray(left + b.length + right);
  if (fill !== 0) out.fill(fill);
  out.set(b, left);
  return out;
}

export function zfill(b: Uint8Array, width: number): Uint8Array {
  const n = width - b.length;
  const out = pad(b, n, 0, 48);
  if (b.length > 0 && (b[0] === 43 || b[0] === 45)) {
    out[0] = b[0];
    out[n] = 48;
  }
  return out;
}

/** Tabs as blanks up to the next multiple of `size`. */
export function expandtabs(b: Uint8Array, size: number): Uint8Array {
  let n = 0, col = 0;
  for (let i = 0; i < b.length; i++) {
    const c = b[i];
    if (c === 9) {
      if (size > 0) {
        const k = size - col % size;
        n += k;
        col += k;
      }
    } else {
      n++;
      col++;
      if (c === 10 || c === 13) col = 0;
    }
  }
  const out = newArray(n);
  let at = 0;
  col = 0;
  for (let i = 0; i < b.length; i++) {
    const c = b[i];
    if (c === 9) {
      if (size > 0) {
        const k = size - col % size;
        out.fill(32, at, at + k);
        at += k;
        col += k;
      }
    } else {
      out[at++] = c;
      col++;
      if (c === 10 || c === 13) col = 0;
    }
  }
  return out;
}

// ---- splitting: all give bounds [start, end, start, end, ...] of the parts -------------------

function splitBlank(b: Uint8Array, max: number): number[] {
  const out: number[] = [], n = b.length;
  let i = 0;
  while (max-- > 0) {
    while (i < n && isSpace(b[i])) i++;
    if (i === n) return out;
    const j = i;
    while (i < n && !isSpace(b[i])) i++;
    out.push(j, i);
  }
  while (i < n && isSpace(b[i])) i++;
  // the limit was reached: the rest keeps its trailing blanks
  if (i < n) out.push(i, n);
  return out;
}

function rsplitBlank(b: Uint8Array, max: number): number[] {
  const out: number[] = [];
  let j = b.length;
  while (max-- > 0) {
    while (j > 0 && isSpace(b[j - 1])) j--;
    if (j === 0) return out.reverse();
    const e = j;
    while (j > 0 && !isSpace(b[j - 1])) j--;
    out.push(e, j);
  }
  while (j > 0 && isSpace(b[j - 1])) j--;
  if (j > 0) out.push(j, 0);
  return out.reverse();
}

/** Parts between separators (blanks if undefined), at most `max` splits. */
export function split(
  b: Uint8Array,
  sep: Uint8Array | undefined,
  max: number,
): number[] {
  cur.tick(b.length >> 3);
  if (sep === undefined) return splitBlank(b, max);
  const out: number[] = [], n = b.length;
  let i = 0;
  while (max-- > 0) {
    const at = findBytes(b, sep, i, n);
    if (at < 0) break;
    out.push(i, at);
    i = at + sep.length;
  }
  out.push(i, n);
  return out;
}

export function rsplit(
  b: Uint8Array,
  sep: Uint8Array | undefined,
  max: number,
): number[] {
  cur.tick(b.length >> 3);
  if (sep === undefined) return rsplitBlank(b, max);
  const out: number[] = [];
  let j = b.length;
  while (max-- > 0) {
    const at = rfindBytes(b, sep, 0, j);
    if (at < 0) break;
    out.push(j, at + sep.length);
    j = at;
  }
  out.push(j, 0);
  return out.reverse();
}

export function splitlines(b: Uint8Array, keepends: boolean): number[] {
  const out: number[] = [], n = b.length;
  for (let i = 0; i < n;) {
    let j = i;
    while (j < n && b[j] !== 10 && b[j] !== 13) j++;
    let end = j;
    if (j < n) {
      j += b[j] === 13 && j + 1 < n && b[j + 1] === 10 ? 2 : 1;
      if (keepends) end = j;
    }
    out.push(i, end);
    i = j;
  }
  return out;
}

// ---- replacing, joining --------------------------------------------------------------------

/** `b` with `old` replaced by `by` at most `max` times; undefined if there is nothing to replace. */
export function replace(
  b: Uint8Array,
  old: Uint8Array,
  by: Uint8Array,
  max: number,
): Uint8Array | undefined {
  if (max === 0 || (old.length === 0 && by.length === 0)) return undefined;
  const n = countBytes(b, old, 0, b.length, max);
  if (n === 0) return undefined;
  const size = b.length + n * (by.length - old.length);
  cur.tick((b.length + size) >> 3);
  const out = newArray(size);
  let at = 0, i = 0;
  if (old.length === 0) {
    for (let k = 0; k < n; k++) {
      out.set(by, at);
      at += by.length;
      if (k < b.length) out[at++] = b[i++];
    }
  } else {
    for (let k = 0; k < n; k++) {
      const j = findBytes(b, old, i, b.length);
      out.set(b.subarray(i, j), at);
      at += j - i;
      out.set(by, at);
      at += by.length;
      i = j + old.length;
    }
  }
  if (i < b.length) out.set(b.subarray(i), at);
  return out;
}

export function join(sep: Uint8Array, parts: Uint8Array[]): Uint8Array {
  let n = sep.length * Math.max(0, parts.length - 1);
  for (const p of parts) n += p.length;
  const out = newArray(n);
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    if (i > 0 && sep.length > 0) {
      out.set(sep, at);
      at += sep.length;
    }
    out.set(parts[i], at);
    at += parts[i].length;
  }
  cur.tick(n >> 3);
  return out;
}

export function repeat(b: Uint8Array, n: number): Uint8Array {
  if (n <= 0 || b.length === 0) return new Uint8Array(0);
  const out = newArray(b.length * n);
  if (b.length === 1) {
    if (b[0] !== 0) out.fill(b[0]);
  } else {
    out.set(b, 0);
    for (let have = b.length; have < out.length; have *= 2) {
      out.copyWithin(have, 0, Math.min(have, out.length - have));
    }
  }
  cur.tick(out.length >> 3);
  return out;
}

/** `b` through a table of 256 bytes, without the bytes of `del`; undefined if nothing changes. */
export function translate(
  b: Uint8Array,
  table: Uint8Array | undefined,
  del: Uint8Array,
): Uint8Array | undefined {
  const map = new Int16Array(256);
  for (let i = 0; i < 256; i++) map[i] = table === undefined ? i : table[i];
  for (let i = 0; i < del.length; i++) map[del[i]] = -1;
  const out = new Uint8Array(b.length);
  let n = 0, changed = false;
  for (let i = 0; i < b.length; i++) {
    const c = map[b[i]];
    if (c !== b[i]) changed = true;
    if (c >= 0) out[n++] = c;
  }
  if (!changed) return undefined;
  return n === out.length ? out : out.slice(0, n);
}

// ---- text ----------------------------------------------------------------------------------

/** The bytes as characters U+0000 to U+00FF. */
export function latin1(b: Uint8Array): string {
  let s = "";
  for (let i = 0; i < b.length; i += 8192) {
    s += String.fromCharCode(...b.subarray(i, i + 8192));
  }
  return s;
}

const HEX: string[] = [];
for (let i = 0; i < 256; i++) HEX.push((i < 16 ? "0" : "") + i.toString(16));

/** Hexadecimal digits, `sep` between groups of `group` bytes counted from the right (left if negative). */
export function hexText(
  b: Uint8Array,
  sep: string | undefined,
  group: number,
): string {
  const n = b.length;
  const parts: string[] = [];
  if (sep === undefined || group === 0) {
    for (let i = 0; i < n; i++) parts.push(HEX[b[i]]);
    return parts.join("");
  }
  const size = Math.abs(group);
  const first = group > 0 ? n % size : 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && (i - first) % size === 0) parts.push(sep);
    parts.push(HEX[b[i]]);
  }
  return parts.join("");
}

/** The literal of the bytes, `b'...'`. */
export function bytesLiteral(b: Uint8Array): string {
  const q = b.includes(39) && !b.includes(34) ? 34 : 39;
  const parts: string[] = [q === 34 ? 'b"' : "b'"];
  for (let i = 0; i < b.length; i++) {
    const c = b[i];
    if (c === q || c === 92) parts.push("\\" + String.fromCharCode(c));
    else if (c === 9) parts.push("\\t");
    else if (c === 10) parts.push("\\n");
    else if (c === 13) parts.push("\\r");
    else if (c < 32 || c >= 127) parts.push("\\x" + HEX[c]);
    else parts.push(String.fromCharCode(c));
  }
  parts.push(q === 34 ? '"' : "'");
  cur.tick(b.length >> 2);
  return parts.join("");
}
