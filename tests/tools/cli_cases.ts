// The command line's cases: how a process is started and what it finds. What it
// does is recorded from CPython in tests/cli.json by record_cli.ts.

import { join } from "@std/path";
import { TOOL_CASES } from "./cli_tools.ts";
import { execPathOf, gopyCommand } from "./programs.ts";

/** One start of the interpreter. */
export interface CliCase {
  name: string;
  args: string[];
  stdin?: string;
  env?: Record<string, string>;
  /** What is run first in the same folder. */
  before?: string[][];
  /** Lines of library files are not compared: patch releases differ in them. */
  anyLibraryLine?: boolean;
  /** More files of its folder, with their texts. */
  files?: Readonly<Record<string, string>>;
}

/** What became of it. */
export interface CliOutcome {
  stdout: string;
  stderr: string;
  code: number;
}

/** Files that every case finds in its working folder. */
const FILES: Record<string, string> = {
  "where.py": "import sys\nprint(__name__, __file__, sys.argv, sys.path[0], __spec__, type(__loader__).__name__)\n",
  "lib/where.py": "import sys\nprint(__name__, __file__, sys.argv, sys.path[0], __package__)\n",
  "app/__main__.py": "import sys\nprint(__name__, __file__, sys.argv, sys.path[0], repr(__package__))\n",
  "empty/readme": "",
  "second.py": "@echo off\nimport sys\nprint(sys._getframe().f_lineno)\n1/0\n",
  "start.py": 'print("start")\ny = 3\n',
  "fails.py": "def f(x):\n    return 1 / x\n\n\ntry:\n    f(0)\nfinally:\n    print('finally')\n",
  "syntax.py": "x = 1\nif x\n    print(x)\n",
  "latin.py": "# coding: latin-1\nprint(ascii('\u00e9'))\n",
  "bad.pyc": "abcd\r\n",
  "exits.py": "import atexit, sys\natexit.register(print, 'atexit')\nsys.exit('bye')\n",
  "assert.py": "'doc'\nassert False, 'no'\nprint(__doc__, __debug__)\n",
};

const FLAGS = "import sys; print(sys.flags); print(sys.warnoptions)";
const command = (name: string, text: string, env?: Record<string, string>): CliCase => ({
  name,
  args: ["-c", text],
  env,
});
const session = (name: string, stdin: string, ...args: string[]): CliCase => ({
  name: `prompt: ${name}`,
  args: ["-i", "-q", ...args],
  stdin,
});

