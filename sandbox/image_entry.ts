// gopy's own: what the program's image (image.ts) and its loader know of each other.

/** Where the image leaves its entry, for whoever evaluates it. */
export const IMAGE: symbol = Symbol.for("gopy.image");

/**
 * The image's entry: runs the command line and ends the process, or returns where the standard library
 * has to be built first. `core` and `rest` are the archive's pieces, where they may not be read as files.
 */
export type Start = (home: string, core?: Uint8Array, rest?: Uint8Array, atEnd?: () => void) => void;

/** What an image was made of. */
export interface ImageHeader {
  /** Names the image; its cache begins with the same, 16 characters. */
  id: string;
  v8: string;
  /** Path, time of the last change in milliseconds, size. */
  files: [path: string, mtime: number, size: number][];
}
