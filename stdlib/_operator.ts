// CPython 3.14: Modules/_operator.c
//
// The operators as functions, and the three callables that fetch: itemgetter, attrgetter,
// methodcaller. A methodcaller's call is the method's call, so it pushes a frame (push_call.ts);
// `names` of an attrgetter are the attribute paths, already split at the dots.

import {
  builtinType,
  type CmpOp,
  EQ,
  GE,
  GT,
  type KwNames,
  LE,
  LT,
  M_PUSH,
  type MethodDef,
  NE,
  None,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  tupleType,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import {
  absolute,
  asIndex,
  asSsize,
  binAdd,
  binAnd,
  binFloorDiv,
  binLshift,
  binMatMul,
  binMod,
  binMul,
  binOr,
  binPow,
  binRshift,
  binSub,
  binTrueDiv,
  binXor,
  call,
  contains,
  delItem,
  equals,
  getAttr,
  getItem,
  getIter,
  iAdd,
  iAnd,
  identical,
  iFloorDiv,
  iLshift,
  iMatMul,
  iMod,
  iMul,
  invert,
  iOr,
  iPow,
  iRshift,
  isSequence,
  isStr,
  isTrue,
  iSub,
  iterNext,
  iTrueDiv,
  iXor,
  lengthHint,
  neg,
  pos,
  reprStr,
  richCompare,
  setItem,
  strValue,
} from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { CallRequest, cur } from "../core/objects/state.ts";
import { bytesOf, hasBuffer } from "../core/objects/buffer.ts";
import { callPushing, PyPushCallable } from "../core/objects/push_call.ts";
import { joinStrs, reprEnter, reprLeave } from "../core/objects/repr_guard.ts";
import { nameValue, utf16 } from "../core/objects/names.ts";
import { PyDict } from "../core/objects/dict.ts";
import { strIsAscii } from "../core/objects/str_ops.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { checkPositional, noKeywords } from "./native_new.ts";

// ---- sequences -----------------------------------------------------------------------------

function concat(a: Value, b: Value, inplace: boolean): Value {
  const t = typeOf(a);
  const f = inplace ? t.sq_inplace_concat ?? t.sq_concat : t.sq_concat;
  if (f !== undefined) return f(a, b);
  if (isSequence(a) && isSequence(b)) {
    try {
      return inplace ? iAdd(a, b) : binAdd(a, b);
    } catch (e) {
      // nothing adds the two
      if (!X.isOf(e, X.TypeError) || !lacksAdd(t) || !lacksAdd(typeOf(b))) throw e;
    }
  }
  throw typeError(`'${t.name}' object can't be concatenated`);
}

function lacksAdd(t: PyType): boolean {
  return t.nb_add === undefined;
}

/** An iterator over `a` for a search, with the searches' error text. */
function searchIter(a: Value): Value {
  try {
    return getIter(a);
  } catch (e) {
    if (!X.isOf(e, X.TypeError)) throw e;
    throw typeError(`argument of type '${typeName(a)}' is not iterable`);
  }
}

function countOf(_m: Value, a: Value, b: Value): Value {
  const it = searchIter(a);
  let n = 0;
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    if (equals(v, b)) n++;
    cur.tick(1);
  }
  return n;
}

function indexOf(_m: Value, a: Value, b: Value): Value {
  const it = searchIter(a);
  let n = 0;
  for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
    if (equals(v, b)) return n;
    n++;
    cur.tick(1);
  }
  throw valueError("sequence.index(x): x not in sequence");
}

/** Compares two ASCII strs or two buffers in a time that depends on the lengths only. */
export function compareDigest(_m: Value, a: Value, b: Value): Value {
  let x: Uint8Array, y: Uint8Array;
  if (isStr(a) && isStr(b)) {
    const s = strValue(a), t = strValue(b);
    if (!strIsAscii(s) || !strIsAscii(t)) {
      throw typeError(
        "comparing strings with non-ASCII characters is not supported",
      );
    }
    const bytes = (u: string) => Uint8Array.from({ length: u.length }, (_, i) => u.charCodeAt(i));
    x = bytes(s);
    y = bytes(t);
  } else {
    if (!hasBuffer(a) && !hasBuffer(b)) {
      throw typeError(
        `unsupported operand types(s) or combination of types: '${typeName(a)}' and '${typeName(b)}'`,
      );
    }
    x = bytesOf(a);
    y = bytesOf(b);
  }
  let diff = x.length ^ y.length;
  const other = x.length === y.length ? x : y;
  for (let i = 0; i < y.length; i++) diff |= other[i] ^ y[i];
  return diff === 0;
}

