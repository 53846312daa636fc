// CPython 3.14: Python/specialize.c
//
// What sites see. CPython specialises an instruction the second time it runs, by its operands; the
// functions here tell what that would make of it, for `_co_code_adaptive` (adaptive.ts). The run
// loop comes by only the first two times: attributes, calls, globals and loops from the slow paths
// of their caches, and the other sites because they are cold at first (prepare.ts), which is what
// replaces them by the opcodes of the fast paths.

import {
  dictType,
  floatType,
  frozensetType,
  listType,
  moduleType,
  None,
  propertyType,
  PyFloat,
  PyInstance,
  PyList,
  PyModule,
  PyTuple,
  PyType,
  setType,
  sliceType,
  strType,
  superType,
  TF_HEAPTYPE,
  TF_IMMUTABLE,
  TF_METHOD_DESCRIPTOR,
  tupleType,
  typeOf,
  typeType,
  type Value,
} from "../../core/objects/object.ts";
import { CO_OPTIMIZED, CO_VARARGS, CO_VARKEYWORDS, type PyCode } from "../../core/code/code.ts";
import * as O from "../../core/code/opnums.ts";
import { genericGetAttr, genericSetAttr, instanceGet, lookupType } from "../../core/objects/attr.ts";
import { PyProperty } from "../../core/objects/descr.ts";
import { PyFunction, PyMethod } from "../../core/objects/function.ts";
import { moduleGetAttr } from "../../core/objects/module.ts";
import { type NativeDef, PyBuiltin, PyMethodDescr, PySlotMember } from "../../core/objects/native.ts";
import { objectNew } from "../../core/objects/object_type.ts";
import { PyListIter, PyTupleIter } from "../../core/objects/listiter.ts";
import { PyRangeIter } from "../../core/objects/range.ts";
import { objectGetAttribute } from "../../core/objects/slotdefs.ts";
import { typeGetAttr } from "../../core/objects/type.ts";
import type { Frame } from "./frame.ts";
import { PyGenerator } from "./generator.ts";
import { COLD_END, type Prep, setWarm } from "./prepare.ts";

/** Counts that a site runs; tells whether it is the second time. */
export function second(p: Prep, pc: number): boolean {
  // by instruction: times that it ran (at most 2), caches that it got, the specialised opcode
  const m = p.sites ??= new Uint8Array(3 * p.ops.length);
  return m[pc] < 2 && ++m[pc] === 2;
}

/** Remembers CPython's specialised opcode of a site (0: it would not be specialised). */
export function note(p: Prep, pc: number, op: number): void {
  p.sites![2 * p.ops.length + pc] = op;
}

/**
 * A cold site is about to run: the opcodes to go on with. The first time it is those of an array in
 * which its own stands alone, so that the site stays cold; the second time it stops being so.
 */
export function observe(f: Frame, p: Prep, pc: number, S: (Value | undefined)[], sp: number): Uint8Array {
  const op = p.code.co_code[2 * pc], again = second(p, pc);
  if (!again && op !== O.JUMP_BACKWARD) {
    const solo = p.solo ??= new Uint8Array(p.ops.length).fill(COLD_END);
    solo[p.soloAt] = COLD_END;
    // the jump behind TO_BOOL, which is read, is not there
    solo[p.soloAt = pc] = op === O.TO_BOOL ? op : p.warm[pc];
    return solo;
  }
  if (again) note(p, pc, kind(f, p, pc, op, S[sp - 1]!, S[sp - 2]));
  setWarm(p, pc);
  return p.ops;
}

