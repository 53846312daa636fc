// Records what CPython prints: `deno task record [names]`.

import { join } from "@std/path";
import { execute, programNames, PROGRAMS, recorded } from "./programs.ts";
import { findReference } from "./reference.ts";

const reference = await findReference();
if (typeof reference === "string") {
  console.error(`record: no reference: ${reference}`);
  Deno.exit(1);
}
const wanted = Deno.args.length > 0 ? Deno.args : programNames();
for (const name of wanted) {
  const first = await execute([reference.python, `${name}.py`], {
    cwd: PROGRAMS,
  });
  const again = await execute([reference.python, `${name}.py`], {
    cwd: PROGRAMS,
    env: { PYTHONHASHSEED: "0" },
  });
  const out = recorded(first);
  if (
    first.stdout.length !== again.stdout.length ||
    out.toHex() !== recorded(again).toHex()
  ) {
    console.error(`record: ${name}: two runs differ, not recorded`);
    Deno.exitCode = 1;
    continue;
  }
  Deno.writeFileSync(join(PROGRAMS, `${name}.out`), out);
  const note = first.code !== 0 ? `, exit ${first.code}` : "";
  console.log(
    `${name}: ${out.length} bytes${note}, ${first.seconds.toFixed(2)} s`,
  );
  if (first.code !== 0 && first.stderr) {
    console.log(first.stderr.replace(/^/gm, "    "));
  }
}
