// CPython 3.14: no counterpart
//
// Natives that begin with a call of a special method written in Python (`repr(x)` of an instance with
// a `__repr__`). A native's body may have a second form beside it, `early`, that the run loop asks
// first: for such an argument it gives the call to make, so that a frame is pushed and nothing
// recurses on the JavaScript stack. Anything else is undefined: the body itself is called then.

import {
  type KwNames,
  type NativeFn,
  None,
  PyBaseException,
  PyList,
  PyTuple,
  TF_HEAPTYPE,
  typeOf,
  type Value,
} from "./object.ts";
import { PyFunction } from "./function.ts";
import { lookupType } from "./attr.ts";
import { CallRequest, NativeState } from "./state.ts";

export type Early = (args: Value[], kwnames: KwNames | undefined) => CallRequest | undefined;
interface WithEarly {
  early?: Early;
}

/** Gives a native's body its early form. */
export function withEarly<F extends NativeFn>(fn: F, early: Early): F {
  (fn as F & WithEarly).early = early;
  return fn;
}
export function earlyOf(fn: NativeFn): Early | undefined {
  return (fn as NativeFn & WithEarly).early;
}

/** A special method of the value's class that is written in Python. */
export function pythonSpecial(v: Value | undefined, name: string): PyFunction | undefined {
  if (typeof v !== "object") return undefined;
  const t = v.cls;
  if ((t.flags & TF_HEAPTYPE) === 0) return undefined;
  const f = lookupType(t, name);
  return f instanceof PyFunction ? f : undefined;
}

/** Passes the result of a special method through a check. */
export class Checked extends NativeState {
  constructor(readonly check: (r: Value) => Value) {
    super();
  }
  resume(r: Value): Value {
    return this.check(r);
  }
}

/** `name` of the first of exactly `n` arguments, with the others. */
export function earlySpecial(name: string, n: number, check?: (r: Value) => Value): Early {
  const state = check === undefined ? undefined : new Checked(check);
  return (args, kw) => {
    if (args.length !== n || kw !== undefined) return undefined;
    const f = pythonSpecial(args[0], name);
    return f === undefined ? undefined : new CallRequest(f, args, undefined, state);
  };
}

/** Calls a Python function with each of some items in turn. */
abstract class EachItem extends NativeState {
  i = 0;
  constructor(readonly f: PyFunction, readonly items: Value[]) {
    super();
  }
  begin(): CallRequest {
    return new CallRequest(this.f, [this.items[0]], undefined, this);
  }
  /** The call's result for item `i`. */
  abstract got(r: Value): void;
  abstract end(): Value;
  resume(r: Value): Value | CallRequest {
    this.got(r);
    if (++this.i < this.items.length) return new CallRequest(this.f, [this.items[this.i]], undefined, this);
    return this.end();
  }
}

/** Computes the keys of a sort; `end` does it. */
export class SortKeys extends EachItem {
  readonly keys: Value[] = [];
  constructor(f: PyFunction, items: Value[], readonly sort: (keys: Value[]) => Value, readonly failed?: () => void) {
    super(f, items);
  }
  got(r: Value): void {
    this.keys.push(r);
  }
  end(): Value {
    return this.sort(this.keys);
  }
  override raised(exc: PyBaseException): Value {
    this.failed?.();
    throw exc;
  }
}

/** min() and max() with a key. */
export class BestKey extends EachItem {
  best: Value = None;
  bestKey: Value | undefined;
  constructor(f: PyFunction, items: Value[], readonly better: (a: Value, b: Value) => boolean) {
    super(f, items);
  }
  got(k: Value): void {
    if (this.bestKey !== undefined && !this.better(k, this.bestKey)) return;
    this.bestKey = k;
    this.best = this.items[this.i];
  }
  end(): Value {
    return this.best;
  }
}

/** The items of an exact list or tuple, copied; undefined for anything else or an empty one. */
export function plainItems(v: Value): Value[] | undefined {
  if (!(v instanceof PyList || v instanceof PyTuple)) return undefined;
  if ((typeOf(v).flags & TF_HEAPTYPE) !== 0 || v.items.length === 0) return undefined;
  return v.items.slice();
}
