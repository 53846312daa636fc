// CPython 3.14: Python/gc.c (deduce_unreachable, handle_weakrefs, finalize_garbage), pylifecycle.c
//
// Collections. What ends when its last reference goes is lifetime/life.ts's; gc.collect() and the end
// of the program find what else is unreachable: watched objects (core/objects/watch.ts) in cycles or
// held by one. Their weak references are cleared first, the callbacks called, then the finalizers.
//
// While a native has called back into Python, its own variables hold objects that cannot be seen.
// Then nothing is collected.

import { None as NONE, PyDictBase, PyModule, type PyObject, PyType } from "../core/objects/object.ts";
import { PyDict } from "../core/objects/dict.ts";
import { cur } from "../core/objects/state.ts";
import type { Ending } from "../core/objects/watch.ts";
import { clearWeakrefs, hasWeakrefs } from "../core/objects/weakref.ts";
import type { VmThread } from "./interp/thread.ts";
import type { Interp } from "./interpreter.ts";
import type { Census } from "./lifetime/census.ts";
import { callOut, finalize } from "./lifetime/dealloc.ts";
import { type Life, life as currentLife } from "./lifetime/life.ts";
import { children, type Mark, markAll, operandTop } from "./lifetime/mark.ts";

/** Marks what the program reaches, from inside a native that the innermost frame has called. */
export function markHere(full = false): Mark | undefined {
  const ts = cur as VmThread, { life } = cur.interp as Interp;
  return markAll(ts, ts.frame === undefined ? 0 : operandTop(ts.frame), life, undefined, undefined, full);
}

/** What a collection found. */
export interface Collection {
  /** Objects that could not be reached and are in a cycle, or held by one, and did not come back. */
  garbage: PyObject[];
  /** All tracked objects that the program reaches, by generation. */
  alive: number;
}

/**
 * A collection: what is watched and was not reached is finalized. With a census the garbage is told,
 * and kept as it is where `save` is set; undefined while a native's variables cannot be seen.
 */
export function collectGarbage(census?: Census, generation = 2, save = false): Collection | undefined {
  const life = currentLife(), { all } = life.watched;
  life.newcomers = 0;
  if (all.size === 0 && census === undefined) return { garbage: [], alive: 0 };
  const m = markHere(true);
  if (m === undefined) return undefined;
  dropSubclasses(m);
  const found = { garbage: census?.take(m, generation) ?? [], alive: m.from.size };
  const dead: PyObject[] = [];
  for (const o of all) if (!m.has(o)) dead.push(o);
  if (save) census?.keep(found.garbage);
  if (dead.length === 0 || save) return found;
  life.buryAll(dead, m);
  const ran = dead.some((o) => o.cls.tp_finalize !== undefined || hasWeakrefs(o));
  collect(life, dead, m);
  if (ran && found.garbage.length > 0) {
    const back = markHere(true), came = (o: PyObject): boolean => back !== undefined && back.has(o);
    census?.keep(found.garbage.filter(came));
    found.garbage = found.garbage.filter((o) => !came(o));
  }
  return found;
}

/** Polls from one automatic collection to the next that might be made, at least. */
const AUTO_POLLS = 2;
/**
 * At a poll: an automatic collection, once the program has made watched objects since the last one;
 * twice as many of them after one that found nothing.
 */
export function collectNow(life: Life): void {
  if (!life.automatic || life.newcomers < life.auto || ++life.autoPolls < AUTO_POLLS) return;
  life.autoPolls = 0;
  const { newcomers } = life, before = life.watched.all.size;
  (life.collector ?? collectGarbage)();
  // a native was in the way
  if (life.newcomers >= newcomers) life.autoPolls = -50;
  life.auto = life.watched.all.size < before ? 1 : Math.min(2 * life.auto, 1 << 20);
}
/** Classes that are gone are nobody's subclasses. */
function dropSubclasses(m: Mark): void {
  const clean = (s: Set<WeakRef<PyType>> | undefined): void => {
    if (s === undefined) return;
    for (const r of s) {
      const t = r.deref();
      if (t === undefined || !m.has(t)) s.delete(r);
    }
  };
  for (const o of m.from.keys()) if (o instanceof PyType) clean(o.subclasses);
  for (const s of cur.interp.builtinSubclasses.values()) clean(s);
}
function collect(life: Life, dead: PyObject[], m: Mark): void {
  const callbacks: (() => void)[] = [];
  life.dying.push(dead);
  try {
    for (const o of dead) clearWeakrefs(o, (r) => m.has(r), callbacks);
    for (const f of callbacks) callOut(life, f);
    // what wraps another one (a text layer, its buffer) was made after it and goes first
    for (const o of dead) if (!isLayer(o)) finalize(life, o);
    for (const o of dead.filter(isLayer).reverse()) finalize(life, o);
  } finally {
    life.dying.pop();
  }
  for (const o of dead) life.watched.all.delete(o);
}
function isLayer(o: PyObject): boolean {
  return "finalizing" in o;
}

/** The end of the program: finalizers of what its main module holds, name by name, then of the rest. */
export function finalizeAll(): void {
  const life = currentLife(), { all } = life.watched;
  const alive = (): PyObject[] =>
    [...all].filter((o) => o.cls.tp_finalize !== undefined && !(o as { finalized?: boolean }).finalized);
  // the start's own streams are flushed, not finalized
  const own = cur.interp.store.get("streams") as Set<unknown> | undefined;
  if (alive().every((o) => own?.has(o) || (o as Ending).hasEnded?.())) return;
  collectGarbage();
  const ts = cur as VmThread;
  const main = cur.interp.modules.getStr("__main__");
  if (main instanceof PyModule && main.dict instanceof PyDict) clearModule(life, ts, main.dict);
  collectGarbage();
  const left = alive();
  for (const o of left) if (!isLayer(o)) finalize(life, o);
}
/** Drops what a module's names hold: first those that begin with one underscore, then the others. */
function clearModule(life: Life, ts: VmThread, d: PyDict): void {
  const names = [...d.entries()].map(([k]) => k).filter((k): k is string => typeof k === "string");
  const step = (take: (name: string) => boolean): void => {
    for (const name of names) {
      if (!take(name)) continue;
      const v = d.getStr(name);
      if (typeof v !== "object" || v === NONE) continue;
      d.setStr(name, NONE);
      if (!mayHold(life, v)) continue;
      const m = markHere();
      if (m !== undefined && !m.has(v)) life.end(ts, [v], m);
    }
  };
  step((n) => n[0] === "_" && n[1] !== "_");
  step((n) => n[0] !== "_" && n !== "__builtins__" || n[0] === "_" && n[1] === "_" && n !== "__builtins__");
}
/** Could dropping the object end a watched one? */
function mayHold(life: Life, v: PyObject): boolean {
  if (v instanceof PyModule) return false;
  if (life.watched.all.has(v)) return true;
  const seen = new Set<object>([v]);
  for (const o of seen) {
    if (seen.size > 2000) return true;
    if (life.watched.all.has(o as PyObject)) return true;
    if (o instanceof PyModule || o instanceof PyType && o !== v || o instanceof PyDictBase && isNamespace(o)) continue;
    children(o, (x) => seen.add(x));
  }
  return false;
}
function isNamespace(d: PyDictBase): boolean {
  return d.getStr("__builtins__") !== undefined;
}
