// CPython 3.14: Include/internal/pycore_gc.h, the tp_traverse slots
//
// What refers to what. `children` tells all direct references of an object, in the order in which
// its deallocation would drop them; a class with no case of its own is walked over its JavaScript
// fields, so what a native keeps in a field is seen and what it keeps in a closure is not. Arrays,
// Maps and plain objects between two Python objects are walked as objects of their own.
//
// `Mark` finds all that the program reaches, breadth first, and remembers for each object by which
// other one it was found. Roots are the Interpreter's tables first and then the frames from the
// outermost one on, so an object is found by its most lasting name.

import {
  PyBytes,
  PyCell,
  PyFloat,
  PyInstance,
  PyList,
  PyModule,
  PyObject,
  PyStrSub,
  PyTuple,
  PyType,
  PyWideStr,
  TF_HEAPTYPE,
} from "../../core/objects/object.ts";
import { PyFunction, PyMethod } from "../../core/objects/function.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { PyBuiltin, PyMethodDescr } from "../../core/objects/native.ts";
import { PyCode } from "../../core/code/code.ts";
import { PyWeakref } from "../../core/objects/weakref.ts";
import { CACHES, stackEffect } from "../../core/code/opcodes.ts";
import * as O from "../../core/code/opnums.ts";
import { watched } from "../../core/objects/watch.ts";
import { Frame } from "../interp/frame.ts";
import { parseHandlers, Prep } from "../interp/prepare.ts";
import type { VmThread } from "../interp/thread.ts";
import type { Interp } from "../interpreter.ts";
import type { Old } from "./old.ts";

/** Fields that are no part of the object graph. */
const SKIP = new Set([
  "cls",
  "weakrefs",
  "prep",
  "cache",
  "stack",
  "interp",
  "vm",
  "prepared",
  "host",
  "options",
  "config",
  "spec",
  "mcache",
]);

/** Calls `add` with each object that `o` refers to directly. */
export function children(o: object, add: (v: object) => void): void {
  if (o instanceof PyObject) {
    const cls = o.cls;
    if ((cls.flags & TF_HEAPTYPE) !== 0) {
      ownSlots(o, add);
      if (!(o instanceof PyInstance)) {
        builtinPart(o, add);
        if (o.dict !== undefined) add(o.dict);
      }
      add(cls);
      return;
    }
    builtinPart(o, add);
    if (o.dict !== undefined && !(o instanceof PyModule) && !(o instanceof PyFunction)) add(o.dict);
    return;
  }
  if (Array.isArray(o)) {
    for (let i = 0; i < o.length; i++) if (typeof o[i] === "object" && o[i] !== null) add(o[i]);
  } else if (o instanceof Map) {
    for (const [k, v] of o) {
      if (typeof k === "object" && k !== null) add(k);
      if (typeof v === "object" && v !== null) add(v);
    }
  } else if (o instanceof Set) {
    for (const v of o) if (typeof v === "object" && v !== null) add(v);
  } else if (!isOpaque(o)) fields(o, add);
}
function isOpaque(o: object): boolean {
  return o instanceof WeakRef || o instanceof WeakMap || o instanceof Prep || ArrayBuffer.isView(o) ||
    o instanceof ArrayBuffer || o instanceof RegExp || o instanceof Promise;
}

/** The attributes of an instance. */
function ownSlots(o: PyObject, add: (v: object) => void): void {
  if (o instanceof PyInstance) {
    const s = o.slots;
    for (let i = 0; i < s.length; i++) if (typeof s[i] === "object") add(s[i] as PyObject);
    if (o.dict !== undefined) add(o.dict);
  } else if (o.slotv !== undefined) {
    for (const v of o.slotv) if (typeof v === "object") add(v);
  }
}

