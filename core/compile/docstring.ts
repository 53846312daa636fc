// CPython 3.14: Python/ast.c (_PyAST_GetDocString), Python/compile.c (_PyCompile_CleanDoc)
//
// Docstrings: the literal at the head of a body, and how it is cleaned: tabs become spaces, and the
// margin that all lines but the first have in common goes. Blank lines stay where they are.

import { PyWideStr, type Str } from "../objects/object.ts";
import type { Stmt } from "../parse/ast.ts";
import { isStr, strText, strValue } from "./strval.ts";
import { makeEncodeError } from "../objects/exceptions_unicode.ts";
import { fromCodePoints } from "../objects/str_wide.ts";

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

/** CPython cleans docstrings as UTF-8, which has no lone surrogates. */
function checkEncodable(doc: PyWideStr): void {
  const isSurrogate = (c: number | undefined) => c !== undefined && c >= 0xd800 && c <= 0xdfff;
  if (!doc.cps.some(isSurrogate)) return;
  const cps: number[] = [];
  let column = 0;
  for (const c of doc.cps) {
    if (c === 9) {
      const n = 8 - column % 8;
      for (let i = 0; i < n; i++) cps.push(32);
      column += n;
    } else {
      cps.push(c);
      column = c === 10 || c === 13 ? 0 : column + 1;
    }
  }
  const start = cps.findIndex(isSurrogate);
  let end = start;
  while (isSurrogate(cps[end])) end++;
  throw makeEncodeError(
    "utf-8",
    fromCodePoints(Uint32Array.from(cps)),
    start,
    end,
    "surrogates not allowed",
  );
}

/** The docstring as it is stored. */
export function cleanDoc(doc: Str): Str {
  if (doc instanceof PyWideStr) checkEncodable(doc);
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
