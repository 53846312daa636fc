// Offline stand-in for jsr:@std/path: the part of its API that this repository uses (POSIX only).
import posix from "node:path/posix";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The last part of a path. */
export function basename(path: string, suffix = ""): string {
  return posix.basename(path, suffix);
}
/** The folder of a path. */
export function dirname(path: string): string {
  return posix.dirname(path);
}
/** The extension, with its dot. */
export function extname(path: string): string {
  return posix.extname(path);
}
/** A path from an URL. */
export function fromFileUrl(url: string | URL): string {
  return fileURLToPath(url);
}
/** Whether a path starts at the root. */
export function isAbsolute(path: string): boolean {
  return posix.isAbsolute(path);
}
/** Parts put together and normalised. */
export function join(...parts: string[]): string {
  return posix.join(...parts);
}
/** A path without `.`, `..` and doubled separators. */
export function normalize(path: string): string {
  return posix.normalize(path);
}
/** The way from one path to another. */
export function relative(from: string, to: string): string {
  return posix.relative(from, to);
}
/** An absolute path. */
export function resolve(...parts: string[]): string {
  return posix.resolve(...parts);
}
/** A URL from a path. */
export function toFileUrl(path: string): URL {
  return pathToFileURL(path);
}
