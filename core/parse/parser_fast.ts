// CPython 3.14: Grammar/python.gram, by hand where speed asks for it
//
// What the `fast` bodies of the grammar share: rules that are one loop over tokens where
// the grammar backtracks. Everything here fails with null and never reports an error:
// the grammar proper does that.

import * as A from "./ast.ts";
import { binaryOperator, binaryPrecedence } from "./actions.ts";
import { StringActions } from "./parser_strings.ts";
import * as T from "./tokens.ts";

const K = T.KEYWORD_BASE;
const K_async = K + 6,
  K_else = K + 14,
  K_for = K + 17,
  K_if = K + 20,
  K_in = K + 22,
  K_is = K + 23;
const K_lambda = K + 24,
  K_not = K + 26,
  K_yield = K + 34,
  K_as = K + 4;

/** CPython's MAXSTACK, and how many rules it has open at an operand of an expression that is all of the source. */
const MAX_RULES = 6000, RULES_OF_EXPRESSION = 25;
/** What else opens rules: a statement in a file, a block around it, a bracket around the operand. */
const RULES_OF_FILE = 6, RULES_OF_BLOCK = 7, RULES_OF_BRACKET = 28;
/** So many are too few to count the others: of brackets and blocks there are at most 200 and 100. */
const FEW_RULES = 300;

export abstract class FastParser extends StringActions {
  abstract expression(): A.Expr | null;
  abstract disjunction(): A.Expr | null;
  abstract named_expression(): A.Expr | null;
  abstract assignment_expression(): A.Expr | null;
  abstract bitwise_or(): A.Expr | null;
  abstract factor(): A.Expr | null;
  abstract yield_expr(): A.Expr | null;
  abstract star_targets(): A.Expr | null;
  abstract star_target(): A.Expr | null;
  abstract star_expression(): A.Expr | null;
  abstract simple_stmt(): A.Stmt | null;
  abstract function_def_raw(): A.FunctionDef | A.AsyncFunctionDef | null;
  abstract class_def_raw(): A.ClassDef | null;
  abstract block(): A.Stmt[] | null;
  abstract with_item(): A.withitem | null;

  /** Rules of CPython's parser that are open because of operators that nest to the right. */
  nest = 0;

  /**
   * Goes `n` rules deeper, where the next token stands. CPython's parser gives up at a depth of 6,000
   * rules; what brackets and blocks add to it is taken at its mean.
   */
  deeper(n: number): void {
    this.nest += n;
    if (this.nest < FEW_RULES) return;
    const blocks = this.options.expression ? 0 : RULES_OF_FILE + RULES_OF_BLOCK * this.tokenizer.indent;
    const brackets = RULES_OF_BRACKET * this.toks[this.mark * 8 + 7];
    if (this.nest + blocks + brackets > MAX_RULES - RULES_OF_EXPRESSION) throw new RangeError("too many rules");
  }

  /** `a if b else c if d else ...`, from the first `if` on; `m`: where `a` starts. */
  conditional(a: A.Expr, m: number): A.Expr | null {
    const parts: [start: number, body: A.Expr, test: A.Expr][] = [];
    let last: A.Expr | null = a;
    do {
      this.mark++;
      const test = this.disjunction();
      if (test === null || !this.expect(K_else)) return null;
      parts.push([m, last, test]);
      m = this.mark;
      this.deeper(1);
      last = this.peek() === K_lambda ? this.expression() : this.disjunction();
      if (last === null) return null;
    } while (this.peek() === K_if);
    const e = this.last(), k = this.toks;
    for (let i = parts.length - 1; i >= 0; i--) {
      const [start, body, test] = parts[i];
      last = new A.IfExp(test, body, last, k[start * 8 + 3], k[start * 8 + 4], k[e + 5], k[e + 6]);
    }
    return last;
  }

  /** Whether a token can start an `expression`. */
  startsExpression(t: number): boolean {
    switch (t) {
      case T.NAME:
      case T.NUMBER:
      case T.STRING:
      case T.LPAR:
      case T.LSQB:
      case T.LBRACE:
      case T.MINUS:
      case T.PLUS:
      case T.TILDE:
      case T.ELLIPSIS:
      case T.FSTRING_START:
      case T.TSTRING_START:
      case K: // False
      case K + 1: // None
      case K + 2: // True
      case K + 7: // await
      case K + 24: // lambda
      case K_not:
        return true;
    }
    return false;
  }

