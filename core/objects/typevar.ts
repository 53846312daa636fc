// CPython 3.14: Objects/typevarobject.c
//
// TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, Generic. What the type parameter syntax makes is
// evaluated on first use: `evaluate*` is the function that computes a bound, the constraints, a
// default or an alias's value, and the result is kept beside it. Made by a call, the value itself
// is there and the `evaluate_*` attribute is a _ConstEvaluator around it.

import {
  builtinType,
  EQ,
  type KwNames,
  M_CLASS,
  M_NOSIG,
  M_VECTOR,
  type MethodDef,
  NE,
  None,
  noneType,
  NotImplemented,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  typeOf,
  type TypeSpec,
  type Value,
} from "./object.ts";
import { typeError, valueError } from "./errors.ts";
import {
  asInt32,
  binAdd,
  call,
  call0,
  equals,
  getAttr,
  getItem,
  getIter,
  isStr,
  isTrue,
  iterToArray,
  lengthOf,
  reprStr,
  richCompare,
  strOf,
  strValue,
} from "./abstract.ts";
import { cur } from "./state.ts";
import { utf16 } from "./names.ts";
import { bindArgs, NativeDef } from "./native.ts";
import { joinStrs } from "./repr_guard.ts";
import { setInstanceDict } from "./attr.ts";
import { PyDict } from "./dict.ts";
import { genericAlias, typingRepr } from "./genericalias.ts";
import { unionFrom, unionOf } from "./union.ts";

export const typeVarType: PyType = builtinType(
  "typing.TypeVar",
  undefined,
  true,
);
export const paramSpecType: PyType = builtinType(
  "typing.ParamSpec",
  undefined,
  true,
);
export const typeVarTupleType: PyType = builtinType(
  "typing.TypeVarTuple",
  undefined,
  true,
);
export const paramSpecArgsType: PyType = builtinType(
  "typing.ParamSpecArgs",
  undefined,
  true,
);
export const paramSpecKwargsType: PyType = builtinType(
  "typing.ParamSpecKwargs",
  undefined,
  true,
);
export const typeAliasType: PyType = builtinType(
  "typing.TypeAliasType",
  undefined,
  true,
);
export const genericType: PyType = builtinType(
  "typing.Generic",
  undefined,
  false,
  false,
);
genericType.flags &= ~TF_IMMUTABLE;
for (const t of [typeVarType, paramSpecType, typeVarTupleType, paramSpecArgsType, paramSpecKwargsType, genericType]) {
  t.flags |= TF_FROM_SPEC;
}
export const noDefaultType: PyType = builtinType(
  "NoDefaultType",
  undefined,
  true,
);
const constEvaluatorType: PyType = builtinType(
  "_typing._ConstEvaluator",
  undefined,
  true,
);

/** `typing.NoDefault`. */
export const NoDefault: PyObject = new PyObject(noDefaultType);

// ---- shared ---------------------------------------------------------------------------------

function typing(name: string, ...args: Value[]): Value {
  return call(getAttr(cur.interp.importModule("typing"), name), args);
}
function typeCheck(v: Value, msg: string): Value {
  return v === None ? noneType : typing("_type_check", v, msg);
}
/** `__module__` of the function that runs, or None. */
function callerModule(): Value {
  const f = cur.vm.frameObject(0) as unknown as
    | { func?: { module: Value } }
    | undefined;
  return f?.func?.module ?? None;
}
function setModule(o: PyObject, module: Value): void {
  const d = new PyDict();
  d.setStr("__module__", module);
  setInstanceDict(o, d);
}
const defs: Map<string, NativeDef> = new Map();
function bind(
  name: string,
  sig: string,
  args: Value[],
  kw: KwNames | undefined,
): (Value | undefined)[] {
  let d = defs.get(name);
  if (d === undefined) {
    defs.set(
      name,
      d = new NativeDef(name, [sig, "", () => None]),
    );
  }
  return bindArgs(d, name, args, kw) as (Value | undefined)[];
}
function nameArg(v: Value | undefined, fn: string): Value {
  if (!isStr(v!)) {
    throw typeError(
      `${fn}() argument 'name' must be str, not ${v === None ? "None" : typeOf(v!).name}`,
    );
  }
  return v;
}
function flag(v: Value | undefined): boolean {
  return v !== undefined && isTrue(v);
}
function checkVariance(
  covariant: boolean,
  contravariant: boolean,
  infer: boolean,
): void {
  if (covariant && contravariant) {
    throw valueError("Bivariant types are not supported.");
  }
  if (infer && (covariant || contravariant)) {
    throw valueError("Variance cannot be specified with infer_variance.");
  }
}
function noSubclass(what: string): MethodDef {
  return ["object, /", "", () => {
    throw typeError(`Cannot subclass an instance of ${what}`);
  }];
}

