// CPython 3.14: the checksums of zlib and binascii (CRC-32, Adler-32, CRC-CCITT)

let table: Uint32Array | undefined;
function crcTable(): Uint32Array {
  const t = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = (c & 1) !== 0 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    t[n] = c;
  }
  return t;
}
/** CRC-32 of bytes, going on from a value. */
export function crc32(b: Uint8Array, start: number): number {
  const t = table ??= crcTable();
  let c = ~start;
  for (let i = 0; i < b.length; i++) c = t[(c ^ b[i]) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}
/** Adler-32 of bytes, going on from a value. */
export function adler32(b: Uint8Array, start: number): number {
  let lo = (start & 0xffff) % 65521, hi = (start >>> 16) % 65521;
  for (let i = 0; i < b.length;) {
    // as many as sums of 32 bits can hold
    const end = Math.min(i + 5552, b.length);
    for (; i < end; i++) {
      lo += b[i];
      hi += lo;
    }
    lo %= 65521;
    hi %= 65521;
  }
  return ((hi << 16) | lo) >>> 0;
}
/** CRC-CCITT (XMODEM) of bytes, going on from a value. */
export function crcHqx(b: Uint8Array, start: number): number {
  let c = start & 0xffff;
  for (let i = 0; i < b.length; i++) {
    c ^= b[i] << 8;
    for (let k = 0; k < 8; k++) c = (c & 0x8000) !== 0 ? (c << 1 ^ 0x1021) & 0xffff : c << 1;
  }
  return c;
}
