// CPython 3.14: Modules/posixmodule.c (processes, users, scheduling, environment)

import {
  M_PUSH,
  type MethodDef,
  None,
  PyBytes,
  PyDictBase,
  PyFloat,
  PyList,
  PyTuple,
  PyType,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { notImplementedError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import { PyDict } from "../core/objects/dict.ts";
import { newSet } from "../core/objects/set.ts";
import { attrName } from "../core/objects/names.ts";
import { PyStructSeq, structSeq, structSeqType } from "../core/objects/structseq.ts";
import { cur } from "../core/objects/state.ts";
import { interp } from "../vm/interpreter.ts";
import { strerror } from "../vm/errno_table.ts";
import { HostError, type HostSpawnOptions, S } from "../vm/host.ts";
import { fromErrno, fromHostError, hostCall } from "./os_error.ts";
import { fsConverted, pathArg, pathValue } from "./posix_path.ts";
import { idArg } from "./posix_files.ts";
import { addChild, type Child, children, killChild, lookAt, waitForOne } from "./posix_child.ts";
import { CONFSTR_NAMES, PATHCONF_NAMES, SYSCONF_NAMES } from "./posix_consts.ts";
import { guestFiles } from "./libmount.ts";
import { carry, type Steps } from "./io_steps.ts";
import { raiseSignal } from "./_signal.ts";
import { flushAll } from "./io_registry.ts";

export const unameResultType = structSeqType({
  name: "posix.uname_result",
  doc: "uname_result: Result from os.uname().",
  fields: ["sysname", "nodename", "release", "version", "machine"],
  visible: 5,
});
export const timesResultType = structSeqType({
  name: "posix.times_result",
  doc: "times_result: Result from os.times().",
  fields: ["user", "system", "children_user", "children_system", "elapsed"],
  visible: 5,
});
export const waitidResultType = structSeqType({
  name: "posix.waitid_result",
  doc: "waitid_result: Result from waitid.",
  fields: ["si_pid", "si_uid", "si_signo", "si_status", "si_code"],
  visible: 5,
});
const rusageType = structSeqType({
  name: "resource.struct_rusage",
  fields: [
    "ru_utime",
    "ru_stime",
    "ru_maxrss",
    "ru_ixrss",
    "ru_idrss",
    "ru_isrss",
    "ru_minflt",
    "ru_majflt",
    "ru_nswap",
    "ru_inblock",
    "ru_oublock",
    "ru_msgsnd",
    "ru_msgrcv",
    "ru_nsignals",
    "ru_nvcsw",
    "ru_nivcsw",
  ],
  visible: 16,
});
export const schedParamType = structSeqType({
  name: "posix.sched_param",
  doc: "Currently has only one field: sched_priority",
  fields: [["sched_priority", "the scheduling priority"]],
  visible: 1,
});
schedParamType.spec!.slots!.tp_new = (t: PyType, args: Value[], kw?): Value => {
  const n = args.length - (kw?.length ?? 0);
  if (n > 1 || args.length > 1) throw typeError(`sched_param() takes exactly 1 argument (${args.length} given)`);
  if (kw !== undefined && kw.length > 0 && kw[0] !== "sched_priority") {
    throw typeError(`sched_param() got an unexpected keyword argument '${kw[0]}'`);
  }
  if (args.length === 0) throw typeError("sched_param() missing required argument 'sched_priority' (pos 1)");
  return new PyStructSeq(t, [args[0]], []);
};

const proc = () => interp().host.process;
type Opt = Value | undefined;
const status = (v: Value): number => A.asInt32(v);
const ifSignaled = (s: number) => ((s & 0x7f) + 1 << 24 >> 25) > 0;

/** os.waitstatus_to_exitcode */
function exitCode(_m: Value, v: Value): Value {
  const s = status(v);
  if ((s & 0x7f) === 0) {
    return s >> 8 & 255;
  }
  if (ifSignaled(s)) return -(s & 0x7f);
  if ((s & 0xff) === 0x7f) throw valueError(`process stopped by delivery of signal ${s >> 8 & 255}`);
  throw valueError(`invalid wait status: ${s}`);
}

/** Waits for a child; its pid and status. */
function* wait(pid: number, options: number): Steps<[number, number]> {
  const all = children();
  const of: Child[] = pid > 0 ? (all.has(pid) ? [all.get(pid)!] : []) : [...all.values()];
  if (of.length === 0) throw fromErrno(10);
  of.forEach(lookAt);
  let c = of.find((x) => x.status !== undefined);
  if (c === undefined) {
    // a child that can't run beside this process runs when it is asked for
    if (options & 1 && of.every((x) => x.running !== undefined)) return [0, 0];
    yield* waitForOne(of);
    c = of.find((x) => x.status !== undefined);
  }
  if (c?.status === undefined) {
    if (options & 1) return [0, 0];
    throw fromErrno(10);
  }
  // another thread may have waited for it, too
  if (!all.delete(c.pid)) throw fromErrno(10);
  return [c.pid, c.status];
}
function* waitTuple(pid: number, options: number, ...more: Value[]): Steps<Value> {
  return new PyTuple([...yield* wait(pid, options), ...more]);
}
function* waitId(pid: number, options: number): Steps<Value> {
  const [found, st] = yield* wait(pid, options);
  if (found === 0) return None;
  const signaled = ifSignaled(st);
  return structSeq(waitidResultType, [
    found,
    hostCall(() => proc().getuid()),
    17,
    signaled ? st & 0x7f : st >> 8,
    signaled ? 2 : 1,
  ]);
}
function rusage(): Value {
  const f = new PyFloat(0);
  return structSeq(rusageType, [f, f, ...new Array(14).fill(0)]);
}

/** The strings of an argument list. */
export function argStrings(v: Value, fn: string): string[] {
  if (!(v instanceof PyList) && !(v instanceof PyTuple)) throw typeError(`${fn} arg 2 must be a tuple or list`);
  const out = A.iterToArray(v).map(fsConverted);
  if (out.length === 0) throw valueError(`${fn}() arg 2 must not be empty`);
  return out;
}
/** An environment given as a mapping. */
export function envPairs(v: Value): [string, string][] {
  const keys = A.iterToArray(A.callMethod(v, "keys")), values = A.iterToArray(A.callMethod(v, "values"));
  return keys.map((k, i) => {
    const name = fsConverted(k);
    if (name === "" || name.indexOf("=", 1) >= 0) throw valueError("illegal environment variable name");
    return [name, fsConverted(values[i])];
  });
}

/** Runs a program in place of the guest: it runs to its end and its status ends the guest. */
function exec(file: string, shown: Value | undefined, args: string[], env: [string, string][] | undefined): never {
  const files = guestFiles();
  hostCall(() => {
    const isFolder = (files.stat(file).mode & S.IFMT) === S.IFDIR;
    if (isFolder || !files.access(file, 1)) throw new HostError("EACCES");
  }, shown);
  flushAll();
  const r = hostCall(
    () =>
      interp().host.spawn.runSync({
        file,
        args: args.slice(1),
        argv0: args[0],
        env,
        cwd: files.getcwd(),
        stdin: 0,
        stdout: 1,
        stderr: 2,
      }),
    shown,
  );
  return proc().exit(r.signal !== undefined ? 128 + r.signal : r.code ?? 1);
}

function spawn(fn: string, search: boolean) {
  return (
    _m: Value,
    path: Value,
    argv: Value,
    env: Value,
    actions: Value = new PyTuple([]),
    _pg?: Value,
    _reset?: Value,
    sid?: Value,
  ): Value => {
    const p = pathArg(path, fn);
    const args = argStrings(argv, fn);
    if (args[0] === "") throw valueError(`${fn}() arg 2 first element cannot be empty`);
    const pairs = env === None ? undefined : envPairs(env);
    const files = guestFiles();
    const fds = new Map<number, number>([[0, 0], [1, 1], [2, 2]]);
    const opened: number[] = [];
    for (const a of actions === None ? [] : A.iterToArray(actions)) {
      if (!(a instanceof PyTuple) || a.items.length === 0) {
        throw typeError("Each file_actions element must be a non-empty tuple");
      }
      const [kind, ...rest] = a.items;
      if (kind === 0) {
        const q = pathArg(rest[1], fn), flags = A.asInt32(rest[2]), mode = A.asInt32(rest[3]);
        const fd = hostCall(() => files.open(q.path, flags, mode), q.shown);
        opened.push(fd);
        fds.set(A.asInt32(rest[0]), fd);
      } else if (kind === 1) fds.delete(A.asInt32(rest[0]));
      else if (kind === 2) {
        const from = A.asInt32(rest[0]);
        fds.set(A.asInt32(rest[1]), fds.get(from) ?? from);
      } else if (kind !== 3) throw typeError("Unknown file_actions identifier");
    }
    const file = search ? findProgram(p.path, pairs) : p.path;
    hostCall(() => {
      files.stat(file);
      if (!files.access(file, 1)) throw new HostError("EACCES");
    }, p.shown);
    const o: HostSpawnOptions = {
      file,
      args: args.slice(1),
      argv0: args[0],
      env: pairs,
      cwd: files.getcwd(),
      stdin: fds.get(0) ?? "null",
      stdout: fds.get(1) ?? "null",
      stderr: fds.get(2) ?? "null",
      newSession: sid !== undefined && A.isTrue(sid),
    };
    const c = hostCall(() => addChild(o), p.shown);
    for (const fd of opened) files.close(fd);
    return c.pid;
  };
}
/** A program by name in PATH. */
function findProgram(name: string, env: [string, string][] | undefined): string {
  if (name.includes("/")) return name;
  let path: string | undefined;
  if (env !== undefined) path = env.find((e) => e[0] === "PATH")?.[1];
  try {
    path ??= interp().host.env.get("PATH");
  } catch {
    // not to be seen: the usual places
  }
  const files = guestFiles();
  for (const d of (path ?? "/bin:/usr/bin").split(":")) {
    const full = `${d || "."}/${name}`;
    if (files.access(full, 1)) return full;
  }
  return name;
}

const idCall = (go: () => number): MethodDef[2] => () => hostCall(go);
const triple = (go: () => number): MethodDef[2] => () => {
  const n = hostCall(go);
  return new PyTuple([n, n, n]);
};
/** Changes of identity that the host can't make: nothing when it is the present one, else EPERM. */
const keepId = (now: () => number, n: number): MethodDef[2] => (_m: Value, ...ids: Value[]) => {
  const have = hostCall(now);
  for (const v of ids.slice(0, n)) {
    const id = idArg(v, "uid");
    if (id !== -1 && id !== have) throw fromErrno(1);
  }
  return None;
};

function confName(v: Value, table: Readonly<Record<string, number>>): number {
  if (A.isStr(v)) {
    const name = attrName(v);
    if (!Object.hasOwn(table, name)) throw valueError("unrecognized configuration name");
    return table[name];
  }
  if (!A.hasIndex(v)) throw typeError("configuration names must be strings or integers");
  return A.asInt32(v);
}

/** sysconf values that follow from the platform; others are asked of the host or are -1. */
function sysconf(n: number): number {
  const cpus = () => {
    try {
      return proc().cpuCount();
    } catch {
      return 1;
    }
  };
  const known: Record<number, number | (() => number)> = {
    0: 2097152,
    1: 15000,
    2: 100,
    3: 65536,
    4: 1024,
    5: 16,
    6: 6,
    7: 1,
    8: 1,
    29: 200809,
    30: 4096,
    31: 32,
    32: -1,
    33: 2147483647,
    36: 99,
    37: 2048,
    38: 99,
    39: 1000,
    40: 255,
    42: 32,
    43: 2048,
    44: 32767,
    45: 2048,
    46: 200809,
    60: 1024,
    67: 200809,
    68: 200809,
    69: 1024,
    70: 1024,
    71: 256,
    72: 32,
    73: 4,
    74: 1024,
    75: 16384,
    83: cpus,
    84: cpus,
    88: 8192,
    89: 700,
    101: 8,
    102: 127,
    103: -128,
    104: 2147483647,
    105: -2147483648,
    106: 64,
    107: 32,
    108: 16,
    109: 20,
    110: 32767,
    111: 127,
    112: -128,
    113: 32767,
    114: -32768,
    115: 255,
    116: 4294967295,
    118: 65535,
    249: 2032,
  };
  const v = known[n];
  if (v !== undefined) return typeof v === "function" ? v() : v;
  if (n === 85) return 4194304;
  if (n === 86) return 2097152;
  if (!Object.values(SYSCONF_NAMES).includes(n)) throw fromErrno(22);
  return -1;
}
const CONFSTR: Readonly<Record<number, string>> = { 0: "/bin:/usr/bin", 2: "glibc 2.36", 3: "NPTL 2.36" };
const PATHCONF: Readonly<Record<number, number>> = {
  0: 127,
  1: 255,
  2: 255,
  3: 255,
  4: 4096,
  5: 4096,
  6: 1,
  7: 1,
  8: 0,
  13: 64,
  14: 4096,
  16: 4096,
  17: 4096,
};
function pathconf(n: number): number {
  if (!Object.values(PATHCONF_NAMES).includes(n)) throw fromErrno(22);
  return PATHCONF[n] ?? -1;
}

function random(size: Value): Value {
  const n = A.asSsize(size);
  if (n < 0) throw valueError("negative argument not allowed");
  const b = new Uint8Array(n);
  interp().host.random(b);
  return new PyBytes(b);
}

/** os.environ as bytes, as it is now. */
export function environment(): PyDict {
  const d = new PyDict();
  let all: [string, string][];
  try {
    all = interp().host.env.all();
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    all = [];
  }
  for (const [k, v] of all) d.set(pathValue(k, true), pathValue(v, true));
  return d;
}

function* system(command: Value): Steps<Value> {
  const cmd = fsConverted(command);
  const c = hostCall(() =>
    addChild({
      file: "/bin/sh",
      args: ["-c", cmd],
      argv0: "sh",
      stdin: 0,
      stdout: 1,
      stderr: 2,
      cwd: guestFiles().getcwd(),
    })
  );
  yield* waitForOne([c]);
  children().delete(c.pid);
  if (c.error !== undefined && c.error.code === "EACCES") throw fromHostError(c.error);
  return c.status ?? -1;
}

/** A function that the host has no counterpart for. */
/** Extended attributes: the host shows none, which is what a file system without them says. */
function noAttributes(sig: string): MethodDef {
  return [sig, "Not supported: the host shows no extended attributes.", (_m: Value, path: Value = None) => {
    throw fromErrno(95, path === None ? undefined : path);
  }];
}
function missing(name: string, sig: string): MethodDef {
  return [sig, `Not available: the host has no ${name}.`, () => {
    throw fromErrno(38);
  }];
}

/** The scheduling priority of a process; groups and users are not to be asked about. */
function schedulingPriority(which: Value, who: Value, to?: number): number {
  const kind = A.asInt32(which), pid = A.asInt32(who);
  if (kind < 0 || kind > 2) throw fromErrno(22);
  const host = proc();
  if (kind !== 0 || host.priority === undefined) throw fromErrno(38);
  return hostCall(() => host.priority!(pid, to));
}

/** A call on a terminal's process group: the guest's descriptors have none. */
function noTerminal(_m: Value, v: Value): Value {
  const fd = A.asInt32(v);
  hostCall(() => guestFiles().fstat(fd));
  throw fromErrno(25);
}
const forkHooks = {};

/** Functions on processes, users, scheduling, configuration. */
export const procFunctions: Record<string, MethodDef> = {
  WCOREDUMP: [
    "status, /",
    "Return True if the process returning status was dumped to a core file.",
    (_m, s: Value) => (status(s) & 0x80) !== 0,
  ],
  WEXITSTATUS: ["status", "Return the process return code from status.", (_m, s: Value) => status(s) >> 8 & 255],
  WIFCONTINUED: [
    "status",
    "Return True if a particular process was continued from a job control stop.",
    (_m, s: Value) => status(s) === 0xffff,
  ],
  WIFEXITED: [
    "status",
    "Return True if the process returning status exited via the exit() system call.",
    (_m, s: Value) => (status(s) & 0x7f) === 0,
  ],
  WIFSIGNALED: [
    "status",
    "Return True if the process returning status was terminated by a signal.",
    (_m, s: Value) => ifSignaled(status(s)),
  ],
  WIFSTOPPED: [
    "status",
    "Return True if the process returning status was stopped.",
    (_m, s: Value) => (status(s) & 0xff) === 0x7f,
  ],
  WSTOPSIG: [
    "status",
    "Return the signal that stopped the process that provided the status value.",
    (_m, s: Value) => status(s) >> 8 & 255,
  ],
  WTERMSIG: [
    "status",
    "Return the signal that terminated the process that provided the status value.",
    (_m, s: Value) => status(s) & 0x7f,
  ],
  waitstatus_to_exitcode: ["status", "Convert a wait status to an exit code.", exitCode],
  wait: ["", "Wait for completion of a child process.", () => carry(waitTuple(-1, 0)), M_PUSH],
  waitpid: [
    "pid, options, /",
    "Wait for completion of a given child process.",
    (_m, p: Value, o: Value) => carry(waitTuple(A.asInt32(p), A.asInt32(o))),
    M_PUSH,
  ],
  wait3: [
    "options",
    "Wait for completion of a child process.",
    (_m, o: Value) => carry(waitTuple(-1, A.asInt32(o), rusage())),
    M_PUSH,
  ],
  wait4: [
    "pid, options",
    "Wait for completion of a specific child process.",
    (_m, p: Value, o: Value) => carry(waitTuple(A.asInt32(p), A.asInt32(o), rusage())),
    M_PUSH,
  ],
  waitid: [
    "idtype, id, options, /",
    "Returns the result of waiting for a process or processes.",
    (_m, t: Value, id: Value, o: Value) => carry(waitId(A.asInt32(t) === 1 ? A.asInt32(id) : -1, A.asInt32(o))),
    M_PUSH,
  ],
  _exit: [
    "status",
    "Exit to the system with specified status, without normal exit processing.",
    (_m, s: Value) => hostCall(() => proc().exit(status(s) & 255)),
  ],
  abort: ["", "Abort the interpreter immediately.", () => hostCall(() => proc().exit(-6))],
  kill: ["pid, signal, /", "Kill a process with a signal.", (_m, p: Value, s: Value) => {
    const pid = A.asInt32(p), sig = A.asInt32(s);
    // a signal to oneself has arrived when the call returns; SIGKILL and SIGSTOP can't be caught
    if (pid === proc().pid() && sig !== 9 && sig !== 19) raiseSignal(sig);
    else if (!killChild(pid, sig)) hostCall(() => proc().kill(pid, sig));
    return None;
  }],
  killpg: ["pgid, signal, /", "Kill a process group with a signal.", (_m, p: Value, s: Value) => {
    const pid = A.asInt32(p), sig = A.asInt32(s);
    hostCall(() => proc().kill(-pid, sig));
    return None;
  }],
  execv: [
    "path, argv, /",
    "Execute an executable path with arguments, replacing current process.",
    (_m, path: Value, argv: Value) => {
      const p = pathArg(path, "execv");
      if (!(argv instanceof PyList) && !(argv instanceof PyTuple)) {
        throw typeError(
          "execv() arg 2 must be a tuple or list",
        );
      }
      const args = argStrings(argv, "execv");
      if (args[0] === "") throw valueError("execv() arg 2 first element cannot be empty");
      return exec(p.path, undefined, args, undefined);
    },
  ],
  execve: [
    "path, argv, env",
    "Execute an executable path with arguments, replacing current process.",
    (_m, path: Value, argv: Value, env: Value) => {
      const p = pathArg(path, "execve", "path", { fd: true });
      if (!(argv instanceof PyList) && !(argv instanceof PyTuple)) {
        throw typeError(
          "execve: argv must be a tuple or list",
        );
      }
      if (A.lengthOf(argv) < 1) throw valueError("execve: argv must not be empty");
      if (!(env instanceof PyDictBase) && A.lookupAttr(env, "keys") === undefined) {
        throw typeError(
          "execve: environment must be a mapping object",
        );
      }
      const args = argStrings(argv, "execve");
      if (args[0] === "") throw valueError("execve: argv first element cannot be empty");
      return exec(p.path, p.shown!, args, envPairs(env));
    },
  ],
  posix_spawn: [
    "path, argv, env, /, *, file_actions=(), setpgroup=None, resetids=False, setsid=False, setsigmask=(), setsigdef=(), scheduler=None",
    "Execute the program specified by path in a new process.",
    spawn("posix_spawn", false),
  ],
  posix_spawnp: [
    "path, argv, env, /, *, file_actions=(), setpgroup=None, resetids=False, setsid=False, setsigmask=(), setsigdef=(), scheduler=None",
    "Execute the program specified by path in a new process.",
    spawn("posix_spawnp", true),
  ],
  fork: ["", "Fork a child process.", () => {
    throw notImplementedError("os.fork: the host can't fork");
  }],
  forkpty: ["", "Fork a new process with a new pseudo-terminal as controlling tty.", () => {
    throw notImplementedError("os.forkpty: the host can't fork");
  }],
  register_at_fork: [
    "*, before=<unrepresentable>, after_in_child=<unrepresentable>, after_in_parent=<unrepresentable>",
    "Register callables to be called when forking a new process.",
    (_m, before?: Value, child?: Value, parent?: Value) => {
      if (before === undefined && child === undefined && parent === undefined) {
        throw typeError("At least one argument is required.");
      }
      for (const [n, f] of [["before", before], ["after_in_child", child], ["after_in_parent", parent]] as const) {
        if (f !== undefined && !A.isCallable(f)) throw typeError(`'${n}' must be callable, not ${typeName(f)}`);
      }
      const hooks = cur.interp.store.get(forkHooks) as Opt[][] | undefined;
      if (hooks === undefined) cur.interp.store.set(forkHooks, [[before, child, parent]]);
      else hooks.push([before, child, parent]);
      return None;
    },
  ],
  system: ["command", "Execute the command in a subshell.", (_m, command: Value) => carry(system(command)), M_PUSH],
  getpid: ["", "Return the current process id.", idCall(() => proc().pid())],
  getppid: ["", "Return the parent's process id.", idCall(() => proc().ppid())],
  getuid: ["", "Return the current process's user id.", idCall(() => proc().getuid())],
  geteuid: ["", "Return the current process's effective user id.", idCall(() => proc().geteuid())],
  getgid: ["", "Return the current process's group id.", idCall(() => proc().getgid())],
  getegid: ["", "Return the current process's effective group id.", idCall(() => proc().getegid())],
  getresuid: [
    "",
    "Return a tuple of the current process's real, effective, and saved user ids.",
    triple(() => proc().getuid()),
  ],
  getresgid: [
    "",
    "Return a tuple of the current process's real, effective, and saved group ids.",
    triple(() => proc().getgid()),
  ],
  getgroups: [
    "",
    "Return list of supplemental group IDs for the process.",
    () => new PyList(hostCall(() => proc().getgroups())),
  ],
  getgrouplist: [
    "user, group, /",
    "Returns a list of groups to which a user belongs.",
    (_m, _u: Value, g: Value) => new PyList([A.asIndex(g)]),
  ],
  getlogin: ["", "Return the actual login name.", () => hostCall(() => proc().getlogin())],
  getpgid: [
    "pid",
    "Call the system call getpgid(), and return the result.",
    (_m, p: Value) => A.asInt32(p) || hostCall(() => proc().pid()),
  ],
  getpgrp: ["", "Return the current process group id.", idCall(() => proc().pid())],
  getsid: [
    "pid, /",
    "Call the system call getsid(pid) and return the result.",
    (_m, p: Value) => A.asInt32(p) || hostCall(() => proc().pid()),
  ],
  getpriority: [
    "which, who",
    "Return program scheduling priority.",
    (_m, which: Value, who: Value) => schedulingPriority(which, who),
  ],
  setpriority: [
    "which, who, priority",
    "Set program scheduling priority.",
    (_m, which: Value, who: Value, n: Value) => (schedulingPriority(which, who, A.asInt32(n)), None),
  ],
  nice: ["increment, /", "Add increment to the priority of process and return the new priority.", (_m, n: Value) => {
    const by = A.asInt32(n);
    return schedulingPriority(0, 0, by === 0 ? undefined : schedulingPriority(0, 0) + by);
  }],
  setuid: ["uid, /", "Set the current process's user id.", keepId(() => proc().getuid(), 1)],
  seteuid: ["euid, /", "Set the current process's effective user id.", keepId(() => proc().getuid(), 1)],
  setgid: ["gid, /", "Set the current process's group id.", keepId(() => proc().getgid(), 1)],
  setegid: ["egid, /", "Set the current process's effective group id.", keepId(() => proc().getgid(), 1)],
  setreuid: [
    "ruid, euid, /",
    "Set the current process's real and effective user ids.",
    keepId(() => proc().getuid(), 2),
  ],
  setregid: [
    "rgid, egid, /",
    "Set the current process's real and effective group ids.",
    keepId(() => proc().getgid(), 2),
  ],
  setresuid: [
    "ruid, euid, suid, /",
    "Set the current process's real, effective, and saved user ids.",
    keepId(() => proc().getuid(), 3),
  ],
  setresgid: [
    "rgid, egid, sgid, /",
    "Set the current process's real, effective, and saved group ids.",
    keepId(() => proc().getgid(), 3),
  ],
  setgroups: ["groups, /", "Set the groups of the current process to list.", () => {
    throw fromErrno(1);
  }],
  initgroups: ["username, gid, /", "Initialize the group access list.", () => {
    throw fromErrno(1);
  }],
  setpgid: ["pid, pgrp, /", "Call the system call setpgid(pid, pgrp).", () => {
    throw fromErrno(1);
  }],
  setpgrp: ["", "Make the current process the leader of its process group.", () => None],
  setsid: ["", "Call the system call setsid().", () => {
    throw fromErrno(1);
  }],
  umask: ["mask, /", "Set the current numeric umask and return the previous umask.", (_m, v: Value) => {
    const mask = A.asInt32(v);
    return hostCall(() => proc().umask(mask));
  }],
  uname: [
    "",
    "Return an object identifying the current operating system.",
    () => structSeq(unameResultType, hostCall(() => proc().uname())),
  ],
  times: ["", "Return a collection containing process timing information.", () => {
    const u = hostCall(() => proc().usage());
    const f = (x: number) => new PyFloat(x);
    return structSeq(timesResultType, [
      f(u.user),
      f(u.system),
      f(0),
      f(0),
      f(Number(interp().host.clock.monotonicNs() / 10_000_000n) / 100),
    ]);
  }],
  cpu_count: ["", "Return the number of logical CPUs in the system.", () => {
    const said = interp().config.cpuCount;
    if (said > 0) return said;
    try {
      return proc().cpuCount();
    } catch {
      return None;
    }
  }],
  getloadavg: [
    "",
    "Return average recent system load information.",
    () => new PyTuple(hostCall(() => proc().loadavg()).map((x) => new PyFloat(x))),
  ],
  urandom: [
    "size, /",
    "Return a bytes object containing random bytes suitable for cryptographic use.",
    (_m, n: Value) => random(n),
  ],
  getrandom: ["size, flags=0", "Obtain a series of random bytes.", (_m, n: Value) => {
    if (A.asSsize(n) < 0) throw fromErrno(22);
    return random(n);
  }],
  strerror: ["code, /", "Translate an error code to a message string.", (_m, n: Value) => strerror(A.asInt32(n))],
  ctermid: ["", "Return the name of the controlling terminal for this process.", () => "/dev/tty"],
  sync: ["", "Force write of everything to disk.", () => None],
  putenv: ["name, value, /", "Change or add an environment variable.", (_m, n: Value, v: Value) => {
    const name = fsConverted(n), value = fsConverted(v);
    if (name.includes("=")) throw valueError("illegal environment variable name");
    if (name === "") throw fromErrno(22);
    hostCall(() => interp().host.env.set(name, value));
    return None;
  }],
  unsetenv: ["name, /", "Delete an environment variable.", (_m, n: Value) => {
    const name = fsConverted(n);
    if (name === "" || name.includes("=")) throw fromErrno(22);
    hostCall(() => interp().host.env.delete(name));
    return None;
  }],
  _create_environ: ["", "Create the environment dictionary.", environment],
  sysconf: [
    "name, /",
    "Return an integer-valued system configuration variable.",
    (_m, n: Value) => sysconf(confName(n, SYSCONF_NAMES)),
  ],
  confstr: ["name, /", "Return a string-valued system configuration variable.", (_m, n: Value) => {
    const k = confName(n, CONFSTR_NAMES);
    if (!Object.values(CONFSTR_NAMES).includes(k)) throw fromErrno(22);
    return CONFSTR[k] ?? None;
  }],
  pathconf: [
    "path, name",
    "Return the configuration limit name for the file or directory path.",
    (_m, v: Value, n: Value) => {
      const p = pathArg(v, "pathconf", "path", { fd: true }), k = confName(n, PATHCONF_NAMES);
      const files = guestFiles();
      hostCall(() => p.fd >= 0 ? files.fstat(p.fd) : files.stat(p.path), p.shown);
      return pathconf(k);
    },
  ],
  fpathconf: [
    "fd, name, /",
    "Return the configuration limit name for the file descriptor fd.",
    (_m, v: Value, n: Value) => {
      const p = pathArg(v, "fpathconf", "fd", { fd: true }), k = confName(n, PATHCONF_NAMES);
      hostCall(() => guestFiles().fstat(p.fd));
      return pathconf(k);
    },
  ],
  sched_get_priority_max: [
    "policy",
    "Get the maximum scheduling priority for policy.",
    (_m, p: Value) => priority(A.asInt32(p), 99),
  ],
  sched_get_priority_min: [
    "policy",
    "Get the minimum scheduling priority for policy.",
    (_m, p: Value) => priority(A.asInt32(p), 1),
  ],
  sched_getaffinity: ["pid, /", "Return the affinity of the process identified by pid.", () => {
    const n = hostCall(() => proc().cpuCount());
    return newSet(Array.from({ length: n }, (_, i) => i));
  }],
  sched_setaffinity: ["pid, mask, /", "Set the CPU affinity of the process identified by pid to mask.", () => {
    throw fromErrno(1);
  }],
  sched_getparam: [
    "pid, /",
    "Returns scheduling parameters for the process identified by pid.",
    () => structSeq(schedParamType, [0]),
  ],
  sched_getscheduler: ["pid, /", "Get the scheduling policy for the process identified by pid.", () => 0],
  sched_setparam: ["pid, param, /", "Set scheduling parameters for the process identified by pid.", () => {
    throw fromErrno(1);
  }],
  sched_setscheduler: ["pid, policy, param, /", "Set the scheduling policy for the process identified by pid.", () => {
    throw fromErrno(1);
  }],
  sched_rr_get_interval: [
    "pid, /",
    "Return the round-robin quantum for the process identified by pid, in seconds.",
    () => new PyFloat(0.1),
  ],
  sched_yield: ["", "Voluntarily relinquish the CPU.", () => None],
  major: ["device, /", "Extracts a device major number from a raw device number.", (_m, d: Value) => {
    const n = BigInt(A.asIndex(d));
    if (n < 0n) throw overflowError("can't convert negative int to unsigned");
    return Number(n >> 8n & 0xfffn | n >> 32n & 0xfffff000n);
  }],
  minor: ["device, /", "Extracts a device minor number from a raw device number.", (_m, d: Value) => {
    const n = BigInt(A.asIndex(d));
    return Number(n & 0xffn | n >> 12n & 0xffffff00n);
  }],
  makedev: [
    "major, minor, /",
    "Composes a raw device number from the major and minor device numbers.",
    (_m, a: Value, b: Value) => {
      const x = BigInt(A.asIndex(a)), y = BigInt(A.asIndex(b));
      return Number((x & 0xfffn) << 8n | (x & 0xfffff000n) << 32n | y & 0xffn | (y & 0xffffff00n) << 12n);
    },
  ],
  _inputhook: ["", "Calls PyOS_CallInputHook dropping the GIL first", () => None],
  _is_inputhook_installed: ["", "Checks if PyOS_CallInputHook is set", () => false],
  chroot: ["path", "Change root directory to path.", (_m, path: Value) => {
    const p = pathArg(path, "chroot");
    const st = hostCall(() => guestFiles().stat(p.path), p.shown);
    // the guest can't get the right to do it
    throw fromErrno((st.mode & S.IFMT) === S.IFDIR ? 1 : 20, p.shown);
  }],
  getxattr: noAttributes("path, attribute, *, follow_symlinks=True"),
  setxattr: noAttributes("path, attribute, value, flags=0, *, follow_symlinks=True"),
  listxattr: noAttributes("path=None, *, follow_symlinks=True"),
  removexattr: noAttributes("path, attribute, *, follow_symlinks=True"),
  grantpt: missing("grantpt", "fd, /"),
  login_tty: missing("login_tty", "fd, /"),
  openpty: missing("openpty", ""),
  posix_openpt: missing("posix_openpt", "oflag, /"),
  ptsname: missing("ptsname", "fd, /"),
  unlockpt: missing("unlockpt", "fd, /"),
  pidfd_open: missing("pidfd_open", "pid, flags=0"),
  setns: missing("setns", "fd, nstype=0"),
  unshare: missing("unshare", "flags"),
  tcgetpgrp: ["fd, /", "Return the process group associated with the terminal specified by fd.", noTerminal],
  tcsetpgrp: ["fd, pgid, /", "Set the process group associated with the terminal specified by fd.", noTerminal],
};

function priority(policy: number, real: number): number {
  if (policy === 1 || policy === 2) return real;
  if (policy === 0 || policy === 3 || policy === 5 || policy === 6) return 0;
  throw fromErrno(22);
}
