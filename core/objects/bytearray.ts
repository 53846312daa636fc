// CPython 3.14: Objects/bytearrayobject.c
//
// The bytes are buf[off : off + n]; the room before and after them makes it cheap to remove bytes
// in front and to add at the end. While somebody has borrowed the buffer (`exports` > 0) the size
// can't change, so the array stays where it is.

import { BytesWarning } from "./exceptions.ts";
import {
  builtinType,
  bytearrayType,
  type CmpOp,
  EQ,
  type KwNames,
  NE,
  None,
  NotImplemented,
  PyObject,
  PySlice,
  PyTuple,
  type PyType,
  setSpec,
  strType,
  typeName,
  typeOf,
  type Value,
} from "./object.ts";
import { bufferError, indexError, memoryError, typeError, valueError } from "./errors.ts";
import { asSsize, callMethod, getIter, hasIndex, isSequence, isStr } from "./abstract.ts";
import { cur } from "./state.ts";
import { reclaimViews } from "./memoryview.ts";
import { builtinNamed } from "./builtin_ref.ts";
import { stateIndex } from "./listiter.ts";
import { subscript } from "./list.ts";
import { emptyTuple } from "./tuple.ts";
import { sliceAdjust, sliceUnpack } from "./slice.ts";
import { bytesOf, hasBuffer, isListOrTuple, plainView } from "./buffer.ts";
import { compareBytes, equalBytes } from "./bytes_search.ts";
import { bytesLiteral, latin1, newArray, repeat } from "./bytes_methods.ts";
import { bytesContains, byteValue, intArg, locked, sharedMethods } from "./bytes_table.ts";
import { bytesFromObject, encodedSource, newBytes, orderResult, sizeArg, sourceArgs, warnStr } from "./bytes.ts";
import { bytesFormat } from "./percent_format.ts";
import { PyBaseException } from "./object.ts";
import { textValue } from "./exceptions_base.ts";

export class PyByteArray extends PyObject {
  buf: Uint8Array;
  off = 0;
  n: number;
  /** How many buffers are lent. */
  exports = 0;
  /** What `__alloc__` tells. */
  alloc: number;
  constructor(b: Uint8Array, cls: PyType = bytearrayType) {
    super(cls);
    this.buf = b;
    this.n = b.length;
    this.alloc = b.length === 0 ? 0 : b.length + 1;
  }
  /** The bytes as they are now; not to be kept while anything else runs. */
  view(): Uint8Array {
    return this.off === 0 && this.n === this.buf.length ? this.buf : this.buf.subarray(this.off, this.off + this.n);
  }
}

function checkResize(o: PyByteArray): void {
  if (o.exports > 0) reclaimViews(o);
  if (o.exports > 0) {
    throw bufferError("Existing exports of data: object cannot be re-sized");
  }
}

/** Changes the size; new bytes at the end are whatever was there. */
function resize(o: PyByteArray, size: number): void {
  if (size === o.n) return;
  checkResize(o);
  // The sizes CPython would allocate, since __alloc__ shows them.
  const alloc = o.alloc, lead = o.off;
  if (size + lead + 1 <= alloc) {
    if (size < alloc / 2) o.alloc = size + 1;
    else {
      setSize(o, size);
      return;
    }
  } else if (size <= alloc * 1.125) {
    o.alloc = size + (size >> 3) + (size < 9 ? 3 : 6);
  } else o.alloc = size + 1;
  setSize(o, size);
}

function setSize(o: PyByteArray, size: number): void {
  if (o.off + size > o.buf.length || size < o.buf.length >> 2) {
    const room = size > o.n ? size + (size >> 2) + 16 : size;
    const buf = newArray(room);
    buf.set(o.buf.subarray(o.off, o.off + Math.min(o.n, size)));
    o.buf = buf;
    o.off = 0;
  }
  o.n = size;
}

