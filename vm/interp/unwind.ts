// CPython 3.14: Python/ceval.c (exception handling), Python/traceback.c, Python/errors.c
//
// What happens to an exception in the run loop: translating what JavaScript threw, the implicit
// `__context__`, traceback entries.

import { None, PyBaseException, PyObject, tracebackType, type Value } from "../../core/objects/object.ts";
import { memoryError, recursionError, systemError } from "../../core/objects/errors.ts";
import { cur } from "../../core/objects/state.ts";
import type { Frame } from "./frame.ts";
import { Interrupt, type VmThread } from "./thread.ts";

/** One entry of a traceback. */
export class PyTraceback extends PyObject {
  declare next: PyTraceback | undefined;
  declare readonly frame: Frame;
  /** Index of the instruction. */
  declare readonly pc: number;
  /** Line number; computed on first use (-1: not yet). */
  declare line: number;
  constructor(next: PyTraceback | undefined, frame: Frame, pc: number) {
    super(tracebackType);
    this.line = -1;
    this.next = next;
    this.frame = frame;
    this.pc = pc;
  }
}

/**
 * The Python exception for whatever was thrown. A JavaScript stack overflow is a RecursionError;
 * an allocation that the engine refused a MemoryError; anything else JavaScript throws is a bug of
 * gopy and becomes a SystemError that says so. Interrupts pass through (rethrown).
 */
export function asException(e: unknown): PyBaseException {
  if (e instanceof PyBaseException) return e;
  if (e instanceof Interrupt) throw e;
  if (e instanceof RangeError) {
    const m = e.message;
    if (m.includes("call stack")) return recursionError("maximum recursion depth exceeded");
    if (
      /Invalid (array|string|typed array|array buffer) length|Array buffer allocation|Maximum BigInt size|Map maximum size|Set maximum size/i
        .test(m)
    ) {
      return memoryError();
    }
  }
  if (debugInternal && e instanceof Error) console.error(e.stack);
  const code = (cur as VmThread).frame?.prep.code;
  if (code?.foreign) return systemError(`bad instructions in code object '${code.co_qualname}'`);
  return systemError(`internal error: ${e instanceof Error ? `${e.name}: ${e.message}` : String(e)}`);
}
let debugInternal = false;
/** Shows the JavaScript stack of internal errors (`-X gopy_debug`). */
export function setDebugInternal(on: boolean): void {
  debugInternal = on;
}

/** Sets `__context__` the way raising does (_PyErr_SetObject): breaks cycles. */
export function setContext(exc: PyBaseException, handled: Value): void {
  if (handled === None || handled === exc) {
    if (exc.context === undefined) exc.context = null;
    return;
  }
  const ctx = handled as PyBaseException;
  // a cycle through `exc` is cut; Floyd's algorithm for one that does not pass through it
  let o: PyBaseException = ctx, slow: PyBaseException = ctx, slowStep = false;
  for (;;) {
    const c: PyBaseException | null | undefined = o.context;
    if (c === undefined || c === null) break;
    if (c === exc) {
      o.context = null;
      break;
    }
    o = c;
    if (o === slow) break;
    if (slowStep) slow = slow.context as PyBaseException;
    slowStep = !slowStep;
  }
  exc.context = ctx;
}

/** Adds the frame to the exception's traceback. */
export function addTraceback(exc: PyBaseException, f: Frame, pc: number): void {
  exc.traceback = new PyTraceback(exc.traceback as PyTraceback | undefined, f, pc);
}

export type { VmThread };
