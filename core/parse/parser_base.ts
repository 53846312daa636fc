// CPython 3.14: Parser/pegen.c, Parser/pegen_errors.c
//
// Tokens, marks and errors under the generated parser.
//
// Tokens are rows of eight numbers in one Int32Array: type, start and end in the source,
// line, byte column, end line, end byte column, bracket level. They are scanned when the
// parser first looks at them: `fill` is how many it has looked at, and errors are placed
// by the last of these. A second attempt starts with `fill` at zero and meets the same
// tokens (and the same tokenizer error) again.

import type { Value } from "../objects/object.ts";
import { PyComplex, PyFloat } from "../objects/object.ts";
import * as A from "./ast.ts";
import { SourceError } from "./errors.ts";
import * as T from "./tokens.ts";
import { E_EOF, E_EOFS, E_EOLS, type Tokenizer } from "./tokenizer.ts";
import { type Located, ParserErrors, type ParserOptions, type Tok } from "./parser_errors.ts";

let keywordTypes: Map<string, number> | undefined;

function makeKeywordTypes(): Map<string, number> {
  const types = new Map<string, number>();
  T.KEYWORDS.forEach((word, i) => types.set(word, T.KEYWORD_BASE + i));
  return types;
}

/** A copy of a slice that does not keep its parent alive. */
function detach(text: string): string {
  if (text.length < 13) return text;
  let out = "";
  for (let i = 0; i < text.length; i += 12) out += text.slice(i, i + 12);
  return out;
}

export class ParserBase extends ParserErrors {
  /** The identifier of each NAME token, and "" for others. */
  names: string[] = [];
  /** Whether the invalid_ rules are on. */
  invalid = false;
  readonly typeIgnores: A.TypeIgnore[] = [];
  private count = 0;
  private readonly metadata: Map<number, string> = new Map();
  private readonly interned: Map<string, string> = new Map();
  private readonly warned: Set<number>;
  private readonly keywords: Map<string, number>;
  /** The error that the last token of `toks` stands for. */
  private tokenError: unknown = undefined;
  /** Whether the tokenizer itself threw it. */
  private tokenThrew = false;
  private parsingStarted = false;
  /** Per mark: rule, mark after it and value, over and over. */
  private memo: (unknown[] | undefined)[] = [];
  private lastStmt: A.Stmt | null = null;

  constructor(tokenizer: Tokenizer, options: ParserOptions) {
    super(tokenizer, options);
    this.keywords = keywordTypes ??= makeKeywordTypes();
    this.warned = new Set();
  }

  /** Takes over what another parser has read of the same source. */
  adopt(other: ParserBase): void {
    this.toks = other.toks;
    this.names = other.names;
    this.count = other.count;
    for (const [i, text] of other.metadata) this.metadata.set(i, text);
    for (const i of other.warned) this.warned.add(i);
    for (const ignore of other.typeIgnores) this.typeIgnores.push(ignore);
    this.tokenError = other.tokenError;
    this.tokenThrew = other.tokenThrew;
    this.parsingStarted = other.parsingStarted;
  }

  // -- tokens

  /** The type of the token at the mark. */
  peek(): number {
    if (this.mark === this.fill) this.fillToken();
    return this.toks[this.mark << 3];
  }

  /** The type of the token after it. */
  peekNext(): number {
    this.mark++;
    const t = this.peek();
    this.mark--;
    return t;
  }

