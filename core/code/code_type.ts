// gopy's own: code from outside.
//
// Code that a program made (`CodeType(...)`, `replace`) or read from a file is checked as CPython
// checks it when it is made, which says nothing of the instructions; those are verified when the
// code is first prepared (`verified` is false until then). What Python sees of code objects is in
// objects/code_type.ts.

import { systemError } from "../objects/errors.ts";
import type { PyCode } from "./code.ts";
import { lineAt, TableError } from "./locations.ts";
import { ensureVerified, VerifyError } from "./verify.ts";

/** The line of a code unit, as far as it is known: the location table has not been verified. */
function lineOf(code: PyCode, unit: number): number {
  try {
    return lineAt(code.co_linetable, code.co_firstlineno, unit) ?? code.co_firstlineno;
  } catch (e) {
    if (!(e instanceof TableError)) throw e;
    return code.co_firstlineno;
  }
}

/** Verifies code from outside before it is prepared; SystemError if it is bad. */
export function requireVerified(code: PyCode): void {
  try {
    ensureVerified(code);
  } catch (e) {
    if (!(e instanceof VerifyError)) throw e;
    if (e.unknown !== undefined) {
      throw systemError(`${code.co_filename}:${lineOf(code, e.offset >> 1)}: unknown opcode ${e.unknown}`);
    }
    throw systemError(`bad code object '${code.co_name}': ${e.message}`);
  }
}
