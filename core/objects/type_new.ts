// CPython 3.14: Objects/typeobject.c (type_new, mro, best_base)
//
// Making classes: the metaclass, the base that decides the layout, C3, `__slots__`, `__classcell__`,
// `__set_name__`, `__init_subclass__`.

import {
  boolType,
  bytesType,
  dictType,
  functionType,
  intType,
  isSubtype,
  type KwNames,
  None,
  objectType,
  PyBaseException,
  PyCell,
  PyDictBase,
  PyTuple,
  PyType,
  TF_BASETYPE,
  TF_HEAPTYPE,
  TF_MAPPING,
  TF_SEQUENCE,
  tupleType,
  typeName,
  typeOf,
  typeType,
  type Value,
} from "./object.ts";
import { attributeError, runtimeError, typeError, valueError } from "./errors.ts";
import { lookupOwn, lookupType } from "./attr.ts";
import { initSlots, typeModified, updateSlots } from "./type_ready.ts";
import { PyDict } from "./dict.ts";
import { PyGetSet, PySlotMember } from "./native.ts";
import {
  call,
  callMethod,
  callUnbound,
  getAttr,
  getItem,
  identical,
  isStr,
  iterToArray,
  lookupAttr,
  lookupSpecial,
  reprStr,
  strValue,
} from "./abstract.ts";
import { getDictAttr, setDictAttr } from "./attr.ts";
import { utf16 } from "./names.ts";
import { cur, interpStore } from "./state.ts";
import { newSuper, wrapClassMethod, wrapStaticMethod } from "./descr.ts";
import { getWeakrefList } from "./weakref.ts";
import { mangleName } from "./mangle.ts";
import { addNote } from "./exceptions.ts";
import { isIdentifier } from "./str_case.ts";
import { sameLayout } from "./object_type.ts";
import * as X from "./exceptions.ts";

/** An empty namespace for a class body. */
export function preparedNamespace(): Value {
  return new PyDict();
}

// ---- method resolution order ----------------------------------------------------------------

/** The C3 linearisation of a type (mro_implementation). */
export function computeMro(t: PyType): PyType[] {
  const bases = t.bases;
  for (const b of bases) if (b.mro.length === 0) throw typeError(`Cannot extend an incomplete type '${b.name}'`);
  if (bases.length === 1) return [t, ...bases[0].mro];
  const dup = new Set<PyType>();
  for (const b of bases) {
    if (dup.has(b)) throw typeError(`duplicate base class ${plainName(b)}`);
    dup.add(b);
  }
  const lists = bases.map((b) => b.mro.slice());
  lists.push(bases.slice());
  const out: PyType[] = [t];
  for (;;) {
    let empty = 0, found: PyType | undefined;
    for (const l of lists) {
      if (l.length === 0) {
        empty++;
        continue;
      }
      const c = l[0];
      if (!lists.some((m) => m.indexOf(c, 1) > 0)) {
        found = c;
        break;
      }
    }
    if (found === undefined) {
      if (empty === lists.length) return out;
      const left = new Set<PyType>();
      for (const l of lists) if (l.length > 0) left.add(l[0]);
      throw typeError(
        `Cannot create a consistent method resolution order (MRO) for bases ${[...left].map(plainName).join(", ")}`,
      );
    }
    out.push(found);
    for (const l of lists) if (l[0] === found) l.shift();
  }
}

/** `__name__` of a type. */
function plainName(t: PyType): string {
  return (t.flags & TF_HEAPTYPE) !== 0 ? t.name : t.name.slice(t.name.lastIndexOf(".") + 1);
}

/** The MRO by the metaclass's own `mro()` where it has one (mro_invoke). */
function invokeMro(t: PyType): PyType[] {
  const f = lookupType(t.cls, "mro");
  if (t.cls === typeType || f === lookupType(typeType, "mro")) return computeMro(t);
  const r = callUnbound(f!, t, []);
  const out: PyType[] = [];
  const solid = t.layout;
  for (const c of iterToArray(r)) {
    if (!(c instanceof PyType)) throw typeError(`mro() returned a non-class ('${typeName(c)}')`);
    if (!isSubtype(solid, c.layout)) throw typeError(`mro() returned base with unsuitable layout ('${c.name}')`);
    out.push(c);
  }
  return out;
}

