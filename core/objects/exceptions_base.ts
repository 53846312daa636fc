// CPython 3.14: Objects/exceptions.c (BaseException, and the types that add little to it)
//
// An exception is the object that is thrown. `args` is a tuple; traceback, context, cause are plain
// fields. Creation goes `__new__` (allocates the JavaScript class that the type's layout asks for,
// and sets args) then `__init__` (sets args again, and the fields of the subclass from them).

import { argTypeName } from "./type_name.ts";
import {
  type KwNames,
  None,
  PyBaseException,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  PyWideStr,
  setSpec,
  type Slots,
  type Str,
  TF_HEAPTYPE,
  tracebackType,
  type TypeSpec,
  type Value,
} from "./object.ts";
import { unexpectedKeyword } from "./native.ts";
import * as T from "./exception_types.ts";
import { allocException, setAlloc } from "./exception_types.ts";
import { typeError } from "./errors.ts";
import { call, isStr, iterToArray, lookupAttr, reprStr, setAttr, strOf } from "./abstract.ts";
import { getDictAttr, setDictAttr } from "./attr.ts";
import { attrName } from "./names.ts";
import { strConcat } from "./str.ts";
import { PyDict } from "./dict.ts";
import { typeName } from "./object.ts";

/** A JavaScript string as a str value: wide if it holds a surrogate code unit (pairs are joined). */
export function textValue(s: string): Str {
  let i = 0;
  while (i < s.length && (s.charCodeAt(i) & 0xf800) !== 0xd800) i++;
  if (i === s.length) return s;
  const cps = new Uint32Array(s.length);
  let n = 0;
  for (let k = 0; k < s.length; n++) {
    const c = s.codePointAt(k)!;
    cps[n] = c;
    k += c > 0xffff ? 2 : 1;
  }
  return new PyWideStr(cps.slice(0, n));
}

/** Is this thrown thing an exception of one of these types (no guest code)? */
export function isOf(e: unknown, ...types: PyType[]): boolean {
  return e instanceof PyBaseException &&
    types.some((t) => e.cls === t || e.cls.mro.includes(t));
}

/** `parts` joined into one str value. */
export function concat(...parts: Value[]): Value {
  return strConcat(parts);
}

/** The last part of a type's name: how an exception names its type in its repr. */
export function shortName(t: PyType): string {
  const dot = t.name.lastIndexOf(".");
  return dot < 0 ? t.name : t.name.slice(dot + 1);
}

/** Is `v` an exception type (PyExceptionClass_Check)? */
export function isExceptionClass(v: Value): v is PyType {
  return v instanceof PyObject && "mro" in v &&
    (v as PyType).mro.includes(T.BaseException);
}

/**
 * An exception of a type with these arguments. Of a builtin type it is made without looking up
 * anything; a heap type is called.
 */
export function makeException(type: PyType, args: PyTuple): PyBaseException {
  if ((type.flags & TF_HEAPTYPE) !== 0) {
    const e = call(type, args.items.slice());
    if (e instanceof PyBaseException) return e;
    return typeError(
      `calling ${asciiName(type)} should have returned an instance of BaseException, not ${typeName(e)}`,
    );
  }
  if (type.layout === T.BaseException) return new PyBaseException(type, args);
  const e = type.tp_new!(type, args.items) as PyBaseException;
  type.tp_init!(e, args.items);
  return e;
}
function asciiName(type: PyType): Value {
  return reprStr(type);
}

/** The positional arguments of a call. */
export function positional(args: Value[], kwnames?: KwNames): Value[] {
  return kwnames === undefined || kwnames.length === 0 ? args : args.slice(0, args.length - kwnames.length);
}

/** A tuple of the positional arguments. */
export function argsTuple(args: Value[], kwnames?: KwNames): PyTuple {
  const n = kwnames === undefined ? 0 : kwnames.length;
  return new PyTuple(args.slice(0, args.length - n));
}

export function noKeywords(self: Value, kwnames: KwNames | undefined): void {
  if (kwnames !== undefined && kwnames.length > 0) {
    throw typeError(`${typeName(self)}() takes no keyword arguments`);
  }
}

export function exceptionNew(
  type: PyType,
  args: Value[],
  kwnames?: KwNames,
): Value {
  const t = argsTuple(args, kwnames);
  return type.layout === T.BaseException ? new PyBaseException(type, t) : allocException(type, t);
}

