// CPython 3.14: Modules/_sqlite/connection.c
//
// A connection over a host's database. Callbacks of SQLite run Python while the host's library is on the
// stack and must not throw into it: `callback` keeps what was raised, gives back SQL_FAIL, and `guard`,
// which is around every call that can run them, raises when the call is over.
//
// The host has no progress handler and no collations: a handler is called for each row, at least once for a
// statement; create_collation raises NotSupportedError.

import {
  builtinType,
  bytearrayType,
  bytesType,
  type KwNames,
  M_VECTOR,
  type MethodDef,
  None,
  PyBaseException,
  PyBytes,
  PyObject,
  type PyType,
  setSpec,
  strType,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import {
  asDouble,
  asIndex,
  asInt32,
  call,
  call0,
  call1,
  callMethod,
  getAttr,
  isCallable,
  isInstanceOf,
  isStr,
  isTrue,
  lookupAttr,
  realIsInstance,
  strArg,
} from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { attributeError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { bindArgs, NativeDef } from "../core/objects/native.ts";
import { cur } from "../core/objects/state.ts";
import { interp } from "../vm/interpreter.ts";
import { type HostDatabase, type HostStatement, SQL_FAIL, type SqlValue } from "../vm/host.ts";
import { sharedFsDecode } from "./fsconvert.ts";
import { raised } from "./module_error.ts";
import { newFrom } from "./native_new.ts";
import { openBlob } from "./sqlite_blob.ts";
import { cursorType, type PyCursor, releaseAll, setConnectionType } from "./sqlite_cursor.ts";
import {
  DataError,
  EXCEPTIONS,
  fromSql,
  ignored,
  keywordsPassed,
  NotSupportedError,
  programming,
  sql,
  sqlError,
} from "./sqlite_errors.ts";
import { parseStatement, type SqlStatement } from "./sqlite_sql.ts";
import { fromSqlValue, sqliteState, sqlText, toSql } from "./sqlite_values.ts";
import { toUtf16 } from "../core/objects/str_wide.ts";

export const connectionType: PyType = builtinType("sqlite3.Connection");
connectionType.flags |= TF_IMMUTABLE | TF_FROM_SPEC;
connectionType.hasWeakref = true;
setConnectionType(() => connectionType);

const LEGACY = -1;

/** A prepared statement of a connection. */
export interface Statement {
  readonly host: HostStatement;
  readonly sql: SqlStatement;
  busy: boolean;
  columns(): { name: string; type: string | undefined }[];
}

export class PyConnection extends PyObject {
  db: HostDatabase | undefined;
  initialized = false;
  isolation: string | undefined = "";
  autocommit = LEGACY;
  detectTypes = 0;
  rowFactory: Value = None;
  textFactory: "bytes" | "bytearray" | Value | undefined;
  textFactoryValue: Value = strType;
  readonly cursors = new Set<WeakRef<PyCursor>>();
  readonly blobs = new Set<{ close(): void }>();
  #cache = new Map<string, Statement>();
  #cacheSize = 128;
  #counts: HostStatement | undefined;
  #pending: unknown;
  trace: Value = None;
  progress: Value = None;

  /** The database, which must be open. */
  check(): HostDatabase {
    this.checkThread();
    if (this.db === undefined) throw programming("Cannot operate on a closed database.");
    return this.db;
  }
  checkThread(): void {
    if (!this.initialized) throw programming("Base Connection.__init__ not called.");
  }
  isLegacy(): boolean {
    return this.autocommit === LEGACY;
  }
  clearCache(size?: number): void {
    this.#cache.clear();
    this.#counts = undefined;
    if (size !== undefined) this.#cacheSize = size;
  }

  /** A callback for SQLite: what it raises is kept. */
  callback<T>(f: () => T, message: string, of: Value): T | typeof SQL_FAIL {
    try {
      return f();
    } catch (e) {
      if (!(e instanceof PyBaseException)) this.#pending ??= e;
      else {
        const big = X.isOf(e, X.OverflowError), memory = X.isOf(e, X.MemoryError);
        this.#pending ??= big
          ? sqlError(18, "string or blob too big")
          : memory
          ? sqlError(7, "out of memory")
          : sqlError(1, message);
        ignored(e, of, sqliteState().tracebacks);
      }
      return SQL_FAIL;
    }
  }
  /** Calls the host; what callbacks raised meanwhile is raised. */
  guard<T>(f: () => T): T {
    if (this.progress !== None) this.#progressed();
    let out: T;
    try {
      out = f();
    } catch (e) {
      const pending = this.#pending;
      this.#pending = undefined;
      throw pending ?? fromSql(e);
    }
    if (this.#pending !== undefined) {
      const pending = this.#pending;
      this.#pending = undefined;
      throw pending;
    }
    return out;
  }
  #progressed(): void {
    let stop = false;
    try {
      stop = isTrue(call0(this.progress));
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      ignored(e, this.progress, sqliteState().tracebacks);
      stop = true;
    }
    if (stop) throw sqlError(9, "interrupted");
  }
  fail(e: unknown): void {
    this.#pending ??= e;
  }

  /** The statement for a text, or undefined for one without any. */
  statement(text: string): Statement | undefined {
    const kept = this.#cache.get(text);
    if (kept !== undefined && !kept.busy) {
      this.#cache.delete(text);
      this.#cache.set(text, kept);
      return kept;
    }
    const limit = this.db!.limit("sqlLength", undefined);
    if (text.length > limit) throw raised(DataError, "query string is too large");
    if (text.includes("\0")) throw programming("the query contains a null character");
    const parsed = parseStatement(text);
    if (parsed.empty) return undefined;
    const host = this.guard(() => this.db!.prepare(parsed.text));
    if (!parseStatement(text, parsed.end).empty) {
      throw programming("You can only execute one statement at a time.");
    }
    // `select *` has the columns that the table has now, so they are asked for each time.
    const made: Statement = { host, sql: parsed, busy: false, columns: () => sql(() => host.columns()) };
    if (kept === undefined && this.#cacheSize > 0) {
      this.#cache.set(text, made);
      if (this.#cache.size > this.#cacheSize) this.#cache.delete(this.#cache.keys().next().value!);
    }
    return made;
  }
  /** Runs a statement to its end. */
  run(text: string, ...values: SqlValue[]): SqlValue[] | undefined {
    const host = this.guard(() => this.check().prepare(text));
    const parsed = { text, params: [] } as unknown as SqlStatement;
    this.traced({ host, sql: parsed, busy: true, columns: () => [] }, values, undefined);
    this.guard(() => host.start(values, undefined));
    let first: SqlValue[] | undefined;
    for (;;) {
      const row = this.guard(() => host.step());
      if (row === undefined) return first;
      first ??= row;
    }
  }
  traced(s: Statement, values: SqlValue[], named: Record<string, SqlValue> | undefined): void {
    if (this.trace === None) return;
    let text = s.sql.text;
    try {
      if (s.sql.params.length > 0) text = expand(s.sql.text, s.sql.params, values, named);
      call1(this.trace, X.textValue(text.replace(/;\s*$/, "")));
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      ignored(e, this.trace, sqliteState().tracebacks);
    }
  }
  #count(column: number): bigint {
    this.#counts ??= sql(() => this.db!.prepare("SELECT changes(), last_insert_rowid(), total_changes()"));
    const s = this.#counts;
    return sql(() => {
      s.start([], undefined);
      const row = s.step()!;
      s.reset();
      return row[column] as bigint;
    });
  }
  changes(): number {
    return Number(this.#count(0));
  }
  lastRowid(): Value {
    return fromSqlValue(this.#count(1));
  }
  totalChanges(): Value {
    return fromSqlValue(this.#count(2));
  }
  /** Opens a transaction before a statement that changes data. */
  beginIfNeeded(): void {
    if (this.isLegacy() && this.isolation !== undefined && !this.db!.inTransaction) {
      this.run(`BEGIN ${this.isolation}`);
    }
  }
  close(): void {
    releaseAll(this);
    for (const b of this.blobs) b.close();
    const { db } = this;
    this.db = undefined;
    this.clearCache();
    if (db !== undefined) sql(() => db.close());
  }
}

/** A statement's text with its values in it, as sqlite3_expanded_sql. */
function expand(
  text: string,
  names: readonly (string | undefined)[],
  values: SqlValue[],
  named: Record<string, SqlValue> | undefined,
): string {
  let n = 0;
  const shown = (v: SqlValue | undefined): string =>
    v === null || v === undefined
      ? "NULL"
      : typeof v === "string"
      ? `'${v.replaceAll("'", "''")}'`
      : v instanceof Uint8Array
      ? `x'${Array.from(v, (b) => b.toString(16).padStart(2, "0")).join("")}'`
      : typeof v === "number" && Number.isInteger(v)
      ? `${v}.0`
      : String(v);
  return text.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[?](\d*)|[:@$]\w+/g, (token, digits) => {
    if (token[0] === "'" || token[0] === '"') return token;
    if (token[0] === "?") return shown(values[digits ? Number(digits) - 1 : n++]);
    return shown(named === undefined ? values[names.indexOf(token)] : named[token]);
  });
}

// ---- opening --------------------------------------------------------------------------------

const LEVELS = ["", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"];
function isolationArg(v: Value): string | undefined {
  if (v === None) return undefined;
  if (!isStr(v)) throw typeError("isolation_level must be str or None");
  const text = sqlText(v), level = LEVELS.find((l) => l === text.toUpperCase());
  if (text.includes("\0")) throw valueError("embedded null character");
  if (level === undefined) {
    throw valueError("isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'");
  }
  return level;
}
function autocommitArg(v: Value): number {
  if (v === true) return 1;
  if (v === false) return 0;
  if (v === LEGACY) return LEGACY;
  throw valueError("autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL");
}

export const CONNECT_SIG = "database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, " +
  "factory=ConnectionType, cached_statements=128, uri=False, *, autocommit=sqlite3.LEGACY_TRANSACTION_CONTROL";
const initDef = new NativeDef("Connection", [CONNECT_SIG, "", () => None]);

interface Target {
  path: string;
  readOnly: boolean;
  create: boolean;
}
/** A `file:` URI as a path and how to open it. */
function parseUri(uri: string): Target {
  const [, , path, query] = /^file:(\/\/(?:localhost)?(?=\/))?([^?#]*)(?:\?([^#]*))?/.exec(uri)!;
  const out: Target = { path: decodeURIComponent(path), readOnly: false, create: true };
  for (const part of (query ?? "").split("&")) {
    const [key, value = ""] = part.split("=").map(decodeURIComponent);
    if (key === "mode") {
      if (value === "memory") out.path = ":memory:";
      else if (value === "ro") out.readOnly = true;
      else if (value !== "rw" && value !== "rwc") throw sqlError(1, `no such access mode: ${value}`);
      if (value === "ro" || value === "rw") out.create = false;
    } else if (key === "vfs" && value !== "unix") throw sqlError(1, `no such vfs: ${value}`);
  }
  return out;
}

function initConnection(self: Value, args: Value[], kw?: KwNames): void {
  const [database, timeout, detect, level = "", _thread, _factory, cached, uri, auto = LEGACY] = bindArgs(
    initDef,
    "Connection",
    args,
    kw,
  ) as Value[];
  const con = self as PyConnection;
  warnPositional(args.length - (kw?.length ?? 0), "_sqlite3.Connection");
  const name = databaseName(database);
  const isolation = isolationArg(level), autocommit = autocommitArg(auto);
  const seconds = timeout === undefined ? 5 : asDouble(timeout);
  if (con.initialized) {
    con.initialized = false;
    if (con.db !== undefined) con.close();
  }
  const target = uri !== undefined && isTrue(uri) && name.startsWith("file:")
    ? parseUri(name)
    : { path: name, readOnly: false, create: true };
  try {
    con.db = interp().host.sqlite.open(target.path, {
      ...target,
      timeout: Math.min(Math.max(0, Math.round(seconds * 1000)), 2 ** 31 - 1),
    });
  } catch (e) {
    const err = fromSql(e);
    if (X.isOf(err, X.FileNotFoundError, X.IsADirectoryError)) throw sqlError(14, "unable to open database file");
    throw err;
  }
  con.isolation = isolation;
  con.autocommit = autocommit;
  con.detectTypes = detect === undefined ? 0 : asInt32(detect);
  con.rowFactory = None;
  con.textFactory = undefined;
  con.textFactoryValue = strType;
  con.trace = None;
  con.progress = None;
  con.clearCache(cached === undefined ? 128 : asInt32(cached));
  con.initialized = true;
  if (autocommit === 0) con.run("BEGIN");
}
/** Warns of more than the database given by position. */
export function warnPositional(n: number, what: string): void {
  if (n <= 1) return;
  cur.interp.warn(
    X.DeprecationWarning,
    `Passing more than 1 positional argument to ${what}() is deprecated. Parameters 'timeout', 'detect_types', ` +
      "'isolation_level', 'check_same_thread', 'factory', 'cached_statements' and 'uri' will become " +
      "keyword-only parameters in Python 3.15.",
    1,
  );
}
function databaseName(v: Value): string {
  let s;
  try {
    s = sharedFsDecode(v);
  } catch (e) {
    if (X.isOf(e, X.ValueError) && !X.isOf(e, X.UnicodeError)) throw valueError("embedded null byte");
    throw e;
  }
  return toUtf16(s);
}

// ---- transactions ---------------------------------------------------------------------------

function commit(con: PyConnection): Value {
  const db = con.check();
  if (con.isLegacy()) {
    if (db.inTransaction) con.run("COMMIT");
  } else if (con.autocommit === 0) {
    con.run("COMMIT");
    con.run("BEGIN");
  }
  return None;
}
function rollback(con: PyConnection): Value {
  const db = con.check();
  if (con.isLegacy()) {
    if (db.inTransaction) con.run("ROLLBACK");
  } else if (con.autocommit === 0) {
    con.run("ROLLBACK");
    con.run("BEGIN");
  }
  return None;
}
function exit(con: PyConnection, type: Value): Value {
  const db = con.check();
  if (con.autocommit === 1 || (con.isLegacy() && !db.inTransaction)) return false;
  if (type === None) {
    try {
      commit(con);
    } catch (e) {
      rollback(con);
      throw e;
    }
  } else rollback(con);
  return false;
}

// ---- functions ------------------------------------------------------------------------------

function arity(n: number, what: string): number {
  if (n < -1 || n > 1000) throw programming(`'${what}' must be between -1 and 1000, not ${n}`);
  return n;
}
function lookupFor(o: Value, method: string): Value {
  try {
    return lookupAttr(o, method) ?? o;
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    return o;
  }
}
function valueFor(v: Value): SqlValue {
  const out = toSql(v);
  if (out === undefined) throw typeError("unsupported type");
  return out;
}
function createFunction(con: PyConnection, name: Value, narg: Value, f: Value, deterministic?: Value): Value {
  const text = sqlText(strArg(name, "create_function", "'name'"));
  const n = arity(asInt32(narg), "narg"), db = con.check();
  con.guard(() =>
    db.function(
      text,
      { args: n, deterministic: deterministic !== undefined && isTrue(deterministic) },
      f === None
        ? undefined
        : (...args) =>
          con.callback(() => valueFor(call(f, args.map(fromSqlValue))), "user-defined function raised exception", f),
    )
  );
  return None;
}
function createAggregate(con: PyConnection, name: string, n: number, cls: Value, window: boolean): Value {
  const db = con.check();
  const failing = (method: string) => `user-defined aggregate's '${method}' method raised error`;
  const call_ = (o: Value | undefined, method: string, args: SqlValue[]): SqlValue | typeof SQL_FAIL => {
    if (o === undefined) return SQL_FAIL;
    let message = failing(method);
    return con.callback(
      () => {
        const f = lookupAttr(o, method);
        if (f === undefined) {
          message = `user-defined aggregate's '${method}' method not defined`;
          con.fail(sqlError(1, message));
          throw attributeError(message, o, method);
        }
        const r = call(f, args.map(fromSqlValue));
        return method === "finalize" || method === "value" ? valueFor(r) : null;
      },
      message,
      method === "__init__" ? cls : lookupFor(o, method),
    );
  };
  const make = (): Value | undefined => {
    const o = con.callback(() => call0(cls), failing("__init__"), cls);
    return o === SQL_FAIL ? undefined : o as Value;
  };
  const state = (s: unknown) => s as { o: Value | undefined };
  con.guard(() =>
    db.aggregate(name, n, {
      start: () => ({ o: cls === None ? undefined : make() }),
      step: (s, ...args) => {
        if (call_(state(s).o, "step", args) === SQL_FAIL) return { o: undefined };
        return s;
      },
      inverse: window
        ? (s, ...args) => {
          if (call_(state(s).o, "inverse", args) === SQL_FAIL) return { o: undefined };
          return s;
        }
        : undefined,
      result: (s) => {
        const { o } = state(s);
        // A window asks for its value at each row; the last one is the end.
        if (o !== undefined && window) return call_(o, "value", []);
        return call_(o, "finalize", []);
      },
    })
  );
  return None;
}

// ---- limits and configuration ---------------------------------------------------------------

const LIMITS = [
  "length",
  "sqlLength",
  "column",
  "exprDepth",
  "compoundSelect",
  "vdbeOp",
  "functionArg",
  "attach",
  "likePatternLength",
  "variableNumber",
  "triggerDepth",
];
function limit(con: PyConnection, category: Value, value?: Value): Value {
  const n = asInt32(category), to = value === undefined ? undefined : asInt32(value), db = con.check();
  if (n === 11) return 0;
  const name = LIMITS[n];
  if (n < 0 || name === undefined) throw programming("'category' is out of bounds");
  return sql(() => db.limit(name, to));
}
// What can be read and set with a pragma; the rest of the switches has a fixed value here.
const PRAGMAS: Readonly<Record<number, string>> = {
  1002: "foreign_keys",
  1011: "writable_schema",
  1012: "legacy_alter_table",
  1017: "trusted_schema",
};
const FIXED: Readonly<Record<number, boolean>> = {
  1003: true,
  1004: false,
  1005: false,
  1006: false,
  1007: false,
  1008: false,
  1009: false,
  1010: false,
  1013: true,
  1014: true,
  1015: true,
  1016: false,
};
function getconfig(con: PyConnection, op: Value): Value {
  const n = asInt32(op);
  con.check();
  if (PRAGMAS[n] !== undefined) return con.run(`PRAGMA ${PRAGMAS[n]}`)?.[0] === 1n;
  if (FIXED[n] === undefined) throw valueError(`unknown config 'op': ${n}`);
  return FIXED[n];
}
function setconfig(con: PyConnection, op: Value, enable: Value = true): Value {
  const n = asInt32(op), on = isTrue(enable);
  con.check();
  if (PRAGMAS[n] !== undefined) {
    con.run(`PRAGMA ${PRAGMAS[n]}=${on ? 1 : 0}`);
    return None;
  }
  if (FIXED[n] === undefined) throw valueError(`unknown config 'op': ${n}`);
  if (FIXED[n] !== on) throw raised(NotSupportedError, `config ${n} can't be changed on this host`);
  return None;
}

function backup(con: PyConnection, target: Value, pages?: Value, progress: Value = None, name?: Value): Value {
  if (!isInstanceOf(target, connectionType)) {
    throw typeError(`backup() argument 'target' must be sqlite3.Connection, not ${typeName(target)}`);
  }
  if (target === con) throw valueError("target cannot be the same connection instance");
  con.check();
  const to = (target as PyConnection).check();
  const n = pages === undefined ? -1 : asInt32(pages);
  if (progress !== None && !isCallable(progress)) throw typeError("progress argument must be a callable");
  const schema = name === undefined ? "main" : sqlText(strArg(name, "backup", "'name'"));
  if (to.inTransaction) throw sqlError(1, "target is in transaction");
  const data = schemaBytes(con, schema);
  if (progress !== None) {
    const size = data.length < 100 ? 4096 : new DataView(data.buffer, data.byteOffset).getUint16(16) || 4096;
    const total = Math.max(Math.ceil(data.length / (size === 1 ? 65536 : size)), 0), some = n <= 0 ? total : n;
    for (let left = total;;) {
      left = Math.max(0, left - some);
      call(progress, [left === 0 ? 101 : 0, left, total]);
      if (left === 0) break;
    }
  }
  releaseAll(target as PyConnection);
  (target as PyConnection).clearCache();
  if (data.length > 0) sql(() => to.replace(data));
  return None;
}
function schemaBytes(con: PyConnection, name: string): Uint8Array {
  const db = con.check();
  const known = con.run("SELECT 1 FROM pragma_database_list WHERE name = ? COLLATE NOCASE", name);
  if (known === undefined) throw sqlError(1, `unknown database ${name}`);
  return sql(() => db.serialize(name));
}

const newConnection = newFrom("Connection", "*args, **kwargs", (t: PyType) => new PyConnection(t));
function delegate(method: string) {
  return (con: PyConnection, ...args: Value[]): Value => callMethod(makeCursor(con), method, ...args);
}
function makeCursor(con: PyConnection, factory: Value = cursorType): Value {
  con.check();
  const c = call1(factory, con);
  if (!realIsInstance(c, cursorType)) throw typeError(`factory must return a cursor, not ${typeName(c)}`);
  if (con.rowFactory !== None) (c as PyCursor).rowFactory = con.rowFactory;
  return c;
}

/** A method whose first parameters are to become positional-only: names given warn. */
function withNames(method: string, def: MethodDef, names: string[]): MethodDef {
  let native: NativeDef | undefined;
  return [def[0], def[1], (self: Value, args: Value[], kw?: KwNames) => {
    if (kw !== undefined && kw.some((n) => names.includes(n))) keywordsPassed(method, names);
    native ??= new NativeDef(method, def);
    return def[2](self, ...bindArgs(native, method, args, kw));
  }, M_VECTOR];
}

setSpec(connectionType, {
  doc: "SQLite database connection object.",
  slots: {
    tp_new: (t, args, kw?: KwNames) => newConnection(t, args, kw),
    tp_init: initConnection,
    tp_call: (self, args, kw?: KwNames) => {
      const con = self as PyConnection;
      if ((kw?.length ?? 0) > 0) throw typeError("Connection() takes no keyword arguments");
      if (args.length !== 1) throw typeError(`Connection expected 1 argument, got ${args.length}`);
      con.check();
      if (!isStr(args[0])) throw typeError(`argument 1 must be str, not ${typeName(args[0])}`);
      con.statement(sqlText(args[0]));
      throw raised(NotSupportedError, "statement objects are not shown");
    },
  },
  methods: {
    cursor: ["factory=<unrepresentable>", "Return a cursor for the connection.", makeCursor],
    commit: ["", "Commit any pending transaction to the database.", commit],
    rollback: ["", "Roll back to the start of any pending transaction.", rollback],
    close: [
      "",
      "Close the database connection.\n\nAny pending transaction is not committed implicitly.",
      (con: PyConnection) => {
        con.checkThread();
        if (con.db !== undefined && con.autocommit === 0 && con.db.inTransaction) con.run("ROLLBACK");
        con.close();
        return None;
      },
    ],
    execute: ["sql, parameters=(), /", "Executes an SQL statement.", delegate("execute")],
    executemany: ["sql, parameters, /", "Repeatedly executes an SQL statement.", delegate("executemany")],
    executescript: ["sql_script, /", "Executes multiple SQL statements at once.", delegate("executescript")],
    create_function: withNames(
      "create_function",
      ["name, narg, func, *, deterministic=False", "Creates a new function.", createFunction],
      ["name", "narg", "func"],
    ),
    create_aggregate: withNames("create_aggregate", [
      "name, n_arg, aggregate_class",
      "Creates a new aggregate.",
      (con: PyConnection, name: Value, n: Value, cls: Value) =>
        createAggregate(
          con,
          sqlText(strArg(name, "create_aggregate", "'name'")),
          arity(asInt32(n), "n_arg"),
          cls,
          false,
        ),
    ], ["name", "n_arg", "aggregate_class"]),
    create_window_function: [
      "name, num_params, aggregate_class, /",
      "Creates or redefines an aggregate window function.",
      (con: PyConnection, name: Value, n: Value, cls: Value) =>
        createAggregate(
          con,
          sqlText(strArg(name, "create_window_function", "1")),
          arity(asInt32(n), "num_params"),
          cls,
          true,
        ),
    ],
    create_collation: [
      "name, callback, /",
      "Creates a collation function.",
      (con: PyConnection, name: Value, f: Value) => {
        strArg(name, "create_collation", "1");
        con.check();
        if (f !== None && !isCallable(f)) throw typeError("parameter must be callable");
        if (f === None) return None;
        throw raised(NotSupportedError, "the host's SQLite has no collations of its callers");
      },
    ],
    set_authorizer: withNames("set_authorizer", [
      "authorizer_callback",
      "Set authorizer callback.",
      (con: PyConnection, f: Value) => {
        const db = con.check();
        sql(() =>
          db.authorizer(
            f === None ? undefined : (code, ...args) => {
              try {
                const r = call(f, [code, ...args.map((a) => a === null ? None : X.textValue(a))]);
                return asInt32(r);
              } catch (e) {
                if (!(e instanceof PyBaseException)) con.fail(e);
                else ignored(e, f, sqliteState().tracebacks);
                return 1;
              }
            },
          )
        );
        con.clearCache();
        return None;
      },
    ], ["authorizer_callback"]),
    set_progress_handler: withNames("set_progress_handler", [
      "progress_handler, n",
      "Set progress handler callback.\n\nIt is called for each row; if it returns a true value, the query is ended.",
      (con: PyConnection, f: Value, n: Value) => {
        asInt32(n);
        con.check();
        con.progress = f;
        return None;
      },
    ], ["progress_handler"]),
    set_trace_callback: withNames("set_trace_callback", [
      "trace_callback",
      "Set a trace callback called for each SQL statement.",
      (con: PyConnection, f: Value) => {
        con.check();
        con.trace = f;
        return None;
      },
    ], ["trace_callback"]),
    enable_load_extension: [
      "enable, /",
      "Enable dynamic loading of SQLite extension modules.",
      (con: PyConnection, on: Value) => {
        con.check();
        if (isTrue(on)) throw raised(NotSupportedError, "extensions can't be loaded");
        return None;
      },
    ],
    load_extension: [
      "name, /, *, entrypoint=None",
      "Load SQLite extension module.",
      (con: PyConnection, name: Value) => {
        strArg(name, "load_extension", "1");
        con.check();
        throw sqlError(1, "not authorized");
      },
    ],
    interrupt: ["", "Abort any pending database operation.", (con: PyConnection) => {
      con.check();
      return None;
    }],
    iterdump: [
      "*, filter=None",
      "Returns iterator to the dump of the database in an SQL text format.",
      (con: PyConnection, filter: Value = None) => {
        con.check();
        return call(getAttr(cur.interp.importModule("sqlite3.dump"), "_iterdump"), [con, filter], ["filter"]);
      },
    ],
    backup: [
      "target, *, pages=-1, progress=None, name='main', sleep=0.25",
      "Makes a backup of the database.",
      (con: PyConnection, target: Value, pages?: Value, progress?: Value, name?: Value, sleep?: Value) => {
        if (sleep !== undefined) asDouble(sleep);
        return backup(con, target, pages, progress, name);
      },
    ],
    serialize: [
      "*, name='main'",
      "Serialize a database into a byte string.",
      (con: PyConnection, name?: Value) =>
        new PyBytes(schemaBytes(con, name === undefined ? "main" : sqlText(strArg(name, "serialize", "'name'")))),
    ],
    deserialize: [
      "data, /, *, name='main'",
      "Load a serialized database.",
      (con: PyConnection, data: Value, name?: Value) => {
        const b = isStr(data) ? new TextEncoder().encode(sqlText(data)) : bytesOf(data).slice();
        const schema = name === undefined ? "main" : sqlText(strArg(name, "deserialize", "'name'"));
        const db = con.check();
        releaseAll(con);
        con.clearCache();
        sql(() => db.deserialize(b, schema));
        return None;
      },
    ],
    blobopen: [
      "table, column, rowid, /, *, readonly=False, name='main'",
      "Open and return a BLOB object.",
      (con: PyConnection, table: Value, column: Value, row: Value, readonly?: Value, name?: Value) => {
        const [t, c] = [table, column].map((v, i) => sqlText(strArg(v, "blobopen", `${i + 1}`)));
        const rowid = BigInt(asIndex(row));
        if (BigInt.asIntN(64, rowid) !== rowid) {
          throw overflowError("Python int too large to convert to SQLite INTEGER");
        }
        con.check();
        const schema = name === undefined ? "main" : sqlText(strArg(name, "blobopen", "'name'"));
        return openBlob(con, { schema, table: t, column: c, rowid }, readonly !== undefined && isTrue(readonly));
      },
    ],
    getlimit: ["category, /", "Get connection run-time limits.", (con: PyConnection, c: Value) => limit(con, c)],
    setlimit: ["category, limit, /", "Set connection run-time limits.", limit],
    getconfig: ["op, /", "Query a boolean connection configuration option.", getconfig],
    setconfig: ["op, enable=True, /", "Set a boolean connection configuration option.", setconfig],
    __enter__: ["", "Called when the connection is used as a context manager.", (con: PyConnection) => {
      con.check();
      return con;
    }],
    __exit__: ["type, value, traceback, /", "Called when the connection is used as a context manager.", exit],
  },
  members: Object.fromEntries(Object.entries(EXCEPTIONS).map(([n, t]) => [n, () => t])),
  getset: {
    isolation_level: [
      (con: PyConnection) => {
        con.check();
        return con.isolation ?? None;
      },
      (con: PyConnection, v) => {
        if (v === undefined) throw attributeError("cannot delete attribute", con, "isolation_level");
        const level = isolationArg(v);
        if (v === None && con.isLegacy() && con.check().inTransaction) con.run("COMMIT");
        con.isolation = level;
      },
    ],
    autocommit: [
      (con: PyConnection) => {
        con.check();
        return con.autocommit === LEGACY ? LEGACY : con.autocommit === 1;
      },
      (con: PyConnection, v) => {
        if (v === undefined) throw attributeError("cannot delete autocommit attribute", con, "autocommit");
        const mode = autocommitArg(v), db = con.check();
        if (mode !== con.autocommit) {
          if (mode === 1 && db.inTransaction) con.run("COMMIT");
          else if (mode === 0 && !db.inTransaction) con.run("BEGIN");
          con.autocommit = mode;
        }
      },
    ],
    in_transaction: [(con: PyConnection) => con.check().inTransaction],
    total_changes: [(con: PyConnection) => {
      con.check();
      return con.totalChanges();
    }],
    row_factory: [(con: PyConnection) => con.rowFactory, (con: PyConnection, v) => {
      if (v === undefined) throw attributeError("cannot delete row_factory attribute", con, "row_factory");
      con.rowFactory = v;
    }],
    text_factory: [(con: PyConnection) => con.textFactoryValue, (con: PyConnection, v) => {
      if (v === undefined) throw attributeError("cannot delete text_factory attribute", con, "text_factory");
      con.textFactoryValue = v;
      con.textFactory = v === strType ? undefined : v === bytesType ? "bytes" : v === bytearrayType ? "bytearray" : v;
    }],
  },
});
