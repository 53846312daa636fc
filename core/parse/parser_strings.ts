// CPython 3.14: Parser/action_helpers.c (strings), Parser/string_parser.c
//
// The parser's actions for string literals, f-strings and t-strings.

import { PyBytes, PyWideStr, type Str } from "../objects/object.ts";
import * as A from "./ast.ts";
import { isBytesConstant } from "./actions.ts";
import { ParserBase } from "./parser_base.ts";
import type { Tok, WithMetadata } from "./parser_errors.ts";
import {
  concatStr,
  decodeBytesEscapes,
  type Decoded,
  decodeEscapes,
  EscapeError,
  type InvalidEscape,
  makeStr,
} from "./string_literals.ts";
import * as T from "./tokens.ts";

function isStr(value: unknown): value is Str {
  return typeof value === "string" || value instanceof PyWideStr;
}

/** A copy of a slice that does not keep the whole source alive. */
function ownText(text: string): string {
  if (text.length < 13) return text;
  return text.length < 1024 ? text.slice(0, 12) + text.slice(12, 24) + text.slice(24) : text;
}

export class StringActions extends ParserBase {
  /** A token STRING as a constant. */
  stringConstant(t: Tok): A.Constant {
    const src = this.tokenizer.src, k = this.toks, i = t.index << 3;
    const start = k[i + 1], end = k[i + 2];
    let at = start, bytes = false, raw = false;
    let quote = src.charCodeAt(at);
    while (quote !== 34 && quote !== 39) {
      if ((quote | 32) === 98) bytes = true;
      else if ((quote | 32) === 114) raw = true;
      quote = src.charCodeAt(++at);
    }
    const triple = end - at >= 6 && src.charCodeAt(at + 1) === quote &&
      src.charCodeAt(at + 2) === quote;
    const from = at + (triple ? 3 : 1), to = end - (triple ? 3 : 1);
    let value: Str | PyBytes;
    if (bytes) value = new PyBytes(this.bytesValue(t, from, to, raw));
    else value = this.strValue(t, from, to, raw);
    const kind = src.charCodeAt(start) === 117 ? "u" : null;
    return new A.Constant(value, kind, k[i + 3], k[i + 4], k[i + 5], k[i + 6]);
  }

  private strValue(t: Tok, from: number, to: number, raw: boolean, at: Tok = t): Str {
    const src = this.tokenizer.src;
    const text = src.slice(from, to);
    if (raw || !text.includes("\\")) {
      // A literal in ASCII has as many bytes as units.
      const k = this.toks, i = t.index << 3;
      const ascii = k[i + 3] === k[i + 5] &&
        k[i + 6] - k[i + 4] === k[i + 2] - k[i + 1];
      return ascii ? ownText(text) : makeStr(ownText(text));
    }
    const decoded = this.decoding(
      () => decodeEscapes(src, from, to, this.options.lookupName),
      "unicode error",
    );
    this.warnInvalid(t, from, decoded.invalid, at);
    return decoded.value;
  }

  private bytesValue(
    t: Tok,
    from: number,
    to: number,
    raw: boolean,
  ): Uint8Array {
    const src = this.tokenizer.src;
    let escaped = false;
    for (let i = from; i < to; i++) {
      const c = src.charCodeAt(i);
      if (c >= 128) {
        this.raiseAt(t, "bytes can only contain ASCII literal characters");
      }
      if (c === 92) escaped = true;
    }
    if (escaped && !raw) {
      const decoded = this.decoding(
        () => decodeBytesEscapes(src, from, to),
        "value error",
      );
      this.warnInvalid(t, from, decoded.invalid, t);
      return decoded.value;
    }
    const out = new Uint8Array(to - from);
    for (let i = from; i < to; i++) out[i - from] = src.charCodeAt(i);
    return out;
  }

  private decoding<V>(decode: () => Decoded<V>, what: string): Decoded<V> {
    try {
      return decode();
    } catch (e) {
      if (e instanceof EscapeError) this.raise(`(${what}) ${e.message}`);
      throw e;
    }
  }

  /** Warns of an escape in the text from `from` on; `at` is the token that counts as its place. */
  private warnInvalid(t: Tok, from: number, invalid: InvalidEscape | null, at: Tok): void {
    if (invalid === null) return;
    const { text, offset } = invalid;
    const type = this.typeOf(t);
    // the tokenizer has warned of these
    if (type !== T.STRING && (text === "{" || text === "}")) return;
    const octal = text.length > 1 ? "octal " : "";
    const head = `"\\${text}" is an invalid ${octal}escape sequence. `;
    const tail = `Did you mean "\\\\${text}"? A raw string is also an option.`;
    const src = this.tokenizer.src;
    let lineno = at.lineno, lineStart = from;
    for (let i = from; i < offset; i++) {
      if (src.charCodeAt(i) !== 10) continue;
      lineno++;
      lineStart = i + 1;
    }
    let col = escapedLength(src, lineStart, offset);
    if (lineno === at.lineno) col += at.col_offset + openingQuotes(this.text(at));
    this.warnAt(t, `${head}Such sequences will not work in the future. ${tail}`, head + tail, lineno, col);
  }

