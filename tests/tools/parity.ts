// The compiler against the reference over whole libraries: `deno task parity [options] [files or folders]`.
//
//   --optimize 0|1|2   (may be given again; 0)     --sample N    every file whose turn comes, N in all
//   --trees            trees instead of code       --tokens      what the tokenizer tells
//   --future           with annotations postponed  --await       with PyCF_ALLOW_TOP_LEVEL_AWAIT
//   --type-comments    trees with type comments    --feature N   trees of an older grammar
//   --pieces           expressions, statements and signatures out of the files, in their modes
//   --python           ast.dump, ast.unparse and tokenize, run as Python on both sides (slow)
//   --record FILE      writes the reference's hashes of a sample for the test suite
//
// Without files it takes every .py below the reference's Lib. The reference runs beside gopy and its
// answers are kept in the cache folder, by the hash of source and recorder.

import { createHash } from "node:crypto";
import { join } from "@std/path";
import { parseArgs } from "@std/cli/parse-args";
import { OPINFO } from "../../core/code/opcodes.ts";
import { type Answer, type Job, quoted, Subject } from "./parity_dump.ts";
import { gopyCommand } from "./programs.ts";
import { cacheFolder, findReference, type Reference } from "./reference.ts";

const RECORDER = new URL("./parity_record.py", import.meta.url).pathname;

/** A recorder process that answers jobs in the order they were given. */
export class Recorder {
  private readonly child: Deno.ChildProcess;
  private readonly writer: WritableStreamDefaultWriter<Uint8Array>;
  private readonly lines: AsyncIterator<string>;

  constructor(command: string[], env: Record<string, string> = {}) {
    this.child = new Deno.Command(command[0], {
      args: [...command.slice(1), RECORDER],
      stdin: "piped",
      stdout: "piped",
      env: { PYTHONHASHSEED: "0", ...env },
    }).spawn();
    this.writer = this.child.stdin.getWriter();
    this.lines = linesOf(this.child.stdout)[Symbol.asyncIterator]();
  }

  send(job: Job): Promise<void> {
    return this.writer.write(new TextEncoder().encode(JSON.stringify(job) + "\n"));
  }

  async next(): Promise<Answer> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error("the recorder ended early");
    return JSON.parse(value);
  }

  async ask(job: Job): Promise<Answer> {
    const [answer] = await Promise.all([this.next(), this.send(job)]);
    return answer;
  }

  async close(): Promise<void> {
    await this.writer.close();
    await this.child.status;
  }
}

/** The lines of a stream. */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  for await (const chunk of stream) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    rest.push(parts[0]);
    if (parts.length === 1) continue;
    yield rest.join("");
    for (let i = 1; i < parts.length - 1; i++) yield parts[i];
    rest = [parts[parts.length - 1]];
  }
}

/** All .py files below a path. */
export function* pythonFiles(path: string): Generator<string> {
  if (Deno.statSync(path).isFile) {
    yield path;
    return;
  }
  const entries = [...Deno.readDirSync(path)].sort((a, b) => a.name < b.name ? -1 : 1);
  for (const e of entries) {
    if (e.isDirectory) yield* pythonFiles(join(path, e.name));
    else if (e.isFile && e.name.endsWith(".py")) yield join(path, e.name);
  }
}

/** `n` of the items, evenly spread. */
export function sample<T>(items: T[], n: number): T[] {
  if (n <= 0 || n >= items.length) return items;
  return Array.from({ length: n }, (_, i) => items[Math.floor(i * items.length / n)]);
}

function sha(data: string | Uint8Array): string {
  return createHash("sha1").update(data).digest("hex").slice(0, 20);
}

/** The reference's answers, kept between runs. */
class Kept {
  private readonly answers = new Map<string, Answer>();
  private readonly path: string;
  private fresh: string[] = [];

  constructor(reference: Reference) {
    const folder = join(cacheFolder(), "parity");
    Deno.mkdirSync(folder, { recursive: true });
    this.path = join(folder, `${reference.version}-${sha(Deno.readFileSync(RECORDER))}.jsonl`);
    let text = "";
    try {
      text = Deno.readTextFileSync(this.path);
    } catch (e) {
      if (!(e instanceof Deno.errors.NotFound)) throw e;
    }
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const [key, answer] = JSON.parse(line);
      this.answers.set(key, answer);
    }
  }

  get(key: string): Answer | undefined {
    return this.answers.get(key);
  }

  set(key: string, answer: Answer): void {
    this.answers.set(key, answer);
    this.fresh.push(JSON.stringify([key, answer]) + "\n");
    if (this.fresh.length > 200) this.flush();
  }

  flush(): void {
    Deno.writeTextFileSync(this.path, this.fresh.join(""), { append: true });
    this.fresh = [];
  }
}

