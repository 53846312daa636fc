// CPython 3.14: Python/ast_preprocess.c
//
// What happens to the tree before the symbol table is built. It is changed in place:
// `"..." % (a, b)` becomes an f-string where the format is simple enough, `__debug__` a constant,
// negative and complex literals in patterns are folded, and docstrings go at -OO. PEP 765's warnings
// about leaving a `finally` block are given here too. (Other constants are folded in the flow graph.)
//
// A node is replaced by copying the new node over it: whoever holds it sees the new one.

import { PyComplex, PyFloat, type Str, type Value } from "../objects/object.ts";
import * as ast from "../parse/ast.ts";
import type { Expr, Mod, Pattern, Stmt, TypeParam } from "../parse/ast.ts";
import { getDocString } from "./docstring.ts";
import { elif, type Link, longChain } from "./chains.ts";
import { emitSyntaxWarning, MAX_CHAIN, MAX_DEPTH, tooDeep, tooLong, type WarnFn } from "./errors.ts";
import { CO_FUTURE_ANNOTATIONS } from "./future.ts";
import { isStr, strText, strValue } from "./strval.ts";

export interface PreprocessOptions {
  filename: string;
  /** Optimisation level: 0, 1 (-O) or 2 (-OO). */
  optimize: number;
  /** Future features. */
  features: number;
  /** Change nothing, only warn (for `ast.parse`). */
  syntaxCheckOnly?: boolean;
  /** Whether to give PEP 765's warnings; they are given unless this is false. */
  enableWarnings?: boolean;
  warn?: WarnFn;
}

/** Preprocesses a tree in place. */
export function preprocess(mod: Mod, options: PreprocessOptions): void {
  new Preprocessor(options).mod(mod);
}

/** What a statement is directly in: only the innermost of these counts. */
type Context = "finally" | "function" | "loop";

const MAX_DIGITS = 3;

class Preprocessor {
  readonly o: PreprocessOptions;
  readonly contexts: Context[] = [];
  readonly foldAnnotations: boolean;
  depth = 0;

  constructor(options: PreprocessOptions) {
    this.o = options;
    this.foldAnnotations = (options.features & CO_FUTURE_ANNOTATIONS) === 0;
  }

  mod(mod: Mod): void {
    switch (mod.kind) {
      case "Module":
        this.body(mod.body);
        break;
      case "Interactive":
        this.stmts(mod.body);
        break;
      case "Expression":
        this.expr(mod.body);
        break;
      case "FunctionType":
        break;
    }
  }

  // ---- statements ----

  body(stmts: Stmt[]): void {
    let doc = getDocString(stmts) !== undefined;
    if (doc && this.o.optimize >= 2) {
      if (stmts.length === 1) {
        const s = stmts[0];
        stmts[0] = new ast.Pass(
          s.lineno,
          s.col_offset,
          s.lineno,
          s.col_offset + 4,
        );
      } else {
        stmts.shift();
      }
      doc = false;
    }
    this.stmts(stmts);
    // What became a string literal only now must not turn into a docstring.
    if (!doc && getDocString(stmts) !== undefined) {
      const s = stmts[0] as ast.ExprStmt;
      s.value = new ast.JoinedStr(
        [s.value],
        s.lineno,
        s.col_offset,
        s.end_lineno,
        s.end_col_offset,
      );
    }
  }

  stmts(stmts: readonly Stmt[]): void {
    for (let i = 0; i < stmts.length; i++) this.stmt(stmts[i]);
  }

  within(context: Context, stmts: readonly Stmt[]): void {
    this.contexts.push(context);
    this.stmts(stmts);
    this.contexts.pop();
  }

  /** Warns if a statement would leave the `finally` block it is in. */
  leaving(s: Stmt, keyword: string, stop: Context): void {
    const n = this.contexts.length;
    if (this.o.enableWarnings === false || n === 0) return;
    const top = this.contexts[n - 1];
    if (top === "finally" && top !== stop) {
      emitSyntaxWarning(
        this.o.warn,
        `'${keyword}' in a 'finally' block`,
        this.o.filename,
        s,
      );
    }
  }

