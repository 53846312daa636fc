// CPython 3.14: Modules/_zstd/_zstdmodule.c, compressor.c, decompressor.c, zstddict.c
//
// Zstandard by the host's library; it takes no dictionaries, so streams with one are gopy's own
// (zstd_codec.ts).

import {
  builtinType,
  type KwNames,
  None,
  PyBytes,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { asIndex, asInt32, asSsize, isInt, isTrue } from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { PyDict } from "../core/objects/dict.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { HostZlibError, type HostZstdStream } from "../vm/host.ts";
import { interp } from "../vm/interpreter.ts";
import { newException, raised } from "./module_error.ts";
import { newFrom } from "./native_new.ts";
import { hostCall } from "./os_error.ts";
import { decompressorMembers, type Engine, join, PyDecompressor } from "./stream_decompressor.ts";
import { crc32 } from "./checksum.ts";
import { chooseContent, DictDecoder, DictEncoder } from "./zstd_codec.ts";
import { makeDictionary, readDictionary, ZstdDataError, type ZstdDictionary } from "./zstd_dict.ts";
import { FrameScanner, readHeader } from "./zstd_frame.ts";

const zstdError: PyType = newException(
  "compression.zstd.ZstdError",
  X.Exception,
  "An error occurred in the zstd library.",
);

// Number, name, least and greatest value of each parameter.
const C_PARAMS: readonly [number, string, number, number][] = [
  [100, "compression_level", -131072, 22],
  [101, "window_log", 10, 31],
  [102, "hash_log", 6, 30],
  [103, "chain_log", 6, 30],
  [104, "search_log", 1, 30],
  [105, "min_match", 3, 7],
  [106, "target_length", 0, 131072],
  [107, "strategy", 1, 9],
  [160, "enable_long_distance_matching", 0, 2],
  [161, "ldm_hash_log", 6, 30],
  [162, "ldm_min_match", 4, 4096],
  [163, "ldm_bucket_size_log", 1, 8],
  [164, "ldm_hash_rate_log", 0, 25],
  [200, "content_size_flag", 0, 1],
  [201, "checksum_flag", 0, 1],
  [202, "dict_id_flag", 0, 1],
  [400, "nb_workers", 0, 256],
  [401, "job_size", 0, 1073741824],
  [402, "overlap_log", 0, 9],
];
const D_PARAMS: readonly [number, string, number, number][] = [[100, "window_log_max", 10, 31]];

const TYPES = {};
function parameterTypes(): { c: Value; d: Value } {
  return interpStore(TYPES, () => ({ c: None as Value, d: None as Value }));
}

function options(v: Value, compress: boolean): Record<number, number> {
  const kind = compress ? "compression" : "decompression", types = parameterTypes();
  const wrong = compress ? types.d : types.c, table = compress ? C_PARAMS : D_PARAMS;
  const out: Record<number, number> = {};
  for (const [key, value] of (v as PyDict).entries()) {
    if (wrong instanceof PyType && typeOf(key) === wrong) {
      const other = compress ? "a DecompressionParameter" : "a CompressionParameter";
      throw typeError(`${kind} options dictionary key must not be ${other} attribute`);
    }
    const k = cInt(key), n = cInt(value), row = table.find((r) => r[0] === k);
    if (row === undefined) throw valueError(`invalid ${kind} parameter 'unknown parameter (key ${k})'`);
    if ((n < row[2] || n > row[3]) && !(n === 0 && k !== 100 && compress)) {
      throw valueError(
        `${kind} parameter '${row[1]}' received an illegal value ${n}; the valid range is [${row[2]}, ${row[3]}]`,
      );
    }
    out[k] = n;
  }
  return out;
}
function cInt(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint" || n !== (n | 0)) throw overflowError("Python int too large to convert to C int");
  return n;
}
/** The parameters without those of worker threads, which the host has none of. */
function singleThreaded(params: Record<number, number>): Record<number, number> {
  return Object.fromEntries(Object.entries(params).filter(([k]) => Number(k) < 400));
}
/** The dictionary of a `zstd_dict` argument: one, or (one, how it is to be used). */
function dictionaryArg(v: Value, kindOf: "ZSTD_CDict" | "ZSTD_DDict"): ZstdDictionary | undefined {
  if (v === None) return undefined;
  const [d, kind] = v instanceof PyTuple && v.items.length === 2 ? v.items : [v, 0];
  const n = isInt(kind) ? asInt32(kind) : -1;
  if (!(d instanceof PyZstdDict) || n < 0 || n > 2) {
    throw typeError("zstd_dict argument should be a ZstdDict object.");
  }
  try {
    return readDictionary(d.content.b, d.raw || n === 2);
  } catch (e) {
    if (!(e instanceof ZstdDataError)) throw e;
    throw raised(zstdError, `Failed to create a ${kindOf} instance from Zstandard dictionary content.`);
  }
}

function failure(doing: string) {
  return (e: unknown): unknown => {
    if (typeof e === "string") return raised(zstdError, `Unable to ${doing}: ${e}`);
    if (!(e instanceof HostZlibError)) return e;
    const text = TEXTS.find(([code]) => e.message.includes(code))?.[1] ?? e.message;
    return raised(zstdError, `Unable to ${doing}: ${text}`);
  };
}
// libzstd's texts for its numbers, by the names that the host gives them.
const TEXTS: readonly [string, string][] = [
  ["checksum_wrong", "Restored data doesn't match checksum"],
  ["corruption_detected", "Data corruption detected"],
  ["frameParameter_windowTooLarge", "Frame requires too much memory for decoding"],
  ["prefix_unknown", "Unknown frame descriptor"],
  ["dictionary_wrong", "Dictionary mismatch"],
  ["srcSize_wrong", "Src size is incorrect"],
];

// ---- compressor -----------------------------------------------------------------------------

const compressorType = builtinType("compression.zstd.ZstdCompressor", undefined, true);
compressorType.flags |= TF_IMMUTABLE | TF_FROM_SPEC;
const CONTINUE = 0, FLUSH_BLOCK = 1, FLUSH_FRAME = 2;
class PyCompressor extends PyObject {
  readonly params: Record<number, number>;
  stream: HostZstdStream | undefined;
  encoder: DictEncoder | undefined;
  pledged: number | undefined;
  lastMode: number = FLUSH_FRAME;
  readonly dictionary: ZstdDictionary | undefined;
  constructor(type: PyType, params: Record<number, number>, dict: ZstdDictionary | undefined) {
    super(type);
    this.params = params;
    this.dictionary = dict;
  }
  push(data: Uint8Array, mode: 0 | 1 | 2): Uint8Array {
    // A frame that is given whole tells its size.
    const whole = this.stream === undefined && this.encoder === undefined && mode === FLUSH_FRAME
      ? data.length
      : undefined;
    try {
      if (this.dictionary !== undefined) {
        this.encoder ??= new DictEncoder(
          this.dictionary,
          this.params,
          this.pledged ?? (this.lastMode === FLUSH_FRAME ? whole : undefined),
        );
        const out = this.encoder.push(data, mode);
        this.lastMode = mode;
        if (mode === FLUSH_FRAME) this.#reset();
        return out;
      }
      const stream = this.stream ??= hostCall(() =>
        interp().host.zstd.compressor(singleThreaded(this.params), this.pledged ?? whole)
      );
      const step = hostCall(() => stream.push(data, mode, 0));
      this.lastMode = mode;
      if (mode === FLUSH_FRAME) this.#reset();
      return step.output;
    } catch (e) {
      this.#reset();
      this.lastMode = FLUSH_FRAME;
      throw failure("compress Zstandard data")(e);
    }
  }
  #reset(): void {
    this.stream?.close();
    this.stream = this.pledged = this.encoder = undefined;
  }
}
const newCompressor = newFrom(
  "ZstdCompressor",
  "level=None, options=None, zstd_dict=None",
  (t: PyType, level: Value = None, opts: Value = None, dict: Value = None) => {
    if (level !== None && opts !== None) throw typeError("Only one of level or options should be used.");
    let params: Record<number, number> = {};
    if (level !== None) {
      if (!isInt(level)) throw typeError("invalid type for level, expected int");
      const n = Number(asIndex(level));
      if (n < -131072 || n > 22) {
        const shown = n === (n | 0) ? ` ${n}` : "";
        throw valueError(`illegal compression level${shown}; the valid range is [-131072, 22]`);
      }
      params = { 100: n };
    } else if (opts !== None) {
      if (!(opts instanceof PyDict)) {
        throw typeError(`ZstdCompressor() argument 'options' must be dict, not ${typeName(opts)}`);
      }
      params = options(opts, true);
    }
    return new PyCompressor(t, params, dictionaryArg(dict, "ZSTD_CDict"));
  },
);
setSpec(compressorType, {
  doc: "Create a compressor object for compressing data incrementally.\n\n" +
    "  level\n    The compression level to use. Defaults to COMPRESSION_LEVEL_DEFAULT.\n" +
    "  options\n    A dict object that contains advanced compression parameters.\n" +
    "  zstd_dict\n    A ZstdDict object, a pre-trained Zstandard dictionary.",
  sig: "(level=None, options=None, zstd_dict=None)",
  slots: { tp_new: (t, args, kw?: KwNames) => newCompressor(t, args, kw) },
  methods: {
    compress: [
      "data, mode=ZstdCompressor.CONTINUE",
      "Compresses data; mode says whether to flush a block or to end the frame.",
      (c: PyCompressor, data: Value, modeV: Value = CONTINUE) => {
        const b = bytesOf(data).slice(), mode = asInt32(modeV);
        if (mode !== CONTINUE && mode !== FLUSH_BLOCK && mode !== FLUSH_FRAME) {
          throw valueError(
            "mode argument wrong value, it should be one of ZstdCompressor.CONTINUE, ZstdCompressor.FLUSH_BLOCK, ZstdCompressor.FLUSH_FRAME.",
          );
        }
        cur.tick(b.length >> 2);
        return new PyBytes(c.push(b, mode));
      },
    ],
    flush: [
      "mode=ZstdCompressor.FLUSH_FRAME",
      "Brings out what is pending, and ends the frame or a block.",
      (c: PyCompressor, modeV: Value = FLUSH_FRAME) => {
        const mode = asInt32(modeV);
        if (mode !== FLUSH_BLOCK && mode !== FLUSH_FRAME) {
          throw valueError(
            "mode argument wrong value, it should be ZstdCompressor.FLUSH_FRAME or ZstdCompressor.FLUSH_BLOCK.",
          );
        }
        return new PyBytes(c.push(new Uint8Array(0), mode));
      },
    ],
    set_pledged_input_size: [
      "size, /",
      "Set the uncompressed content size to be written into the frame header.",
      (c: PyCompressor, size: Value) => {
        let n: bigint | undefined;
        if (size !== None) {
          if (!isInt(size)) throw typeError("an integer is required");
          n = BigInt(asIndex(size));
          if (n < 0n || n >= 2n ** 64n - 2n) {
            throw valueError("size argument should be a positive int less than 18446744073709551614");
          }
        }
        if (c.lastMode !== FLUSH_FRAME) {
          throw valueError("set_pledged_input_size() method must be called when last_mode == FLUSH_FRAME");
        }
        c.pledged = n === undefined ? undefined : Number(n);
        return None;
      },
    ],
  },
  members: { last_mode: (c: PyCompressor) => c.lastMode },
  attrs: { CONTINUE: () => CONTINUE, FLUSH_BLOCK: () => FLUSH_BLOCK, FLUSH_FRAME: () => FLUSH_FRAME },
});

