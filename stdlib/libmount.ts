// CPython 3.14: no counterpart (the Lib directory itself)
//
// The packed standard library as a read-only directory tree at LIB_ROOT. `guestFiles()` is what
// posix and _io use in place of the host's files: paths below the mount are answered from memory,
// all others go to the host. Its descriptors have numbers of their own, from LIB_FD on, which the
// host never gives out. A folder that holds modules with code also shows `__pycache__` with an
// unchecked hash-based .pyc for each of them, so importlib's SourceFileLoader works unchanged.

import { type HostDirEntry, HostError, type HostFiles, type HostStat, type HostStatVfs, O, S } from "../vm/host.ts";
import { LIB_ROOT, type Library } from "../vm/import/archive.ts";
import { type Interp, interp } from "../vm/interpreter.ts";
import { HEADER_SIZE, writePycHeader } from "../core/code/pyc.ts";

/** First descriptor number of the library's files. */
export const LIB_FD = 1 << 20;
const CACHE = "__pycache__";
const TAG = ".cpython-314.pyc";
const PARENTS = ["/", "/gopy", "/gopy/lib"];

type Node = { kind: "dir"; path: string; names: () => string[] } | {
  kind: "file";
  path: string;
  size: () => number;
  read: () => Uint8Array;
};

interface OpenLib {
  node: Node;
  data: Uint8Array | undefined;
  at: number;
}

/** An absolute path without `.`, `..` and doubled slashes. */
function normal(path: string): string {
  const out: string[] = [];
  for (const p of path.split("/")) {
    if (p === "" || p === ".") continue;
    if (p === "..") out.pop();
    else out.push(p);
  }
  return "/" + out.join("/");
}

function inMount(path: string): boolean {
  return path === "/gopy" || path.startsWith("/gopy/");
}

/** The host's files with the library mounted over them. */
class MountedFiles implements HostFiles {
  readonly host: HostFiles;
  readonly lib: Library;
  readonly open_: Map<number, OpenLib> = new Map();
  /** The working folder, while it is inside the mount. */
  cwd: string | undefined = undefined;
  readonly inodes: Map<string, bigint> = new Map();
  readonly started: bigint;
  readonly eventfd: HostFiles["eventfd"];
  readonly timerfd: HostFiles["timerfd"];
  readonly memfd: HostFiles["memfd"];
  readonly terminal: HostFiles["terminal"];

  constructor(host: HostFiles, lib: Library, now: bigint) {
    this.host = host;
    this.lib = lib;
    this.started = now;
    this.eventfd = host.eventfd?.bind(host);
    this.timerfd = host.timerfd?.bind(host);
    this.memfd = host.memfd?.bind(host);
    this.terminal = host.terminal;
  }

  /** The path inside the mount that `path` means, or undefined. */
  private mine(path: string): string | undefined {
    if (path.startsWith("/")) {
      if (!path.startsWith("/gopy")) return undefined;
    } else if (this.cwd === undefined || path === "") return undefined;
    const p = normal(path[0] === "/" ? path : `${this.cwd}/${path}`);
    return inMount(p) ? p : undefined;
  }
  /** The path to give to the host. */
  private its(path: string): string {
    return this.cwd === undefined || path === "" || path[0] === "/" ? path : normal(`${this.cwd}/${path}`);
  }

