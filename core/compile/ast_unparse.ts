// CPython 3.14: Python/ast_unparse.c
//
// The text of an expression, with as few parentheses as its precedences need. It is what annotations
// become under `from __future__ import annotations`.

import { Ellipsis, None, PyBytes, PyComplex, PyFloat, PyTuple, typeName, type Value } from "../objects/object.ts";
import { strRepr as strReprValue } from "../objects/str_repr.ts";
import type * as ast from "../parse/ast.ts";
import type { Expr } from "../parse/ast.ts";
import { reprDouble } from "../text/dtoa.ts";
import { systemError } from "./errors.ts";
import { isStr, strText, strValue } from "./strval.ts";

/** Precedences, from loose to tight. */
const PR_TUPLE = 0,
  PR_TEST = 1,
  PR_OR = 2,
  PR_AND = 3,
  PR_NOT = 4,
  PR_CMP = 5,
  PR_EXPR = 6,
  PR_BXOR = 7,
  PR_BAND = 8,
  PR_SHIFT = 9,
  PR_ARITH = 10,
  PR_TERM = 11,
  PR_FACTOR = 12,
  PR_POWER = 13,
  PR_AWAIT = 14,
  PR_ATOM = 15;

const BIN_OPS: Readonly<Record<ast.Operator, readonly [string, number]>> = {
  Add: [" + ", PR_ARITH],
  Sub: [" - ", PR_ARITH],
  Mult: [" * ", PR_TERM],
  MatMult: [" @ ", PR_TERM],
  Div: [" / ", PR_TERM],
  Mod: [" % ", PR_TERM],
  LShift: [" << ", PR_SHIFT],
  RShift: [" >> ", PR_SHIFT],
  BitOr: [" | ", PR_EXPR],
  BitXor: [" ^ ", PR_BXOR],
  BitAnd: [" & ", PR_BAND],
  FloorDiv: [" // ", PR_TERM],
  Pow: [" ** ", PR_POWER],
};

const UNARY_OPS: Readonly<
  Record<ast.UnaryOperator, readonly [string, number]>
> = {
  Invert: ["~", PR_FACTOR],
  Not: ["not ", PR_NOT],
  UAdd: ["+", PR_FACTOR],
  USub: ["-", PR_FACTOR],
};

const COMPARE_OPS: Readonly<Record<ast.CompareOperator, string>> = {
  Eq: " == ",
  NotEq: " != ",
  Lt: " < ",
  LtE: " <= ",
  Gt: " > ",
  GtE: " >= ",
  Is: " is ",
  IsNot: " is not ",
  In: " in ",
  NotIn: " not in ",
};

/** The text of an expression. */
export function unparseExpr(e: Expr): string {
  return expr(e, PR_TEST);
}

/** `repr` of UTF-16 text. */
export function strRepr(text: string): string {
  return strText(strReprValue(strValue(text)));
}

function bytesRepr(b: Uint8Array): string {
  const quote = b.includes(39) && !b.includes(34) ? '"' : "'";
  let out = "b" + quote;
  for (const c of b) {
    if (c === quote.charCodeAt(0) || c === 92) {
      out += "\\" + String.fromCharCode(c);
    } else if (c === 9) out += "\\t";
    else if (c === 10) out += "\\n";
    else if (c === 13) out += "\\r";
    else if (c < 32 || c >= 127) {
      out += "\\x" + c.toString(16).padStart(2, "0");
    } else out += String.fromCharCode(c);
  }
  return out + quote;
}

function complexPart(x: number, sign: boolean): string {
  const text = reprDouble(x).replace(/\.0$/, "");
  return sign && !text.startsWith("-") ? "+" + text : text;
}

/** `repr` of a constant. */
export function constRepr(v: Value): string {
  if (isStr(v)) return strText(strReprValue(v));
  if (typeof v === "number" || typeof v === "bigint") return String(v);
  if (typeof v === "boolean") return v ? "True" : "False";
  if (v === None) return "None";
  if (v === Ellipsis) return "Ellipsis";
  if (v instanceof PyFloat) return reprDouble(v.v);
  if (v instanceof PyComplex) {
    return Object.is(v.re, 0)
      ? complexPart(v.im, false) + "j"
      : `(${complexPart(v.re, false)}${complexPart(v.im, true)}j)`;
  }
  if (v instanceof PyBytes) return bytesRepr(v.b);
  if (v instanceof PyTuple) {
    const items = v.items.map(constRepr);
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
  }
  return `<${typeName(v)} object>`;
}

