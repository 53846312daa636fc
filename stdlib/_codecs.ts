// CPython 3.14: Modules/_codecsmodule.c, Python/codecs.c, Objects/unicodeobject.c (EncodingMap)
//
// The codecs of core/text as Python functions, and the registry of core/objects/codecs.ts. A decoder
// returns (text, bytes taken), an encoder (bytes, characters taken).

import { argTypeName } from "../core/objects/type_name.ts";
import {
  builtinType,
  type MethodDef,
  None,
  PyBaseException,
  PyBytes,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  strType,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { newError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyUnicodeError, unicodeErrorEnd, unicodeErrorStart } from "../core/objects/exceptions_unicode.ts";
import {
  asIndex,
  asInt32,
  getItem,
  identical,
  isCallable,
  isInt,
  isStr,
  isTrue,
  strValue,
} from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import {
  codecRegistry,
  decodeErrors,
  encodeErrors,
  lookupCodec,
  registerHandler,
  runCodec,
} from "../core/objects/codecs.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import { NativeDef, PyBuiltin } from "../core/objects/native.ts";
import { utf16 } from "../core/objects/names.ts";
import { strCodeAt, strLen } from "../core/objects/str_ops.ts";
import {
  BUILTIN_ERRORS,
  builtinDecodeErrors,
  builtinEncodeErrors,
  type DecodeErrors,
  type EncodeErrors,
} from "../core/text/codec_errors.ts";
import { decodeUtf8, encodeUtf8 } from "../core/text/codec_utf8.ts";
import { decodeUtf7, encodeUtf7 } from "../core/text/codec_utf7.ts";
import {
  type ByteOrder,
  type DecodedOrdered,
  decodeUtf16,
  decodeUtf32,
  encodeUtf16,
  encodeUtf32,
} from "../core/text/codec_utf16.ts";
import {
  decodeAscii,
  decodeCharmap,
  decodeLatin1,
  decodeMapOf,
  encodeAscii,
  encodeCharmap,
  encodeLatin1,
  type EncodeMap,
} from "../core/text/codec_charmap.ts";
import {
  decodeBytesEscape,
  decodeRawUnicodeEscape,
  decodeUnicodeEscape,
  encodeBytesEscape,
  encodeRawUnicodeEscape,
  encodeUnicodeEscape,
  type InvalidEscape,
} from "../core/text/codec_escape.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

// ---- arguments ------------------------------------------------------------------------------

function noNull(s: string): string {
  if (s.includes("\0")) throw valueError("embedded null character");
  return s;
}
/** A str argument that C takes as char*. */
function nameArg(v: Value, fname: string, arg: string): string {
  if (!isStr(v)) throw typeError(`${fname}() argument ${arg}must be str, not ${argTypeName(v)}`);
  return noNull(utf16(strValue(v)));
}
/** The optional `errors` argument. */
function errorsArg(v: Value | undefined, fname: string): string {
  if (v === undefined || v === None) return "strict";
  if (!isStr(v)) throw typeError(`${fname}() argument 2 must be str or None, not ${typeName(v)}`);
  return noNull(utf16(strValue(v)));
}
function textArg(v: Value, fname: string): Str {
  if (!isStr(v)) throw typeError(`${fname}() argument 1 must be str, not ${argTypeName(v)}`);
  return strValue(v);
}
/** A str (its UTF-8 form) or a bytes-like object. */
function textOrBytes(v: Value): Uint8Array {
  return isStr(v) ? encodeUtf8(strValue(v)) : bytesOf(v);
}
function orderArg(v: Value | undefined): ByteOrder {
  const n = v === undefined ? 0 : asInt32(v);
  return n < 0 ? -1 : n > 0 ? 1 : 0;
}
function pair(v: Value, n: number): PyTuple {
  return new PyTuple([v, n]);
}

// ---- codecs of one signature ----------------------------------------------------------------

type Encoder = (s: Str, errors: EncodeErrors) => Uint8Array;
function encoder(name: string, what: string, f: Encoder): MethodDef {
  return ["str, errors=None, /", `Encodes a str as ${what}.`, (_m: Value, s: Value, e?: Value) => {
    const text = textArg(s, name);
    return pair(new PyBytes(f(text, encodeErrors(errorsArg(e, name)))), strLen(text));
  }];
}
function orderedEncoder(
  name: string,
  what: string,
  f: (s: Str, e: EncodeErrors, o: ByteOrder) => Uint8Array,
): MethodDef {
  return [
    "str, errors=None, byteorder=0, /",
    `Encodes a str as ${what}.`,
    (_m: Value, s: Value, e?: Value, o?: Value) => {
      const text = textArg(s, name);
      const errors = encodeErrors(errorsArg(e, name));
      return pair(new PyBytes(f(text, errors, orderArg(o))), strLen(text));
    },
  ];
}
function simpleDecoder(name: string, what: string, f: (b: Uint8Array, errors: DecodeErrors) => Str): MethodDef {
  return ["data, errors=None, /", `Decodes ${what}.`, (_m: Value, d: Value, e?: Value) => {
    const b = bytesOf(d);
    return pair(f(b, decodeErrors(errorsArg(e, name))) as Value, b.length);
  }];
}
function decoder(
  name: string,
  what: string,
  f: (b: Uint8Array, errors: DecodeErrors, final: boolean) => { text: Str; consumed: number },
): MethodDef {
  return [
    "data, errors=None, final=False, /",
    `Decodes ${what}.`,
    (_m: Value, d: Value, e?: Value, final: Value = false) => {
      const b = bytesOf(d);
      const r = f(b, decodeErrors(errorsArg(e, name)), isTrue(final));
      return pair(r.text as Value, r.consumed);
    },
  ];
}
function exDecoder(
  name: string,
  what: string,
  f: (b: Uint8Array, e: DecodeErrors, o: ByteOrder, final: boolean) => DecodedOrdered,
): MethodDef {
  return [
    "data, errors=None, byteorder=0, final=False,\n                 /",
    `Decodes ${what} and tells its byte order.`,
    (_m: Value, d: Value, e?: Value, o?: Value, final: Value = false) => {
      const b = bytesOf(d);
      const errors = decodeErrors(errorsArg(e, name));
      const r = f(b, errors, orderArg(o), isTrue(final));
      return new PyTuple([r.text as Value, r.consumed, r.byteorder]);
    },
  ];
}
function escapeDecoder(
  name: string,
  what: string,
  f: (b: Uint8Array, e: DecodeErrors, final: boolean) => { text: Str; consumed: number; invalid?: InvalidEscape },
): MethodDef {
  return [
    "data, errors=None, final=True, /",
    `Decodes ${what}.`,
    (_m: Value, d: Value, e?: Value, final: Value = true) => {
      const b = textOrBytes(d);
      const r = f(b, decodeErrors(errorsArg(e, name)), isTrue(final));
      warnEscape(r.invalid, "");
      return pair(r.text as Value, r.consumed);
    },
  ];
}

/** Warns of an escape that means nothing. */
function warnEscape(e: InvalidEscape | undefined, prefix: string): void {
  if (e === undefined) return;
  const what = e.char > 255
    ? `"\\${e.char.toString(8)}" is an invalid octal escape sequence`
    : `"\\${String.fromCharCode(e.char)}" is an invalid escape sequence`;
  cur.interp.warn(X.DeprecationWarning, `${prefix}${what}. Such sequences will not work in the future. `, 1);
}

// ---- character maps -------------------------------------------------------------------------

const encodingMapType: PyType = builtinType("EncodingMap", undefined, true);
/** What charmap_build returns for tables of the Basic Multilingual Plane. */
class PyEncodingMap extends PyObject {
  readonly map: Map<number, number>;
  readonly size: number;
  constructor(map: Map<number, number>, size: number) {
    super(encodingMapType);
    this.map = map;
    this.size = size;
  }
}
setSpec(encodingMapType, {
  methods: { size: ["", "Return the size (in bytes) of this object.", (m: PyEncodingMap) => m.size] },
});

/** The inverse of a decoding table. */
function charmapBuild(_m: Value, table: Value): Value {
  if (!isStr(table)) throw typeError(`charmap_build() argument must be str, not ${argTypeName(table)}`);
  const s = strValue(table), n = strLen(s);
  if (n === 0) throw typeError("bad argument type for built-in operation");
  // CPython's object is a trie of three levels, whose size depends on the blocks in use
  const blocks = new Set<number>(), cells = new Set<number>();
  let plain = strCodeAt(s, 0) === 0;
  for (let i = 1; plain && i < n; i++) {
    const c = strCodeAt(s, i);
    if (c === 0 || c > 0xffff) plain = false;
    else if (c !== 0xfffe) {
      blocks.add(c >> 11);
      cells.add(c >> 7);
    }
  }
  const used = Math.min(n, 256);
  if (!plain || blocks.size >= 255 || cells.size >= 255) {
    const d = new PyDict();
    for (let i = 0; i < used; i++) d.set(strCodeAt(s, i), i);
    return d;
  }
  const map = new Map<number, number>([[0, 0]]);
  for (let i = 1; i < used; i++) {
    const c = strCodeAt(s, i);
    if (c !== 0xfffe) map.set(c, i);
  }
  return new PyEncodingMap(map, 63 + 16 * blocks.size + 128 * cells.size);
}

/** `mapping[key]`; undefined where there is none or it is None. */
function mapped(mapping: Value, key: number): Value | undefined {
  let v: Value;
  try {
    v = getItem(mapping, key);
  } catch (e) {
    if (e instanceof PyBaseException && e.cls.mro.includes(X.LookupError)) return undefined;
    throw e;
  }
  return v === None ? undefined : v;
}

function charmapDecode(_m: Value, data: Value, errors?: Value, mapping: Value = None): Value {
  const b = bytesOf(data), handler = decodeErrors(errorsArg(errors, "charmap_decode"));
  if (mapping === None) return pair(decodeLatin1(b), b.length);
  if (isStr(mapping) && typeOf(mapping) === strType) {
    return pair(decodeCharmap(b, decodeMapOf(strValue(mapping)), handler) as Value, b.length);
  }
  const text = decodeCharmap(b, (byte) => {
    const v = mapped(mapping, byte);
    if (v === undefined) return null;
    if (isInt(v)) {
      const c = asIndex(v);
      if (c === 0xfffe) return null;
      if (c < 0 || c > 0x10ffff) throw typeError("character mapping must be in range(0x110000)");
      return c as number;
    }
    if (isStr(v)) {
      const s = strValue(v);
      return strLen(s) === 1 && strCodeAt(s, 0) === 0xfffe ? null : s;
    }
    throw typeError("character mapping must return integer, None or str");
  }, handler);
  return pair(text as Value, b.length);
}

function charmapEncode(_m: Value, str: Value, errors?: Value, mapping: Value = None): Value {
  const s = textArg(str, "charmap_encode"), handler = encodeErrors(errorsArg(errors, "charmap_encode"));
  if (mapping === None) return pair(new PyBytes(encodeLatin1(s, handler)), strLen(s));
  const lookup: EncodeMap = mapping instanceof PyEncodingMap ? (c) => mapping.map.get(c) ?? null : (c) => {
    const v = mapped(mapping, c);
    if (v === undefined) return null;
    if (isInt(v)) {
      const b = asIndex(v);
      if (b < 0 || b > 255) throw typeError("character mapping must be in range(256)");
      return b as number;
    }
    if (v instanceof PyBytes) return v.b;
    throw typeError(`character mapping must return integer, bytes or None, not ${typeName(v)}`);
  };
  return pair(new PyBytes(encodeCharmap(s, lookup, handler)), strLen(s));
}

// ---- error handlers as callables ------------------------------------------------------------

const HANDLER_DOCS: Record<string, string> = {
  strict: "The 'strict' way to handle errors: the exception is raised.",
  ignore: "The 'ignore' way to handle errors: what is malformed is left out.",
  replace: "The 'replace' way to handle errors: a replacement character stands for what is malformed.",
  xmlcharrefreplace: "The 'xmlcharrefreplace' way to handle errors: a character becomes an XML character reference.",
  backslashreplace: "The 'backslashreplace' way to handle errors: what is malformed becomes a backslash escape.",
  namereplace: "The 'namereplace' way to handle errors: a character becomes \\N{...}.",
  surrogatepass: "",
  surrogateescape: "",
};

function handleError(name: string, e: Value): Value {
  if (name === "strict") {
    if (e instanceof PyBaseException) throw e;
    throw typeError("codec must pass exception instance");
  }
  const unknown = () => typeError(`don't know how to handle ${typeName(e)} in error callback`);
  if (!(e instanceof PyUnicodeError)) throw unknown();
  const mro = e.cls.mro;
  const decoding = mro.includes(X.UnicodeDecodeError), translating = mro.includes(X.UnicodeTranslateError);
  const encodeOnly = name === "xmlcharrefreplace" || name === "namereplace";
  const noTranslate = encodeOnly || name.startsWith("surrogate");
  if ((decoding && encodeOnly) || (translating && noTranslate)) throw unknown();
  const start = unicodeErrorStart(e), end = unicodeErrorEnd(e);
  if (name === "ignore") return pair("", end);
  if (name === "replace" && translating) return pair("\ufffd".repeat(Math.max(end - start, 0)), end);
  const encoding = e.encoding !== undefined && isStr(e.encoding) ? utf16(strValue(e.encoding)) : "";
  try {
    if (decoding) {
      const r = builtinDecodeErrors(name)!(encoding, bytesOf(e.object!), start, end, "");
      return pair(r.replacement as Value, r.pos);
    }
    const r = builtinEncodeErrors(name)!(encoding, strValue(e.object!), start, end, "");
    return pair(r.replacement instanceof Uint8Array ? new PyBytes(r.replacement) : r.replacement as Value, r.pos);
  } catch (x) {
    if (x instanceof PyUnicodeError) throw e;
    throw x;
  }
}

const HANDLERS = {};
/** A built-in handler as a callable; one object per Interpreter. */
function builtinHandler(name: string): Value {
  const made = interpStore(HANDLERS, () => new Map<string, Value>());
  let h = made.get(name);
  if (h === undefined) {
    const fname = name.startsWith("surrogate") ? name : `${name}_errors`;
    h = new PyBuiltin(
      new NativeDef(fname, ["object, /", HANDLER_DOCS[name], (_s: Value, e: Value) => handleError(name, e)]),
      undefined,
    );
    made.set(name, h);
  }
  return h;
}

export function lookupError(_m: Value, name: Value): Value {
  const n = nameArg(name, "lookup_error", "");
  const own = codecRegistry().handlers.get(n);
  if (own !== undefined) return own;
  if (BUILTIN_ERRORS.includes(n)) return builtinHandler(n);
  throw newError(X.LookupError, `unknown error handler name '${n}'`);
}

// ---- registry -------------------------------------------------------------------------------

/** The encoding and errors arguments of encode and decode. */
function byName(fname: string, encoding: Value | undefined, errors: Value | undefined): [string, string | undefined] {
  const e = encoding === undefined ? "utf-8" : nameArg(encoding, fname, "'encoding' ");
  return [e, errors === undefined ? undefined : nameArg(errors, fname, "'errors' ")];
}

export const spec: ModuleSpec = {
  name: "_codecs",
  functions: {
    register: [
      "search_function, /",
      "Adds a function that finds codecs.\n\nIt gets the name of an encoding in lower case and returns a CodecInfo, or None.",
      (_m: Value, f: Value) => {
        if (!isCallable(f)) throw typeError("argument must be callable");
        codecRegistry().searchPath.push(f);
        return None;
      },
    ],
    unregister: [
      "search_function, /",
      "Removes a function that finds codecs, and forgets the codecs found.",
      (_m: Value, f: Value) => {
        const reg = codecRegistry();
        const i = reg.searchPath.findIndex((x) => identical(x, f));
        if (i >= 0) {
          reg.cache.clear();
          reg.searchPath.splice(i, 1);
        }
        return None;
      },
    ],
    lookup: [
      "encoding, /",
      "The CodecInfo of an encoding.",
      (_m: Value, n: Value) => lookupCodec(nameArg(n, "lookup", "")),
    ],
    encode: [
      "obj, encoding='utf-8', errors='strict'",
      "Encodes an object with the codec of an encoding.\n\nThe codec need not be one for text.",
      (_m: Value, o: Value, encoding?: Value, errors?: Value) => {
        const [enc, err] = byName("encode", encoding, errors);
        return runCodec(lookupCodec(enc).items[0], o, err, "encode", enc);
      },
    ],
    decode: [
      "obj, encoding='utf-8', errors='strict'",
      "Decodes an object with the codec of an encoding.\n\nThe codec need not be one for text.",
      (_m: Value, o: Value, encoding?: Value, errors?: Value) => {
        const [enc, err] = byName("decode", encoding, errors);
        return runCodec(lookupCodec(enc).items[1], o, err, "decode", enc);
      },
    ],
    register_error: [
      "errors, handler, /",
      "Gives a handler of coding errors a name.\n\nIt gets the exception and raises one, or returns the replacement and where to go on.",
      (_m: Value, name: Value, f: Value) => {
        registerHandler(nameArg(name, "register_error", "1 "), f);
        return None;
      },
    ],
    _unregister_error: [
      "errors, /",
      "Takes the name of an error handler away again; tells whether there was one.",
      (_m: Value, name: Value) => {
        const n = nameArg(name, "_unregister_error", "");
        if (BUILTIN_ERRORS.includes(n)) throw valueError(`cannot un-register built-in error handler '${n}'`);
        return codecRegistry().handlers.delete(n);
      },
    ],
    lookup_error: ["name, /", "The error handler of a name.", lookupError],

    escape_decode: [
      "data, errors=None, /",
      "Decodes the escapes of a bytes literal.",
      (_m: Value, d: Value, e?: Value) => {
        const b = textOrBytes(d);
        const r = decodeBytesEscape(b, errorsArg(e, "escape_decode"));
        warnEscape(r.invalid, "b");
        return pair(new PyBytes(r.bytes), b.length);
      },
    ],
    escape_encode: [
      "data, errors=None, /",
      "Encodes bytes as a bytes literal does.",
      (_m: Value, d: Value, e?: Value) => {
        if (!(d instanceof PyBytes)) throw typeError(`escape_encode() argument 1 must be bytes, not ${typeName(d)}`);
        errorsArg(e, "escape_encode");
        return pair(new PyBytes(encodeBytesEscape(d.b)), d.b.length);
      },
    ],
    utf_7_decode: decoder("utf_7_decode", "UTF-7", decodeUtf7),
    utf_7_encode: encoder("utf_7_encode", "UTF-7", (s) => encodeUtf7(s)),
    utf_8_decode: decoder("utf_8_decode", "UTF-8", decodeUtf8),
    utf_8_encode: encoder("utf_8_encode", "UTF-8", encodeUtf8),
    utf_16_decode: decoder("utf_16_decode", "UTF-16", (b, e, f) => decodeUtf16(b, e, 0, f)),
    utf_16_le_decode: decoder("utf_16_le_decode", "little-endian UTF-16", (b, e, f) => decodeUtf16(b, e, -1, f)),
    utf_16_be_decode: decoder("utf_16_be_decode", "big-endian UTF-16", (b, e, f) => decodeUtf16(b, e, 1, f)),
    utf_16_ex_decode: exDecoder("utf_16_ex_decode", "UTF-16", decodeUtf16),
    utf_16_encode: orderedEncoder("utf_16_encode", "UTF-16", encodeUtf16),
    utf_16_le_encode: encoder("utf_16_le_encode", "little-endian UTF-16", (s, e) => encodeUtf16(s, e, -1)),
    utf_16_be_encode: encoder("utf_16_be_encode", "big-endian UTF-16", (s, e) => encodeUtf16(s, e, 1)),
    utf_32_decode: decoder("utf_32_decode", "UTF-32", (b, e, f) => decodeUtf32(b, e, 0, f)),
    utf_32_le_decode: decoder("utf_32_le_decode", "little-endian UTF-32", (b, e, f) => decodeUtf32(b, e, -1, f)),
    utf_32_be_decode: decoder("utf_32_be_decode", "big-endian UTF-32", (b, e, f) => decodeUtf32(b, e, 1, f)),
    utf_32_ex_decode: exDecoder("utf_32_ex_decode", "UTF-32", decodeUtf32),
    utf_32_encode: orderedEncoder("utf_32_encode", "UTF-32", encodeUtf32),
    utf_32_le_encode: encoder("utf_32_le_encode", "little-endian UTF-32", (s, e) => encodeUtf32(s, e, -1)),
    utf_32_be_encode: encoder("utf_32_be_encode", "big-endian UTF-32", (s, e) => encodeUtf32(s, e, 1)),
    unicode_escape_decode: escapeDecoder("unicode_escape_decode", "the escapes of a str literal", decodeUnicodeEscape),
    unicode_escape_encode: encoder("unicode_escape_encode", "escapes of a str literal", encodeUnicodeEscape),
    raw_unicode_escape_decode: escapeDecoder(
      "raw_unicode_escape_decode",
      "\\u and \\U escapes",
      decodeRawUnicodeEscape,
    ),
    raw_unicode_escape_encode: encoder(
      "raw_unicode_escape_encode",
      "Latin-1 with \\u and \\U escapes",
      encodeRawUnicodeEscape,
    ),
    latin_1_decode: simpleDecoder("latin_1_decode", "Latin-1", decodeLatin1),
    latin_1_encode: encoder("latin_1_encode", "Latin-1", encodeLatin1),
    ascii_decode: simpleDecoder("ascii_decode", "ASCII", decodeAscii),
    ascii_encode: encoder("ascii_encode", "ASCII", encodeAscii),
    charmap_decode: ["data, errors=None, mapping=None, /", "Decodes bytes by a mapping.", charmapDecode],
    charmap_encode: ["str, errors=None, mapping=None, /", "Encodes a str by a mapping.", charmapEncode],
    charmap_build: ["map, /", "The mapping for charmap_encode that inverts a decoding table.", charmapBuild],
    readbuffer_encode: ["data, errors=None, /", "The bytes of a buffer.", (_m: Value, d: Value, e?: Value) => {
      errorsArg(e, "readbuffer_encode");
      const b = textOrBytes(d).slice();
      return pair(new PyBytes(b), b.length);
    }],
  },
};
