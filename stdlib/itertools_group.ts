// CPython 3.14: Modules/itertoolsmodule.c (groupby, tee)
//
// groupby and its groups share the underlying iterator: a group lives only until groupby moves on.
//
// The iterators of a tee read a chain of chunks, each with room for some values and a link to the
// next one; a chunk that is full and that all have left is garbage. The iterator that comes first to
// the end of the chain fetches from the source.

import {
  builtinType,
  None,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { asSsize, call0, call1, equals, getIter, iterNext, lookupAttr } from "../core/objects/abstract.ts";
import { runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import { checkItems } from "../core/objects/list.ts";
import { cur } from "../core/objects/state.ts";
import { newFrom } from "./native_new.ts";

// ---- groupby -------------------------------------------------------------------------------

export const groupbyType: PyType = builtinType("itertools.groupby");
export const grouperType: PyType = builtinType("itertools._grouper", undefined, true);

class PyGroupBy extends PyObject {
  /** Key of the group being read; the key and the value read last. */
  target: Value | undefined = undefined;
  key: Value | undefined = undefined;
  value: Value | undefined = undefined;
  group: PyGrouper | undefined = undefined;
  constructor(cls: PyType, readonly it: Value, readonly keyfunc: Value) {
    super(cls);
  }
  /** Reads one item; false at the end. */
  step(): boolean {
    const v = iterNext(this.it);
    if (v === undefined) return false;
    this.key = this.keyfunc === None ? v : call1(this.keyfunc, v);
    this.value = v;
    return true;
  }
}

class PyGrouper extends PyObject {
  constructor(readonly parent: PyGroupBy, readonly target: Value) {
    super(grouperType);
    parent.group = this;
  }
}

setSpec(groupbyType, {
  doc: "make an iterator that returns consecutive keys and groups from the iterable\n\n" +
    "  iterable\n    Elements to divide into groups according to the key function.\n" +
    "  key\n    A function for computing the group category for each element.\n" +
    "    If the key function is not specified or is None, the element itself\n" +
    "    is used for grouping.",
  sig: "(iterable, key=None)",
  slots: {
    tp_new: newFrom(
      "groupby",
      "iterable, key=None",
      (type, iterable: Value, key: Value = None) => new PyGroupBy(type, getIter(iterable), key),
    ),
    tp_iter: (it) => it,
    tp_iternext: (self) => {
      const g = self as PyGroupBy;
      g.group = undefined;
      for (;;) {
        const { key, target } = g;
        if (key !== undefined) {
          if (target === undefined || !equals(target, key)) break;
        }
        if (!g.step()) return undefined;
        cur.tick(1);
      }
      const key = g.key as Value;
      g.target = key;
      return new PyTuple([key, new PyGrouper(g, key)]);
    },
  },
});
setSpec(grouperType, {
  slots: {
    tp_new: newFrom("_grouper", "parent, tgtkey, /", (_t, parent: Value, key: Value) => {
      if (!(parent instanceof PyGroupBy)) {
        throw typeError(`_grouper() argument 1 must be itertools.groupby, not ${typeName(parent)}`);
      }
      return new PyGrouper(parent, key);
    }),
    tp_iter: (it) => it,
    tp_iternext: (self) => {
      const me = self as PyGrouper, g = me.parent;
      if (g.group !== me) return undefined;
      if (g.value === undefined && !g.step()) return undefined;
      if (!equals(me.target, g.key as Value)) return undefined;
      const v = g.value;
      g.value = undefined;
      return v;
    },
  },
});

// ---- tee -----------------------------------------------------------------------------------

export const teeType: PyType = builtinType("itertools._tee", undefined, true);
export const teeDataType: PyType = builtinType("itertools._tee_dataobject", undefined, true);

/** Values of a chunk. */
const CHUNK = 57;

class PyTeeData extends PyObject {
  readonly values: Value[] = [];
  private next: PyTeeData | undefined = undefined;
  private running = false;
  constructor(readonly it: Value) {
    super(teeDataType);
  }
  /** Value number `i`, fetched if it is the next one; undefined at the end. */
  item(i: number): Value | undefined {
    if (i < this.values.length) return this.values[i];
    if (this.running) throw runtimeError("cannot re-enter the tee iterator");
    this.running = true;
    let v: Value | undefined;
    try {
      v = iterNext(this.it);
    } finally {
      this.running = false;
    }
    if (v !== undefined) this.values.push(v);
    return v;
  }
  link(): PyTeeData {
    return this.next ??= new PyTeeData(this.it);
  }
  setNext(next: PyTeeData): void {
    this.next = next;
  }
}

class PyTee extends PyObject {
  constructor(public data: PyTeeData, public i: number) {
    super(teeType);
  }
}

function teeOf(iterable: Value): PyTee {
  const it = getIter(iterable);
  if (it instanceof PyTee) return new PyTee(it.data, it.i);
  return new PyTee(new PyTeeData(it), 0);
}

teeType.hasWeakref = true;
setSpec(teeType, {
  doc: "Iterator wrapped to make it copyable.",
  sig: "(iterable, /)",
  slots: {
    tp_new: newFrom("_tee", "iterable, /", (_t, iterable: Value) => teeOf(iterable)),
    tp_iter: (it) => it,
    tp_iternext: (self) => {
      const t = self as PyTee;
      if (t.i >= CHUNK) {
        t.data = t.data.link();
        t.i = 0;
      }
      const v = t.data.item(t.i);
      if (v !== undefined) t.i++;
      return v;
    },
  },
  methods: {
    __copy__: ["", "Returns an independent iterator.", (t: PyTee) => new PyTee(t.data, t.i)],
  },
});
setSpec(teeDataType, {
  doc: "teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.",
  slots: {
    tp_new: newFrom("teedataobject", "it, values, next, /", (_t, it: Value, values: Value, next: Value) => {
      if (!(values instanceof PyList)) {
        throw typeError(`teedataobject() argument 2 must be list, not ${typeName(values)}`);
      }
      const d = new PyTeeData(it);
      const n = values.items.length;
      if (n > CHUNK) throw valueError("Invalid arguments");
      for (const v of values.items) d.values.push(v);
      if (n === CHUNK) {
        if (next !== None) {
          if (!(next instanceof PyTeeData)) throw valueError("Invalid arguments");
          d.setNext(next);
        }
      } else if (next !== None) throw valueError("Invalid arguments");
      return d;
    }),
  },
});

/** itertools.tee. */
export function tee(_m: Value, iterable: Value, count: Value = 2): Value {
  const n = asSsize(count);
  if (n < 0) throw valueError("n must be >= 0");
  checkItems(n);
  if (n === 0) return new PyTuple([]);
  let first = getIter(iterable);
  let copy = lookupAttr(first, "__copy__");
  if (copy === undefined || first instanceof PyTee) {
    first = teeOf(first);
    copy = lookupAttr(first, "__copy__") as Value;
  }
  const out = [first];
  for (let i = 1; i < n; i++) out.push(call0(copy));
  return new PyTuple(out);
}