  private fillToken(): void {
    if (this.fill < this.count) {
      this.fill++;
      if (this.fill === this.count && this.tokenError !== undefined) {
        throw this.tokenError;
      }
      return;
    }
    const tok = this.tokenizer;
    let type: number;
    try {
      type = tok.get();
      while (type === T.TYPE_IGNORE) {
        this.typeIgnores.push(
          new A.TypeIgnore(tok.lineno, tok.src.slice(tok.tokStart, tok.pos)),
        );
        type = tok.get();
      }
    } catch (e) {
      tok.placeless(T.ERRORTOKEN);
      this.pushToken(T.ERRORTOKEN);
      this.tokenError = e;
      this.tokenThrew = true;
      throw e;
    }
    if (this.options.single && type === T.ENDMARKER && this.parsingStarted) {
      type = T.NEWLINE;
      this.parsingStarted = false;
      if (tok.indent > 0 && this.options.impliesDedent) {
        tok.pendin = -tok.indent;
        tok.indent = 0;
      }
    } else this.parsingStarted = true;
    this.pushToken(type);
    if (type === T.ERRORTOKEN) {
      this.tokenError = this.tokenizerError();
      throw this.tokenError;
    }
  }

  private pushToken(type: number): void {
    const tok = this.tokenizer, i = this.count++ << 3;
    if (i + 8 > this.toks.length) {
      const bigger = new Int32Array(this.toks.length * 2);
      bigger.set(this.toks);
      this.toks = bigger;
    }
    const k = this.toks;
    let name = "";
    if (type === T.NAME) {
      const text = tok.src.slice(tok.tokStart, tok.tokEnd);
      const keyword = text.length <= 8 ? this.keywords.get(text) : undefined;
      if (keyword !== undefined) type = keyword;
      else {name = this.interned.get(text) ??
          this.intern(text, tok.tokEndCol - tok.tokCol === text.length);}
    } else if (tok.tokMetadata !== undefined) {
      this.metadata.set(this.fill, tok.tokMetadata);
    }
    this.names.push(name);
    this.fill++;
    k[i] = type;
    k[i + 1] = tok.tokStart;
    k[i + 2] = tok.tokEnd;
    k[i + 3] = tok.tokLine;
    k[i + 4] = tok.tokCol;
    k[i + 5] = tok.tokEndLine;
    k[i + 6] = tok.tokEndCol;
    k[i + 7] = tok.level;
  }

  private intern(text: string, ascii: boolean): string {
    const key = detach(text);
    const name = ascii ? key : this.tokenizer.unicode.normalizeNFKC(key);
    this.interned.set(key, name);
    return name;
  }

  /** The offset in `toks` of the last token before the mark that is not mere layout. */
  last(): number {
    const k = this.toks;
    let i = (this.mark - 1) << 3;
    for (; i > 0; i -= 8) {
      const t = k[i];
      if (t !== T.ENDMARKER && (t < T.NEWLINE || t > T.DEDENT)) break;
    }
    return i;
  }

  expect(type: number): boolean {
    if (this.peek() !== type) return false;
    this.mark++;
    return true;
  }

  expectToken(type: number): Tok | null {
    if (this.peek() !== type) return null;
    return this.token(this.mark++);
  }

  expectOneOf(...types: number[]): Tok | null {
    return types.includes(this.peek()) ? this.token(this.mark++) : null;
  }

  token(index: number): Tok {
    const k = this.toks, i = index << 3;
    return {
      index,
      lineno: k[i + 3],
      col_offset: k[i + 4],
      end_lineno: k[i + 5],
      end_col_offset: k[i + 6],
    };
  }

  expectForced(type: number, text: string): Tok | null {
    if (this.peek() !== type) {
      this.raiseAt(this.token(this.mark), `expected '${text}'`);
    }
    return this.token(this.mark++);
  }

  isSoft(word: string): boolean {
    return this.names[this.mark] === word;
  }

  expectSoft(word: string): A.Name | null {
    return this.peek() === T.NAME && this.names[this.mark] === word ? this.nameToken() : null;
  }

  expectAnySoft(): A.Name | null {
    if (this.peek() !== T.NAME) return null;
    const name = this.names[this.mark++];
    if (!T.SOFT_KEYWORDS.includes(name)) return null;
    this.mark--;
    return this.nameToken();
  }

  nameToken(): A.Name | null {
    if (this.peek() !== T.NAME) return null;
    const k = this.toks, m = this.mark++, i = m << 3;
    return new A.Name(
      this.names[m],
      "Load",
      k[i + 3],
      k[i + 4],
      k[i + 5],
      k[i + 6],
    );
  }

