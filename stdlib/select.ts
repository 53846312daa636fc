// CPython 3.14: Modules/selectmodule.c
//
// Which descriptors are ready. The guest's descriptors are known to the host: one can be read when
// the host says that a read would not wait, and written at any time. Where nothing is ready,
// children that were not run yet are run (they may fill a pipe), then the time-out is slept off.

import { type CallRequest, cur } from "../core/objects/state.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { nap, waitRequest } from "../vm/threads/scheduler.ts";
import {
  builtinType,
  type KwNames,
  M_PUSH,
  None,
  PyFloat,
  PyList,
  PyObject,
  PyTuple,
  setSpec,
  type Value,
} from "../core/objects/object.ts";
import { keyError, newErrorArgs, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { interp } from "../vm/interpreter.ts";
import { HostError } from "../vm/host.ts";
import { fromErrno } from "./os_error.ts";
import { openSockets } from "./_socket.ts";
import { guestFiles } from "./libmount.ts";
import { asFd } from "./posix_path.ts";
import { runChildren } from "./posix_child.ts";

const POLLIN = 1, POLLOUT = 4, POLLNVAL = 32;

/** Throws a HostError for a descriptor that is not open. */
function checkOpen(fd: number): void {
  if (!openSockets().has(fd)) guestFiles().fstat(fd);
}

/** What a descriptor is ready for, of the events asked. */
function ready(fd: number, events: number): number {
  const socket = openSockets().get(fd);
  if (socket !== undefined) return events & (POLLOUT | 256) | (socket.readable ? events & (POLLIN | 64) : 0);
  const files = guestFiles();
  try {
    files.fstat(fd);
    let r = events & (POLLOUT | 256);
    if (r !== 0 && files.canWrite?.(fd) === false) r = 0;
    if (events & (POLLIN | 64) && (files.canRead?.(fd) ?? true)) r |= events & (POLLIN | 64);
    return r;
  } catch (e) {
    if (e instanceof HostError) return POLLNVAL;
    throw e;
  }
}

/** The wait of a native: until `look` finds something, for at most `seconds`; `make` turns that into the result. */
function waitFor<T>(look: () => T[], seconds: number | undefined, make: (found: T[]) => Value): Value | CallRequest {
  if ((cur as VmThread).guest === undefined) return make(waitHere(look, seconds));
  let found: T[] = [];
  const until = seconds === undefined ? Infinity : performance.now() + seconds * 1000;
  return waitRequest(() => (found = look()).length > 0, until, () => make(found));
}
/** Waits where it is; threads and children run meanwhile. */
function waitHere<T>(look: () => T[], seconds: number | undefined): T[] {
  let found = look();
  if (found.length > 0) return found;
  if (runChildren()) {
    found = look();
    if (found.length > 0) return found;
  }
  const clock = interp().host.clock;
  const end = seconds === undefined ? undefined : Number(clock.monotonicNs()) / 1e9 + seconds;
  for (let pause = 0.0005;; pause = Math.min(pause * 2, 0.05)) {
    const left = end === undefined ? undefined : end - Number(clock.monotonicNs()) / 1e9;
    if (left !== undefined && left <= 0) return found;
    // signals and other host events are seen between naps
    interp().poll();
    try {
      nap(left === undefined ? pause : Math.min(left, pause));
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      return found;
    }
    found = look();
    if (found.length > 0) return found;
  }
}

/** A time-out in seconds; undefined where it is None or negative. */
function timeoutArg(v: Value, unit: number): number | undefined {
  if (v === None) return undefined;
  if (!(v instanceof PyFloat) && !A.hasIndex(v)) throw typeError("timeout must be an integer or None");
  const n = A.asDouble(v) * unit;
  if (Number.isNaN(n)) throw valueError("Invalid value NaN (not a number)");
  if (n > 9e9) throw overflowError("timeout is too large");
  return n < 0 ? undefined : n;
}

function select(_m: Value, r: Value, w: Value, x: Value, timeout: Value = None): Value | CallRequest {
  let t: number | undefined;
  if (timeout !== None) {
    if (!(timeout instanceof PyFloat) && !A.hasIndex(timeout)) throw typeError("timeout must be a float or None");
    t = A.asDouble(timeout);
    if (t < 0) throw valueError("timeout must be non-negative");
  }
  const list = (v: Value): [Value, number][] => {
    if (!A.isSequence(v) && A.lookupAttr(v, "__iter__") === undefined) {
      throw typeError("arguments 1-3 must be sequences");
    }
    return A.iterToArray(v).map((o) => {
      const fd = asFd(o);
      if (fd >= 1024 && fd < 1 << 20) throw valueError("filedescriptor out of range in select()");
      return [o, fd];
    });
  };
  const rs = list(r), ws = list(w), xs = list(x);
  const files = guestFiles();
  for (const [, fd] of [...rs, ...ws, ...xs]) {
    if (openSockets().has(fd)) continue;
    try {
      files.fstat(fd);
    } catch (e) {
      if (e instanceof HostError) throw fromErrno(e.errno);
      throw e;
    }
  }
  const pick = (from: [Value, number][], ev: number) => from.filter(([, fd]) => ready(fd, ev) & ev).map(([o]) => o);
  let out: [Value[], Value[]] = [[], []];
  const look = () => {
    out = [pick(rs, POLLIN), pick(ws, POLLOUT)];
    return [...out[0], ...out[1]];
  };
  return waitFor(look, t, () => new PyTuple([new PyList(out[0]), new PyList(out[1]), new PyList([])]));
}

// ---- poll and epoll -------------------------------------------------------------------------

class Poll extends PyObject {
  readonly events: Map<number, number> = new Map();
}
const pollType = builtinType("select.poll", undefined, true);

function eventsOf(map: Map<number, number>, most = Infinity): [number, number][] {
  const out: [number, number][] = [];
  for (const [fd, ev] of map) {
    const r = ready(fd, ev);
    if (r !== 0 && out.length < most) out.push([fd, r]);
  }
  return out;
}
function mask(v: Value): number {
  const n = A.asIndex(v);
  if (n < 0) throw valueError("value must be positive");
  if (n > 0xffff) throw overflowError("Python int too large for C unsigned short");
  return n as number;
}
const pairs = (list: [number, number][]): Value => new PyList(list.map((p) => new PyTuple(p)));

setSpec(pollType, {
  doc: "Which of the registered descriptors are ready.",
  methods: {
    register: [
      "fd, eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /",
      "Register a file descriptor with the polling object.",
      (p: Poll, fd: Value, ev: Value = 7) => {
        p.events.set(asFd(fd), mask(ev));
        return None;
      },
    ],
    modify: ["fd, eventmask, /", "Modify an already registered file descriptor.", (p: Poll, fd: Value, ev: Value) => {
      const n = asFd(fd);
      if (!p.events.has(n)) throw fromErrno(2);
      p.events.set(n, mask(ev));
      return None;
    }],
    unregister: ["fd, /", "Remove a file descriptor being tracked by the polling object.", (p: Poll, fd: Value) => {
      const n = asFd(fd);
      if (!p.events.delete(n)) throw keyError(n);
      return None;
    }],
    poll: ["timeout=None, /", "Polls the set of registered file descriptors.", (p: Poll, t: Value = None) => {
      const s = timeoutArg(t, 1e-3);
      return waitFor(() => eventsOf(p.events), s, pairs);
    }, M_PUSH],
  },
});

class Epoll extends PyObject {
  readonly events: Map<number, number> = new Map();
  fd = -1;
}
const epollType = builtinType("select.epoll", undefined, true);
const NAMES = ["sizehint", "flags"];
function open(e: Epoll): Epoll {
  if (e.fd < 0) throw valueError("I/O operation on closed epoll object");
  return e;
}
function closeEpoll(e: Epoll): Value {
  if (e.fd >= 0) guestFiles().close(e.fd);
  e.fd = -1;
  return None;
}
function known(e: Epoll, v: Value, there: boolean): number {
  const n = asFd(v);
  try {
    checkOpen(n);
  } catch (x) {
    if (x instanceof HostError) throw fromErrno(x.errno);
    throw x;
  }
  if (e.events.has(n) !== there) throw fromErrno(there ? 2 : 17);
  return n;
}
setSpec(epollType, {
  doc: "An epolling object: which of the registered descriptors are ready.",
  sig: "(sizehint=-1, flags=0)",
  slots: {
    tp_new: (_t, args: Value[], kw?: KwNames) => {
      const n = args.length - (kw?.length ?? 0);
      const v: (Value | undefined)[] = args.slice(0, n);
      kw?.forEach((k, i) => v[NAMES.indexOf(k)] = args[n + i]);
      const size = v[0] === undefined ? -1 : A.asInt32(v[0]);
      if (size !== -1 && size <= 0) throw valueError("negative sizehint");
      const flags = v[1] === undefined ? 0 : A.asInt32(v[1]);
      if (flags !== 0 && flags !== 0x80000) throw newErrorArgs(X.OSError, ["invalid flags"]);
      const e = new Epoll(epollType);
      // a descriptor of its own, so that its number is taken
      const [r, w] = guestFiles().pipe();
      guestFiles().close(w);
      e.fd = r;
      return e;
    },
  },
  methods: {
    register: [
      "fd, eventmask=select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT",
      "Registers a new fd or raises an OSError if the fd is already registered.",
      (e: Epoll, fd: Value, ev: Value = 7) => {
        open(e).events.set(known(e, fd, false), Number(A.asIndex(ev)));
        return None;
      },
    ],
    modify: [
      "fd, eventmask",
      "Modify event mask for a registered file descriptor.",
      (e: Epoll, fd: Value, ev: Value) => {
        open(e).events.set(known(e, fd, true), Number(A.asIndex(ev)));
        return None;
      },
    ],
    unregister: ["fd", "Remove a registered file descriptor from the epoll object.", (e: Epoll, fd: Value) => {
      const n = asFd(fd);
      if (!open(e).events.delete(n)) throw fromErrno(2);
      return None;
    }],
    poll: [
      "timeout=None, maxevents=-1",
      "Wait for events on the epoll file descriptor.",
      (e: Epoll, t: Value = None, most: Value = -1) => {
        open(e);
        const s = timeoutArg(t, 1), n = A.asInt32(most);
        if (n !== -1 && n <= 0) throw valueError(`maxevents must be greater than 0, got ${n}`);
        return waitFor(() => eventsOf(e.events, n === -1 ? 1023 : n), s, pairs);
      },
      M_PUSH,
    ],
    close: ["", "Close the epoll control file descriptor.", closeEpoll],
    fileno: ["", "Return the epoll control file descriptor.", (e: Epoll) => open(e).fd],
    __enter__: ["", "", open],
    __exit__: ["exc_type=None, exc_value=None, exc_tb=None, /", "", closeEpoll],
    fromfd: ["fd, /", "Create an epoll object from a given control fd.", (_t: Value, fd: Value) => {
      const e = new Epoll(epollType);
      e.fd = asFd(fd);
      return e;
    }, 1],
  },
  getset: { closed: [(e: Epoll) => e.fd < 0, undefined, "True if the epoll handler is closed"] },
});

export const spec: ModuleSpec = {
  name: "select",
  doc: "Waiting for I/O on several descriptors.",
  functions: {
    select: [
      "rlist, wlist, xlist, timeout=None, /",
      "Wait until one or more file descriptors are ready for some kind of I/O.",
      select,
      M_PUSH,
    ],
    poll: ["", "Returns a polling object.", () => new Poll(pollType)],
  },
  types: { epoll: epollType },
  // deno-fmt-ignore
  constants: {
    error: () => X.OSError,
    EPOLLERR: 8, EPOLLET: 2147483648, EPOLLEXCLUSIVE: 268435456, EPOLLHUP: 16, EPOLLIN: 1, EPOLLMSG: 1024,
    EPOLLONESHOT: 1073741824, EPOLLOUT: 4, EPOLLPRI: 2, EPOLLRDBAND: 128, EPOLLRDHUP: 8192, EPOLLRDNORM: 64,
    EPOLLWAKEUP: 536870912, EPOLLWRBAND: 512, EPOLLWRNORM: 256, EPOLL_CLOEXEC: 524288, PIPE_BUF: 4096, POLLERR: 8,
    POLLHUP: 16, POLLIN: 1, POLLMSG: 1024, POLLNVAL: 32, POLLOUT: 4, POLLPRI: 2, POLLRDBAND: 128, POLLRDHUP: 8192,
    POLLRDNORM: 64, POLLWRBAND: 512, POLLWRNORM: 256,
  },
};
