// Guards of the run loop: what V8 makes of it, and that its literal opcode numbers are right.

import { assert, assertEquals } from "@std/assert";
import * as O from "../../core/code/opnums.ts";
import * as P from "../../vm/interp/prepare.ts";

const RUN = new URL("../../vm/interp/run.ts", import.meta.url);

Deno.test("every `case N: // NAME` of the run loop is the opcode of that name", () => {
  const numbers = new Map<string, unknown>([...Object.entries(O), ...Object.entries(P)]);
  let cases = 0;
  for (const [, number, name] of Deno.readTextFileSync(RUN).matchAll(/^ +case (\d+): \/\/ (\w+)/gm)) {
    assertEquals(numbers.get(name), Number(number), name);
    cases++;
  }
  assert(cases > 150);
});

Deno.test("V8 can optimise the run loop: bytecode under 50,000, frame under 400 bytes", () => {
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--no-check",
      "--v8-flags=--no-lazy,--print-bytecode,--print-bytecode-filter=loop",
      `await import(${JSON.stringify(RUN.href)})`,
    ],
    stdout: "piped",
    stderr: "null",
  }).outputSync();
  const text = new TextDecoder().decode(stdout);
  const largest = (what: string) =>
    Math.max(...[...text.matchAll(new RegExp(`^${what}:? (\\d+)`, "gm"))].map((m) => Number(m[1])));
  const length = largest("Bytecode length"), frame = largest("Frame size");
  assert(length > 5000 && length < 50_000, `bytecode length ${length}`);
  assert(frame > 0 && frame < 400, `frame size ${frame}`);
});
