// CPython 3.14: Modules/cjkcodecs/_codecs_{cn,hk,jp,kr,tw}.c
//
// The multibyte codecs without the ISO 2022 family: how one character is decoded or encoded. The loop
// over a text, errors and what is pending between calls are stdlib/_multibytecodec.ts.

import type { CpBuilder } from "../objects/str_wide.ts";
import { type PairTable, pairTable } from "./cjk_tables.ts";
import type { ByteBuilder } from "./codec_errors.ts";

/** The input ends within a character. Other negative results: minus the length of what is illegal. */
export const TOO_FEW = -100;

export interface MultibyteCodec {
  readonly name: string;
  /** Decodes what stands at b[i..end]: the number of bytes taken, or TOO_FEW, or -length. */
  decode(b: Uint8Array, i: number, end: number, out: CpBuilder, state: Uint8Array): number;
  /** Encodes what stands at s[i..]: the number of characters taken, or TOO_FEW, or -length. */
  encode(s: Uint32Array, i: number, out: ByteBuilder, state: Uint8Array, flush: boolean): number;
  /** What a stateful codec begins with, and how it comes back to it. */
  encodeInit?(state: Uint8Array): void;
  encodeReset?(out: ByteBuilder, state: Uint8Array): void;
  decodeInit?(state: Uint8Array): void;
  decodeReset?(state: Uint8Array): void;
}

/** Writes what a table has for a pair; false when it has nothing. */
export function putPair(t: PairTable, lead: number, trail: number, out: CpBuilder): boolean {
  const c = lead < 0x80 ? 0 : t.dec[(lead & 0x7F) << 8 | trail];
  if (c === 0) return false;
  if (c >= 0x30000) {
    out.push(c >>> 16);
    out.push(c & 0xFFFF);
  } else out.push(c);
  return true;
}

/** A codec of ASCII and one table of pairs, with what else there is. */
interface Plan {
  name: string;
  table: string;
  /** Single bytes above 0x7f: a character, or -1 where none can stand. */
  single?: (byte: number) => number | undefined;
  /** Characters with an encoding other than the table's. */
  put?: (c: number, out: ByteBuilder) => boolean;
  /** Longer sequences: as `decode`, or 0 to go on with the table. */
  longer?: (b: Uint8Array, i: number, end: number, out: CpBuilder) => number;
  /** Two characters that are one: as `encode`, or 0. */
  pairs?: (s: Uint32Array, i: number, out: ByteBuilder, flush: boolean) => number;
}

function put16(out: ByteBuilder, code: number): void {
  out.push(code >> 8);
  out.push(code & 0xFF);
}

function pairCodec(p: Plan): MultibyteCodec {
  const t = pairTable(p.table);
  return {
    name: p.name,
    decode(b, i, end, out) {
      const c = b[i];
      if (c < 0x80) {
        out.push(c);
        return 1;
      }
      const one = p.single?.(c);
      if (one !== undefined) {
        if (one < 0) return -1;
        out.push(one);
        return 1;
      }
      if (end - i < 2) return TOO_FEW;
      const r = p.longer?.(b, i, end, out) ?? 0;
      if (r !== 0) return r;
      return putPair(t, c, b[i + 1], out) ? 2 : -1;
    },
    encode(s, i, out, _state, flush) {
      const c = s[i];
      if (c < 0x80) {
        out.push(c);
        return 1;
      }
      const r = p.pairs?.(s, i, out, flush) ?? 0;
      if (r !== 0) return r;
      if (p.put?.(c, out)) return 1;
      const code = c < t.enc.length ? t.enc[c] : 0;
      if (code === 0) return -1;
      put16(out, code);
      return 1;
    },
  };
}

// ---- Japanese ----------------------------------------------------------------------------------

/** Half-width katakana, A1 to DF. */
const katakana = (byte: number): number | undefined => byte >= 0xA1 && byte <= 0xDF ? byte + 0xFEC0 : undefined;
const isKatakana = (c: number): boolean => c >= 0xFF61 && c <= 0xFF9F;

/** Shift_JIS is JIS X 0208 with its rows in twos: the 94 * 94 pairs as 47 * 188. */
function sjisPair(lead: number, trail: number): number {
  const c1 = 2 * (lead < 0xE0 ? lead - 0x81 : lead - 0xC1), c2 = trail < 0x80 ? trail - 0x40 : trail - 0x41;
  return (c1 + (c2 < 94 ? 0 : 1) + 0xA1) << 8 | (c2 % 94 + 0xA1);
}
function putSjis(out: ByteBuilder, code: number): void {
  const row = (code >> 8) - 0xA1, c2 = (row & 1) * 94 + (code & 0xFF) - 0xA1, c1 = row >> 1;
  out.push(c1 < 0x1F ? c1 + 0x81 : c1 + 0xC1);
  out.push(c2 < 0x3F ? c2 + 0x40 : c2 + 0x41);
}

