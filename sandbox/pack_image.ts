// gopy's own: makes the program's image (image.ts); run by `deno task pack` and at first use.
//
// Deno's own bundler makes the script. Then it is run once without a compiled form, in a process of
// its own, with a program that imports what many programs do; what V8 has compiled by then is kept.

import { evaluate, imageUrl } from "./image.ts";
import type { ImageHeader } from "./image_entry.ts";

const ROOT = new URL("../", import.meta.url);
const LAYERS = ["core", "vm", "stdlib", "sandbox"];

/** Run while V8's compiled form is made. */
const WARM_UP = `
import argparse, collections, dataclasses, enum, functools, itertools, json, os, re, sys
@dataclasses.dataclass
class Point:
    x: int = 0
    y: int = 0
def chain(n):
    yield from range(n)
print([str(p) for p in map(Point, chain(3))], json.dumps({"a": [1, 2.5, None]}), re.sub(r"\\d", "x", "a1"))
print(f"{len(sys.argv)!r:>4}", "%s %d" % ("a", 1), {1: 2}, {1, 2}, sorted({"b": 1, "a": 2}), os.path.join("a", "b"))
try:
    {}["x"]
except KeyError as e:
    print(repr(e))
`;

function* sources(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(new URL(folder, ROOT))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* sources(path);
    else if (entry.name.endsWith(".ts")) yield path;
  }
}

async function run(args: string[]): Promise<void> {
  const done = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).output();
  if (!done.success) throw new Error(new TextDecoder().decode(done.stderr));
}

/** Makes the image and puts it into its place. Errors: what the bundler or the run said. */
export async function buildImage(): Promise<void> {
  const files: ImageHeader["files"] = LAYERS.flatMap((layer) => [...sources(layer)]).map((path) => {
    const { mtime, size } = Deno.statSync(new URL(path, ROOT));
    return [path, mtime!.getTime(), size];
  });
  const id = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  const header: ImageHeader = { id, v8: Deno.version.v8, files };
  const script = imageUrl(`gopy.${id}.js.tmp`), cache = imageUrl(`gopy.${id}.cache.tmp`);
  const program = imageUrl(`warm.${id}.py.tmp`);
  try {
    const bundle = ["bundle", "--quiet", "--format", "iife", "--platform", "deno", "--minify"];
    await run([...bundle, "--output", script.pathname, new URL("sandbox/image_main.ts", ROOT).pathname]);
    Deno.writeTextFileSync(script, `//${JSON.stringify(header)}\n${Deno.readTextFileSync(script)}`);
    Deno.writeTextFileSync(program, WARM_UP);
    await run(["run", "-A", "--quiet", import.meta.url, program.pathname, script.href, cache.href, id]);
    Deno.renameSync(cache, imageUrl("gopy.cache"));
    Deno.renameSync(script, imageUrl("gopy.js"));
  } finally {
    for (const file of [script, cache, program, imageUrl("gopy.lock")]) {
      try {
        Deno.removeSync(file);
      } catch {
        // it has got its place, or was never made
      }
    }
  }
}

/** Runs an image's text with the warm-up and keeps what V8 has compiled by then. */
function warm([, script, cache, id]: string[]): void {
  const { start, compiled } = evaluate(Deno.readTextFileSync(new URL(script)));
  start(ROOT.href, undefined, undefined, () => {
    const bytes = compiled(), out = new Uint8Array(16 + bytes.length);
    out.set(new TextEncoder().encode(id));
    out.set(bytes, 16);
    Deno.writeFileSync(new URL(cache), out);
  });
}

if (import.meta.main) {
  if (Deno.args.length > 0) warm(Deno.args);
  else await buildImage();
}
