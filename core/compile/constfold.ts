// CPython 3.14: Python/flowgraph.c (eval_const_binop, const_folding_safe_*)
//
// Arithmetic on constants. It is self-contained: the operands are exact values
// of builtin types, so no slot is looked up and no guest code can run. A result
// of undefined means that the operation fails or that its result would be too
// large; then the code computes it, and fails, at run time.

import { NB } from "../code/opcodes.ts";
import { libmPow } from "../objects/libm.ts";
import {
  Ellipsis,
  None,
  PyBytes,
  PyComplex,
  PyFloat,
  PySlice,
  PyTuple,
  PyWideStr,
  type Value,
} from "../objects/object.ts";
import { complexBinary } from "./constfold_complex.ts";
import { makeFrozenSet } from "./constset.ts";

/** What the flow graph needs of constants. */
export interface ConstOps {
  /** `+`, `-`, `~` or `not`. */
  unary(op: "+" | "-" | "~" | "not", v: Value): Value | undefined;
  /** `op` is BINARY_OP's argument. */
  binary(op: number, a: Value, b: Value): Value | undefined;
  truth(v: Value): boolean;
  frozenset(items: Value[]): Value;
}

const MAX_INT_SIZE = 128; // bits
const MAX_COLLECTION_SIZE = 256; // items
const MAX_STR_SIZE = 4096; // characters
const MAX_TOTAL_ITEMS = 1024; // with those of nested tuples

type IntLike = number | bigint | boolean;

function isInt(v: Value): v is IntLike {
  return typeof v === "number" || typeof v === "bigint" ||
    typeof v === "boolean";
}

function norm(v: bigint): number | bigint {
  return v >= -9007199254740991n && v <= 9007199254740991n ? Number(v) : v;
}

function plain(v: IntLike): number | bigint {
  return typeof v === "boolean" ? Number(v) : v;
}

function bits(v: IntLike): number {
  const big = BigInt(v);
  return big === 0n ? 0 : (big < 0n ? -big : big).toString(2).length;
}

/** The value as a double, if it is a real number that fits. */
function toFloat(v: Value): number | undefined {
  if (v instanceof PyFloat) return v.v;
  if (!isInt(v)) return undefined;
  const f = Number(v);
  return Number.isFinite(f) ? f : undefined;
}

// Strings

function isStr(v: Value): v is string | PyWideStr {
  return typeof v === "string" || v instanceof PyWideStr;
}

function strLength(v: string | PyWideStr): number {
  return typeof v === "string" ? v.length : v.cps.length;
}

function codePoints(v: string | PyWideStr): Uint32Array {
  if (typeof v !== "string") return v.cps;
  return Uint32Array.from(v, (c) => c.charCodeAt(0));
}

function makeStr(cps: Uint32Array): Value {
  if (cps.some((c) => c > 0xffff || (c >= 0xd800 && c < 0xe000))) {
    return new PyWideStr(cps);
  }
  let out = "";
  for (const c of cps) out += String.fromCharCode(c);
  return out;
}

