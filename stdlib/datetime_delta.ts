// CPython 3.14: Modules/_datetimemodule.c (timedelta)
//
// A timedelta is days, seconds and microseconds, the latter two never negative and below one day and
// one second. Arithmetic goes by way of microseconds as an int.

import {
  builtinType,
  type CmpOp,
  type Int,
  type KwNames,
  NotImplemented,
  PyFloat,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import { intFromDouble, intMul, normInt } from "../core/objects/int_ops.ts";
import { hashTuple } from "../core/objects/hash.ts";
import { anyArg, type Params, parseKeywords } from "./parse_args.ts";

export const deltaType: PyType = builtinType("datetime.timedelta");

const MAX_DAYS = 999999999, DAY = 86400, MILLION = 1000000;

export class PyDelta extends PyObject {
  readonly days: number;
  readonly seconds: number;
  readonly us: number;
  constructor(days: number, seconds: number, us: number, cls: PyType = deltaType) {
    super(cls);
    this.days = days;
    this.seconds = seconds;
    this.us = us;
  }
}

/** A timedelta from parts of any size. */
export function newDelta(days: number, seconds: number, us: number, cls: PyType = deltaType): PyDelta {
  if (us < 0 || us >= MILLION) {
    const q = Math.floor(us / MILLION);
    us -= q * MILLION;
    seconds += q;
  }
  if (seconds < 0 || seconds >= DAY) {
    const q = Math.floor(seconds / DAY);
    seconds -= q * DAY;
    days += q;
  }
  if (days < -MAX_DAYS || days > MAX_DAYS) {
    throw overflowError(`days=${days}; must have magnitude <= ${MAX_DAYS}`);
  }
  if (days === 0 && seconds === 0 && us === 0 && cls === deltaType) return zeroDelta();
  return new PyDelta(days, seconds, us, cls);
}
let zero: PyDelta | undefined;
/** There is one `timedelta(0)`. */
export function zeroDelta(): PyDelta {
  return zero ??= new PyDelta(0, 0, 0);
}

export function deltaUs(d: PyDelta): Int {
  const s = d.days * DAY + d.seconds;
  return Math.abs(s) < 9e9 ? s * MILLION + d.us : normInt(BigInt(s) * 1000000n + BigInt(d.us));
}

function divmodPair(a: Value, b: Value): [Value, Value] {
  const r = A.binDivmod(a, b);
  if (!(r instanceof PyTuple)) throw typeError(`divmod() returned non-tuple (type ${typeName(r)})`);
  if (r.items.length !== 2) throw typeError(`divmod() returned a tuple of size ${r.items.length}`);
  return [r.items[0], r.items[1]];
}
function below(v: Value, limit: number): number {
  const n = A.asInt32(v);
  if (n < 0 || n >= limit) throw typeError("divmod() returned a value out of range");
  return n;
}
export function usToDelta(us: Value, cls: PyType = deltaType): PyDelta {
  if (typeof us === "number") {
    const s = Math.floor(us / MILLION), days = Math.floor(s / DAY);
    return newDelta(days, s - days * DAY, us - s * MILLION, cls);
  }
  const [secs, u] = divmodPair(us, MILLION);
  const n = below(u, MILLION);
  const [days, s] = divmodPair(secs, DAY);
  const sec = below(s, DAY);
  return newDelta(A.asInt32(days), sec, n, cls);
}

/** Nearest int to m / n, halves to even. */
function divideNearest(m: Value, n: Value): Value {
  const [q, r] = divmodPair(A.intValue(m), A.intValue(n));
  const a = BigInt(r as Int) * 2n, b = BigInt(A.intValue(n)), quot = BigInt(q as Int);
  const up = b > 0n ? a > b : a < b;
  return normInt(up || a === b && quot % 2n !== 0n ? quot + 1n : quot);
}

export function deltaNegative(d: PyDelta): PyDelta {
  return newDelta(-d.days, -d.seconds, -d.us);
}
export function deltaIsZero(d: PyDelta): boolean {
  return d.days === 0 && d.seconds === 0 && d.us === 0;
}
export function deltaAdd(a: PyDelta, b: PyDelta): PyDelta {
  return newDelta(a.days + b.days, a.seconds + b.seconds, a.us + b.us);
}
export function deltaSubtract(a: PyDelta, b: PyDelta): PyDelta {
  return newDelta(a.days - b.days, a.seconds - b.seconds, a.us - b.us);
}
export function deltaCompare(a: PyDelta, b: PyDelta): number {
  return a.days - b.days || a.seconds - b.seconds || a.us - b.us;
}
export function deltaHash(d: PyDelta): number {
  return hashTuple([d.days, d.seconds, d.us]);
}
/** The outcome of a rich comparison, by the sign of a difference. */
export function signToBool(diff: number, op: CmpOp): boolean {
  switch (op) {
    case 0:
      return diff < 0;
    case 1:
      return diff <= 0;
    case 2:
      return diff === 0;
    case 3:
      return diff !== 0;
    case 4:
      return diff > 0;
    default:
      return diff >= 0;
  }
}

export function two(n: number): string {
  return n < 10 ? "0" + n : String(n);
}
export function six(n: number): string {
  return String(n).padStart(6, "0");
}

/** A float's ratio, as `as_integer_ratio` of its type gives it. */
function ratio(f: PyFloat): [Value, Value] {
  const r = A.callMethod(f, "as_integer_ratio");
  if (!(r instanceof PyTuple)) {
    throw typeError(`unexpected return type from as_integer_ratio(): expected tuple, got '${typeName(r)}'`);
  }
  if (r.items.length !== 2) throw valueError("as_integer_ratio() must return a 2-tuple");
  return [r.items[0], r.items[1]];
}
function scaleByFloat(d: PyDelta, f: PyFloat, divide: boolean): Value {
  const us = deltaUs(d), [num, den] = ratio(f);
  return usToDelta(divideNearest(A.binMul(us, divide ? den : num), divide ? num : den));
}
function multiply(a: Value, b: Value): Value {
  const d = a instanceof PyDelta ? a : b as PyDelta, x = a instanceof PyDelta ? b : a;
  if (A.isInt(x)) return usToDelta(A.binMul(x, deltaUs(d)));
  if (x instanceof PyFloat) return scaleByFloat(d, x, false);
  return NotImplemented;
}

// ---- the constructor ------------------------------------------------------------------------

const PARAMS: Params = {
  fname: "__new__",
  names: ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"],
  convert: [anyArg, anyArg, anyArg, anyArg, anyArg, anyArg, anyArg],
  required: 0,
};
/** Microseconds of a unit, in the order in which the arguments are added up: index, factor. */
const FACTORS: readonly [index: number, factor: number][] = [
  [2, 1],
  [3, 1000],
  [1, MILLION],
  [4, 60 * MILLION],
  [5, 3600 * MILLION],
  [0, DAY * MILLION],
  [6, 7 * DAY * MILLION],
];

function halfAway(x: number): number {
  return Math.sign(x) * Math.round(Math.abs(x));
}

function deltaNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const v: (Value | undefined)[] = parseKeywords(PARAMS, args, kwnames);
  let x: Value = 0, left = 0;
  for (const [i, factor] of FACTORS) {
    const n = v[i];
    if (n === undefined) continue;
    if (A.isInt(n)) x = A.binAdd(x, A.binMul(n, factor));
    else if (n instanceof PyFloat) {
      const whole = Math.trunc(n.v), frac = n.v - whole;
      if (Number.isNaN(n.v)) throw valueError("cannot convert float NaN to integer");
      if (!Number.isFinite(n.v)) throw overflowError("cannot convert float infinity to integer");
      x = A.binAdd(x, intMul(intFromDouble(whole), factor));
      if (frac === 0) continue;
      const us = factor * frac;
      x = A.binAdd(x, intFromDouble(Math.trunc(us)));
      left += us - Math.trunc(us);
    } else throw typeError(`unsupported type for timedelta ${PARAMS.names[i]} component: ${typeName(n)}`);
  }
  if (left !== 0) {
    let whole = halfAway(left);
    if (Math.abs(whole - left) === 0.5) {
      const odd = A.isTrue(A.binAnd(x, 1)) ? 1 : 0;
      whole = 2 * halfAway((left + odd) * 0.5) - odd;
    }
    x = A.binAdd(x, whole + 0);
  }
  return usToDelta(x, type);
}

