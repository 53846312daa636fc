// CPython 3.14: Objects/abstract.c (binary_op1 and what is built on it)
//
// Binary operators over any values. Two exact ints take the quick way; everything else follows
// CPython's dispatch: the right operand's slot first when its type is a subclass of the left's.

import {
  type Int,
  isSubtype,
  None,
  NotImplemented,
  PyFloat,
  type PyType,
  type TernaryFn,
  typeOf,
  type Value,
} from "./object.ts";
import { typeError } from "./errors.ts";
import { intAdd, intAnd, intFloorDiv, intLshift, intMod, intMul, intOr, intRshift, intSub, intXor } from "./int_ops.ts";
import { asIndex, asSsize, hasSequenceSlots } from "./abstract.ts";
import { overflowError } from "./errors.ts";

export type BinSlot =
  | "nb_add"
  | "nb_subtract"
  | "nb_multiply"
  | "nb_remainder"
  | "nb_divmod"
  | "nb_lshift"
  | "nb_rshift"
  | "nb_and"
  | "nb_xor"
  | "nb_or"
  | "nb_floor_divide"
  | "nb_true_divide"
  | "nb_matrix_multiply";
export type InplaceSlot =
  | "nb_inplace_add"
  | "nb_inplace_subtract"
  | "nb_inplace_multiply"
  | "nb_inplace_remainder"
  | "nb_inplace_lshift"
  | "nb_inplace_rshift"
  | "nb_inplace_and"
  | "nb_inplace_xor"
  | "nb_inplace_or"
  | "nb_inplace_floor_divide"
  | "nb_inplace_true_divide"
  | "nb_inplace_matrix_multiply";

function isExactInt(v: Value): v is Int {
  return typeof v === "number" || typeof v === "bigint";
}

/** NotImplemented or the result of the operands' slots (binary_op1). */
export function binOp1(a: Value, b: Value, slot: BinSlot): Value {
  const ta = typeOf(a), tb = typeOf(b);
  const fa = ta[slot];
  let fb = ta === tb ? undefined : tb[slot];
  if (fb === fa) fb = undefined;
  if (fa !== undefined) {
    if (fb !== undefined && isSubtype(tb, ta)) {
      const r = fb(a, b);
      if (r !== NotImplemented) return r;
      fb = undefined;
    }
    const r = fa(a, b);
    if (r !== NotImplemented) return r;
  }
  return fb === undefined ? NotImplemented : fb(a, b);
}

/** The TypeError of an operator that no operand supports. */
export function binOpError(a: Value, b: Value, sign: string): Error {
  return typeError(
    `unsupported operand type(s) for ${sign}: '${typeOf(a).name}' and '${typeOf(b).name}'`,
  ) as unknown as Error;
}

function binOp(a: Value, b: Value, slot: BinSlot, sign: string): Value {
  const r = binOp1(a, b, slot);
  if (r === NotImplemented) throw binOpError(a, b, sign);
  return r;
}

function repeat(f: (self: Value, n: number) => Value, seq: Value, n: Value): Value {
  if (typeof n !== "number" && typeOf(n).nb_index === undefined) {
    throw typeError(`can't multiply sequence by non-int of type '${typeOf(n).name}'`);
  }
  const i = asIndex(n);
  if (typeof i === "bigint") {
    if (BigInt.asIntN(64, i) !== i) throw overflowError(`cannot fit '${typeOf(n).name}' into an index-sized integer`);
    return f(seq, i < 0n ? 0 : Number.MAX_SAFE_INTEGER);
  }
  return f(seq, i);
}

