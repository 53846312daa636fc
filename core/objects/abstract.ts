// CPython 3.14: Objects/abstract.c, Objects/object.c, Objects/call.c
//
// The object protocol: what the rest of gopy calls to do something with any Python value. All of
// it may run guest code unless it says otherwise; what it throws are Python exceptions.

import {
  baseExceptionType,
  boolType,
  bytesType,
  type CmpOp,
  dictType,
  EQ,
  floatType,
  GE,
  GT,
  type Int,
  intType,
  isInstance,
  isSubtype,
  type KwNames,
  LE,
  listType,
  LT,
  methodType,
  moduleType,
  NE,
  None,
  NotImplemented,
  objectType,
  PyBaseException,
  PyBytes,
  PyDictBase,
  PyFloat,
  PyInstance,
  PyIntSub,
  PyList,
  PyModule,
  PyObject,
  PyStrSub,
  PyTuple,
  PyType,
  PyWideStr,
  type Str,
  strType,
  TF_HEAPTYPE,
  tupleType,
  typeOf,
  typeType,
  type Value,
} from "./object.ts";
import {
  attributeError,
  indexError,
  noAttribute,
  overflowError,
  recursionError,
  typeError,
  valueError,
} from "./errors.ts";
import * as X from "./exceptions.ts";
import { genericGetAttr, genericLookup, genericSetAttr, lookupType } from "./attr.ts";
import { cur } from "./state.ts";
import { hashFloat, hashInt, hashStr } from "./hash.ts";
import { intRepr } from "./int.ts";
import { asciiText } from "./str_repr.ts";
import { compareStr, equalStr } from "./str_ops.ts";
import { PySeqIter } from "./seqiter.ts";
import { lenValue } from "./slotdefs.ts";
import { callMethodDescr, PyBuiltin, PyMethodDescr } from "./native_call.ts";
import { typeGetAttr, typeLookup } from "./type.ts";
import { moduleGetAttr, moduleLookup } from "./module.ts";
import { nameValue } from "./names.ts";
import { genericAlias } from "./genericalias.ts";
import { PyFunction } from "./function.ts";

// ---- identity, kinds ------------------------------------------------------------------------

/**
 * Python's `is`: by value for exact ints and strs, by reference for the rest. There is one empty
 * tuple and one bytes object for each byte and for none; here these go by value, too.
 */
export function identical(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a.cls !== b.cls) return false;
  if (a.cls === tupleType) return (a as PyTuple).items.length === 0 && (b as PyTuple).items.length === 0;
  if (a.cls === strType) return a instanceof PyWideStr && b instanceof PyWideStr && equalStr(a, b);
  if (a.cls !== bytesType) return false;
  const x = (a as PyBytes).b, y = (b as PyBytes).b;
  return x.length === y.length && x.length < 2 && x[0] === y[0];
}
/** A str or an instance of a subclass? */
export function isStr(v: Value): v is string | PyWideStr | PyStrSub {
  return typeof v === "string" || v instanceof PyWideStr || v instanceof PyStrSub;
}
/** An int (bool and subclasses included)? */
export function isInt(v: Value): v is number | bigint | boolean | PyIntSub {
  const t = typeof v;
  return t === "number" || t === "bigint" || t === "boolean" || v instanceof PyIntSub;
}
/** The text of a str or of an instance of a subclass. */
export function strValue(v: Value): Str {
  return v instanceof PyStrSub ? v.v : v as Str;
}
/** The value of an int, a bool or an instance of a subclass of int. */
export function intValue(v: Value): Int {
  if (typeof v === "number" || typeof v === "bigint") return v;
  if (typeof v === "boolean") return v ? 1 : 0;
  return (v as PyIntSub).v;
}
/** The name of a value's type. */
export function typeNameOf(v: Value): string {
  return typeOf(v).name;
}
/** Does the value have a `__call__`? */
export function isCallable(v: Value): boolean {
  return typeOf(v).tp_call !== undefined;
}

// ---- recursion of natives -------------------------------------------------------------------

