// CPython 3.14: Modules/_datetimemodule.c (datetime)
//
// The local time zone is asked by instants only. Where a local time is to be turned into an instant,
// the two offsets that may hold there are found by probing a day earlier or later: no zone has ever
// been set back by more.

import {
  type CmpOp,
  EQ,
  type KwNames,
  M_CLASS,
  NE,
  None,
  NotImplemented,
  PyFloat,
  type PyType,
  setSpec,
  type Str,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import { concat, textValue } from "../core/objects/exceptions.ts";
import * as X from "../core/objects/exceptions.ts";
import { hashBytes } from "../core/objects/hash.ts";
import { cur } from "../core/objects/state.ts";
import { strAt, strLen, strSlice } from "../core/objects/str_ops.ts";
import { qualifiedTypeName } from "../core/objects/type_name.ts";
import { interp } from "../vm/interpreter.ts";
import {
  daysInMonth,
  isoBytes,
  isoSeparator,
  MAXYEAR,
  MINYEAR,
  parseIsoDate,
  parseIsoTime,
  toOrdinal,
  yearError,
} from "./datetime_calendar.ts";
import {
  deltaCompare,
  deltaHash,
  deltaIsZero,
  deltaSubtract,
  deltaUs,
  newDelta,
  PyDelta,
  signToBool,
  two,
} from "./datetime_delta.ts";
import { replaceMethod, saneMonth } from "./datetime_date.ts";
import {
  ctime,
  four,
  invalidIso,
  isoClock,
  isoText,
  reprEnd,
  strptimeMethod,
  structTime,
  timespecArg,
} from "./datetime_format.ts";
import {
  addToDateTime,
  checkTzinfo,
  dateTimeType,
  dateType,
  makeDateTime,
  newDate,
  newDateTime,
  newTime,
  pickledState,
  pickledTzinfo,
  PyDate,
  PyDateTime,
  PyTime,
  reduceAware,
  timeType,
  utc,
} from "./datetime_objects.ts";
import { isoZone, MIDNIGHT, TIMESPECS } from "./datetime_time.ts";
import { callOffset, callTzname, newTimeZone, utcOffsetText } from "./datetime_tz.ts";
import {
  anyArg,
  type Convert,
  counted,
  intArg,
  keywords,
  type Params,
  parseKeywords,
  shownType,
} from "./parse_args.ts";
import { checkRange, GMT, timestamp } from "./time.ts";
import { civil, localTime, type Tm } from "./time_zone.ts";

// ---- the constructor ------------------------------------------------------------------------

const PARAMS: Params = {
  names: ["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"],
  convert: [intArg, intArg, intArg, intArg, intArg, intArg, intArg, anyArg, intArg],
  required: 3,
  positional: 8,
};
function dateTimeNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const n = args.length - (kwnames?.length ?? 0);
  if (n === 1 || n === 2) {
    const b = pickledState(args[0], 10, 2, (c) => saneMonth(c & 0x7f), "datetime");
    if (b !== undefined) {
      const tz = pickledTzinfo(n === 2 ? args[1] : undefined);
      const us = b[7] << 16 | b[8] << 8 | b[9];
      return new PyDateTime([b[0] << 8 | b[1], b[2] & 0x7f, b[3]], [b[4], b[5], b[6], us], tz, b[2] >> 7, type);
    }
  }
  const [y, m, d, hh = 0, mm = 0, ss = 0, us = 0, tz = None, fold = 0] = parseKeywords(PARAMS, args, kwnames);
  return newDateTime(y, m, d, hh, mm, ss, us, tz, fold, type);
}

// ---- local time -----------------------------------------------------------------------------

/** Seconds of 1970-01-01 in the count that starts with ordinal 0, and the longest fold. */
const EPOCH = 719163 * 86400, MAX_FOLD = 86400;