/** Something with a default: a value, or a function that computes it. */
interface WithDefault {
  dflt: Value | undefined;
  evaluateDefault: Value | undefined;
}
function defaultOf(t: WithDefault): Value {
  if (t.dflt !== undefined) return t.dflt;
  if (t.evaluateDefault === undefined) return NoDefault;
  return t.dflt = call0(t.evaluateDefault);
}
function hasDefault(t: WithDefault): boolean {
  return t.evaluateDefault !== undefined ||
    t.dflt !== NoDefault && t.dflt !== undefined;
}
function evaluator(
  evaluate: Value | undefined,
  value: Value | undefined,
): Value {
  return evaluate ?? (value === undefined ? None : new PyConstEvaluator(value));
}
const evaluateDefault: NonNullable<TypeSpec["getset"]>[string] = [
  (t: WithDefault) => evaluator(t.evaluateDefault, t.dflt),
];
const HAS_DEFAULT: MethodDef = ["", "", hasDefault];
const REDUCE: MethodDef = ["", "", (t: { name: Value }) => t.name];
const typingModule = { __module__: (): Value => "typing" };

class PyConstEvaluator extends PyObject {
  constructor(readonly value: Value) {
    super(constEvaluatorType);
  }
}
/** annotationlib.Format.STRING. */
const FORMAT_STRING = 4;
function evaluateConst(self: Value, args: Value[], kw?: KwNames): Value {
  if (kw !== undefined && kw.length > 0) {
    throw typeError("constevaluator.__call__() takes no keyword arguments");
  }
  if (args.length !== 1) {
    throw typeError(
      `constevaluator.__call__() takes exactly 1 argument (${args.length} given)`,
    );
  }
  const format = asInt32(args[0]);
  const v = (self as PyConstEvaluator).value;
  if (format !== FORMAT_STRING) return v;
  if (!(v instanceof PyTuple)) return typingRepr(v);
  const parts: Str[] = ["("];
  v.items.forEach((x, i) => {
    if (i > 0) parts.push(", ");
    parts.push(typingRepr(x));
  });
  parts.push(")");
  return joinStrs(parts);
}
setSpec(constEvaluatorType, {
  doc: "Internal type for implementing evaluation functions.",
  slots: {
    tp_repr: (self) =>
      joinStrs([
        "<constevaluator ",
        reprStr((self as PyConstEvaluator).value),
        ">",
      ]),
    tp_call: evaluateConst,
  },
  attrs: { __module__: () => "_typing" },
});

setSpec(noDefaultType, {
  doc: "The type of the NoDefault singleton.",
  sig: "()",
  slots: {
    tp_new: (_t, args) => {
      if (args.length > 0) throw typeError("NoDefaultType takes no arguments");
      return NoDefault;
    },
    tp_repr: () => "typing.NoDefault",
  },
  methods: { __reduce__: ["", "", () => "NoDefault"] },
});

// ---- TypeVar --------------------------------------------------------------------------------

export class PyTypeVar extends PyObject implements WithDefault {
  readonly name: Value;
  bound: Value | undefined = undefined;
  evaluateBound: Value | undefined = undefined;
  constraints: Value | undefined = undefined;
  evaluateConstraints: Value | undefined = undefined;
  dflt: Value | undefined = undefined;
  evaluateDefault: Value | undefined = undefined;
  covariant = false;
  contravariant = false;
  inferVariance = true;
  constructor(name: Value) {
    super(typeVarType);
    this.name = name;
  }
}