/** What an object of a builtin type, or the builtin part of another, refers to. */
function builtinPart(o: PyObject, add: (v: object) => void): void {
  if (o instanceof PyDict) {
    const { keys, vals } = o;
    for (let i = 0; i < o.end; i++) {
      const k = keys[i], v = vals[i];
      if (typeof k === "object") add(k);
      if (typeof v === "object") add(v);
    }
  } else if (o instanceof PyTuple || o instanceof PyList) {
    // freed from the end
    const s = o.items;
    for (let i = s.length - 1; i >= 0; i--) if (typeof s[i] === "object") add(s[i] as PyObject);
  } else if (o instanceof PyFunction) {
    add(o.globals);
    if (o.builtins !== undefined) add(o.builtins);
    if (o.defaults !== undefined) add(o.defaults);
    if (o.kwdefaults !== undefined) add(o.kwdefaults);
    if (o.dict !== undefined) add(o.dict);
    if (o.closure !== undefined) add(o.closure);
    if (typeof o.annotations === "object") add(o.annotations);
    if (typeof o.annotate === "object") add(o.annotate);
    if (o.typeParams !== undefined) add(o.typeParams);
    if (typeof o.module === "object") add(o.module);
    if (o.code.foreign || o.code.weakrefs !== undefined) add(o.code);
  } else if (o instanceof PyMethod) {
    if (typeof o.func === "object") add(o.func);
    if (typeof o.self === "object") add(o.self);
  } else if (o instanceof PyCell) {
    if (typeof o.v === "object") add(o.v);
  } else if (o instanceof PyModule) {
    add(o.dict);
    if (typeof o.state === "object" && o.state !== null) add(o.state);
  } else if (o instanceof PyType) {
    if ((o.flags & TF_HEAPTYPE) === 0) return;
    if (o.tdict !== undefined) add(o.tdict);
    for (const b of o.bases) add(b);
    for (const b of o.mro) add(b);
    if (typeof o.typeParams === "object") add(o.typeParams);
    if (typeof o.annotations === "object") add(o.annotations);
    add(o.cls);
  } else if (o instanceof Frame) {
    frameChildren(o, add);
  } else if (o instanceof PyBuiltin) {
    if (typeof o.self === "object") add(o.self);
    const extra = o as unknown as Record<string, unknown>;
    for (const k in extra) {
      const v = extra[k];
      if (k !== "def" && k !== "self" && typeof v === "object" && v !== null && !SKIP.has(k)) add(v);
    }
    const held = (o.def as { held?: unknown }).held;
    if (typeof held === "object" && held !== null) add(held);
  } else if (
    o instanceof PyFloat || o instanceof PyBytes || o instanceof PyWideStr || o instanceof PyStrSub ||
    o instanceof PyMethodDescr
  ) return;
  else if (o instanceof PyCode) {
    if (!o.shared) { for (const c of o.co_consts) if (typeof c === "object") add(c); }
  } else if (o instanceof PyWeakref) {
    if (typeof o.callback === "object") add(o.callback);
  } else fields(o, add);
}
function fields(o: object, add: (v: object) => void): void {
  const all = o as Record<string, unknown>;
  for (const k in all) {
    const v = all[k];
    if (typeof v === "object" && v !== null && !SKIP.has(k) && k !== "dict" && k !== "slotv") add(v);
  }
}

/** The variables of a frame, then what else it keeps. Its operands are told by `operands`. */
function frameChildren(f: Frame, add: (v: object) => void): void {
  const l = f.locals;
  for (let i = 0; i < l.length; i++) if (typeof l[i] === "object") add(l[i] as PyObject);
  if (f.saved !== undefined) { for (const v of f.saved) if (typeof v === "object") add(v); }
  if (f.native !== undefined) add(f.native);
  if (f.ns !== undefined && typeof f.ns === "object") add(f.ns);
  if (f.extra !== undefined) add(f.extra);
  if (f.back !== undefined) add(f.back);
  if (f.func !== undefined) add(f.func);
  const { code } = f.prep;
  if (code.foreign || code.weakrefs !== undefined) add(code);
  add(f.globals);
  add(f.builtins);
}

// ---- operands -------------------------------------------------------------------------------

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
/** Where the operands of the innermost frame end, for a native that it has called. */
export function operandTop(f: Frame): number {
  return f.native !== undefined ? f.sp : f.base + Math.max(0, operandDepths(f.prep.code)[f.pc] ?? 0);
}

// ---- the mark -------------------------------------------------------------------------------

/** What stands for the Interpreter's tables, as the finder of what they hold. */
export const ROOTS: object = { roots: true };

/** All that is reached, and by what. */
export class Mark {
  /** Object -> what it was found by. */
  readonly from: Map<object, object> = new Map();
  private readonly queue: object[] = [];
  private at = 0;
  private by: object = ROOTS;
  readonly add = (v: object): void => {
    if (this.from.has(v) || this.old !== undefined && this.old.has(v)) return;
    if (v instanceof PyType && (v.flags & TF_HEAPTYPE) === 0) return;
    this.from.set(v, this.by);
    this.queue.push(v);
  };
  constructor(private readonly old: Set<object> | undefined) {}
  has(o: object): boolean {
    return this.from.has(o) || this.old !== undefined && this.old.has(o);
  }
  root(v: unknown, by: object = ROOTS): void {
    if (typeof v !== "object" || v === null) return;
    this.by = by;
    this.add(v);
  }
  /** Follows what was added; so many objects at most, and only what `follow` says. */
  run(most = Infinity, follow?: (v: object, by: object) => boolean): void {
    const q = this.queue;
    for (; this.at < q.length && this.at < most; this.at++) {
      const o = q[this.at];
      if (follow !== undefined && !follow(o, this.from.get(o)!)) continue;
      this.by = o;
      children(o, this.add);
    }
    q.length = this.at = 0;
  }
}

