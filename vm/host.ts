// CPython 3.14: the system calls behind Modules/posixmodule.c, timemodule.c, _io
//
// What the interpreter asks of the machine it runs on, in the shape of POSIX.
// This file holds types and a host without anything; it knows neither Deno nor
// Node. `sandbox/` implements `Host` over Deno, an embedder or a browser may
// pass another, and tests pass fakes made with `nullHost`.
//
// Rules for an implementation:
// - Every method throws `HostError` and nothing else. The standard library
//   turns it into `OSError` in one place.
// - Paths are JavaScript strings without surrogates. A Python path that is not
//   valid UTF-8 is refused before it comes here (EILSEQ).
// - File descriptors are the guest's own numbers, lowest free first from 3 on;
//   0, 1 and 2 are open from the start. They need not be the machine's.
// - Times are nanoseconds as `bigint` where a float would lose digits.

import { errnoName, errnoOf, strerror } from "./errno_table.ts";

/** A failed system call: the payload of a Python `OSError`. */
export class HostError {
  /** The error number, from Linux's table. */
  readonly errno: number;
  /** The name of the number, as `ENOENT`. */
  readonly code: string;
  /** The text for it, as `os.strerror` gives it. */
  readonly message: string;
  /** The path the call was about. */
  readonly filename: string | undefined;
  /** The second path, of `rename` and its like. */
  readonly filename2: string | undefined;
  /** How to get the permission that was missing. */
  readonly hint: string | undefined;

  /** Makes an error from a name such as `"ENOENT"` or from a number. */
  constructor(
    code: string | number,
    options: { filename?: string; filename2?: string; hint?: string } = {},
  ) {
    this.errno = typeof code === "number" ? code : errnoOf(code) ?? 5;
    this.code = errnoName(this.errno) ?? "EIO";
    this.message = strerror(this.errno);
    this.filename = options.filename;
    this.filename2 = options.filename2;
    this.hint = options.hint;
  }

  /** The error in one line, for a host's own messages. */
  toString(): string {
    const name = this.filename === undefined ? "" : `: '${this.filename}'`;
    const hint = this.hint === undefined ? "" : ` (${this.hint})`;
    return `[Errno ${this.errno}] ${this.message}${name}${hint}`;
  }
}

/** Flags of `open`, Linux's numbers. */
export const O = {
  RDONLY: 0,
  WRONLY: 1,
  RDWR: 2,
  ACCMODE: 3,
  CREAT: 0o100,
  EXCL: 0o200,
  NOCTTY: 0o400,
  TRUNC: 0o1000,
  APPEND: 0o2000,
  NONBLOCK: 0o4000,
  DSYNC: 0o10000,
  DIRECTORY: 0o200000,
  NOFOLLOW: 0o400000,
  CLOEXEC: 0o2000000,
  SYNC: 0o4010000,
} as const;

/** File kinds inside `st_mode`. */
export const S = {
  IFMT: 0o170000,
  IFSOCK: 0o140000,
  IFLNK: 0o120000,
  IFREG: 0o100000,
  IFBLK: 0o060000,
  IFDIR: 0o040000,
  IFCHR: 0o020000,
  IFIFO: 0o010000,
} as const;

/** What `stat` tells. */
export interface HostStat {
  mode: number;
  ino: bigint;
  dev: bigint;
  nlink: number;
  uid: number;
  gid: number;
  rdev: bigint;
  size: number;
  blksize: number;
  blocks: number;
  atimeNs: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
}

/** What `statvfs` tells. */
export interface HostStatVfs {
  bsize: number;
  frsize: number;
  blocks: number;
  bfree: number;
  bavail: number;
  files: number;
  ffree: number;
  favail: number;
  flag: number;
  namemax: number;
}

/** One entry of a directory: its name and its kind (`S.IFDIR`…, 0 where unknown). */
export interface HostDirEntry {
  name: string;
  kind: number;
}

