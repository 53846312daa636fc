// gopy's own: where the packed standard library comes from.
//
// The pieces are `.wasm` modules beside this program, imported by a literal
// specifier: that needs no permission. In a checkout where they were not built
// yet they are built at first use, from npm's `pyodide` package.

import { Archive, Library } from "../vm/import/archive.ts";
import { archiveKey, COMPILER_VERSION } from "../stdlib/pack.ts";
import { inflate } from "../vm/import/inflate.ts";

interface Piece {
  memory: WebAssembly.Memory;
  size(): number;
}

function open(piece: Piece): Archive | undefined {
  return Archive.open(
    new Uint8Array(piece.memory.buffer, 0, piece.size()),
    inflate,
  );
}

/** The first piece, or `undefined` where it was not built. */
export async function loadCore(): Promise<Archive | undefined> {
  try {
    return open(await import("../stdlib/archive/lib_core.wasm") as Piece);
  } catch {
    return undefined;
  }
}

/** The second piece, or `undefined` where it was not built. */
export async function loadRest(): Promise<Archive | undefined> {
  try {
    return open(await import("../stdlib/archive/lib_rest.wasm") as Piece);
  } catch {
    return undefined;
  }
}

function restUrl(): URL {
  return new URL("../stdlib/archive/lib_rest.wasm", import.meta.url);
}
/** Whether the second piece lies in a file that may be read. */
function mayReadRest(): boolean {
  const url = restUrl();
  return url.protocol === "file:" && Deno.permissions.querySync({ name: "read", path: url }).state === "granted";
}

/** The second piece at once, where the program lies in files that may be read. */
export function loadRestSync(): Archive | undefined {
  try {
    if (!mayReadRest()) return undefined;
    const module = new WebAssembly.Module(Deno.readFileSync(restUrl()));
    return open(new WebAssembly.Instance(module).exports as unknown as Piece);
  } catch {
    return undefined;
  }
}

/** The library, built first where it has to be. Progress goes to standard error. */
export async function loadLibrary(): Promise<Library> {
  const core = await loadCore();
  if (core !== undefined && core.key === archiveKey(COMPILER_VERSION)) {
    const library = new Library(core);
    library.loader = loadRestSync;
    // where the second piece can't be read when it is asked for, it is loaded now
    if (!mayReadRest()) {
      const rest = await loadRest();
      if (rest !== undefined) library.attach(rest);
    }
    return library;
  }
  const { buildLibrary } = await import("./pack.ts");
  const built = await buildLibrary();
  const both = [built.core, built.rest].map((bytes) => {
    const module = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
    return open(new WebAssembly.Instance(module).exports as unknown as Piece);
  });
  return new Library(both[0]!, both[1]);
}
