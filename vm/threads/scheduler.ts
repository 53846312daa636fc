// CPython 3.14: Python/ceval_gil.c, Python/thread_pthread.h
//
// Green threads. Each has a thread state and is a Task (interp/task.ts): its frames are on the heap,
// so it can be left at a poll and gone on with later. The main thread is the one whose JavaScript
// frames lie at the bottom; the others are stepped on top of it, when its run loop polls or when it
// waits. A thread that is stepped goes back after the switch interval, at the first poll of its own
// loop, or as soon as it waits.
//
// A wait is a predicate with an end. In a thread's own loop it is a call that can be left
// (`waitRequest`). Inside a native that has called back into Python nothing can be left: then the
// wait steps the other threads from where it is (`waitHere`).
//
// Threads switch at polls of run loops only, never inside a native: what natives do is atomic, as it
// is under CPython's lock.

import { PyBaseException, type Value } from "../../core/objects/object.ts";
import { type Leaver, letLeave } from "../../core/objects/leaving.ts";
import { PyBuiltin } from "../../core/objects/native.ts";
import { runtimeError } from "../../core/objects/errors.ts";
import { CallRequest, cur, NativeState, setCur } from "../../core/objects/state.ts";
import { type Interp, interp } from "../interpreter.ts";
import { atBase, Task, waiterFor } from "../interp/task.ts";
import { asException } from "../interp/unwind.ts";
import { VmThread } from "../interp/thread.ts";

/** Identifier of the main thread. */
export const MAIN_IDENT = 140_000_000_000_256;
const STRIDE = 0x801000;
/** How long nothing is looked at while all threads wait for each other or the clock, in ms. */
const NAP = 20, FIRST_NAP = 0.2;

/** A thread other than the main one. */
export class GuestThread {
  readonly ts: VmThread;
  readonly ident: number;
  readonly daemon: boolean;
  /** Called when it has ended, with the exception that ended it. */
  readonly ended: (e: PyBaseException | undefined) => void;
  task: Task | undefined;
  /** It has JavaScript frames: it is stepped, or waits inside a native. */
  onStack = false;
  /** What it waits for. */
  ready: (() => boolean) | undefined;
  /** When its wait ends all the same, in ms of performance.now(). */
  until = Infinity;
  sliceEnd = 0;
  constructor(ts: VmThread, ident: number, daemon: boolean, ended: GuestThread["ended"]) {
    this.ts = ts;
    this.ident = ident;
    this.daemon = daemon;
    this.ended = ended;
  }
}

/** The threads of an Interpreter. */
export class Scheduler {
  readonly interp: Interp;
  /** Those that have not ended, in the order of their start. */
  threads: GuestThread[] = [];
  #started = 0;
  #switched = 0;
  /** sys.setswitchinterval, in ms. */
  interval = 5;

  constructor(interp: Interp) {
    this.interp = interp;
  }

