// CPython 3.14: Python/symtable.c (symtable_visit_*)
//
// The first pass of the symbol table: it walks the tree once, opens a block for every scope and
// records in it what happens to each name. Errors that can be seen here are raised here; those that
// need the enclosing scopes come from the second pass (symtable.ts).

import type * as ast from "../parse/ast.ts";
import type { Expr, Mod, Pattern, Stmt, TypeParam } from "../parse/ast.ts";
import { getDocString } from "./docstring.ts";
import { elif, type Link, longChain } from "./chains.ts";
import { CompileFailure, MAX_CHAIN, MAX_DEPTH, tooDeep, tooLong } from "./errors.ts";
import { CO_FUTURE_ANNOTATIONS, type FutureFeatures, PyCF_ALLOW_TOP_LEVEL_AWAIT } from "./future.ts";
import type { Loc } from "./instructions.ts";
import {
  analyze,
  AnnotationBlock,
  ClassBlock,
  DEF_ANNOT,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  DictComprehension,
  FunctionBlock,
  GeneratorExpression,
  ListComprehension,
  ModuleBlock,
  NoComprehension,
  SetComprehension,
  Symtable,
  TypeAliasBlock,
  TypeParametersBlock,
  TypeVariableBlock,
  USE,
} from "./symtable.ts";
import { BlockBuilder } from "./symtable_build.ts";

const NO_LOC: Loc = {
  lineno: 0,
  end_lineno: 0,
  col_offset: 0,
  end_col_offset: 0,
};

/** Builds the symbol table of a module: both passes. */
export function buildSymtable(
  mod: Mod,
  filename: string,
  future: FutureFeatures,
): Symtable {
  const st = new Symtable(filename, future);
  new Visitor(st).visitMod(mod);
  analyze(st);
  return st;
}

const YIELD_IN_COMPREHENSION: Readonly<Record<number, string>> = {
  [ListComprehension]: "'yield' inside list comprehension",
  [SetComprehension]: "'yield' inside set comprehension",
  [DictComprehension]: "'yield' inside dict comprehension",
  [GeneratorExpression]: "'yield' inside generator expression",
};

const NAMED_EXPR_IN_BLOCK: Readonly<Record<number, string>> = {
  [ClassBlock]: "assignment expression within a comprehension cannot be used in a class body",
  [TypeParametersBlock]:
    "assignment expression within a comprehension cannot be used within the definition of a generic",
  [TypeAliasBlock]: "assignment expression within a comprehension cannot be used in a type alias",
  [TypeVariableBlock]: "assignment expression within a comprehension cannot be used in a TypeVar bound",
};

class Visitor extends BlockBuilder {
  // ---- statements ----

  visitMod(mod: Mod): void {
    this.enter("top", ModuleBlock, mod, NO_LOC);
    this.st.top = this.cur;
    switch (mod.kind) {
      case "Module":
        if (getDocString(mod.body) !== undefined) this.cur.hasDocstring = true;
        this.stmts(mod.body);
        break;
      case "Interactive":
        this.stmts(mod.body);
        break;
      case "Expression":
        this.expr(mod.body);
        break;
      case "FunctionType":
        throw new CompileFailure(
          "RuntimeError",
          "this compiler does not handle FunctionTypes",
        );
    }
    this.exit();
  }

  stmts(body: readonly Stmt[]): void {
    for (let i = 0; i < body.length; i++) this.stmt(body[i]);
  }

  exprs(seq: readonly (Expr | null)[]): void {
    for (let i = 0; i < seq.length; i++) {
      const e = seq[i];
      if (e !== null) this.expr(e);
    }
  }

  /** Visits the bodies of a compound statement, in which annotations are conditional. */
  conditional(visit: () => void): void {
    const cur = this.cur;
    const saved = cur.inConditionalBlock;
    cur.inConditionalBlock = true;
    visit();
    cur.inConditionalBlock = saved;
  }

