// CPython 3.14: Objects/frameobject.c (PEP 667)
//
// The locals of a running function as a mapping. `locals()` takes a snapshot; `frame.f_locals` is a
// view that writes through (frame_type.ts).

import { PyCell, type Value } from "../../core/objects/object.ts";
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_HIDDEN } from "../../core/code/code.ts";
import { PyDict } from "../../core/objects/dict.ts";
import type { Frame } from "./frame.ts";

/** The value of a localsplus slot, looked up through its cell; undefined when unbound. */
export function localValue(f: Frame, i: number): Value | undefined {
  const v = f.locals[i];
  if (v instanceof PyCell && (f.prep.code.co_localspluskinds[i] & (CO_FAST_CELL | CO_FAST_FREE)) !== 0) return v.v;
  return v;
}

/** Sets a localsplus slot, through its cell if it has one. */
export function setLocal(f: Frame, i: number, v: Value | undefined): void {
  const old = f.locals[i];
  if (old instanceof PyCell && (f.prep.code.co_localspluskinds[i] & (CO_FAST_CELL | CO_FAST_FREE)) !== 0) old.v = v;
  else f.locals[i] = v;
}

/** Index of a visible local, or -1. */
export function localIndex(f: Frame, name: string): number {
  return f.prep.code.co_localsplusnames.indexOf(name);
}

/** Is the frame of a module or class inside an inlined comprehension, whose variables are bound? */
export function hasHiddenLocals(f: Frame): boolean {
  const kinds = f.prep.code.co_localspluskinds;
  for (let i = 0; i < kinds.length; i++) {
    if ((kinds[i] & CO_FAST_HIDDEN) !== 0 && f.locals[i] !== undefined) return true;
  }
  return false;
}

/** A new dict of the bound locals. */
export function frameLocals(f: Frame): PyDict {
  const d = new PyDict();
  const names = f.prep.code.co_localsplusnames;
  for (let i = 0; i < names.length; i++) {
    const v = localValue(f, i);
    if (v !== undefined) d.setStr(names[i], v);
  }
  const x = f.extra?.extraLocals as PyDict | undefined;
  if (x !== undefined) { for (const [k, v] of x.entries()) d.set(k, v); }
  return d;
}
