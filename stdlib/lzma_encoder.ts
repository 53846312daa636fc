// XZ Utils: src/liblzma/lzma/lzma_encoder.c, lzma_encoder_optimum_fast.c, rangecoder/range_encoder.h
//
// LZMA and LZMA2 encoding with hash chains and the choices of liblzma's fast mode. The output is valid for
// every decoder; its size is near that of xz's fast presets, not byte for byte the same.

import { ByteSink } from "./bzip2.ts";
import {
  IS_MATCH,
  IS_REP,
  IS_REP0_LONG,
  IS_REP_G0,
  IS_REP_G1,
  IS_REP_G2,
  LEN,
  LEN_HIGH,
  LEN_LOW,
  LEN_MID,
  LITERAL,
  type LzmaProps,
  POS_ALIGN,
  POS_SLOT,
  POS_SPECIAL,
  REP_LEN,
} from "./lzma_decoder.ts";

const MAX_MATCH = 273, HASH_BITS = 16;

/** What an encoder is told. */
export interface EncoderOptions extends LzmaProps {
  dictSize: number;
  niceLength: number;
  depth: number;
}

class LzmaWriter {
  #low = 0;
  #range = 0xffffffff;
  #cache = 0;
  #waiting = 1;
  sink = new ByteSink();
  #probs: Uint16Array;

  constructor(p: LzmaProps) {
    this.#probs = new Uint16Array(LITERAL + (0x300 << (p.lc + p.lp)));
    this.resetState();
  }
  resetState(): void {
    this.#probs.fill(1024);
  }
  resetRange(): void {
    this.#low = 0;
    this.#range = 0xffffffff;
    this.#cache = 0;
    this.#waiting = 1;
    this.sink = new ByteSink();
  }
  /** Bytes that are written if the coder ends now. */
  get size(): number {
    return this.sink.length + this.#waiting + 4;
  }
  finish(): Uint8Array {
    for (let i = 0; i < 5; i++) this.#shift();
    return this.sink.take();
  }
  #shift(): void {
    if (this.#low < 0xff000000 || this.#low >= 0x100000000) {
      const carry = this.#low >= 0x100000000 ? 1 : 0;
      let c = this.#cache;
      do {
        this.sink.push((c + carry) & 0xff);
        c = 0xff;
      } while (--this.#waiting > 0);
      this.#cache = Math.floor(this.#low / 0x1000000) & 0xff;
    }
    this.#waiting++;
    this.#low = (this.#low % 0x1000000) * 256;
  }
  bit(i: number, b: number): void {
    const p = this.#probs[i], bound = (this.#range >>> 11) * p;
    if (b === 0) {
      this.#range = bound;
      this.#probs[i] = p + ((2048 - p) >> 5);
    } else {
      this.#low += bound;
      this.#range -= bound;
      this.#probs[i] = p - (p >> 5);
    }
    while (this.#range < 0x1000000) {
      this.#range = (this.#range << 8) >>> 0;
      this.#shift();
    }
  }
  direct(x: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--) {
      this.#range >>>= 1;
      if (Math.floor(x / 2 ** i) % 2 === 1) this.#low += this.#range;
      while (this.#range < 0x1000000) {
        this.#range = (this.#range << 8) >>> 0;
        this.#shift();
      }
    }
  }
  tree(base: number, bits: number, x: number): void {
    let m = 1;
    for (let i = bits - 1; i >= 0; i--) {
      const b = (x >> i) & 1;
      this.bit(base + m, b);
      m = (m << 1) | b;
    }
  }
  reverseTree(base: number, bits: number, x: number): void {
    let m = 1;
    for (let i = 0; i < bits; i++) {
      const b = (x >> i) & 1;
      this.bit(base + m, b);
      m = (m << 1) | b;
    }
  }
}

/** Encodes a stream of LZMA symbols out of a window of input. */
export class LzmaEncoderCore {
  readonly o: EncoderOptions;
  readonly w: LzmaWriter;
  #buf = new Uint8Array(1 << 16);
  #at = 0;
  #end = 0;
  /** The position in the stream of the window's first byte. */
  #base = 0;
  #head = new Int32Array(1 << HASH_BITS).fill(-1);
  #prev: Int32Array;
  #mask: number;
  #state = 0;
  #reps = [0, 0, 0, 0];

