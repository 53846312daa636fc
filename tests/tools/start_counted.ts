// The process that start_count.ts starts: the command line's program, counted until its first line.

import { parseCommandLine } from "../../sandbox/options.ts";
import { loadLibrary } from "../../sandbox/prepared.ts";
import { launch } from "../../sandbox/launch.ts";
import { runMain } from "../../sandbox/main.ts";
import { Library } from "../../vm/import/archive.ts";
import type { Prep } from "../../vm/interp/prepare.ts";
import type { PyDict } from "../../core/objects/dict.ts";

const times: Record<string, number> = { modules: performance.now() };
const [out, kind, ...args] = Deno.args;
const parsed = parseCommandLine(args);
const program = parsed.program!;
const script = program.kind === "script" ? Deno.realPathSync(program.path) : "<string>";

const counts = new Map<Prep, number>();
let done = false, parts = 0, bytes = 0;
/** Who asked for Node. */
const node: string[] = [];

(globalThis as unknown as { gopyCount: (p: Prep) => void }).gopyCount = (p) => {
  if (done) return;
  if (p.code.co_filename === script) return finish();
  counts.set(p, (counts.get(p) ?? 0) + 1);
};

for (const name of ["code", "source"] as const) {
  const real = Library.prototype[name];
  Library.prototype[name] = function (file: string) {
    const part = real.call(this, file);
    if (!done && part !== undefined) {
      parts++;
      bytes += part.length;
    }
    return part;
  };
}

// all that Node has is reached through `process`
const nodeProcess = Object.getOwnPropertyDescriptor(globalThis, "process")!;
Object.defineProperty(globalThis, "process", {
  configurable: true,
  get() {
    if (!done) {
      node.push(
        new Error().stack!.split("\n").slice(2, 4).map((l) => l.trim().replace(/file:\S*\/(\w+\/)/, "$1")).join(" "),
      );
    }
    return nodeProcess.get?.call(globalThis) ?? nodeProcess.value;
  },
});

function finish(): void {
  done = true;
  times.line = performance.now();
  const by: Record<string, number> = {};
  let instructions = 0;
  for (const [p, n] of counts) {
    instructions += n;
    const c = p.code;
    const key = kind === "code" ? `${c.co_filename} ${c.co_qualname}` : String(c.co_filename);
    by[key] = (by[key] ?? 0) + n;
  }
  const modules = (interp.modules as PyDict).keyArray().map(String).sort();
  const rest = library.complete;
  Deno.writeTextFileSync(
    out,
    JSON.stringify({ modules, parts, bytes, rest, node, instructions, codes: counts.size, by, times }),
  );
}

const library = await loadLibrary();
times.library = performance.now();
const interp = launch({ host: { permissions: "inherit" }, config: parsed.config, library });
times.launched = performance.now();
runMain(interp, program);
if (!done) throw new Error("the program's first line was not reached");
Deno.exit(0);
