// CPython 3.14: Objects/typeobject.c (slotdefs, wrap_* and slot_* functions)
//
// The one table that ties dunder names to slots, in both directions:
//  - a builtin type's slot shows as a method: `wrap` makes the body of its slot wrapper;
//  - a class's dunder method fills the slot: `dyn` is the slot function that calls it.
// Several names may share a slot (`__add__`, `__radd__`: nb_add; `__setattr__`, `__delattr__`:
// tp_setattro); several slots may share a name (`__len__`: sq_length and mp_length).

import {
  type BinaryFn,
  type CmpOp,
  type Int,
  isInstance,
  isSubtype,
  type KwNames,
  type NativeFn,
  None,
  NotImplemented,
  PyBaseException,
  type PyObject,
  PyType,
  type SLOT_NAMES,
  type Slots,
  TF_METHOD_DESCRIPTOR,
  typeOf,
  type Value,
} from "./object.ts";
import { attributeError, newErrorArgs, overflowError, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { genericGetAttr, lookupType } from "./attr.ts";
import { notCallable } from "./abstract.ts";
import { call, call1, call2, callUnbound, getIter, hash, isTrue, richCompareBool } from "./abstract.ts";
import { PyFunction } from "./function.ts";
import { cur } from "./state.ts";
import { hashInt, hashToValue } from "./hash.ts";
import { bufferFromPython, memoryviewFromSlot, releaseFromPython, releaseFromSlot } from "./buffer_python.ts";

export type SlotName = typeof SLOT_NAMES[number];

/** One row: dunder name, slot, text signature (without self), doc, wrapper body maker, slot function. */
export interface SlotDef {
  name: string;
  slot: SlotName;
  sig: string;
  doc: string;
  // deno-lint-ignore no-explicit-any
  wrap: (f: any) => NativeFn;
  // deno-lint-ignore no-explicit-any
  dyn: any;
  /** Unbound body: takes (self, args, kwnames). */
  vector?: boolean;
}

/** Looks up and binds a special method on the type; undefined when there is none. */
function special(self: Value, name: string): Value | undefined {
  return lookupType(typeOf(self), name);
}

/** Calls `type(self).name(self, ...args)`; AttributeError when there is none. */
export function vcall(self: Value, name: string, args: Value[]): Value {
  const f = lookupType(typeOf(self), name);
  if (f === undefined) throw noSpecial(self, name);
  if (f instanceof PyFunction) return cur.vm.callFunction(f, [self, ...args], undefined);
  return callUnbound(f, self, args);
}
function noSpecial(self: Value, name: string): PyBaseException {
  return attributeError(`'${typeOf(self).name}' object has no attribute '${name}'`, self, name);
}

/** As vcall, but NotImplemented when there is no such method or it is None. */
function vcallMaybe(self: Value, name: string, args: Value[]): Value {
  const f = special(self, name);
  if (f === undefined) return NotImplemented;
  return callUnbound(f, self, args);
}

// deno-lint-ignore no-explicit-any
type AnyFn = any;

function slotOf(t: PyType, s: SlotName): AnyFn {
  return t[s];
}

/** The left operand whose own method has been called already (see binaryAfter). */
let called: Value | undefined;
function wasCalled(a: Value): boolean {
  if (called === undefined || called !== a) return false;
  called = undefined;
  return true;
}
/** What follows in a binary operation when the left operand's own method said NotImplemented. */
export function binaryAfter(a: Value, b: Value, op: BinaryFn): Value {
  called = a;
  try {
    return op(a, b);
  } finally {
    called = undefined;
  }
}
/** Special methods by BINARY_OP's argument: the left operand's, the right one's. */
const OPERATORS = [
  "add",
  "and",
  "floordiv",
  "lshift",
  "matmul",
  "mul",
  "mod",
  "or",
  "pow",
  "rshift",
  "sub",
  "truediv",
  "xor",
];
export const BINARY_NAMES: readonly (readonly [string, string])[] = [
  ...OPERATORS.map((n) => [`__${n}__`, `__r${n}__`] as const),
  ...OPERATORS.map((n) => [`__i${n}__`, ""] as const),
];

/** Slot function for a binary operator that Python classes define (SLOT1BINFULL). */
function binDyn(slot: SlotName, op: string, rop: string): BinaryFn {
  const fn: BinaryFn = (a, b) => {
    const ta = typeOf(a), tb = typeOf(b);
    let other = ta !== tb && slotOf(tb, slot) === fn;
    if (slotOf(ta, slot) === fn) {
      if (other && isSubtype(tb, ta)) {
        const mb = lookupType(tb, rop);
        if (mb !== undefined && mb !== lookupType(ta, rop)) {
          const r = vcallMaybe(b, rop, [a]);
          if (r !== NotImplemented) return r;
          other = false;
        }
      }
      const m = lookupType(ta, op);
      const r = m === undefined || wasCalled(a) ? NotImplemented : callUnbound(m, a, [b]);
      if (r !== NotImplemented || ta === tb) return r;
    }
    if (other) return vcallMaybe(b, rop, [a]);
    return NotImplemented;
  };
  return fn;
}

const wrapUnary = (f: AnyFn): NativeFn => (self) => f(self);
const wrapBinL = (f: AnyFn): NativeFn => (self, o) => f(self, o);
const wrapBinR = (f: AnyFn): NativeFn => (self, o) => f(o, self);
const wrapLen = (f: AnyFn): NativeFn => (self) => lenValue(self, f as (self: Value) => number);
const wrapBool = wrapUnary;
const wrapNext = (f: AnyFn): NativeFn => (self) => {
  const v = f(self);
  if (v === undefined) throw newErrorArgs(X.StopIteration, []);
  return v;
};
const wrapSetItem = (f: AnyFn): NativeFn => (self, k, v) => (f(self, k, v), None);
const wrapDelItem = (f: AnyFn): NativeFn => (self, k) => (f(self, k, undefined), None);
const wrapHash = (f: AnyFn): NativeFn => (self) => {
  const lo = f(self);
  return hashToValue(lo, cur.hashHi);
};
const wrapCmp = (op: CmpOp) => (f: AnyFn): NativeFn => (self, o) => f(self, o, op);
const wrapSqItem = (f: AnyFn): NativeFn => (self, i) => f(self, sqIndex(self, i));

function sqIndex(self: Value, i: Value): number {
  let n = fitSsize(i);
  if (n < 0) {
    const len = typeOf(self).sq_length;
    if (len !== undefined) n += len(self);
  }
  return n;
}

/** An index or a count that must fit in 64 bits. */
function fitSsize(v: Value): number {
  const n = asIndexLate(v);
  if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) {
    throw overflowError(`cannot fit '${typeOf(v).name}' into an index-sized integer`);
  }
  return Number(n);
}

