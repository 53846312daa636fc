// CPython 3.14: Python/bytecodes.c (INSTRUMENTED_*), Python/instrumentation.c
//
// What the run loop does at a marked instruction: the events that come before it, in order (line,
// instruction, its own), then the instruction. An instruction whose event needs to know what it does
// (jumps, loops, calls of natives) is carried out here. Any other runs in the loop itself, out of an
// array in which it stands alone (`solo`): STEP_END, which stands everywhere else in it, puts the
// marked array back. A callback that sets `f_lineno` has moved `f.pc`; then the run goes on there.

import {
  asyncGeneratorType,
  None,
  PyBaseException,
  PyTuple,
  type PyType,
  typeOf,
  type Value,
} from "../../core/objects/object.ts";
import { PyFunction, PyMethod } from "../../core/objects/function.ts";
import * as A from "../../core/objects/abstract.ts";
import * as O from "../../core/code/opnums.ts";
import { iternextDyn } from "../../core/objects/slotdefs.ts";
import * as E from "../../core/objects/exceptions.ts";
import type { Interp } from "../interpreter.ts";
import type { Frame, FrameExtra } from "../interp/frame.ts";
import type { VmThread } from "../interp/thread.ts";
import { PyGenerator } from "../interp/generator.ts";
import { send } from "../interp/gen_ops.ts";
import { INSTR_1, LENGTH, type Prep, STEP_END } from "../interp/prepare.ts";
import * as X from "../interp/ops_misc.ts";
import {
  BRANCH_LEFT,
  BRANCH_RIGHT,
  C_RAISE,
  C_RETURN,
  CALL,
  INSTRUCTION,
  JUMP,
  LINE,
  PY_RESUME,
  PY_RETURN,
  PY_START,
  PY_YIELD,
  RAISE,
  SYS_TRACE,
} from "./events.ts";
import { callOne, fire, fireException, fireStop, stopWith } from "./fire.ts";
import { type CodeMonitor, sync } from "./instrument.ts";
import { traceLine } from "./legacy.ts";
import type { Monitors } from "./monitors.ts";
import { step as stepArmed } from "../lifetime/armed.ts";

/** The array to run the instruction at `pc` from; undefined: go on with `f` as it is now. */
export function step(ts: VmThread, f: Frame, pc: number, sp: number): Uint8Array | undefined {
  const p = f.prep, i = ts.interp as Interp;
  if (p.armed !== undefined && p.armed.on && p.armed.marks[pc] !== 0) return stepArmed(i.life, ts, f, p.armed, pc, sp);
  const m = i.monitors!;
  f.pc = pc;
  f.sp = sp;
  if (i.life.armed && i.life.due) i.life.check(ts, f);
  if (p.mon === undefined || p.mon.version !== m.version) {
    sync(m, p);
    if (p.mon === undefined || !p.mon.on) {
      unmark(p);
      return undefined;
    }
  }
  const c = p.mon, x = f.extra ??= {};
  if (ts.tracing === 0) {
    const prev = x.prev ?? -1;
    if (c.lineTools[pc] !== 0 && startsHere(c, prev, pc)) {
      fireLine(m, ts, f, c, pc);
      if (f.pc !== pc) return moved(f, x);
    }
    if (c.instrTools[pc] !== 0) fireInstruction(m, ts, f, c, pc);
    x.prev = pc;
    if (c.tools[pc] !== 0 || c.base[pc] === O.FOR_ITER || c.base[pc] === O.SEND) {
      const done = ownEvent(m, ts, f, c, pc);
      if (f.pc !== pc) {
        if (!done) x.prev = f.pc;
        return undefined;
      }
    }
  } else x.prev = pc;
  return solo(x, p, c.base[pc], pc);
}
function moved(f: Frame, x: FrameExtra): undefined {
  x.prev = f.pc;
}
/** Behind an instruction that stood alone. */
export function after(ts: VmThread, f: Frame, pc: number, sp: number): void {
  const { life } = ts.interp as Interp;
  if (!life.armed || life.quiet || !life.due) return;
  f.pc = pc;
  f.sp = sp;
  life.check(ts, f);
}
/** No events any more: RESUME stands where it stood. */
function unmark(p: Prep): void {
  const ops = p.ops;
  const code = p.code.co_code;
  for (let i = ops.indexOf(INSTR_1); i >= 0; i = ops.indexOf(INSTR_1, i + 1)) {
    if (code[2 * i] === O.RESUME) ops[i] = O.RESUME;
  }
}
function solo(x: FrameExtra, p: Prep, op: number, pc: number): Uint8Array {
  let a = x.solo;
  if (a === undefined) a = x.solo = new Uint8Array(p.ops.length + 16).fill(STEP_END);
  else a[x.soloAt!] = STEP_END;
  a[pc] = op;
  x.soloAt = pc;
  return a;
}

