// CPython 3.14: Objects/dictobject.c (views)
//
// keys(), values() and items() of a dict: one class, three types. Those of keys and items are
// set-like: their operators give sets, whatever the other operand's type.

import {
  builtinType,
  type CmpOp,
  dictType,
  EQ,
  frozensetType,
  GE,
  GT,
  LE,
  LT,
  type MethodDef,
  NE,
  NotImplemented,
  objectType,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  setType,
  type Slots,
  type Str,
  type Value,
} from "./object.ts";
import { cur } from "./state.ts";
import {
  callMethod,
  contains,
  getIter,
  iterNext,
  iterToArray,
  lengthOf,
  reprStr,
  richCompareBool,
} from "./abstract.ts";
import { dictCopy, type PyDict } from "./dict.ts";
import {
  dictItemIterType,
  dictIter,
  dictKeyIterType,
  dictRevItemIterType,
  dictRevIter,
  dictRevKeyIterType,
  dictRevValueIterType,
  dictValueIterType,
} from "./dict_iter.ts";
import { PyMappingProxy } from "./mappingproxy.ts";
import { PySet } from "./set.ts";
import { setUpdate } from "./set_ops.ts";
import { joinStrs, reprEnter, reprLeave } from "./repr_guard.ts";

export const dictKeysType: PyType = builtinType("dict_keys", objectType, true);
export const dictValuesType: PyType = builtinType(
  "dict_values",
  objectType,
  true,
);
export const dictItemsType: PyType = builtinType(
  "dict_items",
  objectType,
  true,
);

/** A view of a dict. `kind` is the type of dict's own views that its type is or derives from. */
export class PyDictView extends PyObject {
  readonly d: PyDict;
  readonly kind: PyType;
  constructor(cls: PyType, d: PyDict) {
    super(cls);
    this.d = d;
    this.kind = cls.base === objectType ? cls : cls.base as PyType;
  }
}

function isSetView(v: Value): v is PyDictView {
  return v instanceof PyDictView && v.kind !== dictValuesType;
}

function viewRepr(v: PyDictView): Str {
  if (reprEnter(v)) return "...";
  try {
    return joinStrs([
      v.cls.name,
      "(",
      reprStr(new PyList(iterToArray(v))),
      ")",
    ]);
  } finally {
    reprLeave(v);
  }
}

function itemsContain(d: PyDict, item: Value): boolean {
  if (!(item instanceof PyTuple) || item.items.length !== 2) return false;
  const found = d.get(item.items[0]);
  return found !== undefined && richCompareBool(found, item.items[1], EQ);
}

function viewContains(v: Value, item: Value): boolean {
  const d = (v as PyDictView).d;
  return (v as PyDictView).kind === dictKeysType ? d.find(item) >= 0 : itemsContain(d, item);
}

/** Is every item of `a` in `b`? */
function allIn(a: Value, b: Value): boolean {
  const it = getIter(a);
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    if (!contains(b, v)) return false;
    cur.tick(1);
  }
  return true;
}

function compare(a: Value, b: Value, op: CmpOp): Value {
  if (!(b instanceof PySet) && !isSetView(b)) return NotImplemented;
  const na = (a as PyDictView).d.size, nb = lengthOf(b);
  switch (op) {
    case EQ:
      return na === nb && allIn(a, b);
    case NE:
      return !(na === nb && allIn(a, b));
    case LT:
      return na < nb && allIn(a, b);
    case LE:
      return na <= nb && allIn(a, b);
    case GT:
      return na > nb && allIn(b, a);
    case GE:
      return na >= nb && allIn(b, a);
  }
}

/** A set of what a view (or another iterable operand) holds. */
function toSet(v: Value): PySet {
  const s = new PySet();
  const left = v instanceof PyDictView && v.cls === dictKeysType &&
      v.d.cls === dictType
    ? v.d
    : v;
  setUpdate(s, left);
  return s;
}