/** Room on the JavaScript stack for natives that call each other, in weights (about bytes). */
export const NATIVE_LIMIT = 620_000;
/** Enters a native that may re-enter itself; `leaveNative` with the same weight must follow. */
export function enterNative(weight: number, where: string): void {
  if ((cur.nativeDepth += weight) > NATIVE_LIMIT) {
    cur.nativeDepth -= weight;
    throw recursionError(`maximum recursion depth exceeded${where}`);
  }
}
export function leaveNative(weight: number): void {
  cur.nativeDepth -= weight;
}

// ---- attributes -----------------------------------------------------------------------------

/** `getattr(o, name)`. */
export function getAttr(o: Value, name: string): Value {
  const f = typeOf(o).tp_getattro!;
  try {
    return f === genericGetAttr ? genericGetAttr(o, name) : f(o, name);
  } catch (e) {
    throw X.attributeContext(e, o, name);
  }
}
/** `getattr(o, name)`, or undefined instead of an AttributeError. */
export function lookupAttr(o: Value, name: string): Value | undefined {
  const f = typeOf(o).tp_getattro!;
  if (f === genericGetAttr) {
    // a descriptor (property) may still raise AttributeError
    try {
      return genericLookup(o, name);
    } catch (e) {
      if (e instanceof PyBaseException && isSubtype(e.cls, X.AttributeError)) return undefined;
      throw e;
    }
  }
  try {
    if (f === typeGetAttr) return typeLookup(o as PyType, name);
    if (f === moduleGetAttr) return moduleLookup(o as PyModule, name);
    return f(o, name);
  } catch (e) {
    if (e instanceof PyBaseException && isSubtype(e.cls, X.AttributeError)) return undefined;
    throw e;
  }
}
export function setAttr(o: Value, name: string, v: Value): void {
  typeOf(o).tp_setattro!(o, name, v);
}
export function delAttr(o: Value, name: string): void {
  typeOf(o).tp_setattro!(o, name, undefined);
}
/** A special method of the type, bound to the object (_PyObject_LookupSpecial); undefined if none. */
export function lookupSpecial(o: Value, name: string): Value | undefined {
  const t = typeOf(o);
  const d = lookupType(t, name);
  if (d === undefined) return undefined;
  const get = typeOf(d).tp_descr_get;
  return get === undefined ? d : get(d, o, t);
}
export { genericSetAttr };

// ---- calls ----------------------------------------------------------------------------------

/** Calls any callable, nested. `args`: positional values, then the values of `kwnames`. */
export function call(f: Value, args: Value[], kwnames?: KwNames): Value {
  if (f instanceof PyFunction) return cur.vm.callFunction(f, args, kwnames);
  const c = typeOf(f).tp_call;
  if (c === undefined) throw notCallable(f);
  return c(f, args, kwnames);
}
/** The error of calling what can't be called. */
export function notCallable(f: Value): PyBaseException {
  const text = `'${typeOf(f).name}' object is not callable`;
  if (typeOf(f) === moduleType) {
    const name = (f as PyModule).dict.getStr("__name__");
    if (typeof name === "string") {
      const own = lookupAttr(f, name);
      if (own !== undefined && typeOf(own).tp_call !== undefined) {
        return typeError(`${text}. Did you mean: '${name}.${name}(...)'?`);
      }
    }
  }
  return typeError(text);
}
export function call0(f: Value): Value {
  return f instanceof PyFunction ? cur.vm.callFunction(f, [], undefined) : call(f, []);
}
export function call1(f: Value, a: Value): Value {
  return f instanceof PyFunction ? cur.vm.callFunction(f, [a], undefined) : call(f, [a]);
}
export function call2(f: Value, a: Value, b: Value): Value {
  return f instanceof PyFunction ? cur.vm.callFunction(f, [a, b], undefined) : call(f, [a, b]);
}
export function call3(f: Value, a: Value, b: Value, c: Value): Value {
  return f instanceof PyFunction ? cur.vm.callFunction(f, [a, b, c], undefined) : call(f, [a, b, c]);
}
/** Calls what MRO lookup found (unbound) as a method of `self`. */
export function callUnbound(f: Value, self: Value, args: Value[], kwnames?: KwNames): Value {
  if (f instanceof PyFunction) return cur.vm.callFunction(f, [self, ...args], kwnames);
  if (f instanceof PyMethodDescr) return callMethodDescr(f, self, args, kwnames);
  const t = typeOf(f);
  if ((t.flags & METHOD_DESCR) !== 0) return t.tp_call!(f, [self, ...args], kwnames);
  const get = t.tp_descr_get;
  return call(get === undefined ? f : get(f, self, typeOf(self)), args, kwnames);
}
/** Types whose instances are called with self first when found on a type (Py_TPFLAGS_METHOD_DESCRIPTOR). */
const METHOD_DESCR = 1 << 17;
/** Calls a method by name. */
export function callMethod(o: Value, name: string, ...args: Value[]): Value {
  const t = typeOf(o);
  if (t.tp_getattro === genericGetAttr) {
    const f = lookupType(t, name);
    if (f !== undefined && (typeOf(f).flags & METHOD_DESCR) !== 0) {
      const hasOwn = o instanceof PyInstance || (o as PyObject).dict !== undefined;
      if (!hasOwn) return callUnbound(f, o, args);
    }
  }
  return call(getAttr(o, name), args);
}
export { PyBuiltin };

