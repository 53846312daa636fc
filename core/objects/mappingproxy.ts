// CPython 3.14: Objects/descrobject.c (mappingproxy)
//
// A read-only proxy of a mapping, such as a class's `__dict__`: it passes everything on to the
// mapping except changes.

import {
  dictType,
  type KwNames,
  M_CLASS,
  mappingproxyType,
  None,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_MAPPING,
  typeName,
  typeOf,
  type Value,
} from "./object.ts";
import { typeError } from "./errors.ts";
import {
  binOr,
  callMethod,
  contains,
  getItem,
  getIter,
  hash,
  lengthOf,
  reprStr,
  richCompare,
  strObject,
} from "./abstract.ts";
import { PyDict } from "./dict.ts";
import { genericAlias } from "./genericalias.ts";
import { bindArgs, NativeDef } from "./native.ts";
import { joinStrs } from "./repr_guard.ts";

/** A read-only proxy of a mapping. */
export class PyMappingProxy extends PyObject {
  readonly mapping: Value;
  constructor(mapping: Value) {
    super(mappingproxyType);
    this.mapping = mapping;
  }
}

function mappingOf(v: Value): Value {
  return v instanceof PyMappingProxy ? v.mapping : v;
}

function newProxy(args: Value[], kwnames: KwNames | undefined): Value {
  const def = new NativeDef("mappingproxy", ["mapping", "", () => None]);
  const [mapping] = bindArgs(def, "mappingproxy", args, kwnames) as [Value];
  if (
    mapping instanceof PyList || mapping instanceof PyTuple ||
    typeOf(mapping).mp_subscript === undefined
  ) {
    throw typeError(
      `mappingproxy() argument must be a mapping, not ${typeName(mapping)}`,
    );
  }
  return new PyMappingProxy(mapping);
}

function get(self: PyMappingProxy, key: Value, dflt: Value = None): Value {
  const m = self.mapping;
  if (m instanceof PyDict && m.cls === dictType) return m.get(key) ?? dflt;
  return callMethod(m, "get", key, dflt);
}

mappingproxyType.flags |= TF_MAPPING;
setSpec(mappingproxyType, {
  doc: "A proxy of a mapping through which it can only be read.",
  sig: "(mapping)",
  slots: {
    tp_new: (_type, args, kwnames) => newProxy(args, kwnames),
    tp_repr: (self) => joinStrs(["mappingproxy(", reprStr(mappingOf(self)), ")"]),
    tp_str: (self) => strObject(mappingOf(self)),
    tp_hash: (self) => hash(mappingOf(self)),
    tp_richcompare: (self, other, op) => richCompare(mappingOf(self), other, op),
    tp_iter: (self) => getIter(mappingOf(self)),
    nb_or: (a, b) => binOr(mappingOf(a), mappingOf(b)),
    nb_inplace_or: (self) => {
      throw typeError(
        `'|=' is not supported by ${typeName(self)}; use '|' instead`,
      );
    },
    sq_contains: (self, key) => {
      const m = mappingOf(self);
      return m instanceof PyDict && m.cls === dictType ? m.has(key) : contains(m, key);
    },
    mp_length: (self) => lengthOf(mappingOf(self)),
    mp_subscript: (self, key) => getItem(mappingOf(self), key),
  },
  methods: {
    get: [
      "key, default=None, /",
      "The value of a key, or the default if there is none.",
      get,
    ],
    keys: [
      "",
      "D.keys() -> what the mapping's keys() gives",
      (self: PyMappingProxy) => callMethod(self.mapping, "keys"),
    ],
    values: [
      "",
      "D.values() -> what the mapping's values() gives",
      (self: PyMappingProxy) => callMethod(self.mapping, "values"),
    ],
    items: [
      "",
      "D.items() -> what the mapping's items() gives",
      (self: PyMappingProxy) => callMethod(self.mapping, "items"),
    ],
    copy: [
      "",
      "D.copy() -> a shallow copy of the mapping",
      (self: PyMappingProxy) => callMethod(self.mapping, "copy"),
    ],
    __class_getitem__: [
      "object, /",
      "mappingproxy[K, V]: proxies of mappings with these types of keys and values.",
      (cls: PyType, arg: Value) => genericAlias(cls, arg),
      M_CLASS,
    ],
    __reversed__: [
      "",
      "D.__reversed__() -> an iterator over the keys, newest first",
      (self: PyMappingProxy) => callMethod(self.mapping, "__reversed__"),
    ],
  },
});
