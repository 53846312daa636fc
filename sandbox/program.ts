// gopy's own: the command line over the modules as they are, without an image of the program.

import { runCommand } from "./command.ts";
import { refreshImage } from "./image.ts";
import { loadLibrary } from "./prepared.ts";

/** Runs the command line with the arguments Deno was given. */
export async function main(): Promise<void> {
  refreshImage();
  await runCommand(loadLibrary);
}
