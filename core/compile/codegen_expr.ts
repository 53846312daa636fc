// CPython 3.14: Python/codegen.c (expressions)
//
// Code for expressions. An expression leaves one value on the operand stack (a target takes one).

import {
  BINARY_OP,
  BINARY_SLICE,
  BUILD_LIST,
  BUILD_MAP,
  BUILD_SET,
  BUILD_SLICE,
  BUILD_TUPLE,
  CALL_INTRINSIC_1,
  CLEANUP_THROW,
  COMPARE_OP,
  CONTAINS_OP,
  COPY,
  DELETE_ATTR,
  DELETE_DEREF,
  DELETE_FAST,
  DELETE_GLOBAL,
  DELETE_NAME,
  DELETE_SUBSCR,
  DICT_UPDATE,
  END_SEND,
  GET_AWAITABLE,
  GET_YIELD_FROM_ITER,
  IS_OP,
  JUMP_IF_FALSE,
  JUMP_IF_TRUE,
  JUMP_NO_INTERRUPT,
  LIST_APPEND,
  LIST_EXTEND,
  LOAD_ATTR,
  LOAD_DEREF,
  LOAD_FAST,
  LOAD_FROM_DICT_OR_DEREF,
  LOAD_FROM_DICT_OR_GLOBALS,
  LOAD_GLOBAL,
  LOAD_LOCALS,
  LOAD_NAME,
  LOAD_SUPER_ATTR,
  MAP_ADD,
  NOP,
  POP_BLOCK,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  RESUME,
  SEND,
  SET_ADD,
  SET_UPDATE,
  SETUP_FINALLY,
  STORE_ATTR,
  STORE_DEREF,
  STORE_FAST,
  STORE_GLOBAL,
  STORE_NAME,
  STORE_SLICE,
  STORE_SUBSCR,
  SWAP,
  TO_BOOL,
  UNARY_INVERT,
  UNARY_NEGATIVE,
  UNARY_NOT,
  UNPACK_EX,
  UNPACK_SEQUENCE,
  YIELD_VALUE,
} from "../code/opnums.ts";
import { None, PySlice, type Value } from "../objects/object.ts";
import type * as ast from "../parse/ast.ts";
import type { CompareOperator, Expr, ExprContext } from "../parse/ast.ts";
import { isLongChain, type Link, longChain } from "./chains.ts";
import {
  canOptimizeSuper,
  enterCall,
  loadSuperArgs,
  visitCall,
  visitFormattedValue,
  visitInterpolation,
  visitJoinedStr,
  visitTemplateStr,
} from "./codegen_call.ts";
import { visitComprehension } from "./codegen_comp.ts";
import {
  COMPARE_ARGS,
  INTRINSIC_ASYNC_GEN_WRAP,
  INTRINSIC_LIST_TO_TUPLE,
  INTRINSIC_UNARY_POSITIVE,
  NB_INPLACE,
  NB_OPERATORS,
  NB_SUBSCR,
  RESUME_AFTER_AWAIT,
  RESUME_AFTER_YIELD,
  RESUME_AFTER_YIELD_FROM,
  STACK_USE_GUIDELINE,
} from "./codegen_const.ts";
import { visitLambda } from "./codegen_scope.ts";
import { checkCompare, checkIndex, checkSubscripter } from "./codegen_warn.ts";
import { type Compiler, LOAD_ZERO_SUPER_ATTR, OP_DEREF, OP_FAST, OP_GLOBAL, SCOPE_ASYNC_FUNCTION } from "./compiler.ts";
import { MAX_CHAIN, MAX_DEPTH, systemError, tooDeep, tooLong } from "./errors.ts";
import { type Loc, makeLoc, NO_LOCATION } from "./instructions.ts";
import { ClassBlock, GLOBAL_IMPLICIT } from "./symtable.ts";

/** The location of a node. */
export function locOf(node: Loc): Loc {
  return makeLoc(
    node.lineno,
    node.end_lineno,
    node.col_offset,
    node.end_col_offset,
  );
}

