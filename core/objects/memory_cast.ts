// CPython 3.14: Objects/memoryobject.c (memory_cast)
//
// The same memory in another format or shape: from bytes to a native format or back, from one
// dimension to several or back.

import { argTypeName } from "./type_name.ts";
import { PyList, PyTuple, type Value } from "./object.ts";
import { asIndex, hasIndex, isStr, strValue } from "./abstract.ts";
import { cStrides, isCContiguous } from "./buffer.ts";
import { typeError, valueError } from "./errors.ts";
import { formatSize, isByteFormat, nativeFormat } from "./memory_format.ts";
import { alive, PyMemoryView } from "./memoryview.ts";
import { utf16 } from "./names.ts";

function castShape(shape: Value[], itemsize: number): [number[], number] {
  const out: number[] = [];
  let len = itemsize;
  for (const x of shape) {
    if (!hasIndexInt(x)) {
      throw typeError("memoryview.cast(): elements of shape must be integers");
    }
    const n = Number(asIndex(x));
    if (n <= 0) {
      throw valueError(
        "memoryview.cast(): elements of shape must be integers > 0",
      );
    }
    len *= n;
    if (len >= 2 ** 63) {
      throw valueError("memoryview.cast(): product(shape) > SSIZE_MAX");
    }
    out.push(n);
  }
  return [out, len];
}
function hasIndexInt(v: Value): boolean {
  return typeof v === "number" || typeof v === "bigint" ||
    typeof v === "boolean" || hasIndex(v);
}

/** `m.cast(format, shape)`. */
export function cast(m: PyMemoryView, format: Value, shape?: Value): Value {
  const v = alive(m);
  if (!isStr(format)) {
    throw typeError(
      `cast() argument 'format' must be str, not ${argTypeName(format)}`,
    );
  }
  if (!isCContiguous(v)) {
    throw typeError("memoryview: casts are restricted to C-contiguous views");
  }
  if (
    (shape !== undefined || v.ndim !== 1) &&
    (v.shape.includes(0) || v.strides.includes(0))
  ) {
    throw typeError(
      "memoryview: cannot cast view with zeros in shape or strides",
    );
  }
  let dims: Value[] | undefined;
  if (shape !== undefined) {
    if (!(shape instanceof PyList || shape instanceof PyTuple)) {
      throw typeError("shape must be a list or a tuple");
    }
    dims = shape.items.slice();
    if (dims.length > 64) {
      throw valueError("memoryview: number of dimensions must not exceed 64");
    }
    if (v.ndim !== 1 && dims.length !== 1) {
      throw typeError("memoryview: cast must be 1D -> ND or ND -> 1D");
    }
  }
  const text = utf16(strValue(format));
  const from = nativeFormat(v.format), to = nativeFormat(text);
  if (to === undefined) {
    throw valueError(
      "memoryview: destination format must be a native single character format prefixed with an optional '@'",
    );
  }
  if ((from === undefined || !isByteFormat(from)) && !isByteFormat(to)) {
    throw typeError("memoryview: cannot cast between two non-byte formats");
  }
  const size = formatSize(to);
  if (v.len % size !== 0) {
    throw typeError("memoryview: length is not a multiple of itemsize");
  }
  let out: number[] = [v.len / size];
  if (dims !== undefined) {
    const [sizes, len] = castShape(dims, size);
    if (len !== v.len) {
      throw typeError(
        "memoryview: product(shape) * itemsize != buffer size",
      );
    }
    out = sizes;
  }
  alive(m);
  return new PyMemoryView(m.mbuf, {
    ...v,
    format: text,
    itemsize: size,
    ndim: out.length,
    shape: out,
    strides: cStrides(out, size),
  });
}
