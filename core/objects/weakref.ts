// CPython 3.14: Objects/weakrefobject.c
//
// Weak references over the host's. An object that is weakly referenced has one WeakList: a host
// WeakRef to the object and host WeakRefs to its Python weak references, so neither keeps the other
// alive. One FinalizationRegistry watches the objects; when one is gone, the callbacks of its
// references that still live are queued and run at the next poll of their Interpreter. The host
// never drops an object during the job that took a WeakRef of it, so references die between
// jobs: when a program waits, or in gc.collect().
//
// Objects that Interpreters share (builtin types, code objects) never die; their lists hang off the
// Interpreter.

import {
  builtinFunctionType,
  builtinType,
  codeType,
  EQ,
  frozensetType,
  isSubtype,
  type KwNames,
  M_CLASS,
  memoryviewType,
  type MethodDef,
  NE,
  None,
  NotImplemented,
  PyBaseException,
  PyObject,
  PyType,
  setSpec,
  setType,
  type Slots,
  TF_HEAPTYPE,
  typeOf,
  type TypeSpec,
  type Value,
} from "./object.ts";
import { newError, typeError } from "./errors.ts";
import * as X from "./exceptions.ts";
import * as A from "./abstract.ts";
import { cur, type InterpState } from "./state.ts";
import { addressOf } from "./native_call.ts";
import { fullTypeName } from "./type_name.ts";
import { genericAlias } from "./genericalias.ts";
import { joinStrs } from "./repr_guard.ts";
import { watch } from "./watch.ts";
import type { PyDict } from "./dict.ts";

export const refType: PyType = builtinType("weakref.ReferenceType");
export const proxyType: PyType = builtinType(
  "weakref.ProxyType",
  undefined,
  true,
);
export const callableProxyType: PyType = builtinType(
  "weakref.CallableProxyType",
  undefined,
  true,
);
for (
  const t of [
    setType,
    frozensetType,
    memoryviewType,
    builtinFunctionType,
    codeType,
  ]
) t.hasWeakref = true;

/** All weak references to one object. */
class WeakList {
  readonly interp: InterpState;
  readonly target: WeakRef<PyObject>;
  /** The reference and the proxy without callback first, then the others, newest first. */
  refs: WeakRef<PyWeakref>[] = [];
  constructor(target: PyObject) {
    this.interp = cur.interp;
    this.target = new WeakRef(target);
  }
  /** The references that live. */
  live(): PyWeakref[] {
    const out: PyWeakref[] = [];
    for (const w of this.refs) {
      const r = w.deref();
      if (r !== undefined) out.push(r);
    }
    if (out.length < this.refs.length) {
      this.refs = this.refs.filter((w) => w.deref() !== undefined);
    }
    return out;
  }
  /** The one without callback that is reused. */
  plain(cls: PyType): PyWeakref | undefined {
    for (let i = 0; i < 2 && i < this.refs.length; i++) {
      const r = this.refs[i].deref();
      if (r !== undefined && r.cls === cls && r.callback === undefined) {
        return r;
      }
    }
    return undefined;
  }
  insert(r: PyWeakref): void {
    const w = new WeakRef(r);
    if (r.callback === undefined && r.cls === refType) {
      this.refs.unshift(w);
      return;
    }
    const live = this.live();
    let at = 0;
    if (
      live[at] !== undefined && live[at].cls === refType &&
      live[at].callback === undefined
    ) at++;
    if (r.callback !== undefined || !isProxyType(r.cls)) {
      if (
        live[at] !== undefined && isProxyType(live[at].cls) &&
        live[at].callback === undefined
      ) at++;
    }
    this.refs.splice(at, 0, w);
  }
}

let derefs = 0;
/** A weak reference or proxy. */
export class PyWeakref extends PyObject {
  /** Undefined once the object is known to be gone. */
  list: WeakList | undefined;
  callback: Value | undefined;
  /** Hash of the object, once asked for. */
  hashed: { lo: number; hi: number } | undefined = undefined;
  constructor(cls: PyType, list: WeakList, callback: Value | undefined) {
    super(cls);
    this.list = list;
    this.callback = callback;
  }
  /** The object, or undefined when it is gone. */
  get(): PyObject | undefined {
    const l = this.list;
    if (l === undefined) return undefined;
    const o = l.target.deref();
    for (const d of dying) if (d.has(o as PyObject)) derefs++;
    if (o === undefined && this.callback === undefined) this.list = undefined;
    return o;
  }
}

