// CPython 3.14: Modules/binascii.c

import { PyBytes, typeName, typeOf, type Value } from "../core/objects/object.ts";
import type { PyBaseException, PyType } from "../core/objects/object.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { asIndex, asInt32, isStr, isTrue, lengthOf, strValue } from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { strCodeAt, strIsAscii } from "../core/objects/str_ops.ts";
import { ByteBuilder } from "../core/text/codec_errors.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { crc32, crcHqx } from "./checksum.ts";
import { newException, raised } from "./module_error.ts";

const errorType: PyType = newException("binascii.Error", X.ValueError);
const incompleteType: PyType = newException("binascii.Incomplete");
function fail(text: string): PyBaseException {
  return raised(errorType, text);
}

/** Bytes, or a str of ASCII. */
function asciiArg(v: Value): Uint8Array {
  if (isStr(v)) {
    const s = strValue(v);
    if (!strIsAscii(s)) throw valueError("string argument should contain only ASCII characters");
    return Uint8Array.from(s, (c) => c.charCodeAt(0));
  }
  if (typeOf(v).bf_getbuffer === undefined) {
    throw typeError(`argument should be bytes, buffer or ASCII string, not '${typeName(v)}'`);
  }
  return bytesOf(v);
}
function mask32(v: Value): number {
  return Number(BigInt.asUintN(32, BigInt(asIndex(v))));
}

// ---- base64 ---------------------------------------------------------------------------------

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
let reverse: Uint8Array | undefined;
function reverseTable(): Uint8Array {
  const t = new Uint8Array(256).fill(255);
  for (let i = 0; i < 64; i++) t[BASE64.charCodeAt(i)] = i;
  return t;
}
const EQUALS = 61;

function decodeBase64(b: Uint8Array, strict: boolean): Uint8Array {
  const t = reverse ??= reverseTable();
  const out = new Uint8Array(Math.ceil(b.length / 4) * 3);
  let n = 0, place = 0, left = 0, pads = 0;
  const oneMore = () =>
    fail(
      `Invalid base64-encoded string: number of data characters (${
        Math.floor(n / 3) * 4 + 1
      }) cannot be 1 more than a multiple of 4`,
    );
  for (let i = 0; i < b.length; i++) {
    const c = b[i];
    if (c === EQUALS) {
      if (strict) {
        if (i === 0) throw fail("Leading padding not allowed");
        if (place === 0 || place + pads >= 4) throw fail("Excess padding not allowed");
        if (place === 1) throw oneMore();
      }
      pads++;
      continue;
    }
    const v = t[c];
    if (v > 63) {
      if (strict) throw fail("Only base64 data is allowed");
      continue;
    }
    if (pads > 0) {
      if (strict) throw fail(place + pads >= 4 ? "Excess data after padding" : "Discontinuous padding not allowed");
      pads = 0;
    }
    if (place === 0) left = v;
    else if (place === 1) {
      out[n++] = left << 2 | v >> 4;
      left = v & 15;
    } else if (place === 2) {
      out[n++] = left << 4 | v >> 2;
      left = v & 3;
    } else out[n++] = left << 6 | v;
    place = (place + 1) & 3;
  }
  if (place === 1) throw oneMore();
  if (place !== 0 && place + pads < 4) throw fail("Incorrect padding");
  return out.slice(0, n);
}

function encodeBase64(b: Uint8Array, newline: boolean): Uint8Array {
  const out = new Uint8Array(Math.ceil(b.length / 3) * 4 + (newline ? 1 : 0));
  let n = 0;
  for (let i = 0; i < b.length; i += 3) {
    const left = b.length - i;
    const v = b[i] << 16 | (left > 1 ? b[i + 1] << 8 : 0) | (left > 2 ? b[i + 2] : 0);
    out[n++] = BASE64.charCodeAt(v >> 18);
    out[n++] = BASE64.charCodeAt(v >> 12 & 63);
    out[n++] = left > 1 ? BASE64.charCodeAt(v >> 6 & 63) : EQUALS;
    out[n++] = left > 2 ? BASE64.charCodeAt(v & 63) : EQUALS;
  }
  if (newline) out[n] = 10;
  return out;
}

// ---- hexadecimal ----------------------------------------------------------------------------

