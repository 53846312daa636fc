// XZ Utils: src/liblzma/lzma/lzma_decoder.c, lzma2_decoder.c, rangecoder/range_decoder.h
//
// LZMA and LZMA2 decoding. All probabilities of a state are in one array, part after part. What was decoded
// lies in a linear window of which the last dictionary-size bytes are kept.
//
// An LZMA2 chunk tells how long it is, so it is decoded once it is there as a whole. Plain LZMA does not:
// where fewer bytes than a symbol may take are at hand, a symbol is tried with a journal of what it changed,
// which is undone if the bytes do not suffice.

/** Bad data. */
export class LzmaDataError extends Error {}

// Parts of the array of probabilities.
export const IS_MATCH = 0,
  IS_REP = 192,
  IS_REP_G0 = 204,
  IS_REP_G1 = 216,
  IS_REP_G2 = 228,
  IS_REP0_LONG = 240,
  POS_SLOT = 432,
  POS_SPECIAL = 688,
  POS_ALIGN = 816,
  LEN = 832,
  REP_LEN = 1346,
  LITERAL = 1860;
// Parts of a length coder.
export const LEN_LOW = 2, LEN_MID = 130, LEN_HIGH = 258;
const MAX_SYMBOL = 21;
class ShortInput {}
const SHORT = new ShortInput();

/** How literals and positions are modelled. */
export interface LzmaProps {
  lc: number;
  lp: number;
  pb: number;
}

/** The properties in their byte, or undefined for a bad one. */
export function decodeProps(byte: number): LzmaProps | undefined {
  if (byte > (4 * 5 + 4) * 9 + 8) return undefined;
  const lc = byte % 9, rest = Math.floor(byte / 9), lp = rest % 5, pb = Math.floor(rest / 5);
  return lc + lp > 4 ? undefined : { lc, lp, pb };
}

/** Decodes symbols into a window. */
export class LzmaCore {
  readonly dictSize: number;
  #buf = new Uint8Array(1 << 16);
  /** End of what was decoded, and of what was given out. */
  #len = 0;
  #taken = 0;
  /** Bytes since the dictionary was reset. */
  total = 0;
  #probs = new Uint16Array(0);
  #lc = 0;
  #lpMask = 0;
  #pbMask = 0;
  #state = 0;
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;
  #range = 0;
  #code = 0;
  input: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  #journal: number[] | undefined;

  constructor(dictSize: number) {
    this.dictSize = Math.max(dictSize, 4096);
  }

  resetDict(): void {
    this.total = 0;
  }
  resetState(p: LzmaProps): void {
    this.#lc = p.lc;
    this.#lpMask = (1 << p.lp) - 1;
    this.#pbMask = (1 << p.pb) - 1;
    this.#state =
      this.#rep0 =
      this.#rep1 =
      this.#rep2 =
      this.#rep3 =
        0;
    this.#probs = new Uint16Array(LITERAL + (0x300 << (p.lc + p.lp))).fill(1024);
  }
  /** Starts the range coder with five bytes of the input. */
  startRange(): void {
    const b = this.input;
    if (b[this.at] !== 0) throw new LzmaDataError();
    this.#range = 0xffffffff;
    this.#code = ((b[this.at + 1] << 24) | (b[this.at + 2] << 16) | (b[this.at + 3] << 8) | b[this.at + 4]) >>> 0;
    this.at += 5;
  }
  /** Whether the range coder has come to a proper end. */
  get rangeFinished(): boolean {
    return this.#code === 0;
  }
  /** Copies bytes that are not compressed. */
  addRaw(data: Uint8Array): void {
    this.#room(data.length);
    this.#buf.set(data, this.#len);
    this.#len += data.length;
    this.total += data.length;
  }
  /** What was decoded since the last call. */
  take(): Uint8Array {
    const out = this.#buf.slice(this.#taken, this.#len);
    this.#taken = this.#len;
    return out;
  }
  get pending(): number {
    return this.#len - this.#taken;
  }

