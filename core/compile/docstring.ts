// CPython 3.14: Python/ast.c (_PyAST_GetDocString), Python/compile.c (_PyCompile_CleanDoc)
//
// Docstrings: the literal at the head of a body, and how it is cleaned: tabs become spaces, and the
// margin that all lines but the first have in common goes. Blank lines stay where they are.

import type { Str } from "../objects/object.ts";
import type { Stmt } from "../parse/ast.ts";
import { isStr, strText, strValue } from "./strval.ts";

/** The docstring of a body, or undefined. */
export function getDocString(body: readonly Stmt[]): Str | undefined {
  const s = body[0];
  if (s === undefined || s.kind !== "Expr" || s.value.kind !== "Constant") {
    return undefined;
  }
  const v = s.value.value;
  return isStr(v) ? v : undefined;
}

function expandTabs(text: string): string {
  if (!text.includes("\t")) return text;
  let out = "";
  let column = 0;
  for (const c of text) {
    if (c === "\t") {
      const n = 8 - column % 8;
      out += " ".repeat(n);
      column += n;
    } else {
      out += c;
      column = c === "\n" || c === "\r" ? 0 : column + 1;
    }
  }
  return out;
}

/** The docstring as it is stored. */
export function cleanDoc(doc: Str): Str {
  const text = strText(doc);
  const lines = expandTabs(text).split("\n");
  let margin = Infinity;
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i];
    let n = 0;
    while (line[n] === " ") n++;
    if (n < line.length) margin = Math.min(margin, n);
  }
  if (margin === Infinity) margin = 0;
  lines[0] = lines[0].replace(/^ +/, "");
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i];
    let n = 0;
    while (n < margin && line[n] === " ") n++;
    lines[i] = line.slice(n);
  }
  const cleaned = lines.join("\n");
  return cleaned === text ? doc : strValue(cleaned);
}
