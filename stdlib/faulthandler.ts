// CPython 3.14: Modules/faulthandler.c, Python/traceback.c (_Py_DumpTraceback)
//
// Tracebacks written straight to a descriptor: on request, when a signal arrives, or when a time has
// passed. A crash of the host's own is not seen; enable() only remembers that it was called.

import { None, PyFloat, typeName, type Value } from "../core/objects/object.ts";
import { notImplementedError, runtimeError, typeError, valueError } from "../core/objects/errors.ts";
import {
  asDouble,
  asInt32,
  call2,
  callMethod,
  hasIndex,
  isCallable,
  isInt,
  isTrue,
  lookupAttr,
  strValue,
} from "../core/objects/abstract.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { NativeDef, PyBuiltin } from "../core/objects/native.ts";
import { utf16 } from "../core/objects/names.ts";
import { asciiText } from "../core/objects/str_repr.ts";
import { lineAt } from "../core/code/locations.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { interp, visible } from "../vm/interpreter.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { hookSignal, raiseSignal, setWatchdog } from "./_signal.ts";
import { guestFiles } from "./libmount.ts";
import { hostCall } from "./os_error.ts";
import { HostError } from "../vm/host.ts";

const MAX_FRAMES = 100, MAX_NAME = 500;
const FATAL: ReadonlySet<number> = new Set([4, 6, 7, 8, 11]);

interface Registered {
  restore: () => void;
}
interface State {
  enabled: boolean;
  registered: Map<number, Registered>;
}
const KEY = {};
function state(): State {
  return interpStore(KEY, () => ({ enabled: false, registered: new Map<number, Registered>() }));
}

/** Writes text to a descriptor; what goes wrong goes unnoticed. */
function write(fd: number, text: string): void {
  try {
    const bytes = new TextEncoder().encode(text), files = guestFiles();
    for (let at = 0; at < bytes.length;) at += files.write(fd, bytes.subarray(at));
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
  }
}
/** The descriptor of a file argument: a number, or a file object, which is flushed. */
function fileArg(file: Value | undefined): number {
  if (file === undefined || file === None) {
    file = cur.interp.sys.dict.getStr("stderr");
    if (file === undefined) throw runtimeError("unable to get sys.stderr");
    if (file === None) throw runtimeError("sys.stderr is None");
  }
  if (isInt(file)) {
    const fd = asInt32(file);
    if (fd < 0) throw valueError("file is not a valid file descriptor");
    return fd;
  }
  const fd = callMethod(file, "fileno");
  if (!isInt(fd) || asInt32(fd) < 0) throw runtimeError("file.fileno() is not a valid file descriptor");
  const flush = lookupAttr(file, "flush");
  if (flush !== undefined) callMethod(file, "flush");
  return asInt32(fd);
}