export function binAdd(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intAdd(a, b);
  const r = binOp1(a, b, "nb_add");
  if (r !== NotImplemented) return r;
  const c = typeOf(a).sq_concat;
  if (c !== undefined) return c(a, b);
  throw binOpError(a, b, "+");
}
export function binSub(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intSub(a, b);
  return binOp(a, b, "nb_subtract", "-");
}
export function binMul(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intMul(a, b);
  const r = binOp1(a, b, "nb_multiply");
  if (r !== NotImplemented) return r;
  const fa = typeOf(a).sq_repeat;
  if (fa !== undefined) return repeat(fa, a, b);
  const fb = typeOf(b).sq_repeat;
  if (fb !== undefined) return repeat(fb, b, a);
  throw binOpError(a, b, "*");
}
export function binTrueDiv(a: Value, b: Value): Value {
  if (a instanceof PyFloat && b instanceof PyFloat && b.v !== 0) return new PyFloat(a.v / b.v);
  return binOp(a, b, "nb_true_divide", "/");
}
export function binFloorDiv(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intFloorDiv(a, b);
  return binOp(a, b, "nb_floor_divide", "//");
}
export function binMod(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intMod(a, b);
  return binOp(a, b, "nb_remainder", "%");
}
export function binDivmod(a: Value, b: Value): Value {
  return binOp(a, b, "nb_divmod", "divmod()");
}
export function binMatMul(a: Value, b: Value): Value {
  return binOp(a, b, "nb_matrix_multiply", "@");
}
export function binLshift(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intLshift(a, b);
  return binOp(a, b, "nb_lshift", "<<");
}
export function binRshift(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intRshift(a, b);
  const r = binOp1(a, b, "nb_rshift");
  if (r === NotImplemented) {
    // the Python 2 habit `print >>f, x` gets a hint
    if (
      typeOf(a).name === "builtin_function_or_method" &&
      (a as unknown as { def?: { name: string } }).def?.name === "print"
    ) {
      throw typeError(
        `unsupported operand type(s) for >>: '${typeOf(a).name}' and '${
          typeOf(b).name
        }'. Did you mean "print(<message>, file=<output_stream>)"?`,
      );
    }
    throw binOpError(a, b, ">>");
  }
  return r;
}
export function binAnd(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intAnd(a, b);
  return binOp(a, b, "nb_and", "&");
}
export function binXor(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intXor(a, b);
  return binOp(a, b, "nb_xor", "^");
}
export function binOr(a: Value, b: Value): Value {
  if (isExactInt(a) && isExactInt(b)) return intOr(a, b);
  return binOp(a, b, "nb_or", "|");
}

/** `pow(a, b, m)`; `m` None for two operands (ternary_op). */
export function binPow(a: Value, b: Value, m: Value = None, sign = "** or pow()"): Value {
  const ta: PyType = typeOf(a), tb = typeOf(b), tm = typeOf(m);
  const fa = ta.nb_power;
  let fb: TernaryFn | undefined = ta === tb ? undefined : tb.nb_power;
  if (fb === fa) fb = undefined;
  const fm = tm.nb_power;
  if (fa !== undefined) {
    if (fb !== undefined && isSubtype(tb, ta)) {
      const r = fb(a, b, m);
      if (r !== NotImplemented) return r;
      fb = undefined;
    }
    const r = fa(a, b, m);
    if (r !== NotImplemented) return r;
  }
  if (fb !== undefined) {
    const r = fb(a, b, m);
    if (r !== NotImplemented) return r;
  }
  if (m !== None && fm !== undefined && fm !== fa && fm !== fb) {
    const r = fm(a, b, m);
    if (r !== NotImplemented) return r;
  }
  if (m === None) throw binOpError(a, b, sign);
  throw typeError(
    `unsupported operand type(s) for ${sign}: '${ta.name}', '${tb.name}', '${tm.name}'`,
  );
}

