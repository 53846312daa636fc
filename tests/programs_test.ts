// The program tests: what CPython printed, gopy prints.

import { join } from "@std/path";
import { assertEquals } from "@std/assert";
import { execute, gopyCommand, programNames, PROGRAMS, recorded } from "./tools/programs.ts";

// Programs known to fail, with the reason. One that passes shouts.
const STATUS = new URL("./programs_status.json", import.meta.url);
const expected: Record<string, string> = JSON.parse(
  Deno.readTextFileSync(STATUS),
);

const names = programNames();

// Two at a time, started with the first test.
const running = new Map<string, Promise<string | undefined>>();
let queue: Promise<unknown>[] | undefined;

async function outcome(name: string): Promise<string | undefined> {
  const want = new TextDecoder().decode(
    Deno.readFileSync(join(PROGRAMS, `${name}.out`)),
  );
  const done = await execute(gopyCommand(`${name}.py`), {
    cwd: PROGRAMS,
    timeout: 60,
  });
  const got = new TextDecoder().decode(recorded(done));
  if (got === want) return undefined;
  if (done.timedOut) return "took over 60 s";
  const a = got.split("\n"), b = want.split("\n");
  const at = a.findIndex((line, i) => line !== b[i]);
  const line = at < 0 ? a.length : at;
  return `line ${line + 1}\n  gopy:    ${a[line] ?? "(end)"}\n  CPython: ${b[line] ?? "(end)"}\n${
    done.stderr.split("\n").slice(-6).join("\n")
  }`;
}

function result(name: string): Promise<string | undefined> {
  if (queue === undefined) {
    const lanes = queue = [
      Promise.resolve() as Promise<unknown>,
      Promise.resolve(),
    ];
    names.forEach((n, i) => {
      const lane = i % lanes.length;
      const made = lanes[lane].then(() => outcome(n));
      running.set(n, made);
      lanes[lane] = made.catch(() => {});
    });
  }
  return running.get(name)!;
}

for (const name of names) {
  Deno.test({
    name: `program ${name}`,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const failure = await result(name);
      if (name in expected) {
        if (failure === undefined) {
          throw new Error(
            `${name} passes now: take it out of tests/programs_status.json`,
          );
        }
        return;
      }
      if (failure !== undefined) throw new Error(`${name}: ${failure}`);
    },
  });
}

Deno.test("every program has a recording and every known failure a program", () => {
  assertEquals(Object.keys(expected).filter((n) => !names.includes(n)), []);
  assertEquals(
    names.filter((n) => {
      try {
        Deno.statSync(join(PROGRAMS, `${n}.out`));
        return false;
      } catch {
        return true;
      }
    }),
    [],
  );
});