export function exceptionInit(
  self: Value,
  args: Value[],
  kwnames?: KwNames,
): void {
  noKeywords(self, kwnames);
  setArgs(self as PyBaseException, args);
}

/** Sets `args`, keeping the tuple that `__new__` made if it says the same. */
export function setArgs(e: PyBaseException, args: Value[]): void {
  const old = e.args.items;
  if (old.length === args.length) {
    let i = 0;
    while (i < old.length && old[i] === args[i]) i++;
    if (i === old.length) return;
  }
  e.args = new PyTuple(args.slice());
}

export function exceptionStr(self: Value): Value {
  const a = (self as PyBaseException).args;
  switch (a.items.length) {
    case 0:
      return "";
    case 1:
      return strOf(a.items[0]);
    default:
      return strOf(a);
  }
}

function exceptionRepr(self: Value): Value {
  const e = self as PyBaseException;
  const name = textValue(shortName(e.cls));
  const a = e.args;
  if (a.items.length === 1) return concat(name, "(", reprStr(a.items[0]), ")");
  return concat(name, reprStr(a));
}

/** `(type, args)`, with the state as a third item if there is one. */
export function reduceTuple(
  e: PyBaseException,
  args: PyTuple,
  state: Value | undefined,
): Value {
  return new PyTuple(
    state === undefined ? [e.cls, args] : [e.cls, args, state],
  );
}

/** A copy of the exception's `__dict__`, or an empty dict. */
export function dictCopy(e: PyBaseException): PyDict {
  const d = new PyDict();
  if (e.dict !== undefined) {
    for (const k of iterToArray(e.dict)) d.set(k, e.dict.get(k)!);
  }
  return d;
}

function setstate(e: PyBaseException, state: Value): Value {
  if (state !== None) {
    if (!(state instanceof PyDict)) {
      throw typeError("state is not a dictionary");
    }
    for (const k of iterToArray(state)) {
      setAttr(e, attrName(k), state.get(k)!);
    }
  }
  return None;
}

function setTraceback(e: PyBaseException, v: Value | undefined): void {
  if (v === undefined) throw typeError("__traceback__ may not be deleted");
  if (v === None) e.traceback = undefined;
  else if (v instanceof PyObject && v.cls === tracebackType) e.traceback = v;
  else throw typeError("__traceback__ must be a traceback or None");
}

function linkSetter(name: string, what: string) {
  return (v: Value | undefined): PyBaseException | null => {
    if (v === undefined) throw typeError(`${name} may not be deleted`);
    if (v === None) return null;
    if (v instanceof PyBaseException) return v;
    throw typeError(
      `exception ${what} must be None or derive from BaseException`,
    );
  };
}
const checkContext = linkSetter("__context__", "context");
const checkCause = linkSetter("__cause__", "cause");

/** `e.__cause__ = cause`, which hides the context. */
export function setCause(
  e: PyBaseException,
  cause: PyBaseException | null,
): void {
  e.cause = cause;
  e.suppressContext = true;
}

function addNoteMethod(e: PyBaseException, note: Value): Value {
  if (!isStr(note)) {
    throw typeError(`add_note() argument must be str, not ${argTypeName(note)}`);
  }
  addNote(e, note);
  return None;
}

/** `e.add_note(note)`. */
export function addNote(e: PyBaseException, note: Value): void {
  if (typeof note === "string") note = textValue(note);
  const notes = lookupAttr(e, "__notes__");
  if (notes === undefined) setAttr(e, "__notes__", new PyList([note]));
  else if (!(notes instanceof PyList)) {
    throw typeError("Cannot add note: __notes__ is not a list");
  } else notes.items.push(note);
}

