// CPython 3.14: Objects/genericaliasobject.c
//
// `list[int]`: an origin and its arguments. Everything that is not the alias's own is forwarded to
// the origin. `params` are the type variables found in the arguments, collected on first use;
// subscribing an alias puts other arguments in their place. `starred` is the alias that `*alias`
// gives (PEP 646).

import {
  builtinType,
  Ellipsis,
  EQ,
  isSubtype,
  NE,
  None,
  noneType,
  NotImplemented,
  PyBaseException,
  PyList,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  type Str,
  tupleType,
  typeOf,
  type Value,
} from "./object.ts";
import { indexError, noAttribute, typeError } from "./errors.ts";
import * as X from "./exceptions.ts";
import {
  call,
  call0,
  call1,
  call2,
  contains,
  enterNative,
  getAttr,
  getItem,
  getIter,
  hash,
  identical,
  isStr,
  isTrue,
  leaveNative,
  lookupAttr,
  lookupSpecial,
  reprStr,
  richCompare,
  richCompareBool,
  setAttr,
  strOf,
  strValue,
} from "./abstract.ts";
import { genericLookup } from "./attr.ts";
import { fullTypeName } from "./type_name.ts";
import { utf16 } from "./names.ts";
import { builtinNamed } from "./builtin_ref.ts";
import { cur } from "./state.ts";
import { joinStrs } from "./repr_guard.ts";
import { unionOf } from "./union.ts";

export const genericAliasType: PyType = builtinType("types.GenericAlias");

/** `origin[args]`. */
export class PyGenericAlias extends PyObject {
  readonly origin: Value;
  readonly args: PyTuple;
  /** Type variables of the arguments; undefined: not collected yet. */
  params: PyTuple | undefined = undefined;
  starred = false;
  constructor(origin: Value, args: PyTuple, cls: PyType = genericAliasType) {
    super(cls);
    this.origin = origin;
    this.args = args;
  }
}

/** `types.GenericAlias(origin, args)`; a single argument need not be a tuple. */
export function genericAlias(origin: Value, args: Value): Value {
  return new PyGenericAlias(
    origin,
    args instanceof PyTuple ? args : new PyTuple([args]),
  );
}

// ---- repr -----------------------------------------------------------------------------------

/** How a type is shown inside an alias or a union. */
export function typingRepr(p: Value): Str {
  if (p === Ellipsis) return "...";
  if (p === noneType) return "None";
  if (
    lookupAttr(p, "__origin__") !== undefined &&
    lookupAttr(p, "__args__") !== undefined
  ) return reprStr(p);
  const qualname = lookupAttr(p, "__qualname__");
  if (qualname === undefined) return reprStr(p);
  const module = lookupAttr(p, "__module__");
  if (module === undefined || module === None) return reprStr(p);
  if (isStr(module) && strValue(module) === "builtins") return strOf(qualname);
  return joinStrs([strOf(module), ".", strOf(qualname)]);
}

function joined(items: readonly Value[], show: (v: Value) => Str): Str {
  const parts: Str[] = [];
  for (let i = 0, n = items.length; i < n; i++) {
    // a repr may have shortened the list
    if (i >= items.length) throw indexError("list index out of range");
    if (i > 0) parts.push(", ");
    parts.push(show(items[i]));
  }
  return joinStrs(parts);
}
function reprArg(v: Value): Str {
  if (v instanceof PyList && v.cls.name === "list") {
    return joinStrs(["[", joined(v.items, typingRepr), "]"]);
  }
  return typingRepr(v);
}
function aliasRepr(self: Value): Value {
  const a = self as PyGenericAlias;
  const items = a.args.items;
  return joinStrs([
    a.starred ? "*" : "",
    typingRepr(a.origin),
    "[",
    items.length === 0 ? "()" : joined(items, reprArg),
    "]",
  ]);
}

// ---- type variables -------------------------------------------------------------------------

