// CPython 3.14: Objects/codeobject.c (what Python sees of code objects)

import {
  builtinType,
  codeType,
  EQ,
  type KwNames,
  M_VECTOR,
  NE,
  None,
  NotImplemented,
  PyBytes,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeOf,
  type Value,
} from "./object.ts";
import { indexError, overflowError, systemError, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { asIndex, isStr, strValue } from "./abstract.ts";
import { constsHere } from "./code_consts.ts";
import { cur } from "./state.ts";
import { hashTuple } from "./hash.ts";
import { nameValue, utf16 } from "./names.ts";
import { addressOf } from "./native_call.ts";
import { joinStrs } from "./repr_guard.ts";
import { type CodeInit, initOf, localsplus, PyCode, totalArgs } from "../code/code.ts";
import { withoutColumns } from "../code/location_writer.ts";
import { coLines, coPositions } from "../code/locations.ts";
import { CACHES } from "../code/opcodes.ts";
import { constKey } from "../code/constkey.ts";
import * as O from "../code/opnums.ts";

/** The Python values of a code object's fields, each made once. */
class Shown {
  readonly code: PyCode;
  readonly made: Map<string, Value> = new Map();
  constructor(code: PyCode) {
    this.code = code;
  }
}
const shown: WeakMap<PyCode, Shown> = new WeakMap();
function cached(code: PyCode, name: string, make: () => Value): Value {
  let s = shown.get(code);
  if (s === undefined) shown.set(code, s = new Shown(code));
  let v = s.made.get(name);
  if (v === undefined) s.made.set(name, v = make());
  return v;
}
/** The Python values of tables that several code objects may share. */
const ofTables: WeakMap<object, Value> = new WeakMap();
function ofTable(table: object, make: () => Value): Value {
  let v = ofTables.get(table);
  if (v === undefined) ofTables.set(table, v = make());
  return v;
}
function names(list: readonly string[]): PyTuple {
  return new PyTuple(list.map(nameValue));
}
const tupleField = (field: "co_names" | "co_varnames" | "co_cellvars" | "co_freevars") => (c: PyCode): Value =>
  cached(c, field, () => names(c[field]));
const bytesField = (field: "co_code" | "co_linetable" | "co_exceptiontable") => (c: PyCode): Value =>
  ofTable(c[field], () => new PyBytes(c[field]));

/** A C int, as Argument Clinic converts one. */
function asInt32(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint" || n > 0x7fffffff || n < -0x80000000) {
    throw overflowError("Python int too large to convert to C int");
  }
  return n;
}

// ---- making ---------------------------------------------------------------------------------

function nameList(v: Value): string[] {
  const out: string[] = [];
  for (const n of (v as PyTuple).items) {
    if (!isStr(n)) {
      throw typeError(
        `name tuples must contain only strings, not '${typeOf(n).name}'`,
      );
    }
    out.push(utf16(strValue(n)));
  }
  return out;
}

/** Checks the fields and makes the code object (_PyCode_Validate, _PyCode_New). */
function build(
  init: Omit<CodeInit, "co_localsplusnames" | "co_localspluskinds">,
  nlocals: number,
  varnames: string[],
  cellvars: string[],
  freevars: string[],
): PyCode {
  if (
    init.co_argcount < init.co_posonlyargcount || init.co_posonlyargcount < 0 ||
    init.co_kwonlyargcount < 0 ||
    init.co_stacksize < 0 || init.co_flags < 0
  ) {
    throw systemError("bad argument to internal function");
  }
  if (init.co_code.length % 2 !== 0) {
    throw valueError("code: co_code is malformed");
  }
  const lp = localsplus(
    varnames,
    cellvars,
    freevars,
    init.co_argcount,
    init.co_posonlyargcount,
    init.co_kwonlyargcount,
    init.co_flags,
  );
  const code = new PyCode({
    ...init,
    co_localsplusnames: lp.names,
    co_localspluskinds: lp.kinds,
    co_linetable: cur.interp.noColumns ? withoutColumns(init.co_linetable, init.co_firstlineno) : init.co_linetable,
  }, false);
  if (totalArgs(code) > varnames.length) {
    throw valueError("code: co_varnames is too small");
  }
  if (nlocals !== varnames.length) {
    throw valueError("code: co_nlocals != len(co_varnames)");
  }
  return code;
}

