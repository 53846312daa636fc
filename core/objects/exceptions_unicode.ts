// CPython 3.14: Objects/exceptions.c (UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)
//
// `start` and `end` keep what they were given, however wrong; only their users clip them
// (`unicodeErrorStart`, `unicodeErrorEnd`).

import { argTypeName } from "./type_name.ts";
import {
  type KwNames,
  None,
  PyBaseException,
  PyBytes,
  PyTuple,
  type PyType,
  PyWideStr,
  setSpec,
  type Str,
  type Value,
} from "./object.ts";
import * as T from "./exception_types.ts";
import { allocException, setAlloc } from "./exception_types.ts";
import { concat, exceptionInit, exceptionNew, field, textValue } from "./exceptions_base.ts";
import { typeError } from "./errors.ts";
import { asSsize, isInt, isStr, strOf, strValue } from "./abstract.ts";
import { bytesOf } from "./buffer.ts";

type Field = Value | undefined;

export class PyUnicodeError extends PyBaseException {
  encoding: Field = undefined;
  object: Field = undefined;
  start = 0;
  end = 0;
  reason: Field = undefined;
}
for (
  const t of [
    T.UnicodeDecodeError,
    T.UnicodeEncodeError,
    T.UnicodeTranslateError,
  ]
) setAlloc(t, (c, a) => new PyUnicodeError(c, a));

function strAt(args: Value[], i: number): Value {
  const v = args[i];
  if (!isStr(v)) {
    throw typeError(`argument ${i + 1} must be str, not ${argTypeName(v)}`);
  }
  return v;
}

function count(args: Value[], n: number): void {
  if (args.length !== n) {
    throw typeError(
      `function takes exactly ${n} arguments (${args.length} given)`,
    );
  }
}

function encodeInit(self: Value, args: Value[], kwnames?: KwNames): void {
  exceptionInit(self, args, kwnames);
  count(args, 5);
  const encoding = strAt(args, 0), object = strAt(args, 1);
  const start = asSsize(args[2]), end = asSsize(args[3]);
  const reason = strAt(args, 4);
  Object.assign(self as PyUnicodeError, {
    encoding,
    object,
    start,
    end,
    reason,
  });
}

function decodeInit(self: Value, args: Value[], kwnames?: KwNames): void {
  exceptionInit(self, args, kwnames);
  count(args, 5);
  const encoding = strAt(args, 0);
  let object = args[1];
  const start = asSsize(args[2]), end = asSsize(args[3]);
  const reason = strAt(args, 4);
  if (!(object instanceof PyBytes)) {
    object = new PyBytes(bytesOf(object).slice());
  }
  Object.assign(self as PyUnicodeError, {
    encoding,
    object,
    start,
    end,
    reason,
  });
}

function translateInit(self: Value, args: Value[], kwnames?: KwNames): void {
  exceptionInit(self, args, kwnames);
  count(args, 4);
  const object = strAt(args, 0);
  const start = asSsize(args[1]), end = asSsize(args[2]);
  const reason = strAt(args, 3);
  Object.assign(self as PyUnicodeError, { object, start, end, reason });
}

function textObject(e: PyUnicodeError): Str {
  const o = e.object;
  if (o === undefined || !isStr(o)) {
    throw typeError(
      o === undefined
        ? "UnicodeError 'object' attribute is not set"
        : "UnicodeError 'object' attribute must be a string",
    );
  }
  return strValue(o);
}

function bytesObject(e: PyUnicodeError): PyBytes {
  const o = e.object;
  if (!(o instanceof PyBytes)) {
    throw typeError(
      o === undefined
        ? "UnicodeError 'object' attribute is not set"
        : "UnicodeError 'object' attribute must be a bytes",
    );
  }
  return o;
}

function textLength(s: Str): number {
  return typeof s === "string" ? s.length : s.cps.length;
}
function codeAt(s: Str, i: number): number {
  return s instanceof PyWideStr ? s.cps[i] : s.charCodeAt(i);
}
/** Does the error cover exactly one item of an object of that length? */
function single(e: PyUnicodeError, len: number): boolean {
  return e.start >= 0 && e.start < len && e.end >= 0 && e.end <= len &&
    e.end === e.start + 1;
}
function hex(n: number, width: number): string {
  return n.toString(16).padStart(width, "0");
}
function escaped(c: number): string {
  if (c <= 0xff) return "\\x" + hex(c, 2);
  return c <= 0xffff ? "\\u" + hex(c, 4) : "\\U" + hex(c, 8);
}
/** What str() shows of encoding and reason: anything may have been stored there. */
function shown(v: Field): Value {
  return strOf(v ?? None);
}

function textStr(self: Value, what: "encode" | "translate"): Value {
  const e = self as PyUnicodeError;
  if (e.object === undefined) return "";
  const reason = shown(e.reason);
  const head = what === "encode" ? concat("'", shown(e.encoding), "' codec can't encode ") : "can't translate ";
  // str() of those may have changed the object
  const s = textObject(e);
  const at = single(e, textLength(s))
    ? `character '${escaped(codeAt(s, e.start))}' in position ${e.start}: `
    : `characters in position ${e.start}-${e.end - 1}: `;
  return concat(head, at, reason);
}

