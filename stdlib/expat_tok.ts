// Expat 2.9: lib/xmltok_impl.c (the tokenizers)
//
// A Lexer cuts one text into tokens: a document (what has come of it), the text of an entity, or a
// literal's inside. A method is given where a token starts, returns the token's number and leaves in
// `next` where it ends, or for INVALID the character that is wrong. A token that the text ends before
// it does is PARTIAL; one that might go on is given as its negative. U+FFFF and U+FFFE stand for bytes that no
// document may hold, at the very end (with `cut`) for a character that is not whole.

import { nameEnd, nameStart, tokenEnd } from "./expat_names.ts";

export const NONE = -4, TRAILING_CR = -3, PARTIAL_CHAR = -2, PARTIAL = -1, INVALID = 0;
export const TRAILING_RSQB = -5;
export const START_TAG = 1, EMPTY_ELEMENT = 3, END_TAG = 5, DATA_CHARS = 6, DATA_NEWLINE = 7;
export const CDATA_OPEN = 8, ENTITY_REF = 9, CHAR_REF = 10, PI = 11, XML_DECL = 12, COMMENT = 13;
export const PROLOG_S = 15, DECL_OPEN = 16, DECL_CLOSE = 17, NAME = 18, NMTOKEN = 19, POUND_NAME = 20;
export const OR = 21, PERCENT = 22, OPEN_PAREN = 23, CLOSE_PAREN = 24, OPEN_BRACKET = 25, CLOSE_BRACKET = 26;
export const LITERAL = 27, PARAM_ENTITY_REF = 28, INSTANCE_START = 29;
export const NAME_QUESTION = 30, NAME_ASTERISK = 31, NAME_PLUS = 32, COND_SECT_OPEN = 33, COND_SECT_CLOSE = 34;
export const CLOSE_PAREN_QUESTION = 35, CLOSE_PAREN_ASTERISK = 36, CLOSE_PAREN_PLUS = 37, COMMA = 38;
export const ATTRIBUTE_VALUE_S = 39, CDATA_CLOSE = 40, PREFIXED_NAME = 41, IGNORE_SECT = 42;

const TAB = 9, LF = 10, CR = 13, SP = 32, EXCL = 33, QUOT = 34, NUM = 35, PERCNT = 37, AMP = 38, APOS = 39;
const LPAR = 40, RPAR = 41, AST = 42, PLUS = 43, COMMA_C = 44, MINUS = 45, SOL = 47, COLON = 58, SEMI = 59;
const LT = 60, EQUALS = 61, GT = 62, QUEST = 63, LSQB = 91, RSQB = 93, VERBAR = 124;

const space = (c: number): boolean => c === SP || c === LF || c === CR || c === TAB;
const digit = (c: number): boolean => c >= 48 && c <= 57;
const hexDigit = (c: number): boolean => digit(c) || c >= 65 && c <= 70 || c >= 97 && c <= 102;
/** No document may hold the code unit. */
const bad = (c: number): boolean => c < 32 ? c !== TAB && c !== LF && c !== CR : c >= 0xfffe;

