// gopy's own: the embedding API.
//
// One Interpreter is one Python: its own modules, types' registries, streams, rights and limits.
// Making one runs no Python; the first run does. The promise forms pause the guest now and then, so
// that the host's event loop turns (timers, other Interpreters), and while the guest waits for a
// promise of the host's; the forms with `Sync` run to the end without a pause.
//
// `#begin` and `#end` bracket each run: limits are set, and whatever ended it becomes a value or one
// of the two typed errors. Host code that is called by a guest, and calls back, is inside that run.

import { None, PyBaseException, type PyModule, PyTuple, type Value } from "../core/objects/object.ts";
import { call, getAttr } from "../core/objects/abstract.ts";
import { nameValue } from "../core/objects/names.ts";
import { newError } from "../core/objects/errors.ts";
import { KeyError } from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import type { CallRequest } from "../core/objects/state.ts";
import type { PyCode } from "../core/code/code.ts";
import { shareCode } from "../core/objects/code_consts.ts";
import { compileSource } from "../vm/compile_source.ts";
import { boot } from "../vm/import/boot.ts";
import type { Interp } from "../vm/interpreter.ts";
import { MemoryLimit } from "../vm/memory.ts";
import { Interrupt } from "../vm/interp/thread.ts";
import { Task, waitFor } from "../vm/interp/task.ts";
import { asException } from "../vm/interp/unwind.ts";
import { packedLibrary } from "./archive.ts";
import { prepare } from "./prepared.ts";
import { addHostModule, type HostModules, hostSpec } from "./host_module.ts";
import {
  builtin,
  type CompileOptions,
  type HostModule,
  type InterpreterOptions,
  type Limits,
  type RunOptions,
} from "./interpreter_options.ts";
import { launch } from "./launch.ts";
import { Namespace } from "./namespace.ts";
import { LimitError, pythonError } from "./python_error.ts";
import { type Border, thrownIn, toGuest, toHost } from "./values.ts";

/** Compiled Python. It belongs to no Interpreter: any one can run it, any number of times. */
export class CompiledCode {
  /** `"exec"` or `"eval"`. */
  readonly mode: "exec" | "eval";
  readonly #code: PyCode;
  /** @ignore Made by `Interpreter.compile`. */
  constructor(code: PyCode, mode: "exec" | "eval") {
    this.#code = code;
    this.mode = mode;
  }
  /** @ignore */
  static unwrap(c: CompiledCode): PyCode {
    return c.#code;
  }
}

/** How long a run goes on before the host's event loop turns, in ms. */
const BREATH = 12;

/**
 * A Python.
 *
 * @example
 * ```ts
 * import { Interpreter } from "@gopy/cli";
 *
 * const py = new Interpreter();
 * const n = await py.eval("sum(i * i for i in range(10))");
 * console.log(n); // 285
 * ```
 */
export class Interpreter {
  #interp: Interp | undefined;
  #border: Border | undefined;
  readonly #options: InterpreterOptions;
  readonly #modules: HostModules = new Map();
  readonly #stopCell: Int32Array = new Int32Array(new SharedArrayBuffer(4));
  #written = 0;
  #outputLimit: number | undefined;
  #running = false;
  /** The run that goes on in promise form, and those that wait for it. */
  #queue: Promise<unknown> = Promise.resolve();
  /** Resolves when the promise that the guest waits for is settled. */
  #waiting: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #breathed = 0;

  /** Makes an Interpreter; no Python runs yet. */
  constructor(options: InterpreterOptions = {}) {
    this.#options = options;
    for (const [name, m] of Object.entries(options.modules ?? {})) addHostModule(this.#modules, name, m);
  }

  // ---- set-up -------------------------------------------------------------------------------

  #sink(to: ((text: string) => void) | undefined): (bytes: Uint8Array) => void {
    const decoder = new TextDecoder();
    return (bytes) => {
      this.#written += bytes.length;
      const most = this.#outputLimit, i = this.#interp!;
      if (most !== undefined && this.#written > most) {
        i.interrupt ??= new Interrupt("output", `output limit of ${most} bytes exceeded`);
        i.main.fuel = 0;
      } else to?.(decoder.decode(bytes, { stream: true }));
    };
  }

