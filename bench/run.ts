// Measures gopy against native CPython: `deno task bench [names] [--runs N]`.
//
// Each program runs as a process of its own on both, in turn, so that what else the machine does
// falls on both; the figures are whole process times, medians over the runs, and the ratio is the
// median of the ratios of runs that followed one another. "Without the start" takes the time of a
// program of nothing off. "CPU" is the ratio of processor times (user and system, of all threads,
// so V8's compiler and collector count), also without the start: on a machine that does other things
// it is the figure to go by. Outputs are compared first: a program whose output differs has no figure.
// Writes bench/RESULTS.md and bench/results.svg when all programs were run.

import { parseArgs } from "@std/cli/parse-args";
import { execute, gopyCommand, type Outcome } from "../tests/tools/programs.ts";
import { findReference } from "../tests/tools/reference.ts";

const HERE = new URL("./", import.meta.url).pathname;

interface Row {
  name: string;
  native?: number;
  gopy?: number;
  /** gopy's time by CPython's: of whole processes, and without the start. */
  ratio?: number;
  net?: number;
  /** The same of processor times, without the start. */
  cpu?: number;
  nativeCpu?: number;
  gopyCpu?: number;
  note: string;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const mid = sorted.length >> 1;
  return sorted.length % 2 ? sorted[mid] : (sorted[mid - 1] + sorted[mid]) / 2;
}

/** A run, and the processor time it took as the shell tells it (the last line on stderr). */
async function run(command: string[]): Promise<Outcome & { cpu: number }> {
  const shell = ["sh", "-c", '"$@"; code=$?; times >&2; exit $code', "sh", ...command];
  const done = await execute(shell, { timeout: 300 });
  const lines = done.stderr.trimEnd().split("\n");
  const cpu = [...(lines.pop() ?? "").matchAll(/(\d+)m([\d.]+)s/g)]
    .reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
  lines.pop(); // the shell's own
  return { ...done, stderr: lines.join("\n"), cpu };
}

function same(a: Outcome, b: Outcome): boolean {
  return a.code === b.code && a.stdout.length === b.stdout.length &&
    a.stdout.every((x, i) => x === b.stdout[i]);
}

/** Measures one program; `base`: the times of a program of nothing. */
async function row(
  name: string,
  file: string,
  python: string,
  runs: number,
  base?: Row,
): Promise<Row> {
  const a = await run([python, file]);
  if (a.code !== 0) return { name, note: "fails on CPython" };
  const first = await run(gopyCommand(file));
  if (first.timedOut) return { name, native: a.seconds, note: "over 300 s" };
  if (!same(a, first)) {
    const why = first.stderr.trim().split("\n").at(-1)?.slice(0, 60) ?? "";
    return { name, native: a.seconds, note: first.code === 0 ? "output differs" : `fails: ${why}` };
  }
  const native: number[] = [], gopy: number[] = [], nativeCpu: number[] = [], gopyCpu: number[] = [];
  for (let i = 0; i < runs; i++) {
    const n = await run([python, file]), g = await run(gopyCommand(file));
    native.push(n.seconds);
    gopy.push(g.seconds);
    nativeCpu.push(n.cpu);
    gopyCpu.push(g.cpu);
  }
  const ratios = (ours: number[], theirs: number[], start = 0, theirStart = 0) =>
    median(ours.map((x, i) => Math.max(0.001, x - start) / Math.max(0.001, theirs[i] - theirStart)));
  return {
    name,
    native: median(native),
    gopy: median(gopy),
    ratio: ratios(gopy, native),
    net: ratios(gopy, native, base?.gopy, base?.native),
    nativeCpu: median(nativeCpu),
    gopyCpu: median(gopyCpu),
    cpu: ratios(gopyCpu, nativeCpu, base?.gopyCpu, base?.nativeCpu),
    note: "",
  };
}

// The first run of all: nothing prepared, an empty Deno cache.
async function firstEver(): Promise<number | undefined> {
  const cache = Deno.makeTempDirSync();
  try {
    const done = await execute(gopyCommand(`${HERE}start/hello.py`), {
      env: { DENO_DIR: cache },
      timeout: 300,
    });
    return done.code === 0 ? done.seconds : undefined;
  } finally {
    Deno.removeSync(cache, { recursive: true });
  }
}

const ms = (s: number | undefined) => s === undefined ? "–" : (s * 1000).toFixed(0);

const times = (x: number) => `${x.toFixed(2)}x`;

function table(rows: Row[]): string {
  const out = [
    "| program | CPython ms | gopy ms | gopy / CPython | without the start | CPU |",
    "|---|---:|---:|---:|---:|---:|",
  ];
  for (const r of rows) {
    out.push(
      `| ${r.name} | ${ms(r.native)} | ${ms(r.gopy)} | ${r.ratio === undefined ? r.note : times(r.ratio)} | ${
        r.net === undefined ? "" : times(r.net)
      } | ${r.cpu === undefined ? "" : times(r.cpu)} |`,
    );
  }
  return out.join("\n");
}