/** Code for an expression. */
export function visitExpr(c: Compiler, e: Expr): void {
  if (++c.depth > MAX_DEPTH) throw tooDeep();
  switch (e.kind) {
    case "NamedExpr":
      visitExpr(c, e.value);
      c.op(COPY, 1, locOf(e));
      visitExpr(c, e.target);
      break;
    case "BoolOp":
      boolOp(c, e);
      break;
    case "BinOp":
      binOp(c, e);
      break;
    case "UnaryOp":
      unaryOp(c, e);
      break;
    case "Lambda":
      visitLambda(c, e);
      break;
    case "IfExp":
      ifExp(c, e);
      break;
    case "Dict":
      dict(c, e);
      break;
    case "Set":
      starUnpack(
        c,
        locOf(e),
        e.elts,
        null,
        0,
        BUILD_SET,
        SET_ADD,
        SET_UPDATE,
        false,
      );
      break;
    case "GeneratorExp":
    case "ListComp":
    case "SetComp":
    case "DictComp":
      visitComprehension(c, e);
      break;
    case "Yield":
      if (!c.u.ste.isFunctionLike) c.error(e, "'yield' outside function");
      if (e.value !== null) visitExpr(c, e.value);
      else c.loadConst(None, locOf(e));
      addYield(c, locOf(e));
      break;
    case "YieldFrom": {
      if (!c.u.ste.isFunctionLike) c.error(e, "'yield from' outside function");
      if (c.u.scopeType === SCOPE_ASYNC_FUNCTION) {
        c.error(e, "'yield from' inside async function");
      }
      visitExpr(c, e.value);
      const loc = locOf(e);
      c.op0(GET_YIELD_FROM_ITER, loc);
      c.loadConst(None, loc);
      addYieldFrom(c, loc, false);
      break;
    }
    case "Await": {
      visitExpr(c, e.value);
      const loc = locOf(e);
      c.op(GET_AWAITABLE, 0, loc);
      c.loadConst(None, loc);
      addYieldFrom(c, loc, true);
      break;
    }
    case "Compare":
      compare(c, e);
      break;
    case "Call":
      if (isLongChain(e)) visitChain(c, e);
      else visitCall(c, e);
      break;
    case "Constant":
      c.loadConst(e.value as Value, locOf(e));
      break;
    case "JoinedStr":
      visitJoinedStr(c, e);
      break;
    case "TemplateStr":
      visitTemplateStr(c, e);
      break;
    case "FormattedValue":
      visitFormattedValue(c, e);
      break;
    case "Interpolation":
      visitInterpolation(c, e);
      break;
    case "Attribute":
      if (isLongChain(e)) visitChain(c, e);
      else attribute(c, e);
      break;
    case "Subscript":
      if (isLongChain(e)) visitChain(c, e);
      else subscript(c, e);
      break;
    case "Starred":
      c.error(
        e,
        e.ctx === "Store"
          ? "starred assignment target must be in a list or tuple"
          : "can't use starred expression here",
      );
      break;
    case "Slice":
      slice(c, e);
      break;
    case "Name":
      nameOp(c, locOf(e), e.id, e.ctx);
      break;
    case "List":
      sequence(c, e, false);
      break;
    case "Tuple":
      sequence(c, e, true);
      break;
  }
  c.depth--;
}

/** Code for expressions one after the other. */
export function visitExprs(c: Compiler, seq: readonly Expr[]): void {
  for (let i = 0; i < seq.length; i++) visitExpr(c, seq[i]);
}

// ---- names ---------------------------------------------------------------------------------

function badContext(): never {
  throw systemError("bad expression context");
}

function pick(
  ctx: ExprContext,
  load: number,
  store: number,
  del: number,
): number {
  if (ctx === "Load") return load;
  if (ctx === "Store") return store;
  if (ctx === "Del") return del;
  return badContext();
}

