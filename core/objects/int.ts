// CPython 3.14: Objects/longobject.c (the type)
//
// An exact int is a `number` inside the safe-integer range and a `bigint` outside, never both: two
// equal ints are `===`. A bool is a JS boolean; an instance of another subclass is a PyIntSub that
// holds the exact int. The slots take any of these (`intOrUndefined`) and give exact ints.
// Arithmetic is in int_ops.ts, conversions in int_convert.ts.

import {
  type BinaryFn,
  type CmpOp,
  EQ,
  GE,
  GT,
  type Int,
  intType,
  LE,
  LT,
  M_CLASS,
  NE,
  None,
  NotImplemented,
  PyFloat,
  PyIntSub,
  PyTuple,
  type PyType,
  setSpec,
  type UnaryFn,
  type Value,
} from "./object.ts";
import { asIndex, call1, intValue, isTrue } from "./abstract.ts";
import { hashInt } from "./hash.ts";
import {
  intAbs,
  intAdd,
  intAnd,
  intBitCount,
  intBitLength,
  intDivmod,
  intFloorDiv,
  intInvert,
  intLshift,
  intMod,
  intMul,
  intNeg,
  intOr,
  intPow,
  intPowInt,
  intPowMod,
  intRshift,
  intSub,
  intToDouble,
  intTrueDiv,
  intXor,
} from "./int_ops.ts";
import { fromBytesMethod, intNew, intRepr, toBytesMethod } from "./int_convert.ts";
import { formatInt } from "./format.ts";
import { specText } from "./format_spec.ts";

export * from "./int_ops.ts";
export {
  bytesToInt,
  intFromBytesText,
  intFromFloat,
  intFromStr,
  intRepr,
  intToBase,
  intToBytes,
  numberToInt,
} from "./int_convert.ts";

/** The exact int of an int, bool or subclass instance; undefined for anything else. */
export function intOrUndefined(v: Value): Int | undefined {
  if (typeof v === "number" || typeof v === "bigint") return v;
  if (typeof v === "boolean") return v ? 1 : 0;
  return v instanceof PyIntSub ? v.v : undefined;
}

function binary(f: (a: Int, b: Int) => Value): BinaryFn {
  return (a, b) => {
    const x = intOrUndefined(a);
    if (x === undefined) return NotImplemented;
    const y = intOrUndefined(b);
    return y === undefined ? NotImplemented : f(x, y);
  };
}
function unary(f: (a: Int) => Value): UnaryFn {
  return (a) => f(intValue(a));
}

/** A comparison of two exact ints. */
export function intCompareOp(x: Int, y: Int, op: CmpOp): boolean {
  switch (op) {
    case LT:
      return x < y;
    case LE:
      return x <= y;
    case EQ:
      return x === y;
    case NE:
      return x !== y;
    case GT:
      return x > y;
    case GE:
      return x >= y;
  }
}
function compare(a: Value, b: Value, op: CmpOp): Value {
  const x = intOrUndefined(a);
  if (x === undefined) return NotImplemented;
  const y = intOrUndefined(b);
  return y === undefined ? NotImplemented : intCompareOp(x, y, op);
}

function power(a: Value, b: Value, c: Value): Value {
  const x = intOrUndefined(a), y = intOrUndefined(b);
  if (x === undefined || y === undefined) return NotImplemented;
  if (c === None) return intPow(x, y);
  const m = intOrUndefined(c);
  return m === undefined ? NotImplemented : intPowMod(x, y, m);
}

/** `round(x, ndigits)`: to a multiple of a power of ten, half to even. */
export function intRound(x: Int, ndigits: Value): Int {
  if (ndigits === None) return x;
  const n = asIndex(ndigits);
  if (n >= 0) return x;
  // beyond the digits of x all is zero
  if (typeof n === "bigint" || -n > intBitLength(x) / 3 + 2) return 0;
  const unit = intPowInt(10, -n);
  const [q, r] = intDivmod(x, unit);
  const twice = intMul(r, 2);
  if (twice > unit || (twice === unit && intMod(q, 2) === 1)) {
    return intAdd(intSub(x, r), unit);
  }
  return intSub(x, r);
}

/** A set of methods of int and bool. */
const self = (v: Value): Int => intValue(v);

