// CPython 3.14: Objects/dictobject.c (iterators)
//
// Iterators over a dict: one class, six types. An iterator holds the index of the entry to look at
// next and how many it expects to come; it notices that the dict's size changed, or that it meets
// more entries than there were.

import {
  builtinType,
  type MethodDef,
  objectType,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Value,
} from "./object.ts";
import { runtimeError } from "./errors.ts";
import { builtinNamed } from "./builtin_ref.ts";
import type { PyDict } from "./dict.ts";

function iterType(name: string): PyType {
  return builtinType(name, objectType, true);
}
export const dictKeyIterType: PyType = iterType("dict_keyiterator");
export const dictValueIterType: PyType = iterType("dict_valueiterator");
export const dictItemIterType: PyType = iterType("dict_itemiterator");
export const dictRevKeyIterType: PyType = iterType("dict_reversekeyiterator");
export const dictRevValueIterType: PyType = iterType(
  "dict_reversevalueiterator",
);
export const dictRevItemIterType: PyType = iterType("dict_reverseitemiterator");

/** An iterator over the keys, values or items of a dict, in either direction. */
export class PyDictIter extends PyObject {
  /** Undefined once exhausted. */
  d: PyDict | undefined;
  /** Size of the dict when this was made; -1 after an error, for good. */
  used: number;
  /** Index of the next entry to look at. */
  pos: number;
  /** Entries that should still come. */
  len: number;
  constructor(cls: PyType, d: PyDict, pos: number) {
    super(cls);
    this.d = d;
    this.used = this.len = d.size;
    this.pos = pos;
  }
}

/** `iter(d)`, `iter(d.values())`, ... by type. */
export function dictIter(d: PyDict, type: PyType): PyDictIter {
  return new PyDictIter(type, d, 0);
}
/** `reversed(d)`, ... by type. */
export function dictRevIter(d: PyDict, type: PyType): PyDictIter {
  return new PyDictIter(type, d, d.end - 1);
}

function changedSize(it: PyDictIter): never {
  it.used = -1;
  throw runtimeError("dictionary changed size during iteration");
}

function keysChanged(it: PyDictIter): never {
  it.d = undefined;
  throw runtimeError("dictionary keys changed during iteration");
}

/** Moves on; the index of the entry, or -1 at the end. */
function advance(it: PyDictIter, d: PyDict): number {
  if (it.used !== d.size) changedSize(it);
  const keys = d.keys;
  let i = it.pos;
  while (i < keys.length && keys[i] === undefined) i++;
  if (i >= keys.length) {
    it.d = undefined;
    return -1;
  }
  if (it.len === 0) keysChanged(it);
  it.pos = i + 1;
  it.len--;
  return i;
}

function retreat(it: PyDictIter, d: PyDict): number {
  if (it.used !== d.size) changedSize(it);
  const keys = d.keys;
  let i = it.pos;
  if (i >= d.end) i = -1;
  while (i >= 0 && keys[i] === undefined) i--;
  if (i < 0) {
    it.d = undefined;
    return -1;
  }
  if (it.len === 0) keysChanged(it);
  it.pos = i - 1;
  it.len--;
  return i;
}

function nextKey(it: Value): Value | undefined {
  const d = (it as PyDictIter).d;
  if (d === undefined) return undefined;
  const i = advance(it as PyDictIter, d);
  return i < 0 ? undefined : d.keys[i];
}
function nextValue(it: Value): Value | undefined {
  const d = (it as PyDictIter).d;
  if (d === undefined) return undefined;
  const i = advance(it as PyDictIter, d);
  return i < 0 ? undefined : d.vals[i];
}
function nextItem(it: Value): Value | undefined {
  const d = (it as PyDictIter).d;
  if (d === undefined) return undefined;
  const i = advance(it as PyDictIter, d);
  return i < 0 ? undefined : new PyTuple([d.keys[i] as Value, d.vals[i] as Value]);
}
function prevKey(it: Value): Value | undefined {
  const d = (it as PyDictIter).d;
  if (d === undefined) return undefined;
  const i = retreat(it as PyDictIter, d);
  return i < 0 ? undefined : d.keys[i];
}
function prevValue(it: Value): Value | undefined {
  const d = (it as PyDictIter).d;
  if (d === undefined) return undefined;
  const i = retreat(it as PyDictIter, d);
  return i < 0 ? undefined : d.vals[i];
}
function prevItem(it: Value): Value | undefined {
  const d = (it as PyDictIter).d;
  if (d === undefined) return undefined;
  const i = retreat(it as PyDictIter, d);
  return i < 0 ? undefined : new PyTuple([d.keys[i] as Value, d.vals[i] as Value]);
}

/** What is left, without moving the iterator. */
function remaining(it: PyDictIter): PyList {
  const out: Value[] = [];
  if (it.d !== undefined) {
    const copy = new PyDictIter(it.cls, it.d, it.pos);
    copy.used = it.used;
    copy.len = it.len;
    const next = it.cls.tp_iternext as (v: Value) => Value | undefined;
    for (let v = next(copy); v !== undefined; v = next(copy)) out.push(v);
  }
  return new PyList(out);
}

const methods: Record<string, MethodDef> = {
  __length_hint__: [
    "",
    "How many items are still to come, as far as can be told.",
    (it: PyDictIter) => it.d !== undefined && it.used === it.d.size ? it.len : 0,
  ],
  __reduce__: [
    "",
    "The iterator's state, for pickling.",
    (it: PyDictIter) => new PyTuple([builtinNamed("iter"), new PyTuple([remaining(it)])]),
  ],
};

function spec(type: PyType, next: (it: Value) => Value | undefined): void {
  setSpec(type, {
    slots: { tp_iter: (it) => it, tp_iternext: next },
    methods,
  });
}
spec(dictKeyIterType, nextKey);
spec(dictValueIterType, nextValue);
spec(dictItemIterType, nextItem);
spec(dictRevKeyIterType, prevKey);
spec(dictRevValueIterType, prevValue);
spec(dictRevItemIterType, prevItem);