/** Loads, stores or deletes a variable. */
export function nameOp(
  c: Compiler,
  loc: Loc,
  name: string,
  ctx: ExprContext,
): void {
  const mangled = c.maybeMangle(name);
  const ste = c.u.ste;
  const scope = ste.scope(mangled);
  const { type, arg } = c.resolveName(mangled, scope);
  const inClass = ste.type === ClassBlock;
  let op: number;
  switch (type) {
    case OP_DEREF:
      op = pick(ctx, LOAD_DEREF, STORE_DEREF, DELETE_DEREF);
      if (op === LOAD_DEREF) {
        if (inClass && c.u.inInlinedComp === 0) {
          op = LOAD_FROM_DICT_OR_DEREF;
          c.op0(LOAD_LOCALS, loc);
        } else if (ste.canSeeClassScope) {
          op = LOAD_FROM_DICT_OR_DEREF;
          loadClassdict(c, loc);
        }
      }
      break;
    case OP_FAST:
      op = pick(ctx, LOAD_FAST, STORE_FAST, DELETE_FAST);
      c.op(op, c.u.meta.varnames.add(mangled), loc);
      return;
    case OP_GLOBAL:
      op = pick(ctx, LOAD_GLOBAL, STORE_GLOBAL, DELETE_GLOBAL);
      if (
        op === LOAD_GLOBAL && ste.canSeeClassScope && scope === GLOBAL_IMPLICIT
      ) {
        op = LOAD_FROM_DICT_OR_GLOBALS;
        loadClassdict(c, loc);
      }
      break;
    default:
      op = pick(ctx, LOAD_NAME, STORE_NAME, DELETE_NAME);
      if (op === LOAD_NAME && inClass && c.u.inInlinedComp > 0) {
        op = LOAD_GLOBAL;
      }
      break;
  }
  c.op(op, op === LOAD_GLOBAL ? arg << 1 : arg, loc);
}

function loadClassdict(c: Compiler, loc: Loc): void {
  c.op(LOAD_DEREF, c.nameArg(c.u.meta.freevars, "__classdict__"), loc);
}

// ---- operators -----------------------------------------------------------------------------

function binOp(c: Compiler, e: ast.BinOp): void {
  // The left side of a long sum is not recursed into, nor the right side of a ** b ** c ...
  const spine: ast.BinOp[] = [];
  let last: Expr = e;
  for (; last.kind === "BinOp" && last.left.kind !== "BinOp"; last = last.right) {
    visitExpr(c, last.left);
    spine.push(last);
  }
  if (spine.length > 0) {
    visitExpr(c, last);
    for (let b = spine.pop(); b !== undefined; b = spine.pop()) c.op(BINARY_OP, NB_OPERATORS[b.op], locOf(b));
    return;
  }
  spine.push(e);
  let left = e.left;
  for (; left.kind === "BinOp"; left = left.left) spine.push(left);
  if (spine.length > MAX_CHAIN) throw tooLong();
  visitExpr(c, left);
  for (let i = spine.length - 1; i >= 0; i--) {
    const b = spine[i];
    visitExpr(c, b.right);
    c.op(BINARY_OP, NB_OPERATORS[b.op], locOf(b));
  }
}

/** `target op= value`, both on the stack. */
export function addInplace(
  c: Compiler,
  loc: Loc,
  op: ast.Operator,
): void {
  c.op(BINARY_OP, NB_OPERATORS[op] + NB_INPLACE, loc);
}

function unaryOp(c: Compiler, e: ast.UnaryOp): void {
  const chain: ast.UnaryOp[] = [e];
  let operand = e.operand;
  for (; operand.kind === "UnaryOp"; operand = operand.operand) chain.push(operand);
  visitExpr(c, operand);
  while (chain.length > 0) unary(c, chain.pop()!);
}

function unary(c: Compiler, e: ast.UnaryOp): void {
  const loc = locOf(e);
  switch (e.op) {
    case "UAdd":
      c.op(CALL_INTRINSIC_1, INTRINSIC_UNARY_POSITIVE, loc);
      break;
    case "Not":
      c.op0(TO_BOOL, loc);
      c.op0(UNARY_NOT, loc);
      break;
    case "Invert":
      c.op0(UNARY_INVERT, loc);
      break;
    case "USub":
      c.op0(UNARY_NEGATIVE, loc);
      break;
  }
}

function boolOp(c: Compiler, e: ast.BoolOp): void {
  const loc = locOf(e);
  const jump = e.op === "And" ? JUMP_IF_FALSE : JUMP_IF_TRUE;
  const end = c.newLabel();
  const n = e.values.length - 1;
  for (let i = 0; i < n; i++) {
    visitExpr(c, e.values[i]);
    c.op(jump, end, loc);
    c.op0(POP_TOP, loc);
  }
  visitExpr(c, e.values[n]);
  c.useLabel(end);
}

/** A comparison of the two values on the stack. */
export function addCompare(
  c: Compiler,
  loc: Loc,
  op: CompareOperator,
): void {
  switch (op) {
    case "Is":
      c.op(IS_OP, 0, loc);
      break;
    case "IsNot":
      c.op(IS_OP, 1, loc);
      break;
    case "In":
      c.op(CONTAINS_OP, 0, loc);
      break;
    case "NotIn":
      c.op(CONTAINS_OP, 1, loc);
      break;
    default:
      c.op(COMPARE_OP, COMPARE_ARGS[op], loc);
  }
}

