// XZ Utils: src/liblzma/simple/*.c, delta/*.c
//
// The filters that stand before LZMA: delta, and those that make branch targets of machine code absolute. A
// filter changes bytes in place and says how many of them are final; the rest waits for more.

/** One filter of a chain, for one direction. */
export interface ByteFilter {
  /** Changes what it can of a piece that goes on from the last; the count of final bytes. */
  run(b: Uint8Array): number;
}

export const DELTA = 3, X86 = 4, POWERPC = 5, IA64 = 6, ARM = 7, ARMTHUMB = 8, SPARC = 9;

class Delta implements ByteFilter {
  readonly #history = new Uint8Array(256);
  readonly #distance: number;
  readonly #encode: boolean;
  #at = 0;
  constructor(distance: number, encode: boolean) {
    this.#distance = distance;
    this.#encode = encode;
  }
  run(b: Uint8Array): number {
    const h = this.#history;
    for (let i = 0; i < b.length; i++) {
      const old = h[(this.#at - this.#distance) & 0xff];
      const plain = this.#encode ? b[i] : (b[i] + old) & 0xff;
      b[i] = this.#encode ? (plain - old) & 0xff : plain;
      h[this.#at & 0xff] = plain;
      this.#at++;
    }
    return b.length;
  }
}

/** Instructions of a fixed size: `convert` changes those at i, given their position, and says how far to go on. */
class Fixed implements ByteFilter {
  #pos: number;
  readonly #size: number;
  readonly #convert: (b: Uint8Array, i: number, pos: number) => number;
  constructor(start: number, size: number, convert: (b: Uint8Array, i: number, pos: number) => number) {
    this.#pos = start;
    this.#size = size;
    this.#convert = convert;
  }
  run(b: Uint8Array): number {
    let i = 0;
    while (i + this.#size <= b.length) i += this.#convert(b, i, (this.#pos + i) >>> 0);
    this.#pos = (this.#pos + i) >>> 0;
    return i;
  }
}

function shift(src: number, pos: number, encode: boolean): number {
  return (encode ? src + pos : src - pos) >>> 0;
}
function big32(b: Uint8Array, i: number): number {
  return ((b[i] << 24) | (b[i + 1] << 16) | (b[i + 2] << 8) | b[i + 3]) >>> 0;
}
function putBig32(b: Uint8Array, i: number, x: number): void {
  b[i] = x >>> 24;
  b[i + 1] = x >>> 16;
  b[i + 2] = x >>> 8;
  b[i + 3] = x;
}
const IA64_MASKS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0];

function fixed(id: number, start: number, encode: boolean): ByteFilter {
  switch (id) {
    case ARM:
      return new Fixed(start, 4, (b, i, pos) => {
        if (b[i + 3] === 0xeb) {
          const src = (b[i] | (b[i + 1] << 8) | (b[i + 2] << 16)) << 2;
          const dest = shift(src, pos + 8, encode) >>> 2;
          b[i] = dest;
          b[i + 1] = dest >>> 8;
          b[i + 2] = dest >>> 16;
        }
        return 4;
      });
    case ARMTHUMB:
      return new Fixed(start, 4, (b, i, pos) => {
        if ((b[i + 1] & 0xf8) !== 0xf0 || (b[i + 3] & 0xf8) !== 0xf8) return 2;
        const src = (((b[i + 1] & 7) << 19) | (b[i] << 11) | ((b[i + 3] & 7) << 8) | b[i + 2]) << 1;
        const dest = shift(src, pos + 4, encode) >>> 1;
        b[i + 1] = 0xf0 | ((dest >>> 19) & 7);
        b[i] = dest >>> 11;
        b[i + 3] = 0xf8 | ((dest >>> 8) & 7);
        b[i + 2] = dest;
        return 4;
      });
    case POWERPC:
      return new Fixed(start, 4, (b, i, pos) => {
        const x = big32(b, i);
        if (x >>> 26 !== 0x12 || (x & 3) !== 1) return 4;
        const dest = shift(x & 0x03fffffc, pos, encode);
        putBig32(b, i, 0x48000000 | (dest & 0x03fffffc) | 1);
        return 4;
      });
    case SPARC:
      return new Fixed(start, 4, (b, i, pos) => {
        const x = big32(b, i);
        if (x >>> 22 !== 0x100 && x >>> 22 !== 0x1ff) return 4;
        const dest = shift((x << 2) >>> 0, pos, encode) >>> 2;
        putBig32(b, i, (((0 - ((dest >>> 22) & 1)) << 22) & 0x3fffffff) | (dest & 0x3fffff) | 0x40000000);
        return 4;
      });
    default:
      return new Fixed(start, 16, (b, i, pos) => {
        const mask = IA64_MASKS[b[i] & 0x1f];
        for (let slot = 0, bit = 5; slot < 3; slot++, bit += 41) {
          if (!((mask >> slot) & 1)) continue;
          const at = i + (bit >> 3), low = BigInt(bit & 7);
          let word = 0n;
          for (let k = 5; k >= 0; k--) word = (word << 8n) | BigInt(b[at + k]);
          let x = word >> low;
          if (((x >> 37n) & 15n) !== 5n || ((x >> 9n) & 7n) !== 0n) continue;
          const src = Number(((x >> 13n) & 0xfffffn) | (((x >> 36n) & 1n) << 20n)) << 4;
          const dest = BigInt(shift(src, pos, encode) >>> 4);
          x &= ~(0x8fffffn << 13n);
          x |= ((dest & 0xfffffn) << 13n) | ((dest & 0x100000n) << 16n);
          word = (word & ((1n << low) - 1n)) | (x << low);
          for (let k = 0; k < 6; k++) b[at + k] = Number((word >> BigInt(8 * k)) & 0xffn);
        }
        return 16;
      });
  }
}

const X86_ALLOWED = [true, true, true, false, true, false, false, false], X86_BIT = [0, 1, 2, 2, 3];
const far = (x: number) => x === 0 || x === 0xff;
class X86Filter implements ByteFilter {
  #pos: number;
  readonly #encode: boolean;
  #mask = 0;
  #last = -5;
  constructor(start: number, encode: boolean) {
    this.#pos = start;
    this.#last = start - 5;
    this.#encode = encode;
  }
  run(b: Uint8Array): number {
    if (b.length < 5) return 0;
    if (this.#pos - this.#last > 5) this.#last = this.#pos - 5;
    let i = 0;
    for (const limit = b.length - 5; i <= limit;) {
      if (b[i] !== 0xe8 && b[i] !== 0xe9) {
        i++;
        continue;
      }
      const offset = this.#pos + i - this.#last;
      this.#last = this.#pos + i;
      if (offset > 5) this.#mask = 0;
      else for (let k = 0; k < offset; k++) this.#mask = (this.#mask & 0x77) << 1;
      const top = b[i + 4];
      if (far(top) && X86_ALLOWED[(this.#mask >> 1) & 7] && this.#mask >> 1 < 0x10) {
        let src = (top << 24) | (b[i + 3] << 16) | (b[i + 2] << 8) | b[i + 1], dest: number;
        for (;;) {
          dest = shift(src >>> 0, this.#pos + i + 5, this.#encode);
          if (this.#mask === 0) break;
          const k = X86_BIT[this.#mask >> 1];
          if (!far((dest >>> (24 - k * 8)) & 0xff)) break;
          src = dest ^ ((k === 0 ? 0 : 1 << (32 - k * 8)) - 1);
        }
        b[i + 4] = ~(((dest >>> 24) & 1) - 1);
        b[i + 3] = dest >>> 16;
        b[i + 2] = dest >>> 8;
        b[i + 1] = dest;
        i += 5;
        this.#mask = 0;
      } else {
        i++;
        this.#mask |= 1;
        if (far(top)) this.#mask |= 0x10;
      }
    }
    this.#pos += i;
    return i;
  }
}

/** A filter by its number. */
export function makeFilter(id: number, distance: number, start: number, encode: boolean): ByteFilter {
  if (id === DELTA) return new Delta(distance, encode);
  return id === X86 ? new X86Filter(start, encode) : fixed(id, start, encode);
}

/** Filters in a row; what is not final yet waits in between. */
export class FilterChain {
  readonly #filters: ByteFilter[];
  readonly #held: Uint8Array[];
  constructor(filters: ByteFilter[]) {
    this.#filters = filters;
    this.#held = filters.map(() => new Uint8Array(0));
  }
  /** Takes a piece, gives what is final; at the end all that is left. */
  push(data: Uint8Array, last: boolean): Uint8Array {
    this.#filters.forEach((f, i) => {
      const b = new Uint8Array(this.#held[i].length + data.length);
      b.set(this.#held[i]);
      b.set(data, this.#held[i].length);
      const n = f.run(b);
      data = last ? b : b.subarray(0, n);
      this.#held[i] = last ? new Uint8Array(0) : b.slice(n);
    });
    return data;
  }
}
