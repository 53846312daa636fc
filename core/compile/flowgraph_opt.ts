// CPython 3.14: Python/flowgraph.c (optimize_cfg)
//
// The passes that rewrite instructions. They leave NOPs behind; a NOP stays
// only where it is the one instruction of its line, so that tracing sees it.

import * as N from "../code/opnums.ts";
import {
  type Block,
  type Cfg,
  type CfgInstr,
  checkCfg,
  exitsScope,
  FlowGraphError,
  hasFallthrough,
  hasNoLineno,
  isGoto,
  isJump,
  lastInstr,
  nextNonempty,
  removeUnreachable,
  resolveLineNumbers,
} from "./flowgraph.ts";
import type { ConstOps } from "./constfold.ts";
import type { ConstTable } from "./consts.ts";
import {
  constValue,
  foldAppends,
  foldBinary,
  foldListToTuple,
  foldTuple,
  foldUnary,
  makeLoadSmallInt,
  optimizeListOrSet,
} from "./flowgraph_fold.ts";
import { None } from "../objects/object.ts";

// CALL_INTRINSIC_1 arguments.
const INTRINSIC_UNARY_POSITIVE = 5;
const INTRINSIC_LIST_TO_TUPLE = 6;

/** Blocks up to this size that leave the scope are copied to their jumps. */
const MAX_COPY_SIZE = 4;

// NOPs and jumps

function removeRedundantNopsIn(b: Block): number {
  const instrs = b.instrs;
  const n = instrs.length;
  let dest = 0;
  let prevLine = -1;
  for (let src = 0; src < n; src++) {
    const instr = instrs[src];
    const line = instr.loc.lineno;
    if (instr.op === N.NOP) {
      if (line < 0 || prevLine === line) continue;
      if (src < n - 1) {
        const next = instrs[src + 1];
        if (next.loc.lineno === line) continue;
        if (next.loc.lineno < 0) {
          next.loc = instr.loc;
          continue;
        }
      } else if (firstLineOf(nextNonempty(b.next)) === line) {
        continue;
      }
    }
    instrs[dest++] = instr;
    prevLine = line;
  }
  for (let i = dest; i < n; i++) b.leftHandlers[i] = instrs[i].except;
  instrs.length = dest;
  return n - dest;
}

/** Line of the first instruction that is not a NOP about to go. */
function firstLineOf(b: Block | null): number {
  if (b === null) return -1;
  for (const instr of b.instrs) {
    if (instr.op === N.NOP && instr.loc.lineno < 0) continue;
    return instr.loc.lineno;
  }
  return -1;
}

/** Removes the NOPs that no line needs; returns how many. */
export function removeRedundantNops(g: Cfg): number {
  let changes = 0;
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    changes += removeRedundantNopsIn(b);
  }
  return changes;
}

/** A value pushed and popped at once. */
function removeRedundantNopsAndPairs(entry: Block): void {
  for (let done = false; !done;) {
    done = true;
    let instr: CfgInstr | null = null;
    for (let b: Block | null = entry; b !== null; b = b.next) {
      removeRedundantNopsIn(b);
      if (b.label >= 0) instr = null;
      for (const current of b.instrs) {
        const prev: CfgInstr | null = instr;
        instr = current;
        if (prev === null || current.op !== N.POP_TOP) continue;
        if (
          prev.op === N.LOAD_CONST || prev.op === N.LOAD_SMALL_INT ||
          (prev.op === N.COPY && prev.arg === 1)
        ) {
          prev.set0(N.NOP);
          current.set0(N.NOP);
          done = false;
        }
      }
      if ((instr !== null && isJump(instr.op)) || !hasFallthrough(b)) {
        instr = null;
      }
    }
  }
}

function removeRedundantJumps(g: Cfg): number {
  let changes = 0;
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === undefined || !isGoto(last.op)) continue;
    const target = nextNonempty(last.target);
    if (target === null) {
      throw new FlowGraphError("SystemError", "jump with NULL target");
    }
    if (target === nextNonempty(b.next)) {
      last.set0(N.NOP);
      changes++;
    }
  }
  return changes;
}

/** Removes NOPs and jumps to the next instruction until none is left. */
export function removeRedundantNopsAndJumps(g: Cfg): void {
  while (removeRedundantNops(g) + removeRedundantJumps(g) > 0);
}

