// gopy's own: a run of the host's that can pause
//
// Frames are heap objects, so a run whose only JavaScript frames are its own dispatch loop can leave
// it at a poll and come back to it later, after the host's event loop has turned. `Task` is such a
// run: `step` goes on with it until it ends or is asked to pause. Runs nested in natives (a sort's
// key, `re.sub`'s callback) go on to their end first: the pause waits for the loop at the bottom.
//
// A native that needs a value the host has only promised asks for a call (`waitFor`) of a Python
// function that loops until the promise is settled; its first poll pauses the task.

import type { KwNames, PyDictBase, Value } from "../../core/objects/object.ts";
import { None } from "../../core/objects/object.ts";
import { CallRequest, cur, NativeState } from "../../core/objects/state.ts";
import { PyFunction } from "../../core/objects/function.ts";
import { NativeDef, PyBuiltin } from "../../core/objects/native.ts";
import { runtimeError } from "../../core/objects/errors.ts";
import type { PyCode } from "../../core/code/code.ts";
import { compileSource } from "../compile_source.ts";
import { builtinsFor, interp } from "../interpreter.ts";
import { bodyFrame, codeRequest } from "./body.ts";
import { nativeFrame, start } from "./calls.ts";
import type { Frame } from "./frame.ts";
import { RESULT, RUN_WEIGHT } from "./nested.ts";
import { run } from "./run.ts";
import { PAUSED, type VmThread } from "./thread.ts";

/** A run that can pause. It is made and stepped inside `Interp.enter`. */
export class Task {
  readonly #entry: Frame;
  #next: Frame | undefined;
  #result: Value | undefined;

  private constructor(entry: Frame, next: Frame | undefined, result: Value | undefined) {
    this.#entry = entry;
    this.#next = next;
    this.#result = result;
  }

  /** Runs code in a namespace, as exec does. */
  static ofCode(code: PyCode, globals: PyDictBase): Task {
    const ts = cur as VmThread;
    const entry = nativeFrame(RESULT, ts.frame);
    entry.entry = true;
    return new Task(
      entry,
      bodyFrame(ts, codeRequest(code, globals, builtinsFor(globals, interp()), globals, undefined), entry),
      undefined,
    );
  }

  /** Calls anything; the call itself may already end here. */
  static ofCall(f: Value, args: Value[], kwnames?: KwNames): Task {
    const ts = cur as VmThread;
    const entry = nativeFrame(RESULT, ts.frame);
    entry.entry = true;
    const next = start(ts, f, args, kwnames, entry);
    return new Task(entry, next, next === undefined ? ts.ret : undefined);
  }

  /** The innermost frame of the task while it is paused. */
  get frame(): Frame | undefined {
    return this.#next;
  }

  /** Goes on. Undefined: it has paused, and `step` must be called again. */
  step(): Value | undefined {
    const next = this.#next;
    if (next === undefined) return this.#result;
    const ts = cur as VmThread, depth = ts.nativeDepth, outer = ts.task;
    ts.nativeDepth = depth + RUN_WEIGHT;
    ts.task = this.#entry;
    ts.pause = false;
    try {
      const r = run(ts, next);
      if (r !== PAUSED) return r;
      this.#next = ts.frame;
      return undefined;
    } finally {
      ts.task = outer;
      ts.nativeDepth = depth;
    }
  }
}

/** Waits until a promise is settled, then gives its result to the native. */
class Settled extends NativeState {
  constructor(readonly what: string, readonly pending: () => boolean, readonly result: () => Value) {
    super();
  }
  resume(): Value {
    if (this.pending()) {
      const why = (cur as VmThread).task === undefined
        ? "the Interpreter was entered by a form that cannot wait"
        : "Python was called from native code that cannot pause";
      throw runtimeError(`cannot wait for ${this.what} here: ${why}`);
    }
    return this.result();
  }
}

const WAIT = {};
/** The Python function that loops while its argument says so and the task can pause. */
function waiter(): Value {
  const { store } = cur.interp;
  let f = store.get(WAIT) as Value | undefined;
  if (f === undefined) {
    const code = compileSource("def wait(pending):\n  while pending(): pass\n", { mode: "exec", filename: "<host>" });
    const body = code.co_consts.find((c) => typeof c === "object" && c.cls === code.cls) as PyCode;
    const builtins = cur.interp.builtins.dict;
    store.set(WAIT, f = new PyFunction(body, builtins, builtins));
  }
  return f;
}

/**
 * The request that waits for the host; a frame-pushing native returns it.
 * @param what names what is waited for, in the error where the task can't pause
 * @param pending tells whether it is still to come
 * @param result the native's result, or it throws
 */
export function waitFor(what: string, pending: () => boolean, result: () => Value): CallRequest {
  const i = interp();
  return waiterFor(() => {
    if (!pending() || !atBase(cur as VmThread)) return false;
    i.pauseNow();
    return true;
  }, new Settled(what, pending, result));
}
/** The call of the Python function that loops while `pending` says so; `state` goes on after it. */
export function waiterFor(pending: () => boolean, state: NativeState): CallRequest {
  const here = new NativeDef("pending", ["", "Is there something to wait for?", pending]);
  return new CallRequest(waiter(), [new PyBuiltin(here, None)], undefined, state);
}

/** Is the innermost run that of a task? */
export function atBase(ts: VmThread): boolean {
  let f = ts.frame;
  while (f !== undefined && !f.entry) f = f.back;
  return f !== undefined && f === ts.task;
}
