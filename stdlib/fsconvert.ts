// CPython 3.14: Objects/unicodeobject.c (PyUnicode_FSConverter, PyUnicode_FSDecoder)
//
// Paths given by guest code: str, bytes or os.PathLike, as a str value or as the host's string.

import { plainTypeName } from "../core/objects/type_name.ts";
import { None, PyBytes, type Str, typeOf, type Value } from "../core/objects/object.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { call0, isStr, lookupSpecial, strValue } from "../core/objects/abstract.ts";
import { decodeBytes } from "../core/objects/codecs.ts";

/** `os.fspath(v)`. */
export function fsPath(v: Value): Value {
  if (isStr(v) || v instanceof PyBytes) return v;
  const f = lookupSpecial(v, "__fspath__");
  if (f === undefined || f === None) {
    throw typeError(`expected str, bytes or os.PathLike object, not ${plainTypeName(v)}`);
  }
  const r = call0(f);
  if (isStr(r) || r instanceof PyBytes) return r;
  throw typeError(`expected ${typeOf(v).name}.__fspath__() to return str or bytes, not ${typeOf(r).name}`);
}

/** A path argument as a str (bytes are decoded with the file system encoding). */
export function sharedFsDecode(v: Value): Str {
  const p = fsPath(v);
  const s: Str = p instanceof PyBytes ? strValue(decodeBytes(p.b, p, "utf-8", "surrogateescape")) : strValue(p);
  if (typeof s === "string" ? s.includes("\0") : s.cps.includes(0)) throw valueError("embedded null character");
  return s;
}
