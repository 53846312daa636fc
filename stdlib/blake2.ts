// CPython 3.14: Modules/_hacl/Hacl_Hash_Blake2b.c, Hacl_Hash_Blake2s.c
//
// BLAKE2b and BLAKE2s (RFC 7693) with all parameters: key, salt, personalisation and tree hashing. The
// host's library has the plain form only. A 64-bit word is two 32-bit halves (low first), which V8 keeps
// in registers; BLAKE2s uses one half.

/** What differs between the two. */
export interface Blake2Kind {
  readonly wide: boolean;
  readonly block: number;
  readonly size: number;
  readonly rounds: number;
  /** Bytes of salt, and of the personalisation. */
  readonly salt: number;
}
export const BLAKE2B: Blake2Kind = { wide: true, block: 128, size: 64, rounds: 12, salt: 16 };
export const BLAKE2S: Blake2Kind = { wide: false, block: 64, size: 32, rounds: 10, salt: 8 };

/** Parameters other than the key. */
export interface Blake2Params {
  size?: number;
  key?: Uint8Array;
  salt?: Uint8Array;
  person?: Uint8Array;
  fanout?: number;
  depth?: number;
  leafSize?: number;
  nodeOffset?: bigint;
  nodeDepth?: number;
  innerSize?: number;
  lastNode?: boolean;
}

// The initial value of BLAKE2b: the fractions of square roots, as SHA-512's; its high halves are BLAKE2s's.
const IV = new Uint32Array([
  0xf3bcc908,
  0x6a09e667,
  0x84caa73b,
  0xbb67ae85,
  0xfe94f82b,
  0x3c6ef372,
  0x5f1d36f1,
  0xa54ff53a,
  0xade682d1,
  0x510e527f,
  0x2b3e6c1f,
  0x9b05688c,
  0xfb41bd6b,
  0x1f83d9ab,
  0x137e2179,
  0x5be0cd19,
]);
// Which message words a round mixes.
const SIGMA = new Uint8Array([
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  14,
  10,
  4,
  8,
  9,
  15,
  13,
  6,
  1,
  12,
  0,
  2,
  11,
  7,
  5,
  3,
  11,
  8,
  12,
  0,
  5,
  2,
  15,
  13,
  10,
  14,
  3,
  6,
  7,
  1,
  9,
  4,
  7,
  9,
  3,
  1,
  13,
  12,
  11,
  14,
  2,
  6,
  5,
  10,
  4,
  0,
  15,
  8,
  9,
  0,
  5,
  7,
  2,
  4,
  10,
  15,
  14,
  1,
  11,
  12,
  6,
  8,
  3,
  13,
  2,
  12,
  6,
  10,
  0,
  11,
  8,
  3,
  4,
  13,
  7,
  5,
  15,
  14,
  1,
  9,
  12,
  5,
  1,
  15,
  14,
  13,
  4,
  10,
  0,
  7,
  6,
  3,
  9,
  2,
  8,
  11,
  13,
  11,
  7,
  14,
  12,
  1,
  3,
  9,
  5,
  0,
  15,
  4,
  8,
  6,
  2,
  10,
  6,
  15,
  14,
  9,
  11,
  3,
  0,
  8,
  12,
  2,
  13,
  7,
  1,
  4,
  10,
  5,
  10,
  2,
  8,
  4,
  7,
  6,
  1,
  5,
  15,
  11,
  9,
  14,
  3,
  12,
  13,
  0,
]);
// The columns, then the diagonals.
const LANES = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

const v = new Uint32Array(32), m = new Uint32Array(32);

function rotr32(x: number, n: number): number {
  return (x >>> n) | (x << (32 - n));
}
/** v[a] += v[b] + x, for 64-bit words. */
function add64(a: number, b: number, lo: number, hi: number): void {
  const l = v[a] + v[b] + lo;
  v[a + 1] = v[a + 1] + v[b + 1] + hi + Math.floor(l / 0x100000000);
  v[a] = l;
}
/** v[d] = (v[d] ^ v[a]) rotated right by n. */
function mix64(d: number, a: number, n: number): void {
  const lo = v[d] ^ v[a], hi = v[d + 1] ^ v[a + 1];
  if (n === 32) {
    v[d] = hi;
    v[d + 1] = lo;
  } else if (n === 63) {
    v[d] = (lo << 1) | (hi >>> 31);
    v[d + 1] = (hi << 1) | (lo >>> 31);
  } else {
    v[d] = (lo >>> n) | (hi << (32 - n));
    v[d + 1] = (hi >>> n) | (lo << (32 - n));
  }
}
function g64(a: number, b: number, c: number, d: number, x: number, y: number): void {
  add64(a, b, m[x], m[x + 1]);
  mix64(d, a, 32);
  add64(c, d, 0, 0);
  mix64(b, c, 24);
  add64(a, b, m[y], m[y + 1]);
  mix64(d, a, 16);
  add64(c, d, 0, 0);
  mix64(b, c, 63);
}
function g32(a: number, b: number, c: number, d: number, x: number, y: number): void {
  v[a] = v[a] + v[b] + m[x];
  v[d] = rotr32(v[d] ^ v[a], 16);
  v[c] = v[c] + v[d];
  v[b] = rotr32(v[b] ^ v[c], 12);
  v[a] = v[a] + v[b] + m[y];
  v[d] = rotr32(v[d] ^ v[a], 8);
  v[c] = v[c] + v[d];
  v[b] = rotr32(v[b] ^ v[c], 7);
}