  tuple_(items: A.Expr[], m: number): A.Tuple {
    const e = this.last(), k = this.toks;
    return new A.Tuple(
      items,
      "Load",
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  exprStmt(value: A.Expr, m: number): A.ExprStmt {
    const e = this.last(), k = this.toks;
    return new A.ExprStmt(
      value,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  /** A line of simple statements. */
  simpleInto(out: A.Stmt[]): boolean {
    for (;;) {
      const stmt = this.simple_stmt();
      if (stmt === null) return false;
      out.push(stmt);
      const t = this.peek();
      this.mark++;
      if (t === T.NEWLINE) return true;
      if (t !== T.SEMI) return false;
      if (this.peek() === T.NEWLINE) {
        this.mark++;
        return true;
      }
    }
  }

  decorated(): A.Stmt | null {
    const list: A.Expr[] = [];
    while (this.peek() === T.AT) {
      this.mark++;
      const e = this.named_expression();
      if (e === null || !this.expect(T.NEWLINE)) return null;
      list.push(e);
    }
    const node = this.peek() === K + 9 ? this.class_def_raw() : this.function_def_raw();
    if (node !== null) node.decorator_list = list;
    return node;
  }

  /** The items of a with statement, up to and including its colon. */
  withItems(): A.withitem[] | null {
    if (this.peek() === T.LPAR) {
      const m = this.mark++;
      const items = this.withItemList(T.RPAR);
      if (items !== null && this.expect(T.RPAR) && this.expect(T.COLON)) {
        return items;
      }
      this.mark = m;
    }
    const items = this.withItemList(T.COLON);
    return items !== null && this.expect(T.COLON) ? items : null;
  }

  private withItemList(end: number): A.withitem[] | null {
    const items: A.withitem[] = [];
    for (;;) {
      const item = this.with_item();
      if (item === null) return null;
      items.push(item);
      if (this.peek() !== T.COMMA) return items;
      this.mark++;
      if (end === T.RPAR && this.peek() === T.RPAR) return items;
    }
  }

  handler(): A.ExceptHandler | null {
    const m = this.mark++;
    const star = this.expect(T.STAR);
    let type: A.Expr | null = null, name: string | null = null;
    if (star || this.peek() !== T.COLON) {
      const start = this.mark;
      type = this.expression();
      if (type === null) return null;
      if (this.peek() === T.COMMA) {
        const items = [type];
        while (this.peek() === T.COMMA) {
          this.mark++;
          if (!this.startsExpression(this.peek())) break;
          const item = this.expression();
          if (item === null) return null;
          items.push(item);
        }
        type = this.tuple_(items, start);
      } else if (this.expect(K_as)) {
        if (this.peek() !== T.NAME) return null;
        name = this.names[this.mark++];
      }
    }
    if (!this.expect(T.COLON)) return null;
    const body = this.block();
    if (body === null) return null;
    const e = this.last(), k = this.toks;
    return new A.ExceptHandler(
      type,
      name,
      body,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  /** Parameters of a function (`close` is the parenthesis) or a lambda (the colon). */
  parameterList(close: number): A.arguments_ | null {
    const annotated = close === T.RPAR;
    if (this.peek() === close) return null;
    let posonly: A.arg[] = [], args: A.arg[] = [];
    const kwonly: A.arg[] = [],
      kwDefaults: (A.Expr | null)[] = [],
      defaults: A.Expr[] = [];
    let vararg: A.arg | null = null, kwarg: A.arg | null = null;
    let star = false, slash = false;
    for (;;) {
      const t = this.peek();
      if (t === T.NAME) {
        const param = this.parameter(annotated, false);
        if (param === null) return null;
        let value: A.Expr | null = null;
        if (this.peek() === T.EQUAL) {
          this.mark++;
          value = this.expression();
          if (value === null) return null;
        }
        if (star) {
          kwonly.push(param);
          kwDefaults.push(value);
        } else {
          if (value !== null) defaults.push(value);
          else if (defaults.length > 0) return null;
          args.push(param);
        }
      } else if (t === T.SLASH) {
        if (slash || star || args.length === 0) return null;
        this.mark++;
        slash = true;
        posonly = args;
        args = [];
      } else if (t === T.STAR) {
        if (star) return null;
        star = true;
        this.mark++;
        if (this.peek() === T.NAME) {
          vararg = this.parameter(annotated, true);
          if (vararg === null) return null;
        } else if (this.peek() !== T.COMMA || this.peekNext() !== T.NAME) {
          return null;
        }
      } else if (t === T.DOUBLESTAR) {
        this.mark++;
        kwarg = this.peek() === T.NAME ? this.parameter(annotated, false) : null;
        if (kwarg === null) return null;
        this.expect(T.COMMA);
        if (this.peek() !== close) return null;
        break;
      } else return null;
      if (this.peek() === close) break;
      if (!this.expect(T.COMMA)) return null;
      if (this.peek() === close) break;
    }
    return new A.arguments_(
      posonly,
      args,
      vararg,
      kwonly,
      kwDefaults,
      kwarg,
      defaults,
    );
  }

  private parameter(annotated: boolean, starred: boolean): A.arg | null {
    const m = this.mark++;
    let annotation: A.Expr | null = null;
    if (annotated && this.peek() === T.COLON) {
      this.mark++;
      annotation = starred ? this.star_expression() : this.expression();
      if (annotation === null) return null;
    }
    const e = this.last(), k = this.toks;
    return new A.arg(
      this.names[m],
      annotation,
      null,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  compareOperator(): A.CompareOperator | null {
    switch (this.peek()) {
      case T.EQEQUAL:
        this.mark++;
        return "Eq";
      case T.NOTEQUAL: {
        if (this.barry) return null;
        this.mark++;
        return "NotEq";
      }
      case T.LESSEQUAL:
        this.mark++;
        return "LtE";
      case T.LESS:
        this.mark++;
        return "Lt";
      case T.GREATEREQUAL:
        this.mark++;
        return "GtE";
      case T.GREATER:
        this.mark++;
        return "Gt";
      case K_in:
        this.mark++;
        return "In";
      case K_not:
        if (this.peekNext() !== K_in) return null;
        this.mark += 2;
        return "NotIn";
      case K_is:
        this.mark++;
        return this.expect(K_not) ? "IsNot" : "Is";
    }
    return null;
  }

  /** Binary operators from precedence `min` on, after the left operand at token `m`. */
  binary(left: A.Expr, m: number, min: number): A.Expr | null {
    for (;;) {
      const t = this.peek(), precedence = binaryPrecedence(t);
      if (precedence < min) return left;
      const n = ++this.mark;
      let right = this.factor();
      if (right === null) return null;
      if (binaryPrecedence(this.peek()) > precedence) {
        right = this.binary(right, n, precedence + 1);
        if (right === null) return null;
      }
      const e = this.last(), k = this.toks;
      left = new A.BinOp(
        left,
        binaryOperator(t),
        right,
        k[m * 8 + 3],
        k[m * 8 + 4],
        k[e + 5],
        k[e + 6],
      );
    }
  }

  /** The call of `func`, which began at token `m`; the mark is at its parenthesis. */
  call(func: A.Expr, m: number): A.Call | null {
    const args: A.Expr[] = [], keywords: A.keyword[] = [];
    if (!this.argumentsInto(args, keywords, true) || !this.expect(T.RPAR)) {
      return null;
    }
    const e = (this.mark - 1) << 3, k = this.toks;
    return new A.Call(
      func,
      args,
      keywords,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  /** The arguments of a class, after its parenthesis. */
  argumentList(_genexp: boolean): A.Call | null {
    if (this.peek() === T.RPAR) return null;
    const m = this.mark--;
    const args: A.Expr[] = [], keywords: A.keyword[] = [];
    if (!this.argumentsInto(args, keywords, false)) return null;
    const e = this.last(), k = this.toks;
    const func = new A.Name("", "Load", 1, 0, 1, 0);
    return new A.Call(
      func,
      args,
      keywords,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  private argumentsInto(
    args: A.Expr[],
    keywords: A.keyword[],
    genexp: boolean,
  ): boolean {
    const open = this.mark++;
    let state = 0; // 1 after a keyword, 2 after a ** argument
    for (;;) {
      const t = this.peek(), m = this.mark;
      if (t === T.RPAR) return true;
      if (t === T.NAME) {
        const next = this.peekNext();
        if (next === T.EQUAL) {
          this.mark += 2;
          const value = this.expression();
          if (value === null) return false;
          keywords.push(this.keyword_(this.names[m], value, m));
          if (state === 0) state = 1;
          if (!this.argumentEnd()) return false;
          continue;
        }
      } else if (t === T.STAR) {
        if (state === 2) return false;
        this.mark++;
        const value = this.expression();
        if (value === null) return false;
        const e = this.last(), k = this.toks;
        args.push(
          new A.Starred(
            value,
            "Load",
            k[m * 8 + 3],
            k[m * 8 + 4],
            k[e + 5],
            k[e + 6],
          ),
        );
        if (!this.argumentEnd()) return false;
        continue;
      } else if (t === T.DOUBLESTAR) {
        this.mark++;
        const value = this.expression();
        if (value === null) return false;
        keywords.push(this.keyword_(null, value, m));
        state = 2;
        if (!this.argumentEnd()) return false;
        continue;
      }
      if (state !== 0) return false;
      const value = this.named_expression();
      if (value === null) return false;
      const after = this.peek();
      if (
        (after === K_for || after === K_async) && genexp && args.length === 0
      ) {
        const clauses = this.clauses();
        if (clauses === null || this.peek() !== T.RPAR) return false;
        const e = this.mark << 3, k = this.toks, o = open << 3;
        args.push(
          new A.GeneratorExp(
            value,
            clauses,
            k[o + 3],
            k[o + 4],
            k[e + 5],
            k[e + 6],
          ),
        );
        return true;
      }
      args.push(value);
      if (!this.argumentEnd()) return false;
    }
  }

  private argumentEnd(): boolean {
    const t = this.peek();
    if (t === T.COMMA) {
      this.mark++;
      return true;
    }
    return t === T.RPAR;
  }

  private keyword_(name: string | null, value: A.Expr, m: number): A.keyword {
    const e = this.last(), k = this.toks;
    return new A.keyword(
      name,
      value,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  /** The `for` and `if` clauses of a comprehension. */
  clauses(): A.comprehension[] | null {
    const out: A.comprehension[] = [];
    for (;;) {
      const isAsync = this.peek() === K_async;
      if (isAsync) this.mark++;
      else if (this.peek() !== K_for) return out;
      if (!this.expect(K_for)) return null;
      const target = this.star_targets();
      if (target === null || !this.expect(K_in)) return null;
      const iter = this.disjunction();
      if (iter === null) return null;
      const ifs: A.Expr[] = [];
      while (this.peek() === K_if) {
        this.mark++;
        const test = this.disjunction();
        if (test === null) return null;
        ifs.push(test);
      }
      out.push(new A.comprehension(target, iter, ifs, isAsync ? 1 : 0));
    }
  }

  private starNamed(): A.Expr | null {
    if (this.peek() !== T.STAR) return this.named_expression();
    const m = this.mark++;
    const value = this.bitwise_or();
    if (value === null) return null;
    const e = this.last(), k = this.toks;
    return new A.Starred(
      value,
      "Load",
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  /** More elements, from a comma on, up to and including the closing bracket. */
  private elementsInto(items: A.Expr[], close: number): boolean {
    for (;;) {
      const t = this.peek();
      if (t === close) {
        this.mark++;
        return true;
      }
      if (t !== T.COMMA) return false;
      this.mark++;
      if (this.peek() === close) {
        this.mark++;
        return true;
      }
      const item = this.starNamed();
      if (item === null) return false;
      items.push(item);
    }
  }

  /** What a parenthesis opens: a tuple, a group or a generator expression. */
  parenthesised(): A.Expr | null {
    const m = this.mark++;
    let t = this.peek();
    if (t === T.RPAR) {
      this.mark++;
      return this.tuple_([], m);
    }
    if (t === K_yield) {
      const inner = this.yield_expr();
      return inner !== null && this.expect(T.RPAR) ? inner : null;
    }
    const starred = t === T.STAR;
    const first = this.starNamed();
    if (first === null) return null;
    t = this.peek();
    if (t === T.RPAR && !starred) {
      this.mark++;
      return first;
    }
    if (t === T.COMMA) {
      const items = [first];
      return this.elementsInto(items, T.RPAR) ? this.tuple_(items, m) : null;
    }
    if ((t === K_for || t === K_async) && !starred) {
      const clauses = this.clauses();
      if (clauses === null || !this.expect(T.RPAR)) return null;
      const e = this.last(), k = this.toks;
      return new A.GeneratorExp(
        first,
        clauses,
        k[m * 8 + 3],
        k[m * 8 + 4],
        k[e + 5],
        k[e + 6],
      );
    }
    return null;
  }

  /** A list or a list comprehension. */
  bracketed(): A.Expr | null {
    const m = this.mark++;
    const items: A.Expr[] = [];
    let t = this.peek();
    if (t === T.RSQB) this.mark++;
    else {
      const starred = t === T.STAR;
      const first = this.starNamed();
      if (first === null) return null;
      t = this.peek();
      if ((t === K_for || t === K_async) && !starred) {
        const clauses = this.clauses();
        if (clauses === null || !this.expect(T.RSQB)) return null;
        const e = this.last(), k = this.toks;
        return new A.ListComp(
          first,
          clauses,
          k[m * 8 + 3],
          k[m * 8 + 4],
          k[e + 5],
          k[e + 6],
        );
      }
      items.push(first);
      if (!this.elementsInto(items, T.RSQB)) return null;
    }
    const e = this.last(), k = this.toks;
    return new A.List(
      items,
      "Load",
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }

  /** A dict, a set or one of their comprehensions. */
  braced(): A.Expr | null {
    const m = this.mark++;
    let t = this.peek();
    if (t === T.RBRACE || t === T.DOUBLESTAR) return this.dictRest([], [], m);
    const assigned = t === T.NAME && this.peekNext() === T.COLONEQUAL;
    const starred = t === T.STAR;
    const first = this.starNamed();
    if (first === null) return null;
    t = this.peek();
    const k = this.toks;
    if (t === T.COLON) {
      if (starred || assigned) return null;
      this.mark++;
      const value = this.expression();
      if (value === null) return null;
      t = this.peek();
      if (t === K_for || t === K_async) {
        const clauses = this.clauses();
        if (clauses === null || !this.expect(T.RBRACE)) return null;
        const e = this.last(), k = this.toks;
        return new A.DictComp(
          first,
          value,
          clauses,
          k[m * 8 + 3],
          k[m * 8 + 4],
          k[e + 5],
          k[e + 6],
        );
      }
      if (t === T.COMMA) this.mark++;
      else if (t !== T.RBRACE) return null;
      return this.dictRest([first], [value], m);
    }
    if ((t === K_for || t === K_async) && !starred) {
      const clauses = this.clauses();
      if (clauses === null || !this.expect(T.RBRACE)) return null;
      const e = this.last(), k = this.toks;
      return new A.SetComp(
        first,
        clauses,
        k[m * 8 + 3],
        k[m * 8 + 4],
        k[e + 5],
        k[e + 6],
      );
    }
    const items = [first];
    if (!this.elementsInto(items, T.RBRACE)) return null;
    const e = this.last();
    return new A.Set(
      items,
      k[m * 8 + 3],
      k[m * 8 + 4],
      this.toks[e + 5],
      this.toks[e + 6],
    );
  }

  private dictRest(
    keys: (A.Expr | null)[],
    values: A.Expr[],
    m: number,
  ): A.Dict | null {
    while (this.peek() !== T.RBRACE) {
      let key: A.Expr | null = null, value: A.Expr | null;
      if (this.peek() === T.DOUBLESTAR) {
        this.mark++;
        value = this.bitwise_or();
      } else {
        key = this.expression();
        if (key === null || !this.expect(T.COLON)) return null;
        value = this.expression();
      }
      if (value === null) return null;
      keys.push(key);
      values.push(value);
      const t = this.peek();
      if (t === T.COMMA) this.mark++;
      else if (t !== T.RBRACE) return null;
    }
    this.mark++;
    const e = this.last(), k = this.toks;
    return new A.Dict(
      keys,
      values,
      k[m * 8 + 3],
      k[m * 8 + 4],
      k[e + 5],
      k[e + 6],
    );
  }
}
