// CPython 3.14: Modules/_uuidmodule.c, libuuid's uuid_generate_time_safe
//
// UUIDs of version 1: the time in units of 100 ns since 1582, a clock sequence and a node. Both are random
// here (the node's multicast bit says so), made once per Interpreter; two UUIDs within one unit of time
// get consecutive ones.

import { M_SELF, PyBytes, PyTuple } from "../core/objects/object.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { interpStore } from "../core/objects/state.ts";
import { interp } from "../vm/interpreter.ts";

/** 100 ns between 1582-10-15 and 1970-01-01. */
const GREGORIAN = 0x01b21dd213814000n;

interface State {
  /** Clock sequence and node. */
  readonly tail: Uint8Array;
  last: bigint;
}
const STATE = {};
function state(): State {
  return interpStore(STATE, () => {
    const tail = new Uint8Array(8);
    interp().host.random(tail);
    tail[0] = tail[0] & 0x3f | 0x80;
    tail[2] |= 1;
    return { tail, last: 0n };
  });
}

function generate(): Uint8Array {
  const s = state();
  const now = interp().host.clock.timeNs() / 100n + GREGORIAN;
  s.last = now > s.last ? now : s.last + 1n;
  const out = new Uint8Array(16), view = new DataView(out.buffer);
  view.setUint32(0, Number(s.last & 0xffffffffn));
  view.setUint16(4, Number(s.last >> 32n & 0xffffn));
  view.setUint16(6, Number(s.last >> 48n & 0x0fffn) | 0x1000);
  out.set(s.tail, 8);
  return out;
}

export const spec: ModuleSpec = {
  name: "_uuid",
  functions: {
    // no daemon sees to it that no other process makes the same one: -1
    generate_time_safe: ["", "", () => new PyTuple([new PyBytes(generate()), -1]), M_SELF],
  },
  constants: { has_uuid_generate_time_safe: 1, has_stable_extractable_node: 0 },
};