  stmt(s: Stmt): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (s.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.functionDef(s);
        break;
      case "ClassDef":
        this.classDef(s);
        break;
      case "TypeAlias":
        this.typeAlias(s);
        break;
      case "Return":
        if (s.value !== null) {
          this.expr(s.value);
          this.cur.returnsValue = true;
        }
        break;
      case "Delete":
        this.exprs(s.targets);
        break;
      case "Assign":
        this.exprs(s.targets);
        this.expr(s.value);
        break;
      case "AnnAssign":
        this.annAssign(s);
        break;
      case "AugAssign":
        this.expr(s.target);
        this.expr(s.value);
        break;
      case "AsyncFor":
        this.checkCoroutine("'async for' outside async function", s);
        // falls through
      case "For":
        this.expr(s.target);
        this.expr(s.iter);
        this.conditional(() => {
          this.stmts(s.body);
          this.stmts(s.orelse);
        });
        break;
      case "If": {
        const saved = this.cur.inConditionalBlock;
        let branch = s;
        for (let next: ast.If | undefined = s; next !== undefined; next = elif(branch)) {
          branch = next;
          this.expr(branch.test);
          this.cur.inConditionalBlock = true;
          this.stmts(branch.body);
        }
        this.stmts(branch.orelse);
        this.cur.inConditionalBlock = saved;
        break;
      }
      case "While":
        this.expr(s.test);
        this.conditional(() => {
          this.stmts(s.body);
          this.stmts(s.orelse);
        });
        break;
      case "Match":
        this.expr(s.subject);
        this.conditional(() => {
          for (const m of s.cases) {
            this.pattern(m.pattern);
            if (m.guard !== null) this.expr(m.guard);
            this.stmts(m.body);
          }
        });
        break;
      case "Raise":
        if (s.exc !== null) {
          this.expr(s.exc);
          if (s.cause !== null) this.expr(s.cause);
        }
        break;
      case "Try":
      case "TryStar":
        this.conditional(() => {
          this.stmts(s.body);
          for (const h of s.handlers) {
            if (h.type !== null) this.expr(h.type);
            if (h.name !== null) this.addDef(h.name, DEF_LOCAL, h);
            this.stmts(h.body);
          }
          this.stmts(s.orelse);
          this.stmts(s.finalbody);
        });
        break;
      case "Assert":
        this.expr(s.test);
        if (s.msg !== null) this.expr(s.msg);
        break;
      case "Import":
        for (const a of s.names) this.alias(a);
        break;
      case "ImportFrom":
        for (const a of s.names) this.alias(a);
        this.checkImportFrom(s);
        break;
      case "Global":
        this.declaration(s, "global", DEF_GLOBAL);
        break;
      case "Nonlocal":
        this.declaration(s, "nonlocal", DEF_NONLOCAL);
        break;
      case "Expr":
        this.expr(s.value);
        break;
      case "AsyncWith":
        this.checkCoroutine("'async with' outside async function", s);
        // falls through
      case "With":
        this.conditional(() => {
          for (const item of s.items) {
            this.expr(item.context_expr);
            if (item.optional_vars !== null) this.expr(item.optional_vars);
          }
          this.stmts(s.body);
        });
        break;
      case "Pass":
      case "Break":
      case "Continue":
        break;
    }
    this.depth--;
  }

  functionDef(s: ast.FunctionDef | ast.AsyncFunctionDef): void {
    this.addDef(s.name, DEF_LOCAL, s);
    this.exprs(s.args.defaults);
    this.exprs(s.args.kw_defaults);
    this.exprs(s.decorator_list);
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(
        s.name,
        s.type_params,
        true, // the parser always makes a list of defaults, be it empty
        s.args.kw_defaults.some((d) => d !== null),
        false,
        s,
      );
      for (const t of s.type_params) this.typeParam(t);
    }
    const ste = this.newEntry(s.name, FunctionBlock, s, s);
    if (getDocString(s.body) !== undefined) ste.hasDocstring = true;
    this.functionAnnotations(s);
    this.enterExisting(ste, true);
    if (s.kind === "AsyncFunctionDef") this.cur.coroutine = true;
    this.arguments(s.args);
    this.stmts(s.body);
    this.exit();
    if (generic) this.exit();
  }

  classDef(s: ast.ClassDef): void {
    this.addDef(s.name, DEF_LOCAL, s);
    this.exprs(s.decorator_list);
    const saved = this.private;
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(s.name, s.type_params, false, false, true, s);
      this.private = s.name;
      this.cur.mangledNames = new Set();
      for (const t of s.type_params) this.typeParam(t);
    }
    this.exprs(s.bases);
    this.checkKeywords(s.keywords);
    for (const k of s.keywords) this.expr(k.value);
    this.enter(s.name, ClassBlock, s, s);
    this.private = s.name;
    if (generic) {
      this.addDef("__type_params__", DEF_LOCAL, s);
      this.addDef(".type_params", USE, s);
    }
    if (getDocString(s.body) !== undefined) this.cur.hasDocstring = true;
    this.stmts(s.body);
    this.exit();
    if (generic) this.exit();
    this.private = saved;
  }

  typeAlias(s: ast.TypeAlias): void {
    this.expr(s.name);
    const name = (s.name as ast.Name).id;
    const inClass = this.cur.type === ClassBlock;
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(name, s.type_params, false, false, false, s);
      for (const t of s.type_params) this.typeParam(t);
    }
    this.enter(name, TypeAliasBlock, s, s);
    this.cur.canSeeClassScope = inClass;
    if (inClass) this.addDef("__classdict__", USE, s.value);
    this.expr(s.value);
    this.exit();
    if (generic) this.exit();
  }

  annAssign(s: ast.AnnAssign): void {
    this.cur.annotationsUsed = true;
    const target = s.target;
    if (target.kind === "Name") {
      const cur = this.lookup(this.cur, target.id);
      if (
        cur & (DEF_GLOBAL | DEF_NONLOCAL) &&
        this.cur.symbols !== this.globals && s.simple
      ) {
        const what = cur & DEF_GLOBAL ? "global" : "nonlocal";
        this.error(`annotated name '${target.id}' can't be ${what}`, s);
      }
      if (s.simple) this.addDef(target.id, DEF_ANNOT | DEF_LOCAL, target);
      else if (s.value !== null) this.addDef(target.id, DEF_LOCAL, target);
    } else {
      this.expr(target);
    }
    this.annotation(s.annotation);
    if (s.value !== null) this.expr(s.value);
  }

  /** The annotation of a variable: all of a block's share one annotation block. */
  annotation(e: Expr): void {
    const parent = this.cur;
    // In functions annotations are not evaluated.
    const unevaluated = parent.type === FunctionBlock;
    // A module can be left in the middle, so there they always count as conditional.
    if (
      (parent.type === ModuleBlock ||
        (parent.type === ClassBlock && parent.inConditionalBlock)) &&
      !parent.hasConditionalAnnotations
    ) {
      parent.hasConditionalAnnotations = true;
      this.addDef("__conditional_annotations__", USE, e);
    }
    if (parent.annotationBlock === null) {
      this.enter("__annotate__", AnnotationBlock, parent.node, e, true);
      parent.annotationBlock = this.cur;
      const future = this.st.future.features & CO_FUTURE_ANNOTATIONS;
      if (parent.type === ClassBlock && !future) {
        this.cur.canSeeClassScope = true;
        parent.needsClassdict = true;
        this.addDef("__classdict__", USE, e);
      }
    } else {
      this.enterExisting(parent.annotationBlock, false);
    }
    if (unevaluated) this.cur.inUnevaluatedAnnotation = true;
    this.expr(e);
    if (unevaluated) this.cur.inUnevaluatedAnnotation = false;
    this.exit();
  }

  functionAnnotations(s: ast.FunctionDef | ast.AsyncFunctionDef): void {
    const a = s.args;
    const seesClass = this.cur.canSeeClassScope ||
      this.cur.type === ClassBlock;
    this.enter("__annotate__", AnnotationBlock, a, s);
    if (seesClass) {
      this.cur.canSeeClassScope = true;
      this.addDef("__classdict__", USE, s);
    }
    for (const arg of a.posonlyargs) this.argAnnotation(arg.annotation);
    for (const arg of a.args) this.argAnnotation(arg.annotation);
    if (a.vararg !== null) this.argAnnotation(a.vararg.annotation);
    if (a.kwarg !== null) this.argAnnotation(a.kwarg.annotation);
    for (const arg of a.kwonlyargs) this.argAnnotation(arg.annotation);
    this.argAnnotation(s.returns);
    this.exit();
  }

  argAnnotation(e: Expr | null): void {
    if (e === null) return;
    this.cur.annotationsUsed = true;
    this.expr(e);
  }

  arguments(a: ast.arguments_): void {
    const params = (args: readonly ast.arg[]) => {
      for (const arg of args) this.addDef(arg.arg, DEF_PARAM, arg);
    };
    params(a.posonlyargs);
    params(a.args);
    params(a.kwonlyargs);
    if (a.vararg !== null) {
      this.addDef(a.vararg.arg, DEF_PARAM, a.vararg);
      this.cur.varargs = true;
    }
    if (a.kwarg !== null) {
      this.addDef(a.kwarg.arg, DEF_PARAM, a.kwarg);
      this.cur.varkeywords = true;
    }
  }

  alias(a: ast.alias): void {
    const name = a.asname ?? a.name;
    if (name === "*") {
      if (this.cur.type !== ModuleBlock) {
        this.error("import * only allowed at module level", a);
      }
      return;
    }
    const dot = name.indexOf(".");
    this.addDef(dot < 0 ? name : name.slice(0, dot), DEF_IMPORT, a);
  }

  checkImportFrom(s: ast.ImportFrom): void {
    const fut = this.st.future.loc;
    if (
      s.module === "__future__" && (s.level ?? 0) === 0 &&
      (s.lineno > fut.lineno ||
        (s.lineno === fut.end_lineno && s.col_offset > fut.end_col_offset))
    ) {
      this.error(
        "from __future__ imports must occur at the beginning of the file",
        s,
      );
    }
  }

  declaration(
    s: ast.Global | ast.Nonlocal,
    word: "global" | "nonlocal",
    flag: number,
  ): void {
    for (const name of s.names) {
      const cur = this.lookup(this.cur, name);
      if (cur & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) {
        let msg: string;
        if (cur & DEF_PARAM) msg = `name '${name}' is parameter and ${word}`;
        else if (cur & USE) {
          msg = `name '${name}' is used prior to ${word} declaration`;
        } else if (cur & DEF_ANNOT) {
          msg = `annotated name '${name}' can't be ${word}`;
        } else {
          msg = `name '${name}' is assigned to before ${word} declaration`;
        }
        this.error(msg, s);
      }
      this.addDef(name, flag, s);
      this.recordDirective(name, s);
    }
  }

  allowsTopLevelAwait(): boolean {
    return (this.st.future.features & PyCF_ALLOW_TOP_LEVEL_AWAIT) !== 0 &&
      this.cur.type === ModuleBlock;
  }

  checkCoroutine(msg: string, loc: Loc): void {
    if (this.allowsTopLevelAwait()) this.cur.coroutine = true;
    if (!this.cur.coroutine) this.error(msg, loc);
  }

  // ---- expressions ----

  chain(e: Link): void {
    const long = longChain(e);
    const links = long?.links ?? [e];
    for (const link of links) {
      if (link.kind === "Attribute") this.checkName(link.attr, link, link.ctx);
    }
    this.expr(long?.base ?? (e.kind === "Call" ? e.func : e.value));
    for (let i = links.length - 1; i >= 0; i--) {
      const link = links[i];
      if (link.kind === "Subscript") this.expr(link.slice);
      else if (link.kind === "Call") {
        this.exprs(link.args);
        this.checkKeywords(link.keywords);
        for (const k of link.keywords) this.expr(k.value);
      }
    }
  }

  expr(e: Expr): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (e.kind) {
      case "NamedExpr":
        this.namedExpr(e);
        break;
      case "BoolOp":
        this.exprs(e.values);
        break;
      case "BinOp": {
        // The left side of a long sum is not recursed into, nor the right side of a ** b ** c ...
        let last: Expr = e;
        for (; last.kind === "BinOp" && last.left.kind !== "BinOp"; last = last.right) this.expr(last.left);
        if (last !== e) {
          this.expr(last);
          break;
        }
        const rights: Expr[] = [e.right];
        let left = e.left;
        for (; left.kind === "BinOp"; left = left.left) rights.push(left.right);
        if (rights.length > MAX_CHAIN) throw tooLong();
        this.expr(left);
        for (let i = rights.length - 1; i >= 0; i--) this.expr(rights[i]);
        break;
      }
      case "UnaryOp": {
        let operand = e.operand;
        while (operand.kind === "UnaryOp") operand = operand.operand;
        this.expr(operand);
        break;
      }
      case "Lambda": {
        let body: Expr = e, open = 0;
        for (; body.kind === "Lambda"; body = body.body, open++) {
          this.exprs(body.args.defaults);
          this.exprs(body.args.kw_defaults);
          this.enter("lambda", FunctionBlock, body, body);
          this.arguments(body.args);
        }
        this.expr(body);
        for (; open > 0; open--) this.exit();
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
      case "GeneratorExp":
        this.comprehension(e, "genexpr", GeneratorExpression, e.elt, null);
        break;
      case "ListComp":
        this.comprehension(e, "listcomp", ListComprehension, e.elt, null);
        break;
      case "SetComp":
        this.comprehension(e, "setcomp", SetComprehension, e.elt, null);
        break;
      case "DictComp":
        this.comprehension(e, "dictcomp", DictComprehension, e.key, e.value);
        break;
      case "Yield":
      case "YieldFrom":
        this.raiseIfAnnotationBlock("yield expression", e);
        if (e.value !== null) this.expr(e.value);
        this.cur.generator = true;
        if (this.cur.comprehension !== NoComprehension) {
          this.error(YIELD_IN_COMPREHENSION[this.cur.comprehension], e);
        }
        break;
      case "Await":
        this.raiseIfAnnotationBlock("await expression", e);
        if (!this.allowsTopLevelAwait()) {
          if (!this.cur.isFunctionLike) {
            this.error("'await' outside function", e);
          }
          if (
            !this.isAsyncDef() && this.cur.comprehension === NoComprehension
          ) this.error("'await' outside async function", e);
        }
        this.expr(e.value);
        this.cur.coroutine = true;
        break;
      case "Compare":
        this.expr(e.left);
        this.exprs(e.comparators);
        break;
      case "Call":
        this.chain(e);
        break;
      case "FormattedValue":
      case "Interpolation":
        this.expr(e.value);
        if (e.format_spec !== null) this.expr(e.format_spec);
        break;
      case "JoinedStr":
      case "TemplateStr":
        this.exprs(e.values);
        break;
      case "Constant":
        break;
      case "Attribute":
        this.chain(e);
        break;
      case "Subscript":
        this.chain(e);
        break;
      case "Starred":
        this.expr(e.value);
        break;
      case "Slice":
        if (e.lower !== null) this.expr(e.lower);
        if (e.upper !== null) this.expr(e.upper);
        if (e.step !== null) this.expr(e.step);
        break;
      case "Name":
        this.name(e);
        break;
      case "Set":
      case "List":
      case "Tuple":
        this.exprs(e.elts);
        break;
    }
    this.depth--;
  }

  name(e: ast.Name): void {
    if (this.cur.inUnevaluatedAnnotation) return;
    const load = e.ctx === "Load";
    this.addDef(e.id, load ? USE : DEF_LOCAL, e, e.ctx);
    // A use of `super` is a use of `__class__`.
    if (load && e.id === "super" && this.cur.isFunctionLike) {
      this.addDef("__class__", USE, e);
    }
  }

  isAsyncDef(): boolean {
    return this.cur.type === FunctionBlock && this.cur.coroutine;
  }

  namedExpr(e: ast.NamedExpr): void {
    this.raiseIfAnnotationBlock("named expression", e);
    if (this.cur.compIterExpr > 0) {
      this.error(
        "assignment expression cannot be used in a comprehension iterable expression",
        e,
      );
    }
    if (this.cur.comprehension !== NoComprehension) {
      this.extendNamedExprScope(e.target as ast.Name);
    }
    this.expr(e.value);
    this.expr(e.target);
  }

  /** The target of an assignment expression in a comprehension belongs to the block around. */
  extendNamedExprScope(e: ast.Name): void {
    const name = e.id;
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const ste = this.stack[i];
      if (ste.comprehension !== NoComprehension) {
        const flags = this.lookup(ste, name);
        if (flags & DEF_COMP_ITER && flags & DEF_LOCAL) {
          this.error(
            `assignment expression cannot rebind comprehension iteration variable '${name}'`,
            e,
          );
        }
        continue;
      }
      if (ste.type === FunctionBlock) {
        const global = this.lookup(ste, name) & DEF_GLOBAL;
        this.addDef(name, global ? DEF_GLOBAL : DEF_NONLOCAL, e);
        this.recordDirective(name, e);
        this.addDefHelper(name, DEF_LOCAL, ste, e);
        return;
      }
      if (ste.type === ModuleBlock) {
        this.addDef(name, DEF_GLOBAL, e);
        this.recordDirective(name, e);
        this.addDefHelper(name, DEF_GLOBAL, ste, e);
        return;
      }
      const msg = NAMED_EXPR_IN_BLOCK[ste.type];
      if (msg !== undefined) this.error(msg, e);
    }
  }

  comprehension(
    e: ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp,
    scopeName: string,
    type: number,
    elt: Expr,
    value: Expr | null,
  ): void {
    const isGenerator = type === GeneratorExpression;
    const outermost = e.generators[0];
    // The first iterable is evaluated outside.
    this.cur.compIterExpr++;
    this.expr(outermost.iter);
    this.cur.compIterExpr--;
    this.enter(scopeName, FunctionBlock, e, e);
    this.cur.comprehension = type;
    if (outermost.is_async) this.cur.coroutine = true;
    this.addDef(".0", DEF_PARAM, this.cur.loc);
    this.cur.compIterTarget = true;
    this.expr(outermost.target);
    this.cur.compIterTarget = false;
    this.exprs(outermost.ifs);
    for (let i = 1; i < e.generators.length; i++) {
      const g = e.generators[i];
      this.cur.compIterTarget = true;
      this.expr(g.target);
      this.cur.compIterTarget = false;
      this.cur.compIterExpr++;
      this.expr(g.iter);
      this.cur.compIterExpr--;
      this.exprs(g.ifs);
      if (g.is_async) this.cur.coroutine = true;
    }
    if (value !== null) this.expr(value);
    this.expr(elt);
    this.cur.generator = isGenerator;
    const isAsync = this.cur.coroutine && !isGenerator;
    this.exit();
    if (!isAsync) return;
    if (
      !this.isAsyncDef() && this.cur.comprehension === NoComprehension &&
      !this.allowsTopLevelAwait()
    ) {
      this.error(
        "asynchronous comprehension outside of an asynchronous function",
        e,
      );
    }
    this.cur.coroutine = true;
  }

  raiseIfAnnotationBlock(what: string, e: Expr): void {
    let where: string;
    switch (this.cur.type) {
      case AnnotationBlock:
        where = "an annotation";
        break;
      case TypeVariableBlock:
        where = this.cur.scopeInfo as string;
        break;
      case TypeAliasBlock:
        where = "a type alias";
        break;
      case TypeParametersBlock:
        where = "the definition of a generic";
        break;
      default:
        return;
    }
    this.error(`${what} cannot be used within ${where}`, e);
  }

  // ---- type parameters and patterns ----

  typeParam(tp: TypeParam): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    this.addDef(tp.name, DEF_TYPE_PARAM | DEF_LOCAL, tp);
    if (tp.kind === "TypeVar") {
      const info = tp.bound?.kind === "Tuple" ? "a TypeVar constraint" : "a TypeVar bound";
      this.typeParamExpr(tp, tp.bound, info, false);
      this.typeParamExpr(tp, tp.default_value, "a TypeVar default", true);
    } else {
      this.typeParamExpr(
        tp,
        tp.default_value,
        `a ${tp.kind} default`,
        false,
      );
    }
    this.depth--;
  }

  typeParamExpr(
    tp: TypeParam,
    e: Expr | null,
    info: string,
    second: boolean,
  ): void {
    if (tp.name === "__classdict__") {
      this.error(
        `reserved name '${tp.name}' cannot be used for type parameter`,
        tp,
      );
    }
    if (e === null) return;
    const inClass = this.cur.canSeeClassScope;
    this.enter(tp.name, TypeVariableBlock, tp, e, second);
    this.cur.canSeeClassScope = inClass;
    if (inClass) this.addDef("__classdict__", USE, e);
    this.cur.scopeInfo = info;
    this.expr(e);
    this.exit();
  }

  pattern(p: Pattern): void {
    if (++this.depth > MAX_DEPTH) throw tooDeep();
    switch (p.kind) {
      case "MatchValue":
        this.expr(p.value);
        break;
      case "MatchSingleton":
        break;
      case "MatchSequence":
      case "MatchOr":
        for (const q of p.patterns) this.pattern(q);
        break;
      case "MatchStar":
        if (p.name !== null) this.addDef(p.name, DEF_LOCAL, p);
        break;
      case "MatchMapping":
        this.exprs(p.keys);
        for (const q of p.patterns) this.pattern(q);
        if (p.rest !== null) this.addDef(p.rest, DEF_LOCAL, p);
        break;
      case "MatchClass":
        this.expr(p.cls);
        for (const q of p.patterns) this.pattern(q);
        p.kwd_attrs.forEach((attr, i) => this.checkName(attr, p.kwd_patterns[i], "Store"));
        for (const q of p.kwd_patterns) this.pattern(q);
        break;
      case "MatchAs":
        if (p.pattern !== null) this.pattern(p.pattern);
        if (p.name !== null) this.addDef(p.name, DEF_LOCAL, p);
        break;
    }
    this.depth--;
  }
}
