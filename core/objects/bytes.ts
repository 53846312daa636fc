// CPython 3.14: Objects/bytesobject.c
//
// A bytes holds a Uint8Array that nobody changes and that is exactly as long as it. The empty
// bytes and those of length one are shared objects, as in CPython, where `is` shows it.

import { BytesWarning } from "./exceptions.ts";
import {
  builtinType,
  bytesType,
  type CmpOp,
  EQ,
  intType,
  type KwNames,
  None,
  NotImplemented,
  PyBytes,
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
import { indexError, memoryError, overflowError, typeError, valueError } from "./errors.ts";
import { asIndex, call0, getIter, hasIndex, isStr, lookupSpecial } from "./abstract.ts";
import * as X from "./exceptions.ts";
import { isSubtype, PyBaseException } from "./object.ts";
import { hashBytes } from "./hash.ts";
import { cur } from "./state.ts";
import { builtinNamed } from "./builtin_ref.ts";
import { stateIndex } from "./listiter.ts";
import { subscript } from "./list.ts";
import { emptyTuple } from "./tuple.ts";
import { sliceIndices } from "./slice.ts";
import { BUF_WRITABLE, copyBytes, hasBuffer, isListOrTuple, plainView } from "./buffer.ts";
import { bytesOf } from "./buffer.ts";
import { bufferError } from "./errors.ts";
import { compareBytes } from "./bytes_search.ts";
import { bytesLiteral, newArray, repeat } from "./bytes_methods.ts";
import { bytesContains, byteValue, sharedMethods } from "./bytes_table.ts";
import { encodeText, textArg } from "./bytes_codec.ts";
import { bytesFormat } from "./percent_format.ts";

/** The empty bytes. */
export const emptyBytes: PyBytes = new PyBytes(new Uint8Array(0));
const SINGLE: (PyBytes | undefined)[] = [];

/** An exact bytes that takes over `b`. */
export function newBytes(b: Uint8Array): PyBytes {
  if (b.length > 1) return new PyBytes(b);
  if (b.length === 0) return emptyBytes;
  return SINGLE[b[0]] ??= new PyBytes(b);
}

/** Iterator of a bytes; `seq` is undefined after the end. */
export class PyBytesIter extends PyObject {
  seq: PyBytes | undefined;
  i = 0;
  constructor(seq: PyBytes) {
    super(bytesIterType);
    this.seq = seq;
  }
}
export const bytesIterType: PyType = builtinType(
  "bytes_iterator",
  undefined,
  true,
);

/** The arguments `(source, encoding, errors)` of bytes and bytearray. */
export function sourceArgs(
  name: string,
  args: Value[],
  kwnames: KwNames | undefined,
): [Value | undefined, string | undefined, string | undefined] {
  const total = args.length;
  const nkw = kwnames === undefined ? 0 : kwnames.length;
  if (total > 3) {
    throw typeError(`${name}() takes at most 3 arguments (${total} given)`);
  }
  const names = ["source", "encoding", "errors"];
  const out: (Value | undefined)[] = args.slice(0, total - nkw);
  for (let i = 0; i < nkw; i++) {
    const at = names.indexOf(kwnames![i]);
    if (at < 0) {
      throw typeError(
        `${name}() got an unexpected keyword argument '${kwnames![i]}'`,
      );
    }
    if (out[at] !== undefined) {
      throw typeError(
        `argument for ${name}() given by name ('${names[at]}') and position (${at + 1})`,
      );
    }
    out[at] = args[total - nkw + i];
  }
  return [
    out[0],
    textArg(out[1], name, "encoding"),
    textArg(out[2], name, "errors"),
  ];
}

/** Bytes of a str argument that comes with an encoding; undefined if the source is no str. */
export function encodedSource(
  source: Value | undefined,
  encoding: string | undefined,
  errors: string | undefined,
): Uint8Array | undefined {
  if (encoding !== undefined) {
    if (source === undefined || !isStr(source)) {
      throw typeError("encoding without a string argument");
    }
    return encodeText(source, encoding, errors);
  }
  if (errors !== undefined) {
    throw typeError(
      source !== undefined && isStr(source)
        ? "string argument without an encoding"
        : "errors without a string argument",
    );
  }
  return undefined;
}

/** The size that an int argument asks for; undefined if it is no int. */
export function sizeArg(v: Value): number | undefined {
  if (!hasIndex(v)) return undefined;
  let n: number | bigint;
  try {
    n = asIndex(v);
  } catch (e) {
    if (e instanceof PyBaseException && isSubtype(e.cls, X.TypeError)) {
      return undefined;
    }
    throw e;
  }
  if (typeof n === "bigint" && (n >= 1n << 63n || n < -(1n << 63n))) {
    throw overflowError(
      `cannot fit '${typeName(v)}' into an index-sized integer`,
    );
  }
  if (n < 0) throw valueError("negative count");
  if (typeof n === "bigint") throw memoryError();
  return n;
}

/** Bytes from an iterable of ints, or from a buffer. */
export function bytesFromObject(
  v: Value,
  kind: "bytes" | "bytearray",
): Uint8Array {
  if (hasBuffer(v)) return copyBytes(v);
  const msg = kind === "bytes" ? "bytes must be in range(0, 256)" : "byte must be in range(0, 256)";
  if (isStr(v)) throw cannotConvert(v, kind);
  if (isListOrTuple(v) && (v.cls.name === "list" || v.cls.name === "tuple")) {
    const out: number[] = [];
    for (let i = 0; i < v.items.length; i++) {
      out.push(byteValue(v.items[i], msg));
      if ((i & 4095) === 4095) cur.tick(4096);
    }
    return Uint8Array.from(out);
  }
  let it: Value;
  try {
    it = getIter(v);
  } catch (e) {
    if (
      e instanceof PyBaseException && isSubtype(e.cls, X.TypeError) &&
      typeOf(v).tp_iter === undefined
    ) throw cannotConvert(v, kind);
    throw e;
  }
  let out = new Uint8Array(64), n = 0;
  const next = typeOf(it).tp_iternext!;
  for (let x = next(it); x !== undefined; x = next(it)) {
    const c = byteValue(x, msg);
    if (n === out.length) {
      const bigger = newArray(n * 2);
      bigger.set(out);
      out = bigger as Uint8Array<ArrayBuffer>;
    }
    out[n++] = c;
    if ((n & 1023) === 0) cur.tick(1024);
  }
  return out.slice(0, n);
}
function cannotConvert(v: Value, kind: string): PyBaseException {
  return typeError(`cannot convert '${typeName(v)}' object to ${kind}`);
}

/** `bytes(v)` for one argument without an encoding (PyObject_Bytes has it too). */
export function bytesFrom(v: Value): PyBytes {
  if (v instanceof PyBytes && v.cls === bytesType) return v;
  const f = lookupSpecial(v, "__bytes__");
  if (f !== undefined) {
    const r = call0(f);
    if (!(r instanceof PyBytes)) {
      throw typeError(`__bytes__ returned non-bytes (type ${typeName(r)})`);
    }
    return r;
  }
  if (isStr(v)) throw typeError("string argument without an encoding");
  const n = sizeArg(v);
  if (n !== undefined) return newBytes(newArray(n));
  return newBytes(bytesFromObject(v, "bytes"));
}

function bytesNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const [source, encoding, errors] = sourceArgs("bytes", args, kwnames);
  const enc = encodedSource(source, encoding, errors);
  let r: PyBytes;
  if (enc !== undefined) r = newBytes(enc);
  else if (source === undefined) r = emptyBytes;
  else r = bytesFrom(source);
  return type === bytesType ? r : new PyBytes(r.b, type);
}

