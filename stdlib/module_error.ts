// CPython 3.14: Python/errors.c (PyErr_NewException)
//
// Exception types that C modules make for themselves.

import { builtinType, PyBaseException, PyTuple, type PyType, setSpec } from "../core/objects/object.ts";
import * as X from "../core/objects/exceptions.ts";

/** An exception type of a C module, such as "zlib.error". */
export function newException(name: string, base: PyType = X.Exception, doc?: string): PyType {
  const t = builtinType(name, base, false, false);
  t.hasDict = true;
  t.hasWeakref = true;
  setSpec(t, { doc });
  return t;
}
/** An instance of such a type with a text. */
export function raised(type: PyType, text: string): PyBaseException {
  return X.makeException(type, new PyTuple([X.textValue(text)]));
}
