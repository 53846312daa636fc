// CPython 3.14: Modules/_csv.c
//
// A reader is a state machine over the characters of its lines (EOL, -2, after each line); a writer
// joins fields, escaping or quoting them as its dialect says. Characters of a dialect are code
// points, -1 where one is not set.

import {
  builtinType,
  type KwNames,
  M_VECTOR,
  None,
  PyComplex,
  PyFloat,
  PyList,
  PyObject,
  type PyType,
  setSpec,
  type Str,
  TF_DISALLOW_NEW,
  typeName,
  typeOf,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import {
  asInt32,
  asSsize,
  call,
  call1,
  getIter,
  isCallable,
  isStr,
  isTrue,
  iterNext,
  lookupAttr,
  strOf,
  strValue,
} from "../core/objects/abstract.ts";
import { PyDict } from "../core/objects/dict.ts";
import { newErrorArgs, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { numberToFloat } from "../core/objects/float.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { interpStore } from "../core/objects/state.ts";
import { cur } from "../core/objects/state.ts";
import { strCodeAt, strLen } from "../core/objects/str_ops.ts";
import { chr, CpBuilder } from "../core/objects/str_wide.ts";
import { newClass } from "../core/objects/type_new.ts";
import { fullTypeName } from "../core/objects/type_name.ts";
import { checkPositional } from "./native_new.ts";

const MINIMAL = 0, ALL = 1, NONNUMERIC = 2, NONE = 3, STRINGS = 4, NOTNULL = 5;
const NOT_SET = -1, EOL = -2;
const LF = 10, CR = 13, SPACE = 32;

const dialectType: PyType = builtinType("_csv.Dialect");
const readerType: PyType = builtinType("_csv.reader");
const writerType: PyType = builtinType("_csv.writer");

interface CsvState {
  error: PyType;
  dialects: PyDict;
  limit: number;
}
const KEY = {};
function state(): CsvState {
  return interpStore(KEY, () => {
    const d = new PyDict();
    d.setStr("__module__", "_csv");
    return {
      error: newClass(typeType, "Error", [X.Exception], d) as PyType,
      dialects: new PyDict(),
      limit: 128 * 1024,
    };
  });
}
function csvError(msg: string): unknown {
  return newErrorArgs(state().error, [X.textValue(msg)]);
}

// ---- dialects ------------------------------------------------------------------------------

class PyDialect extends PyObject {
  delimiter = 0x2c;
  quotechar = 0x22;
  escapechar = NOT_SET;
  lineterminator: Str = "\r\n";
  quoting = MINIMAL;
  doublequote = true;
  skipinitialspace = false;
  strict = false;
}

function charOf(name: string, v: Value, orNone: boolean): number {
  const what = `"${name}" must be a unicode character${orNone ? " or None" : ""}`;
  if (orNone && v === None) return NOT_SET;
  if (!isStr(v)) throw typeError(`${what}, not ${fullTypeName(typeOf(v))}`);
  const s = strValue(v), n = strLen(s);
  if (n !== 1) throw typeError(`${what}, not a string of length ${n}`);
  return strCodeAt(s, 0);
}

function checkChar(name: string, c: number, d: PyDialect, allowSpace: boolean): void {
  if (c === CR || c === LF || c === SPACE && !allowSpace) throw valueError(`bad ${name} value`);
  if (c !== NOT_SET && hasChar(d.lineterminator, c)) throw valueError(`bad ${name} or lineterminator value`);
}
function checkChars(n1: string, n2: string, c1: number, c2: number): void {
  if (c1 === c2 && c1 !== NOT_SET) throw valueError(`bad ${n1} or ${n2} value`);
}
function hasChar(s: Str, c: number): boolean {
  for (let i = strLen(s) - 1; i >= 0; i--) if (strCodeAt(s, i) === c) return true;
  return false;
}

const PARAMS = [
  "dialect",
  "delimiter",
  "doublequote",
  "escapechar",
  "lineterminator",
  "quotechar",
  "quoting",
  "skipinitialspace",
  "strict",
];

function dialectNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const nkw = kwnames?.length ?? 0, n = args.length - nkw;
  if (args.length > PARAMS.length) {
    throw typeError(`function takes at most ${PARAMS.length} arguments (${args.length} given)`);
  }
  const v: (Value | undefined)[] = PARAMS.map((_, i) => i < n ? args[i] : undefined);
  for (let i = 0; i < nkw; i++) {
    const k = PARAMS.indexOf(kwnames![i]);
    if (k < 0) throw typeError(`this function got an unexpected keyword argument '${kwnames![i]}'`);
    if (k < n) throw typeError(`argument for function given by name ('${kwnames![i]}') and position (${k + 1})`);
    v[k] = args[n + i];
  }
  let base = v[0];
  if (base !== undefined) {
    if (isStr(base)) base = getDialect(base);
    // nothing to change: the dialect itself
    if (
      type === dialectType && base instanceof PyDialect && base.cls === dialectType &&
      v.every((x, i) => i === 0 || x === undefined)
    ) {
      return base;
    }
    for (let i = 1; i < PARAMS.length; i++) v[i] ??= lookupAttr(base, PARAMS[i]);
  }
  const d = new PyDialect(type);
  const [, delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skip, strict] = v;
  if (delimiter !== undefined) d.delimiter = charOf("delimiter", delimiter, false);
  if (doublequote !== undefined) d.doublequote = isTrue(doublequote);
  if (escapechar !== undefined) d.escapechar = charOf("escapechar", escapechar, true);
  if (lineterminator !== undefined) {
    if (!isStr(lineterminator)) {
      throw typeError(`"lineterminator" must be a string, not ${fullTypeName(typeOf(lineterminator))}`);
    }
    d.lineterminator = strValue(lineterminator);
  }
  if (quotechar !== undefined) d.quotechar = charOf("quotechar", quotechar, true);
  if (quoting !== undefined) {
    if (typeof quoting !== "number" && typeof quoting !== "bigint") {
      throw typeError(`"quoting" must be an integer, not ${fullTypeName(typeOf(quoting))}`);
    }
    d.quoting = asInt32(quoting);
  }
  if (skip !== undefined) d.skipinitialspace = isTrue(skip);
  if (strict !== undefined) d.strict = isTrue(strict);
  if (d.quoting < MINIMAL || d.quoting > NOTNULL) throw typeError('bad "quoting" value');
  if (quotechar === None && quoting === undefined) d.quoting = NONE;
  if (d.quoting !== NONE && d.quotechar === NOT_SET) throw typeError("quotechar must be set if quoting enabled");
  checkChar("delimiter", d.delimiter, d, true);
  checkChar("escapechar", d.escapechar, d, !d.skipinitialspace);
  checkChar("quotechar", d.quotechar, d, !d.skipinitialspace);
  checkChars("delimiter", "escapechar", d.delimiter, d.escapechar);
  checkChars("delimiter", "quotechar", d.delimiter, d.quotechar);
  checkChars("escapechar", "quotechar", d.escapechar, d.quotechar);
  return d;
}

function getDialect(name: Value): Value {
  const d = state().dialects.get(name);
  if (d === undefined) throw csvError("unknown dialect");
  return d;
}
/** The dialect of a reader or writer: of what was given, and the keyword arguments. */
function makeDialect(dialect: Value | undefined, values: Value[], kwnames: KwNames | undefined): PyDialect {
  return call(dialectType, dialect === undefined ? values : [dialect, ...values], kwnames) as PyDialect;
}
/** Splits a call into at most two positional arguments and the keywords. */
function splitArgs(name: string, args: Value[], kwnames: KwNames | undefined): [Value, Value | undefined, Value[]] {
  const n = args.length - (kwnames?.length ?? 0);
  checkPositional(name, n, 1, 2);
  return [args[0], n > 1 ? args[1] : undefined, args.slice(n)];
}

function unpickled(d: PyObject): never {
  throw typeError(`cannot pickle '${d.cls.qualname}' instances`);
}
const optionalChar = (c: number): Value => c === NOT_SET ? None : chr(c);
setSpec(dialectType, {
  doc: "CSV dialect\n\nThe Dialect type records CSV dialect options.",
  slots: { tp_new: dialectNew },
  methods: {
    __reduce__: ["*args", "raises an exception to avoid pickling", unpickled, M_VECTOR | 8],
    __reduce_ex__: ["*args", "raises an exception to avoid pickling", unpickled, M_VECTOR | 8],
  },
  members: {
    skipinitialspace: (d: PyDialect) => d.skipinitialspace,
    doublequote: (d: PyDialect) => d.doublequote,
    strict: (d: PyDialect) => d.strict,
  },
  getset: {
    delimiter: [(d: PyDialect) => optionalChar(d.delimiter)],
    escapechar: [(d: PyDialect) => optionalChar(d.escapechar)],
    lineterminator: [(d: PyDialect) => d.lineterminator],
    quotechar: [(d: PyDialect) => optionalChar(d.quotechar)],
    quoting: [(d: PyDialect) => d.quoting],
  },
});

// ---- the reader ----------------------------------------------------------------------------

const START_RECORD = 0,
  START_FIELD = 1,
  ESCAPED_CHAR = 2,
  IN_FIELD = 3,
  IN_QUOTED_FIELD = 4,
  ESCAPE_IN_QUOTED_FIELD = 5,
  QUOTE_IN_QUOTED_FIELD = 6,
  EAT_CRNL = 7,
  AFTER_ESCAPED_CRNL = 8;

class PyReader extends PyObject {
  line = 0;
  private state = START_RECORD;
  private field = new CpBuilder();
  /** The record being read; undefined while none is. */
  private fields: Value[] | undefined = undefined;
  private unquoted = true;
  private readonly limit: CsvState;
  constructor(readonly input: Value, readonly dialect: PyDialect) {
    super(readerType);
    this.limit = state();
  }

  private add(c: number): void {
    if (this.field.length >= this.limit.limit) {
      throw csvError(`field larger than field limit (${this.limit.limit})`);
    }
    this.field.push(c);
  }
  private save(): void {
    const q = this.dialect.quoting, empty = this.field.length === 0;
    const text = this.field.finish();
    let v: Value = text;
    if (this.unquoted) {
      if (empty && (q === NOTNULL || q === STRINGS)) v = None;
      else if (!empty && (q === NONNUMERIC || q === STRINGS)) v = new PyFloat(numberToFloat(text));
    }
    this.field = new CpBuilder();
    this.unquoted = true;
    (this.fields as Value[]).push(v);
  }
  private endOfLine(c: number): void {
    this.save();
    this.state = c === EOL ? START_RECORD : EAT_CRNL;
  }

  private step(c: number): void {
    const d = this.dialect;
    const newline = c === LF || c === CR || c === EOL;
    switch (this.state) {
      case START_RECORD:
        if (c === EOL) return;
        if (newline) {
          this.state = EAT_CRNL;
          return;
        }
        this.state = START_FIELD;
        // falls through
      case START_FIELD:
        if (newline) this.endOfLine(c);
        else if (c === d.quotechar && d.quoting !== NONE) {
          this.unquoted = false;
          this.state = IN_QUOTED_FIELD;
        } else if (c === d.escapechar) this.state = ESCAPED_CHAR;
        else if (c === SPACE && d.skipinitialspace) return;
        else if (c === d.delimiter) this.save();
        else {
          this.add(c);
          this.state = IN_FIELD;
        }
        return;
      case ESCAPED_CHAR:
        if (c === LF || c === CR) {
          this.add(c);
          this.state = AFTER_ESCAPED_CRNL;
          return;
        }
        this.add(c === EOL ? LF : c);
        this.state = IN_FIELD;
        return;
      case AFTER_ESCAPED_CRNL:
        if (c === EOL) return;
        // falls through
      case IN_FIELD:
        if (newline) this.endOfLine(c);
        else if (c === d.escapechar) this.state = ESCAPED_CHAR;
        else if (c === d.delimiter) {
          this.save();
          this.state = START_FIELD;
        } else this.add(c);
        return;
      case IN_QUOTED_FIELD:
        if (c === EOL) return;
        if (c === d.escapechar) this.state = ESCAPE_IN_QUOTED_FIELD;
        else if (c === d.quotechar && d.quoting !== NONE) {
          this.state = d.doublequote ? QUOTE_IN_QUOTED_FIELD : IN_FIELD;
        } else this.add(c);
        return;
      case ESCAPE_IN_QUOTED_FIELD:
        this.add(c === EOL ? LF : c);
        this.state = IN_QUOTED_FIELD;
        return;
      case QUOTE_IN_QUOTED_FIELD:
        if (d.quoting !== NONE && c === d.quotechar) {
          this.add(c);
          this.state = IN_QUOTED_FIELD;
        } else if (c === d.delimiter) {
          this.save();
          this.state = START_FIELD;
        } else if (newline) this.endOfLine(c);
        else if (!d.strict) {
          this.add(c);
          this.state = IN_FIELD;
        } else {
          throw csvError(
            `'${String.fromCodePoint(d.delimiter)}' expected after '${String.fromCodePoint(d.quotechar)}'`,
          );
        }
        return;
      case EAT_CRNL:
        if (c === EOL) this.state = START_RECORD;
        else if (!newline) {
          throw csvError("new-line character seen in unquoted field - do you need to open the file with newline=''?");
        }
    }
  }

  next(): Value | undefined {
    this.fields = [];
    this.field = new CpBuilder();
    this.state = START_RECORD;
    this.unquoted = true;
    do {
      const line = iterNext(this.input);
      // the iterator may have used the reader itself
      if (this.fields === undefined) throw csvError("iterator has already advanced the reader");
      if (line === undefined) {
        if (this.field.length !== 0 || this.state === IN_QUOTED_FIELD) {
          if (this.dialect.strict) throw csvError("unexpected end of data");
          this.save();
          break;
        }
        return undefined;
      }
      if (!isStr(line)) {
        throw csvError(
          `iterator should return strings, not ${typeName(line)} (the file should be opened in text mode)`,
        );
      }
      this.line++;
      const s = strValue(line);
      if (typeof s === "string") { for (let i = 0; i < s.length; i++) this.step(s.charCodeAt(i)); }
      else for (const c of s.cps) this.step(c);
      this.step(EOL);
      cur.tick(16);
    } while (this.state !== START_RECORD);
    const fields = this.fields as Value[];
    this.fields = undefined;
    return new PyList(fields);
  }
}

readerType.flags |= TF_DISALLOW_NEW;
setSpec(readerType, {
  doc: "CSV reader\n\nReader objects are responsible for reading and parsing tabular data\nin CSV format.",
  slots: { tp_iter: (r) => r, tp_iternext: (r) => (r as PyReader).next() },
  members: {
    dialect: (r: PyReader) => r.dialect,
    line_num: (r: PyReader) => r.line,
  },
});

// ---- the writer ----------------------------------------------------------------------------

class PyWriter extends PyObject {
  constructor(readonly write: Value, readonly dialect: PyDialect) {
    super(writerType);
  }

  /** Puts a field (undefined: None) at the end of a record of `count` fields. */
  private join(out: CpBuilder, field: Str | undefined, quoted: boolean, count: number): void {
    const d = this.dialect;
    if (count > 0) out.push(d.delimiter);
    const text = new CpBuilder();
    const n = field === undefined ? 0 : strLen(field);
    for (let i = 0; i < n; i++) {
      const c = strCodeAt(field!, i);
      if (
        c === d.delimiter || c === d.escapechar || c === d.quotechar || c === LF || c === CR ||
        hasChar(d.lineterminator, c)
      ) {
        let escape = false;
        if (d.quoting === NONE) escape = true;
        else {
          if (c === d.quotechar) {
            if (d.doublequote) text.push(d.quotechar);
            else escape = true;
          } else if (c === d.escapechar) escape = true;
          if (!escape) quoted = true;
        }
        if (escape) {
          if (d.escapechar === NOT_SET) throw csvError("need to escape, but no escapechar set");
          text.push(d.escapechar);
        }
      }
      text.push(c);
    }
    if (n === 0 && d.delimiter === SPACE && d.skipinitialspace) {
      if (d.quoting === NONE || field === undefined && (d.quoting === STRINGS || d.quoting === NOTNULL)) {
        throw csvError("empty field must be quoted if delimiter is a space and skipinitialspace is true");
      }
      quoted = true;
    }
    if (quoted) out.push(d.quotechar);
    out.pushStr(text.finish());
    if (quoted) out.push(d.quotechar);
  }

  private quotes(field: Value): boolean {
    switch (this.dialect.quoting) {
      case ALL:
        return true;
      case NONNUMERIC:
        return !isNumber(field);
      case STRINGS:
        return isStr(field);
      case NOTNULL:
        return field !== None;
      default:
        return false;
    }
  }

  writerow(row: Value): Value {
    const d = this.dialect;
    let it: Value;
    try {
      it = getIter(row);
    } catch (e) {
      if (!X.isOf(e, X.TypeError)) throw e;
      throw csvError(`iterable expected, not ${typeName(row)}`);
    }
    let out = new CpBuilder(), count = 0, isNull = false;
    for (let f = iterNext(it); f !== undefined; f = iterNext(it)) {
      const quoted = this.quotes(f);
      isNull = f === None;
      this.join(out, isNull ? undefined : isStr(f) ? strValue(f) : strOf(f), quoted, count);
      count++;
      cur.tick(4);
    }
    if (count > 0 && out.length === 0) {
      if (d.quoting === NONE || isNull && (d.quoting === STRINGS || d.quoting === NOTNULL)) {
        throw csvError("single empty field record must be quoted");
      }
      out = new CpBuilder();
      this.join(out, undefined, true, count - 1);
    }
    out.pushStr(d.lineterminator);
    return call1(this.write, out.finish());
  }
}
function isNumber(v: Value): boolean {
  const t = typeOf(v);
  return t.nb_index !== undefined || t.nb_int !== undefined || t.nb_float !== undefined || v instanceof PyComplex;
}

writerType.flags |= TF_DISALLOW_NEW;
setSpec(writerType, {
  doc: "CSV writer\n\nWriter objects are responsible for generating tabular data\nin CSV format from sequence input.",
  methods: {
    writerow: [
      "row, /",
      "Construct and write a CSV record from an iterable of fields.\n\nNon-string elements will be converted to string.",
      (w: PyWriter, row: Value) => w.writerow(row),
    ],
    writerows: [
      "rows, /",
      "Construct and write a series of iterables to a csv file.\n\nNon-string elements will be converted to string.",
      (w: PyWriter, rows: Value) => {
        const it = getIter(rows);
        for (let r = iterNext(it); r !== undefined; r = iterNext(it)) w.writerow(r);
        return None;
      },
    ],
  },
  members: { dialect: (w: PyWriter) => w.dialect },
});

// ---- the module ----------------------------------------------------------------------------

function registerDialect(_m: Value, args: Value[], kwnames?: KwNames): Value {
  const [name, dialect, values] = splitArgs("register_dialect", args, kwnames);
  if (!isStr(name)) throw typeError("dialect name must be a string");
  state().dialects.set(name, makeDialect(dialect, values, kwnames));
  return None;
}

export const spec: ModuleSpec = {
  name: "_csv",
  doc: "CSV parsing and writing.\n",
  functions: {
    reader: [
      "iterable, /, dialect='excel', **fmtparams",
      "Return a reader object that will process lines from the given iterable.\n\n" +
      "The iterable gives strings, one line each. The dialect is a registered name, a Dialect or a class with its\n" +
      "attributes; keyword arguments override single parameters.",
      (_m: Value, args: Value[], kwnames?: KwNames) => {
        const [iterable, dialect, values] = splitArgs("reader", args, kwnames);
        const it = getIter(iterable);
        return new PyReader(it, makeDialect(dialect, values, kwnames));
      },
      M_VECTOR,
    ],
    writer: [
      "fileobj, /, dialect='excel', **fmtparams",
      "Return a writer object that will write user data on the given file object.\n\n" +
      "The file object has a write method. dialect and keyword arguments are those of reader.",
      (_m: Value, args: Value[], kwnames?: KwNames) => {
        const [file, dialect, values] = splitArgs("writer", args, kwnames);
        const d = makeDialect(dialect, values, kwnames);
        const write = lookupAttr(file, "write");
        if (write === undefined || !isCallable(write)) throw typeError('argument 1 must have a "write" method');
        return new PyWriter(write, d);
      },
      M_VECTOR,
    ],
    list_dialects: ["", "Return a list of all known dialect names.", () => new PyList(state().dialects.keyArray())],
    register_dialect: [
      "name, /, dialect='excel', **fmtparams",
      "Create a mapping from a string name to a CVS dialect.\n\nThe dialect and the keyword arguments are those of reader.",
      registerDialect,
      M_VECTOR,
    ],
    unregister_dialect: [
      "name",
      "Delete the name/dialect mapping associated with a string name.",
      (_m: Value, name: Value) => {
        if (state().dialects.delete(name) === undefined) throw csvError("unknown dialect");
        return None;
      },
    ],
    get_dialect: [
      "name",
      "Return the dialect instance associated with name.",
      (_m: Value, name: Value) => getDialect(name),
    ],
    field_size_limit: [
      "new_limit=<unrepresentable>",
      "Sets an upper limit on parsed fields.\n\nReturns old limit. If limit is not given, no new limit is set and\nthe old limit is returned",
      (_m: Value, limit?: Value) => {
        const s = state(), old = s.limit;
        if (limit !== undefined) {
          if (typeof limit !== "number" && typeof limit !== "bigint") throw typeError("limit must be an integer");
          s.limit = asSsize(limit);
        }
        return old;
      },
    ],
  },
  types: { Dialect: dialectType, Reader: readerType, Writer: writerType },
  constants: {
    QUOTE_MINIMAL: MINIMAL,
    QUOTE_ALL: ALL,
    QUOTE_NONNUMERIC: NONNUMERIC,
    QUOTE_NONE: NONE,
    QUOTE_STRINGS: STRINGS,
    QUOTE_NOTNULL: NOTNULL,
    Error: () => state().error,
    _dialects: () => state().dialects,
  },
};
