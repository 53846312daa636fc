// CPython 3.14: Python/compile.c (entry points), Python/pythonrun.c, Python/symtable.c
//
// From the syntax tree to the code object: future statements, preprocessing, symbol table, code
// generation, flow graph, assembler. Errors in the source are thrown as SourceError, anything else
// that stops the compiler as CompileFailure; both become Python exceptions at the boundary.

import type { PyCode } from "../code/code.ts";
import type { Value } from "../objects/object.ts";
import type { Mod } from "../parse/ast.ts";
import { preprocess } from "./ast_preprocess.ts";
import { codegenModule } from "./codegen.ts";
import { Compiler } from "./compiler.ts";
import { tooDeep, type WarnFn } from "./errors.ts";
import { futureFromAst } from "./future.ts";
import type { CompileUnitMeta, InstrSequence } from "./instructions.ts";
import { strValue } from "./strval.ts";
import type { Symtable } from "./symtable.ts";
import { buildSymtable as buildTable } from "./symtable_visit.ts";

export { CompileFailure, type WarnFn } from "./errors.ts";

export interface CompileOptions {
  /** PyCF_* and CO_FUTURE_* flags, those inherited from the calling code included. */
  flags?: number;
  /** Optimisation level: 0, 1 or 2. */
  optimize?: number;
  /** `co_filename`, where it is not just the file name as a str. */
  filenameValue?: Value;
  /** Takes SyntaxWarnings. */
  warn?: WarnFn;
  /** Location tables without columns (`-X no_debug_ranges`). */
  noColumns?: boolean;
}

/** Runs a pass; if the JavaScript stack ends before the depth counters do, that is the same error. */
function guarded<T>(pass: () => T): T {
  try {
    return pass();
  } catch (e) {
    if (e instanceof RangeError) throw tooDeep();
    throw e;
  }
}

/** Compiles a tree, which is changed on the way. */
export function compileModule(
  tree: Mod,
  filename: string,
  options: CompileOptions = {},
): PyCode {
  return guarded(() => compileTree(tree, filename, options));
}

/** A tree's code generated into a compiler whose unit is left open. */
function generate(
  tree: Mod,
  filename: string,
  options: CompileOptions,
  saveNested = false,
): Compiler {
  const { optimize = 0, warn } = options;
  const future = futureFromAst(tree, filename);
  future.features |= options.flags ?? 0;
  const flags = future.features;
  preprocess(tree, { filename, optimize, features: flags, warn });
  const st = buildTable(tree, filename, future);
  const c = new Compiler(st, {
    filename,
    filenameValue: options.filenameValue ?? strValue(filename),
    flags,
    optimize,
    interactive: tree.kind === "Interactive",
    warn,
    noColumns: options.noColumns ?? false,
    saveNested,
  });
  codegenModule(c, tree);
  return c;
}

function compileTree(tree: Mod, filename: string, options: CompileOptions): PyCode {
  return generate(tree, filename, options).finish(tree.kind !== "Expression");
}

/** What the code generator makes of a module: instructions that no pass has seen, their constants. */
export function generateModule(
  tree: Mod,
  filename: string,
  options: CompileOptions,
): CompileUnitMeta & { seq: InstrSequence } {
  return guarded(() => {
    const c = generate(tree, filename, options, true);
    c.returnAtEnd(tree.kind !== "Expression");
    const { seq, meta } = c.u;
    seq.applyLabels();
    return { ...meta, seq };
  });
}

/**
 * What `compile(..., PyCF_ONLY_AST)` does to a tree: warnings, and with PyCF_OPTIMIZED_AST
 * (`fold`) the changes that the compiler would make.
 */
export function preprocessAst(
  tree: Mod,
  filename: string,
  fold: boolean,
  options: CompileOptions = {},
): void {
  const future = futureFromAst(tree, filename);
  const preprocessOptions = {
    filename,
    optimize: options.optimize ?? 0,
    features: future.features | (options.flags ?? 0),
    syntaxCheckOnly: !fold,
    warn: options.warn,
  };
  guarded(() => preprocess(tree, preprocessOptions));
}

/** The symbol table of a tree, for `_symtable`. */
export function buildSymtable(
  tree: Mod,
  filename: string,
  flags = 0,
): Symtable {
  const future = futureFromAst(tree, filename);
  future.features |= flags;
  return guarded(() => buildTable(tree, filename, future));
}
