// CPython 3.14: Objects/frameobject.c
//
// What Python sees of frames, and `f_locals` of a function's frame: a mapping that reads and writes
// the fast locals themselves (PEP 667). Keys that are no local variables go to a dict of the frame's.

import {
  builtinType,
  EQ,
  frameType,
  type KwNames,
  M_NOSIG,
  M_VECTOR,
  type MethodDef,
  NE,
  None,
  NotImplemented,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  PyWideStr,
  setSpec,
  TF_MAPPING,
  typeName,
  type Value,
} from "../../core/objects/object.ts";
import {
  attributeError,
  keyError,
  newErrorArgs,
  runtimeError,
  typeError,
  valueError,
} from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import { equals, getIter, hash, reprStr, richCompare, strValue } from "../../core/objects/abstract.ts";
import { nameValue, utf16 } from "../../core/objects/names.ts";
import { addressOf } from "../../core/objects/native_call.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { joinStrs, reprEnter, reprLeave } from "../../core/objects/repr_guard.ts";
import { CO_OPTIMIZED } from "../../core/code/code.ts";
import { Frame, type FrameExtra } from "./frame.ts";
import { hasHiddenLocals, localIndex, localValue, setLocal } from "./frame_locals.ts";
import { GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED } from "./generator.ts";
import { finish } from "./gen_ops.ts";
import type { VmThread } from "./thread.ts";
import { cur } from "../../core/objects/state.ts";
import { lineOf } from "./traceback_type.ts";
import { visible } from "../interpreter.ts";
import { setLine } from "../monitoring/jump.ts";
import { setOpcodeTrace } from "../monitoring/legacy.ts";

// ---- FrameLocalsProxy -----------------------------------------------------------------------

const proxyType: PyType = builtinType("FrameLocalsProxy", undefined, true);

class PyFrameLocals extends PyObject {
  constructor(readonly frame: Frame) {
    super(proxyType);
  }
}

function extraOf(f: Frame): FrameExtra {
  return f.extra ??= {};
}
function extraLocals(f: Frame): PyDict | undefined {
  return f.extra?.extraLocals as PyDict | undefined;
}
/** The fast local that a key names, or -1. */
function indexOf(f: Frame, key: Value): number {
  if (typeof key === "string" || key instanceof PyWideStr) return localIndex(f, utf16(key));
  // anything that compares and hashes like the name
  const lo = hash(key), hi = cur.hashHi;
  const names = f.prep.code.co_localsplusnames;
  for (let i = 0; i < names.length; i++) {
    const name = nameValue(names[i]);
    if (hash(name) === lo && cur.hashHi === hi && equals(name, key)) return i;
  }
  return -1;
}

/** Bound locals, then the extra ones. */
function* entries(f: Frame): Generator<[Value, Value]> {
  const names = f.prep.code.co_localsplusnames;
  for (let i = 0; i < names.length; i++) {
    const v = localValue(f, i);
    if (v !== undefined) yield [nameValue(names[i]), v];
  }
  const x = extraLocals(f);
  if (x !== undefined) { for (const [k, v] of x.entries()) yield [k, v]; }
}
function toDict(f: Frame): PyDict {
  const d = new PyDict();
  for (const [k, v] of entries(f)) d.set(k, v);
  return d;
}
function keysOf(f: Frame): Value[] {
  return [...entries(f)].map((e) => e[0]);
}

function lookup(f: Frame, key: Value): Value | undefined {
  const i = indexOf(f, key);
  if (i >= 0) {
    const v = localValue(f, i);
    if (v !== undefined) return v;
  }
  return extraLocals(f)?.get(key);
}
function store(f: Frame, key: Value, v: Value): void {
  const i = indexOf(f, key);
  if (i >= 0) setLocal(f, i, v);
  else ((extraOf(f).extraLocals ??= new PyDict()) as PyDict).set(key, v);
}
function remove(f: Frame, key: Value): Value | undefined {
  if (indexOf(f, key) >= 0) {
    throw valueError("cannot remove local variables from FrameLocalsProxy");
  }
  return extraLocals(f)?.delete(key);
}

/** The entries of a dict or of another proxy; undefined for anything else. */
function entriesOf(v: Value): [Value, Value][] | undefined {
  if (v instanceof PyFrameLocals) return [...entries(v.frame)];
  if (v instanceof PyDict) return [...v.entries()];
  return undefined;
}
function merged(a: Value, b: Value): Value {
  const x = entriesOf(a), y = entriesOf(b);
  if (x === undefined || y === undefined) return NotImplemented;
  const d = new PyDict();
  for (const [k, v] of x) d.set(k, v);
  for (const [k, v] of y) d.set(k, v);
  return d;
}
function update(p: PyFrameLocals, other: Value): Value {
  const es = entriesOf(other);
  if (es === undefined) {
    throw typeError(
      "update() argument must be dict or another FrameLocalsProxy",
    );
  }
  for (const [k, v] of es) store(p.frame, k, v);
  return None;
}