function codeNew(_t: PyType, args: Value[], kw?: KwNames): Value {
  if (kw !== undefined && kw.length > 0) {
    throw typeError("code() takes no keyword arguments");
  }
  const n = args.length;
  if (n < 16) throw typeError(`code expected at least 16 arguments, got ${n}`);
  if (n > 18) throw typeError(`code expected at most 18 arguments, got ${n}`);
  const int = (i: number) => asInt32(args[i]);
  const check = (i: number, ok: boolean, type: string) => {
    if (!ok) {
      throw typeError(
        `code() argument ${i + 1} must be ${type}, not ${args[i] === None ? "None" : typeOf(args[i]).name}`,
      );
    }
  };
  const bytes = (i: number) => {
    check(i, args[i] instanceof PyBytes, "bytes");
    return (args[i] as PyBytes).b;
  };
  const tuple = (i: number) => {
    check(i, args[i] instanceof PyTuple, "tuple");
    return args[i] as PyTuple;
  };
  const text = (i: number) => {
    check(i, isStr(args[i]), "str");
    return strValue(args[i]);
  };
  const [argcount, posonly, kwonly, nlocals, stacksize, flags] = [
    int(0),
    int(1),
    int(2),
    int(3),
    int(4),
    int(5),
  ];
  const co_code = bytes(6),
    consts = tuple(7),
    nameTuple = tuple(8),
    varTuple = tuple(9);
  const filename = text(10),
    name = text(11),
    qualname = text(12),
    firstlineno = int(13);
  const linetable = bytes(14), exceptiontable = bytes(15);
  const free = n > 16 ? tuple(16) : new PyTuple([]),
    cell = n > 17 ? tuple(17) : new PyTuple([]);
  const notNegative = (v: number, what: string) => {
    if (v < 0) throw valueError(`code: ${what} must not be negative`);
  };
  notNegative(argcount, "argcount");
  notNegative(posonly, "posonlyargcount");
  notNegative(kwonly, "kwonlyargcount");
  notNegative(nlocals, "nlocals");
  return build(
    {
      co_argcount: argcount,
      co_posonlyargcount: posonly,
      co_kwonlyargcount: kwonly,
      co_stacksize: stacksize,
      co_flags: flags,
      co_code,
      co_consts: consts.items,
      co_names: nameList(nameTuple),
      co_filename: filename,
      co_name: utf16(name),
      co_qualname: utf16(qualname),
      co_firstlineno: firstlineno,
      co_linetable: linetable,
      co_exceptiontable: exceptiontable,
    },
    nlocals,
    nameList(varTuple),
    nameList(cell),
    nameList(free),
  );
}

const INTS = [
  "co_argcount",
  "co_posonlyargcount",
  "co_kwonlyargcount",
  "co_nlocals",
  "co_stacksize",
  "co_flags",
  "co_firstlineno",
];
const BYTES = ["co_code", "co_linetable", "co_exceptiontable"];
const TUPLES = [
  "co_consts",
  "co_names",
  "co_varnames",
  "co_freevars",
  "co_cellvars",
];
const TEXTS = ["co_filename", "co_name", "co_qualname"];

function codeReplace(code: PyCode, args: Value[], kw?: KwNames): Value {
  if (args.length - (kw?.length ?? 0) > 0) {
    throw typeError("replace() takes no positional arguments");
  }
  const v: Map<string, Value> = new Map();
  kw?.forEach((k, i) => {
    const a = args[i];
    const bad = (type: string) =>
      typeError(
        `replace() argument '${k}' must be ${type}, not ${a === None ? "None" : typeOf(a).name}`,
      );
    if (INTS.includes(k)) v.set(k, asInt32(a));
    else if (BYTES.includes(k)) {
      if (!(a instanceof PyBytes)) throw bad("bytes");
      v.set(k, a);
    } else if (TUPLES.includes(k)) {
      if (!(a instanceof PyTuple)) throw bad("tuple");
      v.set(k, a);
    } else if (TEXTS.includes(k)) {
      if (!isStr(a)) throw bad("str");
      v.set(k, strValue(a));
    } else {throw typeError(
        `replace() got an unexpected keyword argument '${k}'`,
      );}
  });
  const int = (k: string, old: number): number => {
    const n = v.get(k) as number | undefined;
    if (n !== undefined && n < 0) {
      throw valueError(`${k} must be a positive integer`);
    }
    return n ?? old;
  };
  const list = (k: string, old: readonly string[]): string[] => {
    const t = v.get(k) as PyTuple | undefined;
    if (t === undefined) return old.slice();
    return t.items.map((n) => {
      if (!isStr(n) || typeof n === "object" && n.cls.name !== "str") {
        throw systemError("non-string found in code slot");
      }
      return utf16(strValue(n));
    });
  };
  const bytes = (k: string, old: Uint8Array): Uint8Array => (v.get(k) as PyBytes | undefined)?.b ?? old;
  const text = (k: string, old: string): string => {
    const t = v.get(k);
    return t === undefined ? old : utf16(strValue(t));
  };
  const old = initOf(code);
  return build(
    {
      co_argcount: int("co_argcount", old.co_argcount),
      co_posonlyargcount: int("co_posonlyargcount", old.co_posonlyargcount),
      co_kwonlyargcount: int("co_kwonlyargcount", old.co_kwonlyargcount),
      co_stacksize: int("co_stacksize", old.co_stacksize),
      co_flags: int("co_flags", old.co_flags),
      co_code: bytes("co_code", old.co_code),
      co_consts: (v.get("co_consts") as PyTuple | undefined)?.items ??
        old.co_consts,
      co_names: list("co_names", old.co_names),
      co_filename: v.get("co_filename") ?? old.co_filename,
      co_name: text("co_name", old.co_name),
      co_qualname: text("co_qualname", old.co_qualname),
      co_firstlineno: int("co_firstlineno", old.co_firstlineno),
      co_linetable: bytes("co_linetable", old.co_linetable),
      co_exceptiontable: bytes("co_exceptiontable", old.co_exceptiontable),
    },
    int("co_nlocals", code.co_nlocals),
    list("co_varnames", code.co_varnames),
    list("co_cellvars", code.co_cellvars),
    list("co_freevars", code.co_freevars),
  );
}

