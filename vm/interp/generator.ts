// CPython 3.14: Objects/genobject.c
//
// Generators, coroutines and async generators: a frame that is kept. The frame's operands are
// saved with it while it is suspended; `exc` is its entry of the exceptions being handled, which
// is linked below the resumer's while it runs.

import {
  asyncGeneratorType,
  type PyObject,
  PyObject as Base,
  type PyType,
  type Value,
} from "../../core/objects/object.ts";
import { ExcItem } from "./thread.ts";
import type { Frame } from "./frame.ts";

/** States of a generator. */
export const GEN_CREATED = 0, GEN_SUSPENDED = 1, GEN_RUNNING = 2, GEN_DONE = 3;

export class PyGenerator extends Base {
  /** Undefined once it has ended. */
  declare frame: Frame | undefined;
  declare state: number;
  /** A loop's iterator that only the operand stack refers to: it is closed when it leaves there. */
  declare owned: boolean;
  /** Suspended at the yield of a `yield from` or `await`. */
  declare delegating: boolean;
  declare readonly exc: ExcItem;
  declare name: Value;
  declare qualname: Value;
  /** The code object, which outlives the frame. */
  declare readonly code: PyObject;
  /** cr_origin of a coroutine. */
  declare origin: Value | undefined;
  // of async generators
  declare hooksInited: boolean;
  declare closed: boolean;
  declare runningAsync: boolean;
  declare finalizer: Value | undefined;
  constructor(cls: PyType, frame: Frame, code: PyObject, name: Value, qualname: Value) {
    super(cls);
    this.state = GEN_CREATED;
    this.delegating = false;
    this.owned = false;
    this.exc = new ExcItem(undefined);
    this.origin = undefined;
    this.hooksInited = false;
    this.closed = false;
    this.runningAsync = false;
    this.finalizer = undefined;
    this.frame = frame;
    this.code = code;
    this.name = name;
    this.qualname = qualname;
  }
  /** Has it run to its end, so that its finalizer has nothing to do? */
  hasEnded(): boolean {
    return this.state === GEN_DONE || this.state === GEN_CREATED && this.cls === asyncGeneratorType;
  }
}