  constant(value: Value, m: number): A.Constant {
    const k = this.toks, i = m << 3;
    return new A.Constant(value, null, k[i + 3], k[i + 4], k[i + 5], k[i + 6]);
  }

  /** The source text of a token. */
  text(t: Tok): string {
    return this.tokenizer.src.slice(
      this.toks[t.index * 8 + 1],
      this.toks[t.index * 8 + 2],
    );
  }

  typeOf(t: Tok): number {
    return this.toks[t.index << 3];
  }

  metadataOf(t: Tok): string | undefined {
    return this.metadata.get(t.index);
  }

  // -- memo

  /** What rule `id` gave at the mark before: a node, null, or undefined when it is new. */
  recall(id: number): unknown {
    const row = this.memo[this.mark];
    if (row === undefined) return undefined;
    for (let i = 0; i < row.length; i += 3) {
      if (row[i] === id) {
        this.mark = row[i + 1] as number;
        return row[i + 2];
      }
    }
    return undefined;
  }

  remember<N>(mark: number, id: number, node: N): N {
    while (this.memo.length <= mark) this.memo.push(undefined);
    const row = this.memo[mark];
    if (row === undefined) this.memo[mark] = [id, this.mark, node];
    else row.push(id, this.mark, node);
    return node;
  }

  /** Starts over from the first token, with or without the invalid_ rules. */
  restart(invalid: boolean): void {
    this.mark = 0;
    this.invalid = invalid;
    this.lastStmt = null;
    this.memo = [];
  }

  // -- combinators

  optional<N>(mark: number, value: N): N {
    if (value === null) this.mark = mark;
    return value;
  }

  look(mark: number, value: unknown): boolean {
    this.mark = mark;
    return value !== null;
  }

  isOneOf(...types: number[]): boolean {
    return types.includes(this.peek());
  }

  some<N>(value: N): { value: N } {
    return { value };
  }

  // -- values

  numberToken(): A.Constant | null {
    if (this.peek() !== T.NUMBER) return null;
    const k = this.toks, m = this.mark++, i = m << 3;
    let text = this.tokenizer.src.slice(k[i + 1], k[i + 2]);
    if (text.length === 1) return this.constant(text.charCodeAt(0) - 48, m);
    if (text.includes("_")) {
      if (this.options.featureVersion < 6) {
        this.raise(
          "Underscores in numeric literals are only supported in Python 3.6 and greater",
        );
      }
      text = text.replaceAll("_", "");
    }
    return this.constant(this.numberValue(text, m), m);
  }

  private numberValue(text: string, m: number): Value {
    const mark = text.charCodeAt(1) | 32;
    if (
      text.charCodeAt(0) === 48 && (mark === 120 || mark === 111 || mark === 98)
    ) {
      return text.length <= 12 ? Number(text) : integer(BigInt(text));
    }
    let digits = 0;
    while (digits < text.length && text.charCodeAt(digits) - 48 >>> 0 < 10) {
      digits++;
    }
    if (digits === text.length) {
      if (digits <= 15) return Number(text);
      const limit = this.options.maxStrDigits;
      if (limit > 0 && digits > limit) {
        const t = this.token(m);
        this.raiseRaw(
          "SyntaxError",
          t.lineno,
          0,
          t.end_lineno,
          0,
          `Exceeds the limit (${limit} digits) for integer string conversion: value has ` +
            `${digits} digits; use sys.set_int_max_str_digits() to increase the limit - Consider ` +
            "hexadecimal for huge integer literals to avoid decimal conversion limits.",
        );
      }
      return integer(BigInt(text));
    }
    if ((text.charCodeAt(text.length - 1) | 32) === 106) {
      return new PyComplex(0, Number(text.slice(0, -1)));
    }
    return new PyFloat(Number(text));
  }

  ensureReal(e: A.Expr): A.Expr {
    if (e.kind !== "Constant" || e.value instanceof PyComplex) {
      this.raiseAt(e, "real number required in complex literal");
    }
    return e;
  }

