// CPython 3.14: Objects/unicodeobject.c (UTF-16, UTF-32), Objects/stringlib/codecs.h
//
// UTF-16 and UTF-32. The byte order is CPython's number: -1 little, 1 big, 0 by the byte order mark
// (little without one). A decoder gives back the order that it found, for the next chunk.

import type { Str } from "../objects/object.ts";
import { fromCodePoints } from "../objects/str_wide.ts";
import { strCodeAt, strLen } from "../objects/str_ops.ts";
import {
  asciiBytes,
  ByteBuilder,
  type Decoded,
  decodedBuilder,
  type DecodeErrors,
  encodeError,
  type EncodeErrors,
  fixDecode,
  fixEncode,
  strictDecode,
  strictEncode,
} from "./codec_errors.ts";

export type ByteOrder = -1 | 0 | 1;

export interface DecodedOrdered extends Decoded {
  byteorder: ByteOrder;
}

/** Decodes UTF-16. */
export function decodeUtf16(
  b: Uint8Array,
  errors: DecodeErrors = strictDecode,
  byteorder: ByteOrder = 0,
  final = true,
): DecodedOrdered {
  let i = 0;
  if (byteorder === 0 && b.length >= 2) {
    const mark = b[0] | (b[1] << 8);
    if (mark === 0xFEFF) byteorder = -1;
    else if (mark === 0xFFFE) byteorder = 1;
    if (byteorder !== 0) i = 2;
  }
  const big = byteorder === 1, encoding = big ? "utf-16-be" : "utf-16-le";
  const unit = (k: number): number => big ? (b[k] << 8) | b[k + 1] : b[k] | (b[k + 1] << 8);
  const out = decodedBuilder(b.length >> 1);
  while (i < b.length) {
    let end = i + 2, reason: string;
    if (i + 1 === b.length) {
      if (!final) break;
      end = b.length;
      reason = "truncated data";
    } else {
      const c = unit(i);
      if (c < 0xD800 || c > 0xDFFF) {
        out.push(c);
        i += 2;
        continue;
      }
      if (c >= 0xDC00) reason = "illegal encoding";
      else if (i + 4 > b.length) {
        if (!final) break;
        end = b.length;
        reason = "unexpected end of data";
      } else {
        const d = unit(i + 2);
        if (d >= 0xDC00 && d <= 0xDFFF) {
          out.push(0x10000 + ((c & 0x3FF) << 10) + (d & 0x3FF));
          i += 4;
          continue;
        }
        reason = "illegal UTF-16 surrogate";
      }
    }
    const fix = fixDecode(errors, encoding, b, i, end, reason);
    out.pushStr(fix.replacement);
    if (fix.object) b = fix.object;
    i = fix.pos;
  }
  return { text: out.finish(), consumed: i, byteorder };
}

/** Decodes UTF-32. */
export function decodeUtf32(
  b: Uint8Array,
  errors: DecodeErrors = strictDecode,
  byteorder: ByteOrder = 0,
  final = true,
): DecodedOrdered {
  let i = 0;
  const at = (k: number, big: boolean): number =>
    (big
      ? (b[k] << 24) | (b[k + 1] << 16) | (b[k + 2] << 8) | b[k + 3]
      : b[k] | (b[k + 1] << 8) | (b[k + 2] << 16) | (b[k + 3] << 24)) >>> 0;
  if (byteorder === 0 && b.length >= 4) {
    const mark = at(0, false);
    if (mark === 0xFEFF) byteorder = -1;
    else if (mark === 0xFFFE0000) byteorder = 1;
    if (byteorder !== 0) i = 4;
  }
  const big = byteorder === 1, encoding = big ? "utf-32-be" : "utf-32-le";
  const out = decodedBuilder(b.length >> 2);
  while (i < b.length) {
    let end = i + 4, reason: string;
    if (end > b.length) {
      if (!final) break;
      end = b.length;
      reason = "truncated data";
    } else {
      const c = at(i, big);
      if (c < 0xD800 || (c > 0xDFFF && c < 0x110000)) {
        out.push(c);
        i = end;
        continue;
      }
      reason = c < 0x110000
        ? "code point in surrogate code point range(0xd800, 0xe000)"
        : "code point not in range(0x110000)";
    }
    const fix = fixDecode(errors, encoding, b, i, end, reason);
    out.pushStr(fix.replacement);
    if (fix.object) b = fix.object;
    i = fix.pos;
  }
  return { text: out.finish(), consumed: i, byteorder };
}

/** Encodes in units of `width` bytes; with byte order 0 a mark is written first. */
function encodeUnits(
  s: Str,
  errors: EncodeErrors,
  byteorder: ByteOrder,
  width: 2 | 4,
): Uint8Array {
  const n = strLen(s),
    out = new ByteBuilder((n + 1) * width),
    big = byteorder === 1;
  const encoding = `utf-${width * 8}${byteorder === 0 ? "" : big ? "-be" : "-le"}`;
  const put = (u: number): void => {
    if (width === 4) {
      if (big) {
        out.push(u >>> 24);
        out.push((u >> 16) & 255);
        out.push((u >> 8) & 255);
        out.push(u & 255);
      } else {
        out.push(u & 255);
        out.push((u >> 8) & 255);
        out.push((u >> 16) & 255);
        out.push(u >>> 24);
      }
    } else {
      out.push(big ? u >> 8 : u & 255);
      out.push(big ? u & 255 : u >> 8);
    }
  };
  if (byteorder === 0) put(0xFEFF);
  for (let i = 0; i < n;) {
    const c = strCodeAt(s, i);
    if (c < 0xD800 || c > 0xDFFF) {
      if (width === 2 && c > 0xFFFF) {
        put(0xD7C0 + (c >> 10));
        put(0xDC00 + (c & 0x3FF));
      } else put(c);
      i++;
      continue;
    }
    const reason = "surrogates not allowed";
    const fix = fixEncode(errors, encoding, s, i, i + 1, reason);
    if (fix.replacement instanceof Uint8Array) {
      if (fix.replacement.length % width !== 0) {
        throw encodeError(encoding, s, i, i + 1, reason);
      }
      out.pushBytes(fix.replacement);
    } else {
      const ascii = asciiBytes(fix.replacement);
      if (ascii === undefined) throw encodeError(encoding, s, i, i + 1, reason);
      for (const a of ascii) put(a);
    }
    i = fix.pos;
  }
  return out.finish();
}

/** Encodes in UTF-16. */
export function encodeUtf16(
  s: Str,
  errors: EncodeErrors = strictEncode,
  byteorder: ByteOrder = 0,
): Uint8Array {
  return encodeUnits(s, errors, byteorder, 2);
}
/** Encodes in UTF-32. */
export function encodeUtf32(
  s: Str,
  errors: EncodeErrors = strictEncode,
  byteorder: ByteOrder = 0,
): Uint8Array {
  return encodeUnits(s, errors, byteorder, 4);
}

/** The str of native UTF-16 units: pairs are astral characters, lone surrogates stay. */
export function fromUnits(units: Uint16Array): Str {
  const cps: number[] = [];
  for (let i = 0; i < units.length; i++) {
    let c = units[i];
    if (
      (c & 0xFC00) === 0xD800 && i + 1 < units.length &&
      (units[i + 1] & 0xFC00) === 0xDC00
    ) {
      c = 0x10000 + ((c & 0x3FF) << 10) + (units[++i] & 0x3FF);
    }
    cps.push(c);
  }
  return fromCodePoints(cps);
}
