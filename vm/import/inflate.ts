// RFC 1951: the DEFLATE format
//
// Unpacks the library's archive. Loading the host's own zlib would cost more at
// start than what this needs for all of a program's modules.
//
// Codes are read through tables indexed by the next bits of the input (bit
// reversed, as they arrive): an entry is `symbol << 4 | length`. Codes longer
// than the table's width are found by walking the canonical counts.

const WIDTH = 9;

class Codes {
  readonly table: Uint16Array = new Uint16Array(1 << WIDTH);
  readonly counts: Uint16Array = new Uint16Array(16);
  readonly symbols: Uint16Array;

  constructor(lengths: Uint8Array) {
    const { table, counts } = this;
    const n = lengths.length;
    for (let i = 0; i < n; i++) counts[lengths[i]]++;
    counts[0] = 0;
    const next = new Uint16Array(16), offsets = new Uint16Array(16);
    for (let bits = 1; bits < 16; bits++) {
      next[bits] = (next[bits - 1] + counts[bits - 1]) << 1;
      offsets[bits] = offsets[bits - 1] + counts[bits - 1];
    }
    this.symbols = new Uint16Array(n);
    for (let i = 0; i < n; i++) {
      const bits = lengths[i];
      if (bits === 0) continue;
      this.symbols[offsets[bits]++] = i;
      const code = next[bits]++;
      if (bits > WIDTH) continue;
      let reversed = 0;
      for (let b = 0; b < bits; b++) {
        reversed |= (code >> b & 1) << (bits - 1 - b);
      }
      for (let at = reversed; at < 1 << WIDTH; at += 1 << bits) {
        table[at] = i << 4 | bits;
      }
    }
  }
}

const LENGTH_BASE = Uint16Array.of(
  ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31],
  ...[35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258],
);
const LENGTH_BITS = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2],
  ...[3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
);
const DISTANCE_BASE = Uint16Array.of(
  ...[
    1,
    2,
    3,
    4,
    5,
    7,
    9,
    13,
    17,
    25,
    33,
    49,
    65,
    97,
    129,
    193,
    257,
    385,
    513,
    769,
  ],
  ...[1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577],
);
const ORDER = Uint8Array.of(
  16,
  17,
  18,
  0,
  8,
  7,
  9,
  6,
  10,
  5,
  11,
  4,
  12,
  3,
  13,
  2,
  14,
  1,
  15,
);

let fixed: [Codes, Codes] | undefined;

function fixedCodes(): [Codes, Codes] {
  if (fixed === undefined) {
    const lengths = new Uint8Array(288).fill(8);
    lengths.fill(9, 144, 256).fill(7, 256, 280);
    fixed = [new Codes(lengths), new Codes(new Uint8Array(30).fill(5))];
  }
  return fixed;
}

/** Inflates a raw deflate stream into a buffer of the known length. */
export function inflate(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0, place = 0, hold = 0, held = 0;

  const bits = (n: number): number => {
    while (held < n) {
      hold |= input[place++] << held;
      held += 8;
    }
    const value = hold & (1 << n) - 1;
    hold >>>= n;
    held -= n;
    return value;
  };
  // At most 24 bits are held, so that a code of 15 always fits.
  const symbol = (codes: Codes): number => {
    while (held < 15) {
      hold |= (input[place++] ?? 0) << held;
      held += 8;
    }
    const entry = codes.table[hold & (1 << WIDTH) - 1];
    if (entry !== 0) {
      hold >>>= entry & 15;
      held -= entry & 15;
      return entry >> 4;
    }
    let code = 0, first = 0, index = 0;
    for (let n = 1; n < 16; n++) {
      code |= hold & 1;
      hold >>>= 1;
      held--;
      const count = codes.counts[n];
      if (code - count < first) return codes.symbols[index + code - first];
      index += count;
      first = first + count << 1;
      code <<= 1;
    }
    throw new RangeError("bad deflate data");
  };
  const dynamic = (): [Codes, Codes] => {
    const nl = bits(5) + 257, nd = bits(5) + 1, nc = bits(4) + 4;
    const meta = new Uint8Array(19);
    for (let i = 0; i < nc; i++) meta[ORDER[i]] = bits(3);
    const codes = new Codes(meta);
    const lengths = new Uint8Array(nl + nd);
    for (let i = 0; i < nl + nd;) {
      const s = symbol(codes);
      if (s < 16) {
        lengths[i++] = s;
        continue;
      }
      const value = s === 16 ? lengths[i - 1] : 0;
      let count = s === 16 ? 3 + bits(2) : s === 17 ? 3 + bits(3) : 11 + bits(7);
      while (count-- > 0) lengths[i++] = value;
    }
    return [
      new Codes(lengths.subarray(0, nl)),
      new Codes(lengths.subarray(nl)),
    ];
  };

  for (let last = 0; last === 0;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      place -= held >> 3;
      hold = held = 0;
      const n = input[place] | input[place + 1] << 8;
      place += 4;
      out.set(input.subarray(place, place + n), at);
      place += n;
      at += n;
      continue;
    }
    if (kind === 3) throw new RangeError("bad deflate data");
    const [literals, distances] = kind === 1 ? fixedCodes() : dynamic();
    for (let s = symbol(literals); s !== 256; s = symbol(literals)) {
      if (s < 256) {
        out[at++] = s;
        continue;
      }
      const n = LENGTH_BASE[s - 257] + bits(LENGTH_BITS[s - 257]);
      const d = symbol(distances);
      const back = DISTANCE_BASE[d] + bits(d < 4 ? 0 : (d >> 1) - 1);
      if (back > at || at + n > length) {
        throw new RangeError("bad deflate data");
      }
      for (let i = 0; i < n; i++, at++) out[at] = out[at - back];
    }
  }
  if (at !== length) throw new RangeError("bad deflate data");
  return out;
}
