// CPython 3.14: Objects/codeobject.c (_PyCode_ConstantKey), Python/compile.c
//
// The constants of a compilation unit. Two constants are one if they are equal
// and of the same type all the way down: 1, 1.0 and True stay apart, and so do
// 0.0 and -0.0. A constant's key is a string that spells its type and value;
// code objects are compared field by field, and what cannot be spelled (a NaN,
// an object of a foreign type) is the same only as itself.

import { PyCode } from "../code/code.ts";
import {
  Ellipsis,
  None,
  PyBytes,
  PyComplex,
  PyFloat,
  PySlice,
  PyTuple,
  PyWideStr,
  type Value,
} from "../objects/object.ts";
import { isFrozenSet, setItems } from "./constset.ts";

function floatKey(v: number): string | undefined {
  if (v !== v) return undefined;
  return Object.is(v, -0) ? "-0" : String(v);
}

function latin1(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    out += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return out;
}

/** The key of a constant that is not a code object; undefined: only itself. */
export function constKey(v: Value): string | undefined {
  switch (typeof v) {
    case "number":
    case "bigint":
      return `i${v}`;
    case "string":
      return `s${v.length}:${v}`;
    case "boolean":
      return v ? "T" : "F";
  }
  if (v === None) return "N";
  if (v === Ellipsis) return "E";
  if (v instanceof PyFloat) {
    const key = floatKey(v.v);
    return key === undefined ? undefined : `f${key}`;
  }
  if (v instanceof PyComplex) {
    const re = floatKey(v.re), im = floatKey(v.im);
    return re === undefined || im === undefined ? undefined : `c${re},${im}`;
  }
  if (v instanceof PyBytes) return `y${v.b.length}:${latin1(v.b)}`;
  if (v instanceof PyWideStr) return `w${v.cps.length}:${v.cps.join(",")}`;
  if (v instanceof PyTuple) return listKey("(", v.items);
  if (v instanceof PySlice) return listKey("[", [v.start, v.stop, v.step]);
  if (isFrozenSet(v)) {
    const keys: string[] = [];
    for (const item of setItems(v)) {
      const key = constKey(item);
      if (key === undefined) return undefined;
      keys.push(key);
    }
    return `{${keys.length}:${keys.sort().join("|")}}`;
  }
  return undefined;
}

function listKey(open: string, items: readonly Value[]): string | undefined {
  let out = `${open}${items.length}`;
  for (const item of items) {
    const key = constKey(item);
    if (key === undefined) return undefined;
    out += `,${key}`;
  }
  return out;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

/** Are both values one constant? */
export function sameConst(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof PyCode) return b instanceof PyCode && codeEquals(a, b);
  const key = constKey(a);
  return key !== undefined && key === constKey(b);
}

/** `==` of code objects. */
export function codeEquals(a: PyCode, b: PyCode): boolean {
  return a === b ||
    (a.co_name === b.co_name && a.co_argcount === b.co_argcount &&
      a.co_posonlyargcount === b.co_posonlyargcount &&
      a.co_kwonlyargcount === b.co_kwonlyargcount &&
      a.co_flags === b.co_flags && a.co_firstlineno === b.co_firstlineno &&
      sameBytes(a.co_code, b.co_code) &&
      a.co_consts.length === b.co_consts.length &&
      a.co_consts.every((v, i) => sameConst(v, b.co_consts[i])) &&
      sameNames(a.co_names, b.co_names) &&
      sameNames(a.co_localsplusnames, b.co_localsplusnames) &&
      sameBytes(a.co_linetable, b.co_linetable) &&
      sameBytes(a.co_exceptiontable, b.co_exceptiontable));
}

/** The constants of a unit. */
export class ConstTable {
  values: Value[] = [];
  #index = new Map<string | Value, number>();

  constructor(values: Iterable<Value> = []) {
    for (const v of values) this.add(v);
  }

  /** The index of `value`, which is added if no same constant is there. */
  add(value: Value): number {
    if (value instanceof PyCode) {
      for (let i = 0; i < this.values.length; i++) {
        const old = this.values[i];
        if (old instanceof PyCode && codeEquals(old, value)) return i;
      }
      return this.values.push(value) - 1;
    }
    const key = constKey(value) ?? value;
    let i = this.#index.get(key);
    if (i === undefined) {
      i = this.values.push(value) - 1;
      this.#index.set(key, i);
    }
    return i;
  }

  /** Takes a list of constants by position (no two of them the same). */
  static of(values: readonly Value[]): ConstTable {
    const table = new ConstTable();
    for (const value of values) {
      const i = table.values.push(value) - 1;
      if (value instanceof PyCode) continue;
      const key = constKey(value) ?? value;
      if (!table.#index.has(key)) table.#index.set(key, i);
    }
    return table;
  }

  /** Keeps only the constants at these positions, in this order. */
  keep(positions: readonly number[]): void {
    this.values = positions.map((i) => this.values[i]);
    this.#index.clear();
    this.values.forEach((value, i) => {
      if (value instanceof PyCode) return;
      const key = constKey(value) ?? value;
      if (!this.#index.has(key)) this.#index.set(key, i);
    });
  }
}
