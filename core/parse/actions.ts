// CPython 3.14: Parser/action_helpers.c
//
// What the grammar's actions need that is no method of the parser: argument lists,
// contexts, pairs, and the names of things in messages.

import { Ellipsis, None, PyBytes } from "../objects/object.ts";
import * as A from "./ast.ts";
import * as T from "./tokens.ts";

export interface NameDefault {
  readonly arg: A.arg;
  readonly value: A.Expr | null;
}

export interface SlashWithDefault {
  readonly plain: A.arg[];
  readonly withDefault: NameDefault[];
}

export interface StarEtc {
  readonly vararg: A.arg | null;
  readonly kwonly: NameDefault[];
  readonly kwarg: A.arg | null;
}

export interface ComparePair {
  readonly op: A.CompareOperator;
  readonly operand: A.Expr;
}

export interface KeyValue {
  readonly key: A.Expr | null;
  readonly value: A.Expr;
}

export interface KeyPattern {
  readonly key: A.Expr;
  readonly pattern: A.Pattern;
}

export function emptyArguments(): A.arguments_ {
  return new A.arguments_([], [], null, [], [], null, []);
}

export function makeArguments(
  slashPlain: A.arg[] | null,
  slashDefault: SlashWithDefault | null,
  plain: A.arg[] | null,
  withDefault: NameDefault[] | null,
  star: StarEtc | null,
): A.arguments_ {
  const posonly = slashPlain ??
    (slashDefault === null ? [] : [...slashDefault.plain, ...slashDefault.withDefault.map((p) => p.arg)]);
  const args = [...(plain ?? []), ...(withDefault ?? []).map((p) => p.arg)];
  const defaults = [
    ...(slashDefault?.withDefault ?? []),
    ...(withDefault ?? []),
  ].map((p) => p.value as A.Expr);
  const kwonly = star?.kwonly ?? [];
  return new A.arguments_(
    posonly,
    args,
    star?.vararg ?? null,
    kwonly.map((p) => p.arg),
    kwonly.map((p) => p.value),
    star?.kwarg ?? null,
    defaults,
  );
}

/** What stands for a function that the second pass has found to be right. */
export function placeholderDef(): A.FunctionDef {
  return new A.FunctionDef(
    "",
    emptyArguments(),
    [],
    [],
    null,
    null,
    [],
    0,
    0,
    0,
    0,
  );
}

/** A call that only carries arguments. */
export function emptyCall(): A.Call {
  return new A.Call(new A.Name("", "Load", 1, 0, 1, 0), [], [], 1, 0, 1, 0);
}

/** Starred arguments among the keywords go to the positional ones. */
export function collectArgs(
  args: A.Expr[],
  rest: (A.keyword | A.Expr)[] | null,
  lineno: number,
  col: number,
  endLineno: number,
  endCol: number,
): A.Call {
  const keywords: A.keyword[] = [];
  const all = args.slice();
  for (const item of rest ?? []) {
    if (item.kind === "keyword") keywords.push(item);
    else all.push(item);
  }
  return new A.Call(
    new A.Name("", "Load", 1, 0, 1, 0),
    all,
    keywords,
    lineno,
    col,
    endLineno,
    endCol,
  );
}

export function decorate<
  N extends A.FunctionDef | A.AsyncFunctionDef | A.ClassDef,
>(node: N, list: A.Expr[]): N {
  node.decorator_list = list;
  return node;
}

export function nameIds(names: readonly A.Expr[]): string[] {
  return names.map((name) => (name as A.Name).id);
}

export function countDots(
  dots: readonly {
    readonly end_col_offset: number;
    readonly col_offset: number;
  }[],
): number {
  let n = 0;
  for (const dot of dots) n += dot.end_col_offset - dot.col_offset;
  return n;
}

export function compareOps(pairs: ComparePair[]): A.CompareOperator[] {
  return pairs.map((p) => p.op);
}

export function compareOperands(pairs: ComparePair[]): A.Expr[] {
  return pairs.map((p) => p.operand);
}

export function pairKeys(pairs: KeyPattern[]): A.Expr[] {
  return pairs.map((p) => p.key);
}

export function pairPatterns(pairs: KeyPattern[]): A.Pattern[] {
  return pairs.map((p) => p.pattern);
}

export function pairKeysOrNull(pairs: KeyValue[] | null): (A.Expr | null)[] {
  return pairs === null ? [] : pairs.map((p) => p.key);
}

export function pairValues(pairs: KeyValue[] | null): A.Expr[] {
  return pairs === null ? [] : pairs.map((p) => p.value);
}

/** A copy of a target with the context; the original may still be in the memo. */
export function setContext<E extends A.Expr>(e: E, ctx: A.ExprContext): E {
  return copyWithContext(e, ctx) as E;
}

