// The programs in docs/: each ```ts block runs by itself, and prints what its comments say.

import { assertEquals } from "@std/assert";
import { prepare } from "../mod.ts";

const DOCS = new URL("../docs/", import.meta.url);
const MOD = new URL("../mod.ts", import.meta.url).href;

/** What the comments behind `console.log(...);` say, in order. */
function expected(source: string): string[] {
  return [...source.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm)].map((m) => m[1]);
}

await prepare();
for (const entry of Deno.readDirSync(DOCS)) {
  if (!entry.name.endsWith(".md")) continue;
  const text = Deno.readTextFileSync(new URL(entry.name, DOCS));
  let heading = "";
  for (const m of text.matchAll(/^## (.*)$|^```ts\n([\s\S]*?)^```$/gm)) {
    if (m[1] !== undefined) heading = m[1];
    else if (m[2].includes("jsr:@gopy/cli")) {
      const source = m[2];
      Deno.test(`docs: ${entry.name}, ${heading}`, async () => {
        const file = Deno.makeTempFileSync({ suffix: ".ts" });
        const log = console.log, printed: string[] = [];
        try {
          Deno.writeTextFileSync(file, source.replace("jsr:@gopy/cli", MOD));
          console.log = (...args: unknown[]) =>
            void printed.push(args.map((a) => typeof a === "string" ? a : Deno.inspect(a)).join(" "));
          await import(`file://${file}`);
        } finally {
          console.log = log;
          Deno.removeSync(file);
        }
        assertEquals(printed, expected(source));
      });
    }
  }
}
