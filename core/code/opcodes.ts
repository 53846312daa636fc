// CPython 3.14: Python/bytecodes.c, Include/internal/pycore_opcode_metadata.h, Modules/_opcode.c
//
// The one opcode table. A row says all that is known of an opcode: its number
// (by way of opnums.ts), name, how many operands it pops and pushes, flags,
// inline cache entries, the opcode it is a variant of (specialised and
// instrumented forms), and how the result of a Python call made inside it is
// delivered when its frame was moved to the heap. Everything else here is
// derived from the rows.

import * as N from "./opnums.ts";
export { OP } from "./opnums.ts";

/** The instruction has an argument. */
export const ARG = 1;
/** The argument is an index into co_consts. */
export const CONST = 2;
/** The argument names something in co_names (perhaps shifted). */
export const NAME = 4;
/** The argument is a jump distance. */
export const JUMP = 8;
/** The argument is a localsplus index of a cell. */
export const FREE = 16;
/** The argument holds one or two localsplus indexes. */
export const LOCAL = 32;
/** Pseudo instruction that opens an exception handler's range. */
export const EXC = 64;
/** The breaker is polled. */
export const EVAL_BREAK = 128;
/** Nothing happens but a change of the operand stack, and nothing is raised. */
export const PURE = 256;
/** Control leaves the code object here. */
export const EXITS = 512;
/** Unconditional jump. */
export const GOTO = 1024;

/**
 * What becomes of the result of a Python call made inside an instruction:
 * PUSH it; YIELD (a yielded value goes to the next instruction, a returned one
 * to the jump target); INIT (must be None, the kept instance is pushed); BOOL
 * (pushed as a truth value); DROP it.
 */
export type Delivery = "PUSH" | "YIELD" | "INIT" | "BOOL" | "DROP" | "NONE";

/** A count of operands: constant, or a function of the argument. */
export type Operands = number | ((oparg: number) => number);

/** What is known of one opcode. */
export interface OpInfo {
  readonly number: number;
  readonly name: string;
  readonly pops: Operands;
  readonly pushes: Operands;
  readonly flags: number;
  /** Inline cache entries (code units) behind the instruction. */
  readonly caches: number;
  /** The opcode itself, or the one that this is a variant of. */
  readonly base: number;
  readonly delivery: Delivery;
}

interface Extras {
  caches?: number;
  base?: number;
  delivery?: Delivery;
}

function op(
  number: number,
  name: string,
  pops: Operands,
  pushes: Operands,
  flags: number,
  extras: Extras = {},
): OpInfo {
  const { caches = 0, base = number, delivery = "NONE" } = extras;
  return { number, name, pops, pushes, flags, caches, base, delivery };
}

