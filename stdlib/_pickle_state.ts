// CPython 3.14: Modules/_pickle.c (module state, opcodes)
//
// The opcodes, the exceptions, and the tables of other modules that pickling looks things up in.

import { type PyBaseException, PyTuple, type PyType, typeType, type Value } from "../core/objects/object.ts";
import { getAttr } from "../core/objects/abstract.ts";
import { newErrorArgs, runtimeError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { newClass } from "../core/objects/type_new.ts";

export const HIGHEST_PROTOCOL = 5, DEFAULT_PROTOCOL = 5;

function code(c: string): number {
  return c.charCodeAt(0);
}
export const MARK = code("("),
  STOP = code("."),
  POP = code("0"),
  POP_MARK = code("1"),
  DUP = code("2"),
  FLOAT = code("F"),
  INT = code("I"),
  BININT = code("J"),
  BININT1 = code("K"),
  LONG = code("L"),
  BININT2 = code("M"),
  NONE = code("N"),
  PERSID = code("P"),
  BINPERSID = code("Q"),
  REDUCE = code("R"),
  STRING = code("S"),
  BINSTRING = code("T"),
  SHORT_BINSTRING = code("U"),
  UNICODE = code("V"),
  BINUNICODE = code("X"),
  APPEND = code("a"),
  BUILD = code("b"),
  GLOBAL = code("c"),
  DICT = code("d"),
  EMPTY_DICT = code("}"),
  APPENDS = code("e"),
  GET = code("g"),
  BINGET = code("h"),
  INST = code("i"),
  LONG_BINGET = code("j"),
  LIST = code("l"),
  EMPTY_LIST = code("]"),
  OBJ = code("o"),
  PUT = code("p"),
  BINPUT = code("q"),
  LONG_BINPUT = code("r"),
  SETITEM = code("s"),
  TUPLE = code("t"),
  EMPTY_TUPLE = code(")"),
  SETITEMS = code("u"),
  BINFLOAT = code("G"),
  PROTO = 0x80,
  NEWOBJ = 0x81,
  EXT1 = 0x82,
  EXT2 = 0x83,
  EXT4 = 0x84,
  TUPLE1 = 0x85,
  TUPLE2 = 0x86,
  TUPLE3 = 0x87,
  NEWTRUE = 0x88,
  NEWFALSE = 0x89,
  LONG1 = 0x8a,
  LONG4 = 0x8b,
  BINBYTES = code("B"),
  SHORT_BINBYTES = code("C"),
  SHORT_BINUNICODE = 0x8c,
  BINUNICODE8 = 0x8d,
  BINBYTES8 = 0x8e,
  EMPTY_SET = 0x8f,
  ADDITEMS = 0x90,
  FROZENSET = 0x91,
  NEWOBJ_EX = 0x92,
  STACK_GLOBAL = 0x93,
  MEMOIZE = 0x94,
  FRAME = 0x95,
  BYTEARRAY8 = 0x96,
  NEXT_BUFFER = 0x97,
  READONLY_BUFFER = 0x98;

interface PickleState {
  PickleError: PyType;
  PicklingError: PyType;
  UnpicklingError: PyType;
  tables: Map<string, Value>;
}
const KEY = {};
function makeState(): PickleState {
  const make = (name: string, base: PyType): PyType => {
    const d = new PyDict();
    d.setStr("__module__", "_pickle");
    return newClass(typeType, name, [base], d);
  };
  const PickleError = make("PickleError", X.Exception);
  return {
    PickleError,
    PicklingError: make("PicklingError", PickleError),
    UnpicklingError: make("UnpicklingError", PickleError),
    tables: new Map(),
  };
}
export function state(): PickleState {
  return interpStore(KEY, makeState);
}
export function picklingError(text: string): PyBaseException {
  return newErrorArgs(state().PicklingError, [X.textValue(text)]);
}
export function unpicklingError(text: string): PyBaseException {
  return newErrorArgs(state().UnpicklingError, [X.textValue(text)]);
}

/** An attribute of another module, looked up once. */
export function known(module: string, name: string): Value {
  const t = state().tables, key = `${module}.${name}`;
  let v = t.get(key);
  if (v === undefined) t.set(key, v = getAttr(cur.interp.importModule(module), name));
  return v;
}
/** A dict of another module. */
export function table(module: string, name: string): PyDict {
  const v = known(module, name);
  if (!(v instanceof PyDict)) {
    throw runtimeError(`${module}.${name} should be a dict, not ${(v as PyDict).cls?.name ?? typeof v}`);
  }
  return v;
}
/** A pair as a key. */
export function pairKey(a: Value, b: Value): PyTuple {
  return new PyTuple([a, b]);
}
