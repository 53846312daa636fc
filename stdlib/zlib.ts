// CPython 3.14: Modules/zlibmodule.c
//
// Compression by the host's zlib (host.zlib). The host's streams cannot be copied, so a stream keeps a
// log of what went into it, up to LOG_LIMIT bytes, from which `copy` makes a second one. The gzip
// frame of a compressor is made here.

import {
  builtinType,
  PyBytes,
  PyObject,
  type PyType,
  setSpec,
  TF_DISALLOW_NEW,
  type Value,
} from "../core/objects/object.ts";
import type { KwNames, PyBaseException } from "../core/objects/object.ts";
import { eofError, notImplementedError, typeError, valueError } from "../core/objects/errors.ts";
import { asIndex, asInt32, asSsize } from "../core/objects/abstract.ts";
import { bytesOf, hasBuffer } from "../core/objects/buffer.ts";
import { cur } from "../core/objects/state.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { interp } from "../vm/interpreter.ts";
import { HostError, HostZlibError, type HostZlibStep, type HostZlibStream, type ZlibFormat } from "../vm/host.ts";
import { adler32, crc32 } from "./checksum.ts";
import { newException, raised } from "./module_error.ts";
import { newFrom } from "./native_new.ts";
import { fromHostError } from "./os_error.ts";

const zlibError: PyType = newException("zlib.error");
const EMPTY = new Uint8Array(0);
const MAX_WBITS = 15, DEFLATED = 8, DEF_MEM_LEVEL = 8, DEF_BUF_SIZE = 16384;
const FINISH = 4;
const STATE = "inconsistent stream state";
const LOG_LIMIT = 1 << 24;

function fail(code: number, doing: string, text?: string): PyBaseException {
  return raised(zlibError, `Error ${code} ${doing}${text === undefined ? "" : `: ${text}`}`);
}
/** Calls the host; what zlib reports becomes zlib.error. */
function host<T>(doing: string, f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (e instanceof HostZlibError) {
      if (e.message === "Missing dictionary" || e.code === 2) throw fail(2, doing);
      if (e.message === "Bad dictionary") throw fail(-3, "while setting zdict", "invalid input data");
      throw fail(e.code, doing, e.message);
    }
    if (e instanceof HostError) throw fromHostError(e);
    throw e;
  }
}
function concat(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
/** A bytes argument's own memory when it cannot change, else a copy. */
function stable(v: Value): Uint8Array {
  return v instanceof PyBytes ? v.b : bytesOf(v).slice();
}
function mask32(v: Value): number {
  return Number(BigInt.asUintN(32, BigInt(asIndex(v))));
}

// ---- compressing ----------------------------------------------------------------------------

interface DeflateOptions {
  format: ZlibFormat;
  level: number;
  windowBits: number;
  memLevel: number;
  strategy: number;
  dictionary: Uint8Array | undefined;
}
/** The container and window size of a compressor's wbits; undefined for a bad value. */
function deflateFormat(wbits: number): [ZlibFormat, number] | undefined {
  if (wbits >= 8 && wbits <= 15) return ["zlib", Math.max(wbits, 9)];
  if (wbits <= -9 && wbits >= -15) return ["raw", -wbits];
  if (wbits >= 25 && wbits <= 31) return ["gzip", wbits - 16];
  return undefined;
}

const FLUSHES = ["none", "partial", "sync", "full", "finish", "block"] as const;

/** A running compressor. */
class Deflater {
  readonly options: DeflateOptions;
  readonly stream: HostZlibStream;
  started = false;
  crc = 0;
  size = 0;
  constructor(o: DeflateOptions) {
    this.options = o;
    this.stream = interp().host.zlib.deflater({ ...o, format: o.format === "gzip" ? "raw" : o.format });
  }
  push(data: Uint8Array, flush: number): Uint8Array {
    const out: Uint8Array[] = [];
    const gzip = this.options.format === "gzip";
    if (gzip && !this.started) {
      const { level, strategy } = this.options;
      const extra = level === 9 ? 2 : strategy >= 2 || level === 1 || level === 0 ? 4 : 0;
      out.push(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extra, 3));
    }
    this.started = true;
    for (let at = 0;;) {
      const step = this.stream.push(at === 0 ? data : data.subarray(at), FLUSHES[flush], 0);
      out.push(step.output);
      at += step.consumed;
      if (at >= data.length || (step.consumed === 0 && step.output.length === 0)) break;
    }
    cur.tick(data.length >> 4);
    if (gzip) {
      this.crc = crc32(data, this.crc);
      this.size = (this.size + data.length) >>> 0;
      if (flush === FINISH) {
        const end = new DataView(new ArrayBuffer(8));
        end.setUint32(0, this.crc, true);
        end.setUint32(4, this.size, true);
        out.push(new Uint8Array(end.buffer));
      }
    }
    return concat(out);
  }
}