  stmt(s: Stmt): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (s.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        for (const t of s.type_params) this.typeParam(t);
        this.arguments(s.args);
        this.contexts.push("function");
        this.body(s.body);
        this.contexts.pop();
        this.exprs(s.decorator_list);
        if (this.foldAnnotations) this.optional(s.returns);
        break;
      case "ClassDef":
        for (const t of s.type_params) this.typeParam(t);
        this.exprs(s.bases);
        for (const k of s.keywords) this.expr(k.value);
        this.body(s.body);
        this.exprs(s.decorator_list);
        break;
      case "Return":
        this.leaving(s, "return", "function");
        this.optional(s.value);
        break;
      case "Delete":
        this.exprs(s.targets);
        break;
      case "Assign":
        this.exprs(s.targets);
        this.expr(s.value);
        break;
      case "AugAssign":
        this.expr(s.target);
        this.expr(s.value);
        break;
      case "AnnAssign":
        this.expr(s.target);
        if (this.foldAnnotations) this.expr(s.annotation);
        this.optional(s.value);
        break;
      case "TypeAlias":
        this.expr(s.name);
        for (const t of s.type_params) this.typeParam(t);
        this.expr(s.value);
        break;
      case "For":
      case "AsyncFor":
        this.expr(s.target);
        this.expr(s.iter);
        this.within("loop", s.body);
        this.stmts(s.orelse);
        break;
      case "While":
        this.expr(s.test);
        this.within("loop", s.body);
        this.stmts(s.orelse);
        break;
      case "If": {
        const { depth } = this;
        let branch = s;
        for (let next: ast.If | undefined = s; next !== undefined; next = elif(branch)) {
          branch = next;
          if (++this.depth > MAX_DEPTH) throw tooDeep();
          this.expr(branch.test);
          this.stmts(branch.body);
        }
        this.stmts(branch.orelse);
        this.depth = depth;
        break;
      }
      case "With":
      case "AsyncWith":
        for (const item of s.items) {
          this.expr(item.context_expr);
          this.optional(item.optional_vars);
        }
        this.stmts(s.body);
        break;
      case "Raise":
        this.optional(s.exc);
        this.optional(s.cause);
        break;
      case "Try":
      case "TryStar":
        this.stmts(s.body);
        for (const h of s.handlers) {
          this.optional(h.type);
          this.stmts(h.body);
        }
        this.stmts(s.orelse);
        this.within("finally", s.finalbody);
        break;
      case "Assert":
        this.expr(s.test);
        this.optional(s.msg);
        break;
      case "Expr":
        this.expr(s.value);
        break;
      case "Match":
        this.expr(s.subject);
        for (const m of s.cases) {
          this.pattern(m.pattern);
          this.optional(m.guard);
          this.stmts(m.body);
        }
        break;
      case "Break":
        this.leaving(s, "break", "loop");
        break;
      case "Continue":
        this.leaving(s, "continue", "loop");
        break;
      case "Import":
      case "ImportFrom":
      case "Global":
      case "Nonlocal":
      case "Pass":
        break;
    }
    this.depth--;
  }

  arguments(a: ast.arguments_): void {
    if (this.foldAnnotations) {
      for (const arg of a.posonlyargs) this.optional(arg.annotation);
      for (const arg of a.args) this.optional(arg.annotation);
      if (a.vararg !== null) this.optional(a.vararg.annotation);
      for (const arg of a.kwonlyargs) this.optional(arg.annotation);
      if (a.kwarg !== null) this.optional(a.kwarg.annotation);
    }
    this.exprs(a.kw_defaults);
    this.exprs(a.defaults);
  }

  typeParam(t: TypeParam): void {
    if (t.kind === "TypeVar") this.optional(t.bound);
    this.optional(t.default_value);
  }

  // ---- expressions ----

  exprs(seq: readonly (Expr | null)[]): void {
    for (let i = 0; i < seq.length; i++) this.optional(seq[i]);
  }

  optional(e: Expr | null): void {
    if (e !== null) this.expr(e);
  }

  expr(e: Expr): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (e.kind) {
      case "BoolOp":
      case "JoinedStr":
      case "TemplateStr":
        this.exprs(e.values);
        break;
      case "BinOp": {
        const spine: ast.BinOp[] = [];
        let last: Expr = e;
        for (; last.kind === "BinOp" && last.left.kind !== "BinOp"; last = last.right) {
          this.expr(last.left);
          spine.push(last);
        }
        if (spine.length > 0) {
          this.expr(last);
          while (spine.length > 0) this.foldBinOp(spine.pop()!);
          break;
        }
        spine.push(e);
        let left = e.left;
        for (; left.kind === "BinOp"; left = left.left) spine.push(left);
        if (spine.length > MAX_CHAIN) throw tooLong();
        this.expr(left);
        for (let i = spine.length - 1; i >= 0; i--) {
          this.expr(spine[i].right);
          this.foldBinOp(spine[i]);
        }
        break;
      }
      case "UnaryOp": {
        let operand = e.operand;
        while (operand.kind === "UnaryOp") operand = operand.operand;
        this.expr(operand);
        break;
      }
      case "Lambda": {
        let body: Expr = e;
        for (; body.kind === "Lambda"; body = body.body) this.arguments(body.args);
        this.expr(body);
        break;
      }
      case "IfExp": {
        let last: Expr = e;
        for (; last.kind === "IfExp"; last = last.orelse) {
          this.expr(last.test);
          this.expr(last.body);
        }
        this.expr(last);
        break;
      }
      case "Dict":
        this.exprs(e.keys);
        this.exprs(e.values);
        break;
      case "Set":
      case "List":
      case "Tuple":
        this.exprs(e.elts);
        break;
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
        this.expr(e.elt);
        this.comprehensions(e.generators);
        break;
      case "DictComp":
        this.expr(e.key);
        this.expr(e.value);
        this.comprehensions(e.generators);
        break;
      case "Await":
      case "YieldFrom":
      case "Starred":
      case "NamedExpr":
        this.expr(e.value);
        break;
      case "Yield":
        this.optional(e.value);
        break;
      case "Compare":
        this.expr(e.left);
        this.exprs(e.comparators);
        break;
      case "Attribute":
      case "Call":
        this.chain(e);
        break;
      case "FormattedValue":
      case "Interpolation":
        this.expr(e.value);
        this.optional(e.format_spec);
        break;
      case "Subscript":
        this.chain(e);
        break;
      case "Slice":
        this.optional(e.lower);
        this.optional(e.upper);
        this.optional(e.step);
        break;
      case "Name":
        if (
          !this.o.syntaxCheckOnly && e.ctx === "Load" && e.id === "__debug__"
        ) makeConst(e, this.o.optimize === 0);
        break;
      case "Constant":
        break;
    }
    this.depth--;
  }

  comprehensions(generators: readonly ast.comprehension[]): void {
    for (const g of generators) {
      this.expr(g.target);
      this.expr(g.iter);
      this.exprs(g.ifs);
    }
  }

  foldBinOp(e: ast.BinOp): void {
    if (
      this.o.syntaxCheckOnly || e.op !== "Mod" || e.left.kind !== "Constant" ||
      e.right.kind !== "Tuple"
    ) return;
    const format = e.left.value;
    const items = e.right.elts;
    if (!isStr(format) || items.some((x) => x.kind === "Starred")) return;
    const values = formatParts(format, items);
    if (values === undefined) return;
    replaceNode(
      e,
      new ast.JoinedStr(
        values,
        e.lineno,
        e.col_offset,
        e.end_lineno,
        e.end_col_offset,
      ),
    );
  }

  chain(e: Link): void {
    const long = longChain(e);
    if (long === undefined) {
      this.expr(e.kind === "Call" ? e.func : e.value);
      this.afterLink(e);
      return;
    }
    this.expr(long.base);
    for (let i = long.links.length - 1; i >= 0; i--) this.afterLink(long.links[i]);
  }

  /** What stands behind the first part of a link. */
  afterLink(e: Link): void {
    if (e.kind === "Subscript") this.expr(e.slice);
    else if (e.kind === "Call") {
      this.exprs(e.args);
      for (const k of e.keywords) this.expr(k.value);
    }
  }

  // ---- patterns ----

  pattern(p: Pattern): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (p.kind) {
      case "MatchValue":
        this.patternConst(p.value);
        break;
      case "MatchSequence":
      case "MatchOr":
        for (const q of p.patterns) this.pattern(q);
        break;
      case "MatchMapping":
        for (const k of p.keys) this.patternConst(k);
        for (const q of p.patterns) this.pattern(q);
        break;
      case "MatchClass":
        this.expr(p.cls);
        for (const q of p.patterns) this.pattern(q);
        for (const q of p.kwd_patterns) this.pattern(q);
        break;
      case "MatchAs":
        if (p.pattern !== null) this.pattern(p.pattern);
        break;
      case "MatchSingleton":
      case "MatchStar":
        break;
    }
    this.depth--;
  }

  /** Folds `-1` and `1 + 2j`, the only arithmetic in patterns. */
  patternConst(e: Expr): void {
    if (this.o.syntaxCheckOnly) return;
    if (e.kind === "UnaryOp") {
      if (e.op === "USub" && e.operand.kind === "Constant") {
        const v = negated(e.operand.value as Value);
        if (v !== undefined) makeConst(e, v);
      }
    } else if (e.kind === "BinOp") {
      if ((e.op === "Add" || e.op === "Sub") && e.right.kind === "Constant") {
        this.patternConst(e.left);
        const left = e.left as Expr;
        if (left.kind === "Constant") {
          const v = complexSum(
            left.value as Value,
            e.right.value as Value,
            e.op === "Add",
          );
          if (v !== undefined) makeConst(e, v);
        }
      }
    }
  }
}

