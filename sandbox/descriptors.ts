// CPython 3.14: the kernel's side of Modules/_io/fileio.c and os.open
//
// The guest's descriptor table. A number refers to an open file, several
// numbers to the same one after `dup`, as in a kernel. The table is the
// guest's own: it cannot reach descriptors that Deno holds for itself.

import { HostError, type HostStat, O, S } from "../vm/host.ts";
import { guarded } from "./errors.ts";
import { node } from "./node.ts";
import { statOf } from "./stat.ts";

/** Something a descriptor can refer to. */
export interface OpenFile {
  /** How many descriptors refer to it. */
  refs: number;
  /** The flags it was opened with. */
  flags: number;
  /** The machine's descriptor, where there is one and it can be found. */
  real?(): number | undefined;
  read(into: Uint8Array): number;
  write(from: Uint8Array): number;
  pread(into: Uint8Array, at: number): number;
  pwrite(from: Uint8Array, at: number): number;
  seek(offset: number, whence: number): number;
  stat(): HostStat;
  truncate(size: number): void;
  sync(): void;
  isatty(): boolean;
  /** Puts a terminal into raw mode or back. */
  setRaw?(on: boolean): void;
  /** Settles when a read would not block; `undefined` when it would not now. */
  waitReadable(): Promise<void> | undefined;
  /** Sets the times, in seconds. */
  utime?(atime: number, mtime: number): void;
  /** Whether a read would not wait; absent: it never does, or that cannot be told. */
  canRead?(): boolean;
  /** Whether a write would not wait; absent: it never does. */
  canWrite?(): boolean;
  close(): void;
}

/** A file of the machine. */
export class SystemFile implements OpenFile {
  refs = 0;
  flags: number;
  readonly #file: Deno.FsFile;

  /** Wraps an open file. */
  constructor(file: Deno.FsFile, flags: number) {
    this.#file = file;
    this.flags = flags;
  }

