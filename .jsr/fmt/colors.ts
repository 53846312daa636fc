// Offline stand-in for jsr:@std/fmt/colors: the part of its API that this repository uses.
function wrap(open: number, close: number): (text: string) => string {
  return (text) => Deno.noColor ? text : `\x1b[${open}m${text}\x1b[${close}m`;
}

/** Bold text. */
export const bold: (text: string) => string = wrap(1, 22);
/** Dim text. */
export const dim: (text: string) => string = wrap(2, 22);
/** Red text. */
export const red: (text: string) => string = wrap(31, 39);
/** Green text. */
export const green: (text: string) => string = wrap(32, 39);
/** Yellow text. */
export const yellow: (text: string) => string = wrap(33, 39);
/** Cyan text. */
export const cyan: (text: string) => string = wrap(36, 39);
/** Gray text. */
export const gray: (text: string) => string = wrap(90, 39);
