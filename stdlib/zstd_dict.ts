// Zstandard (RFC 8878), sections 3.1.1.3, 4 and 5
//
// Frames with a dictionary, which the host's library cannot do: a decoder of whole frames, and an encoder
// that finds matches in the dictionary and in the frame, writes literals as they are and sequences with the
// predefined tables. A dictionary's own tables are read by the decoder; the encoder does not use them.

/** Bad data. */
export class ZstdDataError extends Error {}

const LL_BASE = [
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
  16,
  18,
  20,
  22,
  24,
  28,
  32,
  40,
  48,
  64,
  128,
  256,
  512,
  1024,
  2048,
  4096,
  8192,
  16384,
  32768,
  65536,
];
const LL_BITS = [
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  1,
  1,
  1,
  2,
  2,
  3,
  3,
  4,
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
  16,
];
const ML_BASE = [
  ...Array.from({ length: 32 }, (_x, i) => i + 3),
  35,
  37,
  39,
  41,
  43,
  47,
  51,
  59,
  67,
  83,
  99,
  131,
  259,
  515,
  1027,
  2051,
  4099,
  8195,
  16387,
  32771,
  65539,
];
const ML_BITS = [
  ...new Array(32).fill(0),
  1,
  1,
  1,
  1,
  2,
  2,
  3,
  3,
  4,
  4,
  5,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16,
];
export const LL_DEFAULT = [
  4,
  3,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  3,
  2,
  1,
  1,
  1,
  1,
  1,
  -1,
  -1,
  -1,
  -1,
];
export const ML_DEFAULT = [
  1,
  4,
  3,
  2,
  2,
  2,
  2,
  2,
  2,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  -1,
  -1,
  -1,
  -1,
  -1,
  -1,
  -1,
];
export const OF_DEFAULT = [
  1,
  1,
  1,
  1,
  1,
  1,
  2,
  2,
  2,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  -1,
  -1,
  -1,
  -1,
  -1,
];

