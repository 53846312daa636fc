// CPython 3.14: Python/pystate.c, Python/pylifecycle.c
//
// One Interpreter: all mutable state hangs off it. Making one runs no Python; `boot` (import/boot.ts)
// runs the start-up code before the first program.

import { adaptiveCode } from "./interp/adaptive.ts";
import {
  None,
  PyBaseException,
  type PyDictBase,
  PyInstance,
  PyModule,
  type PyObject,
  type PyType,
  type Value,
} from "../core/objects/object.ts";
import { type CallRequest, cur, type InterpState, setCur, type Vm } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import "../core/objects/all.ts";
import "./interp/generator_types.ts";
import "./interp/async_gen.ts";
import "./interp/frame_type.ts";
import "./interp/traceback_type.ts";
import { readyTypes } from "../core/objects/type_ready.ts";
import { PyFunction } from "../core/objects/function.ts";
import { moduleFromSpec } from "../core/objects/module.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import type { PyCode } from "../core/code/code.ts";
import { hashKeyFromSeed } from "../core/objects/siphash.ts";
import { setSuperContext } from "../core/objects/super.ts";
import { type Config, defaultConfig } from "./config.ts";
import type { Host } from "./host.ts";
import { LIB_ROOT, type Library } from "./import/archive.ts";
import type { MarshalHost } from "../core/code/marshal.ts";
import { undefs } from "./interp/arrays.ts";
import { prepare } from "./interp/calls.ts";
import { Frame } from "./interp/frame.ts";
import type { Prep } from "./interp/prepare.ts";
import type { Monitors } from "./monitoring/monitors.ts";
import { localIndex, localValue } from "./interp/frame_locals.ts";
import { nestedRequest, nestedRun } from "./interp/nested.ts";
import { callPython } from "./interp/run.ts";
import { finish, genRaise, genSend } from "./interp/gen_ops.ts";
import { genericLookup } from "../core/objects/attr.ts";
import type { MemoryLimit } from "./memory.ts";
import type { Scheduler } from "./threads/scheduler.ts";
import type { PyGenerator } from "./interp/generator.ts";
import { collectGarbage, collectNow } from "./lifetime.ts";
import { Life } from "./lifetime/life.ts";
import { parseStress, POLLS } from "./stress.ts";
import { importModule } from "./interp/import_ops.ts";
import { ExcItem, FUEL, Interrupt, VmThread } from "./interp/thread.ts";

export { type Config, defaultConfig };

/** What an Interpreter is made from. */
export interface InterpOptions {
  host: Host;
  config?: Partial<Config>;
  /** C modules by name. */
  natives: (name: string) => ModuleSpec | undefined;
  /** Names of all C modules, for sys.builtin_module_names. */
  nativeNames: readonly string[];
  /** The packed standard library; undefined where only files are used. */
  library?: Library;
  /** How marshal makes objects. */
  marshal: MarshalHost;
}

class VmOf implements Vm {
  // no method: each JavaScript frame counts
  readonly callFunction: Vm["callFunction"] = callPython;
  runRequest(r: CallRequest): Value {
    return nestedRequest(cur as VmThread, r);
  }
  genSend(gen: PyObject, value: Value | undefined): Value | undefined {
    return genSend(cur as VmThread, gen as PyGenerator, value ?? None);
  }
  genThrow(gen: PyObject, exc: PyBaseException): Value | undefined {
    return genRaise(cur as VmThread, gen as PyGenerator, exc);
  }
  poll(): void {
    (cur.interp as Interp).poll();
  }
  claim(bytes: number): void {
    (cur.interp as Interp).checkMemory(bytes);
  }
  frameObject(depth: number): PyObject | undefined {
    let f = visible((cur as VmThread).frame);
    while (f !== undefined && depth-- > 0) f = visible(f.back);
    return f;
  }
  handledException(): PyBaseException | null {
    const e = (cur as VmThread).handled();
    return e === None ? null : e as PyBaseException;
  }
}

/** The nearest frame from `f` outwards that is Python code (not a waiting native). */
export function visible(f: Frame | undefined): Frame | undefined {
  while (f !== undefined && f.func === undefined && f.prep.code.co_filename === "<native>") f = f.back;
  return f;
}

let ready = false;

