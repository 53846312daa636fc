// CPython 3.14: Python/codegen.c (control flow statements)
//
// Code for if, loops, try, with, and for leaving them. What a statement has put on the operand
// stack or on the stack of handlers is noted in a frame block; `return`, `break` and `continue`
// unwind the blocks from the inside out. A `finally` body is generated anew for each way out.
//
// Cleanup code has no location: it takes over that of what runs before it, so that tracing does not
// show lines twice.

import {
  BUILD_LIST,
  CALL,
  CALL_INTRINSIC_2,
  CHECK_EG_MATCH,
  CHECK_EXC_MATCH,
  COPY,
  END_ASYNC_FOR,
  END_FOR,
  FOR_ITER,
  GET_AITER,
  GET_ANEXT,
  GET_AWAITABLE,
  GET_ITER,
  JUMP,
  JUMP_NO_INTERRUPT,
  LIST_APPEND,
  LOAD_SPECIAL,
  NOP,
  NOT_TAKEN,
  POP_BLOCK,
  POP_EXCEPT,
  POP_ITER,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  PUSH_EXC_INFO,
  RERAISE,
  RETURN_VALUE,
  SETUP_CLEANUP,
  SETUP_FINALLY,
  SETUP_WITH,
  SWAP,
  TO_BOOL,
  WITH_EXCEPT_START,
} from "../code/opnums.ts";
import { None, type Value } from "../objects/object.ts";
import type * as ast from "../parse/ast.ts";
import type { Stmt } from "../parse/ast.ts";
import { elif } from "./chains.ts";
import { visitStmts } from "./codegen.ts";
import {
  INTRINSIC_PREP_RERAISE_STAR,
  SPECIAL_AENTER,
  SPECIAL_AEXIT,
  SPECIAL_ENTER,
  SPECIAL_EXIT,
} from "./codegen_const.ts";
import { addYieldFrom, jumpIf, locOf, nameOp, visitExpr } from "./codegen_expr.ts";
import {
  type Compiler,
  FB_ASYNC_WITH,
  FB_EXCEPTION_GROUP_HANDLER,
  FB_EXCEPTION_HANDLER,
  FB_FINALLY_END,
  FB_FINALLY_TRY,
  FB_FOR_LOOP,
  FB_HANDLER_CLEANUP,
  FB_POP_VALUE,
  FB_TRY_EXCEPT,
  FB_WHILE_LOOP,
  FB_WITH,
  type FBlock,
  NO_LABEL,
} from "./compiler.ts";
import { type Loc, NO_LOCATION } from "./instructions.ts";

// ---- unwinding -----------------------------------------------------------------------------

function callExitWithNones(c: Compiler, loc: Loc): void {
  c.loadConst(None, loc);
  c.loadConst(None, loc);
  c.loadConst(None, loc);
  c.op(CALL, 3, loc);
}

function popExceptAndReraise(c: Compiler, loc: Loc): void {
  c.op(COPY, 3, loc);
  c.op0(POP_EXCEPT, loc);
  c.op(RERAISE, 1, loc);
}

/**
 * Leaves a frame block, which has been popped. If `preserve`, the value on top of the stack stays
 * there. Returns the location for the code that follows.
 */