/** The base whose layout the new class has (best_base). */
function bestBase(bases: PyType[]): PyType {
  let base: PyType | undefined, winner: PyType | undefined;
  for (const b of bases) {
    if ((b.flags & TF_BASETYPE) === 0) throw typeError(`type '${b.name}' is not an acceptable base type`);
    const candidate = b.layout;
    if (
      winner === undefined || (winner !== candidate && isSubtype(candidate, winner) && !isSubtype(winner, candidate))
    ) {
      winner = candidate;
      base = b;
    } else if (!isSubtype(winner, candidate)) {
      throw typeError("multiple bases have instance lay-out conflict");
    }
  }
  return base!;
}

/** The most derived metaclass (_PyType_CalculateMetaclass). */
export function calculateMetaclass(meta: PyType, bases: readonly Value[]): PyType {
  let winner = meta;
  for (const b of bases) {
    const t = typeOf(b);
    if (isSubtype(winner, t)) continue;
    if (isSubtype(t, winner)) {
      winner = t;
      continue;
    }
    throw typeError(
      "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
    );
  }
  return winner;
}

/** Registers a class with its bases, so that changes reach it and `__subclasses__` knows it. */
function addSubclass(base: PyType, t: PyType): void {
  const w = new WeakRef(t);
  if ((base.flags & TF_HEAPTYPE) !== 0) (base.subclasses ??= new Set()).add(w);
  else {
    const m = cur.interp.builtinSubclasses;
    const s = m.get(base);
    if (s === undefined) m.set(base, new Set([w]));
    else s.add(w);
  }
}
function removeSubclass(base: PyType, t: PyType): void {
  const s = (base.flags & TF_HEAPTYPE) !== 0 ? base.subclasses : cur.interp.builtinSubclasses.get(base);
  if (s === undefined) return;
  for (const w of s) if (w.deref() === t) s.delete(w);
}

/** Text of a type must be encodable as UTF-8. */
export function checkEncodable(text: string): void {
  if (!text.isWellFormed()) callMethod(X.textValue(text), "encode", "utf-8");
}
/** A type's name must be encodable and have no null characters. */
export function checkTypeName(name: string): void {
  checkEncodable(name);
  if (name.includes("\0")) throw valueError("type name must not contain null characters");
}

/** The items of a class namespace, in the order that a dict subclass gives them. */
function namespaceItems(ns: PyDictBase): Iterable<[Value, Value]> {
  if (ns.cls === dictType || ns.cls.tp_iter === dictType.tp_iter) return (ns as PyDict).entries();
  return iterToArray(callMethod(ns, "keys")).map((k): [Value, Value] => [k, getItem(ns, k)]);
}

// ---- type(name, bases, dict) ----------------------------------------------------------------

/** Sets `__dict__` of an instance; that of a builtin type's instance cannot be deleted (subtype_setdict). */
function setClassDict(o: Value, v: Value | undefined): void {
  for (let b: PyType | undefined = v === undefined ? typeOf(o) : undefined; b !== undefined; b = b.base) {
    if (b.hasDict && (b.flags & TF_HEAPTYPE) === 0 && b !== typeType) throw typeError("cannot delete __dict__");
  }
  setDictAttr(o, v);
}

const TUPLES = {};
/** The tuple that shows the bases or the MRO of a type: always the same one for the same array. */
export function typesTuple(types: readonly PyType[], made?: PyTuple): PyTuple {
  const known = interpStore(TUPLES, () => new WeakMap<readonly PyType[], PyTuple>());
  let t = made ?? known.get(types);
  if (t === undefined || t === made) known.set(types, t ??= new PyTuple(types.slice()));
  return t;
}