/** Are two answers the same? */
export function same(a: Answer, b: Answer): boolean {
  return a.hash === b.hash && quoted(a.error) === quoted(b.error) && quoted(a.warnings) === quoted(b.warnings);
}

function instructions(line: string): string[] {
  const code = line.slice(6), out: string[] = [];
  for (let i = 0; i < code.length; i += 4) {
    const op = parseInt(code.slice(i, i + 2), 16);
    out.push(`${i / 2} ${OPINFO[op]?.name ?? op} ${parseInt(code.slice(i + 2, i + 4), 16)}`);
  }
  return out;
}

/** Where two texts differ first, in words. */
export function firstDifference(want: string, got: string): string {
  const a = want.split("\n"), b = got.split("\n");
  let heading = "";
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i]?.startsWith("code ")) heading = a[i].split(" line ")[0];
    if (a[i] === b[i]) continue;
    let [x, y] = [a[i] ?? "(end)", b[i] ?? "(end)"];
    if (x.startsWith("bytes ") && y.startsWith("bytes ")) {
      const p = instructions(x), q = instructions(y);
      const at = p.findIndex((s, k) => s !== q[k]);
      [x, y] = [p.slice(at, at + 4).join("; "), q.slice(at, at + 4).join("; ")];
    } else {
      let at = 0;
      while (at < x.length && x[at] === y[at]) at++;
      at = Math.max(0, at - 60);
      [x, y] = [x.slice(at, at + 160), y.slice(at, at + 160)];
    }
    return `${heading} line ${i}\n      want ${x}\n      got  ${y}`;
  }
  return "(only the hashes differ)";
}

interface Work {
  job: Job;
  name: string;
  source: Uint8Array;
}

/** Runs jobs on both sides and tells of what differs. */
async function compare(reference: Reference, work: Work[], python: boolean, verbose: number): Promise<number> {
  const kept = new Kept(reference);
  const recorder = new Recorder([reference.python]);
  const keys = work.map((w) => sha(quoted([w.job, sha(w.source)])));
  const missing = work.map((_, i) => i).filter((i) => kept.get(keys[i]) === undefined);
  // the recorder works ahead while gopy compiles
  const recording = (async () => {
    let sent = 0;
    for (let i = 0; i < missing.length; i++) {
      while (sent < missing.length && sent < i + 8) recorder.send(work[missing[sent++]].job);
      kept.set(keys[missing[i]], await recorder.next());
    }
    kept.flush();
  })();
  const [program, ...args] = gopyCommand();
  const guest = python ? new Recorder([program, ...args], { PYTHONHOME: join(reference.lib, "..", "..") }) : undefined;
  const subject = python ? undefined : await Subject.make();
  const answers: Answer[] = [];
  for (const w of work) {
    if (guest !== undefined) answers.push(await guest.ask(w.job));
    else {
      answers.push(subject!.answer(w.job, w.source));
      if (answers.length % 8 === 0) await new Promise((r) => setTimeout(r, 0));
    }
  }
  await recording;
  let different = 0, wrong = 0;
  for (let i = 0; i < work.length; i++) {
    const want = kept.get(keys[i])!, got = answers[i], { job, name, source } = work[i];
    if (want.error !== null) wrong++;
    if (same(want, got)) continue;
    if (different++ >= verbose) continue;
    console.log(`differs: ${name} ${quoted(job).length < 400 ? JSON.stringify({ ...job, s: undefined }) : ""}`);
    if (job.s !== undefined) console.log(`      source ${quoted(new TextDecoder().decode(source)).slice(0, 300)}`);
    if (quoted(want.error) !== quoted(got.error)) {
      console.log(`      want ${quoted(want.error)}\n      got  ${quoted(got.error)}`);
    } else if (quoted(want.warnings) !== quoted(got.warnings)) {
      console.log(`      want ${quoted(want.warnings)}\n      got  ${quoted(got.warnings)}`);
    } else {
      const full = { ...job, full: true };
      const [a, b] = [await recorder.ask(full), guest ? await guest.ask(full) : subject!.answer(full, source)];
      console.log(`    ${firstDifference(a.text!, b.text!)}`);
    }
  }
  await recorder.close();
  await guest?.close();
  console.log(
    `${work.length} compared, ${work.length - different} identical, ${different} different; ${wrong} with errors`,
  );
  return different;
}

