// CPython 3.14: Modules/_sqlite (its calls to SQLite), over node:sqlite
//
// Databases under the policy. A file is opened only where the policy allows to read and write it, and
// ATTACH, which SQL itself can say, is asked for by SQLite's authorizer, so it comes through here, too.
//
// A callback must not throw into node:sqlite: a thrown error inside of an aggregate makes it spin. A callback
// that fails gives back SQL_FAIL, which node:sqlite refuses as a value and turns into an error of SQLite.

import {
  type HostDatabase,
  HostError,
  HostSqlError,
  type HostSqlite,
  type HostStatement,
  SQL_FAIL,
  type SqlValue,
} from "../vm/host.ts";
import type { DenoFiles } from "./files.ts";
import { node } from "./node.ts";

type NodeSqlite = typeof import("node:sqlite");
type Database = InstanceType<NodeSqlite["DatabaseSync"]>;
type Statement = ReturnType<Database["prepare"]>;

const ATTACH = 24, DENY = 1;

// Texts of errors that come without a number.
const CODES: readonly [RegExp, number][] = [
  [/^unable to open database file/, 14],
  [/^database table is locked|^database schema is locked/, 6],
  [/^database is locked/, 5],
  [/^attempt to write a readonly database/, 8],
  [/^database disk image is malformed/, 11],
  [/^file is not a database/, 26],
  [/^interrupted/, 9],
  [/^disk I\/O error/, 10],
  [/^database or disk is full/, 13],
  [/^string or blob too big/, 18],
  [/^datatype mismatch/, 20],
  [/^not authorized|prohibited$/, 23],
  [/^UNIQUE constraint failed/, 2067],
  [/^NOT NULL constraint failed/, 1299],
  [/^CHECK constraint failed/, 275],
  [/^FOREIGN KEY constraint failed/, 787],
  [/^out of memory/, 7],
];

function failed(thrown: unknown): HostSqlError | HostError {
  if (thrown instanceof HostSqlError || thrown instanceof HostError) return thrown;
  const e = thrown as { name?: string; message?: string; errcode?: number };
  const message = String(e?.message ?? thrown);
  if (e?.name === "NotCapable") return new HostError("EACCES", { hint: message });
  const code = e?.errcode ?? CODES.find(([text]) => text.test(message))?.[1] ?? 1;
  return new HostSqlError(code, code === 14 ? "unable to open database file" : message);
}
function sql<T>(f: () => T): T {
  try {
    return f();
  } catch (e) {
    throw failed(e);
  }
}

