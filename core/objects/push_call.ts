// CPython 3.14: Include/cpython/abstract.h (vectorcall)
//
// Native objects whose call is another call: functools.partial, the lru_cache wrapper. The run loop
// asks such an object for the call to make (`pushCall`) and pushes the callee's frame instead of
// recursing. A type takes part by having `callPushing` as its tp_call.

import { type KwNames, PyObject, type Value } from "./object.ts";
import type { CallRequest } from "./state.ts";
import { settle } from "./native.ts";

/** An instance of a type whose tp_call is `callPushing`. */
export abstract class PyPushCallable extends PyObject {
  /** The result of the call, or the call to make for it. */
  abstract pushCall(
    args: Value[],
    kwnames: KwNames | undefined,
  ): Value | CallRequest;
}

/** tp_call of such types: makes the call nested. */
export function callPushing(
  f: Value,
  args: Value[],
  kwnames?: KwNames,
): Value {
  return settle((f as PyPushCallable).pushCall(args, kwnames));
}
