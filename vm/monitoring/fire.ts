// CPython 3.14: Python/instrumentation.c (call_instrumentation_vector), Python/ceval.c (monitor_*)
//
// Calling the callbacks of an event. While one runs, its thread has no events.

import { None, PyBaseException, PyTuple, type Value } from "../../core/objects/object.ts";
import { newErrorArgs, valueError } from "../../core/objects/errors.ts";
import { StopIteration } from "../../core/objects/exceptions.ts";
import { call } from "../../core/objects/abstract.ts";
import type { Interp } from "../interpreter.ts";
import type { Frame } from "../interp/frame.ts";
import type { VmThread } from "../interp/thread.ts";
import { EVENT_NAMES, EXCEPTION_HANDLED, LOCAL, STOP_ITERATION, UNGROUPED } from "./events.ts";
import { sync } from "./instrument.ts";
import type { Monitors } from "./monitors.ts";

/** Calls one tool's callback; true when it asks to be disabled. */
export function callOne(m: Monitors, ts: VmThread, f: Frame, tool: number, event: number, args: Value[]): boolean {
  const cb = m.callbacks[tool][event];
  if (cb === undefined) return false;
  const what = ts.whatEvent;
  ts.whatEvent = event;
  ts.tracing++;
  try {
    return (typeof cb === "function" ? cb(ts, f, args) : call(cb, args.slice())) === m.disable;
  } finally {
    ts.tracing--;
    ts.whatEvent = what;
  }
}

/**
 * An event at instruction `at` of `f`. Callbacks get the code object, the offset of `src` and
 * `more`. May raise.
 */
export function fire(m: Monitors, ts: VmThread, f: Frame, event: number, at: number, src: number, more: Value[]): void {
  if (ts.tracing > 0) return;
  const c = f.prep.mon;
  let tools: number;
  if (event < LOCAL || event >= UNGROUPED) {
    if (c === undefined) return;
    tools = c.tools[at];
  } else tools = m.tools[event];
  if (tools === 0) return;
  ts.frame = f;
  const args = [f.prep.code, 2 * src, ...more];
  for (let tool = 7; tool >= 0; tool--) {
    if ((tools >> tool & 1) === 0) continue;
    if (!callOne(m, ts, f, tool, event, args)) continue;
    if (event >= LOCAL) {
      m.callbacks[tool][event] = undefined;
      throw valueError(`Cannot disable ${EVENT_NAMES[event]} events. Callback removed.`);
    }
    c!.remove(m, at, event, 1 << tool);
  }
}

/** An event about an exception: the exception that goes on, which a callback may have replaced. */
export function fireException(
  ts: VmThread,
  f: Frame,
  event: number,
  pc: number,
  exc: PyBaseException,
): PyBaseException {
  const m = (ts.interp as Interp).monitors;
  if (m === undefined || ts.tracing > 0 || m.tools[event] === 0 || f.native !== undefined) return exc;
  const at = ts.frame;
  try {
    fire(m, ts, f, event, pc, pc, [exc]);
    return exc;
  } catch (e) {
    if (e instanceof PyBaseException) return e;
    throw e;
  } finally {
    ts.frame = at;
  }
}

/** EXCEPTION_HANDLED: undefined, or the exception of a callback. */
export function fireHandled(ts: VmThread, f: Frame, target: number, exc: PyBaseException): PyBaseException | undefined {
  const r = fireException(ts, f, EXCEPTION_HANDLED, target, exc);
  return r === exc ? undefined : r;
}

/** The StopIteration of a value, as raising it with the value makes it. */
export function stopWith(value: Value): PyBaseException {
  return newErrorArgs(StopIteration, value === None ? [] : value instanceof PyTuple ? value.items.slice() : [value]);
}
/** STOP_ITERATION: a generator or coroutine ended with a value. */
export function fireStop(m: Monitors, ts: VmThread, f: Frame, at: number, value: Value): void {
  const c = f.prep.mon;
  if (c === undefined || ts.tracing > 0 || c.tools[at] === 0) return;
  fire(m, ts, f, STOP_ITERATION, at, at, [stopWith(value)]);
}

/** Before an exception is thrown into a suspended frame. */
export function syncFrame(ts: VmThread, f: Frame): void {
  const m = (ts.interp as Interp).monitors;
  if (m !== undefined && m.version > 0) sync(m, f.prep);
}
