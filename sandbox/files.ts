// CPython 3.14: Modules/posixmodule.c (the file calls), over Deno

import { type HostDirEntry, HostError, type HostFiles, O, S } from "../vm/host.ts";
import type { HostStat, HostStatVfs, HostTerminal } from "../vm/host.ts";
import { DescriptorTable, NumberedFile, SystemFile } from "./descriptors.ts";
import { guarded, toHostError } from "./errors.ts";
import { EventCounter, MemoryFile, Timer } from "./events.ts";
import { node } from "./node.ts";
import { resolve } from "./paths.ts";
import { Pipe, PipeReader, PipeWriter } from "./pipes.ts";
import type { Policy } from "./policy.ts";
import { terminalOf } from "./terminal_state.ts";
import { statOf } from "./stat.ts";

// The flags that Deno's own `open` can express.
/**
 * A regular file that Node had to open, as a file of Deno's: that can seek, so that a child which
 * is given it finds it where the guest left it. Undefined where it can't be opened again by its number.
 */
function reopened(fd: number, flags: number): SystemFile | undefined {
  const path = `/proc/self/fd/${fd}`, how = flags & O.ACCMODE;
  try {
    if (Deno.permissions.querySync({ name: "read", path }).state !== "granted" || !Deno.statSync(path).isFile) {
      return undefined;
    }
    const append = (flags & O.APPEND) !== 0 && how !== O.RDONLY;
    const file = Deno.openSync(path, { read: how !== O.WRONLY, write: how !== O.RDONLY && !append, append });
    node("node:fs").closeSync(fd);
    return new SystemFile(file, flags);
  } catch {
    return undefined;
  }
}

/** Seconds between two looks at what another process writes. */
const FIRST_NAP = 0.0002, LAST_NAP = 0.01;

/** What a process calls its own descriptors. */
const OWN_DESCRIPTOR = /^\/(?:proc\/self|dev)\/fd\/(\d+)$/;

/** Clocks that a timer can go by: real, monotonic, boottime and the two that wake a machine. */
const TIMER_CLOCKS = [0, 1, 7, 8, 9];
const PLAIN_FLAGS = O.ACCMODE | O.CREAT | O.EXCL | O.TRUNC | O.APPEND |
  O.CLOEXEC | O.NOCTTY;

/** Files of the machine, under a policy, with a working folder of the guest's own. */
export class DenoFiles implements HostFiles {
  readonly table: DescriptorTable = new DescriptorTable();
  readonly #policy: Policy;
  // The guest's own working folder; undefined: still the process's.
  #cwd: string | undefined;
  readonly #nonBlocking = new WeakSet<object>();

  /** Pipes that children read from. */
  readonly outgoing: Set<Pipe> = new Set();
  /** Blocks for some seconds, or until there is a signal. */
  sleep: (seconds: number) => void = () => {};
  /** What timers go by. */
  clocks: { timeNs: () => bigint; monotonicNs: () => bigint } = {
    timeNs: () => BigInt(Date.now()) * 1_000_000n,
    monotonicNs: () => BigInt(Math.round(performance.now() * 1e6)),
  };

  /** Files under this policy. */
  constructor(policy: Policy) {
    this.#policy = policy;
  }

  // The path as the machine is asked for it.
  #at(path: string, right?: "read" | "write", also?: "read" | "write"): string {
    if (path === "") throw new HostError("ENOENT", { filename: path });
    if (path.includes("\0")) throw new HostError("EINVAL", { filename: path });
    const full = path[0] === "/" || (this.#cwd === undefined && this.#policy.inherits)
      ? path
      // Not `join`: `..` after a symbolic link is the kernel's to resolve.
      : `${this.getcwd()}/${path}`;
    if (!this.#policy.inherits) {
      if (right !== undefined) this.#policy.needPath(right, full, path);
      if (also !== undefined) this.#policy.needPath(also, full, path);
    }
    return full;
  }

  /** Whether every path may be read and written. */
  get unrestricted(): boolean {
    return this.#policy.inherits;
  }
  /** The full path of a database that is to be opened; the policy must allow it. */
  databasePath(path: string, writes: boolean): string {
    const full = this.#at(path, "read", writes ? "write" : undefined);
    return full[0] === "/" ? full : `${this.getcwd()}/${full}`;
  }

