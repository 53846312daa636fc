// CPython 3.14: Python/flowgraph.c
//
// The control flow graph of one code unit: a singly linked list of basic
// blocks in the order of their code. A block is entered only at its first
// instruction and left only behind its last; it falls through to `next` unless
// its last instruction jumps for good or leaves the scope. Jumps and handler
// set-ups point at blocks.
//
// This file holds the graph, its construction from an instruction sequence and
// back, exception targets, reachability and line numbers. The passes that
// rewrite instructions are in flowgraph_opt.ts, constant folding in
// flowgraph_fold.ts, the analysis of locals in flowgraph_locals.ts, and what
// comes after the optimiser in flowgraph_final.ts.
//
// Locations are shared between instructions and never changed in place.

import { EVAL_BREAK, EXC, EXITS, FLAGS, GOTO, hasTarget, JUMP as JUMP_FLAG } from "../code/opcodes.ts";
import {
  ANNOTATIONS_PLACEHOLDER,
  NOP,
  POP_BLOCK,
  RESUME,
  SETUP_CLEANUP,
  SETUP_WITH,
  YIELD_VALUE,
} from "../code/opnums.ts";
import { Instr, InstrSequence, type Loc, NO_LOCATION } from "./instructions.ts";

/** An instruction of the graph. */
export class CfgInstr {
  op: number;
  arg: number;
  loc: Loc;
  /** Where a jump or a handler set-up leads. */
  target: Block | null = null;
  /** The handler of exceptions raised here. */
  except: Block | null = null;

  constructor(op: number, arg: number, loc: Loc) {
    this.op = op;
    this.arg = arg;
    this.loc = loc;
  }

  /** Turns the instruction into another one without argument. */
  set0(op: number): void {
    this.op = op;
    this.arg = 0;
  }

  /** Turns the instruction into another one with an argument. */
  set1(op: number, arg: number): void {
    this.op = op;
    this.arg = arg;
  }

  /** A copy of the instruction. */
  clone(): CfgInstr {
    const copy = new CfgInstr(this.op, this.arg, this.loc);
    copy.target = this.target;
    copy.except = this.except;
    return copy;
  }
}

/** A basic block. */
export class Block {
  /** Number of the label in front of the block, or -1. */
  label = -1;
  instrs: CfgInstr[] = [];
  next: Block | null = null;
  /** Handlers that are open at the start (while targets are found). */
  exceptStack: Block[] | null = null;
  predecessors = 0;
  /** Stack depth at the start; negative while unknown. */
  startDepth = -1;
  /** The handler pushes the offset of the raising instruction. */
  preserveLasti = false;
  exceptHandler = false;
  cold = false;
  warm = false;
  visited = false;
  /**
   * CPython's array of instructions keeps what was there before NOPs were removed and the rest moved
   * down, and an instruction that is appended later takes over the handler it finds in its place.
   * So these are the handlers of such leftovers, by position.
   */
  leftHandlers: (Block | null)[] = [];
  /** Bit i is set if local i may be unbound at the start (two halves of 64). */
  unsafeLo = 0;
  unsafeHi = 0;

  /** Appends an instruction. */
  add(op: number, arg: number, loc: Loc): CfgInstr {
    const instr = new CfgInstr(op, arg, loc);
    this.instrs.push(instr);
    return instr;
  }

  /** Appends a jump. */
  addJump(op: number, target: Block, loc: Loc): void {
    const last = lastInstr(this);
    if (last !== undefined && isJump(last.op)) {
      throw new Error("flow graph: instruction behind a jump");
    }
    this.add(op, 0, loc).target = target;
  }
}

/** The graph. */
export class Cfg {
  entry: Block = new Block();
}

