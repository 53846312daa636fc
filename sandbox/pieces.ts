// gopy's own: what was prepared, for a program that may not read its own files.
//
// An import with a literal specifier needs no permission: Deno takes the files in when it loads the
// program. So there is one for each prepared file, here alone: Deno takes them in even where they are
// never asked for, and the start pays for it.

interface Piece {
  memory: WebAssembly.Memory;
  size(): number;
}

/** A `.wasm` module's data: all that is in it. */
export function pieceBytes(exports: unknown): Uint8Array {
  const piece = exports as Piece;
  return new Uint8Array(piece.memory.buffer, 0, piece.size());
}

async function imported<T>(from: () => Promise<T>): Promise<T | undefined> {
  try {
    return await from();
  } catch {
    return undefined;
  }
}

/** The archive's first piece, or `undefined` where it was not built. */
export function importCore(): Promise<Uint8Array | undefined> {
  return imported(async () => pieceBytes(await import("../stdlib/archive/lib_core.wasm")));
}

/** The archive's second piece, or `undefined` where it was not built. */
export function importRest(): Promise<Uint8Array | undefined> {
  return imported(async () => pieceBytes(await import("../stdlib/archive/lib_rest.wasm")));
}

/** The image's text (sandbox/image.ts), or `undefined` where it was not built. */
export function importImage(): Promise<string | undefined> {
  return imported(async () =>
    (await import("../stdlib/archive/gopy.js", { with: { type: "text" } }) as { default: string }).default
  );
}