/** Makes `node` the node that `by` is. */
function replaceNode(node: Expr, by: Expr): void {
  const target = node as unknown as Record<string, unknown>;
  for (const key of Object.keys(target)) delete target[key];
  Object.setPrototypeOf(target, Object.getPrototypeOf(by));
  Object.assign(target, by);
}

function makeConst(e: Expr, value: Value): void {
  replaceNode(
    e,
    new ast.Constant(
      value,
      null,
      e.lineno,
      e.col_offset,
      e.end_lineno,
      e.end_col_offset,
    ),
  );
}

function negated(v: Value): Value | undefined {
  if (typeof v === "number") return 0 - v;
  if (typeof v === "bigint") {
    const n = -v;
    return n === BigInt(Number.MIN_SAFE_INTEGER) ? Number(n) : n;
  }
  if (typeof v === "boolean") return v ? -1 : 0;
  if (v instanceof PyFloat) return new PyFloat(-v.v);
  if (v instanceof PyComplex) return new PyComplex(-v.re, -v.im);
  return undefined;
}

function realPart(v: Value): number | undefined {
  if (typeof v === "number") return v;
  if (typeof v === "bigint") {
    const n = Number(v);
    return Number.isFinite(n) ? n : undefined;
  }
  return v instanceof PyFloat ? v.v : undefined;
}

