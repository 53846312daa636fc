// The compiler against the reference over real code: a sample of the library by hashes recorded with
// `deno task parity --record tests/parity.json FILES`, and wrong programs made while the test runs.

import { join } from "@std/path";
import { mutants } from "./tools/mutants.ts";
import { KINDS, type Recorded, sourceHash } from "./tools/parity.ts";
import { Subject } from "./tools/parity_dump.ts";
import { findReference } from "./tools/reference.ts";
import recorded from "./parity.json" with { type: "json" };

const reference = await findReference();
const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("code objects, trees and tokens of library files are the reference's", options, async () => {
  if (typeof reference === "string") return console.log(`not run: no reference (${reference})`);
  const subject = await Subject.make(), wrong: string[] = [];
  let compared = 0;
  for (const [file, [hash, ...want]] of Object.entries(recorded as Recorded)) {
    let source: Uint8Array;
    try {
      source = Deno.readFileSync(join(reference.lib, file));
    } catch {
      continue;
    }
    if (sourceHash(source) !== hash) continue;
    compared++;
    KINDS.forEach((job, i) => {
      const got = subject.answer(job, source);
      if (got.error !== null || got.hash !== want[i]) wrong.push(`${file} ${JSON.stringify(job)}`);
    });
  }
  if (wrong.length > 0) throw new Error(`differ:\n${wrong.join("\n")}`);
  if (compared === 0) console.log(`not run: no file is as recorded (reference ${reference.version})`);
});

Deno.test("wrong programs give the reference's errors and warnings", options, async () => {
  if (typeof reference === "string") return console.log(`not run: no reference (${reference})`);
  const files = Object.keys(recorded).map((f) => join(reference.lib, f));
  const { count, classes } = await mutants(reference, files, 3, 600);
  if (count < 500) throw new Error(`only ${count} programs were made`);
  if (classes.size > 0) {
    throw new Error([...classes].map(([name, { n, example }]) => `${n} x ${name}\n${example}`).join("\n"));
  }
});
