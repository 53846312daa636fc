// CPython 3.14: Python/ceval.c (keyword argument dicts)

import type { KwNames, Value } from "./object.ts";
import { PyDict } from "./dict.ts";

/** A new dict of keyword arguments. */
export function kwargsDict(m: Map<string, Value>): PyDict {
  const d = new PyDict();
  for (const [k, v] of m) d.setStr(k, v);
  return d;
}

/** No keyword arguments. */
export const NO_KW: KwNames = Object.freeze([]) as KwNames;