const HEX = "0123456789abcdef", HEX_UPPER = "0123456789ABCDEF";
function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const d = (c | 32) - 87;
  return d >= 10 && d <= 15 ? d : -1;
}
function decodeHex(b: Uint8Array): Uint8Array {
  if (b.length % 2 !== 0) throw fail("Odd-length string");
  const out = new Uint8Array(b.length / 2);
  for (let i = 0; i < out.length; i++) {
    const hi = hexDigit(b[2 * i]), lo = hexDigit(b[2 * i + 1]);
    if (hi < 0 || lo < 0) throw fail("Non-hexadecimal digit found");
    out[i] = hi * 16 + lo;
  }
  return out;
}
function encodeHex(_m: Value, data: Value, sep?: Value, group: Value = 1): Value {
  let mark = -1;
  if (sep !== undefined) {
    if (lengthOf(sep) !== 1) throw valueError("sep must be length 1.");
    if (isStr(sep)) mark = strCodeAt(strValue(sep), 0);
    else if (sep instanceof PyBytes) mark = sep.b[0];
    else throw typeError("sep must be str or bytes.");
    if (mark > 255) throw valueError("sep must be ASCII.");
  }
  const size = asInt32(group), b = bytesOf(data), n = b.length;
  const every = Math.abs(size);
  const out = new ByteBuilder(n * 2 + 8);
  for (let i = 0; i < n; i++) {
    // groups are counted from the end, or from the start when the size is negative
    const at = size > 0 ? n - i : i;
    if (mark >= 0 && every > 0 && i > 0 && at % every === 0) out.push(mark);
    out.push(HEX.charCodeAt(b[i] >> 4));
    out.push(HEX.charCodeAt(b[i] & 15));
  }
  return new PyBytes(out.finish());
}

// ---- uuencode -------------------------------------------------------------------------------

function decodeUu(b: Uint8Array): Uint8Array {
  if (b.length === 0) throw fail("Missing length byte");
  const size = (b[0] - 32) & 63, out = new Uint8Array(size);
  let n = 0, left = 0, bits = 0, i = 1;
  for (; n < size; i++) {
    let c = i < b.length ? b[i] : 10;
    if (c === 10 || c === 13) c = 0; // blanks at the end may be missing
    else {
      if (c < 32 || c > 96) throw fail("Illegal char");
      c = (c - 32) & 63;
    }
    left = left << 6 | c;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[n++] = left >> bits & 255;
      left &= (1 << bits) - 1;
    }
  }
  for (; i < b.length; i++) {
    const c = b[i];
    if (c !== 32 && c !== 96 && c !== 10 && c !== 13) throw fail("Trailing garbage");
  }
  return out;
}
function encodeUu(b: Uint8Array, backtick: boolean): Uint8Array {
  if (b.length > 45) throw fail("At most 45 bytes at once");
  const out = new ByteBuilder(64);
  const put = (v: number) => out.push(v === 0 && backtick ? 96 : v + 32);
  put(b.length);
  let left = 0, bits = 0;
  for (let i = 0; i < b.length || bits !== 0; i++) {
    left = left << 8 | (i < b.length ? b[i] : 0);
    for (bits += 8; bits >= 6;) {
      bits -= 6;
      put(left >> bits & 63);
    }
    left &= 63;
  }
  out.push(10);
  return out.finish();
}

// ---- quoted-printable -----------------------------------------------------------------------

const TAB = 9, LF = 10, CR = 13, SPACE = 32, DOT = 46, UNDERSCORE = 95;
const MAX_LINE = 76;

function decodeQp(b: Uint8Array, header: boolean): Uint8Array {
  const out = new ByteBuilder(b.length);
  for (let i = 0; i < b.length;) {
    const c = b[i++];
    if (c === UNDERSCORE && header) out.push(SPACE);
    else if (c !== EQUALS) out.push(c);
    else if (i >= b.length) break;
    else if (b[i] === LF || b[i] === CR) {
      // a line that goes on
      while (i < b.length && b[i] !== LF) i++;
      i++;
    } else if (b[i] === EQUALS) {
      out.push(EQUALS);
      i++;
    } else if (i + 1 < b.length && hexDigit(b[i]) >= 0 && hexDigit(b[i + 1]) >= 0) {
      out.push(hexDigit(b[i]) * 16 + hexDigit(b[i + 1]));
      i += 2;
    } else out.push(EQUALS);
  }
  return out.finish();
}

