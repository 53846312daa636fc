// CPython 3.14: Objects/unicodeobject.c (UTF-7)
//
// UTF-7 (RFC 2152): ASCII, with runs of base64 between `+` and `-` for the rest.

import type { Str } from "../objects/object.ts";
import { fromCodePoints } from "../objects/str_wide.ts";
import { strCodeAt, strLen } from "../objects/str_ops.ts";
import {
  ByteBuilder,
  type Decoded,
  decodedBuilder,
  type DecodeErrors,
  fixDecode,
  strictDecode,
} from "./codec_errors.ts";

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PLUS = 43, MINUS = 45;

function base64Value(c: number): number {
  if (c >= 65 && c <= 90) return c - 65;
  if (c >= 97 && c <= 122) return c - 71;
  if (c >= 48 && c <= 57) return c + 4;
  return c === PLUS ? 62 : c === 47 ? 63 : -1;
}

/** Decodes UTF-7. Unless `final`, an open base64 run at the end is left. */
export function decodeUtf7(
  b: Uint8Array,
  errors: DecodeErrors = strictDecode,
  final = true,
): Decoded {
  const out = decodedBuilder(b.length);
  let i = 0, start = 0, shifted = false, runStart = 0;
  let bits = 0, buffer = 0, surrogate = 0;
  const fail = (end: number, reason: string): void => {
    const fix = fixDecode(errors, "utf7", b, start, end, reason);
    out.pushStr(fix.replacement);
    if (fix.object) b = fix.object;
    i = fix.pos;
  };
  for (;;) {
    while (i < b.length) {
      const c = b[i];
      if (shifted) {
        const v = base64Value(c);
        if (v >= 0) {
          buffer = (buffer << 6) | v;
          bits += 6;
          i++;
          if (bits < 16) continue;
          const unit = buffer >>> (bits - 16);
          bits -= 16;
          buffer &= (1 << bits) - 1;
          if (surrogate !== 0) {
            if ((unit & 0xFC00) === 0xDC00) {
              out.push(0x10000 + ((surrogate & 0x3FF) << 10) + (unit & 0x3FF));
              surrogate = 0;
              continue;
            }
            out.push(surrogate);
            surrogate = 0;
          }
          if ((unit & 0xFC00) === 0xD800) surrogate = unit;
          else out.push(unit);
          continue;
        }
        shifted = false;
        if (bits >= 6) {
          fail(++i, "partial character in shift sequence");
          continue;
        }
        if (bits > 0 && buffer !== 0) {
          fail(++i, "non-zero padding bits in shift sequence");
          continue;
        }
        if (surrogate !== 0 && c < 128 && c !== PLUS) out.push(surrogate);
        surrogate = 0;
        if (c === MINUS) i++;
      } else if (c === PLUS) {
        start = i++;
        if (i < b.length && b[i] === MINUS) {
          i++;
          out.push(PLUS);
        } else if (i < b.length && base64Value(b[i]) < 0) {
          fail(++i, "ill-formed sequence");
        } else {
          shifted = true;
          surrogate = bits = buffer = 0;
          runStart = out.length;
        }
      } else if (c < 128) {
        out.push(c);
        i++;
      } else {
        start = i;
        fail(++i, "unexpected special character");
      }
    }
    if (!shifted || !final) break;
    shifted = false;
    if (surrogate === 0 && bits < 6 && buffer === 0) break;
    fail(b.length, "unterminated shift sequence");
    if (i >= b.length) break;
  }
  if (!shifted) return { text: out.finish(), consumed: i };
  const cps = Uint32Array.from({ length: runStart }, (_, k) => out.at(k));
  return { text: fromCodePoints(cps), consumed: start };
}

/** Characters that stand for themselves: all of ASCII but controls, `+`, `\` and `~`. */
function isDirect(c: number): boolean {
  if (c >= 127 || c === PLUS || c === 92 || c === 126) return false;
  return c >= 32 || c === 9 || c === 10 || c === 13;
}

/** Encodes in UTF-7; nothing is an error. */
export function encodeUtf7(s: Str): Uint8Array {
  const n = strLen(s), out = new ByteBuilder(n * 2);
  let shifted = false, bits = 0, buffer = 0;
  const put = (v: number): void => out.push(BASE64.charCodeAt(v & 63));
  const unit = (u: number): void => {
    bits += 16;
    buffer = (buffer << 16) | u; // 22 bits at most
    while (bits >= 6) {
      put(buffer >> (bits - 6));
      bits -= 6;
    }
    buffer &= (1 << bits) - 1;
  };
  const flush = (): void => {
    if (bits > 0) put(buffer << (6 - bits));
    bits = buffer = 0;
  };
  for (let i = 0; i < n; i++) {
    const c = strCodeAt(s, i);
    if (isDirect(c)) {
      if (shifted) {
        flush();
        shifted = false;
        if (base64Value(c) >= 0 || c === MINUS) out.push(MINUS);
      }
      out.push(c);
      continue;
    }
    if (!shifted) {
      out.push(PLUS);
      if (c === PLUS) {
        out.push(MINUS);
        continue;
      }
      shifted = true;
    }
    if (c > 0xFFFF) {
      unit(0xD7C0 + (c >> 10));
      unit(0xDC00 + (c & 0x3FF));
    } else unit(c);
  }
  flush();
  if (shifted) out.push(MINUS);
  return out.finish();
}
