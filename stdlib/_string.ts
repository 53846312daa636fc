// CPython 3.14: Objects/unicodeobject.c (the _string module)

import { M_SELF, PyStrSub, PyWideStr, type Str, typeOf, type Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import { fieldNameSplit, formatterParser } from "../core/objects/format_str.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

function text(v: Value): Str {
  if (typeof v === "string" || v instanceof PyWideStr) return v;
  if (v instanceof PyStrSub) return v.v;
  throw typeError(`expected str, got ${typeOf(v).name}`);
}

export const spec: ModuleSpec = {
  name: "_string",
  doc: "string helper module",
  functions: {
    formatter_field_name_split: [
      "object, /",
      "Splits a field name into its first part and an iterator over the rest.",
      (_m: unknown, s: Value): Value => fieldNameSplit(text(s)),
      M_SELF,
    ],
    formatter_parser: [
      "object, /",
      "An iterator over the literal texts and replacement fields of a format string.",
      (_m: unknown, s: Value): Value => formatterParser(text(s)),
      M_SELF,
    ],
  },
};
