/**
 * The command line: `gopy [options] [-c cmd | -m mod | file | -] [args]`.
 *
 * @module
 */

import { startImage } from "./sandbox/image.ts";
import { loadProgram } from "./sandbox/load.ts";

/** Runs the command line with the arguments Deno was given. */
export async function main(): Promise<void> {
  await startImage();
  await (await loadProgram()).main();
}

if (import.meta.main) await main();
