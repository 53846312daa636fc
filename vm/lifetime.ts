// CPython 3.14: Python/gc.c (deduce_unreachable, handle_weakrefs, finalize_garbage), pylifecycle.c
//
// gc.collect(). The host frees memory, but it tells nobody when, and never within the job that runs.
// What a program can notice of a collection is done here instead: all that is reachable from modules,
// frames and the Interpreter is marked; watched objects (core/objects/watch.ts) that are not have
// their weak references cleared, the callbacks called, and their finalizers run.
//
// While a native has called back into Python, its own variables hold objects that cannot be seen.
// Then nothing is collected. Values that only a JavaScript closure holds are taken for gone.

import {
  PyBaseException,
  type PyDictBase,
  PyModule,
  PyObject,
  PyType,
  TF_HEAPTYPE,
  type Value,
} from "../core/objects/object.ts";
import { CACHES, stackEffect } from "../core/code/opcodes.ts";
import * as O from "../core/code/opnums.ts";
import type { PyCode } from "../core/code/code.ts";
import { lookupType } from "../core/objects/attr.ts";
import { PyDict } from "../core/objects/dict.ts";
import { cur } from "../core/objects/state.ts";
import { watched } from "../core/objects/watch.ts";
import { clearWeakrefs } from "../core/objects/weakref.ts";
import type { Frame } from "./interp/frame.ts";
import { parseHandlers } from "./interp/prepare.ts";
import type { VmThread } from "./interp/thread.ts";
import type { Interp } from "./interpreter.ts";

const depths = new WeakMap<PyCode, Int16Array>();
/** How many operands there are before each instruction; -1 where it is not reached. */
function operandDepths(code: PyCode): Int16Array {
  let out = depths.get(code);
  if (out !== undefined) return out;
  const b = code.co_code, n = b.length >> 1;
  depths.set(code, out = new Int16Array(n + 1).fill(-1));
  const todo = [0];
  out[0] = 0;
  const reach = (at: number, depth: number): void => {
    if (at > n || out![at] >= 0) return;
    out![at] = depth;
    todo.push(at);
  };
  for (const h of parseHandlers(code.co_exceptiontable)) reach(h.target, h.depth + (h.lasti ? 2 : 1));
  while (todo.length > 0) {
    let i = todo.pop()!;
    const d = out[i];
    let op = b[2 * i], arg = b[2 * i + 1];
    while (op === O.EXTENDED_ARG) {
      i++;
      out[i] = d;
      op = b[2 * i];
      arg = arg << 8 | b[2 * i + 1];
    }
    const next = i + 1 + CACHES[op], after = d + (stackEffect(op, arg, false) ?? 0);
    switch (op) {
      case O.RETURN_VALUE:
      case O.RAISE_VARARGS:
      case O.RERAISE:
        continue;
      case O.JUMP_FORWARD:
        reach(next + arg, d);
        continue;
      case O.JUMP_BACKWARD:
      case O.JUMP_BACKWARD_NO_INTERRUPT:
        reach(next - arg, d);
        continue;
      case O.POP_JUMP_IF_FALSE:
      case O.POP_JUMP_IF_TRUE:
      case O.POP_JUMP_IF_NONE:
      case O.POP_JUMP_IF_NOT_NONE:
      case O.FOR_ITER:
      case O.SEND:
        reach(next + arg, d + (stackEffect(op, arg, true) ?? 0));
        break;
    }
    reach(next, after);
  }
  return out;
}

/** What is not part of the object graph: the class is, but a builtin one leads nowhere. */
const SKIP = new Set(["weakrefs", "prep", "cache", "stack", "interp", "vm", "prepared", "host", "options", "config"]);

class Marker {
  readonly seen = new Set<object>();
  private readonly queue: object[] = [];
  /** Objects with a finalizer, in the order they were come to: a list's from its end, as it is freed. */
  readonly finalizable: PyObject[] = [];
  add(v: unknown): void {
    if (typeof v !== "object" || v === null || this.seen.has(v)) return;
    this.seen.add(v);
    this.queue.push(v);
  }
  /** Follows what was added. */
  run(): void {
    for (let o = this.queue.pop(); o !== undefined; o = this.queue.pop()) {
      if (o instanceof PyObject && o.cls.tp_finalize !== undefined) this.finalizable.push(o);
      if (Array.isArray(o)) { for (const v of o) this.add(v); }
      else if (o instanceof Map) {
        for (const [k, v] of o) {
          this.add(k);
          this.add(v);
        }
      } else if (o instanceof Set) { for (const v of o) this.add(v); }
      else if (o instanceof WeakRef || ArrayBuffer.isView(o)) continue;
      else if (o instanceof PyType && (o.flags & TF_HEAPTYPE) === 0) continue;
      else {
        const fields = o as Record<string, unknown>;
        for (const k in fields) if (!SKIP.has(k)) this.add(fields[k]);
      }
    }
  }
}

