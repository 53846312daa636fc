// CPython 3.14: Objects/floatobject.c
//
// A float is a PyFloat box around a JS number; both are IEEE 754 doubles, so + - * / are the
// host's. The host keeps neither a NaN's sign nor its payload. Text is made by core/text/dtoa.ts
// and read by number_parse.ts.

import { argTypeName } from "./type_name.ts";
import {
  type BinaryFn,
  type CmpOp,
  EQ,
  floatType,
  GE,
  GT,
  type Int,
  type KwNames,
  LE,
  LT,
  M_CLASS,
  NE,
  None,
  NotImplemented,
  type PyComplex,
  PyFloat,
  PyIntSub,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  typeOf,
  type UnaryFn,
  type Value,
} from "./object.ts";
import { cur } from "./state.ts";
import { newErrorArgs, overflowError, typeError, valueError, zeroDivisionError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { asIndex, call1, isStr, reprStr, strValue } from "./abstract.ts";
import { hashFloatObject } from "./hash.ts";
import { intToDouble, normInt } from "./int_ops.ts";
import { bufferBytes, floatNbInt, intFromFloat } from "./int_convert.ts";
import { bytesText, isNegative, numberText, parseFloatText, signedNaN } from "./number_parse.ts";
import { decompose, reprDouble, roundDouble } from "../text/dtoa.ts";
import { formatFloat } from "./format.ts";
import { specText } from "./format_spec.ts";
import { joinStrs } from "./repr_guard.ts";
import { libmPow } from "./libm.ts";
import { complexPow } from "./complex_ops.ts";
import { floatFromHex, floatToHex } from "./float_hex.ts";

/** The double of a float or int operand; undefined for anything else. */
function operand(v: Value): number | undefined {
  if (typeof v === "number") return v;
  if (typeof v === "object") {
    if (v instanceof PyFloat) return v.v;
    return v instanceof PyIntSub ? intToDouble(v.v) : undefined;
  }
  if (typeof v === "bigint") return intToDouble(v);
  return typeof v === "boolean" ? (v ? 1 : 0) : undefined;
}
function binary(f: (x: number, y: number) => number): BinaryFn {
  return (a, b) => {
    const x = operand(a);
    if (x === undefined) return NotImplemented;
    const y = operand(b);
    return y === undefined ? NotImplemented : new PyFloat(f(x, y));
  };
}
function unary(f: (x: number) => number): UnaryFn {
  return (a) => new PyFloat(f((a as PyFloat).v));
}

function divisionByZero(): Error {
  return zeroDivisionError("division by zero") as unknown as Error;
}
/** `x / y` */
export function floatTrueDiv(x: number, y: number): number {
  if (y === 0) throw divisionByZero();
  return x / y;
}
function zeroLike(y: number): number {
  return y < 0 || Object.is(y, -0) ? -0 : 0;
}
/** `x % y`: has the sign of y. */
export function floatMod(x: number, y: number): number {
  if (y === 0) throw divisionByZero();
  const mod = x % y;
  if (mod === 0) return zeroLike(y);
  return (y < 0) !== (mod < 0) ? mod + y : mod;
}
/** `divmod(x, y)` */
export function floatDivmod(x: number, y: number): [number, number] {
  if (y === 0) throw divisionByZero();
  let mod = x % y;
  let div = (x - mod) / y;
  if (mod !== 0) {
    if ((y < 0) !== (mod < 0)) {
      mod += y;
      div -= 1;
    }
  } else mod = zeroLike(y);
  let floor: number;
  if (div !== 0) {
    floor = Math.floor(div);
    if (div - floor > 0.5) floor += 1;
  } else floor = zeroLike(x / y);
  return [floor, mod];
}
/** `x // y` */
export function floatFloorDiv(x: number, y: number): number {
  return floatDivmod(x, y)[0];
}

/** `x ** y`; a complex number where x is negative and y no integer. */
export function floatPow(x: number, y: number): PyFloat | PyComplex {
  if (y === 0 || x === 1) return new PyFloat(1);
  if (x !== x || y !== y) return new PyFloat(NaN);
  const odd = Math.abs(y % 2) === 1;
  if (y === Infinity || y === -Infinity) {
    const m = Math.abs(x);
    if (m === 1) return new PyFloat(1);
    return new PyFloat((y > 0) === (m > 1) ? Infinity : 0);
  }
  if (x === Infinity || x === -Infinity) {
    if (y > 0) return new PyFloat(odd ? x : Infinity);
    return new PyFloat(odd ? zeroLike(x) : 0);
  }
  if (x === 0) {
    if (y < 0) throw zeroDivisionError("zero to a negative power");
    return new PyFloat(odd ? x : 0);
  }
  let neg = false;
  if (x < 0) {
    if (y !== Math.floor(y)) return complexPow(x, 0, y, 0);
    x = -x;
    neg = odd;
  }
  if (x === 1) return new PyFloat(neg ? -1 : 1);
  const r = libmPow(x, y);
  if (r === Infinity) {
    throw newErrorArgs(X.OverflowError, [34, "Numerical result out of range"]);
  }
  return new PyFloat(neg ? -r : r);
}
function power(a: Value, b: Value, c: Value): Value {
  if (c !== None) {
    throw typeError(
      "pow() 3rd argument not allowed unless all arguments are integers",
    );
  }
  const x = operand(a), y = operand(b);
  if (x === undefined || y === undefined) return NotImplemented;
  return floatPow(x, y);
}

/** A comparison of a double with an int, exact. The host compares numbers and BigInts exactly. */
function compare(a: Value, b: Value, op: CmpOp): Value {
  const x = (a as PyFloat).v;
  let y: Int;
  if (b instanceof PyFloat) y = b.v;
  else if (typeof b === "number" || typeof b === "bigint") y = b;
  else if (typeof b === "boolean") y = b ? 1 : 0;
  else if (b instanceof PyIntSub) y = b.v;
  else return NotImplemented;
  switch (op) {
    case LT:
      return x < y;
    case LE:
      return x <= y;
    case EQ:
      // deno-lint-ignore eqeqeq
      return x == y;
    case NE:
      // deno-lint-ignore eqeqeq
      return x != y;
    case GT:
      return x > y;
    case GE:
      return x >= y;
  }
}

/** The float that a str spells; ValueError shows `shown`. */
export function floatFromStr(s: Str, shown: Value = s): number {
  const x = parseFloatText(numberText(s));
  if (x === undefined) throw notFloat(shown);
  return x;
}
function notFloat(v: Value): Error {
  return newErrorArgs(X.ValueError, [
    joinStrs(["could not convert string to float: ", reprStr(v)]),
  ]) as unknown as Error;
}

/** Checks what `__float__` gave. */
function floatResult(r: Value, t: PyType): number {
  if (!(r instanceof PyFloat)) {
    throw typeError(
      `${t.name}.__float__ returned non-float (type ${typeOf(r).name})`,
    );
  }
  if (r.cls !== floatType) {
    cur.interp.warn(
      X.DeprecationWarning,
      `${t.name}.__float__ returned non-float (type ${r.cls.name}).  The ability to return an instance of a strict subclass of float is deprecated, and may be removed in a future version of Python.`,
      1,
    );
  }
  return r.v;
}

/** `float(v)` as a double (PyNumber_Float). */
export function numberToFloat(v: Value): number {
  if (v instanceof PyFloat && v.cls === floatType) return v.v;
  if (typeof v === "number") return v;
  if (typeof v === "string") return floatFromStr(v);
  const t = typeOf(v);
  if (t.nb_float !== undefined) return floatResult(t.nb_float(v), t);
  if (t.nb_index !== undefined) return intToDouble(asIndex(v));
  if (v instanceof PyFloat) return v.v;
  if (isStr(v)) return floatFromStr(strValue(v), v);
  const b = bufferBytes(v);
  if (b !== undefined) {
    const x = parseFloatText(bytesText(b));
    if (x === undefined) throw notFloat(v);
    return x;
  }
  throw typeError(
    `float() argument must be a string or a real number, not '${t.name}'`,
  );
}

/** A C double argument (PyFloat_AsDouble): floats, `__float__` and `__index__`, no text. */
export function realToDouble(v: Value): number {
  if (v instanceof PyFloat) return v.v;
  if (typeof v === "number") return v;
  const t = typeOf(v);
  if (t.nb_float !== undefined) return floatResult(t.nb_float(v), t);
  if (t.nb_index !== undefined) return intToDouble(asIndex(v));
  throw typeError(`must be real number, not ${t.name}`);
}

function floatNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (
    kwnames !== undefined && kwnames.length > 0 &&
    type.tp_init === floatType.tp_init
  ) {
    throw typeError("float() takes no keyword arguments");
  }
  const n = args.length - (kwnames?.length ?? 0);
  if (n > 1) throw typeError(`float expected at most 1 argument, got ${n}`);
  if (type === floatType) {
    const x = args[0];
    if (x instanceof PyFloat && x.cls === floatType) return x;
  }
  return new PyFloat(n === 0 ? 0 : numberToFloat(args[0]), type);
}

