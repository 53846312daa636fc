// CPython 3.14: Objects/listobject.c, Objects/tupleobject.c (the iterators)
//
// An iterator holds its sequence and the next position; the run loop reads both. `seq` is
// undefined once the end has been seen: a list that grows afterwards does not revive it.

import { builtinType, None, PyList, PyObject, PyTuple, type PyType, setSpec, type Value } from "./object.ts";
import { asSsize, isInt } from "./abstract.ts";
import { typeError } from "./errors.ts";
import { builtinNamed } from "./builtin_ref.ts";

export const listIterType: PyType = builtinType(
  "list_iterator",
  undefined,
  true,
);
export const listRevIterType: PyType = builtinType(
  "list_reverseiterator",
  undefined,
  true,
);
export const tupleIterType: PyType = builtinType(
  "tuple_iterator",
  undefined,
  true,
);

/** The position in a pickled iterator's state. */
export function stateIndex(v: Value): number {
  if (!isInt(v)) throw typeError("an integer is required");
  return asSsize(v);
}

export class PyListIter extends PyObject {
  declare seq: PyList | undefined;
  declare i: number;
  constructor(seq: PyList) {
    super(listIterType);
    this.i = 0;
    this.seq = seq;
  }
}
export class PyListRevIter extends PyObject {
  seq: PyList | undefined;
  i: number;
  constructor(seq: PyList) {
    super(listRevIterType);
    this.seq = seq;
    this.i = seq.items.length - 1;
  }
}
export class PyTupleIter extends PyObject {
  declare seq: PyTuple | undefined;
  declare i: number;
  constructor(seq: PyTuple) {
    super(tupleIterType);
    this.i = 0;
    this.seq = seq;
  }
}

const same = (self: Value): Value => self;

setSpec(listIterType, {
  slots: {
    tp_iter: same,
    tp_iternext: (self) => {
      const it = self as PyListIter;
      const seq = it.seq;
      if (seq === undefined) return undefined;
      if (it.i < seq.items.length) return seq.items[it.i++];
      it.seq = undefined;
      return undefined;
    },
  },
  methods: {
    __length_hint__: ["", "How many items are left.", (it: PyListIter) => {
      if (it.seq === undefined) return 0;
      return Math.max(0, it.seq.items.length - it.i);
    }],
    __reduce__: ["", "State for pickling.", (it: PyListIter): Value => {
      const f = builtinNamed("iter");
      return it.seq === undefined
        ? new PyTuple([f, new PyTuple([new PyList([])])])
        : new PyTuple([f, new PyTuple([it.seq]), it.i]);
    }],
    __setstate__: ["object, /", "Sets the position.", (
      it: PyListIter,
      state: Value,
    ): Value => {
      const i = stateIndex(state);
      if (it.seq !== undefined) {
        it.i = i < 0 ? 0 : Math.min(i, it.seq.items.length);
      }
      return None;
    }],
  },
});

setSpec(listRevIterType, {
  slots: {
    tp_iter: same,
    tp_iternext: (self) => {
      const it = self as PyListRevIter;
      const seq = it.seq;
      if (seq === undefined) return undefined;
      if (it.i >= 0 && it.i < seq.items.length) return seq.items[it.i--];
      it.i = -1;
      it.seq = undefined;
      return undefined;
    },
  },
  methods: {
    __length_hint__: ["", "How many items are left.", (it: PyListRevIter) => {
      const n = it.i + 1;
      return it.seq === undefined || it.seq.items.length < n ? 0 : n;
    }],
    __reduce__: [
      "",
      "State for pickling.",
      (it: PyListRevIter): Value => {
        const f = builtinNamed("reversed");
        return it.seq !== undefined && it.i >= 0
          ? new PyTuple([f, new PyTuple([it.seq]), it.i])
          : new PyTuple([f, new PyTuple([new PyList([])])]);
      },
    ],
    __setstate__: ["object, /", "Sets the position.", (
      it: PyListRevIter,
      state: Value,
    ): Value => {
      const i = stateIndex(state);
      if (it.seq !== undefined) {
        it.i = i < -1 ? -1 : Math.min(i, it.seq.items.length - 1);
      }
      return None;
    }],
  },
});

setSpec(tupleIterType, {
  slots: {
    tp_iter: same,
    tp_iternext: (self) => {
      const it = self as PyTupleIter;
      const seq = it.seq;
      if (seq === undefined) return undefined;
      if (it.i < seq.items.length) return seq.items[it.i++];
      it.seq = undefined;
      return undefined;
    },
  },
  methods: {
    __length_hint__: ["", "How many items are left.", (it: PyTupleIter) => {
      return it.seq === undefined ? 0 : it.seq.items.length - it.i;
    }],
    __reduce__: ["", "State for pickling.", (it: PyTupleIter): Value => {
      const f = builtinNamed("iter");
      return it.seq === undefined
        ? new PyTuple([f, new PyTuple([new PyTuple([])])])
        : new PyTuple([f, new PyTuple([it.seq]), it.i]);
    }],
    __setstate__: ["object, /", "Sets the position.", (
      it: PyTupleIter,
      state: Value,
    ): Value => {
      const i = stateIndex(state);
      if (it.seq !== undefined) {
        it.i = i < 0 ? 0 : Math.min(i, it.seq.items.length);
      }
      return None;
    }],
  },
});
