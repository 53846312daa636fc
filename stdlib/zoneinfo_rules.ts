// CPython 3.14: Modules/_zoneinfo.c (transitions, TZ strings)
//
// The rules of a zone: a list of transitions, at each of which another `Info` begins to hold, the Info
// before the first, and a rule for the time after the last. Transitions are kept in UTC and, for either
// fold, on the local clock. TZ strings are parsed character by character; a failure names the part.

import { None, PyBytes, PyTuple, typeName, type Value } from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { interpStore } from "../core/objects/state.ts";
import { daysInMonth, isLeap, toOrdinal } from "./datetime_calendar.ts";
import { newDelta, type PyDelta } from "./datetime_delta.ts";

/** What holds in a zone for some time: timedeltas and the abbreviation, or None. */
export interface Info {
  utcoff: Value;
  dstoff: Value;
  name: Value;
  /** `utcoff` in seconds. */
  seconds: number;
}
export const NO_INFO: Info = { utcoff: None, dstoff: None, name: None, seconds: 0 };

const DELTAS = {};
/** The timedelta of a number of seconds: always the same object. */
function delta(seconds: number): PyDelta {
  const known = interpStore(DELTAS, () => new Map<number, PyDelta>());
  let d = known.get(seconds);
  if (d === undefined) known.set(seconds, d = newDelta(0, seconds, 0));
  return d;
}
function makeInfo(utcoff: number, dstoff: number, name: Value): Info {
  return { utcoff: delta(utcoff), dstoff: delta(dstoff), name, seconds: utcoff };
}

// ---- rules after the last transition --------------------------------------------------------

/** When a change happens in a year, in seconds from 1970 on the local clock. */
type Change = (year: number) => number;

const EPOCH_ORDINAL = 719163;

/** `Mm.w.d`: day `d` (0 is Sunday) of week `w` of a month; week 5 is the last one. */
function calendarChange(month: number, week: number, day: number, time: number): Change {
  return (year) => {
    const first = (toOrdinal(year, month, 1) + 6) % 7;
    let d = ((day - first - 1) % 7 + 7) % 7 + 1 + (week - 1) * 7;
    if (d > daysInMonth(year, month)) d -= 7;
    return (toOrdinal(year, month, d) - EPOCH_ORDINAL) * 86400 + time;
  };
}
/** `Jn` (from 1, without February 29) or `n` (from 0). */
function dayChange(julian: boolean, day: number, time: number): Change {
  return (year) => {
    const leap = julian && day >= 59 && isLeap(year) ? 1 : 0;
    return (toOrdinal(year, 1, 1) - EPOCH_ORDINAL - 1 + day + leap) * 86400 + time;
  };
}

/** Standard time, and maybe daylight saving time between two changes of each year. */
class Rule {
  readonly std: Info;
  readonly dst: Info | undefined;
  readonly start: Change;
  readonly end: Change;
  readonly diff: number;
  constructor(std: Info, dst?: Info, start: Change = () => 0, end: Change = () => 0) {
    this.std = std;
    this.dst = dst;
    this.start = start;
    this.end = end;
    this.diff = dst === undefined ? 0 : dst.seconds - std.seconds;
  }
  atLocal(ts: number, fold: number, year: number): Info {
    if (this.dst === undefined) return this.std;
    let start = this.start(year), end = this.end(year);
    // with fold 0 the smaller offset holds from the end of the gap to the end of the fold
    if ((fold !== 0) === (this.diff >= 0)) end -= this.diff;
    else start += this.diff;
    return within(ts, start, end) ? this.dst : this.std;
  }
  atUtc(ts: number, year: number): [Info, fold: boolean] {
    if (this.dst === undefined) return [this.std, false];
    const start = this.start(year) - this.std.seconds, end = this.end(year) - this.dst.seconds;
    const from = this.diff > 0 ? end : start, to = this.diff > 0 ? end + this.diff : start - this.diff;
    return [within(ts, start, end) ? this.dst : this.std, ts >= from && ts < to];
  }
}
function within(ts: number, start: number, end: number): boolean {
  return start < end ? ts >= start && ts < end : ts < end || ts >= start;
}

// ---- TZ strings -----------------------------------------------------------------------------

/** A position in a TZ string. */
class Cursor {
  at = 0;
  constructor(readonly text: string) {}
  get peek(): string {
    return this.text[this.at] ?? "";
  }
  /** Matches a sticky pattern and moves on. */
  take(re: RegExp): RegExpExecArray | undefined {
    re.lastIndex = this.at;
    const m = re.exec(this.text);
    if (m === null) return undefined;
    this.at = re.lastIndex;
    return m;
  }
}