function decodeStr(self: Value): Value {
  const e = self as PyUnicodeError;
  if (e.object === undefined) return "";
  const reason = shown(e.reason), encoding = shown(e.encoding);
  const b = bytesObject(e).b;
  const at = single(e, b.length)
    ? `byte 0x${hex(b[e.start], 2)} in position ${e.start}: `
    : `bytes in position ${e.start}-${e.end - 1}: `;
  return concat("'", encoding, "' codec can't decode ", at, reason);
}

function ssizeMember(
  get: (e: PyUnicodeError) => number,
  set: (e: PyUnicodeError, v: number) => void,
): [(e: PyUnicodeError) => Value, (e: PyUnicodeError, v: Field) => void] {
  return [get, (e, v) => {
    if (v === undefined) throw typeError("can't delete numeric/char attribute");
    if (!isInt(v)) throw typeError("an integer is required");
    set(e, asSsize(v));
  }];
}

const members = {
  encoding: field<PyUnicodeError>((e) => e.encoding, (e, v) => {
    e.encoding = v;
  }),
  object: field<PyUnicodeError>((e) => e.object, (e, v) => {
    e.object = v;
  }),
  start: ssizeMember((e) => e.start, (e, v) => {
    e.start = v;
  }),
  end: ssizeMember((e) => e.end, (e, v) => {
    e.end = v;
  }),
  reason: field<PyUnicodeError>((e) => e.reason, (e, v) => {
    e.reason = v;
  }),
};

const docs = {
  encoding: "the name of the encoding",
  object: "what could not be converted",
  start: "where the part that could not be converted starts",
  end: "where it ends",
  reason: "why it could not be converted",
};

function unicodeNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  return exceptionNew(type, args, kwnames);
}

setSpec(T.UnicodeEncodeError, {
  doc: "A str can't be encoded.",
  slots: {
    tp_new: unicodeNew,
    tp_init: encodeInit,
    tp_str: (self) => textStr(self, "encode"),
  },
  docs,
  members,
});
setSpec(T.UnicodeDecodeError, {
  doc: "Bytes can't be decoded.",
  slots: { tp_new: unicodeNew, tp_init: decodeInit, tp_str: decodeStr },
  docs,
  members,
});
setSpec(T.UnicodeTranslateError, {
  doc: "A str can't be translated.",
  slots: {
    tp_new: unicodeNew,
    tp_init: translateInit,
    tp_str: (self) => textStr(self, "translate"),
  },
  docs,
  members,
});

function make(
  type: PyType,
  encoding: string | undefined,
  object: Value,
  start: number,
  end: number,
  reason: string,
): PyUnicodeError {
  const args: Value[] = [object, start, end, textValue(reason)];
  if (encoding !== undefined) args.unshift(textValue(encoding));
  const e = allocException(type, new PyTuple(args)) as PyUnicodeError;
  if (encoding !== undefined) e.encoding = args[0];
  e.object = object;
  e.start = start;
  e.end = end;
  e.reason = args[args.length - 1];
  return e;
}

/** UnicodeDecodeError(encoding, object, start, end, reason). */
export function makeDecodeError(
  encoding: string,
  object: PyBytes,
  start: number,
  end: number,
  reason: string,
): PyUnicodeError {
  return make(T.UnicodeDecodeError, encoding, object, start, end, reason);
}
/** UnicodeEncodeError(encoding, object, start, end, reason). */
export function makeEncodeError(
  encoding: string,
  object: Value,
  start: number,
  end: number,
  reason: string,
): PyUnicodeError {
  return make(T.UnicodeEncodeError, encoding, object, start, end, reason);
}
/** UnicodeTranslateError(object, start, end, reason). */
export function makeTranslateError(
  object: Value,
  start: number,
  end: number,
  reason: string,
): PyUnicodeError {
  return make(T.UnicodeTranslateError, undefined, object, start, end, reason);
}

/** Length of the error's object, a bytes or a str by the kind of the error. */
export function unicodeErrorLength(e: PyUnicodeError): number {
  return e.cls.mro.includes(T.UnicodeDecodeError) ? bytesObject(e).b.length : textLength(textObject(e));
}
/** The error's start, clipped to the object (PyUnicode*Error_GetStart). */
export function unicodeErrorStart(e: PyUnicodeError): number {
  const n = unicodeErrorLength(e);
  return e.start < 0 ? 0 : e.start >= n ? (n === 0 ? 0 : n - 1) : e.start;
}
/** The error's end, clipped to the object (PyUnicode*Error_GetEnd). */
export function unicodeErrorEnd(e: PyUnicodeError): number {
  const n = unicodeErrorLength(e);
  const end = e.end < 1 ? 1 : e.end;
  return end > n ? n : end;
}
