// CPython 3.14: Objects/call.c, Python/ceval.c (frames), Objects/typeobject.c (type_call)
//
// Calls as the run loop makes them: `start` turns any call into a frame to run, or makes it at once
// (then the result is in `ts.ret`). Natives that push frames (M_PUSH) wait in a frame of their own,
// whose `native` gets the result.

import {
  boolType,
  builtinFunctionType,
  bytesType,
  isSubtype,
  type KwNames,
  methodDescriptorType,
  None,
  NotImplemented,
  objectType,
  type PyBaseException,
  PyBytes,
  PyList,
  PyType,
  strType,
  TF_ABSTRACT,
  typeOf,
  type Value,
} from "../../core/objects/object.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { PyFunction, PyMethod } from "../../core/objects/function.ts";
import { builtinQualname, callNative, PyBuiltin, PyMethodDescr } from "../../core/objects/native.ts";
import { recursionError, typeError } from "../../core/objects/errors.ts";
import { BINARY_OPS, call, isStr, isTrue, richCompareAfter } from "../../core/objects/abstract.ts";
import { lookupType } from "../../core/objects/attr.ts";
import { currentDef } from "../../core/objects/leaving.ts";
import { watchInstance } from "../../core/objects/watch.ts";
import { CallRequest, cur, NativeState } from "../../core/objects/state.ts";
import { binaryAfter, initDyn, newDyn } from "../../core/objects/slotdefs.ts";
import { typeCall } from "../../core/objects/type.ts";
import { Checked, type Early, earlySpecial, pythonSpecial } from "../../core/objects/early.ts";
import { reversedType } from "../../core/objects/reversed.ts";
import { checkReceiver } from "../../core/objects/native_call.ts";
import { callPushing, type PyPushCallable } from "../../core/objects/push_call.ts";
import {
  D_BINARY,
  D_BOOL,
  D_COMPARE,
  D_CONTAINS,
  D_DROP,
  D_FOR_END,
  D_INIT,
  D_ITER,
  D_NATIVE,
  D_NEXT,
  D_PUSH,
  D_TRUTH,
  Frame,
} from "./frame.ts";
import { LENGTH, Prep } from "./prepare.ts";
import { bindArguments } from "./bind.ts";
import { newLocals } from "./arrays.ts";
import type { VmThread } from "./thread.ts";
import type { Interp } from "../interpreter.ts";
import { addTraceback, asException, type PyTraceback } from "./unwind.ts";
import { CO_OPTIMIZED, PyCode } from "../../core/code/code.ts";
import { ResumeGenerator, resumeRequest } from "./gen_ops.ts";
import { bodyFrame, BodyRequest } from "./body.ts";
import { register } from "../monitoring/instrument.ts";

export { methodDescriptorType, newLocals, TF_ABSTRACT };

/** Refills the fuel and polls the breaker; `ts.frame` is between two instructions. */
export function poll(ts: VmThread): void {
  const { life } = cur.interp as Interp;
  if (life.armed) life.poll(ts);
  pollLimits(ts);
}
/** As poll, in the middle of an instruction. */
export function pollLimits(ts: VmThread): void {
  ts.vm.poll();
  const threads = (cur.interp as Interp).scheduler;
  if (threads !== undefined) threads.poll(ts);
}

/** Prepared code of a code object in this Interpreter. */
export function prepare(code: PyCode): Prep {
  const m = cur.interp.store;
  let w = m.get(prepare) as WeakMap<PyCode, Prep> | undefined;
  if (w === undefined) m.set(prepare, w = new WeakMap());
  let p = w.get(code);
  if (p === undefined) {
    w.set(code, p = new Prep(code));
    register(p);
  }
  return p;
}
/** Prepared code, where the code object has run in this Interpreter. */
export function prepared(code: PyCode): Prep | undefined {
  return (cur.interp.store.get(prepare) as WeakMap<PyCode, Prep> | undefined)?.get(code);
}
/** Prepared code of a function. */
export function prepOf(fn: PyFunction): Prep {
  return (fn.prep ??= prepare(fn.code)) as Prep;
}

function tooDeep(ts: VmThread): void {
  if (ts.depth >= ts.recursionLimit + ts.overflowRoom) throw recursionError("maximum recursion depth exceeded");
}

