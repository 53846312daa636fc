// CPython 3.14: Modules/_ctypes/cfield.c (the table of _type_ codes)
//
// What the one-character codes of simple types say: size, alignment, and how a value gets out of
// memory and into it. Sizes are those of 64-bit Linux.

import {
  type Int,
  isInstance,
  None,
  PyBytes,
  PyComplex,
  PyFloat,
  type Str,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { asDouble, asIndex, intValue, isInt, isStr, isTrue, strValue } from "../core/objects/abstract.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import { bytearrayType } from "../core/objects/object.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { asComplex } from "../core/objects/complex.ts";
import { codePoints, fromCodePoints } from "../core/objects/str_wide.ts";
import {
  addressAt,
  allocate,
  Block,
  getPointer,
  lengthTo0,
  objectAddress,
  objectAt,
  placeAt,
  setPointer,
} from "./_ctypes_memory.ts";
import { PyCapsule } from "./capsule.ts";

/** Reads a value; `size` is in bytes, or for a bit field its width << 16 | its first bit. */
export type Get = (b: Block, off: number, size: number) => Value;
/** Writes a value and tells what must be kept alive with it (None: nothing). */
export type Set_ = (b: Block, off: number, v: Value, size: number) => Value;

/** One code. */
export interface CodeRow {
  size: number;
  align: number;
  get: Get;
  set: Set_;
  /** The same with the other byte order, for codes that have it. */
  swapped?: { get: Get; set: Set_ };
}

function norm(v: bigint): Int {
  const n = Number(v);
  return Number.isSafeInteger(n) ? n : v;
}

// ---- integers ------------------------------------------------------------------------------

function readRaw(b: Block, off: number, n: number, little: boolean): bigint {
  b.check(off, n);
  const v = b.view;
  if (n === 1) return BigInt(v.getUint8(off));
  if (n === 2) return BigInt(v.getUint16(off, little));
  if (n === 4) return BigInt(v.getUint32(off, little));
  return v.getBigUint64(off, little);
}
function writeRaw(b: Block, off: number, n: number, x: bigint, little: boolean): void {
  b.check(off, n);
  const v = b.view;
  if (n === 1) v.setUint8(off, Number(x & 0xffn));
  else if (n === 2) v.setUint16(off, Number(x & 0xffffn), little);
  else if (n === 4) v.setUint32(off, Number(x & 0xffffffffn), little);
  else v.setBigUint64(off, x, little);
}
function getInt(n: number, signed: boolean, little: boolean): Get {
  return (b, off, size) => {
    const bits = size >> 16;
    if (bits === 0 && n <= 4) {
      b.check(off, n);
      const v = b.view;
      if (n === 1) return signed ? v.getInt8(off) : v.getUint8(off);
      if (n === 2) return signed ? v.getInt16(off, little) : v.getUint16(off, little);
      return signed ? v.getInt32(off, little) : v.getUint32(off, little);
    }
    let x = readRaw(b, off, n, little);
    if (bits > 0) x >>= BigInt(size & 0xffff);
    const width = bits > 0 ? bits : 8 * n;
    return norm(signed ? BigInt.asIntN(width, x) : BigInt.asUintN(width, x));
  };
}
/** Puts an int into memory, or into a bit field of it. */
function store(b: Block, off: number, n: number, x: bigint, size: number, little: boolean): void {
  const bits = size >> 16;
  if (bits > 0) {
    const low = BigInt(size & 0xffff), mask = ((1n << BigInt(bits)) - 1n) << low;
    x = (readRaw(b, off, n, little) & ~mask) | ((x << low) & mask);
  }
  writeRaw(b, off, n, BigInt.asUintN(8 * n, x), little);
}
function setInt(n: number, little: boolean): Set_ {
  return (b, off, v, size) => {
    store(b, off, n, BigInt(asIndex(v)), size, little);
    return None;
  };
}
function intRow(n: number, signed: boolean): CodeRow {
  return {
    size: n,
    align: n,
    get: getInt(n, signed, true),
    set: setInt(n, true),
    swapped: { get: getInt(n, signed, false), set: setInt(n, false) },
  };
}

const boolRow: CodeRow = {
  size: 1,
  align: 1,
  get: (b, off, size) => getInt(1, false, true)(b, off, size) !== 0,
  set: (b, off, v, size) => {
    store(b, off, 1, isTrue(v) ? 1n : 0n, size, true);
    return None;
  },
};
boolRow.swapped = boolRow;
/** VARIANT_BOOL. */
const variantRow: CodeRow = {
  size: 2,
  align: 2,
  get: (b, off) => readRaw(b, off, 2, true) !== 0n,
  set: (b, off, v) => {
    writeRaw(b, off, 2, isTrue(v) ? 0xffffn : 0n, true);
    return None;
  },
};

// ---- floating point ------------------------------------------------------------------------

function readFloat(b: Block, off: number, n: number, little: boolean): number {
  b.check(off, n);
  return n === 4 ? b.view.getFloat32(off, little) : n === 8 ? b.view.getFloat64(off, little) : readLong(b, off);
}
function writeFloat(b: Block, off: number, n: number, x: number, little: boolean): void {
  b.check(off, n);
  if (n === 4) b.view.setFloat32(off, x, little);
  else if (n === 8) b.view.setFloat64(off, x, little);
  else writeLong(b, off, x);
}
/** An 80-bit float of x87 as a double. */
function readLong(b: Block, off: number): number {
  const m = b.view.getBigUint64(off, true), se = b.view.getUint16(off + 8, true);
  const sign = se & 0x8000 ? -1 : 1, e = se & 0x7fff;
  if (e === 0x7fff) return (m & 0x7fffffffffffffffn) === 0n ? sign * Infinity : NaN;
  if (m === 0n) return sign * 0;
  return sign * scale(Number(m), e - 16383 - 63);
}
function scale(x: number, e: number): number {
  while (e < -1000) {
    x *= 2 ** -1000;
    e += 1000;
    if (x === 0) return x;
  }
  while (e > 1000) {
    x *= 2 ** 1000;
    e -= 1000;
    if (x === Infinity) return x;
  }
  return x * 2 ** e;
}
function writeLong(b: Block, off: number, x: number): void {
  const d = new DataView(new ArrayBuffer(8));
  d.setFloat64(0, x);
  const bits = d.getBigUint64(0), sign = bits >> 63n === 0n ? 0 : 0x8000;
  const e = Number((bits >> 52n) & 0x7ffn);
  let m = bits & 0xfffffffffffffn, exp: number;
  if (e === 0x7ff) {
    exp = 0x7fff;
    m = 0x8000000000000000n | (m << 11n);
  } else if (e === 0 && m === 0n) exp = 0;
  else {
    exp = e === 0 ? 1 : e;
    m = e === 0 ? m << 11n : (m | 0x10000000000000n) << 11n;
    while (m >> 63n === 0n) {
      m <<= 1n;
      exp--;
    }
    exp += 16383 - 1023;
  }
  b.view.setBigUint64(off, m, true);
  b.view.setUint16(off + 8, exp | sign, true);
}
function floatCodec(n: number, little: boolean): { get: Get; set: Set_ } {
  return {
    get: (b, off) => new PyFloat(readFloat(b, off, n, little)),
    set: (b, off, v) => {
      const x = asDouble(v);
      if (n === 4 && !little && Number.isFinite(x) && !Number.isFinite(Math.fround(x))) {
        throw overflowError("float too large to pack with f format");
      }
      writeFloat(b, off, n, x, little);
      return None;
    },
  };
}
function complexCodec(n: number, little: boolean): { get: Get; set: Set_ } {
  return {
    get: (b, off) => new PyComplex(readFloat(b, off, n, little), readFloat(b, off + n, n, little)),
    set: (b, off, v) => {
      const c = asComplex(v);
      writeFloat(b, off, n, c.re, little);
      writeFloat(b, off + n, n, c.im, little);
      return None;
    },
  };
}
function floatRow(n: number, swap: boolean): CodeRow {
  return { size: n, align: n, ...floatCodec(n, true), swapped: swap ? floatCodec(n, false) : undefined };
}
function complexRow(n: number, swap: boolean): CodeRow {
  return { size: 2 * n, align: n, ...complexCodec(n, true), swapped: swap ? complexCodec(n, false) : undefined };
}

// ---- characters and strings ----------------------------------------------------------------

function charByte(v: Value): number {
  if (v instanceof PyBytes || isInstance(v, bytearrayType)) {
    const b = bytesOf(v);
    if (b.length === 1) return b[0];
    throw typeError(
      `one character bytes, bytearray, or an integer in range(256) expected, not ${
        v instanceof PyBytes ? "bytes" : "bytearray"
      } of length ${b.length}`,
    );
  }
  if (isInt(v)) {
    const n = intValue(v);
    if (n < 0 || n > 255) throw typeError("integer not in range(256)");
    return Number(n);
  }
  throw typeError(`one character bytes, bytearray, or an integer in range(256) expected, not ${typeName(v)}`);
}
const charRow: CodeRow = {
  size: 1,
  align: 1,
  get: (b, off) => new PyBytes(b.part(off, 1).slice()),
  set: (b, off, v) => {
    const x = charByte(v);
    b.part(off, 1)[0] = x;
    return None;
  },
};

/** A string of wide characters in memory. */
export function wideText(b: Block, off: number, n: number): Str {
  b.check(off, 4 * n);
  const cps = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const c = b.view.getUint32(off + 4 * i, true);
    if (c > 0x10ffff) throw valueError(`character U+${c.toString(16)} is not in range [U+0000; U+10ffff]`);
    cps[i] = c;
  }
  return fromCodePoints(cps);
}
/** Writes the characters of a string, and a null if there is room. */
export function putWide(b: Block, off: number, s: Str, room: number): void {
  const cps = codePoints(s), n = Math.min(cps.length, room);
  b.check(off, 4 * Math.min(room, n + 1));
  for (let i = 0; i < n; i++) b.view.setUint32(off + 4 * i, cps[i], true);
  if (n < room) b.view.setUint32(off + 4 * n, 0, true);
}
const wcharRow: CodeRow = {
  size: 4,
  align: 4,
  get: (b, off) => wideText(b, off, 1),
  set: (b, off, v) => {
    if (!isStr(v)) throw typeError(`a unicode character expected, not instance of ${typeName(v)}`);
    const s = strValue(v), n = codePoints(s).length;
    if (n !== 1) throw typeError(`a unicode character expected, not a string of length ${n}`);
    putWide(b, off, s, 1);
    return None;
  },
};
/** An array of c_char as a field of a structure: bytes up to a null. */
export const charsRow: { get: Get; set: Set_ } = {
  get: (b, off, size) => {
    const p = b.part(off, size), end = p.indexOf(0);
    return new PyBytes(p.slice(0, end < 0 ? size : end));
  },
  set: (b, off, v, size) => {
    if (!(v instanceof PyBytes)) throw typeError(`expected bytes, ${typeName(v)} found`);
    const end = v.b.indexOf(0), n = end < 0 ? v.b.length : end;
    if (n > size) throw valueError(`bytes too long (${n}, maximum length ${size})`);
    const p = b.part(off, size);
    p.set(v.b.subarray(0, n));
    if (n < size) p[n] = 0;
    return None;
  },
};
/** An array of c_wchar as a field of a structure. */
export const wcharsRow: { get: Get; set: Set_ } = {
  get: (b, off, size) => {
    const room = size >> 2;
    b.check(off, 4 * room);
    let n = 0;
    while (n < room && b.view.getUint32(off + 4 * n, true) !== 0) n++;
    return wideText(b, off, n);
  },
  set: (b, off, v, size) => {
    if (!isStr(v)) throw typeError(`unicode string expected instead of ${typeName(v)} instance`);
    const s = strValue(v), n = codePoints(s).length, room = size >> 2;
    if (n > room) throw valueError(`string too long (${n}, maximum length ${room})`);
    putWide(b, off, s, room);
    return v;
  },
};