// ---- decompressor ---------------------------------------------------------------------------

const ROOM = 1 << 18;
class Decoder implements Engine {
  readonly #params: Record<number, number>;
  readonly #scanner = new FrameScanner();
  #stream: HostZstdStream | undefined;
  // Bytes of the frame that the stream has not taken yet, and output that was not asked for yet.
  #waiting: Uint8Array = new Uint8Array(0);
  #ahead: Uint8Array = new Uint8Array(0);
  constructor(params: Record<number, number>) {
    this.#params = params;
  }
  push(input: Uint8Array, max: number): { output: Uint8Array; consumed: number; eof: boolean } {
    const n = this.#scanner.scan(input), { header } = this.#scanner;
    if (header !== undefined && header.dictId !== 0) throw "Dictionary mismatch";
    if (header !== undefined && !header.skippable && header.window > 2 ** (this.#params[100] || 27)) {
      throw "Frame requires too much memory for decoding";
    }
    const stream = this.#stream ??= hostCall(() => interp().host.zstd.decompressor(this.#params));
    this.#waiting = join(this.#waiting, input.subarray(0, n)).slice();
    // The host's stream gives nothing more once its input is used up, so the last byte is kept back until
    // all that comes before it is out; it ends at most one block, for which there is room.
    while (this.#waiting.length > 0 && (max === 0 || this.#ahead.length < max)) {
      const part = this.#waiting.subarray(0, Math.max(1, this.#waiting.length - 1));
      const step = hostCall(() => stream.push(part, 0, ROOM));
      this.#ahead = join(this.#ahead, step.output);
      this.#waiting = this.#waiting.slice(step.consumed);
      if (step.consumed === 0 && step.output.length === 0) break;
    }
    const output = max === 0 ? this.#ahead : this.#ahead.slice(0, max);
    this.#ahead = this.#ahead.slice(output.length);
    const eof = this.#scanner.done && this.#waiting.length === 0 && this.#ahead.length === 0;
    if (eof) stream.close();
    return { output, consumed: n, eof };
  }
}
const decompressorType = builtinType("compression.zstd.ZstdDecompressor", undefined, true);
decompressorType.flags |= TF_IMMUTABLE | TF_FROM_SPEC;
const newDecompressor = newFrom(
  "ZstdDecompressor",
  "zstd_dict=None, options=None",
  (t: PyType, dict: Value = None, opts: Value = None) => {
    if (opts !== None && !(opts instanceof PyDict)) {
      throw typeError(`ZstdDecompressor() argument 'options' must be dict, not ${typeName(opts)}`);
    }
    const params = opts === None ? {} : options(opts, false);
    const d = dictionaryArg(dict, "ZSTD_DDict");
    return new PyDecompressor<Engine>(
      t,
      d === undefined ? new Decoder(params) : new DictDecoder(d, 2 ** (params[100] || 27)),
    );
  },
);
setSpec(decompressorType, {
  doc: "Create a decompressor object for decompressing data incrementally.\n\n" +
    "  zstd_dict\n    A ZstdDict object, a pre-trained Zstandard dictionary.\n" +
    "  options\n    A dict object that contains advanced decompression parameters.",
  sig: "(zstd_dict=None, options=None)",
  slots: { tp_new: (t, args, kw?: KwNames) => newDecompressor(t, args, kw) },
  methods: {
    decompress: [
      "data, max_length=-1",
      "Decompresses data; at most max_length bytes, unless negative.\n\nInput that was not used is kept for the next call; needs_input tells whether more is wanted.",
      (d: PyDecompressor, data: Value, max: Value = -1) =>
        d.decompress(data, max, failure("decompress Zstandard data"), "Already at the end of a Zstandard frame."),
    ],
  },
  members: { eof: decompressorMembers.eof, needs_input: decompressorMembers.needs_input },
  getset: { unused_data: [(d: PyDecompressor) => d.unused] },
});

// ---- dictionaries ---------------------------------------------------------------------------

const dictType = builtinType("compression.zstd.ZstdDict", undefined, true);
dictType.flags |= TF_IMMUTABLE | TF_FROM_SPEC;
class PyZstdDict extends PyObject {
  readonly content: PyBytes;
  readonly id: number;
  readonly raw: boolean;
  constructor(type: PyType, content: PyBytes, id: number, raw: boolean) {
    super(type);
    this.content = content;
    this.id = id;
    this.raw = raw;
  }
}
const newDict = newFrom(
  "ZstdDict",
  "dict_content, /, *, is_raw=False",
  (t: PyType, content: Value, isRaw?: Value) => {
    const b = bytesOf(content).slice();
    if (b.length < 8) throw valueError("Zstandard dictionary content too short (must have at least eight bytes)");
    const word = (at: number) => (b[at] | (b[at + 1] << 8) | (b[at + 2] << 16) | (b[at + 3] << 24)) >>> 0;
    const id = word(0) === 0xec30a437 ? word(4) : 0;
    const raw = isRaw !== undefined && isTrue(isRaw);
    if (!raw && id === 0) throw valueError("invalid Zstandard dictionary");
    return new PyZstdDict(t, new PyBytes(b), id, raw);
  },
);
const as = (kind: number) => (d: PyZstdDict) => new PyTuple([d, kind]);
setSpec(dictType, {
  doc:
    "Represents a Zstandard dictionary.\n\n  dict_content\n    The content of a Zstandard dictionary as a bytes-like object.\n" +
    '  is_raw\n    If true, the content is any bytes, a "raw content" dictionary.',
  sig: "(dict_content, /, *, is_raw=False)",
  slots: {
    tp_new: (t, args, kw?: KwNames) => newDict(t, args, kw),
    tp_repr: (d) => `<ZstdDict dict_id=${(d as PyZstdDict).id} dict_size=${(d as PyZstdDict).content.b.length}>`,
    sq_length: (d) => (d as PyZstdDict).content.b.length,
  },
  members: { dict_id: (d: PyZstdDict) => d.id },
  getset: {
    dict_content: [(d: PyZstdDict) => d.content],
    as_digested_dict: [as(0)],
    as_undigested_dict: [as(1)],
    as_prefix: [as(2)],
  },
});

// ---- functions ------------------------------------------------------------------------------

function frameInfo(_m: Value, buffer: Value): Value {
  const h = readHeader(bytesOf(buffer));
  if (h === undefined || typeof h === "string") {
    throw raised(
      zstdError,
      "Error when getting information from the header of a Zstandard frame. Ensure the frame_buffer argument starts from the beginning of a frame, and its length is not less than the frame header (6~18 bytes).",
    );
  }
  const size = h.skippable ? 0n : h.content;
  return new PyTuple([size === undefined ? None : size <= 0x1fffffffffffffn ? Number(size) : size, h.dictId]);
}
function frameSize(_m: Value, buffer: Value): Value {
  const b = bytesOf(buffer), scanner = new FrameScanner();
  let why = "Src size is incorrect", n = 0;
  try {
    n = scanner.scan(b);
  } catch (e) {
    if (typeof e !== "string") throw e;
    why = e;
  }
  if (b.length < 5 && why !== "Unknown frame descriptor") why = "Src size is incorrect";
  if (!scanner.done) {
    throw raised(
      zstdError,
      `Error when finding the compressed size of a Zstandard frame. Ensure the frame_buffer argument starts from the beginning of a frame, and its length is not less than this complete frame. Zstd error message: ${why}.`,
    );
  }
  return n;
}
function bounds(_m: Value, parameter: Value, isCompress: Value): Value {
  const k = asInt32(parameter), compress = isTrue(isCompress);
  const row = (compress ? C_PARAMS : D_PARAMS).find((r) => r[0] === k);
  if (row === undefined) {
    throw raised(
      zstdError,
      `Unable to get zstd ${compress ? "" : "de"}compression parameter bounds: Unsupported parameter`,
    );
  }
  return new PyTuple([row[2], row[3]]);
}
function samplesOf(all: Value, sizes: Value): Uint8Array[] {
  if (!(all instanceof PyBytes)) throw typeError(`argument must be bytes, not ${typeName(all)}`);
  if (!(sizes instanceof PyTuple)) throw typeError(`argument must be tuple, not ${typeName(sizes)}`);
  const b = all.b, bad = () => valueError("The samples size tuple doesn't match the concatenation's size.");
  let at = 0;
  const out = sizes.items.map((s) => {
    const n = asIndex(s);
    if (typeof n === "bigint" || n < 0) {
      throw valueError(
        "Items in samples_sizes should be an int object, with a value between 0 and 18446744073709551615.",
      );
    }
    at += n;
    return b.slice(at - n, at);
  });
  if (at !== b.length) throw bad();
  return out;
}
function sizeArg(n: number): void {
  if (n <= 0) throw valueError("dict_size argument should be positive number.");
}
const HEADER = 256;
function idFor(content: Uint8Array): number {
  return 32768 + crc32(content, 0) % (0x7fffffff - 32768);
}
function trainDict(_m: Value, all: Value, sizes: Value, size: Value): Value {
  const n = asSsize(size), samples = samplesOf(all, sizes);
  sizeArg(n);
  const fail = (why: string) => raised(zstdError, `Unable to train the Zstandard dictionary: ${why}`);
  if (n < HEADER) throw fail("Destination buffer is too small");
  if (samples.length < 5 || samples.reduce((k, s) => k + s.length, 0) < 64) throw fail("Src size is incorrect");
  const content = chooseContent(samples, n - HEADER);
  return new PyBytes(makeDictionary(content, idFor(content)));
}
function finalizeDict(_m: Value, custom: Value, all: Value, sizes: Value, size: Value, level: Value): Value {
  if (!(custom instanceof PyBytes)) throw typeError(`argument must be bytes, not ${typeName(custom)}`);
  const n = asSsize(size), b = custom.b;
  samplesOf(all, sizes);
  sizeArg(n);
  asInt32(level);
  if (n < HEADER) {
    throw raised(zstdError, "Unable to finalize the Zstandard dictionary: Destination buffer is too small");
  }
  const content = b.slice(Math.max(0, b.length - (n - HEADER)));
  return new PyBytes(makeDictionary(content, idFor(content)));
}

export const spec: ModuleSpec = {
  name: "_zstd",
  doc: "Implementation module for Zstandard compression.",
  types: {
    ZstdCompressor: compressorType,
    ZstdDecompressor: decompressorType,
    ZstdDict: dictType,
    ZstdError: zstdError,
  },
  functions: {
    get_frame_info: ["frame_buffer", "Get Zstandard frame infomation from a frame header.", frameInfo],
    get_frame_size: [
      "frame_buffer",
      "Get the size of a Zstandard frame, including the header and optional checksum.",
      frameSize,
    ],
    get_param_bounds: ["parameter, is_compress", "Get CompressionParameter/DecompressionParameter bounds.", bounds],
    set_parameter_types: [
      "c_parameter_type, d_parameter_type",
      "Set CompressionParameter and DecompressionParameter types for validity check.",
      (_m: Value, c: Value, d: Value) => {
        if (!(c instanceof PyType) || !(d instanceof PyType)) {
          throw valueError("The two arguments should be CompressionParameter and DecompressionParameter types.");
        }
        Object.assign(parameterTypes(), { c, d });
        return None;
      },
    ],
    train_dict: [
      "samples_bytes, samples_sizes, dict_size, /",
      "Train a Zstandard dictionary on sample data.",
      trainDict,
    ],
    finalize_dict: [
      "custom_dict_bytes, samples_bytes, samples_sizes, dict_size, compression_level, /",
      "Finalize a Zstandard dictionary.",
      finalizeDict,
    ],
  },
  constants: {
    ...Object.fromEntries(C_PARAMS.map(([n, name]) => [`ZSTD_c_${camel(name)}`, n])),
    ZSTD_d_windowLogMax: 100,
    ...Object.fromEntries(
      "fast dfast greedy lazy lazy2 btlazy2 btopt btultra btultra2".split(" ").map((n, i) => [`ZSTD_${n}`, i + 1]),
    ),
    ZSTD_CLEVEL_DEFAULT: 3,
    ZSTD_DStreamOutSize: 131072,
    zstd_version: "1.5.7",
    zstd_version_number: 10507,
  },
};
function camel(name: string): string {
  if (name === "dict_id_flag") return "dictIDFlag";
  return name.replace(/_([a-z])/g, (_x, c: string) => c.toUpperCase());
}
