// CPython 3.14: Python/initconfig.c, Python/preconfig.c, Python/getopt.c
//
// The command line and the PYTHON* variables, turned into a configuration. Help texts are in
// options_help.ts.

import { parseStress } from "../vm/stress.ts";
import type { Config } from "../vm/interpreter.ts";
import { LIB_ROOT } from "../vm/import/archive.ts";
import type { Program } from "./main.ts";
import { HELP, HELP_ENV, HELP_X, USAGE } from "./options_help.ts";
import { launcher } from "./launcher.ts";
import { environment, mayKnowUser } from "./process.ts";

/** What the command line asks for. */
export interface ParsedCommandLine {
  /** Undefined: nothing to run, exit with `status`. */
  program?: Program;
  status: number;
  output?: string;
  error?: string;
  config: Partial<Config>;
  usesArchive: boolean;
}

const VERSION = "3.14.8";
/** The version as `-VV` and the interactive banner give it. */
export const FULL_VERSION = `${VERSION} (gopy) [TypeScript]`;

/** Options that are a letter and change a counter or switch. */
type Letters = Record<
  "b" | "B" | "d" | "E" | "i" | "I" | "O" | "P" | "q" | "s" | "S" | "u" | "v" | "x" | "V" | "h",
  number
>;

/** A configuration that cannot be: the process ends with status 1. */
class FatalConfig {
  readonly text: string;
  constructor(where: string, what: string, state: "preinitializing" | "preinitialized" = "preinitialized") {
    this.text = `Fatal Python error: ${where}${where === "" ? "" : ": "}${what}\nPython runtime state: ${state}\n\n`;
  }
}

/** What the arguments say, before the environment is asked. */
interface Arguments {
  letters: Letters;
  long: string[];
  warn: string[];
  x: Map<string, string | true>;
  program: Program | undefined;
  /** sys.argv. */
  argv: string[];
  checkHashPycs: string;
}

/** Reads the arguments; a string is a complaint about them. */
function scan(argv: readonly string[]): Arguments | string {
  const letters: Letters = {
    b: 0,
    B: 0,
    d: 0,
    E: 0,
    i: 0,
    I: 0,
    O: 0,
    P: 0,
    q: 0,
    s: 0,
    S: 0,
    u: 0,
    v: 0,
    x: 0,
    V: 0,
    h: 0,
  };
  const a: Arguments = {
    letters,
    long: [],
    warn: [],
    x: new Map(),
    program: undefined,
    argv: [""],
    checkHashPycs: "default",
  };
  let i = 0;
  for (; i < argv.length; i++) {
    const arg = argv[i];
    if (arg === "-" || !arg.startsWith("-")) break;
    if (arg === "--") {
      i++;
      break;
    }
    if (arg.startsWith("--")) {
      const name = arg.slice(2);
      if (name === "check-hash-based-pycs") {
        const v = argv[++i];
        if (v === undefined) return `Argument expected for the ${arg} options`;
        if (v !== "always" && v !== "default" && v !== "never") {
          return `${arg} must be one of 'default', 'always', or 'never'`;
        }
        a.checkHashPycs = v;
      } else if (name === "version") letters.V++;
      else if (name === "help") letters.h++;
      else if (/^help-(?:env|xoptions|all)$/.test(name)) a.long.push(name);
      else return `Unknown option: ${arg}`;
      continue;
    }
    for (let k = 1; k < arg.length; k++) {
      const o = arg[k];
      if ("cmWX".includes(o)) {
        const value = k + 1 < arg.length ? arg.slice(k + 1) : argv[++i];
        if (value === undefined) return `Argument expected for the -${o} option`;
        if (o === "c" || o === "m") {
          a.program = o === "c" ? { kind: "command", text: value } : { kind: "module", name: value };
          a.argv = [`-${o}`, ...argv.slice(i + 1)];
          return a;
        }
        if (o === "W") a.warn.push(value);
        else {
          const eq = value.indexOf("=");
          a.x.set(eq < 0 ? value : value.slice(0, eq), eq < 0 ? true : value.slice(eq + 1));
        }
        break;
      }
      if (o === "?") letters.h++;
      else if (o in letters) letters[o as keyof Letters]++;
      else if (o !== "R" && o !== "t") return `Unknown option: -${o}`;
    }
  }
  if (i < argv.length) {
    a.argv = argv.slice(i);
    a.program = argv[i] === "-" ? { kind: "stdin" } : { kind: "script", path: argv[i] };
  }
  return a;
}

/** A flag's value in the environment: nothing is 0, a number that number, any other text 1. */
function envFlag(text: string | undefined): number {
  if (text === undefined) return 0;
  return /^[ \t]*[-+]?\d+$/.test(text) && Number(text) >= 0 ? Number(text) : 1;
}

