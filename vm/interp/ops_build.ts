// CPython 3.14: Python/bytecodes.c (BUILD_*, UNPACK_*, MATCH_*, FORMAT_*)
//
// Building containers and strings, unpacking, slicing, pattern matching: the instructions whose
// work is large next to a call.

import {
  dictType,
  listType,
  None,
  PyBaseException,
  PyDictBase,
  PyList,
  PySlice,
  PyTuple,
  PyType,
  type Str,
  strType,
  TF_MAPPING,
  TF_SEQUENCE,
  tupleType,
  typeOf,
  type Value,
} from "../../core/objects/object.ts";
import { typeError, valueError } from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import * as A from "../../core/objects/abstract.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { isMutableSet, newSet } from "../../core/objects/set.ts";
import { listExtend } from "../../core/objects/list.ts";
import { joinStrs } from "../../core/objects/repr_guard.ts";
import { attrName, utf16 } from "../../core/objects/names.ts";
import { makeInterpolation, makeTemplate } from "../../core/objects/template.ts";
import { dictUpdate } from "../../core/objects/dict_type.ts";
import { strSlice } from "../../core/objects/str_ops.ts";

type Stack = (Value | undefined)[];

export function buildMap(S: Stack, at: number, n: number): PyDict {
  const d = new PyDict();
  for (let i = 0; i < n; i++) d.set(S[at + 2 * i]!, S[at + 2 * i + 1]!);
  return d;
}

/** `o[start:stop]`. */
export function binarySlice(o: Value, start: Value, stop: Value): Value {
  if (
    typeof o === "string" && (start === None || typeof start === "number") &&
    (stop === None || typeof stop === "number")
  ) {
    const n = o.length;
    let i = start === None ? 0 : start as number, j = stop === None ? n : stop as number;
    if (i < 0) i = i + n < 0 ? 0 : i + n;
    else if (i > n) i = n;
    if (j < 0) j = j + n < 0 ? 0 : j + n;
    else if (j > n) j = n;
    return i >= j ? "" : strSlice(o, i, j);
  }
  return A.getItem(o, new PySlice(start, stop, None));
}
export function storeSlice(v: Value, o: Value, start: Value, stop: Value): void {
  A.setItem(o, new PySlice(start, stop, None), v);
}

/** UNPACK_SEQUENCE of anything but an exact tuple of the right length; returns the new sp. */
export function unpackSequence(S: Stack, sp: number, n: number): number {
  const v = S[sp - 1]!;
  let items: Value[];
  if (v instanceof PyTuple && v.cls === tupleType) items = v.items;
  else if (v instanceof PyList && v.cls === listType) items = v.items;
  else {
    if (typeOf(v).tp_iter === undefined && !A.isSequence(v)) {
      throw typeError(`cannot unpack non-iterable ${typeOf(v).name} object`);
    }
    const it = A.getIter(v);
    items = [];
    for (let i = 0; i < n; i++) {
      const x = A.iterNext(it);
      if (x === undefined) throw valueError(`not enough values to unpack (expected ${n}, got ${i})`);
      items.push(x);
    }
    if (A.iterNext(it) !== undefined) {
      if (v instanceof PyDictBase && v.cls === dictType) {
        throw valueError(`too many values to unpack (expected ${n}, got ${v.size})`);
      }
      throw valueError(`too many values to unpack (expected ${n})`);
    }
  }
  if (items.length !== n) {
    if (items.length < n) throw valueError(`not enough values to unpack (expected ${n}, got ${items.length})`);
    throw valueError(`too many values to unpack (expected ${n}, got ${items.length})`);
  }
  sp--;
  for (let i = n - 1; i >= 0; i--) S[sp++] = items[i];
  return sp;
}

function unpackEx(S: Stack, sp: number, arg: number): number {
  const before = arg & 255, after = arg >> 8;
  const v = S[sp - 1]!;
  if (typeOf(v).tp_iter === undefined && !A.isSequence(v)) {
    throw typeError(`cannot unpack non-iterable ${typeOf(v).name} object`);
  }
  const items = A.iterToArray(v);
  const least = before + after;
  if (items.length < least) {
    throw valueError(`not enough values to unpack (expected at least ${least}, got ${items.length})`);
  }
  sp--;
  for (let i = items.length - 1; i >= items.length - after; i--) S[sp++] = items[i];
  S[sp++] = new PyList(items.slice(before, items.length - after));
  for (let i = before - 1; i >= 0; i--) S[sp++] = items[i];
  return sp;
}

