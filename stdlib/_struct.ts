// CPython 3.14: Modules/_struct.c
//
// Structs. A format is compiled once into a list of fields with their offsets (a Layout), which
// packing and unpacking walk over a DataView. Native formats are those of 64-bit little-endian Linux
// on every host.

import {
  builtinType,
  type Int,
  type KwNames,
  M_NOSIG,
  M_VECTOR,
  None,
  PyBaseException,
  PyBytes,
  PyComplex,
  PyFloat,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  TF_DISALLOW_NEW,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { overflowError, runtimeError, typeError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { cur } from "../core/objects/state.ts";
import { borrowBuffer, BUF_SIMPLE, bytesOf, hasBuffer, releaseBuffer } from "../core/objects/buffer.ts";
import { PyByteArray } from "../core/objects/bytearray.ts";
import { normInt } from "../core/objects/int.ts";
import { strConcatAll } from "../core/objects/str_ops.ts";
import { decodeAscii, encodeAscii } from "../core/text/codec_charmap.ts";
import { surrogateescapeDecode } from "../core/text/codec_errors.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { newFrom } from "./native_new.ts";
import { newException, raised } from "./module_error.ts";

const structError: PyType = newException("struct.error");
function bad(text: string): PyBaseException {
  return raised(structError, text);
}

// ---- formats --------------------------------------------------------------------------------

/** Size of each code: standard; native where it differs. Alignment of native codes is their size but for F and D. */
const STANDARD: ReadonlyMap<string, number> = new Map(
  Object.entries({
    x: 1,
    b: 1,
    B: 1,
    c: 1,
    s: 1,
    p: 1,
    h: 2,
    H: 2,
    i: 4,
    I: 4,
    l: 4,
    L: 4,
    q: 8,
    Q: 8,
    "?": 1,
    e: 2,
    f: 4,
    d: 8,
    F: 8,
    D: 16,
  }),
);
const NATIVE: ReadonlyMap<string, number> = new Map(Object.entries({ l: 8, L: 8, n: 8, N: 8, P: 8 }));
const ALIGN: ReadonlyMap<string, number> = new Map(Object.entries({ F: 4, D: 8 }));

interface Field {
  code: string;
  offset: number;
  /** Size of one item; of `s` and `p`, of the whole. */
  size: number;
  repeat: number;
}
interface Layout {
  format: string;
  fields: Field[];
  size: number;
  /** How many values it takes. */
  count: number;
  little: boolean;
}

const TOO_LONG = "total struct size too long";
function compile(format: string): Layout {
  if (format.includes("\0")) throw bad("embedded null character");
  let i = 0, native = true, little = true;
  const first = format[0];
  if (first !== undefined && "@=<>!".includes(first)) {
    i = 1;
    native = first === "@";
    little = first !== ">" && first !== "!";
  }
  const fields: Field[] = [];
  let size = 0, count = 0;
  while (i < format.length) {
    let c = format[i++];
    if (" \t\n\r\v\f".includes(c)) continue;
    let n = 1;
    if (c >= "0" && c <= "9") {
      n = 0;
      for (; c >= "0" && c <= "9"; c = format[i++]) {
        n = n * 10 + Number(c);
        if (n > 9223372036854775807) throw bad(TOO_LONG);
        if (i >= format.length) throw bad("repeat count given without format specifier");
      }
    }
    const itemSize = (native ? NATIVE.get(c) : undefined) ?? STANDARD.get(c);
    if (itemSize === undefined) throw bad("bad char in struct format");
    if (native) {
      const align = ALIGN.get(c) ?? itemSize;
      size = Math.ceil(size / align) * align;
    }
    if (c === "s" || c === "p") {
      fields.push({ code: c, offset: size, size: n, repeat: 1 });
      count++;
    } else if (c !== "x" && n > 0) {
      fields.push({ code: c, offset: size, size: itemSize, repeat: n });
      count += n;
    }
    size += itemSize * n;
    if (size > Number.MAX_SAFE_INTEGER) throw bad(TOO_LONG);
  }
  return { format, fields, size, count, little };
}

const cache: Map<string, Layout> = new Map();
/** The text of a format given as str or bytes. */
function formatText(v: Value): string {
  if (typeof v === "string" && cache.has(v)) return v;
  let s: Str;
  if (A.isStr(v)) s = A.strValue(v);
  else if (v instanceof PyBytes) s = decodeAscii(v.b, surrogateescapeDecode);
  else throw typeError(`Struct() argument 1 must be a str or bytes object, not ${typeName(v)}`);
  return String.fromCharCode(...encodeAscii(s));
}
function layoutOf(v: Value): Layout {
  const text = formatText(v);
  let l = cache.get(text);
  if (l === undefined) {
    l = compile(text);
    if (cache.size >= 100) cache.clear();
    cache.set(text, l);
  }
  return l;
}

// ---- packing --------------------------------------------------------------------------------

/** Ranges of the integer codes by size and sign. */
function range(code: string, size: number): [lo: bigint, hi: bigint] {
  const bits = BigInt(size * 8);
  return code >= "a" ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
}

function intOf(v: Value): Int {
  if (A.isInt(v)) return A.intValue(v);
  if (!A.hasIndex(v)) throw bad("required argument is not an integer");
  return A.asIndex(v);
}
function doubleOf(v: Value): number {
  if (v instanceof PyFloat) return v.v;
  try {
    return A.asDouble(v);
  } catch (e) {
    if (e instanceof PyBaseException) throw bad("required argument is not a float");
    throw e;
  }
}
function complexOf(v: Value): PyComplex {
  if (v instanceof PyComplex) return v;
  const f = A.lookupSpecial(v, "__complex__");
  if (f !== undefined) {
    const r = A.call0(f);
    if (r instanceof PyComplex) return r;
  }
  try {
    return new PyComplex(A.asDouble(v), 0);
  } catch (e) {
    if (e instanceof PyBaseException) throw bad("required argument is not a complex");
    throw e;
  }
}
function put32(d: DataView, at: number, x: number, little: boolean): void {
  if (!Number.isFinite(Math.fround(x)) && Number.isFinite(x)) {
    throw overflowError("float too large to pack with f format");
  }
  d.setFloat32(at, x, little);
}

function packInt(d: DataView, at: number, f: Field, v: Value, little: boolean): void {
  const n = intOf(v), { code, size } = f;
  const outside = () => {
    const [lo, hi] = range(code, size);
    return bad(`'${code}' format requires ${lo} <= number <= ${hi}`);
  };
  if (size === 8) {
    const b = BigInt(n), [lo, hi] = code === "P" ? [-(1n << 63n), (1n << 64n) - 1n] : range(code, 8);
    if (b < lo || b > hi) {
      if (code === "P") throw bad("int too large to convert");
      throw outside();
    }
    d.setBigUint64(at, BigInt.asUintN(64, b), little);
    return;
  }
  if (typeof n === "bigint") throw outside();
  const span = 2 ** (size * 8), lo = code >= "a" ? -span / 2 : 0;
  if (n < lo || n >= lo + span) throw outside();
  if (size === 1) d.setInt8(at, n);
  else if (size === 2) d.setInt16(at, n, little);
  else d.setInt32(at, n, little);
}

function packOne(d: DataView, out: Uint8Array, at: number, f: Field, v: Value, little: boolean): void {
  switch (f.code) {
    case "c":
      if (!(v instanceof PyBytes) || v.b.length !== 1) throw bad("char format requires a bytes object of length 1");
      out[at] = v.b[0];
      return;
    case "s":
    case "p": {
      if (!(v instanceof PyBytes) && !(v instanceof PyByteArray)) {
        throw bad(`argument for '${f.code}' must be a bytes object`);
      }
      const b = bytesOf(v);
      if (f.code === "s") out.set(b.subarray(0, f.size), at);
      else if (f.size > 0) {
        const n = Math.min(b.length, f.size - 1);
        out.set(b.subarray(0, n), at + 1);
        out[at] = Math.min(n, 255);
      }
      return;
    }
    case "?":
      out[at] = A.isTrue(v) ? 1 : 0;
      return;
    case "e": {
      const x = doubleOf(v);
      if (Math.abs(x) >= 65520 && Number.isFinite(x)) throw tooLarge(v, "e");
      d.setFloat16(at, x, little);
      return;
    }
    case "f": {
      const x = doubleOf(v);
      if (Number.isFinite(x) && !Number.isFinite(Math.fround(x))) throw tooLarge(v, "f");
      d.setFloat32(at, x, little);
      return;
    }
    case "d":
      d.setFloat64(at, doubleOf(v), little);
      return;
    case "F": {
      const z = complexOf(v);
      put32(d, at, z.re, little);
      put32(d, at + 4, z.im, little);
      return;
    }
    case "D": {
      const z = complexOf(v);
      d.setFloat64(at, z.re, little);
      d.setFloat64(at + 8, z.im, little);
      return;
    }
    default:
      packInt(d, at, f, v, little);
  }
}
/** A float that a short format can't hold; of an int, the int is to blame. */
function tooLarge(v: Value, code: string): PyBaseException {
  return A.isInt(v) ? bad("int too large to convert") : overflowError(`float too large to pack with ${code} format`);
}

function packValues(l: Layout, args: Value[], from: number): Uint8Array {
  const out = new Uint8Array(l.size);
  const d = new DataView(out.buffer);
  let k = from;
  for (const f of l.fields) {
    for (let i = 0, at = f.offset; i < f.repeat; i++, at += f.size) packOne(d, out, at, f, args[k++], l.little);
    cur.tick(f.repeat);
  }
  return out;
}
function checkCount(l: Layout, name: string, got: number): void {
  if (got !== l.count) throw bad(`${name} expected ${l.count} items for packing (got ${got})`);
}
function pack(l: Layout, args: Value[]): Value {
  checkCount(l, "pack", args.length);
  return new PyBytes(packValues(l, args, 0));
}
/** A buffer to write to; undefined when there is none to be had. */
function writableView(target: Value): ReturnType<typeof borrowBuffer> | undefined {
  if (!hasBuffer(target)) return undefined;
  let view: ReturnType<typeof borrowBuffer>;
  try {
    view = borrowBuffer(target, BUF_SIMPLE);
  } catch (e) {
    if (e instanceof PyBaseException && e.cls.mro.includes(X.BufferError)) return undefined;
    throw e;
  }
  if (!view.readonly) return view;
  releaseBuffer(view);
  return undefined;
}
/** An offset into a buffer; one that no buffer has is refused here. */
function offsetArg(v: Value, name: string, doing: string, size: number, actual: number): number {
  const n = A.asIndex(v);
  if (typeof n === "number") return n;
  if (BigInt.asIntN(64, n) !== n) return A.indexNumber(v);
  if (n < 0n) throw bad(`offset ${n} out of range for ${actual}-byte buffer`);
  throw bad(
    `${name} requires a buffer of at least ${
      n + BigInt(size)
    } bytes for ${doing} ${size} bytes at offset ${n} (actual buffer size is ${actual})`,
  );
}
function packInto(l: Layout, args: Value[]): Value {
  if (args.length === 0) throw bad("pack_into expected buffer argument");
  if (args.length === 1) throw bad("pack_into expected offset argument");
  checkCount(l, "pack_into", args.length - 2);
  const target = args[0];
  const view = writableView(target);
  if (view === undefined) {
    throw typeError(`argument must be read-write bytes-like object, not ${typeName(target)}`);
  }
  try {
    let offset = offsetArg(args[1], "pack_into", "packing", l.size, view.len);
    if (offset < 0) {
      if (offset + l.size > 0) throw bad(`no space to pack ${l.size} bytes at offset ${offset}`);
      if (offset + view.len < 0) throw bad(`offset ${offset} out of range for ${view.len}-byte buffer`);
      offset += view.len;
    }
    if (view.len - offset < l.size) {
      throw bad(
        `pack_into requires a buffer of at least ${
          l.size + offset
        } bytes for packing ${l.size} bytes at offset ${offset} (actual buffer size is ${view.len})`,
      );
    }
    view.data.set(packValues(l, args, 2), view.offset + offset);
  } finally {
    releaseBuffer(view);
  }
  return None;
}

// ---- unpacking ------------------------------------------------------------------------------

function unpackOne(d: DataView, b: Uint8Array, at: number, f: Field, little: boolean): Value {
  switch (f.code) {
    case "c":
      return new PyBytes(b.slice(at, at + 1));
    case "s":
      return new PyBytes(b.slice(at, at + f.size));
    case "p": {
      if (f.size === 0) return new PyBytes(new Uint8Array(0));
      const n = Math.min(b[at], f.size - 1);
      return new PyBytes(b.slice(at + 1, at + 1 + n));
    }
    case "?":
      return b[at] !== 0;
    case "b":
      return d.getInt8(at);
    case "B":
      return b[at];
    case "h":
      return d.getInt16(at, little);
    case "H":
      return d.getUint16(at, little);
    case "e":
      return new PyFloat(d.getFloat16(at, little));
    case "f":
      return new PyFloat(d.getFloat32(at, little));
    case "d":
      return new PyFloat(d.getFloat64(at, little));
    case "F":
      return new PyComplex(d.getFloat32(at, little), d.getFloat32(at + 4, little));
    case "D":
      return new PyComplex(d.getFloat64(at, little), d.getFloat64(at + 8, little));
  }
  const signed = f.code >= "a";
  if (f.size === 4) return signed ? d.getInt32(at, little) : d.getUint32(at, little);
  return normInt(signed ? d.getBigInt64(at, little) : d.getBigUint64(at, little));
}
/** The values at an offset of the bytes, which are known to be there. */
function unpackAt(l: Layout, b: Uint8Array, start: number): PyTuple {
  const d = new DataView(b.buffer, b.byteOffset, b.byteLength);
  const out: Value[] = [];
  for (const f of l.fields) {
    for (let i = 0, at = start + f.offset; i < f.repeat; i++, at += f.size) out.push(unpackOne(d, b, at, f, l.little));
  }
  return new PyTuple(out);
}
function unpack(l: Layout, buffer: Value): Value {
  const b = bytesOf(buffer);
  if (b.length !== l.size) throw bad(`unpack requires a buffer of ${l.size} bytes`);
  return unpackAt(l, b, 0);
}
function unpackFrom(l: Layout, buffer: Value, off: Value = 0): Value {
  const b = bytesOf(buffer);
  let offset = offsetArg(off, "unpack_from", "unpacking", l.size, b.length);
  if (offset < 0) {
    if (offset + l.size > 0) throw bad(`not enough data to unpack ${l.size} bytes at offset ${offset}`);
    if (offset + b.length < 0) throw bad(`offset ${offset} out of range for ${b.length}-byte buffer`);
    offset += b.length;
  }
  if (b.length - offset < l.size) {
    throw bad(
      `unpack_from requires a buffer of at least ${
        l.size + offset
      } bytes for unpacking ${l.size} bytes at offset ${offset} (actual buffer size is ${b.length})`,
    );
  }
  return unpackAt(l, b, offset);
}

const iterType: PyType = builtinType("_struct.unpack_iterator", undefined, true);
iterType.flags |= TF_DISALLOW_NEW;
class PyUnpackIter extends PyObject {
  readonly layout: Layout;
  readonly view: ReturnType<typeof borrowBuffer>;
  at = 0;
  done = false;
  constructor(layout: Layout, view: ReturnType<typeof borrowBuffer>) {
    super(iterType);
    this.layout = layout;
    this.view = view;
  }
}
function iterUnpack(l: Layout, buffer: Value): Value {
  if (l.size === 0) throw bad("cannot iteratively unpack with a struct of length 0");
  const view = borrowBuffer(buffer, BUF_SIMPLE);
  if (view.len % l.size !== 0) {
    releaseBuffer(view);
    throw bad(`iterative unpacking requires a buffer of a multiple of ${l.size} bytes`);
  }
  return new PyUnpackIter(l, view);
}
setSpec(iterType, {
  slots: {
    tp_iter: (s) => s,
    tp_iternext: (s) => {
      const it = s as PyUnpackIter;
      if (it.done) return undefined;
      if (it.at >= it.view.len) {
        it.done = true;
        releaseBuffer(it.view);
        return undefined;
      }
      const b = it.view.data.subarray(it.view.offset, it.view.offset + it.view.len);
      const r = unpackAt(it.layout, b, it.at);
      it.at += it.layout.size;
      return r;
    },
  },
  methods: {
    __length_hint__: ["", "", (it: PyUnpackIter) => it.done ? 0 : (it.view.len - it.at) / it.layout.size, M_NOSIG],
  },
});

// ---- Struct ---------------------------------------------------------------------------------

export const structType: PyType = builtinType("_struct.Struct");
structType.hasWeakref = true;
class PyStruct extends PyObject {
  layout: Layout | undefined = undefined;
}
function ready(s: PyStruct): Layout {
  if (s.layout === undefined) throw runtimeError("Struct object is not initialized");
  return s.layout;
}
function plain(name: string, args: Value[], kwnames: KwNames | undefined): Value[] {
  if (kwnames !== undefined && kwnames.length > 0) {
    throw typeError(`${name.includes(".") ? name : "Struct." + name}() takes no keyword arguments`);
  }
  return args;
}
setSpec(structType, {
  doc: "Struct(fmt) --> compiled struct object",
  slots: {
    tp_new: (t) => new PyStruct(t),
    tp_init: (() => {
      const init = newFrom("Struct", "format", (self, format: Value) => {
        (self as unknown as PyStruct).layout = compile(formatText(format));
        return None;
      });
      return (self: Value, args: Value[], kw?: KwNames) => void init(self as unknown as PyType, args, kw);
    })(),
    tp_repr: (s) => strConcatAll("Struct(", A.reprStr(ready(s as PyStruct).format), ")"),
  },
  methods: {
    iter_unpack: [
      "buffer, /",
      "An iterator over the structs of a buffer, as tuples.",
      (s: PyStruct, b: Value) => iterUnpack(ready(s), b),
    ],
    pack: [
      "*args",
      "S.pack(v1, v2, ...) -> bytes\n\nThe bytes of the values by the format.",
      (s: PyStruct, args: Value[], kw?: KwNames) => pack(ready(s), plain("pack", args, kw)),
      M_VECTOR | M_NOSIG,
    ],
    pack_into: [
      "*args",
      "S.pack_into(buffer, offset, v1, v2, ...)\n\nWrites the values by the format into a buffer from an offset on.",
      (s: PyStruct, args: Value[], kw?: KwNames) => packInto(ready(s), plain("pack_into", args, kw)),
      M_VECTOR | M_NOSIG,
    ],
    unpack: [
      "buffer, /",
      "The values of a buffer of exactly the struct's size, as a tuple.",
      (s: PyStruct, b: Value) => unpack(ready(s), b),
    ],
    unpack_from: [
      "buffer, offset=0",
      "The values of a buffer from an offset on, as a tuple.",
      (s: PyStruct, b: Value, o?: Value) => unpackFrom(ready(s), b, o),
    ],
    __sizeof__: [
      "",
      "S.__sizeof__() -> size of S in memory, in bytes",
      (s: PyStruct) => 56 + 32 * (ready(s).fields.length + 1),
      M_NOSIG,
    ],
  },
  getset: {
    format: [(s: PyStruct) => ready(s).format, undefined, "struct format string"],
    size: [(s: PyStruct) => s.layout?.size ?? -1, undefined, "struct size in bytes"],
  },
});

export const spec: ModuleSpec = {
  name: "_struct",
  doc:
    "Conversion between Python values and C structs held in bytes.\n\nA format begins with the byte order: @ native with alignment (the default), = native, < little-endian,\n> or ! big-endian. Its codes, each with an optional count, are: x pad byte, c char, b B 1-byte integer,\n? bool, h H 2-byte, i I 4-byte, l L long, q Q 8-byte, n N size, e half, f float, d double, F D complex,\ns string, p string with a length byte, P pointer. Upper case is unsigned. Blanks are ignored.",
  types: { Struct: structType, error: structError },
  functions: {
    _clearcache: ["", "Forgets the formats compiled.", () => {
      cache.clear();
      return None;
    }],
    calcsize: ["format, /", "The size in bytes of a struct.", (_m: Value, f: Value) => layoutOf(f).size],
    iter_unpack: [
      "format, buffer, /",
      "An iterator over the structs of a buffer, as tuples.",
      (_m: Value, f: Value, b: Value) => iterUnpack(layoutOf(f), b),
    ],
    pack: [
      "*args",
      "pack(format, v1, v2, ...) -> bytes\n\nThe bytes of the values by the format.",
      (_m: Value, args: Value[], kw?: KwNames) => {
        plain("_struct.pack", args, kw);
        if (args.length === 0) throw typeError("missing format argument");
        return pack(layoutOf(args[0]), args.slice(1));
      },
      M_VECTOR | M_NOSIG,
    ],
    pack_into: [
      "*args",
      "pack_into(format, buffer, offset, v1, v2, ...)\n\nWrites the values by the format into a buffer from an offset on.",
      (_m: Value, args: Value[], kw?: KwNames) => {
        plain("_struct.pack_into", args, kw);
        if (args.length === 0) throw typeError("missing format argument");
        return packInto(layoutOf(args[0]), args.slice(1));
      },
      M_VECTOR | M_NOSIG,
    ],
    unpack: [
      "format, buffer, /",
      "The values of a buffer of exactly the struct's size, as a tuple.",
      (_m: Value, f: Value, b: Value) => unpack(layoutOf(f), b),
    ],
    unpack_from: [
      "format, /, buffer, offset=0",
      "The values of a buffer from an offset on, as a tuple.",
      (_m: Value, f: Value, b: Value, o?: Value) => unpackFrom(layoutOf(f), b, o),
    ],
  },
};
