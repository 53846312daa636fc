// gopy's own: the embedding API.
//
// One Interpreter is one Python: its own modules, types' registries, streams, rights and limits.
// Making one runs no Python; the first run does. The forms with `Sync` run to the end; the others
// give a promise (and wait for the standard library where it is not there yet).

import { None, PyBaseException, type PyDictBase, type PyModule, type Value } from "../core/objects/object.ts";
import { call, getAttr, strOf } from "../core/objects/abstract.ts";
import { nameValue, utf16 } from "../core/objects/names.ts";
import { newError } from "../core/objects/errors.ts";
import { KeyError } from "../core/objects/exceptions.ts";
import { fullTypeName } from "../core/objects/type_name.ts";
import { lineAt } from "../core/code/locations.ts";
import { newModule } from "../core/objects/module.ts";
import { compileSource } from "../vm/compile_source.ts";
import { boot } from "../vm/import/boot.ts";
import type { Library } from "../vm/import/archive.ts";
import type { Interp } from "../vm/interpreter.ts";
import { Interrupt } from "../vm/interp/thread.ts";
import { asException, type PyTraceback } from "../vm/interp/unwind.ts";
import { loadLibrary } from "./archive.ts";
import { launch } from "./launch.ts";
import type { Permissions } from "./policy.ts";
import { toGuest, toHost } from "./values.ts";

/** Limits of a guest. */
export interface Limits {
  /** Wall-clock milliseconds that one run may take. */
  timeMs?: number;
  /** Frames: `sys.setrecursionlimit`. */
  recursion?: number;
  /** Bytes that one run may write to standard output and error. */
  outputBytes?: number;
}

/** How an Interpreter is set up. */
export interface InterpreterOptions {
  /** Takes what the guest writes to standard output; nothing is shown by default. */
  stdout?: (text: string) => void;
  /** Takes what the guest writes to standard error. */
  stderr?: (text: string) => void;
  /** The guest's rights, narrowed by Deno's own. Nothing by default. */
  permissions?: Permissions;
  /** Limits of each run. */
  limits?: Limits;
  /** `sys.argv`. */
  argv?: string[];
  /** The seed of str hashes (PYTHONHASHSEED); random by default. */
  hashSeed?: number;
}

/** One line of a Python traceback. */
export interface PythonFrame {
  /** co_filename of the code. */
  file: string;
  /** Line number, 0 where there is none. */
  line: number;
  /** Qualified name of the function. */
  name: string;
}

/** A Python exception that nobody caught. */
export class PythonError extends Error {
  override name = "PythonError";
  /** Name of the exception's type, with its module. */
  readonly type: string;
  /** `str()` of the exception. */
  readonly text: string;
  /** The traceback, outermost frame first. */
  readonly frames: PythonFrame[];
  /** The traceback as Python prints it. */
  readonly traceback: string;
  /** @ignore Made by the Interpreter. */
  constructor(type: string, text: string, frames: PythonFrame[], traceback: string) {
    super(text === "" ? type : `${type}: ${text}`);
    this.type = type;
    this.text = text;
    this.frames = frames;
    this.traceback = traceback;
  }
}

/** A limit that a guest passed, or a stop request. No guest code sees it. */
export class LimitError extends Error {
  override name = "LimitError";
  /** Which limit: "time", "output", "stop". */
  readonly kind: string;
  /** @ignore Made by the Interpreter. */
  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

let library: Library | undefined;
let loading: Promise<Library> | undefined;

/**
 * Loads the standard library, once for all Interpreters. The promise forms do it by themselves; the
 * `Sync` forms need it before their first run.
 */
export async function prepare(): Promise<void> {
  library ??= await (loading ??= loadLibrary());
}

/**
 * A Python.
 *
 * @example
 * ```ts
 * import { Interpreter } from "jsr:@gopy/cli";
 *
 * const py = new Interpreter();
 * const n = await py.eval("sum(i * i for i in range(10))");
 * console.log(n); // 285
 * ```
 */
export class Interpreter {
  #interp: Interp | undefined;
  readonly #options: InterpreterOptions;
  #written = 0;
  #running = false;
  readonly #enter = <T>(body: () => T): T => this.#get().enter(body);

  /** Makes an Interpreter; no Python runs yet. */
  constructor(options: InterpreterOptions = {}) {
    this.#options = options;
  }

  #get(): Interp {
    if (this.#interp !== undefined) return this.#interp;
    const o = this.#options;
    const sink = (to: ((text: string) => void) | undefined) => {
      const decoder = new TextDecoder();
      return (bytes: Uint8Array) => {
        this.#written += bytes.length;
        const most = o.limits?.outputBytes;
        if (most !== undefined && this.#written > most) {
          i.interrupt = new Interrupt("output", `output limit of ${most} bytes exceeded`);
          i.main.fuel = 0;
          return;
        }
        to?.(decoder.decode(bytes, { stream: true }));
      };
    };
    const i: Interp = launch({
      host: { permissions: o.permissions ?? {}, stdin: "null", stdout: sink(o.stdout), stderr: sink(o.stderr) },
      config: { argv: o.argv ?? [""], hashSeed: o.hashSeed },
      library,
    });
    if (o.limits?.recursion !== undefined) i.main.recursionLimit = o.limits.recursion;
    return this.#interp = i;
  }

  #main(i: Interp): PyDictBase {
    boot(i);
    return (i.modules.getStr("__main__") as PyModule).dict;
  }

