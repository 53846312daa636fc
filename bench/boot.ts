// The start of an embedded Interpreter: `deno run -A bench/boot.ts [--count N]`.
//
// Printed, in ms: making one; its first run in this process (V8 has compiled nothing yet); and, over N
// further Interpreters (50), making one and its first run: median, least and most.

import { Interpreter, prepare } from "../mod.ts";

const at = Deno.args.indexOf("--count");
const count = at < 0 ? 50 : Number(Deno.args[at + 1]);
await prepare();

function start(): [make: number, run: number] {
  const began = performance.now(), py = new Interpreter(), made = performance.now();
  if (py.runSync("1+1") !== undefined) throw new Error("a run has no value");
  return [made - began, performance.now() - made];
}
const [make, run] = start();
const further = Array.from({ length: count }, () => {
  const [a, b] = start();
  return a + b;
}).sort((a, b) => a - b);
const ms = (n: number) => n.toFixed(n < 1 ? 2 : 1);
console.log(`new Interpreter(): ${ms(make)} ms; first run in the process: ${ms(run)} ms`);
console.log(
  `further ${count}, made and run: median ${ms(further[count >> 1])} ms, ` +
    `${ms(further[0])} to ${ms(further[count - 1])} ms`,
);
