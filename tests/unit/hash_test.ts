import { assertEquals } from "@std/assert";
import * as O from "../../core/objects/object.ts";
import { cur } from "../../core/objects/state.ts";
import { hashFromInt, hashKey, hashRange, hashSlice, hashToValue } from "../../core/objects/hash.ts";
import { dec, enterThread, type Json, recorded } from "./containers.ts";

function hashOf(j: Json): O.Int {
  const o = (j ?? {}) as { sl?: Json[]; r?: Json[] };
  let lo: number;
  if (o.sl) lo = hashSlice(dec(o.sl[0]), dec(o.sl[1]), dec(o.sl[2]));
  else if (o.r) {
    const [n, start, step] = o.r.map(dec) as O.Int[];
    lo = hashRange(n, start, step);
  } else lo = hashKey(dec(j));
  return hashToValue(lo, cur.hashHi);
}

Deno.test("hashes of builtin values are CPython's under PYTHONHASHSEED=0", () => {
  enterThread();
  for (const row of recorded("hash")) {
    const [j, want] = row as [Json, string];
    assertEquals(String(hashOf(j)), want, JSON.stringify(j));
  }
});

Deno.test("a NaN hashes by its box", () => {
  enterThread();
  const a = new O.PyFloat(NaN), b = new O.PyFloat(NaN);
  assertEquals(hashKey(a), hashKey(a));
  assertEquals(hashKey(a) === hashKey(b), false);
});

Deno.test("the result of __hash__ is taken as it is up to 64 bits, then reduced", () => {
  enterThread();
  const back = (v: O.Int) => {
    const lo = hashFromInt(v);
    return hashToValue(lo, cur.hashHi);
  };
  assertEquals(back(-1), -2);
  assertEquals(back(5), 5);
  assertEquals(back(2n ** 62n), 2n ** 62n);
  assertEquals(back(-(2n ** 63n)), -(2n ** 63n));
  assertEquals(back(2n ** 63n), 4);
});
