// CPython 3.14: Modules/_datetimemodule.c (date, IsoCalendarDate)

import {
  builtinType,
  type KwNames,
  M_CLASS,
  M_NOSIG,
  M_VECTOR,
  NotImplemented,
  PyBytes,
  PyTuple,
  type PyType,
  setSpec,
  TF_FROM_SPEC,
  tupleType,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { valueError } from "../core/objects/errors.ts";
import { concat } from "../core/objects/exceptions.ts";
import * as X from "../core/objects/exceptions.ts";
import { hashBytes } from "../core/objects/hash.ts";
import { bindArgs, NativeDef } from "../core/objects/native.ts";
import {
  fromOrdinal,
  isoBytes,
  isoToYmd,
  isoWeek1Monday,
  normalizeDate,
  parseIsoDate,
  toOrdinal,
  weekday,
  yearError,
} from "./datetime_calendar.ts";
import { newDelta, PyDelta, signToBool, two } from "./datetime_delta.ts";
import {
  ctime,
  formatMethod,
  four,
  invalidIso,
  isoText,
  moduleAttr,
  strftimeMethod,
  strptimeMethod,
  structTime,
  wrapStrftime,
} from "./datetime_format.ts";
import { dateType, makeDate, newDate, pickledState, PyDate, PyDateTime } from "./datetime_objects.ts";
import { newFrom } from "./native_new.ts";
import { counted, intArg, type Params, parseKeywords } from "./parse_args.ts";
import { checkRange, timestamp } from "./time.ts";
import { localTime } from "./time_zone.ts";

// ---- isocalendar's result -------------------------------------------------------------------

const isoType: PyType = builtinType("datetime.IsoCalendarDate", tupleType, true, false);
isoType.flags |= TF_FROM_SPEC;
setSpec(isoType, {
  doc: "What isocalendar() of a date or datetime returns.\n\n" +
    "A tuple (year, week, weekday) whose items are attributes of these names too.",
  slots: {
    tp_new: newFrom("IsoCalendarDate", "year, week, weekday", (type: PyType, y: Value, w: Value, d: Value) => {
      return new PyTuple([A.asInt32(y), A.asInt32(w), A.asInt32(d)], type);
    }),
    tp_repr: (self) => {
      const t = self as PyTuple, [y, w, d] = t.items.map((v) => A.strOf(v));
      return concat(`${t.cls.name}(year=`, y, ", week=", w, ", weekday=", d, ")");
    },
  },
  methods: {
    __reduce__: [
      "",
      "__reduce__() -> (cls, state)",
      (t: PyTuple) => new PyTuple([tupleType, new PyTuple([new PyTuple(t.items.slice(0, 3))])]),
    ],
  },
  getset: {
    year: [(t: PyTuple) => t.items[0]],
    week: [(t: PyTuple) => t.items[1]],
    weekday: [(t: PyTuple) => t.items[2]],
  },
});

function isoCalendar(t: PyDate): Value {
  let year = t.y, monday = isoWeek1Monday(year);
  const today = toOrdinal(t.y, t.m, t.d);
  if (today < monday) monday = isoWeek1Monday(--year);
  else if (today - monday >= 52 * 7 && today >= isoWeek1Monday(year + 1)) monday = isoWeek1Monday(++year);
  const days = today - monday;
  return new PyTuple([year, Math.floor(days / 7) + 1, days % 7 + 1], isoType);
}

// ---- making ---------------------------------------------------------------------------------

const PARAMS: Params = { names: ["year", "month", "day"], convert: [intArg, intArg, intArg], required: 3 };

export function saneMonth(c: number): boolean {
  return c >= 1 && c <= 12;
}
function dateNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (args.length === 1 && (kwnames === undefined || kwnames.length === 0)) {
    const b = pickledState(args[0], 4, 2, saneMonth, "date");
    if (b !== undefined) return new PyDate(b[0] << 8 | b[1], b[2], b[3], type);
  }
  const [y, m, d] = parseKeywords(PARAMS, args, kwnames);
  return newDate(y, m, d, type);
}

const ISO_PARAMS: Params = { ...PARAMS, fname: "fromisocalendar", names: ["year", "week", "day"] };
function fromIsoCalendar(cls: Value, args: Value[], kwnames?: KwNames): Value {
  let y, w, d;
  try {
    [y, w, d] = parseKeywords(ISO_PARAMS, args, kwnames);
  } catch (e) {
    if (X.isOf(e, X.OverflowError)) throw valueError("ISO calendar component out of range");
    throw e;
  }
  const r = isoToYmd(y, w, d);
  if (r === "year") throw yearError(y);
  if (r === "week") throw valueError(`Invalid week: ${w}`);
  if (r === "day") throw valueError(`Invalid weekday: ${d} (range is [1, 7])`);
  return makeDate(cls, ...r);
}

function fromIsoFormat(cls: Value, v: Value): Value {
  const bytes = isoBytes(isoText(v));
  if (bytes === undefined) throw invalidIso(v);
  const { b, n } = bytes;
  const r = n === 7 || n === 8 || n === 10 ? parseIsoDate(b, n) : undefined;
  if (r === undefined) throw invalidIso(v);
  return makeDate(cls, ...r);
}

// ---- arithmetic -----------------------------------------------------------------------------