function unwindFBlock(
  c: Compiler,
  loc: Loc,
  fb: FBlock,
  preserve: boolean,
): Loc {
  const swap = () => {
    if (preserve) c.op(SWAP, 2, loc);
  };
  switch (fb.type) {
    case FB_FOR_LOOP:
    case FB_POP_VALUE:
      swap();
      c.op0(POP_TOP, loc);
      return loc;
    case FB_TRY_EXCEPT:
      c.op0(POP_BLOCK, loc);
      return loc;
    case FB_FINALLY_TRY:
      c.op0(POP_BLOCK, loc);
      if (preserve) c.pushFBlock(loc, FB_POP_VALUE, NO_LABEL, NO_LABEL, null);
      visitStmts(c, fb.datum as Stmt[]);
      if (preserve) c.popFBlock();
      return NO_LOCATION;
    case FB_FINALLY_END:
      swap();
      c.op0(POP_TOP, loc);
      swap();
      c.op0(POP_BLOCK, loc);
      c.op0(POP_EXCEPT, loc);
      return loc;
    case FB_WITH:
    case FB_ASYNC_WITH:
      loc = fb.loc;
      c.op0(POP_BLOCK, loc);
      if (preserve) {
        c.op(SWAP, 3, loc);
        c.op(SWAP, 2, loc);
      }
      callExitWithNones(c, loc);
      if (fb.type === FB_ASYNC_WITH) {
        c.op(GET_AWAITABLE, 2, loc);
        c.loadConst(None, loc);
        addYieldFrom(c, loc, true);
      }
      c.op0(POP_TOP, loc);
      return NO_LOCATION;
    case FB_HANDLER_CLEANUP:
      if (fb.datum !== null) c.op0(POP_BLOCK, loc);
      swap();
      c.op0(POP_BLOCK, loc);
      c.op0(POP_EXCEPT, loc);
      if (fb.datum !== null) unbindName(c, loc, fb.datum as string);
      return loc;
    default:
      return loc;
  }
}

/** Unwinds all blocks, or (with `toLoop`) down to the innermost loop, which is returned. */
function unwindStack(
  c: Compiler,
  loc: Loc,
  preserve: boolean,
  toLoop: boolean,
): { loc: Loc; loop: FBlock | undefined } {
  const fblocks = c.u.fblocks;
  const top = fblocks[fblocks.length - 1] as FBlock | undefined;
  if (top === undefined) return { loc, loop: undefined };
  if (top.type === FB_EXCEPTION_GROUP_HANDLER) {
    c.error(
      loc,
      "'break', 'continue' and 'return' cannot appear in an except* block",
    );
  }
  if (toLoop && (top.type === FB_WHILE_LOOP || top.type === FB_FOR_LOOP)) {
    return { loc, loop: top };
  }
  c.popFBlock();
  const after = unwindFBlock(c, loc, top, preserve);
  const result = unwindStack(c, after, preserve, toLoop);
  c.pushFBlock(top.loc, top.type, top.block, top.exit, top.datum);
  return result;
}

/** Code for `return`. */
export function visitReturn(c: Compiler, s: ast.Return): void {
  let loc = locOf(s);
  const value = s.value;
  const ste = c.u.ste;
  if (!ste.isFunctionLike) c.error(loc, "'return' outside function");
  if (value !== null && ste.coroutine && ste.generator) {
    c.error(loc, "'return' with value in async generator");
  }
  const preserve = value !== null && value.kind !== "Constant";
  if (preserve) {
    visitExpr(c, value);
  } else if (value !== null) {
    loc = locOf(value);
    c.op0(NOP, loc);
  }
  if (value === null || value.lineno !== s.lineno) {
    loc = locOf(s);
    c.op0(NOP, loc);
  }
  loc = unwindStack(c, loc, preserve, false).loc;
  if (value === null) c.loadConst(None, loc);
  else if (value.kind === "Constant") c.loadConst(value.value as Value, loc);
  c.op0(RETURN_VALUE, loc);
}

/** Code for `break`. */
export function visitBreak(c: Compiler, s: ast.Break): void {
  const origin = locOf(s);
  c.op0(NOP, origin);
  const { loc, loop } = unwindStack(c, origin, false, true);
  if (loop === undefined) c.error(origin, "'break' outside loop");
  const after = unwindFBlock(c, loc, loop, false);
  c.op(JUMP, loop.exit, after);
}

/** Code for `continue`. */
export function visitContinue(c: Compiler, s: ast.Continue): void {
  const origin = locOf(s);
  c.op0(NOP, origin);
  const { loc, loop } = unwindStack(c, origin, false, true);
  if (loop === undefined) c.error(origin, "'continue' not properly in loop");
  c.op(JUMP, loop.block, loc);
}

// ---- if and loops --------------------------------------------------------------------------