function inlineSmallBlock(b: Block): boolean {
  const last = lastInstr(b);
  if (last === undefined || !isGoto(last.op)) return false;
  const target = last.target!;
  const smallExit = exitsScope(target) &&
    target.instrs.length <= MAX_COPY_SIZE;
  const noLine = hasNoLineno(target) && !hasFallthrough(target);
  if (!smallExit && !noLine) return false;
  const removed = last.op;
  last.set0(N.NOP);
  for (const instr of target.instrs.slice()) b.instrs.push(instr.clone());
  if (noLine) {
    const end = lastInstr(b)!;
    // A jump that polls the breaker must go on polling it.
    if (isGoto(end.op) && removed === N.JUMP) end.op = N.JUMP;
  }
  target.predecessors--;
  return true;
}

function inlineSmallOrNoLinenoBlocks(entry: Block): void {
  for (let changes = true; changes;) {
    changes = false;
    for (let b: Block | null = entry; b !== null; b = b.next) {
      if (inlineSmallBlock(b)) changes = true;
    }
  }
}

/** Lets a jump to a jump go where that one goes. */
function threadJump(
  b: Block,
  instr: CfgInstr,
  target: CfgInstr,
  op: number,
): boolean {
  if (instr.target === target.target) return false;
  instr.set0(N.NOP);
  b.addJump(op, target.target!, target.loc);
  return true;
}

// SWAP

/** Replaces a run of SWAPs by the shortest one; returns the run's last index. */
function swaptimize(b: Block, at: number): number {
  const instrs = b.instrs;
  let depth = instrs[at].arg;
  let end = at + 1;
  let more = false;
  for (; end < instrs.length; end++) {
    const { op, arg } = instrs[end];
    if (op === N.SWAP) {
      depth = Math.max(depth, arg);
      more = true;
    } else if (op !== N.NOP) {
      break;
    }
  }
  if (!more) return at;
  const stack: number[] = [];
  for (let i = 0; i < depth; i++) stack.push(i);
  for (let i = at; i < end; i++) {
    if (instrs[i].op !== N.SWAP) continue;
    const k = instrs[i].arg - 1;
    const top = stack[0];
    stack[0] = stack[k];
    stack[k] = top;
  }
  // Each cycle of the permutation is walked once, through position 0; the
  // SWAPs are written from the end of the run backwards.
  const VISITED = -1;
  let current = end - 1;
  for (let i = 0; i < depth; i++) {
    if (stack[i] === VISITED || stack[i] === i) continue;
    for (let j = i;;) {
      if (j !== 0) instrs[current--].set1(N.SWAP, j + 1);
      if (stack[j] === VISITED) break;
      const next = stack[j];
      stack[j] = VISITED;
      j = next;
    }
  }
  while (current >= at) instrs[current--].set0(N.NOP);
  return end - 1;
}

function isSwappable(op: number): boolean {
  return op === N.STORE_FAST || op === N.STORE_FAST_MAYBE_NULL ||
    op === N.POP_TOP;
}

function storesTo(instr: CfgInstr): number {
  return instr.op === N.STORE_FAST || instr.op === N.STORE_FAST_MAYBE_NULL ? instr.arg : -1;
}

function nextSwappable(b: Block, i: number, line: number): number {
  while (++i < b.instrs.length) {
    const instr = b.instrs[i];
    // Names must be bound in the order that tracing by line can see.
    if (line >= 0 && instr.loc.lineno !== line) return -1;
    if (instr.op === N.NOP) continue;
    return isSwappable(instr.op) ? i : -1;
  }
  return -1;
}

/** Swaps stores and pops instead of operands, from SWAP `i` to the left. */
function applyStaticSwaps(b: Block, i: number): void {
  const instrs = b.instrs;
  for (; i >= 0; i--) {
    const swap = instrs[i];
    if (swap.op !== N.SWAP) {
      if (swap.op === N.NOP || isSwappable(swap.op)) continue;
      return;
    }
    const j = nextSwappable(b, i, -1);
    if (j < 0) return;
    let k = j;
    const line = instrs[j].loc.lineno;
    for (let count = swap.arg - 1; count > 0; count--) {
      k = nextSwappable(b, k, line);
      if (k < 0) return;
    }
    const storeJ = storesTo(instrs[j]), storeK = storesTo(instrs[k]);
    if (storeJ >= 0 || storeK >= 0) {
      if (storeJ === storeK) return;
      for (let between = j + 1; between < k; between++) {
        const store = storesTo(instrs[between]);
        if (store >= 0 && (store === storeJ || store === storeK)) return;
      }
    }
    swap.set0(N.NOP);
    const temp = instrs[j];
    instrs[j] = instrs[k];
    instrs[k] = temp;
  }
}

// Constants

