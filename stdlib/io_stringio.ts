// CPython 3.14: Modules/_io/stringio.c
//
// The text is `value` followed by `tail`, pieces that were appended at the end: `settle` joins
// them when anything but appending is done.

import {
  type KwNames,
  None,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { newErrorArgs, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { strLen, strRepeat, strSlice } from "../core/objects/str_ops.ts";
import { strReplace } from "../core/objects/str_search.ts";
import { joinStrs } from "../core/objects/repr_guard.ts";
import { initArgs, positionValue, PyIOBase, sizeOrNone, streamType, textIOBaseType } from "./io_base.ts";
import { newlineDecoder, type PyNewlineDecoder } from "./io_newline.ts";
import { findLineEnd, newlineArg } from "./io_text.ts";
import { dictState, restoreDict } from "./io_bytesio.ts";

export const stringIOType: PyType = streamType("_io.StringIO", textIOBaseType);

class PyStringIO extends PyIOBase {
  ok = false;
  closed = false;
  value: Str = "";
  tail: Str[] = [];
  /** Length of value and tail. */
  size = 0;
  pos = 0;
  newline: string | undefined = "\n";
  universal = false;
  translate = false;
  writeNl: string | undefined = undefined;
  decoder: PyNewlineDecoder | undefined = undefined;
  constructor(cls: PyType) {
    super(cls, true);
  }
  protected override isOver(): boolean {
    return this.closed;
  }
}

function open(s: PyStringIO): void {
  if (!s.ok) throw valueError("I/O operation on uninitialized object");
  if (s.closed) throw valueError("I/O operation on closed file");
}
function settle(s: PyStringIO): Str {
  if (s.tail.length > 0) {
    s.value = joinStrs(s.value === "" ? s.tail : [s.value, ...s.tail]);
    s.tail = [];
  }
  return s.value;
}

/** Puts text where the stream stands. */
function put(s: PyStringIO, text: Str): void {
  if (s.decoder !== undefined) text = s.decoder.text(text, true);
  if (s.writeNl !== undefined) text = strReplace(text, "\n", s.writeNl);
  const n = strLen(text);
  if (n === 0) return;
  if (s.pos + n > 0x1fffffe8) throw overflowError("new position too large");
  if (s.pos === s.size) s.tail.push(text);
  else {
    const v = settle(s);
    if (s.pos > s.size) s.value = joinStrs([v, strRepeat("\0", s.pos - s.size), text]);
    else s.value = joinStrs([strSlice(v, 0, s.pos), text, strSlice(v, Math.min(s.pos + n, s.size), s.size)]);
  }
  s.pos += n;
  if (s.pos > s.size) s.size = s.pos;
}

function write(s: PyStringIO, v: Value): Value {
  if (!A.isStr(v)) throw typeError(`string argument expected, got '${typeName(v)}'`);
  open(s);
  const t = A.strValue(v);
  put(s, t);
  return strLen(t);
}
function read(s: PyStringIO, size: Value = -1): Value {
  const n = sizeOrNone(size);
  open(s);
  const have = Math.max(0, s.size - s.pos);
  const k = n < 0 || n > have ? have : n;
  if (k === 0) return "";
  const v = settle(s);
  const r = s.pos === 0 && k === s.size ? v : strSlice(v, s.pos, s.pos + k);
  s.pos += k;
  return r as Value;
}
function line(s: PyStringIO, limit: number): Str {
  if (s.pos >= s.size || limit === 0) return "";
  const v = settle(s), start = s.pos;
  let end = findLineEnd(v, start, s.translate || s.newline === "\n", s.universal, s.newline);
  if (end < 0) end = s.size;
  if (limit >= 0 && end - start > limit) end = start + limit;
  s.pos = end;
  return strSlice(v, start, end);
}

function init(s: PyStringIO, initial: Value, nl: Value): void {
  s.ok = false;
  const newline = newlineArg(nl, "StringIO", true);
  if (initial !== None && !A.isStr(initial)) {
    throw typeError(`initial_value must be str or None, not ${typeName(initial)}`);
  }
  s.newline = newline;
  s.universal = newline === undefined || newline === "";
  s.translate = newline === undefined;
  s.writeNl = newline === "\r" || newline === "\r\n" ? newline : undefined;
  s.decoder = s.universal ? newlineDecoder(undefined, s.translate) : undefined;
  s.value = "";
  s.tail = [];
  s.size = s.pos = 0;
  s.closed = false;
  s.ok = true;
  if (initial !== None) {
    put(s, A.strValue(initial));
    s.pos = 0;
  }
}

function seek(s: PyStringIO, p: Value, how: Value = 0): Value {
  open(s);
  const pos = A.asSsize(p), whence = A.asInt32(how);
  if (whence < 0 || whence > 2) throw valueError(`Invalid whence (${whence}, should be 0, 1 or 2)`);
  if (pos < 0 && whence === 0) throw valueError(`Negative seek position ${pos}`);
  if (whence !== 0 && pos !== 0) throw newErrorArgs(X.OSError, ["Can't do nonzero cur-relative seeks"]);
  if (whence === 1) return positionValue(s.pos);
  return positionValue(s.pos = whence === 2 ? s.size : pos);
}

function truncate(s: PyStringIO, size: Value = None): Value {
  open(s);
  if (size !== None && !A.hasIndex(size)) {
    throw typeError(`argument should be integer or None, not '${typeName(size)}'`);
  }
  const n = size === None ? s.pos : A.asSsize(size);
  if (n < 0) throw valueError(`Negative size value ${n}`);
  if (n < s.size) {
    s.value = strSlice(settle(s), 0, n);
    s.size = n;
  }
  return n;
}

function setstate(s: PyStringIO, state: Value): Value {
  if (s.closed) throw valueError("I/O operation on closed file");
  if (!(state instanceof PyTuple) || state.items.length < 4) {
    throw typeError(`_io.StringIO.__setstate__ argument should be 4-tuple, got ${typeName(state)}`);
  }
  const [value, nl, pos, dict] = state.items;
  if (value !== None && !A.isStr(value)) throw typeError(`initial_value must be str or None, not ${typeName(value)}`);
  init(s, "", nl);
  // the text is as it was: nothing is translated again
  s.value = value === None ? "" : A.strValue(value);
  s.size = strLen(s.value);
  if (!A.isInt(pos)) throw typeError(`third item of state must be an integer, got ${typeName(pos)}`);
  const p = A.asSsize(pos);
  if (p < 0) throw valueError("position value cannot be negative");
  s.pos = p;
  restoreDict(s, dict, "fourth");
  return None;
}

const yes = (s: PyStringIO): Value => {
  open(s);
  return true;
};
setSpec(stringIOType, {
  doc: "Text I/O implementation using an in-memory buffer.",
  sig: "(initial_value='', newline='\\n')",
  slots: {
    tp_new: (t) => new PyStringIO(t),
    tp_init: (self, args: Value[], kw?: KwNames) => {
      const [initial = "", nl = "\n"] = initArgs("StringIO", ["initial_value", "newline"], args, kw, 0);
      init(self as PyStringIO, initial, nl);
    },
    tp_iternext: (v) => {
      const s = v as PyStringIO;
      open(s);
      const l = s.cls === stringIOType ? line(s, -1) : A.callMethod(s, "readline");
      if (!A.isStr(l)) {
        throw newErrorArgs(X.OSError, [`readline() should have returned a str object, not '${typeName(l)}'`]);
      }
      return strLen(A.strValue(l)) === 0 ? undefined : l as Value;
    },
  },
  methods: {
    close: ["", "Close the IO object.", (s: PyStringIO) => {
      s.closed = true;
      s.value = "";
      s.tail = [];
      return None;
    }],
    getvalue: ["", "Retrieve the entire contents of the object.", (s: PyStringIO) => {
      open(s);
      return settle(s) as Value;
    }],
    read: ["size=-1, /", "Read at most size characters, returned as a string.", read],
    readline: ["size=-1, /", "Read until newline or EOF.", (s: PyStringIO, size: Value = -1) => {
      const n = sizeOrNone(size);
      open(s);
      return line(s, n) as Value;
    }],
    tell: ["", "Tell the current file position.", (s: PyStringIO) => {
      open(s);
      return positionValue(s.pos);
    }],
    truncate: ["pos=None, /", "Truncate size to pos.", truncate],
    seek: ["pos, whence=0, /", "Change stream position.", seek],
    write: ["s, /", "Write string to file.", write],
    seekable: ["", "Returns True if the IO object can be seeked.", yes],
    readable: ["", "Returns True if the IO object can be read.", yes],
    writable: ["", "Returns True if the IO object can be written.", yes],
    __getstate__: ["", "", (s: PyStringIO) => {
      open(s);
      return new PyTuple([settle(s) as Value, s.newline ?? None, s.pos, dictState(s)]);
    }],
    __setstate__: ["state, /", "", setstate],
  },
  getset: {
    closed: [(s: PyStringIO) => {
      if (!s.ok) throw valueError("I/O operation on uninitialized object");
      return s.closed;
    }],
    newlines: [(s: PyStringIO) => {
      open(s);
      return s.decoder === undefined ? None : s.decoder.newlines();
    }],
    line_buffering: [(s: PyStringIO) => {
      open(s);
      return false;
    }],
  },
});