function addUnique(into: Value[], v: Value): void {
  for (const x of into) if (identical(x, v)) return;
  into.push(v);
}

const PARAMETER_WEIGHT = 400;
/** The type variables in a tuple or list of arguments, each once, in order. */
export function makeParameters(args: Value): PyTuple {
  enterNative(PARAMETER_WEIGHT, " in __parameter__ calculation");
  try {
    return collectParameters(args);
  } finally {
    leaveNative(PARAMETER_WEIGHT);
  }
}
function collectParameters(args: Value): PyTuple {
  const out: Value[] = [];
  const items = args instanceof PyTuple ? args.items : (args as PyList).items;
  for (let i = 0; i < items.length; i++) {
    const t = items[i];
    // the class attribute `__parameters__` says nothing of a bare class
    if (t instanceof PyType) continue;
    if (t instanceof PyTuple || t instanceof PyList) {
      for (const p of makeParameters(t).items) addUnique(out, p);
      continue;
    }
    if (lookupAttr(t, "__typing_subst__") !== undefined) {
      addUnique(out, t);
      continue;
    }
    const sub = lookupAttr(t, "__parameters__");
    if (sub instanceof PyTuple) {
      for (const p of sub.items) addUnique(out, p);
    }
  }
  return new PyTuple(out);
}

function indexIn(params: readonly Value[], v: Value): number {
  for (let i = 0; i < params.length; i++) if (identical(params[i], v)) return i;
  return -1;
}

/** An argument that has type variables of its own, with the given ones replaced. */
function substituteInside(
  obj: Value,
  params: readonly Value[],
  args: readonly Value[],
): Value {
  const sub = lookupAttr(obj, "__parameters__");
  if (!(sub instanceof PyTuple) || sub.items.length === 0) return obj;
  const out: Value[] = [];
  for (const p of sub.items) {
    const i = indexIn(params, p);
    if (i < 0) {
      out.push(p);
      continue;
    }
    const arg = args[i], param = params[i];
    // a TypeVarTuple stands for any number of arguments
    if (
      arg instanceof PyTuple && typeof param === "object" &&
      param.cls.tp_iter !== undefined
    ) out.push(...arg.items);
    else out.push(arg);
  }
  return getItem(obj, new PyTuple(out));
}

function isUnpackedTypeVarTuple(v: Value): boolean {
  if (v instanceof PyType) return false;
  const u = lookupAttr(v, "__typing_is_unpacked_typevartuple__");
  return u !== undefined && isTrue(u);
}

/** Arguments with unpacked tuples (`*tuple[int, str]`) spread out. */
function unpackArgs(item: Value): PyTuple {
  const out: Value[] = [];
  for (const v of item instanceof PyTuple ? item.items : [item]) {
    if (!(v instanceof PyType)) {
      const sub = v instanceof PyGenericAlias && v.starred && v.origin === tupleType
        ? v.args
        : lookupAttr(v, "__typing_unpacked_tuple_args__");
      if (
        sub instanceof PyTuple && sub.items[sub.items.length - 1] !== Ellipsis
      ) {
        out.push(...sub.items);
        continue;
      }
    }
    out.push(v);
  }
  return new PyTuple(out);
}

