// gopy's own: how an Interpreter and its runs are set up.

import type { Permissions } from "./policy.ts";
import type { Namespace } from "./namespace.ts";

/** Limits of a run. A guest can neither catch them nor raise them. */
export interface Limits {
  /** Wall-clock milliseconds, waiting for the host included. */
  timeMs?: number;
  /** Bytes of memory that may come on top of what is in use when the run begins (best effort). */
  memoryBytes?: number;
  /** Frames: `sys.setrecursionlimit`, and the highest value it takes. */
  recursion?: number;
  /** Bytes written to standard output and error. */
  outputBytes?: number;
}

/** A host module: its members, or a function that makes them when the module is first imported. */
export type HostModule = Record<string, unknown> | (() => Record<string, unknown>);

/** How an Interpreter is set up. */
export interface InterpreterOptions {
  /** Takes what the guest writes to standard output; nothing is shown by default. */
  stdout?: (text: string) => void;
  /** Takes what the guest writes to standard error. */
  stderr?: (text: string) => void;
  /**
   * Standard input: all of it, or a function that gives the next piece (`null` at the end). Empty by
   * default.
   */
  stdin?: string | Uint8Array | (() => string | Uint8Array | null);
  /**
   * The only builtins the guest sees: names of Python's own, or a record in which the value
   * {@linkcode builtin} stands for Python's own of that name and any other value for itself. All of
   * Python's by default.
   */
  builtins?: readonly string[] | Record<string, unknown>;
  /** Modules that the guest can import, by name. */
  modules?: Record<string, HostModule>;
  /** The guest's rights, narrowed by Deno's own. Nothing by default. */
  permissions?: Permissions;
  /** Limits of each run. */
  limits?: Limits;
  /** `sys.argv`. */
  argv?: string[];
  /** The seed of str hashes (PYTHONHASHSEED); random by default. */
  hashSeed?: number;
}

/** How one run is set up. */
export interface RunOptions {
  /** File name in tracebacks; `<string>` by default. */
  filename?: string;
  /** The namespace the code runs in; that of `__main__` by default. */
  namespace?: Namespace;
  /** Names to set in the namespace first. */
  globals?: Record<string, unknown>;
  /** Limits of this run, each in place of the Interpreter's own. */
  limits?: Omit<Limits, "recursion">;
  /** Stops the run when it is aborted (promise forms). */
  signal?: AbortSignal;
}

/** How source text is compiled. */
export interface CompileOptions {
  /** File name in tracebacks; `<string>` by default. */
  filename?: string;
  /** `"exec"` for statements (the default), `"eval"` for an expression. */
  mode?: "exec" | "eval";
}

/** In the option `builtins`: Python's own builtin of that name. */
export const builtin: unique symbol = Symbol("builtin");
