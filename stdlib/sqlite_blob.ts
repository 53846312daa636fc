// CPython 3.14: Modules/_sqlite/blob.c
//
// Blobs by statements: the host has no handles of them. A blob is read and written through its row; that its
// size cannot change is SQLite's rule, too.

import {
  builtinType,
  None,
  PyBytes,
  PyObject,
  PySlice,
  type PyType,
  setSpec,
  TF_DISALLOW_NEW,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  type Value,
} from "../core/objects/object.ts";
import { asIndex, asInt32, hasIndex } from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { indexError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import { sliceIndices } from "../core/objects/slice.ts";
import type { PyConnection } from "./sqlite_connection.ts";
import { programming, sqlError } from "./sqlite_errors.ts";

/** Where a blob is. */
interface Place {
  schema: string;
  table: string;
  column: string;
  rowid: bigint;
}
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

export const blobType: PyType = builtinType("sqlite3.Blob", undefined, true);
blobType.flags |= TF_IMMUTABLE | TF_FROM_SPEC | TF_DISALLOW_NEW;
class PyBlob extends PyObject {
  readonly con: PyConnection;
  readonly place: Place;
  readonly readOnly: boolean;
  readonly size: number;
  offset = 0;
  closed = false;
  constructor(con: PyConnection, place: Place, readOnly: boolean, size: number) {
    super(blobType);
    this.con = con;
    this.place = place;
    this.readOnly = readOnly;
    this.size = size;
  }
  get #table(): string {
    return `${quote(this.place.schema)}.${quote(this.place.table)}`;
  }
  close(): void {
    this.closed = true;
  }
  check(): void {
    this.con.check();
    if (this.closed) throw programming("Cannot operate on a closed blob.");
  }
  bytes(): Uint8Array {
    const row = this.con.run(
      `SELECT CAST(${quote(this.place.column)} AS BLOB) FROM ${this.#table} WHERE rowid = ?`,
      this.place.rowid,
    );
    const b = row?.[0];
    if (!(b instanceof Uint8Array) || b.length !== this.size) throw sqlError(4, "query aborted");
    return b;
  }
  write(at: number, data: Uint8Array): void {
    if (this.readOnly) throw sqlError(8, "attempt to write a readonly database");
    const b = this.bytes().slice();
    b.set(data, at);
    this.con.run(`UPDATE ${this.#table} SET ${quote(this.place.column)} = ? WHERE rowid = ?`, b, this.place.rowid);
  }
}

/** Opens a blob. */
export function openBlob(con: PyConnection, place: Place, readOnly: boolean): Value {
  const { schema, table, column, rowid } = place;
  const known = con.run(
    `SELECT 1 FROM ${quote(schema)}.sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE`,
    table,
  );
  if (known === undefined) throw sqlError(1, `no such table: ${schema}.${table}`);
  const has = con.run("SELECT 1 FROM pragma_table_info(?, ?) WHERE name = ? COLLATE NOCASE", table, schema, column);
  if (has === undefined) throw sqlError(1, `no such column: "${column}"`);
  const row = con.run(
    `SELECT typeof(${quote(column)}), length(CAST(${quote(column)} AS BLOB)) FROM ${quote(schema)}.${
      quote(table)
    } WHERE rowid = ?`,
    rowid,
  );
  if (row === undefined) throw sqlError(1, `no such rowid: ${rowid}`);
  if (row[0] !== "blob" && row[0] !== "text") throw sqlError(1, `cannot open value of type ${row[0]}`);
  const blob = new PyBlob(con, place, readOnly, Number(row[1]));
  con.blobs.add(blob);
  return blob;
}

function indexOf(b: PyBlob, key: Value): number {
  const n = asIndex(key);
  const i = typeof n === "number" && n < 0 ? n + b.size : n;
  if (typeof i === "bigint" || i < 0 || i >= b.size) throw indexError("Blob index out of range");
  return i;
}
function subscript(b: PyBlob, key: Value): Value {
  b.check();
  if (hasIndex(key)) return b.bytes()[indexOf(b, key)];
  if (!(key instanceof PySlice)) throw typeError("Blob indices must be integers");
  const { start, step, length } = sliceIndices(key, b.size), all = b.bytes();
  return new PyBytes(Uint8Array.from({ length }, (_x, i) => all[start + i * step]));
}
function assign(b: PyBlob, key: Value, v: Value | undefined): void {
  b.check();
  if (hasIndex(key)) {
    if (v === undefined) throw typeError("Blob doesn't support item deletion");
    const i = indexOf(b, key);
    if (!hasIndex(v)) {
      throw typeError(`'${(v as PyObject).cls?.name ?? "str"}' object cannot be interpreted as an integer`);
    }
    const byte = asIndex(v);
    if (typeof byte === "bigint" || byte < 0 || byte > 255) throw valueError("byte must be in range(0, 256)");
    return b.write(i, Uint8Array.of(byte));
  }
  if (!(key instanceof PySlice)) throw typeError("Blob indices must be integers");
  if (v === undefined) throw typeError("Blob doesn't support slice deletion");
  const { start, step, length } = sliceIndices(key, b.size), data = bytesOf(v);
  if (data.length !== length) throw indexError("Blob slice assignment is wrong size");
  if (length === 0) return;
  if (step === 1) return b.write(start, data);
  const all = b.bytes().slice();
  for (let i = 0; i < length; i++) all[start + i * step] = data[i];
  b.write(0, all);
}

setSpec(blobType, {
  slots: {
    mp_length: (b) => {
      (b as PyBlob).check();
      return (b as PyBlob).size;
    },
    mp_subscript: (b, k) => subscript(b as PyBlob, k),
    mp_ass_subscript: (b, k, v) => assign(b as PyBlob, k, v),
  },
  methods: {
    close: ["", "Close the blob.", (b: PyBlob) => {
      b.con.check();
      b.close();
      return None;
    }],
    read: ["length=-1, /", "Read data at the current offset position.", (b: PyBlob, length: Value = -1) => {
      const n = asInt32(length);
      b.check();
      const most = b.size - b.offset, take = n < 0 || n > most ? most : n;
      const out = b.bytes().slice(b.offset, b.offset + take);
      b.offset += take;
      return new PyBytes(out);
    }],
    write: ["data, /", "Write data at the current offset.", (b: PyBlob, data: Value) => {
      const d = bytesOf(data);
      b.check();
      if (d.length > b.size - b.offset) throw valueError("data longer than blob length");
      b.write(b.offset, d);
      b.offset += d.length;
      return None;
    }],
    seek: [
      "offset, origin=0, /",
      "Set the current access position to offset.",
      (b: PyBlob, offset: Value, origin: Value = 0) => {
        const n = asInt32(offset), whence = asInt32(origin);
        b.check();
        if (whence < 0 || whence > 2) {
          throw valueError("'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END");
        }
        const from = whence === 0 ? 0 : whence === 1 ? b.offset : b.size;
        if (from + n > 2 ** 31 - 1) throw overflowError("seek offset results in offset overflow");
        if (from + n < 0 || from + n > b.size) throw valueError("offset out of blob range");
        b.offset = from + n;
        return None;
      },
    ],
    tell: ["", "Return the current access position for the blob.", (b: PyBlob) => {
      b.check();
      return b.offset;
    }],
    __enter__: ["", "Blob context manager enter.", (b: PyBlob) => {
      b.check();
      return b;
    }],
    __exit__: ["type, val, tb, /", "Blob context manager exit.", (b: PyBlob) => {
      b.check();
      b.close();
      return false;
    }],
  },
});
