// gopy's own: where the program lies.

let home: string | undefined;

/** Says where the program's folder is, for code that was bundled and so doesn't lie there itself. */
export function setHome(url: string): void {
  home = url;
}

/** The URL of a file of the program's, by its path in the program's folder. */
export function programUrl(path: string): URL {
  return new URL(path, home ?? new URL("../", import.meta.url));
}