  constructor(o: EncoderOptions) {
    this.o = o;
    this.w = new LzmaWriter(o);
    const bits = Math.min(Math.max(Math.ceil(Math.log2(Math.max(o.dictSize, 4096))), 12), 24);
    this.#prev = new Int32Array(1 << bits);
    this.#mask = (1 << bits) - 1;
  }
  resetState(): void {
    this.w.resetState();
    this.#state = 0;
    this.#reps = [0, 0, 0, 0];
  }
  /** Bytes that wait to be encoded. */
  get waiting(): number {
    return this.#end - this.#at;
  }
  get position(): number {
    return this.#base + this.#at;
  }
  /** The bytes from a position on. */
  slice(from: number, to: number): Uint8Array {
    return this.#buf.slice(from - this.#base, to - this.#base);
  }

  add(data: Uint8Array): void {
    if (this.#end + data.length > this.#buf.length) {
      // A chunk that may still be stored as it is must stay, too.
      const keep = Math.min(this.#at, Math.max(this.o.dictSize, 1 << 22)), from = this.#at - keep;
      const need = this.#end - from + data.length;
      const b = need > this.#buf.length ? new Uint8Array(Math.max(this.#buf.length * 2, need)) : this.#buf;
      b.set(this.#buf.subarray(from, this.#end));
      this.#buf = b;
      this.#base += from;
      this.#at -= from;
      this.#end -= from;
    }
    this.#buf.set(data, this.#end);
    this.#end += data.length;
  }

  #hash(i: number): number {
    const b = this.#buf;
    return (((b[i] | (b[i + 1] << 8) | (b[i + 2] << 16)) * 0x9e3779b1) >>> (32 - HASH_BITS)) & 0xffff;
  }
  #insert(i: number): void {
    if (i + 3 > this.#end) return;
    const h = this.#hash(i), pos = this.#base + i;
    this.#prev[pos & this.#mask] = this.#head[h];
    this.#head[h] = pos;
  }
  #matchLength(i: number, j: number, most: number): number {
    const b = this.#buf;
    let n = 0;
    while (n < most && b[i + n] === b[j + n]) n++;
    return n;
  }
  #found = 0;
  /** The longest match at a place; its distance (from 0) is left in #found. */
  #longest(i: number, most: number): number {
    if (most < 3 || i + 3 > this.#end) return 0;
    const pos = this.#base + i, window = Math.min(this.o.dictSize, this.#mask, pos);
    let best = 2, cand = this.#head[this.#hash(i)];
    const b = this.#buf;
    for (let d = this.o.depth; d > 0 && cand >= 0; d--) {
      const dist = pos - cand;
      if (dist > window || cand < this.#base) break;
      if (dist > 0) {
        const j = cand - this.#base;
        if (b[j + best] === b[i + best] && b[j] === b[i]) {
          const n = this.#matchLength(i, j, most);
          if (n > best) {
            best = n;
            this.#found = dist - 1;
            if (n >= this.o.niceLength || n === most) break;
          }
        }
      }
      cand = this.#prev[cand & this.#mask];
    }
    return best > 2 ? best : 0;
  }

  /** Encodes one symbol. */
  step(): void {
    const i = this.#at, most = Math.min(MAX_MATCH, this.#end - i), pos = this.#base + i;
    let repLength = 0, rep = 0;
    for (let r = 0; r < 4; r++) {
      const dist = this.#reps[r] + 1;
      if (dist > i || dist > pos) continue;
      const n = this.#matchLength(i, i - dist, most);
      if (n > repLength) {
        repLength = n;
        rep = r;
      }
    }
    let length = this.#longest(i, most);
    const dist = this.#found;
    this.#insert(i);
    if (length === 3 && dist >= 1 << 16) length = 0;
    if (
      repLength >= 2 && (repLength + 1 >= length || (repLength + 2 >= length && dist >= 1 << 9) ||
        (repLength + 3 >= length && dist >= 1 << 15))
    ) {
      return this.#putRep(rep, repLength, pos);
    }
    if (length < 3) return this.#putLiteral(i, pos);
    if (length < this.o.niceLength && most > length) {
      // A longer match at the next place is worth a literal here.
      const next = this.#longest(i + 1, Math.min(MAX_MATCH, this.#end - i - 1));
      if (
        next > length + 1 || (next === length + 1 && this.#found < dist * 128) ||
        (next === length && this.#found < dist / 128)
      ) {
        return this.#putLiteral(i, pos);
      }
    }
    this.#putMatch(dist, length, pos);
  }
  #advance(n: number): void {
    for (let k = 1; k < n; k++) this.#insert(this.#at + k);
    this.#at += n;
  }
  #putLiteral(i: number, pos: number): void {
    const { w, o } = this, state = this.#state, b = this.#buf;
    w.bit(IS_MATCH + (state << 4) + (pos & ((1 << o.pb) - 1)), 0);
    const prev = pos > 0 ? b[i - 1] : 0;
    const base = LITERAL + 0x300 * (((pos & ((1 << o.lp) - 1)) << o.lc) + (prev >> (8 - o.lc)));
    let symbol = b[i] | 0x100;
    if (state < 7) w.tree(base, 8, b[i]);
    else {
      let match = b[i - this.#reps[0] - 1], offset = 0x100;
      do {
        match <<= 1;
        const m = match & offset, bit = (symbol >> 7) & 1;
        w.bit(base + offset + m + (symbol >> 8), bit);
        symbol <<= 1;
        offset &= bit ? m : ~m;
      } while (symbol < 0x10000);
    }
    this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    this.#advance(1);
  }
  #putLength(base: number, n: number, posState: number): void {
    const { w } = this;
    if (n < 8) {
      w.bit(base, 0);
      w.tree(base + LEN_LOW + (posState << 3), 3, n);
    } else if (n < 16) {
      w.bit(base, 1);
      w.bit(base + 1, 0);
      w.tree(base + LEN_MID + (posState << 3), 3, n - 8);
    } else {
      w.bit(base, 1);
      w.bit(base + 1, 1);
      w.tree(base + LEN_HIGH, 8, n - 16);
    }
  }
  #putRep(rep: number, length: number, pos: number): void {
    const { w } = this, state = this.#state, posState = pos & ((1 << this.o.pb) - 1);
    w.bit(IS_MATCH + (state << 4) + posState, 1);
    w.bit(IS_REP + state, 1);
    w.bit(IS_REP_G0 + state, rep === 0 ? 0 : 1);
    if (rep === 0) w.bit(IS_REP0_LONG + (state << 4) + posState, 1);
    else {
      w.bit(IS_REP_G1 + state, rep === 1 ? 0 : 1);
      if (rep > 1) w.bit(IS_REP_G2 + state, rep - 2);
      const [dist] = this.#reps.splice(rep, 1);
      this.#reps.unshift(dist);
    }
    this.#putLength(REP_LEN, length - 2, posState);
    this.#state = state < 7 ? 8 : 11;
    this.#advance(length);
  }
  #putMatch(dist: number, length: number, pos: number): void {
    const { w } = this, state = this.#state, posState = pos & ((1 << this.o.pb) - 1);
    w.bit(IS_MATCH + (state << 4) + posState, 1);
    w.bit(IS_REP + state, 0);
    this.#putLength(LEN, length - 2, posState);
    const n = 31 - Math.clz32(dist), slot = dist < 4 ? dist : n * 2 + ((dist >>> (n - 1)) & 1);
    w.tree(POS_SLOT + (Math.min(length - 2, 3) << 6), 6, slot);
    if (slot >= 4) {
      const bits = (slot >> 1) - 1, base = (2 | (slot & 1)) * 2 ** bits, rest = dist - base;
      if (slot < 14) w.reverseTree(POS_SPECIAL + base - slot, bits, rest);
      else {
        w.direct(Math.floor(rest / 16), bits - 4);
        w.reverseTree(POS_ALIGN, 4, rest & 15);
      }
    }
    this.#reps = [dist, this.#reps[0], this.#reps[1], this.#reps[2]];
    this.#state = state < 7 ? 7 : 10;
    this.#advance(length);
  }
  /** Writes the end marker. */
  putEnd(): void {
    const { w } = this, state = this.#state, posState = this.position & ((1 << this.o.pb) - 1);
    w.bit(IS_MATCH + (state << 4) + posState, 1);
    w.bit(IS_REP + state, 0);
    this.#putLength(LEN, 0, posState);
    w.tree(POS_SLOT, 6, 63);
    w.direct(0x3ffffff, 26);
    w.reverseTree(POS_ALIGN, 4, 15);
  }
}

