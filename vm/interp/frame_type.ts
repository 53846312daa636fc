// CPython 3.14
export {};
