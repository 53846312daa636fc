// CPython 3.14: Python/initconfig.c, Python/getopt.c
//
// The command line and the PYTHON* variables, turned into a configuration.

import type { Config } from "../vm/interpreter.ts";
import { LIB_ROOT } from "../vm/import/archive.ts";
import type { Program } from "./main.ts";
import { environment, executable } from "./process.ts";

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
const USAGE = "usage: gopy [option] ... [-c cmd | -m mod | file | -] [arg] ...\n";
const HELP = `${USAGE}Options:
-b     : issue warnings about converting bytes/bytearray to str and comparing
         bytes/bytearray with str or bytes with int (-bb: issue errors)
-B     : don't write .pyc files on import; also PYTHONDONTWRITEBYTECODE=x
-c cmd : program passed in as string (terminates option list)
-E     : ignore PYTHON* environment variables (such as PYTHONPATH)
-h     : print this help message and exit (also -? or --help)
-i     : inspect interactively after running script; forces a prompt even
         if stdin does not appear to be a terminal; also PYTHONINSPECT=x
-I     : isolate Python from the user's environment (implies -E, -P and -s)
-m mod : run library module as a script (terminates option list)
-O     : remove assert and __debug__-dependent statements
-OO    : do -O changes and also discard docstrings
-P     : don't prepend a potentially unsafe path to sys.path
-q     : don't print version and copyright messages on interactive startup
-s     : don't add user site directory to sys.path; also PYTHONNOUSERSITE=x
-S     : don't imply 'import site' on initialization
-u     : force the stdout and stderr streams to be unbuffered
-v     : verbose (trace import statements)
-V     : print the Python version number and exit (also --version)
-W arg : warning control; arg is action:message:category:module:lineno
-x     : skip first line of source
-X opt : set implementation-specific option
--check-hash-based-pycs always|default|never
file   : program read from script file
-      : program read from stdin (default; interactive mode if a tty)
arg ...: arguments passed to program in sys.argv[1:]
`;

