// CPython 3.14: Parser/lexer/lexer.c (tok_get_fstring_mode)
//
// f-strings and t-strings (PEP 701, PEP 750). Each open one has a mode on the
// tokenizer's stack. While `inText` holds, `scanStringMode` reads literal text up to a
// brace; inside an expression the normal scanner runs and counts brackets in `depth`.
// A format spec is text again. `exprStartDepth` is -1 outside expressions and grows with
// fields nested in format specs.

import type { Tokenizer } from "./tokenizer.ts";
import { countCodePoints, E_EOFS } from "./tokenizer.ts";
import * as T from "./tokens.ts";
import { utf8Extra } from "./tokenizer_names.ts";

const MAX_LEVEL = 150, MAX_EXPR_NESTING = 3;

export class FStringMode {
  inText = true;
  depth = 0;
  exprStartDepth = -1;
  inFormatSpec = false;
  debug = false;
  private exprStart = -1;
  private exprEnd = -1;

  constructor(
    readonly letter: "f" | "t",
    readonly quote: number,
    readonly quoteSize: number,
    readonly raw: boolean,
    /** Where it starts, for the error of one that does not end. */
    readonly start: number,
    readonly lineStart: number,
    readonly line: number,
  ) {}

  /** Remembers where an expression's text starts (c is a brace) or ends. */
  noteExpression(tok: Tokenizer, c: number): void {
    if (c === 123) {
      this.exprStart = tok.pos;
      this.exprEnd = -1;
    } else if (c !== 58 || this.exprEnd === -1) this.exprEnd = tok.start;
  }

  /** The expression's text without comments, where a token needs it. */
  expressionText(tok: Tokenizer): string | undefined {
    if (!this.debug && this.letter !== "t") return undefined;
    const text = tok.src.slice(this.exprStart, this.exprEnd);
    return text.includes("#") ? withoutComments(text) : text;
  }
}

function withoutComments(text: string): string {
  let out = "", quote = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "\\") {
      out += text.slice(i, i + 2);
      i++;
      continue;
    }
    if (c === "#" && quote === "") {
      while (i < text.length && text[i] !== "\n") i++;
      if (i < text.length) out += "\n";
      continue;
    }
    if (c === '"' || c === "'") {
      if (quote === "") quote = c;
      else if (quote === c) quote = "";
    }
    out += c;
  }
  return out;
}

/** Whether src[start:end] before a quote is a prefix: 0 no, 1 of a string, 2 of an f- or t-string. */
export function checkPrefixes(
  tok: Tokenizer,
  start: number,
  end: number,
): 0 | 1 | 2 {
  let b = false, u = false, r = false, f = false, t = false;
  for (let i = start; i < end; i++) {
    switch (tok.src.charCodeAt(i) | 32) {
      case 98:
        if (b) return 0;
        b = true;
        break;
      case 117:
        if (u) return 0;
        u = true;
        break;
      case 114:
        if (r) return 0;
        r = true;
        break;
      case 102:
        if (f) return 0;
        f = true;
        break;
      case 116:
        if (t) return 0;
        t = true;
        break;
      default:
        return 0;
    }
  }
  const clash = u && b
    ? "'u' and 'b'"
    : u && r
    ? "'u' and 'r'"
    : u && f
    ? "'u' and 'f'"
    : u && t
    ? "'u' and 't'"
    : b && f
    ? "'b' and 'f'"
    : b && t
    ? "'b' and 't'"
    : f && t
    ? "'f' and 't'"
    : "";
  if (clash !== "") {
    tok.pos++;
    throw tok.error(
      `${clash} prefixes are incompatible`,
      countCodePoints(tok.src, tok.lineStart, start) + 1,
      countCodePoints(tok.src, tok.lineStart, tok.pos),
    );
  }
  return f || t ? 2 : 1;
}

/** FSTRING_START or TSTRING_START: `start` is at the prefix, `pos` at the quote. */
export function beginString(tok: Tokenizer, quote: number): number {
  const src = tok.src;
  tok.firstLine = tok.lineno;
  tok.multiLineStart = tok.lineStart;
  tok.pos++;
  let size = 1;
  if (
    src.charCodeAt(tok.pos) === quote && src.charCodeAt(tok.pos + 1) === quote
  ) {
    size = 3;
    tok.pos += 2;
  }
  const prefix = src.slice(tok.start, tok.start + 2).toLowerCase();
  const isT = prefix.includes("t");
  if (tok.modes.length + 1 >= MAX_LEVEL) {
    throw tok.error("too many nested f-strings or t-strings");
  }
  const mode = new FStringMode(
    isT ? "t" : "f",
    quote,
    size,
    prefix.includes("r"),
    tok.start,
    tok.lineStart,
    tok.lineno,
  );
  tok.modes.push(mode);
  tok.mode = mode;
  return tok.stringToken(isT ? T.TSTRING_START : T.FSTRING_START);
}

