// CPython 3.14: Modules/_decimal/_decimal.c (Decimal and the module)
//
// The Decimal type. The arithmetic is in _decimal_arith.ts, _decimal_compare.ts and _decimal_math.ts, on
// the numbers of _decimal_number.ts; contexts and signals are in _decimal_context.ts and _decimal_state.ts.

import {
  type BinaryFn,
  EQ,
  GT,
  type Int,
  type KwNames,
  LE,
  LT,
  M_CLASS,
  M_NOSIG,
  M_VECTOR,
  type MethodDef,
  NE,
  None,
  NotImplemented,
  PyComplex,
  PyFloat,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  TF_FROM_SPEC,
  type UnaryFn,
  type Value,
} from "../core/objects/object.ts";
import { genericGetAttr } from "../core/objects/attr.ts";
import { call, call1, intValue, isInt, isStr, strValue } from "../core/objects/abstract.ts";
import { intGcd, intPowMod, intSub, normInt } from "../core/objects/int_ops.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { hashFromInt, hashInt, hashPointer } from "../core/objects/hash.ts";
import { parseFloatText, signedNaN } from "../core/objects/number_parse.ts";
import { numericLocale } from "../core/objects/format_spec.ts";
import { strLen } from "../core/objects/str_ops.ts";
import { toUtf16 } from "../core/objects/str_wide.ts";
import { PyDict } from "../core/objects/dict.ts";
import { cur } from "../core/objects/state.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { checkTuple, parseKeywords } from "./getargs.ts";
import { noKeywords } from "./native_new.ts";
import {
  type DecCtx,
  decimalType,
  FINITE,
  INF,
  INVALID_OPERATION,
  MAX_EMAX,
  MAX_PREC,
  MIN_EMIN,
  MIN_ETINY,
  PyDecimal,
  QNAN,
  ROUND_CEILING,
  ROUND_DOWN,
  ROUND_FLOOR,
  ROUND_HALF_EVEN,
  shiftLeft,
  shiftRound,
  SNAN,
} from "./_decimal_number.ts";
import * as A from "./_decimal_arith.ts";
import * as C from "./_decimal_compare.ts";
import * as M from "./_decimal_math.ts";
import { formatDecimal, type Override, parseDecimalSpec, toText } from "./_decimal_text.ts";
import { comparands, exactly, floatExact, fromNumber, operand, operandOrNone } from "./_decimal_convert.ts";
import {
  addStatus,
  contextType,
  currentContext,
  exception,
  registerNumber,
  setCurrentContext,
  ssizeOf,
  state,
  tupleType,
} from "./_decimal_state.ts";
import {
  contextArg,
  copyAbs,
  copyNegate,
  ieeeContext,
  localContext,
  pair,
  roundingOf,
  ROUNDINGS,
} from "./_decimal_context.ts";

// ---- operators -------------------------------------------------------------------------------

function operator(f: (a: PyDecimal, b: PyDecimal, c: DecCtx) => Value): BinaryFn {
  return (v, w) => {
    const a = operandOrNone(v);
    if (a === undefined) return NotImplemented;
    const b = operandOrNone(w);
    if (b === undefined) return NotImplemented;
    const c = currentContext().c;
    c.work = 0;
    const r = f(a, b, c);
    if (c.work !== 0) addStatus(c, c.work);
    return r;
  };
}
function unaryOperator(f: A.Unary): UnaryFn {
  return (v) => {
    const c = currentContext().c;
    c.work = 0;
    const r = f(v as PyDecimal, c);
    if (c.work !== 0) addStatus(c, c.work);
    return r;
  };
}
function power(v: Value, w: Value, m: Value): Value {
  const a = operandOrNone(v), b = operandOrNone(w);
  if (a === undefined || b === undefined) return NotImplemented;
  const mod = m === None ? undefined : operandOrNone(m);
  if (m !== None && mod === undefined) return NotImplemented;
  const c = currentContext().c;
  c.work = 0;
  const r = mod === undefined ? M.power(a, b, c) : M.powerMod(a, b, mod, c);
  if (c.work !== 0) addStatus(c, c.work);
  return r;
}