function shiftJis(): MultibyteCodec {
  const t = pairTable("jisx0208");
  return pairCodec({
    name: "shift_jis",
    table: "jisx0208",
    single: (b) => b >= 0x81 && b <= 0x9F || b >= 0xE0 && b <= 0xEA ? undefined : katakana(b) ?? -1,
    longer(b, i, _end, out) {
      const trail = b[i + 1];
      if (trail < 0x40 || trail === 0x7F || trail > 0xFC) return -1;
      const pair = sjisPair(b[i], trail);
      return putPair(t, pair >> 8, pair & 0xFF, out) ? 2 : -1;
    },
    put(c, out) {
      if (c === 0xA5) out.push(0x5C);
      else if (c === 0x203E) out.push(0x7E);
      else if (isKatakana(c)) out.push(c - 0xFEC0);
      else {
        const code = c < 0x10000 ? t.enc[c] : 0;
        if (code === 0) return false;
        putSjis(out, code);
      }
      return true;
    },
  });
}

function cp932(): MultibyteCodec {
  return pairCodec({
    name: "cp932",
    table: "cp932",
    // bytes that Windows has without a meaning
    single: (b) => b === 0x80 ? 0x80 : b === 0xA0 ? 0xF8F0 : b >= 0xFD ? b + 0xF8F1 - 0xFD : katakana(b),
    put(c, out) {
      if (c === 0x80) out.push(0x80);
      else if (c === 0xF8F0) out.push(0xA0);
      else if (c >= 0xF8F1 && c <= 0xF8F3) out.push(c - 0xF8F1 + 0xFD);
      else if (isKatakana(c)) out.push(c - 0xFEC0);
      else return false;
      return true;
    },
  });
}

function eucJp(): MultibyteCodec {
  const jisx0208 = pairTable("jisx0208"), jisx0212 = pairTable("jisx0212");
  return pairCodec({
    name: "euc_jp",
    table: "jisx0208",
    longer(b, i, end, out) {
      if (b[i] === 0x8E) {
        const c = katakana(b[i + 1]);
        if (c === undefined) return -1;
        out.push(c);
        return 2;
      }
      if (b[i] !== 0x8F) return 0;
      if (end - i < 3) return TOO_FEW;
      return b[i + 2] >= 0xA1 && putPair(jisx0212, b[i + 1], b[i + 2], out) ? 3 : -1;
    },
    put(c, out) {
      if (c > 0xFFFF || jisx0208.enc[c] !== 0) return false;
      if (c === 0xA5) out.push(0x5C);
      else if (c === 0x203E) out.push(0x7E);
      else if (isKatakana(c)) put16(out, 0x8E00 | c - 0xFEC0);
      else if (jisx0212.enc[c] !== 0) {
        out.push(0x8F);
        put16(out, jisx0212.enc[c]);
      } else return false;
      return true;
    },
  });
}

// ---- Korean ------------------------------------------------------------------------------------

// A syllable of Unicode is 0xAC00 + (initial * 21 + medial) * 28 + final. The lists below give the
// number of each part in a code's own order; "." is a number without a meaning.
const partNumbers = (list: string): number[] => list.split(" ").map((x) => x === "." ? -1 : parseInt(x, 36));
/** KS X 1001's letters A1 to BE as initials and as finals. */
const INITIALS = partNumbers("0 1 . 2 . . 3 4 5 . . . . . . . 6 7 8 . 9 a b c d e f g h i");
const FINALS = partNumbers("1 2 3 4 5 6 7 . 8 9 a b c d e f g h . i j k l m . n o p q r");

function eucKr(): MultibyteCodec {
  const all = pairTable("cp949");
  return pairCodec({
    name: "euc_kr",
    table: "ksx1001",
    // a syllable without a pair of its own: a filler and three letters
    longer(b, i, end, out) {
      if (b[i] !== 0xA4 || b[i + 1] !== 0xD4) return 0;
      if (end - i < 8) return TOO_FEW;
      if (b[i + 2] !== 0xA4 || b[i + 4] !== 0xA4 || b[i + 6] !== 0xA4) return -1;
      const medial = b[i + 5] - 0xBF;
      const initial = INITIALS[b[i + 3] - 0xA1] ?? -1, final = b[i + 7] === 0xD4 ? 0 : FINALS[b[i + 7] - 0xA1] ?? -1;
      if (initial < 0 || medial < 0 || medial > 20 || final < 0) return -1;
      out.push(0xAC00 + (initial * 21 + medial) * 28 + final);
      return 8;
    },
    put(c, out) {
      if (c < 0xAC00 || c > 0xD7A3 || all.enc[c] === 0) return false;
      const code = all.enc[c];
      if (code >= 0xA100 && (code & 0xFF) >= 0xA1) return false;
      const n = c - 0xAC00;
      put16(out, 0xA4D4);
      put16(out, 0xA4A1 + INITIALS.indexOf(Math.floor(n / 588)));
      put16(out, 0xA4BF + Math.floor(n / 28) % 21);
      put16(out, n % 28 === 0 ? 0xA4D4 : 0xA4A1 + FINALS.indexOf(n % 28));
      return true;
    },
  });
}

