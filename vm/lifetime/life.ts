// CPython 3.14: Objects/object.c (_Py_Dealloc), the reference count
//
// When an object ends. The host counts no references, so it is found out: for each watched object
// (core/objects/watch.ts) an anchor is kept, a path of references by which it was last reached: a
// frame holds a list, the list the object. The anchors are a forest of `Node`s. As long as no
// reference of an anchor is dropped, its object lives, and nothing is to be done. The instructions
// that drop references (armed.ts) tell of a dropped object that is a node, or of a node whose object
// may have lost references; then the node is suspect, and at the next safe point, between two
// instructions, `check` looks whether the reference is still there; if not, for another path: in the
// frames, near them, and at last by a mark of everything (mark.ts). Only what that does not reach
// is dead, and ended by dealloc.ts.
//
// A native that waits for Python code has variables that nobody sees: then suspects wait until it
// has returned. Marks may take a share of the time only (`spent`): beyond it nothing is looked at
// (`quiet`), and all watched objects are looked at together now and then, at polls.
//
// Armed code runs at half its speed or less. So it, too, has a budget (`credit`), to which each new
// watched object adds. When that is used up the code is disarmed (`tired`), until the next watched
// object comes; meanwhile all are looked at together in longer and longer intervals.

import { PyBaseException, PyList, PyObject, PyType, type Value } from "../../core/objects/object.ts";
import { cur } from "../../core/objects/state.ts";
import { type Ending, type Watched, watched } from "../../core/objects/watch.ts";
import { hasWeakrefs } from "../../core/objects/weakref.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { Frame } from "../interp/frame.ts";
import { GEN_RUNNING, PyGenerator } from "../interp/generator.ts";
import type { VmThread } from "../interp/thread.ts";
import type { Interp } from "../interpreter.ts";
import { arm, disarm } from "./armed.ts";
import { dealloc } from "./dealloc.ts";
import { Old } from "./old.ts";
import { children, isOpaqueBelow, type Mark, markAll, markNear, ROOTS } from "./mark.ts";

/** An object on the path to a watched one. */
export class Node {
  readonly o: object;
  /** What refers to it: another node, or ROOT. */
  up: Node | undefined = undefined;
  kids: Set<Node> | undefined = undefined;
  constructor(o: object) {
    this.o = o;
  }
}
/** Stands for what always lives; frames that run hang here, too. */
const ROOT = new Node(ROOTS);

/**
 * Marks are free up to so many objects visited in all; then they may visit so many a ms of the run:
 * about 0.4 s, and 10% of the time. Objects are counted and not time, so that what a program prints
 * does not hang on what else the machine does.
 */
const FREE = 1_500_000, A_MS = 500;
/** About how many objects are visited in one ms. */
const PER_MS = 5000;
/** What a mark costs besides, in objects. */
const FIXED = 300;
/** A suspect container with more nodes below than this is looked at by the next mark only. */
export const MANY = 64;

/**
 * Armed instructions that may be looked at: at the beginning, for each new watched object, and after it
 * was used up, when so much has come together or so many ms have gone by.
 */
const CREDIT = 1_000_000, CREDIT_EACH = 300, CREDIT_AGAIN = 50_000, TIRED_MS = 100;
/** The shortest and the longest time between two looks at all watched objects, in ms. */
const SHORT = 20, LONG = 2000;

/** One that a frame's operands hold (or held): looked at again whenever that frame goes on. */
interface Held {
  n: Node;
  g: Frame;
}

export class Life {
  readonly interp: Interp;
  readonly watched: Watched;
  readonly nodes: Map<object, Node> = new Map();
  suspects: Set<Node> = new Set();
  private held: Held[] = [];
  /** The nodes below these are suspect when the frame goes on. */
  private calls: Held[] = [];
  armed = false;
  /** The start-up code has run. */
  begun = false;
  /** Over the budget: nothing is looked at until a poll. */
  quiet = false;
  credit = CREDIT;
  /** The credit is used up. */
  private tired = false;
  private tiredUntil = 0;
  private interval = SHORT;
  /** Some drop was not followed up: the next poll marks. */
  late = false;
  /** The entry frame of a native in the way. */
  private blocked: Frame | undefined;
  private blockedIn: VmThread | undefined;
  /** Nothing can be told before the next poll: another thread is inside a native. */
  private stalled = false;
  /** Frames below the Python code that finalizers run. */
  readonly open: (Frame | undefined)[] = [];
  /** What dealloc is about to end. */
  readonly dying: object[] = [];
  readonly old: Old = new Old();
  /** What the host holds, and how often. */
  readonly pins: Map<object, number> = new Map();
  /** Watched objects that the program has made since the last collection, and how many start the next one. */
  newcomers = 0;
  auto = 1;
  autoPolls = 0;
  /** gc.disable() and gc.enable(). */
  automatic = true;
  /** The gc module's collection, once that was imported. */
  collector: (() => void) | undefined = undefined;
  private busy = false;
  private spent = 0;
  private since = 0;
  private lastMark = 0;
  private nextPoll = 0;

