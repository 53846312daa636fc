// CPython 3.14: Modules/_posixsubprocess.c, over node:child_process
//
// A guest's pipe lives inside this process (descriptors.ts), so a child that is
// given one gets a pipe of the host's, and what comes through it is passed on. Where the machine's
// processes can be looked at (`/proc`), a child runs beside this process without the event loop
// (`launch`): its pipes are FIFOs (pipes.ts), its end is read from `/proc`. Elsewhere it is run to
// its end at once (`runSync`).

import {
  type HostChild,
  HostError,
  type HostExit,
  type HostRunning,
  type HostSpawn,
  type HostSpawnOptions,
  type HostStdio,
} from "../vm/host.ts";
import { Sink } from "./descriptors.ts";
import { guarded, toHostError } from "./errors.ts";
import type { DenoFiles } from "./files.ts";
import { node } from "./node.ts";
import { concat } from "./paths.ts";
import { Pipe, PipeReader, PipeWriter } from "./pipes.ts";
import type { Policy } from "./policy.ts";
import { signalNumber } from "./signals.ts";

type Child = ReturnType<typeof import("node:child_process").spawn>;

/** Runs programs under a policy. */
export class DenoSpawn implements HostSpawn {
  readonly #policy: Policy;
  readonly #files: DenoFiles;
  readonly #environment: () => [string, string][];

  /** Children see the guest's working folder, descriptors and environment. */
  constructor(
    policy: Policy,
    files: DenoFiles,
    environment: () => [string, string][],
  ) {
    this.#policy = policy;
    this.#files = files;
    this.#environment = environment;
  }

  #common(o: HostSpawnOptions) {
    this.#policy.need("run", o.file);
    return {
      cwd: o.cwd === undefined ? this.#files.getcwd() : this.#files.absolute(o.cwd),
      env: Object.fromEntries(o.env ?? this.#environment()),
      argv0: o.argv0,
      detached: o.newSession,
    };
  }

