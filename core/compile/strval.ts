// Between JavaScript strings and str values, and the order of names.

// str_wide.ts and the exceptions need each other: the exceptions must be loaded first.
import "../objects/errors.ts";
export { fromUtf16 as strValue, toUtf16 as strText } from "../objects/str_wide.ts";
import { PyWideStr, type Str } from "../objects/object.ts";

/** Is the value an exact str? */
export function isStr(v: unknown): v is Str {
  return typeof v === "string" || v instanceof PyWideStr;
}

/** Orders as Python orders str: by code points. */
export function compareNames(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i), y = b.charCodeAt(i);
    if (x === y) continue;
    // a surrogate stands for a character beyond all that are no surrogates
    const xs = (x & 0xf800) === 0xd800, ys = (y & 0xf800) === 0xd800;
    return xs === ys ? x - y : xs ? 1 : -1;
  }
  return a.length - b.length;
}
