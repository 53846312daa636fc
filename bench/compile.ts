// Parsing and compiling the whole of Lib in one warm process, beside the native compiler:
//
//   deno run -A bench/compile.ts [--sample N] [--rounds N] [--profile]
//
// Both sides read every file first; a round is timed over all files, and the best round counts.

import { parseArgs } from "@std/cli/parse-args";
import { pythonFiles, sample } from "../tests/tools/parity.ts";
import { Subject } from "../tests/tools/parity_dump.ts";
import { findReference } from "../tests/tools/reference.ts";

const NATIVE = `
import ast, sys, time, warnings
warnings.simplefilter("ignore")
rounds, files = int(sys.argv[1]), sys.stdin.read().split("\\n")
sources = []
for f in files:
    with open(f, "rb") as s:
        sources.append(s.read())
def best(work):
    least = 1e9
    for _ in range(rounds):
        start = time.perf_counter()
        for s in sources:
            try:
                work(s)
            except SyntaxError:
                pass
        least = min(least, time.perf_counter() - start)
    return least
print(best(lambda s: compile(s, "x", "exec", ast.PyCF_ONLY_AST, True, 0)))
print(best(lambda s: compile(s, "x", "exec", 0, True, 0)))
`;

const args = parseArgs(Deno.args, { string: ["sample", "rounds"], boolean: ["profile"] });
const rounds = Number(args.rounds ?? 3);
const reference = await findReference();
if (typeof reference === "string") {
  console.log(`not run: no reference (${reference})`);
  Deno.exit(0);
}
const files = sample([...pythonFiles(reference.lib)], Number(args.sample ?? 0));
const sources = files.map((f) => Deno.readFileSync(f));
const megabytes = sources.reduce((n, s) => n + s.length, 0) / 1e6;

async function native(): Promise<number[]> {
  const child = new Deno.Command((reference as { python: string }).python, {
    args: ["-c", NATIVE, `${rounds}`],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(files.join("\n")));
  await writer.close();
  return new TextDecoder().decode((await child.output()).stdout).trim().split("\n").map(Number);
}

const subject = await Subject.make();

function best(k: string): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const s of sources) subject.bare(k, s);
    least = Math.min(least, (performance.now() - start) / 1000);
  }
  return least;
}

const [parseNative, compileNative] = args.profile ? [1, 1] : await native();
console.log(`${files.length} files, ${megabytes.toFixed(1)} MB, best of ${rounds} rounds`);
for (
  const [what, k, there] of [["parse", "tree", parseNative], ["ast.parse", "ast", parseNative], [
    "compile",
    "code",
    compileNative,
  ]] as const
) {
  const here = best(k);
  console.log(
    `${what.padEnd(10)} gopy ${here.toFixed(2)} s, native ${there.toFixed(2)} s: ${(here / there).toFixed(2)} x`,
  );
}