// ---- itemgetter ----------------------------------------------------------------------------

const itemgetterType: PyType = builtinType("operator.itemgetter");

/** `index` is the one item when it is a small int, else -1. */
class PyItemGetter extends PyObject {
  readonly items: Value[];
  readonly index: number;
  constructor(cls: PyType, items: Value[]) {
    super(cls);
    this.items = items;
    const i = items[0];
    this.index = items.length === 1 && typeof i === "number" ? i : -1;
  }
}

function oneArgument(
  name: string,
  args: Value[],
  kwnames: KwNames | undefined,
): Value {
  noKeywords(name, kwnames);
  if (args.length !== 1) checkPositional(name, args.length, 1, 1);
  return args[0];
}

function getItems(self: Value, args: Value[], kwnames?: KwNames): Value {
  const g = self as PyItemGetter;
  const o = oneArgument("itemgetter", args, kwnames);
  if (g.items.length === 1) {
    const i = g.index;
    if (i >= 0 && typeof o === "object" && o.cls === tupleType) {
      const items = (o as PyTuple).items;
      if (i < items.length) return items[i];
    }
    return getItem(o, g.items[0]);
  }
  const out: Value[] = [];
  for (const k of g.items) out.push(getItem(o, k));
  return new PyTuple(out);
}

/** The repr of a getter: its type's name and what it gets. */
function getterRepr(self: PyObject, args: Value[]): Str {
  if (reprEnter(self)) return joinStrs([self.cls.name, "(...)"]);
  try {
    if (args.length === 1) {
      return joinStrs([self.cls.name, "(", reprStr(args[0]), ")"]);
    }
    return joinStrs([self.cls.name, reprStr(new PyTuple(args))]);
  } finally {
    reprLeave(self);
  }
}

setSpec(itemgetterType, {
  doc: "A callable that gives an item of its argument, or a tuple of several.\n\n" +
    "itemgetter(2)(r) is r[2], itemgetter(2, 5, 3)(r) is (r[2], r[5], r[3]).",
  sig: "(item, /, *items)",
  slots: {
    tp_new: (type, args, kwnames) => {
      noKeywords("itemgetter", kwnames);
      if (args.length < 1) checkPositional("itemgetter", 0, 1, 1);
      return new PyItemGetter(type, args.slice());
    },
    tp_call: getItems,
    tp_repr: (self) => getterRepr(self as PyObject, (self as PyItemGetter).items),
  },
  getset: { __text_signature__: [() => "(obj, /)"] },
  methods: {
    __reduce__: [
      "",
      "State for pickling.",
      (g: PyItemGetter) => new PyTuple([g.cls, new PyTuple(g.items)]),
    ],
  },
});

// ---- attrgetter ----------------------------------------------------------------------------

const attrgetterType: PyType = builtinType("operator.attrgetter");

class PyAttrGetter extends PyObject {
  readonly attrs: Value[];
  readonly paths: string[][];
  constructor(cls: PyType, attrs: Value[]) {
    super(cls);
    this.attrs = attrs;
    this.paths = attrs.map((a) => utf16(strValue(a)).split("."));
  }
}

function getPath(o: Value, path: string[]): Value {
  for (let i = 0; i < path.length; i++) o = getAttr(o, path[i]);
  return o;
}

setSpec(attrgetterType, {
  doc: "A callable that gives an attribute of its argument, or a tuple of several.\n\n" +
    "attrgetter('name')(r) is r.name; the names may be dotted.",
  sig: "(attr, /, *attrs)",
  slots: {
    tp_new: (type, args, kwnames) => {
      noKeywords("attrgetter", kwnames);
      if (args.length < 1) checkPositional("attrgetter", 0, 1, 1);
      for (const a of args) {
        if (!isStr(a)) throw typeError("attribute name must be a string");
      }
      return new PyAttrGetter(type, args.slice());
    },
    tp_call: (self, args, kwnames) => {
      const g = self as PyAttrGetter;
      const o = oneArgument("attrgetter", args, kwnames);
      if (g.paths.length === 1) return getPath(o, g.paths[0]);
      const out: Value[] = [];
      for (const p of g.paths) out.push(getPath(o, p));
      return new PyTuple(out);
    },
    tp_repr: (self) => getterRepr(self as PyObject, (self as PyAttrGetter).attrs),
  },
  getset: { __text_signature__: [() => "(obj, /)"] },
  methods: {
    __reduce__: [
      "",
      "State for pickling.",
      (g: PyAttrGetter) => new PyTuple([g.cls, new PyTuple(g.attrs)]),
    ],
  },
});