/** Parses the arguments. */
export function parseCommandLine(argv: string[]): ParsedCommandLine {
  const nothing = { config: {}, usesArchive: false };
  const a = scan(argv);
  if (typeof a === "string") {
    return { ...nothing, status: 2, error: `${a}\n${USAGE}Try \`python -h' for more information.\n` };
  }
  const { letters } = a;
  let text = letters.h > 0 ? HELP : "";
  for (const l of a.long) {
    text = l === "help-env" ? HELP_ENV : l === "help-xoptions" ? HELP_X : `${HELP}\n${HELP_ENV}\n${HELP_X}`;
  }
  if (text === "" && letters.V > 0) text = `Python ${letters.V > 1 ? FULL_VERSION : VERSION}\n`;
  if (text !== "") return { ...nothing, status: 0, output: text };
  try {
    return configure(a, argv);
  } catch (e) {
    if (e instanceof FatalConfig) return { ...nothing, status: 1, error: e.text };
    throw e;
  }
}

function configure(a: Arguments, argv: string[]): ParsedCommandLine {
  const { letters, x } = a;
  const ignoreEnvironment = letters.E + letters.I > 0;
  const env = (name: string): string | undefined => {
    const v = ignoreEnvironment ? undefined : environment(name);
    return v === "" ? undefined : v;
  };
  const flag = (count: number, name: string) => Math.max(count, envFlag(env(name)));
  checkStress(x.get("stress"));
  /** A switch that `-X name=0|1` or a variable turns. */
  const toggle = (name: string, variable: string, where: string): boolean => {
    const [v, said] = x.has(name) ? [x.get(name)!, `-X ${name}=n`] : [env(variable), `${variable}=N`];
    if (v === undefined || v === "0") return false;
    if (v === "1") return true;
    throw new FatalConfig(
      where,
      `${said}: n is missing or invalid`.replace("n is", said.endsWith("N") ? "N is" : "n is"),
    );
  };
  const config: Partial<Config> = {
    argv: a.argv,
    ignoreEnvironment,
    isolated: letters.I > 0,
    debug: Math.min(flag(letters.d, "PYTHONDEBUG"), 1),
    inspect: flag(letters.i, "PYTHONINSPECT") > 0,
    interactive: letters.i > 0,
    optimize: flag(letters.O, "PYTHONOPTIMIZE"),
    dontWriteBytecode: flag(letters.B, "PYTHONDONTWRITEBYTECODE") > 0,
    noUserSite: letters.I > 0 || !mayKnowUser() || flag(letters.s, "PYTHONNOUSERSITE") > 0,
    noSite: letters.S > 0,
    verbose: flag(letters.v, "PYTHONVERBOSE"),
    bytesWarning: letters.b,
    quiet: letters.q > 0,
    unbuffered: flag(letters.u, "PYTHONUNBUFFERED") > 0,
    safePath: letters.I + letters.P > 0 || env("PYTHONSAFEPATH") !== undefined,
    skipFirstLine: letters.x > 0,
    checkHashPycs: a.checkHashPycs,
    xOptions: Object.assign(Object.create(null), Object.fromEntries(x)),
    noDebugRanges: x.has("no_debug_ranges") || env("PYTHONNODEBUGRANGES") !== undefined,
    warnDefaultEncoding: x.has("warn_default_encoding") || env("PYTHONWARNDEFAULTENCODING") !== undefined,
    ioEncoding: env("PYTHONIOENCODING"),
    platlibdir: env("PYTHONPLATLIBDIR"),
    utf8Mode: utf8Mode(x.get("utf8"), env("PYTHONUTF8")),
    posixLocale: posixLocale(),
    frozenModules: frozenModules(x.get("frozen_modules") ?? env("PYTHON_FROZEN_MODULES")),
  };
  const dev = x.has("dev") || env("PYTHONDEVMODE") !== undefined;
  config.devMode = dev;
  config.faulthandler = dev || x.has("faulthandler") || env("PYTHONFAULTHANDLER") !== undefined;
  config.pycachePrefix = pycachePrefix(x.get("pycache_prefix"), env("PYTHONPYCACHEPREFIX"));
  config.hashSeed = hashSeed(env("PYTHONHASHSEED"));
  config.importTime = importTime(x.get("importtime"), env("PYTHONPROFILEIMPORTTIME"));
  const digits = intMaxStrDigits(x.get("int_max_str_digits"), env("PYTHONINTMAXSTRDIGITS"));
  if (digits !== undefined) config.intMaxStrDigits = digits;
  config.cpuCount = cpuCount(x.get("cpu_count"), env("PYTHON_CPU_COUNT"));
  config.threadInheritContext = toggle(
    "thread_inherit_context",
    "PYTHON_THREAD_INHERIT_CONTEXT",
    "config_init_thread_inherit_context",
  );
  config.contextAwareWarnings = toggle(
    "context_aware_warnings",
    "PYTHON_CONTEXT_AWARE_WARNINGS",
    "config_init_context_aware_warnings",
  );
  config.tracemalloc = tracemalloc(x.get("tracemalloc"), env("PYTHONTRACEMALLOC"));
  config.warnOptions = [
    ...new Set([
      ...(dev ? ["default"] : []),
      ...(env("PYTHONWARNINGS")?.split(",").filter((w) => w !== "") ?? []),
      ...a.warn,
      ...(letters.b > 1 ? ["error::BytesWarning"] : letters.b > 0 ? ["default::BytesWarning"] : []),
    ]),
  ];
  config.executable = launcher();
  config.origArgv = [config.executable, ...argv];
  const home = env("PYTHONHOME");
  const stdlib = home === undefined ? LIB_ROOT : `${home.split(":")[0]}/${config.platlibdir ?? "lib"}/python3.14`;
  config.prefix = home?.split(":")[0] ?? "/gopy";
  config.stdlibDir = stdlib;
  config.path = [...(env("PYTHONPATH")?.split(":").map((p) => p === "" ? currentFolder() : p) ?? []), stdlib];
  if (home !== undefined) config.path.push(`${stdlib}/lib-dynload`);
  return { program: a.program ?? { kind: "stdin" }, status: 0, config, usesArchive: home === undefined };
}

