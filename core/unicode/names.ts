// CPython 3.14: Modules/unicodedata.c (names), Modules/unicodename_db.h
//
// Character names: \N{...}, unicodedata.name and lookup.
//
// The generated table (names.generated.ts) has two parts. NAME_WORDS lists the distinct words of
// all names, front-coded: a lower-case letter tells how many characters a word shares with the one
// before it ("a" none), the rest follows. Words are numbered; the most frequent ones have the
// numbers that take one digit in NAMES, the next ones two. NAMES lists the names in the order of
// their code points as a stream of numbers (pack.ts):
//   n < 60     shares n / 5 words with the name before, n % 5 + 1 further words follow
//   OP_LONG    the same with both counts written out
//   OP_NEXT    the name before with the number at its end counted up
//   OP_HEX     count, words: as many names of the form "words-CODE POINT"
//   OP_JUMP    the next code point is so much further on
// Each name stands for the code point after the one before it. Aliases and named sequences follow
// as names of code points in plane 15. Hangul syllables and unified ideographs are not in the
// table: their names are computed.
//
// Nothing is decoded before the first use; then names are kept as word numbers, not as strings.

import { Unpacker } from "./pack.ts";
import * as table from "./names.generated.ts";

export const OP_LONG = 60, OP_NEXT = 61, OP_HEX = 62, OP_JUMP = 63;
export const ALIASES_START = 0xF0000, SEQUENCES_START = 0xF0200;

/** The longest name that lookups accept. */
export const NAME_MAX_LENGTH = 256;

/** The name with the decimal number at its end counted up, or undefined without one. */
export function incremented(name: string): string | undefined {
  let start = name.length;
  while (
    start > 0 && name.length - start < 6 && isDigit(name.charCodeAt(start - 1))
  ) start--;
  if (start === name.length) return undefined;
  return name.slice(0, start) +
    String(Number(name.slice(start)) + 1).padStart(name.length - start, "0");
}
function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

interface Names {
  words: string[];
  /** Code points with a name of their own, ascending. */
  codes: Uint32Array;
  /** Name i is the words `ids[starts[i]]` to `ids[starts[i + 1]]`. */
  starts: Uint32Array;
  ids: Uint16Array;
  /** Ranges of names that end in the code point: first, last, stem. */
  hex: [number, number, string][];
  /** Ranges of computed names: kind (index in PREFIXES), first, last. */
  derived: [number, number, number][];
  /** Code points of the aliases. */
  aliases: number[];
  sequences: number[][];
  /** Chained hash table over the names, made by the first lookup. */
  heads: Int32Array | undefined;
  links: Int32Array | undefined;
}
let names: Names | undefined;

function decodeWords(text: string): string[] {
  const words: string[] = [];
  let last = "", i = 0;
  while (i < text.length) {
    const shared = text.charCodeAt(i++) - 97;
    const start = i;
    while (i < text.length && text.charCodeAt(i) < 97) i++;
    words.push(last = last.slice(0, shared) + text.slice(start, i));
  }
  return words;
}

