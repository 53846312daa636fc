// CPython 3.14: Objects/typeobject.c (slot_*), Python/ceval.c
//
// Special methods written in Python that opcodes reach: their frames are pushed, so that a deep
// recursion through them needs no JavaScript stack. Each function here gives the frame to go on with,
// or undefined where the ordinary way must be taken. The operands are popped (`f.sp`);
// what has to happen to the result is told by `deliver`, or is a state that waits in a frame of its own.

import {
  isSubtype,
  M_PUSH,
  None,
  objectType,
  type PyBaseException,
  typeOf,
  type Value,
} from "../../core/objects/object.ts";
import { stopIteration, typeError } from "../../core/objects/errors.ts";
import * as A from "../../core/objects/abstract.ts";
import * as E from "../../core/objects/exceptions.ts";
import { lookupType } from "../../core/objects/attr.ts";
import { pythonSpecial } from "../../core/objects/early.ts";
import type { PyFunction } from "../../core/objects/function.ts";
import { nextForm } from "../../core/objects/leaving.ts";
import { NativeDef, PyBuiltin } from "../../core/objects/native.ts";
import { nameValue } from "../../core/objects/names.ts";
import { BINARY_NAMES } from "../../core/objects/slotdefs.ts";
import { CallRequest, cur, NativeState } from "../../core/objects/state.ts";
import { deliver, pushFunction, startRequest } from "./calls.ts";
import { D_BINARY, D_COMPARE, D_CONTAINS, D_DROP, D_FOR_END, D_ITER, D_PUSH, D_TRUTH, type Frame } from "./frame.ts";
import type { VmThread } from "./thread.ts";

function push(f: Frame, deliver: number, fn: PyFunction, args: Value[], state?: NativeState): Frame | undefined {
  f.deliver = deliver;
  if (state === undefined) return pushFunction(cur as VmThread, fn, args, f);
  return startRequest(cur as VmThread, new CallRequest(fn, args, undefined, state), f);
}

