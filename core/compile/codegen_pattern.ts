// CPython 3.14: Python/codegen.c (match statements)
//
// Code for patterns (PEP 634). A pattern consumes the subject on top of the stack; if it does not
// match, it jumps to a "fail pop" label, which stands before as many POP_TOPs as there are values to
// drop: `onTop`, those that patterns still work on, and the captured ones. Names are bound only when
// the whole pattern has matched: until then their values lie below the others, in the order of
// `stores`.

import {
  BINARY_OP,
  BUILD_MAP,
  BUILD_TUPLE,
  COPY,
  DELETE_SUBSCR,
  DICT_UPDATE,
  GET_LEN,
  IS_OP,
  JUMP,
  MATCH_CLASS,
  MATCH_KEYS,
  MATCH_MAPPING,
  MATCH_SEQUENCE,
  NOP,
  POP_JUMP_IF_FALSE,
  POP_TOP,
  SWAP,
  TO_BOOL,
  UNPACK_EX,
  UNPACK_SEQUENCE,
} from "../code/opnums.ts";
import { None, PyTuple, type Value } from "../objects/object.ts";
import type * as ast from "../parse/ast.ts";
import type { Expr, Pattern } from "../parse/ast.ts";
import { constRepr, strRepr } from "./ast_unparse.ts";
import { visitStmts } from "./codegen.ts";
import { NB_OPERATORS, NB_SUBSCR } from "./codegen_const.ts";
import { addCompare, jumpIf, locOf, nameOp, visitExpr } from "./codegen_expr.ts";
import type { Compiler } from "./compiler.ts";
import { equalityKey } from "./constset.ts";
import { type Loc, NEXT_LOCATION, NO_LOCATION } from "./instructions.ts";
import { strValue } from "./strval.ts";

interface PatternContext {
  /** The names captured so far. */
  stores: string[];
  /** Whether a pattern that always matches may stand here. */
  allowIrrefutable: boolean;
  /** Labels by the number of values to pop. */
  failPop: number[];
  /** Values above the captured ones that must be popped on failure. */
  onTop: number;
}

function isWildcard(p: Pattern): boolean {
  return p.kind === "MatchAs" && p.name === null;
}

function isStarWildcard(p: Pattern): boolean {
  return p.kind === "MatchStar" && p.name === null;
}

function ensureFailPop(c: Compiler, pc: PatternContext, n: number): void {
  while (pc.failPop.length <= n) pc.failPop.push(c.newLabel());
}

function jumpToFailPop(
  c: Compiler,
  loc: Loc,
  pc: PatternContext,
  op: number,
): void {
  const pops = pc.onTop + pc.stores.length;
  ensureFailPop(c, pc, pops);
  c.op(op, pc.failPop[pops], loc);
}

function emitFailPop(c: Compiler, loc: Loc, pc: PatternContext): void {
  const labels = pc.failPop;
  if (labels.length === 0) return;
  for (let i = labels.length - 1; i > 0; i--) {
    c.useLabel(labels[i]);
    c.op0(POP_TOP, loc);
  }
  c.useLabel(labels[0]);
  pc.failPop = [];
}

/** Moves the top of the stack below `count - 1` values. */
function rotate(c: Compiler, loc: Loc, count: number): void {
  while (count > 1) c.op(SWAP, count--, loc);
}

function duplicateStore(c: Compiler, loc: Loc, name: string): never {
  c.error(loc, `multiple assignments to name ${strRepr(name)} in pattern`);
}

function storeName(
  c: Compiler,
  loc: Loc,
  name: string | null,
  pc: PatternContext,
): void {
  if (name === null) {
    c.op0(POP_TOP, loc);
    return;
  }
  if (pc.stores.includes(name)) duplicateStore(c, loc, name);
  rotate(c, loc, pc.onTop + pc.stores.length + 1);
  pc.stores.push(name);
}

function pattern(c: Compiler, p: Pattern, pc: PatternContext): void {
  switch (p.kind) {
    case "MatchValue":
      return valuePattern(c, p, pc);
    case "MatchSingleton": {
      const loc = locOf(p);
      c.loadConst(p.value as Value, loc);
      addCompare(c, loc, "Is");
      return jumpToFailPop(c, loc, pc, POP_JUMP_IF_FALSE);
    }
    case "MatchSequence":
      return sequencePattern(c, p, pc);
    case "MatchMapping":
      return mappingPattern(c, p, pc);
    case "MatchClass":
      return classPattern(c, p, pc);
    case "MatchStar":
      return storeName(c, locOf(p), p.name, pc);
    case "MatchAs":
      return asPattern(c, p, pc);
    case "MatchOr":
      return orPattern(c, p, pc);
  }
}

