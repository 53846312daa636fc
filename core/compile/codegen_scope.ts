// CPython 3.14: Python/codegen.c (functions, classes, type parameters, annotations)
//
// Code for statements that make code objects of their own. A generic function, class or type alias
// is wrapped in one more function, which runs at once: the scope of its type parameters. Annotations
// become a function too (`__annotate__`, PEP 649): it refuses formats that it does not know and
// builds the dict of annotations. Bounds and defaults of type parameters and values of type aliases
// are functions of the same shape.

import type { PyCode } from "../code/code.ts";
import { CO_FAST_FREE, replaceCode } from "../code/code.ts";
import {
  ANNOTATIONS_PLACEHOLDER,
  BUILD_MAP,
  BUILD_SET,
  BUILD_TUPLE,
  CALL,
  CALL_INTRINSIC_1,
  CALL_INTRINSIC_2,
  COMPARE_OP,
  CONTAINS_OP,
  COPY,
  LOAD_BUILD_CLASS,
  LOAD_CLOSURE,
  LOAD_COMMON_CONSTANT,
  LOAD_DEREF,
  LOAD_FAST,
  LOAD_GLOBAL,
  LOAD_LOCALS,
  LOAD_NAME,
  MAKE_FUNCTION,
  POP_JUMP_IF_FALSE,
  POP_TOP,
  PUSH_NULL,
  RAISE_VARARGS,
  RERAISE,
  RESUME,
  RETURN_VALUE,
  SET_ADD,
  SET_FUNCTION_ATTRIBUTE,
  SETUP_CLEANUP,
  STORE_DEREF,
  STORE_SUBSCR,
  SWAP,
  UNPACK_SEQUENCE,
} from "../code/opnums.ts";
import { None, PyTuple } from "../objects/object.ts";
import type * as ast from "../parse/ast.ts";
import type { Expr, Stmt, TypeParam } from "../parse/ast.ts";
import { systemError } from "./errors.ts";
import { unparseExpr } from "./ast_unparse.ts";
import { body, visitStmts } from "./codegen.ts";
import { callHelper } from "./codegen_call.ts";
import {
  COMPARE_ARGS,
  CONSTANT_NOTIMPLEMENTEDERROR,
  INTRINSIC_PARAMSPEC,
  INTRINSIC_SET_FUNCTION_TYPE_PARAMS,
  INTRINSIC_SET_TYPEPARAM_DEFAULT,
  INTRINSIC_STOPITERATION_ERROR,
  INTRINSIC_SUBSCRIPT_GENERIC,
  INTRINSIC_TYPEALIAS,
  INTRINSIC_TYPEVAR,
  INTRINSIC_TYPEVAR_WITH_BOUND,
  INTRINSIC_TYPEVAR_WITH_CONSTRAINTS,
  INTRINSIC_TYPEVARTUPLE,
  MAKE_FUNCTION_ANNOTATE,
  MAKE_FUNCTION_CLOSURE,
  MAKE_FUNCTION_DEFAULTS,
  MAKE_FUNCTION_KWDEFAULTS,
  RESUME_AT_FUNC_START,
} from "./codegen_const.ts";
import { locOf, nameOp, visitExpr, visitExprs } from "./codegen_expr.ts";
import {
  type ArgCounts,
  type Compiler,
  FB_STOP_ITERATION,
  NO_LABEL,
  SCOPE_ANNOTATIONS,
  SCOPE_ASYNC_FUNCTION,
  SCOPE_CLASS,
  SCOPE_FUNCTION,
  SCOPE_LAMBDA,
  SCOPE_MODULE,
} from "./compiler.ts";
import { cleanDoc, getDocString } from "./docstring.ts";
import { CO_FUTURE_ANNOTATIONS } from "./future.ts";
import { type Loc, makeLoc, NO_LOCATION } from "./instructions.ts";
import { ClassBlock, type SymtableEntry } from "./symtable.ts";

// ---- scopes and closures -------------------------------------------------------------------

/** Enters a scope and begins its code. */
export function enterScope(
  c: Compiler,
  name: string,
  scopeType: number,
  ste: SymtableEntry,
  lineno: number,
  privateName: string | null,
  args: ArgCounts,
): void {
  c.enterScope(name, scopeType, ste, lineno, privateName, args);
  const isModule = scopeType === SCOPE_MODULE;
  const loc = makeLoc(isModule ? 0 : lineno, lineno, 0, 0);
  c.op(RESUME, RESUME_AT_FUNC_START, loc);
  if (isModule) c.op0(ANNOTATIONS_PLACEHOLDER, loc);
}

