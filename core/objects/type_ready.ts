// CPython 3.14: Objects/typeobject.c (PyType_Ready, inherit_slots, update_one_slot)
//
// Making type objects usable. A builtin type's attributes are made from its spec on first lookup
// (`lazyAttr`); `readyTypes` only fills slot fields. A class's slots are computed from what its
// MRO says of the dunder names (`updateSlots`).

import {
  allTypes,
  isSubtype,
  type KwNames,
  M_NOSIG,
  M_STATIC,
  M_VECTOR,
  M_WRAPPER,
  type MethodDef,
  None,
  objectType,
  PyObject,
  PyType,
  SLOT_NAMES,
  TF_BASETYPE,
  TF_DISALLOW_NEW,
  TF_HEAPTYPE,
  TF_READY,
  typeOf,
  type Value,
} from "./object.ts";
import { typeError } from "./errors.ts";
import { lookupType, newVersion, setLazyAttr } from "./attr.ts";
import { PyDict } from "./dict.ts";
import { NativeDef, PyBuiltin, PyGetSet, PyMethodDescr, PySlotWrapper } from "./native.ts";
import { hashNotImplemented, newDyn, type SlotDef, slotDefs, type SlotName } from "./slotdefs.ts";

type SlotBag = Record<string, unknown>;

let byName: Map<string, SlotDef[]> | undefined;
let bySlot: Map<SlotName, SlotDef[]> | undefined;
function index(): void {
  byName = new Map();
  bySlot = new Map();
  for (const d of slotDefs()) {
    const n = byName.get(d.name);
    if (n === undefined) byName.set(d.name, [d]);
    else n.push(d);
    const s = bySlot.get(d.slot);
    if (s === undefined) bySlot.set(d.slot, [d]);
    else s.push(d);
  }
}
/** The rows of a dunder name; undefined when the name fills no slot. */
export function slotDefsOf(name: string): SlotDef[] | undefined {
  if (byName === undefined) index();
  return byName!.get(name);
}

/** Fills the slots of all builtin types that are not ready yet. */
export function readyTypes(): void {
  setLazyAttr(lazyAttr);
  for (const t of allTypes) readyType(t);
}

/** Fills the slot fields of a builtin type from its spec and its base. */
export function readyType(t: PyType): void {
  if ((t.flags & TF_READY) !== 0) return;
  t.flags |= TF_READY;
  const base = t.base;
  if (base !== undefined) readyType(base);
  t.version = newVersion();
  const own = t.spec?.slots as SlotBag | undefined;
  const bag = t as unknown as SlotBag;
  if (own !== undefined) { for (const k in own) bag[k] = own[k]; }
  if (t.spec?.unhashable) t.tp_hash = hashNotImplemented;
  if (base !== undefined) {
    if (t.tp_hash === undefined && t.tp_richcompare !== undefined) {
      t.tp_hash = hashNotImplemented;
    }
    // a static type over object that says nothing of making instances can't be called
    if (
      base === objectType && t.tp_new === undefined &&
      (t.flags & (TF_HEAPTYPE | TF_BASETYPE)) === 0
    ) {
      t.flags |= TF_DISALLOW_NEW;
    }
    const from = base as unknown as SlotBag;
    const noNew = (t.flags & TF_DISALLOW_NEW) !== 0;
    for (const k of SLOT_NAMES) {
      if (
        bag[k] === undefined && from[k] !== undefined &&
        !(noNew && k === "tp_new")
      ) bag[k] = from[k];
    }
    if (base.hasDict) t.hasDict = true;
    if (base.hasWeakref) t.hasWeakref = true;
    t.flags |= base.flags & (1 << 5 | 1 << 6);
  }
}

/** Has a type a tp_new of its own, as CPython sees it? */
function makesOwn(t: PyType): boolean {
  return t.spec?.slots?.tp_new !== undefined && !t.spec.allocates;
}

/** The tp_new of a builtin type as its `__new__`. */
function newWrapper(t: PyType): Value {
  const def: MethodDef = [
    "*args, **kwargs",
    "Create and return a new object.  See help(type) for accurate signature.",
    (self: PyType, args: Value[], kw?: KwNames) => {
      if (args.length - (kw?.length ?? 0) < 1) {
        throw typeError(`${t.name}.__new__(): not enough arguments`);
      }
      const c = args[0];
      if (!(c instanceof PyType)) {
        throw typeError(
          `${t.name}.__new__(X): X is not a type object (${typeOf(c).name})`,
        );
      }
      if (!isSubtype(c, t)) {
        throw typeError(
          `${t.name}.__new__(${c.name}): ${c.name} is not a subtype of ${t.name}`,
        );
      }
      // a Python class must not get round the tp_new of its nearest builtin base
      let s: PyType | undefined = c;
      while (s !== undefined && (s.flags & TF_HEAPTYPE) !== 0) s = s.base;
      if (s !== undefined && s.tp_new === undefined) throw typeError(`cannot create '${s.name}' instances`);
      let maker = s;
      while (maker?.base !== undefined && !makesOwn(maker)) maker = maker.base;
      if (s !== undefined && s.tp_new === undefined) throw typeError(`cannot create '${s.name}' instances`);
      if (s !== maker && maker?.tp_new === t.tp_new) return s!.tp_new!(c, args.slice(1), kw);
      if (s !== undefined && s.tp_new !== t.tp_new) {
        throw typeError(
          `${t.name}.__new__(${c.name}) is not safe, use ${s.name}.__new__()`,
        );
      }
      return self.tp_new!(c, args.slice(1), kw);
    },
    M_VECTOR | M_STATIC,
  ];
  return new PyBuiltin(new NativeDef("__new__", def), t, undefined, undefined);
}

