// Zstandard (RFC 8878), section 3.1
//
// Streams with a dictionary: frames are taken apart and put together here, their blocks are zstd_dict.ts's.

import { BlockDecoder, encodeBlock, ZstdDataError, type ZstdDictionary } from "./zstd_dict.ts";
import { type FrameHeader, readHeader } from "./zstd_frame.ts";
import { join } from "./stream_decompressor.ts";

const BLOCK = 1 << 17, WINDOW_LOG = 23;
const P = [
  11400714785074694791n,
  14029467366897019727n,
  1609587929392839161n,
  9650029242287828579n,
  2870177450012600261n,
];
const mask = (x: bigint) => BigInt.asUintN(64, x);
const rotate = (x: bigint, n: bigint) => mask(x << n) | (x >> (64n - n));

/** The low half of XXH64, which is a frame's checksum. */
export function frameChecksum(b: Uint8Array): number {
  const d = new DataView(b.buffer, b.byteOffset, b.length);
  const round = (acc: bigint, x: bigint) => mask(rotate(mask(acc + x * P[1]), 31n) * P[0]);
  let at = 0, h: bigint;
  if (b.length >= 32) {
    const v = [mask(P[0] + P[1]), P[1], 0n, mask(-P[0])];
    for (; at + 32 <= b.length; at += 32) {
      for (let k = 0; k < 4; k++) v[k] = round(v[k], d.getBigUint64(at + 8 * k, true));
    }
    h = mask(rotate(v[0], 1n) + rotate(v[1], 7n) + rotate(v[2], 12n) + rotate(v[3], 18n));
    for (const x of v) h = mask((h ^ round(0n, x)) * P[0] + P[3]);
  } else h = P[4];
  h = mask(h + BigInt(b.length));
  for (; at + 8 <= b.length; at += 8) h = mask(rotate(h ^ round(0n, d.getBigUint64(at, true)), 27n) * P[0] + P[3]);
  if (at + 4 <= b.length) {
    h = mask(rotate(h ^ mask(BigInt(d.getUint32(at, true)) * P[0]), 23n) * P[1] + P[2]);
    at += 4;
  }
  for (; at < b.length; at++) h = mask(rotate(h ^ mask(BigInt(b[at]) * P[4]), 11n) * P[0]);
  h = mask((h ^ (h >> 33n)) * P[1]);
  h = mask((h ^ (h >> 29n)) * P[2]);
  return Number((h ^ (h >> 32n)) & 0xffffffffn);
}