/** Replaces bytes lo..hi by `v`. */
function setSlice(
  o: PyByteArray,
  lo: number,
  hi: number,
  v: Uint8Array,
): void {
  const growth = v.length - (hi - lo);
  if (growth !== 0) {
    checkResize(o);
    if (lo === 0 && growth < 0) {
      // what goes in front goes without moving the rest
      o.off -= growth;
      o.n += growth;
      o.alloc = Math.max(o.alloc, 1);
      if (o.n < o.buf.length >> 2) setSize(o, o.n);
    } else if (growth < 0) {
      o.buf.copyWithin(o.off + hi + growth, o.off + hi, o.off + o.n);
      resize(o, o.n + growth);
    } else {
      const n = o.n;
      resize(o, n + growth);
      o.buf.copyWithin(o.off + hi + growth, o.off + hi, o.off + n);
    }
    cur.tick(o.n >> 5);
  }
  o.buf.set(v, o.off + lo);
}

/** Adds bytes at the end. */
export function byteArrayAppend(o: PyByteArray, v: Uint8Array): void {
  if (v.length === 0) return;
  const from = v.buffer === o.buf.buffer ? v.slice() : v;
  const n = o.n;
  resize(o, n + v.length);
  o.buf.set(from, o.off + n);
}

/** Replaces all bytes by a new array, which it takes over. */
function setAll(o: PyByteArray, b: Uint8Array): void {
  if (b.length !== o.n) checkResize(o);
  else if (o.exports > 0) {
    o.buf.set(b, o.off);
    return;
  }
  o.buf = b;
  o.off = 0;
  o.n = b.length;
  o.alloc = b.length === 0 ? o.alloc === 0 ? 0 : 1 : b.length + 1;
}

function bytearrayInit(self: Value, args: Value[], kwnames?: KwNames): void {
  const o = self as PyByteArray;
  const [source, encoding, errors] = sourceArgs("bytearray", args, kwnames);
  if (o.n !== 0) setAll(o, new Uint8Array(0));
  const enc = encodedSource(source, encoding, errors);
  if (enc !== undefined) setAll(o, enc.slice());
  else if (source !== undefined) {
    if (isStr(source)) throw typeError("string argument without an encoding");
    const n = sizeArg(source);
    if (n !== undefined) setAll(o, newArray(n));
    else if (hasBuffer(source) || isListOrTuple(source)) {
      setAll(o, bytesFromObject(source, "bytearray"));
    } else fillFrom(o, source);
  }
}

/** Adds the bytes of an iterable as they come: the iterable may look at what is there. */
function fillFrom(o: PyByteArray, source: Value): void {
  if (typeOf(source).tp_iter === undefined && !isSequence(source)) {
    throw typeError(
      `cannot convert '${typeName(source)}' object to bytearray`,
    );
  }
  const it = getIter(source);
  const next = typeOf(it).tp_iternext!;
  for (let x = next(it); x !== undefined; x = next(it)) {
    const c = byteValue(x), n = o.n;
    resize(o, n + 1);
    o.buf[o.off + n] = c;
    if ((n & 1023) === 1023) cur.tick(1024);
  }
}

function itemAt(o: PyByteArray, k: Value): number {
  let i = subscript(k);
  if (i < 0) i += o.n;
  if (i < 0 || i >= o.n) throw indexError("bytearray index out of range");
  return i;
}

function bytearraySubscript(self: Value, k: Value): Value {
  const o = self as PyByteArray;
  if (hasIndex(k)) return o.buf[o.off + itemAt(o, k)];
  if (!(k instanceof PySlice)) throw badIndex(k);
  const u = sliceUnpack(k);
  const n = sliceAdjust(u, o.n), b = o.view();
  if (u.step === 1) return new PyByteArray(b.slice(u.start, u.start + n));
  const out = new Uint8Array(n);
  for (let i = 0, at = u.start; i < n; i++, at += u.step) out[i] = b[at];
  cur.tick(n >> 3);
  return new PyByteArray(out);
}
function badIndex(k: Value): PyBaseException {
  return typeError(
    `bytearray indices must be integers or slices, not ${typeName(k)}`,
  );
}

/** The right side of a slice assignment as bytes of its own. */
function assigned(o: PyByteArray, v: Value): Uint8Array {
  if (v instanceof PyByteArray) return v === o ? v.view().slice() : v.view();
  if (hasBuffer(v)) return bytesFromObject(v, "bytearray");
  const t = typeOf(v);
  if (
    isStr(v) || hasIndex(v) || t.nb_int !== undefined ||
    t.nb_float !== undefined
  ) {
    throw typeError(
      "can assign only bytes, buffers, or iterables of ints in range(0, 256)",
    );
  }
  return bytesFromObject(v, "bytearray");
}

