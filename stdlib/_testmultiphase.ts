// CPython 3.14: Modules/_testmultiphase.c
//
// The smallest module with everything that a module made from a spec can have: a function, a type
// with attributes of its own, an exception, a subclass of a builtin, constants. Tests of the import
// system want it to be there. Its types say of themselves that they come from `_testimportexec`.

import {
  builtinType,
  M_NOSIG,
  None,
  PyObject,
  type PyType,
  setSpec,
  strType,
  TF_FROM_SPEC,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import * as X from "../core/objects/exceptions.ts";
import { attributeError } from "../core/objects/errors.ts";
import { genericGetAttr } from "../core/objects/attr.ts";
import { PyDict } from "../core/objects/dict.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { interpStore } from "../core/objects/state.ts";
import { newClass } from "../core/objects/type_new.ts";

const exampleType = builtinType("_testimportexec.Example");
exampleType.flags |= TF_FROM_SPEC;
class Example extends PyObject {
  /** What was set on it; other attributes are the type's. */
  readonly attrs = new Map<string, Value>();
}
setSpec(exampleType, {
  doc: "The Example type",
  slots: {
    tp_new: (type: PyType) => new Example(type),
    tp_getattro: (o, name) => (o as Example).attrs.get(name) ?? genericGetAttr(o, name),
    tp_setattro: (o, name, v) => {
      const attrs = (o as Example).attrs;
      if (v !== undefined) attrs.set(name, v);
      else if (!attrs.delete(name)) throw attributeError("delete non-existing Example attribute", o, name);
    },
  },
  methods: {
    demo: [
      "o=None, /",
      "Gives back a str that it is given.",
      (_self: Example, o?: Value) => o !== undefined && A.isStr(o) ? o : None,
      M_NOSIG,
    ],
  },
});

function subclass(name: string, base: PyType): () => Value {
  const key = {};
  return () =>
    interpStore(key, () => {
      const d = new PyDict();
      d.setStr("__module__", "_testimportexec");
      return newClass(typeType, name, [base], d);
    });
}

export const spec: ModuleSpec = {
  name: "_testmultiphase",
  doc: "A module with one thing of every kind.",
  types: { Example: exampleType },
  functions: {
    foo: ["i, j, /", "foo(i,j)\n\nThe sum of i and j.", (_m: Value, i: Value, j: Value) => {
      return A.parseInt32(i) + A.parseInt32(j);
    }, M_NOSIG],
  },
  constants: {
    error: subclass("error", X.Exception),
    Str: subclass("Str", strType),
    int_const: 1969,
    str_const: "something different",
  },
};
