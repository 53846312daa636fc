// gopy's own: where the packed standard library comes from.
//
// The pieces lie beside this program. Where those files may be read they are read, and the second one
// when something in it is asked for; elsewhere both are imported, as text (pieces.ts). In a checkout where they were not built yet they are built at first use
// (prepared.ts), from npm's `pyodide` package.

import { Archive, Library, type ReadPart } from "../vm/import/archive.ts";
import { archiveKey, COMPILER_VERSION } from "../stdlib/pack.ts";
import { inflate } from "../vm/import/inflate.ts";
import { programUrl } from "./home.ts";

const CORE = "lib_core.bin", REST = "lib_rest.bin";

function partsOf(bytes: Uint8Array): ReadPart {
  return (at, length) => bytes.subarray(at, at + length);
}
/** The archive in a piece's data. */
export function openPiece(bytes: Uint8Array): Archive | undefined {
  return Archive.open(partsOf(bytes), inflate);
}

function pieceUrl(file: string): URL {
  return programUrl(`stdlib/archive/${file}`);
}
/** Whether a piece lies in a file that may be read. */
function mayRead(file: string): boolean {
  const url = pieceUrl(file);
  return url.protocol === "file:" && Deno.permissions.querySync({ name: "read", path: url }).state === "granted";
}

/** Whether both pieces lie in files that may be read. */
export function mayReadPieces(): boolean {
  return mayRead(CORE) && mayRead(REST);
}

/** The first piece at once, where the program lies in files that may be read. */
function loadCoreSync(): Archive | undefined {
  try {
    if (!mayRead(CORE)) return undefined;
    return openPiece(Deno.readFileSync(pieceUrl(CORE)));
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
    return Archive.open(read, inflate);
  } catch {
    return undefined;
  }
}

let library: Library | undefined;

/** Keeps a library for all Interpreters. */
export function keepLibrary(loaded: Library): Library {
  return library ??= loaded;
}

/** Whether a first piece was made by this compiler. */
function isCurrent(core: Archive | undefined): core is Archive {
  return core !== undefined && core.key === archiveKey(COMPILER_VERSION);
}

/** The library for all Interpreters, if it is loaded or can be at once. */
export function packedLibrary(): Library | undefined {
  if (library !== undefined) return library;
  const core = loadCoreSync();
  if (!isCurrent(core)) return undefined;
  library = new Library(core);
  library.loader = loadRestSync;
  return library;
}

/** The library from pieces that were imported, `undefined` where there is none that fits. */
export function libraryOf(core: Uint8Array | undefined, rest: Uint8Array | undefined): Library | undefined {
  const first = core && openPiece(core);
  return isCurrent(first) ? new Library(first, rest && openPiece(rest)) : undefined;
}
