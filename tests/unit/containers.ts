// What the tests of hashes, sets and dicts share: a thread to run in, and the values and
// recordings of tests/containers.json (made by tests/tools/record_containers.py).

import * as O from "../../core/objects/object.ts";
import { type InterpState, setCur, ThreadState } from "../../core/objects/state.ts";
import { hashKeyFromSeed } from "../../core/objects/siphash.ts";
import { readyTypes } from "../../core/objects/type_ready.ts";
import { PySet } from "../../core/objects/set.ts";
import "../../core/objects/tuple.ts";
import "../../core/objects/int.ts";
import "../../core/objects/bool.ts";
import "../../core/objects/float.ts";
import "../../core/objects/complex.ts";
import "../../core/objects/bytes.ts";
import "../../core/objects/str.ts";
import "../../core/objects/simple.ts";
import "../../core/objects/object_type.ts";
import "../../core/objects/dict_type.ts";
import "../../core/objects/set_type.ts";

/** Makes a thread with PYTHONHASHSEED=0 and nothing else. */
export function enterThread(): void {
  readyTypes();
  const interp = {
    hashKey: hashKeyFromSeed(0),
    nextId: 1,
    store: new Map(),
    vm: { poll() {} },
  };
  setCur(new ThreadState(interp as unknown as InterpState));
}

/** A recorded value. */
export type Json = null | boolean | number | string | Json[] | {
  [k: string]: Json;
};

function float(hex: string): number {
  const b = new Uint8Array(8);
  for (let i = 0; i < 8; i++) b[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return new Float64Array(b.buffer)[0];
}

/** The value that `enc` of the recorder wrote. */
export function dec(j: Json): O.Value {
  if (j === null) return O.None;
  if (typeof j !== "object") return j;
  const o = j as { [k: string]: Json };
  if ("i" in o) return BigInt(o.i as string);
  if ("f" in o) return new O.PyFloat(float(o.f as string));
  if ("c" in o) {
    const [re, im] = o.c as string[];
    return new O.PyComplex(float(re), float(im));
  }
  if ("b" in o) return new O.PyBytes(new Uint8Array(o.b as number[]));
  if ("t" in o) return new O.PyTuple((o.t as Json[]).map(dec));
  if ("w" in o) {
    const cps = o.w as number[];
    return cps.some((c) => c > 0xffff || (c & 0xf800) === 0xd800)
      ? new O.PyWideStr(Uint32Array.from(cps))
      : String.fromCodePoint(...cps);
  }
  const s = new PySet(O.frozensetType);
  for (const x of o.s as Json[]) s.add(dec(x));
  return s;
}

/** A text that tells values apart that Python would print differently. */
export function show(v: O.Value): string {
  if (v instanceof O.PyFloat) return "f" + (Object.is(v.v, -0) ? "-0" : v.v);
  if (v instanceof O.PyTuple) return `t(${v.items.map(show)})`;
  if (v instanceof PySet) return `s{${v.items().map(show)}}`;
  if (v instanceof O.PyWideStr) return "w" + v.cps;
  if (v === O.None) return "None";
  return typeof v + String(v);
}

/** The recordings. */
export function recorded(part: "hash" | "set" | "dict"): Json[] {
  const url = new URL("../containers.json", import.meta.url);
  return JSON.parse(Deno.readTextFileSync(url))[part];
}
