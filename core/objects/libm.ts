// CPython 3.14: the C library's mathematics (libm), as Modules/mathmodule.c uses it
export const libmPow: (x: number, y: number) => number = Math.pow;
export const libmHypot: (x: number, y: number) => number = Math.hypot;
export const libmAtan2: (y: number, x: number) => number = Math.atan2;
export const libmExp: (x: number) => number = Math.exp;
export const libmLog: (x: number) => number = Math.log;
export const libmSin: (x: number) => number = Math.sin;
export const libmCos: (x: number) => number = Math.cos;
