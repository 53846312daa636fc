// CPython 3.14: Modules/_pickle.c (Pickler)
//
// A Pickler writes opcodes into a buffer that grows; from protocol 4 on they are cut into frames, and a
// frame that is complete goes to the file. The memo maps objects to their numbers; texts are told apart by
// value, as everywhere in gopy. Whoever serialises a part of an object adds a note to what it raises.

import {
  bytearrayType,
  bytesType,
  dictType,
  Ellipsis,
  ellipsisType,
  floatType,
  frozensetType,
  functionType,
  type Int,
  isSubtype,
  listType,
  None,
  noneType,
  NotImplemented,
  notImplementedType,
  PyBaseException,
  PyBytes,
  PyFloat,
  PyList,
  PyObject,
  PyTuple,
  PyType,
  setType,
  type Str,
  strType,
  tupleType,
  typeOf,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import {
  call,
  call0,
  call1,
  callMethod,
  enterNative,
  getAttr,
  getIter,
  intValue,
  isCallable,
  isInt,
  isStr,
  isTrue,
  iterNext,
  iterToArray,
  leaveNative,
  lookupAttr,
  reprStr,
  strOf,
  strValue,
} from "../core/objects/abstract.ts";
import { overflowError, runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import { PyByteArray } from "../core/objects/bytearray.ts";
import { PySet } from "../core/objects/set.ts";
import { PyBuiltin } from "../core/objects/native_call.ts";
import { idOf } from "../core/objects/identity.ts";
import { intBitLength, intRepr, intToBytes } from "../core/objects/int.ts";
import { utf16 } from "../core/objects/names.ts";
import { argTypeName, qualifiedTypeName } from "../core/objects/type_name.ts";
import { encodeKnown } from "../core/objects/codecs.ts";
import { strCodeAt, strLen } from "../core/objects/str_ops.ts";
import { decodeLatin1 } from "../core/text/codec_charmap.ts";
import { asciiBytes } from "../core/text/codec_errors.ts";
import { isCContiguous, isFContiguous, viewBytes } from "../core/objects/buffer.ts";
import { cur } from "../core/objects/state.ts";
import { reprDouble } from "../core/text/dtoa.ts";
import { pickleBufferView, PyPickleBuffer } from "./picklebuffer.ts";
import * as O from "./_pickle_state.ts";
import { known, pairKey, picklingError, table } from "./_pickle_state.ts";

const BATCH = 1000;
const FRAME_MIN = 4, FRAME_TARGET = 64 * 1024, FRAME_HEADER = 9;
/** JavaScript stack that one level of nesting takes, about. */
const LEVEL = 420;
const FAST_LIMIT = 50;

function note(e: unknown, text: () => string): unknown {
  if (e instanceof PyBaseException) X.addNote(e, X.textValue(text()));
  return e;
}
function named(obj: Value | undefined): string {
  return obj === undefined ? "NULL" : qualifiedTypeName(obj);
}
/** `repr(o)` for messages. */
function shown(o: Value): string {
  return utf16(reprStr(o));
}

export class PickleWriter {
  private buf = new Uint8Array(1024);
  private n = 0;
  /** Where the open frame began; -1: none is open. */
  private frame = -1;
  framing = false;
  write: Value | undefined = undefined;

  private room(n: number): void {
    const need = this.n + n;
    if (need <= this.buf.length) return;
    const b = new Uint8Array(Math.max(need, this.buf.length * 2));
    b.set(this.buf.subarray(0, this.n));
    this.buf = b;
  }
  private start(n: number): void {
    this.room(n + FRAME_HEADER);
    if (this.framing && this.frame < 0) {
      this.frame = this.n;
      this.n += FRAME_HEADER;
    }
  }
  op(c: number): void {
    this.start(1);
    this.buf[this.n++] = c;
  }
  /** An opcode and a little-endian number of `size` bytes. */
  opNumber(c: number, v: number, size: number): void {
    this.start(1 + size);
    this.buf[this.n++] = c;
    this.number(v, size);
  }
  private number(v: number, size: number): void {
    for (let i = 0; i < size; i++) {
      this.buf[this.n++] = v & 255;
      v = Math.floor(v / 256);
    }
  }
  bytes(b: Uint8Array): void {
    this.start(b.length);
    this.buf.set(b, this.n);
    this.n += b.length;
  }
  ascii(s: string): void {
    this.start(s.length);
    for (let i = 0; i < s.length; i++) this.buf[this.n++] = s.charCodeAt(i);
  }
  double(x: number): void {
    this.start(9);
    this.buf[this.n++] = O.BINFLOAT;
    new DataView(this.buf.buffer).setFloat64(this.n, x, false);
    this.n += 8;
  }
  /** Ends the open frame; a short one loses its header. */
  commit(): void {
    if (!this.framing || this.frame < 0) return;
    const at = this.frame, len = this.n - at - FRAME_HEADER;
    if (len >= FRAME_MIN) {
      const end = this.n;
      this.n = at;
      this.buf[this.n++] = O.FRAME;
      this.number(len, 8);
      this.n = end;
    } else {
      this.buf.copyWithin(at, at + FRAME_HEADER, this.n);
      this.n -= FRAME_HEADER;
    }
    this.frame = -1;
  }
  /** Between two objects: a long frame ends. */
  boundary(): void {
    if (!this.framing || this.frame < 0 || this.n - this.frame - FRAME_HEADER < FRAME_TARGET) return;
    this.commit();
    if (this.write !== undefined) this.flush();
  }
  flush(): void {
    const b = this.take();
    call1(this.write!, new PyBytes(b));
  }
  take(): Uint8Array {
    this.commit();
    const b = this.buf.slice(0, this.n);
    this.reset();
    return b;
  }
  reset(): void {
    this.n = 0;
    this.frame = -1;
  }
  /** A header and data; much data goes outside of any frame, and straight to the file. */
  data(header: number, size: number, sizeBytes: number, b: Uint8Array, payload: Value | undefined): void {
    const framing = this.framing, direct = b.length >= FRAME_TARGET;
    if (direct) {
      this.commit();
      this.framing = false;
    }
    this.opNumber(header, size, sizeBytes);
    if (direct && this.write !== undefined) {
      this.flush();
      call1(this.write, payload ?? new PyBytes(b));
    } else this.bytes(b);
    this.framing = framing;
  }
}

export class PyPickler extends PyObject {
  readonly out = new PickleWriter();
  memo: Map<Value, { id: number; obj: Value }> = new Map();
  ready = false;
  proto = 0;
  bin = 0;
  fast = 0;
  fixImports = false;
  bufferCallback: Value | undefined = undefined;
  dispatchTable: Value | undefined = undefined;
  /** A persistent_id set on the instance. */
  persistentAttr: Value | undefined = undefined;
  private persistent: Value | undefined = undefined;
  private override: Value | undefined = undefined;
  private nesting = 0;
  private fastMemo: Set<Value> | undefined = undefined;

  setProtocol(protocol: Value, fixImports: boolean): void {
    let p = O.DEFAULT_PROTOCOL;
    if (protocol !== None) {
      const n = asInt(protocol);
      if (n < 0) p = O.HIGHEST_PROTOCOL;
      else if (n > O.HIGHEST_PROTOCOL) throw valueError(`pickle protocol must be <= ${O.HIGHEST_PROTOCOL}`);
      else p = Number(n);
    }
    this.proto = p;
    this.bin = p > 0 ? 1 : 0;
    this.fixImports = fixImports && p < 3;
  }
  setFile(file: Value): void {
    const w = lookupAttr(file, "write");
    if (w === undefined) throw typeError("file must have a 'write' attribute");
    this.out.write = w;
  }
  setBufferCallback(f: Value): void {
    this.bufferCallback = undefined;
    if (f === None) return;
    if (this.proto < 5) throw valueError("buffer_callback needs protocol >= 5");
    this.bufferCallback = f;
  }

  /** Writes a whole pickle into the buffer. */
  dump(obj: Value): void {
    this.claim();
    this.busy = true;
    try {
      this.dumpObject(obj);
    } finally {
      this.busy = false;
    }
  }
  private busy = false;
  /** Refuses a second use while the first one runs. */
  claim(): void {
    if (this.busy) throw runtimeError("Pickler object is already used");
  }
  /** Writes what is in the buffer to the file. */
  finish(): void {
    this.busy = true;
    try {
      this.out.flush();
    } finally {
      this.busy = false;
    }
  }
  private dumpObject(obj: Value): void {
    this.override = lookupAttr(this, "reducer_override");
    const pid = lookupAttr(this, "persistent_id");
    // the method of the type itself does nothing
    this.persistent = pid instanceof PyBuiltin && pid.owner?.name === "_pickle.Pickler" ? undefined : pid;
    const out = this.out;
    out.reset();
    try {
      if (this.proto >= 2) {
        out.opNumber(O.PROTO, this.proto, 1);
        if (this.proto >= 4) out.framing = true;
      }
      this.save(obj);
      out.op(O.STOP);
      out.commit();
    } finally {
      out.framing = false;
      this.override = this.persistent = undefined;
    }
  }

  // ---- memo --------------------------------------------------------------------------------

  private put(obj: Value): void {
    if (this.fast) return;
    const id = this.memo.size, out = this.out;
    this.memo.set(obj, { id, obj });
    if (this.proto >= 4) out.op(O.MEMOIZE);
    else if (!this.bin) out.ascii(`p${id}\n`);
    else if (id < 256) out.opNumber(O.BINPUT, id, 1);
    else out.opNumber(O.LONG_BINPUT, id, 4);
  }
  private get(id: number): void {
    const out = this.out;
    if (!this.bin) out.ascii(`g${id}\n`);
    else if (id < 256) out.opNumber(O.BINGET, id, 1);
    else out.opNumber(O.LONG_BINGET, id, 4);
  }
  private fastEnter(obj: Value): void {
    if (!this.fast || ++this.nesting < FAST_LIMIT) return;
    const memo = this.fastMemo ??= new Set();
    if (memo.has(obj)) {
      this.nesting = 0;
      this.fastMemo = undefined;
      throw valueError(
        `fast mode: can't pickle cyclic objects including object type ${typeOf(obj).name} at 0x${
          idOf(obj).toString(16)
        }`,
      );
    }
    memo.add(obj);
  }
  private fastLeave(obj: Value): void {
    if (this.fast && this.nesting-- >= FAST_LIMIT) this.fastMemo?.delete(obj);
  }

  // ---- save --------------------------------------------------------------------------------

  save(obj: Value, persistent = true): void {
    const out = this.out;
    out.boundary();
    if (persistent && this.persistent !== undefined && this.savePersistent(obj)) return;
    switch (typeof obj) {
      case "boolean":
        if (this.proto >= 2) out.op(obj ? O.NEWTRUE : O.NEWFALSE);
        else out.ascii(obj ? "I01\n" : "I00\n");
        return;
      case "number":
      case "bigint":
        return this.saveInt(obj);
    }
    if (obj === None) return out.op(O.NONE);
    const type = typeOf(obj);
    if (type === floatType) return this.saveFloat((obj as PyFloat).v);
    const m = this.memo.get(obj);
    if (m !== undefined) return this.get(m.id);
    if (type === strType) return this.saveStr(obj as Str);
    if (type === bytesType) return this.saveBytes(obj as PyBytes);
    enterNative(LEVEL, " while pickling an object");
    try {
      this.saveObject(obj as PyObject, type);
    } finally {
      leaveNative(LEVEL);
    }
  }

  private saveObject(obj: PyObject, type: PyType): void {
    if (type === listType) return this.saveList(obj as PyList);
    if (type === tupleType) return this.saveTuple(obj as PyTuple);
    if (type === dictType) return this.saveDict(obj as PyDict);
    if (type === setType) return this.saveSet(obj as PySet);
    if (type === frozensetType) return this.saveFrozenset(obj as PySet);
    if (type === bytearrayType) return this.saveByteArray(obj as PyByteArray);
    if (obj instanceof PyPickleBuffer) return this.saveBuffer(obj);
    let rv: Value | undefined;
    if (this.override !== undefined) {
      rv = call1(this.override, obj);
      if (rv === NotImplemented) rv = undefined;
    }
    if (rv === undefined) {
      if (type === typeType) return this.saveType(obj as PyType);
      if (type === functionType) return this.saveGlobal(obj, undefined);
      rv = this.reduced(obj, type);
      if (rv === undefined) return;
    }
    if (isStr(rv)) return this.saveGlobal(obj, strValue(rv));
    try {
      if (!(rv instanceof PyTuple)) {
        throw picklingError(`__reduce__ must return a string or tuple, not ${named(rv)}`);
      }
      this.saveReduce(rv.items, obj);
    } catch (e) {
      throw note(e, () => `when serializing ${named(obj)} object`);
    }
  }
  /** What a reducer makes of an object; undefined: it is saved already. */
  private reduced(obj: PyObject, type: PyType): Value | undefined {
    let f: Value | undefined;
    if (this.dispatchTable === undefined) f = table("copyreg", "dispatch_table").get(type);
    else {
      try {
        f = callMethod(this.dispatchTable, "__getitem__", type);
      } catch (e) {
        if (!X.isOf(e, X.KeyError)) throw e;
      }
    }
    if (f !== undefined) return call1(f, obj);
    if (isSubtype(type, typeType)) {
      this.saveGlobal(obj, undefined);
      return undefined;
    }
    const ex = lookupAttr(obj, "__reduce_ex__");
    if (ex !== undefined) return call1(ex, this.proto);
    const reduce = lookupAttr(obj, "__reduce__");
    if (reduce === undefined) throw picklingError(`can't pickle '${named(obj)}' object: ${shown(obj)}`);
    return call0(reduce);
  }
  private savePersistent(obj: Value): boolean {
    const pid = call1(this.persistent!, obj);
    if (pid === None) return false;
    if (this.bin) {
      this.save(pid, false);
      this.out.op(O.BINPERSID);
      return true;
    }
    const text = asciiBytes(strOf(pid));
    if (text === undefined) throw picklingError("persistent IDs in protocol 0 must be ASCII strings");
    this.out.op(O.PERSID);
    this.out.bytes(text);
    this.out.ascii("\n");
    return true;
  }

  // ---- atoms -------------------------------------------------------------------------------

  private saveInt(n: Int): void {
    const out = this.out;
    if (typeof n === "number" && n >= -0x80000000 && n <= 0x7fffffff) {
      if (!this.bin) return out.ascii(`I${n}\n`);
      if (n >= 0 && n < 256) return out.opNumber(O.BININT1, n, 1);
      if (n >= 0 && n < 65536) return out.opNumber(O.BININT2, n, 2);
      return out.opNumber(O.BININT, n >>> 0, 4);
    }
    if (this.proto < 2) return out.ascii(`L${intRepr(n)}L\n`);
    let size = (intBitLength(n) >> 3) + 1;
    let b = intToBytes(n, size, true, true);
    if (n < 0 && size > 1 && b[size - 1] === 0xff && (b[size - 2] & 0x80) !== 0) b = b.subarray(0, --size);
    if (size < 256) out.opNumber(O.LONG1, size, 1);
    else out.opNumber(O.LONG4, size, 4);
    out.bytes(b);
  }
  private saveFloat(x: number): void {
    if (this.bin) this.out.double(x);
    else this.out.ascii(`F${reprDouble(x)}\n`);
  }
  private saveStr(s: Str): void {
    if (this.bin) {
      const b = encodeKnown(s, "utf-8", "surrogatepass")!;
      if (b.length < 256 && this.proto >= 4) this.out.data(O.SHORT_BINUNICODE, b.length, 1, b, undefined);
      else this.out.data(O.BINUNICODE, b.length, 4, b, undefined);
    } else {
      this.out.ascii("V" + rawEscape(s) + "\n");
    }
    this.put(s);
  }
  private bytesData(obj: Value, b: Uint8Array): void {
    if (b.length < 256) this.out.data(O.SHORT_BINBYTES, b.length, 1, b, obj);
    else this.out.data(O.BINBYTES, b.length, 4, b, obj);
    this.put(obj);
  }
  private saveBytes(obj: PyBytes): void {
    if (this.proto >= 3) return this.bytesData(obj, obj.b);
    if (obj.b.length === 0) return this.saveReduce([bytesType, new PyTuple([])], obj);
    const args = new PyTuple([decodeLatin1(obj.b), "latin1"]);
    this.saveReduce([known("codecs", "encode"), args], obj);
  }
  private saveByteArray(obj: PyByteArray): void {
    if (this.proto >= 5) return this.byteArrayData(obj, obj.view());
    const args = obj.n === 0 ? [] : [new PyBytes(obj.view().slice())];
    this.saveReduce([bytearrayType, new PyTuple(args)], obj);
  }
  private byteArrayData(obj: Value, b: Uint8Array): void {
    this.out.data(O.BYTEARRAY8, b.length, 8, b, obj);
    this.put(obj);
  }
  private saveBuffer(obj: PyPickleBuffer): void {
    if (this.proto < 5) throw picklingError("PickleBuffer can only be pickled with protocol >= 5");
    const view = pickleBufferView(obj);
    if (!isCContiguous(view) && !isFContiguous(view)) {
      throw picklingError("PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
    }
    if (this.bufferCallback === undefined || isTrue(call1(this.bufferCallback, obj))) {
      const b = viewBytes(view);
      if (view.readonly) this.bytesData(obj, b);
      else this.byteArrayData(obj, b);
      return;
    }
    this.out.op(O.NEXT_BUFFER);
    if (view.readonly) this.out.op(O.READONLY_BUFFER);
  }

  // ---- containers --------------------------------------------------------------------------

  private item(obj: Value | undefined, i: number, v: Value): void {
    try {
      this.save(v);
    } catch (e) {
      throw note(e, () => `when serializing ${named(obj)} item ${i}`);
    }
  }
  private saveTuple(obj: PyTuple): void {
    const out = this.out, items = obj.items, n = items.length;
    if (n === 0) {
      if (this.proto > 0) out.op(O.EMPTY_TUPLE);
      else out.ascii("(t");
      return;
    }
    const short = n <= 3 && this.proto >= 2;
    if (!short) out.op(O.MARK);
    for (let i = 0; i < n; i++) this.item(obj, i, items[i]);
    // an element may have led back here
    const m = this.memo.get(obj);
    if (m !== undefined) {
      if (!short && this.bin) out.op(O.POP_MARK);
      else for (let i = short ? 1 : 0; i <= n; i++) out.op(O.POP);
      return this.get(m.id);
    }
    out.op(short ? O.TUPLE1 + n - 1 : O.TUPLE);
    this.put(obj);
  }
  private saveList(obj: PyList): void {
    const out = this.out;
    this.fastEnter(obj);
    if (this.bin) out.op(O.EMPTY_LIST);
    else out.ascii("(l");
    this.put(obj);
    if (obj.items.length > 0) this.batchList(obj, obj.items);
    this.fastLeave(obj);
  }
  /** Appends to the list on the stack; `items` is an array that may change meanwhile. */
  private batchList(obj: Value | undefined, items: readonly Value[]): void {
    const out = this.out;
    if (this.proto === 0) {
      for (let i = 0; i < items.length; i++) {
        this.item(obj, i, items[i]);
        out.op(O.APPEND);
      }
      return;
    }
    if (items.length === 1) {
      this.item(obj, 0, items[0]);
      return out.op(O.APPEND);
    }
    for (let i = 0; i < items.length;) {
      out.op(O.MARK);
      const end = i + BATCH;
      for (; i < end && i < items.length; i++) this.item(obj, i, items[i]);
      out.op(O.APPENDS);
    }
  }
  /** The same from an iterator. */
  private batchIter(obj: Value | undefined, it: Value): void {
    const out = this.out;
    let i = 0;
    if (this.proto === 0) {
      for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
        this.item(obj, i++, v);
        out.op(O.APPEND);
      }
      return;
    }
    for (let first = iterNext(it); first !== undefined; first = iterNext(it)) {
      let next = iterNext(it);
      if (next === undefined) {
        this.item(obj, i, first);
        return out.op(O.APPEND);
      }
      out.op(O.MARK);
      this.item(obj, i++, first);
      for (let n = 1; next !== undefined;) {
        this.item(obj, i++, next);
        if (++n === BATCH) break;
        next = iterNext(it);
      }
      out.op(O.APPENDS);
    }
  }
  private keyed(obj: Value | undefined, k: Value, v: Value): void {
    this.save(k);
    try {
      this.save(v);
    } catch (e) {
      throw note(e, () => `when serializing ${named(obj)} item ${shown(k)}`);
    }
  }
  private saveDict(obj: PyDict): void {
    const out = this.out;
    this.fastEnter(obj);
    if (this.bin) out.op(O.EMPTY_DICT);
    else out.ascii("(d");
    this.put(obj);
    if (obj.size > 0) {
      if (this.proto === 0) this.batchPairs(obj, getIter(callMethod(obj, "items")));
      else this.batchDict(obj);
    }
    this.fastLeave(obj);
  }
  private batchDict(obj: PyDict): void {
    const out = this.out, size = obj.size;
    let i = obj.nextIndex(0);
    if (size === 1) {
      this.keyed(obj, obj.keys[i] as Value, obj.vals[i] as Value);
      return out.op(O.SETITEM);
    }
    for (let n = BATCH; n === BATCH;) {
      n = 0;
      out.op(O.MARK);
      while (i >= 0) {
        this.keyed(obj, obj.keys[i] as Value, obj.vals[i] as Value);
        i = obj.nextIndex(i + 1);
        if (++n === BATCH) break;
      }
      out.op(O.SETITEMS);
      if (obj.size !== size) throw runtimeError("dictionary changed size during iteration");
    }
  }
  private batchPairs(obj: Value | undefined, it: Value): void {
    const out = this.out;
    const pair = (v: Value): [Value, Value] => {
      if (!(v instanceof PyTuple) || v.items.length !== 2) throw typeError("dict items iterator must return 2-tuples");
      return v.items as [Value, Value];
    };
    if (this.proto === 0) {
      for (let v = iterNext(it); v !== undefined; v = iterNext(it)) {
        this.keyed(obj, ...pair(v));
        out.op(O.SETITEM);
      }
      return;
    }
    for (let first = iterNext(it); first !== undefined; first = iterNext(it)) {
      const p = pair(first);
      let next = iterNext(it);
      if (next === undefined) {
        this.keyed(obj, ...p);
        return out.op(O.SETITEM);
      }
      out.op(O.MARK);
      this.keyed(obj, ...p);
      for (let n = 1; next !== undefined;) {
        this.keyed(obj, ...pair(next));
        if (++n === BATCH) break;
        next = iterNext(it);
      }
      out.op(O.SETITEMS);
    }
  }
  private element(obj: Value, v: Value): void {
    try {
      this.save(v);
    } catch (e) {
      throw note(e, () => `when serializing ${named(obj)} element`);
    }
  }
  private saveSet(obj: PySet): void {
    if (this.proto < 4) return this.saveReduce([setType, new PyTuple([new PyList(iterToArray(obj))])], obj);
    const out = this.out, size = obj.used;
    out.op(O.EMPTY_SET);
    this.put(obj);
    if (size === 0) return;
    const items = iterToArray(obj);
    for (let i = 0; i < items.length;) {
      out.op(O.MARK);
      const end = Math.min(i + BATCH, items.length);
      for (; i < end; i++) this.element(obj, items[i]);
      out.op(O.ADDITEMS);
      if (obj.used !== size) throw runtimeError("set changed size during iteration");
    }
  }
  private saveFrozenset(obj: PySet): void {
    if (this.proto < 4) return this.saveReduce([frozensetType, new PyTuple([new PyList(iterToArray(obj))])], obj);
    const out = this.out;
    out.op(O.MARK);
    for (const v of iterToArray(obj)) this.element(obj, v);
    const m = this.memo.get(obj);
    if (m !== undefined) {
      out.op(O.POP_MARK);
      return this.get(m.id);
    }
    out.op(O.FROZENSET);
    this.put(obj);
  }

  // ---- classes and functions ---------------------------------------------------------------

  private saveType(obj: PyType): void {
    const one = obj === noneType
      ? None
      : obj === ellipsisType
      ? Ellipsis
      : obj === notImplementedType
      ? NotImplemented
      : undefined;
    if (one !== undefined) return this.saveReduce([typeType, new PyTuple([one])], obj);
    this.saveGlobal(obj, undefined);
  }
  private saveGlobal(obj: Value, given: Str | undefined): void {
    let name: Value = given ?? None;
    if (given === undefined) {
      name = lookupAttr(obj, "__qualname__") ?? getAttr(obj, "__name__");
    }
    const text = isStr(name) ? utf16(strValue(name)) : utf16(strOf(name));
    const path = text.split(".");
    const module = whichModule(obj, text, path);
    const out = this.out;
    if (this.proto >= 2) {
      const code = table("copyreg", "_extension_registry").get(pairKey(module, name));
      if (code !== undefined) {
        const n = asInt(code);
        if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) {
          throw overflowError("Python int too large to convert to C long");
        }
        if (n <= 0 || n > 0x7fffffff) throw runtimeError(`extension code ${n} is out of range`);
        if (n < 256) out.opNumber(O.EXT1, Number(n), 1);
        else if (n < 65536) out.opNumber(O.EXT2, Number(n), 2);
        else out.opNumber(O.EXT4, Number(n), 4);
        return;
      }
    }
    if (this.proto >= 4) {
      this.save(module);
      this.save(name);
      out.op(O.STACK_GLOBAL);
    } else if (path.length > 1) {
      // getattr(getattr(global, name1), name2)
      const getattr = known("builtins", "getattr");
      for (let i = 1; i < path.length; i++) {
        this.save(getattr);
        if (this.proto < 2) out.op(O.MARK);
      }
      this.topLevel(module, path[0]);
      for (let i = 1; i < path.length; i++) {
        this.save(X.textValue(path[i]));
        out.op(this.proto < 2 ? O.TUPLE : O.TUPLE2);
        out.op(O.REDUCE);
      }
    } else this.topLevel(module, name);
    this.put(obj);
  }
  private topLevel(module: Value, name: Value): void {
    if (this.fixImports && this.proto < 3) {
      const both = table("_compat_pickle", "REVERSE_NAME_MAPPING").get(pairKey(module, name));
      if (both !== undefined) {
        if (!(both instanceof PyTuple) || both.items.length !== 2) {
          throw runtimeError(
            `_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not ${typeOf(both).name}`,
          );
        }
        [module, name] = both.items;
        if (!isStr(module) || !isStr(name)) {
          throw runtimeError(
            "_compat_pickle.REVERSE_NAME_MAPPING values should be pairs of str, not " +
              `(${typeOf(module).name}, ${typeOf(name).name})`,
          );
        }
      } else {
        const m = table("_compat_pickle", "REVERSE_IMPORT_MAPPING").get(module);
        if (m !== undefined) {
          if (!isStr(m)) {
            throw runtimeError(
              `_compat_pickle.REVERSE_IMPORT_MAPPING values should be strings, not ${typeOf(m).name}`,
            );
          }
          module = m;
        }
      }
    }
    this.out.op(O.GLOBAL);
    this.identifier(module, "module");
    this.identifier(name, "global");
  }
  private identifier(v: Value, what: string): void {
    const s = isStr(v) ? strValue(v) : strOf(v);
    let b: Uint8Array;
    try {
      b = encodeKnown(s, this.proto < 3 ? "ascii" : "utf-8", "strict")!;
    } catch (e) {
      if (!X.isOf(e, X.UnicodeEncodeError)) throw e;
      throw during(
        e,
        picklingError(`can't pickle ${what} identifier ${shown(v)} using pickle protocol ${this.proto}`),
      );
    }
    this.out.bytes(b);
    this.out.ascii("\n");
  }

  // ---- reduced objects ---------------------------------------------------------------------

  private part(obj: Value | undefined, what: string, ...values: Value[]): void {
    try {
      for (const v of values) this.save(v);
    } catch (e) {
      throw note(e, () => `when serializing ${named(obj)} ${what}`);
    }
  }
  private saveReduce(rv: readonly Value[], obj: Value | undefined): void {
    const out = this.out;
    if (rv.length < 2 || rv.length > 6) {
      throw picklingError("tuple returned by __reduce__ must contain 2 through 6 elements");
    }
    const [f, args] = rv;
    const opt = (i: number): Value | undefined => i < rv.length && rv[i] !== None ? rv[i] : undefined;
    const objState = opt(2), listItems = opt(3), dictItems = opt(4), setter = opt(5);
    const must = (nth: string, what: string, v: Value) =>
      picklingError(`${nth} item of the tuple returned by __reduce__ must be ${what}, not ${named(v)}`);
    if (!isCallable(f)) throw must("first", "callable", f);
    if (!(args instanceof PyTuple)) throw must("second", "a tuple", args);
    if (listItems !== undefined && !isIterator(listItems)) throw must("fourth", "an iterator", listItems);
    if (dictItems !== undefined && !isIterator(dictItems)) throw must("fifth", "an iterator", dictItems);
    if (setter !== undefined && !isCallable(setter)) throw must("sixth", "callable", setter);
    const name = this.proto >= 2 ? lookupAttr(f, "__name__") : undefined;
    if (name === "__newobj_ex__") this.newObjectEx(args.items, obj);
    else if (name === "__newobj__") this.newObject(args.items, obj);
    else {
      this.part(obj, "reconstructor", f);
      this.part(obj, "reconstructor arguments", args);
      out.op(O.REDUCE);
    }
    if (obj !== undefined) {
      // what was serialised may have led back here
      const m = this.memo.get(obj);
      if (m !== undefined) {
        out.op(O.POP);
        return this.get(m.id);
      }
      this.put(obj);
    }
    if (listItems !== undefined) this.batchIter(obj, listItems);
    if (dictItems !== undefined) this.batchPairs(obj, dictItems);
    if (objState === undefined) return;
    if (setter === undefined) {
      this.part(obj, "state", objState);
      out.op(O.BUILD);
    } else {
      this.part(obj, "state setter", setter);
      this.save(obj ?? None);
      this.part(obj, "state", objState);
      out.op(O.TUPLE2);
      out.op(O.REDUCE);
      out.op(O.POP);
    }
  }
  private newObject(args: readonly Value[], obj: Value | undefined): void {
    if (args.length < 1) throw picklingError("__newobj__ expected at least 1 argument, got 0");
    const cls = args[0];
    if (!(cls instanceof PyType)) {
      throw picklingError(`first argument to __newobj__() must be a class, not ${named(cls)}`);
    }
    this.sameClass(cls, obj, "__newobj__");
    this.part(obj, "class", cls);
    this.part(obj, "__new__ arguments", new PyTuple(args.slice(1)));
    this.out.op(O.NEWOBJ);
  }
  private newObjectEx(args: readonly Value[], obj: Value | undefined): void {
    if (args.length !== 3) throw picklingError(`__newobj_ex__ expected 3 arguments, got ${args.length}`);
    const [cls, pos, kw] = args;
    const must = (nth: string, what: string, v: Value) =>
      picklingError(`${nth} argument to __newobj_ex__() must be a ${what}, not ${named(v)}`);
    if (!(cls instanceof PyType)) throw must("first", "class", cls);
    if (!(pos instanceof PyTuple)) throw must("second", "tuple", pos);
    if (!(kw instanceof PyDict)) throw must("third", "dict", kw);
    const out = this.out;
    if (this.proto >= 4) {
      this.part(obj, "class", cls);
      this.part(obj, "__new__ arguments", pos, kw);
      out.op(O.NEWOBJ_EX);
      return;
    }
    const names: string[] = [], values: Value[] = [];
    for (const [k, v] of kw.entries()) {
      if (!isStr(k)) throw typeError("keywords must be strings");
      names.push(utf16(strValue(k)));
      values.push(v);
    }
    const f = call(known("functools", "partial"), [getAttr(cls, "__new__"), cls, ...pos.items, ...values], names);
    this.part(obj, "reconstructor", f);
    this.save(new PyTuple([]));
    out.op(O.REDUCE);
  }
  private sameClass(cls: PyType, obj: Value | undefined, f: string): void {
    if (obj === undefined) return;
    const own = lookupAttr(obj, "__class__") ?? typeOf(obj);
    if (own === cls) return;
    throw picklingError(`first argument to ${f}() must be ${shown(own)}, not ${shown(cls)}`);
  }
}

function asInt(v: Value): Int {
  if (isInt(v)) return intValue(v);
  const f = typeOf(v).nb_index;
  if (f === undefined) throw typeError(`'${typeOf(v).name}' object cannot be interpreted as an integer`);
  return intValue(f(v));
}
function isIterator(v: Value): boolean {
  return typeOf(v).tp_iternext !== undefined;
}
/** Text of the UNICODE opcode: raw-unicode-escape that also hides what ends a line. */
function rawEscape(s: Str): string {
  let out = "";
  const n = strLen(s);
  for (let i = 0; i < n; i++) {
    const c = strCodeAt(s, i);
    if (c >= 0x10000) out += "\\U" + c.toString(16).padStart(8, "0");
    else if (c >= 256 || c === 92 || c === 0 || c === 10 || c === 13 || c === 0x1a) {
      out += "\\u" + c.toString(16).padStart(4, "0");
    } else out += String.fromCharCode(c);
  }
  return out;
}

/** The value at the end of a path of attributes. */
export function deepAttribute(o: Value, path: readonly string[]): Value {
  for (const name of path) o = getAttr(o, name);
  return o;
}
/** The module that a global is to be found in, which is checked. */
function whichModule(obj: Value, name: string, path: readonly string[]): Value {
  const own = lookupAttr(obj, "__module__");
  if (path.includes("<locals>")) throw picklingError(`Can't pickle local object ${shown(obj)}`);
  let module: Value = own ?? None;
  if (module === None) {
    const mods = getAttr(cur.interp.importModule("sys"), "modules");
    const copy = mods instanceof PyDict
      ? mods.entries()
      : iterToArray(callMethod(mods, "items")).map((p) => (p as PyTuple).items as [Value, Value]);
    for (const [k, m] of copy) {
      if (k === "__main__" || k === "__mp_main__" || m === None) continue;
      try {
        if (deepAttribute(m, path) === obj) return k;
      } catch (e) {
        if (!X.isOf(e, X.AttributeError)) throw e;
      }
    }
    module = "__main__";
  }
  const modName = isStr(module) ? utf16(strValue(module)) : utf16(strOf(module));
  let found: Value;
  try {
    if (!isStr(module)) throw typeError(`__import__() argument 1 must be str, not ${argTypeName(module)}`);
    if (modName === "") throw valueError("Empty module name");
    found = cur.interp.importModule(modName);
  } catch (e) {
    if (!X.isOf(e, X.ImportError, X.ValueError, X.KeyError)) throw e;
    throw during(e, picklingError(`Can't pickle ${shown(obj)}: ${utf16(strOf(e as PyBaseException))}`));
  }
  let actual: Value;
  try {
    actual = deepAttribute(found, path);
  } catch (e) {
    if (!X.isOf(e, X.AttributeError)) throw e;
    throw during(e, picklingError(`Can't pickle ${shown(obj)}: it's not found as ${modName}.${name}`));
  }
  if (actual !== obj) {
    throw picklingError(`Can't pickle ${shown(obj)}: it's not the same object as ${modName}.${name}`);
  }
  return module;
}
/** An exception raised while another one was handled. */
export function during(old: unknown, e: PyBaseException): PyBaseException {
  e.context = old as PyBaseException;
  return e;
}