// ---- truth, comparison, hash ----------------------------------------------------------------

/** `bool(v)`. */
export function isTrue(v: Value): boolean {
  if (typeof v === "boolean") return v;
  if (typeof v === "number") return v !== 0;
  if (typeof v === "string") return v !== "";
  if (v === None) return false;
  if (typeof v === "bigint") return true;
  const t = v.cls;
  if (t.nb_bool !== undefined) return t.nb_bool(v);
  if (t.mp_length !== undefined) return t.mp_length(v) > 0;
  if (t.sq_length !== undefined) return t.sq_length(v) > 0;
  return true;
}

const SWAPPED: readonly CmpOp[] = [GT, GE, EQ, NE, LT, LE];
const CMP_SIGNS = ["<", "<=", "==", "!=", ">", ">="];

/** The result of comparing two numbers or strings known to be plain. */
function cmpResult(c: number, op: CmpOp): boolean {
  switch (op) {
    case LT:
      return c < 0;
    case LE:
      return c <= 0;
    case EQ:
      return c === 0;
    case NE:
      return c !== 0;
    case GT:
      return c > 0;
    default:
      return c >= 0;
  }
}

/** `a op b` as a Python value. One function, since user-defined comparisons nest through it. */
export function richCompare(a: Value, b: Value, op: CmpOp): Value {
  const ka = typeof a, kb = typeof b;
  if (ka === "number" && kb === "number") return cmpResult((a as number) - (b as number), op);
  if (ka === "string" && kb === "string") {
    return op === EQ
      ? a === b
      : op === NE
      ? a !== b
      : cmpResult(a === b ? 0 : (a as string) < (b as string) ? -1 : 1, op);
  }
  const ta = typeOf(a), tb = typeOf(b);
  enterNative(COMPARE_WEIGHT, " in comparison");
  try {
    let f = tb.tp_richcompare;
    const swapped = ta !== tb && f !== undefined && isSubtype(tb, ta);
    if (swapped) {
      const r = f!(b, a, SWAPPED[op]);
      if (r !== NotImplemented) return r;
    }
    f = ta.tp_richcompare;
    if (f !== undefined) {
      const r = f(a, b, op);
      if (r !== NotImplemented) return r;
    }
    f = tb.tp_richcompare;
    if (!swapped && f !== undefined) {
      const r = f(b, a, SWAPPED[op]);
      if (r !== NotImplemented) return r;
    }
  } finally {
    cur.nativeDepth -= COMPARE_WEIGHT;
  }
  return incomparable(a, b, op);
}
function incomparable(a: Value, b: Value, op: CmpOp): boolean {
  if (op === EQ) return identical(a, b);
  if (op === NE) return !identical(a, b);
  throw typeError(`'${CMP_SIGNS[op]}' not supported between instances of '${typeOf(a).name}' and '${typeOf(b).name}'`);
}
/** As richCompare, when the left operand's own method was called and said NotImplemented. */
export function richCompareAfter(a: Value, b: Value, op: CmpOp): Value {
  const f = typeOf(b).tp_richcompare;
  if (f !== undefined) {
    const r = f(b, a, SWAPPED[op]);
    if (r !== NotImplemented) return r;
  }
  return incomparable(a, b, op);
}
const COMPARE_WEIGHT = 150;