function bytesSubscript(self: Value, k: Value): Value {
  const o = self as PyBytes, b = o.b;
  if (hasIndex(k)) {
    let i = subscript(k);
    if (i < 0) i += b.length;
    if (i < 0 || i >= b.length) throw indexError("index out of range");
    return b[i];
  }
  if (!(k instanceof PySlice)) {
    throw typeError(
      `byte indices must be integers or slices, not ${typeName(k)}`,
    );
  }
  const u = sliceIndices(k, b.length), n = u.length;
  if (u.step === 1) {
    if (n === b.length && o.cls === bytesType) return o;
    return newBytes(b.slice(u.start, u.start + n));
  }
  const out = new Uint8Array(n);
  for (let i = 0, at = u.start; i < n; i++, at += u.step) out[i] = b[at];
  cur.tick(n >> 3);
  return newBytes(out);
}

function bytesConcat(a: Value, b: Value): Value {
  if (!hasBuffer(b)) {
    throw typeError(`can't concat ${typeName(b)} to ${typeName(a)}`);
  }
  const x = bytesOf(a), y = bytesOf(b);
  if (
    x.length === 0 && b instanceof PyBytes && b.cls === bytesType
  ) return b;
  if (y.length === 0 && a instanceof PyBytes && a.cls === bytesType) return a;
  const out = newArray(x.length + y.length);
  out.set(x);
  out.set(y, x.length);
  cur.tick(out.length >> 4);
  return newBytes(out);
}

