// CPython 3.14: Python/flowgraph.c (constant folding)
//
// Replaces instructions that compute a constant by a load of it. The operands'
// instructions become NOPs without a location; the result takes the place and
// the location of the operation.

import * as N from "../code/opnums.ts";
import { PyTuple, type Value } from "../objects/object.ts";
import type { ConstOps } from "./constfold.ts";
import type { ConstTable } from "./consts.ts";
import type { Block, CfgInstr } from "./flowgraph.ts";
import { NO_LOCATION } from "./instructions.ts";

/** Longest display that is folded. */
const MAX_DISPLAY = 30;
/** Shortest list or set display that is built from one constant. */
const MIN_CONST_SEQUENCE_SIZE = 3;

function loadsConst(op: number): boolean {
  return op === N.LOAD_CONST || op === N.LOAD_SMALL_INT;
}

/** The constant that an instruction loads. */
export function constValue(
  op: number,
  arg: number,
  consts: ConstTable,
): Value {
  return op === N.LOAD_SMALL_INT ? arg : consts.values[arg];
}

/** The `size` constant loads that end at `start` (NOPs between them), or null. */
function constLoads(
  b: Block,
  start: number,
  size: number,
): CfgInstr[] | null {
  const found: CfgInstr[] = [];
  for (; start >= 0 && found.length < size; start--) {
    const instr = b.instrs[start];
    if (instr.op === N.NOP) continue;
    if (!loadsConst(instr.op)) return null;
    found.push(instr);
  }
  return found.length === size ? found.reverse() : null;
}

function nopOut(instr: CfgInstr): void {
  instr.set0(N.NOP);
  instr.loc = NO_LOCATION;
}

/** Turns a load of a small int into LOAD_SMALL_INT. */
export function makeLoadSmallInt(instr: CfgInstr, value: Value): boolean {
  if (typeof value === "number" && value >= 0 && value <= 255) {
    instr.set1(N.LOAD_SMALL_INT, value);
    return true;
  }
  return false;
}

function makeLoadConst(
  instr: CfgInstr,
  value: Value,
  consts: ConstTable,
): void {
  if (!makeLoadSmallInt(instr, value)) {
    instr.set1(N.LOAD_CONST, consts.add(value));
  }
}

function valuesOf(loads: readonly CfgInstr[], consts: ConstTable): Value[] {
  return loads.map((load) => constValue(load.op, load.arg, consts));
}

/** LOAD_CONST... BUILD_TUPLE n */
export function foldTuple(b: Block, i: number, consts: ConstTable): void {
  const instr = b.instrs[i];
  const size = instr.arg;
  if (size > MAX_DISPLAY) return;
  const loads = constLoads(b, i - 1, size);
  if (loads === null) return;
  const tuple = new PyTuple(valuesOf(loads, consts));
  loads.forEach(nopOut);
  makeLoadConst(instr, tuple, consts);
}

/**
 * The constants that a run of `build` 0, (LOAD_CONST, `append` 1)... adds, and
 * the start of the run, looked for from `end` backwards; null if it is none.
 */
function appendedConsts(
  b: Block,
  end: number,
  build: number,
  append: number,
  consts: ConstTable,
): { start: number; values: Value[] } | null {
  const values: Value[] = [];
  let expectAppend = true;
  for (let start = end; start >= 0; start--) {
    const { op, arg } = b.instrs[start];
    if (op === N.NOP) continue;
    if (op === build && arg === 0) {
      return expectAppend ? { start, values: values.reverse() } : null;
    }
    if (expectAppend) {
      if (op !== append || arg !== 1) return null;
    } else {
      if (!loadsConst(op)) return null;
      values.push(constValue(op, arg, consts));
    }
    expectAppend = !expectAppend;
  }
  return null;
}

function nopOutRange(b: Block, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    if (b.instrs[i].op !== N.NOP) nopOut(b.instrs[i]);
  }
}

