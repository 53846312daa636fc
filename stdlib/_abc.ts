// CPython 3.14: Modules/_abc.c
//
// The machinery of abstract base classes: a registry and two caches of weak references for each
// class, the negative cache valid for one value of the global counter.

import {
  isSubtype,
  None,
  NotImplemented,
  PyTuple,
  PyType,
  TF_IMMUTABLE,
  TF_MAPPING,
  TF_SEQUENCE,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { assertionError, runtimeError, typeError } from "../core/objects/errors.ts";
import { callMethod, getAttr, isSubclassOf, isTrue, iterToArray, lookupAttr } from "../core/objects/abstract.ts";
import { interpStore } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import { newFrozenSet, newSet } from "../core/objects/set.ts";
import { attrName } from "../core/objects/names.ts";
import { subclassesOf } from "../core/objects/type.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

class WeakTypes {
  private readonly has_ = new WeakSet<PyType>();
  private readonly list: WeakRef<PyType>[] = [];
  has(t: Value): boolean {
    return t instanceof PyType && this.has_.has(t);
  }
  add(t: PyType): void {
    if (this.has_.has(t)) return;
    this.has_.add(t);
    this.list.push(new WeakRef(t));
  }
  all(): PyType[] {
    return this.list.map((w) => w.deref()).filter((x) => x !== undefined) as PyType[];
  }
}
class AbcData {
  registry = new WeakTypes();
  cache = new WeakTypes();
  negative = new WeakTypes();
  negativeVersion = 0;
}
const KEY = {};
interface AbcState {
  counter: number;
  data: WeakMap<PyType, AbcData>;
}
function state(): AbcState {
  return interpStore(KEY, () => ({ counter: 0, data: new WeakMap() }));
}
function dataOf(cls: Value): AbcData {
  const d = cls instanceof PyType ? state().data.get(cls) : undefined;
  if (d === undefined) throw typeError(`_abc_data isn't set for ${typeOf(cls).name}`);
  return d;
}

function init(cls: PyType): Value {
  const abstract: Value[] = [];
  const isAbstract = (v: Value): boolean => {
    const a = lookupAttr(v, "__isabstractmethod__");
    return a !== undefined && isTrue(a);
  };
  for (const [k, v] of [...(cls.tdict as PyDict).entries()]) if (isAbstract(v)) abstract.push(k);
  for (const b of cls.bases) {
    const names = lookupAttr(b, "__abstractmethods__");
    if (names === undefined) continue;
    for (const k of iterToArray(names)) {
      const v = lookupAttr(cls, attrName(k));
      if (v !== undefined && isAbstract(v)) abstract.push(k);
    }
  }
  typeOf(cls).tp_setattro!(cls, "__abstractmethods__", newFrozenSet(abstract));
  state().data.set(cls, new AbcData());
  const flags = cls.tdict!.getStr("__abc_tpflags__");
  if (flags !== undefined) {
    const n = Number(flags as number);
    if ((n & (TF_SEQUENCE | TF_MAPPING)) === (TF_SEQUENCE | TF_MAPPING)) {
      throw typeError("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
    }
    cls.flags |= n & (TF_SEQUENCE | TF_MAPPING);
    cls.tdict!.deleteStr("__abc_tpflags__");
  }
  return None;
}

function register(cls: PyType, sub: Value): Value {
  if (!(sub instanceof PyType)) throw typeError("Can only register classes");
  if (isSubclassOf(sub, cls)) return sub;
  if (isSubclassOf(cls, sub)) throw runtimeError("Refusing to create an inheritance cycle");
  dataOf(cls).registry.add(sub);
  state().counter++;
  const bits = cls.flags & (TF_SEQUENCE | TF_MAPPING);
  if (bits !== 0) setFlags(sub, bits);
  return sub;
}
function setFlags(t: PyType, bits: number): void {
  const now = t.flags & (TF_SEQUENCE | TF_MAPPING);
  if (now === bits || (t.flags & TF_IMMUTABLE) !== 0) return;
  t.flags = t.flags & ~(TF_SEQUENCE | TF_MAPPING) | bits;
  for (const s of subclassesOf(t)) setFlags(s, bits);
}

function instanceCheck(cls: PyType, o: Value): Value {
  const d = dataOf(cls);
  const sub = getAttr(o, "__class__");
  if (d.cache.has(sub)) return true;
  const t = typeOf(o);
  if (sub === t) {
    if (d.negativeVersion === state().counter && d.negative.has(sub)) return false;
    return callMethod(cls, "__subclasscheck__", sub);
  }
  const r = callMethod(cls, "__subclasscheck__", sub);
  return isTrue(r) ? r : callMethod(cls, "__subclasscheck__", t);
}

function subclassCheck(cls: PyType, sub: Value): Value {
  if (!(sub instanceof PyType)) throw typeError("issubclass() arg 1 must be a class");
  const d = dataOf(cls);
  if (d.cache.has(sub)) return true;
  const counter = state().counter;
  if (d.negativeVersion < counter) {
    d.negative = new WeakTypes();
    d.negativeVersion = counter;
  } else if (d.negative.has(sub)) return false;
  const ok = callMethod(cls, "__subclasshook__", sub);
  if (ok === true) {
    d.cache.add(sub);
    return true;
  }
  if (ok === false) {
    d.negative.add(sub);
    return false;
  }
  if (ok !== NotImplemented) throw assertionError("__subclasshook__ must return either False, True, or NotImplemented");
  if (isSubtype(sub, cls)) {
    d.cache.add(sub);
    return true;
  }
  for (const r of d.registry.all()) {
    if (isSubclassOf(sub, r)) {
      d.cache.add(sub);
      return true;
    }
  }
  for (const s of iterToArray(callMethod(cls, "__subclasses__"))) {
    if (isSubclassOf(sub, s)) {
      d.cache.add(sub);
      return true;
    }
  }
  d.negative.add(sub);
  return false;
}

export const spec: ModuleSpec = {
  name: "_abc",
  doc: "Module contains faster C implementation of abc.ABCMeta",
  functions: {
    get_cache_token: ["", "Returns the current ABC cache token.", () => state().counter],
    _abc_init: [
      "self, /",
      "Internal ABC helper for class set-up. Should be never used outside abc module.",
      (_m: Value, c: PyType) => init(c),
    ],
    _abc_register: [
      "self, subclass, /",
      "Internal ABC helper for subclasss registration. Should be never used outside abc module.",
      (_m: Value, c: PyType, s: Value) => register(c, s),
    ],
    _abc_instancecheck: [
      "self, instance, /",
      "Internal ABC helper for instance checks. Should be never used outside abc module.",
      (_m: Value, c: PyType, o: Value) => instanceCheck(c, o),
    ],
    _abc_subclasscheck: [
      "self, subclass, /",
      "Internal ABC helper for subclasss checks. Should be never used outside abc module.",
      (_m: Value, c: PyType, s: Value) => subclassCheck(c, s),
    ],
    _get_dump: ["self, /", "Internal ABC helper for cache and registry debugging.", (_m: Value, c: Value) => {
      const d = dataOf(c);
      const refs = (w: WeakTypes) => newSet(w.all().map((t) => callMethod(cls_weakref(), "ref", t)));
      return new PyTuple([refs(d.registry), refs(d.cache), refs(d.negative), d.negativeVersion]);
    }],
    _reset_registry: ["self, /", "Internal ABC helper to reset registry of a given class.", (_m: Value, c: Value) => {
      dataOf(c).registry = new WeakTypes();
      return None;
    }],
    _reset_caches: ["self, /", "Internal ABC helper to reset both caches of a given class.", (_m: Value, c: Value) => {
      const d = dataOf(c);
      d.cache = new WeakTypes();
      d.negative = new WeakTypes();
      return None;
    }],
  },
};
import { cur } from "../core/objects/state.ts";
function cls_weakref(): Value {
  return cur.interp.importModule("_weakref");
}