function subpattern(c: Compiler, p: Pattern, pc: PatternContext): void {
  const saved = pc.allowIrrefutable;
  pc.allowIrrefutable = true;
  pattern(c, p, pc);
  pc.allowIrrefutable = saved;
}

function valuePattern(
  c: Compiler,
  p: ast.MatchValue,
  pc: PatternContext,
): void {
  const { value } = p;
  if (value.kind !== "Constant" && value.kind !== "Attribute") {
    c.error(p, "patterns may only match literals and attribute lookups");
  }
  const loc = locOf(p);
  visitExpr(c, value);
  addCompare(c, loc, "Eq");
  c.op0(TO_BOOL, loc);
  jumpToFailPop(c, loc, pc, POP_JUMP_IF_FALSE);
}

function asPattern(c: Compiler, p: ast.MatchAs, pc: PatternContext): void {
  const loc = locOf(p);
  if (p.pattern === null) {
    if (!pc.allowIrrefutable) {
      c.error(
        loc,
        p.name !== null
          ? `name capture ${strRepr(p.name)} makes remaining patterns unreachable`
          : "wildcard makes remaining patterns unreachable",
      );
    }
    storeName(c, loc, p.name, pc);
    return;
  }
  pc.onTop++;
  c.op(COPY, 1, loc);
  pattern(c, p.pattern, pc);
  pc.onTop--;
  storeName(c, loc, p.name, pc);
}

// ---- sequences -----------------------------------------------------------------------------

function sequencePattern(
  c: Compiler,
  p: ast.MatchSequence,
  pc: PatternContext,
): void {
  const loc = locOf(p);
  const { patterns } = p;
  const size = patterns.length;
  let star = -1;
  let onlyWildcards = true;
  let starWildcard = false;
  patterns.forEach((q, i) => {
    if (q.kind === "MatchStar") {
      if (star >= 0) {
        c.error(loc, "multiple starred names in sequence pattern");
      }
      starWildcard = isStarWildcard(q);
      onlyWildcards &&= starWildcard;
      star = i;
    } else {
      onlyWildcards &&= isWildcard(q);
    }
  });
  pc.onTop++;
  c.op0(MATCH_SEQUENCE, loc);
  jumpToFailPop(c, loc, pc, POP_JUMP_IF_FALSE);
  if (star < 0 || size > 1) {
    c.op0(GET_LEN, loc);
    c.loadConst(star < 0 ? size : size - 1, loc);
    addCompare(c, loc, star < 0 ? "Eq" : "GtE");
    jumpToFailPop(c, loc, pc, POP_JUMP_IF_FALSE);
  }
  pc.onTop--;
  if (onlyWildcards) c.op0(POP_TOP, loc);
  else if (starWildcard) sequenceByIndex(c, loc, patterns, star, pc);
  else sequenceByUnpacking(c, loc, patterns, pc);
}

function sequenceByUnpacking(
  c: Compiler,
  loc: Loc,
  patterns: readonly Pattern[],
  pc: PatternContext,
): void {
  const n = patterns.length;
  const star = patterns.findIndex((p) => p.kind === "MatchStar");
  if (star < 0) {
    c.op(UNPACK_SEQUENCE, n, loc);
  } else {
    if (star >= 1 << 8 || n - star - 1 >= 0x7fffffff >> 8) {
      c.error(
        loc,
        "too many expressions in star-unpacking sequence pattern",
      );
    }
    c.op(UNPACK_EX, star + ((n - star - 1) << 8), loc);
  }
  pc.onTop += n;
  for (const p of patterns) {
    pc.onTop--;
    subpattern(c, p, pc);
  }
}

/** For `[a, *_]` and the like: items by subscript, since the rest is not wanted. */
function sequenceByIndex(
  c: Compiler,
  loc: Loc,
  patterns: readonly Pattern[],
  star: number,
  pc: PatternContext,
): void {
  const size = patterns.length;
  pc.onTop++;
  for (let i = 0; i < size; i++) {
    const p = patterns[i];
    if (isWildcard(p) || i === star) continue;
    c.op(COPY, 1, loc);
    if (i < star) {
      c.loadConst(i, loc);
    } else {
      // from the end: not every sequence knows negative indexes
      c.op0(GET_LEN, loc);
      c.loadConst(size - i, loc);
      c.op(BINARY_OP, NB_OPERATORS.Sub, loc);
    }
    c.op(BINARY_OP, NB_SUBSCR, loc);
    subpattern(c, p, pc);
  }
  pc.onTop--;
  c.op0(POP_TOP, loc);
}

