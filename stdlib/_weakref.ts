// CPython 3.14: Modules/_weakref.c

import { PyDictBase, type Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import type { PyDict } from "../core/objects/dict.ts";
import { typeName } from "../core/objects/object.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import {
  callableProxyType,
  newProxy,
  proxyType,
  refType,
  removeDeadWeakref,
  weakrefsOf,
} from "../core/objects/weakref.ts";
import { None, PyList } from "../core/objects/object.ts";
import { markHere } from "../vm/lifetime.ts";

/** The weak references to an object that the program has not dropped. */
function living(o: Value): Value[] {
  const all = weakrefsOf(o);
  const m = all.length === 0 ? undefined : markHere();
  return m === undefined ? all : all.filter((r) => m.has(r));
}

export const spec: ModuleSpec = {
  name: "_weakref",
  doc: "Weak-reference support module.",
  functions: {
    getweakrefcount: [
      "object, /",
      "Return the number of weak references to 'object'.",
      (_m: Value, o: Value) => living(o).length,
    ],
    _remove_dead_weakref: [
      "dct, key, /",
      "Atomically remove key from dict if it points to a dead weakref.",
      (_m: Value, d: Value, key: Value) => {
        if (!(d instanceof PyDictBase)) {
          throw typeError(
            `_remove_dead_weakref() argument 1 must be dict, not ${d === None ? "None" : typeName(d)}`,
          );
        }
        removeDeadWeakref(d as PyDict, key);
        return None;
      },
    ],
    getweakrefs: [
      "object, /",
      "Return a list of all weak reference objects pointing to 'object'.",
      (_m: Value, o: Value) => new PyList(living(o)),
    ],
    proxy: [
      "object, callback=None, /",
      "Make a proxy of 'object' that does not keep it alive.\n\nA callback is called with the proxy when 'object' is about to be finalized.",
      (_m: Value, o: Value, callback?: Value) => newProxy(o, callback),
    ],
  },
  types: {
    ref: refType,
    ReferenceType: refType,
    ProxyType: proxyType,
    CallableProxyType: callableProxyType,
  },
};
