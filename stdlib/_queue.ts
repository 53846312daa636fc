// CPython 3.14: Modules/_queuemodule.c
//
// SimpleQueue. A get that must wait makes a locked lock, registers it and acquires it once more; a put
// releases the first lock that waits. The acquire is a call that is asked for (frame-pushing), so
// that whatever a waiting lock does to the thread works here too.

import {
  builtinType,
  type KwNames,
  M_CLASS,
  M_PUSH,
  None,
  PyFloat,
  PyObject,
  type PyType,
  setSpec,
  typeName,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import { asDouble, call0, getAttr, hasIndex, isTrue } from "../core/objects/abstract.ts";
import { newErrorArgs, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import { PyDict } from "../core/objects/dict.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { CallRequest, cur, interpStore, NativeState } from "../core/objects/state.ts";
import { newClass } from "../core/objects/type_new.ts";
import { interp } from "../vm/interpreter.ts";

const EMPTY = {};
function emptyType(): PyType {
  return interpStore(EMPTY, () => {
    const d = new PyDict();
    d.setStr("__module__", "_queue");
    d.setStr("__doc__", "Exception raised by Queue.get(block=0)/get_nowait().");
    return newClass(typeType, "Empty", [X.Exception], d) as PyType;
  });
}
function empty(): PyObject {
  return newErrorArgs(emptyType(), []);
}

const queueType = builtinType("_queue.SimpleQueue");

class PyQueue extends PyObject {
  items: Value[] = [];
  head = 0;
  readonly waiting: Value[] = [];
  get size(): number {
    return this.items.length - this.head;
  }
  take(): Value {
    const v = this.items[this.head];
    this.items[this.head++] = None;
    if (this.head > 64 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return v;
  }
}

function put(q: PyQueue, v: Value): Value {
  q.items.push(v);
  const lock = q.waiting.shift();
  if (lock !== undefined) call0(getAttr(lock, "release"));
  return None;
}

/** Waits for the lock of a get. */
class Waiting extends NativeState {
  constructor(readonly q: PyQueue, readonly lock: Value, readonly end: number) {
    super();
  }
  override resume(got: Value): Value | CallRequest {
    this.leave();
    if (this.q.size > 0) return this.q.take();
    if (!isTrue(got)) throw empty();
    return wait(this.q, this.end);
  }
  override raised(exc: Parameters<NativeState["raised"]>[0]): never {
    this.leave();
    throw exc;
  }
  private leave(): void {
    const i = this.q.waiting.indexOf(this.lock);
    if (i >= 0) this.q.waiting.splice(i, 1);
  }
}
/** Waits for an item until `end` (seconds of the monotonic clock), or without end. */
function wait(q: PyQueue, end: number): CallRequest {
  const lock = call0(getAttr(cur.interp.importModule("_thread"), "allocate_lock"));
  const acquire = getAttr(lock, "acquire");
  call0(acquire);
  q.waiting.push(lock);
  const left = end === Infinity ? -1 : new PyFloat(Math.max(0, end - now()));
  return new CallRequest(acquire, [true, left], undefined, new Waiting(q, lock, end));
}
function now(): number {
  return Number(interp().host.clock.monotonicNs()) / 1e9;
}

/** A time-out in seconds. */
function seconds(v: Value): number {
  if (!(v instanceof PyFloat) && !hasIndex(v)) {
    throw typeError(`'${typeName(v)}' object cannot be interpreted as an integer or float`);
  }
  const s = asDouble(v);
  if (Number.isNaN(s)) throw valueError("Invalid value NaN (not a number)");
  if (Math.abs(s) > 9223372036) throw overflowError("timeout value is too large");
  if (s < 0) throw valueError("'timeout' must be a non-negative number");
  return s;
}

function get(q: PyQueue, block: Value = true, timeout: Value = None): Value | CallRequest {
  const blocks = isTrue(block);
  let end = Infinity;
  if (blocks && timeout !== None) end = now() + seconds(timeout);
  if (q.size > 0) return q.take();
  if (!blocks) throw empty();
  return wait(q, end);
}

queueType.hasWeakref = true;
setSpec(queueType, {
  doc: "Simple, unbounded, reentrant FIFO queue.",
  sig: "()",
  slots: {
    tp_new: (type: PyType, args: Value[], kwnames?: KwNames) => {
      const nkw = kwnames?.length ?? 0;
      if (args.length > nkw) throw typeError("SimpleQueue() takes no positional arguments");
      if (nkw > 0) throw typeError("SimpleQueue() takes no keyword arguments");
      return new PyQueue(type);
    },
  },
  methods: {
    put: [
      "item, block=True, timeout=None",
      "Put the item on the queue.\n\nblock and timeout are ignored: the method never blocks. They are there as Queue's.",
      (q: PyQueue, item: Value) => put(q, item),
    ],
    put_nowait: ["item", "Put an item into the queue without blocking.", put],
    get: [
      "block=True, timeout=None",
      "Remove and return an item from the queue.\n\n" +
      "Waits for one if block is true, at most timeout seconds if that is given; raises Empty if there is none.",
      get,
      M_PUSH,
    ],
    get_nowait: [
      "",
      "Remove and return an item from the queue without blocking.\n\nRaises Empty if there is none.",
      (q: PyQueue) => get(q, false),
    ],
    empty: ["", "Return True if the queue is empty, False otherwise (not reliable!).", (q: PyQueue) => q.size === 0],
    qsize: ["", "Return the approximate size of the queue (not reliable!).", (q: PyQueue) => q.size],
    __class_getitem__: ["object, /", "See PEP 585", (cls: PyType, item: Value) => genericAlias(cls, item), M_CLASS],
  },
});

export const spec: ModuleSpec = {
  name: "_queue",
  doc:
    "C implementation of the Python queue module.\nThis module is an implementation detail, please do not use it directly.",
  types: { SimpleQueue: queueType },
  constants: { Empty: () => emptyType() },
};
