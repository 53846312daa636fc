// CPython 3.14: Objects/typeobject.c (type objects: attributes, calls)
//
// `type`: attribute access on classes, calling a class, and the attributes of type objects.
// Making classes is in type_new.ts, slots in type_ready.ts.

import {
  allTypes,
  baseExceptionType,
  bytearrayType,
  bytesType,
  dictType,
  floatType,
  frozensetType,
  intType,
  isSubtype,
  type KwNames,
  listType,
  M_CLASS,
  M_VECTOR,
  None,
  NotImplemented,
  objectType,
  PyBaseException,
  PyDictBase,
  PyList,
  PyObject,
  PyStrSub,
  PyTuple,
  PyType,
  PyWideStr,
  setSpec,
  setType,
  strType,
  TF_ABSTRACT,
  TF_FROM_SPEC,
  TF_HEAPTYPE,
  TF_IMMUTABLE,
  tupleType,
  typeName,
  typeOf,
  typeType,
  type Value,
} from "./object.ts";
import { watchInstance } from "./watch.ts";
import { attributeError, typeError } from "./errors.ts";
import { lookupOwn, lookupType } from "./attr.ts";
import { fillTypeDict, typeModified, updateSlot } from "./type_ready.ts";
import { initDyn } from "./slotdefs.ts";
import { cur } from "./state.ts";
import { PyDict } from "./dict.ts";
import {
  call1,
  call2,
  callMethod,
  getAttr,
  isTrue,
  iterToArray,
  lookupAttr,
  realIsInstance,
  realIsSubclass,
} from "./abstract.ts";
import { PyMappingProxy } from "./mappingproxy.ts";
import { hasSurrogate, nameValue, utf16 } from "./names.ts";
import { layoutOf } from "./type_layout.ts";
import {
  assignBases,
  checkTypeName,
  computeMro,
  preparedNamespace,
  typeInit,
  typeNew,
  typesTuple,
} from "./type_new.ts";
import { unionOf } from "./union.ts";
import { setTypeAnnotate, setTypeAnnotations, typeAnnotate, typeAnnotations } from "./annotations.ts";

/** type.__getattribute__ without the error. */
export function typeLookup(t: PyType, name: string): Value | undefined {
  const meta = t.cls;
  const md = lookupType(meta, name);
  let get: PyType["tp_descr_get"];
  if (md !== undefined) {
    const mt = typeOf(md);
    get = mt.tp_descr_get;
    if (get !== undefined && mt.tp_descr_set !== undefined) {
      return get(md, t, meta);
    }
  }
  const a = lookupType(t, name);
  if (a !== undefined) {
    const g = typeOf(a).tp_descr_get;
    return g === undefined ? a : g(a, undefined, t);
  }
  if (get !== undefined) return get(md!, t, meta);
  return md;
}

/** tp_getattro of type. */
export function typeGetAttr(t: Value, name: string): Value {
  const v = typeLookup(t as PyType, name);
  if (v === undefined) {
    throw attributeError(
      `type object '${(t as PyType).name}' has no attribute '${name}'`,
      t,
      name,
    );
  }
  return v;
}

/** Is it no descriptor? */
function isPlain(v: Value): boolean {
  const t = typeOf(v);
  return t.tp_descr_get === undefined && t.tp_descr_set === undefined;
}
function typeSetAttr(self: Value, name: string, v: Value | undefined): void {
  const t = self as PyType;
  if ((t.flags & TF_IMMUTABLE) !== 0) {
    throw typeError(
      `cannot set ${nameRepr(name)} attribute of immutable type '${t.name}'`,
    );
  }
  const md = lookupType(t.cls, name);
  if (md !== undefined) {
    const set = typeOf(md).tp_descr_set;
    if (set !== undefined) return set(md, t, v);
  }
  const d = t.tdict!;
  if (!name.startsWith("__")) {
    const old = v === undefined ? undefined : d.getStr(name);
    if (old !== undefined && isPlain(old) && isPlain(v!)) {
      if (t.volatile === undefined) t.volatile = new Set();
      if (t.volatile.has(name)) {
        d.setStr(name, v!);
        return;
      }
      t.volatile.add(name);
    } else if (t.volatile !== undefined) t.volatile.delete(name);
  }
  if (v !== undefined) d.setStr(name, v);
  else if (d.deleteStr(name) === undefined) {
    throw attributeError(
      `type object '${t.name}' has no attribute '${name}'`,
      t,
      name,
    );
  }
  typeModified(t, name);
  if (name.startsWith("__")) updateSlot(t, name);
}
function nameRepr(name: string): string {
  return `'${name}'`;
}