  #get(): Interp {
    if (this.#interp !== undefined) return this.#interp;
    const library = packedLibrary();
    if (library === undefined) throw new Error("the standard library is not loaded: await prepare() first");
    const o = this.#options;
    const i: Interp = launch({
      host: {
        permissions: o.permissions ?? {},
        stdin: source(o.stdin),
        stdout: this.#sink(o.stdout),
        stderr: this.#sink(o.stderr),
        // who may not be asked who the user is has no home
        env: o.permissions?.sys || o.permissions?.env ? {} : { HOME: "/" },
      },
      config: { argv: o.argv ?? [""], hashSeed: o.hashSeed, noSite: true },
      library,
      natives: (name) => hostSpec(this.#modules, name, () => this.#border!),
    });
    this.#interp = i;
    this.#announce(i);
    this.#border = {
      interp: i,
      inside: (body) => this.#inside(body),
      errorOut: (e) => pythonError(i, e),
      wait: (what, promise) => this.#wait(what, promise),
    };
    if (o.limits?.recursion !== undefined) i.main.recursionLimit = i.recursionCap = o.limits.recursion;
    return i;
  }

  /** importlib asks sys.builtin_module_names whether there is a C module of a name. */
  #announce(i: Interp): void {
    if (this.#modules.size === 0) return;
    const names = new Set([...i.options.nativeNames, ...this.#modules.keys()]);
    i.sys.dict.setStr("builtin_module_names", new PyTuple([...names].sort()));
  }

  /** Runs the start-up code, which no limit cuts off. */
  #boot(i: Interp): void {
    if (i.booted) return;
    i.enter(() => {
      try {
        boot(i);
        const own = this.#builtins(i);
        if (own !== undefined) this.#main(i).setStr("__builtins__", own);
      } catch (e) {
        throw this.#typed(i, e);
      }
    });
  }
  #main(i: Interp): PyDict {
    return (i.modules.getStr("__main__") as PyModule).dict as PyDict;
  }
  #ownBuiltins: PyDict | undefined;
  /** The curated builtins; undefined where the guest has all. */
  #builtins(i: Interp): PyDict | undefined {
    const given = this.#options.builtins;
    if (given === undefined || this.#ownBuiltins !== undefined) return this.#ownBuiltins;
    const own = this.#ownBuiltins = new PyDict();
    const entries = Array.isArray(given) ? given.map((n) => [n, builtin] as const) : Object.entries(given);
    for (const [name, value] of entries) {
      const v = value === builtin ? i.builtins.dict.getStr(name) : toGuest(value, this.#border!);
      if (v === undefined) throw new TypeError(`Python has no builtin named '${name}'`);
      own.setStr(name, v);
    }
    return own;
  }

  // ---- runs ---------------------------------------------------------------------------------

  #begin(i: Interp, limits: Omit<Limits, "recursion"> | undefined, pauses: boolean): void {
    const l = { ...this.#options.limits, ...limits };
    this.#written = 0;
    this.#outputLimit = l.outputBytes;
    this.#running = true;
    i.interrupt = undefined;
    i.timeLimitMs = l.timeMs ?? 0;
    i.deadline = l.timeMs === undefined ? Infinity : performance.now() + l.timeMs;
    i.memory = l.memoryBytes === undefined || i.host.memory === undefined
      ? undefined
      : new MemoryLimit(i.host.memory, l.memoryBytes);
    Atomics.store(this.#stopCell, 0, 0);
    this.#breathed = performance.now();
    i.breather = () => {
      if (Atomics.load(this.#stopCell, 0) !== 0) i.interrupt ??= new Interrupt("stop", "stopped by the host");
      return pauses && performance.now() - this.#breathed > BREATH;
    };
  }
  #end(i: Interp): void {
    i.deadline = Infinity;
    i.memory = undefined;
    i.breather = undefined;
    this.#running = false;
  }

  /** The typed error for what a run was ended by; the Interpreter can be used again. */
  #typed(i: Interp, e: unknown): unknown {
    if (e instanceof Interrupt) {
      i.reset();
      flushAfterLimit(i);
      return new LimitError(e.kind, e.message);
    }
    if (e instanceof LimitError || e instanceof TypeError && !(e instanceof PyBaseException)) return e;
    const x = asException(e);
    const p = pythonError(i, x);
    try {
      flush(i);
    } catch (e2) {
      if (e2 instanceof Interrupt) return this.#typed(i, e2);
      if (!(e2 instanceof PyBaseException)) throw e2;
    }
    return p;
  }

  /** Runs `body` to its end as a run of its own. */
  #whole<T>(body: (i: Interp, border: Border) => T, options: RunOptions = {}): T {
    const i = this.#get();
    if (this.#running) {
      throw new Error("the Interpreter is running: a form without Sync waits for its turn");
    }
    this.#boot(i);
    this.#begin(i, options.limits, false);
    try {
      return i.enter(() => {
        try {
          const r = body(i, this.#border!);
          flush(i);
          if (i.interrupt !== undefined) throw i.interrupt;
          return r;
        } catch (e) {
          throw this.#typed(i, e);
        }
      });
    } finally {
      this.#end(i);
    }
  }

  /** Enters the Interpreter for the host: inside the run that goes on, or as a run of its own. */
  #inside<T>(body: () => T): T {
    if (!this.#running) return this.#whole(body);
    const i = this.#get();
    return i.enter(() => {
      try {
        return body();
      } catch (e) {
        if (e instanceof Interrupt) throw new LimitError(e.kind, e.message);
        if (e instanceof PyBaseException) throw pythonError(i, e);
        throw e;
      }
    });
  }

  /** Runs a task in turn with others of this Interpreter, pausing; `result` makes the value. */
  #paused<T>(
    make: (i: Interp, border: Border) => Task,
    result: (v: Value, border: Border) => T,
    options: RunOptions = {},
  ): Promise<T> {
    const turn = this.#queue.then(() => this.#drive(make, result, options));
    this.#queue = turn.catch(() => {});
    return turn;
  }
  async #drive<T>(
    make: (i: Interp, border: Border) => Task,
    result: (v: Value, border: Border) => T,
    options: RunOptions,
  ): Promise<T> {
    await prepare();
    const i = this.#get(), border = this.#border!, { signal } = options;
    if (signal?.aborted) throw new LimitError("stop", "stopped by the host");
    this.#boot(i);
    const before = i.main.frame;
    const stop = () => this.stop();
    this.#begin(i, options.limits, true);
    signal?.addEventListener("abort", stop);
    try {
      let task: Task | undefined;
      for (;;) {
        const [done, value] = i.enter((): [boolean, T | undefined] => {
          try {
            task ??= make(i, border);
            const v = task.step();
            if (v === undefined) return [false, undefined];
            flush(i);
            if (i.interrupt !== undefined) throw i.interrupt;
            return [true, result(v, border)];
          } catch (e) {
            throw this.#typed(i, e);
          }
        });
        if (done) return value as T;
        // what the host calls meanwhile runs on top of the paused frames
        i.main.frame = task!.frame;
        await this.#pause(i);
      }
    } finally {
      i.main.frame = before;
      signal?.removeEventListener("abort", stop);
      this.#end(i);
    }
  }
  /** Lets the event loop turn; while the guest waits, until there is something to go on with. */
  async #pause(i: Interp): Promise<void> {
    const waiting = this.#waiting;
    if (waiting === undefined) await new Promise((turned) => setImmediate(turned));
    else {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const woken = new Promise<void>((wake) => {
        this.#wake = wake;
        const left = i.deadline - performance.now();
        if (left < 2 ** 31) timer = setTimeout(wake, Math.max(0, left) + 1);
      });
      await Promise.race([waiting, woken]);
      clearTimeout(timer);
      this.#wake = undefined;
    }
    this.#breathed = performance.now();
  }
  #wait(what: string, promise: Promise<unknown>): CallRequest {
    const border = this.#border!;
    let state: "pending" | "kept" | "broken" = "pending", outcome: unknown;
    const waiting = promise.then(
      (v) => [state, outcome] = ["kept", v],
      (e) => [state, outcome] = ["broken", e],
    ).then(() => {
      if (this.#waiting === waiting) this.#waiting = undefined;
    });
    this.#waiting = waiting;
    return waitFor(what, () => state === "pending", () => {
      if (state === "broken") throw thrownIn(outcome, border);
      return toGuest(outcome, border);
    });
  }

  // ---- the surface --------------------------------------------------------------------------

  #globals(i: Interp, border: Border, o: RunOptions): PyDict {
    const d = o.namespace === undefined ? this.#main(i) : Namespace.dictOf(o.namespace, border);
    for (const [k, v] of Object.entries(o.globals ?? {})) d.setStr(k, toGuest(v, border));
    return d;
  }
  #code(source: string | CompiledCode, mode: "exec" | "eval", o: RunOptions | CompileOptions): PyCode {
    if (source instanceof CompiledCode) {
      if (source.mode !== mode) throw new TypeError(`code compiled for "${source.mode}" is not for "${mode}"`);
      return CompiledCode.unwrap(source);
    }
    const text = mode === "eval" ? source.replace(/^[ \t]+/, "") : source;
    return compileSource(text, { mode, filename: nameValue(o.filename ?? "<string>") });
  }
  #codeTask(i: Interp, border: Border, source: string | CompiledCode, mode: "exec" | "eval", o: RunOptions): Task {
    const globals = this.#globals(i, border, o);
    return Task.ofCode(this.#code(source, mode, o), globals);
  }
  #target(i: Interp, name: string): Value {
    const [first, ...rest] = name.split(".");
    let f = this.#main(i).getStr(first) ?? (this.#builtins(i) ?? i.builtins.dict).getStr(first);
    if (f === undefined) throw newError(KeyError, first);
    for (const n of rest) f = getAttr(f, n);
    return f;
  }

  /**
   * Runs a program (statements).
   *
   * @throws {PythonError} for an exception nobody caught
   * @throws {LimitError} when a limit is passed
   */
  runSync(source: string | CompiledCode, options: RunOptions = {}): void {
    this.#whole((i, b) => {
      const globals = this.#globals(i, b, options);
      i.runCode(this.#code(source, "exec", options), globals);
    }, options);
  }
  /** As runSync, as a promise. The guest can wait for promises of host functions. */
  run(source: string | CompiledCode, options: RunOptions = {}): Promise<void> {
    return this.#paused((i, b) => this.#codeTask(i, b, source, "exec", options), () => {}, options);
  }

  /**
   * The value of an expression, as a JavaScript value.
   *
   * @throws {PythonError} for an exception nobody caught
   * @throws {LimitError} when a limit is passed
   */
  evalSync(expression: string | CompiledCode, options: RunOptions = {}): unknown {
    return this.#whole((i, b) => {
      const globals = this.#globals(i, b, options);
      return toHost(i.runCode(this.#code(expression, "eval", options), globals), b);
    }, options);
  }
  /** As evalSync, as a promise. */
  eval(expression: string | CompiledCode, options: RunOptions = {}): Promise<unknown> {
    return this.#paused((i, b) => this.#codeTask(i, b, expression, "eval", options), toHost, options);
  }

  /**
   * Calls a global of `__main__`, or a builtin, by name, or by a dotted path from one.
   *
   * @throws {PythonError} for an exception nobody caught
   * @throws {LimitError} when a limit is passed
   */
  callSync(name: string, ...args: unknown[]): unknown {
    return this.#whole((i, b) => toHost(call(this.#target(i, name), args.map((a) => toGuest(a, b))), b));
  }
  /** As callSync, as a promise. */
  call(name: string, ...args: unknown[]): Promise<unknown> {
    return this.#paused((i, b) => Task.ofCall(this.#target(i, name), args.map((a) => toGuest(a, b))), toHost);
  }

  /**
   * Compiles source text once, to run it many times.
   *
   * @throws {PythonError} for a SyntaxError
   */
  compileSync(source: string, options: CompileOptions = {}): CompiledCode {
    const mode = options.mode ?? "exec";
    return this.#whole(() => new CompiledCode(shareCode(this.#code(source, mode, options)), mode));
  }
  /** As compileSync, as a promise. */
  async compile(source: string, options: CompileOptions = {}): Promise<CompiledCode> {
    await prepare();
    await this.#queue;
    return this.compileSync(source, options);
  }

  /** A new namespace, apart from `__main__`, with these names in it. */
  namespace(names: Record<string, unknown> = {}): Namespace {
    const i = this.#get();
    this.#boot(i);
    return i.enter(() => {
      const d = new PyDict(), border = this.#border!;
      d.setStr("__name__", "__main__");
      d.setStr("__builtins__", this.#builtins(i) ?? i.builtins);
      for (const [k, v] of Object.entries(names)) d.setStr(k, toGuest(v, border));
      return new Namespace(() => d, border);
    });
  }
  /** The namespace of `__main__`. */
  get globals(): Namespace {
    const i = this.#get();
    this.#boot(i);
    return new Namespace(() => this.#main(i), this.#border!);
  }
  /** Sets a global of `__main__`. */
  set(name: string, value: unknown): void {
    this.globals.set(name, value);
  }
  /** A global of `__main__`; undefined when there is none. */
  get(name: string): unknown {
    return this.globals.get(name);
  }

  /**
   * Makes a module that the guest of this Interpreter can import. A dotted name makes packages of
   * the names before it. A module that was imported already stays as it is for those who have it;
   * the next import gets the new one.
   */
  registerModule(name: string, module: HostModule): void {
    addHostModule(this.#modules, name, module);
    const i = this.#interp;
    if (i === undefined) return;
    i.enter(() => {
      i.modules.deleteStr(name);
      this.#announce(i);
    });
  }

  /**
   * Stops the guest at its next poll: the run ends with a LimitError of kind "stop". For timers and
   * host functions; a worker stops it through {@linkcode stopFlag}.
   */
  stop(reason = "stopped by the host"): void {
    const i = this.#interp;
    if (i === undefined || !this.#running) return;
    i.interrupt = new Interrupt("stop", reason);
    i.main.fuel = 0;
    this.#wake?.();
  }
  /**
   * Shared memory of 4 bytes that another thread can stop the run with:
   * `Atomics.store(new Int32Array(flag), 0, 1)`. Each run clears it when it begins.
   */
  get stopFlag(): SharedArrayBuffer {
    return this.#stopCell.buffer as SharedArrayBuffer;
  }
}

/** Standard input as the host reads it. */
function source(from: InterpreterOptions["stdin"]): "null" | ((into: Uint8Array) => number) {
  if (from === undefined) return "null";
  let left: Uint8Array = new Uint8Array(0), ended = false;
  const bytes = (p: string | Uint8Array) => typeof p === "string" ? new TextEncoder().encode(p) : p;
  if (typeof from !== "function") left = bytes(from);
  return (into) => {
    while (left.length === 0 && !ended && typeof from === "function") {
      const next = from();
      if (next === null) ended = true;
      else left = bytes(next);
    }
    const n = Math.min(left.length, into.length);
    into.set(left.subarray(0, n));
    left = left.subarray(n);
    return n;
  };
}

function flush(i: Interp): void {
  for (const n of ["stdout", "stderr"]) {
    const f = i.sys.dict.getStr(n);
    if (f !== undefined && f !== None) call(getAttr(f, "flush"), []);
  }
}
/** As flush after a limit: what was written before it comes out, but no guest code runs long. */
function flushAfterLimit(i: Interp): void {
  i.deadline = performance.now() + 20;
  try {
    flush(i);
  } catch (e) {
    if (e instanceof Interrupt) i.reset();
    else if (!(e instanceof PyBaseException)) throw e;
  } finally {
    i.deadline = Infinity;
    i.interrupt = undefined;
  }
}