/** Code for `if`. */
export function visitIf(c: Compiler, s: ast.If): void {
  const ends: number[] = [];
  for (let branch = s;;) {
    const end = c.newLabel();
    ends.push(end);
    const next = branch.orelse.length > 0 ? c.newLabel() : end;
    jumpIf(c, locOf(branch), branch.test, next, false);
    visitStmts(c, branch.body);
    if (branch.orelse.length === 0) break;
    c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);
    c.useLabel(next);
    const other = elif(branch);
    if (other === undefined) {
      visitStmts(c, branch.orelse);
      break;
    }
    branch = other;
  }
  for (let i = ends.length - 1; i >= 0; i--) c.useLabel(ends[i]);
}

/** Code for `while`. */
export function visitWhile(c: Compiler, s: ast.While): void {
  const loop = c.newLabel();
  const end = c.newLabel();
  const anchor = c.newLabel();
  const loc = locOf(s);
  c.useLabel(loop);
  c.pushFBlock(loc, FB_WHILE_LOOP, loop, end, null);
  jumpIf(c, loc, s.test, anchor, false);
  visitStmts(c, s.body);
  c.op(JUMP, loop, NO_LOCATION);
  c.popFBlock();
  c.useLabel(anchor);
  visitStmts(c, s.orelse);
  c.useLabel(end);
}

/** Code for `for`. */
export function visitFor(c: Compiler, s: ast.For): void {
  const start = c.newLabel();
  const body = c.newLabel();
  const cleanup = c.newLabel();
  const end = c.newLabel();
  c.pushFBlock(locOf(s), FB_FOR_LOOP, start, end, null);
  visitExpr(c, s.iter);
  const loc = locOf(s.iter);
  c.op0(GET_ITER, loc);
  c.useLabel(start);
  c.op(FOR_ITER, cleanup, loc);
  c.op0(NOP, locOf(s.target)); // a line event for each turn of a loop over several lines
  c.useLabel(body);
  visitExpr(c, s.target);
  visitStmts(c, s.body);
  c.op(JUMP, start, NO_LOCATION);
  c.useLabel(cleanup);
  c.op0(END_FOR, NO_LOCATION);
  c.op0(POP_ITER, NO_LOCATION);
  c.popFBlock();
  visitStmts(c, s.orelse);
  c.useLabel(end);
}

/** Code for `async for`. */
export function visitAsyncFor(c: Compiler, s: ast.AsyncFor): void {
  const loc = locOf(s);
  const start = c.newLabel();
  const send = c.newLabel();
  const except = c.newLabel();
  const end = c.newLabel();
  visitExpr(c, s.iter);
  const iterLoc = locOf(s.iter);
  c.op0(GET_AITER, iterLoc);
  c.useLabel(start);
  c.pushFBlock(loc, FB_FOR_LOOP, start, end, null);
  c.op(SETUP_FINALLY, except, loc);
  c.op0(GET_ANEXT, loc);
  c.loadConst(None, loc);
  c.useLabel(send);
  addYieldFrom(c, loc, true);
  c.op0(POP_BLOCK, loc);
  c.op0(NOT_TAKEN, loc);
  visitExpr(c, s.target);
  visitStmts(c, s.body);
  c.op(JUMP, start, NO_LOCATION);
  c.popFBlock();
  c.useLabel(except);
  c.op(END_ASYNC_FOR, send, iterLoc);
  visitStmts(c, s.orelse);
  c.useLabel(end);
}

// ---- try -----------------------------------------------------------------------------------

/** `name = None; del name`, at the end of a handler. */
function unbindName(c: Compiler, loc: Loc, name: string): void {
  c.loadConst(None, loc);
  nameOp(c, loc, name, "Store");
  nameOp(c, loc, name, "Del");
}

/** Code for `try`. */
export function visitTry(c: Compiler, s: ast.Try | ast.TryStar): void {
  if (s.finalbody.length > 0) tryFinally(c, s);
  else tryHandlers(c, s);
}

