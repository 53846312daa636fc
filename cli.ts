/**
 * The command line: `gopy [options] [-c cmd | -m mod | file | -] [args]`.
 *
 * @module
 */

import { parseCommandLine } from "./sandbox/options.ts";
import { loadLibrary } from "./sandbox/archive.ts";
import { launch } from "./sandbox/launch.ts";
import { runMain } from "./sandbox/main.ts";
import { environment, exitProcess, mayKnowUser, processArgs, writeError, writeOutput } from "./sandbox/process.ts";

/** Runs the command line with the arguments Deno was given. */
export async function main(): Promise<void> {
  const parsed = parseCommandLine(processArgs());
  if (parsed.output !== undefined) writeOutput(parsed.output);
  if (parsed.error !== undefined) writeError(parsed.error);
  if (parsed.program === undefined) return exitProcess(parsed.status);
  const library = parsed.usesArchive ? await loadLibrary() : undefined;
  // who may not be asked has no home
  const env: Record<string, string> = mayKnowUser() || environment("HOME") !== undefined ? {} : { HOME: "/" };
  const interp = launch({ host: { permissions: "inherit", env }, config: parsed.config, library });
  let status = 1;
  try {
    status = runMain(interp, parsed.program);
  } catch (e) {
    // what no Python exception stands for is a bug of gopy's: one line, and the stack for who asks
    const debug = parsed.config.xOptions?.gopy_debug !== undefined;
    writeError(`gopy: internal error: ${debug && e instanceof Error ? e.stack : e}\n`);
  }
  exitProcess(status);
}

if (import.meta.main) await main();
