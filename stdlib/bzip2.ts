// bzip2 1.0.8: decompress.c, compress.c, huffman.c, blocksort.c
//
// The codec behind _bz2. A stream is a sequence of blocks of up to 900 kB, each run-length coded, sorted
// (Burrows-Wheeler), moved to front and Huffman-coded with up to six tables. The compressor chooses block
// limits, tables and code lengths as libbz2 does, so its output is the same byte for byte.
//
// The decompressor takes input in pieces of any size. Its control flow is a generator that yields where it
// needs more input; only the loop over symbols is a plain function, for speed, which says when it is short.

const CRC_POLY = 0x04c11db7;
let crcTable: Uint32Array | undefined;
function crcOf(): Uint32Array {
  return crcTable ??= new Uint32Array(256).map((_x, i) => {
    let c = i << 24;
    for (let k = 0; k < 8; k++) c = c < 0 ? (c << 1) ^ CRC_POLY : c << 1;
    return c;
  });
}

const BLOCK_MAGIC = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], END_MAGIC = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];
const GROUP = 50, RUN_A = 0, RUN_B = 1, MAX_BITS = 20;

/** Bad data. */
export class Bzip2Error extends Error {}

/** Progress of a decompressor. */
export interface CodecStep {
  output: Uint8Array;
  consumed: number;
  eof: boolean;
}

