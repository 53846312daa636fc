// No counterpart in CPython, which trusts every code object.
//
// Looks at code that did not come from the compiler (marshal, `CodeType(...)`,
// `replace`) before it is prepared. The interpreter relies on what is checked
// here: known opcodes with their cache entries in place, arguments that index
// what is there, jumps to instructions, an operand stack that neither under-
// nor overflows and has one depth at each instruction, readable tables.

import {
  CO_FAST_ARG_KW,
  CO_FAST_ARG_POS,
  CO_FAST_ARG_VAR,
  CO_FAST_CELL,
  CO_FAST_FREE,
  CO_FAST_LOCAL,
  PyCode,
  totalArgs,
} from "./code.ts";
import { type ExceptionEntry, parseExceptionTable, parseLocations, TableError } from "./locations.ts";
import {
  ARG,
  CACHES,
  CMP_OPS,
  COMMON_CONSTANTS,
  DEOPT,
  EXITS,
  FLAGS,
  GOTO,
  INTRINSIC_1,
  INTRINSIC_2,
  isValid,
  JUMP,
  MIN_INSTRUMENTED_OPCODE,
  NB_OPS,
  numPopped,
  opname,
  SPECIAL_METHODS,
  stackEffect,
} from "./opcodes.ts";
import * as N from "./opnums.ts";

/** What is wrong with a code object. */
export class VerifyError extends Error {
  /** Byte offset of the instruction, or -1. */
  readonly offset: number;

  /** The opcode, where it is one that CPython does not know either. */
  readonly unknown: number | undefined;

  constructor(message: string, offset = -1, unknown?: number) {
    super(offset < 0 ? message : `${message} at offset ${offset}`);
    this.offset = offset;
    this.unknown = unknown;
  }
}

interface Insn {
  /** Code unit of the opcode, behind any EXTENDED_ARG. */
  at: number;
  op: number;
  arg: number;
  /** Code unit behind the cache entries. */
  next: number;
}

/** Verifies a code object and (unless not `nested`) those among its constants. */
export function verifyCode(code: PyCode, nested = true): void {
  const todo: PyCode[] = [code];
  const seen = new Set<PyCode>(todo);
  while (todo.length > 0) {
    const c = todo.pop()!;
    new Verifier(c).run();
    if (!nested) return;
    for (const v of c.co_consts) {
      if (v instanceof PyCode && !seen.has(v)) {
        seen.add(v);
        todo.push(v);
      }
    }
  }
}

/** Verifies a code object from outside once, before it is prepared. */
export function ensureVerified(code: PyCode): void {
  if (code.verified) return;
  verifyCode(code, false);
  code.verified = true;
}

class Verifier {
  readonly #code: PyCode;
  readonly #units: number;
  /** Instruction by its first code unit (EXTENDED_ARG included). */
  readonly #insns = new Map<number, Insn>();
  #at = -1;

  constructor(code: PyCode) {
    this.#code = code;
    this.#units = code.co_code.length >> 1;
  }

  #fail(message: string): never {
    throw new VerifyError(message, this.#at < 0 ? -1 : this.#at * 2);
  }

  run(): void {
    this.#counts();
    this.#decode();
    for (const insn of this.#insns.values()) {
      this.#at = insn.at;
      this.#argument(insn);
    }
    this.#at = -1;
    const handlers = this.#tables();
    this.#stack(handlers);
  }

