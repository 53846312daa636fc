// CPython 3.14: Modules/_sre/sre_constants.h, the validator and the character predicates of sre.c
//
// Compiled patterns. Lib/re/_compiler.py turns a pattern into a list of 32-bit words. A Program
// keeps them twice: `words` as given (for equality and hash) and `code`, signed, for the engine,
// where an unbounded repeat is -1 and other counts above 2**31-1 are that number (no string is so
// long). All jumps are relative and forward; the validator makes sure of it, so the engine never
// checks where it jumps.
//
// A single-character item (a literal, a set, "." ...) at word `pc` has a table of what it says of
// the characters below 256, made when it is first used; beyond, `itemTest` decides, with a table
// of the whole basic plane for an item that meets many such characters.

import { isAlnum, isDecimal, isLinebreak, isSpace, toLower, toUpper } from "../core/unicode/ctype.ts";

export const FAILURE = 0,
  SUCCESS = 1,
  ANY = 2,
  ANY_ALL = 3,
  ASSERT = 4,
  ASSERT_NOT = 5,
  AT = 6,
  BRANCH = 7,
  CATEGORY = 8;
export const CHARSET = 9,
  BIGCHARSET = 10,
  GROUPREF = 11,
  GROUPREF_EXISTS = 12,
  IN = 13,
  INFO = 14,
  JUMP = 15,
  LITERAL = 16;
export const MARK = 17, MAX_UNTIL = 18, MIN_UNTIL = 19, NOT_LITERAL = 20, NEGATE = 21, RANGE = 22, REPEAT = 23;
export const REPEAT_ONE = 24,
  MIN_REPEAT_ONE = 26,
  ATOMIC_GROUP = 27,
  POSSESSIVE_REPEAT = 28,
  POSSESSIVE_REPEAT_ONE = 29;
export const GROUPREF_IGNORE = 30, IN_IGNORE = 31, LITERAL_IGNORE = 32, NOT_LITERAL_IGNORE = 33;
export const GROUPREF_LOC_IGNORE = 34, IN_LOC_IGNORE = 35, LITERAL_LOC_IGNORE = 36, NOT_LITERAL_LOC_IGNORE = 37;
export const GROUPREF_UNI_IGNORE = 38, IN_UNI_IGNORE = 39, LITERAL_UNI_IGNORE = 40, NOT_LITERAL_UNI_IGNORE = 41;
export const RANGE_UNI_IGNORE = 42;

export const AT_BEGINNING = 0, AT_BEGINNING_LINE = 1, AT_BEGINNING_STRING = 2, AT_BOUNDARY = 3, AT_NON_BOUNDARY = 4;
export const AT_END = 5, AT_END_LINE = 6, AT_END_STRING = 7, AT_LOC_BOUNDARY = 8, AT_LOC_NON_BOUNDARY = 9;
export const AT_UNI_BOUNDARY = 10, AT_UNI_NON_BOUNDARY = 11;

/** Flags of an INFO block. */
export const INFO_PREFIX = 1, INFO_LITERAL = 2, INFO_CHARSET = 4;

/** `_sre.MAGIC`, `MAXREPEAT`, `MAXGROUPS`. */
export const MAGIC = 20230612, MAXREPEAT = 4294967295, MAXGROUPS = 1073741823;

// ---- characters ----------------------------------------------------------------------------

/** Lower case of ASCII letters only. */
export function lowerAscii(c: number): number {
  return c >= 65 && c <= 90 ? c + 32 : c;
}
/** Upper case of ASCII letters only. */
export function upperAscii(c: number): number {
  return c >= 97 && c <= 122 ? c - 32 : c;
}
/** `\w` of ASCII patterns, and of the locale: in the C and UTF-8 locales no byte above 127 is alphanumeric. */
export function asciiWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95;
}
/** `\w` of str patterns. */
export function uniWord(c: number): boolean {
  return c < 128 ? asciiWord(c) : isAlnum(c);
}
function asciiSpace(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}

