// CPython 3.14: Python/symtable.c (analysis), Include/internal/pycore_symtable.h
//
// The symbol table: one entry per block (module, class, function, comprehension, and the annotation
// scopes of PEP 649 and 695). It is built in two passes. The first (symtable_visit.ts) collects per
// block which names are bound, used or declared how: a set of DEF_* and USE bits for each name. The
// second, here, walks the tree of blocks and decides each name's scope (LOCAL, GLOBAL_*, FREE,
// CELL), which is kept in the bits from SCOPE_OFFSET up.
//
// A block is found by the node that opens it. Some nodes open two blocks (a type variable with a
// bound and a default; a class or module and its annotations): the second one is in `blocks2`.
//
// The second pass works on sets of names:
//   bound   names bound in enclosing function-like blocks (undefined for the module)
//   free    names that are used free in the block and its children
//   global  names declared global in enclosing blocks
// A child gets copies of them, so that siblings do not see each other.

import type { FutureFeatures } from "./future.ts";
import type { Loc } from "./instructions.ts";
import { CompileFailure, rangedError, systemError } from "./errors.ts";

export const DEF_GLOBAL = 1;
export const DEF_LOCAL = 2;
export const DEF_PARAM = 2 << 1;
export const DEF_NONLOCAL = 2 << 2;
export const USE = 2 << 3;
/** Free in a method, and bound in the class that defines the method. */
export const DEF_FREE_CLASS = 2 << 5;
export const DEF_IMPORT = 2 << 6;
export const DEF_ANNOT = 2 << 7;
/** Iteration variable of a comprehension. */
export const DEF_COMP_ITER = 2 << 8;
export const DEF_TYPE_PARAM = 2 << 9;
/** A cell of an inlined comprehension. */
export const DEF_COMP_CELL = 2 << 10;
export const DEF_BOUND: number = DEF_LOCAL | DEF_PARAM | DEF_IMPORT;

export const SCOPE_OFFSET = 12;
export const SCOPE_MASK: number = DEF_GLOBAL | DEF_LOCAL | DEF_PARAM |
  DEF_NONLOCAL;

export const LOCAL = 1;
export const GLOBAL_EXPLICIT = 2;
export const GLOBAL_IMPLICIT = 3;
export const FREE = 4;
export const CELL = 5;

/** Block types, with the numbers that `_symtable` shows. */
export const FunctionBlock = 0;
export const ClassBlock = 1;
export const ModuleBlock = 2;
export const AnnotationBlock = 3;
export const TypeAliasBlock = 4;
export const TypeParametersBlock = 5;
export const TypeVariableBlock = 6;

/** Kinds of comprehension block. */
export const NoComprehension = 0;
export const ListComprehension = 1;
export const DictComprehension = 2;
export const SetComprehension = 3;
export const GeneratorExpression = 4;

/** The scope part of a symbol's bits. */
export function symbolScope(symbol: number): number {
  return (symbol >> SCOPE_OFFSET) & SCOPE_MASK;
}

/** Where a name was declared global or nonlocal, for error messages. */
export interface Directive extends Loc {
  readonly name: string;
}

/** One block. */
export class SymtableEntry {
  /** Unique within the table; `id` of the entry object in Python. */
  readonly id: number;
  name: string;
  /** Name (mangled) to DEF_* bits and scope, in order of appearance. */
  symbols: Map<string, number> = new Map();
  /** Parameters, in the order of co_varnames. */
  varnames: string[] = [];
  children: SymtableEntry[] = [];
  directives: Directive[] | null = null;
  /** Names that are mangled in a generic class's type parameter block; null: all are. */
  mangledNames: Set<string> | null = null;
  readonly type: number;
  /** The node that opens the block. */
  readonly node: object;
  loc: Loc;
  /** What a type variable block computes, for messages: "a TypeVar bound". */
  scopeInfo: string | null = null;
  /** The block of the annotations of a class, module or function body. */
  annotationBlock: SymtableEntry | null = null;
  comprehension = NoComprehension;
  nested = false;
  generator = false;
  coroutine = false;
  varargs = false;
  varkeywords = false;
  returnsValue = false;
  annotationsUsed = false;
  /** A method's free `__class__` needs the class's cell. */
  needsClassClosure = false;
  needsClassdict = false;
  compInlined = false;
  /** The target of a comprehension is being visited. */
  compIterTarget = false;
  canSeeClassScope = false;
  /** How many iterable expressions of comprehensions are being visited. */
  compIterExpr = 0;
  hasConditionalAnnotations = false;
  inConditionalBlock = false;
  inUnevaluatedAnnotation = false;
  hasDocstring = false;
  /** A function directly in a class. */
  method = false;

