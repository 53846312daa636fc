// CPython 3.14: Include/cpython/pystate.h (PyThreadState), pycore_stackref.h (the data stack)
//
// A thread as the run loop sees it: the operand stack that all its frames share, the stack of
// exceptions being handled, and the fuel that decides when the breaker is polled.

import { None, type PyBaseException, PyCell, type Value } from "../../core/objects/object.ts";
import { type InterpState, ThreadState } from "../../core/objects/state.ts";
import { undefs } from "./arrays.ts";
import type { Frame } from "./frame.ts";
import type { GuestThread } from "../threads/scheduler.ts";

/** One entry of the exceptions being handled: the thread's own, or a generator's. */
export class ExcItem {
  /** The exception, or None. */
  declare value: Value;
  declare previous: ExcItem | undefined;
  constructor(previous: ExcItem | undefined) {
    this.value = None;
    this.previous = previous;
  }
}

/** What a run gives back when it paused (see task.ts). */
export const PAUSED: Value = new PyCell(undefined);

/** Back edges and calls between two polls. */
export const FUEL = 2000;

export class VmThread extends ThreadState {
  /** Operands of all frames, each in its own region. */
  readonly stack: (Value | undefined)[] = undefs(4096);
  exc: ExcItem = new ExcItem(undefined);
  declare frame: Frame | undefined;
  /** Result of a call that needed no frame. */
  ret: Value | undefined = undefined;
  /** Extra depth while a RecursionError is being handled. */
  overflowRoom = 0;
  /** Counts down to the next poll. */
  fuel = FUEL;
  /** The entry frame of the host's run that can pause; undefined in one that can't. */
  task: Frame | undefined = undefined;
  /** Set in threads other than the main one. */
  guest: GuestThread | undefined = undefined;
  /** The task shall pause when its own loop polls. */
  pause = false;
  /** Above 0 while a callback of monitoring runs: no events then. */
  tracing = 0;
  /** The event whose callback runs, or -1. */
  whatEvent = -1;
  /** sys.settrace, sys.setprofile: the function of this thread. */
  traceFunc: Value | undefined = undefined;
  profileFunc: Value | undefined = undefined;
  constructor(interp: InterpState) {
    super(interp);
  }
  /** The innermost exception being handled, or None. */
  handled(): Value {
    let e: ExcItem | undefined = this.exc;
    while (e !== undefined && e.value === None) e = e.previous;
    return e === undefined ? None : e.value;
  }
}

/**
 * What stops a guest and no guest code can catch: a limit that was passed, a stop request, or the
 * end of the process. Thrown through Python frames without running any handler.
 */
export class Interrupt {
  readonly kind: string;
  readonly message: string;
  constructor(kind: string, message: string) {
    this.kind = kind;
    this.message = message;
  }
}

export type { PyBaseException };