// ---- methodcaller --------------------------------------------------------------------------

const methodcallerType: PyType = builtinType("operator.methodcaller");

class PyMethodCaller extends PyPushCallable {
  readonly name: Value;
  readonly args: Value[];
  readonly kwnames: KwNames | undefined;
  constructor(
    cls: PyType,
    name: Value,
    args: Value[],
    kwnames: KwNames | undefined,
  ) {
    super(cls);
    this.name = name;
    this.args = args;
    this.kwnames = kwnames;
  }
  override pushCall(args: Value[], kwnames: KwNames | undefined): CallRequest {
    const o = oneArgument("methodcaller", args, kwnames);
    const f = getAttr(o, utf16(strValue(this.name)));
    return new CallRequest(f, this.args.slice(), this.kwnames);
  }
  /** The keyword arguments as a dict. */
  keywords(): PyDict {
    const d = new PyDict();
    const names = this.kwnames ?? [];
    const n = this.args.length - names.length;
    names.forEach((k, i) => d.setStr(k, this.args[n + i]));
    return d;
  }
  positional(): Value[] {
    return this.args.slice(0, this.args.length - (this.kwnames?.length ?? 0));
  }
}

function methodcallerRepr(self: Value): Str {
  const m = self as PyMethodCaller;
  if (reprEnter(m)) return joinStrs([m.cls.name, "(...)"]);
  try {
    const parts: Str[] = [m.cls.name, "(", reprStr(m.name)];
    for (const a of m.positional()) parts.push(", ", reprStr(a));
    const names = m.kwnames ?? [], n = m.args.length - names.length;
    for (let i = 0; i < names.length; i++) {
      parts.push(", ", nameValue(names[i]) as Str, "=", reprStr(m.args[n + i]));
    }
    parts.push(")");
    return joinStrs(parts);
  } finally {
    reprLeave(m);
  }
}

setSpec(methodcallerType, {
  doc: "A callable that calls a method of its argument.\n\n" +
    "methodcaller('name', 'date', foo=1)(r) is r.name('date', foo=1).",
  sig: "(name, /, *args, **kwargs)",
  slots: {
    tp_new: (type, args, kwnames) => {
      const n = args.length - (kwnames?.length ?? 0);
      if (n < 1) {
        throw typeError(
          "methodcaller needs at least one argument, the method name",
        );
      }
      if (!isStr(args[0])) throw typeError("method name must be a string");
      return new PyMethodCaller(type, args[0], args.slice(1), kwnames);
    },
    tp_call: callPushing,
    tp_repr: methodcallerRepr,
  },
  getset: { __text_signature__: [() => "(obj, /)"] },
  methods: {
    __reduce__: ["", "State for pickling.", (m: PyMethodCaller): Value => {
      const args = m.positional();
      if (m.kwnames === undefined || m.kwnames.length === 0) {
        return new PyTuple([m.cls, new PyTuple([m.name, ...args])]);
      }
      const partial = getAttr(cur.interp.importModule("functools"), "partial");
      const kw = m.kwnames, values = m.args.slice(args.length);
      const make = call(partial, [m.cls, m.name, ...values], kw);
      return new PyTuple([make, new PyTuple(args)]);
    }],
  },
});

// ---- the functions -------------------------------------------------------------------------

type Fn1 = (a: Value) => Value;
type Fn2 = (a: Value, b: Value) => Value;
function one(text: string, f: Fn1): MethodDef {
  return ["a, /", `Same as ${text}.`, (_m: Value, a: Value) => f(a)];
}
function two(text: string, f: Fn2): MethodDef {
  return [
    "a, b, /",
    `Same as ${text}.`,
    (_m: Value, a: Value, b: Value) => f(a, b),
  ];
}
function compare(sign: string, op: CmpOp): MethodDef {
  return two(`a ${sign} b`, (a, b) => richCompare(a, b, op));
}

