// CPython 3.14: Python/compile.c, Include/internal/pycore_compile.h
//
// The state of a compilation. One Unit per code object in the making: its symbol table entry, its
// names and constants, its instruction sequence, and the stack of frame blocks (loops, handlers,
// `with`) that a `return`, `break` or `continue` has to unwind. The units of the enclosing code
// objects wait on a stack.

import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_GENERATOR,
  CO_HAS_DOCSTRING,
  CO_METHOD,
  CO_NESTED,
  CO_NEWLOCALS,
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
  type PyCode,
} from "../code/code.ts";
import { LOAD_ATTR, LOAD_CONST, LOAD_SUPER_ATTR, RETURN_VALUE } from "../code/opnums.ts";
import { None, PyTuple, type Value } from "../objects/object.ts";
import type { Attribute, Stmt } from "../parse/ast.ts";
import { optimizeAndAssemble } from "./assemble.ts";
import { ConstCache, ConstTable } from "./consts.ts";
import { emitSyntaxWarning, syntaxError, systemError, type WarnFn } from "./errors.ts";
import { PyCF_MASK } from "./future.ts";
import { type CompileUnitMeta, InstrSequence, type Loc, NameTable, NO_LOCATION } from "./instructions.ts";
import { compareNames, strValue } from "./strval.ts";
import {
  CELL,
  ClassBlock,
  DEF_COMP_CELL,
  DEF_FREE_CLASS,
  DEF_LOCAL,
  DEF_NONLOCAL,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  LOCAL,
  mangle,
  maybeMangle,
  symbolScope,
  type Symtable,
  type SymtableEntry,
} from "./symtable.ts";

/** Scope types. */
export const SCOPE_MODULE = 0,
  SCOPE_CLASS = 1,
  SCOPE_FUNCTION = 2,
  SCOPE_ASYNC_FUNCTION = 3,
  SCOPE_LAMBDA = 4,
  SCOPE_COMPREHENSION = 5,
  SCOPE_ANNOTATIONS = 6;

/** Frame block types. */
export const FB_WHILE_LOOP = 0,
  FB_FOR_LOOP = 1,
  FB_TRY_EXCEPT = 2,
  FB_FINALLY_TRY = 3,
  FB_FINALLY_END = 4,
  FB_WITH = 5,
  FB_ASYNC_WITH = 6,
  FB_HANDLER_CLEANUP = 7,
  FB_POP_VALUE = 8,
  FB_EXCEPTION_HANDLER = 9,
  FB_EXCEPTION_GROUP_HANDLER = 10,
  FB_ASYNC_COMPREHENSION_GENERATOR = 11,
  FB_STOP_ITERATION = 12;

/** How a name is reached. */
export const OP_FAST = 0, OP_GLOBAL = 1, OP_DEREF = 2, OP_NAME = 3;

/** "No label". */
export const NO_LABEL = -1;

/** Most frame blocks a code object may nest. */
const MAX_FBLOCKS = 21;

/** Pseudo opcodes of `nameOp` that become forms of LOAD_ATTR and LOAD_SUPER_ATTR. */
export const LOAD_METHOD = -1,
  LOAD_SUPER_METHOD = -2,
  LOAD_ZERO_SUPER_ATTR = -3,
  LOAD_ZERO_SUPER_METHOD = -4;

export interface FBlock {
  readonly type: number;
  /** The label at its start (of a loop: where `continue` goes). */
  readonly block: number;
  readonly loc: Loc;
  /** Where `break` goes. */
  readonly exit: number;
  /** FINALLY_TRY: the statements of `finally`; HANDLER_CLEANUP: the name that is bound. */
  readonly datum: Stmt[] | string | null;
}

/** Argument counts of a scope. */
export interface ArgCounts {
  argcount?: number;
  posonlyargcount?: number;
  kwonlyargcount?: number;
}

/** What a comprehension that is inlined has to undo at its end. */
export interface InlinedState {
  pushedLocals: string[] | null;
  fastHidden: string[];
  tempSymbols: Map<string, number>;
  cleanup: number;
}

/** A code object in the making. */
export class Unit {
  readonly ste: SymtableEntry;
  readonly scopeType: number;
  private: string | null;
  /** Of a class: the attributes that methods set on `self`. */
  staticAttributes: Set<string> | null;
  deferredAnnotations: Stmt[] | null = null;
  /** For each of them, its index among the conditional ones, or -1. */
  conditionalIndices: number[] = [];
  nextConditionalIndex = 0;
  seq: InstrSequence = new InstrSequence();
  stashedSeq: InstrSequence | null = null;
  readonly fblocks: FBlock[] = [];
  inInlinedComp = 0;
  inConditionalBlock = 0;
  readonly meta: CompileUnitMeta;