/** Makes a function of a code object; `flags` say what lies on the stack for it. */
export function makeClosure(
  c: Compiler,
  loc: Loc,
  code: PyCode,
  flags: number,
): void {
  if (code.nfreevars > 0) {
    const { co_localsplusnames: names, co_localspluskinds: kinds } = code;
    for (let i = 0; i < names.length; i++) {
      if (kinds[i] & CO_FAST_FREE) {
        c.op(LOAD_CLOSURE, c.closureArg(names[i]), loc);
      }
    }
    c.op(BUILD_TUPLE, code.nfreevars, loc);
    flags |= MAKE_FUNCTION_CLOSURE;
  }
  c.loadConst(code, loc);
  c.op0(MAKE_FUNCTION, loc);
  for (
    const flag of [
      MAKE_FUNCTION_CLOSURE,
      MAKE_FUNCTION_ANNOTATE,
      MAKE_FUNCTION_KWDEFAULTS,
      MAKE_FUNCTION_DEFAULTS,
    ]
  ) {
    if (flags & flag) c.op(SET_FUNCTION_ATTRIBUTE, flag, loc);
  }
}

/** A StopIteration that leaves a generator or coroutine becomes a RuntimeError. */
export function wrapInStopIterationHandler(c: Compiler): void {
  const handler = c.newLabel();
  c.u.seq.insert(0, SETUP_CLEANUP, handler, NO_LOCATION);
  c.loadConst(None, NO_LOCATION);
  c.op0(RETURN_VALUE, NO_LOCATION);
  c.useLabel(handler);
  c.op(CALL_INTRINSIC_1, INTRINSIC_STOPITERATION_ERROR, NO_LOCATION);
  c.op(RERAISE, 1, NO_LOCATION);
}

function applyDecorators(c: Compiler, decorators: readonly Expr[]): void {
  for (let i = decorators.length - 1; i >= 0; i--) {
    c.op(CALL, 0, locOf(decorators[i]));
  }
}

function firstLine(
  s: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
): number {
  return s.decorator_list.length > 0 ? s.decorator_list[0].lineno : s.lineno;
}

// ---- annotations ---------------------------------------------------------------------------

/** Enters an annotation scope and writes the check of the format. */
function enterAnnotationScope(
  c: Compiler,
  loc: Loc,
  ste: SymtableEntry,
  name: string,
): void {
  enterScope(c, name, SCOPE_ANNOTATIONS, ste, loc.lineno, null, {
    posonlyargcount: 1,
  });
  c.op(LOAD_FAST, 0, loc);
  c.loadConst(2, loc); // Format.VALUE_WITH_FAKE_GLOBALS
  c.op(COMPARE_OP, COMPARE_ARGS.Gt, loc);
  const ok = c.newLabel();
  c.op(POP_JUMP_IF_FALSE, ok, loc);
  c.op(LOAD_COMMON_CONSTANT, CONSTANT_NOTIMPLEMENTEDERROR, loc);
  c.op(RAISE_VARARGS, 1, loc);
  c.useLabel(ok);
}

/** Leaves the scope of an `__annotate__` function and makes the function. */
function leaveAnnotationScope(c: Compiler, loc: Loc): void {
  c.op0(RETURN_VALUE, loc);
  const code = c.finish(true);
  // The parameter is called ".format" inside, so that annotations can use the name "format".
  const names = ["format", ...code.co_localsplusnames.slice(1)];
  makeClosure(c, loc, replaceCode(code, { co_localsplusnames: names }), 0);
}

function annotationText(c: Compiler, e: Expr): void {
  c.loadText(unparseExpr(e), locOf(e));
}

/** An annotation that may be starred: `*args: *Ts`. */
function starrableExpr(c: Compiler, e: Expr, loc: Loc): void {
  if (e.kind === "Starred") {
    visitExpr(c, e.value);
    c.op(UNPACK_SEQUENCE, 1, loc);
  } else {
    visitExpr(c, e);
  }
}

