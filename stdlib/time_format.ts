// CPython 3.14: the C library's strftime
//
// Formatting of broken-down time as glibc does in the C locale: `%`, flags (`-` no padding, `_`
// spaces, `0` zeros, `^` upper case, `#` other case), a width, E or O, and the conversion. What is no
// conversion is copied.

import type { Str } from "../core/objects/object.ts";
import { fromCodePoints } from "../core/objects/str_wide.ts";
import { daysFromCivil, localZone, makeTime, type Tm } from "./time_zone.ts";

export const DAYS: readonly string[] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
export const MONTHS: readonly string[] = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** A format in runs: UTF-16 texts, and the surrogates between them, which stand for themselves and do not pair up. */
export function surrogateRuns(format: Str): Str[] {
  if (typeof format === "string") return [format];
  const out: Str[] = [];
  let text = "";
  for (const c of format.cps) {
    if (c < 0xd800 || c > 0xdfff) text += String.fromCodePoint(c);
    else {
      out.push(text, fromCodePoints(Uint32Array.of(c)));
      text = "";
    }
  }
  return [...out, text];
}

interface Flags {
  pad: string;
  upper: boolean;
  swap: boolean;
  width: number;
}

function num(v: number, digits: number, f: Flags, pad = "0"): string {
  if (f.pad === "_") pad = " ";
  else if (f.pad === "0") pad = "0";
  const text = String(Math.abs(v)), sign = v < 0 ? "-" : "";
  if (f.pad === "-") return (sign + text).padStart(f.width, " ");
  const width = Math.max(digits, f.width) - (f.width > 0 ? sign.length : 0);
  return pad === " "
    ? (sign + text).padStart(width + (f.width > 0 ? sign.length : 0), " ")
    : sign + text.padStart(width, "0");
}
function str(s: string, f: Flags): string {
  if (f.upper) s = s.toUpperCase();
  return f.pad === "-" ? s : s.padStart(f.width, f.pad === "0" ? "0" : " ");
}

/** ISO 8601 week and its year. */
function isoWeek(tm: Tm): [year: number, week: number] {
  const leapDays = (y: number) => daysFromCivil(y + 1, 0, 1) - daysFromCivil(y, 0, 1);
  const days = (yday: number) => {
    const big = 3 * 7;
    return yday - (yday - tm.wday + 4 + big) % 7 + 4 - 1;
  };
  let year = tm.year, d = days(tm.yday);
  if (d < 0) {
    year--;
    d = days(tm.yday + leapDays(year));
  } else {
    const next = days(tm.yday - leapDays(year));
    if (next >= 0) {
      year++;
      d = next;
    }
  }
  return [year, Math.floor(d / 7) + 1];
}

function mod100(n: number): number {
  return ((n % 100) + 100) % 100;
}

/** The abbreviation of the zone at a broken-down time. */
function zoneName(tm: Tm): string {
  if (tm.zone !== undefined) return tm.zone;
  return tm.isdst < 0 ? "" : zoneNames()[tm.isdst > 0 ? 1 : 0];
}
/** Standard and daylight-saving abbreviations of the local zone, as of now. */
function zoneNames(): [string, string] {
  const z = localZone(), year = 365.25 * 86400;
  const now = Math.floor(Date.now() / 1000 / year) * year;
  const a = z.at(now), b = z.at(now + year / 2);
  return a.off <= b.off ? [a.abbr, b.abbr] : [b.abbr, a.abbr];
}

