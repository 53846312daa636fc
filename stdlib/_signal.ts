// CPython 3.14: Modules/signalmodule.c
//
// Signals. A signal that arrives (from the host, from raise_signal or kill, from a timer) is noted
// and its Python handler runs at the next poll, in the main thread. A blocked one waits in `waiting`.
// Timers are looked at on each poll while one runs, and `time.sleep` wakes for them (`nextTimer`).
// Where the host does not deliver a signal, a handler for it still serves signals from within.

import {
  builtinType,
  None,
  PyFloat,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Value,
} from "../core/objects/object.ts";
import { newErrorArgs, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { newSet } from "../core/objects/set.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";
import { NativeDef, PyBuiltin } from "../core/objects/native.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { type Interp, interp } from "../vm/interpreter.ts";
import { strerror } from "../vm/errno_table.ts";
import { fromErrno, hostCall } from "./os_error.ts";
import { guestFiles } from "./libmount.ts";

const SIGNALS: Record<string, number> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGIOT: 6,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCLD: 17,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGPOLL: 29,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
  SIGRTMIN: 34,
  SIGRTMAX: 64,
};
const NSIG = 65;
const SIG_DFL = 0, SIG_IGN = 1;
const SIGINT = 2,
  SIGKILL = 9,
  SIGPIPE = 13,
  SIGALRM = 14,
  SIGCONT = 18,
  SIGSTOP = 19,
  SIGXFSZ = 25,
  SIGVTALRM = 26,
  SIGPROF = 27;
/** Signals that do nothing by default. */
const HARMLESS: ReadonlySet<number> = new Set([17, SIGCONT, 23, 28]);

const TEXTS: readonly string[] = [
  "",
  "Hangup",
  "Interrupt",
  "Quit",
  "Illegal instruction",
  "Trace/breakpoint trap",
  "Aborted",
  "Bus error",
  "Floating point exception",
  "Killed",
  "User defined signal 1",
  "Segmentation fault",
  "User defined signal 2",
  "Broken pipe",
  "Alarm clock",
  "Terminated",
  "Stack fault",
  "Child exited",
  "Continued",
  "Stopped (signal)",
  "Stopped",
  "Stopped (tty input)",
  "Stopped (tty output)",
  "Urgent I/O condition",
  "CPU time limit exceeded",
  "File size limit exceeded",
  "Virtual timer expired",
  "Profiling timer expired",
  "Window changed",
  "I/O possible",
  "Power failure",
  "Bad system call",
];

interface Timer {
  signal: number;
  /** When it goes off, on its clock in ms; Infinity: it does not run. */
  due: number;
  interval: number;
}
interface SignalState {
  handlers: Map<number, Value>;
  /** Arrived and not handled yet. */
  tripped: Set<number>;
  blocked: Set<number>;
  /** Arrived while blocked. */
  waiting: Set<number>;
  /** Ends the host's delivery of a signal. */
  unlisten: Map<number, () => void>;
  wakeupFd: number;
  warnFull: boolean;
  timers: Timer[];
  /** Counts the handlers that ran, for pause(). */
  handled: number;
  /** A function to call at a time in ms, if nobody takes it away before (faulthandler). */
  watchdog: { due: number; run: () => void } | undefined;
}
const KEY = {};
function state(): SignalState {
  return interpStore(KEY, () => ({
    handlers: new Map<number, Value>([[SIGINT, defaultIntHandler()], [SIGPIPE, SIG_IGN], [SIGXFSZ, SIG_IGN]]),
    tripped: new Set<number>(),
    blocked: new Set<number>(),
    waiting: new Set<number>(),
    unlisten: new Map<number, () => void>(),
    wakeupFd: -1,
    warnFull: true,
    timers: [SIGALRM, SIGVTALRM, SIGPROF].map((signal) => ({ signal, due: Infinity, interval: 0 })),
    handled: 0,
    watchdog: undefined,
  }));
}

