// CPython 3.14: Python/compile.c (_Py_Mangle)

/** The private-name form of `ident` inside class `cls`. */
export function mangleName(cls: string | undefined, ident: string): string {
  if (cls === undefined || !ident.startsWith("__")) return ident;
  if (ident.endsWith("__") || ident.includes(".")) return ident;
  let i = 0;
  while (i < cls.length && cls[i] === "_") i++;
  return i === cls.length ? ident : "_" + cls.slice(i) + ident;
}
