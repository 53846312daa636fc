// CPython 3.14: Python/codecs.c, Objects/unicodeobject.c (PyUnicode_Encode, PyUnicode_Decode)
//
// Encoding and decoding by name. The encodings CPython knows by heart are done here at once; any
// other goes through the registry: search functions registered with `codecs.register`, a cache by
// normalised name, error handlers by name. The registry belongs to the Interpreter.

import { None, PyBytes, PyObject, PyTuple, type Str, typeName, typeOf, type Value } from "./object.ts";
import { newError, newErrorArgs, typeError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { makeDecodeError, makeEncodeError, type PyUnicodeError } from "./exceptions_unicode.ts";
import { asIndex, call1, call2, getAttr, isCallable, isInt, isStr, strValue } from "./abstract.ts";
import { bytesOf } from "./buffer.ts";
import { cur, interpStore } from "./state.ts";
import { hasSurrogate, nameValue } from "./names.ts";
import {
  builtinDecodeErrors,
  builtinEncodeErrors,
  type DecodeErrors,
  type EncodeErrors,
} from "../text/codec_errors.ts";
import { decodeUtf8, encodeUtf8 } from "../text/codec_utf8.ts";
import { decodeAscii, decodeLatin1, encodeAscii, encodeLatin1 } from "../text/codec_charmap.ts";
import { decodeUtf16, decodeUtf32, encodeUtf16, encodeUtf32 } from "../text/codec_utf16.ts";

/** Codec state of one Interpreter. */
export interface CodecRegistry {
  searchPath: Value[];
  cache: Map<string, PyTuple>;
  /** Handlers registered from Python, or the builtin ones as callables, by name. */
  handlers: Map<string, Value>;
}
const KEY = {};
/** The registry of the running Interpreter. */
export function codecRegistry(): CodecRegistry {
  return interpStore(KEY, () => ({ searchPath: [], cache: new Map(), handlers: new Map() }));
}

/**
 * "UTF 8" -> "utf_8": what search functions get (and the key of the cache). Letters in lower case; whatever
 * is no ASCII letter, digit or dot is one underscore, or nothing at the ends.
 */
export function normalizeEncoding(name: string): string {
  return name.replace(/[^A-Za-z0-9.]+/g, "_").replace(/^_|_$/g, "").toLowerCase();
}

/** The codec registered for an encoding: a 4-tuple. */
export function lookupCodec(name: string): PyTuple {
  const reg = codecRegistry();
  if (reg.searchPath.length === 0) cur.interp.importModule("encodings");
  if (hasSurrogate(name)) encodeKnown(strValue(nameValue(name)), "utf-8", "strict"); // raises
  const key = normalizeEncoding(name);
  const hit = reg.cache.get(key);
  if (hit !== undefined) return hit;
  for (const f of reg.searchPath) {
    const r = call1(f, nameValue(key));
    if (r === None) continue;
    if (!(r instanceof PyTuple) || r.items.length !== 4) throw typeError("codec search functions must return 4-tuples");
    reg.cache.set(key, r);
    return r;
  }
  throw newError(X.LookupError, `unknown encoding: ${name}`);
}

// ---- error handlers -------------------------------------------------------------------------

/** A registered handler by name; undefined when there is none. */
export function registeredHandler(name: string): Value | undefined {
  return codecRegistry().handlers.get(name);
}

function unknownHandler(name: string): PyObject {
  return newError(X.LookupError, `unknown error handler name '${name}'`);
}

/** What a Python handler answered: the replacement and the position to go on from. */
function handlerAnswer(r: Value, what: string, decode: boolean): { replacement: Value; pos: number } {
  if (!(r instanceof PyTuple) || r.items.length !== 2) throw typeError(what);
  const [rep, pos] = r.items;
  if (decode ? !isStr(rep) : !isStr(rep) && !(rep instanceof PyBytes)) throw typeError(what);
  if (!isInt(pos)) throw typeError(what);
  return { replacement: rep, pos: Number(asIndex(pos)) };
}

/** Error handling of a decoder by the handler's name. */
export function decodeErrors(name: string): DecodeErrors {
  const own = codecRegistry().handlers;
  if (own.size > 0) {
    const h = own.get(name);
    if (h !== undefined) {
      return (encoding, object, start, end, reason) => {
        const exc = makeDecodeError(encoding, new PyBytes(object), start, end, reason);
        const a = handlerAnswer(call1(h, exc), "decoding error handler must return (str, int) tuple", true);
        const o = (exc as PyUnicodeError).object;
        return { replacement: strValue(a.replacement), pos: a.pos, object: o instanceof PyBytes ? o.b : undefined };
      };
    }
  }
  const b = builtinDecodeErrors(name);
  if (b !== undefined) return b;
  return () => {
    throw unknownHandler(name);
  };
}
/** Error handling of an encoder by the handler's name. */
export function encodeErrors(name: string): EncodeErrors {
  const own = codecRegistry().handlers;
  if (own.size > 0) {
    const h = own.get(name);
    if (h !== undefined) {
      return (encoding, object, start, end, reason) => {
        const exc = makeEncodeError(encoding, object, start, end, reason);
        const a = handlerAnswer(call1(h, exc), "encoding error handler must return (str/bytes, int) tuple", false);
        return {
          replacement: a.replacement instanceof PyBytes ? a.replacement.b : strValue(a.replacement),
          pos: a.pos,
        };
      };
    }
  }
  const b = builtinEncodeErrors(name);
  if (b !== undefined) return b;
  return () => {
    throw unknownHandler(name);
  };
}

// ---- by name --------------------------------------------------------------------------------

/** Short forms of the names CPython has shortcuts for. */
function shortcut(name: string): string {
  const n = name.toLowerCase().replaceAll("-", "_");
  switch (n) {
    case "utf8":
      return "utf_8";
    case "latin1":
    case "iso_8859_1":
    case "iso8859_1":
      return "latin_1";
    case "us_ascii":
      return "ascii";
    case "utf16":
      return "utf_16";
    case "utf32":
      return "utf_32";
  }
  return n;
}

/** The bytes of a str in an encoding CPython has shortcuts for; undefined for others. */
export function encodeKnown(s: Str, name: string, errors: string): Uint8Array | undefined {
  switch (shortcut(name)) {
    case "utf_8":
      return encodeUtf8(s, encodeErrors(errors));
    case "latin_1":
      return encodeLatin1(s, encodeErrors(errors));
    case "ascii":
      return encodeAscii(s, encodeErrors(errors));
    case "utf_16":
      return encodeUtf16(s, encodeErrors(errors));
    case "utf_32":
      return encodeUtf32(s, encodeErrors(errors));
  }
  return undefined;
}

/** `s.encode(encoding, errors)`. */
export function encodeStr(s: Str, name: string, errors: string): Value {
  const b = encodeKnown(s, name, errors);
  if (b !== undefined) return new PyBytes(b);
  const codec = lookupCodec(name);
  if (!isTextEncoding(codec)) throw notText(name, "encode");
  const v = runCodec(codec.items[0], s as Value, errors, "encode", name);
  if (v instanceof PyBytes) return v;
  if (typeOf(v).name === "bytearray") {
    cur.interp.warn(
      X.RuntimeWarning,
      `encoder ${name} returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types`,
      1,
    );
    return new PyBytes(bytesOf(v).slice());
  }
  throw typeError(
    `'${name}' encoder returned '${typeName(v)}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`,
  );
}

/** The text of bytes in an encoding CPython has shortcuts for; undefined for others. */
export function decodeKnown(b: Uint8Array, name: string, errors: string): Str | undefined {
  switch (shortcut(name)) {
    case "utf_8":
      return decodeUtf8(b, decodeErrors(errors)).text;
    case "latin_1":
      return decodeLatin1(b);
    case "ascii":
      return decodeAscii(b, decodeErrors(errors));
    case "utf_16":
      return decodeUtf16(b, decodeErrors(errors)).text;
    case "utf_32":
      return decodeUtf32(b, decodeErrors(errors)).text;
  }
  return undefined;
}

/** `str(object, encoding, errors)` and `bytes.decode`. */
export function decodeObject(o: Value, name: string, errors: string): Value {
  if (typeOf(o).bf_getbuffer === undefined) {
    throw typeError(`decoding to str: need a bytes-like object, ${typeName(o)} found`);
  }
  return decodeBytes(bytesOf(o), o, name, errors);
}

/** Decodes bytes; `o` is what a Python codec is given. */
export function decodeBytes(b: Uint8Array, o: Value, name: string, errors: string): Value {
  const s = decodeKnown(b, name, errors);
  if (s !== undefined) return s;
  const codec = lookupCodec(name);
  if (!isTextEncoding(codec)) throw notText(name, "decode");
  const v = runCodec(codec.items[1], o, errors, "decode", name);
  if (!isStr(v)) {
    throw typeError(
      `'${name}' decoder returned '${typeName(v)}' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
    );
  }
  return v;
}

/** `_is_text_encoding` of a CodecInfo; plain tuples count as text. */
export function isTextEncoding(codec: PyTuple): boolean {
  if (codec.cls.name === "tuple") return true;
  return getAttr(codec, "_is_text_encoding") !== false;
}
function notText(name: string, what: "encode" | "decode"): PyObject {
  return newErrorArgs(X.LookupError, [
    `'${name}' is not a text encoding; use codecs.${what}() to handle arbitrary codecs`,
  ]);
}

/** Calls an encoder or decoder, which returns (result, length consumed). */
export function runCodec(
  f: Value,
  input: Value,
  errors: string | undefined,
  what: "encode" | "decode",
  name: string,
): Value {
  let r: Value;
  try {
    r = errors === undefined ? call1(f, input) : call2(f, input, nameValue(errors));
  } catch (e) {
    throw codecNote(e, what, name);
  }
  if (!(r instanceof PyTuple) || r.items.length !== 2) {
    throw typeError(
      what === "encode"
        ? "encoder must return a tuple (object, integer)"
        : "decoder must return a tuple (object,integer)",
    );
  }
  return r.items[0];
}
import { addNote } from "./exceptions_base.ts";
import { PyBaseException } from "./object.ts";
/** Notes which codec failed, as `codecs.encode` and `codecs.decode` do. */
function codecNote(e: unknown, what: "encode" | "decode", name: string): unknown {
  if (e instanceof PyBaseException) {
    addNote(e, `${what === "encode" ? "encoding" : "decoding"} with '${name}' codec failed`);
  }
  return e;
}

/** Checks a handler that is being registered. */
export function registerHandler(name: string, f: Value): void {
  if (!isCallable(f)) throw typeError("handler must be callable");
  codecRegistry().handlers.set(name, f);
}
