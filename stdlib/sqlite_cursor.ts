// CPython 3.14: Modules/_sqlite/cursor.c, row.c
//
// A cursor holds the statement it runs and one row in advance: the first step is made by execute, so that
// its error comes there, and each fetch gives a row and steps on.

import {
  builtinType,
  type KwNames,
  None,
  NotImplemented,
  PyBytes,
  PyList,
  PyObject,
  PySlice,
  PyTuple,
  type PyType,
  setSpec,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import {
  asIndex,
  call1,
  call2,
  equals,
  getItem,
  getIter,
  hash,
  hasIndex,
  isInstanceOf,
  isStr,
  iterNext,
  lengthOf,
  realIsInstance,
  seqGetItem,
  strArg,
} from "../core/objects/abstract.ts";
import { PyDict } from "../core/objects/dict.ts";
import { attributeError, indexError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { cur } from "../core/objects/state.ts";
import type { SqlValue } from "../vm/host.ts";
import { raised } from "./module_error.ts";
import { newFrom } from "./native_new.ts";
import { type PyConnection, type Statement } from "./sqlite_connection.ts";
import { DataError, programming } from "./sqlite_errors.ts";
import { parseStatement } from "./sqlite_sql.ts";
import { bindValue, fromSqlValue, sqliteState, sqlText } from "./sqlite_values.ts";

const PARSE_DECLTYPES = 1, PARSE_COLNAMES = 2;

export const cursorType: PyType = builtinType("sqlite3.Cursor");
cursorType.flags |= TF_IMMUTABLE | TF_FROM_SPEC;
cursorType.hasWeakref = true;

export class PyCursor extends PyObject {
  connection: PyConnection | undefined;
  description: Value = None;
  lastrowid: Value = None;
  rowcount = -1;
  arraysize = 1;
  rowFactory: Value = None;
  statement: Statement | undefined;
  /** The row in advance. */
  next: SqlValue[] | undefined;
  converters: (Value | undefined)[] | undefined;
  closed = false;
  locked = false;
}

function check(c: PyCursor): PyConnection {
  if (c.connection === undefined) throw programming("Base Cursor.__init__ not called.");
  if (c.closed) throw programming("Cannot operate on a closed cursor.");
  if (c.locked) throw programming("Recursive use of cursors not allowed.");
  c.connection.check();
  return c.connection;
}

function release(c: PyCursor): void {
  const s = c.statement;
  c.statement = undefined;
  c.next = undefined;
  if (s === undefined) return;
  s.busy = false;
  try {
    s.host.reset();
  } catch {
    // What the statement failed with has been told.
  }
}

/** One step; what a callback raised goes before SQLite's own error. */
function step(c: PyCursor, con: PyConnection, s: Statement): SqlValue[] | undefined {
  const row = con.guard(() => s.host.step());
  if (row === undefined && s.sql.isDml) c.rowcount += con.changes();
  return row;
}

function parameters(params: Value, s: Statement): [SqlValue[], Record<string, SqlValue> | undefined] {
  const names = s.sql.params;
  if (params instanceof PyTuple || params instanceof PyList || (!(params instanceof PyDict) && isSeq(params))) {
    const items = params instanceof PyTuple || params instanceof PyList ? params.items : sequenceItems(params);
    if (items.length !== names.length) {
      throw programming(
        `Incorrect number of bindings supplied. The current statement uses ${names.length}, and there are ${items.length} supplied.`,
      );
    }
    return [
      items.map((v, i) => {
        const name = names[i];
        if (name !== undefined && name[0] !== "?") {
          throw programming(
            `Binding ${
              i + 1
            } ('${name}') is a named parameter, but you supplied a sequence which requires nameless (qmark) placeholders.`,
          );
        }
        return bindValue(v, () => `${i + 1}`);
      }),
      undefined,
    ];
  }
  if (!isMapping(params)) throw programming("parameters are of unsupported type");
  const named: Record<string, SqlValue> = Object.create(null);
  names.forEach((name, i) => {
    if (name === undefined) {
      throw programming(`Binding ${i + 1} has no name, but you supplied a dictionary (which has only names).`);
    }
    const key = name.slice(1);
    let v: Value | undefined;
    try {
      v = getItem(params, X.textValue(key));
    } catch (e) {
      if (!X.isOf(e, X.LookupError)) throw e;
    }
    if (v === undefined) throw programming(`You did not supply a value for binding parameter :${key}.`);
    named[name] = bindValue(v, () => `':${key}'`);
  });
  return [[], named];
}
function sequenceItems(v: Value): Value[] {
  const n = lengthOf(v);
  return Array.from({ length: n }, (_x, i) => seqGetItem(v, i));
}
function isSeq(v: Value): boolean {
  const t = typeOfValue(v);
  return t.sq_item !== undefined;
}
function isMapping(v: Value): boolean {
  return v instanceof PyDict || typeOfValue(v).mp_subscript !== undefined;
}
function typeOfValue(v: Value): PyType {
  return (v as PyObject).cls ?? ({} as PyType);
}

/** The converters of a statement's columns, if any are to be used. */
function columnConverters(con: PyConnection, s: Statement): (Value | undefined)[] | undefined {
  if (con.detectTypes === 0) return undefined;
  const find = (name: string) => sqliteState().converters.get(X.textValue(name.toUpperCase()));
  return s.columns().map(({ name, type }) => {
    if (con.detectTypes & PARSE_COLNAMES) {
      const inName = /\[([^\]]*)\]/.exec(name);
      const f = inName === null ? undefined : find(inName[1]);
      if (f !== undefined) return f;
    }
    if (con.detectTypes & PARSE_DECLTYPES && type !== undefined && type !== null) {
      return find(/^[^ (]*/.exec(type)![0]);
    }
    return undefined;
  });
}

function describe(con: PyConnection, s: Statement): Value {
  const columns = s.columns();
  if (columns.length === 0) return None;
  return new PyTuple(columns.map(({ name }) => {
    const shown = con.detectTypes & PARSE_COLNAMES ? name.replace(/ ?\[.*$/s, "") : name;
    return new PyTuple([X.textValue(shown), None, None, None, None, None, None]);
  }));
}

function execute(c: PyCursor, sqlValue: Value, params: Value, many: boolean): Value {
  const fname = many ? "executemany" : "execute";
  const text = sqlText(strArg(sqlValue, fname, "1"));
  const con = check(c);
  c.locked = true;
  try {
    release(c);
    const sets = many ? getIter(params) : undefined;
    const s = con.statement(text);
    if (s === undefined) {
      c.description = None;
      c.rowcount = -1;
      return c;
    }
    if (s.busy) throw programming("Recursive use of cursors not allowed.");
    c.rowcount = s.sql.isDml ? 0 : -1;
    c.description = None;
    if (many && !s.sql.isDml) throw programming("executemany() can only execute DML statements.");
    if (s.sql.isDml) con.beginIfNeeded();
    c.statement = s;
    s.busy = true;
    try {
      for (;;) {
        const set = sets === undefined ? params : iterNext(sets);
        if (set === undefined) break;
        const [values, named] = parameters(set, s);
        con.traced(s, values, named);
        con.guard(() => s.host.start(values, named));
        let row = step(c, con, s);
        if (many) {
          while (row !== undefined) row = step(c, con, s);
          s.host.reset();
        } else {
          c.description = describe(con, s);
          c.converters = columnConverters(con, s);
          c.lastrowid = con.lastRowid();
          c.next = row;
        }
        cur.tick(8);
        if (sets === undefined) break;
      }
    } catch (e) {
      c.rowcount = -1;
      release(c);
      throw e;
    }
    if (c.next === undefined) release(c);
    return c;
  } finally {
    c.locked = false;
  }
}

function textOf(con: PyConnection, text: string): Value {
  const factory = con.textFactory;
  if (factory === undefined) return X.textValue(text);
  const bytes = new TextEncoder().encode(text);
  if (factory === "bytes") return new PyBytes(bytes);
  if (factory === "bytearray") return call1(con.textFactoryValue, new PyBytes(bytes));
  return call1(factory as Value, new PyBytes(bytes));
}
function rowOf(c: PyCursor, con: PyConnection, row: SqlValue[]): Value {
  const items = row.map((v, i) => {
    const convert = c.converters?.[i];
    if (convert !== undefined && v !== null) {
      const b = v instanceof Uint8Array ? v : new TextEncoder().encode(sqlShown(v));
      return call1(convert, new PyBytes(b));
    }
    return typeof v === "string" ? textOf(con, v) : fromSqlValue(v);
  });
  return new PyTuple(items);
}
// As SQLite casts a number to text.
function sqlShown(v: SqlValue): string {
  if (typeof v !== "number") return String(v);
  const s = Number.isInteger(v) && Math.abs(v) < 1e15 ? `${v}.0` : String(v);
  return s;
}

/** The next row, made by the row factory; undefined at the end. */
function fetch(c: PyCursor): Value | undefined {
  const con = check(c);
  if (c.statement === undefined || c.next === undefined) return undefined;
  const s = c.statement;
  c.locked = true;
  let row: Value;
  try {
    row = rowOf(c, con, c.next);
  } finally {
    c.locked = false;
  }
  try {
    c.next = step(c, con, s);
  } catch (e) {
    release(c);
    throw e;
  }
  if (c.next === undefined) release(c);
  cur.tick(2);
  return c.rowFactory === None ? row : call2(c.rowFactory, c, row);
}
function fetchMany(c: PyCursor, max: number): Value {
  const rows: Value[] = [];
  while (rows.length < max) {
    const row = fetch(c);
    if (row === undefined) break;
    rows.push(row);
  }
  return new PyList(rows);
}

/** A C uint32_t. */
function asCount(v: Value): number {
  const n = asIndex(v);
  if (n < 0) throw valueError("Cannot convert negative int");
  if (n > 0xffffffff) throw overflowError("Python int too large to convert to C uint32_t");
  return Number(n);
}

const newCursor = newFrom("Cursor", "*args, **kwargs", (t: PyType) => new PyCursor(t));
function initCursor(self: Value, args: Value[], kw?: KwNames): void {
  if ((kw?.length ?? 0) > 0) throw typeError("Cursor() takes no keyword arguments");
  if (args.length !== 1) throw typeError(`Cursor expected 1 argument, got ${args.length}`);
  const c = self as PyCursor, con = args[0] as PyConnection;
  if (!isInstanceOf(args[0], connectionTypeOf())) {
    throw typeError(`Cursor() argument 1 must be sqlite3.Connection, not ${typeName(args[0])}`);
  }
  if (c.locked) throw programming("Recursive use of cursors not allowed.");
  release(c);
  con.check();
  c.connection = con;
  c.closed = false;
  c.rowFactory = None;
  c.description = None;
  c.lastrowid = None;
  c.rowcount = -1;
  c.arraysize = 1;
  con.cursors.add(new WeakRef(c));
}
let connectionTypeOf: () => PyType;
/** Tells this file of the type of connections, which is in a file that needs this one. */
export function setConnectionType(f: () => PyType): void {
  connectionTypeOf = f;
}

/** Runs a script. */
function executescript(c: PyCursor, script: Value): Value {
  const text = sqlText(strArg(script, "executescript", "1"));
  if (text.includes("\0")) throw valueError("embedded null character");
  const con = check(c);
  if (text.length > con.db!.limit("sqlLength", undefined)) throw raised(DataError, "query string is too large");
  if (con.isLegacy() && con.db!.inTransaction) con.run("COMMIT");
  for (let at = 0; at < text.length;) {
    const s = parseStatement(text, at);
    at = s.end;
    if (!s.empty) con.run(s.text);
    cur.tick(8);
  }
  return c;
}

setSpec(cursorType, {
  doc: "SQLite database cursor class.",
  slots: {
    tp_new: (t, args, kw?: KwNames) => newCursor(t, args, kw),
    tp_init: initCursor,
    tp_iter: (c) => c,
    tp_iternext: (c) => fetch(c as PyCursor),
  },
  methods: {
    execute: [
      "sql, parameters=(), /",
      "Executes an SQL statement.",
      (c: PyCursor, text: Value, params: Value = new PyTuple([])) => execute(c, text, params, false),
    ],
    executemany: [
      "sql, seq_of_parameters, /",
      "Repeatedly executes an SQL statement.",
      (c: PyCursor, text: Value, params: Value) => execute(c, text, params, true),
    ],
    executescript: ["sql_script, /", "Executes multiple SQL statements at once.", executescript],
    fetchone: ["", "Fetches one row from the resultset.", (c: PyCursor) => fetch(c) ?? None],
    fetchmany: ["size=1", "Fetches several rows from the resultset.", (c: PyCursor, size?: Value) => {
      const n = size === undefined ? c.arraysize : asCount(size);
      return n === 0 && size !== undefined ? (check(c), new PyList([])) : fetchMany(c, n);
    }],
    fetchall: ["", "Fetches all rows from the resultset.", (c: PyCursor) => fetchMany(c, Infinity)],
    setinputsizes: ["sizes, /", "Required by DB-API. Does nothing in sqlite3.", () => None],
    setoutputsize: ["size, column=None, /", "Required by DB-API. Does nothing in sqlite3.", () => None],
    close: ["", "Closes the cursor.", (c: PyCursor) => {
      if (c.connection === undefined) throw programming("Base Cursor.__init__ not called.");
      if (c.locked) throw programming("Recursive use of cursors not allowed.");
      c.connection.checkThread();
      release(c);
      c.closed = true;
      return None;
    }],
  },
  members: {
    connection: (c: PyCursor) => c.connection ?? None,
    description: (c: PyCursor) => c.description,
    lastrowid: (c: PyCursor) => c.lastrowid,
    rowcount: (c: PyCursor) => c.rowcount,
  },
  getset: {
    arraysize: [(c: PyCursor) => c.arraysize, (c: PyCursor, v) => {
      if (v === undefined) {
        throw attributeError("attribute 'arraysize' of 'sqlite3.Cursor' objects cannot be deleted", c, "arraysize");
      }
      c.arraysize = asCount(v);
    }],
    row_factory: [(c: PyCursor) => c.rowFactory, (c: PyCursor, v) => {
      if (v === undefined) throw attributeError("cannot delete row_factory attribute", c, "row_factory");
      c.rowFactory = v;
    }],
  },
});

/** Ends what a connection's cursors are doing. */
export function releaseAll(con: PyConnection): void {
  for (const ref of con.cursors) {
    const c = ref.deref();
    if (c === undefined) con.cursors.delete(ref);
    else release(c);
  }
}

// ---- Row ------------------------------------------------------------------------------------

export const rowType: PyType = builtinType("sqlite3.Row");
rowType.flags |= TF_IMMUTABLE | TF_FROM_SPEC;
class PyRow extends PyObject {
  readonly data: PyTuple;
  readonly description: Value;
  constructor(type: PyType, data: PyTuple, description: Value) {
    super(type);
    this.data = data;
    this.description = description;
  }
  names(): Value[] {
    return this.description instanceof PyTuple ? this.description.items.map((d) => (d as PyTuple).items[0]) : [];
  }
}
const newRow = newFrom("Row", "cursor, data, /", (t: PyType, c: Value, data: Value) => {
  if (!realIsInstance(c, cursorType)) {
    throw typeError(`Row() argument 1 must be sqlite3.Cursor, not ${typeName(c)}`);
  }
  if (!(data instanceof PyTuple)) throw typeError(`Row() argument 2 must be tuple, not ${typeName(data)}`);
  return new PyRow(t, data, (c as PyCursor).description);
});
function fold(s: string): string {
  return s.replace(/[A-Z]/g, (c) => c.toLowerCase());
}
function rowItem(r: PyRow, key: Value): Value {
  if (hasIndex(key)) {
    const n = asIndex(key);
    if (typeof n === "bigint") throw indexError("cannot fit 'int' into an index-sized integer");
    const i = n < 0 ? n + r.data.items.length : n;
    if (i < 0 || i >= r.data.items.length) throw indexError("tuple index out of range");
    return r.data.items[i];
  }
  if (isStr(key)) {
    const names = r.names(), asked = sqlText(key);
    let i = names.findIndex((n) => sqlText(n) === asked);
    if (i < 0) i = names.findIndex((n) => fold(sqlText(n)) === fold(asked));
    if (i < 0) throw indexError("No item with that key");
    return r.data.items[i];
  }
  if (key instanceof PySlice) return getItem(r.data, key);
  throw indexError("Index must be int or string");
}
setSpec(rowType, {
  slots: {
    tp_new: (t, args, kw?: KwNames) => newRow(t, args, kw),
    tp_hash: (r) => hash((r as PyRow).description) ^ hash((r as PyRow).data),
    tp_iter: (r) => getIter((r as PyRow).data),
    tp_richcompare: (a, b, op) => {
      if ((op !== 2 && op !== 3) || !isInstanceOf(b, rowType)) return NotImplemented;
      const x = a as PyRow, y = b as PyRow;
      const same = equals(x.description, y.description) && equals(x.data, y.data);
      return (op === 2) === same;
    },
    mp_length: (r) => (r as PyRow).data.items.length,
    mp_subscript: (r, k) => rowItem(r as PyRow, k),
    sq_length: (r) => (r as PyRow).data.items.length,
    sq_item: (r, i) => rowItem(r as PyRow, i),
  },
  methods: { keys: ["", "Returns the keys of the row.", (r: PyRow) => new PyList(r.names())] },
});