function bytearrayAssSubscript(
  self: Value,
  k: Value,
  v: Value | undefined,
): void {
  const o = self as PyByteArray;
  if (hasIndex(k)) {
    const i0 = subscript(k);
    const c = v === undefined ? 0 : byteValue(v);
    const i = itemAt(o, i0);
    if (v !== undefined) o.buf[o.off + i] = c;
    else {
      checkResize(o);
      setSlice(o, i, i + 1, new Uint8Array(0));
    }
    return;
  }
  if (!(k instanceof PySlice)) throw badIndex(k);
  const u = sliceUnpack(k);
  const from = v === undefined ? new Uint8Array(0) : assigned(o, v);
  const n = sliceAdjust(u, o.n);
  if (u.step === 1) {
    setSlice(o, u.start, Math.max(u.start, u.stop), from);
    return;
  }
  if (from.length === 0) {
    if (n > 0) deleteStrided(o, u.start, u.step, n);
    return;
  }
  if (from.length !== n) {
    throw valueError(
      `attempt to assign bytes of size ${from.length} to extended slice of size ${n}`,
    );
  }
  for (let i = 0, at = o.off + u.start; i < n; i++, at += u.step) {
    o.buf[at] = from[i];
  }
}

function deleteStrided(
  o: PyByteArray,
  start: number,
  step: number,
  n: number,
): void {
  checkResize(o);
  if (step < 0) {
    start += step * (n - 1);
    step = -step;
  }
  const b = o.view();
  let to = start, next = start, left = n;
  for (let i = start; i < b.length; i++) {
    if (left > 0 && i === next) {
      next += step;
      left--;
    } else b[to++] = b[i];
  }
  resize(o, to);
}

function bytearrayConcat(a: Value, b: Value): Value {
  if (!hasBuffer(a) || !hasBuffer(b)) {
    throw typeError(`can't concat ${typeName(b)} to ${typeName(a)}`);
  }
  const x = bytesOf(a), y = bytesOf(b);
  const out = newArray(x.length + y.length);
  out.set(x);
  out.set(y, x.length);
  cur.tick(out.length >> 4);
  return new PyByteArray(out);
}

function bytearrayCompare(a: Value, b: Value, op: CmpOp): Value {
  if (!hasBuffer(a) || !hasBuffer(b)) {
    if (cur.interp.bytesWarning > 0 && (op === EQ || op === NE) && (typeOf(a) === strType || typeOf(b) === strType)) {
      cur.interp.warn(BytesWarning, "Comparison between bytearray and string", 1);
    }
    return NotImplemented;
  }
  let x: Uint8Array, y: Uint8Array;
  try {
    x = bytesOf(a);
    y = bytesOf(b);
  } catch (e) {
    if (e instanceof PyBaseException) return NotImplemented;
    throw e;
  }
  if (op === EQ || op === NE) return equalBytes(x, y) === (op === EQ);
  return orderResult(compareBytes(x, y), op);
}

function bytearrayRepr(self: Value): Value {
  const o = self as PyByteArray;
  const b = o.view();
  let lit = bytesLiteral(b);
  // a bytearray's repr escapes the apostrophe also between double quotes
  if (lit.charCodeAt(1) === 34) lit = lit.replaceAll("'", "\\'");
  const dot = o.cls.name.lastIndexOf(".");
  return textValue(`${o.cls.name.slice(dot + 1)}(${lit})`);
}

function extend(o: PyByteArray, v: Value): Value {
  if (hasBuffer(v)) {
    const end = o.n;
    const b = v === o ? o.view().slice() : bytesOf(v);
    // lending may have changed the size
    const at = Math.min(end, o.n);
    setSlice(o, at, at, b.buffer === o.buf.buffer ? b.slice() : b);
    return None;
  }
  if (typeOf(v).tp_iter === undefined && !isSequence(v)) {
    throw typeError(`can't extend bytearray with ${typeName(v)}`);
  }
  const it = getIter(v);
  const next = typeOf(it).tp_iternext!;
  const out: number[] = [];
  for (let x = next(it); x !== undefined; x = next(it)) {
    if (!hasIndex(x) && isStr(v)) {
      throw typeError(
        `expected iterable of integers; got: '${typeName(v)}'`,
      );
    }
    out.push(byteValue(x));
    if ((out.length & 1023) === 0) cur.tick(1024);
  }
  byteArrayAppend(o, Uint8Array.from(out));
  return None;
}

