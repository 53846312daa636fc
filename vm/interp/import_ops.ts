// CPython 3.14: Python/import.c (PyImport_ImportModuleLevelObject)
//
// `import` as the interpreter does it: sys.modules first, then importlib._bootstrap.

import { interp } from "../interpreter.ts";
import { None, PyBaseException, type PyDictBase, PyModule, PyTuple, type Value } from "../../core/objects/object.ts";
import { importError, keyError, newErrorArgs, typeError, valueError } from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import * as A from "../../core/objects/abstract.ts";
import { cur } from "../../core/objects/state.ts";
import type { PyTraceback } from "./unwind.ts";
import { nameValue, utf16 } from "../../core/objects/names.ts";

/** sys.modules[name], or undefined. */
function moduleNamed(name: string): Value | undefined {
  return cur.interp.modules.getStr(name);
}

/** importlib._bootstrap as the start made it, whatever sys.modules has in its place now. */
export function frozenImportlib(): Value {
  const m = cur.interp.store.get("importlib") as Value | undefined;
  if (m === undefined) throw importError("import machinery not initialized");
  return m;
}

/**
 * Takes importlib's own frames out of a traceback: all of them for an ImportError, else those that
 * only lead to the module's code (remove_importlib_frames).
 */
function removeImportlibFrames(exc: PyBaseException): void {
  const all = exc.cls.mro.includes(E.ImportError);
  const head: { next: PyTraceback | undefined } = { next: exc.traceback as PyTraceback | undefined };
  let prev: { next: PyTraceback | undefined } = head, outer = head, inside = false;
  for (let tb = head.next; tb !== undefined; tb = tb.next) {
    const code = tb.frame.prep.code;
    const now = code.co_filename === "<frozen importlib._bootstrap>" ||
      code.co_filename === "<frozen importlib._bootstrap_external>";
    if (now && !inside) outer = prev;
    inside = now;
    if (now && (all || code.co_name === "_call_with_frames_removed")) {
      outer.next = tb.next;
      prev = outer;
    } else prev = tb;
  }
  exc.traceback = head.next;
}

/** Waits until a module that another import is making is done. */
function ensureInitialized(mod: Value, name: string): void {
  const spec = A.lookupAttr(mod, "__spec__");
  if (spec === undefined || spec === None) return;
  const v = A.lookupAttr(spec, "_initializing");
  if (v !== undefined && A.isTrue(v)) A.callMethod(frozenImportlib(), "_lock_unlock_module", nameValue(name));
}

/** The absolute name for a relative import. */
function resolveName(name: string, globals: PyDictBase | undefined, level: number): string {
  if (globals === undefined) throw newErrorArgs(E.KeyError, ["'__name__' not in globals"]);
  let pkg = globals.getStr("__package__");
  const spec = globals.getStr("__spec__");
  if (pkg !== undefined && pkg !== None) {
    if (!A.isStr(pkg)) throw typeError("package must be a string");
    if (spec !== undefined && spec !== None) {
      const parent = A.getAttr(spec, "parent");
      if (!A.equals(pkg, parent)) {
        cur.interp.warn(E.DeprecationWarning, "__package__ != __spec__.parent", 1);
      }
    }
  } else if (spec !== undefined && spec !== None) {
    pkg = A.getAttr(spec, "parent");
    if (!A.isStr(pkg)) throw typeError("__spec__.parent must be a string");
  } else {
    cur.interp.warn(
      E.ImportWarning,
      "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
      1,
    );
    pkg = globals.getStr("__name__");
    if (pkg === undefined) throw newErrorArgs(E.KeyError, ["'__name__' not in globals"]);
    if (!A.isStr(pkg)) throw typeError("__name__ must be a string");
    if (globals.getStr("__path__") === undefined) {
      const s = utf16(A.strValue(pkg));
      const dot = s.lastIndexOf(".");
      if (dot < 0) throw importError("attempted relative import with no known parent package");
      pkg = s.slice(0, dot);
    }
  }
  let base = utf16(A.strValue(pkg));
  if (base === "") throw importError("attempted relative import with no known parent package");
  for (let i = 1; i < level; i++) {
    const dot = base.lastIndexOf(".");
    if (dot < 0) throw importError("attempted relative import beyond top-level package");
    base = base.slice(0, dot);
  }
  return name === "" ? base : `${base}.${name}`;
}