function isProxyType(t: PyType): boolean {
  return t === proxyType || t === callableProxyType;
}

// ---- the lists ------------------------------------------------------------------------------

function isShared(o: PyObject): boolean {
  if (o instanceof PyType) return (o.flags & TF_HEAPTYPE) === 0;
  return o.cls === codeType && (o as unknown as { shared: boolean }).shared;
}
function sharedLists(): Map<PyObject, WeakList> {
  return cur.interp.sharedWeakrefs as unknown as Map<PyObject, WeakList>;
}
function listOf(v: Value): WeakList | undefined {
  if (typeof v !== "object" || !v.cls.hasWeakref) return undefined;
  return isShared(v) ? sharedLists().get(v) : v.weakrefs as WeakList | undefined;
}

let registry: FinalizationRegistry<WeakList> | undefined;

function makeList(o: PyObject): WeakList {
  const l = new WeakList(o);
  if (isShared(o)) sharedLists().set(o, l);
  else {
    watch(o);
    o.weakrefs = l;
    registry ??= new FinalizationRegistry(objectGone);
    registry.register(o, l, l);
  }
  return l;
}

/**
 * An object is about to go: its weak references die. Callbacks of those that `reachable` says live
 * are added to `callbacks`.
 */
export function clearWeakrefs(o: PyObject, reachable: (r: PyWeakref) => boolean, callbacks: (() => void)[]): void {
  const l = o.weakrefs as WeakList | undefined;
  if (l === undefined) return;
  o.weakrefs = undefined;
  registry?.unregister(l);
  for (const r of l.live()) {
    r.list = undefined;
    const f = r.callback;
    r.callback = undefined;
    if (f !== undefined && reachable(r)) callbacks.push(() => runCallback(f, r));
  }
}

/** Objects that are being ended, while code runs that could ask their weak references for them. */
export const dying: { has(o: object): boolean }[] = [];
/** How many times weak references have given one of those. */
export function dereferenced(): number {
  return derefs;
}
/** Are there weak references to it that something could still ask, or that have a callback? */
export function hasWeakrefs(o: PyObject): boolean {
  return o.weakrefs !== undefined && (o.weakrefs as WeakList).live().length > 0;
}

/** The object of a list is gone: queues the callbacks. */
function objectGone(l: WeakList): void {
  for (const r of l.live()) {
    r.list = undefined;
    const f = r.callback;
    if (f === undefined) continue;
    r.callback = undefined;
    pendingOf(l.interp).push(() => runCallback(f, r));
  }
}
function pendingOf(interp: InterpState): (() => void)[] {
  return (interp as unknown as { pending: (() => void)[] }).pending;
}
function runCallback(f: Value, r: PyWeakref): void {
  try {
    A.call1(f, r);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    cur.interp.unraisable(
      e,
      "Exception ignored while calling weakref callback",
      f,
    );
  }
}

/** A weak reference of this type to an object; an existing one where CPython would give that. */
export function newWeakref(
  cls: PyType,
  o: Value,
  callback: Value | undefined,
): PyWeakref {
  if (callback === None) callback = undefined;
  if (typeof o !== "object" || !o.cls.hasWeakref) {
    throw typeError(
      `cannot create weak reference to '${fullTypeName(typeOf(o))}' object`,
    );
  }
  const l = listOf(o) ?? makeList(o);
  if (callback === undefined && (cls === refType || isProxyType(cls))) {
    const r = l.plain(cls);
    if (r !== undefined) return r;
  }
  const r = new PyWeakref(cls, l, callback);
  l.insert(r);
  return r;
}
/** `weakref.proxy(o, callback)`. */
export function newProxy(o: Value, callback: Value | undefined): PyWeakref {
  return newWeakref(
    A.isCallable(o) ? callableProxyType : proxyType,
    o,
    callback,
  );
}