const compressType: PyType = builtinType("zlib.Compress", undefined, true);
compressType.flags |= TF_DISALLOW_NEW;
class PyCompress extends PyObject {
  engine: Deflater;
  log: [Uint8Array, number][] | undefined = [];
  logged = 0;
  finished = false;
  constructor(options: DeflateOptions) {
    super(compressType);
    this.engine = new Deflater(options);
  }
  push(data: Uint8Array, flush: number): Uint8Array {
    this.logged += data.length;
    if (this.logged > LOG_LIMIT) this.log = undefined;
    else this.log?.push([data, flush]);
    return this.engine.push(data, flush);
  }
}
function copyCompress(c: PyCompress): Value {
  if (c.finished) throw valueError("Inconsistent stream state");
  if (c.log === undefined) throw notImplementedError(`Compress.copy: only within the first ${LOG_LIMIT} bytes`);
  const d = new PyCompress(c.engine.options);
  for (const [data, flush] of c.log) d.push(data, flush);
  return d;
}
setSpec(compressType, {
  methods: {
    compress: ["data, /", "Compresses data; what is ready of the output is returned.", (c: PyCompress, data: Value) => {
      const b = stable(data);
      if (c.finished) throw fail(-2, "while compressing data", STATE);
      return new PyBytes(host("while compressing data", () => c.push(b, 0)));
    }],
    flush: [
      "mode=zlib.Z_FINISH, /",
      "Ends the stream, or brings out what is pending with another mode.",
      (c: PyCompress, mode: Value = FINISH) => {
        const m = asInt32(mode);
        if (m === 0) return new PyBytes(EMPTY);
        if (c.finished || m < 0 || m > 5) throw fail(-2, "while flushing", STATE);
        const out = host("while flushing", () => c.push(EMPTY, m));
        if (m === FINISH) {
          c.finished = true;
          c.engine.stream.close();
        }
        return new PyBytes(out);
      },
    ],
    copy: ["", "A second compressor in the same state.", copyCompress],
    __copy__: ["", "", copyCompress],
    __deepcopy__: ["memo, /", "", copyCompress],
  },
});

// ---- decompressing --------------------------------------------------------------------------

/** Is it a window size that inflateInit2 takes? */
function inflateOk(wbits: number): boolean {
  const n = wbits < 0 ? -wbits : wbits > 39 ? wbits - 32 : wbits > 15 ? wbits - 16 : wbits;
  return (n >= 8 && n <= 15) || (wbits >= 0 && n === 0);
}
/** A running decompressor; the container may be found out from the first byte. */
class Inflater {
  readonly wbits: number;
  readonly dictionary: Uint8Array | undefined;
  stream: HostZlibStream | undefined = undefined;
  constructor(wbits: number, dictionary: Uint8Array | undefined) {
    this.wbits = wbits;
    this.dictionary = dictionary;
  }
  push(data: Uint8Array, max: number): HostZlibStep {
    if (this.stream === undefined) {
      if (data.length === 0) return { output: EMPTY, consumed: 0, eof: false };
      const w = this.wbits;
      const format: ZlibFormat = w < 0
        ? "raw"
        : w > 39
        ? (data[0] === 0x1f ? "gzip" : "zlib")
        : w > 15
        ? "gzip"
        : "zlib";
      const bits = w < 0 ? -w : w & 15;
      this.stream = interp().host.zlib.inflater({
        format,
        windowBits: bits === 0 ? 15 : bits,
        dictionary: this.dictionary,
      });
    }
    cur.tick(data.length >> 2);
    return this.stream.push(data, "sync", max);
  }
}
function zdictArg(v: Value | undefined): Uint8Array | undefined {
  if (v === undefined) return undefined;
  if (!hasBuffer(v)) throw typeError("zdict argument must support the buffer protocol");
  const b = bytesOf(v).slice();
  return b.length === 0 ? undefined : b;
}

