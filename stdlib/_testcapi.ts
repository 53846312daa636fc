// CPython 3.14: Modules/_testcapimodule.c, Modules/_testcapi/
//
// What CPython's tests reach through this module, as far as it does not speak of C: limits of the
// number types, the interpreter's configuration, raising and showing exceptions, calls from native
// code. gopy has no C API; what tests that (memory hooks, heap types from specs, watchers) is absent.

import {
  builtinType,
  M_NOSIG,
  None,
  PyBaseException,
  PyFloat,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { memoryError, systemError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur } from "../core/objects/state.ts";
import { interp } from "../vm/interpreter.ts";
import type { Config } from "../vm/config.ts";
import { tripSignal } from "./_signal.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { displayException, reportUnraisable, writeStderr } from "./sys_hooks.ts";
import { printTraceback } from "./traceback_print.ts";
import { callFunctions, callTypes } from "./_testcapi_call.ts";
import { monitoringFunctions, monitoringTypes } from "./_testcapi_monitoring.ts";

// ---- configuration ----------------------------------------------------------------------------

/** Options that are kept in sys, and may have been changed there. */
const IN_SYS: Record<string, string> = {
  argv: "argv",
  base_exec_prefix: "base_exec_prefix",
  base_prefix: "base_prefix",
  exec_prefix: "exec_prefix",
  executable: "executable",
  module_search_paths: "path",
  orig_argv: "orig_argv",
  platlibdir: "platlibdir",
  prefix: "prefix",
  pycache_prefix: "pycache_prefix",
  stdlib_dir: "_stdlib_dir",
  warnoptions: "warnoptions",
  xoptions: "_xoptions",
};
/** Options of the start, as values of Python. */
const OPTIONS: Record<string, (c: Config) => Value> = {
  bytes_warning: (c) => c.bytesWarning,
  check_hash_pycs_mode: (c) => c.checkHashPycs,
  code_debug_ranges: (c) => !c.noDebugRanges,
  context_aware_warnings: (c) => Number(c.contextAwareWarnings),
  cpu_count: (c) => c.cpuCount,
  dev_mode: (c) => c.devMode,
  faulthandler: (c) => c.faulthandler,
  import_time: (c) => c.importTime,
  inspect: (c) => c.inspect,
  int_max_str_digits: () => cur.interp.intMaxStrDigits,
  interactive: (c) => c.interactive,
  isolated: (c) => c.isolated,
  optimization_level: (c) => c.optimize,
  parser_debug: (c) => c.debug > 0,
  quiet: (c) => c.quiet,
  safe_path: (c) => c.safePath,
  site_import: (c) => !c.noSite,
  skip_source_first_line: (c) => c.skipFirstLine,
  thread_inherit_context: (c) => Number(c.threadInheritContext),
  tracemalloc: (c) => c.tracemalloc,
  use_environment: (c) => !c.ignoreEnvironment,
  use_frozen_modules: (c) => c.frozenModules,
  user_site_directory: (c) => !c.noUserSite,
  utf8_mode: (c) => c.utf8Mode,
  verbose: (c) => c.verbose,
  warn_default_encoding: (c) => c.warnDefaultEncoding,
  write_bytecode: (c) => !c.dontWriteBytecode,
};

function configGet(_m: Value, name: Value): Value {
  const n = A.isStr(name) ? utf16(A.strOf(name)) : "";
  if (Object.hasOwn(IN_SYS, n)) {
    const v = cur.interp.sys.dict.getStr(IN_SYS[n]);
    if (v !== undefined) return v;
  }
  if (!Object.hasOwn(OPTIONS, n)) throw valueError(`unknown config option name: ${n}`);
  return OPTIONS[n](interp().config);
}

// ---- exceptions -------------------------------------------------------------------------------

function exceptionPrint(_m: Value, exc: Value): Value {
  if (exc instanceof PyBaseException) displayException(exc);
  else writeStderr(`TypeError: print_exception(): Exception expected for value, ${typeName(exc)} found\n`);
  return None;
}

function raiseException(_m: Value, type: Value, n: Value): never {
  const args = Array.from({ length: A.asInt32(n) }, (_, i) => i);
  if (!A.isSubclassOf(type, X.BaseException)) {
    throw systemError(`_PyErr_SetObject: exception ${utf16(A.reprStr(type))} is not a BaseException subclass`);
  }
  throw A.call(type, args);
}

function makeException(_m: Value, name: Value, doc?: Value, base?: Value, dict?: Value): Value {
  const full = utf16(A.strOf(name)), dot = full.lastIndexOf(".");
  if (dot < 0) throw systemError("PyErr_NewException: name must be module.class");
  const d = new PyDict();
  for (const [k, v] of (dict as PyDict | undefined)?.entries() ?? []) d.set(k, v);
  if (doc !== undefined) d.setStr("__doc__", doc);
  if (d.getStr("__module__") === undefined) d.setStr("__module__", full.slice(0, dot));
  const bases = base instanceof PyTuple ? base : new PyTuple([base ?? X.Exception]);
  return A.call(A.getAttr(cur.interp.builtins, "type"), [full.slice(dot + 1), bases, d]);
}

/** Text with at most one `%R`, as PyErr_FormatUnraisable takes it. */
function formatUnraisable(_m: Value, exc: Value, format: Value = None, object?: Value): Value {
  const text = format === None ? undefined : utf16(A.strOf(format));
  const msg = text === undefined || object === undefined ? text : text.replace("%R", () => utf16(A.reprStr(object)));
  reportUnraisable(exc as PyBaseException, msg, undefined);
  return None;
}

// ---- an object to await -----------------------------------------------------------------------

const awaitType = builtinType("awaitType");
class Awaitable extends PyObject {
  constructor(cls: PyType, readonly what: Value) {
    super(cls);
  }
}
setSpec(awaitType, {
  slots: {
    tp_new: (type: PyType, args: Value[]) => {
      if (args.length !== 1) throw typeError(`awaitObject expected 1 argument, got ${args.length}`);
      return new Awaitable(type, args[0]);
    },
    am_await: (o: Value) => (o as Awaitable).what,
  },
});

// ---- the module -------------------------------------------------------------------------------

/** Limits of integer types by their width: signed names, then the unsigned maximum. */
const LIMITS: readonly [bits: bigint, signed: string[], unsigned: string[]][] = [
  [8n, ["CHAR"], ["UCHAR"]],
  [16n, ["SHRT"], ["USHRT"]],
  [32n, ["INT", "INT32"], ["UINT", "UINT32"]],
  [64n, ["LONG", "LLONG", "INT64", "PY_SSIZE_T"], ["ULONG", "ULLONG", "UINT64", "SIZE"]],
];
function limits(): Record<string, () => Value> {
  const out: Record<string, () => Value> = {};
  const int = (n: bigint): () => Value => () =>
    BigInt(Number(n)) === n && n < 1n << 53n && n > -1n << 53n ? Number(n) : n;
  for (const [bits, signed, unsigned] of LIMITS) {
    for (const s of signed) {
      out[`${s}_MAX`] = int((1n << bits - 1n) - 1n);
      out[`${s}_MIN`] = int(-(1n << bits - 1n));
    }
    for (const u of unsigned) out[`${u}_MAX`] = int((1n << bits) - 1n);
  }
  return out;
}

export const spec: ModuleSpec = {
  name: "_testcapi",
  types: { ...callTypes, ...monitoringTypes, awaitType },
  functions: {
    ...callFunctions,
    ...monitoringFunctions(),
    bad_get: ["self, obj, cls, /", "", (_m: Value, self: Value, _obj: Value, cls: Value) => {
      A.call0(cls);
      return self;
    }, M_NOSIG],
    config_get: ["object, /", "", configGet],
    config_names: [
      "",
      "",
      () =>
        A.call1(
          A.getAttr(cur.interp.builtins, "frozenset"),
          new PyTuple([
            ...Object.keys(IN_SYS),
            ...Object.keys(OPTIONS),
          ]),
        ),
    ],
    err_formatunraisable: ["exc, format, obj=None, /", "", formatUnraisable, M_NOSIG],
    err_writeunraisable: ["exc, obj, /", "", (_m: Value, exc: Value, obj: Value) => {
      reportUnraisable(exc as PyBaseException, undefined, obj);
      return None;
    }, M_NOSIG],
    exception_print: ["exception, legacy=False, /", "", exceptionPrint],
    make_exception_with_doc: [
      "name, doc=<unrepresentable>, base=<unrepresentable>, dict=<unrepresentable>",
      "Makes an exception class from its dotted name.",
      makeException,
    ],
    raise_exception: ["exception, num_args, /", "", raiseException],
    raise_memoryerror: ["", "", () => {
      throw memoryError();
    }],
    raise_SIGINT_then_send_None: ["gen, /", "", (_m: Value, gen: Value) => {
      // the handler runs at the next poll, inside the generator
      tripSignal(2);
      (cur as VmThread).fuel = 0;
      return A.callMethod(gen, "send", None);
    }, M_NOSIG],
    traceback_print: ["traceback, file, /", "", (_m: Value, tb: Value, file: Value) => {
      printTraceback(tb, file);
      return None;
    }],
  },
  constants: {
    ...limits(),
    FLT_MAX: () => new PyFloat(3.4028234663852886e38),
    FLT_MIN: () => new PyFloat(1.1754943508222875e-38),
    DBL_MAX: () => new PyFloat(Number.MAX_VALUE),
    DBL_MIN: () => new PyFloat(2.2250738585072014e-308),
  },
};
