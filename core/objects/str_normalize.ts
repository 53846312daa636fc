// CPython 3.14: Modules/unicodedata.c (normalize), Parser/pegen.c (identifiers)
//
// Normalization of strs; the algorithm is in core/unicode/normalize.ts.

import type { Str } from "./object.ts";
import { codePoints, fromCodePoints } from "./str_wide.ts";
import { strIsAscii } from "./str_ops.ts";
import { type CharacterDatabase, ucd } from "../unicode/database.ts";
import { isNormalized, type NormalForm, normalize } from "../unicode/normalize.ts";

/** `unicodedata.normalize(form, s)`; a str that is normalized is returned itself. */
export function strNormalize(
  form: NormalForm,
  s: Str,
  db: CharacterDatabase = ucd,
): Str {
  if (strIsAscii(s)) return s;
  const cps = codePoints(s), out = normalize(form, cps, db);
  return out === cps ? s : fromCodePoints(out);
}

/** `unicodedata.is_normalized(form, s)`. */
export function strIsNormalized(
  form: NormalForm,
  s: Str,
  db: CharacterDatabase = ucd,
): boolean {
  return strIsAscii(s) || isNormalized(form, codePoints(s), db);
}