/** The annotations of a function's parameters, if there are any; the flag for makeClosure. */
function functionAnnotations(
  c: Compiler,
  loc: Loc,
  args: ast.arguments_,
  returns: Expr | null,
): number {
  const ste = c.st.lookup(args);
  if (!ste.annotationsUsed) return 0;
  enterAnnotationScope(c, loc, ste, ste.name);
  const future = c.o.flags & CO_FUTURE_ANNOTATIONS;
  let n = 0;
  const annotate = (name: string, e: Expr | null) => {
    if (e === null) return;
    c.loadText(c.maybeMangle(name), loc);
    if (future) annotationText(c, e);
    else starrableExpr(c, e, loc);
    n++;
  };
  for (const a of args.args) annotate(a.arg, a.annotation);
  for (const a of args.posonlyargs) annotate(a.arg, a.annotation);
  if (args.vararg !== null) annotate(args.vararg.arg, args.vararg.annotation);
  for (const a of args.kwonlyargs) annotate(a.arg, a.annotation);
  if (args.kwarg !== null) annotate(args.kwarg.arg, args.kwarg.annotation);
  annotate("return", returns);
  c.op(BUILD_MAP, n, loc);
  leaveAnnotationScope(c, loc);
  return MAKE_FUNCTION_ANNOTATE;
}

/** The `__annotate__` function of a module or class, from the annotations met in its body. */
export function deferredAnnotations(c: Compiler, loc: Loc): void {
  const deferred = c.u.deferredAnnotations;
  if (deferred === null) return;
  const indices = c.u.conditionalIndices;
  const scopeType = c.u.scopeType;
  const ownBlock = scopeType === SCOPE_MODULE;
  if (ownBlock) c.startAnnotationSetup();
  const ste = c.u.ste;
  enterAnnotationScope(
    c,
    loc,
    c.st.lookup(ste.node, true),
    (ste.annotationBlock as SymtableEntry).name,
  );
  c.op(BUILD_MAP, 0, loc);
  for (let i = 0; i < deferred.length; i++) {
    const s = deferred[i] as ast.AnnAssign;
    const sloc = locOf(s);
    const mangled = c.mangle((s.target as ast.Name).id);
    const notSet = c.newLabel();
    if (indices[i] !== -1) {
      c.loadConst(indices[i], sloc);
      const { freevars, names } = c.u.meta;
      const cond = "__conditional_annotations__";
      if (scopeType === SCOPE_CLASS) {
        c.nameOp(LOAD_DEREF, cond, freevars, sloc);
      } else {
        c.op(LOAD_GLOBAL, names.add(cond) << 1, sloc);
      }
      c.op(CONTAINS_OP, 0, sloc);
      c.op(POP_JUMP_IF_FALSE, notSet, sloc);
    }
    visitExpr(c, s.annotation);
    c.op(COPY, 2, sloc);
    c.loadText(mangled, sloc);
    c.op0(STORE_SUBSCR, loc);
    c.useLabel(notSet);
  }
  leaveAnnotationScope(c, loc);
  nameOp(
    c,
    loc,
    ste.type === ClassBlock ? "__annotate_func__" : "__annotate__",
    "Store",
  );
  if (ownBlock) c.endAnnotationSetup();
}

function evaluate(c: Compiler, e: Expr): void {
  visitExpr(c, e);
  c.op0(POP_TOP, locOf(e));
}

function evaluateSubscript(c: Compiler, e: Expr): void {
  if (e.kind === "Slice") {
    if (e.lower !== null) evaluate(c, e.lower);
    if (e.upper !== null) evaluate(c, e.upper);
    if (e.step !== null) evaluate(c, e.step);
  } else if (e.kind === "Tuple") {
    for (const x of e.elts) evaluateSubscript(c, x);
  } else {
    evaluate(c, e);
  }
}