function compare(c: Compiler, e: ast.Compare): void {
  const loc = locOf(e);
  checkCompare(c, e);
  visitExpr(c, e.left);
  const n = e.ops.length - 1;
  if (n === 0) {
    visitExpr(c, e.comparators[0]);
    addCompare(c, loc, e.ops[0]);
    return;
  }
  const cleanup = c.newLabel();
  for (let i = 0; i < n; i++) {
    visitExpr(c, e.comparators[i]);
    c.op(SWAP, 2, loc);
    c.op(COPY, 2, loc);
    addCompare(c, loc, e.ops[i]);
    c.op(COPY, 1, loc);
    c.op0(TO_BOOL, loc);
    c.op(POP_JUMP_IF_FALSE, cleanup, loc);
    c.op0(POP_TOP, loc);
  }
  visitExpr(c, e.comparators[n]);
  addCompare(c, loc, e.ops[n]);
  const end = c.newLabel();
  c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.useLabel(cleanup);
  c.op(SWAP, 2, loc);
  c.op0(POP_TOP, loc);
  c.useLabel(end);
}

/** Jumps to `next` if the truth of `e` is `cond`. */
export function jumpIf(
  c: Compiler,
  loc: Loc,
  e: Expr,
  next: number,
  cond: boolean,
): void {
  if (++c.depth > MAX_DEPTH) throw tooDeep();
  jumpIfInner(c, loc, e, next, cond);
  c.depth--;
}

function jumpIfInner(
  c: Compiler,
  loc: Loc,
  e: Expr,
  next: number,
  cond: boolean,
): void {
  const jump = cond ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE;
  switch (e.kind) {
    case "UnaryOp":
      if (e.op === "Not") {
        let x: Expr = e;
        for (; x.kind === "UnaryOp" && x.op === "Not"; x = x.operand) cond = !cond;
        return jumpIf(c, loc, x, next, cond);
      }
      break;
    case "BoolOp": {
      const n = e.values.length - 1;
      const cond2 = e.op === "Or";
      const next2 = cond2 !== cond ? c.newLabel() : next;
      for (let i = 0; i < n; i++) jumpIf(c, loc, e.values[i], next2, cond2);
      jumpIf(c, loc, e.values[n], next, cond);
      if (next2 !== next) c.useLabel(next2);
      return;
    }
    case "IfExp": {
      const ends: number[] = [];
      let last: Expr = e;
      for (; last.kind === "IfExp"; last = last.orelse) {
        const end = c.newLabel();
        const next2 = c.newLabel();
        jumpIf(c, loc, last.test, next2, false);
        jumpIf(c, loc, last.body, next, cond);
        c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);
        c.useLabel(next2);
        ends.push(end);
      }
      jumpIf(c, loc, last, next, cond);
      while (ends.length > 0) c.useLabel(ends.pop()!);
      return;
    }
    case "Compare": {
      const n = e.ops.length - 1;
      if (n === 0) break;
      const eloc = locOf(e);
      checkCompare(c, e);
      const cleanup = c.newLabel();
      visitExpr(c, e.left);
      for (let i = 0; i < n; i++) {
        visitExpr(c, e.comparators[i]);
        c.op(SWAP, 2, eloc);
        c.op(COPY, 2, eloc);
        addCompare(c, eloc, e.ops[i]);
        c.op0(TO_BOOL, eloc);
        c.op(POP_JUMP_IF_FALSE, cleanup, eloc);
      }
      visitExpr(c, e.comparators[n]);
      addCompare(c, eloc, e.ops[n]);
      c.op0(TO_BOOL, eloc);
      c.op(jump, next, eloc);
      const end = c.newLabel();
      c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);
      c.useLabel(cleanup);
      c.op0(POP_TOP, eloc);
      if (!cond) c.op(JUMP_NO_INTERRUPT, next, NO_LOCATION);
      c.useLabel(end);
      return;
    }
  }
  visitExpr(c, e);
  const eloc = locOf(e);
  c.op0(TO_BOOL, eloc);
  c.op(jump, next, eloc);
}