/** As richCompare, as a boolean; identical objects are equal without asking. */
export function richCompareBool(a: Value, b: Value, op: CmpOp): boolean {
  if (a === b) {
    if (op === EQ) return true;
    if (op === NE) return false;
  }
  const r = richCompare(a, b, op);
  return typeof r === "boolean" ? r : isTrue(r);
}
/** `a is b or a == b`. */
export function equals(a: Value, b: Value): boolean {
  return a === b || richCompareBool(a, b, EQ);
}

/** `hash(v)`: the low 32 bits; the high ones are left in `cur.hashHi`. */
export function hash(v: Value): number {
  if (typeof v === "number") return hashInt(v);
  if (typeof v === "string") return hashStr(v);
  if (typeof v === "bigint") return hashInt(v);
  if (typeof v === "boolean") {
    cur.hashHi = 0;
    return v ? 1 : 0;
  }
  if (v instanceof PyFloat && v.cls === floatType) return hashFloat(v.v, v);
  const h = v.cls.tp_hash;
  if (h === undefined) throw typeError(`unhashable type: '${v.cls.name}'`);
  return h(v);
}

// ---- text -----------------------------------------------------------------------------------

const REPR_WEIGHT = 150;

/** `repr(v)` as an exact str. */
export function reprStr(v: Value): Str {
  const r = reprObject(v);
  return typeof r === "string" ? r : strValue(r);
}
/** `repr(v)`, which may be of a subclass of str. */
export function reprObject(v: Value): Value {
  if (typeof v === "number") return intRepr(v);
  const f = typeOf(v).tp_repr!;
  enterNative(REPR_WEIGHT, " while getting the repr of an object");
  try {
    const r = f(v);
    if (!isStr(r)) throw typeError(`__repr__ returned non-string (type ${typeOf(r).name})`);
    return r;
  } finally {
    cur.nativeDepth -= REPR_WEIGHT;
  }
}
/** `str(v)`: an exact str, or what `__str__` returned if that is a subclass. */
export function strObject(v: Value): Value {
  if (typeof v === "string" || v instanceof PyWideStr) return v;
  if (typeof v === "number") return intRepr(v);
  const f = typeOf(v).tp_str!;
  enterNative(REPR_WEIGHT, " while getting the str of an object");
  try {
    const r = f(v);
    if (!isStr(r)) throw typeError(`__str__ returned non-string (type ${typeOf(r).name})`);
    return r;
  } finally {
    cur.nativeDepth -= REPR_WEIGHT;
  }
}
/** `str(v)` as an exact str. */
export function strOf(v: Value): Str {
  return strValue(strObject(v));
}
/** `ascii(v)`. */
export function asciiStr(v: Value): Str {
  return asciiText(reprStr(v));
}
/** `ascii(v)`, which is the repr itself where that is ASCII. */
export function asciiObject(v: Value): Value {
  const r = reprObject(v), s = strValue(r);
  const a = asciiText(s);
  return a === s ? r : a;
}
/** `format(v, spec)`. */
export function formatValue(v: Value, spec: Value): Value {
  if (spec === "") {
    if (typeof v === "string") return v;
    if (typeof v === "number") return intRepr(v);
    if (v instanceof PyWideStr) return v;
  }
  const f = lookupSpecial(v, "__format__");
  if (f === undefined) throw typeError(`Type ${typeOf(v).name} doesn't define __format__`);
  const r = call1(f, spec);
  if (!isStr(r)) throw typeError(`__format__ must return a str, not ${typeOf(r).name}`);
  return r;
}

