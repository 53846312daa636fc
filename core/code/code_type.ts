// gopy's own: code from outside.
//
// Code that a program made (`CodeType(...)`, `replace`) or read from a file is checked as CPython
// checks it when it is made, which says nothing of the instructions; those are verified when the
// code is first prepared (`verified` is false until then). What Python sees of code objects is in
// objects/code_type.ts.

import { systemError } from "../objects/errors.ts";
import type { PyCode } from "./code.ts";
import { lineAt } from "./locations.ts";
import { ensureVerified, VerifyError } from "./verify.ts";

/** Verifies code from outside before it is prepared; SystemError if it is bad. */
export function requireVerified(code: PyCode): void {
  try {
    ensureVerified(code);
  } catch (e) {
    if (!(e instanceof VerifyError)) throw e;
    if (e.unknown !== undefined) {
      const line = lineAt(code.co_linetable, code.co_firstlineno, e.offset >> 1) ?? code.co_firstlineno;
      throw systemError(`${code.co_filename}:${line}: unknown opcode ${e.unknown}`);
    }
    throw systemError(`bad code object '${code.co_name}': ${e.message}`);
  }
}