const method = (
  sig: string,
  fn: MethodDef[2],
  flags = 0,
): MethodDef => [sig, "", fn, flags];
/** Arguments of a method that says how many it takes in words of its own. */
const oneOrTwo = (name: string, fn: MethodDef[2]): MethodDef[2] => (p: PyFrameLocals, args: Value[], kw?: KwNames) => {
  if (kw !== undefined && kw.length > 0) throw typeError(`FrameLocalsProxy.${name}() takes no keyword arguments`);
  if (args.length < 1 || args.length > 2) throw typeError(`${name} expected 1 or 2 arguments`);
  return fn(p, ...args);
};
function subscript(p: PyFrameLocals, key: Value): Value {
  const v = lookup(p.frame, key);
  if (v === undefined) {
    throw newErrorArgs(E.KeyError, [joinStrs(["local variable '", reprStr(key), "' is not defined"])]);
  }
  return v;
}
function setDefault(p: PyFrameLocals, key: Value, dflt: Value = None): Value {
  const v = lookup(p.frame, key);
  if (v !== undefined) return v;
  store(p.frame, key, dflt);
  return dflt;
}
function pop(p: PyFrameLocals, key: Value, dflt?: Value): Value {
  const v = remove(p.frame, key) ?? dflt;
  if (v === undefined) throw keyError(key);
  return v;
}

proxyType.flags |= TF_MAPPING;
setSpec(proxyType, {
  unhashable: true,
  slots: {
    tp_new: (_t, args, kw?: KwNames) => {
      if (kw !== undefined && kw.length > 0) {
        throw typeError("FrameLocalsProxy takes no keyword arguments");
      }
      if (args.length !== 1) {
        throw typeError(
          `FrameLocalsProxy expected 1 argument, got ${args.length}`,
        );
      }
      if (!(args[0] instanceof Frame)) {
        throw typeError(`expect frame, not ${typeName(args[0])}`);
      }
      return new PyFrameLocals(args[0]);
    },
    tp_repr: (self) => {
      const p = self as PyFrameLocals;
      if (reprEnter(p.frame)) return "{...}";
      try {
        return reprStr(toDict(p.frame));
      } finally {
        reprLeave(p.frame);
      }
    },
    tp_richcompare: (a, b, op) => {
      const f = (a as PyFrameLocals).frame;
      if (op !== EQ && op !== NE) return NotImplemented;
      if (b instanceof PyFrameLocals) return (f === b.frame) === (op === EQ);
      return b instanceof PyDict ? richCompare(toDict(f), b, op) : NotImplemented;
    },
    tp_iter: (self) => getIter(new PyList(keysOf((self as PyFrameLocals).frame))),
    nb_or: merged,
    nb_inplace_or: (self, other) => {
      if (entriesOf(other) === undefined) return NotImplemented;
      update(self as PyFrameLocals, other);
      return self;
    },
    mp_length: (self) => keysOf((self as PyFrameLocals).frame).length,
    mp_subscript: (self, key) => subscript(self as PyFrameLocals, key),
    mp_ass_subscript: (self, key, v) => {
      const f = (self as PyFrameLocals).frame;
      if (v !== undefined) store(f, key, v);
      else if (remove(f, key) === undefined) throw keyError(key);
    },
    sq_contains: (self, key) => lookup((self as PyFrameLocals).frame, key) !== undefined,
  },
  methods: {
    __reversed__: method(
      "",
      (p: PyFrameLocals) => new PyList(keysOf(p.frame).reverse()),
    ),
    copy: method("", (p: PyFrameLocals) => toDict(p.frame)),
    keys: method("", (p: PyFrameLocals) => new PyList(keysOf(p.frame))),
    values: method(
      "",
      (p: PyFrameLocals) => new PyList([...entries(p.frame)].map((e) => e[1])),
    ),
    items: method(
      "",
      (p: PyFrameLocals) => new PyList([...entries(p.frame)].map((e) => new PyTuple(e))),
    ),
    __contains__: method("object, /", (p: PyFrameLocals, key: Value) => lookup(p.frame, key) !== undefined),
    __getitem__: method("object, /", subscript),
    update: method("object, /", update),
    get: method(
      "*args",
      oneOrTwo("get", (p: PyFrameLocals, key: Value, dflt: Value = None) => lookup(p.frame, key) ?? dflt),
      M_NOSIG | M_VECTOR,
    ),
    pop: method("key, default=None, /", pop, M_NOSIG),
    setdefault: method("*args", oneOrTwo("setdefault", setDefault), M_NOSIG | M_VECTOR),
  },
});

