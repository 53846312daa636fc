// CPython 3.14: Python/codecs.c (error handlers), Objects/unicodeobject.c (calling them)
//
// What decoders and encoders do when they meet an error. A codec calls its handler with the name
// of the encoding, the object, the range and the reason; the handler raises, or returns what to
// put there and the position to go on from. The handlers that CPython has built in are functions
// here; one that is registered from Python is wrapped by the `codecs` machinery.

import { PyBytes, type Str } from "../objects/object.ts";
import { indexError, typeError } from "../objects/errors.ts";
import { makeDecodeError, makeEncodeError, type PyUnicodeError } from "../objects/exceptions_unicode.ts";
import { chr, CpBuilder, fromCodePoints } from "../objects/str_wide.ts";
import { strCodeAt, strLen } from "../objects/str_ops.ts";
import { escapeChar } from "../objects/str_repr.ts";
import { characterName } from "../unicode/names.ts";

/** A handler's answer to a decoder; `object` replaces the input when the handler changed it. */
export interface DecodeFix {
  replacement: Str;
  pos: number;
  object?: Uint8Array;
}
/** A handler's answer to an encoder. */
export interface EncodeFix {
  replacement: Str | Uint8Array;
  pos: number;
}
export type DecodeErrors = (
  encoding: string,
  object: Uint8Array,
  start: number,
  end: number,
  reason: string,
) => DecodeFix;
export type EncodeErrors = (
  encoding: string,
  object: Str,
  start: number,
  end: number,
  reason: string,
) => EncodeFix;

/** What a decoder returns: the text and how many bytes it took. */
export interface Decoded {
  text: Str;
  consumed: number;
}