/** Goes from text to the expression whose brace is at `pos`. */
function enterExpression(tok: Tokenizer, mode: FStringMode): void {
  mode.exprStartDepth++;
  if (mode.exprStartDepth >= MAX_EXPR_NESTING) {
    throw tok.error(`${mode.letter}-string: expressions nested too deeply`);
  }
  mode.inText = false;
}

/** Scans a token in the text of an f-string: its end, text, or what the normal scanner finds. */
export function scanStringMode(tok: Tokenizer, mode: FStringMode): number {
  const src = tok.src, { quote, quoteSize } = mode;
  tok.start = tok.pos;
  tok.startCol = tok.column();
  tok.firstLine = tok.lineno;
  tok.multiLineStart = tok.lineStart;
  let c = src.charCodeAt(tok.pos);
  if (c === 123 && src.charCodeAt(tok.pos + 1) !== 123) {
    enterExpression(tok, mode);
    return tok.scanNormal(mode);
  }
  if (
    c === quote && (quoteSize === 1 ||
      (src.charCodeAt(tok.pos + 1) === quote &&
        src.charCodeAt(tok.pos + 2) === quote))
  ) {
    tok.pos += quoteSize;
    tok.modes.pop();
    tok.mode = tok.modes.length > 0 ? tok.modes[tok.modes.length - 1] : null;
    return tok.stringToken(mode.letter === "t" ? T.TSTRING_END : T.FSTRING_END);
  }

  const middle = mode.letter === "t" ? T.TSTRING_MIDDLE : T.FSTRING_MIDDLE;
  let run = 0, unicodeEscape = false;
  while (run !== quoteSize) {
    c = src.charCodeAt(tok.pos);
    const inFormatSpec = mode.inFormatSpec && mode.exprStartDepth >= 0;
    if (c !== c || (quoteSize === 1 && c === 10)) {
      if (inFormatSpec && c === 10) {
        tok.pos++;
        throw tok.error(
          `${mode.letter}-string: newlines are not allowed in format specifiers ` +
            `for single quoted ${mode.letter}-strings`,
        );
      }
      throw unterminated(tok, mode, c !== c);
    }
    tok.pos++;
    if (c === quote) {
      run++;
      continue;
    }
    run = 0;
    if (c === 123) {
      mode.noteExpression(tok, c);
      if (src.charCodeAt(tok.pos) !== 123 || inFormatSpec) {
        tok.pos--;
        enterExpression(tok, mode);
        mode.inFormatSpec = false;
        return tok.stringToken(middle);
      }
      return doubledBrace(tok, middle);
    } else if (c === 125) {
      if (unicodeEscape) return tok.stringToken(middle);
      if (
        src.charCodeAt(tok.pos) === 125 && !inFormatSpec && mode.depth === 0
      ) {
        return doubledBrace(tok, middle);
      }
      tok.pos--;
      mode.inText = false;
      mode.inFormatSpec = false;
      return tok.stringToken(middle);
    } else if (c === 92) {
      let peek = src.charCodeAt(tok.pos);
      if (peek === 13) peek = src.charCodeAt(++tok.pos);
      if (peek === 123 || peek === 125) {
        if (!mode.raw) warnEscape(tok, peek);
        continue;
      }
      if (peek !== peek) continue;
      tok.pos++;
      if (!mode.raw && peek === 78) {
        if (src.charCodeAt(tok.pos) === 123) {
          tok.pos++;
          unicodeEscape = true;
        }
      } else if (peek === 10) {
        tok.beginLine();
      } else if (peek >= 128) tok.extra += utf8Extra(peek);
    } else if (c === 10) {
      tok.beginLine();
    } else if (c >= 128) tok.extra += utf8Extra(c);
  }
  tok.pos -= quoteSize;
  return tok.stringToken(middle);
}

/** Text that ends with the first of two equal braces; both are consumed. */
function doubledBrace(tok: Tokenizer, type: number): number {
  tok.pos++;
  tok.stringToken(type);
  tok.tokEnd--;
  return type;
}

function warnEscape(tok: Tokenizer, c: number): void {
  const escape = String.fromCharCode(c);
  tok.pos++;
  tok.emitWarning(
    `"\\${escape}" is an invalid escape sequence. Such sequences will not work in the future. ` +
      `Did you mean "\\\\${escape}"? A raw string is also an option.`,
    `"\\${escape}" is an invalid escape sequence. ` +
      `Did you mean "\\\\${escape}"? A raw string is also an option.`,
  );
  tok.pos--;
}

function unterminated(
  tok: Tokenizer,
  mode: FStringMode,
  eof: boolean,
): unknown {
  const detected = tok.lineno;
  tok.pos = mode.start + 1;
  tok.lineStart = mode.lineStart;
  tok.lineno = mode.line;
  const triple = mode.quoteSize === 3;
  const e = tok.error(
    `unterminated ${triple ? "triple-quoted " : ""}${mode.letter}-string literal ` +
      `(detected at line ${detected})`,
  );
  if (triple && eof) tok.done = E_EOFS;
  return e;
}