/** One Interpreter. */
export class Interp implements InterpState {
  readonly vm: Vm = new VmOf();
  modules: PyDictBase = undefined as unknown as PyDictBase;
  builtins: PyModule = undefined as unknown as PyModule;
  sys: PyModule = undefined as unknown as PyModule;
  readonly hashKey: Int32Array;
  readonly builtinSubclasses: Map<PyType, Set<WeakRef<PyType>>> = new Map();
  readonly sharedWeakrefs: Map<PyObject, PyObject[]> = new Map();
  nextId = 1;
  intMaxStrDigits: number;
  noColumns: boolean;
  readonly store: Map<unknown, unknown> = new Map();
  /** Reads a line with editing, once there is an editor (the readline module): undefined at the end, null where there is no terminal. */
  readLine: ((prompt: string) => string | undefined | null) | undefined;
  readonly host: Host;
  readonly config: Config;
  readonly options: InterpOptions;
  readonly main: VmThread;
  /** The start-up code has run. */
  booted = false;
  /** Wall-clock end of a time limit, in ms of performance.now(); Infinity without one. */
  deadline = Infinity;
  timeLimitMs = 0;
  /** A stop request, or a limit that was passed: thrown at the next poll. */
  interrupt: Interrupt | undefined = undefined;
  /** Asked at each poll whether the run shall pause (see interp/task.ts); set where it can. */
  breather: (() => boolean) | undefined = undefined;
  /** Threads, once one was started. */
  scheduler: Scheduler | undefined = undefined;
  /** The highest recursion limit that the guest may set. */
  recursionCap = Infinity;
  /** The memory limit, where there is one. */
  memory: MemoryLimit | undefined = undefined;
  /** Looks at the guest's timers (signal.setitimer); set while one runs. */
  timerCheck: (() => void) | undefined = undefined;
  /** Back edges and calls from one poll to the next; 0 under `-X stress=unwind`: the run loop then
   * leaves and re-enters its frames at every one of them. */
  readonly refill: number;
  /** Under `-X stress=gc:N`: polls between two collections, and polls so far. */
  private readonly stressGc: number;
  private polls = 0;
  /** Events of sys.monitoring; undefined until something asks for one. */
  monitors: Monitors | undefined = undefined;
  /** What ends objects at the moment that the last reference goes. */
  life: Life = undefined as unknown as Life;
  /** All prepared code, for events to be turned on in. */
  readonly prepared: WeakRef<Prep>[] = [];
  /** Functions to call at the next poll (signals, pending calls). */
  readonly pending: (() => void)[] = [];

  constructor(options: InterpOptions) {
    if (!ready) {
      ready = true;
      readyTypes();
      setSuperContext(superContext);
    }
    this.options = options;
    this.host = options.host;
    this.config = { ...defaultConfig(), ...options.config };
    this.intMaxStrDigits = this.config.intMaxStrDigits;
    this.noColumns = this.config.noDebugRanges;
    const stress = parseStress(this.config.xOptions.stress as string | true | undefined);
    if (typeof stress === "string") throw new RangeError(stress);
    this.refill = stress.unwind ? 0 : stress.gc > 0 ? POLLS : FUEL;
    this.stressGc = stress.gc;
    const seed = this.config.hashSeed;
    if (seed === undefined) {
      this.hashKey = new Int32Array(4);
      this.host.random(new Uint8Array(this.hashKey.buffer));
    } else this.hashKey = hashKeyFromSeed(seed);
    this.main = new VmThread(this);
    this.enter(() => this.life = new Life(this));
    this.main.fuel = this.refill;
    this.enter(() => this.makeCore());
  }

  /** Runs `body` with this Interpreter's main thread as the running one. */
  enter<T>(body: () => T): T {
    const old = setCur(this.main);
    const frame = this.main.frame;
    try {
      return body();
    } finally {
      this.main.frame = frame;
      setCur(old);
    }
  }

  private makeCore(): void {
    this.modules = new PyDict();
    this.builtins = this.makeNative("builtins")!;
    this.sys = this.makeNative("sys")!;
    this.modules.setStr("sys", this.sys);
    this.modules.setStr("builtins", this.builtins);
    for (const n of ["__import__", "all", "any"]) this.store.set(n, this.builtins.dict.getStr(n));
  }

  /** Does the standard library come from the archive? */
  get usesArchive(): boolean {
    return this.config.stdlibDir === LIB_ROOT;
  }

  /** Makes a C module and runs its `exec`; undefined when there is none of that name. */
  makeNative(name: string): PyModule | undefined {
    const m = this.createNative(name);
    if (m !== undefined) this.execNative(m);
    return m;
  }

  /** Makes a C module; `execNative` must follow. */
  createNative(name: string): PyModule | undefined {
    const spec = this.options.natives(name);
    if (spec === undefined) return undefined;
    const m = moduleFromSpec(spec);
    if (spec.exec !== undefined) this.unexecuted.set(m, spec);
    return m;
  }
  private readonly unexecuted: WeakMap<PyModule, ModuleSpec> = new WeakMap();
  /** Finishes a module that createNative made; does nothing the second time. */
  execNative(m: PyModule): void {
    const spec = this.unexecuted.get(m);
    if (spec === undefined) return;
    this.unexecuted.delete(m);
    spec.exec!(m);
  }