  /** Runs `body` inside the Interpreter with its limits, and turns what it throws into a typed error. */
  #guarded<T>(body: (i: Interp) => T): T {
    if (library === undefined) throw new Error("the standard library is not loaded: await prepare() first");
    if (this.#running) throw new Error("the Interpreter is already running");
    const i = this.#get();
    const time = this.#options.limits?.timeMs;
    this.#written = 0;
    this.#running = true;
    i.interrupt = undefined;
    i.timeLimitMs = time ?? 0;
    i.deadline = time === undefined ? Infinity : performance.now() + time;
    try {
      return i.enter(() => {
        try {
          const r = body(i);
          flush(i);
          if (i.interrupt !== undefined) throw i.interrupt;
          return r;
        } catch (e) {
          throw this.#typed(i, e);
        }
      });
    } finally {
      i.deadline = Infinity;
      this.#running = false;
    }
  }

  #typed(i: Interp, e: unknown): unknown {
    if (e instanceof Interrupt) {
      i.reset();
      return new LimitError(e.kind, e.message);
    }
    const x = asException(e);
    const frames: PythonFrame[] = [];
    for (let tb = x.traceback as PyTraceback | undefined; tb !== undefined; tb = tb.next) {
      const c = tb.frame.prep.code;
      frames.push({
        file: utf16(strOf(c.co_filename)),
        line: lineAt(c.co_linetable, c.co_firstlineno, tb.pc) ?? 0,
        name: c.co_qualname,
      });
    }
    let text = "", traceback = "";
    try {
      text = utf16(strOf(x));
      traceback = formatTraceback(i, x);
      flush(i);
    } catch (e2) {
      if (!(e2 instanceof PyBaseException)) throw e2;
    }
    return new PythonError(fullTypeName(x.cls), text, frames, traceback);
  }

  /**
   * Runs a program (statements) in the namespace of `__main__`.
   *
   * @throws {PythonError} for an exception nobody caught
   * @throws {LimitError} when a limit is passed
   */
  runSync(source: string, filename = "<string>"): void {
    this.#guarded((i) => {
      const globals = this.#main(i);
      i.runCode(compileSource(source, { mode: "exec", filename: nameValue(filename) }), globals);
    });
  }
  /** As runSync, as a promise. */
  async run(source: string, filename = "<string>"): Promise<void> {
    await prepare();
    this.runSync(source, filename);
  }

  /**
   * The value of an expression, as a JavaScript value.
   *
   * @throws {PythonError} for an exception nobody caught
   * @throws {LimitError} when a limit is passed
   */
  evalSync(expression: string): unknown {
    return this.#guarded((i) => {
      const globals = this.#main(i);
      const code = compileSource(expression.trimStart(), { mode: "eval", filename: "<string>" });
      return toHost(i.runCode(code, globals), this.#enter);
    });
  }
  /** As evalSync, as a promise. */
  async eval(expression: string): Promise<unknown> {
    await prepare();
    return this.evalSync(expression);
  }

  /**
   * Calls a global function by name, or by a dotted path from a global.
   *
   * @throws {PythonError} for an exception nobody caught
   * @throws {LimitError} when a limit is passed
   */
  callSync(name: string, ...args: unknown[]): unknown {
    return this.#guarded((i) => {
      const [first, ...rest] = name.split(".");
      const globals = this.#main(i);
      let f = globals.getStr(first) ?? i.builtins.dict.getStr(first);
      if (f === undefined) throw newError(KeyError, first);
      for (const n of rest) f = getAttr(f, n);
      return toHost(call(f, args.map((a) => toGuest(a, this.#enter))), this.#enter);
    });
  }
  /** As callSync, as a promise. */
  async call(name: string, ...args: unknown[]): Promise<unknown> {
    await prepare();
    return this.callSync(name, ...args);
  }

  /** Sets a global of `__main__`. */
  set(name: string, value: unknown): void {
    this.#guarded((i) => this.#main(i).setStr(name, toGuest(value, this.#enter)));
  }
  /** A global of `__main__`; undefined when there is none. */
  get(name: string): unknown {
    return this.#guarded((i) => {
      const v = this.#main(i).getStr(name);
      return v === undefined ? undefined : toHost(v, this.#enter);
    });
  }

  /** Makes a module that the guest can import, out of functions and values. */
  registerModule(name: string, members: Record<string, unknown>): void {
    this.#guarded((i) => {
      this.#main(i);
      const m = newModule(name);
      for (const [k, v] of Object.entries(members)) m.dict.setStr(k, toGuest(v, this.#enter));
      i.modules.setStr(name, m);
    });
  }

  /** Stops the guest at its next poll: the run ends with a LimitError of kind "stop". */
  stop(reason = "stopped by the host"): void {
    const i = this.#interp;
    if (i === undefined) return;
    i.interrupt = new Interrupt("stop", reason);
    i.main.fuel = 0;
  }
}

function flush(i: Interp): void {
  for (const n of ["stdout", "stderr"]) {
    const f = i.sys.dict.getStr(n);
    if (f !== undefined && f !== None) call(getAttr(f, "flush"), []);
  }
}

function formatTraceback(i: Interp, x: PyBaseException): string {
  const tb = i.importModule("traceback");
  const lines = call(getAttr(tb, "format_exception"), [x]);
  return (lines as unknown as { items: Value[] }).items.map((l) => utf16(strOf(l))).join("");
}
