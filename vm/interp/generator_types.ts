// CPython 3.14: Objects/genobject.c (generators and coroutines)
//
// What Python sees of generators and coroutines: send, throw, close, the attributes. Async
// generators are in async_gen.ts.

import {
  asyncGeneratorType,
  builtinType,
  coroutineType,
  generatorType,
  isSubtype,
  type KwNames,
  M_PUSH,
  type MethodDef,
  None,
  PyBaseException,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  tracebackType,
  typeOf,
  type TypeSpec,
  type Value,
} from "../../core/objects/object.ts";
import { runtimeError, stopIteration, typeError } from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import * as A from "../../core/objects/abstract.ts";
import { cur } from "../../core/objects/state.ts";
import { addressOf } from "../../core/objects/native_call.ts";
import { strValue } from "../../core/objects/abstract.ts";
import { utf16 } from "../../core/objects/names.ts";
import { joinStrs } from "../../core/objects/repr_guard.ts";
import { genericAlias } from "../../core/objects/genericalias.ts";
import type { VmThread } from "./thread.ts";
import { GEN_CREATED, GEN_DONE, GEN_RUNNING, GEN_SUSPENDED, PyGenerator } from "./generator.ts";
import { delegate, delegating, finish, genRaise, genSend, returned, sendRequest } from "./gen_ops.ts";

function thread(): VmThread {
  return cur as VmThread;
}

/** The exception that the arguments of `throw()` stand for (normalised). */
export function thrownException(typ: Value, val: Value | undefined, tb: Value | undefined): PyBaseException {
  if (val !== undefined || tb !== undefined) {
    cur.interp.warn(
      E.DeprecationWarning,
      "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.",
      1,
    );
  }
  return normalThrown(typ, val, tb);
}
/** As thrownException, without the warning about the old signature. */
export function normalThrown(typ: Value, val: Value | undefined, tb: Value | undefined): PyBaseException {
  if (tb === None) tb = undefined;
  if (tb !== undefined && typeOf(tb) !== tracebackType) {
    throw typeError("throw() third argument must be a traceback object");
  }
  let exc: Value;
  if (typ instanceof PyType && isSubtype(typ, E.BaseException)) {
    // what goes wrong while the exception is made is thrown in its place
    try {
      exc = instantiate(typ, val);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      exc = e;
    }
  } else if (typ instanceof PyBaseException) {
    if (val !== undefined && val !== None) throw typeError("instance exception may not have a separate value");
    exc = typ;
  } else {
    throw typeError(`exceptions must be classes or instances deriving from BaseException, not ${typeOf(typ).name}`);
  }
  if (tb !== undefined) (exc as PyBaseException).traceback = tb as PyObject;
  return exc as PyBaseException;
}

/** An exception of a class from the value that `throw(type, value)` got. */
function instantiate(typ: PyType, val: Value | undefined): PyBaseException {
  let exc: Value;
  if (val === undefined || val === None) exc = A.call0(typ);
  else if (A.isInstanceOf(val, typ)) exc = val;
  else exc = A.call(typ, val instanceof PyTuple ? val.items.slice() : [val]);
  if (exc instanceof PyBaseException) return exc;
  throw typeError(
    `calling ${utf16(A.reprStr(typ))} should have returned an instance of BaseException, not ${
      utf16(A.reprStr(typeOf(exc)))
    }`,
  );
}

/** Throws into a generator and what it delegates to; result as genSend (_gen_throw). */
export function genThrow(ts: VmThread, g: PyGenerator, exc: PyBaseException, closeOnExit: boolean): Value | undefined {
  const sub = delegate(g);
  if (sub !== undefined) {
    if (closeOnExit && isSubtype(exc.cls, E.GeneratorExit)) {
      const state = g.state;
      g.state = GEN_RUNNING;
      try {
        closeIter(ts, sub);
      } catch (e) {
        g.state = state;
        if (!(e instanceof PyBaseException)) throw e;
        return genRaise(ts, g, e);
      }
      g.state = state;
      return genRaise(ts, g, exc);
    }
    let meth: Value | undefined;
    if (!(sub instanceof PyGenerator) || sub.cls === asyncGeneratorType) {
      meth = A.lookupAttr(sub, "throw");
      if (meth === undefined) return genRaise(ts, g, exc);
    }
    try {
      return delegating(ts, g, () => {
        if (meth !== undefined) return A.call1(meth, exc);
        const r = genThrow(ts, sub as PyGenerator, exc, closeOnExit);
        if (r === undefined) throw stopIteration(ts.genResult === None ? undefined : ts.genResult);
        return r;
      });
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      return genRaise(ts, g, e);
    }
  }
  return genRaise(ts, g, exc);
}

