// CPython 3.14: Python/flowgraph.c (_PyCfg_OptimizedCfgToInstructionSequence)
//
// The whole way of a graph through the optimiser, and what follows it: stack
// depth, the prefix of generators and closures, the numbering of cells, pseudo
// instructions, and the direction of jumps.

import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR } from "../code/code.ts";
import * as N from "../code/opnums.ts";
import { hasTarget, stackEffect } from "../code/opcodes.ts";
import { type ConstOps, constOps } from "./constfold.ts";
import type { ConstTable } from "./consts.ts";
import {
  Block,
  type Cfg,
  cfgFromSequence,
  CfgInstr,
  cfgToSequence,
  FlowGraphError,
  isBlockPush,
  isGoto,
  isScopeExit,
  labelExceptionTargets,
  lastInstr,
  markExceptHandlers,
  resolveLineNumbers,
} from "./flowgraph.ts";
import { addChecksForUnboundLocals, optimizeLoadFast, pushColdBlocksToEnd } from "./flowgraph_locals.ts";
import {
  insertSuperinstructions,
  optimizeCfg,
  removeRedundantNopsAndJumps,
  removeUnusedConsts,
} from "./flowgraph_opt.ts";
import { type CompileUnitMeta, type InstrSequence, makeLoc, NO_LOCATION } from "./instructions.ts";

/** The graph's passes on a sequence that stands alone, for `_testinternalcapi`. */
export function optimizeSequence(seq: InstrSequence, consts: ConstTable, nlocals: number): InstrSequence {
  const g = cfgFromSequence(seq);
  checkConsts(g, consts);
  optimizeCodeUnit(g, consts, constOps, nlocals, 0);
  calculateStackDepth(g);
  optimizeLoadFast(g.entry);
  return cfgToSequence(g);
}

function checkConsts(g: Cfg, consts: ConstTable): void {
  const n = consts.values.length;
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    for (const { op, arg } of b.instrs) {
      if (op === N.LOAD_CONST && arg >= n) {
        throw new FlowGraphError("ValueError", `LOAD_CONST index ${arg} is out of range for consts (len=${n})`);
      }
    }
  }
}

/** A sequence that stands alone made ready for the assembler without optimising it. */
export function finishSequence(seq: InstrSequence, meta: CompileUnitMeta, flags: number): OptimizedUnit {
  const g = cfgFromSequence(seq);
  labelExceptionTargets(g.entry);
  return finishUnit(g, meta, flags);
}

const UNKNOWN = -(2 ** 31);

/** Everything up to the final order of the blocks. */
export function optimizeCodeUnit(
  g: Cfg,
  consts: ConstTable,
  ops: ConstOps,
  nlocals: number,
  nparams: number,
): void {
  markExceptHandlers(g.entry);
  labelExceptionTargets(g.entry);
  optimizeCfg(g, consts, ops);
  removeUnusedConsts(g.entry, consts);
  addChecksForUnboundLocals(g.entry, nlocals, nparams);
  insertSuperinstructions(g);
  pushColdBlocksToEnd(g);
  resolveLineNumbers(g.entry);
}

function effectOf(instr: CfgInstr, jump: boolean): number {
  const effect = stackEffect(instr.op, instr.arg, jump);
  if (effect === undefined) {
    throw new FlowGraphError(
      "SystemError",
      `Invalid stack effect for opcode=${instr.op}, arg=${instr.arg}`,
    );
  }
  return effect;
}

/** The deepest stack on any path; sets the blocks' start depths. */
export function calculateStackDepth(g: Cfg): number {
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    b.startDepth = UNKNOWN;
  }
  let max = 0;
  const todo: Block[] = [];
  const push = (b: Block, depth: number) => {
    if (b.startDepth >= 0 && b.startDepth !== depth) {
      throw new FlowGraphError(
        "ValueError",
        "Invalid CFG, inconsistent stackdepth",
      );
    }
    if (b.startDepth < depth && b.startDepth < 100) {
      b.startDepth = depth;
      todo.push(b);
    }
  };
  push(g.entry, 0);
  while (todo.length > 0) {
    const b = todo.pop()!;
    let depth = b.startDepth;
    let next = b.next;
    for (const instr of b.instrs) {
      const after = depth + effectOf(instr, false);
      if (after < 0) {
        throw new FlowGraphError("ValueError", "Invalid CFG, stack underflow");
      }
      if (depth > max) max = depth;
      if (hasTarget(instr.op) && instr.op !== N.END_ASYNC_FOR) {
        push(instr.target!, depth + effectOf(instr, true));
      }
      depth = after;
      if (isGoto(instr.op) || isScopeExit(instr.op)) {
        next = null;
        break;
      }
    }
    if (next !== null) push(next, depth);
  }
  return max;
}

// Cells

/** The fast slot of each cell and free variable: an argument's own, or one behind the locals. */
function cellSlots(meta: CompileUnitMeta): Int32Array {
  const nlocals = meta.varnames.size;
  const n = meta.cellvars.size + meta.freevars.size;
  const slots = new Int32Array(n);
  for (let i = 0; i < n; i++) slots[i] = nlocals + i;
  meta.cellvars.list.forEach((name, i) => {
    const local = meta.varnames.get(name);
    if (local >= 0) slots[i] = local;
  });
  return slots;
}