function addDays(t: PyDate, days: number): Value {
  return makeDate(t.cls, ...normalizeDate(t.y, t.m, t.d + days));
}
function add(a: Value, b: Value): Value {
  if (a instanceof PyDateTime || b instanceof PyDateTime) return NotImplemented;
  if (a instanceof PyDate && b instanceof PyDelta) return addDays(a, b.days);
  if (b instanceof PyDate && a instanceof PyDelta) return addDays(b, a.days);
  return NotImplemented;
}
function subtract(a: Value, b: Value): Value {
  if (a instanceof PyDateTime || b instanceof PyDateTime || !(a instanceof PyDate)) return NotImplemented;
  if (b instanceof PyDate) return newDelta(toOrdinal(a.y, a.m, a.d) - toOrdinal(b.y, b.m, b.d), 0, 0);
  if (b instanceof PyDelta) return addDays(a, -b.days);
  return NotImplemented;
}

const REPLACE = "year=unchanged, month=unchanged, day=unchanged";
function replace(t: PyDate, y?: Value, m?: Value, d?: Value): Value {
  const int = (v: Value | undefined, old: number) => v === undefined ? old : A.asInt32(v);
  return makeDate(t.cls, int(y, t.y), int(m, t.m), int(d, t.d));
}
/** `__replace__`, which takes what `replace` takes. */
export function replaceMethod(
  sig: string,
  qual: string,
  // deno-lint-ignore no-explicit-any
  body: (self: any, ...args: any[]) => Value,
): [string, string, (self: Value, args: Value[], kwnames?: KwNames) => Value, number] {
  let def: NativeDef | undefined;
  return ["**changes", "The same as replace().", (self, args, kwnames) => {
    def ??= new NativeDef("replace", [sig, "", body]);
    return body(self, ...bindArgs(def, qual, args, kwnames));
  }, M_VECTOR];
}

// ---- the type -------------------------------------------------------------------------------

setSpec(dateType, {
  doc: "date(year, month, day) --> a date",
  slots: {
    tp_new: dateNew,
    tp_repr: (self) => {
      const t = self as PyDate;
      return `${t.cls.name}(${t.y}, ${t.m}, ${t.d})`;
    },
    tp_str: (self) => A.callMethod(self, "isoformat"),
    tp_hash: (self) => hashBytes((self as PyDate).bytes().subarray(0, 4)),
    tp_richcompare: (x, y, op) => {
      if (!(y instanceof PyDate) || y instanceof PyDateTime) return NotImplemented;
      const t = x as PyDate;
      return signToBool(t.y - y.y || t.m - y.m || t.d - y.d, op);
    },
    nb_add: add,
    nb_subtract: subtract,
  },
  methods: {
    fromtimestamp: [
      "timestamp, /",
      "The local date at a POSIX timestamp, a number as time.time() returns it.",
      (cls: Value, v: Value) => {
        const tm = localTime(checkRange(timestamp(v)));
        return makeDate(cls, tm.year, tm.mon + 1, tm.mday);
      },
      M_CLASS,
    ],
    fromordinal: counted(
      "date.fromordinal",
      1,
      1,
      "int -> the date with that ordinal of the proleptic Gregorian calendar.",
      (cls: Value, n: number) => {
        if (n < 1) throw valueError("ordinal must be >= 1");
        return makeDate(cls, ...fromOrdinal(n));
      },
      [intArg],
      M_CLASS,
    ),
    fromisoformat: ["object, /", "str -> the date that a text in ISO 8601 format stands for.", fromIsoFormat, M_CLASS],
    fromisocalendar: [
      "*args, **kwargs",
      "int, int, int -> the date of an ISO year, week and weekday; the inverse of date.isocalendar().",
      fromIsoCalendar,
      M_CLASS | M_VECTOR | M_NOSIG,
    ],
    strptime: strptimeMethod("date", M_CLASS),
    today: ["", "The current date or datetime: self.__class__.fromtimestamp(time.time()).", (cls: Value) => {
      return A.callMethod(cls, "fromtimestamp", A.call0(moduleAttr("time", "time")));
    }, M_CLASS],
    ctime: ["", "Text as ctime() makes it.", (t: PyDate) => ctime(t, 0, 0, 0)],
    strftime: strftimeMethod((t, format) => wrapStrftime(t, format, A.callMethod(t, "timetuple"), t)),
    __format__: formatMethod("date"),
    timetuple: ["", "A time tuple as time.localtime() returns it.", (t: PyDate) => {
      return structTime(t.y, t.m, t.d, 0, 0, 0, -1);
    }],
    isocalendar: ["", "ISO year, week and weekday, a named tuple.", isoCalendar],
    isoformat: ["", "Text in ISO 8601 format, YYYY-MM-DD.", (t: PyDate) => `${four(t.y)}-${two(t.m)}-${two(t.d)}`],
    isoweekday: ["", "The day of the week: Monday is 1, Sunday 7.", (t: PyDate) => weekday(t.y, t.m, t.d) + 1],
    toordinal: ["", "The ordinal in the proleptic Gregorian calendar: January 1 of year 1 is day 1.", (t: PyDate) => {
      return toOrdinal(t.y, t.m, t.d);
    }],
    weekday: ["", "The day of the week: Monday is 0, Sunday 6.", (t: PyDate) => weekday(t.y, t.m, t.d)],
    replace: [REPLACE, "The date with other values in the given fields.", replace],
    __replace__: replaceMethod(REPLACE, "date.replace", replace),
    __reduce__: [
      "",
      "__reduce__() -> (cls, state)",
      (t: PyDate) => new PyTuple([t.cls, new PyTuple([new PyBytes(t.bytes().slice(0, 4))])]),
    ],
  },
  getset: {
    year: [(t: PyDate) => t.y],
    month: [(t: PyDate) => t.m],
    day: [(t: PyDate) => t.d],
  },
  attrs: {
    min: () => new PyDate(1, 1, 1),
    max: () => new PyDate(9999, 12, 31),
    resolution: () => newDelta(1, 0, 0),
  },
});
