// CPython 3.14: Python/codegen.c (calls, f-strings and t-strings)
//
// Code for calls. Most calls push the callable, NULL or `self`, the arguments and CALL; method calls
// and `super().name` have forms that make no bound method. Many or starred arguments are collected
// in a tuple and a dict for CALL_FUNCTION_EX. `all`, `any` and `tuple` of a generator expression run
// its loop in place, provided that the name means the builtin when it is called.

import {
  BUILD_INTERPOLATION,
  BUILD_LIST,
  BUILD_MAP,
  BUILD_STRING,
  BUILD_TEMPLATE,
  BUILD_TUPLE,
  CALL,
  CALL_FUNCTION_EX,
  CALL_INTRINSIC_1,
  CALL_KW,
  CONVERT_VALUE,
  COPY,
  DICT_MERGE,
  END_FOR,
  FOR_ITER,
  FORMAT_SIMPLE,
  FORMAT_WITH_SPEC,
  JUMP,
  LIST_APPEND,
  LIST_EXTEND,
  LOAD_COMMON_CONSTANT,
  MAP_ADD,
  NOP,
  POP_ITER,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  PUSH_NULL,
  TO_BOOL,
} from "../code/opnums.ts";
import { PyTuple, type Value } from "../objects/object.ts";
import type * as ast from "../parse/ast.ts";
import type { Expr } from "../parse/ast.ts";
import { systemError } from "./errors.ts";
import {
  CONSTANT_BUILTIN_ALL,
  CONSTANT_BUILTIN_ANY,
  CONSTANT_BUILTIN_TUPLE,
  CONVERSIONS,
  INTRINSIC_LIST_TO_TUPLE,
  STACK_USE_GUIDELINE,
} from "./codegen_const.ts";
import { addCompare, addInplace, attrLoc, locOf, nameOp, starUnpack, visitExpr, visitExprs } from "./codegen_expr.ts";
import { checkCaller } from "./codegen_warn.ts";
import { type Compiler, LOAD_METHOD, LOAD_SUPER_METHOD, LOAD_ZERO_SUPER_METHOD } from "./compiler.ts";
import { type Loc, NO_LOCATION } from "./instructions.ts";
import { strValue } from "./strval.ts";
import { DEF_IMPORT, FREE, GLOBAL_IMPLICIT } from "./symtable.ts";

// ---- super ---------------------------------------------------------------------------------

/** Can `super(...).attr` be one instruction? */
export function canOptimizeSuper(c: Compiler, attr: ast.Attribute): boolean {
  const e = attr.value;
  if (
    e.kind !== "Call" || e.func.kind !== "Name" || e.func.id !== "super" ||
    attr.attr === "__class__" || e.keywords.length > 0
  ) return false;
  // `super` must not be a variable of this block or of the module
  if (c.u.ste.scope("super") !== GLOBAL_IMPLICIT) return false;
  if (c.st.top.scope("super") !== 0) return false;
  if (e.args.length === 2) return e.args.every((a) => a.kind !== "Starred");
  if (e.args.length !== 0) return false;
  // without arguments it needs a first parameter and the class cell
  const { argcount, posonlyargcount } = c.u.meta;
  if (argcount === 0 && posonlyargcount === 0) return false;
  return c.refType("__class__") === FREE;
}

/** Pushes what LOAD_SUPER_ATTR works on. */
export function loadSuperArgs(c: Compiler, e: ast.Call): void {
  nameOp(c, locOf(e.func), (e.func as ast.Name).id, "Load");
  if (e.args.length === 2) {
    visitExprs(c, e.args);
    return;
  }
  const loc = locOf(e);
  nameOp(c, loc, "__class__", "Load");
  nameOp(c, loc, c.u.meta.varnames.list[0], "Load");
}

// ---- calls ---------------------------------------------------------------------------------

function isImported(c: Compiler, e: Expr): boolean {
  return e.kind === "Name" && (c.st.top.symbol(e.id) & DEF_IMPORT) !== 0;
}