// ---- classes and mappings ------------------------------------------------------------------

function classPattern(
  c: Compiler,
  p: ast.MatchClass,
  pc: PatternContext,
): void {
  const { patterns, kwd_attrs: attrs, kwd_patterns: kwdPatterns } = p;
  const loc = locOf(p);
  const nargs = patterns.length;
  const nattrs = attrs.length;
  if (nattrs !== kwdPatterns.length) {
    c.error(
      loc,
      `kwd_attrs (${nattrs}) / kwd_patterns (${kwdPatterns.length}) length mismatch in class pattern`,
    );
  }
  for (let i = 0; i < nattrs; i++) {
    const j = attrs.indexOf(attrs[i], i + 1);
    if (j >= 0) {
      c.error(
        kwdPatterns[j],
        `attribute name repeated in class pattern: ${attrs[i]}`,
      );
    }
  }
  visitExpr(c, p.cls);
  c.loadConst(new PyTuple(attrs.map(strValue)), loc);
  c.op(MATCH_CLASS, nargs, loc);
  c.op(COPY, 1, loc);
  c.loadConst(None, loc);
  c.op(IS_OP, 1, loc);
  // on top: a tuple of the attributes, or None
  pc.onTop++;
  jumpToFailPop(c, loc, pc, POP_JUMP_IF_FALSE);
  c.op(UNPACK_SEQUENCE, nargs + nattrs, loc);
  pc.onTop += nargs + nattrs - 1;
  for (let i = 0; i < nargs + nattrs; i++) {
    pc.onTop--;
    const q = i < nargs ? patterns[i] : kwdPatterns[i - nargs];
    if (isWildcard(q)) c.op0(POP_TOP, loc);
    else subpattern(c, q, pc);
  }
}

function mappingPattern(
  c: Compiler,
  p: ast.MatchMapping,
  pc: PatternContext,
): void {
  const { keys, patterns, rest } = p;
  const loc = locOf(p);
  let size = keys.length;
  if (size !== patterns.length) {
    c.error(
      loc,
      `keys (${size}) / patterns (${patterns.length}) length mismatch in mapping pattern`,
    );
  }
  pc.onTop++;
  c.op0(MATCH_MAPPING, loc);
  jumpToFailPop(c, loc, pc, POP_JUMP_IF_FALSE);
  if (size === 0 && rest === null) {
    pc.onTop--;
    c.op0(POP_TOP, loc);
    return;
  }
  if (size > 0) {
    c.op0(GET_LEN, loc);
    c.loadConst(size, loc);
    addCompare(c, loc, "GtE");
    jumpToFailPop(c, loc, pc, POP_JUMP_IF_FALSE);
  }
  const seen = new Set<unknown>();
  keys.forEach((key, i) => mappingKey(c, p, key, patterns[i], seen));
  c.op(BUILD_TUPLE, size, loc);
  c.op0(MATCH_KEYS, loc);
  // on top: the tuple of keys, and the tuple of values or None
  pc.onTop += 2;
  c.op(COPY, 1, loc);
  c.loadConst(None, loc);
  c.op(IS_OP, 1, loc);
  jumpToFailPop(c, loc, pc, POP_JUMP_IF_FALSE);
  c.op(UNPACK_SEQUENCE, size, loc);
  pc.onTop += size - 1;
  for (const q of patterns) {
    pc.onTop--;
    subpattern(c, q, pc);
  }
  pc.onTop -= 2;
  if (rest === null) {
    c.op0(POP_TOP, loc);
    c.op0(POP_TOP, loc);
    return;
  }
  // a copy of the subject without the keys
  c.op(BUILD_MAP, 0, loc);
  c.op(SWAP, 3, loc);
  c.op(DICT_UPDATE, 2, loc);
  c.op(UNPACK_SEQUENCE, size, loc);
  while (size > 0) {
    c.op(COPY, 1 + size--, loc);
    c.op(SWAP, 2, loc);
    c.op0(DELETE_SUBSCR, loc);
  }
  storeName(c, loc, rest, pc);
}