function load(): Names {
  if (names) return names;
  const words = decodeWords(table.NAME_WORDS),
    hex: [number, number, string][] = [];
  const codes = new Uint32Array(1 << 16),
    starts = new Uint32Array((1 << 16) + 1);
  let ids = new Uint16Array(1 << 18), used = 0, count = 0, c = 0;
  let input = new Unpacker(table.NAMES);
  while (!input.done) {
    const op = input.next();
    if (op === OP_JUMP) {
      c += input.next();
      continue;
    }
    if (op === OP_HEX) {
      const n = input.next(),
        stem = Array.from({ length: input.next() }, () => words[input.next()])
          .join(" ");
      hex.push([c, c + n - 1, stem]);
      c += n;
      continue;
    }
    if (used + 32 > ids.length) {
      const bigger = new Uint16Array(ids.length * 2);
      bigger.set(ids);
      ids = bigger;
    }
    const before = count === 0 ? 0 : starts[count - 1];
    codes[count] = c++;
    starts[count++] = used;
    if (op === OP_NEXT) {
      const n = used - before;
      ids.copyWithin(used, before, used);
      used += n;
      ids[used - 1] = words.push(incremented(words[ids[used - 1]])!) - 1;
      continue;
    }
    const shared = op === OP_LONG ? input.next() : (op / 5) | 0;
    let fresh = op === OP_LONG ? input.next() : op % 5 + 1;
    for (let k = 0; k < shared; k++) ids[used++] = ids[before + k];
    while (fresh-- > 0) ids[used++] = input.next();
  }
  starts[count] = used;
  const aliases: number[] = [],
    sequences: number[][] = [],
    derived: [number, number, number][] = [];
  input = new Unpacker(table.NAME_ALIASES);
  while (!input.done) aliases.push(input.next());
  input = new Unpacker(table.NAMED_SEQUENCES);
  while (!input.done) {
    sequences.push(Array.from({ length: input.next() }, () => input.next()));
  }
  input = new Unpacker(table.DERIVED_NAMES);
  while (!input.done) {
    const kind = input.next(), first = input.next();
    derived.push([kind, first, first + input.next()]);
  }
  return names = {
    words,
    codes: codes.slice(0, count),
    starts: starts.slice(0, count + 1),
    ids: ids.slice(0, used),
    hex,
    derived,
    aliases,
    sequences,
    heads: undefined,
    links: undefined,
  };
}

function nameAt(n: Names, i: number): string {
  let s = n.words[n.ids[n.starts[i]]];
  for (let k = n.starts[i] + 1; k < n.starts[i + 1]; k++) {
    s += " " + n.words[n.ids[k]];
  }
  return s;
}

// The short names of the jamo, in the order in which syllables combine them.
const LEADS = "G GG N D DD R M B BB S SS  J JJ C K T P H".split(" ");
const VOWELS = "A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I"
  .split(" ");
const TAILS = " G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H".split(
  " ",
);
const HANGUL = "HANGUL SYLLABLE ";
const SYLLABLE_FIRST = 0xAC00;
// CPython 3.14 finds Tangut ideographs by name, but has no names for them.
const PREFIXES = [HANGUL, "CJK UNIFIED IDEOGRAPH-", "TANGUT IDEOGRAPH-"],
  TANGUT = 2;

function inHex(c: number): string {
  return c.toString(16).toUpperCase();
}

/**
 * The name of a code point; undefined when it has none. With `extra` the private code points that
 * stand for aliases and named sequences have their names too (CPython shows them in namereplace).
 */
export function characterName(c: number, extra = false): string | undefined {
  if (c >= ALIASES_START && !extra) return undefined;
  const n = load();
  for (const [kind, first, last] of n.derived) {
    if (c < first || c > last) continue;
    if (kind === TANGUT) return undefined;
    if (kind !== 0) return PREFIXES[kind] + inHex(c);
    const s = c - SYLLABLE_FIRST;
    return HANGUL + LEADS[(s / 588) | 0] + VOWELS[((s % 588) / 28) | 0] +
      TAILS[s % 28];
  }
  let lo = 0, hi = n.codes.length - 1;
  while (lo <= hi) {
    const mid = (lo + hi) >> 1, code = n.codes[mid];
    if (code === c) return nameAt(n, mid);
    if (code < c) lo = mid + 1;
    else hi = mid - 1;
  }
  for (const [first, last, stem] of n.hex) {
    if (c >= first && c <= last) return `${stem}-${inHex(c)}`;
  }
  return undefined;
}

/** The longest entry of `list` that `text` has at `pos`, or -1. */
function longest(list: string[], text: string, pos: number): number {
  let best = -1, length = -1;
  list.forEach((s, i) => {
    if (s.length > length && text.startsWith(s, pos)) {
      best = i;
      length = s.length;
    }
  });
  return best;
}

