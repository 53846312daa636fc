// CPython 3.14: Python/ast.c
//
// What a tree from outside must keep to beyond the types of its fields: contexts, lists that may
// not be empty, positions in order, patterns made of what patterns can be made of.

import {
  bytesType,
  complexType,
  Ellipsis,
  floatType,
  frozensetType,
  intType,
  None,
  PyTuple,
  strType,
  tupleType,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { iterToArray } from "../core/objects/abstract.ts";
import { systemError, typeError, valueError } from "../core/objects/errors.ts";
import { shortName } from "../core/objects/exceptions_base.ts";
import type * as ast from "../core/parse/ast.ts";

interface Located {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

function positions(n: Located): void {
  if (n.lineno > n.end_lineno) throw valueError(`AST node line range (${n.lineno}, ${n.end_lineno}) is not valid`);
  if ((n.lineno < 0 && n.end_lineno !== n.lineno) || (n.col_offset < 0 && n.col_offset !== n.end_col_offset)) {
    throw valueError(
      `AST node column range (${n.col_offset}, ${n.end_col_offset}) for line range (${n.lineno}, ${n.end_lineno}) is not valid`,
    );
  }
  if (n.lineno === n.end_lineno && n.col_offset > n.end_col_offset) {
    throw valueError(`line ${n.lineno}, column ${n.col_offset}-${n.end_col_offset} is not a valid range`);
  }
}

function name(s: string): void {
  if (s === "None" || s === "True" || s === "False") {
    throw valueError(`identifier field can't represent '${s}' constant`);
  }
}

function nonEmpty(list: readonly unknown[], what: string, owner: string): void {
  if (list.length === 0) throw valueError(`empty ${what} on ${owner}`);
}

// ---- expressions ---------------------------------------------------------------------------

function constant(v: Value): void {
  if (v === None || v === Ellipsis || typeof v === "boolean") return;
  const t = typeOf(v);
  if (t === intType || t === floatType || t === complexType || t === strType || t === bytesType) return;
  if (t === tupleType || t === frozensetType) {
    for (const x of v instanceof PyTuple ? v.items : iterToArray(v)) constant(x);
    return;
  }
  throw typeError(`got an invalid type in Constant: ${shortName(t)}`);
}

function optional(e: ast.Expr | null): void {
  if (e !== null) expr(e, "Load");
}

function exprs(list: readonly (ast.Expr | null)[], ctx: ast.ExprContext, holes = false): void {
  for (const e of list) {
    if (e !== null) expr(e, ctx);
    else if (!holes) throw valueError("None disallowed in expression list");
  }
}

function keywords(list: readonly ast.keyword[]): void {
  for (const k of list) expr(k.value, "Load");
}

function comprehension(gens: readonly ast.comprehension[]): void {
  if (gens.length === 0) throw valueError("comprehension with no generators");
  for (const g of gens) {
    expr(g.target, "Store");
    expr(g.iter, "Load");
    exprs(g.ifs, "Load");
  }
}

function args(list: readonly ast.arg[]): void {
  for (const a of list) {
    positions(a);
    optional(a.annotation);
  }
}

function parameters(a: ast.arguments_): void {
  args(a.posonlyargs);
  args(a.args);
  if (a.vararg !== null) optional(a.vararg.annotation);
  args(a.kwonlyargs);
  if (a.kwarg !== null) optional(a.kwarg.annotation);
  if (a.defaults.length > a.posonlyargs.length + a.args.length) {
    throw valueError("more positional defaults than args on arguments");
  }
  if (a.kw_defaults.length !== a.kwonlyargs.length) {
    throw valueError("length of kwonlyargs is not the same as kw_defaults on arguments");
  }
  exprs(a.defaults, "Load");
  exprs(a.kw_defaults, "Load", true);
}

function expr(e: ast.Expr, ctx: ast.ExprContext): void {
  // a chain of operators is as long as its writer likes: its left side is no recursion
  for (;;) {
    positions(e);
    switch (e.kind) {
      case "Attribute":
      case "Subscript":
      case "Starred":
      case "Name":
      case "List":
      case "Tuple":
        if (e.kind === "Name") name(e.id);
        if (e.ctx !== ctx) throw valueError(`expression must have ${ctx} context but has ${e.ctx} instead`);
        break;
      default:
        if (ctx !== "Load") throw valueError(`expression which can't be assigned to in ${ctx} context`);
    }
    switch (e.kind) {
      case "BoolOp":
        if (e.values.length < 2) throw valueError("BoolOp with less than 2 values");
        return exprs(e.values, "Load");
      case "BinOp": {
        const chain: ast.Expr[] = [];
        let left: ast.Expr = e;
        while (left.kind === "BinOp") {
          if (left !== e) positions(left);
          chain.push(left.right);
          left = left.left;
        }
        expr(left, "Load");
        while (chain.length > 0) expr(chain.pop()!, "Load");
        return;
      }
      case "UnaryOp":
        e = e.operand;
        continue;
      case "Lambda":
        parameters(e.args);
        e = e.body;
        continue;
      case "IfExp":
        expr(e.test, "Load");
        expr(e.body, "Load");
        e = e.orelse;
        continue;
      case "Dict":
        if (e.keys.length !== e.values.length) throw valueError("Dict doesn't have the same number of keys as values");
        exprs(e.keys, "Load", true);
        return exprs(e.values, "Load");
      case "Set":
        return exprs(e.elts, "Load");
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
        comprehension(e.generators);
        e = e.elt;
        continue;
      case "DictComp":
        comprehension(e.generators);
        expr(e.key, "Load");
        e = e.value;
        continue;
      case "Yield":
        return optional(e.value);
      case "YieldFrom":
      case "Await":
        e = e.value;
        continue;
      case "Compare":
        if (e.comparators.length === 0) throw valueError("Compare with no comparators");
        if (e.comparators.length !== e.ops.length) {
          throw valueError("Compare has a different number of comparators and operands");
        }
        exprs(e.comparators, "Load");
        e = e.left;
        continue;
      case "Call":
        expr(e.func, "Load");
        exprs(e.args, "Load");
        return keywords(e.keywords);
      case "Constant":
        return constant(e.value as Value);
      case "JoinedStr":
      case "TemplateStr":
        return exprs(e.values, "Load");
      case "FormattedValue":
      case "Interpolation":
        expr(e.value, "Load");
        return optional(e.format_spec);
      case "Attribute":
        e = e.value;
        ctx = "Load";
        continue;
      case "Subscript":
        expr(e.slice, "Load");
        e = e.value;
        ctx = "Load";
        continue;
      case "Starred":
        e = e.value;
        continue;
      case "Slice":
        optional(e.lower);
        optional(e.upper);
        return optional(e.step);
      case "List":
      case "Tuple":
        return exprs(e.elts, ctx);
      case "NamedExpr":
        if (e.target.kind !== "Name") throw typeError("NamedExpr target must be a Name");
        e = e.value;
        continue;
      case "Name":
        return;
      default:
        throw systemError("unexpected expression");
    }
  }
}

// ---- patterns ------------------------------------------------------------------------------

/** Is it a number literal of one of these types? */
function isNumber(e: ast.Expr, real: boolean, imaginary: boolean): boolean {
  if (e.kind !== "Constant") return false;
  const t = typeOf(e.value as Value);
  return (real && (t === floatType || t === intType)) || (imaginary && t === complexType);
}
function isNegative(e: ast.Expr, imaginary: boolean): boolean {
  return e.kind === "UnaryOp" && e.op === "USub" && isNumber(e.operand, true, imaginary);
}
function isComplex(e: ast.BinOp): boolean {
  if (e.op !== "Add" && e.op !== "Sub") return false;
  return (isNumber(e.left, true, false) || isNegative(e.left, false)) && isNumber(e.right, false, true);
}

function matchValue(e: ast.Expr): void {
  expr(e, "Load");
  switch (e.kind) {
    case "Constant": {
      const t = typeOf(e.value as Value);
      if (t === intType || t === floatType || t === bytesType || t === complexType || t === strType) return;
      throw valueError("unexpected constant inside of a literal pattern");
    }
    case "Attribute":
    case "JoinedStr":
    case "TemplateStr":
      return;
    case "UnaryOp":
      if (isNegative(e, true)) return;
      break;
    case "BinOp":
      if (isComplex(e)) return;
  }
  throw valueError("patterns may only match literals and attribute lookups");
}

function capture(s: string): void {
  if (s === "_") throw valueError("can't capture name '_' in patterns");
  name(s);
}

function patterns(list: readonly ast.Pattern[], star: boolean): void {
  for (const p of list) pattern(p, star);
}

function pattern(p: ast.Pattern, star: boolean): void {
  positions(p);
  switch (p.kind) {
    case "MatchValue":
      return matchValue(p.value);
    case "MatchSingleton":
      if (p.value !== None && typeof p.value !== "boolean") {
        throw valueError("MatchSingleton can only contain True, False and None");
      }
      return;
    case "MatchSequence":
      return patterns(p.patterns, true);
    case "MatchMapping":
      if (p.keys.length !== p.patterns.length) {
        throw valueError("MatchMapping doesn't have the same number of keys as patterns");
      }
      if (p.rest !== null) capture(p.rest);
      for (const k of p.keys) {
        if (k.kind === "Constant" && (k.value === None || typeof k.value === "boolean")) continue;
        matchValue(k);
      }
      return patterns(p.patterns, false);
    case "MatchClass": {
      if (p.kwd_attrs.length !== p.kwd_patterns.length) {
        throw valueError("MatchClass doesn't have the same number of keyword attributes as patterns");
      }
      expr(p.cls, "Load");
      let cls: ast.Expr = p.cls;
      while (cls.kind === "Attribute") cls = cls.value;
      if (cls.kind !== "Name") throw valueError("MatchClass cls field can only contain Name or Attribute nodes.");
      for (const a of p.kwd_attrs) name(a);
      patterns(p.patterns, false);
      return patterns(p.kwd_patterns, false);
    }
    case "MatchStar":
      if (!star) throw valueError("can't use MatchStar here");
      if (p.name !== null) capture(p.name);
      return;
    case "MatchAs":
      if (p.name !== null) capture(p.name);
      if (p.pattern === null) return;
      if (p.name === null) throw valueError("MatchAs must specify a target name if a pattern is given");
      return pattern(p.pattern, false);
    case "MatchOr":
      if (p.patterns.length < 2) throw valueError("MatchOr requires at least 2 patterns");
      return patterns(p.patterns, false);
    default:
      throw systemError("unexpected pattern");
  }
}

// ---- statements ----------------------------------------------------------------------------

function stmts(list: readonly (ast.Stmt | null)[]): void {
  for (const s of list) {
    if (s === null) throw valueError("None disallowed in statement list");
    stmt(s);
  }
}

function body(list: readonly ast.Stmt[], owner: string): void {
  nonEmpty(list, "body", owner);
  stmts(list);
}

function assignTargets(list: readonly ast.Expr[], ctx: "Store" | "Del"): void {
  nonEmpty(list, "targets", ctx === "Del" ? "Delete" : "Assign");
  exprs(list, ctx);
}

function typeParams(list: readonly (ast.TypeParam | null)[]): void {
  for (const t of list) {
    if (t === null) continue;
    positions(t);
    name(t.name);
    if (t.kind === "TypeVar") optional(t.bound);
    optional(t.default_value);
  }
}

function tryStmt(s: ast.Try | ast.TryStar): void {
  body(s.body, s.kind);
  if (s.handlers.length === 0 && s.finalbody.length === 0) {
    throw valueError(`${s.kind} has neither except handlers nor finalbody`);
  }
  if (s.handlers.length === 0 && s.orelse.length > 0) throw valueError(`${s.kind} has orelse but no except handlers`);
  for (const h of s.handlers) {
    if (s.kind === "Try") positions(h);
    if (h.name !== null) name(h.name);
    optional(h.type);
    body(h.body, "ExceptHandler");
  }
  stmts(s.finalbody);
  stmts(s.orelse);
}

function aliases(list: readonly ast.alias[], owner: string): void {
  nonEmpty(list, "names", owner);
  for (const a of list) {
    name(a.name);
    if (a.asname !== null) name(a.asname);
  }
}

function stmt(s: ast.Stmt): void {
  positions(s);
  switch (s.kind) {
    case "FunctionDef":
    case "AsyncFunctionDef":
      name(s.name);
      body(s.body, s.kind);
      typeParams(s.type_params);
      parameters(s.args);
      exprs(s.decorator_list, "Load");
      return optional(s.returns);
    case "ClassDef":
      name(s.name);
      body(s.body, "ClassDef");
      typeParams(s.type_params);
      exprs(s.bases, "Load");
      keywords(s.keywords);
      return exprs(s.decorator_list, "Load");
    case "Return":
      return optional(s.value);
    case "Delete":
      return assignTargets(s.targets, "Del");
    case "Assign":
      assignTargets(s.targets, "Store");
      return expr(s.value, "Load");
    case "AugAssign":
      expr(s.target, "Store");
      return expr(s.value, "Load");
    case "AnnAssign":
      if (s.target.kind !== "Name" && s.simple) throw typeError("AnnAssign with simple non-Name target");
      expr(s.target, "Store");
      optional(s.value);
      return expr(s.annotation, "Load");
    case "TypeAlias":
      if (s.name.kind !== "Name") throw typeError("TypeAlias with non-Name name");
      expr(s.name, "Store");
      typeParams(s.type_params);
      return expr(s.value, "Load");
    case "For":
    case "AsyncFor":
      expr(s.target, "Store");
      expr(s.iter, "Load");
      body(s.body, s.kind);
      return stmts(s.orelse);
    case "While":
    case "If":
      expr(s.test, "Load");
      body(s.body, s.kind);
      return stmts(s.orelse);
    case "With":
    case "AsyncWith":
      nonEmpty(s.items, "items", s.kind);
      for (const i of s.items) {
        expr(i.context_expr, "Load");
        if (i.optional_vars !== null) expr(i.optional_vars, "Store");
      }
      return body(s.body, s.kind);
    case "Match":
      expr(s.subject, "Load");
      nonEmpty(s.cases, "cases", "Match");
      for (const c of s.cases) {
        pattern(c.pattern, false);
        optional(c.guard);
        body(c.body, "match_case");
      }
      return;
    case "Raise":
      if (s.exc === null) {
        if (s.cause !== null) throw valueError("Raise with cause but no exception");
        return;
      }
      expr(s.exc, "Load");
      return optional(s.cause);
    case "Try":
    case "TryStar":
      return tryStmt(s);
    case "Assert":
      expr(s.test, "Load");
      return optional(s.msg);
    case "Import":
      return aliases(s.names, "Import");
    case "ImportFrom":
      if (s.level !== null && s.level < 0) throw valueError("Negative ImportFrom level");
      return aliases(s.names, "ImportFrom");
    case "Global":
    case "Nonlocal":
      return nonEmpty(s.names, "names", s.kind);
    case "Expr":
      return expr(s.value, "Load");
    case "Pass":
    case "Break":
    case "Continue":
      return;
    default:
      throw systemError("unexpected statement");
  }
}

/** Checks a tree that did not come from the parser. */
export function validate(tree: ast.Mod): void {
  switch (tree.kind) {
    case "Module":
    case "Interactive":
      return stmts(tree.body);
    case "Expression":
      return expr(tree.body, "Load");
    case "FunctionType":
      exprs(tree.argtypes, "Load");
      return expr(tree.returns, "Load");
    default:
      throw systemError("impossible module node");
  }
}
