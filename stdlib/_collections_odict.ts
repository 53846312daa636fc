// CPython 3.14: Objects/odictobject.c
//
// OrderedDict: a dict whose order is kept apart from its table, in a doubly linked list of nodes, so
// that both ends are near and any item can be moved. A node knows the index of its entry in the
// dict's arrays, and `nodeAt` the node of each entry; `renumbered` follows the table when it closes
// its holes. Only OrderedDict's own methods keep the list: dict.__setitem__(od, ...) adds an entry
// without a node and dict.__delitem__ leaves a node without an entry, as in CPython. So a node or an
// index is good only while the two agree on the key (`indexOf`, `nodeOf`).
//
// `state` changes with every change of the list; iterators compare it.

import {
  builtinType,
  type CmpOp,
  dictType,
  EQ,
  type KwNames,
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
  type Value,
} from "../core/objects/object.ts";
import {
  call0,
  call1,
  callMethod,
  contains,
  equals,
  getItem,
  getIter,
  isTrue,
  iterNext,
  lookupAttr,
  reprStr,
  setItem,
} from "../core/objects/abstract.ts";
import { getDictAttr } from "../core/objects/attr.ts";
import { PyDict } from "../core/objects/dict.ts";
import { dictEqual, dictMerge } from "../core/objects/dict_type.ts";
import { dictItemsType, dictKeysType, dictValuesType, PyDictView } from "../core/objects/dict_views.ts";
import { keyError, runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import { shortName } from "../core/objects/exceptions_base.ts";
import { nameValue } from "../core/objects/names.ts";
import { builtinNamed } from "../core/objects/builtin_ref.ts";
import { joinStrs, reprEnter, reprLeave } from "../core/objects/repr_guard.ts";
import { cur } from "../core/objects/state.ts";
import { setDict } from "./native_new.ts";

export const odictType: PyType = builtinType(
  "collections.OrderedDict",
  dictType,
);
const iterType: PyType = builtinType("odict_iterator", undefined, true);
const keysType: PyType = builtinType("odict_keys", dictKeysType, true);
const valuesType: PyType = builtinType("odict_values", dictValuesType, true);
const itemsType: PyType = builtinType("odict_items", dictItemsType, true);

class Node {
  prev: Node | undefined = undefined;
  next: Node | undefined = undefined;
  constructor(readonly key: Value, public idx: number) {}
}

/** An OrderedDict. */
export class PyODict extends PyDict {
  first: Node | undefined = undefined;
  last: Node | undefined = undefined;
  nodeAt: (Node | undefined)[] = [];
  /** Number of nodes; equal to `size` unless dict's methods were used. */
  count = 0;
  state = 0;

  /** Index of a node's entry, or -1. Keys that may have a `__hash__` of their own are looked up, as in CPython. */
  indexOf(n: Node): number {
    const i = n.idx;
    if (typeof n.key !== "object" && i >= 0 && this.keys[i] === n.key) return i;
    return this.find(n.key);
  }
  nodeOf(i: number): Node | undefined {
    const n = this.nodeAt[i];
    return n !== undefined && n.key === this.keys[i] ? n : undefined;
  }
  /** The value at a node; KeyError if dict's methods have removed it. */
  nodeValue(n: Node): Value {
    const i = this.indexOf(n);
    if (i < 0) throw keyError(n.key);
    return this.vals[i] as Value;
  }
  findNode(key: Value): Node | undefined {
    if (this.count === 0) return undefined;
    const i = this.find(key);
    return i < 0 ? undefined : this.nodeOf(i);
  }

  private linkLast(n: Node): void {
    const last = this.last;
    n.prev = last;
    n.next = undefined;
    if (last === undefined) this.first = n;
    else last.next = n;
    this.last = n;
    this.state++;
  }
  unlink(n: Node): void {
    const { prev, next } = n;
    if (prev === undefined) this.first = next;
    else prev.next = next;
    if (next === undefined) this.last = prev;
    else next.prev = prev;
    n.prev = n.next = undefined;
    this.state++;
  }
  private drop(n: Node): void {
    if (this.nodeAt[n.idx] === n) this.nodeAt[n.idx] = undefined;
    this.unlink(n);
    this.count--;
  }
  moveToEnd(n: Node): void {
    this.unlink(n);
    this.linkLast(n);
  }
  moveToStart(n: Node): void {
    this.unlink(n);
    const first = this.first;
    n.next = first;
    if (first === undefined) this.last = n;
    else first.prev = n;
    this.first = n;
    this.state++;
  }

  /** `od[key] = value`. */
  assign(key: Value, value: Value): void {
    const size = this.size;
    this.set(key, value);
    let i = this.end - 1;
    if (this.size !== size + 1 || this.keys[i] !== key) {
      if (this.count === this.size) return;
      i = this.find(key);
      if (i < 0 || this.nodeOf(i) !== undefined) return;
    }
    const n = new Node(key, i);
    this.nodeAt[i] = n;
    this.linkLast(n);
    this.count++;
  }
  /** `del od[key]`. */
  discard(key: Value): void {
    const i = this.find(key);
    if (i < 0) throw keyError(key);
    const n = this.nodeOf(i);
    if (n !== undefined) this.drop(n);
    this.removeAt(i);
  }
  /** Value of `key`, which is removed; undefined if there is none. Skips `__missing__`. */
  popKey(key: Value): Value | undefined {
    const i = this.find(key);
    if (i < 0) return undefined;
    const n = this.nodeOf(i);
    if (n === undefined) return undefined;
    this.drop(n);
    return this.removeAt(i);
  }
  /** Removes a node and its entry, if it still has one, and returns the value. */
  popNode(n: Node): Value | undefined {
    const i = n.idx;
    if (i < 0 || this.keys[i] !== n.key) return this.popKey(n.key);
    this.drop(n);
    return this.removeAt(i);
  }
  override clear(): void {
    super.clear();
    for (let n = this.first; n !== undefined; n = n.next) n.idx = -1;
    this.nodeAt = [];
  }
  clearNodes(): void {
    this.first = this.last = undefined;
    this.nodeAt = [];
    this.count = 0;
    this.state++;
  }
  protected override renumbered(old: (Value | undefined)[]): void {
    const from = this.nodeAt, to: (Node | undefined)[] = [];
    for (let i = 0; i < old.length; i++) {
      const n = from[i], k = old[i];
      if (k === undefined) {
        if (n !== undefined) n.idx = -1;
        continue;
      }
      if (n !== undefined && n.key === k) {
        n.idx = to.length;
        to.push(n);
      } else to.push(undefined);
    }
    this.nodeAt = to;
  }
}

// ---- update --------------------------------------------------------------------------------

function addPairs(self: Value, pairs: Value): void {
  const it = getIter(pairs);
  for (let pair = iterNext(it); pair !== undefined; pair = iterNext(it)) {
    const p = getIter(pair);
    const key = iterNext(p);
    if (key === undefined) {
      throw valueError("need more than 0 values to unpack");
    }
    const value = iterNext(p);
    if (value === undefined) {
      throw valueError("need more than 1 value to unpack");
    }
    if (iterNext(p) !== undefined) {
      throw valueError("too many values to unpack (expected 2)");
    }
    setItem(self, key, value);
    cur.tick(1);
  }
}

/** MutableMapping.update with one argument. */
function updateArg(self: Value, arg: Value): void {
  if (typeof arg === "object" && arg.cls === dictType) {
    for (const [k, v] of (arg as PyDict).entries()) setItem(self, k, v);
    return;
  }
  const keys = lookupAttr(arg, "keys");
  if (keys !== undefined) {
    const it = getIter(call0(keys));
    for (let k = iterNext(it); k !== undefined; k = iterNext(it)) {
      setItem(self, k, getItem(arg, k));
      cur.tick(1);
    }
    return;
  }
  const items = lookupAttr(arg, "items");
  addPairs(self, items === undefined ? arg : call0(items));
}

function update(
  self: Value,
  args: Value[],
  kwnames: KwNames | undefined,
): void {
  const nkw = kwnames?.length ?? 0;
  const n = args.length - nkw;
  if (n === 1) updateArg(self, args[0]);
  for (let i = 0; i < nkw; i++) {
    setItem(self, nameValue(kwnames![i]), args[n + i]);
  }
}

// ---- iterators and views -------------------------------------------------------------------

const KEYS = 1, VALUES = 2, ITEMS = 3;

class PyODictIter extends PyObject {
  od: PyODict | undefined;
  readonly kind: number;
  readonly reversed: boolean;
  node: Node | undefined;
  size: number;
  readonly state: number;
  constructor(od: PyODict, kind: number, reversed: boolean) {
    super(iterType);
    this.od = od;
    this.kind = kind;
    this.reversed = reversed;
    this.node = reversed ? od.last : od.first;
    this.size = od.size;
    this.state = od.state;
  }
}

function iterStep(self: Value): Value | undefined {
  const it = self as PyODictIter, od = it.od;
  if (od === undefined) return undefined;
  const n = it.node;
  if (n === undefined) {
    it.od = undefined;
    return undefined;
  }
  if (od.state !== it.state) {
    it.od = undefined;
    throw runtimeError("OrderedDict mutated during iteration");
  }
  if (it.size !== od.size) {
    it.size = -1;
    throw runtimeError("OrderedDict changed size during iteration");
  }
  const i = od.indexOf(n);
  if (i < 0) {
    it.node = undefined;
    throw keyError(n.key);
  }
  it.node = it.reversed ? n.prev : n.next;
  if (it.kind === KEYS) return n.key;
  const v = od.vals[i] as Value;
  return it.kind === VALUES ? v : new PyTuple([n.key, v]);
}

setSpec(iterType, {
  slots: { tp_iter: (it) => it, tp_iternext: iterStep },
  methods: {
    __reduce__: [
      "",
      "Return state information for pickling",
      (it: PyODictIter) => {
        const items: Value[] = [];
        if (it.od !== undefined) {
          const copy = new PyODictIter(it.od, it.kind, it.reversed);
          copy.node = it.node;
          copy.size = it.size;
          (copy as { state: number }).state = it.state;
          for (
            let v = iterStep(copy);
            v !== undefined;
            v = iterStep(copy)
          ) items.push(v);
        }
        return new PyTuple([
          builtinNamed("iter"),
          new PyTuple([new PyList(items)]),
        ]);
      },
    ],
  },
});

function viewSpec(type: PyType, kind: number): void {
  setSpec(type, {
    slots: {
      tp_iter: (v) => new PyODictIter((v as PyDictView).d as PyODict, kind, false),
    },
    methods: {
      __reversed__: [
        "",
        "",
        (v: PyDictView) => new PyODictIter(v.d as PyODict, kind, true),
        8,
      ],
    },
  });
}
viewSpec(keysType, KEYS);
viewSpec(valuesType, VALUES);
viewSpec(itemsType, ITEMS);

// ---- the type ------------------------------------------------------------------------------

function repr(self: Value): Str {
  const od = self as PyODict;
  const name = shortName(od.cls);
  if (od.size === 0) return name + "()";
  if (reprEnter(od)) return "...";
  try {
    const d = new PyDict();
    if (od.cls === odictType) {
      for (let n = od.first; n !== undefined; n = n.next) {
        d.set(n.key, od.nodeValue(n));
      }
    } else dictMerge(d, od);
    return joinStrs([name, "(", reprStr(d), ")"]);
  } finally {
    reprLeave(od);
  }
}

/** Have both the same keys in the same order? */
function keysEqual(a: PyODict, b: PyODict): boolean {
  const sa = a.state, sb = b.state;
  let x = a.first, y = b.first;
  for (;;) {
    if (x === undefined || y === undefined) return x === y;
    const same = equals(x.key, y.key);
    if (a.state !== sa || b.state !== sb) {
      throw runtimeError("OrderedDict mutated during iteration");
    }
    if (!same) return false;
    x = x.next;
    y = y.next;
    cur.tick(1);
  }
}

function compare(a: Value, b: Value, op: CmpOp): Value {
  if (
    (op !== EQ && op !== NE) || !(a instanceof PyODict) ||
    !(b instanceof PyDict)
  ) return NotImplemented;
  let same = dictEqual(a, b);
  if (same && b instanceof PyODict) same = keysEqual(a, b);
  return same === (op === EQ);
}

function copy(od: PyODict): Value {
  if (od.cls === odictType) {
    const r = new PyODict(odictType), state = od.state;
    for (let n = od.first; n !== undefined; n = n.next) {
      const v = od.nodeValue(n);
      if (od.state === state) r.assign(n.key, v);
      if (od.state !== state) throw runtimeError("OrderedDict mutated during iteration");
      cur.tick(1);
    }
    return r;
  }
  const r = call0(od.cls);
  const state = od.state;
  for (let n = od.first; n !== undefined; n = n.next) {
    const v = getItem(od, n.key);
    if (od.state !== state) {
      throw runtimeError("OrderedDict mutated during iteration");
    }
    setItem(r, n.key, v);
    if (od.state !== state) {
      throw runtimeError("OrderedDict mutated during iteration");
    }
    cur.tick(1);
  }
  return r;
}

function popitem(od: PyODict, last: Value = true): Value {
  const fromEnd = isTrue(last);
  const n = fromEnd ? od.last : od.first;
  if (n === undefined) throw keyError("dictionary is empty");
  const v = od.popNode(n);
  if (v === undefined) throw keyError(n.key);
  return new PyTuple([n.key, v]);
}

function moveToEnd(od: PyODict, key: Value, last: Value = true): Value {
  const toEnd = isTrue(last);
  let n = toEnd ? od.last : od.first;
  if (n === undefined) throw keyError(key);
  if (n.key === key) return None;
  n = od.findNode(key);
  if (n === undefined) throw keyError(key);
  if (toEnd) {
    if (n !== od.last) od.moveToEnd(n);
  } else if (n !== od.first) od.moveToStart(n);
  return None;
}

function setdefault(od: PyODict, key: Value, dflt: Value = None): Value {
  if (od.cls === odictType) {
    const v = od.get(key);
    if (v !== undefined) return v;
    od.assign(key, dflt);
    return dflt;
  }
  if (contains(od, key)) return getItem(od, key);
  setItem(od, key, dflt);
  return dflt;
}

odictType.hasDict = odictType.hasWeakref = true;
setSpec(odictType, {
  allocates: true,
  doc: "Dictionary that remembers insertion order",
  unhashable: true,
  slots: {
    tp_new: (type) => new PyODict(type),
    tp_init: (self, args, kwnames) => {
      const n = args.length - (kwnames?.length ?? 0);
      if (n > 1) throw typeError(`expected at most 1 argument, got ${n}`);
      update(self, args, kwnames);
    },
    tp_repr: repr,
    tp_richcompare: compare,
    tp_iter: (self) => new PyODictIter(self as PyODict, KEYS, false),
    mp_ass_subscript: (self, key, value) => {
      if (value === undefined) (self as PyODict).discard(key);
      else (self as PyODict).assign(key, value);
    },
    nb_or: (a, b) => {
      if (!(a instanceof PyDict) || !(b instanceof PyDict)) {
        return NotImplemented;
      }
      const r = call1(a instanceof PyODict ? a.cls : b.cls, a);
      updateArg(r, b);
      return r;
    },
    nb_inplace_or: (self, other) => {
      updateArg(self, other);
      return self;
    },
  },
  methods: {
    fromkeys: [
      "iterable, value=None",
      "Create a new ordered dictionary with keys from iterable and values set to value.",
      (cls: PyType, iterable: Value, value: Value = None) => {
        const d = call0(cls);
        const it = getIter(iterable);
        for (let k = iterNext(it); k !== undefined; k = iterNext(it)) {
          setItem(d, k, value);
          cur.tick(1);
        }
        return d;
      },
      M_CLASS,
    ],
    __sizeof__: ["", "", (od: PyODict) => {
      const bytes = od.keysBytes();
      return 112 + bytes + (bytes === 0 ? 0 : 8 * od.tableSize()) +
        32 * od.count;
    }],
    __reduce__: ["", "Return state information for pickling", (od: PyODict) => {
      const state = callMethod(od, "__getstate__");
      const items = getIter(callMethod(od, "items"));
      return new PyTuple([od.cls, new PyTuple([]), state, None, items]);
    }],
    setdefault: [
      "key, default=None",
      "Insert key with a value of default if key is not in the dictionary.\n\n" +
      "Return the value for key if key is in the dictionary, else default.",
      setdefault,
    ],
    pop: [
      "key, default=<unrepresentable>",
      "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.\n\n" +
      "If the key is not found, return the default if given; otherwise, raise a KeyError.",
      (od: PyODict, key: Value, dflt?: Value) => {
        const v = od.popKey(key) ?? dflt;
        if (v === undefined) throw keyError(key);
        return v;
      },
    ],
    popitem: [
      "last=True",
      "Remove and return a (key, value) pair from the dictionary.\n\n" +
      "Pairs are returned in LIFO order if last is true or FIFO order if false.",
      popitem,
    ],
    keys: ["", "", (od: PyODict) => new PyDictView(keysType, od)],
    values: ["", "", (od: PyODict) => new PyDictView(valuesType, od)],
    items: ["", "", (od: PyODict) => new PyDictView(itemsType, od)],
    update: [
      "*args, **kwargs",
      "",
      (od: PyODict, args: Value[], kwnames?: KwNames) => {
        const n = args.length - (kwnames?.length ?? 0);
        if (n > 1) {
          throw typeError(
            `update() takes at most 1 positional argument (${n} given)`,
          );
        }
        update(od, args, kwnames);
        return None;
      },
      32 | 8,
    ],
    clear: ["", "Remove all items from ordered dict.", (od: PyODict) => {
      od.clear();
      od.clearNodes();
      return None;
    }],
    copy: ["", "A shallow copy of ordered dict.", copy],
    __reversed__: [
      "",
      "od.__reversed__() <==> reversed(od)",
      (od: PyODict) => new PyODictIter(od, KEYS, true),
    ],
    move_to_end: [
      "key, last=True",
      "Move an existing element to the end (or beginning if last is false).\n\n" +
      "Raise KeyError if the element does not exist.",
      moveToEnd,
    ],
  },
  getset: { __dict__: [getDictAttr, setDict] },
});
