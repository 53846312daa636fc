// Zstandard (RFC 8878), section 3: frames and blocks
//
// What frames say of themselves, without decoding them: the header, and where a frame ends. The decompressor
// feeds its engine up to the end of a frame and no further.

const MAGIC = 0xfd2fb528;

/** A frame's header. */
export interface FrameHeader {
  /** Bytes of the header. */
  size: number;
  /** Bytes of content, where told. */
  content: bigint | undefined;
  dictId: number;
  window: number;
  checksum: boolean;
  skippable: boolean;
}

function le(b: Uint8Array, at: number, n: number): bigint {
  let x = 0n;
  for (let i = n - 1; i >= 0; i--) x = (x << 8n) | BigInt(b[at + i]);
  return x;
}

/** Reads a header; undefined if bytes are missing, an error's text if it is none. */
export function readHeader(b: Uint8Array): FrameHeader | undefined | string {
  const head = Math.min(b.length, 4);
  const starts = (magic: number, mask = 0) => {
    for (let i = 0; i < head; i++) {
      const want = (magic >>> (8 * i)) & 0xff;
      if (i === 0 ? (b[i] & ~mask) !== (want & ~mask) : b[i] !== want) return false;
    }
    return true;
  };
  const skippable = starts(0x184d2a50, 0x0f);
  if (!starts(MAGIC) && !skippable) return "Unknown frame descriptor";
  if (b.length < 5) return undefined;
  if (skippable) {
    if (b.length < 8) return undefined;
    return { size: 8, content: le(b, 4, 4), dictId: 0, window: 0, checksum: false, skippable: true };
  }
  const d = b[4], single = (d & 0x20) !== 0;
  if (d & 0x08) return "Unsupported frame parameter";
  const idSize = [0, 1, 2, 4][d & 3], contentSize = d >> 6 === 0 ? (single ? 1 : 0) : [0, 2, 4, 8][d >> 6];
  const size = 5 + (single ? 0 : 1) + idSize + contentSize;
  if (b.length < size) return undefined;
  let at = 5, window = 0;
  if (!single) {
    const w = b[at++], base = 2 ** (10 + (w >> 3));
    window = base + (base / 8) * (w & 7);
  }
  const dictId = Number(le(b, at, idSize));
  at += idSize;
  let content: bigint | undefined;
  if (contentSize > 0) {
    content = le(b, at, contentSize);
    if (contentSize === 2) content += 256n;
  }
  if (single) window = Number(content);
  return { size, content, dictId, window, checksum: (d & 4) !== 0, skippable: false };
}

/** Follows a frame through pieces of input. */
export class FrameScanner {
  #held: number[] = [];
  #skip = 0;
  #last = false;
  header: FrameHeader | undefined;
  done = false;

  /** How many bytes of a piece belong to the frame; throws a text for what is no frame. */
  scan(b: Uint8Array): number {
    let at = 0;
    while (!this.done) {
      if (this.#skip > 0) {
        const n = Math.min(this.#skip, b.length - at);
        this.#skip -= n;
        at += n;
        if (this.#skip > 0) break;
        if (this.#last) this.done = true;
        continue;
      }
      if (at >= b.length) break;
      this.#held.push(b[at++]);
      if (this.header === undefined) {
        const h = readHeader(Uint8Array.from(this.#held));
        if (typeof h === "string") throw h;
        if (h === undefined) continue;
        this.header = h;
        this.#held = [];
        if (h.skippable) {
          this.#last = true;
          this.#skip = Number(h.content);
          this.done = this.#skip === 0;
        }
      } else if (this.#held.length === 3) {
        const x = this.#held[0] | (this.#held[1] << 8) | (this.#held[2] << 16), type = (x >> 1) & 3;
        this.#held = [];
        if (type === 3) throw "Data corruption detected";
        this.#last = (x & 1) === 1;
        this.#skip = (type === 1 ? 1 : x >> 3) + (this.#last && this.header.checksum ? 4 : 0);
        if (this.#skip === 0 && this.#last) this.done = true;
      }
    }
    return at;
  }
}
