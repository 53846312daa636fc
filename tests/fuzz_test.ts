// Random sources and changed .pyc files end in Python exceptions, in time. `deno task fuzz` tries more.

import { fuzz } from "./tools/fuzz.ts";

Deno.test({
  name: "random sources and changed .pyc files end in Python exceptions",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const found = await fuzz(7, 1500, 1500);
    if (found.length === 0) return;
    throw new Error(found.map(({ number, what }) => `${number}: ${what}`).join("\n"));
  },
});
