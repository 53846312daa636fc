// CPython 3.14: Parser/pegen_errors.c, Parser/pegen.h (RAISE_SYNTAX_ERROR and its kin)
//
// Places in the token array and the errors that point at them. An error is placed by
// tokens: CPython's `p->tokens[p->fill - 1]`, the last one looked at, is row `fill - 1`.

import type * as A from "./ast.ts";
import { exprName, invalidTarget, lastComprehensionItem } from "./actions.ts";
import { SourceError, type SourceErrorType } from "./errors.ts";
import { E_DEDENT, E_EOF, E_LINECONT, E_TABSPACE, E_TOODEEP, type Tokenizer, type WarnFn } from "./tokenizer.ts";

/** How many rows of tokens the array starts with for `length` characters. */
function initialRows(length: number): number {
  return (length >> 2) + 32;
}

/** Anything with a place; tokens and most nodes. */
export interface Located {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}

/** A token that an action wants to see. */
export interface Tok extends Located {
  readonly index: number;
}

/** A result with the expression text that its token carried. */
export interface WithMetadata<N> {
  readonly result: N;
  readonly metadata: string | undefined;
}

export interface ParserOptions {
  readonly warn?: WarnFn;
  readonly featureVersion: number;
  readonly barry: boolean;
  readonly maxStrDigits: number;
  /** The code point of \N{name}, or undefined. */
  readonly lookupName?: (name: string) => number | undefined;
  readonly single: boolean;
  /** The source is an expression (mode "eval"). */
  readonly expression: boolean;
  readonly impliesDedent: boolean;
  /** The source is a file's content, which CPython reads line by line. */
  readonly fromFile: boolean;
}

export abstract class ParserErrors {
  /** The type of the token at the mark. */
  abstract peek(): number;

  /** The tokens, a row of eight numbers each; see parser_base.ts. */
  toks: Int32Array;
  mark = 0;
  fill = 0;

  constructor(
    readonly tokenizer: Tokenizer,
    readonly options: ParserOptions,
  ) {
    this.toks = new Int32Array(initialRows(tokenizer.src.length) * 8);
  }

  protected lineStartOf(lineno: number): number {
    const src = this.tokenizer.src;
    let at = 0;
    for (let n = 1; n < lineno; n++) {
      const next = src.indexOf("\n", at);
      if (next < 0) break;
      at = next + 1;
    }
    return at;
  }

  /** Line and byte column that the tokenizer had reached with the last token looked at. */
  protected reached(): { line: number; col: number } {
    if (this.fill === 0) return { line: 0, col: 0 };
    const k = this.toks, i = (this.fill - 1) << 3;
    if (k[i + 6] !== -1) return { line: k[i + 5], col: k[i + 6] };
    return {
      line: k[i + 5],
      col: byteLength(this.tokenizer.src, this.lineStartOf(k[i + 5]), k[i + 2]),
    };
  }

  /** Raises with columns that count from 1, in bytes; they become characters here. */
  raiseRaw(
    type: SourceErrorType,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
    msg: string,
  ): never {
    throw this.makeError(type, lineno, col, endLineno, endCol, msg);
  }

  protected makeError(
    type: SourceErrorType,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
    msg: string,
  ): SourceError {
    const src = this.tokenizer.src;
    const start = this.lineStartOf(lineno);
    let end = src.indexOf("\n", start);
    if (end < 0) end = src.length;
    else if (this.reached().line <= lineno) end++;
    const text = src.slice(start, end);
    return new SourceError(
      type,
      msg,
      this.tokenizer.filename,
      lineno,
      characterOffset(text, col),
      text,
      endLineno,
      endCol > 0 ? characterOffset(text, endCol) : endCol,
    );
  }

  /** At the last token looked at. */
  raise(
    msg: string,
    type: SourceErrorType = "SyntaxError",
    index: number = this.fill - 1,
  ): never {
    if (index < 0) this.raiseRaw(type, 0, 0, 0, -1, msg);
    const k = this.toks, i = index << 3;
    const col = k[i + 4] === -1 ? this.reached().col : k[i + 4] + 1;
    this.raiseRaw(
      type,
      k[i + 3],
      col,
      k[i + 5],
      k[i + 6] === -1 ? -1 : k[i + 6] + 1,
      msg,
    );
  }

  raiseIndent(msg: string): never {
    this.raise(msg, "IndentationError");
  }

