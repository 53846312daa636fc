// CPython 3.14: Objects/namespaceobject.c
//
// types.SimpleNamespace: an object whose attributes live in a plain dict.

import {
  builtinType,
  dictType,
  isInstance,
  type KwNames,
  NotImplemented,
  PyDictBase,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeOf,
  type Value,
} from "./object.ts";
import { typeError } from "./errors.ts";
import { qualifiedTypeName } from "./type_name.ts";
import { shortName } from "./exceptions_base.ts";
import { PyDict } from "./dict.ts";
import { call, isStr, reprStr, richCompare, strValue } from "./abstract.ts";
import { getDictAttr, instanceDict } from "./attr.ts";
import { joinStrs, reprEnter, reprLeave } from "./repr_guard.ts";
import { dictUpdate } from "./dict_type.ts";
import type { Str } from "./object.ts";

export const namespaceType: PyType = builtinType("types.SimpleNamespace");
namespaceType.hasDict = true;

/** A namespace with these attributes. */
export function makeNamespace(attrs: Record<string, Value>): PyObject {
  const o = new PyObject(namespaceType);
  const d = o.dict = new PyDict();
  for (const [k, v] of Object.entries(attrs)) d.setStr(k, v);
  return o;
}

function dictOf(o: Value): PyDict {
  return instanceDict(o) as PyDict;
}

setSpec(namespaceType, {
  doc: "A simple attribute-based namespace.",
  sig: "(mapping_or_iterable=(), /, **kwargs)",
  slots: {
    tp_new: (t) => {
      const o = new PyObject(t);
      o.dict = new PyDict();
      return o;
    },
    tp_init: (self, args: Value[], kw?: KwNames) => {
      const n = args.length - (kw?.length ?? 0);
      if (n > 1) {
        throw typeError(
          `${shortName(typeOf(self))} expected at most 1 argument, got ${n}`,
        );
      }
      const d = dictOf(self);
      if (n === 1) {
        const src = args[0];
        const from = (src instanceof PyDict && src.cls === dictType ? src : call(dictType, [src])) as PyDict;
        for (const k of from.keyArray()) {
          if (!isStr(k)) {
            throw typeError("keywords must be strings");
          }
        }
        dictUpdate(d, from);
      }
      kw?.forEach((k, i) => d.setStr(k, args[n + i]));
    },
    tp_repr: (self) => {
      const o = self as PyObject;
      const name = o.cls === namespaceType ? "namespace" : o.cls.name;
      if (reprEnter(o)) return `${name}(...)`;
      try {
        const parts: Str[] = [`${name}(`];
        let first = true;
        for (const [k, v] of [...dictOf(o).entries()]) {
          if (!isStr(k) || strValue(k) === "") continue;
          if (!first) parts.push(", ");
          first = false;
          parts.push(strValue(k), "=", reprStr(v));
        }
        parts.push(")");
        return joinStrs(parts);
      } finally {
        reprLeave(o);
      }
    },
    tp_richcompare: (a, b, op) => {
      if (!isInstance(a, namespaceType) || !isInstance(b, namespaceType)) {
        return NotImplemented;
      }
      return richCompare(dictOf(a), dictOf(b), op);
    },
  },
  unhashable: true,
  members: { __dict__: getDictAttr },
  methods: {
    __reduce__: [
      "",
      "Return state information for pickling",
      (o: PyObject) => new PyTuple([o.cls, new PyTuple([]), dictOf(o)]),
    ],
    __replace__: [
      "**changes",
      "Return a copy of the namespace object with new values for the specified attributes.",
      (o: PyObject, kw?: PyDictBase) => {
        const r = call(o.cls, []);
        if (!(r instanceof PyObject) || !r.cls.mro.includes(namespaceType)) {
          throw typeError(
            `expect ${namespaceType.name} type, but ${qualifiedTypeName(o)}() returned '${
              qualifiedTypeName(r)
            }' object`,
          );
        }
        const d = dictOf(r);
        dictUpdate(d, dictOf(o));
        if (kw !== undefined) dictUpdate(d, kw);
        return r;
      },
    ],
  },
});