  private find(p: string, shown: string): Node {
    const n = this.lookup(p);
    if (n === undefined) {
      const up = p.slice(0, p.lastIndexOf("/"));
      throw new HostError(up !== "" && this.lookup(up)?.kind === "file" ? "ENOTDIR" : "ENOENT", { filename: shown });
    }
    if (n.kind === "file" && shown.endsWith("/")) throw new HostError("ENOTDIR", { filename: shown });
    return n;
  }
  private lookup(p: string): Node | undefined {
    const k = PARENTS.indexOf(p);
    if (k > 0) return { kind: "dir", path: p, names: () => [k === 1 ? "lib" : "python3.14"] };
    if (p !== LIB_ROOT && !p.startsWith(LIB_ROOT + "/")) return undefined;
    const name = p.slice(LIB_ROOT.length + 1), lib = this.lib;
    if (lib.has(name)) {
      return {
        kind: "file",
        path: p,
        size: () => lib.size(name) ?? 0,
        read: () => lib.source(name) ?? new Uint8Array(0),
      };
    }
    const list = lib.list(name);
    if (list !== undefined) {
      const cached = () => list.some((n) => n.endsWith(".py") && lib.hasCode(name === "" ? n : `${name}/${n}`));
      return { kind: "dir", path: p, names: () => cached() ? [CACHE, ...list] : list };
    }
    const cut = name.lastIndexOf("/");
    const folder = cut < 0 ? "" : name.slice(0, cut), last = name.slice(cut + 1);
    if (last === CACHE) {
      const mods = lib.list(folder);
      if (mods === undefined) return undefined;
      const names = () =>
        mods.filter((n) => n.endsWith(".py") && lib.hasCode(folder === "" ? n : `${folder}/${n}`)).map((n) =>
          n.slice(0, -3) + TAG
        );
      return { kind: "dir", path: p, names };
    }
    if (!last.endsWith(TAG) || !(folder === CACHE || folder.endsWith("/" + CACHE))) return undefined;
    const source = folder.slice(0, folder.length - CACHE.length) + last.slice(0, -TAG.length) + ".py";
    if (!lib.has(source) || !lib.hasCode(source)) return undefined;
    const read = () => {
      const code = lib.code(source)!,
        head = writePycHeader({ kind: "hash", checkSource: false, hash: new Uint8Array(8) });
      const out = new Uint8Array(head.length + code.length);
      out.set(head);
      out.set(code, head.length);
      lib.trusted.set(out.buffer, source);
      return out;
    };
    const size = () => HEADER_SIZE + (lib.codeSize(source) ?? lib.code(source)!.length);
    return { kind: "file", path: p, size, read };
  }

  private statOf(n: Node): HostStat {
    let ino = this.inodes.get(n.path);
    if (ino === undefined) this.inodes.set(n.path, ino = BigInt(this.inodes.size + 2));
    const dir = n.kind === "dir";
    const size = dir ? 4096 : n.size();
    return {
      mode: dir ? S.IFDIR | 0o755 : S.IFREG | 0o644,
      ino,
      dev: 0x676fn,
      nlink: dir ? 2 : 1,
      uid: 0,
      gid: 0,
      rdev: 0n,
      size,
      blksize: 4096,
      blocks: Math.ceil(size / 512),
      atimeNs: this.started,
      mtimeNs: this.started,
      ctimeNs: this.started,
    };
  }
  /** Refuses a change below the mount, as a read-only file system does. */
  private refuse(path: string, p: string): never {
    this.find(p.slice(0, p.lastIndexOf("/")) || "/gopy", path);
    throw new HostError("EROFS", { filename: path });
  }
  private change<T>(path: string, go: (path: string) => T): T {
    const p = this.mine(path);
    return p === undefined ? go(this.its(path)) : this.refuse(path, p);
  }
  private own(fd: number): OpenLib | undefined {
    return fd >= LIB_FD ? this.open_.get(fd) : undefined;
  }

