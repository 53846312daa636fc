// CPython 3.14: Modules/_datetimemodule.c (time)

import {
  type CmpOp,
  EQ,
  type KwNames,
  M_CLASS,
  NE,
  None,
  NotImplemented,
  type PyType,
  setSpec,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { hashBytes } from "../core/objects/hash.ts";
import { PyTuple } from "../core/objects/object.ts";
import { cur } from "../core/objects/state.ts";
import { isoBytes, parseIsoTime } from "./datetime_calendar.ts";
import { deltaCompare, deltaHash, deltaSubtract, newDelta, type PyDelta, signToBool } from "./datetime_delta.ts";
import {
  formatMethod,
  invalidIso,
  isoClock,
  isoText,
  reprEnd,
  strftimeMethod,
  strptimeMethod,
  timespecArg,
  wrapStrftime,
} from "./datetime_format.ts";
import { replaceMethod } from "./datetime_date.ts";
import { makeTime, newTime, pickledState, pickledTzinfo, PyTime, reduceAware, timeType } from "./datetime_objects.ts";
import { callOffset, callTzname, newTimeZone, utcOffsetText } from "./datetime_tz.ts";
import { anyArg, counted, intArg, keywords, type Params, parseKeywords } from "./parse_args.ts";

// ---- making ---------------------------------------------------------------------------------

const PARAMS: Params = {
  names: ["hour", "minute", "second", "microsecond", "tzinfo", "fold"],
  convert: [intArg, intArg, intArg, intArg, anyArg, intArg],
  required: 0,
  positional: 5,
};
function timeNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const n = args.length - (kwnames?.length ?? 0);
  if (n === 1 || n === 2) {
    const b = pickledState(args[0], 6, 0, (c) => (c & 0x7f) < 24, "time");
    if (b !== undefined) {
      const tz = pickledTzinfo(n === 2 ? args[1] : undefined);
      return new PyTime(b[0] & 0x7f, b[1], b[2], b[3] << 16 | b[4] << 8 | b[5], tz, b[0] >> 7, type);
    }
  }
  const [h = 0, m = 0, s = 0, us = 0, tz = None, fold = 0] = parseKeywords(PARAMS, args, kwnames);
  return newTime(h, m, s, us, tz, fold, type);
}

/** The tzinfo of an ISO text's offset, None without one. */
export function isoZone(offset: [number, number] | undefined): Value {
  if (offset === undefined) return None;
  return newTimeZone(newDelta(0, offset[0], offset[1]), undefined);
}
export const MIDNIGHT = "minute, second, and microsecond must be 0 when hour is 24";

function fromIsoFormat(cls: Value, v: Value): Value {
  const bytes = isoBytes(isoText(v));
  if (bytes === undefined) throw invalidIso(v);
  // a T may stand before a time alone
  const t = parseIsoTime(bytes.b, bytes.b[0] === 84 ? 1 : 0, bytes.n);
  if (t === undefined) throw invalidIso(v);
  if (t.h === 24) {
    if (t.m !== 0 || t.s !== 0 || t.us !== 0) throw valueError(MIDNIGHT);
    t.h = 0;
  }
  return makeTime(cls, t.h, t.m, t.s, t.us, isoZone(t.offset));
}

// ---- comparing ------------------------------------------------------------------------------

function compareFields(a: PyTime, b: PyTime): number {
  return a.hh - b.hh || a.mm - b.mm || a.ss - b.ss || a.us - b.us;
}
/** Seconds since midnight UTC. */
function utcSeconds(t: PyTime, off: PyDelta): number {
  return t.hh * 3600 + t.mm * 60 + t.ss - off.days * 86400 - off.seconds;
}
function compare(x: Value, b: Value, op: CmpOp): Value {
  if (!(b instanceof PyTime)) return NotImplemented;
  const a = x as PyTime;
  if (a.tz === b.tz) return signToBool(compareFields(a, b), op);
  const p = callOffset(a.tz, "utcoffset", None), q = callOffset(b.tz, "utcoffset", None);
  if (p !== undefined && q !== undefined) {
    if (deltaCompare(p, q) === 0) return signToBool(compareFields(a, b), op);
    return signToBool(utcSeconds(a, p) - utcSeconds(b, q) || a.us - b.us, op);
  }
  if (p === q) return signToBool(compareFields(a, b), op);
  if (op === EQ) return false;
  if (op === NE) return true;
  throw typeError("can't compare offset-naive and offset-aware times");
}

