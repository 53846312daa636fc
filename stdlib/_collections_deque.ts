// CPython 3.14: Modules/_collectionsmodule.c (deque)
//
// A deque is a ring: item i stands in `buf[(head + i) & mask]`, and the buffer's length is a power
// of two. `state` counts the changes that an iteration must not see. CPython's chain of blocks of 64
// shows only in `__sizeof__`.

import {
  builtinType,
  type CmpOp,
  EQ,
  GE,
  GT,
  type KwNames,
  LE,
  LT,
  M_CLASS,
  NE,
  None,
  NotImplemented,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  TF_SEQUENCE,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import {
  asIndex,
  asSsize,
  call,
  callMethod,
  equals,
  getIter,
  intValue,
  isInt,
  iterNext,
  richCompareBool,
} from "../core/objects/abstract.ts";
import { indexError, memoryError, overflowError, runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import { boundArg, MAX_ITEMS } from "../core/objects/list.ts";
import { joinStrs, reprEnter, reprLeave } from "../core/objects/repr_guard.ts";
import { cur } from "../core/objects/state.ts";
import { reprStr } from "../core/objects/abstract.ts";
import { shortName } from "../core/objects/exceptions_base.ts";
import { bindArgs, NativeDef } from "../core/objects/native.ts";
import { newFrom } from "./native_new.ts";

export const dequeType: PyType = builtinType("collections.deque");
export const dequeIterType: PyType = builtinType("collections._deque_iterator", undefined, true);
export const dequeRevIterType: PyType = builtinType("collections._deque_reverse_iterator", undefined, true);

const NO_LIMIT = -1;

/** A deque. */
export class PyDeque extends PyObject {
  buf: (Value | undefined)[] = [undefined, undefined, undefined, undefined];
  head = 0;
  len = 0;
  state = 0;
  maxlen = NO_LIMIT;

  at(i: number): Value {
    return this.buf[(this.head + i) & (this.buf.length - 1)] as Value;
  }
  put(i: number, v: Value): void {
    this.buf[(this.head + i) & (this.buf.length - 1)] = v;
  }
  private grow(): void {
    const buf = this.buf, n = buf.length, mask = n - 1;
    if (n * 2 > MAX_ITEMS) throw memoryError();
    const out: (Value | undefined)[] = [];
    for (let i = 0; i < this.len; i++) out.push(buf[(this.head + i) & mask]);
    for (let i = out.length; i < n * 2; i++) out.push(undefined);
    this.buf = out;
    this.head = 0;
  }
  append(v: Value): void {
    if (this.len === this.buf.length) this.grow();
    this.buf[(this.head + this.len) & (this.buf.length - 1)] = v;
    this.len++;
    this.state++;
    if (this.maxlen !== NO_LIMIT && this.len > this.maxlen) this.popleft();
  }
  appendleft(v: Value): void {
    if (this.len === this.buf.length) this.grow();
    this.head = (this.head - 1) & (this.buf.length - 1);
    this.buf[this.head] = v;
    this.len++;
    this.state++;
    if (this.maxlen !== NO_LIMIT && this.len > this.maxlen) this.pop();
  }
  /** Removes the last item; there must be one. */
  pop(): Value {
    const i = (this.head + --this.len) & (this.buf.length - 1);
    const v = this.buf[i] as Value;
    this.buf[i] = undefined;
    this.state++;
    return v;
  }
  /** Removes the first item; there must be one. */
  popleft(): Value {
    const i = this.head;
    const v = this.buf[i] as Value;
    this.buf[i] = undefined;
    this.head = (i + 1) & (this.buf.length - 1);
    this.len--;
    this.state++;
    return v;
  }
  clear(): void {
    this.buf = [undefined, undefined, undefined, undefined];
    this.head = 0;
    this.len = 0;
    this.state++;
  }
  /** n steps to the right. */
  rotate(n: number): void {
    const len = this.len;
    if (len <= 1) return;
    n %= len;
    if (n > len / 2) n -= len;
    else if (n < -len / 2) n += len;
    this.state++;
    const buf = this.buf, mask = buf.length - 1;
    if (len === buf.length) {
      this.head = (this.head - n) & mask;
      return;
    }
    let head = this.head;
    for (; n > 0; n--) {
      const from = (head + len - 1) & mask;
      head = (head - 1) & mask;
      buf[head] = buf[from];
      buf[from] = undefined;
    }
    for (; n < 0; n++) {
      buf[(head + len) & mask] = buf[head];
      buf[head] = undefined;
      head = (head + 1) & mask;
    }
    this.head = head;
    cur.tick(Math.abs(n));
  }
  removeAt(i: number): void {
    this.rotate(-i);
    this.popleft();
    this.rotate(i);
  }
  toArray(): Value[] {
    const out: Value[] = [], buf = this.buf, mask = buf.length - 1;
    for (let i = 0; i < this.len; i++) out.push(buf[(this.head + i) & mask] as Value);
    return out;
  }
}

// ---- filling -------------------------------------------------------------------------------

function extend(d: PyDeque, iterable: Value): Value {
  if (iterable === d) {
    for (const v of d.toArray()) d.append(v);
    return None;
  }
  const it = getIter(iterable);
  const next = typeOf(it).tp_iternext!;
  for (let v = next(it); v !== undefined; v = next(it)) {
    if (d.maxlen !== 0) d.append(v);
    cur.tick(1);
  }
  return None;
}

function extendleft(d: PyDeque, iterable: Value): Value {
  if (iterable === d) {
    for (const v of d.toArray()) d.appendleft(v);
    return None;
  }
  const it = getIter(iterable);
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    if (d.maxlen !== 0) d.appendleft(v);
    cur.tick(1);
  }
  return None;
}

let initDef: NativeDef | undefined;
function init(self: Value, args: Value[], kwnames?: KwNames): void {
  initDef ??= new NativeDef("deque", ["iterable=(), maxlen=None", "", () => None]);
  const n = args.length - (kwnames?.length ?? 0);
  if (n > 2) throw typeError(`deque() takes at most 2 arguments (${args.length} given)`);
  const [iterable, maxlen] = bindArgs(initDef, "deque", args, kwnames) as (Value | undefined)[];
  const d = self as PyDeque;
  let limit = NO_LIMIT;
  if (maxlen !== undefined && maxlen !== None) {
    if (!isInt(maxlen)) throw typeError("an integer is required");
    const m = intValue(maxlen);
    if (typeof m === "bigint" && BigInt.asIntN(64, m) !== m) {
      throw overflowError("Python int too large to convert to C ssize_t");
    }
    limit = Number(m);
    if (limit < 0) throw valueError("maxlen must be non-negative");
  }
  d.maxlen = limit;
  if (d.len > 0) d.clear();
  if (iterable !== undefined) extend(d, iterable);
}

/** A deque of the same type, limit and items. */
function copy(d: PyDeque): PyDeque {
  if (d.cls === dequeType) {
    const r = new PyDeque(dequeType);
    r.maxlen = d.maxlen;
    r.buf = d.buf.slice();
    r.head = d.head;
    r.len = d.len;
    return r;
  }
  const r = call(d.cls, d.maxlen === NO_LIMIT ? [d] : [d, d.maxlen]);
  if (!(r instanceof PyDeque)) {
    throw typeError(`${d.cls.name}() must return a deque, not ${typeName(r)}`);
  }
  return r;
}

function concat(a: Value, b: Value): Value {
  if (!(b instanceof PyDeque)) {
    throw typeError(`can only concatenate deque (not "${typeName(b)}") to deque`);
  }
  const r = copy(a as PyDeque);
  extend(r, b);
  return r;
}

function inplaceRepeat(self: Value, n: number): Value {
  const d = self as PyDeque;
  if (d.len === 0 || n === 1) return d;
  if (n <= 0) {
    d.clear();
    return d;
  }
  if (d.maxlen !== NO_LIMIT && n * d.len > d.maxlen) n = Math.floor((d.maxlen + d.len - 1) / d.len);
  if (n * d.len > MAX_ITEMS) throw memoryError();
  const items = d.toArray();
  for (let i = 1; i < n; i++) {
    for (let k = 0; k < items.length; k++) d.append(items[k]);
    cur.tick(items.length);
  }
  return d;
}

// ---- searching -----------------------------------------------------------------------------

function mutated(): never {
  throw runtimeError("deque mutated during iteration");
}

/** Position of the first item equal to `v` among lo..hi, or -1. */
function find(d: PyDeque, v: Value, lo: number, hi: number): number {
  const state = d.state;
  for (let i = lo; i < hi; i++) {
    const same = equals(d.at(i), v);
    if (d.state !== state) mutated();
    if (same) return i;
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  return -1;
}

function index(d: PyDeque, v: Value, start?: Value, stop?: Value): Value {
  let lo = start === undefined ? 0 : boundArg(start);
  let hi = stop === undefined ? d.len : boundArg(stop);
  if (lo < 0) lo = Math.max(0, lo + d.len);
  if (hi < 0) hi = Math.max(0, hi + d.len);
  const i = find(d, v, lo, Math.min(hi, d.len));
  if (i < 0) throw valueError("deque.index(x): x not in deque");
  return i;
}

function remove(d: PyDeque, v: Value): Value {
  const n = d.len, state = d.state;
  for (let i = 0; i < n; i++) {
    const same = equals(d.at(i), v);
    if (d.state !== state) throw indexError("deque mutated during remove().");
    if (same) {
      d.removeAt(i);
      return None;
    }
    if ((i & 1023) === 1023) cur.tick(1024);
  }
  throw valueError("deque.remove(x): x not in deque");
}

function compare(a: Value, b: Value, op: CmpOp): Value {
  if (!(b instanceof PyDeque)) return NotImplemented;
  if (op === EQ || op === NE) {
    if (a === b) return op === EQ;
    if ((a as PyDeque).len !== b.len) return op === NE;
  }
  const i = getIter(a), j = getIter(b);
  let x: Value | undefined, y: Value | undefined;
  for (;;) {
    x = iterNext(i);
    y = iterNext(j);
    if (x === undefined || y === undefined) break;
    if (!richCompareBool(x, y, EQ)) return richCompareBool(x, y, op);
    cur.tick(1);
  }
  switch (op) {
    case LT:
      return y !== undefined;
    case LE:
      return x === undefined;
    case EQ:
      return x === y;
    case NE:
      return x !== y;
    case GT:
      return x !== undefined;
    case GE:
      return y === undefined;
  }
}

function repr(self: Value): Str {
  const d = self as PyDeque;
  if (reprEnter(d)) return "[...]";
  try {
    const items = new PyList([]);
    const it = getIter(d);
    for (let v = iterNext(it); v !== undefined; v = iterNext(it)) items.items.push(v);
    const name = shortName(d.cls);
    const text = reprStr(items);
    return d.maxlen === NO_LIMIT
      ? joinStrs([name, "(", text, ")"])
      : joinStrs([name, "(", text, `, maxlen=${d.maxlen})`]);
  } finally {
    reprLeave(d);
  }
}

// ---- iterators -----------------------------------------------------------------------------

class PyDequeIter extends PyObject {
  readonly d: PyDeque;
  readonly state: number;
  i: number;
  /** Items still to come. */
  left: number;
  constructor(cls: PyType, d: PyDeque) {
    super(cls);
    this.d = d;
    this.state = d.state;
    this.left = d.len;
    this.i = cls === dequeIterType ? 0 : d.len - 1;
  }
}

function iterStep(self: Value): Value | undefined {
  const it = self as PyDequeIter, d = it.d;
  if (d.state !== it.state) {
    it.left = 0;
    mutated();
  }
  if (it.left === 0) return undefined;
  it.left--;
  const buf = d.buf;
  return buf[(d.head + it.i++) & (buf.length - 1)];
}
function revStep(self: Value): Value | undefined {
  const it = self as PyDequeIter, d = it.d;
  if (it.left === 0) return undefined;
  if (d.state !== it.state) {
    it.left = 0;
    mutated();
  }
  it.left--;
  return d.at(it.i--);
}

function iterSpec(type: PyType, next: (it: Value) => Value | undefined): void {
  const short = shortName(type);
  setSpec(type, {
    slots: {
      tp_new: newFrom(short, "iterable, index=0, /", (_t, d: Value, skip: Value = 0) => {
        if (!(d instanceof PyDeque)) {
          throw typeError(`argument 1 must be collections.deque, not ${typeName(d)}`);
        }
        const it = new PyDequeIter(type, d);
        for (let n = asSsize(skip); n > 0 && it.left > 0; n--) next(it);
        return it;
      }),
      tp_iter: (it) => it,
      tp_iternext: next,
    },
    methods: {
      __length_hint__: ["", "How many items are left.", (it: PyDequeIter) => it.left],
      __reduce__: [
        "",
        "State for pickling.",
        (it: PyDequeIter) => new PyTuple([it.cls, new PyTuple([it.d, it.d.len - it.left])]),
      ],
    },
  });
}
iterSpec(dequeIterType, iterStep);
iterSpec(dequeRevIterType, revStep);

// ---- the type ------------------------------------------------------------------------------

function checkIndex(d: PyDeque, i: number): number {
  if (i < 0 || i >= d.len) throw indexError("deque index out of range");
  return i;
}

function insert(d: PyDeque, at: Value, v: Value): Value {
  const n = d.len;
  const k = asIndex(at);
  const i = typeof k === "number" ? k : asSsize(at);
  if (d.maxlen === n) throw indexError("deque already at its maximum size");
  if (i >= n) d.append(v);
  else if (i <= -n || i === 0) d.appendleft(v);
  else {
    d.rotate(-i);
    if (i < 0) d.append(v);
    else d.appendleft(v);
    d.rotate(i);
  }
  return None;
}

dequeType.flags |= TF_SEQUENCE;
dequeType.hasWeakref = true;
setSpec(dequeType, {
  doc: "A list-like sequence optimized for data accesses near its endpoints.",
  sig: "([iterable[, maxlen]])",
  unhashable: true,
  slots: {
    tp_new: (type) => new PyDeque(type),
    tp_init: init,
    tp_repr: repr,
    tp_richcompare: compare,
    tp_iter: (d) => new PyDequeIter(dequeIterType, d as PyDeque),
    sq_length: (d) => (d as PyDeque).len,
    sq_concat: concat,
    sq_repeat: (d, n) => inplaceRepeat(copy(d as PyDeque), n),
    sq_item: (d, i) => (d as PyDeque).at(checkIndex(d as PyDeque, i)),
    sq_ass_item: (self, i, v) => {
      const d = self as PyDeque;
      checkIndex(d, i);
      if (v === undefined) d.removeAt(i);
      else d.put(i, v);
    },
    sq_contains: (d, v) => find(d as PyDeque, v, 0, (d as PyDeque).len) >= 0,
    sq_inplace_concat: (d, other) => {
      extend(d as PyDeque, other);
      return d;
    },
    sq_inplace_repeat: inplaceRepeat,
  },
  methods: {
    append: ["item, /", "Add an element to the right side of the deque.", (d: PyDeque, v: Value) => {
      d.append(v);
      return None;
    }],
    appendleft: ["item, /", "Add an element to the left side of the deque.", (d: PyDeque, v: Value) => {
      d.appendleft(v);
      return None;
    }],
    clear: ["", "Remove all elements from the deque.", (d: PyDeque) => {
      d.clear();
      return None;
    }],
    copy: ["", "Return a shallow copy of a deque.", copy],
    __copy__: ["", "Return a shallow copy of a deque.", copy],
    count: ["value, /", "Return number of occurrences of value.", (d: PyDeque, v: Value) => {
      const state = d.state, len = d.len;
      let n = 0;
      for (let i = 0; i < len; i++) {
        if (equals(d.at(i), v)) n++;
        if (d.state !== state) mutated();
        if ((i & 1023) === 1023) cur.tick(1024);
      }
      return n;
    }],
    extend: ["iterable, /", "Extend the right side of the deque with elements from the iterable.", extend],
    extendleft: ["iterable, /", "Extend the left side of the deque with elements from the iterable.", extendleft],
    index: [
      "value, [start, [stop]]",
      "Return first index of value.\n\nRaises ValueError if the value is not present.",
      (d: PyDeque, args: Value[], kwnames?: KwNames) => {
        if (kwnames !== undefined && kwnames.length > 0) throw typeError("deque.index() takes no keyword arguments");
        if (args.length < 1) throw typeError("index expected at least 1 argument, got 0");
        if (args.length > 3) throw typeError(`index expected at most 3 arguments, got ${args.length}`);
        return index(d, args[0], args[1], args[2]);
      },
      32,
    ],
    insert: ["index, value, /", "Insert value before index.", insert],
    pop: ["", "Remove and return the rightmost element.", (d: PyDeque) => {
      if (d.len === 0) throw indexError("pop from an empty deque");
      return d.pop();
    }],
    popleft: ["", "Remove and return the leftmost element.", (d: PyDeque) => {
      if (d.len === 0) throw indexError("pop from an empty deque");
      return d.popleft();
    }],
    remove: ["value, /", "Remove first occurrence of value.", remove],
    reverse: ["", "Reverse *IN PLACE*.", (d: PyDeque) => {
      for (let i = 0, j = d.len - 1; i < j; i++, j--) {
        const v = d.at(i);
        d.put(i, d.at(j));
        d.put(j, v);
      }
      return None;
    }],
    rotate: [
      "n=1, /",
      "Rotate the deque n steps to the right.  If n is negative, rotates left.",
      (d: PyDeque, n: Value = 1) => {
        d.rotate(asSsize(n));
        return None;
      },
    ],
    __reversed__: [
      "",
      "Return a reverse iterator over the deque.",
      (d: PyDeque) => new PyDequeIter(dequeRevIterType, d),
    ],
    __reduce__: ["", "Return state information for pickling.", (d: PyDeque) => {
      const state = callMethod(d, "__getstate__");
      const it = getIter(d);
      const args = d.maxlen === NO_LIMIT ? [] : [new PyTuple([]), d.maxlen];
      return new PyTuple([d.cls, new PyTuple(args), state, it]);
    }],
    __sizeof__: ["", "Return the size of the deque in memory, in bytes.", (d: PyDeque) => {
      const blocks = Math.max(1, Math.ceil((1 + d.len) / 64));
      return 216 + 528 * blocks;
    }],
    __class_getitem__: [
      "object, /",
      "See PEP 585",
      (cls: PyType, item: Value) => genericAlias(cls, item),
      M_CLASS,
    ],
  },
  getset: {
    maxlen: [
      (d: PyDeque) => d.maxlen === NO_LIMIT ? None : d.maxlen,
      undefined,
      "maximum size of a deque or None if unbounded",
    ],
  },
});