function tryHandlers(c: Compiler, s: ast.Try | ast.TryStar): void {
  if (s.kind === "Try") tryExcept(c, s);
  else tryStarExcept(c, s);
}

function tryFinally(c: Compiler, s: ast.Try | ast.TryStar): void {
  const loc = locOf(s);
  const body = c.newLabel();
  const end = c.newLabel();
  const exit = c.newLabel();
  const cleanup = c.newLabel();
  c.op(SETUP_FINALLY, end, loc);
  c.useLabel(body);
  c.pushFBlock(loc, FB_FINALLY_TRY, body, end, s.finalbody);
  if (s.handlers.length > 0) tryHandlers(c, s);
  else visitStmts(c, s.body);
  c.op0(POP_BLOCK, NO_LOCATION);
  c.popFBlock();
  visitStmts(c, s.finalbody);
  c.op(JUMP_NO_INTERRUPT, exit, NO_LOCATION);
  // for an exception
  c.useLabel(end);
  c.op(SETUP_CLEANUP, cleanup, NO_LOCATION);
  c.op0(PUSH_EXC_INFO, NO_LOCATION);
  c.pushFBlock(NO_LOCATION, FB_FINALLY_END, end, NO_LABEL, null);
  visitStmts(c, s.finalbody);
  c.popFBlock();
  c.op(RERAISE, 0, NO_LOCATION);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.useLabel(exit);
}

function tryExcept(c: Compiler, s: ast.Try): void {
  const loc = locOf(s);
  const body = c.newLabel();
  let except = c.newLabel();
  const end = c.newLabel();
  const cleanup = c.newLabel();
  c.op(SETUP_FINALLY, except, loc);
  c.useLabel(body);
  c.pushFBlock(loc, FB_TRY_EXCEPT, body, NO_LABEL, null);
  visitStmts(c, s.body);
  c.popFBlock();
  c.op0(POP_BLOCK, NO_LOCATION);
  visitStmts(c, s.orelse);
  c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);

  c.useLabel(except);
  c.op(SETUP_CLEANUP, cleanup, NO_LOCATION);
  c.op0(PUSH_EXC_INFO, NO_LOCATION);
  c.pushFBlock(loc, FB_EXCEPTION_HANDLER, NO_LABEL, NO_LABEL, null);
  const n = s.handlers.length;
  for (let i = 0; i < n; i++) {
    const h = s.handlers[i];
    const hloc = locOf(h);
    if (h.type === null && i < n - 1) {
      c.error(hloc, "default 'except:' must be last");
    }
    except = c.newLabel();
    if (h.type !== null) {
      visitExpr(c, h.type);
      c.op0(CHECK_EXC_MATCH, hloc);
      c.op(POP_JUMP_IF_FALSE, except, hloc);
    }
    handlerBody(c, h, hloc, end);
    c.useLabel(except);
  }
  c.popFBlock();
  c.op(RERAISE, 0, NO_LOCATION);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.useLabel(end);
}

function handlerBody(
  c: Compiler,
  h: ast.ExceptHandler,
  loc: Loc,
  end: number,
): void {
  const name = h.name;
  if (name === null) {
    const body = c.newLabel();
    c.op0(POP_TOP, loc);
    c.useLabel(body);
    c.pushFBlock(loc, FB_HANDLER_CLEANUP, body, NO_LABEL, null);
    visitStmts(c, h.body);
    c.popFBlock();
    c.op0(POP_BLOCK, NO_LOCATION);
    c.op0(POP_EXCEPT, NO_LOCATION);
    c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);
    return;
  }
  // the name is unbound at the end, whatever happens
  const cleanupEnd = c.newLabel();
  const body = c.newLabel();
  nameOp(c, loc, name, "Store");
  c.op(SETUP_CLEANUP, cleanupEnd, loc);
  c.useLabel(body);
  c.pushFBlock(loc, FB_HANDLER_CLEANUP, body, NO_LABEL, name);
  visitStmts(c, h.body);
  c.popFBlock();
  c.op0(POP_BLOCK, NO_LOCATION);
  c.op0(POP_BLOCK, NO_LOCATION);
  c.op0(POP_EXCEPT, NO_LOCATION);
  unbindName(c, NO_LOCATION, name);
  c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.useLabel(cleanupEnd);
  unbindName(c, NO_LOCATION, name);
  c.op(RERAISE, 1, NO_LOCATION);
}

