// Inputs that are not what they should be are answered as CPython answers them (recorded:
// tests/malformed.json, of tests/tools/malformed.py).

import { assert, assertEquals } from "@std/assert";
import { execute, gopyCommand } from "./tools/programs.ts";

type Results = Record<string, [input: string, outcome: string][]>;

const here = (name: string) => new URL(name, import.meta.url);
const recorded: Results = JSON.parse(Deno.readTextFileSync(here("./malformed.json")));

let run: Promise<Results> | undefined;
function results(): Promise<Results> {
  return run ??= (async () => {
    const done = await execute(gopyCommand(here("./tools/malformed.py").pathname));
    assertEquals(done.stderr, "");
    return JSON.parse(new TextDecoder().decode(done.stdout));
  })();
}

for (const [kind, cases] of Object.entries(recorded)) {
  Deno.test(`malformed: ${kind}`, async () => {
    assert(cases.length >= 20);
    assertEquals((await results())[kind], cases);
  });
}
