// CPython 3.14: Modules/_io/iobase.c, Modules/_io/bufferedio.c (_BufferedIOBase), Modules/_io/textio.c (_TextIOBase)
//
// The roots of the stream classes. They hold no data but the instance's dict, where `close` leaves
// a mark; what they do they do by calling methods of `self`, so that Python classes may override
// any part. The concrete classes call each other directly where both are exact.

import { type Ending, watch } from "../core/objects/watch.ts";
import {
  builtinType,
  isSubtype,
  None,
  PyBaseException,
  PyBytes,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_HEAPTYPE,
  typeName,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import { newErrorArgs, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { nextForm } from "../core/objects/leaving.ts";
import { nextBuiltin } from "../vm/interp/special.ts";
import { callStep, type Steps, steps } from "./io_steps.ts";
import { checkNew } from "../core/objects/object_type.ts";
import { CallRequest, cur, interpStore } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import { getDictAttr, instanceGet, instanceSet } from "../core/objects/attr.ts";
import { getBuffer, releaseBuffer, viewBytes } from "../core/objects/buffer.ts";
import { PyByteArray } from "../core/objects/bytearray.ts";
import { reprStr } from "../core/objects/abstract.ts";
import { utf16 } from "../core/objects/names.ts";

/** io.DEFAULT_BUFFER_SIZE */
export const DEFAULT_BUFFER_SIZE = 131072;

export const ioBaseType: PyType = builtinType("_io._IOBase");
ioBaseType.hasDict = ioBaseType.hasWeakref = true;
function sub(name: string, base: PyType, layout?: boolean): PyType {
  const t = builtinType(name, base, false, layout);
  t.hasDict = t.hasWeakref = true;
  return t;
}
export const rawIOBaseType: PyType = sub("_io._RawIOBase", ioBaseType, false);
export const bufferedIOBaseType: PyType = sub("_io._BufferedIOBase", ioBaseType, false);
export const textIOBaseType: PyType = sub("_io._TextIOBase", ioBaseType, false);
/** A concrete stream type. */
export function streamType(name: string, base: PyType): PyType {
  return sub(name, base);
}

/** An instance of a stream class. */
export class PyIOBase extends PyObject implements Ending {
  /** `_finalizing` */
  finalizing = false;
  /** `memory`: of a class whose end nobody can notice, if it is that very class. */
  constructor(cls: PyType, memory = false) {
    super(cls);
    if (!memory || (cls.flags & TF_HEAPTYPE) !== 0) watch(this);
  }
  /** Has its finalizer nothing to do, as it and what it wraps are closed? */
  hasEnded(): boolean {
    return (this.cls.flags & TF_HEAPTYPE) === 0 && this.isOver();
  }
  /** The same of an instance of a builtin class. */
  protected isOver(): boolean {
    return false;
  }
}
/** Is what a stream wraps a stream that has ended? */
export function isOver(s: Value | undefined): boolean {
  return s instanceof PyIOBase && s.hasEnded();
}

const UNSUPPORTED = {};
/** io.UnsupportedOperation, a class of the Interpreter's. */
export function unsupportedOperation(): PyType {
  return interpStore(UNSUPPORTED, () => {
    const d = new PyDict();
    d.setStr("__module__", "io");
    return A.call3(typeType, "UnsupportedOperation", new PyTuple([X.OSError, X.ValueError]), d) as PyType;
  });
}
/** The error of an operation that a stream does not have. */
export function unsupported(what: string): PyBaseException {
  return A.call1(unsupportedOperation(), what) as PyBaseException;
}
const lacks = (what: string) => (): Value => {
  throw unsupported(what);
};

/** Is `closed` of a stream true? */
export function isClosed(s: Value): boolean {
  return A.isTrue(A.getAttr(s, "closed"));
}
/** ValueError if the stream is closed. */
export function checkClosed(s: Value, msg = "I/O operation on closed file."): void {
  if (isClosed(s)) throw valueError(msg);
}
/** UnsupportedOperation unless `s.readable()` (writable, seekable) is True. */
export function checkAble(s: Value, what: "readable" | "writable" | "seekable"): void {
  if (A.callMethod(s, what) !== true) throw unsupported(`File or stream is not ${what}.`);
}
/** A size argument: an int, or None for -1. */
export function sizeOrNone(v: Value | undefined): number {
  if (v === undefined || v === None) return -1;
  if (typeof v === "number") return v;
  if (!A.hasIndex(v)) throw typeError(`argument should be integer or None, not '${typeName(v)}'`);
  return A.asSsize(v);
}

/** An int that must fit into a C ssize_t: ValueError where it does not. */
export function sizeIndex(v: Value): number {
  const n = A.asIndex(v);
  if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) {
    throw valueError(`cannot fit '${typeName(v)}' into an index-sized integer`);
  }
  return Number(n);
}
/** A position as an int: one beyond the safe integers is the largest C has. */
export function positionValue(n: number): Value {
  return n > Number.MAX_SAFE_INTEGER ? 9223372036854775807n : n;
}

const CLOSED = "__IOBase_closed";

/** Runs two steps; the second also after the first failed, and its error then has the first as context. */
export function both(first: () => void, second: () => void): void {
  let failed: PyBaseException | undefined;
  try {
    first();
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    failed = e;
  }
  try {
    second();
  } catch (e) {
    chain(e, failed);
    throw e;
  }
  if (failed !== undefined) throw failed;
}

/** The same for steps that may have to wait. */
export function* bothSteps(first: Steps<unknown>, second: Steps<unknown>): Steps<void> {
  let failed: PyBaseException | undefined;
  try {
    yield* first;
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    failed = e;
  }
  try {
    yield* second;
  } catch (e) {
    chain(e, failed);
    throw e;
  }
  if (failed !== undefined) throw failed;
}
/** Makes the first error the context of the second. */
function chain(e: unknown, failed: PyBaseException | undefined): void {
  if (failed === undefined || !(e instanceof PyBaseException) || e === failed) return;
  let at = e;
  while (at.context instanceof PyBaseException && at.context !== failed) at = at.context;
  at.context = failed;
}

function close(s: PyObject): Value {
  if (instanceGet(s, CLOSED) !== undefined) return None;
  both(() => void A.callMethod(s, "flush"), () => void instanceSet(s, CLOSED, true));
  return None;
}

/** What happens to a stream that is dropped: it is closed. */
export function finalize(s: Value): void {
  try {
    const closed = A.lookupAttr(s, "closed");
    // a stream that cannot say is in no state to be closed
    if (closed === undefined || A.isTrue(closed)) return;
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    return;
  }
  if (s instanceof PyIOBase) s.finalizing = true;
  try {
    A.callMethod(s, "close");
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    cur.interp.unraisable(e, "Exception ignored while finalizing file", s);
  }
}

/** Index after the first newline in `b`, or -1. */
function lineEnd(b: Uint8Array, limit: number): number {
  const i = b.indexOf(10);
  return i < 0 || limit >= 0 && i >= limit ? -1 : i + 1;
}

function readline(s: Value, size: Value = -1): Value {
  const limit = sizeOrNone(size);
  const peek = A.lookupAttr(s, "peek");
  const parts: Uint8Array[] = [];
  let total = 0;
  while (limit < 0 || total < limit) {
    let n = 1;
    if (peek !== undefined) {
      const ahead = A.call1(peek, 1);
      if (!(ahead instanceof PyBytes)) throw osTypeError("peek() should have returned a bytes object", ahead);
      if (ahead.b.length > 0) {
        const end = lineEnd(ahead.b, -1);
        n = end < 0 ? ahead.b.length : end;
        if (limit >= 0 && n > limit - total) n = limit - total;
      }
    }
    const b = A.callMethod(s, "read", n);
    if (!(b instanceof PyBytes)) throw osTypeError("read() should have returned a bytes object", b);
    if (b.b.length === 0) break;
    parts.push(b.b);
    total += b.b.length;
    if (b.b[b.b.length - 1] === 10) break;
  }
  return new PyBytes(joinBytes(parts, total));
}
/** OSError "..., not 'T'". */
export function osTypeError(what: string, v: Value): PyBaseException {
  return newErrorArgs(X.OSError, [`${what}, not '${typeName(v)}'`]);
}
/** Byte arrays in one. */
export function joinBytes(parts: Uint8Array[], total = parts.reduce((n, p) => n + p.length, 0)): Uint8Array {
  if (parts.length === 1) return parts[0];
  const out = new Uint8Array(total);
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

/** The next item of an iterator; undefined at the end. */
function* nextStep(it: Value): Steps<Value | undefined> {
  if (nextForm(it) === undefined) return A.iterNext(it);
  try {
    return yield new CallRequest(nextBuiltin(), [it]);
  } catch (e) {
    if (e instanceof PyBaseException && isSubtype(e.cls, X.StopIteration)) return undefined;
    throw e;
  }
}
function* readlines(s: Value, hint: Value = -1): Steps<Value> {
  const n = sizeOrNone(hint);
  const out: Value[] = [];
  const it = A.getIter(s);
  let total = 0;
  for (;;) {
    const line = yield* nextStep(it);
    if (line === undefined) break;
    out.push(line);
    if (n <= 0) continue;
    total += A.lengthOf(line);
    if (total > n) break;
  }
  return new PyList(out);
}

function* writelines(s: Value, lines: Value): Steps<Value> {
  checkClosed(s);
  const it = A.getIter(lines);
  for (;;) {
    const line = yield* nextStep(it);
    if (line === undefined) return None;
    yield* callStep(s, "write", line);
  }
}

/** Methods that say a stream object can't be pickled. */
export function noPickle(s: PyObject): Value {
  throw typeError(`cannot pickle '${typeName(s).slice(typeName(s).lastIndexOf(".") + 1)}' instances`);
}

const able = (): Value => false;
const check = (what: "readable" | "writable" | "seekable") => (s: Value): Value => {
  checkAble(s, what);
  return true;
};

/** The tp_new of a type that has none in CPython: object's. */
export function allocate(stream: new (t: PyType) => PyObject): (t: PyType, args: Value[]) => Value {
  return (t, args) => {
    checkNew(t, args);
    return new stream(t);
  };
}

setSpec(ioBaseType, {
  allocates: true,
  doc: "The root of all streams.\n\nMethods that a kind of stream can't support raise UnsupportedOperation.",
  slots: {
    tp_new: allocate(PyIOBase),
    tp_iter: (s) => {
      checkClosed(s);
      return s;
    },
    tp_iternext: (s) => {
      const line = A.callMethod(s, "readline");
      return A.lengthOf(line) === 0 ? undefined : line;
    },
    tp_finalize: finalize,
  },
  methods: {
    seek: ["offset, whence=os.SEEK_SET, /", "Change the stream position to the given byte offset.", lacks("seek")],
    tell: ["", "Return current stream position.", (s: Value) => A.callMethod(s, "seek", 0, 1)],
    truncate: ["size=None, /", "Truncate file to size bytes.", lacks("truncate")],
    flush: ["", "Flush write buffers, if applicable.", (s: PyObject) => {
      if (instanceGet(s, CLOSED) !== undefined) throw valueError("I/O operation on closed file.");
      return None;
    }],
    close: ["", "Flush and close the IO object.", close],
    seekable: ["", "Return whether object supports random access.", able],
    readable: ["", "Return whether object was opened for reading.", able],
    writable: ["", "Return whether object was opened for writing.", able],
    _checkClosed: ["", "", (s: Value) => {
      checkClosed(s);
      return None;
    }],
    _checkSeekable: ["", "", check("seekable")],
    _checkReadable: ["", "", check("readable")],
    _checkWritable: ["", "", check("writable")],
    fileno: ["", "Return underlying file descriptor if one exists.", lacks("fileno")],
    isatty: ["", "Return whether this is an 'interactive' stream.", (s: Value) => {
      checkClosed(s);
      return false;
    }],
    __enter__: ["", "", (s: Value) => {
      checkClosed(s);
      return s;
    }],
    __exit__: ["*args", "", steps((s: Value) => callStep(s, "close"))],
    readline: ["size=-1, /", "Read and return a line from the stream.", readline],
    readlines: ["hint=-1, /", "Return a list of lines from the stream.", steps(readlines)],
    writelines: ["lines, /", "Write a list of lines to stream.", steps(writelines)],
  },
  getset: {
    __dict__: [getDictAttr],
    closed: [(s: PyObject) => instanceGet(s, CLOSED) !== undefined],
  },
});

// ---- raw ------------------------------------------------------------------------------------

function* rawRead(s: Value, size: Value = -1): Steps<Value> {
  const n = sizeOrNone(size);
  if (n < 0) return yield* callStep(s, "readall");
  const b = new PyByteArray(new Uint8Array(n));
  const r = yield* callStep(s, "readinto", b);
  if (r === None) return None;
  const k = A.asSsize(r);
  if (k < 0 || k > n) throw valueError(`readinto returned ${k} outside buffer size ${n}`);
  return new PyBytes(b.view().slice(0, k));
}

function* rawReadAll(s: Value): Steps<Value> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const b = yield* callStep(s, "read", DEFAULT_BUFFER_SIZE);
    if (b === None) {
      if (parts.length === 0) return None;
      break;
    }
    if (!(b instanceof PyBytes)) throw typeError("read() should return bytes");
    if (b.b.length === 0) break;
    parts.push(b.b);
  }
  return new PyBytes(joinBytes(parts));
}
const abstract = (): Value => {
  throw newErrorArgs(X.NotImplementedError, []);
};
setSpec(rawIOBaseType, {
  doc: "Base class for raw binary I/O.",
  methods: {
    read: ["size=-1, /", "", steps(rawRead)],
    readall: ["", "Read until EOF, using multiple read() call.", steps(rawReadAll)],
    readinto: ["*args", "", abstract, 8],
    write: ["*args", "", abstract, 8],
  },
});

