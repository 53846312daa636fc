// CPython 3.14: Objects/memoryobject.c
//
// A memoryview shows a buffer that a `ManagedBuffer` has borrowed; views made from views share
// it, and it goes back to its lender when the last of them is released. `view` describes which
// items are seen, in the terms of PEP 3118 without suboffsets. Views that are dropped unreleased
// go back too: see `reclaimViews`.

import {
  type BufferView,
  builtinType,
  type CmpOp,
  Ellipsis,
  EQ,
  memoryviewType,
  NE,
  None,
  NotImplemented,
  PyBaseException,
  PyList,
  PyObject,
  PySlice,
  PyTuple,
  type PyType,
  setSpec,
  TF_SEQUENCE,
  typeName,
  type Value,
} from "./object.ts";
import { M_CLASS } from "./object.ts";
import { bufferError, indexError, newError, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { asIndex, equals, hash, hasIndex, isStr, strValue } from "./abstract.ts";
import { boundArg, subscript } from "./list.ts";
import { genericAlias } from "./genericalias.ts";
import { sliceIndices } from "./slice.ts";
import {
  borrowBuffer,
  BUF_ANY_CONTIGUOUS,
  BUF_C_CONTIGUOUS,
  BUF_F_CONTIGUOUS,
  BUF_FORMAT,
  BUF_FULL_RO,
  BUF_ND,
  BUF_STRIDES,
  BUF_WRITABLE,
  hasBuffer,
  isCContiguous,
  isFContiguous,
  releaseBuffer,
  viewToBytes,
} from "./buffer.ts";
import { newBytes } from "./bytes.ts";
import { hexOf } from "./bytes_table.ts";
import { hashBytes } from "./hash.ts";
import { idOf } from "./identity.ts";
import { firstReachable } from "./reach.ts";
import { cast } from "./memory_cast.ts";
import { sameItems } from "./memory_compare.ts";
import { utf16 } from "./names.ts";
import { cur } from "./state.ts";
import { dataView, isByteFormat, nativeFormat, packItem, unpackItem } from "./memory_format.ts";

/** A lender that remembers what memoryviews have borrowed of it. */
interface Lender {
  lent?: Set<ManagedBuffer>;
}

/** A borrowed buffer that several memoryviews share. */
export class ManagedBuffer {
  readonly master: BufferView;
  /** Views that are not released. */
  readonly views: Set<WeakRef<PyMemoryView>> = new Set();
  exports = 0;
  /** The lender has it back. */
  returned = false;
  constructor(master: BufferView) {
    this.master = master;
    if (!master.readonly && typeof master.obj === "object") {
      ((master.obj as Lender).lent ??= new Set()).add(this);
    }
  }
  giveBack(): void {
    if (this.returned) return;
    this.returned = true;
    (this.master.obj as Lender).lent?.delete(this);
    releaseBuffer(this.master);
  }
}

/**
 * Takes back what dropped memoryviews have borrowed of `lender`. CPython does so when it drops
 * them; gopy must ask whether the program can still reach them (see reach.ts).
 */
export function reclaimViews(lender: PyObject): void {
  const lent = (lender as Lender).lent;
  if (lent === undefined || lent.size === 0) return;
  const views = new Set<PyObject>();
  for (const b of lent) {
    for (const r of b.views) {
      const m = r.deref();
      if (m !== undefined) views.add(m);
    }
  }
  const found = views.size === 0 ? undefined : firstReachable(views);
  if (found === undefined) { for (const b of [...lent]) b.giveBack(); }
}

export class PyMemoryView extends PyObject {
  readonly mbuf: ManagedBuffer;
  readonly view: BufferView;
  readonly data: DataView;
  released = false;
  /** Buffers that this view has lent itself. */
  exports = 0;
  /** Both halves of the hash, once computed. */
  hashed: [number, number] | undefined = undefined;
  private ref: WeakRef<PyMemoryView>;
  constructor(mbuf: ManagedBuffer, view: BufferView) {
    super(memoryviewType);
    this.mbuf = mbuf;
    this.view = view;
    this.data = dataView(view.data);
    this.ref = new WeakRef(this);
    mbuf.views.add(this.ref);
    mbuf.exports++;
  }
  /** Gives the buffer up. */
  drop(): void {
    if (this.released) return;
    this.released = true;
    this.mbuf.views.delete(this.ref);
    if (--this.mbuf.exports === 0) this.mbuf.giveBack();
  }
}

export const memoryIterType: PyType = builtinType(
  "memory_iterator",
  undefined,
  true,
);
class PyMemoryIter extends PyObject {
  seq: PyMemoryView | undefined;
  i = 0;
  readonly length: number;
  readonly fmt: string;
  constructor(seq: PyMemoryView, length: number, fmt: string) {
    super(memoryIterType);
    this.seq = seq;
    this.length = length;
    this.fmt = fmt;
  }
}

/** What a view that is not released shows. */
export function alive(m: PyMemoryView): BufferView {
  if (m.released) {
    throw valueError("operation forbidden on released memoryview object");
  }
  return m.view;
}

/** `memoryview(v)` with flags for the buffer. */
export function memoryFrom(
  v: Value,
  flags: number = BUF_FULL_RO,
): PyMemoryView {
  if (v instanceof PyMemoryView) {
    alive(v);
    return new PyMemoryView(v.mbuf, { ...v.view });
  }
  if (!hasBuffer(v)) {
    throw typeError(
      `memoryview: a bytes-like object is required, not '${typeName(v)}'`,
    );
  }
  return memoryFromView(borrowBuffer(v, flags));
}

/** A memoryview that takes over a borrowed buffer. */
export function memoryFromView(view: BufferView): PyMemoryView {
  return new PyMemoryView(new ManagedBuffer(view), { ...view });
}

// ---- the buffer protocol -------------------------------------------------------------------

/** bf_getbuffer of memoryview. */
export function memoryGetBuffer(self: Value, flags: number): BufferView {
  const m = self as PyMemoryView;
  const v = alive(m);
  const want = (f: number) => (flags & f) === f;
  if (want(BUF_WRITABLE) && v.readonly) {
    throw bufferError("memoryview: underlying buffer is not writable");
  }
  const c = isCContiguous(v), f = isFContiguous(v);
  if (want(BUF_C_CONTIGUOUS) && !c) {
    throw bufferError("memoryview: underlying buffer is not C-contiguous");
  }
  if (want(BUF_F_CONTIGUOUS) && !f) {
    throw bufferError(
      "memoryview: underlying buffer is not Fortran contiguous",
    );
  }
  if (want(BUF_ANY_CONTIGUOUS) && !c && !f) {
    throw bufferError("memoryview: underlying buffer is not contiguous");
  }
  if (!want(BUF_STRIDES) && !c) {
    throw bufferError("memoryview: underlying buffer is not C-contiguous");
  }
  const out: BufferView = { ...v, obj: m };
  if (!want(BUF_FORMAT)) out.format = "B";
  if (!want(BUF_ND)) {
    if (want(BUF_FORMAT)) {
      throw bufferError(
        "memoryview: cannot cast to unsigned bytes if the format flag is present",
      );
    }
    out.ndim = 1;
    out.shape = [v.len];
    out.strides = [1];
    out.itemsize = 1;
  }
  m.exports++;
  return out;
}

/** `m.release()`. */
export function releaseView(m: PyMemoryView): void {
  if (m.released) return;
  if (m.exports > 0) {
    throw bufferError(
      `memoryview has ${m.exports} exported buffer${m.exports === 1 ? "" : "s"}`,
    );
  }
  m.drop();
}

// ---- items ---------------------------------------------------------------------------------

function notImplemented(msg: string): PyBaseException {
  return newError(X.NotImplementedError, msg);
}

/** The native format of a view, for getting and setting items. */
function itemFormat(v: BufferView): string {
  const c = nativeFormat(v.format);
  if (c === undefined) {
    throw notImplemented(`memoryview: format ${v.format} not supported`);
  }
  return c;
}

/** Offset of item `i` along dimension `dim`, added to `at`. */
function along(v: BufferView, at: number, dim: number, i: number): number {
  const n = v.shape[dim];
  if (i < 0) i += n;
  if (i < 0 || i >= n) {
    throw indexError(`index out of bounds on dimension ${dim + 1}`);
  }
  return at + i * v.strides[dim];
}

/** Offset that a tuple of ints names. */
function atTuple(v: BufferView, key: PyTuple): number {
  const n = key.items.length;
  if (n < v.ndim) throw notImplemented("sub-views are not implemented");
  if (n > v.ndim) {
    throw typeError(
      `cannot index ${v.ndim}-dimension view with ${n}-element tuple`,
    );
  }
  let at = v.offset;
  for (let i = 0; i < n; i++) {
    at = along(v, at, i, subscript(key.items[i]));
  }
  return at;
}

function isTupleOf(k: Value, f: (v: Value) => boolean): k is PyTuple {
  return k instanceof PyTuple && k.items.every(f);
}
const isSlice = (v: Value): boolean => v instanceof PySlice;

/** A view of the items that a slice selects along the first dimension. */
function sliced(v: BufferView, s: PySlice): BufferView {
  const u = sliceIndices(s, v.shape[0]);
  const shape = v.shape.slice(), strides = v.strides.slice();
  shape[0] = u.length;
  strides[0] = v.strides[0] * u.step;
  let len = v.itemsize;
  for (const n of shape) len *= n;
  return {
    ...v,
    shape,
    strides,
    len,
    offset: v.offset + u.start * v.strides[0],
  };
}

function memorySubscript(self: Value, k: Value): Value {
  const m = self as PyMemoryView;
  const v = alive(m);
  if (v.ndim === 0) {
    if (k instanceof PyTuple && k.items.length === 0) {
      return unpackItem(itemFormat(v), m.data, v.offset);
    }
    if (k === Ellipsis) return m;
    throw typeError("invalid indexing of 0-dim memory");
  }
  if (hasIndex(k)) return itemAt(m, subscript(k));
  if (k instanceof PySlice) {
    // the slice's __index__ may release this view, but not the new one
    m.mbuf.exports++;
    try {
      return new PyMemoryView(m.mbuf, sliced(v, k));
    } finally {
      m.mbuf.exports--;
    }
  }
  if (isTupleOf(k, hasIndex)) {
    const c = itemFormat(v);
    const at = atTuple(v, k);
    alive(m);
    return unpackItem(c, m.data, at);
  }
  if (isTupleOf(k, isSlice)) {
    throw notImplemented("multi-dimensional slicing is not implemented");
  }
  throw typeError("memoryview: invalid slice key");
}

function itemAt(m: PyMemoryView, i: number): Value {
  const v = alive(m);
  const c = itemFormat(v);
  if (v.ndim === 0) throw typeError("invalid indexing of 0-dim memory");
  if (v.ndim > 1) {
    throw notImplemented("multi-dimensional sub-views are not implemented");
  }
  return unpackItem(c, m.data, along(v, v.offset, 0, i));
}

function store(m: PyMemoryView, at: number, value: Value): void {
  packItem(itemFormat(m.view), value, () => {
    alive(m);
    return [m.data, at];
  });
}

function memoryAssSubscript(
  self: Value,
  k: Value,
  value: Value | undefined,
): void {
  const m = self as PyMemoryView;
  const v = alive(m);
  itemFormat(v);
  if (v.readonly) throw typeError("cannot modify read-only memory");
  if (value === undefined) throw typeError("cannot delete memory");
  if (v.ndim === 0) {
    if (k === Ellipsis || (k instanceof PyTuple && k.items.length === 0)) {
      store(m, v.offset, value);
      return;
    }
    throw typeError("invalid indexing of 0-dim memory");
  }

  if (hasIndex(k)) {
    if (v.ndim > 1) throw notImplemented("sub-views are not implemented");
    store(m, along(v, v.offset, 0, subscript(k)), value);
    return;
  }
  if (k instanceof PySlice && v.ndim === 1) {
    assignSlice(m, k, value);
    return;
  }
  if (isTupleOf(k, hasIndex)) {
    store(m, atTuple(v, k), value);
    return;
  }
  if (k instanceof PySlice || isTupleOf(k, isSlice)) {
    throw notImplemented(
      "memoryview slice assignments are currently restricted to ndim = 1",
    );
  }
  throw typeError("memoryview: invalid slice key");
}

function assignSlice(m: PyMemoryView, k: PySlice, value: Value): void {
  const src = borrowBuffer(value, BUF_FULL_RO);
  try {
    const to = sliced(alive(m), k);
    alive(m);
    const same = src.ndim === 1 && src.shape[0] === to.shape[0] &&
      src.itemsize === to.itemsize &&
      plainFormat(src.format) === plainFormat(to.format);
    if (!same) {
      throw valueError(
        "memoryview assignment: lvalue and rvalue have different structures",
      );
    }
    const from = viewToBytes(src), size = to.itemsize;
    let at = to.offset;
    for (let i = 0; i < from.length; i += size, at += to.strides[0]) {
      for (let j = 0; j < size; j++) to.data[at + j] = from[i + j];
    }
  } finally {
    releaseBuffer(src);
  }
}
function plainFormat(f: string): string {
  return f.startsWith("@") ? f.slice(1) : f;
}

function toList(
  v: BufferView,
  d: DataView,
  c: string,
  dim: number,
  at: number,
): Value {
  if (dim === v.ndim) return unpackItem(c, d, at);
  const out: Value[] = [];
  for (let i = 0; i < v.shape[dim]; i++, at += v.strides[dim]) {
    out.push(toList(v, d, c, dim + 1, at));
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  return new PyList(out);
}

function tobytes(m: PyMemoryView, order?: Value): Value {
  const v = alive(m);
  let ord: "C" | "F" = "C";
  if (order !== undefined && order !== None) {
    if (!isStr(order)) {
      throw typeError(
        `tobytes() argument 'order' must be str or None, not ${typeName(order)}`,
      );
    }
    const s = utf16(strValue(order));
    if (s === "F") ord = "F";
    else if (s === "A") ord = isFContiguous(v) && !isCContiguous(v) ? "F" : "C";
    else if (s !== "C") throw valueError("order must be 'C', 'F' or 'A'");
  }
  cur.tick(v.len >> 3);
  return newBytes(viewToBytes(v, ord));
}

// ---- comparison ----------------------------------------------------------------------------

function memoryCompare(a: Value, b: Value, op: CmpOp): Value {
  if (op !== EQ && op !== NE) return NotImplemented;
  const m = a as PyMemoryView;
  let r: boolean;
  if (m.released || (b instanceof PyMemoryView && b.released)) r = a === b;
  else if (b instanceof PyMemoryView) r = sameItems(alive(m), alive(b));
  else {
    if (!hasBuffer(b)) return NotImplemented;
    let w: BufferView;
    try {
      w = borrowBuffer(b, BUF_FULL_RO);
    } catch (e) {
      if (e instanceof PyBaseException) return NotImplemented;
      throw e;
    }
    try {
      r = sameItems(m.view, w);
    } finally {
      releaseBuffer(w);
    }
  }
  return op === EQ ? r : !r;
}

function memoryHash(self: Value): number {
  const m = self as PyMemoryView;
  // a hash that is known stays valid when the memory is gone
  if (m.hashed !== undefined) {
    cur.hashHi = m.hashed[1];
    return m.hashed[0];
  }
  const v = alive(m);
  if (!v.readonly) throw valueError("cannot hash writable memoryview object");
  const c = nativeFormat(v.format);
  if (c === undefined || !isByteFormat(c)) {
    throw valueError(
      "memoryview: hashing is restricted to formats 'B', 'b' or 'c'",
    );
  }
  if (v.obj !== None) {
    // the hash of what holds the memory may run code, which must not release it
    m.exports++;
    try {
      hash(v.obj);
    } finally {
      m.exports--;
    }
  }
  const h = hashBytes(viewToBytes(v));
  m.hashed = [h, cur.hashHi];
  return h;
}

// ---- what Python sees ----------------------------------------------------------------------

function index(m: PyMemoryView, x: Value, from?: Value, to?: Value): Value {
  const v = alive(m);
  if (v.ndim === 0) throw typeError("invalid lookup on 0-dim memory");
  if (v.ndim > 1) {
    throw notImplemented("multi-dimensional lookup is not implemented");
  }
  const n = v.shape[0];
  let start = from === undefined ? 0 : boundArg(from);
  let stop = to === undefined ? n : boundArg(to);
  if (start < 0) start = Math.max(start + n, 0);
  if (stop < 0) stop = Math.max(stop + n, 0);
  stop = Math.min(stop, n);
  for (let i = start; i < stop; i++) {
    if (equals(itemAt(m, i), x)) return i;
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  throw valueError("memoryview.index(x): x not found");
}

function iterate(self: Value): PyMemoryIter {
  const m = self as PyMemoryView;
  const v = alive(m);
  if (v.ndim === 0) throw typeError("invalid indexing of 0-dim memory");
  if (v.ndim > 1) {
    throw notImplemented("multi-dimensional sub-views are not implemented");
  }
  return new PyMemoryIter(m, v.shape[0], itemFormat(v));
}

function iterNext(self: Value): Value | undefined {
  const it = self as PyMemoryIter;
  const m = it.seq;
  if (m === undefined) return undefined;
  if (it.i < it.length) {
    const v = alive(m);
    return unpackItem(it.fmt, m.data, v.offset + v.strides[0] * it.i++);
  }
  it.seq = undefined;
  return undefined;
}

function count(m: PyMemoryView, x: Value): Value {
  const it = iterate(m);
  let n = 0;
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    if (equals(v, x)) n++;
    if ((it.i & 1023) === 0) cur.tick(1024);
  }
  return n;
}

function intTuple(a: number[]): Value {
  return new PyTuple(a.slice());
}

const objectArg = (args: Value[], kwnames?: readonly string[]): Value => {
  const n = args.length;
  if (n > 1) {
    throw typeError(`memoryview() takes at most 1 argument (${n} given)`);
  }
  if (
    n === 0 || (kwnames !== undefined && kwnames.length > 0 &&
      kwnames[0] !== "object")
  ) {
    throw typeError("memoryview() missing required argument 'object' (pos 1)");
  }
  return args[0];
};

memoryviewType.flags |= TF_SEQUENCE;
setSpec(memoryviewType, {
  doc: "A view of the memory of another object.",
  sig: "(object)",
  slots: {
    tp_new: (_type, args, kwnames) => memoryFrom(objectArg(args, kwnames)),
    tp_repr: (self) => {
      const m = self as PyMemoryView;
      const id = idOf(m).toString(16);
      return `<${m.released ? "released " : ""}memory at 0x${id.padStart(12, "0")}>`;
    },
    tp_hash: memoryHash,
    tp_richcompare: memoryCompare,
    tp_iter: iterate,
    sq_item: (self, i) => itemAt(self as PyMemoryView, i),
    mp_length: (self) => {
      const v = alive(self as PyMemoryView);
      if (v.ndim === 0) throw typeError("0-dim memory has no length");
      return v.shape[0];
    },
    sq_length: (self) => {
      const v = alive(self as PyMemoryView);
      if (v.ndim === 0) throw typeError("0-dim memory has no length");
      return v.shape[0];
    },
    mp_subscript: memorySubscript,
    mp_ass_subscript: memoryAssSubscript,
    bf_getbuffer: memoryGetBuffer,
    bf_releasebuffer: (self) => {
      (self as PyMemoryView).exports--;
    },
  },
  methods: {
    release: ["", "Gives the memory back.", (m: PyMemoryView): Value => {
      releaseView(m);
      return None;
    }],
    tobytes: [
      "order='C'",
      "The memory as bytes, in C order, Fortran order ('F') or whichever it has ('A').",
      tobytes,
    ],
    hex: [
      "sep=<unrepresentable>, bytes_per_sep=1",
      "Hexadecimal digits of the bytes.\n\nsep stands after every bytes_per_sep bytes, counted from the right, or from the left if negative.\n\n>>> data = memoryview(b'\\x01\\x20\\xff')\n>>> data.hex()\n'0120ff'\n>>> data.hex(' ')\n'01 20 ff'\n>>> data.hex(':', 2)\n'01:20ff'\n>>> data.hex(':', -2)\n'0120:ff'",
      (m: PyMemoryView, sep?: Value, group?: Value): Value => {
        const b = viewToBytes(alive(m));
        m.exports++;
        try {
          return hexOf(b, sep, group);
        } finally {
          m.exports--;
        }
      },
    ],
    tolist: [
      "",
      "The items as a list, of lists if there are several dimensions.",
      (m: PyMemoryView): Value => {
        const v = alive(m);
        return toList(v, m.data, itemFormat(v), 0, v.offset);
      },
    ],
    cast: [
      "format, shape=<unrepresentable>",
      "The memory in another format or shape.",
      cast,
    ],
    toreadonly: [
      "",
      "A view that can't be written to.",
      (m: PyMemoryView): Value => new PyMemoryView(m.mbuf, { ...alive(m), readonly: true }),
    ],
    _from_flags: [
      "object, flags",
      "A memoryview of a buffer asked for with these flags.",
      (_cls: PyType, v: Value, flags: Value): Value => memoryFrom(v, Number(asIndex(flags))),
      M_CLASS,
    ],
    count: ["value, /", "How many items equal value.", count],
    index: [
      "value, start=0, stop=sys.maxsize, /",
      "Position of the first item equal to value; ValueError if there is none.",
      index,
    ],
    __enter__: ["", "", (m: PyMemoryView): Value => {
      alive(m);
      return m;
    }],
    __exit__: [
      "*exc_info",
      "Gives the memory back.",
      (m: PyMemoryView): Value => {
        releaseView(m);
        return None;
      },
    ],
    __class_getitem__: [
      "object, /",
      "memoryview[int] and the like.",
      (cls: PyType, item: Value): Value => genericAlias(cls, item),
      M_CLASS,
    ],
  },
  getset: {
    obj: [(m: PyMemoryView) => alive(m).obj, undefined, "the object viewed"],
    nbytes: [(m: PyMemoryView) => alive(m).len, undefined, "size in bytes"],
    readonly: [(m: PyMemoryView) => alive(m).readonly, undefined, "read-only?"],
    itemsize: [
      (m: PyMemoryView) => alive(m).itemsize,
      undefined,
      "bytes of an item",
    ],
    format: [
      (m: PyMemoryView) => alive(m).format,
      undefined,
      "format of the items, as in struct",
    ],
    ndim: [(m: PyMemoryView) => alive(m).ndim, undefined, "dimensions"],
    shape: [
      (m: PyMemoryView) => intTuple(alive(m).shape),
      undefined,
      "items along each dimension",
    ],
    strides: [
      (m: PyMemoryView) => intTuple(alive(m).strides),
      undefined,
      "bytes from item to item along each dimension",
    ],
    suboffsets: [
      (m: PyMemoryView) => {
        alive(m);
        return new PyTuple([]);
      },
      undefined,
      "always empty",
    ],
    c_contiguous: [
      (m: PyMemoryView) => isCContiguous(alive(m)),
      undefined,
      "one block in C order?",
    ],
    f_contiguous: [
      (m: PyMemoryView) => isFContiguous(alive(m)),
      undefined,
      "one block in Fortran order?",
    ],
    contiguous: [
      (m: PyMemoryView) => isCContiguous(alive(m)) || isFContiguous(m.view),
      undefined,
      "one block?",
    ],
  },
});

setSpec(memoryIterType, {
  slots: { tp_iter: (self) => self, tp_iternext: iterNext },
});