function inCategory(category: number, c: number): boolean {
  switch (category) {
    case 0:
      return c >= 48 && c <= 57;
    case 1:
      return c < 48 || c > 57;
    case 2:
      return asciiSpace(c);
    case 3:
      return !asciiSpace(c);
    case 4:
    case 8:
      return asciiWord(c);
    case 5:
    case 9:
      return !asciiWord(c);
    case 6:
      return c === 10;
    case 7:
      return c !== 10;
    case 10:
      return isDecimal(c);
    case 11:
      return !isDecimal(c);
    case 12:
      return isSpace(c);
    case 13:
      return !isSpace(c);
    case 14:
      return uniWord(c);
    case 15:
      return !uniWord(c);
    case 16:
      return isLinebreak(c);
    case 17:
      return !isLinebreak(c);
  }
  return false;
}

/** Is `c` in the set whose words begin at `i`? */
function inSet(code: Int32Array, i: number, c: number): boolean {
  let ok = true;
  for (;;) {
    switch (code[i++]) {
      case LITERAL:
        if (c === code[i++]) return ok;
        break;
      case CATEGORY:
        if (inCategory(code[i++], c)) return ok;
        break;
      case CHARSET:
        if (c < 256 && (code[i + (c >> 5)] >>> (c & 31)) & 1) return ok;
        i += 8;
        break;
      case RANGE:
        if (code[i] <= c && c <= code[i + 1]) return ok;
        i += 2;
        break;
      case RANGE_UNI_IGNORE: {
        if (code[i] <= c && c <= code[i + 1]) return ok;
        const u = toUpper(c);
        if (code[i] <= u && u <= code[i + 1]) return ok;
        i += 2;
        break;
      }
      case NEGATE:
        ok = !ok;
        break;
      case BIGCHARSET: {
        const blocks = code[i++];
        if (c < 0x10000) {
          const block = (code[i + (c >> 10)] >>> (((c >> 8) & 3) * 8)) & 255;
          if ((code[i + 64 + block * 8 + ((c & 255) >> 5)] >>> (c & 31)) & 1) return ok;
        }
        i += 64 + blocks * 8;
        break;
      }
      case FAILURE:
        return !ok;
      default:
        return false;
    }
  }
}

/** Case-insensitive comparison in the locale. */
export function sameInLocale(literal: number, c: number): boolean {
  return c === literal || lowerAscii(c) === literal || upperAscii(c) === literal;
}

/** Does the single-character item at `pc` match `c`? */
function test(code: Int32Array, pc: number, c: number): boolean {
  const arg = code[pc + 1];
  switch (code[pc]) {
    case LITERAL:
      return c === arg;
    case NOT_LITERAL:
      return c !== arg;
    case IN:
      return inSet(code, pc + 2, c);
    case ANY:
      return c !== 10;
    case ANY_ALL:
      return true;
    case CATEGORY:
      return inCategory(arg, c);
    case LITERAL_IGNORE:
      return lowerAscii(c) === arg;
    case NOT_LITERAL_IGNORE:
      return lowerAscii(c) !== arg;
    case LITERAL_UNI_IGNORE:
      return toLower(c) === arg;
    case NOT_LITERAL_UNI_IGNORE:
      return toLower(c) !== arg;
    case LITERAL_LOC_IGNORE:
      return sameInLocale(arg, c);
    case NOT_LITERAL_LOC_IGNORE:
      return !sameInLocale(arg, c);
    case IN_IGNORE:
      return inSet(code, pc + 2, lowerAscii(c));
    case IN_UNI_IGNORE:
      return inSet(code, pc + 2, toLower(c));
    case IN_LOC_IGNORE: {
      // in either case; out of a negated set in both
      const lo = lowerAscii(c), up = upperAscii(c), in1 = inSet(code, pc + 2, lo);
      if (up === lo || in1 !== (code[pc + 2] === NEGATE)) return in1;
      return inSet(code, pc + 2, up);
    }
  }
  return false;
}

/** Is the op one that matches exactly one character? */
export function isItem(op: number): boolean {
  switch (op) {
    case LITERAL:
    case NOT_LITERAL:
    case IN:
    case ANY:
    case ANY_ALL:
    case CATEGORY:
    case LITERAL_IGNORE:
    case NOT_LITERAL_IGNORE:
    case LITERAL_UNI_IGNORE:
    case NOT_LITERAL_UNI_IGNORE:
    case LITERAL_LOC_IGNORE:
    case NOT_LITERAL_LOC_IGNORE:
    case IN_IGNORE:
    case IN_UNI_IGNORE:
    case IN_LOC_IGNORE:
      return true;
  }
  return false;
}