function richCompare(v: Value, w: Value, op: number): Value {
  if (w instanceof PyDecimal && ((v as PyDecimal).kind | w.kind) === 0) return ordered(C.cmp(v as PyDecimal, w), op);
  const c = currentContext().c;
  const sides = comparands(v as PyDecimal, w, op, c);
  if (sides === undefined) return NotImplemented;
  const [a, b] = sides;
  if (a.kind >= QNAN || b.kind >= QNAN) {
    if (a.kind === SNAN || b.kind === SNAN || op !== EQ && op !== NE) addStatus(c, INVALID_OPERATION);
    return op === NE;
  }
  return ordered(C.cmp(a, b), op);
}
function ordered(r: number, op: number): boolean {
  switch (op) {
    case LT:
      return r < 0;
    case LE:
      return r <= 0;
    case EQ:
      return r === 0;
    case NE:
      return r !== 0;
    case GT:
      return r > 0;
  }
  return r >= 0;
}

// ---- conversions -----------------------------------------------------------------------------

/** The integer that a mode rounds to. */
function toInt(d: PyDecimal, round: number): Int {
  if (d.kind !== FINITE) {
    throw d.kind === INF
      ? overflowError("cannot convert Infinity to integer")
      : valueError("cannot convert NaN to integer");
  }
  let n: Int;
  if (d.exp >= 0) n = shiftLeft(d.coef, d.exp);
  else {
    const c = currentContext().c.clone();
    c.round = round;
    n = shiftRound(d.coef, intSub(0, d.exp), d.neg, c);
  }
  return d.neg ? (typeof n === "number" ? 0 - n : -n) : n;
}
function toFloat(d: PyDecimal): number {
  if (d.kind === SNAN) throw valueError("cannot convert signaling NaN to float");
  if (d.kind === QNAN) return signedNaN(d.neg);
  return parseFloatText(toText(d, true))!;
}
function integerRatio(d: PyDecimal): Value {
  if (d.kind !== FINITE) {
    throw d.kind === INF
      ? overflowError("cannot convert Infinity to integer ratio")
      : valueError("cannot convert NaN to integer ratio");
  }
  const sign = (n: Int): Int => d.neg ? (typeof n === "number" ? 0 - n : -n) : n;
  if (d.coef === 0) return new PyTuple([0, 1]);
  if (d.exp >= 0) return new PyTuple([sign(shiftLeft(d.coef, d.exp)), 1]);
  const den = shiftLeft(1, intSub(0, d.exp)), g = BigInt(intGcd(d.coef, den));
  return new PyTuple([sign(normInt(BigInt(d.coef) / g)), normInt(BigInt(den) / g)]);
}
function asTuple(d: PyDecimal): Value {
  let digits: Value[];
  if (d.kind === INF) digits = [0];
  else if (d.kind >= QNAN && d.coef === 0) digits = [];
  else digits = Array.from(String(d.coef), Number);
  const exp = d.kind === INF ? "F" : d.kind === QNAN ? "n" : d.kind === SNAN ? "N" : d.exp;
  return call(tupleType(), [d.neg ? 1 : 0, new PyTuple(digits), exp]);
}

const MODULUS = 2n ** 61n - 1n, TENTH = 2075258708292324556n;
function hashDecimal(d: PyDecimal): number {
  if (d.kind === SNAN) throw typeError("Cannot hash a signaling NaN value");
  if (d.kind === QNAN) return hashPointer(d);
  if (d.kind === INF) return hashInt(d.neg ? -314159 : 314159);
  if (d.exp === 0) return hashInt(d.neg ? intSub(0, d.coef) : d.coef);
  const up = d.exp > 0;
  const p = intPowMod(up ? 10 : TENTH, up ? d.exp : intSub(0, d.exp), MODULUS);
  const h = BigInt(d.coef) * BigInt(p) % MODULUS;
  return hashFromInt(normInt(d.neg ? -h : h));
}

