// CPython 3.14: Objects/codeobject.c (_PyCode_ConstantKey)
//
// A constant's key is a string that spells its type and value, so that equal
// keys mean the same constant: 1, 1.0 and True stay apart, and so do 0.0 and
// -0.0. What cannot be spelled (a NaN, an object of a foreign type, a code
// object) has no key and is the same only as itself.

import {
  Ellipsis,
  frozensetType,
  None,
  PyBytes,
  PyComplex,
  PyFloat,
  PySlice,
  PyTuple,
  PyWideStr,
  type Value,
} from "../objects/object.ts";

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
  if (v.cls === frozensetType) {
    const set = v as unknown as { items?: unknown };
    if (typeof set.items !== "function") return undefined;
    const keys: string[] = [];
    for (const item of set.items() as Value[]) {
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
