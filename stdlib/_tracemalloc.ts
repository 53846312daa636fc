// CPython 3.14: Modules/_tracemalloc.c
//
// The host's allocations cannot be traced. Everything answers as when nothing is being traced, and
// starting is refused.

import { None, PyList, PyTuple, type Value } from "../core/objects/object.ts";
import { notImplementedError, valueError } from "../core/objects/errors.ts";
import { asInt32 } from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

export const spec: ModuleSpec = {
  name: "_tracemalloc",
  doc: "Debug module to trace memory blocks allocated by Python.",
  functions: {
    is_tracing: ["", "Whether allocations are being traced.", () => false],
    clear_traces: ["", "Forgets the traces.", () => None],
    _get_traces: ["", "The traces of all memory blocks.", () => new PyList([])],
    _get_object_traceback: ["obj, /", "Where an object was allocated, or None.", () => None],
    start: ["nframe=1, /", "Starts tracing.", (_m: Value, n: Value = 1) => {
      const frames = asInt32(n);
      if (frames < 1 || frames > 65535) throw valueError("the number of frames must be in range [1; 65535]");
      throw notImplementedError("_tracemalloc.start: the host's allocations cannot be traced");
    }],
    stop: ["", "Stops tracing.", () => None],
    get_traceback_limit: ["", "The most frames kept of a traceback.", () => 1],
    get_tracemalloc_memory: ["", "How many bytes the traces take.", () => 0],
    get_traced_memory: ["", "Size and peak size of the traced blocks.", () => new PyTuple([0, 0])],
    reset_peak: ["", "Sets the peak size to the size.", () => None],
  },
};
