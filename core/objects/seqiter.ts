// CPython 3.14: Objects/iterobject.c
//
// `iterator` walks any object with `__getitem__` until IndexError or StopIteration;
// `callable_iterator` calls a function until it returns the sentinel.

import {
  builtinType,
  EQ,
  type Int,
  isSubtype,
  None,
  type PyBaseException,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Value,
} from "./object.ts";
import { asIndex, call0, getItem, lengthOf, richCompareBool, seqGetItem } from "./abstract.ts";
import { typeOf } from "./object.ts";
import { NotImplemented } from "./object.ts";
import { overflowError, stopIteration } from "./errors.ts";
import { builtinNamed } from "./builtin_ref.ts";
import { stateIndex } from "./listiter.ts";
import { PyFunction, PyMethod } from "./function.ts";
import { hasThreads, withNext } from "./leaving.ts";
import { CallRequest, NativeState } from "./state.ts";
import { emptyTuple } from "./tuple.ts";
import { intAdd } from "./int_ops.ts";
import * as X from "./exceptions.ts";

export const seqIterType: PyType = builtinType("iterator", undefined, true);
export const callIterType: PyType = builtinType(
  "callable_iterator",
  undefined,
  true,
);

/** Iterator over `seq[0]`, `seq[1]`, ...; `seq` is undefined after the end. */
export class PySeqIter extends PyObject {
  seq: Value | undefined;
  /** The next index; a bigint only where a pickled state says so. */
  i: Int = 0;
  constructor(seq: Value) {
    super(seqIterType);
    this.seq = seq;
  }
}

/** Iterator over what a function returns; `f` is undefined after the end. */
export class PyCallIter extends PyObject {
  f: Value | undefined;
  sentinel: Value | undefined;
  constructor(f: Value, sentinel: Value) {
    super(callIterType);
    this.f = f;
    this.sentinel = sentinel;
  }
}

const SSIZE_MAX = (1n << 63n) - 1n;
const same = (self: Value): Value => self;

setSpec(seqIterType, {
  slots: {
    tp_iter: same,
    tp_iternext: (self) => {
      const it = self as PySeqIter;
      if (it.seq === undefined) return undefined;
      const i = it.i;
      if (i === SSIZE_MAX) throw overflowError("iter index too large");
      try {
        const v = typeof i === "number" ? seqGetItem(it.seq, i) : getItem(it.seq, i);
        it.i = intAdd(i, 1);
        return v;
      } catch (e) {
        if (!X.isOf(e, X.IndexError, X.StopIteration)) throw e;
        it.seq = undefined;
        return undefined;
      }
    },
  },
  methods: {
    __length_hint__: ["", "How many items are left.", (it: PySeqIter) => {
      if (it.seq === undefined) return 0;
      const t = typeOf(it.seq);
      if (t.sq_length === undefined && t.mp_length === undefined) {
        return NotImplemented;
      }
      return Math.max(0, lengthOf(it.seq) - Number(it.i));
    }],
    __reduce__: ["", "State for pickling.", (it: PySeqIter): Value => {
      const f = builtinNamed("iter");
      return it.seq === undefined
        ? new PyTuple([f, new PyTuple([emptyTuple])])
        : new PyTuple([f, new PyTuple([it.seq]), it.i]);
    }],
    __setstate__: ["object, /", "Sets the position.", (
      it: PySeqIter,
      state: Value,
    ): Value => {
      stateIndex(state);
      const i = asIndex(state);
      if (it.seq !== undefined) it.i = i < 0 ? 0 : i;
      return None;
    }],
  },
});

/** The next item, after the function was called; undefined at the end. */
function called(it: PyCallIter, r: Value): Value | undefined {
  // the call itself may have run the iterator to its end
  if (it.sentinel === undefined) return undefined;
  if (!richCompareBool(it.sentinel, r, EQ)) return r;
  it.f = it.sentinel = undefined;
  return undefined;
}
class Called extends NativeState {
  constructor(readonly it: PyCallIter) {
    super();
  }
  resume(r: Value): Value {
    const item = called(this.it, r);
    if (item === undefined) throw stopIteration();
    return item;
  }
  override raised(exc: PyBaseException): Value {
    if (!isSubtype(exc.cls, X.StopIteration)) throw exc;
    this.it.f = this.it.sentinel = undefined;
    throw stopIteration();
  }
}
setSpec(callIterType, {
  slots: {
    tp_iter: same,
    tp_iternext: withNext((self) => {
      const it = self as PyCallIter;
      if (it.f === undefined) return undefined;
      let r: Value;
      try {
        r = call0(it.f);
      } catch (e) {
        if (!X.isOf(e, X.StopIteration)) throw e;
        it.f = it.sentinel = undefined;
        return undefined;
      }
      return called(it, r);
    }, {
      mayWait: (self) => {
        const { f } = self as PyCallIter;
        return f instanceof PyFunction || f instanceof PyMethod || f !== undefined && hasThreads();
      },
      next: (self) => new CallRequest((self as PyCallIter).f!, [], undefined, new Called(self as PyCallIter)),
    }),
  },
  methods: {
    __reduce__: ["", "State for pickling.", (it: PyCallIter): Value => {
      const f = builtinNamed("iter");
      return it.f === undefined || it.sentinel === undefined
        ? new PyTuple([f, new PyTuple([emptyTuple])])
        : new PyTuple([f, new PyTuple([it.f, it.sentinel])]);
    }],
  },
});
