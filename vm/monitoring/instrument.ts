// CPython 3.14: Python/instrumentation.c (the code object's half)
//
// Which tools want which events where in a code object, and the marks in its prepared code. An
// instruction with events is replaced, in place, by one of INSTR_* (prepare.ts): so the run loop
// costs nothing while no event is on. The instructions between the marks are the plain ones then,
// neither fused nor specialised; `ops` gets its fused form back when the last event goes.
// RESUME is always marked in code with events: it is where code that was left behind by a change of
// `version` is brought up to date. Line events compare with the line of the instruction before, so
// they mark every instruction.

import * as O from "../../core/code/opnums.ts";
import { CO_NO_MONITORING_EVENTS, type PyCode } from "../../core/code/code.ts";
import { lineTable } from "../../core/code/locations.ts";
import { cur } from "../../core/objects/state.ts";
import type { Interp } from "../interpreter.ts";
import { baseOps, fuse, INSTR, LENGTH, type Prep } from "../interp/prepare.ts";
import { prepare } from "../interp/calls.ts";
import {
  BRANCH_LEFT,
  BRANCH_RIGHT,
  CALL,
  INSTRUCTION,
  JUMP,
  LINE,
  LOCAL,
  PY_RESUME,
  PY_RETURN,
  PY_START,
  PY_YIELD,
  RAISE,
  STOP_ITERATION,
  TOOLS,
} from "./events.ts";
import type { Monitors } from "./monitors.ts";
import { armCode, disarmCode } from "../lifetime/armed.ts";

/** The event of an opcode, or -1. */
function eventOf(op: number, arg: number): number {
  switch (op) {
    case O.RESUME:
      return arg === 0 ? PY_START : PY_RESUME;
    case O.RETURN_VALUE:
      return PY_RETURN;
    case O.YIELD_VALUE:
      return PY_YIELD;
    case O.CALL:
    case O.CALL_KW:
    case O.CALL_FUNCTION_EX:
    case O.LOAD_SUPER_ATTR:
      return CALL;
    case O.JUMP_FORWARD:
    case O.JUMP_BACKWARD:
      return JUMP;
    case O.POP_JUMP_IF_FALSE:
    case O.POP_JUMP_IF_TRUE:
    case O.POP_JUMP_IF_NONE:
    case O.POP_JUMP_IF_NOT_NONE:
    case O.POP_ITER:
    case O.END_ASYNC_FOR:
      return BRANCH_RIGHT;
    case O.FOR_ITER:
    case O.NOT_TAKEN:
      return BRANCH_LEFT;
    case O.END_FOR:
    case O.END_SEND:
      return STOP_ITERATION;
    default:
      return -1;
  }
}

/** The events of one code object in one Interpreter. */
export class CodeMonitor {
  readonly prep: Prep;
  /** Turned on for this code; with the Interpreter's own: on now. */
  readonly local: Uint8Array = new Uint8Array(LOCAL);
  readonly active: Uint8Array = new Uint8Array(LOCAL);
  readonly toolVersions: number[] = new Array(TOOLS).fill(0);
  version = -1;
  /** There are marks. */
  on = false;
  /** The plain opcodes, and where instructions start. */
  readonly base: Uint8Array;
  readonly starts: number[];
  /** The first instruction that can have events. */
  readonly first: number;
  /** By instruction: tools that want its event, its line, itself. */
  readonly tools: Uint8Array;
  readonly lineTools: Uint8Array;
  readonly instrTools: Uint8Array;
  private lineTableMade: Int32Array | undefined;
  private lineStarts: Uint8Array | undefined;
  /** Every instruction is marked. */
  private all = false;

  constructor(p: Prep) {
    this.prep = p;
    const n = p.ops.length;
    this.base = new Uint8Array(n);
    this.starts = baseOps(p.code, this.base, new Int32Array(n));
    this.first = Math.max(0, this.base.indexOf(O.RESUME));
    this.tools = new Uint8Array(n);
    this.lineTools = new Uint8Array(n);
    this.instrTools = new Uint8Array(n);
  }