/** BUILD_LIST 0, (LOAD_CONST, LIST_APPEND 1)..., INTRINSIC_LIST_TO_TUPLE */
export function foldListToTuple(
  b: Block,
  i: number,
  consts: ConstTable,
): boolean {
  const run = appendedConsts(b, i - 1, N.BUILD_LIST, N.LIST_APPEND, consts);
  if (run === null) return false;
  nopOutRange(b, run.start, i);
  makeLoadConst(b.instrs[i], new PyTuple(run.values), consts);
  return true;
}

/**
 * A display too long for the operand stack, of constants, that is only
 * iterated over or searched: `i` is its last LIST_APPEND or SET_ADD.
 */
export function foldAppends(
  b: Block,
  i: number,
  nextop: number,
  consts: ConstTable,
  ops: ConstOps,
): void {
  if (nextop !== N.GET_ITER && nextop !== N.CONTAINS_OP) return;
  const append = b.instrs[i].op;
  const isList = append === N.LIST_APPEND;
  const build = isList ? N.BUILD_LIST : N.BUILD_SET;
  const run = appendedConsts(b, i, build, append, consts);
  if (run === null) return;
  // the constant, too, is left without a location
  nopOutRange(b, run.start, i + 1);
  makeLoadConst(
    b.instrs[i],
    isList ? new PyTuple(run.values) : ops.frozenset(run.values),
    consts,
  );
}

/**
 * A display of constants that is only iterated over or searched becomes a
 * constant; a longer one is built by extending an empty list or set with one.
 */
export function optimizeListOrSet(
  b: Block,
  i: number,
  nextop: number,
  consts: ConstTable,
  ops: ConstOps,
): void {
  const instr = b.instrs[i];
  const size = instr.arg;
  const isList = instr.op === N.BUILD_LIST;
  const containsOrIter = nextop === N.GET_ITER || nextop === N.CONTAINS_OP;
  if (
    size > MAX_DISPLAY || (size < MIN_CONST_SEQUENCE_SIZE && !containsOrIter)
  ) return;
  const loads = constLoads(b, i - 1, size);
  if (loads === null) {
    if (containsOrIter && isList) instr.op = N.BUILD_TUPLE;
    return;
  }
  const values = valuesOf(loads, consts);
  const index = consts.add(
    isList ? new PyTuple(values) : ops.frozenset(values),
  );
  loads.forEach(nopOut);
  if (containsOrIter) {
    instr.set1(N.LOAD_CONST, index);
    return;
  }
  b.instrs[i - 2].loc = instr.loc;
  b.instrs[i - 2].set1(instr.op, 0);
  b.instrs[i - 1].set1(N.LOAD_CONST, index);
  instr.set1(isList ? N.LIST_EXTEND : N.SET_UPDATE, 1);
}

/** LOAD_CONST, LOAD_CONST, BINARY_OP */
export function foldBinary(
  b: Block,
  i: number,
  consts: ConstTable,
  ops: ConstOps,
): void {
  const loads = constLoads(b, i - 1, 2);
  if (loads === null) return;
  const [left, right] = valuesOf(loads, consts);
  const value = ops.binary(b.instrs[i].arg, left, right);
  if (value === undefined) return;
  loads.forEach(nopOut);
  makeLoadConst(b.instrs[i], value, consts);
}

/** LOAD_CONST, UNARY_* */
export function foldUnary(
  b: Block,
  i: number,
  consts: ConstTable,
  ops: ConstOps,
): void {
  const loads = constLoads(b, i - 1, 1);
  if (loads === null) return;
  const op = b.instrs[i].op;
  const [operand] = valuesOf(loads, consts);
  const value = ops.unary(
    op === N.UNARY_NEGATIVE ? "-" : op === N.UNARY_INVERT ? "~" : op === N.UNARY_NOT ? "not" : "+",
    operand,
  );
  if (value === undefined) return;
  loads.forEach(nopOut);
  makeLoadConst(b.instrs[i], value, consts);
}