function optimizeLoadConst(b: Block, consts: ConstTable, ops: ConstOps): void {
  const instrs = b.instrs;
  let op = 0, arg = 0;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    if (instr.op === N.LOAD_CONST) {
      makeLoadSmallInt(instr, consts.values[instr.arg]);
    }
    // A copied constant counts as the constant.
    const isCopy = op === N.LOAD_CONST && instr.op === N.COPY &&
      instr.arg === 1;
    if (!isCopy) {
      op = instr.op;
      arg = instr.arg;
    }
    if (op !== N.LOAD_CONST && op !== N.LOAD_SMALL_INT) continue;
    const next = instrs[i + 1];
    switch (next?.op) {
      case N.POP_JUMP_IF_FALSE:
      case N.POP_JUMP_IF_TRUE:
      case N.JUMP_IF_FALSE:
      case N.JUMP_IF_TRUE: {
        const truth = ops.truth(constValue(op, arg, consts));
        const pops = next.op === N.POP_JUMP_IF_FALSE ||
          next.op === N.POP_JUMP_IF_TRUE;
        const jumpIf = next.op === N.POP_JUMP_IF_TRUE ||
          next.op === N.JUMP_IF_TRUE;
        if (pops) instr.set0(N.NOP);
        if (truth === jumpIf) next.op = N.JUMP;
        else next.set0(N.NOP);
        break;
      }
      case N.IS_OP: {
        if (constValue(op, arg, consts) !== None) break;
        let jump = instrs[i + 2];
        if (jump === undefined) break;
        if (jump.op === N.TO_BOOL) {
          jump.set0(N.NOP);
          jump = instrs[i + 3];
          if (jump === undefined) break;
        }
        let invert = next.arg !== 0;
        if (jump.op === N.POP_JUMP_IF_FALSE) invert = !invert;
        else if (jump.op !== N.POP_JUMP_IF_TRUE) break;
        instr.set0(N.NOP);
        next.set0(N.NOP);
        jump.op = invert ? N.POP_JUMP_IF_NOT_NONE : N.POP_JUMP_IF_NONE;
        break;
      }
      case N.TO_BOOL: {
        const index = consts.add(ops.truth(constValue(op, arg, consts)));
        instr.set0(N.NOP);
        next.set1(N.LOAD_CONST, index);
        break;
      }
    }
  }
}

// The peephole

function optimizeBlock(b: Block, consts: ConstTable, ops: ConstOps): void {
  const instrs = b.instrs;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    const { op, arg } = instr;
    const next: CfgInstr | undefined = instrs[i + 1];
    const nextop = next === undefined ? 0 : next.op;
    const target = instr.target !== null && isJump(op) ? instr.target.instrs[0] : undefined;
    switch (op) {
      case N.BUILD_TUPLE:
        if (nextop === N.UNPACK_SEQUENCE && arg === next.arg) {
          if (arg === 1) {
            instr.set0(N.NOP);
            next.set0(N.NOP);
            continue;
          }
          if (arg === 2 || arg === 3) {
            instr.set0(N.NOP);
            next.op = N.SWAP;
            continue;
          }
        }
        foldTuple(b, i, consts);
        break;
      case N.BUILD_LIST:
      case N.BUILD_SET:
        optimizeListOrSet(b, i, nextop, consts, ops);
        break;
      case N.LIST_APPEND:
      case N.SET_ADD:
        foldAppends(b, i, nextop, consts, ops);
        break;
      case N.POP_JUMP_IF_NOT_NONE:
      case N.POP_JUMP_IF_NONE:
      case N.POP_JUMP_IF_FALSE:
      case N.POP_JUMP_IF_TRUE:
        if (target?.op === N.JUMP && threadJump(b, instr, target, op)) i--;
        break;
      case N.JUMP_IF_FALSE:
      case N.JUMP_IF_TRUE: {
        const opposite = op === N.JUMP_IF_TRUE ? N.JUMP_IF_FALSE : N.JUMP_IF_TRUE;
        if (target?.op === N.JUMP || target?.op === op) {
          if (threadJump(b, instr, target, op)) i--;
        } else if (target?.op === opposite) {
          instr.target = instr.target!.next;
          i--;
        }
        break;
      }
      case N.JUMP:
      case N.JUMP_NO_INTERRUPT:
        if (target?.op === N.JUMP) {
          if (threadJump(b, instr, target, N.JUMP)) i--;
        } else if (target?.op === N.JUMP_NO_INTERRUPT) {
          if (threadJump(b, instr, target, op)) i--;
        }
        break;
      case N.STORE_FAST:
        if (
          nextop === N.STORE_FAST && arg === next.arg &&
          instr.loc.lineno === next.loc.lineno
        ) {
          instr.set0(N.POP_TOP);
        }
        break;
      case N.SWAP:
        if (arg === 1) instr.set0(N.NOP);
        break;
      case N.LOAD_GLOBAL:
        if (nextop === N.PUSH_NULL && (arg & 1) === 0) {
          instr.set1(N.LOAD_GLOBAL, arg | 1);
          next.set0(N.NOP);
        }
        break;
      case N.COMPARE_OP:
        if (nextop === N.TO_BOOL) {
          instr.set0(N.NOP);
          next.set1(N.COMPARE_OP, arg | 16);
        }
        break;
      case N.CONTAINS_OP:
      case N.IS_OP:
        if (nextop === N.TO_BOOL) {
          instr.set0(N.NOP);
          next.set1(op, arg);
        } else if (nextop === N.UNARY_NOT) {
          instr.set0(N.NOP);
          next.set1(op, arg ^ 1);
        }
        break;
      case N.TO_BOOL:
        if (nextop === N.TO_BOOL) instr.set0(N.NOP);
        break;
      case N.UNARY_NOT:
        if (nextop === N.TO_BOOL) {
          instr.set0(N.NOP);
          next.set0(N.UNARY_NOT);
        } else if (nextop === N.UNARY_NOT) {
          instr.set0(N.NOP);
          next.set0(N.NOP);
        } else {
          foldUnary(b, i, consts, ops);
        }
        break;
      case N.UNARY_INVERT:
      case N.UNARY_NEGATIVE:
        foldUnary(b, i, consts, ops);
        break;
      case N.CALL_INTRINSIC_1:
        if (arg === INTRINSIC_LIST_TO_TUPLE) {
          if (!foldListToTuple(b, i, consts) && nextop === N.GET_ITER) {
            instr.set0(N.NOP);
          }
        } else if (arg === INTRINSIC_UNARY_POSITIVE) {
          foldUnary(b, i, consts, ops);
        }
        break;
      case N.BINARY_OP:
        foldBinary(b, i, consts, ops);
        break;
    }
  }
  for (let i = 0; i < instrs.length; i++) {
    if (instrs[i].op === N.SWAP) {
      i = swaptimize(b, i);
      applyStaticSwaps(b, i);
    }
  }
}

