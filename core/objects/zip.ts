// CPython 3.14: Python/bltinmodule.c (zip)

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
import { getIter, isTrue } from "./abstract.ts";
import { typeError, valueError } from "./errors.ts";

export const zipType: PyType = builtinType("zip");

export class PyZip extends PyObject {
  readonly iters: Value[];
  strict: boolean;
  constructor(cls: PyType, iters: Value[], strict: boolean) {
    super(cls);
    this.iters = iters;
    this.strict = strict;
  }
}

/** `strict` from the keyword arguments of zip and map, which take no other. */
export function strictArg(
  name: string,
  args: Value[],
  kwnames: KwNames | undefined,
): boolean {
  if (kwnames === undefined || kwnames.length === 0) return false;
  if (kwnames.length > 1) {
    throw typeError(
      `${name}() takes at most 1 keyword argument (${kwnames.length} given)`,
    );
  }
  if (kwnames[0] !== "strict") {
    throw typeError(
      `${name}() got an unexpected keyword argument '${kwnames[0]}'`,
    );
  }
  return isTrue(args[args.length - 1]);
}

/**
 * In strict mode, iterator `i` has just ended: all must have ended with it.
 * @param iters the iterators  @param name zip or map
 */
export function checkStrict(iters: Value[], i: number, name: string): void {
  const plural = (n: number) => n === 1 ? " " : "s 1-";
  if (i > 0) {
    throw valueError(
      `${name}() argument ${i + 1} is shorter than argument${plural(i)}${i}`,
    );
  }
  for (i = 1; i < iters.length; i++) {
    if (typeOf(iters[i]).tp_iternext!(iters[i]) !== undefined) {
      throw valueError(
        `${name}() argument ${i + 1} is longer than argument${plural(i)}${i}`,
      );
    }
  }
}

function zipNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const strict = strictArg("zip", args, kwnames);
  const n = args.length - (kwnames === undefined ? 0 : kwnames.length);
  const iters: Value[] = [];
  for (let i = 0; i < n; i++) iters.push(getIter(args[i]));
  return new PyZip(type, iters, strict);
}

setSpec(zipType, {
  doc:
    "Tuples of the first items of the iterables, of the second ones, ..., until the shortest ends.\n\nWith strict it is a ValueError if one ends before the others.\n\n>>> list(zip('ab', [1, 2, 3]))\n[('a', 1), ('b', 2)]",
  sig: "(*iterables, strict=False)",
  slots: {
    tp_new: zipNew,
    tp_iter: (self) => self,
    tp_iternext: (self) => {
      const z = self as PyZip;
      const iters = z.iters, n = iters.length;
      if (n === 0) return undefined;
      const out: Value[] = [];
      for (let i = 0; i < n; i++) {
        const v = typeOf(iters[i]).tp_iternext!(iters[i]);
        if (v === undefined) {
          if (z.strict) checkStrict(iters, i, "zip");
          return undefined;
        }
        out.push(v);
      }
      return new PyTuple(out);
    },
  },
  methods: {
    __reduce__: ["", "State for pickling.", (z: PyZip): Value => {
      const t = new PyTuple(z.iters.slice());
      return new PyTuple(z.strict ? [z.cls, t, true] : [z.cls, t]);
    }],
    __setstate__: ["object, /", "Sets strict.", (
      z: PyZip,
      state: Value,
    ): Value => {
      z.strict = isTrue(state);
      return None;
    }],
  },
});
