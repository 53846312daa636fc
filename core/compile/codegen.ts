// CPython 3.14: Python/codegen.c (modules and statements)
//
// The code generator turns the tree into instruction sequences, one per code object. It knows
// nothing of optimisation: jumps go to labels, try blocks are SETUP_FINALLY ... POP_BLOCK, and each
// instruction carries the source range it belongs to. The rest of it:
//   codegen_expr.ts    names, operators, displays, subscripts
//   codegen_call.ts    calls, f-strings and t-strings
//   codegen_comp.ts    comprehensions
//   codegen_flow.ts    if, loops, try, with, return
//   codegen_scope.ts   functions, classes, type parameters, annotations
//   codegen_pattern.ts match
//   codegen_warn.ts    warnings about suspicious code
// The functions take the Compiler (compiler.ts), which holds all state.

import {
  BUILD_SET,
  CALL,
  CALL_INTRINSIC_1,
  COPY,
  IMPORT_FROM,
  IMPORT_NAME,
  LOAD_COMMON_CONSTANT,
  NOP,
  POP_TOP,
  RAISE_VARARGS,
  SETUP_ANNOTATIONS,
  STORE_NAME,
  SWAP,
} from "../code/opnums.ts";
import { None, PyTuple } from "../objects/object.ts";
import type * as ast from "../parse/ast.ts";
import type { Expr, Mod, Stmt } from "../parse/ast.ts";
import { CONSTANT_ASSERTIONERROR, INTRINSIC_IMPORT_STAR, INTRINSIC_PRINT } from "./codegen_const.ts";
import { jumpIf, locOf, nameOp, visitAugAssign, visitExpr, visitExprs } from "./codegen_expr.ts";
import {
  visitAsyncFor,
  visitBreak,
  visitContinue,
  visitFor,
  visitIf,
  visitReturn,
  visitTry,
  visitWhile,
  visitWith,
} from "./codegen_flow.ts";
import { visitMatch } from "./codegen_pattern.ts";
import {
  deferredAnnotations,
  enterScope,
  visitAnnAssign,
  visitClass,
  visitFunction,
  visitTypeAlias,
} from "./codegen_scope.ts";
import { type Compiler, SCOPE_MODULE } from "./compiler.ts";
import { cleanDoc, getDocString } from "./docstring.ts";
import { CompileFailure, MAX_DEPTH, tooDeep } from "./errors.ts";
import { CO_FUTURE_ANNOTATIONS } from "./future.ts";
import { type Loc, makeLoc, NO_LOCATION } from "./instructions.ts";
import { strValue } from "./strval.ts";

/** Generates a module's code into the compiler's unit, which is left open. */
export function codegenModule(c: Compiler, mod: Mod): void {
  enterScope(c, "<module>", SCOPE_MODULE, c.st.top, 1, null, {});
  switch (mod.kind) {
    case "Module":
      module(c, mod.body, false);
      break;
    case "Interactive":
      module(c, mod.body, true);
      break;
    case "Expression":
      visitExpr(c, mod.body);
      break;
    case "FunctionType":
      throw new CompileFailure(
        "RuntimeError",
        "this compiler does not handle FunctionTypes",
      );
  }
}

function module(
  c: Compiler,
  stmts: readonly Stmt[],
  interactive: boolean,
): void {
  const loc = stmts.length > 0 ? locOf(stmts[0]) : makeLoc(1, 1, 0, 0);
  if (c.u.ste.hasConditionalAnnotations) {
    c.op(BUILD_SET, 0, loc);
    c.op(
      STORE_NAME,
      c.u.meta.names.add("__conditional_annotations__"),
      loc,
    );
  }
  body(c, loc, stmts, interactive);
}

/** The body of a module or class. */
export function body(
  c: Compiler,
  loc: Loc,
  stmts: readonly Stmt[],
  interactive: boolean,
): void {
  const ste = c.u.ste;
  const future = c.o.flags & CO_FUTURE_ANNOTATIONS;
  if (future && ste.annotationsUsed) c.op0(SETUP_ANNOTATIONS, loc);
  if (stmts.length === 0) return;
  let first = 0;
  const doc = !interactive && ste.hasDocstring ? getDocString(stmts) : undefined;
  if (doc !== undefined) {
    first = 1;
    c.loadConst(cleanDoc(doc), locOf((stmts[0] as ast.ExprStmt).value));
    nameOp(c, NO_LOCATION, "__doc__", "Store");
  }
  for (let i = first; i < stmts.length; i++) visitStmt(c, stmts[i]);
  if (!future) deferredAnnotations(c, loc);
}

/** Code for statements one after the other. */
export function visitStmts(c: Compiler, stmts: readonly Stmt[]): void {
  for (let i = 0; i < stmts.length; i++) visitStmt(c, stmts[i]);
}

