// CPython 3.14: Modules/_lsprof.c
//
// The profiler that cProfile is made on: a tool of sys.monitoring whose callbacks keep a stack of
// running calls (`Context`) and sums for each function (`Entry`), with those of its callees in it.

import {
  builtinType,
  type KwNames,
  M_UNPACK,
  None,
  PyBaseException,
  PyFloat,
  PyList,
  PyModule,
  PyObject,
  type PyType,
  setSpec,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { runtimeError, valueError } from "../core/objects/errors.ts";
import { lookupType } from "../core/objects/attr.ts";
import { PyBuiltin, PyMethodDescr } from "../core/objects/native.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur } from "../core/objects/state.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";
import * as V from "../vm/monitoring/events.ts";
import { clearTool, monitors, registerCallback, setEvents } from "../vm/monitoring/monitors.ts";

const SUB_FIELDS = ["code", "callcount", "reccallcount", "totaltime", "inlinetime"];
const entryType = structSeqType({
  name: "_lsprof.profiler_entry",
  doc: "The sums of one function, with those of its callees.",
  fields: [...SUB_FIELDS, "calls"],
  visible: 6,
});
const subEntryType = structSeqType({
  name: "_lsprof.profiler_subentry",
  doc: "The sums of one function as called by another.",
  fields: SUB_FIELDS,
  visible: 5,
});

/** Sums of a function, or of a function as called by one other. */
class Entry {
  total = 0;
  inline = 0;
  calls = 0;
  recursiveCalls = 0;
  level = 0;
  readonly subs: Map<Entry, Entry> = new Map();
  constructor(readonly what: Value) {}
  ended(total: number, inline: number): void {
    if (--this.level === 0) this.total += total;
    else this.recursiveCalls++;
    this.inline += inline;
    this.calls++;
  }
}
interface Context {
  entry: Entry;
  start: number;
  /** Time spent in callees. */
  inner: number;
  sub: Entry | undefined;
  previous: Context | undefined;
}

const TOOL = 2;
const profilerType: PyType = builtinType("_lsprof.Profiler");
class Profiler extends PyObject {
  timer: Value | undefined;
  unit = 0;
  subcalls = true;
  builtins = true;
  enabled = false;
  /** Is the timer being called? */
  timing = false;
  entries: Map<unknown, Entry> = new Map();
  current: Context | undefined = undefined;

  now(): number {
    if (this.timer === undefined) return performance.now() / 1000;
    this.timing = true;
    try {
      const v = A.call0(this.timer);
      return this.unit > 0 ? Number(A.asSsize(v)) * this.unit : A.asDouble(v);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      cur.interp.unraisable(e, "Exception ignored while calling _lsprof timer", this.timer);
      return 0;
    } finally {
      this.timing = false;
    }
  }
  enter(key: unknown, what: () => Value): void {
    let entry = this.entries.get(key);
    if (entry === undefined) this.entries.set(key, entry = new Entry(what()));
    const previous = this.current;
    entry.level++;
    let sub: Entry | undefined;
    if (this.subcalls && previous !== undefined) {
      sub = previous.entry.subs.get(entry);
      if (sub === undefined) previous.entry.subs.set(entry, sub = new Entry(entry.what));
      sub.level++;
    }
    this.current = { entry, start: 0, inner: 0, sub, previous };
    this.current.start = this.now();
  }
  leave(): void {
    const c = this.current;
    if (c === undefined) return;
    const total = this.now() - c.start, inline = total - c.inner;
    this.current = c.previous;
    if (c.previous !== undefined) c.previous.inner += total;
    c.entry.ended(total, inline);
    c.sub?.ended(total, inline);
  }
}

/** What stands for a native in the statistics: its text. */
function nativeText(f: PyBuiltin): Value {
  const name = f.def.name, self = f.self;
  if (self instanceof PyObject && !(self instanceof PyModule)) {
    const d = lookupType(self.cls, name);
    if (d !== undefined) return A.reprStr(d);
  }
  const module = A.lookupAttr(f, "__module__");
  return module !== undefined && A.isStr(module)
    ? `<built-in method ${utf16(A.strValue(module))}.${name}>`
    : `<built-in method ${name}>`;
}
/** A native that is called, as a key and a text; undefined for anything else. */
function native(f: Value): [unknown, () => Value] | undefined {
  if (f instanceof PyBuiltin) return [f.def, () => nativeText(f)];
  if (f instanceof PyMethodDescr) return [f.def, () => A.reprStr(f)];
  return undefined;
}

// The callbacks, which are methods too.
const started = (p: Profiler, code: Value): Value => {
  p.enter(code, () => code);
  return None;
};
const ended = (p: Profiler): Value => {
  p.leave();
  return None;
};
const called = (p: Profiler, f: Value): Value => {
  const n = p.builtins ? native(f) : undefined;
  if (n !== undefined) p.enter(n[0], n[1]);
  return None;
};
const returned = (p: Profiler, f: Value): Value => p.builtins && native(f) !== undefined ? ended(p) : None;

const FRAMES = [V.PY_START, V.PY_RESUME, V.PY_THROW], ENDS = [V.PY_RETURN, V.PY_YIELD, V.PY_UNWIND];
function enable(p: Profiler, subcalls: Value = true, builtins: Value = true): Value {
  p.subcalls = A.isTrue(subcalls);
  p.builtins = A.isTrue(builtins);
  const m = monitors();
  if (m.names[TOOL] !== undefined) throw valueError(`tool ${TOOL} is already in use`);
  m.names[TOOL] = "cProfile";
  let events = 0;
  const on = (e: number, f: Parameters<typeof registerCallback>[2]): void => {
    registerCallback(TOOL, e, f);
    if (e < V.UNGROUPED) events |= 1 << e;
  };
  for (const e of FRAMES) on(e, (_ts, _f, args) => started(p, args[0]));
  for (const e of ENDS) on(e, () => ended(p));
  if (p.builtins) {
    on(V.CALL, (_ts, _f, args) => called(p, args[2]));
    for (const e of [V.C_RETURN, V.C_RAISE]) on(e, (_ts, _f, args) => returned(p, args[2]));
  }
  p.enabled = true;
  setEvents(TOOL, events);
  return None;
}
function disable(p: Profiler): Value {
  if (p.timing) throw runtimeError("cannot disable profiler in external timer");
  if (!p.enabled) return None;
  p.enabled = false;
  clearTool(TOOL);
  monitors().names[TOOL] = undefined;
  // calls that have begun and not ended
  while (p.current !== undefined) p.leave();
  return None;
}

function row(e: Entry): Value[] {
  return [e.what, e.calls, e.recursiveCalls, new PyFloat(e.total), new PyFloat(e.inline)];
}
function getStats(p: Profiler): Value {
  // a timer may ask, though not stop it
  if (!p.timing) disable(p);
  const out: Value[] = [];
  for (const e of p.entries.values()) {
    if (e.calls === 0) continue;
    const subs = [...e.subs.values()].filter((s) => s.calls > 0).map((s) => structSeq(subEntryType, row(s)));
    out.push(structSeq(entryType, [...row(e), subs.length > 0 ? new PyList(subs) : None]));
  }
  return new PyList(out);
}

function init(self: Value, args: Value[], kw?: KwNames): void {
  const p = self as Profiler, names = ["timer", "timeunit", "subcalls", "builtins"];
  const v: (Value | undefined)[] = args.slice(0, args.length - (kw?.length ?? 0));
  kw?.forEach((k, i) => v[names.indexOf(k)] = args[args.length - kw.length + i]);
  p.timer = v[0] === undefined || v[0] === None ? undefined : v[0];
  p.unit = v[1] === undefined ? 0 : A.asDouble(v[1]);
  p.subcalls = v[2] === undefined || A.isTrue(v[2]);
  p.builtins = v[3] === undefined || A.isTrue(v[3]);
}

profilerType.hasDict = false;
setSpec(profilerType, {
  allocates: true,
  doc: "A profiler, with a timer function of one's own where one is given.",
  sig: "(timer=None, timeunit=0.0, subcalls=True, builtins=True)",
  slots: {
    tp_new: (t: PyType) => new Profiler(t),
    tp_init: init,
  },
  methods: {
    enable: ["subcalls=True, builtins=True", "Starts collecting.", enable],
    disable: ["", "Stops collecting.", disable],
    clear: ["", "Forgets what was collected.", (p: Profiler) => {
      if (p.timing) throw runtimeError("cannot clear profiler in external timer");
      p.entries = new Map();
      p.current = undefined;
      return None;
    }],
    getstats: ["", "A list of profiler_entry objects.", getStats],
    _pystart_callback: ["code, instruction_offset, /", "", started, M_UNPACK],
    _pythrow_callback: ["code, instruction_offset, exception, /", "", started, M_UNPACK],
    _pyreturn_callback: ["code, instruction_offset, retval, /", "", ended, M_UNPACK],
    _ccall_callback: [
      "code, instruction_offset, callable, self_arg, /",
      "",
      (p: Profiler, _code: Value, _offset: Value, f: Value) => called(p, f),
      M_UNPACK,
    ],
    _creturn_callback: [
      "code, instruction_offset, callable, self_arg, /",
      "",
      (p: Profiler, _code: Value, _offset: Value, f: Value) => returned(p, f),
      M_UNPACK,
    ],
  },
});

export const spec: ModuleSpec = {
  name: "_lsprof",
  doc: "Fast profiler",
  types: { Profiler: profilerType, profiler_entry: entryType, profiler_subentry: subEntryType },
};
