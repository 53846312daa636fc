// CPython 3.14: Modules/cjkcodecs/_codecs_iso2022.c
//
// The ISO 2022 codecs. Escape sequences designate character sets to G0..G2; G1 is used between SO and
// SI. A set is known by its final byte, with the high bit set for sets of byte pairs.
// state[0..2] are the sets of G0 to G2, state[4] the flags.

import type { PairTable } from "./cjk_tables.ts";
import { pairTable } from "./cjk_tables.ts";
import { type MultibyteCodec, putPair, TOO_FEW } from "./codec_cjk.ts";
import type { ByteBuilder } from "./codec_errors.ts";

const ESC = 0x1B, SO = 0x0E, SI = 0x0F, LF = 0x0A;
const DBCS = 0x80;
const ASCII = 0x42, LATIN1 = 0x41, GREEK = 0x46, ROMAN = 0x4A, KATAKANA = 0x49;
const JISX0208 = 0x42 | DBCS, JISX0208_OLD = 0x40 | DBCS, JISX0212 = 0x44 | DBCS;
const KSX1001 = 0x43 | DBCS, GB2312 = 0x41 | DBCS;
const SHIFTED = 1, THROUGHOUT = 2;
const NO_SHIFT = 1, USE_G2 = 2, JISX0208_EXT = 4;
const MAX_ESCAPE = 16;
const PAREN_L = 0x28, PAREN_R = 0x29, DOLLAR = 0x24, DOT = 0x2E, AMP = 0x26, AT = 0x40, N = 0x4E;

interface Designation {
  mark: number;
  plane: number;
  /** The table of a set of pairs. */
  table?: PairTable;
  /** A set of single bytes: a byte's character and a character's byte, or 0. */
  decode?: (b: number) => number;
  encode?: (c: number) => number;
}

const none = (): number => 0;
const SETS: Record<string, () => Designation> = {
  jisx0208: () => ({ mark: JISX0208, plane: 0, table: pairTable("jisx0208") }),
  jisx0208o: () => ({ mark: JISX0208_OLD, plane: 0, table: pairTable("jisx0208") }),
  jisx0212: () => ({ mark: JISX0212, plane: 0, table: pairTable("jisx0212") }),
  ksx1001: () => ({ mark: KSX1001, plane: 0, table: pairTable("ksx1001") }),
  ksx1001g1: () => ({ mark: KSX1001, plane: 1, table: pairTable("ksx1001") }),
  gb2312: () => ({ mark: GB2312, plane: 0, table: pairTable("gb2312") }),
  roman: () => ({
    mark: ROMAN,
    plane: 0,
    decode: (b) => b === 0x5C ? 0xA5 : b === 0x7E ? 0x203E : b,
    encode: (c) => c === 0xA5 ? 0x5C : c === 0x203E ? 0x7E : 0,
  }),
  katakana: () => ({
    mark: KATAKANA,
    plane: 0,
    decode: (b) => b >= 0x21 && b <= 0x5F ? b + 0xFF40 : 0,
    encode: (c) => c >= 0xFF61 && c <= 0xFF9F ? c - 0xFF40 : 0,
  }),
  // only after single shifts, see below
  latin1: () => ({ mark: LATIN1, plane: 2, decode: none, encode: none }),
  greek: () => ({ mark: GREEK, plane: 2, decode: none, encode: none }),
};

const PLANS: Record<string, [flags: number, sets: string]> = {
  kr: [0, "ksx1001g1"],
  jp: [NO_SHIFT | JISX0208_EXT, "jisx0208 roman jisx0208o"],
  jp_1: [NO_SHIFT | JISX0208_EXT, "jisx0208 jisx0212 roman jisx0208o"],
  jp_2: [NO_SHIFT | USE_G2 | JISX0208_EXT, "jisx0208 jisx0212 ksx1001 gb2312 roman jisx0208o latin1 greek"],
  jp_ext: [NO_SHIFT | JISX0208_EXT, "jisx0208 jisx0212 roman katakana jisx0208o"],
};

function unshift(out: ByteBuilder, state: Uint8Array): void {
  if ((state[4] & SHIFTED) === 0) return;
  out.push(SI);
  state[4] &= ~SHIFTED;
}
function toAscii(out: ByteBuilder, state: Uint8Array): void {
  if (state[0] === ASCII) return;
  out.pushLatin1("\x1b(B");
  state[0] = ASCII;
}

/** A character of ISO 8859-7, or 0. */
function greek(b: number): number {
  if (b < 0xA0) return b;
  if (b < 0xC0 && (0x288F3BC9 >> (b - 0xA0) & 1) !== 0) return b;
  if (b >= 0xB4 && b <= 0xFE && (b >= 0xD4 || (0xBFFFFD77 >>> (b - 0xB4) & 1) !== 0)) return 0x2D0 + b;
  return b === 0xA1 ? 0x2018 : b === 0xA2 ? 0x2019 : b === 0xAF ? 0x2015 : 0;
}

