// CPython 3.14: Python/legacy_tracing.c, Python/sysmodule.c (trace_trampoline, profile_trampoline)
//
// sys.settrace and sys.setprofile as two tools of monitoring, whose callbacks are functions here.

import {
  builtinFunctionType,
  methodDescriptorType,
  None,
  type PyBaseException,
  PyTuple,
  typeOf,
  type Value,
} from "../../core/objects/object.ts";
import { call3 } from "../../core/objects/abstract.ts";
import type { Frame } from "../interp/frame.ts";
import type { VmThread } from "../interp/thread.ts";
import * as V from "./events.ts";
import { localEvents, type Monitors, monitors, type NativeCallback, setEvents, setLocalEvents } from "./monitors.ts";

const NAMES = ["call", "exception", "line", "return", "c_call", "c_exception", "c_return", "opcode"];
const T_CALL = 0, T_EXCEPTION = 1, T_LINE = 2, T_RETURN = 3, T_C_CALL = 4, T_C_EXCEPTION = 5, T_C_RETURN = 6;
const T_OPCODE = 7;

const bit = (...events: number[]): number => events.reduce((s, e) => s | 1 << e, 0);
const TRACE_EVENTS = bit(
  V.PY_START,
  V.PY_RESUME,
  V.PY_RETURN,
  V.PY_YIELD,
  V.RAISE,
  V.LINE,
  V.JUMP,
  V.PY_UNWIND,
  V.PY_THROW,
  V.STOP_ITERATION,
);
const PROFILE_EVENTS = bit(
  V.PY_START,
  V.PY_RESUME,
  V.PY_RETURN,
  V.PY_YIELD,
  V.CALL,
  V.PY_UNWIND,
  V.PY_THROW,
);

/** Calls the trace function, or the frame's own. */
function trace(ts: VmThread, f: Frame, kind: number, arg: Value): Value {
  if (ts.traceFunc === undefined) return None;
  const fn = kind === T_CALL ? ts.traceFunc : f.extra?.trace;
  if (fn === undefined) return None;
  let r: Value;
  try {
    r = call3(fn, f, NAMES[kind], arg);
  } catch (e) {
    setTrace(ts, None);
    f.extra!.trace = undefined;
    throw e;
  }
  if (r !== None) (f.extra ??= {}).trace = r;
  return None;
}
function traceEvent(ts: VmThread, f: Frame, kind: number, arg: Value): Value {
  if (ts.traceFunc !== undefined && f.extra?.traceOpcodes) setOpcodeTrace(f, true);
  return trace(ts, f, kind, arg);
}
function profile(ts: VmThread, f: Frame, kind: number, arg: Value): Value {
  const fn = ts.profileFunc;
  if (fn === undefined) return None;
  try {
    call3(fn, f, NAMES[kind], arg);
  } catch (e) {
    setProfile(ts, None);
    throw e;
  }
  return None;
}

/** A line event of sys.settrace, as a callback of `event`. */
export function traceLine(ts: VmThread, f: Frame, event: number): void {
  if (ts.traceFunc === undefined || f.extra?.traceLines === false) return;
  const what = ts.whatEvent;
  ts.whatEvent = event;
  ts.tracing++;
  try {
    trace(ts, f, T_LINE, None);
  } finally {
    ts.tracing--;
    ts.whatEvent = what;
  }
}

/** Turns events for each instruction of the frame's code on or off. */
export function setOpcodeTrace(f: Frame, on: boolean): void {
  const now = localEvents(f.prep.code, V.SYS_TRACE), mask = 1 << V.INSTRUCTION;
  if ((now & mask) !== 0 !== on) setLocalEvents(f.prep.code, V.SYS_TRACE, now ^ mask);
}

const traceCall: NativeCallback = (ts, f) => traceEvent(ts, f, T_CALL, None);
const traceReturn: NativeCallback = (ts, f, a) => traceEvent(ts, f, T_RETURN, a[2]);
const traceUnwind: NativeCallback = (ts, f) => traceEvent(ts, f, T_RETURN, None);
const traceException: NativeCallback = (ts, f, a) => {
  const e = a[2] as PyBaseException;
  return traceEvent(ts, f, T_EXCEPTION, new PyTuple([e.cls, e, e.traceback ?? None]));
};
/** A jump back within one line is a line event, too. */
const traceJump: NativeCallback = (ts, f, a) => {
  if (ts.traceFunc === undefined) return None;
  const from = (a[1] as number) >> 1, to = (a[2] as number) >> 1;
  const lines = f.prep.mon!.lines;
  if (to > from || lines[to] !== lines[from]) return monitors().disable;
  if (f.extra?.traceLines === false || lines[to] < 0) return None;
  return trace(ts, f, T_LINE, None);
};
const traceInstruction: NativeCallback = (ts, f) => {
  if (ts.traceFunc === undefined || !f.extra?.traceOpcodes) {
    setOpcodeTrace(f, false);
    return None;
  }
  return trace(ts, f, T_OPCODE, None);
};

function profileNative(kind: number): NativeCallback {
  return (ts, f, a) => {
    const fn = a[2], t = typeOf(fn);
    if (t === builtinFunctionType) return profile(ts, f, kind, fn);
    if (t !== methodDescriptorType || a[3] === monitors().missing) return None;
    return profile(ts, f, kind, t.tp_descr_get!(fn, a[3], typeOf(a[3])));
  };
}

function setUpTrace(m: Monitors): void {
  const c = m.callbacks[V.SYS_TRACE];
  if (c[V.PY_START] !== undefined) return;
  c[V.PY_START] = c[V.PY_RESUME] = c[V.PY_THROW] = traceCall;
  c[V.PY_RETURN] = c[V.PY_YIELD] = traceReturn;
  c[V.RAISE] = c[V.STOP_ITERATION] = traceException;
  c[V.PY_UNWIND] = traceUnwind;
  c[V.JUMP] = traceJump;
  c[V.INSTRUCTION] = traceInstruction;
  // lines are seen to in step.ts
}
function setUpProfile(m: Monitors): void {
  const c = m.callbacks[V.SYS_PROFILE];
  if (c[V.PY_START] !== undefined) return;
  c[V.PY_START] = c[V.PY_RESUME] = c[V.PY_THROW] = (ts, f) => profile(ts, f, T_CALL, None);
  c[V.PY_RETURN] = c[V.PY_YIELD] = (ts, f, a) => profile(ts, f, T_RETURN, a[2]);
  c[V.PY_UNWIND] = (ts, f) => profile(ts, f, T_RETURN, None);
  c[V.CALL] = profileNative(T_C_CALL);
  c[V.C_RETURN] = profileNative(T_C_RETURN);
  c[V.C_RAISE] = profileNative(T_C_EXCEPTION);
}

/** sys.settrace for a thread. */
export function setTrace(ts: VmThread, fn: Value): void {
  setUpTrace(monitors());
  ts.traceFunc = fn === None ? undefined : fn;
  const f = ts.frame;
  if (ts.traceFunc !== undefined && f !== undefined && f.native === undefined && f.extra?.traceOpcodes) {
    setOpcodeTrace(f, true);
  }
  setEvents(V.SYS_TRACE, ts.traceFunc === undefined ? 0 : TRACE_EVENTS);
}
/** sys.setprofile for a thread. */
export function setProfile(ts: VmThread, fn: Value): void {
  setUpProfile(monitors());
  ts.profileFunc = fn === None ? undefined : fn;
  setEvents(V.SYS_PROFILE, ts.profileFunc === undefined ? 0 : PROFILE_EVENTS);
}