/** How many objects `markNear` looks at, of how many frames, and how big a dict or list may be. */
const NEAR = 400, NEAR_FRAMES = 8, NEAR_SIZE = 64;
/**
 * What a few references lead to from the variables and operands of the innermost frames. What is found
 * lives; the rest may live, too. `without` and `result` as for markAll.
 */
export function markNear(ts: VmThread, top: number, without?: Frame, result?: unknown): Mark {
  const m = new Mark(undefined);
  const back = without === undefined ? ts.frame : without.back;
  m.root(result, back ?? ROOTS);
  for (let f = back, k = 0; f !== undefined && k < NEAR_FRAMES; f = f.back, k++) {
    m.from.set(f, ROOTS);
    for (const v of f.locals) if (typeof v === "object") m.root(v, f);
    if (f.native !== undefined) m.root(f.native, f);
    const end = without === undefined && f === back ? top : f.sp;
    for (let s = f.base; s < end; s++) m.root(ts.stack[s], f);
  }
  m.run(NEAR, (v, by) =>
    !(v instanceof PyType || v instanceof PyModule || v instanceof PyDict && v.end > NEAR_SIZE ||
      v instanceof Frame && v.gen !== by ||
      (v instanceof PyList || v instanceof PyTuple) && v.items.length > NEAR_SIZE));
  return m;
}

/** What a mark needs to know of the finalizers that run. */
export interface Ending {
  /** The frames above which they began: those natives hold nothing unseen. */
  readonly open: Open;
  /** What is being ended, and is held for it. */
  readonly dying: readonly object[];
  /** What the host holds. */
  readonly pins: ReadonlyMap<object, number>;
  /** What need not be walked. */
  readonly old: Old;
}
export type Open = readonly (Frame | undefined)[];

/** Is some native, whose variables cannot be seen, waiting for Python code in this thread? */
export function isOpaqueBelow(ts: VmThread, open: Open): boolean {
  for (let f = ts.frame, k = open.length - 1; f !== undefined; f = f.back) {
    if (!f.entry || f.back === undefined) continue;
    if (k < 0 || open[k] !== f.back) return true;
    k--;
  }
  return false;
}

/**
 * Marks what the program reaches; undefined while a native whose variables cannot be seen waits for
 * Python code. `top`: where the operands of the innermost frame end. `without`: the innermost frame,
 * which is about to return `result`: it does not count.
 */
export function markAll(
  ts: VmThread,
  top: number,
  ending: Ending,
  without?: Frame,
  result?: unknown,
  full = false,
): Mark | undefined {
  const i = ts.interp as Interp;
  if (isOpaqueBelow(ts, ending.open)) return undefined;
  const { old } = ending;
  if (!full) old.update(i);
  const m = new Mark(full ? undefined : old.all);
  const w = watched();
  m.from.set(w, ROOTS);
  for (const t of w.weak) m.from.set(t, ROOTS);
  m.root(i.modules);
  m.root(i.builtins);
  m.root(i.sys);
  m.root(i.store);
  m.root(i.pending);
  m.root(i.monitors);
  for (const d of ending.dying) m.root(d);
  for (const v of ending.pins.keys()) m.root(v);
  if (!full) old.references((by, v) => m.root(v, by));
  const threads = [ts];
  if (i.scheduler !== undefined) {
    if (ts !== i.main) threads.unshift(i.main);
    for (const t of i.scheduler.threads) {
      if (t.ts !== ts) threads.push(t.ts);
      m.root(t.task);
      m.root(t.ready as unknown);
    }
  }
  for (const t of threads) {
    m.root(t.exc);
    m.root(t.context);
    m.root(t.traceFunc);
    m.root(t.profileFunc);
    m.root(t.reprStack);
    if (t !== ts && isOpaqueBelow(t, [])) return undefined;
    const frames: Frame[] = [];
    for (let f = t.frame; f !== undefined; f = f.back) if (f !== without) frames.push(f);
    for (let k = frames.length - 1; k >= 0; k--) {
      const f = frames[k], end = t === ts && f === ts.frame ? top : f.sp;
      m.root(f);
      // a frame does not keep its generator, but what runs does
      m.root(f.gen);
      for (let s = f.base; s < end; s++) m.root(t.stack[s], f);
      // a native that waits in a frame of its own may hold its arguments where nobody sees them
      if (k > 0 && frames[k - 1].native !== undefined && f.native === undefined) {
        for (let s = end; s < f.top; s++) m.root(t.stack[s], f);
      }
    }
  }
  m.root(result, threads[0].frame?.back ?? ROOTS);
  m.run();
  return m;
}
