// CPython 3.14: Objects/unicodectype.c
//
// Character classes and case mappings of single code points, by the Unicode 16 tables. (V8 has a
// Unicode version of its own, so RegExp classes and toUpperCase are not used beyond Latin-1.)
//
// Each code point has a type record: flags, differences to its simple lower, upper and title case
// forms, and its digit value. Where a full mapping differs from the simple ones, or the folded
// form from the lower-case one, the record has EXTENDED and the first number is an index into the
// full mappings. The flags of Latin-1 are also in a table of their own: most programs need no more.

import { Trie, Unpacker } from "./pack.ts";
import { EXTENDED_CASE, LATIN1_FLAGS, TYPE_RECORDS, TYPE_RUNS } from "./tables.generated.ts";

export const ALPHA = 1 << 0,
  DECIMAL = 1 << 1,
  DIGIT = 1 << 2,
  LOWER = 1 << 3,
  LINEBREAK = 1 << 4;
export const SPACE = 1 << 5,
  TITLE = 1 << 6,
  UPPER = 1 << 7,
  XID_START = 1 << 8,
  XID_CONTINUE = 1 << 9;
export const PRINTABLE = 1 << 10,
  NUMERIC = 1 << 11,
  CASE_IGNORABLE = 1 << 12,
  CASED = 1 << 13;
const EXTENDED = 1 << 14;

const FIELDS = 5; // flags, lower or index of the full mapping, upper, title, digit

interface Types {
  trie: Trie;
  records: Int32Array;
  /** Where each full mapping starts in `extended`. */
  starts: number[];
  /** lower, upper, title, folded: a length and differences to the code point each. */
  extended: Int32Array;
}
let types: Types | undefined;
/** Flags of U+0000 to U+00FF. */
let latin1: Uint16Array | undefined;

function numbers(packed: string): Int32Array {
  const out: number[] = [], input = new Unpacker(packed);
  while (!input.done) out.push(input.nextSigned());
  return Int32Array.from(out);
}

function load(): Types {
  const extended = numbers(EXTENDED_CASE), starts: number[] = [];
  for (let i = 0; i < extended.length;) {
    starts.push(i);
    for (let k = 0; k < 4; k++) i += extended[i] + 1;
  }
  return types = {
    trie: new Trie(TYPE_RUNS),
    records: numbers(TYPE_RECORDS),
    starts,
    extended,
  };
}

/** Offset of the record of a code point. */
function record(t: Types, c: number): number {
  return t.trie.get(c) * FIELDS;
}

function loadLatin1(): Uint16Array {
  const input = new Unpacker(LATIN1_FLAGS);
  return latin1 = Uint16Array.from({ length: 256 }, () => input.next());
}

/** All flags of a code point. */
export function charFlags(c: number): number {
  if (c < 256) return (latin1 ?? loadLatin1())[c];
  const t = types ?? load();
  return t.records[record(t, c)];
}

export function isAlpha(c: number): boolean {
  return (charFlags(c) & ALPHA) !== 0;
}
export function isDecimal(c: number): boolean {
  return c < 128 ? c >= 48 && c <= 57 : (charFlags(c) & DECIMAL) !== 0;
}
export function isDigit(c: number): boolean {
  return (charFlags(c) & DIGIT) !== 0;
}
export function isNumeric(c: number): boolean {
  return (charFlags(c) & NUMERIC) !== 0;
}
export function isAlnum(c: number): boolean {
  return (charFlags(c) & (ALPHA | DECIMAL | DIGIT | NUMERIC)) !== 0;
}
export function isSpace(c: number): boolean {
  return c < 128 ? c === 32 || (c >= 9 && c <= 13) || (c >= 28 && c <= 31) : (charFlags(c) & SPACE) !== 0;
}
export function isLinebreak(c: number): boolean {
  return c < 128 ? (c >= 10 && c <= 13) || (c >= 28 && c <= 30) : c === 0x85 || c === 0x2028 || c === 0x2029;
}
export function isPrintable(c: number): boolean {
  return c < 127 ? c >= 32 : (charFlags(c) & PRINTABLE) !== 0;
}
export function isLower(c: number): boolean {
  return (charFlags(c) & LOWER) !== 0;
}
export function isUpper(c: number): boolean {
  return (charFlags(c) & UPPER) !== 0;
}
export function isTitle(c: number): boolean {
  return (charFlags(c) & TITLE) !== 0;
}
export function isCased(c: number): boolean {
  return (charFlags(c) & CASED) !== 0;
}
export function isCaseIgnorable(c: number): boolean {
  return (charFlags(c) & CASE_IGNORABLE) !== 0;
}
/** May start an identifier (`_` too). */
export function isXidStart(c: number): boolean {
  return c < 128 ? (c | 32) >= 97 && (c | 32) <= 122 || c === 95 : (charFlags(c) & XID_START) !== 0;
}
/** May stand inside an identifier. */
export function isXidContinue(c: number): boolean {
  return (charFlags(c) & XID_CONTINUE) !== 0;
}

