// CPython 3.14: Modules/timemodule.c
//
// Clocks, sleeping, and the conversions between seconds and broken-down time. The time zone is in
// time_zone.ts, strftime in time_format.ts.

import { argTypeName } from "../core/objects/type_name.ts";
import {
  M_PUSH,
  M_SELF,
  type MethodDef,
  None,
  PyFloat,
  type PyModule,
  PyTuple,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { type CallRequest, cur } from "../core/objects/state.ts";
import { waitRequest } from "../vm/threads/scheduler.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";
import { makeNamespace } from "../core/objects/namespace.ts";
import { utf16 } from "../core/objects/names.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { type Interp, interp } from "../vm/interpreter.ts";
import { fromErrno, hostCall } from "./os_error.ts";
import { nextTimer } from "./_signal.ts";
import { civil, localTime, localZone, makeTime, resetZone, type Tm } from "./time_zone.ts";
import { counted } from "./parse_args.ts";
import { DAYS, formatTime, MONTHS, surrogateRuns } from "./time_format.ts";

const structTime = structSeqType({
  name: "time.struct_time",
  doc:
    "The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().  May be considered as a\n sequence of 9 integers.",
  fields: [
    "tm_year",
    "tm_mon",
    "tm_mday",
    "tm_hour",
    "tm_min",
    "tm_sec",
    "tm_wday",
    "tm_yday",
    "tm_isdst",
    "tm_zone",
    "tm_gmtoff",
  ],
  visible: 9,
});

// ---- arguments ------------------------------------------------------------------------------

const MAX_NS = (1n << 63n) - 1n;

/** Nanoseconds of a number of seconds (a PyTime_t). */
function nanoseconds(v: Value): bigint {
  let ns: bigint;
  if (v instanceof PyFloat) {
    if (Number.isNaN(v.v)) throw valueError("Invalid value NaN (not a number)");
    const x = v.v * 1e9;
    if (!(Math.abs(x) < 2 ** 63)) throw overflowError("timestamp out of range for C PyTime_t");
    // away from zero: a time-out never ends early
    ns = BigInt(x >= 0 ? Math.ceil(x) : Math.floor(x));
  } else {
    if (!A.hasIndex(v)) throw typeError(`'${typeName(v)}' object cannot be interpreted as an integer or float`);
    ns = BigInt(A.asIndex(v)) * 1_000_000_000n;
  }
  if (ns > MAX_NS || ns < -MAX_NS - 1n) throw overflowError("timestamp out of range for C PyTime_t");
  return ns;
}

/** Whole seconds of a timestamp that may be left out or None, which means now. */
function timestampOrNow(v: Value | undefined): bigint {
  if (v !== undefined && v !== None) return timestamp(v);
  return BigInt.asIntN(64, floorDiv(interp().host.clock.timeNs(), 1_000_000_000n));
}
/** Whole seconds of a timestamp (a time_t), rounded down. */
export function timestamp(v: Value): bigint {
  const range = () => overflowError("timestamp out of range for platform time_t");
  if (v instanceof PyFloat) {
    if (Number.isNaN(v.v)) throw valueError("Invalid value NaN (not a number)");
    const x = Math.floor(v.v);
    if (!(x >= -(2 ** 63) && x < 2 ** 63)) throw range();
    return BigInt(x);
  }
  const n = BigInt(A.asIndex(v));
  if (BigInt.asIntN(64, n) !== n) throw range();
  return n;
}
function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b < 0n ? q - 1n : q;
}

// ---- struct_time ----------------------------------------------------------------------------

const MIN_TIME = -67768040609740800n, MAX_TIME = 67768036191676799n;

function toStruct(tm: Tm): Value {
  return structSeq(structTime, [
    tm.year | 0, // C's int
    tm.mon + 1,
    tm.mday,
    tm.hour,
    tm.min,
    tm.sec,
    (tm.wday + 6) % 7,
    tm.yday + 1,
    tm.isdst,
    tm.zone === undefined ? None : X.textValue(tm.zone),
    tm.off,
  ], 9);
}
export function checkRange(t: bigint): bigint {
  if (t < MIN_TIME || t > MAX_TIME) throw fromErrno(75);
  return t;
}
export const GMT = { off: 0, dst: false, abbr: "GMT" };

