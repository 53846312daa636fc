// CPython 3.14: Modules/_functoolsmodule.c
//
// reduce, cmp_to_key, partial; lru_cache's wrapper is in _functools_lru.ts.
//
// A partial keeps its arguments in an array in which Placeholder marks the positions that the call
// must fill; `holes` is their number. A partial of a partial is one partial of the inner function,
// unless somebody has looked at the inner one's `__dict__`.

import {
  builtinType,
  type CmpOp,
  dictType,
  type KwNames,
  M_CLASS,
  None,
  PyDictBase,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  tupleType,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { call2, getIter, iterNext, iterToArray, reprStr, richCompare, strOf } from "../core/objects/abstract.ts";
import { genericGetAttr, genericSetAttr, getDictAttr } from "../core/objects/attr.ts";
import { attributeError, typeError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { dictCopy, PyDict } from "../core/objects/dict.ts";
import { dictUpdate } from "../core/objects/dict_type.ts";
import { PyMethod } from "../core/objects/function.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import { attrName } from "../core/objects/names.ts";
import { typeModule } from "../core/objects/type.ts";
import { callPushing, PyPushCallable } from "../core/objects/push_call.ts";
import { CallRequest, cur } from "../core/objects/state.ts";
import { joinStrs, reprEnter, reprLeave } from "../core/objects/repr_guard.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { lruType } from "./_functools_lru.ts";
import { setDict } from "./native_new.ts";

// ---- Placeholder ---------------------------------------------------------------------------

const placeholderType: PyType = builtinType(
  "functools._PlaceholderType",
  undefined,
  true,
);
/** The one instance. */
export const Placeholder: PyObject = new PyObject(placeholderType);
setSpec(placeholderType, {
  doc: "The type of Placeholder, which marks a positional argument of a partial that the call gives.",
  slots: {
    tp_new: (_t, args) => {
      if (args.length > 0) {
        throw typeError("PlaceholderType takes no arguments");
      }
      return Placeholder;
    },
    tp_repr: () => "Placeholder",
    tp_setattro: genericSetAttr,
  },
  methods: { __reduce__: ["", "State for pickling.", () => "Placeholder"] },
});

// ---- partial -------------------------------------------------------------------------------

const partialType: PyType = builtinType("functools.partial");

class PyPartial extends PyPushCallable {
  func: Value = None;
  args: PyTuple = new PyTuple([]);
  kw: PyDict = new PyDict();
  holes = 0;

  override pushCall(args: Value[], kwnames: KwNames | undefined): CallRequest {
    const nkw = kwnames === undefined ? 0 : kwnames.length;
    const n = args.length - nkw;
    const holes = this.holes, mine = this.args.items;
    if (n < holes) {
      throw typeError(
        `missing positional arguments in 'partial' call; expected at least ${holes}, got ${n}`,
      );
    }
    let out: Value[];
    if (holes === 0) {
      out = mine.length === 0 ? args.slice(0, n) : mine.concat(nkw === 0 ? args : args.slice(0, n));
    } else {
      out = [];
      let j = 0;
      for (let i = 0; i < mine.length; i++) {
        out.push(mine[i] === Placeholder ? args[j++] : mine[i]);
      }
      while (j < n) out.push(args[j++]);
    }
    const kw = this.kw;
    if (kw.size === 0) {
      for (let i = 0; i < nkw; i++) out.push(args[n + i]);
      return new CallRequest(this.func, out, kwnames);
    }
    // own keywords in their order, overridden ones in place, then the further ones
    const names: string[] = [], at = out.length;
    for (let i = kw.nextIndex(0); i >= 0; i = kw.nextIndex(i + 1)) {
      const k = kw.keys[i] as Value;
      if (typeof k !== "string" && typeOf(k).name !== "str") {
        throw typeError("keywords must be strings");
      }
      names.push(attrName(k));
      out.push(kw.vals[i] as Value);
    }
    for (let i = 0; i < nkw; i++) {
      const k = names.indexOf(kwnames![i]);
      if (k >= 0) out[at + k] = args[n + i];
      else {
        names.push(kwnames![i]);
        out.push(args[n + i]);
      }
    }
    return new CallRequest(this.func, out, names);
  }
}

function countHoles(items: Value[]): number {
  let n = 0;
  for (const v of items) if (v === Placeholder) n++;
  return n;
}

/** The arguments of a partial of a partial that has holes. */
function fillHoles(mine: Value[], given: Value[]): Value[] {
  const out: Value[] = [];
  let j = 0;
  for (const v of mine) {
    out.push(v === Placeholder && j < given.length ? given[j++] : v);
  }
  while (j < given.length) out.push(given[j++]);
  return out;
}

function partialNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const nkw = kwnames === undefined ? 0 : kwnames.length;
  const n = args.length - nkw;
  if (n < 1) throw typeError("type 'partial' takes at least one argument");
  let func = args[0];
  if (typeOf(func).tp_call === undefined) {
    throw typeError("the first argument must be callable");
  }
  if (n > 1 && args[n - 1] === Placeholder) {
    throw typeError("trailing Placeholders are not allowed");
  }
  for (let i = n; i < args.length; i++) {
    if (args[i] === Placeholder) {
      throw typeError("Placeholder cannot be passed as a keyword argument");
    }
  }
  const p = new PyPartial(type);
  let items = args.slice(1, n);
  if (
    func instanceof PyPartial && typeOf(func).tp_call === callPushing &&
    func.dict === undefined
  ) {
    const inner: PyPartial = func;
    func = inner.func;
    items = inner.holes > 0 ? fillHoles(inner.args.items, items) : inner.args.items.concat(items);
    if (inner.kw.size > 0) p.kw = dictCopy(inner.kw);
  }
  p.func = func;
  p.args = new PyTuple(items);
  p.holes = countHoles(items);
  for (let i = 0; i < nkw; i++) p.kw.setStr(kwnames![i], args[n + i]);
  return p;
}

function partialRepr(self: Value): Str {
  const p = self as PyPartial;
  if (reprEnter(p)) return "...";
  try {
    const mod = typeModule(p.cls);
    const parts: Str[] = [strOf(mod ?? "builtins"), ".", p.cls.qualname, "("];
    const { args, kw } = p;
    parts.push(reprStr(p.func));
    for (const a of args.items) parts.push(", ", reprStr(a));
    for (let i = kw.nextIndex(0); i >= 0; i = kw.nextIndex(i + 1)) {
      const v = kw.vals[i] as Value;
      parts.push(", ", strOf(kw.keys[i] as Value), "=", reprStr(v));
    }
    parts.push(")");
    return joinStrs(parts);
  } finally {
    reprLeave(p);
  }
}

function partialSetState(p: PyPartial, state: Value): Value {
  if (!(state instanceof PyTuple) || state.items.length !== 4) {
    throw typeError("invalid partial state");
  }
  const [func, args, kw, dict] = state.items;
  if (
    typeOf(func).tp_call === undefined || !(args instanceof PyTuple) ||
    (kw !== None && !(kw instanceof PyDict)) ||
    (dict !== None && !(dict instanceof PyDictBase))
  ) throw typeError("invalid partial state");
  const n = args.items.length;
  if (n > 0 && args.items[n - 1] === Placeholder) {
    throw typeError("trailing Placeholders are not allowed");
  }
  p.func = func;
  p.args = args.cls === tupleType ? args : new PyTuple(iterToArray(args));
  p.holes = countHoles(p.args.items);
  if (kw === None) p.kw = new PyDict();
  else if ((kw as PyDict).cls === dictType) p.kw = kw as PyDict;
  else dictUpdate(p.kw = new PyDict(), kw);
  if (dict === None) (p as { dict?: PyDictBase }).dict = undefined;
  else (p as { dict?: PyDictBase }).dict = dict as PyDictBase;
  return None;
}

partialType.hasDict = partialType.hasWeakref = true;
setSpec(partialType, {
  doc: "Create a new function with partial application of the given arguments and keywords.",
  sig: "(func, /, *args, **keywords)",
  slots: {
    tp_new: partialNew,
    tp_call: callPushing,
    tp_repr: partialRepr,
    tp_getattro: genericGetAttr,
    tp_setattro: genericSetAttr,
    tp_descr_get: (self, obj) => obj === undefined || obj === None ? self : new PyMethod(self, obj),
  },
  methods: {
    __reduce__: [
      "",
      "State for pickling.",
      (p: PyPartial) =>
        new PyTuple([
          p.cls,
          new PyTuple([p.func]),
          new PyTuple([p.func, p.args, p.kw, p.dict ?? None]),
        ]),
    ],
    __setstate__: ["object, /", "Sets the state.", partialSetState],
    __class_getitem__: [
      "object, /",
      "See PEP 585",
      (cls: PyType, item: Value) => genericAlias(cls, item),
      M_CLASS,
    ],
  },
  members: {
    func: (p: PyPartial) => p.func,
    args: (p: PyPartial) => p.args,
    keywords: (p: PyPartial) => p.kw,
  },
  getset: { __dict__: [getDictAttr, setDict] },
});

// ---- cmp_to_key ----------------------------------------------------------------------------

const keyType: PyType = builtinType("functools.KeyWrapper", undefined, true);

class PyKey extends PyObject {
  readonly cmp: Value;
  obj: Value | undefined;
  constructor(cmp: Value, obj: Value | undefined) {
    super(keyType);
    this.cmp = cmp;
    this.obj = obj;
  }
}

function keyCompare(a: Value, b: Value, op: CmpOp): Value {
  if (!(b instanceof PyKey)) {
    throw typeError("other argument must be K instance");
  }
  const x = (a as PyKey).obj, y = b.obj;
  if (x === undefined || y === undefined) {
    throw attributeError("object", a, "object");
  }
  return richCompare(call2((a as PyKey).cmp, x, y), 0, op);
}

setSpec(keyType, {
  unhashable: true,
  slots: {
    tp_call: (self, args, kwnames) => {
      const nkw = kwnames?.length ?? 0;
      if (args.length === 0) {
        throw typeError("K() missing required argument 'obj' (pos 1)");
      }
      if (args.length > 1) {
        throw typeError(`K() takes at most 1 argument (${args.length} given)`);
      }
      if (nkw === 1 && kwnames![0] !== "obj") {
        throw typeError(
          `K() got an unexpected keyword argument '${kwnames![0]}'`,
        );
      }
      return new PyKey((self as PyKey).cmp, args[0]);
    },
    tp_richcompare: keyCompare,
    tp_getattro: genericGetAttr,
  },
  getset: { __text_signature__: [() => "(obj)"] },
  members: {
    obj: [
      (k: PyKey) => k.obj ?? None,
      (k: PyKey, v: Value | undefined) => {
        k.obj = v;
      },
    ],
  },
});

// ---- reduce --------------------------------------------------------------------------------

function reduce(_m: Value, f: Value, iterable: Value, initial?: Value): Value {
  let it: Value;
  try {
    it = getIter(iterable);
  } catch (e) {
    if (X.isOf(e, X.TypeError)) {
      throw typeError("reduce() arg 2 must support iteration");
    }
    throw e;
  }
  let acc = initial;
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    acc = acc === undefined ? v : call2(f, acc, v);
    cur.tick(1);
  }
  if (acc === undefined) {
    throw typeError("reduce() of empty iterable with no initial value");
  }
  return acc;
}

export const spec: ModuleSpec = {
  name: "_functools",
  doc: "Tools that operate on functions.",
  functions: {
    reduce: [
      "function, iterable, /, initial=<unrepresentable>",
      "Apply a function of two arguments cumulatively to the items of an iterable, from left to right.\n\n" +
      "reduce(lambda x, y: x+y, [1, 2, 3]) is ((1+2)+3). The initial value, if given, comes before the items\n" +
      "and is the result for an empty iterable.",
      reduce,
    ],
    cmp_to_key: [
      "mycmp",
      "Convert a cmp= function into a key= function.\n\n  mycmp\n    Function that compares two objects.",
      (_m: Value, cmp: Value) => new PyKey(cmp, undefined),
    ],
  },
  types: {
    partial: partialType,
    _lru_cache_wrapper: lruType,
    _PlaceholderType: placeholderType,
  },
  constants: { Placeholder },
};
