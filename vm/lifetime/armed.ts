// CPython 3.14: no counterpart
//
// Armed code: while there are watched objects, the instructions that may drop the last reference to
// one are marked in the prepared code, as those with events are (monitoring/instrument.ts), and the
// run loop comes by `step`. It looks at what was suspect before the instruction, tells Life what the
// instruction is about to drop, and either carries it out itself (the frequent ones) or has the loop
// run it out of an array in which it stands alone; behind it the loop calls `after`. So code pays
// nothing while no object is watched. Fused instructions that contain a marked one are taken apart.

import { PyBaseException, PyCell, PyInstance, PyList, PyType, type Value } from "../../core/objects/object.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { PyFunction, PyMethod } from "../../core/objects/function.ts";
import { PyBuiltin, PyMethodDescr } from "../../core/objects/native.ts";
import * as O from "../../core/code/opnums.ts";
import type { Interp } from "../interpreter.ts";
import type { Frame } from "../interp/frame.ts";
import * as P from "../interp/prepare.ts";
import { baseOps, INSTR, LENGTH, type Prep, STEP_END } from "../interp/prepare.ts";
import type { VmThread } from "../interp/thread.ts";
import type { Life } from "./life.ts";

const MARKED: readonly number[] = [
  O.POP_TOP,
  P.DROP,
  O.POP_ITER,
  O.POP_EXCEPT,
  O.STORE_FAST,
  O.STORE_FAST_LOAD_FAST,
  O.STORE_FAST_STORE_FAST,
  O.DELETE_FAST,
  O.STORE_DEREF,
  O.DELETE_DEREF,
  O.STORE_NAME,
  O.STORE_GLOBAL,
  O.DELETE_NAME,
  O.DELETE_GLOBAL,
  O.STORE_ATTR,
  O.DELETE_ATTR,
  O.STORE_SUBSCR,
  O.DELETE_SUBSCR,
  O.STORE_SLICE,
  O.RETURN_VALUE,
  O.YIELD_VALUE,
  O.CALL,
  O.CALL_KW,
  O.CALL_FUNCTION_EX,
  O.END_ASYNC_FOR,
];
let isMarked: Uint8Array | undefined;

/** The fused opcodes with a marked one in them, and what stands there by itself. */
const APART: Record<number, number> = {
  [P.FOR_RANGE_STORE]: P.FOR_ITER_RANGE,
  [P.FOR_LIST_STORE]: P.FOR_ITER_LIST,
  [P.FAST_STORE_SLOT]: O.LOAD_FAST,
  [P.SWAP_STORE_SUBSCR]: O.SWAP,
};

/** The marks of a code object. */
export class ArmedCode {
  on = false;
  /** Plain opcodes of all instructions. */
  readonly base: Uint8Array;
  /** Where the marks are. */
  readonly at: number[] = [];
  /** By instruction: 1 + its index in `at`. */
  readonly marks: Uint16Array;
  /** What stood at `at`, and where fused ones were taken apart. */
  saved: number[] = [];
  fused: [at: number, op: number][] = [];
  readonly solo: Uint8Array;
  soloAt = 0;
  constructor(p: Prep) {
    if (isMarked === undefined) {
      isMarked = new Uint8Array(256);
      for (const op of MARKED) isMarked[op] = 1;
    }
    const n = p.ops.length;
    this.base = new Uint8Array(n);
    this.marks = new Uint16Array(n);
    for (const i of baseOps(p.code, this.base, new Int32Array(n))) {
      if (isMarked[this.base[i]] !== 0) this.marks[i] = this.at.push(i);
    }
    this.solo = new Uint8Array(n + 16).fill(STEP_END);
  }
}

export function armCode(p: Prep): void {
  if (p.mon !== undefined && p.mon.on) return;
  const a = p.armed ??= new ArmedCode(p);
  if (a.on) return;
  a.on = true;
  const ops = p.ops;
  a.fused = [];
  for (let i = 0; i < ops.length; i++) {
    const plain = APART[ops[i]];
    if (plain === undefined) continue;
    a.fused.push([i, ops[i]]);
    ops[i] = plain;
    i += LENGTH[plain] - 1;
  }
  a.saved = a.at.map((i) => ops[i]);
  for (const i of a.at) ops[i] = INSTR[LENGTH[a.base[i]]];
}
export function disarmCode(p: Prep): void {
  const a = p.armed;
  if (a === undefined || !a.on) return;
  a.on = false;
  a.at.forEach((i, k) => p.ops[i] = a.saved[k]);
  for (const [i, op] of a.fused) if (p.ops[i] === APART[op]) p.ops[i] = op;
}
export function arm(i: Interp): void {
  for (const r of i.prepared) {
    const p = r.deref();
    if (p !== undefined) armCode(p);
  }
}
export function disarm(i: Interp): void {
  for (const r of i.prepared) {
    const p = r.deref();
    if (p !== undefined) disarmCode(p);
  }
}

/** Methods that drop nothing, of whatever type. */
const HARMLESS = new Set([
  "append",
  "extend",
  "insert",
  "add",
  "get",
  "setdefault",
  "keys",
  "values",
  "items",
  "index",
  "count",
  "copy",
  "join",
  "startswith",
  "endswith",
  "split",
  "format",
  "write",
  "read",
  "print",
  "len",
  "isinstance",
  "issubclass",
  "getattr",
  "hasattr",
  "repr",
  "id",
  "iter",
  "hash",
  "callable",
  "ref",
  "sum",
  "min",
  "max",
]);
/** Methods whose result is all that they drop. */
const POPS = new Set(["pop", "popitem", "popleft"]);

