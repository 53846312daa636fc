// CPython 3.14: Modules/resource.c
//
// Limits and use of the machine's resources. Both are read from /proc; nothing that runs on Deno can change
// a limit, so setting one that differs from what holds is refused. Where /proc may not be read, use is what
// the host itself tells.

import { None, PyFloat, PyTuple, type Value } from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { overflowError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";
import { HostError } from "../vm/host.ts";
import { readHostFile } from "../vm/import/frozen.ts";
import { interp } from "../vm/interpreter.ts";
import { fromErrno, hostCall } from "./os_error.ts";

/** How /proc names a limit, by its number. */
const LIMITS: readonly string[] = [
  "Max cpu time",
  "Max file size",
  "Max data size",
  "Max stack size",
  "Max core file size",
  "Max resident set",
  "Max processes",
  "Max open files",
  "Max locked memory",
  "Max address space",
  "Max file locks",
  "Max pending signals",
  "Max msgqueue size",
  "Max nice priority",
  "Max realtime priority",
  "Max realtime timeout",
];
const INFINITY = (1n << 64n) - 1n;

const usageType = structSeqType({
  name: "resource.struct_rusage",
  doc: "What getrusage returns: a tuple whose items are attributes ru_utime, ru_stime, ru_maxrss and so on.",
  fields: [
    ["ru_utime", "user time used"],
    ["ru_stime", "system time used"],
    ["ru_maxrss", "max. resident set size"],
    ["ru_ixrss", "shared memory size"],
    ["ru_idrss", "unshared data size"],
    ["ru_isrss", "unshared stack size"],
    ["ru_minflt", "page faults not requiring I/O"],
    ["ru_majflt", "page faults requiring I/O"],
    ["ru_nswap", "number of swap outs"],
    ["ru_inblock", "block input operations"],
    ["ru_oublock", "block output operations"],
    ["ru_msgsnd", "IPC messages sent"],
    ["ru_msgrcv", "IPC messages received"],
    ["ru_nsignals", "signals received"],
    ["ru_nvcsw", "voluntary context switches"],
    ["ru_nivcsw", "involuntary context switches"],
  ],
  visible: 16,
});

function procText(pid: string, name: string): string {
  return hostCall(() => new TextDecoder().decode(readHostFile(interp(), `/proc/${pid}/${name}`)));
}
function limitNumber(v: Value): number {
  const n = A.asInt32(v);
  if (n < 0 || n >= LIMITS.length) throw valueError("invalid resource specified");
  return n;
}
function limitsOf(pid: string, n: number): [soft: bigint, hard: bigint] {
  const line = procText(pid, "limits").split("\n").find((l) => l.startsWith(LIMITS[n] + " "));
  const [soft = "unlimited", hard = "unlimited"] = line?.slice(LIMITS[n].length).trim().split(/\s+/) ?? [];
  const value = (s: string) => s === "unlimited" ? INFINITY : BigInt(s);
  return [value(soft), value(hard)];
}
function pair([soft, hard]: [bigint, bigint]): PyTuple {
  const value = (n: bigint): Value => n === INFINITY ? -1 : Number.isSafeInteger(Number(n)) ? Number(n) : n;
  return new PyTuple([value(soft), value(hard)]);
}

/** A new limit: -1 is none. */
function limitValue(v: Value): bigint {
  const n = BigInt(A.asIndex(v));
  if (n === -1n) return INFINITY;
  if (n < 0n) throw valueError("Cannot convert negative int");
  if (n > INFINITY) throw overflowError("Python int too large to convert to C rlim_t");
  return n;
}
function setLimits(pid: string, n: number, limits: Value): void {
  const v = limits instanceof PyTuple ? limits.items : A.iterToArray(limits);
  if (v.length !== 2) throw valueError("expected a tuple of 2 integers");
  const soft = limitValue(v[0]), hard = limitValue(v[1]);
  if (soft > hard) throw valueError("current limit exceeds maximum limit");
  const [oldSoft, oldHard] = limitsOf(pid, n);
  if (hard > oldHard) throw valueError("not allowed to raise maximum limit");
  if (soft !== oldSoft || hard !== oldHard) throw fromErrno(38);
}

function usage(_m: Value, who: Value): Value {
  const n = A.asInt32(who);
  if (n !== 0 && n !== 1 && n !== -1) throw valueError("invalid who parameter");
  const zeros = new Array<Value>(16).fill(0);
  zeros[0] = zeros[1] = new PyFloat(0);
  if (n === -1) return structSeq(usageType, zeros);
  const i = interp();
  const cpu = hostCall(() => i.host.process.usage());
  zeros[0] = new PyFloat(cpu.user);
  zeros[1] = new PyFloat(cpu.system);
  zeros[2] = Math.floor((i.host.memory?.used() ?? 0) / 1024);
  try {
    const stat = procText("self", "stat"), status = procText("self", "status");
    // the fields behind the program's name, which may hold anything
    const f = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const field = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0);
    zeros[2] = field("VmHWM");
    zeros[6] = Number(f[7]);
    zeros[7] = Number(f[9]);
    zeros[14] = field("voluntary_ctxt_switches");
    zeros[15] = field("nonvoluntary_ctxt_switches");
  } catch (e) {
    if (!X.isOf(e, X.OSError) && !(e instanceof HostError)) throw e;
  }
  return structSeq(usageType, zeros);
}