// ---- formatting ------------------------------------------------------------------------------

function overrideOf(d: Value | undefined): Override | undefined {
  if (d === undefined) return undefined;
  if (!(d instanceof PyDict)) throw typeError("optional argument must be a dict");
  const text = (key: string): Str | undefined => {
    const v = d.getStr(key);
    if (v === undefined) return undefined;
    if (!isStr(v)) throw typeError(`bad argument type for built-in operation`);
    return strValue(v);
  };
  const point = text("decimal_point"), sep = text("thousands_sep"), grouping = text("grouping");
  const o: Override = { point, sep };
  if (point !== undefined && (point === "" || strLen(point) > 4) || sep !== undefined && strLen(sep) > 4) {
    throw valueError("invalid override dict");
  }
  if (grouping !== undefined) {
    const sizes = Array.from(toUtf16(grouping), (ch) => ch.charCodeAt(0));
    const end = sizes.indexOf(0);
    o.sizes = end < 0 ? sizes : sizes.slice(0, end);
    if (o.sizes.some((n) => n > 127)) throw valueError("invalid override dict");
  }
  return o;
}
function format(d: PyDecimal, args: Value[], kwnames?: KwNames): Value {
  noKeywords("__format__", kwnames);
  checkTuple(args.length, 1, 2);
  const x = currentContext();
  if (!isStr(args[0])) throw typeError("format arg must be str");
  const text = toUtf16(strValue(args[0]));
  const s = parseDecimalSpec(text, x.capitals === 1, numericLocale, overrideOf(args[1]));
  if (s === undefined) throw valueError("invalid format string");
  if (text.endsWith("N")) {
    cur.interp.warn(
      X.DeprecationWarning,
      "Format specifier 'N' is deprecated and slated for removal in Python 3.18",
      1,
    );
  }
  return formatDecimal(d, s, x.c);
}

// ---- methods ---------------------------------------------------------------------------------

function unary(doc: string, f: A.Unary): MethodDef {
  return ["context=None", doc, (a: PyDecimal, args: Value[], kwnames?: KwNames) => {
    const c = contextArg(parseKeywords(args, kwnames, ["context"])[0]).c;
    c.work = 0;
    const r = f(a, c);
    if (c.work !== 0) addStatus(c, c.work);
    return r;
  }, M_VECTOR];
}
function binary(doc: string, f: (a: PyDecimal, b: PyDecimal, c: DecCtx) => Value): MethodDef {
  return ["other, context=None", doc, (a: PyDecimal, args: Value[], kwnames?: KwNames) => {
    const [other, context] = parseKeywords(args, kwnames, ["other", "context"], 1);
    const c = contextArg(context).c, b = operand(other!, c);
    c.work = 0;
    const r = f(a, b, c);
    if (c.work !== 0) addStatus(c, c.work);
    return r;
  }, M_VECTOR];
}
function withContext(doc: string, f: (a: PyDecimal, c: DecCtx, capitals: boolean) => Value): MethodDef {
  return ["context=None", doc, (a: PyDecimal, args: Value[], kwnames?: KwNames) => {
    const x = contextArg(parseKeywords(args, kwnames, ["context"])[0]);
    return f(a, x.c, x.capitals === 1);
  }, M_VECTOR];
}
function plain(doc: string, f: (a: PyDecimal) => Value): MethodDef {
  return ["", doc, f];
}
/** A copy of the context with the rounding of an argument. */
function rounded(x: DecCtx, rounding: Value | undefined): DecCtx {
  if (rounding === undefined || rounding === None) {
    x.work = 0;
    return x;
  }
  const w = x.clone();
  w.round = roundingOf(rounding);
  return w;
}
function integral(doc: string, f: A.Unary): MethodDef {
  return ["rounding=None, context=None", doc, (a: PyDecimal, args: Value[], kwnames?: KwNames) => {
    const [rounding, context] = parseKeywords(args, kwnames, ["rounding", "context"]);
    const c = contextArg(context).c, w = rounded(c, rounding);
    const r = f(a, w);
    if (w.work !== 0) addStatus(c, w.work);
    return r;
  }, M_VECTOR];
}
function quantize(a: PyDecimal, args: Value[], kwnames?: KwNames): Value {
  const [exp, rounding, context] = parseKeywords(args, kwnames, ["exp", "rounding", "context"], 1);
  const c = contextArg(context).c, w = rounded(c, rounding);
  const r = A.quantize(a, operand(exp!, c), w);
  if (w.work !== 0) addStatus(c, w.work);
  return r;
}
function fma(a: PyDecimal, args: Value[], kwnames?: KwNames): Value {
  const [other, third, context] = parseKeywords(args, kwnames, ["other", "third", "context"], 2);
  const c = contextArg(context).c, b = operand(other!, c), d = operand(third!, c);
  c.work = 0;
  const r = A.fma(a, b, d, c);
  if (c.work !== 0) addStatus(c, c.work);
  return r;
}
function round(a: PyDecimal, args: Value[], kwnames?: KwNames): Value {
  noKeywords("__round__", kwnames);
  checkTuple(args.length, 0, 1);
  const n = args[0];
  if (n === undefined) return toInt(a, ROUND_HALF_EVEN);
  if (!isInt(n)) throw typeError("optional arg must be an integer");
  const c = currentContext().c;
  const exp = intSub(0, ssizeOf(intValue(n)));
  c.work = 0;
  const r = A.quantize(a, new PyDecimal(false, 1, exp), c);
  if (c.work !== 0) addStatus(c, c.work);
  return r;
}
/** A result as an instance of a subclass. */
function ofType(d: PyDecimal, type: Value): Value {
  return type === decimalType ? d : call1(type, d);
}