function encodeQp(b: Uint8Array, quotetabs: boolean, istext: boolean, header: boolean): Uint8Array {
  const n = b.length, out: number[] = [];
  const lf = b.indexOf(LF), crlf = lf > 0 && b[lf - 1] === CR;
  let line = 0;
  const endLine = () => {
    if (crlf) out.push(CR);
    out.push(LF);
    line = 0;
  };
  const quote = (c: number) => out.push(EQUALS, HEX_UPPER.charCodeAt(c >> 4), HEX_UPPER.charCodeAt(c & 15));
  for (let i = 0; i < n;) {
    const c = b[i], last = i + 1 === n, next = b[i + 1];
    const quoted = c > 126 || c === EQUALS || (header && c === UNDERSCORE) ||
      (c === DOT && line === 0 && (last || next === LF || next === CR || next === 0)) ||
      (!istext && (c === CR || c === LF)) ||
      ((c === TAB || c === SPACE) && last) ||
      (c < 33 && c !== CR && c !== LF && (quotetabs || (c !== TAB && c !== SPACE)));
    if (quoted) {
      if (line + 3 >= MAX_LINE) {
        out.push(EQUALS);
        endLine();
      }
      quote(c);
      line += 3;
      i++;
    } else if (istext && (c === LF || (c === CR && next === LF))) {
      // blanks at the end of a line must be quoted
      const end = out[out.length - 1];
      if (end === SPACE || end === TAB) {
        out.pop();
        quote(end);
      }
      endLine();
      i += c === CR ? 2 : 1;
    } else {
      if (!last && next !== LF && line + 1 >= MAX_LINE) {
        out.push(EQUALS);
        endLine();
      }
      line++;
      out.push(header && c === SPACE ? UNDERSCORE : c);
      i++;
    }
  }
  return Uint8Array.from(out);
}

const HEX_DOC =
  "The hexadecimal form of bytes, as bytes.\n\n  sep\n    A character put between groups.\n  bytes_per_sep\n    Size of the groups, counted from the right; from the left if negative.";
const UNHEX_DOC = "The bytes of a hexadecimal form, which must have an even number of digits.";
const unhex = (_m: Value, s: Value) => new PyBytes(decodeHex(asciiArg(s)));

export const spec: ModuleSpec = {
  name: "binascii",
  doc: "Conversion between binary data and ASCII",
  types: { Error: errorType, Incomplete: incompleteType },
  functions: {
    a2b_uu: [
      "data, /",
      "Decodes a line of uuencoded data.",
      (_m: Value, d: Value) => new PyBytes(decodeUu(asciiArg(d))),
    ],
    b2a_uu: [
      "data, /, *, backtick=False",
      "Uuencodes a line of data.",
      (_m: Value, d: Value, tick: Value = false) => new PyBytes(encodeUu(bytesOf(d), isTrue(tick))),
    ],
    a2b_base64: [
      "data, /, *, strict_mode=False",
      "Decodes base64 data.\n\n  strict_mode\n    Refuse what is not base64 instead of leaving it out.",
      (_m: Value, d: Value, strict: Value = false) => new PyBytes(decodeBase64(asciiArg(d), isTrue(strict))),
    ],
    b2a_base64: [
      "data, /, *, newline=True",
      "Encodes data in base64, with a newline at the end.",
      (_m: Value, d: Value, nl: Value = true) => new PyBytes(encodeBase64(bytesOf(d), isTrue(nl))),
    ],
    b2a_hex: ["data, sep=<unrepresentable>, bytes_per_sep=1", HEX_DOC, encodeHex],
    hexlify: ["data, sep=<unrepresentable>, bytes_per_sep=1", HEX_DOC, encodeHex],
    a2b_hex: ["hexstr, /", UNHEX_DOC, unhex],
    unhexlify: ["hexstr, /", UNHEX_DOC, unhex],
    crc_hqx: [
      "data, crc, /",
      "CRC-CCITT of data, going on from a value.",
      (_m: Value, d: Value, crc: Value) => crcHqx(bytesOf(d), mask32(crc)),
    ],
    crc32: ["data, crc=0, /", "CRC-32 of data, going on from a value.", (_m: Value, d: Value, crc: Value = 0) => {
      const start = mask32(crc);
      return crc32(bytesOf(d), start);
    }],
    b2a_qp: [
      "data, quotetabs=False, istext=True, header=False",
      "Encodes data as quoted-printable.\n\nBlanks are kept unless quotetabs is set, line ends unless istext is not; in a header a space is an\nunderscore.",
      (_m: Value, d: Value, q: Value = false, t: Value = true, h: Value = false) =>
        new PyBytes(encodeQp(bytesOf(d), isTrue(q), isTrue(t), isTrue(h))),
    ],
    a2b_qp: [
      "data, header=False",
      "Decodes quoted-printable data.",
      (_m: Value, d: Value, h: Value = false) => new PyBytes(decodeQp(asciiArg(d), isTrue(h))),
    ],
  },
};
