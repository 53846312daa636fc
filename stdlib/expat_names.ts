// Expat 2.9: lib/nametab.h, lib/xmltok.c (names, characters)
//
// What may stand in names. With namespaces a colon is a character of its own, not one of a name.

// Beyond ASCII: characters that can start a name, and that can only go on with one (XML 1.0, fourth
// edition, appendix B). Each range: its distance from the end of the one before, and its length less 1.
const LETTERS =
  "40-16 2-1e 2-39 3-a 3-7 2-34 2-43 a-23 4-1 5-1d 39-58 13-6 c5 2-2 2 2-13 2-2b 2-6 4 2 2 2 2-11 e-b 2-41 2-b " +
  "2-23 f-34 3-1 3-1 4-1b 3-7 3-1 38-25 3 8-25 4a-1a 6-2 2f-19 7-9 27-46 3-4 2-e 2-3 2 10-1 21f-34 4 1b-9 24-7 " +
  "3-1 3-15 2-6 2 4-3 23-1 2-2 f-1 14-5 5-1 3-15 2-6 2-1 2-1 2-1 20-3 2 14-2 11-6 2 2-2 2-15 2-6 2-1 2-4 4 23 " +
  "25-7 3-1 3-15 2-6 2-1 3-3 4 1f-1 2-2 24-5 4-2 2-3 4-1 2 2-1 4-1 4-2 4-7 2-2 4c-7 2-2 2-16 2-9 2-4 27-1 24-7 " +
  "2-2 2-16 2-9 2-4 25 2-1 24-7 2-2 2-16 2-f 27-1 a0-2d 2 2-1 d-5 3c-1 2 3-1 2 3 7-3 2-6 2-2 2 2 3-1 2-1 2 2-1 " +
  "a 3-4 7c-7 2-20 137-25 b-26 a 2-1 2-2 2 2-1 2-4 2a 2 2 c 2 2 4-1 4 6-2 2 2 2 2 4-1 4-1 2 29 a 3 3-1 8-1 2 " +
  "2-6 29 5 9 c07-9b 5-59 7-15 3-5 3-25 3-5 3-7 2 2 2 2-1e 3-34 2-6 2 4-2 2-6 4-3 3-5 5-c 6-2 2-6 12a 4-1 3 " +
  "52-2 e85 1a-8 18-53 d-59 b-27 1cd4-51a5 c5b-2ba3";
const OTHERS =
  "37 219-1 2f-45 1b-1 26 fc-3 10b-10 2-16 2-2 2 2-1 2 7c b-7 e-9 7 66-e 3-1 2-3 3-9 208-2 39 2-f 4-3 e-1 3-9 " +
  "12-2 39 2-6 3-1 3-2 a b-1 3-9 13 3a 2-4 5-1 3-2 19-b 10-2 39 2-7 2-2 2-2 19-9 12-2 39 2-5 4-1 3-2 9-1 f-9 " +
  "13-1 3b-4 4-2 2-3 a 10-8 12-2 3b-6 2-2 2-3 8-1 10-9 13-1 3b-6 2-2 2-3 8-1 10-9 13-1 3b-5 3-2 2-3 a f-9 c2 " +
  "3-6 c-8 2-9 58 3-5 2-1 a 2-5 3-9 3f-1 7-9 c 2 2 5-1 32-13 2-5 5-5 2 2-14 4-6 2 1117-c 5 f24 25-5 2-4 64-1 " +
  "3-1 5e-2";

/** A table as the inside of a character class. */
function ranges(table: string): string {
  let last = 0x80, out = "";
  const escape = (c: number) => `\\u${c.toString(16).padStart(4, "0")}`;
  for (const r of table.split(" ")) {
    const [skip, more = "0"] = r.split("-"), from = last + parseInt(skip, 16);
    last = from + parseInt(more, 16);
    out += `${escape(from)}-${escape(last)}`;
  }
  return out;
}

interface Patterns {
  start: RegExp;
  rest: RegExp;
  restColon: RegExp;
}
let made: Patterns | undefined;
function patterns(): Patterns {
  if (made !== undefined) return made;
  const letters = `A-Z_a-z${ranges(LETTERS)}`, all = `${letters}.0-9${ranges(OTHERS)}-`;
  return made = {
    start: new RegExp(`[${letters}]`, "y"),
    rest: new RegExp(`[${all}]+`, "y"),
    restColon: new RegExp(`[:${all}]+`, "y"),
  };
}

/** Can a name start with s[i]? */
export function nameStart(s: string, i: number, ns: boolean): boolean {
  const c = s.charCodeAt(i);
  if (c < 0x80) return c >= 97 && c <= 122 || c >= 65 && c <= 90 || c === 95 || c === 58 && !ns;
  const r = patterns().start;
  r.lastIndex = i;
  return r.test(s);
}
/** The end of the run of name characters at s[i]. */
export function tokenEnd(s: string, i: number, ns: boolean): number {
  const r = ns ? patterns().rest : patterns().restColon;
  r.lastIndex = i;
  return r.test(s) ? r.lastIndex : i;
}
/** The end of the name at s[i], colons included. */
export function nameEnd(s: string, i: number): number {
  return tokenEnd(s, i, false);
}
export function isSpace(c: number): boolean {
  return c === 32 || c === 10 || c === 9 || c === 13;
}
/** May a reference name the character? */
export function isXmlChar(c: number): boolean {
  return c >= 0x20
    ? c < 0xd800 || c > 0xdfff && c !== 0xfffe && c !== 0xffff && c <= 0x10ffff
    : c === 9 || c === 10 || c === 13;
}