/** The frame of a call of `fn` with bound locals. */
export function pushFrame(ts: VmThread, fn: PyFunction, locals: (Value | undefined)[], back: Frame | undefined): Frame {
  if (++ts.depth > ts.recursionLimit) {
    ts.depth--;
    tooDeep(ts);
    ts.depth++;
  }
  const p = prepOf(fn);
  const ns = (p.code.co_flags & CO_OPTIMIZED) !== 0 ? undefined : fn.globals;
  return new Frame(p, fn, fn.globals, fn.builtins, locals, ns, back);
}

/** Do the defaults of `fn`, which has `argc` plain parameters, make up for all but `n` arguments? */
export function defaultsCover(fn: PyFunction, n: number, argc: number): boolean {
  const d = fn.defaults;
  return d !== undefined && n + d.items.length >= argc;
}
/** Sets the parameters from the n-th on to their defaults. */
export function fillDefaults(l: (Value | undefined)[], fn: PyFunction, n: number, argc: number): void {
  const d = fn.defaults!.items, shift = argc - d.length;
  for (let i = n; i < argc; i++) l[i] = d[i - shift];
}

/** The frame of a call whose arguments are `S[start .. start + n - 1]`. */
export function pushStack(
  ts: VmThread,
  fn: PyFunction,
  S: readonly (Value | undefined)[],
  start: number,
  n: number,
  back: Frame,
): Frame {
  const p = prepOf(fn);
  return pushFrame(
    ts,
    fn,
    p.exact === n ? newLocals(S, start, n, p.nlocals) : bindArguments(fn, p, S, start, n, undefined),
    back,
  );
}

/** The frame of a call from a native. */
export function pushCall(ts: VmThread, fn: PyFunction, args: Value[], kw: KwNames | undefined): Frame {
  return pushFrame(ts, fn, bindArguments(fn, prepOf(fn), args, 0, args.length, kw), ts.frame);
}

/** The frame of a call with an array of positional arguments. */
export function pushFunction(ts: VmThread, fn: PyFunction, args: Value[], back: Frame | undefined): Frame {
  return pushFrame(ts, fn, bindArguments(fn, prepOf(fn), args, 0, args.length, undefined), back);
}

export { pythonSpecial };

// ---- any call -------------------------------------------------------------------------------

/** Waits for `__new__`, then runs `__init__`. */
class AfterNew extends NativeState {
  constructor(readonly type: PyType, readonly args: Value[], readonly kwnames: KwNames | undefined) {
    super();
  }
  resume(o: Value): Value | CallRequest {
    const t = typeOf(o);
    if (t !== this.type && !isSubtype(t, this.type)) return o;
    return initialise(o, t, this.args, this.kwnames);
  }
}
/** Waits for `__init__`; the result is the instance. */
class AfterInit extends NativeState {
  constructor(readonly instance: Value) {
    super();
  }
  resume(r: Value): Value {
    if (r !== None) throw typeError(`__init__() should return None, not '${typeOf(r).name}'`);
    return this.instance;
  }
}
function initialise(o: Value, t: PyType, args: Value[], kw: KwNames | undefined): Value | CallRequest {
  if (t.tp_finalize !== undefined) watchInstance(o);
  if (t.tp_init === initDyn) {
    const f = lookupType(t, "__init__")!;
    if (f instanceof PyFunction) return new CallRequest(f, [o, ...args], kw, new AfterInit(o));
  }
  if (t.tp_init !== undefined) t.tp_init(o, args, kw);
  return o;
}
/** type.__call__ as a request. */
function callType(t: PyType, args: Value[], kw: KwNames | undefined): Value | CallRequest {
  if (t.tp_new === newDyn) {
    const f = lookupType(t, "__new__")!;
    const get = typeOf(f).tp_descr_get;
    const g = get === undefined ? f : get(f, undefined, t);
    if (g instanceof PyFunction) return new CallRequest(g, [t, ...args], kw, new AfterNew(t, args, kw));
  }
  if (t.tp_new === undefined || t.tp_init !== initDyn) return typeCall(t, args, kw);
  const o = t.tp_new(t, args, kw);
  const ot = typeOf(o);
  if (ot !== t && !isSubtype(ot, t)) return o;
  return initialise(o, ot, args, kw);
}

/**
 * Starts a call: a frame to go on with, or undefined with the result in `ts.ret`. `back` is the
 * frame that waits, with its `pc`, `sp` and `deliver` set.
 */
