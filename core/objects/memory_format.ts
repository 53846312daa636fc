// CPython 3.14: Objects/memoryobject.c (pack_single, unpack_single)
//
// The native single-character formats: how an item of a buffer becomes a value and back. gopy's
// native sizes and byte order are those of 64-bit little-endian Linux on every host.

import { isSubtype, PyBaseException, PyBytes, PyFloat, type Value } from "./object.ts";
import { newError, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { asDouble, asIndex, isTrue } from "./abstract.ts";
import { newBytes } from "./bytes.ts";

/** Sizes of the formats. */
const SIZES: Record<string, number> = {
  __proto__: null as unknown as number,
  c: 1,
  b: 1,
  B: 1,
  "?": 1,
  h: 2,
  H: 2,
  e: 2,
  i: 4,
  I: 4,
  f: 4,
  l: 8,
  L: 8,
  q: 8,
  Q: 8,
  n: 8,
  N: 8,
  d: 8,
  P: 8,
};

/** The one character of a native format (with or without "@"), or undefined. */
export function nativeFormat(format: string): string | undefined {
  const c = format.startsWith("@") ? format.slice(1) : format;
  return c.length === 1 && SIZES[c] !== undefined ? c : undefined;
}

/** Size in bytes of a native format character. */
export function formatSize(c: string): number {
  return SIZES[c];
}

/** Is it one of the formats of single bytes? */
export function isByteFormat(c: string): boolean {
  return c === "B" || c === "b" || c === "c";
}

function int(n: bigint): Value {
  const v = Number(n);
  return Number.isSafeInteger(v) ? v : n;
}

/** A DataView on the whole of an array. */
export function dataView(b: Uint8Array): DataView {
  return new DataView(b.buffer, b.byteOffset, b.byteLength);
}

/** The item at byte `at` in native format `c`. */
export function unpackItem(c: string, d: DataView, at: number): Value {
  switch (c) {
    case "B":
      return d.getUint8(at);
    case "b":
      return d.getInt8(at);
    case "c":
      return newBytes(Uint8Array.of(d.getUint8(at)));
    case "?":
      return d.getUint8(at) !== 0;
    case "h":
      return d.getInt16(at, true);
    case "H":
      return d.getUint16(at, true);
    case "i":
      return d.getInt32(at, true);
    case "I":
      return d.getUint32(at, true);
    case "l":
    case "q":
    case "n":
      return int(d.getBigInt64(at, true));
    case "L":
    case "Q":
    case "N":
    case "P":
      return int(d.getBigUint64(at, true));
    case "e":
      return new PyFloat(d.getFloat16(at, true));
    case "f":
      return new PyFloat(d.getFloat32(at, true));
    case "d":
      return new PyFloat(d.getFloat64(at, true));
  }
  throw newError(
    X.NotImplementedError,
    `memoryview: format ${c} not supported`,
  );
}

function badType(c: string): PyBaseException {
  return typeError(`memoryview: invalid type for format '${c}'`);
}
function badValue(c: string): PyBaseException {
  return valueError(`memoryview: invalid value for format '${c}'`);
}

/** Runs a conversion; its TypeError, OverflowError and ValueError are told in memoryview's words. */
function converted<T>(c: string, f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (e instanceof PyBaseException) {
      if (isSubtype(e.cls, X.TypeError)) throw badType(c);
      if (isSubtype(e.cls, X.OverflowError) || isSubtype(e.cls, X.ValueError)) {
        throw badValue(c);
      }
    }
    throw e;
  }
}

const RANGES: Record<string, [bigint, bigint]> = {
  __proto__: null as unknown as [bigint, bigint],
};
for (const c of "bhilqn") {
  const bits = BigInt(SIZES[c] * 8 - 1);
  RANGES[c] = [-(1n << bits), (1n << bits) - 1n];
}
for (const c of "BHILQN") RANGES[c] = [0n, (1n << BigInt(SIZES[c] * 8)) - 1n];

/** Stores a value at byte `at` in native format `c`; `get` gives the memory after conversion. */
export function packItem(
  c: string,
  v: Value,
  get: () => [DataView, number],
): void {
  if (c === "?") {
    const t = isTrue(v);
    const [d, at] = get();
    d.setUint8(at, t ? 1 : 0);
    return;
  }
  if (c === "c") {
    if (!(v instanceof PyBytes)) throw badType(c);
    if (v.b.length !== 1) throw badValue(c);
    const [d, at] = get();
    d.setUint8(at, v.b[0]);
    return;
  }
  if (c === "e" || c === "f" || c === "d") {
    const x = converted(c, () => asDouble(v));
    if (c === "e" && Number.isFinite(x) && Math.abs(x) >= 65520) {
      throw badValue(c);
    }
    const [d, at] = get();
    if (c === "d") d.setFloat64(at, x, true);
    else if (c === "f") d.setFloat32(at, x, true);
    else d.setFloat16(at, x, true);
    return;
  }
  const n = converted(c, () => asIndex(v));
  const range = RANGES[c];
  if (range === undefined && c !== "P") {
    throw newError(
      X.NotImplementedError,
      `memoryview: format ${c} not supported`,
    );
  }
  if (range !== undefined && (n < range[0] || n > range[1])) throw badValue(c);
  const [d, at] = get();
  switch (SIZES[c]) {
    case 1:
      d.setUint8(at, Number(n));
      break;
    case 2:
      d.setUint16(at, Number(n), true);
      break;
    case 4:
      d.setUint32(at, Number(n), true);
      break;
    default:
      d.setBigUint64(at, BigInt.asUintN(64, BigInt(n)), true);
  }
}
