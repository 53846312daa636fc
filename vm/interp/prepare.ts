// CPython 3.14: Python/specialize.c (_PyCode_Quicken), Python/ceval_macros.h
//
// Prepared code. What an Interpreter makes of a code object before it first runs: flat arrays of
// opcodes and arguments with EXTENDED_ARG folded in and jumps resolved to instruction indexes, and
// a side array for inline caches. Opcodes whose meaning hangs on their argument (BINARY_OP,
// COMPARE_OP, LOAD_ATTR, CALL ...) get an opcode of their own here, numbered where CPython has its
// specialised ones. Positions are instruction indexes, cache entries counted, as in CPython.

import type { Value } from "../../core/objects/object.ts";
import { CO_FAST_CELL, CO_FAST_FREE, CO_OPTIMIZED, CO_VARARGS, CO_VARKEYWORDS, PyCode } from "../../core/code/code.ts";
import { constsHere } from "../../core/objects/code_consts.ts";
import { general, undefs } from "./arrays.ts";
import * as O from "../../core/code/opnums.ts";
import { requireVerified } from "../../core/code/code_type.ts";
import { CACHES, DEOPT } from "../../core/code/opcodes.ts";
import type { CodeMonitor } from "../monitoring/instrument.ts";
import type { ArmedCode } from "../lifetime/armed.ts";

// Opcodes of our own. They stand in the range of CPython's specialised opcodes, which never occur
// in a code object.
export const BIN_ADD = 129,
  BIN_SUB = 130,
  BIN_MUL = 131,
  BIN_SUBSCR = 132,
  BIN_TRUEDIV = 133,
  BIN_FLOORDIV = 134,
  BIN_MOD = 135;
export const BIN_AND = 136, BIN_OR = 137, BIN_XOR = 138, BIN_LSHIFT = 139, BIN_RSHIFT = 140;
export const CMP_LT = 141, CMP_LE = 142, CMP_EQ = 143, CMP_NE = 144, CMP_GT = 145, CMP_GE = 146;
export const LOAD_METHOD = 147, IADD = 148, ISUB = 149;
export const FOR_ITER_LIST = 150, FOR_ITER_RANGE = 151, FOR_ITER_GEN = 152, FOR_ITER_TUPLE = 153;
export const LOAD_ATTR_SLOT = 154, LOAD_ATTR_METHOD = 155, LOAD_ATTR_BUILTIN_METHOD = 156, LOAD_ATTR_MODULE = 157;
export const LOAD_ATTR_CLASS = 158, LOAD_ATTR_CLASS_VALUE = 159;
export const STORE_ATTR_SLOT = 160, STORE_ATTR_ADD = 161;
export const LOAD_GLOBAL_MODULE = 162, LOAD_GLOBAL_BUILTIN = 163;
export const LOAD_GLOBAL_NULL = 164, LOAD_GLOBAL_MODULE_NULL = 165, LOAD_GLOBAL_BUILTIN_NULL = 166;
export const LOAD_ATTR_METHOD_CLASS = 167;

