// CPython 3.14: Modules/blake2module.c

import {
  builtinType,
  type KwNames,
  type PyType,
  setSpec,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  type Value,
} from "../core/objects/object.ts";
import { asInt32, isTrue } from "../core/objects/abstract.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { overflowError, valueError } from "../core/objects/errors.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { Blake2, BLAKE2B, type Blake2Kind, BLAKE2S } from "./blake2.ts";
import { firstData } from "./hash_common.ts";
import { fixedMethods, hashGetset, PyHash } from "./hash_types.ts";
import { newFrom } from "./native_new.ts";
import { asUnsigned } from "./_sha3.ts";

function inRange(v: Value | undefined, dflt: number, lo: number, hi: number, text: string): number {
  const n = v === undefined ? dflt : asInt32(v);
  if (n < lo || n > hi) throw valueError(text);
  return n;
}
function upTo(v: Value | undefined, max: number, what: string): Uint8Array | undefined {
  if (v === undefined) return undefined;
  const b = bytesOf(v);
  if (b.length > max) throw valueError(`maximum ${what} length is ${max} bytes`);
  return b;
}

function blake2(name: "blake2b" | "blake2s", kind: Blake2Kind): PyType {
  const type = builtinType(`_blake2.${name}`, undefined, true);
  type.flags |= TF_IMMUTABLE | TF_FROM_SPEC;
  const sig = `data=b'', *, digest_size=_blake2.${name}.MAX_DIGEST_SIZE, key=b'', salt=b'', person=b'', ` +
    "fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, " +
    "usedforsecurity=True, string=None";
  const make = newFrom(
    name,
    sig,
    (
      t: PyType,
      data?: Value,
      digestSize?: Value,
      key?: Value,
      salt?: Value,
      person?: Value,
      fanout?: Value,
      depth?: Value,
      leafSize?: Value,
      nodeOffset?: Value,
      nodeDepth?: Value,
      innerSize?: Value,
      lastNode?: Value,
      _secure?: Value,
      string?: Value,
    ) => {
      const first = firstData(data, string);
      const size = digestSize === undefined ? kind.size : asInt32(digestSize);
      if (size <= 0 || size > kind.size) {
        const label = kind.wide ? "Blake2b" : "Blake2s";
        throw valueError(`digest_size for ${label} must be between 1 and ${kind.size} bytes, here it is ${size}`);
      }
      const p = { size, salt: upTo(salt, kind.salt, "salt"), person: upTo(person, kind.salt, "person") };
      const tree = {
        fanout: inRange(fanout, 1, 0, 255, "fanout must be between 0 and 255"),
        depth: inRange(depth, 1, 1, 255, "depth must be between 1 and 255"),
      };
      const leaf = leafSize === undefined ? 0n : asUnsigned(leafSize);
      if (leaf > 0xffffffffn) throw overflowError("leaf_size is too large");
      const offset = nodeOffset === undefined ? 0n : asUnsigned(nodeOffset, "unsigned long long");
      if (!kind.wide && offset > 0xffffffffffffn) throw overflowError("node_offset is too large");
      const h = new Blake2(kind, {
        ...p,
        ...tree,
        leafSize: Number(leaf),
        nodeOffset: offset,
        nodeDepth: inRange(nodeDepth, 0, 0, 255, "node_depth must be between 0 and 255"),
        innerSize: inRange(innerSize, 0, 0, kind.size, `inner_size must be between 0 and is ${kind.size}`),
        lastNode: lastNode !== undefined && isTrue(lastNode),
        key: upTo(key, kind.size, "key"),
      });
      if (first !== undefined) h.update(first);
      return new PyHash(t, h, { name, host: "", aliases: [], size, block: kind.block });
    },
  );
  setSpec(type, {
    doc: `Return a new ${name.replace("blake", "BLAKE")} hash object.`,
    sig: `(${sig})`,
    slots: { tp_new: (t, args, kw?: KwNames) => make(t, args, kw) },
    methods: fixedMethods("data, /"),
    getset: hashGetset,
    attrs: {
      SALT_SIZE: () => kind.salt,
      PERSON_SIZE: () => kind.salt,
      MAX_KEY_SIZE: () => kind.size,
      MAX_DIGEST_SIZE: () => kind.size,
    },
  });
  return type;
}

export const spec: ModuleSpec = {
  name: "_blake2",
  doc: "_blake2b provides BLAKE2b for hashlib\n",
  types: { blake2b: blake2("blake2b", BLAKE2B), blake2s: blake2("blake2s", BLAKE2S) },
  constants: {
    _GIL_MINSIZE: 2048,
    BLAKE2B_SALT_SIZE: BLAKE2B.salt,
    BLAKE2B_PERSON_SIZE: BLAKE2B.salt,
    BLAKE2B_MAX_KEY_SIZE: BLAKE2B.size,
    BLAKE2B_MAX_DIGEST_SIZE: BLAKE2B.size,
    BLAKE2S_SALT_SIZE: BLAKE2S.salt,
    BLAKE2S_PERSON_SIZE: BLAKE2S.salt,
    BLAKE2S_MAX_KEY_SIZE: BLAKE2S.size,
    BLAKE2S_MAX_DIGEST_SIZE: BLAKE2S.size,
  },
};