/** All cases. */
export const CASES: readonly CliCase[] = [
  // options
  ...["-c", "-m", "-W", "-X", "-z", "-J", "--foo", "-bz", "--check-hash-based-pycs"].map((o) => ({
    name: `option ${o} alone`,
    args: [o],
  })),
  { name: "a wrong choice for --check-hash-based-pycs", args: ["--check-hash-based-pycs", "x"] },
  { name: "options that are long gone", args: ["-R", "-t", "-c", "print(1)"] },
  ...["-b", "-bb", "-B", "-d", "-O", "-OO", "-OOO", "-s", "-u", "-x", "-Xdev", "-Xutf8", "-Xutf8=0"].map((o) => ({
    name: `sys.flags with ${o}`,
    args: [o, "-c", FLAGS],
  })),
  ...[
    "int_max_str_digits=700",
    "thread_inherit_context=1",
    "context_aware_warnings=1",
    "warn_default_encoding",
  ].map((o) => ({
    name: `-X ${o}`,
    args: ["-X", o, "-c", `${FLAGS}; print(sys.flags.thread_inherit_context, sys.flags.context_aware_warnings)`],
  })),
  ...[
    "int_max_str_digits=5",
    "utf8=3",
    "cpu_count=x",
    "importtime=3",
    "frozen_modules=x",
    "tracemalloc=x",
    "thread_inherit_context=2",
  ].map((o) => ({ name: `a bad -X ${o}`, args: ["-X", o, "-c", "1"] })),
  { name: "-X options are in sys._xoptions", args: ["-X", "a=3", "-Xb", "-c", "import sys; print(sys._xoptions)"] },
  { name: "-X cpu_count", args: ["-X", "cpu_count=3", "-c", "import os; print(os.cpu_count())"] },
  {
    name: "-X no_debug_ranges",
    args: ["-X", "no_debug_ranges", "-c", "print(list((lambda: 0).__code__.co_positions())[1]); 1/0"],
  },
  { name: "-W of an unknown action", args: ["-Werror", "-Wfoo", "-c", "1"] },
  { name: "-W with too many fields", args: ["-Wa:b:c:d:e:f", "-c", "1"] },
  { name: "-W error", args: ["-Werror", "-c", "import warnings; warnings.warn('w')"] },
  {
    name: "the order of warning options",
    args: ["-bb", "-Wdefault", "-Xdev", "-c", FLAGS],
    env: { PYTHONWARNINGS: "ignore,once" },
  },
  { name: "-O leaves out asserts", args: ["-O", "assert.py"] },
  { name: "-OO leaves out docstrings", args: ["-OO", "assert.py"] },
  { name: "without -O an assert counts", args: ["assert.py"] },
  { name: "-V", args: ["-V"] },
  { name: "--version", args: ["--version"] },
  { name: "arguments after -c are the program's", args: ["-c", "import sys; print(sys.argv)", "-x", "--", "a"] },
  { name: "-- ends the options", args: ["--", "-c"] },
  { name: "-S: no site", args: ["-S", "-c", "import sys; print('site' in sys.modules, 'exit' in dir(__builtins__))"] },
  { name: "-P", args: ["-P", "where.py"] },
  // variables
  command("PYTHONHASHSEED that is none", "1", { PYTHONHASHSEED: "abc" }),
  command("PYTHONHASHSEED=0", "print(hash('abc'))", { PYTHONHASHSEED: "0" }),
  command("PYTHONHASHSEED=42", "print(hash('abc'))", { PYTHONHASHSEED: "42" }),
  command("PYTHONINTMAXSTRDIGITS that is none", "1", { PYTHONINTMAXSTRDIGITS: "5" }),
  command("PYTHONUTF8 that is none", "1", { PYTHONUTF8: "3" }),
  command("counts in variables", FLAGS, {
    PYTHONOPTIMIZE: "3",
    PYTHONDEBUG: "2",
    PYTHONDONTWRITEBYTECODE: "0",
    PYTHONNOUSERSITE: "x",
    PYTHONUNBUFFERED: "0",
    PYTHONSAFEPATH: "0",
  }),
  command("PYTHONDEVMODE", FLAGS, { PYTHONDEVMODE: "1" }),
  command("PYTHONPATH", "import sys; print(sys.path[:3]); import where", { PYTHONPATH: "lib:nowhere" }),
  command("PYTHONIOENCODING", "print(ascii('\\xe9')); print('\\xe9\\u20ac')", { PYTHONIOENCODING: "latin-1:replace" }),
  // programs
  { name: "a script", args: ["where.py", "a", "-b"] },
  { name: "a script in a folder", args: ["./lib/../lib/where.py"] },
  { name: "a script that is not there", args: ["nofile.py"] },
  { name: "a script that fails", args: ["fails.py"] },
  { name: "a script with a syntax error", args: ["syntax.py"] },
  { name: "a script in Latin-1", args: ["latin.py"] },
  { name: "-x skips a line", args: ["-x", "second.py"] },
  { name: "a file with a wrong magic number", args: ["bad.pyc"] },
  { name: "a folder", args: ["app", "q"] },
  { name: "a folder without __main__", args: ["empty"] },
  { name: "-m", args: ["-m", "lib.where", "z"] },
  { name: "-m of a package without __main__", args: ["-m", "email"] },
  { name: "-m of what is not there", args: ["-m", "nomod"] },
  { name: "-m below a module", args: ["-m", "os.nomod"] },
  command("a command is dedented", "\n  x = 1\n  if x:\n    print(x)\n"),
  command("a command with a syntax error", "print(1"),
  command("a command that fails", "x = 1\n1/0"),
  // files at exit
  ...Object.entries({
    "the end": "",
    "an exception": "\n1/0",
    "SystemExit": "\nraise SystemExit('bye')",
    "os._exit": "\nimport os\nos._exit(4)",
    "a write in atexit": "\nimport atexit\natexit.register(f.write, b'late')",
  }).map(([name, end]) => command(`an open file at ${name}`, `f = open('/dev/stdout', 'wb')\nf.write(b'kept')${end}`)),
  command("an open text file on a full device", "f = open('/dev/full', 'w')\nf.write('x')"),
  command("closing a file on a full device", "f = open('/dev/full', 'w')\nf.write('x')\nf.close()"),
  ...Object.entries({
    "a full device": "os.dup2(os.open('/dev/full', 1), 1)",
    "a broken pipe": "r, w = os.pipe()\nos.close(r)\nos.dup2(w, 1)",
    "nothing": "os.close(1)",
  }).flatMap(([name, start]) =>
    ["print(1)", "print(1, flush=True)", "print('x' * 100000)", "print(1)\n1/0", "print(1)\nraise SystemExit(5)"]
      .map((end) => command(`${end.replace("\n", "; ")} to ${name}`, `import os\n${start}\n${end}`))
  ),
  command("a closed sys.stdout", "import sys\nsys.stdout.close()\nprint(1)"),
  command("no sys.stdout", "import sys\ndel sys.stdout\nprint(1)"),
  command("a folder read as a file", "open('app')"),
  command("a file in a file", "open('where.py/x')"),
  { name: "standard input", args: [], stdin: "import sys\nprint(sys.argv, repr(sys.path[0]), __file__)\n1/0\n" },
  { name: "standard input as -", args: ["-", "a"], stdin: "import sys\nprint(sys.argv)\n" },
  { name: "standard input that is empty", args: [], stdin: "" },
  { name: "input() reads standard input", args: ["-c", "print(input('? '), input()); input()"], stdin: "one\ntwo\n" },
  // the end
  ...["", "0", "1", "300", "-1", "True", "None", "'x'", "2.5", "(1, 2)", "1, 2", "2**70", "[]"].map((a) =>
    command(`SystemExit(${a})`, `raise SystemExit(${a})`)
  ),
  command("KeyboardInterrupt", "raise KeyboardInterrupt('x')"),
  { name: "atexit and sys.exit", args: ["exits.py"] },
  command("os._exit", "import os; print('x', flush=True); os._exit(7)"),
  command("sys.excepthook", "import sys; sys.excepthook = lambda *a: print('hook', a[0]); 1/0"),
  command("a failing sys.excepthook", "import sys\ndef h(*a): 1/0\nsys.excepthook = h\nx"),
  command("no sys.excepthook", "import sys; del sys.excepthook; 1/0"),
  command("exceptions with causes", "try: 1/0\nexcept Exception as e: raise KeyError('k') from e"),
  command("an exception group", "raise ExceptionGroup('g', [ValueError(1), TypeError(2)])"),
  command("a note", "e = ValueError('x'); e.add_note('n1\\nn2'); raise e"),
  command("str() of an exception fails", "class E(Exception):\n  def __str__(self): 1/0\nraise E"),
  command("standard error as None", "import sys; sys.stderr = None; 1/0"),
  command("writing to a closed standard output", "import sys; sys.stdout.close(); print(1)"),
  command("an unraisable exception", "import sys; sys.unraisablehook(type('U', (), {})())"),
  // the prompt
  session("expressions and _", "1+1\n_\nNone\n_ * 3\n'a\\n'\n"),
  session(
    "statements over lines",
    "def f():\n  return 1/0\n\nf()\nf.__code__.co_filename\nx = [1,\n2]\nx\n'''a\nb'''\n",
  ),
  session("comments and blank lines", "# c\n\n   \nif 1:\n  # c\n\n  print(1)\n\nfor i in range(2): i\n\n"),
  session("a block ends with a blank line only", "if 1:\n  pass\nx\nprint(5)\n"),
  session("white space does not end a block", "if 1:\n  print(1)\n  \n  print(2)\n\n"),
  session("decorators and classes", "@staticmethod\ndef f():\n  pass\n\nclass A:\n\n  pass\n\nA\n"),
  session("errors", '"abc\nx = 1 +\nif x\nimport nomod\ndel zz\nlambda: (yield)\n'),
  session("an error inside of calls", "def f(x):\n    return g(x)\n\ndef g(x):\n    return x.y\n\nf(\n  1\n)\n"),
  session("errors of the compiler name the source", "1\nawait f()\nreturn 1\n"),
  session("indented at once", "  a = 1\nprint(2)\n"),
  session("else without its if", "if 1:\n  print(1)\n\nelse:\n"),
  session("input that ends early", "if 1:\n  print(1)"),
  session("input that ends in a call", "f(\n"),
  session("no end of line", "1+1"),
  session(
    "ps1 and ps2",
    "import sys\nsys.ps1 = '$ '\nsys.ps2 = '% '\nif 1:\n  2\n\nclass A:\n  def __str__(self): return 'p'\n\nsys.ps1 = A()\n3\ndel sys.ps1\n4\n",
  ),
  session("SystemExit", "raise SystemExit(3)\n1\n"),
  session("exit", "exit\nexit(7)\n"),
  session("sys.last_exc", "1/0\nimport sys\nsys.last_exc\nsys.last_traceback.tb_lineno\n"),
  session("future features", "from __future__ import annotations\ndef f(x: y): pass\n\nf.__annotations__\n"),
  session("displayhook", "import sys\nsys.displayhook = lambda v: print('hook', v)\n1\n"),
  session("backslash", "1 + \\\n2\n"),
  session("after a command", "x\n", "-c", "x = 5"),
  session("after a command that fails", "x\n", "-c", "x = 5; 1/0"),
  session("after a command that exits", "x\n", "-c", "x = 5; raise SystemExit(4)"),
  session("after a script", "y\n", "start.py"),
  { name: "prompt: the banner", args: ["-i"], stdin: "1\n" },
  { name: "prompt: the banner without site", args: ["-i", "-S"], stdin: "1\n" },
  { ...session("PYTHONSTARTUP", "y\n"), env: { PYTHONSTARTUP: "start.py" } },
  { ...session("PYTHONSTARTUP that is not there", "1\n"), env: { PYTHONSTARTUP: "nofile.py" } },
  { ...session("PYTHONSTARTUP that fails", "1\n"), env: { PYTHONSTARTUP: "fails.py" } },
  ...TOOL_CASES,
];