  ensureImaginary(e: A.Expr): A.Expr {
    if (e.kind !== "Constant" || !(e.value instanceof PyComplex)) {
      this.raiseAt(e, "imaginary number required in complex literal");
    }
    return e;
  }

  /** Checks a construct of Python 3.`minor` against the feature version asked for. */
  since<N>(minor: number, what: string, node: N): N {
    if (this.options.featureVersion < minor) {
      this.raise(`${what} only supported in Python 3.${minor} and greater`);
    }
    return node;
  }

  exceptTypes<N>(e: A.Expr, node: N): N {
    const bare = e.kind === "Tuple" &&
      this.tokenizer.src.charCodeAt(this.sourceIndex(e)) !== 40;
    return bare ? this.since(14, "except expressions without parentheses are", node) : node;
  }

  private sourceIndex(e: Located): number {
    const k = this.toks;
    for (let i = 0; i < this.fill * 8; i += 8) {
      if (k[i + 3] === e.lineno && k[i + 4] === e.col_offset) return k[i + 1];
    }
    return -1;
  }

  typeComment(t: Tok | null): string | null {
    return t === null ? null : this.text(t);
  }

  commented(a: A.arg, t: Tok | null): A.arg {
    if (t !== null) a.type_comment = this.text(t);
    return a;
  }

  importFrom(
    module: A.Name,
    names: A.alias[],
    dots: Tok[],
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
  ): A.ImportFrom {
    let level = 0;
    for (const t of dots) level += this.typeOf(t) === T.ELLIPSIS ? 3 : 1;
    if (
      level === 0 && module.id === "__future__" &&
      names.some((n) => n.name === "barry_as_FLUFL")
    ) {
      this.barry = true;
    }
    return new A.ImportFrom(
      module.id,
      names,
      level,
      lineno,
      col,
      endLineno,
      endCol,
    );
  }

  /** Whether `<>` replaces `!=`. */
  barry = false;

  checkNotEqual(t: Tok): Tok | null {
    if (this.barry || this.options.barry) {
      this.raise("with Barry as BDFL, use '<>' instead of '!='");
    }
    return t;
  }

  /** `<>` is two tokens side by side. */
  checkDiamond(a: Tok, b: Tok): Tok | null {
    return (this.barry || this.options.barry) && this.isDiamond(a, b) ? a : null;
  }

  protected isDiamond(a: Tok, b: Tok): boolean {
    return this.typeOf(a) === T.LESS && this.typeOf(b) === T.GREATER &&
      a.lineno === b.lineno &&
      a.end_col_offset === b.col_offset;
  }

  /** Remembers where the last statement was, for hints about mistyped keywords. */
  register(stmts: A.Stmt[]): A.Stmt[] {
    const stmt = stmts[stmts.length - 1];
    if (this.lastStmt === null || this.lastStmt.lineno <= stmt.lineno) {
      this.lastStmt = stmt;
    }
    return stmts;
  }

  interactiveExit(): null {
    return null;
  }

  // -- warnings

  /** Emits a warning of the token, once; when it is to be an error, raises that. */
  warnAt(
    t: Tok,
    message: string,
    errorMessage: string,
    lineno: number,
    col: number,
  ): void {
    const { warn } = this.options;
    if (warn === undefined || this.invalid || this.warned.has(t.index)) return;
    this.warned.add(t.index);
    // escapes are deprecated in the grammar of 3.11 and before
    const category = this.options.featureVersion >= 12 ? "SyntaxWarning" : "DeprecationWarning";
    if (warn(category, message, lineno) === true) {
      this.warned.delete(t.index);
      // the line may be beyond the last one: that one is shown then
      const shown = Math.min(lineno, this.reached().line);
      const e = this.makeError("SyntaxError", shown, col + 1, shown, col + 3, errorMessage);
      e.lineno = e.end_lineno = lineno;
      throw e;
    }
  }

