// CPython 3.14: Modules/unicodedata.c
//
// The Unicode Character Database as Python sees it: the module's functions answer from Unicode 16,
// the methods of `ucd_3_2_0` from Unicode 3.2.

import { argTypeName } from "../core/objects/type_name.ts";
import {
  builtinType,
  type MethodDef,
  PyFloat,
  PyObject,
  type PyType,
  setSpec,
  type Str,
  TF_DISALLOW_NEW,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { keyError, typeError, valueError } from "../core/objects/errors.ts";
import { isStr, strValue } from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { strCodeAt, strLen } from "../core/objects/str_ops.ts";
import { chr, fromCodePoints } from "../core/objects/str_wide.ts";
import { strIsNormalized, strNormalize } from "../core/objects/str_normalize.ts";
import { decodeLatin1 } from "../core/text/codec_charmap.ts";
import { utf16 } from "../core/objects/names.ts";
import { type CharacterDatabase, ucd, ucd32 } from "../core/unicode/database.ts";
import { characterName, lookupName, NAME_MAX_LENGTH } from "../core/unicode/names.ts";
import type { NormalForm } from "../core/unicode/normalize.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

const ucdType: PyType = builtinType("unicodedata.UCD", undefined, true);
ucdType.flags |= TF_DISALLOW_NEW;
class PyUcd extends PyObject {
  readonly db: CharacterDatabase;
  constructor(db: CharacterDatabase) {
    super(ucdType);
    this.db = db;
  }
}
/** The database that `self` stands for: the module's own, or an old one. */
function dbOf(self: Value): CharacterDatabase {
  return self instanceof PyUcd ? self.db : ucd;
}

function charArg(v: Value, fname: string, arg: string): number {
  if (!isStr(v)) throw typeError(`${fname}() argument ${arg}must be a unicode character, not ${typeName(v)}`);
  const s = strValue(v), n = strLen(s);
  if (n !== 1) throw typeError(`${fname}(): argument ${arg}must be a unicode character, not a string of length ${n}`);
  return strCodeAt(s, 0);
}
function property(name: string, doc: string, f: (db: CharacterDatabase, c: number) => Value): MethodDef {
  return ["chr, /", doc, (self: Value, c: Value) => f(dbOf(self), charArg(c, name, ""))];
}
function value(
  name: string,
  doc: string,
  missing: string,
  f: (db: CharacterDatabase, c: number) => Value | undefined,
): MethodDef {
  return ["chr, default=<unrepresentable>, /", doc, (self: Value, c: Value, dflt?: Value) => {
    const v = f(dbOf(self), charArg(c, name, "1 ")) ?? dflt;
    if (v === undefined) throw valueError(missing);
    return v;
  }];
}

function formArg(v: Value, fname: string): NormalForm {
  if (!isStr(v)) throw typeError(`${fname}() argument 1 must be str, not ${argTypeName(v)}`);
  return utf16(strValue(v)) as NormalForm;
}
const FORMS = ["NFC", "NFD", "NFKC", "NFKD"];
function checkForm(f: string): void {
  if (!FORMS.includes(f)) throw valueError("invalid normalization form");
}
function textArg(v: Value, fname: string): Str {
  if (!isStr(v)) throw typeError(`${fname}() argument 2 must be str, not ${argTypeName(v)}`);
  return strValue(v);
}

function lookup(self: Value, v: Value): Value {
  const name = isStr(v) ? utf16(strValue(v)) : decodeLatin1(bytesOf(v));
  if (name.length > NAME_MAX_LENGTH) throw keyError("name too long");
  const db = dbOf(self);
  const found = db === ucd ? lookupName(name, true) : lookupName(name, false);
  if (found === undefined || found === -1) {
    throw keyError(`undefined character name '${name}'`);
  }
  return (typeof found === "number" ? chr(found) : fromCodePoints(found)) as Value;
}

const FUNCTIONS: Record<string, MethodDef> = {
  decimal: value("decimal", "The decimal value of a character.", "not a decimal", (db, c) => {
    const n = db.decimal(c);
    return n < 0 ? undefined : n;
  }),
  digit: value("digit", "The digit value of a character.", "not a digit", (db, c) => {
    const n = db.digit(c);
    return n < 0 ? undefined : n;
  }),
  numeric: value("numeric", "The numeric value of a character as a float.", "not a numeric character", (db, c) => {
    const n = db.numeric(c);
    return n === undefined ? undefined : new PyFloat(n);
  }),
  category: property("category", "The general category of a character.", (db, c) => db.category(c)),
  bidirectional: property(
    "bidirectional",
    "The bidirectional class of a character; empty when there is none.",
    (db, c) => db.bidirectional(c),
  ),
  combining: property(
    "combining",
    "The canonical combining class of a character; 0 when there is none.",
    (db, c) => db.combining(c),
  ),
  mirrored: property(
    "mirrored",
    "1 for a character that is mirrored in bidirectional text, else 0.",
    (db, c) => db.mirrored(c),
  ),
  east_asian_width: property(
    "east_asian_width",
    "The East Asian width of a character.",
    (db, c) => db.eastAsianWidth(c),
  ),
  decomposition: property(
    "decomposition",
    "The decomposition of a character; empty when there is none.",
    (db, c) => db.decomposition(c),
  ),
  name: value(
    "name",
    "The name of a character.",
    "no such name",
    (db, c) => db.assigned(c) ? characterName(c) : undefined,
  ),
  lookup: ["name, /", "The character with a name; a named sequence gives several.", lookup],
  is_normalized: [
    "form, unistr, /",
    "Whether a str is in a normal form: NFC, NFKC, NFD or NFKD.",
    (self: Value, form: Value, s: Value) => {
      const f = formArg(form, "is_normalized"), text = textArg(s, "is_normalized");
      if (strLen(text) === 0) return true;
      checkForm(f);
      return strIsNormalized(f, text, dbOf(self));
    },
  ],
  normalize: [
    "form, unistr, /",
    "The normal form of a str: NFC, NFKC, NFD or NFKD.",
    (self: Value, form: Value, s: Value) => {
      const f = formArg(form, "normalize"), text = textArg(s, "normalize");
      if (strLen(text) === 0) return "";
      checkForm(f);
      return strNormalize(f, text, dbOf(self)) as Value;
    },
  ],
};

setSpec(ucdType, {
  methods: FUNCTIONS,
  members: { unidata_version: (u: PyUcd) => u.db.version },
});

export const spec: ModuleSpec = {
  name: "unicodedata",
  doc: "The Unicode Character Database: properties, names and normal forms of all characters, as of Unicode 16.0.0.",
  types: { UCD: ucdType },
  functions: FUNCTIONS,
  constants: { unidata_version: ucd.version, ucd_3_2_0: () => new PyUcd(ucd32) },
};
