// CPython 3.14: Objects/object.c (_Py_IsImmortal), Include/internal/pycore_global_objects.h

import {
  bytesType,
  Ellipsis,
  None,
  NotImplemented,
  PyBytes,
  PyTuple,
  PyType,
  TF_FROM_SPEC,
  TF_HEAPTYPE,
  tupleType,
  type Value,
} from "./object.ts";

/** What CPython never frees: singletons, small ints, texts and bytes of a character at most, static types. */
export function isImmortal(o: Value): boolean {
  if (typeof o === "number") return o >= -5 && o <= 256;
  if (typeof o === "boolean" || o === None || o === Ellipsis || o === NotImplemented) return true;
  if (typeof o === "string") return o.length === 0 || o.length === 1 && o.charCodeAt(0) < 256;
  if (o instanceof PyTuple) return o.items.length === 0 && o.cls === tupleType;
  if (o instanceof PyBytes) return o.b.length < 2 && o.cls === bytesType;
  return o instanceof PyType && (o.flags & (TF_HEAPTYPE | TF_FROM_SPEC)) === 0;
}
