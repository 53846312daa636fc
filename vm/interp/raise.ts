// CPython 3.14: Python/ceval.c (exception_unwind, exit_unwind)
//
// Where an exception goes: to the handler of the frame it was raised in, to a native that waits, or
// out of the run loop.

import { PyBaseException } from "../../core/objects/object.ts";
import { attributeContext } from "../../core/objects/exceptions.ts";
import type { Frame } from "./frame.ts";
import { findHandler, isLoadAttr, LENGTH } from "./prepare.ts";
import type { VmThread } from "./thread.ts";
import { addTraceback, asException, setContext } from "./unwind.ts";
import { letThrough, pending, pollLimits, raiseInNative } from "./calls.ts";
import { dropAllOwned, finish } from "./gen_ops.ts";
import { PY_UNWIND, RAISE, RERAISE } from "../monitoring/events.ts";
import { fireException, fireHandled } from "../monitoring/fire.ts";
import { opAt } from "../monitoring/instrument.ts";
import type { Interp } from "../interpreter.ts";

/** `exc` was raised at `pc` of `f`: the frame to go on with; undefined as in `reraise`. */
export function raise(
  ts: VmThread,
  f: Frame,
  pc: number,
  exc: PyBaseException,
): Frame | undefined {
  if (exc.context === undefined) setContext(exc, ts.handled());
  f.pc = pc;
  if (f.native === undefined) addTraceback(exc, f, pc);
  const at = end(f, pc);
  return unwind(ts, f, pc, fireException(ts, f, RAISE, at, exc), at);
}

/**
 * As `raise`, without a new traceback entry: `pc` is the instruction whose handler is looked for,
 * `f.pc` what tracebacks show. Undefined when the entry frame was left: with the value in `ts.ret`,
 * or, when that is undefined, by the exception in `pending()`.
 */
export function reraise(
  ts: VmThread,
  f: Frame,
  pc: number,
  exc: PyBaseException,
): Frame | undefined {
  // code from outside may have anything there
  if (!(exc instanceof PyBaseException)) return raise(ts, f, pc, asException(exc));
  return unwind(ts, f, pc, fireException(ts, f, RERAISE, pc, exc), pc);
}

/** Where monitoring sees an exception of an instruction: at its last cache entry. */
function end(f: Frame, pc: number): number {
  return f.native !== undefined ? pc : pc + LENGTH[f.prep.ops[pc]] - 1;
}

/** `at`: where monitoring sees it. */
function unwind(
  ts: VmThread,
  f: Frame,
  pc: number,
  exc: PyBaseException,
  at: number,
): Frame | undefined {
  for (;;) {
    if (f.native !== undefined) {
      const next = raiseInNative(ts, f, exc);
      if (next !== undefined || ts.ret !== undefined) {
        if (next === undefined) ts.frame = undefined;
        return next;
      }
      exc = pending();
    } else {
      const h = findHandler(f.prep.handlers, pc);
      if (h !== undefined) {
        // handlers in a ring, in code from outside
        if (h.target <= pc && f.prep.code.foreign && --ts.fuel < 0) pollLimits(ts);
        const S = ts.stack;
        let sp = f.base + h.depth;
        if (f.prep.loops) dropAllOwned(ts, f, sp);
        if (h.lasti) S[sp++] = f.pc;
        S[sp++] = exc;
        f.sp = sp;
        f.pc = h.target;
        const other = fireHandled(ts, f, h.target, exc);
        if (other === undefined) return f;
        // the handler has not begun: what covers it does not count
        exc = other;
        pc = h.target - 1;
        continue;
      }
      exc = fireException(ts, f, PY_UNWIND, at, exc);
      if (f.prep.loops) dropAllOwned(ts, f, f.base);
      ts.depth--;
      f.done = true;
      const { life } = ts.interp as Interp;
      if (life.armed) life.left(f);
    }
    const back = f.back;
    if (f.gen !== undefined) {
      finish(ts, f.gen);
      f.back = undefined;
    }
    if (f.entry) {
      f.entry = false;
      ts.frame = back;
      letThrough(ts, exc);
      return undefined;
    }
    f = ts.frame = back!;
    pc = f.pc;
    if (f.native === undefined) {
      // a property or `__getattr__` raised: the operand still lies above the stack
      if (isLoadAttr(opAt(f.prep, pc))) attributeContext(exc, ts.stack[f.sp]!, f.prep.names[f.prep.args[pc]]);
      addTraceback(exc, f, pc);
      // CPython has left the call behind and goes one unit back from its start
      at = pc - 1;
      exc = fireException(ts, f, RAISE, at, exc);
    }
  }
}

/**
 * Drops the frames of runs nested in the one that began at `entry`, which ended without unwinding
 * them. Returns the frame of this run that was waiting for them.
 */
export function abandon(ts: VmThread, entry: Frame): Frame {
  let at = ts.frame ?? entry, f: Frame | undefined = at;
  for (; f !== undefined && f !== entry; f = f.back) {
    if (f.entry && f.back !== undefined) at = f.back;
  }
  // a frame had left the chain already
  if (f === undefined) return ts.frame = entry;
  for (f = ts.frame!; f !== at; f = f.back!) {
    if (f.native === undefined) ts.depth--;
    if (f.gen !== undefined) finish(ts, f.gen);
    f.done = true;
    f.entry = false;
  }
  ts.frame = at;
  return at;
}
