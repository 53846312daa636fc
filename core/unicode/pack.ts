// CPython 3.14: (no counterpart; CPython's tables are C arrays)
//
// How the generated Unicode tables are stored: as strings of printable ASCII, so that loading the
// module costs nothing but scanning the literal, and decoded into typed arrays on first use.
//
// A string is a stream of non-negative integers written in digits of base 92 (the characters `#`
// to `~`, with `!` in place of the backslash). The first digit d of a number tells its length:
//   d < 64        the number d
//   64 <= d < 84  64 + (d - 64) * 92 + next digit
//   84 <= d < 91  1904 + (d - 84) * 92^2 + two more digits
//   d = 91        61152 + four more digits
// Signed numbers are folded (0, -1, 1, -2, ... as 0, 1, 2, 3, ...).

/** Writes a stream of numbers (used by the generator). */
export class Packer {
  private parts: string[] = [];
  private digit(d: number): string {
    const c = d + 35;
    return c === 92 ? "!" : String.fromCharCode(c);
  }
  put(n: number): void {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`can't pack ${n}`);
    const digit = this.digit;
    if (n < 64) this.parts.push(digit(n));
    else if (n < 1904) {
      n -= 64;
      this.parts.push(digit(64 + Math.floor(n / 92)), digit(n % 92));
    } else if (n < 61152) {
      n -= 1904;
      this.parts.push(
        digit(84 + Math.floor(n / 8464)),
        digit(Math.floor(n / 92) % 92),
        digit(n % 92),
      );
    } else {
      n -= 61152;
      if (n >= 92 ** 4) throw new RangeError(`can't pack ${n}`);
      this.parts.push(digit(91));
      for (const p of [92 ** 3, 92 ** 2, 92, 1]) {
        this.parts.push(digit(Math.floor(n / p) % 92));
      }
    }
  }
  /** A number of either sign. */
  putSigned(n: number): void {
    this.put(n < 0 ? -2 * n - 1 : 2 * n);
  }
  toString(): string {
    return this.parts.join("");
  }
}

/** Reads what a Packer wrote. */
export class Unpacker {
  private readonly text: string;
  private pos = 0;
  constructor(text: string) {
    this.text = text;
  }
  get done(): boolean {
    return this.pos >= this.text.length;
  }
  private digit(): number {
    const c = this.text.charCodeAt(this.pos++);
    return c === 33 ? 57 : c - 35;
  }
  next(): number {
    const d = this.digit();
    if (d < 64) return d;
    if (d < 84) return 64 + (d - 64) * 92 + this.digit();
    if (d < 91) {
      return 1904 + ((d - 84) * 92 + this.digit()) * 92 + this.digit();
    }
    const a = this.digit(), b = this.digit(), c = this.digit();
    return 61152 + ((a * 92 + b) * 92 + c) * 92 + this.digit();
  }
  nextSigned(): number {
    const n = this.next();
    return n & 1 ? -(n + 1) / 2 : n / 2;
  }
}

const SHIFT = 7, BLOCK = 1 << SHIFT, MASK = BLOCK - 1;

/**
 * A small number for every code point, in two levels: `data[(index[c >> 7] << 7) + (c & 127)]`.
 * Blocks in which all code points have the same value are shared. The runs are decoded only as far
 * as code points are asked for, so that text in most scripts costs little at first.
 */
export class Trie {
  private readonly index = new Uint16Array(0x110000 >> SHIFT);
  private data: Uint16Array = new Uint16Array(BLOCK * 64);
  private blocks = 0;
  private readonly uniform = new Map<number, number>();
  private readonly input: Unpacker;
  /** Code points below this are decoded. */
  private limit = 0;
  /** `packed` is a stream of runs (value, length - 1) that covers 0 to 0x10FFFF. */
  constructor(packed: string) {
    this.input = new Unpacker(packed);
  }
  get(c: number): number {
    if (c >= this.limit) this.decode(c);
    return this.data[(this.index[c >> SHIFT] << SHIFT) + (c & MASK)];
  }
  private addBlock(): number {
    if ((this.blocks + 1) * BLOCK > this.data.length) {
      const bigger = new Uint16Array(this.data.length * 2);
      bigger.set(this.data);
      this.data = bigger;
    }
    return this.blocks++;
  }
  /** Decodes runs until `upTo` is covered. */
  private decode(upTo: number): void {
    const { index, input, uniform } = this;
    let c = this.limit;
    while (c <= upTo) {
      const value = input.next();
      let n = input.next() + 1;
      while (n > 0) {
        const room = BLOCK - (c & MASK);
        if (room === BLOCK && n >= BLOCK) {
          let block = uniform.get(value);
          if (block === undefined) {
            uniform.set(value, block = this.addBlock());
            this.data.fill(value, block << SHIFT, (block + 1) << SHIFT);
          }
          const count = n >> SHIFT;
          index.fill(block, c >> SHIFT, (c >> SHIFT) + count);
          c += count << SHIFT;
          n -= count << SHIFT;
          continue;
        }
        if (room === BLOCK) index[c >> SHIFT] = this.addBlock();
        const k = Math.min(n, room),
          at = (index[c >> SHIFT] << SHIFT) + (c & MASK);
        if (k === 1) this.data[at] = value;
        else this.data.fill(value, at, at + k);
        c += k;
        n -= k;
      }
    }
    this.limit = c;
  }
}