setSpec(T.BaseException, {
  doc: "What all exceptions derive from.",
  slots: {
    tp_new: exceptionNew,
    tp_init: exceptionInit,
    tp_repr: exceptionRepr,
    tp_str: exceptionStr,
  },
  methods: {
    __reduce__: [
      "",
      "",
      (e: PyBaseException): Value => reduceTuple(e, e.args, e.dict),
    ],
    __setstate__: ["state, /", "", setstate],
    with_traceback: [
      "tb, /",
      "Sets self.__traceback__ to tb, gives back self.",
      (e: PyBaseException, tb: Value): Value => {
        setTraceback(e, tb);
        return e;
      },
    ],
    add_note: ["note, /", "Appends a note to __notes__.", addNoteMethod],
  },
  getset: {
    __dict__: [getDictAttr, (e: PyBaseException, v) => {
      if (v === undefined) throw typeError("cannot delete __dict__");
      setDictAttr(e, v);
    }],
    args: [
      (e: PyBaseException) => e.args,
      (e: PyBaseException, v) => {
        if (v === undefined) throw typeError("args may not be deleted");
        e.args = v instanceof PyTuple && v.cls.name === "tuple" ? v : new PyTuple(iterToArray(v));
      },
    ],
    __traceback__: [
      (e: PyBaseException) => e.traceback ?? None,
      setTraceback,
    ],
    __context__: [
      (e: PyBaseException) => e.context ?? None,
      (e: PyBaseException, v) => {
        e.context = checkContext(v);
      },
    ],
    __cause__: [
      (e: PyBaseException) => e.cause ?? None,
      (e: PyBaseException, v) => setCause(e, checkCause(v)),
    ],
  },
  members: {
    __suppress_context__: [
      (e: PyBaseException) => e.suppressContext,
      (e: PyBaseException, v) => {
        if (v === undefined) {
          throw typeError("can't delete numeric/char attribute");
        }
        if (typeof v !== "boolean") {
          throw typeError("attribute value type must be bool");
        }
        e.suppressContext = v;
      },
    ],
  },
});

// ---- subclasses with one or two fields -----------------------------------------------------

type Field = Value | undefined;

/** A member that shows None while its field is not set; it can be set and deleted. */
export function field<T>(
  get: (e: T) => Field,
  set: (e: T, v: Field) => void,
): [(e: T) => Value, (e: T, v: Field) => void] {
  return [(e: T) => get(e) ?? None, set];
}

/**
 * Takes keyword-only optional arguments apart.
 * @returns the values in the order of `names`
 */
export function keywordFields(
  fname: string,
  names: readonly string[],
  args: Value[],
  kwnames: KwNames | undefined,
): Field[] {
  const out: Field[] = names.map(() => undefined);
  if (kwnames === undefined || kwnames.length === 0) return out;
  if (kwnames.length > names.length) {
    throw typeError(
      `${fname}() takes at most ${names.length} keyword argument${
        names.length === 1 ? "" : "s"
      } (${kwnames.length} given)`,
    );
  }
  const n = args.length - kwnames.length;
  kwnames.forEach((k, i) => {
    const at = names.indexOf(k);
    if (at < 0) {
      throw unexpectedKeyword(fname, k, names);
    }
    out[at] = args[n + i];
  });
  return out;
}

export class PyStopIteration extends PyBaseException {
  value: Field = undefined;
}
setAlloc(T.StopIteration, (c, a) => new PyStopIteration(c, a));

setSpec(T.StopIteration, {
  doc: "An iterator has no more items.",
  slots: {
    tp_init(self, args, kwnames): void {
      exceptionInit(self, args, kwnames);
      (self as PyStopIteration).value = args.length > 0 ? args[0] : None;
    },
  },
  docs: {
    value: "what the generator returned",
  },
  members: {
    value: field<PyStopIteration>((e) => e.value, (e, v) => {
      e.value = v;
    }),
  },
});

export class PySystemExit extends PyBaseException {
  code: Field = undefined;
}
setAlloc(T.SystemExit, (c, a) => new PySystemExit(c, a));

setSpec(T.SystemExit, {
  doc: "Asks the interpreter to end.",
  slots: {
    tp_init(self, args, kwnames): void {
      exceptionInit(self, args, kwnames);
      const e = self as PySystemExit;
      if (args.length === 1) e.code = args[0];
      else if (args.length > 1) e.code = e.args;
    },
  },
  docs: {
    code: "the exit status",
  },
  members: {
    code: field<PySystemExit>((e) => e.code, (e, v) => {
      e.code = v;
    }),
  },
});

export class PyImportError extends PyBaseException {
  msg: Field = undefined;
  name: Field = undefined;
  path: Field = undefined;
  nameFrom: Field = undefined;
}
setAlloc(T.ImportError, (c, a) => new PyImportError(c, a));

