// CPython 3.14: Objects/typeobject.c (type_get_annotations and family; PEP 649, PEP 749)
//
// Annotations of classes: `__annotate_func__` in the class's namespace makes them on first use,
// and `__annotations_cache__` keeps the result.

import { None, PyDictBase, type PyType, TF_HEAPTYPE, TF_IMMUTABLE, typeName, typeOf, type Value } from "./object.ts";
import { attributeError, typeError } from "./errors.ts";
import { PyDict } from "./dict.ts";
import { call1 } from "./abstract.ts";
import { typeModified } from "./type_ready.ts";

function notHeap(t: PyType, name: string): void {
  if ((t.flags & TF_HEAPTYPE) === 0) {
    throw attributeError(`type object '${t.name}' has no attribute '${name}'`, t, name);
  }
}
function immutable(t: PyType, name: string): void {
  if ((t.flags & TF_IMMUTABLE) !== 0) throw typeError(`cannot set '${name}' attribute of immutable type '${t.name}'`);
}

export function typeAnnotations(t: PyType): Value {
  notHeap(t, "__annotations__");
  const d = t.tdict!;
  let v = d.getStr("__annotations__") ?? d.getStr("__annotations_cache__");
  if (v !== undefined) {
    const get = typeOf(v).tp_descr_get;
    return get === undefined ? v : get(v, undefined, t);
  }
  const f = typeAnnotate(t);
  if (typeOf(f).tp_call !== undefined) {
    v = call1(f, 1);
    if (!(v instanceof PyDictBase)) throw typeError(`__annotate__ returned non-dict of type '${typeName(v)}'`);
  } else v = new PyDict();
  d.setStr("__annotations_cache__", v);
  typeModified(t, "__annotations_cache__");
  return v;
}

export function setTypeAnnotations(t: PyType, v: Value | undefined): void {
  immutable(t, "__annotations__");
  const d = t.tdict!;
  if (v !== undefined) {
    if (d.getStr("__annotations__") !== undefined) d.setStr("__annotations__", v);
    else d.setStr("__annotations_cache__", v);
  } else if (d.deleteStr("__annotations__") === undefined && d.deleteStr("__annotations_cache__") === undefined) {
    throw attributeError("__annotations__", t, "__annotations__");
  }
  d.deleteStr("__annotate_func__");
  d.deleteStr("__annotate__");
  typeModified(t, undefined);
}

export function typeAnnotate(t: PyType): Value {
  notHeap(t, "__annotate__");
  const d = t.tdict!;
  const v = d.getStr("__annotate__") ?? d.getStr("__annotate_func__");
  if (v === undefined) {
    d.setStr("__annotate_func__", None);
    return None;
  }
  const get = typeOf(v).tp_descr_get;
  return get === undefined ? v : get(v, undefined, t);
}

export function setTypeAnnotate(t: PyType, v: Value | undefined): void {
  if (v === undefined) throw typeError("cannot delete __annotate__ attribute");
  immutable(t, "__annotate__");
  if (v !== None && typeOf(v).tp_call === undefined) throw typeError("__annotate__ must be callable or None");
  const d = t.tdict!;
  d.setStr("__annotate_func__", v);
  if (v !== None) d.deleteStr("__annotations_cache__");
  typeModified(t, undefined);
}
