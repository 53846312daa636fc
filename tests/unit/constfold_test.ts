// Arithmetic on constants against the reference's compiler (code_record.py).

import { assertEquals } from "@std/assert";
import { dumps, loads, type MarshalHost } from "../../core/code/marshal.ts";
import { constOps } from "../../core/compile/constfold.ts";
import { PyTuple, type Value } from "../../core/objects/object.ts";
import facts from "../code_facts.json" with { type: "json" };

const nothing = () => {
  throw new Error("not a constant");
};
const host: MarshalHost = {
  error: (_type, message) => new Error(message),
  decodeError: (_b, _s, _e, reason) => new Error(reason),
  stopIteration: new PyTuple([]),
  newDict: nothing,
  dictSet: nothing,
  dictEntries: () => undefined,
  newSet: nothing,
  setAdd: nothing,
  setEntries: () => undefined,
  buffer: () => undefined,
};

function value(base64: string): Value {
  return loads(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)), host);
}

/** Bytes as text, so that 1, 1.0, True and -0.0 differ and NaN is equal to NaN. */
function show(v: Value | undefined): string | null {
  if (v === undefined) return null;
  return btoa(String.fromCharCode(...dumps(v, host, { version: 2 })));
}

Deno.test("binary operations on constants give what the reference folds", () => {
  for (
    const [op, a, b, result] of facts.binary as [
      number,
      string,
      string,
      string | null,
    ][]
  ) {
    const got = show(constOps.binary(op, value(a), value(b)));
    assertEquals(got, result, `${facts.nb_ops[op]} ${atob(a)} ${atob(b)}`);
  }
});

Deno.test("unary operations on constants give what the reference folds", () => {
  for (
    const [op, a, result] of facts.unary as [string, string, string | null][]
  ) {
    // `not` is folded at the jump or TO_BOOL in front of it.
    if (op === "not") continue;
    const got = constOps.unary(op as "-" | "+" | "~", value(a));
    assertEquals(show(got), result, `${op} ${atob(a)}`);
  }
});
