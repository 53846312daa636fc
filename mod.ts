/**
 * gopy: a behavioural twin of CPython 3.14 in TypeScript on Deno.
 *
 * @module
 */

export {
  Interpreter,
  type InterpreterOptions,
  LimitError,
  type Limits,
  prepare,
  PythonError,
  type PythonFrame,
} from "./sandbox/interpreter.ts";
export { PythonValue } from "./sandbox/values.ts";
export type { Permissions } from "./sandbox/policy.ts";

/** The version of gopy. */
export const version: string = "0.1.0";

if (import.meta.main) import("./cli.ts").then((cli) => cli.main());
