// Wrong programs on gopy's compiler and the reference's: `deno task mutants [options] [files]`.
//
//   --seed N (1)   --count N (20000)   --files N (300)   --verbose N (20): how many differences to show
//
// Programs are made by mutants_record.py out of the reference's Lib. What is compared is the first
// error with its places and text, and the warnings; of those that compile the code object; of the
// others the tokens.

import { parseArgs } from "@std/cli/parse-args";
import { linesOf, pythonFiles, sample } from "./parity.ts";
import { type Answer, type Job, quoted, Subject } from "./parity_dump.ts";
import { findReference, type Reference } from "./reference.ts";

const RECORDER = new URL("./mutants_record.py", import.meta.url).pathname;

type Row = [
  source: string,
  kind: string,
  job: Partial<Job>,
  error: unknown[] | null,
  warnings: unknown[][],
  code: string,
  tokens: [unknown, string][],
];

/** In which way two errors differ. */
function classOf(want: unknown[] | null, got: unknown[] | null): string {
  if (want === null || got === null) {
    return want === null ? `unwanted ${got![0]}: ${got![1]}` : `missing ${want[0]}: ${want[1]}`;
  }
  if (want[0] !== got[0] || want[1] !== got[1]) return `want ${want[0]}: ${want[1]}, got ${got[0]}: ${got[1]}`;
  const names = ["type", "message", "filename", "lineno", "offset", "text", "end_lineno", "end_offset"];
  return `${names.filter((_, i) => quoted(want[i]) !== quoted(got[i])).join("+")} of: ${want[1]}`;
}

/** What came of many wrong programs; the differences by class. */
export interface Outcome {
  count: number;
  wrong: number;
  warned: number;
  classes: Map<string, { n: number; example: string }>;
}

/** Makes wrong programs out of files and compares what both sides say of them. */
export async function mutants(reference: Reference, files: string[], seed: number, most: number): Promise<Outcome> {
  const child = new Deno.Command(reference.python, {
    args: [RECORDER, `${seed}`, `${most}`, ...files],
    stdout: "piped",
    stdin: "null",
    env: { PYTHONHASHSEED: "0" },
  }).spawn();
  const subject = await Subject.make();
  let count = 0, wrong = 0, warned = 0;
  const classes = new Map<string, { n: number; example: string }>();
  for await (const line of linesOf(child.stdout)) {
    const [source, kind, job, error, warnings, code, tokens] = JSON.parse(line) as Row;
    count++;
    if (error !== null) wrong++;
    if (warnings.length > 0) warned++;
    const bytes = new TextEncoder().encode(source);
    const ask = (j: Job): Answer => {
      try {
        return subject.answer(j, bytes);
      } catch (e) {
        return { error: ["JavaScript", `${e instanceof Error ? e.stack : e}`], warnings: [], hash: "" };
      }
    };
    const got = ask({ f: "<mutant>", ...job, k: "compile" });
    const read = tokens.map((_, i) => ask({ k: i === 0 ? "tokens" : "ctokens", plain: true }));
    const sameError = quoted(got.error) === quoted(error);
    const sameWarnings = quoted(got.warnings) === quoted(warnings);
    const bad = read.findIndex((r, i) => quoted([r.error, r.hash]) !== quoted(tokens[i]));
    if (sameError && sameWarnings && got.hash === code && bad < 0) continue;
    const [name, want, have]: [string, unknown, unknown] = !sameError
      ? [classOf(error, got.error), error, got.error]
      : !sameWarnings
      ? [
        `warnings ${quoted(warnings.map((w) => w[1]))} ${quoted(got.warnings.map((w) => w[1]))}`,
        warnings,
        got.warnings,
      ]
      : bad < 0
      ? ["another code object", code, got.hash ?? ""]
      : [`tokens (${bad})`, tokens[bad], [read[bad].error, read[bad].hash]];
    const known = classes.get(name);
    if (known !== undefined) known.n++;
    else {
      const lineno = Number(error?.[3] ?? got.error?.[3] ?? warnings[0]?.[3] ?? 1);
      const near = source.split("\n").slice(Math.max(0, lineno - 3), lineno + 2).join("\n");
      const both = `want ${quoted(want)}\n    got  ${quoted(have)}`;
      classes.set(name, {
        n: 1,
        example: `  ${kind} ${quoted(Object.entries(job))}\n    ${both}\n${near.replace(/^/gm, "    | ")}`,
      });
    }
  }
  const { success } = await child.status;
  if (!success) throw new Error("the recorder failed");
  return { count, wrong, warned, classes };
}

async function main(): Promise<void> {
  const args = parseArgs(Deno.args, { string: ["seed", "count", "files", "verbose"] });
  const reference = await findReference();
  if (typeof reference === "string") {
    console.log(`not run: no reference (${reference})`);
    return;
  }
  const named = args._.map(String);
  const files = sample(
    (named.length > 0 ? named : [reference.lib]).flatMap((p) => [...pythonFiles(p)]),
    Number(args.files ?? 300),
  );
  const verbose = Number(args.verbose ?? 20), start = performance.now();
  const { count, wrong, warned, classes } = await mutants(
    reference,
    files,
    Number(args.seed ?? 1),
    Number(args.count ?? 20000),
  );
  const sorted = [...classes].sort((a, b) => b[1].n - a[1].n);
  for (const [name, { n, example }] of sorted.slice(0, verbose)) console.log(`${n} x ${name}\n${example}`);
  const different = sorted.reduce((sum, [, { n }]) => sum + n, 0);
  console.log(
    `${count} programs (${wrong} wrong, ${warned} with warnings) from ${files.length} files: ` +
      `${count - different} identical (${((count - different) / count * 100).toFixed(2)} %), ` +
      `${different} different in ${sorted.length} classes; ${((performance.now() - start) / 1000).toFixed(0)} s`,
  );
  if (different > count / 100) Deno.exitCode = 1;
}

if (import.meta.main) await main();
