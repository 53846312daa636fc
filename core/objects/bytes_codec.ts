// CPython 3.14: Objects/bytesobject.c (text arguments)
//
// Text to bytes and back, for the methods and constructors of bytes and bytearray.

import { argTypeName } from "./type_name.ts";
import { PyBytes, type Value } from "./object.ts";
import { isStr, strValue } from "./abstract.ts";
import { typeError } from "./errors.ts";
import { utf16 } from "./names.ts";
import { decodeBytes, encodeStr } from "./codecs.ts";
import { bytesOf } from "./buffer.ts";

/** An optional str argument as a JavaScript string. */
export function textArg(
  v: Value | undefined,
  fname: string,
  arg: string,
): string | undefined {
  if (v === undefined) return undefined;
  if (!isStr(v)) {
    throw typeError(
      `${fname}() argument '${arg}' must be str, not ${argTypeName(v)}`,
    );
  }
  return utf16(strValue(v));
}

/** The text of `v`, a bytes-like object whose bytes are `b`. */
export function decodeText(
  v: Value,
  b: Uint8Array,
  encoding: string | undefined,
  errors: string | undefined,
): Value {
  return decodeBytes(b, v, encoding ?? "utf-8", errors ?? "strict");
}

/** The bytes of a str. */
export function encodeText(
  s: Value,
  encoding: string | undefined,
  errors: string | undefined,
): Uint8Array {
  const v = encodeStr(strValue(s), encoding ?? "utf-8", errors ?? "strict");
  return v instanceof PyBytes ? v.b : bytesOf(v);
}
