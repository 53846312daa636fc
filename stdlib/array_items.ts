// CPython 3.14: Modules/arraymodule.c (struct arraydescr)
//
// The typecodes of arrays: how an item is read from memory and how a value is checked and written.

import { PyFloat, PyWideStr, typeName, type Value } from "../core/objects/object.ts";
import { asDouble, asIndex, isStr, strValue } from "../core/objects/abstract.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import { strCodeAt, strLen } from "../core/objects/str_ops.ts";
import { chr } from "../core/objects/str_wide.ts";

/** One typecode. `get` and `set` take the index of the item's first byte. */
export interface ItemCode {
  readonly code: string;
  readonly size: number;
  /** As struct and memoryview name it. */
  readonly format: string;
  readonly isInt: boolean;
  /** Machine format code of pickles on a little-endian machine. */
  readonly machine: number;
  get(d: DataView, at: number): Value;
  /** The value as something that `put` can store; raises if it does not fit. */
  check(v: Value): number | bigint;
  put(d: DataView, at: number, v: number | bigint): void;
}

function integer(v: Value): number | bigint {
  return asIndex(v);
}
function tooLarge(c: string): never {
  throw overflowError(`Python int too large to convert to C ${c}`);
}
/** A signed C type of 16 or 32 bits as PyArg_Parse checks it. */
function signed(v: Value, max: number, what: string): number {
  const n = integer(v);
  if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) tooLarge("long");
  if (n > max) throw overflowError(`${what} is greater than maximum`);
  if (n < -max - 1) throw overflowError(`${what} is less than minimum`);
  return n as number;
}

function norm(b: bigint): number | bigint {
  const n = Number(b);
  return Number.isSafeInteger(n) ? n : b;
}

function int64(code: string, isLong: boolean): ItemCode {
  return {
    code,
    size: 8,
    format: code,
    isInt: true,
    machine: 12,
    get: (d, at) => {
      const lo = d.getUint32(at, true), hi = d.getInt32(at + 4, true);
      const n = hi * 4294967296 + lo;
      return Number.isSafeInteger(n) ? n : norm(d.getBigInt64(at, true));
    },
    check: (v) => {
      const n = integer(v);
      if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) {
        if (isLong) tooLarge("long");
        throw overflowError("int too big to convert");
      }
      return n;
    },
    put: (d, at, v) => d.setBigInt64(at, BigInt(v), true),
  };
}
function uint64(code: string, isLong: boolean): ItemCode {
  return {
    code,
    size: 8,
    format: code,
    isInt: true,
    machine: 10,
    get: (d, at) => {
      const lo = d.getUint32(at, true), hi = d.getUint32(at + 4, true);
      const n = hi * 4294967296 + lo;
      return Number.isSafeInteger(n) ? n : norm(d.getBigUint64(at, true));
    },
    check: (v) => {
      const n = integer(v);
      if (n < 0) {
        throw overflowError(
          isLong ? "can't convert negative value to unsigned int" : "can't convert negative int to unsigned",
        );
      }
      if (typeof n === "bigint" && BigInt.asUintN(64, n) !== n) {
        if (isLong) tooLarge("unsigned long");
        throw overflowError("int too big to convert");
      }
      return n;
    },
    put: (d, at, v) => d.setBigUint64(at, BigInt(v), true),
  };
}
function real(code: string, size: number): ItemCode {
  const single = size === 4;
  return {
    code,
    size,
    format: code,
    isInt: false,
    machine: single ? 14 : 16,
    get: (d, at) => new PyFloat(single ? d.getFloat32(at, true) : d.getFloat64(at, true)),
    check: (v) => v instanceof PyFloat ? v.v : asDouble(v),
    put: single ? (d, at, v) => d.setFloat32(at, v as number, true) : (d, at, v) => d.setFloat64(at, v as number, true),
  };
}
function character(code: string): ItemCode {
  return {
    code,
    size: 4,
    format: code,
    isInt: false,
    machine: 20,
    get: (d, at) => {
      const c = d.getUint32(at, true);
      if (c > 0x10ffff) throw valueError(`character U+${c.toString(16)} is not in range [U+0000; U+10ffff]`);
      return chr(c);
    },
    check: (v) => {
      if (!isStr(v)) throw typeError(`array item must be a unicode character, not ${typeName(v)}`);
      const s = strValue(v);
      const n = strLen(s);
      if (n !== 1) throw typeError(`array item must be a unicode character, not a string of length ${n}`);
      return s instanceof PyWideStr ? s.cps[0] : strCodeAt(s, 0);
    },
    put: (d, at, v) => d.setUint32(at, v as number, true),
  };
}
function small(
  code: string,
  size: number,
  machine: number,
  check: ItemCode["check"],
  get: (d: DataView, at: number) => number,
  put: (d: DataView, at: number, v: number) => void,
): ItemCode {
  return { code, size, format: code, isInt: true, machine, check, get, put: (d, at, v) => put(d, at, v as number) };
}

