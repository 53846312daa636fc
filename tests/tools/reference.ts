// The reference interpreter: a native CPython 3.14 with its Lib/test.
//
// It is, in this order: `PYTHON` of the environment, `python3.14` of the path,
// Debian's packages unpacked into a cache folder (nothing is installed on the
// system). Where none of these can be had, what needs it is reported as not run.

import { join } from "@std/path";

/** A native CPython 3.14. */
export interface Reference {
  /** The program to start. */
  python: string;
  /** Its Lib; `test` is in it where `hasTests`. */
  lib: string;
  hasTests: boolean;
  version: string;
}

const PACKAGES = [
  ..."python3.14 python3.14-minimal libpython3.14-stdlib libpython3.14-minimal"
    .split(" "),
  ..."libpython3.14-testsuite libc6 libbz2-1.0 libdb5.3t64 libffi8 liblzma5 libncursesw6"
    .split(" "),
  ..."libreadline8t64 libsqlite3-0 libtinfo6 libuuid1 libzstd1 libssl3t64 libexpat1"
    .split(" "),
  ..."zlib1g libgcc-s1 libstdc++6".split(" "),
];

const LAUNCHER = `#!/bin/sh
R='@ROOT@'
L=$R/usr/lib/x86_64-linux-gnu; [ -d "$L" ] || L=$R/usr/lib/aarch64-linux-gnu
LD=$(ls "$R"/usr/lib64/ld-linux-*.so.* "$L"/ld-linux-*.so.* 2>/dev/null | head -n 1)
PYTHONHOME=$R/usr exec "$LD" --library-path "$L" --argv0 "$0" "$R/usr/bin/python3.14" "$@"
`;

async function run(
  cmd: string,
  args: string[],
  cwd?: string,
): Promise<{ ok: boolean; out: string; err: string }> {
  try {
    const done = await new Deno.Command(cmd, { args, cwd, stdin: "null" })
      .output();
    const text = new TextDecoder();
    return {
      ok: done.success,
      out: text.decode(done.stdout),
      err: text.decode(done.stderr),
    };
  } catch (e) {
    return { ok: false, out: "", err: String(e) };
  }
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

async function look(python: string): Promise<Reference | undefined> {
  const { ok, out } = await run(python, [
    "-c",
    "import sys, os; print(*sys.version_info[:3], sep='.'); print(os.path.dirname(os.__file__))",
  ]);
  const [version, lib] = out.split("\n");
  if (!ok || !version.startsWith("3.14")) return undefined;
  return {
    python,
    lib,
    version,
    hasTests: exists(join(lib, "test", "test_int.py")),
  };
}

/** The folder that fetched things are kept in. */
export function cacheFolder(): string {
  return Deno.env.get("CPYTHON_HOME") ??
    join(
      Deno.env.get("XDG_CACHE_HOME") ??
        join(Deno.env.get("HOME") ?? ".", ".cache"),
      "cpython-3.14",
    );
}

async function fetchDebian(home: string): Promise<string> {
  const say = (text: string) => console.error(`reference: ${text}`);
  const root = join(home, "root"), archives = join(home, "apt", "archives");
  for (
    const d of ["apt/lists/partial", "apt/archives/partial", "bin", "root"]
  ) {
    Deno.mkdirSync(join(home, d), { recursive: true });
  }
  const targets = await run("apt-get", [
    "indextargets",
    "--format",
    "$(SITE) $(RELEASE)",
  ]);
  const site = targets.out.split("\n").filter((l) => /debian/.test(l) && !/security/.test(l))
    .map((l) => l.split(" ")[0])[0];
  if (site === undefined) throw new Error("no Debian mirror in apt's sources");
  const sources = join(home, "apt", "sources.list");
  const suite = Deno.env.get("CPYTHON_SUITE") ?? "forky";
  Deno.writeTextFileSync(sources, `deb [trusted=yes] ${site} ${suite} main\n`);
  const apt = async (...args: string[]) => {
    const options = {
      "Dir::Etc::SourceList": sources,
      "Dir::Etc::SourceParts": "-",
      "Dir::State::Lists": join(home, "apt", "lists"),
      "Dir::Cache::Archives": archives,
      "APT::Sandbox::User": "root",
    };
    const flags = Object.entries(options).flatMap((
      [k, v],
    ) => ["-o", `${k}=${v}`]);
    const done = await run("apt-get", ["-qq", ...flags, ...args], archives);
    if (!done.ok) {
      throw new Error(
        `apt-get ${args[0]}: ${done.err.trim().split("\n").at(-1)}`,
      );
    }
  };
  say(`fetching Debian's CPython 3.14 into ${home}`);
  await apt("update");
  await apt("download", ...PACKAGES);
  for (const entry of [...Deno.readDirSync(archives)]) {
    if (!entry.name.endsWith(".deb")) continue;
    const deb = join(archives, entry.name);
    const done = await run("dpkg", ["-x", deb, root]);
    if (!done.ok) throw new Error(`dpkg: ${done.err}`);
    Deno.removeSync(deb);
  }
  const launcher = join(home, "bin", "python3.14");
  Deno.writeTextFileSync(launcher, LAUNCHER.replace("@ROOT@", root));
  Deno.chmodSync(launcher, 0o755);
  return launcher;
}

let found: Promise<Reference | string> | undefined;

async function find(): Promise<Reference | string> {
  const named = Deno.env.get("PYTHON");
  if (named !== undefined) {
    const it = await look(named);
    if (it !== undefined) return it;
    console.error(`reference: PYTHON=${named} is no CPython 3.14`);
  }
  const home = cacheFolder();
  const kept = await look(join(home, "bin", "python3.14"));
  const onPath = await look("python3.14");
  if (onPath?.hasTests) return onPath;
  if (kept !== undefined) return kept;
  try {
    const it = await look(await fetchDebian(home));
    return it ?? onPath ?? "the fetched CPython does not start";
  } catch (e) {
    return onPath ?? (e as Error).message;
  }
}

/** The reference, or in words why there is none. Looked for once. */
export function findReference(): Promise<Reference | string> {
  return found ??= find();
}

if (import.meta.main) {
  const it = await findReference();
  if (typeof it === "string") {
    console.error(`reference: ${it}`);
    Deno.exit(1);
  }
  console.log(Deno.args.includes("--lib") ? it.lib : it.python);
}
