// CPython 3.14: Modules/_posixsubprocess.c, Modules/posixmodule.c (fork, exec, wait)
//
// Children. The guest runs on the host's only thread, and what a child of the host writes arrives
// only when that thread is free. Where the host can do without (`launch`), a child runs beside this
// process from the start. Elsewhere it is not started at once: its program, arguments and
// descriptors are kept, and it is run to its end when the guest first waits for it, reads from a
// pipe that is empty, or ends. Everything it was sent through a pipe by then is its input.

import { HostError, type HostExit, type HostRunning, type HostSpawnOptions, type HostStdio } from "../vm/host.ts";
import { type Steps, Wait } from "./io_steps.ts";
import { interpStore } from "../core/objects/state.ts";
import { interp } from "../vm/interpreter.ts";
import { guestFiles } from "./libmount.ts";

/** A child that was asked for. */
export interface Child {
  readonly pid: number;
  options: HostSpawnOptions;
  /** Descriptors held for it, closed when it has run. */
  held: number[];
  /** Wait status, once it has ended. */
  status: number | undefined;
  /** The child itself, where it runs beside this process. */
  running?: HostRunning;
  /** Why it could not be started. */
  error?: HostError;
}

interface Children {
  next: number;
  byPid: Map<number, Child>;
  waiting: Child[];
  running: boolean;
}
const KEY = {};
function state(): Children {
  return interpStore(KEY, () => ({ next: 0, byPid: new Map(), waiting: [], running: false }));
}

/** All children that were not waited for. */
export function children(): Map<number, Child> {
  return state().byPid;
}

/** Registers a child; the descriptors for it are duplicated. One that `failed` has ended already. */
export function addChild(options: HostSpawnOptions, failed = false): Child {
  const s = state();
  const running = failed ? undefined : interp().host.spawn.launch?.(options);
  if (running !== undefined) {
    const child: Child = { pid: running.pid, options, held: [], status: undefined, running };
    s.byPid.set(child.pid, child);
    return child;
  }
  let base = 1;
  try {
    base = interp().host.process.pid();
  } catch {
    // any number will do
  }
  const files = guestFiles();
  const held: number[] = [];
  const hold = <T extends HostStdio | "stdout">(x: T): T => {
    if (typeof x !== "number" || failed) return x;
    const fd = files.dup(x);
    held.push(fd);
    return fd as T;
  };
  const child: Child = {
    pid: base + ++s.next,
    options: { ...options, stdin: hold(options.stdin), stdout: hold(options.stdout), stderr: hold(options.stderr) },
    held,
    status: failed ? 255 << 8 : undefined,
  };
  s.byPid.set(child.pid, child);
  if (!failed) s.waiting.push(child);
  return child;
}

function waitStatus(end: HostExit): number {
  return end.signal !== undefined ? end.signal : (end.code ?? 255) << 8;
}

/** Looks whether a child that runs beside this process has ended. */
export function lookAt(c: Child): void {
  const end = c.status === undefined ? c.running?.poll() : undefined;
  if (end !== undefined) c.status = waitStatus(end);
}

/** Waits until one of the children has ended. */
export function* waitForOne(of: Child[]): Steps<void> {
  if (of.some((c) => c.status !== undefined)) return;
  const still = of.find((c) => c.running === undefined);
  if (still !== undefined) return runChild(still);
  const { files } = interp().host;
  yield new Wait(() => {
    // what was written to children goes on to them
    files.flushPipes?.();
    of.forEach(lookAt);
    return of.some((c) => c.status !== undefined);
  }, false);
}

/** Runs one child to its end. */
export function runChild(c: Child): void {
  const s = state();
  const i = s.waiting.indexOf(c);
  if (i < 0) return;
  s.waiting.splice(i, 1);
  try {
    const r = interp().host.spawn.runSync(c.options);
    c.status = waitStatus(r);
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    c.status = 127 << 8;
    c.error = e;
  } finally {
    const files = guestFiles();
    for (const fd of c.held) {
      try {
        files.close(fd);
      } catch {
        // closed already
      }
    }
  }
}

/** Are there children that were not run yet? */
export function childrenWait(): boolean {
  return state().waiting.length > 0;
}

/** Runs the children that wait to be run; whether there were any. */
export function runChildren(): boolean {
  const s = state();
  if (s.running || s.waiting.length === 0) return false;
  s.running = true;
  try {
    while (s.waiting.length > 0) runChild(s.waiting[0]);
  } finally {
    s.running = false;
  }
  return true;
}

/** A signal for a child that was not run yet ends it; false when it is no such child. */
export function killChild(pid: number, signal: number): boolean {
  const c = state().byPid.get(pid);
  if (c === undefined || c.running !== undefined) return false;
  const s = state(), i = s.waiting.indexOf(c);
  if (i >= 0 && signal !== 0) {
    s.waiting.splice(i, 1);
    c.status = signal;
    const files = guestFiles();
    for (const fd of c.held) files.close(fd);
  }
  return true;
}
