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

function pieceUrl(file: string): URL {
  return new URL(`../stdlib/archive/${file}`, import.meta.url);
}
/** Whether a piece lies in a file that may be read. */
function mayRead(file: string): boolean {
  const url = pieceUrl(file);
  return url.protocol === "file:" && Deno.permissions.querySync({ name: "read", path: url }).state === "granted";
}

/** A piece at once, where the program lies in files that may be read. */
function openSync(file: string): Archive | undefined {
  try {
    if (!mayRead(file)) return undefined;
    const module = new WebAssembly.Module(Deno.readFileSync(pieceUrl(file)));
    return open(new WebAssembly.Instance(module).exports as unknown as Piece);
  } catch {
    return undefined;
  }
}

/** The second piece at once, where the program lies in files that may be read. */
export function loadRestSync(): Archive | undefined {
  return openSync("lib_rest.wasm");
}

let library: Library | undefined;
let loading: Promise<Library> | undefined;

/**
 * Loads the standard library, once for all Interpreters. The promise forms do it by themselves; the
 * `Sync` forms need it before their first run, unless gopy lies in files that may be read.
 */
export async function prepare(): Promise<void> {
  library ??= await (loading ??= loadLibrary());
}

/** The library for all Interpreters, if it is loaded or can be at once. */
export function packedLibrary(): Library | undefined {
  if (library !== undefined) return library;
  const core = openSync("lib_core.wasm");
  if (core === undefined || core.key !== archiveKey(COMPILER_VERSION)) return undefined;
  library = new Library(core);
  library.loader = loadRestSync;
  return library;
}

/** The library, built first where it has to be. Progress goes to standard error. */
export async function loadLibrary(): Promise<Library> {
  const core = await loadCore();
  if (core !== undefined && core.key === archiveKey(COMPILER_VERSION)) {
    const library = new Library(core);
    library.loader = loadRestSync;
    // where the second piece can't be read when it is asked for, it is loaded now
    if (!mayRead("lib_rest.wasm")) {
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
