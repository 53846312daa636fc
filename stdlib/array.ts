// CPython 3.14: Modules/arraymodule.c
//
// array.array: items of one C type in memory of its own. `bytes` is the memory, with room behind the
// `n` items; `view` reads and writes it by way of the typecode's row (array_items.ts), always
// little-endian. While somebody has borrowed the memory (`exports`) the size cannot change.

import {
  type BufferView,
  builtinType,
  type CmpOp,
  EQ,
  type Int,
  type KwNames,
  M_CLASS,
  NE,
  None,
  NotImplemented,
  objectType,
  PyBytes,
  PyList,
  PyObject,
  PySlice,
  PyTuple,
  PyType,
  setSpec,
  type Str,
  TF_SEQUENCE,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import {
  asIndex,
  asSsize,
  call1,
  callMethod,
  equals,
  getAttr,
  getIter,
  hasIndex,
  isInt,
  isStr,
  iterNext,
  lookupAttr,
  reprStr,
  richCompare,
  richCompareBool,
  strValue,
} from "../core/objects/abstract.ts";
import { bufferError, eofError, indexError, memoryError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { shortName } from "../core/objects/exceptions_base.ts";
import { bytesOf, hasBuffer } from "../core/objects/buffer.ts";
import { builtinNamed } from "../core/objects/builtin_ref.ts";
import { PyByteArray } from "../core/objects/bytearray.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import { boundArg, subscript } from "../core/objects/list.ts";
import { stateIndex } from "../core/objects/listiter.ts";
import { reclaimViews } from "../core/objects/memoryview.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { joinStrs } from "../core/objects/repr_guard.ts";
import { sliceAdjust, sliceUnpack } from "../core/objects/slice.ts";
import { cur } from "../core/objects/state.ts";
import { strCodeAt, strLen } from "../core/objects/str_ops.ts";
import { fromCodePoints } from "../core/objects/str_wide.ts";
import { bytesToInt } from "../core/objects/int_convert.ts";
import { PyFloat } from "../core/objects/object.ts";
import { decodeUtf16, decodeUtf32 } from "../core/text/codec_utf16.ts";
import { ITEM_CODES, type ItemCode, itemCode, MACHINE_FORMATS } from "./array_items.ts";
import { addressAt, blockOf } from "./_ctypes_memory.ts";
import { noKeywords } from "./native_new.ts";

const arrayType: PyType = builtinType("array.array");
const arrayIterType: PyType = builtinType("array.arrayiterator", undefined, true);

const MAX_BYTES = 2 ** 31;

/** An array. */
export class PyArray extends PyObject {
  readonly code: ItemCode;
  bytes = new Uint8Array(0);
  view = new DataView(this.bytes.buffer);
  n = 0;
  exports = 0;
  constructor(cls: PyType, code: ItemCode) {
    super(cls);
    this.code = code;
  }
  get(i: number): Value {
    return this.code.get(this.view, i * this.code.size);
  }
  put(i: number, v: number | bigint): void {
    this.code.put(this.view, i * this.code.size, v);
  }
  /** The bytes of the items. */
  used(): Uint8Array {
    return this.bytes.subarray(0, this.n * this.code.size);
  }
  checkResize(): void {
    if (this.exports > 0) reclaimViews(this);
    if (this.exports > 0) throw bufferError("cannot resize an array that is exporting buffers");
  }
  /** Changes the number of items; new ones are 0 or whatever was there. */
  resize(n: number): void {
    if (n !== this.n) this.checkResize();
    const need = n * this.code.size;
    if (need > this.bytes.length) {
      if (need > MAX_BYTES) throw memoryError();
      const bytes = new Uint8Array(n < 8 ? need : Math.floor(need * 1.125) + 64);
      bytes.set(this.used());
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer);
    } else if (need * 4 < this.bytes.length && this.bytes.length > 1024) {
      this.bytes = this.bytes.slice(0, need);
      this.view = new DataView(this.bytes.buffer);
    }
    this.n = n;
  }
  append(v: Value): void {
    const x = this.code.check(v);
    this.resize(this.n + 1);
    this.put(this.n - 1, x);
  }
  /** Puts the bytes of `from` in the place of items lo..hi. */
  replace(lo: number, hi: number, from: Uint8Array): void {
    const size = this.code.size, count = from.length / size, n = this.n;
    if (count !== hi - lo) {
      this.checkResize();
      if (count > hi - lo) this.resize(n + count - (hi - lo));
      this.bytes.copyWithin((lo + count) * size, hi * size, n * size);
      if (count < hi - lo) this.resize(n + count - (hi - lo));
    }
    this.bytes.set(from, lo * size);
  }
}

function newArray(cls: PyType, code: ItemCode, n = 0): PyArray {
  const a = new PyArray(cls, code);
  if (n > 0) a.resize(n);
  return a;
}
function fromBytes(code: ItemCode, bytes: Uint8Array): PyArray {
  const a = newArray(arrayType, code, bytes.length / code.size);
  a.bytes.set(bytes);
  return a;
}

// ---- making --------------------------------------------------------------------------------

function isText(c: ItemCode): boolean {
  return c.code === "u" || c.code === "w";
}

function addText(a: PyArray, s: Str): void {
  const n = strLen(s), at = a.n;
  a.resize(at + n);
  for (let i = 0; i < n; i++) a.put(at + i, strCodeAt(s, i));
}

function addBytes(a: PyArray, b: Uint8Array): void {
  const size = a.code.size;
  if (b.length % size !== 0) throw valueError("bytes length not a multiple of item size");
  const n = a.n;
  a.resize(n + b.length / size);
  a.bytes.set(b, n * size);
}

function extendIter(a: PyArray, iterable: Value): void {
  const it = getIter(iterable);
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    a.append(v);
    cur.tick(1);
  }
}

