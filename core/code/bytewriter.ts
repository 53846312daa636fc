// A growing byte buffer.

/** Collects bytes. */
export class ByteWriter {
  #buf: Uint8Array<ArrayBuffer>;
  #len = 0;

  constructor(size = 64) {
    this.#buf = new Uint8Array(size);
  }

  /** Number of bytes so far. */
  get length(): number {
    return this.#len;
  }

  #room(n: number): void {
    if (this.#len + n <= this.#buf.length) return;
    const bigger = new Uint8Array(
      Math.max(this.#buf.length * 2, this.#len + n),
    );
    bigger.set(this.#buf);
    this.#buf = bigger;
  }

  /** One byte. */
  u8(v: number): void {
    this.#room(1);
    this.#buf[this.#len++] = v;
  }

  /** Two bytes, little endian. */
  u16(v: number): void {
    this.#room(2);
    this.#buf[this.#len++] = v;
    this.#buf[this.#len++] = v >> 8;
  }

  /** Four bytes, little endian. */
  u32(v: number): void {
    this.#room(4);
    this.#buf[this.#len++] = v;
    this.#buf[this.#len++] = v >> 8;
    this.#buf[this.#len++] = v >> 16;
    this.#buf[this.#len++] = v >> 24;
  }

  /** A double, little endian. */
  f64(v: number): void {
    this.#room(8);
    new DataView(this.#buf.buffer).setFloat64(this.#len, v, true);
    this.#len += 8;
  }

  /** Bytes as they are. */
  bytes(v: Uint8Array): void {
    this.#room(v.length);
    this.#buf.set(v, this.#len);
    this.#len += v.length;
  }

  /** Starts again. */
  clear(): void {
    this.#len = 0;
  }

  /** What has been written. */
  finish(): Uint8Array {
    return this.#buf.slice(0, this.#len);
  }
}
