// CPython 3.14: Objects/codeobject.c (what Python sees of a code object)
//
// Code made here (`CodeType(...)`, `replace`) is checked as CPython checks it,
// which says nothing of the instructions; those are verified when the code is
// first prepared (`verified` is false until then).

import { codeEquals } from "../compile/consts.ts";
import { asInt32, typeNameOf } from "../objects/abstract.ts";
import {
  indexError,
  systemError,
  typeError,
  valueError,
} from "../objects/errors.ts";
import { DeprecationWarning } from "../objects/exceptions.ts";
import { hashTuple } from "../objects/hash.ts";
import { idOf } from "../objects/identity.ts";
import { nameValue, utf16 } from "../objects/names.ts";
import {
  builtinType,
  codeType,
  EQ,
  isInstance,
  type KwNames,
  M_VECTOR,
  NE,
  None,
  NotImplemented,
  PyBytes,
  PyObject,
  PyStrSub,
  PyTuple,
  type PyType,
  PyWideStr,
  setSpec,
  strType,
  type Value,
} from "../objects/object.ts";
import { joinStrs } from "../objects/repr_guard.ts";
import { cur } from "../objects/state.ts";
import { ByteWriter } from "./bytewriter.ts";
import { initOf, localsplus, PyCode, totalArgs } from "./code.ts";
import { coLines, coPositions, parseLocations } from "./locations.ts";
import { CACHES } from "./opcodes.ts";
import * as N from "./opnums.ts";
import { ensureVerified, VerifyError } from "./verify.ts";

const names = (list: readonly string[]) => new PyTuple(list.map(nameValue));
const numberOrNone = (n: number | null): Value => n === null ? None : n;

// Iterators

export const lineIteratorType: PyType = builtinType(
  "line_iterator",
  undefined,
  true,
);
export const positionsIteratorType: PyType = builtinType(
  "positions_iterator",
  undefined,
  true,
);

/** Tuples of ints, made one by one. */
class RowIterator extends PyObject {
  readonly rows: readonly (readonly (number | null)[])[];
  at = 0;

  constructor(cls: PyType, rows: readonly (readonly (number | null)[])[]) {
    super(cls);
    this.rows = rows;
  }
}

for (const type of [lineIteratorType, positionsIteratorType]) {
  setSpec(type, {
    slots: {
      tp_iter: (self) => self,
      tp_iternext: (self) => {
        const it = self as RowIterator;
        const row = it.rows[it.at++];
        return row && new PyTuple(row.map(numberOrNone));
      },
    },
  });
}

/** `co_branches()`: offsets of a branch, of the way on, and of the way off. */
function branches(code: PyCode): number[][] {
  const bytes = code.co_code;
  const out: number[][] = [];
  let arg = 0;
  for (let unit = 0; unit * 2 < bytes.length;) {
    const op = bytes[unit * 2];
    arg = arg << 8 | bytes[unit * 2 + 1];
    const next = unit + 1 + CACHES[op];
    switch (op) {
      case N.EXTENDED_ARG:
        unit = next;
        continue;
      case N.POP_JUMP_IF_FALSE:
      case N.POP_JUMP_IF_TRUE:
      case N.POP_JUMP_IF_NONE:
      case N.POP_JUMP_IF_NOT_NONE:
        out.push([unit * 2, (next + 1) * 2, (next + arg) * 2]);
        break;
      case N.FOR_ITER:
        out.push([unit * 2, next * 2, (next + arg + 1) * 2]);
        break;
      case N.END_ASYNC_FOR: {
        const from = next - arg;
        out.push([from * 2, (from + 2) * 2, next * 2]);
        break;
      }
    }
    arg = 0;
    unit = next;
  }
  return out;
}

/** The line table in the form that was current until 3.9. */
function lnotab(code: PyCode): PyBytes {
  const out = new ByteWriter();
  let offset = 0, line = code.co_firstlineno;
  for (
    const p of parseLocations(code.co_linetable, code.co_firstlineno)
  ) {
    if (p.lineno === null || p.lineno === line) continue;
    let bytes = p.start * 2 - offset, lines = p.lineno - line;
    for (; bytes > 255; bytes -= 255) out.u16(255);
    for (; lines > 127; lines -= 127, bytes = 0) out.u16(bytes | 127 << 8);
    for (; lines < -128; lines += 128, bytes = 0) out.u16(bytes | 128 << 8);
    out.u16(bytes | (lines & 255) << 8);
    offset = p.start * 2;
    line = p.lineno;
  }
  return new PyBytes(out.finish());
}

// Making

/** Fields by the names that replace() knows, with their kinds. */
const FIELDS:
  readonly (readonly [string, "int" | "bytes" | "tuple" | "str"])[] = [
    ["co_argcount", "int"],
    ["co_posonlyargcount", "int"],
    ["co_kwonlyargcount", "int"],
    ["co_nlocals", "int"],
    ["co_stacksize", "int"],
    ["co_flags", "int"],
    ["co_code", "bytes"],
    ["co_consts", "tuple"],
    ["co_names", "tuple"],
    ["co_varnames", "tuple"],
    ["co_filename", "str"],
    ["co_name", "str"],
    ["co_qualname", "str"],
    ["co_firstlineno", "int"],
    ["co_linetable", "bytes"],
    ["co_exceptiontable", "bytes"],
    ["co_freevars", "tuple"],
    ["co_cellvars", "tuple"],
  ];

