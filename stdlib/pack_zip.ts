// The reading side of zip files, as far as packing the library needs it.

/** The files of a zip archive, by the order of its directory. */
export function* readZip(
  zip: Uint8Array,
  inflate: (packed: Uint8Array, length: number) => Uint8Array,
): Generator<[string, Uint8Array]> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error("not a zip file");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const decoder = new TextDecoder();
  for (let i = 0; i < count; i++) {
    const method = view.getUint16(at + 10, true);
    const packed = view.getUint32(at + 20, true),
      length = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const extra = view.getUint16(at + 30, true),
      comment = view.getUint16(at + 32, true);
    const local = view.getUint32(at + 42, true);
    const name = decoder.decode(zip.subarray(at + 46, at + 46 + nameLength));
    const start = local + 30 + view.getUint16(local + 26, true) +
      view.getUint16(local + 28, true);
    const bytes = zip.subarray(start, start + packed);
    yield [name, method === 0 ? bytes : inflate(bytes, length)];
    at += 46 + nameLength + extra + comment;
  }
}
