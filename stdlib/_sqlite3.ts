// CPython 3.14: Modules/_sqlite/module.c

import { None, PyTuple, PyType, type Value } from "../core/objects/object.ts";
import { call, isTrue, strArg } from "../core/objects/abstract.ts";
import { typeError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { HostError } from "../vm/host.ts";
import { interp } from "../vm/interpreter.ts";
import { blobType } from "./sqlite_blob.ts";
import { CONNECT_SIG, connectionType, warnPositional } from "./sqlite_connection.ts";
import { OTHER_CODES, RESULT_CODES } from "./sqlite_consts.ts";
import { cursorType, rowType } from "./sqlite_cursor.ts";
import { EXCEPTIONS, programming } from "./sqlite_errors.ts";
import { isComplete } from "./sqlite_sql.ts";
import { isBaseType, protocolType, sqliteState, sqlText, tryAdapt } from "./sqlite_values.ts";

function version(): string {
  try {
    return interp().host.sqlite.version();
  } catch (e) {
    if (e instanceof HostError) return "3.53.2";
    throw e;
  }
}

export const spec: ModuleSpec = {
  name: "_sqlite3",
  types: {
    Blob: blobType,
    Connection: connectionType,
    Cursor: cursorType,
    PrepareProtocol: protocolType,
    Row: rowType,
    ...EXCEPTIONS,
  },
  functions: {
    connect: [
      CONNECT_SIG,
      "Open a connection to the SQLite database file 'database'.\n\n':memory:' opens one in memory.",
      (_m: Value, args: Value[], kw?: readonly string[]) => {
        const npos = args.length - (kw?.length ?? 0), at = kw?.indexOf("factory") ?? -1;
        warnPositional(npos, "sqlite3.connect");
        const factory = at >= 0 ? args[npos + at] : npos > 5 ? args[5] : connectionType;
        return call(factory, args, kw as string[] | undefined);
      },
      32,
    ],
    complete_statement: [
      "statement",
      "Checks if a string contains a complete SQL statement.",
      (_m: Value, s: Value) => isComplete(sqlText(strArg(s, "complete_statement", "'statement'"))),
    ],
    register_adapter: [
      "type, adapter, /",
      "Register a function to adapt Python objects to SQLite values.",
      (_m: Value, type: Value, adapter: Value) => {
        if (!(type instanceof PyType)) {
          throw typeError(`register_adapter() argument 1 must be type, not ${(type as PyType).cls?.name ?? "object"}`);
        }
        const state = sqliteState();
        if (isBaseType(type)) state.baseAdapted = true;
        state.adapters.set(new PyTuple([type, protocolType]), adapter);
        return None;
      },
    ],
    register_converter: [
      "typename, converter, /",
      "Register a function to convert SQLite values to Python objects.",
      (_m: Value, name: Value, f: Value) => {
        const key = sqlText(strArg(name, "register_converter", "1")).toUpperCase();
        sqliteState().converters.set(X.textValue(key), f);
        return None;
      },
    ],
    adapt: [
      "obj, proto=PrepareProtocolType, alt=<unrepresentable>, /",
      "Adapt given object to given protocol.",
      (_m: Value, obj: Value, proto: Value = protocolType, alt?: Value) => {
        const r = tryAdapt(obj, proto) ?? alt;
        if (r === undefined) throw programming("can't adapt");
        return r;
      },
    ],
    enable_callback_tracebacks: [
      "enable, /",
      "Enable or disable callback functions throwing errors to stderr.",
      (_m: Value, on: Value) => {
        sqliteState().tracebacks = isTrue(on);
        return None;
      },
    ],
  },
  constants: {
    adapters: () => sqliteState().adapters,
    converters: () => sqliteState().converters,
    sqlite_version: version,
    threadsafety: 3,
    PARSE_DECLTYPES: 1,
    PARSE_COLNAMES: 2,
    LEGACY_TRANSACTION_CONTROL: -1,
    ...RESULT_CODES,
    ...OTHER_CODES,
  },
};
