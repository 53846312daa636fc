// CPython 3.14: the kernel's side of os.pipe and subprocess's pipes
//
// A guest's pipe lies inside this process: a queue of chunks. Once a child gets one of its ends (a
// "process pipe") the other process is reached through a FIFO of the machine's: its far end is the
// child's, the near end is ours and never blocks. What comes through it goes into the queue when
// somebody looks (`fill`); what the guest writes goes into the queue and from there through it as
// far as the machine takes it (`flush`). So a write of the guest's never blocks, and two processes
// that write to each other cannot lock each other up; whoever waits (`DenoFiles.read`, `select`,
// `waitpid`) flushes while it does.

import { HostError, O } from "../vm/host.ts";
import { Stream } from "./descriptors.ts";
import { toHostError } from "./errors.ts";
import { node } from "./node.ts";

/** What Linux's pipes hold, and how much of it is written in one piece. */
const CAPACITY = 65536, ATOMIC = 4096;

/** What goes between the two ends of a pipe inside this process. */
export class Pipe {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #waiting: (() => void)[] = [];
  writers = 0;
  readers = 0;
  /** Our end of the FIFO to or from another process, and the end that its children get. */
  #near: number | undefined = undefined;
  #far: number | undefined = undefined;
  #direction: "in" | "out" | undefined = undefined;
  #broken = false;
  /** Where it is noted while something may have to be handed on. */
  #outgoing: Set<Pipe> | undefined = undefined;

  /** Whether a child has an end of it. */
  get outside(): boolean {
    return this.#direction !== undefined;
  }
  /** The number of the end that children get, where there is one already. */
  get far(): number | undefined {
    return this.#far;
  }

  /**
   * Connects it with a FIFO: "in" where children write to it, "out" where they read (then it is
   * noted in `outgoing` until all is handed on). The result is the children's end.
   */
  connect(path: string, direction: "in" | "out", outgoing: Set<Pipe>): number {
    const fs = node("node:fs");
    const both = fs.openSync(path, O.RDWR | O.NONBLOCK);
    this.#far = fs.openSync(path, direction === "in" ? O.WRONLY : O.RDONLY);
    this.#near = fs.openSync(path, (direction === "in" ? O.RDONLY : O.WRONLY) | O.NONBLOCK);
    fs.closeSync(both);
    this.#direction = direction;
    if (direction === "out") {
      this.#outgoing = outgoing;
      outgoing.add(this);
    }
    return this.#far;
  }

  /** Takes what another process has written. */
  fill(): void {
    if (this.#direction !== "in" || this.#near === undefined || this.#size > 0) return;
    const chunk = new Uint8Array(65536);
    try {
      const n = node("node:fs").readSync(this.#near, chunk);
      if (n > 0) this.push(chunk.subarray(0, n));
      else this.#closeNear();
    } catch (e) {
      const error = toHostError(e);
      if (error.code !== "EAGAIN") this.#closeNear();
    }
  }
  /** Whether nothing more can come. */
  get ended(): boolean {
    return this.writers === 0 && (this.#direction !== "in" || this.#near === undefined);
  }

  /** Hands on to another process what it takes now. */
  flush(): void {
    while (this.#near !== undefined && this.#chunks.length > 0) {
      const first = this.#chunks[0];
      try {
        const n = node("node:fs").writeSync(this.#near, first);
        this.#size -= n;
        if (n === first.length) this.#chunks.shift();
        else this.#chunks[0] = first.subarray(n);
      } catch (e) {
        if (toHostError(e).code === "EAGAIN") return;
        this.#broken = true;
        this.#chunks.length = this.#size = 0;
      }
    }
    if (this.writers === 0) {
      this.#outgoing?.delete(this);
      this.#closeNear();
    }
  }
  /** Whether nobody will read what is written. */
  get broken(): boolean {
    return this.#broken || (this.readers === 0 && this.#direction !== "out");
  }

  #closeNear(): void {
    if (this.#near !== undefined) node("node:fs").closeSync(this.#near);
    this.#near = undefined;
  }
  #closeFar(): void {
    if (this.#far !== undefined) node("node:fs").closeSync(this.#far);
    this.#far = undefined;
  }
  /** The guest has closed its last descriptor of the end that is read. */
  closeReader(): void {
    if (this.#direction === "out") this.#closeFar();
    else this.#closeNear();
  }
  /** The same for the end that is written. */
  closeWriter(): void {
    if (this.#direction === "in") this.#closeFar();
    else if (this.#direction === "out") this.flush();
    this.wake();
  }

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

  /** Whether there is something to read, or nothing more can come. */
  get readable(): boolean {
    this.fill();
    return this.#size > 0 || this.ended;
  }
  wait(): Promise<void> | undefined {
    if (this.readable) return undefined;
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
    this.pipe.fill();
    if (this.pipe.size > 0) return this.pipe.take(into);
    if (this.pipe.ended || into.length === 0) return 0;
    throw new HostError("EAGAIN");
  }
  override waitReadable(): Promise<void> | undefined {
    return this.pipe.wait();
  }
  canRead(): boolean {
    return this.pipe.readable;
  }
  override close(): void {
    if (--this.pipe.readers === 0) this.pipe.closeReader();
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
  /** Writes what a pipe of the system's has room for; few bytes all at once or not at all. */
  writeSome(from: Uint8Array): number {
    if (this.pipe.broken) throw new HostError("EPIPE");
    if (this.pipe.outside) return this.write(from);
    const room = CAPACITY - this.pipe.size;
    if (room < Math.min(from.length, ATOMIC) || room === 0 && from.length > 0) throw new HostError("EAGAIN");
    return this.write(from.subarray(0, room));
  }
  /** As on Linux nothing is ever there to read, but that nobody reads any more is told like an end. */
  override waitReadable(): Promise<void> | undefined {
    return this.pipe.broken ? undefined : new Promise(() => {});
  }
  canRead(): boolean {
    return this.pipe.broken;
  }
  override canWrite(): boolean {
    return this.pipe.outside || this.pipe.broken || CAPACITY - this.pipe.size >= ATOMIC;
  }
  override write(from: Uint8Array): number {
    if (this.pipe.broken) throw new HostError("EPIPE");
    this.pipe.push(from.slice());
    this.pipe.flush();
    if (this.pipe.broken) throw new HostError("EPIPE");
    return from.length;
  }
  override close(): void {
    if (--this.pipe.writers === 0) this.pipe.closeWriter();
  }
}