function kind(f: Frame, p: Prep, pc: number, op: number, b: Value, a: Value | undefined): number {
  const arg = p.args[pc];
  switch (op) {
    case O.BINARY_OP:
      return binaryKind(f, p, pc, p.code.co_code[2 * pc + 1], a!, b);
    case O.COMPARE_OP:
      if (isCompact(a!) && isCompact(b)) return O.COMPARE_OP_INT;
      if (isFloat(a!) && isFloat(b)) return O.COMPARE_OP_FLOAT;
      return typeOf(a!) === strType && typeOf(b) === strType && (arg >> 5 === 2 || arg >> 5 === 3)
        ? O.COMPARE_OP_STR
        : 0;
    case O.TO_BOOL:
      return boolKind(b);
    case O.CONTAINS_OP: {
      const t = typeOf(b);
      return t === dictType ? O.CONTAINS_OP_DICT : t === setType || t === frozensetType ? O.CONTAINS_OP_SET : 0;
    }
    case O.UNPACK_SEQUENCE: {
      const n = arg;
      if (b instanceof PyTuple && b.cls === tupleType && b.items.length === n) {
        return n === 2 ? O.UNPACK_SEQUENCE_TWO_TUPLE : O.UNPACK_SEQUENCE_TUPLE;
      }
      return b instanceof PyList && b.cls === listType && b.items.length === n ? O.UNPACK_SEQUENCE_LIST : 0;
    }
  }
  return 0;
}

function isInt(v: Value): boolean {
  return typeof v === "number" || typeof v === "bigint";
}
/** An int of one of CPython's digits. */
function isCompact(v: Value): v is number {
  return typeof v === "number" && v > -0x40000000 && v < 0x40000000;
}
function isFloat(v: Value): v is PyFloat {
  return v instanceof PyFloat && v.cls === floatType;
}

const NB_ADD = 0, NB_MULTIPLY = 5, NB_SUBTRACT = 10, NB_TRUE_DIVIDE = 11, INPLACE = 13, NB_SUBSCR = 26;
const NB_AND = 1, NB_OR = 7, NB_XOR = 12;

function binaryKind(f: Frame, p: Prep, pc: number, arg: number, a: Value, b: Value): number {
  if (arg === NB_SUBSCR) return subscriptKind(a, b);
  const op = arg >= INPLACE ? arg - INPLACE : arg;
  if (isInt(a) && isInt(b)) {
    switch (op) {
      case NB_ADD:
        return O.BINARY_OP_ADD_INT;
      case NB_SUBTRACT:
        return O.BINARY_OP_SUBTRACT_INT;
      case NB_MULTIPLY:
        return O.BINARY_OP_MULTIPLY_INT;
      case NB_AND:
      case NB_OR:
      case NB_XOR:
        return isCompact(a) && isCompact(b) ? O.BINARY_OP_EXTEND : 0;
    }
    return 0;
  }
  if (isFloat(a) && isFloat(b)) {
    if (op === NB_ADD) return O.BINARY_OP_ADD_FLOAT;
    if (op === NB_SUBTRACT) return O.BINARY_OP_SUBTRACT_FLOAT;
    return op === NB_MULTIPLY ? O.BINARY_OP_MULTIPLY_FLOAT : 0;
  }
  if (typeOf(a) === strType && typeOf(b) === strType) {
    if (op !== NB_ADD) return 0;
    const next = p.code.co_code[2 * (pc + 6)];
    return next === O.STORE_FAST && f.locals[p.args[pc + 6]] === a
      ? O.BINARY_OP_INPLACE_ADD_UNICODE
      : O.BINARY_OP_ADD_UNICODE;
  }
  if (arg < INPLACE && (op === NB_ADD || op === NB_SUBTRACT || op === NB_MULTIPLY || op === NB_TRUE_DIVIDE)) {
    const divides = op === NB_TRUE_DIVIDE;
    if (isFloat(a) && isCompact(b) && !isNaN(a.v) && !(divides && b === 0)) return O.BINARY_OP_EXTEND;
    if (isCompact(a) && isFloat(b) && !isNaN(b.v) && !(divides && b.v === 0)) return O.BINARY_OP_EXTEND;
  }
  return 0;
}

