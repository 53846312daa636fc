// CPython 3.14: Python/specialize.c (attributes, globals, iteration)
//
// Inline caches: what a site has seen, and the specialised opcode that goes with it. A cache is
// tested by the type's version (never reused, new whenever the type or a base changes) and, for
// instances, the shape. A failed test puts the general opcode back, which specialises anew.

import type { PyDict as Dict } from "../../core/objects/dict.ts";
import {
  methodDescriptorType,
  PyBaseException,
  PyInstance,
  PyModule,
  type PyType,
  PyType as Type,
  type Shape,
  TF_ABSTRACT,
  TF_HEAPTYPE,
  TF_METHOD_DESCRIPTOR,
  typeOf,
  type Value,
} from "../../core/objects/object.ts";
import { noAttribute, typeError } from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import {
  genericGetAttr,
  genericLookup,
  genericSetAttr,
  instanceGet,
  isVolatile,
  lookupType,
  shapeAdd,
} from "../../core/objects/attr.ts";
import { objectNew } from "../../core/objects/object_type.ts";
import { typeGetAttr } from "../../core/objects/type.ts";
import { moduleGetAttr } from "../../core/objects/module.ts";
import { PyProperty } from "../../core/objects/descr.ts";
import { PyFunction } from "../../core/objects/function.ts";
import { getattrHookDyn, initDyn, objectGetAttribute } from "../../core/objects/slotdefs.ts";
import { PyBuiltin, PyMethodDescr, PySlotMember } from "../../core/objects/native.ts";
import { nameValue } from "../../core/objects/names.ts";
import { PyListIter, PyTupleIter } from "../../core/objects/listiter.ts";
import { PyRangeIter } from "../../core/objects/range.ts";
import { PyGenerator } from "./generator.ts";
import { getAttr, setAttr } from "../../core/objects/abstract.ts";
import { LOAD_FAST, LOAD_FAST_BORROW, STORE_FAST } from "../../core/code/opnums.ts";
import { defaultsCover } from "./calls.ts";
import { noteCall, noteForIter, noteLoadAttr, noteStoreAttr, second } from "./observe.ts";
import * as P from "./prepare.ts";
import type { Prep } from "./prepare.ts";

/** Cache of an attribute site. */
export class AttrCache {
  /** Version of the type, or kver of a module's dict. */
  version = 0;
  type: PyType | undefined = undefined;
  shape: Shape | undefined = undefined;
  /** Shape after a store that adds the attribute. */
  next: Shape | undefined = undefined;
  index = 0;
  value: Value | undefined = undefined;
  owner: Value | undefined = undefined;
  /** The site loads a method (pushes two operands). */
  method = false;
  /** The specialised opcode it is for. */
  op = 0;
  /** What the site saw before, for the same opcode. */
  more: AttrCache | undefined = undefined;
}

/** So many kinds of instances a site tells apart. */
const MAX_KINDS = 8;

/** What a LOAD_FAST before a site becomes. */
const FUSED: Record<number, number> = {
  [P.LOAD_ATTR_SLOT]: P.FAST_ATTR_SLOT,
  [P.LOAD_ATTR_METHOD]: P.FAST_ATTR_METHOD,
  [P.STORE_ATTR_SLOT]: P.FAST_STORE_SLOT,
};

/** Gives a site its opcode and cache; earlier caches for the same opcode stay behind it. */
function remember(p: Prep, pc: number, op: number, c: AttrCache): void {
  const old = p.cache[pc] as AttrCache | undefined;
  if (old !== undefined && old.op === op) {
    let n = 1;
    for (let x = old; x.more !== undefined; x = x.more) n++;
    if (n < MAX_KINDS) c.more = old;
  }
  // a load before it may be fused with it, while the site sees one kind of instances
  if (pc > 0) {
    const before = p.ops[pc - 1], fused = FUSED[op];
    if (before === P.FAST_ATTR_SLOT || before === P.FAST_ATTR_METHOD || before === P.FAST_STORE_SLOT) {
      if (before !== fused) p.ops[pc - 1] = LOAD_FAST;
    } else if (fused !== undefined && c.more === undefined && (before === LOAD_FAST || before === LOAD_FAST_BORROW)) {
      p.ops[pc - 1] = fused;
    }
  }
  c.op = op;
  p.cache[pc] = c;
  p.ops[pc] = op;
}

