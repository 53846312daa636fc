// CPython 3.14: Objects/codeobject.c (the constants)
//
// Constants of code that several Interpreters run. A frozenset holds its items by their hashes, and
// each Interpreter has a hash seed of its own: so it has copies of those.

import { PyCode } from "../code/code.ts";
import { PyTuple, type Value } from "./object.ts";
import { PySet } from "./set.ts";
import { interpStore } from "./state.ts";

const KEY = {};

function hasSet(v: Value): boolean {
  return v instanceof PySet || v instanceof PyTuple && v.items.some(hasSet);
}
function copied(v: Value): Value {
  if (v instanceof PySet) {
    const out = new PySet(v.cls);
    for (const item of v.items()) out.add(copied(item));
    return out;
  }
  return v instanceof PyTuple && hasSet(v) ? new PyTuple(v.items.map(copied)) : v;
}

/** Marks code, and the code inside, as run by several Interpreters. */
export function shareCode(code: PyCode): PyCode {
  code.shared = true;
  for (const c of code.co_consts) if (c instanceof PyCode) shareCode(c);
  return code;
}
/** The constants of a code object, as this Interpreter has them. */
export function constsHere(code: PyCode): Value[] {
  const consts = code.co_consts;
  if (!code.shared || !consts.some(hasSet)) return consts;
  const known = interpStore(KEY, () => new WeakMap<PyCode, Value[]>());
  let own = known.get(code);
  if (own === undefined) known.set(code, own = consts.map(copied));
  return own;
}