/** Every opcode of 3.14, ordered by number. */
// deno-fmt-ignore
export const OPCODES: readonly OpInfo[] = [
  op(N.CACHE, "CACHE", 0, 0, 0),
  op(N.BINARY_SLICE, "BINARY_SLICE", 3, 1, 0, { delivery: "PUSH" }),
  op(N.BUILD_TEMPLATE, "BUILD_TEMPLATE", 2, 1, 0, { delivery: "PUSH" }),
  op(N.BINARY_OP_INPLACE_ADD_UNICODE, "BINARY_OP_INPLACE_ADD_UNICODE", 2, 1, LOCAL, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.CALL_FUNCTION_EX, "CALL_FUNCTION_EX", 4, 1, EVAL_BREAK, { delivery: "PUSH" }),
  op(N.CHECK_EG_MATCH, "CHECK_EG_MATCH", 2, 2, 0, { delivery: "PUSH" }),
  op(N.CHECK_EXC_MATCH, "CHECK_EXC_MATCH", 2, 2, 0, { delivery: "BOOL" }),
  op(N.CLEANUP_THROW, "CLEANUP_THROW", 3, 2, 0, { delivery: "DROP" }),
  op(N.DELETE_SUBSCR, "DELETE_SUBSCR", 2, 0, 0, { delivery: "DROP" }),
  op(N.END_FOR, "END_FOR", 1, 0, 0),
  op(N.END_SEND, "END_SEND", 2, 1, PURE),
  op(N.EXIT_INIT_CHECK, "EXIT_INIT_CHECK", 1, 0, 0),
  op(N.FORMAT_SIMPLE, "FORMAT_SIMPLE", 1, 1, 0, { delivery: "PUSH" }),
  op(N.FORMAT_WITH_SPEC, "FORMAT_WITH_SPEC", 2, 1, 0, { delivery: "PUSH" }),
  op(N.GET_AITER, "GET_AITER", 1, 1, 0, { delivery: "PUSH" }),
  op(N.GET_ANEXT, "GET_ANEXT", 1, 2, 0, { delivery: "PUSH" }),
  op(N.GET_ITER, "GET_ITER", 1, 1, 0, { delivery: "PUSH" }),
  op(N.RESERVED, "RESERVED", 0, 0, 0),
  op(N.GET_LEN, "GET_LEN", 1, 2, 0, { delivery: "PUSH" }),
  op(N.GET_YIELD_FROM_ITER, "GET_YIELD_FROM_ITER", 1, 1, 0, { delivery: "PUSH" }),
  op(N.INTERPRETER_EXIT, "INTERPRETER_EXIT", 1, 0, 0),
  op(N.LOAD_BUILD_CLASS, "LOAD_BUILD_CLASS", 0, 1, 0, { delivery: "PUSH" }),
  op(N.LOAD_LOCALS, "LOAD_LOCALS", 0, 1, 0),
  op(N.MAKE_FUNCTION, "MAKE_FUNCTION", 1, 1, 0),
  op(N.MATCH_KEYS, "MATCH_KEYS", 2, 3, 0, { delivery: "PUSH" }),
  op(N.MATCH_MAPPING, "MATCH_MAPPING", 1, 2, 0),
  op(N.MATCH_SEQUENCE, "MATCH_SEQUENCE", 1, 2, 0),
  op(N.NOP, "NOP", 0, 0, PURE),
  op(N.NOT_TAKEN, "NOT_TAKEN", 0, 0, PURE),
  op(N.POP_EXCEPT, "POP_EXCEPT", 1, 0, 0),
  op(N.POP_ITER, "POP_ITER", 1, 0, 0),
  op(N.POP_TOP, "POP_TOP", 1, 0, PURE),
  op(N.PUSH_EXC_INFO, "PUSH_EXC_INFO", 1, 2, 0),
  op(N.PUSH_NULL, "PUSH_NULL", 0, 1, PURE),
  op(N.RETURN_GENERATOR, "RETURN_GENERATOR", 0, 1, 0),
  op(N.RETURN_VALUE, "RETURN_VALUE", 1, 1, EXITS),
  op(N.SETUP_ANNOTATIONS, "SETUP_ANNOTATIONS", 0, 0, 0, { delivery: "DROP" }),
  op(N.STORE_SLICE, "STORE_SLICE", 4, 0, 0, { delivery: "DROP" }),
  op(N.STORE_SUBSCR, "STORE_SUBSCR", 3, 0, 0, { caches: 1, delivery: "DROP" }),
  op(N.TO_BOOL, "TO_BOOL", 1, 1, 0, { caches: 3, delivery: "BOOL" }),
  op(N.UNARY_INVERT, "UNARY_INVERT", 1, 1, 0, { delivery: "PUSH" }),
  op(N.UNARY_NEGATIVE, "UNARY_NEGATIVE", 1, 1, 0, { delivery: "PUSH" }),
  op(N.UNARY_NOT, "UNARY_NOT", 1, 1, PURE),
  op(N.WITH_EXCEPT_START, "WITH_EXCEPT_START", 5, 6, 0, { delivery: "PUSH" }),
  op(N.BINARY_OP, "BINARY_OP", 2, 1, ARG, { caches: 5, delivery: "PUSH" }),
  op(N.BUILD_INTERPOLATION, "BUILD_INTERPOLATION", (n) => 2 + (n & 1), 1, ARG, { delivery: "PUSH" }),
  op(N.BUILD_LIST, "BUILD_LIST", (n) => n, 1, ARG),
  op(N.BUILD_MAP, "BUILD_MAP", (n) => 2 * n, 1, ARG, { delivery: "PUSH" }),
  op(N.BUILD_SET, "BUILD_SET", (n) => n, 1, ARG, { delivery: "PUSH" }),
  op(N.BUILD_SLICE, "BUILD_SLICE", (n) => n, 1, ARG),
  op(N.BUILD_STRING, "BUILD_STRING", (n) => n, 1, ARG),
  op(N.BUILD_TUPLE, "BUILD_TUPLE", (n) => n, 1, ARG),
  op(N.CALL, "CALL", (n) => 2 + n, 1, ARG | EVAL_BREAK, { caches: 3, delivery: "PUSH" }),
  op(N.CALL_INTRINSIC_1, "CALL_INTRINSIC_1", 1, 1, ARG, { delivery: "PUSH" }),
  op(N.CALL_INTRINSIC_2, "CALL_INTRINSIC_2", 2, 1, ARG, { delivery: "PUSH" }),
  op(N.CALL_KW, "CALL_KW", (n) => 3 + n, 1, ARG, { caches: 3, delivery: "PUSH" }),
  op(N.COMPARE_OP, "COMPARE_OP", 2, 1, ARG, { caches: 1, delivery: "PUSH" }),
  op(N.CONTAINS_OP, "CONTAINS_OP", 2, 1, ARG, { caches: 1, delivery: "BOOL" }),
  op(N.CONVERT_VALUE, "CONVERT_VALUE", 1, 1, ARG, { delivery: "PUSH" }),
  op(N.COPY, "COPY", (n) => n, (n) => n + 1, ARG | PURE),
  op(N.COPY_FREE_VARS, "COPY_FREE_VARS", 0, 0, ARG),
  op(N.DELETE_ATTR, "DELETE_ATTR", 1, 0, ARG | NAME, { delivery: "DROP" }),
  op(N.DELETE_DEREF, "DELETE_DEREF", 0, 0, ARG | FREE),
  op(N.DELETE_FAST, "DELETE_FAST", 0, 0, ARG | LOCAL),
  op(N.DELETE_GLOBAL, "DELETE_GLOBAL", 0, 0, ARG | NAME, { delivery: "DROP" }),
  op(N.DELETE_NAME, "DELETE_NAME", 0, 0, ARG | NAME, { delivery: "DROP" }),
  op(N.DICT_MERGE, "DICT_MERGE", (n) => n + 4, (n) => n + 3, ARG, { delivery: "DROP" }),
  op(N.DICT_UPDATE, "DICT_UPDATE", (n) => n + 1, (n) => n, ARG, { delivery: "DROP" }),
  op(N.END_ASYNC_FOR, "END_ASYNC_FOR", 2, 0, ARG | JUMP, { delivery: "DROP" }),
  op(N.EXTENDED_ARG, "EXTENDED_ARG", 0, 0, ARG | PURE),
  op(N.FOR_ITER, "FOR_ITER", 1, 2, ARG | JUMP, { caches: 1, delivery: "YIELD" }),
  op(N.GET_AWAITABLE, "GET_AWAITABLE", 1, 1, ARG, { delivery: "PUSH" }),
  op(N.IMPORT_FROM, "IMPORT_FROM", 1, 2, ARG | NAME, { delivery: "PUSH" }),
  op(N.IMPORT_NAME, "IMPORT_NAME", 2, 1, ARG | NAME, { delivery: "PUSH" }),
  op(N.IS_OP, "IS_OP", 2, 1, ARG | PURE),
  op(N.JUMP_BACKWARD, "JUMP_BACKWARD", 0, 0, ARG | JUMP | EVAL_BREAK | GOTO, { caches: 1 }),
  op(N.JUMP_BACKWARD_NO_INTERRUPT, "JUMP_BACKWARD_NO_INTERRUPT", 0, 0, ARG | JUMP | GOTO),
  op(N.JUMP_FORWARD, "JUMP_FORWARD", 0, 0, ARG | JUMP | GOTO),
  op(N.LIST_APPEND, "LIST_APPEND", (n) => n + 1, (n) => n, ARG),
  op(N.LIST_EXTEND, "LIST_EXTEND", (n) => n + 1, (n) => n, ARG, { delivery: "DROP" }),
  op(N.LOAD_ATTR, "LOAD_ATTR", 1, (n) => 1 + (n & 1), ARG | NAME, { caches: 9, delivery: "PUSH" }),
  op(N.LOAD_COMMON_CONSTANT, "LOAD_COMMON_CONSTANT", 0, 1, ARG | PURE),
  op(N.LOAD_CONST, "LOAD_CONST", 0, 1, ARG | CONST | PURE),
  op(N.LOAD_DEREF, "LOAD_DEREF", 0, 1, ARG | LOCAL),
  op(N.LOAD_FAST, "LOAD_FAST", 0, 1, ARG | LOCAL | PURE),
  op(N.LOAD_FAST_AND_CLEAR, "LOAD_FAST_AND_CLEAR", 0, 1, ARG | LOCAL),
  op(N.LOAD_FAST_BORROW, "LOAD_FAST_BORROW", 0, 1, ARG | LOCAL | PURE),
  op(N.LOAD_FAST_BORROW_LOAD_FAST_BORROW, "LOAD_FAST_BORROW_LOAD_FAST_BORROW", 0, 2, ARG | LOCAL | PURE),
  op(N.LOAD_FAST_CHECK, "LOAD_FAST_CHECK", 0, 1, ARG | LOCAL),
  op(N.LOAD_FAST_LOAD_FAST, "LOAD_FAST_LOAD_FAST", 0, 2, ARG | LOCAL | PURE),
  op(N.LOAD_FROM_DICT_OR_DEREF, "LOAD_FROM_DICT_OR_DEREF", 1, 1, ARG | FREE, { delivery: "PUSH" }),
  op(N.LOAD_FROM_DICT_OR_GLOBALS, "LOAD_FROM_DICT_OR_GLOBALS", 1, 1, ARG | NAME, { delivery: "PUSH" }),
  op(N.LOAD_GLOBAL, "LOAD_GLOBAL", 0, (n) => 1 + (n & 1), ARG | NAME, { caches: 4, delivery: "PUSH" }),
  op(N.LOAD_NAME, "LOAD_NAME", 0, 1, ARG | NAME, { delivery: "PUSH" }),
  op(N.LOAD_SMALL_INT, "LOAD_SMALL_INT", 0, 1, ARG | PURE),
  op(N.LOAD_SPECIAL, "LOAD_SPECIAL", 1, 2, ARG, { delivery: "PUSH" }),
  op(N.LOAD_SUPER_ATTR, "LOAD_SUPER_ATTR", 3, (n) => 1 + (n & 1), ARG | NAME, { caches: 1, delivery: "PUSH" }),
  op(N.MAKE_CELL, "MAKE_CELL", 0, 0, ARG | FREE),
  op(N.MAP_ADD, "MAP_ADD", (n) => n + 2, (n) => n, ARG, { delivery: "DROP" }),
  op(N.MATCH_CLASS, "MATCH_CLASS", 3, 1, ARG, { delivery: "PUSH" }),
  op(N.POP_JUMP_IF_FALSE, "POP_JUMP_IF_FALSE", 1, 0, ARG | JUMP, { caches: 1 }),
  op(N.POP_JUMP_IF_NONE, "POP_JUMP_IF_NONE", 1, 0, ARG | JUMP, { caches: 1 }),
  op(N.POP_JUMP_IF_NOT_NONE, "POP_JUMP_IF_NOT_NONE", 1, 0, ARG | JUMP, { caches: 1 }),
  op(N.POP_JUMP_IF_TRUE, "POP_JUMP_IF_TRUE", 1, 0, ARG | JUMP, { caches: 1 }),
  op(N.RAISE_VARARGS, "RAISE_VARARGS", (n) => n, 0, ARG | EXITS, { delivery: "DROP" }),
  op(N.RERAISE, "RERAISE", (n) => n + 1, (n) => n, ARG | EXITS),
  op(N.SEND, "SEND", 2, 2, ARG | JUMP, { caches: 1, delivery: "YIELD" }),
  op(N.SET_ADD, "SET_ADD", (n) => n + 1, (n) => n, ARG, { delivery: "DROP" }),
  op(N.SET_FUNCTION_ATTRIBUTE, "SET_FUNCTION_ATTRIBUTE", 2, 1, ARG),
  op(N.SET_UPDATE, "SET_UPDATE", (n) => n + 1, (n) => n, ARG, { delivery: "DROP" }),
  op(N.STORE_ATTR, "STORE_ATTR", 2, 0, ARG | NAME, { caches: 4, delivery: "DROP" }),
  op(N.STORE_DEREF, "STORE_DEREF", 1, 0, ARG | FREE),
  op(N.STORE_FAST, "STORE_FAST", 1, 0, ARG | LOCAL),
  op(N.STORE_FAST_LOAD_FAST, "STORE_FAST_LOAD_FAST", 1, 1, ARG | LOCAL),
  op(N.STORE_FAST_STORE_FAST, "STORE_FAST_STORE_FAST", 2, 0, ARG | LOCAL),
  op(N.STORE_GLOBAL, "STORE_GLOBAL", 1, 0, ARG | NAME, { delivery: "DROP" }),
  op(N.STORE_NAME, "STORE_NAME", 1, 0, ARG | NAME, { delivery: "DROP" }),
  op(N.SWAP, "SWAP", (n) => n, (n) => n, ARG | PURE),
  op(N.UNPACK_EX, "UNPACK_EX", 1, (n) => 1 + (n & 0xff) + (n >> 8), ARG),
  op(N.UNPACK_SEQUENCE, "UNPACK_SEQUENCE", 1, (n) => n, ARG, { caches: 1 }),
  op(N.YIELD_VALUE, "YIELD_VALUE", 1, 1, ARG),
  op(N.RESUME, "RESUME", 0, 0, ARG | EVAL_BREAK),
  op(N.BINARY_OP_ADD_FLOAT, "BINARY_OP_ADD_FLOAT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_ADD_INT, "BINARY_OP_ADD_INT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_ADD_UNICODE, "BINARY_OP_ADD_UNICODE", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_EXTEND, "BINARY_OP_EXTEND", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_MULTIPLY_FLOAT, "BINARY_OP_MULTIPLY_FLOAT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_MULTIPLY_INT, "BINARY_OP_MULTIPLY_INT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_SUBSCR_DICT, "BINARY_OP_SUBSCR_DICT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_SUBSCR_GETITEM, "BINARY_OP_SUBSCR_GETITEM", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_SUBSCR_LIST_INT, "BINARY_OP_SUBSCR_LIST_INT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_SUBSCR_LIST_SLICE, "BINARY_OP_SUBSCR_LIST_SLICE", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_SUBSCR_STR_INT, "BINARY_OP_SUBSCR_STR_INT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_SUBSCR_TUPLE_INT, "BINARY_OP_SUBSCR_TUPLE_INT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_SUBTRACT_FLOAT, "BINARY_OP_SUBTRACT_FLOAT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.BINARY_OP_SUBTRACT_INT, "BINARY_OP_SUBTRACT_INT", 2, 1, 0, { caches: 5, base: N.BINARY_OP, delivery: "PUSH" }),
  op(N.CALL_ALLOC_AND_ENTER_INIT, "CALL_ALLOC_AND_ENTER_INIT", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "INIT" }),
  op(N.CALL_BOUND_METHOD_EXACT_ARGS, "CALL_BOUND_METHOD_EXACT_ARGS", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_BOUND_METHOD_GENERAL, "CALL_BOUND_METHOD_GENERAL", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_BUILTIN_CLASS, "CALL_BUILTIN_CLASS", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_BUILTIN_FAST, "CALL_BUILTIN_FAST", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_BUILTIN_FAST_WITH_KEYWORDS, "CALL_BUILTIN_FAST_WITH_KEYWORDS", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_BUILTIN_O, "CALL_BUILTIN_O", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_ISINSTANCE, "CALL_ISINSTANCE", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_KW_BOUND_METHOD, "CALL_KW_BOUND_METHOD", (n) => 3 + n, 1, ARG, { caches: 3, base: N.CALL_KW, delivery: "PUSH" }),
  op(N.CALL_KW_NON_PY, "CALL_KW_NON_PY", (n) => 3 + n, 1, ARG, { caches: 3, base: N.CALL_KW, delivery: "PUSH" }),
  op(N.CALL_KW_PY, "CALL_KW_PY", (n) => 3 + n, 1, ARG, { caches: 3, base: N.CALL_KW, delivery: "PUSH" }),
  op(N.CALL_LEN, "CALL_LEN", (n) => 2 + n, 1, 0, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_LIST_APPEND, "CALL_LIST_APPEND", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_METHOD_DESCRIPTOR_FAST, "CALL_METHOD_DESCRIPTOR_FAST", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS, "CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_METHOD_DESCRIPTOR_NOARGS, "CALL_METHOD_DESCRIPTOR_NOARGS", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_METHOD_DESCRIPTOR_O, "CALL_METHOD_DESCRIPTOR_O", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_NON_PY_GENERAL, "CALL_NON_PY_GENERAL", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_PY_EXACT_ARGS, "CALL_PY_EXACT_ARGS", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_PY_GENERAL, "CALL_PY_GENERAL", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_STR_1, "CALL_STR_1", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_TUPLE_1, "CALL_TUPLE_1", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.CALL_TYPE_1, "CALL_TYPE_1", (n) => 2 + n, 1, ARG, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.COMPARE_OP_FLOAT, "COMPARE_OP_FLOAT", 2, 1, ARG, { caches: 1, base: N.COMPARE_OP, delivery: "PUSH" }),
  op(N.COMPARE_OP_INT, "COMPARE_OP_INT", 2, 1, ARG, { caches: 1, base: N.COMPARE_OP, delivery: "PUSH" }),
  op(N.COMPARE_OP_STR, "COMPARE_OP_STR", 2, 1, ARG, { caches: 1, base: N.COMPARE_OP, delivery: "PUSH" }),
  op(N.CONTAINS_OP_DICT, "CONTAINS_OP_DICT", 2, 1, ARG, { caches: 1, base: N.CONTAINS_OP, delivery: "BOOL" }),
  op(N.CONTAINS_OP_SET, "CONTAINS_OP_SET", 2, 1, ARG, { caches: 1, base: N.CONTAINS_OP, delivery: "BOOL" }),
  op(N.FOR_ITER_GEN, "FOR_ITER_GEN", 1, 2, ARG, { caches: 1, base: N.FOR_ITER, delivery: "YIELD" }),
  op(N.FOR_ITER_LIST, "FOR_ITER_LIST", 1, 2, ARG | JUMP, { caches: 1, base: N.FOR_ITER, delivery: "YIELD" }),
  op(N.FOR_ITER_RANGE, "FOR_ITER_RANGE", 1, 2, ARG | JUMP, { caches: 1, base: N.FOR_ITER, delivery: "YIELD" }),
  op(N.FOR_ITER_TUPLE, "FOR_ITER_TUPLE", 1, 2, ARG | JUMP, { caches: 1, base: N.FOR_ITER, delivery: "YIELD" }),
  op(N.JUMP_BACKWARD_JIT, "JUMP_BACKWARD_JIT", 0, 0, ARG | JUMP | EVAL_BREAK, { caches: 1, base: N.JUMP_BACKWARD }),
  op(N.JUMP_BACKWARD_NO_JIT, "JUMP_BACKWARD_NO_JIT", 0, 0, ARG | JUMP | EVAL_BREAK, { caches: 1, base: N.JUMP_BACKWARD }),
  op(N.LOAD_ATTR_CLASS, "LOAD_ATTR_CLASS", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_CLASS_WITH_METACLASS_CHECK, "LOAD_ATTR_CLASS_WITH_METACLASS_CHECK", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN, "LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN", 1, (n) => 1 + (n & 1), ARG | NAME, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_INSTANCE_VALUE, "LOAD_ATTR_INSTANCE_VALUE", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_METHOD_LAZY_DICT, "LOAD_ATTR_METHOD_LAZY_DICT", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_METHOD_NO_DICT, "LOAD_ATTR_METHOD_NO_DICT", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_METHOD_WITH_VALUES, "LOAD_ATTR_METHOD_WITH_VALUES", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_MODULE, "LOAD_ATTR_MODULE", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_NONDESCRIPTOR_NO_DICT, "LOAD_ATTR_NONDESCRIPTOR_NO_DICT", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES, "LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_PROPERTY, "LOAD_ATTR_PROPERTY", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_SLOT, "LOAD_ATTR_SLOT", 1, (n) => 1 + (n & 1), ARG, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_ATTR_WITH_HINT, "LOAD_ATTR_WITH_HINT", 1, (n) => 1 + (n & 1), ARG | NAME, { caches: 9, base: N.LOAD_ATTR, delivery: "PUSH" }),
  op(N.LOAD_CONST_IMMORTAL, "LOAD_CONST_IMMORTAL", 0, 1, ARG | CONST | PURE, { base: N.LOAD_CONST }),
  op(N.LOAD_CONST_MORTAL, "LOAD_CONST_MORTAL", 0, 1, ARG | CONST | PURE, { base: N.LOAD_CONST }),
  op(N.LOAD_GLOBAL_BUILTIN, "LOAD_GLOBAL_BUILTIN", 0, (n) => 1 + (n & 1), ARG, { caches: 4, base: N.LOAD_GLOBAL, delivery: "PUSH" }),
  op(N.LOAD_GLOBAL_MODULE, "LOAD_GLOBAL_MODULE", 0, (n) => 1 + (n & 1), ARG, { caches: 4, base: N.LOAD_GLOBAL, delivery: "PUSH" }),
  op(N.LOAD_SUPER_ATTR_ATTR, "LOAD_SUPER_ATTR_ATTR", 3, (n) => 1 + (n & 1), ARG | NAME, { caches: 1, base: N.LOAD_SUPER_ATTR, delivery: "PUSH" }),
  op(N.LOAD_SUPER_ATTR_METHOD, "LOAD_SUPER_ATTR_METHOD", 3, (n) => 1 + (n & 1), ARG | NAME, { caches: 1, base: N.LOAD_SUPER_ATTR, delivery: "PUSH" }),
  op(N.RESUME_CHECK, "RESUME_CHECK", 0, 0, EVAL_BREAK, { base: N.RESUME }),
  op(N.SEND_GEN, "SEND_GEN", 2, 2, ARG, { caches: 1, base: N.SEND, delivery: "YIELD" }),
  op(N.STORE_ATTR_INSTANCE_VALUE, "STORE_ATTR_INSTANCE_VALUE", 2, 0, 0, { caches: 4, base: N.STORE_ATTR, delivery: "DROP" }),
  op(N.STORE_ATTR_SLOT, "STORE_ATTR_SLOT", 2, 0, 0, { caches: 4, base: N.STORE_ATTR, delivery: "DROP" }),
  op(N.STORE_ATTR_WITH_HINT, "STORE_ATTR_WITH_HINT", 2, 0, ARG | NAME, { caches: 4, base: N.STORE_ATTR, delivery: "DROP" }),
  op(N.STORE_SUBSCR_DICT, "STORE_SUBSCR_DICT", 3, 0, 0, { caches: 1, base: N.STORE_SUBSCR, delivery: "DROP" }),
  op(N.STORE_SUBSCR_LIST_INT, "STORE_SUBSCR_LIST_INT", 3, 0, 0, { caches: 1, base: N.STORE_SUBSCR, delivery: "DROP" }),
  op(N.TO_BOOL_ALWAYS_TRUE, "TO_BOOL_ALWAYS_TRUE", 1, 1, 0, { caches: 3, base: N.TO_BOOL, delivery: "BOOL" }),
  op(N.TO_BOOL_BOOL, "TO_BOOL_BOOL", 1, 1, 0, { caches: 3, base: N.TO_BOOL, delivery: "BOOL" }),
  op(N.TO_BOOL_INT, "TO_BOOL_INT", 1, 1, 0, { caches: 3, base: N.TO_BOOL, delivery: "BOOL" }),
  op(N.TO_BOOL_LIST, "TO_BOOL_LIST", 1, 1, 0, { caches: 3, base: N.TO_BOOL, delivery: "BOOL" }),
  op(N.TO_BOOL_NONE, "TO_BOOL_NONE", 1, 1, 0, { caches: 3, base: N.TO_BOOL, delivery: "BOOL" }),
  op(N.TO_BOOL_STR, "TO_BOOL_STR", 1, 1, 0, { caches: 3, base: N.TO_BOOL, delivery: "BOOL" }),
  op(N.UNPACK_SEQUENCE_LIST, "UNPACK_SEQUENCE_LIST", 1, (n) => n, ARG, { caches: 1, base: N.UNPACK_SEQUENCE }),
  op(N.UNPACK_SEQUENCE_TUPLE, "UNPACK_SEQUENCE_TUPLE", 1, (n) => n, ARG, { caches: 1, base: N.UNPACK_SEQUENCE }),
  op(N.UNPACK_SEQUENCE_TWO_TUPLE, "UNPACK_SEQUENCE_TWO_TUPLE", 1, (n) => n, ARG, { caches: 1, base: N.UNPACK_SEQUENCE }),
  op(N.INSTRUMENTED_END_FOR, "INSTRUMENTED_END_FOR", 1, 0, 0, { base: N.END_FOR }),
  op(N.INSTRUMENTED_POP_ITER, "INSTRUMENTED_POP_ITER", 1, 0, 0, { base: N.POP_ITER }),
  op(N.INSTRUMENTED_END_SEND, "INSTRUMENTED_END_SEND", 2, 1, PURE, { base: N.END_SEND }),
  op(N.INSTRUMENTED_FOR_ITER, "INSTRUMENTED_FOR_ITER", 1, 2, ARG | JUMP, { caches: 1, base: N.FOR_ITER, delivery: "YIELD" }),
  op(N.INSTRUMENTED_INSTRUCTION, "INSTRUMENTED_INSTRUCTION", 0, 0, 0),
  op(N.INSTRUMENTED_JUMP_FORWARD, "INSTRUMENTED_JUMP_FORWARD", 0, 0, ARG, { base: N.JUMP_FORWARD }),
  op(N.INSTRUMENTED_NOT_TAKEN, "INSTRUMENTED_NOT_TAKEN", 0, 0, PURE, { base: N.NOT_TAKEN }),
  op(N.INSTRUMENTED_POP_JUMP_IF_TRUE, "INSTRUMENTED_POP_JUMP_IF_TRUE", 1, 0, ARG, { caches: 1, base: N.POP_JUMP_IF_TRUE }),
  op(N.INSTRUMENTED_POP_JUMP_IF_FALSE, "INSTRUMENTED_POP_JUMP_IF_FALSE", 1, 0, ARG, { caches: 1, base: N.POP_JUMP_IF_FALSE }),
  op(N.INSTRUMENTED_POP_JUMP_IF_NONE, "INSTRUMENTED_POP_JUMP_IF_NONE", 1, 0, ARG, { caches: 1, base: N.POP_JUMP_IF_NONE }),
  op(N.INSTRUMENTED_POP_JUMP_IF_NOT_NONE, "INSTRUMENTED_POP_JUMP_IF_NOT_NONE", 1, 0, ARG, { caches: 1, base: N.POP_JUMP_IF_NOT_NONE }),
  op(N.INSTRUMENTED_RESUME, "INSTRUMENTED_RESUME", 0, 0, ARG | EVAL_BREAK, { base: N.RESUME }),
  op(N.INSTRUMENTED_RETURN_VALUE, "INSTRUMENTED_RETURN_VALUE", 1, 1, 0, { base: N.RETURN_VALUE }),
  op(N.INSTRUMENTED_YIELD_VALUE, "INSTRUMENTED_YIELD_VALUE", 1, 1, ARG, { base: N.YIELD_VALUE }),
  op(N.INSTRUMENTED_END_ASYNC_FOR, "INSTRUMENTED_END_ASYNC_FOR", 2, 0, ARG | JUMP, { base: N.END_ASYNC_FOR, delivery: "DROP" }),
  op(N.INSTRUMENTED_LOAD_SUPER_ATTR, "INSTRUMENTED_LOAD_SUPER_ATTR", 3, (n) => 1 + (n & 1), ARG | NAME, { caches: 1, base: N.LOAD_SUPER_ATTR, delivery: "PUSH" }),
  op(N.INSTRUMENTED_CALL, "INSTRUMENTED_CALL", (n) => 2 + n, 1, ARG | EVAL_BREAK, { caches: 3, base: N.CALL, delivery: "PUSH" }),
  op(N.INSTRUMENTED_CALL_KW, "INSTRUMENTED_CALL_KW", (n) => 3 + n, 1, ARG, { caches: 3, base: N.CALL_KW, delivery: "PUSH" }),
  op(N.INSTRUMENTED_CALL_FUNCTION_EX, "INSTRUMENTED_CALL_FUNCTION_EX", 4, 1, EVAL_BREAK, { base: N.CALL_FUNCTION_EX, delivery: "PUSH" }),
  op(N.INSTRUMENTED_JUMP_BACKWARD, "INSTRUMENTED_JUMP_BACKWARD", 0, 0, ARG | EVAL_BREAK, { caches: 1, base: N.JUMP_BACKWARD }),
  op(N.INSTRUMENTED_LINE, "INSTRUMENTED_LINE", 0, 0, 0),
  op(N.ENTER_EXECUTOR, "ENTER_EXECUTOR", 0, 0, ARG),
  op(N.ANNOTATIONS_PLACEHOLDER, "ANNOTATIONS_PLACEHOLDER", 0, 0, 0),
  op(N.JUMP, "JUMP", 0, 0, ARG | JUMP | EVAL_BREAK | GOTO),
  op(N.JUMP_IF_FALSE, "JUMP_IF_FALSE", 1, 1, ARG | JUMP),
  op(N.JUMP_IF_TRUE, "JUMP_IF_TRUE", 1, 1, ARG | JUMP),
  op(N.JUMP_NO_INTERRUPT, "JUMP_NO_INTERRUPT", 0, 0, ARG | JUMP | GOTO),
  op(N.LOAD_CLOSURE, "LOAD_CLOSURE", 0, 1, ARG | LOCAL | PURE),
  op(N.POP_BLOCK, "POP_BLOCK", 0, 0, 0),
  op(N.SETUP_CLEANUP, "SETUP_CLEANUP", 0, 2, ARG | EXC),
  op(N.SETUP_FINALLY, "SETUP_FINALLY", 0, 1, ARG | EXC),
  op(N.SETUP_WITH, "SETUP_WITH", 0, 1, ARG | EXC),
  op(N.STORE_FAST_MAYBE_NULL, "STORE_FAST_MAYBE_NULL", 1, 0, ARG | LOCAL),
];

/** Smallest number whose opcode has an argument by position alone. */
export const HAVE_ARGUMENT = 43;
/** Instrumented opcodes start here. */
export const MIN_INSTRUMENTED_OPCODE = 234;
/** Pseudo opcodes start here; they never reach a code object. */
export const MIN_PSEUDO_OPCODE = 256;
/** One more than the highest opcode number. */
export const OPCODE_LIMIT = 267;

/** opcode number to row; undefined for numbers without an opcode. */
export const OPINFO: readonly (OpInfo | undefined)[] = byNumber();

function byNumber(): (OpInfo | undefined)[] {
  const table = new Array<OpInfo | undefined>(OPCODE_LIMIT).fill(undefined);
  for (const row of OPCODES) table[row.number] = row;
  return table;
}

function column(of: (row: OpInfo) => number): Uint16Array {
  const out = new Uint16Array(OPCODE_LIMIT);
  for (const row of OPCODES) out[row.number] = of(row);
  return out;
}

/** Inline cache entries by opcode. */
export const CACHES: Uint16Array = column((row) => row.caches);
/** The unspecialised, uninstrumented opcode by opcode. */
export const DEOPT: Uint16Array = column((row) => row.base);
/** Flags by opcode. */
export const FLAGS: Uint16Array = column((row) => row.flags);

/** Names by number, `<n>` where there is no opcode (as dis.opname). */
export function opname(opcode: number): string {
  return OPINFO[opcode]?.name ?? `<${opcode}>`;
}

// Counts that do not depend on the argument; -1 for the others.
const FIXED_POPS: Int8Array = fixed((row) => row.pops);
const FIXED_PUSHES: Int8Array = fixed((row) => row.pushes);

function fixed(of: (row: OpInfo) => Operands): Int8Array {
  const out = new Int8Array(OPCODE_LIMIT).fill(-1);
  for (const row of OPCODES) {
    const n = of(row);
    if (typeof n === "number") out[row.number] = n;
  }
  return out;
}

/** Operands popped by an instruction. */
export function numPopped(opcode: number, oparg: number): number {
  const n = FIXED_POPS[opcode];
  return n >= 0 ? n : countOf(OPINFO[opcode]!.pops, oparg);
}

/** Operands pushed by an instruction. */
export function numPushed(opcode: number, oparg: number): number {
  const n = FIXED_PUSHES[opcode];
  return n >= 0 ? n : countOf(OPINFO[opcode]!.pushes, oparg);
}

function countOf(n: Operands, oparg: number): number {
  return typeof n === "number" ? n : n(oparg);
}

/** True if the number names an opcode. */
export function isValid(opcode: number): boolean {
  return OPINFO[opcode] !== undefined;
}

function has(opcode: number, flag: number): boolean {
  return isValid(opcode) && (FLAGS[opcode] & flag) !== 0;
}

/** `_opcode.has_arg`. */
export function hasArg(opcode: number): boolean {
  return has(opcode, ARG);
}
/** `_opcode.has_const`. */
export function hasConst(opcode: number): boolean {
  return has(opcode, CONST);
}
/** `_opcode.has_name`. */
export function hasName(opcode: number): boolean {
  return has(opcode, NAME);
}
/** `_opcode.has_jump`. */
export function hasJump(opcode: number): boolean {
  return has(opcode, JUMP);
}
/** `_opcode.has_free`. */
export function hasFree(opcode: number): boolean {
  return has(opcode, FREE);
}
/** `_opcode.has_local`. */
export function hasLocal(opcode: number): boolean {
  return has(opcode, LOCAL);
}
/** `_opcode.has_exc`. */
export function hasExc(opcode: number): boolean {
  return has(opcode, EXC);
}
/** A jump, or the opening of an exception handler's range. */
export function hasTarget(opcode: number): boolean {
  return (FLAGS[opcode] & (JUMP | EXC)) !== 0;
}

/**
 * The net stack effect of an instruction: when it jumps, when it does not, or
 * (`jump` null) the larger of both. undefined where CPython refuses: a
 * specialised opcode, an unknown one, or an argument that makes no sense.
 */
export function stackEffect(
  opcode: number,
  oparg: number,
  jump: boolean | null,
): number | undefined {
  if (!isValid(opcode)) return undefined;
  if (DEOPT[opcode] !== opcode && opcode < MIN_INSTRUMENTED_OPCODE) {
    return undefined;
  }
  const popped = numPopped(opcode, oparg);
  const pushed = numPushed(opcode, oparg);
  if (popped < 0 || pushed < 0) return undefined;
  if ((FLAGS[opcode] & EXC) !== 0 && jump === false) return 0;
  return pushed - popped;
}

/** BINARY_OP arguments: `[name, symbol]` in order. */
export const NB_OPS: readonly (readonly [string, string])[] = [
  ["NB_ADD", "+"],
  ["NB_AND", "&"],
  ["NB_FLOOR_DIVIDE", "//"],
  ["NB_LSHIFT", "<<"],
  ["NB_MATRIX_MULTIPLY", "@"],
  ["NB_MULTIPLY", "*"],
  ["NB_REMAINDER", "%"],
  ["NB_OR", "|"],
  ["NB_POWER", "**"],
  ["NB_RSHIFT", ">>"],
  ["NB_SUBTRACT", "-"],
  ["NB_TRUE_DIVIDE", "/"],
  ["NB_XOR", "^"],
  ["NB_INPLACE_ADD", "+="],
  ["NB_INPLACE_AND", "&="],
  ["NB_INPLACE_FLOOR_DIVIDE", "//="],
  ["NB_INPLACE_LSHIFT", "<<="],
  ["NB_INPLACE_MATRIX_MULTIPLY", "@="],
  ["NB_INPLACE_MULTIPLY", "*="],
  ["NB_INPLACE_REMAINDER", "%="],
  ["NB_INPLACE_OR", "|="],
  ["NB_INPLACE_POWER", "**="],
  ["NB_INPLACE_RSHIFT", ">>="],
  ["NB_INPLACE_SUBTRACT", "-="],
  ["NB_INPLACE_TRUE_DIVIDE", "/="],
  ["NB_INPLACE_XOR", "^="],
  ["NB_SUBSCR", "[]"],
];

/** Argument of BINARY_OP by name without the NB_ prefix. */
export const NB = {
  ADD: 0,
  AND: 1,
  FLOOR_DIVIDE: 2,
  LSHIFT: 3,
  MATRIX_MULTIPLY: 4,
  MULTIPLY: 5,
  REMAINDER: 6,
  OR: 7,
  POWER: 8,
  RSHIFT: 9,
  SUBTRACT: 10,
  TRUE_DIVIDE: 11,
  XOR: 12,
  INPLACE_ADD: 13,
  INPLACE_AND: 14,
  INPLACE_FLOOR_DIVIDE: 15,
  INPLACE_LSHIFT: 16,
  INPLACE_MATRIX_MULTIPLY: 17,
  INPLACE_MULTIPLY: 18,
  INPLACE_REMAINDER: 19,
  INPLACE_OR: 20,
  INPLACE_POWER: 21,
  INPLACE_RSHIFT: 22,
  INPLACE_SUBTRACT: 23,
  INPLACE_TRUE_DIVIDE: 24,
  INPLACE_XOR: 25,
  SUBSCR: 26,
} as const;

/** CALL_INTRINSIC_1 arguments in order. */
export const INTRINSIC_1: readonly string[] = [
  "INTRINSIC_1_INVALID",
  "INTRINSIC_PRINT",
  "INTRINSIC_IMPORT_STAR",
  "INTRINSIC_STOPITERATION_ERROR",
  "INTRINSIC_ASYNC_GEN_WRAP",
  "INTRINSIC_UNARY_POSITIVE",
  "INTRINSIC_LIST_TO_TUPLE",
  "INTRINSIC_TYPEVAR",
  "INTRINSIC_PARAMSPEC",
  "INTRINSIC_TYPEVARTUPLE",
  "INTRINSIC_SUBSCRIPT_GENERIC",
  "INTRINSIC_TYPEALIAS",
];

/** CALL_INTRINSIC_2 arguments in order. */
export const INTRINSIC_2: readonly string[] = [
  "INTRINSIC_2_INVALID",
  "INTRINSIC_PREP_RERAISE_STAR",
  "INTRINSIC_TYPEVAR_WITH_BOUND",
  "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
  "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
  "INTRINSIC_SET_TYPEPARAM_DEFAULT",
];

/** LOAD_SPECIAL arguments in order. */
export const SPECIAL_METHODS: readonly string[] = [
  "__enter__",
  "__exit__",
  "__aenter__",
  "__aexit__",
];

/** LOAD_COMMON_CONSTANT arguments in order. */
export const COMMON_CONSTANTS: readonly string[] = [
  "AssertionError",
  "NotImplementedError",
  "tuple",
  "all",
  "any",
];

/** COMPARE_OP operators; the argument holds the index in its bits 5 and up. */
export const CMP_OPS: readonly string[] = ["<", "<=", "==", "!=", ">", ">="];

/** RESUME arguments: where a frame starts or goes on. */
export const RESUME_AT = {
  FUNC_START: 0,
  AFTER_YIELD: 1,
  AFTER_YIELD_FROM: 2,
  AFTER_AWAIT: 3,
  LOCATION_MASK: 3,
  DEPTH1_MASK: 4,
} as const;

/** Specialised opcodes by family (base opcode name to variants), as _opcode_metadata has them. */
export function specializations(): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const row of OPCODES) {
    if (row.base === row.number || row.number >= MIN_INSTRUMENTED_OPCODE) {
      continue;
    }
    const family = OPINFO[row.base]!.name;
    const list = out.get(family);
    if (list) list.push(row.name);
    else out.set(family, [row.name]);
  }
  return out;
}
