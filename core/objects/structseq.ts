// CPython 3.14: Objects/structseq.c
//
// Named tuples of C modules (os.stat_result, sys.flags, time.struct_time): tuples whose first
// fields are items and whose further ones are attributes only.

import {
  builtinType,
  type KwNames,
  None,
  PyDictBase,
  PyTuple,
  type PyType,
  setSpec,
  TF_DISALLOW_NEW,
  tupleType,
  type TypeSpec,
  type Value,
} from "./object.ts";
import { typeError } from "./errors.ts";
import { isSequence, iterToArray, reprStr } from "./abstract.ts";
import { PyDict } from "./dict.ts";
import { joinStrs } from "./repr_guard.ts";
import type { Str } from "./object.ts";

/** One instance; `hidden` holds the fields behind the items. */
export class PyStructSeq extends PyTuple {
  hidden: Value[];
  constructor(cls: PyType, items: Value[], hidden: Value[]) {
    super(items, cls);
    this.hidden = hidden;
  }
}

/** What a struct sequence type is made of. */
export interface StructSeqDef {
  name: string;
  doc?: string;
  /** Names (and docs) of all fields; "" for an unnamed one. */
  fields: readonly (string | readonly [string, string])[];
  /** How many fields are items; the rest are attributes only. */
  visible: number;
  /** Guest code cannot make instances. */
  noNew?: boolean;
}

function fieldName(f: string | readonly [string, string]): string {
  return typeof f === "string" ? f : f[0];
}

/** Makes a struct sequence type. */
export function structSeqType(def: StructSeqDef): PyType {
  const type = builtinType(def.name, tupleType, false, false);
  const names = def.fields.map(fieldName);
  if (def.noNew) type.flags |= TF_DISALLOW_NEW;
  const n = def.visible, all = names.length;
  const short = def.name;
  // the repr names items in the order of the named fields
  const shown = names.filter((x) => x !== "");
  const members: NonNullable<TypeSpec["members"]> = {};
  names.forEach((name, i) => {
    if (name !== "") members[name] = (s: PyStructSeq) => i < n ? s.items[i] : s.hidden[i - n] ?? None;
  });
  const make = (t: PyType, args: Value[], kw?: KwNames): Value => {
    const np = args.length - (kw?.length ?? 0);
    const v: (Value | undefined)[] = args.slice(0, np);
    kw?.forEach((k, i) => {
      const at = ["sequence", "dict"].indexOf(k);
      if (at < 0) throw typeError(`structseq() got an unexpected keyword argument '${k}'`);
      v[at] = args[np + i];
    });
    if (v[0] === undefined) throw typeError("structseq() missing required argument 'sequence' (pos 1)");
    if (v.length > 2) throw typeError(`structseq() takes at most 2 arguments (${v.length} given)`);
    const seqArg = v[0];
    if (!isSequence(seqArg) && typeof seqArg !== "object") throw typeError("constructor requires a sequence");
    const items = iterToArray(seqArg);
    const d = v[1];
    if (d !== undefined && !(d instanceof PyDictBase)) throw typeError(`${short}() takes a dict as second arg, if any`);
    if (items.length < n) {
      throw typeError(
        n !== all
          ? `${short}() takes an at least ${n}-sequence (${items.length}-sequence given)`
          : `${short}() takes a ${n}-sequence (${items.length}-sequence given)`,
      );
    }
    if (items.length > all) {
      throw typeError(
        n !== all
          ? `${short}() takes an at most ${all}-sequence (${items.length}-sequence given)`
          : `${short}() takes a ${n}-sequence (${items.length}-sequence given)`,
      );
    }
    const hidden: Value[] = items.slice(n);
    let used = 0;
    for (let i = items.length; i < all; i++) {
      const x = d?.getStr(names[i]);
      if (x !== undefined) used++;
      hidden.push(x ?? None);
    }
    if (d !== undefined && used < d.size) throw typeError(`${short}() got duplicate or unexpected field name(s)`);
    return new PyStructSeq(t, items.slice(0, n), hidden);
  };
  const nameOf = (s: PyTuple): string => {
    void s;
    return short;
  };
  setSpec(type, {
    doc: def.doc,
    slots: {
      ...def.noNew ? {} : { tp_new: make },
      tp_repr: (self) => {
        const s = self as PyStructSeq;
        const parts: Str[] = [`${nameOf(s)}(`];
        s.items.forEach((x, i) => {
          if (i > 0) parts.push(", ");
          parts.push(`${shown[i]}=`, reprStr(x));
        });
        parts.push(")");
        return joinStrs(parts);
      },
    },
    docs: Object.fromEntries(def.fields.map((f) => typeof f === "string" ? [f, f.replaceAll("_", " ")] : f)),
    members,
    methods: {
      __reduce__: ["", "", (s: PyStructSeq) => {
        const d = new PyDict();
        for (let i = n; i < all; i++) if (names[i] !== "") d.setStr(names[i], s.hidden[i - n] ?? None);
        return new PyTuple([type, new PyTuple([new PyTuple(s.items.slice()), d])]);
      }],
      __replace__: [
        "**changes",
        "Return a copy of the structure with new values for the specified fields.",
        (s: PyStructSeq, kw?: PyDict) => {
          const items = s.items.slice(), hidden = s.hidden.slice();
          if (names.slice(0, n).includes("")) {
            throw typeError(`__replace__() is not supported for ${short} because it has unnamed field(s)`);
          }
          const bad: Str[] = [];
          for (const [k, v] of kw?.entries() ?? []) {
            const i = names.indexOf(k as string);
            if (i < 0) bad.push(reprStr(k));
            else if (i < n) items[i] = v;
            else hidden[i - n] = v;
          }
          if (bad.length > 0) throw typeError(`Got unexpected field name(s): [${bad.join(", ")}]`);
          return new PyStructSeq(s.cls, items, hidden);
        },
      ],
    },
    attrs: {
      n_sequence_fields: () => n,
      n_fields: () => all,
      n_unnamed_fields: () => names.filter((x) => x === "").length,
      __match_args__: () => new PyTuple(names.slice(0, n).filter((x) => x !== "")),
    },
  });
  return type;
}

/** An instance of a struct sequence type from the values of all its fields. */
export function structSeq(type: PyType, values: Value[], visible = values.length): PyStructSeq {
  return new PyStructSeq(type, values.slice(0, visible), values.slice(visible));
}
