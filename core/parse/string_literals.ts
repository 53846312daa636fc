// CPython 3.14: Parser/string_parser.c, Objects/unicodeobject.c and bytesobject.c (escapes)
//
// From the text of a string literal to its value. A str is a JS string unless it has a
// character beyond U+FFFF or a surrogate; then it is built as code points, since two
// surrogates from two escapes stay two characters in Python.

import { PyWideStr, type Str } from "../objects/object.ts";

/** The first escape of a literal that is none. */
export interface InvalidEscape {
  /** Where its backslash is in the source. */
  readonly offset: number;
  /** The text after the backslash: a character, or three octal digits. */
  readonly text: string;
}

export class EscapeError {
  constructor(readonly message: string) {}
}

export interface Decoded<V> {
  readonly value: V;
  readonly invalid: InvalidEscape | null;
}

/** A str of UTF-16 text. */
export function makeStr(text: string): Str {
  for (let i = 0; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xf800) === 0xd800) {
      const points: number[] = [];
      for (const ch of text) points.push(ch.codePointAt(0) as number);
      return new PyWideStr(Uint32Array.from(points));
    }
  }
  return text;
}

function pointsOf(s: Str): ArrayLike<number> {
  if (typeof s !== "string") return s.cps;
  const points = new Uint32Array(s.length);
  for (let i = 0; i < s.length; i++) points[i] = s.charCodeAt(i);
  return points;
}

export function concatStr(parts: readonly Str[]): Str {
  if (parts.every((s) => typeof s === "string")) return parts.join("");
  const all: number[] = [];
  for (const part of parts) {
    const points = pointsOf(part);
    for (let i = 0; i < points.length; i++) all.push(points[i]);
  }
  return new PyWideStr(Uint32Array.from(all));
}

const SIMPLE: Readonly<Record<number, number>> = {
  10: -1,
  92: 92,
  39: 39,
  34: 34,
  97: 7,
  98: 8,
  102: 12,
  110: 10,
  114: 13,
  116: 9,
  118: 11,
};

function isOctal(c: number): boolean {
  return c >= 48 && c <= 55;
}

function hexValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const l = c | 32;
  return l >= 97 && l <= 102 ? l - 87 : -1;
}