function validateKeywords(
  c: Compiler,
  keywords: readonly ast.keyword[],
): void {
  if (keywords.length < 2) return;
  const seen = new Set<string>();
  const repeated = keywords.some(({ arg }) => arg !== null && (seen.has(arg) || !seen.add(arg)));
  if (!repeated) return;
  for (let i = 0; i < keywords.length; i++) {
    const name = keywords[i].arg;
    if (name === null) continue;
    for (let j = i + 1; j < keywords.length; j++) {
      if (keywords[j].arg === name) {
        c.error(keywords[j], `keyword argument repeated: ${name}`);
      }
    }
  }
}

function loadKeywordNames(
  c: Compiler,
  loc: Loc,
  keywords: readonly ast.keyword[],
): void {
  c.loadConst(
    new PyTuple(keywords.map((k) => strValue(k.arg as string))),
    loc,
  );
}

/** The method of a call that needs no bound method; undefined for other calls. */
function methodOf(c: Compiler, e: ast.Call): ast.Attribute | undefined {
  const meth = e.func;
  const { args, keywords } = e;
  if (meth.kind !== "Attribute" || meth.ctx !== "Load") return undefined;
  if (isImported(c, meth.value)) return undefined;
  const nkw = keywords.length;
  if (args.length + nkw + (nkw > 0 ? 1 : 0) >= STACK_USE_GUIDELINE) return undefined;
  if (args.some((a) => a.kind === "Starred")) return undefined;
  if (keywords.some((k) => k.arg === null)) return undefined;
  return meth;
}

function methodCall(c: Compiler, e: ast.Call, meth: ast.Attribute): void {
  const names = c.u.meta.names;
  if (canOptimizeSuper(c, meth)) {
    const call = meth.value as ast.Call, loc = locOf(meth);
    loadSuperArgs(c, call);
    c.nameOp(
      call.args.length > 0 ? LOAD_SUPER_METHOD : LOAD_ZERO_SUPER_METHOD,
      meth.attr,
      names,
      loc,
    );
    c.op0(NOP, attrLoc(loc, meth));
  } else {
    visitExpr(c, meth.value);
    c.nameOp(LOAD_METHOD, meth.attr, names, attrLoc(locOf(meth), meth));
  }
  methodArgs(c, e, meth);
}

/** Arguments of a method call and the call. */
function methodArgs(c: Compiler, e: ast.Call, meth: ast.Attribute): void {
  const { args, keywords } = e, nkw = keywords.length;
  visitExprs(c, args);
  const callLoc = attrLoc(locOf(e), meth);
  if (nkw > 0) {
    for (const k of keywords) visitExpr(c, k.value);
    loadKeywordNames(c, attrLoc(locOf(meth), meth), keywords);
    c.op(CALL_KW, args.length + nkw, callLoc);
  } else {
    c.op(CALL, args.length, callLoc);
  }
}

/** The loop of `all`, `any` or `tuple` over a generator expression, in place of the call. */
function inlineBuiltin(c: Compiler, e: ast.Call, end: number): void {
  const { func, args } = e;
  if (
    func.kind !== "Name" || args.length !== 1 || e.keywords.length > 0 ||
    args[0].kind !== "GeneratorExp" || c.st.lookup(args[0]).coroutine
  ) return;
  const loc = locOf(func);
  const skip = c.newLabel();
  let constant = -1;
  let initial = false;
  let goOn = POP_JUMP_IF_FALSE;
  switch (func.id) {
    case "all":
      constant = CONSTANT_BUILTIN_ALL;
      initial = true;
      goOn = POP_JUMP_IF_TRUE;
      break;
    case "any":
      constant = CONSTANT_BUILTIN_ANY;
      break;
    case "tuple":
      constant = CONSTANT_BUILTIN_TUPLE;
      break;
  }
  if (constant !== -1) {
    const tuple = constant === CONSTANT_BUILTIN_TUPLE;
    c.op(COPY, 1, loc);
    c.op(LOAD_COMMON_CONSTANT, constant, loc);
    addCompare(c, loc, "Is");
    c.op(POP_JUMP_IF_FALSE, skip, loc);
    c.op0(POP_TOP, loc);
    if (tuple) c.op(BUILD_LIST, 0, loc);
    visitExpr(c, args[0]);
    const loop = c.newLabel();
    const cleanup = c.newLabel();
    c.useLabel(loop);
    c.op(FOR_ITER, cleanup, loc);
    if (tuple) {
      c.op(LIST_APPEND, 2, loc);
      c.op(JUMP, loop, loc);
    } else {
      c.op0(TO_BOOL, loc);
      c.op(goOn, loop, loc);
    }
    c.op0(POP_ITER, NO_LOCATION);
    if (!tuple) c.loadConst(!initial, loc);
    c.op(JUMP, end, loc);
    c.useLabel(cleanup);
    c.op0(END_FOR, NO_LOCATION);
    c.op0(POP_ITER, NO_LOCATION);
    if (tuple) c.op(CALL_INTRINSIC_1, INTRINSIC_LIST_TO_TUPLE, loc);
    else c.loadConst(initial, loc);
    c.op(JUMP, end, loc);
  }
  c.useLabel(skip);
}