function typeVarNew(_t: PyType, args: Value[], kw?: KwNames): Value {
  const [name, constraints, bound, dflt, co, contra, infer] = bind(
    "typevar",
    "name, *constraints, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False",
    args,
    kw,
  ) as [Value, Value[] | undefined, ...(Value | undefined)[]];
  const tv = new PyTypeVar(nameArg(name, "typevar"));
  tv.covariant = flag(co);
  tv.contravariant = flag(contra);
  tv.inferVariance = flag(infer);
  checkVariance(tv.covariant, tv.contravariant, tv.inferVariance);
  if (bound !== undefined && bound !== None) {
    tv.bound = typeCheck(bound, "Bound must be a type.");
  }
  const cs = constraints ?? [];
  if (cs.length === 1) throw typeError("A single constraint is not allowed");
  if (cs.length > 0) {
    if (tv.bound !== undefined) {
      throw typeError("Constraints cannot be combined with bound=...");
    }
    tv.constraints = new PyTuple(cs);
  }
  tv.dflt = dflt ?? NoDefault;
  setModule(tv, callerModule());
  return tv;
}

function variance(
  t: {
    name: Value;
    inferVariance: boolean;
    covariant: boolean;
    contravariant: boolean;
  },
): Value {
  if (t.inferVariance) return t.name;
  return joinStrs([
    t.covariant ? "+" : t.contravariant ? "-" : "~",
    strValue(t.name),
  ]);
}

function indexOf(seq: Value, v: Value): number {
  const items = iterToArray(seq);
  for (let i = 0; i < items.length; i++) if (equals(items[i], v)) return i;
  throw valueError("sequence.index(x): x not in sequence");
}
function prepareTypeVar(tv: PyTypeVar, alias: Value, args: Value): Value {
  const i = indexOf(getAttr(alias, "__parameters__"), tv);
  const n = lengthOf(args);
  if (i < n) return args;
  if (i === n) {
    const d = defaultOf(tv);
    if (d !== NoDefault) return binAdd(args, new PyTuple([d]));
  }
  throw typeError(
    `Too few arguments for ${utf16(strOf(alias))}; actual ${n}, expected at least ${i + 1}`,
  );
}

typeVarType.hasDict = typeVarType.hasWeakref = true;
setSpec(typeVarType, {
  doc:
    "Type variable.\n\nMade by the type parameter syntax of classes, functions and type aliases\n(class Box[T]: ..., class Strings[S: str]: ..., class Ints[T = int]: ...)\nor by a call: TypeVar('T'), TypeVar('S', bound=str),\nTypeVar('A', str, bytes), TypeVar('D', default=int).\n\nType checkers infer the variance of those that the syntax makes, and of\nthose made with infer_variance=True; the others are invariant unless\ncovariant=True or contravariant=True is given.\n",
  slots: {
    tp_new: typeVarNew,
    tp_repr: (t) => variance(t as PyTypeVar),
    nb_or: (a, b) => unionFrom([a, b]),
  },
  methods: {
    __typing_subst__: [
      "arg, /",
      "",
      (t: PyTypeVar, arg: Value) => typing("_typevar_subst", t, arg),
    ],
    __typing_prepare_subst__: ["alias, args, /", "", prepareTypeVar],
    __reduce__: REDUCE,
    has_default: HAS_DEFAULT,
    __mro_entries__: noSubclass("TypeVar"),
  },
  members: {
    __name__: (t: PyTypeVar) => t.name,
    __covariant__: (t: PyTypeVar) => t.covariant,
    __contravariant__: (t: PyTypeVar) => t.contravariant,
    __infer_variance__: (t: PyTypeVar) => t.inferVariance,
  },
  getset: {
    __bound__: [(t: PyTypeVar) => {
      if (t.bound !== undefined) return t.bound;
      return t.evaluateBound === undefined ? None : t.bound = call0(t.evaluateBound);
    }],
    __constraints__: [(t: PyTypeVar) => {
      if (t.constraints !== undefined) return t.constraints;
      return t.evaluateConstraints === undefined ? new PyTuple([]) : t.constraints = call0(t.evaluateConstraints);
    }],
    __default__: [defaultOf],
    evaluate_bound: [(t: PyTypeVar) => evaluator(t.evaluateBound, t.bound)],
    evaluate_constraints: [
      (t: PyTypeVar) => evaluator(t.evaluateConstraints, t.constraints),
    ],
    evaluate_default: evaluateDefault,
  },
  attrs: typingModule,
});

