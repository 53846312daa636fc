// CPython 3.14: Modules/_lzmamodule.c

import {
  builtinType,
  type KwNames,
  None,
  PyBytes,
  PyObject,
  type PyType,
  setSpec,
  TF_IMMUTABLE,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { asInt32, getItem, isSequence, iterToArray, lengthOf } from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { dictFromPairs, PyDict } from "../core/objects/dict.ts";
import { memoryError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { cur } from "../core/objects/state.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { asUnsigned } from "./_sha3.ts";
import { hashInfo, startHash } from "./hash_common.ts";
import { LzmaDataError } from "./lzma_decoder.ts";
import { newException, raised } from "./module_error.ts";
import { newFrom } from "./native_new.ts";
import { decompressorMembers, PyDecompressor } from "./stream_decompressor.ts";
import {
  type Check,
  decodeFilter,
  encodeFilter,
  type FilterSpec,
  FORMAT_ALONE,
  FORMAT_AUTO,
  FORMAT_RAW,
  FORMAT_XZ,
  LZMA1,
  LZMA2,
  LzmaDecoder,
  LzmaEncoder,
  LzmaFailure,
} from "./xz.ts";

const lzmaError = newException("_lzma.LZMAError", X.Exception, "Call to liblzma failed.");
const PRESET_DEFAULT = 6, PRESET_EXTREME = 0x80000000;
const CHECKS = [0, 1, 4, 10];
const options = () => raised(lzmaError, "Invalid or unsupported options");
const internal = () => raised(lzmaError, "Internal error");

function failure(e: unknown): unknown {
  if (e instanceof LzmaDataError) return raised(lzmaError, "Corrupt input data");
  if (!(e instanceof LzmaFailure)) return e instanceof RangeError ? memoryError() : e;
  switch (e.why) {
    case "format":
      return raised(lzmaError, "Input format not supported by decoder");
    case "options":
      return options();
    case "memory":
      return raised(lzmaError, "Memory usage limit exceeded");
    default:
      return raised(lzmaError, "Corrupt input data");
  }
}
function sha256(): Check {
  return startHash(hashInfo("sha256"));
}

// ---- filter specifiers ----------------------------------------------------------------------

// Dictionary sizes of the presets as powers of two, and how deep and how far matches are looked for.
const DICT_LOG = [18, 20, 21, 22, 22, 23, 23, 24, 25, 26];
const DEPTH = [4, 8, 24, 4, 16, 32, 48, 48, 64, 96];
const NICE = [128, 128, 273, 16, 32, 64, 64, 64, 64, 64];

function presetFilter(preset: number, id: number | bigint): FilterSpec | undefined {
  const level = preset & 31;
  if (level > 9 || (preset & ~31) >>> 0 !== (preset >= PRESET_EXTREME ? PRESET_EXTREME : 0)) return undefined;
  const extreme = preset >= PRESET_EXTREME;
  return {
    id,
    lc: 3,
    lp: 0,
    pb: 2,
    dictSize: 2 ** DICT_LOG[level],
    niceLength: extreme ? 273 : NICE[level],
    depth: extreme ? 256 : DEPTH[level],
    distance: 1,
    start: 0,
  };
}

/** The entries of a specifier; names that are not of `known` make it invalid. */
function entries(spec: Value, known: readonly string[], what: string): Map<string, number> {
  const bad = () => valueError(`Invalid filter specifier for ${what} filter`);
  const out = new Map<string, number>();
  const pairs: [Value, Value][] = spec instanceof PyDict
    ? spec.entries()
    : iterToArray(spec).map((k) => [k, getItem(spec, k)]);
  for (const [k, v] of pairs) {
    if (k === "id") continue;
    if (typeof k !== "string" || !known.includes(k)) throw bad();
    let n: bigint;
    try {
      n = asUnsigned(v);
    } catch (e) {
      if (!X.isOf(e, X.ValueError, X.OverflowError, X.TypeError)) throw e;
      throw bad();
    }
    if (n > 0xffffffffn) throw bad();
    out.set(k, Number(n));
  }
  return out;
}
const LZMA_KEYS = ["preset", "dict_size", "lc", "lp", "pb", "mode", "nice_len", "mf", "depth"];
const FINDERS = [0x03, 0x04, 0x12, 0x13, 0x14];

function parseFilter(spec: Value): FilterSpec {
  if (typeOf(spec).mp_subscript === undefined || typeOf(spec).sq_item !== undefined && !(spec instanceof PyDict)) {
    throw typeError("Filter specifier must be a dict or dict-like object");
  }
  let idValue: Value;
  try {
    idValue = getItem(spec, "id");
  } catch (e) {
    if (!X.isOf(e, X.KeyError)) throw e;
    throw valueError('Filter specifier must have an "id" entry');
  }
  const big = asUnsigned(idValue);
  if (big === LZMA1 || big === BigInt(LZMA2)) {
    const e = entries(spec, LZMA_KEYS, "LZMA");
    const id = big === LZMA1 ? LZMA1 : LZMA2;
    const preset = e.get("preset") ?? PRESET_DEFAULT, f = presetFilter(preset, id);
    if (f === undefined) throw raised(lzmaError, `Invalid compression preset: ${preset}`);
    f.dictSize = e.get("dict_size") ?? f.dictSize;
    f.lc = e.get("lc") ?? f.lc;
    f.lp = e.get("lp") ?? f.lp;
    f.pb = e.get("pb") ?? f.pb;
    f.niceLength = e.get("nice_len") ?? f.niceLength;
    f.depth = e.get("depth") || f.depth;
    const mode = e.get("mode") ?? 2, finder = e.get("mf") ?? 0x14;
    (f as FilterSpec & { valid?: boolean }).valid = (mode === 1 || mode === 2) && FINDERS.includes(finder) &&
      f.niceLength >= 2 && f.niceLength <= 273 && f.niceLength >= (finder & 15);
    return f;
  }
  const id = Number(big);
  if (id === 3) {
    const e = entries(spec, ["dist"], "delta");
    return { ...presetFilter(6, id)!, distance: e.get("dist") ?? 1 };
  }
  if (id >= 4 && id <= 9) {
    const e = entries(spec, ["start_offset"], "BCJ");
    return { ...presetFilter(6, id)!, start: e.get("start_offset") ?? 0 };
  }
  throw valueError(`Invalid filter ID: ${big}`);
}
function parseChain(filters: Value): FilterSpec[] {
  if (!isSequence(filters)) throw typeError(`${typeName(filters)} is not a sequence`);
  const n = lengthOf(filters);
  if (n > 4) throw valueError("Too many filters - liblzma supports a maximum of 4");
  return iterToArray(filters).map(parseFilter);
}
/** liblzma's checks of a chain. */
function checkChain(chain: FilterSpec[], encodes: boolean, raw: boolean): void {
  if (chain.length === 0) throw internal();
  const last = chain[chain.length - 1], isLzma = (f: FilterSpec) => f.id === LZMA1 || f.id === LZMA2;
  if (!isLzma(last) || chain.slice(0, -1).some(isLzma)) throw options();
  if (!raw && last.id === LZMA1) throw internal();
  if (chain.some((f) => f.id === 3 && (f.distance < 1 || f.distance > 256))) throw options();
  if (!encodes) return;
  const { lc, lp, pb, dictSize } = last;
  const valid = (last as FilterSpec & { valid?: boolean }).valid ?? true;
  if (lc > 4 || lp > 4 || lc + lp > 4 || pb > 4 || dictSize < 4096 || dictSize > 1610612736 || !valid) throw options();
}

// ---- the objects ----------------------------------------------------------------------------

const compressorType = builtinType("_lzma.LZMACompressor", undefined, true);
compressorType.flags |= TF_IMMUTABLE;
class PyCompressor extends PyObject {
  readonly encoder: LzmaEncoder;
  flushed = false;
  constructor(type: PyType, encoder: LzmaEncoder) {
    super(type);
    this.encoder = encoder;
  }
}
const newCompressor = newFrom(
  "LZMACompressor",
  "format=1, check=-1, preset=None, filters=None",
  (t: PyType, formatV: Value = FORMAT_XZ, checkV: Value = -1, presetV: Value = None, filters: Value = None) => {
    const format = asInt32(formatV);
    let check = asInt32(checkV);
    if (presetV !== None && filters !== None) throw valueError("Cannot specify both preset and filter chain");
    let preset = PRESET_DEFAULT;
    if (presetV !== None) {
      const n = asUnsigned(presetV);
      if (n > 0xffffffffn) throw overflowError("Value too large for uint32_t type");
      preset = Number(n);
    }
    if (format !== FORMAT_XZ && check !== -1 && check !== 0) {
      throw valueError("Integrity checks are only supported by FORMAT_XZ");
    }
    if (format !== FORMAT_XZ && format !== FORMAT_ALONE && format !== FORMAT_RAW) {
      throw valueError(`Invalid container format: ${format}`);
    }
    if (format === FORMAT_RAW && filters === None) throw valueError("Must specify filters for FORMAT_RAW");
    let chain: FilterSpec[];
    if (filters === None) {
      const f = presetFilter(preset, format === FORMAT_ALONE ? LZMA1 : LZMA2);
      if (f === undefined) {
        throw format === FORMAT_ALONE ? raised(lzmaError, `Invalid compression preset: ${preset}`) : options();
      }
      chain = [f];
    } else {
      chain = parseChain(filters);
      if (format === FORMAT_ALONE && (chain.length !== 1 || chain[0].id !== LZMA1)) {
        throw valueError("Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
      }
    }
    checkChain(chain, true, format !== FORMAT_XZ);
    if (format === FORMAT_XZ) {
      if (check === -1) check = 4;
      if (check < 0 || check > 15) throw internal();
      if (!CHECKS.includes(check)) throw raised(lzmaError, "Unsupported integrity check");
    } else check = 0;
    return new PyCompressor(t, new LzmaEncoder(format, check, chain, sha256));
  },
);
setSpec(compressorType, {
  doc: "LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\n" +
    "Create a compressor object for compressing data incrementally.\n\n" +
    "format is the container, check the integrity check, preset a level from 0 to 9\n" +
    "(or'ed with PRESET_EXTREME), filters a chain of filter specifiers.",
  slots: { tp_new: (t, args, kw?: KwNames) => newCompressor(t, args, kw) },
  methods: {
    compress: ["data, /", "Compresses data; what is ready of the output is returned.", (c: PyCompressor, d: Value) => {
      const b = bytesOf(d);
      if (c.flushed) throw valueError("Compressor has been flushed");
      cur.tick(b.length);
      return new PyBytes(c.encoder.push(b));
    }],
    flush: [
      "",
      "Ends the stream; the rest of the output. The compressor is of no use after that.",
      (c: PyCompressor) => {
        if (c.flushed) throw valueError("Repeated call to flush()");
        c.flushed = true;
        return new PyBytes(c.encoder.finish());
      },
    ],
  },
});

const decompressorType = builtinType("_lzma.LZMADecompressor", undefined, true);
decompressorType.flags |= TF_IMMUTABLE;
const newDecompressor = newFrom(
  "LZMADecompressor",
  "format=FORMAT_AUTO, memlimit=None, filters=None",
  (t: PyType, formatV: Value = FORMAT_AUTO, memlimit: Value = None, filters: Value = None) => {
    const format = asInt32(formatV);
    let limit = Infinity;
    if (memlimit !== None) {
      if (format === FORMAT_RAW) throw valueError("Cannot specify memory limit with FORMAT_RAW");
      limit = Number(asUnsigned(memlimit));
    }
    if (format === FORMAT_RAW && filters === None) throw valueError("Must specify filters for FORMAT_RAW");
    if (format !== FORMAT_RAW && filters !== None) {
      throw valueError("Cannot specify filters except with FORMAT_RAW");
    }
    if (![FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW].includes(format)) {
      throw valueError(`Invalid container format: ${format}`);
    }
    const chain = format === FORMAT_RAW ? parseChain(filters) : [];
    if (format === FORMAT_RAW) checkChain(chain, false, true);
    const d = new PyDecompressor(t, new LzmaDecoder(format, limit, chain, sha256));
    d.unusable = internal;
    return d;
  },
);
setSpec(decompressorType, {
  doc: "Create a decompressor object for decompressing data incrementally.\n\n" +
    "  format\n    Container of the input.\n  memlimit\n    Bytes of memory it may take.\n" +
    "  filters\n    Filter chain, for FORMAT_RAW.",
  sig: "(format=FORMAT_AUTO, memlimit=None, filters=None)",
  slots: { tp_new: (t, args, kw?: KwNames) => newDecompressor(t, args, kw) },
  methods: {
    decompress: [
      "data, max_length=-1",
      "Decompresses data; at most max_length bytes, unless negative.\n\nInput that was not used is kept for the next call; needs_input tells whether more is wanted.",
      (d: PyDecompressor<LzmaDecoder>, data: Value, max: Value = -1) =>
        d.decompress(data, max, failure, "Already at end of stream"),
    ],
  },
  members: { check: (d: PyDecompressor<LzmaDecoder>) => d.engine.check, ...decompressorMembers },
});

function decodeProperties(_m: Value, idValue: Value, props: Value): Value {
  const big = asUnsigned(idValue), b = bytesOf(props);
  const id = big === LZMA1 ? LZMA1 : Number(big);
  let f: FilterSpec;
  try {
    f = decodeFilter(id, b);
  } catch (e) {
    throw failure(e);
  }
  const pairs: [string, Value][] = [["id", big > 0xffffffffn ? big : Number(big)]];
  if (id === LZMA1) pairs.push(["dict_size", f.dictSize], ["lc", f.lc], ["lp", f.lp], ["pb", f.pb]);
  else if (id === LZMA2) pairs.push(["dict_size", f.dictSize]);
  else if (id === 3) pairs.push(["dist", f.distance]);
  else if (b.length > 0) pairs.push(["start_offset", f.start]);
  return dictFromPairs(pairs);
}

export const spec: ModuleSpec = {
  name: "_lzma",
  types: { LZMACompressor: compressorType, LZMADecompressor: decompressorType, LZMAError: lzmaError },
  functions: {
    is_check_supported: [
      "check_id, /",
      "Test whether the given integrity check is supported.\n\nAlways returns True for CHECK_NONE and CHECK_CRC32.",
      (_m: Value, id: Value) => CHECKS.includes(asInt32(id)),
    ],
    _encode_filter_properties: [
      "filter, /",
      "Return a bytes object encoding the options (properties) of the filter specified by *filter* (a dict).",
      (_m: Value, spec: Value) => {
        const f = parseFilter(spec);
        if (f.id === 3 ? f.distance < 1 || f.distance > 256 : f.id === LZMA1 && (f.lc + f.lp > 4 || f.pb > 4)) {
          throw internal();
        }
        return new PyBytes(encodeFilter(f));
      },
    ],
    _decode_filter_properties: [
      "filter_id, encoded_props, /",
      "Return a dict describing a filter with its encoded options (properties).",
      decodeProperties,
    ],
  },
  constants: {
    FORMAT_AUTO,
    FORMAT_XZ,
    FORMAT_ALONE,
    FORMAT_RAW,
    CHECK_NONE: 0,
    CHECK_CRC32: 1,
    CHECK_CRC64: 4,
    CHECK_SHA256: 10,
    CHECK_ID_MAX: 15,
    CHECK_UNKNOWN: 16,
    FILTER_LZMA1: LZMA1,
    FILTER_LZMA2: LZMA2,
    FILTER_DELTA: 3,
    FILTER_X86: 4,
    FILTER_POWERPC: 5,
    FILTER_IA64: 6,
    FILTER_ARM: 7,
    FILTER_ARMTHUMB: 8,
    FILTER_SPARC: 9,
    MF_HC3: 3,
    MF_HC4: 4,
    MF_BT2: 18,
    MF_BT3: 19,
    MF_BT4: 20,
    MODE_FAST: 1,
    MODE_NORMAL: 2,
    PRESET_DEFAULT,
    PRESET_EXTREME,
  },
};