function subscriptKind(a: Value, b: Value): number {
  const t = typeOf(a), index = isCompact(b) && b >= 0;
  if (t === listType) {
    return index ? O.BINARY_OP_SUBSCR_LIST_INT : typeOf(b) === sliceType ? O.BINARY_OP_SUBSCR_LIST_SLICE : 0;
  }
  if (t === tupleType) return index ? O.BINARY_OP_SUBSCR_TUPLE_INT : 0;
  if (t === strType) return index ? O.BINARY_OP_SUBSCR_STR_INT : 0;
  if (t === dictType) return O.BINARY_OP_SUBSCR_DICT;
  if ((t.flags & TF_HEAPTYPE) === 0) return 0;
  const get = lookupType(t, "__getitem__");
  return get instanceof PyFunction && isSimple(get.code) && get.code.co_argcount === 2 ? O.BINARY_OP_SUBSCR_GETITEM : 0;
}

function boolKind(v: Value): number {
  if (typeof v === "boolean") return O.TO_BOOL_BOOL;
  if (v === None) return O.TO_BOOL_NONE;
  if (isInt(v)) return O.TO_BOOL_INT;
  const t = typeOf(v);
  if (t === listType) return O.TO_BOOL_LIST;
  if (t === strType) return O.TO_BOOL_STR;
  if ((t.flags & TF_HEAPTYPE) === 0) return 0;
  return lookupType(t, "__bool__") === undefined && lookupType(t, "__len__") === undefined ? O.TO_BOOL_ALWAYS_TRUE : 0;
}

/** Takes its arguments by position only. */
function isSimple(c: PyCode): boolean {
  return c.co_kwonlyargcount === 0 &&
    (c.co_flags & (CO_OPTIMIZED | CO_VARARGS | CO_VARKEYWORDS)) === CO_OPTIMIZED;
}

/** FOR_ITER */
export function noteForIter(p: Prep, pc: number, it: Value): void {
  let op = 0;
  if (it instanceof PyListIter) op = O.FOR_ITER_LIST;
  else if (it instanceof PyTupleIter) op = O.FOR_ITER_TUPLE;
  else if (it instanceof PyRangeIter) op = O.FOR_ITER_RANGE;
  else if (it instanceof PyGenerator && typeOf(it).name === "generator") op = O.FOR_ITER_GEN;
  note(p, pc, op);
}

/** LOAD_ATTR; `method`: for a call. */
export function noteLoadAttr(p: Prep, pc: number, o: Value, name: string, method: boolean): void {
  note(p, pc, loadAttrKind(o, name, method));
}
function loadAttrKind(o: Value, name: string, method: boolean): number {
  const t = typeOf(o), getattro = t.tp_getattro;
  if (o instanceof PyModule && getattro === moduleGetAttr) {
    return t === moduleType && lookupType(t, name) === undefined && o.dict.getStr(name) !== undefined
      ? O.LOAD_ATTR_MODULE
      : 0;
  }
  if (o instanceof PyType) {
    if (getattro !== typeGetAttr || lookupType(t, name) !== undefined) return 0;
    const a = lookupType(o, name);
    if (a === undefined) return 0;
    const d = typeOf(a), bare = d.tp_descr_get === undefined || (d.flags & TF_METHOD_DESCRIPTOR) !== 0;
    if (!bare) return 0;
    return (t.flags & TF_IMMUTABLE) === 0 ? O.LOAD_ATTR_CLASS_WITH_METACLASS_CHECK : O.LOAD_ATTR_CLASS;
  }
  if (getattro !== genericGetAttr) {
    const own = lookupType(t, "__getattribute__");
    const overridden = own instanceof PyFunction && own !== objectGetAttribute() && isSimple(own.code) &&
      own.code.co_argcount === 2 && lookupType(t, "__getattr__") === undefined;
    return overridden && !method ? O.LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN : 0;
  }
  const descr = lookupType(t, name);
  if (descr === undefined) {
    const at = place(o, name);
    return at === VALUES ? O.LOAD_ATTR_INSTANCE_VALUE : at === HINT ? O.LOAD_ATTR_WITH_HINT : 0;
  }
  const dt = typeOf(descr);
  if (dt.tp_descr_set !== undefined) {
    if (name === "__class__") return O.LOAD_ATTR_SLOT;
    if (descr instanceof PySlotMember) return o instanceof PyInstance ? O.LOAD_ATTR_SLOT : 0;
    if (descr instanceof PyProperty && dt === propertyType) {
      const get = descr.fget;
      return !method && get instanceof PyFunction && isSimple(get.code) && get.code.co_argcount === 1
        ? O.LOAD_ATTR_PROPERTY
        : 0;
    }
    return 0;
  }
  // an attribute of the instance hides one of the class
  const own = place(o, name);
  if (own !== NOWHERE) return own === VALUES ? O.LOAD_ATTR_INSTANCE_VALUE : O.LOAD_ATTR_WITH_HINT;
  const inline = o instanceof PyInstance && o.shape !== undefined && t.hasDict;
  if (dt.tp_descr_get === undefined) {
    if (method) return 0;
    return inline ? O.LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES : t.hasDict ? 0 : O.LOAD_ATTR_NONDESCRIPTOR_NO_DICT;
  }
  if (!method || (dt.flags & TF_METHOD_DESCRIPTOR) === 0) return 0;
  if (inline) return O.LOAD_ATTR_METHOD_WITH_VALUES;
  if (!t.hasDict) return O.LOAD_ATTR_METHOD_NO_DICT;
  return (o as { dict?: unknown }).dict === undefined ? O.LOAD_ATTR_METHOD_LAZY_DICT : 0;
}

