// CPython 3.14: Objects/unicodeobject.c (ASCII, Latin-1, character maps)
//
// Codecs of one byte a character: ASCII, Latin-1, and those given by a mapping.

import type { Str } from "../objects/object.ts";
import { fromCodePoints } from "../objects/str_wide.ts";
import { strCodeAt, strLen } from "../objects/str_ops.ts";
import {
  ByteBuilder,
  decodedBuilder,
  type DecodeErrors,
  encodeError,
  type EncodeErrors,
  fixDecode,
  fixEncode,
  strictDecode,
  strictEncode,
} from "./codec_errors.ts";

const SHORT = 64;
let utf8: TextDecoder | undefined;

/** Index of the first byte that is not ASCII, or the length. */
function asciiPrefix(b: Uint8Array): number {
  let i = 0;
  while (i < b.length && b[i] < 128) i++;
  return i;
}

/** Text of ASCII bytes by the host's decoder. */
function hostDecode(b: Uint8Array): string {
  utf8 ??= new TextDecoder("utf-8", { ignoreBOM: true });
  return utf8.decode(b);
}

/** Text of Latin-1 bytes; nothing is an error. */
export function decodeLatin1(b: Uint8Array): string {
  const n = b.length;
  if (n < SHORT) return fromCodePoints(b) as string;
  const ascii = asciiPrefix(b);
  if (ascii === n) return hostDecode(b);
  // the host's decoder for latin1 is that of Windows-1252: go by way of UTF-8
  const wide = new Uint8Array(n * 2 - ascii);
  wide.set(b.subarray(0, ascii));
  let k = ascii;
  for (let i = ascii; i < n; i++) {
    const c = b[i];
    if (c < 128) wide[k++] = c;
    else {
      wide[k++] = 0xC0 | (c >> 6);
      wide[k++] = 0x80 | (c & 63);
    }
  }
  return hostDecode(wide.subarray(0, k));
}

/** Decodes ASCII. */
export function decodeAscii(
  b: Uint8Array,
  errors: DecodeErrors = strictDecode,
): Str {
  if (asciiPrefix(b) === b.length) {
    return b.length < SHORT ? fromCodePoints(b) : hostDecode(b);
  }
  const out = decodedBuilder(b.length);
  for (let i = 0; i < b.length;) {
    if (b[i] < 128) {
      out.push(b[i++]);
      continue;
    }
    const fix = fixDecode(
      errors,
      "ascii",
      b,
      i,
      i + 1,
      "ordinal not in range(128)",
    );
    out.pushStr(fix.replacement);
    if (fix.object) b = fix.object;
    i = fix.pos;
  }
  return out.finish();
}

/** Encodes characters below `limit` as bytes. */
function encodeBelow(
  s: Str,
  errors: EncodeErrors,
  limit: 128 | 256,
): Uint8Array {
  const n = strLen(s), encoding = limit === 128 ? "ascii" : "latin-1";
  const reason = `ordinal not in range(${limit})`;
  const quick = new Uint8Array(n);
  let i = 0;
  for (; i < n; i++) {
    const c = strCodeAt(s, i);
    if (c >= limit) break;
    quick[i] = c;
  }
  if (i === n) return quick;
  const out = new ByteBuilder(n + 16);
  out.pushBytes(quick.subarray(0, i));
  while (i < n) {
    const c = strCodeAt(s, i);
    if (c < limit) {
      out.push(c);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < n && strCodeAt(s, end) >= limit) end++;
    const fix = fixEncode(errors, encoding, s, i, end, reason),
      r = fix.replacement;
    if (r instanceof Uint8Array) out.pushBytes(r);
    else {
      for (let k = 0; k < strLen(r); k++) {
        const d = strCodeAt(r, k);
        if (d >= limit) throw encodeError(encoding, s, i, end, reason);
        out.push(d);
      }
    }
    i = fix.pos;
  }
  return out.finish();
}
/** Encodes in ASCII. */
export function encodeAscii(
  s: Str,
  errors: EncodeErrors = strictEncode,
): Uint8Array {
  return encodeBelow(s, errors, 128);
}
/** Encodes in Latin-1. */
export function encodeLatin1(
  s: Str,
  errors: EncodeErrors = strictEncode,
): Uint8Array {
  return encodeBelow(s, errors, 256);
}

/** What a byte maps to: a code point, a text, or null for nothing. */
export type DecodeMap = (byte: number) => number | Str | null;
/** What a character maps to: a byte, some bytes, or null for nothing. */
export type EncodeMap = (c: number) => number | Uint8Array | null;

const UNDEFINED = "character maps to <undefined>";

/** A decoding table as str: byte i maps to its character i, U+FFFE stands for nothing. */
export function decodeMapOf(table: Str): DecodeMap {
  const n = strLen(table);
  return (b) => {
    const c = b < n ? strCodeAt(table, b) : 0xFFFE;
    return c === 0xFFFE ? null : c;
  };
}

/** Decodes by a mapping. */
export function decodeCharmap(
  b: Uint8Array,
  map: DecodeMap,
  errors: DecodeErrors = strictDecode,
): Str {
  const out = decodedBuilder(b.length);
  for (let i = 0; i < b.length;) {
    const r = map(b[i]);
    if (typeof r === "number") out.push(r);
    else if (r !== null) out.pushStr(r);
    else {
      const fix = fixDecode(errors, "charmap", b, i, i + 1, UNDEFINED);
      out.pushStr(fix.replacement);
      if (fix.object) b = fix.object;
      i = fix.pos;
      continue;
    }
    i++;
  }
  return out.finish();
}

/** The encoding map of a decoding table (`codecs.charmap_build`). */
export function buildEncodeMap(table: Str): Map<number, number> {
  const map = new Map<number, number>(), n = Math.min(strLen(table), 256);
  for (let b = 0; b < n; b++) {
    const c = strCodeAt(table, b);
    if (c !== 0xFFFE) map.set(c, b);
  }
  return map;
}

/** Encodes by a mapping. */
export function encodeCharmap(
  s: Str,
  map: EncodeMap,
  errors: EncodeErrors = strictEncode,
): Uint8Array {
  const n = strLen(s), out = new ByteBuilder(n);
  const put = (r: number | Uint8Array): void => typeof r === "number" ? out.push(r) : out.pushBytes(r);
  for (let i = 0; i < n;) {
    const r = map(strCodeAt(s, i));
    if (r !== null) {
      put(r);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < n && map(strCodeAt(s, end)) === null) end++;
    const fix = fixEncode(errors, "charmap", s, i, end, UNDEFINED),
      text = fix.replacement;
    if (text instanceof Uint8Array) out.pushBytes(text);
    else {
      for (let k = 0; k < strLen(text); k++) {
        const q = map(strCodeAt(text, k));
        if (q === null) throw encodeError("charmap", s, i, end, UNDEFINED);
        put(q);
      }
    }
    i = fix.pos;
  }
  return out.finish();
}