function seconds(m: RegExpExecArray): number {
  return Number(m[2]) * 3600 + Number(m[3] ?? 0) * 60 + Number(m[4] ?? 0);
}
/** Seconds east of UTC. */
function takeOffset(c: Cursor): number | undefined {
  const m = c.take(/([+-]?)(\d{1,3})(?::(\d\d)(?::(\d\d))?)?/y);
  if (m === undefined || Number(m[2]) > 24 || c.peek === ":") return undefined;
  return m[1] === "-" ? seconds(m) : 0 - seconds(m);
}
function takeName(c: Cursor): string | undefined {
  const m = c.take(/<([A-Za-z0-9+-]+)>|([A-Za-z]+)/y);
  return m?.[1] ?? m?.[2];
}
/** A change, or undefined when malformed. */
function takeChange(c: Cursor): Change | undefined {
  const m = c.take(/M(\d{1,2})\.(\d)\.(\d)/y);
  const d = m === undefined ? c.take(/(J?)(\d{1,3})/y) : undefined;
  if (m === undefined && d === undefined) return undefined;
  let time = 2 * 3600;
  if (c.take(/\//y) !== undefined) {
    const t = c.take(/([+-]?)(\d{1,3})(?::(\d\d)(?::(\d\d))?)?/y);
    if (t === undefined || Number(t[2]) > 167 || c.peek === ":") return undefined;
    time = t[1] === "-" ? -seconds(t) : seconds(t);
  }
  if (m !== undefined) {
    const [month, week, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
    if (month < 1 || month > 12 || week < 1 || week > 5 || day > 6) return undefined;
    return calendarChange(month, week, day, time);
  }
  const julian = d![1] !== "", day = Number(d![2]);
  if (day < (julian ? 1 : 0) || day > 365) return undefined;
  return dayChange(julian, day, time);
}

function parseRule(tz: PyBytes): Rule {
  const fail = (what: string) => valueError(`${what} ${A.reprStr(tz)}`);
  const c = new Cursor(String.fromCharCode(...tz.b));
  const std = takeName(c);
  if (std === undefined) throw fail("Invalid STD format in");
  const stdOff = takeOffset(c);
  if (stdOff === undefined) throw fail("Invalid STD offset in");
  if (c.peek === "") return new Rule(makeInfo(stdOff, 0, std));
  const dst = takeName(c);
  if (dst === undefined) throw fail("Invalid DST format in");
  const dstOff = c.peek === "," ? stdOff + 3600 : takeOffset(c);
  if (dstOff === undefined) throw fail("Invalid DST offset in");
  const changes: Change[] = [];
  for (let i = 0; i < 2; i++) {
    if (c.take(/,/y) === undefined) throw fail("Missing transition rules in TZ string:");
    const change = takeChange(c);
    if (change === undefined) throw fail("Malformed transition rule in TZ string:");
    changes.push(change);
  }
  if (c.peek !== "") throw fail("Extraneous characters at end of TZ string:");
  return new Rule(makeInfo(stdOff, 0, std), makeInfo(dstOff, dstOff - stdOff, dst), changes[0], changes[1]);
}

// ---- the file's data ------------------------------------------------------------------------

/** How much daylight saving time each Info has: the file says only whether. Where it cannot be inferred, an hour. */
function inferDst(index: number[], utcoff: number[], isdst: boolean[]): number[] {
  const n = utcoff.length, out: number[] = new Array(n).fill(0);
  for (let i = 1; i < index.length; i++) {
    const k = index[i];
    if (!isdst[k] || out[k] !== 0) continue;
    let off = 0;
    if (!isdst[index[i - 1]]) off = utcoff[k] - utcoff[index[i - 1]];
    if (off === 0 && k < n - 1 && i + 1 < index.length) {
      // between two stretches of daylight saving time: another transition may tell
      if (isdst[index[i + 1]]) continue;
      off = utcoff[k] - utcoff[index[i + 1]];
    }
    out[k] = off;
  }
  return out.map((off, k) => isdst[k] && off === 0 ? 3600 : off);
}

/** Transitions on the local clock for a fold: before the change the larger offset counts with fold 0. */
function localTimes(utc: number[], index: number[], utcoff: number[], fold: number): number[] {
  const pick = fold === 0 ? Math.max : Math.min;
  return utc.map((t, i) => {
    const after = utcoff[index[i]];
    const before = i > 0 ? utcoff[index[i - 1]] : utcoff[0];
    return t + (i === 0 && utcoff.length < 2 ? utcoff[0] : pick(before, after));
  });
}

function bisect(v: number, a: number[]): number {
  let lo = 0, hi = a.length;
  while (lo < hi) {
    const m = (lo + hi) >> 1;
    if (a[m] > v) hi = m;
    else lo = m + 1;
  }
  return hi;
}

/** The rules of one zone. */
export class Rules {
  readonly utc: number[];
  readonly local: readonly [number[], number[]];
  readonly infos: Info[];
  readonly before: Info | undefined;
  readonly after: Rule;
  /** Does no answer depend on the time? */
  readonly fixed: boolean;
  constructor(
    utc: number[],
    local: readonly [number[], number[]],
    infos: Info[],
    before: Info | undefined,
    after: Rule,
    fixed: boolean,
  ) {
    this.utc = utc;
    this.local = local;
    this.infos = infos;
    this.before = before;
    this.after = after;
    this.fixed = fixed;
  }
  atLocal(ts: number, fold: number, year: number): Info {
    const times = this.local[fold === 0 ? 0 : 1], n = times.length;
    if (n > 0 && ts < times[0]) return this.before!;
    if (n === 0 || ts > times[n - 1]) return this.after.atLocal(ts, fold, year);
    return this.infos[bisect(ts, times) - 1];
  }
  atUtc(ts: number, year: number): [Info, fold: boolean] {
    const { utc, infos } = this, n = utc.length;
    if (n > 0 && ts < utc[0]) return [this.before!, false];
    if (n === 0 || ts > utc[n - 1]) {
      const r = this.after.atUtc(ts, year);
      if (n > 0) {
        // right after the last transition the fold lies between it and what follows
        const diff = (n === 1 ? this.before! : infos[n - 2]).seconds - r[0].seconds;
        if (diff > 0 && ts < utc[n - 1] + diff) r[1] = true;
      }
      return r;
    }
    const i = bisect(ts, utc);
    const info = infos[i - 1], before = i >= 2 ? infos[i - 2] : this.before!;
    return [info, before.seconds - info.seconds > ts - utc[i - 1]];
  }
}

function ints(v: Value): number[] {
  return (v as PyTuple).items.map((x) => Number(A.asIndex(x)));
}

/** The rules that a file holds, as zoneinfo._common.load_data reads it. */
export function loadRules(common: Value, file: Value): Rules {
  const data = A.callMethod(common, "load_data", file);
  if (!(data instanceof PyTuple)) throw typeError(`Invalid data result type: ${A.reprStr(data)}`);
  const [index, utc, utcoff] = [ints(data.items[0]), ints(data.items[1]), ints(data.items[2])];
  const isdst = (data.items[3] as PyTuple).items.map((x) => A.isTrue(x));
  const names = (data.items[4] as PyTuple).items, tz = data.items[5];
  for (const i of index) {
    if (i >= utcoff.length) throw valueError(`Invalid transition index found while reading TZif: ${i}`);
  }
  const dstoff = inferDst(index, utcoff, isdst);
  const infos = utcoff.map((off, i) => makeInfo(off, dstoff[i], names[i]));
  const standard = isdst.indexOf(false);
  const before: Info | undefined = infos[standard < 0 ? 0 : standard];
  let after: Rule;
  if (tz !== None && A.isTrue(tz)) {
    if (!(tz instanceof PyBytes)) throw typeError(`expected bytes, ${typeName(tz)} found`);
    after = parseRule(tz);
  } else {
    if (infos.length === 0) throw valueError("No time zone information found.");
    const last = infos[index.length === 0 ? infos.length - 1 : index[index.length - 1]];
    after = new Rule(last);
  }
  const same = infos.length === 1 && after.dst === undefined && infos[0].utcoff === after.std.utcoff &&
    infos[0].dstoff === after.std.dstoff && A.equals(infos[0].name, after.std.name);
  const fixed = infos.length <= 1 && after.dst === undefined && (infos.length === 0 || same);
  const local = [localTimes(utc, index, utcoff, 0), localTimes(utc, index, utcoff, 1)] as const;
  return new Rules(utc, local, index.map((i) => infos[i]), before, after, fixed);
}