function ifExp(c: Compiler, e: ast.IfExp): void {
  const ends: number[] = [];
  let last: Expr = e;
  for (; last.kind === "IfExp"; last = last.orelse) {
    const end = c.newLabel();
    const next = c.newLabel();
    jumpIf(c, locOf(last), last.test, next, false);
    visitExpr(c, last.body);
    c.op(JUMP_NO_INTERRUPT, end, NO_LOCATION);
    c.useLabel(next);
    ends.push(end);
  }
  visitExpr(c, last);
  while (ends.length > 0) c.useLabel(ends.pop()!);
}

// ---- yield and await -----------------------------------------------------------------------

/** Yields the value on the stack. */
export function addYield(c: Compiler, loc: Loc): void {
  if (c.u.ste.generator && c.u.ste.coroutine) {
    c.op(CALL_INTRINSIC_1, INTRINSIC_ASYNC_GEN_WRAP, loc);
  }
  c.op(YIELD_VALUE, 0, loc);
  c.op(RESUME, RESUME_AFTER_YIELD, loc);
}

/** Delegates to the iterator below the value on the stack. */
export function addYieldFrom(c: Compiler, loc: Loc, isAwait: boolean): void {
  const send = c.newLabel();
  const fail = c.newLabel();
  const exit = c.newLabel();
  c.useLabel(send);
  c.op(SEND, exit, loc);
  // YIELD_VALUE raises only if close() or throw() did: that is what the handler is for.
  c.op(SETUP_FINALLY, fail, loc);
  c.op(YIELD_VALUE, 1, loc);
  c.op0(POP_BLOCK, NO_LOCATION);
  c.op(RESUME, isAwait ? RESUME_AFTER_AWAIT : RESUME_AFTER_YIELD_FROM, loc);
  c.op(JUMP_NO_INTERRUPT, send, loc);
  c.useLabel(fail);
  c.op0(CLEANUP_THROW, loc);
  c.useLabel(exit);
  c.op0(END_SEND, loc);
}

// ---- displays ------------------------------------------------------------------------------

/** Builds a collection from elements of which some may be starred. */
export function starUnpack(
  c: Compiler,
  loc: Loc,
  elts: readonly Expr[],
  injected: string | null,
  pushed: number,
  build: number,
  add: number,
  extend: number,
  tuple: boolean,
): void {
  let n = elts.length;
  const big = n + pushed + (injected !== null ? 1 : 0) > STACK_USE_GUIDELINE;
  if (!big && !elts.some((e) => e.kind === "Starred")) {
    visitExprs(c, elts);
    if (injected !== null) {
      nameOp(c, loc, injected, "Load");
      n++;
    }
    c.op(tuple ? BUILD_TUPLE : build, n + pushed, loc);
    return;
  }
  let built = false;
  if (big) {
    c.op(build, pushed, loc);
    built = true;
  }
  for (let i = 0; i < n; i++) {
    const e = elts[i];
    if (e.kind === "Starred") {
      if (!built) {
        c.op(build, i + pushed, loc);
        built = true;
      }
      visitExpr(c, e.value);
      c.op(extend, 1, loc);
    } else {
      visitExpr(c, e);
      if (built) c.op(add, 1, loc);
    }
  }
  if (injected !== null) {
    nameOp(c, loc, injected, "Load");
    c.op(add, 1, loc);
  }
  if (tuple) c.op(CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE, loc);
}

function sequence(
  c: Compiler,
  e: ast.List | ast.Tuple,
  tuple: boolean,
): void {
  const loc = locOf(e);
  if (e.ctx === "Store") {
    unpackTargets(c, loc, e.elts);
    for (const t of e.elts) visitExpr(c, t.kind === "Starred" ? t.value : t);
  } else if (e.ctx === "Load") {
    starUnpack(
      c,
      loc,
      e.elts,
      null,
      0,
      BUILD_LIST,
      LIST_APPEND,
      LIST_EXTEND,
      tuple,
    );
  } else {
    visitExprs(c, e.elts);
  }
}

