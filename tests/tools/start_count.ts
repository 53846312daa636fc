// Counts what happens before the first line of a program: `deno run -A tests/tools/start_count.ts
// [--by-file | --by-code] [program [arguments]]`.
//
// A copy of the run loop with a counter at its dispatch is put in the place of the real one by an
// import map; the copy and its map are temporary files, and the program runs in a process of its
// own. What comes out is JSON: modules in sys.modules, parts and bytes taken from the archive,
// instructions that were dispatched (fused ones count once) and how many code objects they belong to.

const ROOT = new URL("../../", import.meta.url);
const LOOP = new URL("vm/interp/run.ts", ROOT);

/** What was counted. */
export interface StartCounts {
  /** Names in sys.modules. */
  modules: string[];
  /** Parts that were taken from the archive, and their length once inflated. */
  parts: number;
  bytes: number;
  /** Whether the archive's second piece was opened. */
  rest: boolean;
  /** Who asked for one of Node's modules. */
  node: string[];
  /** Dispatched instructions and the code objects they belong to. */
  instructions: number;
  codes: number;
  /** Instructions by file, or by code object. */
  by: Record<string, number>;
  /** Milliseconds from the process's start: modules evaluated, library loaded, Interpreter made, first line. */
  times: Record<string, number>;
}

function absolute(text: string, base: URL): string {
  return text.replace(/(\bfrom\s+|^import\s+)"(\.[^"]+)"/gm, (_, head, to) => `${head}"${new URL(to, base)}"`);
}

/** The run loop's text with a counter. */
function counted(): string {
  const text = absolute(Deno.readTextFileSync(LOOP), LOOP);
  const at = "switch (ops[pc]) {";
  if (!text.includes(at)) throw new Error("the run loop's dispatch was not found");
  return text.replaceAll(at, `(globalThis as any).gopyCount(prep);\n${at}`);
}

/** Runs a program in a process of its own and counts. */
export async function countStart(args: string[], byCode = false): Promise<StartCounts> {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(`${folder}/run.ts`, counted());
    const imports = { [String(LOOP)]: `file://${folder}/run.ts` };
    Deno.writeTextFileSync(`${folder}/map.json`, JSON.stringify({ imports }));
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--no-config", `--import-map=${folder}/map.json`]
        .concat(String(new URL("start_counted.ts", import.meta.url)), `${folder}/out.json`, byCode ? "code" : "file")
        .concat(args),
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      env: { NO_COLOR: "1" },
    });
    const out = await child.output();
    if (!out.success) throw new Error(new TextDecoder().decode(out.stderr));
    return JSON.parse(Deno.readTextFileSync(`${folder}/out.json`));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const args = Deno.args.filter((a) => !a.startsWith("--by"));
  const counts = await countStart(
    args.length > 0 ? args : [new URL("examples/hello.py", ROOT).pathname],
    Deno.args.includes("--by-code"),
  );
  const by = Object.entries(counts.by).sort((a, b) => b[1] - a[1]).slice(0, 60);
  console.log(JSON.stringify({ ...counts, by: undefined, modules: counts.modules.length }, undefined, 2));
  for (const [name, n] of by) console.log(String(n).padStart(8), name);
}