/** `cls(*args)`: tp_new, then tp_init (nested; the run loop has its own way). */
export function typeCall(self: Value, args: Value[], kw?: KwNames): Value {
  const t = self as PyType;
  if (t === typeType) {
    const n = args.length - (kw?.length ?? 0);
    if (args.length === 1 && n === 1) return typeOf(args[0]);
    if (args.length !== 3 && n !== 3) {
      if (n === 1 && kw !== undefined) throw typeError("type() takes no keyword arguments");
      if (n !== 3) throw typeError("type() takes 1 or 3 arguments");
    }
  }
  if (t.tp_new === undefined) {
    throw typeError(`cannot create '${t.name}' instances`);
  }
  const o = t.tp_new(t, args, kw);
  const ot = typeOf(o);
  if (ot !== t && !isSubtype(ot, t)) return o;
  if (ot.tp_finalize !== undefined) watchInstance(o);
  if (ot.tp_init !== undefined) ot.tp_init(o, args, kw);
  return o;
}

function typeRepr(self: Value): Value {
  const t = self as PyType;
  const mod = typeModule(t);
  if (typeof mod === "string" && mod !== "builtins") {
    return `<class '${mod}.${t.qualname}'>`;
  }
  return `<class '${(t.flags & TF_HEAPTYPE) !== 0 ? t.qualname : t.name}'>`;
}

/** `__module__` of a type: a str, or whatever a class has there; undefined when it has none. */
export function typeModule(t: PyType): Value | undefined {
  if ((t.flags & TF_HEAPTYPE) !== 0) return t.tdict!.getStr("__module__");
  const dot = t.name.lastIndexOf(".");
  return t.spec?.module ?? (dot < 0 ? "builtins" : t.name.slice(0, dot));
}

function checkHeap(t: PyType, what: string, v: Value | undefined): void {
  if ((t.flags & TF_IMMUTABLE) !== 0) {
    throw typeError(
      `cannot set '${what}' attribute of immutable type '${t.name}'`,
    );
  }
  if (v === undefined) {
    throw typeError(`cannot delete '${what}' attribute of immutable type '${t.name}'`);
  }
}

function textOf(v: Value): string | undefined {
  if (typeof v === "string") return v;
  if (v instanceof PyWideStr) return utf16(v);
  if (v instanceof PyStrSub) return utf16(v.v);
  return undefined;
}

function setName(t: PyType, v: Value | undefined): void {
  checkHeap(t, "__name__", v);
  const s = textOf(v!);
  if (s === undefined) {
    throw typeError(
      `can only assign string to ${t.name}.__name__, not '${typeName(v!)}'`,
    );
  }
  checkTypeName(s);
  t.name = s;
}
function setQualname(t: PyType, v: Value | undefined): void {
  checkHeap(t, "__qualname__", v);
  const s = textOf(v!);
  if (s === undefined) {
    throw typeError(
      `can only assign string to ${t.name}.__qualname__, not '${typeName(v!)}'`,
    );
  }
  t.qualname = s;
}

/** The signature line at the head of a builtin's doc, split off. */
function splitDoc(t: PyType): Value {
  if ((t.flags & TF_HEAPTYPE) !== 0) {
    const d = t.tdict!.getStr("__doc__");
    if (d === undefined) return None;
    const get = typeOf(d).tp_descr_get;
    return get === undefined ? d : get(d, undefined, t);
  }
  return lookupOwn(t, "__doc__") ?? None;
}

/** The signature at the head of a class's doc string: `name(...)`, a line `--` and an empty one. */
function signatureInDoc(t: PyType): string | undefined {
  const doc = (t.flags & TF_HEAPTYPE) !== 0 ? t.tdict!.getStr("__doc__") : undefined;
  if (typeof doc !== "string" || !doc.startsWith(`${t.name}(`)) return undefined;
  const end = doc.indexOf(")\n--\n\n"), blank = doc.indexOf("\n\n");
  return end < 0 || blank < end ? undefined : doc.slice(t.name.length, end + 1);
}

/** Is a shared builtin type there in this Interpreter: is the module that has it imported? */
function isPresent(t: PyType): boolean {
  const dot = t.name.lastIndexOf(".");
  if (dot < 0) return true;
  const module = t.name.slice(0, dot), { modules } = cur.interp;
  return modules.getStr(module) !== undefined || modules.getStr(`_${module}`) !== undefined;
}