  open(path: string, flags: number, mode: number): number {
    const p = this.mine(path);
    if (p === undefined) return this.host.open(this.its(path), flags, mode);
    const writes = (flags & O.ACCMODE) !== O.RDONLY;
    const node = this.lookup(p);
    if (node === undefined) {
      if (flags & O.CREAT) this.refuse(path, p);
      this.find(p, path);
    }
    if ((flags & (O.CREAT | O.EXCL)) === (O.CREAT | O.EXCL)) throw new HostError("EEXIST", { filename: path });
    if (node!.kind === "dir" && writes) throw new HostError("EISDIR", { filename: path });
    if (writes || flags & O.TRUNC) throw new HostError("EROFS", { filename: path });
    if (node!.kind === "file" && flags & O.DIRECTORY) throw new HostError("ENOTDIR", { filename: path });
    return this.add({ node: this.find(p, path), data: undefined, at: 0 });
  }
  private add(f: OpenLib): number {
    let fd = LIB_FD;
    while (this.open_.has(fd)) fd++;
    this.open_.set(fd, f);
    return fd;
  }
  private bytes(f: OpenLib): Uint8Array {
    if (f.node.kind === "dir") throw new HostError("EISDIR");
    return f.data ??= f.node.read();
  }
  close(fd: number): void {
    if (!this.open_.delete(fd)) this.host.close(fd);
  }
  read(fd: number, into: Uint8Array): number {
    const f = this.own(fd);
    if (f === undefined) return this.host.read(fd, into);
    const n = this.pread(fd, into, f.at);
    f.at += n;
    return n;
  }
  left(fd: number): Uint8Array | undefined {
    const f = this.own(fd);
    if (f === undefined) return undefined;
    const part = this.bytes(f).subarray(f.at);
    f.at += part.length;
    return part;
  }
  write(fd: number, from: Uint8Array): number {
    if (this.own(fd) !== undefined) throw new HostError("EBADF");
    return this.host.write(fd, from);
  }
  writeSome(fd: number, from: Uint8Array): number {
    if (this.own(fd) !== undefined) throw new HostError("EBADF");
    return this.host.writeSome?.(fd, from) ?? this.host.write(fd, from);
  }
  readNow(fd: number, into: Uint8Array): number {
    if (this.own(fd) !== undefined || this.host.readNow === undefined) return this.read(fd, into);
    return this.host.readNow(fd, into);
  }
  canRead(fd: number): boolean {
    return this.own(fd) !== undefined || (this.host.canRead?.(fd) ?? true);
  }
  isOutside(fd: number): boolean {
    return this.own(fd) === undefined && (this.host.isOutside?.(fd) ?? false);
  }
  canWrite(fd: number): boolean {
    return this.own(fd) !== undefined || (this.host.canWrite?.(fd) ?? true);
  }
  timerSet(fd: number, flags: number, first: bigint, interval: bigint): [bigint, bigint] | undefined {
    return this.own(fd) === undefined ? this.host.timerSet?.(fd, flags, first, interval) : undefined;
  }
  timerGet(fd: number): [bigint, bigint] | undefined {
    return this.own(fd) === undefined ? this.host.timerGet?.(fd) : undefined;
  }
  pread(fd: number, into: Uint8Array, at: number): number {
    const f = this.own(fd);
    if (f === undefined) return this.host.pread(fd, into, at);
    const part = this.bytes(f).subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }
  pwrite(fd: number, from: Uint8Array, at: number): number {
    if (this.own(fd) !== undefined) throw new HostError("EBADF");
    return this.host.pwrite(fd, from, at);
  }
  lseek(fd: number, offset: number, whence: number): number {
    const f = this.own(fd);
    if (f === undefined) return this.host.lseek(fd, offset, whence);
    if (whence < 0 || whence > 2) throw new HostError("EINVAL");
    const base = whence === 0 ? 0 : whence === 1 ? f.at : f.node.kind === "dir" ? 0 : this.bytes(f).length;
    if (base + offset < 0) throw new HostError("EINVAL");
    return f.at = base + offset;
  }
  fstat(fd: number): HostStat {
    const f = this.own(fd);
    if (f === undefined) return this.host.fstat(fd);
    if (f.node.kind === "file") this.bytes(f);
    const st = this.statOf(f.node);
    if (f.data !== undefined) st.size = f.data.length;
    return st;
  }
  ftruncate(fd: number, size: number): void {
    if (this.own(fd) !== undefined) throw new HostError("EINVAL");
    this.host.ftruncate(fd, size);
  }
  fsync(fd: number): void {
    if (this.own(fd) === undefined) this.host.fsync(fd);
  }
  isatty(fd: number): boolean {
    return this.own(fd) === undefined && this.host.isatty(fd);
  }
  dup(fd: number): number {
    const f = this.own(fd);
    return f === undefined ? this.host.dup(fd) : this.add(f);
  }
  dup2(fd: number, to: number): number {
    const f = this.own(fd);
    if (f === undefined) return this.host.dup2(fd, to);
    if (to < LIB_FD) throw new HostError("EINVAL");
    this.open_.set(to, f);
    return to;
  }
  pipe(): [number, number] {
    return this.host.pipe();
  }
  fdPath(fd: number): string | undefined {
    return this.own(fd) === undefined ? this.host.fdPath?.(fd) : undefined;
  }
  getInheritable(fd: number): boolean {
    return this.own(fd) === undefined && this.host.getInheritable(fd);
  }
  setInheritable(fd: number, value: boolean): void {
    if (this.own(fd) === undefined) this.host.setInheritable(fd, value);
  }
  getBlocking(fd: number): boolean {
    return this.own(fd) !== undefined || this.host.getBlocking(fd);
  }
  setBlocking(fd: number, value: boolean): void {
    if (this.own(fd) === undefined) this.host.setBlocking(fd, value);
  }
  private notMine(fd: number): void {
    if (this.own(fd) !== undefined) throw new HostError("EROFS");
  }
  fchmod(fd: number, mode: number): void {
    this.notMine(fd);
    this.host.fchmod(fd, mode);
  }
  fchown(fd: number, uid: number, gid: number): void {
    this.notMine(fd);
    this.host.fchown(fd, uid, gid);
  }
  futime(fd: number, atimeNs: bigint, mtimeNs: bigint): void {
    this.notMine(fd);
    this.host.futime(fd, atimeNs, mtimeNs);
  }

