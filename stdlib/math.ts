// CPython 3.14: Modules/mathmodule.c
//
// The math module. The functions themselves are in core/objects/libm.ts, math_special.ts,
// math_sum.ts and math_int.ts; here are their arguments and errors.

import {
  floatType,
  M_NOSIG,
  type MethodDef,
  None,
  PyFloat,
  PyTuple,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import {
  asIndex,
  binMul,
  binTrueDiv,
  call0,
  getIter,
  intValue,
  isInt,
  iterNext,
  iterToArray,
  lookupSpecial,
} from "../core/objects/abstract.ts";
import { cur } from "../core/objects/state.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { intBitLength, intFromFloat, intLshift, intRatio } from "../core/objects/int.ts";
import { realToDouble } from "../core/objects/float.ts";
import { signedNaN } from "../core/objects/number_parse.ts";
import { copysign } from "../core/objects/complex_ops.ts";
import * as L from "../core/objects/libm.ts";
import { reprDouble } from "../core/text/dtoa.ts";
import { erf, erfc, gamma, lgamma } from "./math_special.ts";
import { dist, fmaFinite, fsum, hypot, sumprod } from "./math_sum.ts";
import { comb, factorial, gcd, isqrt, lcm, perm } from "./math_int.ts";

type F1 = (x: number) => number;

function domainError(text: string | undefined, x: number): Error {
  return valueError(
    text === undefined ? "math domain error" : text.replace("%s", reprDouble(x)),
  ) as unknown as Error;
}
function rangeError(): Error {
  return overflowError("math range error") as unknown as Error;
}

/** A function of one double; a NaN or infinity out of a finite argument is an error. */
function unary(
  doc: string,
  f: F1,
  text?: string,
  canOverflow = false,
): MethodDef {
  return ["x, /", doc, (_m: unknown, v: Value): Value => {
    const x = v instanceof PyFloat ? v.v : realToDouble(v);
    const r = f(x);
    if (r !== r) {
      if (x === x) throw domainError(text, x);
    } else if ((r === Infinity || r === -Infinity) && Number.isFinite(x)) {
      throw canOverflow ? rangeError() : domainError(text, x);
    }
    return new PyFloat(r);
  }];
}
/** A function of one double that gives any value. */
function plain(doc: string, f: (x: number) => Value): MethodDef {
  return ["x, /", doc, (_m: unknown, v: Value): Value => f(realToDouble(v))];
}

/** A logarithm of any number, ints of any size included. */
function logOf(v: Value, f: F1): number {
  if (isInt(v)) {
    const n = intValue(v);
    if (n <= 0) throw valueError("expected a positive input");
    if (typeof n === "number") return f(n);
    const x = Number(n);
    if (x !== Infinity) return f(x);
    const e = intBitLength(n);
    return f(intRatio(n, intLshift(1, e))) + f(2) * e;
  }
  const x = realToDouble(v);
  if (x !== x || x === Infinity) return x;
  if (x <= 0) {
    throw domainError("expected a positive input, got %s", x);
  }
  return f(x);
}

/** `__floor__` or `__ceil__`, or the float's. */
function roundTo(name: string, f: F1): (m: unknown, v: Value) => Value {
  return (_m, v) => {
    if (!(v instanceof PyFloat && v.cls === floatType)) {
      const method = lookupSpecial(v, name);
      if (method !== undefined) return call0(method);
    }
    return intFromFloat(f(realToDouble(v)));
  };
}

function mathPow(x: number, y: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    if (x === 1 || y === 0) return 1;
    if (x !== x || y !== y) return NaN;
    if (y === Infinity || y === -Infinity) {
      const m = Math.abs(x);
      if (m === 1) return 1;
      return (y > 0) === (m > 1) ? Infinity : 0;
    }
    return x ** y;
  }
  const r = L.libmPow(x, y);
  if (r !== r) throw domainError(undefined, x);
  if (r === Infinity || r === -Infinity) {
    throw x === 0 ? domainError(undefined, x) : rangeError();
  }
  return r;
}

function remainder(x: number, y: number): number {
  if (Number.isFinite(x) && Number.isFinite(y)) {
    if (y === 0) throw domainError(undefined, x);
    const ax = Math.abs(x), ay = Math.abs(y);
    const m = ax % ay, c = ay - m;
    let r: number;
    if (m < c) r = m;
    else if (m > c) r = -c;
    else r = m - 2 * ((0.5 * (ax - m)) % ay);
    return copysign(1, x) * r;
  }
  if (x !== x) return x;
  if (y !== y) return y;
  if (x === Infinity || x === -Infinity) throw domainError(undefined, x);
  return x;
}