const decompressType: PyType = builtinType("zlib.Decompress", undefined, true);
decompressType.flags |= TF_DISALLOW_NEW;
const WHILE = "while decompressing data";
class PyDecompress extends PyObject {
  engine: Inflater;
  log: [Uint8Array, number][] | undefined = [];
  logged = 0;
  unused = new PyBytes(EMPTY);
  tail = new PyBytes(EMPTY);
  eof = false;
  ended = false;
  constructor(wbits: number, dictionary: Uint8Array | undefined) {
    super(decompressType);
    this.engine = new Inflater(wbits, dictionary);
  }
  /** Takes input, keeps what is left of it; the output. */
  push(data: Uint8Array, max: number): Uint8Array {
    if (this.eof) {
      if (data.length > 0) this.unused = new PyBytes(concat([this.unused.b, data]));
      this.tail = new PyBytes(EMPTY);
      return EMPTY;
    }
    const step = this.engine.push(data, max);
    this.logged += step.consumed;
    if (this.logged > LOG_LIMIT) this.log = undefined;
    else this.log?.push([data.subarray(0, step.consumed), max]);
    const rest = data.slice(step.consumed);
    this.eof = step.eof;
    if (step.eof) {
      this.unused = new PyBytes(rest);
      this.tail = new PyBytes(EMPTY);
    } else this.tail = new PyBytes(rest);
    return step.output;
  }
}
function copyDecompress(d: PyDecompress): Value {
  if (d.ended) throw valueError("Inconsistent stream state");
  if (d.log === undefined) throw notImplementedError(`Decompress.copy: only within the first ${LOG_LIMIT} bytes`);
  const c = new PyDecompress(d.engine.wbits, d.engine.dictionary);
  host(WHILE, () => {
    for (const [data, max] of d.log!) c.push(data, max);
  });
  c.unused = d.unused;
  c.tail = d.tail;
  c.eof = d.eof;
  c.ended = d.ended;
  return c;
}
setSpec(decompressType, {
  methods: {
    decompress: [
      "data, /, max_length=0",
      "Decompresses data; at most max_length bytes, unless 0. What is left of the input is in unconsumed_tail.",
      (d: PyDecompress, data: Value, max: Value = 0) => {
        const n = asSsize(max), b = stable(data);
        if (n < 0) throw valueError("max_length must be non-negative");
        if (d.ended) throw fail(-2, WHILE, STATE);
        return new PyBytes(host(WHILE, () => d.push(b, n)));
      },
    ],
    flush: [
      "length=zlib.DEF_BUF_SIZE, /",
      "All that remains of the output.",
      (d: PyDecompress, length: Value = DEF_BUF_SIZE) => {
        if (asSsize(length) <= 0) throw valueError("length must be greater than zero");
        if (d.ended) return new PyBytes(EMPTY);
        const out = d.eof ? EMPTY : host("while flushing", () => d.push(d.tail.b, 0));
        if (d.eof) {
          d.ended = true;
          d.engine.stream?.close();
        }
        return new PyBytes(out);
      },
    ],
    copy: ["", "A second decompressor in the same state.", copyDecompress],
    __copy__: ["", "", copyDecompress],
    __deepcopy__: ["memo, /", "", copyDecompress],
  },
  members: {
    unused_data: (d: PyDecompress) => d.unused,
    unconsumed_tail: (d: PyDecompress) => d.tail,
    eof: (d: PyDecompress) => d.eof,
  },
});

