// CPython 3.14: Objects/genobject.c (asynchronous generators)
//
// An asynchronous generator is driven through awaitables: `__anext__()` and `asend(v)` give one
// that resumes it, `athrow()` and `aclose()` one that raises in it. What it yields itself is wrapped
// (PyAsyncYield), so its driver tells it from what an await inside it yields: a wrapped value ends
// the awaitable with that result, any other goes up to the event loop.

import {
  asyncGeneratorType,
  builtinType,
  isSubtype,
  type KwNames,
  M_CLASS,
  M_NOSIG,
  M_VECTOR,
  type MethodDef,
  None,
  PyBaseException,
  PyObject,
  type PyType,
  setSpec,
  typeOf,
  type TypeSpec,
  type Value,
} from "../../core/objects/object.ts";
import { newErrorArgs, runtimeError, stopIteration, typeError } from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import { call1, callMethod } from "../../core/objects/abstract.ts";
import { cur } from "../../core/objects/state.ts";
import { genericAlias } from "../../core/objects/genericalias.ts";
import type { VmThread } from "./thread.ts";
import { GEN_DONE, type PyGenerator } from "./generator.ts";
import { genSend } from "./gen_ops.ts";
import { finalizeGen, genAttributes, genRepr, genThrow, normalThrown, thrownException } from "./generator_types.ts";
import { awaitableIter } from "./ops_misc.ts";

type Step = { done: boolean; value: Value };

const wrappedType: PyType = builtinType(
  "async_generator_wrapped_value",
  undefined,
  true,
);
const asendType: PyType = builtinType("async_generator_asend", undefined, true);
const athrowType: PyType = builtinType(
  "async_generator_athrow",
  undefined,
  true,
);
const anextType: PyType = builtinType("anext_awaitable", undefined, true);

/** A value that an asynchronous generator yields itself. */
class PyAsyncYield extends PyObject {
  constructor(readonly value: Value) {
    super(wrappedType);
  }
}
setSpec(wrappedType, {});

/** Marks a value that an asynchronous generator yields, so that its driver tells it from an await's. */
export function wrapAsyncYield(v: Value): Value {
  return new PyAsyncYield(v);
}

function thread(): VmThread {
  return cur as VmThread;
}
function matches(e: unknown, ...types: PyType[]): e is PyBaseException {
  return e instanceof PyBaseException && types.some((t) => isSubtype(e.cls, t));
}

/** The first use of a generator: takes the finalizer hook and calls the first-iteration hook. */
function initHooks(g: PyGenerator): void {
  if (g.hooksInited) return;
  g.hooksInited = true;
  const store = cur.interp.store;
  g.finalizer = store.get("ag_finalizer") as Value | undefined;
  const first = store.get("ag_firstiter") as Value | undefined;
  if (first !== undefined) call1(first, g);
}

/** Resumes the generator; what happened, seen from an awaitable (async_gen_unwrap_value). */
function unwrap(g: PyGenerator, run: () => Value | undefined): Step {
  let r: Value | undefined;
  try {
    r = run();
    if (r === undefined) throw newErrorArgs(E.StopAsyncIteration, []);
  } catch (e) {
    if (matches(e, E.StopAsyncIteration, E.GeneratorExit)) g.closed = true;
    g.runningAsync = false;
    throw e;
  }
  if (r instanceof PyAsyncYield) {
    g.runningAsync = false;
    return { done: true, value: r.value };
  }
  return { done: false, value: r };
}

const INIT = 0, ITER = 1, CLOSED = 2;

/** The state that the awaitables share. */
abstract class Awaitable extends PyObject {
  state = INIT;
  constructor(cls: PyType, readonly gen: PyGenerator) {
    super(cls);
  }
  abstract send(v: Value): Step;
  abstract throwInto(args: Value[]): Step;
}

/** A send or throw as a method shows it: the end is a StopIteration. */
function shown(s: Step): Value {
  if (s.done) throw stopIteration(s.value === None ? undefined : s.value);
  return s.value;
}
function checkThrowArgs(args: Value[], name: string): void {
  if (args.length < 1) {
    throw typeError(`${name} expected at least 1 argument, got ${args.length}`);
  }
  if (args.length > 3) {
    throw typeError(`${name} expected at most 3 arguments, got ${args.length}`);
  }
}
function closeAwaitable(a: Awaitable): Value {
  if (a.state === CLOSED) return None;
  let s: Step;
  try {
    s = a.throwInto([E.GeneratorExit]);
  } catch (e) {
    if (matches(e, E.StopIteration, E.StopAsyncIteration, E.GeneratorExit)) {
      return None;
    }
    throw e;
  }
  if (s.done) return None;
  throw runtimeError("coroutine ignored GeneratorExit");
}

