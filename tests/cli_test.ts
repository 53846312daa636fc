// The command line and the prompt do what CPython's do (recorded: tests/cli.json).

import { assertEquals } from "@std/assert";
import { CASES, type CliOutcome, runCase } from "./tools/cli_cases.ts";

const read = (name: string) => JSON.parse(Deno.readTextFileSync(new URL(name, import.meta.url)));
const recorded: Record<string, CliOutcome> = read("./cli.json");
/** Cases known to fail, with the reason. One that passes shouts. */
const failing: Record<string, string> = read("./cli_status.json");

// The next case is begun together with the one that is asked for.
const started = new Map<number, Promise<CliOutcome>>();
function begin(at: number): Promise<CliOutcome> {
  let run = started.get(at);
  if (run === undefined) {
    started.set(at, run = runCase(CASES[at], undefined));
    run.catch(() => {});
  }
  return run;
}
function outcome(at: number): Promise<CliOutcome> {
  const run = begin(at);
  if (at + 1 < CASES.length) begin(at + 1);
  return run;
}

for (const [at, c] of CASES.entries()) {
  Deno.test({
    name: `cli: ${c.name}`,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const got = await outcome(at);
      if (!(c.name in failing)) return assertEquals(got, recorded[c.name]);
      try {
        assertEquals(got, recorded[c.name]);
      } catch {
        return;
      }
      throw new Error(`"${c.name}" passes now: take it out of tests/cli_status.json`);
    },
  });
}

Deno.test("every case of the command line is recorded, every known failure a case", () => {
  const names = CASES.map((c) => c.name);
  assertEquals(Object.keys(recorded).sort(), [...names].sort());
  assertEquals(Object.keys(failing).filter((n) => !names.includes(n)), []);
});