// ---- iteration ------------------------------------------------------------------------------

/** `iter(v)`. */
export function getIter(v: Value): Value {
  const t = typeOf(v);
  const f = t.tp_iter;
  if (f !== undefined) {
    const it = f(v);
    if (typeOf(it).tp_iternext === undefined) {
      throw typeError(`iter() returned non-iterator of type '${typeOf(it).name}'`);
    }
    return it;
  }
  if (isSequence(v)) return seqIter(v);
  throw typeError(`'${t.name}' object is not iterable`);
}
/** An iterator over `v[0], v[1], ...`. */
export function seqIter(v: Value): Value {
  return new PySeqIter(v);
}
/** PySequence_Check. */
export function isSequence(v: Value): boolean {
  const t = typeOf(v);
  return t.sq_item !== undefined && !isSubtype(t, dictType);
}
/** The next item, or undefined at the end. */
export function iterNext(it: Value): Value | undefined {
  const f = typeOf(it).tp_iternext;
  if (f === undefined) throw typeError(`'${typeOf(it).name}' object is not an iterator`);
  return f(it);
}
/** All items, as a fresh array. */
export function iterToArray(v: Value): Value[] {
  if (typeof v === "object") {
    if (v.cls === listType) return (v as PyList).items.slice();
    if (v.cls === tupleType) return (v as PyTuple).items.slice();
  }
  const out: Value[] = [];
  const it = getIter(v);
  lengthHint(v, 8);
  const next = typeOf(it).tp_iternext!;
  for (let x = next(it); x !== undefined; x = next(it)) {
    out.push(x);
    if ((out.length & 1023) === 0) cur.tick(1024);
  }
  return out;
}
/** Items of a sequence or iterable for reading only: a list's or tuple's own array where it can be. */
export function fastItems(v: Value, msg?: string): Value[] {
  if (v instanceof PyTuple && v.cls === tupleType) return v.items;
  if (v instanceof PyList && v.cls === listType) return v.items;
  if (msg !== undefined && typeOf(v).tp_iter === undefined && !isSequence(v)) throw typeError(msg);
  return iterToArray(v);
}

/** PyObject_LengthHint. */
export function lengthHint(v: Value, dflt: number): number {
  const t = typeOf(v);
  if (t.mp_length !== undefined || t.sq_length !== undefined) {
    try {
      return lengthOf(v);
    } catch (e) {
      if (!(e instanceof PyBaseException) || !isSubtype(e.cls, X.TypeError)) throw e;
    }
  }
  const f = lookupSpecial(v, "__length_hint__");
  if (f === undefined) return dflt;
  let r: Value;
  try {
    r = call0(f);
  } catch (e) {
    if (e instanceof PyBaseException && isSubtype(e.cls, X.TypeError)) return dflt;
    throw e;
  }
  if (r === NotImplemented) return dflt;
  if (!isInt(r)) throw typeError(`__length_hint__ must be an integer, not ${typeOf(r).name}`);
  const n = intValue(r);
  if (typeof n === "bigint") {
    if (BigInt.asIntN(64, n) !== n) throw overflowError("Python int too large to convert to C ssize_t");
    if (n > 0n) return Number.MAX_SAFE_INTEGER;
  }
  if (n < 0) throw valueError("__length_hint__() should return >= 0");
  return n as number;
}

// ---- containers -----------------------------------------------------------------------------