// ---- comparing ------------------------------------------------------------------------------

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}
function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}
/** Do two constants have the same type and value (code objects compared as such)? */
function sameConst(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof PyCode) return b instanceof PyCode && sameCode(a, b);
  if (
    a instanceof PyTuple && b instanceof PyTuple &&
    a.items.length === b.items.length
  ) {
    return a.items.every((x, i) => sameConst(x, b.items[i]));
  }
  const k = constKey(a);
  return k !== undefined && k === constKey(b);
}
function sameCode(a: PyCode, b: PyCode): boolean {
  return a === b ||
    a.co_name === b.co_name && a.co_argcount === b.co_argcount &&
      a.co_posonlyargcount === b.co_posonlyargcount &&
      a.co_kwonlyargcount === b.co_kwonlyargcount &&
      a.co_flags === b.co_flags &&
      a.co_firstlineno === b.co_firstlineno &&
      sameBytes(a.co_code, b.co_code) &&
      a.co_consts.length === b.co_consts.length &&
      a.co_consts.every((x, i) => sameConst(x, b.co_consts[i])) &&
      sameNames(a.co_names, b.co_names) &&
      sameNames(a.co_localsplusnames, b.co_localsplusnames) &&
      sameBytes(a.co_localspluskinds, b.co_localspluskinds) &&
      sameBytes(a.co_linetable, b.co_linetable) &&
      sameBytes(a.co_exceptiontable, b.co_exceptiontable);
}

// ---- tables ---------------------------------------------------------------------------------

const lineIterType = builtinType("line_iterator", undefined, true);
const positionsIterType = builtinType("positions_iterator", undefined, true);
/** Rows of a table, as tuples. */
class PyRows extends PyObject {
  at = 0;
  constructor(cls: PyType, readonly rows: readonly (number | null)[][]) {
    super(cls);
  }
}
for (const t of [lineIterType, positionsIterType]) {
  setSpec(t, {
    slots: {
      tp_iter: (it) => it,
      tp_iternext: (self) => {
        const it = self as PyRows;
        if (it.at >= it.rows.length) return undefined;
        return new PyTuple(it.rows[it.at++].map((x) => x ?? None));
      },
    },
  });
}

/** `co_branches()`: offsets of each branch, of where it goes on, and of its jump target. */
function branches(code: PyCode): number[][] {
  const out: number[][] = [];
  const b = code.co_code;
  let arg = 0;
  for (let at = 0; 2 * at < b.length;) {
    const op = b[2 * at];
    arg = arg << 8 | b[2 * at + 1];
    let next = at + 1 + CACHES[op];
    switch (op) {
      case O.EXTENDED_ARG:
        at = next;
        continue;
      case O.POP_JUMP_IF_FALSE:
      case O.POP_JUMP_IF_TRUE:
      case O.POP_JUMP_IF_NONE:
      case O.POP_JUMP_IF_NOT_NONE:
        // NOT_TAKEN follows
        out.push([2 * at, 2 * (next + 1), 2 * (next + arg)]);
        next++;
        break;
      case O.FOR_ITER:
        // the target skips END_FOR and POP_ITER
        out.push([2 * at, 2 * next, 2 * (next + arg + 2)]);
        break;
      case O.END_ASYNC_FOR: {
        const src = next - arg;
        out.push([2 * src, 2 * (src + 2), 2 * next]);
        break;
      }
    }
    arg = 0;
    at = next;
  }
  return out;
}

