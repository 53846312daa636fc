// CPython 3.14: Objects/unicodeobject.c (representation, construction)
//
// The two representations of str and the ways into them.
//
// A str is a JS string when none of its UTF-16 code units is a surrogate: then code units are
// characters. Otherwise, when it has an astral character or a lone surrogate, it is a PyWideStr
// that holds its code points. One str has exactly one form, so a plain and a wide str are never
// equal, and a plain one never contains a wide one. Whatever makes a str out of code points or
// out of foreign text goes through `fromCodePoints`, `fromUtf16`, `chr` or a CpBuilder, which
// restore the form.
//
// `cps` may be a view of a larger buffer with room behind it: appending to the string that ends
// where the buffer's used part ends writes into that room (`wideConcat`), so that building a wide
// string by `+=` is linear. The part that a string views never changes.

import { PyWideStr, type Str } from "./object.ts";
import { memoryError } from "./errors.ts";
import { claim } from "./state.ts";

/** The longest string, in characters (V8's limit). */
export const MAX_LENGTH = 0x1FFFFFE8;

/** Raises MemoryError for a string that the host could not hold. */
export function checkLength(n: number): number {
  if (n > MAX_LENGTH) throw memoryError();
  claim(n);
  return n;
}

/** Does the character need the wide form? */
export function isWideChar(c: number): boolean {
  return c >= 0xD800 && (c <= 0xDFFF || c > 0xFFFF);
}

const SURROGATE = /[\uD800-\uDFFF]/;

/** Is a JS string a str as it is? */
export function isPlain(s: string): boolean {
  return !SURROGATE.test(s);
}

/** The str of one character. */
export function chr(c: number): Str {
  return isWideChar(c) ? new PyWideStr(Uint32Array.of(c)) : String.fromCharCode(c);
}

const CHUNK = 4096;

function plainFrom(cps: ArrayLike<number>, start: number, end: number): string {
  const n = end - start;
  if (n <= 16) {
    let s = "";
    for (let i = start; i < end; i++) s += String.fromCharCode(cps[i]);
    return s;
  }
  checkLength(n);
  const take = (a: number, b: number): string => {
    const part = cps instanceof Uint32Array || cps instanceof Uint16Array ||
        cps instanceof Uint8Array
      ? cps.subarray(a, b)
      : Array.prototype.slice.call(cps, a, b);
    return String.fromCharCode.apply(null, part as unknown as number[]);
  };
  if (n <= CHUNK) return take(start, end);
  const parts: string[] = [];
  for (let i = start; i < end; i += CHUNK) {
    parts.push(take(i, Math.min(i + CHUNK, end)));
  }
  return parts.join("");
}

/** The str of code points `cps[start..end]`; copies them. */
export function fromCodePoints(
  cps: ArrayLike<number>,
  start = 0,
  end: number = cps.length,
): Str {
  for (let i = start; i < end; i++) {
    const c = cps[i];
    if (c >= 0xD800 && (c <= 0xDFFF || c > 0xFFFF)) {
      checkLength(end - start);
      return new PyWideStr(
        cps instanceof Uint32Array
          ? cps.slice(start, end)
          : Uint32Array.from({ length: end - start }, (_, k) => cps[start + k]),
      );
    }
  }
  return plainFrom(cps, start, end);
}

/** The str of a JS string: well-formed pairs are astral characters, lone surrogates stay. */
export function fromUtf16(s: string): Str {
  if (!SURROGATE.test(s)) return s;
  const n = s.length, cps = new Uint32Array(n);
  let k = 0;
  for (let i = 0; i < n; i++) {
    let c = s.charCodeAt(i);
    if ((c & 0xFC00) === 0xD800 && i + 1 < n) {
      const d = s.charCodeAt(i + 1);
      if ((d & 0xFC00) === 0xDC00) {
        c = 0x10000 + ((c & 0x3FF) << 10) + (d & 0x3FF);
        i++;
      }
    }
    cps[k++] = c;
  }
  return new PyWideStr(k === n ? cps : cps.slice(0, k));
}

