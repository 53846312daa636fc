// Compiled files: when they are used (recorded: tests/pyc.json, of tests/tools/pyc_cases.py), and that
// gopy and the reference read what the other one wrote as they read their own.

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { execute, gopyCommand, PROGRAMS } from "./tools/programs.ts";
import { findReference } from "./tools/reference.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
const here = (name: string) => new URL(name, import.meta.url);
const reference = await findReference();

async function output(command: string[]): Promise<string> {
  const done = await execute(command, { timeout: 600 });
  assertEquals(done.stderr, "");
  return new TextDecoder().decode(done.stdout);
}

Deno.test("compiled files are validated as the reference does", options, async () => {
  const recorded = JSON.parse(Deno.readTextFileSync(here("./pyc.json")));
  assert(recorded.length > 30);
  assertEquals(JSON.parse(await output(gopyCommand(here("./tools/pyc_cases.py").pathname))), recorded);
});

Deno.test("gopy and the reference read each other's compiled files and marshal data", options, async () => {
  if (typeof reference === "string") return console.log(`not run: no reference (${reference})`);
  const script = here("./tools/interchange.py").pathname;
  const sources = ["bytecode_vm", "exceptions", "matching", "generators", "templates"].map((n) =>
    join(PROGRAMS, `${n}.py`)
  );
  const folder = await Deno.makeTempDir();
  try {
    const commands = { gopy: gopyCommand(script), reference: [reference.python, script] };
    for (const [name, command] of Object.entries(commands)) {
      assertEquals(await output([...command, "write", join(folder, name), ...sources]), "");
    }
    const want = await output([...commands.reference, "read", join(folder, "reference")]);
    assert(Object.keys(JSON.parse(want)).length > 30);
    for (const command of Object.values(commands)) {
      for (const name of Object.keys(commands)) {
        const got = await output([...command, "read", join(folder, name)]);
        assertEquals(JSON.parse(got), JSON.parse(want));
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