// Fused opcodes. One stands at the first instruction of a sequence and does the common case of all
// of them; in any other case it does what that first instruction does alone, and the run goes on
// with the next one, which stands where it stood. So positions and jumps into the middle hold.
/** A conditional jump and the NOT_TAKEN behind it. */
export const JUMP_FALSE = 168, JUMP_TRUE = 169, JUMP_NONE = 170, JUMP_NOT_NONE = 171;
/** A comparison and the JUMP_FALSE behind it. */
export const JUMP_LT = 172, JUMP_LE = 173, JUMP_EQ = 174, JUMP_NE = 175, JUMP_GT = 176, JUMP_GE = 177;
/** The load of the right operand (or both) and one of JUMP_LT ...: of ints. */
export const SMALL_JUMP = 178, FAST_JUMP = 179, FAST2_JUMP = 180;
/** The load of the right operand, and an operation. */
export const SMALL_ADD = 181, SMALL_SUB = 182, FAST_ADD = 183, FAST_SUB = 184, FAST_MUL = 185, FAST_SUBSCR = 190;
/** The load of both operands, and an operation. */
export const FAST2_ADD = 186, FAST2_SUB = 187, FAST2_MUL = 188, FAST2_SUBSCR = 189;
/** LOAD_FAST and LOAD_ATTR_SLOT, LOAD_ATTR_METHOD or STORE_ATTR_SLOT; set by the attribute's cache. */
export const FAST_ATTR_SLOT = 191, FAST_ATTR_METHOD = 203, FAST_STORE_SLOT = 204;
/** FOR_ITER_RANGE, FOR_ITER_LIST and STORE_FAST. */
export const FOR_RANGE_STORE = 192, FOR_LIST_STORE = 193;
/** CALL of a Python function with the exact arguments, a native function, a method of a builtin type, a Python class. */
export const CALL_PY = 195, CALL_BUILTIN = 196, CALL_DESCR = 197, CALL_CLASS = 198;
/** LOAD_SMALL_INT and BIN_SUBSCR. */
export const SMALL_SUBSCR = 200;
/** What `a[i] += x` begins and ends with: COPY 2, COPY 2, BIN_SUBSCR; SWAP 3, SWAP 2, STORE_SUBSCR. */
export const COPY2_SUBSCR = 201, SWAP_STORE_SUBSCR = 202;
/** LOAD_CONST and an operation of floats, or one of JUMP_LT ... */
export const CONST_OP = 199;
/** TO_BOOL and JUMP_FALSE or JUMP_TRUE. */
export const TO_BOOL_JUMP = 194;
/** LOAD_CONST that has run (see observe.ts). */
export const LOAD_CONST_SEEN = 205;
/**
 * A site that has not been observed yet (see observe.ts), by its length: BINARY_OP, COMPARE_OP,
 * TO_BOOL, CONTAINS_OP, UNPACK_SEQUENCE or JUMP_BACKWARD. Nothing is fused with it so long.
 */
export const COLD_2 = 206, COLD_4 = 207, COLD_6 = 208;
/** Stands everywhere but at the one cold site that is run by itself. */
export const COLD_END = 209;
/** POP_TOP of what is no result of a call: it may be a loop's iterator, which nothing else refers to. */
export const DROP = 239;

// Monitoring (see monitoring/instrument.ts): an instruction that has events stands here as one of
// INSTR_*, by its length, so that a frame that waits at it finds the next one.
export const INSTR_1 = 240, INSTR_2 = 241, INSTR_4 = 242, INSTR_5 = 243, INSTR_6 = 244, INSTR_10 = 245;
/** Stands everywhere but at the one instruction that is run by itself. */
export const STEP_END = 246;
/** INSTR_* by length. */
export const INSTR: Record<number, number> = {
  1: INSTR_1,
  2: INSTR_2,
  4: INSTR_4,
  5: INSTR_5,
  6: INSTR_6,
  10: INSTR_10,
};

const JUMPS: Record<number, number> = {
  [O.POP_JUMP_IF_FALSE]: JUMP_FALSE,
  [O.POP_JUMP_IF_TRUE]: JUMP_TRUE,
  [O.POP_JUMP_IF_NONE]: JUMP_NONE,
  [O.POP_JUMP_IF_NOT_NONE]: JUMP_NOT_NONE,
};
const SMALL: Record<number, number> = {
  [BIN_ADD]: SMALL_ADD,
  [IADD]: SMALL_ADD,
  [BIN_SUB]: SMALL_SUB,
  [ISUB]: SMALL_SUB,
  [BIN_SUBSCR]: SMALL_SUBSCR,
};
const FAST: Record<number, number> = {
  [BIN_ADD]: FAST_ADD,
  [IADD]: FAST_ADD,
  [BIN_SUB]: FAST_SUB,
  [ISUB]: FAST_SUB,
  [BIN_MUL]: FAST_MUL,
  [BIN_SUBSCR]: FAST_SUBSCR,
};
const FAST2: Record<number, number> = {
  [BIN_ADD]: FAST2_ADD,
  [IADD]: FAST2_ADD,
  [BIN_SUB]: FAST2_SUB,
  [ISUB]: FAST2_SUB,
  [BIN_MUL]: FAST2_MUL,
  [BIN_SUBSCR]: FAST2_SUBSCR,
};