  constructor(interp: Interp) {
    this.interp = interp;
    this.watched = watched();
    this.watched.prompt = (o) => this.isPrompt(o);
  }

  private isPrompt(o: PyObject): boolean {
    // classes are in cycles, and the library's own objects last
    if (o instanceof PyType || !this.begun || this.inLibrary()) return false;
    this.newcomers++;
    this.credit = Math.min(Math.max(this.credit, 0) + CREDIT_EACH, CREDIT);
    if (this.tired) {
      if (this.credit < CREDIT_AGAIN && performance.now() < this.tiredUntil) return false;
      this.credit = Math.max(this.credit, CREDIT_AGAIN);
      this.tired = this.quiet = false;
      // those that were there before are looked for at the next poll
      this.late = true;
    }
    if (!this.armed) {
      this.armed = true;
      if (this.since === 0) this.since = performance.now();
      arm(this.interp);
    }
    return true;
  }
  /** Is a module of the library being imported, or is it the import machinery itself? */
  private inLibrary(): boolean {
    const lib = this.interp.config.stdlibDir;
    for (let f = (cur as VmThread).frame, n = 0; f !== undefined && n < 200; f = f.back, n++) {
      const code = f.prep.code;
      if (f.ns === undefined || f.ns !== f.globals) {
        if (n < 8 && code.co_filename.toString().startsWith("<frozen ")) return true;
        continue;
      }
      if (code.co_name !== "<module>" || !code.co_filename.toString().startsWith(lib)) continue;
      if (f.globals.getStr("__name__") !== "__main__") return true;
    }
    return false;
  }

  // ---- events ------------------------------------------------------------------------------

  /** Is there anything to look at? */
  get due(): boolean {
    return this.suspects.size > 0 || this.watched.fresh.length > 0 || this.held.length > 0 || this.calls.length > 0;
  }
  /** A reference to `v` was dropped. */
  dropped(v: unknown): void {
    if (typeof v !== "object" || v === null) return;
    const n = this.nodes.get(v);
    if (n !== undefined) this.suspects.add(n);
  }
  /** `v` may have lost references that it had. */
  mutated(v: unknown): void {
    if (v === undefined) return;
    const kids = this.nodes.get(v as object)?.kids;
    if (kids === undefined) return;
    if (kids.size > MANY) this.late = true;
    else this.emptied(v);
  }
  /** As `mutated`, once the native that `f` now calls has returned. */
  passed(f: Frame, v: unknown): void {
    const n = this.nodes.get(v as object);
    if (n?.kids !== undefined) this.calls.push({ n, g: f });
  }
  /** All nodes below `v`, however many. */
  emptied(v: unknown): void {
    const kids = this.nodes.get(v as object)?.kids;
    if (kids === undefined) return;
    // lists let go from their end
    if (v instanceof PyList) { for (const k of [...kids].reverse()) this.suspects.add(k); }
    else {
      for (const k of kids) {
        this.suspects.add(k);
        // a native's own array or table
        if (!(k.o instanceof PyObject)) this.emptied(k.o);
      }
    }
  }
  /** A frame returns, or is unwound. */
  left(f: Frame): void {
    const n = this.nodes.get(f);
    if (n === undefined) return;
    if (n.up === ROOT || f.gen !== undefined) {
      if (n.kids !== undefined) { for (const k of n.kids) this.suspects.add(k); }
      this.suspects.add(n);
    }
  }
  /** A generator's frame is suspended. */
  suspended(f: Frame): void {
    const n = this.nodes.get(f);
    if (n !== undefined && n.up === ROOT) this.suspects.add(n);
  }

