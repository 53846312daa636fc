// CPython 3.14: Parser/lexer/lexer.c, Parser/lexer/state.c, Parser/tokenizer/
//
// The tokenizer reads a JS string. `get()` scans one token, returns its type and leaves
// its place in the `tok…` fields.
//
// - A position is an index into the source in UTF-16 units. Columns are bytes of UTF-8:
//   `extra` counts how many bytes more than units the current line has had so far, so a
//   column is `pos - lineStart + extra` and a line of ASCII costs nothing.
// - A line is begun (`beginLine`) when its first character is wanted, not when the
//   newline before it is read: `lineno` after a NEWLINE is still that line's.
// - f-strings and t-strings push a mode (tokenizer_fstring.ts): text and expressions
//   alternate, and an expression is read by the normal scanner.
// - `get()` throws a SourceError for what the tokenizer itself finds wrong. It returns
//   ERRORTOKEN with the reason in `done` where the parser (or `_tokenize`) has its own
//   words for it.

import { SourceError, type SourceErrorType } from "./errors.ts";
import * as T from "./tokens.ts";
import { scanNumber } from "./tokenizer_number.ts";
import { defaultUnicode, utf8Extra, verifyIdentifier } from "./tokenizer_names.ts";
import { beginString, checkPrefixes, type FStringMode, scanStringMode } from "./tokenizer_fstring.ts";

/** Why the tokenizer stopped; CPython's E_ codes. */
export const E_OK = 0, E_EOF = 1, E_TABSPACE = 2, E_DEDENT = 3, E_TOODEEP = 4;
export const E_LINECONT = 5, E_ERROR = 6, E_EOFS = 7, E_EOLS = 8;

const MAXINDENT = 100, MAXLEVEL = 200, TABSIZE = 8;

/** What the tokenizer asks about characters beyond ASCII. */
export interface UnicodeInfo {
  isIdentifierStart(codePoint: number): boolean;
  isIdentifierPart(codePoint: number): boolean;
  isPrintable(codePoint: number): boolean;
  normalizeNFKC(name: string): string;
}

/** Receives a warning; returns true when it is to be an error of that category. */
export type WarnFn = (
  category: "SyntaxWarning" | "DeprecationWarning",
  message: string,
  lineno: number,
) => boolean | void;

export interface TokenizerOptions {
  readonly typeComments?: boolean;
  /** `_tokenize`'s mode: COMMENT and NL are tokens, and fewer things are errors. */
  readonly extraTokens?: boolean;
  readonly unicode?: UnicodeInfo;
  readonly warn?: WarnFn;
}

// Classes of ASCII characters: 1 starts a name, 2 continues one, 4 decimal, 8 hex digit.
let classTable: Uint8Array | undefined;

