// CPython 3.14: Objects/moduleobject.c (_PyModule_IsPossiblyShadowing)
//
// What the errors of modules without some name say of a file in the script's folder that may hide
// the module that was meant.

import { None, type Value } from "./object.ts";
import { callMethod, contains, isStr, isTrue, lookupAttr, strValue } from "./abstract.ts";
import { attrName, utf16 } from "./names.ts";
import { cur } from "./state.ts";
import { PySet } from "./set.ts";

/** Where a module comes from, and what that means. */
export interface ModuleOrigin {
  /** The file, or undefined. */
  origin: string | undefined;
  /** It lies in the folder that came first on sys.path. */
  shadowing: boolean;
  /** And its name is one of the standard library's. */
  stdlib: boolean;
  /** The module is still being made. */
  initializing: boolean;
}

function isInitializing(spec: Value): boolean {
  const v = lookupAttr(spec, "_initializing");
  return v !== undefined && isTrue(v);
}

/** Does the file lie in the folder that the start put on sys.path? */
function isShadowing(origin: string): boolean {
  let first = cur.interp.store.get("sys_path_0") as string | undefined;
  if (first === undefined) return false;
  let at = origin.lastIndexOf("/");
  if (at < 0) return false;
  if (origin.slice(at + 1) === "__init__.py") {
    // a package: the folder above
    at = origin.lastIndexOf("/", at - 1);
    if (at < 0) return false;
  }
  if (first === "") first = attrName(callMethod(cur.interp.importModule("posix"), "getcwd"));
  return first === origin.slice(0, at);
}

/** Looks a module's spec over; `name` is its `__name__`. */
export function moduleOrigin(spec: Value | undefined, name: Value | undefined): ModuleOrigin {
  const out: ModuleOrigin = { origin: undefined, shadowing: false, stdlib: false, initializing: false };
  if (spec === undefined || spec === None) return out;
  const located = lookupAttr(spec, "has_location");
  const origin = located !== undefined && isTrue(located) ? lookupAttr(spec, "origin") : undefined;
  if (origin !== undefined && isStr(origin)) {
    out.origin = utf16(strValue(origin));
    out.shadowing = isShadowing(out.origin);
  }
  if (out.shadowing && name !== undefined) {
    const names = cur.interp.sys.dict.getStr("stdlib_module_names");
    out.stdlib = names instanceof PySet && contains(names, name);
  }
  out.initializing = !out.stdlib && isInitializing(spec);
  return out;
}