function methods(): Record<string, MethodDef> {
  return {
    exp: unary("e raised to this number.", M.exp),
    ln: unary("The natural logarithm.", M.ln),
    log10: unary("The logarithm to base 10.", M.log10),
    next_minus: unary("The largest number of the context that is smaller.", A.nextMinus),
    next_plus: unary("The smallest number of the context that is larger.", A.nextPlus),
    normalize: unary("The number without trailing zeros.", A.reduce),
    to_integral: integral("Same as to_integral_value().", A.toIntegralValue),
    to_integral_exact: integral("The nearest integer; signals Inexact and Rounded.", A.toIntegralExact),
    to_integral_value: integral("The nearest integer, without signals.", A.toIntegralValue),
    sqrt: unary("The square root.", A.sqrt),
    compare: binary("Compare with other: -1, 0, 1 or NaN as a Decimal.", C.compare),
    compare_signal: binary("Compare with other; all NaNs signal.", C.compareSignal),
    max: binary("The larger of both numbers.", C.max),
    max_mag: binary("The number with the larger magnitude.", C.maxMag),
    min: binary("The smaller of both numbers.", C.min),
    min_mag: binary("The number with the smaller magnitude.", C.minMag),
    next_toward: binary("The next number in the direction of other.", C.nextToward),
    quantize: [
      "exp, rounding=None, context=None",
      "The number rounded to the exponent of exp.\n\n>>> Decimal('2.7182').quantize(Decimal('0.01'))\nDecimal('2.72')",
      quantize,
      M_VECTOR,
    ],
    remainder_near: binary("The remainder from the nearest multiple of other.", A.remainderNear),
    fma: [
      "other, third, context=None",
      "self * other + third with one rounding.\n\n>>> Decimal(4).fma(6, 1)\nDecimal('25')",
      fma,
      M_VECTOR,
    ],
    is_canonical: plain("True: all Decimals are canonical.", () => true),
    is_finite: plain("Whether the number is finite.", (a) => a.kind === FINITE),
    is_infinite: plain("Whether the number is infinite.", (a) => a.kind === INF),
    is_nan: plain("Whether the number is a NaN.", (a) => a.kind >= QNAN),
    is_qnan: plain("Whether the number is a quiet NaN.", (a) => a.kind === QNAN),
    is_snan: plain("Whether the number is a signalling NaN.", (a) => a.kind === SNAN),
    is_signed: plain("Whether the sign is negative.", (a) => a.neg),
    is_zero: plain("Whether the number is a zero.", (a) => a.isZero),
    is_normal: withContext("Whether the number is normal in the context.", C.isNormal),
    is_subnormal: withContext("Whether the number is subnormal in the context.", C.isSubnormal),
    adjusted: plain("The exponent of the first digit.", (a) => a.kind === FINITE ? a.adjusted : 0),
    canonical: plain("The number itself.", (a) => a),
    conjugate: plain("The number itself.", (a) => a),
    radix: plain("Decimal(10).", () => new PyDecimal(false, 10, 0)),
    copy_abs: plain("The number without its sign.", copyAbs),
    copy_negate: plain("The number with the other sign.", copyNegate),
    logb: unary("The exponent of the first digit, as a Decimal.", C.logb),
    logical_invert: unary("Digit-wise inversion.", C.logicalInvert),
    number_class: withContext("What kind of number this is.", C.numberClass),
    to_eng_string: withContext("Text in engineering notation.", (a, _c, capitals) => toText(a, capitals, true)),
    compare_total: binary(
      "Compare in the total order, in which numbers of equal value but different exponents differ.\n\n" +
        ">>> Decimal('2.50').compare_total(Decimal('2.5'))\nDecimal('-1')",
      C.compareTotal,
    ),
    compare_total_mag: binary("Compare magnitudes in the total order.", C.compareTotalMag),
    copy_sign: binary(
      "The number with the sign of other.\n\n>>> Decimal('7.25').copy_sign(Decimal('-3'))\nDecimal('-7.25')",
      C.copySign,
    ),
    same_quantum: binary("Whether both numbers have the same exponent.", C.sameQuantum),
    logical_and: binary("Digit-wise and.", C.logicalAnd),
    logical_or: binary("Digit-wise or.", C.logicalOr),
    logical_xor: binary("Digit-wise exclusive or.", C.logicalXor),
    rotate: binary("The number with its digits rotated by other places.", C.rotate),
    scaleb: binary("The number with other added to its exponent.", C.scaleb),
    shift: binary("The number with its digits shifted by other places.", C.shift),
    from_float: [
      "f, /",
      "A Decimal with exactly the value of a float or int.",
      (type: PyType, v: Value) => ofType(floatExact(v), type),
      M_CLASS,
    ],
    from_number: [
      "number, /",
      "A Decimal with exactly the value of a number.",
      (type: PyType, v: Value) => ofType(fromNumber(v, currentContext().c), type),
      M_CLASS,
    ],
    as_tuple: plain("Sign, digits and exponent.", asTuple),
    as_integer_ratio: plain("The pair of integers in lowest terms with this quotient.", integerRatio),
    __copy__: plain("", (a) => a),
    __deepcopy__: ["object, /", "", (a: PyDecimal) => a],
    __format__: ["", "", format, M_VECTOR | M_NOSIG],
    __reduce__: plain("", (a) => new PyTuple([a.cls, new PyTuple([toText(a, currentContext().capitals === 1)])])),
    __round__: ["", "", round, M_VECTOR | M_NOSIG],
    __ceil__: plain("", (a) => toInt(a, ROUND_CEILING)),
    __floor__: plain("", (a) => toInt(a, ROUND_FLOOR)),
    __trunc__: plain("", (a) => toInt(a, ROUND_DOWN)),
    __complex__: plain("", (a) => new PyComplex(toFloat(a), 0)),
    __sizeof__: plain("", (a) => {
      const words = Math.ceil(a.digits / 19);
      return words <= 4 ? 104 : 104 + 8 * words;
    }),
  };
}

function decimalNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  let v: Value | undefined, context: Value | undefined;
  if (args.length === 1 && (kwnames === undefined || kwnames.length === 0)) v = args[0];
  else [v, context] = parseKeywords(args, kwnames, ["value", "context"]);
  const d = exactly(v, contextArg(context).c);
  if (type === decimalType && d.cls === decimalType) return d;
  return new PyDecimal(d.neg, d.coef, d.exp, d.kind, type);
}

decimalType.flags |= TF_FROM_SPEC;
let memo: Record<string, MethodDef> | undefined;
setSpec(decimalType, {
  doc:
    "A decimal number.\n\nThe value may be an int, a string, a tuple (sign, digits, exponent), a float or another Decimal.",
  sig: '(value="0", context=None)',
  module: "decimal",
  slots: {
    tp_new: decimalNew,
    tp_getattro: genericGetAttr,
    tp_repr: (d) => `Decimal('${toText(d as PyDecimal, currentContext().capitals === 1)}')`,
    tp_str: (d) => toText(d as PyDecimal, currentContext().capitals === 1),
    tp_hash: (d) => hashDecimal(d as PyDecimal),
    tp_richcompare: richCompare,
    nb_add: operator(A.add),
    nb_subtract: operator(A.subtract),
    nb_multiply: operator(A.multiply),
    nb_remainder: operator(A.remainder),
    nb_divmod: operator((a, b, c) => pair(A.divmod(a, b, c))),
    nb_power: power,
    nb_negative: unaryOperator(A.minus),
    nb_positive: unaryOperator(A.plus),
    nb_absolute: unaryOperator(A.abs),
    nb_bool: (d) => !(d as PyDecimal).isZero,
    nb_int: (d) => toInt(d as PyDecimal, ROUND_DOWN),
    nb_float: (d) => new PyFloat(toFloat(d as PyDecimal)),
    nb_floor_divide: operator(A.divideInt),
    nb_true_divide: operator(A.divide),
  },
  get methods() {
    return memo ??= methods();
  },
  getset: {
    real: [(d: PyDecimal) => d],
    imag: [() => new PyDecimal(false, 0, 0)],
  },
});