function format(v: Value, spec: Value): Value {
  return A.formatValue(v, spec);
}

/** MATCH_CLASS: the attributes, or None. */
function matchClass(subject: Value, type: Value, nargs: number, kwnames: PyTuple): Value {
  if (!(type instanceof PyType)) throw typeError(`called match pattern must be a class`);
  if (!A.isInstanceOf(subject, type)) return None;
  const out: Value[] = [];
  const seen: Value[] = [];
  const attr = (name: Value): Value | undefined => {
    if (seen.includes(name)) {
      throw typeError(`${type.name}() got multiple sub-patterns for attribute ${utf16(A.reprStr(name))}`);
    }
    seen.push(name);
    return A.lookupAttr(subject, attrName(name));
  };
  if (nargs > 0) {
    let self = false;
    const m = A.lookupAttr(type, "__match_args__");
    let names: Value[] = [];
    if (m !== undefined) {
      if (!(m instanceof PyTuple) || m.cls !== tupleType) {
        throw typeError(`${type.name}.__match_args__ must be a tuple (got ${typeOf(m).name})`);
      }
      names = m.items;
    } else self = MATCH_SELF.some((t) => type.mro.includes(t));
    const allowed = self ? 1 : names.length;
    if (allowed < nargs) {
      throw typeError(
        `${type.name}() accepts ${allowed} positional sub-pattern${allowed === 1 ? "" : "s"} (${nargs} given)`,
      );
    }
    if (self) out.push(subject);
    else {
      for (let i = 0; i < nargs; i++) {
        const n = names[i];
        if (typeOf(n) !== strType) throw typeError(`__match_args__ elements must be strings (got ${typeOf(n).name})`);
        const v = attr(n);
        if (v === undefined) return None;
        out.push(v);
      }
    }
  }
  for (const n of kwnames.items) {
    const v = attr(n);
    if (v === undefined) return None;
    out.push(v);
  }
  return new PyTuple(out);
}
import {
  boolType,
  bytearrayType,
  bytesType,
  floatType,
  frozensetType,
  intType,
  setType,
} from "../../core/objects/object.ts";
/** Types whose class pattern takes the subject itself (Py_TPFLAGS_MATCH_SELF). */
const MATCH_SELF: PyType[] = [
  boolType,
  bytearrayType,
  bytesType,
  dictType,
  floatType,
  frozensetType,
  intType,
  listType,
  setType,
  strType,
  tupleType,
];

function matchKeys(map: Value, keys: PyTuple): Value {
  const out: Value[] = [];
  if (keys.items.length === 0) return new PyTuple(out);
  const get = A.getAttr(map, "get");
  const seen = newSet();
  const dummy = A.call0(objectType);
  for (const k of keys.items) {
    if (A.contains(seen, k)) throw valueError(`mapping pattern checks duplicate key (${utf16(A.reprStr(k))})`);
    seen.add(k);
    const v = A.call2(get, k, dummy);
    if (v === dummy) return None;
    out.push(v);
  }
  return new PyTuple(out);
}
import { objectType } from "../../core/objects/object.ts";

/** DICT_MERGE: `update` into the dict of keyword arguments for `func`. */
function dictMerge(func: Value, into: PyDict, update: Value): void {
  const name = (): string => {
    const q = A.lookupAttr(func, "__qualname__");
    if (q === undefined || !A.isStr(q)) return utf16(A.strOf(func));
    const m = A.lookupAttr(func, "__module__");
    const qs = utf16(A.strValue(q));
    return m !== undefined && A.isStr(m) && m !== "builtins" ? `${utf16(A.strValue(m))}.${qs}()` : `${qs}()`;
  };
  const add = (k: Value, v: Value): void => {
    if (into.has(k)) {
      throw typeError(`${name()} got multiple values for keyword argument '${utf16(A.strOf(k))}'`);
    }
    into.set(k, v);
  };
  if (update instanceof PyDict && typeOf(update).tp_iter === dictType.tp_iter) {
    for (const [k, v] of update.itemArray().map((t) => (t as PyTuple).items)) add(k, v);
    return;
  }
  let keys: Value;
  try {
    keys = A.callMethod(update, "keys");
  } catch (e) {
    if (
      e instanceof PyBaseException && e.cls.mro.includes(E.AttributeError) && A.lookupAttr(update, "keys") === undefined
    ) {
      throw typeError(`${name()} argument after ** must be a mapping, not ${typeOf(update).name}`);
    }
    throw e;
  }
  for (const k of A.iterToArray(keys)) add(k, A.getItem(update, k));
}