/** Sites stop specialising after this many misses. */
const MAX_MISSES = 40;
/** May a site get a cache? Not the first time that it runs: most code of a program runs once. */
function mayCache(p: Prep, pc: number): boolean {
  // with events on, what stands in `ops` is not ours to change
  if (p.mon !== undefined && p.mon.on || p.ops[pc] >= P.INSTR_1) return false;
  const m = p.sites;
  if (m === undefined || m[pc] < 2) return false;
  const i = p.ops.length + pc;
  if (m[i] >= MAX_MISSES) return false;
  m[i]++;
  return true;
}

/** The cache behind `c` that fits an instance. */
export function findKind(c: AttrCache, o: Value): AttrCache | undefined {
  if (!(o instanceof PyInstance)) return undefined;
  const shape = o.shape, version = o.cls.version;
  for (let x = c.more; x !== undefined; x = x.more) if (x.shape === shape && x.version === version) return x;
  return undefined;
}

let callee: PyFunction | undefined;
/** Arguments of the call that loadAttr asks for. */
export let pushArgs: Value[] = [];
/** The Python function that loadAttr asks to be called. */
export function pushCallee(): PyFunction {
  return callee!;
}

/**
 * `o.name`, specialising the site. Undefined when a Python function (a property's getter,
 * `__getattr__`) must be called: see pushCallee and pushArgs.
 */
export function loadAttr(p: Prep, pc: number, o: Value, name: string): Value | undefined {
  if (second(p, pc)) noteLoadAttr(p, pc, o, name, false);
  try {
    return findAttr(p, pc, o, name);
  } catch (e) {
    throw E.attributeContext(e, o, name);
  }
}
function findAttr(p: Prep, pc: number, o: Value, name: string): Value | undefined {
  const t = typeOf(o);
  const getattro = t.tp_getattro!;
  if (getattro === genericGetAttr) {
    const descr = lookupType(t, name);
    if (descr === undefined) {
      if (o instanceof PyInstance && o.shape !== undefined) {
        const i = o.shape.index.get(name);
        if (i !== undefined) {
          const v = o.slots[i];
          if (v !== undefined) {
            if (mayCache(p, pc)) {
              const c = new AttrCache();
              c.version = t.version;
              c.shape = o.shape;
              c.index = i;
              remember(p, pc, P.LOAD_ATTR_SLOT, c);
            }
            return v;
          }
        }
      }
      const v = instanceGet(o, name);
      if (v === undefined) throw noAttribute(o, name);
      return v;
    }
    const dt = typeOf(descr);
    const get = dt.tp_descr_get;
    if (get !== undefined && dt.tp_descr_set !== undefined) {
      if (descr instanceof PyProperty && descr.fget instanceof PyFunction && dt.tp_descr_get === propertyGetter()) {
        callee = descr.fget;
        pushArgs = [o];
        return undefined;
      }
      if (descr instanceof PySlotMember && o instanceof PyInstance && o.shape !== undefined && mayCache(p, pc)) {
        const v = o.slots[descr.index];
        if (v !== undefined && t.mro.includes(descr.type)) {
          const c = new AttrCache();
          c.version = t.version;
          c.shape = o.shape;
          c.index = descr.index;
          remember(p, pc, P.LOAD_ATTR_SLOT, c);
        }
      }
      return get(descr, o, t);
    }
    if (o instanceof PyInstance && o.shape !== undefined) {
      const i = o.shape.index.get(name);
      if (i !== undefined) {
        const v = o.slots[i];
        if (v !== undefined) {
          if (mayCache(p, pc)) {
            const c = new AttrCache();
            c.version = t.version;
            c.shape = o.shape;
            c.index = i;
            remember(p, pc, P.LOAD_ATTR_SLOT, c);
          }
          return v;
        }
      } else if (get === undefined && !isVolatile(t, name) && mayCache(p, pc)) {
        const c = new AttrCache();
        c.version = t.version;
        c.shape = o.shape;
        c.value = descr;
        remember(p, pc, P.LOAD_ATTR_CLASS_VALUE, c);
      }
    } else {
      const v = instanceGet(o, name);
      if (v !== undefined) return v;
    }
    return get === undefined ? descr : get(descr, o, t);
  }
  if (getattro === moduleGetAttr) {
    if (cacheModule(p, pc, o as PyModule, name, false)) return (o as PyModule).dict.getStr(name)!;
    return getattro(o, name);
  }
  if (getattro === typeGetAttr) {
    const v = getattro(o, name);
    cacheClass(p, pc, o as PyType, name, v, false);
    return v;
  }
  if (getattro === getattrHookDyn && lookupType(t, "__getattribute__") === objectGetAttribute()) {
    const hook = lookupType(t, "__getattr__");
    if (hook instanceof PyFunction) {
      let v: Value | undefined;
      try {
        v = genericLookup(o, name);
      } catch (e) {
        if (!(e instanceof PyBaseException) || !e.cls.mro.includes(E.AttributeError)) throw e;
      }
      if (v !== undefined) return v;
      callee = hook;
      pushArgs = [o, nameValue(name)];
      return undefined;
    }
  }
  return getattro(o, name);
}
import { propertyType } from "../../core/objects/object.ts";
function propertyGetter(): PyType["tp_descr_get"] {
  return propertyType.tp_descr_get;
}