/** Code for `target: annotation = value`. */
export function visitAnnAssign(c: Compiler, s: ast.AnnAssign): void {
  const loc = locOf(s);
  const target = s.target;
  const future = c.o.flags & CO_FUTURE_ANNOTATIONS;
  if (s.value !== null) {
    visitExpr(c, s.value);
    visitExpr(c, target);
  }
  const inClass = c.u.scopeType === SCOPE_CLASS;
  switch (target.kind) {
    case "Name": {
      if (!s.simple || !(inClass || c.u.scopeType === SCOPE_MODULE)) break;
      const { names, cellvars } = c.u.meta;
      if (future) {
        annotationText(c, s.annotation);
        c.nameOp(LOAD_NAME, "__annotations__", names, loc);
        c.loadText(c.maybeMangle(target.id), loc);
        c.op0(STORE_SUBSCR, loc);
        break;
      }
      const index = c.deferAnnotation(s);
      if (index === -1) break;
      const cond = "__conditional_annotations__";
      if (inClass) c.nameOp(LOAD_DEREF, cond, cellvars, loc);
      else c.nameOp(LOAD_NAME, cond, names, loc);
      c.loadConst(index, loc);
      c.op(SET_ADD, 1, loc);
      c.op0(POP_TOP, loc);
      break;
    }
    case "Attribute":
      if (s.value === null) evaluate(c, target.value);
      break;
    case "Subscript":
      if (s.value === null) {
        evaluate(c, target.value);
        evaluateSubscript(c, target.slice);
      }
      break;
    default:
      throw systemError(
        `invalid node type (${target.kind}) for annotated assignment`,
      );
  }
}

// ---- type parameters -----------------------------------------------------------------------

/** A function that computes a bound or default, or the value of a type alias. */
function lazyValue(
  c: Compiler,
  e: Expr,
  loc: Loc,
  name: string,
  ste: SymtableEntry,
  allowStarred: boolean,
  addNone: boolean,
): void {
  c.loadConst(new PyTuple([1]), loc);
  enterAnnotationScope(c, loc, ste, name);
  if (allowStarred) starrableExpr(c, e, loc);
  else visitExpr(c, e);
  c.op0(RETURN_VALUE, loc);
  const code = c.finish(addNone);
  makeClosure(c, loc, code, MAKE_FUNCTION_DEFAULTS);
}

function typeParams(c: Compiler, params: readonly TypeParam[]): void {
  let seenDefault = false;
  for (const p of params) {
    const loc = locOf(p);
    c.loadText(p.name, loc);
    const bound = p.kind === "TypeVar" ? p.bound : null;
    if (bound !== null) {
      lazyValue(c, bound, locOf(bound), p.name, c.st.lookup(p), false, true);
      c.op(
        CALL_INTRINSIC_2,
        bound.kind === "Tuple" ? INTRINSIC_TYPEVAR_WITH_CONSTRAINTS : INTRINSIC_TYPEVAR_WITH_BOUND,
        loc,
      );
    } else {
      c.op(
        CALL_INTRINSIC_1,
        p.kind === "TypeVar"
          ? INTRINSIC_TYPEVAR
          : p.kind === "TypeVarTuple"
          ? INTRINSIC_TYPEVARTUPLE
          : INTRINSIC_PARAMSPEC,
        loc,
      );
    }
    const value = p.default_value;
    if (value !== null) {
      seenDefault = true;
      lazyValue(
        c,
        value,
        locOf(value),
        p.name,
        c.st.lookup(p, p.kind === "TypeVar"),
        p.kind === "TypeVarTuple",
        true,
      );
      c.op(CALL_INTRINSIC_2, INTRINSIC_SET_TYPEPARAM_DEFAULT, loc);
    } else if (seenDefault) {
      c.error(
        loc,
        `non-default type parameter '${p.name}' follows default type parameter`,
      );
    }
    c.op(COPY, 1, loc);
    nameOp(c, loc, p.name, "Store");
  }
  c.op(BUILD_TUPLE, params.length, locOf(params[0]));
}

function enterTypeParamScope(
  c: Compiler,
  params: readonly TypeParam[],
  name: string,
  lineno: number,
  privateName: string | null,
  args: ArgCounts,
): void {
  enterScope(
    c,
    `<generic parameters of ${name}>`,
    SCOPE_ANNOTATIONS,
    c.st.lookup(params),
    lineno,
    privateName,
    args,
  );
}

/** Ends the scope of type parameters and calls it. */
function callTypeParamScope(c: Compiler, loc: Loc, nargs: number): void {
  const code = c.finish(false);
  makeClosure(c, loc, code, 0);
  if (nargs > 0) {
    c.op(SWAP, nargs + 1, loc);
    c.op(CALL, nargs - 1, loc);
  } else {
    c.op0(PUSH_NULL, loc);
    c.op(CALL, 0, loc);
  }
}