/** All typecodes, in the order in which array.typecodes lists them. */
export const ITEM_CODES: readonly ItemCode[] = [
  small(
    "b",
    1,
    1,
    (v) => {
      const n = signed(v, 0x7fff, "signed short integer");
      if (n > 127) throw overflowError("signed char is greater than maximum");
      if (n < -128) throw overflowError("signed char is less than minimum");
      return n;
    },
    (d, at) => d.getInt8(at),
    (d, at, v) => d.setInt8(at, v),
  ),
  small(
    "B",
    1,
    0,
    (v) => {
      const n = integer(v);
      if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) tooLarge("long");
      if (n < 0) throw overflowError("unsigned byte integer is less than minimum");
      if (n > 255) throw overflowError("unsigned byte integer is greater than maximum");
      return n;
    },
    (d, at) => d.getUint8(at),
    (d, at, v) => d.setUint8(at, v),
  ),
  character("u"),
  character("w"),
  small(
    "h",
    2,
    4,
    (v) => signed(v, 0x7fff, "signed short integer"),
    (d, at) => d.getInt16(at, true),
    (d, at, v) => d.setInt16(at, v, true),
  ),
  small(
    "H",
    2,
    2,
    (v) => {
      const n = signed(v, 0x7fffffff, "signed integer");
      if (n < 0) throw overflowError("unsigned short is less than minimum");
      if (n > 0xffff) throw overflowError("unsigned short is greater than maximum");
      return n;
    },
    (d, at) => d.getUint16(at, true),
    (d, at, v) => d.setUint16(at, v, true),
  ),
  small(
    "i",
    4,
    8,
    (v) => signed(v, 0x7fffffff, "signed integer"),
    (d, at) => d.getInt32(at, true),
    (d, at, v) => d.setInt32(at, v, true),
  ),
  small(
    "I",
    4,
    6,
    (v) => {
      const n = integer(v);
      if (n < 0) throw overflowError("can't convert negative value to unsigned int");
      if (typeof n === "bigint" && BigInt.asUintN(64, n) !== n) tooLarge("unsigned long");
      if (n > 0xffffffff) throw overflowError("unsigned int is greater than maximum");
      return n;
    },
    (d, at) => d.getUint32(at, true),
    (d, at, v) => d.setUint32(at, v, true),
  ),
  int64("l", true),
  uint64("L", true),
  int64("q", false),
  uint64("Q", false),
  real("f", 4),
  real("d", 8),
];

/** A typecode's row, or undefined. */
export function itemCode(code: string): ItemCode | undefined {
  return ITEM_CODES.find((c) => c.code === code);
}

/** A machine format of a pickled array. */
export interface MachineFormat {
  size: number;
  signed: boolean;
  big: boolean;
  kind: "int" | "float" | "utf16" | "utf32";
}
/** By machine format code. */
export const MACHINE_FORMATS: readonly MachineFormat[] = [
  ...[1, 2, 4, 8].flatMap((size) =>
    size === 1 ? [fmt(1, false, false), fmt(1, true, false)] : [
      fmt(size, false, false),
      fmt(size, false, true),
      fmt(size, true, false),
      fmt(size, true, true),
    ]
  ),
  { size: 4, signed: false, big: false, kind: "float" },
  { size: 4, signed: false, big: true, kind: "float" },
  { size: 8, signed: false, big: false, kind: "float" },
  { size: 8, signed: false, big: true, kind: "float" },
  { size: 4, signed: false, big: false, kind: "utf16" },
  { size: 4, signed: false, big: true, kind: "utf16" },
  { size: 8, signed: false, big: false, kind: "utf32" },
  { size: 8, signed: false, big: true, kind: "utf32" },
];
function fmt(size: number, signed: boolean, big: boolean): MachineFormat {
  return { size, signed, big, kind: "int" };
}