/** Value of a decimal digit, or -1. */
export function decimalValue(c: number): number {
  if (c < 128) return c >= 48 && c <= 57 ? c - 48 : -1;
  const t = types ?? load(), r = record(t, c);
  return t.records[r] & DECIMAL ? t.records[r + 4] : -1;
}
/** Value of a digit (superscripts and the like too), or -1. */
export function digitValue(c: number): number {
  const t = types ?? load(), r = record(t, c);
  return t.records[r] & DIGIT ? t.records[r + 4] : -1;
}

const LOWER_FORM = 0, UPPER_FORM = 1, TITLE_FORM = 2, FOLDED_FORM = 3;

/** Offset of one of the full mappings of an EXTENDED record. */
function extendedAt(t: Types, r: number, form: number): number {
  let i = t.starts[t.records[r + 1]];
  while (form-- > 0) i += t.extended[i] + 1;
  return i;
}

function simple(c: number, form: number): number {
  const t = types ?? load(), r = record(t, c);
  if (t.records[r] & EXTENDED) {
    return c + t.extended[extendedAt(t, r, form) + 1];
  }
  return c + t.records[r + 1 + form];
}
/** The simple (one to one) lower-case form; what `_sre` and `_PyUnicode_ToLowercase` use. */
export function toLower(c: number): number {
  if (c < 128) return c >= 65 && c <= 90 ? c + 32 : c;
  return simple(c, LOWER_FORM);
}
/** The simple upper-case form. */
export function toUpper(c: number): number {
  if (c < 128) return c >= 97 && c <= 122 ? c - 32 : c;
  return simple(c, UPPER_FORM);
}
/** The simple title-case form. */
export function toTitle(c: number): number {
  return simple(c, TITLE_FORM);
}

function full(c: number, form: number, out: number[]): void {
  const t = types ?? load(), r = record(t, c);
  if (!(t.records[r] & EXTENDED)) {
    out.push(c + t.records[r + 1 + (form === FOLDED_FORM ? LOWER_FORM : form)]);
    return;
  }
  const at = extendedAt(t, r, form);
  for (let i = 1; i <= t.extended[at]; i++) out.push(c + t.extended[at + i]);
}
/**
 * The one code point of a full mapping (`form` as below), or -1 when the mapping is an extended
 * one: then the push functions give it.
 */
function single(c: number, form: number): number {
  const t = types ?? load(), r = record(t, c);
  return t.records[r] & EXTENDED ? -1 : c + t.records[r + 1 + form];
}
/** The full lower-case form when it is one code point known at once, else -1 (see pushLower). */
export function lowerOne(c: number): number {
  if (c < 128) return c >= 65 && c <= 90 ? c + 32 : c;
  return single(c, LOWER_FORM);
}
/** The same for upper case (see pushUpper). */
export function upperOne(c: number): number {
  if (c < 128) return c >= 97 && c <= 122 ? c - 32 : c;
  return single(c, UPPER_FORM);
}
/** The same for title case (see pushTitle). */
export function titleOne(c: number): number {
  return single(c, TITLE_FORM);
}
/** Appends the full lower-case form (the final sigma is the caller's business). */
export function pushLower(c: number, out: number[]): void {
  full(c, LOWER_FORM, out);
}
export function pushUpper(c: number, out: number[]): void {
  full(c, UPPER_FORM, out);
}
export function pushTitle(c: number, out: number[]): void {
  full(c, TITLE_FORM, out);
}
export function pushFolded(c: number, out: number[]): void {
  full(c, FOLDED_FORM, out);
}
