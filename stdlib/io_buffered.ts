// CPython 3.14: Modules/_io/bufferedio.c
//
// BufferedReader, BufferedWriter and BufferedRandom share one object. `buf` holds bytes read ahead
// (0 to `readEnd`, -1: none) or bytes to be written (`writePos` to `writeEnd`, -1: none); `pos` is
// the place of the stream in it, `rawPos` the place in it where the raw stream stands. With an
// exact FileIO below, its functions are called at once; any other raw stream gets method calls
// with memoryviews of the buffer.
//
// What may have to wait is written in steps (io_steps.ts), under the stream's lock: `owner` is the
// thread in the middle of one. What the buffer can answer at once needs neither.

import {
  type BufferView,
  type KwNames,
  None,
  PyBaseException,
  PyBytes,
  type PyType,
  setSpec,
  type TypeSpec,
  type Value,
} from "../core/objects/object.ts";
import { newErrorArgs, runtimeError, stopIteration, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { isSubtype } from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { getBuffer, plainView, releaseBuffer, viewBytes } from "../core/objects/buffer.ts";
import { memoryFromView } from "../core/objects/memoryview.ts";
import {
  allocate,
  bothSteps,
  bufferedIOBaseType,
  checkAble,
  DEFAULT_BUFFER_SIZE,
  initArgs,
  isOver,
  joinBytes,
  nameRepr,
  noPickle,
  osTypeError,
  PyIOBase,
  readwrite,
  sizeIndex,
  sizeOrNone,
  streamType,
  unsupported,
} from "./io_base.ts";
import { boolMember, fileIOType, fileReadAll, fileReadInto, fileSeek, fileWrite, PyFileIO } from "./io_fileio.ts";
import { hasThreads, type NextForm, withNext } from "../core/objects/leaving.ts";
import { utf16 } from "../core/objects/names.ts";
import { CallRequest, cur } from "../core/objects/state.ts";
import { interp } from "../vm/interpreter.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { dirtyStreams } from "./io_registry.ts";
import { callStep, carry, carryHere, Going, type Steps, steps, Wait, waits } from "./io_steps.ts";

export const bufferedReaderType: PyType = streamType("_io.BufferedReader", bufferedIOBaseType);
export const bufferedWriterType: PyType = streamType("_io.BufferedWriter", bufferedIOBaseType);
export const bufferedRandomType: PyType = streamType("_io.BufferedRandom", bufferedIOBaseType);

export class PyBuffered extends PyIOBase {
  raw: Value | undefined = undefined;
  /** The raw stream when it is an exact FileIO. */
  file: PyFileIO | undefined = undefined;
  ok = false;
  detached = false;
  reads = false;
  writes = false;
  buf: Uint8Array = EMPTY;
  size = 0;
  pos = 0;
  rawPos = 0;
  readEnd = -1;
  writePos = 0;
  writeEnd = -1;
  dirty = false;
  /** The thread that holds the lock. */
  owner: VmThread | undefined = undefined;
  protected override isOver(): boolean {
    return this.detached || isOver(this.raw);
  }
}
const EMPTY = new Uint8Array(0);

// ---- state ----------------------------------------------------------------------------------

function init(b: PyBuffered): void {
  if (!b.ok) {
    throw valueError(b.detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
  }
}
function closed(b: PyBuffered): boolean {
  if (b.file !== undefined) return b.file.fd < 0;
  return A.isTrue(A.getAttr(b.raw!, "closed"));
}
/** Checks that the stream is usable. */
function open(b: PyBuffered, what: string): void {
  init(b);
  if (b.file !== undefined ? b.file.fd < 0 : closed(b)) throw valueError(what);
}
/** Does a living thread hold the lock? */
function held(b: PyBuffered): boolean {
  const o = b.owner;
  return o !== undefined && (o.guest === undefined || interp().scheduler!.threads.includes(o.guest));
}
/** An operation under the stream's lock. */
function* locked<T>(b: PyBuffered, op: Steps<T>): Steps<T> {
  while (held(b)) {
    if (b.owner === cur) throw runtimeError(`reentrant call inside ${utf16(A.reprStr(b))}`);
    yield new Wait(() => !held(b), false);
  }
  b.owner = cur as VmThread;
  try {
    return yield* op;
  } finally {
    b.owner = undefined;
  }
}
const ahead = (b: PyBuffered): number => b.reads && b.readEnd >= 0 ? b.readEnd - b.pos : 0;
const holdsRead = (b: PyBuffered): boolean => b.reads && b.readEnd >= 0;
const holdsWrite = (b: PyBuffered): boolean => b.writes && b.writeEnd >= 0;
/** How far the raw stream is ahead of this one. */
function rawOffset(b: PyBuffered): number {
  return (holdsRead(b) || holdsWrite(b)) && b.rawPos >= 0 ? b.rawPos - b.pos : 0;
}
/** The buffer's memory is there from first use on: many files are read in one piece. */
function room(b: PyBuffered): void {
  if (b.buf.length === 0) b.buf = new Uint8Array(b.size);
}
function moveTo(b: PyBuffered, pos: number): void {
  b.pos = pos;
  if (holdsRead(b) && b.readEnd < pos) b.readEnd = pos;
}
const dropRead = (b: PyBuffered): void => {
  b.readEnd = -1;
};
const dropWrite = (b: PyBuffered): void => {
  b.writePos = 0;
  b.writeEnd = -1;
  if (b.dirty) {
    b.dirty = false;
    dirtyStreams().delete(b);
  }
};
function markDirty(b: PyBuffered): void {
  if (!b.dirty) {
    b.dirty = true;
    dirtyStreams().add(b);
  }
}

// ---- the raw stream -------------------------------------------------------------------------

/** A position that the raw stream told. */
function position(v: Value): number {
  const n = A.asSsize(v);
  if (n < 0) throw newErrorArgs(X.OSError, [`Raw stream returned invalid position ${n}`]);
  return n;
}
function rawTell(b: PyBuffered): number {
  return b.file !== undefined ? fileSeek(b.file, 0, 1) : position(A.callMethod(b.raw!, "tell"));
}
function rawSeek(b: PyBuffered, to: number, whence: number): number {
  return b.file !== undefined ? fileSeek(b.file, to, whence) : position(A.callMethod(b.raw!, "seek", to, whence));
}
/** Reads from the raw stream; undefined where it would have to wait. */
function* rawRead(b: PyBuffered, into: Uint8Array): Steps<number | undefined> {
  if (b.file !== undefined) return yield* fileReadInto(b.file, into);
  const view = memoryFromView(plainView(None, into, 0, into.length, false));
  let r: Value;
  try {
    r = yield* callStep(b.raw!, "readinto", view);
  } finally {
    view.drop();
  }
  if (r === None) return undefined;
  let n: number;
  try {
    n = A.asSsize(r);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    const err = newErrorArgs(X.OSError, ["raw readinto() failed"]);
    err.cause = e;
    err.context = e;
    throw err;
  }
  if (n < 0 || n > into.length) {
    throw newErrorArgs(X.OSError, [
      `raw readinto() returned invalid length ${n} (should have been between 0 and ${into.length})`,
    ]);
  }
  return n;
}
/** Writes to the raw stream; undefined where it would have to wait. */
function* rawWrite(b: PyBuffered, data: Uint8Array): Steps<number | undefined> {
  if (b.file !== undefined) return yield* fileWrite(b.file, data);
  const view = memoryFromView(plainView(None, data, 0, data.length, true));
  let r: Value;
  try {
    r = yield* callStep(b.raw!, "write", view);
  } finally {
    view.drop();
  }
  if (r === None) return undefined;
  const n = A.asSsize(r);
  if (n < 0 || n > data.length) {
    throw newErrorArgs(X.OSError, [
      `raw write() returned invalid length ${n} (should have been between 0 and ${data.length})`,
    ]);
  }
  return n;
}

function blocked(written: number): PyBaseException {
  return newErrorArgs(X.BlockingIOError, [11, "write could not complete without blocking", written]);
}

// ---- reading --------------------------------------------------------------------------------

/** Fills the buffer after what it holds. */
function* fill(b: PyBuffered): Steps<number | undefined> {
  room(b);
  const start = holdsRead(b) ? b.readEnd : 0;
  const n = yield* rawRead(b, b.buf.subarray(start, b.size));
  if (n === undefined || n === 0) return n;
  b.readEnd = start + n;
  b.rawPos = start + n;
  return n;
}

/** Everything up to the end; undefined where nothing is there yet. */
function* readAll(b: PyBuffered): Steps<Value> {
  const have = ahead(b);
  let first: Uint8Array | undefined;
  if (have > 0) {
    first = b.buf.slice(b.pos, b.readEnd);
    b.pos += have;
  }
  if (b.writes) yield* flushAndRewind(b);
  dropRead(b);
  if (b.file !== undefined) {
    const rest = yield* fileReadAll(b.file);
    if (rest === undefined) return first === undefined ? None : new PyBytes(first);
    return new PyBytes(first === undefined ? rest : joinBytes([first, rest]));
  }
  const all = A.lookupAttr(b.raw!, "readall");
  if (all !== undefined) {
    const r = yield new CallRequest(all, []);
    if (r !== None && !(r instanceof PyBytes)) throw typeError("readall() should return bytes");
    if (first === undefined) return r;
    return new PyBytes(r === None ? first : joinBytes([first, (r as PyBytes).b]));
  }
  const parts: Uint8Array[] = first === undefined ? [] : [first];
  for (;;) {
    const r = yield* callStep(b.raw!, "read");
    if (r !== None && !(r instanceof PyBytes)) throw typeError("read() should return bytes");
    if (r === None || (r as PyBytes).b.length === 0) {
      return parts.length === 0 ? r : new PyBytes(joinBytes(parts));
    }
    parts.push((r as PyBytes).b);
  }
}

/** Fills `out` as far as it goes; undefined where nothing is there and it would have to wait. */
function* readFully(b: PyBuffered, out: Uint8Array): Steps<number | undefined> {
  let done = Math.min(ahead(b), out.length);
  if (done > 0) {
    out.set(b.buf.subarray(b.pos, b.pos + done));
    b.pos += done;
  }
  if (done === out.length) return done;
  if (b.writes) yield* flushAndRewind(b);
  dropRead(b);
  while (done < out.length) {
    const left = out.length - done;
    const whole = left - left % b.size;
    if (whole === 0) break;
    const n = yield* rawRead(b, out.subarray(done, done + whole));
    if (n === undefined || n === 0) return n === 0 || done > 0 ? done : undefined;
    done += n;
  }
  b.pos = b.rawPos = 0;
  b.readEnd = 0;
  while (done < out.length && b.readEnd < b.size) {
    const n = yield* fill(b);
    if (n === undefined || n === 0) return n === 0 || done > 0 ? done : undefined;
    const take = Math.min(n, out.length - done);
    out.set(b.buf.subarray(b.pos, b.pos + take), done);
    b.pos += take;
    done += take;
  }
  return done;
}

function* readSome(b: PyBuffered, n: number): Steps<Value> {
  const out = new Uint8Array(n);
  const k = yield* readFully(b, out);
  return k === undefined ? None : new PyBytes(k === n ? out : out.slice(0, k));
}
function read(b: PyBuffered, size: Value = -1): Value | Going {
  init(b);
  const n = sizeOrNone(size);
  if (n < -1) throw valueError("read length must be non-negative or -1");
  open(b, "read of closed file");
  if (n === -1) return new Going(locked(b, readAll(b)));
  if (n <= ahead(b) && b.owner === undefined) {
    const r = b.buf.slice(b.pos, b.pos + n);
    b.pos += n;
    return new PyBytes(r);
  }
  return new Going(locked(b, readSome(b, n)));
}

/** At most `n` bytes with one call of the raw stream at most. */
export function* read1(b: PyBuffered, n: number): Steps<Uint8Array> {
  open(b, "read of closed file");
  if (n < 0) n = b.size;
  return n === 0 ? EMPTY : yield* locked(b, readOnce(b, n));
}
function* readOnce(b: PyBuffered, n: number): Steps<Uint8Array> {
  const have = ahead(b);
  if (have > 0) {
    const k = Math.min(have, n);
    const r = b.buf.slice(b.pos, b.pos + k);
    b.pos += k;
    return r;
  }
  if (b.writes && b.writeEnd >= 0) yield* flushAndRewind(b);
  dropRead(b);
  const out = new Uint8Array(n);
  const k = (yield* rawRead(b, out)) ?? 0;
  return k === n ? out : out.slice(0, k);
}

function* readInto(b: PyBuffered, into: Value, once: boolean): Steps<Value> {
  const view = readwrite(into, once ? "readinto1" : "readinto");
  try {
    open(b, "readinto of closed file");
    const out = viewBytes(view);
    let done = Math.min(ahead(b), out.length);
    if (out.length === 0 && ahead(b) > 0) return 0;
    if (done > 0) {
      out.set(b.buf.subarray(b.pos, b.pos + done));
      b.pos += done;
      if (done === out.length) return done;
    }
    if (b.writes) yield* flushAndRewind(b);
    dropRead(b);
    b.pos = 0;
    while (done < out.length) {
      const left = out.length - done;
      let n: number | undefined;
      if (left > b.size) n = yield* rawRead(b, out.subarray(done));
      else if (!(once && done > 0)) {
        n = yield* fill(b);
        if (n !== undefined && n > 0) {
          n = Math.min(n, left);
          out.set(b.buf.subarray(b.pos, b.pos + n), done);
          b.pos += n;
        }
      } else n = 0;
      if (n === 0) break;
      if (n === undefined) {
        if (done === 0) return None;
        break;
      }
      done += n;
      if (once) break;
    }
    return done;
  } finally {
    releaseBuffer(view);
  }
}

function* peek(b: PyBuffered): Steps<Value> {
  if (b.writes) yield* flushAndRewind(b);
  if (ahead(b) === 0) {
    dropRead(b);
    b.pos = 0;
    if (!(yield* fill(b))) return new PyBytes(EMPTY);
    b.pos = 0;
  }
  return new PyBytes(b.buf.slice(b.pos, b.readEnd));
}

/** One line, its newline included, of at most `limit` bytes; undefined where the buffer does not hold it. */
function lineAtHand(b: PyBuffered, limit: number): Uint8Array | undefined {
  open(b, "readline of closed file");
  if (b.owner !== undefined) return undefined;
  const have = ahead(b);
  if (have > 0) {
    const most = limit >= 0 && have > limit ? limit : have;
    const i = b.buf.subarray(b.pos, b.pos + most).indexOf(10);
    if (i >= 0 || most === limit) {
      const n = i >= 0 ? i + 1 : most;
      const r = b.buf.slice(b.pos, b.pos + n);
      b.pos += n;
      return r;
    }
  } else if (limit === 0) return EMPTY;
  return undefined;
}
/** The same where it must be read. */
function* line(b: PyBuffered, limit: number): Steps<Uint8Array> {
  const first = lineAtHand(b, limit);
  return first ?? (yield* locked(b, readLine(b, limit)));
}
function* readLine(b: PyBuffered, limit: number): Steps<Uint8Array> {
  const parts: Uint8Array[] = [];
  let have = ahead(b);
  if (have > 0) {
    // another thread may have read on while this one waited for the lock
    const most = limit >= 0 && have > limit ? limit : have;
    const i = b.buf.subarray(b.pos, b.pos + most).indexOf(10);
    have = i >= 0 ? i + 1 : most;
    parts.push(b.buf.slice(b.pos, b.pos + have));
    b.pos += have;
    if (limit >= 0) limit -= have;
    if (i >= 0 || limit === 0) return parts[0];
  }
  if (b.writes) yield* flushAndRewind(b);
  for (;;) {
    dropRead(b);
    b.pos = 0;
    if (!(yield* fill(b))) break;
    have = limit >= 0 && b.readEnd > limit ? limit : b.readEnd;
    const i = b.buf.subarray(0, have).indexOf(10);
    const n = i >= 0 ? i + 1 : have;
    parts.push(b.buf.slice(0, n));
    b.pos = n;
    if (i >= 0) break;
    if (limit >= 0 && (limit -= n) === 0) break;
  }
  return joinBytes(parts);
}

function* lineObject(b: PyBuffered, limit: number): Steps<Value> {
  return new PyBytes(yield* locked(b, readLine(b, limit)));
}

// ---- writing --------------------------------------------------------------------------------

/** Writes what is held; BlockingIOError where it would have to wait. */
function* flushWrites(b: PyBuffered): Steps<void> {
  if (!holdsWrite(b) || b.writePos === b.writeEnd) {
    dropWrite(b);
    return;
  }
  const rewind = rawOffset(b) + (b.pos - b.writePos);
  if (rewind !== 0) {
    rawSeek(b, -rewind, 1);
    b.rawPos -= rewind;
  }
  while (b.writePos < b.writeEnd) {
    const n = yield* rawWrite(b, b.buf.subarray(b.writePos, b.writeEnd));
    if (n === undefined) throw blocked(0);
    b.writePos += n;
    b.rawPos = b.writePos;
  }
  dropWrite(b);
}
function* flushAndRewind(b: PyBuffered): Steps<void> {
  yield* flushWrites(b);
  if (b.reads) {
    const off = rawOffset(b);
    try {
      if (off !== 0) rawSeek(b, -off, 1);
    } finally {
      dropRead(b);
    }
  }
}

/** Appends bytes that fit; undefined where some must be written. */
export function writeAtHand(b: PyBuffered, data: Uint8Array): number | undefined {
  open(b, "write to closed file");
  return b.owner === undefined ? append(b, data) : undefined;
}
function append(b: PyBuffered, data: Uint8Array): number | undefined {
  room(b);
  if (!holdsRead(b) && !holdsWrite(b)) b.pos = b.rawPos = 0;
  const n = data.length;
  if (n <= b.size - b.pos && n < b.size) {
    b.buf.set(data, b.pos);
    if (!holdsWrite(b) || b.writePos > b.pos) b.writePos = b.pos;
    moveTo(b, b.pos + n);
    if (b.writeEnd < b.pos) b.writeEnd = b.pos;
    if (n > 0) markDirty(b);
    return n;
  }
  return undefined;
}
/** Appends bytes; those that do not fit are written. */
export function writeBytes(b: PyBuffered, data: Uint8Array): Steps<number> {
  return locked(b, writeOn(b, data));
}
function* writeOn(b: PyBuffered, data: Uint8Array): Steps<number> {
  const fitted = append(b, data), n = data.length;
  if (fitted !== undefined) return fitted;
  try {
    yield* flushWrites(b);
  } catch (e) {
    if (!(e instanceof PyBaseException) || !isSubtype(e.cls, X.BlockingIOError)) throw e;
    if (b.reads) dropRead(b);
    // make room at the end and keep what fits there
    b.buf.copyWithin(0, b.writePos, b.writeEnd);
    b.writeEnd -= b.writePos;
    b.rawPos -= b.writePos;
    b.pos -= b.writePos;
    b.writePos = 0;
    const room = b.size - b.writeEnd;
    const k = Math.min(room, n);
    b.buf.set(data.subarray(0, k), b.writeEnd);
    b.writeEnd += k;
    b.pos += k;
    if (k === n) return n;
    throw blocked(k);
  }
  const off = rawOffset(b);
  if (off !== 0) {
    rawSeek(b, -off, 1);
    b.rawPos -= off;
  }
  let done = 0;
  while (n - done > b.size) {
    const k = yield* rawWrite(b, data.subarray(done));
    if (k === undefined) {
      if (n - done > b.size) {
        b.buf.set(data.subarray(done, done + b.size));
        b.rawPos = 0;
        moveTo(b, b.size);
        b.writePos = 0;
        b.writeEnd = b.size;
        markDirty(b);
        throw blocked(done + b.size);
      }
      break;
    }
    done += k;
  }
  if (b.reads) dropRead(b);
  const left = n - done;
  if (left > 0) {
    b.buf.set(data.subarray(done), 0);
    markDirty(b);
  }
  b.writePos = 0;
  b.writeEnd = left;
  moveTo(b, left);
  b.rawPos = 0;
  return n;
}

function write(b: PyBuffered, data: Value): Value | Going {
  init(b);
  if (data instanceof PyBytes) return writeAtHand(b, data.b) ?? new Going(writeBytes(b, data.b));
  const view = getBuffer(data);
  let n: number | undefined, going = false;
  try {
    const bytes = viewBytes(view);
    n = writeAtHand(b, bytes);
    if (n !== undefined) return n;
    going = true;
    return new Going(released(view, writeBytes(b, bytes)));
  } finally {
    if (!going) releaseBuffer(view);
  }
}
function* released(view: BufferView, op: Steps<Value>): Steps<Value> {
  try {
    return yield* op;
  } finally {
    releaseBuffer(view);
  }
}

/** flush() of a stream that writes. */
function* flush(b: PyBuffered): Steps<Value> {
  init(b);
  if (closed(b)) throw valueError("flush of closed file");
  yield* locked(b, flushAndRewind(b));
  return None;
}

// ---- both -----------------------------------------------------------------------------------

function tell(b: PyBuffered): Value {
  init(b);
  const pos = rawTell(b) - rawOffset(b);
  return pos < 0 ? 0 : pos;
}

function seek(b: PyBuffered, target: Value, how: Value = 0): Value {
  init(b);
  let whence = A.asInt32(how);
  if (whence < 0 || whence > 4) throw valueError(`whence value ${whence} unsupported`);
  open(b, "seek of closed file");
  if (b.file === undefined) checkAble(b.raw!, "seekable");
  else if (A.callMethod(b.file, "seekable") !== true) throw unsupported("File or stream is not seekable.");
  let to = sizeIndex(target);
  if (whence < 2 && b.reads) {
    const here = rawTell(b), have = ahead(b);
    if (have > 0) {
      const off = whence === 0 ? to - (here - rawOffset(b)) : to;
      if (off >= -b.pos && off <= have) {
        const at = here - rawOffset(b) + off;
        b.pos += off;
        return at < 0 ? 0 : at;
      }
    }
  }
  if (b.writes) carryHere(locked(b, flushWrites(b)));
  if (whence === 1) {
    // relative to this stream's place, which the raw stream may be ahead of
    to -= rawOffset(b);
  }
  const n = rawSeek(b, to, whence);
  whence = 0;
  b.rawPos = -1;
  if (b.reads) dropRead(b);
  return n;
}

function truncate(b: PyBuffered, pos: Value = None): Value {
  open(b, "truncate of closed file");
  if (!b.writes) throw unsupported("truncate");
  carryHere(locked(b, flushAndRewind(b)));
  return A.callMethod(b.raw!, "truncate", pos === None ? tell(b) : pos);
}

function detach(b: PyBuffered): Value {
  init(b);
  A.callMethod(b, "flush");
  const raw = b.raw!;
  b.raw = b.file = undefined;
  b.detached = true;
  b.ok = false;
  return raw;
}

function* close(b: PyBuffered): Steps<Value> {
  init(b);
  if (closed(b)) return None;
  if (b.finalizing) deallocWarn(b, b);
  yield* bothSteps(callStep(b, "flush"), closeRaw(b));
  return None;
}
function* closeRaw(b: PyBuffered): Steps<void> {
  yield* callStep(b.raw!, "close");
  b.buf = EMPTY;
  b.size = 0;
  dropWrite(b);
}
function deallocWarn(b: PyBuffered, source: Value): Value {
  if (b.ok && b.raw !== undefined) {
    const f = A.lookupAttr(b.raw, "_dealloc_warn");
    if (f !== undefined) A.call1(f, source);
  }
  return None;
}

function setUp(b: PyBuffered, args: Value[], kw: KwNames | undefined, reads: boolean, writes: boolean): void {
  const fn = writes ? (reads ? "BufferedRandom" : "BufferedWriter") : "BufferedReader";
  const [raw, size = DEFAULT_BUFFER_SIZE] = initArgs(fn, ["raw", "buffer_size"], args, kw);
  const n = A.asSsize(size);
  initBuffered(b, raw!, n, reads, writes);
}
/** Puts a stream over a raw one. */
export function initBuffered(b: PyBuffered, raw: Value, size: number, reads: boolean, writes: boolean): void {
  b.ok = b.detached = false;
  if (reads && writes) checkAble(raw, "seekable");
  if (reads) checkAble(raw, "readable");
  if (writes) checkAble(raw, "writable");
  b.raw = raw;
  b.file = raw instanceof PyFileIO && raw.cls === fileIOType ? raw : undefined;
  b.reads = reads;
  b.writes = writes;
  if (size <= 0) throw valueError("buffer size must be strictly positive");
  b.size = size;
  b.buf = EMPTY;
  b.pos = b.rawPos = 0;
  b.readEnd = -1;
  dropWrite(b);
  if (b.file === undefined) {
    try {
      rawTell(b);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
    }
  }
  b.ok = true;
}

function iternext(self: Value): Value | undefined {
  const b = self as PyBuffered;
  init(b);
  if (b.cls === bufferedReaderType || b.cls === bufferedRandomType) {
    const bytes = lineAtHand(b, -1) ?? carryHere(line(b, -1));
    return bytes.length === 0 ? undefined : new PyBytes(bytes);
  }
  return nextLine(A.callMethod(b, "readline"));
}
function nextLine(r: Value): Value | undefined {
  if (!(r instanceof PyBytes)) throw osTypeError("readline() should have returned a bytes object", r);
  return r.b.length === 0 ? undefined : r;
}
function* iternextSteps(b: PyBuffered): Steps<Value> {
  init(b);
  let r: Value | undefined;
  if (b.cls === bufferedReaderType || b.cls === bufferedRandomType) {
    const bytes = yield* line(b, -1);
    if (bytes.length > 0) r = new PyBytes(bytes);
  } else r = nextLine(yield* callStep(b, "readline"));
  if (r === undefined) throw stopIteration();
  return r;
}
/** Where the next line is not in the buffer. */
const NEXT: NextForm = {
  mayWait: (v) => {
    const b = v as PyBuffered;
    return hasThreads() && !(b.ok && ahead(b) > 0 && b.buf.subarray(b.pos, b.readEnd).indexOf(10) >= 0);
  },
  next: (b) => carry(iternextSteps(b as PyBuffered)),
};
const ITERNEXT = withNext(iternext, NEXT);

const onRaw = (name: string) => (b: PyBuffered): Value => {
  init(b);
  return A.callMethod(b.raw!, name);
};

type Methods = NonNullable<TypeSpec["methods"]>;
const shared: Methods = {
  close: ["", "", steps(close)],
  detach: ["", "", detach],
  seekable: ["", "", onRaw("seekable")],
  fileno: ["", "", onRaw("fileno")],
  isatty: ["", "", onRaw("isatty")],
  _dealloc_warn: ["source, /", "", deallocWarn],
  truncate: ["pos=None, /", "", truncate],
  seek: ["target, whence=0, /", "", seek],
  tell: ["", "", tell],
  __sizeof__: ["", "", (b: PyBuffered) => 176 + b.size],
  __getstate__: ["", "", noPickle],
};
const reading: Methods = {
  readable: ["", "", onRaw("readable")],
  read: ["size=-1, /", "", waits(read)],
  peek: [
    "size=0, /",
    "",
    waits((b: PyBuffered) => {
      open(b, "peek of closed file");
      return new Going(locked(b, peek(b)));
    }),
  ],
  read1: [
    "size=-1, /",
    "",
    steps(function* (b: PyBuffered, n: Value = -1) {
      init(b);
      return new PyBytes(yield* read1(b, A.asSsize(n)));
    }),
  ],
  readinto: [
    "buffer, /",
    "",
    waits((b: PyBuffered, v: Value) => {
      init(b);
      return new Going(locked(b, readInto(b, v, false)));
    }),
  ],
  readinto1: [
    "buffer, /",
    "",
    waits((b: PyBuffered, v: Value) => {
      init(b);
      return new Going(locked(b, readInto(b, v, true)));
    }),
  ],
  readline: [
    "size=-1, /",
    "",
    waits((b: PyBuffered, size: Value = -1) => {
      init(b);
      const n = sizeOrNone(size);
      const bytes = lineAtHand(b, n);
      return bytes !== undefined ? new PyBytes(bytes) : new Going(lineObject(b, n));
    }),
  ],
};
const writing: Methods = {
  writable: ["", "", onRaw("writable")],
  write: ["buffer, /", "", waits(write)],
  flush: ["", "", steps(flush)],
};
const members: TypeSpec["members"] = {
  raw: (b: PyBuffered) => b.raw ?? None,
  _finalizing: [(b: PyBuffered) => b.finalizing, (b: PyBuffered, v) => {
    b.finalizing = boolMember(v);
  }],
};
const getset: TypeSpec["getset"] = {
  closed: [(b: PyBuffered) => {
    init(b);
    return A.getAttr(b.raw!, "closed");
  }],
  name: [(b: PyBuffered) => {
    init(b);
    return A.getAttr(b.raw!, "name");
  }],
  mode: [(b: PyBuffered) => {
    init(b);
    return A.getAttr(b.raw!, "mode");
  }],
};
const slots = (reads: boolean, writes: boolean): TypeSpec["slots"] => ({
  tp_new: allocate(PyBuffered),
  tp_init: (self, args, kw) => setUp(self as PyBuffered, args, kw, reads, writes),
  tp_repr: (b) => {
    const o = b as PyBuffered;
    return nameRepr(o);
  },
  ...(reads ? { tp_iternext: ITERNEXT } : {}),
});
const SIG = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)";

setSpec(bufferedReaderType, {
  allocates: true,
  doc: "Create a new buffered reader using the given readable raw IO object.",
  sig: SIG,
  slots: slots(true, false),
  methods: { ...shared, ...reading, flush: ["", "", onRaw("flush")] },
  members,
  getset,
});
setSpec(bufferedWriterType, {
  allocates: true,
  doc: "A buffer for a writeable sequential RawIO object.",
  sig: SIG,
  slots: slots(false, true),
  methods: { ...shared, ...writing },
  members,
  getset,
});
setSpec(bufferedRandomType, {
  allocates: true,
  doc: "A buffered interface to random access streams.",
  sig: SIG,
  slots: slots(true, true),
  methods: { ...shared, ...reading, ...writing },
  members,
  getset,
});

// ---- BufferedRWPair -------------------------------------------------------------------------

export const bufferedRWPairType: PyType = streamType("_io.BufferedRWPair", bufferedIOBaseType);
class PyRWPair extends PyIOBase {
  reader: PyBuffered | undefined = undefined;
  writer: PyBuffered | undefined = undefined;
}
function passed(p: PyRWPair, side: "reader" | "writer", name: string, ...args: Value[]): Steps<Value> {
  const o = p[side];
  if (o === undefined) throw valueError("I/O operation on uninitialized object");
  return callStep(o, name, ...args);
}
const pass = (side: "reader" | "writer", name: string) =>
  steps((p: PyRWPair, args: Value[] = []) => passed(p, side, name, ...args));
setSpec(bufferedRWPairType, {
  allocates: true,
  doc: "A buffered reader and writer object together.",
  sig: "(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)",
  slots: {
    tp_new: allocate(PyRWPair),
    tp_init: (self, args, kw) => {
      if (kw !== undefined && kw.length > 0) throw typeError("BufferedRWPair() takes no keyword arguments");
      const n = args.length;
      if (n < 2) throw typeError(`BufferedRWPair expected at least 2 arguments, got ${n}`);
      if (n > 3) throw typeError(`BufferedRWPair expected at most 3 arguments, got ${n}`);
      const p = self as PyRWPair, size = n > 2 ? A.asSsize(args[2]) : DEFAULT_BUFFER_SIZE;
      checkAble(args[0], "readable");
      checkAble(args[1], "writable");
      const r = new PyBuffered(bufferedReaderType), w = new PyBuffered(bufferedWriterType);
      initBuffered(r, args[0], size, true, false);
      initBuffered(w, args[1], size, false, true);
      p.reader = r;
      p.writer = w;
    },
  },
  methods: {
    read: ["*args", "", pass("reader", "read"), 8],
    peek: ["*args", "", pass("reader", "peek"), 8],
    read1: ["*args", "", pass("reader", "read1"), 8],
    readinto: ["*args", "", pass("reader", "readinto"), 8],
    readinto1: ["*args", "", pass("reader", "readinto1"), 8],
    write: ["*args", "", pass("writer", "write"), 8],
    flush: ["", "", pass("writer", "flush")],
    readable: ["", "", pass("reader", "readable")],
    writable: ["", "", pass("writer", "writable")],
    close: [
      "",
      "",
      steps(function* (p: PyRWPair) {
        yield* bothSteps(passed(p, "writer", "close"), passed(p, "reader", "close"));
        return None;
      }),
    ],
    isatty: ["", "", (p: PyRWPair) => {
      const w = pass("writer", "isatty")(p);
      return w !== false ? w : pass("reader", "isatty")(p);
    }],
  },
  getset: {
    closed: [(p: PyRWPair) => {
      if (p.writer === undefined) {
        throw newErrorArgs(X.RuntimeError, ["the BufferedRWPair object is being garbage-collected"]);
      }
      return A.getAttr(p.writer, "closed");
    }],
  },
});