/** tp_new of type. */
export function typeNew(meta: PyType, args: Value[], kw?: KwNames): Value {
  const n = args.length - (kw?.length ?? 0);
  if (n !== 3) {
    if (n < 3) throw typeError(`type.__new__() takes exactly 3 arguments (${n} given)`);
    throw typeError(`type.__new__() takes exactly 3 arguments (${n} given)`);
  }
  const [name, bases, dict] = args;
  if (!isStr(name)) throw typeError(`type.__new__() argument 1 must be str, not ${argName(name)}`);
  if (!(bases instanceof PyTuple)) throw typeError(`type.__new__() argument 2 must be tuple, not ${argName(bases)}`);
  if (!(dict instanceof PyDictBase)) throw typeError(`type.__new__() argument 3 must be dict, not ${argName(dict)}`);
  for (const b of bases.items) {
    if (!(b instanceof PyType) && lookupAttr(b, "__mro_entries__") !== undefined) {
      throw typeError(
        "type() doesn't support MRO entry resolution; use types.new_class()",
      );
    }
  }
  const winner = calculateMetaclass(meta, bases.items);
  if (winner !== meta) {
    if (winner.tp_new !== typeNew) return winner.tp_new!(winner, args, kw);
    meta = winner;
  }
  const t = newClass(meta, utf16(strValue(name)), bases.items, dict, args.slice(3), kw);
  if (bases.items.length > 0) typesTuple(t.bases, bases);
  return t;
}
function argName(v: Value): string {
  return v === None ? "None" : typeName(v);
}

/** tp_init of type. */
export function typeInit(_self: Value, args: Value[], kw?: KwNames): void {
  const n = args.length - (kw?.length ?? 0);
  if (kw !== undefined && kw.length > 0 && n === 1) throw typeError("type.__init__() takes no keyword arguments");
  if (n !== 1 && n !== 3) throw typeError("type.__init__() takes 1 or 3 arguments");
}

/** Makes a class. `kwValues` are the values of the keyword arguments `kw` for `__init_subclass__`. */
export function newClass(
  meta: PyType,
  name: string,
  baseValues: readonly Value[],
  origDict: PyDictBase,
  kwValues: Value[] = [],
  kw?: KwNames,
): PyType {
  const bases: PyType[] = [];
  for (const b of baseValues) {
    if (!(b instanceof PyType)) throw typeError("bases must be types");
    bases.push(b);
  }
  if (bases.length === 0) bases.push(objectType);
  const base = bestBase(bases);
  checkTypeName(name);

  const dict = new PyDict();
  let plain = true;
  for (const [k, v] of namespaceItems(origDict)) {
    dict.set(k, v);
    if (typeof k !== "string" && !isStr(k)) plain = false;
  }
  const t = new PyType(name, base, TF_HEAPTYPE | TF_BASETYPE, meta);
  t.qualname = name;
  t.bases = bases;
  t.base = base;
  t.tdict = dict;
  t.layout = base.layout;
  t.nslots = base.nslots;
  t.hasDict = base.hasDict;
  t.hasWeakref = base.hasWeakref;
  if (isSubtype(meta, typeType) && meta !== typeType && meta.hasDict) { /* attributes of classes live in tdict */ }

  const slotMembers = applySlots(t, base, bases, dict);
  setTypeAttrs(t, dict);
  const cell = dict.getStr("__classcell__");
  if (cell !== undefined) {
    if (!(cell instanceof PyCell)) {
      throw typeError(`type.__new__: __classcell__ must be a nonlocal cell, not ${reprText(typeOf(cell))}`);
    }
    cell.v = t;
    dict.deleteStr("__classcell__");
  }
  const dcell = dict.getStr("__classdictcell__");
  if (dcell !== undefined) {
    if (!(dcell instanceof PyCell)) {
      throw typeError(`type.__new__: __classdictcell__ must be a nonlocal cell, not ${reprText(typeOf(dcell))}`);
    }
    dcell.v = dict;
    dict.deleteStr("__classdictcell__");
  }
  for (const m of slotMembers) dict.setStr(m.name, m);
  if (t.hasDict && !base.hasDict && dict.getStr("__dict__") === undefined) {
    dict.setStr(
      "__dict__",
      new PyGetSet("__dict__", t, getDictAttr, setClassDict, "dictionary for instance variables"),
    );
  }
  if (t.hasWeakref && !base.hasWeakref && dict.getStr("__weakref__") === undefined) {
    dict.setStr(
      "__weakref__",
      new PyGetSet("__weakref__", t, getWeakrefList, undefined, "list of weak references to the object"),
    );
  }
  if (dict.getStr("__doc__") === undefined) dict.setStr("__doc__", None);

  const unset: PyType[] = t.mro = [];
  const mro = invokeMro(t);
  if (t.mro === unset) t.mro = mro; // mro() may have set __bases__
  // sequence or mapping, as the first base that is either
  const kind = t.mro.find((c) => (c.flags & (TF_SEQUENCE | TF_MAPPING)) !== 0);
  if (kind !== undefined) t.flags |= kind.flags & (TF_SEQUENCE | TF_MAPPING);
  if (!plain) cur.interp.warn(X.RuntimeWarning, `non-string key in the __dict__ of class ${name}`, 1);
  const names: string[] = [];
  for (const k of dict.keyArray()) if (typeof k === "string" && k.startsWith("__")) names.push(k);
  initSlots(t, names);
  if (dict.getStr("__eq__") !== undefined && dict.getStr("__hash__") === undefined) {
    dict.setStr("__hash__", None);
    updateSlots(t, ["__hash__"]);
  }
  for (const b of bases) addSubclass(b, t);
  // what a custom mro() brings in besides the bases must tell of its changes, too
  for (const c of t.mro) {
    if (c !== t && (c.flags & TF_HEAPTYPE) !== 0 && !bases.some((b) => isSubtype(b, c))) addSubclass(c, t);
  }
  typeModified(t, undefined);

  setNames(t, dict);
  initSubclass(t, kwValues, kw);
  return t;
}

