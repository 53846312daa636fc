// CPython 3.14: Objects/typeobject.c (object)
//
// `object`: creation, default comparison, repr, pickling support, `__class__` assignment.

import { watch } from "./watch.ts";
import {
  EQ,
  isSubtype,
  type KwNames,
  moduleType,
  NE,
  None,
  noneType,
  NotImplemented,
  objectType,
  PyBytes,
  PyDictBase,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  TF_ABSTRACT,
  TF_HEAPTYPE,
  TF_IMMUTABLE,
  typeName,
  typeOf,
  type Value,
} from "./object.ts";
import { attributeError, typeError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { genericGetAttr, genericSetAttr, instanceDict, lookupType, newInstance } from "./attr.ts";
import {
  call,
  call0,
  call1,
  callMethod,
  getAttr,
  getIter,
  identical,
  intValue,
  isInt,
  isStr,
  isTrue,
  iterToArray,
  lookupAttr,
  lookupSpecial,
  richCompareBool,
  strObject,
  strValue,
} from "./abstract.ts";
import { hashPointer } from "./hash.ts";
import { PyDict } from "./dict.ts";
import { cur } from "./state.ts";
import { addressOf } from "./native_call.ts";
import { basicSize, itemSize, mergeClassDict, typeModule } from "./type.ts";
import { utf16 } from "./names.ts";
import { initDyn, newDyn } from "./slotdefs.ts";
import { PySlotMember } from "./native.ts";

function excessArgs(args: Value[]): boolean {
  return args.length > 0;
}

function objectNew(t: PyType, args: Value[], _kw?: KwNames): Value {
  if (excessArgs(args) && t.tp_new !== objectNew) {
    throw typeError("object.__new__() takes exactly one argument (the type to instantiate)");
  }
  checkNew(t, args);
  const o = newInstance(t);
  if (t.tp_finalize !== undefined) watch(o);
  return o;
}

/** What object.__new__ refuses, for a tp_new that stands for it: arguments for nobody, abstract classes. */
export function checkNew(t: PyType, args: Value[]): void {
  if (excessArgs(args) && t.tp_init === objectInit) throw typeError(`${t.name}() takes no arguments`);
  if ((t.flags & TF_ABSTRACT) !== 0) throw abstractError(t);
}

/** "Can't instantiate abstract class ..." */
function abstractError(t: PyType): PyObject {
  const names = iterToArray(getAttr(t, "__abstractmethods__")).map((x) => utf16(strValue(strObject(x)))).sort();
  const list = names.map((n) => `'${n}'`).join(", ");
  return typeError(
    `Can't instantiate abstract class ${t.name} without an implementation for abstract method${
      names.length > 1 ? "s" : ""
    } ${list}`,
  );
}

function objectInit(self: Value, args: Value[]): void {
  if (!excessArgs(args)) return;
  const t = typeOf(self);
  if (t.tp_init !== objectInit) {
    throw typeError("object.__init__() takes exactly one argument (the instance to initialize)");
  }
  if (t.tp_new === objectNew) {
    throw typeError(`${t.name}.__init__() takes exactly one argument (the instance to initialize)`);
  }
}
/** tp_new and tp_init of object, for the run loop's quick ways. */
export { objectInit, objectNew };

function objectRepr(self: Value): Value {
  const t = typeOf(self);
  const mod = typeModule(t);
  const name = mod !== undefined && isStr(mod) && mod !== "builtins" ? `${utf16(strValue(mod))}.${t.qualname}` : t.name;
  return X.textValue(`<${name} object at ${addressOf(self)}>`);
}

/** Does a class add nothing to its base's layout? (compatible_with_tp_base) */
function addsNothing(t: PyType): boolean {
  const b = t.base;
  return b !== undefined && t.layout === b.layout && t.nslots === b.nslots && t.hasDict === b.hasDict &&
    t.hasWeakref === b.hasWeakref;
}
/** The members that a class's own `__slots__` made, sorted. */
function ownSlotNames(t: PyType): string {
  const out: string[] = [];
  for (const v of (t.tdict as PyDict).valueArray()) {
    if (v instanceof PySlotMember && v.type === t) out.push(v.name);
  }
  return out.sort().join();
}
/** Can an object of type `from` become one of type `to`? (compatible_for_assignment) */
export function sameLayout(from: PyType, to: PyType): boolean {
  let a = from, b = to;
  while (addsNothing(a)) a = a.base!;
  while (addsNothing(b)) b = b.base!;
  if (a === b) return true;
  if ((a.flags & b.flags & TF_HEAPTYPE) === 0 || a.base !== b.base) return false;
  return a.hasDict === b.hasDict && a.hasWeakref === b.hasWeakref && a.nslots === b.nslots &&
    ownSlotNames(a) === ownSlotNames(b);
}

function setClass(self: Value, v: Value | undefined): void {
  if (v === undefined) throw typeError("can't delete __class__ attribute");
  if (!(v instanceof PyType)) throw typeError(`__class__ must be set to a class, not '${typeName(v)}' object`);
  const old = typeOf(self);
  const modules = isSubtype(v, moduleType) && isSubtype(old, moduleType);
  if (!modules && ((v.flags & TF_IMMUTABLE) !== 0 || (old.flags & TF_IMMUTABLE) !== 0)) {
    throw typeError("__class__ assignment only supported for mutable types or ModuleType subclasses");
  }
  if (!modules && !sameLayout(old, v)) {
    throw typeError(`__class__ assignment: '${v.name}' object layout differs from '${old.name}'`);
  }
  const o = self as PyObject;
  if (o instanceof PyInstance && o.shape !== undefined && o.cls.hasDict) instanceDict(o);
  o.cls = v;
}

// ---- pickling support -----------------------------------------------------------------------

/** The state of an object (object_getstate_default). */
/** How many items an object of variable size has in it (ob_size). */
function itemCount(o: Value): number {
  return o instanceof PyTuple ? o.items.length : o instanceof PyBytes ? o.b.length : 0;
}

function getState(o: Value, required = false): Value {
  const t = typeOf(o);
  if (
    required && t.layout !== objectType && (t.layout.flags & TF_HEAPTYPE) === 0 && t !== noneType
  ) {
    throw typeError(`cannot pickle '${t.name}' object`);
  }
  let state: Value = None;
  const d = lookupAttr(o, "__dict__");
  if (d !== undefined && !(d instanceof PyDictBase && d.size === 0)) state = d;
  const names = slotNameList(t);
  if (names.length > 0) {
    const slots = new PyDict();
    for (const n of names) {
      const v = lookupAttr(o, n);
      if (v !== undefined) slots.setStr(n, v);
    }
    if (slots.size > 0) return new PyTuple([state, slots]);
  }
  return state;
}
function slotNameList(t: PyType): string[] {
  const f = cur.interp.importModule("copyreg");
  const r = callMethod(f, "_slotnames", t);
  if (r === None) return [];
  return iterToArray(r).map((x) => utf16(strValue(x)));
}

function objectGetState(o: Value, required: boolean): Value {
  const f = getAttr(o, "__getstate__");
  const own = lookupType(typeOf(o), "__getstate__");
  if (
    own === lookupType(objectType, "__getstate__") &&
    !(o instanceof PyInstance && o.dict?.getStr("__getstate__") !== undefined)
  ) {
    return getState(o, required);
  }
  return call0(f);
}

function newArguments(o: Value): [args: Value[] | undefined, kwargs: Value | undefined] {
  const ex = lookupSpecial(o, "__getnewargs_ex__");
  if (ex !== undefined) {
    const r = call0(ex);
    if (!(r instanceof PyTuple)) throw typeError(`__getnewargs_ex__ should return a tuple, not '${typeName(r)}'`);
    if (r.items.length !== 2) {
      throw X.makeException(
        X.ValueError,
        new PyTuple([`__getnewargs_ex__ should return a tuple of length 2, not ${r.items.length}`]),
      );
    }
    const [a, k] = r.items;
    if (!(a instanceof PyTuple)) {
      throw typeError(`first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '${typeName(a)}'`);
    }
    if (!(k instanceof PyDictBase)) {
      throw typeError(`second item of the tuple returned by __getnewargs_ex__ must be a dict, not '${typeName(k)}'`);
    }
    return [a.items, k];
  }
  const na = lookupSpecial(o, "__getnewargs__");
  if (na !== undefined) {
    const r = call0(na);
    if (!(r instanceof PyTuple)) throw typeError(`__getnewargs__ should return a tuple, not '${typeName(r)}'`);
    return [r.items, undefined];
  }
  return [undefined, undefined];
}
function reduceNewobj(o: Value): Value {
  const t = typeOf(o);
  if (t.tp_new === undefined) throw typeError(`cannot pickle '${t.name}' object`);
  const [newArgs, kwargs] = newArguments(o);
  const has = newArgs !== undefined, args = newArgs ?? [];
  const copyreg = cur.interp.importModule("copyreg");
  let newobj: Value, newargs: Value;
  if (kwargs === undefined || (kwargs as PyDict).size === 0) {
    newobj = getAttr(copyreg, "__newobj__");
    newargs = new PyTuple([t, ...args]);
  } else {
    newobj = getAttr(copyreg, "__newobj_ex__");
    newargs = new PyTuple([t, new PyTuple(args), kwargs]);
  }
  const isList = isSubtype(t, listT()), isDict = isSubtype(t, dictT());
  const state = objectGetState(o, !(has || isList || isDict));
  const listItems = isList ? getIter(o) : None;
  const dictItems = isDict ? getIter(callMethod(o, "items")) : None;
  return new PyTuple([newobj, newargs, state, listItems, dictItems]);
}
import { dictType, listType } from "./object.ts";
function listT(): PyType {
  return listType;
}
function dictT(): PyType {
  return dictType;
}

function reduceEx(o: Value, proto: number): Value {
  if (proto >= 2) return reduceNewobj(o);
  return callMethod(cur.interp.importModule("copyreg"), "_reduce_ex", o, proto);
}

function objectDir(o: Value): Value {
  const d = lookupAttr(o, "__dict__");
  const all = new PyDict();
  if (d instanceof PyDictBase) { for (const k of (d as PyDict).keyArray()) all.set(k, None); }
  const c = lookupAttr(o, "__class__");
  if (c !== undefined) mergeClassDict(c, all);
  return new PyList(all.keyArray());
}

setSpec(objectType, {
  doc:
    "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
  sig: "()",
  slots: {
    tp_repr: objectRepr,
    tp_str: (self) => typeOf(self).tp_repr!(self),
    tp_hash: (self) => hashPointer(self as PyObject),
    tp_getattro: genericGetAttr,
    tp_setattro: genericSetAttr,
    tp_richcompare: (a, b, op) => {
      if (op === EQ) return identical(a, b) ? true : NotImplemented;
      if (op === NE) {
        const f = typeOf(a).tp_richcompare;
        if (f === undefined) return NotImplemented;
        const r = f(a, b, EQ);
        return r === NotImplemented ? r : !isTrue(r);
      }
      return NotImplemented;
    },
    tp_init: objectInit,
    tp_new: objectNew,
  },
  methods: {
    __reduce_ex__: ["protocol, /", "Helper for pickle.", (o: Value, proto: Value) => {
      const f = lookupAttr(o, "__reduce__");
      if (f !== undefined) {
        const own = lookupType(typeOf(o), "__reduce__");
        if (own !== lookupType(objectType, "__reduce__")) return call0(f);
      }
      if (!isInt(proto)) throw typeError(`'${typeName(proto)}' object cannot be interpreted as an integer`);
      return reduceEx(o, Number(intValue(proto)));
    }],
    __reduce__: ["", "Helper for pickle.", (o: Value) => reduceEx(o, 0)],
    __getstate__: ["", "Helper for pickle.", (o: Value) => getState(o)],
    __subclasshook__: [
      "object, /",
      "Abstract classes can override this to customize issubclass().\n\nThis is invoked early on by abc.ABCMeta.__subclasscheck__().\nIt should return True, False or NotImplemented.  If it returns\nNotImplemented, the normal algorithm is used.  Otherwise, it\noverrides the normal algorithm (and the outcome is cached).",
      () => NotImplemented,
      1,
    ],
    __init_subclass__: [
      "",
      "This method is called when a class is subclassed.\n\nThe default implementation does nothing. It may be\noverridden to extend subclasses.",
      () => None,
      1,
    ],
    __format__: [
      "format_spec, /",
      "Default object formatter.\n\nReturn str(self) if format_spec is empty. Raise TypeError otherwise.",
      (o: Value, spec: Value) => {
        if (!isStr(spec)) {
          throw typeError(`__format__() argument must be str, not ${spec === None ? "None" : typeName(spec)}`);
        }
        if (strValue(spec) !== "") throw typeError(`unsupported format string passed to ${typeOf(o).name}.__format__`);
        return strObject(o);
      },
    ],
    __sizeof__: ["", "Size of object in memory, in bytes.", (o: Value) => {
      const t = typeOf(o), item = itemSize(t);
      return basicSize(t) + (item === 0 ? 0 : item * itemCount(o));
    }],
    __dir__: ["", "Default dir() implementation.", objectDir],
  },
  getset: {
    __class__: [(o: Value) => typeOf(o), setClass, "the object's class"],
  },
});

export { attributeError, call, call1, initDyn, newDyn, richCompareBool };