export function start(ts: VmThread, f: Value, args: Value[], kw: KwNames | undefined, back: Frame): Frame | undefined {
  for (;;) {
    if (f instanceof PyFunction) {
      const p = prepOf(f);
      return pushFrame(ts, f, bindArguments(f, p, args, 0, args.length, kw), back);
    }
    if (f instanceof PyMethod) {
      args = [f.self, ...args];
      f = f.func;
      continue;
    }
    let r: Value | CallRequest;
    const request = earlyRequest(f, args, kw);
    if (request !== undefined) return startRequest(ts, request, back);
    if (f instanceof PyBuiltin) {
      const b: PyBuiltin = f;
      r = callNative(b.def.push ? currentDef(b.def) : b.def, () => builtinQualname(b), b.self, args, kw);
      if (!b.def.push) {
        ts.ret = r as Value;
        return undefined;
      }
    } else if (f instanceof PyMethodDescr && f.def.push && args.length > 0 && f.cls === methodDescriptorType) {
      const d: PyMethodDescr = f;
      if (typeOf(args[0]) !== d.type) checkReceiver(d, args[0]);
      r = callNative(d.def, () => `${d.type.qualname}.${d.def.name}`, args[0], args.slice(1), kw);
    } else if (f instanceof PyType && f.cls.tp_call === typeCall) r = callType(f, args, kw);
    else if (typeOf(f).tp_call === callPushing) r = (f as PyPushCallable).pushCall(args, kw);
    else {
      const c = typeOf(f).flags & (1 << 9) ? lookupType(typeOf(f), "__call__") : undefined;
      if (c instanceof PyFunction) {
        args = [f, ...args];
        f = c;
        continue;
      }
      ts.ret = call(f, args, kw);
      return undefined;
    }
    return settle(ts, r, back);
  }
}

/** The call of a Python function that a native begins with (see early.ts). */
export function earlyRequest(f: Value, args: Value[], kw: KwNames | undefined): CallRequest | undefined {
  let e: Early | undefined;
  if (f instanceof PyBuiltin) {
    e = f.def.early;
    if (e !== undefined && f.cls === builtinFunctionType && f.self instanceof PyList) args = [f.self, ...args];
  } else if (f instanceof PyMethodDescr) e = f.def.early;
  else if (f instanceof PyType) e = EARLY_TYPES.get(f);
  return e === undefined ? undefined : e(args, kw);
}
/** As earlyRequest, for arguments on the operand stack. */
export function earlyStack(f: Value, S: (Value | undefined)[], i: number, n: number): CallRequest | undefined {
  if (n === 0 || n > 3 || f instanceof PyFunction) return undefined;
  if (f instanceof PyBuiltin && f.def.early === undefined) return undefined;
  return earlyRequest(f, S.slice(i, i + n) as Value[], undefined);
}
const EARLY_TYPES: Map<Value, Early> = new Map([
  [strType, (args, kw) => {
    if (args.length !== 1 || kw !== undefined) return undefined;
    const fn = pythonSpecial(args[0], "__str__") ??
      (typeOf(args[0]).tp_str === objectType.tp_str ? pythonSpecial(args[0], "__repr__") : undefined);
    return fn && new CallRequest(fn, args, undefined, STR_RESULT);
  }],
  [
    boolType,
    earlySpecial("__bool__", 1, (r) => {
      if (typeof r === "boolean") return r;
      throw typeError(`__bool__ should return bool, returned ${typeOf(r).name}`);
    }),
  ],
  [
    bytesType,
    earlySpecial("__bytes__", 1, (r) => {
      if (r instanceof PyBytes) return r;
      throw typeError(`__bytes__ returned non-bytes (type ${typeOf(r).name})`);
    }),
  ],
  [reversedType, earlySpecial("__reversed__", 1)],
]);
const STR_RESULT = new Checked((r) => {
  if (isStr(r)) return r;
  throw typeError(`__str__ returned non-string (type ${typeOf(r).name})`);
});

