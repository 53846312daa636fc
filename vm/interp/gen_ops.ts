// CPython 3.14: Objects/genobject.c (gen_send_ex2, _gen_throw), Python/ceval.c (RETURN_GENERATOR)
//
// Resuming, suspending and ending generators, from the run loop (frames pushed) and from natives
// (nested runs).

import {
  asyncGeneratorType,
  coroutineType,
  generatorType,
  None,
  PyBaseException,
  PyTuple,
  typeOf,
  type Value,
} from "../../core/objects/object.ts";
import { CO_ASYNC_GENERATOR, CO_COROUTINE } from "../../core/code/code.ts";
import { newErrorArgs, recursionError, runtimeError, typeError, valueError } from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import { callMethod } from "../../core/objects/abstract.ts";
import { lineAt } from "../../core/code/locations.ts";
import { CallRequest, cur } from "../../core/objects/state.ts";
import { nameValue } from "../../core/objects/names.ts";
import type { Frame } from "./frame.ts";
import { findHandler, LENGTH, type Prep } from "./prepare.ts";
import {
  CALL_INTRINSIC_1,
  CLEANUP_THROW,
  GET_AITER,
  GET_AWAITABLE,
  GET_ITER,
  GET_YIELD_FROM_ITER,
  POP_TOP,
} from "../../core/code/opnums.ts";
import { watch } from "../../core/objects/watch.ts";
import { addTraceback, asException, setContext } from "./unwind.ts";
import { GEN_CREATED, GEN_DONE, GEN_RUNNING, GEN_SUSPENDED, PyGenerator } from "./generator.ts";
import type { VmThread } from "./thread.ts";
import { nestedRun } from "./nested.ts";
import { EXCEPTION_HANDLED, PY_THROW, PY_UNWIND, RAISE } from "../monitoring/events.ts";
import { fireException, syncFrame } from "../monitoring/fire.ts";

/** A request to resume a generator; its yield is the result, its return raises StopIteration. */
export class ResumeGenerator extends CallRequest {
  readonly gen: PyGenerator;
  readonly value: Value;
  constructor(gen: PyGenerator, value: Value) {
    super(None, []);
    this.gen = gen;
    this.value = value;
  }
}
export function resumeRequest(
  ts: VmThread,
  r: ResumeGenerator,
  back: Frame,
): Frame {
  return resume(ts, r.gen, r.value, back);
}

/**
 * What becomes of a new generator: the calling frame may make it its loop's iterator at once, or
 * delegate to it, and so holds it alone. A coroutine that the frame throws away at once is finished:
 * nobody can await it. Of any other one the end may be noticed.
 */
export function born(f: Frame | undefined, g: PyGenerator): void {
  if (f !== undefined && f.native === undefined) {
    const next = f.prep.code.co_code[2 * (f.pc + LENGTH[f.prep.ops[f.pc]])];
    if (next === GET_ITER || next === GET_AITER) {
      g.owned = true;
      return;
    }
    if (next === GET_AWAITABLE || next === GET_YIELD_FROM_ITER) return;
    if (next === POP_TOP && g.cls === coroutineType) {
      g.cls.tp_finalize!(g);
      return;
    }
  }
  if (g.cls !== generatorType || closes(g.frame!.prep)) watch(g);
}
/** Does closing a generator of this code run any of it? */
function closes(p: Prep): boolean {
  let known = CLOSES.get(p);
  if (known === undefined) {
    const b = p.code.co_code;
    // but for the handler around the whole, which looks for StopIteration, and those of "yield from":
    // what a generator delegates to ends by itself
    known = p.handlers.some(({ target: t }) =>
      b[2 * t] !== CLEANUP_THROW && !(b[2 * t] === CALL_INTRINSIC_1 && b[2 * t + 1] === 3)
    );
    CLOSES.set(p, known);
  }
  return known;
}
const CLOSES = new WeakMap<Prep, boolean>();
/** A loop's iterator leaves the operand stack before its end: nothing refers to it any more. */
export function dropOwned(g: PyGenerator): void {
  if (g.state === GEN_SUSPENDED) g.cls.tp_finalize!(g);
}
/** As dropOwned, for all in the operands of a frame from `from` on. */
export function dropAllOwned(ts: VmThread, f: Frame, from: number): void {
  const S = ts.stack;
  for (let i = f.top - 1; i >= from; i--) {
    const v = S[i];
    if (v instanceof PyGenerator && v.owned && v.state === GEN_SUSPENDED) {
      S[i] = undefined;
      dropOwned(v);
    }
  }
}

