// CPython 3.14: Modules/_bz2module.c, _lzmamodule.c, _zstd/decompressor.c (the decompressor objects)
//
// What the decompressor objects share: input that was not used is kept for the next call, and what follows
// the stream's end is in unused_data. The codec is an `Engine`.

import { PyBytes, PyObject, type PyType, type Value } from "../core/objects/object.ts";
import { asSsize } from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { eofError } from "../core/objects/errors.ts";
import { cur } from "../core/objects/state.ts";

/** A decoder that takes input in pieces. */
export interface Engine {
  /** Takes input, gives at most `max` bytes of output (0: no bound). */
  push(input: Uint8Array, max: number): { output: Uint8Array; consumed: number; eof: boolean };
}

const EMPTY = new Uint8Array(0);

/** Two arrays as one. */
export function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** A decompressor object. */
export class PyDecompressor<E extends Engine = Engine> extends PyObject {
  readonly engine: E;
  rest: Uint8Array = EMPTY;
  unused: PyBytes = new PyBytes(EMPTY);
  eof = false;
  needsInput = true;
  failed = false;
  /** What a decompressor whose data were bad answers; undefined: it begins anew. */
  unusable: (() => unknown) | undefined = undefined;
  /** Output that there was no room for, and whether the stream ends with it: see `look`. */
  #ahead: Uint8Array = EMPTY;
  #ends = false;
  /** needs_input after a call that had no room: libbz2 says yes, the others no. */
  wantsWhenFull = false;
  constructor(type: PyType, engine: E) {
    super(type);
    this.engine = engine;
  }

  /**
   * The method `decompress`.
   * @param fail turns an error of the codec into a Python one, or gives it back
   */
  decompress(data: Value, max: Value, fail: (e: unknown) => unknown, ended = "End of stream already reached"): Value {
    const n = asSsize(max), b = bytesOf(data);
    if (this.eof) throw eofError(ended);
    if (this.failed && this.unusable !== undefined) throw this.unusable();
    const input = join(this.rest, b);
    cur.tick(input.length >> 2);
    if (n === 0 && this.wantsWhenFull) {
      this.rest = input.slice();
      this.needsInput = input.length === 0;
      return new PyBytes(EMPTY);
    }
    let step;
    try {
      step = this.#step(input, n);
    } catch (e) {
      this.rest = EMPTY;
      this.failed = true;
      if (this.wantsWhenFull) this.needsInput = false;
      throw fail(e);
    }
    cur.tick(step.output.length >> 2);
    const rest = input.slice(step.consumed);
    if (step.eof) {
      this.eof = true;
      this.needsInput = false;
      this.rest = EMPTY;
      this.unused = new PyBytes(rest);
    } else {
      this.rest = rest;
      this.needsInput = rest.length === 0 && step.output.length !== n;
    }
    return new PyBytes(step.output);
  }

  /**
   * A step of the engine. Where it fills what there is room for exactly, a stream may end there: the
   * codecs go on as long as they need no room. So one more byte is asked for and kept for the next call.
   */
  #step(input: Uint8Array, n: number): { output: Uint8Array; consumed: number; eof: boolean } {
    let output = this.#ahead, consumed = 0, eof = this.#ends;
    this.#ahead = EMPTY;
    this.#ends = false;
    if (!eof && (n < 0 || output.length < n)) {
      const s = this.engine.push(input, n < 0 ? 0 : n - output.length);
      output = join(output, s.output);
      ({ consumed, eof } = s);
    }
    if (output.length === n && !eof) {
      const s = this.engine.push(input.subarray(consumed), 1);
      consumed += s.consumed;
      eof = s.eof && s.output.length === 0;
      this.#ends = s.eof && !eof;
      this.#ahead = s.output;
    }
    return { output, consumed, eof };
  }
}

/** The members that all decompressors have. */
export const decompressorMembers = {
  eof: (d: PyDecompressor) => d.eof,
  unused_data: (d: PyDecompressor) => d.unused,
  needs_input: (d: PyDecompressor) => d.needsInput,
};