function importState(e: PyImportError): Value | undefined {
  if (
    e.name === undefined && e.path === undefined && e.nameFrom === undefined
  ) return e.dict;
  const d = dictCopy(e);
  if (e.name !== undefined) d.setStr("name", e.name);
  if (e.path !== undefined) d.setStr("path", e.path);
  if (e.nameFrom !== undefined) d.setStr("name_from", e.nameFrom);
  return d;
}

setSpec(T.ImportError, {
  doc: "A module, or a name in it, was not found.",
  slots: {
    tp_init(self, args, kwnames): void {
      const e = self as PyImportError;
      setArgs(e, positional(args, kwnames));
      const names = ["name", "path", "name_from"];
      [e.name, e.path, e.nameFrom] = keywordFields(
        "ImportError",
        names,
        args,
        kwnames,
      );
      e.msg = e.args.items.length === 1 ? e.args.items[0] : undefined;
    },
    tp_str(self): Value {
      const m = (self as PyImportError).msg;
      return typeof m === "string" || m instanceof PyWideStr ? m : exceptionStr(self);
    },
  },
  methods: {
    __reduce__: [
      "",
      "",
      (e: PyImportError): Value => reduceTuple(e, e.args, importState(e)),
    ],
  },
  docs: {
    msg: "what went wrong",
    name: "the name of the module",
    path: "the path of the module",
    name_from: "the name that was not found in the module",
  },
  members: {
    msg: field<PyImportError>((e) => e.msg, (e, v) => {
      e.msg = v;
    }),
    name: field<PyImportError>((e) => e.name, (e, v) => {
      e.name = v;
    }),
    path: field<PyImportError>((e) => e.path, (e, v) => {
      e.path = v;
    }),
    name_from: field<PyImportError>((e) => e.nameFrom, (e, v) => {
      e.nameFrom = v;
    }),
  },
});

export class PyAttributeError extends PyBaseException {
  name: Field = undefined;
  obj: Field = undefined;
}
setAlloc(T.AttributeError, (c, a) => new PyAttributeError(c, a));

function attributeState(e: PyAttributeError): Value {
  const d = dictCopy(e);
  if (e.name !== undefined) d.setStr("name", e.name);
  d.setStr("args", e.args);
  return d;
}

setSpec(T.AttributeError, {
  doc: "An object has no such attribute.",
  slots: {
    tp_init(self, args, kwnames): void {
      const e = self as PyAttributeError;
      setArgs(e, positional(args, kwnames));
      [e.name, e.obj] = keywordFields(
        "AttributeError",
        ["name", "obj"],
        args,
        kwnames,
      );
    },
  },
  methods: {
    __getstate__: [
      "",
      "",
      attributeState,
    ],
    __reduce__: [
      "",
      "",
      (e: PyAttributeError): Value => reduceTuple(e, e.args, attributeState(e)),
    ],
  },
  docs: {
    name: "the name of the attribute",
    obj: "the object that has no such attribute",
  },
  members: {
    name: field<PyAttributeError>((e) => e.name, (e, v) => {
      e.name = v;
    }),
    obj: field<PyAttributeError>((e) => e.obj, (e, v) => {
      e.obj = v;
    }),
  },
});

export class PyNameError extends PyBaseException {
  name: Field = undefined;
}
setAlloc(T.NameError, (c, a) => new PyNameError(c, a));

setSpec(T.NameError, {
  doc: "A name is bound nowhere.",
  slots: {
    tp_init(self, args, kwnames): void {
      const e = self as PyNameError;
      setArgs(e, positional(args, kwnames));
      [e.name] = keywordFields("NameError", ["name"], args, kwnames);
    },
  },
  docs: {
    name: "the name that was not found",
  },
  members: {
    name: field<PyNameError>((e) => e.name, (e, v) => {
      e.name = v;
    }),
  },
});

setSpec(T.KeyError, {
  doc: "A mapping has no such key.",
  slots: {
    tp_str(self): Value {
      const a = (self as PyBaseException).args.items;
      return a.length === 1 ? reprStr(a[0]) : exceptionStr(self);
    },
  },
});

// ---- makers that errors.ts needs -----------------------------------------------------------

