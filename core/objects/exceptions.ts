// CPython 3.14: Objects/exceptions.c
//
// All of the builtin exceptions under one name; the parts are split by family.

export * from "./exception_types.ts";
export * from "./exceptions_base.ts";
export * from "./exceptions_os.ts";
export * from "./exceptions_syntax.ts";
export * from "./exceptions_unicode.ts";
export * from "./exceptions_group.ts";
