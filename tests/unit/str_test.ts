// The algorithms of str against results recorded from CPython 3.14.

import { assert, assertEquals } from "@std/assert";
import { PyWideStr, type Str } from "../../core/objects/object.ts";
import { cur, setCur, type ThreadState } from "../../core/objects/state.ts";
import * as C from "../../core/objects/str_case.ts";
import * as O from "../../core/objects/str_ops.ts";
import * as R from "../../core/objects/str_repr.ts";
import * as S from "../../core/objects/str_search.ts";
import * as P from "../../core/objects/str_split.ts";
import { hashKeyFromSeed, sipHash13Bytes, sipHash13Str } from "../../core/objects/siphash.ts";
import { readCases, runCases } from "./recorded.ts";

/** Runs `f` with a thread state that is good for the high half of a hash. */
function withState<T>(f: () => T): T {
  const before = setCur({ hashHi: 0 } as ThreadState);
  try {
    return f();
  } finally {
    setCur(before);
  }
}

function hashText(low: number, length: number): string {
  if (length === 0) return "0";
  const h = BigInt.asIntN(64, (BigInt(cur.hashHi) << 32n) | BigInt(low >>> 0));
  return String(h === -1n ? -2n : h);
}

const key = hashKeyFromSeed(42);

// deno-lint-ignore no-explicit-any
const functions: Record<string, (...args: any[]) => unknown> = {
  lower: C.strLower,
  upper: C.strUpper,
  title: C.strTitle,
  capitalize: C.strCapitalize,
  swapcase: C.strSwapcase,
  casefold: C.strCasefold,
  isalpha: C.strIsAlpha,
  isalnum: C.strIsAlnum,
  isdecimal: C.strIsDecimal,
  isdigit: C.strIsDigit,
  isnumeric: C.strIsNumeric,
  isspace: C.strIsSpace,
  isprintable: C.strIsPrintable,
  isidentifier: C.strIsIdentifier,
  islower: C.strIsLower,
  isupper: C.strIsUpper,
  istitle: C.strIsTitle,
  isascii: O.strIsAscii,
  repr: R.strRepr,
  ascii: R.strAscii,
  find: S.strFind,
  rfind: S.strRFind,
  count: S.strCount,
  startswith: S.strStartsWith,
  endswith: S.strEndsWith,
  replace: S.strReplace,
  split: P.strSplit,
  rsplit: P.strRSplit,
  wsplit: (s: Str, n: number) => P.strSplit(s, undefined, n),
  wrsplit: (s: Str, n: number) => P.strRSplit(s, undefined, n),
  splitlines: P.strSplitlines,
  partition: P.strPartition,
  rpartition: P.strRPartition,
  strip: P.strStrip,
  lstrip: (s: Str, chars: Str) => P.strStrip(s, chars, P.STRIP_LEFT),
  rstrip: (s: Str, chars: Str) => P.strStrip(s, chars, P.STRIP_RIGHT),
  wstrip: (s: Str) => P.strStrip(s, undefined),
  removeprefix: S.strRemovePrefix,
  removesuffix: S.strRemoveSuffix,
  join: O.strJoin,
  concat: O.strConcat2,
  repeat: O.strRepeat,
  center: S.strCenter,
  ljust: S.strLjust,
  rjust: S.strRjust,
  zfill: S.strZfill,
  expandtabs: S.strExpandtabs,
  compare: (a: Str, b: Str) => Math.sign(O.compareStr(a, b)),
  equal: O.equalStr,
  contains: S.strContains,
  slice: O.strSliceStep,
  translate: (s: Str, pairs: [number, number | Str | null][]) => {
    const map = new Map(pairs);
    return S.strTranslate(s, (c) => map.get(c));
  },
  chars: P.strChars,
  hash: (s: Str) => hashText(sipHash13Str(s, key), O.strLen(s)),
  hashb: (b: Uint8Array) => hashText(sipHash13Bytes(b, key), b.length),
};

const ops = new Map<string, ReturnType<typeof readCases>>();
for (const c of readCases("str")) {
  if (!ops.has(c[0])) ops.set(c[0], []);
  ops.get(c[0])!.push(c);
}
for (const [op, cases] of ops) {
  Deno.test(`str: ${op} is CPython's`, () => {
    withState(() => runCases(cases, functions, () => ({ x: "ValueError: empty separator" })));
  });
}

Deno.test("order is by code points at U+FFFF and U+10000", () => {
  const bmp = "\uFFFF", astral = O.chr(0x10000), lone = O.chr(0xD800);
  assert(O.compareStr(bmp, astral) < 0);
  assert(O.compareStr(lone, bmp) < 0);
  assert(O.compareStr(lone, astral) < 0);
});

Deno.test("a surrogate pair is one character, lone surrogates are their own", () => {
  assertEquals(O.strLen(O.fromUtf16("a\u{1F600}")), 2);
  assertEquals(O.strLen(O.fromUtf16("\uDE00\uD83D")), 2);
  const mixed = "\uDE00" + "\uD83D" + "😀";
  assertEquals(O.toUtf16(O.fromUtf16(mixed)), mixed);
  assertEquals(O.strLen(O.fromUtf16(mixed)), 3);
  // two lone surrogates that Python put side by side stay two characters
  assertEquals(O.strLen(O.strConcat2(O.chr(0xD83D), O.chr(0xDE00))), 2);
});

Deno.test("appending to a wide str is linear and leaves older strs as they were", () => {
  const face = O.chr(0x1F600);
  let s: Str = O.strRepeat(face, 300);
  const old = s, forks: Str[] = [];
  for (let i = 0; i < 1000; i++) {
    const before = s;
    s = O.strConcat2(s, "x");
    if (i % 100 === 0) forks.push(O.strConcat2(before, "y"));
  }
  assertEquals(O.strLen(old), 300);
  assertEquals(O.strLen(s), 1300);
  assertEquals(O.strCodeAt(s, 1299), 120);
  forks.forEach((f, i) => assertEquals(O.strCodeAt(f, 300 + i * 100), 121));
  assert(s instanceof PyWideStr && O.strSlice(s, 300, 310) === "xxxxxxxxxx");
});

Deno.test("PYTHONHASHSEED=0 is the zero key", () => {
  assertEquals(Array.from(hashKeyFromSeed(0)), [0, 0, 0, 0]);
});
