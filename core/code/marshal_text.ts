// CPython 3.14: Objects/unicodeobject.c (UTF-8 with surrogatepass), Python/pystrtod.c
//
// Text in marshal data: strings as UTF-8 in which lone surrogates are allowed,
// floats as decimal text (versions 0 and 1).

import { PyWideStr, type Str } from "../objects/object.ts";

/** Bytes that are not UTF-8; turned into UnicodeDecodeError by the caller. */
export class Utf8Error extends Error {
  readonly start: number;
  readonly end: number;
  readonly reason: string;

  constructor(start: number, end: number, reason: string) {
    super(reason);
    this.start = start;
    this.end = end;
    this.reason = reason;
  }
}

/** The latin-1 text of bytes. */
export function latin1(bytes: Uint8Array): string {
  const n = bytes.length;
  if (n < 32) {
    let out = "";
    for (let i = 0; i < n; i++) out += String.fromCharCode(bytes[i]);
    return out;
  }
  let out = "";
  for (let i = 0; i < n; i += 4096) {
    out += String.fromCharCode.apply(null, bytes.subarray(i, i + 4096) as unknown as number[]);
  }
  return out;
}

/** The bytes of text without characters above 255. */
export function latin1Bytes(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

/** True if the text is ASCII. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 127) return false;
  }
  return true;
}

/** UTF-8 of a str; lone surrogates are encoded like other characters. */
export function encodeUtf8(v: Str): Uint8Array {
  if (typeof v === "string") return new TextEncoder().encode(v);
  const out: number[] = [];
  for (const c of v.cps) {
    if (c < 0x80) {
      out.push(c);
    } else if (c < 0x800) {
      out.push(0xc0 | c >> 6, 0x80 | c & 63);
    } else if (c < 0x10000) {
      out.push(0xe0 | c >> 12, 0x80 | c >> 6 & 63, 0x80 | c & 63);
    } else {
      out.push(
        0xf0 | c >> 18,
        0x80 | c >> 12 & 63,
        0x80 | c >> 6 & 63,
        0x80 | c & 63,
      );
    }
  }
  return Uint8Array.from(out);
}

/** The str of UTF-8 bytes; encoded surrogates are let through. */
export function decodeUtf8(bytes: Uint8Array): Str {
  let ascii = true;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] > 127) {
      ascii = false;
      break;
    }
  }
  if (ascii) return latin1(bytes);
  const cps: number[] = [];
  let wide = false;
  const n = bytes.length;
  for (let i = 0; i < n;) {
    const b = bytes[i];
    if (b < 0x80) {
      cps.push(b);
      i++;
      continue;
    }
    const size = b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
    if (size === 0) throw new Utf8Error(i, i + 1, "invalid start byte");
    let c = b & (0xff >> (size + 1));
    for (let k = 1; k < size; k++) {
      const next = bytes[i + k];
      if (next === undefined) {
        throw new Utf8Error(i, n, "unexpected end of data");
      }
      const low = k === 1 && b === 0xe0 ? 0xa0 : k === 1 && b === 0xf0 ? 0x90 : 0x80;
      const high = k === 1 && b === 0xf4 ? 0x8f : 0xbf;
      if (next < low || next > high) {
        throw new Utf8Error(i, i + k, "invalid continuation byte");
      }
      c = c << 6 | next & 63;
    }
    if (c > 0xffff || (c >= 0xd800 && c < 0xe000)) wide = true;
    cps.push(c);
    i += size;
  }
  if (wide) return new PyWideStr(Uint32Array.from(cps));
  let out = "";
  for (let i = 0; i < cps.length; i += 4096) {
    out += String.fromCharCode(...cps.slice(i, i + 4096));
  }
  return out;
}

/** `%.17g` */
export function formatG17(v: number): string {
  if (v !== v) return "nan";
  if (v === Infinity) return "inf";
  if (v === -Infinity) return "-inf";
  if (v === 0) return Object.is(v, -0) ? "-0" : "0";
  const [mantissa, exponent] = v.toExponential(16).split("e");
  const exp = Number(exponent);
  if (exp >= -4 && exp < 17) {
    const fixed = v.toFixed(Math.min(Math.max(16 - exp, 0), 100));
    return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
  }
  const digits = mantissa.replace(/\.?0+$/, "");
  const abs = String(Math.abs(exp)).padStart(2, "0");
  return `${digits}e${exp < 0 ? "-" : "+"}${abs}`;
}

/** Parses decimal text; undefined if it is no float. */
export function parseFloatText(text: string): number | undefined {
  const t = text.toLowerCase();
  if (/^[+-]?(inf|infinity)$/.test(t)) {
    return t.startsWith("-") ? -Infinity : Infinity;
  }
  if (/^[+-]?nan$/.test(t)) return NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(t) ? Number(t) : undefined;
}

/** UTF-16 text of a str value. */
export function textOf(v: Str): string {
  if (typeof v === "string") return v;
  let out = "";
  for (const c of v.cps) out += String.fromCodePoint(c);
  return out;
}
