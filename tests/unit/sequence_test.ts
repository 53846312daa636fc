import { assertEquals } from "@std/assert";
import * as O from "../../core/objects/object.ts";
import { sortArrays } from "../../core/objects/list_sort.ts";
import { enterThread } from "./containers.ts";
import { checkCases, recorded } from "./evaluator.ts";

Deno.test("list, tuple, enumerate, reversed, zip, map and filter do what CPython's do", () => {
  checkCases("sequences");
});

Deno.test("exceptions have CPython's texts, fields and errors", () => {
  checkCases("exceptions");
});

class Key extends O.PyObject {
  constructor(type: O.PyType, readonly v: number, readonly i: number) {
    super(type);
  }
}

Deno.test("sorting compares the same pairs in the same order as CPython", () => {
  enterThread();
  let count = 0, check = 0;
  const type = new O.PyType("Key", O.objectType, 0);
  type.tp_richcompare = (a, b) => {
    const x = a as Key, y = b as Key;
    count++;
    check = (check * 31 + x.i * 7 + y.i) % 1000003;
    return x.v < y.v;
  };
  for (const row of recorded("sort")) {
    const [values, wantCount, wantCheck] = row as [number[], number, number];
    count = check = 0;
    const keys = values.map((v, i) => new Key(type, v, i));
    sortArrays(keys);
    assertEquals([count, check], [wantCount, wantCheck]);
    // the faster ways for plain values give the same stable order
    const order = keys.map((k) => k.i);
    for (
      const plain of [
        values.slice(),
        values.map((v) => new O.PyFloat(v)),
        values.map((v) => String.fromCharCode(0x4000 + v)),
      ]
    ) {
      const places = values.map((_, i) => i);
      sortArrays(plain, places);
      assertEquals(places, order);
    }
  }
});

Deno.test("strings sort by code points, stably, whatever they share", () => {
  enterThread();
  const letters = ["ab", "abc\u00e9\uffff", "0123456789"];
  let seed = 7;
  const below = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor(seed / 65536) % n;
  };
  for (let run = 0; run < 30; run++) {
    const n = [10, 300, 2000][run % 3], from = letters[run % 5 % 3];
    const head = run % 2 === 0 ? "a common beginning" : "";
    const keys = Array.from({ length: n }, () => {
      let s = head;
      for (let k = below(8); k > 0; k--) s += from[below(from.length)];
      return s;
    });
    const want = keys.map((_, i) => i).sort((x, y) => keys[x] < keys[y] ? -1 : keys[x] > keys[y] ? 1 : x - y);
    const places = keys.map((_, i) => i);
    sortArrays(keys.slice(), places);
    assertEquals(places, want);
  }
});