/** RETURN_GENERATOR: the generator object of a frame that has just begun. */
export function makeGenerator(f: Frame, next: number): PyGenerator {
  const code = f.prep.code;
  const flags = code.co_flags;
  const type = (flags & CO_COROUTINE) !== 0
    ? coroutineType
    : (flags & CO_ASYNC_GENERATOR) !== 0
    ? asyncGeneratorType
    : generatorType;
  const fn = f.func;
  const g = new PyGenerator(
    type,
    f,
    code,
    fn?.name ?? nameValue(code.co_name),
    fn?.qualname ?? nameValue(code.co_qualname),
  );
  if (type === coroutineType) g.origin = originOf(f.back);
  f.gen = g;
  f.saved = [];
  f.pc = next - 1; // RETURN_GENERATOR
  return g;
}

/** `cr_origin`: where a coroutine was made, when sys.set_coroutine_origin_tracking_depth asks for it. */
function originOf(back: Frame | undefined): Value | undefined {
  let depth = (cur.interp.store.get("cr_origin") ?? 0) as number;
  if (depth === 0) return undefined;
  const out: Value[] = [];
  for (let f = back; f !== undefined && depth > 0; f = f.back) {
    const code = f.prep.code;
    if (f.native !== undefined) continue;
    const line = lineAt(code.co_linetable, code.co_firstlineno, f.pc);
    out.push(new PyTuple([code.co_filename, line ?? None, nameValue(code.co_name)]));
    depth--;
  }
  return new PyTuple(out);
}

/** Is it an exact generator that FOR_ITER may resume? */
export function canResume(g: PyGenerator): boolean {
  return g.cls === generatorType && g.state <= GEN_SUSPENDED;
}
/** May SEND resume it with `v`? */
export function canSend(g: PyGenerator, v: Value): boolean {
  if (g.state === GEN_SUSPENDED) return g.cls !== asyncGeneratorType;
  return g.state === GEN_CREATED && v === None && g.cls !== asyncGeneratorType;
}

/** Makes a generator's frame the running one; `back` waits for it. */
export function resume(
  ts: VmThread,
  g: PyGenerator,
  v: Value,
  back: Frame | undefined,
): Frame {
  const f = g.frame!;
  if (++ts.depth > ts.recursionLimit + ts.overflowRoom) {
    ts.depth--;
    throw recursionError("maximum recursion depth exceeded");
  }
  g.state = GEN_RUNNING;
  g.exc.previous = ts.exc;
  ts.exc = g.exc;
  f.back = back;
  place(ts, f, back);
  ts.stack[f.sp++] = v;
  f.pc++;
  return f;
}

/** Gives a suspended frame its region of the stack again. */
function place(ts: VmThread, f: Frame, back: Frame | undefined): void {
  const S = ts.stack;
  let sp = f.base = back === undefined ? 0 : back.top;
  f.top = sp + f.prep.stacksize;
  const saved = f.saved!;
  for (let i = 0; i < saved.length; i++) S[sp++] = saved[i];
  f.sp = sp;
}

/** YIELD_VALUE: the frame is kept. */
export function suspend(
  ts: VmThread,
  f: Frame,
  pc: number,
  sp: number,
  arg: number,
): void {
  const g = f.gen!;
  g.state = GEN_SUSPENDED;
  g.delegating = (arg & 1) !== 0;
  ts.exc = g.exc.previous!;
  g.exc.previous = undefined;
  ts.depth--;
  f.pc = pc;
  const n = sp - f.base, S = ts.stack;
  const saved = f.saved!;
  if (saved.length !== n) f.saved = S.slice(f.base, sp);
  else for (let i = 0; i < n; i++) saved[i] = S[f.base + i];
}

/** The generator has ended (returned or raised). */
export function finish(ts: VmThread, g: PyGenerator): void {
  g.state = GEN_DONE;
  g.delegating = false;
  if (g.exc.previous !== undefined) {
    ts.exc = g.exc.previous;
    g.exc.previous = undefined;
  }
  g.exc.value = None;
  const f = g.frame;
  g.frame = undefined;
  if (f !== undefined) f.saved = undefined;
}

/** What the resumer of a finished generator sees (_PyGen_SetStopIterationValue). */
export function returned(g: PyGenerator, v: Value): PyBaseException {
  if (g.cls === asyncGeneratorType) {
    return newErrorArgs(E.StopAsyncIteration, []);
  }
  return newErrorArgs(E.StopIteration, v === None ? [] : [v]);
}

function what(g: PyGenerator): string {
  return g.cls === coroutineType ? "coroutine" : g.cls === asyncGeneratorType ? "async generator" : "generator";
}