function toSeconds(y: number, m: number, d: number, hh: number, mm: number, ss: number): number {
  if (y < MINYEAR || y > MAXYEAR) throw yearError(y);
  return toOrdinal(y, m, d) * 86400 + hh * 3600 + mm * 60 + ss;
}
function tmSeconds(tm: Tm): number {
  return toSeconds(tm.year, tm.mon + 1, tm.mday, tm.hour, tm.min, tm.sec);
}
/** Local seconds at an instant, both counted from ordinal 0. */
function local(u: number): number {
  return tmSeconds(localTime(u - EPOCH));
}

/** The instant of a local time; solves t = local(u). */
function localToSeconds(o: PyDateTime, fold: number): number {
  const t = toSeconds(o.y, o.m, o.d, o.hh, o.mm, o.ss);
  const a = local(t) - t;
  const u1 = t - a, t1 = local(u1);
  let b;
  if (t1 === t) {
    // a solution; with fold there may be a later one, without an earlier one
    const probe = fold !== 0 ? u1 + MAX_FOLD : u1 - MAX_FOLD;
    b = local(probe) - probe;
    if (a === b) return u1;
  } else b = t1 - u1;
  const u2 = t - b;
  if (local(u2) === t) return u2;
  if (t1 === t) return u1;
  // t is in a gap
  return fold !== 0 ? Math.min(u1, u2) : Math.max(u1, u2);
}

function zoneAt(seconds: number | bigint): Value {
  const tm = localTime(checkRange(BigInt(seconds)));
  return newTimeZone(newDelta(0, tm.off, 0), tm.zone === undefined ? undefined : textValue(tm.zone));
}
/** The time zone of a naive local time. */
function zoneOfLocal(o: PyDateTime): Value {
  let s = localToSeconds(o, o.fold);
  const other = localToSeconds(o, o.fold === 0 ? 1 : 0);
  // a gap
  if (other !== s && (other > s) === (o.fold !== 0)) s = other;
  return zoneAt(s - EPOCH);
}

/** A datetime of an instant in whole seconds and microseconds, local or UTC. */
function fromSeconds(cls: Value, isLocal: boolean, t: bigint, us: number, tz: Value): Value {
  const tm = isLocal ? localTime(checkRange(t)) : civil(checkRange(t), GMT);
  const sec = Math.min(59, tm.sec);
  let fold = 0;
  if (isLocal && tz === None) {
    const result = tmSeconds(tm), at = EPOCH + Number(t);
    const transition = result - local(at - MAX_FOLD) - MAX_FOLD;
    if (transition < 0 && local(at + transition) === result) fold = 1;
  }
  return makeDateTime(cls, tm.year, tm.mon + 1, tm.mday, tm.hour, tm.min, sec, us, tz, fold);
}

function halfEven(x: number): number {
  let r = Math.round(x);
  if (Math.abs(x - r) === 0.5) r = 2 * Math.round(x / 2);
  return r;
}
/** Seconds and microseconds of a POSIX timestamp, the latter rounded half to even. */
function timeval(v: Value): [seconds: bigint, us: number] {
  if (v instanceof PyFloat) {
    if (Number.isNaN(v.v)) throw valueError("Invalid value NaN (not a number)");
    let whole = Math.trunc(v.v), us = halfEven((v.v - whole) * 1e6);
    if (us >= 1e6) {
      us -= 1e6;
      whole++;
    } else if (us < 0) {
      us += 1e6;
      whole--;
    }
    if (!(whole >= -(2 ** 63) && whole < 2 ** 63)) {
      throw overflowError("timestamp out of range for platform time_t");
    }
    return [BigInt(whole), us + 0];
  }
  if (!A.hasIndex(v)) throw typeError(`argument must be int or float, not ${qualifiedTypeName(v)}`);
  return [timestamp(v), 0];
}
function fromTimestamp(cls: Value, v: Value, tz: Value): Value {
  checkTzinfo(tz);
  const [s, us] = timeval(v);
  const t = fromSeconds(cls, tz === None, s, us, tz);
  return tz === None ? t : A.callMethod(tz, "fromutc", t);
}
function now(cls: Value, isLocal: boolean, tz: Value): Value {
  const us = interp().host.clock.timeNs() / 1000n;
  return fromSeconds(cls, isLocal, us / 1000000n, Number(us % 1000000n), tz);
}

