// gopy's own: the memory limit of a guest
//
// JavaScript tells how much memory the whole program uses, not who uses it. So the limit is what may
// come on top of the use at the start of a run. It is looked at now and then (asking costs about
// 8 µs), and before a native takes much at once. When the figure is past the limit, garbage is
// collected before it counts. The limit is best effort: a host function's memory counts too, and a
// single large step between two looks may go past it.

import type { HostMemory } from "./host.ts";
import { Interrupt } from "./interp/thread.ts";

/** How long the figure is taken as known, in ms. */
const INTERVAL = 5;

export class MemoryLimit {
  readonly #host: HostMemory;
  readonly #limit: number;
  #base: number;
  #next = 0;
  /** @param limit bytes that a run may take */
  constructor(host: HostMemory, limit: number) {
    this.#host = host;
    this.#limit = limit;
    this.#base = host.used();
  }
  /** A run begins. */
  begin(): void {
    this.#base = this.#host.used();
    this.#next = 0;
  }
  /**
   * The limit's Interrupt if `wanted` more bytes would be too many.
   * @param wanted 0: asked at a poll, and not looked at each time
   */
  check(wanted: number): Interrupt | undefined {
    if (wanted === 0) {
      const now = performance.now();
      if (now < this.#next) return undefined;
      this.#next = now + INTERVAL;
    } else if (wanted > this.#limit) return this.#passed(wanted);
    if (this.#host.used() - this.#base + wanted <= this.#limit) return undefined;
    this.#host.collect();
    const used = this.#host.used() - this.#base + wanted;
    if (used > this.#limit) return this.#passed(used);
    // collecting is dear: not again before more has come
    this.#next = performance.now() + 20 * INTERVAL;
    return undefined;
  }
  #passed(used: number): Interrupt {
    return new Interrupt("memory", `memory limit of ${this.#limit} bytes exceeded (${used} bytes)`);
  }
}