/** Live direct subclasses. */
export function subclassesOf(t: PyType): PyType[] {
  const out: PyType[] = [];
  if ((t.flags & TF_HEAPTYPE) === 0) {
    for (const c of allTypes) if (c !== t && c.bases.includes(t) && isPresent(c)) out.push(c);
  }
  const sets = [t.subclasses, cur.interp.builtinSubclasses.get(t)];
  for (const s of sets) {
    if (s === undefined) continue;
    for (const w of s) {
      const c = w.deref();
      if (c === undefined) s.delete(w);
      else if (c.bases.includes(t)) out.push(c);
    }
  }
  return out;
}

/** CPython's tp_flags as far as they show. */
function flagsOf(t: PyType): number {
  const own = layoutOf(t);
  if (own !== undefined) return READY_BITS + own[0];
  let f = 0;
  if ((t.flags & (TF_HEAPTYPE | TF_FROM_SPEC)) !== 0) f |= 1 << 9;
  if ((t.flags & (1 << 10)) !== 0) f |= 1 << 10;
  if ((t.flags & TF_IMMUTABLE) !== 0) f |= 1 << 8;
  f |= t.flags & (TF_ABSTRACT | 1 << 5 | 1 << 6 | 1 << 7);
  if ((t.flags & TF_HEAPTYPE) !== 0) {
    f |= 1 << 14;
    const b = solidBase(t);
    if (t.hasDict && !b.hasDict) f |= 1 << 4 | (itemSize(t) !== 0 ? 0 : 1 << 2);
    if (t.hasWeakref && !b.hasWeakref) f |= 1 << 3;
    if (t.tp_call !== undefined && t.tp_call === b.tp_call) f |= (layoutOf(b)?.[0] ?? 0) & (1 << 11);
  } else if ((t.flags & TF_FROM_SPEC) === 0) f |= 1 << 1;
  if (MATCH_SELF.some((b) => isSubtype(t, b))) f |= 1 << 22;
  SUBCLASS_BITS.forEach((b, i) => {
    if (isSubtype(t, b)) f |= 1 << (24 + i);
  });
  f |= READY_BITS;
  return isSubtype(t, typeType) ? 2 ** 31 + (f | 1 << 23) : f;
}
const READY_BITS = 1 << 12;
/** The builtin type that a class derives its layout from. */
function solidBase(t: PyType): PyType {
  let b = t;
  while ((b.flags & TF_HEAPTYPE) !== 0) b = b.base!;
  return b;
}
function itemSize(t: PyType): number {
  return layoutOf(solidBase(t))?.[2] ?? 0;
}
/** What an instance takes without its items, in bytes. */
function basicSize(t: PyType): number {
  const b = solidBase(t);
  return (layoutOf(b)?.[1] ?? 16 + (b === objectType ? 0 : 8)) + 8 * (t.nslots - b.nslots);
}
/** Types that a class pattern with one positional subpattern matches as a whole. */
const MATCH_SELF: readonly PyType[] = [
  intType,
  floatType,
  strType,
  bytesType,
  bytearrayType,
  listType,
  tupleType,
  dictType,
  setType,
  frozensetType,
];
/** Types with a flag of their own in subclasses, from bit 24 on. */
const SUBCLASS_BITS: readonly PyType[] = [
  intType,
  listType,
  tupleType,
  bytesType,
  strType,
  dictType,
  baseExceptionType,
];

