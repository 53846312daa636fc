// CPython 3.14: Modules/_testlimitedcapi/ (as far as it has a meaning here)
//
// Parts of the abstract-object protocol that CPython's own tests of bytes and other sequences reach
// through this module. There is no C API to test.

import { None, type Value } from "../core/objects/object.ts";
import { asSsize, delItem, getItem, setItem } from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

export const spec: ModuleSpec = {
  name: "_testlimitedcapi",
  doc: "Abstract sequence operations as functions.",
  functions: {
    sequence_getitem: ["seq, i, /", "seq[i]", (_m: Value, o: Value, i: Value) => getItem(o, asSsize(i))],
    sequence_setitem: ["seq, i, value, /", "seq[i] = value", (_m: Value, o: Value, i: Value, v: Value) => {
      setItem(o, asSsize(i), v);
      return 0;
    }],
    sequence_delitem: ["seq, i, /", "del seq[i]", (_m: Value, o: Value, i: Value) => {
      delItem(o, asSsize(i));
      return None;
    }],
  },
};
