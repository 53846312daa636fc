// CPython 3.14: Parser/lexer/lexer.c (numbers)
//
// Numeric literals. The value is made later, from the token's text (actions.ts).

import { countCodePoints, type Tokenizer } from "./tokenizer.ts";
import { NUMBER } from "./tokens.ts";

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** The words that may follow a number directly, for now with a warning. */
const FOLLOWERS = ["and", "else", "for", "if", "in", "is", "or", "not"];

/** Checks what follows a number that ends at `pos`. */
function verifyEnd(tok: Tokenizer, kind: string): void {
  if (tok.extraTokens) return;
  const { src, classes, pos } = tok;
  const c = src.charCodeAt(pos);
  if (!(c < 128) || (classes[c] & 2) === 0) return;
  for (const word of FOLLOWERS) {
    if (!src.startsWith(word, pos)) continue;
    const after = src.charCodeAt(pos + word.length);
    if (
      c !== 105 && (after >= 128 || (after < 128 && (classes[after] & 2) !== 0))
    ) continue;
    tok.emitWarning(`invalid ${kind} literal`);
    return;
  }
  throw tok.error(`invalid ${kind} literal`);
}

/** Digits with single underscores between them, from a digit on. */
function decimalTail(tok: Tokenizer): void {
  const src = tok.src;
  for (;;) {
    while (isDigit(src.charCodeAt(tok.pos))) tok.pos++;
    if (src.charCodeAt(tok.pos) !== 95) return;
    tok.pos++;
    if (!isDigit(src.charCodeAt(tok.pos))) {
      throw tok.error("invalid decimal literal");
    }
  }
}

function radixLiteral(tok: Tokenizer, radix: number, kind: string): void {
  const { src, classes } = tok;
  const valid = (c: number): boolean => radix === 16 ? c < 128 && (classes[c] & 8) !== 0 : c >= 48 && c < 48 + radix;
  tok.pos += 2;
  for (;;) {
    if (src.charCodeAt(tok.pos) === 95) tok.pos++;
    let c = src.charCodeAt(tok.pos);
    if (!valid(c)) {
      if (isDigit(c)) {
        tok.pos++;
        throw tok.error(
          `invalid digit '${String.fromCharCode(c)}' in ${kind} literal`,
        );
      }
      throw tok.error(`invalid ${kind} literal`);
    }
    do c = src.charCodeAt(++tok.pos); while (valid(c));
    if (c === 95) continue;
    if (isDigit(c)) {
      tok.pos++;
      throw tok.error(
        `invalid digit '${String.fromCharCode(c)}' in ${kind} literal`,
      );
    }
    break;
  }
  verifyEnd(tok, kind);
}

/** Fraction, exponent and imaginary mark, from after the integer part. */
function decimalRest(tok: Tokenizer): void {
  const src = tok.src;
  let c = src.charCodeAt(tok.pos);
  if (c === 46) {
    tok.pos++;
    if (isDigit(src.charCodeAt(tok.pos))) decimalTail(tok);
    c = src.charCodeAt(tok.pos);
  }
  if (c === 101 || c === 69) {
    const mark = tok.pos++;
    c = src.charCodeAt(tok.pos);
    if (c === 43 || c === 45) {
      tok.pos++;
      if (!isDigit(src.charCodeAt(tok.pos))) {
        throw tok.error("invalid decimal literal");
      }
    } else if (!isDigit(c)) {
      tok.pos = mark;
      verifyEnd(tok, "decimal");
      return;
    }
    decimalTail(tok);
    c = src.charCodeAt(tok.pos);
  }
  if (c === 106 || c === 74) {
    tok.pos++;
    verifyEnd(tok, "imaginary");
  } else verifyEnd(tok, "decimal");
}

/** Scans a number that starts at `pos` with `c`, a digit or a point before one. */
export function scanNumber(tok: Tokenizer, c: number): number {
  const src = tok.src;
  if (c === 48) {
    const mark = src.charCodeAt(tok.pos + 1) | 32;
    if (mark === 120) radixLiteral(tok, 16, "hexadecimal");
    else if (mark === 111) radixLiteral(tok, 8, "octal");
    else if (mark === 98) radixLiteral(tok, 2, "binary");
    else zeroLiteral(tok);
    return tok.token(NUMBER);
  }
  if (c !== 46) {
    decimalTail(tok);
    c = src.charCodeAt(tok.pos);
    // Most numbers end here.
    if (!(c === 46 || c >= 128 || (c < 128 && (tok.classes[c] & 2) !== 0))) {
      return tok.token(NUMBER);
    }
  }
  decimalRest(tok);
  return tok.token(NUMBER);
}

/** Zeros, then perhaps a float; other digits are only good for one. */
function zeroLiteral(tok: Tokenizer): void {
  const src = tok.src;
  let c = src.charCodeAt(tok.pos);
  for (;;) {
    if (c === 95) {
      c = src.charCodeAt(++tok.pos);
      if (!isDigit(c)) throw tok.error("invalid decimal literal");
    }
    if (c !== 48) break;
    c = src.charCodeAt(++tok.pos);
  }
  const zerosEnd = tok.pos + 1;
  const nonzero = isDigit(c);
  if (nonzero) {
    decimalTail(tok);
    c = src.charCodeAt(tok.pos);
  }
  if (c === 46 || (c | 32) === 101 || (c | 32) === 106) {
    decimalRest(tok);
    return;
  }
  if (nonzero && !tok.extraTokens) {
    throw tok.error(
      "leading zeros in decimal integer literals are not permitted; " +
        "use an 0o prefix for octal integers",
      countCodePoints(src, tok.lineStart, tok.start) + 1,
      countCodePoints(src, tok.lineStart, zerosEnd),
    );
  }
  verifyEnd(tok, "decimal");
}
