// CPython 3.14: Python/codegen.c (check_*, infer_type)
//
// SyntaxWarnings about code that is legal but can't be meant: `x is 1`, `(1, 2)(3)`, `[1][2, 3]`.

import {
  Ellipsis,
  frozensetType,
  intType,
  isInstance,
  None,
  PyBytes,
  PyComplex,
  PyFloat,
  PyTuple,
  setType,
  typeName,
  type Value,
} from "../objects/object.ts";
import type { Compare, Expr } from "../parse/ast.ts";
import type { Compiler } from "./compiler.ts";
import { isStr } from "./strval.ts";

/** The name of the type that an expression surely has, or undefined. */
function inferType(e: Expr): string | undefined {
  switch (e.kind) {
    case "Tuple":
      return "tuple";
    case "List":
    case "ListComp":
      return "list";
    case "Dict":
    case "DictComp":
      return "dict";
    case "Set":
    case "SetComp":
      return "set";
    case "GeneratorExp":
      return "generator";
    case "Lambda":
      return "function";
    case "TemplateStr":
    case "Interpolation":
      return "string.templatelib.Template";
    case "JoinedStr":
    case "FormattedValue":
      return "str";
    case "Constant":
      return typeName(e.value as Value);
    default:
      return undefined;
  }
}

/** May the expression stand beside `is`: anything but a literal other than the singletons. */
function isIdentityOperand(e: Expr): boolean {
  if (e.kind === "Tuple") return !e.elts.every((x) => x.kind === "Constant");
  if (e.kind !== "Constant") return true;
  const v = e.value;
  return v === None || v === Ellipsis || typeof v === "boolean";
}

/** Warns of `is` with a literal. */
export function checkCompare(c: Compiler, e: Compare): void {
  let leftExpr = e.left;
  let left = isIdentityOperand(leftExpr);
  for (let i = 0; i < e.ops.length; i++) {
    const op = e.ops[i];
    const rightExpr = e.comparators[i];
    const right = isIdentityOperand(rightExpr);
    if ((op === "Is" || op === "IsNot") && (!right || !left)) {
      const type = inferType(left ? rightExpr : leftExpr);
      c.warn(
        e,
        op === "Is"
          ? `"is" with '${type}' literal. Did you mean "=="?`
          : `"is not" with '${type}' literal. Did you mean "!="?`,
      );
      return;
    }
    left = right;
    leftExpr = rightExpr;
  }
}

/** Warns of a call of something that can't be called. */
export function checkCaller(c: Compiler, e: Expr): void {
  if (e.kind === "Lambda") return;
  const type = inferType(e);
  if (type === undefined) return;
  c.warn(
    e,
    `'${type}' object is not callable; perhaps you missed a comma?`,
  );
}

/** Warns of a subscript of something that has none. */
export function checkSubscripter(c: Compiler, e: Expr): void {
  switch (e.kind) {
    case "Constant": {
      const v = e.value as Value;
      if (
        !(v === None || v === Ellipsis || isInstance(v, intType) ||
          v instanceof PyFloat || v instanceof PyComplex ||
          isInstance(v, setType) || isInstance(v, frozensetType))
      ) return;
      break;
    }
    case "Set":
    case "SetComp":
    case "GeneratorExp":
    case "Lambda":
    case "TemplateStr":
    case "Interpolation":
      break;
    default:
      return;
  }
  c.warn(
    e,
    `'${inferType(e)}' object is not subscriptable; perhaps you missed a comma?`,
  );
}

/** Warns of an index of a sequence that is no integer. */
export function checkIndex(c: Compiler, e: Expr, index: Expr): void {
  const type = inferType(index);
  if (
    type === undefined ||
    (index.kind === "Constant" && isInstance(index.value as Value, intType)) ||
    type === "slice"
  ) return;
  switch (e.kind) {
    case "Constant": {
      const v = e.value;
      if (!(isStr(v) || v instanceof PyBytes || v instanceof PyTuple)) return;
      break;
    }
    case "Tuple":
    case "List":
    case "ListComp":
    case "JoinedStr":
    case "FormattedValue":
      break;
    default:
      return;
  }
  c.warn(
    e,
    `${inferType(e)} indices must be integers or slices, not ${type}; perhaps you missed a comma?`,
  );
}