  /** Can a program notice the end of a watched object? One that has ended is watched no longer. */
  private matters(o: object): boolean {
    const { all } = this.watched;
    if (!all.has(o as PyObject)) return false;
    if (!(o as Ending).hasEnded?.() || hasWeakrefs(o as PyObject)) return true;
    all.delete(o as PyObject);
    return false;
  }
  /** Is it one whose end matters, or does it lead to one? */
  private leads(n: Node): boolean {
    if (this.matters(n.o)) return true;
    if (n.kids !== undefined) { for (const k of n.kids) if (this.leads(k)) return true; }
    return false;
  }
  /** Forgets a node and all below. */
  private discard(n: Node): void {
    if (n.kids !== undefined) { for (const k of [...n.kids]) this.discard(k); }
    this.detach(n);
    if (this.nodes.get(n.o) === n) this.nodes.delete(n.o);
  }

  // ---- the forest --------------------------------------------------------------------------

  private attach(n: Node, up: Node): void {
    if (n.up === up) return;
    n.up?.kids?.delete(n);
    n.up = up;
    if (up !== ROOT) (up.kids ??= new Set()).add(n);
  }
  private detach(n: Node): void {
    n.up?.kids?.delete(n);
    n.up = undefined;
  }
  private nodeOf(o: object): Node {
    let n = this.nodes.get(o);
    if (n === undefined) this.nodes.set(o, n = new Node(o));
    return n;
  }
  /** Forgets a node and those above it that lead to nothing else. */
  forget(n: Node): void {
    for (;;) {
      const up = n.up;
      this.detach(n);
      if (this.nodes.get(n.o) === n) this.nodes.delete(n.o);
      if (
        up === undefined || up === ROOT || up.kids!.size > 0 || this.watched.all.has(up.o as PyObject)
      ) return;
      n = up;
    }
  }

  /** Is the reference by which the node was found still there? `gone`: a frame that counts no more. */
  private holds(ts: VmThread, n: Node, gone: Frame | undefined): boolean {
    const up = n.up;
    if (up === undefined || up.o === gone) return false;
    if (up === ROOT) {
      const f = n.o;
      return !(f instanceof Frame) || f !== gone && runs(f);
    }
    // an ended generator's variables are gone
    if (up.o instanceof Frame && up.o.done && up.o.gen !== undefined) return false;
    if (up.o instanceof Frame && up.up === ROOT) {
      if (!runs(up.o)) return false;
      if (inOperands(ts, up.o, n.o)) return true;
      if (up.o.native !== undefined && refersTo(up.o.native, n.o)) return true;
    }
    return refersTo(up.o, n.o);
  }

  // ---- the check ---------------------------------------------------------------------------

  /**
   * Looks at what is suspect. Called between two instructions, with `f.sp` at the end of its operands.
   * `gone`: `f` is about to return its newest operand.
   */
  check(ts: VmThread, f: Frame, gone = false): void {
    if (this.busy || this.quiet) return;
    const fresh = this.watched.fresh;
    if (fresh.length > 0) {
      this.watched.fresh = [];
      for (const o of fresh) if (!this.nodes.has(o) && this.matters(o)) this.suspects.add(this.nodeOf(o));
    }
    if (this.calls.length > 0) {
      const calls = this.calls;
      this.calls = calls.filter((c) => c.g !== f && runs(c.g));
      for (const c of calls) if (c.g === f || !runs(c.g)) this.mutated(c.n.o);
    }
    if (this.held.length > 0) {
      const held = this.held;
      this.held = [];
      for (const h of held) {
        if (this.nodes.get(h.n.o) !== h.n || h.n.up?.o !== h.g) continue;
        if (h.g.native !== undefined) {
          if (h.g.native === h.n.o || refersTo(h.g.native, h.n.o)) this.held.push(h);
          else this.suspects.add(h.n);
        } else if (h.g !== f && runs(h.g)) this.held.push(h);
        else if (gone || h.g !== f) this.suspects.add(h.n);
        else if (inOperands(ts, f, h.n.o)) this.held.push(h);
        else if (!inLocals(f, h.n.o)) this.suspects.add(h.n);
      }
    }
    if (this.suspects.size === 0) return;
    if (this.stalled) return;
    if (this.blocked !== undefined && ts === this.blockedIn) {
      if (this.blocked.entry && !this.blocked.done) return;
      this.blocked = undefined;
    }
    this.busy = true;
    try {
      this.judge(ts, f, gone);
    } finally {
      this.busy = false;
    }
  }