/** Attribute names given by guest code to slot wrappers. */
import { attrName } from "./names.ts";

const wrapGetAttr = (f: AnyFn): NativeFn => (self, name) => f(self, attrName(name));
/** object.__setattr__ must not be used to get round a type's own (hackcheck). */
function hackCheck(self: Value, f: AnyFn, what: string): void {
  const t = typeOf(self);
  // the most derived builtin base's slot decides
  for (const b of t.mro) {
    const own = b.tp_setattro;
    if ((b.flags & 512) === 0) {
      if (own !== f && own !== undefined) {
        throw typeError(`can't apply this ${what} to ${t.name} object`);
      }
      return;
    }
  }
}
const wrapSetAttr = (f: AnyFn): NativeFn => (self, name, v) => {
  hackCheck(self, f, "__setattr__");
  f(self, attrName(name), v);
  return None;
};
const wrapDelAttr = (f: AnyFn): NativeFn => (self, name) => {
  hackCheck(self, f, "__delattr__");
  f(self, attrName(name), undefined);
  return None;
};
const wrapDescrGet = (f: AnyFn): NativeFn => (self, obj, type) => {
  const o = obj === None ? undefined : obj,
    t = type === None ? undefined : type;
  if (o === undefined && t === undefined) {
    throw typeError("__get__(None, None) is invalid");
  }
  return f(self, o, t);
};
const wrapDescrSet = (f: AnyFn): NativeFn => (self, obj, v) => (f(self, obj, v), None);
const wrapDescrDel = (f: AnyFn): NativeFn => (self, obj) => (f(self, obj, undefined), None);
const wrapInit = (f: AnyFn): NativeFn =>
(
  self: Value,
  args: Value[],
  kw?: KwNames,
) => (f(self, args, kw), None);
const wrapCall = (f: AnyFn): NativeFn => (self: Value, args: Value[], kw?: KwNames) => f(self, args, kw);