  // -- f-strings and t-strings

  /** The text of a MIDDLE token, undecoded as yet. */
  middleConstant(t: Tok): A.Expr {
    return new MiddleText(t);
  }

  private decodeMiddle(t: Tok, raw: boolean, at: Tok = t): A.Constant {
    const k = this.toks, i = t.index << 3;
    const value = this.strValue(t, k[i + 1], k[i + 2], raw, at);
    return new A.Constant(
      value,
      null,
      t.lineno,
      t.col_offset,
      t.end_lineno,
      t.end_col_offset,
    );
  }

  /** Text of a format spec: raw as the literal that it stands in is. */
  decodedMiddle(t: Tok): A.Constant {
    const i = this.openStart(t.index);
    const prefix = i < 0 ? "" : this.tokenizer.src.slice(this.toks[i + 1], this.toks[i + 2]);
    return this.decodeMiddle(t, /r/i.test(prefix));
  }

  fstringConversion(t: Tok, name: A.Name): WithMetadata<A.Name> {
    if (t.lineno !== name.lineno || t.end_col_offset !== name.col_offset) {
      this.raiseRange(
        t,
        name,
        `${this.openLetter()}-string: conversion type must come right after the exclamation mark`,
      );
    }
    const { id } = name;
    if (id !== "s" && id !== "r" && id !== "a") {
      this.raiseAt(
        name,
        `${this.openLetter()}-string: invalid conversion character '${id}': expected 's', 'r', or 'a'`,
      );
    }
    return { result: name, metadata: this.metadataOf(t) };
  }

  /** Whether the innermost open literal is an f-string or a t-string. */
  private openLetter(): string {
    const i = this.openStart(this.mark);
    return i >= 0 && this.toks[i] === T.TSTRING_START ? "t" : "f";
  }

  /** Where in `toks` the innermost literal starts that is open before token `index`; or -1. */
  private openStart(index: number): number {
    const k = this.toks;
    let closed = 0;
    for (let i = (index - 1) << 3; i >= 0; i -= 8) {
      const type = k[i];
      if (type === T.FSTRING_END || type === T.TSTRING_END) closed++;
      else if (type === T.FSTRING_START || type === T.TSTRING_START) {
        if (closed-- === 0) return i;
      }
    }
    return -1;
  }

  fullFormatSpec(
    colon: Tok,
    spec: A.Expr[],
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
  ): WithMetadata<A.Expr> {
    const items = spec.filter((item) => !isEmptyText(item));
    const result = items.length === 0 || (items.length === 1 && items[0].kind === "Constant")
      ? new A.JoinedStr(items, lineno, col, endLineno, endCol)
      : this.concatenateStrings(items, lineno, col, endLineno, endCol);
    return { result, metadata: this.metadataOf(colon) };
  }

  private conversion(
    debug: Tok | null,
    conversion: WithMetadata<A.Name> | null,
    format: WithMetadata<A.Expr> | null,
  ): number {
    if (conversion === null) {
      return debug !== null && format === null ? 114 : -1;
    }
    return conversion.result.id.charCodeAt(0);
  }

  /** Puts the text of `{expr=}` before its value. */
  private withDebugText(
    value: A.Expr,
    text: string,
    conversion: WithMetadata<A.Name> | null,
    format: WithMetadata<A.Expr> | null,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
  ): A.Expr {
    if (conversion !== null) {
      endLineno = conversion.result.lineno;
      endCol = conversion.result.col_offset;
    } else if (format !== null) {
      endLineno = format.result.lineno;
      endCol = format.result.col_offset + 1;
    }
    const constant = new A.Constant(
      makeStr(text),
      null,
      lineno,
      col + 1,
      endLineno,
      endCol - 1,
    );
    return new A.JoinedStr([constant, value], lineno, col, endLineno, endCol);
  }

  formattedValue(
    value: A.Expr,
    debug: Tok | null,
    conversion: WithMetadata<A.Name> | null,
    format: WithMetadata<A.Expr> | null,
    brace: Tok,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
  ): A.Expr {
    const node = new A.FormattedValue(
      value,
      this.conversion(debug, conversion, format),
      format === null ? null : format.result,
      lineno,
      col,
      endLineno,
      endCol,
    );
    if (debug === null) return node;
    const text = (conversion ?? format)?.metadata ?? this.metadataOf(brace) ??
      "";
    return this.withDebugText(
      node,
      text,
      conversion,
      format,
      lineno,
      col,
      endLineno,
      endCol,
    );
  }

  interpolation(
    value: A.Expr,
    debug: Tok | null,
    conversion: WithMetadata<A.Name> | null,
    format: WithMetadata<A.Expr> | null,
    brace: Tok,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
  ): A.Expr {
    const text = (conversion ?? format)?.metadata ?? this.metadataOf(brace) ??
      "";
    const node = new A.Interpolation(
      value,
      makeStr(debug === null ? text : text.slice(0, text.lastIndexOf("="))),
      this.conversion(debug, conversion, format),
      format === null ? null : format.result,
      lineno,
      col,
      endLineno,
      endCol,
    );
    if (debug === null) return node;
    return this.withDebugText(
      node,
      text,
      conversion,
      format,
      lineno,
      col,
      endLineno,
      endCol,
    );
  }