  #on<T>(path: string, right: "read" | "write", call: (full: string) => T): T {
    const full = this.#at(path, right);
    try {
      return call(full);
    } catch (e) {
      throw toHostError(e, path);
    }
  }

  open(path: string, flags: number, mode: number): number {
    const how = flags & O.ACCMODE;
    const own = OWN_DESCRIPTOR.exec(path);
    if (own !== null) {
      // a pipe of the guest's own is none of the machine's
      const file = this.table.peek(Number(own[1]));
      if (how === O.RDONLY ? file instanceof PipeReader : file instanceof PipeWriter) {
        return this.table.dup(Number(own[1]));
      }
    }
    const writes = how !== O.RDONLY || (flags & (O.CREAT | O.TRUNC)) !== 0;
    const full = how === O.WRONLY ? this.#at(path, "write") : this.#at(path, "read", writes ? "write" : undefined);
    const plain = (flags & ~PLAIN_FLAGS) === 0 &&
      !(how === O.RDONLY && flags & (O.CREAT | O.TRUNC)) &&
      !(flags & O.APPEND && flags & O.TRUNC) &&
      (flags & (O.CREAT | O.EXCL)) !== O.EXCL;
    const file = guarded(() => {
      if (!plain) {
        const fd = node("node:fs").openSync(full, flags & ~O.CLOEXEC, mode);
        return reopened(fd, flags) ?? new NumberedFile(fd, flags, true);
      }
      const append = (flags & O.APPEND) !== 0;
      const opened = Deno.openSync(full, {
        read: how !== O.WRONLY,
        write: how !== O.RDONLY && !append,
        append: how !== O.RDONLY && append,
        create: (flags & O.CREAT) !== 0,
        createNew: (flags & O.EXCL) !== 0,
        truncate: (flags & O.TRUNC) !== 0,
        mode: flags & O.CREAT ? mode & 0o7777 : undefined,
      });
      return new SystemFile(opened, flags);
    }, path);
    return this.table.add(file);
  }

  close(fd: number): void {
    this.table.close(fd);
  }
  read(fd: number, into: Uint8Array): number {
    const file = this.table.get(fd);
    if (!(file instanceof PipeReader) || !file.pipe.outside) return file.read(into);
    // what another process writes is waited for in short naps
    for (let nap = FIRST_NAP;; nap = Math.min(nap * 2, LAST_NAP)) {
      try {
        return file.read(into);
      } catch (e) {
        if (!(e instanceof HostError) || e.code !== "EAGAIN" || !this.getBlocking(fd)) throw e;
      }
      this.flushPipes();
      this.sleep(nap);
    }
  }
  readNow(fd: number, into: Uint8Array): number {
    return this.table.get(fd).read(into);
  }
  canRead(fd: number): boolean {
    this.flushPipes();
    return this.table.get(fd).canRead?.() ?? true;
  }
  isOutside(fd: number): boolean {
    const file = this.table.peek(fd);
    return (file instanceof PipeReader || file instanceof PipeWriter) && file.pipe.outside;
  }
  /** Hands on what is written to other processes; whether all of it is gone. */
  flushPipes(): boolean {
    for (const pipe of [...this.outgoing]) pipe.flush();
    return ![...this.outgoing].some((pipe) => pipe.size > 0);
  }
  /** Waits until other processes have taken all that was written to them. */
  drain(): void {
    for (let nap = FIRST_NAP; !this.flushPipes(); nap = Math.min(nap * 2, LAST_NAP)) this.sleep(nap);
  }
  write(fd: number, from: Uint8Array): number {
    const file = this.table.get(fd);
    return file instanceof PipeWriter && !this.getBlocking(fd) ? file.writeSome(from) : file.write(from);
  }
  writeSome(fd: number, from: Uint8Array): number {
    const file = this.table.get(fd);
    return file instanceof PipeWriter ? file.writeSome(from) : file.write(from);
  }
  canWrite(fd: number): boolean {
    return this.table.get(fd).canWrite?.() ?? true;
  }
  pread(fd: number, into: Uint8Array, at: number): number {
    return this.table.get(fd).pread(into, at);
  }
  pwrite(fd: number, from: Uint8Array, at: number): number {
    return this.table.get(fd).pwrite(from, at);
  }
  lseek(fd: number, offset: number, whence: number): number {
    return this.table.get(fd).seek(offset, whence);
  }
  fstat(fd: number): HostStat {
    return this.table.get(fd).stat();
  }
  ftruncate(fd: number, size: number): void {
    if (size < 0) throw new HostError("EINVAL");
    this.table.get(fd).truncate(size);
  }
  fsync(fd: number): void {
    this.table.get(fd).sync();
  }
  get terminal(): HostTerminal {
    return terminalOf(this.table, this.#policy);
  }
  setRaw(fd: number, on: boolean): void {
    this.table.peek(fd)?.setRaw?.(on);
  }
  isatty(fd: number): boolean {
    return this.table.peek(fd)?.isatty() ?? false;
  }
  dup(fd: number): number {
    return this.table.dup(fd);
  }
  dup2(fd: number, to: number): number {
    return this.table.dup2(fd, to);
  }
  pipe(): [number, number] {
    const pipe = new Pipe();
    const reader = this.table.add(new PipeReader(pipe));
    return [reader, this.table.add(new PipeWriter(pipe))];
  }
  getInheritable(fd: number): boolean {
    return this.table.getInheritable(fd);
  }
  setInheritable(fd: number, value: boolean): void {
    this.table.setInheritable(fd, value);
  }
  getBlocking(fd: number): boolean {
    const file = this.table.get(fd);
    return !this.#nonBlocking.has(file) && (file.flags & O.NONBLOCK) === 0;
  }
  setBlocking(fd: number, value: boolean): void {
    const file = this.table.get(fd);
    if (value) {
      this.#nonBlocking.delete(file);
      file.flags &= ~O.NONBLOCK;
    } else this.#nonBlocking.add(file);
  }
  waitReadable(fd: number): Promise<void> | undefined {
    this.flushPipes();
    return this.table.get(fd).waitReadable();
  }

  eventfd(initial: number, flags: number): number {
    if ((flags & ~(O.CLOEXEC | O.NONBLOCK | 1)) !== 0) throw new HostError("EINVAL");
    return this.table.add(new EventCounter(initial, (flags & 1) !== 0, O.RDWR | flags & O.NONBLOCK));
  }
  timerfd(clock: number, flags: number): number {
    if (!TIMER_CLOCKS.includes(clock) || (flags & ~(O.CLOEXEC | O.NONBLOCK)) !== 0) throw new HostError("EINVAL");
    const real = clock === 0 || clock === 8;
    return this.table.add(new Timer(real ? this.clocks.timeNs : this.clocks.monotonicNs, O.RDWR | flags & O.NONBLOCK));
  }
  timerSet(fd: number, flags: number, first: bigint, interval: bigint): [bigint, bigint] | undefined {
    const file = this.table.get(fd);
    if ((flags & ~3) !== 0) throw new HostError("EINVAL");
    return file instanceof Timer ? file.set(first, interval, (flags & 1) !== 0) : undefined;
  }
  timerGet(fd: number): [bigint, bigint] | undefined {
    const file = this.table.get(fd);
    return file instanceof Timer ? file.left : undefined;
  }
  memfd(flags: number): number {
    if ((flags & ~3) !== 0) throw new HostError("EINVAL");
    return this.table.add(new MemoryFile());
  }

  fdPath(fd: number): string | undefined {
    if (Deno.build.os !== "linux") return undefined;
    const real = this.table.get(fd).real?.();
    // not as OWN_DESCRIPTOR has it: it is the machine's number
    return real === undefined ? undefined : `/proc/self/fd/${real}/.`;
  }

  #real(fd: number): number {
    const real = this.table.get(fd).real?.();
    if (real === undefined) throw new HostError("EINVAL");
    return real;
  }
  fchmod(fd: number, mode: number): void {
    guarded(() => node("node:fs").fchmodSync(this.#real(fd), mode));
  }
  fchown(fd: number, uid: number, gid: number): void {
    guarded(() => node("node:fs").fchownSync(this.#real(fd), uid, gid));
  }
  futime(fd: number, atimeNs: bigint, mtimeNs: bigint): void {
    const file = this.table.get(fd);
    if (file.utime !== undefined) return file.utime(seconds(atimeNs), seconds(mtimeNs));
    guarded(() =>
      node("node:fs").futimesSync(
        this.#real(fd),
        seconds(atimeNs),
        seconds(mtimeNs),
      )
    );
  }

  stat(path: string): HostStat {
    return this.#on(
      path,
      "read",
      (p) => statOf(Deno.statSync(p)),
    );
  }
  lstat(path: string): HostStat {
    return this.#on(
      path,
      "read",
      (p) => statOf(Deno.lstatSync(p)),
    );
  }
  listdir(path: string): string[] {
    return this.#on(
      path,
      "read",
      (p) => Array.from(Deno.readDirSync(p), (e) => e.name),
    );
  }
  scandir(path: string): HostDirEntry[] {
    return this.#on(
      path,
      "read",
      (p) =>
        Array.from(Deno.readDirSync(p), (e) => ({
          name: e.name,
          kind: e.isFile ? S.IFREG : e.isDirectory ? S.IFDIR : e.isSymlink ? S.IFLNK : 0,
        })),
    );
  }
  mkdir(path: string, mode: number): void {
    this.#on(path, "write", (p) => Deno.mkdirSync(p, { mode }));
  }
  rmdir(path: string): void {
    this.#on(path, "write", (p) => {
      if (!Deno.lstatSync(p).isDirectory) {
        throw new HostError("ENOTDIR", { filename: path });
      }
      Deno.removeSync(p);
    });
  }
  unlink(path: string): void {
    // Deno's unlink takes an empty folder away too; Linux's says EISDIR.
    this.#on(path, "write", (p) => {
      if (Deno.lstatSync(p).isDirectory) {
        throw new HostError("EISDIR", { filename: path });
      }
      Deno.removeSync(p);
    });
  }
  rename(from: string, to: string): void {
    const a = this.#at(from, "read", "write"), b = this.#at(to, "write");
    guarded(() => Deno.renameSync(a, b), from, to);
  }
  link(from: string, to: string): void {
    this.#policy.needLinks(from);
    const a = this.#at(from, "read", "write"), b = this.#at(to, "write");
    guarded(() => Deno.linkSync(a, b), from, to);
  }
  symlink(target: string, path: string, directory: boolean): void {
    this.#policy.needLinks(path);
    const at = this.#at(path, "write");
    guarded(
      () => Deno.symlinkSync(target, at, { type: directory ? "dir" : "file" }),
      target,
      path,
    );
  }
  readlink(path: string): string {
    return this.#on(path, "read", (p) => Deno.readLinkSync(p));
  }
  chmod(path: string, mode: number): void {
    this.#on(path, "write", (p) => Deno.chmodSync(p, mode));
  }
  chown(path: string, uid: number, gid: number, follow: boolean): void {
    this.#on(
      path,
      "write",
      (p) => follow ? Deno.chownSync(p, uid, gid) : node("node:fs").lchownSync(p, uid, gid),
    );
  }
  utime(path: string, atimeNs: bigint, mtimeNs: bigint, follow: boolean): void {
    const a = seconds(atimeNs), m = seconds(mtimeNs);
    this.#on(
      path,
      "write",
      (p) => follow ? Deno.utimeSync(p, a, m) : node("node:fs").lutimesSync(p, a, m),
    );
  }
  access(path: string, mode: number): boolean {
    try {
      this.#on(
        path,
        mode & 2 ? "write" : "read",
        (p) => {
          if (mode === 0) Deno.statSync(p);
          else node("node:fs").accessSync(p, mode);
        },
      );
      return true;
    } catch {
      return false;
    }
  }
  truncate(path: string, size: number): void {
    if (size < 0) throw new HostError("EINVAL", { filename: path });
    this.#on(path, "write", (p) => Deno.truncateSync(p, size));
  }
  statvfs(path: string): HostStatVfs {
    return this.#on(path, "read", (p) => {
      const s = node("node:fs").statfsSync(p);
      return {
        bsize: s.bsize,
        frsize: s.bsize,
        blocks: s.blocks,
        bfree: s.bfree,
        bavail: s.bavail,
        files: s.files,
        ffree: s.ffree,
        favail: s.ffree,
        flag: 0,
        namemax: 255,
      };
    });
  }
  realpath(path: string): string {
    return this.#on(path, "read", (p) => Deno.realPathSync(p));
  }
  mkfifo(path: string, mode: number): void {
    // The host has no call for it; the program of that name has.
    this.#policy.need("run", "mkfifo");
    const at = this.#at(path, "write");
    guarded(() => {
      if (node("node:fs").lstatSync(at, { throwIfNoEntry: false })) {
        throw new HostError("EEXIST");
      }
      const { spawnSync } = node("node:child_process");
      const done = spawnSync("mkfifo", [
        "-m",
        (mode & 0o777).toString(8),
        "--",
        at,
      ]);
      if (done.error) throw done.error;
      if (done.status !== 0) throw new HostError("EIO");
    }, path);
  }
  chdir(path: string): void {
    this.#on(path, "read", (p) => {
      if (!Deno.statSync(p).isDirectory) {
        throw new HostError("ENOTDIR", { filename: path });
      }
      this.#cwd = Deno.realPathSync(p);
    });
  }
  getcwd(): string {
    return this.#cwd ?? guarded(() => Deno.cwd());
  }

  /** The path as a child process would need it. */
  absolute(path: string): string {
    return resolve(this.getcwd(), path);
  }
}

function seconds(ns: bigint): number {
  return Number(ns) / 1e9;
}