function constant(v: Value): string {
  if (v === Ellipsis) return "...";
  if (v instanceof PyTuple) {
    const items = v.items.map(constant);
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
  }
  const text = constRepr(v);
  return v instanceof PyFloat || v instanceof PyComplex ? text.replaceAll("inf", "1e309") : text;
}

function list(seq: readonly Expr[], level: number): string {
  return seq.map((e) => expr(e, level)).join(", ");
}

function expr(e: Expr, level: number): string {
  const paren = (pr: number, text: string) => level > pr ? `(${text})` : text;
  switch (e.kind) {
    case "BoolOp": {
      const pr = e.op === "And" ? PR_AND : PR_OR;
      const op = e.op === "And" ? " and " : " or ";
      return paren(pr, e.values.map((v) => expr(v, pr + 1)).join(op));
    }
    case "NamedExpr":
      return paren(
        PR_TUPLE,
        `${expr(e.target, PR_ATOM)} := ${expr(e.value, PR_ATOM)}`,
      );
    case "BinOp": {
      const [op, pr] = BIN_OPS[e.op];
      const right = e.op === "Pow";
      return paren(
        pr,
        expr(e.left, right ? pr + 1 : pr) + op +
          expr(e.right, right ? pr : pr + 1),
      );
    }
    case "UnaryOp": {
      const [op, pr] = UNARY_OPS[e.op];
      return paren(pr, op + expr(e.operand, pr));
    }
    case "Lambda": {
      const positional = e.args.args.length + e.args.posonlyargs.length > 0;
      return paren(
        PR_TEST,
        `lambda${positional ? " " : ""}${parameters(e.args)}: ${expr(e.body, PR_TEST)}`,
      );
    }
    case "IfExp":
      return paren(
        PR_TEST,
        `${expr(e.body, PR_TEST + 1)} if ${expr(e.test, PR_TEST + 1)} else ${expr(e.orelse, PR_TEST)}`,
      );
    case "Dict":
      return `{${
        e.values.map((v, i) => {
          const key = e.keys[i];
          return key === null ? `**${expr(v, PR_EXPR)}` : `${expr(key, PR_TEST)}: ${expr(v, PR_TEST)}`;
        }).join(", ")
      }}`;
    case "Set":
      return `{${list(e.elts, PR_TEST)}}`;
    case "GeneratorExp":
      return `(${expr(e.elt, PR_TEST)}${generators(e.generators)})`;
    case "ListComp":
      return `[${expr(e.elt, PR_TEST)}${generators(e.generators)}]`;
    case "SetComp":
      return `{${expr(e.elt, PR_TEST)}${generators(e.generators)}}`;
    case "DictComp":
      return `{${expr(e.key, PR_TEST)}: ${expr(e.value, PR_TEST)}${generators(e.generators)}}`;
    case "Yield":
      return e.value === null ? "(yield)" : `(yield ${expr(e.value, PR_TEST)})`;
    case "YieldFrom":
      return `(yield from ${expr(e.value, PR_TEST)})`;
    case "Await":
      return paren(PR_AWAIT, `await ${expr(e.value, PR_ATOM)}`);
    case "Compare":
      return paren(
        PR_CMP,
        e.ops.reduce(
          (text, op, i) => text + COMPARE_OPS[op] + expr(e.comparators[i], PR_CMP + 1),
          expr(e.left, PR_CMP + 1),
        ),
      );
    case "Call":
      return expr(e.func, PR_ATOM) + callArguments(e);
    case "Constant": {
      const text = constant(e.value as Value);
      return e.constKind === null ? text : e.constKind + text;
    }
    case "JoinedStr":
      return "f" + strRepr(fstringBody(e.values, false));
    case "TemplateStr":
      return "t" + strRepr(fstringBody(e.values, false));
    case "FormattedValue":
    case "Interpolation":
      return "f" + strRepr(fstringElement(e, false));
    case "Attribute": {
      const v = e.value;
      const number = v.kind === "Constant" &&
        (typeof v.value === "number" || typeof v.value === "bigint");
      return expr(v, PR_ATOM) + (number ? " ." : ".") + e.attr;
    }
    case "Starred":
      return `*${expr(e.value, PR_EXPR)}`;
    case "Name":
      return e.id;
    case "Slice": {
      const part = (x: Expr | null) => x === null ? "" : expr(x, PR_TEST);
      const step = e.step === null ? "" : `:${part(e.step)}`;
      return `${part(e.lower)}:${part(e.upper)}${step}`;
    }
    case "List":
      return `[${list(e.elts, PR_TEST)}]`;
    case "Tuple":
      if (e.elts.length === 0) return "()";
      return paren(
        PR_TUPLE,
        list(e.elts, PR_TEST) + (e.elts.length === 1 ? "," : ""),
      );
    case "Subscript":
      return `${expr(e.value, PR_ATOM)}[${expr(e.slice, PR_TUPLE)}]`;
  }
}