function mappingKey(
  c: Compiler,
  p: ast.MatchMapping,
  key: Expr | null,
  value: Pattern,
  seen: Set<unknown>,
): void {
  if (key === null) {
    c.error(
      value,
      "can't use NULL keys in MatchMapping (set 'rest' parameter instead)",
    );
  }
  if (key.kind === "Constant") {
    const k = equalityKey(key.value as Value);
    if (seen.has(k)) {
      c.error(
        p,
        `mapping pattern checks duplicate key (${constRepr(key.value as Value)})`,
      );
    }
    seen.add(k);
  } else if (key.kind !== "Attribute") {
    c.error(
      p,
      "mapping pattern keys may only match literals and attribute lookups",
    );
  }
  visitExpr(c, key);
}

// ---- alternatives --------------------------------------------------------------------------

function orPattern(c: Compiler, p: ast.MatchOr, pc: PatternContext): void {
  const end = c.newLabel();
  const size = p.patterns.length;
  const old = { ...pc };
  // the names of the first alternative: all others must bind the same, and in this order
  let control: string[] = [];
  const differ = (): never => c.error(p, "alternative patterns bind different names");
  p.patterns.forEach((alt, i) => {
    const loc = locOf(alt);
    pc.stores = [];
    pc.allowIrrefutable = i === size - 1 && old.allowIrrefutable;
    pc.failPop = [];
    pc.onTop = 0;
    c.op(COPY, 1, loc);
    pattern(c, alt, pc);
    const n = pc.stores.length;
    if (i === 0) {
      control = pc.stores;
    } else if (n !== control.length) {
      differ();
    } else {
      for (let k = n - 1; k >= 0; k--) {
        const at = pc.stores.indexOf(control[k]);
        if (at < 0) differ();
        if (at === k) continue;
        // rotate the names, and their values on the stack, into the order of `control`
        const rotations = at + 1;
        const rotated = pc.stores.splice(0, rotations);
        pc.stores.splice(k - at, 0, ...rotated);
        for (let r = 0; r < rotations; r++) rotate(c, loc, k + 1);
      }
    }
    c.op(JUMP, end, loc);
    emitFailPop(c, loc, pc);
  });
  Object.assign(pc, old);
  const loc = locOf(p);
  // no alternative matched
  c.op0(POP_TOP, loc);
  jumpToFailPop(c, loc, pc, JUMP);
  c.useLabel(end);
  // bring the captured values to their places
  const nstores = control.length;
  const nrots = nstores + 1 + pc.onTop + pc.stores.length;
  for (const name of control) {
    rotate(c, loc, nrots);
    if (pc.stores.includes(name)) duplicateStore(c, loc, name);
    pc.stores.push(name);
  }
  c.op0(POP_TOP, loc);
}

// ---- the statement -------------------------------------------------------------------------

/** Code for `match`. */
export function visitMatch(c: Compiler, s: ast.Match): void {
  visitExpr(c, s.subject);
  const end = c.newLabel();
  const { cases } = s;
  const n = cases.length;
  const last = cases[n - 1];
  const hasDefault = isWildcard(last.pattern) && n > 1;
  const count = hasDefault ? n - 1 : n;
  for (let i = 0; i < count; i++) {
    const m = cases[i];
    const loc = locOf(m.pattern);
    const more = i !== count - 1;
    if (more) c.op(COPY, 1, loc);
    const pc: PatternContext = {
      stores: [],
      allowIrrefutable: m.guard !== null || i === n - 1,
      failPop: [],
      onTop: 0,
    };
    pattern(c, m.pattern, pc);
    for (const name of pc.stores) nameOp(c, loc, name, "Store");
    if (m.guard !== null) {
      ensureFailPop(c, pc, 0);
      jumpIf(c, loc, m.guard, pc.failPop[0], false);
    }
    if (more) c.op0(POP_TOP, NEXT_LOCATION);
    visitStmts(c, m.body);
    c.op(JUMP, end, NO_LOCATION);
    emitFailPop(c, loc, pc);
  }
  if (hasDefault) {
    const loc = locOf(last.pattern);
    c.op0(NOP, loc); // so that the default shows up in coverage
    if (last.guard !== null) jumpIf(c, loc, last.guard, end, false);
    visitStmts(c, last.body);
  }
  c.useLabel(end);
}
