// CPython 3.14: Python/ceval.c, Python/intrinsics.c, Python/bytecodes.c
//
// The rare halves of instructions: function objects, `super`, raising and matching exceptions,
// argument unpacking, intrinsics, awaiting, imports.

import { KwSite } from "./bind.ts";
import {
  asyncGeneratorType,
  coroutineType,
  generatorType,
  type KwNames,
  None,
  PyBaseException,
  PyDictBase,
  PyInstance,
  PyList,
  PyModule,
  PyTuple,
  PyType,
  superType,
  typeOf,
  type Value,
} from "../../core/objects/object.ts";
import { importError, newErrorArgs, runtimeError, systemError, typeError } from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import { exceptionMatches, prepReraiseStar, PyExceptionGroup } from "../../core/objects/exceptions_group.ts";
import { PyFunction } from "../../core/objects/function.ts";
import { CO_ITERABLE_COROUTINE, PyCode } from "../../core/code/code.ts";
import { PyDict } from "../../core/objects/dict.ts";
import * as A from "../../core/objects/abstract.ts";
import { lookupType } from "../../core/objects/attr.ts";
import { superCheck, superLookup } from "../../core/objects/super.ts";
import { joinStrs } from "../../core/objects/repr_guard.ts";
import { attrName, nameValue, utf16 } from "../../core/objects/names.ts";
import { cur } from "../../core/objects/state.ts";
import * as C from "./calls.ts";
import { D_PUSH, type Frame } from "./frame.ts";
import type { Prep } from "./prepare.ts";
import { noteSuperAttr, second } from "./observe.ts";
import { AttrCache } from "./caches.ts";
import type { VmThread } from "./thread.ts";
import { GEN_SUSPENDED, PyGenerator } from "./generator.ts";
import { delegate } from "./gen_ops.ts";
import { wrapAsyncYield } from "./async_gen.ts";
import {
  makeParamSpec,
  makeTypeAlias,
  makeTypeVar,
  makeTypeVarTuple,
  setTypeParamDefault,
  subscriptGeneric,
} from "./typing_ops.ts";
import { importNameNative } from "./import_ops.ts";
import { itemOrUndef } from "./ops_names.ts";
import { moduleOrigin } from "../../core/objects/module_shadow.ts";
import { addTraceback } from "./unwind.ts";

/** LOAD_COMMON_CONSTANT. */
export function commonConstant(i: number): Value {
  switch (i) {
    case 0:
      return E.AssertionError;
    case 1:
      return E.NotImplementedError;
    case 2:
      return tupleType;
    case 3:
      return cur.interp.store.get("all") as Value;
    default:
      return cur.interp.store.get("any") as Value;
  }
}
import { tupleType } from "../../core/objects/object.ts";

// ---- functions ------------------------------------------------------------------------------

export function makeFunction(f: Frame, code: Value): Value {
  return new PyFunction(code as PyCode, f.globals, f.builtins);
}
export function setFunctionAttribute(fn: PyFunction, v: Value, which: number): void {
  switch (which) {
    case 1:
      fn.defaults = v as PyTuple;
      break;
    case 2:
      fn.kwdefaults = v as PyDict;
      break;
    case 4:
      if (v instanceof PyTuple) {
        const d = new PyDict();
        for (let i = 0; i < v.items.length; i += 2) d.set(v.items[i], v.items[i + 1]);
        fn.annotations = d;
      } else fn.annotations = v;
      break;
    case 8:
      fn.closure = v as PyTuple;
      break;
    case 16:
      fn.annotate = v;
      if (v instanceof PyFunction) v.qualname = joinStrs([A.strValue(fn.qualname), ".__annotate__"]);
      break;
  }
}

/** The names of a CALL_KW, kept at the site. */
export function kwNames(p: Prep, pc: number, t: PyTuple): KwNames {
  let c = p.cache[pc] as KwSite | undefined;
  if (c === undefined || c.tuple !== t) c = p.cache[pc] = new KwSite(t, t.items.map((x) => attrName(x)));
  return c.names;
}