/** The fields of a time tuple; `gmtoff` and `zone` only from a struct_time. */
function fromTuple(v: Value, fname: string): Tm {
  if (!(v instanceof PyTuple)) throw typeError("Tuple or struct_time argument required");
  const x = v.items;
  if (x.length !== 9) throw typeError(`${fname}(): illegal time tuple argument`);
  const n = x.map((i) => {
    if (i instanceof PyFloat) throw typeError("'float' object cannot be interpreted as an integer");
    return A.parseInt32(i);
  });
  if (n[0] < -0x80000000 + 1900) throw overflowError("year out of range");
  const tm: Tm = {
    year: n[0],
    mon: n[1] - 1,
    mday: n[2],
    hour: n[3],
    min: n[4],
    sec: n[5],
    wday: (n[6] + 1) % 7,
    yday: n[7] - 1,
    isdst: n[8],
    off: 0,
    zone: undefined,
  };
  if (typeOf(v) === structTime) {
    const off = A.getAttr(v, "tm_gmtoff"), zone = A.getAttr(v, "tm_zone");
    if (off !== None) tm.off = Number(A.asIndex(off));
    if (zone !== None) {
      if (!A.isStr(zone)) throw typeError(`bad argument type for built-in operation`);
      tm.zone = utf16(A.strValue(zone));
    }
  }
  return tm;
}
/** Checks the fields that formatting indexes tables with, and mends those that may be 0. */
function checkFields(tm: Tm): void {
  const check = (ok: boolean, what: string) => {
    if (!ok) throw valueError(`${what} out of range`);
  };
  if (tm.mon === -1) tm.mon = 0;
  else check(tm.mon >= 0 && tm.mon <= 11, "month");
  if (tm.mday === 0) tm.mday = 1;
  else check(tm.mday >= 0 && tm.mday <= 31, "day of month");
  check(tm.hour >= 0 && tm.hour <= 23, "hour");
  check(tm.min >= 0 && tm.min <= 59, "minute");
  check(tm.sec >= 0 && tm.sec <= 61, "seconds");
  check(tm.wday >= 0, "day of week");
  if (tm.yday === -1) tm.yday = 0;
  else check(tm.yday >= 0 && tm.yday <= 365, "day of year");
}
function orNow(v: Value | undefined, fname: string): Tm {
  if (v === undefined) return localTime(timestampOrNow(undefined));
  const tm = fromTuple(v, fname);
  checkFields(tm);
  return tm;
}

