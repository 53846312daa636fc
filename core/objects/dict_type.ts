// CPython 3.14: Objects/dictobject.c (the type)
//
// What Python sees of dict. The table itself is PyDict in dict.ts.

import {
  type CmpOp,
  dictType,
  EQ,
  isSubtype,
  type KwNames,
  listType,
  M_CLASS,
  M_COEXIST,
  M_NOSIG,
  M_VECTOR,
  NE,
  None,
  NotImplemented,
  type PyBaseException,
  type PyList,
  type PyObject,
  PyTuple,
  PyType,
  setSpec,
  type Str,
  TF_MAPPING,
  tupleType,
  typeName,
  type Value,
} from "./object.ts";
import { basicSize } from "./type.ts";
import { cur } from "./state.ts";
import { keyError, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import {
  call0,
  call1,
  callMethod,
  enterNative,
  getItem,
  getIter,
  iterNext,
  iterToArray,
  leaveNative,
  lookupAttr,
  lookupSpecial,
  reprStr,
  richCompareBool,
  setItem,
} from "./abstract.ts";
import { dictCopy, KEEP, mergeEntries, PyDict, REFUSE, REPLACE } from "./dict.ts";
import { dictIter, dictKeyIterType, dictRevIter, dictRevKeyIterType } from "./dict_iter.ts";
import { dictItemsType, dictKeysType, dictValuesType, PyDictView } from "./dict_views.ts";
import { genericAlias } from "./genericalias.ts";
import { isExactSet } from "./set.ts";
import { joinStrs, reprEnter, reprLeave } from "./repr_guard.ts";

// ---- reading -------------------------------------------------------------------------------

/** `d[key]`, with `__missing__` for subclasses. */
export function dictSubscript(d: PyDict, key: Value): Value {
  const v = d.get(key);
  return v === undefined ? dictMissing(d, key) : v;
}

/** What `d[key]` gives for an absent key. */
export function dictMissing(d: PyDict, key: Value): Value {
  if (d.cls !== dictType) {
    const f = lookupSpecial(d, "__missing__");
    if (f !== undefined) return call1(f, key);
  }
  throw keyError(key);
}

/** What comparing dicts takes of the JavaScript stack, beyond what richCompare counts. */
const COMPARE_WEIGHT = 325;

/** Are the items of two dicts equal? */
export function dictEqual(a: PyDict, b: PyDict): boolean {
  if (a.size !== b.size) return false;
  enterNative(COMPARE_WEIGHT, " in comparison");
  try {
    for (let i = a.nextIndex(0); i >= 0; i = a.nextIndex(i + 1)) {
      const key = a.keys[i] as Value, av = a.vals[i] as Value;
      let j: number;
      if (typeof key !== "object") j = b.find(key);
      else {
        const lo = a.hashAt(i);
        j = b.findKnown(key, lo, cur.hashHi);
      }
      if (j < 0 || !richCompareBool(av, b.vals[j] as Value, EQ)) return false;
      cur.tick(1);
    }
    return true;
  } finally {
    leaveNative(COMPARE_WEIGHT);
  }
}

function compare(a: Value, b: Value, op: CmpOp): Value {
  if ((op !== EQ && op !== NE) || !(b instanceof PyDict)) return NotImplemented;
  return dictEqual(a as PyDict, b) === (op === EQ);
}

function dictRepr(d: PyDict): Str {
  if (reprEnter(d)) return "{...}";
  try {
    const parts: Str[] = [];
    for (let i = d.nextIndex(0); i >= 0; i = d.nextIndex(i + 1)) {
      const v = d.vals[i] as Value;
      parts.push(parts.length === 0 ? "{" : ", ", reprStr(d.keys[i] as Value));
      parts.push(": ", reprStr(v));
      cur.tick(4);
    }
    if (parts.length === 0) return "{}";
    parts.push("}");
    return joinStrs(parts);
  } finally {
    reprLeave(d);
  }
}

// ---- merging -------------------------------------------------------------------------------

/**
 * Puts the entries of mapping `b` into `a`. `mode`: KEEP what is there, REPLACE it, or REFUSE
 * (KeyError with the key).
 */
export function dictMerge(a: PyDict, b: Value, mode: number = REPLACE): void {
  if (b instanceof PyDict && b.cls.tp_iter === dictType.tp_iter) {
    return mergeEntries(a, b, mode);
  }
  for (const key of mappingKeys(b)) {
    if (mode !== REPLACE && a.has(key)) {
      if (mode === KEEP) continue;
      throw keyError(key);
    }
    a.set(key, getItem(b, key));
    cur.tick(1);
  }
}

/** `list(b.keys())`, with an error that names the method. */
export function mappingKeys(b: Value): Value[] {
  const keys = callMethod(b, "keys");
  if (typeof keys === "object" && keys.cls === listType) {
    return (keys as PyList).items.slice();
  }
  let it: Value;
  try {
    it = getIter(keys);
  } catch (e) {
    if (!isTypeError(e)) throw e;
    throw typeError(
      `${typeName(b)}.keys() returned a non-iterable (type ${typeName(keys)})`,
    );
  }
  return iterToArray(it);
}

function isTypeError(e: unknown): e is PyBaseException {
  const t = (e as PyObject | undefined)?.cls;
  return t instanceof PyType && isSubtype(t, X.TypeError);
}

/** The two values of element `n` of an update sequence. */
function pairOf(item: Value, n: number): Value[] {
  if (typeof item === "object") {
    if (item.cls === tupleType) return (item as PyTuple).items;
    if (item.cls === listType) return (item as PyList).items;
  }
  try {
    let it: Value;
    try {
      it = getIter(item);
    } catch (e) {
      throw isTypeError(e) ? typeError("object is not iterable") : e;
    }
    return iterToArray(it);
  } catch (e) {
    if (isTypeError(e)) {
      callMethod(
        e,
        "add_note",
        `Cannot convert dictionary update sequence element #${n} to a sequence`,
      );
    }
    throw e;
  }
}

/** Puts the pairs of an iterable into `d` (`PyDict_MergeFromSeq2`). */
export function dictMergePairs(d: PyDict, pairs: Value, override = true): void {
  const it = getIter(pairs);
  for (let n = 0;; n++) {
    const item = iterNext(it);
    if (item === undefined) return;
    const pair = pairOf(item, n);
    if (pair.length !== 2) {
      throw valueError(
        `dictionary update sequence element #${n} has length ${pair.length}; 2 is required`,
      );
    }
    if (override) d.set(pair[0], pair[1]);
    else d.setDefault(pair[0], pair[1]);
    cur.tick(1);
  }
}

/** `d.update(arg)` without looking at the type of `d`. */
export function dictUpdate(d: PyDict, arg: Value): void {
  if (typeof arg === "object" && arg.cls === dictType) {
    return dictMerge(d, arg, REPLACE);
  }
  if (lookupAttr(arg, "keys") !== undefined) dictMerge(d, arg, REPLACE);
  else dictMergePairs(d, arg);
}

/** The arguments of `dict(...)` and `d.update(...)`; `name` for the error. */
export function dictUpdateArgs(
  d: PyDict,
  args: readonly Value[],
  kwnames: KwNames | undefined,
  name: string,
): void {
  const nkw = kwnames === undefined ? 0 : kwnames.length;
  const n = args.length - nkw;
  if (n > 1) throw typeError(`${name} expected at most 1 argument, got ${n}`);
  if (n === 1) dictUpdate(d, args[0]);
  for (let i = 0; i < nkw; i++) {
    d.setStr((kwnames as KwNames)[i], args[n + i]);
  }
}

function dictOr(a: Value, b: Value): Value {
  if (!(a instanceof PyDict) || !(b instanceof PyDict)) return NotImplemented;
  const r = dictCopy(a);
  dictUpdate(r, b);
  return r;
}

function fromKeys(cls: PyType, iterable: Value, value: Value): Value {
  const d = call0(cls);
  if (!(d instanceof PyDict) || d.cls !== dictType) {
    const it = getIter(iterable);
    for (let k = iterNext(it); k !== undefined; k = iterNext(it)) {
      setItem(d, k, value);
    }
    return d;
  }
  if (iterable instanceof PyDict && iterable.cls === dictType) {
    const o = iterable;
    d.reserve(o.size, o.isGeneral());
    for (let i = o.nextIndex(0); i >= 0; i = o.nextIndex(i + 1)) {
      const k = o.keys[i] as Value;
      if (typeof k !== "object") d.set(k, value);
      else {
        const lo = o.hashAt(i);
        d.setKnown(k, lo, cur.hashHi, value);
      }
    }
    return d;
  }
  if (isExactSet(iterable)) {
    const { tab, hs } = iterable;
    d.reserve(iterable.used, true);
    for (let i = 0; i < tab.length; i++) {
      const k = tab[i];
      if (k === undefined || k === null) continue;
      d.setKnown(k, hs[2 * i], hs[2 * i + 1], value);
    }
    return d;
  }
  const it = getIter(iterable);
  for (let k = iterNext(it); k !== undefined; k = iterNext(it)) {
    d.set(k, value);
    cur.tick(1);
  }
  return d;
}

// ---- the type ------------------------------------------------------------------------------

function assign(d: Value, key: Value, value: Value | undefined): void {
  if (value !== undefined) (d as PyDict).set(key, value);
  else if ((d as PyDict).delete(key) === undefined) throw keyError(key);
}

function pop(d: PyDict, key: Value, dflt?: Value): Value {
  const v = d.size === 0 ? undefined : d.delete(key);
  if (v !== undefined) return v;
  if (dflt !== undefined) return dflt;
  throw keyError(key);
}

dictType.flags |= TF_MAPPING;
setSpec(dictType, {
  doc: "dict() -> an empty dictionary\n" +
    "dict(mapping) -> a dictionary with the items of a mapping\n" +
    "dict(iterable) -> a dictionary of the (key, value) pairs in an iterable\n" +
    "dict(**kwargs) -> a dictionary of the keyword arguments, as in dict(one=1, two=2)",
  unhashable: true,
  slots: {
    tp_new: (type) => new PyDict(type),
    tp_init: (self, args, kwnames) => dictUpdateArgs(self as PyDict, args, kwnames, "dict"),
    tp_repr: (self) => dictRepr(self as PyDict),
    tp_richcompare: compare,
    tp_iter: (self) => dictIter(self as PyDict, dictKeyIterType),
    nb_or: dictOr,
    nb_inplace_or: (self, other) => {
      dictUpdate(self as PyDict, other);
      return self;
    },
    sq_contains: (self, key) => (self as PyDict).find(key) >= 0,
    mp_length: (self) => (self as PyDict).size,
    mp_subscript: (self, key) => dictSubscript(self as PyDict, key),
    mp_ass_subscript: assign,
  },
  methods: {
    __getitem__: ["key, /", "The value of a key.", dictSubscript, M_COEXIST],
    __contains__: [
      "key, /",
      "Whether the dictionary has the key.",
      (self: PyDict, key: Value) => self.find(key) >= 0,
      M_COEXIST,
    ],
    __sizeof__: [
      "",
      "Memory that the dictionary itself takes, in bytes.",
      (self: PyDict) => basicSize(self.cls) + self.keysBytes(),
    ],
    get: [
      "key, default=None, /",
      "The value of a key, or the default if there is none.",
      (self: PyDict, key: Value, dflt: Value = None) => self.get(key) ?? dflt,
    ],
    setdefault: [
      "key, default=None, /",
      "The value of a key; a missing key is inserted with the default first.",
      (self: PyDict, key: Value, dflt: Value = None) => self.setDefault(key, dflt),
    ],
    pop: [
      "key, default=<unrepresentable>, /",
      "D.pop(k[,d]) -> v: removes a key and returns its value.\n\n" +
      "A missing key gives the default, or KeyError if there is no default.",
      pop,
    ],
    popitem: [
      "",
      "Removes the newest (key, value) pair and returns it.\n\n" +
      "Raises KeyError if the dictionary is empty.",
      (self: PyDict) => {
        const e = self.popLast();
        if (e === undefined) throw keyError("popitem(): dictionary is empty");
        return new PyTuple(e);
      },
    ],
    keys: [
      "",
      "A set-like view of the keys.",
      (self: PyDict) => new PyDictView(dictKeysType, self),
    ],
    items: [
      "",
      "A set-like view of the items.",
      (self: PyDict) => new PyDictView(dictItemsType, self),
    ],
    values: [
      "",
      "A view of the values.",
      (self: PyDict) => new PyDictView(dictValuesType, self),
    ],
    update: [
      "*args, **kwargs",
      "D.update([E, ]**F): takes over the items of E, a mapping (anything with keys()) or an\n" +
      "iterable of pairs, then those of F.",
      (self: PyDict, args: Value[], kwnames?: KwNames) => {
        dictUpdateArgs(self, args, kwnames, "update");
        return None;
      },
      M_VECTOR | M_NOSIG,
    ],
    fromkeys: [
      "iterable, value=None, /",
      "A dictionary with the keys of an iterable, all with one value.",
      (cls: PyType, iterable: Value, value: Value = None) => fromKeys(cls, iterable, value),
      M_CLASS,
    ],
    clear: ["", "Removes all items.", (self: PyDict) => {
      self.clear();
      return None;
    }],
    copy: ["", "A shallow copy.", (self: PyDict) => dictCopy(self)],
    __reversed__: [
      "",
      "An iterator over the keys, newest first.",
      (self: PyDict) => dictRevIter(self, dictRevKeyIterType),
    ],
    __class_getitem__: [
      "object, /",
      "dict[K, V]: dictionaries with keys of type K and values of type V.",
      (cls: PyType, arg: Value) => genericAlias(cls, arg),
      M_CLASS,
    ],
  },
});

export { KEEP, REFUSE, REPLACE };