/** A running BLAKE2. */
export class Blake2 {
  readonly kind: Blake2Kind;
  readonly size: number;
  readonly #lastNode: boolean;
  readonly #h: Uint32Array;
  readonly #buffer: Uint8Array;
  #used = 0;
  #total = 0;

  constructor(kind: Blake2Kind, p: Blake2Params = {}, from?: Blake2) {
    this.kind = kind;
    this.size = p.size ?? kind.size;
    this.#lastNode = p.lastNode ?? false;
    if (from !== undefined) {
      this.#h = from.#h.slice();
      this.#buffer = from.#buffer.slice();
      this.#used = from.#used;
      this.#total = from.#total;
      return;
    }
    this.#buffer = new Uint8Array(kind.block);
    this.#h = kind.wide ? IV.slice() : IV.filter((_x, i) => i % 2 === 1);
    const words = parameterBlock(kind, this.size, p);
    for (let i = 0; i < words.length; i++) this.#h[i] ^= words[i];
    if (p.key !== undefined && p.key.length > 0) {
      this.#buffer.set(p.key);
      this.#used = kind.block;
    }
  }

  copy(): Blake2 {
    return new Blake2(this.kind, { size: this.size, lastNode: this.#lastNode }, this);
  }

  update(data: Uint8Array): void {
    const { block } = this.kind;
    for (let at = 0; at < data.length;) {
      // The last block is marked, so a full one waits until more comes.
      if (this.#used === block) {
        this.#compress(false);
        this.#used = 0;
      }
      const n = Math.min(block - this.#used, data.length - at);
      this.#buffer.set(data.subarray(at, at + n), this.#used);
      this.#used += n;
      at += n;
    }
  }

  digest(): Uint8Array {
    const end = this.copy();
    end.#buffer.fill(0, end.#used);
    end.#compress(true);
    const out = new DataView(new ArrayBuffer(64));
    end.#h.forEach((x, i) => out.setUint32(i * 4, x, true));
    return new Uint8Array(out.buffer).slice(0, this.size);
  }

  #compress(last: boolean): void {
    this.#total += this.#used;
    const { kind } = this, h = this.#h, step = kind.wide ? 2 : 1;
    const words = new DataView(this.#buffer.buffer);
    for (let i = 0; i < 16 * step; i++) m[i] = words.getUint32(i * 4, true);
    v.set(h, 0);
    if (kind.wide) v.set(IV, 16);
    else for (let i = 0; i < 8; i++) v[8 + i] = IV[2 * i + 1];
    // The counter is two words, the flags the next two.
    const low = this.#total >>> 0, high = Math.floor(this.#total / 0x100000000);
    v[12 * step] ^= low;
    v[12 * step + 1] ^= high;
    const flags = [last, last && this.#lastNode];
    flags.forEach((on, k) => {
      if (!on) return;
      for (let j = 0; j < step; j++) v[(14 + k) * step + j] = ~v[(14 + k) * step + j];
    });
    const g = kind.wide ? g64 : g32;
    for (let r = 0; r < kind.rounds; r++) {
      const s = (r % 10) * 16;
      for (let i = 0; i < 8; i++) {
        const [a, b, c, d] = LANES[i];
        g(a * step, b * step, c * step, d * step, SIGMA[s + 2 * i] * step, SIGMA[s + 2 * i + 1] * step);
      }
    }
    for (let i = 0; i < 8 * step; i++) h[i] ^= v[i] ^ v[i + 8 * step];
  }
}

/** The parameter block as 32-bit words. */
function parameterBlock(kind: Blake2Kind, size: number, p: Blake2Params): Uint32Array {
  const b = new DataView(new ArrayBuffer(kind.size));
  b.setUint8(0, size);
  b.setUint8(1, p.key?.length ?? 0);
  b.setUint8(2, p.fanout ?? 1);
  b.setUint8(3, p.depth ?? 1);
  b.setUint32(4, p.leafSize ?? 0, true);
  const offset = p.nodeOffset ?? 0n;
  b.setUint32(8, Number(offset & 0xffffffffn), true);
  const above = Number(offset >> 32n), depth = p.nodeDepth ?? 0, inner = p.innerSize ?? 0;
  if (kind.wide) {
    b.setUint32(12, above, true);
    b.setUint8(16, depth);
    b.setUint8(17, inner);
  } else {
    b.setUint16(12, above, true);
    b.setUint8(14, depth);
    b.setUint8(15, inner);
  }
  const bytes = new Uint8Array(b.buffer);
  if (p.salt !== undefined) bytes.set(p.salt, kind.size - 2 * kind.salt);
  if (p.person !== undefined) bytes.set(p.person, kind.size - kind.salt);
  return new Uint32Array(kind.size / 4).map((_x, i) => b.getUint32(i * 4, true));
}