  /** The line of each code unit, or -1. */
  get lines(): Int32Array {
    const c = this.prep.code;
    return this.lineTableMade ??= lineTable(c.co_linetable, c.co_firstlineno, this.base.length);
  }

  /** Instructions where a line may begin: after another line, jumped to, or a handler. */
  startsLine(): Uint8Array {
    if (this.lineStarts !== undefined) return this.lineStarts;
    const out = this.lineStarts = new Uint8Array(this.base.length), lines = this.lines, base = this.base;
    let current = -1;
    for (const i of this.starts) {
      if (i < this.first) continue;
      const op = base[i];
      if (
        op === O.END_ASYNC_FOR || op === O.END_FOR || op === O.END_SEND || op === O.RESUME || op === O.POP_ITER
      ) continue;
      if (lines[i] !== current && lines[i] >= 0) out[i] = 1;
      current = lines[i];
    }
    for (const i of this.starts) {
      if (i < this.first) continue;
      let target = this.prep.args[i];
      switch (base[i]) {
        case O.POP_JUMP_IF_FALSE:
        case O.POP_JUMP_IF_TRUE:
        case O.POP_JUMP_IF_NONE:
        case O.POP_JUMP_IF_NOT_NONE:
        case O.JUMP_FORWARD:
        case O.JUMP_BACKWARD:
        case O.JUMP_BACKWARD_NO_INTERRUPT:
        case O.FOR_ITER:
          break;
        case O.SEND:
          target++;
          break;
        default:
          continue;
      }
      if (lines[target] >= 0 && base[target] !== O.POP_ITER) out[target] = 1;
    }
    for (const h of this.prep.handlers) {
      if (lines[h.target] >= 0 && base[h.target] !== O.END_ASYNC_FOR) out[h.target] = 1;
    }
    return out;
  }

  /** Sets the marks to what the tools of each instruction ask for. */
  mark(m: Monitors): void {
    const interp = cur.interp as Interp;
    const ops = this.prep.ops, base = this.base;
    disarmCode(this.prep);
    this.on = this.active.some((t) => t !== 0) || m.tools[RAISE] !== 0;
    if (!this.on) {
      ops.set(base);
      fuse(ops, this.starts, this.prep.args);
      this.all = false;
      if (interp.life.armed) armCode(this.prep);
      return;
    }
    this.all = this.lineTools.some((t) => t !== 0) || this.instrTools.some((t) => t !== 0);
    for (const i of this.starts) {
      const op = base[i];
      const marked = i >= this.first &&
        (this.all || this.tools[i] !== 0 || op === O.RESUME ||
          (op === O.FOR_ITER || op === O.SEND) && m.tools[RAISE] !== 0);
      ops[i] = marked ? INSTR[LENGTH[op]] : op;
    }
  }

  /** Is there anything at this instruction still? */
  has(at: number): boolean {
    return this.tools[at] !== 0 || this.lineTools[at] !== 0 || this.instrTools[at] !== 0;
  }

  /** A tool wants an event no more here. */
  remove(m: Monitors, at: number, event: number, bits: number): void {
    const t = event === LINE ? this.lineTools : event === INSTRUCTION ? this.instrTools : this.tools;
    t[at] &= ~bits;
    if (event === LINE || event === INSTRUCTION) {
      if (t[at] === 0 && !t.some((x) => x !== 0)) this.mark(m);
    } else if (!this.all && t[at] === 0) this.mark(m);
  }

  /** The other half of a branch whose one half was disabled for a tool. */
  removeOther(src: number, right: boolean, bits: number): void {
    switch (this.base[src]) {
      case O.FOR_ITER:
        if (right) this.tools[src] &= ~bits;
        break;
      case O.POP_JUMP_IF_FALSE:
      case O.POP_JUMP_IF_TRUE:
      case O.POP_JUMP_IF_NONE:
      case O.POP_JUMP_IF_NOT_NONE:
        this.tools[right ? src + 2 : src] &= ~bits;
        break;
    }
  }

