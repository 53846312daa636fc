// Long chains in trees: a.b().c[d]..., and if/elif/elif...
//
// CPython's passes recurse into them and have eight megabytes of stack for it; the JavaScript stack is
// a tenth of that. So a chain that is longer than any that a person writes is walked in a loop.

import type * as ast from "../parse/ast.ts";
import type { Expr } from "../parse/ast.ts";
import { MAX_CHAIN, tooLong } from "./errors.ts";

/** A link: the node whose first part is the rest of the chain. */
export type Link = ast.Attribute | ast.Call | ast.Subscript;

/** Shorter chains are recursed into. */
const SHORT = 60;

function inner(e: Expr): Expr | undefined {
  switch (e.kind) {
    case "Attribute":
    case "Subscript":
      return e.value;
    case "Call":
      return e.func;
  }
}

/** Is it the head of a long chain? */
export function isLongChain(e: Expr): boolean {
  let n: Expr | undefined = e;
  for (let i = 0; i < SHORT; i++) {
    n = inner(n);
    if (n === undefined) return false;
  }
  return true;
}

/** The links of a long chain, the outermost first, and what it starts from; undefined for others. */
export function longChain(e: Expr): { links: Link[]; base: Expr } | undefined {
  if (!isLongChain(e)) return undefined;
  const links: Link[] = [];
  let base = e;
  for (let next = inner(base); next !== undefined; next = inner(base)) {
    links.push(base as Link);
    base = next;
  }
  if (links.length > MAX_CHAIN) throw tooLong();
  return { links, base };
}

/** The `elif` that is all of an `else`, or undefined. */
export function elif(s: ast.If): ast.If | undefined {
  const next = s.orelse[0];
  return s.orelse.length === 1 && next.kind === "If" ? next : undefined;
}
