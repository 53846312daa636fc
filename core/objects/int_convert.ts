// CPython 3.14: Objects/longobject.c (conversions), Objects/abstract.c (PyNumber_Long)
//
// Ints to and from text, bytes and other objects. The digit limit of decimal text
// (sys.set_int_max_str_digits) is checked here and in number_parse.ts.

import { argTypeName } from "./type_name.ts";
import {
  type Int,
  intType,
  type KwNames,
  PyBytes,
  PyFloat,
  PyIntSub,
  PyList,
  PyTuple,
  type PyType,
  PyWideStr,
  type Str,
  typeOf,
  type Value,
} from "./object.ts";
import { cur } from "./state.ts";
import { overflowError, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import {
  asIndex,
  asSsize,
  asSsizeClamped,
  call0,
  getIter,
  intValue,
  isInt,
  isStr,
  iterNext,
  lookupSpecial,
  reprStr,
  strValue,
} from "./abstract.ts";
import { intBitLength, intFromDouble, normInt } from "./int_ops.ts";
import { bytesText, DIGITS_THRESHOLD, numberText, parseInteger } from "./number_parse.ts";
import { strLen, strSlice } from "./str_ops.ts";

// ---- to text --------------------------------------------------------------------------------

function digitLimitError(max: number): Error {
  return valueError(
    `Exceeds the limit (${max} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
  ) as unknown as Error;
}

/** Decimal text; ValueError beyond the digit limit. */
export function intRepr(v: Int): string {
  return typeof v === "number" ? String(v) : bigRepr(v);
}
const SMALL_BIG = 1n << 2000n;
function bigRepr(v: bigint): string {
  if (v < SMALL_BIG && v > -SMALL_BIG) return v.toString();
  const max = cur.interp.intMaxStrDigits;
  const bits = intBitLength(v);
  // 10 bits are a little more than 3 digits
  if (
    max > 0 && bits >= DIGITS_THRESHOLD * 10 / 3 && bits * 0.30102 > max + 1
  ) {
    throw digitLimitError(max);
  }
  cur.tick(bits / 64);
  const s = v.toString();
  const digits = v < 0n ? s.length - 1 : s.length;
  if (max > 0 && digits > DIGITS_THRESHOLD && digits > max) {
    throw digitLimitError(max);
  }
  return s;
}

/** Text in base 2, 8, 10 or 16, without a prefix. */
export function intToBase(v: Int, base: number): string {
  if (base === 10) return intRepr(v);
  if (typeof v === "bigint") cur?.tick(intBitLength(v) / 1024);
  return v.toString(base);
}

// ---- from objects ---------------------------------------------------------------------------

function invalidLiteral(base: number, v: Value): Error {
  const r = reprStr(v);
  const shown = strLen(r) > 200 ? strSlice(r, 0, 200) : r;
  const msg = typeof shown === "string" ? shown : undefined;
  const head = `invalid literal for int() with base ${base}: `;
  if (msg !== undefined) return valueError(head + msg) as unknown as Error;
  return wideError(head, shown as PyWideStr);
}
function wideError(head: string, tail: PyWideStr): Error {
  const cps = new Uint32Array(head.length + tail.cps.length);
  for (let i = 0; i < head.length; i++) cps[i] = head.charCodeAt(i);
  cps.set(tail.cps, head.length);
  return X.makeException(
    X.ValueError,
    new PyTuple([new PyWideStr(cps)]),
  ) as unknown as Error;
}

/** The int that a str spells. */
export function intFromStr(s: Str, base: number, shown: Value = s): Int {
  const v = parseInteger(numberText(s), base);
  if (v === undefined) throw invalidLiteral(base, shown);
  return v;
}
/** The int that bytes spell. */
export function intFromBytesText(b: Uint8Array, base: number): Int {
  const v = parseInteger(bytesText(b), base);
  if (v === undefined) throw invalidLiteral(base, new PyBytes(b));
  return v;
}

/** The contents of a bytes-like object, or undefined. */
export function bufferBytes(v: Value): Uint8Array | undefined {
  if (v instanceof PyBytes) return v.b;
  const f = typeOf(v).bf_getbuffer;
  if (f === undefined) return undefined;
  const view = f(v, 0);
  const b = view.data.slice(view.offset, view.offset + view.len);
  typeOf(v).bf_releasebuffer?.(v, view);
  return b;
}

/** A double without its fraction. */
export function intFromFloat(x: number): Int {
  if (x !== x) throw valueError("cannot convert float NaN to integer");
  if (x === Infinity || x === -Infinity) {
    throw overflowError("cannot convert float infinity to integer");
  }
  return intFromDouble(Math.trunc(x));
}

/** Checks what `__int__` gave. */
function intResult(r: Value): Int {
  if (typeof r === "number" || typeof r === "bigint") return r;
  const name = typeOf(r).name;
  if (!isInt(r)) throw typeError(`__int__ returned non-int (type ${name})`);
  cur.interp.warn(
    X.DeprecationWarning,
    `__int__ returned non-int (type ${name}).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python.`,
    1,
  );
  return intValue(r);
}

/** `int(v)` as an exact int (PyNumber_Long). */
export function numberToInt(v: Value): Int {
  if (typeof v === "number" || typeof v === "bigint") return v;
  if (v instanceof PyFloat && v.cls.nb_int === floatNbInt) {
    return intFromFloat(v.v);
  }
  const t = typeOf(v);
  if (t.nb_int !== undefined) return intResult(t.nb_int(v));
  if (t.nb_index !== undefined) return asIndex(v);
  if (isStr(v)) return intFromStr(strValue(v), 10, v);
  const b = bufferBytes(v);
  if (b !== undefined) return intFromBytesText(b, 10);
  throw typeError(
    `int() argument must be a string, a bytes-like object or a real number, not '${t.name}'`,
  );
}
/** float's nb_int slot, in one place so that numberToInt can know it. */
export function floatNbInt(v: Value): Value {
  return intFromFloat((v as PyFloat).v);
}

/** int.__new__ */
export function intNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const nkw = kwnames === undefined ? 0 : kwnames.length;
  const npos = args.length - nkw;
  let x: Value | undefined = npos > 0 ? args[0] : undefined;
  let base: Value | undefined = npos > 1 ? args[1] : undefined;
  if (nkw === 0) {
    if (npos > 2) {
      throw typeError(`int expected at most 2 arguments, got ${npos}`);
    }
  } else {
    if (args.length > 2) {
      throw typeError(
        `int() takes at most 2 arguments (${args.length} given)`,
      );
    }
    for (let i = 0; i < nkw; i++) {
      if (kwnames![i] !== "base") {
        throw typeError(
          `int() got an unexpected keyword argument '${kwnames![i]}'`,
        );
      }
      if (base !== undefined) {
        throw typeError(
          "argument for int() given by name ('base') and position (2)",
        );
      }
      base = args[npos + i];
    }
  }
  const v = intConvert(x, base);
  x = undefined;
  return type === intType ? v : new PyIntSub(type, v);
}
function intConvert(x: Value | undefined, obase: Value | undefined): Int {
  if (x === undefined) {
    if (obase !== undefined) throw typeError("int() missing string argument");
    return 0;
  }
  if (obase === undefined) return numberToInt(x);
  const base = asSsizeClamped(obase);
  if ((base !== 0 && base < 2) || base > 36) {
    throw valueError("int() base must be >= 2 and <= 36, or 0");
  }
  if (isStr(x)) return intFromStr(strValue(x), base, x);
  const t = typeOf(x);
  if (x instanceof PyBytes || t.mro.some((c) => c.name === "bytearray")) {
    return intFromBytesText(bufferBytes(x)!, base);
  }
  throw typeError("int() can't convert non-string with explicit base");
}

// ---- bytes ----------------------------------------------------------------------------------

/** `bytes(v)` as from_bytes understands it (PyObject_Bytes). */
function objectBytes(v: Value): Uint8Array {
  if (v instanceof PyBytes && v.cls.name === "bytes") return v.b;
  const f = lookupSpecial(v, "__bytes__");
  if (f !== undefined) {
    const r = call0(f);
    if (!(r instanceof PyBytes)) {
      throw typeError(`__bytes__ returned non-bytes (type ${typeOf(r).name})`);
    }
    return r.b;
  }
  const b = bufferBytes(v);
  if (b !== undefined) return b;
  const t = typeOf(v);
  if (
    isStr(v) ||
    !(v instanceof PyList || v instanceof PyTuple || t.tp_iter !== undefined ||
      t.sq_item !== undefined)
  ) {
    throw typeError(`cannot convert '${t.name}' object to bytes`);
  }
  const out: number[] = [];
  const it = getIter(v);
  for (let x = iterNext(it); x !== undefined; x = iterNext(it)) {
    const n = asSsize(x);
    if (n < 0 || n > 255) throw valueError("bytes must be in range(0, 256)");
    out.push(n);
    cur.tick(1);
  }
  return Uint8Array.from(out);
}

function isLittle(order: Value): boolean {
  const s = isStr(order) ? strValue(order) : "";
  if (s === "little") return true;
  if (s === "big") return false;
  throw valueError("byteorder must be either 'little' or 'big'");
}
function checkOrder(order: Value, fname: string): void {
  if (!isStr(order)) {
    throw typeError(
      `${fname}() argument 'byteorder' must be str, not ${argTypeName(order)}`,
    );
  }
}

const HEX: string[] = [];
/** The int of bytes, most significant first unless `little`. */
export function bytesToInt(
  b: Uint8Array,
  little: boolean,
  signed: boolean,
): Int {
  const n = b.length;
  if (n === 0) return 0;
  const top = little ? b[n - 1] : b[0];
  if (n <= 6) {
    let v = 0;
    if (little) { for (let i = n - 1; i >= 0; i--) v = v * 256 + b[i]; }
    else for (let i = 0; i < n; i++) v = v * 256 + b[i];
    return signed && top >= 128 ? v - 256 ** n : v;
  }
  if (HEX.length === 0) {
    for (let i = 0; i < 256; i++) HEX.push((i + 256).toString(16).slice(1));
  }
  const parts = new Array<string>(n);
  for (let i = 0; i < n; i++) parts[i] = HEX[little ? b[n - 1 - i] : b[i]];
  let v = BigInt("0x" + parts.join(""));
  if (signed && top >= 128) v -= 1n << BigInt(8 * n);
  if (n > 1000) cur.tick(n / 16);
  return normInt(v);
}

/** `v` as `length` bytes; OverflowError when it does not fit. */
export function intToBytes(
  v: Int,
  length: number,
  little: boolean,
  signed: boolean,
): Uint8Array {
  if (v < 0 && !signed) {
    throw overflowError("can't convert negative int to unsigned");
  }
  // bits that the two's complement needs, the sign bit included
  const bits = intBitLength(v < 0 ? (typeof v === "number" ? v + 1 : v + 1n) : v) +
    (signed && length > 0 ? 1 : 0);
  const most = v === -1 && length === 0 ? 1 : bits;
  if (most > length * 8 || (length === 0 && v !== 0)) {
    throw overflowError("int too big to convert");
  }
  if (length > 0x1fffffff) {
    throw X.makeException(X.MemoryError, new PyTuple([]));
  }
  const out = new Uint8Array(length);
  const put = (i: number, x: number): void => {
    out[little ? i : length - 1 - i] = x;
  };
  if (typeof v === "number") {
    let x = v;
    for (let i = 0; i < length; i++) {
      put(i, x & 255);
      x = Math.floor(x / 256);
      if (x === 0) break;
    }
    return out;
  }
  const u = v < 0n ? v + (1n << BigInt(length * 8)) : v;
  let hex = u.toString(16);
  if (hex.length % 2 === 1) hex = "0" + hex;
  const n = hex.length / 2;
  for (let i = 0; i < n; i++) {
    const at = (n - 1 - i) * 2;
    put(i, parseInt(hex.slice(at, at + 2), 16));
  }
  if (n > 1000) cur.tick(n / 16);
  return out;
}

/** int.from_bytes; `signed` is the truth value. */
export function fromBytesMethod(
  bytes: Value,
  byteorder: Value,
  signed: boolean,
): Int {
  checkOrder(byteorder, "from_bytes");
  const little = isLittle(byteorder);
  return bytesToInt(objectBytes(bytes), little, signed);
}
/** int.to_bytes. */
export function toBytesMethod(
  v: Int,
  length: Value,
  byteorder: Value,
  signed: boolean,
): PyBytes {
  const n = asSsize(length);
  checkOrder(byteorder, "to_bytes");
  const little = isLittle(byteorder);
  if (n < 0) throw valueError("length argument must be non-negative");
  return new PyBytes(intToBytes(v, n, little, signed));
}
