// CPython 3.14: Objects/object.c (id)
//
// `id()`. Objects get a number from a per-Interpreter counter when it is first asked for, spaced
// like addresses. Exact ints and strs, which go by value, get ids outside the range of objects':
// an int an odd number made from its value, a str one from a bounded table.

import {
  bytesType,
  type Int,
  type PyBytes,
  PyObject,
  type PyTuple,
  PyWideStr,
  tupleType,
  type Value,
} from "./object.ts";
import { cur, interpStore } from "./state.ts";
import { utf16 } from "./names.ts";

const BASE = 0x7f0000000000;
const STR_IDS = {};
const INT_IDS = {};

/** The identity of a value; equal for two values exactly if `is` says so. */
export function idOf(v: Value): Int {
  if (typeof v === "object" && !(v instanceof PyWideStr)) {
    if (v.cls === tupleType && (v as PyTuple).items.length === 0) return 9_000_080;
    if (v.cls === bytesType && (v as PyBytes).b.length < 2) return 9_200_000 + 64 * ((v as PyBytes).b[0] ?? -1);
    return (v as PyObject).pyId ??= BASE + 16 * cur.interp.nextId++;
  }
  if (typeof v === "boolean") return v ? 9_000_048 : 9_000_016;
  if (typeof v === "string" || v instanceof PyWideStr) {
    const ids = interpStore(STR_IDS, () => new Map<string, number>());
    const key = typeof v === "string" ? v : "\ud800" + utf16(v);
    let id = ids.get(key);
    if (id === undefined) ids.set(key, id = BASE + 16 * cur.interp.nextId++);
    return id;
  }
  if (typeof v === "number" && v >= -5 && v <= 1024) return 9_100_000 + 32 * (v + 5);
  const ids = interpStore(INT_IDS, () => new Map<Int, number>());
  let id = ids.get(v as Int);
  if (id === undefined) ids.set(v as Int, id = BASE + 16 * cur.interp.nextId++);
  return id;
}