const FILL = 99;
/** Johab's five-bit parts: 1 (for a medial, 2) is the filler. */
function johabParts(list: string): number[] {
  return list.split(" ").map((x) => x === "." ? -1 : x === "f" ? FILL : Number(x));
}

function johab(): MultibyteCodec {
  const t = pairTable("ksx1001");
  const INIT = johabParts(". f 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18");
  const MEDIAL = johabParts(". . f 0 1 2 3 4 . . 5 6 7 8 9 10 . . 11 12 13 14 15 16 . . 17 18 19 20");
  const FINAL = johabParts(". f 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 . 17 18 19 20 21 22 23 24 25 26 27");
  const initialLetter = (n: number): number => 0x3131 + INITIALS.indexOf(n);
  const finalLetter = (n: number): number => 0x3131 + FINALS.indexOf(n);
  const parts = (initial: number, medial: number, final: number): number =>
    0x8000 | INIT.indexOf(initial) << 10 | MEDIAL.indexOf(medial) << 5 | FINAL.indexOf(final);
  return pairCodec({
    name: "johab",
    table: "ksx1001",
    longer(b, i, _end, out) {
      const c = b[i], c2 = b[i + 1];
      if (c < 0xD8) {
        const initial = INIT[c >> 2 & 31] ?? -1, medial = MEDIAL[(c << 3 | c2 >> 5) & 31] ?? -1;
        const final = FINAL[c2 & 31] ?? -1;
        if (initial < 0 || medial < 0 || final < 0) return -1;
        if (initial !== FILL && medial !== FILL) {
          out.push(0xAC00 + (initial * 21 + medial) * 28 + (final === FILL ? 0 : final));
        } else if (initial === FILL && medial === FILL) out.push(final === FILL ? 0x3000 : finalLetter(final));
        else if (final !== FILL) return -1;
        else out.push(initial === FILL ? 0x314F + medial : initialLetter(initial));
        return 2;
      }
      if (
        c === 0xDF || c > 0xF9 || c2 < 0x31 || c2 >= 0x80 && c2 < 0x91 || (c2 & 0x7F) === 0x7F ||
        c === 0xDA && c2 >= 0xA1 && c2 <= 0xD3
      ) return -1;
      const t2 = c2 < 0x91 ? c2 - 0x31 : c2 - 0x43;
      const t1 = (c < 0xE0 ? 2 * (c - 0xD9) : 2 * c - 0x197) + (t2 < 94 ? 0 : 1);
      return putPair(t, t1 + 0xA1, t2 % 94 + 0xA1, out) ? 2 : -1;
    },
    pairs(s, i, out) {
      const c = s[i], n = c - 0xAC00;
      if (n >= 0 && n < 11172) {
        put16(out, parts(Math.floor(n / 588), Math.floor(n / 28) % 21, n % 28 === 0 ? FILL : n % 28));
        return 1;
      }
      if (c >= 0x3131 && c <= 0x3163) {
        const k = c - 0x3131;
        if (k >= 30) put16(out, parts(FILL, k - 30, FILL));
        else if (INITIALS[k] >= 0) put16(out, parts(INITIALS[k], FILL, FILL));
        else put16(out, parts(FILL, FILL, FINALS[k]));
        return 1;
      }
      const code = c < 0x10000 ? t.enc[c] : 0, c1 = (code >> 8) - 0x80, c2 = (code & 0xFF) - 0x80;
      if (code === 0 || !(c1 <= 0x2C || c1 >= 0x4A && c1 <= 0x7D)) return -1;
      const t1 = c1 - 0x21 + (c1 < 0x4A ? 0x1B2 : 0x197), t2 = (t1 & 1) * 94 + c2 - 0x21;
      out.push(t1 >> 1);
      out.push(t2 < 0x4E ? t2 + 0x31 : t2 + 0x43);
      return 1;
    },
  });
}

// ---- Chinese -----------------------------------------------------------------------------------

/** Four bytes as a number, digits and bytes in turn. */
function putFour(out: ByteBuilder, n: number, first: number): void {
  out.push(first + Math.floor(n / 12600));
  out.push(0x30 + Math.floor(n / 1260) % 10);
  out.push(0x81 + Math.floor(n / 10) % 126);
  out.push(0x30 + n % 10);
}