/** `frame.f_locals`. */
export function frameLocalsObject(f: Frame): Value {
  if ((f.prep.code.co_flags & CO_OPTIMIZED) === 0 && !hasHiddenLocals(f)) return f.ns ?? f.globals;
  return new PyFrameLocals(f);
}

// ---- frames ---------------------------------------------------------------------------------

/** `f_lineno`: the line of the instruction that runs, or null. */
export function frameLine(f: Frame): number | null {
  return lineOf(f, f.pc);
}

function noDelete(f: Frame, name: string): PyObject {
  return attributeError(`attribute '${name}' of 'frame' objects cannot be deleted`, f, name);
}
function clear(f: Frame): Value {
  const g = f.gen;
  if (g !== undefined && g.frame === f) {
    if (g.state === GEN_RUNNING) {
      throw runtimeError("cannot clear an executing frame");
    }
    if (g.state === GEN_SUSPENDED) {
      throw runtimeError("cannot clear a suspended frame");
    }
    if (g.state === GEN_CREATED) finish(cur as VmThread, g);
  } else if (!f.done && g === undefined) {
    throw runtimeError("cannot clear an executing frame");
  }
  f.done = true;
  f.locals.fill(undefined);
  if (f.extra !== undefined) f.extra.extraLocals = f.extra.trace = undefined;
  return None;
}

function boolAttr(v: Value | undefined): boolean {
  if (typeof v !== "boolean") {
    throw typeError("attribute value type must be bool");
  }
  return v;
}

/** A suspended generator's frame stands behind its yield. */
function lasti(f: Frame): number {
  const waits = f.gen !== undefined && f.gen.state <= GEN_SUSPENDED && f.gen.frame === f;
  return 2 * (waits ? f.pc + 1 : f.pc);
}

setSpec(frameType, {
  slots: {
    tp_repr: (self) => {
      const f = self as Frame, c = f.prep.code;
      return joinStrs([
        `<frame at ${addressOf(f)}, file `,
        reprStr(c.co_filename),
        `, line ${frameLine(f) ?? "None"}, code `,
        strValue(nameValue(c.co_name)),
        ">",
      ]);
    },
  },
  methods: {
    clear: ["", "Clear all references held by the frame.", clear],
    __sizeof__: [
      "",
      "Return the size of the frame in memory, in bytes.",
      (f: Frame) => 112 + 8 * f.locals.length,
    ],
  },
  members: {
    f_trace_lines: [
      (f: Frame) => f.extra?.traceLines ?? true,
      (f: Frame, v) => {
        if (v === undefined) throw typeError("can't delete numeric/char attribute");
        extraOf(f).traceLines = boolAttr(v);
      },
    ],
  },
  getset: {
    f_back: [(f: Frame) => visible(f.back) ?? None],
    f_locals: [
      frameLocalsObject,
      undefined,
      "Return the mapping used by the frame to look up local variables.",
    ],
    f_lineno: [
      (f: Frame) => frameLine(f) ?? None,
      setLine,
      "Return the current line number in the frame.",
    ],
    f_trace: [(f: Frame) => f.extra?.trace ?? None, (f: Frame, v) => {
      const x = extraOf(f), old = x.trace;
      x.trace = v === None ? undefined : v;
      if (x.trace !== undefined && x.trace !== old && x.traceOpcodes) setOpcodeTrace(f, true);
    }, "Return the trace function for this frame, or None."],
    f_lasti: [
      lasti,
      undefined,
      "Return the index of the last attempted instruction in the frame.",
    ],
    f_globals: [
      (f: Frame) => f.globals,
      undefined,
      "Return the global variables in the frame.",
    ],
    f_builtins: [
      (f: Frame) => f.builtins,
      undefined,
      "Return the built-in variables in the frame.",
    ],
    f_code: [
      (f: Frame) => f.prep.code,
      undefined,
      "Return the code object being executed in this frame.",
    ],
    f_trace_opcodes: [
      (f: Frame) => f.extra?.traceOpcodes ?? false,
      (f: Frame, v) => {
        if (v === undefined) throw noDelete(f, "f_trace_opcodes");
        const x = extraOf(f), on = x.traceOpcodes = boolAttr(v);
        if (!on) setOpcodeTrace(f, false);
        else if (x.trace !== undefined) setOpcodeTrace(f, true);
      },
      "Return True if opcode tracing is enabled, False otherwise.",
    ],
    f_generator: [
      (f: Frame) => f.gen !== undefined && f.gen.frame === f ? f.gen : None,
      undefined,
      "Return the generator or coroutine associated with this frame, or None.",
    ],
  },
});
