// CPython 3.14: the C library's tzset, localtime and mktime
//
// The local time zone. Its rules come from the zone database's files (TZif, RFC 9636) or from a
// POSIX TZ string; where the guest may not read the files, from the host's clock, which knows the
// offset at any instant but no seconds of local mean time.

import { interpStore } from "../core/objects/state.ts";
import { type Interp, interp } from "../vm/interpreter.ts";
import { readHostFile } from "../vm/import/frozen.ts";
import { HostError } from "../vm/host.ts";

/** What holds in a zone at an instant: seconds east of UTC, daylight saving time, abbreviation. */
export interface ZoneInfo {
  off: number;
  dst: boolean;
  abbr: string;
}
/** A time zone. */
export interface Zone {
  at(t: number): ZoneInfo;
}

/** Broken-down time: C's struct tm with the full year; weekday 0 is Sunday, months and days of the year from 0. */
export interface Tm {
  year: number;
  mon: number;
  mday: number;
  hour: number;
  min: number;
  sec: number;
  wday: number;
  yday: number;
  isdst: number;
  off: number;
  zone: string | undefined;
}

// ---- calendar -------------------------------------------------------------------------------

/** Days from 1970-01-01 to a date; months from 0. */
export function daysFromCivil(year: number, mon: number, day: number): number {
  year += Math.floor(mon / 12);
  const m = mon - Math.floor(mon / 12) * 12;
  // years counted from March
  const y = m < 2 ? year - 1 : year;
  const era = Math.floor(y / 400), yoe = y - era * 400;
  const doy = Math.floor((153 * ((m + 10) % 12) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
}

/** Broken-down time of an instant, shifted by an offset. */
export function civil(t: number | bigint, info: ZoneInfo): Tm {
  const s = BigInt(t) + BigInt(info.off);
  let sec = Number(s % 86400n);
  if (sec < 0) sec += 86400;
  const days = Number((s - BigInt(sec)) / 86400n);
  const z = days + 719468;
  const era = Math.floor(z / 146097), doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const mon = mp < 10 ? mp + 2 : mp - 10;
  const year = yoe + era * 400 + (mon < 2 ? 1 : 0);
  return {
    year,
    mon,
    mday: doy - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(sec / 3600),
    min: Math.floor(sec / 60) % 60,
    sec: sec % 60,
    wday: (((days + 4) % 7) + 7) % 7,
    yday: days - daysFromCivil(year, 0, 1),
    isdst: info.dst ? 1 : 0,
    off: info.off,
    zone: info.abbr,
  };
}

export const UTC: Zone = { at: () => ({ off: 0, dst: false, abbr: "UTC" }) };

// ---- POSIX TZ strings -----------------------------------------------------------------------

interface Change {
  kind: "M" | "J" | "N";
  a: number;
  week: number;
  day: number;
  /** Seconds after local midnight. */
  time: number;
}

class PosixZone implements Zone {
  readonly std: ZoneInfo;
  readonly dst: ZoneInfo | undefined;
  readonly start: Change | undefined;
  readonly end: Change | undefined;
  constructor(std: ZoneInfo, dst?: ZoneInfo, start?: Change, end?: Change) {
    this.std = std;
    this.dst = dst;
    this.start = start;
    this.end = end;
  }
  at(t: number): ZoneInfo {
    if (this.dst === undefined) return this.std;
    const year = civil(Math.floor(t), this.std).year;
    const on = changeAt(this.start!, year) - this.std.off;
    const off = changeAt(this.end!, year) - this.dst.off;
    const summer = on < off ? t >= on && t < off : t >= on || t < off;
    return summer ? this.dst : this.std;
  }
}

/** Local seconds since 1970 of a change in a year. */
function changeAt(c: Change, year: number): number {
  let day: number;
  if (c.kind === "M") {
    const first = daysFromCivil(year, c.a - 1, 1);
    const wday = (((first + 4) % 7) + 7) % 7;
    day = first + (c.day - wday + 7) % 7 + (c.week - 1) * 7;
    const next = daysFromCivil(year, c.a, 1);
    while (day >= next) day -= 7;
  } else {
    const leap = daysFromCivil(year, 2, 1) - daysFromCivil(year, 1, 1) === 29;
    const n = c.kind === "J" ? c.a - 1 + (leap && c.a >= 60 ? 1 : 0) : c.a;
    day = daysFromCivil(year, 0, 1) + n;
  }
  return day * 86400 + c.time;
}

const NAME = /^(?:<([A-Za-z0-9+-]+)>|([A-Za-z]{3,}))/;
const OFFSET = /^([+-]?)(\d{1,3})(?::(\d{1,2}))?(?::(\d{1,2}))?/;

/** A zone from a POSIX string such as "CET-1CEST,M3.5.0,M10.5.0/3"; undefined when it is none. */
export function posixZone(text: string): Zone | undefined {
  let rest = text;
  const take = (re: RegExp): RegExpExecArray | undefined => {
    const m = re.exec(rest);
    if (m !== null) rest = rest.slice(m[0].length);
    return m ?? undefined;
  };
  const seconds = (m: RegExpExecArray): number =>
    (m[1] === "-" ? -1 : 1) * (Number(m[2]) * 3600 + Number(m[3] ?? 0) * 60 + Number(m[4] ?? 0));
  const change = (): Change | undefined => {
    const m = take(/^,(?:M(\d+)\.(\d+)\.(\d+)|(J?)(\d+))/);
    if (m === undefined) return undefined;
    const time = take(/^\/(?=[+-]?\d)/) === undefined ? 7200 : seconds(take(OFFSET)!);
    return m[1] !== undefined
      ? { kind: "M", a: Number(m[1]), week: Number(m[2]), day: Number(m[3]), time }
      : { kind: m[4] === "J" ? "J" : "N", a: Number(m[5]), week: 0, day: 0, time };
  };
  const name = take(NAME);
  if (name === undefined) return undefined;
  const offset = take(OFFSET);
  const std: ZoneInfo = { off: offset === undefined ? 0 : 0 - seconds(offset), dst: false, abbr: name[1] ?? name[2] };
  const dstName = offset === undefined ? undefined : take(NAME);
  if (dstName === undefined) return new PosixZone(std);
  const dstOffset = take(OFFSET);
  const dst: ZoneInfo = {
    off: dstOffset === undefined ? std.off + 3600 : 0 - seconds(dstOffset),
    dst: true,
    abbr: dstName[1] ?? dstName[2],
  };
  if (rest === "") rest = ",M3.2.0,M11.1.0";
  const start = change(), end = change();
  return start === undefined || end === undefined ? new PosixZone(std) : new PosixZone(std, dst, start, end);
}

// ---- zone files -----------------------------------------------------------------------------

class FileZone implements Zone {
  readonly times: Float64Array;
  readonly index: Uint8Array;
  readonly kinds: ZoneInfo[];
  readonly rule: Zone | undefined;
  constructor(times: Float64Array, index: Uint8Array, kinds: ZoneInfo[], rule: Zone | undefined) {
    this.times = times;
    this.index = index;
    this.kinds = kinds;
    this.rule = rule;
  }
  at(t: number): ZoneInfo {
    const n = this.times.length;
    if (n === 0 || t < this.times[0]) return n === 0 && this.rule !== undefined ? this.rule.at(t) : this.kinds[0];
    if (t >= this.times[n - 1] && this.rule !== undefined) return this.rule.at(t);
    let lo = 0, hi = n;
    while (hi - lo > 1) {
      const mid = (lo + hi) >> 1;
      if (this.times[mid] <= t) lo = mid;
      else hi = mid;
    }
    return this.kinds[this.index[lo]];
  }
}

/** A zone from the contents of a TZif file; undefined when it is none. */
export function fileZone(b: Uint8Array): Zone | undefined {
  const v = new DataView(b.buffer, b.byteOffset, b.byteLength);
  const magic = (at: number) => at + 44 <= b.length && v.getUint32(at) === 0x545a6966;
  if (!magic(0)) return undefined;
  const counts = (at: number) => [20, 24, 28, 32, 36, 40].map((k) => v.getUint32(at + k));
  let at = 0, size = 4;
  let [isut, isstd, leap, timecnt, typecnt, charcnt] = counts(0);
  if (b[4] >= 0x32) {
    at = 44 + timecnt * 5 + typecnt * 6 + charcnt + leap * 8 + isstd + isut;
    if (!magic(at)) return undefined;
    size = 8;
    [isut, isstd, leap, timecnt, typecnt, charcnt] = counts(at);
  }
  at += 44;
  const times = new Float64Array(timecnt);
  for (let i = 0; i < timecnt; i++) times[i] = size === 8 ? Number(v.getBigInt64(at + i * 8)) : v.getInt32(at + i * 4);
  at += timecnt * size;
  const index = b.slice(at, at + timecnt);
  at += timecnt;
  const names = at + typecnt * 6;
  const kinds: ZoneInfo[] = [];
  for (let i = 0; i < typecnt; i++) {
    const p = at + i * 6;
    let k = names + b[p + 5], abbr = "";
    while (b[k] !== 0 && k < b.length) abbr += String.fromCharCode(b[k++]);
    kinds.push({ off: v.getInt32(p), dst: b[p + 4] !== 0, abbr });
  }
  at = names + charcnt + leap * (size + 4) + isstd + isut;
  let rule: Zone | undefined;
  if (size === 8 && b[at] === 10) {
    const end = b.indexOf(10, at + 1);
    const text = String.fromCharCode(...b.subarray(at + 1, end < 0 ? b.length : end));
    if (text !== "") rule = posixZone(text);
  }
  return kinds.length === 0 ? undefined : new FileZone(times, index, kinds, rule);
}

// ---- the host's clock -----------------------------------------------------------------------

/** A zone whose file cannot be read, as the host's clock and Intl know it. */
class HostZone implements Zone {
  readonly i: Interp;
  readonly name: string;
  readonly names: Map<number, string> = new Map();
  constructor(i: Interp, name: string) {
    this.i = i;
    this.name = name;
  }
  at(t: number): ZoneInfo {
    const ms = Math.max(-8.64e15, Math.min(8.64e15, t * 1000));
    const off = this.i.host.clock.utcOffset(ms) * 60 + 0;
    const year = new Date(ms).getUTCFullYear();
    const jan = this.i.host.clock.utcOffset(Date.UTC(year, 0, 1)) * 60;
    const jul = this.i.host.clock.utcOffset(Date.UTC(year, 6, 1)) * 60;
    let abbr = this.names.get(off);
    if (abbr === undefined) this.names.set(off, abbr = this.abbreviation(ms, off));
    return { off, dst: off > Math.min(jan, jul), abbr };
  }
  abbreviation(ms: number, off: number): string {
    if (off === 0 && /^(Etc\/)?(UTC|UCT|Zulu|GMT)$/.test(this.name)) return "UTC";
    for (const locale of ["en-US", "en-GB", "en-AU", "en-IN", "en-ZA", "en-NZ"]) {
      try {
        const parts = new Intl.DateTimeFormat(locale, { timeZone: this.name, timeZoneName: "short" }).formatToParts(
          new Date(ms),
        );
        const s = parts.find((p) => p.type === "timeZoneName")?.value;
        if (s !== undefined && /^[A-Z]{3,5}$/.test(s)) return s;
      } catch {
        break;
      }
    }
    const a = Math.abs(off), h = String(Math.floor(a / 3600)).padStart(2, "0"), m = a / 60 % 60;
    return `${off < 0 ? "-" : "+"}${h}${m === 0 ? "" : String(m).padStart(2, "0")}`;
  }
}

const ZONEINFO = "/usr/share/zoneinfo/";

function readZone(i: Interp, name: string): Zone | undefined {
  try {
    return fileZone(readHostFile(i, name.startsWith("/") ? name : ZONEINFO + name));
  } catch (e) {
    if (e instanceof HostError) return undefined;
    throw e;
  }
}

function findZone(): Zone {
  const i = interp();
  let tz: string | undefined;
  try {
    tz = i.host.env.get("TZ");
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
  }
  if (tz !== undefined) {
    if (tz.startsWith(":")) tz = tz.slice(1);
    if (tz === "" || tz === "UTC" || tz === "UTC0") return UTC;
    const zone = (tz.includes("..") ? undefined : readZone(i, tz)) ?? posixZone(tz);
    return zone ?? (hostKnows(tz) ? new HostZone(i, tz) : UTC);
  }
  // asking the host for the zone's name is slow: the system's own file comes first
  const local = readZone(i, "/etc/localtime");
  if (local !== undefined) return local;
  const name = i.host.clock.timezone();
  if (name === "UTC" || name === "Etc/UTC") return UTC;
  return readZone(i, name) ?? new HostZone(i, name);
}
/** Is it the name of the zone the host runs in? */
function hostKnows(name: string): boolean {
  return interp().host.clock.timezone() === name;
}

const KEY = {};
/** The local zone. */
export function localZone(): Zone {
  return interpStore(KEY, () => ({ zone: findZone() })).zone;
}
/** Finds out the local zone anew (tzset). */
export function resetZone(): void {
  interp().store.delete(KEY);
}

/** Local broken-down time of an instant. */
export function localTime(t: number | bigint): Tm {
  return civil(t, localZone().at(Number(t)));
}

const DAY = 86400;
/** Seconds since 1970 of a local broken-down time, whose fields need not be in range. */
export function makeTime(tm: Tm): number {
  const zone = localZone();
  const local = daysFromCivil(tm.year, tm.mon, 1) * DAY + (tm.mday - 1) * DAY + tm.hour * 3600 + tm.min * 60 + tm.sec;
  const before = zone.at(local - DAY), after = zone.at(local + DAY);
  const offs = [after.off, before.off];
  for (const o of [zone.at(local - after.off).off, zone.at(local - before.off).off]) {
    if (!offs.includes(o)) offs.push(o);
  }
  const valid = offs.map((o) => local - o).filter((t, i) => zone.at(t).off === offs[i]);
  if (tm.isdst < 0) return valid.length > 0 ? Math.max(...valid) : local - before.off;
  const want = tm.isdst > 0;
  for (const t of valid) if (zone.at(t).dst === want) return t;
  // no such time with that flag: the nearest offset that has it
  const guess = valid[0] ?? local - before.off;
  for (let d = 1; d < 400; d++) {
    for (const t of [guess - d * DAY, guess + d * DAY]) {
      const z = zone.at(t);
      if (z.dst === want) return local - z.off;
    }
  }
  return local - zone.at(guess).off + (want ? -3600 : 3600);
}
