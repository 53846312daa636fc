// The start budget: what happens before the first line of a program. Counts are held to bounds a
// little above what they are; times are only told.

import { assert, assertEquals } from "@std/assert";
import { countStart, type StartCounts } from "./tools/start_count.ts";

const ROOT = new URL("../", import.meta.url);

/** Bounds: modules in sys.modules, parts and bytes from the archive, instructions, code objects. */
interface Budget {
  modules: number;
  parts: number;
  bytes: number;
  instructions: number;
  codes: number;
}

const BUDGET: Budget = { modules: 32, parts: 16, bytes: 430_000, instructions: 44_000, codes: 260 };

function within(counts: StartCounts, budget: Budget): void {
  const times = Object.entries(counts.times).map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(", ");
  const { parts, bytes, instructions, codes } = counts;
  const have: Budget = { modules: counts.modules.length, parts, bytes, instructions, codes };
  console.log(`${JSON.stringify(have)}; ms of a counted run: ${times}`);
  for (const [name, most] of Object.entries(budget)) {
    const n = have[name as keyof Budget];
    assert(n <= most, `${name}: ${n}, at most ${most} (${counts.modules.join(" ")})`);
  }
}

Deno.test("start: hello world keeps to its budget", async () => {
  const counts = await countStart([new URL("examples/hello.py", ROOT).pathname]);
  within(counts, BUDGET);
  assertEquals(counts.rest, false, "the archive's second piece was opened");
  assertEquals(counts.node, [], "a module of Node's was loaded");
});

Deno.test("start: without site there is less", async () => {
  const hello = new URL("examples/hello.py", ROOT).pathname;
  const [all, some] = [await countStart([hello]), await countStart(["-S", hello])];
  assert(some.instructions < all.instructions && some.modules.length < all.modules.length);
});