/** `len(v)`. */
export function lengthOf(v: Value): number {
  if (typeof v === "string") return v.length;
  const t = typeOf(v);
  const f = t.sq_length ?? t.mp_length;
  if (f === undefined) throw typeError(`object of type '${t.name}' has no len()`);
  return f(v);
}
/** `len(v)` as Python shows it. */
export function lengthInt(v: Value): Int {
  if (typeof v === "string") return v.length;
  const t = typeOf(v);
  const f = t.sq_length ?? t.mp_length;
  if (f === undefined) throw typeError(`object of type '${t.name}' has no len()`);
  return lenValue(v, f);
}
/** `o[k]`. */
export function getItem(o: Value, k: Value): Value {
  const t = typeOf(o);
  if (t.mp_subscript !== undefined) return t.mp_subscript(o, k);
  if (t.sq_item !== undefined) {
    if (!hasIndex(k)) throw typeError(`sequence index must be integer, not '${typeOf(k).name}'`);
    return seqGetItem(o, indexNumber(k));
  }
  if (o instanceof PyType) {
    if (o === typeType) return genericAlias(o, k);
    const m = lookupAttr(o, "__class_getitem__");
    if (m !== undefined && m !== None) return call1(m, k);
    throw typeError(`type '${o.name}' is not subscriptable`);
  }
  throw typeError(`'${t.name}' object is not subscriptable`);
}
/** `o[i]` of a sequence, negative indexes counted from the end (PySequence_GetItem). */
export function seqGetItem(o: Value, i: number): Value {
  const t = typeOf(o);
  const f = t.sq_item;
  if (f === undefined) {
    if (t.mp_subscript !== undefined) throw typeError(`'${t.name}' is not a sequence`);
    throw typeError(`'${t.name}' object does not support indexing`);
  }
  if (i < 0 && t.sq_length !== undefined) i += t.sq_length(o);
  return f(o, i);
}
/** `o[k] = v`. */
export function setItem(o: Value, k: Value, v: Value): void {
  const t = typeOf(o);
  if (t.mp_ass_subscript !== undefined) return t.mp_ass_subscript(o, k, v);
  if (t.sq_ass_item !== undefined) {
    if (!hasIndex(k)) throw typeError(`sequence index must be integer, not '${typeOf(k).name}'`);
    let i = indexNumber(k);
    if (i < 0 && t.sq_length !== undefined) i += t.sq_length(o);
    return t.sq_ass_item(o, i, v);
  }
  if (hasIndex(k) && hasSequenceSlots(t)) indexNumber(k);
  throw typeError(`'${t.name}' object does not support item assignment`);
}
/** `del o[k]`. */
export function delItem(o: Value, k: Value): void {
  const t = typeOf(o);
  if (t.mp_ass_subscript !== undefined) return t.mp_ass_subscript(o, k, undefined);
  if (t.sq_ass_item !== undefined) {
    if (!hasIndex(k)) throw typeError(`sequence index must be integer, not '${typeOf(k).name}'`);
    let i = indexNumber(k);
    if (i < 0 && t.sq_length !== undefined) i += t.sq_length(o);
    return t.sq_ass_item(o, i, undefined);
  }
  // CPython has two places that say so
  if (!hasIndex(k) || !hasSequenceSlots(t)) throw typeError(`'${t.name}' object does not support item deletion`);
  indexNumber(k);
  throw typeError(`'${t.name}' object doesn't support item deletion`);
}
/** Has a type CPython's `tp_as_sequence`, as every class has? */
export function hasSequenceSlots(t: PyType): boolean {
  return (t.flags & TF_HEAPTYPE) !== 0 || t.sq_length !== undefined || t.sq_contains !== undefined ||
    t.sq_item !== undefined || t.sq_concat !== undefined;
}
/** `x in o`. */
export function contains(o: Value, x: Value): boolean {
  if (typeof o === "string" && typeof x === "string") return o.includes(x);
  const t = typeOf(o);
  if (t.sq_contains !== undefined) return t.sq_contains(o, x);
  let it: Value;
  try {
    it = getIter(o);
  } catch (e) {
    if (e instanceof PyBaseException && isSubtype(e.cls, X.TypeError)) {
      throw typeError(`argument of type '${t.name}' is not a container or iterable`);
    }
    throw e;
  }
  const next = typeOf(it).tp_iternext!;
  for (let v = next(it); v !== undefined; v = next(it)) {
    if (equals(v, x)) return true;
    cur.tick(1);
  }
  return false;
}