/** Code for `type X = ...`. */
export function visitTypeAlias(c: Compiler, s: ast.TypeAlias): void {
  const loc = locOf(s);
  const params = s.type_params;
  const name = (s.name as ast.Name).id;
  if (params.length > 0) {
    enterTypeParamScope(c, params, name, loc.lineno, null, {});
    c.loadText(name, loc);
    typeParams(c, params);
  } else {
    c.loadText(name, loc);
    c.loadConst(None, loc);
  }
  lazyValue(c, s.value, loc, name, c.st.lookup(s), false, false);
  c.op(BUILD_TUPLE, 3, loc);
  c.op(CALL_INTRINSIC_1, INTRINSIC_TYPEALIAS, loc);
  if (params.length > 0) callTypeParamScope(c, loc, 0);
  nameOp(c, loc, name, "Store");
}

// ---- functions -----------------------------------------------------------------------------

/** Pushes the defaults of parameters; flags for makeClosure. */
function defaultArguments(
  c: Compiler,
  loc: Loc,
  args: ast.arguments_,
): number {
  let flags = 0;
  if (args.defaults.length > 0) {
    visitExprs(c, args.defaults);
    c.op(BUILD_TUPLE, args.defaults.length, loc);
    flags |= MAKE_FUNCTION_DEFAULTS;
  }
  let n = 0;
  for (let i = 0; i < args.kwonlyargs.length; i++) {
    const value = args.kw_defaults[i];
    if (value === null || value === undefined) continue;
    c.loadText(c.maybeMangle(args.kwonlyargs[i].arg), loc);
    visitExpr(c, value);
    n++;
  }
  if (n > 0) {
    c.op(BUILD_MAP, n, loc);
    flags |= MAKE_FUNCTION_KWDEFAULTS;
  }
  return flags;
}

function argCounts(args: ast.arguments_): ArgCounts {
  return {
    argcount: args.args.length,
    posonlyargcount: args.posonlyargs.length,
    kwonlyargcount: args.kwonlyargs.length,
  };
}

function functionBody(
  c: Compiler,
  s: ast.FunctionDef | ast.AsyncFunctionDef,
  flags: number,
  lineno: number,
): void {
  const ste = c.st.lookup(s);
  enterScope(
    c,
    s.name,
    s.kind === "FunctionDef" ? SCOPE_FUNCTION : SCOPE_ASYNC_FUNCTION,
    ste,
    lineno,
    null,
    argCounts(s.args),
  );
  let stmts: readonly Stmt[] = s.body;
  const doc = ste.hasDocstring ? getDocString(s.body) : undefined;
  if (doc !== undefined) {
    c.u.meta.consts.add(cleanDoc(doc));
    stmts = s.body.slice(1);
  }
  const start = c.newLabel();
  c.useLabel(start);
  const wrap = ste.coroutine || ste.generator;
  if (wrap) {
    c.pushFBlock(NO_LOCATION, FB_STOP_ITERATION, start, NO_LABEL, null);
  }
  visitStmts(c, stmts);
  if (wrap) {
    wrapInStopIterationHandler(c);
    c.popFBlock();
  }
  const code = c.finish(true);
  makeClosure(c, locOf(s), code, flags);
}

/** Code for `def` and `async def`. */
export function visitFunction(
  c: Compiler,
  s: ast.FunctionDef | ast.AsyncFunctionDef,
): void {
  visitExprs(c, s.decorator_list);
  const lineno = firstLine(s);
  const loc = locOf(s);
  const generic = s.type_params.length > 0;
  let flags = defaultArguments(c, loc, s.args);
  let nargs = 0;
  if (generic) {
    if (flags & MAKE_FUNCTION_DEFAULTS) nargs++;
    if (flags & MAKE_FUNCTION_KWDEFAULTS) nargs++;
    if (nargs === 2) c.op(SWAP, 2, loc);
    enterTypeParamScope(c, s.type_params, s.name, lineno, null, {
      argcount: nargs,
    });
    typeParams(c, s.type_params);
    for (let i = 0; i < nargs; i++) c.op(LOAD_FAST, i, loc);
  }
  flags |= functionAnnotations(c, loc, s.args, s.returns);
  functionBody(c, s, flags, lineno);
  if (generic) {
    c.op(SWAP, 2, loc);
    c.op(CALL_INTRINSIC_2, INTRINSIC_SET_FUNCTION_TYPE_PARAMS, loc);
    callTypeParamScope(c, loc, nargs);
  }
  applyDecorators(c, s.decorator_list);
  nameOp(c, loc, s.name, "Store");
}

