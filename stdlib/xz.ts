// XZ Utils: src/liblzma/common (stream, block, index, alone decoders and encoders); the .xz format 1.2.0
//
// The containers. A decoder is a generator over its input that yields true where it wants more of it and
// false where it has made output.

import { ByteSink, type CodecStep } from "./bzip2.ts";
import { crc32 } from "./checksum.ts";
import { decodeProps, LzmaCore, LzmaDataError } from "./lzma_decoder.ts";
import { type EncoderOptions, Lzma1Encoder, Lzma2Encoder } from "./lzma_encoder.ts";
import { DELTA, FilterChain, makeFilter } from "./lzma_filters.ts";

export const LZMA1 = 0x4000000000000001n, LZMA2 = 0x21;
export const FORMAT_AUTO = 0, FORMAT_XZ = 1, FORMAT_ALONE = 2, FORMAT_RAW = 3;
export const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** Why liblzma gives up. */
export class LzmaFailure extends Error {
  readonly why: "format" | "options" | "data" | "memory" | "check";
  constructor(why: LzmaFailure["why"]) {
    super(why);
    this.why = why;
  }
}

/** One filter of a chain, with all its options. */
export interface FilterSpec extends EncoderOptions {
  id: number | bigint;
  distance: number;
  start: number;
}

/** A hash of the data of a block. */
export interface Check {
  update(b: Uint8Array): void;
  digest(): Uint8Array;
}