/** Caches a module attribute that lies in its dict; false when it does not. */
function cacheModule(p: Prep, pc: number, m: PyModule, name: string, method: boolean): boolean {
  const d = m.dict as Dict;
  if (m.cls !== moduleTypeOf()) return false;
  if (name.startsWith("__") && lookupType(m.cls, name) !== undefined) return false;
  if (lookupType(m.cls, name) !== undefined) return false;
  const i = d.indexOfStr(name);
  if (i < 0) return false;
  if (mayCache(p, pc)) {
    const c = new AttrCache();
    c.owner = m;
    c.version = d.kver;
    c.index = i;
    c.method = method;
    remember(p, pc, P.LOAD_ATTR_MODULE, c);
  }
  return true;
}
import { moduleType } from "../../core/objects/object.ts";
function moduleTypeOf(): PyType {
  return moduleType;
}

/** Caches a class attribute whose value does not depend on how it is bound. */
function cacheClass(p: Prep, pc: number, t: PyType, name: string, v: Value, method: boolean): void {
  const meta = lookupType(t.cls, name);
  if (meta !== undefined) return;
  const a = lookupType(t, name);
  if (a !== v || isVolatile(t, name)) return; // bound by a descriptor
  if (!mayCache(p, pc)) return;
  const c = new AttrCache();
  c.owner = t;
  c.version = t.version;
  c.value = v;
  c.method = method;
  remember(p, pc, P.LOAD_ATTR_CLASS, c);
}

/** What loadMethod found when it returned undefined: not a method, one operand. */
export let methodResult: Value | undefined;

/**
 * For a call `o.name(...)`: the unbound function, to be called with `o` first; or undefined, with
 * the attribute in `methodResult`.
 */
export function loadMethod(p: Prep, pc: number, o: Value, name: string): Value | undefined {
  if (second(p, pc)) noteLoadAttr(p, pc, o, name, true);
  const t = typeOf(o);
  const getattro = t.tp_getattro!;
  if (getattro === genericGetAttr) {
    const descr = lookupType(t, name);
    if (descr !== undefined && (typeOf(descr).flags & TF_METHOD_DESCRIPTOR) !== 0) {
      if (o instanceof PyInstance && o.shape !== undefined) {
        if (!o.shape.index.has(name)) {
          if (mayCache(p, pc)) {
            const c = new AttrCache();
            c.version = t.version;
            c.shape = o.shape;
            c.value = descr;
            remember(p, pc, P.LOAD_ATTR_METHOD, c);
          }
          return descr;
        }
      } else if (!t.hasDict && (t.flags & TF_HEAPTYPE) === 0) {
        if (mayCache(p, pc)) {
          const c = new AttrCache();
          c.type = t;
          c.value = descr;
          remember(p, pc, P.LOAD_ATTR_BUILTIN_METHOD, c);
        }
        return descr;
      }
      const v = instanceGet(o, name);
      if (v === undefined) return descr;
      methodResult = v;
      return undefined;
    }
    methodResult = getAttr(o, name);
    return undefined;
  }
  if (getattro === moduleGetAttr && o instanceof PyModule) {
    if (cacheModule(p, pc, o, name, true)) {
      methodResult = o.dict.getStr(name)!;
      return undefined;
    }
  } else if (getattro === typeGetAttr && o instanceof Type) {
    const v = methodResult = getattro(o, name);
    cacheClass(p, pc, o, name, v, true);
    return undefined;
  }
  methodResult = getAttr(o, name);
  return undefined;
}