function startsHere(c: CodeMonitor, prev: number, pc: number): boolean {
  return prev < 0 || c.lines[prev] !== c.lines[pc] || c.base[prev] === O.RESUME;
}
function fireLine(m: Monitors, ts: VmThread, f: Frame, c: CodeMonitor, pc: number): void {
  let tools = c.lineTools[pc];
  const line = c.lines[pc];
  if ((tools & 1 << SYS_TRACE) !== 0) {
    traceLine(ts, f, LINE);
    tools &= ~(1 << SYS_TRACE);
  }
  const args = [f.prep.code, line];
  for (let tool = 5; tool >= 0; tool--) {
    if ((tools >> tool & 1) !== 0 && callOne(m, ts, f, tool, LINE, args)) c.remove(m, pc, LINE, 1 << tool);
  }
}
function fireInstruction(m: Monitors, ts: VmThread, f: Frame, c: CodeMonitor, pc: number): void {
  const tools = c.instrTools[pc], args = [f.prep.code, 2 * pc];
  for (let tool = 7; tool >= 0; tool--) {
    if ((tools >> tool & 1) !== 0 && callOne(m, ts, f, tool, INSTRUCTION, args)) {
      c.remove(m, pc, INSTRUCTION, 1 << tool);
    }
  }
}

/** The instruction's own event; true when the instruction itself has been carried out. */
function ownEvent(m: Monitors, ts: VmThread, f: Frame, c: CodeMonitor, pc: number): boolean {
  const S = ts.stack, arg = f.prep.args[pc], sp = f.sp;
  switch (c.base[pc]) {
    case O.RESUME:
      fire(m, ts, f, arg === 0 ? PY_START : PY_RESUME, pc, pc, []);
      return false;
    case O.RETURN_VALUE:
      fire(m, ts, f, PY_RETURN, pc, pc, [S[sp - 1]!]);
      return false;
    case O.YIELD_VALUE:
      fire(m, ts, f, PY_YIELD, pc, pc, [S[sp - 1]!]);
      return false;
    case O.CALL:
      return callEvent(m, ts, f, pc, S, sp, arg, undefined);
    case O.CALL_KW:
      return callEvent(m, ts, f, pc, S, sp - 1, arg, S[sp - 1] as PyTuple);
    case O.CALL_FUNCTION_EX:
      return callExEvent(m, ts, f, pc, S, sp);
    case O.LOAD_SUPER_ATTR: {
      // as the call and the attribute that it stands for
      const callee = S[sp - 3]!, args = (arg & 2) !== 0 ? [S[sp - 2]!, S[sp - 1]!] : [];
      const more = [callee, args[0] ?? m.missing];
      fire(m, ts, f, CALL, pc, pc, more);
      const o = native(m, ts, f, pc, more, () => A.call(callee, args));
      f.sp = sp - 3;
      S[f.sp++] = A.getAttr(o, f.prep.names[arg >> 2]);
      if ((arg & 1) !== 0) S[f.sp++] = undefined;
      return goTo(f, pc + 2);
    }
    case O.JUMP_FORWARD:
      return jump(m, ts, f, JUMP, pc, pc, arg);
    case O.JUMP_BACKWARD: {
      fire(m, ts, f, JUMP, pc, pc, [2 * arg]);
      // the loop itself polls
      return false;
    }
    case O.POP_JUMP_IF_FALSE:
      f.sp--;
      return S[sp - 1] === false ? jump(m, ts, f, BRANCH_RIGHT, pc, pc, arg) : goTo(f, pc + 2);
    case O.POP_JUMP_IF_TRUE:
      f.sp--;
      return S[sp - 1] === true ? jump(m, ts, f, BRANCH_RIGHT, pc, pc, arg) : goTo(f, pc + 2);
    case O.POP_JUMP_IF_NONE:
      f.sp--;
      return S[sp - 1] === None ? jump(m, ts, f, BRANCH_RIGHT, pc, pc, arg) : goTo(f, pc + 2);
    case O.POP_JUMP_IF_NOT_NONE:
      f.sp--;
      return S[sp - 1] !== None ? jump(m, ts, f, BRANCH_RIGHT, pc, pc, arg) : goTo(f, pc + 2);
    case O.NOT_TAKEN: {
      // comes behind a conditional jump, or END_SEND
      const k = c.base[pc - 1] === O.END_SEND ? pc - 1 : pc - 2;
      return jump(m, ts, f, BRANCH_LEFT, pc, k, pc + 1);
    }
    case O.POP_ITER: {
      const done = jump(m, ts, f, BRANCH_RIGHT, pc, c.loopOf(pc), pc + 1);
      f.sp--;
      return done;
    }
    case O.FOR_ITER:
      return forIter(m, ts, f, c, pc, S[sp - 1]!);
    case O.SEND:
      return sendTo(ts, f, pc, S[sp - 2]!, S[sp - 1]!);
    case O.END_ASYNC_FOR:
      if (X.isStopAsync(S[sp - 1] as PyBaseException)) {
        const done = jump(m, ts, f, BRANCH_RIGHT, pc, arg, pc + 1);
        f.sp -= 2;
        return done;
      }
      return false;
    case O.END_FOR:
    case O.END_SEND: {
      const it = S[sp - 2];
      if (it instanceof PyGenerator && it.cls !== asyncGeneratorType) fireStop(m, ts, f, pc, S[sp - 1]!);
      return false;
    }
    default:
      return false;
  }
}