function joinArrays<T extends Uint8Array | Uint32Array>(
  make: (n: number) => T,
  parts: readonly T[],
): T {
  const out = make(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const bytesOf = (n: number) => new Uint8Array(n);
const wordsOf = (n: number) => new Uint32Array(n);

// Sequences

function isSequence(v: Value): v is string | PyWideStr | PyBytes | PyTuple {
  return isStr(v) || v instanceof PyBytes || v instanceof PyTuple;
}

function concat(a: Value, b: Value): Value | undefined {
  if (isStr(a) && isStr(b)) {
    if (typeof a === "string" && typeof b === "string") return a + b;
    return makeStr(joinArrays(wordsOf, [codePoints(a), codePoints(b)]));
  }
  if (a instanceof PyBytes && b instanceof PyBytes) {
    return new PyBytes(joinArrays(bytesOf, [a.b, b.b]));
  }
  if (a instanceof PyTuple && b instanceof PyTuple) {
    return new PyTuple([...a.items, ...b.items]);
  }
  return undefined;
}

/** What is left of `limit` after counting all items; negative: too many. */
function checkComplexity(v: Value, limit: number): number {
  if (v instanceof PyTuple) {
    limit -= v.items.length;
    for (let i = 0; limit >= 0 && i < v.items.length; i++) {
      limit = checkComplexity(v.items[i], limit);
    }
  }
  return limit;
}

function repeat(seq: Value, count: IntLike): Value | undefined {
  const big = BigInt(count);
  // OverflowError, even where nothing is repeated
  if (big !== BigInt.asIntN(64, big)) return undefined;
  const n = Number(big);
  if (seq instanceof PyTuple) {
    const size = seq.items.length;
    if (size > 0) {
      if (n < 0 || n > Math.floor(MAX_COLLECTION_SIZE / size)) return undefined;
      if (
        n > 0 && checkComplexity(seq, Math.floor(MAX_TOTAL_ITEMS / n)) < 0
      ) return undefined;
    }
    const items: Value[] = [];
    if (size > 0) { for (let i = 0; i < n; i++) items.push(...seq.items); }
    return new PyTuple(items);
  }
  if (isStr(seq)) {
    const size = strLength(seq);
    if (size === 0) return seq;
    if (n < 0 || n > Math.floor(MAX_STR_SIZE / size)) return undefined;
    if (typeof seq === "string") return seq.repeat(n);
    if (n === 0) return "";
    return makeStr(joinArrays(wordsOf, new Array(n).fill(seq.cps)));
  }
  if (seq instanceof PyBytes) {
    const size = seq.b.length;
    if (size === 0) return seq;
    if (n < 0 || n > Math.floor(MAX_STR_SIZE / size)) return undefined;
    return new PyBytes(joinArrays(bytesOf, new Array(n).fill(seq.b)));
  }
  return undefined;
}

/** Start, stop and step of a slice applied to a length. */
function sliceIndices(
  slice: PySlice,
  length: number,
): [number, number, number] | undefined {
  const index = (v: Value): number | null | undefined => {
    if (v === None) return null;
    return isInt(v) ? Number(v) : undefined;
  };
  const start = index(slice.start), stop = index(slice.stop);
  const step = index(slice.step);
  if (start === undefined || stop === undefined || step === undefined) {
    return undefined;
  }
  const by = step ?? 1;
  if (by === 0) return undefined;
  const low = by < 0 ? -1 : 0, high = by < 0 ? length - 1 : length;
  const clip = (i: number) => i < 0 ? Math.max(i + length, low) : Math.min(i, high);
  return [
    start === null ? (by < 0 ? high : low) : clip(start),
    stop === null ? (by < 0 ? low : high) : clip(stop),
    by,
  ];
}

function subscript(seq: Value, key: Value): Value | undefined {
  if (!isSequence(seq)) return undefined;
  const length = seq instanceof PyTuple ? seq.items.length : seq instanceof PyBytes ? seq.b.length : strLength(seq);
  if (isInt(key)) {
    let i = Number(key);
    if (i < 0) i += length;
    if (i < 0 || i >= length) return undefined;
    if (seq instanceof PyTuple) return seq.items[i];
    if (seq instanceof PyBytes) return seq.b[i];
    return typeof seq === "string" ? seq[i] : makeStr(seq.cps.subarray(i, i + 1));
  }
  if (!(key instanceof PySlice)) return undefined;
  const indices = sliceIndices(key, length);
  if (indices === undefined) return undefined;
  const [start, stop, step] = indices;
  const at: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) at.push(i);
  if (seq instanceof PyTuple) return new PyTuple(at.map((i) => seq.items[i]));
  if (seq instanceof PyBytes) {
    return new PyBytes(Uint8Array.from(at, (i) => seq.b[i]));
  }
  if (typeof seq === "string") return at.map((i) => seq[i]).join("");
  return makeStr(Uint32Array.from(at, (i) => seq.cps[i]));
}

// Ints

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return q * b !== a && (a < 0n) !== (b < 0n) ? q - 1n : q;
}

