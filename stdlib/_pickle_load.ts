// CPython 3.14: Modules/_pickle.c (Unpickler)
//
// An Unpickler reads opcodes from bytes in memory or from a file and works them on a stack. Marks are kept
// beside the stack, as indexes into it; nothing below the last mark (the fence) may be popped. From a file it
// reads only what it needs; where the file has `peek`, bytes are looked at first and consumed afterwards.

import { argTypeName } from "../core/objects/type_name.ts";
import {
  type Int,
  None,
  PyBaseException,
  PyBytes,
  PyFloat,
  PyList,
  PyObject,
  PyTuple,
  PyType,
  PyWideStr,
  type Str,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import {
  call,
  call0,
  call1,
  callMethod,
  getAttr,
  intValue,
  isInt,
  isStr,
  iterNext,
  lookupAttr,
  reprStr,
  setAttr,
  setItem,
  strValue,
} from "../core/objects/abstract.ts";
import {
  attributeError,
  eofError,
  overflowError,
  runtimeError,
  typeError,
  valueError,
} from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import { PyByteArray } from "../core/objects/bytearray.ts";
import { newFrozenSet, newSet, PySet } from "../core/objects/set.ts";
import { setUpdate } from "../core/objects/set_ops.ts";
import { memoryFrom, PyMemoryView } from "../core/objects/memoryview.ts";
import { PyBuiltin } from "../core/objects/native_call.ts";
import { bytesToInt, intFromStr } from "../core/objects/int_convert.ts";
import { bytesText, parseFloatText } from "../core/objects/number_parse.ts";
import { utf16 } from "../core/objects/names.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { decodeBytes, decodeErrors, decodeKnown } from "../core/objects/codecs.ts";
import { decodeBytesEscape, decodeRawUnicodeEscape } from "../core/text/codec_escape.ts";
import { decodeAscii, decodeLatin1 } from "../core/text/codec_charmap.ts";
import { cur } from "../core/objects/state.ts";
import { audit } from "./sys.ts";
import * as O from "./_pickle_state.ts";
import { pairKey, table, unpicklingError } from "./_pickle_state.ts";

const PREFETCH = 128 * 1024;
const MAX = "9223372036854775807";

function truncated(): PyBaseException {
  return unpicklingError("pickle data was truncated");
}
function exhausted(): PyBaseException {
  return unpicklingError("pickle exhausted before end of frame");
}
function underflow(): PyBaseException {
  return unpicklingError("unpickling stack underflow");
}

export class PyUnpickler extends PyObject {
  stack: Value[] = [];
  private marks: number[] = [];
  memo: (Value | undefined)[] = [];
  memoLen = 0;
  proto = 0;
  fixImports = true;
  encoding = "ASCII";
  errors = "strict";
  buffers: Value | undefined = undefined;
  persistentAttr: Value | undefined = undefined;
  private persistent: Value | undefined = undefined;
  private data: Uint8Array = new Uint8Array(0);
  private at = 0;
  /** How much of `data` the file has already gone past. */
  private consumed = 0;
  /** Where the current frame ends in `data`; not beyond `at` when there is none. */
  private frameEnd = 0;
  private busy = false;
  read: Value | undefined = undefined;
  private readline: Value | undefined = undefined;
  private readinto: Value | undefined = undefined;
  private peek: Value | undefined = undefined;

  setFile(file: Value): void {
    this.peek = lookupAttr(file, "peek");
    this.readinto = lookupAttr(file, "readinto");
    this.read = lookupAttr(file, "read");
    this.readline = lookupAttr(file, "readline");
    if (this.read === undefined || this.readline === undefined) {
      this.read = undefined;
      throw typeError("file must have 'read' and 'readline' attributes");
    }
  }
  setData(b: Uint8Array): void {
    this.frameEnd = 0;
    this.data = b;
    this.at = 0;
    this.consumed = b.length;
  }

  // ---- reading -----------------------------------------------------------------------------

  private skipConsumed(): void {
    const n = this.at - this.consumed;
    if (n <= 0) return;
    call1(this.read!, n);
    this.consumed = this.at;
  }
  /** Gets bytes from the file; how many there are. */
  private fill(n: number): number {
    this.skipConsumed();
    if (this.peek !== undefined && n < PREFETCH) {
      let got: Value | undefined;
      try {
        got = call1(this.peek, PREFETCH);
      } catch (e) {
        if (!X.isOf(e, X.NotImplementedError)) throw e;
        this.peek = undefined;
      }
      if (got !== undefined) {
        this.setData(bytesOf(got).slice());
        this.consumed = 0;
        if (n <= this.data.length) return n;
      }
    }
    this.setData(bytesOf(call1(this.read!, n)).slice());
    return this.data.length;
  }
  /** The next `n` bytes: a view that is valid until the next one. */
  private take(n: number): Uint8Array {
    const end = this.at + n;
    if (end > this.frameEnd && this.at < this.frameEnd) throw exhausted();
    if (end <= this.data.length) {
      const b = this.data.subarray(this.at, end);
      this.at = end;
      return b;
    }
    if (this.read === undefined) throw truncated();
    const rest = this.data.subarray(this.at);
    if (rest.length > 0 && this.consumed === this.data.length) {
      // bytes that the file has gone past are still here
      const got = this.fill(n - rest.length);
      if (got < n - rest.length) throw truncated();
      const b = new Uint8Array(n);
      b.set(rest);
      b.set(this.data.subarray(0, n - rest.length), rest.length);
      this.at = n - rest.length;
      return b;
    }
    if (this.fill(n) < n) throw truncated();
    this.at = n;
    return this.data.subarray(0, n);
  }
  /** The next `n` bytes as an array of their own; much data is read into it by the file. */
  private takeInto(n: number): Uint8Array {
    const have = this.data.length - this.at;
    if (this.at < this.frameEnd && this.at + n > this.frameEnd) throw exhausted();
    // room is made before anything is read; no machine has more than this
    if (n > 2 ** 46) throw X.makeException(X.MemoryError, new PyTuple([]));
    if (n <= have || this.read === undefined) {
      if (n > have) throw truncated();
      return this.take(n).slice();
    }
    if (n > 0x3fffffff) throw X.makeException(X.MemoryError, new PyTuple([]));
    const out = new Uint8Array(n);
    out.set(this.data.subarray(this.at));
    this.at = this.data.length;
    this.skipConsumed();
    const want = n - have;
    if (this.readinto === undefined) {
      const got = call1(this.read, want);
      if (!(got instanceof PyBytes)) {
        throw valueError(`read() returned non-bytes object (<class '${typeName(got)}'>)`);
      }
      if (got.b.length < want) throw truncated();
      out.set(got.b.subarray(0, want), have);
      return out;
    }
    const target = new PyByteArray(new Uint8Array(want));
    const got = call1(this.readinto, memoryFrom(target));
    const count = isInt(got) ? Number(intValue(got)) : 0;
    if (count < 0) throw valueError("readinto() returned negative size");
    if (count < want) throw truncated();
    out.set(target.view(), have);
    return out;
  }
  /** The next line, with its end. */
  private line(): Uint8Array {
    const i = this.data.indexOf(10, this.at);
    if (this.at < this.frameEnd && (i < 0 || i >= this.frameEnd)) throw exhausted();
    if (i >= 0) {
      const b = this.data.slice(this.at, i + 1);
      this.at = i + 1;
      return b;
    }
    if (this.read === undefined) throw truncated();
    let head = new Uint8Array(0);
    if (this.consumed === this.data.length) head = this.data.slice(this.at);
    this.skipConsumed();
    const rest = bytesOf(call0(this.readline!)).slice();
    this.setData(rest);
    this.at = rest.length;
    if (rest.length === 0 || rest[rest.length - 1] !== 10) throw truncated();
    if (head.length === 0) return rest;
    const b = new Uint8Array(head.length + rest.length);
    b.set(head);
    b.set(rest, head.length);
    return b;
  }
  /** A line's text without its end; an empty one counts as truncated. */
  private text(min = 2): Uint8Array {
    const b = this.line();
    if (b.length < min) throw truncated();
    return b.subarray(0, b.length - 1);
  }
  private u1(): number {
    return this.take(1)[0];
  }
  private number(size: number): number {
    const b = this.take(size);
    let v = 0;
    for (let i = size - 1; i >= 0; i--) v = v * 256 + b[i];
    return v;
  }
  /** A size; -1: larger than any. */
  private size(bytes: number): number {
    const v = this.number(bytes);
    return v > 0x7fffffffffffffff - 1024 ? -1 : v;
  }
  /** Data with a size in front. */
  private counted(bytes: number, what: string, copy: boolean): Uint8Array {
    const n = this.size(bytes);
    if (n < 0) throw overflowError(`${what} exceeds system's maximum size of ${MAX} bytes`);
    return copy ? this.takeInto(n) : this.take(n);
  }

  // ---- the stack ---------------------------------------------------------------------------

  private get fence(): number {
    const m = this.marks;
    return m.length === 0 ? 0 : m[m.length - 1];
  }
  private pop(): Value {
    const s = this.stack;
    if (s.length <= this.fence) {
      if (this.marks.length > 0) throw unpicklingError("unexpected MARK found");
      throw underflow();
    }
    return s.pop()!;
  }
  private top(): Value {
    const s = this.stack;
    if (s.length <= this.fence) {
      if (this.marks.length > 0) throw unpicklingError("unexpected MARK found");
      throw underflow();
    }
    return s[s.length - 1];
  }
  private mark(): number {
    const m = this.marks.pop();
    if (m === undefined) throw unpicklingError("could not find MARK");
    return m;
  }
  private popTo(i: number): Value[] {
    if (i < this.fence) throw this.underflowError();
    return this.stack.splice(i);
  }
  private underflowError(): PyBaseException {
    return this.marks.length > 0 ? unpicklingError("unexpected MARK found") : underflow();
  }
  private memoPut(i: number): void {
    const v = this.top();
    const memo = this.memo;
    if (i > memo.length + 1_000_000) {
      // a sparse index: JavaScript's arrays take it, up to their limit
      if (i >= 2 ** 32 - 1) throw X.makeException(X.MemoryError, new PyTuple([]));
    }
    if (memo[i] === undefined) this.memoLen++;
    memo[i] = v;
  }
  private memoGet(i: number): void {
    const v = this.memo[i];
    if (v === undefined) throw unpicklingError(`Memo value not found at index ${i}`);
    this.stack.push(v);
  }

  /** Refuses a second use while the first one runs. */
  claim(): void {
    if (this.busy) throw runtimeError("Unpickler object is already used");
  }

  // ---- load --------------------------------------------------------------------------------

  load(): Value {
    this.claim();
    this.marks = [];
    this.stack = [];
    this.proto = 0;
    this.frameEnd = 0;
    const pers = lookupAttr(this, "persistent_load");
    this.persistent = pers instanceof PyBuiltin && pers.owner?.name === "_pickle.Unpickler" ? undefined : pers;
    this.busy = true;
    try {
      for (;;) {
        let c: number;
        if (this.at < this.data.length) c = this.data[this.at++];
        else {
          try {
            c = this.u1();
          } catch (e) {
            if (X.isOf(e, O.state().UnpicklingError)) throw eofError("Ran out of input");
            throw e;
          }
        }
        if (c === O.STOP) break;
        this.step(c);
      }
      this.skipConsumed();
      return this.pop();
    } finally {
      this.persistent = undefined;
      this.busy = false;
    }
  }

  private step(c: number): void {
    const s = this.stack;
    switch (c) {
      case O.NONE:
        s.push(None);
        break;
      case O.NEWTRUE:
        s.push(true);
        break;
      case O.NEWFALSE:
        s.push(false);
        break;
      case O.BININT:
        s.push(this.number(4) | 0);
        break;
      case O.BININT1:
        s.push(this.u1());
        break;
      case O.BININT2:
        s.push(this.number(2));
        break;
      case O.INT:
        s.push(this.loadInt());
        break;
      case O.LONG:
        s.push(this.loadLong());
        break;
      case O.LONG1:
        s.push(bytesToInt(this.take(this.u1()), true, true));
        break;
      case O.LONG4: {
        const n = this.number(4) | 0;
        if (n < 0) throw unpicklingError("LONG pickle has negative byte count");
        s.push(bytesToInt(this.take(n), true, true));
        break;
      }
      case O.FLOAT: {
        const text = bytesText(this.text()), x = parseFloatText(text);
        if (x === undefined) {
          // C code shows it up to a null character
          const shown = `${text}\n`.split("\0", 1)[0].slice(0, 200);
          const start = /^[+-]?(\d|\.\d|inf|nan)/i.test(text);
          throw valueError("could not convert string to float" + (start ? "" : `: '${shown}'`));
        }
        s.push(new PyFloat(x));
        break;
      }
      case O.BINFLOAT: {
        const b = this.take(8);
        s.push(new PyFloat(new DataView(b.buffer, b.byteOffset, 8).getFloat64(0, false)));
        break;
      }
      case O.SHORT_BINBYTES:
        s.push(new PyBytes(this.counted(1, "BINBYTES", true)));
        break;
      case O.BINBYTES:
        s.push(new PyBytes(this.counted(4, "BINBYTES", true)));
        break;
      case O.BINBYTES8:
        s.push(new PyBytes(this.counted(8, "BINBYTES", true)));
        break;
      case O.BYTEARRAY8:
        s.push(new PyByteArray(this.counted(8, "BYTEARRAY8", true)));
        break;
      case O.NEXT_BUFFER: {
        if (this.buffers === undefined) {
          throw unpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given");
        }
        const b = iterNext(this.buffers);
        if (b === undefined) throw unpicklingError("not enough out-of-band buffers");
        s.push(b);
        break;
      }
      case O.READONLY_BUFFER: {
        const m: PyMemoryView = memoryFrom(this.top());
        if (!m.view.readonly) {
          m.view.readonly = true;
          s[s.length - 1] = m;
        } else m.drop();
        break;
      }
      case O.STRING:
        s.push(this.loadString());
        break;
      case O.SHORT_BINSTRING:
        s.push(this.oldString(this.counted(1, "BINSTRING", true)));
        break;
      case O.BINSTRING: {
        const n = this.number(4) | 0;
        if (n < 0) throw unpicklingError("BINSTRING pickle has negative byte count");
        s.push(this.oldString(this.take(n).slice()));
        break;
      }
      case O.UNICODE:
        s.push(decodeRawUnicodeEscape(this.text(1)).text);
        break;
      case O.SHORT_BINUNICODE:
        s.push(this.utf8(this.counted(1, "BINUNICODE", false)));
        break;
      case O.BINUNICODE:
        s.push(this.utf8(this.counted(4, "BINUNICODE", false)));
        break;
      case O.BINUNICODE8:
        s.push(this.utf8(this.counted(8, "BINUNICODE", false)));
        break;
      case O.EMPTY_TUPLE:
        s.push(new PyTuple([]));
        break;
      case O.TUPLE1:
      case O.TUPLE2:
      case O.TUPLE3: {
        const n = c - O.TUPLE1 + 1;
        if (s.length < n) throw this.underflowError();
        s.push(new PyTuple(this.popTo(s.length - n)));
        break;
      }
      case O.TUPLE:
        s.push(new PyTuple(this.popTo(this.mark())));
        break;
      case O.EMPTY_LIST:
        s.push(new PyList([]));
        break;
      case O.LIST:
        s.push(new PyList(this.popTo(this.mark())));
        break;
      case O.EMPTY_DICT:
        s.push(new PyDict());
        break;
      case O.DICT: {
        const i = this.mark();
        if ((s.length - i) % 2 !== 0) throw unpicklingError("odd number of items for DICT");
        const d = new PyDict(), items = this.popTo(i);
        for (let k = 0; k < items.length; k += 2) d.set(items[k], items[k + 1]);
        s.push(d);
        break;
      }
      case O.EMPTY_SET:
        s.push(newSet());
        break;
      case O.FROZENSET:
        s.push(newFrozenSet(this.popTo(this.mark())));
        break;
      case O.ADDITEMS:
        this.addItems(this.mark());
        break;
      case O.APPEND:
        if (s.length - 1 <= this.fence) throw this.underflowError();
        this.append(s.length - 1);
        break;
      case O.APPENDS:
        this.append(this.mark());
        break;
      case O.SETITEM:
        this.setItems(s.length - 2);
        break;
      case O.SETITEMS:
        this.setItems(this.mark());
        break;
      case O.MARK:
        this.marks.push(s.length);
        break;
      case O.POP:
        if (this.marks.length > 0 && this.marks[this.marks.length - 1] === s.length) this.marks.pop();
        else if (s.length <= this.fence) throw this.underflowError();
        else s.pop();
        break;
      case O.POP_MARK:
        s.length = this.mark();
        break;
      case O.DUP:
        s.push(this.top());
        break;
      case O.GET:
      case O.PUT:
        this.loadIndexed(c);
        break;
      case O.BINGET:
        this.memoGet(this.u1());
        break;
      case O.LONG_BINGET:
        this.memoGet(this.number(4));
        break;
      case O.BINPUT:
        this.memoPut(this.u1());
        break;
      case O.LONG_BINPUT:
        this.memoPut(this.number(4));
        break;
      case O.MEMOIZE:
        this.memoPut(this.memoLen);
        break;
      case O.PROTO: {
        const p = this.u1();
        if (p > O.HIGHEST_PROTOCOL) throw valueError(`unsupported pickle protocol: ${p}`);
        this.proto = p;
        break;
      }
      case O.FRAME: {
        const n = this.size(8);
        if (n < 0) throw overflowError(`FRAME length exceeds system's maximum of ${MAX} bytes`);
        this.loadFrame(n);
        break;
      }
      default:
        this.stepObject(c);
    }
  }
  private stepObject(c: number): void {
    const s = this.stack;
    switch (c) {
      case O.GLOBAL: {
        const module = this.utf8(this.text()), name = this.utf8(this.text());
        s.push(this.findClass(module, name));
        break;
      }
      case O.STACK_GLOBAL: {
        const name = this.pop(), module = this.pop();
        if (!isExactStr(module) || !isExactStr(name)) throw unpicklingError("STACK_GLOBAL requires str");
        s.push(this.findClass(module, name));
        break;
      }
      case O.REDUCE: {
        const args = this.pop(), f = this.pop();
        if (!(args instanceof PyTuple)) throw typeError("argument list must be a tuple");
        s.push(call(f, args.items.slice()));
        break;
      }
      case O.BUILD:
        this.build();
        break;
      case O.NEWOBJ:
        this.newObject(undefined);
        break;
      case O.NEWOBJ_EX:
        this.newObject(this.pop());
        break;
      case O.OBJ: {
        const i = this.mark();
        if (s.length - i < 1) throw this.underflowError();
        const [cls, ...args] = this.popTo(i);
        s.push(instantiate(cls, args));
        break;
      }
      case O.INST: {
        const i = this.mark();
        const module = decodeAscii(this.text(), decodeErrors("strict")),
          name = decodeAscii(
            this.text(),
            decodeErrors("strict"),
          );
        const cls = this.findClass(module, name);
        s.push(instantiate(cls, this.popTo(i)));
        break;
      }
      case O.PERSID: {
        const b = this.text(1);
        let pid: Value;
        try {
          pid = decodeAscii(b, decodeErrors("strict"));
        } catch (e) {
          if (!X.isOf(e, X.UnicodeDecodeError)) throw e;
          throw unpicklingError("persistent IDs in protocol 0 must be ASCII strings");
        }
        s.push(this.loadPersistent(pid));
        break;
      }
      case O.BINPERSID:
        s.push(this.loadPersistent(this.pop()));
        break;
      case O.EXT1:
        this.extension(this.number(1));
        break;
      case O.EXT2:
        this.extension(this.number(2));
        break;
      case O.EXT4:
        this.extension(this.number(4) | 0);
        break;
      default: {
        const shown = c >= 0x20 && c <= 0x7e && c !== 39 && c !== 92
          ? String.fromCharCode(c)
          : "\\x" + c.toString(16).padStart(2, "0");
        throw unpicklingError(`invalid load key, '${shown}'.`);
      }
    }
  }

  // ---- single opcodes ----------------------------------------------------------------------

  private utf8(b: Uint8Array): Str {
    return decodeKnown(b, "utf-8", "surrogatepass")!;
  }
  /** Text for a message. */
  private utf8Strict(b: Uint8Array): Str {
    return decodeKnown(b, "utf-8", "strict")!;
  }
  private loadInt(): Value {
    const text = bytesText(this.text());
    if (text === "00") return false;
    if (text === "01") return true;
    try {
      return intFromStr(text, 10);
    } catch (e) {
      if (!X.isOf(e, X.ValueError)) throw e;
      throw valueError("could not convert string to int");
    }
  }
  private loadLong(): Int {
    const text = bytesText(this.text());
    return text.endsWith("L") ? this.decimal(text.slice(0, -1), "") : this.decimal(text);
  }
  /** An int from a line; errors show it with its end. */
  private decimal(text: string, end = "\n"): Int {
    try {
      return intFromStr(text, 10);
    } catch (e) {
      if (!X.isOf(e, X.ValueError)) throw e;
      // what cannot be shown is another error
      const shown = this.utf8Strict(Uint8Array.from(text + end, (c) => c.charCodeAt(0)));
      throw valueError(`invalid literal for int() with base 10: ${utf16(reprStr(shown as Value))}`);
    }
  }
  private loadPersistent(pid: Value): Value {
    if (this.persistent === undefined) throw noPersistent();
    return call1(this.persistent, pid);
  }
  private loadString(): Value {
    const b = this.text(1);
    const n = b.length, q = b[0];
    if (n < 2 || q !== b[n - 1] || (q !== 39 && q !== 34)) {
      throw unpicklingError("the STRING opcode argument must be quoted");
    }
    return this.oldString(decodeBytesEscape(b.slice(1, n - 1)).bytes);
  }
  /** A str of Python 2. */
  private oldString(b: Uint8Array): Value {
    if (this.encoding === "bytes") return new PyBytes(b);
    return decodeBytes(b, new PyBytes(b), this.encoding, this.errors);
  }
  private loadIndexed(c: number): void {
    const key = this.decimal(decodeLatin1(this.text()));
    if (c === O.GET) {
      if (typeof key === "bigint") throw overflowError("Python int too large to convert to C ssize_t");
      return this.memoGet(key);
    }
    this.top();
    if (typeof key === "bigint" && key > 0n) throw overflowError("Python int too large to convert to C ssize_t");
    if (key < 0) throw valueError("negative PUT argument");
    this.memoPut(Number(key));
  }
  private loadFrame(n: number): void {
    if (this.at < this.frameEnd) throw unpicklingError("beginning of a new frame before end of current frame");
    this.openFrame(n);
    this.frameEnd = this.at + n;
  }
  /** Has the whole frame in `data`. */
  private openFrame(n: number): void {
    if (n <= this.data.length - this.at) return;
    const b = this.take(n);
    // the frame is what is read next
    const own = this.at >= n && this.data.subarray(this.at - n, this.at);
    if (own && own.byteOffset === b.byteOffset && own.buffer === b.buffer) this.at -= n;
    else {
      const rest = this.data.subarray(this.at);
      if (rest.length === 0) this.setData(b);
      else {
        const joined = new Uint8Array(b.length + rest.length);
        joined.set(b);
        joined.set(rest, b.length);
        this.setData(joined);
      }
    }
  }
  private append(x: number): void {
    const s = this.stack;
    if (x > s.length || x <= this.fence) throw this.underflowError();
    if (s.length === x) return;
    const list = s[x - 1], items = s.splice(x);
    if (list instanceof PyList && list.cls.name === "list") {
      for (const v of items) list.items.push(v);
      return;
    }
    const extend = lookupAttr(list, "extend");
    if (extend !== undefined) {
      call1(extend, new PyList(items));
      return;
    }
    const append = getAttr(list, "append");
    for (const v of items) call1(append, v);
  }
  private setItems(x: number): void {
    const s = this.stack;
    if (x > s.length || x <= this.fence) throw this.underflowError();
    if (s.length === x) return;
    if ((s.length - x) % 2 !== 0) throw unpicklingError("odd number of items for SETITEMS");
    const d = s[x - 1], items = s.splice(x);
    if (d instanceof PyDict && d.cls.name === "dict") {
      for (let i = 0; i < items.length; i += 2) d.set(items[i], items[i + 1]);
    } else for (let i = 0; i < items.length; i += 2) setItem(d, items[i], items[i + 1]);
  }
  private addItems(x: number): void {
    const s = this.stack;
    if (x > s.length || x <= this.fence) throw this.underflowError();
    if (s.length === x) return;
    const set = s[x - 1], items = s.splice(x);
    if (set instanceof PySet) return setUpdate(set, new PyTuple(items));
    const add = getAttr(set, "add");
    for (const v of items) call1(add, v);
  }
  private build(): void {
    if (this.stack.length - 2 < this.fence) throw this.underflowError();
    let st = this.pop();
    const inst = this.top();
    const setstate = lookupAttr(inst, "__setstate__");
    if (setstate !== undefined) {
      call1(setstate, st);
      return;
    }
    let slots: Value | undefined;
    if (st instanceof PyTuple && st.items.length === 2) [st, slots] = st.items;
    if (st !== None) {
      if (!(st instanceof PyDict)) throw unpicklingError("state is not a dictionary");
      const dict = getAttr(inst, "__dict__");
      for (const [k, v] of st.entries()) setItem(dict, k, v);
    }
    if (slots !== undefined) {
      if (!(slots instanceof PyDict)) throw unpicklingError("slot state is not a dictionary");
      for (const [k, v] of slots.entries()) {
        if (!isStr(k)) throw typeError(`attribute name must be string, not '${typeName(k)}'`);
        setAttr(inst, utf16(strValue(k)), v);
      }
    }
  }
  private newObject(kw: Value | undefined): void {
    const op = kw === undefined ? "NEWOBJ" : "NEWOBJ_EX";
    const args = this.pop(), cls = this.pop();
    if (!(cls instanceof PyType)) throw unpicklingError(`${op} class argument must be a type, not ${typeName(cls)}`);
    if (cls.tp_new === undefined) throw unpicklingError(`${op} class argument '${cls.name}' doesn't have __new__`);
    if (!(args instanceof PyTuple)) throw unpicklingError(`${op} args argument must be a tuple, not ${typeName(args)}`);
    if (kw === undefined) {
      this.stack.push(cls.tp_new(cls, args.items.slice()));
      return;
    }
    if (!(kw instanceof PyDict)) throw unpicklingError(`${op} kwargs argument must be a dict, not ${typeName(kw)}`);
    const names: string[] = [], values = args.items.slice();
    for (const [k, v] of kw.entries()) {
      if (!isStr(k)) throw typeError("keywords must be strings");
      names.push(utf16(strValue(k)));
      values.push(v);
    }
    this.stack.push(cls.tp_new(cls, values, names));
  }
  private extension(code: number): void {
    if (code <= 0) throw unpicklingError("EXT specifies code <= 0");
    const cache = table("copyreg", "_extension_cache");
    const had = cache.get(code);
    if (had !== undefined) {
      this.stack.push(had);
      return;
    }
    const pair = table("copyreg", "_inverted_registry").get(code);
    if (pair === undefined) throw valueError(`unregistered extension code ${code}`);
    if (!(pair instanceof PyTuple) || pair.items.length !== 2 || !isStr(pair.items[0]) || !isStr(pair.items[1])) {
      throw valueError(`_inverted_registry[${code}] isn't a 2-tuple of strings`);
    }
    const obj = this.findClass(pair.items[0], pair.items[1]);
    cache.set(code, obj);
    this.stack.push(obj);
  }
  private findClass(module: Value, name: Value): Value {
    return callMethod(this, "find_class", module, name);
  }

  /** The default find_class. */
  findGlobal(module: Value, name: Value): Value {
    audit("pickle.find_class", () => [module, name]);
    if (this.proto < 3 && this.fixImports) {
      const both = table("_compat_pickle", "NAME_MAPPING").get(pairKey(module, name));
      if (both !== undefined) {
        if (!(both instanceof PyTuple) || both.items.length !== 2) {
          throw X.makeException(
            X.RuntimeError,
            new PyTuple([`_compat_pickle.NAME_MAPPING values should be 2-tuples, not ${typeName(both)}`]),
          );
        }
        [module, name] = both.items;
      } else module = table("_compat_pickle", "IMPORT_MAPPING").get(module) ?? module;
    }
    if (!isStr(module)) throw typeError(`__import__() argument 1 must be str, not ${argTypeName(module)}`);
    if (!isStr(name)) throw typeError(`attribute name must be string, not '${typeName(name)}'`);
    const modName = utf16(strValue(module)), path = utf16(strValue(name));
    if (modName === "") throw valueError("Empty module name");
    const m = cur.interp.importModule(modName);
    if (this.proto < 4 || !path.includes(".")) return getAttr(m, path);
    let o: Value = m;
    for (const part of path.split(".")) {
      let next: Value | undefined;
      try {
        next = getAttr(o, part);
      } catch (e) {
        if (!X.isOf(e, X.AttributeError)) throw e;
        const err = attributeError(`Can't resolve path '${path}' on module ${utf16(reprStr(module))}`, m, path);
        err.context = e as PyBaseException;
        throw err;
      }
      o = next;
    }
    return o;
  }
}
export function noPersistent(): PyBaseException {
  return unpicklingError(
    "A load persistent id instruction was encountered, but no persistent_load function was specified.",
  );
}
function isExactStr(v: Value): boolean {
  return typeof v === "string" || v instanceof PyWideStr;
}
function instantiate(cls: Value, args: Value[]): Value {
  if (args.length === 0 && cls instanceof PyType && lookupAttr(cls, "__getinitargs__") === undefined) {
    return callMethod(cls, "__new__", cls);
  }
  return call(cls, args);
}
