// CPython 3.14: Objects/abstract.c (the buffer protocol), Include/cpython/object.h
//
// A buffer is lent by `bf_getbuffer` and given back with `releaseBuffer`; in between the lender
// neither moves nor resizes its memory. `bytesOf` is for the common case of a function that only
// looks at the bytes and runs no guest code while it does.

import { type BufferView, PyBytes, PyList, PyTuple, typeName, typeOf, type Value } from "./object.ts";
import { typeError } from "./errors.ts";
import { PyByteArray } from "./bytearray.ts";

/** What a consumer asks for (`inspect.BufferFlags`). */
export const BUF_SIMPLE = 0,
  BUF_WRITABLE = 1,
  BUF_FORMAT = 4,
  BUF_ND = 8,
  BUF_STRIDES = 0x18,
  BUF_C_CONTIGUOUS = 0x38,
  BUF_F_CONTIGUOUS = 0x58,
  BUF_ANY_CONTIGUOUS = 0x98,
  BUF_INDIRECT = 0x118,
  BUF_CONTIG_RO = 0x08,
  BUF_FULL_RO = 0x11c;

/** Does the value's type lend buffers? */
export function hasBuffer(v: Value): boolean {
  return typeOf(v).bf_getbuffer !== undefined;
}

/** Borrows a buffer; `releaseBuffer` must follow. */
export function borrowBuffer(v: Value, flags: number): BufferView {
  const f = typeOf(v).bf_getbuffer;
  if (f === undefined) {
    throw typeError(`a bytes-like object is required, not '${typeName(v)}'`);
  }
  return f(v, flags);
}

/** Gives a borrowed buffer back. */
export function releaseBuffer(view: BufferView): void {
  typeOf(view.obj).bf_releasebuffer?.(view.obj, view);
}

/**
 * Borrows the plain bytes of a value (contiguous, format "B"); with `writable` TypeError unless
 * they can be written to ("read-write bytes-like object expected"). `releaseBuffer` must follow.
 */
export function getBuffer(v: Value, writable = false): BufferView {
  return borrowBuffer(v, writable ? BUF_WRITABLE : BUF_SIMPLE);
}

/** The bytes of a borrowed contiguous buffer. */
export function viewBytes(view: BufferView): Uint8Array {
  return view.data.subarray(view.offset, view.offset + view.len);
}

/**
 * The bytes of a bytes-like object, to look at only, and only until guest code runs.
 * TypeError "a bytes-like object is required, not '...'" for anything else.
 */
export function bytesOf(v: Value): Uint8Array {
  if (v instanceof PyBytes) return v.b;
  if (v instanceof PyByteArray) return v.view();
  const view = borrowBuffer(v, BUF_SIMPLE);
  const b = viewBytes(view);
  releaseBuffer(view);
  return b;
}

/** The bytes of any buffer, also one that is not contiguous, as an array of their own, in C order. */
export function copyBytes(v: Value): Uint8Array {
  if (v instanceof PyBytes) return v.b.slice();
  if (v instanceof PyByteArray) return v.view().slice();
  const view = borrowBuffer(v, BUF_FULL_RO);
  try {
    return viewToBytes(view);
  } finally {
    releaseBuffer(view);
  }
}

/** Is the view's memory one block in C order? */
export function isCContiguous(v: BufferView): boolean {
  if (v.len === 0) return true;
  let sd = v.itemsize;
  for (let i = v.ndim - 1; i >= 0; i--) {
    if (v.shape[i] > 1 && v.strides[i] !== sd) return false;
    sd *= v.shape[i];
  }
  return true;
}

/** Is the view's memory one block in Fortran order? */
export function isFContiguous(v: BufferView): boolean {
  if (v.len === 0) return true;
  let sd = v.itemsize;
  for (let i = 0; i < v.ndim; i++) {
    if (v.shape[i] > 1 && v.strides[i] !== sd) return false;
    sd *= v.shape[i];
  }
  return true;
}

/** Strides of a C-contiguous array. */
export function cStrides(shape: number[], itemsize: number): number[] {
  const out = new Array<number>(shape.length);
  let sd = itemsize;
  for (let i = shape.length - 1; i >= 0; i--) {
    out[i] = sd;
    sd *= shape[i];
  }
  return out;
}

/** Calls `f` with the offset of each item, the last index fastest (C) or the first (Fortran). */
export function eachItem(
  v: BufferView,
  order: "C" | "F",
  f: (offset: number) => void,
): void {
  const n = v.ndim;
  if (v.shape.includes(0)) return;
  const at = new Array<number>(n).fill(0);
  for (;;) {
    let ofs = v.offset;
    for (let i = 0; i < n; i++) ofs += at[i] * v.strides[i];
    f(ofs);
    let k = order === "C" ? n - 1 : 0;
    const step = order === "C" ? -1 : 1;
    for (; k >= 0 && k < n; k += step) {
      if (++at[k] < v.shape[k]) break;
      at[k] = 0;
    }
    if (k < 0 || k >= n) return;
  }
}

/** The view's bytes as an array of their own, in C or Fortran order. */
export function viewToBytes(v: BufferView, order: "C" | "F" = "C"): Uint8Array {
  if (order === "C" ? isCContiguous(v) : isFContiguous(v)) {
    return v.data.slice(v.offset, v.offset + v.len);
  }
  const out = new Uint8Array(v.len);
  const size = v.itemsize;
  let to = 0;
  if (v.ndim === 1) {
    for (let i = 0, at = v.offset; i < v.shape[0]; i++, at += v.strides[0]) {
      for (let k = 0; k < size; k++) out[to++] = v.data[at + k];
    }
    return out;
  }
  eachItem(v, order, (at) => {
    for (let k = 0; k < size; k++) out[to++] = v.data[at + k];
  });
  return out;
}

/** A view on plain bytes, as bytes and bytearray lend them (PyBuffer_FillInfo). */
export function plainView(
  obj: Value,
  data: Uint8Array,
  offset: number,
  len: number,
  readonly: boolean,
): BufferView {
  return {
    obj,
    data,
    offset,
    len,
    itemsize: 1,
    format: "B",
    ndim: 1,
    shape: [len],
    strides: [1],
    readonly,
  };
}

/** Is the value a list or tuple (of whatever subclass)? */
export function isListOrTuple(v: Value): v is PyList | PyTuple {
  return v instanceof PyList || v instanceof PyTuple;
}
