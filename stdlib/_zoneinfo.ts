// CPython 3.14: Modules/_zoneinfo.c (ZoneInfo and its caches)
//
// A time zone from the zone database. Python code (zoneinfo._tzpath, zoneinfo._common) finds and reads the
// file; the rules are in zoneinfo_rules.ts. The base class keeps its last eight zones and has a
// WeakValueDictionary behind them; a subclass has such a dictionary as `_weak_cache`.

import {
  builtinType,
  EQ,
  type KwNames,
  M_CLASS,
  M_NOSIG,
  M_VECTOR,
  None,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_FROM_SPEC,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import { newErrorArgs } from "../core/objects/errors.ts";
import { concat } from "../core/objects/exceptions.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { fullTypeName, qualifiedTypeName } from "../core/objects/type_name.ts";
import { toOrdinal } from "./datetime_calendar.ts";
import { moduleAttr } from "./datetime_format.ts";
import { dateTimeType, PyDateTime, tzinfoType } from "./datetime_objects.ts";
import { newFrom } from "./native_new.ts";
import { type Info, loadRules, NO_INFO, type Rules } from "./zoneinfo_rules.ts";

const zoneInfoType: PyType = builtinType("zoneinfo.ZoneInfo", tzinfoType);
zoneInfoType.flags |= TF_FROM_SPEC;
zoneInfoType.hasWeakref = true;

/** Where a zone came from; pickling asks. */
type Source = "cache" | "no cache" | "file";

class PyZoneInfo extends PyObject {
  readonly key: Value;
  readonly rules: Rules;
  /** The repr of the file, where there is one. */
  readonly file: Value;
  source: Source;
  constructor(cls: PyType, key: Value, rules: Rules, source: Source, file: Value = None) {
    super(cls);
    this.key = key;
    this.rules = rules;
    this.source = source;
    this.file = file;
  }
}

// ---- caches ---------------------------------------------------------------------------------

const STRONG_MAX = 8;
interface Caches {
  /** Most recently used first. */
  strong: { key: Value; zone: Value }[];
  weak: Value;
}
const CACHES = {};
function newWeakCache(): Value {
  return A.call0(moduleAttr("weakref", "WeakValueDictionary"));
}
function caches(): Caches {
  return interpStore(CACHES, () => ({ strong: [], weak: newWeakCache() }));
}
function weakCache(type: PyType): Value {
  return type === zoneInfoType ? caches().weak : A.getAttr(type, "_weak_cache");
}

/** Index of a key in the strong cache; comparing may run Python code. */
function findStrong(key: Value): number {
  const { strong } = caches();
  for (let i = 0; i < strong.length; i++) if (A.richCompareBool(key, strong[i].key, EQ)) return i;
  return -1;
}
function fromStrong(type: PyType, key: Value): Value | undefined {
  if (type !== zoneInfoType) return undefined;
  const i = findStrong(key), { strong } = caches();
  if (i < 0 || i >= strong.length) return undefined;
  const [node] = strong.splice(i, 1);
  strong.unshift(node);
  return node.zone;
}
function toStrong(type: PyType, key: Value, zone: Value): void {
  if (type !== zoneInfoType) return;
  const { strong } = caches();
  strong.unshift({ key, zone });
  strong.length = Math.min(strong.length, STRONG_MAX);
}

function newZone(type: PyType, key: Value, source: Source): PyZoneInfo {
  const path = A.call1(moduleState().findFile, key);
  const file = path === None
    ? A.callMethod(moduleState().common, "load_tzdata", key)
    : A.call2(moduleState().open, path, "rb");
  let rules: Rules;
  try {
    rules = loadRules(moduleState().common, file);
  } finally {
    A.callMethod(file, "close");
  }
  return new PyZoneInfo(type, key, rules, source);
}

function checkCached(type: PyType, zone: Value, key: Value): PyZoneInfo {
  if (zone instanceof PyZoneInfo && zone.cls.mro.includes(type)) return zone;
  const text = concat(
    `Unexpected instance of ${qualifiedTypeName(zone)} in ${type.name} weak cache for key `,
    A.reprStr(key),
  );
  throw runtimeError(utf16(A.strValue(text)));
}
function cachedZone(type: PyType, key: Value): Value {
  const strong = fromStrong(type, key);
  if (strong !== undefined) return strong;
  const weak = weakCache(type);
  let zone = A.callMethod(weak, "get", key, None);
  if (zone === None) {
    const made = newZone(type, key, "no cache");
    zone = A.callMethod(weak, "setdefault", key, made);
    checkCached(type, zone, key).source = "cache";
  } else checkCached(type, zone, key);
  toStrong(type, key, zone);
  return zone;
}

// ---- times ----------------------------------------------------------------------------------

const EPOCH_ORDINAL = 719163;
function attrInt(o: Value, name: string): number {
  return Number(A.asSsize(A.getAttr(o, name)));
}
/** Seconds from 1970-01-01 on the clock that `dt` shows. */
function clockSeconds(dt: Value): number {
  if (dt instanceof PyDateTime && dt.cls === dateTimeType) {
    return (toOrdinal(dt.y, dt.m, dt.d) - EPOCH_ORDINAL) * 86400 + dt.hh * 3600 + dt.mm * 60 + dt.ss;
  }
  const ordinal = Number(A.asSsize(A.callMethod(dt, "toordinal")));
  const [h, m, s] = [attrInt(dt, "hour"), attrInt(dt, "minute"), attrInt(dt, "second")];
  return (ordinal - EPOCH_ORDINAL) * 86400 + h * 3600 + m * 60 + s;
}
function find(z: PyZoneInfo, dt: Value): Info {
  if (dt === None) return z.rules.fixed ? z.rules.after.std : NO_INFO;
  const ts = clockSeconds(dt);
  return z.rules.atLocal(ts, dt instanceof PyDateTime ? dt.fold : 0, dt instanceof PyDateTime ? dt.y : 1970);
}

function fromUtc(z: PyZoneInfo, dt: Value): Value {
  if (!(dt instanceof PyDateTime)) throw typeError("fromutc: argument must be a datetime");
  if (dt.tz !== z) throw valueError("fromutc: dt.tzinfo is not self");
  const [info, fold] = z.rules.atUtc(clockSeconds(dt), dt.y);
  const r = A.binAdd(dt, info.utcoff);
  if (!fold) return r;
  if (r instanceof PyDateTime && r.cls === dateTimeType) {
    return new PyDateTime([r.y, r.m, r.d], [r.hh, r.mm, r.ss, r.us], r.tz, 1);
  }
  return A.call(A.getAttr(r, "replace"), [1], ["fold"]);
}

// ---- the type -------------------------------------------------------------------------------

function repr(z: PyZoneInfo): Value {
  const name = fullTypeName(z.cls);
  return z.key !== None ? concat(`${name}(key=`, A.reprStr(z.key), ")") : concat(`${name}.from_file(`, z.file, ")");
}

function unpickle(type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (kwnames !== undefined && kwnames.length > 0) throw typeError("ZoneInfo._unpickle() takes no keyword arguments");
  if (args.length !== 2) {
    throw typeError(`_unpickle() takes exactly 2 positional arguments (${args.length} given)`);
  }
  const [key, cached] = args;
  const n = BigInt.asUintN(8, BigInt(A.asIndex(cached)));
  return n !== 0n ? cachedZone(type, key) : newZone(type, key, "no cache");
}

setSpec(zoneInfoType, {
  slots: {
    tp_new: newFrom("ZoneInfo", "key", (type, key) => cachedZone(type, key)),
    tp_repr: (self) => repr(self as PyZoneInfo),
    tp_str: (self) => {
      const z = self as PyZoneInfo;
      return z.key === None ? repr(z) : z.key;
    },
  },
  methods: {
    clear_cache: ["*, only_keys=None", "Empties the cache, or takes some keys out of it.", (
      type: PyType,
      keys: Value = None,
    ) => {
      const weak = weakCache(type);
      if (keys === None) {
        A.callMethod(weak, "clear");
        if (type === zoneInfoType) caches().strong = [];
        return None;
      }
      const it = A.getIter(keys);
      for (let key = A.iterNext(it); key !== undefined; key = A.iterNext(it)) {
        if (type === zoneInfoType) {
          const i = findStrong(key);
          if (i >= 0) caches().strong.splice(i, 1);
        }
        A.callMethod(weak, "pop", key, None);
      }
      return None;
    }, M_CLASS],
    no_cache: [
      "key",
      "A new ZoneInfo, not from the cache.",
      (type: PyType, key: Value) => newZone(type, key, "no cache"),
      M_CLASS,
    ],
    from_file: ["file_obj, /, key=None", "A ZoneInfo from a file object.", (
      type: PyType,
      file: Value,
      key: Value = None,
    ) => {
      const shown = A.reprStr(file);
      return new PyZoneInfo(type, key, loadRules(moduleState().common, file), "file", shown);
    }, M_CLASS],
    utcoffset: ["dt, /", "The offset from UTC at a datetime, as a timedelta.", (z: PyZoneInfo, dt: Value) => {
      return find(z, dt).utcoff;
    }],
    dst: ["dt, /", "How much daylight saving time there is at a datetime, as a timedelta.", (
      z: PyZoneInfo,
      dt: Value,
    ) => find(z, dt).dstoff],
    tzname: ["dt, /", "The abbreviation of the zone at a datetime.", (z: PyZoneInfo, dt: Value) => find(z, dt).name],
    fromutc: ["object, /", "The local time of a datetime whose fields are in UTC.", fromUtc],
    __reduce__: ["", "What pickling makes it from.", (z: PyZoneInfo) => {
      if (z.source === "file") {
        throw newErrorArgs(moduleAttr("pickle", "PicklingError") as PyType, [
          "Cannot pickle a ZoneInfo file from a file stream.",
        ]);
      }
      return new PyTuple([A.getAttr(z, "_unpickle"), new PyTuple([z.key, z.source === "cache" ? 1 : 0])]);
    }],
    _unpickle: ["key, from_cache, /", "For unpickling.", unpickle, M_CLASS | M_VECTOR],
    __init_subclass__: ["*args, **kwargs", "Gives a subclass its cache.", (type: PyType) => {
      A.setAttr(type, "_weak_cache", newWeakCache());
      return None;
    }, M_CLASS | M_NOSIG],
  },
  members: { key: (z: PyZoneInfo) => z.key },
});

// ---- the module -----------------------------------------------------------------------------

const STATE = {};
/** What the module imports when it is made. */
function moduleState(): { findFile: Value; common: Value; open: Value } {
  return interpStore(STATE, () => ({
    findFile: moduleAttr("zoneinfo._tzpath", "find_tzfile"),
    common: cur.interp.importModule("zoneinfo._common"),
    open: moduleAttr("io", "open"),
  }));
}

export const spec: ModuleSpec = {
  name: "_zoneinfo",
  doc: "C implementation of the zoneinfo module",
  types: { ZoneInfo: zoneInfoType },
  exec: () => {
    cur.interp.store.delete(STATE);
    moduleState();
    caches();
  },
};