function awaitableSpec(): TypeSpec {
  const methods: Record<string, MethodDef> = {
    send: [
      "object, /",
      "Send a value into the awaitable; returns the next value it passes up.",
      (a: Awaitable, v: Value) => shown(a.send(v)),
    ],
    throw: [
      "*args",
      "Raise an exception inside; returns the next value passed up.",
      (a: Awaitable, args: Value[]) => {
        checkThrowArgs(args, "throw");
        return shown(a.throwInto(args));
      },
      M_VECTOR | M_NOSIG,
    ],
    close: ["", "Raise GeneratorExit inside.", closeAwaitable],
  };
  return {
    slots: {
      tp_iter: (a) => a,
      tp_iternext: (a) => shown((a as Awaitable).send(None)),
      am_await: (a) => a,
      am_send: (a, v) => (a as Awaitable).send(v),
    },
    methods,
  };
}

// ---- asend, __anext__ -----------------------------------------------------------------------

class PyAsend extends Awaitable {
  constructor(gen: PyGenerator, readonly sent: Value) {
    super(asendType, gen);
  }
  private begin(): void {
    if (this.state === CLOSED) {
      throw runtimeError("cannot reuse already awaited __anext__()/asend()");
    }
    if (this.state === INIT) {
      if (this.gen.runningAsync) {
        this.state = CLOSED;
        throw runtimeError(
          "anext(): asynchronous generator is already running",
        );
      }
      this.state = ITER;
      this.gen.runningAsync = true;
    }
  }
  send(v: Value): Step {
    const first = this.state === INIT;
    this.begin();
    if (first && v === None) v = this.sent;
    this.gen.runningAsync = true;
    return this.run(() => genSend(thread(), this.gen, v));
  }
  throwInto(args: Value[]): Step {
    this.begin();
    return this.run(() =>
      genThrow(
        thread(),
        this.gen,
        thrownException(args[0], args[1], args[2]),
        true,
      )
    );
  }
  private run(resume: () => Value | undefined): Step {
    try {
      const s = unwrap(this.gen, resume);
      if (s.done) this.state = CLOSED;
      return s;
    } catch (e) {
      this.state = CLOSED;
      throw e;
    }
  }
}
setSpec(asendType, awaitableSpec());

// ---- athrow, aclose -------------------------------------------------------------------------

class PyAthrow extends Awaitable {
  /** `args` are those of athrow(); undefined for aclose(). */
  constructor(gen: PyGenerator, readonly args: Value[] | undefined) {
    super(athrowType, gen);
  }
  private begin(): void {
    if (this.gen.runningAsync) {
      this.state = CLOSED;
      throw runtimeError(
        `${this.args === undefined ? "aclose" : "athrow"}(): asynchronous generator is already running`,
      );
    }
  }
  private reuse(): void {
    if (this.state === CLOSED) {
      throw runtimeError("cannot reuse already awaited aclose()/athrow()");
    }
  }
  send(v: Value): Step {
    const g = this.gen;
    this.reuse();
    if (g.state === GEN_DONE) {
      this.state = CLOSED;
      return { done: true, value: None };
    }
    if (this.state === INIT) {
      this.begin();
      if (g.closed) {
        this.state = CLOSED;
        throw newErrorArgs(E.StopAsyncIteration, []);
      }
      if (v !== None) {
        throw runtimeError(
          "can't send non-None value to a just-started coroutine",
        );
      }
      this.state = ITER;
      g.runningAsync = true;
      if (this.args === undefined) {
        g.closed = true;
        return this.closing(() =>
          genThrow(
            thread(),
            g,
            E.makeException(E.GeneratorExit, E.argsTuple([])),
            false,
          )
        );
      }
      checkThrowArgs(this.args, "athrow");
      const [typ, val, tb] = this.args;
      return this.throwing(() => genThrow(thread(), g, normalThrown(typ, val, tb), false));
    }
    return this.args === undefined
      ? this.closing(() => genSend(thread(), g, v))
      : this.throwing(() => genSend(thread(), g, v));
  }
  throwInto(args: Value[]): Step {
    this.reuse();
    if (this.state === INIT) {
      this.begin();
      this.state = ITER;
      this.gen.runningAsync = true;
    }
    const resume = () =>
      genThrow(
        thread(),
        this.gen,
        thrownException(args[0], args[1], args[2]),
        true,
      );
    return this.args === undefined ? this.closing(resume) : this.throwing(resume);
  }
  private throwing(resume: () => Value | undefined): Step {
    try {
      const s = unwrap(this.gen, resume);
      if (s.done) this.state = CLOSED;
      return s;
    } catch (e) {
      this.gen.runningAsync = false;
      this.state = CLOSED;
      throw e;
    }
  }
  private closing(resume: () => Value | undefined): Step {
    let r: Value | undefined;
    try {
      r = resume();
    } catch (e) {
      this.finish();
      if (matches(e, E.StopAsyncIteration, E.GeneratorExit)) {
        return { done: true, value: None };
      }
      throw e;
    }
    if (r === undefined) {
      this.finish();
      return { done: true, value: None };
    }
    if (r instanceof PyAsyncYield) {
      this.finish();
      throw runtimeError("async generator ignored GeneratorExit");
    }
    return { done: false, value: r };
  }
  private finish(): void {
    this.gen.runningAsync = false;
    this.state = CLOSED;
  }
}
setSpec(athrowType, awaitableSpec());

