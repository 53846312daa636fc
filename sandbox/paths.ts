// CPython 3.14: Lib/posixpath.py (normpath, dirname), for the sandbox's own use

/** An absolute path without `.`, `..` and doubled slashes. */
export function normalize(path: string): string {
  const out: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") out.pop();
    else if (part !== "" && part !== ".") out.push(part);
  }
  return "/" + out.join("/");
}

/** A path seen from a folder, absolute and normalised. */
export function resolve(folder: string, path: string): string {
  return normalize(path.startsWith("/") ? path : `${folder}/${path}`);
}

/** The folder of a normalised absolute path. */
export function dirname(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/** The last part of a path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Pieces of bytes in one. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const part of parts) size += part.length;
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