  /** The FOR_ITER whose loop ends at a POP_ITER, or the POP_ITER itself. */
  loopOf(popIter: number): number {
    for (const i of this.starts) if (this.base[i] === O.FOR_ITER && this.prep.args[i] === popIter) return i;
    return popIter;
  }
}

/** The monitor of a code object; made only when asked to. */
export function monitorOf(code: PyCode, make = false): CodeMonitor | undefined {
  const p = prepare(code);
  if (p.mon === undefined && make) p.mon = new CodeMonitor(p);
  return p.mon;
}

/** The opcode at `pc`, marked or not. */
export function opAt(p: Prep, pc: number): number {
  if (p.mon !== undefined && p.mon.on) return p.mon.base[pc];
  return p.armed !== undefined && p.armed.on ? p.armed.base[pc] : p.ops[pc];
}

/** Brings a code object up to date. */
export function sync(m: Monitors, p: Prep): void {
  if (p.mon === undefined) {
    if (m.tools.every((t) => t === 0)) return;
    p.mon = new CodeMonitor(p);
  }
  if (p.mon.version !== m.version) instrument(m, p);
}

/** Brings a code object up to date though its version may be. */
export function instrument(m: Monitors, p: Prep): void {
  const c = p.mon!;
  if ((p.code.co_flags & CO_NO_MONITORING_EVENTS) !== 0) return;
  for (let t = 0; t < TOOLS; t++) {
    if (c.toolVersions[t] !== m.toolVersions[t]) { for (let e = 0; e < LOCAL; e++) c.local[e] &= ~(1 << t); }
  }
  const restarted = m.restarted > c.version;
  const removed = new Uint8Array(LOCAL), added = new Uint8Array(LOCAL);
  for (let e = 0; e < LOCAL; e++) {
    const now = m.tools[e] | c.local[e], before = c.active[e];
    removed[e] = restarted ? before : before & ~now;
    added[e] = restarted ? now : now & ~before;
    c.active[e] = now;
  }
  c.version = m.version;
  const lineStarts = (removed[LINE] | added[LINE]) !== 0 ? c.startsLine() : undefined;
  for (const i of c.starts) {
    if (i < c.first) continue;
    const op = c.base[i], e = eventOf(op, p.args[i]);
    if (e >= 0) c.tools[i] = c.tools[i] & ~removed[e] | added[e];
    if (lineStarts !== undefined && lineStarts[i] !== 0) {
      c.lineTools[i] = c.lineTools[i] & ~removed[LINE] | added[LINE];
    }
    if (op !== O.RESUME && op !== O.END_FOR) {
      c.instrTools[i] = c.instrTools[i] & ~removed[INSTRUCTION] | added[INSTRUCTION];
    }
  }
  c.mark(m);
}

/** Remembers code that is prepared, and marks it if events are on. */
export function register(p: Prep): void {
  const i = cur.interp as Interp, all = i.prepared;
  if (all.length >= 4096 && (all.length & all.length - 1) === 0) {
    const live = all.filter((r) => r.deref() !== undefined);
    all.length = 0;
    all.push(...live);
  }
  all.push(new WeakRef(p));
  if (i.life !== undefined && i.life.armed) armCode(p);
  if (i.monitors !== undefined && i.monitors.version > 0) markResumes(p);
}

/** Makes code come by `sync` when it next starts or resumes. */
function markResumes(p: Prep): void {
  const ops = p.ops;
  for (let i = ops.indexOf(O.RESUME); i >= 0; i = ops.indexOf(O.RESUME, i + 1)) ops[i] = INSTR[1];
}
export function markAll(prepared: WeakRef<Prep>[]): void {
  for (const r of prepared) {
    const p = r.deref();
    if (p !== undefined) markResumes(p);
  }
}