/** The process that runs the guest. */
export interface HostProcess {
  /** The arguments after the program's name, as the host got them. */
  argv(): string[];
  /** The path of the running executable, or "" where there is none to tell. */
  execPath(): string;
  pid(): number;
  ppid(): number;
  getuid(): number;
  geteuid(): number;
  getgid(): number;
  getegid(): number;
  getgroups(): number[];
  getlogin(): string;
  umask(mask: number): number;
  kill(pid: number, signal: number): void;
  cpuCount(): number;
  /** The scheduling priority of a process (0: this one), after it was set where `to` is given; absent: not to be had. */
  priority?(pid: number, to?: number): number;
  loadavg(): [number, number, number];
  /** sysname, nodename, release, version, machine. */
  uname(): [string, string, string, string, string];
  hostname(): string;
  /** Ends the process at once, by a signal where the number is negative; a host that cannot throws. */
  exit(status: number): never;
  /** User seconds, system seconds, peak memory in kB of this process. */
  usage(): { user: number; system: number; maxrss: number };
  /** Whether a run that hits a terminal has one: columns and lines of a descriptor. */
  terminalSize(fd: number): [number, number];
}

/** Clocks and sleeping. */
export interface HostClock {
  /** Nanoseconds since 1970. */
  timeNs(): bigint;
  /** Nanoseconds of a clock that never goes back. */
  monotonicNs(): bigint;
  /** Nanoseconds of processor time of this process. */
  processNs(): bigint;
  /** Blocks the host's thread. */
  sleepSync(seconds: number): void;
  /** Waits without blocking the host. */
  sleep(seconds: number): Promise<void>;
  /** The name of the local zone from the zone database, as `Europe/Berlin`. */
  timezone(): string;
  /** Minutes to add to UTC to get local time, at an instant in ms since 1970. */
  utcOffset(ms: number): number;
}

/** The environment. Names and values are plain strings. */
export interface HostEnv {
  all(): [string, string][];
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  delete(name: string): void;
}

/** The settings of terminals (termios). */
export interface HostTerminal {
  /** The flag words `iflag oflag cflag lflag`, then the special characters. */
  state(fd: number): number[];
  /** Sets what `state` tells. */
  setState(fd: number, state: readonly number[]): void;
  /** Sets the size that the terminal says it has. */
  setSize(fd: number, lines: number, columns: number): void;
}

/** Files and descriptors. */
export interface HostFiles {
  open(path: string, flags: number, mode: number): number;
  close(fd: number): void;
  /** Reads at the descriptor's place; 0 at the end. */
  read(fd: number, into: Uint8Array): number;
  /** Hands on what is written to other processes; whether all of it is gone. */
  flushPipes?(): boolean;
  /** Waits until other processes have taken all that was written to them. */
  drain?(): void;
  /** All that is left, for a file that lies in memory; nobody may write to it. */
  left?(fd: number): Uint8Array | undefined;
  write(fd: number, from: Uint8Array): number;
  /** The same, but no more than the system would take now: EAGAIN where that is nothing. */
  writeSome?(fd: number, from: Uint8Array): number;
  pread(fd: number, into: Uint8Array, at: number): number;
  pwrite(fd: number, from: Uint8Array, at: number): number;
  lseek(fd: number, offset: number, whence: number): number;
  fstat(fd: number): HostStat;
  ftruncate(fd: number, size: number): void;
  fsync(fd: number): void;
  isatty(fd: number): boolean;
  /** The settings of terminals; absent: they cannot be reached. */
  readonly terminal?: HostTerminal;
  /** Puts a terminal into raw mode, with signals by keys, or back; absent: that cannot be done. */
  setRaw?(fd: number, on: boolean): void;
  dup(fd: number): number;
  dup2(fd: number, to: number): number;
  pipe(): [number, number];
  /** A path that leads to an open folder however long its own is; absent or undefined: there is none. */
  fdPath?(fd: number): string | undefined;
  getInheritable(fd: number): boolean;
  setInheritable(fd: number, value: boolean): void;
  getBlocking(fd: number): boolean;
  setBlocking(fd: number, value: boolean): void;
  fchmod(fd: number, mode: number): void;
  fchown(fd: number, uid: number, gid: number): void;
  futime(fd: number, atimeNs: bigint, mtimeNs: bigint): void;
  /** Whether `read` would not block; absent: not to be told. */
  canRead?(fd: number): boolean;
  /** As `read`, but EAGAIN where that would block; absent: there is no such read. */
  readNow?(fd: number, into: Uint8Array): number;
  /** Whether another process has the other end of a pipe. */
  isOutside?(fd: number): boolean;
  /** Whether a write would not block; absent: it never does. */
  canWrite?(fd: number): boolean;
  /** Counters, timers and files in memory, with Linux's flags; absent: the host has none. */
  eventfd?(initial: number, flags: number): number;
  timerfd?(clock: number, flags: number): number;
  /** Time to the next expiration and the interval, in ns, before it was set; undefined: it is no timer. */
  timerSet?(fd: number, flags: number, first: bigint, interval: bigint): [bigint, bigint] | undefined;
  timerGet?(fd: number): [bigint, bigint] | undefined;
  memfd?(flags: number): number;

