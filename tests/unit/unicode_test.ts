// The Unicode tables against hashes recorded from CPython 3.14.

import { assertEquals } from "@std/assert";
import * as ctype from "../../core/unicode/ctype.ts";
import { type CharacterDatabase, ucd, ucd32 } from "../../core/unicode/database.ts";
import { characterName, lookupCharacter, lookupName } from "../../core/unicode/names.ts";
import { isNormalized, type NormalForm, normalize } from "../../core/unicode/normalize.ts";
import { chr, codePoints, fromCodePoints } from "../../core/objects/str_wide.ts";
import type { Str } from "../../core/objects/object.ts";
import * as C from "../../core/objects/str_case.ts";
import { strRepr } from "../../core/objects/str_repr.ts";
import { readCases, runCases } from "./recorded.ts";

type Property = (c: number) => string | number | boolean;

/** The planes that have characters, and the edges of the others (as in record_text.py). */
const RANGES = [[0, 0x32400], [0xDFF00, 0xE0300], [0xEFF00, 0xF0300], [
  0x10FF00,
  0x110000,
]];

async function digest(f: Property): Promise<string> {
  const parts: string[] = [];
  for (const [first, end] of RANGES) {
    for (let c = first; c < end; c++) {
      const r = f(c);
      parts.push(typeof r === "boolean" ? (r ? "1\n" : "0\n") : r + "\n");
    }
  }
  const hash = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(parts.join("")),
  );
  return Array.from(
    new Uint8Array(hash),
    (b) => b.toString(16).padStart(2, "0"),
  ).join("");
}

function hexes(s: Str | ArrayLike<number>): string {
  const cps = typeof s === "string" ? codePoints(s) : "cps" in s ? s.cps : s;
  return Array.from(cps, (c) => c.toString(16)).join(" ");
}

const strProperties: Record<string, Property> = {
  isalpha: ctype.isAlpha,
  isalnum: ctype.isAlnum,
  isdecimal: ctype.isDecimal,
  isdigit: ctype.isDigit,
  isnumeric: ctype.isNumeric,
  isspace: ctype.isSpace,
  isprintable: ctype.isPrintable,
  islower: ctype.isLower,
  isupper: ctype.isUpper,
  istitle: (c) => ctype.isTitle(c) || ctype.isUpper(c),
  isidentifier: ctype.isXidStart,
  continues: ctype.isXidContinue,
  breaks: ctype.isLinebreak,
  upper: (c) => hexes(C.strUpper(chr(c))),
  lower: (c) => hexes(C.strLower(chr(c))),
  title: (c) => hexes(C.strTitle(chr(c))),
  casefold: (c) => hexes(C.strCasefold(chr(c))),
  swapcase: (c) => hexes(C.strSwapcase(chr(c))),
  repr: (c) => hexes(strRepr(chr(c))),
};

function doubleHex(x: number | undefined): string {
  if (x === undefined) return "";
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

function databaseProperty(db: CharacterDatabase, name: string): Property {
  if (name === "numeric") return (c) => doubleHex(db.numeric(c));
  if (name === "name") return (c) => (db.assigned(c) && characterName(c)) || "";
  if (name.startsWith("NF")) {
    return (c) => hexes(normalize(name as NormalForm, [c], db));
  }
  return db[name as keyof CharacterDatabase] as Property;
}

const cases = readCases("unicode");

for (const [op, [name], want] of cases) {
  if (op !== "str" && op !== "ucd" && op !== "ucd32") continue;
  const property = op === "str"
    ? strProperties[name as string]
    : databaseProperty(op === "ucd" ? ucd : ucd32, name as string);
  Deno.test(`${op}: ${name} of each code point is CPython's`, async () => {
    assertEquals(await digest(property), want);
  });
}

Deno.test("names are looked up as CPython does", () => {
  runCases(cases.filter(([op]) => op === "lookup"), {
    lookup: (name: string) => {
      const c = lookupName(name, true);
      if (c === undefined) throw name;
      return fromCodePoints(typeof c === "number" ? [c] : c);
    },
  }, (name) => ({ x: `KeyError: "undefined character name '${name}'"` }));
});

Deno.test("a named sequence is not a character", () => {
  assertEquals(lookupCharacter("KEYCAP DIGIT ONE"), undefined);
  assertEquals(lookupCharacter("em dash"), 0x2014);
});

Deno.test("strings are normalized as CPython does", () => {
  runCases(
    cases.filter(([op]) => op === "normalize" || op === "is_normalized"),
    {
      normalize: (s: Str, form: NormalForm) => fromCodePoints(normalize(form, codePoints(s))),
      is_normalized: (s: Str, form: NormalForm) => isNormalized(form, codePoints(s)),
    },
    String,
  );
});