/** Collects the output of an encoder. */
export class ByteBuilder {
  private bytes: Uint8Array;
  length = 0;
  constructor(capacity = 32) {
    this.bytes = new Uint8Array(Math.max(capacity, 8));
  }
  private room(n: number): void {
    if (this.length + n <= this.bytes.length) return;
    const bigger = new Uint8Array(
      Math.max(this.length + n, this.bytes.length * 2),
    );
    bigger.set(this.bytes.subarray(0, this.length));
    this.bytes = bigger;
  }
  push(b: number): void {
    if (this.length === this.bytes.length) this.room(1);
    this.bytes[this.length++] = b;
  }
  pushBytes(b: Uint8Array): void {
    this.room(b.length);
    this.bytes.set(b, this.length);
    this.length += b.length;
  }
  /** Appends characters up to U+00FF as bytes. */
  pushLatin1(s: string): void {
    this.room(s.length);
    for (let i = 0; i < s.length; i++) {
      this.bytes[this.length++] = s.charCodeAt(i);
    }
  }
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

function checkPos(pos: number, length: number): number {
  const p = pos < 0 ? pos + length : pos;
  if (p < 0 || p > length) {
    throw indexError(`position ${pos} from error handler out of bounds`);
  }
  return p;
}

/** Calls a decoder's handler and checks the position that it returns. */
export function fixDecode(
  errors: DecodeErrors,
  encoding: string,
  object: Uint8Array,
  start: number,
  end: number,
  reason: string,
): DecodeFix {
  const fix = errors(encoding, object, start, end, reason);
  fix.pos = checkPos(fix.pos, (fix.object ?? object).length);
  return fix;
}
/** Calls an encoder's handler and checks the position that it returns. */
export function fixEncode(
  errors: EncodeErrors,
  encoding: string,
  object: Str,
  start: number,
  end: number,
  reason: string,
): EncodeFix {
  const fix = errors(encoding, object, start, end, reason);
  fix.pos = checkPos(fix.pos, strLen(object));
  return fix;
}

/** The exception of a decoder's error. */
export function decodeError(
  encoding: string,
  object: Uint8Array,
  start: number,
  end: number,
  reason: string,
): PyUnicodeError {
  return makeDecodeError(encoding, new PyBytes(object), start, end, reason);
}
/** The exception of an encoder's error. */
export function encodeError(
  encoding: string,
  object: Str,
  start: number,
  end: number,
  reason: string,
): PyUnicodeError {
  return makeEncodeError(encoding, object, start, end, reason);
}

// ---- the built-in handlers -----------------------------------------------------------------------

export const strictDecode: DecodeErrors = (
  encoding,
  object,
  start,
  end,
  reason,
) => {
  throw decodeError(encoding, object, start, end, reason);
};
export const strictEncode: EncodeErrors = (
  encoding,
  object,
  start,
  end,
  reason,
) => {
  throw encodeError(encoding, object, start, end, reason);
};
export const ignoreDecode: DecodeErrors = (
  _encoding,
  _object,
  _start,
  end,
) => ({ replacement: "", pos: end });
export const ignoreEncode: EncodeErrors = (
  _encoding,
  _object,
  _start,
  end,
) => ({ replacement: "", pos: end });
export const replaceDecode: DecodeErrors = (
  _encoding,
  _object,
  _start,
  end,
) => ({ replacement: "\uFFFD", pos: end });
export const replaceEncode: EncodeErrors = (
  _encoding,
  _object,
  start,
  end,
) => ({
  replacement: "?".repeat(end - start),
  pos: end,
});
export const backslashreplaceDecode: DecodeErrors = (
  _encoding,
  object,
  start,
  end,
) => {
  let replacement = "";
  for (let i = start; i < end; i++) replacement += escapeChar(object[i]);
  return { replacement, pos: end };
};

/** A handler that replaces each character by a text. */
function eachChar(text: (c: number) => string): EncodeErrors {
  return (_encoding, object, start, end) => {
    let replacement = "";
    for (let i = start; i < end; i++) replacement += text(strCodeAt(object, i));
    return { replacement, pos: end };
  };
}
export const backslashreplaceEncode: EncodeErrors = eachChar(escapeChar);
export const xmlcharrefreplaceEncode: EncodeErrors = eachChar((c) => `&#${c};`);
export const namereplaceEncode: EncodeErrors = eachChar((c) => {
  const name = characterName(c, true);
  return name === undefined ? escapeChar(c) : `\\N{${name}}`;
});

export const surrogateescapeDecode: DecodeErrors = (
  encoding,
  object,
  start,
  end,
  reason,
) => {
  const cps: number[] = [];
  // a byte of ASCII is never smuggled; four bytes at most at a time
  while (cps.length < 4 && start + cps.length < end) {
    const b = object[start + cps.length];
    if (b < 128) break;
    cps.push(0xDC00 + b);
  }
  if (cps.length === 0) throw decodeError(encoding, object, start, end, reason);
  return { replacement: fromCodePoints(cps), pos: start + cps.length };
};
export const surrogateescapeEncode: EncodeErrors = (
  encoding,
  object,
  start,
  end,
  reason,
) => {
  let stop = start;
  while (stop < end && isEscapedByte(strCodeAt(object, stop))) stop++;
  // the UTF-8, ASCII and Latin-1 encoders take what they can before the error; charmap does not
  if (stop === start || (stop < end && encoding === "charmap")) {
    throw encodeError(encoding, object, start, end, reason);
  }
  const replacement = Uint8Array.from(
    { length: stop - start },
    (_, k) => strCodeAt(object, start + k) - 0xDC00,
  );
  return { replacement, pos: stop };
};
function isEscapedByte(c: number): boolean {
  return c >= 0xDC80 && c <= 0xDCFF;
}

/** Width in bytes and byte order of the encodings that surrogatepass knows, or undefined. */
function surrogateForm(
  encoding: string,
): { width: 1 | 2 | 4; big: boolean } | undefined {
  const m = /^(?:utf[-_]?(8|16|32)(?:[-_]?(le|be))?|cp65001)$/i.exec(encoding);
  if (!m) return undefined;
  if (m[1] === undefined || m[1] === "8") {
    return m[2] === undefined ? { width: 1, big: false } : undefined;
  }
  return { width: m[1] === "16" ? 2 : 4, big: m[2]?.toLowerCase() === "be" };
}

export const surrogatepassEncode: EncodeErrors = (
  encoding,
  object,
  start,
  end,
  reason,
) => {
  const form = surrogateForm(encoding),
    out = new ByteBuilder((end - start) * 4);
  for (let i = start; i < end; i++) {
    const c = strCodeAt(object, i);
    if (form === undefined || c < 0xD800 || c > 0xDFFF) {
      throw encodeError(encoding, object, start, end, reason);
    }
    if (form.width === 1) {
      out.push(0xE0 | (c >> 12));
      out.push(0x80 | ((c >> 6) & 0x3F));
      out.push(0x80 | (c & 0x3F));
      continue;
    }
    const zeros = form.width - 2;
    for (let k = 0; k < zeros && form.big; k++) out.push(0);
    out.push(form.big ? c >> 8 : c & 255);
    out.push(form.big ? c & 255 : c >> 8);
    for (let k = 0; k < zeros && !form.big; k++) out.push(0);
  }
  return { replacement: out.finish(), pos: end };
};
export const surrogatepassDecode: DecodeErrors = (
  encoding,
  object,
  start,
  end,
  reason,
) => {
  const form = surrogateForm(encoding);
  let c = 0, taken = 0;
  const rest = object.length - start;
  if (form?.width === 1 && rest >= 3) {
    const [x, y, z] = object.subarray(start, start + 3);
    if ((x & 0xF0) === 0xE0 && (y & 0xC0) === 0x80 && (z & 0xC0) === 0x80) {
      c = ((x & 15) << 12) | ((y & 0x3F) << 6) | (z & 0x3F);
    }
    taken = 3;
  } else if (form !== undefined && form.width > 1 && rest >= form.width) {
    const unit = Array.from(object.subarray(start, start + form.width));
    if (!form.big) unit.reverse();
    c = unit.reduce((n, b) => n * 256 + b, 0);
    taken = form.width;
  }
  if (c < 0xD800 || c > 0xDFFF) {
    throw decodeError(encoding, object, start, end, reason);
  }
  return { replacement: chr(c), pos: start + taken };
};

/** The decoding half of a built-in handler; undefined when there is none of that name. */
export function builtinDecodeErrors(name: string): DecodeErrors | undefined {
  switch (name) {
    case "strict":
      return strictDecode;
    case "ignore":
      return ignoreDecode;
    case "replace":
      return replaceDecode;
    case "backslashreplace":
      return backslashreplaceDecode;
    case "surrogateescape":
      return surrogateescapeDecode;
    case "surrogatepass":
      return surrogatepassDecode;
    case "xmlcharrefreplace":
    case "namereplace":
      return () => {
        throw typeError(
          "don't know how to handle UnicodeDecodeError in error callback",
        );
      };
  }
  return undefined;
}
/** The encoding half of a built-in handler. */
export function builtinEncodeErrors(name: string): EncodeErrors | undefined {
  switch (name) {
    case "strict":
      return strictEncode;
    case "ignore":
      return ignoreEncode;
    case "replace":
      return replaceEncode;
    case "backslashreplace":
      return backslashreplaceEncode;
    case "xmlcharrefreplace":
      return xmlcharrefreplaceEncode;
    case "namereplace":
      return namereplaceEncode;
    case "surrogateescape":
      return surrogateescapeEncode;
    case "surrogatepass":
      return surrogatepassEncode;
  }
  return undefined;
}
/** Names of the built-in handlers, in CPython's order of registration. */
export const BUILTIN_ERRORS: readonly string[] = [
  "strict",
  "ignore",
  "replace",
  "xmlcharrefreplace",
  "backslashreplace",
  "namereplace",
  "surrogatepass",
  "surrogateescape",
];

/** A str as bytes when it is ASCII, else undefined (replacement texts of UTF encoders). */
export function asciiBytes(s: Str): Uint8Array | undefined {
  if (typeof s !== "string") return undefined;
  const out = new Uint8Array(s.length);
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c > 127) return undefined;
    out[i] = c;
  }
  return out;
}

/** A builder for decoders: they start at about one character a byte. */
export function decodedBuilder(size: number): CpBuilder {
  return new CpBuilder(Math.min(size, 1 << 20));
}