/** Results of unpackCall. */
export let callArgs: Value[] = [];
export let callKw: KwNames | undefined;

function funcText(f: Value): string {
  // "name()" of what is called, for messages (_PyObject_FunctionStr)
  const q = A.lookupAttr(f, "__qualname__");
  if (q === undefined || !A.isStr(q)) return utf16(A.strOf(f));
  const m = A.lookupAttr(f, "__module__");
  const qs = utf16(A.strValue(q));
  if (m !== undefined && m !== None && A.isStr(m) && m !== "builtins") return `${utf16(A.strValue(m))}.${qs}()`;
  return `${qs}()`;
}

/** The arguments of `f(*pos, **kw)`, left in callArgs and callKw. */
export function unpackCall(f: Value, pos: Value, kw: Value | undefined): void {
  if (pos instanceof PyTuple) callArgs = pos.items.slice();
  else {
    if (typeOf(pos).tp_iter === undefined && !A.isSequence(pos)) {
      throw typeError(`${funcText(f)} argument after * must be an iterable, not ${typeOf(pos).name}`);
    }
    callArgs = A.iterToArray(pos);
  }
  callKw = undefined;
  if (kw !== undefined) {
    const d = kw as PyDict;
    if (d.size > 0) {
      const names: string[] = [];
      for (let i = d.nextIndex(0); i >= 0; i = d.nextIndex(i + 1)) {
        const k = d.keys[i]!;
        if (!A.isStr(k)) throw typeError("keywords must be strings");
        names.push(attrName(k));
        callArgs.push(d.vals[i]!);
      }
      callKw = names;
    }
  }
}

// ---- super, special methods -----------------------------------------------------------------

/** Whether loadSuperAttr's result is unbound and goes with self. */
export let superSelf = false;
export function loadSuperAttr(
  p: Prep,
  pc: number,
  superObj: Value,
  cls: Value,
  self: Value,
  name: string,
  flags: number,
): Value {
  superSelf = false;
  if (superObj === superType && cls instanceof PyType) {
    let c = p.cache[pc] as AttrCache | undefined;
    if (
      c !== undefined && self instanceof PyInstance && c.type === self.cls && c.version === self.cls.version &&
      c.owner === cls
    ) {
      superSelf = true;
      return c.value!;
    }
    if (second(p, pc)) noteSuperAttr(p, pc, superObj, cls, (flags & 1) !== 0);
    const start = superCheck(cls, self);
    if (name !== "__class__") {
      const v = superLookup(cls, start, name);
      if (v !== undefined) {
        if ((flags & 1) !== 0 && (typeOf(v).flags & (1 << 17)) !== 0 && self !== start) {
          superSelf = true;
          if (p.sites![pc] === 2 && self instanceof PyInstance && start === self.cls) {
            c = p.cache[pc] = new AttrCache();
            c.type = start;
            c.version = start.version;
            c.owner = cls;
            c.value = v;
          }
          return v;
        }
        const get = typeOf(v).tp_descr_get;
        return get === undefined ? v : get(v, self === start ? undefined : self, start);
      }
    }
  }
  const s = (flags & 2) !== 0 ? A.call2(superObj, cls, self) : A.call0(superObj);
  return A.getAttr(s, name);
}

const SPECIALS = ["__enter__", "__exit__", "__aenter__", "__aexit__"];
/** Whether loadSpecial's result is unbound and goes with the object. */
export let specialSelf = false;
export function loadSpecial(o: Value, which: number): Value {
  const t = typeOf(o);
  const d = lookupType(t, SPECIALS[which]);
  if (d === undefined) {
    const missed = ` (missed ${SPECIALS[which]} method)`;
    const has = (n: string) => lookupType(t, n) !== undefined;
    if (which < 2) {
      const hint = has("__aenter__") && has("__aexit__")
        ? " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?"
        : "";
      throw typeError(
        `'${qualified(t)}' object does not support the context manager protocol${missed}${hint}`,
      );
    }
    const hint = has("__enter__") && has("__exit__")
      ? " but it supports the context manager protocol. Did you mean to use 'with'?"
      : "";
    throw typeError(
      `'${qualified(t)}' object does not support the asynchronous context manager protocol${missed}${hint}`,
    );
  }
  if ((typeOf(d).flags & (1 << 17)) !== 0) {
    specialSelf = true;
    return d;
  }
  specialSelf = false;
  const get = typeOf(d).tp_descr_get;
  return get === undefined ? d : get(d, o, t);
}
import { fullTypeName } from "../../core/objects/type_name.ts";
function qualified(t: PyType): string {
  return fullTypeName(t);
}