/**
 * `except*`: the stack holds the original group, the list of what the handlers raised, and the part
 * that no handler has matched yet. Each handler takes its match out of that part; what is raised in
 * its body goes to the list. At the end PREP_RERAISE_STAR makes of all three what to raise, if any.
 */
function tryStarExcept(c: Compiler, s: ast.TryStar): void {
  const loc = locOf(s);
  const body = c.newLabel();
  let except = c.newLabel();
  const orelse = c.newLabel();
  const end = c.newLabel();
  const cleanup = c.newLabel();
  const reraiseStar = c.newLabel();
  c.op(SETUP_FINALLY, except, loc);
  c.useLabel(body);
  c.pushFBlock(loc, FB_TRY_EXCEPT, body, NO_LABEL, null);
  visitStmts(c, s.body);
  c.popFBlock();
  c.op0(POP_BLOCK, NO_LOCATION);
  c.op(JUMP_NO_INTERRUPT, orelse, NO_LOCATION);

  c.useLabel(except);
  c.op(SETUP_CLEANUP, cleanup, NO_LOCATION);
  c.op0(PUSH_EXC_INFO, NO_LOCATION);
  c.pushFBlock(loc, FB_EXCEPTION_GROUP_HANDLER, NO_LABEL, NO_LABEL, null);
  const n = s.handlers.length;
  for (let i = 0; i < n; i++) {
    const h = s.handlers[i];
    const hloc = locOf(h);
    except = c.newLabel();
    const exceptWithError = c.newLabel();
    const noMatch = c.newLabel();
    if (i === 0) {
      c.op(BUILD_LIST, 0, hloc);
      c.op(COPY, 2, hloc);
    }
    if (h.type !== null) {
      visitExpr(c, h.type);
      c.op0(CHECK_EG_MATCH, hloc);
      c.op(COPY, 1, hloc);
      c.op(POP_JUMP_IF_NONE, noMatch, hloc);
    }
    const cleanupEnd = c.newLabel();
    const cleanupBody = c.newLabel();
    if (h.name !== null) nameOp(c, hloc, h.name, "Store");
    else c.op0(POP_TOP, hloc);
    c.op(SETUP_CLEANUP, cleanupEnd, hloc);
    c.useLabel(cleanupBody);
    c.pushFBlock(hloc, FB_HANDLER_CLEANUP, cleanupBody, NO_LABEL, h.name);
    visitStmts(c, h.body);
    c.popFBlock();
    c.op0(POP_BLOCK, NO_LOCATION);
    if (h.name !== null) unbindName(c, NO_LOCATION, h.name);
    c.op(JUMP_NO_INTERRUPT, except, NO_LOCATION);
    // the body raised
    c.useLabel(cleanupEnd);
    if (h.name !== null) unbindName(c, NO_LOCATION, h.name);
    c.op(LIST_APPEND, 3, NO_LOCATION);
    c.op0(POP_TOP, NO_LOCATION);
    c.op(JUMP_NO_INTERRUPT, exceptWithError, NO_LOCATION);
    c.useLabel(except);
    c.op0(NOP, NO_LOCATION);
    c.op(JUMP_NO_INTERRUPT, exceptWithError, NO_LOCATION);
    c.useLabel(noMatch);
    c.op0(POP_TOP, hloc);
    c.useLabel(exceptWithError);
    if (i === n - 1) {
      c.op(LIST_APPEND, 1, NO_LOCATION);
      c.op(JUMP_NO_INTERRUPT, reraiseStar, NO_LOCATION);
    }
  }
  c.popFBlock();
  const reraise = c.newLabel();
  c.useLabel(reraiseStar);
  c.op(CALL_INTRINSIC_2, INTRINSIC_PREP_RERAISE_STAR, NO_LOCATION);
  c.op(COPY, 1, NO_LOCATION);
  c.op(POP_JUMP_IF_NOT_NONE, reraise, NO_LOCATION);
  c.op0(POP_TOP, NO_LOCATION);
  c.op0(POP_BLOCK, NO_LOCATION);
  c.op0(POP_EXCEPT, NO_LOCATION);
  c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.useLabel(reraise);
  c.op0(POP_BLOCK, NO_LOCATION);
  c.op(SWAP, 2, NO_LOCATION);
  c.op0(POP_EXCEPT, NO_LOCATION);
  c.op(RERAISE, 0, NO_LOCATION);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.useLabel(orelse);
  visitStmts(c, s.orelse);
  c.useLabel(end);
}