/** `float.as_integer_ratio()` */
export function floatRatio(x: number): [Int, Int] {
  if (x !== x) throw valueError("cannot convert NaN to integer ratio");
  if (x === Infinity || x === -Infinity) {
    throw overflowError("cannot convert Infinity to integer ratio");
  }
  if (Number.isSafeInteger(x)) return [x + 0, 1];
  let [m, e] = decompose(Math.abs(x));
  while (e < 0 && (m & 1n) === 0n) {
    m >>= 1n;
    e++;
  }
  if (x < 0) m = -m;
  return e < 0 ? [normInt(m), normInt(1n << BigInt(-e))] : [normInt(m << BigInt(e)), 1];
}

/** `round(x, ndigits)` */
export function floatRound(x: number, ndigits: Value): Value {
  if (ndigits === None) {
    if (!Number.isFinite(x)) return intFromFloat(x);
    let r = Math.round(x);
    if (Math.abs(x - r) === 0.5) r = 2 * Math.round(x / 2);
    return intFromFloat(r);
  }
  const n = asIndex(ndigits);
  if (x === 0 || !Number.isFinite(x)) return new PyFloat(x);
  // past these no double has a digit to round, or all is rounded away
  if (n > 323) return new PyFloat(x);
  if (n < -308) return new PyFloat(0 * x);
  const r = roundDouble(x, n as number);
  if (!Number.isFinite(r)) {
    throw overflowError("rounded value too large to represent");
  }
  return new PyFloat(r);
}