/** Runs `body`, which throws into what `g` delegates to, with `g`'s frame above the running one. */
export function delegating<T>(ts: VmThread, g: PyGenerator, body: () => T): T {
  const f = g.frame!, back = ts.frame;
  f.back = back;
  f.base = f.sp = back === undefined ? 0 : back.top;
  f.top = f.base + f.prep.stacksize;
  g.state = GEN_RUNNING;
  ts.frame = f;
  try {
    return body();
  } finally {
    ts.frame = back;
    f.back = undefined;
    g.state = GEN_SUSPENDED;
  }
}

/** Can it be resumed with `v` now? False when it has ended; raises when it can't. */
function checkResume(
  g: PyGenerator,
  v: Value | undefined,
  closing = false,
): boolean {
  if (g.state === GEN_RUNNING) throw valueError(`${what(g)} already executing`);
  if (g.state === GEN_CREATED && v !== undefined && v !== None) {
    throw typeError(`can't send non-None value to a just-started ${what(g)}`);
  }
  if (g.state === GEN_DONE) {
    if (g.cls === coroutineType && !closing) {
      throw runtimeError("cannot reuse already awaited coroutine");
    }
    return false;
  }
  return true;
}

/** What a native generator method (`send`, `__next__`) does when the run loop may push frames. */
export function sendRequest(g: PyGenerator, v: Value): CallRequest {
  if (!checkResume(g, v)) throw returned(g, None);
  return new ResumeGenerator(g, v);
}

/** Resumes a generator, nested. Undefined when it returned; the value is then in `cur.genResult`. */
export function genSend(
  ts: VmThread,
  g: PyGenerator,
  v: Value,
): Value | undefined {
  if (!checkResume(g, v)) {
    ts.genResult = None;
    return undefined;
  }
  const f = resume(ts, g, v, ts.frame);
  return settle(ts, g, f);
}
function settle(ts: VmThread, g: PyGenerator, f: Frame): Value | undefined {
  f.entry = true;
  const r = nestedRun(ts, f);
  if (g.state === GEN_DONE) {
    ts.genResult = r;
    return undefined;
  }
  return r;
}

/** Raises an exception at the place where a generator is suspended, nested; result as genSend. */
export function genRaise(
  ts: VmThread,
  g: PyGenerator,
  exc: PyBaseException,
): Value | undefined {
  if (!checkResume(g, undefined)) throw exc;
  const f = g.frame!;
  const back = ts.frame;
  f.back = back;
  g.state = GEN_RUNNING;
  g.exc.previous = ts.exc;
  ts.exc = g.exc;
  place(ts, f, back);
  // only an exception that the generator itself handles becomes the context (_PyErr_ChainStackItem)
  setContext(exc, g.exc.value);
  // as CPython has it: the instruction behind the yield
  const at = f.pc + 1;
  syncFrame(ts, f);
  exc = fireException(ts, f, PY_THROW, at, exc);
  addTraceback(exc, f, at);
  exc = fireException(ts, f, RAISE, f.pc, exc);
  const h = findHandler(f.prep.handlers, f.pc);
  if (h === undefined) {
    exc = fireException(ts, f, PY_UNWIND, f.pc, exc);
    f.pc++;
    finish(ts, g);
    f.done = true;
    f.back = undefined;
    throw exc;
  }
  ts.depth++;
  let sp = f.base + h.depth;
  if (h.lasti) ts.stack[sp++] = f.pc;
  ts.stack[sp++] = exc;
  f.sp = sp;
  f.pc = h.target;
  fireException(ts, f, EXCEPTION_HANDLED, h.target, exc);
  return settle(ts, g, f);
}

/** What a generator delegates to, when it is suspended in `yield from` or `await`. */
export function delegate(g: PyGenerator): Value | undefined {
  if (!g.delegating || g.state !== GEN_SUSPENDED) return undefined;
  const s = g.frame!.saved!;
  return s[s.length - 1];
}

/** The generic half of SEND; the result as genSend. */
export function send(ts: VmThread, it: Value, v: Value): Value | undefined {
  if (it instanceof PyGenerator && it.cls !== asyncGeneratorType) {
    return genSend(ts, it, v);
  }
  const t = typeOf(it);
  if (t.am_send !== undefined) {
    const r = t.am_send(it, v);
    if (!r.done) return r.value;
    ts.genResult = r.value;
    return undefined;
  }
  if (v === None && t.tp_iternext !== undefined) {
    ts.genResult = None;
    try {
      const r = t.tp_iternext(it);
      if (r === undefined) ts.genResult ??= None;
      return r;
    } catch (e) {
      return stopped(ts, e);
    }
  }
  try {
    return callMethod(it, "send", v);
  } catch (e) {
    return stopped(ts, e);
  }
}
function stopped(ts: VmThread, e: unknown): undefined {
  const x = asException(e);
  if (!x.cls.mro.includes(E.StopIteration)) throw x;
  ts.genResult = (x as unknown as { value: Value }).value ?? None;
  return undefined;
}
