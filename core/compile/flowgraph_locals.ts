// CPython 3.14: Python/flowgraph.c (analysis of locals, cold blocks)
//
// Which loads of locals may find them unbound (LOAD_FAST_CHECK), which may
// borrow the local's reference because it outlives the use (LOAD_FAST_BORROW),
// and which blocks are only reached through exceptions and go to the end.

import * as N from "../code/opnums.ts";
import { numPopped, numPushed } from "../code/opcodes.ts";
import {
  Block,
  type Cfg,
  clearVisited,
  hasFallthrough,
  isBlockPush,
  isGoto,
  isJump,
  isScopeExit,
  lastInstr,
  maxLabel,
} from "./flowgraph.ts";
import { removeRedundantNopsAndJumps } from "./flowgraph_opt.ts";
import { hasTarget } from "../code/opcodes.ts";
import { NO_LOCATION } from "./instructions.ts";

// Unbound locals

function maybePush(b: Block, lo: number, hi: number, todo: Block[]): void {
  const newLo = b.unsafeLo | lo, newHi = b.unsafeHi | hi;
  if (newLo === b.unsafeLo && newHi === b.unsafeHi) return;
  b.unsafeLo = newLo;
  b.unsafeHi = newHi;
  if (!b.visited) {
    todo.push(b);
    b.visited = true;
  }
}

function scanBlockForLocals(b: Block, todo: Block[]): void {
  let lo = b.unsafeLo, hi = b.unsafeHi;
  for (const instr of b.instrs) {
    if (instr.except !== null) maybePush(instr.except, lo, hi, todo);
    const arg = instr.arg;
    if (arg >= 64) continue;
    const bit = 1 << (arg & 31);
    switch (instr.op) {
      case N.DELETE_FAST:
      case N.LOAD_FAST_AND_CLEAR:
      case N.STORE_FAST_MAYBE_NULL:
        if (arg < 32) lo |= bit;
        else hi |= bit;
        break;
      case N.LOAD_FAST:
        if (((arg < 32 ? lo : hi) & bit) !== 0) instr.op = N.LOAD_FAST_CHECK;
        /* falls through */
      case N.STORE_FAST:
      case N.LOAD_FAST_CHECK:
        // Bound from here on: a failing check does not get here.
        if (arg < 32) lo &= ~bit;
        else hi &= ~bit;
        break;
    }
  }
  if (b.next !== null && hasFallthrough(b)) maybePush(b.next, lo, hi, todo);
  const last = lastInstr(b);
  if (last !== undefined && isJump(last.op)) {
    maybePush(last.target!, lo, hi, todo);
  }
}

/** Locals from the 65th on are only followed within one block. */
function scanManyLocals(entry: Block, nlocals: number): void {
  const states = new Int32Array(nlocals - 64);
  let blockNumber = 0;
  for (let b: Block | null = entry; b !== null; b = b.next) {
    blockNumber++;
    for (const instr of b.instrs) {
      const i = instr.arg - 64;
      if (i < 0) continue;
      switch (instr.op) {
        case N.DELETE_FAST:
        case N.LOAD_FAST_AND_CLEAR:
        case N.STORE_FAST_MAYBE_NULL:
          states[i] = blockNumber - 1;
          break;
        case N.STORE_FAST:
          states[i] = blockNumber;
          break;
        case N.LOAD_FAST:
          if (states[i] !== blockNumber) instr.op = N.LOAD_FAST_CHECK;
          states[i] = blockNumber;
          break;
      }
    }
  }
}

/** Checks each load of a local that may be unbound. */
export function addChecksForUnboundLocals(
  entry: Block,
  nlocals: number,
  nparams: number,
): void {
  if (nlocals === 0) return;
  if (nlocals > 64) {
    scanManyLocals(entry, nlocals);
    nlocals = 64;
  }
  clearVisited(entry);
  const todo: Block[] = [];
  let lo = 0, hi = 0;
  for (let i = nparams; i < nlocals; i++) {
    if (i < 32) lo |= 1 << i;
    else hi |= 1 << (i - 32);
  }
  maybePush(entry, lo, hi, todo);
  for (let b: Block | null = entry; b !== null; b = b.next) {
    scanBlockForLocals(b, todo);
  }
  while (todo.length > 0) {
    const b = todo.pop()!;
    b.visited = false;
    scanBlockForLocals(b, todo);
  }
}

// Borrowed loads

const NOT_LOCAL = -1;
const DUMMY = -1;