// ---- ISO 8601 -------------------------------------------------------------------------------

/** A lone surrogate, which cannot be encoded, is allowed as the separator. */
function withoutSurrogate(s: Str): Str {
  for (const i of [7, 8, 10]) {
    if (i >= strLen(s)) break;
    const c = strAt(s, i);
    if (typeof c === "string" || c.cps[0] < 0xd800 || c.cps[0] > 0xdfff) continue;
    return A.strValue(concat(strSlice(s, 0, i), "T", strSlice(s, i + 1, strLen(s))));
  }
  return s;
}

function fromIsoFormat(cls: Value, v: Value): Value {
  const s = isoText(v);
  const bytes = strLen(s) < 7 ? undefined : isoBytes(withoutSurrogate(s));
  if (bytes === undefined) throw invalidIso(v);
  const { b, n } = bytes;
  const sep = isoSeparator(b, n);
  const date = parseIsoDate(b, sep);
  if (date === undefined) throw invalidIso(v);
  let [y, m, d] = date;
  if (n <= sep) return makeDateTime(cls, y, m, d, 0, 0, 0, 0, None);
  // the separator is any one character
  const c = b[sep];
  const t = parseIsoTime(b, sep + (c < 0x80 ? 1 : (c & 0xf0) === 0xe0 ? 3 : (c & 0xf0) === 0xf0 ? 4 : 2), n);
  if (t === undefined) throw invalidIso(v);
  const tz = isoZone(t.offset);
  if (t.h === 24 && m <= 12) {
    const dim = daysInMonth(y, m);
    if (d <= dim) {
      if (t.m !== 0 || t.s !== 0 || t.us !== 0) throw valueError(MIDNIGHT);
      t.h = 0;
      if (++d > dim) {
        d = 1;
        if (++m > 12) {
          m = 1;
          y++;
        }
      }
    }
  }
  return makeDateTime(cls, y, m, d, t.h, t.m, t.s, t.us, tz);
}

// ---- arithmetic and comparing ---------------------------------------------------------------

function offsetOf(t: PyDateTime): PyDelta | undefined {
  return callOffset(t.tz, "utcoffset", t);
}
function difference(a: PyDateTime, b: PyDateTime): PyDelta {
  let off: PyDelta | undefined;
  if (a.tz !== b.tz) {
    const p = offsetOf(a), q = offsetOf(b);
    if ((p === undefined) !== (q === undefined)) {
      throw typeError("can't subtract offset-naive and offset-aware datetimes");
    }
    if (p !== undefined && q !== undefined && deltaCompare(p, q) !== 0) off = deltaSubtract(p, q);
  }
  const r = newDelta(
    toOrdinal(a.y, a.m, a.d) - toOrdinal(b.y, b.m, b.d),
    (a.hh - b.hh) * 3600 + (a.mm - b.mm) * 60 + a.ss - b.ss,
    a.us - b.us,
  );
  return off === undefined ? r : deltaSubtract(r, off);
}
function add(a: Value, b: Value): Value {
  if (a instanceof PyDateTime) return b instanceof PyDelta ? addToDateTime(a, b, 1) : NotImplemented;
  return a instanceof PyDelta ? addToDateTime(b as PyDateTime, a, 1) : NotImplemented;
}
function subtract(a: Value, b: Value): Value {
  if (!(a instanceof PyDateTime)) return NotImplemented;
  if (b instanceof PyDateTime) return difference(a, b);
  return b instanceof PyDelta ? addToDateTime(a, b, -1) : NotImplemented;
}

