// CPython 3.14: Objects/unionobject.c
//
// `int | str`: the alternatives in the order given, each once. For equality and hash the order does
// not count: the hashable ones are kept as a frozenset, those that can't be hashed as a list.

import {
  builtinType,
  EQ,
  M_CLASS,
  NE,
  None,
  noneType,
  NotImplemented,
  PyBaseException,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  type Str,
  type Value,
} from "./object.ts";
import { noAttribute, typeError } from "./errors.ts";
import { call2, equals, getAttr, hash, reprStr, richCompareBool } from "./abstract.ts";
import { genericLookup } from "./attr.ts";
import { utf16 } from "./names.ts";
import { cur } from "./state.ts";
import { joinStrs } from "./repr_guard.ts";
import { newFrozenSet, type PySet } from "./set.ts";
import { makeParameters, PyGenericAlias, substitute, typingRepr } from "./genericalias.ts";

export const unionType: PyType = builtinType("typing.Union", undefined, true);

export class PyUnion extends PyObject {
  readonly args: PyTuple;
  readonly hashable: PySet;
  readonly unhashable: readonly Value[] | undefined;
  params: PyTuple | undefined = undefined;
  constructor(
    args: PyTuple,
    hashable: PySet,
    unhashable: readonly Value[] | undefined,
  ) {
    super(unionType);
    this.args = args;
    this.hashable = hashable;
    this.unhashable = unhashable;
  }
}

/** May a value stand in a union that `|` of classes makes? */
function isUnionable(v: Value): boolean {
  return v === None || v instanceof PyType || v instanceof PyGenericAlias ||
    v instanceof PyUnion ||
    typeof v === "object" && v.cls.name === "typing.TypeAliasType";
}

/** Collects the alternatives of a union. */
class Builder {
  readonly args: Value[] = [];
  readonly hashable: PySet = newFrozenSet();
  unhashable: Value[] | undefined = undefined;
  constructor(readonly checked: boolean) {}

  add(v: Value): void {
    if (v === None) v = noneType;
    else if (v instanceof PyUnion) {
      for (const x of v.args.items) this.add(x);
      return;
    } else if (this.checked && !isUnionable(v)) {
      v = call2(
        getAttr(cur.interp.importModule("typing"), "_type_check"),
        v,
        "Union[arg, ...]: each arg must be a type.",
      );
      if (v === None) v = noneType;
    }
    this.put(v);
  }
  private put(v: Value): void {
    let hashable = true;
    try {
      hash(v);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      hashable = false;
    }
    if (hashable) {
      if (this.hashable.has(v)) return;
      this.hashable.add(v);
    } else if (this.unhashable === undefined) this.unhashable = [v];
    else {
      for (const x of this.unhashable) if (equals(x, v)) return;
      this.unhashable.push(v);
    }
    this.args.push(v);
  }
  finish(): Value {
    if (this.args.length === 0) {
      throw typeError("Cannot take a Union of no types.");
    }
    if (this.args.length === 1) return this.args[0];
    return new PyUnion(new PyTuple(this.args), this.hashable, this.unhashable);
  }
}

/** `a | b` of types; NotImplemented when one of them is none. */
export function unionOf(a: Value, b: Value): Value {
  if (!isUnionable(a) || !isUnionable(b)) return NotImplemented;
  const u = new Builder(false);
  u.add(a);
  u.add(b);
  return u.finish();
}

/** `Union[args]`: arguments are checked and converted (strs to forward references) by typing.py. */
export function unionFrom(args: readonly Value[]): Value {
  const u = new Builder(true);
  for (const a of args) u.add(a);
  return u.finish();
}

function sameUnhashable(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  const within = (x: Value, l: readonly Value[]) => l.some((y) => equals(x, y));
  return a.every((x) => within(x, b)) && b.every((x) => within(x, a));
}
function unionsEqual(a: PyUnion, b: PyUnion): boolean {
  if (!richCompareBool(a.hashable, b.hashable, EQ)) return false;
  if (a.unhashable !== undefined && b.unhashable !== undefined) {
    return sameUnhashable(a.unhashable, b.unhashable);
  }
  return a.unhashable === b.unhashable;
}

function parametersOf(u: PyUnion): PyTuple {
  return u.params ??= makeParameters(u.args);
}

unionType.hasWeakref = true;
setSpec(unionType, {
  doc: "Represent a union type\n\nE.g. for int | str",
  slots: {
    tp_repr: (self) => {
      const parts: Str[] = [];
      for (const a of (self as PyUnion).args.items) {
        if (parts.length > 0) parts.push(" | ");
        parts.push(typingRepr(a));
      }
      return joinStrs(parts);
    },
    tp_hash: (self) => {
      const u = self as PyUnion;
      if (u.unhashable !== undefined) {
        for (const v of u.unhashable) hash(v);
        // they can be hashed by now; a hash would not agree with equality all the same
        throw typeError(
          `union contains ${u.unhashable.length} unhashable elements`,
        );
      }
      return hash(u.hashable);
    },
    tp_getattro: (self, name) => {
      if (name === "__module__") return getAttr(unionType, name);
      const v = genericLookup(self, name);
      if (v === undefined) throw noAttribute(self, name);
      return v;
    },
    tp_richcompare: (a, b, op) => {
      if (!(b instanceof PyUnion) || (op !== EQ && op !== NE)) {
        return NotImplemented;
      }
      const same = unionsEqual(a as PyUnion, b);
      return op === EQ ? same : !same;
    },
    nb_or: (a, b) => unionFrom([a, b]),
    mp_subscript: (self, item) => {
      const u = self as PyUnion;
      return unionFrom(substitute(u, u.args, parametersOf(u), item).items);
    },
  },
  methods: {
    __mro_entries__: ["object, /", "", (u: PyUnion) => {
      throw typeError(`Cannot subclass ${utf16(reprStr(u))}`);
    }],
    __class_getitem__: [
      "object, /",
      "The union of the types given.",
      (_t: PyType, item: Value) => unionFrom(item instanceof PyTuple ? item.items : [item]),
      M_CLASS,
    ],
  },
  members: { __args__: (u: PyUnion) => u.args },
  getset: {
    __name__: [() => "Union", undefined, "Name of the type"],
    __qualname__: [() => "Union", undefined, "Qualified name of the type"],
    __origin__: [() => unionType, undefined, "Always returns the type"],
    __parameters__: [
      parametersOf,
      undefined,
      "Type variables in the types.UnionType.",
    ],
  },
});