const FLOAT_OPS = [BIN_ADD, IADD, BIN_SUB, ISUB, BIN_MUL, BIN_TRUEDIV];

/** Sets fused opcodes, from the end: the later instructions of a sequence are fused already. */
export function fuse(ops: Uint8Array, starts: number[], args: Int32Array): void {
  for (let k = starts.length - 2; k >= 0; k--) {
    const i = starts[k], j = starts[k + 1], op = ops[i], next = ops[j];
    if (next === O.NOT_TAKEN) ops[i] = JUMPS[op] ?? op;
    else if (next === JUMP_FALSE && op >= CMP_LT && op <= CMP_GE) ops[i] = op - CMP_LT + JUMP_LT;
    else if (op === O.TO_BOOL && (next === JUMP_FALSE || next === JUMP_TRUE)) ops[i] = TO_BOOL_JUMP;
    else if (op === O.LOAD_SMALL_INT) ops[i] = next >= JUMP_LT && next <= JUMP_GE ? SMALL_JUMP : SMALL[next] ?? op;
    else if (op === O.COPY && args[i] === 2) {
      if (next === O.COPY && args[j] === 2 && ops[starts[k + 2]] === BIN_SUBSCR) ops[i] = COPY2_SUBSCR;
    } else if (op === O.SWAP && args[i] === 3) {
      if (next === O.SWAP && args[j] === 2 && ops[starts[k + 2]] === O.STORE_SUBSCR) ops[i] = SWAP_STORE_SUBSCR;
    } else if (op === O.LOAD_CONST) {
      if ((next >= JUMP_LT && next <= JUMP_GE) || FLOAT_OPS.includes(next)) ops[i] = CONST_OP;
    } else if (op === O.LOAD_FAST || op === O.LOAD_FAST_BORROW) {
      ops[i] = next >= JUMP_LT && next <= JUMP_GE ? FAST_JUMP : FAST[next] ?? op;
    } else if (op === O.LOAD_FAST_LOAD_FAST || op === O.LOAD_FAST_BORROW_LOAD_FAST_BORROW) {
      ops[i] = next >= JUMP_LT && next <= JUMP_GE ? FAST2_JUMP : FAST2[next] ?? op;
    }
  }
}

const BINARY: Record<number, number> = {
  0: BIN_ADD,
  10: BIN_SUB,
  5: BIN_MUL,
  26: BIN_SUBSCR,
  11: BIN_TRUEDIV,
  2: BIN_FLOORDIV,
  6: BIN_MOD,
  1: BIN_AND,
  7: BIN_OR,
  12: BIN_XOR,
  3: BIN_LSHIFT,
  9: BIN_RSHIFT,
  13: IADD,
  23: ISUB,
};
const COMPARE = [CMP_LT, CMP_LE, CMP_EQ, CMP_NE, CMP_GT, CMP_GE];

/** Length of an instruction with its cache entries, by opcode (ours included). */
export const LENGTH: Uint8Array = new Uint8Array(256).fill(1);

