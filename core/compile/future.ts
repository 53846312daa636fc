// CPython 3.14: Python/future.c, Include/cpython/compile.h
//
// `from __future__ import ...`: which features are on, and where the last such import stands (the
// symbol table rejects any that comes later). Also the compiler flags, since future features are
// a part of them.

import type { Mod } from "../parse/ast.ts";
import type { Loc } from "./instructions.ts";
import { rangedError } from "./errors.ts";

export const CO_FUTURE_DIVISION = 0x20000;
export const CO_FUTURE_ABSOLUTE_IMPORT = 0x40000;
export const CO_FUTURE_WITH_STATEMENT = 0x80000;
export const CO_FUTURE_PRINT_FUNCTION = 0x100000;
export const CO_FUTURE_UNICODE_LITERALS = 0x200000;
export const CO_FUTURE_BARRY_AS_BDFL = 0x400000;
export const CO_FUTURE_GENERATOR_STOP = 0x800000;
export const CO_FUTURE_ANNOTATIONS = 0x1000000;

/** Flags that code inherits from the code that compiles it, and that end in `co_flags`. */
export const PyCF_MASK: number = CO_FUTURE_DIVISION |
  CO_FUTURE_ABSOLUTE_IMPORT | CO_FUTURE_WITH_STATEMENT |
  CO_FUTURE_PRINT_FUNCTION | CO_FUTURE_UNICODE_LITERALS |
  CO_FUTURE_BARRY_AS_BDFL | CO_FUTURE_GENERATOR_STOP | CO_FUTURE_ANNOTATIONS;
/** `nested_scopes`: accepted, without effect. */
export const PyCF_MASK_OBSOLETE = 0x10;
export const PyCF_SOURCE_IS_UTF8 = 0x0100;
export const PyCF_DONT_IMPLY_DEDENT = 0x0200;
export const PyCF_ONLY_AST = 0x0400;
export const PyCF_IGNORE_COOKIE = 0x0800;
export const PyCF_TYPE_COMMENTS = 0x1000;
export const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;
export const PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000;
export const PyCF_OPTIMIZED_AST: number = 0x8000 | PyCF_ONLY_AST;
/** All that `compile()` accepts as flags. */
export const PyCF_COMPILE_MASK: number = PyCF_ONLY_AST |
  PyCF_ALLOW_TOP_LEVEL_AWAIT | PyCF_TYPE_COMMENTS | PyCF_DONT_IMPLY_DEDENT |
  PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_OPTIMIZED_AST;

/** Feature name to flag; 0 for those that have been the rule for long. */
const FEATURES: ReadonlyMap<string, number> = new Map([
  ["nested_scopes", 0],
  ["generators", 0],
  ["division", 0],
  ["absolute_import", 0],
  ["with_statement", 0],
  ["print_function", 0],
  ["unicode_literals", 0],
  ["barry_as_FLUFL", CO_FUTURE_BARRY_AS_BDFL],
  ["generator_stop", 0],
  ["annotations", CO_FUTURE_ANNOTATIONS],
]);

export interface FutureFeatures {
  /** CO_FUTURE_* flags (the compiler merges its other flags in). */
  features: number;
  /** The last future import, all -1 if there is none. */
  loc: Loc;
}

/** Finds the future imports at the head of a module. */
export function futureFromAst(mod: Mod, filename: string): FutureFeatures {
  const ff: FutureFeatures = {
    features: 0,
    loc: { lineno: -1, end_lineno: -1, col_offset: -1, end_col_offset: -1 },
  };
  if (mod.kind !== "Module" && mod.kind !== "Interactive") return ff;
  const body = mod.body;
  let i = 0;
  const first = body[0];
  if (
    first !== undefined && first.kind === "Expr" &&
    first.value.kind === "Constant" && isStrConstant(first.value.value)
  ) i = 1;
  for (; i < body.length; i++) {
    const s = body[i];
    if (
      s.kind !== "ImportFrom" || s.module !== "__future__" ||
      (s.level ?? 0) !== 0
    ) break;
    for (const alias of s.names) {
      const flag = FEATURES.get(alias.name);
      if (flag === undefined) {
        const msg = alias.name === "braces" ? "not a chance" : `future feature ${alias.name} is not defined`;
        throw rangedError(msg, filename, alias);
      }
      ff.features |= flag;
    }
    ff.loc = {
      lineno: s.lineno,
      end_lineno: s.end_lineno,
      col_offset: s.col_offset,
      end_col_offset: s.end_col_offset,
    };
  }
  return ff;
}

function isStrConstant(v: unknown): boolean {
  return typeof v === "string" ||
    (typeof v === "object" && v !== null && "cps" in v);
}
