// Measures gopy against native CPython: `deno task bench [names] [--runs N]`.
//
// Each program runs as a process of its own on both; the figures are whole
// process times, medians over the runs, and the same with the start (a program
// of nothing) taken off. Outputs are compared first: a program whose output
// differs has no figure. Writes bench/RESULTS.md and bench/results.svg when all
// programs were run.

import { parseArgs } from "@std/cli/parse-args";
import { execute, gopyCommand, type Outcome } from "../tests/tools/programs.ts";
import { findReference } from "../tests/tools/reference.ts";

const HERE = new URL("./", import.meta.url).pathname;

interface Row {
  name: string;
  native?: number;
  gopy?: number;
  note: string;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const mid = sorted.length >> 1;
  return sorted.length % 2 ? sorted[mid] : (sorted[mid - 1] + sorted[mid]) / 2;
}

async function timed(
  command: string[],
  runs: number,
): Promise<[number, Outcome]> {
  const seconds: number[] = [];
  let last: Outcome | undefined;
  for (let i = 0; i < runs; i++) {
    last = await execute(command, { timeout: 300 });
    seconds.push(last.seconds);
    if (last.code !== 0) break;
  }
  return [median(seconds), last!];
}

function same(a: Outcome, b: Outcome): boolean {
  return a.code === b.code && a.stdout.length === b.stdout.length &&
    a.stdout.every((x, i) => x === b.stdout[i]);
}

async function row(
  name: string,
  file: string,
  python: string,
  runs: number,
): Promise<Row> {
  const [native, a] = await timed([python, file], runs);
  if (a.code !== 0) return { name, note: "fails on CPython" };
  const first = await execute(gopyCommand(file), { timeout: 300 });
  if (first.timedOut) return { name, native, note: "over 300 s" };
  if (!same(a, first)) {
    const why = first.stderr.trim().split("\n").at(-1)?.slice(0, 60) ?? "";
    return {
      name,
      native,
      note: first.code === 0 ? "output differs" : `fails: ${why}`,
    };
  }
  const [gopy] = await timed(gopyCommand(file), runs);
  return { name, native, gopy, note: "" };
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

function table(rows: Row[], base: [number, number]): string {
  const out = [
    "| program | CPython ms | gopy ms | times as fast | without the start |",
    "|---|---:|---:|---:|---:|",
  ];
  for (const r of rows) {
    const speed = r.gopy === undefined ? r.note : `${(r.native! / r.gopy).toFixed(2)}x`;
    const net = r.gopy === undefined
      ? ""
      : `${((r.native! - base[0]) / Math.max(0.001, r.gopy - base[1])).toFixed(2)}x`;
    out.push(
      `| ${r.name} | ${ms(r.native)} | ${ms(r.gopy)} | ${speed} | ${net} |`,
    );
  }
  return out.join("\n");
}

function geometric(values: number[]): number {
  return Math.exp(values.reduce((a, b) => a + Math.log(b), 0) / values.length);
}

function chart(rows: Row[]): string {
  const done = rows.filter((r) => r.gopy !== undefined);
  const width = 720, line = 20, left = 120, right = 60;
  const most = Math.max(2, ...done.map((r) => r.native! / r.gopy!));
  const scale = (width - left - right) / most;
  const bars = done.map((r, i) => {
    const speed = r.native! / r.gopy!, y = 30 + i * line;
    const fill = speed >= 1 ? "#2b8a3e" : "#c92a2a";
    return `<text x="${left - 6}" y="${y + 13}" text-anchor="end">${r.name}</text>` +
      `<rect x="${left}" y="${y + 2}" width="${(speed * scale).toFixed(1)}" height="14" fill="${fill}"/>` +
      `<text x="${(left + speed * scale + 4).toFixed(1)}" y="${y + 13}">${speed.toFixed(2)}x</text>`;
  });
  const height = 40 + done.length * line;
  const one = (left + scale).toFixed(1);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">` +
    `<rect width="100%" height="100%" fill="white"/><text x="${left}" y="18">Speed against CPython 3.14 (whole process; 1 is equal)</text>` +
    bars.join("") +
    `<line x1="${one}" y1="26" x2="${one}" y2="${height - 8}" stroke="#495057" stroke-dasharray="4 3"/></svg>\n`;
}

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
const base: [number, number] = [
  (await timed([reference.python, empty], runs))[0],
  (await timed(gopyCommand(empty), runs + 1))[0],
];
Deno.removeSync(empty);

const rows: Row[] = [];
for (const name of names) {
  const r = await row(
    name,
    `${HERE}programs/${name}.py`,
    reference.python,
    runs,
  );
  rows.push(r);
  console.log(
    `${name.padEnd(16)} ${ms(r.native).padStart(7)} ${ms(r.gopy).padStart(7)}  ${
      r.gopy === undefined ? r.note : (r.native! / r.gopy).toFixed(2) + "x"
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
  const speeds = rows.filter((r) => r.gopy !== undefined).map((r) => r.native! / r.gopy!);
  const mean = speeds.length > 0 ? `${geometric(speeds).toFixed(2)}x` : "–";
  const text = `# Benchmarks

CPython ${reference.version} against gopy on Deno ${Deno.version.deno} (V8 ${Deno.version.v8}),
${navigator.hardwareConcurrency} processors, medians of ${runs} runs, whole process times.
"Without the start" takes off the time of an empty program (CPython ${ms(base[0])} ms, gopy ${ms(base[1])} ms).

${table(rows, base)}

Geometric mean over the ${speeds.length} of ${rows.length} programs that ran: ${mean}

![Speed against CPython](results.svg)

## Start

| program | CPython ms | gopy ms |
|---|---:|---:|
${start.map((r) => `| ${r.name} | ${ms(r.native)} | ${r.gopy === undefined ? r.note : ms(r.gopy)} |`).join("\n")}
| hello, first run with an empty Deno cache | | ${ms(first)} |
`;
  Deno.writeTextFileSync(`${HERE}RESULTS.md`, text);
  Deno.writeTextFileSync(`${HERE}results.svg`, chart(rows));
  console.log(`geometric mean ${mean}; written to bench/RESULTS.md`);
}
