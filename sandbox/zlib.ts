// CPython 3.14: Modules/zlibmodule.c (its calls to zlib), over node:zlib
//
// The streams are `node:zlib`'s own handles, driven by hand: `writeSync` takes
// a piece of input and a piece of output room and leaves in `_writeState` how
// much of both is left, which is zlib's own `next_in`/`next_out` interface.

import { type HostZlib, HostZlibError, type HostZlibStep, type HostZlibStream, type ZlibFormat } from "../vm/host.ts";
import { node, nodeProcess } from "./node.ts";
import { concat } from "./paths.ts";

interface Handle {
  writeSync(
    flush: number,
    input: Uint8Array,
    inAt: number,
    inLength: number,
    output: Uint8Array,
    outAt: number,
    outLength: number,
  ): void;
  onerror: (message: string, code: number) => void;
  close(): void;
}

interface Engine {
  _handle: Handle;
  _writeState: Uint32Array;
}

type NodeZlib = typeof import("node:zlib");

const FLUSH = {
  none: 0,
  partial: 1,
  sync: 2,
  full: 3,
  finish: 4,
  block: 5,
} as const;
const EMPTY = new Uint8Array(0);

function lib(): NodeZlib {
  return node("node:zlib");
}

function rethrow(e: unknown): never {
  const err = e as { errno?: number; message?: string };
  throw new HostZlibError(err.errno ?? -2, err.message ?? String(e));
}

class NodeStream implements HostZlibStream {
  readonly #engine: Engine;
  readonly #inflates: boolean;
  #failed: [string, number] | undefined;
  #eof = false;

  constructor(engine: Engine, inflates: boolean) {
    this.#engine = engine;
    this.#inflates = inflates;
    engine._handle.onerror = (message, code) => {
      this.#failed = [message, code];
    };
  }

  #step(
    flush: number,
    input: Uint8Array,
    at: number,
    out: Uint8Array,
  ): [number, number] {
    const { _handle: handle, _writeState: state } = this.#engine;
    this.#failed = undefined;
    handle.writeSync(flush, input, at, input.length - at, out, 0, out.length);
    return [input.length - at - state[1], out.length - state[0]];
  }

  #check(): void {
    if (this.#failed === undefined) return;
    const [message, code] = this.#failed;
    throw new HostZlibError(code, message);
  }

  push(
    input: Uint8Array,
    flush: keyof typeof FLUSH,
    maxLength: number,
  ): HostZlibStep {
    const parts: Uint8Array[] = [];
    let size = 0, at = 0, room = 16384;
    const mode = this.#inflates ? FLUSH.sync : FLUSH[flush];
    while (!this.#eof) {
      const left = maxLength > 0 ? maxLength - size : Infinity;
      if (left <= 0) break;
      const out = new Uint8Array(Math.min(room, left));
      room = Math.min(room * 2, 1 << 22);
      const [took, gave] = this.#step(mode, input, at, out);
      // -5: no progress was possible, which is not an error here.
      if (this.#failed !== undefined && this.#failed[1] !== -5) this.#check();
      at += took;
      size += gave;
      if (gave > 0) parts.push(gave === out.length ? out : out.slice(0, gave));
      if (gave === out.length) continue;
      // Room was left: the input is used up, or the stream has ended.
      if (this.#inflates) this.#eof = at < input.length || this.#ended();
      break;
    }
    return {
      output: parts.length === 1 ? parts[0] : concat(parts),
      consumed: at,
      eof: this.#eof,
    };
  }

  // zlib reports a missing end only when told to finish; with no input and no
  // output that changes nothing in its state.
  #ended(): boolean {
    this.#step(FLUSH.finish, EMPTY, 0, new Uint8Array(1));
    return this.#failed === undefined;
  }

  close(): void {
    this.#engine._handle.close();
  }
}

// A gzip member: Node's own reader goes on into the next member, Python's stops
// at the end of the first. So the frame is read here and the rest is raw.
class GunzipStream implements HostZlibStream {
  readonly #raw: HostZlibStream;
  // Header or trailer bytes seen so far.
  #held: number[] = [];
  #part: "header" | "data" | "trailer" | "end" = "header";
  #crc = 0;
  #size = 0;

