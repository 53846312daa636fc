// CPython 3.14: Include/internal/pycore_interpframe.h, Objects/frameobject.c
//
// A frame is a heap object, and the Python frame object at once. Its locals (with cells and free
// variables: "localsplus") are an array of its own; its operands lie in the thread's shared stack,
// from `base` on, in a region of fixed size (`top - base`), so a callee's region starts at `top`.
// While another frame runs above it, a frame waits: `pc` is at the instruction that made the call,
// operands are popped (`sp`), and `deliver` says what becomes of the result.
// A frame with `native` set stands for a resumable native (NativeState) that waits for a call.

import { frameType, type KwNames, PyDictBase, PyObject, type Value } from "../../core/objects/object.ts";
import type { PyFunction } from "../../core/objects/function.ts";
import type { NativeState } from "../../core/objects/state.ts";
import type { Prep } from "./prepare.ts";
import type { PyGenerator } from "./generator.ts";

/** What becomes of the result of the call a frame waits for. */
export const D_PUSH = 0;
/** Thrown away. */
export const D_DROP = 1;
/** `__init__`: must be None; the instance is already on the stack. */
export const D_INIT = 2;
/** FOR_ITER: a yield is pushed, a return leaves the loop. */
export const D_FOR = 3;
/** SEND: a yield is pushed, a return is pushed and jumps to the target. */
export const D_SEND = 4;
/** `next(gen)`, `gen.send(v)`: a yield is pushed, a return raises StopIteration. */
export const D_NEXT = 5;
/** Given to the frame's native state. */
export const D_NATIVE = 6;
/** Pushed as its truth value. */
export const D_BOOL = 7;
/** As D_PUSH, for CALL. */
export const D_CALL = 8;
/** FOR_ITER: the loop has ended. */
export const D_FOR_END = 9;
/** COMPARE_OP, BINARY_OP: NotImplemented goes on to the right operand; both still lie above `sp`. */
export const D_COMPARE = 10, D_BINARY = 11;
/** CONTAINS_OP: its truth. TO_BOOL: must be a bool. GET_ITER: must be an iterator. */
export const D_CONTAINS = 12, D_TRUTH = 13, D_ITER = 14;
/** `gen.throw` and the like on a coroutine that the caller drives: as D_NEXT. */

export class Frame extends PyObject {
  declare readonly prep: Prep;
  declare readonly func: PyFunction | undefined;
  declare readonly globals: PyDictBase;
  declare readonly builtins: PyDictBase;
  /** Fast locals, cells, free variables. */
  declare locals: (Value | undefined)[];
  /** Namespace of a class body or module (LOAD_NAME and family); undefined in functions. */
  declare ns: Value | undefined;
  /** The instruction that runs, or that made the call this frame waits for. */
  declare pc: number;
  declare base: number;
  declare top: number;
  declare sp: number;
  declare back: Frame | undefined;
  declare deliver: number;
  /** The run loop returns to its caller when this frame ends. */
  declare entry: boolean;
  declare gen: PyGenerator | undefined;
  /** Operands of a suspended generator. */
  declare saved: (Value | undefined)[] | undefined;
  declare native: NativeState | undefined;
  /** Tracing state and extra locals of the Python frame object, made when used. */
  declare extra: FrameExtra | undefined;
  /** The frame has ended (its locals stay for tracebacks). */
  declare done: boolean;

  // Plain assignments: class fields would be defined one by one, which is slow where it counts.
  constructor(
    prep: Prep,
    func: PyFunction | undefined,
    globals: PyDictBase,
    builtins: PyDictBase,
    locals: (Value | undefined)[],
    ns: Value | undefined,
    back: Frame | undefined,
  ) {
    super(frameType);
    this.prep = prep;
    this.func = func;
    this.globals = globals;
    this.builtins = builtins;
    this.locals = locals;
    this.ns = ns;
    this.pc = 0;
    const base = back === undefined ? 0 : back.top;
    this.base = base;
    this.top = base + prep.stacksize;
    this.sp = base;
    this.back = back;
    this.deliver = D_PUSH;
    this.entry = false;
    this.gen = undefined;
    this.saved = undefined;
    this.native = undefined;
    this.extra = undefined;
    this.done = false;
  }
}

/** What only frames that Python looks at have. */
export interface FrameExtra {
  /** With events on: the instruction before, and the array that runs one instruction by itself. */
  prev?: number;
  solo?: Uint8Array;
  soloAt?: number;
  trace?: Value;
  traceLines?: boolean;
  traceOpcodes?: boolean;
  /** Names that are no locals, set through f_locals. */
  extraLocals?: PyDictBase;
}

export type { KwNames };