/** The opcode of CPython that one of ours stands for. */
const OWN_BASE: Record<number, number> = {};
function own(base: number, ...ops: number[]): void {
  for (const o of ops) OWN_BASE[o] = base;
}
own(O.POP_TOP, DROP);
own(
  O.BINARY_OP,
  BIN_ADD,
  BIN_SUB,
  BIN_MUL,
  BIN_SUBSCR,
  BIN_TRUEDIV,
  BIN_FLOORDIV,
  BIN_MOD,
  BIN_AND,
  BIN_OR,
  BIN_XOR,
  BIN_LSHIFT,
  BIN_RSHIFT,
  IADD,
  ISUB,
);
own(O.COMPARE_OP, ...COMPARE);
own(
  O.LOAD_ATTR,
  LOAD_METHOD,
  LOAD_ATTR_SLOT,
  LOAD_ATTR_METHOD,
  LOAD_ATTR_BUILTIN_METHOD,
  LOAD_ATTR_MODULE,
  LOAD_ATTR_CLASS,
  LOAD_ATTR_CLASS_VALUE,
  LOAD_ATTR_METHOD_CLASS,
);
own(O.STORE_ATTR, STORE_ATTR_SLOT, STORE_ATTR_ADD);
own(O.FOR_ITER, FOR_ITER_LIST, FOR_ITER_RANGE, FOR_ITER_GEN, FOR_ITER_TUPLE, FOR_RANGE_STORE, FOR_LIST_STORE);
own(O.COMPARE_OP, JUMP_LT, JUMP_LE, JUMP_EQ, JUMP_NE, JUMP_GT, JUMP_GE);
own(O.TO_BOOL, TO_BOOL_JUMP);
own(O.LOAD_CONST, LOAD_CONST_SEEN);
own(O.COMPARE_OP, COLD_2);
own(O.TO_BOOL, COLD_4);
own(O.BINARY_OP, COLD_6);
own(O.CALL, CALL_PY, CALL_BUILTIN, CALL_DESCR, CALL_CLASS);
own(O.POP_JUMP_IF_FALSE, JUMP_FALSE, JUMP_TRUE, JUMP_NONE, JUMP_NOT_NONE);
own(
  O.LOAD_GLOBAL,
  LOAD_GLOBAL_MODULE,
  LOAD_GLOBAL_BUILTIN,
  LOAD_GLOBAL_NULL,
  LOAD_GLOBAL_MODULE_NULL,
  LOAD_GLOBAL_BUILTIN_NULL,
);
/** Fused opcodes that take in the instruction behind them, which is a site that is observed. */
const OVER_NEXT: readonly number[] = [
  SMALL_JUMP,
  FAST_JUMP,
  FAST2_JUMP,
  SMALL_ADD,
  SMALL_SUB,
  SMALL_SUBSCR,
  FAST_ADD,
  FAST_SUB,
  FAST_MUL,
  FAST_SUBSCR,
  FAST2_ADD,
  FAST2_SUB,
  FAST2_MUL,
  FAST2_SUBSCR,
  CONST_OP,
];
const isOverNext = new Uint8Array(256);
for (const op of OVER_NEXT) isOverNext[op] = 1;

/** The cold opcode by CPython's. */
const COLD: Record<number, number> = {
  [O.BINARY_OP]: COLD_6,
  [O.COMPARE_OP]: COLD_2,
  [O.TO_BOOL]: COLD_4,
  [O.CONTAINS_OP]: COLD_2,
  [O.UNPACK_SEQUENCE]: COLD_2,
  [O.JUMP_BACKWARD]: COLD_2,
};

/** Puts what belongs at a cold site, and what is fused with it, in place. */
export function setWarm(p: Prep, pc: number): void {
  const { ops, warm } = p;
  ops[pc] = warm[pc];
  if (pc > 0 && isOverNext[warm[pc - 1]] !== 0) ops[pc - 1] = warm[pc - 1];
  if (pc > 1 && warm[pc - 2] === COPY2_SUBSCR) ops[pc - 2] = COPY2_SUBSCR;
}

let lengthsMade = false;
function makeLengths(): void {
  lengthsMade = true;
  for (let i = 0; i < 256; i++) LENGTH[i] = 1 + (CACHES[OWN_BASE[i] ?? i] ?? 0);
  for (const n in INSTR) LENGTH[INSTR[n]] = Number(n);
}