function reprText(v: Value): string {
  return utf16(reprStr(v));
}

/** `__module__`, `__qualname__`, `__doc__`, and the methods that are static or class methods by name. */
function setTypeAttrs(t: PyType, dict: PyDict): void {
  const q = dict.getStr("__qualname__");
  if (q !== undefined) {
    if (!isStr(q)) throw typeError(`type __qualname__ must be a str, not ${typeName(q)}`);
    t.qualname = utf16(strValue(q));
    dict.deleteStr("__qualname__");
  }
  if (dict.getStr("__module__") === undefined) {
    const g = cur.frame?.globals;
    const m = g?.getStr("__name__");
    if (m !== undefined) dict.setStr("__module__", m);
  }
  const doc = dict.getStr("__doc__");
  if (doc !== undefined && isStr(doc)) checkEncodable(utf16(strValue(doc)));
  const nw = dict.getStr("__new__");
  if (nw !== undefined && typeOf(nw) === functionType) dict.setStr("__new__", wrapStaticMethod(nw));
  for (const n of ["__init_subclass__", "__class_getitem__"]) {
    const f = dict.getStr(n);
    if (f !== undefined && typeOf(f) === functionType) dict.setStr(n, wrapClassMethod(f));
  }
}

/** Handles `__slots__`: returns the member descriptors to add. */
function applySlots(t: PyType, base: PyType, bases: PyType[], dict: PyDict): PySlotMember[] {
  const slots = dict.getStr("__slots__");
  const mayDict = !base.hasDict, mayWeak = !base.hasWeakref && !isVarSized(base);
  if (slots === undefined) {
    if (mayDict) t.hasDict = true;
    if (mayWeak) t.hasWeakref = true;
    return [];
  }
  const list = isStr(slots) ? [slots as Value] : iterToArray(slots);
  if (list.length > 0 && (isVarSized(base) || isSubtype(base, typeType))) {
    throw typeError(`nonempty __slots__ not supported for subtype of '${base.name}'`);
  }
  const names: string[] = [];
  for (const s of list) {
    if (!isStr(s)) throw typeError(`__slots__ items must be strings, not '${typeName(s)}'`);
    const sv = strValue(s);
    if (!isIdentifier(sv)) throw typeError("__slots__ must be identifiers");
    const n = utf16(sv);
    if (n === "__dict__") {
      if (!mayDict || t.hasDict) throw typeError("__dict__ slot disallowed: we already got one");
      t.hasDict = true;
    } else if (n === "__weakref__") {
      if (!mayWeak || t.hasWeakref) throw typeError("__weakref__ slot disallowed: we already got one");
      t.hasWeakref = true;
    } else {
      const m = mangleName(t.name, n);
      if (dict.getStr(m) !== undefined && n !== "__qualname__" && n !== "__classcell__" && n !== "__classdictcell__") {
        throw valueError(`'${m}' in __slots__ conflicts with class variable`);
      }
      names.push(m);
    }
  }
  // further bases may bring a __dict__ or weak references
  if (bases.length > 1) {
    for (const b of bases) {
      if (b === base) continue;
      if (mayDict && b.hasDict) t.hasDict = true;
      if (mayWeak && b.hasWeakref) t.hasWeakref = true;
    }
  }
  names.sort();
  const docs = slots instanceof PyDictBase ? slots : undefined;
  const out: PySlotMember[] = [];
  for (const n of names) {
    const m = new PySlotMember(n, t, t.nslots++);
    m.doc = docs?.getStr(n);
    out.push(m);
  }
  if (names.length > 0) t.layout = t;
  return out;
}