/** Marks what the program reaches; undefined while a native waits for Python code. */
function markAll(): Marker | undefined {
  const ts = cur as VmThread, i = cur.interp as Interp, m = new Marker();
  // the operands of other threads are not looked at
  if (i.scheduler !== undefined && i.scheduler.threads.length > 0) return undefined;
  m.seen.add(watched());
  for (let f = ts.frame; f !== undefined; f = f.back) {
    if (f.entry && f.back !== undefined) return undefined;
    m.add(f);
    const top = f === ts.frame && f.native === undefined
      ? f.base + Math.max(0, operandDepths(f.prep.code)[f.pc] ?? 0)
      : f.sp;
    for (let k = f.base; k < top; k++) m.add(ts.stack[k]);
  }
  m.add(i.modules);
  m.add(i.builtins);
  m.add(i.sys);
  m.add(i.store);
  m.add(i.pending);
  m.add(ts.exc);
  m.add(ts.context);
  m.add(ts.traceFunc);
  m.add(ts.profileFunc);
  m.add(i.monitors);
  m.run();
  return m;
}

interface Finalized {
  finalized?: boolean;
}
/** Runs an object's finalizer, once. */
function finalize(o: PyObject): void {
  const f = o.cls.tp_finalize, x = o as PyObject & Finalized;
  if (f === undefined || x.finalized) return;
  x.finalized = true;
  try {
    f(o);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    cur.interp.unraisable(e, "Exception ignored while calling deallocator", lookupType(o.cls, "__del__") ?? o);
  }
}

/** A collection; the number of watched objects that went. */
export function collectGarbage(): number {
  const w = watched();
  const m = w.refs.length === 0 ? undefined : markAll();
  if (m === undefined) return 0;
  const dead: PyObject[] = [];
  w.refs = w.refs.filter((r) => {
    const o = r.deref();
    if (o === undefined) return false;
    if (m.seen.has(o)) return true;
    dead.push(o);
    return false;
  });
  w.live = w.refs.length;
  end(dead, m);
  return dead.length;
}
function end(dead: PyObject[], m: Marker): void {
  const callbacks: (() => void)[] = [];
  for (const o of dead) clearWeakrefs(o, (r) => m.seen.has(r), callbacks);
  for (const f of callbacks) f();
  // what wraps another one (a text layer, its buffer) was made after it and goes first
  const layers = dead.filter(isLayer), others = dead.filter((o) => !isLayer(o));
  for (const o of others.reverse()) finalize(o);
  for (const o of layers.reverse()) finalize(o);
}
function isLayer(o: PyObject): boolean {
  return "finalizing" in o;
}

/** The end of the program: finalizers of what its main module holds, name by name, then of the rest. */
export function finalizeAll(): void {
  const w = watched();
  const alive = (): PyObject[] =>
    w.refs.map((r) => r.deref()).filter((o): o is PyObject =>
      o !== undefined && o.cls.tp_finalize !== undefined && !(o as PyObject & Finalized).finalized
    );
  // the start's own streams are flushed, not finalized
  const own = cur.interp.store.get("streams") as Set<unknown> | undefined;
  if (alive().every((o) => own?.has(o))) return;
  collectGarbage();
  const main = cur.interp.modules.getStr("__main__");
  if (main instanceof PyModule) {
    const names = entriesOf(main.dict);
    const m = new Marker();
    m.seen.add(main).add(main.dict).add(w);
    // what other modules hold (sys.stdout) is not the program's
    m.add(cur.interp.modules);
    m.add(cur.interp.sys);
    m.add(cur.interp.builtins);
    m.add(cur.interp.store);
    m.run();
    for (const [, v] of names) {
      m.finalizable.length = 0;
      m.add(v);
      m.run();
      for (const o of m.finalizable) finalize(o);
    }
  }
  const left = alive();
  for (const o of left) if (!isLayer(o)) finalize(o);
}
function entriesOf(d: PyDictBase): [string, Value][] {
  const out: [string, Value][] = [];
  if (d instanceof PyDict) { for (const [k, v] of d.entries()) if (typeof k === "string") out.push([k, v]); }
  return out;
}
export type { Frame };
