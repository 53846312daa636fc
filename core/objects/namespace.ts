// CPython 3.14: Objects/namespaceobject.c
export {};