function ascii(v: Value): string {
  const s = utf16(strValue(v));
  return asciiText(s.length > MAX_NAME ? `${s.slice(0, MAX_NAME)}...` : s);
}
function frames(): string {
  let out = "", n = 0;
  for (let f = visible((cur as VmThread).frame); f !== undefined; f = visible(f.back)) {
    if (n++ >= MAX_FRAMES) return `${out}  ...\n`;
    const code = f.prep.code;
    const line = lineAt(code.co_linetable, code.co_firstlineno, f.pc);
    out += `  File "${ascii(code.co_filename)}", line ${line ?? "???"} in ${ascii(code.co_name)}\n`;
  }
  return out === "" ? "  <no Python frame>\n" : out;
}
/** The traceback of the running thread under a heading. */
function dump(fd: number, all: boolean, current = true): void {
  const name = interp().config.executable.replace(/^.*\//, "").slice(0, 15) || "python";
  const head = all ? `${current ? "Current thread" : "Thread"} 0x${"1".padStart(16, "0")} [${name}]` : "Stack";
  write(fd, `${head} (most recent call first):\n${frames()}`);
}

/** "0:00:01.500000" */
function duration(us: number): string {
  const s = Math.floor(us / 1e6), rest = us % 1e6;
  const two = (n: number) => String(n).padStart(2, "0");
  const text = `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return rest === 0 ? text : `${text}.${String(rest).padStart(6, "0")}`;
}

function dumpLater(_m: Value, timeout: Value, repeat: Value = false, file?: Value, exit: Value = false): Value {
  if (!(timeout instanceof PyFloat) && !hasIndex(timeout)) {
    throw typeError(`'${typeName(timeout)}' object cannot be interpreted as an integer or float`);
  }
  const us = Math.ceil(asDouble(timeout) * 1e6);
  if (!(us > 0)) throw valueError("timeout must be greater than 0");
  const again = isTrue(repeat), fd = fileArg(file), ends = isTrue(exit);
  const head = `Timeout (${duration(us)})!\n`;
  const start = (): void =>
    setWatchdog(us / 1000, () => {
      write(fd, head);
      dump(fd, true, false);
      if (ends) hostCall(() => interp().host.process.exit(1));
      if (again) start();
    });
  start();
  return None;
}

function register(_m: Value, num: Value, file?: Value, allThreads: Value = true, chain: Value = false): Value {
  const n = asInt32(num);
  if (FATAL.has(n)) throw runtimeError(`signal ${n} cannot be registered, use enable() instead`);
  if (n < 1 || n > 64) throw valueError("signal number out of range");
  const fd = fileArg(file), all = isTrue(allThreads), chained = isTrue(chain), st = state();
  st.registered.get(n)?.restore();
  let before: Value = None;
  const handler = new PyBuiltin(
    new NativeDef("faulthandler_user", ["signalnum, frame, /", "", (_s: Value, signum: Value, frame: Value) => {
      dump(fd, all);
      if (chained && isCallable(before)) call2(before, signum, frame);
      return None;
    }]),
    undefined,
    "faulthandler",
  );
  before = callMethod(cur.interp.importModule("_signal"), "getsignal", n);
  st.registered.set(n, { restore: hookSignal(n, handler) });
  return None;
}

function crash(signal: number) {
  return () => {
    raiseSignal(signal);
    return None;
  };
}
function notHere(name: string) {
  return (): never => {
    throw notImplementedError(`faulthandler.${name}`);
  };
}

export const spec: ModuleSpec = {
  name: "faulthandler",
  doc: "Tracebacks on faults, signals and time-outs.",
  functions: {
    enable: ["file=sys.stderr, all_threads=True", "Switches the fault handler on.", (_m: Value, file?: Value) => {
      fileArg(file);
      state().enabled = true;
      return None;
    }],
    disable: ["", "Switches the fault handler off; tells whether it was on.", () => {
      const st = state(), was = st.enabled;
      st.enabled = false;
      return was;
    }],
    is_enabled: ["", "Whether the fault handler is on.", () => state().enabled],
    dump_traceback: [
      "file=sys.stderr, all_threads=True",
      "Writes the traceback of the thread, or of all threads, to a file.",
      (_m: Value, file?: Value, all: Value = true) => {
        const threads = isTrue(all);
        dump(fileArg(file), threads);
        return None;
      },
    ],
    dump_c_stack: ["file=sys.stderr", "Writes the C stack to a file: there is none.", (_m: Value, file?: Value) => {
      write(
        fileArg(file),
        "Current thread's C stack trace (most recent call first):\n  <cannot get C stack on this system>\n",
      );
      return None;
    }],
    dump_traceback_later: [
      "timeout, repeat=False, file=sys.stderr, exit=False",
      "Writes the tracebacks of all threads after a time, unless it is cancelled.",
      dumpLater,
    ],
    cancel_dump_traceback_later: ["", "Takes dump_traceback_later() back.", () => {
      setWatchdog(undefined);
      return None;
    }],
    register: [
      "signum, file=sys.stderr, all_threads=True, chain=False",
      "Has the traceback written when a signal arrives.",
      register,
    ],
    unregister: [
      "signum, /",
      "Takes register() back; tells whether there was anything to take back.",
      (_m: Value, num: Value) => {
        const n = asInt32(num), st = state();
        if (n < 1 || n > 64) throw valueError("signal number out of range");
        const r = st.registered.get(n);
        if (r === undefined) return false;
        st.registered.delete(n);
        r.restore();
        return true;
      },
    ],
    _read_null: ["", "Crashes by reading from NULL.", crash(11)],
    _sigsegv: ["release_gil=False, /", "Raises SIGSEGV.", crash(11)],
    _sigabrt: ["", "Raises SIGABRT.", crash(6)],
    _sigfpe: ["", "Raises SIGFPE.", crash(8)],
    _fatal_error_c_thread: ["", "Ends a C thread by a fatal error.", notHere("_fatal_error_c_thread")],
    _stack_overflow: ["", "Overflows the C stack.", notHere("_stack_overflow")],
  },
};