/** Code for a call. */
export function visitCall(c: Compiler, e: ast.Call): void {
  validateKeywords(c, e.keywords);
  const meth = methodOf(c, e);
  if (meth !== undefined) return methodCall(c, e, meth);
  const end = c.newLabel();
  checkCaller(c, e.func);
  visitExpr(c, e.func);
  inlineBuiltin(c, e, end);
  plainCall(c, e, end);
}

function plainCall(c: Compiler, e: ast.Call, end: number): void {
  c.op0(PUSH_NULL, locOf(e.func));
  callHelper(c, locOf(e), 0, e.args, null, e.keywords);
  c.useLabel(end);
}

/** A call in a chain too long to recurse into: what goes before its first part; what comes after it. */
export function enterCall(c: Compiler, e: ast.Call): { method: boolean; leave: () => void } {
  validateKeywords(c, e.keywords);
  const meth = methodOf(c, e);
  if (meth !== undefined) {
    const leave = () => {
      c.nameOp(LOAD_METHOD, meth.attr, c.u.meta.names, attrLoc(locOf(meth), meth));
      methodArgs(c, e, meth);
    };
    return { method: true, leave };
  }
  const end = c.newLabel();
  checkCaller(c, e.func);
  return { method: false, leave: () => plainCall(c, e, end) };
}

function subKeywords(
  c: Compiler,
  loc: Loc,
  keywords: readonly ast.keyword[],
  begin: number,
  end: number,
): void {
  const n = end - begin;
  const big = n * 2 > STACK_USE_GUIDELINE;
  if (big) c.op(BUILD_MAP, 0, NO_LOCATION);
  for (let i = begin; i < end; i++) {
    const k = keywords[i];
    c.loadText(k.arg as string, loc);
    visitExpr(c, k.value);
    if (big) c.op(MAP_ADD, 1, NO_LOCATION);
  }
  if (!big) c.op(BUILD_MAP, n, loc);
}

/** The arguments of a call and the call; `pushed` arguments are already on the stack. */
export function callHelper(
  c: Compiler,
  loc: Loc,
  pushed: number,
  args: readonly Expr[],
  injected: string | null,
  keywords: readonly ast.keyword[],
): void {
  validateKeywords(c, keywords);
  let nargs = args.length;
  const nkw = keywords.length;
  const simple = nargs + nkw * 2 <= STACK_USE_GUIDELINE &&
    args.every((a) => a.kind !== "Starred") &&
    keywords.every((k) => k.arg !== null);
  if (simple) {
    visitExprs(c, args);
    if (injected !== null) {
      nameOp(c, loc, injected, "Load");
      nargs++;
    }
    if (nkw > 0) {
      for (const k of keywords) visitExpr(c, k.value);
      loadKeywordNames(c, loc, keywords);
      c.op(CALL_KW, pushed + nargs + nkw, loc);
    } else {
      c.op(CALL, pushed + nargs, loc);
    }
    return;
  }
  const first = args[0];
  if (pushed === 0 && nargs === 1 && first.kind === "Starred") {
    visitExpr(c, first.value);
  } else {
    starUnpack(
      c,
      loc,
      args,
      injected,
      pushed,
      BUILD_LIST,
      LIST_APPEND,
      LIST_EXTEND,
      true,
    );
  }
  if (nkw === 0) {
    c.op0(PUSH_NULL, loc);
    c.op0(CALL_FUNCTION_EX, loc);
    return;
  }
  let haveDict = false;
  let seen = 0;
  const flush = (end: number) => {
    subKeywords(c, loc, keywords, end - seen, end);
    if (haveDict) c.op(DICT_MERGE, 1, loc);
    haveDict = true;
    seen = 0;
  };
  for (let i = 0; i < nkw; i++) {
    const k = keywords[i];
    if (k.arg !== null) {
      seen++;
      continue;
    }
    if (seen > 0) flush(i);
    if (!haveDict) {
      c.op(BUILD_MAP, 0, loc);
      haveDict = true;
    }
    visitExpr(c, k.value);
    c.op(DICT_MERGE, 1, loc);
  }
  if (seen > 0) flush(nkw);
  c.op0(CALL_FUNCTION_EX, loc);
}

