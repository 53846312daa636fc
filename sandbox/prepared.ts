// gopy's own: the standard library, built first where it has to be.

import { Library } from "../vm/import/archive.ts";
import { keepLibrary, libraryOf, mayReadPieces, openPiece, packedLibrary } from "./archive.ts";
import { importCore, importRest } from "./pieces.ts";

let loading: Promise<Library> | undefined;

/**
 * Loads the standard library, once for all Interpreters. The promise forms do it by themselves; the
 * `Sync` forms need it before their first run, unless gopy lies in files that may be read.
 */
export async function prepare(): Promise<void> {
  await (loading ??= loadLibrary());
}

/** The library, built first where it has to be. Progress goes to standard error. */
export async function loadLibrary(): Promise<Library> {
  const there = mayReadPieces() ? packedLibrary() : libraryOf(await importCore(), await importRest());
  if (there !== undefined) return keepLibrary(there);
  const { buildLibrary } = await import("./pack.ts");
  const built = await buildLibrary();
  return keepLibrary(new Library(openPiece(built.core)!, openPiece(built.rest)));
}
