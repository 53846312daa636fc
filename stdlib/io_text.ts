// CPython 3.14: Modules/_io/textio.c (TextIOWrapper)
//
// Text over a buffered stream. Reading decodes a chunk at a time into `decoded`, of which the first
// `used` characters are gone; while the stream can tell its position, `snapshot` is the decoder's
// state before that chunk and the chunk's bytes, from which a position can be rebuilt (see
// io_cookie.ts). Writing collects pieces in `pending`: ASCII text as it is, where the encoding is a
// superset of ASCII, everything else encoded. Exact buffered streams below are called directly.

import {
  type Int,
  type KwNames,
  None,
  PyBaseException,
  PyBytes,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { isSubtype } from "../core/objects/object.ts";
import { newError, newErrorArgs, stopIteration, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { encodeErrors, encodeStr, isTextEncoding, lookupCodec } from "../core/objects/codecs.ts";
import { encodeUtf8 } from "../core/text/codec_utf8.ts";
import { encodeAscii, encodeLatin1 } from "../core/text/codec_charmap.ts";
import { strConcat2, strLen, strSlice } from "../core/objects/str_ops.ts";
import { strFind, strReplace } from "../core/objects/str_search.ts";
import { utf16 } from "../core/objects/names.ts";
import { concat } from "../core/objects/exceptions_base.ts";
import { cur } from "../core/objects/state.ts";
import { interp } from "../vm/interpreter.ts";
import {
  allocate,
  bothSteps,
  checkClosed,
  initArgs,
  isOver,
  joinBytes,
  noPickle,
  PyIOBase,
  sizeIndex,
  sizeOrNone,
  streamType,
  textIOBaseType,
  unsupported,
} from "./io_base.ts";
import {
  bufferedRandomType,
  bufferedReaderType,
  bufferedWriterType,
  PyBuffered,
  read1,
  writeAtHand,
  writeBytes,
} from "./io_buffered.ts";
import { type Decoder, FastDecoder, type FastKind, newlineDecoder, PyDecoder, PyNewlineDecoder } from "./io_newline.ts";
import { boolMember } from "./io_fileio.ts";
import { hasThreads, type NextForm, withNext } from "../core/objects/leaving.ts";
import { callStep, carry, carryHere, Going, type Steps, steps, waits } from "./io_steps.ts";
import { dirtyStreams } from "./io_registry.ts";
import { seek, tell } from "./io_cookie.ts";
import { joinStrs } from "../core/objects/repr_guard.ts";

export const textIOWrapperType: PyType = streamType("_io.TextIOWrapper", textIOBaseType);

export class PyTextIOWrapper extends PyIOBase {
  ok = false;
  detached = false;
  buffer: Value = None;
  encoding: Value = None;
  errors: string = "strict";
  /** How the encoder does its work when it needs no object. */
  fast: FastKind | undefined = undefined;
  encoder: Value | undefined = undefined;
  writable = false;
  decoder: Decoder | undefined = undefined;
  newline: string | undefined = undefined;
  readUniversal = false;
  readTranslate = false;
  writeTranslate = false;
  /** What "\n" is written as, where that is not "\n". */
  writeNl: string | undefined = undefined;
  lineBuffering = false;
  writeThrough = false;
  seekable = false;
  telling = false;
  hasRead1 = false;
  chunkSize = 8192;
  decoded: Str = "";
  used = 0;
  snapshot: { flags: Int; input: Uint8Array } | undefined = undefined;
  b2cratio = 0;
  pending: (string | Uint8Array)[] = [];
  pendingBytes = 0;
  /** Nothing was written yet at the start of the stream (for encodings with a mark there). */
  atStart = false;
  protected override isOver(): boolean {
    return this.detached || isOver(this.buffer);
  }
}

const isAscii = (s: string): boolean => {
  if (s.length < 24) {
    for (let i = 0; i < s.length; i++) if (s.charCodeAt(i) > 127) return false;
    return true;
  }
  // deno-lint-ignore no-control-regex
  return /^[\x00-\x7f]*$/.test(s);
};

/** The stream is in use: neither detached nor uninitialised. */
export function attached(t: PyTextIOWrapper): void {
  if (!t.ok) {
    throw valueError(t.detached ? "underlying buffer has been detached" : "I/O operation on uninitialized object");
  }
}
/** The constructor has run, even if the buffer was detached since. */
function made(t: PyTextIOWrapper): void {
  if (!t.ok && !t.detached) attached(t);
}
function exactBuffer(t: PyTextIOWrapper): PyBuffered | undefined {
  const b = t.buffer;
  return b instanceof PyBuffered &&
      (b.cls === bufferedWriterType || b.cls === bufferedRandomType || b.cls === bufferedReaderType)
    ? b
    : undefined;
}
/** ValueError if it is closed. */
export function checkOpen(t: PyTextIOWrapper): void {
  if (t.cls === textIOWrapperType) {
    const file = exactBuffer(t)?.file;
    if (file !== undefined) {
      if (file.fd < 0) throw valueError("I/O operation on closed file.");
      return;
    }
    if (A.isTrue(A.getAttr(t.buffer, "closed"))) throw valueError("I/O operation on closed file.");
    return;
  }
  checkClosed(t);
}

// ---- encodings ------------------------------------------------------------------------------

/** The encoding of text files where none is given. */
export function localeEncoding(): string {
  return interp().config.utf8Mode ? "utf-8" : "UTF-8";
}
function fastKind(name: string): FastKind | undefined {
  switch (name.toLowerCase().replaceAll("_", "-")) {
    case "utf-8":
    case "utf8":
      return "utf-8";
    case "ascii":
    case "us-ascii":
      return "ascii";
    case "latin-1":
    case "latin1":
    case "iso-8859-1":
    case "iso8859-1":
      return "latin-1";
  }
  return undefined;
}
function textCodec(name: string): PyTuple {
  const c = lookupCodec(name);
  if (!isTextEncoding(c)) {
    throw newError(X.LookupError, `'${name}' is not a text encoding`);
  }
  return c;
}

function setNewline(t: PyTextIOWrapper, nl: string | undefined): void {
  t.newline = nl;
  t.readUniversal = nl === undefined || nl === "";
  t.readTranslate = nl === undefined;
  t.writeTranslate = nl !== "";
  t.writeNl = nl === "\r" || nl === "\r\n" ? nl : undefined;
}
function setCodec(t: PyTextIOWrapper, name: string, errors: string): void {
  const fast = fastKind(name);
  const readable = A.isTrue(A.callMethod(t.buffer, "readable"));
  const writable = A.isTrue(A.callMethod(t.buffer, "writable"));
  const codec = fast === undefined ? textCodec(name) : undefined;
  t.fast = fast;
  t.errors = errors;
  t.decoder = undefined;
  if (readable) {
    let d: Decoder = fast !== undefined
      ? new FastDecoder(fast, errors)
      : new PyDecoder(A.call1(A.getAttr(codec!, "incrementaldecoder"), errors));
    if (t.readUniversal) d = newlineDecoder(d, t.readTranslate);
    t.decoder = d;
  }
  t.writable = writable;
  t.encoder = undefined;
  if (writable && fast === undefined) t.encoder = A.call1(A.getAttr(codec!, "incrementalencoder"), errors);
}
/** Puts the encoder where it must be when the stream stands at its start, or behind it. */
export function resetEncoder(t: PyTextIOWrapper, atStart: boolean): void {
  t.atStart = atStart;
  if (t.encoder === undefined) return;
  if (atStart) A.callMethod(t.encoder, "reset");
  else A.callMethod(t.encoder, "setstate", 0);
}
function fixEncoder(t: PyTextIOWrapper): void {
  if (!t.seekable || t.encoder === undefined) return;
  t.atStart = true;
  const pos = A.callMethod(t.buffer, "tell");
  if (!A.equals(pos, 0)) resetEncoder(t, false);
}

/** A newline argument, checked. */
export function newlineArg(v: Value, fn: string, repr = false): string | undefined {
  if (v === None) return undefined;
  if (!A.isStr(v)) {
    throw typeError(
      repr
        ? `newline must be str or None, not ${typeName(v)}`
        : `${fn}() argument 'newline' must be str or None, not ${typeName(v)}`,
    );
  }
  const nl = utf16(A.strValue(v));
  if (nl !== "" && nl !== "\n" && nl !== "\r" && nl !== "\r\n") {
    throw valueError(`illegal newline value: ${repr ? utf16(A.reprStr(v)) : nl}`);
  }
  return nl;
}
/** A str or None argument. */
export function textOrNone(v: Value | undefined, fn: string, arg: string): string | undefined {
  if (v === undefined || v === None) return undefined;
  if (!A.isStr(v)) throw typeError(`${fn}() argument '${arg}' must be str or None, not ${typeName(v)}`);
  const text = A.strValue(v);
  if (typeof text !== "string") encodeStr(text, "utf-8", "strict");
  const s = utf16(text);
  if (s.includes("\0")) throw valueError("embedded null character");
  return s;
}

const NAMES = ["buffer", "encoding", "errors", "newline", "line_buffering", "write_through"];
function init(t: PyTextIOWrapper, args: Value[], kw?: KwNames): void {
  const [buffer, enc, err, nl = None, line = false, through = false] = initArgs("TextIOWrapper", NAMES, args, kw);
  initText(
    t,
    buffer!,
    textOrNone(enc, "TextIOWrapper", "encoding"),
    err ?? None,
    nl,
    A.isTrue(line),
    A.isTrue(through),
  );
}
/** Puts a text stream over a buffered one. */
export function initText(
  t: PyTextIOWrapper,
  buffer: Value,
  encoding: string | undefined,
  err: Value,
  nl: Value,
  line: boolean,
  through: boolean,
): void {
  t.ok = t.detached = false;
  if (err !== None && !A.isStr(err)) {
    throw typeError(`TextIOWrapper() argument 'errors' must be str or None, not ${typeName(err)}`);
  }
  const errors = textOrNone(err, "TextIOWrapper", "errors") ?? "strict";
  const newline = newlineArg(nl, "TextIOWrapper");
  if (encoding === undefined && interp().config.warnDefaultEncoding) {
    cur.interp.warn(X.EncodingWarning, "'encoding' argument not specified", 1);
  }
  const name = encoding === undefined || encoding === "locale" ? localeEncoding() : encoding;
  t.encoding = name;
  t.buffer = buffer;
  t.lineBuffering = line;
  t.writeThrough = through;
  t.chunkSize = 8192;
  t.decoded = "";
  t.used = 0;
  t.snapshot = undefined;
  t.pending = [];
  t.pendingBytes = 0;
  setNewline(t, newline);
  setCodec(t, name, errors);
  t.seekable = t.telling = A.isTrue(A.callMethod(buffer, "seekable"));
  t.hasRead1 = exactBuffer(t) !== undefined ? t.decoder !== undefined : A.lookupAttr(buffer, "read1") !== undefined;
  fixEncoder(t);
  t.ok = true;
}

// ---- writing --------------------------------------------------------------------------------

/** Gives what is pending to the buffered stream. */
export function writeFlush(t: PyTextIOWrapper): void {
  if (t.pending.length > 0) carryHere(flushSteps(t));
}
/** The same in steps. */
function* flushSteps(t: PyTextIOWrapper): Steps<void> {
  if (t.pending.length === 0) return;
  const p = t.pending;
  t.pending = [];
  t.pendingBytes = 0;
  dirtyStreams().delete(t);
  const parts: Uint8Array[] = [];
  let text = "";
  for (const x of p) {
    if (typeof x === "string") text += x;
    else {
      if (text !== "") parts.push(encodeUtf8(text));
      text = "";
      parts.push(x);
    }
  }
  if (text !== "") parts.push(encodeUtf8(text));
  const all = joinBytes(parts);
  const b = t.buffer;
  if (b instanceof PyBuffered && (b.cls === bufferedWriterType || b.cls === bufferedRandomType)) {
    if (writeAtHand(b, all) === undefined) yield* writeBytes(b, all);
  } else yield* callStep(b, "write", new PyBytes(all));
}

function encode(t: PyTextIOWrapper, s: Str): Uint8Array {
  switch (t.fast) {
    case "utf-8":
      return encodeUtf8(s, encodeErrors(t.errors));
    case "ascii":
      return encodeAscii(s, encodeErrors(t.errors));
    case "latin-1":
      return encodeLatin1(s, encodeErrors(t.errors));
  }
  const b = A.callMethod(t.encoder!, "encode", s);
  t.atStart = false;
  if (!(b instanceof PyBytes)) throw typeError(`encoder should return a bytes object, not '${typeName(b)}'`);
  return b.b;
}

function write(t: PyTextIOWrapper, v: Value): Value | Going {
  if (!A.isStr(v)) throw typeError(`write() argument must be str, not ${v === None ? "None" : typeName(v)}`);
  attached(t);
  checkOpen(t);
  if (!t.writable) throw unsupported("not writable");
  let s: Str = typeof v === "string" ? v : A.strValue(v);
  const length = strLen(s);
  let flush = false;
  if (t.lineBuffering || t.writeNl !== undefined) {
    const lf = strFind(s, "\n") >= 0;
    if (lf && t.writeTranslate && t.writeNl !== undefined) s = strReplace(s, "\n", t.writeNl);
    flush = t.lineBuffering && (lf || strFind(s, "\r") >= 0);
  }
  let piece: string | Uint8Array, n: number;
  if (t.fast !== undefined && typeof s === "string" && isAscii(s)) {
    piece = s;
    n = s.length;
  } else {
    piece = encode(t, s);
    n = piece.length;
  }
  if (flush || t.writeThrough || t.pendingBytes + n >= t.chunkSize) {
    return new Going(writeOn(t, piece, n, flush, length));
  }
  keep(t, piece, n);
  return written(t, length);
}
function keep(t: PyTextIOWrapper, piece: string | Uint8Array, n: number): void {
  if (t.pending.length === 0) dirtyStreams().add(t);
  t.pending.push(piece);
  t.pendingBytes += n;
}
function written(t: PyTextIOWrapper, length: number): Value {
  if (t.snapshot !== undefined) {
    dropDecoded(t);
    t.snapshot = undefined;
  }
  t.decoder?.reset();
  return length;
}
function* writeOn(
  t: PyTextIOWrapper,
  piece: string | Uint8Array,
  n: number,
  flush: boolean,
  length: number,
): Steps<Value> {
  // what is below may write to this stream meanwhile
  while (t.pending.length > 0 && t.pendingBytes + n > t.chunkSize) yield* flushSteps(t);
  keep(t, piece, n);
  if (t.pendingBytes >= t.chunkSize || flush || t.writeThrough) yield* flushSteps(t);
  if (flush) yield* callStep(t.buffer, "flush");
  return written(t, length);
}

// ---- reading --------------------------------------------------------------------------------

/** Forgets decoded text. */
export function dropDecoded(t: PyTextIOWrapper): void {
  t.decoded = "";
  t.used = 0;
}
function left(t: PyTextIOWrapper): number {
  return strLen(t.decoded) - t.used;
}
/** The next `n` decoded characters (-1: all). */
function take(t: PyTextIOWrapper, n: number): Str {
  const have = left(t);
  const k = n < 0 || n > have ? have : n;
  const r = t.used === 0 && k === have ? t.decoded : strSlice(t.decoded, t.used, t.used + k);
  t.used += k;
  return r;
}

function decodeBytes(t: PyTextIOWrapper, b: Uint8Array, given: Value | undefined, final: boolean): Str {
  const d = t.decoder!;
  if (d instanceof FastDecoder) return d.bytes(b, final);
  if (d instanceof PyNewlineDecoder && d.decoder instanceof FastDecoder) {
    return d.text(d.decoder.bytes(b, final), final);
  }
  return d.decode(given ?? new PyBytes(b), final);
}

/** Reads and decodes one chunk; false at the end. */
function* readChunk(t: PyTextIOWrapper, hint: number): Steps<boolean> {
  const d = t.decoder;
  if (d === undefined) throw unsupported("not readable");
  let before: [Uint8Array, Int] | undefined;
  if (t.telling) before = d.getstate();
  let size = t.chunkSize;
  if (hint > 0) size = Math.max(size, Math.trunc(Math.max(t.b2cratio, 1) * hint));
  let b: Uint8Array, given: Value | undefined;
  const exact = exactBuffer(t);
  if (exact !== undefined && t.hasRead1) b = yield* read1(exact, size);
  else {
    const name = t.hasRead1 ? "read1" : "read";
    given = yield* callStep(t.buffer, name, size);
    try {
      b = given instanceof PyBytes ? given.b : bytesOf(given).slice();
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      throw typeError(`underlying ${name}() should have returned a bytes-like object, not '${typeName(given)}'`);
    }
  }
  const eof = b.length === 0;
  const s = decodeBytes(t, b, given, eof);
  t.decoded = s;
  t.used = 0;
  const n = strLen(s);
  t.b2cratio = n > 0 ? b.length / n : 0;
  if (before !== undefined) {
    t.snapshot = { flags: before[1], input: before[0].length === 0 ? b : joinBytes([before[0], b]) };
  }
  return !eof || n > 0;
}

function* read(t: PyTextIOWrapper, size: Value = -1): Steps<Value> {
  const n = sizeOrNone(size);
  attached(t);
  checkOpen(t);
  if (t.decoder === undefined) throw unsupported("not readable");
  yield* flushSteps(t);
  if (n < 0) {
    const b = yield* callStep(t.buffer, "read");
    if (b === None) throw newErrorArgs(X.BlockingIOError, [11, "Read returned None."]);
    if (!(b instanceof PyBytes) && !(t.decoder instanceof PyDecoder)) {
      if (typeof b !== "object" || b.cls.bf_getbuffer === undefined) {
        throw typeError(`a bytes-like object is required, not '${typeName(b)}'`);
      }
    }
    const s = b instanceof PyBytes ? decodeBytes(t, b.b, b, true) : decodeBytes(t, bytesOf(b).slice(), b, true);
    const first = take(t, -1);
    dropDecoded(t);
    t.snapshot = undefined;
    return first === "" ? s as Value : strConcat2(first, s) as Value;
  }
  let s = take(t, n), k = strLen(s);
  if (k >= n) return s as Value;
  const parts: Str[] = [s];
  while (k < n) {
    if (!(yield* readChunk(t, n - k))) break;
    s = take(t, n - k);
    k += strLen(s);
    parts.push(s);
  }
  return joinStrs(parts) as Value;
}

/**
 * Where the line that begins at `start` ends (behind its line end), or -1; then `endpos` tells what
 * of the text needs no second look.
 */
export function findLineEnd(
  s: Str,
  start: number,
  translated: boolean,
  universal: boolean,
  newline: string | undefined,
): number {
  if (typeof s === "string") {
    if (translated) {
      const i = s.indexOf("\n", start);
      return i < 0 ? -1 : i + 1;
    }
    if (universal) {
      const i = s.indexOf("\n", start), j = s.indexOf("\r", start);
      if (j >= 0 && (i < 0 || j < i)) return s.charCodeAt(j + 1) === 10 ? j + 2 : j + 1;
      return i < 0 ? -1 : i + 1;
    }
    const i = s.indexOf(newline!, start);
    return i < 0 ? -1 : i + newline!.length;
  }
  const c = s.cps;
  if (translated) {
    const i = c.indexOf(10, start);
    return i < 0 ? -1 : i + 1;
  }
  if (universal) {
    for (let i = start; i < c.length; i++) {
      if (c[i] === 10) return i + 1;
      if (c[i] === 13) return c[i + 1] === 10 ? i + 2 : i + 1;
    }
    return -1;
  }
  const i = strFind(s, newline!, start);
  return i < 0 ? -1 : i + newline!.length;
}

/** The next line where what is decoded holds it, without any special cases. */
function lineAtHand(t: PyTextIOWrapper): string | undefined {
  const s = t.decoded;
  if (typeof s !== "string" || !(t.readTranslate || t.newline === "\n") || t.pending.length > 0) return undefined;
  const i = s.indexOf("\n", t.used);
  if (i < 0) return undefined;
  checkOpen(t);
  const line = s.slice(t.used, i + 1);
  t.used = i + 1;
  return line;
}
function* readline(t: PyTextIOWrapper, limit: number): Steps<Str> {
  checkOpen(t);
  if (t.pending.length > 0) yield* flushSteps(t);
  const newline = t.newline === undefined || t.newline === "" ? undefined : t.newline;
  const translated = t.readTranslate || newline === "\n";
  const universal = t.readUniversal;
  let parts: Str[] | undefined, length = 0;
  // a line end of two characters may be split between chunks
  let kept: Str = "";
  for (;;) {
    if (t.used >= strLen(t.decoded)) {
      let more = true;
      while (more && left(t) === 0) more = yield* readChunk(t, 0);
      if (!more && left(t) === 0) {
        dropDecoded(t);
        t.snapshot = undefined;
        break;
      }
    }
    let s = t.decoded, start = t.used, offset = 0;
    if (kept !== "") {
      offset = strLen(kept);
      s = strConcat2(kept, strSlice(s, t.used, strLen(s)));
      start = 0;
      kept = "";
      offset -= t.used;
    }
    const size = strLen(s);
    let end = findLineEnd(s, start, translated, universal, newline);
    if (end >= 0) {
      if (limit >= 0 && end - start + length >= limit) end = start + limit - length;
      const line = strSlice(s, start, end);
      t.used = end - offset;
      return parts === undefined ? line : joinStrs([...parts, line]);
    }
    if (limit >= 0 && size - start + length >= limit) {
      const stop = start + limit - length;
      t.used = stop - offset;
      const line = strSlice(s, start, stop);
      return parts === undefined ? line : joinStrs([...parts, line]);
    }
    let stop = size;
    if (
      !translated && !universal && newline!.length === 2 && size > start &&
      (typeof s === "string" ? s.charCodeAt(size - 1) : s.cps[size - 1]) === 13
    ) {
      stop--;
      kept = "\r";
    }
    if (stop > start) {
      (parts ??= []).push(start === 0 && stop === size ? s : strSlice(s, start, stop));
      length += stop - start;
    }
    dropDecoded(t);
  }
  if (kept !== "") (parts ??= []).push(kept);
  return parts === undefined ? "" : joinStrs(parts);
}

function iternext(self: Value): Value | undefined {
  const t = self as PyTextIOWrapper;
  attached(t);
  t.telling = false;
  // most lines lie in what is decoded already
  return t.cls === textIOWrapperType && lineAtHand(t) || carryHere(nextSteps(t));
}
function* nextSteps(t: PyTextIOWrapper): Steps<Value | undefined> {
  let line: Value;
  if (t.cls === textIOWrapperType) line = (yield* readline(t, -1)) as Value;
  else {
    line = yield* callStep(t, "readline");
    if (!A.isStr(line)) {
      throw newErrorArgs(X.OSError, [`readline() should have returned a str object, not '${typeName(line)}'`]);
    }
  }
  if (line === "" || A.lengthOf(line) === 0) {
    t.snapshot = undefined;
    t.telling = t.seekable;
    return undefined;
  }
  return line;
}
function* nextOrStop(t: PyTextIOWrapper): Steps<Value> {
  attached(t);
  t.telling = false;
  const line = yield* nextSteps(t);
  if (line === undefined) throw stopIteration();
  return line;
}
/** Where the next line is not decoded yet. */
const NEXT: NextForm = {
  mayWait: (v) => {
    const t = v as PyTextIOWrapper, s = t.decoded;
    return hasThreads() && !(typeof s === "string" && s.indexOf("\n", t.used) >= 0);
  },
  next: (t) => carry(nextOrStop(t as PyTextIOWrapper)),
};

// ---- the rest -------------------------------------------------------------------------------

function* flush(t: PyTextIOWrapper): Steps<Value> {
  attached(t);
  checkOpen(t);
  t.telling = t.seekable;
  yield* flushSteps(t);
  return yield* callStep(t.buffer, "flush");
}

function* close(t: PyTextIOWrapper): Steps<Value> {
  attached(t);
  if (A.isTrue(A.getAttr(t, "closed")) || t.detached) return None;
  if (t.finalizing) {
    const f = A.lookupAttr(t.buffer, "_dealloc_warn");
    if (f !== undefined) A.call1(f, t);
  }
  yield* bothSteps(callStep(t, "flush"), closeBuffer(t));
  return None;
}
function* closeBuffer(t: PyTextIOWrapper): Steps<void> {
  t.pending = [];
  dirtyStreams().delete(t);
  yield* callStep(t.buffer, "close");
}

function detach(t: PyTextIOWrapper): Value {
  attached(t);
  A.callMethod(t, "flush");
  const b = t.buffer;
  t.buffer = None;
  t.detached = true;
  t.ok = false;
  return b;
}

function reconfigure(
  t: PyTextIOWrapper,
  enc: Value = None,
  err: Value = None,
  nl?: Value,
  line: Value = None,
  through: Value = None,
): Value {
  attached(t);
  if ((enc !== None || err !== None || nl !== undefined) && (t.decoded !== "" || t.snapshot !== undefined)) {
    throw unsupported("It is not possible to set the encoding or newline of stream after the first read");
  }
  if (enc !== None && !A.isStr(enc)) {
    throw typeError(`reconfigure() argument 'encoding' must be str or None, not ${typeName(enc)}`);
  }
  if (err !== None && !A.isStr(err)) {
    throw typeError(`reconfigure() argument 'errors' must be str or None, not ${typeName(err)}`);
  }
  for (const v of [enc, err, nl ?? None]) if (A.isStr(v)) encodeStr(A.strValue(v), "utf-8", "strict");
  const newline = nl === undefined ? t.newline : newlineArg(nl, "reconfigure");
  const flag = (v: Value, old: boolean) => v === None ? old : A.asInt32(v) !== 0;
  const lb = flag(line, t.lineBuffering), wt = flag(through, t.writeThrough);
  A.callMethod(t, "flush");
  t.b2cratio = 0;
  if (nl !== undefined) setNewline(t, newline);
  if (enc !== None || err !== None || nl !== undefined) {
    let name = enc === None ? utf16(A.strValue(t.encoding)) : utf16(A.strValue(enc));
    if (name === "locale") name = localeEncoding();
    const errors = err !== None ? utf16(A.strValue(err)) : enc === None ? t.errors : "strict";
    setCodec(t, name, errors);
    t.encoding = name;
    fixEncoder(t);
  }
  t.lineBuffering = lb;
  t.writeThrough = wt;
  return None;
}

function repr(v: Value): Value {
  const t = v as PyTextIOWrapper;
  made(t);
  const type = t.cls.name.includes(".") ? t.cls.name : t.cls.qualname;
  const parts: Value[] = [`<${type}`];
  const get = (name: string): Value | undefined => {
    try {
      return A.lookupAttr(t, name);
    } catch (e) {
      if (e instanceof PyBaseException && isSubtype(e.cls, X.ValueError)) return undefined;
      throw e;
    }
  };
  const name = get("name");
  if (name !== undefined) parts.push(" name=", A.reprStr(name) as Value);
  const mode = A.lookupAttr(t, "mode");
  if (mode !== undefined) parts.push(" mode=", A.reprStr(mode) as Value);
  return concat(...parts, " encoding=", A.reprStr(t.encoding) as Value, ">");
}

const onBuffer = (name: string) => (t: PyTextIOWrapper): Value => {
  attached(t);
  return A.callMethod(t.buffer, name);
};

setSpec(textIOWrapperType, {
  allocates: true,
  doc:
    "Character and line based layer over a BufferedIOBase object, buffer.\n\nnewline controls how line endings are handled: None, '', '\\n', '\\r' or '\\r\\n'.",
  sig: "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
  slots: {
    tp_new: allocate(PyTextIOWrapper),
    tp_init: (self, args, kw) => init(self as PyTextIOWrapper, args, kw),
    tp_repr: repr,
    tp_iternext: withNext(iternext, NEXT),
  },
  methods: {
    detach: ["", "", detach],
    reconfigure: [
      "*, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None",
      "Reconfigure the text stream with new parameters; it is flushed first.",
      reconfigure,
    ],
    write: ["text, /", "", waits(write)],
    read: ["size=-1, /", "", steps(read)],
    readline: [
      "size=-1, /",
      "",
      waits((t: PyTextIOWrapper, n: Value = -1) => {
        attached(t);
        const limit = n === None ? -1 : A.asSsize(n);
        return limit < 0 && lineAtHand(t) || new Going(readline(t, limit) as Steps<Value>);
      }),
    ],
    flush: ["", "", steps(flush)],
    close: ["", "", steps(close)],
    fileno: ["", "", onBuffer("fileno")],
    seekable: ["", "", onBuffer("seekable")],
    readable: ["", "", onBuffer("readable")],
    writable: ["", "", onBuffer("writable")],
    isatty: ["", "", onBuffer("isatty")],
    seek: ["cookie, whence=os.SEEK_SET, /", "Set the stream position, and return the new stream position.", seek],
    tell: ["", "Return the stream position as an opaque number.", tell],
    truncate: ["pos=None, /", "", (t: PyTextIOWrapper, pos: Value = None) => {
      attached(t);
      A.callMethod(t, "flush");
      return A.callMethod(t.buffer, "truncate", pos);
    }],
    __getstate__: ["", "", noPickle],
  },
  members: {
    encoding: (t: PyTextIOWrapper) => t.encoding,
    buffer: (t: PyTextIOWrapper) => t.buffer,
    line_buffering: (t: PyTextIOWrapper) => t.lineBuffering,
    write_through: (t: PyTextIOWrapper) => t.writeThrough,
    _finalizing: [(t: PyTextIOWrapper) => t.finalizing, (t: PyTextIOWrapper, v) => {
      t.finalizing = boolMember(v);
    }],
  },
  getset: {
    name: [(t: PyTextIOWrapper) => {
      attached(t);
      return A.getAttr(t.buffer, "name");
    }],
    closed: [(t: PyTextIOWrapper) => {
      attached(t);
      return A.getAttr(t.buffer, "closed");
    }],
    newlines: [(t: PyTextIOWrapper) => {
      attached(t);
      const d = t.decoder;
      if (d instanceof PyNewlineDecoder) return d.newlines();
      return d instanceof PyDecoder ? A.lookupAttr(d.obj, "newlines") ?? None : None;
    }],
    errors: [(t: PyTextIOWrapper) => {
      made(t);
      return t.errors;
    }],
    _CHUNK_SIZE: [(t: PyTextIOWrapper) => {
      attached(t);
      return t.chunkSize;
    }, (t: PyTextIOWrapper, v) => {
      attached(t);
      if (v === undefined) {
        throw newErrorArgs(X.AttributeError, [
          "attribute '_CHUNK_SIZE' of '_io.TextIOWrapper' objects cannot be deleted",
        ]);
      }
      const n = sizeIndex(v);
      if (n <= 0) throw valueError("a strictly positive integer is required");
      t.chunkSize = n;
    }],
  },
});
