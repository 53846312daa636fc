// CPython 3.14: Tools/clinic (constructors)
//
// Constructors of builtin types from a signature, as natives have one.

import { type KwNames, objectType, type PyType, type Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import { setDictAttr } from "../core/objects/attr.ts";
import { bindArgs, NativeDef } from "../core/objects/native.ts";

type NewBody = (
  type: PyType,
  // deno-lint-ignore no-explicit-any
  ...args: any[]
) => Value;

function plural(n: number): string {
  return n === 1 ? "" : "s";
}

/** `f expected at most 2 arguments, got 3` (`_PyArg_CheckPositional`). */
export function checkPositional(
  name: string,
  n: number,
  min: number,
  max: number,
): void {
  if (n >= min && n <= max) return;
  const least = n < min;
  const k = least ? min : max;
  const how = min === max ? "" : least ? "at least " : "at most ";
  throw typeError(`${name} expected ${how}${k} argument${plural(k)}, got ${n}`);
}

/** `name() takes no keyword arguments` (`_PyArg_NoKeywords`). */
export function noKeywords(name: string, kwnames: KwNames | undefined): void {
  if (kwnames !== undefined && kwnames.length > 0) {
    throw typeError(`${name}() takes no keyword arguments`);
  }
}

/**
 * A tp_new that binds its arguments by a signature.
 * @param name the name errors show  @param sig as in MethodDef  @param body gets the type, then the arguments
 */
export function newFrom(
  name: string,
  sig: string,
  body: NewBody,
): (type: PyType, args: Value[], kwnames?: KwNames) => Value {
  let def: NativeDef | undefined;
  return (type, args, kwnames) => {
    def ??= new NativeDef(name, [sig, "", body]);
    const s = def.sig;
    const nkw = kwnames === undefined ? 0 : kwnames.length;
    if (s.posOnly === s.names.length && !s.varkw) {
      // a subclass with an __init__ of its own may take keywords
      if (nkw > 0 && type.tp_init === objectType.tp_init) {
        noKeywords(name, kwnames);
      }
      const n = args.length - nkw;
      if (!s.varargs) checkPositional(name, n, s.required, s.pos);
      if (nkw > 0) args = args.slice(0, n);
      if (!s.varargs) return body(type, ...args);
      return body(type, ...bindArgs(def, name, args, undefined));
    }
    return body(type, ...bindArgs(def, name, args, kwnames));
  };
}

/** Setter of `__dict__` for builtin types (PyObject_GenericSetDict). */
export function setDict(o: Value, v: Value | undefined): void {
  if (v === undefined) throw typeError("cannot delete __dict__");
  setDictAttr(o, v);
}
