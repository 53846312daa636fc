// gopy's own: the host over Deno.
//
// The one implementation of `Host` for Deno. All that a guest can reach of the
// machine goes through an object of this class and its policy.

import type {
  Host,
  HostClock,
  HostCrypto,
  HostEnv,
  HostMemory,
  HostProcess,
  HostSignals,
  HostSpawn,
  HostSqlite,
  HostZlib,
  HostZstd,
} from "../vm/host.ts";
import { HostError, O } from "../vm/host.ts";
import { crypto as hostCrypto } from "./crypto.ts";
import { NumberedFile, type OpenFile, Sink, Source } from "./descriptors.ts";
import { guarded } from "./errors.ts";
import { DenoFiles } from "./files.ts";
import { dieBySignal } from "./process.ts";
import { memory } from "./memory.ts";
import { node, nodeProcess } from "./node.ts";
import { type Permissions, Policy } from "./policy.ts";
import { ProcessSignals } from "./signals.ts";
import { DenoSpawn } from "./spawn.ts";
import { Terminal } from "./terminal.ts";
import { DenoSqlite } from "./sqlite.ts";
import { zlib } from "./zlib.ts";
import { zstd } from "./zstd.ts";

/** How a host is set up. */
export interface DenoHostOptions {
  /** The guest's rights; `"inherit"`: whatever Deno was given. Nothing by default. */
  permissions?: Permissions | "inherit";
  /** Standard input: the process's, or bytes from a function (0 is the end). */
  stdin?: "inherit" | "null" | ((into: Uint8Array) => number);
  /** Standard output: the process's, or a function that takes the bytes. */
  stdout?: "inherit" | "null" | ((bytes: Uint8Array) => void);
  /** Standard error, in the same way. */
  stderr?: "inherit" | "null" | ((bytes: Uint8Array) => void);
  /** Variables to set in the guest's environment. */
  env?: Record<string, string>;
  /** Whether a guest's exit ends the process (the command line's way). */
  ownsProcess?: boolean;
}

/** The machine as Deno shows it, under a policy. */
export class DenoHost implements Host {
  readonly policy: Policy;
  readonly process: HostProcess;
  readonly clock: HostClock;
  readonly env: HostEnv;
  readonly files: DenoFiles;
  readonly spawn: HostSpawn;
  readonly zlib: HostZlib = zlib;
  readonly zstd: HostZstd = zstd;
  readonly crypto: HostCrypto = hostCrypto;
  readonly sqlite: HostSqlite;
  readonly signals: HostSignals;
  readonly memory: HostMemory = memory;
  readonly platform: string = Deno.build.os === "windows" ? "win32" : Deno.build.os;

  /** Sets up a host; without options the guest has no rights at all. */
  constructor(options: DenoHostOptions = {}) {
    const policy = this.policy = new Policy(options.permissions ?? {});
    this.files = new DenoFiles(policy);
    this.sqlite = new DenoSqlite(this.files);
    const { table } = this.files;
    const inherit = policy.inherits ? "inherit" : "null";
    table.add(input(options.stdin ?? inherit), 0, true);
    table.add(output(options.stdout ?? inherit, 1), 1, true);
    table.add(output(options.stderr ?? inherit, 2), 2, true);
    const env = new GuestEnvironment(policy, options.env ?? {});
    this.env = env;
    this.spawn = new DenoSpawn(policy, this.files, () => env.all());
    this.process = new DenoProcess(
      policy,
      this.files,
      options.ownsProcess ?? policy.inherits,
    );
    this.files.clocks = clock;
    this.files.sleep = (seconds) => this.clock.sleepSync(seconds);
    if (policy.inherits) {
      const signals = this.signals = new ProcessSignals();
      this.clock = { ...clock, sleepSync: (seconds) => signals.sleep(seconds) };
      const in0 = table.peek(0);
      if (in0 instanceof NumberedFile && Deno.stdin.isTerminal()) {
        const terminal = new Terminal(signals);
        in0.reader = (into) => terminal.read(into);
      }
    } else {
      this.signals = { listen: () => () => {} };
      this.clock = clock;
    }
  }

  random(into: Uint8Array): void {
    for (let i = 0; i < into.length; i += 65536) {
      crypto.getRandomValues(
        into.subarray(i, i + 65536) as Uint8Array<ArrayBuffer>,
      );
    }
  }
}

function input(from: NonNullable<DenoHostOptions["stdin"]>): OpenFile {
  if (from === "inherit") return new NumberedFile(0, O.RDWR, false);
  return new Source(from === "null" ? () => 0 : from);
}

function output(
  to: NonNullable<DenoHostOptions["stdout"]>,
  fd: number,
): OpenFile {
  if (to === "inherit") return new NumberedFile(fd, O.RDWR, false);
  return new Sink(to === "null" ? () => {} : to);
}

/** The effective user or group as the kernel shows it: `site` asks at each start, and Node would be loaded for it. */
function effective(what: "Uid" | "Gid"): number | undefined {
  try {
    const path = "/proc/self/status";
    if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return undefined;
    const found = new RegExp(`^${what}:\\t\\d+\\t(\\d+)`, "m").exec(Deno.readTextFileSync(path));
    return found === null ? undefined : Number(found[1]);
  } catch {
    return undefined;
  }
}

// The guest's environment: the process's where it may be seen, with the guest's
// own changes over it. The process's is never changed; children get this one.
class GuestEnvironment implements HostEnv {
  readonly #policy: Policy;
  readonly #own: Map<string, string | undefined>;

  constructor(policy: Policy, own: Record<string, string>) {
    this.#policy = policy;
    this.#own = new Map(Object.entries(own));
  }