let nativePrep: Prep | undefined;
/** Prepared code of the frames that stand for natives: none. */
function noCode(): Prep {
  return nativePrep ??= emptyCode("<native>", "<native>", 1);
}
function emptyCode(file: string, name: string, line: number): Prep {
  return new Prep(
    new PyCode({
      co_argcount: 0,
      co_posonlyargcount: 0,
      co_kwonlyargcount: 0,
      co_stacksize: 1,
      co_flags: 0,
      co_code: new Uint8Array([27, 0]),
      co_consts: [],
      co_names: [],
      co_localsplusnames: [],
      co_localspluskinds: new Uint8Array(0),
      co_filename: file,
      co_name: name,
      co_qualname: name,
      co_firstlineno: line,
      // the one code unit is on the first line, without columns
      co_linetable: new Uint8Array([0x80 | 13 << 3, 0]),
      co_exceptiontable: new Uint8Array(0),
    }),
  );
}
/** Adds an entry for a native to an exception's traceback, as C code names itself in it (_PyTraceback_Add). */
export function addNativeTraceback(exc: PyBaseException, file: string, name: string, line: number): void {
  const f = new Frame(emptyCode(file, name, line), undefined, new PyDict(), new PyDict(), [], undefined, undefined);
  f.done = true;
  addTraceback(exc, f, 0);
  (exc.traceback as PyTraceback).line = line;
}
/** A frame in which a resumable native waits. */
export function nativeFrame(state: NativeState, back: Frame | undefined): Frame {
  const g = back?.globals ?? cur.interp.builtins.dict;
  const f = new Frame(noCode(), undefined, g, back?.builtins ?? g, [], undefined, back);
  f.native = state;
  f.deliver = D_NATIVE;
  return f;
}

/** Goes on with what a native returned: its result, or the call it wants made. */
function settle(ts: VmThread, r: Value | CallRequest, back: Frame): Frame | undefined {
  if (!(r instanceof CallRequest)) {
    ts.ret = r;
    return undefined;
  }
  return startRequest(ts, r, back);
}
/** Starts a requested call. */
export function startRequest(ts: VmThread, r: CallRequest, back: Frame): Frame | undefined {
  let wait = back;
  if (r.state !== undefined) wait = nativeFrame(r.state, back);
  if (r instanceof ResumeGenerator) {
    if (wait === back) wait.deliver = D_NEXT;
    return resumeRequest(ts, r, wait);
  }
  if (r instanceof BodyRequest) return bodyFrame(ts, r, wait);
  let next: Frame | undefined;
  try {
    next = start(ts, r.f, r.args, r.kwnames, wait);
  } catch (e) {
    if (wait === back) throw e;
    return raiseInNative(ts, wait, asException(e)) ?? rethrow(ts, back);
  }
  if (next !== undefined || wait === back) return next;
  // the call ended at once
  return finishNative(ts, wait, ts.ret!, back);
}
function rethrow(ts: VmThread, back: Frame): undefined {
  if (ts.ret === undefined) {
    ts.frame = back;
    throw pending();
  }
  return undefined;
}

/** Gives `v` to the native waiting in `wait` and those it resumes, up to `stop`. */
function finishNative(ts: VmThread, wait: Frame, v: Value, stop: Frame | undefined): Frame | undefined {
  const st = wait.native!;
  wait.native = PASS;
  const r = st.resume(v);
  if (!(r instanceof CallRequest)) {
    ts.ret = r;
    return undefined;
  }
  void stop;
  return startRequest(ts, r, wait.back!);
}

/** A native that lets everything through: its state while it runs. */
class Pass extends NativeState {
  resume(v: Value): Value {
    return v;
  }
}
const PASS = new Pass();

