// The test runner: `deno task test [--static] [filters]`.
//
// First what needs no running (types, lint, format, publishing), then
// `deno test` over tests/. The last line is `N passed, N failed`.

const ROOT = new URL("../", import.meta.url).pathname;
let passed = 0, failed = 0;

async function step(name: string, args: string[]): Promise<void> {
  const start = performance.now();
  const done = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name} ... ${done.success ? "ok" : "FAILED"} (${seconds} s)`);
  if (done.success) passed++;
  else {
    failed++;
    const text = new TextDecoder();
    console.log(
      (text.decode(done.stdout) + text.decode(done.stderr)).replace(
        /^/gm,
        "    ",
      ),
    );
  }
}

// Runs `deno test`, passes its output on and counts by its last line.
async function tests(filters: string[]): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      "-A",
      "--no-check",
      ...(filters.length > 0 ? filters : ["tests/"]),
    ],
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  let tail = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    Deno.stdout.writeSync(chunk);
    tail = (tail + decoder.decode(chunk, { stream: true })).slice(-4000);
  }
  const { success } = await child.status;
  const counts = /(\d+) passed.*?\| (\d+) failed/g;
  const last = [...tail.matchAll(counts)].at(-1);
  passed += Number(last?.[1] ?? 0);
  const bad = Number(last?.[2] ?? 0);
  failed += success ? bad : Math.max(1, bad);
}

const filters = Deno.args.filter((a) => !a.startsWith("--"));
if (filters.length === 0) {
  await step("deno check", ["check"]);
  await step("deno lint", ["lint"]);
  await step("deno fmt --check", ["fmt", "--check"]);
  await step("deno doc --lint", ["doc", "--lint", "mod.ts"]);
  await step("deno publish --dry-run", [
    "publish",
    "--dry-run",
    "--allow-dirty",
  ]);
}
if (!Deno.args.includes("--static")) {
  // the standard library is prepared first, so that no test sees its progress
  await step("the standard library", ["run", "-A", "cli.ts", "-c", "pass"]);
  await tests(filters);
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) Deno.exitCode = 1;