function visitStmt(c: Compiler, s: Stmt): void {
  if (++c.depth > MAX_DEPTH) throw tooDeep();
  switch (s.kind) {
    case "FunctionDef":
    case "AsyncFunctionDef":
      visitFunction(c, s);
      break;
    case "ClassDef":
      visitClass(c, s);
      break;
    case "TypeAlias":
      visitTypeAlias(c, s);
      break;
    case "Return":
      visitReturn(c, s);
      break;
    case "Delete":
      visitExprs(c, s.targets);
      break;
    case "Assign": {
      visitExpr(c, s.value);
      const n = s.targets.length;
      for (let i = 0; i < n; i++) {
        if (i < n - 1) c.op(COPY, 1, locOf(s));
        visitExpr(c, s.targets[i]);
      }
      break;
    }
    case "AugAssign":
      visitAugAssign(c, s);
      break;
    case "AnnAssign":
      visitAnnAssign(c, s);
      break;
    case "For":
    case "AsyncFor":
    case "While":
    case "If":
    case "Match":
    case "Try":
    case "TryStar":
    case "With":
    case "AsyncWith":
      c.u.inConditionalBlock++;
      visitCompound(c, s);
      c.u.inConditionalBlock--;
      break;
    case "Raise": {
      let n = 0;
      if (s.exc !== null) {
        visitExpr(c, s.exc);
        n++;
        if (s.cause !== null) {
          visitExpr(c, s.cause);
          n++;
        }
      }
      c.op(RAISE_VARARGS, n, locOf(s));
      break;
    }
    case "Assert":
      visitAssert(c, s);
      break;
    case "Import":
      visitImport(c, s);
      break;
    case "ImportFrom":
      visitImportFrom(c, s);
      break;
    case "Global":
    case "Nonlocal":
      break;
    case "Expr":
      visitExprStmt(c, locOf(s), s.value);
      break;
    case "Pass":
      c.op0(NOP, locOf(s));
      break;
    case "Break":
      visitBreak(c, s);
      break;
    case "Continue":
      visitContinue(c, s);
      break;
  }
  c.depth--;
}

function visitCompound(
  c: Compiler,
  s:
    | ast.For
    | ast.AsyncFor
    | ast.While
    | ast.If
    | ast.Match
    | ast.Try
    | ast.TryStar
    | ast.With
    | ast.AsyncWith,
): void {
  switch (s.kind) {
    case "For":
      return visitFor(c, s);
    case "AsyncFor":
      return visitAsyncFor(c, s);
    case "While":
      return visitWhile(c, s);
    case "If":
      return visitIf(c, s);
    case "Match":
      return visitMatch(c, s);
    case "Try":
    case "TryStar":
      return visitTry(c, s);
    case "With":
    case "AsyncWith":
      return visitWith(c, s);
  }
}

function visitExprStmt(c: Compiler, loc: Loc, value: Expr): void {
  if (c.isInteractiveTopLevel) {
    visitExpr(c, value);
    c.op(CALL_INTRINSIC_1, INTRINSIC_PRINT, loc);
    c.op0(POP_TOP, NO_LOCATION);
  } else if (value.kind === "Constant") {
    c.op0(NOP, loc);
  } else {
    visitExpr(c, value);
    c.op0(POP_TOP, NO_LOCATION);
  }
}

function visitAssert(c: Compiler, s: ast.Assert): void {
  const test = s.test;
  if (
    (test.kind === "Tuple" && test.elts.length > 0) ||
    (test.kind === "Constant" && test.value instanceof PyTuple &&
      test.value.items.length > 0)
  ) {
    c.warn(s, "assertion is always true, perhaps remove parentheses?");
  }
  if (c.o.optimize > 0) return;
  const loc = locOf(s);
  const end = c.newLabel();
  jumpIf(c, loc, test, end, true);
  c.op(LOAD_COMMON_CONSTANT, CONSTANT_ASSERTIONERROR, loc);
  if (s.msg !== null) {
    visitExpr(c, s.msg);
    c.op(CALL, 0, loc);
  }
  c.op(RAISE_VARARGS, 1, locOf(test));
  c.useLabel(end);
}

// ---- imports -------------------------------------------------------------------------------

function visitImport(c: Compiler, s: ast.Import): void {
  const loc = locOf(s);
  const names = c.u.meta.names;
  for (const { name, asname } of s.names) {
    c.loadConst(0, loc);
    c.loadConst(None, loc);
    c.nameOp(IMPORT_NAME, name, names, loc);
    const parts = name.split(".");
    if (asname === null) {
      nameOp(c, loc, parts[0], "Store");
      continue;
    }
    // `import a.b.c as d`: IMPORT_NAME gives `a`, so walk down
    for (let i = 1; i < parts.length; i++) {
      if (i > 1) {
        c.op(SWAP, 2, loc);
        c.op0(POP_TOP, loc);
      }
      c.op(IMPORT_FROM, names.add(parts[i]), loc);
    }
    nameOp(c, loc, asname, "Store");
    if (parts.length > 1) c.op0(POP_TOP, loc);
  }
}

function visitImportFrom(c: Compiler, s: ast.ImportFrom): void {
  const loc = locOf(s);
  const names = c.u.meta.names;
  c.loadConst(s.level ?? 0, loc);
  c.loadConst(new PyTuple(s.names.map((a) => strValue(a.name))), loc);
  c.nameOp(IMPORT_NAME, s.module ?? "", names, loc);
  if (s.names[0].name.startsWith("*")) {
    c.op(CALL_INTRINSIC_1, INTRINSIC_IMPORT_STAR, loc);
    c.op0(POP_TOP, NO_LOCATION);
    return;
  }
  for (const { name, asname } of s.names) {
    c.nameOp(IMPORT_FROM, name, names, loc);
    nameOp(c, loc, asname ?? name, "Store");
  }
  c.op0(POP_TOP, loc);
}