  /**
   * The error to report for a failure: `error` of a rule or of the tokenizer, or a
   * generic one at token `lastIndex`, unless tokenizing the rest shows a better one.
   */
  finalError(error: unknown, lastIndex: number): unknown {
    if (!this.invalid) this.lastStmt = null;
    if (error === undefined) {
      const type = this.toks[lastIndex << 3];
      try {
        if (type === T.INDENT || type === T.DEDENT) {
          this.raiseIndent(
            type === T.INDENT ? "unexpected indent" : "unexpected unindent",
          );
        }
        const last = this.token(lastIndex),
          before = this.token(Math.max(lastIndex - 1, 0));
        if (this.isDiamond(before, last)) {
          this.raiseRange(
            before,
            last,
            "invalid syntax.  Maybe you meant '!=' instead of '<>'?",
          );
        }
        this.raiseAt(last, "invalid syntax");
      } catch (e) {
        error = e;
      }
      if (type !== T.INDENT && type !== T.DEDENT) error = this.checkRest(error);
    } else if (
      error instanceof SourceError && error !== this.tokenError &&
      this.toks[(this.fill - 1) << 3] !== T.ENDMARKER
    ) error = this.checkRest(error);
    if (error instanceof SourceError) {
      const stmt = this.lastStmt;
      error.metadata = [
        stmt?.lineno ?? 0,
        stmt?.col_offset ?? 0,
        this.tokenizer.src,
      ];
    }
    return error;
  }

  /** What the tokenizer has not read yet. */
  unread(): string {
    return this.tokenizer.src.slice(this.tokenizer.pos);
  }

  /** Whether the tokenizer had seen the end of the source with the last token looked at. */
  atEndOfSource(): boolean {
    const { done, src } = this.tokenizer;
    if (this.fill === this.count && this.tokenError !== undefined) {
      return done === E_EOF || done === E_EOFS || done === E_EOLS;
    }
    const k = this.toks, i = (this.fill - 1) << 3, type = k[i];
    if (k[i + 2] !== src.length) return false;
    if (k[i + 4] === -1) return true;
    // a name, a number or a short operator ends where the next character shows it
    if (type === T.NAME || type === T.NUMBER || type >= T.KEYWORD_BASE) {
      return true;
    }
    if (type === T.STRING) return k[i + 2] - k[i + 1] === 2;
    return type >= T.LPAR && type <= T.OP && type !== T.ELLIPSIS &&
      k[i + 2] - k[i + 1] < 3;
  }

  incomplete(): unknown {
    try {
      return this.raise("incomplete input", "_IncompleteInputError");
    } catch (e) {
      // a string that goes on to the end is shown whole
      if (e instanceof SourceError && e.text !== null && this.tokenizer.done === E_EOFS) {
        e.text = this.tokenizer.src.slice(this.lineStartOf(e.lineno));
      }
      return e;
    }
  }

  /** Reads on to the end: an error of the tokenizer comes first, an open bracket too. */
  private checkRest(error: unknown): unknown {
    const tok = this.tokenizer;
    const line = this.toks[(this.fill - 1) * 8 + 3];
    // inside an f-string the error in the expression counts
    if (this.tokenThrew) return tok.modes.length > 0 ? error : this.tokenError;
    let type = this.count > 0 ? this.toks[(this.count - 1) << 3] : -1;
    try {
      while (type !== T.ENDMARKER && type !== T.ERRORTOKEN) type = tok.get();
    } catch (e) {
      return tok.modes.length > 0 ? error : e;
    }
    if (
      tok.modes.length === 0 && type === T.ERRORTOKEN && tok.level > 0 &&
      line > tok.parenLines[tok.level - 1]
    ) {
      const error = this.unclosed();
      if (
        error.lineno !== tok.lineno && error.text !== null &&
        error.text.endsWith("\n")
      ) {
        error.text = error.text.slice(0, -1);
      }
      return error;
    }
    return error;
  }
}

function integer(n: bigint): number | bigint {
  return n <= 9007199254740991n ? Number(n) : n;
}