  raiseBlock(what: string, t: Located): never {
    this.raiseIndent(
      `expected an indented block after ${what} on line ${t.lineno}`,
    );
  }

  /** At the token at the mark. */
  raiseNext(msg: string): never {
    this.peek();
    this.raise(msg, "SyntaxError", this.mark);
  }

  raiseAt(a: Located, msg: string): never {
    this.raiseRange(a, a, msg);
  }

  raiseRange(a: Located, b: Located, msg: string): never {
    this.raiseRaw(
      "SyntaxError",
      a.lineno,
      a.col_offset + 1,
      b.end_lineno,
      b.end_col_offset + 1,
      msg,
    );
  }

  /** From `a` to where the tokenizer is. */
  raiseFrom(a: Located, msg: string): never {
    const { line, col } = this.reached();
    this.raiseRaw("SyntaxError", a.lineno, a.col_offset + 1, line, col, msg);
  }

  raiseKeyWithoutColon(a: Located): never {
    this.raiseRaw(
      "SyntaxError",
      a.lineno,
      a.end_col_offset,
      a.end_lineno,
      0,
      "':' expected after dictionary key",
    );
  }

  raiseTarget(kind: "star" | "for" | "del", e: A.Expr): null {
    const bad = invalidTarget(e, kind);
    if (bad === null) return null;
    return this.raiseAt(
      bad,
      `cannot ${kind === "del" ? "delete" : "assign to"} ${exprName(bad)}`,
    );
  }

  nonparenGenexp(call: A.Call, clauses: A.comprehension[]): null {
    if (call.args.length <= 1) return null;
    return this.raiseRange(
      call.args[call.args.length - 1],
      lastComprehensionItem(clauses),
      "Generator expression must be parenthesized",
    );
  }

  /** The bracket level at the token before the mark. */
  levelBefore(): number {
    return this.toks[(this.mark - 1) * 8 + 7];
  }

  protected unclosed(): SourceError {
    const tok = this.tokenizer, i = tok.level - 1, line = tok.parenLines[i];
    return this.makeError(
      "SyntaxError",
      line,
      tok.parenCols[i] + 1,
      line,
      0,
      `'${String.fromCharCode(tok.parens[i])}' was never closed`,
    );
  }

  /** The error for an ERRORTOKEN that the tokenizer returned. */
  protected tokenizerError(): unknown {
    const tok = this.tokenizer;
    const line = tok.lineno;
    const { col } = this.reached();
    switch (tok.done) {
      case E_EOF:
        if (tok.level > 0) return this.unclosed();
        return this.makeError(
          "SyntaxError",
          line,
          // a file's line is gone when it ends within its indentation: there is no column
          this.options.fromFile && tok.bufferStart === tok.pos ? 0 : col,
          line,
          -1,
          "unexpected EOF while parsing",
        );
      case E_DEDENT:
        return this.makeError(
          "IndentationError",
          line,
          col,
          line,
          -1,
          "unindent does not match any outer indentation level",
        );
      case E_TABSPACE:
        return this.makeError(
          "TabError",
          line,
          1,
          line,
          0,
          "inconsistent use of tabs and spaces in indentation",
        );
      case E_TOODEEP:
        return this.makeError(
          "IndentationError",
          line,
          1,
          line,
          0,
          "too many levels of indentation",
        );
      case E_LINECONT:
        return this.makeError(
          "SyntaxError",
          line,
          byteLength(tok.src, tok.bufferStart, tok.pos),
          line,
          0,
          "unexpected character after line continuation character",
        );
    }
    return this.makeError(
      "SyntaxError",
      line,
      1,
      line,
      0,
      "unknown parsing error",
    );
  }
}

/** Bytes of UTF-8 in src[from:to]. */
export function byteLength(src: string, from: number, to: number): number {
  let n = to - from;
  for (let i = from; i < to; i++) {
    const c = src.charCodeAt(i);
    if (c >= 128) n += c < 0x800 || (c & 0xf800) === 0xd800 ? 1 : 2;
  }
  return n;
}

/** How many characters the first `bytes` bytes of `text` touch. */
function characterOffset(text: string, bytes: number): number {
  let n = 0, used = 0, i = 0;
  for (; i < text.length && used < bytes; n++) {
    const cp = text.codePointAt(i) as number;
    i += cp > 0xffff ? 2 : 1;
    used += cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
  }
  // one past the end, as for the end of the file
  return used < bytes ? n + 1 : n;
}