  constructor(
    id: number,
    name: string,
    type: number,
    node: object,
    loc: Loc,
  ) {
    this.id = id;
    this.name = name;
    this.type = type;
    this.node = node;
    this.loc = loc;
  }

  /** The bits of a name, 0 if the block does not know it. */
  symbol(name: string): number {
    return this.symbols.get(name) ?? 0;
  }

  /** The scope of a name, 0 if the block does not know it. */
  scope(name: string): number {
    return symbolScope(this.symbols.get(name) ?? 0);
  }

  /** True for blocks that become functions with fast locals. */
  get isFunctionLike(): boolean {
    return this.type !== ClassBlock && this.type !== ModuleBlock;
  }
}

/** The blocks of a compilation. */
export class Symtable {
  readonly filename: string;
  readonly future: FutureFeatures;
  blocks: Map<object, SymtableEntry> = new Map();
  /** Second blocks of nodes that open two. */
  blocks2: Map<object, SymtableEntry> = new Map();
  top!: SymtableEntry;
  nextId = 1;

  constructor(filename: string, future: FutureFeatures) {
    this.filename = filename;
    this.future = future;
  }

  /** The block that `node` opens. */
  lookup(node: object, second = false): SymtableEntry {
    const ste = (second ? this.blocks2 : this.blocks).get(node);
    if (ste === undefined) throw systemError("unknown symbol table entry");
    return ste;
  }
}

/** `__private` names become `_class__private`. */
export function mangle(privateName: string | null, name: string): string {
  if (
    privateName === null || !name.startsWith("__") || name.endsWith("__") ||
    name.includes(".")
  ) return name;
  let i = 0;
  while (privateName[i] === "_") i++;
  if (i === privateName.length) return name;
  return "_" + privateName.slice(i) + name;
}

/** Mangles unless the block is one that mangles type parameters only. */
export function maybeMangle(
  privateName: string | null,
  ste: SymtableEntry,
  name: string,
): string {
  if (ste.mangledNames !== null && !ste.mangledNames.has(name)) return name;
  return mangle(privateName, name);
}

// ---- second pass ---------------------------------------------------------------------------

type Names = Set<string>;

function addAll(to: Names, from: Iterable<string>): void {
  for (const name of from) to.add(name);
}

/** Decides the scopes of all names. */
export function analyze(st: Symtable): void {
  analyzeBlock(st, new Analysis(st, st.top, undefined, new Set(), new Set(), new Set(), undefined));
}

function directiveError(
  st: Symtable,
  ste: SymtableEntry,
  name: string,
  msg: string,
): never {
  for (const d of ste.directives ?? []) {
    if (d.name === name) throw rangedError(msg, st.filename, d);
  }
  throw new CompileFailure(
    "RuntimeError",
    "BUG: internal directive bookkeeping broken",
  );
}

