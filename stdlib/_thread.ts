// CPython 3.14: Modules/_threadmodule.c
//
// Locks, thread-locals, the main thread's identity. Starting threads needs the scheduler of vm/threads
// and is refused until that exists. With one thread a lock is its state: acquiring a held one without
// a time-out would never return, which is an error here.

import {
  builtinType,
  None,
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
import { asDouble, asIndex, isStr, isTrue } from "../core/objects/abstract.ts";
import { addressOf } from "../core/objects/native_call.ts";
import { genericGetAttr, genericSetAttr, getDictAttr } from "../core/objects/attr.ts";
import { PyDict } from "../core/objects/dict.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { cur } from "../core/objects/state.ts";
import { structSeqType } from "../core/objects/structseq.ts";
import { PyFloat } from "../core/objects/object.ts";
import type { KwNames } from "../core/objects/object.ts";
import { interp } from "../vm/interpreter.ts";

const MAIN = 140_000_000_000_256;
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
}
class PyLocal extends PyObject {
  declare dict: PyDict;
}
class PyHandle extends PyObject {
  done = false;
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

function acquire(l: PyLock, blocking: Value = true, t: Value = -1): Value {
  const wait = timeout(blocking, t);
  if (!l.locked) return l.locked = true;
  if (wait === 0) return false;
  if (wait > 0) {
    interp().host.clock.sleepSync(wait);
    return false;
  }
  throw runtimeError("deadlock: the only thread waits for a lock that it holds");
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
  slots: {
    tp_new: (_t, args, kw) => {
      if (args.length > 0 || kw !== undefined && kw.length > 0) throw typeError("lock() takes no arguments");
      return new PyLock();
    },
    tp_repr: (l) => lockState(l as PyLock, (l as PyLock).locked),
  },
  methods: {
    acquire: ["blocking=True, timeout=-1", LOCK_DOC, acquire],
    acquire_lock: ["blocking=True, timeout=-1", LOCK_DOC, acquire],
    release: ["", "Release the lock.", release],
    release_lock: ["", "Release the lock.", release],
    locked: ["", "Return whether the lock is in the locked state.", (l: PyLock) => l.locked],
    locked_lock: ["", "Return whether the lock is in the locked state.", (l: PyLock) => l.locked],
    __enter__: ["", "Lock the lock.", (l: PyLock) => acquire(l)],
    __exit__: ["*exc_info", "Release the lock.", release],
    _at_fork_reinit: ["", "", (l: PyLock) => {
      l.locked = false;
      return None;
    }],
  },
});

function racquire(l: PyRLock, blocking: Value = true, t: Value = -1): Value {
  timeout(blocking, t);
  l.count++;
  return true;
}
function rrelease(l: PyRLock): Value {
  if (l.count === 0) throw runtimeError("cannot release un-acquired lock");
  l.count--;
  return None;
}
setSpec(rlockType, {
  slots: {
    tp_new: (t) => new PyRLock(t),
    tp_init: (_s, args, kw) => {
      if (args.length > 0 || kw !== undefined && kw.length > 0) throw typeError("RLock() takes no arguments");
    },
    tp_repr: (l) => {
      const n = (l as PyRLock).count;
      return lockState(l as PyRLock, n > 0, `owner=${n > 0 ? MAIN : 0} count=${n} `);
    },
  },
  methods: {
    acquire: ["blocking=True, timeout=-1", LOCK_DOC, racquire],
    release: ["", "Release the lock.", rrelease],
    locked: ["", "Return a boolean indicating whether this object is locked right now.", (l: PyRLock) => l.count > 0],
    _is_owned: ["", "For internal use by threading.Condition.", (l: PyRLock) => l.count > 0],
    _recursion_count: ["", "For internal use by reentrancy checks.", (l: PyRLock) => l.count],
    _acquire_restore: ["state, /", "For internal use by threading.Condition.", (l: PyRLock, s: Value) => {
      l.count = Number(asIndex((s as PyTuple).items[0]));
      return None;
    }],
    _release_save: ["", "For internal use by threading.Condition.", (l: PyRLock) => {
      if (l.count === 0) throw runtimeError("cannot release un-acquired lock");
      const n = l.count;
      l.count = 0;
      return new PyTuple([n, MAIN]);
    }],
    _at_fork_reinit: ["", "", (l: PyRLock) => {
      l.count = 0;
      return None;
    }],
    __enter__: ["", "Lock the lock.", (l: PyRLock) => racquire(l)],
    __exit__: ["*exc_info", "Release the lock.", rrelease],
  },
});

