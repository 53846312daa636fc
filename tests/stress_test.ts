// Programs give the same output while rare events are made frequent (`-X stress=`).

import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { execute, gopyCommand, PROGRAMS, recorded } from "./tools/programs.ts";

const NAMES = ["formatting", "exceptions", "classes", "matching", "tracing", "collections_use"];

for (const stress of ["unwind", "gc:5"]) {
  for (const name of NAMES) {
    Deno.test(`stress=${stress}: ${name} gives its output`, async () => {
      const [command, ...args] = gopyCommand();
      const run = await execute([command, ...args, "-X", `stress=${stress}`, `${name}.py`], { cwd: PROGRAMS });
      const text = new TextDecoder();
      const want = Deno.readFileSync(join(PROGRAMS, `${name}.out`));
      assertEquals(text.decode(recorded(run)), text.decode(want), run.stderr);
    });
  }
}

for (const refused of ["deopt:3", "switch:3", "gc:0", "nonsense"]) {
  Deno.test(`stress=${refused} is refused`, async () => {
    const [command, ...args] = gopyCommand();
    const run = await execute([command, ...args, "-X", `stress=${refused}`, "-c", "1"]);
    assertEquals(run.code, 1);
    assertEquals(run.stderr.includes("-X stress="), true, run.stderr);
  });
}
