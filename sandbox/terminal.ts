// CPython 3.14: Parser/myreadline.c (my_fgets)
//
// Reading a terminal so that Ctrl-C comes through. A read that blocks the host's thread cannot be
// interrupted; so a worker reads, the guest's thread waits for it or for a signal, and what the
// worker gets later is there for the next read.
//
// The shared block: [0] reads asked for, [1] reads done, [2] the number of bytes of the last one,
// negative for an error; the bytes follow. The waiting itself is on the cells of signals.ts, which
// both the signals' worker and this one notify.

import { HostError } from "../vm/host.ts";
import type { ProcessSignals } from "./signals.ts";

const ROOM = 65536;
const WORKER = `
onmessage = ({ data: { cells, block } }) => {
  const state = new Int32Array(block, 0, 3), bytes = new Uint8Array(${ROOM});
  for (let served = 0;; served++) {
    Atomics.wait(state, 0, served);
    let n;
    try {
      n = Deno.stdin.readSync(bytes) ?? 0;
    } catch {
      n = -1;
    }
    if (n > 0) new Uint8Array(block, 12).set(bytes.subarray(0, n));
    state[2] = n;
    Atomics.store(state, 1, served + 1);
    Atomics.add(cells, 0, 1);
    Atomics.notify(cells, 0);
  }
};
`;

/** Standard input where it is a terminal. */
export class Terminal {
  readonly #signals: ProcessSignals;
  readonly #block: SharedArrayBuffer = new SharedArrayBuffer(12 + ROOM);
  readonly #state: Int32Array = new Int32Array(this.#block, 0, 3);
  #worker: Worker | undefined;
  #left: Uint8Array | undefined;
  /** Reads asked for. */
  #asked = 0;
  /** Reads whose bytes were taken. */
  #taken = 0;

  /** A reader that wakes for these signals. */
  constructor(signals: ProcessSignals) {
    this.#signals = signals;
  }

  /** Reads what there is, a line at most; 0 at the end. EINTR when a signal came first. */
  read(into: Uint8Array): number {
    if (into.length === 0) return 0;
    if (this.#left === undefined) {
      const n = this.#wait();
      if (n < 0) throw new HostError("EIO");
      if (n === 0) return 0;
      this.#left = new Uint8Array(this.#block, 12, n).slice();
    }
    const part = this.#left.subarray(0, into.length);
    into.set(part);
    this.#left = part.length < this.#left.length ? this.#left.subarray(part.length) : undefined;
    return part.length;
  }

  #wait(): number {
    const state = this.#state, { cells } = this.#signals;
    this.#signals.start();
    if (this.#worker === undefined) {
      this.#worker = new Worker("data:text/javascript," + encodeURIComponent(WORKER), { type: "module" });
      this.#worker.postMessage({ cells, block: this.#block });
    }
    if (this.#asked === this.#taken) {
      Atomics.store(state, 0, ++this.#asked);
      Atomics.notify(state, 0);
    }
    for (;;) {
      const seen = Atomics.load(cells, 0);
      if (Atomics.load(state, 1) === this.#asked) {
        this.#taken++;
        return state[2];
      }
      if (this.#signals.check()) throw new HostError("EINTR");
      Atomics.wait(cells, 0, seen);
    }
  }
}