  read(into: Uint8Array): number {
    if ((this.flags & O.ACCMODE) === O.WRONLY) throw new HostError("EBADF");
    if (into.length === 0) return 0;
    return guarded(() => this.#file.readSync(into)) ?? 0;
  }
  write(from: Uint8Array): number {
    if ((this.flags & O.ACCMODE) === O.RDONLY) throw new HostError("EBADF");
    if (from.length === 0) return 0;
    return guarded(() => this.#file.writeSync(from));
  }
  #elsewhere<T>(at: number, call: () => T): T {
    const place = this.seek(0, 1);
    this.seek(at, 0);
    try {
      return call();
    } finally {
      this.seek(place, 0);
    }
  }
  pread(into: Uint8Array, at: number): number {
    return this.#elsewhere(at, () => this.read(into));
  }
  pwrite(from: Uint8Array, at: number): number {
    return this.#elsewhere(at, () => this.write(from));
  }
  seek(offset: number, whence: number): number {
    if (whence === 3 || whence === 4) {
      // SEEK_DATA and SEEK_HOLE: a file without holes.
      const { size } = this.stat();
      if (offset < 0 || offset >= size) throw new HostError("ENXIO");
      return this.seek(whence === 3 ? offset : size, 0);
    }
    if (whence > 2 || whence < 0) throw new HostError("EINVAL");
    return guarded(() => this.#file.seekSync(offset, whence));
  }
  stat(): HostStat {
    return guarded(() => statOf(this.#file.statSync()));
  }
  truncate(size: number): void {
    if ((this.flags & O.ACCMODE) === O.RDONLY) throw new HostError("EINVAL");
    guarded(() => this.#file.truncateSync(size));
  }
  sync(): void {
    guarded(() => this.#file.syncSync());
  }
  utime(atime: number, mtime: number): void {
    guarded(() => this.#file.utimeSync(atime, mtime));
  }
  isatty(): boolean {
    return this.#file.isTerminal();
  }
  waitReadable(): undefined {
    return undefined;
  }
  close(): void {
    guarded(() => this.#file.close());
  }

  /** Deno does not tell its number: it is the one with the same file at the same place. */
  real(): number | undefined {
    const fs = node("node:fs");
    const own = this.stat();
    for (const name of fs.readdirSync("/proc/self/fd")) {
      try {
        // the host's fstat knows the numbers that it gave out only
        const st = fs.statSync(`/proc/self/fd/${name}`, { bigint: true });
        if (st.ino !== own.ino || st.dev !== own.dev) continue;
        const info = fs.readFileSync(`/proc/self/fdinfo/${name}`, "utf8");
        const access = parseInt(/^flags:\s*(\d+)/m.exec(info)?.[1] ?? "0", 8) &
          O.ACCMODE;
        if (access !== (this.flags & O.ACCMODE)) continue;
        if ((own.mode & S.IFMT) === S.IFREG) {
          if (Number(/^pos:\s*(\d+)/m.exec(info)?.[1]) !== this.seek(0, 1)) {
            continue;
          }
        }
        return Number(name);
      } catch {
        // Closed meanwhile: the folder's own descriptor.
      }
    }
    return undefined;
  }
}

/** A descriptor that Node opened, or that was there when the process began. */
export class NumberedFile implements OpenFile {
  refs = 0;
  flags: number;
  readonly #fd: number;
  readonly #owned: boolean;
  #pos = 0;
  #positional = false;
  /** Takes over reading (a terminal). */
  reader: ((into: Uint8Array) => number) | undefined = undefined;

  /** Wraps a descriptor; one that was inherited is not closed with it. */
  constructor(fd: number, flags: number, owned: boolean) {
    this.#fd = fd;
    this.flags = flags;
    this.#owned = owned;
  }

  read(into: Uint8Array): number {
    if ((this.flags & O.ACCMODE) === O.WRONLY) throw new HostError("EBADF");
    if (into.length === 0) return 0;
    if (this.reader !== undefined && !this.#positional) return this.reader(into);
    const n = guarded(() => {
      if (this.#fd === 0 && !this.#positional) {
        return Deno.stdin.readSync(into) ?? 0;
      }
      const at = this.#positional ? this.#pos : null;
      return node("node:fs").readSync(this.#fd, into, 0, into.length, at);
    });
    this.#pos += n;
    return n;
  }
  write(from: Uint8Array): number {
    if ((this.flags & O.ACCMODE) === O.RDONLY) throw new HostError("EBADF");
    if (from.length === 0) return 0;
    const n = guarded(() => {
      if (!this.#positional && this.#fd === 1) {
        return Deno.stdout.writeSync(from);
      }
      if (!this.#positional && this.#fd === 2) {
        return Deno.stderr.writeSync(from);
      }
      const at = this.#positional ? this.#pos : null;
      return node("node:fs").writeSync(this.#fd, from, 0, from.length, at);
    });
    this.#pos += n;
    return n;
  }
  #needSeekable(): void {
    const kind = this.stat().mode & S.IFMT;
    if (
      kind === S.IFIFO || kind === S.IFSOCK ||
      (kind === S.IFCHR && this.isatty())
    ) {
      throw new HostError("ESPIPE");
    }
  }
  pread(into: Uint8Array, at: number): number {
    this.#needSeekable();
    return guarded(() => node("node:fs").readSync(this.#fd, into, 0, into.length, at));
  }
  pwrite(from: Uint8Array, at: number): number {
    this.#needSeekable();
    return guarded(() => node("node:fs").writeSync(this.#fd, from, 0, from.length, at));
  }
  // Where the kernel says it stands; counted from the first use where it does not tell.
  #kernelPlace(): number {
    try {
      const info = Deno.readTextFileSync(`/proc/self/fdinfo/${this.#fd}`);
      return Number(/^pos:\s*(\d+)/m.exec(info)?.[1] ?? this.#pos);
    } catch {
      return this.#pos;
    }
  }
  // There is no `lseek` for such a descriptor: from the first seek on it is read
  // and written by position. Where it stood before is the kernel's to tell.
  seek(offset: number, whence: number): number {
    this.#needSeekable();
    const start = this.#positional ? this.#pos : this.#kernelPlace();
    if (whence < 0 || whence > 2) throw new HostError("EINVAL");
    const to = (whence === 0 ? 0 : whence === 1 ? start : this.stat().size) + offset;
    if (to < 0) throw new HostError("EINVAL");
    // To ask where it stands changes nothing: others may share the descriptor.
    if (to === start) return to;
    this.#positional = true;
    return this.#pos = to;
  }
  stat(): HostStat {
    return guarded(() => {
      const named = this.#fd <= 2 ? standardStat(this.#fd) : undefined;
      if (named !== undefined) return named;
      const st = node("node:fs").fstatSync(this.#fd, { bigint: true });
      return {
        ...st,
        mode: Number(st.mode),
        nlink: Number(st.nlink),
        uid: Number(st.uid),
        gid: Number(st.gid),
        size: Number(st.size),
        blksize: Number(st.blksize),
        blocks: Number(st.blocks),
      };
    });
  }
  truncate(size: number): void {
    guarded(() => node("node:fs").ftruncateSync(this.#fd, size));
  }
  sync(): void {
    guarded(() => node("node:fs").fsyncSync(this.#fd));
  }
  setRaw(on: boolean): void {
    if (this.#fd === 0) guarded(() => Deno.stdin.setRaw(on, { cbreak: true }));
  }
  isatty(): boolean {
    if (this.#fd === 0) return Deno.stdin.isTerminal();
    if (this.#fd === 1) return Deno.stdout.isTerminal();
    if (this.#fd === 2) return Deno.stderr.isTerminal();
    return node("node:tty").isatty(this.#fd);
  }
  waitReadable(): undefined {
    return undefined;
  }
  close(): void {
    if (this.#owned) guarded(() => node("node:fs").closeSync(this.#fd));
  }
  real(): number {
    return this.#fd;
  }
}

/** What a standard stream is, by its name where that may be read: `node:fs` would be loaded for it at each start. */
function standardStat(fd: number): HostStat | undefined {
  if (Deno.build.os !== "linux") return undefined;
  try {
    const path = `/dev/fd/${fd}`;
    if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return undefined;
    return statOf(Deno.statSync(path));
  } catch {
    return undefined;
  }
}

/** What is told of a file that lies in this process. */
export function noStat(mode: number): HostStat {
  const now = BigInt(Date.now()) * 1_000_000n;
  return {
    mode,
    ino: 0n,
    dev: 0n,
    nlink: 1,
    uid: 0,
    gid: 0,
    rdev: 0n,
    size: 0,
    blksize: 4096,
    blocks: 0,
    atimeNs: now,
    mtimeNs: now,
    ctimeNs: now,
  };
}

export abstract class Stream implements OpenFile {
  refs = 0;
  flags: number;
  constructor(flags: number) {
    this.flags = flags;
  }
  read(_into: Uint8Array): number {
    throw new HostError("EBADF");
  }
  write(_from: Uint8Array): number {
    throw new HostError("EBADF");
  }
  pread(_into: Uint8Array, _at: number): number {
    throw new HostError("ESPIPE");
  }
  pwrite(_from: Uint8Array, _at: number): number {
    throw new HostError("ESPIPE");
  }
  seek(_offset: number, _whence: number): number {
    throw new HostError("ESPIPE");
  }
  stat(): HostStat {
    return noStat(S.IFIFO | 0o600);
  }
  truncate(_size: number): void {
    throw new HostError("EINVAL");
  }
  sync(): void {
    throw new HostError("EINVAL");
  }
  isatty(): boolean {
    return false;
  }
  waitReadable(): Promise<void> | undefined {
    return undefined;
  }
  canWrite(): boolean {
    return true;
  }
  close(): void {}
}

/** Standard input given by an embedder: a function that fills a buffer. */
export class Source extends Stream {
  readonly #fill: (into: Uint8Array) => number;
  /** Reads with this function; 0 is the end. */
  constructor(fill: (into: Uint8Array) => number) {
    super(O.RDONLY);
    this.#fill = fill;
  }
  override read(into: Uint8Array): number {
    return guarded(() => this.#fill(into));
  }
}

/** Standard output given by an embedder: a function that takes bytes. */
export class Sink extends Stream {
  readonly #take: (bytes: Uint8Array) => void;
  /** Writes with this function. */
  constructor(take: (bytes: Uint8Array) => void) {
    super(O.WRONLY);
    this.#take = take;
  }
  override write(from: Uint8Array): number {
    guarded(() => this.#take(from.slice()));
    return from.length;
  }
}

/** The guest's descriptors. */
export class DescriptorTable {
  readonly #open = new Map<number, { file: OpenFile; inheritable: boolean }>();

  /** The file behind a number; EBADF where there is none. */
  get(fd: number): OpenFile {
    const slot = this.#open.get(fd);
    if (slot === undefined) throw new HostError("EBADF");
    return slot.file;
  }

  /** The file behind a number, or `undefined`. */
  peek(fd: number): OpenFile | undefined {
    return this.#open.get(fd)?.file;
  }

  /** Gives a file the lowest free number, or the one asked for. */
  add(file: OpenFile, at?: number, inheritable = false): number {
    let fd = at ?? 0;
    if (at === undefined) { while (this.#open.has(fd)) fd++; }
    file.refs++;
    this.#open.set(fd, { file, inheritable });
    return fd;
  }

  close(fd: number): void {
    const file = this.get(fd);
    this.#open.delete(fd);
    if (--file.refs === 0) file.close();
  }

  dup(fd: number): number {
    return this.add(this.get(fd));
  }

  dup2(fd: number, to: number, inheritable = true): number {
    const file = this.get(fd);
    if (fd === to) return to;
    if (to < 0) throw new HostError("EBADF");
    file.refs++;
    if (this.#open.has(to)) this.close(to);
    file.refs--;
    return this.add(file, to, inheritable);
  }

  getInheritable(fd: number): boolean {
    this.get(fd);
    return this.#open.get(fd)!.inheritable;
  }

  setInheritable(fd: number, value: boolean): void {
    this.get(fd);
    this.#open.get(fd)!.inheritable = value;
  }
}
