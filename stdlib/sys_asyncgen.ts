// CPython 3.14: Python/sysmodule.c (asynchronous generator hooks)

import { type KwNames, None, typeName, type Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import { isCallable } from "../core/objects/abstract.ts";
import { cur } from "../core/objects/state.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";

const hooksType = structSeqType({
  name: "asyncgen_hooks",
  doc: "Hooks of asynchronous generators.",
  fields: ["firstiter", "finalizer"],
  visible: 2,
});

/** sys.get_asyncgen_hooks() */
export function asyncgenHooks(): Value {
  const s = cur.interp.store;
  return structSeq(hooksType, [s.get("ag_firstiter") as Value ?? None, s.get("ag_finalizer") as Value ?? None]);
}

/** sys.set_asyncgen_hooks([firstiter] [, finalizer]) */
export function setAsyncgenHooks(_m: Value, args: Value[], kw?: KwNames): Value {
  const n = args.length - (kw?.length ?? 0);
  const names = ["firstiter", "finalizer"];
  if (n > 2) throw typeError(`set_asyncgen_hooks expected at most 2 arguments, got ${n}`);
  const v: (Value | undefined)[] = args.slice(0, n);
  kw?.forEach((k, i) => {
    const at = names.indexOf(k);
    if (at < 0) throw typeError(`set_asyncgen_hooks() got an unexpected keyword argument '${k}'`);
    v[at] = args[n + i];
  });
  for (const at of [1, 0]) {
    const f = v[at];
    if (f !== undefined && f !== None && !isCallable(f)) {
      throw typeError(`callable ${names[at]} expected, got ${typeName(f)}`);
    }
  }
  const s = cur.interp.store;
  names.forEach((name, i) => {
    const f = v[i];
    if (f === undefined) return;
    if (f === None) s.delete(`ag_${name}`);
    else s.set(`ag_${name}`, f);
  });
  return None;
}
