// CPython 3.14: Modules/_decimal/_decimal.c (Context, ContextManager)
//
// The Context type: its attributes, and the arithmetic as methods on operands that are converted.

import {
  builtinType,
  type Int,
  type KwNames,
  M_NOSIG,
  M_VECTOR,
  type MethodDef,
  None,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_DISALLOW_NEW,
  TF_FROM_SPEC,
  type Value,
} from "../core/objects/object.ts";
import { isStr, strValue } from "../core/objects/abstract.ts";
import { genericGetAttr, genericSetAttr } from "../core/objects/attr.ts";
import { attributeError, typeError, valueError } from "../core/objects/errors.ts";
import { checkTuple, parseKeywords } from "./getargs.ts";
import { noKeywords } from "./native_new.ts";
import { DecCtx, PyDecimal } from "./_decimal_number.ts";
import * as A from "./_decimal_arith.ts";
import * as C from "./_decimal_compare.ts";
import * as M from "./_decimal_math.ts";
import { toText } from "./_decimal_text.ts";
import { create, fromFloat, operand } from "./_decimal_convert.ts";
import {
  addStatus,
  contextType,
  currentContext,
  flagsOfDict,
  flagsOfList,
  PyDecContext,
  setCurrentContext,
  signalList,
  signalNames,
  ssizeOf,
  state,
} from "./_decimal_state.ts";

/** Names of the rounding modes, by number. */
export const ROUNDINGS = [
  "ROUND_UP",
  "ROUND_DOWN",
  "ROUND_CEILING",
  "ROUND_FLOOR",
  "ROUND_HALF_UP",
  "ROUND_HALF_DOWN",
  "ROUND_HALF_EVEN",
  "ROUND_05UP",
];
/** The number of a rounding mode. */
export function roundingOf(v: Value): number {
  const i = isStr(v) ? ROUNDINGS.indexOf(strValue(v) as string) : -1;
  if (i < 0) {
    throw typeError(
      "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n" +
        "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]",
    );
  }
  return i;
}
/** The context that an optional argument gives. */
export function contextArg(v: Value | undefined): PyDecContext {
  if (v === undefined || v === None) return currentContext();
  if (v instanceof PyDecContext) return v;
  throw typeError("optional argument must be a context");
}

// ---- attributes ------------------------------------------------------------------------------

function inRange(v: Value, low: Int, high: Int, text: string): Int {
  const n = ssizeOf(v);
  if (n < low || n > high) throw valueError(text);
  return n;
}
const LIMIT = 999999999999999999n;
type Setter = (x: PyDecContext, v: Value) => void;
const SETTERS: Record<string, Setter> = {
  prec: (x, v) => x.c.prec = inRange(v, 1, LIMIT, "valid range for prec is [1, MAX_PREC]"),
  rounding: (x, v) => x.c.round = roundingOf(v),
  Emin: (x, v) => x.c.emin = inRange(v, -LIMIT, 0, "valid range for Emin is [MIN_EMIN, 0]"),
  Emax: (x, v) => x.c.emax = inRange(v, 0, LIMIT, "valid range for Emax is [0, MAX_EMAX]"),
  capitals: (x, v) => x.capitals = Number(inRange(v, 0, 1, "valid values for capitals are 0 or 1")),
  clamp: (x, v) => x.c.clamp = Number(inRange(v, 0, 1, "valid values for clamp are 0 or 1")),
  traps: (x, v) => x.c.traps = v instanceof PyList ? flagsOfList(v) : flagsOfDict(v),
  flags: (x, v) => x.c.status = v instanceof PyList ? flagsOfList(v) : flagsOfDict(v),
};
const PARAMS = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"];
/** The order in which a constructor's arguments are checked. */
const ORDER = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp", "traps", "flags"];
function setAll(x: PyDecContext, values: (Value | undefined)[]): void {
  for (const name of ORDER) {
    const v = values[PARAMS.indexOf(name)];
    if (v !== undefined && v !== None) SETTERS[name](x, v);
  }
}

// ---- methods ---------------------------------------------------------------------------------

