// CPython 3.14: Programs/python.c
//
// The command line, from its arguments to the exit of the process.

import type { Library } from "../vm/import/archive.ts";
import { packedLibrary } from "./archive.ts";
import { launch } from "./launch.ts";
import { runMain } from "./main.ts";
import { parseCommandLine, type ParsedCommandLine } from "./options.ts";
import { environment, exitProcess, mayKnowUser, processArgs, writeError, writeOutput } from "./process.ts";

/** Runs what was asked for and ends the process; `atEnd` is called just before. */
function run(parsed: ParsedCommandLine, library: Library | undefined, atEnd?: () => void): never {
  if (parsed.output !== undefined) writeOutput(parsed.output);
  if (parsed.error !== undefined) writeError(parsed.error);
  if (parsed.program === undefined) return exitProcess(parsed.status);
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
  atEnd?.();
  return exitProcess(status);
}

/** Runs the command line with the arguments Deno was given, with the library that `load` gives. */
export async function runCommand(load: () => Promise<Library>): Promise<void> {
  const parsed = parseCommandLine(processArgs());
  run(parsed, parsed.usesArchive && parsed.program !== undefined ? await load() : undefined);
}

/**
 * The same at once, where the library is there: given, or in files that may be read. Returns where it
 * is not, and nothing was done.
 */
export function runCommandSync(library?: Library, atEnd?: () => void): void {
  const parsed = parseCommandLine(processArgs());
  if (parsed.usesArchive && parsed.program !== undefined && (library ??= packedLibrary()) === undefined) return;
  run(parsed, parsed.usesArchive ? library : undefined, atEnd);
}
