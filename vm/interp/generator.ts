// CPython 3.14: Objects/genobject.c
//
// Generators, coroutines and async generators: a frame that is kept. The frame's operands are
// saved with it while it is suspended; `exc` is its entry of the exceptions being handled, which
// is linked below the resumer's while it runs.

import { type PyObject, PyObject as Base, type PyType, type Value } from "../../core/objects/object.ts";
import { ExcItem } from "./thread.ts";
import type { Frame } from "./frame.ts";

/** States of a generator. */
export const GEN_CREATED = 0, GEN_SUSPENDED = 1, GEN_RUNNING = 2, GEN_DONE = 3;

export class PyGenerator extends Base {
  /** Undefined once it has ended. */
  frame: Frame | undefined;
  state = GEN_CREATED;
  /** Suspended at the yield of a `yield from` or `await`. */
  delegating = false;
  readonly exc: ExcItem = new ExcItem(undefined);
  name: Value;
  qualname: Value;
  /** The code object, which outlives the frame. */
  readonly code: PyObject;
  /** cr_origin of a coroutine. */
  origin: Value | undefined = undefined;
  // of async generators
  hooksInited = false;
  closed = false;
  runningAsync = false;
  finalizer: Value | undefined = undefined;
  constructor(cls: PyType, frame: Frame, code: PyObject, name: Value, qualname: Value) {
    super(cls);
    this.frame = frame;
    this.code = code;
    this.name = name;
    this.qualname = qualname;
  }
}