// ---- exceptions -----------------------------------------------------------------------------

function isExcClass(v: Value): v is PyType {
  return v instanceof PyType && v.mro.includes(E.BaseException);
}

/** `raise exc [from cause]`: the exception to throw. */
export function raised(_ts: VmThread, exc: Value, cause: Value | undefined): PyBaseException {
  let e: Value;
  if (isExcClass(exc)) {
    e = A.call0(exc);
    if (!(e instanceof PyBaseException)) {
      throw typeError(
        `calling ${utf16(A.reprStr(exc))} should have returned an instance of BaseException, not ${
          utf16(A.reprStr(typeOf(e)))
        }`,
      );
    }
  } else if (exc instanceof PyBaseException) e = exc;
  else throw typeError("exceptions must derive from BaseException");
  if (cause !== undefined) {
    let c: PyBaseException | null;
    if (isExcClass(cause)) {
      const x = A.call0(cause);
      if (!(x instanceof PyBaseException)) {
        throw typeError(
          `calling ${utf16(A.reprStr(cause))} should have returned an instance of BaseException, not ${
            utf16(A.reprStr(typeOf(x)))
          }`,
        );
      }
      c = x;
    } else if (cause instanceof PyBaseException) c = cause;
    else if (cause === None) c = null;
    else throw typeError("exception causes must derive from BaseException");
    (e as PyBaseException).cause = c;
    (e as PyBaseException).suppressContext = true;
  }
  return e as PyBaseException;
}
/** A bare `raise`. */
export function reraiseHandled(ts: VmThread): PyBaseException {
  const e = ts.handled();
  if (e === None) throw runtimeError("No active exception to reraise");
  return e as PyBaseException;
}

const CANNOT_CATCH = "catching classes that do not inherit from BaseException is not allowed";
export function checkExcMatch(exc: Value, type: Value): boolean {
  if (type instanceof PyTuple) {
    for (const t of type.items) if (!isExcClass(t)) throw typeError(CANNOT_CATCH);
  } else if (!isExcClass(type)) throw typeError(CANNOT_CATCH);
  return exceptionMatches(exc, type);
}

/** CHECK_EG_MATCH: leaves the rest and the match on the stack. */
export function checkEgMatch(ts: VmThread, S: (Value | undefined)[], sp: number): void {
  const exc = S[sp - 2]!, type = S[sp - 1]!;
  checkExcMatch(None, type);
  const types = type instanceof PyTuple ? type.items : [type];
  for (const t of types) {
    if ((t as PyType).mro.includes(E.BaseExceptionGroup)) {
      throw typeError("catching ExceptionGroup with except* is not allowed. Use except instead.");
    }
  }
  let rest: Value = None, match: Value = None;
  if (exc !== None) {
    if (exceptionMatches(exc, type)) {
      if (exc instanceof PyExceptionGroup) match = exc;
      else {
        // what is raised again from here has no traceback of its own yet
        const g = A.call2(E.BaseExceptionGroup, "", new PyTuple([exc])) as PyBaseException;
        const f = ts.frame as Frame;
        addTraceback(g, f, f.pc);
        match = g;
      }
    } else if (exc instanceof PyExceptionGroup) {
      const pair = A.callMethod(exc, "split", type);
      if (!(pair instanceof PyTuple)) {
        throw typeError(`${typeOf(exc).name}.split must return a tuple, not ${typeOf(pair).name}`);
      }
      if (pair.items.length < 2) {
        throw typeError(`${typeOf(exc).name}.split must return a 2-tuple, got tuple of size ${pair.items.length}`);
      }
      [match, rest] = pair.items;
    } else rest = exc;
  }
  if (match === None) rest = exc;
  S[sp - 2] = rest;
  S[sp - 1] = match;
  if (match !== None) ts.exc.value = match;
}