// ---- integers from objects ------------------------------------------------------------------

/** Has an `__index__`? */
export function hasIndex(v: Value): boolean {
  return typeof v === "number" || typeOf(v).nb_index !== undefined;
}
/** `operator.index(v)` as an exact int. */
export function asIndex(v: Value): Int {
  if (typeof v === "number" || typeof v === "bigint") return v;
  if (typeof v === "boolean") return v ? 1 : 0;
  if (v instanceof PyIntSub) return v.v;
  const f = typeOf(v).nb_index;
  if (f === undefined) throw typeError(`'${typeOf(v).name}' object cannot be interpreted as an integer`);
  const r = f(v);
  if (typeof r === "number" || typeof r === "bigint") return r;
  if (!isInt(r)) throw typeError(`${typeOf(v).name}.__index__() must return an int, not ${typeOf(r).name}`);
  cur.interp.warn(
    X.DeprecationWarning,
    `${typeOf(v).name}.__index__() must return an int, not ${
      typeOf(r).name
    }.  The ability to return an instance of a strict subclass of int is deprecated, and may not be supported in a future version of Python.`,
    1,
  );
  return intValue(r);
}
/** An index that must fit: IndexError (or `exc`) when it does not. */
export function indexNumber(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint") throw indexError(`cannot fit '${typeOf(v).name}' into an index-sized integer`);
  return n;
}
/** A C ssize_t argument: OverflowError when it does not fit. */
export function asSsize(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint") {
    if (BigInt.asIntN(64, n) !== n) throw overflowError("Python int too large to convert to C ssize_t");
    return Number(n);
  }
  return n;
}
/** An index clamped to what fits (PyNumber_AsSsize_t without an exception). */
export function asSsizeClamped(v: Value): number {
  const n = asIndex(v);
  return typeof n === "bigint" ? (n < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER) : n;
}
/** A C int argument (PyLong_AsInt). */
export function asInt32(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint" || n > 0x7fffffff || n < -0x80000000) {
    throw overflowError("Python int too large to convert to C int");
  }
  return n;
}
/** A C int argument parsed by format "i" (PyArg_ParseTuple), which has texts of its own. */
export function parseInt32(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) {
    throw overflowError("Python int too large to convert to C long");
  }
  if (n > 0x7fffffff) throw overflowError("signed integer is greater than maximum");
  if (n < -0x80000000) throw overflowError("signed integer is less than minimum");
  return n as number;
}
/** A C double argument (PyFloat_AsDouble). */
export function asDouble(v: Value): number {
  if (v instanceof PyFloat) return v.v;
  if (typeof v === "number") return v;
  const t = typeOf(v);
  if (t.nb_float !== undefined) {
    const r = t.nb_float(v);
    if (!(r instanceof PyFloat)) throw typeError(`${t.name}.__float__ returned non-float (type ${typeOf(r).name})`);
    return r.v;
  }
  if (t.nb_index !== undefined) {
    const n = asIndex(v);
    return typeof n === "number" ? n : bigToDouble(n);
  }
  throw typeError(`must be real number, not ${t.name}`);
}
/** A big int as a double; OverflowError when it is too large. */
export function bigToDouble(n: bigint): number {
  const d = Number(n);
  if (d === Infinity || d === -Infinity) throw overflowError("int too large to convert to float");
  return d;
}
/** A str argument of a native: TypeError "f() argument 'x' must be str, not int". */
export function strArg(v: Value, fname: string, arg: string): Str {
  if (typeof v === "string" || v instanceof PyWideStr) return v;
  if (v instanceof PyStrSub) return v.v;
  throw typeError(`${fname}() argument ${arg} must be str, not ${v === None ? "None" : typeOf(v).name}`);
}

// ---- isinstance -----------------------------------------------------------------------------