const decompressorType: PyType = builtinType("zlib._ZlibDecompressor", undefined, true);
class PyDecompressor extends PyObject {
  readonly engine: Inflater;
  unused = new PyBytes(EMPTY);
  rest: Uint8Array = EMPTY;
  eof = false;
  needsInput = true;
  constructor(wbits: number, dictionary: Uint8Array | undefined) {
    super(decompressorType);
    this.engine = new Inflater(wbits, dictionary);
  }
}
const newDecompressor = newFrom(
  "_ZlibDecompressor",
  "wbits=15, zdict=b''",
  (_t, wbits: Value = MAX_WBITS, zdict?: Value) => {
    const w = asInt32(wbits), dict = zdictArg(zdict);
    if (!inflateOk(w)) throw valueError("Invalid initialization option");
    return new PyDecompressor(w, dict);
  },
);
setSpec(decompressorType, {
  doc:
    "Create a decompressor object for decompressing data incrementally.\n\n  wbits = 15\n  zdict\n     The predefined compression dictionary.",
  sig: "(wbits=15, zdict=b'')",
  slots: { tp_new: (t, args, kw?: KwNames) => newDecompressor(t, args, kw) },
  methods: {
    decompress: [
      "data, max_length=-1",
      "Decompresses data; at most max_length bytes, unless negative.\n\nInput that was not used is kept for the next call; needs_input tells whether more is wanted.",
      (d: PyDecompressor, data: Value, max: Value = -1) => {
        const n = asSsize(max), b = stable(data);
        if (d.eof) throw eofError("End of stream already reached");
        const input = d.rest.length === 0 ? b : concat([d.rest, b]);
        if (n === 0) {
          d.rest = input;
          d.needsInput = input.length === 0;
          return new PyBytes(EMPTY);
        }
        const step = host(WHILE, () => d.engine.push(input, Math.max(n, 0)));
        d.rest = input.slice(step.consumed);
        d.eof = step.eof;
        if (step.eof) {
          d.unused = new PyBytes(d.rest);
          d.rest = EMPTY;
          d.needsInput = false;
        } else d.needsInput = d.rest.length === 0 && !(n > 0 && step.output.length === n);
        return new PyBytes(step.output);
      },
    ],
  },
  members: {
    eof: (d: PyDecompressor) => d.eof,
    unused_data: (d: PyDecompressor) => d.unused,
    needs_input: (d: PyDecompressor) => d.needsInput,
  },
});

// ---- functions ------------------------------------------------------------------------------

function compress(_m: Value, data: Value, level: Value = -1, wbits: Value = MAX_WBITS): Value {
  const b = bytesOf(data), l = asInt32(level), format = deflateFormat(asInt32(wbits));
  if (format === undefined || l < -1 || l > 9) throw raised(zlibError, "Bad compression level");
  return new PyBytes(host("while compressing data", () => {
    const d = new Deflater({
      format: format[0],
      level: l,
      windowBits: format[1],
      memLevel: DEF_MEM_LEVEL,
      strategy: 0,
      dictionary: undefined,
    });
    const out = d.push(b, FINISH);
    d.stream.close();
    return out;
  }));
}
function decompress(_m: Value, data: Value, wbits: Value = MAX_WBITS, bufsize: Value = DEF_BUF_SIZE): Value {
  const b = bytesOf(data), w = asInt32(wbits);
  if (asSsize(bufsize) < 0) throw valueError("bufsize must be non-negative");
  if (!inflateOk(w)) throw fail(-2, "while preparing to decompress data", STATE);
  const d = new Inflater(w, undefined);
  const out: Uint8Array[] = [];
  const done = host(WHILE, () => {
    for (let at = 0;;) {
      const step = d.push(b.subarray(at), 0);
      out.push(step.output);
      at += step.consumed;
      if (step.eof || (step.consumed === 0 && step.output.length === 0) || at >= b.length) {
        d.stream?.close();
        return step.eof;
      }
    }
  });
  if (!done) throw fail(-5, WHILE, "incomplete or truncated stream");
  return new PyBytes(concat(out));
}
function compressobj(
  _m: Value,
  level: Value = -1,
  method: Value = DEFLATED,
  wbits: Value = MAX_WBITS,
  memLevel: Value = DEF_MEM_LEVEL,
  strategy: Value = 0,
  zdict?: Value,
): Value {
  const [l, m, w, mem, s] = [level, method, wbits, memLevel, strategy].map(asInt32);
  const dictionary = zdictArg(zdict), format = deflateFormat(w);
  if (format === undefined || l < -1 || l > 9 || m !== DEFLATED || mem < 1 || mem > 9 || s < 0 || s > 4) {
    throw valueError("Invalid initialization option");
  }
  return host(
    "while creating compression object",
    () =>
      new PyCompress({ format: format[0], level: l, windowBits: format[1], memLevel: mem, strategy: s, dictionary }),
  );
}
function version(): string {
  try {
    return interp().host.zlib.version();
  } catch (e) {
    if (e instanceof HostError) return "1.3.1";
    throw e;
  }
}

