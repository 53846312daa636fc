// CPython 3.14: Objects/unicodeobject.c (interned names)
//
// Attribute and variable names inside the VM are JavaScript strings in UTF-16 form, astral
// characters as surrogate pairs. These two functions go between them and str values.

import { PyStrSub, type Str, typeOf, type Value } from "./object.ts";
import { PyWideStr } from "./object.ts";
import { typeError } from "./errors.ts";
import { textValue } from "./exceptions.ts";

/** UTF-16 form of an exact str. */
export function utf16(s: Str): string {
  if (typeof s === "string") return s;
  let u = s.u16;
  if (u === undefined) {
    u = "";
    const c = s.cps;
    for (let i = 0; i < c.length; i += 4096) u += String.fromCodePoint(...c.subarray(i, i + 4096));
    s.u16 = u;
  }
  return u;
}

/** The name that a str value stands for; TypeError for other values. */
export function attrName(v: Value): string {
  if (typeof v === "string") return v;
  if (v instanceof PyWideStr) return utf16(v);
  if (v instanceof PyStrSub) return utf16(v.v);
  throw typeError(`attribute name must be string, not '${typeOf(v).name}'`);
}

/** A name as a str value. */
export function nameValue(name: string): Value {
  return hasSurrogate(name) ? textValue(name) : name;
}

/** Does the text hold a surrogate code unit? */
export function hasSurrogate(s: string): boolean {
  for (let i = 0; i < s.length; i++) if ((s.charCodeAt(i) & 0xf800) === 0xd800) return true;
  return false;
}
