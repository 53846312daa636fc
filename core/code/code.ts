// CPython 3.14: Include/cpython/code.h, Objects/codeobject.c
//
// A code object is immutable and shared by all Interpreters: what an
// Interpreter makes of it (prepared arrays, caches, emitted functions) is kept
// by that Interpreter, never here. Locals, cells and free variables are one
// row of "fast" slots (localsplus): `co_localsplusnames` names them,
// `co_localspluskinds` says by bits what each one is. An argument that is also
// a cell has both bits and one slot.

import { codeType, PyObject, type Value } from "../objects/object.ts";

/** co_flags bits. */
export const CO_OPTIMIZED = 0x1,
  CO_NEWLOCALS = 0x2,
  CO_VARARGS = 0x4,
  CO_VARKEYWORDS = 0x8,
  CO_NESTED = 0x10,
  CO_GENERATOR = 0x20,
  CO_COROUTINE = 0x80,
  CO_ITERABLE_COROUTINE = 0x100,
  CO_ASYNC_GENERATOR = 0x200,
  CO_FUTURE_DIVISION = 0x20000,
  CO_FUTURE_ABSOLUTE_IMPORT = 0x40000,
  CO_FUTURE_WITH_STATEMENT = 0x80000,
  CO_FUTURE_PRINT_FUNCTION = 0x100000,
  CO_FUTURE_UNICODE_LITERALS = 0x200000,
  CO_FUTURE_BARRY_AS_BDFL = 0x400000,
  CO_FUTURE_GENERATOR_STOP = 0x800000,
  CO_FUTURE_ANNOTATIONS = 0x1000000,
  CO_NO_MONITORING_EVENTS = 0x2000000,
  CO_HAS_DOCSTRING = 0x4000000,
  CO_METHOD = 0x8000000;

/** co_localspluskinds bits. */
export const CO_FAST_ARG_POS = 0x02,
  CO_FAST_ARG_KW = 0x04,
  CO_FAST_ARG_VAR = 0x08,
  CO_FAST_HIDDEN = 0x10,
  CO_FAST_LOCAL = 0x20,
  CO_FAST_CELL = 0x40,
  CO_FAST_FREE = 0x80;

/** Most nested blocks (loops, handlers) a function may have. */
export const CO_MAXBLOCKS = 40;

/** What a code object is made of. */
export interface CodeInit {
  co_argcount: number;
  co_posonlyargcount: number;
  co_kwonlyargcount: number;
  co_stacksize: number;
  co_flags: number;
  co_code: Uint8Array;
  co_consts: Value[];
  co_names: string[];
  co_localsplusnames: string[];
  co_localspluskinds: Uint8Array;
  co_filename: Value;
  co_name: string;
  co_qualname: string;
  co_firstlineno: number;
  co_linetable: Uint8Array;
  co_exceptiontable: Uint8Array;
}

/** The fields of a code object, with what is counted once. */
interface Fields extends CodeInit {
  co_nlocals: number;
  ncellvars: number;
  nfreevars: number;
}

function fieldsOf(init: CodeInit): Fields {
  const kinds = init.co_localspluskinds;
  let nlocals = 0, ncells = 0, nfrees = 0;
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] & CO_FAST_LOCAL) nlocals++;
    if (kinds[i] & CO_FAST_CELL) ncells++;
    if (kinds[i] & CO_FAST_FREE) nfrees++;
  }
  return {
    ...init,
    // CPython always makes room for one operand
    co_stacksize: Math.max(init.co_stacksize, 1),
    co_nlocals: nlocals,
    ncellvars: ncells,
    nfreevars: nfrees,
  };
}

/**
 * A code object. Nothing may write to its fields or arrays.
 *
 * One from the library's archive has no fields until somebody asks for one of them: most functions
 * of most modules never run.
 */
export class PyCode extends PyObject implements CodeInit {
  #fields: Fields | undefined;
  #read: (() => CodeInit) | undefined;
  /**
   * False for code from outside (marshal, `CodeType(...)`, `replace`) until
   * its instructions have been verified; see ensureVerified.
   */
  verified: boolean;
  /** The code is from outside: its instructions fit together, what they find on the stack may not. */
  readonly foreign: boolean;
  /** Of the library's archive, or compiled by the host: several Interpreters may run the same object. */
  shared: boolean;
  #varnames: string[] | undefined = undefined;
  #cellvars: string[] | undefined = undefined;
  #freevars: string[] | undefined = undefined;

  constructor(init: CodeInit | (() => CodeInit), verified = true, shared = false) {
    super(codeType);
    this.verified = verified;
    this.foreign = !verified;
    this.shared = shared;
    if (typeof init === "function") {
      this.#fields = undefined;
      this.#read = init;
    } else {
      this.#fields = fieldsOf(init);
      this.#read = undefined;
    }
  }

