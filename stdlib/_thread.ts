// CPython 3.14: Modules/_threadmodule.c
//
// Locks, thread-locals, threads and their handles, over the green threads of vm/threads. What waits is
// frame-pushing, so that a thread can be left while it does. A lock that the only thread holds and
// wants once more would never be had; that is an error here.

import { argTypeName } from "../core/objects/type_name.ts";
import {
  builtinType,
  isSubtype,
  M_PUSH,
  None,
  PyBaseException,
  PyObject,
  PyTuple,
  setSpec,
  typeName,
  type TypeSpec,
  type Value,
} from "../core/objects/object.ts";
import { overflowError, runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { newErrorArgs } from "../core/objects/errors.ts";
import {
  asDouble,
  asIndex,
  asInt32,
  callMethod,
  getAttr,
  isCallable,
  isStr,
  isTrue,
  strOf,
} from "../core/objects/abstract.ts";
import { attrName, utf16 } from "../core/objects/names.ts";
import { textValue } from "../core/objects/exceptions.ts";
import { currentIdent, MAIN_IDENT, scheduler, waitRequest } from "../vm/threads/scheduler.ts";
import { interruptMain } from "./_signal.ts";
import { displayException } from "./sys_hooks.ts";
import { addressOf } from "../core/objects/native_call.ts";
import { genericGetAttr, genericSetAttr, getDictAttr } from "../core/objects/attr.ts";
import { PyDict } from "../core/objects/dict.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { type CallRequest, cur, type ThreadState } from "../core/objects/state.ts";
import { structSeqType } from "../core/objects/structseq.ts";
import { PyFloat } from "../core/objects/object.ts";
import type { KwNames } from "../core/objects/object.ts";
import { interp } from "../vm/interpreter.ts";

const lockType = builtinType("_thread.lock", undefined, true);
const rlockType = builtinType("_thread.RLock");
const localType = builtinType("_thread._local");
const handleType = builtinType("_thread._ThreadHandle", undefined, true);
lockType.hasWeakref = rlockType.hasWeakref = true;
localType.hasWeakref = true;

class PyLock extends PyObject {
  locked = false;
  constructor() {
    super(lockType);
  }
}
class PyRLock extends PyObject {
  count = 0;
  owner = 0;
}
/** A namespace for each thread; the arguments are for `__init__`, which runs in each. */
class PyLocal extends PyObject {
  readonly dicts: WeakMap<ThreadState, PyDict> = new WeakMap();
  args: Value[] = [];
  kwnames: KwNames | undefined = undefined;
  declare dict: PyDict;
  /** The running thread's namespace. */
  own(): PyDict {
    let d = this.dicts.get(cur);
    if (d === undefined) {
      this.dicts.set(cur, d = new PyDict());
      const init = this.cls.tp_init;
      if (init !== undefined && init !== localType.tp_init) init(this, this.args, this.kwnames);
    }
    return d;
  }
}
Object.defineProperty(PyLocal.prototype, "dict", {
  get(this: PyLocal) {
    return this.own();
  },
});
const NOT_STARTED = 0, RUNNING = 1, DONE = 2;
class PyHandle extends PyObject {
  state = NOT_STARTED;
  ident = 0;
}

/** The time-out of acquire, checked. */
function timeout(blocking: Value, t: Value): number {
  const b = isTrue(blocking);
  const s = asDouble(t);
  if (Number.isNaN(s)) throw valueError("Invalid value NaN (not a number)");
  if (!b && s !== -1) throw valueError("can't specify a timeout for a non-blocking call");
  if (s < 0 && s !== -1) throw valueError("timeout value must be a non-negative number");
  if (s > 9223372036) throw overflowError("timeout value is too large");
  return b ? s : 0;
}

/** The end of a wait of so many seconds (negative: none), in ms of performance.now(). */
function endOf(seconds: number): number {
  return seconds < 0 ? Infinity : performance.now() + seconds * 1000;
}
function checkDeadlock(): void {
  if ((interp().scheduler?.threads.length ?? 0) > 0 || interp().timerCheck !== undefined) return;
  throw runtimeError("deadlock: the only thread waits for a lock that it holds");
}
function acquire(l: PyLock, blocking: Value = true, t: Value = -1): Value | CallRequest {
  const wait = timeout(blocking, t);
  if (!l.locked) return l.locked = true;
  if (wait === 0) return false;
  if (wait < 0) checkDeadlock();
  return waitRequest(() => !l.locked, endOf(wait), (free) => free && (l.locked = true));
}
function release(l: PyLock): Value {
  if (!l.locked) throw runtimeError("release unlocked lock");
  l.locked = false;
  return None;
}
const lockState = (l: PyObject, locked: boolean, extra = ""): string =>
  `<${locked ? "locked" : "unlocked"} ${l.cls.name} object ${extra}at ${addressOf(l)}>`;

const LOCK_DOC = "Lock the lock; with False, or a time-out, only if it can be had.";
setSpec(lockType, {
  doc: "A lock object is a synchronization primitive.",
  sig: "()",
  slots: {
    tp_new: (_t, args, kw) => {
      if (args.length > 0 || kw !== undefined && kw.length > 0) throw typeError("lock() takes no arguments");
      return new PyLock();
    },
    tp_repr: (l) => lockState(l as PyLock, (l as PyLock).locked),
  },
  methods: {
    acquire: ["blocking=True, timeout=-1", LOCK_DOC, acquire, M_PUSH],
    acquire_lock: ["blocking=True, timeout=-1", LOCK_DOC, acquire, M_PUSH],
    release: ["", "Release the lock.", release],
    release_lock: ["", "Release the lock.", release],
    locked: ["", "Return whether the lock is in the locked state.", (l: PyLock) => l.locked],
    locked_lock: ["", "Return whether the lock is in the locked state.", (l: PyLock) => l.locked],
    __enter__: ["", "Lock the lock.", (l: PyLock) => acquire(l), M_PUSH],
    __exit__: ["*exc_info", "Release the lock.", release],
    _at_fork_reinit: ["", "", (l: PyLock) => {
      l.locked = false;
      return None;
    }],
  },
});

function own(l: PyRLock, count: number): true {
  l.owner = currentIdent();
  l.count = count;
  return true;
}
function racquire(l: PyRLock, blocking: Value = true, t: Value = -1): Value | CallRequest {
  const wait = timeout(blocking, t);
  if (l.count === 0 || l.owner === currentIdent()) return own(l, l.count + 1);
  if (wait === 0) return false;
  return waitRequest(() => l.count === 0, endOf(wait), (free) => free && own(l, 1));
}
function checkOwner(l: PyRLock): void {
  if (l.count === 0 || l.owner !== currentIdent()) throw runtimeError("cannot release un-acquired lock");
}
function rrelease(l: PyRLock): Value {
  checkOwner(l);
  l.count--;
  return None;
}
setSpec(rlockType, {
  slots: {
    tp_new: (t) => new PyRLock(t),
    tp_init: (_s, args, kw) => {
      if (args.length === 0 && (kw === undefined || kw.length === 0)) return;
      cur.interp.warn(
        X.DeprecationWarning,
        "Passing arguments to RLock is deprecated and will be removed in 3.15",
        1,
      );
    },
    tp_repr: (l) => {
      const n = (l as PyRLock).count;
      return lockState(l as PyRLock, n > 0, `owner=${n > 0 ? (l as PyRLock).owner : 0} count=${n} `);
    },
  },
  methods: {
    acquire: ["blocking=True, timeout=-1", LOCK_DOC, racquire, M_PUSH],
    release: ["", "Release the lock.", rrelease],
    locked: ["", "Return a boolean indicating whether this object is locked right now.", (l: PyRLock) => l.count > 0],
    _is_owned: [
      "",
      "For internal use by threading.Condition.",
      (l: PyRLock) => l.count > 0 && l.owner === currentIdent(),
    ],
    _recursion_count: [
      "",
      "For internal use by reentrancy checks.",
      (l: PyRLock) => l.owner === currentIdent() ? l.count : 0,
    ],
    _acquire_restore: ["state, /", "For internal use by threading.Condition.", (l: PyRLock, s: Value) => {
      const [count, owner] = (s as PyTuple).items.map((v) => Number(asIndex(v)));
      return waitRequest(() => l.count === 0, Infinity, () => {
        l.count = count;
        l.owner = owner;
        return None;
      });
    }, M_PUSH],
    _release_save: ["", "For internal use by threading.Condition.", (l: PyRLock) => {
      checkOwner(l);
      const n = l.count;
      l.count = 0;
      return new PyTuple([n, l.owner]);
    }],
    _at_fork_reinit: ["", "", (l: PyRLock) => {
      l.count = 0;
      return None;
    }],
    __enter__: ["", "Lock the lock.", (l: PyRLock) => racquire(l), M_PUSH],
    __exit__: ["*exc_info", "Release the lock.", rrelease],
  },
});

setSpec(localType, {
  doc: "Thread-local data",
  sig: "()",
  slots: {
    tp_new: (t, args, kw?: KwNames) => {
      if ((args.length > 0 || kw !== undefined && kw.length > 0) && t.tp_init === localType.tp_init) {
        throw typeError("Initialization arguments are not supported");
      }
      const l = new PyLocal(t);
      // this thread's namespace is there before __init__ runs, as always
      l.dicts.set(cur, new PyDict());
      [l.args, l.kwnames] = [args, kw];
      return l;
    },
    tp_getattro: genericGetAttr,
    tp_setattro: (o, n, v) => {
      if (n === "__dict__") {
        throw X.makeAttributeError(`'${typeName(o)}' object attribute '__dict__' is read-only`, o, n);
      }
      genericSetAttr(o, n, v);
    },
  },
  getset: { __dict__: [getDictAttr] },
});
localType.hasDict = true;

setSpec(handleType, {
  slots: {
    tp_new: () => new PyHandle(handleType),
    tp_repr: (h) => `<_ThreadHandle object: ident=${(h as PyHandle).ident}>`,
  },
  methods: {
    join: ["timeout=None, /", "Wait for the thread to finish.", (h: PyHandle, t: Value = None) => {
      const seconds = t === None ? -1 : asDouble(t);
      if (h.state === NOT_STARTED) throw runtimeError("thread not started");
      if (h.state === RUNNING && h.ident === currentIdent()) throw runtimeError("Cannot join current thread");
      return waitRequest(() => h.state === DONE, endOf(seconds), () => None);
    }, M_PUSH],
    _set_done: ["", "Mark the thread as finished.", (h: PyHandle) => {
      if (h.state === NOT_STARTED) throw runtimeError("thread not started");
      h.state = DONE;
      return None;
    }],
    is_done: ["", "Has the thread finished?", (h: PyHandle) => h.state === DONE],
  },
  getset: { ident: [(h: PyHandle) => h.ident] } as TypeSpec["getset"],
});

const exceptArgs = structSeqType({
  name: "_thread._ExceptHookArgs",
  fields: ["exc_type", "exc_value", "exc_traceback", "thread"],
  visible: 4,
});

/** What a thread that nobody joins ended with; SystemExit just ends it. */
function reportEnd(f: Value): (e: PyBaseException | undefined) => void {
  return (e) => {
    if (e !== undefined && !isSubtype(e.cls, X.SystemExit)) {
      cur.interp.unraisable(e, "Exception ignored in thread started by", f);
    }
  };
}
function startNew(_m: Value, f: Value, args: Value, kwargs?: Value): Value {
  if (!isCallable(f)) throw typeError("first arg must be callable");
  if (!(args instanceof PyTuple)) throw typeError("2nd arg must be a tuple");
  if (kwargs !== undefined && !(kwargs instanceof PyDict)) throw typeError("optional 3rd arg must be a dictionary");
  const values = args.items.slice(), names: string[] = [];
  if (kwargs !== undefined) {
    for (const [k, v] of kwargs.entries()) {
      names.push(attrName(k));
      values.push(v);
    }
  }
  return scheduler().start(f, values, names.length > 0 ? names : undefined, true, reportEnd(f)).ident;
}
function startJoinable(_m: Value, f: Value, handle: Value = None, daemon: Value = true): Value {
  if (!isCallable(f)) throw typeError("thread function must be callable");
  if (handle !== None && !(handle instanceof PyHandle)) throw typeError("'handle' must be a _ThreadHandle");
  const h = handle === None ? new PyHandle(handleType) : handle as PyHandle;
  if (h.state !== NOT_STARTED) throw runtimeError("thread already started");
  const report = reportEnd(f);
  const t = scheduler().start(f, [], undefined, isTrue(daemon), (e) => {
    h.state = DONE;
    report(e);
  });
  h.state = RUNNING;
  h.ident = t.ident;
  return h;
}
/** Waits for the threads that are no daemons. */
function shutdown(): Value | CallRequest {
  const self = currentIdent();
  const over = () => !(interp().scheduler?.threads.some((t) => !t.daemon && t.ident !== self));
  return over() ? None : waitRequest(over, Infinity, () => None);
}
/** threading.excepthook: says which thread it was, then shows the exception. */
function showThreadError(_m: Value, args: Value): Value {
  if (!(args instanceof PyTuple) || args.items.length < 4) {
    throw typeError("_thread._excepthook argument type must be ExceptHookArgs");
  }
  const [type, value, , thread] = args.items;
  if (type === X.SystemExit || !(value instanceof PyBaseException)) return None;
  const err = cur.interp.sys.dict.getStr("stderr");
  if (err === undefined || err === None) return None;
  const name = thread === None ? String(currentIdent()) : utf16(strOf(getAttr(thread, "name")));
  callMethod(err, "write", textValue(`Exception in thread ${name}:\n`));
  displayException(value);
  return None;
}

export const spec: ModuleSpec = {
  name: "_thread",
  doc: "The primitives of threads: locks, thread-locals, identities.",
  functions: {
    allocate_lock: ["", "Create a new lock object.", () => new PyLock()],
    allocate: ["", "Create a new lock object.", () => new PyLock()],
    start_new_thread: ["function, args, kwargs={}, /", "Start a new thread and return its identifier.", startNew],
    start_new: ["function, args, kwargs={}, /", "Start a new thread and return its identifier.", startNew],
    start_joinable_thread: [
      "function, handle=None, daemon=True",
      "Start a new thread and return its handle.",
      startJoinable,
    ],
    daemon_threads_allowed: ["", "Are daemon threads allowed?", () => true],
    get_ident: ["", "Return a non-zero integer that identifies the current thread.", currentIdent],
    get_native_id: ["", "Return a non-negative integer identifying the thread as reported by the OS.", () => {
      try {
        return interp().host.process.pid();
      } catch {
        return 1;
      }
    }],
    _get_main_thread_ident: ["", "Internal only: identifier of the main thread.", () => MAIN_IDENT],
    _count: [
      "",
      "Return the number of currently running Python threads, excluding the main thread.",
      () => interp().scheduler?.threads.length ?? 0,
    ],
    stack_size: ["size=0, /", "Return the thread stack size used when creating new threads.", () => 0],
    exit: ["", "This is synonymous to ``raise SystemExit''.", () => {
      throw newErrorArgs(X.SystemExit, []);
    }],
    exit_thread: ["", "This is synonymous to ``raise SystemExit''.", () => {
      throw newErrorArgs(X.SystemExit, []);
    }],
    interrupt_main: ["signum=signal.SIGINT, /", "Simulate the arrival of the given signal in the main thread.", (
      _m: Value,
      signum: Value = 2,
    ) => {
      interruptMain(asInt32(signum));
      return None;
    }],
    _set_sentinel: ["", "A lock that is released at the thread's end.", () => new PyLock()],
    _shutdown: ["", "Wait for all non-daemon threads (other than the calling thread) to stop.", shutdown, M_PUSH],
    _make_thread_handle: [
      "ident, /",
      "Internal only: a handle for the thread with this identifier.",
      (_m: Value, id: Value) => {
        const h = new PyHandle(handleType);
        h.ident = Number(asIndex(id));
        h.state = RUNNING;
        return h;
      },
    ],
    _is_main_interpreter: ["", "Is the current interpreter the main one?", () => true],
    set_name: ["name", "Set the name of the current thread.", (_m: Value, n: Value) => {
      if (!isStr(n)) throw typeError(`set_name() argument 'name' must be str, not ${argTypeName(n)}`);
      return None;
    }],
    _excepthook: [
      "args, /",
      "Handle uncaught Thread.run() exception.",
      showThreadError,
    ],
  },
  types: {
    LockType: lockType,
    lock: lockType,
    RLock: rlockType,
    _local: localType,
    _ThreadHandle: handleType,
    _ExceptHookArgs: exceptArgs,
  },
  constants: {
    error: () => X.RuntimeError,
    TIMEOUT_MAX: new PyFloat(9223372036.0),
  },
};