const INT_KEY = {};
const INT_DOC = "The handler of SIGINT that Python installs; it raises KeyboardInterrupt.";
/** The one default_int_handler of an Interpreter. */
function defaultIntHandler(): Value {
  return interpStore(INT_KEY, () =>
    new PyBuiltin(
      new NativeDef("default_int_handler", ["signalnum, frame, /", INT_DOC, () => {
        throw newErrorArgs(X.KeyboardInterrupt, []);
      }]),
      undefined,
      "_signal",
    ));
}

const itimerError: PyType = builtinType("signal.ItimerError", X.OSError, false, false);
itimerError.hasDict = true;
setSpec(itimerError, {});
const siginfoType = structSeqType({
  name: "signal.struct_siginfo",
  doc:
    "struct_siginfo: Result from sigwaitinfo or sigtimedwait.\n\nThis object may be accessed either as a tuple of\n(si_signo, si_code, si_errno, si_pid, si_uid, si_status, si_band),\nor via the attributes si_signo, si_code, and so on.",
  fields: ["si_signo", "si_code", "si_errno", "si_pid", "si_uid", "si_status", "si_band"],
  visible: 7,
});

// ---- delivery -------------------------------------------------------------------------------

function isHandler(v: Value | undefined): v is PyObject {
  return v !== undefined && v !== SIG_DFL && v !== SIG_IGN && v !== None;
}

/** Notes that a signal has arrived. The Interpreter whose state is current gets it. */
export function tripSignal(n: number): void {
  const st = state(), i = interp();
  if (st.blocked.has(n)) {
    st.waiting.add(n);
    return;
  }
  const h = st.handlers.get(n);
  if (h === SIG_IGN) return;
  if (!isHandler(h)) {
    if (!HARMLESS.has(n)) hostCall(() => i.host.process.kill(i.host.process.pid(), n));
    return;
  }
  st.tripped.add(n);
  if (st.wakeupFd >= 0) {
    try {
      guestFiles().write(st.wakeupFd, new Uint8Array([n]));
    } catch {
      // a full or closed pipe: the signal is handled all the same
    }
  }
  if (!i.pending.includes(runHandlers)) i.pending.push(runHandlers);
  // the main thread looks at its next call or jump
  i.main.fuel = 0;
}

/** Runs the Python handlers of the signals that have arrived. */
function runHandlers(): void {
  const st = state();
  for (const n of [...st.tripped].sort((a, b) => a - b)) {
    if (!st.tripped.delete(n)) continue;
    const h = st.handlers.get(n);
    if (!isHandler(h)) continue;
    st.handled++;
    if (st.tripped.size > 0) {
      const i = interp();
      if (!i.pending.includes(runHandlers)) i.pending.push(runHandlers);
    }
    A.call2(h, n, cur.vm.frameObject(0) ?? None);
  }
}

/** Has the host deliver a signal to this Interpreter. */
function listen(n: number): void {
  const st = state(), i = interp();
  if (st.unlisten.has(n)) return;
  try {
    st.unlisten.set(n, i.host.signals.listen(n, () => i.enter(() => tripSignal(n))));
  } catch {
    // the host can't: the handler serves signals from within
  }
}
function unlisten(n: number): void {
  const st = state();
  st.unlisten.get(n)?.();
  st.unlisten.delete(n);
}

/** Takes SIGINT from the host, as a Python that owns its process does. */
export function installSignals(i: Interp): void {
  i.enter(() => {
    state();
    listen(SIGINT);
  });
}
/** Gives all signals back to the host. */
export function removeSignals(i: Interp): void {
  i.enter(() => {
    for (const n of [...state().unlisten.keys()]) unlisten(n);
  });
}

/** Sends a signal to the Interpreter itself and runs its handler. */
export function raiseSignal(n: number): void {
  if (n < 0 || n >= NSIG || n === 32 || n === 33) throw fromErrno(22);
  if (n === 0) return;
  tripSignal(n);
  runHandlers();
}

/**
 * Acts as if a signal had arrived (_thread.interrupt_main): one that has a Python handler. The main thread runs it
 * at once, or when it next looks. ValueError for a number that is no signal's.
 */
export function interruptMain(n: number): void {
  if (n < 1 || n >= NSIG) throw valueError("signal number out of range");
  if (!isHandler(state().handlers.get(n))) return;
  tripSignal(n);
  if (cur === interp().main) runHandlers();
}