  /** Looks at suspects another time; at too many of them with everything else. */
  private putOff(left: Node[]): void {
    for (const n of left) this.suspects.add(n);
    if (this.suspects.size > 1000) this.quiet = true;
  }
  private judge(ts: VmThread, f: Frame, gone: boolean): void {
    const list = this.suspects, broken: Node[] = [];
    this.suspects = new Set();
    const without = gone ? f : undefined;
    for (const n of list) {
      if (this.nodes.get(n.o) !== n || this.holds(ts, n, without)) continue;
      this.detach(n);
      if (this.leads(n)) broken.push(n);
      else this.discard(n);
    }
    let left = broken.filter((n) => !this.find(ts, f, n, gone));
    // frames lead nowhere by themselves
    left = left.filter((n) => {
      if (!(n.o instanceof Frame) || n.kids !== undefined && n.kids.size > 0) return true;
      this.forget(n);
      return false;
    });
    if (left.length === 0) return;
    const near = markNear(ts, f.sp, without, gone ? ts.stack[f.sp - 1] : undefined);
    left = left.filter((n) => {
      if (!near.has(n.o)) return true;
      this.chain(n.o, near);
      return false;
    });
    if (left.length === 0) return;
    if (isOpaqueBelow(ts, this.open)) {
      this.putOff(left);
      let e = ts.frame;
      while (e !== undefined && !e.entry) e = e.back;
      this.blocked = e;
      this.blockedIn = ts;
      return;
    }
    if (!this.mayMark()) {
      this.putOff(left);
      return;
    }
    const m = this.mark(ts, f.sp, without, gone ? ts.stack[f.sp - 1] : undefined);
    if (m === undefined) {
      this.putOff(left);
      this.stalled = true;
      return;
    }
    const dead: object[] = [];
    for (const n of left) {
      if (m.has(n.o)) this.chain(n.o, m);
      else dead.push(n.o);
    }
    if (without !== undefined && !m.has(f) && dead.includes(f)) {
      // its variables go with it, in their order
      const own = new Set<object>();
      children(f, (o) => own.add(o));
      for (let i = dead.length - 1; i >= 0; i--) if (own.has(dead[i])) dead.splice(i, 1);
    }
    this.end(ts, dead, m, without);
  }

  /** Forgets all dead objects of a collection. */
  buryAll(dead: readonly object[], m: Mark): void {
    for (const o of dead) this.bury(o, m, []);
  }
  /** Ends what is dead. */
  end(ts: VmThread, dead: object[], m: Mark, without?: Frame): void {
    // what was once reached by them may have been let go before
    const all = [...dead];
    for (const o of dead) this.bury(o, m, all);
    const was = this.busy;
    this.busy = false;
    if (without === undefined || without.entry) dealloc(this, ts, all, m, without);
    else {
      // finalizers are called from the frame below, as its operands end there
      const kept = ts.stack.slice(without.base, without.sp);
      ts.frame = without.back;
      try {
        dealloc(this, ts, all, m, undefined, kept[kept.length - 1]);
      } finally {
        ts.frame = without;
        for (let i = 0; i < kept.length; i++) ts.stack[without.base + i] = kept[i];
      }
    }
    this.busy = was;
  }
  /** The nodes of a dead object and of what it alone led to are forgotten. */
  private bury(o: object, m: Mark, buried: object[]): void {
    const n = this.nodes.get(o);
    if (n === undefined) return;
    const todo = [n], gone: Node[] = [], living: Node[] = [];
    for (let x = todo.pop(); x !== undefined; x = todo.pop()) {
      if (m.has(x.o)) living.push(x);
      else {
        gone.push(x);
        if (x.kids !== undefined) todo.push(...x.kids);
      }
    }
    for (const x of gone) {
      if (x !== n) buried.push(x.o);
      this.detach(x);
      this.nodes.delete(x.o);
    }
    for (const x of living) {
      this.detach(x);
      this.chain(x.o, m);
    }
  }

