// CPython 3.14: Objects/typeobject.c (PyType_GetFullyQualifiedName)

import { None, type PyType, PyWideStr, TF_HEAPTYPE, typeOf, type Value } from "./object.ts";
import { utf16 } from "./names.ts";

/** The name that `%T` shows: module and qualified name; the module only if it says something. */
export function fullTypeName(t: PyType): string {
  if ((t.flags & TF_HEAPTYPE) === 0) return t.name;
  const m = t.tdict?.getStr("__module__");
  const mod = typeof m === "string" ? m : m instanceof PyWideStr ? utf16(m) : "builtins";
  return mod === "builtins" || mod === "__main__" ? t.qualname : `${mod}.${t.qualname}`;
}

/** The type's name without its module (_PyType_Name). */
export function plainTypeName(v: Value): string {
  const n = typeOf(v).name;
  return n.slice(n.lastIndexOf(".") + 1);
}
/** The type of an argument as argument errors show it (_PyArg_BadArgument). */
export function argTypeName(v: Value): string {
  return v === None ? "None" : typeOf(v).name;
}

/** `fullTypeName` of a value's type. */
export function qualifiedTypeName(v: Value): string {
  return fullTypeName(typeOf(v));
}
