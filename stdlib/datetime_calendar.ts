// CPython 3.14: Modules/_datetimemodule.c (calendar helpers, range checks, ISO 8601 parsing)
//
// Arithmetic on the proleptic Gregorian calendar: an ordinal counts days, 0001-01-01 is 1. The parsers
// read UTF-8 bytes with zeros behind the text, where CPython reads a NUL.

import type { Str } from "../core/objects/object.ts";
import { overflowError, valueError } from "../core/objects/errors.ts";
import { utf16 } from "../core/objects/names.ts";

export const MINYEAR = 1, MAXYEAR = 9999, MAXORDINAL = 3652059;

const MONTH_DAYS: readonly number[] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const BEFORE_MONTH: readonly number[] = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

export function isLeap(y: number): boolean {
  return y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
}
export function daysInMonth(y: number, m: number): number {
  return m === 2 && isLeap(y) ? 29 : MONTH_DAYS[m];
}
export function daysBeforeMonth(y: number, m: number): number {
  return BEFORE_MONTH[m] + (m > 2 && isLeap(y) ? 1 : 0);
}
function daysBeforeYear(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}
export function toOrdinal(y: number, m: number, d: number): number {
  return daysBeforeYear(y) + daysBeforeMonth(y, m) + d;
}

export type Ymd = [year: number, month: number, day: number];

export function fromOrdinal(ordinal: number): Ymd {
  let n = ordinal - 1;
  const n400 = Math.floor(n / 146097);
  n %= 146097;
  // the last day of a cycle of 400 or of 4 years would start one more cycle of 100 or of 1
  const n100 = Math.floor(n / 36524);
  n %= 36524;
  const n4 = Math.floor(n / 1461);
  n %= 1461;
  const n1 = Math.floor(n / 365);
  n %= 365;
  const year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1;
  if (n1 === 4 || n100 === 4) return [year - 1, 12, 31];
  let month = (n + 50) >> 5;
  if (daysBeforeMonth(year, month) > n) month--;
  return [year, month, n - daysBeforeMonth(year, month) + 1];
}

/** 0 is Monday. */
export function weekday(y: number, m: number, d: number): number {
  return (toOrdinal(y, m, d) + 6) % 7;
}
/** Ordinal of the Monday of ISO week 1, the first with a Thursday. */
export function isoWeek1Monday(year: number): number {
  const first = toOrdinal(year, 1, 1), day = (first + 6) % 7;
  return first - day + (day > 3 ? 7 : 0);
}

/** The date of an ISO week date, or which part is wrong. */
export function isoToYmd(year: number, week: number, day: number): Ymd | "year" | "week" | "day" {
  if (year < MINYEAR || year > MAXYEAR) return "year";
  if (week <= 0 || week >= 53) {
    if (week !== 53) return "week";
    // 53 weeks: the year starts on a Thursday, or is a leap year that starts on a Wednesday
    const first = weekday(year, 1, 1);
    if (first !== 3 && !(first === 2 && isLeap(year))) return "week";
  }
  if (day <= 0 || day >= 8) return "day";
  return fromOrdinal(isoWeek1Monday(year) + (week - 1) * 7 + day - 1);
}

// ---- range checks ---------------------------------------------------------------------------

export function yearError(y: number): Error | object {
  return valueError(`year must be in ${MINYEAR}..${MAXYEAR}, not ${y}`);
}
export function checkDate(y: number, m: number, d: number): void {
  if (y < MINYEAR || y > MAXYEAR) throw yearError(y);
  if (m < 1 || m > 12) throw valueError(`month must be in 1..12, not ${m}`);
  const dim = daysInMonth(y, m);
  if (d < 1 || d > dim) throw valueError(`day ${d} must be in range 1..${dim} for month ${m} in year ${y}`);
}
export function checkTime(h: number, m: number, s: number, us: number, fold: number): void {
  if (h < 0 || h > 23) throw valueError(`hour must be in 0..23, not ${h}`);
  if (m < 0 || m > 59) throw valueError(`minute must be in 0..59, not ${m}`);
  if (s < 0 || s > 59) throw valueError(`second must be in 0..59, not ${s}`);
  if (us < 0 || us > 999999) throw valueError(`microsecond must be in 0..999999, not ${us}`);
  if (fold !== 0 && fold !== 1) throw valueError(`fold must be either 0 or 1, not ${fold}`);
}

/** A date whose day may lie outside of the month. */
export function normalizeDate(y: number, m: number, d: number): Ymd {
  if (d >= 1 && d <= 28) return [y, m, d];
  const ordinal = toOrdinal(y, m, 1) + d - 1;
  if (ordinal < 1 || ordinal > MAXORDINAL) throw overflowError("date value out of range");
  return fromOrdinal(ordinal);
}

// ---- ISO 8601 -------------------------------------------------------------------------------