function unary(doc: string, f: A.Unary): MethodDef {
  return ["x, /", doc, (x: PyDecContext, v: Value) => {
    const c = x.c, a = operand(v, c);
    c.work = 0;
    const r = f(a, c);
    if (c.work !== 0) addStatus(c, c.work);
    return r;
  }];
}
function two(name: string, doc: string, f: (a: PyDecimal, b: PyDecimal, c: DecCtx) => Value): MethodDef {
  return ["x, y, /", doc, (x: PyDecContext, args: Value[], kwnames?: KwNames) => {
    noKeywords(name, kwnames);
    checkTuple(args.length, 2, 2);
    const c = x.c, a = operand(args[0], c), b = operand(args[1], c);
    c.work = 0;
    const r = f(a, b, c);
    if (c.work !== 0) addStatus(c, c.work);
    return r;
  }, M_VECTOR];
}
function test(doc: string, f: (a: PyDecimal, c: DecCtx) => boolean): MethodDef {
  return ["x, /", doc, (x: PyDecContext, v: Value) => f(operand(v, x.c), x.c)];
}
function needDecimal(v: Value): PyDecimal {
  if (v instanceof PyDecimal) return v;
  throw typeError("argument must be a Decimal");
}
export function pair(r: [PyDecimal, PyDecimal]): PyTuple {
  return new PyTuple(r);
}