/** `o.name = v`, specialising the site. */
export function storeAttr(p: Prep, pc: number, o: Value, name: string, v: Value): void {
  if (second(p, pc)) noteStoreAttr(p, pc, o, name);
  const t = typeOf(o);
  if (t.tp_setattro === genericSetAttr && o instanceof PyInstance && o.shape !== undefined) {
    const descr = lookupType(t, name);
    if (descr === undefined || typeOf(descr).tp_descr_set === undefined) {
      const s = o.shape;
      const i = s.index.get(name);
      if (i !== undefined) {
        o.slots[i] = v;
        if (mayCache(p, pc)) {
          const c = new AttrCache();
          c.version = t.version;
          c.shape = s;
          c.index = i;
          remember(p, pc, P.STORE_ATTR_SLOT, c);
        }
        return;
      }
      if (t.hasDict && s.size < 48) {
        const n = shapeAdd(s, name);
        o.slots[s.size] = v;
        o.shape = n;
        if (mayCache(p, pc)) {
          const c = new AttrCache();
          c.version = t.version;
          c.shape = s;
          c.next = n;
          c.index = s.size;
          remember(p, pc, P.STORE_ATTR_ADD, c);
        }
        return;
      }
    } else if (descr instanceof PySlotMember && t.mro.includes(descr.type)) {
      o.slots[descr.index] = v;
      if (mayCache(p, pc)) {
        const c = new AttrCache();
        c.version = t.version;
        c.shape = o.shape;
        c.index = descr.index;
        remember(p, pc, P.STORE_ATTR_SLOT, c);
      }
      return;
    }
  }
  setAttr(o, name, v);
}

/**
 * Picks the CALL form for a callable; `bound`: its first argument came with it. `n` counts all
 * arguments.
 */
export function specialiseCall(p: Prep, pc: number, f: Value, bound: boolean, n: number): void {
  if (second(p, pc)) noteCall(p, pc, f, n);
  if (f instanceof PyFunction) {
    const q = f.prep as Prep | undefined;
    if (
      q !== undefined && (q.exact === n || q.exact > n && defaultsCover(f, n, q.exact)) && mayCache(p, pc)
    ) p.ops[pc] = P.CALL_PY;
  } else if (f instanceof PyBuiltin) {
    const d = f.def;
    if (!bound && n >= d.min && n <= d.max && !d.push && mayCache(p, pc)) {
      p.cache[pc] = d;
      p.ops[pc] = P.CALL_BUILTIN;
    }
  } else if (f instanceof PyMethodDescr) {
    const d = f.def;
    if (bound && n > d.min && n - 1 <= d.max && !d.push && f.cls === methodDescriptorType && mayCache(p, pc)) {
      p.cache[pc] = d;
      p.ops[pc] = P.CALL_DESCR;
    }
  } else if (
    f instanceof Type && f.tp_new === objectNew && f.tp_init === initDyn && (f.flags & TF_ABSTRACT) === 0 &&
    f.tp_finalize === undefined && !bound
  ) {
    // an ordinary class with an `__init__` in Python
    const init = lookupType(f, "__init__");
    if (init instanceof PyFunction && mayCache(p, pc)) {
      const c = new AttrCache();
      c.owner = f;
      c.version = f.version;
      c.value = init;
      p.cache[pc] = c;
      p.ops[pc] = P.CALL_CLASS;
    }
  }
}

/** Picks the FOR_ITER form for an iterator. */
export function specialiseForIter(p: Prep, pc: number, it: Value): void {
  // a program can put anything in the place of a generator expression's iterator
  if (typeOf(it).tp_iternext === undefined) throw typeError(`'${typeOf(it).name}' object is not an iterator`);
  if (second(p, pc)) noteForIter(p, pc, it);
  if (!mayCache(p, pc)) return;
  const stores = p.ops[pc + 2] === STORE_FAST;
  if (it instanceof PyListIter) p.ops[pc] = stores ? P.FOR_LIST_STORE : P.FOR_ITER_LIST;
  else if (it instanceof PyRangeIter) p.ops[pc] = stores ? P.FOR_RANGE_STORE : P.FOR_ITER_RANGE;
  else if (it instanceof PyTupleIter) p.ops[pc] = P.FOR_ITER_TUPLE;
  else if (it instanceof PyGenerator && it.state <= 1) p.ops[pc] = P.FOR_ITER_GEN;
}