// ---- slot functions of Python classes -------------------------------------------------------

const unaryDyn = (name: string) => (self: Value): Value => vcall(self, name, []);

const reprDyn = (self: Value): Value => {
  const f = special(self, "__repr__");
  if (f === undefined) return `<${typeOf(self).name} object>`;
  return callUnbound(f, self, []);
};
const strDyn = (self: Value): Value => {
  const f = special(self, "__str__");
  return f === undefined ? vcall(self, "__str__", []) : callUnbound(f, self, []);
};

export const hashNotImplemented = (self: Value): number => {
  throw typeError(`unhashable type: '${typeOf(self).name}'`);
};

const hashDyn = (self: Value): number => {
  const f = special(self, "__hash__");
  if (f === undefined || f === None) return hashNotImplemented(self);
  return hashResult(callUnbound(f, self, []));
};
/** The hash that `__hash__` returned. */
export function hashResult(r: Value): number {
  if (isInstance(r, intT())) {
    const v = typeof r === "object"
      ? (r as unknown as { v: number | bigint }).v
      : typeof r === "boolean"
      ? (r ? 1 : 0)
      : r as number | bigint;
    if (typeof v === "bigint" && BigInt.asIntN(64, v) === v) {
      // fits a Py_hash_t: used as it is
      let w = v;
      if (w === -1n) w = -2n;
      cur.hashHi = Number(BigInt.asIntN(32, w >> 32n));
      return Number(BigInt.asIntN(32, w));
    }
    if (typeof v === "number") {
      const w = v === -1 ? -2 : v;
      cur.hashHi = Math.floor(w / 4294967296) | 0;
      return w | 0;
    }
    return hashInt(v);
  }
  throw typeError("__hash__ method should return an integer");
}
import { intType } from "./object.ts";
function intT(): PyType {
  return intType;
}

const callDyn = (self: Value, args: Value[], kw?: KwNames): Value => {
  const f = special(self, "__call__");
  if (f === undefined) {
    throw notCallable(self);
  }
  return callUnbound(f, self, args, kw);
};

/** tp_getattro of a class with `__getattribute__` and no `__getattr__`. */
export const getattroDyn = (self: Value, name: string): Value => vcall(self, "__getattribute__", [nameValueLate(name)]);
import { nameValue as nameValueLate } from "./names.ts";

/** tp_getattro of a class with `__getattr__`. */
export const getattrHookDyn = (self: Value, name: string): Value => {
  const t = typeOf(self);
  const getattr = lookupType(t, "__getattr__");
  const getattribute = lookupType(t, "__getattribute__");
  if (getattr === undefined) return getattroDyn(self, name);
  try {
    if (getattribute === undefined || getattribute === objectGetAttribute()) {
      return genericGetAttr(self, name);
    }
    return callUnbound(getattribute, self, [nameValueLate(name)]);
  } catch (e) {
    if (
      !(e instanceof PyBaseException) || !isSubtype(e.cls, X.AttributeError)
    ) throw e;
  }
  return callUnbound(getattr, self, [nameValueLate(name)]);
};
import { objectType } from "./object.ts";
/** object.__getattribute__, the slot wrapper. */
export function objectGetAttribute(): Value | undefined {
  return lookupType(objectType, "__getattribute__");
}

const setattroDyn = (self: Value, name: string, v: Value | undefined): void => {
  if (v === undefined) vcall(self, "__delattr__", [nameValueLate(name)]);
  else vcall(self, "__setattr__", [nameValueLate(name), v]);
};