function copyWithContext(e: A.Expr, ctx: A.ExprContext): A.Expr {
  switch (e.kind) {
    case "Name":
      return new A.Name(
        e.id,
        ctx,
        e.lineno,
        e.col_offset,
        e.end_lineno,
        e.end_col_offset,
      );
    case "Tuple":
      return new A.Tuple(
        e.elts.map((x) => setContext(x, ctx)),
        ctx,
        e.lineno,
        e.col_offset,
        e.end_lineno,
        e.end_col_offset,
      );
    case "List":
      return new A.List(
        e.elts.map((x) => setContext(x, ctx)),
        ctx,
        e.lineno,
        e.col_offset,
        e.end_lineno,
        e.end_col_offset,
      );
    case "Subscript":
      return new A.Subscript(
        e.value,
        e.slice,
        ctx,
        e.lineno,
        e.col_offset,
        e.end_lineno,
        e.end_col_offset,
      );
    case "Attribute":
      return new A.Attribute(
        e.value,
        e.attr,
        ctx,
        e.lineno,
        e.col_offset,
        e.end_lineno,
        e.end_col_offset,
      );
    case "Starred":
      return new A.Starred(
        setContext(e.value, ctx),
        ctx,
        e.lineno,
        e.col_offset,
        e.end_lineno,
        e.end_col_offset,
      );
  }
  return e;
}

/** Turns an expression into a target in place; false when it cannot be one. */
export function toTarget(e: A.Expr, ctx: "Store" | "Del"): boolean {
  switch (e.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
      e.ctx = ctx;
      return true;
    case "Tuple":
    case "List":
      for (const item of e.elts) if (!toTarget(item, ctx)) return false;
      e.ctx = ctx;
      return true;
    case "Starred":
      if (
        ctx === "Del" || e.value.kind === "Starred" || !toTarget(e.value, ctx)
      ) return false;
      e.ctx = ctx;
      return true;
  }
  return false;
}

/** What is wrong in a target, or null. */
export function invalidTarget(
  e: A.Expr,
  kind: "star" | "for" | "del",
): A.Expr | null {
  switch (e.kind) {
    case "List":
    case "Tuple":
      for (const item of e.elts) {
        const bad = invalidTarget(item, kind);
        if (bad !== null) return bad;
      }
      return null;
    case "Starred":
      return kind === "del" ? e : invalidTarget(e.value, kind);
    case "Compare":
      if (kind !== "for") return e;
      return e.ops[0] === "In" ? invalidTarget(e.left, kind) : null;
    case "Name":
    case "Subscript":
    case "Attribute":
      return null;
  }
  return e;
}

export function lastComprehensionItem(clauses: A.comprehension[]): A.Expr {
  const last = clauses[clauses.length - 1];
  return last.ifs.length > 0 ? last.ifs[last.ifs.length - 1] : last.iter;
}

/** Whether `e` is the name of a statement that Python 2 had. */
export function isLegacy(e: A.Expr): boolean {
  return e.kind === "Name" && (e.id === "print" || e.id === "exec");
}

const EXPRESSION_NAMES: Readonly<Record<A.Expr["kind"], string>> = {
  Attribute: "attribute",
  Subscript: "subscript",
  Starred: "starred",
  Name: "name",
  List: "list",
  Tuple: "tuple",
  Lambda: "lambda",
  Call: "function call",
  BoolOp: "expression",
  BinOp: "expression",
  UnaryOp: "expression",
  GeneratorExp: "generator expression",
  Yield: "yield expression",
  YieldFrom: "yield expression",
  Await: "await expression",
  ListComp: "list comprehension",
  SetComp: "set comprehension",
  DictComp: "dict comprehension",
  Dict: "dict literal",
  Set: "set display",
  JoinedStr: "f-string expression",
  FormattedValue: "f-string expression",
  TemplateStr: "t-string expression",
  Interpolation: "t-string expression",
  Constant: "literal",
  Compare: "comparison",
  IfExp: "conditional expression",
  NamedExpr: "named expression",
  Slice: "slice",
};

/** What a message calls the expression. */
export function exprName(e: A.Expr): string {
  if (e.kind === "Constant") {
    if (e.value === None) return "None";
    if (e.value === true) return "True";
    if (e.value === false) return "False";
    if (e.value === Ellipsis) return "ellipsis";
  }
  return EXPRESSION_NAMES[e.kind];
}

/** How tightly a binary operator binds, from 1 for `|`; 0 for other tokens. */
export function binaryPrecedence(type: number): number {
  switch (type) {
    case T.VBAR:
      return 1;
    case T.CIRCUMFLEX:
      return 2;
    case T.AMPER:
      return 3;
    case T.LEFTSHIFT:
    case T.RIGHTSHIFT:
      return 4;
    case T.PLUS:
    case T.MINUS:
      return 5;
    case T.STAR:
    case T.SLASH:
    case T.DOUBLESLASH:
    case T.PERCENT:
    case T.AT:
      return 6;
  }
  return 0;
}

export function binaryOperator(type: number): A.Operator {
  switch (type) {
    case T.VBAR:
      return "BitOr";
    case T.CIRCUMFLEX:
      return "BitXor";
    case T.AMPER:
      return "BitAnd";
    case T.LEFTSHIFT:
      return "LShift";
    case T.RIGHTSHIFT:
      return "RShift";
    case T.PLUS:
      return "Add";
    case T.MINUS:
      return "Sub";
    case T.STAR:
      return "Mult";
    case T.SLASH:
      return "Div";
    case T.DOUBLESLASH:
      return "FloorDiv";
    case T.PERCENT:
      return "Mod";
  }
  return "MatMult";
}

export function isBytesConstant(e: A.Expr): boolean {
  return e.kind === "Constant" && e.value instanceof PyBytes;
}
