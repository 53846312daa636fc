// CPython 3.14: Modules/_bz2module.c

import {
  builtinType,
  type KwNames,
  PyBytes,
  PyObject,
  type PyType,
  setSpec,
  TF_IMMUTABLE,
  type Value,
} from "../core/objects/object.ts";
import { asInt32 } from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { newError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { cur } from "../core/objects/state.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { Bzip2Decoder, Bzip2Encoder, Bzip2Error } from "./bzip2.ts";
import { newFrom } from "./native_new.ts";
import { decompressorMembers, PyDecompressor } from "./stream_decompressor.ts";

const compressorType = builtinType("_bz2.BZ2Compressor", undefined, true);
compressorType.flags |= TF_IMMUTABLE;
class PyCompressor extends PyObject {
  readonly encoder: Bzip2Encoder;
  flushed = false;
  constructor(type: PyType, level: number) {
    super(type);
    this.encoder = new Bzip2Encoder(level);
  }
}
const newCompressor = newFrom("BZ2Compressor", "compresslevel=9, /", (t: PyType, level: Value = 9) => {
  const n = asInt32(level);
  if (n < 1 || n > 9) throw valueError("compresslevel must be between 1 and 9");
  return new PyCompressor(t, n);
});
setSpec(compressorType, {
  doc:
    "Create a compressor object for compressing data incrementally.\n\n  compresslevel\n    Compression level, from 1 to 9.",
  sig: "(compresslevel=9, /)",
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

const decompressorType = builtinType("_bz2.BZ2Decompressor", undefined, true);
decompressorType.flags |= TF_IMMUTABLE;
function failure(e: unknown): unknown {
  return e instanceof Bzip2Error ? newError(X.OSError, "Invalid data stream") : e;
}
const newDecompressor = newFrom("BZ2Decompressor", "", (t: PyType) => {
  const d = new PyDecompressor(t, new Bzip2Decoder());
  d.wantsWhenFull = true;
  d.unusable = () => valueError("Decompressor is unusable after a previous error");
  return d;
});
setSpec(decompressorType, {
  doc: "Create a decompressor object for decompressing data incrementally.",
  sig: "()",
  slots: { tp_new: (t, args, kw?: KwNames) => newDecompressor(t, args, kw) },
  methods: {
    decompress: [
      "data, max_length=-1",
      "Decompresses data; at most max_length bytes, unless negative.\n\nInput that was not used is kept for the next call; needs_input tells whether more is wanted.",
      (d: PyDecompressor, data: Value, max: Value = -1) => d.decompress(data, max, failure),
    ],
  },
  members: decompressorMembers,
});

export const spec: ModuleSpec = {
  name: "_bz2",
  types: { BZ2Compressor: compressorType, BZ2Decompressor: decompressorType },
};