export function makeAttributeError(
  msg: string,
  obj: Value,
  name: string,
): PyBaseException {
  const e = new PyAttributeError(
    T.AttributeError,
    new PyTuple([textValue(msg)]),
  );
  e.name = textValue(name);
  e.obj = obj;
  return e;
}

/**
 * Whatever was thrown while `obj.name` was looked up. An AttributeError that names neither object
 * nor attribute gets them, so that suggestions can be made (_PyObject_SetAttributeErrorContext).
 */
export function attributeContext(e: unknown, obj: Value, name: string): unknown {
  if (e instanceof PyAttributeError && e.name === undefined && e.obj === undefined) {
    e.name = textValue(name);
    e.obj = obj;
  }
  return e;
}

export function makeNameError(
  type: PyType,
  msg: string,
  name: string,
): PyBaseException {
  const e = new PyNameError(type, new PyTuple([textValue(msg)]));
  e.name = textValue(name);
  return e;
}

export function makeImportError(
  type: PyType,
  msg: string,
  name?: Value,
  path?: Value,
): PyBaseException {
  const text = textValue(msg);
  const e = new PyImportError(type, new PyTuple([text]));
  e.msg = text;
  e.name = name;
  e.path = path;
  return e;
}

// ---- types that add nothing but a name -----------------------------------------------------

const OWN_NEW: Slots = { tp_new: exceptionNew };

function plain(doc: string): TypeSpec {
  return { doc, slots: OWN_NEW };
}
function named(doc: string): TypeSpec {
  return { doc };
}

setSpec(T.Exception, plain("What ordinary exceptions derive from."));
setSpec(T.GeneratorExit, plain("A generator is being closed."));
setSpec(T.KeyboardInterrupt, plain("The user interrupted the program."));
setSpec(T.ArithmeticError, plain("An arithmetic operation failed."));
setSpec(T.AssertionError, plain("An assert statement failed."));
setSpec(T.BufferError, plain("An operation on a buffer is not possible."));
setSpec(T.EOFError, plain("The input ended early."));
setSpec(T.LookupError, plain("A key or an index was not found."));
setSpec(T.MemoryError, plain("There is not enough memory."));
setSpec(
  T.ReferenceError,
  plain("A weak proxy was used after its object had gone."),
);
setSpec(T.RuntimeError, plain("An error that no other class describes."));
setSpec(T.StopAsyncIteration, plain("An async iterator has no more items."));
setSpec(T.SystemError, plain("The interpreter found an error in itself."));
setSpec(T.TypeError, plain("A value has the wrong type."));
setSpec(T.ValueError, plain("A value of the right type is not acceptable."));
setSpec(T.Warning, plain("What all warnings derive from."));
setSpec(T.FloatingPointError, plain("A floating-point operation failed."));
setSpec(T.OverflowError, plain("A result is too large."));
setSpec(T.ZeroDivisionError, plain("Division or modulo by zero."));
setSpec(T.BytesWarning, plain("Dubious use of bytes as text."));
setSpec(T.DeprecationWarning, plain("A feature is deprecated."));
setSpec(T.EncodingWarning, plain("A text encoding was left to chance."));
setSpec(T.FutureWarning, plain("A construct will mean something else."));
setSpec(T.ImportWarning, plain("An import is probably a mistake."));
setSpec(
  T.PendingDeprecationWarning,
  plain("A feature will be deprecated."),
);
setSpec(T.ResourceWarning, plain("A resource is used carelessly."));
setSpec(T.RuntimeWarning, plain("Dubious behaviour at run time."));
setSpec(T.SyntaxWarning, plain("Dubious syntax."));
setSpec(T.UnicodeWarning, plain("Dubious use of Unicode."));
setSpec(T.UserWarning, plain("A warning that a program issues itself."));
setSpec(T.IndexError, plain("An index is out of range."));
setSpec(T.NotImplementedError, plain("A method is not implemented."));
setSpec(
  T.PythonFinalizationError,
  plain("Not possible while the interpreter ends."),
);
setSpec(T.RecursionError, plain("Calls are nested too deeply."));
setSpec(T.UnicodeError, plain("A Unicode conversion failed."));
setSpec(T.ModuleNotFoundError, named("A module was not found."));
setSpec(T.UnboundLocalError, named("A local variable has no value yet."));
