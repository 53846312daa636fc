// CPython 3.14: Tools/unicode/makeunicodedata.py (makeunicodename)
//
// Packs the character names for names.ts, where the notation is explained.

import { Packer } from "./pack.ts";
import { ALIASES_START, incremented, OP_HEX, OP_JUMP, OP_LONG, OP_NEXT, SEQUENCES_START } from "./names.ts";

export interface PackedNames {
  words: string;
  names: string;
  aliases: string;
  sequences: string;
}

const FRONT = "abcdefghijklmnopqrstuvwxyz";

/** Front-codes words that are sorted in tiers (64 short numbers, 1840 middle ones, the rest). */
function packWords(
  counts: Map<string, number>,
): { words: string; ids: Map<string, number> } {
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([w]) => w);
  const sorted = [
    ranked.slice(0, 64),
    ranked.slice(64, 1904),
    ranked.slice(1904),
  ].flatMap((t) => t.sort());
  let text = "", last = "";
  const ids = new Map<string, number>();
  for (const w of sorted) {
    let shared = 0;
    while (shared < 25 && shared < w.length && w[shared] === last[shared]) {
      shared++;
    }
    text += FRONT[shared] + w.slice(shared);
    ids.set(w, ids.size);
    last = w;
  }
  return { words: text, ids };
}

export function packNames(
  entries: [number, string][],
  aliases: [number, string][],
  sequences: [number[], string][],
): PackedNames {
  const all: [number, string][] = [
    ...entries,
    ...aliases.map((
      [, name],
      i,
    ): [number, string] => [ALIASES_START + i, name]),
    ...sequences.map((
      [, name],
      i,
    ): [number, string] => [SEQUENCES_START + i, name]),
  ];
  // names ending in "-" and the code point in hexadecimal
  const hexStem = (c: number, name: string): string | undefined => {
    const tail = `-${c.toString(16).toUpperCase()}`;
    return name.endsWith(tail) ? name.slice(0, -tail.length) : undefined;
  };
  type Item = { op: "hex"; count: number; words: string[] } | { op: "next" } | {
    op: "jump";
    by: number;
  } | {
    op: "name";
    shared: number;
    words: string[];
  };
  const items: Item[] = [], counts = new Map<string, number>();
  const use = (words: string[]) => words.forEach((w) => counts.set(w, (counts.get(w) ?? 0) + 1));
  let expected = 0, last: string[] = [];
  for (let i = 0; i < all.length;) {
    const [c, name] = all[i];
    if (c !== expected) items.push({ op: "jump", by: c - expected });
    const stem = hexStem(c, name);
    if (stem !== undefined) {
      let n = 1;
      while (
        i + n < all.length && all[i + n][0] === c + n &&
        hexStem(c + n, all[i + n][1]) === stem
      ) n++;
      const words = stem.split(" ");
      use(words);
      items.push({ op: "hex", count: n, words });
      i += n;
      expected = c + n;
      last = [];
      continue;
    }
    const words = name.split(" ");
    if (incremented(last.join(" ")) === name) items.push({ op: "next" });
    else {
      let shared = 0;
      while (
        shared < last.length && shared < words.length - 1 &&
        last[shared] === words[shared]
      ) shared++;
      const fresh = words.slice(shared);
      use(fresh);
      items.push({ op: "name", shared, words: fresh });
    }
    last = words;
    expected = c + 1;
    i++;
  }
  const { words, ids } = packWords(counts);
  const out = new Packer();
  const putWords = (ws: string[]) => ws.forEach((w) => out.put(ids.get(w)!));
  for (const it of items) {
    if (it.op === "next") out.put(OP_NEXT);
    else if (it.op === "jump") {
      out.put(OP_JUMP);
      out.put(it.by);
    } else if (it.op === "hex") {
      out.put(OP_HEX);
      out.put(it.count);
      out.put(it.words.length);
      putWords(it.words);
    } else {
      if (it.shared < 12 && it.words.length <= 5) {
        out.put(it.shared * 5 + it.words.length - 1);
      } else {
        out.put(OP_LONG);
        out.put(it.shared);
        out.put(it.words.length);
      }
      putWords(it.words);
    }
  }
  const aliasOut = new Packer(), seqOut = new Packer();
  for (const [c] of aliases) aliasOut.put(c);
  for (const [cps] of sequences) {
    seqOut.put(cps.length);
    cps.forEach((c) => seqOut.put(c));
  }
  return {
    words,
    names: out.toString(),
    aliases: aliasOut.toString(),
    sequences: seqOut.toString(),
  };
}