/** Decodes the escapes of a str literal's body src[start:end]. */
export function decodeEscapes(
  src: string,
  start: number,
  end: number,
  lookupName: ((name: string) => number | undefined) | undefined,
): Decoded<Str> {
  const out: number[] = [];
  let wide = false;
  let invalid: InvalidEscape | null = null;
  // Errors count positions as if every character beyond ASCII were written \UXXXXXXXX.
  const position = (to: number): number => {
    let n = 0;
    for (let i = start; i < to; i++) {
      const c = src.charCodeAt(i);
      if (c < 128) n++;
      else if ((c & 0xfc00) !== 0xdc00) {
        n += 10 +
          (src.charCodeAt(i - 1) === 92 && i > start &&
              isEscapeAt(src, start, i - 1)
            ? 5
            : 0);
      }
    }
    return n;
  };
  const fail = (from: number, to: number, reason: string): never => {
    const a = position(from), b = position(to) - 1;
    throw new EscapeError(
      a === b
        ? `'unicodeescape' codec can't decode byte 0x5c in position ${a}: ${reason}`
        : `'unicodeescape' codec can't decode bytes in position ${a}-${b}: ${reason}`,
    );
  };
  for (let i = start; i < end;) {
    let c = src.charCodeAt(i);
    if (c !== 92) {
      if ((c & 0xfc00) === 0xd800 && i + 1 < end) {
        c = src.codePointAt(i) as number;
        if (c > 0xffff) i++;
      }
      if (c > 0xffff || (c & 0xf800) === 0xd800) wide = true;
      out.push(c);
      i++;
      continue;
    }
    const at = i++;
    if (i >= end || src.charCodeAt(i) >= 128) {
      out.push(92);
      continue;
    }
    c = src.charCodeAt(i++);
    const simple = SIMPLE[c];
    if (simple !== undefined) {
      if (simple >= 0) out.push(simple);
    } else if (isOctal(c)) {
      let v = c - 48;
      for (let n = 1; n < 3 && i < end && isOctal(src.charCodeAt(i)); n++) {
        v = v * 8 + src.charCodeAt(i++) - 48;
      }
      if (v > 0o377) invalid ??= { offset: at, text: src.slice(at + 1, i) };
      out.push(v);
    } else if (c === 120 || c === 117 || c === 85) {
      const size = c === 120 ? 2 : c === 117 ? 4 : 8;
      let v = 0;
      for (let n = 0; n < size; n++, i++) {
        const d = i < end ? hexValue(src.charCodeAt(i)) : -1;
        if (d < 0) {
          fail(
            at,
            i,
            `truncated \\${c === 120 ? "xXX" : c === 117 ? "uXXXX" : "UXXXXXXXX"} escape`,
          );
        }
        v = v * 16 + d;
      }
      if (v > 0x10ffff) fail(at, i, "illegal Unicode character");
      if (v > 0xffff || (v & 0xf800) === 0xd800) wide = true;
      out.push(v);
    } else if (c === 78) {
      let malformed = true;
      if (i < end && src.charCodeAt(i) === 123) {
        const from = ++i;
        while (i < end && src.charCodeAt(i) !== 125) i++;
        if (i < end && i > from) {
          malformed = false;
          const name = src.slice(from, i++);
          const cp = lookupName?.(name);
          if (cp === undefined) fail(at, i, "unknown Unicode character name");
          else {
            if (cp > 0xffff) wide = true;
            out.push(cp);
          }
        }
      }
      if (malformed) fail(at, i, "malformed \\N character escape");
    } else {
      invalid ??= { offset: at, text: src.slice(at + 1, at + 2) };
      out.push(92);
      i--;
    }
  }
  if (wide) return { value: new PyWideStr(Uint32Array.from(out)), invalid };
  let text = "";
  for (let i = 0; i < out.length; i += 4096) {
    text += String.fromCharCode(...out.slice(i, i + 4096));
  }
  return { value: text, invalid };
}

/** Whether the backslash at `at` begins an escape rather than being escaped itself. */
function isEscapeAt(src: string, start: number, at: number): boolean {
  let n = 0;
  while (at - n >= start && src.charCodeAt(at - n) === 92) n++;
  return n % 2 === 1;
}

/** Decodes the escapes of a bytes literal's body. */
export function decodeBytesEscapes(
  src: string,
  start: number,
  end: number,
): Decoded<Uint8Array> {
  const out = new Uint8Array(end - start);
  let n = 0;
  let invalid: InvalidEscape | null = null;
  for (let i = start; i < end;) {
    let c = src.charCodeAt(i++);
    if (c !== 92) {
      out[n++] = c;
      continue;
    }
    const at = i - 1;
    if (i >= end) throw new EscapeError("Trailing \\ in string");
    c = src.charCodeAt(i++);
    const simple = SIMPLE[c];
    if (simple !== undefined) {
      if (simple >= 0) out[n++] = simple;
    } else if (isOctal(c)) {
      let v = c - 48;
      for (let k = 1; k < 3 && i < end && isOctal(src.charCodeAt(i)); k++) {
        v = v * 8 + src.charCodeAt(i++) - 48;
      }
      if (v > 0o377) invalid ??= { offset: at, text: src.slice(at + 1, i) };
      out[n++] = v;
    } else if (c === 120) {
      const a = i < end ? hexValue(src.charCodeAt(i)) : -1,
        b = i + 1 < end ? hexValue(src.charCodeAt(i + 1)) : -1;
      if (a < 0 || b < 0) {
        throw new EscapeError(`invalid \\x escape at position ${at - start}`);
      }
      out[n++] = a * 16 + b;
      i += 2;
    } else {
      invalid ??= { offset: at, text: src.slice(at + 1, at + 2) };
      out[n++] = 92;
      i--;
    }
  }
  return { value: out.slice(0, n), invalid };
}