// ---- f-strings and t-strings ---------------------------------------------------------------

/** Code for an f-string. */
export function visitJoinedStr(c: Compiler, e: ast.JoinedStr): void {
  const loc = locOf(e);
  const n = e.values.length;
  if (n > STACK_USE_GUIDELINE) {
    c.loadConst("", loc);
    c.nameOp(LOAD_METHOD, "join", c.u.meta.names, loc);
    c.op(BUILD_LIST, 0, loc);
    for (const v of e.values) {
      visitExpr(c, v);
      c.op(LIST_APPEND, 1, loc);
    }
    c.op(CALL, 1, loc);
    return;
  }
  visitExprs(c, e.values);
  if (n > 1) c.op(BUILD_STRING, n, loc);
  else if (n === 0) c.loadConst("", loc);
}

function conversionArg(conversion: number): number {
  const arg = CONVERSIONS[String.fromCharCode(conversion)];
  if (arg === undefined) {
    throw systemError(`Unrecognized conversion character ${conversion}`);
  }
  return arg;
}

/** Code for a value in an f-string. */
export function visitFormattedValue(
  c: Compiler,
  e: ast.FormattedValue,
): void {
  visitExpr(c, e.value);
  const loc = locOf(e);
  if (e.conversion !== -1) {
    c.op(CONVERT_VALUE, conversionArg(e.conversion), loc);
  }
  if (e.format_spec !== null) {
    visitExpr(c, e.format_spec);
    c.op0(FORMAT_WITH_SPEC, loc);
  } else {
    c.op0(FORMAT_SIMPLE, loc);
  }
}

/** Code for a t-string: the tuple of its strings, then that of its interpolations. */
export function visitTemplateStr(c: Compiler, e: ast.TemplateStr): void {
  const loc = locOf(e);
  const values = e.values;
  let lastWasInterpolation = true;
  let strings = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i].kind === "Interpolation") {
      if (lastWasInterpolation) {
        c.loadConst("", loc);
        strings++;
      }
      lastWasInterpolation = true;
      continue;
    }
    visitExpr(c, values[i]);
    while (
      i + 1 < values.length && values[i + 1].kind !== "Interpolation"
    ) {
      visitExpr(c, values[++i]);
      addInplace(c, loc, "Add");
    }
    strings++;
    lastWasInterpolation = false;
  }
  if (lastWasInterpolation) {
    c.loadConst("", loc);
    strings++;
  }
  c.op(BUILD_TUPLE, strings, loc);
  let interpolations = 0;
  for (const v of values) {
    if (v.kind !== "Interpolation") continue;
    visitExpr(c, v);
    interpolations++;
  }
  c.op(BUILD_TUPLE, interpolations, loc);
  c.op0(BUILD_TEMPLATE, loc);
}

/** Code for an interpolation of a t-string. */
export function visitInterpolation(
  c: Compiler,
  e: ast.Interpolation,
): void {
  const loc = locOf(e);
  visitExpr(c, e.value);
  c.loadConst(e.str as Value, loc);
  let arg = 2;
  if (e.format_spec !== null) {
    arg++;
    visitExpr(c, e.format_spec);
  }
  if (e.conversion !== -1) arg |= conversionArg(e.conversion) << 2;
  c.op(BUILD_INTERPOLATION, arg, loc);
}