function extend(a: PyArray, other: Value): Value {
  if (!(other instanceof PyArray)) {
    extendIter(a, other);
    return None;
  }
  if (other.code !== a.code) throw typeError("can only extend with array of same kind");
  const from = other.used().slice(), n = a.n;
  a.resize(n + other.n);
  a.bytes.set(from, n * a.code.size);
  return None;
}

function badTypecode(): never {
  throw valueError("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)");
}

function arrayNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const nkw = kwnames?.length ?? 0;
  if (type.tp_init === objectType.tp_init) noKeywords("array.array", kwnames);
  const n = args.length - nkw;
  if (n < 1) throw typeError("array() takes at least 1 argument (0 given)");
  if (n > 2) throw typeError(`array() takes at most 2 arguments (${n} given)`);
  const c = args[0];
  if (!isStr(c)) {
    throw typeError(`array() argument 1 must be a unicode character, not ${c === None ? "None" : typeName(c)}`);
  }
  const s = strValue(c);
  if (strLen(s) !== 1) {
    throw typeError(`array() argument 1 must be a unicode character, not a string of length ${strLen(s)}`);
  }
  const code = typeof s === "string" ? itemCode(s) : undefined;
  if (s === "u") {
    cur.interp.warn(X.DeprecationWarning, "The 'u' type code is deprecated and will be removed in Python 3.16", 1);
  }
  const init = args[1];
  if (n > 1 && code !== undefined && !isText(code)) {
    if (isStr(init)) throw typeError(`cannot use a str to initialize an array with typecode '${s}'`);
    if (init instanceof PyArray && isText(init.code)) {
      throw typeError(`cannot use a unicode array to initialize an array with typecode '${s}'`);
    }
  }
  if (code === undefined) badTypecode();
  const a = newArray(type, code);
  if (n === 1) return a;
  if (init instanceof PyBytes || init instanceof PyByteArray) addBytes(a, bytesOf(init));
  else if (isStr(init)) addText(a, strValue(init));
  else if (init instanceof PyArray && init.code === code) addBytes(a, init.used());
  else extendIter(a, init);
  return a;
}

// ---- reading -------------------------------------------------------------------------------