function withFold(t: PyDateTime, fold: number): PyDateTime {
  return new PyDateTime([t.y, t.m, t.d], [t.hh, t.mm, t.ss, t.us], t.tz, fold, t.cls);
}
/** Does the offset depend on the fold? Then it equals no time of another zone (PEP 495). */
function foldMatters(t: PyDateTime, off: PyDelta | undefined): boolean {
  const other = offsetOf(withFold(t, t.fold === 0 ? 1 : 0));
  if (off === undefined || other === undefined) return off !== other;
  return deltaCompare(off, other) !== 0;
}
function compareFields(a: PyDateTime, b: PyDateTime): number {
  return a.y - b.y || a.m - b.m || a.d - b.d || a.hh - b.hh || a.mm - b.mm || a.ss - b.ss || a.us - b.us;
}
function compare(x: Value, b: Value, op: CmpOp): Value {
  if (!(b instanceof PyDateTime)) return NotImplemented;
  const a = x as PyDateTime;
  if (a.tz === b.tz) return signToBool(compareFields(a, b), op);
  const p = offsetOf(a), q = offsetOf(b);
  if ((p === undefined) !== (q === undefined)) {
    if (op === EQ) return false;
    if (op === NE) return true;
    throw typeError("can't compare offset-naive and offset-aware datetimes");
  }
  let diff;
  if (p === undefined || q === undefined || deltaCompare(p, q) === 0) diff = compareFields(a, b);
  else {
    const d = difference(a, b);
    diff = d.days !== 0 ? d.days : d.seconds | d.us;
  }
  if (diff === 0 && (op === EQ || op === NE) && (foldMatters(a, p) || foldMatters(b, q))) diff = 1;
  return signToBool(diff, op);
}

function hash(t: PyDateTime): number {
  if (t.hashed !== undefined) {
    cur.hashHi = t.hashed[1];
    return t.hashed[0];
  }
  const off = offsetOf(t.fold === 0 ? t : withFold(t, 0));
  if (off === undefined) return hashBytes(t.bytes());
  const s = newDelta(toOrdinal(t.y, t.m, t.d), t.hh * 3600 + t.mm * 60 + t.ss, t.us);
  const lo = deltaHash(deltaSubtract(s, off));
  t.hashed = [lo, cur.hashHi];
  return lo;
}

// ---- conversions ----------------------------------------------------------------------------

let epochTime: PyDateTime | undefined;
/** 1970-01-01 in UTC. */
function epoch(): PyDateTime {
  return epochTime ??= new PyDateTime([1970, 1, 1], [0, 0, 0, 0], utc());
}

function asTimeZone(t: PyDateTime, tz: Value): Value {
  checkTzinfo(tz);
  let from = t.tz === None ? zoneOfLocal(t) : t.tz;
  if (from === tz) return t;
  let off = callOffset(from, "utcoffset", t);
  if (off === undefined) {
    from = zoneOfLocal(t);
    if (from === tz) return t;
    off = callOffset(from, "utcoffset", t)!;
  }
  let r = addToDateTime(t, off, -1) as PyDateTime;
  if (r.tz === None) {
    r = newDateTime(r.y, r.m, r.d, r.hh, r.mm, r.ss, r.us, utc(), r.fold, r.cls);
  } else r.tz = utc();
  if (tz === None) {
    const us = BigInt(deltaUs(difference(r, epoch())));
    tz = zoneAt((us - ((us % 1000000n) + 1000000n) % 1000000n) / 1000000n);
  }
  r.tz = tz;
  return A.callMethod(tz, "fromutc", r);
}

function posixTimestamp(t: PyDateTime): Value {
  if (t.tz !== None) return A.binTrueDiv(deltaUs(difference(t, epoch())), 1000000);
  return new PyFloat(localToSeconds(t, t.fold) - EPOCH + t.us / 1e6);
}

function timeTuple(t: PyDateTime): Value {
  const dst = callOffset(t.tz, "dst", t);
  return structTime(t.y, t.m, t.d, t.hh, t.mm, t.ss, dst === undefined ? -1 : deltaIsZero(dst) ? 0 : 1);
}
function utcTimeTuple(t: PyDateTime): Value {
  const off = offsetOf(t);
  const u = off === undefined ? t : addToDateTime(t, off, -1) as PyDateTime;
  return structTime(u.y, u.m, u.d, u.hh, u.mm, u.ss, 0);
}