/** The arguments of `self[item]`: `args` with its type variables replaced. */
export function substitute(
  self: Value,
  args: Value,
  parameters: PyTuple,
  item: Value,
): PyTuple {
  const params = parameters.items;
  if (params.length === 0) {
    throw typeError(`${utf16(reprStr(self))} is not a generic class`);
  }
  item = unpackArgs(item);
  for (const p of params) {
    const prepare = lookupAttr(p, "__typing_prepare_subst__");
    if (prepare !== undefined && prepare !== None) {
      item = call2(
        prepare,
        self,
        item instanceof PyTuple ? item : new PyTuple([item]),
      );
    }
  }
  const given: readonly Value[] = item instanceof PyTuple ? item.items : [item];
  if (given.length !== params.length) {
    throw typeError(
      `Too ${given.length > params.length ? "many" : "few"} arguments for ${
        utf16(reprStr(self))
      }; actual ${given.length}, expected ${params.length}`,
    );
  }
  const out: Value[] = [];
  for (
    const arg of (args instanceof PyTuple ? args.items : (args as PyList).items)
      .slice()
  ) {
    if (arg instanceof PyType) {
      out.push(arg);
      continue;
    }
    if (arg instanceof PyTuple || arg instanceof PyList) {
      const sub = substitute(self, arg, parameters, item);
      out.push(arg instanceof PyTuple ? sub : new PyList(sub.items.slice()));
      continue;
    }
    const unpack = isUnpackedTypeVarTuple(arg);
    const subst = lookupAttr(arg, "__typing_subst__");
    let r: Value;
    if (subst === undefined) r = substituteInside(arg, params, given);
    else {
      const i = indexIn(params, arg);
      if (i < 0) {
        throw typeError(`argument ${utf16(reprStr(arg))} with __typing_subst__ was not found in __parameters__`);
      }
      r = call1(subst, given[i]);
    }
    if (!unpack) out.push(r);
    else if (r instanceof PyTuple) out.push(...r.items);
    else {
      throw typeError(
        `expected __typing_subst__ of ${fullTypeName(typeOf(arg))} objects to return a tuple, not ${
          fullTypeName(typeOf(r))
        }`,
      );
    }
  }
  return new PyTuple(out);
}

function parametersOf(a: PyGenericAlias): PyTuple {
  return a.params ??= makeParameters(a.args);
}

// ---- the type -------------------------------------------------------------------------------

/** Attributes that are the alias's own. */
const OWN = [
  "__class__",
  "__origin__",
  "__args__",
  "__unpacked__",
  "__parameters__",
  "__typing_unpacked_tuple_args__",
  "__mro_entries__",
  "__reduce_ex__",
  "__reduce__",
];
/** Attributes that are never taken from the origin. */
const NOT_ORIGINS = ["__bases__", "__copy__", "__deepcopy__"];

function aliasGetAttr(self: Value, name: string): Value {
  if (OWN.includes(name) || NOT_ORIGINS.includes(name)) {
    const v = genericLookup(self, name);
    if (v === undefined) throw noAttribute(self, name);
    return v;
  }
  return getAttr((self as PyGenericAlias).origin, name);
}

function aliasCall(self: Value, args: Value[], kw?: readonly string[]): Value {
  const o = call((self as PyGenericAlias).origin, args, kw);
  setOriginalClass(o, self);
  return o;
}
/** Notes on an instance which alias made it, where it has room for that. */
export function setOriginalClass(o: Value, alias: Value): void {
  try {
    setAttr(o, "__orig_class__", alias);
  } catch (e) {
    if (
      e instanceof PyBaseException &&
      (isSubtype(e.cls, X.AttributeError) || isSubtype(e.cls, X.TypeError))
    ) return;
    throw e;
  }
}

function aliasEqual(a: PyGenericAlias, b: PyGenericAlias): Value {
  if (a.starred !== b.starred || !richCompareBool(a.origin, b.origin, EQ)) {
    return false;
  }
  return richCompare(a.args, b.args, EQ);
}

function aliasDir(a: PyGenericAlias): Value {
  const names = dirOf(a.origin);
  for (const n of OWN) if (!contains(names, n)) names.items.push(n);
  return names;
}
/** `dir(v)` as a sorted list. */
function dirOf(v: Value): PyList {
  const f = lookupSpecial(v, "__dir__");
  if (f === undefined) throw typeError("object does not provide __dir__");
  return call1(cur.interp.builtins.dict.getStr("sorted")!, call0(f)) as PyList;
}

