// CPython 3.14: Python/symtable.c (symtable_enter_block, symtable_add_def)
//
// What the first pass of the symbol table does with blocks and names, apart from the walk over the
// tree (symtable_visit.ts): opening and closing blocks, and recording definitions and uses with the
// errors that can be seen at once.

import type * as ast from "../parse/ast.ts";
import type { ExprContext } from "../parse/ast.ts";
import { rangedError } from "./errors.ts";
import { CO_FUTURE_ANNOTATIONS } from "./future.ts";
import type { Loc } from "./instructions.ts";
import {
  AnnotationBlock,
  ClassBlock,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  FunctionBlock,
  maybeMangle,
  ModuleBlock,
  type Symtable,
  SymtableEntry,
  TypeAliasBlock,
  TypeParametersBlock,
  TypeVariableBlock,
  USE,
} from "./symtable.ts";

/** The blocks that are open, and the names in them. */
export class BlockBuilder {
  readonly st: Symtable;
  readonly stack: SymtableEntry[] = [];
  cur!: SymtableEntry;
  /** The class whose name mangles private names. */
  private: string | null = null;
  /** The module's symbols. */
  globals: Map<string, number> = new Map();
  depth = 0;

  constructor(st: Symtable) {
    this.st = st;
  }

  error(msg: string, loc: Loc): never {
    throw rangedError(msg, this.st.filename, loc);
  }

  // ---- blocks ----

  newEntry(
    name: string,
    type: number,
    node: object,
    loc: Loc,
    second = false,
  ): SymtableEntry {
    const st = this.st;
    const ste = new SymtableEntry(st.nextId++, name, type, node, loc);
    const cur = this.cur as SymtableEntry | undefined;
    if (cur !== undefined) {
      ste.nested = cur.nested || cur.isFunctionLike;
      ste.method = cur.type === ClassBlock && type === FunctionBlock;
    }
    (second ? st.blocks2 : st.blocks).set(node, ste);
    return ste;
  }

  enterExisting(ste: SymtableEntry, addToChildren: boolean): void {
    const prev = this.cur as SymtableEntry | undefined;
    this.stack.push(ste);
    if (prev !== undefined) {
      // Assignment expressions stay forbidden in blocks inside of an iterable expression.
      ste.compIterExpr = prev.compIterExpr;
      // In a class all names are mangled.
      if (prev.mangledNames !== null && ste.type !== ClassBlock) {
        ste.mangledNames = prev.mangledNames;
      }
    }
    this.cur = ste;
    // With the annotations future, annotations become strings and must leave no trace here.
    if (
      this.st.future.features & CO_FUTURE_ANNOTATIONS &&
      ste.type === AnnotationBlock
    ) return;
    if (ste.type === ModuleBlock) this.globals = ste.symbols;
    if (addToChildren && prev !== undefined) prev.children.push(ste);
  }

  enter(
    name: string,
    type: number,
    node: object,
    loc: Loc,
    second = false,
  ): void {
    this.enterExisting(this.newEntry(name, type, node, loc, second), true);
    if (
      type === AnnotationBlock || type === TypeVariableBlock ||
      type === TypeAliasBlock
    ) {
      // The parameter that generated code looks at.
      this.addDef(".format", DEF_PARAM, loc);
      this.addDef(".format", USE, loc);
    }
  }

  exit(): void {
    this.stack.pop();
    this.cur = this.stack[this.stack.length - 1];
  }

  /** Opens the block of type parameters; `defaults` are passed to it as arguments. */
  enterTypeParams(
    name: string,
    node: object,
    hasDefaults: boolean,
    hasKwDefaults: boolean,
    isClass: boolean,
    loc: Loc,
  ): void {
    const inClass = this.cur.type === ClassBlock;
    this.enter(name, TypeParametersBlock, node, loc);
    if (inClass) {
      this.cur.canSeeClassScope = true;
      this.addDef("__classdict__", USE, loc);
    }
    if (isClass) {
      this.addDef(".type_params", DEF_LOCAL, loc);
      this.addDef(".type_params", USE, loc);
      this.addDef(".generic_base", DEF_LOCAL, loc);
      this.addDef(".generic_base", USE, loc);
    }
    if (hasDefaults) this.addDef(".defaults", DEF_PARAM, loc);
    if (hasKwDefaults) this.addDef(".kwdefaults", DEF_PARAM, loc);
  }

  // ---- names ----

  lookup(ste: SymtableEntry, name: string): number {
    return ste.symbol(maybeMangle(this.private, ste, name));
  }

  checkName(name: string, loc: Loc, ctx: ExprContext): void {
    if (name === "__debug__" && ctx !== "Load") {
      this.error(
        ctx === "Store" ? "cannot assign to __debug__" : "cannot delete __debug__",
        loc,
      );
    }
  }

  addDefHelper(
    name: string,
    flag: number,
    ste: SymtableEntry,
    loc: Loc,
  ): void {
    const mangled = maybeMangle(this.private, this.cur, name);
    const old = ste.symbols.get(mangled);
    let val = flag;
    if (old !== undefined) {
      if (flag & DEF_PARAM && old & DEF_PARAM) {
        this.error(`duplicate argument '${name}' in function definition`, loc);
      }
      if (flag & DEF_TYPE_PARAM && old & DEF_TYPE_PARAM) {
        this.error(`duplicate type parameter '${name}'`, loc);
      }
      val |= old;
    }
    if (ste.compIterTarget) {
      // An iteration variable must not be the target of an assignment expression as well.
      if (val & (DEF_GLOBAL | DEF_NONLOCAL)) {
        this.error(
          `comprehension inner loop cannot rebind assignment expression target '${name}'`,
          loc,
        );
      }
      val |= DEF_COMP_ITER;
    }
    ste.symbols.set(mangled, val);
    if (flag & DEF_PARAM) {
      ste.varnames.push(mangled);
    } else if (flag & DEF_GLOBAL) {
      this.globals.set(mangled, (this.globals.get(mangled) ?? 0) | flag);
    }
  }

  addDef(
    name: string,
    flag: number,
    loc: Loc,
    ctx: ExprContext = flag === USE ? "Load" : "Store",
  ): void {
    if (flag & (DEF_PARAM | DEF_LOCAL | DEF_IMPORT)) {
      this.checkName(name, loc, ctx);
    }
    if (flag & DEF_TYPE_PARAM) this.cur.mangledNames?.add(name);
    this.addDefHelper(name, flag, this.cur, loc);
  }

  recordDirective(name: string, loc: Loc): void {
    (this.cur.directives ??= []).push({
      name: maybeMangle(this.private, this.cur, name),
      lineno: loc.lineno,
      end_lineno: loc.end_lineno,
      col_offset: loc.col_offset,
      end_col_offset: loc.end_col_offset,
    });
  }

  checkKeywords(keywords: readonly ast.keyword[]): void {
    for (const k of keywords) {
      if (k.arg !== null) this.checkName(k.arg, k, "Store");
    }
  }
}
