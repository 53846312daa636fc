// CPython 3.14: Modules/_zstd (its calls to libzstd), over node:zlib
//
// node:zlib's streams are driven by hand, as in zlib.ts. It takes parameters, a pledged size and a flush
// mode; it takes no dictionaries.

import { HostZlibError, type HostZlibStep, type HostZstd, type HostZstdStream } from "../vm/host.ts";
import { node } from "./node.ts";
import { concat } from "./paths.ts";

interface Engine {
  _handle: {
    writeSync(
      flush: number,
      input: Uint8Array,
      inAt: number,
      inLength: number,
      output: Uint8Array,
      outAt: number,
      outLength: number,
    ): void;
    onerror: (message: string, errno: number, code: string) => void;
    close(): void;
  };
  _writeState: Uint32Array;
}

class Stream implements HostZstdStream {
  readonly #engine: Engine;
  #failed: HostZlibError | undefined;
  constructor(engine: Engine) {
    this.#engine = engine;
    engine._handle.onerror = (message, errno, code) => {
      this.#failed = new HostZlibError(Number(errno) || -1, `${code ?? ""} ${message}`.trim());
    };
  }
  push(input: Uint8Array, mode: 0 | 1 | 2, max: number): HostZlibStep {
    const { _handle: handle, _writeState: state } = this.#engine;
    const parts: Uint8Array[] = [];
    let at = 0, size = 0;
    // A full buffer does not tell whether the frame has ended, and asking again would begin a new one: so
    // there is room for all that can come out of the input and of the block that waits.
    let room = max > 0 ? max : mode === 0 ? 16384 : input.length + (input.length >> 7) + (1 << 18);
    for (;;) {
      const left = max > 0 ? max - size : Infinity;
      if (left <= 0) break;
      const out = new Uint8Array(Math.min(room, left));
      room = Math.min(room * 2, 1 << 22);
      try {
        handle.writeSync(mode, input, at, input.length - at, out, 0, out.length);
      } catch (e) {
        throw new HostZlibError(-1, String((e as Error)?.message ?? e).replace(/^Zstd \w+ error: /, ""));
      }
      if (this.#failed !== undefined) {
        const failed = this.#failed;
        this.#failed = undefined;
        throw failed;
      }
      const gave = out.length - state[0], took = input.length - state[1] - at;
      at += took;
      size += gave;
      if (gave > 0) parts.push(out.subarray(0, gave));
      // A decoder may stop with room left and more to come; an encoder that is asked again begins a frame.
      if (state[0] > 0 && (mode !== 0 || (gave === 0 && took === 0))) break;
    }
    return { output: concat(parts), consumed: at, eof: false };
  }
  close(): void {
    this.#engine._handle.close();
  }
}

/** Zstandard by `node:zlib`. */
export const zstd: HostZstd = {
  compressor(params: Record<number, number>, size: number | undefined): HostZstdStream {
    const made = node("node:zlib").createZstdCompress({ params, pledgedSrcSize: size } as never);
    return new Stream(made as unknown as Engine);
  },
  decompressor(params: Record<number, number>): HostZstdStream {
    return new Stream(node("node:zlib").createZstdDecompress({ params } as never) as unknown as Engine);
  },
};
