// Records what CPython does with the command line's cases: `deno task record-cli [--new]`;
// with --new only those that are not recorded yet.

import { CASES, type CliOutcome, runCase } from "./cli_cases.ts";
import { findReference } from "./reference.ts";

const reference = await findReference();
if (typeof reference === "string") {
  console.error(`record_cli: no reference: ${reference}`);
  Deno.exit(1);
}
const file = new URL("../cli.json", import.meta.url);
const kept: Record<string, CliOutcome> = Deno.args.includes("--new") ? JSON.parse(Deno.readTextFileSync(file)) : {};
const out: Record<string, CliOutcome> = {};
for (const c of CASES) {
  if (c.name in out) throw new Error(`two cases are called ${c.name}`);
  out[c.name] = kept[c.name] ?? await runCase(c, reference.python);
}
Deno.writeTextFileSync(file, JSON.stringify(out, null, 2) + "\n");
console.log(`${CASES.length} cases`);