/** A growing array of bytes. */
export class ByteSink {
  #b = new Uint8Array(1024);
  length = 0;
  push(x: number): void {
    if (this.length === this.#b.length) this.#grow(this.length + 1);
    this.#b[this.length++] = x;
  }
  add(data: Uint8Array): void {
    if (this.length + data.length > this.#b.length) this.#grow(this.length + data.length);
    this.#b.set(data, this.length);
    this.length += data.length;
  }
  /** All bytes so far; the sink is empty after that. */
  take(): Uint8Array {
    const out = this.#b.slice(0, this.length);
    this.length = 0;
    return out;
  }
  #grow(least: number): void {
    const b = new Uint8Array(Math.max(least, this.#b.length * 2));
    b.set(this.#b.subarray(0, this.length));
    this.#b = b;
  }
}

/** Decodes one stream. */
export class Bzip2Decoder {
  #in: Uint8Array = new Uint8Array(0);
  #at = 0;
  #bits = 0;
  #held = 0;
  readonly #run: Generator<void, void>;
  #eof = false;
  // The block that is being given out: its links, how many remain, and the state of its runs.
  #tt = new Uint32Array(0);
  #left = 0;
  #next = 0;
  #same = 0;
  #repeat = 0;
  #last = -1;
  #crc = 0;
  // The loop over symbols.
  #limit: Int32Array[] = [];
  #base: Int32Array[] = [];
  #perm: Uint16Array[] = [];
  #minLen: number[] = [];
  #symbols = new Uint16Array(0);
  #nsym = 0;
  /** The stream turned out to be wrong. */
  #failed = false;
  #blockLength = 0;
  #runLength = 0;
  #weight = 1;
  #selectors = new Uint8Array(0);
  #end = 0;

  constructor() {
    this.#run = this.#stream();
  }

  /** Takes input and gives at most `max` bytes (0: no bound). */
  push(input: Uint8Array, max: number): CodecStep {
    if (this.#failed) throw new Bzip2Error();
    this.#failed = true; // unless nothing is wrong
    this.#in = input;
    this.#at = 0;
    const sink = new ByteSink();
    const room = max > 0 ? max : Infinity;
    while (!this.#eof) {
      if (this.#left > 0 || this.#repeat > 0) {
        this.#emit(sink, room);
        if (sink.length >= room) break;
      }
      const at = this.#at;
      if (this.#run.next().done) this.#eof = true;
      else if (this.#left === 0 && this.#at === input.length && at === this.#at) break;
    }
    this.#failed = false;
    return { output: sink.take(), consumed: this.#at, eof: this.#eof };
  }

  #fill(): boolean {
    if (this.#at >= this.#in.length) return false;
    this.#bits = ((this.#bits << 8) | this.#in[this.#at++]) >>> 0;
    this.#held += 8;
    return true;
  }
  *#read(n: number): Generator<void, number> {
    while (this.#held < n) if (!this.#fill()) yield;
    this.#held -= n;
    return (this.#bits >>> this.#held) & ((1 << n) - 1);
  }
  *#read32(): Generator<void, number> {
    const high = yield* this.#read(16);
    return ((high << 16) | (yield* this.#read(16))) >>> 0;
  }

  *#stream(): Generator<void, void> {
    for (const c of [0x42, 0x5a, 0x68]) if ((yield* this.#read(8)) !== c) throw new Bzip2Error();
    const level = (yield* this.#read(8)) - 0x30;
    if (level < 1 || level > 9) throw new Bzip2Error();
    let all = 0;
    for (;;) {
      // each byte is looked at as soon as it is there
      const first = yield* this.#read(8), magic = first === 0x17 ? END_MAGIC : BLOCK_MAGIC;
      for (let i = 0; i < 6; i++) {
        if ((i === 0 ? first : yield* this.#read(8)) !== magic[i]) throw new Bzip2Error();
      }
      const crc = yield* this.#read32();
      if (magic === END_MAGIC) {
        if (crc !== all) throw new Bzip2Error();
        return;
      }
      yield* this.#block(level * 100000);
      while (this.#left > 0 || this.#repeat > 0) yield;
      if (~this.#crc >>> 0 !== crc) throw new Bzip2Error();
      all = (((all << 1) | (all >>> 31)) ^ crc) >>> 0;
    }
  }

  *#block(size: number): Generator<void, void> {
    const random = yield* this.#read(1);
    const origin = yield* this.#read(24);
    if (random !== 0 || origin > size) throw new Bzip2Error();
    const used: number[] = [];
    const groups = yield* this.#read(16);
    for (let i = 0; i < 16; i++) {
      if (!(groups & (0x8000 >> i))) continue;
      const bits = yield* this.#read(16);
      for (let j = 0; j < 16; j++) if (bits & (0x8000 >> j)) used.push(i * 16 + j);
    }
    if (used.length === 0) throw new Bzip2Error();
    const alpha = used.length + 2;
    const tables = yield* this.#read(3), count = yield* this.#read(15);
    if (tables < 2 || tables > 6 || count < 1) throw new Bzip2Error();
    const order = Array.from({ length: tables }, (_x, i) => i);
    this.#selectors = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      let j = 0;
      while ((yield* this.#read(1)) === 1) if (++j >= tables) throw new Bzip2Error();
      const [t] = order.splice(j, 1);
      order.unshift(t);
      this.#selectors[i] = t;
    }
    this.#limit = [];
    this.#base = [];
    this.#perm = [];
    this.#minLen = [];
    for (let t = 0; t < tables; t++) {
      const lengths = new Uint8Array(alpha);
      let n = yield* this.#read(5);
      for (let i = 0; i < alpha; i++) {
        for (;;) {
          if (n < 1 || n > MAX_BITS) throw new Bzip2Error();
          if ((yield* this.#read(1)) === 0) break;
          n += (yield* this.#read(1)) === 0 ? 1 : -1;
        }
        lengths[i] = n;
      }
      this.#table(lengths);
    }
    this.#end = alpha - 1;
    this.#nsym = this.#blockLength = this.#runLength = 0;
    this.#weight = 1;
    if (this.#symbols.length === 0) this.#symbols = new Uint16Array(900050);
    while (!this.#decode(size)) yield;
    this.#unsort(used, origin, size);
  }

  #table(lengths: Uint8Array): void {
    const limit = new Int32Array(MAX_BITS + 2).fill(-1), base = new Int32Array(MAX_BITS + 2);
    const perm = new Uint16Array(lengths.length);
    const counts = new Int32Array(MAX_BITS + 2);
    let low = MAX_BITS, high = 0, p = 0;
    for (const n of lengths) {
      counts[n]++;
      if (n < low) low = n;
      if (n > high) high = n;
    }
    let code = 0, index = 0;
    for (let n = low; n <= high; n++) {
      for (let i = 0; i < lengths.length; i++) if (lengths[i] === n) perm[p++] = i;
      base[n] = index - code;
      code += counts[n];
      index += counts[n];
      limit[n] = code - 1;
      code <<= 1;
    }
    limit[high + 1] = 0x7fffffff;
    this.#limit.push(limit);
    this.#base.push(base);
    this.#perm.push(perm);
    this.#minLen.push(low);
  }

  /** Decodes symbols up to the block's end; false if the input does not suffice. */
  #decode(size: number): boolean {
    const symbols = this.#symbols, end = this.#end;
    let n = this.#nsym, bits = this.#bits, held = this.#held, at = this.#at;
    const input = this.#in;
    let limit = this.#limit[0], base = this.#base[0], perm = this.#perm[0], least = 0, group = -1;
    let done = false;
    for (;;) {
      while (held < MAX_BITS && at < input.length) {
        bits = ((bits << 8) | input[at++]) >>> 0;
        held += 8;
      }
      const g = (n / GROUP) | 0;
      if (g !== group) {
        group = g;
        if (g >= this.#selectors.length) throw new Bzip2Error();
        const t = this.#selectors[g];
        limit = this.#limit[t];
        base = this.#base[t];
        perm = this.#perm[t];
        least = this.#minLen[t];
      }
      if (held < least) break;
      let len = least, code = (bits >>> (held - len)) & ((1 << len) - 1);
      while (code > limit[len]) {
        if (++len > MAX_BITS) throw new Bzip2Error();
        if (len > held) break;
        code = (bits >>> (held - len)) & ((1 << len) - 1);
      }
      if (len > held) break;
      const index = code + base[len];
      if (index < 0 || index >= perm.length) throw new Bzip2Error();
      held -= len;
      const symbol = perm[index];
      if (symbol === end) {
        done = true;
        break;
      }
      if (n > size) throw new Bzip2Error();
      symbols[n++] = symbol;
    }
    if (!done) this.#measure(n, size);
    this.#nsym = n;
    this.#bits = bits;
    this.#held = held;
    this.#at = at;
    return done;
  }

  /** From symbols to the block's links. */
  /** What has been decoded so far must not be longer than a block, although its end is not here yet. */
  #measure(to: number, size: number): void {
    for (let i = this.#nsym; i < to; i++) {
      const s = this.#symbols[i];
      if (s <= RUN_B) {
        if (this.#weight > 2 * 1024 * 1024) throw new Bzip2Error();
        this.#runLength += s === RUN_A ? this.#weight : this.#weight * 2;
        this.#weight *= 2;
        continue;
      }
      this.#blockLength += this.#runLength + 1;
      this.#runLength = 0;
      this.#weight = 1;
      if (this.#blockLength > size) throw new Bzip2Error();
    }
  }

  #unsort(used: number[], origin: number, size: number): void {
    if (this.#tt.length < size) this.#tt = new Uint32Array(size);
    const tt = this.#tt, order = Uint8Array.from(used), counts = new Uint32Array(257);
    let n = 0, run = 0, weight = 1;
    const flush = () => {
      if (n + run > size) throw new Bzip2Error();
      counts[order[0] + 1] += run;
      tt.fill(order[0], n, n + run);
      n += run;
      run = 0;
      weight = 1;
    };
    for (let i = 0; i < this.#nsym; i++) {
      const s = this.#symbols[i];
      if (s <= RUN_B) {
        if (weight > 2 * 1024 * 1024) throw new Bzip2Error();
        run += s === RUN_A ? weight : weight * 2;
        weight *= 2;
        continue;
      }
      if (run > 0) flush();
      if (n >= size) throw new Bzip2Error();
      const j = s - 1, c = order[j];
      order.copyWithin(1, 0, j);
      order[0] = c;
      counts[c + 1]++;
      tt[n++] = c;
    }
    if (run > 0) flush();
    if (origin >= n) throw new Bzip2Error();
    for (let i = 1; i < 257; i++) counts[i] += counts[i - 1];
    for (let i = 0; i < n; i++) tt[counts[tt[i] & 0xff]++] |= i << 8;
    this.#left = n;
    this.#next = tt[origin] >>> 8;
    this.#same = 0;
    this.#last = -1;
    this.#crc = 0xffffffff;
  }

  /** Gives out of the block as much as there is room for. */
  #emit(sink: ByteSink, room: number): void {
    const tt = this.#tt, table = crcOf();
    let next = this.#next, left = this.#left, crc = this.#crc, last = this.#last, same = this.#same;
    while (sink.length < room) {
      if (this.#repeat > 0) {
        this.#repeat--;
        sink.push(last);
        crc = (crc << 8) ^ table[(crc >>> 24) ^ last];
        continue;
      }
      if (left === 0) break;
      const entry = tt[next], c = entry & 0xff;
      next = entry >>> 8;
      left--;
      if (same === 4) {
        same = 0;
        this.#repeat = c;
        continue;
      }
      same = c === last ? same + 1 : 1;
      last = c;
      sink.push(c);
      crc = (crc << 8) ^ table[(crc >>> 24) ^ c];
    }
    this.#next = next;
    this.#left = left;
    this.#crc = crc;
    this.#last = last;
    this.#same = same;
  }
}

// ---- compressing ----------------------------------------------------------------------------

/** Encodes one stream. */
export class Bzip2Encoder {
  readonly #max: number;
  readonly #block: Uint8Array;
  #n = 0;
  #runChar = -1;
  #runLength = 0;
  #crc = 0xffffffff;
  #all = 0;
  readonly #sink = new ByteSink();
  #bits = 0;
  #held = 0;

  constructor(level: number) {
    this.#max = level * 100000 - 19;
    this.#block = new Uint8Array(level * 100000);
    for (const c of [0x42, 0x5a, 0x68, 0x30 + level]) this.#put(8, c);
  }

  /** Takes input; what is ready of the output. */
  push(data: Uint8Array): Uint8Array {
    for (let i = 0; i < data.length; i++) {
      if (this.#n >= this.#max) this.#endBlock();
      const c = data[i];
      if (c === this.#runChar && this.#runLength < 255) this.#runLength++;
      else {
        this.#endRun();
        this.#runChar = c;
        this.#runLength = 1;
      }
    }
    return this.#sink.take();
  }
  /** Ends the stream. */
  finish(): Uint8Array {
    if (this.#n >= this.#max) this.#endBlock();
    this.#endRun();
    this.#endBlock();
    this.#put(24, 0x177245);
    this.#put(24, 0x385090);
    this.#put32(this.#all);
    if (this.#held > 0) this.#put(8 - this.#held, 0);
    return this.#sink.take();
  }

  #put(n: number, x: number): void {
    this.#bits = (this.#bits << n) | x;
    this.#held += n;
    while (this.#held >= 8) {
      this.#held -= 8;
      this.#sink.push((this.#bits >>> this.#held) & 0xff);
    }
  }
  #put32(x: number): void {
    this.#put(16, x >>> 16);
    this.#put(16, x & 0xffff);
  }

  #endRun(): void {
    const c = this.#runChar, n = this.#runLength;
    if (n === 0) return;
    const table = crcOf();
    for (let i = 0; i < n; i++) this.#crc = (this.#crc << 8) ^ table[(this.#crc >>> 24) ^ c];
    for (let i = 0; i < Math.min(n, 4); i++) this.#block[this.#n++] = c;
    if (n >= 4) this.#block[this.#n++] = n - 4;
    this.#runLength = 0;
    this.#runChar = -1;
  }

  #endBlock(): void {
    if (this.#n === 0) return;
    const crc = ~this.#crc >>> 0;
    this.#all = (((this.#all << 1) | (this.#all >>> 31)) ^ crc) >>> 0;
    const block = this.#block.subarray(0, this.#n);
    const order = sortRotations(block);
    this.#put(24, 0x314159);
    this.#put(24, 0x265359);
    this.#put32(crc);
    this.#put(1, 0);
    this.#put(24, order.indexOf(0));
    this.#writeSymbols(block, order);
    this.#n = 0;
    this.#crc = 0xffffffff;
  }

  #writeSymbols(block: Uint8Array, order: Uint32Array): void {
    const inUse = new Uint8Array(256);
    for (const c of block) inUse[c] = 1;
    for (let i = 0; i < 16; i++) this.#put(1, inUse.subarray(i * 16, i * 16 + 16).includes(1) ? 1 : 0);
    for (let i = 0; i < 16; i++) {
      const part = inUse.subarray(i * 16, i * 16 + 16);
      if (part.includes(1)) { for (const u of part) this.#put(1, u); }
    }
    const used: number[] = [];
    inUse.forEach((u, c) => u && used.push(c));
    const symbols = moveToFront(block, order, used);
    const alpha = used.length + 2;
    const { lengths, selectors } = chooseTables(symbols, alpha);
    this.#put(3, lengths.length);
    this.#put(15, selectors.length);
    const recent = lengths.map((_x, i) => i);
    for (const s of selectors) {
      const j = recent.indexOf(s);
      recent.splice(j, 1);
      recent.unshift(s);
      for (let k = 0; k < j; k++) this.#put(1, 1);
      this.#put(1, 0);
    }
    for (const lens of lengths) {
      let now = lens[0];
      this.#put(5, now);
      for (const n of lens) {
        for (; now < n; now++) this.#put(2, 2);
        for (; now > n; now--) this.#put(2, 3);
        this.#put(1, 0);
      }
    }
    const codes = lengths.map(assignCodes);
    for (let i = 0; i < symbols.length; i++) {
      const t = selectors[(i / GROUP) | 0];
      this.#put(lengths[t][symbols[i]], codes[t][symbols[i]]);
    }
  }
}

/**
 * The rotations of a block in order. Larsson and Sadakane's doubling: `rank` holds for each place the last
 * index of its group; groups are sorted by the rank of the place h further on until each has one member.
 */
function sortRotations(block: Uint8Array): Uint32Array {
  const n = block.length, order = new Uint32Array(n), rank = new Uint32Array(n);
  // First by pairs of bytes, with a counting sort.
  const pair = (i: number) => (block[i] << 8) | block[i + 1 < n ? i + 1 : 0];
  const counts = new Uint32Array(65537);
  for (let i = 0; i < n; i++) counts[pair(i) + 1]++;
  for (let i = 1; i < 65537; i++) counts[i] += counts[i - 1];
  const ends = counts.slice(1);
  for (let i = 0; i < n; i++) {
    const p = pair(i);
    rank[i] = ends[p] - 1;
    order[counts[p]++] = i;
  }
  const keys = new Float64Array(n), next = new Uint32Array(n);
  for (let h = 2; h < n; h *= 2) {
    let sorted = true;
    for (let from = 0; from < n;) {
      const last = rank[order[from]], size = last - from + 1;
      if (size === 1) {
        from++;
        continue;
      }
      // One number holds the key and the place, so that a numeric sort keeps them together.
      for (let i = from; i <= last; i++) {
        let j = order[i] + h;
        if (j >= n) j -= n;
        keys[i] = rank[j] * 0x100000 + order[i];
      }
      const part = keys.subarray(from, last + 1);
      if (size < 24) insertionSort(part);
      else part.sort();
      for (let i = from; i <= last; i++) {
        const key = keys[i];
        order[i] = key % 0x100000;
        next[i] = (key - order[i]) / 0x100000;
      }
      from = last + 1;
    }
    // New ranks only after the pass: within it all keys are of the old order.
    for (let from = 0; from < n;) {
      const last = rank[order[from]];
      if (last === from) {
        from++;
        continue;
      }
      for (let i = last, top = last; i >= from; i--) {
        if (i < last && next[i] !== next[i + 1]) top = i;
        else if (i < last) sorted = false;
        keys[i] = top;
      }
      for (let i = from; i <= last; i++) rank[order[i]] = keys[i];
      from = last + 1;
    }
    if (sorted) break;
  }
  return order;
}
function insertionSort(a: Float64Array): void {
  for (let i = 1; i < a.length; i++) {
    const x = a[i];
    let j = i - 1;
    for (; j >= 0 && a[j] > x; j--) a[j + 1] = a[j];
    a[j + 1] = x;
  }
}

/** The last column as move-to-front symbols with zero runs in base two. */
function moveToFront(block: Uint8Array, order: Uint32Array, used: number[]): Uint16Array {
  const n = block.length, out = new Uint16Array(n + 2), recent = Uint8Array.from(used);
  let m = 0, zeros = 0;
  const flush = () => {
    for (let z = zeros; z > 0; z = (z - 1) >> 1) out[m++] = (z & 1) === 1 ? RUN_A : RUN_B;
    zeros = 0;
  };
  for (let i = 0; i < n; i++) {
    const at = order[i], c = block[at === 0 ? n - 1 : at - 1];
    if (recent[0] === c) {
      zeros++;
      continue;
    }
    if (zeros > 0) flush();
    const j = recent.indexOf(c);
    recent.copyWithin(1, 0, j);
    recent[0] = c;
    out[m++] = j + 1;
  }
  if (zeros > 0) flush();
  out[m++] = used.length + 1;
  return out.subarray(0, m);
}

/** Code lengths of the tables, and which table each group of 50 symbols has. */
function chooseTables(symbols: Uint16Array, alpha: number): { lengths: Uint8Array[]; selectors: Uint8Array } {
  const n = symbols.length, freq = new Uint32Array(alpha);
  for (const s of symbols) freq[s]++;
  const tables = n < 200 ? 2 : n < 600 ? 3 : n < 1200 ? 4 : n < 2400 ? 5 : 6;
  const lengths: Uint8Array[] = Array.from({ length: tables }, () => new Uint8Array(alpha));
  // At first each table is for a band of symbols that makes up its share.
  let rest = n, from = 0;
  for (let part = tables; part > 0; part--) {
    const share = Math.floor(rest / part);
    let to = from - 1, sum = 0;
    while (sum < share && to < alpha - 1) sum += freq[++to];
    if (to > from && part !== tables && part !== 1 && (tables - part) % 2 === 1) sum -= freq[to--];
    for (let v = 0; v < alpha; v++) lengths[part - 1][v] = v >= from && v <= to ? 0 : 15;
    from = to + 1;
    rest -= sum;
  }
  const selectors = new Uint8Array(Math.ceil(n / GROUP));
  for (let round = 0; round < 4; round++) {
    const counts = lengths.map(() => new Uint32Array(alpha));
    for (let g = 0; g < selectors.length; g++) {
      const start = g * GROUP, end = Math.min(start + GROUP, n);
      let best = 0, least = Infinity;
      for (let t = 0; t < tables; t++) {
        const lens = lengths[t];
        let cost = 0;
        for (let i = start; i < end; i++) cost += lens[symbols[i]];
        if (cost < least) {
          least = cost;
          best = t;
        }
      }
      selectors[g] = best;
      for (let i = start; i < end; i++) counts[best][symbols[i]]++;
    }
    for (let t = 0; t < tables; t++) lengths[t] = codeLengths(counts[t], 17);
  }
  return { lengths, selectors };
}

/** Huffman code lengths, none above `most`. A weight holds the depth in its low byte, which breaks ties. */
function codeLengths(freq: Uint32Array, most: number): Uint8Array {
  const n = freq.length, weights = new Float64Array(2 * n + 1), parents = new Int32Array(2 * n + 1);
  const heap = new Uint16Array(n + 2), lengths = new Uint8Array(n);
  const depth = (w: number) => w % 256;
  for (let i = 0; i < n; i++) weights[i + 1] = (freq[i] === 0 ? 1 : freq[i]) * 256;
  for (;;) {
    let size = 0, nodes = n;
    const up = (z: number) => {
      const x = heap[z];
      for (; weights[x] < weights[heap[z >> 1]]; z >>= 1) heap[z] = heap[z >> 1];
      heap[z] = x;
    };
    const pop = () => {
      const top = heap[1], x = heap[size--];
      let z = 1;
      for (;;) {
        let y = z << 1;
        if (y > size) break;
        if (y < size && weights[heap[y + 1]] < weights[heap[y]]) y++;
        if (weights[x] < weights[heap[y]]) break;
        heap[z] = heap[y];
        z = y;
      }
      heap[z] = x;
      return top;
    };
    heap[0] = 0;
    weights[0] = 0;
    parents[0] = -2;
    for (let i = 1; i <= n; i++) {
      parents[i] = -1;
      heap[++size] = i;
      up(size);
    }
    while (size > 1) {
      const a = pop(), b = pop(), x = weights[a], y = weights[b];
      nodes++;
      parents[a] = parents[b] = nodes;
      weights[nodes] = x - depth(x) + y - depth(y) + 1 + Math.max(depth(x), depth(y));
      parents[nodes] = -1;
      heap[++size] = nodes;
      up(size);
    }
    let long = false;
    for (let i = 1; i <= n; i++) {
      let len = 0;
      for (let k = i; parents[k] >= 0; k = parents[k]) len++;
      lengths[i - 1] = len;
      if (len > most) long = true;
    }
    if (!long) return lengths;
    for (let i = 1; i <= n; i++) weights[i] = (1 + Math.floor(Math.floor(weights[i] / 256) / 2)) * 256;
  }
}

/** Canonical codes for lengths. */
function assignCodes(lengths: Uint8Array): Uint32Array {
  const codes = new Uint32Array(lengths.length);
  let code = 0;
  for (let n = 1; n <= MAX_BITS; n++) {
    for (let i = 0; i < lengths.length; i++) if (lengths[i] === n) codes[i] = code++;
    code <<= 1;
  }
  return codes;
}
