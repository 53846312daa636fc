// CPython 3.14: the C library's mathematics (libm), as Modules/mathmodule.c uses it
export const libmPow: (x: number, y: number) => number = Math.pow;
