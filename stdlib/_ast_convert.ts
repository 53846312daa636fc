// CPython 3.14: Python/Python-ast.c (ast2obj, obj2ast)

import type { Value } from "../core/objects/object.ts";
import type { Mod } from "../core/parse/ast.ts";
import type { ParseMode } from "../core/parse/parse.ts";
import { notImplementedError } from "../core/objects/errors.ts";

/** Is it an instance of `ast.AST`? */
export function isAstNode(_v: Value): boolean {
  return false;
}
/** A tree as Python objects. */
export function astToValue(_tree: Mod): Value {
  throw notImplementedError("ast");
}
/** Python objects as a tree. */
export function valueToAst(_v: Value, _mode: ParseMode): Mod {
  throw notImplementedError("ast");
}