function insertPrefix(
  meta: CompileUnitMeta,
  entry: Block,
  slots: Int32Array,
  flags: number,
): void {
  const prefix: CfgInstr[] = [];
  if (meta.freevars.size > 0) {
    prefix.push(
      new CfgInstr(N.COPY_FREE_VARS, meta.freevars.size, NO_LOCATION),
    );
  }
  const cells = meta.cellvars.list.map((_, i) => i);
  cells.sort((a, b) => slots[a] - slots[b]);
  for (const i of cells) {
    prefix.push(new CfgInstr(N.MAKE_CELL, i, NO_LOCATION));
  }
  if (flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) {
    const loc = makeLoc(meta.firstlineno, meta.firstlineno, -1, -1);
    prefix.push(new CfgInstr(N.RETURN_GENERATOR, 0, loc));
    prefix.push(new CfgInstr(N.POP_TOP, 0, loc));
  }
  if (prefix.length > 0) entry.instrs.unshift(...prefix);
}

/** Makes cell arguments slot numbers; returns how many cells share a local's slot. */
function fixCellOffsets(
  meta: CompileUnitMeta,
  entry: Block,
  slots: Int32Array,
): number {
  const nlocals = meta.varnames.size;
  let dropped = 0;
  for (let i = 0; i < slots.length; i++) {
    if (slots[i] === i + nlocals) slots[i] -= dropped;
    else dropped++;
  }
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      switch (instr.op) {
        case N.MAKE_CELL:
        case N.LOAD_CLOSURE:
        case N.LOAD_DEREF:
        case N.STORE_DEREF:
        case N.DELETE_DEREF:
        case N.LOAD_FROM_DICT_OR_DEREF:
          instr.arg = slots[instr.arg];
      }
    }
  }
  return dropped;
}

// Pseudo instructions

function convertPseudoConditionalJumps(g: Cfg): void {
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === undefined) continue;
    if (last.op !== N.JUMP_IF_FALSE && last.op !== N.JUMP_IF_TRUE) continue;
    last.op = last.op === N.JUMP_IF_FALSE ? N.POP_JUMP_IF_FALSE : N.POP_JUMP_IF_TRUE;
    const copy = new CfgInstr(N.COPY, 1, last.loc);
    const toBool = new CfgInstr(N.TO_BOOL, 0, last.loc);
    copy.except = toBool.except = last.except;
    b.instrs.splice(b.instrs.length - 1, 0, copy, toBool);
  }
}

function convertPseudoOps(g: Cfg): void {
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      if (isBlockPush(instr.op)) instr.set0(N.NOP);
      else if (instr.op === N.LOAD_CLOSURE) instr.op = N.LOAD_FAST;
      else if (instr.op === N.STORE_FAST_MAYBE_NULL) instr.op = N.STORE_FAST;
    }
  }
  removeRedundantNopsAndJumps(g);
}

// Conditional jumps

function reversed(op: number): number {
  switch (op) {
    case N.POP_JUMP_IF_NOT_NONE:
      return N.POP_JUMP_IF_NONE;
    case N.POP_JUMP_IF_NONE:
      return N.POP_JUMP_IF_NOT_NONE;
    case N.POP_JUMP_IF_FALSE:
      return N.POP_JUMP_IF_TRUE;
    case N.POP_JUMP_IF_TRUE:
      return N.POP_JUMP_IF_FALSE;
  }
  return 0;
}

/**
 * Conditional jumps only go forward: one that would go back is reversed and
 * jumps over an unconditional jump back.
 */
function normalizeJumps(g: Cfg): void {
  for (let b: Block | null = g.entry; b !== null; b = b.next) b.visited = false;
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    b.visited = true;
    const last = lastInstr(b);
    if (last === undefined) continue;
    const opposite = reversed(last.op);
    if (opposite === 0) continue;
    const target = last.target!;
    if (!target.visited) {
      const handler = b.leftHandlers[b.instrs.length] ?? null;
      b.add(N.NOT_TAKEN, 0, last.loc).except = handler;
      continue;
    }
    const back = new Block();
    back.add(N.NOT_TAKEN, 0, last.loc);
    back.addJump(N.JUMP, target, last.loc);
    back.startDepth = target.startDepth;
    last.op = opposite;
    last.target = b.next;
    back.cold = b.cold;
    back.next = b.next;
    b.next = back;
  }
}

/** The outcome of the flow graph. */
export interface OptimizedUnit {
  instrs: InstrSequence;
  stackDepth: number;
  nlocalsplus: number;
}

/** From the code generator's sequence to the assembler's. */
export function optimizeUnit(
  seq: InstrSequence,
  meta: CompileUnitMeta,
  consts: ConstTable,
  ops: ConstOps,
  flags: number,
  nparams: number,
): OptimizedUnit {
  const g = cfgFromSequence(seq);
  optimizeCodeUnit(g, consts, ops, meta.varnames.size, nparams);
  return finishUnit(g, meta, flags);
}

/** What follows the optimiser. */
function finishUnit(g: Cfg, meta: CompileUnitMeta, flags: number): OptimizedUnit {
  convertPseudoConditionalJumps(g);
  const stackDepth = calculateStackDepth(g);
  const slots = cellSlots(meta);
  insertPrefix(meta, g.entry, slots, flags);
  const dropped = fixCellOffsets(meta, g.entry, slots);
  convertPseudoOps(g);
  normalizeJumps(g);
  optimizeLoadFast(g.entry);
  return {
    instrs: cfgToSequence(g),
    stackDepth,
    nlocalsplus: meta.varnames.size + meta.cellvars.size +
      meta.freevars.size - dropped,
  };
}
