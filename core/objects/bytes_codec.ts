// CPython 3.14: Objects/unicodeobject.c (PyUnicode_Decode, PyUnicode_AsEncodedString)
//
// Text to bytes and back by the name of an encoding. The common encodings are done here; all
// others go through the codec registry (`_codecs`), where a program may have put its own.

import { PyBytes, type Str, typeName, type Value } from "./object.ts";
import { callMethod, isStr, strValue } from "./abstract.ts";
import { typeError } from "./errors.ts";
import { utf16 } from "./names.ts";
import { cur } from "./state.ts";
import { textValue } from "./exceptions_base.ts";
import { PyByteArray } from "./bytearray.ts";
import { decodeUtf8, encodeUtf8 } from "../text/codec_utf8.ts";
import {
  decodeAscii,
  decodeLatin1,
  encodeAscii,
  encodeLatin1,
} from "../text/codec_charmap.ts";
import {
  builtinDecodeErrors,
  builtinEncodeErrors,
} from "../text/codec_errors.ts";

/** An optional str argument as a JavaScript string. */
export function textArg(
  v: Value | undefined,
  fname: string,
  arg: string,
): string | undefined {
  if (v === undefined) return undefined;
  if (!isStr(v)) {
    throw typeError(
      `${fname}() argument '${arg}' must be str, not ${typeName(v)}`,
    );
  }
  return utf16(strValue(v));
}

function simpleName(encoding: string | undefined): string {
  if (encoding === undefined) return "utf8";
  switch (encoding.toLowerCase().replace(/[-_]/g, "")) {
    case "utf8":
      return "utf8";
    case "latin1":
    case "iso88591":
      return "latin1";
    case "ascii":
    case "usascii":
      return "ascii";
    default:
      return "";
  }
}

/** The text of `v`, a bytes-like object whose bytes are `b`. */
export function decodeText(
  v: Value,
  b: Uint8Array,
  encoding: string | undefined,
  errors: string | undefined,
): Value {
  const handler = builtinDecodeErrors(errors ?? "strict");
  if (handler !== undefined) {
    switch (simpleName(encoding)) {
      case "utf8":
        return decodeUtf8(b, handler).text;
      case "latin1":
        return decodeLatin1(b);
      case "ascii":
        return decodeAscii(b, handler);
    }
  }
  const codecs = cur.interp.importModule("_codecs");
  const name = encoding ?? "utf-8";
  const r = callMethod(
    codecs,
    "decode",
    v,
    textValue(name),
    textValue(errors ?? "strict"),
  );
  if (isStr(r)) return r;
  throw typeError(
    `'${name}' decoder returned '${
      typeName(r)
    }' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
  );
}

/** The bytes of a str. */
export function encodeText(
  s: Value,
  encoding: string | undefined,
  errors: string | undefined,
): Uint8Array {
  const handler = builtinEncodeErrors(errors ?? "strict");
  const text: Str = strValue(s);
  if (handler !== undefined) {
    switch (simpleName(encoding)) {
      case "utf8":
        return encodeUtf8(text, handler);
      case "latin1":
        return encodeLatin1(text, handler);
      case "ascii":
        return encodeAscii(text, handler);
    }
  }
  const codecs = cur.interp.importModule("_codecs");
  const name = encoding ?? "utf-8";
  const r = callMethod(
    codecs,
    "encode",
    s,
    textValue(name),
    textValue(errors ?? "strict"),
  );
  if (r instanceof PyBytes) return r.b;
  if (r instanceof PyByteArray) return r.view();
  throw typeError(
    `'${name}' encoder returned '${
      typeName(r)
    }' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`,
  );
}
