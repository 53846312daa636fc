// CPython 3.14: Objects/typeobject.c (subtype_dealloc), Objects/object.c, Objects/weakrefobject.c
//
// Ends dead objects in the order in which reference counts would. Of what the dead ones alone reach,
// the references among each other are counted; then the dropped ones are deallocated: finalizer, weak
// references with their callbacks, then their own references, each of which may deallocate the next.
// What is left with a count is in a cycle, or held by one, and waits for a collection.
//
// A finalizer may have made a new reference to any of them: before the next step that a program
// could notice, everything is marked again.

import { PyBaseException, PyObject, PyType, TF_HEAPTYPE, type Value } from "../../core/objects/object.ts";
import { cur } from "../../core/objects/state.ts";
import { lookupType } from "../../core/objects/attr.ts";
import { clearWeakrefs, dereferenced, dying, hasWeakrefs } from "../../core/objects/weakref.ts";
import type { Frame } from "../interp/frame.ts";
import type { VmThread } from "../interp/thread.ts";
import type { Life } from "./life.ts";
import { children, type Mark } from "./mark.ts";

interface Finalized {
  finalized?: boolean;
}

/** Runs an object's finalizer, once. False when there was none to run. */
export function finalize(life: Life, o: PyObject): boolean {
  const f = o.cls.tp_finalize, x = o as PyObject & Finalized;
  if (f === undefined || x.finalized) return false;
  x.finalized = true;
  callOut(life, () => {
    try {
      f(o);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      cur.interp.unraisable(e, "Exception ignored while calling deallocator", lookupType(o.cls, "__del__") ?? o);
    }
  });
  return true;
}
/** Calls Python code from a place whose variables hold nothing that lives by them. */
export function callOut(life: Life, body: () => void): void {
  const ts = cur as VmThread, ret = ts.ret;
  life.open.push(ts.frame);
  try {
    body();
  } finally {
    life.open.pop();
    ts.ret = ret;
  }
}

export function dealloc(
  life: Life,
  ts: VmThread,
  dead: readonly object[],
  first: Mark,
  without?: Frame,
  result?: Value,
): void {
  const all = life.watched.all;
  let m = first, left = 0;
  // what the dead reach alone, and how many references each has from the others
  const counts = new Map<object, number>(), queue: object[] = [];
  const isShared = (v: object): boolean => first.has(v) || v instanceof PyType && (v.flags & TF_HEAPTYPE) === 0;
  for (const o of dead) {
    if (counts.has(o)) continue;
    counts.set(o, 0);
    queue.push(o);
  }
  const count = (v: object): void => {
    const n = counts.get(v);
    if (n !== undefined) counts.set(v, n + 1);
    else if (!isShared(v)) {
      counts.set(v, 1);
      queue.push(v);
    }
  };
  for (let i = 0; i < queue.length; i++) {
    const o = queue[i];
    if (all.has(o as PyObject)) left++;
    children(o, count);
  }
  if (left === 0) return;

  const ended = new Set<object>();
  // what finalizers that ran since `m` could have given a new name
  const tainted = new Set<object>();
  let derefs = dereferenced();
  life.dying.push(counts);
  dying.push(counts);
  try {
    for (const o of dead) if (counts.get(o) === 0 && !ended.has(o)) drop(o);
  } finally {
    dying.pop();
    life.dying.pop();
  }

  /** Has some finalizer given it a new name? */
  function revived(o: object): boolean {
    // through a weak reference any of them can be reached
    const wild = dereferenced() !== derefs;
    if (!wild && !tainted.has(o)) return false;
    // what is dying is held by nobody else
    const others = life.dying.splice(0), f = ts.frame;
    const now = life.mark(
      ts,
      f === undefined ? 0 : f.sp,
      without,
      without === undefined ? result : ts.stack[without.sp - 1],
    );
    life.dying.push(...others);
    if (now === undefined) return true;
    m = now;
    tainted.clear();
    derefs = dereferenced();
    return m.has(o);
  }
  /** All of the dead that `o` reaches, `o` among them. */
  function reach(o: object): Set<object> {
    const out = new Set<object>([o]);
    for (const x of out) {
      children(x, (v) => {
        if (counts.has(v)) out.add(v);
      });
    }
    return out;
  }
  function drop(root: object): void {
    const stack: { list: object[]; at: number }[] = [{ list: [root], at: 0 }];
    while (stack.length > 0 && left > 0) {
      const top = stack[stack.length - 1];
      if (top.at === top.list.length) {
        stack.pop();
        continue;
      }
      const o = top.list[top.at++];
      const n = counts.get(o);
      if (n === undefined || ended.has(o)) continue;
      if (o !== root || stack.length > 1) {
        counts.set(o, n - 1);
        if (n > 1) continue;
      }
      // a finalizer may let go of some (a generator's frame) before the rest goes
      const list: object[] = [];
      children(o, (v) => list.push(v));
      if (all.has(o as PyObject) && !endOne(o as PyObject)) continue;
      ended.add(o);
      stack.push({ list, at: 0 });
    }
  }
  /** False when it lives on. */
  function endOne(o: PyObject): boolean {
    if (revived(o)) {
      keep(o);
      return false;
    }
    left--;
    if (o.cls.tp_finalize !== undefined && !(o as Finalized).finalized) {
      const own = reach(o);
      finalize(life, o);
      let matters = hasWeakrefs(o);
      for (const x of own) {
        tainted.add(x);
        if (x !== o && !ended.has(x) && all.has(x as PyObject)) matters = true;
      }
      if (matters && revived(o)) {
        keep(o);
        return false;
      }
    }
    all.delete(o);
    if (hasWeakrefs(o)) {
      const callbacks: (() => void)[] = [];
      clearWeakrefs(o, (r) => counts.has(r) ? !ended.has(r) : m.has(r), callbacks);
      for (const f of callbacks) callOut(life, f);
    }
    return true;
  }
  function keep(o: PyObject): void {
    all.add(o);
    if (m.has(o)) life.chain(o, m);
    // what it holds lives, too
    const todo = [o as object], seen = new Set<object>(todo);
    for (let x = todo.pop(); x !== undefined; x = todo.pop()) {
      ended.add(x);
      if (x !== o && all.has(x as PyObject)) {
        left--;
        if (m.has(x)) life.chain(x, m);
      }
      children(x, (v) => {
        if (counts.has(v) && !seen.has(v) && !ended.has(v)) {
          seen.add(v);
          todo.push(v);
        }
      });
    }
  }
}
