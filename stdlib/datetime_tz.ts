// CPython 3.14: Modules/_datetimemodule.c (tzinfo, timezone, calls of tzinfo methods)
//
// tzinfo is an abstract base without fields: its instances are plain objects. A timezone holds an offset
// and maybe a name; there is one for UTC, which the offset 0 without a name always gives.

import {
  EQ,
  type KwNames,
  NE,
  None,
  NotImplemented,
  PyObject,
  PyTuple,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { newInstance } from "../core/objects/attr.ts";
import { notImplementedError, typeError, valueError } from "../core/objects/errors.ts";
import { concat } from "../core/objects/exceptions.ts";
import {
  deltaCompare,
  deltaHash,
  deltaIsZero,
  deltaNegative,
  deltaSubtract,
  deltaType,
  newDelta,
  PyDelta,
  signToBool,
  six,
  two,
} from "./datetime_delta.ts";
import { type Params, parseKeywords, shownType, textArg } from "./parse_args.ts";
import { addToDateTime, PyDateTime, PyTimeZone, timezoneType, tzinfoType, utc } from "./datetime_objects.ts";

/** Is it an offset of a day or more? */
function tooFar(d: PyDelta): boolean {
  return d.days === -1 && d.seconds === 0 && d.us < 1 || d.days < -1 || d.days >= 1;
}
function offsetError(d: PyDelta): Error | PyObject {
  return valueError(
    `offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ${A.reprStr(d)}`,
  );
}
export function newTimeZone(offset: PyDelta, name: Value | undefined): PyTimeZone {
  if (name === undefined && deltaIsZero(offset)) return utc();
  if (tooFar(offset)) throw offsetError(offset);
  return new PyTimeZone(offset, name);
}

/** Calls utcoffset or dst of a tzinfo: a timedelta below a day, or None. */
export function callOffset(tz: Value, name: "utcoffset" | "dst", arg: Value): PyDelta | undefined {
  if (tz === None) return undefined;
  if (tz instanceof PyTimeZone && (arg === None || arg instanceof PyDateTime)) {
    return name === "dst" ? undefined : tz.offset;
  }
  const r = A.callMethod(tz, name, arg);
  if (r === None) return undefined;
  if (!(r instanceof PyDelta)) {
    throw typeError(`tzinfo.${name}() must return None or timedelta, not '${typeName(r)}'`);
  }
  if (tooFar(r)) throw offsetError(r);
  return r;
}
/** Calls tzname of a tzinfo: a str or None. */
export function callTzname(tz: Value, arg: Value): Value {
  if (tz === None) return None;
  const r = A.callMethod(tz, "tzname", arg);
  if (r !== None && !A.isStr(r)) {
    throw typeError(`tzinfo.tzname() must return None or a string, not '${typeName(r)}'`);
  }
  return r;
}

/** `+HH:MM[:SS[.ffffff]]`. */
export function offsetText(offset: PyDelta, sep: string): string {
  const d = offset.days < 0 ? deltaNegative(offset) : offset;
  const h = Math.floor(d.seconds / 3600), m = Math.floor(d.seconds / 60) % 60, s = d.seconds % 60;
  let text = `${offset.days < 0 ? "-" : "+"}${two(h)}${sep}${two(m)}`;
  if (s !== 0 || d.us !== 0) text += sep + two(s);
  if (d.us !== 0) text += "." + six(d.us);
  return text;
}
/** The offset from UTC at `arg` as text, "" when there is none. */
export function utcOffsetText(tz: Value, arg: Value, sep: string): string {
  const d = callOffset(tz, "utcoffset", arg);
  return d === undefined ? "" : offsetText(d, sep);
}

// ---- tzinfo ---------------------------------------------------------------------------------

function abstract(name: string, doc: string): [string, string, (self: Value, dt: Value) => Value] {
  return ["object, /", doc, () => {
    throw notImplementedError(`a tzinfo subclass must implement ${name}()`);
  }];
}

function fromUtc(self: Value, dt: Value): Value {
  if (!(dt instanceof PyDateTime)) throw typeError("fromutc: argument must be a datetime");
  if (dt.tz !== self) throw valueError("fromutc: dt.tzinfo is not self");
  const off = callOffset(dt.tz, "utcoffset", dt);
  if (off === undefined) throw valueError("fromutc: non-None utcoffset() result required");
  const dst = callOffset(dt.tz, "dst", dt);
  if (dst === undefined) throw valueError("fromutc: non-None dst() result required");
  const std = addToDateTime(dt, deltaSubtract(off, dst), 1);
  const later = callOffset(dt.tz, "dst", std);
  if (later === undefined) throw valueError("fromutc: tz.dst() gave inconsistent results; cannot convert");
  return deltaIsZero(later) ? std : addToDateTime(std as PyDateTime, later, 1);
}

setSpec(tzinfoType, {
  doc: "Abstract base class of time zones.",
  slots: { tp_new: (type) => newInstance(type) },
  methods: {
    tzname: abstract("tzname", "datetime -> the name of the time zone."),
    utcoffset: abstract("utcoffset", "datetime -> the offset from UTC as a timedelta, negative in the west."),
    dst: abstract("dst", "datetime -> the part of the offset that is daylight saving time, as a timedelta."),
    fromutc: ["object, /", "datetime in UTC -> datetime in local time.", fromUtc],
    __reduce__: ["", "-> (cls, state)", (self: PyObject) => {
      const f = A.lookupAttr(self, "__getinitargs__");
      const args = f === undefined ? new PyTuple([]) : A.call0(f);
      return new PyTuple([self.cls, args, A.callMethod(self, "__getstate__")]);
    }],
  },
});

// ---- timezone -------------------------------------------------------------------------------

const PARAMS: Params = {
  fname: "timezone",
  names: ["offset", "name"],
  convert: [(v, where) => {
    if (!(v instanceof PyDelta)) throw typeError(`${where} must be ${deltaType.name}, not ${shownType(v)}`);
    return v;
  }, textArg],
  required: 1,
};

function zoneName(z: PyTimeZone): Value {
  if (z.name !== undefined) return z.name;
  return deltaIsZero(z.offset) ? "UTC" : "UTC" + offsetText(z.offset, ":");
}
function checkDt(dt: Value, method: string): void {
  if (dt === None || dt instanceof PyDateTime) return;
  throw typeError(`${method}(dt) argument must be a datetime instance or None, not ${typeName(dt)}`);
}

setSpec(timezoneType, {
  doc: "A time zone with a fixed offset from UTC.",
  slots: {
    tp_new: (_type, args, kwnames?: KwNames) => {
      const [offset, name] = parseKeywords(PARAMS, args, kwnames);
      return newTimeZone(offset, name);
    },
    tp_repr: (self) => {
      const z = self as PyTimeZone;
      if (z === utc()) return "datetime.timezone.utc";
      if (z.name === undefined) return concat(`datetime.timezone(`, A.reprStr(z.offset), ")");
      return concat(`datetime.timezone(`, A.reprStr(z.offset), ", ", A.reprStr(z.name), ")");
    },
    tp_str: (self) => zoneName(self as PyTimeZone),
    tp_hash: (self) => deltaHash((self as PyTimeZone).offset),
    tp_richcompare: (a, b, op) => {
      if (op !== EQ && op !== NE || !(b instanceof PyTimeZone)) return NotImplemented;
      return signToBool(deltaCompare((a as PyTimeZone).offset, b.offset), op);
    },
  },
  methods: {
    tzname: ["object, /", "The name it was made with, else 'UTC(+|-)HH:MM'.", (z: PyTimeZone, dt: Value) => {
      checkDt(dt, "tzname");
      return zoneName(z);
    }],
    utcoffset: ["object, /", "The fixed offset.", (z: PyTimeZone, dt: Value) => {
      checkDt(dt, "utcoffset");
      return z.offset;
    }],
    dst: ["object, /", "None.", (_z: PyTimeZone, dt: Value) => {
      checkDt(dt, "dst");
      return None;
    }],
    fromutc: ["object, /", "datetime in UTC -> datetime in local time.", (z: PyTimeZone, dt: Value) => {
      if (!(dt instanceof PyDateTime)) throw typeError("fromutc: argument must be a datetime");
      if (dt.tz !== z) throw valueError("fromutc: dt.tzinfo is not self");
      return addToDateTime(dt, z.offset, 1);
    }],
    __getinitargs__: [
      "",
      "What pickling makes it from.",
      (z: PyTimeZone) => new PyTuple(z.name === undefined ? [z.offset] : [z.offset, z.name]),
    ],
  },
  attrs: {
    utc: () => utc(),
    // whole minutes
    min: () => new PyTimeZone(newDelta(-1, 60, 0), undefined),
    max: () => new PyTimeZone(newDelta(0, 86340, 0), undefined),
  },
});