/** Starts an interpreter in a folder and waits for its end. */
async function start(c: CliCase, python: string | undefined, folder: string): Promise<Deno.CommandOutput> {
  const [file, ...first] = python === undefined ? gopyCommand() : [python];
  const keep = ["HOME", "PATH", "DENO_DIR", "XDG_CACHE_HOME"].map((n) => [n, Deno.env.get(n)]).filter(([, v]) =>
    v !== undefined
  );
  const child = new Deno.Command(file, {
    args: [...first, ...c.args],
    cwd: folder,
    clearEnv: true,
    env: {
      ...Object.fromEntries(keep),
      PYTHONHASHSEED: "0",
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHON_BASIC_REPL: "1",
      PYTHON_COLORS: "0",
      NO_COLOR: "1",
      LC_ALL: "C.UTF-8",
      ...c.env,
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  input.write(new TextEncoder().encode(c.stdin ?? "")).then(() => input.close()).catch(() => {});
  return await child.output();
}

/** Runs a case; the output with what differs from place to place taken out. */
export async function runCase(c: CliCase, python: string | undefined): Promise<CliOutcome> {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    for (const [name, text] of Object.entries({ ...FILES, ...c.files })) {
      const path = join(folder, name);
      Deno.mkdirSync(join(path, ".."), { recursive: true });
      const bytes = name === "latin.py"
        ? Uint8Array.from(text, (ch) => ch.charCodeAt(0))
        : new TextEncoder().encode(text);
      Deno.writeFileSync(path, bytes);
    }
    for (const args of c.before ?? []) await start({ ...c, args }, python, folder);
    const done = await start(c, python, folder);
    const clean = (bytes: Uint8Array) =>
      new TextDecoder("latin1").decode(bytes)
        .replaceAll(folder, "<folder>")
        .replace(/\/[^ ]*\/python314.zip|\/gopy\/lib\/python3.14|\/[^ "'\n]*\/lib\/python3\.14(?=\/)/g, "<library>")
        .replaceAll(python ?? execPathOf(), "gopy")
        .replace(/(?:\/[^ "'\n]*\/)?(?:python3\.14\b(?!\.)|(?<=\/)gopy\b(?!\/))/g, "gopy")
        .replace(/^(Python 3\.\d+\.\d+) \(.*\] on /gm, "$1 (build) on ")
        .replace(/^(Ran \d+ tests? in )[\d.]+s$/gm, "$1...s")
        .replace(/\b0x[0-9a-f]{6,}/g, "0x...");
    const shown = (bytes: Uint8Array) =>
      c.anyLibraryLine ? clean(bytes).replace(/(File "<(?:library|frozen )[^"]*", line )\d+/g, "$1...") : clean(bytes);
    return { stdout: shown(done.stdout), stderr: shown(done.stderr), code: done.code };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