const EXCEPTIONS = [
  "DecimalException",
  "Clamped",
  "Rounded",
  "Inexact",
  "Subnormal",
  "Underflow",
  "Overflow",
  "DivisionByZero",
  "FloatOperation",
  "InvalidOperation",
  "ConversionSyntax",
  "DivisionImpossible",
  "DivisionUndefined",
  "InvalidContext",
];

export const spec: ModuleSpec = {
  name: "_decimal",
  doc: "C decimal arithmetic module",
  functions: {
    getcontext: ["", "The context of the running code.", () => currentContext()],
    setcontext: ["context, /", "Make a context the current one.", (_m: Value, v: Value) => {
      setCurrentContext(v);
      return None;
    }],
    localcontext: [
      "ctx=None, **kwargs",
      "A context manager under which a copy of a context, with the given changes, is the current one.",
      (_m: Value, args: Value[], kwnames?: KwNames) => localContext(args, kwnames),
      M_VECTOR,
    ],
    IEEEContext: [
      "bits, /",
      "The context of the interchange format with so many bits.",
      (_m: Value, v: Value) => ieeeContext(v),
    ],
  },
  types: { Decimal: decimalType, Context: contextType },
  constants: {
    __version__: "1.70",
    __libmpdec_version__: "2.5.1",
    DecimalTuple: () => tupleType(),
    ...Object.fromEntries(EXCEPTIONS.map((n) => [n, () => exception(n)])),
    DefaultContext: () => state().templates.Default,
    HAVE_THREADS: true,
    HAVE_CONTEXTVAR: true,
    BasicContext: () => state().templates.Basic,
    ExtendedContext: () => state().templates.Extended,
    MAX_PREC,
    MAX_EMAX,
    MIN_EMIN,
    MIN_ETINY,
    IEEE_CONTEXT_MAX_BITS: 512,
    ...Object.fromEntries(ROUNDINGS.map((n) => [n, n])),
  },
  exec: () => registerNumber(),
};