function fieldValue(
  kind: "int" | "bytes" | "tuple" | "str",
  v: Value,
  where: string,
): Value {
  const ok = kind === "int"
    ? true
    : kind === "bytes"
    ? v instanceof PyBytes
    : kind === "tuple"
    ? v instanceof PyTuple
    : isInstance(v, strType);
  if (!ok) {
    throw typeError(`${where} must be ${kind}, not ${typeNameOf(v)}`);
  }
  return kind === "int" ? asInt32(v) : v;
}

function text(v: Value): string {
  if (v instanceof PyStrSub) v = v.v;
  if (typeof v === "string") return v;
  if (v instanceof PyWideStr) return utf16(v);
  throw systemError("non-string found in code slot");
}

const texts = (v: Value) => (v as PyTuple).items.map(text);

/** A code object from all 18 fields. */
function makeCode(f: Map<string, Value>): PyCode {
  const int = (name: string) => f.get(name) as number;
  const bytes = (name: string) => (f.get(name) as PyBytes).b;
  for (
    const name of [
      "co_argcount",
      "co_posonlyargcount",
      "co_kwonlyargcount",
      "co_nlocals",
      "co_stacksize",
      "co_flags",
    ]
  ) {
    if (int(name) < 0) {
      throw valueError(`${name} must be a positive integer`);
    }
  }
  const varnames = texts(f.get("co_varnames")!);
  const cellvars = texts(f.get("co_cellvars")!);
  const freevars = texts(f.get("co_freevars")!);
  const co_names = texts(f.get("co_names")!);
  if (int("co_nlocals") !== varnames.length) {
    throw valueError("code: co_nlocals != len(co_varnames)");
  }
  const [co_argcount, co_posonlyargcount, co_kwonlyargcount, co_flags] = [
    int("co_argcount"),
    int("co_posonlyargcount"),
    int("co_kwonlyargcount"),
    int("co_flags"),
  ];
  const co_code = bytes("co_code");
  if (co_posonlyargcount > co_argcount) {
    throw systemError("bad argument to internal function");
  }
  if (co_code.length === 0 || co_code.length % 2 !== 0) {
    throw valueError("code: co_code is malformed");
  }
  const plus = localsplus(
    varnames,
    cellvars,
    freevars,
    co_argcount,
    co_posonlyargcount,
    co_kwonlyargcount,
    co_flags,
  );
  const code = new PyCode({
    co_argcount,
    co_posonlyargcount,
    co_kwonlyargcount,
    co_stacksize: int("co_stacksize"),
    co_flags,
    co_code,
    co_consts: (f.get("co_consts") as PyTuple).items,
    co_names,
    co_localsplusnames: plus.names,
    co_localspluskinds: plus.kinds,
    co_filename: f.get("co_filename")!,
    co_name: text(f.get("co_name")!),
    co_qualname: text(f.get("co_qualname")!),
    co_firstlineno: int("co_firstlineno"),
    co_linetable: bytes("co_linetable"),
    co_exceptiontable: bytes("co_exceptiontable"),
  }, false);
  if (totalArgs(code) > varnames.length) {
    throw valueError("code: co_varnames is too small");
  }
  return code;
}

function codeNew(_type: PyType, args: Value[], kwnames?: KwNames): Value {
  if (kwnames !== undefined && kwnames.length > 0) {
    throw typeError("code() takes no keyword arguments");
  }
  if (args.length < 16 || args.length > 18) {
    throw typeError(
      `code expected at ${
        args.length < 16 ? "least 16" : "most 18"
      } arguments, got ${args.length}`,
    );
  }
  const fields = new Map<string, Value>([
    ["co_freevars", new PyTuple([])],
    ["co_cellvars", new PyTuple([])],
  ]);
  args.forEach((v, i) => {
    const [name, kind] = FIELDS[i];
    fields.set(name, fieldValue(kind, v, `code() argument ${i + 1}`));
  });
  return makeCode(fields);
}

function replace(
  code: PyCode,
  args: Value[],
  kwnames: KwNames | undefined,
  name: string,
): Value {
  const changes = kwnames ?? [];
  if (args.length > changes.length) {
    throw typeError(`${name}() takes no positional arguments`);
  }
  const fields = new Map<string, Value>();
  for (const [field] of FIELDS) fields.set(field, fieldOf(code, field));
  changes.forEach((field, i) => {
    const row = FIELDS.find(([known]) => known === field);
    if (row === undefined) {
      throw typeError(
        `${name}() got an unexpected keyword argument '${field}'`,
      );
    }
    fields.set(
      field,
      fieldValue(row[1], args[i], `${name}() argument '${field}'`),
    );
  });
  if (changes.includes("co_varnames") && !changes.includes("co_nlocals")) {
    fields.set(
      "co_nlocals",
      (fields.get("co_varnames") as PyTuple).items.length,
    );
  }
  const made = makeCode(fields);
  const own = ["co_varnames", "co_cellvars", "co_freevars"];
  if (changes.some((field) => own.includes(field))) return made;
  // Hidden locals keep their kind where the variables are the same.
  return new PyCode({
    ...initOf(made),
    co_localsplusnames: code.co_localsplusnames,
    co_localspluskinds: made.co_localspluskinds.map((kind, i) =>
      kind | code.co_localspluskinds[i] & 0x10
    ),
  }, false);
}