/** Is this the `__new__` that stands for a builtin type's tp_new? */
export function isNewWrapper(v: Value): v is PyBuiltin {
  return v instanceof PyBuiltin && v.def.name === "__new__" &&
    v.self instanceof PyType && v.def.vector;
}

/** A builtin type's own attribute `name`, made from its spec; undefined if it has none. */
function lazyAttr(t: PyType, name: string): Value | undefined {
  const v = makeAttr(t, name);
  if (v !== undefined) (t.tdict ??= new PyDict()).setStr(name, v);
  return v;
}

function own<T>(r: Record<string, T> | undefined, name: string): T | undefined {
  return r !== undefined && Object.hasOwn(r, name) ? r[name] : undefined;
}

/** The wrapper of a slot that is the type's own. */
function slotWrapper(t: PyType, name: string): Value | undefined {
  const slots = t.spec?.slots as SlotBag | undefined;
  if (slots === undefined) return undefined;
  for (const d of slotDefsOf(name) ?? []) {
    const f = slots[d.slot];
    if (f === undefined || name === "__getattr__") continue;
    const def: MethodDef = [d.sig, d.doc, d.wrap(f), d.vector ? M_VECTOR : M_WRAPPER];
    const w = new PySlotWrapper(name, t, new NativeDef(name, def));
    return w;
  }
  return undefined;
}

function makeAttr(t: PyType, name: string): Value | undefined {
  const spec = t.spec!;
  const a = own(spec.attrs, name);
  if (a !== undefined) return a(t);
  const m = own(spec.methods, name);
  if (m !== undefined) {
    const def = new NativeDef(name, m);
    if ((def.flags & M_STATIC) !== 0) {
      return staticMethod(new PyBuiltin(def, undefined, undefined, t));
    }
    return new PyMethodDescr(def, t);
  }
  const g = own(spec.getset, name);
  if (g !== undefined) return new PyGetSet(name, t, g[0], g[1], g[2]);
  const mem = own(spec.members, name);
  if (mem !== undefined) {
    const [get, set, doc] = typeof mem === "function" ? [mem] : mem;
    return new PyGetSet(name, t, get, set, doc ?? own(spec.docs, name), true);
  }
  if (name.startsWith("__")) {
    if (name === "__new__") {
      return makesOwn(t) ? newWrapper(t) : undefined;
    }
    if (name === "__doc__") return spec.doc === undefined ? None : spec.doc;
    if (
      name === "__hash__" &&
      (spec.unhashable ||
        spec.slots?.tp_richcompare !== undefined &&
          spec.slots.tp_hash === undefined)
    ) {
      return None;
    }
    return slotWrapper(t, name);
  }
  return undefined;
}

let staticMethod: (f: Value) => Value = (f) => f;
/** Given by descr.ts: wraps a function as a staticmethod. */
export function setStaticMethod(f: (v: Value) => Value): void {
  staticMethod = f;
}

/** Makes all attributes of a builtin type, for `__dict__` and dir(). */
export function fillTypeDict(t: PyType): PyDict {
  const spec = t.spec;
  const old = t.tdict as PyDict | undefined;
  if (spec === undefined || (t.flags & FILLED) !== 0) {
    return (t.tdict ??= new PyDict()) as PyDict;
  }
  t.flags |= FILLED;
  const d = new PyDict();
  const put = (n: string) => {
    if (d.getStr(n) !== undefined) return;
    const v = old?.getStr(n) ?? makeAttr(t, n);
    if (v !== undefined) d.setStr(n, v);
  };
  if (makesOwn(t)) put("__new__");
  if (spec.slots !== undefined) {
    const slots = spec.slots as SlotBag;
    for (const def of slotDefs()) {
      if (slots[def.slot] !== undefined) put(def.name);
    }
  }
  for (const k in spec.methods) put(k);
  for (const k in spec.members) put(k);
  for (const k in spec.getset) put(k);
  for (const k in spec.attrs) put(k);
  put("__doc__");
  put("__hash__");
  if (old !== undefined) {
    for (const [k, v] of old.entries()) {
      if (d.get(k) === undefined) d.set(k, v);
    }
  }
  t.tdict = d;
  return d;
}
const FILLED = 1 << 28;