function findItem(a: PyArray, v: Value, lo = 0, hi = Infinity): number {
  for (let i = lo; i < a.n && i < hi; i++) {
    if (equals(a.get(i), v)) return i;
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  return -1;
}

function text(a: PyArray): Str {
  if (a.code.code === "w") return decodeUtf32(a.used(), undefined, -1).text;
  const cps = new Uint32Array(a.n);
  for (let i = 0; i < a.n; i++) {
    const c = a.view.getUint32(4 * i, true);
    if (c > 0x10ffff) throw valueError(`character U+${c.toString(16)} is not in range [U+0000; U+10ffff]`);
    cps[i] = c;
  }
  return fromCodePoints(cps);
}

function toList(a: PyArray): PyList {
  const out: Value[] = [];
  for (let i = 0; i < a.n; i++) {
    out.push(a.get(i));
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  return new PyList(out);
}

function repr(self: Value): Str {
  const a = self as PyArray;
  const head = `${shortName(a.cls)}('${a.code.code}'`;
  if (a.n === 0) return head + ")";
  return joinStrs([head, ", ", reprStr(isText(a.code) ? text(a) : toList(a)), ")"]);
}

function compare(x: Value, y: Value, op: CmpOp): Value {
  if (!(x instanceof PyArray) || !(y instanceof PyArray)) return NotImplemented;
  if (x.n !== y.n && (op === EQ || op === NE)) return op === NE;
  let i = 0;
  for (; i < x.n && i < y.n; i++) {
    const a = x.get(i), b = y.get(i);
    if (a !== b && !richCompareBool(a, b, EQ)) {
      if (op === EQ) return false;
      if (op === NE) return true;
      return richCompare(a, b, op);
    }
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  return richCompare(x.n, y.n, op);
}

// ---- items and slices ----------------------------------------------------------------------

function itemIndex(a: PyArray, key: Value, what: string): number {
  let i = subscript(key);
  if (i < 0) i += a.n;
  if (i < 0 || i >= a.n) throw indexError(`${what} index out of range`);
  return i;
}

function getSubscript(self: Value, key: Value): Value {
  const a = self as PyArray;
  if (hasIndex(key)) return a.get(itemIndex(a, key, "array"));
  if (!(key instanceof PySlice)) throw typeError("array indices must be integers");
  const u = sliceUnpack(key);
  sliceAdjust(u, a.n);
  const size = a.code.size;
  if (u.step === 1) return fromBytes(a.code, a.bytes.subarray(u.start * size, (u.start + u.length) * size));
  const r = newArray(arrayType, a.code, u.length);
  for (let i = 0, at = u.start; i < u.length; i++, at += u.step) {
    r.bytes.set(a.bytes.subarray(at * size, (at + 1) * size), i * size);
  }
  return r;
}

function setSubscript(self: Value, key: Value, value: Value | undefined): void {
  const a = self as PyArray, size = a.code.size;
  if (hasIndex(key)) {
    const i = itemIndex(a, key, "array assignment");
    if (value === undefined) a.replace(i, i + 1, new Uint8Array(0));
    else {
      const x = a.code.check(value);
      // converting the value may have shrunk the array
      if (i >= a.n) throw indexError("array assignment index out of range");
      a.put(i, x);
    }
    return;
  }
  if (!(key instanceof PySlice)) throw typeError("array indices must be integers");
  const u = sliceUnpack(key);
  let from = new Uint8Array(0);
  if (value !== undefined) {
    if (!(value instanceof PyArray)) {
      throw typeError(`can only assign array (not "${typeName(value)}") to array slice`);
    }
    if (value.code !== a.code) throw typeError("bad argument type for built-in operation");
    from = value.used().slice();
  }
  sliceAdjust(u, a.n);
  let start = u.start;
  const { step, length } = u, count = from.length / size;
  if (step === 1) {
    if (count !== length) a.checkResize();
    a.replace(start, start + length, from);
    return;
  }
  if (value === undefined) {
    if (length === 0) return;
    a.checkResize();
    // delete from the back
    const first = step < 0 ? start + (length - 1) * step : start, by = Math.abs(step);
    for (let i = length - 1; i >= 0; i--) a.replace(first + i * by, first + i * by + 1, from);
    return;
  }
  if (count !== length) {
    throw valueError(`attempt to assign array of size ${count} to extended slice of size ${length}`);
  }
  for (let i = 0; i < length; i++, start += step) a.bytes.set(from.subarray(i * size, (i + 1) * size), start * size);
}

function repeatBytes(b: Uint8Array, n: number): Uint8Array {
  if (n <= 0 || b.length === 0) return new Uint8Array(0);
  if (b.length * n > MAX_BYTES) throw memoryError();
  const out = new Uint8Array(b.length * n);
  for (let i = 0; i < n; i++) out.set(b, i * b.length);
  return out;
}

// ---- methods -------------------------------------------------------------------------------

function insert(a: PyArray, at: Value, v: Value): Value {
  let i = asSsize(at);
  const x = a.code.check(v);
  const n = a.n;
  if (i < 0) i = Math.max(0, i + n);
  if (i > n) i = n;
  const size = a.code.size;
  a.resize(n + 1);
  a.bytes.copyWithin((i + 1) * size, i * size, n * size);
  a.put(i, x);
  return None;
}

function pop(a: PyArray, at: Value = -1): Value {
  let i = asSsize(at);
  if (a.n === 0) throw indexError("pop from empty array");
  if (i < 0) i += a.n;
  if (i < 0 || i >= a.n) throw indexError("pop index out of range");
  const v = a.get(i);
  a.replace(i, i + 1, new Uint8Array(0));
  return v;
}

function fromList(a: PyArray, list: Value): Value {
  if (!(list instanceof PyList)) throw typeError("arg must be list");
  const n = list.items.length, old = a.n;
  if (n === 0) return None;
  a.resize(old + n);
  try {
    for (let i = 0; i < n; i++) {
      const x = a.code.check(list.items[i]);
      if (list.items.length !== n) throw newRuntime("list changed size during iteration");
      a.put(old + i, x);
    }
  } catch (e) {
    a.resize(old);
    throw e;
  }
  return None;
}
function newRuntime(msg: string): PyObject {
  return X.makeException(X.RuntimeError, new PyTuple([msg]));
}

function fromFile(a: PyArray, f: Value, count: Value): Value {
  const n = asSsize(count);
  if (n < 0) throw valueError("negative count");
  const want = n * a.code.size;
  const b = callMethod(f, "read", want);
  if (!(b instanceof PyBytes)) throw typeError("read() didn't return bytes");
  addBytes(a, b.b.slice(0));
  if (b.b.length !== want) throw eofError("read() didn't return enough bytes");
  return None;
}

function byteswap(a: PyArray): Value {
  const size = a.code.size, b = a.used();
  for (let i = 0; i < b.length; i += size) b.subarray(i, i + size).reverse();
  return None;
}

function reduce(a: PyArray, protocol: Value): Value {
  if (!isInt(protocol)) throw typeError("__reduce_ex__ argument should be an integer");
  const p = asIndex(protocol);
  const dict = lookupAttr(a, "__dict__") ?? None;
  const rec = a.code.machine;
  if (p < 3) {
    const args = new PyTuple([a.code.code, toList(a)]);
    return new PyTuple([a.cls, args, dict]);
  }
  const make = getAttr(cur.interp.importModule("array"), "_array_reconstructor");
  return new PyTuple([make, new PyTuple([a.cls, a.code.code, rec, new PyBytes(a.used().slice())]), dict]);
}

function isSigned(c: ItemCode): boolean {
  return c.code === c.code.toLowerCase();
}

function reconstruct(_m: Value, type: Value, typecode: Value, format: Value, items: Value): Value {
  if (!(type instanceof PyType)) throw typeError(`first argument must be a type object, not ${typeName(type)}`);
  if (!type.mro.includes(arrayType)) throw typeError(`${type.name} is not a subtype of array.array`);
  const code = itemCode(isStr(typecode) ? String(strValue(typecode)) : "");
  if (code === undefined) throw valueError("second argument must be a valid type code");
  const f = Number(asSsize(format));
  if (f < 0 || f > 21) throw valueError("third argument must be a valid machine format code.");
  if (!(items instanceof PyBytes)) throw typeError(`fourth argument should be bytes, not ${typeName(items)}`);
  const b = items.b;
  const make = (c: ItemCode, init: Value): Value => arrayType.tp_new!(type, [c.code, init]);
  if (code.machine === f) return make(code, items);
  const m = MACHINE_FORMATS[f];
  const size = m.kind === "utf16" ? 2 : m.kind === "utf32" ? 4 : m.size;
  if (b.length % size !== 0) throw valueError("string length not a multiple of item size");
  const d = new DataView(b.buffer, b.byteOffset, b.byteLength);
  const out: Value[] = [];
  let to = code;
  if (m.kind === "int") {
    for (const c of ITEM_CODES) if (c.isInt && c.size === m.size && isSigned(c) === m.signed) to = c;
    for (let i = 0; i < b.length; i += size) out.push(bytesToInt(b.subarray(i, i + size), !m.big, m.signed) as Int);
  } else if (m.kind === "float") {
    for (let i = 0; i < b.length; i += size) {
      out.push(new PyFloat(size === 4 ? d.getFloat32(i, !m.big) : d.getFloat64(i, !m.big)));
    }
  } else {
    if (m.kind === "utf16") {
      return make(code, decodeUtf16(b, undefined, m.big ? 1 : -1).text);
    }
    const cps = new Uint32Array(b.length / 4);
    for (let i = 0; i < cps.length; i++) cps[i] = d.getUint32(4 * i, !m.big);
    return make(code, fromCodePoints(cps));
  }
  return make(to, new PyList(out));
}

// ---- the types -----------------------------------------------------------------------------

class PyArrayIter extends PyObject {
  a: PyArray | undefined;
  i = 0;
  constructor(a: PyArray) {
    super(arrayIterType);
    this.a = a;
  }
}
setSpec(arrayIterType, {
  slots: {
    tp_iter: (it) => it,
    tp_iternext: (self) => {
      const it = self as PyArrayIter, a = it.a;
      if (a === undefined) return undefined;
      if (it.i < a.n) return a.get(it.i++);
      it.a = undefined;
      return undefined;
    },
  },
  methods: {
    __reduce__: ["", "Return state information for pickling.", (it: PyArrayIter) => {
      const iter = builtinNamed("iter");
      if (it.a === undefined) return new PyTuple([iter, new PyTuple([new PyTuple([])])]);
      return new PyTuple([iter, new PyTuple([it.a]), it.i]);
    }],
    __setstate__: ["state, /", "Set state information for unpickling.", (it: PyArrayIter, state: Value) => {
      const i = stateIndex(state);
      if (it.a !== undefined) it.i = Math.max(0, Math.min(i, it.a.n));
      return None;
    }],
  },
});

function getBuffer(self: Value, _flags: number): BufferView {
  const a = self as PyArray;
  a.exports++;
  const size = a.code.size;
  return {
    obj: a,
    data: a.bytes,
    offset: 0,
    len: a.n * size,
    itemsize: size,
    format: a.code.format,
    ndim: 1,
    shape: [a.n],
    strides: [size],
    readonly: false,
  };
}

function copy(a: PyArray): PyArray {
  return fromBytes(a.code, a.used());
}

arrayType.flags |= TF_SEQUENCE;
arrayType.hasWeakref = true;
setSpec(arrayType, {
  doc: "array(typecode [, initializer]) -> array\n\n" +
    "Return a new array whose items are restricted by typecode, and\n" +
    "initialized from the optional initializer value, which must be a list,\n" +
    "string or iterable over elements of the appropriate type.\n\n" +
    "Typecodes: b, h, i, l, q are signed C integers of 1, 2, 4, 8, 8 bytes, B, H, I, L, Q unsigned ones,\n" +
    "f and d floating point numbers of 4 and 8 bytes, u and w Unicode characters (4 bytes).\n",
  unhashable: true,
  slots: {
    tp_new: arrayNew,
    tp_repr: repr,
    tp_richcompare: compare,
    tp_iter: (a) => new PyArrayIter(a as PyArray),
    sq_length: (a) => (a as PyArray).n,
    sq_concat: (self, other) => {
      const a = self as PyArray;
      if (!(other instanceof PyArray)) throw typeError(`can only append array (not "${typeName(other)}") to array`);
      if (other.code !== a.code) throw typeError("bad argument type for built-in operation");
      const r = copy(a);
      extend(r, other);
      return r;
    },
    sq_repeat: (a, n) => fromBytes((a as PyArray).code, repeatBytes((a as PyArray).used(), n)),
    sq_item: (self, i) => {
      const a = self as PyArray;
      if (i < 0 || i >= a.n) throw indexError("array index out of range");
      return a.get(i);
    },
    sq_contains: (a, v) => findItem(a as PyArray, v) >= 0,
    sq_inplace_concat: (self, other) => {
      if (!(other instanceof PyArray)) {
        throw typeError(`can only extend with array (not "${typeName(other)}")`);
      }
      extend(self as PyArray, other);
      return self;
    },
    sq_inplace_repeat: (self, n) => {
      const a = self as PyArray;
      if (n < 0) n = 0;
      if (a.n > 0 && n !== 1) a.replace(0, a.n, repeatBytes(a.used(), n));
      return a;
    },
    mp_length: (a) => (a as PyArray).n,
    mp_subscript: getSubscript,
    mp_ass_subscript: setSubscript,
    bf_getbuffer: getBuffer,
    bf_releasebuffer: (a) => {
      (a as PyArray).exports--;
    },
  },
  methods: {
    append: ["v, /", "Append new value v to the end of the array.", (a: PyArray, v: Value) => {
      a.append(v);
      return None;
    }],
    buffer_info: [
      "",
      "Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents.",
      (a: PyArray) => new PyTuple([addressAt(blockOf(a.bytes), 0), a.n]),
    ],
    byteswap: [
      "",
      "Byteswap all items of the array.\n\nIf the items in the array are not 1, 2, 4, or 8 bytes in size, RuntimeError is raised.",
      byteswap,
    ],
    clear: ["", "Remove all items from the array.", (a: PyArray) => {
      a.resize(0);
      return None;
    }],
    count: ["v, /", "Return number of occurrences of v in the array.", (a: PyArray, v: Value) => {
      let n = 0;
      for (let i = 0; i < a.n; i++) {
        if (equals(a.get(i), v)) n++;
        if ((i & 1023) === 1023) cur.tick(1024);
      }
      return n;
    }],
    extend: ["bb, /", "Append items to the end of the array.", extend],
    frombytes: [
      "buffer, /",
      "Appends items from the string, interpreting it as an array of machine values, as if it had been read from a file using the fromfile() method.",
      (a: PyArray, b: Value) => {
        if (!hasBuffer(b)) throw typeError(`a bytes-like object is required, not '${typeName(b)}'`);
        addBytes(a, bytesOf(b).slice());
        return None;
      },
    ],
    fromfile: [
      "f, n, /",
      "Read n objects from the file object f and append them to the end of the array.",
      (a: PyArray, args: Value[], kw?: KwNames) => {
        if (kw !== undefined && kw.length > 0) throw typeError("array.array.fromfile() takes no keyword arguments");
        if (args.length !== 2) {
          throw typeError(`fromfile() takes exactly 2 positional arguments (${args.length} given)`);
        }
        return fromFile(a, args[0], args[1]);
      },
      32,
    ],
    fromlist: ["list, /", "Append items to array from list.", fromList],
    fromunicode: [
      "ustr, /",
      "Extends this array with data from the unicode string ustr.\n\nThe array must be a unicode type array; otherwise a ValueError is raised.",
      (a: PyArray, s: Value) => {
        if (!isStr(s)) throw typeError(`fromunicode() argument must be str, not ${s === None ? "None" : typeName(s)}`);
        if (!isText(a.code)) throw valueError("fromunicode() may only be called on unicode type arrays ('u' or 'w')");
        addText(a, strValue(s));
        return None;
      },
    ],
    index: [
      "v, start=0, stop=sys.maxsize, /",
      "Return index of first occurrence of v in the array.\n\nRaise ValueError if the value is not present.",
      (a: PyArray, v: Value, start: Value = 0, stop?: Value) => {
        let lo = boundArg(start), hi = stop === undefined ? Infinity : boundArg(stop);
        if (lo < 0) lo = Math.max(0, lo + a.n);
        if (hi < 0) hi += a.n;
        const i = findItem(a, v, lo, hi);
        if (i < 0) throw valueError("array.index(x): x not in array");
        return i;
      },
    ],
    insert: ["i, v, /", "Insert a new item v into the array before position i.", insert],
    pop: ["i=-1, /", "Return the i-th element and delete it from the array.\n\ni defaults to -1.", pop],
    remove: ["v, /", "Remove the first occurrence of v in the array.", (a: PyArray, v: Value) => {
      const i = findItem(a, v);
      if (i < 0) throw valueError("array.remove(x): x not in array");
      a.replace(i, i + 1, new Uint8Array(0));
      return None;
    }],
    reverse: ["", "Reverse the order of the items in the array.", (a: PyArray) => {
      const size = a.code.size;
      a.used().reverse();
      if (size > 1) byteswap(a);
      return None;
    }],
    tobytes: [
      "",
      "Convert the array to an array of machine values and return the bytes representation.",
      (a: PyArray) => new PyBytes(a.used().slice()),
    ],
    tofile: ["f, /", "Write all items (as machine values) to the file object f.", (a: PyArray, f: Value) => {
      const write = getAttr(f, "write");
      const b = a.used();
      for (let i = 0; i < b.length; i += 65536) call1(write, new PyBytes(b.slice(i, i + 65536)));
      return None;
    }],
    tolist: ["", "Convert array to an ordinary list with the same items.", toList],
    tounicode: [
      "",
      "Extends this array with data from the unicode string ustr.\n\nThe array must be a unicode type array; otherwise a ValueError is raised.",
      (a: PyArray) => {
        if (!isText(a.code)) throw valueError("tounicode() may only be called on unicode type arrays ('u' or 'w')");
        return text(a);
      },
    ],
    __copy__: ["", "Return a copy of the array.", copy],
    __deepcopy__: ["unused, /", "Return a copy of the array.", copy],
    __reduce_ex__: ["value, /", "Return state information for pickling.", reduce],
    __sizeof__: ["", "Size of the array in memory, in bytes.", (a: PyArray) => 64 + allocated(a) * a.code.size],
    __class_getitem__: ["object, /", "See PEP 585", (cls: PyType, item: Value) => genericAlias(cls, item), M_CLASS],
  },
  getset: {
    typecode: [(a: PyArray) => a.code.code, undefined, "the typecode character used to create the array"],
    itemsize: [(a: PyArray) => a.code.size, undefined, "the size, in bytes, of one array item"],
  },
});
/** Items that the memory holds. */
function allocated(a: PyArray): number {
  return Math.floor(a.bytes.length / a.code.size);
}

export const spec: ModuleSpec = {
  name: "array",
  doc: "This module defines an object type which can efficiently represent\n" +
    "an array of basic values: characters, integers, floating-point\nnumbers. Arrays are sequence types.",
  functions: {
    _array_reconstructor: [
      "arraytype, typecode, mformat_code, items, /",
      "Internal. Used for pickling support.",
      reconstruct,
    ],
  },
  types: { array: arrayType, ArrayType: arrayType },
  constants: { typecodes: ITEM_CODES.map((c) => c.code).join("") },
  exec: () => {
    const abc = cur.interp.importModule("collections.abc");
    callMethod(getAttr(abc, "MutableSequence"), "register", arrayType);
  },
};