function unpackTargets(c: Compiler, loc: Loc, elts: readonly Expr[]): void {
  const n = elts.length;
  let seenStar = false;
  for (let i = 0; i < n; i++) {
    if (elts[i].kind !== "Starred") continue;
    if (seenStar) {
      c.error(loc, "multiple starred expressions in assignment");
    }
    if (i >= 1 << 8 || n - i - 1 >= 0x7fffffff >> 8) {
      c.error(loc, "too many expressions in star-unpacking assignment");
    }
    c.op(UNPACK_EX, i + ((n - i - 1) << 8), loc);
    seenStar = true;
  }
  if (!seenStar) c.op(UNPACK_SEQUENCE, n, loc);
}

function subDict(
  c: Compiler,
  e: ast.Dict,
  begin: number,
  end: number,
): void {
  const n = end - begin;
  const big = n * 2 > STACK_USE_GUIDELINE;
  const loc = locOf(e);
  if (big) c.op(BUILD_MAP, 0, loc);
  for (let i = begin; i < end; i++) {
    visitExpr(c, e.keys[i] as Expr);
    visitExpr(c, e.values[i]);
    if (big) c.op(MAP_ADD, 1, loc);
  }
  if (!big) c.op(BUILD_MAP, n, loc);
}

function dict(c: Compiler, e: ast.Dict): void {
  const loc = locOf(e);
  const n = e.values.length;
  let haveDict = false;
  let elements = 0;
  const flush = (begin: number, end: number) => {
    subDict(c, e, begin, end);
    if (haveDict) c.op(DICT_UPDATE, 1, loc);
    haveDict = true;
    elements = 0;
  };
  for (let i = 0; i < n; i++) {
    if (e.keys[i] === null) {
      if (elements > 0) flush(i - elements, i);
      if (!haveDict) {
        c.op(BUILD_MAP, 0, loc);
        haveDict = true;
      }
      visitExpr(c, e.values[i]);
      c.op(DICT_UPDATE, 1, loc);
    } else if (elements * 2 > STACK_USE_GUIDELINE) {
      flush(i - elements, i + 1);
    } else {
      elements++;
    }
  }
  if (elements > 0) flush(n - elements, n);
  if (!haveDict) c.op(BUILD_MAP, 0, loc);
}

// ---- attributes, subscripts, slices --------------------------------------------------------

/** Where an attribute access stands: if it spans lines, at the attribute's name. */
export function attrLoc(loc: Loc, attr: ast.Attribute): Loc {
  if (loc.lineno === attr.end_lineno) return loc;
  const lineno = attr.end_lineno;
  let col = -1;
  let endCol = -1;
  const len = [...attr.attr].length;
  if (len <= attr.end_col_offset) {
    col = attr.end_col_offset - len;
    endCol = loc.end_col_offset;
  }
  const endLineno = Math.max(lineno, loc.end_lineno);
  if (lineno === endLineno) endCol = Math.max(col, endCol);
  return makeLoc(lineno, endLineno, col, endCol);
}

function attribute(c: Compiler, e: ast.Attribute): void {
  const names = c.u.meta.names;
  const loc = locOf(e);
  if (e.ctx === "Load" && canOptimizeSuper(c, e)) {
    const call = e.value as ast.Call;
    loadSuperArgs(c, call);
    const op = call.args.length > 0 ? LOAD_SUPER_ATTR : LOAD_ZERO_SUPER_ATTR;
    c.nameOp(op, e.attr, names, loc);
    c.op0(NOP, attrLoc(loc, e));
    return;
  }
  c.maybeStaticAttribute(e);
  visitExpr(c, e.value);
  attributeOp(c, e);
}

function attributeOp(c: Compiler, e: ast.Attribute): void {
  const op = pick(e.ctx, LOAD_ATTR, STORE_ATTR, DELETE_ATTR);
  c.nameOp(op, e.attr, c.u.meta.names, attrLoc(locOf(e), e));
}

/** A chain of attributes, calls and subscripts that is too long to recurse into. */
function visitChain(c: Compiler, e: Link): void {
  const { links } = longChain(e)!, leaving: (() => void)[] = [];
  // the last links (`super().x` may be there) go the ordinary way
  let at = 0;
  while (at < links.length - 4) {
    const link = links[at++];
    if (link.kind === "Call") {
      const { method, leave } = enterCall(c, link);
      leaving.push(leave);
      if (method) at++;
    } else if (link.kind === "Attribute") {
      c.maybeStaticAttribute(link);
      leaving.push(() => attributeOp(c, link));
    } else {
      enterSubscript(c, link);
      leaving.push(() => subscriptOp(c, link));
    }
  }
  visitExpr(c, links[at]);
  for (let i = leaving.length - 1; i >= 0; i--) leaving[i]();
}

