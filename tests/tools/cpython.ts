// CPython's own tests on gopy: `deno task cpython [--list] [-v] test_int ...`.
//
// Each module of the reference's Lib/test runs under `cpython_runner.py`, once
// natively (kept in the cache folder) and once on gopy with the reference's Lib.
// What passes natively is what counts. Tests of the C API, and such that start
// a child interpreter or a thread, are counted apart.

import { join } from "@std/path";
import { gopyCommand } from "./programs.ts";
import { cacheFolder, findReference, type Reference } from "./reference.ts";

const RUNNER = new URL("./cpython_runner.py", import.meta.url).pathname;

/** The result of one test method. */
export interface TestOutcome {
  result: "ok" | "fail" | "error" | "skip" | "crash" | "timeout";
  reason: string;
  /** `capi`, `child`, `thread` or nothing; known from the native run. */
  kind: string;
}

/** Results by the test's id. */
export type ModuleOutcome = Map<string, TestOutcome>;

interface Line {
  id: string;
  start?: boolean;
  kind?: string;
  result?: TestOutcome["result"];
  reason?: string;
  done?: boolean;
}

/** How long a module may take, and a single test without news, in seconds. */
export interface Limits {
  module: number;
  test: number;
}

async function runModule(
  command: string[],
  module: string,
  env: Record<string, string>,
  limits: Limits,
  late: string[] = [],
): Promise<ModuleOutcome> {
  const folder = Deno.makeTempDirSync();
  const [out, skip, last] = ["results", "skip", "late"].map((name) => join(folder, name));
  Deno.writeTextFileSync(last, late.join("\n"));
  const results: ModuleOutcome = new Map();
  const deadline = performance.now() + limits.module * 1000;
  try {
    for (let round = 0; round < 40; round++) {
      Deno.writeTextFileSync(out, "");
      Deno.writeTextFileSync(skip, [...results.keys()].join("\n"));
      const abort = new AbortController();
      const child = new Deno.Command(command[0], {
        args: [...command.slice(1), RUNNER, module, out, skip, last],
        cwd: folder,
        env: {
          PYTHONDONTWRITEBYTECODE: "1",
          NO_COLOR: "1",
          LC_ALL: "C.UTF-8",
          ...env,
        },
        stdin: "null",
        stdout: "null",
        stderr: "piped",
        signal: abort.signal,
      }).spawn();
      const errors = new Response(child.stderr).text().catch(() => "");
      let size = -1, news = performance.now(), stopped = "";
      const watch = setInterval(() => {
        const now = performance.now(), n = Deno.statSync(out).size;
        if (n !== size) [size, news] = [n, now];
        if (now > deadline || now - news > limits.test * 1000) {
          stopped = "timeout";
          abort.abort();
        }
      }, 200);
      await child.status;
      clearInterval(watch);
      let open: Line | undefined, done = false;
      const kinds = new Map<string, string>();
      for (const text of Deno.readTextFileSync(out).split("\n")) {
        if (text === "") continue;
        const line = JSON.parse(text) as Line;
        if (line.done) done = true;
        else if (line.start) {
          open = line;
          kinds.set(line.id, line.kind ?? "");
        } else {
          open = undefined;
          results.set(line.id, {
            result: line.result!,
            reason: line.reason ?? "",
            kind: kinds.get(line.id) ?? "",
          });
        }
      }
      if (done) break;
      const said = (await errors).trim().split("\n").at(-1) ?? "";
      const result = stopped === "timeout" ? "timeout" : "crash";
      results.set(open?.id ?? "(module)", {
        result,
        reason: said.slice(0, 300),
        kind: "",
      });
      if (open === undefined || performance.now() > deadline) break;
    }
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
  return results;
}

const LIMITS: Limits = { module: 600, test: 120 };

/** How tests are sorted into kinds: another number has them run and sorted anew. */
const KINDS = 2;

/** The native results of a module, kept from the last time. */
export async function native(
  reference: Reference,
  module: string,
): Promise<ModuleOutcome> {
  const folder = join(cacheFolder(), "results", `${reference.version}-${KINDS}`);
  const file = join(folder, `${module}.json`);
  try {
    return new Map(Object.entries(JSON.parse(Deno.readTextFileSync(file))));
  } catch {
    // Not run yet.
  }
  const results = await runModule([reference.python], module, { RUNNER_KINDS: "1" }, LIMITS);
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(file, JSON.stringify(Object.fromEntries(results)));
  return results;
}

/** The results of a module on gopy, with the reference's Lib; what starts children natively runs last. */
export function onGopy(
  reference: Reference,
  module: string,
  want: ModuleOutcome = new Map(),
  limits: Limits = LIMITS,
): Promise<ModuleOutcome> {
  const late = [...want].filter(([, t]) => t.kind === "child").map(([id]) => id);
  // .../usr/lib/python3.14 belongs to the home .../usr
  const home = join(reference.lib, "..", "..");
  return runModule(gopyCommand(), module, { PYTHONHOME: home }, limits, late);
}

/** What of a module passes natively and what becomes of it on gopy. */
export interface Comparison {
  module: string;
  /** Counts by kind (`""` is the language itself): passing natively, passing on gopy. */
  counts: Record<string, [number, number]>;
  failures: [string, TestOutcome][];
}

/** Compares the two runs of a module. */
export function compare(
  module: string,
  want: ModuleOutcome,
  got: ModuleOutcome,
): Comparison {
  const counts: Comparison["counts"] = {};
  const failures: [string, TestOutcome][] = [];
  const whole = got.get("(module)");
  for (const [id, { result, kind }] of want) {
    if (result !== "ok") continue;
    const count = counts[kind] ??= [0, 0];
    count[0]++;
    const outcome = got.get(id) ?? whole ??
      { result: "error", reason: "not run", kind };
    if (outcome.result === "ok") count[1]++;
    else failures.push([id, { ...outcome, kind }]);
  }
  return { module, counts, failures };
}

if (import.meta.main) {
  const reference = await findReference();
  if (typeof reference === "string" || !reference.hasTests) {
    console.error(
      `cpython: not run: ${typeof reference === "string" ? reference : "no Lib/test"}`,
    );
    Deno.exit(1);
  }
  const verbose = Deno.args.includes("-v"), json = Deno.args.includes("--json");
  let names = Deno.args.filter((a) => !a.startsWith("-"));
  if (names.length === 0 || Deno.args.includes("--list")) {
    names = [...Deno.readDirSync(join(reference.lib, "test"))]
      .map((e) => e.isDirectory ? e.name : e.name.replace(/\.py$/, ""))
      .filter((n) => /^test_\w+$/.test(n)).sort();
    console.log(names.join("\n"));
    Deno.exit(0);
  }
  const all: Comparison[] = [];
  for (const module of names) {
    const want = await native(reference, module);
    if (Deno.args.includes("--native")) {
      const ok = [...want.values()].filter((t) => t.result === "ok").length;
      console.log(`${module}: native ${ok} of ${want.size} pass`);
      continue;
    }
    const result = compare(module, want, await onGopy(reference, module, want));
    all.push(result);
    const total = result.counts[""] ?? [0, 0];
    const apart = Object.entries(result.counts).filter(([k]) => k !== "")
      .map(([k, [n, ok]]) => `, ${k} ${ok}/${n}`).join("");
    console.log(`${module}: ${total[1]}/${total[0]} pass${apart}`);
    if (verbose) {
      for (const [id, f] of result.failures) {
        console.log(
          `    ${f.result} ${id.replace(/^test\.\w+\./, "")}: ${f.reason}`,
        );
      }
    }
  }
  if (json) console.log(JSON.stringify(all, null, 1));
  if (all.length > 1) {
    const sum = all.map((c) => c.counts[""] ?? [0, 0]);
    const ok = sum.reduce((a, c) => a + c[1], 0),
      n = sum.reduce((a, c) => a + c[0], 0);
    console.log(
      `${all.length} modules: ${ok}/${n} pass (${(100 * ok / Math.max(1, n)).toFixed(1)}%)`,
    );
  }
}
