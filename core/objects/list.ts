// CPython 3.14: Objects/listobject.c
//
// A list holds a packed JavaScript array. Everything that runs guest code in a loop reads
// `l.items` and its length anew each time, since the guest may change the list meanwhile. While a
// list is sorted it holds a guard array that notices changes. A list has at most MAX_ITEMS
// items: more raises MemoryError before the host would fail.

import {
  type CmpOp,
  EQ,
  GE,
  type Int,
  type KwNames,
  LE,
  listType,
  M_CLASS,
  M_COEXIST,
  NE,
  None,
  NotImplemented,
  PyList,
  PySlice,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  TF_SEQUENCE,
  tupleType,
  typeName,
  type Value,
} from "./object.ts";
import { claim, cur } from "./state.ts";
import { indexError, memoryError, overflowError, typeError, valueError } from "./errors.ts";
import {
  asIndex,
  call1,
  getIter,
  hasIndex,
  isTrue,
  iterToArray,
  lengthHint,
  reprStr,
  richCompare,
  richCompareBool,
} from "./abstract.ts";
import * as X from "./exceptions.ts";
import { isSubtype, PyBaseException, typeOf } from "./object.ts";
import { sliceAdjust, sliceIndices, sliceUnpack } from "./slice.ts";
import { joinStrs, reprEnter, reprLeave } from "./repr_guard.ts";
import { sortArrays } from "./list_sort.ts";
import { genericAlias } from "./genericalias.ts";
import { PyListIter, PyListRevIter } from "./listiter.ts";

/** Longest list or tuple: past it the host's arrays fail. */
export const MAX_ITEMS = 2 ** 27 - 16;

/** Throws MemoryError if a list or tuple of n items can't be made. */
export function checkItems(n: number): void {
  if (n > MAX_ITEMS) throw memoryError();
  claim(n * 8);
}

export const MAX = Number.MAX_SAFE_INTEGER;

// ---- what lists and tuples share -----------------------------------------------------------

/** An index argument as a number (no IndexError for big ones: they are clamped). */
export function indexArg(v: Value): number {
  if (typeof v === "number") return v;
  const i = asIndex(v);
  return typeof i === "number" ? i : i < 0n ? -MAX : MAX;
}

/** A subscript as a number: IndexError when it fits no ssize_t. */
export function subscript(v: Value): number {
  if (typeof v === "number") return v;
  const i = asIndex(v);
  if (typeof i === "bigint") {
    if (i >= 1n << 63n || i < -(1n << 63n)) {
      throw indexError(
        `cannot fit '${typeName(v)}' into an index-sized integer`,
      );
    }
    return i < 0n ? -MAX : MAX;
  }
  return i;
}

/** A bound of `index(x, start, stop)`: an index, clamped; None is not accepted. */
export function boundArg(v: Value): number {
  if (typeof v === "number") return v;
  if (!hasIndex(v)) {
    throw typeError(
      "slice indices must be integers or have an __index__ method",
    );
  }
  return indexArg(v);
}

/**
 * Position of the first item equal to `x` among items start..stop (clipped to the length), or -1.
 * `o.items` is read anew after each comparison.
 */