  constructor(raw: HostZlibStream) {
    this.#raw = raw;
  }

  push(
    input: Uint8Array,
    flush: keyof typeof FLUSH,
    maxLength: number,
  ): HostZlibStep {
    let at = 0, output: Uint8Array = EMPTY;
    while (this.#part === "header" && at < input.length) {
      this.#held.push(input[at++]);
      if (headerEnds(this.#held)) {
        this.#part = "data";
        this.#held = [];
      }
    }
    if (this.#part === "data") {
      const step = this.#raw.push(input.subarray(at), flush, maxLength);
      output = step.output;
      at += step.consumed;
      this.#crc = lib().crc32(output, this.#crc);
      this.#size = (this.#size + output.length) >>> 0;
      if (step.eof) this.#part = "trailer";
    }
    while (this.#part === "trailer" && at < input.length) {
      this.#held.push(input[at++]);
      if (this.#held.length < 8) continue;
      const trailer = new DataView(new Uint8Array(this.#held).buffer);
      if (trailer.getUint32(0, true) !== this.#crc) {
        throw new HostZlibError(-3, "incorrect data check");
      }
      if (trailer.getUint32(4, true) !== this.#size) {
        throw new HostZlibError(-3, "incorrect length check");
      }
      this.#part = "end";
    }
    return { output, consumed: at, eof: this.#part === "end" };
  }

  close(): void {
    this.#raw.close();
  }
}

// Whether these bytes are a whole gzip header; throws when they cannot begin one.
function headerEnds(h: number[]): boolean {
  if (h[0] !== 0x1f || (h.length > 1 && h[1] !== 0x8b)) {
    throw new HostZlibError(-3, "incorrect header check");
  }
  if (h.length > 2 && h[2] !== 8) {
    throw new HostZlibError(-3, "unknown compression method");
  }
  if (h.length > 3 && h[3] & 0xe0) {
    throw new HostZlibError(-3, "unknown header flags set");
  }
  if (h.length < 10) return false;
  const flags = h[3];
  let at = 10;
  if (flags & 4) {
    if (h.length < at + 2) return false;
    at += 2 + h[at] + h[at + 1] * 256;
  }
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = h.indexOf(0, at);
    if (end < 0) return false;
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return h.length >= at;
}

/** Compression by `node:zlib`. */
export const zlib: HostZlib = {
  version: () => nodeProcess().versions.zlib.replace(/-.*/, ""),
  inflate(data: Uint8Array, format: ZlibFormat): Uint8Array {
    const z = lib();
    try {
      return plain(
        format === "raw" ? z.inflateRawSync(data) : format === "zlib" ? z.inflateSync(data) : z.gunzipSync(data),
      );
    } catch (e) {
      rethrow(e);
    }
  },
  deflate(data: Uint8Array, format: ZlibFormat, level: number): Uint8Array {
    const z = lib();
    try {
      return plain(
        format === "raw"
          ? z.deflateRawSync(data, { level })
          : format === "zlib"
          ? z.deflateSync(data, { level })
          : z.gzipSync(data, { level }),
      );
    } catch (e) {
      rethrow(e);
    }
  },
  crc32: (data, start) => lib().crc32(data, start),
  inflater({ format, windowBits, dictionary }): HostZlibStream {
    const z = lib();
    const options = { windowBits, dictionary };
    try {
      const made = format === "zlib" ? z.createInflate(options) : z.createInflateRaw(options);
      const stream = new NodeStream(made as unknown as Engine, true);
      return format === "gzip" ? new GunzipStream(stream) : stream;
    } catch (e) {
      rethrow(e);
    }
  },
  deflater(
    { format, level, windowBits, memLevel, strategy, dictionary },
  ): HostZlibStream {
    const z = lib();
    const options = { level, windowBits, memLevel, strategy, dictionary };
    try {
      const made = format === "raw"
        ? z.createDeflateRaw(options)
        : format === "zlib"
        ? z.createDeflate(options)
        : z.createGzip(options);
      return new NodeStream(made as unknown as Engine, false);
    } catch (e) {
      rethrow(e);
    }
  },
};

function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