function pop(o: PyByteArray, index?: Value): Value {
  let i = index === undefined ? -1 : asSsize(index);
  if (o.n === 0) throw indexError("pop from empty bytearray");
  if (i < 0) i += o.n;
  if (i < 0 || i >= o.n) throw indexError("pop index out of range");
  checkResize(o);
  const c = o.buf[o.off + i];
  const last = o.off + o.n - 1;
  o.buf.copyWithin(o.off + i, o.off + i + 1, last + 1);
  resize(o, o.n - 1);
  return c;
}

function reduce(o: PyByteArray, proto: number): Value {
  const state = o.cls === bytearrayType ? None : callMethod(o, "__getstate__");
  const b = o.view();
  const args: Value[] = proto < 3
    ? o.n === 0 ? [] : [textValue(latin1(b)), "latin-1"]
    : o.n === 0
    ? []
    : [newBytes(b.slice())];
  return new PyTuple([o.cls, new PyTuple(args), state]);
}

/** Iterator of a bytearray; `seq` is undefined after the end. */
export class PyByteArrayIter extends PyObject {
  seq: PyByteArray | undefined;
  i = 0;
  constructor(seq: PyByteArray) {
    super(bytearrayIterType);
    this.seq = seq;
  }
}
export const bytearrayIterType: PyType = builtinType(
  "bytearray_iterator",
  undefined,
  true,
);