function hash(t: PyTime): number {
  if (t.hashed !== undefined) {
    cur.hashHi = t.hashed[1];
    return t.hashed[0];
  }
  const off = callOffset(t.tz, "utcoffset", None);
  if (off === undefined) return hashBytes(t.bytes());
  const lo = deltaHash(deltaSubtract(newDelta(0, t.hh * 3600 + t.mm * 60 + t.ss, t.us), off));
  t.hashed = [lo, cur.hashHi];
  return lo;
}

const REPLACE = "hour=unchanged, minute=unchanged, second=unchanged,\n        " +
  "microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged";
function replace(t: PyTime, ...v: (Value | undefined)[]): Value {
  const int = (i: number, old: number) => v[i] === undefined ? old : A.asInt32(v[i]!);
  const [h, m, s, us] = [int(0, t.hh), int(1, t.mm), int(2, t.ss), int(3, t.us)];
  return makeTime(t.cls, h, m, s, us, v[4] ?? t.tz, int(5, t.fold));
}

export const TIMESPECS =
  "timespec says how much of the time to write: 'auto', 'hours', 'minutes', 'seconds', 'milliseconds'\nor 'microseconds'.\n";

setSpec(timeType, {
  doc: "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time of day\n\n" +
    "All arguments may be left out. tzinfo may be None or an instance of a subclass of tzinfo;\nthe others are ints.\n",
  slots: {
    tp_new: timeNew,
    tp_repr: (self) => {
      const t = self as PyTime;
      let head = `${t.cls.name}(${t.hh}, ${t.mm}`;
      if (t.us !== 0) head += `, ${t.ss}, ${t.us}`;
      else if (t.ss !== 0) head += `, ${t.ss}`;
      return reprEnd(head, t.tz, t.fold, false);
    },
    tp_str: (self) => A.callMethod(self, "isoformat"),
    tp_hash: (self) => hash(self as PyTime),
    tp_richcompare: compare,
  },
  methods: {
    strptime: strptimeMethod("time", M_CLASS),
    isoformat: keywords(
      { fname: "isoformat", names: ["timespec"], convert: [timespecArg], required: 0 },
      `Text in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n\n${TIMESPECS}`,
      (t: PyTime, timespec = "auto") => isoClock(t, timespec) + utcOffsetText(t.tz, None, ":"),
    ),
    strftime: strftimeMethod((self, format) => {
      const t = self as PyTime;
      return wrapStrftime(t, format, new PyTuple([1900, 1, 1, t.hh, t.mm, t.ss, 0, 1, -1]), None);
    }),
    __format__: formatMethod("time"),
    utcoffset: ["", "self.tzinfo.utcoffset(self)", (t: PyTime) => callOffset(t.tz, "utcoffset", None) ?? None],
    tzname: ["", "self.tzinfo.tzname(self)", (t: PyTime) => callTzname(t.tz, None)],
    dst: ["", "self.tzinfo.dst(self)", (t: PyTime) => callOffset(t.tz, "dst", None) ?? None],
    replace: [REPLACE, "The time with other values in the given fields.", replace],
    __replace__: replaceMethod(REPLACE, "time.replace", replace),
    fromisoformat: ["object, /", "str -> the time that a text in ISO 8601 format stands for.", fromIsoFormat, M_CLASS],
    __reduce_ex__: counted(
      "time.__reduce_ex__",
      1,
      1,
      "__reduce_ex__(proto) -> (cls, state)",
      (t: PyTime, p: number) => {
        return reduceAware(t, 0, p);
      },
      [intArg],
    ),
    __reduce__: ["", "__reduce__() -> (cls, state)", (t: PyTime) => reduceAware(t, 0, 2)],
  },
  getset: {
    hour: [(t: PyTime) => t.hh],
    minute: [(t: PyTime) => t.mm],
    second: [(t: PyTime) => t.ss],
    microsecond: [(t: PyTime) => t.us],
    tzinfo: [(t: PyTime) => t.tz],
    fold: [(t: PyTime) => t.fold],
  },
  attrs: {
    min: () => new PyTime(0, 0, 0, 0),
    max: () => new PyTime(23, 59, 59, 999999),
    resolution: () => newDelta(0, 0, 1),
  },
});