setSpec(localType, {
  doc: "Thread-local data",
  slots: {
    tp_new: (t, args, kw?: KwNames) => {
      if ((args.length > 0 || kw !== undefined && kw.length > 0) && t.tp_init === localType.tp_init) {
        throw typeError("Initialization arguments are not supported");
      }
      const l = new PyLocal(t);
      l.dict = new PyDict();
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
    join: ["timeout=None, /", "Wait for the thread to finish.", () => None],
    _set_done: ["", "Mark the thread as finished.", (h: PyHandle) => {
      h.done = true;
      return None;
    }],
    is_done: ["", "Has the thread finished?", (h: PyHandle) => h.done],
  },
  getset: { ident: [(h: PyHandle) => h.ident] } as TypeSpec["getset"],
});

const exceptArgs = structSeqType({
  name: "_thread._ExceptHookArgs",
  fields: ["exc_type", "exc_value", "exc_traceback", "thread"],
  visible: 4,
});

function noThreads(): never {
  throw newErrorArgs(X.RuntimeError, ["can't start new thread"]);
}

export const spec: ModuleSpec = {
  name: "_thread",
  doc: "The primitives of threads: locks, thread-locals, identities.",
  functions: {
    allocate_lock: ["", "Create a new lock object.", () => new PyLock()],
    allocate: ["", "Create a new lock object.", () => new PyLock()],
    start_new_thread: ["function, args[, kwargs], /", "Start a new thread and return its identifier.", noThreads, 8],
    start_new: ["function, args[, kwargs], /", "Start a new thread and return its identifier.", noThreads, 8],
    start_joinable_thread: [
      "function, handle=None, daemon=True",
      "Start a new thread and return its handle.",
      noThreads,
    ],
    daemon_threads_allowed: ["", "Are daemon threads allowed?", () => true],
    get_ident: ["", "Return a non-zero integer that identifies the current thread.", () => MAIN],
    get_native_id: ["", "Return a non-negative integer identifying the thread as reported by the OS.", () => {
      try {
        return interp().host.process.pid();
      } catch {
        return 1;
      }
    }],
    _get_main_thread_ident: ["", "Internal only: identifier of the main thread.", () => MAIN],
    _count: ["", "Return the number of currently running Python threads, excluding the main thread.", () => 0],
    stack_size: ["size=0, /", "Return the thread stack size used when creating new threads.", () => 0],
    exit: ["", "This is synonymous to ``raise SystemExit''.", () => {
      throw newErrorArgs(X.SystemExit, []);
    }],
    exit_thread: ["", "This is synonymous to ``raise SystemExit''.", () => {
      throw newErrorArgs(X.SystemExit, []);
    }],
    interrupt_main: ["signum=signal.SIGINT, /", "Simulate the arrival of the given signal in the main thread.", () => {
      interp().pending.push(() => {
        throw newErrorArgs(X.KeyboardInterrupt, []);
      });
      return None;
    }],
    _set_sentinel: ["", "A lock that is released at the thread's end.", () => new PyLock()],
    _shutdown: ["", "Wait for all non-daemon threads (other than the calling thread) to stop.", () => None],
    _make_thread_handle: [
      "ident, /",
      "Internal only: a handle for the thread with this identifier.",
      (_m: Value, id: Value) => {
        const h = new PyHandle(handleType);
        h.ident = Number(asIndex(id));
        return h;
      },
    ],
    _is_main_interpreter: ["", "Is the current interpreter the main one?", () => true],
    set_name: ["name", "Set the name of the current thread.", (_m: Value, n: Value) => {
      if (!isStr(n)) throw typeError(`set_name() argument 'name' must be str, not ${typeName(n)}`);
      return None;
    }],
    _excepthook: [
      "(exc_type, exc_value, exc_traceback, thread), /",
      "Handle uncaught Thread.run() exception.",
      (_m: Value, args: Value) => {
        const [, value] = (args as PyTuple).items;
        const hook = cur.interp.sys.dict.getStr("excepthook");
        if (hook !== undefined && value instanceof Object) throw value;
        return None;
      },
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