/** Decodes one frame with a dictionary, block by block; throws an error's text. */
export class DictDecoder {
  readonly #dict: ZstdDictionary;
  readonly #maxWindow: number;
  #held: Uint8Array = new Uint8Array(0);
  #header: FrameHeader | undefined;
  #blocks: BlockDecoder | undefined;
  #given = 0;
  #ended = false;
  constructor(dict: ZstdDictionary, maxWindow: number) {
    this.#dict = dict;
    this.#maxWindow = maxWindow;
  }
  push(input: Uint8Array, max: number): { output: Uint8Array; consumed: number; eof: boolean } {
    const before = this.#held.length;
    this.#held = join(this.#held, input);
    let at = 0;
    try {
      at = this.#run();
    } catch (e) {
      throw e instanceof ZstdDataError ? "Data corruption detected" : e;
    }
    const made = this.#blocks?.made ?? new Uint8Array(0);
    const end = max > 0 ? Math.min(made.length, this.#given + max) : made.length;
    const output = made.slice(this.#given, end);
    this.#given = end;
    const rest = this.#held.length - at;
    this.#held = this.#ended ? new Uint8Array(0) : this.#held.slice(at);
    const eof = this.#ended && this.#given === made.length;
    // What follows the frame is given back; what belongs to it is held here.
    const consumed = this.#ended ? Math.max(0, input.length - rest) : input.length;
    return { output, consumed: before > this.#held.length + input.length ? input.length : consumed, eof };
  }
  #run(): number {
    const b = this.#held;
    let at = 0;
    if (this.#ended) return 0;
    if (this.#header === undefined) {
      const h = readHeader(b);
      if (typeof h === "string") throw h;
      if (h === undefined) return 0;
      if (h.dictId !== 0 && h.dictId !== this.#dict.id) throw "Dictionary mismatch";
      if (h.window > this.#maxWindow) throw "Frame requires too much memory for decoding";
      this.#header = h;
      this.#blocks = new BlockDecoder(this.#dict);
      at = h.size;
    }
    for (;;) {
      if (b.length < at + 3) return at;
      const x = b[at] | (b[at + 1] << 8) | (b[at + 2] << 16), type = (x >> 1) & 3, size = x >> 3, last = x & 1;
      const stored = type === 1 ? 1 : size, tail = last && this.#header.checksum ? 4 : 0;
      if (type === 3 || stored > BLOCK) throw "Data corruption detected";
      if (b.length < at + 3 + stored + tail) return at;
      const data = b.subarray(at + 3, at + 3 + stored);
      if (type === 0) this.#blocks!.add(data);
      else if (type === 1) this.#blocks!.fill(data[0], size);
      else this.#blocks!.compressed(data);
      at += 3 + stored;
      if (!last) continue;
      if (tail > 0) {
        const want = (b[at] | (b[at + 1] << 8) | (b[at + 2] << 16) | (b[at + 3] << 24)) >>> 0;
        if (frameChecksum(this.#blocks!.made) !== want) throw "Restored data doesn't match checksum";
        at += 4;
      }
      this.#ended = true;
      return at;
    }
  }
}

/** Encodes one frame with a dictionary. */
export class DictEncoder {
  readonly #dict: ZstdDictionary;
  readonly #params: Record<number, number>;
  readonly #size: number | undefined;
  readonly #heads = new Map<number, number>();
  #all: Uint8Array;
  #n: number;
  #done: number;
  #begun = false;
  constructor(dict: ZstdDictionary, params: Record<number, number>, size: number | undefined) {
    this.#dict = dict;
    this.#params = params;
    this.#size = size;
    const c = this.#all = dict.content.slice();
    this.#n = this.#done = c.length;
    for (let i = 0; i + 4 <= c.length; i++) {
      this.#heads.set((c[i] | (c[i + 1] << 8) | (c[i + 2] << 16) | (c[i + 3] << 24)) >>> 0, i);
    }
  }
  push(data: Uint8Array, mode: number): Uint8Array {
    this.#all = join(this.#all.subarray(0, this.#n), data);
    this.#n = this.#all.length;
    let out: Uint8Array = new Uint8Array(0);
    const block = (last: boolean) => {
      const end = Math.min(this.#n, this.#done + BLOCK), plain = this.#all.subarray(this.#done, end);
      // The dictionary is in reach only while the frame is within its window.
      const far = end - this.#dict.content.length > 1 << WINDOW_LOG;
      const packed = plain.length === 0 || far ? undefined : encodeBlock(this.#all, this.#done, end, this.#heads);
      const body = packed ?? plain, x = (last ? 1 : 0) | ((packed === undefined ? 0 : 2) << 1) | (body.length << 3);
      out = join(out, join(Uint8Array.of(x, x >> 8, x >> 16), body));
      this.#done = end;
    };
    if (!this.#begun && (mode !== 0 || this.#n - this.#done > BLOCK)) {
      this.#begun = true;
      out = this.#header();
    }
    while (this.#n - this.#done > BLOCK) block(false);
    if (mode === 1 && this.#n > this.#done) block(false);
    if (mode === 2) {
      block(true);
      if (this.#params[201] === 1) {
        const c = frameChecksum(this.#all.subarray(this.#dict.content.length, this.#n));
        out = join(out, Uint8Array.of(c, c >>> 8, c >>> 16, c >>> 24));
      }
    }
    return out;
  }
  #header(): Uint8Array {
    const size = this.#params[200] === 0 ? undefined : this.#size;
    const single = size !== undefined && size <= 1 << WINDOW_LOG;
    const id = this.#params[202] === 0 ? 0 : this.#dict.id;
    const h = [0x28, 0xb5, 0x2f, 0xfd];
    const sizeFlag = size === undefined ? 0 : size < 256 && single ? 0 : size < 65536 + 256 && size >= 256 ? 1 : 2;
    h.push((sizeFlag << 6) | (single ? 0x20 : 0) | (this.#params[201] === 1 ? 4 : 0) | (id !== 0 ? 3 : 0));
    if (!single) h.push((WINDOW_LOG - 10) << 3);
    if (id !== 0) h.push(id & 0xff, (id >>> 8) & 0xff, (id >>> 16) & 0xff, id >>> 24);
    if (size !== undefined) {
      if (sizeFlag === 0) h.push(size);
      else if (sizeFlag === 1) h.push((size - 256) & 0xff, (size - 256) >> 8);
      else h.push(size & 0xff, (size >>> 8) & 0xff, (size >>> 16) & 0xff, size >>> 24);
    }
    return Uint8Array.from(h);
  }
}

/** The parts of samples that are worth keeping: segments by how often their 8-byte pieces occur. */
export function chooseContent(samples: Uint8Array[], size: number): Uint8Array {
  const counts = new Map<string, number>();
  const text = samples.map((s) => Array.from(s, (c) => String.fromCharCode(c)).join(""));
  for (const t of text) {
    for (let i = 0; i + 8 <= t.length; i += 2) {
      const k = t.slice(i, i + 8);
      counts.set(k, (counts.get(k) ?? 0) + 1);
    }
  }
  const scored: [number, string][] = [];
  const seen = new Set<string>();
  for (const t of text) {
    for (let i = 0; i < t.length; i += 64) {
      const part = t.slice(i, i + 64);
      if (seen.has(part)) continue;
      seen.add(part);
      let score = 0;
      for (let k = 0; k + 8 <= part.length; k += 2) score += counts.get(part.slice(k, k + 8)) ?? 0;
      scored.push([score, part]);
    }
  }
  scored.sort((a, b) => b[0] - a[0]);
  const chosen: string[] = [];
  let n = 0;
  for (const [, part] of scored) {
    if (n >= size) break;
    const fit = part.slice(0, size - n);
    chosen.push(fit);
    n += fit.length;
  }
  // What is wanted most stands last, nearest to the data.
  return Uint8Array.from(chosen.reverse().join(""), (c) => c.charCodeAt(0));
}
