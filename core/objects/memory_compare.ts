// CPython 3.14: Objects/memoryobject.c (memory_richcompare)
//
// Two buffers are equal when their shapes are and all items are, as values.

import { type BufferView, PyBaseException, type PyTuple, type Value } from "./object.ts";
import { call2, equals, getAttr } from "./abstract.ts";
import { isCContiguous, viewBytes } from "./buffer.ts";
import { newBytes } from "./bytes.ts";
import { equalBytes } from "./bytes_search.ts";
import { dataView, nativeFormat, unpackItem } from "./memory_format.ts";
import { cur } from "./state.ts";

type Unpack = (d: DataView, at: number) => Value;

/** How to get the items of a view; formats of several items go through the struct module. */
function unpacker(v: BufferView): Unpack | undefined {
  const c = nativeFormat(v.format);
  if (c !== undefined) return (d, at) => unpackItem(c, d, at);
  try {
    const f = getAttr(cur.interp.importModule("_struct"), "unpack");
    return (d, at) => {
      const b = new Uint8Array(d.buffer, d.byteOffset + at, v.itemsize);
      const t = call2(f, v.format, newBytes(b.slice())) as PyTuple;
      return t.items.length === 1 ? t.items[0] : t;
    };
  } catch (e) {
    if (e instanceof PyBaseException) return undefined;
    throw e;
  }
}

/** Do two buffers hold the same items in the same shape? */
export function sameItems(a: BufferView, b: BufferView): boolean {
  if (a.ndim !== b.ndim) return false;
  for (let i = 0; i < a.ndim; i++) {
    if (a.shape[i] !== b.shape[i]) return false;
    if (a.shape[i] === 0) break;
  }
  const fa = nativeFormat(a.format), fb = nativeFormat(b.format);
  if (
    fa !== undefined && fa === fb && !"efd?".includes(fa) &&
    isCContiguous(a) && isCContiguous(b)
  ) return equalBytes(viewBytes(a), viewBytes(b));
  const ua = unpacker(a), ub = unpacker(b);
  if (ua === undefined || ub === undefined) return false;
  const da = dataView(a.data), db = dataView(b.data);
  const walk = (dim: number, i: number, j: number): boolean => {
    if (dim === a.ndim) return equals(ua(da, i), ub(db, j));
    for (let k = 0; k < a.shape[dim]; k++) {
      if (!walk(dim + 1, i, j)) return false;
      i += a.strides[dim];
      j += b.strides[dim];
    }
    return true;
  };
  return walk(0, a.offset, b.offset);
}
