// CPython 3.14: Python/errors.c (PyErr_RangedSyntaxLocationObject, _PyErr_RaiseSyntaxError)
//
// How the compiler's passes report. Errors in the source are SourceErrors whose offsets are byte
// columns plus one, as CPython's are here, and whose `text` is null: the boundary looks the line
// up in the file, since the compiler has no source. Everything else (too deep a nesting, a tree
// that no parser makes) is a CompileFailure, which names the Python exception to raise.

import { SourceError } from "../parse/errors.ts";
import type { Loc } from "./instructions.ts";

/** A failure of the compiler that is not a SyntaxError. */
export class CompileFailure {
  /** The nesting is the reason. */
  nested = false;

  constructor(
    public type: "RecursionError" | "SystemError" | "RuntimeError",
    public msg: string,
  ) {}
}

/** The error for a tree that no parser makes, or a state that can't be. */
export function systemError(msg: string): CompileFailure {
  return new CompileFailure("SystemError", msg);
}

/** A SyntaxError of the future or symbol table pass: the exception's `args` is the message alone. */
export function rangedError(
  msg: string,
  filename: string,
  loc: Loc,
): SourceError {
  const e = syntaxError(msg, filename, loc);
  e.bareArgs = true;
  return e;
}

/** A SyntaxError of the code generator. */
export function syntaxError(
  msg: string,
  filename: string,
  loc: Loc,
): SourceError {
  return new SourceError(
    "SyntaxError",
    msg,
    filename,
    loc.lineno,
    loc.col_offset + 1,
    null,
    loc.end_lineno,
    loc.end_col_offset + 1,
  );
}

/**
 * Takes a warning about the source. Offsets are as in SourceError. Returns true if the filters turn
 * it into an error; a SyntaxError with the same text is raised then.
 */
export type WarnFn = (
  category: "SyntaxWarning" | "DeprecationWarning",
  msg: string,
  lineno: number,
  offset: number,
  end_lineno: number,
  end_offset: number,
) => boolean | void;

/** Issues a SyntaxWarning. */
export function emitSyntaxWarning(
  warn: WarnFn | undefined,
  msg: string,
  filename: string,
  loc: Loc,
): void {
  if (
    warn?.(
      "SyntaxWarning",
      msg,
      loc.lineno,
      loc.col_offset + 1,
      loc.end_lineno,
      loc.end_col_offset + 1,
    ) === true
  ) throw syntaxError(msg, filename, loc);
}

/** How deeply the passes recurse before they give up; the JavaScript stack may end before. */
export const MAX_DEPTH = 6000;
/** How long a chain of binary operators may be; it takes no stack here, but CPython's ends there. */
export const MAX_CHAIN = 37_000;

/** The error for a chain that is too long. */
export function tooLong(): CompileFailure {
  return new CompileFailure(
    "RecursionError",
    "Stack overflow (used 8156 kB) during compilation",
  );
}

/** The error for a tree that is nested too deeply; of a source, CPython's parser would not have made it. */
export function tooDeep(): CompileFailure {
  const e = tooLong();
  e.nested = true;
  return e;
}