/** A flow graph that no code generator of gopy makes (hand-made sequences). */
export class FlowGraphError extends Error {
  /** "SystemError" or "ValueError". */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** The last instruction of a block. */
export function lastInstr(b: Block): CfgInstr | undefined {
  return b.instrs[b.instrs.length - 1];
}

/** Does the opcode jump (perhaps)? */
export function isJump(op: number): boolean {
  return (FLAGS[op] & JUMP_FLAG) !== 0;
}

/** Does the opcode jump always? */
export function isGoto(op: number): boolean {
  return (FLAGS[op] & GOTO) !== 0;
}

/** Does the opcode leave the scope? */
export function isScopeExit(op: number): boolean {
  return (FLAGS[op] & EXITS) !== 0;
}

/** Is it a SETUP_* pseudo instruction? */
export function isBlockPush(op: number): boolean {
  return (FLAGS[op] & EXC) !== 0;
}

/** Must the opcode be the last of its block? */
export function isTerminator(op: number): boolean {
  return (FLAGS[op] & (JUMP_FLAG | EXITS)) !== 0;
}

/** Can control reach the next block by falling through? */
export function hasFallthrough(b: Block): boolean {
  const last = lastInstr(b);
  return last === undefined || (FLAGS[last.op] & (GOTO | EXITS)) === 0;
}

/** The first block from `b` on that has instructions. */
export function nextNonempty(b: Block | null): Block | null {
  while (b !== null && b.instrs.length === 0) b = b.next;
  return b;
}

/** Does the block end by leaving the scope? */
export function exitsScope(b: Block): boolean {
  const last = lastInstr(b);
  return last !== undefined && isScopeExit(last.op);
}

/** True if no instruction of the block has a line number. */
export function hasNoLineno(b: Block): boolean {
  return b.instrs.every((instr) => instr.loc.lineno < 0);
}

/** Highest label in use, or -1. */
export function maxLabel(entry: Block): number {
  let max = -1;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    if (b.label > max) max = b.label;
  }
  return max;
}

/** Marks all blocks as not visited. */
export function clearVisited(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) b.visited = false;
}

// Construction

/** Makes the graph of an instruction sequence; labels become targets. */
export function cfgFromSequence(seq: InstrSequence): Cfg {
  seq.applyLabels();
  const { instrs } = seq;
  const isTarget = new Uint8Array(instrs.length + 1);
  for (const instr of instrs) {
    if (hasTarget(instr.op)) isTarget[instr.arg] = 1;
  }
  const g = new Cfg();
  const blockAt = new Map<number, Block>();
  let b = g.entry;
  const append = (instr: Instr, label: boolean, position: number) => {
    const last = lastInstr(b);
    if (
      (last !== undefined && isTerminator(last.op)) ||
      (label && (last !== undefined || b.label >= 0))
    ) {
      b = b.next = new Block();
    }
    if (label) {
      b.label = position;
      blockAt.set(position, b);
    }
    b.add(instr.op, instr.arg, instr.loc);
  };
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    if (instr.op === ANNOTATIONS_PLACEHOLDER) {
      for (const a of seq.annotationsCode?.instrs ?? []) append(a, false, -1);
      continue;
    }
    append(instr, isTarget[i] === 1, i);
  }
  for (let p: Block | null = g.entry; p !== null; p = p.next) {
    for (const instr of p.instrs) {
      if (!hasTarget(instr.op)) continue;
      const target = blockAt.get(instr.arg);
      if (target === undefined) {
        throw new FlowGraphError("SystemError", "jump to an unused label");
      }
      instr.target = target;
    }
  }
  return g;
}

/** Writes the graph as an instruction sequence whose jumps name positions. */
export function cfgToSequence(g: Cfg): InstrSequence {
  const seq = new InstrSequence();
  const position = new Map<Block, number>();
  let at = 0, label = 0;
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    b.label = label++;
    position.set(b, at);
    at += b.instrs.length;
  }
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      const arg = instr.target === null || !hasTarget(instr.op) ? instr.arg : position.get(instr.target)!;
      const out = new Instr(instr.op, arg, instr.loc);
      const handler = instr.except;
      if (handler !== null) {
        out.handler = {
          label: position.get(handler)!,
          startDepth: handler.startDepth,
          preserveLasti: handler.preserveLasti,
        };
      }
      seq.instrs.push(out);
    }
  }
  return seq;
}

/** Raises for a jump or an exit that is not the last of its block. */
export function checkCfg(g: Cfg): void {
  for (let b: Block | null = g.entry; b !== null; b = b.next) {
    for (let i = 0; i < b.instrs.length - 1; i++) {
      if (isTerminator(b.instrs[i].op)) {
        throw new FlowGraphError(
          "SystemError",
          "malformed control flow graph.",
        );
      }
    }
  }
}

// Exception handlers

/** Marks the blocks that start an exception handler. */
export function markExceptHandlers(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const instr of b.instrs) {
      if (isBlockPush(instr.op)) instr.target!.exceptHandler = true;
    }
  }
}