function loadsLocals(entry: Block): boolean {
  for (let b: Block | null = entry; b !== null; b = b.next) {
    for (const { op } of b.instrs) {
      if (op === N.LOAD_FAST || op === N.LOAD_FAST_LOAD_FAST) return true;
    }
  }
  return false;
}

/**
 * Lets loads borrow. Within a block, the operand stack is followed with the
 * load and the local that each entry came from; a load must not borrow if its
 * local is rebound while the entry is on the stack, if the entry is stored in
 * a local, or if it is still there at the end of the block.
 */
export function optimizeLoadFast(entry: Block): void {
  if (!loadsLocals(entry)) return;
  clearVisited(entry);
  const todo: Block[] = [entry];
  entry.startDepth = 0;
  entry.visited = true;
  const reach = (b: Block | null) => {
    if (b !== null && !b.visited) {
      b.visited = true;
      todo.push(b);
    }
  };
  // The stack in two columns: the producing instruction and the local.
  const from: number[] = [];
  const locals: number[] = [];
  let spoiled = new Uint8Array(0);
  const push = (instr: number, local: number) => {
    from.push(instr);
    locals.push(local);
  };
  const pop = (): number => {
    locals.pop();
    return from.pop() ?? DUMMY;
  };
  const kill = (local: number) => {
    for (let k = 0; k < locals.length; k++) {
      if (locals[k] === local) spoiled[from[k]] = 1;
    }
  };
  const store = (local: number) => {
    const producer = pop();
    kill(local);
    if (producer !== DUMMY) spoiled[producer] = 1;
  };
  while (todo.length > 0) {
    const b = todo.pop()!;
    const instrs = b.instrs;
    if (spoiled.length < instrs.length) {
      spoiled = new Uint8Array(instrs.length * 2);
    } else {
      spoiled.fill(0, 0, instrs.length);
    }
    from.length = locals.length = 0;
    for (let k = 0; k < b.startDepth; k++) push(DUMMY, NOT_LOCAL);
    for (let i = 0; i < instrs.length; i++) {
      const instr = instrs[i];
      const { op, arg } = instr;
      switch (op) {
        case N.LOAD_FAST:
          push(i, arg);
          break;
        case N.LOAD_FAST_AND_CLEAR:
          kill(arg);
          push(i, arg);
          break;
        case N.DELETE_FAST:
          kill(arg);
          break;
        case N.LOAD_FAST_LOAD_FAST:
          push(i, arg >> 4);
          push(i, arg & 15);
          break;
        case N.STORE_FAST:
          store(arg);
          break;
        case N.STORE_FAST_LOAD_FAST:
          store(arg >> 4);
          push(i, arg & 15);
          break;
        case N.STORE_FAST_STORE_FAST:
          store(arg >> 4);
          store(arg & 15);
          break;
        case N.COPY: {
          const k = from.length - arg;
          push(from[k], locals[k]);
          break;
        }
        case N.SWAP: {
          const k = from.length - arg, top = from.length - 1;
          [from[k], from[top]] = [from[top], from[k]];
          [locals[k], locals[top]] = [locals[top], locals[k]];
          break;
        }
        case N.FORMAT_SIMPLE:
        case N.GET_YIELD_FROM_ITER:
          // The result may be the operand itself.
          push(pop(), NOT_LOCAL);
          break;
        // These leave all their operands on the stack and push one value more,
        // for which CPython blames the first instructions of the block.
        case N.GET_ANEXT:
        case N.GET_LEN:
        case N.IMPORT_FROM:
        case N.MATCH_KEYS:
        case N.MATCH_MAPPING:
        case N.MATCH_SEQUENCE:
        case N.WITH_EXCEPT_START:
          for (let k = 0; k < numPushed(op, arg) - numPopped(op, arg); k++) {
            push(k, NOT_LOCAL);
          }
          break;
        // These leave some and push nothing.
        case N.DICT_MERGE:
        case N.DICT_UPDATE:
        case N.LIST_APPEND:
        case N.LIST_EXTEND:
        case N.MAP_ADD:
        case N.RERAISE:
        case N.SET_ADD:
        case N.SET_UPDATE:
          for (let k = numPopped(op, arg) - numPushed(op, arg); k > 0; k--) {
            pop();
          }
          break;
        case N.END_SEND:
        case N.SET_FUNCTION_ATTRIBUTE: {
          // The top stays; what is below goes.
          const local = locals[locals.length - 1];
          const producer = pop();
          pop();
          push(producer, local);
          break;
        }
        case N.CHECK_EXC_MATCH:
          pop();
          push(i, NOT_LOCAL);
          break;
        case N.FOR_ITER:
          reach(instr.target);
          push(i, NOT_LOCAL);
          break;
        case N.LOAD_ATTR:
        case N.LOAD_SUPER_ATTR: {
          const local = locals[locals.length - 1];
          const self = pop();
          if (op === N.LOAD_SUPER_ATTR) {
            pop();
            pop();
          }
          push(i, NOT_LOCAL);
          // A method call may push self back.
          if (arg & 1) push(self, local);
          break;
        }
        case N.LOAD_SPECIAL:
        case N.PUSH_EXC_INFO: {
          const local = locals[locals.length - 1];
          const self = pop();
          push(i, NOT_LOCAL);
          push(self, local);
          break;
        }
        case N.SEND:
          reach(instr.target);
          pop();
          push(i, NOT_LOCAL);
          break;
        default: {
          if (hasTarget(op)) reach(instr.target);
          // A set-up changes the stack only for its handler.
          if (isBlockPush(op)) break;
          for (let k = numPopped(op, arg); k > 0; k--) pop();
          for (let k = numPushed(op, arg); k > 0; k--) push(i, NOT_LOCAL);
        }
      }
    }
    const last = lastInstr(b);
    if (last !== undefined && !isGoto(last.op) && !isScopeExit(last.op)) {
      reach(b.next);
    }
    for (const producer of from) {
      if (producer !== DUMMY) spoiled[producer] = 1;
    }
    for (let i = 0; i < instrs.length; i++) {
      if (spoiled[i]) continue;
      const instr = instrs[i];
      if (instr.op === N.LOAD_FAST) {
        instr.op = N.LOAD_FAST_BORROW;
      } else if (instr.op === N.LOAD_FAST_LOAD_FAST) {
        instr.op = N.LOAD_FAST_BORROW_LOAD_FAST_BORROW;
      }
    }
  }
}

