// CPython 3.14: the kernel's eventfd, timerfd and memfd (Modules/posixmodule.c asks for them)
//
// Files without a name that lie in this process: a counter that can be waited for, a timer whose
// expirations can be read, and a file in memory. A read that would wait throws EAGAIN, as that of a
// pipe does; who is to wait does so (stdlib/posix_fd.ts).

import { HostError, type HostStat, O, S } from "../vm/host.ts";
import { noStat, type OpenFile, Stream } from "./descriptors.ts";

const NEVER: Promise<void> = new Promise(() => {});
const MOST = (1n << 64n) - 2n;

/** A file whose reads give a number of eight bytes. */
abstract class NumberFile extends Stream {
  override seek(): number {
    return 0;
  }
  override stat(): HostStat {
    return noStat(0o600);
  }
  protected give(into: Uint8Array, n: bigint): number {
    new DataView(into.buffer, into.byteOffset).setBigUint64(0, n, true);
    return 8;
  }
}

/** A counter that is added to by writing. */
export class EventCounter extends NumberFile {
  #n: bigint;
  readonly #semaphore: boolean;
  #waiting: (() => void)[] = [];
  constructor(n: number, semaphore: boolean, flags: number) {
    super(flags);
    this.#n = BigInt(n);
    this.#semaphore = semaphore;
  }
  override read(into: Uint8Array): number {
    if (into.length < 8) throw new HostError("EINVAL");
    if (this.#n === 0n) throw new HostError("EAGAIN");
    const n = this.#semaphore ? 1n : this.#n;
    this.#n -= n;
    return this.give(into, n);
  }
  override write(from: Uint8Array): number {
    if (from.length < 8) throw new HostError("EINVAL");
    const n = new DataView(from.buffer, from.byteOffset).getBigUint64(0, true);
    if (n > MOST) throw new HostError("EINVAL");
    if (this.#n + n > MOST) throw new HostError("EAGAIN");
    this.#n += n;
    for (const go of this.#waiting.splice(0)) go();
    return 8;
  }
  override canWrite(): boolean {
    return this.#n < MOST;
  }
  canRead(): boolean {
    return this.#n > 0n;
  }
  override waitReadable(): Promise<void> | undefined {
    return this.#n > 0n ? undefined : new Promise((done) => this.#waiting.push(done));
  }
}

/** A timer; times in ns. */
export class Timer extends NumberFile {
  readonly #now: () => bigint;
  /** The first expiration that was not read yet; 0: disarmed. */
  #next = 0n;
  #interval = 0n;
  constructor(now: () => bigint, flags: number) {
    super(flags);
    this.#now = now;
  }
  #expired(): bigint {
    const late = this.#now() - this.#next;
    if (this.#next === 0n || late < 0n) return 0n;
    return this.#interval === 0n ? 1n : late / this.#interval + 1n;
  }
  /** Time to the next expiration, and the interval. */
  get left(): [bigint, bigint] {
    if (this.#next === 0n) return [0n, this.#interval];
    const n = this.#expired();
    if (n > 0n && this.#interval === 0n) return [0n, 0n];
    return [this.#next + n * this.#interval - this.#now(), this.#interval];
  }
  set(first: bigint, interval: bigint, absolute: boolean): [bigint, bigint] {
    if (first < 0n || interval < 0n) throw new HostError("EINVAL");
    const old = this.left;
    this.#next = first === 0n ? 0n : absolute ? first : this.#now() + first;
    this.#interval = interval;
    return old;
  }
  override read(into: Uint8Array): number {
    if (into.length < 8) throw new HostError("EINVAL");
    const n = this.#expired();
    if (n === 0n) throw new HostError("EAGAIN");
    this.#next = this.#interval === 0n ? 0n : this.#next + n * this.#interval;
    return this.give(into, n);
  }
  override write(_from: Uint8Array): number {
    throw new HostError("EINVAL");
  }
  override canWrite(): boolean {
    return false;
  }
  canRead(): boolean {
    return this.#expired() > 0n;
  }
  override waitReadable(): Promise<void> | undefined {
    if (this.#expired() > 0n) return undefined;
    if (this.#next === 0n) return NEVER;
    const ms = Number(this.left[0]) / 1e6;
    return new Promise((done) => Deno.unrefTimer(setTimeout(done, ms)));
  }
}

/** A file in memory. */
export class MemoryFile implements OpenFile {
  refs = 0;
  flags: number = O.RDWR;
  #data = new Uint8Array(0);
  #size = 0;
  #at = 0;
  #room(size: number): void {
    if (size > this.#data.length) {
      const bigger = new Uint8Array(Math.max(size, this.#data.length * 2, 256));
      bigger.set(this.#data.subarray(0, this.#size));
      this.#data = bigger;
    }
  }
  read(into: Uint8Array): number {
    const n = this.pread(into, this.#at);
    this.#at += n;
    return n;
  }
  write(from: Uint8Array): number {
    const n = this.pwrite(from, this.#at);
    this.#at += n;
    return n;
  }
  pread(into: Uint8Array, at: number): number {
    const part = this.#data.subarray(at, Math.min(this.#size, at + into.length));
    into.set(part);
    return part.length;
  }
  pwrite(from: Uint8Array, at: number): number {
    if (from.length === 0) return 0;
    this.#room(at + from.length);
    this.#data.set(from, at);
    this.#size = Math.max(this.#size, at + from.length);
    return from.length;
  }
  seek(offset: number, whence: number): number {
    if (whence < 0 || whence > 2) throw new HostError("EINVAL");
    const to = offset + [0, this.#at, this.#size][whence];
    if (to < 0) throw new HostError("EINVAL");
    return this.#at = to;
  }
  stat(): HostStat {
    return {
      ...noStat(S.IFREG | 0o777),
      nlink: 0,
      size: this.#size,
      blocks: Math.ceil(this.#size / 4096) * 8,
    };
  }
  truncate(size: number): void {
    this.#room(size);
    this.#data.fill(0, size);
    this.#size = size;
  }
  sync(): void {}
  isatty(): boolean {
    return false;
  }
  waitReadable(): undefined {
    return undefined;
  }
  close(): void {}
}