function methods(): Record<string, MethodDef> {
  const binary: [string, string, (a: PyDecimal, b: PyDecimal, c: DecCtx) => Value][] = [
    ["add", "The sum of x and y.", A.add],
    ["compare", "Compare x and y: -1, 0, 1 or NaN as a Decimal.", C.compare],
    ["compare_signal", "Compare x and y; all NaNs signal.", C.compareSignal],
    ["divide", "x divided by y.", A.divide],
    ["divide_int", "x divided by y, truncated to an integer.", A.divideInt],
    ["divmod", "Quotient and remainder.", (a, b, c) => pair(A.divmod(a, b, c))],
    ["max", "The larger of x and y.", C.max],
    ["max_mag", "The one of x and y with the larger magnitude.", C.maxMag],
    ["min", "The smaller of x and y.", C.min],
    ["min_mag", "The one of x and y with the smaller magnitude.", C.minMag],
    ["multiply", "The product of x and y.", A.multiply],
    ["next_toward", "The number next to x in the direction of y.", C.nextToward],
    ["quantize", "x rounded to the exponent of y.", A.quantize],
    ["remainder", "The remainder of the integer division, with the sign of x.", A.remainder],
    ["remainder_near", "x - y * n, where n is the integer nearest to x / y.", A.remainderNear],
    ["subtract", "The difference of x and y.", A.subtract],
  ];
  const last: [string, string, (a: PyDecimal, b: PyDecimal, c: DecCtx) => Value][] = [
    ["compare_total", "Compare x and y in the total order.", C.compareTotal],
    ["compare_total_mag", "Compare the magnitudes of x and y in the total order.", C.compareTotalMag],
    ["copy_sign", "x with the sign of y.", C.copySign],
    ["logical_and", "Digit-wise and of x and y.", C.logicalAnd],
    ["logical_or", "Digit-wise or of x and y.", C.logicalOr],
    ["logical_xor", "Digit-wise exclusive or of x and y.", C.logicalXor],
    ["rotate", "x with its digits rotated by y places.", C.rotate],
    ["same_quantum", "Whether x and y have the same exponent.", C.sameQuantum],
    ["scaleb", "x with y added to its exponent.", C.scaleb],
    ["shift", "x with its digits shifted by y places.", C.shift],
  ];
  const bin = (list: typeof binary) => Object.fromEntries(list.map(([n, d, f]) => [n, two(n, d, f)]));
  return {
    abs: unary("The absolute value of x.", A.abs),
    exp: unary("e ** x.", M.exp),
    ln: unary("The natural logarithm of x.", M.ln),
    log10: unary("The logarithm of x to base 10.", M.log10),
    minus: unary("-x, rounded.", A.minus),
    next_minus: unary("The largest number smaller than x.", A.nextMinus),
    next_plus: unary("The smallest number larger than x.", A.nextPlus),
    normalize: unary("x without trailing zeros.", A.reduce),
    plus: unary("x, rounded.", A.plus),
    to_integral: unary("Same as to_integral_value(x).", A.toIntegralValue),
    to_integral_exact: unary("x rounded to an integer; signals when that changes it.", A.toIntegralExact),
    to_integral_value: unary("x rounded to an integer.", A.toIntegralValue),
    sqrt: unary("The square root of x.", A.sqrt),
    ...bin(binary),
    power: ["a, b, modulo=None", "a ** b, reduced by a modulus if one is given.", power, M_VECTOR],
    fma: ["x, y, z, /", "x * y + z with one rounding.", (x: PyDecContext, args: Value[], kwnames?: KwNames) => {
      noKeywords("fma", kwnames);
      checkTuple(args.length, 3, 3);
      const c = x.c, a = operand(args[0], c), b = operand(args[1], c), d = operand(args[2], c);
      c.work = 0;
      const r = A.fma(a, b, d, c);
      if (c.work !== 0) addStatus(c, c.work);
      return r;
    }, M_VECTOR],
    Etiny: ["", "The smallest exponent of a subnormal number.", (x: PyDecContext) => x.c.etiny()],
    Etop: ["", "The exponent of the largest numbers with all digits.", (x: PyDecContext) => x.c.etop()],
    radix: ["", "Decimal(10).", () => new PyDecimal(false, 10, 0)],
    is_canonical: ["x, /", "True: all Decimals are canonical.", (_x: PyDecContext, v: Value) => {
      needDecimal(v);
      return true;
    }],
    is_finite: test("Whether x is finite.", (a) => a.kind === 0),
    is_infinite: test("Whether x is infinite.", (a) => a.kind === 1),
    is_nan: test("Whether x is a NaN.", (a) => a.kind >= 2),
    is_normal: test("Whether x is a normal number.", C.isNormal),
    is_qnan: test("Whether x is a quiet NaN.", (a) => a.kind === 2),
    is_signed: test("Whether x is negative.", (a) => a.neg),
    is_snan: test("Whether x is a signalling NaN.", (a) => a.kind === 3),
    is_subnormal: test("Whether x is subnormal.", C.isSubnormal),
    is_zero: test("Whether x is a zero.", (a) => a.isZero),
    _apply: ["object, /", "x in the bounds of the context.", (x: PyDecContext, v: Value) => {
      const c = x.c, a = operand(v, c);
      c.work = 0;
      const r = A.apply(a, c);
      if (c.work !== 0) addStatus(c, c.work);
      return r;
    }],
    canonical: ["x, /", "x itself.", (_x: PyDecContext, v: Value) => needDecimal(v)],
    copy_abs: unary("x without its sign.", copyAbs),
    copy_decimal: ["x, /", "x as a Decimal.", (x: PyDecContext, v: Value) => operand(v, x.c)],
    copy_negate: unary("x with the other sign.", copyNegate),
    logb: unary("The exponent of the first digit of x.", C.logb),
    logical_invert: unary("Digit-wise inversion of x.", C.logicalInvert),
    number_class: [
      "x, /",
      "What kind of number x is.",
      (x: PyDecContext, v: Value) => C.numberClass(operand(v, x.c), x.c),
    ],
    to_sci_string: [
      "x, /",
      "x in scientific notation.",
      (x: PyDecContext, v: Value) => toText(operand(v, x.c), x.capitals === 1),
    ],
    to_eng_string: [
      "x, /",
      "x in engineering notation.",
      (x: PyDecContext, v: Value) => toText(operand(v, x.c), x.capitals === 1, true),
    ],
    ...bin(last),
    clear_flags: ["", "Clear all flags.", (x: PyDecContext) => {
      x.c.status = 0;
      return None;
    }],
    clear_traps: ["", "Clear all traps.", (x: PyDecContext) => {
      x.c.traps = 0;
      return None;
    }],
    __copy__: ["", "", (x: PyDecContext) => x.copy()],
    __reduce__: ["", "", (x: PyDecContext) => {
      const c = x.c;
      return new PyTuple([
        x.cls,
        new PyTuple([
          c.prec,
          ROUNDINGS[c.round],
          c.emin,
          c.emax,
          x.capitals,
          c.clamp,
          signalList(c.status),
          signalList(c.traps),
        ]),
      ]);
    }],
    copy: ["", "A copy of the context.", (x: PyDecContext) => x.copy()],
    create_decimal: [
      'num="0", /',
      "A Decimal from num, rounded to the context.",
      (x: PyDecContext, args: Value[], kwnames?: KwNames) => {
        noKeywords("create_decimal", kwnames);
        checkTuple(args.length, 0, 1);
        return create(args[0], x.c);
      },
      M_VECTOR,
    ],
    create_decimal_from_float: [
      "f, /",
      "A Decimal from a float, rounded to the context.",
      (x: PyDecContext, v: Value) => fromFloat(v, x.c),
    ],
  };
}
export function copyAbs(a: PyDecimal): PyDecimal {
  const r = a.copy();
  r.neg = false;
  return r;
}
export function copyNegate(a: PyDecimal): PyDecimal {
  const r = a.copy();
  r.neg = !a.neg;
  return r;
}
function power(x: PyDecContext, args: Value[], kwnames?: KwNames): Value {
  const [av, bv, mv] = parseKeywords(args, kwnames, ["a", "b", "modulo"], 2);
  const c = x.c, a = operand(av!, c), b = operand(bv!, c);
  const m = mv === undefined || mv === None ? undefined : operand(mv, c);
  c.work = 0;
  const r = m === undefined ? M.power(a, b, c) : M.powerMod(a, b, m, c);
  if (c.work !== 0) addStatus(c, c.work);
  return r;
}

