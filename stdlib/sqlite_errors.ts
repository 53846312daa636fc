// CPython 3.14: Modules/_sqlite/util.c, module.c (the exceptions)

import type { PyBaseException, PyType, Value } from "../core/objects/object.ts";
import { reprStr, setAttr } from "../core/objects/abstract.ts";
import { memoryError, overflowError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { cur } from "../core/objects/state.ts";
import { toUtf16 } from "../core/objects/str_wide.ts";
import { reportUnraisable } from "./sys_hooks.ts";
import { HostError, HostSqlError } from "../vm/host.ts";
import { newException, raised } from "./module_error.ts";
import { fromHostError } from "./os_error.ts";
import { RESULT_CODES } from "./sqlite_consts.ts";

export const Warning: PyType = newException("sqlite3.Warning");
export const SqlError: PyType = newException("sqlite3.Error");
export const InterfaceError: PyType = newException("sqlite3.InterfaceError", SqlError);
export const DatabaseError: PyType = newException("sqlite3.DatabaseError", SqlError);
export const InternalError: PyType = newException("sqlite3.InternalError", DatabaseError);
export const OperationalError: PyType = newException("sqlite3.OperationalError", DatabaseError);
export const ProgrammingError: PyType = newException("sqlite3.ProgrammingError", DatabaseError);
export const IntegrityError: PyType = newException("sqlite3.IntegrityError", DatabaseError);
export const DataError: PyType = newException("sqlite3.DataError", DatabaseError);
export const NotSupportedError: PyType = newException("sqlite3.NotSupportedError", DatabaseError);

export const EXCEPTIONS: Readonly<Record<string, PyType>> = {
  Warning,
  Error: SqlError,
  InterfaceError,
  DatabaseError,
  InternalError,
  OperationalError,
  ProgrammingError,
  IntegrityError,
  DataError,
  NotSupportedError,
};

// By the number without its extension.
const BY_CODE = new Map<number, PyType>([
  [2, InternalError],
  [12, InternalError],
  ...[1, 3, 4, 5, 6, 8, 9, 10, 13, 14, 15, 16, 17].map((n): [number, PyType] => [n, OperationalError]),
  [11, DatabaseError],
  [18, DataError],
  [19, IntegrityError],
  [20, IntegrityError],
  [21, InterfaceError],
  [25, InterfaceError],
]);

/** An exception for a number of SQLite's, which it shows as `sqlite_errorcode`. */
export function sqlError(code: number, message: string, type?: PyType): PyBaseException {
  if (code === 7) return memoryError();
  const e = raised(type ?? BY_CODE.get(code & 0xff) ?? DatabaseError, message);
  setAttr(e, "sqlite_errorcode", code);
  const name = Object.keys(RESULT_CODES).find((n) => RESULT_CODES[n] === code);
  setAttr(e, "sqlite_errorname", name ?? "unknown");
  return e;
}
/** A failure of the host as a Python exception. */
export function fromSql(e: unknown): unknown {
  if (e instanceof HostSqlError) return sqlError(e.code, e.message.replace(/ in .* at offset \d+$/s, ""));
  if (e instanceof HostError) return fromHostError(e);
  return e;
}
/** Calls the host. */
export function sql<T>(f: () => T): T {
  try {
    return f();
  } catch (e) {
    throw fromSql(e);
  }
}
export function programming(text: string): PyBaseException {
  return raised(ProgrammingError, text);
}
export function tooLarge(): PyBaseException {
  return overflowError("Python int too large to convert to SQLite INTEGER");
}

/** Shows what a callback raised, if that was asked for. */
export function ignored(e: PyBaseException, callback: Value, shown: boolean): void {
  if (shown) reportUnraisable(e, `Exception ignored on sqlite3 callback ${toUtf16(reprStr(callback))}`, undefined);
}
/** The warning for arguments given by name that are to become positional. */
export function keywordsPassed(method: string, names: string[]): void {
  const quoted = names.map((n) => `'${n}'`), many = names.length > 1;
  const list = many ? `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}` : quoted[0];
  const s = many ? "s" : "";
  cur.interp.warn(
    X.DeprecationWarning,
    `Passing keyword argument${s} ${list} to _sqlite3.Connection.${method}() is deprecated. ` +
      `Parameter${s} ${list} will become positional-only in Python 3.15.`,
    1,
  );
}