type XValue = string | true | undefined;

function utf8Mode(x: XValue, variable: string | undefined): boolean {
  if (x !== undefined) {
    if (x === true || x === "1") return true;
    if (x === "0") return false;
    throw new FatalConfig("preconfig_init_utf8_mode", "invalid -X utf8 option value", "preinitializing");
  }
  if (variable === "1") return true;
  if (variable === undefined || variable === "0") return false;
  throw new FatalConfig(
    "preconfig_init_utf8_mode",
    "invalid PYTHONUTF8 environment variable value",
    "preinitializing",
  );
}
/** Is the locale of texts that of C, or one that CPython would put in its place? */
function posixLocale(): boolean {
  const name = ["LC_ALL", "LC_CTYPE", "LANG"].map(environment).find((v) => v !== undefined && v !== "") ?? "C";
  return ["C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"].includes(name);
}
function checkStress(v: XValue): void {
  const refused = parseStress(v);
  if (typeof refused === "string") throw new FatalConfig("config_init_stress", refused);
}
function frozenModules(v: XValue): boolean {
  if (v === undefined || v === true || v === "on" || v === "") return true;
  if (v === "off") return false;
  throw new FatalConfig("", 'bad value for option -X frozen_modules (expected "on" or "off")');
}
function pycachePrefix(x: XValue, variable: string | undefined): string | undefined {
  if (x === undefined) return variable;
  return x === true || x === "" ? undefined : x;
}
function hashSeed(text: string | undefined): number | undefined {
  if (text === undefined || text === "random") return undefined;
  const n = Number(text);
  if (/^\d+$/.test(text) && n <= 4294967295) return n;
  throw new FatalConfig(
    "config_init_hash_seed",
    'PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]',
  );
}
function importTime(x: XValue, variable: string | undefined): number {
  if (x === undefined) return variable === undefined ? 0 : variable === "2" ? 2 : 1;
  if (x === true || x === "1") return 1;
  if (x === "2") return 2;
  throw new FatalConfig(
    "config_init_import_time",
    "-X importtime: values other than 1 and 2 are reserved for future use.",
  );
}
function intMaxStrDigits(x: XValue, variable: string | undefined): number | undefined {
  const v = x ?? variable;
  if (v === undefined) return undefined;
  const n = Number(v);
  if (v !== true && /^\d+$/.test(v) && (n === 0 || n >= 640 && n <= 2147483647)) return n;
  throw new FatalConfig(
    "config_init_int_max_str_digits",
    `${
      x === undefined ? "PYTHONINTMAXSTRDIGITS" : "-X int_max_str_digits"
    }: invalid limit; must be >= 640 or 0 for unlimited.`,
  );
}
function cpuCount(x: XValue, variable: string | undefined): number {
  const v = x ?? variable;
  if (v === undefined || v === "default") return -1;
  const n = Number(v);
  if (v !== true && /^\d+$/.test(v) && n >= 1 && n <= 2147483647) return n;
  throw new FatalConfig(
    "config_init_cpu_count",
    x === undefined
      ? "PYTHON_CPU_COUNT=<N>: N is missing or an invalid number, n must be greater than 0"
      : "-X cpu_count=n option: n is missing or an invalid number, n must be greater than 0",
  );
}
function tracemalloc(x: XValue, variable: string | undefined): number {
  const v = x === true ? "1" : x ?? variable;
  if (v === undefined) return 0;
  const n = Number(v);
  if (/^\d+$/.test(v) && n <= 65535) return n;
  throw new FatalConfig(
    "config_init_tracemalloc",
    `${x === undefined ? "PYTHONTRACEMALLOC" : "-X tracemalloc=NFRAME"}: invalid number of frames`,
  );
}

function currentFolder(): string {
  try {
    return Deno.cwd();
  } catch {
    return "";
  }
}