/** Gives each instruction its handler by following SETUP_* and POP_BLOCK. */
export function labelExceptionTargets(entry: Block): void {
  clearVisited(entry);
  const todo: Block[] = [entry];
  entry.visited = true;
  entry.exceptStack = [];
  const visit = (b: Block, stack: Block[]) => {
    b.exceptStack = stack;
    b.visited = true;
    todo.push(b);
  };
  while (todo.length > 0) {
    const b = todo.pop()!;
    const stack = b.exceptStack!;
    b.exceptStack = null;
    let handler = stack.length > 0 ? stack[stack.length - 1] : null;
    let lastYieldDepth = -1;
    for (const instr of b.instrs) {
      const op = instr.op;
      if (isBlockPush(op)) {
        const target = instr.target!;
        if (!target.visited) visit(target, stack.slice());
        if (op === SETUP_WITH || op === SETUP_CLEANUP) {
          target.preserveLasti = true;
        }
        stack.push(target);
        handler = target;
      } else if (op === POP_BLOCK) {
        stack.pop();
        handler = stack.length > 0 ? stack[stack.length - 1] : null;
        instr.set0(NOP);
      } else if (isJump(op)) {
        instr.except = handler;
        if (!instr.target!.visited) visit(instr.target!, stack.slice());
      } else {
        instr.except = handler;
        if (op === YIELD_VALUE) {
          lastYieldDepth = stack.length;
        } else if (op === RESUME && instr.arg !== 0) {
          // A generator may be closed without running it where it stands in
          // no other handler than its own StopIteration wrapper.
          if (lastYieldDepth === 1) instr.arg |= 4;
          lastYieldDepth = -1;
        }
      }
    }
    if (hasFallthrough(b) && b.next !== null && !b.next.visited) {
      visit(b.next, stack);
    }
  }
}

// Reachability

/** Counts predecessors and empties the blocks that cannot be reached. */
export function removeUnreachable(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    b.predecessors = 0;
    b.visited = false;
  }
  entry.predecessors = 1;
  entry.visited = true;
  const todo: Block[] = [entry];
  const reach = (b: Block) => {
    if (!b.visited) {
      b.visited = true;
      todo.push(b);
    }
    b.predecessors++;
  };
  while (todo.length > 0) {
    const b = todo.pop()!;
    if (b.next !== null && hasFallthrough(b)) reach(b.next);
    for (const instr of b.instrs) {
      if (hasTarget(instr.op)) reach(instr.target!);
    }
  }
  for (let b: Block | null = entry; b !== null; b = b.next) {
    if (b.predecessors === 0) {
      b.instrs.length = 0;
      b.exceptHandler = false;
    }
  }
}

// Line numbers

function isExitOrEvalCheckWithoutLineno(b: Block): boolean {
  const matters = exitsScope(b) ||
    b.instrs.some((instr) => (FLAGS[instr.op] & EVAL_BREAK) !== 0);
  return matters && hasNoLineno(b);
}

/**
 * An exit without a line number shows the line that led to it. So each jump to
 * such a block gets a copy of its own, and what is left has one predecessor.
 */
function duplicateExitsWithoutLineno(entry: Block): void {
  let label = maxLabel(entry) + 1;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === undefined || !isJump(last.op)) continue;
    const target = nextNonempty(last.target)!;
    if (!isExitOrEvalCheckWithoutLineno(target) || target.predecessors <= 1) {
      continue;
    }
    const copy = new Block();
    copy.instrs = target.instrs.map((instr) => instr.clone());
    copy.instrs[0].loc = last.loc;
    last.target = copy;
    target.predecessors--;
    copy.predecessors = 1;
    copy.next = target.next;
    copy.label = label++;
    target.next = copy;
  }
  for (let b: Block | null = entry; b !== null; b = b.next) {
    if (!hasFallthrough(b) || b.next === null || b.instrs.length === 0) {
      continue;
    }
    if (isExitOrEvalCheckWithoutLineno(b.next)) {
      b.next.instrs[0].loc = lastInstr(b)!.loc;
    }
  }
}

/** Instructions without a line take that of the one before, also across blocks. */
function propagateLineNumbers(entry: Block): void {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === undefined) continue;
    let prev = NO_LOCATION;
    for (const instr of b.instrs) {
      if (instr.loc.lineno === NO_LOCATION.lineno) instr.loc = prev;
      else prev = instr.loc;
    }
    const inherit = (to: Block | null) => {
      if (to === null || to.predecessors !== 1) return;
      const first = to.instrs[0];
      if (first !== undefined && first.loc.lineno === NO_LOCATION.lineno) {
        first.loc = prev;
      }
    };
    if (hasFallthrough(b)) inherit(b.next);
    if (isJump(last.op)) inherit(last.target);
  }
}

/** Gives line numbers to exits and to artificial instructions. */
export function resolveLineNumbers(entry: Block): void {
  duplicateExitsWithoutLineno(entry);
  propagateLineNumbers(entry);
}