  #room(n: number): void {
    if (this.#len + n <= this.#buf.length) return;
    const keep = Math.min(this.#len, Math.max(this.dictSize, this.#len - this.#taken));
    const from = this.#len - keep;
    let b = this.#buf;
    // Grow until it is worth more to move the dictionary down than to copy it.
    if (from < b.length / 2) b = new Uint8Array(Math.max(b.length * 2, this.#len + n));
    if (from > 0 && b === this.#buf) b.copyWithin(0, from, this.#len);
    else b.set(this.#buf.subarray(from, this.#len));
    this.#buf = b;
    this.#len -= from;
    this.#taken -= from;
    if (this.#len + n > b.length) this.#room(n);
  }

  #bit(i: number): number {
    if (this.#range < 0x1000000) this.#normalize();
    const p = this.#probs[i];
    if (this.#journal !== undefined) this.#journal.push(i, p);
    const bound = (this.#range >>> 11) * p;
    if (this.#code < bound) {
      this.#range = bound;
      this.#probs[i] = p + ((2048 - p) >> 5);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    this.#probs[i] = p - (p >> 5);
    return 1;
  }
  #normalize(): void {
    if (this.at >= this.end) throw SHORT;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.input[this.at++]) >>> 0;
  }
  #tree(base: number, bits: number): number {
    let m = 1;
    for (let i = 0; i < bits; i++) m = (m << 1) | this.#bit(base + m);
    return m - (1 << bits);
  }
  #reverseTree(base: number, bits: number): number {
    let m = 1, x = 0;
    for (let i = 0; i < bits; i++) {
      const b = this.#bit(base + m);
      m = (m << 1) | b;
      x |= b << i;
    }
    return x;
  }
  #direct(bits: number): number {
    let x = 0;
    for (; bits > 0; bits--) {
      if (this.#range < 0x1000000) this.#normalize();
      this.#range >>>= 1;
      let b = 0;
      if (this.#code >= this.#range) {
        this.#code -= this.#range;
        b = 1;
      }
      x = x * 2 + b;
    }
    return x;
  }
  #length(base: number, posState: number): number {
    if (this.#bit(base) === 0) return this.#tree(base + LEN_LOW + (posState << 3), 3);
    if (this.#bit(base + 1) === 0) return 8 + this.#tree(base + LEN_MID + (posState << 3), 3);
    return 16 + this.#tree(base + LEN_HIGH, 8);
  }

  /**
   * Decodes until `limit` bytes more are there. "end" is the end marker, "input" that bytes are missing.
   * @param exact no match may go beyond the limit
   */
  decode(limit: number, exact: boolean): "limit" | "end" | "input" {
    const stop = this.total + limit;
    while (this.total < stop) {
      if (this.end - this.at >= MAX_SYMBOL) {
        if (this.#symbol(exact ? stop : Infinity)) return "end";
        continue;
      }
      const saved = [this.#range, this.#code, this.at, this.#state, this.#rep0, this.#rep1, this.#rep2, this.#rep3];
      const journal: number[] = this.#journal = [];
      try {
        if (this.#symbol(exact ? stop : Infinity)) return "end";
      } catch (e) {
        if (e !== SHORT) throw e;
        for (let i = journal.length - 2; i >= 0; i -= 2) this.#probs[journal[i]] = journal[i + 1];
        [this.#range, this.#code, this.at, this.#state, this.#rep0, this.#rep1, this.#rep2, this.#rep3] = saved;
        return "input";
      } finally {
        this.#journal = undefined;
      }
    }
    return "limit";
  }
  /** Takes in the byte that ends the range coder's data; false if it is missing. */
  finishRange(): boolean {
    if (this.#range >= 0x1000000) return true;
    if (this.at >= this.end) return false;
    this.#normalize();
    return true;
  }
  /** Decodes an end marker, if there is one. */
  tryEndMarker(): "end" | "input" | "data" {
    const before = this.total, r = this.decode(1, false);
    if (r === "limit") return this.total === before ? "input" : "data";
    return r;
  }

  #symbol(stop: number): boolean {
    const state = this.#state, posState = this.total & this.#pbMask;
    if (this.#bit(IS_MATCH + (state << 4) + posState) === 0) {
      this.#literal(state);
      return false;
    }
    let len: number;
    if (this.#bit(IS_REP + state) === 0) {
      len = this.#length(LEN, posState);
      const dist = this.#distance(len);
      this.#rep3 = this.#rep2;
      this.#rep2 = this.#rep1;
      this.#rep1 = this.#rep0;
      this.#rep0 = dist;
      this.#state = state < 7 ? 7 : 10;
      if (dist === 0xffffffff) return true;
    } else {
      if (this.#bit(IS_REP_G0 + state) === 0) {
        if (this.#bit(IS_REP0_LONG + (state << 4) + posState) === 0) {
          this.#state = state < 7 ? 9 : 11;
          this.#copy(1, stop);
          return false;
        }
      } else this.#pickRep(state);
      len = this.#length(REP_LEN, posState);
      this.#state = state < 7 ? 8 : 11;
    }
    this.#copy(len + 2, stop);
    return false;
  }
  /** One of the older distances becomes the first. */
  #pickRep(state: number): void {
    let dist: number;
    if (this.#bit(IS_REP_G1 + state) === 0) dist = this.#rep1;
    else {
      if (this.#bit(IS_REP_G2 + state) === 0) dist = this.#rep2;
      else {
        dist = this.#rep3;
        this.#rep3 = this.#rep2;
      }
      this.#rep2 = this.#rep1;
    }
    this.#rep1 = this.#rep0;
    this.#rep0 = dist;
  }
  #distance(len: number): number {
    const slot = this.#tree(POS_SLOT + (Math.min(len, 3) << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1, base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + this.#reverseTree(POS_SPECIAL + base - slot, bits);
    return base + this.#direct(bits - 4) * 16 + this.#reverseTree(POS_ALIGN, 4);
  }
  #literal(state: number): void {
    const prev = this.total > 0 ? this.#buf[this.#len - 1] : 0;
    const base = LITERAL + 0x300 * (((this.total & this.#lpMask) << this.#lc) + (prev >> (8 - this.#lc)));
    let symbol = 1;
    if (state >= 7) {
      if (this.#rep0 >= this.total) throw new LzmaDataError();
      let match = this.#buf[this.#len - this.#rep0 - 1], offset = 0x100;
      do {
        match <<= 1;
        const m = match & offset, b = this.#bit(base + offset + m + symbol);
        symbol = (symbol << 1) | b;
        offset &= b ? m : ~m;
      } while (symbol < 0x100);
    } else while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(base + symbol);
    if (this.#len === this.#buf.length) this.#room(1);
    this.#buf[this.#len++] = symbol;
    this.total++;
    this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }
  #copy(n: number, stop: number): void {
    if (this.#rep0 >= Math.min(this.total, this.dictSize)) throw new LzmaDataError();
    if (this.total + n > stop) throw new LzmaDataError();
    this.#room(n);
    const b = this.#buf, dist = this.#rep0 + 1;
    let to = this.#len;
    for (let i = 0; i < n; i++, to++) b[to] = b[to - dist];
    this.#len = to;
    this.total += n;
  }
}
