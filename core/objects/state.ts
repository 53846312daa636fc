// CPython 3.14: Include/cpython/pystate.h, Include/internal/pycore_interp_structs.h
//
// The running thread and what hangs off it. `cur` is the only mutable module state of gopy: it is
// swapped when the host enters an Interpreter, leaves it, or awaits. Everything else is reached
// through it: `cur.interp` (sys.modules, caches, registries) and `cur.vm` (calls into Python).

import type { PyCode } from "../code/code.ts";
import type { KwNames, PyBaseException, PyDictBase, PyModule, PyObject, PyType, Value } from "./object.ts";

/** What core knows of a frame that runs. */
export interface FrameLike {
  readonly globals: PyDictBase;
  readonly builtins: PyDictBase;
  /** The calling frame, or undefined. */
  readonly back: FrameLike | undefined;
}

/**
 * A call that a frame-pushing native (M_PUSH) wants made: the run loop pushes the callee's frame
 * instead of recursing. When the call ends, `state.resume` gets its result (or `state.raised` its
 * exception) and returns the native's own result or a further request. Without a state the
 * callee's result is the native's.
 */
export class CallRequest {
  f: Value;
  args: Value[];
  kwnames: KwNames | undefined;
  state: NativeState | undefined;
  constructor(f: Value, args: Value[], kwnames?: KwNames, state?: NativeState) {
    this.f = f;
    this.args = args;
    this.kwnames = kwnames;
    this.state = state;
  }
}

/** Where a frame-pushing native goes on when the call it asked for has ended. */
export abstract class NativeState {
  abstract resume(result: Value): Value | CallRequest;
  /** The call raised `exc`; the default lets it through. */
  raised(exc: PyBaseException): Value | CallRequest {
    throw exc;
  }
}

/** The services of the VM that the object model calls; implemented in vm/. */
export interface Vm {
  /** Runs a Python function to its end (nested). */
  callFunction(f: Value, args: Value[], kwnames: KwNames | undefined): Value;
  /** Makes the calls a frame-pushing native asks for, nested, until it has a result. */
  runRequest(r: CallRequest): Value;
  /** Resumes a generator-like object: yields a value, or returns undefined with `cur.genResult` set. */
  genSend(gen: PyObject, value: Value | undefined): Value | undefined;
  genThrow(gen: PyObject, exc: PyBaseException): Value | undefined;
  /** Polls the breaker (signals, limits, pauses). */
  poll(): void;
  /** Refuses an allocation of so many bytes where a memory limit says so. */
  claim(bytes: number): void;
  /** The current frame as a Python object, `depth` Python frames up; undefined past the bottom. */
  frameObject(depth: number): PyObject | undefined;
  /** The exception being handled (sys.exception()), or null. */
  handledException(): PyBaseException | null;
}

/** All state that Interpreters do not share. vm/interpreter.ts makes it. */
export interface InterpState {
  readonly vm: Vm;
  /** sys.modules. */
  modules: PyDictBase;
  builtins: PyModule;
  sys: PyModule;
  /** Two 64-bit keys of SipHash as four 32-bit limbs (k0 low, k0 high, k1 low, k1 high). */
  readonly hashKey: Int32Array;
  /** Subclasses of shared builtin types (heap types keep their own set). */
  readonly builtinSubclasses: Map<PyType, Set<WeakRef<PyType>>>;
  /** Weak references to shared builtin types and functions. */
  readonly sharedWeakrefs: Map<PyObject, PyObject[]>;
  nextId: number;
  /** sys.set_int_max_str_digits (0: no limit). */
  intMaxStrDigits: number;
  /** Code objects get location tables without columns. */
  noColumns: boolean;
  /** Per-Interpreter private state of any module, by a key of its own. */
  readonly store: Map<unknown, unknown>;
  /** -b: 1 warns where bytes are taken for text. */
  readonly bytesWarning: number;
  /** Issues a warning (PyErr_WarnEx); may raise. */
  warn(category: PyType, message: string, stacklevel: number): void;
  /** Reports an exception that can't be raised (sys.unraisablehook). */
  unraisable(exc: PyBaseException, where: string, obj: Value | undefined): void;
  /** A code object's bytecode with what its sites have been specialised to (`_co_code_adaptive`). */
  adaptiveCode(code: PyCode): Uint8Array;
  /** imports a module by full name and returns it. */
  importModule(name: string): Value;
}

/** One thread of Python code. */
export class ThreadState {
  readonly interp: InterpState;
  readonly vm: Vm;
  /** High 32 bits (signed) of the hash that a `tp_hash` slot has just returned the low ones of. */
  hashHi = 0;
  /** Return value of a generator that has just finished (genSend returned undefined). */
  genResult: Value | undefined = undefined;
  /** The innermost Python frame (a vm Frame). */
  frame: FrameLike | undefined = undefined;
  /** Python frames in use, against `recursionLimit`. */
  depth = 0;
  recursionLimit = 1000;
  /** Weight of native re-entries on the JS stack, in bytes (estimated). */
  nativeDepth = 0;
  /** Work done since the last poll inside natives, see `tick`. */
  work = 0;
  /** The current contextvars.Context; made on first use. */
  context: PyObject | undefined = undefined;
  /** Objects whose repr is being made (Py_ReprEnter). */
  readonly reprStack: Value[] = [];
  constructor(interp: InterpState) {
    this.interp = interp;
    this.vm = interp.vm;
  }
  /** Counts work inside a native loop over guest-sized data, and polls now and then. */
  tick(work: number): void {
    if ((this.work += work) > 10_000) {
      this.work = 0;
      this.vm.poll();
    }
  }
}

/** The running thread. */
export let cur: ThreadState = undefined as unknown as ThreadState;
/** Says that a native is about to take so many bytes at once; where a limit says no, it throws. */
export function claim(bytes: number): void {
  if (bytes > 1_000_000 && cur !== undefined) cur.vm.claim(bytes);
}
/** Makes `ts` the running thread and returns the one before. */
export function setCur(ts: ThreadState): ThreadState {
  const old = cur;
  cur = ts;
  return old;
}

/** State of one module in this Interpreter, made by `make` on first use. */
export function interpStore<T>(key: unknown, make: () => T): T {
  const store = cur.interp.store;
  let s = store.get(key) as T | undefined;
  if (s === undefined) store.set(key, s = make());
  return s;
}