  // A descriptor of the machine's, or "pipe" where there is none behind it.
  #stdio(stdio: HostStdio): number | "pipe" | "ignore" {
    if (stdio === "null") return "ignore";
    if (stdio === "pipe") return "pipe";
    return this.#files.table.get(stdio).real?.() ?? "pipe";
  }

  runSync(
    o: HostSpawnOptions & { input?: Uint8Array; timeout?: number },
  ): HostExit & { stdout: Uint8Array; stderr: Uint8Array; timedOut: boolean } {
    const common = this.#common(o);
    let input = o.input;
    if (input === undefined && typeof o.stdin === "number") {
      input = drain(this.#files, o.stdin);
    }
    const merge = o.stderr === "stdout";
    const done = guarded(() => {
      const { spawnSync } = node("node:child_process");
      const out = this.#stdio(o.stdout);
      return spawnSync(o.file, o.args, {
        ...common,
        input,
        timeout: o.timeout === undefined ? undefined : Math.ceil(o.timeout * 1000),
        killSignal: "SIGKILL",
        maxBuffer: 1 << 30,
        stdio: [
          input !== undefined ? "pipe" : this.#stdio(o.stdin),
          out,
          o.stderr === "stdout" ? out : this.#stdio(o.stderr),
        ],
      });
    }, o.file);
    const timedOut = (done.error as { code?: string } | undefined)?.code === "ETIMEDOUT";
    if (done.error && !timedOut) throw toHostError(done.error, o.file);
    const stdout = bytes(done.stdout), stderr = bytes(done.stderr);
    const pass = (stdio: HostStdio | "stdout", data: Uint8Array) => {
      if (
        typeof stdio === "number" &&
        this.#files.table.get(stdio).real?.() === undefined
      ) {
        this.#files.write(stdio, data);
      }
    };
    pass(o.stdout, stdout);
    pass(merge ? o.stdout : o.stderr, stderr);
    return {
      code: done.status ?? undefined,
      signal: done.signal ? signalNumber(done.signal) : undefined,
      stdout: merge && o.stdout === "pipe" ? concat([stdout, stderr]) : stdout,
      stderr: merge ? new Uint8Array(0) : stderr,
      timedOut,
    };
  }

  launch(o: HostSpawnOptions): HostRunning | undefined {
    if (!this.#policy.inherits || !mayLookAtProcesses()) return undefined;
    const common = this.#common(o);
    const wanted = [o.stdin, o.stdout, o.stderr === "stdout" ? o.stdout : o.stderr];
    const ends = this.#ends(wanted);
    if (ends === undefined) return undefined;
    const { spawn } = node("node:child_process");
    const child: Child = guarded(() => spawn(o.file, o.args, { ...common, stdio: ends }), o.file);
    child.on("error", () => {});
    if (child.pid === undefined) throw new HostError("ENOENT", { filename: o.file });
    child.unref();
    return new Launched(child);
  }

  /** The machine's descriptors for a child's three; undefined where one has none. */
  #ends(wanted: HostStdio[]): (number | "ignore")[] | undefined {
    const files = wanted.map((w) => typeof w === "number" ? this.#files.table.get(w) : undefined);
    const fresh = new Map<Pipe, "in" | "out">();
    for (const [k, file] of files.entries()) {
      if (file instanceof PipeReader || file instanceof PipeWriter) {
        const direction = file instanceof PipeReader ? "out" : "in";
        if (!file.pipe.outside) fresh.set(file.pipe, direction);
        else if (file.pipe.far === undefined) return undefined;
      } else if (wanted[k] === "pipe" || (file !== undefined && file.real?.() === undefined)) return undefined;
    }
    if (fresh.size > 0 && !this.#connect(fresh)) return undefined;
    return files.map((file) =>
      file === undefined
        ? "ignore"
        : file instanceof PipeReader || file instanceof PipeWriter
        ? file.pipe.far!
        : file.real!()!
    );
  }

  /** Connects pipes with FIFOs of their own. */
  #connect(pipes: Map<Pipe, "in" | "out">): boolean {
    const folder = Deno.makeTempDirSync();
    try {
      const paths = [...pipes.keys()].map((_, k) => `${folder}/${k}`);
      const made = node("node:child_process").spawnSync("mkfifo", ["-m", "600", ...paths]);
      if (made.status !== 0) return false;
      [...pipes].forEach(([pipe, direction], k) => pipe.connect(paths[k], direction, this.#files.outgoing));
      return true;
    } catch {
      return false;
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }

  start(o: HostSpawnOptions): HostChild {
    const common = this.#common(o);
    const { spawn } = node("node:child_process");
    const child: Child = guarded(() => {
      const out = this.#stdio(o.stdout);
      return spawn(o.file, o.args, {
        ...common,
        stdio: [
          this.#stdio(o.stdin),
          out,
          o.stderr === "stdout" ? out : this.#stdio(o.stderr),
        ],
      });
    }, o.file);
    if (child.pid === undefined) {
      child.on("error", () => {});
      throw new HostError("ENOENT", { filename: o.file });
    }
    return new RunningChild(child, o, this.#files);
  }
}

/** Whether `/proc` tells of processes. */
function mayLookAtProcesses(): boolean {
  return Deno.build.os === "linux" &&
    Deno.permissions.querySync({ name: "read", path: "/proc/self/stat" }).state === "granted" &&
    Deno.permissions.querySync({ name: "write" }).state === "granted";
}

/** A child that runs beside this process. It stays a zombie until the event loop turns, and so can be read. */
class Launched implements HostRunning {
  readonly pid: number;
  #exit: HostExit | undefined = undefined;

  constructor(child: Child) {
    this.pid = child.pid!;
    child.on("exit", (code, signal) => {
      this.#exit ??= { code: code ?? undefined, signal: signal ? signalNumber(signal) : undefined };
    });
  }

  poll(): HostExit | undefined {
    return this.#exit ??= exitOf(this.pid);
  }
}

/** How a process has ended that nobody waited for yet; undefined while it runs. */
function exitOf(pid: number): HostExit | undefined {
  try {
    const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
    // the program's name, in brackets, may hold anything
    const fields = text.slice(text.lastIndexOf(")") + 2).trim().split(" ");
    if (fields[0] !== "Z" && fields[0] !== "X") return undefined;
    const status = Number(fields[fields.length - 1]);
    const signal = status & 0x7f;
    return signal === 0 ? { code: status >> 8 & 255, signal: undefined } : { code: undefined, signal };
  } catch {
    return { code: 255, signal: undefined };
  }
}

class RunningChild implements HostChild {
  readonly pid: number;
  readonly stdin: number | undefined;
  readonly stdout: number | undefined;
  readonly stderr: number | undefined;
  readonly #child: Child;
  readonly #end: Promise<HostExit>;
  #exit: HostExit | undefined;

  constructor(child: Child, o: HostSpawnOptions, files: DenoFiles) {
    this.#child = child;
    this.pid = child.pid!;
    this.#end = new Promise((done) => {
      child.on("error", () => {});
      child.on("exit", (code, signal) => {
        this.#exit = {
          code: code ?? undefined,
          signal: signal ? signalNumber(signal) : undefined,
        };
        done(this.#exit);
      });
    });
    if (child.stdin) this.stdin = feed(child.stdin, o.stdin, files);
    const merge = o.stderr === "stdout";
    let shared: Pipe | undefined;
    if (child.stdout) {
      shared = new Pipe();
      this.stdout = collect(child.stdout, o.stdout, files, shared);
    }
    if (child.stderr) {
      if (merge && shared) pump(child.stderr, shared);
      else if (!merge) {
        this.stderr = collect(
          child.stderr,
          o.stderr as HostStdio,
          files,
          new Pipe(),
        );
      }
    }
  }

  poll(): HostExit | undefined {
    return this.#exit;
  }
  wait(): Promise<HostExit> {
    return this.#end;
  }
  kill(signal: number): void {
    if (this.#exit === undefined) guarded(() => this.#child.kill(signal));
  }
}

type Out = NonNullable<Child["stdout"]>;
type In = NonNullable<Child["stdin"]>;

function pump(from: Out, pipe: Pipe): void {
  pipe.writers++;
  const end = () => {
    pipe.writers--;
    pipe.wake();
  };
  from.on("data", (chunk: Uint8Array) => pipe.push(new Uint8Array(chunk)));
  from.once("close", end);
  from.on("error", () => {});
}

// The child's output: to a new descriptor, or into the guest's pipe it was given.
function collect(
  from: Out,
  to: HostStdio,
  files: DenoFiles,
  pipe: Pipe,
): number | undefined {
  if (typeof to === "number") {
    const target = files.table.get(to);
    if (target instanceof PipeWriter) pump(from, target.pipe);
    else from.on("data", (chunk: Uint8Array) => void target.write(new Uint8Array(chunk)));
    return undefined;
  }
  pump(from, pipe);
  return files.table.add(new PipeReader(pipe));
}

// The child's input: a new descriptor, or what comes through the guest's pipe.
function feed(into: In, from: HostStdio, files: DenoFiles): number | undefined {
  into.on("error", () => {});
  if (typeof from === "number") {
    const source = files.table.get(from);
    source.refs++;
    const buffer = new Uint8Array(65536);
    const go = async () => {
      while (true) {
        await source.waitReadable();
        const n = source.read(buffer);
        if (n === 0) break;
        into.write(buffer.slice(0, n));
      }
      into.end();
    };
    go().catch(() => into.end());
    return undefined;
  }
  const sink = new Sink((data) => void into.write(data));
  sink.close = () => void into.end();
  return files.table.add(sink);
}

function drain(files: DenoFiles, fd: number): Uint8Array | undefined {
  const file = files.table.get(fd);
  if (file.real?.() !== undefined) return undefined;
  const parts: Uint8Array[] = [];
  const buffer = new Uint8Array(65536);
  try {
    for (let n = file.read(buffer); n > 0; n = file.read(buffer)) {
      parts.push(buffer.slice(0, n));
    }
  } catch (e) {
    if (!(e instanceof HostError) || e.code !== "EAGAIN") throw e;
  }
  return concat(parts);
}

function bytes(data: Uint8Array | null | undefined): Uint8Array {
  return data ? new Uint8Array(data) : new Uint8Array(0);
}