class NodeStatement implements HostStatement {
  readonly #s: Statement;
  #rows: SqlValue[][] | undefined;
  #next = 0;
  constructor(s: Statement) {
    this.#s = s;
  }
  columns(): { name: string; type: string | undefined }[] {
    return sql(() => this.#s.columns().map((c) => ({ name: c.name, type: c.type ?? undefined })));
  }
  // All rows at once: node:sqlite's iterate() takes an error for the end.
  start(values: SqlValue[], named: Record<string, SqlValue> | undefined): void {
    const args = named === undefined ? values : [named, ...values];
    this.#next = 0;
    this.#rows = sql(() => this.#s.all(...args as never[])) as unknown as SqlValue[][];
  }
  step(): SqlValue[] | undefined {
    const row = this.#rows?.[this.#next++];
    if (row === undefined) this.#rows = undefined;
    return row;
  }
  reset(): void {
    this.#rows = undefined;
  }
  expandedSql(): string {
    return sql(() => this.#s.expandedSQL);
  }
}

class NodeDatabase implements HostDatabase {
  #db: Database;
  readonly #open: () => Database;
  readonly #mayAttach: (path: string | null) => boolean;
  readonly file: string | undefined;
  readonly #setup: (() => void)[] = [];
  #authorizer: ((code: number, ...args: (string | null)[]) => number) | undefined;

  constructor(open: () => Database, file: string | undefined, mayAttach: (path: string | null) => boolean) {
    this.#open = open;
    this.file = file;
    this.#mayAttach = mayAttach;
    this.#db = sql(open);
    this.#authorize();
  }
  get inTransaction(): boolean {
    return this.#db.isTransaction;
  }
  prepare(text: string): HostStatement {
    return sql(() => new NodeStatement(this.#db.prepare(text)));
  }
  close(): void {
    sql(() => this.#db.close());
  }
  // What was set up is done again if the database has to be opened anew.
  #keep(f: () => void): void {
    sql(f);
    this.#setup.push(f);
  }
  function(
    name: string,
    options: { args: number; deterministic: boolean },
    f: ((...args: SqlValue[]) => SqlValue | typeof SQL_FAIL) | undefined,
  ): void {
    const call = f ?? (() => SQL_FAIL);
    Object.defineProperty(call, "length", { value: Math.max(options.args, 0) });
    const { deterministic } = options;
    this.#keep(() =>
      this.#db.function(
        name,
        { deterministic, varargs: options.args < 0, useBigIntArguments: true },
        call as never,
      )
    );
  }
  aggregate(
    name: string,
    args: number,
    calls: {
      start: () => unknown;
      step: (state: unknown, ...args: SqlValue[]) => unknown;
      inverse?: (state: unknown, ...args: SqlValue[]) => unknown;
      result: (state: unknown) => SqlValue | typeof SQL_FAIL;
    },
  ): void {
    const arity = (f: object) => Object.defineProperty(f, "length", { value: Math.max(args, 0) + 1 });
    arity(calls.step);
    if (calls.inverse !== undefined) arity(calls.inverse);
    this.#keep(() => this.#db.aggregate(name, { ...calls, varargs: args < 0, useBigIntArguments: true } as never));
  }
  authorizer(f: ((code: number, ...args: (string | null)[]) => number) | undefined): void {
    this.#authorizer = f;
    this.#authorize();
  }
  #authorize(): void {
    const guest = this.#authorizer;
    sql(() =>
      (this.#db as unknown as { setAuthorizer(f: unknown): void }).setAuthorizer(
        (code: number, ...args: (string | null)[]) => {
          if (code === ATTACH && !this.#mayAttach(args[0])) return DENY;
          return guest === undefined ? 0 : guest(code, ...args);
        },
      )
    );
  }
  serialize(name: string): Uint8Array {
    return sql(() => this.#db.serialize(name));
  }
  deserialize(data: Uint8Array, name: string): void {
    sql(() => this.#db.deserialize(data, { dbName: name }));
  }
  replace(data: Uint8Array): void {
    if (this.file === undefined) return this.deserialize(data, "main");
    const { file } = this;
    sql(() => {
      this.#db.close();
      Deno.writeFileSync(file, data);
      this.#db = this.#open();
    });
    for (const f of this.#setup) sql(f);
    this.#authorize();
  }
  limit(name: string, value: number | undefined): number {
    const { limits } = this.#db as unknown as { limits: Record<string, number> };
    return sql(() => {
      const before = limits[name];
      if (value !== undefined && value >= 0) limits[name] = value;
      return before;
    });
  }
}

/** SQLite by `node:sqlite`. */
export class DenoSqlite implements HostSqlite {
  readonly #files: DenoFiles;
  /** Databases among these files. */
  constructor(files: DenoFiles) {
    this.#files = files;
  }
  version(): string {
    const db = new (this.#lib().DatabaseSync)(":memory:");
    try {
      return String((db.prepare("select sqlite_version() as v").get() as { v: unknown }).v);
    } finally {
      db.close();
    }
  }
  #lib(): NodeSqlite {
    return node("node:sqlite");
  }
  open(path: string, options: { readOnly: boolean; create: boolean; timeout: number }): HostDatabase {
    const memory = path === "" || path === ":memory:";
    const full = memory ? path : this.#files.databasePath(path, !options.readOnly);
    if (!memory && !options.create) this.#files.stat(path);
    const mayAttach = (name: string | null): boolean => {
      if (name === "" || name === ":memory:") return true;
      if (name === null || name.startsWith("file:")) return this.#files.unrestricted;
      try {
        // SQLite takes a name from the process's folder on, not from the guest's.
        return this.#files.databasePath(name, true) === name || this.#files.unrestricted;
      } catch {
        return false;
      }
    };
    const open = () =>
      new (this.#lib().DatabaseSync)(full, {
        readOnly: options.readOnly,
        enableForeignKeyConstraints: false,
        enableDoubleQuotedStringLiterals: true,
        timeout: options.timeout,
        readBigInts: true,
        returnArrays: true,
      } as never);
    return new NodeDatabase(open, memory ? undefined : full, mayAttach);
  }
}