function isVarSized(t: PyType): boolean {
  return isSubtype(t, tupleType) || isSubtype(t, intType) || isSubtype(t, bytesType) || isSubtype(t, boolType);
}

/** Calls `__set_name__` of the attributes that have one. */
function setNames(t: PyType, dict: PyDict): void {
  for (const [k, v] of [...dict.entries()]) {
    const f = lookupSpecial(v, "__set_name__");
    if (f === undefined) continue;
    try {
      call(f, [t, k]);
    } catch (e) {
      if (e instanceof PyBaseException) {
        addNote(e, `Error calling __set_name__ on '${typeName(v)}' instance ${reprText(k)} in '${t.name}'`);
      }
      throw e;
    }
  }
}

/** `super(t, t).__init_subclass__(**kwargs)`. */
function initSubclass(t: PyType, kwValues: Value[], kw: KwNames | undefined): void {
  // quick way: nothing but object's
  if (kwValues.length === 0 && t.mro[0] === t) {
    const own = objectInitSubclass();
    let i = 1;
    for (; i < t.mro.length; i++) {
      const f = lookupOwn(t.mro[i], "__init_subclass__");
      if (f === undefined) continue;
      if (f === own) return;
      break;
    }
  }
  const sup = newSuper(t, t);
  call(getAttr(sup, "__init_subclass__"), kwValues, kw);
}
function objectInitSubclass(): Value | undefined {
  return lookupOwn(objectType, "__init_subclass__");
}

/** Setter of `__bases__`. */
export function assignBases(t: PyType, v: Value): void {
  if (!(v instanceof PyTuple)) throw typeError(`can only assign tuple to ${t.name}.__bases__, not ${typeName(v)}`);
  if (v.items.length === 0) throw typeError(`can only assign non-empty tuple to ${t.name}.__bases__, not ()`);
  const bases: PyType[] = [];
  for (const b of v.items) {
    if (!(b instanceof PyType)) {
      throw typeError(`${t.name}.__bases__ must be tuple of classes, not '${typeName(b)}'`);
    }
    // a custom mro() may come here again while only the chain of bases is up to date
    if (isSubtype(b, t) || inChain(b, t)) throw typeError("a __bases__ item causes an inheritance cycle");
    bases.push(b);
  }
  const base = bestBase(bases);
  const oldBase = t.base!, oldBases = t.bases;
  if (!sameLayout(oldBase, base)) {
    throw typeError(`__bases__ assignment: '${base.name}' object layout differs from '${oldBase.name}'`);
  }
  const done: [c: PyType, mro: PyType[], old: PyType[]][] = [];
  const redo = (c: PyType): void => {
    const old = c.mro, mro = invokeMro(c);
    if (c.mro !== old) return; // done by an inner assignment
    c.mro = mro;
    done.push([c, mro, old]);
    typeModified(c, undefined);
    for (const s of liveSubclasses(c)) redo(s);
  };
  t.bases = bases;
  typesTuple(bases, v);
  t.base = base;
  try {
    redo(t);
  } catch (e) {
    for (const [c, mro, old] of done) if (c.mro === mro) c.mro = old;
    if (t.bases === bases) {
      t.bases = oldBases;
      t.base = oldBase;
    }
    typeModified(t, undefined);
    throw e;
  }
  if (t.bases !== bases) return;
  for (const b of oldBases) removeSubclass(b, t);
  for (const b of bases) addSubclass(b, t);
  typeModified(t, undefined);
  refreshSlots(t);
}
/** Is `t` among the chain of (first) bases of `b`? */
function inChain(b: PyType, t: PyType): boolean {
  for (let c: PyType | undefined = b; c !== undefined; c = c.base) if (c === t) return true;
  return false;
}
function liveSubclasses(t: PyType): PyType[] {
  const out: PyType[] = [];
  for (const w of t.subclasses ?? []) {
    const s = w.deref();
    if (s !== undefined) out.push(s);
  }
  return out;
}
function refreshSlots(t: PyType): void {
  updateSlots(t);
  for (const s of liveSubclasses(t)) refreshSlots(s);
}

export { attributeError, callMethod, identical, runtimeError };