export const spec: ModuleSpec = {
  name: "resource",
  functions: {
    getrusage: [
      "who, /",
      "The resources that a process has used: RUSAGE_SELF, RUSAGE_CHILDREN or RUSAGE_THREAD.",
      usage,
    ],
    getrlimit: [
      "resource, /",
      "The soft and the hard limit of a resource; -1 is none.",
      (_m: Value, n: Value) => pair(limitsOf("self", limitNumber(n))),
    ],
    setrlimit: ["resource, limits, /", "Sets the soft and the hard limit of a resource.", (
      _m: Value,
      resource: Value,
      limits: Value,
    ) => {
      setLimits("self", limitNumber(resource), limits);
      return None;
    }],
    prlimit: ["pid, resource, limits=None, /", "The limits of a resource of a process, and sets them.", (
      _m: Value,
      pid: Value,
      resource: Value,
      limits: Value = None,
    ) => {
      const p = A.asInt32(pid), n = limitNumber(resource), who = p === 0 ? "self" : String(p);
      let old;
      try {
        old = pair(limitsOf(who, n));
      } catch (e) {
        if (X.isOf(e, X.FileNotFoundError)) throw fromErrno(3);
        throw e;
      }
      if (limits !== None) setLimits(who, n, limits);
      return old;
    }],
    getpagesize: ["", "The size of a page of memory in bytes.", () => 4096],
  },
  types: { struct_rusage: usageType },
  constants: {
    error: () => X.OSError,
    RLIMIT_CPU: 0,
    RLIMIT_FSIZE: 1,
    RLIMIT_DATA: 2,
    RLIMIT_STACK: 3,
    RLIMIT_CORE: 4,
    RLIMIT_RSS: 5,
    RLIMIT_NPROC: 6,
    RLIMIT_NOFILE: 7,
    RLIMIT_OFILE: 7,
    RLIMIT_MEMLOCK: 8,
    RLIMIT_AS: 9,
    RLIMIT_SIGPENDING: 11,
    RLIMIT_MSGQUEUE: 12,
    RLIMIT_NICE: 13,
    RLIMIT_RTPRIO: 14,
    RLIMIT_RTTIME: 15,
    RLIM_INFINITY: -1,
    RUSAGE_SELF: 0,
    RUSAGE_CHILDREN: -1,
    RUSAGE_THREAD: 1,
  },
};
