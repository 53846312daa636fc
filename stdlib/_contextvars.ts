// CPython 3.14: Python/context.c, Modules/_contextvarsmodule.c
//
// A Context is a map from ContextVar to value. Copies share the map: whoever is about to write to a
// shared one clones it first, so a copy costs nothing and `set` costs a clone only after a copy.
// The current Context hangs off the thread (ThreadState.context) and is made on first use;
// `Context.run` makes another one current while its callable runs, and is frame-pushing.

import {
  builtinType,
  EQ,
  type KwNames,
  M_CLASS,
  M_NOSIG,
  M_PUSH,
  M_VECTOR,
  NE,
  None,
  NotImplemented,
  PyBaseException,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  type Str,
  type Value,
} from "../core/objects/object.ts";
import { keyError, newErrorArgs, runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { equals, hash, isStr, reprStr } from "../core/objects/abstract.ts";
import { CallRequest, cur, NativeState } from "../core/objects/state.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import { idOf } from "../core/objects/identity.ts";
import { strConcatAll } from "../core/objects/str_ops.ts";
import { utf16 } from "../core/objects/names.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

export const contextType: PyType = builtinType("_contextvars.Context", undefined, true);
export const contextVarType: PyType = builtinType("_contextvars.ContextVar", undefined, true);
export const tokenType: PyType = builtinType("_contextvars.Token", undefined, true);
const missingType: PyType = builtinType("Token.MISSING", undefined, true);
const keysType: PyType = builtinType("keys", undefined, true);
const valuesType: PyType = builtinType("values", undefined, true);
const itemsType: PyType = builtinType("items", undefined, true);

/** A context variable. */
export class PyContextVar extends PyObject {
  readonly name: Value;
  readonly dflt: Value | undefined;
  constructor(name: Value, dflt?: Value) {
    super(contextVarType);
    this.name = name;
    this.dflt = dflt;
  }
}

/** A context. */
export class PyContext extends PyObject {
  vars: Map<PyContextVar, Value>;
  /** Another context may use `vars` too. */
  shared: boolean;
  entered = false;
  /** What was current before this one was entered. */
  previous: PyContext | undefined = undefined;
  constructor(vars: Map<PyContextVar, Value>, shared: boolean) {
    super(contextType);
    this.vars = vars;
    this.shared = shared;
  }
  /** The map, no longer shared with anybody. */
  own(): Map<PyContextVar, Value> {
    if (this.shared) {
      this.vars = new Map(this.vars);
      this.shared = false;
    }
    return this.vars;
  }
  copy(): PyContext {
    this.shared = true;
    return new PyContext(this.vars, true);
  }
}

class PyToken extends PyObject {
  readonly ctx: PyContext;
  readonly variable: PyContextVar;
  readonly old: Value | undefined;
  used = false;
  constructor(ctx: PyContext, variable: PyContextVar, old: Value | undefined) {
    super(tokenType);
    this.ctx = ctx;
    this.variable = variable;
    this.old = old;
  }
}
const MISSING: PyObject = new PyObject(missingType);

/** The running thread's context. */
export function currentContext(): PyContext {
  return (cur.context ??= new PyContext(new Map(), false)) as PyContext;
}
/** A copy of the running thread's context (PyContext_CopyCurrent). */
export function copyContext(): PyContext {
  return currentContext().copy();
}
/** Makes a context current. */
export function enterContext(ctx: PyContext): void {
  if (ctx.entered) throw runtimeError(`cannot enter context: ${utf16(reprStr(ctx))} is already entered`);
  ctx.previous = cur.context as PyContext | undefined;
  ctx.entered = true;
  cur.context = ctx;
}
/** Makes the context before this one current again. */
export function exitContext(ctx: PyContext): void {
  if (!ctx.entered) throw runtimeError(`cannot exit context: ${utf16(reprStr(ctx))} has not been entered`);
  if (cur.context !== ctx) {
    throw runtimeError("cannot exit context: thread state references a different context object");
  }
  cur.context = ctx.previous;
  ctx.previous = undefined;
  ctx.entered = false;
}

class RunState extends NativeState {
  readonly ctx: PyContext;
  constructor(ctx: PyContext) {
    super();
    this.ctx = ctx;
  }
  resume(result: Value): Value {
    exitContext(this.ctx);
    return result;
  }
  override raised(exc: PyBaseException): Value {
    exitContext(this.ctx);
    throw exc;
  }
}

function contextRun(self: PyContext, args: Value[], kwnames?: KwNames): CallRequest {
  if (args.length - (kwnames?.length ?? 0) < 1) throw typeError("run() missing 1 required positional argument");
  enterContext(self);
  return new CallRequest(args[0], args.slice(1), kwnames, new RunState(self));
}

function checkVar(key: Value): PyContextVar {
  if (!(key instanceof PyContextVar)) throw typeError(`a ContextVar key was expected, got ${utf16(reprStr(key))}`);
  return key;
}

function contextsEqual(a: PyContext, b: PyContext): boolean {
  if (a.vars === b.vars) return true;
  if (a.vars.size !== b.vars.size) return false;
  for (const [k, v] of [...a.vars]) {
    const w = b.vars.get(k);
    if (w === undefined || !equals(v, w)) return false;
  }
  return true;
}

/** keys(), values() and items() are iterators over the variables there were. */
class ContextIter extends PyObject {
  readonly it: Iterator<Value>;
  constructor(cls: PyType, it: Iterator<Value>) {
    super(cls);
    this.it = it;
  }
}
for (const t of [keysType, valuesType, itemsType]) {
  setSpec(t, {
    slots: {
      tp_iter: (s) => s,
      tp_iternext: (s) => {
        const r = (s as ContextIter).it.next();
        return r.done ? undefined : r.value;
      },
    },
  });
}
function keysOf(c: PyContext): Value {
  c.shared = true;
  return new ContextIter(keysType, c.vars.keys());
}
function* pairs(m: Map<PyContextVar, Value>): Iterator<Value> {
  for (const [k, v] of m) yield new PyTuple([k, v]);
}

setSpec(contextType, {
  doc: "A mapping of context variables to their values, in which a callable can be run.",
  unhashable: true,
  slots: {
    tp_new: (_t, args) => {
      if (args.length > 0) throw typeError("Context() does not accept any arguments");
      return new PyContext(new Map(), false);
    },
    tp_richcompare: (a, b, op) => {
      if (!(a instanceof PyContext) || !(b instanceof PyContext) || (op !== EQ && op !== NE)) return NotImplemented;
      return contextsEqual(a, b) === (op === EQ);
    },
    tp_iter: (s) => keysOf(s as PyContext),
    mp_length: (s) => (s as PyContext).vars.size,
    mp_subscript: (s, k) => {
      const v = (s as PyContext).vars.get(checkVar(k));
      if (v === undefined) throw keyError(k);
      return v;
    },
    sq_contains: (s, k) => (s as PyContext).vars.has(checkVar(k)),
  },
  methods: {
    get: [
      "key, default=None, /",
      "The value of a variable in this context, or the default.",
      (s: PyContext, k: Value, d: Value = None) => s.vars.get(checkVar(k)) ?? d,
    ],
    items: ["", "All variables with their values.", (s: PyContext) => {
      s.shared = true;
      return new ContextIter(itemsType, pairs(s.vars));
    }],
    keys: ["", "All variables.", keysOf],
    values: ["", "The values of all variables.", (s: PyContext) => {
      s.shared = true;
      return new ContextIter(valuesType, s.vars.values());
    }],
    copy: ["", "A copy that changes independently.", (s: PyContext) => s.copy()],
    run: ["", "Calls a callable with this context as the current one.", contextRun, M_PUSH | M_VECTOR | M_NOSIG],
  },
});

function varNew(_t: PyType, args: Value[], kwnames?: KwNames): Value {
  const n = args.length - (kwnames?.length ?? 0);
  if (n === 0) throw typeError("ContextVar() takes exactly 1 positional argument (0 given)");
  if (n > 1) throw typeError(`ContextVar() takes at most 1 positional argument (${n} given)`);
  let dflt: Value | undefined;
  kwnames?.forEach((k, i) => {
    if (k !== "default") throw typeError(`ContextVar() got an unexpected keyword argument '${k}'`);
    dflt = args[n + i];
  });
  if (!isStr(args[0])) throw typeError("context variable name must be a str");
  hash(args[0]); // part of the variable's own hash
  return new PyContextVar(args[0], dflt);
}

function at(o: Value): string {
  return ` at 0x${idOf(o).toString(16)}>`;
}
function varRepr(v: PyContextVar): Str {
  const d: Str = v.dflt === undefined ? "" : strConcatAll(" default=", reprStr(v.dflt));
  return strConcatAll("<ContextVar name=", reprStr(v.name), d, at(v));
}

/** The value of a variable: the context's, else `dflt`, else its own default; undefined: none. */
export function contextVarGet(v: PyContextVar, dflt?: Value): Value | undefined {
  const c = cur.context as PyContext | undefined;
  return c?.vars.get(v) ?? dflt ?? v.dflt;
}
/** Sets a variable for good. */
export function contextVarSet(v: PyContextVar, value: Value): void {
  currentContext().own().set(v, value);
}
function varSet(v: PyContextVar, value: Value): PyToken {
  const c = currentContext();
  const old = c.vars.get(v);
  c.own().set(v, value);
  return new PyToken(c, v, old);
}
function varReset(v: PyContextVar, t: Value): Value {
  if (!(t instanceof PyToken)) throw typeError(`expected an instance of Token, got ${utf16(reprStr(t))}`);
  if (t.used) throw runtimeError(`${utf16(reprStr(t))} has already been used once`);
  if (t.variable !== v) throw valueError(`${utf16(reprStr(t))} was created by a different ContextVar`);
  const c = currentContext();
  if (t.ctx !== c) throw valueError(`${utf16(reprStr(t))} was created in a different Context`);
  t.used = true;
  if (t.old === undefined) c.own().delete(v);
  else c.own().set(v, t.old);
  return None;
}

setSpec(contextVarType, {
  doc: "A variable whose value belongs to the current context.",
  slots: { tp_new: varNew, tp_repr: (v) => varRepr(v as PyContextVar) },
  members: { name: (v: PyContextVar) => v.name },
  methods: {
    get: [
      "default=<unrepresentable>, /",
      "The value in the current context, or the default given here or to the constructor.",
      (v: PyContextVar, d?: Value) => {
        const r = contextVarGet(v, d);
        if (r === undefined) throw newErrorArgs(X.LookupError, [v]);
        return r;
      },
    ],
    set: ["value, /", "Sets the value in the current context; the token returned can undo it.", varSet],
    reset: ["token, /", "Gives the variable the value it had before the `set` that made the token.", varReset],
    __class_getitem__: ["object, /", "See PEP 585", (t: Value, x: Value) => genericAlias(t, x), M_CLASS],
  },
});

setSpec(missingType, { slots: { tp_repr: () => "<Token.MISSING>" } });

setSpec(tokenType, {
  doc: "What ContextVar.set() returned: how to undo it.",
  unhashable: true,
  slots: {
    tp_new: () => {
      throw runtimeError("Tokens can only be created by ContextVars");
    },
    tp_repr: (s) => {
      const t = s as PyToken;
      return strConcatAll("<Token", t.used ? " used" : "", " var=", varRepr(t.variable), at(t));
    },
  },
  getset: {
    var: [(t: PyToken) => t.variable],
    old_value: [(t: PyToken) => t.old ?? MISSING],
  },
  methods: {
    __class_getitem__: ["object, /", "See PEP 585", (t: Value, x: Value) => genericAlias(t, x), M_CLASS],
    __enter__: ["", "Enters the block in which the value set is valid.", (t: PyToken) => t],
    __exit__: [
      "type, val, tb, /",
      "Undoes the `set` at the end of the block.",
      (t: PyToken) => varReset(t.variable, t),
    ],
  },
  attrs: { MISSING: () => MISSING },
});

export const spec: ModuleSpec = {
  name: "_contextvars",
  doc: "Context variables.",
  functions: { copy_context: ["", "A copy of the current context.", () => copyContext()] },
  types: { Context: contextType, ContextVar: contextVarType, Token: tokenType },
};