setSpec(intType, {
  doc:
    "int([x]) -> integer\nint(x, base=10) -> integer\n\nA number or text as an integer; 0 without arguments. For a number the\nresult is x.__int__(), which cuts off the fraction of a float.\n\nText (str, bytes or bytearray) is an integer literal in the given base,\n10 if none is given, with an optional sign, surrounded by any spaces.\nA base is 0 or 2 to 36; 0 takes the base from the literal's prefix.\n>>> int('0b100', base=0)\n4",
  slots: {
    tp_new: intNew,
    tp_repr: (v) => intRepr(intValue(v)),
    tp_hash: (v) => hashInt(intValue(v)),
    tp_richcompare: compare,
    nb_add: binary(intAdd),
    nb_subtract: binary(intSub),
    nb_multiply: binary(intMul),
    nb_remainder: binary(intMod),
    nb_divmod: binary((a, b) => new PyTuple(intDivmod(a, b))),
    nb_power: power,
    nb_negative: unary(intNeg),
    nb_positive: unary((a) => a),
    nb_absolute: unary(intAbs),
    nb_bool: (v) => intValue(v) !== 0,
    nb_invert: unary(intInvert),
    nb_lshift: binary(intLshift),
    nb_rshift: binary(intRshift),
    nb_and: binary(intAnd),
    nb_xor: binary(intXor),
    nb_or: binary(intOr),
    nb_int: unary((a) => a),
    nb_float: unary((a) => new PyFloat(intToDouble(a))),
    nb_floor_divide: binary(intFloorDiv),
    nb_true_divide: binary(intTrueDiv),
    nb_index: unary((a) => a),
  },
  methods: {
    conjugate: ["", "The int itself: it has no imaginary part.", self],
    bit_length: [
      "",
      "How many bits the magnitude takes in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6",
      (v: Value): Value => intBitLength(intValue(v)),
    ],
    bit_count: [
      "",
      "How many ones the magnitude has in binary (population count).\n\n>>> bin(13)\n'0b1101'\n>>> (13).bit_count()\n3",
      (v: Value): Value => intBitCount(intValue(v)),
    ],
    to_bytes: [
      "length=1, byteorder='big', *, signed=False",
      "The int as `length` bytes.\n\nOverflowError if it does not fit, or is negative and not signed.\nThe byte order is 'big' (most significant byte first) or 'little'.",
      (
        v: Value,
        length: Value = 1,
        byteorder: Value = "big",
        signed: Value = false,
      ): Value => toBytesMethod(intValue(v), length, byteorder, isTrue(signed)),
    ],
    from_bytes: [
      "bytes, byteorder='big', *, signed=False",
      "The int that bytes stand for.\n\nTakes a bytes-like object or an iterable of bytes. The byte order is\n'big' (most significant byte first) or 'little'; signed bytes are in\ntwo's complement.",
      (
        type: PyType,
        bytes: Value,
        byteorder: Value = "big",
        signed: Value = false,
      ): Value => {
        const v = fromBytesMethod(bytes, byteorder, isTrue(signed));
        return type === intType ? v : call1(type, v);
      },
      M_CLASS,
    ],
    as_integer_ratio: [
      "",
      "The int as a pair of ints (numerator, denominator).\n\n>>> (10).as_integer_ratio()\n(10, 1)\n>>> (-10).as_integer_ratio()\n(-10, 1)\n>>> (0).as_integer_ratio()\n(0, 1)",
      (v: Value): Value => new PyTuple([intValue(v), 1]),
    ],
    __trunc__: ["", "The int itself.", self],
    __floor__: ["", "The int itself.", self],
    __ceil__: ["", "The int itself.", self],
    __round__: [
      "ndigits=None, /",
      "The int itself, or rounded to a power of ten for negative ndigits.",
      (v: Value, ndigits: Value = None): Value => intRound(intValue(v), ndigits),
    ],
    __getnewargs__: ["", "", (v: Value): Value => new PyTuple([intValue(v)])],
    __format__: [
      "format_spec, /",
      "The int as text according to format_spec.",
      (v: Value, spec: Value): Value => formatInt(v, specText(spec)),
    ],
    __sizeof__: [
      "",
      "Size in memory, in bytes.",
      (v: Value): Value => 24 + 4 * Math.max(1, Math.ceil(intBitLength(intValue(v)) / 30)),
    ],
    is_integer: [
      "",
      "True: the counterpart of float.is_integer.",
      (_v: Value): Value => true,
    ],
  },
  getset: {
    real: [self, undefined, "the real part of a complex number"],
    imag: [() => 0, undefined, "the imaginary part of a complex number"],
    numerator: [
      self,
      undefined,
      "the numerator of a rational number in lowest terms",
    ],
    denominator: [
      () => 1,
      undefined,
      "the denominator of a rational number in lowest terms",
    ],
  },
});