// ---- programs ------------------------------------------------------------------------------

/** How many characters above 255 an item meets before it gets a table of the basic plane. */
const WIDE_AFTER = 200;

/** A validated pattern. */
export class Program {
  readonly words: Uint32Array;
  readonly code: Int32Array;
  readonly groups: number;
  /** By word index of an item: what it says of the characters below 256. */
  private readonly tables: (Uint8Array | undefined)[];
  private wide: Map<number, Uint8Array> | undefined;
  private wideAsked: Map<number, number> | undefined;
  private firstSet: Uint8Array | null | undefined;
  private prefix_: string | undefined;
  constructor(words: Uint32Array, code: Int32Array, groups: number) {
    this.words = words;
    this.code = code;
    this.groups = groups;
    this.tables = new Array(code.length);
  }
  /** The table of the item at `pc`. */
  table(pc: number): Uint8Array {
    return this.tables[pc] ?? this.makeTable(pc);
  }
  private makeTable(pc: number): Uint8Array {
    const t = new Uint8Array(256);
    for (let c = 0; c < 256; c++) if (test(this.code, pc, c)) t[c] = 1;
    return this.tables[pc] = t;
  }
  /** Does the item at `pc` match `c`? */
  itemTest(pc: number, c: number): boolean {
    if (c < 256) return this.table(pc)[c] !== 0;
    const op = this.code[pc];
    if (c > 0xFFFF || op === LITERAL || op === NOT_LITERAL || op === ANY || op === ANY_ALL) {
      return test(this.code, pc, c);
    }
    const t = this.wide?.get(pc);
    if (t === undefined) {
      const asked = this.wideAsked ??= new Map();
      const n = (asked.get(pc) ?? 0) + 1;
      asked.set(pc, n);
      if (n > WIDE_AFTER) (this.wide ??= new Map()).set(pc, new Uint8Array(0x10000));
      return test(this.code, pc, c);
    }
    const known = t[c];
    if (known !== 0) return known === 2;
    const r = test(this.code, pc, c);
    t[c] = r ? 2 : 1;
    return r;
  }
  /** The literal prefix of the INFO block at word 0 as a JavaScript string; undefined if it holds what a plain string can't. */
  prefix(): string | undefined {
    if (this.prefix_ !== undefined) return this.prefix_ === "" ? undefined : this.prefix_;
    const n = this.code[5];
    let s = "";
    for (let i = 0; i < n; i++) {
      const c = this.code[7 + i];
      if (c > 0xFFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        s = "";
        break;
      }
      s += String.fromCharCode(c);
    }
    this.prefix_ = s;
    return s === "" ? undefined : s;
  }
  /**
   * Which characters a match can begin with: 256 flags, then one for all others. null: a match may
   * be empty, or it is not known.
   */
  first(pc: number): Uint8Array | null {
    if (this.firstSet === undefined) {
      const out = new Uint8Array(257);
      this.firstSet = this.addFirst(pc, out, 0) && out.includes(0) ? out : null;
    }
    return this.firstSet;
  }
  private addItem(pc: number, out: Uint8Array): void {
    const t = this.table(pc);
    for (let c = 0; c < 256; c++) out[c] |= t[c];
    // above 255 a lone literal is the only item that is not worth asking about
    out[256] = this.code[pc] === LITERAL && this.code[pc + 1] < 256 ? out[256] : 1;
  }
  private addFirst(pc: number, out: Uint8Array, depth: number): boolean {
    const code = this.code;
    if (depth > 20) return false;
    for (;;) {
      const op = code[pc];
      if (isItem(op)) {
        this.addItem(pc, out);
        return true;
      }
      switch (op) {
        case MARK:
        case AT:
          pc += 2;
          break;
        case JUMP:
        case INFO:
        case ASSERT:
        case ASSERT_NOT:
          pc += 1 + code[pc + 1];
          break;
        case BRANCH: {
          let p = pc + 1;
          for (; code[p] !== 0; p += code[p]) if (!this.addFirst(p + 1, out, depth + 1)) return false;
          return true;
        }
        case REPEAT_ONE:
        case MIN_REPEAT_ONE:
        case POSSESSIVE_REPEAT_ONE:
          if (!isItem(code[pc + 4])) return false;
          this.addItem(pc + 4, out);
          if (code[pc + 2] !== 0) return true;
          pc += 1 + code[pc + 1];
          break;
        case REPEAT:
        case POSSESSIVE_REPEAT:
          if (!this.addFirst(pc + 4, out, depth + 1)) return false;
          if (code[pc + 2] !== 0) return true;
          pc += 2 + code[pc + 1];
          break;
        case ATOMIC_GROUP:
          return this.addFirst(pc + 2, out, depth + 1);
        default:
          return false;
      }
    }
  }
}