/** `isinstance(v, cls)` with the whole protocol. */
export function isInstanceOf(v: Value, cls: Value): boolean {
  if (typeOf(v) === cls) return true;
  if (cls instanceof PyType && cls.cls === typeType) return realIsInstance(v, cls);
  if (isUnion(cls)) cls = (cls as unknown as { args: PyTuple }).args;
  if (cls instanceof PyTuple) {
    enterNative(REPR_WEIGHT, " in __instancecheck__");
    try {
      for (const c of cls.items) if (isInstanceOf(v, c)) return true;
    } finally {
      cur.nativeDepth -= REPR_WEIGHT;
    }
    return false;
  }
  const f = lookupSpecial(cls, "__instancecheck__");
  if (f !== undefined) {
    enterNative(REPR_WEIGHT, " in __instancecheck__");
    try {
      return isTrue(call1(f, v));
    } finally {
      cur.nativeDepth -= REPR_WEIGHT;
    }
  }
  return realIsInstance(v, cls);
}
function isUnion(v: Value): boolean {
  return typeof v === "object" && v.cls.name === "typing.Union";
}
/** `isinstance` without `__instancecheck__` (recursive_isinstance). */
export function realIsInstance(v: Value, cls: Value): boolean {
  if (cls instanceof PyType) {
    if (isInstance(v, cls)) return true;
    if (typeOf(v).tp_getattro === genericGetAttr && lookupType(typeOf(v), "__class__") === objectClassAttr()) {
      return false;
    }
    const c = lookupAttr(v, "__class__");
    return c !== undefined && c !== typeOf(v) && c instanceof PyType && isSubtype(c, cls);
  }
  checkClass(cls, "isinstance() arg 2 must be a type, a tuple of types, or a union");
  const c = lookupAttr(v, "__class__");
  return c !== undefined && abstractSubclass(c, cls);
}
function objectClassAttr(): Value | undefined {
  return lookupType(objectType, "__class__");
}
function abstractBases(c: Value): PyTuple | undefined {
  const b = lookupAttr(c, "__bases__");
  return b instanceof PyTuple ? b : undefined;
}
function checkClass(c: Value, msg: string): void {
  if (abstractBases(c) === undefined) throw typeError(msg);
}
function abstractSubclass(c: Value, cls: Value): boolean {
  if (identical(c, cls)) return true;
  const b = abstractBases(c);
  if (b === undefined) return false;
  for (const x of b.items) if (abstractSubclass(x, cls)) return true;
  return false;
}
/** `issubclass(c, cls)` with the whole protocol. */
export function isSubclassOf(c: Value, cls: Value): boolean {
  if (cls instanceof PyType && cls.cls === typeType) return c === cls || realIsSubclass(c, cls);
  if (isUnion(cls)) cls = (cls as unknown as { args: PyTuple }).args;
  if (cls instanceof PyTuple) {
    enterNative(REPR_WEIGHT, " in __subclasscheck__");
    try {
      for (const k of cls.items) if (isSubclassOf(c, k)) return true;
    } finally {
      cur.nativeDepth -= REPR_WEIGHT;
    }
    return false;
  }
  const f = lookupSpecial(cls, "__subclasscheck__");
  if (f !== undefined) {
    enterNative(REPR_WEIGHT, " in __subclasscheck__");
    try {
      return isTrue(call1(f, c));
    } finally {
      cur.nativeDepth -= REPR_WEIGHT;
    }
  }
  return realIsSubclass(c, cls);
}
/** `issubclass` without `__subclasscheck__` (recursive_issubclass). */
export function realIsSubclass(c: Value, cls: Value): boolean {
  if (c instanceof PyType && cls instanceof PyType) return isSubtype(c, cls);
  checkClass(c, "issubclass() arg 1 must be a class");
  checkClass(cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union");
  return abstractSubclass(c, cls);
}

export {
  attributeError,
  baseExceptionType,
  boolType,
  compareStr,
  intType,
  methodType,
  nameValue,
  noAttribute,
  PyDictBase,
  strType,
};
export * from "./abstract_number.ts";