const CMP = ["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];

/** COMPARE_OP */
export function compare(f: Frame, a: Value, b: Value, op: number): Frame | undefined {
  const fn = pythonSpecial(a, CMP[op]);
  if (fn === undefined) return undefined;
  const ta = typeOf(a), tb = typeOf(b);
  if (ta !== tb && isSubtype(tb, ta)) return undefined;
  return push(f, D_COMPARE, fn, [a, b]);
}

/** BINARY_OP, where the left operand's own method comes first. */
export function binary(f: Frame, a: Value, b: Value, arg: number): Frame | undefined {
  const names = BINARY_NAMES[arg];
  if (names === undefined) return undefined;
  const fn = pythonSpecial(a, names[0]);
  if (fn === undefined) return undefined;
  const ta = typeOf(a), tb = typeOf(b);
  // for an operation in place the plain method may have to follow: that goes the ordinary way
  if (ta !== tb && arg < 13 && isSubtype(tb, ta) && lookupType(tb, names[1]) !== lookupType(ta, names[1])) {
    return undefined;
  }
  return push(f, D_BINARY, fn, [a, b]);
}

export function unary(f: Frame, a: Value, name: string): Frame | undefined {
  const fn = pythonSpecial(a, name);
  return fn && push(f, D_PUSH, fn, [a]);
}

/** `x in o` */
export function contains(f: Frame, o: Value, x: Value): Frame | undefined {
  const fn = pythonSpecial(o, "__contains__");
  return fn && push(f, D_CONTAINS, fn, [o, x]);
}

/** TO_BOOL */
export function truth(f: Frame, a: Value): Frame | undefined {
  const fn = pythonSpecial(a, "__bool__");
  return fn && push(f, D_TRUTH, fn, [a]);
}

/** A statement: the special method's result does not matter. */
function statement(f: Frame, name: string, args: Value[]): Frame | undefined {
  const fn = pythonSpecial(args[0], name);
  return fn && push(f, D_DROP, fn, args);
}
export function setItem(f: Frame, o: Value, k: Value, v: Value): Frame | undefined {
  return typeof o === "object" ? statement(f, "__setitem__", [o, k, v]) : undefined;
}
export function delItem(f: Frame, o: Value, k: Value): Frame | undefined {
  return statement(f, "__delitem__", [o, k]);
}
/** STORE_ATTR or, with undefined, DELETE_ATTR. */
export function attribute(f: Frame, o: Value, v: Value | undefined): Frame | undefined {
  const fn = pythonSpecial(o, v === undefined ? "__delattr__" : "__setattr__");
  if (fn === undefined) return undefined;
  const name = nameValue(f.prep.names[f.prep.args[f.pc]]);
  return push(f, D_DROP, fn, v === undefined ? [o, name] : [o, name, v]);
}

/** GET_ITER */
export function iter(f: Frame, a: Value): Frame | undefined {
  const fn = pythonSpecial(a, "__iter__");
  return fn && push(f, D_ITER, fn, [a]);
}

class Next extends NativeState {
  constructor(readonly loop: Frame) {
    super();
  }
  resume(r: Value): Value {
    return r;
  }
  override raised(exc: PyBaseException): Value {
    if (!isSubtype(exc.cls, E.StopIteration)) throw exc;
    this.loop.deliver = D_FOR_END;
    return None;
  }
}
/** FOR_ITER; the iterator stays on the stack. */
export function next(f: Frame, it: Value): Frame | undefined {
  const fn = pythonSpecial(it, "__next__");
  if (fn !== undefined) return push(f, D_PUSH, fn, [it], new Next(f));
  const form = nextForm(it);
  if (form === undefined) return undefined;
  f.deliver = D_PUSH;
  const ts = cur as VmThread;
  const g = startRequest(ts, new CallRequest(nextBuiltin(), [it], undefined, new Next(f)), f);
  if (g !== undefined) return g;
  // it ended at once
  deliver(ts, f, ts.ret!);
  return f;
}
let nextDef: PyBuiltin | undefined;
/** `it.__next__()` of an iterator with a form that can be left (core/objects/leaving.ts). */
export function nextBuiltin(): PyBuiltin {
  return nextDef ??= new PyBuiltin(
    new NativeDef("__next__", ["it, /", "", (_s: Value, it: Value) => {
      const form = nextForm(it);
      if (form !== undefined) return form.next(it);
      const r = typeOf(it).tp_iternext!(it);
      if (r === undefined) throw stopIteration();
      return r;
    }, M_PUSH]),
    undefined,
  );
}

class Text extends NativeState {
  constructor(readonly name: string) {
    super();
  }
  resume(r: Value): Value {
    if (A.isStr(r)) return this.name === "__repr__" ? A.strValue(r) : r;
    throw typeError(
      this.name === "__format__"
        ? `__format__ must return a str, not ${typeOf(r).name}`
        : `${this.name} returned non-string (type ${typeOf(r).name})`,
    );
  }
}
const REPR = new Text("__repr__"), STR = new Text("__str__"), FORMAT = new Text("__format__");
/** FORMAT_SIMPLE, FORMAT_WITH_SPEC */
export function format(f: Frame, a: Value, spec: Value): Frame | undefined {
  const fn = pythonSpecial(a, "__format__");
  return fn && push(f, D_PUSH, fn, [a, spec], FORMAT);
}
/** CONVERT_VALUE, but `!a` */
export function convert(f: Frame, a: Value, how: number): Frame | undefined {
  if (how > 2) return undefined;
  let fn = how === 1 ? pythonSpecial(a, "__str__") : undefined;
  if (fn !== undefined) return push(f, D_PUSH, fn, [a], STR);
  // object.__str__ is repr()
  if (how === 1 && typeOf(a).tp_str !== objectStr()) return undefined;
  fn = pythonSpecial(a, "__repr__");
  return fn && push(f, D_PUSH, fn, [a], how === 1 ? STR : REPR);
}
function objectStr(): unknown {
  return objectType.tp_str;
}