genericAliasType.hasWeakref = true;
setSpec(genericAliasType, {
  doc:
    "Represent a PEP 585 generic type\n\nFor example, for t = list[int], t.__origin__ is list and t.__args__\nis (int,).",
  sig: "(origin, args, /)",
  slots: {
    tp_new: (type, args, kw) => {
      if (kw !== undefined && kw.length > 0) {
        throw typeError("GenericAlias() takes no keyword arguments");
      }
      if (args.length !== 2) {
        throw typeError(
          `GenericAlias expected 2 arguments, got ${args.length}`,
        );
      }
      return new PyGenericAlias(
        args[0],
        args[1] instanceof PyTuple ? args[1] : new PyTuple([args[1]]),
        type,
      );
    },
    tp_repr: aliasRepr,
    tp_hash: (self) => {
      const a = self as PyGenericAlias;
      const lo = hash(a.origin), hi = cur.hashHi;
      const lo2 = hash(a.args);
      cur.hashHi ^= hi;
      return lo ^ lo2;
    },
    tp_call: aliasCall,
    tp_getattro: aliasGetAttr,
    tp_richcompare: (a, b, op) => {
      if (
        !(b instanceof PyGenericAlias) || !(a instanceof PyGenericAlias) ||
        (op !== EQ && op !== NE)
      ) return NotImplemented;
      const r = aliasEqual(a, b);
      return op === EQ ? r : !isTrue(r);
    },
    tp_iter: (self) => new PyAliasIter(self as PyGenericAlias),
    nb_or: (a, b) => unionOf(a, b),
    mp_subscript: (self, item) => {
      const a = self as PyGenericAlias;
      const r = new PyGenericAlias(
        a.origin,
        substitute(a, a.args, parametersOf(a), item),
      );
      r.starred = a.starred;
      return r;
    },
  },
  methods: {
    __mro_entries__: [
      "object, /",
      "",
      (a: PyGenericAlias) => new PyTuple([a.origin]),
    ],
    __instancecheck__: ["object, /", "", () => {
      throw typeError(
        "isinstance() argument 2 cannot be a parameterized generic",
      );
    }],
    __subclasscheck__: ["object, /", "", () => {
      throw typeError(
        "issubclass() argument 2 cannot be a parameterized generic",
      );
    }],
    __reduce__: ["", "", (a: PyGenericAlias) => {
      if (a.starred) {
        const it = getIter(genericAlias(a.origin, a.args));
        return new PyTuple([builtinNamed("next"), new PyTuple([it])]);
      }
      return new PyTuple([a.cls, new PyTuple([a.origin, a.args])]);
    }],
    __dir__: ["", "", aliasDir],
  },
  members: {
    __origin__: (a: PyGenericAlias) => a.origin,
    __args__: (a: PyGenericAlias) => a.args,
    __unpacked__: (a: PyGenericAlias) => a.starred,
  },
  getset: {
    __parameters__: [
      parametersOf,
      undefined,
      "Type variables in the GenericAlias.",
    ],
    __typing_unpacked_tuple_args__: [
      (a: PyGenericAlias) => a.starred && a.origin === tupleType ? a.args : None,
    ],
  },
});

// ---- `*alias` -------------------------------------------------------------------------------

const aliasIterType = builtinType("generic_alias_iterator", undefined, true);

/** Gives the starred alias, once. */
class PyAliasIter extends PyObject {
  alias: PyGenericAlias | undefined;
  constructor(alias: PyGenericAlias) {
    super(aliasIterType);
    this.alias = alias;
  }
}
setSpec(aliasIterType, {
  slots: {
    tp_iter: (it) => it,
    tp_iternext: (self) => {
      const it = self as PyAliasIter, a = it.alias;
      if (a === undefined) return undefined;
      const r = new PyGenericAlias(a.origin, a.args);
      r.starred = true;
      it.alias = undefined;
      return r;
    },
  },
  methods: {
    __reduce__: ["", "", (it: PyAliasIter) => {
      const iter = builtinNamed("iter");
      return new PyTuple([iter, new PyTuple([it.alias ?? new PyTuple([])])]);
    }],
  },
});