function analyzeName(
  st: Symtable,
  ste: SymtableEntry,
  scopes: Map<string, number>,
  name: string,
  flags: number,
  bound: Names | undefined,
  local: Names,
  free: Names,
  global: Names,
  typeParams: Names,
  classEntry: SymtableEntry | undefined,
): void {
  if (flags & DEF_GLOBAL) {
    if (flags & DEF_NONLOCAL) {
      directiveError(st, ste, name, `name '${name}' is nonlocal and global`);
    }
    scopes.set(name, GLOBAL_EXPLICIT);
    global.add(name);
    bound?.delete(name);
    return;
  }
  if (flags & DEF_NONLOCAL) {
    if (bound === undefined) {
      directiveError(
        st,
        ste,
        name,
        "nonlocal declaration not allowed at module level",
      );
    }
    if (!bound.has(name)) {
      directiveError(
        st,
        ste,
        name,
        `no binding for nonlocal '${name}' found`,
      );
    }
    if (typeParams.has(name)) {
      directiveError(
        st,
        ste,
        name,
        `nonlocal binding not allowed for type parameter '${name}'`,
      );
    }
    scopes.set(name, FREE);
    free.add(name);
    return;
  }
  if (flags & DEF_BOUND) {
    scopes.set(name, LOCAL);
    local.add(name);
    global.delete(name);
    if (flags & DEF_TYPE_PARAM) typeParams.add(name);
    else typeParams.delete(name);
    return;
  }
  // A scope that sees a class's namespace looks names up there and then among the globals, even
  // if an enclosing function binds the name too.
  if (classEntry !== undefined) {
    const classFlags = classEntry.symbol(name);
    if (classFlags & DEF_GLOBAL) {
      scopes.set(name, GLOBAL_EXPLICIT);
      return;
    }
    if (classFlags & DEF_BOUND && !(classFlags & DEF_NONLOCAL)) {
      scopes.set(name, GLOBAL_IMPLICIT);
      return;
    }
  }
  if (bound !== undefined && bound.has(name)) {
    scopes.set(name, FREE);
    free.add(name);
    return;
  }
  scopes.set(name, GLOBAL_IMPLICIT);
}

function isFreeInAnyChild(entry: SymtableEntry, name: string): boolean {
  return entry.children.some((child) => child.scope(name) === FREE);
}

/** Cells that the compiler makes in a class body for functions in it. */
const CLASS_CELLS: ReadonlySet<string> = new Set([
  "__class__",
  "__classdict__",
  "__conditional_annotations__",
]);

/** Merges the names of a comprehension into the block that it is inlined in. */
function inlineComprehension(
  ste: SymtableEntry,
  comp: SymtableEntry,
  scopes: Map<string, number>,
  compFree: Names,
  inlinedCells: Names,
): void {
  const removed: string[] = [];
  for (const [name, compFlags] of comp.symbols) {
    if (compFlags & DEF_PARAM) continue; // the implicit argument
    let scope = symbolScope(compFlags);
    const onlyFlags = compFlags & ((1 << SCOPE_OFFSET) - 1);
    if (scope === CELL || onlyFlags & DEF_COMP_CELL) inlinedCells.add(name);
    const existing = ste.symbols.get(name);
    // A class's own cells are not free in its body, only in its functions.
    if (scope === FREE && ste.type === ClassBlock && CLASS_CELLS.has(name)) {
      scope = GLOBAL_IMPLICIT;
      if (!isFreeInAnyChild(comp, name)) compFree.delete(name);
      removed.push(name);
    }
    if (existing === undefined) {
      ste.symbols.set(name, onlyFlags);
      scopes.set(name, scope);
    } else if (
      existing & DEF_BOUND && ste.type !== ClassBlock &&
      !isFreeInAnyChild(comp, name)
    ) {
      // A free name of the comprehension that is local outside is now simply local.
      compFree.delete(name);
    }
  }
  for (const name of removed) comp.symbols.delete(name);
}

function analyzeCells(
  scopes: Map<string, number>,
  free: Names,
  inlinedCells: Names,
): void {
  for (const [name, scope] of scopes) {
    if (scope !== LOCAL) continue;
    if (!free.has(name) && !inlinedCells.has(name)) continue;
    scopes.set(name, CELL);
    free.delete(name);
  }
}

function dropClassFree(ste: SymtableEntry, free: Names): void {
  if (free.delete("__class__")) ste.needsClassClosure = true;
  if (free.delete("__classdict__")) ste.needsClassdict = true;
  if (free.delete("__conditional_annotations__")) {
    ste.hasConditionalAnnotations = true;
  }
}

