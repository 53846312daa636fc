/**
 * gopy: a behavioural twin of CPython 3.14 in TypeScript on Deno.
 *
 * @module
 */

export { CompiledCode, Interpreter } from "./sandbox/interpreter.ts";
export {
  builtin,
  type CompileOptions,
  type HostModule,
  type InterpreterOptions,
  type Limits,
  type RunOptions,
} from "./sandbox/interpreter_options.ts";
export { prepare } from "./sandbox/prepared.ts";
export { Namespace } from "./sandbox/namespace.ts";
export { LimitError, PythonError, type PythonFrame } from "./sandbox/python_error.ts";
export { PythonValue } from "./sandbox/values.ts";
export type { Permissions } from "./sandbox/policy.ts";

/** The version of gopy. */
export const version: string = "0.1.0";

if (import.meta.main) import("./sandbox/program.ts").then((program) => program.main());