function goTo(f: Frame, to: number): true {
  f.pc = to;
  return true;
}
/** A jump from `src` to `to`; a callback may send it elsewhere. */
function jump(m: Monitors, ts: VmThread, f: Frame, event: number, at: number, src: number, to: number): boolean {
  fire(m, ts, f, event, at, src, [2 * to]);
  if (f.pc !== at) return false;
  f.pc = to;
  return true;
}

/** FOR_ITER: the exception that ends an iterator is an event of its own. */
function forIter(m: Monitors, ts: VmThread, f: Frame, c: CodeMonitor, pc: number, it: Value): boolean {
  const t: PyType = typeOf(it), next = t.tp_iternext;
  if (next === undefined) return false;
  let v: Value | undefined;
  if (next === iternextDyn) {
    try {
      v = A.call0(A.getAttr(it, "__next__"));
    } catch (e) {
      if (!(e instanceof PyBaseException) || !e.cls.mro.includes(E.StopIteration)) throw e;
      const r = fireException(ts, f, RAISE, pc, e);
      if (r !== e) throw r;
    }
  } else {
    ts.genResult = undefined;
    v = next(it);
    if (v === undefined && it instanceof PyGenerator && ts.genResult !== undefined && ts.genResult !== None) {
      const e = stopWith(ts.genResult), r = fireException(ts, f, RAISE, pc, e);
      if (r !== e) throw r;
    }
  }
  if (v === undefined) {
    f.pc = f.prep.args[pc];
    return true;
  }
  ts.stack[f.sp++] = v;
  if (c.tools[pc] !== 0) return jump(m, ts, f, BRANCH_LEFT, pc, pc, pc + 2);
  return goTo(f, pc + 2);
}

/** SEND to what is no generator: the StopIteration of its result is an event. */
function sendTo(ts: VmThread, f: Frame, pc: number, to: Value, v: Value): boolean {
  if (to instanceof PyGenerator && to.cls !== asyncGeneratorType) return false;
  const r = send(ts, to, v);
  if (r !== undefined) {
    ts.stack[f.sp - 1] = r;
    return goTo(f, pc + 2);
  }
  const result = ts.genResult!;
  if (result !== None || typeOf(to).name.startsWith("async_generator_")) {
    const e = stopWith(result), x = fireException(ts, f, RAISE, pc, e);
    if (x !== e) throw x;
  }
  ts.stack[f.sp - 1] = result;
  return goTo(f, f.prep.args[pc]);
}

type Stack = (Value | undefined)[];

/** CALL and CALL_KW: `end` is behind the last argument. */
function callEvent(
  m: Monitors,
  ts: VmThread,
  f: Frame,
  pc: number,
  S: Stack,
  end: number,
  n: number,
  names: PyTuple | undefined,
): boolean {
  const i = end - n;
  let callee = S[i - 2]!;
  if (S[i - 1] === undefined && callee instanceof PyMethod) {
    S[i - 1] = callee.self;
    S[i - 2] = callee = callee.func;
  }
  const self = S[i - 1], more = [callee, self !== undefined ? self : n > 0 ? S[i]! : m.missing];
  fire(m, ts, f, CALL, pc, pc, more);
  if (callee instanceof PyFunction) return false;
  const args = S.slice(self === undefined ? i : i - 1, end) as Value[];
  const r = native(
    m,
    ts,
    f,
    pc,
    more,
    () => names === undefined ? A.call(callee, args) : A.call(callee, args, X.kwNames(f.prep, pc, names)),
  );
  f.sp = i - 2;
  S[f.sp++] = r;
  return goTo(f, pc + LENGTH[names === undefined ? O.CALL : O.CALL_KW]);
}
function callExEvent(m: Monitors, ts: VmThread, f: Frame, pc: number, S: Stack, sp: number): boolean {
  const callee = S[sp - 4]!, pos = S[sp - 2];
  if (callee instanceof PyFunction || callee instanceof PyMethod) {
    fire(m, ts, f, CALL, pc, pc, [callee, pos instanceof PyTuple && pos.items.length > 0 ? pos.items[0] : m.missing]);
    return false;
  }
  X.unpackCall(callee, S[sp - 2]!, S[sp - 1]);
  const args = X.callArgs, kw = X.callKw;
  const more = [callee, pos instanceof PyTuple && pos.items.length > 0 ? pos.items[0] : args[0] ?? m.missing];
  fire(m, ts, f, CALL, pc, pc, more);
  const r = native(m, ts, f, pc, more, () => A.call(callee, args, kw));
  f.sp = sp - 4;
  S[f.sp++] = r;
  return goTo(f, pc + 1);
}
/** Calls what is no Python function, with C_RETURN or C_RAISE. */
function native(m: Monitors, ts: VmThread, f: Frame, pc: number, more: Value[], body: () => Value): Value {
  let r: Value;
  try {
    r = body();
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    ts.frame = f;
    fire(m, ts, f, C_RAISE, pc, pc, more);
    throw e;
  }
  fire(m, ts, f, C_RETURN, pc, pc, more);
  return r;
}
