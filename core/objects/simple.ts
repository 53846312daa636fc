// CPython 3.14: Objects/object.c (None, NotImplemented), Objects/sliceobject.c (Ellipsis)

import {
  Ellipsis,
  ellipsisType,
  EQ,
  NE,
  None,
  noneType,
  NotImplemented,
  notImplementedType,
  setSpec,
  type TypeSpec,
  type Value,
} from "./object.ts";
import { typeError } from "./errors.ts";
import { hashNone } from "./hash.ts";

function singleton(value: Value, text: string, doc: string): TypeSpec {
  return {
    doc,
    sig: "()",
    slots: {
      tp_repr: () => text,
      tp_new: (t, args, kw) => {
        if (args.length > 0 || kw !== undefined && kw.length > 0) throw typeError(`${t.name} takes no arguments`);
        return value;
      },
    },
  };
}
const noneSpec = singleton(None, "None", "The type of the None singleton.");
noneSpec.slots!.nb_bool = () => false;
noneSpec.slots!.tp_hash = hashNone;
noneSpec.slots!.tp_richcompare = (a, b, op) => {
  if (op !== EQ && op !== NE || (op === NE && a !== b)) return NotImplemented;
  return a === b ? op === EQ : NotImplemented;
};
setSpec(noneType, noneSpec);

const ellipsisSpec = singleton(Ellipsis, "Ellipsis", "The type of the Ellipsis singleton.");
ellipsisSpec.methods = { __reduce__: ["", "", () => "Ellipsis"] };
setSpec(ellipsisType, ellipsisSpec);

const niSpec = singleton(NotImplemented, "NotImplemented", "The type of the NotImplemented singleton.");
niSpec.slots!.nb_bool = () => {
  throw typeError("NotImplemented should not be used in a boolean context");
};
niSpec.methods = { __reduce__: ["", "", () => "NotImplemented"] };
setSpec(notImplementedType, niSpec);