function syllable(name: string): number | undefined {
  let pos = HANGUL.length;
  const l = longest(LEADS, name, pos);
  pos += LEADS[l].length;
  const v = longest(VOWELS, name, pos);
  if (v < 0) return undefined;
  pos += VOWELS[v].length;
  const t = longest(TAILS, name, pos);
  if (pos + TAILS[t].length !== name.length) return undefined;
  return SYLLABLE_FIRST + (l * 21 + v) * 28 + t;
}

/** ASCII letters in upper case, everything else as it is. */
function upperAscii(name: string): string {
  return name.replace(/[a-z]+/g, (s) => s.toUpperCase());
}

const HASH_BITS = 14;

function hashWord(word: string): number {
  let h = word.length;
  for (let i = 0; i < word.length; i++) {
    h = Math.imul(h, 31) + word.charCodeAt(i) | 0;
  }
  return h;
}
function addHash(h: number, word: number): number {
  return Math.imul(h ^ word, 0x9E3779B1) | 0;
}

/** Index of a name in the table, or -1. */
function findName(n: Names, name: string): number {
  if (n.heads === undefined || n.links === undefined) {
    const hashes = Int32Array.from(n.words, hashWord);
    n.heads = new Int32Array(1 << HASH_BITS).fill(-1);
    n.links = new Int32Array(n.codes.length);
    for (let i = 0; i < n.codes.length; i++) {
      let h = 0;
      for (let k = n.starts[i]; k < n.starts[i + 1]; k++) {
        h = addHash(h, hashes[n.ids[k]]);
      }
      h >>>= 32 - HASH_BITS;
      n.links[i] = n.heads[h];
      n.heads[h] = i;
    }
  }
  let h = 0;
  for (const word of name.split(" ")) h = addHash(h, hashWord(word));
  for (let i = n.heads[h >>> (32 - HASH_BITS)]; i >= 0; i = n.links[i]) {
    if (nameAt(n, i) === name) return i;
  }
  return -1;
}

/**
 * The code point with the name, or undefined; letters of either case match. With `extra` aliases
 * count too, and named sequences give their code points.
 */
export function lookupName(
  name: string,
  extra: true,
): number | number[] | undefined;
export function lookupName(name: string, extra: false): number | undefined;
export function lookupName(
  name: string,
  extra: boolean,
): number | number[] | undefined {
  name = upperAscii(name);
  if (name.startsWith(HANGUL)) return syllable(name);
  const n = load();
  for (let kind = 1; kind < PREFIXES.length; kind++) {
    const prefix = PREFIXES[kind];
    if (!name.startsWith(prefix)) continue;
    const c = codeInHex(name.slice(prefix.length));
    return n.derived.some(([k, first, last]) => k === kind && c >= first && c <= last) ? c : undefined;
  }
  const i = findName(n, name);
  if (i < 0) {
    const dash = name.lastIndexOf("-"),
      c = codeInHex(name.slice(dash + 1)),
      stem = name.slice(0, dash);
    return n.hex.some(([first, last, s]) => c >= first && c <= last && s === stem) ? c : undefined;
  }
  const c = n.codes[i];
  if (c < ALIASES_START) return c;
  if (!extra) return undefined;
  return c >= SEQUENCES_START ? n.sequences[c - SEQUENCES_START] : n.aliases[c - ALIASES_START];
}

function codeInHex(digits: string): number {
  return /^(?:[0-9A-F]{4}|[1-9A-F][0-9A-F]{4})$/.test(digits) ? parseInt(digits, 16) : -1;
}

/** `\N{name}`: one code point, by name or alias; undefined when there is none. */
export function lookupCharacter(name: string): number | undefined {
  if (name.length >= NAME_MAX_LENGTH) return undefined;
  const c = lookupName(name, true);
  return typeof c === "object" ? undefined : c;
}
