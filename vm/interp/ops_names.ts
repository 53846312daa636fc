// CPython 3.14: Python/ceval.c, Python/bytecodes.c (names)
//
// Loading and storing names: globals and builtins with their caches, class namespaces, cells.

import { PyBaseException, PyCell, PyDictBase, type Value } from "../../core/objects/object.ts";
import { newErrorArgs, systemError } from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import { CO_FAST_FREE, CO_OPTIMIZED, type PyCode } from "../../core/code/code.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { dictType } from "../../core/objects/object.ts";
import { delItem, getItem, setItem } from "../../core/objects/abstract.ts";
import { nameValue } from "../../core/objects/names.ts";
import { LOAD_GLOBAL_BUILTIN, LOAD_GLOBAL_MODULE } from "../../core/code/opnums.ts";
import { note, second } from "./observe.ts";
import * as P from "./prepare.ts";
import type { Prep } from "./prepare.ts";
import type { Frame } from "./frame.ts";
import { frameLocals, hasHiddenLocals } from "./frame_locals.ts";

/** Where a global's value lies: index into the vals of the dict with that kver. */
class GlobalCache {
  constructor(readonly kver: number, readonly bver: number, readonly index: number) {}
}

export function nameNotDefined(name: string): PyBaseException {
  return E.makeNameError(E.NameError, `name '${name}' is not defined`, name);
}

export function unboundLocal(code: PyCode, i: number): PyBaseException {
  const name = code.co_localsplusnames[i];
  // CPython names the variable in the text only
  return newErrorArgs(E.UnboundLocalError, [
    nameValue(`cannot access local variable '${name}' where it is not associated with a value`),
  ]);
}
export function unboundCell(code: PyCode, i: number): PyBaseException {
  const name = code.co_localsplusnames[i];
  if ((code.co_localspluskinds[i] & CO_FAST_FREE) === 0) return unboundLocal(code, i);
  return E.makeNameError(
    E.NameError,
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
    name,
  );
}

/** LOAD_GLOBAL, specialising the site. */
export function loadGlobal(f: Frame, p: Prep, pc: number, name: string): Value {
  const g = f.globals, b = f.builtins;
  const nul = p.ops[pc] === P.LOAD_GLOBAL_NULL;
  if (p.mon !== undefined && p.mon.on) return lookupGlobal(f, name);
  if (g instanceof PyDict && g.cls === dictType && b instanceof PyDict) {
    let i = g.indexOfStr(name);
    if (second(p, pc)) note(p, pc, i >= 0 ? LOAD_GLOBAL_MODULE : LOAD_GLOBAL_BUILTIN);
    if (p.sites![pc] < 2) return i >= 0 ? g.vals[i]! : lookupGlobal(f, name);
    if (i >= 0) {
      p.cache[pc] = new GlobalCache(g.kver, 0, i);
      p.ops[pc] = nul ? P.LOAD_GLOBAL_MODULE_NULL : P.LOAD_GLOBAL_MODULE;
      return g.vals[i]!;
    }
    i = b.indexOfStr(name);
    if (i >= 0) {
      p.cache[pc] = new GlobalCache(g.kver, b.kver, i);
      p.ops[pc] = nul ? P.LOAD_GLOBAL_BUILTIN_NULL : P.LOAD_GLOBAL_BUILTIN;
      return b.vals[i]!;
    }
    throw nameNotDefined(name);
  }
  return lookupGlobal(f, name);
}

/** A global or builtin of the frame, without caches. */
export function lookupGlobal(f: Frame, name: string): Value {
  const v = itemOrUndef(f.globals, name) ?? itemOrUndef(f.builtins, name);
  if (v === undefined) throw nameNotDefined(name);
  return v;
}

/** An item of a namespace that may be any mapping; undefined on KeyError. */
export function itemOrUndef(ns: Value, name: string): Value | undefined {
  if (ns instanceof PyDictBase && ns.cls === dictType) return ns.getStr(name);
  try {
    return getItem(ns, nameValue(name));
  } catch (e) {
    if (e instanceof PyBaseException && e.cls.mro.includes(E.KeyError)) return undefined;
    throw e;
  }
}

export function loadName(f: Frame, name: string): Value {
  const ns = f.ns;
  if (ns === undefined) throw newErrorArgs(E.SystemError, [`no locals when loading '${name}'`]);
  const v = itemOrUndef(ns, name);
  return v !== undefined ? v : lookupGlobal(f, name);
}
export function storeName(f: Frame, name: string, v: Value): void {
  const ns = f.ns;
  if (ns instanceof PyDictBase && ns.cls === dictType) ns.setStr(name, v);
  else if (ns === undefined) throw systemError(`no locals found when storing '${name}'`);
  else setItem(ns, nameValue(name), v);
}

/** LOAD_FROM_DICT_OR_DEREF: a class body's own name, or the enclosing function's. */
export function loadFromDictOrDeref(f: Frame, ns: Value, i: number): Value {
  const name = f.prep.code.co_localsplusnames[i];
  const v = itemOrUndef(ns, name);
  if (v !== undefined) return v;
  const c = (f.locals[i] as PyCell).v;
  if (c === undefined) throw unboundCell(f.prep.code, i);
  return c;
}

/** The frame's local namespace as a mapping (locals()). */
export function localsOf(f: Frame): Value {
  if ((f.prep.code.co_flags & CO_OPTIMIZED) !== 0 || hasHiddenLocals(f)) return frameLocals(f);
  return f.ns ?? f.globals;
}

/** Instructions on names that are rare; returns the new stack pointer. */
export function rareName(f: Frame, op: number, arg: number, S: (Value | undefined)[], sp: number): number {
  const name = f.prep.names[arg];
  switch (op) {
    case 65: { // DELETE_NAME
      const ns = f.ns;
      if (ns === undefined) throw systemError(`no locals when deleting '${name}'`);
      try {
        delItem(ns, nameValue(name));
      } catch (e) {
        if (e instanceof PyBaseException && e.cls.mro.includes(E.KeyError)) throw nameNotDefined(name);
        throw e;
      }
      return sp;
    }
    case 64: // DELETE_GLOBAL
      if (f.globals.deleteStr(name) === undefined) throw nameNotDefined(name);
      return sp;
    case 91: // LOAD_FROM_DICT_OR_GLOBALS
      S[sp - 1] = itemOrUndef(S[sp - 1]!, name) ?? lookupGlobal(f, name);
      return sp;
    case 22: // LOAD_LOCALS
      if (f.ns === undefined) throw newErrorArgs(E.SystemError, ["no locals"]);
      S[sp] = f.ns;
      return sp + 1;
    default: { // SETUP_ANNOTATIONS
      const ns = f.ns;
      if (ns === undefined) throw newErrorArgs(E.SystemError, ["no locals found when setting up annotations"]);
      if (itemOrUndef(ns, "__annotations__") === undefined) setItem(ns, "__annotations__", new PyDict());
      return sp;
    }
  }
}