const CMP_NAMES = ["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];
const richcompareDyn = (self: Value, other: Value, op: CmpOp): Value => {
  const f = special(self, CMP_NAMES[op]);
  if (f === undefined) return NotImplemented;
  const get = typeOf(f).tp_descr_get;
  if (get !== undefined && (typeOf(f).flags & TF_METHOD_DESCRIPTOR) === 0) {
    // a descriptor that fails is as good as no method
    let bound: Value;
    try {
      bound = get(f, self, typeOf(self));
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      return NotImplemented;
    }
    return call(bound, [other]);
  }
  return callUnbound(f, self, [other]);
};

const iterDyn = (self: Value): Value => {
  const f = special(self, "__iter__");
  if (f === None) {
    throw typeError(`'${typeOf(self).name}' object is not iterable`);
  }
  if (f !== undefined) return callUnbound(f, self, []);
  const g = special(self, "__getitem__");
  if (g === undefined) {
    throw typeError(`'${typeOf(self).name}' object is not iterable`);
  }
  return seqIterLate(self);
};
import { seqIter as seqIterLate } from "./abstract.ts";

export const iternextDyn = (self: Value): Value | undefined => {
  try {
    return vcall(self, "__next__", []);
  } catch (e) {
    if (e instanceof PyBaseException && isSubtype(e.cls, X.StopIteration)) {
      cur.genResult = (e as unknown as { value: Value }).value ?? None;
      return undefined;
    }
    throw e;
  }
};

const descrGetDyn = (
  self: Value,
  obj: Value | undefined,
  type: Value | undefined,
): Value => {
  const f = special(self, "__get__");
  if (f === undefined) return self;
  return call(f, [self, obj ?? None, type ?? None]);
};
const descrSetDyn = (self: Value, obj: Value, v: Value | undefined): void => {
  if (v === undefined) vcall(self, "__delete__", [obj]);
  else vcall(self, "__set__", [obj, v]);
};

/** tp_init of a class with its own `__init__`; the run loop recognises it and pushes a frame. */
export const initDyn = (self: Value, args: Value[], kw?: KwNames): void => {
  const f = special(self, "__init__")!;
  const r = callUnbound(f, self, args, kw);
  if (r !== None) {
    throw typeError(`__init__() should return None, not '${typeOf(r).name}'`);
  }
};

/** tp_new of a class with its own `__new__`. */
export const newDyn = (type: PyType, args: Value[], kw?: KwNames): Value => {
  const f = lookupType(type, "__new__")!;
  const get = typeOf(f).tp_descr_get;
  const g = get === undefined ? f : get(f, undefined, type);
  return call(g, [type, ...args], kw);
};

const finalizeDyn = (self: Value): void => {
  const f = special(self, "__del__");
  if (f !== undefined) callUnbound(f, self, []);
};

const boolDyn = (self: Value): boolean => {
  let f = special(self, "__bool__");
  if (f !== undefined) {
    const r = callUnbound(f, self, []);
    if (typeof r !== "boolean") {
      throw typeError(
        `__bool__ should return bool, returned ${typeOf(r).name}`,
      );
    }
    return r;
  }
  f = special(self, "__len__");
  if (f === undefined) return true;
  return lenDyn(self) !== 0;
};

/** Result of a `__len__` method; its errors are CPython's. */
export function lenInt(r: Value): Int {
  const v = asIndexLate(r);
  if (v < 0) throw valueError("__len__() should return >= 0");
  if (typeof v === "bigint" && v >= 1n << 63n) throw overflowError("cannot fit 'int' into an index-sized integer");
  return v;
}
/** Result of a `__len__` method as a number, which is near enough for a length that nothing has. */
export function lenResult(r: Value): number {
  return Number(lenInt(r));
}
/** `len(self)`, exact where the number that a slot gives is not. */
export function lenValue(self: Value, slot: (self: Value) => number): Int {
  if (slot === lenDyn) return lenInt(vcall(self, "__len__", []));
  const n = slot(self);
  return Number.isSafeInteger(n) || !(self instanceof PyRange) ? n : rangeLen(self);
}
import { PyRange, rangeLen } from "./range.ts";
import { asIndex as asIndexLate } from "./abstract.ts";
export const lenDyn = (self: Value): number => lenResult(vcall(self, "__len__", []));

const sqItemDyn = (self: Value, i: number): Value => vcall(self, "__getitem__", [i]);
const sqAssItemDyn = (self: Value, i: number, v: Value | undefined): void => {
  if (v === undefined) vcall(self, "__delitem__", [i]);
  else vcall(self, "__setitem__", [i, v]);
};
const mpSubscriptDyn = (self: Value, k: Value): Value => vcall(self, "__getitem__", [k]);
const mpAssDyn = (self: Value, k: Value, v: Value | undefined): void => {
  if (v === undefined) vcall(self, "__delitem__", [k]);
  else vcall(self, "__setitem__", [k, v]);
};
const containsDyn = (self: Value, item: Value): boolean => {
  const f = special(self, "__contains__");
  if (f === None) {
    throw typeError(`'${typeOf(self).name}' object is not a container`);
  }
  if (f !== undefined) return isTrue(callUnbound(f, self, [item]));
  const it = getIter(self);
  const next = typeOf(it).tp_iternext!;
  for (let x = next(it); x !== undefined; x = next(it)) {
    if (richCompareBool(x, item, 2)) return true;
  }
  return false;
};
const indexDyn = (self: Value): Value => vcall(self, "__index__", []);
const powerDyn = (a: Value, b: Value, m: Value): Value => {
  if (m === None) return powerBin(a, b);
  const ta = typeOf(a), tb = typeOf(b);
  let other = ta !== tb && tb.nb_power === powerDyn;
  if (ta.nb_power === powerDyn) {
    if (other && isSubtype(tb, ta)) {
      const r = vcallMaybe(b, "__rpow__", [a, m]);
      if (r !== NotImplemented) return r;
      other = false;
    }
    const r = vcallMaybe(a, "__pow__", [b, m]);
    if (r !== NotImplemented || ta === tb) return r;
  }
  return other ? vcallMaybe(b, "__rpow__", [a, m]) : NotImplemented;
};
/** Two-operand power: as binDyn, but the slot function is powerDyn. */
function powerBin(a: Value, b: Value): Value {
  const ta = typeOf(a), tb = typeOf(b);
  let other = ta !== tb && tb.nb_power === powerDyn;
  if (ta.nb_power === powerDyn) {
    if (
      other && isSubtype(tb, ta) &&
      lookupType(tb, "__rpow__") !== lookupType(ta, "__rpow__")
    ) {
      const r = vcallMaybe(b, "__rpow__", [a]);
      if (r !== NotImplemented) return r;
      other = false;
    }
    const r = vcallMaybe(a, "__pow__", [b]);
    if (r !== NotImplemented || ta === tb) return r;
  }
  return other ? vcallMaybe(b, "__rpow__", [a]) : NotImplemented;
}
const ipowDyn = (a: Value, b: Value, _m: Value): Value => vcallMaybe(a, "__ipow__", [b]);
const inplaceDyn = (name: string) => (a: Value, b: Value): Value =>
  wasCalled(a) ? NotImplemented : vcallMaybe(a, name, [b]);

const asyncDyn = (name: string) => (self: Value): Value => {
  const f = special(self, name);
  if (f === undefined) {
    throw attributeError(
      `'${typeOf(self).name}' object has no attribute '${name}'`,
      self,
      name,
    );
  }
  return callUnbound(f, self, []);
};

const DEFS: SlotDef[] = [];
function def(
  name: string,
  slot: SlotName,
  sig: string,
  doc: string,
  wrap: SlotDef["wrap"],
  dyn: unknown,
  vector = false,
): void {
  DEFS.push({ name, slot, sig, doc, wrap, dyn, vector });
}
function bin(op: string, slot: SlotName, sym: string): void {
  const l = `__${op}__`, r = `__r${op}__`;
  const dyn = binDyn(slot, l, r);
  def(l, slot, "value, /", `Return self${sym}value.`, wrapBinL, dyn);
  def(r, slot, "value, /", `Return value${sym}self.`, wrapBinR, dyn);
}
function ibin(op: string, slot: SlotName, sym: string): void {
  const n = `__i${op}__`;
  def(n, slot, "value, /", `Return self${sym}=value.`, wrapBinL, inplaceDyn(n));
}

let built = false;
/** The table, in CPython's order (built on first use). */
export function slotDefs(): readonly SlotDef[] {
  if (built) return DEFS;
  built = true;
  def(
    "__getattribute__",
    "tp_getattro",
    "name, /",
    "Return getattr(self, name).",
    wrapGetAttr,
    getattrHookDyn,
  );
  def(
    "__getattr__",
    "tp_getattro",
    "name, /",
    "Implement getattr(self, name).",
    wrapGetAttr,
    getattrHookDyn,
  );
  def(
    "__setattr__",
    "tp_setattro",
    "name, value, /",
    "Implement setattr(self, name, value).",
    wrapSetAttr,
    setattroDyn,
  );
  def(
    "__delattr__",
    "tp_setattro",
    "name, /",
    "Implement delattr(self, name).",
    wrapDelAttr,
    setattroDyn,
  );
  def("__repr__", "tp_repr", "", "Return repr(self).", wrapUnary, reprDyn);
  def("__hash__", "tp_hash", "", "Return hash(self).", wrapHash, hashDyn);
  def(
    "__call__",
    "tp_call",
    "*args, **kwargs",
    "Call self as a function.",
    wrapCall,
    callDyn,
    true,
  );
  def("__str__", "tp_str", "", "Return str(self).", wrapUnary, strDyn);
  const cmps = ["<", "<=", "==", "!=", ">", ">="];
  for (let i = 0; i < 6; i++) {
    def(
      CMP_NAMES[i],
      "tp_richcompare",
      "value, /",
      `Return self${cmps[i]}value.`,
      wrapCmp(i as CmpOp),
      richcompareDyn,
    );
  }
  def("__iter__", "tp_iter", "", "Implement iter(self).", wrapUnary, iterDyn);
  def(
    "__next__",
    "tp_iternext",
    "",
    "Implement next(self).",
    wrapNext,
    iternextDyn,
  );
  def(
    "__get__",
    "tp_descr_get",
    "instance, owner=None, /",
    "Return an attribute of instance, which is of type owner.",
    wrapDescrGet,
    descrGetDyn,
  );
  def(
    "__set__",
    "tp_descr_set",
    "instance, value, /",
    "Set an attribute of instance to value.",
    wrapDescrSet,
    descrSetDyn,
  );
  def(
    "__delete__",
    "tp_descr_set",
    "instance, /",
    "Delete an attribute of instance.",
    wrapDescrDel,
    descrSetDyn,
  );
  def(
    "__init__",
    "tp_init",
    "*args, **kwargs",
    "Initialize self.  See help(type(self)) for accurate signature.",
    wrapInit,
    initDyn,
    true,
  );
  def(
    "__del__",
    "tp_finalize",
    "",
    "Called when the instance is about to be destroyed.",
    (f) => (self) => (f(self), None),
    finalizeDyn,
  );
  def(
    "__buffer__",
    "bf_getbuffer",
    "flags, /",
    "Return a buffer object that exposes the underlying memory of the object.",
    memoryviewFromSlot,
    bufferFromPython,
  );
  def(
    "__release_buffer__",
    "bf_releasebuffer",
    "buffer, /",
    "Release the buffer object that exposes the underlying memory of the object.",
    releaseFromSlot,
    releaseFromPython,
  );
  def(
    "__await__",
    "am_await",
    "",
    "Return an iterator to be used in await expression.",
    wrapUnary,
    asyncDyn("__await__"),
  );
  def(
    "__aiter__",
    "am_aiter",
    "",
    "Return an awaitable, that resolves in asynchronous iterator.",
    wrapUnary,
    asyncDyn("__aiter__"),
  );
  def(
    "__anext__",
    "am_anext",
    "",
    "Return a value or raise StopAsyncIteration.",
    wrapUnary,
    asyncDyn("__anext__"),
  );
  bin("add", "nb_add", "+");
  bin("sub", "nb_subtract", "-");
  bin("mul", "nb_multiply", "*");
  bin("mod", "nb_remainder", "%");
  const dm = binDyn("nb_divmod", "__divmod__", "__rdivmod__");
  def(
    "__divmod__",
    "nb_divmod",
    "value, /",
    "Return divmod(self, value).",
    wrapBinL,
    dm,
  );
  def(
    "__rdivmod__",
    "nb_divmod",
    "value, /",
    "Return divmod(value, self).",
    wrapBinR,
    dm,
  );
  def(
    "__pow__",
    "nb_power",
    "value, mod=None, /",
    "Return pow(self, value, mod).",
    (f) => (self, v, m = None) => f(self, v, m),
    powerDyn,
  );
  def(
    "__rpow__",
    "nb_power",
    "value, mod=None, /",
    "Return pow(value, self, mod).",
    (f) => (self, v, m = None) => f(v, self, m),
    powerDyn,
  );
  def("__neg__", "nb_negative", "", "-self", wrapUnary, unaryDyn("__neg__"));
  def("__pos__", "nb_positive", "", "+self", wrapUnary, unaryDyn("__pos__"));
  def(
    "__abs__",
    "nb_absolute",
    "",
    "abs(self)",
    wrapUnary,
    unaryDyn("__abs__"),
  );
  def("__bool__", "nb_bool", "", "True if self else False", wrapBool, boolDyn);
  def(
    "__invert__",
    "nb_invert",
    "",
    "~self",
    wrapUnary,
    unaryDyn("__invert__"),
  );
  bin("lshift", "nb_lshift", "<<");
  bin("rshift", "nb_rshift", ">>");
  bin("and", "nb_and", "&");
  bin("xor", "nb_xor", "^");
  bin("or", "nb_or", "|");
  def("__int__", "nb_int", "", "int(self)", wrapUnary, unaryDyn("__int__"));
  def(
    "__float__",
    "nb_float",
    "",
    "float(self)",
    wrapUnary,
    unaryDyn("__float__"),
  );
  ibin("add", "nb_inplace_add", "+");
  ibin("sub", "nb_inplace_subtract", "-");
  ibin("mul", "nb_inplace_multiply", "*");
  ibin("mod", "nb_inplace_remainder", "%");
  def(
    "__ipow__",
    "nb_inplace_power",
    "value, /",
    "Return self**=value.",
    (f) => (self, v) => f(self, v, None),
    ipowDyn,
  );
  ibin("lshift", "nb_inplace_lshift", "<<");
  ibin("rshift", "nb_inplace_rshift", ">>");
  ibin("and", "nb_inplace_and", "&");
  ibin("xor", "nb_inplace_xor", "^");
  ibin("or", "nb_inplace_or", "|");
  bin("floordiv", "nb_floor_divide", "//");
  bin("truediv", "nb_true_divide", "/");
  ibin("floordiv", "nb_inplace_floor_divide", "//");
  ibin("truediv", "nb_inplace_true_divide", "/");
  def(
    "__index__",
    "nb_index",
    "",
    "Return self converted to an integer, if self is suitable for use as an index into a list.",
    wrapUnary,
    indexDyn,
  );
  bin("matmul", "nb_matrix_multiply", "@");
  ibin("matmul", "nb_inplace_matrix_multiply", "@");
  def("__len__", "mp_length", "", "Return len(self).", wrapLen, lenDyn);
  def(
    "__getitem__",
    "mp_subscript",
    "key, /",
    "Return self[key].",
    wrapBinL,
    mpSubscriptDyn,
  );
  def(
    "__setitem__",
    "mp_ass_subscript",
    "key, value, /",
    "Set self[key] to value.",
    wrapSetItem,
    mpAssDyn,
  );
  def(
    "__delitem__",
    "mp_ass_subscript",
    "key, /",
    "Delete self[key].",
    wrapDelItem,
    mpAssDyn,
  );
  def("__len__", "sq_length", "", "Return len(self).", wrapLen, lenDyn);
  def(
    "__add__",
    "sq_concat",
    "value, /",
    "Return self+value.",
    wrapBinL,
    undefined,
  );
  def(
    "__mul__",
    "sq_repeat",
    "value, /",
    "Return self*value.",
    (f) => (self, n) => f(self, fitSsize(n)),
    undefined,
  );
  def(
    "__rmul__",
    "sq_repeat",
    "value, /",
    "Return value*self.",
    (f) => (self, n) => f(self, fitSsize(n)),
    undefined,
  );
  def(
    "__getitem__",
    "sq_item",
    "key, /",
    "Return self[key].",
    wrapSqItem,
    sqItemDyn,
  );
  def(
    "__setitem__",
    "sq_ass_item",
    "key, value, /",
    "Set self[key] to value.",
    (f) => (self, i, v) => (f(self, sqIndex(self, i), v), None),
    sqAssItemDyn,
  );
  def(
    "__delitem__",
    "sq_ass_item",
    "key, /",
    "Delete self[key].",
    (f) => (self, i) => (f(self, sqIndex(self, i), undefined), None),
    sqAssItemDyn,
  );
  def(
    "__contains__",
    "sq_contains",
    "key, /",
    "Return bool(key in self).",
    wrapBinL,
    containsDyn,
  );
  def(
    "__iadd__",
    "sq_inplace_concat",
    "value, /",
    "Implement self+=value.",
    wrapBinL,
    undefined,
  );
  def(
    "__imul__",
    "sq_inplace_repeat",
    "value, /",
    "Implement self*=value.",
    (f) => (self, n) => f(self, fitSsize(n)),
    undefined,
  );
  return DEFS;
}

export type { PyObject, Slots };
export { call1, call2, hash };
