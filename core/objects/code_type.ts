// CPython 3.14: Objects/codeobject.c
export {};