function generators(gens: readonly ast.comprehension[]): string {
  return gens.map((g) =>
    `${g.is_async ? " async for " : " for "}${expr(g.target, PR_TUPLE)} in ${expr(g.iter, PR_TEST + 1)}${
      g.ifs.map((x) => ` if ${expr(x, PR_TEST + 1)}`).join("")
    }`
  ).join("");
}

function callArguments(e: ast.Call): string {
  if (
    e.args.length === 1 && e.keywords.length === 0 &&
    e.args[0].kind === "GeneratorExp"
  ) return expr(e.args[0], PR_TEST);
  const parts = e.args.map((a) => expr(a, PR_TEST));
  for (const k of e.keywords) {
    const name = k.arg === null ? "**" : `${k.arg}=`;
    parts.push(name + expr(k.value, PR_TEST));
  }
  return `(${parts.join(", ")})`;
}

function parameter(a: ast.arg): string {
  return a.annotation === null ? a.arg : `${a.arg}: ${expr(a.annotation, PR_TEST)}`;
}

function parameters(args: ast.arguments_): string {
  const parts: string[] = [];
  const positional = [...args.posonlyargs, ...args.args];
  positional.forEach((a, i) => {
    const d = i - positional.length + args.defaults.length;
    parts.push(
      d >= 0 ? `${parameter(a)}=${expr(args.defaults[d], PR_TEST)}` : parameter(a),
    );
    if (i + 1 === args.posonlyargs.length) parts.push("/");
  });
  if (args.vararg !== null || args.kwonlyargs.length > 0) {
    parts.push(args.vararg === null ? "*" : `*${parameter(args.vararg)}`);
  }
  args.kwonlyargs.forEach((a, i) => {
    const value = args.kw_defaults[i];
    parts.push(
      value === null ? parameter(a) : `${parameter(a)}=${expr(value, PR_TEST)}`,
    );
  });
  if (args.kwarg !== null) parts.push(`**${parameter(args.kwarg)}`);
  return parts.join(", ");
}

function fstringBody(values: readonly Expr[], isSpec: boolean): string {
  return values.map((v) => fstringElement(v, isSpec)).join("");
}

function fstringElement(e: Expr, isSpec: boolean): string {
  switch (e.kind) {
    case "Constant":
      return strText(e.value as string).replaceAll("{", "{{").replaceAll(
        "}",
        "}}",
      );
    case "JoinedStr":
    case "TemplateStr": {
      const body = fstringBody(e.values, isSpec);
      const prefix = e.kind === "JoinedStr" ? "f" : "t";
      return isSpec ? body : prefix + strRepr(body);
    }
    case "FormattedValue":
    case "Interpolation": {
      const inner = e.kind === "Interpolation" ? strText(e.str as string) : expr(e.value, PR_TEST + 1);
      const open = inner.startsWith("{") ? "{ " : "{";
      const conversion = e.conversion > 0 ? "!" + String.fromCharCode(e.conversion) : "";
      const spec = e.format_spec === null ? "" : ":" + fstringElement(e.format_spec, true);
      return `${open}${inner}${conversion}${spec}}`;
    }
    default:
      throw systemError("unknown expression kind inside f-string or t-string");
  }
}