  /** The parts of an f- or t-string, debug pairs flattened and text decoded. */
  private parts(start: Tok, items: A.Expr[], end: Tok): A.Expr[] {
    const raw = /r/i.test(this.text(start));
    const out: A.Expr[] = [];
    for (const item of items) {
      if (item.kind === "JoinedStr") out.push(...item.values);
      else if (item instanceof MiddleText) {
        const constant = this.decodeMiddle(item.token, raw, end);
        if (!isEmptyText(constant)) out.push(constant);
      } else out.push(item);
    }
    return out;
  }

  joinedStr(start: Tok, items: A.Expr[], end: Tok): A.JoinedStr {
    return new A.JoinedStr(
      this.parts(start, items, end),
      start.lineno,
      start.col_offset,
      end.end_lineno,
      end.end_col_offset,
    );
  }

  templateStr(start: Tok, items: A.Expr[], end: Tok): A.TemplateStr {
    return new A.TemplateStr(
      this.parts(start, items, end),
      start.lineno,
      start.col_offset,
      end.end_lineno,
      end.end_col_offset,
    );
  }

  /** Adjacent literals as one expression. */
  concatenateStrings(
    items: A.Expr[],
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
  ): A.Expr {
    const formatted = items.some((item) => item.kind !== "Constant");
    const bytes = items.some(isBytesConstant);
    if (bytes && (formatted || !items.every(isBytesConstant))) {
      this.raise("cannot mix bytes and nonbytes literals");
    }
    if (!formatted && items.length === 1) return items[0];
    if (bytes) {
      const parts = items.map((item) => ((item as A.Constant).value as PyBytes).b);
      const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
      let n = 0;
      for (const part of parts) {
        all.set(part, n);
        n += part.length;
      }
      return new A.Constant(
        new PyBytes(all),
        null,
        lineno,
        col,
        endLineno,
        endCol,
      );
    }
    const flat: A.Expr[] = [];
    for (const item of items) {
      if (item.kind === "JoinedStr") flat.push(...item.values);
      else flat.push(item);
    }
    const values = foldText(flat, formatted);
    if (!formatted) {
      const only = values[0] as A.Constant;
      return new A.Constant(
        only.value,
        only.constKind,
        lineno,
        col,
        endLineno,
        endCol,
      );
    }
    return new A.JoinedStr(values, lineno, col, endLineno, endCol);
  }

  concatenateTStrings(
    items: A.Expr[],
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
  ): A.Expr {
    const flat: A.Expr[] = [];
    for (const item of items) {
      if (item.kind === "TemplateStr") flat.push(...item.values);
    }
    return new A.TemplateStr(
      foldText(flat, true),
      lineno,
      col,
      endLineno,
      endCol,
    );
  }
}

/** A MIDDLE token on its way to becoming a constant. */
class MiddleText extends A.Constant {
  constructor(readonly token: Tok) {
    super(
      "",
      null,
      token.lineno,
      token.col_offset,
      token.end_lineno,
      token.end_col_offset,
    );
  }
}

/** Quotes that a token begins with, three at most; none where a prefix comes first. */
function openingQuotes(text: string): number {
  let n = 0;
  while (n < 3 && (text[n] === '"' || text[n] === "'")) n++;
  return n;
}

/** The length of src[from:to] with everything beyond ASCII spelled as `\\U0001f600`, as it is decoded. */
function escapedLength(src: string, from: number, to: number): number {
  let n = 0;
  for (let i = from; i < to; i++) {
    const c = src.charCodeAt(i);
    if (c < 128) n++;
    else if ((c & 0xfc00) !== 0xdc00) n += i > from && src.charCodeAt(i - 1) === 92 ? 15 : 10;
  }
  return n;
}

function isEmptyText(e: A.Expr): boolean {
  return e.kind === "Constant" && e.value === "";
}

/** Joins runs of text; empty text goes when `drop` is set. */
function foldText(items: A.Expr[], drop: boolean): A.Expr[] {
  const out: A.Expr[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item.kind !== "Constant" || !isStr(item.value)) {
      out.push(item);
      continue;
    }
    let last = i;
    while (last + 1 < items.length && items[last + 1].kind === "Constant") {
      last++;
    }
    const run = items.slice(i, last + 1) as A.Constant[];
    i = last;
    const first = run[0], end = run[run.length - 1];
    const value = run.length === 1 ? first.value : concatStr(run.map((part) => part.value as Str));
    if (drop && value === "") continue;
    out.push(
      run.length === 1 ? first : new A.Constant(
        value,
        first.constKind,
        first.lineno,
        first.col_offset,
        end.end_lineno,
        end.end_col_offset,
      ),
    );
  }
  return out;
}