// ---- validation ----------------------------------------------------------------------------

class Invalid {}
const INVALID = new Invalid();

class Validator {
  readonly w: Uint32Array;
  readonly code: Int32Array;
  readonly groups: number;
  constructor(w: Uint32Array, groups: number) {
    this.w = w;
    this.code = new Int32Array(w);
    this.groups = groups;
  }
  private skip(i: number, end: number, adj = 0): number {
    if (i >= end) throw INVALID;
    const n = this.w[i];
    // the comparison is one of unsigned words: 0 - 1 is out of range as well
    if (((n - adj) >>> 0) > end - i) throw INVALID;
    return n;
  }
  private counts(i: number, end: number): void {
    if (i + 1 >= end) throw INVALID;
    const min = this.w[i], max = this.w[i + 1];
    if (min > max) throw INVALID;
    if (min > 0x7FFFFFFF) this.code[i] = 0x7FFFFFFF;
    if (max > 0x7FFFFFFF && max !== MAXREPEAT) this.code[i + 1] = 0x7FFFFFFF;
  }
  private charset(i: number, end: number): void {
    const w = this.w;
    while (i < end) {
      switch (w[i++]) {
        case NEGATE:
          break;
        case LITERAL:
          if (i >= end) throw INVALID;
          i++;
          break;
        case RANGE:
        case RANGE_UNI_IGNORE:
          if (i + 1 >= end) throw INVALID;
          i += 2;
          break;
        case CHARSET:
          if (8 > end - i) throw INVALID;
          i += 8;
          break;
        case BIGCHARSET: {
          if (i >= end) throw INVALID;
          const blocks = w[i++];
          if (64 > end - i) throw INVALID;
          for (let k = 0; k < 256; k++) if (((w[i + (k >> 2)] >>> ((k & 3) * 8)) & 255) >= blocks) throw INVALID;
          i += 64;
          if (blocks * 8 > end - i) throw INVALID;
          i += blocks * 8;
          break;
        }
        case CATEGORY:
          if (i >= end || w[i] > 17) throw INVALID;
          i++;
          break;
        default:
          throw INVALID;
      }
    }
  }
  private info(i: number, end: number): number {
    const w = this.w;
    const skip = this.skip(i, end), stop = i + skip;
    if (i + 3 >= end) throw INVALID;
    const flags = w[i + 1];
    i += 4;
    if ((flags & ~7) !== 0 || (flags & 5) === 5 || (flags & 3) === 2) throw INVALID;
    if (flags & INFO_PREFIX) {
      if (i + 1 >= end) throw INVALID;
      const n = w[i];
      i += 2;
      if (n > stop - i) throw INVALID;
      i += n;
      if (n > stop - i) throw INVALID;
      for (let k = 0; k < n; k++) if (w[i + k] >= n) throw INVALID;
      i += n;
    }
    if (flags & INFO_CHARSET) {
      this.charset(i, stop - 1);
      if (w[stop - 1] !== FAILURE) throw INVALID;
      i = stop;
    } else if (i !== stop) throw INVALID;
    return i;
  }
  /** Checks `w[i..end]`; true when the last op is a JUMP. */
  private inner(i: number, end: number): boolean {
    const w = this.w;
    if (i > end) throw INVALID;
    while (i < end) {
      const op = w[i++];
      switch (op) {
        case MARK:
          if (i >= end || w[i] > 2 * this.groups + 1) throw INVALID;
          i++;
          break;
        case LITERAL:
        case NOT_LITERAL:
        case LITERAL_IGNORE:
        case NOT_LITERAL_IGNORE:
        case LITERAL_UNI_IGNORE:
        case NOT_LITERAL_UNI_IGNORE:
        case LITERAL_LOC_IGNORE:
        case NOT_LITERAL_LOC_IGNORE:
          if (i >= end) throw INVALID;
          i++;
          break;
        case SUCCESS:
        case FAILURE:
        case ANY:
        case ANY_ALL:
          break;
        case AT:
          if (i >= end || w[i] > AT_UNI_NON_BOUNDARY) throw INVALID;
          i++;
          break;
        case IN:
        case IN_IGNORE:
        case IN_UNI_IGNORE:
        case IN_LOC_IGNORE: {
          const skip = this.skip(i, end);
          this.charset(i + 1, i + skip - 1);
          if (skip < 2 || w[i + skip - 1] !== FAILURE) throw INVALID;
          i += skip;
          break;
        }
        case INFO:
          i = this.info(i, end);
          break;
        case BRANCH: {
          let target = -1;
          for (;;) {
            const skip = this.skip(i, end);
            i++;
            if (skip === 0) break;
            this.inner(i, i + skip - 3);
            i += skip - 3;
            if (i >= end || w[i++] !== JUMP) throw INVALID;
            const to = i + this.skip(i, end);
            i++;
            if (target < 0) target = to;
            else if (to !== target) throw INVALID;
          }
          if (i !== target) throw INVALID;
          break;
        }
        case REPEAT_ONE:
        case MIN_REPEAT_ONE:
        case POSSESSIVE_REPEAT_ONE: {
          const skip = this.skip(i, end);
          this.counts(i + 1, end);
          this.inner(i + 3, i + skip - 1);
          if (i + skip - 1 >= end || w[i + skip - 1] !== SUCCESS) throw INVALID;
          i += skip;
          break;
        }
        case REPEAT:
        case POSSESSIVE_REPEAT: {
          const skip = this.skip(i, end);
          this.counts(i + 1, end);
          this.inner(i + 3, i + skip);
          i += skip;
          if (i >= end) throw INVALID;
          const last = w[i++];
          if (op === POSSESSIVE_REPEAT ? last !== SUCCESS : last !== MAX_UNTIL && last !== MIN_UNTIL) throw INVALID;
          break;
        }
        case ATOMIC_GROUP: {
          const skip = this.skip(i, end);
          this.inner(i + 1, i + skip - 1);
          if (i + skip - 1 >= end || w[i + skip - 1] !== SUCCESS) throw INVALID;
          i += skip;
          break;
        }
        case GROUPREF:
        case GROUPREF_IGNORE:
        case GROUPREF_UNI_IGNORE:
        case GROUPREF_LOC_IGNORE:
          if (i >= end || w[i] >= this.groups) throw INVALID;
          i++;
          break;
        case GROUPREF_EXISTS: {
          // <group> <skip> yes [JUMP <skip> no]; only a JUMP before the target tells the two forms apart
          if (i >= end || w[i] >= this.groups) throw INVALID;
          const skip = this.skip(i + 1, end, 1);
          if (this.inner(i + 2, i + skip)) {
            const at = i + skip - 1;
            const no = this.skip(at, end);
            if (this.inner(at + 1, at + no)) throw INVALID;
            i = at + no;
          } else i += skip;
          break;
        }
        case ASSERT:
        case ASSERT_NOT: {
          const skip = this.skip(i, end);
          if (i + 1 >= end) throw INVALID;
          this.inner(i + 2, i + skip - 1);
          if (i + skip - 1 >= end || w[i + skip - 1] !== SUCCESS) throw INVALID;
          i += skip;
          break;
        }
        case JUMP:
          if (i + 1 !== end) throw INVALID;
          return true;
        default:
          throw INVALID;
      }
    }
    return false;
  }
  run(): void {
    const n = this.w.length;
    if (this.groups < 0 || this.groups > MAXGROUPS || n === 0 || this.w[n - 1] !== SUCCESS) throw INVALID;
    if (this.inner(0, n - 1)) throw INVALID;
  }
}

/** Checks the words of a pattern; undefined if they are not what the pattern compiler makes. */
export function makeProgram(words: Uint32Array, groups: number): Program | undefined {
  const v = new Validator(words, groups);
  try {
    v.run();
  } catch (e) {
    // nesting too deep for the JavaScript stack can't come from the pattern compiler either
    if (e === INVALID || e instanceof RangeError) return undefined;
    throw e;
  }
  return new Program(words, v.code, groups);
}
