// CPython 3.14: Modules/unicodedata.c
//
// The character database: category, bidirectional class, combining class, width, mirroring,
// decomposition, numeric value; of Unicode 16.0.0 and, by a table of differences, of 3.2.0.

import { charFlags, DECIMAL, decimalValue, digitValue } from "./ctype.ts";
import { Trie, Unpacker } from "./pack.ts";
import * as table from "./tables.generated.ts";
import { OLD_CORRECTIONS, OLD_RECORDS, OLD_RUNS } from "./ucd32.generated.ts";

export const UNIDATA_VERSION = "16.0.0";

const FIELDS = 6; // category, combining, bidi, mirrored, width, quick check

interface Database {
  trie: Trie;
  records: Uint8Array;
  categories: string[];
  bidi: string[];
  widths: string[];
}
let database: Database | undefined;

function load(): Database {
  const records: number[] = [], input = new Unpacker(table.DB_RECORDS);
  while (!input.done) records.push(input.nextSigned());
  return database = {
    trie: new Trie(table.DB_RUNS),
    records: Uint8Array.from(records),
    categories: table.CATEGORY_NAMES.split(" "),
    bidi: table.BIDI_NAMES.split(" "),
    widths: table.WIDTH_NAMES.split(" "),
  };
}

function field(c: number, i: number): number {
  const db = database ?? load();
  return db.records[db.trie.get(c) * FIELDS + i];
}

/** Canonical combining class. */
export function combining(c: number): number {
  return c < 0x300 ? 0 : field(c, 1);
}
/** Quick-check bits, two each for NFD, NFKD, NFC, NFKC: 0 yes, 1 maybe, 2 no. */
export function quickCheck(c: number): number {
  return c < 0xA0 ? 0 : field(c, 5);
}

// ---- decompositions ----------------------------------------------------------------------------

interface Decompositions {
  /** Offset in `data` of the mapping of each code point that has one. */
  at: Map<number, number>;
  /** type * 256 + length, then the mapping. */
  data: Uint32Array;
  types: string[];
}
let decompositions: Decompositions | undefined;

function loadDecompositions(): Decompositions {
  const input = new Unpacker(table.DECOMPOSITIONS),
    at = new Map<number, number>(),
    data: number[] = [];
  let c = -1;
  while (!input.done) {
    c += input.next() + 1;
    const head = input.next(), n = head % 19 === 0 ? 0 : head % 19;
    at.set(c, data.length);
    data.push(Math.floor(head / 19) * 256 + n);
    let p = c;
    for (let i = 0; i < n; i++) data.push(p += input.nextSigned());
  }
  return decompositions = {
    at,
    data: Uint32Array.from(data),
    types: table.DECOMPOSITION_TYPES.split(" "),
  };
}

/** The mapping of `c` in the tables (not Hangul); `type` is "" for a canonical one. undefined when there is none. */
export function decompositionOf(
  c: number,
): { type: string; cps: Uint32Array } | undefined {
  const d = decompositions ?? loadDecompositions(), at = d.at.get(c);
  if (at === undefined) return undefined;
  const head = d.data[at];
  return {
    type: d.types[head >> 8],
    cps: d.data.subarray(at + 1, at + 1 + (head & 255)),
  };
}

/** The jamo of a Hangul syllable, in the form of decompositionOf. */
function hangulDecomposition(
  c: number,
): { type: string; cps: number[] } | undefined {
  const s = c - 0xAC00;
  if (s < 0 || s >= 11172) return undefined;
  const cps = [0x1100 + ((s / 588) | 0), 0x1161 + (((s % 588) / 28) | 0)];
  if (s % 28) cps.push(0x11A7 + s % 28);
  return { type: "", cps };
}

let compositions: Map<number, Map<number, number>> | undefined;

/** Primary composites: first code point -> second -> composite. */
export function compositionTable(): Map<number, Map<number, number>> {
  if (compositions) return compositions;
  const excluded = new Set<number>(),
    input = new Unpacker(table.COMPOSITION_EXCLUSIONS);
  let c = 0;
  while (!input.done) excluded.add(c += input.nextSigned());
  compositions = new Map();
  const d = decompositions ?? loadDecompositions();
  for (const [code, at] of d.at) {
    if (d.data[at] !== 2 || excluded.has(code)) continue;
    const first = d.data[at + 1], second = d.data[at + 2];
    if (combining(first) !== 0) continue;
    let m = compositions.get(first);
    if (!m) compositions.set(first, m = new Map());
    m.set(second, code);
  }
  return compositions;
}

// ---- numeric values ------------------------------------------------------------------------------

