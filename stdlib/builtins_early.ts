// CPython 3.14: Python/bltinmodule.c
//
// Early forms of builtins (core/objects/early.ts): where they begin with a special method or a key
// function written in Python, the call to make.

import { type KwNames, None, PyList, typeOf, type Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import { BestKey, Checked, type Early, plainItems, pythonSpecial, SortKeys } from "../core/objects/early.ts";
import { PyFunction } from "../core/objects/function.ts";
import { sortByKeys } from "../core/objects/list.ts";
import { hashResult as hashOf, lenInt } from "../core/objects/slotdefs.ts";
import { hashToValue } from "../core/objects/hash.ts";
import { CallRequest, cur } from "../core/objects/state.ts";

export function textResult(name: string): (r: Value) => Value {
  return (r) => {
    if (A.isStr(r)) return r;
    throw typeError(`${name} returned non-string (type ${typeOf(r).name})`);
  };
}
export function hashResult(r: Value): Value {
  return hashToValue(hashOf(r), cur.hashHi);
}
export function lenResult(r: Value): Value {
  return lenInt(r);
}
export function iterResult(r: Value): Value {
  if (typeOf(r).tp_iternext !== undefined) return r;
  throw typeError(`iter() returned non-iterator of type '${typeOf(r).name}'`);
}

const TRUTH = new Checked((r) => A.isTrue(r));
/** isinstance(), issubclass() of a class whose class has a method of its own for it. */
export function earlyCheck(name: string): Early {
  return (args, kw) => {
    if (args.length !== 2 || kw !== undefined || typeOf(args[0]) === args[1]) return undefined;
    const f = pythonSpecial(args[1], name);
    return f && new CallRequest(f, [args[1], args[0]], undefined, TRUTH);
  };
}

export function earlySetAttr(args: Value[], kw: KwNames | undefined): CallRequest | undefined {
  if (args.length !== 3 || kw !== undefined || !A.isStr(args[1])) return undefined;
  const f = pythonSpecial(args[0], "__setattr__");
  return f && new CallRequest(f, args, undefined, NOTHING);
}
const NOTHING = new Checked(() => None);

const FORMAT = new Checked((r) => {
  if (A.isStr(r)) return r;
  throw typeError(`__format__ must return a str, not ${typeOf(r).name}`);
});
export function earlyFormat(args: Value[], kw: KwNames | undefined): CallRequest | undefined {
  if (kw !== undefined || args.length > 2 || args.length === 2 && !A.isStr(args[1])) return undefined;
  const f = pythonSpecial(args[0], "__format__");
  return f && new CallRequest(f, [args[0], args[1] ?? ""], undefined, FORMAT);
}

/** The value of a keyword, when no others but `also` are given. */
function keywords(args: Value[], kw: KwNames | undefined, also: string): { key: Value; other?: Value } | undefined {
  if (kw === undefined) return undefined;
  const n = args.length - kw.length;
  let key: Value | undefined, other: Value | undefined;
  for (let i = 0; i < kw.length; i++) {
    if (kw[i] === "key") key = args[n + i];
    else if (kw[i] === also) other = args[n + i];
    else return undefined;
  }
  return key === undefined ? undefined : { key, other };
}

export function earlySorted(args: Value[], kw: KwNames | undefined): CallRequest | undefined {
  const k = keywords(args, kw, "reverse");
  if (k === undefined || !(k.key instanceof PyFunction) || args.length - kw!.length !== 1) return undefined;
  const items = plainItems(args[0]);
  if (items === undefined || k.other !== undefined && typeof k.other !== "boolean") return undefined;
  const reverse = k.other === true;
  return new SortKeys(k.key, items, (keys) => {
    const l = new PyList(items);
    sortByKeys(l, keys, reverse);
    return l;
  }).begin();
}

export function earlyBest(op: 0 | 4): Early {
  return (args, kw) => {
    const k = keywords(args, kw, "key");
    if (k === undefined || !(k.key instanceof PyFunction)) return undefined;
    const n = args.length - kw!.length;
    const items = n === 1 ? plainItems(args[0]) : n > 1 ? args.slice(0, n) : undefined;
    return items && new BestKey(k.key, items, (a, b) => A.richCompareBool(a, b, op)).begin();
  };
}
