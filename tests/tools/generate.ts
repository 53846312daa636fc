// Runs every generator of the tree again: `deno task generate [filters]`.
//
// A generator is a file `generate*.ts` below core, vm or stdlib. It is a tool:
// no part of the program imports it.

import { join, relative } from "@std/path";

const ROOT = new URL("../../", import.meta.url).pathname;

function* find(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* find(path);
    else if (/^generate\w*\.ts$/.test(entry.name)) yield path;
  }
}

for (const layer of ["core", "vm", "stdlib"]) {
  for (const file of [...find(join(ROOT, layer))].sort()) {
    const name = relative(ROOT, file);
    if (Deno.args.length > 0 && !Deno.args.some((a) => name.includes(a))) {
      continue;
    }
    console.log(name);
    const done = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", file],
      cwd: ROOT,
      stdin: "null",
    }).spawn().status;
    if (!done.success) Deno.exitCode = 1;
  }
}