// ---- pointers ------------------------------------------------------------------------------

const bytesBlocks = new WeakMap<PyBytes, Block>();
/** The memory of a bytes object, with a null behind it. It is a copy: who writes there changes no bytes. */
export function bytesBlock(v: PyBytes): Block {
  let b = bytesBlocks.get(v);
  if (b === undefined) {
    b = allocate(v.b.length + 1);
    b.bytes.set(v.b);
    bytesBlocks.set(v, b);
  }
  return b;
}
/** A wide string in memory of its own; the capsule keeps it. */
export class WideCapsule extends PyCapsule {
  readonly block: Block;
  constructor(s: Str) {
    super("_ctypes/cfield.c pymem");
    const n = codePoints(s).length;
    this.block = allocate(4 * (n + 1));
    putWide(this.block, 0, s, n + 1);
  }
}

const stringRow: CodeRow = {
  size: 8,
  align: 8,
  get: (block, off) => {
    const a = getPointer({ block, off });
    if (a === 0) return None;
    const p = placeAt(a);
    return new PyBytes(p.block.part(p.off, lengthTo0(p, 1)).slice());
  },
  set: (block, off, v) => {
    const p = { block, off };
    if (v === None) setPointer(p, 0);
    else if (v instanceof PyBytes) {
      setPointer(p, addressAt(bytesBlock(v), 0));
      return v;
    } else if (isInt(v)) setPointer(p, intValue(v));
    else throw typeError(`bytes or integer address expected instead of ${typeName(v)} instance`);
    return None;
  },
};
const wideRow: CodeRow = {
  size: 8,
  align: 8,
  get: (block, off) => {
    const a = getPointer({ block, off });
    if (a === 0) return None;
    const p = placeAt(a);
    return wideText(p.block, p.off, lengthTo0(p, 4));
  },
  set: (block, off, v) => {
    const p = { block, off };
    if (v === None) setPointer(p, 0);
    else if (isInt(v)) setPointer(p, intValue(v));
    else if (isStr(v)) {
      const keep = new WideCapsule(strValue(v));
      setPointer(p, addressAt(keep.block, 0));
      return keep;
    } else throw typeError(`unicode string or integer address expected instead of ${typeName(v)} instance`);
    return None;
  },
};
const pointerRow: CodeRow = {
  size: 8,
  align: 8,
  get: (block, off) => {
    const a = getPointer({ block, off });
    return a === 0 ? None : a;
  },
  set: (block, off, v) => {
    if (v === None) setPointer({ block, off }, 0);
    else if (isInt(v)) setPointer({ block, off }, intValue(v));
    else throw typeError("cannot be converted to pointer");
    return None;
  },
};
const objectRow: CodeRow = {
  size: 8,
  align: 8,
  get: (block, off) => {
    const a = getPointer({ block, off });
    if (a === 0) throw valueError("PyObject is NULL");
    return objectAt(a);
  },
  set: (block, off, v) => {
    setPointer({ block, off }, objectAddress(v));
    return v;
  },
};