/** One conversion; undefined when there is none of that letter. */
function convert(c: string, tm: Tm, f: Flags): string | undefined {
  const sub = (format: string) => str(formatTime(format, tm), f);
  switch (c) {
    case "a":
      return str(DAYS[tm.wday]?.slice(0, 3) ?? "?", caseOf(f));
    case "A":
      return str(DAYS[tm.wday] ?? "?", caseOf(f));
    case "b":
    case "h":
      return str(MONTHS[tm.mon]?.slice(0, 3) ?? "?", caseOf(f));
    case "B":
      return str(MONTHS[tm.mon] ?? "?", caseOf(f));
    case "c":
      return sub("%a %b %e %H:%M:%S %Y");
    case "C":
      return num(Math.trunc(tm.year / 100) - (tm.year % 100 < 0 ? 1 : 0), 1, f);
    case "d":
      return num(tm.mday, 2, f);
    case "D":
    case "x":
      return sub("%m/%d/%y");
    case "e":
      return num(tm.mday, 2, f, " ");
    case "F":
      return sub("%Y-%m-%d");
    case "g":
      return num(mod100(isoWeek(tm)[0]), 2, f);
    case "G":
      return num(isoWeek(tm)[0], 1, f);
    case "H":
      return num(tm.hour, 2, f);
    case "I":
      return num(tm.hour % 12 || 12, 2, f);
    case "j":
      return num(tm.yday + 1, 3, f);
    case "k":
      return num(tm.hour, 2, f, " ");
    case "l":
      return num(tm.hour % 12 || 12, 2, f, " ");
    case "m":
      return num(tm.mon + 1, 2, f);
    case "M":
      return num(tm.min, 2, f);
    case "n":
      return str("\n", f);
    case "p":
    case "P": {
      const s = tm.hour >= 12 ? "PM" : "AM";
      return str(c === "P" || f.swap ? s.toLowerCase() : s, f);
    }
    case "r":
      return sub("%I:%M:%S %p");
    case "R":
      return sub("%H:%M");
    case "s":
      return num(makeTime(tm), 1, f);
    case "S":
      return num(tm.sec, 2, f);
    case "t":
      return str("\t", f);
    case "T":
    case "X":
      return sub("%H:%M:%S");
    case "u":
      return num((tm.wday + 6) % 7 + 1, 1, f);
    case "U":
      return num(Math.floor((tm.yday - tm.wday + 7) / 7), 2, f);
    case "V":
      return num(isoWeek(tm)[1], 2, f);
    case "w":
      return num(tm.wday, 1, f);
    case "W":
      return num(Math.floor((tm.yday - (tm.wday + 6) % 7 + 7) / 7), 2, f);
    case "y":
      return num(mod100(tm.year), 2, f);
    case "Y":
      return num(tm.year, 1, f);
    case "z": {
      if (tm.isdst < 0) return "";
      const m = Math.trunc(Math.abs(tm.off) / 60);
      return (tm.off < 0 ? "-" : "+").padStart(f.width, " ") + num(Math.floor(m / 60) * 100 + m % 60, 4, f);
    }
    case "Z":
      return zoneName(tm);
    case "%":
      return str("%", f);
  }
  return undefined;
}
/** `#` makes names upper case. */
function caseOf(f: Flags): Flags {
  return f.swap ? { ...f, upper: true } : f;
}

const WITH_E = "cCyYxX", WITH_O = "deHIkmMSuUVwWygGlj";

/** Formats a broken-down time. */
export function formatTime(format: string, tm: Tm): string {
  let out = "";
  for (let i = 0; i < format.length;) {
    const at = format.indexOf("%", i);
    if (at < 0) return out + format.slice(i);
    out += format.slice(i, at);
    const f: Flags = { pad: "", upper: false, swap: false, width: 0 };
    let k = at + 1;
    for (; "_-0^#".includes(format[k]) && k < format.length; k++) {
      if (format[k] === "^") f.upper = true;
      else if (format[k] === "#") f.swap = true;
      else f.pad = format[k];
    }
    const width = /^\d+/.exec(format.slice(k, k + 10))?.[0] ?? "";
    k += width.length;
    f.width = Number(width);
    let ok = true;
    if (format[k] === "E") ok = k + 1 < format.length && WITH_E.includes(format[++k]);
    else if (format[k] === "O") ok = k + 1 < format.length && WITH_O.includes(format[++k]);
    const s = ok && k < format.length ? convert(format[k], tm, f) : undefined;
    k = Math.min(k + 1, format.length);
    out += s ?? format.slice(at, k);
    i = k;
  }
  return out;
}
