// CPython 3.14: Python/sysmodule.c
//
// The sys module. What describes the Interpreter (flags, paths, version) is set by `exec` from its
// configuration; hooks are in sys_hooks.ts.

import { isImmortal } from "../core/objects/immortal.ts";
import { argTypeName } from "../core/objects/type_name.ts";
import {
  isSubtype,
  M_NOSIG,
  None,
  PyBaseException,
  PyFloat,
  PyList,
  type PyModule,
  PyTuple,
  PyType,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { newErrorArgs, recursionError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { cur } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";
import { makeNamespace } from "../core/objects/namespace.ts";
import { attrName, nameValue } from "../core/objects/names.ts";
import { newFrozenSet } from "../core/objects/set.ts";
import { type Interp, interp, visible } from "../vm/interpreter.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { MAIN_IDENT } from "../vm/threads/scheduler.ts";
import type { Frame } from "../vm/interp/frame.ts";
import { STDLIB_NAMES } from "./sys_names.ts";
import { displayhook, excepthook, reportUnraisable, unraisableArgsType, unraisablehook } from "./sys_hooks.ts";
import { installWarnings } from "./_warnings.ts";
import { typeModified } from "../core/objects/type_ready.ts";
import { TF_FROM_SPEC, TF_HEAPTYPE, TF_IMMUTABLE, typeOf } from "../core/objects/object.ts";
import { flagsOf } from "../core/objects/type.ts";
import { monitoringModule } from "./sys_monitoring.ts";
import { setProfile, setTrace } from "../vm/monitoring/legacy.ts";
import { moduleFromSpec } from "../core/objects/module.ts";
import { asyncgenHooks, setAsyncgenHooks } from "./sys_asyncgen.ts";

/** The version of Python that gopy is. */
export const VERSION_INFO = [3, 14, 8, "final", 0] as const;
const HEXVERSION = 0x030e08f0;
const VERSION = "3.14.8 (gopy) [TypeScript]";

const flagsType = structSeqType({
  name: "sys.flags",
  doc: "Flags provided through command line arguments or environment vars.",
  fields: [
    "debug",
    "inspect",
    "interactive",
    "optimize",
    "dont_write_bytecode",
    "no_user_site",
    "no_site",
    "ignore_environment",
    "verbose",
    "bytes_warning",
    "quiet",
    "hash_randomization",
    "isolated",
    "dev_mode",
    "utf8_mode",
    "warn_default_encoding",
    "safe_path",
    "int_max_str_digits",
    "gil",
    "thread_inherit_context",
    "context_aware_warnings",
  ],
  visible: 18,
  noNew: true,
});
const versionType = structSeqType({
  name: "sys.version_info",
  doc: "Version information as a named tuple.",
  fields: ["major", "minor", "micro", "releaselevel", "serial"],
  visible: 5,
  noNew: true,
});
const floatInfoType = structSeqType({
  name: "sys.float_info",
  doc: "What is known of the C type double.",
  fields: [
    "max",
    "max_exp",
    "max_10_exp",
    "min",
    "min_exp",
    "min_10_exp",
    "dig",
    "mant_dig",
    "epsilon",
    "radix",
    "rounds",
  ],
  visible: 11,
});
const intInfoType = structSeqType({
  name: "sys.int_info",
  doc: "What is known of Python's ints.",
  fields: ["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"],
  visible: 4,
});
const hashInfoType = structSeqType({
  name: "sys.hash_info",
  doc: "Parameters of the numeric and str hashes.",
  fields: ["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"],
  visible: 9,
});
const threadInfoType = structSeqType({
  name: "sys.thread_info",
  doc: "What is known of the thread implementation.",
  fields: ["name", "lock", "version"],
  visible: 3,
});

function thread(): VmThread {
  return cur as VmThread;
}

/** The frame `depth` calls up. */
function getFrame(depth: number): Frame {
  let f = visible(thread().frame);
  for (; depth > 0 && f !== undefined; depth--) f = visible(f.back);
  if (f === undefined) throw valueError("call stack is not deep enough");
  return f;
}

function intern(_m: Value, s: Value): Value {
  if (!A.isStr(s)) throw typeError(`intern() argument must be str, not ${argTypeName(s)}`);
  if (typeof s === "object" && s.cls.name !== "str") throw typeError(`can't intern ${typeName(s)}`);
  return s;
}

function sizeOf(_m: Value, o: Value, dflt?: Value): Value {
  const f = A.lookupSpecial(o, "__sizeof__");
  if (f === undefined) {
    if (dflt !== undefined) return dflt;
    throw typeError(`Type ${typeName(o)} doesn't define __sizeof__`);
  }
  let r: Value;
  try {
    r = A.call0(f);
  } catch (e) {
    if (dflt !== undefined && e instanceof PyBaseException && isSubtype(e.cls, X.TypeError)) return dflt;
    throw e;
  }
  const n = A.asSsize(r);
  if (n < 0) throw valueError("__sizeof__() should return >= 0");
  // what stands before an object: the collector's links; dict and weak references
  const flags = flagsOf(typeOf(o));
  if ((flags & 1 << 14) === 0 || o instanceof PyType && (o.flags & (TF_HEAPTYPE | TF_FROM_SPEC)) === 0) return n;
  return n + 16 + ((flags & (1 << 3 | 1 << 4)) !== 0 ? 16 : 0);
}

const DLOPEN_FLAGS = {};
const RTLD_NOW = 2;

/** The thread states of the Interpreter by their identifiers. */
function threadStates(): [number, VmThread][] {
  const { main, scheduler } = interp();
  return [[MAIN_IDENT, main], ...(scheduler?.threads ?? []).map((t): [number, VmThread] => [t.ident, t.ts])];
}

/** sys.exit */
function exit(_m: Value, status: Value = None): Value {
  throw newErrorArgs(
    X.SystemExit,
    status === None ? [] : status instanceof PyTuple && status.cls.name === "tuple" ? status.items.slice() : [status],
  );
}

/** Audit hooks of this Interpreter. */
function auditHooks(): Value[] {
  let h = cur.interp.store.get(auditHooks) as Value[] | undefined;
  if (h === undefined) cur.interp.store.set(auditHooks, h = []);
  return h;
}
/** Raises an auditing event. */
export function audit(event: string, args: () => Value[]): void {
  const hooks = cur.interp.store.get(auditHooks) as Value[] | undefined;
  if (hooks === undefined || hooks.length === 0) return;
  const t = new PyTuple(args());
  for (const h of hooks) A.call2(h, event, t);
}

function makeFlags(i: Interp): Value {
  const c = i.config;
  const b = (x: boolean) => x ? 1 : 0;
  return structSeq(flagsType, [
    c.debug,
    b(c.inspect),
    b(c.interactive),
    c.optimize,
    b(c.dontWriteBytecode),
    b(c.noUserSite),
    b(c.noSite),
    b(c.ignoreEnvironment),
    c.verbose,
    c.bytesWarning,
    b(c.quiet),
    c.hashSeed === 0 ? 0 : 1,
    b(c.isolated),
    c.devMode,
    b(c.utf8Mode),
    b(c.warnDefaultEncoding),
    c.safePath,
    c.intMaxStrDigits,
    1,
    b(c.threadInheritContext),
    b(c.contextAwareWarnings),
  ], 18);
}

function strList(xs: readonly string[]): PyList {
  return new PyList(xs.map(nameValue));
}

/** Sets sys.X that come from the configuration. */
function setUp(m: PyModule): void {
  cur.interp.store.set(
    "unraisable",
    (e: PyBaseException, where: string, o: Value | undefined) =>
      reportUnraisable(e, where === "" ? undefined : where, o),
  );
  const i = interp(), c = i.config, d = m.dict;
  installWarnings(i);
  i.store.set(
    "unraisable",
    (e: PyBaseException, where: string, o: Value | undefined) =>
      reportUnraisable(e, where === "" ? undefined : where, o),
  );
  const set = (k: string, v: Value) => d.setStr(k, v);
  const version = structSeq(versionType, [...VERSION_INFO]);
  set("modules", i.modules);
  set("version", VERSION);
  set("hexversion", HEXVERSION);
  set("version_info", version);
  set("api_version", 1013);
  set("copyright", "Copyright (c) 2026 The gopy authors.\nAll Rights Reserved.");
  set("platform", i.host.platform === "browser" ? "emscripten" : i.host.platform);
  set("platlibdir", nameValue(c.platlibdir ?? "lib"));
  set("byteorder", "little");
  set("maxsize", 9223372036854775807n);
  set("maxunicode", 0x10ffff);
  set("abiflags", "");
  set("float_repr_style", "short");
  set("executable", c.executable);
  set("_base_executable", c.executable);
  for (const k of ["prefix", "base_prefix", "exec_prefix", "base_exec_prefix"]) set(k, nameValue(c.prefix));
  set("_stdlib_dir", nameValue(c.stdlibDir));
  set("_framework", "");
  set("_git", new PyTuple(["gopy", "", ""]));
  set("_home", None);
  set("path", strList(c.path));
  set("argv", strList(c.argv));
  set("orig_argv", strList(c.origArgv));
  set("meta_path", new PyList([]));
  set("path_hooks", new PyList([]));
  set("path_importer_cache", new PyDict());
  set("dont_write_bytecode", c.dontWriteBytecode);
  set("pycache_prefix", c.pycachePrefix === undefined ? None : nameValue(c.pycachePrefix));
  set("warnoptions", strList(c.warnOptions));
  const xo = new PyDict();
  for (const [k, v] of Object.entries(c.xOptions)) xo.set(nameValue(k), v === true ? true : nameValue(v));
  set("_xoptions", xo);
  set("flags", makeFlags(i));
  set(
    "float_info",
    structSeq(floatInfoType, [
      new PyFloat(Number.MAX_VALUE),
      1024,
      308,
      new PyFloat(2.2250738585072014e-308),
      -1021,
      -307,
      15,
      53,
      new PyFloat(Number.EPSILON),
      2,
      1,
    ]),
  );
  set("int_info", structSeq(intInfoType, [30, 4, 4300, 640]));
  set("hash_info", structSeq(hashInfoType, [64, 2305843009213693951n, 314159, 0, 1000003, "siphash13", 64, 128, 0]));
  set("thread_info", structSeq(threadInfoType, ["pthread", "semaphore", "NPTL 2.36"]));
  set(
    "implementation",
    makeNamespace({
      name: "cpython",
      cache_tag: "cpython-314",
      version,
      hexversion: HEXVERSION,
      _multiarch: "x86_64-linux-gnu",
      supports_isolated_interpreters: true,
    }),
  );
  set("builtin_module_names", new PyTuple([...i.options.nativeNames]));
  set("stdlib_module_names", newFrozenSet([...STDLIB_NAMES]));
  set("monitoring", monitoringModule());
  const no = (doc: string): [string, string, () => Value] => ["", doc, () => false];
  set(
    "_jit",
    moduleFromSpec({
      name: "sys._jit",
      functions: {
        is_available: no("Return True if the current Python executable supports JIT compilation, and False otherwise."),
        is_enabled: no(
          "Return True if JIT compilation is enabled for the current Python process, and False otherwise.",
        ),
        is_active: no("Return True if the topmost Python frame is currently executing JIT code, and False otherwise."),
      },
    }),
  );
  for (const n of ["displayhook", "excepthook", "unraisablehook", "breakpointhook"]) set(`__${n}__`, d.getStr(n)!);
}

export const spec: ModuleSpec = {
  name: "sys",
  doc: "Objects used or kept by the interpreter, and functions that act on it.",
  functions: {
    addaudithook: ["hook", "Adds a new audit hook callback.", (_m: Value, hook: Value) => {
      audit("sys.addaudithook", () => []);
      auditHooks().push(hook);
      return None;
    }],
    audit: [
      "event, /, *args",
      "Passes the event to any hooks that are attached.",
      (_m: Value, event: Value, args: Value[]) => {
        if (!A.isStr(event)) throw typeError(`expected str for argument 'event', not ${typeName(event)}`);
        audit(attrName(event), () => args);
        return None;
      },
    ],
    breakpointhook: [
      "*args, **kwargs",
      "This hook function is called by built-in breakpoint().",
      (_m: Value, args: Value[], kw?: PyDict) => {
        const name = interp().config.ignoreEnvironment ? undefined : readEnv("PYTHONBREAKPOINT");
        if (name === "0") return None;
        const full = name === undefined || name === "" ? "pdb.set_trace" : name;
        const dot = full.lastIndexOf(".");
        let f: Value | undefined;
        try {
          if (dot !== 0) {
            f = A.lookupAttr(cur.interp.importModule(dot < 0 ? "builtins" : full.slice(0, dot)), full.slice(dot + 1));
          }
        } catch (e) {
          if (!X.isOf(e, X.ImportError)) throw e;
        }
        if (f === undefined) {
          cur.interp.warn(X.RuntimeWarning, `Ignoring unimportable $PYTHONBREAKPOINT: "${full}"`, 1);
          return None;
        }
        const names: string[] = [];
        for (const [k, v] of kw?.entries() ?? []) {
          names.push(attrName(k));
          args.push(v);
        }
        return A.call(f, args, names);
      },
    ],
    _clear_internal_caches: ["", "Clear all internal performance-related caches.", () => None],
    _clear_type_descriptors: [
      "type, /",
      "Private function for clearing certain descriptors from a type's dictionary.",
      (_m: Value, t: Value) => {
        if (!(t instanceof PyType)) {
          throw typeError(`_clear_type_descriptors() argument must be type, not ${typeName(t)}`);
        }
        if ((t.flags & TF_IMMUTABLE) !== 0) throw typeError("argument is immutable");
        for (const n of ["__dict__", "__weakref__"]) {
          if (t.tdict!.deleteStr(n) !== undefined) typeModified(t, n);
        }
        return None;
      },
    ],
    _clear_type_cache: ["", "Clear the internal type lookup cache.", () => {
      cur.interp.warn(
        X.DeprecationWarning,
        "sys._clear_type_cache() is deprecated and scheduled for removal in a future version. " +
          "Use sys._clear_internal_caches() instead.",
        1,
      );
      return None;
    }],
    _current_frames: ["", "Return a dict mapping each thread's thread id to its current stack frame.", () => {
      const d = new PyDict();
      for (const [ident, ts] of threadStates()) {
        const f = visible(ts.frame);
        if (f !== undefined) d.set(ident, f);
      }
      return d;
    }],
    _current_exceptions: ["", "Return a dict mapping each thread's identifier to its current raised exception.", () => {
      const d = new PyDict();
      for (const [ident, ts] of threadStates()) d.set(ident, ts.handled());
      return d;
    }],
    displayhook: ["object, /", "Print an object to sys.stdout and also save it in builtins._", displayhook],
    exception: ["", "Return the current exception.", () => thread().handled()],
    exc_info: ["", "Return current exception information: (type, value, traceback).", () => {
      const e = thread().handled();
      if (!(e instanceof PyBaseException)) return new PyTuple([None, None, None]);
      return new PyTuple([e.cls, e, e.traceback ?? None]);
    }],
    excepthook: [
      "exctype, value, traceback, /",
      "Handle an exception by displaying it with a traceback on sys.stderr.",
      excepthook,
    ],
    exit: ["status=None, /", "Exit the interpreter by raising SystemExit(status).", exit],
    getdefaultencoding: ["", "Return the current default encoding used by the Unicode implementation.", () => "utf-8"],
    getdlopenflags: ["", "Return the current value of the flags that are used for dlopen calls.", () => {
      return cur.interp.store.get(DLOPEN_FLAGS) as number ?? RTLD_NOW;
    }],
    setdlopenflags: ["flags, /", "Set the flags used by the interpreter for dlopen calls.", (_m: Value, n: Value) => {
      cur.interp.store.set(DLOPEN_FLAGS, A.asInt32(n));
      return None;
    }],
    getallocatedblocks: ["", "Return the number of memory blocks currently allocated.", () => cur.interp.nextId],
    getunicodeinternedsize: [
      "*, _only_immortal=False",
      "Return the number of elements of the unicode interned dictionary",
      () => 0,
    ],
    getfilesystemencoding: [
      "",
      "Return the encoding used to convert Unicode filenames to OS filenames.",
      () => "utf-8",
    ],
    getfilesystemencodeerrors: [
      "",
      "Return the error mode used for Unicode to OS filename conversion.",
      () => "surrogateescape",
    ],
    intern: ["string, /", "``Intern'' the given string.", intern],
    _is_interned: ["string, /", 'Return True if the given string is "interned".', (_m: Value, s: Value) => {
      if (!A.isStr(s)) throw typeError(`_is_interned() argument must be str, not ${argTypeName(s)}`);
      return true;
    }],
    _is_immortal: [
      "op, /",
      'Return True if the given object is "immortal" per PEP 683.',
      (_m: Value, o: Value) => isImmortal(o),
    ],
    is_finalizing: ["", "Return True if Python is exiting.", () => cur.interp.store.get("finalizing") === true],
    _is_gil_enabled: ["", "Return True if the GIL is currently enabled and False if it's disabled.", () => true],
    setswitchinterval: [
      "interval, /",
      "Set the ideal thread switching delay inside the Python interpreter.",
      (_m: Value, v: Value) => {
        const n = A.asDouble(v);
        if (!(n > 0)) throw valueError("switch interval must be strictly positive");
        cur.interp.store.set("switchinterval", n);
        return None;
      },
    ],
    getswitchinterval: [
      "",
      "Return the current thread switch interval; see sys.setswitchinterval().",
      () => new PyFloat(cur.interp.store.get("switchinterval") as number ?? 0.005),
    ],
    setrecursionlimit: [
      "limit, /",
      "Set the maximum depth of the Python interpreter stack to n.",
      (_m: Value, n: Value) => {
        const v = A.asInt32(n);
        if (v < 1) throw valueError("recursion limit must be greater or equal than 1");
        if (cur.depth >= v) {
          throw recursionError(
            `cannot set the recursion limit to ${v} at the recursion depth ${cur.depth}: the limit is too low`,
          );
        }
        const most = interp().recursionCap;
        if (v > most) throw valueError(`the recursion limit cannot be higher than ${most} here`);
        cur.recursionLimit = v;
        return None;
      },
    ],
    getrecursionlimit: ["", "Return the current value of the recursion limit.", () => cur.recursionLimit],
    getsizeof: [
      "object, default=None",
      "getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes.",
      sizeOf,
      M_NOSIG,
    ],
    getrefcount: ["object, /", "Return the reference count of object.", () => 2],
    set_int_max_str_digits: [
      "maxdigits",
      "Set the maximum string digits limit for non-binary int<->str conversions.",
      (_m: Value, n: Value) => {
        const v = A.asInt32(n);
        if (v !== 0 && v < 640) throw valueError("maxdigits must be 0 or larger than 640");
        cur.interp.intMaxStrDigits = v;
        return None;
      },
    ],
    get_int_max_str_digits: [
      "",
      "Return the maximum string digits limit for non-binary int<->str conversions.",
      () => cur.interp.intMaxStrDigits,
    ],
    _getframe: [
      "depth=0, /",
      "Return a frame object from the call stack.",
      (_m: Value, n: Value = 0) => getFrame(A.asInt32(n)),
    ],
    _getframemodulename: [
      "depth=0",
      "Return the name of the module for a calling frame.",
      (_m: Value, n: Value = 0) => {
        let f = visible(thread().frame);
        for (let k = A.asInt32(n); k > 0 && f !== undefined; k--) f = visible(f.back);
        return f?.func?.module ?? None;
      },
    ],
    get_asyncgen_hooks: ["", "Return the installed asynchronous generators hooks.", asyncgenHooks],
    set_asyncgen_hooks: [
      "[firstiter] [, finalizer]",
      "Set a finalizer for async generators objects.",
      setAsyncgenHooks,
      8 | 32,
    ],
    get_coroutine_origin_tracking_depth: [
      "",
      "Check status of origin tracking for coroutine objects in this thread.",
      () => cur.interp.store.get("cr_origin") as number ?? 0,
    ],
    set_coroutine_origin_tracking_depth: [
      "depth",
      "Enable or disable origin tracking for coroutine objects in this thread.",
      (_m: Value, n: Value) => {
        const v = A.asInt32(n);
        if (v < 0) throw valueError("depth must be >= 0");
        cur.interp.store.set("cr_origin", v);
        return None;
      },
    ],
    gettrace: [
      "",
      "Return the global debug tracing function set with sys.settrace.",
      () => (cur as VmThread).traceFunc ?? None,
    ],
    settrace: ["function, /", "Set the global debug tracing function.", (_m: Value, f: Value) => {
      setTrace(cur as VmThread, f);
      return None;
    }],
    getprofile: [
      "",
      "Return the profiling function set with sys.setprofile.",
      () => (cur as VmThread).profileFunc ?? None,
    ],
    setprofile: ["function, /", "Set the profiling function.", (_m: Value, f: Value) => {
      setProfile(cur as VmThread, f);
      return None;
    }],
    _settraceallthreads: [
      "function, /",
      "Set the global debug tracing function in all running threads belonging to the current interpreter.",
      (_m: Value, f: Value) => {
        setTrace(cur as VmThread, f);
        return None;
      },
    ],
    _setprofileallthreads: [
      "function, /",
      "Set the profiling function in all running threads belonging to the current interpreter.",
      (_m: Value, f: Value) => {
        setProfile(cur as VmThread, f);
        return None;
      },
    ],
    call_tracing: [
      "func, args, /",
      "Call func(*args), while tracing is enabled.",
      (_m: Value, f: Value, args: Value) => {
        if (!(args instanceof PyTuple)) {
          throw typeError(
            `call_tracing() argument 2 must be tuple, not ${typeName(args)}`,
          );
        }
        const ts = cur as VmThread, tracing = ts.tracing;
        ts.tracing = 0;
        try {
          return A.call(f, args.items.slice());
        } finally {
          ts.tracing = tracing;
        }
      },
    ],
    unraisablehook: ["unraisable, /", "Handle an unraisable exception.", unraisablehook],
    activate_stack_trampoline: ["backend, /", "Activate stack profiler trampoline *backend*.", () => {
      throw valueError("perf trampoline not available");
    }],
    deactivate_stack_trampoline: ["", "Deactivate the current stack profiler trampoline backend.", () => None],
    is_stack_trampoline_active: ["", "Return *True* if a stack profiler trampoline is active.", () => false],
    is_remote_debug_enabled: ["", "Return True if remote debugging is enabled, False otherwise.", () => false],
    _get_cpu_count_config: ["", "Private function for getting PyConfig.cpu_count", () => interp().config.cpuCount],
  },
  types: { UnraisableHookArgs: unraisableArgsType },
  exec: setUp,
};

function readEnv(name: string): string | undefined {
  try {
    return interp().host.env.get(name);
  } catch {
    return undefined;
  }
}