// ---- ParamSpec ------------------------------------------------------------------------------

export class PyParamSpec extends PyObject implements WithDefault {
  readonly name: Value;
  bound: Value | undefined = undefined;
  dflt: Value | undefined = undefined;
  evaluateDefault: Value | undefined = undefined;
  covariant = false;
  contravariant = false;
  inferVariance = true;
  constructor(name: Value) {
    super(paramSpecType);
    this.name = name;
  }
}

function paramSpecNew(_t: PyType, args: Value[], kw?: KwNames): Value {
  const [name, bound, dflt, co, contra, infer] = bind(
    "paramspec",
    "name, *, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False",
    args,
    kw,
  );
  const ps = new PyParamSpec(nameArg(name, "paramspec"));
  ps.covariant = flag(co);
  ps.contravariant = flag(contra);
  ps.inferVariance = flag(infer);
  checkVariance(ps.covariant, ps.contravariant, ps.inferVariance);
  if (bound !== undefined && bound !== None) {
    ps.bound = bound;
  }
  ps.dflt = dflt ?? NoDefault;
  setModule(ps, callerModule());
  return ps;
}

paramSpecType.hasDict = paramSpecType.hasWeakref = true;
setSpec(paramSpecType, {
  doc:
    "Parameter specification variable.\n\nMade by the type parameter syntax with two stars\n(type IntFunc[**P] = Callable[P, int]) or by a call: ParamSpec('P'),\nParamSpec('P', default=[int, str]).\n\nStands for the parameters of a callable: in Concatenate, as the first\nargument of Callable, or as a parameter of a generic class. P.args and\nP.kwargs annotate the *args and **kwargs of a function that passes them on.\n",
  slots: {
    tp_new: paramSpecNew,
    tp_repr: (t) => variance(t as PyParamSpec),
    nb_or: (a, b) => unionFrom([a, b]),
  },
  methods: {
    __typing_subst__: [
      "arg, /",
      "",
      (t: PyParamSpec, arg: Value) => typing("_paramspec_subst", t, arg),
    ],
    __typing_prepare_subst__: [
      "alias, args, /",
      "",
      (t: PyParamSpec, alias: Value, args: Value) => typing("_paramspec_prepare_subst", t, alias, args),
    ],
    has_default: HAS_DEFAULT,
    __reduce__: REDUCE,
    __mro_entries__: noSubclass("ParamSpec"),
  },
  members: {
    __name__: (t: PyParamSpec) => t.name,
    __bound__: (t: PyParamSpec) => t.bound ?? None,
    __covariant__: (t: PyParamSpec) => t.covariant,
    __contravariant__: (t: PyParamSpec) => t.contravariant,
    __infer_variance__: (t: PyParamSpec) => t.inferVariance,
  },
  getset: {
    args: [
      (t: PyParamSpec) => new PyParamSpecPart(paramSpecArgsType, t),
      undefined,
      "Represents positional arguments.",
    ],
    kwargs: [
      (t: PyParamSpec) => new PyParamSpecPart(paramSpecKwargsType, t),
      undefined,
      "Represents keyword arguments.",
    ],
    __default__: [
      defaultOf,
      undefined,
      "The default value for this ParamSpec.",
    ],
    evaluate_default: evaluateDefault,
  },
  attrs: typingModule,
});