// ---- with ----------------------------------------------------------------------------------

function withExceptFinish(c: Compiler, cleanup: number): void {
  const suppress = c.newLabel();
  c.op0(TO_BOOL, NO_LOCATION);
  c.op(POP_JUMP_IF_TRUE, suppress, NO_LOCATION);
  c.op(RERAISE, 2, NO_LOCATION);
  c.useLabel(suppress);
  c.op0(POP_TOP, NO_LOCATION);
  c.op0(POP_BLOCK, NO_LOCATION);
  c.op0(POP_EXCEPT, NO_LOCATION);
  c.op0(POP_TOP, NO_LOCATION);
  c.op0(POP_TOP, NO_LOCATION);
  c.op0(POP_TOP, NO_LOCATION);
  const exit = c.newLabel();
  c.op(JUMP_NO_INTERRUPT, exit, NO_LOCATION);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.useLabel(exit);
}

/** Code for `with` and `async with`, from the item at `pos` on. */
export function visitWith(
  c: Compiler,
  s: ast.With | ast.AsyncWith,
  pos = 0,
): void {
  const isAsync = s.kind === "AsyncWith";
  const item = s.items[pos];
  const block = c.newLabel();
  const final = c.newLabel();
  const exit = c.newLabel();
  const cleanup = c.newLabel();
  visitExpr(c, item.context_expr);
  const loc = locOf(item.context_expr);
  const awaitIt = (where: number) => {
    if (!isAsync) return;
    c.op(GET_AWAITABLE, where, loc);
    c.loadConst(None, loc);
    addYieldFrom(c, loc, true);
  };
  c.op(COPY, 1, loc);
  c.op(LOAD_SPECIAL, isAsync ? SPECIAL_AEXIT : SPECIAL_EXIT, loc);
  c.op(SWAP, 2, loc);
  c.op(SWAP, 3, loc);
  c.op(LOAD_SPECIAL, isAsync ? SPECIAL_AENTER : SPECIAL_ENTER, loc);
  c.op(CALL, 0, loc);
  awaitIt(1);
  c.op(SETUP_WITH, final, loc);
  c.useLabel(block);
  c.pushFBlock(loc, isAsync ? FB_ASYNC_WITH : FB_WITH, block, final, null);
  if (item.optional_vars !== null) visitExpr(c, item.optional_vars);
  else c.op0(POP_TOP, loc);
  if (pos + 1 === s.items.length) visitStmts(c, s.body);
  else visitWith(c, s, pos + 1);
  c.popFBlock();
  c.op0(POP_BLOCK, isAsync ? loc : NO_LOCATION);
  // without an exception
  callExitWithNones(c, loc);
  awaitIt(2);
  c.op0(POP_TOP, loc);
  c.op(JUMP, exit, loc);
  // with an exception
  c.useLabel(final);
  c.op(SETUP_CLEANUP, cleanup, loc);
  c.op0(PUSH_EXC_INFO, loc);
  c.op0(WITH_EXCEPT_START, loc);
  awaitIt(2);
  withExceptFinish(c, cleanup);
  c.useLabel(exit);
}
