// CPython 3.14: Include/cpython/initconfig.h (PyConfig)
//
// How an Interpreter is set up.

/** What `sys.flags` and the start-up depend on. */
export interface Config {
  /** sys.argv. */
  argv: string[];
  /** sys.orig_argv. */
  origArgv: string[];
  /** sys.executable. */
  executable: string;
  /** PYTHONHOME or the archive's root: sys.prefix. */
  prefix: string;
  /** Directory of the standard library. */
  stdlibDir: string;
  /** First entries of sys.path. */
  path: string[];
  /** -d: a counter without effect. */
  debug: number;
  /** -O: 1 leaves out assert, 2 docstrings too. */
  optimize: number;
  /** -B: don't write .pyc files. */
  dontWriteBytecode: boolean;
  inspect: boolean;
  interactive: boolean;
  verbose: number;
  quiet: boolean;
  unbuffered: boolean;
  noUserSite: boolean;
  noSite: boolean;
  ignoreEnvironment: boolean;
  isolated: boolean;
  safePath: boolean;
  bytesWarning: number;
  devMode: boolean;
  utf8Mode: boolean;
  /** The locale is C or POSIX: the standard streams take bytes that are no UTF-8. */
  posixLocale: boolean;
  warnDefaultEncoding: boolean;
  intMaxStrDigits: number;
  /** undefined: random; 0: hashes of str not randomised. */
  hashSeed: number | undefined;
  warnOptions: string[];
  xOptions: Record<string, string | true>;
  pycachePrefix: string | undefined;
  checkHashPycs: string;
  /** -x: the first line of the script is skipped. */
  skipFirstLine: boolean;
  /** -X no_debug_ranges: code objects without columns. */
  noDebugRanges: boolean;
  /** -X frozen_modules=off clears it: the start's modules come from their sources. */
  frozenModules: boolean;
  /** -X importtime: 1 or 2. */
  importTime: number;
  /** -X cpu_count: what os.cpu_count() says; -1 for the truth. */
  cpuCount: number;
  faulthandler: boolean;
  /** -X tracemalloc: frames to keep; 0: off. */
  tracemalloc: number;
  threadInheritContext: boolean;
  contextAwareWarnings: boolean;
  /** PYTHONIOENCODING. */
  ioEncoding: string | undefined;
  /** PYTHONPLATLIBDIR. */
  platlibdir: string | undefined;
}

/** The configuration of an embedded Interpreter. */
export function defaultConfig(): Config {
  return {
    argv: [""],
    origArgv: [],
    executable: "",
    prefix: "/gopy",
    stdlibDir: "/gopy/lib/python3.14",
    path: ["/gopy/lib/python3.14"],
    debug: 0,
    optimize: 0,
    dontWriteBytecode: true,
    inspect: false,
    interactive: false,
    verbose: 0,
    quiet: false,
    unbuffered: false,
    noUserSite: true,
    noSite: true,
    ignoreEnvironment: true,
    isolated: true,
    safePath: true,
    bytesWarning: 0,
    devMode: false,
    utf8Mode: true,
    posixLocale: false,
    warnDefaultEncoding: false,
    intMaxStrDigits: 4300,
    hashSeed: undefined,
    warnOptions: [],
    xOptions: {},
    pycachePrefix: undefined,
    checkHashPycs: "default",
    skipFirstLine: false,
    noDebugRanges: false,
    frozenModules: true,
    importTime: 0,
    cpuCount: -1,
    faulthandler: false,
    tracemalloc: 0,
    threadInheritContext: false,
    contextAwareWarnings: false,
    ioEncoding: undefined,
    platlibdir: undefined,
  };
}
