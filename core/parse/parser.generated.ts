// Generated from python.gram by generate.ts; do not edit.
// deno-lint-ignore-file no-explicit-any prefer-const no-unused-vars
import * as A from "./ast.ts";
import * as T from "./tokens.ts";
import { Ellipsis, None } from "../objects/object.ts";
import { FastParser } from "./parser_fast.ts";
import {
  binaryPrecedence,
  collectArgs,
  compareOperands,
  compareOps,
  type ComparePair,
  countDots,
  decorate,
  emptyArguments,
  emptyCall,
  exprName,
  isLegacy,
  type KeyPattern,
  type KeyValue,
  lastComprehensionItem,
  makeArguments,
  type NameDefault,
  nameIds,
  pairKeys,
  pairKeysOrNull,
  pairPatterns,
  pairValues,
  placeholderDef,
  setContext,
  type SlashWithDefault,
  type StarEtc,
  toTarget,
} from "./actions.ts";
import type { Tok, WithMetadata } from "./parser_errors.ts";

const K_False = 70;
const K_None = 71;
const K_True = 72;
const K_and = 73;
const K_as = 74;
const K_assert = 75;
const K_async = 76;
const K_await = 77;
const K_break = 78;
const K_class = 79;
const K_continue = 80;
const K_def = 81;
const K_del = 82;
const K_elif = 83;
const K_else = 84;
const K_except = 85;
const K_finally = 86;
const K_for = 87;
const K_from = 88;
const K_global = 89;
const K_if = 90;
const K_import = 91;
const K_lambda = 94;
const K_nonlocal = 95;
const K_not = 96;
const K_or = 97;
const K_pass = 98;
const K_raise = 99;
const K_return = 100;
const K_try = 101;
const K_while = 102;
const K_with = 103;
const K_yield = 104;
const S0: readonly number[] = [
  3,
  16776959,
  16515063,
  16515063,
  2,
  0,
  0,
  16776439,
  0,
  16514295,
  0,
  3145728,
  0,
  0,
  7582775,
  7583735,
  10969203,
  262144,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  16514295,
  0,
  0,
  0,
  0,
  0,
  7582775,
  0,
  0,
  0,
  12288,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  65547,
  0,
  0,
  16514103,
  0,
  0,
  0,
  0,
  0,
  0,
  16515063,
  0,
  0,
  16515063,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  16515063,
  16515063,
  16515063,
  0,
  0,
  65555,
  65547,
  8107063,
  3354679,
  65547,
  3354679,
  65547,
  65555,
  0,
  0,
  0,
  0,
  65547,
  65555,
  65555,
  65547,
  65555,
  0,
  0,
  7548983,
  65555,
  7581751,
  0,
  3354679,
  65555,
  65555,
  65547,
  65547,
  65547,
  8585235,
];

