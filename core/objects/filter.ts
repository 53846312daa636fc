// CPython 3.14: Python/bltinmodule.c (filter)

import {
  boolType,
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
import { call1, getIter, isTrue } from "./abstract.ts";
import { typeError } from "./errors.ts";
import { cur } from "./state.ts";

export const filterType: PyType = builtinType("filter");

export class PyFilter extends PyObject {
  readonly f: Value;
  readonly it: Value;
  constructor(cls: PyType, f: Value, it: Value) {
    super(cls);
    this.f = f;
    this.it = it;
  }
}

function filterNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (
    kwnames !== undefined && kwnames.length > 0 &&
    (type === filterType || type.tp_init === filterType.tp_init)
  ) throw typeError("filter() takes no keyword arguments");
  const n = args.length - (kwnames === undefined ? 0 : kwnames.length);
  if (n !== 2) throw typeError(`filter expected 2 arguments, got ${n}`);
  return new PyFilter(type, args[0], getIter(args[1]));
}

function filterNext(self: Value): Value | undefined {
  const { f, it } = self as PyFilter;
  const next = typeOf(it).tp_iternext!;
  const truth = f === None || f === boolType;
  for (;;) {
    const v = next(it);
    if (v === undefined) return undefined;
    if (isTrue(truth ? v : call1(f, v))) return v;
    cur.tick(1);
  }
}

setSpec(filterType, {
  doc: "Those items of the iterable for which the function says true; with None, those that are true.",
  sig: "(function, iterable, /)",
  slots: {
    tp_new: filterNew,
    tp_iter: (self) => self,
    tp_iternext: filterNext,
  },
  methods: {
    __reduce__: [
      "",
      "State for pickling.",
      (o: PyFilter): Value => new PyTuple([o.cls, new PyTuple([o.f, o.it])]),
    ],
  },
});
