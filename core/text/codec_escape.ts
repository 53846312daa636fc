// CPython 3.14: Objects/unicodeobject.c (unicode_escape, raw_unicode_escape), Objects/bytesobject.c
//
// The codecs of Python's string and bytes literals. An escape that is not valid but kept as it is
// (`\q`, an octal one above `\377`) is reported in `invalid`: the caller warns.

import type { Str } from "../objects/object.ts";
import { valueError } from "../objects/errors.ts";
import { strCodeAt, strLen } from "../objects/str_ops.ts";
import { escapeChar } from "../objects/str_repr.ts";
import { lookupCharacter } from "../unicode/names.ts";
import {
  ByteBuilder,
  type Decoded,
  decodedBuilder,
  type DecodeErrors,
  fixDecode,
  strictDecode,
} from "./codec_errors.ts";

/** The first escape that is not valid. */
export interface InvalidEscape {
  /** Position after the backslash. */
  pos: number;
  /** The character after the backslash, or the value (above 255) of an octal escape. */
  char: number;
}
export interface DecodedEscapes extends Decoded {
  invalid: InvalidEscape | undefined;
}

const BACKSLASH = 92;

/** Value of a hexadecimal digit, or -1. */
function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const d = (c | 32) - 87;
  return d >= 10 && d <= 15 ? d : -1;
}

/** What a one-letter escape stands for, or -1. */
function simpleEscape(c: number): number {
  switch (c) {
    case BACKSLASH:
    case 39:
    case 34:
      return c;
    case 98: // b
      return 8;
    case 102: // f
      return 12;
    case 116: // t
      return 9;
    case 110: // n
      return 10;
    case 114: // r
      return 13;
    case 118: // v
      return 11;
    case 97: // a
      return 7;
  }
  return -1;
}

/** Decodes `unicode_escape`; the bytes are Latin-1. */
export function decodeUnicodeEscape(
  b: Uint8Array,
  errors: DecodeErrors = strictDecode,
  final = true,
): DecodedEscapes {
  const out = decodedBuilder(b.length);
  let invalid: InvalidEscape | undefined, i = 0;
  while (i < b.length) {
    let c = b[i];
    if (c !== BACKSLASH) {
      out.push(c);
      i++;
      continue;
    }
    const start = i++;
    let reason = "\\ at end of string", incomplete = i >= b.length, digits = 0;
    if (!incomplete) {
      c = b[i++];
      const simple = simpleEscape(c);
      if (simple >= 0) {
        out.push(simple);
        continue;
      }
      if (c === 10) continue;
      if (c >= 48 && c <= 55) {
        let v = c - 48;
        for (
          let k = 0;
          k < 2 && i < b.length && b[i] >= 48 && b[i] <= 55;
          k++
        ) v = v * 8 + b[i++] - 48;
        if (v > 255) invalid ??= { pos: start + 1, char: v };
        out.push(v);
        continue;
      }
      if (c === 120) {
        digits = 2;
        reason = "truncated \\xXX escape";
      } else if (c === 117) {
        digits = 4;
        reason = "truncated \\uXXXX escape";
      } else if (c === 85) {
        digits = 8;
        reason = "truncated \\UXXXXXXXX escape";
      } else if (c === 78) {
        reason = "malformed \\N character escape";
        incomplete = i >= b.length;
        if (!incomplete && b[i] === 123) {
          const from = ++i;
          while (i < b.length && b[i] !== 125) i++;
          incomplete = i >= b.length;
          if (!incomplete && i > from) {
            let name = "";
            for (let k = from; k < i; k++) name += String.fromCharCode(b[k]);
            i++;
            const found = lookupCharacter(name);
            if (found !== undefined) {
              out.push(found);
              continue;
            }
            reason = "unknown Unicode character name";
          }
        }
      } else {
        invalid ??= { pos: start + 1, char: c };
        out.push(BACKSLASH);
        out.push(c);
        continue;
      }
      if (digits > 0) {
        let v = 0;
        while (digits > 0 && i < b.length && hexDigit(b[i]) >= 0) {
          v = v * 16 + hexDigit(b[i++]);
          digits--;
        }
        if (digits === 0) {
          if (v <= 0x10FFFF) {
            out.push(v);
            continue;
          }
          reason = "illegal Unicode character";
        } else incomplete = i >= b.length;
      }
    }
    if (incomplete && !final) {
      i = start;
      break;
    }
    const fix = fixDecode(errors, "unicodeescape", b, start, i, reason);
    out.pushStr(fix.replacement);
    if (fix.object) b = fix.object;
    i = fix.pos;
  }
  return { text: out.finish(), consumed: i, invalid };
}