function ascTime(tm: Tm): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${DAYS[tm.wday].slice(0, 3)} ${MONTHS[tm.mon].slice(0, 3)}${String(tm.mday).padStart(3)} ${two(tm.hour)}:${
    two(tm.min)
  }:${two(tm.sec)} ${tm.year}`;
}

function strftime(_m: Value, format: Value, tuple?: Value): Value {
  if (!A.isStr(format)) throw typeError(`strftime() argument 1 must be str, not ${argTypeName(format)}`);
  const tm = orNow(tuple, "strftime");
  tm.isdst = Math.sign(tm.isdst);
  const runs = surrogateRuns(A.strValue(format));
  return X.concat(...runs.map((r) => typeof r === "string" ? X.textValue(formatTime(r, tm)) : r));
}

// ---- clocks ---------------------------------------------------------------------------------

const CLOCKS: Record<string, [implementation: string, monotonic: boolean, adjustable: boolean]> = {
  time: ["clock_gettime(CLOCK_REALTIME)", false, true],
  monotonic: ["clock_gettime(CLOCK_MONOTONIC)", true, false],
  perf_counter: ["clock_gettime(CLOCK_MONOTONIC)", true, false],
  process_time: ["clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false],
  thread_time: ["clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false],
};

/** The clock of a number, in nanoseconds. TAI is 37 seconds ahead of UTC. */
function clockNs(id: number): bigint {
  const c = interp().host.clock;
  switch (id) {
    case 0:
    case 5:
      return c.timeNs();
    case 1:
    case 4:
    case 6:
    case 7:
      return c.monotonicNs();
    case 2:
    case 3:
      return c.processNs();
    case 11:
      return c.timeNs() + 37_000_000_000n;
  }
  // the processor time of a process or thread, as pthread_getcpuclockid numbers it
  if (id < 0 && (id & 7) === CPU_CLOCK) return c.processNs();
  throw fromErrno(22);
}
/** The low bits of the number of a thread's processor-time clock; its thread is in the others, inverted. */
const CPU_CLOCK = 6;
function clockId(v: Value): number {
  if (!A.isInt(v)) throw typeError(`clk_id should be integer, not ${typeName(v)}`);
  return A.asInt32(v);
}
function seconds(ns: bigint): PyFloat {
  return new PyFloat(ns % 1_000_000_000n === 0n ? Number(ns / 1_000_000_000n) : Number(ns) / 1e9);
}
function int(ns: bigint): Value {
  const n = Number(ns);
  return Number.isSafeInteger(n) ? n : ns;
}
type Clock = (i: Interp) => bigint;
function clock(name: string, doc: string, f: Clock): Record<string, MethodDef> {
  return {
    [name]: ["", `${name}() -> float\n\n${doc} in seconds.`, () => seconds(f(interp())), M_SELF],
    [`${name}_ns`]: ["", `${name}_ns() -> int\n\n${doc} in nanoseconds.`, () => int(f(interp())), M_SELF],
  };
}
/** Nobody but the system may set a clock. */
function setClock(id: Value): never {
  throw fromErrno(clockId(id) === 0 ? 1 : 22);
}

/** Sleeps; other threads run meanwhile. It wakes for timers and a time limit of the Interpreter. */
function sleep(_m: Value, v: Value): Value | CallRequest {
  const ns = nanoseconds(v);
  if (ns < 0n) throw valueError("sleep length must be non-negative");
  const i = interp();
  const end = performance.now() + Number(ns) / 1e6;
  if (i.scheduler !== undefined && i.scheduler.threads.length > 0) return waitRequest(() => false, end, () => None);
  for (;;) {
    const left = Math.min(end, i.deadline) - performance.now();
    if (left > 0) {
      const step = Math.min(left / 1000, nextTimer());
      hostCall(() => i.host.clock.sleepSync(step));
    }
    cur.vm.poll();
    if (performance.now() >= end) return None;
  }
}

/** Sets timezone, altzone, daylight and tzname from the local zone. */
function setZone(m: PyModule): void {
  const z = localZone(), year = (365 * 24 + 6) * 3600;
  const t = Math.floor(Date.now() / 1000 / year) * year;
  let [std, alt] = [z.at(t), z.at(t + year / 2)];
  // south of the equator the summer is in January
  if (-std.off < -alt.off) [std, alt] = [alt, std];
  m.dict.setStr("timezone", 0 - std.off);
  m.dict.setStr("altzone", 0 - alt.off);
  m.dict.setStr("daylight", std.off !== alt.off ? 1 : 0);
  m.dict.setStr("tzname", new PyTuple([std.abbr, alt.abbr]));
}

export const spec: ModuleSpec = {
  name: "time",
  doc:
    "Functions that deal with time values.\n\nA time is a number of seconds since 1970-01-01 00:00:00 UTC, or a struct_time of nine fields: year,\nmonth (1-12), day (1-31), hour, minute, second, weekday (0 is Monday), day of the year (1-366) and\nwhether daylight saving time is on (1, 0, or -1 for unknown).",
  types: { struct_time: structTime },
  functions: {
    ...clock("time", "The time since 1970", (i) => i.host.clock.timeNs()),
    ...clock("monotonic", "A clock that cannot go backward,", (i) => i.host.clock.monotonicNs()),
    ...clock("perf_counter", "A clock for measuring,", (i) => i.host.clock.monotonicNs()),
    ...clock("process_time", "The processor time of the process", (i) => i.host.clock.processNs()),
    ...clock("thread_time", "The processor time of the thread", (i) => i.host.clock.processNs()),
    clock_gettime: [
      "clk_id, /",
      "The time of a clock as a float.",
      (_m: Value, id: Value) => seconds(clockNs(clockId(id))),
    ],
    clock_gettime_ns: [
      "clk_id, /",
      "The time of a clock in nanoseconds.",
      (_m: Value, id: Value) => int(clockNs(clockId(id))),
    ],
    clock_settime: counted(
      "time.clock_settime",
      2,
      2,
      "clock_settime(clk_id, time)\n\nSets the time of a clock.",
      (_m, id, t) => {
        clockId(id);
        nanoseconds(t);
        return setClock(id);
      },
    ),
    clock_settime_ns: counted(
      "time.clock_settime_ns",
      2,
      2,
      "clock_settime_ns(clk_id, time)\n\nSets the time of a clock in nanoseconds.",
      (_m, id, t) => {
        clockId(id);
        if (!A.isInt(t)) throw typeError(`expect int, got ${typeName(t)}`);
        return setClock(id);
      },
    ),
    clock_getres: counted(
      "time.clock_getres",
      1,
      1,
      "clock_getres(clk_id) -> floating-point number\n\nThe resolution of a clock.",
      (_m, id) => {
        clockNs(clockId(id));
        return new PyFloat(1e-9);
      },
    ),
    pthread_getcpuclockid: counted(
      "time.pthread_getcpuclockid",
      1,
      1,
      "pthread_getcpuclockid(thread_id) -> int\n\nThe number of the processor-time clock of a thread.",
      (_m, id) => {
        if (!A.isInt(id)) throw typeError(`pthread_getcpuclockid() argument 1 must be int, not ${typeName(id)}`);
        return (~interp().host.process.pid() << 3) | CPU_CLOCK;
      },
    ),
    sleep: [
      "object, /",
      "sleep(seconds)\n\nWaits for a number of seconds, which may be a float.",
      sleep,
      M_PUSH | M_SELF,
    ],
    gmtime: counted(
      "time.gmtime",
      0,
      1,
      "gmtime([seconds]) -> struct_time\n\nThe time in UTC; of now when nothing is given.",
      (_m, t) => {
        const s = checkRange(timestampOrNow(t));
        return toStruct(civil(s, GMT));
      },
    ),
    localtime: counted(
      "time.localtime",
      0,
      1,
      "localtime([seconds]) -> struct_time\n\nThe local time; of now when nothing is given.",
      (_m, t) => toStruct(localTime(checkRange(timestampOrNow(t)))),
    ),
    asctime: counted(
      "time.asctime",
      0,
      1,
      "asctime([time_tuple]) -> string\n\nA time as text, such as 'Sat Jun 06 16:26:11 1998'.",
      (_m, t) => ascTime(orNow(t, "asctime")),
    ),
    ctime: counted(
      "time.ctime",
      0,
      1,
      "ctime([seconds]) -> string\n\nThe local time of a number of seconds as text.",
      (_m, t) => ascTime(localTime(checkRange(timestampOrNow(t)))),
    ),
    mktime: [
      "object, /",
      "mktime(time_tuple) -> floating-point number\n\nThe seconds since 1970 of a local time.",
      (_m: Value, t: Value) => {
        const s = makeTime(fromTuple(t, "mktime"));
        const r = BigInt(Math.trunc(s));
        if (r < MIN_TIME || r > MAX_TIME) throw overflowError("mktime argument out of range");
        return new PyFloat(s);
      },
      M_SELF,
    ],
    strftime: counted(
      "time.strftime",
      1,
      2,
      "strftime(format[, time_tuple]) -> string\n\nA time as text by a format.\n\n%Y  year, %m  month, %d  day of the month, %H  hour, %M  minute, %S  second,\n%z  offset from UTC, %a %A  weekday, %b %B  month's name, %c  date and time,\n%I  hour of twelve, %p  AM or PM; others as the C library has them.",
      strftime,
    ),
    strptime: counted(
      "time.strptime",
      1,
      2,
      "strptime(string[, format]) -> struct_time\n\nThe time that a text stands for by a format (see strftime).",
      (_m, ...args) => A.call(A.getAttr(cur.interp.importModule("_strptime"), "_strptime_time"), args),
    ),
    tzset: ["", "tzset()\n\nTakes the local time zone from the environment variable TZ anew.", function (m: PyModule) {
      resetZone();
      setZone(m);
      return None;
    }, M_SELF],
    get_clock_info: counted(
      "time.get_clock_info",
      1,
      1,
      "get_clock_info(name: str) -> dict\n\nWhat is known of a clock.",
      (_m, name) => {
        if (!A.isStr(name)) throw typeError(`get_clock_info() argument 1 must be str, not ${argTypeName(name)}`);
        const c = new Map(Object.entries(CLOCKS)).get(utf16(A.strValue(name)));
        if (c === undefined) throw valueError("unknown clock");
        return makeNamespace({
          implementation: c[0],
          monotonic: c[1],
          adjustable: c[2],
          resolution: new PyFloat(1e-9),
        });
      },
    ),
  },
  constants: {
    CLOCK_REALTIME: 0,
    CLOCK_MONOTONIC: 1,
    CLOCK_PROCESS_CPUTIME_ID: 2,
    CLOCK_THREAD_CPUTIME_ID: 3,
    CLOCK_MONOTONIC_RAW: 4,
    CLOCK_BOOTTIME: 7,
    CLOCK_TAI: 11,
    _STRUCT_TM_ITEMS: 11,
  },
  exec: setZone,
};