/** Format "C": one character. */
const charArg: Convert = (v, where) => {
  if (!A.isStr(v)) throw typeError(`${where} must be a unicode character, not ${shownType(v)}`);
  const s = A.strValue(v);
  if (strLen(s) !== 1) throw typeError(`${where} must be a unicode character, not a string of length ${strLen(s)}`);
  return s;
};
function typedArg(cls: PyType, is: (v: Value) => boolean): Convert {
  return (v, where) => {
    if (!is(v)) throw typeError(`${where} must be ${cls.name}, not ${shownType(v)}`);
    return v;
  };
}

const REPLACE = "year=unchanged, month=unchanged, day=unchanged,\n        " +
  "hour=unchanged, minute=unchanged, second=unchanged,\n        " +
  "microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged";
function replace(t: PyDateTime, ...v: (Value | undefined)[]): Value {
  const int = (i: number, old: number) => v[i] === undefined ? old : A.asInt32(v[i]!);
  const [y, m, d] = [int(0, t.y), int(1, t.m), int(2, t.d)];
  const [hh, mm, ss, us] = [int(3, t.hh), int(4, t.mm), int(5, t.ss), int(6, t.us)];
  return makeDateTime(t.cls, y, m, d, hh, mm, ss, us, v[7] ?? t.tz, int(8, t.fold));
}

function deprecated(call: string, instead: string): void {
  cur.interp.warn(
    X.DeprecationWarning,
    `datetime.datetime.${call}() is deprecated and scheduled for removal in a future version. ` +
      `Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.${instead}.`,
    1,
  );
}

// ---- the type -------------------------------------------------------------------------------