function gb18030(): MultibyteCodec {
  const t = pairTable("gb18030");
  // the characters up to U+FFFF that have no pair, in order: their numbers are what four bytes say
  const numbers = new Uint16Array(0x10000), chars = new Uint16Array(39420);
  for (let c = 0x80, n = 0; c < 0x10000; c++) {
    if (c >= 0xD800 && c <= 0xDFFF || t.enc[c] !== 0) continue;
    numbers[c] = n;
    chars[n++] = c;
  }
  return pairCodec({
    name: "gb18030",
    table: "gb18030",
    longer(b, i, end, out) {
      if (b[i + 1] < 0x30 || b[i + 1] > 0x39) return 0;
      if (end - i < 4) return TOO_FEW;
      const c = b[i] - 0x81, c3 = b[i + 2] - 0x81, c4 = b[i + 3] - 0x30;
      if (c < 0 || c3 < 0 || c3 > 125 || c4 < 0 || c4 > 9) return -1;
      const n = (c * 10 + b[i + 1] - 0x30) * 1260 + c3 * 10 + c4;
      if (c < 4) {
        if (n >= 39420) return -1;
        out.push(chars[n]);
        return 4;
      }
      const astral = n - 15 * 12600 + 0x10000;
      if (c < 15 || astral > 0x10FFFF) return -1;
      out.push(astral);
      return 4;
    },
    put(c, out) {
      if (c >= 0x10000) putFour(out, c - 0x10000, 0x90);
      else if (t.enc[c] !== 0 || c >= 0xD800 && c <= 0xDFFF) return false;
      else putFour(out, numbers[c], 0x81);
      return true;
    },
  });
}

const TILDE = 0x7E;
/** HZ: state[0] is 1 within "~{" and "~}". */
function hz(): MultibyteCodec {
  const t = pairTable("gb2312");
  const reset = (state: Uint8Array): void => {
    state[0] = 0;
  };
  return {
    name: "hz",
    decodeInit: reset,
    decodeReset: reset,
    encodeInit: reset,
    encodeReset(out, state) {
      if (state[0] !== 0) put16(out, 0x7E7D);
      state[0] = 0;
    },
    decode(b, i, end, out, state) {
      const c = b[i];
      if (c === TILDE) {
        if (end - i < 2) return TOO_FEW;
        const c2 = b[i + 1];
        if (c2 === (state[0] === 0 ? 0x7B : 0x7D)) state[0] ^= 1;
        else if (c2 === TILDE && state[0] === 0) out.push(TILDE);
        else if (c2 !== 0x0A || state[0] !== 0) return -1; // "~" at the end of a line joins it with the next
        return 2;
      }
      if (c >= 0x80) return -1;
      if (state[0] === 0) {
        out.push(c);
        return 1;
      }
      if (end - i < 2) return TOO_FEW;
      return b[i + 1] < 0x80 && putPair(t, c | 0x80, b[i + 1] | 0x80, out) ? 2 : -1;
    },
    encode(s, i, out, state) {
      const c = s[i];
      if (c < 0x80) {
        if (state[0] !== 0) put16(out, 0x7E7D);
        state[0] = 0;
        out.push(c);
        if (c === TILDE) out.push(c);
        return 1;
      }
      const code = c < 0x10000 ? t.enc[c] : 0;
      if (code === 0) return -1;
      if (state[0] === 0) put16(out, 0x7E7B);
      state[0] = 1;
      put16(out, code & 0x7F7F);
      return 1;
    },
  };
}

/** Four pairs of Big5-HKSCS are two characters each: E with a circumflex and a macron or caron. */
function big5hkscs(): MultibyteCodec {
  const t = pairTable("big5hkscs");
  return pairCodec({
    name: "big5hkscs",
    table: "big5hkscs",
    pairs(s, i, out, flush) {
      const c = s[i];
      if (c !== 0xCA && c !== 0xEA) return 0;
      if (i + 1 >= s.length) return flush ? 0 : TOO_FEW;
      const both = t.dec.indexOf((c << 16 | s[i + 1]) >>> 0);
      if (both < 0) return 0;
      put16(out, both | 0x8000);
      return 2;
    },
  });
}

/** The codecs of each module, by name. */
export const CJK_CODECS: Record<string, Record<string, () => MultibyteCodec>> = {
  cn: {
    gb2312: () => pairCodec({ name: "gb2312", table: "gb2312" }),
    gbk: () => pairCodec({ name: "gbk", table: "gbk" }),
    gb18030,
    hz,
  },
  hk: { big5hkscs },
  jp: { shift_jis: shiftJis, cp932, euc_jp: eucJp },
  kr: { euc_kr: eucKr, cp949: () => pairCodec({ name: "cp949", table: "cp949" }), johab },
  tw: {
    big5: () => pairCodec({ name: "big5", table: "big5" }),
    cp950: () => pairCodec({ name: "cp950", table: "cp950" }),
  },
};