function geometric(values: number[]): number {
  return Math.exp(values.reduce((a, b) => a + Math.log(b), 0) / values.length);
}

function chart(rows: Row[]): string {
  const done = rows.filter((r) => r.cpu !== undefined);
  const width = 720, line = 20, left = 120, right = 60;
  const most = Math.max(4, ...done.map((r) => r.cpu!));
  const scale = (width - left - right) / most;
  const height = 40 + done.length * line;
  const bars = done.map((r, i) => {
    const y = 30 + i * line, long = r.cpu! * scale;
    const fill = r.cpu! <= 1 ? "#2b8a3e" : r.cpu! <= 3 ? "#1971c2" : "#e8590c";
    return `<text x="${left - 6}" y="${y + 13}" text-anchor="end">${r.name}</text>` +
      `<rect x="${left}" y="${y + 2}" width="${long.toFixed(1)}" height="14" fill="${fill}"/>` +
      `<text x="${(left + long + 4).toFixed(1)}" y="${y + 13}">${times(r.cpu!)}</text>`;
  });
  const mark = (n: number): string => {
    const x = (left + n * scale).toFixed(1);
    return `<line x1="${x}" y1="26" x2="${x}" y2="${height - 8}" stroke="#495057" stroke-dasharray="4 3"/>`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">` +
    `<rect width="100%" height="100%" fill="white"/>` +
    `<text x="${left}" y="18">Processor time by CPython 3.14's, without the start (lines at 1 and 3; shorter is faster)</text>` +
    bars.join("") + mark(1) + mark(3) + "</svg>\n";
}

const load = Deno.loadavg()[0].toFixed(1);
const args = parseArgs(Deno.args, { default: { runs: 5 } });
const runs = Number(args.runs);
const reference = await findReference();
if (typeof reference === "string") {
  console.error(`bench: no reference: ${reference}`);
  Deno.exit(1);
}
const all = [...Deno.readDirSync(`${HERE}programs`)].map((e) => e.name)
  .filter((n) => n.endsWith(".py")).map((n) => n.slice(0, -3)).sort();
const names = args._.length > 0 ? args._.map(String) : all;

const empty = Deno.makeTempFileSync({ suffix: ".py" });
Deno.writeTextFileSync(empty, "");
const base = await row("nothing", empty, reference.python, runs);
Deno.removeSync(empty);

const rows: Row[] = [];
for (const name of names) {
  const r = await row(
    name,
    `${HERE}programs/${name}.py`,
    reference.python,
    runs,
    base,
  );
  rows.push(r);
  console.log(
    `${name.padEnd(16)} ${ms(r.native).padStart(7)} ${ms(r.gopy).padStart(7)}  ${
      r.ratio === undefined ? r.note : `${times(r.ratio)} ${times(r.net!)} ${times(r.cpu!)}`
    }`,
  );
}
if (args._.length === 0) {
  const start: Row[] = [];
  for (const name of ["hello", "modules"]) {
    start.push(
      await row(name, `${HERE}start/${name}.py`, reference.python, runs),
    );
  }
  const first = await firstEver();
  const done = rows.filter((r) => r.ratio !== undefined);
  const mean = done.length === 0 ? "–" : times(geometric(done.map((r) => r.ratio!)));
  const net = done.length === 0 ? "–" : times(geometric(done.map((r) => r.net!)));
  const cpu = done.length === 0 ? "–" : times(geometric(done.map((r) => r.cpu!)));
  const text = `# Benchmarks

CPython ${reference.version} against gopy on Deno ${Deno.version.deno} (V8 ${Deno.version.v8}),
${navigator.hardwareConcurrency} processors, medians of ${runs} runs, whole process times.
"Without the start" takes off the time of an empty program (CPython ${ms(base.native)} ms, gopy ${ms(base.gopy)} ms).
"CPU" is the ratio of processor times, without the start: it depends less on what else the machine does
(load ${load} when this began).

${table(rows)}

Geometric mean over the ${done.length} of ${rows.length} programs that ran: ${mean}; without the start ${net}; CPU ${cpu}

![Time by CPython's](results.svg)

## Start

| program | CPython ms | gopy ms |
|---|---:|---:|
${start.map((r) => `| ${r.name} | ${ms(r.native)} | ${r.gopy === undefined ? r.note : ms(r.gopy)} |`).join("\n")}
| hello, first run with an empty Deno cache | | ${ms(first)} |
`;
  Deno.writeTextFileSync(`${HERE}RESULTS.md`, text);
  Deno.writeTextFileSync(`${HERE}results.svg`, chart(rows));
  console.log(`geometric mean ${mean}, without the start ${net}, CPU ${cpu}; written to bench/RESULTS.md`);
}
