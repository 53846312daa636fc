// CPython 3.14: Python/codegen.c (comprehensions)
//
// Code for comprehensions. Generator expressions are functions that get the first iterator as an
// argument. The others run in the function they stand in (PEP 709): their variables are fast locals
// of it, whose outer values wait on the operand stack meanwhile, and come back at the end as well as
// in a handler. Only in annotation scopes of classes they are functions too.

import {
  BUILD_LIST,
  BUILD_MAP,
  BUILD_SET,
  CALL,
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
  LOAD_FAST,
  LOAD_FAST_AND_CLEAR,
  MAKE_CELL,
  MAP_ADD,
  POP_BLOCK,
  POP_ITER,
  POP_TOP,
  RERAISE,
  RETURN_VALUE,
  SET_ADD,
  SETUP_FINALLY,
  STORE_FAST_MAYBE_NULL,
  SWAP,
} from "../code/opnums.ts";
import { None } from "../objects/object.ts";
import type * as ast from "../parse/ast.ts";
import type { Expr } from "../parse/ast.ts";
import { addYield, addYieldFrom, jumpIf, locOf, visitExpr } from "./codegen_expr.ts";
import { enterScope, makeClosure, wrapInStopIterationHandler } from "./codegen_scope.ts";
import {
  type Compiler,
  FB_ASYNC_COMPREHENSION_GENERATOR,
  FB_TRY_EXCEPT,
  type InlinedState,
  NO_LABEL,
  SCOPE_COMPREHENSION,
} from "./compiler.ts";
import { type Loc, makeLoc, NO_LOCATION } from "./instructions.ts";
import { CELL, DEF_LOCAL, DEF_NONLOCAL, FREE, symbolScope, type SymtableEntry } from "./symtable.ts";

type Comprehension =
  | ast.GeneratorExp
  | ast.ListComp
  | ast.SetComp
  | ast.DictComp;

const NAMES: Readonly<Record<Comprehension["kind"], string>> = {
  GeneratorExp: "<genexpr>",
  ListComp: "<listcomp>",
  SetComp: "<setcomp>",
  DictComp: "<dictcomp>",
};

const BUILD: Readonly<Record<Comprehension["kind"], number>> = {
  GeneratorExp: 0,
  ListComp: BUILD_LIST,
  SetComp: BUILD_SET,
  DictComp: BUILD_MAP,
};

function isAsync(g: ast.comprehension): boolean {
  return Boolean(g.is_async);
}

/** The iterator of the first generator. */
function firstIterator(c: Compiler, g: ast.comprehension): void {
  visitExpr(c, g.iter);
  c.op0(isAsync(g) ? GET_AITER : GET_ITER, locOf(g.iter));
}

function generator(
  c: Compiler,
  loc: Loc,
  e: Comprehension,
  index: number,
  depth: number,
  iterOnStack: boolean,
): void {
  if (isAsync(e.generators[index])) {
    asyncGenerator(c, loc, e, index, depth, iterOnStack);
  } else {
    syncGenerator(c, loc, e, index, depth, iterOnStack);
  }
}

/** Adds an element to the result, or yields it; its location. */
function element(c: Compiler, e: Comprehension, depth: number): Loc {
  if (e.kind === "DictComp") {
    const { key, value } = e;
    visitExpr(c, key);
    visitExpr(c, value);
    const loc = makeLoc(
      key.lineno,
      value.end_lineno,
      key.col_offset,
      value.end_col_offset,
    );
    c.op(MAP_ADD, depth + 1, loc);
    return loc;
  }
  visitExpr(c, e.elt);
  const loc = locOf(e.elt);
  switch (e.kind) {
    case "GeneratorExp":
      addYield(c, loc);
      c.op0(POP_TOP, loc);
      break;
    case "ListComp":
      c.op(LIST_APPEND, depth + 1, loc);
      break;
    case "SetComp":
      c.op(SET_ADD, depth + 1, loc);
      break;
  }
  return loc;
}