/** All rewriting passes, in CPython's order. */
export function optimizeCfg(g: Cfg, consts: ConstTable, ops: ConstOps): void {
  checkCfg(g);
  inlineSmallOrNoLinenoBlocks(g.entry);
  removeUnreachable(g.entry);
  resolveLineNumbers(g.entry);
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    optimizeLoadConst(b, consts, ops);
  }
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    optimizeBlock(b, consts, ops);
  }
  removeRedundantNopsAndPairs(g.entry);
  removeUnreachable(g.entry);
  removeRedundantNopsAndJumps(g);
}

function makeSuperInstruction(
  first: CfgInstr,
  second: CfgInstr,
  op: number,
): void {
  const a = first.loc.lineno, b = second.loc.lineno;
  if (a >= 0 && b >= 0 && a !== b) return;
  if (first.arg >= 16 || second.arg >= 16) return;
  first.set1(op, (first.arg << 4) | second.arg);
  second.set0(N.NOP);
}

/** Joins pairs of loads and stores of locals. */
export function insertSuperinstructions(g: Cfg): void {
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    const instrs = b.instrs;
    for (let i = 0; i + 1 < instrs.length; i++) {
      const instr = instrs[i], next = instrs[i + 1];
      if (instr.op === N.LOAD_FAST) {
        if (next.op === N.LOAD_FAST) {
          makeSuperInstruction(instr, next, N.LOAD_FAST_LOAD_FAST);
        }
      } else if (instr.op === N.STORE_FAST) {
        if (next.op === N.LOAD_FAST) {
          makeSuperInstruction(instr, next, N.STORE_FAST_LOAD_FAST);
        } else if (next.op === N.STORE_FAST) {
          makeSuperInstruction(instr, next, N.STORE_FAST_STORE_FAST);
        }
      }
    }
  }
  removeRedundantNops(g);
}

/** Drops constants that no instruction loads; the first one (a docstring?) stays. */
export function removeUnusedConsts(entry: Block, consts: ConstTable): void {
  const n = consts.values.length;
  if (n === 0) return;
  const used = new Uint8Array(n);
  used[0] = 1;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      if (instr.op === N.LOAD_CONST) used[instr.arg] = 1;
    }
  }
  const kept: number[] = [];
  const newIndex = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    if (used[i]) newIndex[i] = kept.push(i) - 1;
  }
  if (kept.length === n) return;
  consts.keep(kept);
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      if (instr.op === N.LOAD_CONST) instr.arg = newIndex[instr.arg];
    }
  }
}