let crc64Table: [Uint32Array, Uint32Array] | undefined;
function crc64Tables(): [Uint32Array, Uint32Array] {
  if (crc64Table !== undefined) return crc64Table;
  const lows = new Uint32Array(256), highs = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    let lo = i, hi = 0;
    for (let k = 0; k < 8; k++) {
      const odd = lo & 1;
      lo = (lo >>> 1) | (hi << 31);
      hi >>>= 1;
      if (odd) {
        lo ^= 0xd7870f42;
        hi ^= 0xc96c5795;
      }
    }
    lows[i] = lo;
    highs[i] = hi;
  }
  return crc64Table = [lows, highs];
}
class Crc64 implements Check {
  #lo = 0xffffffff;
  #hi = 0xffffffff;
  update(b: Uint8Array): void {
    const [lows, highs] = crc64Tables();
    let lo = this.#lo, hi = this.#hi;
    for (let i = 0; i < b.length; i++) {
      const k = (lo ^ b[i]) & 0xff;
      lo = ((lo >>> 8) | (hi << 24)) ^ lows[k];
      hi = (hi >>> 8) ^ highs[k];
    }
    this.#lo = lo;
    this.#hi = hi;
  }
  digest(): Uint8Array {
    const d = new DataView(new ArrayBuffer(8));
    d.setUint32(0, ~this.#lo >>> 0, true);
    d.setUint32(4, ~this.#hi >>> 0, true);
    return new Uint8Array(d.buffer);
  }
}
class Crc32 implements Check {
  #crc = 0;
  update(b: Uint8Array): void {
    this.#crc = crc32(b, this.#crc);
  }
  digest(): Uint8Array {
    return le32(this.#crc);
  }
}
function startCheck(id: number, sha256: () => Check): Check | undefined {
  return id === 1 ? new Crc32() : id === 4 ? new Crc64() : id === 10 ? sha256() : undefined;
}

export function le32(x: number): Uint8Array {
  return Uint8Array.of(x, x >>> 8, x >>> 16, x >>> 24);
}
export function readLe32(b: Uint8Array, at: number): number {
  return (b[at] | (b[at + 1] << 8) | (b[at + 2] << 16) | (b[at + 3] << 24)) >>> 0;
}
function vli(x: number): number[] {
  const out: number[] = [];
  for (; x >= 0x80; x = Math.floor(x / 128)) out.push((x % 128) | 0x80);
  out.push(x);
  return out;
}
/** The dictionary size of LZMA2's property byte. */
export function dictSizeOf(bits: number): number {
  if (bits > 40) throw new LzmaFailure("options");
  return bits === 40 ? 0xffffffff : (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11);
}
/** LZMA2's property byte for a dictionary size. */
export function dictBits(size: number): number {
  for (let b = 0; b < 40; b++) if (dictSizeOf(b) >= size) return b;
  return 40;
}
function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

// ---- decoding -------------------------------------------------------------------------------

type Steps<T = void> = Generator<boolean, T>;

/** Decodes one stream of any of the formats. */
export class LzmaDecoder {
  #held: Uint8Array = new Uint8Array(0);
  #at = 0;
  readonly #run: Steps;
  #out: Uint8Array[] = [];
  #size = 0;
  #read = 0;
  #eof = false;
  /** What was wrong with the stream. */
  #failure: unknown;
  /** The integrity check, once it is known. */
  check: number;
  readonly #limit: number;
  readonly #sha256: () => Check;

  /** @param limit bytes of memory at most */
  constructor(format: number, limit: number, filters: FilterSpec[], sha256: () => Check) {
    this.#limit = limit;
    this.#sha256 = sha256;
    this.check = format === FORMAT_RAW || format === FORMAT_ALONE ? 0 : 16;
    this.#run = format === FORMAT_RAW
      ? this.#raw(filters)
      : format === FORMAT_ALONE
      ? this.#alone()
      : format === FORMAT_XZ
      ? this.#xz()
      : this.#auto();
  }

  /** Takes all input and gives at most `max` bytes (0: no bound). */
  push(input: Uint8Array, max: number): CodecStep {
    if (this.#failure !== undefined) throw this.#failure;
    const rest = this.#held.length - this.#at;
    if (rest === 0) this.#held = input.slice();
    else {
      const b = new Uint8Array(rest + input.length);
      b.set(this.#held.subarray(this.#at));
      b.set(input, rest);
      this.#held = b;
    }
    this.#at = 0;
    const room = max > 0 ? max : Infinity;
    while (!this.#eof && this.#size < room) {
      const { done, value } = this.#next();
      if (done) this.#eof = true;
      else if (value) break;
    }
    const output = this.#give(Math.min(room, this.#size));
    const ended = this.#eof && this.#size === 0;
    const left = this.#held.length - this.#at;
    return { output, consumed: ended ? input.length - left : input.length, eof: ended };
  }
  #give(n: number): Uint8Array {
    const out = new Uint8Array(n);
    let at = 0;
    while (at < n) {
      const first = this.#out[0], part = first.subarray(0, n - at);
      out.set(part, at);
      at += part.length;
      if (part.length === first.length) this.#out.shift();
      else this.#out[0] = first.subarray(part.length);
    }
    this.#size -= n;
    return out;
  }
  #add(b: Uint8Array): void {
    if (b.length === 0) return;
    this.#out.push(b);
    this.#size += b.length;
  }
  *#bytes(n: number): Steps<Uint8Array> {
    while (this.#held.length - this.#at < n) yield true;
    const b = this.#held.subarray(this.#at, this.#at + n);
    this.#at += n;
    this.#read += n;
    return b;
  }
  *#byte(): Steps<number> {
    return (yield* this.#bytes(1))[0];
  }
  #memory(size: number): void {
    if (size + 65536 > this.#limit) throw new LzmaFailure("memory");
  }

  #next(): IteratorResult<boolean, void> {
    try {
      return this.#run.next();
    } catch (e) {
      this.#failure = e;
      throw e;
    }
  }

  *#auto(): Steps {
    while (this.#held.length === this.#at) yield true;
    if (this.#held[this.#at] === 0xfd) return yield* this.#xz();
    this.check = 0;
    yield* this.#alone();
  }

  *#alone(): Steps {
    // each field is looked at as soon as it is there
    const props = decodeProps((yield* this.#bytes(1))[0]);
    if (props === undefined) throw new LzmaFailure("format");
    const dict = readLe32(yield* this.#bytes(4), 0);
    if (dict !== 0xffffffff) {
      const top = 2 ** Math.floor(Math.log2(Math.max(dict, 1)));
      if (dict !== top && dict !== top * 1.5) throw new LzmaFailure("format");
    }
    const h = yield* this.#bytes(8), low = readLe32(h, 0), high = readLe32(h, 4);
    const unknown = low === 0xffffffff && high === 0xffffffff, size = high * 0x100000000 + low;
    if (!unknown && size >= 2 ** 38) throw new LzmaFailure("format");
    this.#memory(dict);
    const core = new LzmaCore(dict);
    core.resetState(props);
    yield* this.#lzma1(core, unknown ? undefined : size, (b) => b);
  }

  /** LZMA symbols up to a size or the end marker. */
  *#lzma1(core: LzmaCore, size: number | undefined, through: (b: Uint8Array, last: boolean) => Uint8Array): Steps {
    while (this.#held.length - this.#at < 5) yield true;
    const attach = () => {
      core.input = this.#held;
      core.at = this.#at;
      core.end = this.#held.length;
    };
    attach();
    core.startRange();
    this.#at = core.at;
    for (;;) {
      attach();
      const left = size === undefined ? 1 << 16 : Math.min(1 << 16, size - core.total);
      let r: "limit" | "end" | "input";
      if (size !== undefined && left === 0) {
        // The marker may come all the same.
        if (!core.finishRange()) r = "input";
        else if (core.rangeFinished) {
          this.#at = core.at;
          break;
        } else {
          const marker = core.tryEndMarker();
          if (marker === "data") throw new LzmaDataError();
          r = marker;
        }
      } else r = core.decode(left, size !== undefined);
      this.#at = core.at;
      this.#add(through(core.take(), false));
      if (r === "end") {
        if (size !== undefined && core.total !== size) throw new LzmaDataError();
        for (;;) {
          attach();
          if (core.finishRange()) break;
          yield true;
        }
        this.#at = core.at;
        if (!core.rangeFinished) throw new LzmaDataError();
        break;
      }
      yield r === "input";
    }
    this.#add(through(new Uint8Array(0), true));
  }

  /** LZMA2 chunks up to their end. */
  *#lzma2(core: LzmaCore, through: (b: Uint8Array, last: boolean) => Uint8Array): Steps {
    let needDict = true, needProps = true;
    for (;;) {
      const control = yield* this.#byte();
      if (control === 0) break;
      if (control >= 0xe0 || control === 1) {
        needDict = false;
        if (control >= 0xe0) needProps = true;
        core.resetDict();
      } else if (needDict) throw new LzmaDataError();
      if (control < 0x80) {
        if (control > 2) throw new LzmaDataError();
        const h = yield* this.#bytes(2), n = ((h[0] << 8) | h[1]) + 1;
        core.addRaw(yield* this.#bytes(n));
      } else {
        const h = (yield* this.#bytes(4)).slice();
        const size = ((control & 0x1f) << 16) + ((h[0] << 8) | h[1]) + 1, packed = ((h[2] << 8) | h[3]) + 1;
        if (control >= 0xc0) {
          const props = decodeProps(yield* this.#byte());
          if (props === undefined) throw new LzmaDataError();
          this.#props = props;
          needProps = false;
          core.resetState(props);
        } else if (needProps) throw new LzmaDataError();
        else if (control >= 0xa0) core.resetState(this.#props);
        const b = yield* this.#bytes(packed);
        core.input = b;
        core.at = 0;
        core.end = packed;
        if (packed < 5) throw new LzmaDataError();
        core.startRange();
        if (core.decode(size, true) !== "limit" || !core.finishRange() || core.at !== packed || !core.rangeFinished) {
          throw new LzmaDataError();
        }
      }
      this.#add(through(core.take(), false));
      yield false;
    }
    this.#add(through(new Uint8Array(0), true));
  }
  #props = { lc: 3, lp: 0, pb: 2 };

  *#raw(filters: FilterSpec[]): Steps {
    const last = filters[filters.length - 1], chain = decodeChain(filters);
    this.#memory(last.dictSize);
    const core = new LzmaCore(last.dictSize);
    if (last.id === LZMA2) return yield* this.#lzma2(core, chain);
    core.resetState(last);
    yield* this.#lzma1(core, undefined, chain);
  }

  *#xz(): Steps {
    const h = (yield* this.#bytes(12)).slice();
    if (!same(h.subarray(0, 6), Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0))) throw new LzmaFailure("format");
    if (crc32(h.subarray(6, 8), 0) !== readLe32(h, 8)) throw new LzmaDataError();
    if (h[6] !== 0 || h[7] > 15) throw new LzmaFailure("options");
    this.check = h[7];
    const records: [number, number][] = [];
    for (;;) {
      const first = yield* this.#byte();
      if (first === 0) break;
      records.push(yield* this.#block(first));
    }
    yield* this.#index(records, h.subarray(6, 8));
  }

  *#block(first: number): Steps<[number, number]> {
    const size = (first + 1) * 4;
    const h = new Uint8Array(size);
    h[0] = first;
    h.set(yield* this.#bytes(size - 1), 1);
    if (crc32(h.subarray(0, size - 4), 0) !== readLe32(h, size - 4)) throw new LzmaDataError();
    if (h[1] & 0x3c) throw new LzmaFailure("options");
    let at = 2;
    const number = (): number => {
      let x = 0;
      for (let k = 0;; k++) {
        if (at >= size - 4 || k > 8) throw new LzmaDataError();
        const b = h[at++];
        x += (b & 0x7f) * 2 ** (7 * k);
        if (b < 0x80) return x;
      }
    };
    const packed = h[1] & 0x40 ? number() : undefined, plain = h[1] & 0x80 ? number() : undefined;
    const filters: FilterSpec[] = [];
    for (let i = 0; i <= (h[1] & 3); i++) {
      const id = number(), n = number();
      if (at + n > size - 4) throw new LzmaDataError();
      filters.push(decodeFilter(id, h.subarray(at, at + n)));
      at += n;
    }
    if (h.subarray(at, size - 4).some((x) => x !== 0)) throw new LzmaFailure("options");
    const last = filters[filters.length - 1];
    if (last.id !== LZMA2 || filters.slice(0, -1).some((f) => f.id === LZMA2)) throw new LzmaFailure("options");
    this.#memory(last.dictSize);
    const check = startCheck(this.check, this.#sha256), chain = decodeChain(filters);
    let made = 0;
    const from = this.#read;
    yield* this.#lzma2(new LzmaCore(last.dictSize), (b, end) => {
      const out = chain(b, end);
      check?.update(out);
      made += out.length;
      return out;
    });
    const took = this.#read - from;
    if ((packed !== undefined && packed !== took) || (plain !== undefined && plain !== made)) {
      throw new LzmaDataError();
    }
    for (let n = took; n % 4 !== 0; n++) if ((yield* this.#byte()) !== 0) throw new LzmaDataError();
    const stored = yield* this.#bytes(CHECK_SIZES[this.check]);
    if (check !== undefined && !same(check.digest(), stored)) throw new LzmaDataError();
    return [size + took + CHECK_SIZES[this.check], made];
  }

  *#vli(seen: number[]): Steps<number> {
    let x = 0;
    for (let k = 0;; k++) {
      const b = yield* this.#byte();
      seen.push(b);
      x += (b & 0x7f) * 2 ** (7 * k);
      if (b < 0x80) return x;
      if (k > 8) throw new LzmaDataError();
    }
  }
  *#index(records: [number, number][], flags: Uint8Array): Steps {
    const seen = [0];
    const number = () => this.#vli(seen);
    if ((yield* number()) !== records.length) throw new LzmaDataError();
    for (const [size, plain] of records) {
      if ((yield* number()) !== size || (yield* number()) !== plain) throw new LzmaDataError();
    }
    while (seen.length % 4 !== 0) {
      const b = yield* this.#byte();
      if (b !== 0) throw new LzmaDataError();
      seen.push(b);
    }
    if (readLe32(yield* this.#bytes(4), 0) !== crc32(Uint8Array.from(seen), 0)) throw new LzmaDataError();
    const f = yield* this.#bytes(12);
    if (f[10] !== 0x59 || f[11] !== 0x5a) throw new LzmaDataError();
    if (crc32(f.subarray(4, 10), 0) !== readLe32(f, 0)) throw new LzmaDataError();
    if ((readLe32(f, 4) + 1) * 4 !== seen.length + 4 || !same(f.subarray(8, 10), flags)) throw new LzmaDataError();
  }
}

function decodeChain(filters: FilterSpec[]): (b: Uint8Array, last: boolean) => Uint8Array {
  const before = filters.slice(0, -1);
  if (before.length === 0) return (b) => b;
  const chain = new FilterChain(before.map((f) => makeFilter(Number(f.id), f.distance, f.start, false)).reverse());
  return (b, last) => chain.push(b, last);
}

/** A filter from its number and encoded properties. */
export function decodeFilter(id: number | bigint, props: Uint8Array): FilterSpec {
  const f: FilterSpec = { id, lc: 3, lp: 0, pb: 2, dictSize: 0, niceLength: 64, depth: 32, distance: 1, start: 0 };
  if (id === LZMA2) {
    if (props.length !== 1) throw new LzmaFailure("options");
    f.dictSize = dictSizeOf(props[0]);
  } else if (id === LZMA1) {
    const p = props.length === 5 ? decodeProps(props[0]) : undefined;
    if (p === undefined) throw new LzmaFailure("options");
    Object.assign(f, p);
    f.dictSize = readLe32(props, 1);
  } else if (id === DELTA) {
    if (props.length !== 1) throw new LzmaFailure("options");
    f.distance = props[0] + 1;
  } else if (id > DELTA && id <= 9) {
    if (props.length !== 0 && props.length !== 4) throw new LzmaFailure("options");
    if (props.length === 4) f.start = readLe32(props, 0);
  } else throw new LzmaFailure("options");
  return f;
}
/** The encoded properties of a filter. */
export function encodeFilter(f: FilterSpec): Uint8Array {
  if (f.id === LZMA2) return Uint8Array.of(dictBits(f.dictSize));
  if (f.id === LZMA1) {
    const out = new Uint8Array(5);
    out[0] = (f.pb * 5 + f.lp) * 9 + f.lc;
    out.set(le32(f.dictSize), 1);
    return out;
  }
  if (f.id === DELTA) return Uint8Array.of(f.distance - 1);
  return f.start === 0 ? new Uint8Array(0) : le32(f.start);
}

// ---- encoding -------------------------------------------------------------------------------

/** Encodes one stream. */
export class LzmaEncoder {
  readonly #format: number;
  readonly #check: number;
  readonly #hash: Check | undefined;
  readonly #chain: FilterChain;
  readonly #engine: Lzma1Encoder | Lzma2Encoder;
  readonly #filters: FilterSpec[];
  readonly #sink = new ByteSink();
  #plain = 0;
  #packed = 0;
  #blockHeader = 0;

  constructor(format: number, check: number, filters: FilterSpec[], sha256: () => Check) {
    this.#format = format;
    this.#check = check;
    this.#filters = filters;
    const last = filters[filters.length - 1];
    this.#chain = new FilterChain(
      filters.slice(0, -1).map((f) => makeFilter(Number(f.id), f.distance, f.start, true)),
    );
    this.#engine = last.id === LZMA2 ? new Lzma2Encoder(last) : new Lzma1Encoder(last);
    this.#hash = format === FORMAT_XZ ? startCheck(check, sha256) : undefined;
    if (format === FORMAT_ALONE) {
      this.#sink.add(encodeFilter({ ...last, id: LZMA1 }));
      this.#sink.add(new Uint8Array(8).fill(0xff));
    }
    if (format === FORMAT_XZ) {
      this.#sink.add(Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, check));
      this.#sink.add(le32(crc32(Uint8Array.of(0, check), 0)));
    }
  }
  push(data: Uint8Array): Uint8Array {
    if (data.length > 0) {
      this.#begin();
      this.#plain += data.length;
      this.#hash?.update(data);
      this.#put(this.#engine.push(this.#chain.push(data, false)));
    }
    return this.#sink.take();
  }
  finish(): Uint8Array {
    if (this.#format !== FORMAT_XZ || this.#plain > 0) {
      const left = this.#chain.push(new Uint8Array(0), true);
      if (left.length > 0) this.#put(this.#engine.push(left));
      this.#put(this.#engine.finish());
    }
    if (this.#format === FORMAT_XZ) this.#end();
    return this.#sink.take();
  }
  #put(b: Uint8Array): void {
    this.#packed += b.length;
    this.#sink.add(b);
  }
  #begin(): void {
    if (this.#format !== FORMAT_XZ || this.#plain > 0) return;
    const h = [0, this.#filters.length - 1];
    for (const f of this.#filters) {
      const props = encodeFilter(f);
      h.push(...vli(Number(f.id)), ...vli(props.length), ...props);
    }
    while (h.length % 4 !== 0) h.push(0);
    h[0] = h.length / 4;
    this.#blockHeader = h.length + 4;
    const b = Uint8Array.from(h);
    this.#sink.add(b);
    this.#sink.add(le32(crc32(b, 0)));
  }
  #end(): void {
    const index = [0, ...vli(this.#plain > 0 ? 1 : 0)];
    if (this.#plain > 0) {
      for (let n = this.#packed; n % 4 !== 0; n++) this.#sink.push(0);
      this.#sink.add(this.#hash?.digest() ?? new Uint8Array(0));
      index.push(...vli(this.#blockHeader + this.#packed + CHECK_SIZES[this.#check]), ...vli(this.#plain));
    }
    while (index.length % 4 !== 0) index.push(0);
    const b = Uint8Array.from(index), footer = new Uint8Array(6);
    this.#sink.add(b);
    this.#sink.add(le32(crc32(b, 0)));
    footer.set(le32(b.length / 4));
    footer[5] = this.#check;
    this.#sink.add(le32(crc32(footer, 0)));
    this.#sink.add(footer);
    this.#sink.add(Uint8Array.of(0x59, 0x5a));
  }
}