/** An FSE decoding table. */
interface Fse {
  log: number;
  symbol: Uint8Array;
  bits: Uint8Array;
  base: Uint16Array;
}
function buildFse(counts: readonly number[], log: number): Fse {
  const size = 1 << log, symbol = new Uint8Array(size), bits = new Uint8Array(size), base = new Uint16Array(size);
  let high = size - 1;
  const next = counts.map((c, s) => {
    if (c === -1) symbol[high--] = s;
    return c === -1 ? 1 : c;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((c, s) => {
    for (let i = 0; i < c; i++) {
      symbol[at] = s;
      do at = (at + step) & (size - 1); while (at > high);
    }
  });
  for (let i = 0; i < size; i++) {
    const x = next[symbol[i]]++, n = log - (31 - Math.clz32(x));
    bits[i] = n;
    base[i] = (x << n) - size;
  }
  return { log, symbol, bits, base };
}
function oneSymbol(s: number): Fse {
  return { log: 0, symbol: Uint8Array.of(s), bits: new Uint8Array(1), base: new Uint16Array(1) };
}

/** Reads normalised counts; gives them, their log and the bytes taken. */
function readCounts(b: Uint8Array, from: number, maxLog: number): [number[], number, number] {
  let bit = from * 8;
  const peek = (n: number) => {
    let x = 0;
    for (let i = 0; i < n; i++) x |= (((b[(bit + i) >> 3] ?? 0) >> ((bit + i) & 7)) & 1) << i;
    return x;
  };
  const take = (n: number) => {
    const x = peek(n);
    bit += n;
    return x;
  };
  const log = take(4) + 5, counts: number[] = [];
  if (log > maxLog) throw new ZstdDataError();
  let left = (1 << log) + 1;
  while (left > 1) {
    const n = 32 - Math.clz32(left), top = (1 << n) - 1 - left;
    // Small values take one bit less.
    let x = peek(n - 1);
    if (x < top) bit += n - 1;
    else {
      x = take(n);
      if (x >= 1 << (n - 1)) x -= top;
    }
    const c = x - 1;
    left -= Math.abs(c);
    counts.push(c);
    if (left < 1 || (bit >> 3) > b.length) throw new ZstdDataError();
    if (c === 0) {
      for (;;) {
        const zeros = take(2);
        for (let i = 0; i < zeros; i++) counts.push(0);
        if (zeros < 3) break;
      }
    }
  }
  return [counts, log, Math.ceil(bit / 8) - from];
}

/** Bits from the end of a piece to its beginning. */
class BackReader {
  readonly #b: Uint8Array;
  bit: number;
  readonly #from: number;
  constructor(b: Uint8Array, from: number, to: number) {
    const last = b[to - 1];
    if (to <= from || last === 0) throw new ZstdDataError();
    this.#b = b;
    this.#from = from * 8;
    this.bit = (to - 1) * 8 + 31 - Math.clz32(last);
  }
  read(n: number): number {
    let x = 0;
    for (; n > 0; n--) {
      this.bit--;
      const at = this.bit;
      x = x * 2 + (at < this.#from ? 0 : (this.#b[at >> 3] >> (at & 7)) & 1);
    }
    return x;
  }
  get left(): number {
    return this.bit - this.#from;
  }
}

/** A Huffman table: for each value of `log` bits its symbol and length. */
interface Huffman {
  log: number;
  symbol: Uint8Array;
  bits: Uint8Array;
}
function readHuffman(b: Uint8Array, from: number): [Huffman, number] {
  const head = b[from], weights: number[] = [];
  let size: number;
  if (head >= 128) {
    const n = head - 127;
    size = 1 + ((n + 1) >> 1);
    for (let i = 0; i < n; i++) weights.push(i % 2 === 0 ? b[from + 1 + (i >> 1)] >> 4 : b[from + 1 + (i >> 1)] & 15);
  } else {
    size = 1 + head;
    const [counts, log, took] = readCounts(b, from + 1, 6), t = buildFse(counts, log);
    const r = new BackReader(b, from + 1 + took, from + size);
    let s1 = r.read(log), s2 = r.read(log);
    for (;;) {
      weights.push(t.symbol[s1]);
      if (r.left < t.bits[s1]) {
        weights.push(t.symbol[s2]);
        break;
      }
      s1 = t.base[s1] + r.read(t.bits[s1]);
      weights.push(t.symbol[s2]);
      if (r.left < t.bits[s2]) {
        weights.push(t.symbol[s1]);
        break;
      }
      s2 = t.base[s2] + r.read(t.bits[s2]);
      if (weights.length > 255) throw new ZstdDataError();
    }
  }
  let sum = 0;
  for (const w of weights) sum += w > 0 ? 1 << (w - 1) : 0;
  if (sum === 0) throw new ZstdDataError();
  const log = 32 - Math.clz32(sum), rest = (1 << log) - sum;
  if (log > 11 || (rest & (rest - 1)) !== 0) throw new ZstdDataError();
  weights.push(32 - Math.clz32(rest));
  const symbol = new Uint8Array(1 << log), bits = new Uint8Array(1 << log);
  let at = 0;
  for (let w = 1; w <= log; w++) {
    weights.forEach((x, s) => {
      if (x !== w) return;
      const n = 1 << (w - 1);
      symbol.fill(s, at, at + n);
      bits.fill(log + 1 - w, at, at + n);
      at += n;
    });
  }
  return [{ log, symbol, bits }, size];
}

/** A dictionary, ready for use. */
export interface ZstdDictionary {
  content: Uint8Array;
  id: number;
  huffman?: Huffman;
  tables?: [Fse, Fse, Fse];
  reps: number[];
}
/** Reads a dictionary; one without the magic number is content only. */
export function readDictionary(b: Uint8Array, raw: boolean): ZstdDictionary {
  const word = (at: number) => (b[at] | (b[at + 1] << 8) | (b[at + 2] << 16) | (b[at + 3] << 24)) >>> 0;
  if (raw || word(0) !== 0xec30a437) return { content: b, id: 0, reps: [1, 4, 8] };
  let at = 8;
  const [huffman, n] = readHuffman(b, at);
  at += n;
  const table = (most: number): Fse => {
    const [counts, log, took] = readCounts(b, at, most);
    at += took;
    return buildFse(counts, log);
  };
  const of = table(8), ml = table(9), ll = table(9);
  return {
    content: b.subarray(at + 12),
    id: word(4),
    huffman,
    tables: [ll, of, ml],
    reps: [word(at), word(at + 4), word(at + 8)],
  };
}

/** Decodes the blocks of one frame. */
export class BlockDecoder {
  #out: Uint8Array;
  #n: number;
  readonly #start: number;
  #reps: number[];
  #huffman: Huffman | undefined;
  #tables: (Fse | undefined)[];
  constructor(dict: ZstdDictionary) {
    this.#start = dict.content.length;
    this.#out = new Uint8Array(this.#start + (1 << 17));
    this.#out.set(dict.content);
    this.#n = this.#start;
    this.#reps = [...dict.reps];
    this.#huffman = dict.huffman;
    this.#tables = dict.tables === undefined ? [undefined, undefined, undefined] : [...dict.tables];
  }
  get made(): Uint8Array {
    return this.#out.subarray(this.#start, this.#n);
  }
  #room(n: number): void {
    if (this.#n + n <= this.#out.length) return;
    const b = new Uint8Array(Math.max(this.#out.length * 2, this.#n + n));
    b.set(this.#out.subarray(0, this.#n));
    this.#out = b;
  }
  add(b: Uint8Array): void {
    this.#room(b.length);
    this.#out.set(b, this.#n);
    this.#n += b.length;
  }
  fill(x: number, n: number): void {
    this.#room(n);
    this.#out.fill(x, this.#n, this.#n + n);
    this.#n += n;
  }
  compressed(b: Uint8Array): void {
    const [literals, from] = this.#literals(b);
    this.#sequences(b, from, literals);
  }
  #literals(b: Uint8Array): [Uint8Array, number] {
    const type = b[0] & 3, format = (b[0] >> 2) & 3;
    if (type < 2) {
      const wide = format === 1 ? 2 : format === 3 ? 3 : 1;
      const size = wide === 1
        ? b[0] >> 3
        : wide === 2
        ? (b[0] | (b[1] << 8)) >> 4
        : (b[0] | (b[1] << 8) | (b[2] << 16)) >> 4;
      if (type === 1) return [new Uint8Array(size).fill(b[wide]), wide + 1];
      return [b.subarray(wide, wide + size), wide + size];
    }
    const head = format < 2 ? 3 : format + 2, width = format < 2 ? 10 : format === 2 ? 14 : 18;
    let x = 0n;
    for (let i = head - 1; i >= 0; i--) x = (x << 8n) | BigInt(b[i]);
    const mask = (1n << BigInt(width)) - 1n;
    const size = Number((x >> 4n) & mask), packed = Number((x >> BigInt(4 + width)) & mask);
    let at = head;
    const end = head + packed;
    if (end > b.length) throw new ZstdDataError();
    if (type === 2) {
      const [h, n] = readHuffman(b, at);
      this.#huffman = h;
      at += n;
    }
    const h = this.#huffman;
    if (h === undefined) throw new ZstdDataError();
    const out = new Uint8Array(size);
    if (format === 0) this.#stream(h, b, at, end, out, 0, size);
    else {
      const part = (size + 3) >> 2, jump = [0, 2, 4].map((k) => b[at + k] | (b[at + k + 1] << 8));
      let p = at + 6;
      for (let k = 0; k < 4; k++) {
        const q = k < 3 ? p + jump[k] : end;
        this.#stream(h, b, p, q, out, Math.min(size, part * k), k < 3 ? Math.min(size, part * (k + 1)) : size);
        p = q;
      }
    }
    return [out, end];
  }
  #stream(h: Huffman, b: Uint8Array, from: number, to: number, out: Uint8Array, at: number, end: number): void {
    const r = new BackReader(b, from, to);
    let state = r.read(h.log);
    const mask = (1 << h.log) - 1;
    for (; at < end; at++) {
      out[at] = h.symbol[state];
      const n = h.bits[state];
      state = ((state << n) & mask) | r.read(n);
    }
    if (r.left !== -h.log) throw new ZstdDataError();
  }
  #sequences(b: Uint8Array, at: number, literals: Uint8Array): void {
    let count = b[at++] ?? 0;
    if (count >= 128) count = count === 255 ? b[at++] + (b[at++] << 8) + 0x7f00 : ((count - 128) << 8) + b[at++];
    if (count === 0) return this.add(literals);
    const modes = b[at++], kinds = [modes >> 6, (modes >> 4) & 3, (modes >> 2) & 3];
    const defaults = [LL_DEFAULT, OF_DEFAULT, ML_DEFAULT], logs = [6, 5, 6], most = [9, 8, 9];
    kinds.forEach((kind, k) => {
      if (kind === 0) this.#tables[k] = buildFse(defaults[k], logs[k]);
      else if (kind === 1) this.#tables[k] = oneSymbol(b[at++]);
      else if (kind === 2) {
        const [counts, log, took] = readCounts(b, at, most[k]);
        at += took;
        this.#tables[k] = buildFse(counts, log);
      } else if (this.#tables[k] === undefined) throw new ZstdDataError();
    });
    const [ll, of, ml] = this.#tables as Fse[], r = new BackReader(b, at, b.length);
    let sl = r.read(ll.log), so = r.read(of.log), sm = r.read(ml.log), lit = 0;
    for (let i = 0; i < count; i++) {
      const code = of.symbol[so], mCode = ml.symbol[sm], lCode = ll.symbol[sl];
      const offset = 2 ** code + r.read(code);
      const match = ML_BASE[mCode] + r.read(ML_BITS[mCode]), length = LL_BASE[lCode] + r.read(LL_BITS[lCode]);
      this.add(literals.subarray(lit, lit + length));
      lit += length;
      if (lit > literals.length) throw new ZstdDataError();
      this.#match(this.#distance(offset, length), match);
      if (i === count - 1) break;
      sl = ll.base[sl] + r.read(ll.bits[sl]);
      sm = ml.base[sm] + r.read(ml.bits[sm]);
      so = of.base[so] + r.read(of.bits[so]);
    }
    if (r.left !== 0) throw new ZstdDataError();
    this.add(literals.subarray(lit));
  }
  #distance(offset: number, length: number): number {
    const [a, b, c] = this.#reps;
    if (offset > 3) {
      this.#reps = [offset - 3, a, b];
      return offset - 3;
    }
    const which = length === 0 ? offset + 1 : offset;
    if (which === 1) return a;
    const d = which === 2 ? b : which === 3 ? c : a - 1;
    this.#reps = which === 2 ? [b, a, c] : [d, a, b];
    return d;
  }
  #match(dist: number, n: number): void {
    if (dist < 1 || dist > this.#n) throw new ZstdDataError();
    this.#room(n);
    const b = this.#out;
    for (let i = 0; i < n; i++) b[this.#n + i] = b[this.#n + i - dist];
    this.#n += n;
  }
}

// ---- encoding -------------------------------------------------------------------------------

/** The states of an FSE encoder: for each symbol the table's states, by which it is reached. */
function encodeStates(t: Fse): number[][] {
  const out: number[][] = [];
  t.symbol.forEach((s, i) => (out[s] ??= []).push(i));
  return out;
}
function codeOf(x: number, bases: number[]): number {
  let c = bases.length - 1;
  while (bases[c] > x) c--;
  return c;
}

/** One block with matches into `all` before `from`; undefined where it would not be smaller. */
export function encodeBlock(
  all: Uint8Array,
  from: number,
  to: number,
  heads: Map<number, number>,
): Uint8Array | undefined {
  const sequences: [number, number, number][] = [], literals: number[] = [];
  const key = (i: number) => (all[i] | (all[i + 1] << 8) | (all[i + 2] << 16) | (all[i + 3] << 24)) >>> 0;
  let at = from, run = 0;
  while (at < to) {
    const old = at + 4 <= to ? heads.get(key(at)) : undefined;
    if (at + 4 <= to) heads.set(key(at), at);
    if (old === undefined) {
      literals.push(all[at++]);
      run++;
      continue;
    }
    let n = 4;
    while (at + n < to && n < 65536 && all[old + n] === all[at + n]) n++;
    sequences.push([run, at - old, n]);
    for (let k = 1; k < n && at + k + 4 <= all.length; k++) heads.set(key(at + k), at + k);
    at += n;
    run = 0;
  }
  if (sequences.length === 0 || sequences.length > 0x7eff) return undefined;
  const size = literals.length, head = (size << 4) | 0x0c;
  const out = [head & 0xff, (head >> 8) & 0xff, (head >> 16) & 0xff, ...literals];
  const count = sequences.length;
  if (count < 128) out.push(count);
  else out.push((count >> 8) + 128, count & 0xff);
  out.push(0);
  out.push(...sequenceBits(sequences));
  return out.length < to - from ? Uint8Array.from(out) : undefined;
}
function sequenceBits(sequences: [number, number, number][]): number[] {
  const bytes: number[] = [];
  let hold = 0, held = 0;
  const put = (x: number, n: number) => {
    for (let i = 0; i < n; i++) {
      hold |= (Math.floor(x / 2 ** i) & 1) << held;
      if (++held === 8) {
        bytes.push(hold);
        hold = held = 0;
      }
    }
  };
  const tables = [buildFse(LL_DEFAULT, 6), buildFse(OF_DEFAULT, 5), buildFse(ML_DEFAULT, 6)];
  const states = tables.map(encodeStates), now: number[] = [];
  // The state before must lead to the state now: find the one of the symbol whose range holds it.
  const step = (k: number, symbol: number) => {
    const t = tables[k], to = now[k];
    for (const s of states[k][symbol]) {
      const d = to - t.base[s];
      if (d >= 0 && d < 1 << t.bits[s]) {
        put(d, t.bits[s]);
        now[k] = s;
        return;
      }
    }
    throw new ZstdDataError();
  };
  for (let i = sequences.length - 1; i >= 0; i--) {
    const [length, dist, match] = sequences[i];
    const ll = codeOf(length, LL_BASE), ml = codeOf(match, ML_BASE), value = dist + 3, of = 31 - Math.clz32(value);
    if (i === sequences.length - 1) [ll, of, ml].forEach((s, k) => now[k] = states[k][s][0]);
    else {
      step(1, of);
      step(2, ml);
      step(0, ll);
    }
    put(length - LL_BASE[ll], LL_BITS[ll]);
    put(match - ML_BASE[ml], ML_BITS[ml]);
    put(value - 2 ** of, of);
  }
  put(now[2], 6);
  put(now[1], 5);
  put(now[0], 6);
  put(1, 1);
  while (held !== 0) put(0, 1);
  return bytes;
}

// ---- making dictionaries ---------------------------------------------------------------------

/** The bits of normalised counts. */
export function writeCounts(counts: readonly number[], log: number): Uint8Array {
  const bits: number[] = [];
  const put = (x: number, n: number) => {
    for (let i = 0; i < n; i++) bits.push((x >> i) & 1);
  };
  put(log - 5, 4);
  let left = (1 << log) + 1;
  for (let s = 0; left > 1; s++) {
    const x = counts[s] + 1, n = 32 - Math.clz32(left), top = (1 << n) - 1 - left;
    if (x < top) put(x, n - 1);
    else put(x >= 1 << (n - 1) ? x + top : x, n);
    left -= Math.abs(counts[s]);
    if (counts[s] === 0) {
      let zeros = 0;
      while (counts[s + 1] === 0) {
        zeros++;
        s++;
      }
      for (; zeros >= 3; zeros -= 3) put(3, 2);
      put(zeros, 2);
    }
  }
  const out = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((b, i) => out[i >> 3] |= b << (i & 7));
  return out;
}
/** A dictionary around a content, with the predefined tables and a flat Huffman table for 7-bit text. */
export function makeDictionary(content: Uint8Array, id: number): Uint8Array {
  const huffman = new Uint8Array(1 + 64);
  // 127 symbols of weight one and the last of them make a full tree of 128.
  huffman[0] = 127 + 127;
  huffman.fill(0x11, 1);
  const parts = [
    Uint8Array.of(0x37, 0xa4, 0x30, 0xec, id, id >>> 8, id >>> 16, id >>> 24),
    huffman,
    writeCounts(OF_DEFAULT, 5),
    writeCounts(ML_DEFAULT, 6),
    writeCounts(LL_DEFAULT, 6),
    Uint8Array.of(1, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0),
    content,
  ];
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