const TIMES = {};
/** -X importtime: loads a module and says on standard error how long that took (import_find_and_load). */
function timed(name: string, load: () => Value): Value {
  const i = interp();
  const show = i.store.get("raw_stderr") as ((text: string) => void) | undefined;
  let t = i.store.get(TIMES) as { depth: number; inner: number } | undefined;
  if (t === undefined) {
    i.store.set(TIMES, t = { depth: 0, inner: 0 });
    show?.("import time: self [us] | cumulative | imported package\n");
  }
  const outer = t.inner, from = performance.now();
  t.inner = 0;
  t.depth++;
  try {
    return load();
  } finally {
    t.depth--;
    const total = Math.round((performance.now() - from) * 1000);
    const own = String(Math.max(0, total - t.inner)).padStart(9);
    show?.(`import time: ${own} | ${String(total).padStart(10)} | ${" ".repeat(t.depth * 2)}${name}\n`);
    t.inner = outer + total;
  }
}

/** Finds or makes a module by its absolute name. */
export function importAbsolute(name: string): Value {
  const m = moduleNamed(name);
  if (m !== undefined && m !== None) {
    ensureInitialized(m, name);
    return m;
  }
  const load = () =>
    A.callMethod(
      frozenImportlib(),
      "_find_and_load",
      nameValue(name),
      cur.interp.store.get("__import__") as Value,
    );
  try {
    return interp().config.importTime > 0 ? timed(name, load) : load();
  } catch (e) {
    if (e instanceof PyBaseException) removeImportlibFrames(e);
    throw e;
  }
}

/** The work of IMPORT_NAME and `__import__`. */
export function importNameNative(
  name: string,
  globals: PyDictBase | undefined,
  fromlist: Value,
  levelValue: Value,
): Value {
  const level = A.asInt32(levelValue);
  if (level < 0) throw valueError("level must be >= 0");
  if (level === 0 && name === "") throw valueError("Empty module name");
  const abs = level > 0 ? resolveName(name, globals, level) : name;
  const mod = importAbsolute(abs);
  if (fromlist === None || !A.isTrue(fromlist)) {
    if (level !== 0 && name === "") return mod;
    const dot = name.indexOf(".");
    if (dot < 0) return mod;
    if (level === 0) return importAbsolute(name.slice(0, dot));
    // for a relative import, the first part of what was asked for
    const cut = abs.slice(0, abs.length - (name.length - dot));
    const m = moduleNamed(cut);
    if (m === undefined) throw keyError(`'${cut}' not in sys.modules as expected`);
    return m;
  }
  const path = A.lookupAttr(mod, "__path__");
  if (path !== undefined && path !== None && needsSubmodules(mod, fromlist)) {
    try {
      return A.callMethod(
        frozenImportlib(),
        "_handle_fromlist",
        mod,
        fromlist,
        cur.interp.store.get("__import__") as Value,
      );
    } catch (e) {
      if (e instanceof PyBaseException) removeImportlibFrames(e);
      throw e;
    }
  }
  return mod;
}

/** Is a name of the list not yet an attribute? (Spares a call of _handle_fromlist.) */
function needsSubmodules(mod: Value, fromlist: Value): boolean {
  if (!(fromlist instanceof PyTuple) || !(mod instanceof PyModule)) return true;
  for (const n of fromlist.items) {
    if (typeof n !== "string" || n === "*" || mod.dict.getStr(n) === undefined) return true;
  }
  return false;
}

/** Imports a module and returns the module itself, `a.b.c` too. */
export function importModule(name: string): Value {
  const m = moduleNamed(name);
  if (m !== undefined && m !== None) return m;
  importAbsolute(name);
  const r = moduleNamed(name);
  if (r === undefined) throw keyError(name);
  return r;
}
