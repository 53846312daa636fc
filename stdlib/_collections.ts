// CPython 3.14: Modules/_collectionsmodule.c
//
// defaultdict, _tuplegetter (the fields of named tuples) and the counting loop of Counter. deque is
// in _collections_deque.ts, OrderedDict in _collections_odict.ts.

import {
  builtinType,
  dictType,
  type KwNames,
  M_CLASS,
  None,
  NotImplemented,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import {
  asSsize,
  binAdd,
  call,
  call0,
  call2,
  callMethod,
  getAttr,
  getIter,
  isCallable,
  reprStr,
  setItem,
} from "../core/objects/abstract.ts";
import { lookupType } from "../core/objects/attr.ts";
import { PyDict } from "../core/objects/dict.ts";
import { dictUpdate, dictUpdateArgs } from "../core/objects/dict_type.ts";
import { indexError, keyError, newError, typeError } from "../core/objects/errors.ts";
import { AttributeError } from "../core/objects/exceptions.ts";
import { shortName } from "../core/objects/exceptions_base.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { joinStrs, reprEnter, reprLeave } from "../core/objects/repr_guard.ts";
import { cur } from "../core/objects/state.ts";
import { dequeIterType, dequeRevIterType, dequeType } from "./_collections_deque.ts";
import { odictType } from "./_collections_odict.ts";
import { newFrom } from "./native_new.ts";

// ---- defaultdict ---------------------------------------------------------------------------

const defaultdictType: PyType = builtinType("collections.defaultdict", dictType);

class PyDefaultDict extends PyDict {
  factory: Value = None;
}

function missing(d: PyDefaultDict, key: Value): Value {
  if (d.factory === None) throw keyError(key);
  // the factory may have set the key itself: that value stays
  return d.setDefault(key, call0(d.factory));
}

function defaultdictInit(self: Value, args: Value[], kwnames?: KwNames): void {
  const d = self as PyDefaultDict;
  const n = args.length - (kwnames?.length ?? 0);
  if (n > 0) {
    const f = args[0];
    if (!isCallable(f) && f !== None) throw typeError("first argument must be callable or None");
    d.factory = f;
    args = args.slice(1);
  } else d.factory = None;
  dictUpdateArgs(d, args, kwnames, "dict");
}

/** A new object of the type with the factory and the items of `d`. */
function defaultdictCopy(d: PyDefaultDict): Value {
  return call2(d.cls, d.factory, d);
}

function defaultdictRepr(self: Value): Str {
  const d = self as PyDefaultDict;
  const base = dictType.tp_repr!(d) as Str;
  let factory: Str;
  if (reprEnter(d.factory)) factory = "...";
  else {
    try {
      factory = reprStr(d.factory);
    } finally {
      reprLeave(d.factory);
    }
  }
  return joinStrs([shortName(d.cls), "(", factory, ", ", base, ")"]);
}

setSpec(defaultdictType, {
  doc: "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\n" +
    "The default factory is called without arguments to produce\n" +
    "a new value when a key is not present, in __getitem__ only.\n" +
    "A defaultdict compares equal to a dict with the same items.\n" +
    "All remaining arguments are treated the same as if they were\n" +
    "passed to the dict constructor, including keyword arguments.",
  allocates: true,
  slots: {
    tp_new: (type) => new PyDefaultDict(type),
    tp_init: defaultdictInit,
    tp_repr: defaultdictRepr,
    nb_or: (a, b) => {
      const self = (a instanceof PyDefaultDict ? a : b) as PyDefaultDict;
      const other = self === a ? b : a;
      if (!(other instanceof PyDict)) return NotImplemented;
      // like copy(), but the left operand's items come first
      const r = call2(self.cls, self.factory, a);
      dictUpdate(r as PyDict, b);
      return r;
    },
  },
  methods: {
    __missing__: [
      "object, /",
      "__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\n" +
      "if self.default_factory is None: raise KeyError((key,))\n" +
      "self[key] = value = self.default_factory()\n" +
      "return value\n",
      missing,
    ],
    copy: ["", "D.copy() -> a shallow copy of D.", defaultdictCopy],
    __copy__: ["", "D.copy() -> a shallow copy of D.", defaultdictCopy],
    __reduce__: ["", "Return state information for pickling.", (d: PyDefaultDict) => {
      const items = getIter(callMethod(d, "items"));
      const args = d.factory === None ? [] : [d.factory];
      return new PyTuple([d.cls, new PyTuple(args), None, None, items]);
    }],
    __class_getitem__: [
      "object, /",
      "See PEP 585",
      (cls: PyType, item: Value) => genericAlias(cls, item),
      M_CLASS,
    ],
  },
  members: {
    default_factory: [
      (d: PyDefaultDict) => d.factory,
      (d: PyDefaultDict, v: Value | undefined) => {
        d.factory = v ?? None;
      },
    ],
  },
});

// ---- _tuplegetter --------------------------------------------------------------------------

const tuplegetterType: PyType = builtinType("collections._tuplegetter", undefined, true);

class PyTupleGetter extends PyObject {
  readonly index: number;
  doc: Value;
  constructor(index: number, doc: Value) {
    super(tuplegetterType);
    this.index = index;
    this.doc = doc;
  }
}

setSpec(tuplegetterType, {
  slots: {
    tp_new: newFrom(
      "_tuplegetter",
      "index, doc, /",
      (_t, index: Value, doc: Value) => new PyTupleGetter(asSsize(index), doc),
    ),
    tp_repr: (self) => {
      const g = self as PyTupleGetter;
      return joinStrs([shortName(g.cls), `(${g.index}, `, reprStr(g.doc), ")"]);
    },
    tp_descr_get: (self, obj) => {
      const g = self as PyTupleGetter;
      if (obj instanceof PyTuple) {
        const v = obj.items[g.index];
        if (v === undefined) throw indexError("tuple index out of range");
        return v;
      }
      if (obj === undefined || obj === None) return g;
      throw typeError(
        `descriptor for index '${g.index}' for tuple subclasses doesn't apply to '${typeName(obj)}' object`,
      );
    },
    tp_descr_set: (_self, _obj, value) => {
      throw newError(AttributeError, value === undefined ? "can't delete attribute" : "can't set attribute");
    },
  },
  methods: {
    __reduce__: ["", "State for pickling.", (g: PyTupleGetter) => new PyTuple([g.cls, new PyTuple([g.index, g.doc])])],
  },
  members: {
    __doc__: [
      (g: PyTupleGetter) => g.doc,
      (g: PyTupleGetter, v: Value | undefined) => {
        g.doc = v ?? None;
      },
    ],
  },
});

// ---- counting ------------------------------------------------------------------------------

function countElements(_m: Value, mapping: Value, iterable: Value): Value {
  const it = getIter(iterable);
  const next = typeOf(it).tp_iternext!;
  const t = typeOf(mapping);
  if (
    mapping instanceof PyDict && lookupType(t, "get") === lookupType(dictType, "get") &&
    lookupType(t, "__setitem__") === lookupType(dictType, "__setitem__")
  ) {
    for (let k = next(it); k !== undefined; k = next(it)) {
      const i = mapping.find(k);
      if (i < 0) mapping.set(k, 1);
      else {
        const old = mapping.vals[i] as Value;
        if (typeof old === "number" && old < Number.MAX_SAFE_INTEGER) mapping.vals[i] = old + 1;
        else mapping.set(k, binAdd(old, 1));
      }
      cur.tick(1);
    }
    return None;
  }
  const get = getAttr(mapping, "get");
  for (let k = next(it); k !== undefined; k = next(it)) {
    setItem(mapping, k, binAdd(call(get, [k, 0]), 1));
    cur.tick(1);
  }
  return None;
}

export const spec: ModuleSpec = {
  name: "_collections",
  doc: "High performance data structures.\n" +
    "- deque:        ordered collection accessible from endpoints only\n" +
    "- defaultdict:  dict subclass with a default value factory\n",
  functions: {
    _count_elements: ["mapping, iterable, /", "Count elements in the iterable, updating the mapping", countElements],
  },
  types: {
    deque: dequeType,
    defaultdict: defaultdictType,
    OrderedDict: odictType,
    _deque_iterator: dequeIterType,
    _deque_reverse_iterator: dequeRevIterType,
    _tuplegetter: tuplegetterType,
  },
};
