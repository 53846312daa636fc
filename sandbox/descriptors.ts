// CPython 3.14: the kernel's side of Modules/_io/fileio.c and os.open
//
// The guest's descriptor table. A number refers to an open file, several
// numbers to the same one after `dup`, as in a kernel. The table is the
// guest's own: it cannot reach descriptors that Deno holds for itself.
//
// Deno has no `lseek` for a `node:fs` descriptor. So an open file counts its
// place; it reads and writes at the kernel's place until a seek moves it, and
// by position from then on.

import fs from "node:fs";
import process from "node:process";
import { HostError, type HostStat, O, S } from "../vm/host.ts";
import { guarded } from "./errors.ts";
import { statOf } from "./stat.ts";

/** Something a descriptor can refer to. */
export interface OpenFile {
  /** How many descriptors refer to it. */
  refs: number;
  /** The flags it was opened with. */
  flags: number;
  /** The machine's descriptor, where there is one. */
  readonly real?: number;
  read(into: Uint8Array): number;
  write(from: Uint8Array): number;
  pread(into: Uint8Array, at: number): number;
  pwrite(from: Uint8Array, at: number): number;
  seek(offset: number, whence: number): number;
  stat(): HostStat;
  truncate(size: number): void;
  sync(): void;
  isatty(): boolean;
  /** Settles when a read would not block; `undefined` when it would not now. */
  waitReadable(): Promise<void> | undefined;
  close(): void;
}

/** A file of the machine. */
export class SystemFile implements OpenFile {
  refs = 0;
  readonly real: number;
  flags: number;
  readonly #owned: boolean;
  #pos = 0;
  #positional = false;
  #known: boolean;
  #seekable: boolean | undefined;

  /** Wraps a descriptor; one that was inherited is not closed with it. */
  constructor(real: number, flags: number, owned = true) {
    this.real = real;
    this.flags = flags;
    this.#owned = owned;
    this.#known = owned;
  }

  #mayRead(): void {
    if ((this.flags & O.ACCMODE) === O.WRONLY) throw new HostError("EBADF");
  }

  #mayWrite(): void {
    if ((this.flags & O.ACCMODE) === O.RDONLY) throw new HostError("EBADF");
  }

  read(into: Uint8Array): number {
    this.#mayRead();
    if (into.length === 0) return 0;
    const at = this.#positional ? this.#pos : null;
    const n = guarded(() => fs.readSync(this.real, into, 0, into.length, at));
    this.#pos += n;
    return n;
  }

  write(from: Uint8Array): number {
    this.#mayWrite();
    if (from.length === 0) return 0;
    const append = (this.flags & O.APPEND) !== 0;
    const at = this.#positional && !append ? this.#pos : null;
    const n = guarded(() => fs.writeSync(this.real, from, 0, from.length, at));
    this.#pos = append ? fs.fstatSync(this.real).size : this.#pos + n;
    return n;
  }

  pread(into: Uint8Array, at: number): number {
    this.#mayRead();
    this.#needSeekable();
    if (into.length === 0) return 0;
    return guarded(() => fs.readSync(this.real, into, 0, into.length, at));
  }

  pwrite(from: Uint8Array, at: number): number {
    this.#mayWrite();
    this.#needSeekable();
    if (from.length === 0) return 0;
    return guarded(() => fs.writeSync(this.real, from, 0, from.length, at));
  }

  #needSeekable(): void {
    if (this.#seekable === undefined) {
      const kind = guarded(() => fs.fstatSync(this.real)).mode & S.IFMT;
      this.#seekable = kind === S.IFREG || kind === S.IFBLK ||
        kind === S.IFDIR ||
        (kind === S.IFCHR && !this.isatty());
    }
    if (!this.#seekable) throw new HostError("ESPIPE");
  }

  // Where an inherited file stood when the process began is the kernel's
  // knowledge; /proc tells it, where it may be read.
  #learnPlace(): void {
    if (this.#known) return;
    this.#known = true;
    try {
      const info = fs.readFileSync(`/proc/self/fdinfo/${this.real}`, "utf8");
      this.#pos = Number(/^pos:\s*(\d+)/m.exec(info)?.[1] ?? this.#pos);
    } catch {
      // Counted from the first use then.
    }
  }

  seek(offset: number, whence: number): number {
    this.#needSeekable();
    this.#learnPlace();
    let to: number;
    if (whence === 0) to = offset;
    else if (whence === 1) to = this.#pos + offset;
    else if (whence === 2) {
      to = guarded(() => fs.fstatSync(this.real)).size + offset;
    } else if (whence === 3 || whence === 4) {
      // SEEK_DATA and SEEK_HOLE: a file without holes.
      const size = guarded(() => fs.fstatSync(this.real)).size;
      if (offset < 0 || offset >= size) throw new HostError("ENXIO");
      to = whence === 3 ? offset : size;
    } else throw new HostError("EINVAL");
    if (to < 0) throw new HostError("EINVAL");
    if (to !== this.#pos) {
      this.#pos = to;
      this.#positional = true;
    }
    return to;
  }

  stat(): HostStat {
    return guarded(() => statOf(fs.fstatSync(this.real, { bigint: true })));
  }

  truncate(size: number): void {
    if ((this.flags & O.ACCMODE) === O.RDONLY) throw new HostError("EINVAL");
    guarded(() => fs.ftruncateSync(this.real, size));
  }

  sync(): void {
    guarded(() => fs.fsyncSync(this.real));
  }

  isatty(): boolean {
    try {
      const tty = process.getBuiltinModule("node:tty");
      return tty.isatty(this.real);
    } catch {
      return false;
    }
  }

  waitReadable(): undefined {
    return undefined;
  }

  close(): void {
    if (this.#owned) guarded(() => fs.closeSync(this.real));
  }
}