/** Closes what a generator delegates to (gen_close_iter). */
function closeIter(ts: VmThread, it: Value): void {
  if (it instanceof PyGenerator && it.cls !== asyncGeneratorType) {
    closeGen(ts, it);
    return;
  }
  const m = A.lookupAttr(it, "close");
  if (m !== undefined) A.call0(m);
}

/**
 * `gen.close()`. Generators that delegate to one another are closed from the innermost one on, without
 * recursion: there may be any number of them.
 */
export function closeGen(ts: VmThread, g: PyGenerator): Value {
  const chain = [g];
  for (let top = g; top.state === GEN_SUSPENDED;) {
    const sub = delegate(top);
    if (!(sub instanceof PyGenerator) || sub.cls === asyncGeneratorType || sub.state !== GEN_SUSPENDED) break;
    top.state = GEN_RUNNING;
    chain.push(top = sub);
  }
  let r = closeOne(ts, chain.pop()!);
  for (let outer = chain.pop(); outer !== undefined; outer = chain.pop()) {
    outer.state = GEN_SUSPENDED;
    const exc = r instanceof Thrown ? r.exc : generatorExit();
    r = closed(outer, () => genRaise(ts, outer, exc));
  }
  if (r instanceof Thrown) throw r.exc;
  return r;
}
/** An exception that came out of a generator, as opposed to one that it returned. */
class Thrown {
  constructor(readonly exc: PyBaseException) {}
}
const generatorExit = (): PyBaseException => E.makeException(E.GeneratorExit, E.argsTuple([]));

/** Closes a generator that delegates to no suspended one; the result, or the exception that came out. */
function closeOne(ts: VmThread, g: PyGenerator): Value | Thrown {
  if (g.state === GEN_CREATED) {
    finish(ts, g);
    return None;
  }
  if (g.state === GEN_DONE) return None;
  return closed(g, () => genThrow(ts, g, generatorExit(), true));
}

/** What closing by an exception comes to: the result, or the exception that came out. */
function closed(g: PyGenerator, raise: () => Value | undefined): Value | Thrown {
  try {
    if (raise() === undefined) return thread().genResult ?? None;
    return new Thrown(runtimeError(`${kind(g)} ignored GeneratorExit`));
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    if (isSubtype(e.cls, E.GeneratorExit)) return None;
    return isSubtype(e.cls, E.StopIteration) ? (e as unknown as { value: Value }).value ?? None : new Thrown(e);
  }
}

/** What becomes of a generator that nothing refers to (_PyGen_Finalize). */
export function finalizeGen(self: Value): void {
  const g = self as PyGenerator, ts = thread();
  if (g.state === GEN_DONE) return;
  try {
    if (g.cls === coroutineType && g.state === GEN_CREATED) {
      A.callMethod(cur.interp.importModule("warnings"), "_warn_unawaited_coroutine", g);
    } else if (g.cls === asyncGeneratorType && !g.closed && g.finalizer !== undefined && g.finalizer !== None) {
      // the event loop closes it
      A.call1(g.finalizer, g);
    } else closeGen(ts, g);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    const unawaited = g.cls === coroutineType && g.state === GEN_CREATED;
    cur.interp.unraisable(e, `Exception ignored while ${unawaited ? "finalizing coroutine" : "closing generator"}`, g);
  }
}

function kind(g: PyGenerator): string {
  return g.cls === coroutineType ? "coroutine" : g.cls === asyncGeneratorType ? "async generator" : "generator";
}

function throwInto(g: PyGenerator, typ: Value, val?: Value, tb?: Value): Value {
  const ts = thread();
  const exc = thrownException(typ, val, tb);
  const r = genThrow(ts, g, exc, true);
  if (r === undefined) throw returned(g, ts.genResult ?? None);
  return r;
}

function setText(what: string, put: (g: PyGenerator, v: Value) => void) {
  return (g: PyGenerator, v: Value | undefined): void => {
    if (v === undefined || !A.isStr(v)) throw typeError(`${what} must be set to a string object`);
    put(g, v);
  };
}

const sendDoc = (what: string): string =>
  `send(arg) -> send 'arg' into ${what}: it becomes the value of the expression that it waits at.\nReturns the next value yielded; StopIteration when there is none.`;
const throwDoc = (what: string): string =>
  `throw(value) -> raise an exception in ${what}, at the place where it is suspended.\nReturns the next value yielded.`;

