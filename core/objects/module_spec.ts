// CPython 3.14: Objects/moduleobject.c (PyModuleDef)
//
// A C module as data. stdlib/table.ts names every module lazily; a module is made from its spec
// once per Interpreter, when it is first imported.

import type { MethodDef, PyModule, PyType, Value } from "./object.ts";

/** What one C module offers. */
export interface ModuleSpec {
  /** Full name, e.g. "_collections". */
  name: string;
  doc?: string;
  /** Functions; `self` is the module. */
  functions?: Record<string, MethodDef>;
  /** Types by the name they have in the module. */
  types?: Record<string, PyType>;
  /** Other attributes; a function is called once per Interpreter. */
  constants?: Record<string, Value | (() => Value)>;
  /** Runs last, with the module made. */
  exec?(mod: PyModule): void;
}
