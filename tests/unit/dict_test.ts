import { assert, assertEquals } from "@std/assert";
import * as O from "../../core/objects/object.ts";
import { buildDictN, dictCopy, mergeEntries, PyDict, REPLACE } from "../../core/objects/dict.ts";
import { dec, enterThread, type Json, recorded, show } from "./containers.ts";

Deno.test("dicts hold what CPython's hold, in tables of its sizes", () => {
  enterThread();
  for (const [run, log] of recorded("dict").entries()) {
    let d = new PyDict();
    for (const [n, row] of (log as Json[]).entries()) {
      const [op, size, bytes, items] = row as [Json[], number, number, Json[]];
      const at = `run ${run} step ${n} ${JSON.stringify(op).slice(0, 80)}`;
      switch (op[0]) {
        case "set":
          d.set(dec(op[1]), op[2] as number);
          break;
        case "pop":
          assertEquals<unknown>(d.delete(dec(op[1])) ?? null, op[2], at);
          break;
        case "popitem":
          assertEquals<unknown>(d.popLast()?.[1] ?? null, op[1], at);
          break;
        case "setdefault":
          assertEquals<unknown>(
            d.setDefault(dec(op[1]), op[2] as number),
            op[3] as number,
            at,
          );
          break;
        case "get":
          assertEquals<unknown>(d.get(dec(op[1])) ?? null, op[2], at);
          break;
        case "copy":
          d = dictCopy(d);
          break;
        case "update": {
          const o = new PyDict();
          for (const [k, v] of op[1] as [Json, number][]) o.set(dec(k), v);
          mergeEntries(d, o, REPLACE);
          break;
        }
        case "clear":
          d.clear();
          break;
      }
      assertEquals<unknown>(d.size, size, at);
      assertEquals(48 + d.keysBytes(), bytes, at);
      if (items !== null) {
        assertEquals(
          d.entries().map(([k, v]) => `${show(k)}:${show(v)}`).join(" "),
          (items as [Json, number][]).map(([k, v]) => `${show(dec(k))}:${show(v)}`)
            .join(" "),
          at,
        );
      }
    }
  }
});

Deno.test("kver changes with the keys, not with the values", () => {
  enterThread();
  const d = buildDictN(["a", 1, "b", 2]);
  const k = d.kver;
  d.setStr("a", 3);
  assertEquals<unknown>(d.kver, k);
  assertEquals<unknown>(d.vals[d.indexOfStr("a")], 3);
  d.setStr("c", 4);
  assert(d.kver !== k);
  const l = d.kver;
  d.deleteStr("c");
  assert(d.kver !== l && d.kver !== k);
});

Deno.test("an astral name finds the wide str key, and an ambiguous one does not", () => {
  enterThread();
  const astral = new O.PyWideStr(Uint32Array.of(0x1f600));
  const pair = new O.PyWideStr(Uint32Array.of(0xd83d, 0xde00));
  const d = new PyDict();
  d.set(pair, 1);
  assertEquals<unknown>(d.getStr("\u{1f600}"), undefined);
  d.set(astral, 2);
  assertEquals<unknown>(d.getStr("\u{1f600}"), 2);
  assertEquals<unknown>(d.get(pair), 1);
  assertEquals<unknown>(d.size, 2);
});

Deno.test("1, 1.0 and True are one key, and the first one stays", () => {
  enterThread();
  for (const extra of [0, 20]) {
    const d = new PyDict();
    for (let i = 0; i < extra; i++) d.set("k" + i, i);
    d.set(1, "int");
    d.set(true, "bool");
    d.set(new O.PyFloat(1), "float");
    assertEquals<unknown>(d.size, extra + 1);
    assertEquals<unknown>(d.get(1), "float");
    assertEquals<unknown>(d.keys[extra], 1);
  }
});

Deno.test("two NaNs are two keys, each found by its box", () => {
  enterThread();
  const a = new O.PyFloat(NaN), b = new O.PyFloat(NaN), d = new PyDict();
  d.set(a, 1);
  d.set(b, 2);
  assertEquals([d.get(a), d.get(b), d.get(new O.PyFloat(NaN))], [
    1,
    2,
    undefined,
  ]);
});