  /** Runs code in a namespace, as exec does; the result is what the code returns. */
  runCode(code: PyCode, globals: PyDictBase, locals: Value = globals): Value {
    const ts = cur as VmThread;
    const builtins = builtinsFor(globals, this);
    const fn = new PyFunction(code, globals, builtins);
    const p = prepare(code);
    const f = new Frame(p, fn, globals, builtins, undefs(p.nlocals), locals, ts.frame);
    ts.depth++;
    f.entry = true;
    return nestedRun(ts, f);
  }

  /** Breaker: limits, stop requests, pending calls. */
  poll(): void {
    const ts = cur as VmThread;
    ts.fuel = this.refill;
    if (this.interrupt !== undefined) throw this.interrupt;
    if (this.deadline !== Infinity && performance.now() > this.deadline) {
      throw this.interrupt = new Interrupt("time", `time limit of ${this.timeLimitMs} ms exceeded`);
    }
    if (this.breather !== undefined && this.breather()) ts.pause = true;
    if (this.memory !== undefined) this.checkMemory(0);
    if (ts.guest !== undefined) return;
    this.host.signals.check?.();
    if (this.timerCheck !== undefined) this.timerCheck();
    while (this.pending.length > 0) this.pending.shift()!();
    if (this.booted && this.life.newcomers > 0) collectNow(this.life);
    if (this.stressGc > 0 && ++this.polls % this.stressGc === 0 && this.booted) collectGarbage();
  }

  /** Looks at the memory limit. */
  checkMemory(wanted: number): void {
    const passed = this.memory?.check(wanted);
    if (passed !== undefined) throw this.interrupt = passed;
  }

  /** After an Interrupt: frames are dropped, so that the Interpreter can be used again. */
  reset(): void {
    const ts = this.main;
    for (let f = ts.frame; f !== undefined; f = f.back) {
      if (f.gen !== undefined) finish(ts, f.gen);
      f.done = true;
    }
    this.scheduler?.dropAll();
    ts.frame = undefined;
    ts.task = undefined;
    ts.pause = false;
    ts.depth = 0;
    ts.nativeDepth = 0;
    ts.exc = new ExcItem(undefined);
    ts.reprStack.length = 0;
    this.interrupt = undefined;
    this.dropUnfinishedModules();
  }
  /** Modules whose import was cut off are forgotten, so that they can be imported again. */
  private dropUnfinishedModules(): void {
    if (!(this.modules instanceof PyDict)) return;
    for (const [name, m] of [...this.modules.entries()]) {
      if (!(m instanceof PyModule)) continue;
      const spec = m.dict.getStr("__spec__");
      const initializing = spec instanceof PyInstance ? genericLookup(spec, "_initializing") : undefined;
      if (initializing === true && typeof name === "string") this.modules.deleteStr(name);
    }
  }
  /** The next poll comes as soon as it can, and pauses the task. */
  pauseNow(): void {
    const ts = cur as VmThread;
    ts.fuel = 0;
    ts.pause = true;
  }

  get bytesWarning(): number {
    return this.config.bytesWarning;
  }
  warn(category: PyType, message: string, stacklevel: number): void {
    const w = this.store.get("warn") as ((c: PyType, m: string, s: number) => void) | undefined;
    if (w !== undefined) w(category, message, stacklevel);
  }

  unraisable(exc: PyBaseException, where: string, obj: Value | undefined): void {
    const u = this.store.get("unraisable") as
      | ((e: PyBaseException, w: string, o: Value | undefined) => void)
      | undefined;
    if (u !== undefined) u(exc, where, obj);
  }

  adaptiveCode(code: PyCode): Uint8Array {
    return adaptiveCode(code);
  }

  importModule(name: string): Value {
    return importModule(name);
  }
}

/** The builtins a namespace's code sees; sets `__builtins__` where it is missing. */
export function builtinsFor(globals: PyDictBase, interp: Interp): PyDictBase {
  let b = globals.getStr("__builtins__");
  if (b === undefined) {
    b = cur.frame?.builtins ?? interp.builtins.dict;
    globals.setStr("__builtins__", b);
  }
  return b instanceof PyModule ? b.dict : b as PyDictBase;
}

/** What zero-argument super() needs of the running frame. */
function superContext() {
  const f = visible((cur as VmThread).frame);
  if (f === undefined) return undefined;
  const code = f.prep.code;
  if (code.co_argcount === 0) return { argcount: 0, firstArg: undefined, classCell: undefined };
  const i = localIndex(f, "__class__");
  return { argcount: code.co_argcount, firstArg: localValue(f, 0), classCell: i < 0 ? undefined : f.locals[i] };
}

/** The Interpreter that runs. */
export function interp(): Interp {
  return cur.interp as Interp;
}
