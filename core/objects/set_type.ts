// CPython 3.14: Objects/setobject.c (the types)
//
// What Python sees of set, frozenset and their iterator. The table is in set.ts, the operations
// in set_ops.ts.

import {
  builtinType,
  type CmpOp,
  EQ,
  frozensetType,
  GE,
  GT,
  type KwNames,
  LE,
  LT,
  M_CLASS,
  M_COEXIST,
  type MethodDef,
  NE,
  None,
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
import { keyError, newErrorArgs, runtimeError, typeError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { callMethod, reprStr } from "./abstract.ts";
import { builtinNamed } from "./builtin_ref.ts";
import { genericAlias } from "./genericalias.ts";
import { joinStrs, reprEnter, reprLeave } from "./repr_guard.ts";
import { PySet } from "./set.ts";
import {
  setContains,
  setCopy,
  setDifference,
  setDifferenceUpdate,
  setDiscard,
  setEqual,
  setIntersection,
  setIsDisjoint,
  setIsSubset,
  setIsSuperset,
  setSymmetricDifference,
  setSymmetricDifferenceUpdate,
  setUnion,
  setUpdate,
} from "./set_ops.ts";

// ---- the iterator --------------------------------------------------------------------------

export const setIterType: PyType = builtinType(
  "set_iterator",
  objectType,
  true,
);

/** An iterator over a set; it notices a change of the set's size. */
export class PySetIter extends PyObject {
  /** Undefined once exhausted. */
  s: PySet | undefined;
  /** Size of the set when this was made; -1 after an error, for good. */
  used: number;
  pos = 0;
  /** Elements that should still come. */
  len: number;
  constructor(s: PySet) {
    super(setIterType);
    this.s = s;
    this.used = this.len = s.used;
  }
}

function setNext(v: Value): Value | undefined {
  const it = v as PySetIter, s = it.s;
  if (s === undefined) return undefined;
  if (it.used !== s.used) {
    it.used = -1;
    throw runtimeError("Set changed size during iteration");
  }
  const tab = s.tab;
  let i = it.pos;
  for (; i < tab.length; i++) {
    const k = tab[i];
    if (k !== undefined && k !== null) {
      it.pos = i + 1;
      it.len--;
      return k;
    }
  }
  it.s = undefined;
  return undefined;
}

function remaining(it: PySetIter): PyList {
  const out: Value[] = [];
  if (it.s !== undefined) {
    const copy = new PySetIter(it.s);
    copy.used = it.used;
    copy.pos = it.pos;
    for (let v = setNext(copy); v !== undefined; v = setNext(copy)) out.push(v);
  }
  return new PyList(out);
}

setSpec(setIterType, {
  slots: { tp_iter: (it) => it, tp_iternext: setNext },
  methods: {
    __length_hint__: [
      "",
      "How many elements are still to come, as far as can be told.",
      (it: PySetIter) => it.s !== undefined && it.used === it.s.used ? it.len : 0,
    ],
    __reduce__: [
      "",
      "The iterator's state, for pickling.",
      (it: PySetIter) => new PyTuple([builtinNamed("iter"), new PyTuple([remaining(it)])]),
    ],
  },
});

// ---- making, showing, comparing ------------------------------------------------------------

/** The only argument of set(...) or frozenset(...), or undefined. */
function iterableArg(
  name: string,
  args: Value[],
  kwnames: KwNames | undefined,
): Value | undefined {
  const n = args.length - (kwnames?.length ?? 0);
  if (n > 1) throw typeError(`${name} expected at most 1 argument, got ${n}`);
  return n === 1 ? args[0] : undefined;
}

function noKeywords(name: string, kwnames: KwNames | undefined): void {
  if (kwnames !== undefined && kwnames.length > 0) {
    throw typeError(`${name}() takes no keyword arguments`);
  }
}

function initSet(self: Value, args: Value[], kwnames?: KwNames): void {
  const s = self as PySet;
  noKeywords("set", kwnames);
  const iterable = iterableArg(s.cls.name, args, kwnames);
  s.clear();
  if (iterable !== undefined) setUpdate(s, iterable);
}

function newFrozen(type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (type === frozensetType || type.tp_init === frozensetType.tp_init) {
    noKeywords("frozenset", kwnames);
  }
  const iterable = iterableArg(type.name, args, kwnames);
  if (
    type === frozensetType && iterable instanceof PySet &&
    iterable.cls === frozensetType
  ) return iterable;
  const s = new PySet(type);
  if (iterable !== undefined) setUpdate(s, iterable);
  return s;
}

function setRepr(v: Value): Str {
  const s = v as PySet, name = s.cls.name;
  if (reprEnter(s)) return `${name}(...)`;
  try {
    if (s.used === 0) return `${name}()`;
    const parts: Str[] = [s.cls === setType ? "{" : `${name}({`];
    for (const k of s.items()) {
      if (parts.length > 1) parts.push(", ");
      parts.push(reprStr(k));
      cur.tick(4);
    }
    parts.push(s.cls === setType ? "}" : "})");
    return joinStrs(parts);
  } finally {
    reprLeave(s);
  }
}

function compare(a: Value, b: Value, op: CmpOp): Value {
  if (!(b instanceof PySet)) return NotImplemented;
  const s = a as PySet;
  switch (op) {
    case EQ:
      return setEqual(s, b);
    case NE:
      return !setEqual(s, b);
    case LE:
      return setIsSubset(s, b);
    case GE:
      return setIsSuperset(s, b);
    case LT:
      return s.used < b.used && setIsSubset(s, b);
    case GT:
      return s.used > b.used && setIsSuperset(s, b);
  }
}

function frozenHash(v: Value): number {
  const s = v as PySet;
  if (s.hashed === undefined) {
    const lo = s.contentHash();
    s.hashed = { lo, hi: cur.hashHi };
  }
  cur.hashHi = s.hashed.hi;
  return s.hashed.lo;
}

// ---- methods -------------------------------------------------------------------------------

function intersectAll(s: PySet, others: Value[]): PySet {
  if (others.length === 0) return setCopy(s);
  let r = s;
  for (const o of others) r = setIntersection(r, o);
  return r;
}

function differenceAll(s: PySet, others: Value[]): PySet {
  if (others.length === 0) return setCopy(s);
  const r = setDifference(s, others[0]);
  for (let i = 1; i < others.length; i++) setDifferenceUpdate(r, others[i]);
  return r;
}

/** Both operands are sets? Otherwise the operator is not for us. */
function onSets(
  f: (a: PySet, b: PySet) => Value,
): (a: Value, b: Value) => Value {
  return (a, b) => a instanceof PySet && b instanceof PySet ? f(a, b) : NotImplemented;
}
function inPlace(
  f: (a: PySet, b: PySet) => void,
): (a: Value, b: Value) => Value {
  return (a, b) => {
    if (!(b instanceof PySet)) return NotImplemented;
    f(a as PySet, b);
    return a;
  };
}

const slots: Slots = {
  tp_repr: setRepr,
  tp_richcompare: compare,
  tp_iter: (s) => new PySetIter(s as PySet),
  nb_subtract: onSets(setDifference),
  nb_and: onSets(setIntersection),
  nb_xor: onSets(setSymmetricDifference),
  nb_or: onSets((a, b) => setUnion(a, [b])),
  sq_length: (s) => (s as PySet).used,
  sq_contains: (s, key) => setContains(s as PySet, key),
};

const __contains__: MethodDef = [
  "object, /",
  "x.__contains__(y) is the same as y in x.",
  setContains,
  M_COEXIST,
];
const shared: Record<string, MethodDef> = {
  difference: [
    "*others",
    "The elements that none of the others has, as a new set.",
    differenceAll,
  ],
  intersection: [
    "*others",
    "The elements that all of the others have too, as a new set.",
    intersectAll,
  ],
  isdisjoint: [
    "other, /",
    "Whether the sets have no element in common.",
    setIsDisjoint,
  ],
  issubset: [
    "other, /",
    "Whether the other set has every element.",
    setIsSubset,
  ],
  issuperset: [
    "other, /",
    "Whether this set has every element of the other.",
    setIsSuperset,
  ],
  __reduce__: [
    "",
    "What pickle needs to make the set again.",
    (s: PySet) =>
      new PyTuple([
        s.cls,
        new PyTuple([new PyList(s.items())]),
        callMethod(s, "__getstate__"),
      ]),
  ],
  __sizeof__: [
    "",
    "Memory that the set itself takes, in bytes.",
    (s: PySet) => 200 + (s.mask > 7 ? (s.mask + 1) * 16 : 0),
  ],
  symmetric_difference: [
    "other, /",
    "The elements that only one of the two sets has, as a new set.",
    setSymmetricDifference,
  ],
  union: [
    "*others",
    "The elements of this set and of all the others, as a new set.",
    setUnion,
  ],
};
function classGetItem(what: string): MethodDef {
  return [
    "object, /",
    `${what}[T]: ${what}s with elements of type T.`,
    (cls: PyType, arg: Value) => genericAlias(cls, arg),
    M_CLASS,
  ];
}

setSpec(setType, {
  doc: "A collection of distinct elements in no particular order.",
  sig: "(iterable=(), /)",
  unhashable: true,
  slots: {
    ...slots,
    tp_new: (type) => new PySet(type),
    tp_init: initSet,
    nb_inplace_subtract: inPlace(setDifferenceUpdate),
    nb_inplace_and: inPlace((s, o) => s.swap(setIntersection(s, o))),
    nb_inplace_xor: inPlace(setSymmetricDifferenceUpdate),
    nb_inplace_or: inPlace(setUpdate),
  },
  methods: {
    __contains__,
    add: [
      "object, /",
      "Adds an element.\n\nNothing happens if it is there already.",
      (s: PySet, key: Value) => {
        s.add(key);
        return None;
      },
    ],
    clear: ["", "Removes all elements.", (s: PySet) => {
      s.clear();
      return None;
    }],
    copy: ["", "A shallow copy.", setCopy],
    discard: [
      "object, /",
      "Removes an element if it is there.\n\nUnlike remove(), it raises nothing if it is not.",
      (s: PySet, key: Value) => {
        setDiscard(s, key);
        return None;
      },
    ],
    difference: shared.difference,
    difference_update: [
      "*others",
      "Removes the elements that any of the others has.",
      (s: PySet, others: Value[]) => {
        for (const o of others) setDifferenceUpdate(s, o);
        return None;
      },
    ],
    intersection: shared.intersection,
    intersection_update: [
      "*others",
      "Removes the elements that not all of the others have.",
      (s: PySet, others: Value[]) => {
        const r = intersectAll(s, others);
        if (r !== s) s.swap(r);
        return None;
      },
    ],
    isdisjoint: shared.isdisjoint,
    issubset: shared.issubset,
    issuperset: shared.issuperset,
    pop: [
      "",
      "Removes some element and returns it.\n\nRaises KeyError if the set is empty.",
      (s: PySet) => {
        const v = s.popAny();
        if (v === undefined) {
          throw newErrorArgs(X.KeyError, ["pop from an empty set"]);
        }
        return v;
      },
    ],
    __reduce__: shared.__reduce__,
    remove: [
      "object, /",
      "Removes an element.\n\nRaises KeyError if it is not there.",
      (s: PySet, key: Value) => {
        if (!setDiscard(s, key)) throw keyError(key);
        return None;
      },
    ],
    __sizeof__: shared.__sizeof__,
    symmetric_difference: shared.symmetric_difference,
    symmetric_difference_update: [
      "other, /",
      "Removes the elements of the other set that are here, adds those that are not.",
      (s: PySet, other: Value) => {
        setSymmetricDifferenceUpdate(s, other);
        return None;
      },
    ],
    union: shared.union,
    update: [
      "*others",
      "Adds the elements of all the others.",
      (s: PySet, others: Value[]) => {
        for (const o of others) setUpdate(s, o);
        return None;
      },
    ],
    __class_getitem__: classGetItem("set"),
  },
});

setSpec(frozensetType, {
  doc: "A collection of distinct elements that does not change.",
  sig: "(iterable=(), /)",
  slots: { ...slots, tp_new: newFrozen, tp_hash: frozenHash },
  methods: {
    __contains__,
    copy: [
      "",
      "A shallow copy.",
      (s: PySet) => s.cls === frozensetType ? s : setCopy(s),
    ],
    difference: shared.difference,
    intersection: shared.intersection,
    isdisjoint: shared.isdisjoint,
    issubset: shared.issubset,
    issuperset: shared.issuperset,
    __reduce__: shared.__reduce__,
    __sizeof__: shared.__sizeof__,
    symmetric_difference: shared.symmetric_difference,
    union: shared.union,
    __class_getitem__: classGetItem("frozenset"),
  },
});