setSpec(bytearrayType, {
  doc:
    "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\nbytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\nbytearray(int) -> bytearray of that size, all null\nbytearray() -> empty bytearray\n\nA sequence of ints in range(256) that can be changed.",
  unhashable: true,
  slots: {
    tp_new: (type) => new PyByteArray(new Uint8Array(0), type),
    tp_init: bytearrayInit,
    tp_repr: bytearrayRepr,
    tp_str: (self) => {
      warnStr("bytearray");
      return bytearrayRepr(self);
    },
    tp_richcompare: bytearrayCompare,
    tp_iter: (self) => new PyByteArrayIter(self as PyByteArray),
    nb_remainder: (a, b) =>
      a instanceof PyByteArray ? new PyByteArray(locked(a, () => bytesFormat(a.view(), b, true))) : NotImplemented,
    sq_length: (self) => (self as PyByteArray).n,
    sq_concat: bytearrayConcat,
    sq_repeat: (self, n) => new PyByteArray(repeat((self as PyByteArray).view(), n)),
    sq_item: (self, i) => {
      const o = self as PyByteArray;
      if (i < 0 || i >= o.n) throw indexError("bytearray index out of range");
      return o.buf[o.off + i];
    },
    sq_ass_item: (self, i, v) => bytearrayAssSubscript(self, i, v),
    sq_contains: (self, x) => bytesContains(self as PyByteArray, x),
    sq_inplace_concat: (self, v) => {
      if (!hasBuffer(v)) {
        throw typeError(`can't concat ${typeName(v)} to ${typeName(self)}`);
      }
      byteArrayAppend(self as PyByteArray, bytesOf(v));
      return self;
    },
    sq_inplace_repeat: (self, n) => {
      const o = self as PyByteArray;
      if (n < 0) n = 0;
      if (n !== 1) {
        if (o.n * n !== o.n) checkResize(o);
        setAll(o, repeat(o.view(), n));
      }
      return self;
    },
    mp_length: (self) => (self as PyByteArray).n,
    mp_subscript: bytearraySubscript,
    mp_ass_subscript: bytearrayAssSubscript,
    bf_getbuffer: (self) => {
      const o = self as PyByteArray;
      o.exports++;
      return plainView(self, o.buf, o.off, o.n, false);
    },
    bf_releasebuffer: (self) => {
      (self as PyByteArray).exports--;
    },
  },
  methods: {
    __alloc__: [
      "",
      "How many bytes are allocated.",
      (o: PyByteArray): Value => o.alloc,
    ],
    __reduce__: [
      "",
      "State for pickling.",
      (o: PyByteArray): Value => reduce(o, 2),
    ],
    __reduce_ex__: [
      "proto=0, /",
      "State for pickling.",
      (o: PyByteArray, proto?: Value): Value => reduce(o, proto === undefined ? 0 : intArg(proto)),
    ],
    __sizeof__: [
      "",
      "Size in memory, in bytes.",
      (o: PyByteArray): Value => 56 + o.alloc,
    ],
    append: [
      "item, /",
      "Adds a byte at the end.",
      (o: PyByteArray, v: Value): Value => {
        const c = byteValue(v), n = o.n;
        resize(o, n + 1);
        o.buf[o.off + n] = c;
        return None;
      },
    ],
    clear: ["", "Removes all bytes.", (o: PyByteArray): Value => {
      if (o.n > 0) setAll(o, new Uint8Array(0));
      return None;
    }],
    copy: [
      "",
      "A copy.",
      (o: PyByteArray): Value => new PyByteArray(o.view().slice()),
    ],
    extend: ["iterable_of_ints, /", "Adds bytes at the end.", extend],
    insert: [
      "index, item, /",
      "Puts a byte before index.",
      (o: PyByteArray, index: Value, item: Value): Value => {
        let i = asSsize(index);
        const c = byteValue(item), n = o.n;
        resize(o, n + 1);
        if (i < 0) i = Math.max(0, i + n);
        else if (i > n) i = n;
        const at = o.off + i;
        o.buf.copyWithin(at + 1, at, o.off + n);
        o.buf[at] = c;
        return None;
      },
    ],
    pop: [
      "index=-1, /",
      "Removes the byte at index (the last one by default) and returns it.",
      pop,
    ],
    remove: [
      "value, /",
      "Removes the first such byte.",
      (o: PyByteArray, v: Value): Value => {
        const c = byteValue(v);
        const i = o.view().indexOf(c);
        if (i < 0) throw valueError("value not found in bytearray");
        checkResize(o);
        const at = o.off + i;
        o.buf.copyWithin(at, at + 1, o.off + o.n);
        resize(o, o.n - 1);
        return None;
      },
    ],
    resize: [
      "size, /",
      "Changes the length; new bytes are null.",
      (o: PyByteArray, size: Value): Value => {
        const n = asSsize(size), old = o.n;
        if (n < 0) {
          throw valueError(`Can only resize to positive sizes, got ${n}`);
        }
        if (n > 2 ** 40) throw memoryError();
        resize(o, n);
        if (n > old) o.buf.fill(0, o.off + old, o.off + n);
        return None;
      },
    ],
    reverse: ["", "Reverses the order in place.", (o: PyByteArray): Value => {
      o.view().reverse();
      return None;
    }],
    ...sharedMethods(true),
  },
});

setSpec(bytearrayIterType, {
  slots: {
    tp_iter: (self) => self,
    tp_iternext: (self) => {
      const it = self as PyByteArrayIter, seq = it.seq;
      if (seq === undefined) return undefined;
      if (it.i < seq.n) return seq.buf[seq.off + it.i++];
      it.seq = undefined;
      return undefined;
    },
  },
  methods: {
    __length_hint__: [
      "",
      "How many items are left.",
      (it: PyByteArrayIter) => it.seq === undefined ? 0 : Math.max(0, it.seq.n - it.i),
    ],
    __reduce__: ["", "State for pickling.", (it: PyByteArrayIter): Value => {
      const f = builtinNamed("iter");
      return it.seq === undefined
        ? new PyTuple([f, new PyTuple([emptyTuple])])
        : new PyTuple([f, new PyTuple([it.seq]), it.i]);
    }],
    __setstate__: ["object, /", "Sets the position.", (
      it: PyByteArrayIter,
      state: Value,
    ): Value => {
      const i = stateIndex(state);
      if (it.seq !== undefined) it.i = i < 0 ? 0 : Math.min(i, it.seq.n);
      return None;
    }],
  },
});
