// gopy's own: what was prepared, for a program that may not read its own files.
//
// An import with a literal specifier needs no permission: Deno takes the files in when it loads the
// program. So there is one for each prepared file, here alone: Deno takes them in even where they are
// never asked for. For text that costs next to nothing (for a `.wasm` module of 7 MB it was 7 ms of every
// start), so the archive's pieces are there a second time in base 64.

interface Text {
  default: string;
}

async function imported(from: () => Promise<unknown>): Promise<string | undefined> {
  try {
    return (await from() as Text).default;
  } catch {
    return undefined;
  }
}

async function piece(from: () => Promise<unknown>): Promise<Uint8Array | undefined> {
  const text = await imported(from);
  return text === undefined ? undefined : Uint8Array.fromBase64(text);
}

/** The archive's first piece, or `undefined` where it was not built. */
export function importCore(): Promise<Uint8Array | undefined> {
  return piece(() => import("../stdlib/archive/lib_core.txt", { with: { type: "text" } }));
}

/** The archive's second piece, or `undefined` where it was not built. */
export function importRest(): Promise<Uint8Array | undefined> {
  return piece(() => import("../stdlib/archive/lib_rest.txt", { with: { type: "text" } }));
}

/** The image's text (image.ts), or `undefined` where it was not built. */
export function importImage(): Promise<string | undefined> {
  return imported(() => import("../stdlib/archive/gopy.js", { with: { type: "text" } }));
}
