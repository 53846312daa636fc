// CPython 3.14: Objects/typeobject.c (super)

import {
  isSubtype,
  type KwNames,
  None,
  PyCell,
  PyInstance,
  PyObject,
  PyType,
  setSpec,
  superType,
  typeOf,
  type Value,
} from "./object.ts";
import { runtimeError, typeError } from "./errors.ts";
import { genericGetAttr, lookupOwn } from "./attr.ts";
import { lookupAttr } from "./abstract.ts";
import { cur } from "./state.ts";

/** A super object: looks attributes up behind `type` in the MRO of `objType`. */
export class PySuper extends PyObject {
  type: PyType | undefined = undefined;
  obj: Value | undefined = undefined;
  objType: PyType | undefined = undefined;
}

/** The type whose MRO `super(type, obj)` walks (supercheck). */
export function superCheck(type: PyType, obj: Value): PyType {
  // a custom mro() may leave the type itself out
  if (obj instanceof PyType && (obj.mro.length === 0 ? isSubtype(obj, type) : obj.mro.includes(type))) return obj;
  const t = typeOf(obj);
  if (isSubtype(t, type)) return t;
  const c = lookupAttr(obj, "__class__");
  if (c instanceof PyType && c !== t && isSubtype(c, type)) return c;
  throw typeError(
    `super(type, obj): obj (${obj instanceof PyType ? "type" : "instance of"} ${
      obj instanceof PyType ? obj.name : t.name
    }) is not an instance or subtype of type (${type.name}).`,
  );
}

export function newSuper(type: PyType, obj: Value): PySuper {
  const s = new PySuper(superType);
  s.type = type;
  s.obj = obj;
  s.objType = superCheck(type, obj);
  return s;
}

/**
 * What `super(type, obj).name` finds behind `type` in the MRO, not bound; undefined if nothing.
 */
export function superLookup(type: PyType, objType: PyType, name: string): Value | undefined {
  const mro = objType.mro;
  let i = mro.indexOf(type) + 1;
  if (i === 0) return undefined;
  for (; i < mro.length; i++) {
    const v = lookupOwn(mro[i], name);
    if (v !== undefined) return v;
  }
  return undefined;
}

function superGetAttr(self: Value, name: string): Value {
  const s = self as PySuper;
  if (s.objType !== undefined && name !== "__class__") {
    const v = superLookup(s.type!, s.objType, name);
    if (v !== undefined) {
      const get = typeOf(v).tp_descr_get;
      return get === undefined ? v : get(v, s.obj === s.objType ? undefined : s.obj, s.objType);
    }
  }
  return genericGetAttr(self, name);
}

/** What zero-argument `super()` finds in the running frame: given by the VM. */
export interface SuperContext {
  /** First argument of the frame, or undefined when it was deleted. */
  firstArg: Value | undefined;
  /** Number of positional parameters of the code object. */
  argcount: number;
  /** The `__class__` cell, or undefined when there is none. */
  classCell: Value | undefined;
}
let superContext: () => SuperContext | undefined = () => undefined;
export function setSuperContext(f: () => SuperContext | undefined): void {
  superContext = f;
}

function superInit(self: Value, args: Value[], kw?: KwNames): void {
  const s = self as PySuper;
  if (kw !== undefined && kw.length > 0) throw typeError("super() takes no keyword arguments");
  if (args.length > 2) throw typeError(`super() expected at most 2 arguments, got ${args.length}`);
  let type = args[0], obj: Value | undefined = args[1];
  if (type === undefined) {
    const c = superContext();
    if (c === undefined) throw runtimeError("super(): no current frame");
    if (c.argcount === 0) throw runtimeError("super(): no arguments");
    if (c.firstArg === undefined) throw runtimeError("super(): arg[0] deleted");
    if (c.classCell === undefined) throw runtimeError("super(): __class__ cell not found");
    const t = (c.classCell as PyCell).v;
    if (t === undefined) throw runtimeError("super(): empty __class__ cell");
    if (!(t instanceof PyType)) throw runtimeError(`super(): __class__ is not a type (${typeOf(t).name})`);
    type = t;
    obj = c.firstArg;
  }
  if (!(type instanceof PyType)) throw typeError(`super() argument 1 must be a type, not ${typeOf(type).name}`);
  if (obj === None) obj = undefined;
  s.objType = obj === undefined ? undefined : superCheck(type, obj);
  s.type = type;
  s.obj = obj;
}

function superRepr(self: Value): Value {
  const s = self as PySuper;
  const t = s.type === undefined ? "NULL" : s.type.name;
  return s.objType === undefined
    ? `<super: <class '${t}'>, NULL>`
    : `<super: <class '${t}'>, <${s.objType.name} object>>`;
}

setSpec(superType, {
  doc:
    "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)\nTypical use is to call a cooperative superclass method from an override.",
  slots: {
    tp_new: (t) => new PySuper(t),
    tp_init: superInit,
    tp_getattro: superGetAttr,
    tp_repr: superRepr,
    tp_descr_get: (self, obj) => {
      const s = self as PySuper;
      if (obj === undefined || obj === None || s.obj !== undefined) return s;
      const n = new PySuper(s.cls);
      n.type = s.type;
      n.obj = obj;
      n.objType = superCheck(s.type!, obj);
      return n;
    },
  },
  docs: {
    __thisclass__: "the class whose successor in the MRO is asked",
    __self__: "the instance or class that is bound; None: unbound",
    __self_class__: "the type of what is bound",
  },
  members: {
    __thisclass__: (s) => s.type ?? None,
    __self__: (s) => s.obj ?? None,
    __self_class__: (s) => s.objType ?? None,
  },
});
export { cur, PyInstance };
