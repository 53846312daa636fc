// CPython 3.14: Python/ceval.c (_PyEval_EvalFrame)
//
// Runs of the dispatch loop inside natives. Each one takes room on the JavaScript stack, which is
// counted; past the limit it is a RecursionError, as CPython's own check of the C stack gives.

import type { KwNames, Value } from "../../core/objects/object.ts";
import { recursionError } from "../../core/objects/errors.ts";
import { NATIVE_LIMIT } from "../../core/objects/abstract.ts";
import type { CallRequest } from "../../core/objects/state.ts";
import type { Frame } from "./frame.ts";
import { run, RUN_WEIGHT } from "./run.ts";
import { nativeFrame, resumeNatives, start, startEntry } from "./calls.ts";
import type { VmThread } from "./thread.ts";
import { NativeState } from "../../core/objects/state.ts";

export { RUN_WEIGHT };

/** Runs a frame marked `entry` to its end. */
export function nestedRun(ts: VmThread, f: Frame): Value {
  if ((ts.nativeDepth += RUN_WEIGHT) > NATIVE_LIMIT) {
    ts.nativeDepth -= RUN_WEIGHT;
    ts.depth--;
    ts.frame = f.back;
    f.entry = false;
    throw recursionError("maximum recursion depth exceeded");
  }
  const depth = ts.nativeDepth;
  try {
    return run(ts, f);
  } finally {
    ts.nativeDepth = depth - RUN_WEIGHT;
  }
}

/** Lets the result through. */
class Result extends NativeState {
  resume(v: Value): Value {
    return v;
  }
}

/** Calls anything that may push frames, nested. */
export function nestedCall(
  ts: VmThread,
  f: Value,
  args: Value[],
  kwnames: KwNames | undefined,
): Value {
  const entry = nativeFrame(RESULT, ts.frame);
  entry.entry = true;
  const next = start(ts, f, args, kwnames, entry);
  if (next === undefined) return ts.ret!;
  return nestedRun(ts, next);
}
/** Hands the call's result on. */
export const RESULT: NativeState = new Result();

/** Makes the calls that a frame-pushing native asks for, nested. */
export function nestedRequest(ts: VmThread, r: CallRequest): Value {
  const entry = nativeFrame(r.state ?? RESULT, ts.frame);
  entry.entry = true;
  const next = startEntry(ts, r, entry) ?? resumeNatives(ts, entry, ts.ret!);
  if (next === undefined) return ts.ret!;
  return nestedRun(ts, next);
}