export function isStopAsync(e: Value): boolean {
  return exceptionMatches(e, E.StopAsyncIteration);
}
/** The value of a StopIteration; undefined for another exception. */
export function stopValue(e: Value): Value | undefined {
  if (!exceptionMatches(e, E.StopIteration)) return undefined;
  return (e as unknown as { value: Value }).value;
}
/** Arguments of `__exit__` in WITH_EXCEPT_START. */
export function exitArgs(S: (Value | undefined)[], sp: number): Value[] {
  const exc = S[sp - 1] as PyBaseException;
  const args: Value[] = [exc.cls, exc, exc.traceback ?? None];
  const self = S[sp - 4];
  if (self !== undefined) args.unshift(self);
  return args;
}

// ---- intrinsics -----------------------------------------------------------------------------

export function intrinsic1(ts: VmThread, f: Frame, which: number, v: Value): Value {
  switch (which) {
    case 1: { // PRINT
      const hook = cur.interp.sys.dict.getStr("displayhook");
      if (hook === undefined) throw runtimeError("lost sys.displayhook");
      return A.call1(hook, v);
    }
    case 2:
      importStar(f, v);
      return None;
    case 3:
      return stopIterationError(ts, f, v as PyBaseException);
    case 4:
      return wrapAsyncYield(v);
    case 5:
      return A.pos(v);
    case 6:
      return new PyTuple((v as PyList).items.slice());
    case 7:
      return makeTypeVar(v, undefined, undefined);
    case 8:
      return makeParamSpec(v);
    case 9:
      return makeTypeVarTuple(v);
    case 10:
      return subscriptGeneric(v);
    case 11:
      return makeTypeAlias(v);
  }
  throw systemError(`bad intrinsic ${which}`);
}
export function intrinsic2(_ts: VmThread, which: number, a: Value, b: Value): Value {
  switch (which) {
    case 1:
      return prepReraiseStar(a, (b as PyList).items);
    case 2:
      return makeTypeVar(a, b, undefined);
    case 3:
      return makeTypeVar(a, undefined, b);
    case 4:
      (a as PyFunction).typeParams = b as PyTuple;
      return a;
    case 5:
      return setTypeParamDefault(a, b);
  }
  throw systemError(`bad intrinsic ${which}`);
}

/** A StopIteration that leaves a generator becomes a RuntimeError (PEP 479). */
function stopIterationError(_ts: VmThread, f: Frame, exc: PyBaseException): Value {
  let msg: string | undefined;
  const flags = f.prep.code.co_flags;
  if (exceptionMatches(exc, E.StopIteration)) {
    msg = (flags & 0x200) !== 0
      ? "async generator raised StopIteration"
      : (flags & 0x80) !== 0
      ? "coroutine raised StopIteration"
      : "generator raised StopIteration";
  } else if ((flags & 0x200) !== 0 && exceptionMatches(exc, E.StopAsyncIteration)) {
    msg = "async generator raised StopAsyncIteration";
  }
  if (msg === undefined) return exc;
  const e = newErrorArgs(E.RuntimeError, [msg]);
  e.cause = exc;
  e.context = exc;
  e.suppressContext = true;
  return e;
}

