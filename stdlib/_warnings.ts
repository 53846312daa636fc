// CPython 3.14: Python/_warnings.c
//
// Issuing warnings. The filters, the once registry and the default action are those of the Python
// module `warnings` when it is loaded and this module's own otherwise; the same for how a warning is
// shown. `__warningregistry__` in a module's globals remembers what was shown from there, valid for
// one version of the filters. `installWarnings` gives the Interpreter the functions that natives and
// the compiler warn through.

import { argTypeName } from "../core/objects/type_name.ts";
import {
  None,
  PyBaseException,
  PyDictBase,
  PyList,
  type PyModule,
  PyTuple,
  PyType,
  type Str,
  strType,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { cur, type InterpState, interpStore, type ThreadState } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import { equalStr, strLen, strSlice } from "../core/objects/str_ops.ts";
import { strStartsWith } from "../core/objects/str_search.ts";
import { strSplitlines } from "../core/objects/str_split.ts";
import { utf16 } from "../core/objects/names.ts";
import { decodeKnown } from "../core/objects/codecs.ts";
import { lineAt } from "../core/code/locations.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { type Interp, visible } from "../vm/interpreter.ts";
import { readHostFile } from "../vm/import/frozen.ts";
import type { Frame } from "../vm/interp/frame.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { contextVarGet, PyContextVar } from "./_contextvars.ts";

interface WarningsState {
  filters: PyList;
  onceRegistry: PyDict;
  defaultAction: Value;
  /** Changes with the filters, so that registries made before are void. */
  version: number;
  context: PyContextVar;
  /** The recursive lock around changes of the filters: who holds it and how often. */
  holder: ThreadState | undefined;
  held: number;
}
const KEY = {};

function makeFilter(category: PyType, action: string, module: Value = None): PyTuple {
  return new PyTuple([action, None, category, module, 0]);
}
function state(): WarningsState {
  return interpStore(KEY, () => ({
    filters: new PyList([
      makeFilter(X.DeprecationWarning, "default", "__main__"),
      makeFilter(X.DeprecationWarning, "ignore"),
      makeFilter(X.PendingDeprecationWarning, "ignore"),
      makeFilter(X.ImportWarning, "ignore"),
      makeFilter(X.ResourceWarning, "ignore"),
    ]),
    onceRegistry: new PyDict(),
    defaultAction: "default",
    version: 0,
    context: new PyContextVar("_warnings_context"),
    holder: undefined,
    held: 0,
  }));
}

// ---- what the Python module overrides -------------------------------------------------------

/** An attribute of the module `warnings`; undefined when it is not loaded (and `load` is not given). */
function warningsAttr(name: string, load = false): Value | undefined {
  let m: Value | undefined;
  if (load && cur.interp.store.get("finalizing") !== true) {
    try {
      m = cur.interp.importModule("warnings");
    } catch (e) {
      if (e instanceof PyBaseException && e.cls.mro.includes(X.ImportError)) return undefined;
      throw e;
    }
  } else m = cur.interp.modules.getStr("warnings");
  return m === undefined || m === None ? undefined : A.lookupAttr(m, name);
}

function currentFilters(st: WarningsState): PyList {
  const ctx = contextVarGet(st.context);
  if (ctx !== undefined && ctx !== None) {
    const own = A.getAttr(ctx, "_filters");
    if (!(own instanceof PyList)) throw valueError("_filters of warnings._warnings_context must be a list");
    return own;
  }
  const f = warningsAttr("filters");
  if (f !== undefined) {
    if (!(f instanceof PyList)) throw valueError("_warnings.filters must be a list");
    st.filters = f;
  }
  return st.filters;
}
function onceRegistry(st: WarningsState): PyDict {
  const r = warningsAttr("onceregistry");
  if (r !== undefined) {
    if (!(r instanceof PyDict)) throw typeError(`_warnings.onceregistry must be a dict, not '${typeName(r)}'`);
    st.onceRegistry = r;
  }
  return st.onceRegistry;
}
function defaultAction(st: WarningsState): Value {
  const a = warningsAttr("defaultaction");
  if (a !== undefined) {
    if (!A.isStr(a)) throw typeError(`_warnings.defaultaction must be a string, not '${typeName(a)}'`);
    st.defaultAction = a;
  }
  return st.defaultAction;
}

// ---- filters and registries -----------------------------------------------------------------

/** Does a filter's pattern (None, a str to be equal to, or a compiled regex) accept the value? */
function matches(pattern: Value, v: Value): boolean {
  if (pattern === None) return true;
  if (A.isStr(pattern) && typeOf(pattern) === strType) {
    if (!A.isStr(v)) throw typeError(`Can't compare ${typeName(pattern)} and ${typeName(v)}`);
    return equalStr(A.strValue(pattern), A.strValue(v));
  }
  return A.isTrue(A.callMethod(pattern, "match", v));
}

function findAction(
  st: WarningsState,
  category: Value,
  text: Value,
  lineno: number,
  module: Value,
): [action: Value, item: Value] {
  const filters = currentFilters(st);
  for (let i = 0; i < filters.items.length; i++) {
    const item = filters.items[i];
    if (!(item instanceof PyTuple) || item.items.length !== 5) {
      throw valueError(`warnings.filters item ${i} isn't a 5-tuple`);
    }
    const [action, msg, cat, mod, ln] = item.items;
    if (!A.isStr(action)) throw typeError(`action must be a string, not '${typeName(action)}'`);
    const goodText = matches(msg, text);
    const goodModule = matches(mod, module);
    const goodCategory = A.isSubclassOf(category, cat);
    const line = A.asSsize(ln);
    if (goodText && goodModule && goodCategory && (line === 0 || line === lineno)) return [action, item];
  }
  return [defaultAction(st), None];
}

/** Is the key in the registry already? A registry of other filters is emptied first. */
function alreadyWarned(st: WarningsState, registry: PyDict, key: Value, set: boolean): boolean {
  const version = registry.getStr("version");
  if (version !== st.version) {
    for (const k of [...registry.entries()].map((e) => e[0])) registry.delete(k);
    registry.setStr("version", st.version);
  } else {
    const seen = registry.get(key);
    if (seen !== undefined && A.isTrue(seen)) return true;
  }
  if (set) registry.set(key, true);
  return false;
}

// ---- showing --------------------------------------------------------------------------------

/** The line of a file, without indentation and line end; undefined where it cannot be had. */
function fileLine(filename: Value, lineno: number): string | undefined {
  if (!A.isStr(filename) || lineno < 1) return undefined;
  try {
    const bytes = readHostFile(cur.interp as Interp, utf16(A.strValue(filename)));
    const text = decodeKnown(bytes, "utf-8", "replace");
    const lines = text === undefined ? [] : utf16(text).split(/\r\n|\r|\n/);
    return lines[lineno - 1]?.replace(/^[ \t\f]+/, "");
  } catch {
    return undefined;
  }
}

/** Shows a warning while the Python module is not loaded. What goes wrong is not reported. */
function showPlain(filename: Value, lineno: number, text: Value, category: Value, sourceLine: Str | undefined): void {
  try {
    const err = cur.interp.sys.dict.getStr("stderr");
    if (err === undefined || err === None) return;
    const write = (s: Value) => A.callMethod(err, "write", s);
    const name = A.getAttr(category, "__name__");
    write(A.strOf(filename) as Value);
    write(`:${lineno}: `);
    write(A.strOf(name) as Value);
    write(": ");
    write(A.strOf(text) as Value);
    write("\n");
    const line: Str | undefined = sourceLine ?? fileLine(filename, lineno);
    if (line === undefined) return;
    if (sourceLine === undefined) write("  ");
    write(line as Value);
    write("\n");
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
  }
}

function show(
  category: Value,
  text: Value,
  message: Value,
  filename: Value,
  lineno: number,
  sourceLine: Str | undefined,
  source: Value | undefined,
): void {
  const f = warningsAttr("_showwarnmsg", source !== undefined);
  if (f === undefined) {
    showPlain(filename, lineno, text, category, sourceLine);
    return;
  }
  if (!A.isCallable(f)) throw typeError("warnings._showwarnmsg() must be set to a callable");
  const cls = warningsAttr("WarningMessage");
  if (cls === undefined) throw runtimeError("unable to get warnings.WarningMessage");
  A.call1(
    f,
    A.call(cls, [message, category, filename, lineno, None, (sourceLine as Value | undefined) ?? None, source ?? None]),
  );
}

// ---- issuing --------------------------------------------------------------------------------

/** "dir/x.py" -> "dir/x" */
function moduleOfFile(filename: Str): Value {
  const n = strLen(filename);
  if (n === 0) return "<unknown>";
  if (n >= 3 && utf16(strSlice(filename, n - 3, n)) === ".py") return strSlice(filename, 0, n - 3) as Value;
  return filename as Value;
}

function warnExplicit(
  category: Value,
  message: Value,
  filename: Value,
  lineno: number,
  module: Value | undefined,
  registry: Value | undefined,
  sourceLine?: Str,
  source?: Value,
): void {
  // no module: the Interpreter is being taken apart
  if (module === None) return;
  if (registry !== undefined && registry !== None && !(registry instanceof PyDict)) {
    throw typeError("'registry' must be a dict or None");
  }
  const reg = registry instanceof PyDict ? registry : undefined;
  module ??= moduleOfFile(A.strValue(filename));
  let text: Value;
  if (A.isInstanceOf(message, X.Warning)) {
    text = A.strOf(message) as Value;
    category = typeOf(message);
  } else {
    text = message;
    message = A.call1(category, message);
  }
  const st = state();
  const key = new PyTuple([text, category, lineno]);
  if (reg !== undefined && alreadyWarned(st, reg, key, false)) return;
  const [action, item] = findAction(st, category, text, lineno, module);
  const name = utf16(A.strValue(action));
  if (name === "error") {
    throw A.isInstanceOf(message, X.BaseException) ? message : typeError("exceptions must derive from BaseException");
  }
  if (name === "ignore") return;
  if (name !== "always" && name !== "all") {
    reg?.set(key, true);
    const short = new PyTuple([text, category]);
    if (name === "once") {
      if (alreadyWarned(st, reg ?? onceRegistry(st), short, true)) return;
    } else if (name === "module") {
      if (reg !== undefined && alreadyWarned(st, reg, short, true)) return;
    } else if (name !== "default") {
      throw runtimeError(
        `Unrecognized action (${utf16(A.reprStr(action))}) in warnings.filters:\n ${utf16(A.reprStr(item))}`,
      );
    }
  }
  show(category, text, message, filename, lineno, sourceLine, source === None ? undefined : source);
}

function isInternal(f: Frame): boolean {
  const name = utf16(A.strValue(f.prep.code.co_filename));
  return name.includes("importlib") && name.includes("_bootstrap");
}
function skipped(f: Frame, prefixes: readonly Str[]): boolean {
  if (prefixes.length === 0) return false;
  const name = A.strValue(f.prep.code.co_filename);
  return prefixes.some((p) => strStartsWith(name, p));
}
function nextExternal(f: Frame, prefixes: readonly Str[]): Frame | undefined {
  let g = visible(f.back);
  while (g !== undefined && (isInternal(g) || skipped(g, prefixes))) g = visible(g.back);
  return g;
}

/** Issues a warning for the code `level` frames up (PyErr_WarnEx). */
function doWarn(
  message: Value,
  category: Value,
  level: number,
  source: Value | undefined,
  prefixes: readonly Str[],
): void {
  let f = visible((cur as VmThread).frame);
  if (level <= 0 || f === undefined || isInternal(f)) {
    while (--level > 0 && f !== undefined) f = visible(f.back);
  } else {
    while (--level > 0 && f !== undefined) f = nextExternal(f, prefixes);
  }
  let globals: PyDictBase, filename: Value, lineno: number;
  if (f === undefined) {
    globals = cur.interp.sys.dict;
    filename = "<sys>";
    lineno = 0;
  } else {
    const code = f.prep.code;
    globals = f.globals;
    filename = code.co_filename;
    lineno = lineAt(code.co_linetable, code.co_firstlineno, f.pc) ?? 0;
  }
  let registry = globals.getStr("__warningregistry__");
  if (registry === undefined) globals.setStr("__warningregistry__", registry = new PyDict());
  let module = globals.getStr("__name__");
  if (module === undefined || (module !== None && !A.isStr(module))) module = "<string>";
  warnExplicit(category, message, filename, lineno, module, registry, undefined, source);
}

/** The category of a warning: the message's own class when it is a Warning. */
function categoryOf(message: Value, category: Value): Value {
  if (A.isInstanceOf(message, X.Warning)) category = typeOf(message);
  else if (category === None) category = X.UserWarning;
  if (!(category instanceof PyType) || !A.isSubclassOf(category, X.Warning)) {
    throw typeError(`category must be a Warning subclass, not '${typeName(category)}'`);
  }
  return category;
}

function warn(
  _m: Value,
  message: Value,
  category: Value = None,
  stacklevel: Value = 1,
  source: Value = None,
  skip: Value = new PyTuple([]),
): Value {
  let level = A.asSsize(stacklevel);
  if (!(skip instanceof PyTuple)) {
    throw typeError(`warn() argument 'skip_file_prefixes' must be tuple, not ${typeName(skip)}`);
  }
  const prefixes = skip.items.map((p) => {
    if (!A.isStr(p)) throw typeError(`Found non-str '${typeName(p)}' in skip_file_prefixes.`);
    return A.strValue(p);
  });
  if (prefixes.length > 0 && level < 2) level = 2;
  doWarn(message, categoryOf(message, category), level, source, prefixes);
  return None;
}

/** The line that a module's loader has as its source; undefined where there is none. */
function loaderLine(globals: PyDictBase, lineno: number): Str | undefined {
  const external = cur.interp.modules.getStr("_frozen_importlib_external");
  if (external === undefined) return undefined;
  const loader = A.callMethod(external, "_bless_my_loader", globals);
  if (loader === None) return undefined;
  // a module that runs as __main__ is known to its loader by the name of its spec
  const spec = globals.getStr("__spec__");
  let name = spec === undefined || spec === None ? undefined : A.lookupAttr(spec, "name");
  name ??= globals.getStr("__name__");
  if (name === undefined) return undefined;
  const get = A.lookupAttr(loader, "get_source");
  if (get === undefined) return undefined;
  let source: Value;
  try {
    source = A.call1(get, name);
  } catch (e) {
    if (!X.isOf(e, X.ImportError)) throw e;
    return undefined;
  }
  if (!A.isStr(source)) return undefined;
  return strSplitlines(A.strValue(source))[lineno - 1];
}

function warnExplicitCall(
  _m: Value,
  message: Value,
  category: Value,
  filename: Value,
  lineno: Value,
  module?: Value,
  registry?: Value,
  globals?: Value,
  source?: Value,
): Value {
  if (!A.isStr(filename)) {
    throw typeError(`warn_explicit() argument 'filename' must be str, not ${argTypeName(filename)}`);
  }
  const line = A.asInt32(lineno);
  let sourceLine: Str | undefined;
  if (globals !== undefined && globals !== None) {
    if (!(globals instanceof PyDictBase)) throw typeError(`module_globals must be a dict, not '${typeName(globals)}'`);
    sourceLine = loaderLine(globals, line);
  }
  warnExplicit(category, message, filename, line, module, registry, sourceLine, source);
  return None;
}

/** Gives an Interpreter its ways to warn: natives by stack level, the compiler by place. */
export function installWarnings(interp: InterpState): void {
  interp.store.set("warn", (category: PyType, message: string, stacklevel: number): void => {
    doWarn(X.textValue(message), category, stacklevel, undefined, []);
  });
  interp.store.set(
    "warn_explicit",
    (category: PyType, message: string, filename: Value, lineno: number, module: Value | undefined): void => {
      warnExplicit(category, X.textValue(message), filename, lineno, module, undefined);
    },
  );
}
/** Issues a ResourceWarning about an object that was not closed (PyErr_ResourceWarning). */
export function warnResource(source: Value, stacklevel: number, message: Value): void {
  doWarn(message, X.ResourceWarning, stacklevel, source, []);
}

export const spec: ModuleSpec = {
  name: "_warnings",
  doc: "The filtering and issuing of warnings, for the warnings module.",
  functions: {
    warn: [
      "message, category=None, stacklevel=1, source=None, *,\n     skip_file_prefixes=()",
      "Issues a warning: shows it, ignores it or raises it as an exception.\n\n  message\n    Text of the warning, or an instance of a Warning class.\n  category\n    The Warning class; UserWarning by default.\n  stacklevel\n    How many frames up the code is that the warning is about.\n  source\n    The object that the warning is about, shown with ResourceWarning.\n  skip_file_prefixes\n    Frames of files that begin with one of these do not count.",
      warn,
    ],
    warn_explicit: [
      "message, category, filename, lineno,\n              module=<unrepresentable>, registry=None,\n              module_globals=None, source=None",
      "Issues a warning for a place that is given.",
      warnExplicitCall,
    ],
    _filters_mutated_lock_held: ["", "Tells that the filters have changed.", () => {
      const st = state();
      if (st.held === 0) throw runtimeError("warnings lock is not held");
      st.version++;
      return None;
    }],
    _acquire_lock: ["", "Takes the lock around changes of the filters.", () => {
      const st = state();
      st.holder = cur;
      st.held++;
      return None;
    }],
    _release_lock: ["", "Gives the lock back.", () => {
      const st = state();
      if (st.held === 0) throw runtimeError("cannot release un-acquired lock");
      if (--st.held === 0) st.holder = undefined;
      return None;
    }],
  },
  exec(mod: PyModule) {
    const st = state(), d = mod.dict;
    d.setStr("filters", st.filters);
    d.setStr("_onceregistry", st.onceRegistry);
    d.setStr("_defaultaction", st.defaultAction);
    d.setStr("_warnings_context", st.context);
  },
};