/** Plain LZMA with an end marker, without a header. */
export class Lzma1Encoder {
  readonly #core: LzmaEncoderCore;
  constructor(o: EncoderOptions) {
    this.#core = new LzmaEncoderCore(o);
  }
  push(data: Uint8Array): Uint8Array {
    this.#core.add(data);
    while (this.#core.waiting > MAX_MATCH) this.#core.step();
    return this.#core.w.sink.take();
  }
  finish(): Uint8Array {
    while (this.#core.waiting > 0) this.#core.step();
    this.#core.putEnd();
    return this.#core.w.finish();
  }
}

const CHUNK_OUT = 1 << 16, CHUNK_IN = 1 << 21;
/** LZMA2: chunks of at most 2 MiB of input or 64 KiB of output. */
export class Lzma2Encoder {
  readonly #core: LzmaEncoderCore;
  readonly #out = new ByteSink();
  #from = 0;
  #resetDict = true;
  #newProps = true;
  #resetState = true;
  #open = false;
  constructor(o: EncoderOptions) {
    this.#core = new LzmaEncoderCore(o);
  }
  push(data: Uint8Array): Uint8Array {
    for (let at = 0; at < data.length; at += 1 << 16) {
      this.#core.add(data.subarray(at, at + (1 << 16)));
      this.#run(MAX_MATCH);
    }
    return this.#out.take();
  }
  finish(): Uint8Array {
    this.#run(0);
    this.#endChunk();
    this.#out.push(0);
    return this.#out.take();
  }
  #run(keep: number): void {
    const core = this.#core;
    while (core.waiting > keep) {
      if (!this.#open) {
        if (this.#resetState) core.resetState();
        core.w.resetRange();
        this.#from = core.position;
        this.#open = true;
      }
      core.step();
      if (core.position - this.#from > CHUNK_IN - MAX_MATCH || core.w.size > CHUNK_OUT - 64) this.#endChunk();
    }
  }
  #endChunk(): void {
    if (!this.#open) return;
    this.#open = false;
    const core = this.#core, size = core.position - this.#from, packed = core.w.finish(), out = this.#out;
    if (packed.length >= size) {
      const plain = core.slice(this.#from, core.position);
      for (let at = 0; at < plain.length; at += 1 << 16) {
        const part = plain.subarray(at, at + (1 << 16));
        out.push(this.#resetDict ? 1 : 2);
        out.push((part.length - 1) >> 8);
        out.push((part.length - 1) & 0xff);
        out.add(part);
        this.#resetDict = false;
      }
      this.#resetState = true;
      return;
    }
    const mode = this.#resetDict ? 3 : this.#newProps ? 2 : this.#resetState ? 1 : 0;
    out.push(0x80 | (mode << 5) | ((size - 1) >> 16));
    out.push(((size - 1) >> 8) & 0xff);
    out.push((size - 1) & 0xff);
    out.push((packed.length - 1) >> 8);
    out.push((packed.length - 1) & 0xff);
    if (mode >= 2) out.push((core.o.pb * 5 + core.o.lp) * 9 + core.o.lc);
    out.add(packed);
    this.#resetDict = this.#newProps = this.#resetState = false;
  }
}
