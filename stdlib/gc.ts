// CPython 3.14: Modules/gcmodule.c
//
// The host frees memory. `collect` does what a program can notice of a collection (vm/lifetime.ts), and
// finds the garbage among what earlier collections have seen (vm/lifetime/census.ts). Automatic
// collections come when the program has made objects whose end can be noticed, not by counts of
// allocations: of the thresholds only a zero has a meaning. `get_objects` and `get_referrers` see what
// the modules and running frames can reach.

import {
  bytearrayType,
  codeType,
  type KwNames,
  M_NOSIG,
  M_VECTOR,
  None,
  objectType,
  PyBaseException,
  PyBytes,
  PyComplex,
  PyFloat,
  PyInstance,
  PyList,
  PyObject,
  PyStrSub,
  PyTuple,
  PyType,
  PyWideStr,
  rangeType,
  TF_FROM_SPEC,
  TF_HEAPTYPE,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { addressOf } from "../core/objects/native_call.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { asInt32, asSsize, call2 } from "../core/objects/abstract.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { PyDict } from "../core/objects/dict.ts";
import { PySet } from "../core/objects/set.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { Frame } from "../vm/interp/frame.ts";
import { PyGenerator } from "../vm/interp/generator.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { collectGarbage } from "../vm/lifetime.ts";
import { Census } from "../vm/lifetime/census.ts";
import { life } from "../vm/lifetime/life.ts";
import { reportUnraisable, writeStderr } from "./sys_hooks.ts";

const SINGLETONS: ReadonlySet<string> = new Set(["NoneType", "ellipsis", "NotImplementedType"]);

interface GcState {
  census: Census | undefined;
  /** Collections of each generation since the next older one's last. */
  counts: [number, number, number];
  thresholds: [number, number, number];
  debug: number;
  frozen: number;
  collections: [number, number, number];
  collected: [number, number, number];
  callbacks: PyList;
  garbage: PyList;
}
const KEY = {};
function state(): GcState {
  return interpStore(KEY, () => ({
    census: undefined,
    counts: [0, 0, 0] as [number, number, number],
    thresholds: [2000, 10, 10] as [number, number, number],
    debug: 0,
    frozen: 0,
    collections: [0, 0, 0] as [number, number, number],
    collected: [0, 0, 0] as [number, number, number],
    callbacks: new PyList([]),
    garbage: new PyList([]),
  }));
}

/** Would CPython's collector look at the object? */
function isTracked(v: Value): boolean {
  if (typeof v !== "object") return false;
  if (
    v instanceof PyFloat || v instanceof PyComplex || v instanceof PyWideStr || v instanceof PyBytes ||
    v instanceof PyStrSub
  ) {
    return (v.cls.flags & TF_HEAPTYPE) !== 0;
  }
  if (v instanceof PyType) return (v.flags & (TF_HEAPTYPE | TF_FROM_SPEC)) !== 0;
  if (v instanceof PyTuple && v.cls.name === "tuple") return v.items.some(isTracked);
  const t = v.cls;
  return t !== objectType && t !== codeType && t !== rangeType && t !== bytearrayType && !SINGLETONS.has(t.name);
}

/** What an object refers to directly. */
function referents(v: Value): Value[] {
  if (typeof v !== "object") return [];
  if (v instanceof PyList || v instanceof PyTuple) return v.items.slice().reverse();
  const out: Value[] = [];
  // the variables of a frame that runs, or belongs to a generator, are not the frame object's
  if (v instanceof Frame && !v.done) return [];
  if (v instanceof PyGenerator && v.frame !== undefined) {
    for (const x of v.frame.locals) if (x !== undefined) out.push(x);
    for (const x of v.frame.saved ?? []) if (x !== undefined) out.push(x);
    return out.filter((x) => typeof x === "object");
  }
  if (v instanceof PyDict) {
    // names are no part of the garbage: a table of str keys shows its values only
    const entries = [...v.entries()], named = entries.every(([k]) => typeof k === "string" || k instanceof PyWideStr);
    for (const [k, x] of entries) {
      out.push(x);
      if (!named) out.push(k);
    }
    return out;
  }
  if (v instanceof PyType && (v.flags & TF_HEAPTYPE) === 0) return [];
  const add = (x: unknown): void => {
    if (isValue(x)) out.push(x);
  };
  const own = v as unknown as Record<string, unknown>;
  for (const k in own) {
    const x = own[k];
    if (k === "cls" || k === "weakrefs" || k === "version") continue;
    if (isValue(x)) out.push(x);
    else if (Array.isArray(x)) x.forEach(add);
    else if (x instanceof Map) {
      for (const [a, b] of x) {
        add(a);
        add(b);
      }
    } else if (x instanceof Set) { for (const a of x) add(a); }
  }
  if ((v.cls.flags & TF_HEAPTYPE) !== 0) out.push(v.cls);
  return v instanceof PySet || v instanceof PyInstance ? out : out.filter((x) => typeof x === "object");
}
function isValue(x: unknown): x is Value {
  return x instanceof PyObject || typeof x === "string" || typeof x === "number" || typeof x === "boolean" ||
    typeof x === "bigint";
}

/** All tracked objects that modules and frames reach. */
function reachable(): PyObject[] {
  const seen = new Set<PyObject>();
  const add = (v: Value | undefined): void => {
    if (v instanceof PyObject) seen.add(v);
  };
  add(cur.interp.modules);
  add(cur.interp.sys);
  add(cur.interp.builtins);
  for (let f = (cur as VmThread).frame as Frame | undefined; f !== undefined; f = f.back) {
    add(f.globals);
    for (const x of f.locals) if (isValue(x)) add(x);
  }
  // a Set is walked in order of insertion, with what is added on the way
  for (const o of seen) {
    cur.tick(8);
    for (const x of referents(o)) add(x);
  }
  return [...seen].filter((o) => isTracked(o));
}

function notify(phase: string, generation: number, collected: number): void {
  const st = state();
  for (const f of st.callbacks.items.slice()) {
    const info = new PyDict();
    info.setStr("generation", generation);
    info.setStr("collected", collected);
    info.setStr("uncollectable", 0);
    try {
      call2(f, phase, info);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      reportUnraisable(e, "Exception ignored while calling GC callback", f);
    }
  }
}
const DEBUG_STATS = 1, DEBUG_COLLECTABLE = 2, DEBUG_UNCOLLECTABLE = 4, DEBUG_SAVEALL = 32;
/** A collection: the number of objects that could not be reached. */
function collectGeneration(generation: number): number {
  const st = state(), census = st.census ??= new Census(isTracked);
  if (life().auto !== Infinity) life().auto = 1;
  notify("start", generation, 0);
  const began = performance.now(), stats = (st.debug & DEBUG_STATS) !== 0;
  if (stats) {
    const sizes = [0, 0, 0];
    for (const o of reachable()) sizes[census.generation(o)]++;
    writeStderr(`gc: collecting generation ${generation}...\n`);
    writeStderr(`gc: objects in each generation: ${sizes.join(" ")}\n`);
    writeStderr(`gc: objects in permanent generation: ${st.frozen}\n`);
  }
  const found = collectGarbage(census, generation, (st.debug & DEBUG_SAVEALL) !== 0)?.garbage ?? [];
  for (let i = 0; i <= generation; i++) st.counts[i] = 0;
  if (generation < 2) st.counts[generation + 1]++;
  if ((st.debug & DEBUG_COLLECTABLE) !== 0) {
    for (const o of found) writeStderr(`gc: collectable <${typeName(o)} ${addressOf(o)}>\n`);
  }
  if ((st.debug & DEBUG_SAVEALL) !== 0) st.garbage.items.push(...found);
  st.collections[generation]++;
  st.collected[generation] += found.length;
  if (stats) {
    const seconds = ((performance.now() - began) / 1000).toFixed(4);
    writeStderr(`gc: done, ${found.length} unreachable, 0 uncollectable, ${seconds}s elapsed\n`);
  }
  notify("stop", generation, found.length);
  return found.length;
}
function collect(_m: Value, g: Value = 2): Value {
  const generation = asInt32(g);
  if (generation < 0 || generation > 2) throw valueError("invalid generation");
  return collectGeneration(generation);
}
/** Switches automatic collections. */
function automatic(on: boolean): Value {
  life().automatic = on;
  return None;
}

function setThreshold(_m: Value, args: Value[], kwnames?: KwNames): Value {
  if (kwnames !== undefined && kwnames.length > 0) throw typeError("gc.set_threshold() takes no keyword arguments");
  if (args.length < 1 || args.length > 3) throw typeError("gc.set_threshold requires 1 to 3 arguments");
  const st = state();
  args.map(asInt32).forEach((n, i) => st.thresholds[i] = n);
  life().auto = st.thresholds[0] === 0 ? Infinity : 1;
  return None;
}

export const spec: ModuleSpec = {
  name: "gc",
  doc: "The garbage collector: switching it, running it, asking it about objects.",
  functions: {
    enable: ["", "Switches automatic collection on.", () => automatic(true)],
    disable: ["", "Switches automatic collection off.", () => automatic(false)],
    isenabled: ["", "Whether automatic collection is on.", () => life().automatic],
    collect: ["generation=2", "Runs a collection; returns the number of objects that could not be reached.", collect],
    set_debug: ["flags, /", "Sets the debugging flags.", (_m: Value, f: Value) => {
      state().debug = asInt32(f);
      return None;
    }],
    get_debug: ["", "The debugging flags.", () => state().debug],
    get_count: ["", "The collection counts.", () => new PyTuple(state().counts.slice())],
    set_threshold: [
      "*args",
      "set_threshold(threshold0, [threshold1, [threshold2]])\nSets the collection thresholds; threshold0 as zero switches collection off.",
      setThreshold,
      M_VECTOR | M_NOSIG,
    ],
    get_threshold: ["", "The collection thresholds.", () => {
      // the third one is part of the incremental collector, which has none
      const [a, b, c] = state().thresholds;
      return new PyTuple([a, b, c]);
    }],
    get_objects: ["generation=None", "A list of the objects that are tracked.", (_m: Value, g: Value = None) => {
      if (g === None) return new PyList(reachable());
      const n = asSsize(g);
      if (n >= 3) throw valueError("generation parameter must be less than the number of available generations (3)");
      if (n < 0 && n !== -1) throw valueError("generation parameter cannot be negative");
      const { census } = state();
      if (n === -1) return new PyList(reachable());
      // what there is before the first collection is of the start
      return new PyList(reachable().filter((o) => (census?.generation(o) ?? 2) === n));
    }],
    get_stats: ["", "A list of dicts with what each generation has collected.", () => {
      const st = state();
      return new PyList([0, 1, 2].map((i) => {
        const d = new PyDict();
        d.setStr("collections", st.collections[i]);
        d.setStr("collected", st.collected[i]);
        d.setStr("uncollectable", 0);
        return d;
      }));
    }],
    is_tracked: ["obj, /", "Whether the collector tracks the object.", (_m: Value, v: Value) => isTracked(v)],
    is_finalized: [
      "obj, /",
      "Whether the finalizer of the object has run.",
      (_m: Value, v: Value) => typeof v === "object" && (v as unknown as { finalized?: boolean }).finalized === true,
    ],
    get_referrers: ["*objs", "A list of the objects that refer to any of these.", (_m: Value, objs: Value[]) => {
      const wanted = new Set(objs.filter((o) => typeof o === "object"));
      return new PyList(reachable().filter((o) => referents(o).some((x) => wanted.has(x as PyObject))));
    }],
    get_referents: [
      "*objs",
      "A list of the objects that these refer to.",
      (_m: Value, objs: Value[]) => new PyList(objs.flatMap(referents)),
    ],
    freeze: ["", "Exempts all objects there are from collection.", () => {
      state().frozen = reachable().length;
      return None;
    }],
    unfreeze: ["", "Takes freeze() back.", () => {
      state().frozen = 0;
      return None;
    }],
    get_freeze_count: [
      "",
      "How many objects freeze() has exempted.",
      () => state().frozen,
    ],
  },
  constants: {
    DEBUG_STATS,
    DEBUG_COLLECTABLE,
    DEBUG_UNCOLLECTABLE,
    DEBUG_SAVEALL,
    DEBUG_LEAK: 38,
    callbacks: () => state().callbacks,
    garbage: () => state().garbage,
  },
  exec() {
    life().collector = () => collectGeneration(0);
  },
};