  constructor(
    ste: SymtableEntry,
    scopeType: number,
    name: string,
    lineno: number,
    privateName: string | null,
    args: ArgCounts,
    constCache: ConstCache,
  ) {
    this.ste = ste;
    this.scopeType = scopeType;
    this.private = privateName;
    this.staticAttributes = scopeType === SCOPE_CLASS ? new Set() : null;
    const cellvars = namesByType(ste.symbols, CELL, DEF_COMP_CELL);
    if (ste.needsClassClosure) cellvars.add("__class__");
    if (ste.needsClassdict) cellvars.add("__classdict__");
    if (ste.hasConditionalAnnotations) {
      cellvars.add("__conditional_annotations__");
    }
    this.meta = {
      name,
      qualname: name,
      consts: new ConstTable([], constCache),
      names: new NameTable(),
      varnames: new NameTable(ste.varnames),
      cellvars,
      freevars: namesByType(ste.symbols, FREE, DEF_FREE_CLASS),
      fasthidden: new Map(),
      argcount: args.argcount ?? 0,
      posonlyargcount: args.posonlyargcount ?? 0,
      kwonlyargcount: args.kwonlyargcount ?? 0,
      firstlineno: lineno,
    };
  }
}

/** The names with a scope or flag, sorted. */
function namesByType(
  symbols: Map<string, number>,
  scope: number,
  flag: number,
): NameTable {
  const names: string[] = [];
  for (const [name, symbol] of symbols) {
    if (symbolScope(symbol) === scope || symbol & flag) names.push(name);
  }
  return new NameTable(names.sort(compareNames));
}

export interface CompilerOptions {
  filename: string;
  /** The str value of the file name for `co_filename`. */
  filenameValue: Value;
  /** Compiler flags, future features included. */
  flags: number;
  optimize: number;
  interactive: boolean;
  warn: WarnFn | undefined;
  noColumns: boolean;
  /** Sequences keep those of the scopes in them. */
  saveNested?: boolean;
}

/** A compilation. */
export class Compiler {
  readonly o: CompilerOptions;
  readonly st: Symtable;
  readonly stack: Unit[] = [];
  readonly constCache: ConstCache = new ConstCache();
  u!: Unit;
  /** Nesting of the tree that is being visited. */
  depth = 0;
  /** Above 0 where code is generated a second time. */
  warningsOff = 0;

  constructor(st: Symtable, options: CompilerOptions) {
    this.st = st;
    this.o = options;
  }

  error(loc: Loc, msg: string): never {
    throw syntaxError(msg, this.o.filename, loc);
  }

  warn(loc: Loc, msg: string): void {
    if (this.warningsOff === 0) {
      emitSyntaxWarning(this.o.warn, msg, this.o.filename, loc);
    }
  }

  // ---- instructions ----

  newLabel(): number {
    return this.u.seq.newLabel();
  }

  useLabel(label: number): void {
    this.u.seq.useLabel(label);
  }

  op(op: number, arg: number, loc: Loc): void {
    this.u.seq.addOp(op, arg, loc);
  }

  op0(op: number, loc: Loc): void {
    this.u.seq.addOp(op, 0, loc);
  }

  loadConst(value: Value, loc: Loc): void {
    this.u.seq.addOp(LOAD_CONST, this.u.meta.consts.add(value), loc);
  }

  /** Loads a name or other text as a str constant. */
  loadText(text: string, loc: Loc): void {
    this.loadConst(strValue(text), loc);
  }

  /** An instruction whose argument is a name, which is mangled. */
  nameOp(op: number, name: string, table: NameTable, loc: Loc): void {
    let arg = this.nameArg(table, this.maybeMangle(name));
    switch (op) {
      case LOAD_ATTR:
        arg <<= 1;
        break;
      case LOAD_METHOD:
        op = LOAD_ATTR;
        arg = arg << 1 | 1;
        break;
      case LOAD_SUPER_ATTR:
        arg = arg << 2 | 2;
        break;
      case LOAD_SUPER_METHOD:
        op = LOAD_SUPER_ATTR;
        arg = arg << 2 | 3;
        break;
      case LOAD_ZERO_SUPER_ATTR:
        op = LOAD_SUPER_ATTR;
        arg <<= 2;
        break;
      case LOAD_ZERO_SUPER_METHOD:
        op = LOAD_SUPER_ATTR;
        arg = arg << 2 | 1;
        break;
    }
    this.op(op, arg, loc);
  }

