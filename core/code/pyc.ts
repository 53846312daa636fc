// CPython 3.14: Lib/importlib/_bootstrap_external.py, Programs/_freeze_module.c
//
// The 16 bytes in front of the marshalled code of a .pyc file: the magic
// number, flags, and either the source's modification time and size or its
// hash (PEP 552).

/** The magic number of 3.14 as the file has it. */
export const MAGIC_NUMBER = 3627;

/** Length of the header. */
export const HEADER_SIZE = 16;

/** The header of a .pyc file. */
export type PycHeader =
  | { kind: "timestamp"; mtime: number; size: number }
  | { kind: "hash"; hash: Uint8Array; checkSource: boolean };

/** The first four bytes of a .pyc file. */
export function magicBytes(): Uint8Array {
  return Uint8Array.of(MAGIC_NUMBER & 255, MAGIC_NUMBER >> 8, 13, 10);
}

/** Why a header can't be used. */
export class PycError extends Error {
  /** "magic", "eof" or "flags", which importlib reports differently. */
  readonly problem: "magic" | "eof" | "flags";

  constructor(problem: "magic" | "eof" | "flags", message: string) {
    super(message);
    this.problem = problem;
  }
}

/** Writes a header. */
export function writePycHeader(header: PycHeader): Uint8Array {
  const out = new Uint8Array(HEADER_SIZE);
  const view = new DataView(out.buffer);
  out.set(magicBytes());
  if (header.kind === "timestamp") {
    view.setUint32(8, header.mtime % 2 ** 32, true);
    view.setUint32(12, header.size % 2 ** 32, true);
  } else {
    view.setUint32(4, header.checkSource ? 3 : 1, true);
    out.set(header.hash.subarray(0, 8), 8);
  }
  return out;
}

/** Reads a header; `name` is the module's, for the messages. */
export function readPycHeader(data: Uint8Array, name: string): PycHeader {
  const magic = magicBytes();
  if (data.length < 4 || magic.some((b, i) => data[i] !== b)) {
    throw new PycError("magic", `bad magic number in '${name}'`);
  }
  if (data.length < HEADER_SIZE) {
    throw new PycError(
      "eof",
      `reached EOF while reading pyc header of '${name}'`,
    );
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const flags = view.getUint32(4, true);
  if (flags & ~3) {
    throw new PycError("flags", `invalid flags ${flags} in '${name}'`);
  }
  if (flags & 1) {
    return {
      kind: "hash",
      hash: data.slice(8, 16),
      checkSource: (flags & 2) !== 0,
    };
  }
  return {
    kind: "timestamp",
    mtime: view.getUint32(8, true),
    size: view.getUint32(12, true),
  };
}