/** Where an instance has an attribute of its own: nowhere, among its inline values, in its dict. */
const NOWHERE = 0, VALUES = 1, HINT = 2;
/** Attributes that CPython keeps in the instance itself. */
const INLINE_VALUES = 30;
function place(o: Value, name: string): number {
  if (o instanceof PyInstance && o.shape !== undefined) {
    const i = o.shape.index.get(name);
    if (i === undefined || o.slots[i] === undefined) return NOWHERE;
    return i < INLINE_VALUES ? VALUES : HINT;
  }
  return instanceGet(o, name) === undefined ? NOWHERE : HINT;
}

/** STORE_ATTR */
export function noteStoreAttr(p: Prep, pc: number, o: Value, name: string): void {
  const t = typeOf(o);
  if (t.tp_setattro !== genericSetAttr || !(o instanceof PyInstance)) return;
  const descr = lookupType(t, name);
  if (descr instanceof PySlotMember) note(p, pc, O.STORE_ATTR_SLOT);
  else if (descr === undefined && t.hasDict) {
    if (o.shape === undefined) note(p, pc, instanceGet(o, name) === undefined ? 0 : O.STORE_ATTR_WITH_HINT);
    else if ((o.shape.index.get(name) ?? o.shape.size) < INLINE_VALUES) note(p, pc, O.STORE_ATTR_INSTANCE_VALUE);
  }
}

/** LOAD_SUPER_ATTR; `method`: for a call. */
export function noteSuperAttr(p: Prep, pc: number, made: Value, cls: Value, method: boolean): void {
  if (made === superType && cls instanceof PyType) {
    note(p, pc, method ? O.LOAD_SUPER_ATTR_METHOD : O.LOAD_SUPER_ATTR_ATTR);
  }
}

