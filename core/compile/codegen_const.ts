// CPython 3.14: Include/internal/pycore_intrinsics.h, pycore_opcode_utils.h, pycore_ceval.h, Include/opcode.h
//
// Numbers that stand in arguments of instructions.

/** CALL_INTRINSIC_1. */
export const INTRINSIC_PRINT = 1,
  INTRINSIC_IMPORT_STAR = 2,
  INTRINSIC_STOPITERATION_ERROR = 3,
  INTRINSIC_ASYNC_GEN_WRAP = 4,
  INTRINSIC_UNARY_POSITIVE = 5,
  INTRINSIC_LIST_TO_TUPLE = 6,
  INTRINSIC_TYPEVAR = 7,
  INTRINSIC_PARAMSPEC = 8,
  INTRINSIC_TYPEVARTUPLE = 9,
  INTRINSIC_SUBSCRIPT_GENERIC = 10,
  INTRINSIC_TYPEALIAS = 11;

/** CALL_INTRINSIC_2. */
export const INTRINSIC_PREP_RERAISE_STAR = 1,
  INTRINSIC_TYPEVAR_WITH_BOUND = 2,
  INTRINSIC_TYPEVAR_WITH_CONSTRAINTS = 3,
  INTRINSIC_SET_FUNCTION_TYPE_PARAMS = 4,
  INTRINSIC_SET_TYPEPARAM_DEFAULT = 5;

/** LOAD_COMMON_CONSTANT. */
export const CONSTANT_ASSERTIONERROR = 0,
  CONSTANT_NOTIMPLEMENTEDERROR = 1,
  CONSTANT_BUILTIN_TUPLE = 2,
  CONSTANT_BUILTIN_ALL = 3,
  CONSTANT_BUILTIN_ANY = 4;

/** LOAD_SPECIAL. */
export const SPECIAL_ENTER = 0,
  SPECIAL_EXIT = 1,
  SPECIAL_AENTER = 2,
  SPECIAL_AEXIT = 3;

/** SET_FUNCTION_ATTRIBUTE. */
export const MAKE_FUNCTION_DEFAULTS = 1,
  MAKE_FUNCTION_KWDEFAULTS = 2,
  MAKE_FUNCTION_CLOSURE = 8,
  MAKE_FUNCTION_ANNOTATE = 16;

/** RESUME. */
export const RESUME_AT_FUNC_START = 0,
  RESUME_AFTER_YIELD = 1,
  RESUME_AFTER_YIELD_FROM = 2,
  RESUME_AFTER_AWAIT = 3;

/** CONVERT_VALUE, by the character behind `!`. */
export const CONVERSIONS: Readonly<Record<string, number>> = {
  s: 1,
  r: 2,
  a: 3,
};

/** BINARY_OP. */
export const NB_SUBSCR = 26;
/** Distance of the in-place form from the plain one. */
export const NB_INPLACE = 13;
export const NB_OPERATORS: Readonly<Record<string, number>> = {
  Add: 0,
  BitAnd: 1,
  FloorDiv: 2,
  LShift: 3,
  MatMult: 4,
  Mult: 5,
  Mod: 6,
  BitOr: 7,
  Pow: 8,
  RShift: 9,
  Sub: 10,
  Div: 11,
  BitXor: 12,
};

/** COMPARE_OP: the operator in the top bits, the mask of outcomes in the low ones. */
export const COMPARE_ARGS: Readonly<Record<string, number>> = {
  Lt: 0 << 5 | 2,
  LtE: 1 << 5 | 2 | 8,
  Eq: 2 << 5 | 8,
  NotEq: 3 << 5 | 1 | 2 | 4,
  Gt: 4 << 5 | 4,
  GtE: 5 << 5 | 4 | 8,
};

/** Above this many operands, displays and calls are built up step by step. */
export const STACK_USE_GUIDELINE = 30;