function elementLoc(e: Comprehension): Loc {
  return locOf(e.kind === "DictComp" ? e.key : e.elt);
}

/** The one element of `for x in [element]`, which needs no loop. */
function singleElement(iter: Expr): Expr | null {
  if (iter.kind !== "List" && iter.kind !== "Tuple") return null;
  const elt = iter.elts[0];
  return iter.elts.length === 1 && elt.kind !== "Starred" ? elt : null;
}

function syncGenerator(
  c: Compiler,
  loc: Loc,
  e: Comprehension,
  index: number,
  depth: number,
  iterOnStack: boolean,
): void {
  let start = c.newLabel();
  const ifCleanup = c.newLabel();
  const anchor = c.newLabel();
  const gen = e.generators[index];
  if (!iterOnStack) {
    if (index === 0) {
      c.op(LOAD_FAST, 0, loc);
    } else {
      const single = singleElement(gen.iter);
      if (single !== null) {
        visitExpr(c, single);
        start = NO_LABEL;
      } else {
        visitExpr(c, gen.iter);
        c.op0(GET_ITER, locOf(gen.iter));
      }
    }
  }
  if (start !== NO_LABEL) {
    depth++;
    c.useLabel(start);
    c.op(FOR_ITER, anchor, locOf(gen.iter));
  }
  visitExpr(c, gen.target);
  for (const test of gen.ifs) jumpIf(c, loc, test, ifCleanup, false);
  let eltLoc = elementLoc(e);
  if (index + 1 < e.generators.length) {
    generator(c, loc, e, index + 1, depth, false);
  } else {
    eltLoc = element(c, e, depth);
  }
  c.useLabel(ifCleanup);
  if (start !== NO_LABEL) {
    c.op(JUMP, start, eltLoc);
    c.useLabel(anchor);
    c.op0(END_FOR, NO_LOCATION);
    c.op0(POP_ITER, NO_LOCATION);
  }
}

function asyncGenerator(
  c: Compiler,
  loc: Loc,
  e: Comprehension,
  index: number,
  depth: number,
  iterOnStack: boolean,
): void {
  const start = c.newLabel();
  const send = c.newLabel();
  const except = c.newLabel();
  const ifCleanup = c.newLabel();
  const gen = e.generators[index];
  if (!iterOnStack) {
    if (index === 0) {
      c.op(LOAD_FAST, 0, loc);
    } else {
      visitExpr(c, gen.iter);
      c.op0(GET_AITER, locOf(gen.iter));
    }
  }
  c.useLabel(start);
  c.pushFBlock(loc, FB_ASYNC_COMPREHENSION_GENERATOR, start, NO_LABEL, null);
  c.op(SETUP_FINALLY, except, loc);
  c.op0(GET_ANEXT, loc);
  c.loadConst(None, loc);
  c.useLabel(send);
  addYieldFrom(c, loc, true);
  c.op0(POP_BLOCK, loc);
  visitExpr(c, gen.target);
  for (const test of gen.ifs) jumpIf(c, loc, test, ifCleanup, false);
  depth++;
  let eltLoc = elementLoc(e);
  if (index + 1 < e.generators.length) {
    generator(c, loc, e, index + 1, depth, false);
  } else {
    eltLoc = element(c, e, depth);
  }
  c.useLabel(ifCleanup);
  c.op(JUMP, start, eltLoc);
  c.popFBlock();
  c.useLabel(except);
  c.op(END_ASYNC_FOR, send, loc);
}

// ---- inlining ------------------------------------------------------------------------------