  stat(path: string): HostStat;
  lstat(path: string): HostStat;
  listdir(path: string): string[];
  scandir(path: string): HostDirEntry[];
  mkdir(path: string, mode: number): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  symlink(target: string, path: string, directory: boolean): void;
  readlink(path: string): string;
  chmod(path: string, mode: number): void;
  chown(path: string, uid: number, gid: number, follow: boolean): void;
  utime(path: string, atimeNs: bigint, mtimeNs: bigint, follow: boolean): void;
  /** Whether an access (R 4, W 2, X 1, existence 0) would be allowed. */
  access(path: string, mode: number): boolean;
  truncate(path: string, size: number): void;
  statvfs(path: string): HostStatVfs;
  realpath(path: string): string;
  mkfifo(path: string, mode: number): void;
  chdir(path: string): void;
  getcwd(): string;
}

/** Where a child's descriptor goes: one of the guest's own, a new pipe, or nowhere. */
export type HostStdio = number | "pipe" | "null";

/** A child to start. */
export interface HostSpawnOptions {
  file: string;
  args: string[];
  /** What the child sees as its own name. */
  argv0?: string;
  cwd?: string;
  env?: [string, string][];
  stdin: HostStdio;
  stdout: HostStdio;
  stderr: HostStdio | "stdout";
  newSession?: boolean;
}

/** How a child ended: an exit code, or the number of the signal that ended it. */
export interface HostExit {
  code: number | undefined;
  signal: number | undefined;
}

/** A running child. */
export interface HostChild {
  readonly pid: number;
  /** Its end, or `undefined` while it runs (as far as the host's event loop has seen). */
  poll(): HostExit | undefined;
  wait(): Promise<HostExit>;
  kill(signal: number): void;
  /** Descriptors of the guest's ends of the pipes, in the host's table. */
  readonly stdin: number | undefined;
  readonly stdout: number | undefined;
  readonly stderr: number | undefined;
}

/** A child that runs beside this process. */
export interface HostRunning {
  readonly pid: number;
  /** How it ended, or `undefined` while it runs. */
  poll(): HostExit | undefined;
}

/** Running other programs. */
export interface HostSpawn {
  /** Runs to the end, the host's thread blocked. */
  runSync(
    options: HostSpawnOptions & { input?: Uint8Array; timeout?: number },
  ): HostExit & { stdout: Uint8Array; stderr: Uint8Array; timedOut: boolean };
  /**
   * Starts a child whose pipes and end can be seen without the host's event loop; `undefined` where
   * the host has no way to do it.
   */
  launch?(options: HostSpawnOptions): HostRunning | undefined;
  /** Starts a child and goes on. */
  start(options: HostSpawnOptions): HostChild;
}

/** The containers deflate comes in. */
export type ZlibFormat = "raw" | "zlib" | "gzip";

/** What one step of a stream gave. */
export interface HostZlibStep {
  output: Uint8Array;
  /** How many bytes of the input were taken. */
  consumed: number;
  /** Whether the end of the stream was seen. */
  eof: boolean;
}