/** `left + right` or `left - right`, as patterns may have it: real and imaginary part. */
function complexSum(
  left: Value,
  right: Value,
  add: boolean,
): Value | undefined {
  const re = realPart(left);
  if (re === undefined || !(right instanceof PyComplex)) return undefined;
  return add ? new PyComplex(re + right.re, right.im) : new PyComplex(re - right.re, -right.im);
}

// ---- "%" formats ---------------------------------------------------------------------------

/** The parts of the f-string for `format % items`, or undefined if it can't be one. */
function formatParts(
  format: Str,
  items: readonly Expr[],
): Expr[] | undefined {
  const fmt = strText(format);
  const parts: Expr[] = [];
  let pos = 0;
  let used = 0;
  for (;;) {
    const start = pos;
    while (pos < fmt.length) {
      if (fmt[pos] !== "%") pos++;
      else if (fmt[pos + 1] === "%") pos += 2;
      else break;
    }
    if (pos > start) {
      const text = fmt.slice(start, pos).replaceAll("%%", "%");
      parts.push(new ast.Constant(strValue(text), null, -1, -1, -1, -1));
    }
    if (pos >= fmt.length) break;
    if (used >= items.length) return undefined;
    const spec = parseFormat(fmt, pos + 1);
    if (spec === undefined) return undefined;
    pos = spec.end;
    const arg = items[used++];
    parts.push(
      new ast.FormattedValue(
        arg,
        spec.conversion.charCodeAt(0),
        spec.text === "" ? null : new ast.Constant(spec.text, null, -1, -1, -1, -1),
        arg.lineno,
        arg.col_offset,
        arg.end_lineno,
        arg.end_col_offset,
      ),
    );
  }
  return used < items.length ? undefined : parts;
}

interface Format {
  conversion: string;
  /** Format specification of the f-string. */
  text: string;
  end: number;
}

function isDigit(c: string | undefined): boolean {
  return c !== undefined && c >= "0" && c <= "9";
}

/** Parses what follows a `%`; undefined if an f-string can't express it. */
function parseFormat(fmt: string, pos: number): Format | undefined {
  let leftJustified = false;
  let c: string | undefined;
  for (;;) {
    c = fmt[pos++];
    if (c === "-") leftJustified = true;
    else if (c !== "+" && c !== " " && c !== "#" && c !== "0") break;
  }
  const number = (): number | undefined => {
    let n = 0;
    let digits = 0;
    while (isDigit(c)) {
      n = n * 10 + Number(c);
      c = fmt[pos++];
      if (c === undefined || ++digits >= MAX_DIGITS) return undefined;
    }
    return n;
  };
  let width = -1, precision = -1;
  if (isDigit(c)) {
    const n = number();
    if (n === undefined) return undefined;
    width = n;
  }
  if (c === ".") {
    c = fmt[pos++];
    const n = number();
    if (n === undefined) return undefined;
    precision = n;
  }
  if (c !== "s" && c !== "r" && c !== "a") return undefined;
  let text = "";
  if (!leftJustified && width > 0) text += ">";
  if (width >= 0) text += width;
  if (precision >= 0) text += `.${precision}`;
  return { conversion: c, text, end: pos };
}
