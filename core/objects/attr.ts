// CPython 3.14: Objects/object.c (PyObject_GenericGetAttr and family), Objects/dictobject.c (inline values)
//
// Generic attribute access, and the attributes of plain instances. A PyInstance keeps its
// attributes in `slots`, named by a Shape that it shares with its siblings; it falls back to a
// real dict when `__dict__` is taken, an attribute is deleted, or there are too many of them.

import {
  moduleType,
  None,
  PyDictBase,
  PyInstance,
  PyModule,
  PyObject,
  PyType,
  Shape,
  typeOf,
  typeType,
  type Value,
} from "./object.ts";
import { attributeError, noAttribute, typeError } from "./errors.ts";
import { PyDict } from "./dict.ts";

/** More attributes than this, and an instance uses a dict. */
const MAX_SHAPE = 48;

/** The shape of a new instance of `t`. */
export function rootShape(t: PyType): Shape {
  return t.rootShape ??= new Shape(t, undefined, "", t.nslots, new Map());
}

/** The shape after adding attribute `key`. */
export function shapeAdd(s: Shape, key: string): Shape {
  let n = s.next?.get(key);
  if (n === undefined) {
    const index = new Map(s.index);
    index.set(key, s.size);
    n = new Shape(s.type, s, key, s.size + 1, index);
    (s.next ??= new Map()).set(key, n);
    if (n.size > s.type.slotHint) s.type.slotHint = n.size;
  }
  return n;
}

/**
 * A new slots array. The literals hold a variable, so that V8 does not share their elements (copy on
 * write), and an object, without which it would take them for arrays of doubles with holes.
 */
function emptySlots(n: number): (Value | undefined)[] {
  const u: Value | undefined = UNSET[0];
  let a: (Value | undefined)[];
  switch (n) {
    case 0:
      return [];
    case 1:
      a = [None];
      break;
    case 2:
      a = [None, u];
      break;
    case 3:
      a = [None, u, u];
      break;
    case 4:
      a = [None, u, u, u];
      break;
    case 5:
      a = [None, u, u, u, u];
      break;
    case 6:
      a = [None, u, u, u, u, u];
      break;
    case 7:
      a = [None, u, u, u, u, u, u];
      break;
    case 8:
      a = [None, u, u, u, u, u, u, u];
      break;
    default:
      a = [None];
      for (let i = 1; i < n; i++) a.push(undefined);
  }
  a[0] = u;
  return a;
}
const UNSET: undefined[] = [undefined];

/** A new plain instance of a class whose layout is object's. */
export function newInstance(t: PyType): PyInstance {
  return new PyInstance(t, t.rootShape ?? rootShape(t), emptySlots(t.slotHint > t.nslots ? t.slotHint : t.nslots));
}

/** The instance's real dict, made now if need be; undefined when its type has none. */
export function instanceDict(o: Value): PyDictBase | undefined {
  if (typeof o !== "object") return undefined;
  if (o instanceof PyInstance) {
    const s = o.shape;
    if (s === undefined) return o.dict;
    if (!o.cls.hasDict) return undefined;
    const d = new PyDict();
    const slots = o.slots;
    for (const [k, i] of s.index) {
      const v = slots[i];
      if (v !== undefined) d.setStr(k, v);
    }
    o.dict = d;
    o.shape = undefined;
    if (slots.length > o.cls.nslots) slots.length = o.cls.nslots;
    return d;
  }
  if (o instanceof PyType) return undefined;
  const d = o.dict;
  if (d !== undefined) return d;
  return o.cls.hasDict ? o.dict = new PyDict() : undefined;
}

/** Replaces the instance's dict. */
export function setInstanceDict(o: PyObject, d: PyDictBase): void {
  if (o instanceof PyInstance && o.shape !== undefined) {
    o.shape = undefined;
    o.slots.length = o.cls.nslots;
  }
  o.dict = d;
}

/** An attribute from the instance itself (not its type), or undefined. */
export function instanceGet(o: Value, name: string): Value | undefined {
  if (typeof o !== "object") return undefined;
  if (o instanceof PyInstance) {
    const s = o.shape;
    if (s !== undefined) {
      const i = s.index.get(name);
      return i === undefined ? undefined : o.slots[i];
    }
  }
  const d = o.dict;
  return d === undefined ? undefined : d.getStr(name);
}

/** Sets or deletes an attribute of the instance itself; false when it has nowhere to go. */
export function instanceSet(o: Value, name: string, v: Value | undefined): boolean {
  if (typeof o !== "object") return false;
  if (o instanceof PyInstance) {
    const s = o.shape;
    if (s !== undefined) {
      const i = s.index.get(name);
      if (v !== undefined) {
        if (i !== undefined) {
          o.slots[i] = v;
          return true;
        }
        if (!o.cls.hasDict) return false;
        if (s.size < MAX_SHAPE) {
          const n = shapeAdd(s, name);
          o.slots[s.size] = v;
          o.shape = n;
          return true;
        }
      } else if (i === undefined) return false;
    }
  }
  const d = v === undefined && !(o instanceof PyInstance) ? o.dict : instanceDict(o);
  if (d === undefined) return false;
  if (v !== undefined) d.setStr(name, v);
  else if (d.deleteStr(name) === undefined) return false;
  return true;
}