/** Parses the arguments. */
export function parseCommandLine(argv: string[]): ParsedCommandLine {
  const config: Partial<Config> = {
    dontWriteBytecode: false,
    noUserSite: false,
    noSite: false,
    ignoreEnvironment: false,
    isolated: false,
    safePath: false,
    optimize: 0,
    inspect: false,
    quiet: false,
    unbuffered: false,
    verbose: 0,
    bytesWarning: 0,
    warnOptions: [],
    xOptions: {},
  };
  const warn: string[] = [], x: Record<string, string | true> = {};
  let program: Program | undefined;
  let i = 0;
  const fail = (text: string): ParsedCommandLine => ({
    status: 2,
    error: `${text}\n${USAGE}Try 'gopy -h' for more information.\n`,
    config,
    usesArchive: false,
  });
  const done = (output: string): ParsedCommandLine => ({ status: 0, output, config, usesArchive: false });
  let versions = 0;
  args: for (; i < argv.length; i++) {
    const a = argv[i];
    if (a === "-") {
      program = { kind: "stdin" };
      break;
    }
    if (!a.startsWith("-")) {
      program = { kind: "script", path: a };
      break;
    }
    if (a === "--") {
      i++;
      if (i < argv.length) program = { kind: "script", path: argv[i] };
      break;
    }
    if (a.startsWith("--")) {
      if (a === "--help") return done(HELP);
      if (a === "--version") return done(`Python ${VERSION}\n`);
      if (a === "--check-hash-based-pycs") {
        const v = argv[++i];
        if (v !== "always" && v !== "default" && v !== "never") {
          return fail(
            v === undefined
              ? "Argument expected for the --check-hash-based-pycs option"
              : "--check-hash-based-pycs must be one of 'default', 'always', or 'never'",
          );
        }
        config.checkHashPycs = v;
        continue;
      }
      return fail(`unknown option ${a}`);
    }
    for (let k = 1; k < a.length; k++) {
      const o = a[k];
      const rest = (): string | undefined => {
        const r = a.slice(k + 1);
        if (r !== "") return r;
        i++;
        return argv[i];
      };
      switch (o) {
        case "c": {
          const v = rest();
          if (v === undefined) return fail("Argument expected for the -c option");
          program = { kind: "command", text: v };
          break args;
        }
        case "m": {
          const v = rest();
          if (v === undefined) return fail("Argument expected for the -m option");
          program = { kind: "module", name: v };
          break args;
        }
        case "W": {
          const v = rest();
          if (v === undefined) return fail("Argument expected for the -W option");
          warn.push(v);
          continue args;
        }
        case "X": {
          const v = rest();
          if (v === undefined) return fail("Argument expected for the -X option");
          const eq = v.indexOf("=");
          if (eq < 0) x[v] = true;
          else x[v.slice(0, eq)] = v.slice(eq + 1);
          continue args;
        }
        case "h":
        case "?":
          return done(HELP);
        case "V":
          versions++;
          break;
        case "b":
          config.bytesWarning!++;
          break;
        case "B":
          config.dontWriteBytecode = true;
          break;
        case "E":
          config.ignoreEnvironment = true;
          break;
        case "i":
          config.inspect = config.interactive = true;
          break;
        case "I":
          config.isolated =
            config.ignoreEnvironment =
            config.safePath =
            config.noUserSite =
              true;
          break;
        case "O":
          config.optimize!++;
          break;
        case "P":
          config.safePath = true;
          break;
        case "q":
          config.quiet = true;
          break;
        case "s":
          config.noUserSite = true;
          break;
        case "S":
          config.noSite = true;
          break;
        case "u":
          config.unbuffered = true;
          break;
        case "v":
          config.verbose!++;
          break;
        case "x":
          config.skipFirstLine = true;
          break;
        case "d":
          break;
        default:
          return fail(`unknown option -${o}`);
      }
    }
  }
  if (versions > 0) return done(versions === 1 ? `Python ${VERSION}\n` : `Python ${VERSION} (gopy) [TypeScript]\n`);
  const rest = argv.slice(i + (program === undefined ? 0 : 1));
  const env = (n: string): string | undefined => {
    if (config.ignoreEnvironment) return undefined;
    const v = environment(n);
    return v === "" ? undefined : v;
  };
  if (env("PYTHONDONTWRITEBYTECODE") !== undefined) config.dontWriteBytecode = true;
  if (env("PYTHONUNBUFFERED") !== undefined) config.unbuffered = true;
  if (env("PYTHONNOUSERSITE") !== undefined) config.noUserSite = true;
  if (env("PYTHONSAFEPATH") !== undefined) config.safePath = true;
  if (env("PYTHONINSPECT") !== undefined) config.inspect = true;
  if (env("PYTHONOPTIMIZE") !== undefined) {
    config.optimize = Math.max(config.optimize!, Number(env("PYTHONOPTIMIZE")) || 1);
  }
  if (env("PYTHONVERBOSE") !== undefined) config.verbose = Math.max(config.verbose!, Number(env("PYTHONVERBOSE")) || 1);
  config.optimize = Math.min(config.optimize!, 2);
  const prefixEnv = x.pycache_prefix ?? env("PYTHONPYCACHEPREFIX");
  if (typeof prefixEnv === "string" && prefixEnv !== "") config.pycachePrefix = prefixEnv;
  const seed = env("PYTHONHASHSEED");
  if (seed !== undefined && seed !== "random") {
    const n = Number(seed);
    if (!/^\d+$/.test(seed) || n > 4294967295) {
      return {
        status: 1,
        error:
          'Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]\nPython runtime state: preinitialized\n\n',
        config,
        usesArchive: false,
      };
    }
    config.hashSeed = n;
  }
  const digits = x.int_max_str_digits ?? env("PYTHONINTMAXSTRDIGITS");
  if (typeof digits === "string") {
    const n = Number(digits);
    if (!/^\d+$/.test(digits) || n !== 0 && n < 640) {
      return {
        status: 1,
        error:
          "Fatal Python error: config_init_int_max_str_digits: -X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.\nPython runtime state: preinitialized\n\n",
        config,
        usesArchive: false,
      };
    }
    config.intMaxStrDigits = n;
  }
  config.devMode = x.dev !== undefined || env("PYTHONDEVMODE") !== undefined;
  config.utf8Mode = x.utf8 !== undefined ? x.utf8 !== "0" : env("PYTHONUTF8") === "1";
  config.warnDefaultEncoding = x.warn_default_encoding !== undefined;
  const envWarn = env("PYTHONWARNINGS")?.split(",") ?? [];
  config.warnOptions = [...(config.devMode ? ["default"] : []), ...envWarn, ...warn];
  if (config.bytesWarning! > 0) {
    config.warnOptions.push(config.bytesWarning! > 1 ? "error::BytesWarning" : "default::BytesWarning");
  }
  config.xOptions = x;

  program ??= { kind: "stdin" };
  const name = program.kind === "script"
    ? program.path
    : program.kind === "command"
    ? "-c"
    : program.kind === "module"
    ? "-m"
    : program.kind === "stdin" && argv[i] === "-"
    ? "-"
    : "";
  config.argv = [name, ...rest];
  config.executable = executable();
  config.origArgv = [config.executable, ...argv];
  const home = env("PYTHONHOME");
  const stdlib = home === undefined ? LIB_ROOT : `${home}/lib/python3.14`;
  config.prefix = home ?? "/gopy";
  config.stdlibDir = stdlib;
  const path: string[] = [];
  if (!config.safePath) {
    if (program.kind === "script") {
      const at = program.path.lastIndexOf("/");
      path.push(at < 0 ? currentFolder() : absoluteFolder(at === 0 ? "/" : program.path.slice(0, at)));
    } else if (program.kind === "module") path.push(currentFolder());
    else path.push("");
  }
  for (const p of env("PYTHONPATH")?.split(":") ?? []) path.push(p);
  path.push(stdlib);
  config.path = path;
  return { program, status: 0, config, usesArchive: home === undefined };
}

function currentFolder(): string {
  try {
    return Deno.cwd();
  } catch {
    return "";
  }
}
function absoluteFolder(p: string): string {
  if (p.startsWith("/")) return p;
  const cwd = currentFolder();
  const parts = `${cwd}/${p}`.split("/");
  const out: string[] = [];
  for (const s of parts) {
    if (s === "" || s === ".") continue;
    if (s === "..") out.pop();
    else out.push(s);
  }
  return "/" + out.join("/");
}