  /** The index of a name as an instruction has it: free variables come after the cells. */
  nameArg(table: NameTable, name: string): number {
    const i = table.add(name);
    const { cellvars, freevars } = this.u.meta;
    return table === freevars ? cellvars.size + i : i;
  }

  /** The instruction that returns, for code that reaches the end. */
  returnAtEnd(addNone: boolean): void {
    if (addNone) this.loadConst(None, NO_LOCATION);
    this.op0(RETURN_VALUE, NO_LOCATION);
  }

  // ---- names ----

  mangle(name: string): string {
    return mangle(this.u.private, name);
  }

  maybeMangle(name: string): string {
    return maybeMangle(this.u.private, this.u.ste, name);
  }

  /** The scope through which the unit refers to a variable that a closure needs. */
  refType(name: string): number {
    if (
      this.u.scopeType === SCOPE_CLASS &&
      (name === "__class__" || name === "__classdict__" ||
        name === "__conditional_annotations__")
    ) return CELL;
    const scope = this.u.ste.scope(name);
    if (scope === 0) {
      throw systemError(`unknown scope of ${name} in unit ${this.u.meta.name}`);
    }
    return scope;
  }

  /** The index of the cell or free variable `name`. */
  closureArg(name: string): number {
    const { cellvars, freevars } = this.u.meta;
    const i = this.refType(name) === CELL
      ? cellvars.get(name)
      : freevars.has(name)
      ? cellvars.size + freevars.get(name)
      : -1;
    if (i < 0) {
      throw systemError(`no variable ${name} in unit ${this.u.meta.name}`);
    }
    return i;
  }

  /** How a (mangled) name with this scope is reached, and its index unless it is a fast local. */
  resolveName(mangled: string, scope: number): { type: number; arg: number } {
    const { meta, ste } = this.u;
    let table = meta.names;
    let type = OP_NAME;
    switch (scope) {
      case FREE:
        table = meta.freevars;
        type = OP_DEREF;
        break;
      case CELL:
        table = meta.cellvars;
        type = OP_DEREF;
        break;
      case LOCAL:
        if (ste.isFunctionLike || meta.fasthidden.get(mangled) === true) {
          return { type: OP_FAST, arg: 0 };
        }
        break;
      case GLOBAL_IMPLICIT:
        if (ste.isFunctionLike) type = OP_GLOBAL;
        break;
      case GLOBAL_EXPLICIT:
        type = OP_GLOBAL;
        break;
    }
    return { type, arg: this.nameArg(table, mangled) };
  }

