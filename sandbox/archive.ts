// gopy's own: where the packed standard library comes from.
//
// The pieces are `.wasm` modules beside this program, imported by a literal
// specifier: that needs no permission. Where the program lies in files that may be read they are read
// as files, which is faster. In a checkout where they were not built
// yet they are built at first use, from npm's `pyodide` package. The second piece is opened when
// something in it is asked for; where its file may not be read it is imported at the start, too.

import { Archive, Library, type ReadPart } from "../vm/import/archive.ts";
import { archiveKey, COMPILER_VERSION } from "../stdlib/pack.ts";
import { inflate } from "../vm/import/inflate.ts";

interface Piece {
  memory: WebAssembly.Memory;
  size(): number;
}

const CORE = "lib_core.wasm", REST = "lib_rest.wasm";

function partsOf(bytes: Uint8Array): ReadPart {
  return (at, length) => bytes.subarray(at, at + length);
}
function open(piece: Piece): Archive | undefined {
  return Archive.open(partsOf(new Uint8Array(piece.memory.buffer, 0, piece.size())), inflate);
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

/** Where the archive begins in a piece: its data stand there as they are, behind a few bytes of WebAssembly. */
function startIn(piece: Uint8Array): number {
  return new TextDecoder("latin1").decode(piece.subarray(0, 128)).indexOf("gopylib");
}

/** The first piece at once, where the program lies in files that may be read. */
function loadCoreSync(): Archive | undefined {
  try {
    if (!mayRead(CORE)) return undefined;
    const bytes = Deno.readFileSync(pieceUrl(CORE)), start = startIn(bytes);
    return start < 0 ? undefined : Archive.open(partsOf(bytes.subarray(start)), inflate);
  } catch {
    return undefined;
  }
}

/** The second piece in the same way; of the file only what is asked for is read. */
export function loadRestSync(): Archive | undefined {
  try {
    if (!mayRead(REST)) return undefined;
    const file = Deno.openSync(pieceUrl(REST));
    const read = (at: number, length: number): Uint8Array => {
      const out = new Uint8Array(length);
      file.seekSync(at, Deno.SeekMode.Start);
      for (let n = 0; n < length;) {
        const k = file.readSync(out.subarray(n));
        if (k === null) return out.subarray(0, n);
        n += k;
      }
      return out;
    };
    const start = startIn(read(0, 128));
    return start < 0 ? undefined : Archive.open((at, length) => read(start + at, length), inflate);
  } catch {
    return undefined;
  }
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
  const core = loadCoreSync();
  if (core === undefined || core.key !== archiveKey(COMPILER_VERSION)) return undefined;
  library = new Library(core);
  library.loader = loadRestSync;
  return library;
}

/** The library, built first where it has to be. Progress goes to standard error. */
export async function loadLibrary(): Promise<Library> {
  const core = loadCoreSync() ?? await loadCore();
  if (core !== undefined && core.key === archiveKey(COMPILER_VERSION)) {
    const library = new Library(core);
    library.loader = loadRestSync;
    // where the second piece can't be read when it is asked for, it is loaded now
    if (!mayRead(REST)) {
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