contextType.flags |= TF_FROM_SPEC;
let memo: Record<string, MethodDef> | undefined;
const attribute = (
  get: (x: PyDecContext) => Value,
  name: string,
): [typeof get, (x: PyDecContext, v?: Value) => void] => [
  get,
  (x, v) => SETTERS[name](x, v!),
];
setSpec(contextType, {
  doc: "Precision, rounding, limits, flags and traps of decimal arithmetic.\n\n" +
    "What is not given is taken from DefaultContext.\n\n>>> Context(prec=5).divide(1, 7)\nDecimal('0.14286')",
  sig: "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)",
  module: "decimal",
  slots: {
    tp_new: (type) => {
      const x = new PyDecContext(state().templates.Default.c.clone(), type);
      return x;
    },
    tp_init: (self, args, kwnames) => setAll(self as PyDecContext, parseKeywords(args, kwnames, PARAMS)),
    tp_repr: (self) => {
      const x = self as PyDecContext, c = x.c;
      return `Context(prec=${c.prec}, rounding=${ROUNDINGS[c.round]}, Emin=${c.emin}, Emax=${c.emax}, ` +
        `capitals=${x.capitals}, clamp=${c.clamp}, flags=${signalNames(c.status)}, traps=${signalNames(c.traps)})`;
    },
    tp_getattro: (self, name) => {
      if (name === "traps" || name === "flags") return (self as PyDecContext).signals(name === "traps");
      return genericGetAttr(self, name);
    },
    tp_setattro: (self, name, v) => {
      if (v === undefined) throw attributeError("context attributes cannot be deleted", self, name);
      const x = self as PyDecContext;
      if (name === "traps") x.c.traps = flagsOfDict(v);
      else if (name === "flags") x.c.status = flagsOfDict(v);
      else genericSetAttr(self, name, v);
    },
  },
  get methods() {
    return memo ??= methods();
  },
  getset: {
    prec: attribute((x) => x.c.prec, "prec"),
    Emax: attribute((x) => x.c.emax, "Emax"),
    Emin: attribute((x) => x.c.emin, "Emin"),
    rounding: attribute((x) => ROUNDINGS[x.c.round], "rounding"),
    capitals: attribute((x) => x.capitals, "capitals"),
    clamp: attribute((x) => x.c.clamp, "clamp"),
  },
});

// ---- localcontext ----------------------------------------------------------------------------

const managerType: PyType = builtinType("decimal.ContextManager", undefined, true);
managerType.flags |= TF_DISALLOW_NEW | TF_FROM_SPEC;

class PyContextManager extends PyObject {
  constructor(readonly local: PyDecContext, readonly global: PyDecContext) {
    super(managerType);
  }
}
setSpec(managerType, {
  slots: {},
  methods: {
    __enter__: ["", "", (m: PyContextManager) => {
      setCurrentContext(m.local);
      return m.local;
    }],
    __exit__: ["*args", "", (m: PyContextManager) => {
      setCurrentContext(m.global);
      return None;
    }, M_NOSIG],
  },
});
/** `localcontext()` */
export function localContext(args: Value[], kwnames?: KwNames): Value {
  const global = currentContext();
  const values = parseKeywords(args, kwnames, ["ctx", ...PARAMS]);
  const local = values[0] === undefined || values[0] === None ? global : contextArg(values[0]);
  const m = new PyContextManager(local.copy(), global);
  setAll(m.local, values.slice(1));
  return m;
}
/** `IEEEContext()`: the context of an interchange format. */
export function ieeeContext(v: Value): Value {
  const bits = ssizeOf(v);
  if (bits <= 0 || bits > 512 || Number(bits) % 32 !== 0) {
    throw valueError("argument must be a multiple of 32, with a maximum of 512");
  }
  const n = Number(bits), c = new DecCtx();
  c.prec = 9 * (n / 32) - 2;
  c.emax = 3 * 2 ** (n / 16 + 3);
  c.emin = 1 - c.emax;
  c.traps = 0;
  c.clamp = 1;
  return new PyDecContext(c);
}