export const spec: ModuleSpec = {
  name: "_operator",
  doc: "Operator interface.\n\nThe operators of Python as functions: operator.add(x, y) is x + y.",
  functions: {
    truth: [
      "a, /",
      "Return True if a is true, False otherwise.",
      (_m: Value, a: Value) => isTrue(a),
    ],
    contains: [
      "a, b, /",
      "Same as b in a (note reversed operands).",
      (_m: Value, a: Value, b: Value) => contains(a, b),
    ],
    indexOf: ["a, b, /", "Return the first index of b in a.", indexOf],
    countOf: [
      "a, b, /",
      "Return the number of items in a which are, or which equal, b.",
      countOf,
    ],
    is_: two("a is b", identical),
    is_not: two("a is not b", (a, b) => !identical(a, b)),
    is_none: one("a is None", (a) => a === None),
    is_not_none: one("a is not None", (a) => a !== None),
    add: two("a + b", binAdd),
    sub: two("a - b", binSub),
    mul: two("a * b", binMul),
    matmul: two("a @ b", binMatMul),
    floordiv: two("a // b", binFloorDiv),
    truediv: two("a / b", binTrueDiv),
    mod: two("a % b", binMod),
    neg: one("-a", neg),
    pos: one("+a", pos),
    abs: one("abs(a)", absolute),
    inv: one("~a", invert),
    invert: one("~a", invert),
    lshift: two("a << b", binLshift),
    rshift: two("a >> b", binRshift),
    not_: one("not a", (a) => !isTrue(a)),
    and_: two("a & b", binAnd),
    xor: two("a ^ b", binXor),
    or_: two("a | b", binOr),
    iadd: two("a += b", iAdd),
    isub: two("a -= b", iSub),
    imul: two("a *= b", iMul),
    imatmul: two("a @= b", iMatMul),
    ifloordiv: two("a //= b", iFloorDiv),
    itruediv: two("a /= b", iTrueDiv),
    imod: two("a %= b", iMod),
    ilshift: two("a <<= b", iLshift),
    irshift: two("a >>= b", iRshift),
    iand: two("a &= b", iAnd),
    ixor: two("a ^= b", iXor),
    ior: two("a |= b", iOr),
    concat: two("a + b, for a and b sequences", (a, b) => concat(a, b, false)),
    iconcat: two("a += b, for a and b sequences", (a, b) => concat(a, b, true)),
    getitem: two("a[b]", getItem),
    setitem: [
      "a, b, c, /",
      "Same as a[b] = c.",
      (_m: Value, a: Value, b: Value, c: Value) => {
        setItem(a, b, c);
        return None;
      },
    ],
    delitem: two("del a[b]", (a, b) => {
      delItem(a, b);
      return None;
    }),
    pow: two("a ** b", (a, b) => binPow(a, b)),
    ipow: two("a **= b", iPow),
    lt: compare("<", LT),
    le: compare("<=", LE),
    eq: compare("==", EQ),
    ne: compare("!=", NE),
    gt: compare(">", GT),
    ge: compare(">=", GE),
    index: [
      "a, /",
      "Same as a.__index__()",
      (_m: Value, a: Value) => asIndex(a),
    ],
    length_hint: [
      "obj, default=0, /",
      "Return an estimate of the number of items in obj.\n\nIt may be too large or too small. The default is returned where there is no estimate.",
      (_m: Value, o: Value, dflt: Value = 0) => lengthHint(o, asSsize(dflt)),
    ],
    _compare_digest: [
      "a, b, /",
      "Return 'a == b'.\n\nTakes a time that does not tell where a and b differ. Both must be ASCII str or bytes-like.",
      compareDigest,
    ],
    call: [
      "obj, /, *args, **kwargs",
      "Same as obj(*args, **kwargs).",
      (_m: Value, args: Value[], kwnames?: KwNames) => {
        const n = args.length - (kwnames?.length ?? 0);
        if (n < 1) checkPositional("call", 0, 1, 2);
        return new CallRequest(args[0], args.slice(1), kwnames);
      },
      M_PUSH | 32,
    ],
  },
  types: {
    itemgetter: itemgetterType,
    attrgetter: attrgetterType,
    methodcaller: methodcallerType,
  },
};