function pushInlinedState(
  c: Compiler,
  loc: Loc,
  comp: SymtableEntry,
): InlinedState {
  const state: InlinedState = {
    pushedLocals: null,
    fastHidden: [],
    tempSymbols: new Map(),
    cleanup: NO_LABEL,
  };
  const ste = c.u.ste;
  c.tweakInlinedScopes(comp, state);
  const { varnames, cellvars, freevars } = c.u.meta;
  for (const [name, symbol] of comp.symbols) {
    const outScope = symbolScope(ste.symbol(name));
    if (!(symbol & DEF_LOCAL) || symbol & DEF_NONLOCAL) continue;
    // of a cell, this saves the cell itself; the comprehension gets a new one
    c.nameOp(LOAD_FAST_AND_CLEAR, name, varnames, loc);
    if (symbolScope(symbol) === CELL) {
      c.nameOp(
        MAKE_CELL,
        name,
        outScope === FREE ? freevars : cellvars,
        loc,
      );
    }
    (state.pushedLocals ??= []).push(name);
  }
  if (state.pushedLocals !== null) {
    // the iterator goes back to the top
    c.op(SWAP, state.pushedLocals.length + 1, loc);
    state.cleanup = c.newLabel();
    c.op(SETUP_FINALLY, state.cleanup, loc);
    // nothing ever leaves it, but it counts as a block
    c.pushFBlock(loc, FB_TRY_EXCEPT, state.cleanup, NO_LABEL, null);
  }
  return state;
}

function restoreLocals(
  c: Compiler,
  loc: Loc,
  names: readonly string[],
): void {
  c.op(SWAP, names.length + 1, loc);
  for (let i = names.length - 1; i >= 0; i--) {
    c.nameOp(STORE_FAST_MAYBE_NULL, names[i], c.u.meta.varnames, loc);
  }
}

function popInlinedState(c: Compiler, loc: Loc, state: InlinedState): void {
  const names = state.pushedLocals;
  if (names !== null) {
    c.popFBlock();
    c.op0(POP_BLOCK, NO_LOCATION);
    const end = c.newLabel();
    c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);
    // an exception: drop the unfinished result below it
    c.useLabel(state.cleanup);
    c.op(SWAP, 2, NO_LOCATION);
    c.op0(POP_TOP, NO_LOCATION);
    restoreLocals(c, loc, names);
    c.op(RERAISE, 0, NO_LOCATION);
    c.useLabel(end);
    restoreLocals(c, loc, names);
  }
  c.revertInlinedScopes(state);
}

/** Code for a comprehension or generator expression. */
export function visitComprehension(c: Compiler, e: Comprehension): void {
  c.depth++; // it takes twice the stack of other expressions
  comprehension(c, e);
  c.depth--;
}

function comprehension(c: Compiler, e: Comprehension): void {
  const entry = c.st.lookup(e);
  const inlined = entry.compInlined;
  const asyncComp = entry.coroutine;
  const loc = locOf(e);
  const outermost = e.generators[0];
  const isGenexp = e.kind === "GeneratorExp";
  let state: InlinedState | undefined;
  if (inlined) {
    firstIterator(c, outermost);
    state = pushInlinedState(c, loc, entry);
  } else {
    enterScope(
      c,
      NAMES[e.kind],
      SCOPE_COMPREHENSION,
      entry,
      e.lineno,
      null,
      { argcount: 1 },
    );
  }
  if (!isGenexp) {
    c.op(BUILD[e.kind], 0, loc);
    if (inlined) c.op(SWAP, 2, loc);
  }
  generator(c, loc, e, 0, 0, inlined);
  if (state !== undefined) {
    popInlinedState(c, loc, state);
    return;
  }
  if (isGenexp) wrapInStopIterationHandler(c);
  else c.op0(RETURN_VALUE, loc);
  const code = c.finish(true);
  makeClosure(c, loc, code, 0);
  firstIterator(c, outermost);
  c.op(CALL, 0, loc);
  if (asyncComp && !isGenexp) {
    c.op(GET_AWAITABLE, 0, loc);
    c.loadConst(None, loc);
    addYieldFrom(c, loc, true);
  }
}