  /** Anchors a living object by the path that the mark found. */
  chain(o: object, m: Mark): void {
    let n = this.nodeOf(o);
    for (;;) {
      const by = m.from.get(n.o);
      if (by === undefined || by === ROOTS) {
        this.attach(n, ROOT);
        return;
      }
      const known = this.nodes.get(by), up = known ?? this.nodeOf(by), rooted = known !== undefined && isRooted(known);
      this.attach(n, up);
      if (up.o instanceof Frame && inOperandsOnly(up.o, n.o)) this.held.push({ n, g: up.o });
      if (rooted) return;
      this.detach(up);
      n = up;
    }
  }

  /** Looks for another path to a node: in the frames, or not far from them. */
  private find(ts: VmThread, f: Frame, n: Node, gone: boolean): boolean {
    const o = n.o;
    if (o instanceof Frame) {
      if (o.gen === undefined || o.gen.frame !== o || o.done || o === f && gone) return false;
      const g = this.nodes.get(o.gen) ?? new Node(o.gen);
      if (!isRooted(g)) {
        this.detach(g);
        this.nodes.set(o.gen, g);
        if (!this.find(ts, f, g, gone)) {
          if (g.kids === undefined && !this.watched.all.has(o.gen)) this.nodes.delete(o.gen);
          return false;
        }
      }
      this.attach(n, g);
      return true;
    }
    let g: Frame | undefined = f;
    if (gone) {
      g = f.back;
      if (g !== undefined && ts.stack[f.sp - 1] === o) {
        this.attach(n, this.frameNode(g));
        this.held.push({ n, g });
        return true;
      }
    }
    for (let k = 0; g !== undefined && k < 8; g = g.back, k++) {
      if (inLocals(g, o)) {
        this.attach(n, this.frameNode(g));
        return true;
      }
      if (inOperands(ts, g, o) || g.native !== undefined && refersTo(g.native, o)) {
        this.attach(n, this.frameNode(g));
        this.held.push({ n, g });
        return true;
      }
    }
    return this.near(f, n, gone);
  }
  private frameNode(f: Frame): Node {
    const n = this.nodeOf(f);
    if (!isRooted(n)) this.attach(n, ROOT);
    return n;
  }
  /** A few references away from what the frame's variables and its module's hold. */
  private near(f: Frame, n: Node, gone: boolean): boolean {
    if (!gone) {
      for (const v of f.locals) {
        if (typeof v === "object" && !(v instanceof PyType) && mayRefer(v, n.o)) {
          const up = this.nodeOf(v);
          if (up === n) continue;
          if (!isRooted(up)) this.attach(up, this.frameNode(f));
          this.attach(n, up);
          return true;
        }
      }
    }
    const sys = this.interp.sys.dict;
    if (sys instanceof PyDict && sys.vals.includes(n.o as PyObject)) {
      const up = this.nodeOf(sys);
      if (!isRooted(up)) this.attach(up, ROOT);
      this.attach(n, up);
      return true;
    }
    const d = f.globals;
    if (d instanceof PyDict && d.vals.includes(n.o as PyObject)) {
      const up = this.nodes.get(d);
      if (up !== undefined && isRooted(up)) {
        this.attach(n, up);
        return true;
      }
      if (f.ns === d && !gone) {
        const dn = this.nodeOf(d);
        this.attach(dn, this.frameNode(f));
        this.attach(n, dn);
        return true;
      }
    }
    return false;
  }

  // ---- the budget --------------------------------------------------------------------------

  private mayMark(): boolean {
    if (this.spent + this.lastMark <= FREE || this.spent <= FREE + A_MS * (performance.now() - this.since)) return true;
    this.quiet = true;
    return false;
  }
  mark(ts: VmThread, top: number, without?: Frame, result?: Value): Mark | undefined {
    const began = this.spent > FREE ? performance.now() : 0;
    const m = markAll(ts, top, this, without, result);
    if (m === undefined) return undefined;
    this.lastMark = m.from.size + FIXED;
    // big heaps take longer
    if (began > 0) this.lastMark = Math.max(this.lastMark, (performance.now() - began) * PER_MS);
    this.spent += this.lastMark;
    return m;
  }

