// CPython 3.14: Python/gc.c (the generations)
//
// The library's own modules, classes and functions, and their tuples, cells, dicts and lists: most of what a mark
// would visit, and what hardly ever changes. They are walked once; what they refer to is remembered,
// and a mark only compares it with what they refer to now, and follows the references that lead to
// anything else. Such an object counts as living, whatever becomes of it; a full mark does without.

import {
  builtinFunctionType,
  cellType,
  codeType,
  dictType,
  functionType,
  listType,
  moduleType,
  PyCell,
  PyList,
  PyModule,
  PyObject,
  PyTuple,
  PyType,
  TF_HEAPTYPE,
  tupleType,
} from "../../core/objects/object.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { PyFunction } from "../../core/objects/function.ts";
import { PyGetSet, PyMethodDescr, PySlotMember } from "../../core/objects/native.ts";
import type { Interp } from "../interpreter.ts";
import { children } from "./mark.ts";

/** A dict or a list, with what it held. */
class Held {
  snap: unknown[] = [];
  /** What is not old of it. */
  young: object[] = [];
  constructor(readonly o: PyDict | PyList) {}
}

export class Old {
  readonly all: Set<object> = new Set();
  private readonly held: Held[] = [];
  private readonly functions: PyFunction[] = [];
  private readonly cells: PyCell[] = [];
  private readonly types: PyType[] = [];
  private readonly modules: PyModule[] = [];
  /** What the fields of those were, in turn. */
  private functionSnap: unknown[] = [];
  private cellSnap: unknown[] = [];
  private typeSnap: unknown[] = [];
  private moduleSnap: unknown[] = [];
  /** References to what is not old: from, to. */
  private edges: object[] = [];
  /** Namespaces of the library's modules. */
  private readonly spaces: Set<object> = new Set();
  private kver = -1;

  /** Looks for new modules of the library. */
  update(i: Interp): void {
    const { modules } = i;
    if (modules.kver === this.kver) return;
    this.kver = modules.kver;
    const lib = i.config.stdlibDir + "/", natives = new Set(i.options.nativeNames), found: PyModule[] = [];
    for (const [name, m] of (modules as PyDict).entries()) {
      if (!(m instanceof PyModule) || m.cls !== moduleType || name === "__main__" || this.all.has(m)) continue;
      const file = m.dict.getStr("__file__");
      const own = typeof file === "string"
        ? file.startsWith(lib) && !file.includes("/test/")
        : natives.has(name as string) || i.booted && !i.life.begun;
      if (own) found.push(m);
    }
    if (found.length > 0) this.take(found);
  }
  private take(found: PyModule[]): void {
    const queue: object[] = [];
    const take = (o: object): void => {
      this.all.add(o);
      queue.push(o);
    };
    for (const m of found) {
      this.spaces.add(m.dict);
      take(m);
    }
    for (let k = 0; k < queue.length; k++) {
      const o = queue[k];
      if (o instanceof PyModule) {
        this.modules.push(o);
        this.moduleSnap.push(o.dict, o.state);
      } else if (o instanceof PyFunction) {
        this.functions.push(o);
        pushFunction(this.functionSnap, o);
      } else if (o instanceof PyCell) {
        this.cells.push(o);
        this.cellSnap.push(o.v);
      } else if (o instanceof PyType) {
        this.types.push(o);
        pushType(this.typeSnap, o);
      }
      children(o, (v) => {
        if (this.all.has(v)) return;
        if (v instanceof PyObject && isStill(v) && this.isOwn(v)) take(v);
      });
    }
    for (const o of queue) {
      if (o instanceof PyDict || o instanceof PyList) {
        const n = new Held(o);
        this.refresh(n);
        this.held.push(n);
      } else this.addEdges(o);
    }
  }
  /** Is it no namespace, and no function, of somebody else's? */
  private isOwn(v: PyObject): boolean {
    if (v instanceof PyFunction) return this.spaces.has(v.globals);
    return !(v instanceof PyDict) || v.getStr("__builtins__") === undefined || this.spaces.has(v);
  }
  private addEdges(o: object): void {
    children(o, (v) => {
      if (!this.all.has(v)) this.edges.push(o, v);
    });
  }
  private refresh(n: Held): void {
    const { o } = n;
    n.snap = o instanceof PyDict ? o.vals.slice(0, o.end) : o.items.slice();
    n.young = [];
    children(o, (v) => {
      if (!this.all.has(v)) n.young.push(v);
    });
  }