function isConstantSlice(s: Expr): boolean {
  return s.kind === "Slice" &&
    (s.lower === null || s.lower.kind === "Constant") &&
    (s.upper === null || s.upper.kind === "Constant") &&
    (s.step === null || s.step.kind === "Constant");
}

/** Is it a slice for which BINARY_SLICE and STORE_SLICE are used? */
function isTwoPartSlice(s: Expr): s is ast.Slice {
  return s.kind === "Slice" && s.step === null && !isConstantSlice(s);
}

function sliceParts(c: Compiler, s: ast.Slice): void {
  if (s.lower !== null) visitExpr(c, s.lower);
  else c.loadConst(None, locOf(s));
  if (s.upper !== null) visitExpr(c, s.upper);
  else c.loadConst(None, locOf(s));
}

function slice(c: Compiler, s: ast.Slice): void {
  const loc = locOf(s);
  if (isConstantSlice(s)) {
    const part = (e: Expr | null) => e === null ? None : (e as ast.Constant).value as Value;
    c.loadConst(new PySlice(part(s.lower), part(s.upper), part(s.step)), loc);
    return;
  }
  sliceParts(c, s);
  if (s.step !== null) visitExpr(c, s.step);
  c.op(BUILD_SLICE, s.step !== null ? 3 : 2, loc);
}

function subscript(c: Compiler, e: ast.Subscript): void {
  enterSubscript(c, e);
  visitExpr(c, e.value);
  subscriptOp(c, e);
}

function enterSubscript(c: Compiler, e: ast.Subscript): void {
  if (e.ctx !== "Load") return;
  checkSubscripter(c, e.value);
  checkIndex(c, e.value, e.slice);
}

function subscriptOp(c: Compiler, e: ast.Subscript): void {
  const loc = locOf(e);
  if (e.ctx !== "Del" && isTwoPartSlice(e.slice)) {
    sliceParts(c, e.slice);
    c.op0(e.ctx === "Load" ? BINARY_SLICE : STORE_SLICE, loc);
    return;
  }
  visitExpr(c, e.slice);
  if (e.ctx === "Load") c.op(BINARY_OP, NB_SUBSCR, loc);
  else c.op0(e.ctx === "Store" ? STORE_SUBSCR : DELETE_SUBSCR, loc);
}

/** Code for `target op= value`. */
export function visitAugAssign(c: Compiler, s: ast.AugAssign): void {
  const e = s.target;
  const loc = locOf(e);
  const names = c.u.meta.names;
  switch (e.kind) {
    case "Attribute":
      visitExpr(c, e.value);
      c.op(COPY, 1, loc);
      c.nameOp(LOAD_ATTR, e.attr, names, attrLoc(loc, e));
      break;
    case "Subscript":
      visitExpr(c, e.value);
      if (isTwoPartSlice(e.slice)) {
        sliceParts(c, e.slice);
        c.op(COPY, 3, loc);
        c.op(COPY, 3, loc);
        c.op(COPY, 3, loc);
        c.op0(BINARY_SLICE, loc);
      } else {
        visitExpr(c, e.slice);
        c.op(COPY, 2, loc);
        c.op(COPY, 2, loc);
        c.op(BINARY_OP, NB_SUBSCR, loc);
      }
      break;
    case "Name":
      nameOp(c, loc, e.id, "Load");
      break;
    default:
      throw systemError(`invalid node ${e.kind} for augmented assignment`);
  }
  visitExpr(c, s.value);
  addInplace(c, locOf(s), s.op);
  switch (e.kind) {
    case "Attribute": {
      const aloc = attrLoc(loc, e);
      c.op(SWAP, 2, aloc);
      c.nameOp(STORE_ATTR, e.attr, names, aloc);
      break;
    }
    case "Subscript":
      if (isTwoPartSlice(e.slice)) {
        c.op(SWAP, 4, loc);
        c.op(SWAP, 3, loc);
        c.op(SWAP, 2, loc);
        c.op0(STORE_SLICE, loc);
      } else {
        c.op(SWAP, 3, loc);
        c.op(SWAP, 2, loc);
        c.op0(STORE_SUBSCR, loc);
      }
      break;
    case "Name":
      nameOp(c, loc, e.id, "Store");
      break;
  }
}
