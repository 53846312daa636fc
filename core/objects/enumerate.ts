// CPython 3.14: Objects/enumobject.c (enumerate)

import {
  builtinType,
  type Int,
  type KwNames,
  M_CLASS,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeOf,
  type Value,
} from "./object.ts";
import { asIndex, binAdd, getIter } from "./abstract.ts";
import { typeError } from "./errors.ts";
import { genericAlias } from "./genericalias.ts";

export const enumerateType: PyType = builtinType("enumerate");

/** Pairs of a count and an item of `it`. */
export class PyEnumerate extends PyObject {
  it: Value;
  n: Int;
  constructor(cls: PyType, it: Value, n: Int) {
    super(cls);
    this.it = it;
    this.n = n;
  }
}

function given(args: Value[], kwnames: KwNames | undefined): [Value, Value?] {
  const nkw = kwnames === undefined ? 0 : kwnames.length;
  const npos = args.length - nkw;
  const total = args.length;
  if (total < 1 || total > 2) {
    throw typeError(
      total === 0
        ? "enumerate() missing required argument 'iterable'"
        : `enumerate() takes at most 2 arguments (${total} given)`,
    );
  }
  if (total === 1 && nkw === 1 && kwnames![0] !== "iterable") {
    throw typeError(
      `'${kwnames![0]}' is an invalid keyword argument for enumerate()`,
    );
  }
  let iterable: Value | undefined = npos > 0 ? args[0] : undefined;
  let start: Value | undefined = npos > 1 ? args[1] : undefined;
  for (let i = 0; i < nkw; i++) {
    const k = kwnames![i];
    if (k === "iterable" && iterable === undefined) iterable = args[npos + i];
    else if (k === "start" && start === undefined) start = args[npos + i];
    else {
      throw typeError(`'${k}' is an invalid keyword argument for enumerate()`);
    }
  }
  if (iterable === undefined) {
    throw typeError("enumerate() missing required argument 'iterable'");
  }
  return [iterable, start];
}

function enumerateNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const [iterable, start] = given(args, kwnames);
  const n = start === undefined ? 0 : asIndex(start);
  return new PyEnumerate(type, getIter(iterable), n);
}

setSpec(enumerateType, {
  doc: "Pairs of a count, which begins at start, and an item of the iterable:\n\n    (0, seq[0]), (1, seq[1]), ...",
  sig: "(iterable, start=0)",
  slots: {
    tp_new: enumerateNew,
    tp_iter: (self) => self,
    tp_iternext: (self) => {
      const e = self as PyEnumerate;
      const v = typeOf(e.it).tp_iternext!(e.it);
      if (v === undefined) return undefined;
      const n = e.n;
      e.n = typeof n === "number" && n < Number.MAX_SAFE_INTEGER ? n + 1 : binAdd(n, 1) as Int;
      return new PyTuple([n, v]);
    },
  },
  methods: {
    __reduce__: [
      "",
      "State for pickling.",
      (e: PyEnumerate): Value => new PyTuple([e.cls, new PyTuple([e.it, e.n])]),
    ],
    __class_getitem__: [
      "object, /",
      "enumerate[int] and the like.",
      (cls: PyType, item: Value): Value => genericAlias(cls, item),
      M_CLASS,
    ],
  },
});