  #counts(): void {
    const c = this.#code;
    for (
      const [name, n] of [
        ["argcount", c.co_argcount],
        ["posonlyargcount", c.co_posonlyargcount],
        ["kwonlyargcount", c.co_kwonlyargcount],
        ["stacksize", c.co_stacksize],
        ["flags", c.co_flags],
        ["firstlineno", c.co_firstlineno],
      ] as const
    ) {
      if (n < 0) this.#fail(`${name} must not be negative`);
    }
    if (c.co_posonlyargcount > c.co_argcount) {
      this.#fail("posonlyargcount is larger than argcount");
    }
    if (c.co_stacksize > 0xffffff) this.#fail("stacksize is too large");
    if (c.co_localsplusnames.length !== c.co_localspluskinds.length) {
      this.#fail("localsplusnames and localspluskinds differ in length");
    }
    const nargs = totalArgs(c);
    if (nargs > c.co_nlocals) this.#fail("more arguments than locals");
    const argBits = CO_FAST_ARG_POS | CO_FAST_ARG_KW | CO_FAST_ARG_VAR;
    c.co_localspluskinds.forEach((kind, i) => {
      const known = kind & (CO_FAST_LOCAL | CO_FAST_CELL | CO_FAST_FREE);
      const name = c.co_localsplusnames[i];
      if (known === 0) this.#fail(`variable '${name}' is of no kind`);
      if (kind & CO_FAST_FREE && kind & (CO_FAST_LOCAL | CO_FAST_CELL)) {
        this.#fail(`variable '${name}' is of two kinds`);
      }
      if (i < nargs && !(kind & CO_FAST_LOCAL)) {
        this.#fail(`argument '${name}' is no local`);
      }
      if (i >= nargs && kind & argBits) {
        this.#fail(`variable '${name}' is beyond the arguments`);
      }
    });
  }

  #decode(): void {
    const { co_code } = this.#code;
    if (co_code.length === 0) this.#fail("no code");
    if (co_code.length % 2 !== 0) this.#fail("code of odd length");
    for (let unit = 0; unit < this.#units;) {
      const first = unit;
      let arg = 0;
      this.#at = unit;
      while (co_code[unit * 2] === N.EXTENDED_ARG) {
        arg = arg * 256 + co_code[unit * 2 + 1];
        if (arg > 0x7fffff) this.#fail("argument too large");
        if (++unit >= this.#units) this.#fail("EXTENDED_ARG at the end");
      }
      const op = co_code[unit * 2];
      this.#at = unit;
      if (opname(op) === `<${op}>`) throw new VerifyError(`unknown opcode ${op}`, unit * 2, op);
      if (
        !isValid(op) || op === N.CACHE || op === N.RESERVED ||
        op === N.INTERPRETER_EXIT || op >= MIN_INSTRUMENTED_OPCODE ||
        DEOPT[op] !== op
      ) {
        this.#fail(`opcode ${opname(op)} is not allowed`);
      }
      arg = arg * 256 + co_code[unit * 2 + 1];
      // Without an argument the byte has no meaning.
      if ((FLAGS[op] & ARG) === 0) arg = 0;
      const next = unit + 1 + CACHES[op];
      if (next > this.#units) this.#fail("cache entries are missing");
      for (let k = unit + 1; k < next; k++) {
        if (co_code[k * 2] !== N.CACHE) this.#fail("cache entry expected");
      }
      this.#insns.set(first, { at: unit, op, arg, next });
      unit = next;
    }
  }

  #below(arg: number, limit: number, what: string): void {
    if (arg >= limit) this.#fail(`${what} ${arg} out of range`);
  }

  #between(arg: number, low: number, high: number): void {
    if (arg < low || arg > high) this.#fail(`argument ${arg} out of range`);
  }

  #cell(arg: number, bits: number): void {
    const kinds = this.#code.co_localspluskinds;
    this.#below(arg, kinds.length, "variable");
    if ((kinds[arg] & bits) === 0) this.#fail(`variable ${arg} is no cell`);
  }

  #argument({ op, arg }: Insn): void {
    const c = this.#code;
    const nlocals = c.co_localsplusnames.length;
    switch (op) {
      case N.LOAD_CONST:
        return this.#below(arg, c.co_consts.length, "constant");
      case N.LOAD_ATTR:
      case N.LOAD_GLOBAL:
        return this.#below(arg >> 1, c.co_names.length, "name");
      case N.LOAD_SUPER_ATTR:
        return this.#below(arg >> 2, c.co_names.length, "name");
      case N.STORE_ATTR:
      case N.DELETE_ATTR:
      case N.LOAD_NAME:
      case N.STORE_NAME:
      case N.DELETE_NAME:
      case N.STORE_GLOBAL:
      case N.DELETE_GLOBAL:
      case N.IMPORT_NAME:
      case N.IMPORT_FROM:
      case N.LOAD_FROM_DICT_OR_GLOBALS:
        return this.#below(arg, c.co_names.length, "name");
      case N.LOAD_FAST:
      case N.LOAD_FAST_BORROW:
      case N.LOAD_FAST_CHECK:
      case N.LOAD_FAST_AND_CLEAR:
      case N.STORE_FAST:
      case N.DELETE_FAST:
        return this.#below(arg, nlocals, "variable");
      case N.LOAD_FAST_LOAD_FAST:
      case N.LOAD_FAST_BORROW_LOAD_FAST_BORROW:
      case N.STORE_FAST_LOAD_FAST:
      case N.STORE_FAST_STORE_FAST:
        this.#below(arg >> 4, nlocals, "variable");
        return this.#below(arg & 15, nlocals, "variable");
      case N.MAKE_CELL:
        // an inlined comprehension's variable may share the slot of a free one
        return this.#cell(arg, CO_FAST_CELL | CO_FAST_FREE);
      case N.LOAD_DEREF:
      case N.STORE_DEREF:
      case N.DELETE_DEREF:
      case N.LOAD_FROM_DICT_OR_DEREF:
        return this.#cell(arg, CO_FAST_CELL | CO_FAST_FREE);
      case N.COPY_FREE_VARS:
        if (arg !== c.nfreevars) this.#fail("wrong number of free variables");
        return;
      case N.LOAD_COMMON_CONSTANT:
        return this.#below(arg, COMMON_CONSTANTS.length, "argument");
      case N.LOAD_SPECIAL:
        return this.#below(arg, SPECIAL_METHODS.length, "argument");
      case N.BINARY_OP:
        return this.#below(arg, NB_OPS.length, "argument");
      case N.CALL_INTRINSIC_1:
        return this.#between(arg, 1, INTRINSIC_1.length - 1);
      case N.CALL_INTRINSIC_2:
        return this.#between(arg, 1, INTRINSIC_2.length - 1);
      case N.COMPARE_OP:
        return this.#below(arg >> 5, CMP_OPS.length, "argument");
      case N.IS_OP:
      case N.CONTAINS_OP:
        return this.#between(arg, 0, 1);
      case N.LOAD_SMALL_INT:
        return this.#between(arg, 0, 255);
      case N.CONVERT_VALUE:
        return this.#between(arg, 1, 3);
      case N.RAISE_VARARGS:
        return this.#between(arg, 0, 2);
      case N.RERAISE:
        return this.#between(arg, 0, 2);
      case N.BUILD_SLICE:
        return this.#between(arg, 2, 3);
      case N.COPY:
      case N.LIST_APPEND:
      case N.LIST_EXTEND:
      case N.SET_ADD:
      case N.SET_UPDATE:
      case N.MAP_ADD:
      case N.DICT_UPDATE:
      case N.DICT_MERGE:
        return this.#between(arg, 1, 0x7fffffff);
      case N.SWAP:
        return this.#between(arg, 2, 0x7fffffff);
      case N.SET_FUNCTION_ATTRIBUTE:
        if (![1, 2, 4, 8, 16].includes(arg)) this.#between(arg, 1, 0);
        return;
    }
  }

  /** The unit that a jump leads to; undefined if it does not jump. */
  #target({ at, op, arg, next }: Insn): number | undefined {
    // END_ASYNC_FOR only names the loop it ends.
    if ((FLAGS[op] & JUMP) === 0 || op === N.END_ASYNC_FOR) return undefined;
    const back = op === N.JUMP_BACKWARD || op === N.JUMP_BACKWARD_NO_INTERRUPT;
    const to = back ? next - arg : next + arg;
    if (!this.#insns.has(to)) {
      this.#at = at;
      this.#fail(`jump to ${to * 2}, which is no instruction,`);
    }
    return to;
  }

  #tables(): ExceptionEntry[] {
    const c = this.#code;
    let entries: ExceptionEntry[];
    try {
      parseLocations(c.co_linetable, c.co_firstlineno);
    } catch (e) {
      if (!(e instanceof TableError)) throw e;
      this.#fail(`location table: ${e.message}`);
    }
    try {
      entries = parseExceptionTable(c.co_exceptiontable);
    } catch (e) {
      if (!(e instanceof TableError)) throw e;
      this.#fail(`exception table: ${e.message}`);
    }
    let last = 0;
    for (const { start, end, target } of entries) {
      if (start < last || start >= end || end > this.#units) {
        this.#fail(`exception table: bad range ${start * 2} to ${end * 2}`);
      }
      if (!this.#insns.has(target)) {
        this.#fail(
          `exception table: handler ${target * 2} is no instruction`,
        );
      }
      last = end;
    }
    return entries;
  }

  /** Follows all paths with the depth of the operand stack. */
  #stack(handlers: readonly ExceptionEntry[]): void {
    const size = this.#code.co_stacksize;
    const depths = new Int32Array(this.#units).fill(-1);
    const todo: number[] = [];
    const reach = (unit: number, depth: number) => {
      if (unit >= this.#units) this.#fail("control runs off the end");
      if (depth > size) this.#fail(`stack depth ${depth} exceeds stacksize`);
      if (depths[unit] === -1) {
        depths[unit] = depth;
        todo.push(unit);
      } else if (depths[unit] !== depth) {
        this.#fail(`stack depths ${depths[unit]} and ${depth} meet`);
      }
    };
    reach(0, 0);
    while (todo.length > 0) {
      const unit = todo.pop()!;
      const insn = this.#insns.get(unit)!;
      const { at, op, arg, next } = insn;
      const depth = depths[unit];
      this.#at = at;
      if (numPopped(op, arg) > depth) this.#fail("stack underflow");
      const handler = handlerOf(handlers, at);
      if (handler !== undefined) {
        if (handler.depth > depth) {
          this.#fail("handler is deeper than the stack");
        }
        reach(handler.target, handler.depth + (handler.lasti ? 2 : 1));
      }
      const target = this.#target(insn);
      if (target !== undefined) {
        if (
          op === N.FOR_ITER && this.#insns.get(target)!.op !== N.END_FOR
        ) {
          this.#fail("FOR_ITER must lead to END_FOR");
        }
        reach(target, depth + stackEffect(op, arg, true)!);
      }
      if ((FLAGS[op] & (GOTO | EXITS)) === 0) {
        reach(next, depth + stackEffect(op, arg, false)!);
      }
    }
  }
}

function handlerOf(
  handlers: readonly ExceptionEntry[],
  unit: number,
): ExceptionEntry | undefined {
  let low = 0, high = handlers.length - 1;
  while (low <= high) {
    const mid = (low + high) >> 1;
    const h = handlers[mid];
    if (unit < h.start) high = mid - 1;
    else if (unit >= h.end) low = mid + 1;
    else return h;
  }
  return undefined;
}