function noStat(mode: number): HostStat {
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

abstract class Stream implements OpenFile {
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

/** What goes between the two ends of a pipe inside this process. */
export class Pipe {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #waiting: (() => void)[] = [];
  writers = 0;
  readers = 0;

  /** How many bytes wait to be read. */
  get size(): number {
    return this.#size;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    this.wake();
  }

  take(into: Uint8Array): number {
    let n = 0;
    while (n < into.length && this.#chunks.length > 0) {
      const first = this.#chunks[0];
      const part = first.subarray(0, into.length - n);
      into.set(part, n);
      n += part.length;
      if (part.length === first.length) this.#chunks.shift();
      else this.#chunks[0] = first.subarray(part.length);
    }
    this.#size -= n;
    return n;
  }

  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  wait(): Promise<void> | undefined {
    if (this.#size > 0 || this.writers === 0) return undefined;
    return new Promise((done) => this.#waiting.push(done));
  }
}

/** The end of a pipe that is read. */
export class PipeReader extends Stream {
  readonly pipe: Pipe;
  /** Reads from a pipe. */
  constructor(pipe: Pipe) {
    super(O.RDONLY);
    this.pipe = pipe;
    pipe.readers++;
  }
  override read(into: Uint8Array): number {
    if (this.pipe.size > 0) return this.pipe.take(into);
    if (this.pipe.writers === 0 || into.length === 0) return 0;
    throw new HostError("EAGAIN");
  }
  override waitReadable(): Promise<void> | undefined {
    return this.pipe.wait();
  }
  override close(): void {
    this.pipe.readers--;
  }
}

/** The end of a pipe that is written. */
export class PipeWriter extends Stream {
  readonly pipe: Pipe;
  /** Writes to a pipe. */
  constructor(pipe: Pipe) {
    super(O.WRONLY);
    this.pipe = pipe;
    pipe.writers++;
  }
  override write(from: Uint8Array): number {
    if (this.pipe.readers === 0) throw new HostError("EPIPE");
    this.pipe.push(from.slice());
    return from.length;
  }
  override close(): void {
    if (--this.pipe.writers === 0) this.pipe.wake();
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
