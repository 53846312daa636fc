// CPython 3.14: Python/ceval.c (PyEval_EvalCode), Python/bltinmodule.c
//
// Requests to run code with a namespace of its own: a class body, exec, eval.

import { None, type PyDictBase, type Value } from "../../core/objects/object.ts";
import { CallRequest, type NativeState } from "../../core/objects/state.ts";
import { PyFunction } from "../../core/objects/function.ts";
import type { PyCode } from "../../core/code/code.ts";
import { recursionError } from "../../core/objects/errors.ts";
import { undefs } from "./arrays.ts";
import { prepOf } from "./calls.ts";
import { Frame } from "./frame.ts";
import type { VmThread } from "./thread.ts";

/** Runs a function's code with `ns` as its local namespace. */
export class BodyRequest extends CallRequest {
  readonly fn: PyFunction;
  readonly ns: Value;
  constructor(fn: PyFunction, ns: Value, state?: NativeState) {
    super(None, [], undefined, state);
    this.fn = fn;
    this.ns = ns;
  }
}

/** A request to run code as exec and eval do. */
export function codeRequest(
  code: PyCode,
  globals: PyDictBase,
  builtins: PyDictBase,
  ns: Value,
  closure: PyFunction["closure"],
  state?: NativeState,
): BodyRequest {
  return new BodyRequest(new PyFunction(code, globals, builtins, closure), ns, state);
}

/** The frame that runs a BodyRequest. */
export function bodyFrame(ts: VmThread, r: BodyRequest, back: Frame): Frame {
  if (++ts.depth > ts.recursionLimit + ts.overflowRoom) {
    ts.depth--;
    throw recursionError("maximum recursion depth exceeded");
  }
  const fn = r.fn, p = prepOf(fn);
  return new Frame(p, fn, fn.globals, fn.builtins, undefs(p.nlocals), r.ns, back);
}
