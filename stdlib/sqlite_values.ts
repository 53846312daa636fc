// CPython 3.14: Modules/_sqlite/microprotocols.c, prepare_protocol.c, statement.c (bind_param)
//
// Values between Python and SQLite, and the registries of adapters (by type and protocol) and converters.

import {
  builtinType,
  None,
  PyBytes,
  PyFloat,
  PyIntSub,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { call1, isInt, isStr, lookupAttr, strValue } from "../core/objects/abstract.ts";
import { bytesOf, hasBuffer } from "../core/objects/buffer.ts";
import { PyByteArray } from "../core/objects/bytearray.ts";
import { encodeStr } from "../core/objects/codecs.ts";
import { PyDict } from "../core/objects/dict.ts";
import * as X from "../core/objects/exceptions.ts";
import { interpStore } from "../core/objects/state.ts";
import { toUtf16 } from "../core/objects/str_wide.ts";
import type { SqlValue } from "../vm/host.ts";
import { programming, tooLarge } from "./sqlite_errors.ts";

export const protocolType: PyType = builtinType("sqlite3.PrepareProtocol");
protocolType.flags |= TF_IMMUTABLE | TF_FROM_SPEC;
setSpec(protocolType, {
  doc: "PEP 246 style object adaption protocol type.",
  sig: "()",
  slots: { tp_new: (t) => new PyObject(t) },
});

/** What a module of sqlite3 keeps for an interpreter. */
export interface SqliteState {
  adapters: PyDict;
  converters: PyDict;
  /** Some base type has an adapter, so values of these must be looked up, too. */
  baseAdapted: boolean;
  tracebacks: boolean;
}
const STATE = {};
export function sqliteState(): SqliteState {
  return interpStore(STATE, () => ({
    adapters: new PyDict(),
    converters: new PyDict(),
    baseAdapted: false,
    tracebacks: false,
  }));
}

/** Adapts a value to a protocol; undefined if it can't be. */
export function tryAdapt(v: Value, proto: Value): Value | undefined {
  const adapter = sqliteState().adapters.get(new PyTuple([typeOf(v), proto]));
  if (adapter !== undefined) return call1(adapter, v);
  for (const [o, name, arg] of [[proto, "__adapt__", v], [v, "__conform__", proto]] as const) {
    const f = lookupAttr(o, name);
    if (f === undefined) continue;
    try {
      const r = call1(f, arg);
      if (r !== None) return r;
    } catch (e) {
      if (!X.isOf(e, X.TypeError)) throw e;
    }
  }
  return undefined;
}

/** A text for SQLite; surrogates can't be encoded. */
export function sqlText(v: Value): string {
  const s = strValue(v);
  // A surrogate fails in the codec, with its error.
  if (typeof s !== "string" && s.cps.some((c) => c >= 0xd800 && c <= 0xdfff)) encodeStr(s, "utf-8", "strict");
  return toUtf16(s);
}
/** A value that SQLite knows, or undefined. */
export function toSql(v: Value): SqlValue | undefined {
  if (v === None) return null;
  if (typeof v === "boolean") return v ? 1n : 0n;
  if (isInt(v)) {
    const n = BigInt(v instanceof PyIntSub ? v.v : v as number | bigint);
    if (BigInt.asIntN(64, n) !== n) throw tooLarge();
    return n;
  }
  if (v instanceof PyFloat) return Number.isNaN(v.v) ? null : v.v;
  if (isStr(v)) return sqlText(v);
  if (hasBuffer(v)) return bytesOf(v).slice();
  return undefined;
}
/** A value that is to be bound. */
export function bindValue(v: Value, label: () => string): SqlValue {
  let plain = v === None || typeof v === "number" || typeof v === "bigint" || typeof v === "string" ||
    (typeOf(v).name === "float" && v instanceof PyFloat) || v instanceof PyByteArray;
  if (plain && sqliteState().baseAdapted && v !== None) plain = false;
  if (!plain) v = tryAdapt(v, protocolType) ?? v;
  const out = toSql(v);
  if (out === undefined) {
    throw programming(`Error binding parameter ${label()}: type '${typeOf(v).name}' is not supported`);
  }
  return out;
}
/** A value of SQLite's as Python shows it where no factory is asked. */
export function fromSqlValue(v: SqlValue): Value {
  if (v === null) return None;
  if (typeof v === "bigint") {
    const n = Number(v);
    return Number.isSafeInteger(n) ? n : v;
  }
  if (typeof v === "number") return new PyFloat(v);
  if (typeof v === "string") return X.textValue(v);
  return new PyBytes(v);
}
/** Is the value's type, or a base of it, one of the base types? */
export function isBaseType(t: Value): boolean {
  return typeof t === "object" && ["int", "float", "str", "bytearray"].includes((t as PyType).name);
}