/** The old line number table: pairs of deltas of offset and line. */
function lnotab(code: PyCode): Value {
  const out: number[] = [];
  let line = code.co_firstlineno, at = 0;
  for (const [start, , l] of coLines(code.co_linetable, code.co_firstlineno)) {
    if (l === null || l === line) continue;
    let db = 2 * start - at, dl = l - line;
    for (; db > 255; db -= 255) out.push(255, 0);
    for (; dl > 127; dl -= 127, db = 0) out.push(db, 127);
    for (; dl < -128; dl += 128, db = 0) out.push(db, 128);
    out.push(db, dl & 255);
    at = 2 * start;
    line = l;
  }
  return new PyBytes(Uint8Array.from(out));
}

setSpec(codeType, {
  doc: "Create a code object.  Not for the faint of heart.",
  sig:
    "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n     flags, codestring, constants, names, varnames, filename, name,\n     qualname, firstlineno, linetable, exceptiontable, freevars=(),\n     cellvars=(), /)",
  slots: {
    tp_new: codeNew,
    tp_repr: (self) => {
      const c = self as PyCode;
      const line = c.co_firstlineno === 0 ? -1 : c.co_firstlineno;
      const file = isStr(c.co_filename) ? joinStrs(['"', strValue(c.co_filename), '"']) : "???";
      return joinStrs([
        "<code object ",
        strValue(nameValue(c.co_name)),
        ` at ${addressOf(c)}, file `,
        file,
        `, line ${line}>`,
      ]);
    },
    tp_richcompare: (a, b, op) => {
      if ((op !== EQ && op !== NE) || !(b instanceof PyCode)) {
        return NotImplemented;
      }
      return sameCode(a as PyCode, b) === (op === EQ);
    },
    tp_hash: (self) => {
      const c = self as PyCode;
      return hashTuple([
        nameValue(c.co_name),
        c.co_argcount,
        c.co_posonlyargcount,
        c.co_kwonlyargcount,
        c.co_flags,
        c.co_firstlineno,
        names(c.co_names),
        names(c.co_localsplusnames),
        new PyBytes(c.co_code),
        new PyBytes(c.co_linetable),
        new PyBytes(c.co_exceptiontable),
      ]);
    },
  },
  methods: {
    __sizeof__: ["", "", (c: PyCode) => 200 + c.co_code.length],
    co_lines: [
      "",
      "",
      (c: PyCode) =>
        new PyRows(
          lineIterType,
          coLines(c.co_linetable, c.co_firstlineno).map((
            [s, e, l],
          ) => [2 * s, 2 * e, l]),
        ),
    ],
    co_branches: ["", "", (c: PyCode) => new PyRows(lineIterType, branches(c))],
    co_positions: [
      "",
      "",
      (c: PyCode) =>
        new PyRows(
          positionsIterType,
          coPositions(c.co_linetable, c.co_firstlineno),
        ),
    ],
    replace: [
      "**changes",
      "Return a copy of the code object with new values for the specified fields.",
      codeReplace,
      M_VECTOR,
    ],
    _varname_from_oparg: [
      "oparg",
      "(internal-only) The name of the local variable with this number.",
      (c: PyCode, i: Value) => {
        const n = asIndex(i);
        if (typeof n === "bigint") {
          throw overflowError("Python int too large to convert to C int");
        }
        const name = c.co_localsplusnames[n];
        if (name === undefined) throw indexError("tuple index out of range");
        return nameValue(name);
      },
    ],
    __replace__: ["**changes", "The same as replace().", codeReplace, M_VECTOR],
  },
  members: {
    co_argcount: (c: PyCode) => c.co_argcount,
    co_posonlyargcount: (c: PyCode) => c.co_posonlyargcount,
    co_kwonlyargcount: (c: PyCode) => c.co_kwonlyargcount,
    co_stacksize: (c: PyCode) => c.co_stacksize,
    co_flags: (c: PyCode) => c.co_flags,
    co_nlocals: (c: PyCode) => c.co_nlocals,
    co_consts(c: PyCode) {
      const consts = constsHere(c);
      return ofTable(consts, () => new PyTuple(consts));
    },
    co_names: tupleField("co_names"),
    co_filename: (c: PyCode) => c.co_filename,
    co_name: (c: PyCode) => nameValue(c.co_name),
    co_qualname: (c: PyCode) => nameValue(c.co_qualname),
    co_firstlineno: (c: PyCode) => c.co_firstlineno,
    co_linetable: bytesField("co_linetable"),
    co_exceptiontable: bytesField("co_exceptiontable"),
  },
  getset: {
    co_lnotab: [(c: PyCode) => {
      cur.interp.warn(
        X.DeprecationWarning,
        "co_lnotab is deprecated, use co_lines instead.",
        1,
      );
      return lnotab(c);
    }],
    _co_code_adaptive: [(c: PyCode) => new PyBytes(cur.interp.adaptiveCode(c))],
    co_varnames: [tupleField("co_varnames")],
    co_cellvars: [tupleField("co_cellvars")],
    co_freevars: [tupleField("co_freevars")],
    co_code: [bytesField("co_code")],
  },
});
