// CPython 3.14: Objects/boolobject.c
//
// A bool is a JS boolean. All it does of its own is to show itself, to be made, and to stay a bool
// under &, | and ^; the rest is int's.

import { type BinaryFn, boolType, type KwNames, type PyType, setSpec, type Value } from "./object.ts";
import { cur } from "./state.ts";
import { typeError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { isTrue } from "./abstract.ts";
import { intType } from "./object.ts";

function boolNew(_type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (kwnames !== undefined && kwnames.length > 0) {
    throw typeError("bool() takes no keyword arguments");
  }
  if (args.length > 1) {
    throw typeError(`bool expected at most 1 argument, got ${args.length}`);
  }
  return args.length === 1 && isTrue(args[0]);
}

/** A slot that answers for two bools and leaves everything else to int. */
function logical(
  f: (a: boolean, b: boolean) => boolean,
  slot: "nb_and" | "nb_or" | "nb_xor",
): BinaryFn {
  return (a, b) => typeof a === "boolean" && typeof b === "boolean" ? f(a, b) : intType[slot]!(a, b);
}

/** `~b`, with the warning that it is deprecated. */
export function boolInvert(v: Value): Value {
  cur.interp.warn(
    X.DeprecationWarning,
    "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.",
    1,
  );
  return v === true ? -2 : -1;
}

setSpec(boolType, {
  doc:
    "True for an argument that is true, else False.\nTrue and False are the only instances of bool, a subclass of int that\ncan't be subclassed itself.",
  sig: "(object=False, /)",
  slots: {
    tp_new: boolNew,
    tp_repr: (v) => v === true ? "True" : "False",
    nb_invert: boolInvert,
    nb_and: logical((a, b) => a && b, "nb_and"),
    nb_xor: logical((a, b) => a !== b, "nb_xor"),
    nb_or: logical((a, b) => a || b, "nb_or"),
  },
});
