// CPython 3.14: Parser/lexer/lexer.c (verify_identifier), Objects/unicodeobject.c
//
// Identifiers beyond ASCII (PEP 3131).

import type { Tokenizer, UnicodeInfo } from "./tokenizer.ts";

/** How many bytes of UTF-8 a UTF-16 unit has beyond one; half of a pair counts for two. */
export function utf8Extra(unit: number): number {
  if (unit < 0x80) return 0;
  if (unit < 0x800 || (unit & 0xf800) === 0xd800) return 1;
  return 2;
}

let startPattern: RegExp | undefined, partPattern: RegExp | undefined;
let printablePattern: RegExp | undefined;

/** The host's own Unicode data, for want of a better. */
export const defaultUnicode: UnicodeInfo = {
  isIdentifierStart(codePoint: number): boolean {
    startPattern ??= /^[\p{XID_Start}_]$/u;
    return startPattern.test(String.fromCodePoint(codePoint));
  },
  isIdentifierPart(codePoint: number): boolean {
    partPattern ??= /^\p{XID_Continue}$/u;
    return partPattern.test(String.fromCodePoint(codePoint));
  },
  isPrintable(codePoint: number): boolean {
    printablePattern ??= /^[^\p{Other}\p{Separator}]$/u;
    return codePoint === 32 ||
      printablePattern.test(String.fromCodePoint(codePoint));
  },
  normalizeNFKC(name: string): string {
    return name.normalize("NFKC");
  },
};

/** Throws unless src[start:pos] is an identifier. */
export function verifyIdentifier(tok: Tokenizer): void {
  const src = tok.src, end = tok.pos;
  for (let i = tok.start; i < end;) {
    const cp = src.codePointAt(i) as number;
    const next = i + (cp > 0xffff ? 2 : 1);
    const ok = i === tok.start ? tok.unicode.isIdentifierStart(cp) : tok.unicode.isIdentifierPart(cp);
    if (!ok) {
      tok.pos = next;
      const hex = cp.toString(16).toUpperCase().padStart(4, "0");
      throw tok.error(
        tok.unicode.isPrintable(cp)
          ? `invalid character '${String.fromCodePoint(cp)}' (U+${hex})`
          : `invalid non-printable character U+${hex}`,
      );
    }
    i = next;
  }
}