/** `P.args` or `P.kwargs`. */
class PyParamSpecPart extends PyObject {
  constructor(cls: PyType, readonly origin: Value) {
    super(cls);
  }
}
function partSpec(part: string, type: string): TypeSpec {
  return {
    doc:
      `The ${part} for a ParamSpec object.\n\nGiven a ParamSpec object P, P.${part} is an instance of ${type};\nits __origin__ is P. It has no meaning at run time beyond introspection.\n`,
    unhashable: true,
    slots: {
      tp_new: (t, args, kw) =>
        new PyParamSpecPart(
          t,
          bind(type.toLowerCase(), "origin", args, kw)[0]!,
        ),
      tp_repr: (self) => {
        const o = (self as PyParamSpecPart).origin;
        return joinStrs([
          o instanceof PyParamSpec ? strValue(o.name) : reprStr(o),
          ".",
          part,
        ]);
      },
      tp_richcompare: (a, b, op) => {
        if (typeOf(a) !== typeOf(b) || (op !== EQ && op !== NE)) {
          return NotImplemented;
        }
        return richCompare(
          (a as PyParamSpecPart).origin,
          (b as PyParamSpecPart).origin,
          op,
        );
      },
    },
    methods: { __mro_entries__: noSubclass(type) },
    members: { __origin__: (p: PyParamSpecPart) => p.origin },
    attrs: typingModule,
  };
}
paramSpecArgsType.hasWeakref = paramSpecKwargsType.hasWeakref = true;
setSpec(paramSpecArgsType, partSpec("args", "ParamSpecArgs"));
setSpec(paramSpecKwargsType, partSpec("kwargs", "ParamSpecKwargs"));

// ---- TypeVarTuple ---------------------------------------------------------------------------

export class PyTypeVarTuple extends PyObject implements WithDefault {
  readonly name: Value;
  dflt: Value | undefined = undefined;
  evaluateDefault: Value | undefined = undefined;
  constructor(name: Value) {
    super(typeVarTupleType);
    this.name = name;
  }
}

function unpack(v: Value): Value {
  return getItem(getAttr(cur.interp.importModule("typing"), "Unpack"), v);
}
/** Iterating over it gives `Unpack[it]` once, which makes `*Ts` work. */
function unpackIter(v: Value): Value {
  return getIter(new PyTuple([unpack(v)]));
}

typeVarTupleType.hasDict = typeVarTupleType.hasWeakref = true;
setSpec(typeVarTupleType, {
  doc:
    "Type variable tuple: a type variable that stands for any number of types.\n\nMade by the type parameter syntax with one star\n(class Array[*Shape]: ...) or by a call: TypeVarTuple('Ts'),\nTypeVarTuple('Ts', default=(str, int)). A class with one takes any number\nof type arguments in its place. See PEP 646.\n",
  slots: {
    tp_new: (_t, args, kw) => {
      const [name, dflt] = bind(
        "typevartuple",
        "name, *, default=typing.NoDefault",
        args,
        kw,
      );
      const t = new PyTypeVarTuple(nameArg(name, "typevartuple"));
      t.dflt = dflt ?? NoDefault;
      setModule(t, callerModule());
      return t;
    },
    tp_repr: (t) => (t as PyTypeVarTuple).name,
    tp_iter: unpackIter,
  },
  methods: {
    __typing_subst__: ["arg, /", "", () => {
      throw typeError("Substitution of bare TypeVarTuple is not supported");
    }],
    __typing_prepare_subst__: [
      "alias, args, /",
      "",
      (t: PyTypeVarTuple, alias: Value, args: Value) => typing("_typevartuple_prepare_subst", t, alias, args),
    ],
    __reduce__: REDUCE,
    has_default: HAS_DEFAULT,
    __mro_entries__: noSubclass("TypeVarTuple"),
  },
  members: { __name__: (t: PyTypeVarTuple) => t.name },
  getset: {
    __default__: [
      defaultOf,
      undefined,
      "The default value for this TypeVarTuple.",
    ],
    evaluate_default: evaluateDefault,
  },
  attrs: typingModule,
});

/** Type parameters as Generic takes them: TypeVarTuples unpacked. */
export function unpackTypeVarTuples(params: PyTuple): PyTuple {
  if (!params.items.some((p) => p instanceof PyTypeVarTuple)) return params;
  return new PyTuple(
    params.items.map((p) => p instanceof PyTypeVarTuple ? unpack(p) : p),
  );
}

