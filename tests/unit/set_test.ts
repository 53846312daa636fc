import { assertEquals } from "@std/assert";
import * as O from "../../core/objects/object.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { PySet } from "../../core/objects/set.ts";
import * as R from "../../core/objects/set_ops.ts";
import { dec, enterThread, type Json, recorded, show } from "./containers.ts";

function keysOf(s: PySet): PyDict {
  const d = new PyDict();
  for (const x of s.items()) d.set(x, O.None);
  return d;
}

function setOf(items: Json[]): PySet {
  const s = new PySet();
  for (const x of items) s.add(dec(x));
  return s;
}

Deno.test("sets iterate in CPython's order after any operations", () => {
  enterThread();
  for (const [run, log] of recorded("set").entries()) {
    let s = new PySet(), o = new PySet();
    for (const [n, row] of (log as Json[]).entries()) {
      const [op, size, bytes, order] = row as [Json[], number, number, Json[]];
      const at = `run ${run} step ${n} ${JSON.stringify(op).slice(0, 80)}`;
      switch (op[0]) {
        case "add":
          s.add(dec(op[1]));
          break;
        case "discard":
          s.discard(dec(op[1]));
          break;
        case "pop":
          assertEquals(show(s.popAny() as O.Value), show(dec(op[1])), at);
          break;
        case "other":
          o = setOf(op[1] as Json[]);
          break;
        case "update":
          R.setUpdate(s, o);
          break;
        case "rupdate":
          R.setUpdate(o, s);
          break;
        case "union":
          s = R.setUnion(s, [o]);
          break;
        case "intersection":
          s = R.setIntersection(s, o);
          break;
        case "difference":
          s = R.setDifference(s, o);
          break;
        case "rdifference":
          o = R.setDifference(o, s);
          break;
        case "rsymmetric_difference":
          o = R.setSymmetricDifference(o, s);
          break;
        case "symmetric_difference":
          s = R.setSymmetricDifference(s, o);
          break;
        case "difference_update":
          R.setDifferenceUpdate(s, o);
          break;
        case "intersection_update":
          s.swap(R.setIntersection(s, o));
          break;
        case "symmetric_difference_update":
          R.setSymmetricDifferenceUpdate(s, o);
          break;
        case "copy":
          s = R.setCopy(s);
          break;
        case "frozen": {
          const f = new PySet(O.frozensetType);
          R.setUpdate(f, s);
          s = new PySet();
          R.setUpdate(s, f);
          break;
        }
        case "dict_update":
          R.setUpdate(s, keysOf(o));
          break;
        case "dict_difference":
          s = R.setDifference(s, keysOf(o));
          break;
        case "dict_symmetric":
          R.setSymmetricDifferenceUpdate(s, keysOf(o));
          break;
        case "swap":
          [s, o] = [o, s];
          break;
        case "clear":
          s.clear();
          break;
      }
      assertEquals(s.used, size, at);
      assertEquals(200 + (s.mask > 7 ? (s.mask + 1) * 16 : 0), bytes, at);
      if (order !== null) {
        assertEquals(
          s.items().map(show).join(" "),
          order.map((x) => show(dec(x))).join(" "),
          at,
        );
      }
    }
  }
});

Deno.test("a set without a hash finds the equal frozenset in a set", () => {
  enterThread();
  const f = new PySet(O.frozensetType);
  f.add(1);
  const s = new PySet();
  s.add(f);
  const key = new PySet();
  key.add(1);
  assertEquals(R.setContains(s, key), true);
  assertEquals(R.setDiscard(s, key), true);
  assertEquals(s.used, 0);
});