/** The UTF-16 form of a str: a JS string for the host, for attribute names, for messages. */
export function toUtf16(s: Str): string {
  if (typeof s === "string") return s;
  if (s.u16 !== undefined) return s.u16;
  const cps = s.cps, units: number[] = [], parts: string[] = [];
  for (let i = 0; i < cps.length; i++) {
    const c = cps[i];
    if (c > 0xFFFF) units.push(0xD7C0 + (c >> 10), 0xDC00 + (c & 0x3FF));
    else units.push(c);
    if (units.length >= CHUNK) {
      parts.push(String.fromCharCode.apply(null, units));
      units.length = 0;
    }
  }
  parts.push(String.fromCharCode.apply(null, units));
  checkLength(parts.reduce((n, p) => n + p.length, 0));
  return s.u16 = parts.join("");
}

/** The code points of a str; not to be written to. */
export function codePoints(s: Str): Uint32Array {
  if (typeof s !== "string") return s.cps;
  const n = s.length, cps = new Uint32Array(n);
  for (let i = 0; i < n; i++) cps[i] = s.charCodeAt(i);
  return cps;
}

/** Collects code points and strs; `finish` gives the str. */
export class CpBuilder {
  private cps: Uint32Array;
  length = 0;
  private all = false;
  constructor(capacity = 16) {
    this.cps = new Uint32Array(Math.max(capacity, 4));
  }
  private room(n: number): void {
    const need = this.length + n;
    if (need <= this.cps.length) return;
    checkLength(need);
    const bigger = new Uint32Array(Math.max(need, this.cps.length * 2));
    bigger.set(this.cps.subarray(0, this.length));
    this.cps = bigger;
  }
  push(c: number): void {
    if (this.length === this.cps.length) this.room(1);
    if (c >= 0xD800 && (c <= 0xDFFF || c > 0xFFFF)) this.all = true;
    this.cps[this.length++] = c;
  }
  pushStr(s: Str): void {
    const n = typeof s === "string" ? s.length : s.cps.length;
    this.room(n);
    if (typeof s === "string") {
      for (let i = 0; i < n; i++) this.cps[this.length + i] = s.charCodeAt(i);
    } else {
      this.all = true;
      this.cps.set(s.cps, this.length);
    }
    this.length += n;
  }
  /** Appends `cps[start..end]`. */
  pushRange(cps: Uint32Array, start: number, end: number): void {
    if (end <= start) return;
    this.room(end - start);
    this.cps.set(cps.subarray(start, end), this.length);
    if (!this.all) {
      for (let i = start; i < end; i++) {
        if (isWideChar(cps[i])) {
          this.all = true;
          break;
        }
      }
    }
    this.length += end - start;
  }
  /** Code point at a position already written. */
  at(i: number): number {
    return this.cps[i];
  }
  finish(): Str {
    if (!this.all) return plainFrom(this.cps, 0, this.length);
    return new PyWideStr(this.cps.slice(0, this.length));
  }
}

interface GrowableBuffer extends ArrayBuffer {
  /** How many code points of the buffer are in use; absent where nothing may be appended. */
  used?: number;
}

/** `a + b` where one at least is wide. */
export function wideConcat(a: Str, b: Str): PyWideStr {
  const m = typeof a === "string" ? a.length : a.cps.length;
  const n = typeof b === "string" ? b.length : b.cps.length;
  checkLength(m + n);
  let out: Uint32Array;
  if (typeof a !== "string" && m >= 256 && n < m) {
    const buffer = a.cps.buffer as GrowableBuffer,
      end = a.cps.byteOffset / 4 + m;
    if (buffer.used === end && (end + n) * 4 <= buffer.byteLength) {
      out = new Uint32Array(buffer, a.cps.byteOffset, m + n);
      buffer.used = end + n;
    } else {
      const fresh: GrowableBuffer = new ArrayBuffer(
        (m + n + ((m + n) >> 1)) * 4,
      );
      fresh.used = m + n;
      out = new Uint32Array(fresh, 0, m + n);
      out.set(a.cps);
    }
  } else {
    out = new Uint32Array(m + n);
    if (typeof a === "string") {
      for (let i = 0; i < m; i++) out[i] = a.charCodeAt(i);
    } else out.set(a.cps);
  }
  if (typeof b === "string") {
    for (let i = 0; i < n; i++) out[m + i] = b.charCodeAt(i);
  } else out.set(b.cps, m);
  return new PyWideStr(out);
}