// Cold blocks

function markCold(entry: Block): void {
  clearVisited(entry);
  let todo: Block[] = [entry];
  entry.visited = true;
  while (todo.length > 0) {
    const b = todo.pop()!;
    b.warm = true;
    const visit = (to: Block) => {
      if (!to.visited) {
        to.visited = true;
        todo.push(to);
      }
    };
    if (b.next !== null && hasFallthrough(b)) visit(b.next);
    for (const instr of b.instrs) {
      if (isJump(instr.op)) visit(instr.target!);
    }
  }
  clearVisited(entry);
  todo = [];
  for (let b: Block | null = entry; b !== null; b = b.next) {
    if (b.exceptHandler) {
      todo.push(b);
      b.visited = true;
    }
  }
  while (todo.length > 0) {
    const b = todo.pop()!;
    b.cold = true;
    const visit = (to: Block) => {
      if (!to.warm && !to.visited) {
        to.visited = true;
        todo.push(to);
      }
    };
    if (b.next !== null && hasFallthrough(b)) visit(b.next);
    for (const instr of b.instrs) {
      if (isJump(instr.op)) visit(instr.target!);
    }
  }
}

/** Moves the blocks that only exceptions lead to behind all others. */
export function pushColdBlocksToEnd(g: Cfg): void {
  const entry = g.entry;
  if (entry.next === null) return;
  markCold(entry);
  let label = maxLabel(entry) + 1;
  // A cold block must not fall through into a warm one once it has moved.
  for (let b: Block | null = entry; b !== null; b = b.next) {
    if (!b.cold || !hasFallthrough(b) || b.next === null || !b.next.warm) {
      continue;
    }
    const jump = new Block();
    if (b.next.label < 0) b.next.label = label++;
    jump.addJump(N.JUMP_NO_INTERRUPT, b.next, NO_LOCATION);
    jump.cold = true;
    jump.next = b.next;
    jump.predecessors = 1;
    b.next = jump;
  }
  let coldFirst: Block | null = null;
  let coldLast: Block | null = null;
  let b: Block = entry;
  for (;;) {
    while (b.next !== null && !b.next.cold) b = b.next;
    if (b.next === null) break;
    let end: Block = b.next;
    while (end.next !== null && end.next.cold) end = end.next;
    if (coldLast === null) coldFirst = b.next;
    else coldLast.next = b.next;
    coldLast = end;
    b.next = end.next;
    end.next = null;
  }
  b.next = coldFirst;
  if (coldFirst !== null) removeRedundantNopsAndJumps(g);
}
