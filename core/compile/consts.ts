// CPython 3.14: Objects/codeobject.c, Python/compile.c (constants)
//
// The constants of a compilation unit. Two constants are one if they have the
// same key (constkey.ts); code objects are compared field by field.

import { PyCode } from "../code/code.ts";
import { constKey } from "../code/constkey.ts";
import { Ellipsis, None, PyTuple, type Value } from "../objects/object.ts";

export { constKey };

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

/** The constants of a whole compilation: code objects share those that are the same. */
export class ConstCache {
  #values = new Map<string, Value>();

  /** The object to use for a constant with this key; the items of a tuple are replaced, too. */
  merge(value: Value, key: string): Value {
    if (typeof value !== "object") return value;
    const old = this.#values.get(key);
    if (old !== undefined) return old;
    this.#values.set(key, value);
    if (value instanceof PyTuple) {
      const { items } = value;
      for (let i = 0; i < items.length; i++) {
        const itemKey = constKey(items[i]);
        if (itemKey !== undefined) items[i] = this.merge(items[i], itemKey);
      }
    }
    return value;
  }

  readonly #lists = new Map<string, Value[]>();
  readonly #numbers = new Map<Value, number>();
  readonly #bytes = new Map<number, Uint8Array[]>();

  /** The constants of a finished code object; code objects of the same ones share the array. */
  list(values: readonly Value[]): Value[] {
    let key = "";
    for (const v of values) {
      const k = v instanceof PyCode ? undefined : constKey(v);
      if (k !== undefined) key += k + ";";
      else {
        // one that is equal to itself only
        let n = this.#numbers.get(v);
        if (n === undefined) this.#numbers.set(v, n = this.#numbers.size);
        key += `#${n};`;
      }
    }
    let known = this.#lists.get(key);
    if (known === undefined) this.#lists.set(key, known = values.slice());
    return known;
  }
  /** A table of a finished code object; the same ones are one object. */
  table(b: Uint8Array): Uint8Array {
    let h = b.length;
    for (let i = 0; i < b.length; i++) h = Math.imul(h ^ b[i], 0x01000193);
    const known = this.#bytes.get(h);
    if (known === undefined) {
      this.#bytes.set(h, [b]);
      return b;
    }
    const same = known.find((x) => sameBytes(x, b));
    if (same === undefined) known.push(b);
    return same ?? b;
  }
}

/** Is there but one object of this value in CPython? */
function isUnique(value: Value): boolean {
  if (typeof value === "number") return value >= -5 && value <= 256;
  if (typeof value === "string") return value.length === 0 || (value.length === 1 && value < "\u0100");
  return typeof value === "boolean" || value === None || value === Ellipsis;
}

/** The constants of a unit. */
export class ConstTable {
  values: Value[] = [];
  readonly #cache: ConstCache | undefined;
  #index = new Map<string | Value, number>();
  #stale = false;

  constructor(values: Iterable<Value> = [], cache?: ConstCache) {
    this.#cache = cache;
    for (const v of values) this.add(v);
  }

  /** The index of `value`, which is added if no same constant is there. */
  add(value: Value): number {
    if (this.#stale) this.#reindex();
    if (value instanceof PyCode) {
      for (let i = 0; i < this.values.length; i++) {
        const old = this.values[i];
        if (old instanceof PyCode && codeEquals(old, value)) return i;
      }
      return this.values.push(value) - 1;
    }
    const key = constKey(value);
    let i = this.#index.get(key ?? value);
    if (i === undefined) {
      const cache = this.#cache;
      if (cache !== undefined && key !== undefined) {
        value = cache.merge(value, key);
      }
      i = this.values.push(value) - 1;
      this.#index.set(key ?? value, i);
    }
    return i;
  }

  /**
   * Takes a list of constants by position. They are not of this compilation: a computed constant is
   * one of them only if there is but one object of that value.
   */
  static of(values: readonly Value[]): ConstTable {
    const table = new ConstTable();
    for (const value of values) {
      const i = table.values.push(value) - 1;
      if (!isUnique(value)) continue;
      const key = constKey(value) ?? value;
      if (!table.#index.has(key)) table.#index.set(key, i);
    }
    return table;
  }

  /** The constants of the finished code object. */
  finish(): Value[] {
    return this.#cache === undefined ? this.values.slice() : this.#cache.list(this.values);
  }
  /** A table of the finished code object. */
  table(b: Uint8Array): Uint8Array {
    return this.#cache === undefined ? b : this.#cache.table(b);
  }

  /** Keeps only the constants at these positions, in this order. */
  keep(positions: readonly number[]): void {
    this.values = positions.map((i) => this.values[i]);
    this.#stale = true;
  }

  #reindex(): void {
    this.#stale = false;
    this.#index.clear();
    this.values.forEach((value, i) => {
      if (value instanceof PyCode) return;
      const key = constKey(value) ?? value;
      if (!this.#index.has(key)) this.#index.set(key, i);
    });
  }
}
