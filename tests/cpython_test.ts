// The modules of CPython's Lib/test that gopy is held to: those named in
// cpython_status.json, with the tests known to fail and why. A known failure
// that passes shouts.

import { compare, native, onGopy } from "./tools/cpython.ts";
import { findReference } from "./tools/reference.ts";

interface Status {
  [module: string]: { failures: Record<string, string> };
}

const STATUS = new URL("./cpython_status.json", import.meta.url);
const status: Status = JSON.parse(Deno.readTextFileSync(STATUS));
const reference = Object.keys(status).length > 0 ? await findReference() : "no module is named";

for (const [module, { failures }] of Object.entries(status)) {
  Deno.test({
    name: `CPython's ${module}`,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      if (typeof reference === "string" || !reference.hasTests) {
        const why = typeof reference === "string" ? reference : "its Lib/test is missing";
        console.log(`not run: ${module}: no reference (${why})`);
        return;
      }
      const want = await native(reference, module);
      const result = compare(module, want, await onGopy(reference, module, want));
      const failing = new Map(result.failures);
      const news = result.failures.filter(([id]) => !(id in failures));
      const mended = Object.keys(failures).filter((id) => want.get(id)?.result === "ok" && !failing.has(id));
      const lines = [
        ...news.map(([id, f]) => `fails: ${id}: ${f.result}: ${f.reason}`),
        ...mended.map((id) => `passes now, take it out of cpython_status.json: ${id}`),
      ];
      if (lines.length > 0) throw new Error(`${module}\n${lines.join("\n")}`);
    },
  });
}