const value = (v: PyFloat): number => v.v;
/** The float as an exact float. */
function exact(v: PyFloat): PyFloat {
  return v.cls === floatType ? v : new PyFloat(v.v);
}

setSpec(floatType, {
  doc: "A number or text as a floating-point number.",
  sig: "(x=0, /)",
  slots: {
    tp_new: floatNew,
    tp_repr: (v) => reprDouble((v as PyFloat).v),
    tp_hash: (v) => hashFloatObject(v as PyFloat),
    tp_richcompare: compare,
    nb_add: binary((x, y) => x + y),
    nb_subtract: binary((x, y) => x - y),
    nb_multiply: binary((x, y) => x * y),
    nb_remainder: binary(floatMod),
    nb_divmod: (a, b) => {
      const x = operand(a), y = operand(b);
      if (x === undefined || y === undefined) return NotImplemented;
      const [q, r] = floatDivmod(x, y);
      return new PyTuple([new PyFloat(q), new PyFloat(r)]);
    },
    nb_power: power,
    nb_negative: unary((x) => x === x ? -x : signedNaN(!isNegative(x))),
    nb_positive: (a) => exact(a as PyFloat),
    nb_absolute: unary((x) => x === x ? Math.abs(x) : signedNaN(false)),
    nb_bool: (v) => (v as PyFloat).v !== 0,
    nb_int: floatNbInt,
    nb_float: (a) => exact(a as PyFloat),
    nb_floor_divide: binary(floatFloorDiv),
    nb_true_divide: binary(floatTrueDiv),
  },
  methods: {
    from_number: [
      "number, /",
      "A real number as a floating-point number.",
      (type: PyType, number: Value): Value => {
        if (
          type === floatType && number instanceof PyFloat &&
          number.cls === floatType
        ) return number;
        const x = new PyFloat(realToDouble(number));
        return type === floatType ? x : call1(type, x);
      },
      M_CLASS,
    ],
    conjugate: ["", "The float itself: it has no imaginary part.", exact],
    __trunc__: [
      "",
      "The int nearest to the float between it and 0.",
      (v: PyFloat): Value => intFromFloat(value(v)),
    ],
    __floor__: [
      "",
      "The largest int that is not above the float.",
      (v: PyFloat): Value => intFromFloat(Math.floor(value(v))),
    ],
    __ceil__: [
      "",
      "The smallest int that is not below the float.",
      (v: PyFloat): Value => intFromFloat(Math.ceil(value(v))),
    ],
    __round__: [
      "ndigits=None, /",
      "The nearest int, or with ndigits the nearest float of so many digits\nafter the point. A tie goes to the even neighbour.",
      (v: PyFloat, ndigits: Value = None): Value => floatRound(value(v), ndigits),
    ],
    as_integer_ratio: [
      "",
      "The float as a pair of ints (numerator, denominator), exactly and in\nlowest terms, the denominator positive.\n\n>>> (10.0).as_integer_ratio()\n(10, 1)\n>>> (-.25).as_integer_ratio()\n(-1, 4)\n>>> (0.0).as_integer_ratio()\n(0, 1)",
      (v: PyFloat): Value => new PyTuple(floatRatio(value(v))),
    ],
    fromhex: [
      "string, /",
      "The float that hexadecimal text stands for.\n\n>>> float.fromhex('0x1.ffffp10')\n2047.984375\n>>> float.fromhex('-0x1p-1')\n-0.5",
      (type: PyType, s: Value): Value => {
        if (!isStr(s)) {
          throw typeError("bad argument type for built-in operation");
        }
        const x = new PyFloat(floatFromHex(strValue(s)));
        return type === floatType ? x : call1(type, x);
      },
      M_CLASS,
    ],
    hex: [
      "",
      "The float as hexadecimal text.\n\n>>> (-0.1).hex()\n'-0x1.999999999999ap-4'\n>>> (0.5).hex()\n'0x1.0000000000000p-1'",
      (v: PyFloat): Value => floatToHex(value(v)),
    ],
    is_integer: [
      "",
      "Whether the float has no fraction.",
      (v: PyFloat): Value => Number.isInteger(value(v)),
    ],
    __getnewargs__: [
      "",
      "",
      (v: PyFloat): Value => new PyTuple([new PyFloat(value(v))]),
    ],
    __getformat__: [
      "typestr, /",
      "For Python's own tests: how the C type 'double' or 'float' is stored\n('IEEE, little-endian').",
      (_t: PyType, typestr: Value): Value => {
        if (!isStr(typestr)) {
          throw typeError(
            `__getformat__() argument must be str, not ${argTypeName(typestr)}`,
          );
        }
        const s = strValue(typestr);
        if (s !== "double" && s !== "float") {
          throw valueError(
            "__getformat__() argument 1 must be 'double' or 'float'",
          );
        }
        return "IEEE, little-endian";
      },
      M_CLASS,
    ],
    __format__: [
      "format_spec, /",
      "The float as text according to format_spec.",
      (v: PyFloat, spec: Value): Value => formatFloat(v, specText(spec)),
    ],
  },
  getset: {
    real: [exact, undefined, "the real part of a complex number"],
    imag: [
      () => new PyFloat(0),
      undefined,
      "the imaginary part of a complex number",
    ],
  },
});
