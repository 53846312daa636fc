// CPython 3.14: Modules/_io/bytesio.c
//
// The bytes are buf[0 : size]; `buf` has room to grow. It is never shared with a bytes object.

import {
  builtinType,
  type KwNames,
  None,
  PyBytes,
  PyDictBase,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_DISALLOW_NEW,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { bufferError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import { getBuffer, plainView, releaseBuffer, viewBytes } from "../core/objects/buffer.ts";
import { memoryFromView, reclaimViews } from "../core/objects/memoryview.ts";
import { instanceDict, setInstanceDict } from "../core/objects/attr.ts";
import { PyDict } from "../core/objects/dict.ts";
import { mergeEntries, REPLACE } from "../core/objects/dict.ts";
import { bufferedIOBaseType, initArgs, positionValue, PyIOBase, readwrite, sizeOrNone, streamType } from "./io_base.ts";

export const bytesIOType: PyType = streamType("_io.BytesIO", bufferedIOBaseType);
export const bytesIOBufferType: PyType = builtinType("_io._BytesIOBuffer", undefined, true);
bytesIOBufferType.flags |= TF_DISALLOW_NEW;

class PyBytesIO extends PyIOBase {
  buf: Uint8Array = new Uint8Array(0);
  size = 0;
  pos = 0;
  closed = false;
  lender: PyBytesIOBuffer | undefined = undefined;
  constructor(cls: PyType) {
    super(cls, true);
  }
  protected override isOver(): boolean {
    return this.closed;
  }
}
/** Lends the memory of a BytesIO to memoryviews. */
class PyBytesIOBuffer extends PyObject {
  readonly source: PyBytesIO;
  exports = 0;
  constructor(source: PyBytesIO) {
    super(bytesIOBufferType);
    this.source = source;
  }
}

function open(b: PyBytesIO): void {
  if (b.closed) throw valueError("I/O operation on closed file.");
}
/** BufferError while memoryviews are out. */
function unlent(b: PyBytesIO): void {
  const l = b.lender;
  if (l === undefined || l.exports === 0) return;
  reclaimViews(l);
  if (l.exports > 0) throw bufferError("Existing exports of data: object cannot be re-sized");
}
function grow(b: PyBytesIO, size: number): void {
  if (size <= b.buf.length) return;
  const buf = new Uint8Array(Math.max(size, b.buf.length + (b.buf.length >> 1), 64));
  buf.set(b.buf.subarray(0, b.size));
  b.buf = buf;
}

function write(b: PyBytesIO, v: Value): Value {
  open(b);
  const view = getBuffer(v);
  try {
    unlent(b);
    const data = viewBytes(view);
    if (data.length === 0) return 0;
    if (b.closed) open(b);
    const end = b.pos + data.length;
    if (end > Number.MAX_SAFE_INTEGER) throw overflowError("new position too large");
    grow(b, end);
    if (b.pos > b.size) b.buf.fill(0, b.size, b.pos);
    b.buf.set(data, b.pos);
    b.pos = end;
    if (end > b.size) b.size = end;
    return data.length;
  } finally {
    releaseBuffer(view);
  }
}

function readBytes(b: PyBytesIO, n: number): Value {
  const have = Math.max(0, b.size - b.pos);
  const k = n < 0 || n > have ? have : n;
  const r = b.buf.slice(b.pos, b.pos + k);
  b.pos += k;
  return new PyBytes(r);
}
function read(b: PyBytesIO, size: Value = -1): Value {
  const n = sizeOrNone(size);
  open(b);
  return readBytes(b, n);
}
function lineLength(b: PyBytesIO, limit: number): number {
  if (b.pos >= b.size) return 0;
  const i = b.buf.subarray(b.pos, b.size).indexOf(10);
  const n = i < 0 ? b.size - b.pos : i + 1;
  return limit >= 0 && limit < n ? limit : n;
}

function seek(b: PyBytesIO, p: Value, how: Value = 0): Value {
  open(b);
  let pos = A.asSsize(p);
  const whence = A.asInt32(how);
  if (pos < 0 && whence === 0) throw valueError(`negative seek value ${pos}`);
  if (whence === 1) pos += b.pos;
  else if (whence === 2) pos += b.size;
  else if (whence !== 0) throw valueError(`invalid whence (${whence}, should be 0, 1 or 2)`);
  if (pos > 2 ** 63) throw overflowError("new position too large");
  return positionValue(b.pos = Math.max(0, pos));
}

function truncate(b: PyBytesIO, size: Value = None): Value {
  open(b);
  unlent(b);
  if (size !== None && !A.hasIndex(size)) {
    throw typeError(`argument should be integer or None, not '${typeName(size)}'`);
  }
  const n = size === None ? b.pos : A.asSsize(size);
  if (n < 0) throw valueError(`negative size value ${n}`);
  if (n < b.size) {
    b.size = n;
    if (n < b.buf.length >> 2) b.buf = b.buf.slice(0, n);
  }
  return n;
}

function setstate(b: PyBytesIO, state: Value): Value {
  if (!(state instanceof PyTuple) || state.items.length < 3) {
    throw typeError(
      `${typeName(b).replace("_io.", "_io.")}.__setstate__ argument should be 3-tuple, got ${typeName(state)}`,
    );
  }
  const [value, pos, dict] = state.items;
  unlent(b);
  open(b);
  const view = getBuffer(value);
  b.buf = viewBytes(view).slice();
  releaseBuffer(view);
  b.size = b.buf.length;
  if (!A.isInt(pos)) throw typeError(`second item of state must be an integer, not ${typeName(pos)}`);
  const p = A.asSsize(pos);
  if (p < 0) throw valueError("position value cannot be negative");
  b.pos = p;
  restoreDict(b, dict, "third");
  return None;
}
/** The instance's dict from pickled state. */
export function restoreDict(o: PyObject, dict: Value, nth: string): void {
  if (dict === None) return;
  if (!(dict instanceof PyDictBase)) throw typeError(`${nth} item of state should be a dict, got a ${typeName(dict)}`);
  const own = instanceDict(o);
  if (own instanceof PyDict && dict instanceof PyDict) mergeEntries(own, dict, REPLACE);
  else setInstanceDict(o, dict);
}
/** The instance's dict for pickling, or None. */
export function dictState(o: PyObject): Value {
  const d = o.dict;
  return d === undefined || d.size === 0 ? None : A.callMethod(d, "copy");
}

setSpec(bytesIOType, {
  doc: "Buffered I/O implementation using an in-memory bytes buffer.",
  sig: "(initial_bytes=b'')",
  slots: {
    tp_new: (t) => new PyBytesIO(t),
    tp_init: (self, args: Value[], kw?: KwNames) => {
      const b = self as PyBytesIO;
      const [initial] = initArgs("BytesIO", ["initial_bytes"], args, kw, 0);
      unlent(b);
      b.size = b.pos = 0;
      b.closed = false;
      if (initial !== undefined && initial !== None) {
        const view = getBuffer(initial);
        b.buf = viewBytes(view).slice();
        releaseBuffer(view);
        b.size = b.buf.length;
      }
    },
    tp_iter: (b) => {
      open(b as PyBytesIO);
      return b;
    },
    tp_iternext: (v) => {
      const b = v as PyBytesIO;
      open(b);
      const n = lineLength(b, -1);
      return n === 0 ? undefined : readBytes(b, n);
    },
  },
  methods: {
    readable: ["", "", (b: PyBytesIO) => (open(b), true)],
    seekable: ["", "", (b: PyBytesIO) => (open(b), true)],
    writable: ["", "", (b: PyBytesIO) => (open(b), true)],
    close: ["", "", (b: PyBytesIO) => {
      unlent(b);
      b.buf = new Uint8Array(0);
      b.size = 0;
      b.closed = true;
      return None;
    }],
    flush: ["", "", (b: PyBytesIO) => {
      open(b);
      return None;
    }],
    isatty: ["", "", (b: PyBytesIO) => (open(b), false)],
    tell: ["", "", (b: PyBytesIO) => {
      open(b);
      return positionValue(b.pos);
    }],
    write: ["b, /", "Write bytes to file.", write],
    writelines: ["lines, /", "Write lines to the file.", (b: PyBytesIO, lines: Value) => {
      open(b);
      const it = A.getIter(lines);
      for (let x = A.iterNext(it); x !== undefined; x = A.iterNext(it)) write(b, x);
      return None;
    }],
    read: ["size=-1, /", "Read at most size bytes, returned as a bytes object.", read],
    read1: ["size=-1, /", "Read at most size bytes, returned as a bytes object.", read],
    readinto: ["buffer, /", "Read bytes into buffer.", (b: PyBytesIO, v: Value) => {
      const view = readwrite(v, "readinto");
      try {
        open(b);
        const k = Math.min(view.len, Math.max(0, b.size - b.pos));
        viewBytes(view).set(b.buf.subarray(b.pos, b.pos + k));
        b.pos += k;
        return k;
      } finally {
        releaseBuffer(view);
      }
    }],
    readline: ["size=-1, /", "Next line from the file, as a bytes object.", (b: PyBytesIO, size: Value = -1) => {
      const n = sizeOrNone(size);
      open(b);
      return readBytes(b, lineLength(b, n));
    }],
    readlines: [
      "size=None, /",
      "List of bytes objects, each a line from the file.",
      (b: PyBytesIO, size: Value = None) => {
        open(b);
        if (size !== None && !A.hasIndex(size)) throw typeError(`integer argument expected, got '${typeName(size)}'`);
        const most = size === None ? 0 : A.asSsize(size);
        const out: Value[] = [];
        let total = 0;
        for (let n = lineLength(b, -1); n > 0; n = lineLength(b, -1)) {
          out.push(readBytes(b, n));
          total += n;
          if (most > 0 && total >= most) break;
        }
        return new PyList(out);
      },
    ],
    getbuffer: ["", "Get a read-write view over the contents of the BytesIO object.", (b: PyBytesIO) => {
      open(b);
      const l = b.lender ??= new PyBytesIOBuffer(b);
      return memoryFromView(lend(l));
    }],
    getvalue: ["", "Retrieve the entire contents of the BytesIO object.", (b: PyBytesIO) => {
      open(b);
      return new PyBytes(b.buf.slice(0, b.size));
    }],
    seek: ["pos, whence=0, /", "Change stream position.", seek],
    truncate: ["size=None, /", "Truncate the file to at most size bytes.", truncate],
    __getstate__: ["", "", (b: PyBytesIO) => {
      open(b);
      return new PyTuple([new PyBytes(b.buf.slice(0, b.size)), positionValue(b.pos), dictState(b)]);
    }],
    __setstate__: ["state, /", "", setstate],
    __sizeof__: ["", "", (b: PyBytesIO) => 96 + b.buf.length],
  },
  getset: { closed: [(b: PyBytesIO) => b.closed, undefined, "True if the file is closed."] },
});

function lend(l: PyBytesIOBuffer) {
  l.exports++;
  const b = l.source;
  return plainView(l, b.buf, 0, b.size, false);
}
setSpec(bytesIOBufferType, {
  slots: {
    bf_getbuffer: (v) => lend(v as PyBytesIOBuffer),
    bf_releasebuffer: (v) => {
      (v as PyBytesIOBuffer).exports--;
    },
  },
});