function intersect(a: Value, b: Value): Value {
  let view: PyDictView, other: Value;
  if (isSetView(a)) {
    view = a;
    other = b;
  } else {
    view = b as PyDictView;
    other = a;
  }
  const n = view.d.size;
  if (
    typeof other === "object" && other.cls === setType &&
    n <= (other as PySet).used
  ) return callMethod(other, "intersection", view);
  if (isSetView(other) && other.d.size > n) {
    const t = view;
    view = other;
    other = t;
  }
  const r = new PySet();
  const it = getIter(other);
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    if (viewContains(view, v)) r.add(v);
    cur.tick(1);
  }
  return r;
}

function subtract(a: Value, b: Value): Value {
  const r = toSet(a);
  callMethod(r, "difference_update", b);
  return r;
}

function union(a: Value, b: Value): Value {
  const r = toSet(a);
  setUpdate(r, b);
  return r;
}

function itemsXor(a: PyDictView, b: PyDictView): Value {
  let d1 = a.d, d2 = b.d;
  if (d1.size > d2.size) [d1, d2] = [d2, d1];
  const rest = dictCopy(d1), r = new PySet();
  for (let i = d2.nextIndex(0); i >= 0; i = d2.nextIndex(i + 1)) {
    const key = d2.keys[i] as Value, v2 = d2.vals[i] as Value;
    const lo = d2.hashAt(i), hi = cur.hashHi;
    const j = rest.findKnown(key, lo, hi);
    if (j >= 0 && richCompareBool(rest.vals[j] as Value, v2, EQ)) {
      const k = rest.findKnown(key, lo, hi);
      if (k >= 0) rest.removeAt(k);
    } else r.add(new PyTuple([key, v2]));
    cur.tick(1);
  }
  setUpdate(r, new PyDictView(dictItemsType, rest));
  return r;
}

function xor(a: Value, b: Value): Value {
  if (
    a instanceof PyDictView && a.cls === dictItemsType &&
    b instanceof PyDictView && b.cls === dictItemsType
  ) return itemsXor(a, b);
  const r = toSet(a);
  callMethod(r, "symmetric_difference_update", b);
  return r;
}

function isDisjoint(self: PyDictView, other: Value): boolean {
  if (self === other) return self.d.size === 0;
  let a: Value = self, b = other;
  const exactSet = typeof other === "object" &&
    (other.cls === setType || other.cls === frozensetType);
  if ((exactSet || isSetView(other)) && lengthOf(other) > self.d.size) {
    a = other;
    b = self;
  }
  const it = getIter(b);
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    if (contains(a, v)) return false;
    cur.tick(1);
  }
  return true;
}

function viewSlots(iter: PyType): Slots {
  return {
    tp_repr: (v) => viewRepr(v as PyDictView),
    tp_iter: (v) => dictIter((v as PyDictView).d, iter),
    sq_length: (v) => (v as PyDictView).d.size,
  };
}
const setSlots: Slots = {
  tp_richcompare: compare,
  nb_and: intersect,
  nb_or: union,
  nb_xor: xor,
  nb_subtract: subtract,
  sq_contains: viewContains,
};
function reversedMethod(what: string, iter: PyType): MethodDef {
  return [
    "",
    `An iterator over the ${what}, newest first.`,
    (v: PyDictView) => dictRevIter(v.d, iter),
  ];
}
const isdisjoint: MethodDef = [
  "object, /",
  "Whether no item of an iterable is in the view.",
  isDisjoint,
];
const mapping: [(v: PyDictView) => Value, undefined, string] = [
  (v) => new PyMappingProxy(v.d),
  undefined,
  "the dictionary behind the view, read-only",
];

setSpec(dictKeysType, {
  unhashable: true,
  slots: { ...viewSlots(dictKeyIterType), ...setSlots },
  methods: {
    isdisjoint,
    __reversed__: reversedMethod("keys", dictRevKeyIterType),
  },
  getset: { mapping },
});
setSpec(dictItemsType, {
  unhashable: true,
  slots: { ...viewSlots(dictItemIterType), ...setSlots },
  methods: {
    isdisjoint,
    __reversed__: reversedMethod("items", dictRevItemIterType),
  },
  getset: { mapping },
});
setSpec(dictValuesType, {
  slots: viewSlots(dictValueIterType),
  methods: { __reversed__: reversedMethod("values", dictRevValueIterType) },
  getset: { mapping },
});