interface Patterns {
  data: RegExp;
  value: RegExp;
  literal: RegExp;
  cdata: RegExp;
}
let made: Patterns | undefined;
/** Runs of characters that mean only themselves. */
function patterns(): Patterns {
  return made ??= {
    // deno-lint-ignore no-control-regex
    data: /[^<&\]\r\n\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+/y,
    // deno-lint-ignore no-control-regex
    value: /[^<&"'\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+/y,
    // deno-lint-ignore no-control-regex
    literal: /[^"'\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+/y,
    // deno-lint-ignore no-control-regex
    cdata: /[^\]\r\n\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+/y,
  };
}
function run(r: RegExp, s: string, i: number): number {
  r.lastIndex = i;
  return r.test(s) ? r.lastIndex : i;
}

export class Lexer {
  /** Where the token ends, or what is wrong stands. */
  next = 0;
  /** Of a start tag: starts and ends of its attributes' names and values. */
  readonly atts: number[] = [];
  /** The last character of the text is only a part; "odd": of one that could be any. */
  cut: boolean | "odd" = false;
  /** The text comes from an encoding of single bytes, whose letters are all as good as ASCII's. */
  single = false;
  /**
   * @param ns names may hold one colon, which splits them
   * @param internal the text of an entity: what happens in it has the place of the reference
   * @param base where the text stands in the document
   */
  constructor(public s: string, readonly ns: boolean, readonly internal: boolean, readonly base = 0) {}

  #invalid(i: number): number {
    if (this.cut !== false && i === this.s.length - 1) return this.cut === "odd" ? PARTIAL : PARTIAL_CHAR;
    this.next = i;
    return INVALID;
  }
  #done(tok: number, next: number): number {
    this.next = next;
    return tok;
  }
  #nameStart(i: number): boolean {
    return nameStart(this.s, i, this.ns);
  }
  #nameEnd(i: number): number {
    return tokenEnd(this.s, i, this.ns);
  }
  /** The end of the name at s[i], colons included. */
  wholeName(i: number): number {
    return nameEnd(this.s, i);
  }

  // ---- content ------------------------------------------------------------------------------

  content(i: number): number {
    const { s } = this;
    if (i >= s.length) return NONE;
    let c = s.charCodeAt(i), j = i;
    switch (c) {
      case LT:
        return this.#lt(i + 1);
      case AMP:
        return this.#ref(i + 1);
      case CR:
        if (i + 1 >= s.length) return TRAILING_CR;
        return this.#done(DATA_NEWLINE, s.charCodeAt(i + 1) === LF ? i + 2 : i + 1);
      case LF:
        return this.#done(DATA_NEWLINE, i + 1);
      case RSQB:
        if (i + 1 >= s.length) return TRAILING_RSQB;
        if (s.charCodeAt(i + 1) === RSQB) {
          if (i + 2 >= s.length) return TRAILING_RSQB;
          if (s.charCodeAt(i + 2) === GT) return this.#done(INVALID, i + 2);
        }
        j++;
        break;
      default:
        if (bad(c)) return this.#invalid(i);
    }
    for (;;) {
      j = run(patterns().data, s, j);
      c = s.charCodeAt(j);
      if (c !== RSQB) break;
      if (j + 1 >= s.length) break;
      if (s.charCodeAt(j + 1) === RSQB) {
        if (j + 2 >= s.length) break;
        if (s.charCodeAt(j + 2) === GT) return this.#done(INVALID, j + 2);
      }
      j++;
    }
    return this.#done(DATA_CHARS, j);
  }

  #lt(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    if (!this.#nameStart(i)) {
      switch (s.charCodeAt(i)) {
        case EXCL:
          if (++i >= s.length) return PARTIAL;
          if (s.charCodeAt(i) === MINUS) return this.#comment(i + 1);
          if (s.charCodeAt(i) === LSQB) return this.#cdataOpen(i + 1);
          return this.#invalid(i);
        case QUEST:
          return this.#pi(i + 1);
        case SOL:
          return this.#endTag(i + 1);
      }
      return this.#invalid(i);
    }
    this.atts.length = 0;
    let j = this.#qname(i);
    if (j < 0) return -j - 10;
    let c = s.charCodeAt(j);
    if (space(c)) {
      do c = s.charCodeAt(++j); while (space(c));
      if (j >= s.length) return PARTIAL;
      if (this.#nameStart(j)) return this.#attributes(j);
    }
    return this.#tagEnd(j);
  }
  /** `>` or `/>`. */
  #tagEnd(j: number): number {
    const { s } = this;
    if (j >= s.length) return PARTIAL;
    const c = s.charCodeAt(j);
    if (c === GT) return this.#done(START_TAG, j + 1);
    if (c !== SOL) return this.#invalid(j);
    if (++j >= s.length) return PARTIAL;
    if (s.charCodeAt(j) !== GT) return this.#invalid(j);
    return this.#done(EMPTY_ELEMENT, j + 1);
  }
  /** The end of a name with at most one colon; -(10 + token) where it is wrong. */
  #qname(i: number): number {
    const { s } = this;
    let j = this.#nameEnd(i);
    if (this.ns && s.charCodeAt(j) === COLON) {
      if (++j >= s.length) return -(10 + PARTIAL);
      if (!this.#nameStart(j)) return -(10 + this.#invalid(j));
      j = this.#nameEnd(j);
      if (s.charCodeAt(j) === COLON) return -(10 + this.#invalid(j));
    }
    return j >= s.length ? -(10 + PARTIAL) : j;
  }
  #attributes(i: number): number {
    const { s, atts } = this;
    for (;;) {
      let j = this.#qname(i);
      if (j < 0) return -j - 10;
      atts.push(i, j);
      let c = s.charCodeAt(j);
      while (space(c)) c = s.charCodeAt(++j);
      if (j >= s.length) return PARTIAL;
      if (c !== EQUALS) return this.#invalid(j);
      do c = s.charCodeAt(++j); while (space(c));
      if (j >= s.length) return PARTIAL;
      if (c !== QUOT && c !== APOS) return this.#invalid(j);
      const open = c;
      atts.push(++j);
      for (;;) {
        j = run(patterns().value, s, j);
        if (j >= s.length) return PARTIAL;
        c = s.charCodeAt(j);
        if (c === open) break;
        if (c === AMP) {
          const tok = this.#ref(j + 1);
          if (tok <= 0) return tok;
          j = this.next;
        } else if (c === LT || bad(c)) return this.#invalid(j);
        else j++;
      }
      atts.push(j);
      if (++j >= s.length) return PARTIAL;
      if (!space(s.charCodeAt(j))) return this.#tagEnd(j);
      do c = s.charCodeAt(++j); while (space(c));
      if (j >= s.length) return PARTIAL;
      if (!this.#nameStart(j)) return this.#tagEnd(j);
      i = j;
    }
  }
  #endTag(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    if (!this.#nameStart(i)) return this.#invalid(i);
    let j = nameEnd(s, i);
    while (space(s.charCodeAt(j))) j++;
    if (j >= s.length) return PARTIAL;
    if (s.charCodeAt(j) !== GT) return this.#invalid(j);
    return this.#done(END_TAG, j + 1);
  }
  #ref(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    if (s.charCodeAt(i) === NUM) {
      const hex = s.charCodeAt(i + 1) === 120;
      let j = i + (hex ? 2 : 1);
      const from = j, is = hex ? hexDigit : digit;
      while (is(s.charCodeAt(j))) j++;
      if (j >= s.length) return PARTIAL;
      if (j === from || s.charCodeAt(j) !== SEMI) return this.#invalid(j);
      return this.#done(CHAR_REF, j + 1);
    }
    if (!this.#nameStart(i)) return this.#invalid(i);
    const j = this.#nameEnd(i);
    if (j >= s.length) return PARTIAL;
    if (s.charCodeAt(j) !== SEMI) return this.#invalid(j);
    return this.#done(ENTITY_REF, j + 1);
  }

  cdata(i: number): number {
    const { s } = this;
    if (i >= s.length) return NONE;
    const c = s.charCodeAt(i);
    let j = i;
    if (c === RSQB) {
      if (i + 1 >= s.length) return PARTIAL;
      if (s.charCodeAt(i + 1) === RSQB) {
        if (i + 2 >= s.length) return PARTIAL;
        if (s.charCodeAt(i + 2) === GT) return this.#done(CDATA_CLOSE, i + 3);
      }
      j++;
    } else if (c === CR) {
      if (i + 1 >= s.length) return PARTIAL;
      return this.#done(DATA_NEWLINE, s.charCodeAt(i + 1) === LF ? i + 2 : i + 1);
    } else if (c === LF) return this.#done(DATA_NEWLINE, i + 1);
    else if (bad(c)) return this.#invalid(i);
    return this.#done(DATA_CHARS, run(patterns().cdata, s, j));
  }
  #cdataOpen(i: number): number {
    const { s } = this;
    if (s.length - i < 6) return PARTIAL;
    for (let k = 0; k < 6; k++) if (s[i + k] !== "CDATA["[k]) return this.#invalid(i + k);
    return this.#done(CDATA_OPEN, i + 6);
  }

  // ---- comments, instructions ---------------------------------------------------------------

  /** After `<!-`. */
  #comment(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    if (s.charCodeAt(i) !== MINUS) return this.#invalid(i);
    for (let j = i + 1; j < s.length; j++) {
      const c = s.charCodeAt(j);
      if (c === MINUS) {
        if (j + 1 >= s.length) return PARTIAL;
        if (s.charCodeAt(j + 1) !== MINUS) continue;
        if (j + 2 >= s.length) return PARTIAL;
        return s.charCodeAt(j + 2) === GT ? this.#done(COMMENT, j + 3) : this.#invalid(j + 2);
      }
      if (bad(c)) return this.#invalid(j);
    }
    return PARTIAL;
  }
  /** After `<?`. */
  #pi(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    if (!this.#nameStart(i)) return this.#invalid(i);
    let j = this.#nameEnd(i);
    if (j >= s.length) return PARTIAL;
    const c = s.charCodeAt(j);
    if (!space(c) && c !== QUEST) return this.#invalid(j);
    const target = s.slice(i, j), tok = target === "xml" ? XML_DECL : PI;
    if (tok === PI && target.length === 3 && target.toLowerCase() === "xml") return this.#invalid(j);
    if (c === QUEST) {
      if (++j >= s.length) return PARTIAL;
      return s.charCodeAt(j) === GT ? this.#done(tok, j + 1) : this.#invalid(j);
    }
    for (j++; j < s.length; j++) {
      const d = s.charCodeAt(j);
      if (d === QUEST) {
        if (j + 1 >= s.length) return PARTIAL;
        if (s.charCodeAt(j + 1) === GT) return this.#done(tok, j + 2);
      } else if (bad(d)) return this.#invalid(j);
    }
    return PARTIAL;
  }

  // ---- prolog -------------------------------------------------------------------------------

  prolog(i: number): number {
    const { s } = this, n = s.length;
    if (i >= n) return NONE;
    const c = s.charCodeAt(i);
    switch (c) {
      case QUOT:
      case APOS:
        return this.#literal(c, i + 1);
      case LT:
        if (++i >= n) return PARTIAL;
        if (s.charCodeAt(i) === EXCL) return this.#decl(i + 1);
        if (s.charCodeAt(i) === QUEST) return this.#pi(i + 1);
        // what begins with a byte of several is not looked at here
        if (nameStart(s, i, true) || s.charCodeAt(i) >= 0x80 && s.charCodeAt(i) !== 0xfffe) {
          return this.#done(INSTANCE_START, i - 1);
        }
        return this.#invalid(i);
      case CR:
      case SP:
      case TAB:
      case LF:
        return this.#space(i);
      case PERCNT:
        return this.#percent(i + 1);
      case COMMA_C:
        return this.#done(COMMA, i + 1);
      case RSQB:
        if (++i >= n) return -CLOSE_BRACKET;
        if (s.charCodeAt(i) === RSQB) {
          if (i + 1 >= n) return PARTIAL;
          if (s.charCodeAt(i + 1) === GT) return this.#done(COND_SECT_CLOSE, i + 2);
        }
        return this.#done(CLOSE_BRACKET, i);
      case LSQB:
        return this.#done(OPEN_BRACKET, i + 1);
      case LPAR:
        return this.#done(OPEN_PAREN, i + 1);
      case RPAR:
        return this.#closeParen(i + 1);
      case VERBAR:
        return this.#done(OR, i + 1);
      case GT:
        return this.#done(DECL_CLOSE, i + 1);
      case NUM:
        return this.#poundName(i + 1);
    }
    return this.#prologName(i);
  }
  #space(i: number): number {
    const { s } = this, n = s.length;
    if (s.charCodeAt(i) === CR && i + 1 === n) return this.#done(-PROLOG_S, n);
    for (let j = i + 1; j < n; j++) {
      const c = s.charCodeAt(j);
      if (c === SP || c === TAB || c === LF || c === CR && j + 1 !== n) continue;
      return this.#done(PROLOG_S, j);
    }
    return this.#done(PROLOG_S, n);
  }
  #closeParen(i: number): number {
    if (i >= this.s.length) return -CLOSE_PAREN;
    const c = this.s.charCodeAt(i);
    if (c === AST) return this.#done(CLOSE_PAREN_ASTERISK, i + 1);
    if (c === QUEST) return this.#done(CLOSE_PAREN_QUESTION, i + 1);
    if (c === PLUS) return this.#done(CLOSE_PAREN_PLUS, i + 1);
    if (space(c) || c === GT || c === COMMA_C || c === VERBAR || c === RPAR) return this.#done(CLOSE_PAREN, i);
    return this.#invalid(i);
  }
  #prologName(i: number): number {
    const { s } = this;
    let tok = this.#nameStart(i) ? NAME : NMTOKEN;
    if (tok === NMTOKEN && tokenEnd(s, i, false) === i) return this.#invalid(i);
    let j = i + 1;
    for (;;) {
      j = this.#nameEnd(j);
      if (j >= s.length) return -tok;
      const c = s.charCodeAt(j);
      if (c === COLON) { // names are split by it
        j++;
        if (tok !== NAME) tok = NMTOKEN;
        else {
          if (j >= s.length) return PARTIAL;
          tok = this.#nameEnd(j) > j ? PREFIXED_NAME : NMTOKEN;
        }
        continue;
      }
      if (c === GT || c === RPAR || c === COMMA_C || c === VERBAR || c === LSQB || c === PERCNT || space(c)) {
        return this.#done(tok, j);
      }
      const q = c === PLUS ? NAME_PLUS : c === AST ? NAME_ASTERISK : c === QUEST ? NAME_QUESTION : 0;
      if (q === 0 || tok === NMTOKEN) return this.#invalid(j);
      return this.#done(q, j + 1);
    }
  }
  /** After `<!`. */
  #decl(i: number): number {
    const { s } = this, n = s.length;
    if (i >= n) return PARTIAL;
    const letter = (c: number, at: number) =>
      c >= 65 && c <= 90 || c >= 97 && c <= 122 || c === 95 || c === COLON && !this.ns ||
      c >= 0x80 && this.single && this.#nameStart(at);
    const c = s.charCodeAt(i);
    if (c === MINUS) return this.#comment(i + 1);
    if (c === LSQB) return this.#done(COND_SECT_OPEN, i + 1);
    if (!letter(c, i)) return this.#invalid(i);
    for (let j = i + 1; j < n; j++) {
      const d = s.charCodeAt(j);
      if (letter(d, j)) continue;
      if (d === PERCNT) {
        if (j + 1 >= n) return PARTIAL;
        const e = s.charCodeAt(j + 1);
        if (space(e) || e === PERCNT) return this.#invalid(j);
      } else if (!space(d)) return this.#invalid(j);
      return this.#done(DECL_OPEN, j);
    }
    return PARTIAL;
  }
  #percent(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    if (!this.#nameStart(i)) {
      const c = s.charCodeAt(i);
      return space(c) || c === PERCNT ? this.#done(PERCENT, i) : this.#invalid(i);
    }
    const j = this.#nameEnd(i);
    if (j >= s.length) return PARTIAL;
    return s.charCodeAt(j) === SEMI ? this.#done(PARAM_ENTITY_REF, j + 1) : this.#invalid(j);
  }
  #poundName(i: number): number {
    const { s } = this;
    if (i >= s.length) return PARTIAL;
    if (!this.#nameStart(i)) return this.#invalid(i);
    const j = this.#nameEnd(i);
    if (j >= s.length) return -POUND_NAME;
    const c = s.charCodeAt(j);
    if (space(c) || c === RPAR || c === GT || c === PERCNT || c === VERBAR) return this.#done(POUND_NAME, j);
    return this.#invalid(j);
  }
  #literal(open: number, i: number): number {
    const { s } = this;
    for (let j = i;;) {
      j = run(patterns().literal, s, j);
      if (j >= s.length) return PARTIAL;
      const c = s.charCodeAt(j);
      if (c !== QUOT && c !== APOS) return this.#invalid(j);
      j++;
      if (c !== open) continue;
      if (j >= s.length) return -LITERAL;
      const d = s.charCodeAt(j);
      this.next = j;
      return space(d) || d === GT || d === PERCNT || d === LSQB ? LITERAL : INVALID;
    }
  }

  // ---- values -------------------------------------------------------------------------------

  attributeValue(i: number): number {
    const { s } = this;
    for (let j = i; j < s.length; j++) {
      const c = s.charCodeAt(j);
      if (c === LT) return this.#done(INVALID, j);
      if (c !== AMP && !space(c)) continue;
      if (j > i) return this.#done(DATA_CHARS, j);
      if (c === AMP) return this.#ref(j + 1);
      if (c === SP || c === TAB) return this.#done(ATTRIBUTE_VALUE_S, j + 1);
      return this.#lineEnd(c, j);
    }
    return this.#end(i);
  }
  entityValue(i: number): number {
    const { s } = this;
    for (let j = i; j < s.length; j++) {
      const c = s.charCodeAt(j);
      if (c !== AMP && c !== PERCNT && c !== LF && c !== CR) continue;
      if (j > i) return this.#done(DATA_CHARS, j);
      if (c === AMP) return this.#ref(j + 1);
      if (c !== PERCNT) return this.#lineEnd(c, j);
      const tok = this.#percent(j + 1);
      return tok === PERCENT ? INVALID : tok;
    }
    return this.#end(i);
  }
  #end(i: number): number {
    this.next = this.s.length;
    return i >= this.s.length ? NONE : DATA_CHARS;
  }
  #lineEnd(c: number, j: number): number {
    if (c === LF) return this.#done(DATA_NEWLINE, j + 1);
    if (j + 1 >= this.s.length) return TRAILING_CR;
    return this.#done(DATA_NEWLINE, this.s.charCodeAt(j + 1) === LF ? j + 2 : j + 1);
  }

  /** Up to the end of an ignored section that may hold others. */
  ignoreSection(i: number): number {
    const { s } = this;
    for (let j = i, level = 0; j < s.length;) {
      const c = s.charCodeAt(j);
      if (bad(c)) return this.#invalid(j);
      if (c === LT) {
        if (++j >= s.length) return PARTIAL;
        if (s.charCodeAt(j) !== EXCL) continue;
        if (++j >= s.length) return PARTIAL;
        if (s.charCodeAt(j) === LSQB) {
          level++;
          j++;
        }
      } else if (c === RSQB) {
        if (++j >= s.length) return PARTIAL;
        if (s.charCodeAt(j) !== RSQB) continue;
        if (++j >= s.length) return PARTIAL;
        if (s.charCodeAt(j) !== GT) {
          j--; // the second may be the first of two
          continue;
        }
        j++;
        if (level-- === 0) return this.#done(IGNORE_SECT, j);
      } else j++;
    }
    return PARTIAL;
  }
}