/** The quotient of two ints, correctly rounded. */
function trueDivide(a: bigint, b: bigint): number | undefined {
  if (b === 0n) return undefined;
  const negative = (a < 0n) !== (b < 0n);
  let x = a < 0n ? -a : a, y = b < 0n ? -b : b;
  if (x === 0n) return negative ? -0 : 0;
  // A quotient of at least 55 bits with a sticky last bit, unless it is
  // subnormal: then just the bits that it can have.
  const estimate = bits(x) - bits(y);
  if (estimate > 1025) return undefined;
  const shift = Math.max(estimate - 55, -1076);
  if (shift >= 0) y <<= BigInt(shift);
  else x <<= BigInt(-shift);
  let q = x / y;
  if (q * y !== x) q |= 1n;
  // Number() rounds to nearest even, once; scaling by a power of two is exact
  // for normal results and q is already cut to size for the others.
  const keep = Math.max(bits(q) - 53, -1074 - shift, 0);
  if (keep > 0) {
    const half = 1n << BigInt(keep - 1);
    const low = q & ((half << 1n) - 1n);
    q >>= BigInt(keep);
    if (low > half || (low === half && (q & 1n) === 1n)) q += 1n;
  }
  let scale = shift + keep;
  let out = Number(q);
  while (scale > 900) {
    out *= 2 ** 900;
    scale -= 900;
  }
  while (scale < -900) {
    out *= 2 ** -900;
    scale += 900;
  }
  out *= 2 ** scale;
  if (!Number.isFinite(out)) return undefined;
  return negative ? -out : out;
}

function intBinary(op: number, x: IntLike, y: IntLike): Value | undefined {
  if (typeof x === "boolean" && typeof y === "boolean") {
    if (op === NB.AND) return x && y;
    if (op === NB.OR) return x || y;
    if (op === NB.XOR) return x !== y;
  }
  const a = BigInt(x), b = BigInt(y);
  switch (op) {
    case NB.ADD:
      return norm(a + b);
    case NB.SUBTRACT:
      return norm(a - b);
    case NB.MULTIPLY:
      if (a !== 0n && b !== 0n && bits(a) + bits(b) > MAX_INT_SIZE) {
        return undefined;
      }
      return norm(a * b);
    case NB.TRUE_DIVIDE: {
      const q = trueDivide(a, b);
      return q === undefined ? undefined : new PyFloat(q);
    }
    case NB.FLOOR_DIVIDE:
      return b === 0n ? undefined : norm(floorDiv(a, b));
    case NB.REMAINDER:
      return b === 0n ? undefined : norm(a - floorDiv(a, b) * b);
    case NB.POWER:
      if (b < 0n) {
        const f = Number(a), g = Number(b);
        return Number.isFinite(f) && Number.isFinite(g) ? floatBinary(op, f, g) : undefined;
      }
      if (a !== 0n && b > 0n) {
        if (b > BigInt(MAX_INT_SIZE)) return undefined;
        if (bits(a) > Math.floor(MAX_INT_SIZE / Number(b))) return undefined;
      }
      return norm(a === 0n ? (b === 0n ? 1n : 0n) : a ** b);
    case NB.LSHIFT:
      if (b < 0n) return undefined;
      if (a === 0n) return 0;
      if (b > BigInt(MAX_INT_SIZE) || bits(a) > MAX_INT_SIZE - Number(b)) {
        return undefined;
      }
      return norm(a << b);
    case NB.RSHIFT:
      if (b < 0n) return undefined;
      if (b > 0xffffffn) return a < 0n && bits(a) <= 0xffffff ? -1 : 0;
      return norm(a >> b);
    case NB.AND:
      return norm(a & b);
    case NB.OR:
      return norm(a | b);
    case NB.XOR:
      return norm(a ^ b);
  }
  return undefined;
}

// Floats

function floatDivMod(v: number, w: number): [number, number] {
  let mod = v % w;
  let div = (v - mod) / w;
  if (mod !== 0) {
    if ((w < 0) !== (mod < 0)) {
      mod += w;
      div -= 1;
    }
  } else {
    mod = w < 0 || Object.is(w, -0) ? -0 : 0;
  }
  let floor: number;
  if (div !== 0) {
    floor = Math.floor(div);
    if (div - floor > 0.5) floor += 1;
  } else {
    const q = v / w;
    floor = q < 0 || Object.is(q, -0) ? -0 : 0;
  }
  return [floor, mod];
}

