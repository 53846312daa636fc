// CPython 3.14: Modules/cjkcodecs/multibytecodec.c, cjkcodecs.h
//
// Codecs of core/text/codec_cjk.ts as Python objects: the codec itself, and the classes for incremental
// and stream use, which take theirs from the attribute `codec` of the class. What a text ends with in
// the middle of a character is kept (`pending`) until more comes. `state` is eight bytes that are a
// codec's own.

import {
  builtinType,
  type GetSetDef,
  None,
  PyBytes,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  TF_DISALLOW_NEW,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { indexError, newError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { makeDecodeError, makeEncodeError } from "../core/objects/exceptions_unicode.ts";
import { normInt } from "../core/objects/int_ops.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { interpStore } from "../core/objects/state.ts";
import { codePoints, CpBuilder, strConcat2, strLen, strSlice } from "../core/objects/str_ops.ts";
import { CJK_CODECS, type MultibyteCodec, TOO_FEW } from "../core/text/codec_cjk.ts";
import { ByteBuilder } from "../core/text/codec_errors.ts";
import { ISO2022_CODECS } from "../core/text/codec_iso2022.ts";
import { decodeUtf8, encodeUtf8 } from "../core/text/codec_utf8.ts";
import { lookupError } from "./_codecs.ts";
import { PyCapsule } from "./capsule.ts";
import { newFrom } from "./native_new.ts";

const MAX_ENC_PENDING = 2, MAX_DEC_PENDING = 8;
const ILLEGAL = "illegal multibyte sequence", INCOMPLETE = "incomplete multibyte sequence";

// ---- errors ------------------------------------------------------------------------------------

/** Asks the handler of that name: what it puts in, and where to go on. */
function handled(errors: string, exc: PyObject, decode: boolean, length: number): [Value, number] {
  const r = A.call1(lookupError(None, errors), exc);
  if (
    !(r instanceof PyTuple) || r.items.length !== 2 || !A.isInt(r.items[1]) ||
    !(A.isStr(r.items[0]) || !decode && r.items[0] instanceof PyBytes)
  ) {
    throw typeError(`${decode ? "decoding" : "encoding"} error handler must return (str, int) tuple`);
  }
  let pos = A.asSsizeClamped(r.items[1]);
  if (pos < 0) pos += length;
  if (pos < 0 || pos > length) throw indexError(`position ${pos} from error handler out of bounds`);
  return [r.items[0], pos];
}

interface Encoding {
  text: Str;
  cps: Uint32Array;
  pos: number;
  out: ByteBuilder;
  exc?: PyObject;
}

function encodeError(codec: MultibyteCodec, state: Uint8Array, e: Encoding, errors: string, r: number): void {
  const end = r === TOO_FEW ? e.pos * 2 : e.pos - r;
  if (errors === "replace" && codec.encode(Uint32Array.of(0x3F), 0, e.out, state, false) < 0) e.out.push(0x3F);
  if (errors === "replace" || errors === "ignore") {
    e.pos = end;
    return;
  }
  const exc = makeEncodeError(codec.name, e.text, e.pos, end, r === TOO_FEW ? INCOMPLETE : ILLEGAL);
  if (errors === "strict") throw exc;
  const [put, pos] = handled(errors, exc, false, e.cps.length);
  e.out.pushBytes(put instanceof PyBytes ? put.b : encodeAll(codec, state, A.strValue(put), "strict", true, false)[0]);
  e.pos = pos;
}

/** The bytes of a text, and how many characters of it were taken. */
function encodeAll(
  codec: MultibyteCodec,
  state: Uint8Array,
  text: Str,
  errors: string,
  flush: boolean,
  reset: boolean,
): [Uint8Array, number] {
  const cps = codePoints(text), e: Encoding = { text, cps, pos: 0, out: new ByteBuilder(cps.length * 2 + 16) };
  while (e.pos < cps.length) {
    const r = codec.encode(cps, e.pos, e.out, state, flush);
    if (r > 0) e.pos += r;
    else if (r === TOO_FEW && !flush) break;
    else encodeError(codec, state, e, errors, r);
  }
  if (reset) codec.encodeReset?.(e.out, state);
  return [e.out.finish(), e.pos];
}

function decodeError(
  codec: MultibyteCodec,
  b: Uint8Array,
  pos: number,
  out: CpBuilder,
  errors: string,
  r: number,
): number {
  const end = r === TOO_FEW ? b.length : pos - r;
  if (errors === "replace") out.push(0xFFFD);
  if (errors === "replace" || errors === "ignore") return end;
  const exc = makeDecodeError(codec.name, new PyBytes(b), pos, end, r === TOO_FEW ? INCOMPLETE : ILLEGAL);
  if (errors === "strict") throw exc;
  const [put, next] = handled(errors, exc, true, b.length);
  out.pushStr(A.strValue(put));
  return next;
}

/** Decodes what can be: the position that was reached. */
function decodeSome(
  codec: MultibyteCodec,
  state: Uint8Array,
  b: Uint8Array,
  out: CpBuilder,
  errors: string,
  final: boolean,
): number {
  let pos = 0;
  while (pos < b.length) {
    const r = codec.decode(b, pos, b.length, out, state);
    if (r > 0) pos += r;
    else if (r === TOO_FEW && !final) break;
    else pos = decodeError(codec, b, pos, out, errors, r);
  }
  return pos;
}

// ---- the codec ---------------------------------------------------------------------------------

const codecType = builtinType("_multibytecodec.MultibyteCodec", undefined, true);
codecType.flags |= TF_DISALLOW_NEW;

class PyMultibyteCodec extends PyObject {
  constructor(readonly codec: MultibyteCodec) {
    super(codecType);
  }
}

/** The `errors` argument of a function. */
function errorsArg(v: Value, fname: string, arg: string, orNone: boolean): string {
  if (orNone && v === None) return "strict";
  if (!A.isStr(v)) {
    throw typeError(`${fname}() argument ${arg} must be str${orNone ? " or None" : ""}, not ${typeName(v)}`);
  }
  const s = String(A.strValue(v));
  if (s.includes("\0")) throw valueError("embedded null character");
  return s;
}
const textOf = (v: Value): Str => A.strValue(A.isStr(v) ? v : A.strObject(v));

setSpec(codecType, {
  methods: {
    encode: [
      "input, errors=None",
      "Encodes a text: the bytes, and how many characters they are. The handler of errors is given by its name.",
      (self: PyMultibyteCodec, input: Value, errors: Value = None) => {
        const handler = errorsArg(errors, "encode", "'errors'", true), text = textOf(input), state = new Uint8Array(8);
        self.codec.encodeInit?.(state);
        const n = strLen(text);
        return new PyTuple([new PyBytes(encodeAll(self.codec, state, text, handler, true, true)[0]), n]);
      },
    ],
    decode: [
      "input, errors=None",
      "Decodes bytes: the text, and how many bytes it was. The handler of errors is given by its name.",
      (self: PyMultibyteCodec, input: Value, errors: Value = None) => {
        const b = bytesOf(input).slice(), handler = errorsArg(errors, "decode", "'errors'", true);
        const state = new Uint8Array(8), out = new CpBuilder(b.length);
        self.codec.decodeInit?.(state);
        decodeSome(self.codec, state, b, out, handler, true);
        return new PyTuple([out.finish() as Value, b.length]);
      },
    ],
  },
});

// ---- stateful objects --------------------------------------------------------------------------

/** What the four classes have in common. */
class Stateful extends PyObject {
  readonly state = new Uint8Array(8);
  readonly codec: MultibyteCodec;
  constructor(type: PyType, public errors: string, public stream: Value) {
    super(type);
    const codec = A.getAttr(type, "codec");
    if (!(codec instanceof PyMultibyteCodec)) throw typeError("codec is unexpected type");
    this.codec = codec.codec;
  }
}

class PyEncoder extends Stateful {
  pending: Str = "";
  encode(v: Value, final: boolean): PyBytes {
    const kept = this.pending, text = strConcat2(kept, textOf(v));
    const [bytes, pos] = encodeAll(this.codec, this.state, text, this.errors, final, final);
    const left = strSlice(text, pos, strLen(text));
    if (strLen(left) > MAX_ENC_PENDING) {
      throw makeEncodeError(this.codec.name, text, pos, strLen(text), "pending buffer overflow");
    }
    this.pending = left;
    return new PyBytes(bytes);
  }
}

class PyDecoder extends Stateful {
  pending: Uint8Array = new Uint8Array(0);
  /** Decodes what is pending and more bytes. */
  decode(more: Uint8Array, final: boolean, out: CpBuilder): void {
    const b = new Uint8Array(this.pending.length + more.length);
    b.set(this.pending);
    b.set(more, this.pending.length);
    // what was pending is lost when this fails, but not when it fails at the end
    const kept = this.pending;
    this.pending = new Uint8Array(0);
    let pos = decodeSome(this.codec, this.state, b, out, this.errors, false);
    if (final && pos < b.length) {
      this.pending = kept;
      pos = decodeError(this.codec, b, pos, out, this.errors, TOO_FEW);
    }
    const left = b.slice(pos);
    if (left.length > MAX_DEC_PENDING) {
      throw makeDecodeError(this.codec.name, new PyBytes(left), 0, left.length, "pending buffer overflow");
    }
    this.pending = left;
  }
  reset(): Value {
    this.codec.decodeReset?.(this.state);
    this.pending = new Uint8Array(0);
    return None;
  }
}

function littleEndian(b: Uint8Array): Value {
  let n = 0n;
  for (let i = b.length - 1; i >= 0; i--) n = n << 8n | BigInt(b[i]);
  return normInt(n);
}
function toLittleEndian(v: Value, size: number): Uint8Array {
  let n = BigInt(A.intValue(v));
  if (n < 0n) throw overflowError("can't convert negative int to unsigned");
  const b = new Uint8Array(size);
  for (let i = 0; i < size; i++, n >>= 8n) b[i] = Number(n & 255n);
  if (n !== 0n) throw overflowError("int too big to convert");
  return b;
}

const errorsAttr: Record<string, GetSetDef> = {
  errors: [
    (self: Stateful) => self.errors,
    (self: Stateful, v: Value | undefined) => {
      if (v === undefined) throw newError(X.AttributeError, "cannot delete attribute");
      if (!A.isStr(v)) throw typeError("errors must be a string");
      self.errors = String(A.strValue(v));
    },
    "how to treat errors",
  ],
};

function made<T extends Stateful>(
  Class: new (type: PyType, errors: string, stream: Value) => T,
  name: string,
  stream: boolean,
  init: (self: T) => void,
) {
  const body = (type: PyType, errors: Value, stream: Value): T => {
    const self = new Class(type, errorsArg(errors, name, stream === None ? "1" : "2", false), stream);
    init(self);
    return self;
  };
  return stream
    ? newFrom(name, "stream, errors='strict'", (type, s: Value, errors: Value = "strict") => body(type, errors, s))
    : newFrom(name, "errors='strict'", (type, errors: Value = "strict") => body(type, errors, None));
}

/** Keeps a base class behind it, as codecs.StreamReader, from its own. */
const noInit = (): void => {};

const encoderType = builtinType("_multibytecodec.MultibyteIncrementalEncoder");
const startEncoder = (self: Stateful): void => self.codec.encodeInit?.(self.state);
const startDecoder = (self: Stateful): void => self.codec.decodeInit?.(self.state);

setSpec(encoderType, {
  slots: { tp_new: made(PyEncoder, "IncrementalEncoder", false, startEncoder), tp_init: noInit },
  methods: {
    encode: ["input, final=False", "", (self: PyEncoder, input: Value, final: Value = false) => {
      return self.encode(input, A.isTrue(final));
    }],
    getstate: ["", "", (self: PyEncoder) => {
      const text = encodeUtf8(self.pending);
      return littleEndian(Uint8Array.of(text.length, ...text, ...self.state));
    }],
    setstate: ["state, /", "", (self: PyEncoder, state: Value) => {
      if (!A.isInt(state)) throw typeError(`setstate() argument must be int, not ${typeName(state)}`);
      const b = toLittleEndian(state, 1 + MAX_ENC_PENDING * 4 + 8), n = b[0];
      if (n > MAX_ENC_PENDING * 4) throw newError(X.UnicodeError, "pending buffer too large");
      self.pending = decodeUtf8(b.slice(1, 1 + n)).text;
      self.state.set(b.subarray(1 + n, 9 + n));
      return None;
    }],
    reset: ["", "", (self: PyEncoder) => {
      self.codec.encodeReset?.(new ByteBuilder(), self.state);
      self.pending = "";
      return None;
    }],
  },
  getset: { ...errorsAttr },
});

const decoderType = builtinType("_multibytecodec.MultibyteIncrementalDecoder");
setSpec(decoderType, {
  slots: { tp_new: made(PyDecoder, "IncrementalDecoder", false, startDecoder), tp_init: noInit },
  methods: {
    decode: ["input, final=False", "", (self: PyDecoder, input: Value, final: Value = false) => {
      const out = new CpBuilder();
      self.decode(bytesOf(input), A.isTrue(final), out);
      return out.finish() as Value;
    }],
    getstate: ["", "", (self: PyDecoder) => {
      return new PyTuple([new PyBytes(self.pending.slice()), littleEndian(self.state)]);
    }],
    setstate: ["state, /", "", (self: PyDecoder, state: Value) => {
      if (!(state instanceof PyTuple)) throw typeError(`setstate() argument must be tuple, not ${typeName(state)}`);
      const [pending, n] = state.items;
      if (state.items.length !== 2 || !(pending instanceof PyBytes) || !A.isInt(n)) {
        throw typeError("setstate(): illegal state argument");
      }
      const b = toLittleEndian(n, 8);
      if (pending.b.length > MAX_DEC_PENDING) {
        throw makeDecodeError(self.codec.name, pending, 0, pending.b.length, "pending buffer too large");
      }
      self.pending = pending.b.slice();
      self.state.set(b);
      return None;
    }],
    reset: ["", "", (self: PyDecoder) => self.reset()],
  },
  getset: { ...errorsAttr },
});

// ---- streams -----------------------------------------------------------------------------------

/** Reads until there is a character. */
function readStream(self: PyDecoder, method: string, sizeArg: Value): Str {
  if (sizeArg !== None && !A.isInt(sizeArg)) throw typeError("arg 1 must be an integer");
  let size = sizeArg === None ? -1 : A.asSsize(sizeArg);
  if (size === 0) return "";
  const out = new CpBuilder();
  for (;;) {
    const got = size < 0 ? A.callMethod(self.stream, method) : A.callMethod(self.stream, method, size);
    if (!(got instanceof PyBytes)) {
      throw typeError(`stream function returned a non-bytes object (${typeName(got)})`);
    }
    const all = got.b.length + self.pending.length;
    self.decode(got.b, got.b.length === 0 || size < 0, out);
    if (size < 0 || out.length > 0 || all === 0) return out.finish();
    size = 1;
  }
}

const readerType = builtinType("_multibytecodec.MultibyteStreamReader");
setSpec(readerType, {
  slots: { tp_new: made(PyDecoder, "StreamReader", true, startDecoder), tp_init: noInit },
  methods: {
    read: ["sizeobj=None, /", "", (self: PyDecoder, size: Value = None) => readStream(self, "read", size)],
    readline: ["sizeobj=None, /", "", (self: PyDecoder, size: Value = None) => readStream(self, "readline", size)],
    readlines: ["sizehintobj=None, /", "", (self: PyDecoder, size: Value = None) => {
      return A.callMethod(readStream(self, "read", size) as Value, "splitlines", true);
    }],
    reset: ["", "", (self: PyDecoder) => self.reset()],
  },
  members: { stream: (self: PyDecoder) => self.stream },
  getset: { ...errorsAttr },
});

const writerType = builtinType("_multibytecodec.MultibyteStreamWriter");
const write = (self: PyEncoder, text: Value): void => {
  A.callMethod(self.stream, "write", self.encode(text, false));
};
setSpec(writerType, {
  slots: { tp_new: made(PyEncoder, "StreamWriter", true, startEncoder), tp_init: noInit },
  methods: {
    write: ["strobj, /", "", (self: PyEncoder, text: Value) => {
      write(self, text);
      return None;
    }],
    writelines: ["lines, /", "", (self: PyEncoder, lines: Value) => {
      if (!A.isSequence(lines)) throw typeError("arg must be a sequence object");
      for (let i = 0; i < A.lengthOf(lines); i++) write(self, A.seqGetItem(lines, i));
      return None;
    }],
    reset: ["", "", (self: PyEncoder) => {
      const pending = self.pending;
      if (pending === "") return None;
      self.pending = "";
      const [bytes] = encodeAll(self.codec, self.state, pending, self.errors, true, true);
      if (bytes.length > 0) A.callMethod(self.stream, "write", new PyBytes(bytes));
      return None;
    }],
  },
  members: { stream: (self: PyEncoder) => self.stream },
  getset: { ...errorsAttr },
});

// ---- modules -----------------------------------------------------------------------------------

const CODEC_CAPSULE = "multibytecodec.codec";
class CodecCapsule extends PyCapsule {
  constructor(readonly codec: MultibyteCodec) {
    super(CODEC_CAPSULE);
  }
}

export const spec: ModuleSpec = {
  name: "_multibytecodec",
  types: {
    MultibyteIncrementalEncoder: encoderType,
    MultibyteIncrementalDecoder: decoderType,
    MultibyteStreamReader: readerType,
    MultibyteStreamWriter: writerType,
  },
  functions: {
    __create_codec: ["arg, /", "", (_m: Value, arg: Value) => {
      if (!(arg instanceof CodecCapsule)) throw valueError("argument type invalid");
      return new PyMultibyteCodec(arg.codec);
    }],
  },
};

const MADE = {};
function codecNamed(name: string, make: () => MultibyteCodec): MultibyteCodec {
  const all = interpStore(MADE, () => new Map<string, MultibyteCodec>());
  let c = all.get(name);
  if (c === undefined) all.set(name, c = make());
  return c;
}

/** The module of a group of codecs. */
function codecModule(name: string, codecs: () => Record<string, () => MultibyteCodec>): ModuleSpec {
  return {
    name,
    functions: {
      getcodec: ["object, /", "", (_m: Value, encoding: Value) => {
        if (!A.isStr(encoding)) throw typeError("encoding name must be a string.");
        const key = String(A.strValue(encoding)), all = codecs();
        if (!Object.hasOwn(all, key)) throw newError(X.LookupError, "no such codec is supported.");
        return new PyMultibyteCodec(codecNamed(key, all[key]));
      }],
    },
  };
}

export const codecModules: readonly ModuleSpec[] = [
  ...["cn", "hk", "jp", "kr", "tw"].map((group) => codecModule(`_codecs_${group}`, () => CJK_CODECS[group])),
  codecModule("_codecs_iso2022", () => ISO2022_CODECS),
];
