// CPython 3.14: Python/bltinmodule.c (builtin___build_class__, update_bases)
//
// The class statement. The body runs in a frame of its own, pushed on the stack; the metaclass is
// called when it has ended.

import {
  cellType,
  type KwNames,
  PyCell,
  PyDictBase,
  PyTuple,
  PyType,
  typeName,
  typeOf,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import { runtimeError, typeError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import { CallRequest, NativeState } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import { PyFunction } from "../core/objects/function.ts";
import { calculateMetaclass } from "../core/objects/type_new.ts";
import { utf16 } from "../core/objects/names.ts";
import { BodyRequest } from "../vm/interp/body.ts";

/** Bases with `__mro_entries__` replaced by what that gives. */
export function updateBases(bases: Value[], orig: PyTuple): Value[] {
  let out: Value[] | undefined;
  for (let i = 0; i < bases.length; i++) {
    const b = bases[i];
    if (b instanceof PyType) {
      out?.push(b);
      continue;
    }
    const f = A.lookupAttr(b, "__mro_entries__");
    if (f === undefined) {
      out?.push(b);
      continue;
    }
    const r = A.call1(f, orig);
    if (!(r instanceof PyTuple)) throw typeError("__mro_entries__ must return a tuple");
    out ??= bases.slice(0, i);
    out.push(...r.items);
  }
  return out ?? bases;
}

/** Waits for the class body, then calls the metaclass. */
class AfterBody extends NativeState {
  constructor(
    readonly meta: Value,
    readonly name: Value,
    readonly bases: PyTuple,
    readonly orig: PyTuple,
    readonly ns: Value,
    readonly kwValues: Value[],
    readonly kwnames: KwNames,
  ) {
    super();
  }
  resume(cell: Value): Value | CallRequest {
    if (this.bases !== this.orig) A.setItem(this.ns, "__orig_bases__", this.orig);
    const args: Value[] = [this.name, this.bases, this.ns, ...this.kwValues];
    return new CallRequest(this.meta, args, this.kwnames, new AfterMeta(this.name, cell));
  }
}

/** Waits for the metaclass; checks that it set the class cell. */
class AfterMeta extends NativeState {
  constructor(readonly name: Value, readonly cell: Value) {
    super();
  }
  resume(cls: Value): Value {
    const cell = this.cell;
    if (cls instanceof PyType && cell instanceof PyCell && cell.cls === cellType) {
      const v = cell.v;
      if (v !== cls) {
        const n = utf16(A.strOf(this.name)), c = utf16(A.reprStr(cls));
        if (v === undefined) {
          throw runtimeError(
            `__class__ not set defining '${n}' as ${c}. Was __classcell__ propagated to type.__new__?`,
          );
        }
        throw typeError(`__class__ set to ${utf16(A.reprStr(v))} defining '${n}' as ${c}`);
      }
    }
    return cls;
  }
}

/** `__build_class__(func, name, *bases, metaclass=..., **kwds)` */
export function buildClass(_m: Value, args: Value[], kwnames?: KwNames): CallRequest {
  const nkw = kwnames?.length ?? 0;
  const n = args.length - nkw;
  if (n < 2) throw typeError("__build_class__: not enough arguments");
  const func = args[0], name = args[1];
  if (!(func instanceof PyFunction)) throw typeError("__build_class__: func must be a function");
  if (!A.isStr(name)) throw typeError("__build_class__: name is not a string");
  const orig = new PyTuple(args.slice(2, n));
  const resolved = updateBases(orig.items, orig);
  const bases = resolved === orig.items ? orig : new PyTuple(resolved);
  let meta: Value | undefined;
  const kwValues: Value[] = [], names: string[] = [];
  for (let i = 0; i < nkw; i++) {
    if (kwnames![i] === "metaclass") meta = args[n + i];
    else {
      names.push(kwnames![i]);
      kwValues.push(args[n + i]);
    }
  }
  let isClass = true;
  if (meta === undefined) meta = bases.items.length === 0 ? typeType : typeOf(bases.items[0]);
  else isClass = meta instanceof PyType;
  if (isClass) meta = calculateMetaclass(meta as PyType, bases.items);
  const prepare = A.lookupAttr(meta, "__prepare__");
  let ns: Value;
  if (prepare === undefined) ns = new PyDict();
  else ns = A.call(prepare, [name, bases, ...kwValues], names);
  if (!(ns instanceof PyDictBase) && typeOf(ns).mp_subscript === undefined) {
    throw typeError(
      `${isClass ? (meta as PyType).name : "<metaclass>"}.__prepare__() must return a mapping, not ${typeName(ns)}`,
    );
  }
  return new BodyRequest(func, ns, new AfterBody(meta, name, bases, orig, ns, kwValues, names));
}