/** The first attempt at parsing. */
export class Parser extends FastParser {
  file(): A.Mod | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 1) !== 0) {
      let a: any;
      if (
        (a = this.optional(this.mark, this.statements()), true) &&
        this.expect(0)
      ) {
        return new A.Module(a ?? [], this.typeIgnores);
      }
      this.mark = m;
    }
    return null;
  }

  interactive(): A.Mod | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 2) !== 0) {
      let a: any;
      if ((a = this.statement_newline()) !== null) {
        return new A.Interactive(a);
      }
      this.mark = m;
    }
    return null;
  }

  eval(): A.Mod | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if (
        (a = this.expressions()) !== null && this._loop_1() !== null &&
        this.expect(0)
      ) {
        return new A.Expression(a);
      }
      this.mark = m;
    }
    return null;
  }

  func_type(): A.Mod | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let a: any, b: any;
      if (
        this.expect(7) &&
        (a = this.optional(this.mark, this.type_expressions()), true) &&
        this.expect(8) && this.expect(51) && (b = this.expression()) !== null &&
        this._loop_1() !== null && this.expect(0)
      ) {
        return new A.FunctionType(a ?? [], b);
      }
      this.mark = m;
    }
    return null;
  }

  statements(): A.Stmt[] | null {
    const out: A.Stmt[] = [];
    for (;;) {
      const t = this.peek();
      if (t === T.DEDENT || t === T.ENDMARKER) break;
      const m = this.mark;
      const stmt = this.compound_stmt();
      if (stmt !== null) out.push(stmt);
      else if (this.mark !== m || !this.simpleInto(out)) return null;
    }
    return out.length > 0 ? out : null;
  }

  single_compound_stmt(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 8) !== 0) {
      let a: any;
      if ((a = this.compound_stmt()) !== null) {
        return this.register([a]);
      }
      this.mark = m;
    }
    return null;
  }

  statement_newline(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 8) !== 0) {
      let a: any;
      if ((a = this.single_compound_stmt()) !== null && this.expect(4)) {
        return a;
      }
      this.mark = m;
    }
    if ((S0[t] & 16) !== 0) {
      let v: any;
      if ((v = this.simple_stmts()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 4) {
      if (this.expect(4)) {
        const e_ = this.last(), k_ = this.toks;
        return [
          new A.Pass(k_[m * 8 + 3], k_[m * 8 + 4], k_[e_ + 5], k_[e_ + 6]),
        ];
      }
      this.mark = m;
    }
    if (t === 0) {
      if (this.expect(0)) {
        return this.interactiveExit();
      }
      this.mark = m;
    }
    return null;
  }

  simple_stmts(): A.Stmt[] | null {
    const out: A.Stmt[] = [];
    return this.simpleInto(out) ? out : null;
  }

  simple_stmt(): A.Stmt | null {
    switch (this.peek()) {
      case K_import:
      case K_from:
        return this.import_stmt();
      case K_return:
        return this.return_stmt();
      case K_raise:
        return this.raise_stmt();
      case K_pass:
        return this.pass_stmt();
      case K_del:
        return this.del_stmt();
      case K_assert:
        return this.assert_stmt();
      case K_break:
        return this.break_stmt();
      case K_continue:
        return this.continue_stmt();
      case K_global:
        return this.global_stmt();
      case K_nonlocal:
        return this.nonlocal_stmt();
      case T.NAME:
        if (this.isSoft("type") && this.peekNext() === T.NAME) {
          const m = this.mark;
          const alias = this.type_alias();
          if (alias !== null) return alias;
          this.mark = m;
        }
    }
    return this.assignment();
  }

  compound_stmt(): A.Stmt | null {
    switch (this.peek()) {
      case K_def:
        return this.function_def_raw();
      case K_if:
        return this.if_stmt();
      case K_class:
        return this.class_def_raw();
      case T.AT:
        return this.decorated();
      case K_with:
        return this.with_stmt();
      case K_for:
        return this.for_stmt();
      case K_try:
        return this.try_stmt();
      case K_while:
        return this.while_stmt();
      case K_async:
        switch (this.peekNext()) {
          case K_def:
            return this.function_def_raw();
          case K_with:
            return this.with_stmt();
          case K_for:
            return this.for_stmt();
        }
        return null;
      case T.NAME:
        if (this.isSoft("match")) {
          const m = this.mark;
          const stmt = this.match_stmt();
          if (stmt !== null) return stmt;
          this.mark = m;
        }
    }
    return null;
  }

  assignment(): A.Stmt | null {
    const m = this.mark;
    const first = this.peek();
    let value: A.Expr | null = first === K_yield
      ? this.yield_expr()
      : this.star_expressions();
    if (value === null) return null;
    let t = this.peek();
    if (t === T.NEWLINE || t === T.SEMI) return this.exprStmt(value, m);
    if (t === T.EQUAL) {
      const targets: A.Expr[] = [];
      do {
        if (!toTarget(value, "Store")) return null;
        targets.push(value);
        this.mark++;
        value = this.annotated_rhs();
        if (value === null) return null;
      } while (this.peek() === T.EQUAL);
      const e = this.last(), k = this.toks;
      return new A.Assign(
        targets,
        value,
        null,
        k[m * 8 + 3],
        k[m * 8 + 4],
        k[e + 5],
        k[e + 6],
      );
    }
    const kind = value.kind;
    if (kind === "Name" || kind === "Attribute" || kind === "Subscript") {
      if (t === T.COLON) {
        this.mark++;
        value.ctx = "Store";
        const annotation = this.expression();
        if (annotation === null) return null;
        let rhs: A.Expr | null = null;
        if (this.peek() === T.EQUAL) {
          this.mark++;
          rhs = this.annotated_rhs();
          if (rhs === null) return null;
        }
        const e = this.last(), k = this.toks;
        const simple = kind === "Name" && first === T.NAME ? 1 : 0;
        return new A.AnnAssign(
          value,
          annotation,
          rhs,
          simple,
          k[m * 8 + 3],
          k[m * 8 + 4],
          k[e + 5],
          k[e + 6],
        );
      }
      const op = this.augassign();
      if (op !== null) {
        value.ctx = "Store";
        const rhs = this.annotated_rhs();
        if (rhs === null) return null;
        const e = this.last(), k = this.toks;
        return new A.AugAssign(
          value,
          op,
          rhs,
          k[m * 8 + 3],
          k[m * 8 + 4],
          k[e + 5],
          k[e + 6],
        );
      }
    }
    return this.exprStmt(value, m);
  }

  annotated_rhs(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 104) {
      let v: any;
      if ((v = this.yield_expr()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 32) !== 0) {
      let v: any;
      if ((v = this.star_expressions()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  augassign(): A.Operator | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 36) {
      if (this.expect(36)) {
        return "Add";
      }
      this.mark = m;
    }
    if (t === 37) {
      if (this.expect(37)) {
        return "Sub";
      }
      this.mark = m;
    }
    if (t === 38) {
      if (this.expect(38)) {
        return "Mult";
      }
      this.mark = m;
    }
    if (t === 50) {
      if (this.expect(50)) {
        return this.since(5, "The '@' operator is", "MatMult");
      }
      this.mark = m;
    }
    if (t === 39) {
      if (this.expect(39)) {
        return "Div";
      }
      this.mark = m;
    }
    if (t === 40) {
      if (this.expect(40)) {
        return "Mod";
      }
      this.mark = m;
    }
    if (t === 41) {
      if (this.expect(41)) {
        return "BitAnd";
      }
      this.mark = m;
    }
    if (t === 42) {
      if (this.expect(42)) {
        return "BitOr";
      }
      this.mark = m;
    }
    if (t === 43) {
      if (this.expect(43)) {
        return "BitXor";
      }
      this.mark = m;
    }
    if (t === 44) {
      if (this.expect(44)) {
        return "LShift";
      }
      this.mark = m;
    }
    if (t === 45) {
      if (this.expect(45)) {
        return "RShift";
      }
      this.mark = m;
    }
    if (t === 46) {
      if (this.expect(46)) {
        return "Pow";
      }
      this.mark = m;
    }
    if (t === 48) {
      if (this.expect(48)) {
        return "FloorDiv";
      }
      this.mark = m;
    }
    return null;
  }

  return_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 100) {
      let a: any;
      if (
        this.expect(100) &&
        (a = this.optional(this.mark, this.star_expressions()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Return(
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  raise_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 99) {
      let a: any, b: any;
      if (
        this.expect(99) && (a = this.expression()) !== null &&
        this.expect(88) && (b = this.expression()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Raise(
          a,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 99) {
      let a: any;
      if (this.expect(99) && (a = this.expression()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Raise(
          a,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 99) {
      if (this.expect(99)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Raise(
          null,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  pass_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 98) {
      if (this.expect(98)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Pass(k_[m * 8 + 3], k_[m * 8 + 4], k_[e_ + 5], k_[e_ + 6]);
      }
      this.mark = m;
    }
    return null;
  }

  break_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 78) {
      if (this.expect(78)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Break(
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  continue_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 80) {
      if (this.expect(80)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Continue(
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  global_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 89) {
      let a: any;
      if (this.expect(89) && (a = this._gather_2()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Global(
          nameIds(a),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  nonlocal_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 95) {
      let a: any;
      if (this.expect(95) && (a = this._gather_2()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Nonlocal(
          nameIds(a),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  del_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 82) {
      let a: any;
      if (
        this.expect(82) && (a = this.del_targets()) !== null &&
        this.isOneOf(13, 4) === true
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Delete(
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  assert_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 75) {
      let a: any, b: any;
      if (
        this.expect(75) && (a = this.expression()) !== null &&
        (b = this.optional(this.mark, this._tmp_3()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Assert(
          a,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  import_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 91) {
      let v: any;
      if ((v = this.import_name()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 88) {
      let v: any;
      if ((v = this.import_from()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  import_name(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 91) {
      let a: any;
      if (this.expect(91) && (a = this.dotted_as_names()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Import(
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  import_from(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 88) {
      let a: any, b: any, c: any;
      if (
        this.expect(88) && (a = this._loop_4()) !== null &&
        (b = this.dotted_name()) !== null && this.expect(91) &&
        (c = this.import_from_targets()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.importFrom(
          b,
          c,
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 88) {
      let a: any, b: any;
      if (
        this.expect(88) && (a = this._loop_5()) !== null && this.expect(91) &&
        (b = this.import_from_targets()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.ImportFrom(
          null,
          b,
          countDots(a),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  import_from_targets(): A.alias[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) && (a = this.import_from_as_names()) !== null &&
        (this.expect(12), true) && this.expect(8)
      ) {
        return a;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if ((a = this.import_from_as_names()) !== null && this.peek() !== 12) {
        return a;
      }
      this.mark = m;
    }
    if (t === 16) {
      if (this.expect(16)) {
        const e_ = this.last(), k_ = this.toks;
        return [
          new A.alias(
            "*",
            null,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        ];
      }
      this.mark = m;
    }
    return null;
  }

  import_from_as_names(): A.alias[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if ((a = this._gather_6()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  import_from_as_name(): A.alias | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.nameToken()) !== null &&
        (b = this.optional(this.mark, this._tmp_7()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.alias(
          a.id,
          b === null ? null : b.id,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  dotted_as_names(): A.alias[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if ((a = this._gather_8()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  dotted_as_name(): A.alias | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.dotted_name()) !== null &&
        (b = this.optional(this.mark, this._tmp_7()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.alias(
          a.id,
          b === null ? null : b.id,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  dotted_name(): A.Name | null {
    const m = this.mark;
    let left: any = null;
    seed: {
      const t = this.peek();
      if (t === 1) {
        let v: any;
        if ((v = this.nameToken()) !== null) {
          left = v;
          break seed;
        }
        this.mark = m;
      }
    }
    if (left === null) return null;
    for (;;) {
      const n = this.mark, t = this.peek();
      if (t === 23) {
        let b: any;
        const a: any = left;
        if (this.expect(23) && (b = this.nameToken()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          left = new A.Name(
            a.id + "." + b.id,
            "Load",
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          continue;
        }
        this.mark = n;
      }
      return left;
    }
  }

  block(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 4) {
      let a: any;
      if (
        this.expect(4) && this.expect(5) && (a = this.statements()) !== null &&
        this.expect(6)
      ) {
        return a;
      }
      this.mark = m;
    }
    if ((S0[t] & 16) !== 0) {
      let v: any;
      if ((v = this.simple_stmts()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  class_def_raw(): A.ClassDef | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 79) {
      let a: any, t: any, b: any, c: any;
      if (
        this.expect(79) && (a = this.nameToken()) !== null &&
        (t = this.optional(this.mark, this.type_params()), true) &&
        (b = this.optional(this.mark, this._tmp_11()), true) &&
        this.expect(11) && (c = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.ClassDef(
          a.id,
          b === null ? [] : b.args,
          b === null ? [] : b.keywords,
          c,
          [],
          t ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  function_def_raw(): A.FunctionDef | A.AsyncFunctionDef | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 81) {
      let n: any, t: any, params: any, a: any, tc: any, b: any;
      if (
        this.expect(81) && (n = this.nameToken()) !== null &&
        (t = this.optional(this.mark, this.type_params()), true) &&
        this.expect(7) &&
        (params = this.optional(this.mark, this.params()), true) &&
        this.expect(8) &&
        (a = this.optional(this.mark, this._tmp_12()), true) &&
        this.expect(11) &&
        (tc = this.optional(this.mark, this.func_type_comment()), true) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.FunctionDef(
          n.id,
          params ?? emptyArguments(),
          b,
          [],
          a,
          this.typeComment(tc),
          t ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 76) {
      let n: any, t: any, params: any, a: any, tc: any, b: any;
      if (
        this.expect(76) && this.expect(81) && (n = this.nameToken()) !== null &&
        (t = this.optional(this.mark, this.type_params()), true) &&
        this.expect(7) &&
        (params = this.optional(this.mark, this.params()), true) &&
        this.expect(8) &&
        (a = this.optional(this.mark, this._tmp_12()), true) &&
        this.expect(11) &&
        (tc = this.optional(this.mark, this.func_type_comment()), true) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          5,
          "Async functions are",
          new A.AsyncFunctionDef(
            n.id,
            params ?? emptyArguments(),
            b,
            [],
            a,
            this.typeComment(tc),
            t ?? [],
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    return null;
  }

  params(): A.arguments_ | null {
    return this.parameterList(T.RPAR);
  }

  if_stmt(): A.Stmt | null {
    const starts: number[] = [], tests: A.Expr[] = [], bodies: A.Stmt[][] = [];
    do {
      starts.push(this.mark++);
      const test = this.named_expression();
      if (test === null || !this.expect(T.COLON)) return null;
      const body = this.block();
      if (body === null) return null;
      tests.push(test);
      bodies.push(body);
    } while (this.peek() === K_elif);
    let orelse: A.Stmt[] = [];
    if (this.peek() === K_else) {
      const block = this.else_block();
      if (block === null) return null;
      orelse = block;
    }
    const e = this.last(), k = this.toks;
    for (let i = starts.length - 1;; i--) {
      const m = starts[i] * 8;
      const stmt = new A.If(
        tests[i],
        bodies[i],
        orelse,
        k[m + 3],
        k[m + 4],
        k[e + 5],
        k[e + 6],
      );
      if (i === 0) return stmt;
      orelse = [stmt];
    }
  }

  else_block(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 84) {
      let b: any;
      if (
        this.expect(84) && this.expectForced(11, ":") !== null &&
        (b = this.block()) !== null
      ) {
        return b;
      }
      this.mark = m;
    }
    return null;
  }

  while_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 102) {
      let a: any, b: any, c: any;
      if (
        this.expect(102) && (a = this.named_expression()) !== null &&
        this.expect(11) && (b = this.block()) !== null &&
        (c = this.optional(this.mark, this.else_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.While(
          a,
          b,
          c ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  for_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 87) {
      let t: any, ex: any, tc: any, b: any, el: any;
      let cut = false;
      if (
        this.expect(87) && (t = this.star_targets()) !== null &&
        this.expect(92) && (cut = true) &&
        (ex = this.star_expressions()) !== null && this.expect(11) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        (b = this.block()) !== null &&
        (el = this.optional(this.mark, this.else_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.For(
          t,
          ex,
          b,
          el ?? [],
          this.typeComment(tc),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
      if (cut) return null;
    }
    if (t === 76) {
      let t: any, ex: any, tc: any, b: any, el: any;
      let cut = false;
      if (
        this.expect(76) && this.expect(87) &&
        (t = this.star_targets()) !== null && this.expect(92) && (cut = true) &&
        (ex = this.star_expressions()) !== null && this.expect(11) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        (b = this.block()) !== null &&
        (el = this.optional(this.mark, this.else_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          5,
          "Async for loops are",
          new A.AsyncFor(
            t,
            ex,
            b,
            el ?? [],
            this.typeComment(tc),
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
      if (cut) return null;
    }
    return null;
  }

  with_stmt(): A.Stmt | null {
    const m = this.mark;
    const isAsync = this.peek() === K_async;
    this.mark += isAsync ? 2 : 1;
    const items = this.withItems();
    if (items === null) return null;
    const body = this.block();
    if (body === null) return null;
    const e = this.last(), k = this.toks;
    return isAsync
      ? new A.AsyncWith(
        items,
        body,
        null,
        k[m * 8 + 3],
        k[m * 8 + 4],
        k[e + 5],
        k[e + 6],
      )
      : new A.With(
        items,
        body,
        null,
        k[m * 8 + 3],
        k[m * 8 + 4],
        k[e + 5],
        k[e + 6],
      );
  }

  with_item(): A.withitem | null {
    const e = this.expression();
    if (e === null) return null;
    if (this.peek() !== K_as) return new A.withitem(e, null);
    this.mark++;
    const target = this.star_target();
    return target === null ? null : new A.withitem(e, target);
  }

  try_stmt(): A.Stmt | null {
    const m = this.mark++;
    if (!this.expect(T.COLON)) return null;
    const body = this.block();
    if (body === null) return null;
    const handlers: A.ExceptHandler[] = [];
    let orelse: A.Stmt[] | null = [], final: A.Stmt[] | null = [];
    let star = false;
    while (this.peek() === K_except) {
      const s = this.peekNext() === T.STAR;
      if (handlers.length > 0 && s !== star) return null;
      star = s;
      const handler = this.handler();
      if (handler === null) return null;
      handlers.push(handler);
    }
    if (handlers.length > 0 && this.peek() === K_else) {
      orelse = this.else_block();
    }
    if (this.peek() === K_finally) final = this.finally_block();
    else if (handlers.length === 0) return null;
    if (orelse === null || final === null) return null;
    const e = this.last(), k = this.toks;
    return star
      ? new A.TryStar(
        body,
        handlers,
        orelse,
        final,
        k[m * 8 + 3],
        k[m * 8 + 4],
        k[e + 5],
        k[e + 6],
      )
      : new A.Try(
        body,
        handlers,
        orelse,
        final,
        k[m * 8 + 3],
        k[m * 8 + 4],
        k[e + 5],
        k[e + 6],
      );
  }

  finally_block(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 86) {
      let a: any;
      if (
        this.expect(86) && this.expectForced(11, ":") !== null &&
        (a = this.block()) !== null
      ) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  match_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let subject: any, cases: any;
      if (
        this.expectSoft("match") !== null &&
        (subject = this.subject_expr()) !== null && this.expect(11) &&
        this.expect(4) && this.expect(5) &&
        (cases = this._loop_19()) !== null && this.expect(6)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          10,
          "Pattern matching is",
          new A.Match(
            subject,
            cases,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    return null;
  }

  subject_expr(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 32) !== 0) {
      let value: any, values: any;
      if (
        (value = this.star_named_expression()) !== null && this.expect(12) &&
        (values = this.optional(this.mark, this.star_named_expressions()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          [value, ...(values ?? [])],
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.named_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  case_block(): A.match_case | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let pattern: any, guard: any, body: any;
      if (
        this.expectSoft("case") !== null &&
        (pattern = this.patterns()) !== null &&
        (guard = this.optional(this.mark, this.guard()), true) &&
        this.expect(11) && (body = this.block()) !== null
      ) {
        return new A.match_case(pattern, guard, body);
      }
      this.mark = m;
    }
    return null;
  }

  guard(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 90) {
      let guard: any;
      if (this.expect(90) && (guard = this.named_expression()) !== null) {
        return guard;
      }
      this.mark = m;
    }
    return null;
  }

  patterns(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 64) !== 0) {
      let patterns: any;
      if ((patterns = this.open_sequence_pattern()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchSequence(
          patterns,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 128) !== 0) {
      let v: any;
      if ((v = this.pattern()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 128) !== 0) {
      let v: any;
      if ((v = this.as_pattern()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 128) !== 0) {
      let v: any;
      if ((v = this.or_pattern()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  as_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 128) !== 0) {
      let pattern: any, target: any;
      if (
        (pattern = this.or_pattern()) !== null && this.expect(74) &&
        (target = this.pattern_capture_target()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchAs(
          pattern,
          target.id,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  or_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 128) !== 0) {
      let patterns: any;
      if ((patterns = this._gather_20()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return patterns.length === 1
          ? patterns[0]
          : new A.MatchOr(
            patterns,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
      }
      this.mark = m;
    }
    return null;
  }

  closed_pattern(): A.Pattern | null {
    const known = this.recall(73);
    if (known !== undefined) return known as A.Pattern | null;
    const m = this.mark;
    let result: A.Pattern | null = null;
    body: {
      const t = this.peek();
      if ((S0[t] & 256) !== 0) {
        let v: any;
        if ((v = this.literal_pattern()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 1) {
        let v: any;
        if ((v = this.capture_pattern()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 1) {
        let v: any;
        if ((v = this.wildcard_pattern()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 1) {
        let v: any;
        if ((v = this.value_pattern()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 7) {
        let v: any;
        if ((v = this.group_pattern()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 7 || t === 9) {
        let v: any;
        if ((v = this.sequence_pattern()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 25) {
        let v: any;
        if ((v = this.mapping_pattern()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 1) {
        let v: any;
        if ((v = this.class_pattern()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 73, result);
  }

  literal_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 2 || t === 15) {
      let value: any;
      if (
        (value = this.signed_number()) !== null &&
        this.isOneOf(14, 15) === false
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchValue(
          value,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 2 || t === 15) {
      let value: any;
      if ((value = this.complex_number()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchValue(
          value,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 3 || t === 59 || t === 62) {
      let value: any;
      if ((value = this.strings()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchValue(
          value,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 71) {
      if (this.expect(71)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchSingleton(
          None,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 72) {
      if (this.expect(72)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchSingleton(
          true,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 70) {
      if (this.expect(70)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchSingleton(
          false,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  literal_expr(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 2 || t === 15) {
      let a: any;
      if (
        (a = this.signed_number()) !== null && this.isOneOf(14, 15) === false
      ) {
        return a;
      }
      this.mark = m;
    }
    if (t === 2 || t === 15) {
      let v: any;
      if ((v = this.complex_number()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 3 || t === 59 || t === 62) {
      let v: any;
      if (this.isOneOf(3, 59, 62) === true && (v = this.strings()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 71) {
      if (this.expect(71)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Constant(
          None,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 72) {
      if (this.expect(72)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Constant(
          true,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 70) {
      if (this.expect(70)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Constant(
          false,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  complex_number(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 2 || t === 15) {
      let real: any, imag: any;
      if (
        (real = this.signed_real_number()) !== null && this.expect(14) &&
        (imag = this.imaginary_number()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.BinOp(
          real,
          "Add",
          imag,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 2 || t === 15) {
      let real: any, imag: any;
      if (
        (real = this.signed_real_number()) !== null && this.expect(15) &&
        (imag = this.imaginary_number()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.BinOp(
          real,
          "Sub",
          imag,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  signed_number(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 2) {
      let v: any;
      if ((v = this.numberToken()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 15) {
      let number: any;
      if (this.expect(15) && (number = this.numberToken()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.UnaryOp(
          "USub",
          number,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  signed_real_number(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 2) {
      let v: any;
      if ((v = this.real_number()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 15) {
      let real: any;
      if (this.expect(15) && (real = this.real_number()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.UnaryOp(
          "USub",
          real,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  real_number(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 2) {
      let real: any;
      if ((real = this.numberToken()) !== null) {
        return this.ensureReal(real);
      }
      this.mark = m;
    }
    return null;
  }

  imaginary_number(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 2) {
      let imag: any;
      if ((imag = this.numberToken()) !== null) {
        return this.ensureImaginary(imag);
      }
      this.mark = m;
    }
    return null;
  }

  capture_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let target: any;
      if ((target = this.pattern_capture_target()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchAs(
          null,
          target.id,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  pattern_capture_target(): A.Name | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let name: any;
      if (
        this.look(this.mark, this.expectSoft("_")) === false &&
        (name = this.nameToken()) !== null && this.isOneOf(23, 7, 22) === false
      ) {
        return setContext(name, "Store");
      }
      this.mark = m;
    }
    return null;
  }

  wildcard_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      if (this.expectSoft("_") !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchAs(
          null,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  value_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let attr: any;
      if ((attr = this.attr()) !== null && this.isOneOf(23, 7, 22) === false) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchValue(
          attr,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  attr(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let value: any;
      if ((value = this.name_or_attr()) !== null) {
        return value.kind === "Attribute" ? value : null;
      }
      this.mark = m;
    }
    return null;
  }

  name_or_attr(): A.Expr | null {
    const m = this.mark;
    let left: any = null;
    seed: {
      const t = this.peek();
      if (t === 1) {
        let v: any;
        if ((v = this.nameToken()) !== null) {
          left = v;
          break seed;
        }
        this.mark = m;
      }
    }
    if (left === null) return null;
    for (;;) {
      const n = this.mark, t = this.peek();
      if (t === 23) {
        let attr: any;
        const value: any = left;
        if (this.expect(23) && (attr = this.nameToken()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          left = new A.Attribute(
            value,
            attr.id,
            "Load",
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          continue;
        }
        this.mark = n;
      }
      return left;
    }
  }

  group_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let pattern: any;
      if (
        this.expect(7) && (pattern = this.pattern()) !== null && this.expect(8)
      ) {
        return pattern;
      }
      this.mark = m;
    }
    return null;
  }

  sequence_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 9) {
      let patterns: any;
      if (
        this.expect(9) &&
        (patterns = this.optional(this.mark, this.maybe_sequence_pattern()),
          true) &&
        this.expect(10)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchSequence(
          patterns ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 7) {
      let patterns: any;
      if (
        this.expect(7) &&
        (patterns = this.optional(this.mark, this.open_sequence_pattern()),
          true) &&
        this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchSequence(
          patterns ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  open_sequence_pattern(): A.Pattern[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 64) !== 0) {
      let pattern: any, patterns: any;
      if (
        (pattern = this.maybe_star_pattern()) !== null && this.expect(12) &&
        (patterns = this.optional(this.mark, this.maybe_sequence_pattern()),
          true)
      ) {
        return [pattern, ...(patterns ?? [])];
      }
      this.mark = m;
    }
    return null;
  }

  maybe_sequence_pattern(): A.Pattern[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 64) !== 0) {
      let patterns: any;
      if ((patterns = this._gather_21()) !== null && (this.expect(12), true)) {
        return patterns;
      }
      this.mark = m;
    }
    return null;
  }

  maybe_star_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let v: any;
      if ((v = this.star_pattern()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 128) !== 0) {
      let v: any;
      if ((v = this.pattern()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  star_pattern(): A.Pattern | null {
    const known = this.recall(92);
    if (known !== undefined) return known as A.Pattern | null;
    const m = this.mark;
    let result: A.Pattern | null = null;
    body: {
      const t = this.peek();
      if (t === 16) {
        let target: any;
        if (
          this.expect(16) && (target = this.pattern_capture_target()) !== null
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.MatchStar(
            target.id,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if (t === 16) {
        if (this.expect(16) && this.wildcard_pattern() !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.MatchStar(
            null,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 92, result);
  }

  mapping_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      if (this.expect(25) && this.expect(26)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchMapping(
          [],
          [],
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let rest: any;
      if (
        this.expect(25) && (rest = this.double_star_pattern()) !== null &&
        (this.expect(12), true) && this.expect(26)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchMapping(
          [],
          [],
          rest.id,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let items: any, rest: any;
      if (
        this.expect(25) && (items = this.items_pattern()) !== null &&
        this.expect(12) && (rest = this.double_star_pattern()) !== null &&
        (this.expect(12), true) && this.expect(26)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchMapping(
          pairKeys(items),
          pairPatterns(items),
          rest.id,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let items: any;
      if (
        this.expect(25) && (items = this.items_pattern()) !== null &&
        (this.expect(12), true) && this.expect(26)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchMapping(
          pairKeys(items),
          pairPatterns(items),
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  items_pattern(): KeyPattern[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 512) !== 0) {
      let a: any;
      if ((a = this._gather_22()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  key_value_pattern(): KeyPattern | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 512) !== 0) {
      let key: any, pattern: any;
      if (
        (key = this._tmp_23()) !== null && this.expect(11) &&
        (pattern = this.pattern()) !== null
      ) {
        return { key, pattern };
      }
      this.mark = m;
    }
    return null;
  }

  double_star_pattern(): A.Name | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 35) {
      let target: any;
      if (
        this.expect(35) && (target = this.pattern_capture_target()) !== null
      ) {
        return target;
      }
      this.mark = m;
    }
    return null;
  }

  class_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let cls: any;
      if (
        (cls = this.name_or_attr()) !== null && this.expect(7) && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchClass(
          cls,
          [],
          [],
          [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let cls: any, patterns: any;
      if (
        (cls = this.name_or_attr()) !== null && this.expect(7) &&
        (patterns = this.positional_patterns()) !== null &&
        (this.expect(12), true) && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchClass(
          cls,
          patterns,
          [],
          [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let cls: any, keywords: any;
      if (
        (cls = this.name_or_attr()) !== null && this.expect(7) &&
        (keywords = this.keyword_patterns()) !== null &&
        (this.expect(12), true) && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchClass(
          cls,
          [],
          nameIds(pairKeys(keywords)),
          pairPatterns(keywords),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let cls: any, patterns: any, keywords: any;
      if (
        (cls = this.name_or_attr()) !== null && this.expect(7) &&
        (patterns = this.positional_patterns()) !== null && this.expect(12) &&
        (keywords = this.keyword_patterns()) !== null &&
        (this.expect(12), true) && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchClass(
          cls,
          patterns,
          nameIds(pairKeys(keywords)),
          pairPatterns(keywords),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  positional_patterns(): A.Pattern[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 128) !== 0) {
      let args: any;
      if ((args = this._gather_24()) !== null) {
        return args;
      }
      this.mark = m;
    }
    return null;
  }

  keyword_patterns(): KeyPattern[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if ((a = this._gather_25()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  keyword_pattern(): KeyPattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let arg: any, value: any;
      if (
        (arg = this.nameToken()) !== null && this.expect(22) &&
        (value = this.pattern()) !== null
      ) {
        return { key: arg, pattern: value };
      }
      this.mark = m;
    }
    return null;
  }

  type_alias(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let n: any, t: any, b: any;
      if (
        this.expectSoft("type") !== null && (n = this.nameToken()) !== null &&
        (t = this.optional(this.mark, this.type_params()), true) &&
        this.expect(22) && (b = this.expression()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          12,
          "Type statement is",
          new A.TypeAlias(
            setContext(n, "Store"),
            t ?? [],
            b,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    return null;
  }

  type_params(): A.TypeParam[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 9) {
      let t: any;
      if (
        this.expect(9) && (t = this.type_param_seq()) !== null &&
        this.expect(10)
      ) {
        return this.since(12, "Type parameter lists are", t);
      }
      this.mark = m;
    }
    return null;
  }

  type_param_seq(): A.TypeParam[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1 || t === 16 || t === 35) {
      let a: any;
      if ((a = this._gather_26()) !== null && (this.expect(12), true)) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  type_param(): A.TypeParam | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any, c: any;
      if (
        (a = this.nameToken()) !== null &&
        (b = this.optional(this.mark, this.type_param_bound()), true) &&
        (c = this.optional(this.mark, this.type_param_default()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.TypeVar(
          a.id,
          b,
          c,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any, b: any;
      if (
        this.expect(16) && (a = this.nameToken()) !== null &&
        (b = this.optional(this.mark, this.type_param_starred_default()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.TypeVarTuple(
          a.id,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any, b: any;
      if (
        this.expect(35) && (a = this.nameToken()) !== null &&
        (b = this.optional(this.mark, this.type_param_default()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.ParamSpec(
          a.id,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  type_param_bound(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 11) {
      let e: any;
      if (this.expect(11) && (e = this.expression()) !== null) {
        return e;
      }
      this.mark = m;
    }
    return null;
  }

  type_param_default(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 22) {
      let e: any;
      if (this.expect(22) && (e = this.expression()) !== null) {
        return this.since(13, "Type parameter defaults are", e);
      }
      this.mark = m;
    }
    return null;
  }

  type_param_starred_default(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 22) {
      let e: any;
      if (this.expect(22) && (e = this.star_expression()) !== null) {
        return this.since(13, "Type parameter defaults are", e);
      }
      this.mark = m;
    }
    return null;
  }

  expressions(): A.Expr | null {
    const m = this.mark;
    const first = this.expression();
    if (first === null || this.peek() !== T.COMMA) return first;
    const items = [first];
    while (this.peek() === T.COMMA) {
      this.mark++;
      if (!this.startsExpression(this.peek())) break;
      const item = this.expression();
      if (item === null) return null;
      items.push(item);
    }
    return this.tuple_(items, m);
  }

  expression(): A.Expr | null {
    const m = this.mark, nest = this.nest;
    if (this.peek() === K_lambda) return this.lambdef();
    const a = this.disjunction();
    if (a === null || this.peek() !== K_if) return a;
    const c = this.conditional(a, m);
    this.nest = nest;
    return c;
  }

  yield_expr(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 104) {
      let a: any;
      if (
        this.expect(104) && this.expect(88) && (a = this.expression()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.YieldFrom(
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 104) {
      let a: any;
      if (
        this.expect(104) &&
        (a = this.optional(this.mark, this.star_expressions()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Yield(
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  star_expressions(): A.Expr | null {
    const m = this.mark;
    const first = this.star_expression();
    if (first === null || this.peek() !== T.COMMA) return first;
    const items = [first];
    while (this.peek() === T.COMMA) {
      this.mark++;
      const t = this.peek();
      if (t !== T.STAR && !this.startsExpression(t)) break;
      const item = this.star_expression();
      if (item === null) return null;
      items.push(item);
    }
    return this.tuple_(items, m);
  }

  star_expression(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let a: any;
      if (this.expect(16) && (a = this.bitwise_or()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Starred(
          a,
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  star_named_expressions(): A.Expr[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 32) !== 0) {
      let a: any;
      if ((a = this._gather_27()) !== null && (this.expect(12), true)) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  star_named_expression(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let a: any;
      if (this.expect(16) && (a = this.bitwise_or()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Starred(
          a,
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.named_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  assignment_expression(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any;
      let cut = false;
      if (
        (a = this.nameToken()) !== null && this.expect(53) && (cut = true) &&
        (b = this.expression()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          8,
          "Assignment expressions are",
          new A.NamedExpr(
            setContext(a, "Store"),
            b,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
      if (cut) return null;
    }
    return null;
  }

  named_expression(): A.Expr | null {
    if (this.peek() === T.NAME && this.peekNext() === T.COLONEQUAL) {
      return this.assignment_expression();
    }
    const a = this.expression();
    return a !== null && this.peek() === T.COLONEQUAL ? null : a;
  }

  disjunction(): A.Expr | null {
    const m = this.mark;
    const a = this.conjunction();
    if (a === null || this.peek() !== K_or) return a;
    const values = [a];
    do {
      this.mark++;
      const b = this.conjunction();
      if (b === null) return null;
      values.push(b);
    } while (this.peek() === K_or);
    const e = this.last(), k = this.toks;
    return new A.BoolOp(
      "Or",
      values,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  conjunction(): A.Expr | null {
    const m = this.mark;
    const a = this.inversion();
    if (a === null || this.peek() !== K_and) return a;
    const values = [a];
    do {
      this.mark++;
      const b = this.inversion();
      if (b === null) return null;
      values.push(b);
    } while (this.peek() === K_and);
    const e = this.last(), k = this.toks;
    return new A.BoolOp(
      "And",
      values,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  inversion(): A.Expr | null {
    if (this.peek() !== K_not) return this.comparison();
    const m = this.mark;
    while (this.peek() === K_not) this.mark++;
    const top = this.mark, nest = this.nest;
    this.deeper(top - m);
    let a = this.comparison();
    this.nest = nest;
    if (a === null) return null;
    const e = this.last(), k = this.toks;
    for (let i = top - 1; i >= m; i--) {
      a = new A.UnaryOp(
        "Not",
        a,
        k[i * 8 + 3],
        k[i * 8 + 4],
        k[e + 5],
        k[e + 6],
      );
    }
    return a;
  }

  comparison(): A.Expr | null {
    const m = this.mark;
    const a = this.bitwise_or();
    if (a === null) return null;
    let op = this.compareOperator();
    if (op === null) return a;
    const ops: A.CompareOperator[] = [], operands: A.Expr[] = [];
    while (op !== null) {
      const b = this.bitwise_or();
      if (b === null) return null;
      ops.push(op);
      operands.push(b);
      op = this.compareOperator();
    }
    const e = this.last(), k = this.toks;
    return new A.Compare(
      a,
      ops,
      operands,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  bitwise_or(): A.Expr | null {
    const m = this.mark;
    const a = this.factor();
    if (a === null || binaryPrecedence(this.peek()) === 0) return a;
    return this.binary(a, m, 1);
  }

  factor(): A.Expr | null {
    let t = this.peek();
    if (t !== T.MINUS && t !== T.PLUS && t !== T.TILDE) return this.power();
    const m = this.mark;
    do t = (this.mark++, this.peek()); while (
      t === T.MINUS || t === T.PLUS || t === T.TILDE
    );
    const top = this.mark, nest = this.nest;
    this.deeper(top - m);
    let a = this.power();
    this.nest = nest;
    if (a === null) return null;
    const e = this.last(), k = this.toks;
    for (let i = top - 1; i >= m; i--) {
      const op = k[i * 8] === T.MINUS
        ? "USub"
        : k[i * 8] === T.PLUS
        ? "UAdd"
        : "Invert";
      a = new A.UnaryOp(op, a, k[i * 8 + 3], k[i * 8 + 4], k[e + 5], k[e + 6]);
    }
    return a;
  }

  power(): A.Expr | null {
    const m = this.mark;
    let a = this.peek() === K_await ? this.await_primary() : this.primary();
    if (a === null || this.peek() !== T.DOUBLESTAR) return a;
    const nest = this.nest, open: [start: number, base: A.Expr][] = [];
    for (let start = m; a !== null && this.peek() === T.DOUBLESTAR;) {
      open.push([start, a]);
      start = ++this.mark;
      this.deeper(2);
      const t = this.peek();
      if (t === T.MINUS || t === T.PLUS || t === T.TILDE) {
        a = this.factor();
        break;
      }
      a = t === K_await ? this.await_primary() : this.primary();
    }
    this.nest = nest;
    if (a === null) return null;
    const e = this.last(), k = this.toks;
    for (let i = open.length - 1; i >= 0; i--) {
      const [start, base] = open[i];
      a = new A.BinOp(
        base,
        "Pow",
        a,
        k[start * 8 + 3],
        k[start * 8 + 4],
        k[e + 5],
        k[e + 6],
      );
    }
    return a;
  }

  await_primary(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 77) {
      let a: any;
      if (this.expect(77) && (a = this.primary()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          5,
          "Await expressions are",
          new A.Await(a, k_[m * 8 + 3], k_[m * 8 + 4], k_[e_ + 5], k_[e_ + 6]),
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 2048) !== 0) {
      let v: any;
      if ((v = this.primary()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  primary(): A.Expr | null {
    const m = this.mark;
    let a = this.atom();
    while (a !== null) {
      switch (this.peek()) {
        case T.DOT: {
          this.mark++;
          if (this.peek() !== T.NAME) return null;
          const id = this.names[this.mark++],
            e = this.mark * 8 - 8,
            k = this.toks;
          a = new A.Attribute(
            a,
            id,
            "Load",
            k[m * 8 + 3],
            k[m * 8 + 4],
            k[e + 5],
            k[e + 6],
          );
          continue;
        }
        case T.LPAR:
          a = this.call(a, m);
          continue;
        case T.LSQB: {
          this.mark++;
          const index: A.Expr | null = this.slices();
          if (index === null || !this.expect(T.RSQB)) return null;
          const e = this.mark * 8 - 8, k = this.toks;
          a = new A.Subscript(
            a,
            index,
            "Load",
            k[m * 8 + 3],
            k[m * 8 + 4],
            k[e + 5],
            k[e + 6],
          );
          continue;
        }
      }
      return a;
    }
    return null;
  }

  slices(): A.Expr | null {
    const m = this.mark;
    let starred = this.peek() === T.STAR;
    const first = starred ? this.starred_expression() : this.slice();
    if (first === null || (!starred && this.peek() !== T.COMMA)) return first;
    const items = [first];
    while (this.peek() === T.COMMA) {
      this.mark++;
      if (this.peek() === T.RSQB) break;
      starred = this.peek() === T.STAR;
      const item = starred ? this.starred_expression() : this.slice();
      if (item === null) return null;
      items.push(item);
    }
    return this.tuple_(items, m);
  }

  slice(): A.Expr | null {
    const m = this.mark;
    if (this.peek() === T.NAME && this.peekNext() === T.COLONEQUAL) {
      return this.assignment_expression();
    }
    let lower: A.Expr | null = null,
      upper: A.Expr | null = null,
      step: A.Expr | null = null;
    if (this.peek() !== T.COLON) {
      lower = this.expression();
      if (lower === null) return null;
      if (this.peek() !== T.COLON) {
        return this.peek() === T.COLONEQUAL
          ? null
          : lower;
      }
    }
    this.mark++;
    if (
      this.startsExpression(this.peek()) && (upper = this.expression()) === null
    ) return null;
    if (this.peek() === T.COLON) {
      this.mark++;
      if (
        this.startsExpression(this.peek()) &&
        (step = this.expression()) === null
      ) return null;
    }
    const e = this.last(), k = this.toks;
    return new A.Slice(
      lower,
      upper,
      step,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  atom(): A.Expr | null {
    const m = this.mark, k = this.toks;
    switch (this.peek()) {
      case T.NAME:
        return this.nameToken();
      case T.NUMBER:
        return this.numberToken();
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START:
        return this.strings();
      case T.LPAR:
        return this.parenthesised();
      case T.LSQB:
        return this.bracketed();
      case T.LBRACE:
        return this.braced();
      case K_None:
        this.mark++;
        return this.constant(None, m);
      case K_True:
        this.mark++;
        return this.constant(true, m);
      case K_False:
        this.mark++;
        return this.constant(false, m);
      case T.ELLIPSIS:
        this.mark++;
        return this.constant(Ellipsis, m);
    }
    return null;
  }

  lambdef(): A.Expr | null { // the body is often a lambda: those are read in a loop
    const nest = this.nest, open: [start: number, args: A.arguments_][] = [];
    while (this.peek() === K_lambda) {
      const start = this.mark++,
        args = this.optional(this.mark, this.lambda_params());
      if (!this.expect(T.COLON)) {
        this.nest = nest;
        return null;
      }
      open.push([start, args ?? emptyArguments()]);
      this.deeper(2);
    }
    let a = this.expression();
    this.nest = nest;
    if (a === null) return null;
    const e = this.last(), k = this.toks;
    for (let i = open.length - 1; i >= 0; i--) {
      const [start, args] = open[i];
      a = new A.Lambda(
        args,
        a,
        k[start * 8 + 3],
        k[start * 8 + 4],
        k[e + 5],
        k[e + 6],
      );
    }
    return a;
  }

  lambda_params(): A.arguments_ | null {
    return this.parameterList(T.COLON);
  }

  fstring_middle(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let v: any;
      if ((v = this.fstring_replacement_field()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 60) {
      let t: any;
      if ((t = this.expectToken(60)) !== null) {
        return this.middleConstant(t);
      }
      this.mark = m;
    }
    return null;
  }

  fstring_replacement_field(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any, debug: any, conversion: any, format: any, rbrace: any;
      if (
        this.expect(25) && (a = this.annotated_rhs()) !== null &&
        (debug = this.optional(this.mark, this.expectToken(22)), true) &&
        (conversion = this.optional(this.mark, this.fstring_conversion()),
          true) &&
        (format = this.optional(this.mark, this.fstring_full_format_spec()),
          true) &&
        (rbrace = this.expectToken(26)) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.formattedValue(
          a,
          debug,
          conversion,
          format,
          rbrace,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  fstring_conversion(): WithMetadata<A.Name> | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 54) {
      let t: any, conv: any;
      if (
        (t = this.expectToken(54)) !== null &&
        (conv = this.nameToken()) !== null
      ) {
        return this.fstringConversion(t, conv);
      }
      this.mark = m;
    }
    return null;
  }

  fstring_full_format_spec(): WithMetadata<A.Expr> | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 11) {
      let colon: any, spec: any;
      if (
        (colon = this.expectToken(11)) !== null &&
        (spec = this._loop_37()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.fullFormatSpec(
          colon,
          spec,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  fstring_format_spec(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 60) {
      let t: any;
      if ((t = this.expectToken(60)) !== null) {
        return this.decodedMiddle(t);
      }
      this.mark = m;
    }
    if (t === 25) {
      let v: any;
      if ((v = this.fstring_replacement_field()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  fstring(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 59) {
      let a: any, b: any, c: any;
      if (
        (a = this.expectToken(59)) !== null && (b = this._loop_38()) !== null &&
        (c = this.expectToken(61)) !== null
      ) {
        return this.joinedStr(a, b, c);
      }
      this.mark = m;
    }
    return null;
  }

  tstring_format_spec_replacement_field(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any, debug: any, conversion: any, format: any, rbrace: any;
      if (
        this.expect(25) && (a = this.annotated_rhs()) !== null &&
        (debug = this.optional(this.mark, this.expectToken(22)), true) &&
        (conversion = this.optional(this.mark, this.fstring_conversion()),
          true) &&
        (format = this.optional(this.mark, this.tstring_full_format_spec()),
          true) &&
        (rbrace = this.expectToken(26)) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.formattedValue(
          a,
          debug,
          conversion,
          format,
          rbrace,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  tstring_format_spec(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 63) {
      let t: any;
      if ((t = this.expectToken(63)) !== null) {
        return this.decodedMiddle(t);
      }
      this.mark = m;
    }
    if (t === 25) {
      let v: any;
      if ((v = this.tstring_format_spec_replacement_field()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  tstring_full_format_spec(): WithMetadata<A.Expr> | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 11) {
      let colon: any, spec: any;
      if (
        (colon = this.expectToken(11)) !== null &&
        (spec = this._loop_39()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.fullFormatSpec(
          colon,
          spec,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  tstring_replacement_field(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any, debug: any, conversion: any, format: any, rbrace: any;
      if (
        this.expect(25) && (a = this.annotated_rhs()) !== null &&
        (debug = this.optional(this.mark, this.expectToken(22)), true) &&
        (conversion = this.optional(this.mark, this.fstring_conversion()),
          true) &&
        (format = this.optional(this.mark, this.tstring_full_format_spec()),
          true) &&
        (rbrace = this.expectToken(26)) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.interpolation(
          a,
          debug,
          conversion,
          format,
          rbrace,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  tstring_middle(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let v: any;
      if ((v = this.tstring_replacement_field()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 63) {
      let t: any;
      if ((t = this.expectToken(63)) !== null) {
        return this.middleConstant(t);
      }
      this.mark = m;
    }
    return null;
  }

  tstring(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 62) {
      let a: any, b: any, c: any;
      if (
        (a = this.expectToken(62)) !== null && (b = this._loop_40()) !== null &&
        (c = this.expectToken(64)) !== null
      ) {
        return this.since(14, "t-strings are", this.templateStr(a, b, c));
      }
      this.mark = m;
    }
    return null;
  }

  string(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 3) {
      let s: any;
      if ((s = this.expectToken(3)) !== null) {
        return this.stringConstant(s);
      }
      this.mark = m;
    }
    return null;
  }

  strings(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 3 || t === 59) {
      let a: any;
      if ((a = this._loop_41()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return this.concatenateStrings(
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 62) {
      let a: any;
      if ((a = this._loop_43()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return this.concatenateTStrings(
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  arguments(): A.Call | null {
    return this.argumentList(false);
  }

  starred_expression(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let a: any;
      if (this.expect(16) && (a = this.expression()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Starred(
          a,
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  star_targets(): A.Expr | null {
    const m = this.mark;
    const first = this.star_target();
    if (first === null || this.peek() !== T.COMMA) return first;
    const items = [first];
    while (this.peek() === T.COMMA) {
      this.mark++;
      const t = this.peek();
      if (t !== T.STAR && !this.startsExpression(t)) break;
      const item = this.star_target();
      if (item === null) return null;
      items.push(item);
    }
    const tuple = this.tuple_(items, m);
    tuple.ctx = "Store";
    return tuple;
  }

  star_target(): A.Expr | null {
    const m = this.mark;
    const starred = this.peek() === T.STAR;
    if (starred) this.mark++;
    const a = this.primary();
    if (a === null || !toTarget(a, "Store")) return null;
    if (!starred) return a;
    const e = this.last(), k = this.toks;
    return new A.Starred(
      a,
      "Store",
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  del_targets(): A.Expr[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 2048) !== 0) {
      let a: any;
      if ((a = this._gather_59()) !== null && (this.expect(12), true)) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  del_target(): A.Expr | null {
    const a = this.primary();
    return a !== null && toTarget(a, "Del") ? a : null;
  }

  type_expressions(): A.Expr[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let a: any, b: any, c: any;
      if (
        (a = this._gather_60()) !== null && this.expect(12) &&
        this.expect(16) && (b = this.expression()) !== null &&
        this.expect(12) && this.expect(35) && (c = this.expression()) !== null
      ) {
        return [...a, b, c];
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any, b: any;
      if (
        (a = this._gather_60()) !== null && this.expect(12) &&
        this.expect(16) && (b = this.expression()) !== null
      ) {
        return [...a, b];
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any, b: any;
      if (
        (a = this._gather_60()) !== null && this.expect(12) &&
        this.expect(35) && (b = this.expression()) !== null
      ) {
        return [...a, b];
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any, b: any;
      if (
        this.expect(16) && (a = this.expression()) !== null &&
        this.expect(12) && this.expect(35) && (b = this.expression()) !== null
      ) {
        return [a, b];
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any;
      if (this.expect(16) && (a = this.expression()) !== null) {
        return [a];
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if (this.expect(35) && (a = this.expression()) !== null) {
        return [a];
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if ((a = this._gather_60()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  func_type_comment(): Tok | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 4) {
      let t: any;
      if (
        this.expect(4) && (t = this.expectToken(57)) !== null &&
        this.look(this.mark, this._tmp_61()) === true
      ) {
        return t;
      }
      this.mark = m;
    }
    if (t === 57) {
      let t: any;
      if ((t = this.expectToken(57)) !== null) {
        return t;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_1(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.expectToken(4);
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _gather_2(): any[] | null {
    let v: any = this.nameToken();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.nameToken()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_3(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 12) {
      let z: any;
      if (this.expect(12) && (z = this.expression()) !== null) {
        return z;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_4(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.expectOneOf(23, 52);
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_5(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.expectOneOf(23, 52);
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _gather_6(): any[] | null {
    let v: any = this.import_from_as_name();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.import_from_as_name()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_7(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 74) {
      let z: any;
      if (this.expect(74) && (z = this.nameToken()) !== null) {
        return z;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_8(): any[] | null {
    let v: any = this.dotted_as_name();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.dotted_as_name()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_11(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let z: any;
      if (
        this.expect(7) &&
        (z = this.optional(this.mark, this.arguments()), true) && this.expect(8)
      ) {
        return z ?? emptyCall();
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_12(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 51) {
      let z: any;
      if (this.expect(51) && (z = this.expression()) !== null) {
        return z;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_19(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.case_block();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _gather_20(): any[] | null {
    let v: any = this.closed_pattern();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(18)) || (v = this.closed_pattern()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _gather_21(): any[] | null {
    let v: any = this.maybe_star_pattern();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.maybe_star_pattern()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _gather_22(): any[] | null {
    let v: any = this.key_value_pattern();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.key_value_pattern()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_23(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 256) !== 0) {
      let v: any;
      if ((v = this.literal_expr()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let v: any;
      if ((v = this.attr()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_24(): any[] | null {
    let v: any = this.pattern();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.pattern()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _gather_25(): any[] | null {
    let v: any = this.keyword_pattern();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.keyword_pattern()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _gather_26(): any[] | null {
    let v: any = this.type_param();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.type_param()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _gather_27(): any[] | null {
    let v: any = this.star_named_expression();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.star_named_expression()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_37(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.fstring_format_spec();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_38(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.fstring_middle();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_39(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.tstring_format_spec();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_40(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.tstring_middle();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_42(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 59) {
      let v: any;
      if ((v = this.fstring()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 3) {
      let v: any;
      if ((v = this.string()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_41(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_42();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _loop_43(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.tstring();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _gather_59(): any[] | null {
    let v: any = this.del_target();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.del_target()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _gather_60(): any[] | null {
    let v: any = this.expression();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.expression()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_61(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 4) {
      let v: any;
      if ((v = this.expectToken(4)) !== null && this.expect(5)) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }
}

/** The grammar as it stands, with memo and the rules for errors. */
export class ExactParser extends Parser {
  _tmp_10(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 49) {
      let f: any;
      if (
        this.expect(49) && (f = this.named_expression()) !== null &&
        this.expect(4)
      ) {
        return f;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_9(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_10();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _loop_13(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.param_no_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_14(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.param_with_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_15(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.param_no_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _loop_16(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.param_with_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _loop_17(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.param_maybe_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_18(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.param_maybe_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _tmp_28(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 28) {
      let tok: any;
      if ((tok = this.expectToken(28)) !== null) {
        return this.checkNotEqual(tok);
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_29(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 20) {
      let x: any, y: any;
      if (
        (x = this.expectToken(20)) !== null &&
        (y = this.expectToken(21)) !== null
      ) {
        return this.checkDiamond(x, y);
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_30(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 104) {
      let v: any;
      if ((v = this.yield_expr()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.named_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_31(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.lambda_param_no_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_32(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.lambda_param_with_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_33(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.lambda_param_no_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _loop_34(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.lambda_param_with_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _loop_35(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.lambda_param_maybe_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_36(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.lambda_param_maybe_default();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _tmp_44(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 32) !== 0) {
      let y: any, z: any;
      if (
        (y = this.star_named_expression()) !== null && this.expect(12) &&
        (z = this.optional(this.mark, this.star_named_expressions()), true)
      ) {
        return [y, ...(z ?? [])];
      }
      this.mark = m;
    }
    return null;
  }

  _gather_45(): any[] | null {
    let v: any = this.double_starred_kvpair();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.double_starred_kvpair()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _loop_46(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.for_if_clause();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _tmp_48(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 90) {
      let z: any;
      if (this.expect(90) && (z = this.disjunction()) !== null) {
        return z;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_47(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_48();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_49(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.assignment_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let z: any;
      if ((z = this.expression()) !== null && this.peek() !== 53) {
        return z;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_52(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.assignment_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let y: any;
      if ((y = this.expression()) !== null && this.peek() !== 53) {
        return y;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_51(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let v: any;
      if ((v = this.starred_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let z: any;
      if ((z = this._tmp_52()) !== null && this.peek() !== 22) {
        return z;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_50(): any[] | null {
    let v: any = this._tmp_51();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this._tmp_51()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_53(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 12) {
      let k: any;
      if (this.expect(12) && (k = this.kwargs()) !== null) {
        return k;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_54(): any[] | null {
    let v: any = this.kwarg_or_starred();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.kwarg_or_starred()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _gather_55(): any[] | null {
    let v: any = this.kwarg_or_double_starred();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.kwarg_or_double_starred()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _gather_56(): any[] | null {
    let v: any = this.star_target();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.star_target()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_58(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 12) {
      let c: any;
      if (this.expect(12) && (c = this.star_target()) !== null) {
        return c;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_57(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_58();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  override statements(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 65536) !== 0) {
      let a: any;
      if ((a = this._loop_62()) !== null) {
        return a.flat();
      }
      this.mark = m;
    }
    return null;
  }

  _loop_62(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.statement();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  statement(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 8) !== 0) {
      let a: any;
      if ((a = this.compound_stmt()) !== null) {
        return this.register([a]);
      }
      this.mark = m;
    }
    if ((S0[t] & 16) !== 0) {
      let v: any;
      if ((v = this.simple_stmts()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override simple_stmts(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 16) !== 0) {
      let a: any;
      if (
        (a = this.simple_stmt()) !== null && this.peek() !== 13 &&
        this.expect(4)
      ) {
        return [a];
      }
      this.mark = m;
    }
    if ((S0[t] & 16) !== 0) {
      let a: any;
      if (
        (a = this._gather_63()) !== null && (this.expect(13), true) &&
        this.expect(4)
      ) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_63(): any[] | null {
    let v: any = this.simple_stmt();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(13)) || (v = this.simple_stmt()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  override simple_stmt(): A.Stmt | null {
    const known = this.recall(9);
    if (known !== undefined) return known as A.Stmt | null;
    const m = this.mark;
    let result: A.Stmt | null = null;
    body: {
      const t = this.peek();
      if ((S0[t] & 131072) !== 0) {
        let v: any;
        if ((v = this.assignment()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 1) {
        let v: any;
        if (
          this.look(this.mark, this.expectSoft("type")) === true &&
          (v = this.type_alias()) !== null
        ) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 88 || t === 91) {
        let v: any;
        if (
          this.isOneOf(91, 88) === true && (v = this.import_stmt()) !== null
        ) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 32) !== 0) {
        let e: any;
        if ((e = this.star_expressions()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.ExprStmt(
            e,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if (t === 100) {
        let v: any;
        if (this.peek() === 100 && (v = this.return_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 99) {
        let v: any;
        if (this.peek() === 99 && (v = this.raise_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 98) {
        let v: any;
        if (this.peek() === 98 && (v = this.pass_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 82) {
        let v: any;
        if (this.peek() === 82 && (v = this.del_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 104) {
        let v: any;
        if (this.peek() === 104 && (v = this.yield_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 75) {
        let v: any;
        if (this.peek() === 75 && (v = this.assert_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 78) {
        let v: any;
        if (this.peek() === 78 && (v = this.break_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 80) {
        let v: any;
        if (this.peek() === 80 && (v = this.continue_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 89) {
        let v: any;
        if (this.peek() === 89 && (v = this.global_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 95) {
        let v: any;
        if (this.peek() === 95 && (v = this.nonlocal_stmt()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 9, result);
  }

  override compound_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 49 || t === 76 || t === 81) {
      let v: any;
      if (
        this.isOneOf(81, 49, 76) === true && (v = this.function_def()) !== null
      ) {
        return v;
      }
      this.mark = m;
    }
    if (t === 90) {
      let v: any;
      if (this.peek() === 90 && (v = this.if_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 49 || t === 79) {
      let v: any;
      if (this.isOneOf(79, 49) === true && (v = this.class_def()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 76 || t === 103) {
      let v: any;
      if (this.isOneOf(103, 76) === true && (v = this.with_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 76 || t === 87) {
      let v: any;
      if (this.isOneOf(87, 76) === true && (v = this.for_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 101) {
      let v: any;
      if (this.peek() === 101 && (v = this.try_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 102) {
      let v: any;
      if (this.peek() === 102 && (v = this.while_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let v: any;
      if ((v = this.match_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override assignment(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any, c: any;
      if (
        (a = this.nameToken()) !== null && this.expect(11) &&
        (b = this.expression()) !== null &&
        (c = this.optional(this.mark, this._tmp_64()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          6,
          "Variable annotation syntax is",
          new A.AnnAssign(
            setContext(a, "Store"),
            b,
            c,
            1,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 2048) !== 0) {
      let a: any, b: any, c: any;
      if (
        (a = this._tmp_65()) !== null && this.expect(11) &&
        (b = this.expression()) !== null &&
        (c = this.optional(this.mark, this._tmp_64()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          6,
          "Variable annotations syntax is",
          new A.AnnAssign(
            a,
            b,
            c,
            0,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 16384) !== 0) {
      let a: any, b: any, tc: any;
      if (
        (a = this._loop_66()) !== null && (b = this.annotated_rhs()) !== null &&
        this.peek() !== 22 &&
        (tc = this.optional(this.mark, this.expectToken(57)), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Assign(
          a,
          b,
          this.typeComment(tc),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 2048) !== 0) {
      let a: any, b: any, c: any;
      let cut = false;
      if (
        (a = this.single_target()) !== null &&
        (b = this.augassign()) !== null && (cut = true) &&
        (c = this.annotated_rhs()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.AugAssign(
          a,
          b,
          c,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
      if (cut) return null;
    }
    if (this.invalid && (S0[t] & 131072) !== 0) {
      let v: any;
      if ((v = this.invalid_assignment()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_64(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 22) {
      let d: any;
      if (this.expect(22) && (d = this.annotated_rhs()) !== null) {
        return d;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_65(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let b: any;
      if (
        this.expect(7) && (b = this.single_target()) !== null && this.expect(8)
      ) {
        return b;
      }
      this.mark = m;
    }
    if ((S0[t] & 2048) !== 0) {
      let v: any;
      if ((v = this.single_subscript_attribute_target()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_67(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 16384) !== 0) {
      let z: any;
      if ((z = this.star_targets()) !== null && this.expect(22)) {
        return z;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_66(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_67();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  override del_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 82) {
      let a: any;
      if (
        this.expect(82) && (a = this.del_targets()) !== null &&
        this.isOneOf(13, 4) === true
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Delete(
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 82) {
      let v: any;
      if ((v = this.invalid_del_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  yield_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 104) {
      let y: any;
      if ((y = this.yield_expr()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.ExprStmt(
          y,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  override import_stmt(): A.Stmt | null {
    const known = this.recall(24);
    if (known !== undefined) return known as A.Stmt | null;
    const m = this.mark;
    let result: A.Stmt | null = null;
    body: {
      const t = this.peek();
      if (this.invalid && t === 91) {
        let v: any;
        if ((v = this.invalid_import()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 91) {
        let v: any;
        if ((v = this.import_name()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 88) {
        let v: any;
        if ((v = this.import_from()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 24, result);
  }

  override import_from_targets(): A.alias[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) && (a = this.import_from_as_names()) !== null &&
        (this.expect(12), true) && this.expect(8)
      ) {
        return a;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if ((a = this.import_from_as_names()) !== null && this.peek() !== 12) {
        return a;
      }
      this.mark = m;
    }
    if (t === 16) {
      if (this.expect(16)) {
        const e_ = this.last(), k_ = this.toks;
        return [
          new A.alias(
            "*",
            null,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        ];
      }
      this.mark = m;
    }
    if (this.invalid && (t === 1 || t === 4)) {
      let v: any;
      if ((v = this.invalid_import_from_targets()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override import_from_as_name(): A.alias | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 1) {
      let v: any;
      if ((v = this.invalid_import_from_as_name()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.nameToken()) !== null &&
        (b = this.optional(this.mark, this._tmp_7()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.alias(
          a.id,
          b === null ? null : b.id,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  override dotted_as_name(): A.alias | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 1) {
      let v: any;
      if ((v = this.invalid_dotted_as_name()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.dotted_name()) !== null &&
        (b = this.optional(this.mark, this._tmp_7()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.alias(
          a.id,
          b === null ? null : b.id,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  override dotted_name(): A.Name | null {
    const known = this.recall(32);
    if (known !== undefined) return known as A.Name | null;
    const m = this.mark;
    let result: A.Name | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if (t === 1) {
          let v: any;
          if ((v = this.nameToken()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 23) {
          let b: any;
          const a: any = left;
          if (this.expect(23) && (b = this.nameToken()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Name(
              a.id + "." + b.id,
              "Load",
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 32, result);
  }

  override block(): A.Stmt[] | null {
    const known = this.recall(33);
    if (known !== undefined) return known as A.Stmt[] | null;
    const m = this.mark;
    let result: A.Stmt[] | null = null;
    body: {
      const t = this.peek();
      if (t === 4) {
        let a: any;
        if (
          this.expect(4) && this.expect(5) &&
          (a = this.statements()) !== null && this.expect(6)
        ) {
          result = a;
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 16) !== 0) {
        let v: any;
        if ((v = this.simple_stmts()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (this.invalid && t === 4) {
        let v: any;
        if ((v = this.invalid_block()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 33, result);
  }

  decorators(): A.Expr[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 49) {
      let a: any;
      if ((a = this._loop_9()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  class_def(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 49) {
      let a: any, b: any;
      if (
        (a = this.decorators()) !== null && (b = this.class_def_raw()) !== null
      ) {
        return decorate(b, a);
      }
      this.mark = m;
    }
    if (t === 79) {
      let v: any;
      if ((v = this.class_def_raw()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override class_def_raw(): A.ClassDef | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 79) {
      let v: any;
      if ((v = this.invalid_class_def_raw()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 79) {
      let a: any, t: any, b: any, c: any;
      if (
        this.expect(79) && (a = this.nameToken()) !== null &&
        (t = this.optional(this.mark, this.type_params()), true) &&
        (b = this.optional(this.mark, this._tmp_11()), true) &&
        this.expect(11) && (c = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.ClassDef(
          a.id,
          b === null ? [] : b.args,
          b === null ? [] : b.keywords,
          c,
          [],
          t ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  function_def(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 49) {
      let d: any, f: any;
      if (
        (d = this.decorators()) !== null &&
        (f = this.function_def_raw()) !== null
      ) {
        return decorate(f, d);
      }
      this.mark = m;
    }
    if (t === 76 || t === 81) {
      let v: any;
      if ((v = this.function_def_raw()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override function_def_raw(): A.FunctionDef | A.AsyncFunctionDef | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && (t === 76 || t === 81)) {
      let v: any;
      if ((v = this.invalid_def_raw()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 81) {
      let n: any, t: any, params: any, a: any, tc: any, b: any;
      if (
        this.expect(81) && (n = this.nameToken()) !== null &&
        (t = this.optional(this.mark, this.type_params()), true) &&
        this.expect(7) &&
        (params = this.optional(this.mark, this.params()), true) &&
        this.expect(8) &&
        (a = this.optional(this.mark, this._tmp_12()), true) &&
        this.expect(11) &&
        (tc = this.optional(this.mark, this.func_type_comment()), true) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.FunctionDef(
          n.id,
          params ?? emptyArguments(),
          b,
          [],
          a,
          this.typeComment(tc),
          t ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 76) {
      let n: any, t: any, params: any, a: any, tc: any, b: any;
      if (
        this.expect(76) && this.expect(81) && (n = this.nameToken()) !== null &&
        (t = this.optional(this.mark, this.type_params()), true) &&
        this.expect(7) &&
        (params = this.optional(this.mark, this.params()), true) &&
        this.expect(8) &&
        (a = this.optional(this.mark, this._tmp_12()), true) &&
        this.expect(11) &&
        (tc = this.optional(this.mark, this.func_type_comment()), true) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          5,
          "Async functions are",
          new A.AsyncFunctionDef(
            n.id,
            params ?? emptyArguments(),
            b,
            [],
            a,
            this.typeComment(tc),
            t ?? [],
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    return null;
  }

  override params(): A.arguments_ | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && (S0[t] & 262144) !== 0) {
      let v: any;
      if ((v = this.invalid_parameters()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1 || t === 16 || t === 35) {
      let v: any;
      if ((v = this.parameters()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  parameters(): A.arguments_ | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any, c: any, d: any;
      if (
        (a = this.slash_no_default()) !== null &&
        (b = this._loop_13()) !== null && (c = this._loop_14()) !== null &&
        (d = this.optional(this.mark, this.star_etc()), true)
      ) {
        return this.since(
          8,
          "Positional-only parameters are",
          makeArguments(a, null, b, c, d),
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any, c: any;
      if (
        (a = this.slash_with_default()) !== null &&
        (b = this._loop_14()) !== null &&
        (c = this.optional(this.mark, this.star_etc()), true)
      ) {
        return this.since(
          8,
          "Positional-only parameters are",
          makeArguments(null, a, null, b, c),
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any, c: any;
      if (
        (a = this._loop_15()) !== null && (b = this._loop_14()) !== null &&
        (c = this.optional(this.mark, this.star_etc()), true)
      ) {
        return makeArguments(null, null, a, b, c);
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this._loop_16()) !== null &&
        (b = this.optional(this.mark, this.star_etc()), true)
      ) {
        return makeArguments(null, null, null, a, b);
      }
      this.mark = m;
    }
    if (t === 16 || t === 35) {
      let a: any;
      if ((a = this.star_etc()) !== null) {
        return makeArguments(null, null, null, null, a);
      }
      this.mark = m;
    }
    return null;
  }

  slash_no_default(): A.arg[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if (
        (a = this._loop_15()) !== null && this.expect(17) && this.expect(12)
      ) {
        return a;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if (
        (a = this._loop_15()) !== null && this.expect(17) && this.peek() === 8
      ) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  slash_with_default(): SlashWithDefault | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this._loop_13()) !== null && (b = this._loop_16()) !== null &&
        this.expect(17) && this.expect(12)
      ) {
        return { plain: a, withDefault: b };
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this._loop_13()) !== null && (b = this._loop_16()) !== null &&
        this.expect(17) && this.peek() === 8
      ) {
        return { plain: a, withDefault: b };
      }
      this.mark = m;
    }
    return null;
  }

  star_etc(): StarEtc | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 16) {
      let v: any;
      if ((v = this.invalid_star_etc()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any, b: any, c: any;
      if (
        this.expect(16) && (a = this.param_no_default()) !== null &&
        (b = this._loop_17()) !== null &&
        (c = this.optional(this.mark, this.kwds()), true)
      ) {
        return { vararg: a, kwonly: b, kwarg: c };
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any, b: any, c: any;
      if (
        this.expect(16) &&
        (a = this.param_no_default_star_annotation()) !== null &&
        (b = this._loop_17()) !== null &&
        (c = this.optional(this.mark, this.kwds()), true)
      ) {
        return { vararg: a, kwonly: b, kwarg: c };
      }
      this.mark = m;
    }
    if (t === 16) {
      let b: any, c: any;
      if (
        this.expect(16) && this.expect(12) && (b = this._loop_18()) !== null &&
        (c = this.optional(this.mark, this.kwds()), true)
      ) {
        return { vararg: null, kwonly: b, kwarg: c };
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if ((a = this.kwds()) !== null) {
        return { vararg: null, kwonly: [], kwarg: a };
      }
      this.mark = m;
    }
    return null;
  }

  kwds(): A.arg | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 35) {
      let v: any;
      if ((v = this.invalid_kwds()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if (this.expect(35) && (a = this.param_no_default()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  param_no_default(): A.arg | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, tc: any;
      if (
        (a = this.param()) !== null && this.expect(12) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true)
      ) {
        return this.commented(a, tc);
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, tc: any;
      if (
        (a = this.param()) !== null &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        this.peek() === 8
      ) {
        return this.commented(a, tc);
      }
      this.mark = m;
    }
    return null;
  }

  param_no_default_star_annotation(): A.arg | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, tc: any;
      if (
        (a = this.param_star_annotation()) !== null && this.expect(12) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true)
      ) {
        return this.commented(a, tc);
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, tc: any;
      if (
        (a = this.param_star_annotation()) !== null &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        this.peek() === 8
      ) {
        return this.commented(a, tc);
      }
      this.mark = m;
    }
    return null;
  }

  param_with_default(): NameDefault | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, c: any, tc: any;
      if (
        (a = this.param()) !== null && (c = this.default()) !== null &&
        this.expect(12) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true)
      ) {
        return { arg: this.commented(a, tc), value: c };
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, c: any, tc: any;
      if (
        (a = this.param()) !== null && (c = this.default()) !== null &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        this.peek() === 8
      ) {
        return { arg: this.commented(a, tc), value: c };
      }
      this.mark = m;
    }
    return null;
  }

  param_maybe_default(): NameDefault | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, c: any, tc: any;
      if (
        (a = this.param()) !== null &&
        (c = this.optional(this.mark, this.default()), true) &&
        this.expect(12) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true)
      ) {
        return { arg: this.commented(a, tc), value: c };
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, c: any, tc: any;
      if (
        (a = this.param()) !== null &&
        (c = this.optional(this.mark, this.default()), true) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        this.peek() === 8
      ) {
        return { arg: this.commented(a, tc), value: c };
      }
      this.mark = m;
    }
    return null;
  }

  param(): A.arg | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.nameToken()) !== null &&
        (b = this.optional(this.mark, this.annotation()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.arg(
          a.id,
          b,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  param_star_annotation(): A.arg | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.nameToken()) !== null && (b = this.star_annotation()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.arg(
          a.id,
          b,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  annotation(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 11) {
      let a: any;
      if (this.expect(11) && (a = this.expression()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  star_annotation(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 11) {
      let a: any;
      if (this.expect(11) && (a = this.star_expression()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  default(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 22) {
      let a: any;
      if (this.expect(22) && (a = this.expression()) !== null) {
        return a;
      }
      this.mark = m;
    }
    if (this.invalid && t === 22) {
      let v: any;
      if ((v = this.invalid_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override if_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 90) {
      let v: any;
      if ((v = this.invalid_if_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 90) {
      let a: any, b: any, c: any;
      if (
        this.expect(90) && (a = this.named_expression()) !== null &&
        this.expect(11) && (b = this.block()) !== null &&
        (c = this.elif_stmt()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.If(
          a,
          b,
          [c],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 90) {
      let a: any, b: any, c: any;
      if (
        this.expect(90) && (a = this.named_expression()) !== null &&
        this.expect(11) && (b = this.block()) !== null &&
        (c = this.optional(this.mark, this.else_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.If(
          a,
          b,
          c ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  elif_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 83) {
      let v: any;
      if ((v = this.invalid_elif_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 83) {
      let a: any, b: any, c: any;
      if (
        this.expect(83) && (a = this.named_expression()) !== null &&
        this.expect(11) && (b = this.block()) !== null &&
        (c = this.elif_stmt()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.If(
          a,
          b,
          [c],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 83) {
      let a: any, b: any, c: any;
      if (
        this.expect(83) && (a = this.named_expression()) !== null &&
        this.expect(11) && (b = this.block()) !== null &&
        (c = this.optional(this.mark, this.else_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.If(
          a,
          b,
          c ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  override else_block(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 84) {
      let v: any;
      if ((v = this.invalid_else_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 84) {
      let b: any;
      if (
        this.expect(84) && this.expectForced(11, ":") !== null &&
        (b = this.block()) !== null
      ) {
        return b;
      }
      this.mark = m;
    }
    return null;
  }

  override while_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 102) {
      let v: any;
      if ((v = this.invalid_while_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 102) {
      let a: any, b: any, c: any;
      if (
        this.expect(102) && (a = this.named_expression()) !== null &&
        this.expect(11) && (b = this.block()) !== null &&
        (c = this.optional(this.mark, this.else_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.While(
          a,
          b,
          c ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  override for_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && (t === 76 || t === 87)) {
      let v: any;
      if ((v = this.invalid_for_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 87) {
      let t: any, ex: any, tc: any, b: any, el: any;
      let cut = false;
      if (
        this.expect(87) && (t = this.star_targets()) !== null &&
        this.expect(92) && (cut = true) &&
        (ex = this.star_expressions()) !== null && this.expect(11) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        (b = this.block()) !== null &&
        (el = this.optional(this.mark, this.else_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.For(
          t,
          ex,
          b,
          el ?? [],
          this.typeComment(tc),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
      if (cut) return null;
    }
    if (t === 76) {
      let t: any, ex: any, tc: any, b: any, el: any;
      let cut = false;
      if (
        this.expect(76) && this.expect(87) &&
        (t = this.star_targets()) !== null && this.expect(92) && (cut = true) &&
        (ex = this.star_expressions()) !== null && this.expect(11) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        (b = this.block()) !== null &&
        (el = this.optional(this.mark, this.else_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          5,
          "Async for loops are",
          new A.AsyncFor(
            t,
            ex,
            b,
            el ?? [],
            this.typeComment(tc),
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
      if (cut) return null;
    }
    if (this.invalid && (t === 76 || t === 87)) {
      let v: any;
      if ((v = this.invalid_for_target()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override with_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && (t === 76 || t === 103)) {
      let v: any;
      if ((v = this.invalid_with_stmt_indent()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 103) {
      let a: any, tc: any, b: any;
      if (
        this.expect(103) && this.expect(7) &&
        (a = this._gather_68()) !== null && (this.expect(12), true) &&
        this.expect(8) && this.expect(11) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.With(
          a,
          b,
          this.typeComment(tc),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 103) {
      let a: any, tc: any, b: any;
      if (
        this.expect(103) && (a = this._gather_68()) !== null &&
        this.expect(11) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.With(
          a,
          b,
          this.typeComment(tc),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 76) {
      let a: any, b: any;
      if (
        this.expect(76) && this.expect(103) && this.expect(7) &&
        (a = this._gather_68()) !== null && (this.expect(12), true) &&
        this.expect(8) && this.expect(11) && (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          5,
          "Async with statements are",
          new A.AsyncWith(
            a,
            b,
            null,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    if (t === 76) {
      let a: any, tc: any, b: any;
      if (
        this.expect(76) && this.expect(103) &&
        (a = this._gather_68()) !== null && this.expect(11) &&
        (tc = this.optional(this.mark, this.expectToken(57)), true) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          5,
          "Async with statements are",
          new A.AsyncWith(
            a,
            b,
            this.typeComment(tc),
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    if (this.invalid && (t === 76 || t === 103)) {
      let v: any;
      if ((v = this.invalid_with_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_68(): any[] | null {
    let v: any = this.with_item();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.with_item()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  override with_item(): A.withitem | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let e: any, t: any;
      if (
        (e = this.expression()) !== null && this.expect(74) &&
        (t = this.star_target()) !== null && this.isOneOf(12, 8, 11) === true
      ) {
        return new A.withitem(e, t);
      }
      this.mark = m;
    }
    if (this.invalid && (S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.invalid_with_item()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let e: any;
      if ((e = this.expression()) !== null) {
        return new A.withitem(e, null);
      }
      this.mark = m;
    }
    return null;
  }

  override try_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 101) {
      let v: any;
      if ((v = this.invalid_try_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 101) {
      let b: any, f: any;
      if (
        this.expect(101) && this.expectForced(11, ":") !== null &&
        (b = this.block()) !== null && (f = this.finally_block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Try(
          b,
          [],
          [],
          f,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 101) {
      let b: any, ex: any, el: any, f: any;
      if (
        this.expect(101) && this.expectForced(11, ":") !== null &&
        (b = this.block()) !== null && (ex = this._loop_69()) !== null &&
        (el = this.optional(this.mark, this.else_block()), true) &&
        (f = this.optional(this.mark, this.finally_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Try(
          b,
          ex,
          el ?? [],
          f ?? [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 101) {
      let b: any, ex: any, el: any, f: any;
      if (
        this.expect(101) && this.expectForced(11, ":") !== null &&
        (b = this.block()) !== null && (ex = this._loop_70()) !== null &&
        (el = this.optional(this.mark, this.else_block()), true) &&
        (f = this.optional(this.mark, this.finally_block()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          11,
          "Exception groups are",
          new A.TryStar(
            b,
            ex,
            el ?? [],
            f ?? [],
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    return null;
  }

  _loop_69(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.except_block();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _loop_70(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.except_star_block();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  except_block(): A.ExceptHandler | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 85) {
      let v: any;
      if ((v = this.invalid_except_stmt_indent()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 85) {
      let e: any, b: any;
      if (
        this.expect(85) && (e = this.expressions()) !== null &&
        this.expect(11) && (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.exceptTypes(
          e,
          new A.ExceptHandler(
            e,
            null,
            b,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    if (t === 85) {
      let e: any, t: any, b: any;
      if (
        this.expect(85) && (e = this.expression()) !== null &&
        this.expect(74) && (t = this.nameToken()) !== null && this.expect(11) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.ExceptHandler(
          e,
          t.id,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 85) {
      let b: any;
      if (this.expect(85) && this.expect(11) && (b = this.block()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.ExceptHandler(
          null,
          null,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 85) {
      let v: any;
      if ((v = this.invalid_except_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  except_star_block(): A.ExceptHandler | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 85) {
      let v: any;
      if ((v = this.invalid_except_star_stmt_indent()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 85) {
      let e: any, b: any;
      if (
        this.expect(85) && this.expect(16) &&
        (e = this.expressions()) !== null && this.expect(11) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.exceptTypes(
          e,
          new A.ExceptHandler(
            e,
            null,
            b,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    if (t === 85) {
      let e: any, t: any, b: any;
      if (
        this.expect(85) && this.expect(16) &&
        (e = this.expression()) !== null && this.expect(74) &&
        (t = this.nameToken()) !== null && this.expect(11) &&
        (b = this.block()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.ExceptHandler(
          e,
          t.id,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 85) {
      let v: any;
      if ((v = this.invalid_except_star_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override finally_block(): A.Stmt[] | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 86) {
      let v: any;
      if ((v = this.invalid_finally_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 86) {
      let a: any;
      if (
        this.expect(86) && this.expectForced(11, ":") !== null &&
        (a = this.block()) !== null
      ) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  override match_stmt(): A.Stmt | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let subject: any, cases: any;
      if (
        this.expectSoft("match") !== null &&
        (subject = this.subject_expr()) !== null && this.expect(11) &&
        this.expect(4) && this.expect(5) &&
        (cases = this._loop_19()) !== null && this.expect(6)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.since(
          10,
          "Pattern matching is",
          new A.Match(
            subject,
            cases,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          ),
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 1) {
      let v: any;
      if ((v = this.invalid_match_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override case_block(): A.match_case | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 1) {
      let v: any;
      if ((v = this.invalid_case_block()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let pattern: any, guard: any, body: any;
      if (
        this.expectSoft("case") !== null &&
        (pattern = this.patterns()) !== null &&
        (guard = this.optional(this.mark, this.guard()), true) &&
        this.expect(11) && (body = this.block()) !== null
      ) {
        return new A.match_case(pattern, guard, body);
      }
      this.mark = m;
    }
    return null;
  }

  override as_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 128) !== 0) {
      let pattern: any, target: any;
      if (
        (pattern = this.or_pattern()) !== null && this.expect(74) &&
        (target = this.pattern_capture_target()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchAs(
          pattern,
          target.id,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && (S0[t] & 128) !== 0) {
      let v: any;
      if ((v = this.invalid_as_pattern()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override name_or_attr(): A.Expr | null {
    const known = this.recall(86);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if (t === 1) {
          let v: any;
          if ((v = this.nameToken()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 23) {
          let attr: any;
          const value: any = left;
          if (this.expect(23) && (attr = this.nameToken()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Attribute(
              value,
              attr.id,
              "Load",
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 86, result);
  }

  override class_pattern(): A.Pattern | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let cls: any;
      if (
        (cls = this.name_or_attr()) !== null && this.expect(7) && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchClass(
          cls,
          [],
          [],
          [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let cls: any, patterns: any;
      if (
        (cls = this.name_or_attr()) !== null && this.expect(7) &&
        (patterns = this.positional_patterns()) !== null &&
        (this.expect(12), true) && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchClass(
          cls,
          patterns,
          [],
          [],
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let cls: any, keywords: any;
      if (
        (cls = this.name_or_attr()) !== null && this.expect(7) &&
        (keywords = this.keyword_patterns()) !== null &&
        (this.expect(12), true) && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchClass(
          cls,
          [],
          nameIds(pairKeys(keywords)),
          pairPatterns(keywords),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let cls: any, patterns: any, keywords: any;
      if (
        (cls = this.name_or_attr()) !== null && this.expect(7) &&
        (patterns = this.positional_patterns()) !== null && this.expect(12) &&
        (keywords = this.keyword_patterns()) !== null &&
        (this.expect(12), true) && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.MatchClass(
          cls,
          patterns,
          nameIds(pairKeys(keywords)),
          pairPatterns(keywords),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 1) {
      let v: any;
      if ((v = this.invalid_class_pattern()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override type_params(): A.TypeParam[] | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 9) {
      let v: any;
      if ((v = this.invalid_type_params()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 9) {
      let t: any;
      if (
        this.expect(9) && (t = this.type_param_seq()) !== null &&
        this.expect(10)
      ) {
        return this.since(12, "Type parameter lists are", t);
      }
      this.mark = m;
    }
    return null;
  }

  override type_param(): A.TypeParam | null {
    const known = this.recall(104);
    if (known !== undefined) return known as A.TypeParam | null;
    const m = this.mark;
    let result: A.TypeParam | null = null;
    body: {
      const t = this.peek();
      if (t === 1) {
        let a: any, b: any, c: any;
        if (
          (a = this.nameToken()) !== null &&
          (b = this.optional(this.mark, this.type_param_bound()), true) &&
          (c = this.optional(this.mark, this.type_param_default()), true)
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.TypeVar(
            a.id,
            b,
            c,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if (this.invalid && (t === 16 || t === 35)) {
        let v: any;
        if ((v = this.invalid_type_param()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 16) {
        let a: any, b: any;
        if (
          this.expect(16) && (a = this.nameToken()) !== null &&
          (b = this.optional(this.mark, this.type_param_starred_default()),
            true)
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.TypeVarTuple(
            a.id,
            b,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if (t === 35) {
        let a: any, b: any;
        if (
          this.expect(35) && (a = this.nameToken()) !== null &&
          (b = this.optional(this.mark, this.type_param_default()), true)
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.ParamSpec(
            a.id,
            b,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 104, result);
  }

  override expressions(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let a: any, b: any;
      if (
        (a = this.expression()) !== null && (b = this._loop_71()) !== null &&
        (this.expect(12), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          [a, ...b],
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if ((a = this.expression()) !== null && this.expect(12)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          [a],
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_72(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 12) {
      let c: any;
      if (this.expect(12) && (c = this.expression()) !== null) {
        return c;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_71(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_72();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  override expression(): A.Expr | null {
    const known = this.recall(109);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if (this.invalid && (S0[t] & 4) !== 0) {
        let v: any;
        if ((v = this.invalid_expression()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (this.invalid && t === 1) {
        let v: any;
        if ((v = this.invalid_legacy_expression()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 32768) !== 0) {
        let a: any, b: any, c: any;
        if (
          (a = this.disjunction()) !== null && this.expect(90) &&
          (b = this.disjunction()) !== null && this.expect(84) &&
          (c = this.expression()) !== null
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.IfExp(
            b,
            a,
            c,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 32768) !== 0) {
        let v: any;
        if ((v = this.disjunction()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 94) {
        let v: any;
        if ((v = this.lambdef()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 109, result);
  }

  override star_expressions(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 32) !== 0) {
      let a: any, b: any;
      if (
        (a = this.star_expression()) !== null &&
        (b = this._loop_73()) !== null && (this.expect(12), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          [a, ...b],
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 32) !== 0) {
      let a: any;
      if ((a = this.star_expression()) !== null && this.expect(12)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          [a],
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 32) !== 0) {
      let v: any;
      if ((v = this.star_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_74(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 12) {
      let c: any;
      if (this.expect(12) && (c = this.star_expression()) !== null) {
        return c;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_73(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_74();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  override star_expression(): A.Expr | null {
    const known = this.recall(112);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if (t === 16) {
        let a: any;
        if (this.expect(16) && (a = this.bitwise_or()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.Starred(
            a,
            "Load",
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 4) !== 0) {
        let v: any;
        if ((v = this.expression()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 112, result);
  }

  override named_expression(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.assignment_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (this.invalid && (S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.invalid_named_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if ((a = this.expression()) !== null && this.peek() !== 53) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  override disjunction(): A.Expr | null {
    const known = this.recall(117);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if ((S0[t] & 32768) !== 0) {
        let a: any, b: any;
        if (
          (a = this.conjunction()) !== null && (b = this._loop_75()) !== null
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.BoolOp(
            "Or",
            [a, ...b],
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 32768) !== 0) {
        let v: any;
        if ((v = this.conjunction()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 117, result);
  }

  _tmp_76(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 97) {
      let c: any;
      if (this.expect(97) && (c = this.conjunction()) !== null) {
        return c;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_75(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_76();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  override conjunction(): A.Expr | null {
    const known = this.recall(118);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if ((S0[t] & 32768) !== 0) {
        let a: any, b: any;
        if ((a = this.inversion()) !== null && (b = this._loop_77()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.BoolOp(
            "And",
            [a, ...b],
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 32768) !== 0) {
        let v: any;
        if ((v = this.inversion()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 118, result);
  }

  _tmp_78(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 73) {
      let c: any;
      if (this.expect(73) && (c = this.inversion()) !== null) {
        return c;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_77(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_78();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  override inversion(): A.Expr | null {
    const known = this.recall(119);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if (t === 96) {
        let a: any;
        if (this.expect(96) && (a = this.inversion()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.UnaryOp(
            "Not",
            a,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 1024) !== 0) {
        let v: any;
        if ((v = this.comparison()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 119, result);
  }

  override comparison(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 1024) !== 0) {
      let a: any, b: any;
      if ((a = this.bitwise_or()) !== null && (b = this._loop_79()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Compare(
          a,
          compareOps(b),
          compareOperands(b),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 1024) !== 0) {
      let v: any;
      if ((v = this.bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_79(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.compare_op_bitwise_or_pair();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  compare_op_bitwise_or_pair(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 27) {
      let v: any;
      if ((v = this.eq_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 20 || t === 28) {
      let v: any;
      if ((v = this.noteq_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 29) {
      let v: any;
      if ((v = this.lte_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 20) {
      let v: any;
      if ((v = this.lt_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 30) {
      let v: any;
      if ((v = this.gte_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 21) {
      let v: any;
      if ((v = this.gt_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 96) {
      let v: any;
      if ((v = this.notin_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 92) {
      let v: any;
      if ((v = this.in_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 93) {
      let v: any;
      if ((v = this.isnot_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 93) {
      let v: any;
      if ((v = this.is_bitwise_or()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  eq_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 27) {
      let a: any;
      if (this.expect(27) && (a = this.bitwise_or()) !== null) {
        return { op: "Eq", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  noteq_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 28) {
      let a: any;
      if (this._tmp_28() !== null && (a = this.bitwise_or()) !== null) {
        return { op: "NotEq", operand: a };
      }
      this.mark = m;
    }
    if (t === 20) {
      let a: any;
      if (this._tmp_29() !== null && (a = this.bitwise_or()) !== null) {
        return { op: "NotEq", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  lte_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 29) {
      let a: any;
      if (this.expect(29) && (a = this.bitwise_or()) !== null) {
        return { op: "LtE", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  lt_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 20) {
      let a: any;
      if (this.expect(20) && (a = this.bitwise_or()) !== null) {
        return { op: "Lt", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  gte_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 30) {
      let a: any;
      if (this.expect(30) && (a = this.bitwise_or()) !== null) {
        return { op: "GtE", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  gt_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 21) {
      let a: any;
      if (this.expect(21) && (a = this.bitwise_or()) !== null) {
        return { op: "Gt", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  notin_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 96) {
      let a: any;
      if (
        this.expect(96) && this.expect(92) && (a = this.bitwise_or()) !== null
      ) {
        return { op: "NotIn", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  in_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 92) {
      let a: any;
      if (this.expect(92) && (a = this.bitwise_or()) !== null) {
        return { op: "In", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  isnot_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 93) {
      let a: any;
      if (
        this.expect(93) && this.expect(96) && (a = this.bitwise_or()) !== null
      ) {
        return { op: "IsNot", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  is_bitwise_or(): ComparePair | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 93) {
      let a: any;
      if (this.expect(93) && (a = this.bitwise_or()) !== null) {
        return { op: "Is", operand: a };
      }
      this.mark = m;
    }
    return null;
  }

  override bitwise_or(): A.Expr | null {
    const known = this.recall(132);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if ((S0[t] & 1024) !== 0) {
          let v: any;
          if ((v = this.bitwise_xor()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 18) {
          let b: any;
          const a: any = left;
          if (this.expect(18) && (b = this.bitwise_xor()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "BitOr",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 132, result);
  }

  bitwise_xor(): A.Expr | null {
    const known = this.recall(133);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if ((S0[t] & 1024) !== 0) {
          let v: any;
          if ((v = this.bitwise_and()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 32) {
          let b: any;
          const a: any = left;
          if (this.expect(32) && (b = this.bitwise_and()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "BitXor",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 133, result);
  }

  bitwise_and(): A.Expr | null {
    const known = this.recall(134);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if ((S0[t] & 1024) !== 0) {
          let v: any;
          if ((v = this.shift_expr()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 19) {
          let b: any;
          const a: any = left;
          if (this.expect(19) && (b = this.shift_expr()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "BitAnd",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 134, result);
  }

  shift_expr(): A.Expr | null {
    const known = this.recall(135);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if (this.invalid && (S0[t] & 1024) !== 0) {
          let v: any;
          if ((v = this.invalid_arithmetic()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
        if ((S0[t] & 1024) !== 0) {
          let v: any;
          if ((v = this.sum()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 33) {
          let b: any;
          const a: any = left;
          if (this.expect(33) && (b = this.sum()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "LShift",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 34) {
          let b: any;
          const a: any = left;
          if (this.expect(34) && (b = this.sum()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "RShift",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 135, result);
  }

  sum(): A.Expr | null {
    const known = this.recall(136);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if ((S0[t] & 1024) !== 0) {
          let v: any;
          if ((v = this.term()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 14) {
          let b: any;
          const a: any = left;
          if (this.expect(14) && (b = this.term()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "Add",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 15) {
          let b: any;
          const a: any = left;
          if (this.expect(15) && (b = this.term()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "Sub",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 136, result);
  }

  term(): A.Expr | null {
    const known = this.recall(137);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if (this.invalid && (t === 14 || t === 15 || t === 31)) {
          let v: any;
          if ((v = this.invalid_factor()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
        if ((S0[t] & 1024) !== 0) {
          let v: any;
          if ((v = this.factor()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 16) {
          let b: any;
          const a: any = left;
          if (this.expect(16) && (b = this.factor()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "Mult",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 17) {
          let b: any;
          const a: any = left;
          if (this.expect(17) && (b = this.factor()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "Div",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 47) {
          let b: any;
          const a: any = left;
          if (this.expect(47) && (b = this.factor()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "FloorDiv",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 24) {
          let b: any;
          const a: any = left;
          if (this.expect(24) && (b = this.factor()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.BinOp(
              a,
              "Mod",
              b,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 49) {
          let b: any;
          const a: any = left;
          if (this.expect(49) && (b = this.factor()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = this.since(
              5,
              "The '@' operator is",
              new A.BinOp(
                a,
                "MatMult",
                b,
                k_[m * 8 + 3],
                k_[m * 8 + 4],
                k_[e_ + 5],
                k_[e_ + 6],
              ),
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 137, result);
  }

  override factor(): A.Expr | null {
    const known = this.recall(138);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if (t === 14) {
        let a: any;
        if (this.expect(14) && (a = this.factor()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.UnaryOp(
            "UAdd",
            a,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if (t === 15) {
        let a: any;
        if (this.expect(15) && (a = this.factor()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.UnaryOp(
            "USub",
            a,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if (t === 31) {
        let a: any;
        if (this.expect(31) && (a = this.factor()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.UnaryOp(
            "Invert",
            a,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 524288) !== 0) {
        let v: any;
        if ((v = this.power()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 138, result);
  }

  override power(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 524288) !== 0) {
      let a: any, b: any;
      if (
        (a = this.await_primary()) !== null && this.expect(35) &&
        (b = this.factor()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.BinOp(
          a,
          "Pow",
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 524288) !== 0) {
      let v: any;
      if ((v = this.await_primary()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override await_primary(): A.Expr | null {
    const known = this.recall(140);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if (t === 77) {
        let a: any;
        if (this.expect(77) && (a = this.primary()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = this.since(
            5,
            "Await expressions are",
            new A.Await(
              a,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            ),
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 2048) !== 0) {
        let v: any;
        if ((v = this.primary()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 140, result);
  }

  override primary(): A.Expr | null {
    const known = this.recall(141);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if ((S0[t] & 2048) !== 0) {
          let v: any;
          if ((v = this.atom()) !== null) {
            left = v;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 23) {
          let b: any;
          const a: any = left;
          if (this.expect(23) && (b = this.nameToken()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Attribute(
              a,
              b.id,
              "Load",
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 7 || t === 9 || t === 25) {
          let b: any;
          const a: any = left;
          if ((b = this.genexp()) !== null) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Call(
              a,
              [b],
              [],
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 7) {
          let b: any;
          const a: any = left;
          if (
            this.expect(7) &&
            (b = this.optional(this.mark, this.arguments()), true) &&
            this.expect(8)
          ) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Call(
              a,
              b === null ? [] : b.args,
              b === null ? [] : b.keywords,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 9) {
          let b: any;
          const a: any = left;
          if (
            this.expect(9) && (b = this.slices()) !== null && this.expect(10)
          ) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Subscript(
              a,
              b,
              "Load",
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 141, result);
  }

  override slices(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 1048576) !== 0) {
      let a: any;
      if ((a = this.slice()) !== null && this.peek() !== 12) {
        return a;
      }
      this.mark = m;
    }
    if ((S0[t] & 2097152) !== 0) {
      let a: any;
      if ((a = this._gather_80()) !== null && (this.expect(12), true)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          a,
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_81(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 1048576) !== 0) {
      let v: any;
      if ((v = this.slice()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 16) {
      let v: any;
      if ((v = this.starred_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_80(): any[] | null {
    let v: any = this._tmp_81();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this._tmp_81()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  override slice(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 1048576) !== 0) {
      let a: any, b: any, c: any;
      if (
        (a = this.optional(this.mark, this.expression()), true) &&
        this.expect(11) &&
        (b = this.optional(this.mark, this.expression()), true) &&
        (c = this.optional(this.mark, this._tmp_82()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Slice(
          a,
          b,
          c === null ? null : c.value,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.named_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_82(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 11) {
      let d: any;
      if (
        this.expect(11) &&
        (d = this.optional(this.mark, this.expression()), true)
      ) {
        return this.some(d);
      }
      this.mark = m;
    }
    return null;
  }

  override atom(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.nameToken()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 72) {
      if (this.expect(72)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Constant(
          true,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 70) {
      if (this.expect(70)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Constant(
          false,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 71) {
      if (this.expect(71)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Constant(
          None,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 3 || t === 59 || t === 62) {
      let v: any;
      if (this.isOneOf(3, 59, 62) === true && (v = this.strings()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 2) {
      let v: any;
      if ((v = this.numberToken()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7 || t === 9 || t === 25) {
      let v: any;
      if (this.peek() === 7 && (v = this._tmp_83()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7 || t === 9 || t === 25) {
      let v: any;
      if (this.peek() === 9 && (v = this._tmp_84()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7 || t === 9 || t === 25) {
      let v: any;
      if (this.peek() === 25 && (v = this._tmp_85()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 52) {
      if (this.expect(52)) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Constant(
          Ellipsis,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_83(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let v: any;
      if ((v = this.tuple()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7) {
      let v: any;
      if ((v = this.group()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7 || t === 9 || t === 25) {
      let v: any;
      if ((v = this.genexp()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_84(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 9) {
      let v: any;
      if ((v = this.list()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7 || t === 9 || t === 25) {
      let v: any;
      if ((v = this.listcomp()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_85(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let v: any;
      if ((v = this.dict()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 25) {
      let v: any;
      if ((v = this.set()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 25) {
      let v: any;
      if ((v = this.dictcomp()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7 || t === 9 || t === 25) {
      let v: any;
      if ((v = this.setcomp()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  group(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let a: any;
      if (this.expect(7) && (a = this._tmp_30()) !== null && this.expect(8)) {
        return a;
      }
      this.mark = m;
    }
    if (this.invalid && t === 7) {
      let v: any;
      if ((v = this.invalid_group()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override lambdef(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 94) {
      let a: any, b: any;
      if (
        this.expect(94) &&
        (a = this.optional(this.mark, this.lambda_params()), true) &&
        this.expect(11) && (b = this.expression()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Lambda(
          a ?? emptyArguments(),
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  override lambda_params(): A.arguments_ | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && (S0[t] & 262144) !== 0) {
      let v: any;
      if ((v = this.invalid_lambda_parameters()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1 || t === 16 || t === 35) {
      let v: any;
      if ((v = this.lambda_parameters()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  lambda_parameters(): A.arguments_ | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any, c: any, d: any;
      if (
        (a = this.lambda_slash_no_default()) !== null &&
        (b = this._loop_31()) !== null && (c = this._loop_32()) !== null &&
        (d = this.optional(this.mark, this.lambda_star_etc()), true)
      ) {
        return this.since(
          8,
          "Positional-only parameters are",
          makeArguments(a, null, b, c, d),
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any, c: any;
      if (
        (a = this.lambda_slash_with_default()) !== null &&
        (b = this._loop_32()) !== null &&
        (c = this.optional(this.mark, this.lambda_star_etc()), true)
      ) {
        return this.since(
          8,
          "Positional-only parameters are",
          makeArguments(null, a, null, b, c),
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any, c: any;
      if (
        (a = this._loop_33()) !== null && (b = this._loop_32()) !== null &&
        (c = this.optional(this.mark, this.lambda_star_etc()), true)
      ) {
        return makeArguments(null, null, a, b, c);
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this._loop_34()) !== null &&
        (b = this.optional(this.mark, this.lambda_star_etc()), true)
      ) {
        return makeArguments(null, null, null, a, b);
      }
      this.mark = m;
    }
    if (t === 16 || t === 35) {
      let a: any;
      if ((a = this.lambda_star_etc()) !== null) {
        return makeArguments(null, null, null, null, a);
      }
      this.mark = m;
    }
    return null;
  }

  lambda_slash_no_default(): A.arg[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if (
        (a = this._loop_33()) !== null && this.expect(17) && this.expect(12)
      ) {
        return a;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if (
        (a = this._loop_33()) !== null && this.expect(17) && this.peek() === 11
      ) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  lambda_slash_with_default(): SlashWithDefault | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this._loop_31()) !== null && (b = this._loop_34()) !== null &&
        this.expect(17) && this.expect(12)
      ) {
        return { plain: a, withDefault: b };
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this._loop_31()) !== null && (b = this._loop_34()) !== null &&
        this.expect(17) && this.peek() === 11
      ) {
        return { plain: a, withDefault: b };
      }
      this.mark = m;
    }
    return null;
  }

  lambda_star_etc(): StarEtc | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 16) {
      let v: any;
      if ((v = this.invalid_lambda_star_etc()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any, b: any, c: any;
      if (
        this.expect(16) && (a = this.lambda_param_no_default()) !== null &&
        (b = this._loop_35()) !== null &&
        (c = this.optional(this.mark, this.lambda_kwds()), true)
      ) {
        return { vararg: a, kwonly: b, kwarg: c };
      }
      this.mark = m;
    }
    if (t === 16) {
      let b: any, c: any;
      if (
        this.expect(16) && this.expect(12) && (b = this._loop_36()) !== null &&
        (c = this.optional(this.mark, this.lambda_kwds()), true)
      ) {
        return { vararg: null, kwonly: b, kwarg: c };
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if ((a = this.lambda_kwds()) !== null) {
        return { vararg: null, kwonly: [], kwarg: a };
      }
      this.mark = m;
    }
    return null;
  }

  lambda_kwds(): A.arg | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 35) {
      let v: any;
      if ((v = this.invalid_lambda_kwds()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if (this.expect(35) && (a = this.lambda_param_no_default()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  lambda_param_no_default(): A.arg | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if ((a = this.lambda_param()) !== null && this.expect(12)) {
        return a;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if ((a = this.lambda_param()) !== null && this.peek() === 11) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  lambda_param_with_default(): NameDefault | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, c: any;
      if (
        (a = this.lambda_param()) !== null && (c = this.default()) !== null &&
        this.expect(12)
      ) {
        return { arg: a, value: c };
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, c: any;
      if (
        (a = this.lambda_param()) !== null && (c = this.default()) !== null &&
        this.peek() === 11
      ) {
        return { arg: a, value: c };
      }
      this.mark = m;
    }
    return null;
  }

  lambda_param_maybe_default(): NameDefault | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, c: any;
      if (
        (a = this.lambda_param()) !== null &&
        (c = this.optional(this.mark, this.default()), true) && this.expect(12)
      ) {
        return { arg: a, value: c };
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, c: any;
      if (
        (a = this.lambda_param()) !== null &&
        (c = this.optional(this.mark, this.default()), true) &&
        this.peek() === 11
      ) {
        return { arg: a, value: c };
      }
      this.mark = m;
    }
    return null;
  }

  lambda_param(): A.arg | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if ((a = this.nameToken()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.arg(
          a.id,
          null,
          null,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  override fstring_replacement_field(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any, debug: any, conversion: any, format: any, rbrace: any;
      if (
        this.expect(25) && (a = this.annotated_rhs()) !== null &&
        (debug = this.optional(this.mark, this.expectToken(22)), true) &&
        (conversion = this.optional(this.mark, this.fstring_conversion()),
          true) &&
        (format = this.optional(this.mark, this.fstring_full_format_spec()),
          true) &&
        (rbrace = this.expectToken(26)) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.formattedValue(
          a,
          debug,
          conversion,
          format,
          rbrace,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 25) {
      let v: any;
      if ((v = this.invalid_fstring_replacement_field()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override tstring_format_spec_replacement_field(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any, debug: any, conversion: any, format: any, rbrace: any;
      if (
        this.expect(25) && (a = this.annotated_rhs()) !== null &&
        (debug = this.optional(this.mark, this.expectToken(22)), true) &&
        (conversion = this.optional(this.mark, this.fstring_conversion()),
          true) &&
        (format = this.optional(this.mark, this.tstring_full_format_spec()),
          true) &&
        (rbrace = this.expectToken(26)) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.formattedValue(
          a,
          debug,
          conversion,
          format,
          rbrace,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 25) {
      let v: any;
      if ((v = this.invalid_tstring_replacement_field()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override tstring_replacement_field(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any, debug: any, conversion: any, format: any, rbrace: any;
      if (
        this.expect(25) && (a = this.annotated_rhs()) !== null &&
        (debug = this.optional(this.mark, this.expectToken(22)), true) &&
        (conversion = this.optional(this.mark, this.fstring_conversion()),
          true) &&
        (format = this.optional(this.mark, this.tstring_full_format_spec()),
          true) &&
        (rbrace = this.expectToken(26)) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return this.interpolation(
          a,
          debug,
          conversion,
          format,
          rbrace,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 25) {
      let v: any;
      if ((v = this.invalid_tstring_replacement_field()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override tstring(): A.Expr | null {
    const known = this.recall(168);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if (t === 62) {
        let a: any, b: any, c: any;
        if (
          (a = this.expectToken(62)) !== null &&
          (b = this._loop_40()) !== null && (c = this.expectToken(64)) !== null
        ) {
          result = this.since(14, "t-strings are", this.templateStr(a, b, c));
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 168, result);
  }

  override strings(): A.Expr | null {
    const known = this.recall(170);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if (this.invalid && (t === 3 || t === 59 || t === 62)) {
        let v: any;
        if ((v = this.invalid_string_tstring_concat()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
      if (t === 3 || t === 59) {
        let a: any;
        if ((a = this._loop_41()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = this.concatenateStrings(
            a,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if (t === 62) {
        let a: any;
        if ((a = this._loop_43()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = this.concatenateTStrings(
            a,
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 170, result);
  }

  list(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 9) {
      let a: any;
      if (
        this.expect(9) &&
        (a = this.optional(this.mark, this.star_named_expressions()), true) &&
        this.expect(10)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.List(
          a ?? [],
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  tuple(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) &&
        (a = this.optional(this.mark, this._tmp_44()), true) && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          a ?? [],
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  set(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any;
      if (
        this.expect(25) && (a = this.star_named_expressions()) !== null &&
        this.expect(26)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Set(
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  dict(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any;
      if (
        this.expect(25) &&
        (a = this.optional(this.mark, this.double_starred_kvpairs()), true) &&
        this.expect(26)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Dict(
          pairKeysOrNull(a),
          pairValues(a),
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let v: any;
      if (
        (v = this.expectToken(25)) !== null &&
        this.invalid_double_starred_kvpairs() !== null && this.expect(26)
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  double_starred_kvpairs(): KeyValue[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4096) !== 0) {
      let a: any;
      if ((a = this._gather_45()) !== null && (this.expect(12), true)) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  double_starred_kvpair(): KeyValue | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 35) {
      let a: any;
      if (this.expect(35) && (a = this.bitwise_or()) !== null) {
        return { key: null, value: a };
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.kvpair()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  kvpair(): KeyValue | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let a: any, b: any;
      if (
        (a = this.expression()) !== null && this.expect(11) &&
        (b = this.expression()) !== null
      ) {
        return { key: a, value: b };
      }
      this.mark = m;
    }
    return null;
  }

  for_if_clauses(): A.comprehension[] | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 76 || t === 87) {
      let a: any;
      if ((a = this._loop_46()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  for_if_clause(): A.comprehension | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 76) {
      let a: any, b: any, c: any;
      let cut = false;
      if (
        this.expect(76) && this.expect(87) &&
        (a = this.star_targets()) !== null && this.expect(92) && (cut = true) &&
        (b = this.disjunction()) !== null && (c = this._loop_47()) !== null
      ) {
        return this.since(
          6,
          "Async comprehensions are",
          new A.comprehension(a, b, c, 1),
        );
      }
      this.mark = m;
      if (cut) return null;
    }
    if (t === 87) {
      let a: any, b: any, c: any;
      let cut = false;
      if (
        this.expect(87) && (a = this.star_targets()) !== null &&
        this.expect(92) && (cut = true) && (b = this.disjunction()) !== null &&
        (c = this._loop_47()) !== null
      ) {
        return new A.comprehension(a, b, c, 0);
      }
      this.mark = m;
      if (cut) return null;
    }
    if (this.invalid && (t === 76 || t === 87)) {
      let v: any;
      if ((v = this.invalid_for_if_clause()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (this.invalid && (t === 76 || t === 87)) {
      let v: any;
      if ((v = this.invalid_for_target()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  listcomp(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 9) {
      let a: any, b: any;
      if (
        this.expect(9) && (a = this.named_expression()) !== null &&
        (b = this.for_if_clauses()) !== null && this.expect(10)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.ListComp(
          a,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && (t === 7 || t === 9 || t === 25)) {
      let v: any;
      if ((v = this.invalid_comprehension()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  setcomp(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any, b: any;
      if (
        this.expect(25) && (a = this.named_expression()) !== null &&
        (b = this.for_if_clauses()) !== null && this.expect(26)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.SetComp(
          a,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && (t === 7 || t === 9 || t === 25)) {
      let v: any;
      if ((v = this.invalid_comprehension()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  genexp(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let a: any, b: any;
      if (
        this.expect(7) && (a = this._tmp_49()) !== null &&
        (b = this.for_if_clauses()) !== null && this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.GeneratorExp(
          a,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && (t === 7 || t === 9 || t === 25)) {
      let v: any;
      if ((v = this.invalid_comprehension()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  dictcomp(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any, b: any;
      if (
        this.expect(25) && (a = this.kvpair()) !== null &&
        (b = this.for_if_clauses()) !== null && this.expect(26)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.DictComp(
          a.key,
          a.value,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 25) {
      let v: any;
      if ((v = this.invalid_dict_comprehension()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override arguments(): A.Call | null {
    const known = this.recall(184);
    if (known !== undefined) return known as A.Call | null;
    const m = this.mark;
    let result: A.Call | null = null;
    body: {
      const t = this.peek();
      if ((S0[t] & 8192) !== 0) {
        let a: any;
        if (
          (a = this.args()) !== null && (this.expect(12), true) &&
          this.peek() === 8
        ) {
          result = a;
          break body;
        }
        this.mark = m;
      }
      if (this.invalid && (S0[t] & 8192) !== 0) {
        let v: any;
        if ((v = this.invalid_arguments()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 184, result);
  }

  args(): A.Call | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 32) !== 0) {
      let a: any, b: any;
      if (
        (a = this._gather_50()) !== null &&
        (b = this.optional(this.mark, this._tmp_53()), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return collectArgs(
          a,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 8192) !== 0) {
      let a: any;
      if ((a = this.kwargs()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return collectArgs(
          [],
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  kwargs(): (A.keyword | A.Expr)[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 8192) !== 0) {
      let a: any, b: any;
      if (
        (a = this._gather_54()) !== null && this.expect(12) &&
        (b = this._gather_55()) !== null
      ) {
        return [...a, ...b];
      }
      this.mark = m;
    }
    if ((S0[t] & 8192) !== 0) {
      let a: any;
      if ((a = this._gather_54()) !== null) {
        return a;
      }
      this.mark = m;
    }
    if ((S0[t] & 4096) !== 0) {
      let a: any;
      if ((a = this._gather_55()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  override starred_expression(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && t === 16) {
      let v: any;
      if ((v = this.invalid_starred_expression_unpacking()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any;
      if (this.expect(16) && (a = this.expression()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Starred(
          a,
          "Load",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (this.invalid && t === 16) {
      let v: any;
      if ((v = this.invalid_starred_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  kwarg_or_starred(): A.keyword | A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && (S0[t] & 4096) !== 0) {
      let v: any;
      if ((v = this.invalid_kwarg()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.nameToken()) !== null && this.expect(22) &&
        (b = this.expression()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.keyword(
          a.id,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any;
      if ((a = this.starred_expression()) !== null) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  kwarg_or_double_starred(): A.keyword | null {
    const m = this.mark;
    const t = this.peek();
    if (this.invalid && (S0[t] & 4096) !== 0) {
      let v: any;
      if ((v = this.invalid_kwarg()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.nameToken()) !== null && this.expect(22) &&
        (b = this.expression()) !== null
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.keyword(
          a.id,
          b,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if (this.expect(35) && (a = this.expression()) !== null) {
        const e_ = this.last(), k_ = this.toks;
        return new A.keyword(
          null,
          a,
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  override star_targets(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 16384) !== 0) {
      let a: any;
      if ((a = this.star_target()) !== null && this.peek() !== 12) {
        return a;
      }
      this.mark = m;
    }
    if ((S0[t] & 16384) !== 0) {
      let a: any, b: any;
      if (
        (a = this.star_target()) !== null && (b = this._loop_86()) !== null &&
        (this.expect(12), true)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          [a, ...b],
          "Store",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  _loop_86(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_58();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  star_targets_list_seq(): A.Expr[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 16384) !== 0) {
      let a: any;
      if ((a = this._gather_56()) !== null && (this.expect(12), true)) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  star_targets_tuple_seq(): A.Expr[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 16384) !== 0) {
      let a: any, b: any;
      if (
        (a = this.star_target()) !== null && (b = this._loop_57()) !== null &&
        (this.expect(12), true)
      ) {
        return [a, ...b];
      }
      this.mark = m;
    }
    if ((S0[t] & 16384) !== 0) {
      let a: any;
      if ((a = this.star_target()) !== null && this.expect(12)) {
        return [a];
      }
      this.mark = m;
    }
    return null;
  }

  override star_target(): A.Expr | null {
    const known = this.recall(193);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if (t === 16) {
        let a: any;
        if (this.expect(16) && (a = this._tmp_87()) !== null) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.Starred(
            setContext(a, "Store"),
            "Store",
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 2048) !== 0) {
        let v: any;
        if ((v = this.target_with_star_atom()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 193, result);
  }

  _tmp_87(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 16384) !== 0) {
      let z: any;
      if (this.peek() !== 16 && (z = this.star_target()) !== null) {
        return z;
      }
      this.mark = m;
    }
    return null;
  }

  target_with_star_atom(): A.Expr | null {
    const known = this.recall(194);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if ((S0[t] & 2048) !== 0) {
        let a: any, b: any;
        if (
          (a = this.t_primary()) !== null && this.expect(23) &&
          (b = this.nameToken()) !== null &&
          this.look(this.mark, this.t_lookahead()) === false
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.Attribute(
            a,
            b.id,
            "Store",
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 2048) !== 0) {
        let a: any, b: any;
        if (
          (a = this.t_primary()) !== null && this.expect(9) &&
          (b = this.slices()) !== null && this.expect(10) &&
          this.look(this.mark, this.t_lookahead()) === false
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.Subscript(
            a,
            b,
            "Store",
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if (t === 1 || t === 7 || t === 9) {
        let v: any;
        if ((v = this.star_atom()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 194, result);
  }

  star_atom(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if ((a = this.nameToken()) !== null) {
        return setContext(a, "Store");
      }
      this.mark = m;
    }
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) && (a = this.target_with_star_atom()) !== null &&
        this.expect(8)
      ) {
        return setContext(a, "Store");
      }
      this.mark = m;
    }
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) &&
        (a = this.optional(this.mark, this.star_targets_tuple_seq()), true) &&
        this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          a ?? [],
          "Store",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 9) {
      let a: any;
      if (
        this.expect(9) &&
        (a = this.optional(this.mark, this.star_targets_list_seq()), true) &&
        this.expect(10)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.List(
          a ?? [],
          "Store",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  single_target(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 2048) !== 0) {
      let v: any;
      if ((v = this.single_subscript_attribute_target()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if ((a = this.nameToken()) !== null) {
        return setContext(a, "Store");
      }
      this.mark = m;
    }
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) && (a = this.single_target()) !== null && this.expect(8)
      ) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  single_subscript_attribute_target(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 2048) !== 0) {
      let a: any, b: any;
      if (
        (a = this.t_primary()) !== null && this.expect(23) &&
        (b = this.nameToken()) !== null &&
        this.look(this.mark, this.t_lookahead()) === false
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Attribute(
          a,
          b.id,
          "Store",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 2048) !== 0) {
      let a: any, b: any;
      if (
        (a = this.t_primary()) !== null && this.expect(9) &&
        (b = this.slices()) !== null && this.expect(10) &&
        this.look(this.mark, this.t_lookahead()) === false
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Subscript(
          a,
          b,
          "Store",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  t_primary(): A.Expr | null {
    const known = this.recall(198);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      let left: any = null;
      seed: {
        const t = this.peek();
        if ((S0[t] & 2048) !== 0) {
          let a: any;
          if (
            (a = this.atom()) !== null &&
            this.look(this.mark, this.t_lookahead()) === true
          ) {
            left = a;
            break seed;
          }
          this.mark = m;
        }
      }
      if (left === null) break body;
      for (;;) {
        const n = this.mark, t = this.peek();
        if (t === 23) {
          let b: any;
          const a: any = left;
          if (
            this.expect(23) && (b = this.nameToken()) !== null &&
            this.look(this.mark, this.t_lookahead()) === true
          ) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Attribute(
              a,
              b.id,
              "Load",
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 9) {
          let b: any;
          const a: any = left;
          if (
            this.expect(9) && (b = this.slices()) !== null && this.expect(10) &&
            this.look(this.mark, this.t_lookahead()) === true
          ) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Subscript(
              a,
              b,
              "Load",
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 7 || t === 9 || t === 25) {
          let b: any;
          const a: any = left;
          if (
            (b = this.genexp()) !== null &&
            this.look(this.mark, this.t_lookahead()) === true
          ) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Call(
              a,
              [b],
              [],
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        if (t === 7) {
          let b: any;
          const a: any = left;
          if (
            this.expect(7) &&
            (b = this.optional(this.mark, this.arguments()), true) &&
            this.expect(8) && this.look(this.mark, this.t_lookahead()) === true
          ) {
            const e_ = this.last(), k_ = this.toks;
            left = new A.Call(
              a,
              b === null ? [] : b.args,
              b === null ? [] : b.keywords,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            continue;
          }
          this.mark = n;
        }
        result = left;
        break body;
      }
    }
    return this.remember(m, 198, result);
  }

  t_lookahead(): boolean | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let v: any;
      if ((v = this.expectToken(7)) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 9) {
      let v: any;
      if ((v = this.expectToken(9)) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 23) {
      let v: any;
      if ((v = this.expectToken(23)) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  override del_target(): A.Expr | null {
    const known = this.recall(201);
    if (known !== undefined) return known as A.Expr | null;
    const m = this.mark;
    let result: A.Expr | null = null;
    body: {
      const t = this.peek();
      if ((S0[t] & 2048) !== 0) {
        let a: any, b: any;
        if (
          (a = this.t_primary()) !== null && this.expect(23) &&
          (b = this.nameToken()) !== null &&
          this.look(this.mark, this.t_lookahead()) === false
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.Attribute(
            a,
            b.id,
            "Del",
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 2048) !== 0) {
        let a: any, b: any;
        if (
          (a = this.t_primary()) !== null && this.expect(9) &&
          (b = this.slices()) !== null && this.expect(10) &&
          this.look(this.mark, this.t_lookahead()) === false
        ) {
          const e_ = this.last(), k_ = this.toks;
          result = new A.Subscript(
            a,
            b,
            "Del",
            k_[m * 8 + 3],
            k_[m * 8 + 4],
            k_[e_ + 5],
            k_[e_ + 6],
          );
          break body;
        }
        this.mark = m;
      }
      if (t === 1 || t === 7 || t === 9) {
        let v: any;
        if ((v = this.del_t_atom()) !== null) {
          result = v;
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 201, result);
  }

  del_t_atom(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if ((a = this.nameToken()) !== null) {
        return setContext(a, "Del");
      }
      this.mark = m;
    }
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) && (a = this.del_target()) !== null && this.expect(8)
      ) {
        return setContext(a, "Del");
      }
      this.mark = m;
    }
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) &&
        (a = this.optional(this.mark, this.del_targets()), true) &&
        this.expect(8)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.Tuple(
          a ?? [],
          "Del",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    if (t === 9) {
      let a: any;
      if (
        this.expect(9) &&
        (a = this.optional(this.mark, this.del_targets()), true) &&
        this.expect(10)
      ) {
        const e_ = this.last(), k_ = this.toks;
        return new A.List(
          a ?? [],
          "Del",
          k_[m * 8 + 3],
          k_[m * 8 + 4],
          k_[e_ + 5],
          k_[e_ + 6],
        );
      }
      this.mark = m;
    }
    return null;
  }

  override func_type_comment(): Tok | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 4) {
      let t: any;
      if (
        this.expect(4) && (t = this.expectToken(57)) !== null &&
        this.look(this.mark, this._tmp_61()) === true
      ) {
        return t;
      }
      this.mark = m;
    }
    if (this.invalid && t === 57) {
      let v: any;
      if ((v = this.invalid_double_type_comments()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 57) {
      let t: any;
      if ((t = this.expectToken(57)) !== null) {
        return t;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_arguments(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 8192) !== 0) {
      let a: any;
      if (
        this._tmp_88() !== null && (a = this.expectToken(12)) !== null &&
        this._gather_93() !== null
      ) {
        return this.raiseFrom(
          a,
          "iterable argument unpacking follows keyword argument unpacking",
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any, b: any;
      if (
        (a = this.expression()) !== null &&
        (b = this.for_if_clauses()) !== null && this.expect(12) &&
        (this.optional(this.mark, this._tmp_95()), true)
      ) {
        return this.raiseRange(
          a,
          lastComprehensionItem(b),
          "Generator expression must be parenthesized",
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.nameToken()) !== null &&
        (b = this.expectToken(22)) !== null && this.expression() !== null &&
        this.for_if_clauses() !== null
      ) {
        return this.raiseRange(
          a,
          b,
          "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 8192) !== 0) {
      let a: any, b: any;
      if (
        (this.optional(this.mark, this._tmp_96()), true) &&
        (a = this.nameToken()) !== null &&
        (b = this.expectToken(22)) !== null && this.isOneOf(12, 8) === true
      ) {
        return this.raiseRange(a, b, "expected argument value expression");
      }
      this.mark = m;
    }
    if ((S0[t] & 8192) !== 0) {
      let a: any, b: any;
      if ((a = this.args()) !== null && (b = this.for_if_clauses()) !== null) {
        return this.nonparenGenexp(a, b);
      }
      this.mark = m;
    }
    if ((S0[t] & 8192) !== 0) {
      let a: any, b: any;
      if (
        this.args() !== null && this.expect(12) &&
        (a = this.expression()) !== null && (b = this.for_if_clauses()) !== null
      ) {
        return this.raiseRange(
          a,
          lastComprehensionItem(b),
          "Generator expression must be parenthesized",
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 8192) !== 0) {
      let a: any;
      if (
        (a = this.args()) !== null && this.expect(12) && this.args() !== null
      ) {
        return this.raise(
          a.keywords.some((k: A.keyword) => k.arg === null)
            ? "positional argument follows keyword argument unpacking"
            : "positional argument follows keyword argument",
        );
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_92(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.assignment_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.expression()) !== null && this.peek() !== 53) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_91(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let v: any;
      if ((v = this.starred_expression()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this._tmp_92()) !== null && this.peek() !== 22) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_90(): any[] | null {
    let v: any = this._tmp_91();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this._tmp_91()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_89(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 32) !== 0) {
      let v: any;
      if (
        (v = this._gather_90()) !== null && this.expect(12) &&
        this.kwargs() !== null
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_88(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 32) !== 0) {
      let v: any;
      if ((v = this._tmp_89()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 8192) !== 0) {
      let v: any;
      if ((v = this.kwargs()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_94(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let v: any;
      if ((v = this.starred_expression()) !== null && this.peek() !== 22) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_93(): any[] | null {
    let v: any = this._tmp_94();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this._tmp_94()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_95(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 8192) !== 0) {
      let v: any;
      if ((v = this.args()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if ((v = this.expression()) !== null && this.for_if_clauses() !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_96(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 8192) !== 0) {
      let v: any;
      if ((v = this.args()) !== null && this.expect(12)) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_kwarg(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 70 || t === 71 || t === 72) {
      let a: any, b: any;
      if (
        (a = this.expectOneOf(72, 70, 71)) !== null &&
        (b = this.expectToken(22)) !== null
      ) {
        return this.raiseRange(a, b, "cannot assign to " + this.text(a));
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.nameToken()) !== null &&
        (b = this.expectToken(22)) !== null && this.expression() !== null &&
        this.for_if_clauses() !== null
      ) {
        return this.raiseRange(
          a,
          b,
          "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any, b: any;
      if (
        this.look(this.mark, this._tmp_97()) === false &&
        (a = this.expression()) !== null && (b = this.expectToken(22)) !== null
      ) {
        return this.raiseRange(
          a,
          b,
          'expression cannot contain assignment, perhaps you meant "=="?',
        );
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any, b: any;
      if (
        (a = this.expectToken(35)) !== null && this.expression() !== null &&
        this.expect(22) && (b = this.expression()) !== null
      ) {
        return this.raiseRange(
          a,
          b,
          "cannot assign to keyword argument unpacking",
        );
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_97(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.nameToken()) !== null && this.expect(22)) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  expression_without_invalid(): A.Expr | null {
    const invalid = this.invalid;
    this.invalid = false;
    let result: A.Expr | null = null;
    try {
      const m = this.mark;
      body: {
        const t = this.peek();
        if ((S0[t] & 32768) !== 0) {
          let a: any, b: any, c: any;
          if (
            (a = this.disjunction()) !== null && this.expect(90) &&
            (b = this.disjunction()) !== null && this.expect(84) &&
            (c = this.expression()) !== null
          ) {
            const e_ = this.last(), k_ = this.toks;
            result = new A.IfExp(
              b,
              a,
              c,
              k_[m * 8 + 3],
              k_[m * 8 + 4],
              k_[e_ + 5],
              k_[e_ + 6],
            );
            break body;
          }
          this.mark = m;
        }
        if ((S0[t] & 32768) !== 0) {
          let v: any;
          if ((v = this.disjunction()) !== null) {
            result = v;
            break body;
          }
          this.mark = m;
        }
        if (t === 94) {
          let v: any;
          if ((v = this.lambdef()) !== null) {
            result = v;
            break body;
          }
          this.mark = m;
        }
      }
    } finally {
      this.invalid = invalid;
    }
    return result;
  }

  invalid_legacy_expression(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any, b: any;
      if (
        (a = this.nameToken()) !== null && this.peek() !== 7 &&
        (b = this.star_expressions()) !== null
      ) {
        return isLegacy(a)
          ? this.raiseRange(
            a,
            b,
            `Missing parentheses in call to '${a.id}'. Did you mean ${a.id}(...)?`,
          )
          : null;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_type_param(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let a: any, colon: any, e: any;
      if (
        this.expect(16) && (a = this.nameToken()) !== null &&
        (colon = this.expectToken(11)) !== null &&
        (e = this.expression()) !== null
      ) {
        return this.raiseFrom(
          colon,
          e.kind === "Tuple"
            ? "cannot use constraints with TypeVarTuple"
            : "cannot use bound with TypeVarTuple",
        );
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any, colon: any, e: any;
      if (
        this.expect(35) && (a = this.nameToken()) !== null &&
        (colon = this.expectToken(11)) !== null &&
        (e = this.expression()) !== null
      ) {
        return this.raiseFrom(
          colon,
          e.kind === "Tuple"
            ? "cannot use constraints with ParamSpec"
            : "cannot use bound with ParamSpec",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_expression(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 3) {
      let a: any;
      if (this.expect(3) && (a = this._loop_98()) !== null && this.expect(3)) {
        return this.raiseRange(
          a[0],
          a[a.length - 1],
          "invalid syntax. Is this intended to be part of the string?",
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 32768) !== 0) {
      let a: any, b: any;
      if (
        this.look(this.mark, this._tmp_100()) === false &&
        (a = this.disjunction()) !== null &&
        (b = this.expression_without_invalid()) !== null
      ) {
        return isLegacy(a) || this.levelBefore() === 0
          ? null
          : this.raiseRange(
            a,
            b,
            "invalid syntax. Perhaps you forgot a comma?",
          );
      }
      this.mark = m;
    }
    if ((S0[t] & 32768) !== 0) {
      let a: any, b: any;
      if (
        (a = this.disjunction()) !== null && this.expect(90) &&
        (b = this.disjunction()) !== null && this.isOneOf(84, 11) === false
      ) {
        return this.raiseRange(a, b, "expected 'else' after 'if' expression");
      }
      this.mark = m;
    }
    if ((S0[t] & 32768) !== 0) {
      let a: any, b: any;
      if (
        (a = this.disjunction()) !== null && this.expect(90) &&
        (b = this.disjunction()) !== null && this.expect(84) &&
        this.look(this.mark, this.expression()) === false
      ) {
        return this.raiseNext(
          "expected expression after 'else', but statement is given",
        );
      }
      this.mark = m;
    }
    if (t === 78 || t === 80 || t === 98) {
      let a: any, b: any, c: any;
      if (
        (a = this._tmp_101()) !== null && this.expect(90) &&
        (b = this.disjunction()) !== null && this.expect(84) &&
        (c = this.simple_stmt()) !== null
      ) {
        return this.raiseAt(
          a,
          "expected expression before 'if', but statement is given",
        );
      }
      this.mark = m;
    }
    if (t === 94) {
      let a: any, b: any;
      if (
        (a = this.expectToken(94)) !== null &&
        (this.optional(this.mark, this.lambda_params()), true) &&
        (b = this.expectToken(11)) !== null && this.peek() === 60
      ) {
        return this.raiseRange(
          a,
          b,
          "f-string: lambda expressions are not allowed without parentheses",
        );
      }
      this.mark = m;
    }
    if (t === 94) {
      let a: any, b: any;
      if (
        (a = this.expectToken(94)) !== null &&
        (this.optional(this.mark, this.lambda_params()), true) &&
        (b = this.expectToken(11)) !== null && this.peek() === 63
      ) {
        return this.raiseRange(
          a,
          b,
          "t-string: lambda expressions are not allowed without parentheses",
        );
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_99(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4194304) !== 0) {
      let z: any;
      if (
        this.peek() !== 3 && (z = this.expression_without_invalid()) !== null
      ) {
        return z;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_98(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_99();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out.length === 0 ? null : out;
  }

  _tmp_100(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.nameToken()) !== null && this.expect(3)) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let v: any;
      if ((v = this.expectAnySoft()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_101(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 98) {
      let v: any;
      if ((v = this.pass_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 78) {
      let v: any;
      if ((v = this.break_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 80) {
      let v: any;
      if ((v = this.continue_stmt()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_named_expression(): never | null {
    const known = this.recall(211);
    if (known !== undefined) return known as never | null;
    const m = this.mark;
    let result: never | null = null;
    body: {
      const t = this.peek();
      if ((S0[t] & 4) !== 0) {
        let a: any;
        if (
          (a = this.expression()) !== null && this.expect(53) &&
          this.expression() !== null
        ) {
          result = this.raiseAt(
            a,
            "cannot use assignment expressions with " + exprName(a),
          );
          break body;
        }
        this.mark = m;
      }
      if (t === 1) {
        let a: any, b: any;
        if (
          (a = this.nameToken()) !== null && this.expect(22) &&
          (b = this.bitwise_or()) !== null && this.isOneOf(22, 53) === false
        ) {
          result = this.raiseRange(
            a,
            b,
            "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
          );
          break body;
        }
        this.mark = m;
      }
      if ((S0[t] & 1024) !== 0) {
        let a: any, b: any;
        if (
          this.look(this.mark, this._tmp_102()) === false &&
          (a = this.bitwise_or()) !== null &&
          (b = this.expectToken(22)) !== null && this.bitwise_or() !== null &&
          this.isOneOf(22, 53) === false
        ) {
          result = this.raiseAt(
            a,
            `cannot assign to ${
              exprName(a)
            } here. Maybe you meant '==' instead of '='?`,
          );
          break body;
        }
        this.mark = m;
      }
    }
    return this.remember(m, 211, result);
  }

  _tmp_102(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 9) {
      let v: any;
      if ((v = this.list()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7) {
      let v: any;
      if ((v = this.tuple()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7 || t === 9 || t === 25) {
      let v: any;
      if ((v = this.genexp()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 72) {
      let v: any;
      if ((v = this.expectToken(72)) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 71) {
      let v: any;
      if ((v = this.expectToken(71)) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 70) {
      let v: any;
      if ((v = this.expectToken(70)) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_assignment(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7 || t === 9) {
      let a: any;
      if (
        (a = this.invalid_ann_assign_target()) !== null && this.expect(11) &&
        this.expression() !== null
      ) {
        return this.raiseAt(
          a,
          `only single target (not ${exprName(a)}) can be annotated`,
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 32) !== 0) {
      let a: any;
      if (
        (a = this.star_named_expression()) !== null && this.expect(12) &&
        this._loop_103() !== null && this.expect(11) &&
        this.expression() !== null
      ) {
        return this.raiseAt(
          a,
          "only single target (not tuple) can be annotated",
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if (
        (a = this.expression()) !== null && this.expect(11) &&
        this.expression() !== null
      ) {
        return this.raiseAt(a, "illegal target for annotation");
      }
      this.mark = m;
    }
    if ((S0[t] & 32) !== 0) {
      let a: any;
      if (
        this._loop_104() !== null && (a = this.star_expressions()) !== null &&
        this.expect(22)
      ) {
        return this.raiseTarget("star", a);
      }
      this.mark = m;
    }
    if ((S0[t] & 8388608) !== 0) {
      let a: any;
      if (
        this._loop_104() !== null && (a = this.yield_expr()) !== null &&
        this.expect(22)
      ) {
        return this.raiseAt(a, "assignment to yield expression not possible");
      }
      this.mark = m;
    }
    if ((S0[t] & 32) !== 0) {
      let a: any;
      if (
        (a = this.star_expressions()) !== null && this.augassign() !== null &&
        this.annotated_rhs() !== null
      ) {
        return this.raiseAt(
          a,
          `'${exprName(a)}' is an illegal expression for augmented assignment`,
        );
      }
      this.mark = m;
    }
    return null;
  }

  _loop_103(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.star_named_expressions();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_105(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 16384) !== 0) {
      let v: any;
      if ((v = this.star_targets()) !== null && this.expect(22)) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_104(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_105();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  invalid_ann_assign_target(): A.Expr | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 9) {
      let v: any;
      if ((v = this.list()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7) {
      let v: any;
      if ((v = this.tuple()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) && (a = this.invalid_ann_assign_target()) !== null &&
        this.expect(8)
      ) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_del_stmt(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 82) {
      let a: any;
      if (this.expect(82) && (a = this.star_expressions()) !== null) {
        return this.raiseTarget("del", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_block(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 4) {
      if (this.expect(4) && this.peek() !== 5) {
        return this.raiseIndent("expected an indented block");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_comprehension(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7 || t === 9 || t === 25) {
      let a: any;
      if (
        this.expectOneOf(9, 7, 25) !== null &&
        (a = this.starred_expression()) !== null &&
        this.for_if_clauses() !== null
      ) {
        return this.raiseAt(
          a,
          "iterable unpacking cannot be used in comprehension",
        );
      }
      this.mark = m;
    }
    if (t === 9 || t === 25) {
      let a: any, b: any;
      if (
        this.expectOneOf(9, 25) !== null &&
        (a = this.star_named_expression()) !== null && this.expect(12) &&
        (b = this.star_named_expressions()) !== null &&
        this.for_if_clauses() !== null
      ) {
        return this.raiseRange(
          a,
          b[b.length - 1],
          "did you forget parentheses around the comprehension target?",
        );
      }
      this.mark = m;
    }
    if (t === 9 || t === 25) {
      let a: any, b: any;
      if (
        this.expectOneOf(9, 25) !== null &&
        (a = this.star_named_expression()) !== null &&
        (b = this.expectToken(12)) !== null && this.for_if_clauses() !== null
      ) {
        return this.raiseRange(
          a,
          b,
          "did you forget parentheses around the comprehension target?",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_dict_comprehension(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any;
      if (
        this.expect(25) && (a = this.expectToken(35)) !== null &&
        this.bitwise_or() !== null && this.for_if_clauses() !== null &&
        this.expect(26)
      ) {
        return this.raiseAt(
          a,
          "dict unpacking cannot be used in dict comprehension",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_parameters(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 17) {
      let a: any;
      if ((a = this.expectToken(17)) !== null && this.expect(12)) {
        return this.raiseAt(a, "at least one argument must precede /");
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if (
        this._tmp_106() !== null && this._loop_17() !== null &&
        (a = this.expectToken(17)) !== null
      ) {
        return this.raiseAt(a, "/ may appear only once");
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if (
        (this.optional(this.mark, this.slash_no_default()), true) &&
        this._loop_13() !== null && this.invalid_parameters_helper() !== null &&
        (a = this.param_no_default()) !== null
      ) {
        return this.raiseAt(
          a,
          "parameter without a default follows parameter with a default",
        );
      }
      this.mark = m;
    }
    if (t === 1 || t === 7) {
      let a: any, b: any;
      if (
        this._loop_13() !== null && (a = this.expectToken(7)) !== null &&
        this._loop_15() !== null && (this.expect(12), true) &&
        (b = this.expectToken(8)) !== null
      ) {
        return this.raiseRange(
          a,
          b,
          "Function parameters cannot be parenthesized",
        );
      }
      this.mark = m;
    }
    if (t === 1 || t === 16) {
      let a: any;
      if (
        (this.optional(this.mark, this._tmp_106()), true) &&
        this._loop_17() !== null && this.expect(16) &&
        this._tmp_107() !== null && this._loop_17() !== null &&
        (a = this.expectToken(17)) !== null
      ) {
        return this.raiseAt(a, "/ must be ahead of *");
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if (
        this._loop_18() !== null && this.expect(17) &&
        (a = this.expectToken(16)) !== null
      ) {
        return this.raiseAt(a, "expected comma between / and *");
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_106(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.slash_no_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let v: any;
      if ((v = this.slash_with_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_107(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 12) {
      let v: any;
      if ((v = this.expectToken(12)) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let v: any;
      if ((v = this.param_no_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_default(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 22) {
      let a: any;
      if ((a = this.expectToken(22)) !== null && this.isOneOf(8, 12) === true) {
        return this.raiseAt(a, "expected default value expression");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_star_etc(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let a: any;
      if ((a = this.expectToken(16)) !== null && this._tmp_108() !== null) {
        return this.raiseAt(a, "named arguments must follow bare *");
      }
      this.mark = m;
    }
    if (t === 16) {
      if (this.expect(16) && this.expect(12) && this.expect(57)) {
        return this.raise("bare * has associated type comment");
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any;
      if (
        this.expect(16) && this.param() !== null &&
        (a = this.expectToken(22)) !== null
      ) {
        return this.raiseAt(
          a,
          "var-positional argument cannot have default value",
        );
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any;
      if (
        this.expect(16) && this._tmp_109() !== null &&
        this._loop_17() !== null && (a = this.expectToken(16)) !== null &&
        this._tmp_109() !== null
      ) {
        return this.raiseAt(a, "* argument may appear only once");
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_108(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 8) {
      let v: any;
      if ((v = this.expectToken(8)) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 12) {
      let v: any;
      if (
        (v = this.expectToken(12)) !== null && this.expectOneOf(8, 35) !== null
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_109(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.param_no_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 12) {
      let v: any;
      if ((v = this.expectToken(12)) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_kwds(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 35) {
      let a: any;
      if (
        this.expect(35) && this.param() !== null &&
        (a = this.expectToken(22)) !== null
      ) {
        return this.raiseAt(
          a,
          "var-keyword argument cannot have default value",
        );
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if (
        this.expect(35) && this.param() !== null && this.expect(12) &&
        (a = this.param()) !== null
      ) {
        return this.raiseAt(a, "arguments cannot follow var-keyword argument");
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if (
        this.expect(35) && this.param() !== null && this.expect(12) &&
        (a = this.expectOneOf(16, 35, 17)) !== null
      ) {
        return this.raiseAt(a, "arguments cannot follow var-keyword argument");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_parameters_helper(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.slash_with_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let v: any;
      if ((v = this._loop_16()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_lambda_parameters(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 17) {
      let a: any;
      if ((a = this.expectToken(17)) !== null && this.expect(12)) {
        return this.raiseAt(a, "at least one argument must precede /");
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if (
        this._tmp_110() !== null && this._loop_35() !== null &&
        (a = this.expectToken(17)) !== null
      ) {
        return this.raiseAt(a, "/ may appear only once");
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if (
        (this.optional(this.mark, this.lambda_slash_no_default()), true) &&
        this._loop_31() !== null &&
        this.invalid_lambda_parameters_helper() !== null &&
        (a = this.lambda_param_no_default()) !== null
      ) {
        return this.raiseAt(
          a,
          "parameter without a default follows parameter with a default",
        );
      }
      this.mark = m;
    }
    if (t === 1 || t === 7) {
      let a: any, b: any;
      if (
        this._loop_31() !== null && (a = this.expectToken(7)) !== null &&
        this._gather_111() !== null && (this.expect(12), true) &&
        (b = this.expectToken(8)) !== null
      ) {
        return this.raiseRange(
          a,
          b,
          "Lambda expression parameters cannot be parenthesized",
        );
      }
      this.mark = m;
    }
    if (t === 1 || t === 16) {
      let a: any;
      if (
        (this.optional(this.mark, this._tmp_110()), true) &&
        this._loop_35() !== null && this.expect(16) &&
        this._tmp_112() !== null && this._loop_35() !== null &&
        (a = this.expectToken(17)) !== null
      ) {
        return this.raiseAt(a, "/ must be ahead of *");
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if (
        this._loop_36() !== null && this.expect(17) &&
        (a = this.expectToken(16)) !== null
      ) {
        return this.raiseAt(a, "expected comma between / and *");
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_110(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.lambda_slash_no_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let v: any;
      if ((v = this.lambda_slash_with_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_111(): any[] | null {
    let v: any = this.lambda_param();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.lambda_param()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_112(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 12) {
      let v: any;
      if ((v = this.expectToken(12)) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let v: any;
      if ((v = this.lambda_param_no_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_lambda_parameters_helper(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.lambda_slash_with_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 1) {
      let v: any;
      if ((v = this._loop_34()) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_lambda_star_etc(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      if (this.expect(16) && this._tmp_113() !== null) {
        return this.raise("named arguments must follow bare *");
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any;
      if (
        this.expect(16) && this.lambda_param() !== null &&
        (a = this.expectToken(22)) !== null
      ) {
        return this.raiseAt(
          a,
          "var-positional argument cannot have default value",
        );
      }
      this.mark = m;
    }
    if (t === 16) {
      let a: any;
      if (
        this.expect(16) && this._tmp_114() !== null &&
        this._loop_35() !== null && (a = this.expectToken(16)) !== null &&
        this._tmp_114() !== null
      ) {
        return this.raiseAt(a, "* argument may appear only once");
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_113(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 11) {
      let v: any;
      if ((v = this.expectToken(11)) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 12) {
      let v: any;
      if (
        (v = this.expectToken(12)) !== null && this.expectOneOf(11, 35) !== null
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_114(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if ((v = this.lambda_param_no_default()) !== null) {
        return v;
      }
      this.mark = m;
    }
    if (t === 12) {
      let v: any;
      if ((v = this.expectToken(12)) !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_lambda_kwds(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 35) {
      let a: any;
      if (
        this.expect(35) && this.lambda_param() !== null &&
        (a = this.expectToken(22)) !== null
      ) {
        return this.raiseAt(
          a,
          "var-keyword argument cannot have default value",
        );
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if (
        this.expect(35) && this.lambda_param() !== null && this.expect(12) &&
        (a = this.lambda_param()) !== null
      ) {
        return this.raiseAt(a, "arguments cannot follow var-keyword argument");
      }
      this.mark = m;
    }
    if (t === 35) {
      let a: any;
      if (
        this.expect(35) && this.lambda_param() !== null && this.expect(12) &&
        (a = this.expectOneOf(16, 35, 17)) !== null
      ) {
        return this.raiseAt(a, "arguments cannot follow var-keyword argument");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_double_type_comments(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 57) {
      if (
        this.expect(57) && this.expect(4) && this.expect(57) &&
        this.expect(4) && this.expect(5)
      ) {
        return this.raise("Cannot have two type comments on def");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_with_item(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if (
        this.expression() !== null && this.expect(74) &&
        (a = this.expression()) !== null && this.isOneOf(12, 8, 11) === true
      ) {
        return this.raiseTarget("star", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_for_if_clause(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 76 || t === 87) {
      if (
        (this.expect(76), true) && this.expect(87) &&
        this._tmp_115() !== null && this.peek() !== 92
      ) {
        return this.raise("'in' expected after for-loop variables");
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_117(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 12) {
      let v: any;
      if ((v = this.expectToken(12)) !== null && this.bitwise_or() !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _loop_116(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this._tmp_117();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_115(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 1024) !== 0) {
      let v: any;
      if (
        (v = this.bitwise_or()) !== null && this._loop_116() !== null &&
        (this.expect(12), true)
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_for_target(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 76 || t === 87) {
      let a: any;
      if (
        (this.expect(76), true) && this.expect(87) &&
        (a = this.star_expressions()) !== null
      ) {
        return this.raiseTarget("for", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_group(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) && (a = this.starred_expression()) !== null &&
        this.expect(8)
      ) {
        return this.raiseAt(a, "cannot use starred expression here");
      }
      this.mark = m;
    }
    if (t === 7) {
      let a: any;
      if (
        this.expect(7) && (a = this.expectToken(35)) !== null &&
        this.expression() !== null && this.expect(8)
      ) {
        return this.raiseAt(a, "cannot use double starred expression here");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_import(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 91) {
      let a: any;
      if (
        (a = this.expectToken(91)) !== null && this._gather_118() !== null &&
        this.expect(88) && this.dotted_name() !== null
      ) {
        return this.raiseFrom(
          a,
          "Did you mean to use 'from ... import ...' instead?",
        );
      }
      this.mark = m;
    }
    if (t === 91) {
      let token: any;
      if (this.expect(91) && (token = this.expectToken(4)) !== null) {
        return this.raiseFrom(
          token,
          "Expected one or more names after 'import'",
        );
      }
      this.mark = m;
    }
    return null;
  }

  _gather_118(): any[] | null {
    let v: any = this.dotted_name();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this.dotted_name()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  invalid_dotted_as_name(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if (
        this.dotted_name() !== null && this.expect(74) &&
        this.look(this.mark, this._tmp_119()) === false &&
        (a = this.expression()) !== null
      ) {
        return this.raiseAt(a, `cannot use ${exprName(a)} as import target`);
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_119(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let v: any;
      if (
        (v = this.nameToken()) !== null &&
        this.expectOneOf(12, 8, 13, 4) !== null
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_import_from_as_name(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if (
        this.expect(1) && this.expect(74) &&
        this.look(this.mark, this._tmp_119()) === false &&
        (a = this.expression()) !== null
      ) {
        return this.raiseAt(a, `cannot use ${exprName(a)} as import target`);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_import_from_targets(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      if (
        this.import_from_as_names() !== null && this.expect(12) &&
        this.expect(4)
      ) {
        return this.raise(
          "trailing comma not allowed without surrounding parentheses",
        );
      }
      this.mark = m;
    }
    if (t === 4) {
      let token: any;
      if ((token = this.expectToken(4)) !== null) {
        return this.raiseFrom(
          token,
          "Expected one or more names after 'import'",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_with_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 76 || t === 103) {
      if (
        (this.expect(76), true) && this.expect(103) &&
        this._gather_120() !== null && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 76 || t === 103) {
      if (
        (this.expect(76), true) && this.expect(103) && this.expect(7) &&
        this._gather_123() !== null && (this.expect(12), true) &&
        this.expect(8) && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_122(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 74) {
      let v: any;
      if ((v = this.expectToken(74)) !== null && this.star_target() !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_121(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if (
        (v = this.expression()) !== null &&
        (this.optional(this.mark, this._tmp_122()), true)
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_120(): any[] | null {
    let v: any = this._tmp_121();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this._tmp_121()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_124(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if (
        (v = this.expressions()) !== null &&
        (this.optional(this.mark, this._tmp_122()), true)
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _gather_123(): any[] | null {
    let v: any = this._tmp_124();
    if (v === null) return null;
    const out = [v];
    for (;;) {
      const m = this.mark;
      if (!(this.expect(12)) || (v = this._tmp_124()) === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  invalid_with_stmt_indent(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 76 || t === 103) {
      let a: any;
      if (
        (this.expect(76), true) && (a = this.expectToken(103)) !== null &&
        this._gather_120() !== null && this.expect(11) && this.expect(4) &&
        this.peek() !== 5
      ) {
        return this.raiseBlock("'with' statement", a);
      }
      this.mark = m;
    }
    if (t === 76 || t === 103) {
      let a: any;
      if (
        (this.expect(76), true) && (a = this.expectToken(103)) !== null &&
        this.expect(7) && this._gather_123() !== null &&
        (this.expect(12), true) && this.expect(8) && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("'with' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_try_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 101) {
      let a: any;
      if (
        (a = this.expectToken(101)) !== null && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("'try' statement", a);
      }
      this.mark = m;
    }
    if (t === 101) {
      if (
        this.expect(101) && this.expect(11) && this.block() !== null &&
        this.isOneOf(85, 86) === false
      ) {
        return this.raise("expected 'except' or 'finally' block");
      }
      this.mark = m;
    }
    if (t === 101) {
      let a: any, b: any;
      if (
        this.expect(101) && this.expect(11) && this._loop_125() !== null &&
        this._loop_69() !== null && (a = this.expectToken(85)) !== null &&
        (b = this.expectToken(16)) !== null && this.expression() !== null &&
        (this.optional(this.mark, this._tmp_126()), true) && this.expect(11)
      ) {
        return this.raiseRange(
          a,
          b,
          "cannot have both 'except' and 'except*' on the same 'try'",
        );
      }
      this.mark = m;
    }
    if (t === 101) {
      let a: any;
      if (
        this.expect(101) && this.expect(11) && this._loop_125() !== null &&
        this._loop_70() !== null && (a = this.expectToken(85)) !== null &&
        (this.optional(this.mark, this._tmp_127()), true) && this.expect(11)
      ) {
        return this.raiseAt(
          a,
          "cannot have both 'except' and 'except*' on the same 'try'",
        );
      }
      this.mark = m;
    }
    return null;
  }

  _loop_125(): any[] | null {
    const out: any[] = [];
    for (;;) {
      const m = this.mark;
      const v: any = this.block();
      if (v === null) {
        this.mark = m;
        break;
      }
      out.push(v);
    }
    return out;
  }

  _tmp_126(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 74) {
      let v: any;
      if ((v = this.expectToken(74)) !== null && this.expect(1)) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_127(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let v: any;
      if (
        (v = this.expression()) !== null &&
        (this.optional(this.mark, this._tmp_126()), true)
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_except_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 85) {
      let a: any;
      if (
        this.expect(85) && (a = this.expression()) !== null &&
        this.expect(12) && this.expressions() !== null && this.expect(74) &&
        this.expect(1) && this.expect(11)
      ) {
        return this.raiseFrom(
          a,
          "multiple exception types must be parenthesized when using 'as'",
        );
      }
      this.mark = m;
    }
    if (t === 85) {
      let a: any;
      if (
        (a = this.expectToken(85)) !== null && this.expression() !== null &&
        (this.optional(this.mark, this._tmp_126()), true) && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 85) {
      let a: any;
      if ((a = this.expectToken(85)) !== null && this.expect(4)) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 85) {
      let a: any;
      if (
        this.expect(85) && this.expression() !== null && this.expect(74) &&
        (a = this.expression()) !== null && this.expect(11) &&
        this.block() !== null
      ) {
        return this.raiseAt(
          a,
          "cannot use except statement with " + exprName(a),
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_except_star_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 85) {
      let a: any;
      if (
        this.expect(85) && this.expect(16) &&
        (a = this.expression()) !== null && this.expect(12) &&
        this.expressions() !== null && this.expect(74) && this.expect(1) &&
        this.expect(11)
      ) {
        return this.raiseFrom(
          a,
          "multiple exception types must be parenthesized when using 'as'",
        );
      }
      this.mark = m;
    }
    if (t === 85) {
      let a: any;
      if (
        (a = this.expectToken(85)) !== null && this.expect(16) &&
        this.expression() !== null &&
        (this.optional(this.mark, this._tmp_126()), true) && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 85) {
      let a: any;
      if (
        (a = this.expectToken(85)) !== null && this.expect(16) &&
        this.expectOneOf(4, 11) !== null
      ) {
        return this.raise("expected one or more exception types");
      }
      this.mark = m;
    }
    if (t === 85) {
      let a: any;
      if (
        this.expect(85) && this.expect(16) && this.expression() !== null &&
        this.expect(74) && (a = this.expression()) !== null &&
        this.expect(11) && this.block() !== null
      ) {
        return this.raiseAt(
          a,
          "cannot use except* statement with " + exprName(a),
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_finally_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 86) {
      let a: any;
      if (
        (a = this.expectToken(86)) !== null && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("'finally' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_except_stmt_indent(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 85) {
      let a: any;
      if (
        (a = this.expectToken(85)) !== null && this.expression() !== null &&
        (this.optional(this.mark, this._tmp_126()), true) && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("'except' statement", a);
      }
      this.mark = m;
    }
    if (t === 85) {
      let a: any;
      if (
        (a = this.expectToken(85)) !== null && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("'except' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_except_star_stmt_indent(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 85) {
      let a: any;
      if (
        (a = this.expectToken(85)) !== null && this.expect(16) &&
        this.expression() !== null &&
        (this.optional(this.mark, this._tmp_126()), true) && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("'except*' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_match_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      if (
        this.expectSoft("match") !== null && this.subject_expr() !== null &&
        this.expect(4)
      ) {
        return this.since(
          10,
          "Pattern matching is",
          this.raise("expected ':'"),
        );
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any, subject: any;
      if (
        (a = this.expectSoft("match")) !== null &&
        (subject = this.subject_expr()) !== null && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("'match' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_case_block(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      if (
        this.expectSoft("case") !== null && this.patterns() !== null &&
        (this.optional(this.mark, this.guard()), true) && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 1) {
      let a: any;
      if (
        (a = this.expectSoft("case")) !== null && this.patterns() !== null &&
        (this.optional(this.mark, this.guard()), true) && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("'case' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_as_pattern(): never | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 128) !== 0) {
      let a: any;
      if (
        this.or_pattern() !== null && this.expect(74) &&
        (a = this.expectSoft("_")) !== null
      ) {
        return this.raiseAt(a, "cannot use '_' as a target");
      }
      this.mark = m;
    }
    if ((S0[t] & 128) !== 0) {
      let a: any;
      if (
        this.or_pattern() !== null && this.expect(74) &&
        (a = this.expression()) !== null
      ) {
        return this.raiseAt(a, `cannot use ${exprName(a)} as pattern target`);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_class_pattern(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 1) {
      let a: any;
      if (
        this.name_or_attr() !== null && this.expect(7) &&
        (a = this.invalid_class_argument_pattern()) !== null
      ) {
        return this.raiseRange(
          a[0],
          a[a.length - 1],
          "positional patterns follow keyword patterns",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_class_argument_pattern(): A.Pattern[] | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 128) !== 0) {
      let a: any;
      if (
        (this.optional(this.mark, this._tmp_128()), true) &&
        this.keyword_patterns() !== null && this.expect(12) &&
        (a = this.positional_patterns()) !== null
      ) {
        return a;
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_128(): any {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 128) !== 0) {
      let v: any;
      if ((v = this.positional_patterns()) !== null && this.expect(12)) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_if_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 90) {
      if (
        this.expect(90) && this.named_expression() !== null && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 90) {
      let a: any;
      if (
        (a = this.expectToken(90)) !== null &&
        this.named_expression() !== null && this.expect(11) && this.expect(4) &&
        this.peek() !== 5
      ) {
        return this.raiseBlock("'if' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_elif_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 83) {
      if (
        this.expect(83) && this.named_expression() !== null && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 83) {
      let a: any;
      if (
        (a = this.expectToken(83)) !== null &&
        this.named_expression() !== null && this.expect(11) && this.expect(4) &&
        this.peek() !== 5
      ) {
        return this.raiseBlock("'elif' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_else_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 84) {
      let a: any;
      if (
        (a = this.expectToken(84)) !== null && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("'else' statement", a);
      }
      this.mark = m;
    }
    if (t === 84) {
      if (
        this.expect(84) && this.expect(11) && this.block() !== null &&
        this.expect(83)
      ) {
        return this.raise("'elif' block follows an 'else' block");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_while_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 102) {
      if (
        this.expect(102) && this.named_expression() !== null && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 102) {
      let a: any;
      if (
        (a = this.expectToken(102)) !== null &&
        this.named_expression() !== null && this.expect(11) && this.expect(4) &&
        this.peek() !== 5
      ) {
        return this.raiseBlock("'while' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_for_stmt(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 76 || t === 87) {
      if (
        (this.expect(76), true) && this.expect(87) &&
        this.star_targets() !== null && this.expect(92) &&
        this.star_expressions() !== null && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 76 || t === 87) {
      let a: any;
      if (
        (this.expect(76), true) && (a = this.expectToken(87)) !== null &&
        this.star_targets() !== null && this.expect(92) &&
        this.star_expressions() !== null && this.expect(11) && this.expect(4) &&
        this.peek() !== 5
      ) {
        return this.raiseBlock("'for' statement", a);
      }
      this.mark = m;
    }
    return null;
  }

  invalid_def_raw(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 76 || t === 81) {
      let a: any;
      if (
        (this.expect(76), true) && (a = this.expectToken(81)) !== null &&
        this.expect(1) &&
        (this.optional(this.mark, this.type_params()), true) &&
        this.expect(7) && (this.optional(this.mark, this.params()), true) &&
        this.expect(8) && (this.optional(this.mark, this._tmp_129()), true) &&
        this.expect(11) && this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("function definition", a);
      }
      this.mark = m;
    }
    if (t === 76 || t === 81) {
      if (
        (this.expect(76), true) && this.expect(81) && this.expect(1) &&
        (this.optional(this.mark, this.type_params()), true) &&
        this.expectForced(7, "(") !== null &&
        (this.optional(this.mark, this.params()), true) && this.expect(8) &&
        (this.optional(this.mark, this._tmp_129()), true) &&
        this.expectForced(11, ":") !== null &&
        (this.optional(this.mark, this.func_type_comment()), true) &&
        this.block() !== null
      ) {
        return placeholderDef();
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_129(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 51) {
      let v: any;
      if ((v = this.expectToken(51)) !== null && this.expression() !== null) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_class_def_raw(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 79) {
      if (
        this.expect(79) && this.expect(1) &&
        (this.optional(this.mark, this.type_params()), true) &&
        (this.optional(this.mark, this._tmp_130()), true) && this.expect(4)
      ) {
        return this.raise("expected ':'");
      }
      this.mark = m;
    }
    if (t === 79) {
      let a: any;
      if (
        (a = this.expectToken(79)) !== null && this.expect(1) &&
        (this.optional(this.mark, this.type_params()), true) &&
        (this.optional(this.mark, this._tmp_130()), true) && this.expect(11) &&
        this.expect(4) && this.peek() !== 5
      ) {
        return this.raiseBlock("class definition", a);
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_130(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 7) {
      let v: any;
      if (
        (v = this.expectToken(7)) !== null &&
        (this.optional(this.mark, this.arguments()), true) && this.expect(8)
      ) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_double_starred_kvpairs(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4096) !== 0) {
      let v: any;
      if (
        (v = this._gather_45()) !== null && this.expect(12) &&
        this.invalid_kvpair() !== null
      ) {
        return v;
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if (
        this.expression() !== null && this.expect(11) &&
        (a = this.expectToken(16)) !== null && this.bitwise_or() !== null
      ) {
        return this.raiseFrom(
          a,
          "cannot use a starred expression in a dictionary value",
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if (
        this.expression() !== null && (a = this.expectToken(11)) !== null &&
        this.isOneOf(26, 12) === true
      ) {
        return this.raiseAt(
          a,
          "expression expected after dictionary key and ':'",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_kvpair(): never | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if ((a = this.expression()) !== null && this.peek() !== 11) {
        return this.raiseKeyWithoutColon(a);
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if (
        this.expression() !== null && this.expect(11) &&
        (a = this.expectToken(16)) !== null && this.bitwise_or() !== null
      ) {
        return this.raiseFrom(
          a,
          "cannot use a starred expression in a dictionary value",
        );
      }
      this.mark = m;
    }
    if ((S0[t] & 4) !== 0) {
      let a: any;
      if (
        this.expression() !== null && (a = this.expectToken(11)) !== null &&
        this.isOneOf(26, 12) === true
      ) {
        return this.raiseAt(
          a,
          "expression expected after dictionary key and ':'",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_starred_expression_unpacking(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      let a: any, b: any;
      if (
        (a = this.expectToken(16)) !== null && this.expression() !== null &&
        this.expect(22) && (b = this.expression()) !== null
      ) {
        return this.raiseRange(
          a,
          b,
          "cannot assign to iterable argument unpacking",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_starred_expression(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 16) {
      if (this.expect(16)) {
        return this.raise("Invalid star expression");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_fstring_replacement_field(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any;
      if (this.expect(25) && (a = this.expectToken(22)) !== null) {
        return this.raiseAt(
          a,
          "f-string: valid expression required before '='",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let a: any;
      if (this.expect(25) && (a = this.expectToken(54)) !== null) {
        return this.raiseAt(
          a,
          "f-string: valid expression required before '!'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let a: any;
      if (this.expect(25) && (a = this.expectToken(11)) !== null) {
        return this.raiseAt(
          a,
          "f-string: valid expression required before ':'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let a: any;
      if (this.expect(25) && (a = this.expectToken(26)) !== null) {
        return this.raiseAt(
          a,
          "f-string: valid expression required before '}'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.look(this.mark, this.annotated_rhs()) === false
      ) {
        return this.raiseNext(
          "f-string: expecting a valid expression after '{'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null &&
        this.isOneOf(22, 54, 11, 26) === false
      ) {
        return this.raiseNext(
          "f-string: expecting '=', or '!', or ':', or '}'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null && this.expect(22) &&
        this.isOneOf(54, 11, 26) === false
      ) {
        return this.raiseNext("f-string: expecting '!', or ':', or '}'");
      }
      this.mark = m;
    }
    if (t === 25) {
      let v: any;
      if (
        (v = this.expectToken(25)) !== null && this.annotated_rhs() !== null &&
        (this.expect(22), true) &&
        this.invalid_fstring_conversion_character() !== null
      ) {
        return v;
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null &&
        (this.expect(22), true) &&
        (this.optional(this.mark, this._tmp_131()), true) &&
        this.isOneOf(11, 26) === false
      ) {
        return this.raiseNext("f-string: expecting ':' or '}'");
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null &&
        (this.expect(22), true) &&
        (this.optional(this.mark, this._tmp_131()), true) && this.expect(11) &&
        this._loop_37() !== null && this.peek() !== 26
      ) {
        return this.raiseNext("f-string: expecting '}', or format specs");
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null &&
        (this.expect(22), true) &&
        (this.optional(this.mark, this._tmp_131()), true) && this.peek() !== 26
      ) {
        return this.raiseNext("f-string: expecting '}'");
      }
      this.mark = m;
    }
    return null;
  }

  _tmp_131(): any {
    const m = this.mark;
    const t = this.peek();
    if (t === 54) {
      let v: any;
      if ((v = this.expectToken(54)) !== null && this.expect(1)) {
        return v;
      }
      this.mark = m;
    }
    return null;
  }

  invalid_fstring_conversion_character(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 54) {
      if (this.expect(54) && this.isOneOf(11, 26) === true) {
        return this.raiseNext("f-string: missing conversion character");
      }
      this.mark = m;
    }
    if (t === 54) {
      if (this.expect(54) && this.peek() !== 1) {
        return this.raiseNext("f-string: invalid conversion character");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_tstring_replacement_field(): unknown | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 25) {
      let a: any;
      if (this.expect(25) && (a = this.expectToken(22)) !== null) {
        return this.raiseAt(
          a,
          "t-string: valid expression required before '='",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let a: any;
      if (this.expect(25) && (a = this.expectToken(54)) !== null) {
        return this.raiseAt(
          a,
          "t-string: valid expression required before '!'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let a: any;
      if (this.expect(25) && (a = this.expectToken(11)) !== null) {
        return this.raiseAt(
          a,
          "t-string: valid expression required before ':'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      let a: any;
      if (this.expect(25) && (a = this.expectToken(26)) !== null) {
        return this.raiseAt(
          a,
          "t-string: valid expression required before '}'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.look(this.mark, this.annotated_rhs()) === false
      ) {
        return this.raiseNext(
          "t-string: expecting a valid expression after '{'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null &&
        this.isOneOf(22, 54, 11, 26) === false
      ) {
        return this.raiseNext(
          "t-string: expecting '=', or '!', or ':', or '}'",
        );
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null && this.expect(22) &&
        this.isOneOf(54, 11, 26) === false
      ) {
        return this.raiseNext("t-string: expecting '!', or ':', or '}'");
      }
      this.mark = m;
    }
    if (t === 25) {
      let v: any;
      if (
        (v = this.expectToken(25)) !== null && this.annotated_rhs() !== null &&
        (this.expect(22), true) &&
        this.invalid_tstring_conversion_character() !== null
      ) {
        return v;
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null &&
        (this.expect(22), true) &&
        (this.optional(this.mark, this._tmp_131()), true) &&
        this.isOneOf(11, 26) === false
      ) {
        return this.raiseNext("t-string: expecting ':' or '}'");
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null &&
        (this.expect(22), true) &&
        (this.optional(this.mark, this._tmp_131()), true) && this.expect(11) &&
        this._loop_37() !== null && this.peek() !== 26
      ) {
        return this.raiseNext("t-string: expecting '}', or format specs");
      }
      this.mark = m;
    }
    if (t === 25) {
      if (
        this.expect(25) && this.annotated_rhs() !== null &&
        (this.expect(22), true) &&
        (this.optional(this.mark, this._tmp_131()), true) && this.peek() !== 26
      ) {
        return this.raiseNext("t-string: expecting '}'");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_tstring_conversion_character(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 54) {
      if (this.expect(54) && this.isOneOf(11, 26) === true) {
        return this.raiseNext("t-string: missing conversion character");
      }
      this.mark = m;
    }
    if (t === 54) {
      if (this.expect(54) && this.peek() !== 1) {
        return this.raiseNext("t-string: invalid conversion character");
      }
      this.mark = m;
    }
    return null;
  }

  invalid_string_tstring_concat(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 3 || t === 59) {
      let a: any, b: any;
      if ((a = this._loop_41()) !== null && (b = this.tstring()) !== null) {
        return this.raiseRange(
          a[a.length - 1],
          b,
          "cannot mix t-string literals with string or bytes literals",
        );
      }
      this.mark = m;
    }
    if (t === 62) {
      let a: any, b: any;
      if ((a = this._loop_43()) !== null && (b = this._tmp_42()) !== null) {
        return this.raiseRange(
          a[a.length - 1],
          b,
          "cannot mix t-string literals with string or bytes literals",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_arithmetic(): never | null {
    const m = this.mark;
    const t = this.peek();
    if ((S0[t] & 1024) !== 0) {
      let a: any, b: any;
      if (
        this.sum() !== null &&
        this.expectOneOf(14, 15, 16, 17, 24, 47, 49) !== null &&
        (a = this.expectToken(96)) !== null && (b = this.inversion()) !== null
      ) {
        return this.raiseRange(
          a,
          b,
          "'not' after an operator must be parenthesized",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_factor(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 14 || t === 15 || t === 31) {
      let a: any, b: any;
      if (
        this.expectOneOf(14, 15, 31) !== null &&
        (a = this.expectToken(96)) !== null && (b = this.factor()) !== null
      ) {
        return this.raiseRange(
          a,
          b,
          "'not' after an operator must be parenthesized",
        );
      }
      this.mark = m;
    }
    return null;
  }

  invalid_type_params(): never | null {
    const m = this.mark;
    const t = this.peek();
    if (t === 9) {
      let token: any;
      if (this.expect(9) && (token = this.expectToken(10)) !== null) {
        return this.raiseFrom(token, "Type parameter list cannot be empty");
      }
      this.mark = m;
    }
    return null;
  }
}