/** What a rich comparison says of an order (-1, 0, 1). */
export function orderResult(c: number, op: CmpOp): boolean {
  switch (op) {
    case 0:
      return c < 0;
    case 1:
      return c <= 0;
    case 2:
      return c === 0;
    case 3:
      return c !== 0;
    case 4:
      return c > 0;
    default:
      return c >= 0;
  }
}

/** -b: a comparison of bytes with text or a number. */
function warnCompare(a: Value, b: Value, op: CmpOp): void {
  if (op !== EQ && op !== 3) return;
  for (const v of [a, b]) {
    const t = typeOf(v);
    if (t !== strType && t !== intType) continue;
    cur.interp.warn(BytesWarning, `Comparison between bytes and ${t === strType ? "string" : "int"}`, 1);
    return;
  }
}
/** -b: str() of bytes. */
export function warnStr(kind: string): void {
  if (cur.interp.bytesWarning > 0) cur.interp.warn(BytesWarning, `str() on a ${kind} instance`, 1);
}

function bytesCompare(a: Value, b: Value, op: CmpOp): Value {
  if (!(a instanceof PyBytes && b instanceof PyBytes)) {
    if (cur.interp.bytesWarning > 0) warnCompare(a, b, op);
    return NotImplemented;
  }
  if (a === b) return orderResult(0, op);
  if ((op === EQ || op === 3) && a.b.length !== b.b.length) return op === 3;
  return orderResult(compareBytes(a.b, b.b), op);
}

setSpec(bytesType, {
  doc:
    "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\nbytes(int) -> bytes of that size, all null\nbytes() -> empty bytes\n\nA sequence of ints in range(256) that can't be changed.",
  slots: {
    tp_new: bytesNew,
    tp_repr: (self) => bytesLiteral((self as PyBytes).b),
    tp_str: (self) => {
      warnStr("bytes");
      return bytesLiteral((self as PyBytes).b);
    },
    tp_hash: (self) => hashBytes((self as PyBytes).b),
    tp_richcompare: bytesCompare,
    tp_iter: (self) => new PyBytesIter(self as PyBytes),
    nb_remainder: (a, b) => a instanceof PyBytes ? newBytes(bytesFormat(a.b, b, false)) : NotImplemented,
    sq_length: (self) => (self as PyBytes).b.length,
    sq_concat: bytesConcat,
    sq_repeat: (self, n) => {
      const o = self as PyBytes;
      if (n === 1 && o.cls === bytesType) return o;
      return newBytes(repeat(o.b, n));
    },
    sq_item: (self, i) => {
      const b = (self as PyBytes).b;
      if (i < 0 || i >= b.length) throw indexError("index out of range");
      return b[i];
    },
    sq_contains: (self, x) => bytesContains(self as PyBytes, x),
    mp_length: (self) => (self as PyBytes).b.length,
    mp_subscript: bytesSubscript,
    bf_getbuffer: (self, flags) => {
      if ((flags & BUF_WRITABLE) !== 0) {
        throw bufferError("Object is not writable.");
      }
      const b = (self as PyBytes).b;
      return plainView(self, b, 0, b.length, true);
    },
  },
  methods: {
    __getnewargs__: [
      "",
      "",
      (o: PyBytes): Value => new PyTuple([newBytes(o.b)]),
    ],
    __bytes__: [
      "",
      "The value as an exact bytes.",
      (o: PyBytes): Value => o.cls === bytesType ? o : newBytes(o.b),
    ],
    ...sharedMethods(false),
  },
});

setSpec(bytesIterType, {
  slots: {
    tp_iter: (self) => self,
    tp_iternext: (self) => {
      const it = self as PyBytesIter;
      if (it.seq === undefined) return undefined;
      const b = it.seq.b;
      if (it.i < b.length) return b[it.i++];
      it.seq = undefined;
      return undefined;
    },
  },
  methods: {
    __length_hint__: [
      "",
      "How many items are left.",
      (it: PyBytesIter) => it.seq === undefined ? 0 : it.seq.b.length - it.i,
    ],
    __reduce__: ["", "State for pickling.", (it: PyBytesIter): Value => {
      const f = builtinNamed("iter");
      return it.seq === undefined
        ? new PyTuple([f, new PyTuple([emptyTuple])])
        : new PyTuple([f, new PyTuple([it.seq]), it.i]);
    }],
    __setstate__: ["object, /", "Sets the position.", (
      it: PyBytesIter,
      state: Value,
    ): Value => {
      const i = stateIndex(state);
      if (it.seq !== undefined) {
        it.i = i < 0 ? 0 : Math.min(i, it.seq.b.length);
      }
      return None;
    }],
  },
});