/** Code for `lambda`. */
export function visitLambda(c: Compiler, e: ast.Lambda): void {
  // the body is often a lambda: those are entered in a loop
  const open: [lambda: ast.Lambda, flags: number, generator: boolean][] = [];
  let body: ast.Expr = e;
  for (; body.kind === "Lambda"; body = body.body) {
    const flags = defaultArguments(c, locOf(body), body.args);
    const ste = c.st.lookup(body);
    enterScope(c, "<lambda>", SCOPE_LAMBDA, ste, body.lineno, null, argCounts(body.args));
    open.push([body, flags, ste.generator]);
  }
  visitExpr(c, body);
  while (open.length > 0) {
    const [lambda, flags, generator] = open.pop()!;
    if (!generator) c.op0(RETURN_VALUE, locOf(lambda.body));
    const code = c.finish(!generator);
    makeClosure(c, locOf(lambda), code, flags);
  }
}

// ---- classes -------------------------------------------------------------------------------

function classBody(c: Compiler, s: ast.ClassDef, lineno: number): void {
  enterScope(c, s.name, SCOPE_CLASS, c.st.lookup(s), lineno, s.name, {});
  const loc = makeLoc(lineno, lineno, 0, 0);
  const { meta, ste } = c.u;
  nameOp(c, loc, "__name__", "Load");
  nameOp(c, loc, "__module__", "Store");
  c.loadText(meta.qualname, loc);
  nameOp(c, loc, "__qualname__", "Store");
  c.loadConst(meta.firstlineno, loc);
  nameOp(c, loc, "__firstlineno__", "Store");
  if (s.type_params.length > 0) {
    nameOp(c, loc, ".type_params", "Load");
    nameOp(c, loc, "__type_params__", "Store");
  }
  if (ste.needsClassdict) {
    c.op0(LOAD_LOCALS, loc);
    c.op(STORE_DEREF, meta.cellvars.add("__classdict__"), loc);
  }
  if (ste.hasConditionalAnnotations) {
    c.op(BUILD_SET, 0, loc);
    c.op(STORE_DEREF, meta.cellvars.add("__conditional_annotations__"), loc);
  }
  body(c, loc, s.body, false);
  c.loadConst(c.staticAttributes(), NO_LOCATION);
  nameOp(c, NO_LOCATION, "__static_attributes__", "Store");
  if (ste.needsClassdict) {
    c.op(LOAD_CLOSURE, meta.cellvars.get("__classdict__"), NO_LOCATION);
    nameOp(c, NO_LOCATION, "__classdictcell__", "Store");
  }
  if (ste.needsClassClosure) {
    c.op(LOAD_CLOSURE, meta.cellvars.get("__class__"), NO_LOCATION);
    c.op(COPY, 1, NO_LOCATION);
    nameOp(c, NO_LOCATION, "__classcell__", "Store");
  } else {
    c.loadConst(None, NO_LOCATION);
  }
  c.op0(RETURN_VALUE, NO_LOCATION);
  const code = c.finish(true);
  const sloc = locOf(s);
  c.op0(LOAD_BUILD_CLASS, sloc);
  c.op0(PUSH_NULL, sloc);
  makeClosure(c, sloc, code, 0);
  c.loadText(s.name, sloc);
}

/** Code for `class`: `name = __build_class__(function, name, *bases, **keywords)`. */
export function visitClass(c: Compiler, s: ast.ClassDef): void {
  visitExprs(c, s.decorator_list);
  const lineno = firstLine(s);
  const loc = locOf(s);
  if (s.type_params.length > 0) {
    enterTypeParamScope(c, s.type_params, s.name, lineno, s.name, {});
    typeParams(c, s.type_params);
    nameOp(c, loc, ".type_params", "Store");
    classBody(c, s, lineno);
    nameOp(c, loc, ".type_params", "Load");
    c.op(CALL_INTRINSIC_1, INTRINSIC_SUBSCRIPT_GENERIC, loc);
    nameOp(c, loc, ".generic_base", "Store");
    callHelper(c, loc, 2, s.bases, ".generic_base", s.keywords);
    callTypeParamScope(c, loc, 0);
  } else {
    classBody(c, s, lineno);
    callHelper(c, loc, 2, s.bases, null, s.keywords);
  }
  applyDecorators(c, s.decorator_list);
  nameOp(c, loc, s.name, "Store");
}
