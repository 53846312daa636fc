// CPython 3.14: Modules/_datetimemodule.c (wrap_strftime and other text)
//
// What date, time and datetime share in making text.

import { None, PyTuple, type Str, type Value } from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { concat, textValue } from "../core/objects/exceptions.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur } from "../core/objects/state.ts";
import { daysBeforeMonth, weekday } from "./datetime_calendar.ts";
import { six, two } from "./datetime_delta.ts";
import { PyDate, PyDateTime, PyTime } from "./datetime_objects.ts";
import { callTzname, utcOffsetText } from "./datetime_tz.ts";
import { surrogateRuns } from "./time_format.ts";
import { counted, keywords, shownType, textArg } from "./parse_args.ts";
import type { MethodDef } from "../core/objects/object.ts";

export function four(n: number): string {
  return String(n).padStart(4, "0");
}

export function moduleAttr(module: string, name: string): Value {
  return A.getAttr(cur.interp.importModule(module), name);
}

/** A time.struct_time; weekday and day of the year follow from the date. */
export function structTime(y: number, m: number, d: number, hh: number, mm: number, ss: number, dst: number): Value {
  const yday = daysBeforeMonth(y, m) + d;
  return A.call1(
    moduleAttr("time", "struct_time"),
    new PyTuple([y, m, d, hh, mm, ss, weekday(y, m, d), yday, dst]),
  );
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export function ctime(t: PyDate, hh: number, mm: number, ss: number): string {
  return `${DAYS[weekday(t.y, t.m, t.d)]} ${MONTHS[t.m - 1]} ${String(t.d).padStart(2)} ${two(hh)}:${two(mm)}:${
    two(ss)
  } ${four(t.y)}`;
}

export function tzinfoOf(o: Value): Value {
  return o instanceof PyDateTime || o instanceof PyTime ? o.tz : None;
}

/** A zone's name with its % doubled, for a format. */
function escapedName(o: Value, arg: Value): Str {
  const name = callTzname(tzinfoOf(o), arg);
  if (name === None) return "";
  const r = A.callMethod(name, "replace", "%", "%%");
  if (!A.isStr(r)) throw typeError("tzname.replace() did not return a string");
  return A.strValue(r);
}

/** Years below 1000 as the C library would not write them: with four digits. */
function paddedYear(c: string, tuple: Value, strftime: Value): string | undefined {
  let year = A.asIndex(A.seqGetItem(tuple, 0)) as number;
  if (year >= 1000) return undefined;
  if (c === "G") year = Number(utf16(A.strValue(A.call2(strftime, "%G", tuple))));
  if (c === "C") return two(Math.trunc(year / 100));
  return four(year) + (c === "F" ? "-%m-%d" : "");
}

/** strftime of a date, time or datetime: replaces %z, %:z, %Z, %f and short years, and asks the time module for the rest. */
export function wrapStrftime(o: Value, format: Value, tuple: Value, arg: Value): Value {
  const strftime = moduleAttr("time", "strftime");
  let zone: Str | undefined;
  const offsets: Record<string, string> = {};
  const offset = (sep: string) => offsets[sep] ??= utcOffsetText(tzinfoOf(o), arg, sep);
  const out: Str[] = [];
  for (const f of surrogateRuns(A.strValue(format))) {
    if (typeof f !== "string") {
      out.push(f);
      continue;
    }
    for (let i = 0; i < f.length;) {
      const at = f.indexOf("%", i);
      if (at < 0 || at + 1 === f.length) {
        out.push(textValue(f.slice(i)));
        break;
      }
      out.push(textValue(f.slice(i, at)));
      const c = f[at + 1];
      i = at + 2;
      if (c === "z") out.push(offset(""));
      else if (c === ":" && f[i] === "z") {
        out.push(offset(":"));
        i++;
      } else if (c === "Z") out.push(zone ??= escapedName(o, arg));
      else if (c === "f") out.push(six(o instanceof PyDateTime || o instanceof PyTime ? o.us : 0));
      else {
        const year = "YGFC".includes(c) ? paddedYear(c, tuple, strftime) : undefined;
        // what is no conversion of ours stays; the letter may be half of a character
        if (year !== undefined) out.push(year);
        else if (c === "%") out.push("%%");
        else {
          out.push("%");
          i--;
        }
      }
    }
  }
  return A.call2(strftime, concat(...out), tuple);
}

/** The time of day by an `isoformat` timespec. */
export function isoClock(t: PyDateTime | PyTime, timespec: string): string {
  if (timespec === "auto") timespec = t.us === 0 ? "seconds" : "microseconds";
  switch (timespec) {
    case "hours":
      return two(t.hh);
    case "minutes":
      return `${two(t.hh)}:${two(t.mm)}`;
    case "seconds":
      return `${two(t.hh)}:${two(t.mm)}:${two(t.ss)}`;
    case "milliseconds":
      return `${two(t.hh)}:${two(t.mm)}:${two(t.ss)}.${String(Math.floor(t.us / 1000)).padStart(3, "0")}`;
    case "microseconds":
      return `${two(t.hh)}:${two(t.mm)}:${two(t.ss)}.${six(t.us)}`;
  }
  throw valueError("Unknown timespec value");
}
/** Format "s": a str without NUL. */
export function timespecArg(v: Value, where: string): string {
  if (!A.isStr(v)) throw typeError(`${where} must be str, not ${shownType(v)}`);
  const s = utf16(A.strValue(v));
  if (s.includes("\0")) throw valueError("embedded null character");
  return s;
}

/** A repr's end: `, fold=1` and `, tzinfo=...` before the bracket. */
export function reprEnd(head: string, tz: Value, fold: number, foldFirst: boolean): Value {
  const f = fold === 0 ? "" : `, fold=${fold}`;
  if (tz === None) return `${head}${f})`;
  const t = A.reprStr(tz);
  return foldFirst ? concat(head, f, ", tzinfo=", t, ")") : concat(head, ", tzinfo=", t, f, ")");
}

export function invalidIso(s: Value): Error | object {
  return valueError(utf16(concat("Invalid isoformat string: ", A.reprStr(s)) as Str));
}
export function isoText(v: Value): Str {
  if (!A.isStr(v)) throw typeError("fromisoformat: argument must be str");
  return A.strValue(v);
}

/** `strptime` of a class, which the module _strptime does. */
export function strptimeMethod(kind: "date" | "time" | "datetime", flags: number): MethodDef {
  return counted(
    `${kind}.strptime`,
    2,
    2,
    `string, format -> a ${kind} that the text stands for by the format (see time.strptime()).`,
    (cls: Value, s: Value, format: Value) => {
      return A.call3(moduleAttr("_strptime", `_strptime_datetime_${kind}`), cls, s, format);
    },
    [textArg, textArg],
    flags,
  );
}
export function strftimeMethod(body: (self: Value, format: Value) => Value): MethodDef {
  return keywords(
    { fname: "strftime", names: ["format"], convert: [textArg], required: 1 },
    "format -> text as strftime() makes it.",
    body,
  );
}
export function formatMethod(kind: string): MethodDef {
  return counted(`${kind}.__format__`, 1, 1, "Formats with strftime.", (self: Value, format: Value) => {
    if (A.strValue(format) === "") return A.strObject(self);
    return A.callMethod(self, "strftime", format);
  }, [textArg]);
}