// ---- TypeAliasType --------------------------------------------------------------------------

export class PyTypeAlias extends PyObject {
  constructor(
    readonly name: Value,
    readonly typeParams: PyTuple | undefined,
    readonly computeValue: Value | undefined,
    public value: Value | undefined,
    readonly module: Value | undefined,
  ) {
    super(typeAliasType);
  }
}

function checkTypeParams(params: PyTuple): PyTuple | undefined {
  if (params.items.length === 0) return undefined;
  let seen = false;
  for (const p of params.items) {
    if (
      !(p instanceof PyTypeVar || p instanceof PyParamSpec ||
        p instanceof PyTypeVarTuple)
    ) {
      throw typeError(`Expected a type param, got ${utf16(reprStr(p))}`);
    }
    if (defaultOf(p) !== NoDefault) seen = true;
    else if (seen) {
      throw typeError(
        `non-default type parameter '${utf16(reprStr(p))}' follows default type parameter`,
      );
    }
  }
  return params;
}

setSpec(typeAliasType, {
  doc:
    "Type alias.\n\nMade by the type statement: type Alias = int, type Pair[T] = tuple[T, T].\n__name__ is its name, __type_params__ its type parameters, and __value__\nits value, which is evaluated when it is first asked for. See PEP 695.\n",
  slots: {
    tp_new: (_t, args, kw) => {
      const [name, value, params] = bind(
        "typealias",
        "name, value, *, type_params=()",
        args,
        kw,
      );
      nameArg(name, "typealias");
      if (params !== undefined && !(params instanceof PyTuple)) {
        throw typeError("type_params must be a tuple");
      }
      const checked = params === undefined ? undefined : checkTypeParams(params);
      return new PyTypeAlias(name!, checked, undefined, value, callerModule());
    },
    tp_repr: (t) => (t as PyTypeAlias).name,
    tp_iter: unpackIter,
    nb_or: (a, b) => unionOf(a, b),
    mp_subscript: (self, item) => {
      if ((self as PyTypeAlias).typeParams === undefined) {
        throw typeError("Only generic type aliases are subscriptable");
      }
      return genericAlias(self, item);
    },
  },
  methods: { __reduce__: REDUCE },
  members: { __name__: (t: PyTypeAlias) => t.name },
  getset: {
    __parameters__: [
      (t: PyTypeAlias) => t.typeParams === undefined ? new PyTuple([]) : unpackTypeVarTuples(t.typeParams),
    ],
    __type_params__: [(t: PyTypeAlias) => t.typeParams ?? new PyTuple([])],
    __value__: [(t: PyTypeAlias) => t.value ??= call0(t.computeValue!)],
    evaluate_value: [(t: PyTypeAlias) => evaluator(t.computeValue, t.value)],
    __module__: [(t: PyTypeAlias) => {
      if (t.module !== undefined) return t.module;
      const f = t.computeValue as unknown as { module?: Value } | undefined;
      return f?.module ?? None;
    }],
  },
});

// ---- Generic --------------------------------------------------------------------------------

function forwardTo(name: string): MethodDef[2] {
  return (cls: PyType, args: Value[], kw?: KwNames) =>
    call(getAttr(cur.interp.importModule("typing"), name), [cls, ...args], kw);
}
setSpec(genericType, {
  doc:
    "Abstract base class for generic types.\n\nA class with a list of type parameters after its name inherits from it:\nclass Mapping[KT, VT]: ...; older code names it as a base,\nclass Mapping(Generic[KT, VT]): ...\n",
  methods: {
    __class_getitem__: [
      "*args, **kwargs",
      "Parameterizes a generic class: Foo[int] calls it with int; so does the definition of class Foo[T].",
      forwardTo("_generic_class_getitem"),
      M_CLASS | M_VECTOR | M_NOSIG,
    ],
    __init_subclass__: [
      "*args, **kwargs",
      "Function to initialize subclasses.",
      forwardTo("_generic_init_subclass"),
      M_CLASS | M_VECTOR | M_NOSIG,
    ],
  },
  attrs: typingModule,
});
