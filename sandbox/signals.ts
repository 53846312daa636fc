// CPython 3.14: Modules/signalmodule.c (trip_signal), over Deno's listeners
//
// Deno calls a signal listener from the event loop, and the loop does not turn while Python runs.
// So a worker listens. It notes what arrives in a block of shared memory, at which the run loop
// looks whenever it polls (`check`), and wakes whoever sleeps on it:
//
//   [0]  grows with each signal (and each line of terminal.ts): what sleepers wait on
//   [n]  how often signal n has arrived and was not told yet
//   [65] messages that the worker has taken
//
// Making a worker takes tens of milliseconds (and more until it listens), so for SIGINT, which every
// program wants, it is made when the program has run for a while, which goes on meanwhile, or is about
// to wait. Before that the signal's own effect
// (the end of the process) is the same but for the traceback.

import type { HostSignals } from "../vm/host.ts";
import { guarded } from "./errors.ts";
import { node } from "./node.ts";

function table(): Record<string, number> {
  return node("node:os").constants.signals;
}

/** The number of a signal's name, 0 for none. */
export function signalNumber(name: string): number {
  return table()[name] ?? 0;
}

/** The name of a signal's number, or `undefined`. */
export function signalName(number: number): string | undefined {
  if (number === SIGINT) return "SIGINT";
  for (const [name, n] of Object.entries(table())) {
    if (n === number) return name;
  }
  return undefined;
}

const SIGINT = 2;
/** How long SIGINT is left to itself, in ms. */
const PATIENCE = 500;
const READY = 65, CELLS = 66;

// The worker's program: a message is the shared block, or a signal to listen to or to forget.
const WORKER = `
let cells;
const heard = new Map();
onmessage = ({ data }) => {
  if (data.cells) cells = data.cells;
  else if (data.on) {
    const told = () => {
      Atomics.add(cells, data.number, 1);
      Atomics.add(cells, 0, 1);
      Atomics.notify(cells, 0);
    };
    heard.set(data.number, told);
    try {
      Deno.addSignalListener(data.name, told);
    } catch {
      // one that no program may have
    }
  } else {
    Deno.removeSignalListener(data.name, heard.get(data.number));
  }
  Atomics.add(cells, ${READY}, 1);
  Atomics.notify(cells, ${READY});
};
`;

/** The process's signals. */
export class ProcessSignals implements HostSignals {
  readonly #cells: Int32Array = new Int32Array(new SharedArrayBuffer(4 * CELLS));
  readonly #callbacks: Map<number, () => void> = new Map();
  #worker: Worker | undefined;
  #since = Infinity;
  #told = 0;
  #sent = 0;

  /** Calls back when the signal has arrived and the Interpreter polls. */
  listen(signal: number, callback: () => void): () => void {
    if (signalName(signal) === undefined) return () => {};
    this.#callbacks.set(signal, callback);
    if (signal === SIGINT && this.#worker === undefined) this.#since = performance.now();
    else {
      this.start();
      if (signal !== SIGINT) this.#say(true, signal);
    }
    return () => {
      if (this.#callbacks.get(signal) !== callback) return;
      this.#callbacks.delete(signal);
      if (this.#worker !== undefined) this.#say(false, signal);
      else this.#since = Infinity;
    };
  }

  /** Makes the worker, now that it is needed; waits until it listens, or goes on meanwhile. */
  start(wait = true): void {
    this.#since = Infinity;
    if (this.#worker !== undefined || this.#callbacks.size === 0) return;
    guarded(() => {
      this.#worker = new Worker("data:text/javascript," + encodeURIComponent(WORKER), { type: "module" });
      this.#post({ cells: this.#cells }, false);
    });
    if (this.#callbacks.has(SIGINT)) this.#say(true, SIGINT, wait);
  }
  #post(message: unknown, wait: boolean): void {
    this.#worker!.postMessage(message);
    this.#sent++;
    while (wait) {
      const done = Atomics.load(this.#cells, READY);
      if (done >= this.#sent) return;
      if (Atomics.wait(this.#cells, READY, done, 2000) === "timed-out") return;
    }
  }
  #say(on: boolean, number: number, wait = true): void {
    this.#post({ on, number, name: signalName(number) }, wait);
  }

  /** Tells what has arrived, true if anything has. The run loop calls it at each poll. */
  check(): boolean {
    const n = Atomics.load(this.#cells, 0);
    if (n === this.#told) {
      if (this.#since !== Infinity && performance.now() - this.#since > PATIENCE) this.start(false);
      return false;
    }
    this.#told = n;
    let any = false;
    for (let s = 1; s < READY; s++) {
      if (Atomics.exchange(this.#cells, s, 0) === 0) continue;
      any = true;
      this.#callbacks.get(s)?.();
    }
    return any;
  }

  /** Sleeps; a signal ends it early. */
  sleep(seconds: number): void {
    if (seconds > 0.05) this.start();
    if (this.#callbacks.size === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
    else Atomics.wait(this.#cells, 0, this.#told, seconds * 1000);
  }

  /** The block of shared memory: what a terminal's reader notifies, so that signals wake its caller. */
  get cells(): Int32Array {
    return this.#cells;
  }
}
