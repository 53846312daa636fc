// CPython 3.14: Python/bltinmodule.c (map)

import {
  builtinType,
  type KwNames,
  None,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeOf,
  type Value,
} from "./object.ts";
import { call, call1, call2, getIter, isTrue } from "./abstract.ts";
import { typeError } from "./errors.ts";
import { checkStrict, strictArg } from "./zip.ts";

export const mapType: PyType = builtinType("map");

export class PyMap extends PyObject {
  readonly f: Value;
  readonly iters: Value[];
  strict: boolean;
  constructor(cls: PyType, f: Value, iters: Value[], strict: boolean) {
    super(cls);
    this.f = f;
    this.iters = iters;
    this.strict = strict;
  }
}

function mapNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const strict = strictArg("map", args, kwnames);
  const n = args.length - (kwnames === undefined ? 0 : kwnames.length);
  if (n < 2) throw typeError("map() must have at least two arguments.");
  const iters: Value[] = [];
  for (let i = 1; i < n; i++) iters.push(getIter(args[i]));
  return new PyMap(type, args[0], iters, strict);
}

function mapNext(self: Value): Value | undefined {
  const m = self as PyMap;
  const iters = m.iters, n = iters.length;
  if (n === 1) {
    const v = typeOf(iters[0]).tp_iternext!(iters[0]);
    return v === undefined ? undefined : call1(m.f, v);
  }
  const args: Value[] = [];
  for (let i = 0; i < n; i++) {
    const v = typeOf(iters[i]).tp_iternext!(iters[i]);
    if (v === undefined) {
      if (m.strict) checkStrict(iters, i, "map");
      return undefined;
    }
    args.push(v);
  }
  return n === 2 ? call2(m.f, args[0], args[1]) : call(m.f, args);
}

setSpec(mapType, {
  doc:
    "Results of the function for the first items of the iterables, for the second ones, ..., until the shortest ends.\n\nWith strict it is a ValueError if one ends before the others.",
  sig: "(function, iterable, /, *iterables, strict=False)",
  slots: { tp_new: mapNew, tp_iter: (self) => self, tp_iternext: mapNext },
  methods: {
    __reduce__: ["", "State for pickling.", (m: PyMap): Value => {
      const t = new PyTuple([m.f, ...m.iters]);
      return new PyTuple(m.strict ? [m.cls, t, true] : [m.cls, t]);
    }],
    __setstate__: ["object, /", "Sets strict.", (
      m: PyMap,
      state: Value,
    ): Value => {
      m.strict = isTrue(state);
      return None;
    }],
  },
});