/** CALL of `f` with `n` arguments, `self` included. */
export function noteCall(p: Prep, pc: number, f: Value, n: number): void {
  note(p, pc, callKind(p, pc, f, n));
}
function callKind(p: Prep, pc: number, f: Value, n: number): number {
  if (f instanceof PyFunction) return isExact(f, n) ? O.CALL_PY_EXACT_ARGS : O.CALL_PY_GENERAL;
  if (f instanceof PyMethod) {
    const g = f.func;
    if (!(g instanceof PyFunction)) return O.CALL_NON_PY_GENERAL;
    return isExact(g, n) ? O.CALL_BOUND_METHOD_EXACT_ARGS : O.CALL_BOUND_METHOD_GENERAL;
  }
  if (f instanceof PyType) return classKind(f, n);
  if (f instanceof PyBuiltin) {
    if (f.module === "builtins" && f.def.name === "isinstance" && n === 2) return O.CALL_ISINSTANCE;
    switch (convention(f.def)) {
      case METH_O:
        if (n !== 1) break;
        return f.module === "builtins" && f.def.name === "len" ? O.CALL_LEN : O.CALL_BUILTIN_O;
      case METH_FAST:
        return O.CALL_BUILTIN_FAST;
      case METH_FAST_KEYWORDS:
        return O.CALL_BUILTIN_FAST_WITH_KEYWORDS;
      case METH_UNKNOWN:
        return 0;
    }
    return O.CALL_NON_PY_GENERAL;
  }
  if (f instanceof PyMethodDescr) {
    switch (convention(f.def)) {
      case METH_NOARGS:
        return n === 1 ? O.CALL_METHOD_DESCRIPTOR_NOARGS : O.CALL_NON_PY_GENERAL;
      case METH_O:
        if (n !== 2) return O.CALL_NON_PY_GENERAL;
        return f.type === listType && f.def.name === "append" && p.code.co_code[2 * (pc + 4)] === O.POP_TOP
          ? O.CALL_LIST_APPEND
          : O.CALL_METHOD_DESCRIPTOR_O;
      case METH_FAST:
        return O.CALL_METHOD_DESCRIPTOR_FAST;
      case METH_FAST_KEYWORDS:
        return O.CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS;
    }
    return 0;
  }
  return O.CALL_NON_PY_GENERAL;
}
function isExact(f: PyFunction, n: number): boolean {
  return isSimple(f.code) && f.code.co_argcount === n;
}

/** Types that CPython makes instances of without a tuple of arguments (`tp_vectorcall`). */
const VECTORCALL = new Set(
  ("bool dict enumerate filter float frozenset int list map range reversed set super BaseException Exception " +
    "GeneratorExit KeyboardInterrupt ArithmeticError AssertionError BufferError EOFError LookupError ReferenceError " +
    "RuntimeError StopAsyncIteration SystemError TypeError ValueError Warning FloatingPointError OverflowError " +
    "ZeroDivisionError BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning " +
    "PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning IndexError " +
    "KeyError NotImplementedError PythonFinalizationError RecursionError UnicodeError tuple str type").split(" "),
);
function classKind(t: PyType, n: number): number {
  if ((t.flags & TF_HEAPTYPE) === 0) {
    if (n === 1) {
      if (t === strType) return O.CALL_STR_1;
      if (t === typeType) return O.CALL_TYPE_1;
      if (t === tupleType) return O.CALL_TUPLE_1;
    }
    return VECTORCALL.has(t.name) ? O.CALL_BUILTIN_CLASS : O.CALL_NON_PY_GENERAL;
  }
  if (t.cls !== typeType || t.tp_new !== objectNew) return O.CALL_NON_PY_GENERAL;
  const init = lookupType(t, "__init__");
  return init instanceof PyFunction && isSimple(init.code) ? O.CALL_ALLOC_AND_ENTER_INIT : O.CALL_NON_PY_GENERAL;
}

/** How C code takes its arguments, as its signature tells (Argument Clinic's choice). */
const METH_UNKNOWN = 0, METH_NOARGS = 1, METH_O = 2, METH_FAST = 3, METH_FAST_KEYWORDS = 4;
function convention(d: NativeDef): number {
  const s = d.sig;
  if (d.vector || s.varkw) return METH_UNKNOWN;
  if (s.names.length > s.posOnly) return METH_FAST_KEYWORDS;
  if (s.varargs) return METH_FAST;
  if (s.pos === 0) return METH_NOARGS;
  return s.pos === 1 && s.required === 1 ? METH_O : METH_FAST;
}