const f64 = new Float64Array(1);
const i64 = new BigInt64Array(f64.buffer);
/** Doubles in order as integers. */
function ordinal(x: number): bigint {
  f64[0] = x;
  const b = i64[0];
  return b < 0n ? -(b & 0x7fffffffffffffffn) : b;
}
function fromOrdinal(n: bigint, sign: number): number {
  i64[0] = n < 0n ? -n : n;
  const x = f64[0];
  return n < 0n || (n === 0n && sign < 0) ? -x : x;
}
function nextafter(
  x: number,
  y: number,
  steps: bigint,
  single = true,
): number {
  if (x !== x || y !== y) return NaN;
  if (x === y) return y;
  if (steps === 0n) return x;
  const a = ordinal(x), b = ordinal(y);
  let r: bigint;
  if (a < b) r = a + steps < b ? a + steps : b;
  else r = a - steps > b ? a - steps : b;
  // a step from the smallest subnormal keeps its sign, even towards the other zero
  if (r === b && !(single && r === 0n)) return y;
  return fromOrdinal(r, a < 0n ? -1 : 1);
}
function ulp(x: number): number {
  if (x !== x) return x;
  x = Math.abs(x);
  if (x === Infinity) return x;
  const up = nextafter(x, Infinity, 1n);
  return up === Infinity ? x - nextafter(x, -Infinity, 1n) : up - x;
}

function isclose(
  _m: unknown,
  av: Value,
  bv: Value,
  rel?: Value,
  abs?: Value,
): boolean {
  const a = realToDouble(av), b = realToDouble(bv);
  const rt = rel === undefined ? 1e-9 : realToDouble(rel);
  const at = abs === undefined ? 0 : realToDouble(abs);
  if (rt < 0 || at < 0) throw valueError("tolerances must be non-negative");
  if (a === b) return true;
  if (Math.abs(a) === Infinity || Math.abs(b) === Infinity) return false;
  const d = Math.abs(b - a);
  return d <= Math.abs(rt * b) || d <= Math.abs(rt * a) || d <= at;
}

function ldexp(x: number, v: Value): number {
  if (!isInt(v)) {
    throw typeError("Expected an int as second argument to ldexp.");
  }
  const e = intValue(v);
  if (x === 0 || !Number.isFinite(x)) return x;
  if (e > 4000) throw rangeError();
  if (e < -4000) return copysign(0, x);
  const r = L.ldexp(x, e as number);
  if (!Number.isFinite(r)) throw rangeError();
  return r;
}

function gammaOf(f: (x: number) => number | undefined): F1 {
  return (x) => f(x) ?? NaN;
}

const TO_DEG = 180 / Math.PI, TO_RAD = Math.PI / 180;
const UNIT = "expected a number in range from -1 up to 1, got %s";
const FINITE = "expected a finite input, got %s";
const POLE = "expected a noninteger or positive integer, got %s";

function float2(
  sig: string,
  doc: string,
  f: (x: number, y: number) => number,
): MethodDef {
  return [
    sig,
    doc,
    (_m: unknown, a: Value, b: Value): Value => new PyFloat(f(realToDouble(a), realToDouble(b))),
  ];
}

