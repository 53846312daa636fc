// CPython 3.14: Modules/_testinternalcapi.c, Objects/codeobject.c (what can be asked of a code object)
//
// Answers that come from a code object's fields alone.

import { None, type Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import { PyDict } from "../core/objects/dict.ts";
import { textValue } from "../core/objects/exceptions_base.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, PyCode } from "../core/code/code.ts";
import { CACHES } from "../core/code/opcodes.ts";
import { LOAD_CONST, RETURN_VALUE } from "../core/code/opnums.ts";

function codeOf(v: Value): PyCode {
  if (!(v instanceof PyCode)) throw typeError("argument must be a code object");
  return v;
}

function localsKinds(_m: Value, arg: Value): Value {
  const code = codeOf(arg), kinds = new PyDict();
  code.co_localsplusnames.forEach((name, i) => kinds.set(textValue(name), code.co_localspluskinds[i]));
  return kinds;
}

/** Is each value that the code returns the constant None? (Code that only raises returns no other.) */
function returnsOnlyNone(_m: Value, arg: Value): Value {
  const code = codeOf(arg);
  if ((code.co_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) !== 0) return false;
  const bytes = code.co_code, none = code.co_consts.indexOf(None);
  for (let at = 0; at < bytes.length; at += 2 * (1 + CACHES[bytes[at]])) {
    if (bytes[at] !== RETURN_VALUE) continue;
    if (none < 0 || bytes[at - 2] !== LOAD_CONST || bytes[at - 1] !== none) return false;
  }
  return true;
}

/** The functions that `_testinternalcapi` has of code objects. */
export const functions: NonNullable<ModuleSpec["functions"]> = {
  get_co_localskinds: ["object, /", "Return the kinds of the fast variables by name.", localsKinds],
  code_returns_only_none: ["object, /", "Tell whether the code returns nothing but None.", returnsOnlyNone],
};
