// Expat 2.9: lib/nametab.h, lib/xmltok.c (names, white space, characters)

const START = ":A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F" +
  "\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD";
const REST = START + "\\-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040";

interface Patterns {
  name: RegExp;
  token: RegExp;
  data: RegExp;
  value: RegExp;
  bad: RegExp;
}
let made: Patterns | undefined;
function patterns(): Patterns {
  return made ??= {
    name: new RegExp(`[${START}][${REST}]*`, "y"),
    token: new RegExp(`[${REST}]+`, "y"),
    // deno-lint-ignore no-control-regex
    data: /[^<&\]\r\n\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+/y,
    // deno-lint-ignore no-control-regex
    value: /[^<&"'\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+/y,
    // deno-lint-ignore no-control-regex
    bad: /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g,
  };
}
function end(r: RegExp, s: string, i: number): number {
  r.lastIndex = i;
  return r.test(s) ? r.lastIndex : i;
}

/** The end of the name at s[i]; i where there is none. */
export function nameEnd(s: string, i: number): number {
  return end(patterns().name, s, i);
}
/** The end of the name token (NMTOKEN) at s[i]. */
export function tokenEnd(s: string, i: number): number {
  return end(patterns().token, s, i);
}
/** The end of the character data at s[i]: up to what may mean something. */
export function dataEnd(s: string, i: number): number {
  return end(patterns().data, s, i);
}
/** The end of the run in an attribute's value at s[i] that means only itself. */
export function valueEnd(s: string, i: number): number {
  return end(patterns().value, s, i);
}
/** The first character from i on, before `to`, that no document may hold; -1 for none. */
export function badChar(s: string, i: number, to: number): number {
  const r = patterns().bad;
  r.lastIndex = i;
  const m = r.exec(s);
  return m === null || m.index >= to ? -1 : m.index;
}
export function isSpace(c: number): boolean {
  return c === 32 || c === 10 || c === 9 || c === 13;
}
/** The end of the white space at s[i]. */
export function spaceEnd(s: string, i: number): number {
  while (i < s.length && isSpace(s.charCodeAt(i))) i++;
  return i;
}
/** May a document hold the character? */
export function isXmlChar(c: number): boolean {
  return c >= 0x20
    ? c < 0xd800 || c > 0xdfff && c !== 0xfffe && c !== 0xffff && c <= 0x10ffff
    : c === 9 || c === 10 || c === 13;
}