/** At a marked instruction: the array to run it from; undefined: done, go on with `f` as it is. */
export function step(life: Life, ts: VmThread, f: Frame, a: ArmedCode, pc: number, sp: number): Uint8Array | undefined {
  f.pc = pc;
  f.sp = sp;
  const op = a.base[pc];
  if (!life.quiet) {
    if (--life.credit < 0) life.tire();
    if (life.due) life.check(ts, f);
    const S = ts.stack, arg = f.prep.args[pc];
    switch (op) {
      case O.STORE_FAST: {
        const old = f.locals[arg];
        f.locals[arg] = S[sp - 1];
        f.sp = sp - 1;
        if (typeof old === "object") life.dropped(old);
        if (life.due) life.check(ts, f);
        f.pc = pc + 1;
        return undefined;
      }
      case O.POP_TOP:
      case O.POP_ITER: {
        const old = S[sp - 1];
        f.sp = sp - 1;
        if (typeof old === "object") life.dropped(old);
        if (life.due) life.check(ts, f);
        f.pc = pc + 1;
        return undefined;
      }
      case O.RETURN_VALUE:
        life.left(f);
        if (life.due) life.check(ts, f, true);
        break;
      default:
        announce(life, ts, f, op, arg, S, sp);
    }
  }
  const solo = a.solo;
  solo[a.soloAt] = STEP_END;
  const saved = a.saved[a.marks[pc] - 1];
  solo[pc] = LENGTH[saved] === LENGTH[op] && APART[saved] === undefined ? saved : op;
  a.soloAt = pc;
  return solo;
}

/** Tells what an instruction is about to drop. */
function announce(
  life: Life,
  ts: VmThread,
  f: Frame,
  op: number,
  arg: number,
  S: (Value | undefined)[],
  sp: number,
): void {
  const L = f.locals;
  switch (op) {
    case P.DROP:
      life.dropped(S[sp - 1]);
      return;
    case O.STORE_FAST_LOAD_FAST:
      life.dropped(L[arg >> 4]);
      return;
    case O.STORE_FAST_STORE_FAST:
      life.dropped(L[arg >> 4]);
      life.dropped(L[arg & 15]);
      return;
    case O.DELETE_FAST:
      life.dropped(L[arg]);
      return;
    case O.STORE_DEREF:
    case O.DELETE_DEREF:
      if (L[arg] instanceof PyCell) life.dropped((L[arg] as PyCell).v);
      return;
    case O.STORE_NAME:
    case O.DELETE_NAME:
      if (f.ns instanceof PyDict) life.dropped(f.ns.getStr(f.prep.names[arg]));
      else life.mutated(f.ns);
      return;
    case O.STORE_GLOBAL:
    case O.DELETE_GLOBAL:
      life.dropped(f.globals.getStr(f.prep.names[arg]));
      return;
    case O.POP_EXCEPT:
      life.dropped(ts.exc.value);
      return;
    case O.END_ASYNC_FOR:
      life.dropped(S[sp - 2]);
      return;
    case O.STORE_ATTR:
    case O.DELETE_ATTR: {
      const o = S[sp - 1];
      if (o instanceof PyInstance) {
        if (life.nodes.has(o)) life.mutated(o);
        if (o.dict !== undefined && life.nodes.has(o.dict)) life.mutated(o.dict);
      } else if (typeof o === "object") {
        life.mutated(o);
        if (o instanceof PyType) life.mutated(o.tdict);
        if (o.dict !== undefined) life.mutated(o.dict);
      }
      return;
    }
    case O.STORE_SUBSCR:
    case O.DELETE_SUBSCR: {
      const o = S[sp - 2], k = S[sp - 1];
      if (typeof o !== "object" || !life.nodes.has(o)) return;
      if (o instanceof PyList && typeof k === "number") life.dropped(o.items[k < 0 ? k + o.items.length : k]);
      else if (o instanceof PyDict && (typeof k === "string" || typeof k === "number")) life.dropped(o.get(k));
      else life.mutated(o);
      return;
    }
    case O.STORE_SLICE:
      life.emptied(S[sp - 3]);
      return;
    case O.YIELD_VALUE:
      life.suspended(f);
      return;
    case O.CALL:
      call(life, f, S[sp - arg - 2], S, sp - arg - 1, sp);
      return;
    case O.CALL_KW:
      call(life, f, S[sp - arg - 3], S, sp - arg - 2, sp - 1);
      return;
    case O.CALL_FUNCTION_EX: {
      const c = S[sp - 4];
      if (!(c instanceof PyFunction)) {
        const args = (S[sp - 2] as { items?: Value[] } | undefined)?.items;
        if (Array.isArray(args)) call(life, f, c, args, 0, args.length);
      }
      return;
    }
  }
}
function call(
  life: Life,
  f: Frame,
  c: Value | undefined,
  args: readonly (Value | undefined)[],
  from: number,
  to: number,
): void {
  if (c instanceof PyFunction || c instanceof PyMethod && c.func instanceof PyFunction) return;
  let name = "";
  if (c instanceof PyMethodDescr) {
    name = c.def.name;
    const self = args[from] as { maxlen?: number } | undefined;
    if (typeof self === "object" && typeof self.maxlen === "number") name = "";
  } else if (c instanceof PyBuiltin) {
    name = c.def.name;
    if (typeof c.self === "object" && !HARMLESS.has(name) && !POPS.has(name)) {
      name === "clear" ? life.emptied(c.self) : life.passed(f, c.self);
    }
  }
  if (HARMLESS.has(name) || POPS.has(name)) return;
  for (let i = from; i < to; i++) {
    const v = args[i];
    if (typeof v !== "object" || v instanceof PyBaseException) continue;
    if (life.nodes.has(v)) life.passed(f, v);
    if (v.dict !== undefined && life.nodes.has(v.dict)) life.passed(f, v.dict);
  }
}
