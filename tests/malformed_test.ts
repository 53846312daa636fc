// Inputs that are not what they should be are answered as CPython answers them (recorded:
// tests/malformed.json, of tests/tools/malformed.py; tests/bounds.json, of tests/tools/bounds.py).

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

for (const sizes of ["recorded", "largest"]) {
  Deno.test(`malformed: marshal data takes little time and memory (${sizes} sizes)`, async () => {
    const done = await execute(gopyCommand(here("./tools/bounds.py").pathname, sizes));
    assertEquals(done.stderr, "");
    const rows = new TextDecoder().decode(done.stdout).trim().split("\n").map((line) => JSON.parse(line));
    const recorded = JSON.parse(Deno.readTextFileSync(here("./bounds.json")));
    if (sizes === "recorded") assertEquals(rows.map((row) => row.slice(0, 2)), recorded);
    assertEquals(rows.length, recorded.length);
    for (const [name, , seconds, megabytes] of rows) {
      assert(seconds < 1, `${name}: ${seconds} s`);
      assert(megabytes < 256, `${name}: ${megabytes} MB`);
    }
  });
}
