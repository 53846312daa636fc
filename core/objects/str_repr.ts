// CPython 3.14: Objects/unicodeobject.c (unicode_repr), Objects/object.c (PyObject_ASCII)
//
// repr() of a str and the ASCII form of any text.

import type { Str } from "./object.ts";
import { isPrintable } from "../unicode/ctype.ts";
import { CpBuilder } from "./str_wide.ts";
import { strCodeAt, strIsAscii, strLen } from "./str_ops.ts";

const HARMLESS = /^[ -&(-[\]-~]*$/; // printable ASCII without ' and backslash
const HARMLESS_IN_QUOTES = /^[ !#-[\]-~]*$/; // the same with ' and without "

/** `\xXX`, `\uXXXX` or `\UXXXXXXXX`. */
export function escapeChar(c: number): string {
  const digits = c.toString(16);
  return c < 256
    ? "\\x" + digits.padStart(2, "0")
    : c < 65536
    ? "\\u" + digits.padStart(4, "0")
    : "\\U" + digits.padStart(8, "0");
}

function reprChar(c: number, quote: number): string | undefined {
  switch (c) {
    case 9:
      return "\\t";
    case 10:
      return "\\n";
    case 13:
      return "\\r";
    case 92:
      return "\\\\";
    case quote:
      return "\\" + String.fromCharCode(quote);
  }
  return isPrintable(c) ? undefined : escapeChar(c);
}

/** `repr(s)`. */
export function strRepr(s: Str): Str {
  if (typeof s === "string") {
    if (HARMLESS.test(s)) return `'${s}'`;
    if (HARMLESS_IN_QUOTES.test(s)) return `"${s}"`;
  }
  const n = strLen(s);
  let single = false, double = false;
  for (let i = 0; i < n; i++) {
    const c = strCodeAt(s, i);
    if (c === 39) single = true;
    else if (c === 34) double = true;
  }
  const quote = single && !double ? 34 : 39;
  if (typeof s === "string") {
    let out = String.fromCharCode(quote), from = 0;
    for (let i = 0; i < n; i++) {
      const text = reprChar(s.charCodeAt(i), quote);
      if (text === undefined) continue;
      out += s.slice(from, i) + text;
      from = i + 1;
    }
    return out + s.slice(from) + String.fromCharCode(quote);
  }
  const out = new CpBuilder(n + 2);
  out.push(quote);
  for (let i = 0; i < n; i++) {
    const text = reprChar(s.cps[i], quote);
    if (text === undefined) out.push(s.cps[i]);
    else out.pushStr(text);
  }
  out.push(quote);
  return out.finish();
}

/** The text with everything beyond ASCII escaped: what `ascii()` does to a repr. */
export function asciiText(s: Str): string {
  if (strIsAscii(s)) return s;
  const n = strLen(s);
  let out = "";
  for (let i = 0; i < n; i++) {
    const c = strCodeAt(s, i);
    out += c < 128 ? String.fromCharCode(c) : escapeChar(c);
  }
  return out;
}

/** `ascii(s)` of a str. */
export function strAscii(s: Str): string {
  return asciiText(strRepr(s));
}