setSpec(dateTimeType, {
  doc: "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\n" +
    "year, month and day are required. tzinfo may be None or an instance of a subclass of tzinfo;\n" +
    "the other arguments are ints.\n",
  slots: {
    tp_new: dateTimeNew,
    tp_repr: (self) => {
      const t = self as PyDateTime;
      let head = `${t.cls.name}(${t.y}, ${t.m}, ${t.d}, ${t.hh}, ${t.mm}`;
      if (t.us !== 0) head += `, ${t.ss}, ${t.us}`;
      else if (t.ss !== 0) head += `, ${t.ss}`;
      return reprEnd(head, t.tz, t.fold, true);
    },
    tp_str: (self) => A.callMethod(self, "isoformat", " "),
    tp_hash: (self) => hash(self as PyDateTime),
    tp_richcompare: compare,
    nb_add: add,
    nb_subtract: subtract,
  },
  methods: {
    now: [
      "tz=None",
      "The current date and time.\n\n  tz\n    The time zone; the local one if it is left out.",
      (cls: Value, tz: Value = None) => {
        checkTzinfo(tz);
        const t = now(cls, tz === None, tz);
        return tz === None ? t : A.callMethod(tz, "fromutc", t);
      },
      M_CLASS,
    ],
    utcnow: ["", "The current date and time in UTC, naive.", (cls: Value) => {
      deprecated("utcnow", "now(datetime.UTC)");
      return now(cls, false, None);
    }, M_CLASS],
    fromtimestamp: keywords(
      { fname: "fromtimestamp", names: ["timestamp", "tz"], convert: [anyArg, anyArg], required: 1 },
      "timestamp[, tz] -> the time in tz of a POSIX timestamp.",
      (cls: Value, v: Value, tz: Value = None) => fromTimestamp(cls, v, tz),
      M_CLASS,
    ),
    utcfromtimestamp: counted(
      "datetime.utcfromtimestamp",
      0,
      Infinity,
      "The naive UTC time of a POSIX timestamp.",
      (cls: Value, ...args: Value[]) => {
        deprecated("utcfromtimestamp", "fromtimestamp(timestamp, datetime.UTC)");
        if (args.length !== 1) {
          throw typeError(`utcfromtimestamp() takes exactly 1 argument (${args.length} given)`);
        }
        return fromSeconds(cls, false, ...timeval(args[0]), None);
      },
      [],
      M_CLASS,
    ),
    strptime: strptimeMethod("datetime", M_CLASS),
    combine: keywords(
      {
        fname: "combine",
        names: ["date", "time", "tzinfo"],
        convert: [
          typedArg(dateType, (v) => v instanceof PyDate),
          typedArg(timeType, (v) => v instanceof PyTime),
          anyArg,
        ],
        required: 2,
      },
      "date, time -> the datetime of both.",
      (cls: Value, d: PyDate, t: PyTime, tz: Value = t.tz) =>
        makeDateTime(cls, d.y, d.m, d.d, t.hh, t.mm, t.ss, t.us, tz, t.fold),
      M_CLASS,
    ),
    fromisoformat: [
      "object, /",
      "str -> the datetime that a text in most of ISO 8601's formats stands for.",
      fromIsoFormat,
      M_CLASS,
    ],
    date: ["", "The date.", (t: PyDateTime) => newDate(t.y, t.m, t.d)],
    time: ["", "The time, without tzinfo.", (t: PyDateTime) => newTime(t.hh, t.mm, t.ss, t.us, None, t.fold)],
    timetz: ["", "The time, with tzinfo.", (t: PyDateTime) => newTime(t.hh, t.mm, t.ss, t.us, t.tz, t.fold)],
    ctime: ["", "Text as ctime() makes it.", (t: PyDateTime) => ctime(t, t.hh, t.mm, t.ss)],
    timetuple: ["", "A time tuple as time.localtime() returns it.", timeTuple],
    timestamp: ["", "The POSIX timestamp as a float.", posixTimestamp],
    utctimetuple: ["", "The time tuple in UTC, as time.gmtime() returns it.", utcTimeTuple],
    isoformat: keywords(
      { fname: "isoformat", names: ["sep", "timespec"], convert: [charArg, timespecArg], required: 0 },
      "[sep] -> text in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n" +
        `sep stands between date and time ('T').\n${TIMESPECS}`,
      (t: PyDateTime, sep: Str = "T", timespec = "auto") => {
        const clock = isoClock(t, timespec) + utcOffsetText(t.tz, t, ":");
        return concat(`${four(t.y)}-${two(t.m)}-${two(t.d)}`, sep, clock);
      },
    ),
    utcoffset: ["", "self.tzinfo.utcoffset(self)", (t: PyDateTime) => offsetOf(t) ?? None],
    tzname: ["", "self.tzinfo.tzname(self)", (t: PyDateTime) => callTzname(t.tz, t)],
    dst: ["", "self.tzinfo.dst(self)", (t: PyDateTime) => callOffset(t.tz, "dst", t) ?? None],
    replace: [REPLACE, "The datetime with other values in the given fields.", replace],
    __replace__: replaceMethod(REPLACE, "datetime.replace", replace),
    astimezone: keywords(
      { fname: "astimezone", names: ["tz"], convert: [anyArg], required: 0 },
      "tz -> the same instant in another time zone, the local one if tz is left out.\n",
      (t: PyDateTime, tz: Value = None) => asTimeZone(t, tz),
    ),
    __reduce_ex__: counted(
      "datetime.__reduce_ex__",
      1,
      1,
      "__reduce_ex__(proto) -> (cls, state)",
      (t: PyDateTime, p: number) => reduceAware(t, 2, p),
      [intArg],
    ),
    __reduce__: ["", "__reduce__() -> (cls, state)", (t: PyDateTime) => reduceAware(t, 2, 2)],
  },
  getset: {
    hour: [(t: PyDateTime) => t.hh],
    minute: [(t: PyDateTime) => t.mm],
    second: [(t: PyDateTime) => t.ss],
    microsecond: [(t: PyDateTime) => t.us],
    tzinfo: [(t: PyDateTime) => t.tz],
    fold: [(t: PyDateTime) => t.fold],
  },
  attrs: {
    min: () => new PyDateTime([1, 1, 1], [0, 0, 0, 0]),
    max: () => new PyDateTime([9999, 12, 31], [23, 59, 59, 999999]),
    resolution: () => newDelta(0, 0, 1),
  },
});