/** The text as UTF-8 with zeros behind, and its length; undefined if it cannot be encoded. */
export function isoBytes(s: Str): { b: Uint8Array; n: number } | undefined {
  const u = utf16(s);
  if (!u.isWellFormed()) return undefined;
  const text = new TextEncoder().encode(u);
  const b = new Uint8Array(text.length + 16);
  b.set(text);
  return { b, n: text.length };
}

const DASH = 45, DOT = 46, COMMA = 44, COLON = 58, PLUS = 43, W = 87, Z = 90;

export function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}
/** The number of `n` digits at `at`, or -1. */
function digits(b: Uint8Array, at: number, n: number): number {
  let v = 0;
  for (let i = at; i < at + n; i++) {
    if (!isDigit(b[i])) return -1;
    v = v * 10 + b[i] - 48;
  }
  return v;
}

/** Parses the date in b[0..len); undefined when it is none. */
export function parseIsoDate(b: Uint8Array, len: number): Ymd | undefined {
  const year = digits(b, 0, 4);
  if (year < 0) return undefined;
  let p = 4;
  const dashes = b[p] === DASH;
  if (dashes) p++;
  if (b[p] === W) {
    const week = digits(b, ++p, 2);
    if (week < 0) return undefined;
    p += 2;
    let day = 1;
    if (p < len) {
      if (dashes && b[p++] !== DASH) return undefined;
      if ((day = digits(b, p, 1)) < 0) return undefined;
    }
    const r = isoToYmd(year, week, day);
    return typeof r === "string" ? undefined : r;
  }
  const month = digits(b, p, 2);
  if (month < 0) return undefined;
  p += 2;
  if (dashes && b[p++] !== DASH) return undefined;
  const day = digits(b, p, 2);
  return day < 0 ? undefined : [year, month, day];
}

interface Clock {
  h: number;
  m: number;
  s: number;
  us: number;
}
const CORRECTION: readonly number[] = [0, 100000, 10000, 1000, 100, 10];

/** Parses `HH[:?MM[:?SS[.fff]]]` in b[p..end); undefined when malformed, else whether something is left over. */
function parseClock(b: Uint8Array, p: number, end: number, out: Clock): boolean | undefined {
  const vals = [0, 0, 0];
  let separated = true;
  out.us = 0;
  for (let i = 0; i < 3; i++) {
    const v = digits(b, p, 2);
    if (v < 0) return undefined;
    vals[i] = v;
    [out.h, out.m, out.s] = vals;
    p += 2;
    const c = b[p++];
    if (i === 0) separated = c === COLON;
    if (p >= end) return c === DOT || c === COMMA ? undefined : c !== 0;
    if (separated && c === COLON) {
      if (i === 2) return undefined;
      continue;
    }
    if (c === DOT || c === COMMA) {
      // only seconds have a fraction
      if (i < 2) return undefined;
      break;
    }
    if (separated) return undefined;
    p--;
  }
  const n = Math.min(end - p, 6);
  const us = digits(b, p, n);
  if (us < 0) return undefined;
  p += n;
  out.us = n < 6 ? us * CORRECTION[n] : us;
  while (isDigit(b[p])) p++;
  return b[p] !== 0;
}

/** A time with its offset from UTC (seconds and microseconds), if one was given. */
export interface IsoTime extends Clock {
  offset: [seconds: number, us: number] | undefined;
}

/** Parses the time in b[p..end); undefined when it is none. */
export function parseIsoTime(b: Uint8Array, p: number, end: number): IsoTime | undefined {
  const t: IsoTime = { h: 0, m: 0, s: 0, us: 0, offset: undefined };
  let z = p;
  do {
    if (b[z] === Z || b[z] === PLUS || b[z] === DASH) break;
  } while (++z < end);
  const rest = parseClock(b, p, z, t);
  if (rest === undefined) return undefined;
  if (z === end) return rest ? undefined : t;
  if (b[z] === Z) {
    t.offset = [0, 0];
    return b[z + 1] !== 0 ? undefined : t;
  }
  const sign = b[z] === DASH ? -1 : 1;
  const o: Clock = { h: 0, m: 0, s: 0, us: 0 };
  if (parseClock(b, z + 1, end, o) !== false) return undefined;
  t.offset = [sign * (o.h * 3600 + o.m * 60 + o.s), sign * o.us];
  return t;
}

/** Where the date ends in an ISO date and time of `len` bytes; -1 when that cannot be told. */
export function isoSeparator(b: Uint8Array, len: number): number {
  if (len === 7) return 7;
  if (b[4] === DASH) {
    if (b[5] !== W) return 10;
    if (len < 8) return -1;
    if (len > 8 && b[8] === DASH) {
      // YYYY-Www-D or YYYY-Www-HH: a digit at 10 means that the dash at 8 stands for the T
      if (len === 9) return -1;
      return len > 10 && isDigit(b[10]) ? 8 : 10;
    }
    return 8;
  }
  if (b[4] !== W) return 8;
  // YYYYWww or YYYYWwwd: a time has an even number of digits
  let i = 7;
  while (i < len && isDigit(b[i])) i++;
  if (i < 9) return i;
  return i % 2 === 0 ? 7 : 8;
}