// ---- anext(it, default) ---------------------------------------------------------------------

/** Awaits what `__anext__` gave; the default takes the place of StopAsyncIteration. */
class PyAnext extends PyObject {
  constructor(readonly wrapped: Value, readonly dflt: Value) {
    super(anextType);
  }
}
/** The awaitable of `anext(it, default)`; `awaitable` is what the iterator's `__anext__` returned. */
export function makeAnextAwaitable(awaitable: Value, dflt: Value): Value {
  return new PyAnext(awaitable, dflt);
}
function anextIter(a: PyAnext): Value {
  let it = awaitableIter(a.wrapped);
  if (typeOf(it).tp_iternext === undefined) {
    it = typeOf(it).am_await!(it);
    if (typeOf(it).tp_iternext === undefined) {
      throw typeError("__await__() returned a non-iterator");
    }
  }
  return it;
}
function withDefault(
  a: PyAnext,
  run: () => Value | undefined,
): Value | undefined {
  try {
    return run();
  } catch (e) {
    if (!matches(e, E.StopAsyncIteration)) throw e;
    throw stopIteration(a.dflt === None ? undefined : a.dflt);
  }
}
function anextCall(name: string): MethodDef[2] {
  return (a: PyAnext, args: Value[], _kw?: KwNames) => withDefault(a, () => callMethod(anextIter(a), name, ...args));
}
setSpec(anextType, {
  slots: {
    tp_iter: (a) => a,
    tp_iternext: (self) => {
      const a = self as PyAnext;
      return withDefault(a, () => {
        const it = anextIter(a);
        return typeOf(it).tp_iternext!(it);
      });
    },
    am_await: (a) => a,
  },
  methods: {
    send: [
      "*args",
      "Send a value into the awaitable.",
      anextCall("send"),
      M_VECTOR | M_NOSIG,
    ],
    throw: [
      "*args",
      "Raise an exception inside the awaitable.",
      anextCall("throw"),
      M_VECTOR | M_NOSIG,
    ],
    close: [
      "*args",
      "Raise GeneratorExit inside the awaitable.",
      anextCall("close"),
      M_VECTOR | M_NOSIG,
    ],
  },
});

// ---- the generator --------------------------------------------------------------------------

function asend(g: PyGenerator, v: Value): Value {
  initHooks(g);
  return new PyAsend(g, v);
}
function athrow(g: PyGenerator, args: Value[]): Value {
  if (args.length > 1) {
    cur.interp.warn(
      E.DeprecationWarning,
      "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead.",
      1,
    );
  }
  initHooks(g);
  return new PyAthrow(g, args);
}

asyncGeneratorType.hasWeakref = true;
setSpec(asyncGeneratorType, {
  slots: {
    tp_repr: genRepr,
    tp_finalize: finalizeGen,
    am_aiter: (g) => g,
    am_anext: (g) => asend(g as PyGenerator, None),
  },
  methods: {
    asend: [
      "object, /",
      "An awaitable that sends a value in and gives the next value yielded.",
      asend,
    ],
    athrow: [
      "*args",
      "An awaitable that raises an exception where the generator is suspended.",
      athrow,
      M_VECTOR | M_NOSIG,
    ],
    aclose: [
      "",
      "An awaitable that raises GeneratorExit inside the generator.",
      (g: PyGenerator) => {
        initHooks(g);
        return new PyAthrow(g, undefined);
      },
    ],
    __sizeof__: ["", "Size in memory, in bytes.", () => 232],
    __class_getitem__: [
      "object, /",
      "See PEP 585",
      (t: PyType, item: Value) => genericAlias(t, item),
      M_CLASS,
    ],
  },
  members: { ag_running: (g: PyGenerator) => g.runningAsync },
  getset: withoutRunning(genAttributes("ag", "await")),
});
function withoutRunning(
  all: NonNullable<TypeSpec["getset"]>,
): NonNullable<TypeSpec["getset"]> {
  const { ag_running: _, ...rest } = all;
  return rest;
}
