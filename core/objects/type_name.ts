// CPython 3.14: Objects/typeobject.c (PyType_GetFullyQualifiedName)

import { type PyType, PyWideStr, TF_HEAPTYPE, typeOf, type Value } from "./object.ts";
import { utf16 } from "./names.ts";

/** The name that `%T` shows: module and qualified name; the module only if it says something. */
export function fullTypeName(t: PyType): string {
  if ((t.flags & TF_HEAPTYPE) === 0) return t.name;
  const m = t.tdict?.getStr("__module__");
  const mod = typeof m === "string" ? m : m instanceof PyWideStr ? utf16(m) : "builtins";
  return mod === "builtins" || mod === "__main__" ? t.qualname : `${mod}.${t.qualname}`;
}

/** `fullTypeName` of a value's type. */
export function qualifiedTypeName(v: Value): string {
  return fullTypeName(typeOf(v));
}
