// CPython 3.14: Objects/enumobject.c (reversed)
//
// `reversed(x)` is x.__reversed__() where there is one, else an object that walks the sequence.

import {
  builtinType,
  isSubtype,
  type KwNames,
  None,
  PyBaseException,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeName,
  type Value,
} from "./object.ts";
import { call0, isSequence, lengthOf, lookupSpecial, seqGetItem } from "./abstract.ts";
import { typeError } from "./errors.ts";
import { stateIndex } from "./listiter.ts";
import { emptyTuple } from "./tuple.ts";
import * as X from "./exceptions.ts";

export const reversedType: PyType = builtinType("reversed");

/** Walks `seq` from position i down; `seq` is undefined after the end. */
export class PyReversed extends PyObject {
  seq: Value | undefined;
  i: number;
  constructor(cls: PyType, seq: Value, i: number) {
    super(cls);
    this.seq = seq;
    this.i = i;
  }
}

function reversedNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (
    kwnames !== undefined && kwnames.length > 0 &&
    (type === reversedType || type.tp_init === reversedType.tp_init)
  ) {
    throw typeError("reversed() takes no keyword arguments");
  }
  const n = args.length - (kwnames === undefined ? 0 : kwnames.length);
  if (n !== 1) throw typeError(`reversed expected 1 argument, got ${n}`);
  const seq = args[0];
  const f = lookupSpecial(seq, "__reversed__");
  if (f === None) {
    throw typeError(`'${typeName(seq)}' object is not reversible`);
  }
  if (f !== undefined) return call0(f);
  if (!isSequence(seq)) {
    throw typeError(`'${typeName(seq)}' object is not reversible`);
  }
  return new PyReversed(type, seq, lengthOf(seq) - 1);
}

setSpec(reversedType, {
  doc: "An iterator over a sequence from its end.",
  sig: "(sequence, /)",
  slots: {
    tp_new: reversedNew,
    tp_iter: (self) => self,
    tp_iternext: (self) => {
      const r = self as PyReversed;
      if (r.seq !== undefined && r.i >= 0) {
        try {
          const v = seqGetItem(r.seq, r.i);
          r.i--;
          return v;
        } catch (e) {
          if (
            !(e instanceof PyBaseException) ||
            !(isSubtype(e.cls, X.IndexError) ||
              isSubtype(e.cls, X.StopIteration))
          ) throw e;
        }
      }
      r.i = -1;
      r.seq = undefined;
      return undefined;
    },
  },
  methods: {
    __length_hint__: ["", "How many items are left.", (r: PyReversed) => {
      if (r.seq === undefined) return 0;
      const n = r.i + 1;
      return lengthOf(r.seq) < n ? 0 : n;
    }],
    __reduce__: [
      "",
      "State for pickling.",
      (r: PyReversed): Value =>
        r.seq === undefined || r.i < 0
          ? new PyTuple([r.cls, new PyTuple([emptyTuple])])
          : new PyTuple([r.cls, new PyTuple([r.seq]), r.i]),
    ],
    __setstate__: ["object, /", "Sets the position.", (
      r: PyReversed,
      state: Value,
    ): Value => {
      const i = stateIndex(state);
      if (r.seq !== undefined) {
        r.i = i < -1 ? -1 : Math.min(i, lengthOf(r.seq) - 1);
      }
      return None;
    }],
  },
});