function fieldOf(code: PyCode, field: string): Value {
  switch (field) {
    case "co_code":
    case "co_linetable":
    case "co_exceptiontable":
      return new PyBytes(code[field]);
    case "co_consts":
      return new PyTuple(code.co_consts);
    case "co_names":
    case "co_varnames":
    case "co_cellvars":
    case "co_freevars":
      return names(code[field]);
    case "co_name":
    case "co_qualname":
      return nameValue(code[field]);
  }
  return (code as unknown as Record<string, Value>)[field];
}

function member(field: string): (code: PyCode) => Value {
  return (code) => fieldOf(code, field);
}

/** Verifies code from outside before it is prepared; SystemError if it is bad. */
export function requireVerified(code: PyCode): void {
  try {
    ensureVerified(code);
  } catch (e) {
    if (!(e instanceof VerifyError)) throw e;
    throw systemError(`bad code object '${code.co_name}': ${e.message}`);
  }
}

setSpec(codeType, {
  doc: "Create a code object.  Not for the faint of heart.",
  slots: {
    tp_new: codeNew,
    tp_repr: (self) => {
      const code = self as PyCode;
      const id = idOf(code).toString(16);
      return joinStrs([
        "<code object ",
        nameValue(code.co_name) as string,
        ` at 0x${id}, file "`,
        code.co_filename as string,
        `", line ${code.co_firstlineno}>`,
      ]);
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
        new PyBytes(c.co_code),
        new PyTuple(c.co_consts),
        names(c.co_names),
        names(c.co_localsplusnames),
        new PyBytes(c.co_linetable),
        new PyBytes(c.co_exceptiontable),
      ]);
    },
    tp_richcompare: (self, other, op) => {
      if ((op !== EQ && op !== NE) || !(other instanceof PyCode)) {
        return NotImplemented;
      }
      return codeEquals(self as PyCode, other) === (op === EQ);
    },
  },
  methods: {
    co_lines: [
      "",
      "",
      (code: PyCode): Value =>
        new RowIterator(
          lineIteratorType,
          coLines(code.co_linetable, code.co_firstlineno)
            .map(([start, end, line]) => [start * 2, end * 2, line]),
        ),
    ],
    co_positions: [
      "",
      "",
      (code: PyCode): Value =>
        new RowIterator(
          positionsIteratorType,
          coPositions(code.co_linetable, code.co_firstlineno),
        ),
    ],
    co_branches: [
      "",
      "",
      (code: PyCode): Value =>
        new RowIterator(lineIteratorType, branches(code)),
    ],
    replace: [
      "**changes",
      "A code object like this one, except for the fields given.",
      (code: PyCode, args: Value[], kwnames?: KwNames): Value =>
        replace(code, args, kwnames, "replace"),
      M_VECTOR,
    ],
    __replace__: [
      "**changes",
      "What replace() does.",
      (code: PyCode, args: Value[], kwnames?: KwNames): Value =>
        replace(code, args, kwnames, "__replace__"),
      M_VECTOR,
    ],
    _varname_from_oparg: [
      "oparg",
      "The name of the variable that an instruction's argument stands for.",
      (code: PyCode, oparg: Value): Value => {
        const name = code.co_localsplusnames[asInt32(oparg)];
        if (name === undefined) throw indexError("tuple index out of range");
        return nameValue(name);
      },
    ],
  },
  getset: {
    co_code: [member("co_code")],
    _co_code_adaptive: [member("co_code")],
    co_varnames: [member("co_varnames")],
    co_cellvars: [member("co_cellvars")],
    co_freevars: [member("co_freevars")],
    co_lnotab: [(code: PyCode): Value => {
      cur.interp.warn(
        DeprecationWarning,
        "co_lnotab is deprecated, use co_lines instead.",
        1,
      );
      return lnotab(code);
    }],
  },
  members: {
    co_argcount: (code: PyCode) => code.co_argcount,
    co_posonlyargcount: (code: PyCode) => code.co_posonlyargcount,
    co_kwonlyargcount: (code: PyCode) => code.co_kwonlyargcount,
    co_nlocals: (code: PyCode) => code.co_nlocals,
    co_stacksize: (code: PyCode) => code.co_stacksize,
    co_flags: (code: PyCode) => code.co_flags,
    co_consts: member("co_consts"),
    co_names: member("co_names"),
    co_filename: (code: PyCode) => code.co_filename,
    co_name: member("co_name"),
    co_qualname: member("co_qualname"),
    co_firstlineno: (code: PyCode) => code.co_firstlineno,
    co_linetable: member("co_linetable"),
    co_exceptiontable: member("co_exceptiontable"),
  },
});