/** Live weak references to an object. */
export function weakrefsOf(o: Value): PyWeakref[] {
  return listOf(o)?.live() ?? [];
}
/** `__weakref__`: the first weak reference, or None. */
export function getWeakrefList(o: Value): Value {
  return weakrefsOf(o)[0] ?? None;
}
/** Removes a key whose value is a dead weak reference (`_weakref._remove_dead_weakref`). */
export function removeDeadWeakref(d: PyDict, key: Value): void {
  const v = d.get(key);
  if (v === undefined) return;
  if (!(v instanceof PyWeakref)) throw typeError("not a weakref");
  if (v.get() === undefined) d.delete(key);
}

// ---- references -----------------------------------------------------------------------------

function initArgs(fn: string, args: Value[], n: number): void {
  if (n < 1) throw typeError(`${fn} expected at least 1 argument, got ${n}`);
  if (n > 2) {
    throw typeError(`${fn} expected at most 2 arguments, got ${args.length}`);
  }
}
function refRepr(kind: string, r: PyWeakref): Value {
  const o = r.get();
  if (o === undefined) return `<${kind} at ${addressOf(r)}; dead>`;
  const head = `<${kind} at ${addressOf(r)}; to '${fullTypeName(o.cls)}' at ${addressOf(o)}`;
  if (kind !== "weakref") return head + ">";
  const name = A.lookupSpecial(o, "__name__");
  if (name === undefined || !A.isStr(name)) return head + ">";
  return joinStrs([head, " (", A.strValue(name), ")>"]);
}

setSpec(refType, {
  slots: {
    tp_new: (t, args, kw) => {
      const n = args.length - (kw?.length ?? 0);
      initArgs("__new__", args, n);
      if (t === refType && kw !== undefined && kw.length > 0) {
        throw typeError("ref() takes no keyword arguments");
      }
      return newWeakref(t, args[0], n > 1 ? args[1] : undefined);
    },
    tp_init: (_self, args, kw) => {
      if (kw !== undefined && kw.length > 0) {
        throw typeError("ref() takes no keyword arguments");
      }
      initArgs("__init__", args, args.length);
    },
    tp_call: (self, args, kw) => {
      if (kw !== undefined && kw.length > 0) {
        throw typeError("weakref() takes no keyword arguments");
      }
      if (args.length > 0) {
        throw typeError(`weakref expected 0 arguments, got ${args.length}`);
      }
      return (self as PyWeakref).get() ?? None;
    },
    tp_repr: (self) => refRepr("weakref", self as PyWeakref),
    tp_hash: (self) => {
      const r = self as PyWeakref;
      if (r.hashed === undefined) {
        const o = r.get();
        if (o === undefined) throw typeError("weak object has gone away");
        const lo = A.hash(o);
        r.hashed = { lo, hi: cur.hashHi };
      }
      cur.hashHi = r.hashed.hi;
      return r.hashed.lo;
    },
    tp_richcompare: (a, b, op) => {
      if (
        (op !== EQ && op !== NE) || !(a instanceof PyWeakref) ||
        !(b instanceof PyWeakref)
      ) return NotImplemented;
      if (!isSubtype(b.cls, refType)) return NotImplemented;
      const x = a.get(), y = b.get();
      if (x === undefined || y === undefined) return (a === b) === (op === EQ);
      return A.richCompare(x, y, op);
    },
  },
  methods: {
    __class_getitem__: [
      "object, /",
      "See PEP 585",
      (t: PyType, item: Value) => genericAlias(t, item),
      M_CLASS,
    ],
  },
  members: { __callback__: (r: PyWeakref) => r.callback ?? None },
});

// ---- proxies --------------------------------------------------------------------------------

/** What a proxy stands for; any other value is itself. */
function unwrap(v: Value): Value {
  if (!(v instanceof PyWeakref) || !isProxyType(v.cls)) return v;
  const o = v.get();
  if (o === undefined) {
    throw newError(
      X.ReferenceError,
      "weakly-referenced object no longer exists",
    );
  }
  return o;
}
type Bin = (a: Value, b: Value) => Value;
const bin = (f: Bin): Bin => (a, b) => f(unwrap(a), unwrap(b));
const un = (f: (v: Value) => Value) => (v: Value): Value => f(unwrap(v));