// ---- buffered -------------------------------------------------------------------------------

const readinto = (method: string) => (s: Value, into: Value): Value => {
  const view = readwrite(into, method === "read" ? "readinto" : "readinto1");
  try {
    const data = A.callMethod(s, method, view.len);
    if (!(data instanceof PyBytes)) throw typeError(`${method}() should return bytes`);
    if (data.b.length > view.len) {
      throw valueError(`${method}() returned too much data: ${view.len} bytes requested, ${data.b.length} returned`);
    }
    viewBytes(view).set(data.b);
    return data.b.length;
  } finally {
    releaseBuffer(view);
  }
};
/** A writable buffer argument. */
export function readwrite(v: Value, fn: string) {
  try {
    return getBuffer(v, true);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    throw typeError(`${fn}() argument must be read-write bytes-like object, not ${v === None ? "None" : typeName(v)}`);
  }
}
setSpec(bufferedIOBaseType, {
  doc: "Base class for buffered IO objects.",
  methods: {
    detach: ["", "Disconnect this buffer from its underlying raw stream and return it.", lacks("detach")],
    read: ["size=-1, /", "Read and return up to n bytes.", lacks("read")],
    read1: ["size=-1, /", "Read and return up to size bytes.", lacks("read1")],
    readinto: ["buffer, /", "", readinto("read")],
    readinto1: ["buffer, /", "", readinto("read1")],
    write: ["b, /", "Write buffer b to the IO stream.", lacks("write")],
  },
});