  /** Notes an attribute that a method sets on `self`, for `__static_attributes__`. */
  maybeStaticAttribute(e: Attribute): void {
    if (
      e.value.kind !== "Name" || e.ctx !== "Store" || e.value.id !== "self"
    ) return;
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const attrs = this.stack[i].staticAttributes;
      if (attrs !== null) {
        attrs.add(e.attr);
        return;
      }
    }
  }

  /** `__static_attributes__` of the class. */
  staticAttributes(): PyTuple {
    const names = [...this.u.staticAttributes as Set<string>];
    return new PyTuple(names.sort(compareNames).map(strValue));
  }

  // ---- scopes ----

  get isInteractiveTopLevel(): boolean {
    return this.o.interactive && this.stack.length === 0;
  }

  enterScope(
    name: string,
    scopeType: number,
    ste: SymtableEntry,
    lineno: number,
    privateName: string | null,
    args: ArgCounts,
  ): void {
    const outer = this.u as Unit | undefined;
    if (outer !== undefined) {
      this.stack.push(outer);
      privateName ??= outer.private;
    }
    this.u = new Unit(
      ste,
      scopeType,
      name,
      lineno,
      privateName,
      args,
      this.constCache,
    );
    if (scopeType !== SCOPE_MODULE) this.setQualname();
  }

  exitScope(): void {
    const { seq } = this.u;
    this.u = this.stack.pop() as Unit;
    if (this.o.saveNested) this.u?.seq.addNested(seq);
  }

  setQualname(): void {
    const u = this.u;
    const n = this.stack.length;
    if (n <= 1) return; // directly in the module: the name itself
    let parent = this.stack[n - 1];
    if (parent.scopeType === SCOPE_ANNOTATIONS) {
      if (n === 2) return;
      parent = this.stack[n - 2];
    }
    if (
      u.scopeType === SCOPE_FUNCTION || u.scopeType === SCOPE_ASYNC_FUNCTION ||
      u.scopeType === SCOPE_CLASS
    ) {
      const mangled = mangle(parent.private, u.meta.name);
      if (parent.ste.scope(mangled) === GLOBAL_EXPLICIT) return;
    }
    const inFunction = parent.scopeType === SCOPE_FUNCTION ||
      parent.scopeType === SCOPE_ASYNC_FUNCTION ||
      parent.scopeType === SCOPE_LAMBDA;
    u.meta.qualname = parent.meta.qualname +
      (inFunction ? ".<locals>." : ".") + u.meta.name;
  }

  /** co_flags of the current unit. */
  codeFlags(): number {
    const ste = this.u.ste;
    let flags = 0;
    if (ste.isFunctionLike) {
      flags |= CO_NEWLOCALS | CO_OPTIMIZED;
      if (ste.nested) flags |= CO_NESTED;
      if (ste.generator) {
        flags |= ste.coroutine ? CO_ASYNC_GENERATOR : CO_GENERATOR;
      }
      if (ste.varargs) flags |= CO_VARARGS;
      if (ste.varkeywords) flags |= CO_VARKEYWORDS;
      if (ste.hasDocstring) flags |= CO_HAS_DOCSTRING;
      if (ste.method) flags |= CO_METHOD;
    }
    if (ste.coroutine && !ste.generator) flags |= CO_COROUTINE;
    return flags | (this.o.flags & PyCF_MASK);
  }

  /** Ends the current unit: its code object. The scope is left. */
  finish(addNone: boolean): PyCode {
    const u = this.u;
    const flags = this.codeFlags();
    this.returnAtEnd(addNone);
    const code = optimizeAndAssemble(
      u.meta,
      u.seq,
      flags,
      this.o.filenameValue,
      u.ste.varnames.length,
      undefined,
      this.o.noColumns,
    );
    this.exitScope();
    return code;
  }

  // ---- frame blocks ----

  pushFBlock(
    loc: Loc,
    type: number,
    block: number,
    exit: number,
    datum: FBlock["datum"],
  ): void {
    const fblocks = this.u.fblocks;
    if (fblocks.length >= MAX_FBLOCKS) {
      this.error(loc, "too many statically nested blocks");
    }
    fblocks.push({ type, block, loc, exit, datum });
    if (type === FB_FINALLY_END) this.warningsOff++;
  }

  popFBlock(): FBlock {
    const fb = this.u.fblocks.pop() as FBlock;
    if (fb.type === FB_FINALLY_END) this.warningsOff--;
    return fb;
  }

  // ---- inlined comprehensions ----

  /** Gives the names of a comprehension the scopes they have inside of it. */
  tweakInlinedScopes(comp: SymtableEntry, state: InlinedState): void {
    const u = this.u;
    const { ste } = u;
    const inClass = ste.type === ClassBlock && u.inInlinedComp === 0;
    u.inInlinedComp++;
    for (const [name, symbol] of comp.symbols) {
      const scope = symbolScope(symbol);
      const outSymbol = ste.symbol(name);
      const outScope = symbolScope(outSymbol);
      // A name that is free inside is reached as outside; so is a cell inside that is free outside.
      if (
        (scope !== outScope && scope !== FREE &&
          !(scope === CELL && outScope === FREE)) || inClass
      ) {
        ste.symbols.set(name, symbol);
        state.tempSymbols.set(name, outSymbol);
      }
      if (
        ((symbol & DEF_LOCAL && !(symbol & DEF_NONLOCAL)) || inClass) &&
        !ste.isFunctionLike && u.meta.fasthidden.get(name) !== true
      ) {
        u.meta.fasthidden.set(name, true);
        state.fastHidden.push(name);
      }
    }
  }

  /** Undoes tweakInlinedScopes. */
  revertInlinedScopes(state: InlinedState): void {
    const u = this.u;
    u.inInlinedComp--;
    for (const [name, symbol] of state.tempSymbols) {
      u.ste.symbols.set(name, symbol);
    }
    // false, not absent: such locals stay hidden from `locals()`
    for (const name of state.fastHidden) u.meta.fasthidden.set(name, false);
  }

  // ---- annotations ----

  /** Defers an annotation; the index of a conditional one, or -1. */
  deferAnnotation(s: Stmt): number {
    const u = this.u;
    (u.deferredAnnotations ??= []).push(s);
    const index = u.scopeType === SCOPE_MODULE || u.inConditionalBlock > 0 ? u.nextConditionalIndex++ : -1;
    u.conditionalIndices.push(index);
    return index;
  }

  /** Begins a sequence of its own for the annotations of a module, which run first. */
  startAnnotationSetup(): void {
    this.u.stashedSeq = this.u.seq;
    this.u.seq = new InstrSequence();
  }

  endAnnotationSetup(): void {
    const parent = this.u.stashedSeq as InstrSequence;
    parent.annotationsCode = this.u.seq;
    this.u.seq = parent;
    this.u.stashedSeq = null;
  }
}