function updateSymbols(
  symbols: Map<string, number>,
  scopes: Map<string, number>,
  bound: Names | undefined,
  free: Names,
  inlinedCells: Names,
  classFlag: boolean,
): void {
  for (const [name, flags] of symbols) {
    const cell = inlinedCells.has(name) ? DEF_COMP_CELL : 0;
    symbols.set(
      name,
      flags | cell | ((scopes.get(name) as number) << SCOPE_OFFSET),
    );
  }
  for (const name of free) {
    const flags = symbols.get(name);
    if (flags !== undefined) {
      // Free in a method and bound in the class: both.
      if (classFlag) symbols.set(name, flags | DEF_FREE_CLASS);
    } else if (bound === undefined || bound.has(name)) {
      symbols.set(name, FREE << SCOPE_OFFSET);
    }
  }
}

/** A block whose names are being analyzed. Blocks may nest deeply, so they are walked with a stack of these. */
class Analysis {
  readonly local: Names = new Set();
  readonly scopes = new Map<string, number>();
  readonly newGlobal: Names = new Set();
  readonly newFree: Names = new Set();
  readonly newBound: Names = new Set();
  readonly inlinedCells: Names = new Set();
  readonly isClass: boolean;
  /** The child that comes next. */
  at = 0;
  constructor(
    st: Symtable,
    readonly ste: SymtableEntry,
    readonly bound: Names | undefined,
    readonly free: Names,
    global: Names,
    readonly typeParams: Names,
    readonly classEntry: SymtableEntry | undefined,
  ) {
    const { local, scopes, newGlobal, newBound } = this;
    const isClass = this.isClass = ste.type === ClassBlock;
    // The names of a class are not visible in its methods: what children see is fixed before.
    if (isClass) {
      addAll(newGlobal, global);
      if (bound !== undefined) addAll(newBound, bound);
    }
    for (const [name, flags] of ste.symbols) {
      analyzeName(st, ste, scopes, name, flags, bound, local, free, global, typeParams, classEntry);
    }
    if (!isClass) {
      if (ste.isFunctionLike) addAll(newBound, local);
      if (bound !== undefined) addAll(newBound, bound);
      addAll(newGlobal, global);
    } else {
      addAll(newBound, CLASS_CELLS);
    }
  }

  /** The analysis of the next child, or undefined when there is none. */
  child(st: Symtable): Analysis | undefined {
    const child = this.ste.children[this.at];
    if (child === undefined) return undefined;
    return new Analysis(
      st,
      child,
      new Set(this.newBound),
      new Set(this.newFree),
      new Set(this.newGlobal),
      new Set(this.typeParams),
      child.canSeeClassScope ? this.isClass ? this.ste : this.classEntry : undefined,
    );
  }

  /** A child has ended. */
  childEnded(a: Analysis): void {
    const child = a.ste;
    // Comprehensions are inlined, except in annotation scopes inside of classes.
    if (child.comprehension !== NoComprehension && !child.generator && !this.ste.canSeeClassScope) {
      inlineComprehension(this.ste, child, this.scopes, a.free, this.inlinedCells);
      child.compInlined = true;
    }
    addAll(this.newFree, a.free);
    this.at++;
  }

  /** All children have ended. */
  end(): void {
    const { ste, scopes, newFree, inlinedCells, isClass } = this;
    // Children of inlined comprehensions are now children of this block.
    if (ste.children.some((child) => child.compInlined)) {
      ste.children = ste.children.flatMap((child) => child.compInlined ? child.children : [child]);
    }
    if (ste.isFunctionLike) analyzeCells(scopes, newFree, inlinedCells);
    else if (isClass) dropClassFree(ste, newFree);
    updateSymbols(ste.symbols, scopes, this.bound, newFree, inlinedCells, isClass || ste.canSeeClassScope);
    addAll(this.free, newFree);
  }
}

function analyzeBlock(st: Symtable, top: Analysis): void {
  const open = [top];
  while (open.length > 0) {
    const a = open[open.length - 1], child = a.child(st);
    if (child !== undefined) {
      open.push(child);
      continue;
    }
    a.end();
    open.pop();
    if (open.length > 0) open[open.length - 1].childEnded(a);
  }
}