// ---- text -----------------------------------------------------------------------------------

setSpec(textIOBaseType, {
  doc: "Base class for text I/O.",
  methods: {
    detach: ["", "Separate the underlying buffer from the TextIOBase and return it.", lacks("detach")],
    read: ["size=-1, /", "Read at most size characters from stream.", lacks("read")],
    readline: ["size=-1, /", "Read until newline or EOF.", lacks("readline")],
    write: ["s, /", "Write string s to stream.", lacks("write")],
  },
  getset: {
    encoding: [() => None, undefined, "Encoding of the text stream."],
    newlines: [() => None, undefined, "Line endings translated so far."],
    errors: [() => None, undefined, "The error setting of the decoder or encoder."],
  },
});

/** `<_io.X name='n'>`, without the name where there is none. */
export function nameRepr(s: PyObject, rest = ""): Value {
  const type = `_io.${s.cls.qualname}`;
  const shown = s.cls.name.includes(".") ? s.cls.name : type;
  let name: Value | undefined;
  try {
    name = A.lookupAttr(s, "name");
  } catch (e) {
    if (!(e instanceof PyBaseException) || !isSubtype(e.cls, X.ValueError)) throw e;
  }
  if (name === undefined) return `<${shown}${rest}>`;
  const n = utf16(reprStr(name));
  return `<${shown} name=${n}${rest}>`;
}