  #get(): Fields {
    if (this.#fields === undefined) {
      this.#fields = fieldsOf(this.#read!());
      this.#read = undefined;
    }
    return this.#fields;
  }

  /** Changes the file name, for one that has just been read (`_imp._fix_co_filename`); shared code keeps its own. */
  rename(filename: Value): void {
    if (!this.shared) this.#get().co_filename = filename;
  }

  get co_argcount(): number {
    return this.#get().co_argcount;
  }
  get co_posonlyargcount(): number {
    return this.#get().co_posonlyargcount;
  }
  get co_kwonlyargcount(): number {
    return this.#get().co_kwonlyargcount;
  }
  get co_nlocals(): number {
    return this.#get().co_nlocals;
  }
  get co_stacksize(): number {
    return this.#get().co_stacksize;
  }
  get co_flags(): number {
    return this.#get().co_flags;
  }
  /** Instructions and cache entries, never specialised. */
  get co_code(): Uint8Array {
    return this.#get().co_code;
  }
  get co_consts(): Value[] {
    return this.#get().co_consts;
  }
  get co_names(): string[] {
    return this.#get().co_names;
  }
  get co_localsplusnames(): string[] {
    return this.#get().co_localsplusnames;
  }
  get co_localspluskinds(): Uint8Array {
    return this.#get().co_localspluskinds;
  }
  /** A str (os.fsdecode may have put lone surrogates in). */
  get co_filename(): Value {
    return this.#get().co_filename;
  }
  get co_name(): string {
    return this.#get().co_name;
  }
  get co_qualname(): string {
    return this.#get().co_qualname;
  }
  get co_firstlineno(): number {
    return this.#get().co_firstlineno;
  }
  get co_linetable(): Uint8Array {
    return this.#get().co_linetable;
  }
  get co_exceptiontable(): Uint8Array {
    return this.#get().co_exceptiontable;
  }
  get ncellvars(): number {
    return this.#get().ncellvars;
  }
  get nfreevars(): number {
    return this.#get().nfreevars;
  }

  /** Number of fast slots. */
  get nlocalsplus(): number {
    return this.co_localsplusnames.length;
  }

  /** Names of the locals, arguments first. */
  get co_varnames(): string[] {
    return this.#varnames ??= this.#ofKind(CO_FAST_LOCAL);
  }

  /** Names of the variables that inner scopes refer to. */
  get co_cellvars(): string[] {
    return this.#cellvars ??= this.#ofKind(CO_FAST_CELL);
  }

  /** Names of the variables of outer scopes. */
  get co_freevars(): string[] {
    return this.#freevars ??= this.#ofKind(CO_FAST_FREE);
  }

  #ofKind(bit: number): string[] {
    const kinds = this.co_localspluskinds;
    return this.co_localsplusnames.filter((_, i) => (kinds[i] & bit) !== 0);
  }
}

/** A copy of a code object with some fields replaced. */
export function replaceCode(code: PyCode, changes: Partial<CodeInit>): PyCode {
  return new PyCode({ ...initOf(code), ...changes });
}

/** The fields that a code object is made of. */
export function initOf(code: PyCode): CodeInit {
  return {
    co_argcount: code.co_argcount,
    co_posonlyargcount: code.co_posonlyargcount,
    co_kwonlyargcount: code.co_kwonlyargcount,
    co_stacksize: code.co_stacksize,
    co_flags: code.co_flags,
    co_code: code.co_code,
    co_consts: code.co_consts,
    co_names: code.co_names,
    co_localsplusnames: code.co_localsplusnames,
    co_localspluskinds: code.co_localspluskinds,
    co_filename: code.co_filename,
    co_name: code.co_name,
    co_qualname: code.co_qualname,
    co_firstlineno: code.co_firstlineno,
    co_linetable: code.co_linetable,
    co_exceptiontable: code.co_exceptiontable,
  };
}

/** Number of arguments a call fills: positional, keyword-only, `*args`, `**kwargs`. */
export function totalArgs(code: PyCode): number {
  return code.co_argcount + code.co_kwonlyargcount +
    (code.co_flags & CO_VARARGS ? 1 : 0) +
    (code.co_flags & CO_VARKEYWORDS ? 1 : 0);
}

/**
 * Names and kinds of the fast slots from the four name lists that
 * `CodeType(...)` takes (variables that are also cells get one slot).
 */
export function localsplus(
  varnames: readonly string[],
  cellvars: readonly string[],
  freevars: readonly string[],
  argcount: number,
  posonlyargcount: number,
  kwonlyargcount: number,
  flags: number,
): { names: string[]; kinds: Uint8Array } {
  const names: string[] = [];
  const kinds: number[] = [];
  const cells = new Set(cellvars);
  const nargs = argcount + kwonlyargcount;
  const star = flags & CO_VARARGS ? nargs : -1;
  const starstar = flags & CO_VARKEYWORDS ? nargs + (flags & CO_VARARGS ? 1 : 0) : -1;
  varnames.forEach((name, i) => {
    let kind = CO_FAST_LOCAL;
    if (i < posonlyargcount) kind |= CO_FAST_ARG_POS;
    else if (i < argcount) kind |= CO_FAST_ARG_POS | CO_FAST_ARG_KW;
    else if (i < nargs) kind |= CO_FAST_ARG_KW;
    else if (i === star) kind |= CO_FAST_ARG_VAR | CO_FAST_ARG_POS;
    else if (i === starstar) kind |= CO_FAST_ARG_VAR | CO_FAST_ARG_KW;
    if (cells.has(name)) kind |= CO_FAST_CELL;
    names.push(name);
    kinds.push(kind);
  });
  const locals = new Set(varnames);
  for (const name of cellvars) {
    if (locals.has(name)) continue;
    names.push(name);
    kinds.push(CO_FAST_CELL);
  }
  for (const name of freevars) {
    names.push(name);
    kinds.push(CO_FAST_FREE);
  }
  return { names, kinds: Uint8Array.from(kinds) };
}