/** The operator of a COMPARE_OP. */
function compareOp(f: Frame): 0 {
  return (f.prep.args[f.pc] >> 5) as 0;
}
/** Delivers the result of a call to a waiting frame; false when a native waits there. */
export function deliver(ts: VmThread, f: Frame, r: Value): boolean {
  switch (f.deliver) {
    case D_PUSH:
      ts.stack[f.sp++] = r;
      break;
    case D_INIT:
      if (r !== None) throw typeError(`__init__() should return None, not '${typeOf(r).name}'`);
      break;
    case D_DROP:
      break;
    case D_BOOL:
      ts.stack[f.sp++] = isTrue(r);
      break;
    case D_NATIVE:
      return false;
    case D_COMPARE:
      if (r === NotImplemented) r = richCompareAfter(ts.stack[f.sp]!, ts.stack[f.sp + 1]!, compareOp(f));
      ts.stack[f.sp++] = (f.prep.args[f.pc] & 16) !== 0 ? isTrue(r) : r;
      break;
    case D_BINARY:
      if (r === NotImplemented) {
        r = binaryAfter(ts.stack[f.sp]!, ts.stack[f.sp + 1]!, BINARY_OPS[f.prep.code.co_code[2 * f.pc + 1]]);
      }
      ts.stack[f.sp++] = r;
      break;
    case D_CONTAINS:
      ts.stack[f.sp++] = isTrue(r) !== ((f.prep.args[f.pc] & 1) !== 0);
      break;
    case D_TRUTH:
      if (typeof r !== "boolean") throw typeError(`__bool__ should return bool, returned ${typeOf(r).name}`);
      ts.stack[f.sp++] = r;
      break;
    case D_ITER:
      if (typeOf(r).tp_iternext === undefined) {
        throw typeError(`iter() returned non-iterator of type '${typeOf(r).name}'`);
      }
      ts.stack[f.sp++] = r;
      break;
    case D_FOR_END:
      f.pc = f.prep.args[f.pc];
      return true;
    default:
      ts.stack[f.sp++] = r;
  }
  f.pc += LENGTH[f.prep.ops[f.pc]];
  return true;
}
/** As deliver, for a value that a generator yielded. */
export function deliverYield(ts: VmThread, f: Frame, r: Value): boolean {
  return deliver(ts, f, r);
}

/**
 * `r` is the result that the native of frame `f` waits for. Returns the frame to go on with, or
 * undefined when the entry was reached (its result is in `ts.ret`).
 */
export function resumeNatives(ts: VmThread, f: Frame, r: Value): Frame | undefined {
  for (;;) {
    ts.frame = f;
    const back = f.back;
    const st = f.native!;
    f.native = PASS;
    const x = st.resume(r);
    if (x instanceof CallRequest) {
      if (f.entry) {
        // the entry stays below whatever comes
        const next = startEntry(ts, x, f);
        if (next !== undefined) return next;
        r = ts.ret!;
        continue;
      }
      const next = startRequest(ts, x, back!);
      if (next !== undefined) return next;
      r = ts.ret!;
    } else r = x;
    if (f.entry) {
      ts.ret = r;
      ts.frame = back;
      return undefined;
    }
    f = back!;
    if (deliver(ts, f, r)) return f;
  }
}

/** Starts a request whose state waits in the entry frame `f` itself. */
export function startEntry(ts: VmThread, r: CallRequest, f: Frame): Frame | undefined {
  f.native = r.state ?? PASS;
  if (r instanceof ResumeGenerator) {
    return resumeRequest(ts, r, f);
  }
  if (r instanceof BodyRequest) return bodyFrame(ts, r, f);
  return start(ts, r.f, r.args, r.kwnames, f);
}

let pendingException: PyBaseException | undefined;
/** Says that `exc` goes on (see `reraise`). */
export function letThrough(ts: VmThread, exc: PyBaseException): void {
  ts.ret = undefined;
  pendingException = exc;
}
/** The exception that raiseInNative or `reraise` let through. */
export function pending(): PyBaseException {
  return pendingException!;
}

/**
 * Raises `exc` in the native that waits in `f`. Returns a frame to go on with; undefined with
 * `ts.ret` set when the native handled it and was the entry; undefined with `ts.ret` undefined when
 * the exception goes on (see pending).
 */
export function raiseInNative(ts: VmThread, f: Frame, exc: PyBaseException): Frame | undefined {
  const st = f.native!;
  f.native = PASS;
  ts.ret = undefined;
  ts.frame = f;
  try {
    let x = st.raised(exc);
    if (x instanceof CallRequest) {
      if (f.entry) {
        const next = startEntry(ts, x, f);
        if (next !== undefined) return next;
        return resumeNatives(ts, f, ts.ret!);
      }
      const next = startRequest(ts, x, f.back!);
      if (next !== undefined) return next;
      x = ts.ret!;
    }
    if (f.entry) {
      ts.ret = x;
      ts.frame = f.back;
      return undefined;
    }
    const back = f.back!;
    if (deliver(ts, back, x)) return back;
    return resumeNatives(ts, back, x);
  } catch (e) {
    pendingException = asException(e);
    ts.ret = undefined;
    return undefined;
  }
}