// classes keep their attributes in `tdict`; a metaclass gets no further dict
typeType.hasDict = typeType.hasWeakref = true;
setSpec(typeType, {
  doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
  slots: {
    tp_call: typeCall,
    tp_getattro: typeGetAttr,
    tp_setattro: typeSetAttr,
    tp_repr: typeRepr,
    tp_new: typeNew,
    tp_init: typeInit,
    nb_or: (a, b) => unionOf(a, b),
  },
  methods: {
    mro: [
      "",
      "Return a type's method resolution order.",
      (t: PyType) => new PyList(computeMro(t)),
    ],
    __subclasses__: [
      "",
      "Return a list of immediate subclasses.",
      (t: PyType) => new PyList(subclassesOf(t)),
    ],
    __prepare__: [
      "$cls, name, bases, /, **kwds",
      "Create the namespace for the class statement",
      () => preparedNamespace(),
      M_CLASS | M_VECTOR,
    ],
    __instancecheck__: [
      "instance, /",
      "Check if an object is an instance.",
      (t: PyType, v: Value) => realIsInstance(v, t),
    ],
    __subclasscheck__: [
      "subclass, /",
      "Check if a class is a subclass.",
      (t: PyType, v: Value) => realIsSubclass(v, t),
    ],
    __dir__: [
      "",
      "Specialized __dir__ implementation for types.",
      (t: PyType) => typeDir(t),
    ],
    __sizeof__: [
      "",
      "Return memory consumption of the type object.",
      (t: PyType) => (t.flags & TF_HEAPTYPE) !== 0 ? 888 : 416,
    ],
  },
  members: {
    __basicsize__: (t) => basicSize(t),
    __itemsize__: itemSize,
    __flags__: flagsOf,
    __weakrefoffset__: (t) => layoutOf(solidBase(t))?.[4] || (t.hasWeakref ? -32 : 0),
    __base__: (t) => t.base ?? None,
    __dictoffset__: (t) => layoutOf(solidBase(t))?.[3] || (t.hasDict ? -1 : 0),
  },
  getset: {
    __name__: [(t: PyType) => {
      if ((t.flags & TF_HEAPTYPE) !== 0 && t.spec === undefined) return nameValue(t.name);
      return t.name.slice(t.name.lastIndexOf(".") + 1);
    }, setName],
    __qualname__: [(t: PyType) => nameValue(t.qualname), setQualname],
    __bases__: [(t: PyType) => typesTuple(t.bases), (t: PyType, v) => {
      checkHeap(t, "__bases__", v);
      assignBases(t, v!);
    }],
    __mro__: [(t: PyType) => t.mro.length === 0 ? None : typesTuple(t.mro)],
    __module__: [(t: PyType) => {
      const m = typeModule(t);
      if (m === undefined) throw attributeError("__module__", t, "__module__");
      return m;
    }, (t: PyType, v) => {
      checkHeap(t, "__module__", v);
      t.tdict!.setStr("__module__", v!);
      t.tdict!.deleteStr("__firstlineno__");
      typeModified(t, "__module__");
    }],
    __abstractmethods__: [(t: PyType) => {
      const v = t === typeType ? undefined : t.tdict?.getStr("__abstractmethods__");
      if (v === undefined) {
        throw attributeError("__abstractmethods__", t, "__abstractmethods__");
      }
      return v;
    }, (t: PyType, v) => {
      if (v === undefined) {
        if (
          t === typeType ||
          t.tdict?.deleteStr("__abstractmethods__") === undefined
        ) {
          throw attributeError("__abstractmethods__", t, "__abstractmethods__");
        }
        t.flags &= ~TF_ABSTRACT;
      } else {
        const abstract = isTrue(v);
        t.tdict!.setStr("__abstractmethods__", v);
        t.flags = abstract ? t.flags | TF_ABSTRACT : t.flags & ~TF_ABSTRACT;
      }
      typeModified(t, "__abstractmethods__");
    }],
    __dict__: [(t: PyType) => new PyMappingProxy(typeDict(t))],
    __doc__: [splitDoc, (t: PyType, v) => {
      checkHeap(t, "__doc__", v);
      t.tdict!.setStr("__doc__", v!);
      typeModified(t, "__doc__");
    }],
    __text_signature__: [(t: PyType) => t.spec?.sig ?? signatureInDoc(t) ?? None],
    __annotations__: [typeAnnotations, setTypeAnnotations],
    __annotate__: [typeAnnotate, setTypeAnnotate],
    __type_params__: [(t: PyType) => {
      if ((t.flags & TF_HEAPTYPE) === 0) return new PyTuple([]);
      return t.tdict!.getStr("__type_params__") ?? new PyTuple([]);
    }, (t: PyType, v) => {
      checkHeap(t, "__type_params__", v);
      t.tdict!.setStr("__type_params__", v!);
      typeModified(t, "__type_params__");
    }],
  },
});

/** The whole namespace of a type. */
export function typeDict(t: PyType): PyDictBase {
  return (t.flags & TF_HEAPTYPE) !== 0 ? t.tdict! : fillTypeDict(t);
}

/** Names of a class and its bases, merged into `into` (merge_class_dict). */
export function mergeClassDict(c: Value, into: PyDict): void {
  const d = lookupAttr(c, "__dict__");
  if (d !== undefined) { for (const k of iterToArray(d)) into.set(k, None); }
  const bases = lookupAttr(c, "__bases__");
  if (bases !== undefined) {
    for (const b of iterToArray(bases)) mergeClassDict(b, into);
  }
}
function typeDir(t: PyType): Value {
  const d = new PyDict();
  mergeClassDict(t, d);
  return new PyList(d.keyArray());
}

export {
  basicSize,
  call1,
  call2,
  callMethod,
  flagsOf,
  getAttr,
  hasSurrogate,
  initDyn,
  itemSize,
  NotImplemented,
  PyBaseException,
  PyObject,
};
