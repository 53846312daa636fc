// CPython 3.14: Objects/unicodeobject.c (UTF-8), Objects/stringlib/codecs.h
//
// UTF-8. Valid text of some length goes through the host's TextDecoder and TextEncoder; short text
// and everything with an error is done here, with CPython's error ranges.

import type { Str } from "../objects/object.ts";
import { fromUtf16, toUtf16 } from "../objects/str_wide.ts";
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

const SHORT = 48;
let decoder: TextDecoder | undefined;
let encoder: TextEncoder | undefined;

/** Text of bytes that are all ASCII, or undefined; for short ones. */
function shortAscii(b: Uint8Array): string | undefined {
  let s = "";
  for (let i = 0; i < b.length; i++) {
    if (b[i] > 127) return undefined;
    s += String.fromCharCode(b[i]);
  }
  return s;
}

/** Where the incomplete sequence at the end of `b` starts, or its length. */
function completeLength(b: Uint8Array): number {
  const n = b.length;
  for (let k = 1; k <= 3 && k <= n; k++) {
    const c = b[n - k];
    if (c < 0x80) return n;
    if (c >= 0xC0) return (c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2) > k ? n - k : n;
  }
  return n;
}

/**
 * Decodes UTF-8. Unless `final`, an incomplete sequence at the end is left: `consumed` tells where
 * it starts.
 */
export function decodeUtf8(
  b: Uint8Array,
  errors: DecodeErrors = strictDecode,
  final = true,
): Decoded {
  if (b.length < SHORT) {
    const s = shortAscii(b);
    if (s !== undefined) return { text: s, consumed: b.length };
  } else {
    const end = final ? b.length : completeLength(b);
    try {
      decoder ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      return {
        text: fromUtf16(decoder.decode(b.subarray(0, end))),
        consumed: end,
      };
    } catch {
      // not valid: find out below where
    }
  }
  return decodeSlowly(b, errors, final);
}

// Results of `sequence` that are not code points.
const INCOMPLETE = -1,
  BAD_START = -2,
  BAD_AFTER_1 = -3,
  BAD_AFTER_2 = -4,
  BAD_AFTER_3 = -5;

/** The multi-byte sequence at `i`: its code point or what is wrong with it. */
function sequence(b: Uint8Array, i: number): number {
  const c = b[i], n = b.length - i;
  if (c < 0xC2 || c > 0xF4) return BAD_START;
  if (n < 2) return INCOMPLETE;
  const c2 = b[i + 1];
  if ((c2 & 0xC0) !== 0x80) return BAD_AFTER_1;
  if (c < 0xE0) return ((c & 0x1F) << 6) | (c2 & 0x3F);
  if (c < 0xF0) {
    if (c2 < 0xA0 ? c === 0xE0 : c === 0xED) return BAD_AFTER_1;
    if (n < 3) return INCOMPLETE;
    const c3 = b[i + 2];
    if ((c3 & 0xC0) !== 0x80) return BAD_AFTER_2;
    return ((c & 15) << 12) | ((c2 & 0x3F) << 6) | (c3 & 0x3F);
  }
  if (c2 < 0x90 ? c === 0xF0 : c === 0xF4) return BAD_AFTER_1;
  if (n < 3) return INCOMPLETE;
  const c3 = b[i + 2];
  if ((c3 & 0xC0) !== 0x80) return BAD_AFTER_2;
  if (n < 4) return INCOMPLETE;
  const c4 = b[i + 3];
  if ((c4 & 0xC0) !== 0x80) return BAD_AFTER_3;
  return ((c & 7) << 18) | ((c2 & 0x3F) << 12) | ((c3 & 0x3F) << 6) |
    (c4 & 0x3F);
}

function decodeSlowly(
  b: Uint8Array,
  errors: DecodeErrors,
  final: boolean,
): Decoded {
  const out = decodedBuilder(b.length);
  let i = 0;
  while (i < b.length) {
    const c = b[i];
    if (c < 0x80) {
      out.push(c);
      i++;
      continue;
    }
    const r = sequence(b, i);
    if (r >= 0) {
      out.push(r);
      i += r < 0x800 ? 2 : r < 0x10000 ? 3 : 4;
      continue;
    }
    if (r === INCOMPLETE && !final) break;
    // the beginning of a surrogate, which a handler may let pass
    if (!final && c === 0xED && r === BAD_AFTER_1 && b.length - i === 2 && (b[i + 1] & 0xE0) === 0xA0) break;
    const fix = r === INCOMPLETE
      ? fixDecode(errors, "utf-8", b, i, b.length, "unexpected end of data")
      : r === BAD_START
      ? fixDecode(errors, "utf-8", b, i, i + 1, "invalid start byte")
      : fixDecode(
        errors,
        "utf-8",
        b,
        i,
        i + (BAD_START - r),
        "invalid continuation byte",
      );
    out.pushStr(fix.replacement);
    if (fix.object) b = fix.object;
    i = fix.pos;
  }
  return { text: out.finish(), consumed: i };
}

/** Number of bytes of the UTF-8 form (three for a lone surrogate). */
export function utf8Length(s: Str): number {
  const n = strLen(s);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const c = strCodeAt(s, i);
    total += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
  return total;
}

/** Encodes in UTF-8; lone surrogates are errors. */
export function encodeUtf8(
  s: Str,
  errors: EncodeErrors = strictEncode,
): Uint8Array {
  if (typeof s === "string") {
    const n = s.length;
    if (n < SHORT) {
      const out = new Uint8Array(n);
      let i = 0;
      for (; i < n; i++) {
        const c = s.charCodeAt(i);
        if (c > 127) break;
        out[i] = c;
      }
      if (i === n) return out;
    }
    return (encoder ??= new TextEncoder()).encode(s);
  }
  const cps = s.cps;
  let lone = false;
  for (let i = 0; i < cps.length; i++) {
    if (cps[i] >= 0xD800 && cps[i] <= 0xDFFF) {
      lone = true;
      break;
    }
  }
  if (!lone) return (encoder ??= new TextEncoder()).encode(toUtf16(s));
  const out = new ByteBuilder(cps.length * 3);
  for (let i = 0; i < cps.length;) {
    const c = cps[i];
    if (c < 0xD800 || c > 0xDFFF) {
      pushUtf8(c, out);
      i++;
      continue;
    }
    let end = i + 1;
    while (end < cps.length && cps[end] >= 0xD800 && cps[end] <= 0xDFFF) end++;
    const fix = fixEncode(errors, "utf-8", s, i, end, "surrogates not allowed");
    if (fix.replacement instanceof Uint8Array) out.pushBytes(fix.replacement);
    else {
      const ascii = asciiBytes(fix.replacement);
      if (ascii === undefined) {
        throw encodeError("utf-8", s, i, end, "surrogates not allowed");
      }
      out.pushBytes(ascii);
    }
    i = fix.pos;
  }
  return out.finish();
}

/** Appends the UTF-8 form of one code point, a surrogate too. */
export function pushUtf8(c: number, out: ByteBuilder): void {
  if (c < 0x80) {
    out.push(c);
    return;
  }
  if (c < 0x800) out.push(0xC0 | (c >> 6));
  else {
    if (c < 0x10000) out.push(0xE0 | (c >> 12));
    else {
      out.push(0xF0 | (c >> 18));
      out.push(0x80 | ((c >> 12) & 0x3F));
    }
    out.push(0x80 | ((c >> 6) & 0x3F));
  }
  out.push(0x80 | (c & 0x3F));
}