// ---- slots of classes -----------------------------------------------------------------------

/** The slot function that the MRO's dunder methods give (update_one_slot). */
function computeSlot(t: PyType, slot: SlotName, defs: SlotDef[]): unknown {
  let specific: unknown, generic: unknown, useGeneric = false;
  for (const d of defs) {
    const v = lookupType(t, d.name);
    if (v === undefined) continue;
    if (v instanceof PySlotWrapper && v.name === d.name) {
      const raw = (v.type as unknown as SlotBag)[slot];
      const ownSlots = v.type.spec?.slots as SlotBag | undefined;
      if (raw === undefined || ownSlots?.[slot] === undefined) {
        // a wrapper of a type that has nothing to do with this one must be called, to complain
        if ((t as unknown as SlotBag)[slot] !== undefined && !isSubtype(t, v.type)) {
          generic = d.dyn;
          useGeneric = true;
        }
        continue;
      }
      generic = d.dyn;
      if (
        (specific === undefined || specific === raw) && isSubtype(t, v.type)
      ) specific = raw;
      else useGeneric = true;
    } else if (v === None && slot === "tp_hash") specific = hashNotImplemented;
    else {
      useGeneric = true;
      generic = d.dyn;
    }
  }
  return specific !== undefined && !useGeneric ? specific : generic;
}

function setNewSlot(t: PyType): void {
  const f = lookupType(t, "__new__");
  if (f === undefined) {
    t.tp_new = undefined;
    return;
  }
  // the wrapper of a builtin's tp_new leaves the slot as it was, be it inherited or set before
  if (!isNewWrapper(f)) t.tp_new = newDyn;
  else t.tp_new ??= (f.self as PyType).tp_new;
}

/** Computes slots of a class: all of them, or those that `names` (attributes just set) may change. */
export function updateSlots(t: PyType, names?: Iterable<string>): void {
  if (bySlot === undefined) index();
  const bag = t as unknown as SlotBag;
  if (names === undefined) {
    for (const [slot, defs] of bySlot!) bag[slot] = computeSlot(t, slot, defs);
    setNewSlot(t);
    return;
  }
  const done = new Set<SlotName>();
  for (const n of names) {
    if (n === "__new__") setNewSlot(t);
    const ds = byName!.get(n);
    if (ds === undefined) continue;
    for (const d of ds) {
      if (done.has(d.slot)) continue;
      done.add(d.slot);
      bag[d.slot] = computeSlot(t, d.slot, bySlot!.get(d.slot)!);
    }
  }
}

/** Slots of a new class: the base's, then what its dict and further bases change. */
export function initSlots(t: PyType, names: Iterable<string>): void {
  const bag = t as unknown as SlotBag, from = t.base as unknown as SlotBag;
  for (const k of SLOT_NAMES) bag[k] = from[k];
  if (t.bases.length === 1 && t.mro.length === t.base!.mro.length + 1) {
    updateSlots(t, names);
  } else {
    updateSlots(t, namesBeside(t, names));
    for (const b of t.mro) {
      const bb = b as unknown as SlotBag;
      for (const k of ["bf_getbuffer", "bf_releasebuffer", "am_send"]) {
        if (bag[k] === undefined) bag[k] = bb[k];
      }
    }
  }
}

/**
 * What a new class with several bases has in another place than its first one: its own names and those of the
 * classes that come in by the others. Undefined where a builtin one is among them.
 */
function namesBeside(t: PyType, names: Iterable<string>): Set<string> | undefined {
  const out = new Set(names), known = new Set(t.base!.mro);
  for (const c of t.mro) {
    if (c === t || known.has(c)) continue;
    if (!(c instanceof PyType) || (c.flags & TF_HEAPTYPE) === 0) return undefined;
    for (const [k] of (c.tdict as PyDict).entries()) if (typeof k === "string") out.add(k);
  }
  return out;
}

/** Tells a type and its subclasses that an attribute of it changed. */
export function typeModified(t: PyType, name: string | undefined): void {
  t.version = newVersion();
  if (name === undefined) t.mcache.clear();
  else t.mcache.delete(name);
  if (t.subclasses !== undefined) {
    for (const w of t.subclasses) {
      const s = w.deref();
      if (s === undefined) t.subclasses.delete(w);
      else typeModified(s, name);
    }
  }
}

/** After a dunder attribute of `t` was set or deleted: updates its slots and its subclasses'. */
export function updateSlot(t: PyType, name: string): void {
  if (slotDefsOf(name) === undefined && name !== "__new__") return;
  updateSlots(t, [name]);
  if (t.subclasses !== undefined) {
    for (const w of t.subclasses) {
      const s = w.deref();
      if (s !== undefined) updateSlot(s, name);
    }
  }
}

export { M_NOSIG, objectType, PyObject };