export function findItem(
  o: { readonly items: Value[] },
  x: Value,
  start: number,
  stop: number,
): number {
  const simple = typeof x === "string";
  for (let i = start; i < stop && i < o.items.length; i++) {
    const v = o.items[i];
    if (v === x) return i;
    // a plain str equals no other unboxed value
    if ((!simple || typeof v === "object") && richCompareBool(v, x, EQ)) {
      return i;
    }
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  return -1;
}

/** How many items equal `x`. */
export function countItem(o: { readonly items: Value[] }, x: Value): number {
  let n = 0;
  for (let i = 0; i < o.items.length; i++) {
    const v = o.items[i];
    if (v === x || richCompareBool(v, x, EQ)) n++;
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  return n;
}

/** `index` of list and tuple, -1 if absent. */
export function indexOf(
  o: { readonly items: Value[] },
  x: Value,
  start: Value | undefined,
  stop: Value | undefined,
): number {
  let lo = start === undefined ? 0 : boundArg(start);
  let hi = stop === undefined ? MAX : boundArg(stop);
  if (lo < 0) lo = Math.max(0, lo + o.items.length);
  if (hi < 0) hi = Math.max(0, hi + o.items.length);
  return findItem(o, x, lo, hi);
}

/** Rich comparison of two sequences of items that may change meanwhile. */
export function compareItems(
  a: { readonly items: Value[] },
  b: { readonly items: Value[] },
  op: CmpOp,
): Value {
  let i = 0;
  for (; i < a.items.length && i < b.items.length; i++) {
    const x = a.items[i], y = b.items[i];
    if (x === y) continue;
    if (!richCompareBool(x, y, EQ)) break;
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  const n = a.items.length, m = b.items.length;
  if (i >= n || i >= m) {
    switch (op) {
      case 0:
        return n < m;
      case 1:
        return n <= m;
      case 2:
        return n === m;
      case 3:
        return n !== m;
      case 4:
        return n > m;
      default:
        return n >= m;
    }
  }
  if (op === EQ) return false;
  if (op === NE) return true;
  return richCompare(a.items[i], b.items[i], op);
}

/** `items` n times in a row. */
export function repeatItems(items: Value[], n: number): Value[] {
  const len = items.length;
  if (n <= 0 || len === 0) return [];
  checkItems(len * n);
  const out: Value[] = [];
  if (len === 1) {
    const v = items[0];
    for (let i = 0; i < n; i++) out.push(v);
  } else {
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < len; k++) out.push(items[k]);
    }
  }
  cur.tick(len * n);
  return out;
}

/** The items that an extended slice selects. */
export function sliceItems(items: Value[], s: PySlice): Value[] {
  const u = sliceIndices(s, items.length);
  const n = u.length;
  if (u.step === 1) return items.slice(u.start, u.start + n);
  const out: Value[] = [];
  for (let i = 0, k = u.start; i < n; i++, k += u.step) out.push(items[k]);
  cur.tick(n);
  return out;
}

/** Text of the items' reprs between brackets. */
export function reprItems(
  o: { readonly items: Value[] },
  open: string,
  close: string,
): Str {
  const parts: Str[] = [open];
  for (let i = 0; i < o.items.length; i++) {
    if (i > 0) parts.push(", ");
    parts.push(reprStr(o.items[i]));
    if ((i & 255) === 255) cur.tick(256);
  }
  parts.push(close);
  return joinStrs(parts);
}

// ---- list ----------------------------------------------------------------------------------

/** Adds an item at the end. */
export function listAppend(l: PyList, v: Value): void {
  const items = l.items;
  if (items.length >= MAX_ITEMS) throw memoryError();
  items.push(v);
}

/** Adds the items of an array at the end. */
function pushAll(l: PyList, from: Value[]): void {
  const n = from.length, items = l.items;
  checkItems(items.length + n);
  for (let i = 0; i < n; i++) items.push(from[i]);
  if (n > 1000) cur.tick(n);
}

/** Adds the items of an iterable at the end, one by one as they come. */
export function listExtend(l: PyList, v: Value): void {
  if (v instanceof PyList && v.cls === listType) {
    pushAll(l, v === l ? v.items.slice() : v.items);
    return;
  }
  if (v instanceof PyTuple && v.cls === tupleType) {
    pushAll(l, v.items);
    return;
  }
  const it = getIter(v);
  const hint = lengthHint(v, 8);
  // room is made for what is announced, unless that is too much to be true
  if (hint > MAX_ITEMS && (hint < MAX || l.items.length === 0)) {
    throw memoryError();
  }
  const next = typeOf(it).tp_iternext!;
  let n = 0;
  for (let x = next(it); x !== undefined; x = next(it)) {
    listAppend(l, x);
    if ((++n & 1023) === 0) cur.tick(1024);
  }
}

/** Replaces items lo..hi (clipped) by those of `v`, or deletes them. */
export function listAssignSlice(
  l: PyList,
  lo: number,
  hi: number,
  v: Value[] | undefined,
): void {
  const items = l.items, len = items.length;
  if (lo < 0) lo = 0;
  else if (lo > len) lo = len;
  if (hi < lo) hi = lo;
  else if (hi > len) hi = len;
  const n = v === undefined ? 0 : v.length, old = hi - lo;
  checkItems(len - old + n);
  cur.tick((len - hi) >> 4);
  if (n === old) { for (let i = 0; i < n; i++) items[lo + i] = v![i]; }
  else if (n === 0) items.splice(lo, old);
  else if (n <= 1000) items.splice(lo, old, ...v!);
  else {
    const tail = items.splice(lo);
    for (let i = 0; i < n; i++) items.push(v![i]);
    for (let i = old; i < tail.length; i++) items.push(tail[i]);
  }
}

function listSubscript(self: Value, k: Value): Value {
  const l = self as PyList;
  if (hasIndex(k)) {
    let i = subscript(k);
    const items = l.items;
    if (i < 0) i += items.length;
    if (i < 0 || i >= items.length) throw indexError("list index out of range");
    return items[i];
  }
  if (k instanceof PySlice) {
    // the parts of the slice may change the list, so it is asked for its items afterwards
    const u = sliceUnpack(k);
    const n = sliceAdjust(u, l.items.length);
    const items = l.items;
    if (u.step === 1) return new PyList(items.slice(u.start, u.start + n));
    const out: Value[] = [];
    for (let i = 0, at = u.start; i < n; i++, at += u.step) out.push(items[at]);
    if (n > 1000) cur.tick(n);
    return new PyList(out);
  }
  throw typeError(
    `list indices must be integers or slices, not ${typeName(k)}`,
  );
}

/** The items of the right side of a slice assignment, as an array of their own. */
function assignedItems(v: Value, msg: string): Value[] {
  try {
    return iterToArray(v);
  } catch (e) {
    // only "not iterable" is told in other words
    if (
      e instanceof PyBaseException && isSubtype(e.cls, X.TypeError) &&
      typeOf(v).tp_iter === undefined && typeOf(v).sq_item === undefined
    ) throw typeError(msg);
    throw e;
  }
}

function listAssSubscript(self: Value, k: Value, v: Value | undefined): void {
  const l = self as PyList;
  if (hasIndex(k)) {
    let i = subscript(k);
    const items = l.items;
    if (i < 0) i += items.length;
    if (i < 0 || i >= items.length) {
      throw indexError("list assignment index out of range");
    }
    if (v !== undefined) items[i] = v;
    else removeAt(l, i);
    return;
  }
  if (!(k instanceof PySlice)) {
    throw typeError(
      `list indices must be integers or slices, not ${typeName(k)}`,
    );
  }
  const u = sliceUnpack(k);
  sliceAdjust(u, l.items.length);
  if (u.step === 1) {
    if (v === undefined) {
      listAssignSlice(l, u.start, u.start + u.length, undefined);
      return;
    }
    const from = assignedItems(v, "must assign iterable to extended slice");
    listAssignSlice(l, u.start, Math.max(u.start, u.stop), from);
    return;
  }
  if (v === undefined) {
    deleteStrided(l, u.start, u.step, u.length);
    return;
  }
  const from = assignedItems(v, "must assign iterable to extended slice");
  const n = sliceAdjust(Object.assign(u, sliceUnpack(k)), l.items.length);
  if (from.length !== n) {
    throw valueError(
      `attempt to assign sequence of size ${from.length} to extended slice of size ${n}`,
    );
  }
  const items = l.items;
  for (let i = 0, at = u.start; i < n; i++, at += u.step) items[at] = from[i];
  if (n > 1000) cur.tick(n);
}

function deleteStrided(
  l: PyList,
  start: number,
  step: number,
  n: number,
): void {
  if (n <= 0) return;
  if (step < 0) {
    start += step * (n - 1);
    step = -step;
  }
  const items = l.items, len = items.length;
  let to = start, next = start, left = n;
  for (let i = start; i < len; i++) {
    if (left > 0 && i === next) {
      next += step;
      left--;
    } else items[to++] = items[i];
  }
  items.length = to;
  if (len > 1000) cur.tick(len - start);
}

function removeAt(l: PyList, i: number): Value {
  const items = l.items;
  const v = items[i];
  if (i === items.length - 1) items.pop();
  else if (i === 0) items.shift();
  else items.splice(i, 1);
  if (items.length > 1000) cur.tick((items.length - i) >> 4);
  return v;
}

function listPop(l: PyList, index?: Value): Value {
  const n = l.items.length;
  if (index === undefined) {
    if (n === 0) throw indexError("pop from empty list");
    return l.items.pop()!;
  }
  let i = subscript2(index);
  const len = l.items.length;
  if (len === 0) throw indexError("pop from empty list");
  if (i < 0) i += len;
  if (i < 0 || i >= len) throw indexError("pop index out of range");
  return removeAt(l, i);
}
/** An argument that must fit a ssize_t: OverflowError otherwise. */
function subscript2(v: Value): number {
  return typeof v === "number" ? v : clampSsize(asIndex(v));
}
function clampSsize(i: Int): number {
  if (typeof i === "number") return i;
  if (i >= 1n << 63n || i < -(1n << 63n)) {
    throw overflowError("Python int too large to convert to C ssize_t");
  }
  return i < 0n ? -MAX : MAX;
}

function listInsert(l: PyList, index: Value, v: Value): Value {
  let i = subscript2(index);
  const items = l.items, n = items.length;
  if (n >= MAX_ITEMS) throw memoryError();
  if (i < 0) i = Math.max(0, i + n);
  if (i >= n) items.push(v);
  else if (i === 0) items.unshift(v);
  else items.splice(i, 0, v);
  if (n > 1000) cur.tick((n - i) >> 4);
  return None;
}

function listRemove(l: PyList, v: Value): Value {
  const i = findItem(l, v, 0, MAX);
  if (i < 0) throw valueError("list.remove(x): x not in list");
  if (i < l.items.length) removeAt(l, i);
  return None;
}

function listRepr(self: Value): Value {
  const l = self as PyList;
  if (l.items.length === 0) return "[]";
  if (reprEnter(l)) return "[...]";
  try {
    return reprItems(l, "[", "]");
  } finally {
    reprLeave(l);
  }
}

function listCompare(a: Value, b: Value, op: CmpOp): Value {
  if (!(a instanceof PyList && b instanceof PyList)) return NotImplemented;
  if (
    (op === EQ || op === NE) && a.items.length !== b.items.length
  ) return op === NE;
  if (
    a === b && (op === EQ || op === LE || op === GE) && a.items.length === 0
  ) {
    return true;
  }
  return compareItems(a, b, op);
}

function listConcat(a: Value, b: Value): Value {
  if (!(b instanceof PyList)) {
    throw typeError(
      `can only concatenate list (not "${typeName(b)}") to list`,
    );
  }
  const x = (a as PyList).items, y = b.items;
  checkItems(x.length + y.length);
  if (x.length + y.length > 1000) cur.tick(x.length + y.length);
  return new PyList(x.concat(y));
}

/** Sorts a list in place, as `list.sort` does. */
export function listSort(
  l: PyList,
  key: Value = None,
  reverse = false,
): void {
  sortGuarded(l, key, undefined, reverse);
}
/** Sorts a list by keys that are known already, in the list's order. */
export function sortByKeys(l: PyList, keys: Value[], reverse: boolean): void {
  sortGuarded(l, None, keys, reverse);
}
function sortGuarded(l: PyList, key: Value, known: Value[] | undefined, reverse: boolean): void {
  const items = l.items;
  // Guest code sees an empty list meanwhile. What it does to it is lost, and an error.
  const guard: Value[] = [];
  let touched = false;
  Object.defineProperty(guard, "push", {
    configurable: true,
    value: (...vs: Value[]) => {
      touched = true;
      for (const v of vs) guard[guard.length] = v;
      return guard.length;
    },
  });
  l.items = guard;
  try {
    const n = items.length;
    let keys = known ?? items, vals = known && items;
    if (key !== None) {
      keys = [];
      for (let i = 0; i < n; i++) {
        keys.push(call1(key, items[i]));
        if ((i & 255) === 255) cur.tick(256);
      }
      vals = items;
    }
    // Reversed before and after, equal items keep their order.
    if (reverse) {
      if (vals !== undefined) keys.reverse();
      items.reverse();
    }
    try {
      sortArrays(keys, vals);
    } finally {
      if (reverse) items.reverse();
    }
    if (touched || l.items !== guard || guard.length > 0) {
      throw valueError("list modified during sort");
    }
  } finally {
    l.items = items;
  }
}

function listNew(type: PyType): Value {
  return new PyList([], type);
}

function listInit(self: Value, args: Value[], kwnames?: KwNames): void {
  const l = self as PyList;
  if (
    kwnames !== undefined && kwnames.length > 0 &&
    (l.cls === listType || l.cls.tp_new === listNew)
  ) throw typeError("list() takes no keyword arguments");
  const n = args.length - (kwnames === undefined ? 0 : kwnames.length);
  if (n > 1) throw typeError(`list expected at most 1 argument, got ${n}`);
  if (l.items.length > 0) l.items = [];
  if (n === 1) listExtend(l, args[0]);
}

listType.flags |= TF_SEQUENCE;
setSpec(listType, {
  doc: "A sequence that can be changed, of any values.",
  sig: "(iterable=(), /)",
  unhashable: true,
  slots: {
    tp_new: listNew,
    tp_init: listInit,
    tp_repr: listRepr,
    tp_richcompare: listCompare,
    tp_iter: (self) => new PyListIter(self as PyList),
    sq_length: (self) => (self as PyList).items.length,
    sq_concat: listConcat,
    sq_repeat: (self, n) => new PyList(repeatItems((self as PyList).items, n)),
    sq_item: (self, i) => {
      const items = (self as PyList).items;
      if (i < 0 || i >= items.length) {
        throw indexError("list index out of range");
      }
      return items[i];
    },
    sq_ass_item: (self, i, v) => {
      const l = self as PyList;
      if (i < 0 || i >= l.items.length) {
        throw indexError("list assignment index out of range");
      }
      if (v === undefined) removeAt(l, i);
      else l.items[i] = v;
    },
    sq_contains: (self, x) => findItem(self as PyList, x, 0, MAX) >= 0,
    sq_inplace_concat: (self, v) => {
      listExtend(self as PyList, v);
      return self;
    },
    sq_inplace_repeat: (self, n) => {
      const l = self as PyList;
      if (n <= 0) listAssignSlice(l, 0, MAX, undefined);
      else {
        const len = l.items.length;
        checkItems(len * n);
        for (let i = len; i < len * n; i++) l.items.push(l.items[i - len]);
        cur.tick(len * n);
      }
      return self;
    },
    mp_length: (self) => (self as PyList).items.length,
    mp_subscript: listSubscript,
    mp_ass_subscript: listAssSubscript,
  },
  methods: {
    __getitem__: ["index, /", "self[index].", listSubscript, M_COEXIST],
    __reversed__: [
      "",
      "An iterator from the last item to the first.",
      (l: PyList): Value => new PyListRevIter(l),
    ],
    __sizeof__: [
      "",
      "Size in memory, in bytes.",
      (l: PyList): Value => 40 + 8 * l.items.length,
    ],
    clear: ["", "Removes all items.", (l: PyList): Value => {
      l.items.length = 0;
      return None;
    }],
    copy: [
      "",
      "A new list of the same items.",
      (l: PyList): Value => new PyList(l.items.slice()),
    ],
    append: ["object, /", "Adds an item at the end.", (l: PyList, v: Value) => {
      listAppend(l, v);
      return None;
    }],
    insert: ["index, object, /", "Puts an item before index.", listInsert],
    extend: [
      "iterable, /",
      "Adds the items of an iterable at the end.",
      (l: PyList, v: Value): Value => {
        listExtend(l, v);
        return None;
      },
    ],
    pop: [
      "index=-1, /",
      "Removes the item at index (the last one by default) and returns it.\n\nIndexError if there is none.",
      listPop,
    ],
    remove: [
      "value, /",
      "Removes the first item equal to value.\n\nValueError if there is none.",
      listRemove,
    ],
    index: [
      "value, start=0, stop=sys.maxsize, /",
      "Position of the first item equal to value.\n\nValueError if there is none.",
      (l: PyList, v: Value, start?: Value, stop?: Value): Value => {
        const i = indexOf(l, v, start, stop);
        if (i < 0) throw valueError("list.index(x): x not in list");
        return i;
      },
    ],
    count: [
      "value, /",
      "How many items equal value.",
      (l: PyList, v: Value): Value => countItem(l, v),
    ],
    reverse: ["", "Reverses the order in place.", (l: PyList): Value => {
      l.items.reverse();
      if (l.items.length > 1000) cur.tick(l.items.length);
      return None;
    }],
    sort: [
      "*, key=None, reverse=False",
      "Sorts in place by `<`; equal items keep their order.\n\nkey gives the value an item is compared by. With reverse the largest comes first.",
      (l: PyList, key?: Value, reverse?: Value): Value => {
        listSort(l, key, reverse !== undefined && isTrue(reverse));
        return None;
      },
    ],
    __class_getitem__: [
      "object, /",
      "list[int] and the like.",
      (cls: PyType, item: Value): Value => genericAlias(cls, item),
      M_CLASS,
    ],
  },
});
