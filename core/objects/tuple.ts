// CPython 3.14: Objects/tupleobject.c
//
// A tuple holds a packed JavaScript array that nobody changes. There is no hash cache: hashing
// runs the items' own `__hash__` each time.

import {
  type CmpOp,
  type KwNames,
  M_CLASS,
  NotImplemented,
  PySlice,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  TF_HEAPTYPE,
  TF_SEQUENCE,
  tupleType,
  typeName,
  type Value,
} from "./object.ts";
import { cur, interpStore } from "./state.ts";
import { indexError, typeError, valueError } from "./errors.ts";
import { hasIndex, iterToArray, reprStr } from "./abstract.ts";
import { sliceIndices } from "./slice.ts";
import { hashTuple } from "./hash.ts";
import { joinStrs, reprEnter, reprLeave } from "./repr_guard.ts";
import { genericAlias } from "./genericalias.ts";
import { PyTupleIter } from "./listiter.ts";
import {
  checkItems,
  compareItems,
  countItem,
  findItem,
  indexOf,
  MAX,
  repeatItems,
  sliceItems,
  subscript,
} from "./list.ts";

/** The empty tuple. */
export const emptyTuple: PyTuple = new PyTuple([]);

/** A tuple of these items (the empty tuple is one object). */
export function tupleOf(items: Value[]): PyTuple {
  return items.length === 0 ? emptyTuple : new PyTuple(items);
}

const HASHES = {};
/** A tuple keeps its hash, which shows when items have a `__hash__` written in Python. */
function tupleHash(self: Value): number {
  const t = self as PyTuple;
  if (!t.items.some((v) => typeof v === "object" && (v.cls.flags & TF_HEAPTYPE) !== 0)) return hashTuple(t.items);
  const known = interpStore(HASHES, () => new WeakMap<PyTuple, readonly [lo: number, hi: number]>());
  const h = known.get(t);
  if (h !== undefined) {
    cur.hashHi = h[1];
    return h[0];
  }
  const lo = hashTuple(t.items);
  known.set(t, [lo, cur.hashHi]);
  return lo;
}

function tupleNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (
    kwnames !== undefined && kwnames.length > 0 &&
    (type === tupleType || type.tp_init === tupleType.tp_init)
  ) throw typeError("tuple() takes no keyword arguments");
  const n = args.length - (kwnames === undefined ? 0 : kwnames.length);
  if (n > 1) throw typeError(`tuple expected at most 1 argument, got ${n}`);
  if (type === tupleType) {
    if (n === 0) return emptyTuple;
    const v = args[0];
    if (v instanceof PyTuple && v.cls === tupleType) return v;
    return tupleOf(iterToArray(v));
  }
  return new PyTuple(n === 0 ? [] : iterToArray(args[0]), type);
}

function tupleRepr(self: Value): Value {
  const t = self as PyTuple;
  const n = t.items.length;
  if (n === 0) return "()";
  if (reprEnter(t)) return "(...)";
  try {
    const parts: Str[] = ["("];
    for (let i = 0; i < n; i++) {
      if (i > 0) parts.push(", ");
      parts.push(reprStr(t.items[i]));
      if ((i & 255) === 255) cur.tick(256);
    }
    parts.push(n === 1 ? ",)" : ")");
    return joinStrs(parts);
  } finally {
    reprLeave(t);
  }
}

function tupleCompare(a: Value, b: Value, op: CmpOp): Value {
  if (!(a instanceof PyTuple && b instanceof PyTuple)) return NotImplemented;
  return compareItems(a, b, op);
}

function tupleSubscript(self: Value, k: Value): Value {
  const t = self as PyTuple, items = t.items;
  if (hasIndex(k)) {
    let i = subscript(k);
    if (i < 0) i += items.length;
    if (i < 0 || i >= items.length) {
      throw indexError("tuple index out of range");
    }
    return items[i];
  }
  if (k instanceof PySlice) {
    const out = sliceItems(items, k);
    if (out.length === items.length && t.cls === tupleType) {
      const { start, step } = sliceIndices(k, items.length);
      if (start === 0 && step === 1) return t;
    }
    return tupleOf(out);
  }
  throw typeError(
    `tuple indices must be integers or slices, not ${typeName(k)}`,
  );
}
function tupleConcat(a: Value, b: Value): Value {
  const x = a as PyTuple;
  if (!(b instanceof PyTuple)) {
    throw typeError(
      `can only concatenate tuple (not "${typeName(b)}") to tuple`,
    );
  }
  if (x.items.length === 0 && b.cls === tupleType) return b;
  if (b.items.length === 0 && x.cls === tupleType) return x;
  checkItems(x.items.length + b.items.length);
  if (x.items.length > 1000) cur.tick(x.items.length);
  return tupleOf(x.items.concat(b.items));
}

tupleType.flags |= TF_SEQUENCE;
setSpec(tupleType, {
  doc: "A sequence that can't be changed, of any values.\n\nA tuple as the argument is given back itself.",
  sig: "(iterable=(), /)",
  slots: {
    tp_new: tupleNew,
    tp_repr: tupleRepr,
    tp_hash: tupleHash,
    tp_richcompare: tupleCompare,
    tp_iter: (self) => new PyTupleIter(self as PyTuple),
    sq_length: (self) => (self as PyTuple).items.length,
    sq_concat: tupleConcat,
    sq_repeat: (self, n) => {
      const t = self as PyTuple;
      if (t.cls === tupleType && (n === 1 || t.items.length === 0)) return t;
      return tupleOf(repeatItems(t.items, n));
    },
    sq_item: (self, i) => {
      const items = (self as PyTuple).items;
      if (i < 0 || i >= items.length) {
        throw indexError("tuple index out of range");
      }
      return items[i];
    },
    sq_contains: (self, x) => findItem(self as PyTuple, x, 0, MAX) >= 0,
    mp_length: (self) => (self as PyTuple).items.length,
    mp_subscript: tupleSubscript,
  },
  methods: {
    __getnewargs__: [
      "",
      "",
      (t: PyTuple): Value =>
        new PyTuple([
          t.cls === tupleType ? t : tupleOf(t.items.slice()),
        ]),
    ],
    index: [
      "value, start=0, stop=sys.maxsize, /",
      "Position of the first item equal to value.\n\nValueError if there is none.",
      (t: PyTuple, v: Value, start?: Value, stop?: Value): Value => {
        const i = indexOf(t, v, start, stop);
        if (i < 0) throw valueError("tuple.index(x): x not in tuple");
        return i;
      },
    ],
    count: [
      "value, /",
      "How many items equal value.",
      (t: PyTuple, v: Value): Value => countItem(t, v),
    ],
    __class_getitem__: [
      "object, /",
      "tuple[int] and the like.",
      (cls: PyType, item: Value): Value => genericAlias(cls, item),
      M_CLASS,
    ],
  },
});
