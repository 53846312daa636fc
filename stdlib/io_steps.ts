// CPython 3.14: Py_BEGIN_ALLOW_THREADS in Modules/_io
//
// Operations that may have to wait on the way, written once as JavaScript generators. They yield what
// they wait for, or a call whose result they need; what they hold meanwhile is in the generator.
// `carry` drives one for a frame-pushing native: its thread is left at each wait. `carryHere` drives
// one where that cannot be, and other threads run on top of it.

import { type NativeFn, None, PyBaseException, type Value } from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { withLeaving } from "../core/objects/leaving.ts";
import { CallRequest, cur, NativeState } from "../core/objects/state.ts";
import { atBase } from "../vm/interp/task.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { scheduler, waitRequest } from "../vm/threads/scheduler.ts";

/** Something to wait for. */
export class Wait {
  /**
   * @param ready has it come?
   * @param alone only threads of this Interpreter can bring it about
   * @param until when the wait ends all the same, in ms of performance.now()
   */
  constructor(readonly ready: () => boolean, readonly alone: boolean, readonly until: number = Infinity) {}
}
/** An operation; what it yields is answered with the call's result, or None. */
export type Steps<T> = Generator<Wait | CallRequest, T, Value>;
/** An operation that has begun, as the result of a native made by `waits`. */
export class Going {
  constructor(readonly steps: Steps<Value>) {}
}

/** `o.name(...args)` as a step. */
export function* callStep(o: Value, name: string, ...args: Value[]): Steps<Value> {
  return yield new CallRequest(A.getAttr(o, name), args);
}

type Turn = IteratorResult<Wait | CallRequest, Value>;
class Carried extends NativeState {
  constructor(readonly steps: Steps<Value>) {
    super();
  }
  resume(r: Value): Value | CallRequest {
    return advance(this.steps, this.steps.next(r));
  }
  override raised(e: PyBaseException): Value | CallRequest {
    return advance(this.steps, this.steps.throw(e));
  }
}
function advance(steps: Steps<Value>, turn: Turn): Value | CallRequest {
  for (;;) {
    if (turn.done) return turn.value;
    const what = turn.value;
    if (what instanceof CallRequest) return new CallRequest(what.f, what.args, what.kwnames, new Carried(steps));
    if (!what.ready()) {
      const self = (cur as VmThread).guest;
      if (self !== undefined && atBase(self.ts)) {
        return waitRequest(
          what.ready,
          what.until,
          () => advance(steps, steps.next(None)),
          (e) => advance(steps, steps.throw(e)),
        );
      }
      turn = waitHere(steps, what);
    } else turn = steps.next(None);
  }
}
function waitHere<T>(steps: Steps<T>, what: Wait): IteratorResult<Wait | CallRequest, T> {
  try {
    scheduler().waitHere(what.ready, what.until, what.alone && (cur as VmThread).guest !== undefined || undefined);
  } catch (e) {
    return steps.throw(e);
  }
  return steps.next(None);
}

/** Drives an operation as the result of a frame-pushing native. */
export function carry(steps: Steps<Value>): Value | CallRequest {
  return advance(steps, steps.next(None));
}
/** Drives an operation to its end. */
export function carryHere<T>(steps: Steps<T>): T {
  let turn = steps.next(None);
  while (!turn.done) {
    const what = turn.value;
    if (what instanceof Wait) {
      turn = waitHere(steps, what);
      continue;
    }
    let r: Value;
    try {
      r = what.kwnames === undefined ? A.call(what.f, what.args) : A.call(what.f, what.args, what.kwnames);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      turn = steps.throw(e);
      continue;
    }
    turn = steps.next(r);
  }
  return turn.value;
}

// deno-lint-ignore no-explicit-any
type Op = (self: any, a?: any, b?: any) => Value | Going;
/** A native of at most two arguments that may have to wait: it gives its result, or goes on in steps. */
export function waits(op: Op): NativeFn {
  const here: NativeFn = (self, a, b) => {
    const r = op(self, a, b);
    return r instanceof Going ? carryHere(r.steps) : r;
  };
  return withLeaving(here, (self, a, b) => {
    const r = op(self, a, b);
    return r instanceof Going ? carry(r.steps) : r;
  });
}
/** A native that is nothing but steps. */
// deno-lint-ignore no-explicit-any
export function steps(op: (self: any, a?: any, b?: any) => Steps<Value>): NativeFn {
  return waits((self, a, b) => new Going(op(self, a, b)));
}