function toNumber(name: "int" | "float") {
  return (v: Value): Value => A.call1(cur.interp.builtins.dict.getStr(name)!, v);
}
function proxySlots(): Slots {
  return {
    tp_repr: (self) => refRepr("weakproxy", self as PyWeakref),
    tp_str: (self) => A.strObject(unwrap(self)),
    tp_getattro: (self, name) => A.getAttr(unwrap(self), name),
    tp_setattro: (self, name, v) => {
      const o = unwrap(self);
      if (v === undefined) A.delAttr(o, name);
      else A.setAttr(o, name, v);
    },
    tp_richcompare: (a, b, op) => A.richCompare(unwrap(a), unwrap(b), op),
    tp_iter: (self) => A.getIter(unwrap(self)),
    tp_iternext: (self) => {
      const o = unwrap(self);
      if (typeOf(o).tp_iternext === undefined) {
        throw typeError(
          `Weakref proxy referenced a non-iterator '${typeOf(o).name}' object`,
        );
      }
      return A.iterNext(o);
    },
    nb_add: bin(A.binAdd),
    nb_subtract: bin(A.binSub),
    nb_multiply: bin(A.binMul),
    nb_remainder: bin(A.binMod),
    nb_divmod: bin(A.binDivmod),
    nb_power: (a, b, m) => A.binPow(unwrap(a), unwrap(b), unwrap(m)),
    nb_negative: un(A.neg),
    nb_positive: un(A.pos),
    nb_absolute: un(A.absolute),
    nb_bool: (self) => A.isTrue(unwrap(self)),
    nb_invert: un(A.invert),
    nb_lshift: bin(A.binLshift),
    nb_rshift: bin(A.binRshift),
    nb_and: bin(A.binAnd),
    nb_xor: bin(A.binXor),
    nb_or: bin(A.binOr),
    nb_int: un(toNumber("int")),
    nb_float: un(toNumber("float")),
    nb_inplace_add: bin(A.iAdd),
    nb_inplace_subtract: bin(A.iSub),
    nb_inplace_multiply: bin(A.iMul),
    nb_inplace_remainder: bin(A.iMod),
    nb_inplace_power: (a, b) => A.iPow(unwrap(a), unwrap(b)),
    nb_inplace_lshift: bin(A.iLshift),
    nb_inplace_rshift: bin(A.iRshift),
    nb_inplace_and: bin(A.iAnd),
    nb_inplace_xor: bin(A.iXor),
    nb_inplace_or: bin(A.iOr),
    nb_floor_divide: bin(A.binFloorDiv),
    nb_true_divide: bin(A.binTrueDiv),
    nb_inplace_floor_divide: bin(A.iFloorDiv),
    nb_inplace_true_divide: bin(A.iTrueDiv),
    nb_index: un(A.asIndex),
    nb_matrix_multiply: bin(A.binMatMul),
    nb_inplace_matrix_multiply: bin(A.iMatMul),
    mp_length: (self) => A.lengthOf(unwrap(self)),
    mp_subscript: (self, k) => A.getItem(unwrap(self), k),
    mp_ass_subscript: (self, k, v) => {
      const o = unwrap(self);
      if (v === undefined) A.delItem(o, k);
      else A.setItem(o, k, v);
    },
    sq_contains: (self, v) => A.contains(unwrap(self), v),
  };
}
const BYTES: MethodDef = [
  "",
  "",
  (p: Value) => A.callMethod(unwrap(p), "__bytes__"),
];
const REVERSED: MethodDef = [
  "",
  "",
  (p: Value) => A.callMethod(unwrap(p), "__reversed__"),
];
{
  const spec: TypeSpec = {
    unhashable: true,
    slots: proxySlots(),
    methods: { __bytes__: BYTES, __reversed__: REVERSED },
  };
  setSpec(proxyType, spec);
  const slots = proxySlots();
  slots.tp_call = (self: Value, args: Value[], kw?: KwNames) => A.call(unwrap(self), args, kw);
  setSpec(callableProxyType, { unhashable: true, slots });
}