export const spec: ModuleSpec = {
  name: "zlib",
  doc:
    "Compression and decompression with the zlib library.\n\nadler32(data[, start]), crc32(data[, start]) -- checksums\ncompress(data[, level]), decompress(data[, wbits[, bufsize]]) -- all at once\ncompressobj([level[, ...]]), decompressobj([wbits[, zdict]]) -- objects for streams\n\nwbits is the size of the window and the container: 9 to 15 zlib, -9 to -15 none, 25 to 31 gzip.",
  types: { error: zlibError, _ZlibDecompressor: decompressorType },
  functions: {
    adler32: ["data, value=1, /", "Adler-32 of data, going on from a value.", (_m: Value, d: Value, v: Value = 1) => {
      const start = mask32(v);
      return adler32(bytesOf(d), start);
    }],
    crc32: ["data, value=0, /", "CRC-32 of data, going on from a value.", (_m: Value, d: Value, v: Value = 0) => {
      const start = mask32(v);
      return crc32(bytesOf(d), start);
    }],
    compress: [
      "data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS",
      "Compresses data.\n\n  level\n    0 to 9, or -1 for the default.\n  wbits\n    Size of the window and the container.",
      compress,
    ],
    decompress: [
      "data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE",
      "Decompresses data.\n\n  wbits\n    Size of the window and the container.\n  bufsize\n    First size of the output's buffer.",
      decompress,
    ],
    compressobj: [
      "level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>",
      "A compressor for a stream.",
      compressobj,
    ],
    decompressobj: [
      "wbits=MAX_WBITS, zdict=b''",
      "A decompressor for a stream.",
      (_m: Value, wbits: Value = MAX_WBITS, zdict?: Value) => {
        const w = asInt32(wbits), dict = zdictArg(zdict);
        if (!inflateOk(w)) throw valueError("Invalid initialization option");
        return new PyDecompress(w, dict);
      },
    ],
  },
  constants: {
    MAX_WBITS,
    DEFLATED,
    DEF_MEM_LEVEL,
    DEF_BUF_SIZE,
    Z_NO_COMPRESSION: 0,
    Z_BEST_SPEED: 1,
    Z_BEST_COMPRESSION: 9,
    Z_DEFAULT_COMPRESSION: -1,
    Z_FILTERED: 1,
    Z_HUFFMAN_ONLY: 2,
    Z_RLE: 3,
    Z_FIXED: 4,
    Z_DEFAULT_STRATEGY: 0,
    Z_NO_FLUSH: 0,
    Z_PARTIAL_FLUSH: 1,
    Z_SYNC_FLUSH: 2,
    Z_FULL_FLUSH: 3,
    Z_FINISH: FINISH,
    Z_BLOCK: 5,
    Z_TREES: 6,
    ZLIB_VERSION: version,
    ZLIB_RUNTIME_VERSION: version,
    __version__: "1.0",
  },
};
