// CPython 3.14: Modules/_datetimemodule.c (object structs, new_date_ex, new_datetime_ex2, new_time_ex2)
//
// The objects of the datetime module and how they are made. CPython packs the fields into bytes; here
// they are numbers, and `bytes` makes the packed form that hashes and pickles are made of. A tzinfo field
// is None where there is none.

import {
  builtinType,
  isInstance,
  type KwNames,
  None,
  objectType,
  PyBytes,
  PyObject,
  PyTuple,
  type PyType,
  PyWideStr,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { checkDate, checkTime, normalizeDate } from "./datetime_calendar.ts";
import { deltaType, PyDelta, zeroDelta } from "./datetime_delta.ts";

export const dateType: PyType = builtinType("datetime.date");
export const dateTimeType: PyType = builtinType("datetime.datetime", dateType);
export const timeType: PyType = builtinType("datetime.time");
export const tzinfoType: PyType = builtinType("datetime.tzinfo", objectType, false, false);
export const timezoneType: PyType = builtinType("datetime.timezone", tzinfoType, true);
export { deltaType };

export class PyDate extends PyObject {
  readonly y: number;
  readonly m: number;
  readonly d: number;
  constructor(y: number, m: number, d: number, cls: PyType = dateType) {
    super(cls);
    this.y = y;
    this.m = m;
    this.d = d;
  }
  bytes(): Uint8Array {
    return Uint8Array.of(this.y >> 8, this.y, this.m, this.d);
  }
}

export class PyDateTime extends PyDate {
  readonly hh: number;
  readonly mm: number;
  readonly ss: number;
  readonly us: number;
  readonly fold: number;
  /** Changes only while `astimezone` makes the object. */
  tz: Value;
  /** The hash of an aware object, once known. */
  hashed: readonly [lo: number, hi: number] | undefined = undefined;
  constructor(
    [y, m, d]: readonly [number, number, number],
    [hh, mm, ss, us]: readonly [number, number, number, number],
    tz: Value = None,
    fold = 0,
    cls: PyType = dateTimeType,
  ) {
    super(y, m, d, cls);
    this.hh = hh;
    this.mm = mm;
    this.ss = ss;
    this.us = us;
    this.tz = tz;
    this.fold = fold;
  }
  override bytes(): Uint8Array {
    const { us } = this;
    return Uint8Array.of(this.y >> 8, this.y, this.m, this.d, this.hh, this.mm, this.ss, us >> 16, us >> 8, us);
  }
}

export class PyTime extends PyObject {
  readonly hh: number;
  readonly mm: number;
  readonly ss: number;
  readonly us: number;
  readonly tz: Value;
  readonly fold: number;
  hashed: readonly [lo: number, hi: number] | undefined = undefined;
  constructor(hh: number, mm: number, ss: number, us: number, tz: Value = None, fold = 0, cls: PyType = timeType) {
    super(cls);
    this.hh = hh;
    this.mm = mm;
    this.ss = ss;
    this.us = us;
    this.tz = tz;
    this.fold = fold;
  }
  bytes(): Uint8Array {
    const { us } = this;
    return Uint8Array.of(this.hh, this.mm, this.ss, us >> 16, us >> 8, us);
  }
}

export class PyTimeZone extends PyObject {
  readonly offset: PyDelta;
  readonly name: Value | undefined;
  constructor(offset: PyDelta, name: Value | undefined) {
    super(timezoneType);
    this.offset = offset;
    this.name = name;
  }
}

let utcZone: PyTimeZone | undefined;
export function utc(): PyTimeZone {
  return utcZone ??= new PyTimeZone(zeroDelta(), undefined);
}

export function checkTzinfo(v: Value): void {
  if (v !== None && !isInstance(v, tzinfoType)) {
    throw typeError(`tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(v)}'`);
  }
}

// ---- making ---------------------------------------------------------------------------------

export function newDate(y: number, m: number, d: number, cls: PyType = dateType): PyDate {
  checkDate(y, m, d);
  return new PyDate(y, m, d, cls);
}
export function newDateTime(
  y: number,
  m: number,
  d: number,
  hh: number,
  mm: number,
  ss: number,
  us: number,
  tz: Value = None,
  fold = 0,
  cls: PyType = dateTimeType,
): PyDateTime {
  checkDate(y, m, d);
  checkTime(hh, mm, ss, us, fold);
  checkTzinfo(tz);
  return new PyDateTime([y, m, d], [hh, mm, ss, us], tz, fold, cls);
}
export function newTime(
  hh: number,
  mm: number,
  ss: number,
  us: number,
  tz: Value = None,
  fold = 0,
  cls: PyType = timeType,
): PyTime {
  checkTime(hh, mm, ss, us, fold);
  checkTzinfo(tz);
  return new PyTime(hh, mm, ss, us, tz, fold, cls);
}

const FOLD: KwNames = ["fold"];
function callFolded(cls: Value, args: Value[], fold: number): Value {
  return fold === 0 ? A.call(cls, args) : A.call(cls, [...args, fold], FOLD);
}
/** A date of a class: a subclass is called. */
export function makeDate(cls: Value, y: number, m: number, d: number): Value {
  if (cls === dateType) return newDate(y, m, d);
  if (cls === dateTimeType) return newDateTime(y, m, d, 0, 0, 0, 0);
  return A.call(cls, [y, m, d]);
}
export function makeDateTime(
  cls: Value,
  y: number,
  m: number,
  d: number,
  hh: number,
  mm: number,
  ss: number,
  us: number,
  tz: Value,
  fold = 0,
): Value {
  if (cls === dateTimeType) return newDateTime(y, m, d, hh, mm, ss, us, tz, fold);
  return callFolded(cls, [y, m, d, hh, mm, ss, us, tz], fold);
}
export function makeTime(
  cls: Value,
  hh: number,
  mm: number,
  ss: number,
  us: number,
  tz: Value,
  fold = 0,
): Value {
  if (cls === timeType) return newTime(hh, mm, ss, us, tz, fold);
  return callFolded(cls, [hh, mm, ss, us, tz], fold);
}

/** datetime + sign * timedelta, of the same class and with the same tzinfo. */
export function addToDateTime(t: PyDateTime, d: PyDelta, sign: 1 | -1): Value {
  let us = t.us + sign * d.us, s = t.hh * 3600 + t.mm * 60 + t.ss + sign * d.seconds, day = t.d + sign * d.days;
  if (us < 0 || us >= 1000000) {
    const q = Math.floor(us / 1000000);
    us -= q * 1000000;
    s += q;
  }
  const q = Math.floor(s / 86400);
  s -= q * 86400;
  day += q;
  const [y, m, dd] = normalizeDate(t.y, t.m, day);
  return makeDateTime(t.cls, y, m, dd, Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60, us, t.tz);
}

// ---- pickling -------------------------------------------------------------------------------

/**
 * The bytes of a pickled state among constructor arguments, or undefined.
 * @param at the index of the byte that must be sane, which `sane` tells
 */
export function pickledState(
  v: Value | undefined,
  size: number,
  at: number,
  sane: (c: number) => boolean,
  what: string,
): Uint8Array | undefined {
  if (v instanceof PyBytes) return v.b.length === size && sane(v.b[at]) ? v.b : undefined;
  if (v === undefined || !A.isStr(v)) return undefined;
  const s = A.strValue(v);
  const cps = s instanceof PyWideStr ? [...s.cps] : s.length > size ? [] : Array.from(s, (c) => c.charCodeAt(0));
  if (cps.length !== size || !sane(cps[at])) return undefined;
  if (cps.some((c) => c > 255)) {
    throw valueError(
      `Failed to encode latin1 string when unpickling a ${what} object. pickle.load(data, encoding='latin1') is assumed.`,
    );
  }
  return Uint8Array.from(cps);
}
/** The tzinfo of a pickled state. */
export function pickledTzinfo(v: Value | undefined): Value {
  if (v === undefined || v === None) return None;
  if (!isInstance(v, tzinfoType)) throw typeError("bad tzinfo state arg");
  return v;
}
/** `(cls, (state[, tzinfo]))`; the fold is the top bit of the byte at `at`, from protocol 4 on. */
export function reduceAware(o: PyDateTime | PyTime, at: number, protocol: number): PyTuple {
  const b = o.bytes();
  if (protocol > 3 && o.fold !== 0) b[at] |= 128;
  const state = new PyBytes(b);
  return new PyTuple([o.cls, new PyTuple(o.tz === None ? [state] : [state, o.tz])]);
}