/** What leaves a result that a POP_TOP behind it drops. */
const RESULTS: readonly number[] = [O.CALL, O.CALL_KW, O.CALL_FUNCTION_EX, O.END_SEND, O.YIELD_VALUE, O.RESUME];

/**
 * Writes opcodes (ours by argument, nothing fused yet) and arguments of a code object; returns the
 * positions where instructions start.
 */
export function baseOps(code: PyCode, ops: Uint8Array, args: Int32Array): number[] {
  const b = code.co_code, n = ops.length;
  let ext = 0, last = -1;
  const starts: number[] = [];
  for (let i = 0; i < n;) {
    starts.push(i);
    let op = b[2 * i];
    if (op >= 129 || op === 3) op = DEOPT[op] ?? op;
    const arg = ext | b[2 * i + 1];
    ops[i] = op;
    args[i] = arg;
    if (op === O.EXTENDED_ARG) {
      ext = arg << 8;
      i++;
      continue;
    }
    ext = 0;
    const before = last;
    last = op;
    const next = i + 1 + CACHES[op];
    switch (op) {
      case O.POP_TOP:
        if (!RESULTS.includes(before)) ops[i] = DROP;
        break;
      case O.BINARY_OP:
        ops[i] = BINARY[arg] ?? op;
        break;
      case O.COMPARE_OP:
        ops[i] = COMPARE[arg >> 5];
        break;
      case O.LOAD_ATTR:
        args[i] = arg >> 1;
        if ((arg & 1) !== 0) ops[i] = LOAD_METHOD;
        break;
      case O.LOAD_GLOBAL:
        args[i] = arg >> 1;
        if ((arg & 1) !== 0) ops[i] = LOAD_GLOBAL_NULL;
        break;
      case O.POP_JUMP_IF_FALSE:
      case O.POP_JUMP_IF_TRUE:
      case O.POP_JUMP_IF_NONE:
      case O.POP_JUMP_IF_NOT_NONE:
      case O.JUMP_FORWARD:
      case O.SEND:
        args[i] = next + arg;
        break;
      case O.FOR_ITER:
        // an ended loop goes on behind its END_FOR
        args[i] = next + arg + 1;
        break;
      case O.JUMP_BACKWARD_NO_INTERRUPT: {
        args[i] = next - arg;
        // the compiler's loops have a RESUME, which polls; what is from outside could run for ever
        if (code.foreign) ops[i] = O.JUMP_BACKWARD;
        break;
      }
      case O.JUMP_BACKWARD:
      case O.END_ASYNC_FOR:
        args[i] = next - arg;
        break;
    }
    i = next;
  }
  return starts;
}

/** One row of an exception table: instruction indexes, stack depth, whether lasti is pushed. */
export interface Handler {
  start: number;
  end: number;
  target: number;
  depth: number;
  lasti: boolean;
}

const NO_HANDLERS: Handler[] = [];

/** What an Interpreter keeps of a code object. */
export class Prep {
  readonly code: PyCode;
  readonly ops: Uint8Array;
  readonly args: Int32Array;
  /** The opcodes of code whose sites were observed, as they are before anything is cached. */
  readonly warm: Uint8Array;
  /** Observations (see observe.ts); undefined until there are some. */
  sites: Uint8Array | undefined = undefined;
  /** Where cold sites are run from, and the one that ran last. */
  solo: Uint8Array | undefined = undefined;
  soloAt = 0;
  /** Inline caches by instruction index. */
  // deno-lint-ignore no-explicit-any
  readonly cache: any[];
  readonly consts: Value[];
  readonly names: readonly string[];
  readonly nlocals: number;
  readonly stacksize: number;
  readonly argcount: number;
  /** A call with exactly this many positional arguments binds by copying; -1: none does. */
  readonly exact: number;
  readonly handlers: Handler[];
  /** Its operands may hold iterators of loops. */
  readonly loops: boolean;
  /** Which events are on where; undefined until some were. */
  mon: CodeMonitor | undefined = undefined;
  /** Where it may drop watched objects (lifetime/armed.ts); undefined until there were some. */
  armed: ArmedCode | undefined = undefined;