// ---- timers ---------------------------------------------------------------------------------

/** The clock of a timer in ms: real time for ITIMER_REAL, processor time for the others. */
function now(which: number): number {
  return which === 0 ? performance.now() : Number(interp().host.clock.processNs()) / 1e6;
}
function checkTimers(): void {
  const st = state();
  const dog = st.watchdog;
  if (dog !== undefined && performance.now() >= dog.due) {
    st.watchdog = undefined;
    setTimerCheck();
    dog.run();
  }
  for (let w = 0; w < 3; w++) {
    const t = st.timers[w];
    if (t.due === Infinity) continue;
    const at = now(w);
    if (at < t.due) continue;
    t.due = t.interval > 0 ? at + t.interval : Infinity;
    setTimerCheck();
    tripSignal(t.signal);
  }
}
function setTimerCheck(): void {
  const st = state();
  interp().timerCheck = st.watchdog !== undefined || st.timers.some((t) => t.due !== Infinity)
    ? checkTimers
    : undefined;
}
/** Seconds until the next real-time timer goes off; Infinity when none runs. */
export function nextTimer(): number {
  if (interp().timerCheck === undefined) return Infinity;
  const st = state();
  const due = Math.min(st.timers[0].due, st.watchdog?.due ?? Infinity);
  return Math.max(0, (due - performance.now()) / 1000);
}
/** Has a function called after some ms; undefined takes it away. */
export function setWatchdog(ms: number | undefined, run: () => void = () => {}): void {
  state().watchdog = ms === undefined ? undefined : { due: performance.now() + ms, run };
  setTimerCheck();
}
/** Sets what happens when a signal arrives to a function of the host; gives back what restores it. */
export function hookSignal(n: number, f: Value): () => void {
  const st = state(), old = st.handlers.get(n);
  st.handlers.set(n, f);
  listen(n);
  return () => {
    if (old === undefined) st.handlers.delete(n);
    else st.handlers.set(n, old);
    if (!isHandler(old)) unlisten(n);
  };
}
/** What is left of a timer and its interval, in ms. */
function timerLeft(which: number): [left: number, interval: number] {
  const t = state().timers[which];
  return t.due === Infinity ? [0, 0] : [Math.max(t.due - now(which), 0.001), t.interval];
}
function startTimer(which: number, ms: number, interval: number): void {
  const t = state().timers[which];
  t.due = ms > 0 ? now(which) + ms : Infinity;
  t.interval = interval;
  setTimerCheck();
}
function timerArg(v: Value): number {
  const w = A.asInt32(v);
  if (w < 0 || w > 2) throw badTimer();
  return w;
}
function badTimer() {
  return X.makeException(itimerError, new PyTuple([22, strerror(22)]));
}
function timerPair([left, interval]: [number, number]): PyTuple {
  const s = (ms: number) => new PyFloat(Math.round(ms * 1000) / 1e6);
  return new PyTuple([s(left), s(interval)]);
}
function timerSeconds(v: Value): number {
  const s = A.asDouble(v);
  if (Number.isNaN(s)) throw valueError("Invalid value NaN (not a number)");
  if (s < 0) throw badTimer();
  if (s > 9.2e9) throw overflowError("timestamp out of range for C PyTime_t");
  return s * 1000;
}

/** Waits in small steps until `done`, running timers and pending calls. */
function waitFor(done: () => boolean, seconds: number): boolean {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    cur.vm.poll();
    if (done()) return true;
    const left = (end - performance.now()) / 1000;
    if (left <= 0) return false;
    hostCall(() => interp().host.clock.sleepSync(Math.min(left, nextTimer(), 0.05)));
  }
}

// ---- functions ------------------------------------------------------------------------------

function signalArg(v: Value): number {
  const n = A.asInt32(v);
  if (n < 1 || n >= NSIG) throw valueError("signal number out of range");
  return n;
}
function handlerOf(n: number): Value {
  return n === 32 || n === 33 ? None : state().handlers.get(n) ?? SIG_DFL;
}