  /** Starts a thread that calls `f`; it first runs when this one polls or waits. */
  start(f: Value, args: Value[], kw: string[] | undefined, daemon: boolean, ended: GuestThread["ended"]): GuestThread {
    const ts = new VmThread(this.interp);
    ts.fuel = this.interp.refill;
    ts.recursionLimit = cur.recursionLimit;
    if (this.#started === 0) letLeave(leavers(this.interp));
    const t = new GuestThread(ts, MAIN_IDENT - STRIDE * ++this.#started, daemon, ended);
    ts.guest = t;
    t.ready = () => {
      t.ready = undefined;
      t.task = Task.ofCall(f, args, kw);
      return true;
    };
    this.threads.push(t);
    (cur as VmThread).fuel = 0;
    return t;
  }

  /** A run loop polls: the main thread lets others run, another one goes back when its time is over. */
  poll(ts: VmThread): void {
    const now = performance.now(), self = ts.guest;
    if (self !== undefined) {
      if (now >= self.sliceEnd) ts.pause = true;
    } else if (now - this.#switched >= this.interval || this.threads.some((t) => t.task === undefined)) this.stepAll();
  }
  /** Steps each thread that can run; false when there is none. */
  stepAll(): boolean {
    let any = false;
    for (const t of this.threads.slice()) {
      if (!t.onStack && this.threads.includes(t) && this.#step(t)) any = true;
    }
    this.#switched = performance.now();
    return any;
  }
  #step(t: GuestThread): boolean {
    const outer = setCur(t.ts);
    t.ts.nativeDepth = (outer as VmThread).nativeDepth;
    t.onStack = true;
    try {
      if (t.ready !== undefined && !t.ready() && performance.now() < t.until) return false;
      t.ready = undefined;
      t.until = Infinity;
      t.sliceEnd = performance.now() + this.interval;
      if (t.task!.step() === undefined) {
        t.ts.frame = t.task!.frame;
        return true;
      }
      this.#end(t, undefined);
    } catch (e) {
      // a limit ends all of them
      this.#end(t, asException(e));
    } finally {
      t.onStack = false;
      setCur(outer);
    }
    return true;
  }
  #end(t: GuestThread, e: PyBaseException | undefined): void {
    this.threads = this.threads.filter((o) => o !== t);
    t.ended(e);
  }
  /** All threads are dropped where they stand. */
  dropAll(): void {
    this.threads = [];
  }

  /**
   * Waits inside a native until `ready` says so; other threads run meanwhile.
   * @param until ms of performance.now()
   * @param alone nobody but this Interpreter's threads can bring it about
   */
  waitHere(ready: () => boolean, until: number, alone = this.interp.host.signals.check === undefined): boolean {
    const { interp: i } = this;
    for (let nap = FIRST_NAP;;) {
      if (ready()) return true;
      const now = performance.now();
      if (now >= until) return false;
      const any = this.stepAll();
      // signals, limits
      cur.vm.poll();
      if (any) nap = FIRST_NAP;
      if (any || ready()) continue;
      if (alone && this.threads.every((t) => t.onStack) && until === Infinity) {
        throw runtimeError("deadlock: the thread waits for what no thread can bring about");
      }
      const next = Math.min(until, i.deadline, ...this.threads.map((t) => t.until));
      const left = Math.max(0, Math.min(nap, next - performance.now()));
      if (left > 0) i.host.clock.sleepSync(left / 1000);
      nap = Math.min(nap * 2, NAP);
    }
  }
}

/** Builtins with a body that can be left. */
function leavers(i: Interp): Leaver[] {
  const print = i.builtins.dict.getStr("print");
  return print instanceof PyBuiltin ? [print] : [];
}

/** The Interpreter's scheduler, made when the first thread starts. */
export function scheduler(): Scheduler {
  const i = interp();
  return i.scheduler ??= new Scheduler(i);
}
/** A native waits a little: other threads run, or it sleeps so many seconds. */
export function nap(seconds: number): void {
  const i = interp();
  if (i.scheduler === undefined || !i.scheduler.stepAll()) i.host.clock.sleepSync(seconds);
}
/** Identifier of the running thread. */
export function currentIdent(): number {
  return (cur as VmThread).guest?.ident ?? MAIN_IDENT;
}

/** Goes on when the wait is over; inside natives it is only begun there. */
class Waited extends NativeState {
  constructor(
    readonly ready: () => boolean,
    readonly until: number,
    readonly result: (ready: boolean) => Value | CallRequest,
    readonly failed: ((e: PyBaseException) => Value | CallRequest) | undefined,
  ) {
    super();
  }
  override raised(e: PyBaseException): Value | CallRequest {
    if (this.failed === undefined) throw e;
    return this.failed(e);
  }
  resume(): Value | CallRequest {
    return this.result(this.ready() || scheduler().waitHere(this.ready, this.until));
  }
}

/**
 * What a frame-pushing native returns to wait: the call whose result is `result(whether it came)`.
 * @param until ms of performance.now(); Infinity to wait for ever
 * @param failed goes on instead when an exception ends the wait
 */
export function waitRequest(
  ready: () => boolean,
  until: number,
  result: (ready: boolean) => Value | CallRequest,
  failed?: (e: PyBaseException) => Value | CallRequest,
): Value | CallRequest {
  const self = (cur as VmThread).guest;
  if (self === undefined || !atBase(self.ts)) return result(ready() || scheduler().waitHere(ready, until));
  const pending = (): boolean => {
    if (ready() || performance.now() >= until || !atBase(self.ts)) return false;
    self.ready = ready;
    self.until = until;
    self.ts.fuel = 0;
    self.ts.pause = true;
    return true;
  };
  return waiterFor(pending, new Waited(ready, until, result, failed));
}