let numeric: Map<number, number> | undefined;

function loadNumeric(): Map<number, number> {
  const values = table.NUMERIC_VALUES.split(" ").map((s) => {
    const [a, b] = s.split("/");
    return b === undefined ? Number(a) : Number(a) / Number(b);
  });
  numeric = new Map();
  const input = new Unpacker(table.NUMERIC);
  let c = 0, id = 0;
  while (!input.done) {
    c += input.next();
    id += input.nextSigned();
    numeric.set(c, values[id]);
  }
  return numeric;
}

/** Numeric value as a float, or undefined. */
export function numericValue(c: number): number | undefined {
  return (numeric ?? loadNumeric()).get(c);
}

// ---- Unicode 3.2.0 -------------------------------------------------------------------------------

interface Old {
  trie: Trie;
  /** category, bidi, decimal, mirrored, width, numeric; "" for no change, "-" for none. */
  records: string[][];
  corrections: Map<number, number>;
}
let old: Old | undefined;

function loadOld(): Old {
  const corrections = new Map<number, number>(),
    input = new Unpacker(OLD_CORRECTIONS);
  while (!input.done) corrections.set(input.next(), input.next());
  return old = {
    trie: new Trie(OLD_RUNS),
    records: OLD_RECORDS.split(" ").map((r) => r.split(",")),
    corrections,
  };
}
function change(c: number, i: number): string {
  const o = old ?? loadOld();
  return o.records[o.trie.get(c)][i];
}
function unassignedThen(c: number): boolean {
  return change(c, 0) === "Cn";
}

/** The database as unicodedata shows it: the functions take a code point. */
export interface CharacterDatabase {
  readonly version: string;
  category(c: number): string;
  bidirectional(c: number): string;
  combining(c: number): number;
  mirrored(c: number): number;
  eastAsianWidth(c: number): string;
  /** "<type> XXXX XXXX", or "". */
  decomposition(c: number): string;
  /** -1 for none. */
  decimal(c: number): number;
  digit(c: number): number;
  numeric(c: number): number | undefined;
  /** Was the code point assigned? (names and lookups of the old database) */
  assigned(c: number): boolean;
  /** A canonical mapping that has been corrected since, or undefined. */
  correction(c: number): number | undefined;
}

/** unicodedata: Unicode 16.0.0. */
export const ucd: CharacterDatabase = {
  version: UNIDATA_VERSION,
  category: (c) => (database ?? load()).categories[field(c, 0)],
  bidirectional: (c) => (database ?? load()).bidi[field(c, 2)],
  combining: (c) => field(c, 1),
  mirrored: (c) => field(c, 3),
  eastAsianWidth: (c) => (database ?? load()).widths[field(c, 4)],
  decomposition(c) {
    const d = decompositionOf(c) ?? hangulDecomposition(c);
    if (!d) return "";
    const cps = Array.from(
      d.cps,
      (x) => x.toString(16).toUpperCase().padStart(4, "0"),
    );
    return (d.type === "" ? cps : [d.type, ...cps]).join(" ");
  },
  decimal: decimalValue,
  digit: digitValue,
  numeric: numericValue,
  assigned: () => true,
  correction: () => undefined,
};

/** unicodedata.ucd_3_2_0. */
export const ucd32: CharacterDatabase = {
  version: "3.2.0",
  category: (c) => change(c, 0) || ucd.category(c),
  bidirectional(c) {
    if (unassignedThen(c)) return "";
    return change(c, 1) || ucd.bidirectional(c);
  },
  combining: (c) => unassignedThen(c) ? 0 : ucd.combining(c),
  mirrored(c) {
    if (unassignedThen(c)) return 0;
    const m = change(c, 3);
    return m === "" ? ucd.mirrored(c) : Number(m);
  },
  eastAsianWidth(c) {
    if (unassignedThen(c)) return "N";
    return change(c, 4) || ucd.eastAsianWidth(c);
  },
  decomposition(c) {
    return unassignedThen(c) ? "" : ucd.decomposition(c);
  },
  decimal(c) {
    if (unassignedThen(c)) return -1;
    const d = change(c, 2);
    return d === "" ? (charFlags(c) & DECIMAL ? decimalValue(c) : -1) : d === "-" ? -1 : Number(d);
  },
  digit: digitValue,
  numeric(c) {
    if (unassignedThen(c)) return undefined;
    const n = change(c, 5);
    return n === "" ? numericValue(c) : n === "-" ? undefined : Number(n);
  },
  assigned: (c) => !unassignedThen(c),
  correction(c) {
    return (old ?? loadOld()).corrections.get(c);
  },
};