  all(): [string, string][] {
    const out = new Map<string, string>();
    if (this.#policy.has("env")) {
      for (const [name, value] of Object.entries(Deno.env.toObject())) {
        if (this.#policy.has("env", name)) out.set(name, value);
      }
    }
    for (const [name, value] of this.#own) {
      if (value === undefined) out.delete(name);
      else out.set(name, value);
    }
    return [...out];
  }

  get(name: string): string | undefined {
    if (this.#own.has(name)) return this.#own.get(name);
    return this.#policy.has("env", name) ? guarded(() => Deno.env.get(name)) : undefined;
  }

  set(name: string, value: string): void {
    this.#own.set(name, value);
  }

  delete(name: string): void {
    this.#own.set(name, undefined);
  }
}

class DenoProcess implements HostProcess {
  readonly #policy: Policy;
  readonly #files: DenoFiles;
  readonly #owns: boolean;

  constructor(policy: Policy, files: DenoFiles, owns: boolean) {
    this.#policy = policy;
    this.#files = files;
    this.#owns = owns;
  }

  #sys<T>(kind: string, call: () => T): T {
    this.#policy.need("sys", kind);
    return guarded(call);
  }

  argv(): string[] {
    return [...Deno.args];
  }
  execPath(): string {
    return this.#policy.has("read") ? guarded(() => Deno.execPath()) : "";
  }
  pid(): number {
    return Deno.pid;
  }
  ppid(): number {
    return Deno.ppid;
  }
  getuid(): number {
    return this.#sys("uid", () => Deno.uid() ?? 0);
  }
  geteuid(): number {
    return this.#sys("uid", () => effective("Uid") ?? nodeProcess().geteuid!());
  }
  getgid(): number {
    return this.#sys("gid", () => Deno.gid() ?? 0);
  }
  getegid(): number {
    return this.#sys("gid", () => effective("Gid") ?? nodeProcess().getegid!());
  }
  getgroups(): number[] {
    return this.#sys("gid", () => nodeProcess().getgroups?.() ?? []);
  }
  getlogin(): string {
    return this.#sys(
      "uid",
      () => node("node:os").userInfo().username,
    );
  }
  umask(mask: number): number {
    return this.#sys("umask", () => Deno.umask(mask & 0o777));
  }
  kill(pid: number, signal: number): void {
    this.#policy.need("run");
    guarded(() => nodeProcess().kill(pid, signal));
  }
  priority(pid: number, to?: number): number {
    const os = node("node:os");
    if (to !== undefined) {
      if (!this.#owns) throw new HostError("EPERM");
      this.#policy.need("run");
      guarded(() => os.setPriority(pid, Math.max(-20, Math.min(19, to))));
    }
    return this.#sys("uid", () => os.getPriority(pid));
  }
  cpuCount(): number {
    return navigator.hardwareConcurrency;
  }
  loadavg(): [number, number, number] {
    return this.#sys(
      "loadavg",
      () => Deno.loadavg() as [number, number, number],
    );
  }
  uname(): [string, string, string, string, string] {
    return this.#sys("osRelease", () => {
      const os = node("node:os");
      return [
        os.type(),
        os.hostname(),
        os.release(),
        os.version(),
        os.machine(),
      ];
    });
  }
  hostname(): string {
    return this.#sys("hostname", () => Deno.hostname());
  }
  exit(status: number): never {
    if (!this.#owns) throw new HostError("EPERM");
    if (status < 0) dieBySignal(-status);
    Deno.exit(status & 0xff);
  }
  usage(): { user: number; system: number; maxrss: number } {
    return guarded(() => {
      const u = nodeProcess().resourceUsage();
      return {
        user: u.userCPUTime / 1e6,
        system: u.systemCPUTime / 1e6,
        maxrss: u.maxRSS,
      };
    });
  }
  terminalSize(fd: number): [number, number] {
    if (!this.#files.isatty(fd)) throw new HostError("ENOTTY");
    return guarded(() => {
      const { columns, rows } = Deno.consoleSize();
      return [columns, rows];
    });
  }
}

// Where the machine's clock stood when `performance.now()` was 0, so that the
// wall clock has its digits below a millisecond too.
let origin = 0n;

function elapsedNs(): bigint {
  return BigInt(Math.round(performance.now() * 1e6));
}

/** The name of the zone the host runs in. Intl takes 10 ms for its first answer, the system's own link none. */
function zoneName(): string {
  const link = "/etc/localtime";
  try {
    const may = (what: Deno.PermissionDescriptor) => Deno.permissions.querySync(what).state === "granted";
    if (may({ name: "env", variable: "TZ" }) && may({ name: "read", path: link }) && !Deno.env.get("TZ")) {
      const [, name] = Deno.readLinkSync(link).split("/zoneinfo/");
      if (name !== undefined) return name;
    }
  } catch {
    // it is no link
  }
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const clock: HostClock = {
  timeNs(): bigint {
    const now = BigInt(Date.now()) * 1_000_000n, run = elapsedNs();
    // Follow a clock that was set anew.
    const drift = now - (origin + run);
    if (origin === 0n || drift > 5_000_000n || drift < -5_000_000n) {
      origin = now - run;
    }
    return origin + run;
  },
  monotonicNs: elapsedNs,
  processNs(): bigint {
    const { user, system } = guarded(() => nodeProcess().cpuUsage());
    return BigInt(user + system) * 1000n;
  },
  sleepSync(seconds: number): void {
    if (seconds <= 0) return;
    Atomics.wait(
      new Int32Array(new SharedArrayBuffer(4)),
      0,
      0,
      seconds * 1000,
    );
  },
  sleep: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
  timezone: zoneName,
  utcOffset: (ms) => -new Date(ms).getTimezoneOffset(),
};