function makeClasses(): Uint8Array {
  const table = new Uint8Array(128);
  for (let c = 0; c < 128; c++) {
    const letter = (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
    const digit = c >= 48 && c <= 57;
    const hex = digit || (c >= 97 && c <= 102) || (c >= 65 && c <= 70);
    table[c] = (letter ? 3 : 0) | (digit ? 6 : 0) | (hex ? 8 : 0);
  }
  return table;
}

export class Tokenizer {
  readonly src: string;
  readonly filename: string;
  readonly typeComments: boolean;
  readonly extraTokens: boolean;
  readonly unicode: UnicodeInfo;
  readonly warn: WarnFn | undefined;
  readonly classes: Uint8Array;

  /** The next character to read. */
  pos = 0;
  lineno = 0;
  lineStart = 0;
  /** Where the line begins that backslashes continue, and the line that they continue it with. */
  joinedFrom = 0;
  joinedTo = -1;
  extra = 0;
  /** Where the line began that the current token, or run of joined lines, is in. */
  bufferStart = 0;
  done: number = E_OK;

  /** The last token. */
  tokStart = 0;
  tokEnd = 0;
  tokLine = 0;
  tokCol = 0;
  tokEndLine = 0;
  tokEndCol = 0;
  /** The text of an f-string's or t-string's expression, where a token ends one. */
  tokMetadata: string | undefined = undefined;

  /** Where the token being scanned starts. */
  start = 0;
  startCol = 0;
  /** Line, line start and extra at the start of the string being scanned. */
  firstLine = 0;
  multiLineStart = 0;
  multiLineExtra = 0;

  level = 0;
  readonly parens: number[] = [];
  readonly parenLines: number[] = [];
  readonly parenCols: number[] = [];

  /** Where the first null character is, or -1. */
  private readonly nextNull: number;

  mode: FStringMode | null = null;
  readonly modes: FStringMode[] = [];

  indent = 0;
  pendin = 0;
  private atbol = true;
  private readonly indents: number[] = [0];
  private readonly altIndents: number[] = [0];
  private blankline = false;
  private commentNewline = false;

  constructor(
    source: string,
    filename: string,
    options: TokenizerOptions = {},
  ) {
    this.src = source;
    this.nextNull = source.indexOf("\0");
    this.filename = filename;
    this.typeComments = options.typeComments ?? false;
    this.extraTokens = options.extraTokens ?? false;
    this.unicode = options.unicode ?? defaultUnicode;
    this.warn = options.warn;
    this.classes = classTable ??= makeClasses();
  }

  /** Scans the next token and returns its type. */
  get(): number {
    this.tokMetadata = undefined;
    const mode = this.mode;
    return mode !== null && mode.inText ? scanStringMode(this, mode) : this.scanNormal(mode);
  }

  // -- lines and columns

  /** Begins the line at `pos`; false at the end of the source. */
  beginLine(): boolean {
    if (this.pos >= this.src.length) {
      this.done = E_EOF;
      return false;
    }
    this.lineStart = this.pos;
    this.extra = 0;
    this.lineno++;
    if (this.nextNull >= 0) this.checkNull();
    return true;
  }

  /** Throws if the line that is begun has a null character. */
  private checkNull(): void {
    const { src, lineStart, lineno } = this, nul = this.nextNull;
    if (nul >= this.lineEnd()) return;
    const msg = "source code cannot contain null bytes";
    throw new SourceError("SyntaxError", msg, this.filename, lineno, 0, src.slice(lineStart, nul), lineno, 0);
  }

  /** The index after the newline of the current line. */
  lineEnd(): number {
    const end = this.src.indexOf("\n", this.lineStart);
    return end < 0 ? this.src.length : end + 1;
  }

  /** The byte column of `pos`. */
  column(): number {
    return this.pos - this.lineStart + this.extra;
  }

  // -- finishing tokens

  /** Ends a token at `pos` that began on this line. */
  token(type: number): number {
    this.tokStart = this.start;
    this.tokEnd = this.pos;
    this.tokLine = this.lineno;
    this.tokCol = this.startCol;
    this.tokEndLine = this.lineno;
    this.tokEndCol = this.pos - this.lineStart + this.extra;
    return type;
  }

  /** Ends a string token, which may have begun on an earlier line. */
  stringToken(type: number): number {
    this.token(type);
    this.tokLine = this.firstLine;
    return type;
  }

  /** A token without a place: INDENT, DEDENT, ENDMARKER, ERRORTOKEN. */
  placeless(type: number): number {
    this.tokStart = this.tokEnd = this.pos;
    this.tokLine = this.tokEndLine = this.lineno;
    this.tokCol = this.tokEndCol = -1;
    return type;
  }

  // -- errors

  /**
   * An error in the current line at `pos`, or over the given range of 1-based columns
   * in bytes.
   */
  error(
    msg: string,
    col = -1,
    endCol = -1,
    type: SourceErrorType = "SyntaxError",
  ): SourceError {
    const end = this.src.indexOf("\n", this.lineStart);
    const text = this.src.slice(
      this.lineStart,
      end < 0 ? this.src.length : end,
    );
    const at = col === -1 ? countCodePoints(this.src, this.lineStart, this.pos) : col;
    this.done = E_ERROR;
    return new SourceError(
      type,
      msg,
      this.filename,
      this.lineno,
      at,
      text,
      this.lineno,
      endCol === -1 ? at : endCol,
    );
  }

  /** Emits a warning; when it is to be an error, throws that instead. */
  emitWarning(msg: string, errorMsg: string = msg): void {
    if (
      this.warn !== undefined &&
      this.warn("SyntaxWarning", msg, this.lineno) === true
    ) {
      throw this.error(errorMsg);
    }
  }

  private indentError(): number {
    this.done = E_TABSPACE;
    this.pos = this.lineEnd();
    return this.placeless(T.ERRORTOKEN);
  }

  // -- the normal scanner

  /** After a backslash: the newline. False with `done` set when it is not one. */
  private continueLine(): boolean {
    const src = this.src;
    let c = src.charCodeAt(this.pos);
    if (c === 13) c = src.charCodeAt(++this.pos);
    if (c !== 10) {
      if (this.pos < src.length) {
        this.extra += utf8Extra(c);
        this.pos++;
      }
      this.done = E_LINECONT;
      return false;
    }
    this.pos++;
    if (!this.beginLine()) {
      this.done = E_EOF;
      return false;
    }
    return true;
  }

  /** Reads the white space that begins a line; false where an error was found. */
  private readIndentation(): boolean {
    const src = this.src;
    let col = 0, altcol = 0, contCol = 0, c = 0;
    this.atbol = false;
    const begun = this.beginLine();
    // an f-string keeps all that was read
    if (this.mode === null) this.bufferStart = begun ? this.pos : this.src.length;
    if (begun) {
      for (;;) {
        c = src.charCodeAt(this.pos);
        if (c === 32) col++, altcol++;
        else if (c === 9) {
          col = (Math.floor(col / TABSIZE) + 1) * TABSIZE;
          altcol++;
        } else if (c === 12) col = altcol = 0;
        else if (c === 92) {
          contCol = contCol || col;
          this.pos++;
          if (!this.continueLine()) {
            if (this.done === E_EOF) {
              this.pos = src.length;
              if (this.mode === null) this.bufferStart = this.pos;
            }
            this.placeless(T.ERRORTOKEN);
            return false;
          }
          this.bufferStart = this.pos;
          continue;
        } else break;
        this.pos++;
      }
      if (c === 35 || c === 10 || c === 13) this.blankline = true;
    }
    if (!this.blankline && this.level === 0) {
      if (contCol !== 0) col = altcol = contCol;
      const top = this.indents[this.indent];
      if (col === top) {
        if (altcol !== this.altIndents[this.indent]) {
          return this.indentError() < 0;
        }
      } else if (col > top) {
        if (this.indent + 1 >= MAXINDENT) {
          this.done = E_TOODEEP;
          this.pos = this.lineEnd();
          this.placeless(T.ERRORTOKEN);
          return false;
        }
        if (altcol <= this.altIndents[this.indent]) {
          return this.indentError() < 0;
        }
        this.pendin++;
        this.indents[++this.indent] = col;
        this.altIndents[this.indent] = altcol;
      } else {
        while (this.indent > 0 && col < this.indents[this.indent]) {
          this.pendin--;
          this.indent--;
        }
        if (col !== this.indents[this.indent]) {
          this.done = E_DEDENT;
          this.pos = this.lineEnd();
          this.placeless(T.ERRORTOKEN);
          return false;
        }
        if (altcol !== this.altIndents[this.indent]) {
          return this.indentError() < 0;
        }
      }
    }
    return true;
  }

  private pendingIndent(): number {
    const type = this.pendin < 0 ? T.DEDENT : T.INDENT;
    this.pendin += type === T.DEDENT ? 1 : -1;
    this.placeless(type);
    if (this.extraTokens) {
      this.tokCol = this.tokEndCol = this.pos - this.lineStart;
      if (type === T.INDENT) {
        this.tokStart = this.lineStart;
        this.tokCol = 0;
      }
    }
    return type;
  }

  /** Scans a token outside the text of an f-string. */
  scanNormal(mode: FStringMode | null): number {
    const src = this.src, classes = this.classes;
    for (;;) {
      this.blankline = false;
      if (this.atbol && !this.readIndentation()) return T.ERRORTOKEN;
      if (this.pendin !== 0) return this.pendingIndent();

      let c = src.charCodeAt(this.pos);
      // White space, and backslashes that join lines.
      for (;;) {
        while (c === 32 || c === 9 || c === 12) c = src.charCodeAt(++this.pos);
        if (c !== 92) break;
        this.start = this.pos++;
        const from = this.joinedTo === this.lineStart ? this.joinedFrom : this.lineStart;
        if (!this.continueLine()) {
          if (this.done === E_EOF) this.pos = src.length;
          return this.placeless(T.ERRORTOKEN);
        }
        this.joinedFrom = from;
        this.joinedTo = this.lineStart;
        c = src.charCodeAt(this.pos);
      }
      const start = this.start = this.pos;
      this.startCol = start - this.lineStart + this.extra;

      if (c === 35) {
        const type = this.scanComment();
        if (type >= 0) return type;
        c = src.charCodeAt(this.pos);
      }
      if (this.pos >= src.length) {
        this.done = E_EOF;
        return this.placeless(this.level > 0 ? T.ERRORTOKEN : T.ENDMARKER);
      }

      if (c >= 128 || (classes[c] & 1) !== 0) return this.scanName(c);

      if (c === 13) {
        c = src.charCodeAt(++this.pos);
      }
      if (c === 10) {
        this.atbol = true;
        this.pos++;
        if (this.blankline || this.level > 0) {
          if (this.extraTokens) {
            this.commentNewline = false;
            return this.token(T.NL);
          }
          continue;
        }
        if (this.extraTokens && this.commentNewline) {
          this.commentNewline = false;
          return this.token(T.NL);
        }
        this.token(T.NEWLINE);
        this.tokEnd--;
        return T.NEWLINE;
      }
      if (c === 46) {
        const next = src.charCodeAt(this.pos + 1);
        if (next >= 48 && next <= 57) return scanNumber(this, c);
        if (next === 46 && src.charCodeAt(this.pos + 2) === 46) {
          this.pos += 3;
          return this.token(T.ELLIPSIS);
        }
        this.pos++;
        return this.token(T.DOT);
      }
      if (c >= 48 && c <= 57) return scanNumber(this, c);
      if (c === 34 || c === 39) return this.scanString(c);
      return this.scanOperator(c, mode);
    }
  }

  /** A comment; -1 when it is nothing to report and the scanner goes on after it. */
  private scanComment(): number {
    const src = this.src, start = this.pos;
    let c = 35;
    let p = start;
    while (p < src.length && c !== 10 && c !== 13) {
      if (c >= 128) this.extra += utf8Extra(c);
      c = src.charCodeAt(++p);
    }
    this.pos = p;
    if (this.typeComments) {
      // "# type: " where each space stands for any number of blanks
      const prefix = "# type: ";
      let q = start, i = 0;
      for (; i < prefix.length; i++) {
        if (prefix.charCodeAt(i) === 32) {
          while (src.charCodeAt(q) === 32 || src.charCodeAt(q) === 9) q++;
        } else if (q < p && prefix.charCodeAt(i) === src.charCodeAt(q)) q++;
        else break;
      }
      if (i === prefix.length) {
        const after = src.charCodeAt(q + 6);
        const ignore = src.startsWith("ignore", q) && q + 6 <= p &&
          !(q + 6 < p &&
            (after >= 128 ||
              (after !== 95 && (this.classes[after] & 2) !== 0)));
        this.startCol += (ignore ? q + 6 : q) - start;
        this.start = ignore ? q + 6 : q;
        this.token(ignore ? T.TYPE_IGNORE : T.TYPE_COMMENT);
        if (ignore && this.blankline && p < src.length) {
          this.pos++;
          this.atbol = true;
        }
        return ignore ? T.TYPE_IGNORE : T.TYPE_COMMENT;
      }
    }
    if (this.extraTokens) {
      this.commentNewline = this.blankline;
      return this.token(T.COMMENT);
    }
    return -1;
  }

  /** A name or keyword, or a string with a prefix. */
  private scanName(c: number): number {
    const src = this.src, classes = this.classes;
    let p = this.pos;
    let ascii = true;
    for (;;) {
      if (c < 128) {
        if ((classes[c] & 2) === 0) break;
      } else if (c >= 128) {
        ascii = false;
        this.extra += utf8Extra(c);
      } else break; // NaN: the end
      c = src.charCodeAt(++p);
    }
    const start = this.pos;
    this.pos = p;
    if ((c === 34 || c === 39) && p - start <= 5 && ascii) {
      const prefix = checkPrefixes(this, start, p);
      if (prefix === 1) return this.scanString(c);
      if (prefix === 2) return beginString(this, c);
    }
    if (!ascii && !this.extraTokens) verifyIdentifier(this);
    return this.token(T.NAME);
  }

  /** A string literal from its quote; `start` is at the prefix. */
  private scanString(quote: number): number {
    const src = this.src;
    this.firstLine = this.lineno;
    this.multiLineStart = this.lineStart;
    let p = this.pos + 1;
    let size = 1;
    if (src.charCodeAt(p) === quote) {
      if (src.charCodeAt(p + 1) !== quote) {
        this.pos = p + 1;
        return this.stringToken(T.STRING);
      }
      size = 3;
      p += 2;
    }
    let run = 0, escapedQuote = false;
    while (run !== size) {
      let c = src.charCodeAt(p);
      if (c === quote) {
        run++;
        p++;
        continue;
      }
      run = 0;
      if (c === 92) {
        c = src.charCodeAt(++p);
        if (c === quote) escapedQuote = true;
        if (c === 13) c = src.charCodeAt(++p);
        if (c !== c) throw this.unterminated(quote, size, escapedQuote, true);
        if (c === 10) {
          this.pos = p + 1;
          if (!this.beginLine()) {
            throw this.unterminated(quote, size, escapedQuote, true);
          }
        } else if (c >= 128) this.extra += utf8Extra(c);
        p++;
      } else if (c === 10) {
        if (size === 1) {
          throw this.unterminated(quote, size, escapedQuote, false);
        }
        this.pos = p + 1;
        if (!this.beginLine()) {
          throw this.unterminated(quote, size, escapedQuote, true);
        }
        p++;
      } else if (c >= 128) {
        this.extra += utf8Extra(c);
        p++;
      } else if (c !== c) {
        throw this.unterminated(quote, size, escapedQuote, true);
      } else p++;
    }
    this.pos = p;
    return this.stringToken(T.STRING);
  }

  private unterminated(
    quote: number,
    size: number,
    escaped: boolean,
    eof: boolean,
  ): SourceError {
    const detected = this.lineno;
    this.pos = this.start + 1;
    this.lineStart = this.multiLineStart;
    this.lineno = this.firstLine;
    const mode = this.mode;
    if (mode !== null && mode.quote === quote && mode.quoteSize === size) {
      return this.error(`${mode.letter}-string: expecting '}'`);
    }
    if (size === 3) {
      const e = this.error(
        `unterminated triple-quoted string literal (detected at line ${detected})`,
      );
      if (eof) this.done = E_EOFS;
      return e;
    }
    const e = this.error(
      `unterminated string literal (detected at line ${detected})` +
        (escaped ? "; perhaps you escaped the end quote?" : ""),
    );
    if (eof) this.done = E_EOLS;
    return e;
  }

  private scanOperator(c: number, mode: FStringMode | null): number {
    const src = this.src;
    if (
      mode !== null && mode.exprStartDepth >= 0 &&
      (c === 58 || c === 125 || c === 33 || c === 123)
    ) {
      this.pos++;
      const cursor = mode.depth - (c !== 123 ? 1 : 0);
      const valid = !(c === 33 && src.charCodeAt(this.pos) === 61) &&
        (cursor === 0 ||
          (cursor === 1 && (mode.debug || mode.inFormatSpec)));
      if (valid) {
        mode.noteExpression(this, c);
        if (c !== 123) this.tokMetadata = mode.expressionText(this);
      }
      if (c === 58 && cursor === mode.exprStartDepth) {
        mode.inText = true;
        mode.inFormatSpec = true;
        return this.token(T.COLON);
      }
      this.pos--;
    }
    const type = this.operatorType(c);
    switch (type) {
      case T.LPAR:
      case T.LSQB:
      case T.LBRACE:
        if (this.level >= MAXLEVEL) {
          throw this.error("too many nested parentheses");
        }
        this.parens[this.level] = c;
        this.parenLines[this.level] = this.lineno;
        this.parenCols[this.level] = this.startCol;
        this.level++;
        if (mode !== null) mode.depth++;
        break;
      case T.RPAR:
      case T.RSQB:
      case T.RBRACE:
        this.closeBracket(c, mode);
        break;
      case T.OP:
        if (c < 32 || c === 127) {
          throw this.error(
            `invalid non-printable character U+${c.toString(16).toUpperCase().padStart(4, "0")}`,
          );
        }
        if (src.charCodeAt(this.start) !== c) this.pos = this.start + 1;
        break;
      case T.EQUAL:
        if (
          mode !== null && mode.exprStartDepth >= 0 &&
          mode.depth - mode.exprStartDepth === 1
        ) {
          mode.debug = true;
        }
        break;
    }
    return this.token(type);
  }

  private closeBracket(c: number, mode: FStringMode | null): void {
    const close = String.fromCharCode(c);
    if (mode !== null && mode.depth === 0 && c === 125) {
      throw this.error(`${mode.letter}-string: single '}' is not allowed`);
    }
    if (!this.extraTokens && this.level === 0) {
      throw this.error(`unmatched '${close}'`);
    }
    if (this.level > 0) {
      const opening = this.parens[--this.level];
      // '(' is 40 and ')' 41; '[' and '{' are two below their mates
      if (!this.extraTokens && opening !== (c === 41 ? 40 : c - 2)) {
        if (
          mode !== null && opening === 123 &&
          mode.depth - 1 === mode.exprStartDepth
        ) {
          throw this.error(`${mode.letter}-string: unmatched '${close}'`);
        }
        const line = this.parenLines[this.level];
        throw this.error(
          `closing parenthesis '${close}' does not match opening parenthesis ` +
            `'${String.fromCharCode(opening)}'` +
            (line !== this.lineno ? ` on line ${line}` : ""),
        );
      }
    }
    if (mode !== null) {
      mode.depth--;
      if (mode.depth < 0) {
        throw this.error(`${mode.letter}-string: unmatched '${close}'`);
      }
      if (c === 125 && mode.depth === mode.exprStartDepth) {
        mode.exprStartDepth--;
        mode.inText = true;
        mode.inFormatSpec = false;
        mode.debug = false;
      }
    }
  }

  /** The longest operator at `pos`, which moves past it; OP for what is none. */
  private operatorType(c: number): number {
    const src = this.src;
    const c2 = src.charCodeAt(this.pos + 1);
    let type: number = T.OP, size = 1;
    switch (c) {
      case 40:
        type = T.LPAR;
        break;
      case 41:
        type = T.RPAR;
        break;
      case 44:
        type = T.COMMA;
        break;
      case 91:
        type = T.LSQB;
        break;
      case 93:
        type = T.RSQB;
        break;
      case 123:
        type = T.LBRACE;
        break;
      case 125:
        type = T.RBRACE;
        break;
      case 59:
        type = T.SEMI;
        break;
      case 126:
        type = T.TILDE;
        break;
      case 58:
        type = c2 === 61 ? (size = 2, T.COLONEQUAL) : T.COLON;
        break;
      case 61:
        type = c2 === 61 ? (size = 2, T.EQEQUAL) : T.EQUAL;
        break;
      case 33:
        type = c2 === 61 ? (size = 2, T.NOTEQUAL) : T.EXCLAMATION;
        break;
      case 43:
        type = c2 === 61 ? (size = 2, T.PLUSEQUAL) : T.PLUS;
        break;
      case 45:
        if (c2 === 61) size = 2, type = T.MINEQUAL;
        else if (c2 === 62) size = 2, type = T.RARROW;
        else type = T.MINUS;
        break;
      case 37:
        type = c2 === 61 ? (size = 2, T.PERCENTEQUAL) : T.PERCENT;
        break;
      case 38:
        type = c2 === 61 ? (size = 2, T.AMPEREQUAL) : T.AMPER;
        break;
      case 124:
        type = c2 === 61 ? (size = 2, T.VBAREQUAL) : T.VBAR;
        break;
      case 94:
        type = c2 === 61 ? (size = 2, T.CIRCUMFLEXEQUAL) : T.CIRCUMFLEX;
        break;
      case 64:
        type = c2 === 61 ? (size = 2, T.ATEQUAL) : T.AT;
        break;
      case 42:
        if (c2 === 42) {
          type = src.charCodeAt(this.pos + 2) === 61 ? (size = 3, T.DOUBLESTAREQUAL) : (size = 2, T.DOUBLESTAR);
        } else type = c2 === 61 ? (size = 2, T.STAREQUAL) : T.STAR;
        break;
      case 47:
        if (c2 === 47) {
          type = src.charCodeAt(this.pos + 2) === 61 ? (size = 3, T.DOUBLESLASHEQUAL) : (size = 2, T.DOUBLESLASH);
        } else type = c2 === 61 ? (size = 2, T.SLASHEQUAL) : T.SLASH;
        break;
      case 60:
        if (c2 === 60) {
          type = src.charCodeAt(this.pos + 2) === 61 ? (size = 3, T.LEFTSHIFTEQUAL) : (size = 2, T.LEFTSHIFT);
        } else if (c2 === 61) size = 2, type = T.LESSEQUAL;
        else type = T.LESS;
        break;
      case 62:
        if (c2 === 62) {
          type = src.charCodeAt(this.pos + 2) === 61 ? (size = 3, T.RIGHTSHIFTEQUAL) : (size = 2, T.RIGHTSHIFT);
        } else type = c2 === 61 ? (size = 2, T.GREATEREQUAL) : T.GREATER;
        break;
    }
    this.pos += size;
    return type;
  }
}

/** The number of code points in src[from:to]. */
export function countCodePoints(src: string, from: number, to: number): number {
  let n = to - from;
  for (let i = from; i < to - 1; i++) {
    if (
      (src.charCodeAt(i) & 0xfc00) === 0xd800 &&
      (src.charCodeAt(i + 1) & 0xfc00) === 0xdc00
    ) {
      n--;
      i++;
    }
  }
  return n;
}