  /** Tells all references from old objects to others. */
  references(add: (by: object, v: object) => void): void {
    for (const n of this.held) {
      const { o, snap } = n, vals = o instanceof PyDict ? o.vals : o.items;
      const end = o instanceof PyDict ? o.end : vals.length;
      let same = end === snap.length;
      for (let i = 0; same && i < end; i++) same = vals[i] === snap[i];
      if (!same) this.refresh(n);
      for (const v of n.young) add(o, v);
    }
    let k = 0, changed: object[] | undefined;
    const F = this.functionSnap;
    for (const f of this.functions) {
      if (
        f.defaults !== F[k] || f.kwdefaults !== F[k + 1] || f.closure !== F[k + 2] || f.annotations !== F[k + 3] ||
        f.annotate !== F[k + 4] || f.typeParams !== F[k + 5] || f.dict !== F[k + 6] || f.module !== F[k + 7] ||
        f.code !== F[k + 8]
      ) (changed ??= []).push(f);
      k += 9;
    }
    k = 0;
    for (const c of this.cells) if (c.v !== this.cellSnap[k++]) (changed ??= []).push(c);
    k = 0;
    const T = this.typeSnap;
    for (const t of this.types) {
      if (
        t.tdict !== T[k] || t.bases !== T[k + 1] || t.mro !== T[k + 2] || t.typeParams !== T[k + 3] ||
        t.annotations !== T[k + 4] || t.cls !== T[k + 5]
      ) (changed ??= []).push(t);
      k += 6;
    }
    k = 0;
    for (const m of this.modules) {
      if (m.dict !== this.moduleSnap[k] || m.state !== this.moduleSnap[k + 1]) (changed ??= []).push(m);
      k += 2;
    }
    if (changed !== undefined) this.changed(changed);
    const E = this.edges;
    for (let i = 0; i < E.length; i += 2) add(E[i], E[i + 1]);
  }
  private changed(list: object[]): void {
    const set = new Set(list), E = this.edges;
    let n = 0;
    for (let i = 0; i < E.length; i += 2) {
      if (set.has(E[i])) continue;
      E[n++] = E[i];
      E[n++] = E[i + 1];
    }
    E.length = n;
    for (const o of list) this.addEdges(o);
    this.functionSnap = [];
    for (const f of this.functions) pushFunction(this.functionSnap, f);
    this.cellSnap = this.cells.map((c) => c.v);
    this.typeSnap = [];
    for (const t of this.types) pushType(this.typeSnap, t);
    this.moduleSnap = this.modules.flatMap((m) => [m.dict, m.state]);
  }
}
function pushFunction(s: unknown[], f: PyFunction): void {
  s.push(
    f.defaults,
    f.kwdefaults,
    f.closure,
    f.annotations,
    f.annotate,
    f.typeParams,
    f.dict,
    f.module,
    f.code,
  );
}
function pushType(s: unknown[], t: PyType): void {
  s.push(t.tdict, t.bases, t.mro, t.typeParams, t.annotations, t.cls);
}

/** Is it of a kind whose references can be compared, or that has none? */
function isStill(o: PyObject): boolean {
  if (o instanceof PyType) return (o.flags & TF_HEAPTYPE) !== 0;
  const t = o.cls;
  return t === functionType || t === cellType || t === tupleType && o instanceof PyTuple || t === codeType ||
    t === dictType ||
    t === listType ||
    t === builtinFunctionType || o instanceof PyGetSet || o instanceof PySlotMember || o instanceof PyMethodDescr;
}