/** Does the instruction; returns the new stack pointer. */
export function build(op: number, arg: number, S: Stack, sp: number): number {
  switch (op) {
    case 50: { // BUILD_STRING
      sp -= arg;
      let plain = true;
      for (let i = 0; i < arg; i++) if (typeof S[sp + i] !== "string") plain = false;
      if (plain) {
        let s = "";
        for (let i = 0; i < arg; i++) s += S[sp + i] as string;
        S[sp] = s;
      } else S[sp] = joinStrs(S.slice(sp, sp + arg).map((x) => A.strValue(x!)) as Str[]);
      return sp + 1;
    }
    case 48: { // BUILD_SET
      sp -= arg;
      const s = newSet();
      for (let i = 0; i < arg; i++) s.add(S[sp + i]!);
      S[sp] = s;
      return sp + 1;
    }
    case 49: { // BUILD_SLICE
      sp -= arg;
      S[sp] = new PySlice(S[sp]!, S[sp + 1]!, arg === 3 ? S[sp + 2]! : None);
      return sp + 1;
    }
    case 2: // BUILD_TEMPLATE
      sp--;
      S[sp - 1] = makeTemplate(S[sp - 1]!, S[sp]!);
      return sp;
    case 45: { // BUILD_INTERPOLATION
      const spec = (arg & 1) !== 0 ? S[--sp]! : "";
      sp--;
      S[sp - 1] = makeInterpolation(S[sp - 1]!, S[sp]!, arg >> 2, spec);
      return sp;
    }
    case 79: { // LIST_EXTEND
      const v = S[--sp]!;
      const l = S[sp - arg] as PyList;
      if (typeOf(v).tp_iter === undefined && !A.isSequence(v)) {
        throw typeError(`Value after * must be an iterable, not ${typeOf(v).name}`);
      }
      listExtend(l, v);
      return sp;
    }
    case 107: { // SET_ADD
      const v = S[--sp]!;
      const s = S[sp - arg]!;
      // a program can put anything in `__conditional_annotations__`
      if (!isMutableSet(s)) throw typeError(`'${typeOf(s).name}' object is not a set`);
      s.add(v);
      return sp;
    }
    case 109: { // SET_UPDATE
      const v = S[--sp]!;
      A.callMethod(S[sp - arg]!, "update", v);
      return sp;
    }
    case 67: { // DICT_UPDATE
      const v = S[--sp]!;
      const d = S[sp - arg] as PyDict;
      if (!(v instanceof PyDictBase) && A.lookupAttr(v, "keys") === undefined) {
        throw typeError(`'${typeOf(v).name}' object is not a mapping`);
      }
      dictUpdate(d, v);
      return sp;
    }
    case 66: { // DICT_MERGE
      const v = S[--sp]!;
      const d = S[sp - arg] as PyDict;
      dictMerge(S[sp - arg - 3]!, d, v);
      return sp;
    }
    case 118: // UNPACK_EX
      return unpackEx(S, sp, arg);
    case 12: { // FORMAT_SIMPLE
      const v = S[sp - 1]!;
      if (typeof v !== "string") S[sp - 1] = format(v, "");
      return sp;
    }
    case 13: // FORMAT_WITH_SPEC
      sp--;
      S[sp - 1] = format(S[sp - 1]!, S[sp]!);
      return sp;
    case 58: { // CONVERT_VALUE
      const v = S[sp - 1]!;
      S[sp - 1] = arg === 1 ? A.strObject(v) : arg === 2 ? A.reprStr(v) : A.asciiStr(v);
      return sp;
    }
    case 18: // GET_LEN
      S[sp] = A.lengthOf(S[sp - 1]!);
      return sp + 1;
    case 24: // MATCH_KEYS
      S[sp] = matchKeys(S[sp - 2]!, S[sp - 1] as PyTuple);
      return sp + 1;
    case 99: // MATCH_CLASS
      sp -= 2;
      S[sp - 1] = matchClass(S[sp - 1]!, S[sp]!, arg, S[sp + 1] as PyTuple);
      return sp;
    case 25: // MATCH_MAPPING
      S[sp] = (typeOf(S[sp - 1]!).flags & TF_MAPPING) !== 0;
      return sp + 1;
    default: // MATCH_SEQUENCE
      S[sp] = (typeOf(S[sp - 1]!).flags & TF_SEQUENCE) !== 0;
      return sp + 1;
  }
}