/** An incremental compressor or decompressor. */
export interface HostZlibStream {
  /** Takes input, gives at most `maxLength` bytes of output (0: no bound). */
  push(
    input: Uint8Array,
    flush: "none" | "sync" | "full" | "block" | "partial" | "finish",
    maxLength: number,
  ): HostZlibStep;
  close(): void;
}

/** Why a stream failed: zlib's own number (-3 for bad data) and its text. */
export class HostZlibError {
  /** zlib's number. */
  readonly code: number;
  /** zlib's text, as `incorrect header check`. */
  readonly message: string;
  /** Makes an error. */
  constructor(code: number, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** Compression by the host's zlib. */
export interface HostZlib {
  /** The version of the library, as `1.3.1`. */
  version(): string;
  inflate(data: Uint8Array, format: ZlibFormat): Uint8Array;
  deflate(data: Uint8Array, format: ZlibFormat, level: number): Uint8Array;
  crc32(data: Uint8Array, start: number): number;
  inflater(
    options: {
      format: ZlibFormat;
      windowBits: number;
      dictionary?: Uint8Array;
    },
  ): HostZlibStream;
  deflater(
    options: {
      format: ZlibFormat;
      level: number;
      windowBits: number;
      memLevel: number;
      strategy: number;
      dictionary?: Uint8Array;
    },
  ): HostZlibStream;
}

/** A Zstandard stream. */
export interface HostZstdStream {
  /** Takes input; mode 0 goes on, 1 flushes, 2 ends the frame. At most `max` bytes of output (0: no bound). */
  push(input: Uint8Array, mode: 0 | 1 | 2, max: number): HostZlibStep;
  close(): void;
}

/** Zstandard by the host; parameters have libzstd's numbers. */
export interface HostZstd {
  compressor(params: Record<number, number>, size: number | undefined): HostZstdStream;
  decompressor(params: Record<number, number>): HostZstdStream;
}

/** A hash being computed. */
export interface HostHash {
  update(data: Uint8Array): void;
  copy(): HostHash;
  /** The digest; `length` is for SHAKE. May be called once only: copy first. */
  digest(length?: number): Uint8Array;
}

/** Cryptography by the host. */
export interface HostCrypto {
  hash(name: string, length?: number): HostHash;
  hashNames(): string[];
  hmac(name: string, key: Uint8Array): HostHash;
  pbkdf2(
    name: string,
    password: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    length: number,
  ): Uint8Array;
  scrypt(
    password: Uint8Array,
    salt: Uint8Array,
    options: { n: number; r: number; p: number; maxmem: number },
    length: number,
  ): Uint8Array;
}

/** A value in a database: NULL, an integer (bigint), a float, a text, a blob. */
export type SqlValue = null | bigint | number | string | Uint8Array;

/** What a callback gives back to make SQLite fail; it must not throw. */
export const SQL_FAIL: unique symbol = Symbol("SQL_FAIL");

/** An error of SQLite: its extended number and text. */
export class HostSqlError {
  /** SQLite's number. */
  readonly code: number;
  /** SQLite's text. */
  readonly message: string;
  /** Makes an error. */
  constructor(code: number, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** A prepared statement; it runs once at a time. */
export interface HostStatement {
  columns(): { name: string; type: string | undefined }[];
  /** Binds and begins; `values` are for parameters without a name, in order. */
  start(values: SqlValue[], named: Record<string, SqlValue> | undefined): void;
  /** The next row, or `undefined` at the end. */
  step(): SqlValue[] | undefined;
  reset(): void;
  /** The text with the bound values in it. */
  expandedSql(): string;
}

/** An open database. All but HostError and HostSqlError is kept from coming out. */
export interface HostDatabase {
  readonly inTransaction: boolean;
  /** The file, if it is one. */
  readonly file: string | undefined;
  prepare(text: string): HostStatement;
  close(): void;
  /** Defines a function of `args` arguments (-1: any number), or makes it fail. */
  function(
    name: string,
    options: { args: number; deterministic: boolean },
    f: ((...args: SqlValue[]) => SqlValue | typeof SQL_FAIL) | undefined,
  ): void;
  aggregate(
    name: string,
    args: number,
    calls: {
      start: () => unknown;
      step: (state: unknown, ...args: SqlValue[]) => unknown;
      inverse?: (state: unknown, ...args: SqlValue[]) => unknown;
      result: (state: unknown) => SqlValue | typeof SQL_FAIL;
    },
  ): void;
  authorizer(f: ((code: number, ...args: (string | null)[]) => number) | undefined): void;
  serialize(name: string): Uint8Array;
  deserialize(data: Uint8Array, name: string): void;
  /** Puts the content of another database in place of this one's, also in its file. */
  replace(data: Uint8Array): void;
  /** A limit by its name, before it was set to `value`. */
  limit(name: string, value: number | undefined): number;
}

/** Databases. */
export interface HostSqlite {
  version(): string;
  open(path: string, options: { readOnly: boolean; create: boolean; timeout: number }): HostDatabase;
}

/** Signals of the process. */
export interface HostSignals {
  /** Calls back when the signal arrives; gives back a function that stops it. */
  listen(signal: number, callback: () => void): () => void;
  /** Calls back for what has arrived, true if anything has; absent where the event loop does it. */
  check?(): boolean;
}

/** All that the interpreter may ask of the machine. */
export interface HostMemory {
  /** Bytes in use by all objects, garbage among them. */
  used(): number;
  /** Collects garbage at once. */
  collect(): void;
}

export interface Host {
  readonly process: HostProcess;
  readonly clock: HostClock;
  readonly env: HostEnv;
  readonly files: HostFiles;
  readonly spawn: HostSpawn;
  readonly zlib: HostZlib;
  readonly zstd: HostZstd;
  readonly crypto: HostCrypto;
  readonly sqlite: HostSqlite;
  readonly signals: HostSignals;
  /** The memory of the program, where the host can tell. */
  readonly memory?: HostMemory;
  /** Fills with random bytes fit for keys. */
  random(into: Uint8Array): void;
  /** `linux`, `darwin`, `win32`, `browser`: what `sys.platform` is made from. */
  readonly platform: string;
}

function refuse(): never {
  throw new HostError("ENOSYS");
}

// Every call on it fails with ENOSYS; it answers to any method name, so a new
// method of an interface needs no line here.
function refuseAll<T extends object>(own: Partial<T> = {}): T {
  return new Proxy(own as T, {
    get: (target, name) => name in target ? target[name as keyof T] : name === "then" ? undefined : refuse,
  });
}

/**
 * A host that has a clock and random bytes and refuses all else (ENOSYS), with
 * parts of it replaced: what a browser or a test starts from.
 */
export function nullHost(parts: Partial<Host> = {}): Host {
  return {
    process: refuseAll<HostProcess>({
      argv: () => [],
      execPath: () => "",
      pid: () => 1,
    }),
    clock: {
      timeNs: () => BigInt(Date.now()) * 1_000_000n,
      monotonicNs: () => BigInt(Math.round(performance.now() * 1e6)),
      processNs: () => BigInt(Math.round(performance.now() * 1e6)),
      sleepSync: refuse,
      sleep: (s) => new Promise((done) => setTimeout(done, s * 1000)),
      timezone: () => "UTC",
      utcOffset: () => 0,
    },
    env: refuseAll<HostEnv>({ all: () => [], get: () => undefined }),
    files: refuseAll<HostFiles>({ isatty: () => false, access: () => false }),
    spawn: refuseAll<HostSpawn>(),
    zlib: refuseAll<HostZlib>(),
    zstd: refuseAll<HostZstd>(),
    crypto: refuseAll<HostCrypto>(),
    sqlite: refuseAll<HostSqlite>(),
    signals: { listen: () => () => {} },
    random: (into) => {
      for (let i = 0; i < into.length; i += 65536) {
        crypto.getRandomValues(
          into.subarray(i, i + 65536) as Uint8Array<ArrayBuffer>,
        );
      }
    },
    platform: "browser",
    ...parts,
  };
}