const short = intRow(2, true), int = intRow(4, true), long = intRow(8, true);
const ushort = intRow(2, false), uint = intRow(4, false), ulong = intRow(8, false);
/** The codes, in the order in which an error names them. */
export const CODES: ReadonlyMap<string, CodeRow> = new Map<string, CodeRow>([
  ["c", charRow],
  ["b", intRow(1, true)],
  ["B", intRow(1, false)],
  ["h", short],
  ["H", ushort],
  ["i", int],
  ["I", uint],
  ["l", long],
  ["L", ulong],
  ["d", floatRow(8, true)],
  ["D", complexRow(8, true)],
  ["F", complexRow(4, true)],
  ["G", complexRow(16, false)],
  ["f", floatRow(4, true)],
  ["u", wcharRow],
  ["z", stringRow],
  ["Z", wideRow],
  ["q", { ...long }],
  ["Q", { ...ulong }],
  ["P", pointerRow],
  ["O", objectRow],
  ["v", variantRow],
  ["?", boolRow],
  ["g", floatRow(16, false)],
]);
export const SIMPLE_CODES: string = [...CODES.keys()].join("");
/** Codes that may be bit fields. */
export const BIT_CODES = "bBhHiIlLqQ?";

/** The format of a simple type in the buffer protocol, with standard sizes. */
export function formatOf(code: string, swapped: boolean): string {
  return (swapped ? ">" : "<") + (code === "l" ? "q" : code === "L" ? "Q" : code);
}