function inplace(a: Value, b: Value, islot: InplaceSlot, slot: BinSlot, sign: string): Value {
  const f = typeOf(a)[islot];
  if (f !== undefined) {
    const r = f(a, b);
    if (r !== NotImplemented) return r;
  }
  return binOp(a, b, slot, sign);
}
export function iAdd(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return intAdd(a, b) as Int;
  const t = typeOf(a);
  const f = t.nb_inplace_add;
  if (f !== undefined) {
    const r = f(a, b);
    if (r !== NotImplemented) return r;
  }
  const r = binOp1(a, b, "nb_add");
  if (r !== NotImplemented) return r;
  const c = t.sq_inplace_concat ?? t.sq_concat;
  if (c !== undefined) return c(a, b);
  throw binOpError(a, b, "+=");
}
export function iSub(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_subtract", "nb_subtract", "-=");
}
export function iMul(a: Value, b: Value): Value {
  const t = typeOf(a);
  const f = t.nb_inplace_multiply;
  if (f !== undefined) {
    const r = f(a, b);
    if (r !== NotImplemented) return r;
  }
  const r = binOp1(a, b, "nb_multiply");
  if (r !== NotImplemented) return r;
  const fa = t.sq_inplace_repeat ?? t.sq_repeat;
  if (fa !== undefined) return repeat(fa, a, b);
  const fb = typeOf(b).sq_repeat;
  if (fb !== undefined && !hasSequenceSlots(t)) return repeat(fb, b, a);
  throw binOpError(a, b, "*=");
}
export function iTrueDiv(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_true_divide", "nb_true_divide", "/=");
}
export function iFloorDiv(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_floor_divide", "nb_floor_divide", "//=");
}
export function iMod(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_remainder", "nb_remainder", "%=");
}
export function iMatMul(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_matrix_multiply", "nb_matrix_multiply", "@=");
}
export function iLshift(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_lshift", "nb_lshift", "<<=");
}
export function iRshift(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_rshift", "nb_rshift", ">>=");
}
export function iAnd(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_and", "nb_and", "&=");
}
export function iXor(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_xor", "nb_xor", "^=");
}
export function iOr(a: Value, b: Value): Value {
  return inplace(a, b, "nb_inplace_or", "nb_or", "|=");
}
export function iPow(a: Value, b: Value): Value {
  const f = typeOf(a).nb_inplace_power;
  if (f !== undefined) {
    const r = f(a, b, None);
    if (r !== NotImplemented) return r;
  }
  return binPow(a, b, None, "**=");
}

/** Functions of BINARY_OP, by its argument (NB_ADD .. NB_INPLACE_XOR). */
export const BINARY_OPS: readonly ((a: Value, b: Value) => Value)[] = [
  (a, b) => binAdd(a, b),
  (a, b) => binAnd(a, b),
  (a, b) => binFloorDiv(a, b),
  (a, b) => binLshift(a, b),
  (a, b) => binMatMul(a, b),
  (a, b) => binMul(a, b),
  (a, b) => binMod(a, b),
  (a, b) => binOr(a, b),
  (a, b) => binPow(a, b),
  (a, b) => binRshift(a, b),
  (a, b) => binSub(a, b),
  (a, b) => binTrueDiv(a, b),
  (a, b) => binXor(a, b),
  (a, b) => iAdd(a, b),
  (a, b) => iAnd(a, b),
  (a, b) => iFloorDiv(a, b),
  (a, b) => iLshift(a, b),
  (a, b) => iMatMul(a, b),
  (a, b) => iMul(a, b),
  (a, b) => iMod(a, b),
  (a, b) => iOr(a, b),
  (a, b) => iPow(a, b),
  (a, b) => iRshift(a, b),
  (a, b) => iSub(a, b),
  (a, b) => iTrueDiv(a, b),
  (a, b) => iXor(a, b),
];

function unary(v: Value, slot: "nb_negative" | "nb_positive" | "nb_invert", sign: string): Value {
  const f = typeOf(v)[slot];
  if (f === undefined) throw typeError(`bad operand type for unary ${sign}: '${typeOf(v).name}'`);
  return f(v);
}
export function neg(v: Value): Value {
  return typeof v === "number" ? 0 - v : unary(v, "nb_negative", "-");
}
export function pos(v: Value): Value {
  return unary(v, "nb_positive", "+");
}
export function invert(v: Value): Value {
  return unary(v, "nb_invert", "~");
}
export function absolute(v: Value): Value {
  const f = typeOf(v).nb_absolute;
  if (f === undefined) throw typeError(`bad operand type for abs(): '${typeOf(v).name}'`);
  return f(v);
}
export { asSsize };