const functions: Record<string, MethodDef> = {
  acos: unary("Arc cosine in radians, from 0 to pi.", Math.acos, UNIT),
  acosh: unary(
    "Inverse hyperbolic cosine.",
    (x) => x < 1 ? NaN : L.libmAcosh(x),
    "expected argument value not less than 1, got %s",
  ),
  asin: unary("Arc sine in radians, from -pi/2 to pi/2.", Math.asin, UNIT),
  asinh: unary("Inverse hyperbolic sine.", L.libmAsinh),
  atan: unary("Arc tangent in radians, from -pi/2 to pi/2.", Math.atan),
  atan2: float2(
    "y, x, /",
    "Arc tangent of y/x in radians, in the quadrant that both signs give.",
    L.libmAtan2,
  ),
  atanh: unary(
    "Inverse hyperbolic tangent.",
    (x) => Math.abs(x) < 1 ? L.libmAtanh(x) : NaN,
    "expected a number between -1 and 1, got %s",
  ),
  cbrt: unary("Cube root.", L.libmCbrt),
  ceil: [
    "x, /",
    "The smallest int that is not below x.",
    roundTo("__ceil__", Math.ceil),
  ],
  copysign: float2(
    "x, y, /",
    "The magnitude of x with the sign of y.\n\ncopysign(1.0, -0.0) gives -1.0.",
    copysign,
  ),
  cos: unary("Cosine of x radians.", L.libmCos, FINITE),
  cosh: unary("Hyperbolic cosine.", L.libmCosh, undefined, true),
  degrees: plain("Radians as degrees.", (x) => new PyFloat(x * TO_DEG)),
  dist: [
    "p, q, /",
    "Euclidean distance of two points, sequences of as many coordinates.",
    (_m: unknown, p: Value, q: Value): Value => new PyFloat(dist(iterToArray(p), iterToArray(q))),
  ],
  erf: unary("Error function.", erf),
  erfc: unary("Complementary error function.", erfc),
  exp: unary("e to the power of x.", L.libmExp, undefined, true),
  exp2: unary("2 to the power of x.", L.libmExp2, undefined, true),
  expm1: unary(
    "exp(x) - 1, without the loss of precision for small x.",
    L.libmExpm1,
    undefined,
    true,
  ),
  fabs: unary("Absolute value as a float.", Math.abs),
  factorial: [
    "n, /",
    "n! for an int n that is not negative.",
    (_m: unknown, n: Value): Value => factorial(n),
  ],
  floor: [
    "x, /",
    "The largest int that is not above x.",
    roundTo("__floor__", Math.floor),
  ],
  fma: [
    "x, y, z, /",
    "x * y + z, rounded only once.",
    (_m: unknown, xv: Value, yv: Value, zv: Value): Value => {
      const x = realToDouble(xv), y = realToDouble(yv), z = realToDouble(zv);
      if (Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z)) {
        const r = fmaFinite(x, y, z);
        if (!Number.isFinite(r)) throw overflowError("overflow in fma");
        return new PyFloat(r);
      }
      // an infinite sum, or a z that a large but finite product does not change
      const p = x * y;
      const r = Number.isFinite(x) && Number.isFinite(y) ? z : p + z;
      if (r !== r && x === x && y === y && z === z) {
        throw valueError("invalid operation in fma");
      }
      return new PyFloat(r);
    },
  ],
  fmod: float2(
    "x, y, /",
    "Remainder of x / y as C computes it: with the sign of x.",
    (x, y) => {
      if ((y === Infinity || y === -Infinity) && Number.isFinite(x)) return x;
      const r = x % y;
      if (r !== r && x === x && y === y) throw domainError(undefined, x);
      return r;
    },
  ),
  frexp: plain(
    "Mantissa and exponent (m, e) with x = m * 2.**e; both 0 for 0, else 0.5 <= abs(m) < 1.0.",
    (x) => {
      const [m, e] = L.frexp(x);
      return new PyTuple([new PyFloat(m), e]);
    },
  ),
  fsum: [
    "seq, /",
    "The sum of the floats of an iterable, rounded only once.",
    (_m: unknown, seq: Value): Value => new PyFloat(fsum(seq)),
  ],
  gamma: unary("Gamma function.", gammaOf(gamma), POLE, true),
  gcd: [
    "*integers",
    "Greatest common divisor.",
    (_m: unknown, args: Value[]): Value => gcd(args),
  ],
  hypot: [
    "*coordinates",
    "hypot(*coordinates) -> value\n\nEuclidean length of a vector: sqrt(x*x + y*y) for hypot(x, y).",
    (_m: unknown, args: Value[]): Value => new PyFloat(hypot(args)),
  ],
  isclose: [
    "a, b, *, rel_tol=1e-09, abs_tol=0.0",
    "Whether two floats are nearly equal.\n\n  rel_tol\n    largest difference, relative to the larger magnitude\n  abs_tol\n    largest difference, absolute\n\nOne of the two must hold. NaN is close to nothing, an infinity only to itself.",
    isclose,
  ],
  isfinite: plain("Neither infinite nor NaN?", (x) => Number.isFinite(x)),
  isinf: plain(
    "Positive or negative infinity?",
    (x) => x === Infinity || x === -Infinity,
  ),
  isnan: plain("NaN?", (x) => x !== x),
  isqrt: [
    "n, /",
    "The integer part of the square root of an int.",
    (_m: unknown, n: Value): Value => isqrt(n),
  ],
  lcm: [
    "*integers",
    "Least common multiple.",
    (_m: unknown, args: Value[]): Value => lcm(args),
  ],
  ldexp: [
    "x, i, /",
    "x * (2**i), the inverse of frexp().",
    (_m: unknown, x: Value, i: Value): Value => new PyFloat(ldexp(realToDouble(x), i)),
  ],
  lgamma: unary(
    "Natural logarithm of the magnitude of the gamma function.",
    gammaOf(lgamma),
    POLE,
    true,
  ),
  log: [
    "x, base=None, /",
    "log(x, [base=math.e])\nThe logarithm of x to a base, the natural one if none is given.",
    (_m: unknown, x: Value, base?: Value): Value => {
      const num = new PyFloat(logOf(x, L.libmLog));
      if (base === undefined) return num;
      return binTrueDiv(num, new PyFloat(logOf(base, L.libmLog)));
    },
    M_NOSIG,
  ],
  log10: [
    "x, /",
    "The logarithm of x to base 10.",
    (_m: unknown, x: Value): Value => new PyFloat(logOf(x, L.libmLog10)),
  ],
  log1p: unary(
    "The natural logarithm of 1+x, precise for small x.",
    (x) => x <= -1 ? NaN : L.libmLog1p(x),
    "expected argument value > -1, got %s",
  ),
  log2: [
    "x, /",
    "The logarithm of x to base 2.",
    (_m: unknown, x: Value): Value => new PyFloat(logOf(x, Math.log2)),
  ],
  modf: plain("Fractional and integer part of x, both with its sign.", (x) => {
    const i = Math.trunc(x);
    const f = x === Infinity || x === -Infinity ? copysign(0, x) : copysign(x - i, x);
    return new PyTuple([new PyFloat(f), new PyFloat(i)]);
  }),
  nextafter: [
    "x, y, /, *, steps=None",
    "The float that is so many steps (1 if not given) after x towards y.",
    (_m: unknown, xv: Value, yv: Value, steps: Value = None): Value => {
      const x = realToDouble(xv), y = realToDouble(yv);
      const n = steps === None ? 1 : asIndex(steps);
      if (n < 0) throw valueError("steps must be a non-negative integer");
      return new PyFloat(nextafter(x, y, BigInt(n), steps === None));
    },
  ],
  perm: [
    "n, k=None, /",
    "How many ways there are to choose k of n things in order:\nn! / (n - k)!, and n! where k is None.",
    (_m: unknown, n: Value, k: Value = None): Value => perm(n, k === None ? undefined : k),
  ],
  comb: [
    "n, k, /",
    "How many ways there are to choose k of n things without order:\nn! / (k! * (n - k)!).",
    (_m: unknown, n: Value, k: Value): Value => comb(n, k),
  ],
  pow: float2("x, y, /", "x**y (x to the power of y) of floats.", mathPow),
  prod: [
    "iterable, /, *, start=1",
    "The product of the values of an iterable, begun with start.",
    (_m: unknown, iterable: Value, start: Value = 1): Value => {
      const it = getIter(iterable);
      let r = start;
      for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
        r = binMul(r, v);
        cur.tick(1);
      }
      return r;
    },
  ],
  radians: plain("Degrees as radians.", (x) => new PyFloat(x * TO_RAD)),
  remainder: float2(
    "x, y, /",
    "The difference of x and the nearest multiple of y (IEEE 754), the even\nmultiple if two are as near.",
    remainder,
  ),
  sin: unary("Sine of x radians.", L.libmSin, FINITE),
  sinh: unary("Hyperbolic sine.", L.libmSinh, undefined, true),
  sqrt: unary(
    "Square root.",
    Math.sqrt,
    "expected a nonnegative input, got %s",
  ),
  sumprod: [
    "p, q, /",
    "The sum of the products of the values of two iterables of one length.",
    (_m: unknown, p: Value, q: Value): Value => sumprod(p, q),
  ],
  tan: unary("Tangent of x radians.", Math.tan, FINITE),
  tanh: unary("Hyperbolic tangent.", Math.tanh),
  trunc: [
    "x, /",
    "x without its fraction, by its __trunc__ method.",
    (_m: unknown, v: Value): Value => {
      if (v instanceof PyFloat && v.cls === floatType) return intFromFloat(v.v);
      const f = lookupSpecial(v, "__trunc__");
      if (f === undefined) {
        throw typeError(
          `type ${typeOf(v).name} doesn't define __trunc__ method`,
        );
      }
      return call0(f);
    },
  ],
  ulp: plain("The value of the last bit of x.", (x) => new PyFloat(ulp(x))),
};

export const spec: ModuleSpec = {
  name: "math",
  doc: "The mathematical functions of the C standard.",
  functions,
  constants: {
    pi: () => new PyFloat(Math.PI),
    e: () => new PyFloat(Math.E),
    tau: () => new PyFloat(2 * Math.PI),
    inf: () => new PyFloat(Infinity),
    nan: () => new PyFloat(signedNaN(false)),
  },
};