function floatBinary(op: number, a: number, b: number): Value | undefined {
  switch (op) {
    case NB.ADD:
      return new PyFloat(a + b);
    case NB.SUBTRACT:
      return new PyFloat(a - b);
    case NB.MULTIPLY:
      return new PyFloat(a * b);
    case NB.TRUE_DIVIDE:
      return b === 0 ? undefined : new PyFloat(a / b);
    case NB.FLOOR_DIVIDE:
      return b === 0 ? undefined : new PyFloat(floatDivMod(a, b)[0]);
    case NB.REMAINDER:
      return b === 0 ? undefined : new PyFloat(floatDivMod(a, b)[1]);
    case NB.POWER:
      return floatPower(a, b);
  }
  return undefined;
}

function floatPower(a: number, b: number): Value | undefined {
  if (a === 1 || b === 0) return new PyFloat(1);
  // JavaScript has (-1) ** Infinity as NaN, C as 1.
  if (a === -1 && (b === Infinity || b === -Infinity)) return new PyFloat(1);
  if (a === 0 && b < 0) return undefined;
  if (
    a < 0 && Number.isFinite(a) && Number.isFinite(b) && b !== Math.floor(b)
  ) {
    return complexBinary(NB.POWER, new PyComplex(a, 0), new PyFloat(b));
  }
  const r = libmPow(a, b);
  if (!Number.isFinite(r) && Number.isFinite(a) && Number.isFinite(b)) {
    return undefined;
  }
  return new PyFloat(r);
}

// Dispatch

function binary(op: number, a: Value, b: Value): Value | undefined {
  if (isInt(a) && isInt(b)) return intBinary(op, a, b);
  if (op === NB.SUBSCR) return subscript(a, b);
  if (op === NB.ADD && isSequence(a)) return concat(a, b);
  if (op === NB.MULTIPLY) {
    if (isSequence(a) && isInt(b)) return repeat(a, b);
    if (isInt(a) && isSequence(b)) return repeat(b, a);
  }
  if (a instanceof PyComplex || b instanceof PyComplex) {
    const left = a instanceof PyComplex ? a : toFloat(a);
    const right = b instanceof PyComplex ? b : toFloat(b);
    if (left === undefined || right === undefined) return undefined;
    return complexBinary(
      op,
      typeof left === "number" ? new PyFloat(left) : left,
      typeof right === "number" ? new PyFloat(right) : right,
    );
  }
  const left = toFloat(a), right = toFloat(b);
  if (left === undefined || right === undefined) return undefined;
  return floatBinary(op, left, right);
}

function unary(op: string, v: Value): Value | undefined {
  if (op === "not") return !truth(v);
  if (isInt(v)) {
    const n = plain(v);
    if (op === "+") return n;
    // -0 is no int
    if (op === "-") return typeof n === "number" ? 0 - n : norm(-n);
    // ~True warns, so it is left to run time.
    if (typeof v === "boolean") return undefined;
    return norm(~BigInt(n));
  }
  if (op === "~") return undefined;
  if (v instanceof PyFloat) return op === "+" ? v : new PyFloat(-v.v);
  if (v instanceof PyComplex) {
    return op === "+" ? v : new PyComplex(-v.re, -v.im);
  }
  return undefined;
}

function truth(v: Value): boolean {
  switch (typeof v) {
    case "boolean":
      return v;
    case "number":
      return v !== 0;
    case "bigint":
    case "string":
      return v !== "";
  }
  if (v === None) return false;
  if (v === Ellipsis) return true;
  if (v instanceof PyFloat) return v.v !== 0;
  if (v instanceof PyComplex) return v.re !== 0 || v.im !== 0;
  if (v instanceof PyBytes) return v.b.length > 0;
  if (v instanceof PyTuple) return v.items.length > 0;
  return true;
}

/** Arithmetic on constants. */
export const constOps: ConstOps = {
  unary,
  binary,
  truth,
  frozenset: makeFrozenSet,
};