  /** At a poll of the run loop: follows up what was put off. */
  poll(ts: VmThread): void {
    this.stalled = false;
    if (!this.armed && !this.tired || this.busy) return;
    const f = ts.frame;
    if (f === undefined) return;
    if (this.tired) return this.doze(ts);
    if (!this.quiet && !this.late) {
      if (this.nodes.size === 0 && this.watched.fresh.length === 0 && this.suspects.size === 0) this.rest();
      return;
    }
    const now = performance.now();
    if (now < this.nextPoll) return;
    this.nextPoll = now + 1;
    if (isOpaqueBelow(ts, this.open)) return;
    this.quiet = false;
    if (!this.mayMark()) return;
    this.sweep(ts);
  }
  /** The credit is used up: code is disarmed at the next poll. */
  tire(): void {
    this.tired = this.quiet = true;
    this.tiredUntil = performance.now() + TIRED_MS;
    this.interval = SHORT;
    this.nextPoll = 0;
  }
  /** A poll of a tired one. */
  private doze(ts: VmThread): void {
    const now = performance.now();
    if (this.armed) {
      this.rest();
      this.reset();
      this.nextPoll = now + this.interval;
    }
    if (now < this.nextPoll || isOpaqueBelow(ts, this.open) || !this.mayMark()) return;
    const any = this.sweep(ts);
    if (!this.tired) return;
    this.reset();
    this.interval = any ? SHORT : Math.min(2 * this.interval, LONG);
    this.nextPoll = performance.now() + this.interval;
  }
  /** Looks at all watched objects at once. Whether any had ended. */
  sweep(ts: VmThread): boolean {
    const w = this.watched, began = performance.now(), before = this.spent, m = this.mark(ts, ts.frame?.sp ?? 0);
    if (m === undefined) return false;
    this.late = false;
    this.reset();
    const dead: object[] = [];
    this.busy = true;
    try {
      for (const o of w.all) {
        if (!m.has(o)) dead.push(o);
        else if (!(o instanceof PyType)) this.chain(o, m);
      }
      this.spent = Math.max(this.spent, before + (performance.now() - began) * PER_MS);
      this.end(ts, dead, m);
    } finally {
      this.busy = false;
    }
    return dead.length > 0;
  }
  private reset(): void {
    this.watched.fresh = [];
    this.nodes.clear();
    this.suspects = new Set();
    this.held = [];
    this.calls = [];
  }
  private rest(): void {
    this.armed = false;
    disarm(this.interp);
  }
}

/** Does a node's path lead to what always lives, and not through one that was let go? */
function isRooted(n: Node): boolean {
  let x: Node | undefined = n;
  while (x !== undefined && x !== ROOT) x = x.up;
  return x === ROOT;
}
/** Does a frame run (or wait for one that it has called)? */
function runs(f: Frame): boolean {
  return !f.done && (f.gen === undefined || f.gen.state === GEN_RUNNING);
}
function inLocals(f: Frame, o: object): boolean {
  return f.locals.includes(o as PyObject);
}
function inOperands(ts: VmThread, f: Frame, o: object): boolean {
  const S = ts.stack;
  for (let i = f.base; i < f.sp; i++) if (S[i] === o) return true;
  return false;
}
function inOperandsOnly(f: Frame, o: object): boolean {
  return f.native !== undefined || runs(f) && !inLocals(f, o) && f.globals !== o && f.func !== o && f.gen !== o;
}
export function refersTo(o: object, wanted: object): boolean {
  if (o instanceof PyDict) return o.vals.includes(wanted as PyObject) || o.keys.includes(wanted as PyObject);
  let found = false;
  children(o, (v) => {
    if (v === wanted) found = true;
  });
  return found;
}
/** As refersTo, for what is quickly told. */
function mayRefer(o: PyObject, wanted: object): boolean {
  if (o instanceof PyGenerator || o instanceof PyBaseException) return false;
  const items = (o as { items?: unknown[] }).items ?? (o as { slots?: unknown[] }).slots ??
    (o as { vals?: unknown[] }).vals;
  if (Array.isArray(items)) {
    if (items.length <= 64) return items.includes(wanted);
    return items[items.length - 1] === wanted || items[0] === wanted;
  }
  return (o as { v?: unknown }).v === wanted;
}

/** The Interpreter's Life. */
export function life(): Life {
  const i = cur.interp as Interp;
  return i.life;
}