/** Takes a designation: the length, or TOO_FEW, or minus the length of what is none. */
function designate(b: Uint8Array, i: number, end: number, flags: number, sets: Designation[], state: Uint8Array) {
  let n = 1;
  for (;; n++) {
    if (n >= MAX_ESCAPE) return -1;
    if (i + n >= end) return TOO_FEW;
    const c = b[i + n];
    if (c >= 0x41 && c <= 0x5A || c === AT) break;
    if ((flags & JISX0208_EXT) !== 0 && i + n + 1 < end && c === AMP && b[i + n + 1] === AT) n += 2;
  }
  n++;
  const final = b[i + n - 1];
  let mark: number, g: number;
  if (n === 3 && b[i + 1] === DOLLAR) [mark, g] = [final | DBCS, 0];
  else if (n === 3) {
    mark = final;
    g = b[i + 1] === PAREN_L ? 0 : b[i + 1] === PAREN_R ? 1 : (flags & USE_G2) !== 0 && b[i + 1] === DOT ? 2 : -1;
  } else if (n === 4 && b[i + 1] === DOLLAR) {
    mark = final | DBCS;
    g = b[i + 2] === PAREN_L ? 0 : b[i + 2] === PAREN_R ? 1 : -1;
  } else if (n === 6 && (flags & JISX0208_EXT) !== 0 && b[i + 3] === ESC && b[i + 4] === DOLLAR && final === 0x42) {
    [mark, g] = [JISX0208, 0];
  } else return -n;
  if (g < 0 || mark !== ASCII && !sets.some((s) => s.mark === mark)) return -n;
  state[g] = mark;
  return n;
}

function iso2022(variant: string): MultibyteCodec {
  const [flags, names] = PLANS[variant];
  const sets = names.split(" ").map((n) => SETS[n]());
  const init = (state: Uint8Array): void => {
    state[4] = 0;
    state[0] = state[1] = ASCII;
  };
  return {
    name: `iso2022_${variant}`,
    encodeInit: init,
    encodeReset(out, state) {
      unshift(out, state);
      toAscii(out, state);
    },
    decodeInit(state) {
      init(state);
      state[2] = ASCII;
    },
    decodeReset(state) {
      state[0] = ASCII;
      state[4] &= ~SHIFTED;
    },
    encode(s, i, out, state) {
      const c = s[i];
      if (c < 0x80) {
        toAscii(out, state);
        unshift(out, state);
        out.push(c);
        return 1;
      }
      for (const set of sets) {
        const code = set.table === undefined ? set.encode!(c) : c > 0xFFFF ? 0 : set.table.enc[c] & 0x7F7F;
        if (code === 0) continue;
        const one = set.table === undefined, g = set.plane;
        if (g === 0) unshift(out, state);
        if (state[g] !== set.mark) {
          out.push(ESC);
          if (!one) out.push(DOLLAR);
          if (one || set.mark !== JISX0208) out.push(g === 0 ? PAREN_L : PAREN_R);
          out.push(set.mark & 0x7F);
          state[g] = set.mark;
        }
        if (g === 1 && (state[4] & SHIFTED) === 0) {
          out.push(SO);
          state[4] |= SHIFTED;
        }
        if (!one) out.push(code >> 8);
        out.push(code & 0xFF);
        return 1;
      }
      return -1;
    },
    decode(b, i, end, out, state) {
      const c = b[i];
      if ((state[4] & THROUGHOUT) !== 0) {
        // an escape sequence of another kind is passed on
        out.push(c);
        if (c >= 0x41 && c <= 0x5A || c === AT) state[4] &= ~THROUGHOUT;
        return 1;
      }
      if (c === ESC) {
        if (end - i < 2) return TOO_FEW;
        const c2 = b[i + 1];
        if (c2 === PAREN_L || c2 === PAREN_R || c2 === DOLLAR || c2 === DOT || c2 === AMP) {
          return designate(b, i, end, flags, sets, state);
        }
        if ((flags & USE_G2) !== 0 && c2 === N) {
          if (end - i < 3) return TOO_FEW;
          const x = b[i + 2];
          const ch = state[2] === LATIN1 ? (x < 0x80 ? x + 0x80 : 0) : state[2] === GREEK ? greek(x ^ 0x80) : x;
          if (ch === 0 && x !== 0 || state[2] === ASCII && x >= 0x80) return -3;
          out.push(ch);
          return 3;
        }
        out.push(ESC);
        state[4] |= THROUGHOUT;
        return 1;
      }
      if ((c === SI || c === SO) && (flags & NO_SHIFT) === 0) {
        state[4] = c === SO ? state[4] | SHIFTED : state[4] & ~SHIFTED;
        return 1;
      }
      if (c === LF) state[4] &= ~SHIFTED;
      else if (c >= 0x80) return -1;
      const mark = state[(state[4] & SHIFTED) !== 0 ? 1 : 0];
      if (c < 0x20 || mark === ASCII) {
        out.push(c);
        return 1;
      }
      const set = sets.find((s) => s.mark === mark)!;
      if (set.table === undefined) {
        const ch = set.decode!(c);
        if (ch === 0) return -1;
        out.push(ch);
        return 1;
      }
      if (end - i < 2) return TOO_FEW;
      return b[i + 1] < 0x80 && putPair(set.table, c | 0x80, b[i + 1] | 0x80, out) ? 2 : -2;
    },
  };
}

/** The codecs by name. */
export const ISO2022_CODECS: Record<string, () => MultibyteCodec> = Object.fromEntries(
  Object.keys(PLANS).map((v) => [`iso2022_${v}`, () => iso2022(v)]),
);