/** Decodes `raw_unicode_escape`: only `\u` and `\U` after an odd number of backslashes count. */
export function decodeRawUnicodeEscape(
  b: Uint8Array,
  errors: DecodeErrors = strictDecode,
  final = true,
): Decoded {
  const out = decodedBuilder(b.length);
  let i = 0;
  while (i < b.length) {
    if (b[i] !== BACKSLASH || (i + 1 >= b.length && final)) {
      out.push(b[i++]);
      continue;
    }
    const start = i++;
    if (i >= b.length) {
      i = start;
      break;
    }
    const c = b[i++];
    if (c !== 117 && c !== 85) {
      out.push(BACKSLASH);
      out.push(c);
      continue;
    }
    let digits = c === 117 ? 4 : 8, v = 0;
    let reason = c === 117 ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape";
    while (digits > 0 && i < b.length && hexDigit(b[i]) >= 0) {
      v = v * 16 + hexDigit(b[i++]);
      digits--;
    }
    if (digits === 0) {
      if (v <= 0x10FFFF) {
        out.push(v);
        continue;
      }
      reason = "\\Uxxxxxxxx out of range";
    } else if (i >= b.length && !final) {
      i = start;
      break;
    }
    const fix = fixDecode(errors, "rawunicodeescape", b, start, i, reason);
    out.pushStr(fix.replacement);
    if (fix.object) b = fix.object;
    i = fix.pos;
  }
  return { text: out.finish(), consumed: i };
}

/** Encodes in `unicode_escape`. */
export function encodeUnicodeEscape(s: Str): Uint8Array {
  const n = strLen(s), out = new ByteBuilder(n);
  for (let i = 0; i < n; i++) {
    const c = strCodeAt(s, i);
    if (c === BACKSLASH) out.pushLatin1("\\\\");
    else if (c >= 32 && c < 127) out.push(c);
    else {out.pushLatin1(
        c === 9 ? "\\t" : c === 10 ? "\\n" : c === 13 ? "\\r" : escapeChar(c),
      );}
  }
  return out.finish();
}
/** Encodes in `raw_unicode_escape`. */
export function encodeRawUnicodeEscape(s: Str): Uint8Array {
  const n = strLen(s), out = new ByteBuilder(n);
  for (let i = 0; i < n; i++) {
    const c = strCodeAt(s, i);
    if (c < 256) out.push(c);
    else out.pushLatin1(escapeChar(c));
  }
  return out.finish();
}

/**
 * Decodes the escapes of a bytes literal (`codecs.escape_decode`). `errors` is the name of a way to
 * treat a bad `\x`: strict, replace or ignore.
 */
export function decodeBytesEscape(
  b: Uint8Array,
  errors = "strict",
): { bytes: Uint8Array; invalid: InvalidEscape | undefined } {
  const out = new ByteBuilder(b.length);
  let invalid: InvalidEscape | undefined, i = 0;
  while (i < b.length) {
    if (b[i] !== BACKSLASH) {
      out.push(b[i++]);
      continue;
    }
    const start = i++;
    if (i >= b.length) throw valueError("Trailing \\ in string");
    const c = b[i++], simple = simpleEscape(c);
    if (simple >= 0) out.push(simple);
    else if (c === 10) continue;
    else if (c >= 48 && c <= 55) {
      let v = c - 48;
      for (let k = 0; k < 2 && i < b.length && b[i] >= 48 && b[i] <= 55; k++) {
        v = v * 8 + b[i++] - 48;
      }
      if (v > 255) invalid ??= { pos: start + 1, char: v };
      out.push(v & 255);
    } else if (c === 120) {
      const hi = i < b.length ? hexDigit(b[i]) : -1,
        lo = i + 1 < b.length ? hexDigit(b[i + 1]) : -1;
      if (hi >= 0 && lo >= 0) {
        out.push(hi * 16 + lo);
        i += 2;
        continue;
      }
      if (errors === "strict") {
        throw valueError(`invalid \\x escape at position ${start}`);
      }
      if (errors === "replace") out.push(63);
      else if (errors !== "ignore") {
        throw valueError(
          `decoding error; unknown error handling code: ${errors}`,
        );
      }
      if (hi >= 0) i++;
    } else {
      invalid ??= { pos: start + 1, char: c };
      out.push(BACKSLASH);
      i--;
    }
  }
  return { bytes: out.finish(), invalid };
}

/** Encodes bytes as a bytes literal does (`codecs.escape_encode`). */
export function encodeBytesEscape(b: Uint8Array): Uint8Array {
  const out = new ByteBuilder(b.length);
  for (const c of b) {
    if (c === 39 || c === BACKSLASH) {
      out.push(BACKSLASH);
      out.push(c);
    } else if (c >= 32 && c < 127) out.push(c);
    else {out.pushLatin1(
        c === 9 ? "\\t" : c === 10 ? "\\n" : c === 13 ? "\\r" : escapeChar(c),
      );}
  }
  return out.finish();
}
