// CPython 3.14: Modules/_decimal/_decimal.c (signals, the current context)
//
// What the module keeps per Interpreter: the exception types, the SignalDict type (made at run time: it is
// a MutableMapping), DecimalTuple, the context templates, and the context variable with the current context.
// A context's flags and traps are bit sets in its DecCtx; the SignalDicts are views on them.

import {
  builtinType,
  EQ,
  type Int,
  NE,
  NotImplemented,
  PyList,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  TF_FROM_SPEC,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import { call, callMethod, getAttr, getIter, intValue, isInt, isTrue } from "../core/objects/abstract.ts";
import { keyError, newErrorArgs, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { newClass } from "../core/objects/type_new.ts";
import { contextVarGet, contextVarSet, PyContextVar } from "./_contextvars.ts";
import {
  CLAMPED,
  CONVERSION_SYNTAX,
  DecCtx,
  decimalType,
  DIVISION_BY_ZERO,
  DIVISION_IMPOSSIBLE,
  DIVISION_UNDEFINED,
  FLOAT_OPERATION,
  IEEE_INVALID,
  INEXACT,
  INVALID_CONTEXT,
  INVALID_OPERATION,
  OVERFLOW,
  ROUND_HALF_UP,
  ROUNDED,
  SUBNORMAL,
  UNDERFLOW,
} from "./_decimal_number.ts";

export const contextType: PyType = builtinType("decimal.Context");

/** A context. */
export class PyDecContext extends PyObject {
  readonly c: DecCtx;
  capitals = 1;
  flags: PySignalDict | undefined = undefined;
  traps: PySignalDict | undefined = undefined;
  constructor(c: DecCtx, cls: PyType = contextType) {
    super(cls);
    this.c = c;
  }
  copy(): PyDecContext {
    const r = new PyDecContext(this.c.clone());
    r.capitals = this.capitals;
    return r;
  }
  /** The view on the flags or on the traps. */
  signals(traps: boolean): PySignalDict {
    if (traps) return this.traps ??= new PySignalDict(this.c, true);
    return this.flags ??= new PySignalDict(this.c, false);
  }
}

// ---- signals ---------------------------------------------------------------------------------

interface Signal {
  readonly name: string;
  readonly flag: number;
}
/** The signals in their order. */
export const SIGNALS: readonly Signal[] = [
  { name: "InvalidOperation", flag: IEEE_INVALID },
  { name: "FloatOperation", flag: FLOAT_OPERATION },
  { name: "DivisionByZero", flag: DIVISION_BY_ZERO },
  { name: "Overflow", flag: OVERFLOW },
  { name: "Underflow", flag: UNDERFLOW },
  { name: "Subnormal", flag: SUBNORMAL },
  { name: "Inexact", flag: INEXACT },
  { name: "Rounded", flag: ROUNDED },
  { name: "Clamped", flag: CLAMPED },
];
/** The conditions that are kinds of InvalidOperation. */
const CONDITIONS: readonly Signal[] = [
  { name: "InvalidOperation", flag: INVALID_OPERATION },
  { name: "ConversionSyntax", flag: CONVERSION_SYNTAX },
  { name: "DivisionImpossible", flag: DIVISION_IMPOSSIBLE },
  { name: "DivisionUndefined", flag: DIVISION_UNDEFINED },
  { name: "InvalidContext", flag: INVALID_CONTEXT },
];
const SIGNAL_TEXT = "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n" +
  "   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]";

interface DecState {
  exceptions: Map<string, PyType>;
  variable: PyContextVar;
  templates: { Default: PyDecContext; Basic: PyDecContext; Extended: PyDecContext };
  signalDict: PyType | undefined;
  signalTuple: PyTuple;
  tuple: Value | undefined;
  rational: Value | undefined;
}
const KEY = {};
function makeState(): DecState {
  const exceptions = new Map<string, PyType>();
  const make = (name: string, bases: PyType[]): PyType => {
    const d = new PyDict();
    d.setStr("__module__", "decimal");
    const t = newClass(typeType, name, bases, d);
    exceptions.set(name, t);
    return t;
  };
  const base = make("DecimalException", [X.ArithmeticError]);
  make("Clamped", [base]);
  const rounded = make("Rounded", [base]), inexact = make("Inexact", [base]);
  const subnormal = make("Subnormal", [base]);
  make("Underflow", [inexact, rounded, subnormal]);
  make("Overflow", [inexact, rounded]);
  make("DivisionByZero", [base, X.ZeroDivisionError]);
  make("FloatOperation", [base, X.TypeError]);
  const bad = make("InvalidOperation", [base]);
  make("ConversionSyntax", [bad]);
  make("DivisionImpossible", [bad]);
  make("DivisionUndefined", [bad, X.ZeroDivisionError]);
  make("InvalidContext", [bad]);
  const Default = new PyDecContext(new DecCtx());
  const basic = new DecCtx(), extended = new DecCtx();
  basic.prec = extended.prec = 9;
  basic.traps |= UNDERFLOW | CLAMPED;
  basic.round = ROUND_HALF_UP;
  extended.traps = 0;
  return {
    exceptions,
    variable: new PyContextVar("decimal_context"),
    templates: { Default, Basic: new PyDecContext(basic), Extended: new PyDecContext(extended) },
    signalDict: undefined,
    signalTuple: new PyTuple(SIGNALS.map((s) => exceptions.get(s.name)!)),
    tuple: undefined,
    rational: undefined,
  };
}
export function state(): DecState {
  return interpStore(KEY, makeState);
}
export function exception(name: string): PyType {
  return state().exceptions.get(name)!;
}

/** Notes conditions in a context; raises the first that is trapped. */
export function addStatus(c: DecCtx, conditions: number): void {
  c.status |= conditions;
  const trapped = c.traps & conditions;
  if (trapped !== 0) throw signalled(trapped);
}
function signalled(trapped: number): PyObject {
  const types = state().exceptions;
  const list: Value[] = [];
  for (const s of CONDITIONS) if ((trapped & s.flag) !== 0) list.push(types.get(s.name)!);
  for (let i = 1; i < SIGNALS.length; i++) {
    if ((trapped & SIGNALS[i].flag) !== 0) list.push(types.get(SIGNALS[i].name)!);
  }
  const first = SIGNALS.find((s) => (trapped & s.flag) !== 0)!;
  return newErrorArgs(types.get(first.name)!, [new PyList(list)]);
}

function flagOf(key: Value): number {
  const i = state().signalTuple.items.indexOf(key);
  if (i < 0) throw keyError(SIGNAL_TEXT);
  return SIGNALS[i].flag;
}
/** The bits of a list of signals. */
export function flagsOfList(list: PyList): number {
  let bits = 0;
  for (const v of list.items) bits |= flagOf(v);
  return bits;
}
/** The bits of a dict or SignalDict. */
export function flagsOfDict(v: Value): number {
  if (v instanceof PySignalDict) return v.bits;
  if (!(v instanceof PyDict)) throw typeError("argument must be a signal dict");
  const keys = state().signalTuple.items;
  if (v.size !== keys.length) throw keyError("invalid signal dict");
  let bits = 0;
  keys.forEach((k, i) => {
    const b = v.get(k);
    if (b === undefined) throw keyError("invalid signal dict");
    if (isTrue(b)) bits |= SIGNALS[i].flag;
  });
  return bits;
}
/** The signals that are set, as a list. */
export function signalList(bits: number): PyList {
  const keys = state().signalTuple.items;
  return new PyList(keys.filter((_k, i) => (bits & SIGNALS[i].flag) !== 0));
}
/** Names of the signals that are set, in the order of libmpdec's bits. */
export function signalNames(bits: number): string {
  const out: string[] = [];
  let invalid = false;
  for (let f = 1; f <= UNDERFLOW; f <<= 1) {
    if ((bits & f) === 0) continue;
    if ((f & IEEE_INVALID) !== 0) {
      if (invalid) continue;
      invalid = true;
    }
    out.push(SIGNALS.find((s) => (s.flag & f) !== 0)!.name);
  }
  return `[${out.join(", ")}]`;
}

// ---- SignalDict ------------------------------------------------------------------------------

const mixinType: PyType = builtinType("decimal.SignalDictMixin");
mixinType.flags |= TF_FROM_SPEC;

/** A mapping from signals to whether they are set; without a context it can do nothing. */
export class PySignalDict extends PyObject {
  constructor(readonly c: DecCtx | undefined, readonly traps: boolean, cls: PyType = signalDictType()) {
    super(cls);
  }
  get bits(): number {
    if (this.c === undefined) throw valueError("invalid signal dict");
    return this.traps ? this.c.traps : this.c.status;
  }
  set bits(b: number) {
    if (this.traps) this.c!.traps = b;
    else this.c!.status = b;
  }
}
function signalDictType(): PyType {
  const s = state();
  if (s.signalDict === undefined) {
    const mapping = getAttr(cur.interp.importModule("collections.abc"), "MutableMapping");
    const bases = new PyTuple([mixinType, mapping]);
    s.signalDict = call(typeType, ["SignalDict", bases, new PyDict()]) as PyType;
  }
  return s.signalDict;
}
setSpec(mixinType, {
  unhashable: true,
  slots: {
    tp_new: (cls) => new PySignalDict(undefined, false, cls),
    tp_init: () => {},
    tp_repr: (self) => {
      const bits = (self as PySignalDict).bits;
      const parts = SIGNALS.map((s) => `<class 'decimal.${s.name}'>:${(bits & s.flag) !== 0 ? "True" : "False"}`);
      return `{${parts.join(", ")}}`;
    },
    tp_richcompare: (a, b, op) => {
      const bits = (a as PySignalDict).bits;
      if (op !== EQ && op !== NE) return NotImplemented;
      if (b instanceof PySignalDict) return (b.bits === bits) === (op === EQ);
      if (!(b instanceof PyDict)) return NotImplemented;
      let other: number;
      try {
        other = flagsOfDict(b);
      } catch (e) {
        if (X.isOf(e, X.KeyError)) return NotImplemented;
        throw e;
      }
      return (other === bits) === (op === EQ);
    },
    tp_iter: (self) => {
      void (self as PySignalDict).bits;
      return getIter(state().signalTuple);
    },
    mp_length: (self) => {
      void (self as PySignalDict).bits;
      return SIGNALS.length;
    },
    mp_subscript: (self, key) => {
      const bits = (self as PySignalDict).bits;
      return (bits & flagOf(key)) !== 0;
    },
    mp_ass_subscript: (self, key, value) => {
      const d = self as PySignalDict;
      void d.bits;
      if (value === undefined) throw valueError("signal keys cannot be deleted");
      const flag = flagOf(key);
      d.bits = isTrue(value) ? d.bits | flag : d.bits & ~flag;
    },
  },
  methods: {
    copy: ["", "A dict with the same items.", (self: PySignalDict) => {
      const d = new PyDict(), bits = self.bits;
      state().signalTuple.items.forEach((k, i) => d.set(k, (bits & SIGNALS[i].flag) !== 0));
      return d;
    }],
  },
});

// ---- the current context ---------------------------------------------------------------------

/** The context of the running code. */
export function currentContext(): PyDecContext {
  const s = state();
  const v = contextVarGet(s.variable) as PyDecContext | undefined;
  if (v !== undefined) return v;
  const c = s.templates.Default.copy();
  c.c.status = 0;
  contextVarSet(s.variable, c);
  return c;
}
export function setCurrentContext(v: Value): void {
  if (!(v instanceof PyDecContext)) throw typeError("argument must be a context");
  const s = state(), t = s.templates;
  if (v !== t.Default && v !== t.Basic && v !== t.Extended) return contextVarSet(s.variable, v);
  const copy = v.copy();
  copy.c.status = 0;
  contextVarSet(s.variable, copy);
}

/** An int argument that must fit a C ssize_t (PyLong_AsSsize_t). */
export function ssizeOf(v: Value): Int {
  if (!isInt(v)) throw typeError("an integer is required");
  const n = intValue(v);
  if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) {
    throw overflowError("Python int too large to convert to C ssize_t");
  }
  return n;
}

/** collections.namedtuple("DecimalTuple", ...). */
export function tupleType(): Value {
  const s = state();
  if (s.tuple === undefined) {
    const make = getAttr(cur.interp.importModule("collections"), "namedtuple");
    s.tuple = call(make, ["DecimalTuple", "sign digits exponent"]);
    (s.tuple as PyType).tdict!.setStr("__module__", "decimal");
  }
  return s.tuple;
}
/** numbers.Rational. */
export function rationalType(): Value {
  const s = state();
  return s.rational ??= getAttr(cur.interp.importModule("numbers"), "Rational");
}
/** Makes Decimal a numbers.Number, as the module does when it is imported. */
export function registerNumber(): void {
  callMethod(getAttr(cur.interp.importModule("numbers"), "Number"), "register", decimalType);
  signalDictType();
}
