/**
 * The command line: `gopy [options] [-c cmd | -m mod | file | -] [args]`.
 *
 * @module
 */

/** Runs the command line with the arguments Deno was given. */
export function main(): Promise<void> {
  console.error("gopy: the command line is not built yet");
  Deno.exit(2);
}

if (import.meta.main) await main();
