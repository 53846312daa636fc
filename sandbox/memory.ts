// gopy's own: the memory of the program, as V8 tells it.

import type { HostMemory } from "../vm/host.ts";
import { node } from "./node.ts";

let collector: (() => void) | undefined;

/** Memory over V8: its heap and what array buffers take beside it. */
export const memory: HostMemory = {
  used(): number {
    const h = node("node:v8").getHeapStatistics();
    return h.used_heap_size + (h as { external_memory?: number }).external_memory!;
  },
  collect(): void {
    if (collector === undefined) {
      // a context made while the flag is set has `gc`
      const v8 = node("node:v8");
      v8.setFlagsFromString("--expose-gc");
      collector = node("node:vm").runInNewContext("gc") as () => void;
      v8.setFlagsFromString("--no-expose-gc");
    }
    collector();
  },
};