/** A positional-and-keyword constructor's arguments, by name. */
export function initArgs(
  fn: string,
  names: readonly string[],
  args: Value[],
  kw: readonly string[] | undefined,
  required = 1,
): (Value | undefined)[] {
  const nkw = kw?.length ?? 0, n = args.length - nkw;
  const out: (Value | undefined)[] = new Array(names.length).fill(undefined);
  if (args.length > names.length) {
    const kind = nkw > 0 && n === 0 ? "keyword " : "";
    throw typeError(
      `${fn}() takes at most ${names.length} ${kind}argument${names.length === 1 ? "" : "s"} (${args.length} given)`,
    );
  }
  for (let i = 0; i < n; i++) out[i] = args[i];
  for (let k = 0; k < nkw; k++) {
    const i = names.indexOf(kw![k]);
    if (i < 0) throw typeError(`${fn}() got an unexpected keyword argument '${kw![k]}'`);
    if (out[i] !== undefined) {
      throw typeError(`argument for ${fn}() given by name ('${names[i]}') and position (${i + 1})`);
    }
    out[i] = args[n + k];
  }
  for (let i = 0; i < required; i++) {
    if (out[i] === undefined) throw typeError(`${fn}() missing required argument '${names[i]}' (pos ${i + 1})`);
  }
  return out;
}