function setSignal(_m: Value, num: Value, handler: Value): Value {
  const n = A.asInt32(num);
  if (cur !== interp().main) throw valueError("signal only works in main thread of the main interpreter");
  if (n < 1 || n >= NSIG) throw valueError("signal number out of range");
  const plain = A.isInt(handler) ? A.intValue(handler) : undefined;
  if (plain !== SIG_DFL && plain !== SIG_IGN && !A.isCallable(handler)) {
    throw typeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  }
  cur.vm.poll();
  if (n === SIGKILL || n === SIGSTOP || n === 32 || n === 33) throw fromErrno(22);
  const old = handlerOf(n), st = state();
  st.handlers.set(n, plain === SIG_DFL || plain === SIG_IGN ? plain : handler);
  if (plain === SIG_DFL) unlisten(n);
  else listen(n);
  return old;
}

/** An iterable of signal numbers. */
function signalSet(v: Value): Set<number> {
  const out = new Set<number>();
  const it = A.getIter(v);
  for (let x = A.iterNext(it); x !== undefined; x = A.iterNext(it)) {
    const i = A.asIndex(x);
    const n = typeof i === "number" ? i : NaN;
    if (!(n >= 1 && n < NSIG)) throw valueError(`signal number ${i} out of range [1; 64]`);
    if (n !== 32 && n !== 33) out.add(n);
  }
  return out;
}
function sorted(s: Iterable<number>): Value {
  return newSet([...s].sort((a, b) => a - b));
}

function sigmask(_m: Value, how: Value, mask: Value): Value {
  const h = A.asInt32(how), set = signalSet(mask), st = state();
  const old = sorted(st.blocked);
  if (h === 0) { for (const n of set) st.blocked.add(n); }
  else if (h === 1) { for (const n of set) st.blocked.delete(n); }
  else if (h === 2) st.blocked = set;
  else throw fromErrno(22);
  st.blocked.delete(SIGKILL);
  st.blocked.delete(SIGSTOP);
  for (const n of [...st.waiting]) {
    if (st.blocked.has(n)) continue;
    st.waiting.delete(n);
    tripSignal(n);
  }
  runHandlers();
  return old;
}

/** Takes a waiting signal of a set; undefined when none comes in time. */
function waitSignal(set: Set<number>, seconds: number): number | undefined {
  const st = state();
  const find = () => [...st.waiting].filter((n) => set.has(n)).sort((a, b) => a - b)[0];
  if (!waitFor(() => find() !== undefined, seconds)) return undefined;
  const n = find();
  st.waiting.delete(n);
  return n;
}
function siginfo(n: number): Value {
  const p = interp().host.process;
  return structSeq(siginfoType, [n, 0, 0, hostCall(() => p.pid()), hostCall(() => p.getuid()), 0, 0]);
}

function wakeupFd(_m: Value, fd: Value, warn: Value = true): Value {
  const n = A.asInt32(fd), st = state();
  if (cur !== interp().main) throw valueError("set_wakeup_fd only works in main thread of the main interpreter");
  if (n !== -1) {
    const files = guestFiles();
    hostCall(() => files.fstat(n));
    if (hostCall(() => files.getBlocking(n))) throw valueError(`the fd ${n} must be in non-blocking mode`);
  }
  const old = st.wakeupFd;
  st.wakeupFd = n;
  st.warnFull = A.isTrue(warn);
  return old;
}

