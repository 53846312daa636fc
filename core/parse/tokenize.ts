// CPython 3.14: Python/Python-tokenize.c
//
// The tokenizer as `_tokenize.TokenizerIter` shows it: tokens with their text, places in
// characters and their line. With extra tokens it reports comments and blank lines, every
// operator is an OP, and a newline that the source lacks at its end is added unseen.

import { SourceError, type SourceErrorType } from "./errors.ts";
import { byteLength } from "./parser_errors.ts";
import * as T from "./tokens.ts";
import {
  countCodePoints,
  E_DEDENT,
  E_EOF,
  E_LINECONT,
  E_TABSPACE,
  E_TOODEEP,
  Tokenizer,
  type TokenizerOptions,
} from "./tokenizer.ts";

/** A token; lines count from 1, columns from 0 in characters. */
export interface TokenInfo {
  readonly type: number;
  readonly string: string;
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
  readonly line: string;
}

function isStringLiteral(type: number): boolean {
  return type === T.STRING ||
    (type >= T.FSTRING_START && type <= T.TSTRING_END);
}

export class TokenizerIter {
  private readonly tokenizer: Tokenizer;
  private readonly implicitNewline: boolean;
  private done = false;
  private lastLine = 0;
  private lastText = "";

  constructor(
    source: string,
    filename: string,
    options: TokenizerOptions = {},
  ) {
    this.implicitNewline = source !== "" && !source.endsWith("\n");
    this.tokenizer = new Tokenizer(
      this.implicitNewline ? source + "\n" : source,
      filename,
      options,
    );
  }

  /** The next token, or undefined after the last. Throws a SourceError. */
  next(): TokenInfo | undefined {
    if (this.done) return undefined;
    const tok = this.tokenizer, { src, extraTokens } = tok;
    let type: number;
    try {
      type = tok.get();
    } catch (e) {
      this.done = true;
      throw e;
    }
    if (type === T.ENDMARKER && src === "" && !extraTokens) {
      this.done = true;
      return undefined;
    }
    if (type === T.ERRORTOKEN) {
      this.done = true;
      throw this.error();
    }
    if (type === T.ENDMARKER) this.done = true;
    const literal = isStringLiteral(type);
    const trailing = type === T.ENDMARKER ||
      (type === T.DEDENT && tok.done === E_EOF);
    const lineStart = literal ? tok.multiLineStart : tok.lineStart;
    let lineEnd = src.indexOf("\n", tok.lineStart) + 1;
    if (lineEnd === 0) lineEnd = src.length;
    const implicit = this.implicitNewline && lineEnd === src.length;
    // At the end of the source the line is the last one that a token was on, if it is
    // still the same, or none.
    let line = "";
    if (!extraTokens || !trailing) {
      if (tok.done !== E_EOF) {
        line = src.slice(lineStart, implicit ? lineEnd - 1 : lineEnd);
      } else if (tok.lineno === this.lastLine) line = this.lastText;
    }
    let string = tok.tokCol === -1 ? "" : src.slice(tok.tokStart, tok.tokEnd);
    let startLine = literal ? tok.firstLine : tok.lineno, endLine = tok.lineno;
    let startCol = -1, endCol = -1;
    if (tok.tokCol !== -1) {
      startCol = countCodePoints(src, lineStart, tok.tokStart);
      endCol = countCodePoints(src, tok.lineStart, tok.tokEnd);
    }
    this.lastLine = startLine;
    this.lastText = line;
    if (extraTokens) {
      if (trailing) {
        startLine = endLine = startLine + 1;
        startCol = endCol = 0;
        string = "";
      }
      if (type > T.DEDENT && type < T.OP) type = T.OP;
      else if (type === T.NEWLINE) {
        string = implicit ? "" : src.charCodeAt(tok.start) === 13 ? "\r\n" : "\n";
        endCol++;
      } else if (type === T.NL && implicit) string = "";
    }
    return {
      type,
      string,
      start: [startLine, startCol],
      end: [endLine, endCol],
      line,
    };
  }

  *[Symbol.iterator](): Generator<TokenInfo> {
    for (let token = this.next(); token !== undefined; token = this.next()) {
      yield token;
    }
  }

  private error(): SourceError {
    const tok = this.tokenizer;
    let type: SourceErrorType = "SyntaxError",
      msg = "unknown tokenization error";
    switch (tok.done) {
      case E_EOF:
        // the message is the exception's only argument; line and column are set later
        msg = "unexpected EOF in multi-line statement";
        return new SourceError(
          type,
          msg,
          tok.filename,
          tok.lineno,
          byteLength(tok.src, tok.bufferStart, tok.src.length),
          null,
          tok.lineno,
          null,
          null,
          true,
        );
      case E_DEDENT:
        type = "IndentationError";
        msg = "unindent does not match any outer indentation level";
        break;
      case E_TABSPACE:
        type = "TabError";
        msg = "inconsistent use of tabs and spaces in indentation";
        break;
      case E_TOODEEP:
        type = "IndentationError";
        msg = "too many levels of indentation";
        break;
      case E_LINECONT:
        msg = "unexpected character after line continuation character";
        break;
    }
    const text = this.currentLine();
    const col = countCodePoints(text, 0, text.length) + 1;
    return new SourceError(
      type,
      msg,
      tok.filename,
      tok.lineno,
      col,
      text,
      null,
      null,
    );
  }

  /** The line, with those before it that backslashes continue. */
  private currentLine(): string {
    const { src, lineStart, joinedFrom, joinedTo } = this.tokenizer;
    const end = src.indexOf("\n", lineStart);
    return src.slice(joinedTo === lineStart ? joinedFrom : lineStart, end < 0 ? src.length : end);
  }
}