function methods(what: string): Record<string, MethodDef> {
  return {
    send: ["object, /", sendDoc(what), (g: PyGenerator, v: Value) => sendRequest(g, v), M_PUSH],
    throw: ["value, /, [typ[,tb]]", throwDoc(what), throwArgs, 32 | 8],
    close: ["", `Raise GeneratorExit inside ${what}.`, (g: PyGenerator) => closeGen(thread(), g)],
    __sizeof__: ["", "Size in memory, in bytes.", () => 200],
  };
}
function throwArgs(g: PyGenerator, args: Value[], kw?: KwNames): Value {
  if (kw !== undefined && kw.length > 0) throw typeError(`${typeOf(g).name}.throw() takes no keyword arguments`);
  if (args.length < 1) throw typeError(`throw expected at least 1 argument, got ${args.length}`);
  if (args.length > 3) throw typeError(`throw expected at most 3 arguments, got ${args.length}`);
  return throwInto(g, args[0], args[1], args[2]);
}

/** Attributes of a generator kind, with the prefix its names have. */
export function genAttributes(prefix: string, delegated: string): NonNullable<TypeSpec["getset"]> {
  const what = prefix === "gi" ? "generator" : prefix === "cr" ? "coroutine" : "async generator";
  return {
    __name__: [(g: PyGenerator) => g.name, setText("__name__", (g, v) => g.name = v), `name of the ${what}`],
    __qualname__: [
      (g: PyGenerator) => g.qualname,
      setText("__qualname__", (g, v) => g.qualname = v),
      `qualified name of the ${what}`,
    ],
    [`${prefix}_${delegated}`]: [
      (g: PyGenerator) => delegate(g) ?? None,
      undefined,
      delegated === "await" ? "what it awaits, or None" : "what it delegates to by yield from, or None",
    ],
    [`${prefix}_running`]: [(g: PyGenerator) => prefix === "ag" ? g.runningAsync : g.state === GEN_RUNNING],
    [`${prefix}_frame`]: [(g: PyGenerator) => g.frame ?? None],
    [`${prefix}_suspended`]: [(g: PyGenerator) => g.state === GEN_SUSPENDED],
    [`${prefix}_code`]: [(g: PyGenerator) => g.code],
  };
}

export function genRepr(self: Value): Value {
  const g = self as PyGenerator;
  const k = g.cls === asyncGeneratorType ? "async_generator" : kind(g);
  return joinStrs([`<${k} object `, strValue(g.qualname), ` at ${addressOf(g)}>`]);
}

function iterNext(self: Value): Value | undefined {
  return genSend(thread(), self as PyGenerator, None);
}

generatorType.hasWeakref = coroutineType.hasWeakref = true;
setSpec(generatorType, {
  slots: {
    tp_repr: genRepr,
    tp_iter: (g) => g,
    tp_iternext: iterNext,
    tp_finalize: finalizeGen,
  },
  methods: {
    ...methods("generator"),
    __class_getitem__: ["object, /", "Generic alias", (t: PyType, item: Value) => genericAlias(t, item), 1],
  },
  getset: genAttributes("gi", "yieldfrom"),
});

setSpec(coroutineType, {
  slots: {
    tp_repr: genRepr,
    am_await: (g) => new PyCoroWrapper(g as PyGenerator),
    tp_finalize: finalizeGen,
  },
  methods: {
    ...methods("coroutine"),
    __class_getitem__: ["object, /", "Generic alias", (t: PyType, item: Value) => genericAlias(t, item), 1],
  },
  getset: genAttributes("cr", "await"),
  members: { cr_origin: (g: PyGenerator) => g.origin ?? None },
});

/** What `coroutine.__await__()` returns. */
const coroWrapperType = builtinType("coroutine_wrapper", undefined, true);
class PyCoroWrapper extends PyObject {
  constructor(readonly coro: PyGenerator) {
    super(coroWrapperType);
  }
}
setSpec(coroWrapperType, {
  doc: "A wrapper object implementing __await__ for coroutines.",
  slots: {
    tp_iter: (w) => w,
    tp_iternext: (w) => iterNext((w as PyCoroWrapper).coro),
  },
  methods: {
    send: ["object, /", sendDoc("coroutine"), (w: PyCoroWrapper, v: Value) => sendRequest(w.coro, v), M_PUSH],
    throw: [
      "value, /, [typ[,tb]]",
      throwDoc("coroutine"),
      (w: PyCoroWrapper, args: Value[]) => throwArgs(w.coro, args),
      32 | 8,
    ],
    close: ["", "Raise GeneratorExit inside the coroutine.", (w: PyCoroWrapper) => closeGen(thread(), w.coro)],
  },
});