/** Jobs for the expressions, statements and signatures that stand in files. */
async function pieces(reference: Reference, files: string[], options: Partial<Job>): Promise<Work[]> {
  const recorder = new Recorder([reference.python]), work: Work[] = [];
  for (const f of files) {
    const { text } = await recorder.ask({ k: "pieces", f, full: true, step: 7 });
    if (text === "" || text === undefined) continue;
    for (const [m, piece] of JSON.parse(text) as [Job["m"], string][]) {
      const source = new TextEncoder().encode(piece);
      const s = btoa(Array.from(source, (b) => String.fromCharCode(b)).join(""));
      work.push({ job: { ...options, k: m === "func_type" ? "tree" : "code", m, s }, name: f, source });
    }
  }
  await recorder.close();
  return work;
}

/** The reference's answers for a sample of files, as the test suite keeps them. */
export interface Recorded {
  /** By path below Lib: the hash of the source, and that of each of KINDS. */
  [file: string]: string[];
}

/** What is recorded of each file. */
export const KINDS: readonly Job[] = [
  ...[0, 1, 2].map((o): Job => ({ k: "code", o })),
  { k: "code", fl: 0x1002000 },
  { k: "tree" },
  { k: "optimized", o: 2 },
  { k: "tokens" },
  { k: "ctokens" },
];

/** The hash of a source. */
export function sourceHash(source: Uint8Array): string {
  return sha(source);
}

async function record(reference: Reference, files: string[], path: string): Promise<void> {
  const recorder = new Recorder([reference.python]), out: Recorded = {};
  for (const f of files) {
    const source = Deno.readFileSync(f);
    const s = btoa(Array.from(source, (b) => String.fromCharCode(b)).join(""));
    const hashes: string[] = [];
    for (const kind of KINDS) {
      const { error, hash } = await recorder.ask({ ...kind, s });
      if (error !== null) throw new Error(`${f} is wrong`);
      hashes.push(hash!);
    }
    out[f.slice(reference.lib.length + 1)] = [sourceHash(source), ...hashes];
  }
  await recorder.close();
  Deno.writeTextFileSync(path, JSON.stringify(out, null, 1) + "\n");
}

async function main(): Promise<void> {
  const args = parseArgs(Deno.args, {
    string: ["optimize", "sample", "feature", "record", "verbose"],
    boolean: ["trees", "tokens", "future", "await", "type-comments", "pieces", "python"],
    collect: ["optimize"],
  });
  const reference = await findReference();
  if (typeof reference === "string") {
    console.log(`not run: no reference (${reference})`);
    return;
  }
  const named = args._.map(String);
  const roots = (named.length > 0 ? named : [reference.lib]).map((p) => Deno.realPathSync(p));
  const files = sample(roots.flatMap((p) => [...pythonFiles(p)]), Number(args.sample ?? 0));
  const levels = (args.optimize as string[]).length > 0 ? (args.optimize as string[]).map(Number) : [0];
  const flags = (args.future ? 0x1000000 : 0) | (args.await ? 0x2000 : 0) | (args["type-comments"] ? 0x1000 : 0);
  if (args.record !== undefined) return await record(reference, files, args.record);
  let failed = 0;
  for (const o of levels) {
    const kinds = args.python
      ? ["dump", "unparse", "pytokens"]
      : args.tokens
      ? ["tokens", "ctokens"]
      : args.trees
      ? o === 0 ? ["tree"] : ["tree", "optimized"]
      : ["code"];
    for (const k of kinds) {
      const options = { k, o, fl: flags, ...(args.feature === undefined ? {} : { fv: Number(args.feature) }) };
      const work = args.pieces
        ? await pieces(reference, files, options)
        : files.map((f): Work => ({ job: { ...options, f }, name: f, source: Deno.readFileSync(f) }));
      const start = performance.now();
      console.log(`${args.pieces ? "pieces" : k}, optimize ${o}, flags 0x${flags.toString(16)}:`);
      failed += await compare(reference, work, args.python, Number(args.verbose ?? 20));
      console.log(`  ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
  }
  if (failed > 0) Deno.exitCode = 1;
}

if (import.meta.main) await main();