/** A type's own attribute, made from its spec when it is a builtin's. */
export function lookupOwn(t: PyType, name: string): Value | undefined {
  const d = t.tdict;
  if (d !== undefined) {
    const v = d.getStr(name);
    if (v !== undefined) return v;
  }
  return t.spec === undefined ? undefined : lazyAttr!(t, name);
}

let lazyAttr: ((t: PyType, name: string) => Value | undefined) | undefined;
/** Given by type_ready.ts: makes an attribute of a builtin type on first lookup. */
export function setLazyAttr(f: (t: PyType, name: string) => Value | undefined): void {
  lazyAttr = f;
}

let nextVersion = 1;
/** A number no type version has had before. */
export function newVersion(): number {
  return nextVersion++;
}

/** What `name` is on the type, by its MRO (_PyType_Lookup); undefined if nothing. */
export function lookupType(t: PyType, name: string): Value | undefined {
  const c = t.mcache.get(name);
  if (c !== undefined) return c === null ? undefined : c;
  const mro = t.mro;
  for (let i = 0; i < mro.length; i++) {
    const v = lookupOwn(mro[i], name);
    if (v !== undefined) {
      if (mro[i].volatile === undefined || !mro[i].volatile!.has(name)) t.mcache.set(name, v);
      return v;
    }
  }
  t.mcache.set(name, null);
  return undefined;
}

/** Is the attribute that `t` has under this name one that may change under an unchanged version? */
export function isVolatile(t: PyType, name: string): boolean {
  for (const b of t.mro) if (b.volatile !== undefined && b.volatile.has(name)) return true;
  return false;
}

/** PyObject_GenericGetAttr without the error: undefined when there is no such attribute. */
export function genericLookup(o: Value, name: string): Value | undefined {
  const t = typeOf(o);
  const descr = lookupType(t, name);
  let get: PyType["tp_descr_get"];
  if (descr !== undefined) {
    const dt = typeOf(descr);
    get = dt.tp_descr_get;
    if (get !== undefined && dt.tp_descr_set !== undefined) return get(descr, o, t);
  }
  const v = instanceGet(o, name);
  if (v !== undefined) return v;
  if (get !== undefined) return get(descr!, o, t);
  return descr;
}

/** `tp_getattro` of object. */
export function genericGetAttr(o: Value, name: string): Value {
  const v = genericLookup(o, name);
  if (v === undefined) throw noAttribute(o, name);
  return v;
}

/** `tp_setattro` of object. */
export function genericSetAttr(o: Value, name: string, v: Value | undefined): void {
  const t = typeOf(o);
  const descr = lookupType(t, name);
  if (descr !== undefined) {
    const set = typeOf(descr).tp_descr_set;
    if (set !== undefined) {
      set(descr, o, v);
      return;
    }
  }
  if (instanceSet(o, name, v)) return;
  if (!t.hasDict && !(typeof o === "object" && o.dict !== undefined)) {
    if (descr !== undefined) {
      throw attributeError(`'${t.name}' object attribute '${name}' is read-only`, o, name);
    }
    if (t.tp_setattro === genericSetAttr) {
      throw attributeError(
        `'${t.name}' object has no attribute '${name}' and no __dict__ for setting new attributes`,
        o,
        name,
      );
    }
  }
  throw noAttribute(o, name);
}

/** The `__dict__` descriptor of the builtin type that a class or module instance inherits one from. */
function builtinDict(o: Value): Value | undefined {
  if (!(o instanceof PyType || o instanceof PyModule)) return undefined;
  return lookupOwn(o instanceof PyType ? typeType : moduleType, "__dict__");
}

/** `__dict__` as a getset of types whose instances have one. */
export function getDictAttr(o: Value): Value {
  const own = builtinDict(o);
  if (own !== undefined) return typeOf(own).tp_descr_get!(own, o, typeOf(o));
  const d = instanceDict(o);
  if (d === undefined) throw noAttribute(o, "__dict__");
  return d;
}

/** Setter of `__dict__`. */
export function setDictAttr(o: Value, v: Value | undefined): void {
  const own = builtinDict(o);
  if (own !== undefined) return typeOf(own).tp_descr_set!(own, o, v);
  if (v === undefined) v = new PyDict();
  if (!(v instanceof PyDictBase)) throw typeError(`__dict__ must be set to a dictionary, not a '${typeOf(v).name}'`);
  setInstanceDict(o as PyObject, v);
}

/** Setter of `__dict__` of builtin types: the dict can't be deleted. */
export function setPlainDict(o: Value, v: Value | undefined): void {
  if (v === undefined) throw typeError("cannot delete __dict__");
  setDictAttr(o, v);
}

/** `value` where None means absent. */
export function noneToUndef(v: Value | undefined): Value | undefined {
  return v === None ? undefined : v;
}