/** `from module import *`. */
function importStar(f: Frame, mod: Value): void {
  const ns = f.ns;
  if (ns === undefined) throw systemError("no locals found during 'import *'");
  let all = A.lookupAttr(mod, "__all__");
  let skip = false;
  if (all === undefined) {
    const d = A.lookupAttr(mod, "__dict__");
    if (d === undefined) throw importError("from-import-* object has no __dict__ and no __all__");
    all = new PyList(A.iterToArray(A.callMethod(d, "keys")));
    skip = true;
  }
  for (const n of A.iterToArray(all)) {
    if (!A.isStr(n)) {
      const mn = A.lookupAttr(mod, "__name__");
      const m = mn !== undefined && A.isStr(mn) ? utf16(A.strValue(mn)) : "?";
      throw typeError(
        skip
          ? `Key in ${m}.__dict__ must be str, not ${typeOf(n).name}`
          : `Item in ${m}.__all__ must be str, not ${typeOf(n).name}`,
      );
    }
    const name = attrName(n);
    if (skip && name.startsWith("_")) continue;
    const v = A.getAttr(mod, name);
    if (ns instanceof PyDictBase) ns.set(n, v);
    else A.setItem(ns, n, v);
  }
}

// ---- imports --------------------------------------------------------------------------------

/** IMPORT_NAME: a frame to go on with, or undefined with the module in `ts.ret`. */
export function importName(ts: VmThread, f: Frame, name: string, fromlist: Value, level: Value): Frame | undefined {
  const imp = itemOrUndef(f.builtins, "__import__");
  if (imp === undefined) throw importError("__import__ not found");
  if (imp === originalImport()) {
    ts.ret = importNameNative(name, f.globals, fromlist, level);
    return undefined;
  }
  f.deliver = D_PUSH;
  return C.start(ts, imp, [nameValue(name), f.globals, f.ns ?? None, fromlist, level], undefined, f);
}
function originalImport(): Value | undefined {
  return cur.interp.store.get("__import__") as Value | undefined;
}

/** IMPORT_FROM: an attribute of a module, or its submodule. */
export function importFrom(mod: Value, name: string): Value {
  const v = A.lookupAttr(mod, name);
  if (v !== undefined) return v;
  const modName = A.lookupAttr(mod, "__name__");
  const isName = modName !== undefined && A.isStr(modName);
  if (isName) {
    const full = `${utf16(A.strValue(modName))}.${name}`;
    const m = cur.interp.modules.getStr(full);
    if (m !== undefined) return m;
  }
  throw importFromError(mod, name, isName ? modName : undefined);
}
function importFromError(mod: Value, name: string, modName: Value | undefined): PyBaseException {
  const quoted = (v: Value) => utf16(A.reprStr(v));
  const shown = quoted(modName ?? "<unknown module name>"), what = quoted(nameValue(name));
  const from = moduleOrigin(A.lookupAttr(mod, "__spec__"), modName);
  let file: Value | undefined = from.origin === undefined ? undefined : nameValue(from.origin);
  if (file === undefined && mod instanceof PyModule) file = A.lookupAttr(mod, "__file__");
  if (file !== undefined && !A.isStr(file)) file = undefined;
  const missing = `cannot import name ${what} from`;
  let msg: string;
  if (from.stdlib) {
    msg =
      `${missing} ${shown} (consider renaming ${quoted(file!)} since it has the same name as the standard library ` +
      `module named ${shown} and prevents importing that standard library module)`;
  } else if (from.initializing && from.shadowing) {
    msg = `${missing} ${shown} (consider renaming ${
      quoted(file!)
    } if it has the same name as a library you intended to import)`;
  } else {
    const where = file === undefined ? "unknown location" : utf16(A.strOf(file));
    msg = from.initializing
      ? `${missing} partially initialized module ${shown} (most likely due to a circular import) (${where})`
      : `${missing} ${shown} (${where})`;
  }
  const e = importError(msg, modName ?? None, file ?? None);
  (e as unknown as { nameFrom: Value }).nameFrom = nameValue(name);
  return e;
}

// ---- awaiting -------------------------------------------------------------------------------