  constructor(code: PyCode) {
    requireVerified(code);
    if (!lengthsMade) makeLengths();
    this.code = code;
    this.consts = general(constsHere(code));
    this.names = code.co_names;
    this.nlocals = code.co_localsplusnames.length;
    this.stacksize = code.co_stacksize + 1;
    this.argcount = code.co_argcount;
    // a module's code called as a function has the globals as its namespace: not a plain call
    const simple = code.co_kwonlyargcount === 0 &&
      (code.co_flags & (CO_OPTIMIZED | CO_VARARGS | CO_VARKEYWORDS)) === CO_OPTIMIZED;
    this.exact = simple ? code.co_argcount : -1;
    const known = code.shared ? fresh.get(code) : undefined, f = known ?? new Fresh(code);
    if (code.shared && known === undefined) {
      // worth keeping once a second Interpreter runs the code
      fresh.set(code, fresh.has(code) ? f : undefined);
    }
    this.ops = fresh.get(code) === undefined ? f.ops : f.ops.slice();
    this.args = f.args;
    this.warm = f.warm;
    this.cache = undefs(f.ops.length);
    this.loops = f.loops;
    this.handlers = f.handlers;
  }
}

/** Prepared code that has not run; what does not change of it is for all Interpreters. */
class Fresh {
  readonly ops: Uint8Array;
  readonly args: Int32Array;
  readonly warm: Uint8Array;
  readonly loops: boolean;
  readonly handlers: Handler[];
  constructor(code: PyCode) {
    const n = code.co_code.length >> 1;
    const base = new Uint8Array(n), args = this.args = new Int32Array(n), bytes = code.co_code;
    const starts = baseOps(code, base, args);
    this.loops = starts.some((i) => base[i] === O.GET_ITER || base[i] === O.GET_AITER);
    const warm = this.warm = base.slice();
    fuse(warm, starts, args);
    const ops = this.ops = warm.slice();
    for (const i of starts) {
      const cold = COLD[bytes[2 * i]];
      if (cold === undefined) continue;
      ops[i] = cold;
      if (i > 0 && isOverNext[warm[i - 1]] !== 0) ops[i - 1] = base[i - 1];
      if (i > 1 && warm[i - 2] === COPY2_SUBSCR) ops[i - 2] = base[i - 2];
    }
    this.handlers = parseHandlers(code.co_exceptiontable);
  }
}
const fresh = new WeakMap<PyCode, Fresh | undefined>();

/** Decodes an exception table (varints of six bits, start of a row marked by bit 7). */
export function parseHandlers(t: Uint8Array): Handler[] {
  if (t.length === 0) return NO_HANDLERS;
  const out: Handler[] = [];
  let i = 0;
  const varint = (): number => {
    let b = t[i++];
    let v = b & 63;
    while ((b & 64) !== 0) {
      b = t[i++];
      v = v * 64 + (b & 63);
    }
    return v;
  };
  while (i < t.length) {
    const start = varint(), length = varint(), target = varint(), dl = varint();
    out.push({ start, end: start + length, target, depth: dl >> 1, lasti: (dl & 1) !== 0 });
  }
  return out;
}

/** Is it the unspecialised LOAD_ATTR, which may call Python functions? */
export function isLoadAttr(op: number): boolean {
  return op === O.LOAD_ATTR || op === LOAD_METHOD;
}

/** The handler that covers an instruction, or undefined; rows are sorted by start. */
export function findHandler(hs: Handler[], pc: number): Handler | undefined {
  for (let i = 0; i < hs.length; i++) {
    const h = hs[i];
    if (pc < h.start) return undefined;
    if (pc < h.end) return h;
  }
  return undefined;
}

export { CO_FAST_CELL, CO_FAST_FREE };
