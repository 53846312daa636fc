// gopy's own: the program's modules, loaded only when they are needed.
//
// Deno takes in all that a literal import() names when the program starts, even if it is never called.
// With an image (image.ts) that is a quarter of the start. So the specifier is computed here, and the
// program's files must be readable (or come from where imports are allowed).

import { exitProcess, writeError } from "./process.ts";

/** The module `program.ts`. */
export async function loadProgram(): Promise<typeof import("./program.ts")> {
  const url = new URL("./program.ts", import.meta.url).href;
  try {
    return await import(url);
  } catch (e) {
    if (!(e instanceof TypeError || e instanceof Deno.errors.NotCapable)) throw e;
    writeError("gopy: not prepared yet; run it once with --allow-read --allow-write --allow-run (or -A)\n");
    return exitProcess(1);
  }
}
