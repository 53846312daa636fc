// CPython 3.14: Python/pythonrun.c (PyRun_InteractiveOneObject), the interactive half of Parser/tokenizer
//
// Statements line by line, as they come from a prompt. CPython's tokenizer asks for another line in
// the middle of a statement; here the lines so far are compiled anew with each line, and the parser
// says whether the input merely ends too early.

import { isSubtype, PyBaseException, type PyDictBase, type Value } from "../core/objects/object.ts";
import * as X from "../core/objects/exceptions.ts";
import { callMethod } from "../core/objects/abstract.ts";
import type { PyCode } from "../core/code/code.ts";
import type { Mod } from "../core/parse/ast.ts";
import {
  compileTree,
  FUTURE_MASK,
  parseSource,
  PyCF_ALLOW_INCOMPLETE_INPUT,
  PyCF_DONT_IMPLY_DEDENT,
} from "./compile_source.ts";
import type { Interp } from "./interpreter.ts";

/** A line that holds nothing but white space or a comment (which has no quote: it may end a string). */
const EMPTY = /^[ \t\f]*(?:#[^"']*)?$/;

function isIncomplete(e: unknown): boolean {
  return e instanceof PyBaseException && isSubtype(e.cls, X.IncompleteInputError);
}

/** The statements of one prompt. */
export class Interactive {
  readonly #interp: Interp;
  readonly #globals: PyDictBase;
  #lines: string[] = [];
  /** Numbers the sources for linecache. */
  #count = 0;
  /** Future features switched on so far. */
  #future = 0;

  /** Statements that run in a namespace. */
  constructor(interp: Interp, globals: PyDictBase) {
    this.#interp = interp;
    this.#globals = globals;
  }

  /** Is a statement open, so that the next line continues it? */
  get open(): boolean {
    return this.#lines.length > 0;
  }

  /** Forgets an open statement. */
  drop(): void {
    this.#lines = [];
  }

  /**
   * Takes a line, without its end. Runs the statement that it completes; false means that more lines
   * must come. What the statement raises comes out.
   */
  push(line: string): boolean {
    const first = this.#lines.length === 0;
    if (first && EMPTY.test(line)) return true;
    this.#lines.push(line);
    if (!first && line !== "" && EMPTY.test(line)) return false;
    let tree: Mod;
    try {
      tree = this.#parse(PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT);
    } catch (e) {
      // with the line's end the same text may be a plain error, or only too short
      const incomplete = isIncomplete(e);
      try {
        this.#lines.push("");
        this.#parse(PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT);
        if (incomplete) {
          this.#lines.pop();
          return false;
        }
      } catch (e2) {
        if (isIncomplete(e2)) {
          this.#lines.pop();
          return false;
        }
        this.drop();
        throw e2;
      }
      this.drop();
      throw e;
    }
    this.#run(tree);
    return true;
  }

  /** The input has ended: runs what is open as far as it goes. */
  end(): void {
    if (!this.open) return;
    let tree: Mod;
    try {
      this.#lines.push("");
      tree = this.#parse(0);
    } catch (e) {
      this.drop();
      throw e;
    }
    this.#run(tree);
  }

  #parse(flags: number): Mod {
    return parseSource(this.#lines.join("\n"), { mode: "single", filename: "<stdin>", flags: flags | this.#future });
  }

  #run(tree: Mod): void {
    const i = this.#interp;
    const source = this.#lines.join("\n") + "\n";
    this.drop();
    const filename = `<stdin-${this.#count++}>`;
    const code = compileTree(tree, {
      mode: "single",
      filename,
      flags: this.#future,
      optimize: i.config.optimize,
      shown: source,
    });
    this.#future |= code.co_flags & FUTURE_MASK;
    rememberSource(i, code, source, filename);
    i.runCode(code, this.#globals);
  }
}

/** Gives linecache the source of code that is in no file, for tracebacks. */
export function rememberSource(i: Interp, code: PyCode, source: string, filename: string): void {
  try {
    callMethod(i.importModule("linecache"), "_register_code", code as Value, X.textValue(source), filename);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
  }
}