  stat(path: string): HostStat {
    const p = this.mine(path);
    return p === undefined ? this.host.stat(this.its(path)) : this.statOf(this.find(p, path));
  }
  lstat(path: string): HostStat {
    const p = this.mine(path);
    return p === undefined ? this.host.lstat(this.its(path)) : this.statOf(this.find(p, path));
  }
  private names(p: string, shown: string): string[] {
    const n = this.find(p, shown);
    if (n.kind === "file") throw new HostError("ENOTDIR", { filename: shown });
    return n.names();
  }
  listdir(path: string): string[] {
    const p = this.mine(path);
    return p === undefined ? this.host.listdir(this.its(path)) : this.names(p, path);
  }
  scandir(path: string): HostDirEntry[] {
    const p = this.mine(path);
    if (p === undefined) return this.host.scandir(this.its(path));
    return this.names(p, path).map((name) => ({
      name,
      kind: this.lookup(`${p}/${name}`)?.kind === "file" ? S.IFREG : S.IFDIR,
    }));
  }
  mkdir(path: string, mode: number): void {
    const p = this.mine(path);
    if (p !== undefined && this.lookup(p) !== undefined) throw new HostError("EEXIST", { filename: path });
    this.change(path, (q) => this.host.mkdir(q, mode));
  }
  rmdir(path: string): void {
    this.change(path, (q) => this.host.rmdir(q));
  }
  unlink(path: string): void {
    this.change(path, (q) => this.host.unlink(q));
  }
  rename(from: string, to: string): void {
    this.change(from, (a) => this.change(to, (b) => this.host.rename(a, b)));
  }
  link(from: string, to: string): void {
    this.change(from, (a) => this.change(to, (b) => this.host.link(a, b)));
  }
  symlink(target: string, path: string, directory: boolean): void {
    this.change(path, (q) => this.host.symlink(target, q, directory));
  }
  readlink(path: string): string {
    const p = this.mine(path);
    if (p === undefined) return this.host.readlink(this.its(path));
    this.find(p, path);
    throw new HostError("EINVAL", { filename: path });
  }
  chmod(path: string, mode: number): void {
    this.change(path, (q) => this.host.chmod(q, mode));
  }
  chown(path: string, uid: number, gid: number, follow: boolean): void {
    this.change(path, (q) => this.host.chown(q, uid, gid, follow));
  }
  utime(path: string, atimeNs: bigint, mtimeNs: bigint, follow: boolean): void {
    this.change(path, (q) => this.host.utime(q, atimeNs, mtimeNs, follow));
  }
  access(path: string, mode: number): boolean {
    const p = this.mine(path);
    if (p === undefined) return this.host.access(this.its(path), mode);
    const n = this.lookup(p);
    return n !== undefined && (mode & 2) === 0 && ((mode & 1) === 0 || n.kind === "dir");
  }
  truncate(path: string, size: number): void {
    this.change(path, (q) => this.host.truncate(q, size));
  }
  statvfs(path: string): HostStatVfs {
    const p = this.mine(path);
    if (p === undefined) return this.host.statvfs(this.its(path));
    this.find(p, path);
    return {
      bsize: 4096,
      frsize: 4096,
      blocks: 0,
      bfree: 0,
      bavail: 0,
      files: 0,
      ffree: 0,
      favail: 0,
      flag: 1,
      namemax: 255,
    };
  }
  realpath(path: string): string {
    const p = this.mine(path);
    if (p === undefined) return this.host.realpath(this.its(path));
    this.find(p, path);
    return p;
  }
  mkfifo(path: string, mode: number): void {
    this.change(path, (q) => this.host.mkfifo(q, mode));
  }
  chdir(path: string): void {
    const p = this.mine(path);
    if (p === undefined) {
      this.host.chdir(this.its(path));
      this.cwd = undefined;
    } else {
      if (this.find(p, path).kind === "file") throw new HostError("ENOTDIR", { filename: path });
      this.cwd = p;
    }
  }
  getcwd(): string {
    return this.cwd ?? this.host.getcwd();
  }
}

const KEY = {};
function make(i: Interp): HostFiles {
  const lib = i.options.library;
  if (lib === undefined || !i.usesArchive) return i.host.files;
  return new MountedFiles(i.host.files, lib, i.host.clock.timeNs());
}

/** The files the guest sees: the host's, with the packed library mounted. */
export function guestFiles(): HostFiles {
  const i = interp();
  let f = i.store.get(KEY) as HostFiles | undefined;
  if (f === undefined) i.store.set(KEY, f = make(i));
  return f;
}