export const spec: ModuleSpec = {
  name: "_signal",
  doc: "Signals and their handlers.",
  types: { ItimerError: itimerError, struct_siginfo: siginfoType },
  functions: {
    alarm: ["seconds, /", "Has SIGALRM arrive after a number of seconds.", (_m: Value, s: Value) => {
      const n = A.asInt32(s), [left] = timerLeft(0);
      startTimer(0, n * 1000, 0);
      return Math.ceil(left / 1000);
    }],
    setitimer: [
      "which, seconds, interval=0.0, /",
      "Starts or stops a timer.\n\nIts signal arrives after the seconds, and then after each interval. Returns what the timer was.",
      (_m: Value, which: Value, s: Value, interval: Value = 0) => {
        const ms = timerSeconds(s), every = timerSeconds(interval), w = timerArg(which);
        const old = timerLeft(w);
        startTimer(w, ms, every);
        return timerPair(old);
      },
    ],
    getitimer: [
      "which, /",
      "What is left of a timer, and its interval.",
      (_m: Value, which: Value) => timerPair(timerLeft(timerArg(which))),
    ],
    signal: [
      "signalnum, handler, /",
      "Sets what happens when a signal arrives: SIG_DFL, SIG_IGN or a callable.\n\nReturns what it was. The callable gets the number and the frame that was running.",
      setSignal,
    ],
    raise_signal: ["signalnum, /", "Sends a signal to the process itself.", (_m: Value, n: Value) => {
      raiseSignal(A.asInt32(n));
      return None;
    }],
    strsignal: ["signalnum, /", "The system's description of a signal, or None.", (_m: Value, v: Value) => {
      const n = signalArg(v);
      return n >= 34 ? `Real-time signal ${n - 34}` : TEXTS[n] ?? None;
    }],
    getsignal: [
      "signalnum, /",
      "What happens when a signal arrives; None when it is not known.",
      (_m: Value, n: Value) => handlerOf(signalArg(n)),
    ],
    set_wakeup_fd: [
      "fd, /, *, warn_on_full_buffer=True",
      "Sets the descriptor to which the number of each signal that arrives is written; -1 for none.\n\nReturns what it was.",
      wakeupFd,
    ],
    siginterrupt: [
      "signalnum, flag, /",
      "Whether a signal interrupts system calls. Nothing is interrupted here.",
      (_m: Value, n: Value, flag: Value) => {
        signalArg(n);
        A.asInt32(flag);
        return None;
      },
    ],
    pause: ["", "Waits until a signal arrives.", () => {
      const st = state(), before = st.handled;
      waitFor(() => st.handled !== before, Infinity);
      return None;
    }],
    pthread_kill: ["thread_id, signalnum, /", "Sends a signal to a thread.", (_m: Value, id: Value, n: Value) => {
      A.asIndex(id);
      raiseSignal(A.asInt32(n));
      return None;
    }],
    pthread_sigmask: ["how, mask, /", "Changes which signals are blocked; returns those that were.", sigmask],
    sigpending: ["", "The signals that have arrived while blocked.", () => sorted(state().waiting)],
    sigwait: [
      "sigset, /",
      "Waits for one of a set of blocked signals and takes it.",
      (_m: Value, s: Value) => waitSignal(signalSet(s), Infinity)!,
    ],
    sigwaitinfo: [
      "sigset, /",
      "Waits for one of a set of blocked signals and tells about it.",
      (_m: Value, s: Value) => siginfo(waitSignal(signalSet(s), Infinity)!),
    ],
    sigtimedwait: [
      "sigset, timeout, /",
      "As sigwaitinfo, for a time; None when none arrives.",
      (_m: Value, s: Value, t: Value) => {
        const seconds = A.asDouble(t), set = signalSet(s);
        if (seconds < 0) throw valueError("timeout must be non-negative");
        const n = waitSignal(set, seconds);
        return n === undefined ? None : siginfo(n);
      },
    ],
    pidfd_send_signal: [
      "pidfd, signalnum, siginfo=None, flags=0, /",
      "Sends a signal to a process by its descriptor.",
      (_m: Value, _fd: Value, _n: Value, info: Value = None) => {
        if (info !== None) throw typeError("siginfo must be None");
        throw fromErrno(38);
      },
    ],
    valid_signals: [
      "",
      "The numbers of all signals there are.",
      () => sorted(Array.from({ length: 64 }, (_, i) => i + 1).filter((n) => n !== 32 && n !== 33)),
    ],
  },
  constants: {
    NSIG,
    SIG_DFL,
    SIG_IGN,
    SIG_BLOCK: 0,
    SIG_UNBLOCK: 1,
    SIG_SETMASK: 2,
    ...SIGNALS,
    ITIMER_REAL: 0,
    ITIMER_VIRTUAL: 1,
    ITIMER_PROF: 2,
    default_int_handler: defaultIntHandler,
  },
};