/** GET_AWAITABLE. */
function getAwaitable(ts: VmThread, v: Value, where: number): Value {
  const it = awaitableIter(v, where);
  if (
    it instanceof PyGenerator && it.cls === coroutineType && delegate(it) !== undefined && it.state === GEN_SUSPENDED
  ) {
    throw runtimeError("coroutine is being awaited already");
  }
  void ts;
  return it;
}
/** The iterator that drives an awaitable (_PyCoro_GetAwaitableIter). */
export function awaitableIter(v: Value, where = 0): Value {
  if (v instanceof PyGenerator) {
    if (v.cls === coroutineType) return v;
    if (v.cls === generatorType && ((v.code as PyCode).co_flags & CO_ITERABLE_COROUTINE) !== 0) return v;
  }
  const t = typeOf(v);
  if (t.am_await === undefined) {
    if (where === 1) {
      throw typeError(`'async with' received an object from __aenter__ that does not implement __await__: ${t.name}`);
    }
    if (where === 2) {
      throw typeError(`'async with' received an object from __aexit__ that does not implement __await__: ${t.name}`);
    }
    throw typeError(`'${t.name}' object can't be awaited`);
  }
  const r = t.am_await(v);
  if (
    r instanceof PyGenerator &&
    (r.cls === coroutineType ||
      (r.cls === generatorType && ((r.code as PyCode).co_flags & CO_ITERABLE_COROUTINE) !== 0))
  ) {
    throw typeError("__await__() returned a coroutine");
  }
  if (typeOf(r).tp_iternext === undefined) {
    throw typeError(`__await__() returned non-iterator of type '${typeOf(r).name}'`);
  }
  return r;
}

/** Everything else; returns the new stack pointer. */
export function rare(ts: VmThread, f: Frame, op: number, arg: number, S: (Value | undefined)[], sp: number): number {
  switch (op) {
    case 21: { // LOAD_BUILD_CLASS
      const b = itemOrUndef(f.builtins, "__build_class__");
      if (b === undefined) throw E.makeNameError(E.NameError, "__build_class__ not found", "__build_class__");
      S[sp] = b;
      return sp + 1;
    }
    case 72: // IMPORT_FROM
      S[sp] = importFrom(S[sp - 1]!, f.prep.names[arg]);
      return sp + 1;
    case 71: // GET_AWAITABLE
      S[sp - 1] = getAwaitable(ts, S[sp - 1]!, arg);
      return sp;
    case 19: { // GET_YIELD_FROM_ITER
      const v = S[sp - 1]!;
      if (v instanceof PyGenerator) {
        if (v.cls === coroutineType) {
          if ((f.prep.code.co_flags & (0x80 | CO_ITERABLE_COROUTINE)) === 0) {
            throw typeError("cannot 'yield from' a coroutine object in a non-coroutine generator");
          }
          return sp;
        }
        if (v.cls === generatorType) return sp;
      }
      S[sp - 1] = A.getIter(v);
      return sp;
    }
    case 14: { // GET_AITER
      const v = S[sp - 1]!, t = typeOf(v);
      if (t.am_aiter === undefined) {
        throw typeError(`'async for' requires an object with __aiter__ method, got ${t.name}`);
      }
      const it = t.am_aiter(v);
      if (typeOf(it).am_anext === undefined) {
        throw typeError(
          `'async for' received an object from __aiter__ that does not implement __anext__: ${typeOf(it).name}`,
        );
      }
      S[sp - 1] = it;
      return sp;
    }
    case 15: { // GET_ANEXT
      const it = S[sp - 1]!, t = typeOf(it);
      if (t.cls !== undefined && t === asyncGeneratorType) {
        S[sp] = t.am_anext!(it);
        return sp + 1;
      }
      if (t.am_anext === undefined) {
        throw typeError(`'async for' requires an iterator with __anext__ method, got ${t.name}`);
      }
      const next = t.am_anext(it);
      try {
        S[sp] = awaitableIter(next);
      } catch (e) {
        if (!(e instanceof PyBaseException)) throw e;
        const x = newErrorArgs(E.TypeError, [
          `'async for' received an invalid object from __anext__: ${typeOf(next).name}`,
        ]);
        x.cause = e;
        x.context = e;
        x.suppressContext = true;
        throw x;
      }
      return sp + 1;
    }
    case 0:
      return sp;
  }
  throw systemError(`unknown opcode ${op}`);
}