function clock(d: PyDelta): string {
  const h = Math.floor(d.seconds / 3600), m = Math.floor(d.seconds / 60) % 60;
  return `${h}:${two(m)}:${two(d.seconds % 60)}${d.us !== 0 ? "." + six(d.us) : ""}`;
}

setSpec(deltaType, {
  doc: "The difference between two dates or times.\n\n" +
    "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\n" +
    "All arguments may be left out (0); they may be ints or floats, positive or negative.",
  slots: {
    tp_new: deltaNew,
    tp_repr: (self) => {
      const d = self as PyDelta, parts: string[] = [];
      if (d.days !== 0) parts.push(`days=${d.days}`);
      if (d.seconds !== 0) parts.push(`seconds=${d.seconds}`);
      if (d.us !== 0) parts.push(`microseconds=${d.us}`);
      return `${d.cls.name}(${parts.length === 0 ? "0" : parts.join(", ")})`;
    },
    tp_str: (self) => {
      const d = self as PyDelta;
      if (d.days === 0) return clock(d);
      return `${d.days} day${Math.abs(d.days) === 1 ? "" : "s"}, ${clock(d)}`;
    },
    tp_hash: (self) => deltaHash(self as PyDelta),
    tp_richcompare: (a, b, op) => b instanceof PyDelta ? signToBool(deltaCompare(a as PyDelta, b), op) : NotImplemented,
    nb_add: (a, b) => a instanceof PyDelta && b instanceof PyDelta ? deltaAdd(a, b) : NotImplemented,
    nb_subtract: (a, b) => a instanceof PyDelta && b instanceof PyDelta ? deltaSubtract(a, b) : NotImplemented,
    nb_multiply: multiply,
    nb_remainder: (a, b) => {
      if (!(a instanceof PyDelta) || !(b instanceof PyDelta)) return NotImplemented;
      return usToDelta(A.binMod(deltaUs(a), deltaUs(b)));
    },
    nb_divmod: (a, b) => {
      if (!(a instanceof PyDelta) || !(b instanceof PyDelta)) return NotImplemented;
      const [q, r] = divmodPair(deltaUs(a), deltaUs(b));
      return new PyTuple([q, usToDelta(r)]);
    },
    nb_negative: (a) => deltaNegative(a as PyDelta),
    nb_positive: (a) => newDelta((a as PyDelta).days, (a as PyDelta).seconds, (a as PyDelta).us),
    nb_absolute: (self) => {
      const a = self as PyDelta;
      return a.days < 0 ? deltaNegative(a) : newDelta(a.days, a.seconds, a.us);
    },
    nb_bool: (a) => !deltaIsZero(a as PyDelta),
    nb_floor_divide: (a, b) => {
      if (!(a instanceof PyDelta)) return NotImplemented;
      if (A.isInt(b)) return usToDelta(A.binFloorDiv(deltaUs(a), b));
      if (b instanceof PyDelta) return A.binFloorDiv(deltaUs(a), deltaUs(b));
      return NotImplemented;
    },
    nb_true_divide: (a, b) => {
      if (!(a instanceof PyDelta)) return NotImplemented;
      if (b instanceof PyDelta) return A.binTrueDiv(deltaUs(a), deltaUs(b));
      if (b instanceof PyFloat) return scaleByFloat(a, b, true);
      if (A.isInt(b)) return usToDelta(divideNearest(deltaUs(a), b));
      return NotImplemented;
    },
  },
  methods: {
    total_seconds: ["", "The whole duration in seconds.", (d: PyDelta) => A.binTrueDiv(deltaUs(d), MILLION)],
    __reduce__: [
      "",
      "__reduce__() -> (cls, state)",
      (d: PyDelta) => new PyTuple([d.cls, new PyTuple([d.days, d.seconds, d.us])]),
    ],
  },
  members: {
    days: [(d: PyDelta) => d.days, undefined, "Number of days."],
    seconds: [(d: PyDelta) => d.seconds, undefined, "Number of seconds (>= 0 and less than 1 day)."],
    microseconds: [(d: PyDelta) => d.us, undefined, "Number of microseconds (>= 0 and less than 1 second)."],
  },
  attrs: {
    resolution: () => new PyDelta(0, 0, 1),
    min: () => new PyDelta(-MAX_DAYS, 0, 0),
    max: () => new PyDelta(MAX_DAYS, DAY - 1, MILLION - 1),
  },
});
