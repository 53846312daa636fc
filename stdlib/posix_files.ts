// CPython 3.14: Modules/posixmodule.c (functions on paths)

import { type MethodDef, None, PyBytes, PyList, PyTuple, typeOf, type Value } from "../core/objects/object.ts";
import { notImplementedError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import { HostError, O, S } from "../vm/host.ts";
import { interp } from "../vm/interpreter.ts";
import { hostCall } from "./os_error.ts";
import { fsPath } from "./fsconvert.ts";
import { guestFiles } from "./libmount.ts";
import {
  absolutePath,
  asFd,
  at,
  dirFd,
  folderOf,
  noFdWith,
  openFolders,
  type PathArg,
  pathArg,
  pathValue,
} from "./posix_path.ts";
import { statResult, statvfsResult } from "./posix_stat.ts";
import { listdir, scandir } from "./posix_dir.ts";
import { audit } from "./sys.ts";
import { settleDropped } from "./io_registry.ts";
import { fromUtf16 } from "../core/objects/str_wide.ts";

type Opt = Value | undefined;

function doStat(fn: string, v: Value, dir: Opt, follow: boolean): Value {
  const p = pathArg(v, fn, "path", { fd: fn === "stat" });
  const d = dirFd(dir);
  noFdWith(fn, p, d, follow);
  settleDropped(p.path);
  const files = guestFiles();
  return statResult(
    hostCall(() => p.fd >= 0 ? files.fstat(p.fd) : follow ? files.stat(at(p, d)) : files.lstat(at(p, d)), p.shown),
  );
}

/** A function of one path and a dir_fd. */
function onPath(fn: string, go: (path: string) => void) {
  return (_m: Value, v: Value, dir?: Value): Value => {
    const p = pathArg(v, fn);
    hostCall(() => go(at(p, dirFd(dir))), p.shown);
    return None;
  };
}

function twoPaths(fn: string, go: (a: string, b: string) => void) {
  return (_m: Value, src: Value, dst: Value, sdir?: Value, ddir?: Value): Value => {
    const a = pathArg(src, fn, "src"), b = pathArg(dst, fn, "dst");
    hostCall(() => go(at(a, dirFd(sdir)), at(b, dirFd(ddir))), a.shown, b.shown);
    return None;
  };
}

function modeArg(v: Opt, dflt: number): number {
  return v === undefined ? dflt : A.asInt32(v);
}

function chmod(_m: Value, v: Value, mode: Value, dir?: Value, follow: Value = true): Value {
  const p = pathArg(v, "chmod", "path", { fd: true });
  const m = A.asInt32(mode), d = dirFd(dir), files = guestFiles();
  if (p.fd >= 0) hostCall(() => files.fchmod(p.fd, m), p.shown);
  else {
    const path = at(p, d);
    hostCall(() => {
      if (!A.isTrue(follow) && (files.lstat(path).mode & S.IFMT) === S.IFLNK) {
        throw notImplementedError("chmod: follow_symlinks unavailable on this platform");
      }
      files.chmod(path, m & 0o7777);
    }, p.shown);
  }
  return None;
}

/** A user or group id; -1 leaves it as it is. */
export function idArg(v: Value, what: string): number {
  if (!A.isInt(v) && !A.hasIndex(v)) throw typeError(`${what} should be integer, not ${typeOf(v).name}`);
  const n = A.asIndex(v);
  if (n > 0xffffffff) throw overflowError(`${what} is greater than maximum`);
  if (n < -1) throw overflowError(`${what} is less than minimum`);
  return n as number;
}

function chown(fn: string, dflt: boolean) {
  return (_m: Value, v: Value, uid: Value, gid: Value, dir?: Value, follow: Value = dflt): Value => {
    const p = pathArg(v, fn, "path", { fd: fn === "chown" });
    const u = idArg(uid, "uid"), g = idArg(gid, "gid"), d = dirFd(dir), f = A.isTrue(follow);
    noFdWith(fn, p, d, f);
    const files = guestFiles();
    hostCall(() => {
      const st = u < 0 || g < 0
        ? (p.fd >= 0 ? files.fstat(p.fd) : f ? files.stat(at(p, d)) : files.lstat(at(p, d)))
        : undefined;
      const uu = u < 0 ? st!.uid : u, gg = g < 0 ? st!.gid : g;
      if (p.fd >= 0) files.fchown(p.fd, uu, gg);
      else files.chown(at(p, d), uu, gg, f);
    }, p.shown);
    return None;
  };
}

const BILLION = 1_000_000_000n;
/** Nanoseconds of a time given as int or float seconds (rounded down). */
function secondsNs(v: Value): bigint {
  if (A.isInt(v)) return BigInt(A.intValue(v)) * BILLION;
  const x = A.asDouble(v);
  if (Number.isNaN(x)) throw valueError("Invalid value NaN (not a number)");
  if (!Number.isFinite(x)) throw overflowError("timestamp out of range for platform time_t");
  const whole = Math.floor(x);
  return BigInt(whole) * BILLION + BigInt(Math.floor((x - whole) * 1e9));
}

function utime(_m: Value, v: Value, times: Value = None, ns?: Value, dir?: Value, follow: Value = true): Value {
  const p = pathArg(v, "utime", "path", { fd: true }), d = dirFd(dir), f = A.isTrue(follow);
  if (times !== None && ns !== undefined) {
    throw valueError("utime: you may specify either 'times' or 'ns' but not both");
  }
  let a: bigint, m: bigint;
  if (times !== None) {
    if (!(times instanceof PyTuple) || times.items.length !== 2) {
      throw typeError("utime: 'times' must be either a tuple of two ints or None");
    }
    a = secondsNs(times.items[0]);
    m = secondsNs(times.items[1]);
  } else if (ns !== undefined) {
    if (!(ns instanceof PyTuple) || ns.items.length !== 2) throw typeError("utime: 'ns' must be a tuple of two ints");
    a = BigInt(A.asIndex(ns.items[0]));
    m = BigInt(A.asIndex(ns.items[1]));
  } else a = m = interp().host.clock.timeNs();
  noFdWith("utime", p, d, f);
  settleDropped(p.path);
  const files = guestFiles();
  hostCall(() => p.fd >= 0 ? files.futime(p.fd, a, m) : files.utime(at(p, d), a, m, f), p.shown);
  return None;
}

function access(_m: Value, v: Value, mode: Value, dir?: Value, _eff?: Value, follow: Value = true): Value {
  const p = pathArg(v, "access"), m = A.asInt32(mode), d = dirFd(dir);
  const files = guestFiles();
  if (!A.isTrue(follow)) {
    try {
      if ((files.lstat(at(p, d)).mode & S.IFMT) === S.IFLNK) return true;
    } catch {
      return false;
    }
  }
  return files.access(at(p, d), m);
}

/** Opens a file for the guest; folders remember their path for dir_fd. */
export function openFd(p: PathArg, flags: number, mode: number, dir?: number): number {
  settleDropped(p.path);
  const files = guestFiles();
  const path = at(p, dir), folder = dir === undefined ? undefined : openFolders().get(dir);
  const known = (path: string) =>
    folder === undefined || p.path.startsWith("/") ? absolutePath(path) : `${folder}/${p.path}`;
  return hostCall(() => {
    const fd = files.open(path, flags | O.CLOEXEC, mode);
    if ((flags & O.ACCMODE) === O.RDONLY) {
      const folders = openFolders();
      if (flags & O.DIRECTORY || (files.fstat(fd).mode & S.IFMT) === S.IFDIR) folders.set(fd, known(path));
      else folders.delete(fd);
    } else openFolders().delete(fd);
    return fd;
  }, p.shown);
}

function open(_m: Value, v: Value, flags: Value, mode?: Value, dir?: Value): Value {
  const p = pathArg(v, "open");
  const fl = A.asInt32(flags), mo = modeArg(mode, 0o777), d = dirFd(dir);
  audit("open", () => [p.shown!, None, fl]);
  return openFd(p, fl, mo, d);
}

function truncate(_m: Value, v: Value, length: Value): Value {
  const p = pathArg(v, "truncate", "path", { fd: true });
  const n = A.asSsize(length);
  const files = guestFiles();
  hostCall(() => p.fd >= 0 ? files.ftruncate(p.fd, n) : files.truncate(p.path, n), p.shown);
  return None;
}

/** posixpath.normpath */
function normpath(_m: Value, v: Value): Value {
  const raw = fsPath(v);
  const b = raw instanceof PyBytes;
  const s = b ? latin1(raw.b) : A.strValue(raw);
  if (typeof s !== "string") {
    // wide text: slashes and dots are found in its UTF-16 form just as well
    return fromUtf16(norm(u16(s.cps)));
  }
  const r = norm(s);
  return b ? new PyBytes(Uint8Array.from(r, (c) => c.charCodeAt(0))) : r;
}
function u16(cps: Uint32Array): string {
  let s = "";
  for (const c of cps) s += String.fromCodePoint(c);
  return s;
}
function latin1(b: Uint8Array): string {
  let s = "";
  for (const c of b) s += String.fromCharCode(c);
  return s;
}
function norm(s: string): string {
  if (s === "") return ".";
  const lead = s[0] !== "/" ? "" : s[1] === "/" && s[2] !== "/" ? "//" : "/";
  const out: string[] = [];
  for (const p of s.split("/")) {
    if (p === "" || p === ".") continue;
    if (p !== ".." || lead === "" && (out.length === 0 || out[out.length - 1] === "..")) out.push(p);
    else if (out.length > 0) out.pop();
  }
  return lead + out.join("/") || ".";
}

/** posixpath.splitroot */
function splitroot(_m: Value, v: Value): Value {
  const raw = fsPath(v);
  const b = raw instanceof PyBytes;
  const s = b ? latin1(raw.b) : A.strValue(raw);
  const code = (i: number) => typeof s === "string" ? s.charCodeAt(i) : s.cps[i];
  const n = code(0) !== 47 ? 0 : code(1) === 47 && code(2) !== 47 ? 2 : 1;
  if (b) {
    return new PyTuple([new PyBytes(new Uint8Array(0)), new PyBytes(raw.b.slice(0, n)), new PyBytes(raw.b.slice(n))]);
  }
  const root = n === 0 ? "" : n === 1 ? "/" : "//";
  return new PyTuple(["", root, typeof s === "string" ? s.slice(n) : A.getItem(s, sliceFrom(n))]);
}
import { PySlice } from "../core/objects/object.ts";
function sliceFrom(n: number): Value {
  return new PySlice(n, None, None);
}

function statvfs(_m: Value, v: Value): Value {
  const p = pathArg(v, "statvfs", "path", { fd: true });
  return statvfsResult(hostCall(() => guestFiles().statvfs(p.fd >= 0 ? fdPath(p.fd) : p.path), p.shown));
}
/** A path that reaches the file of a descriptor. */
export function fdPath(fd: number): string {
  return openFolders().get(fd) ?? folderOf(fd);
}

/** Functions on paths. */
export const fileFunctions: Record<string, MethodDef> = {
  stat: [
    "path, *, dir_fd=None, follow_symlinks=True",
    "Perform a stat system call on the given path.",
    (_m, p: Value, d: Opt, f: Value = true) => doStat("stat", p, d, A.isTrue(f)),
  ],
  lstat: [
    "path, *, dir_fd=None",
    "Like stat(), but do not follow symbolic links.",
    (_m, p: Value, d: Opt) => doStat("lstat", p, d, false),
  ],
  access: [
    "path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True",
    "Use the real uid/gid to test for access to a path.",
    access,
  ],
  chdir: ["path", "Change the current working directory to the specified path.", (_m, v: Value) => {
    const p = pathArg(v, "chdir", "path", { fd: true });
    hostCall(() => guestFiles().chdir(p.fd >= 0 ? folderOf(p.fd, p.shown) : p.path), p.shown);
    return None;
  }],
  fchdir: ["fd", "Change to the directory of the given file descriptor.", (_m, fd: Value) => {
    hostCall(() => guestFiles().chdir(folderOf(asFd(fd))));
    return None;
  }],
  chmod: [
    "path, mode, *, dir_fd=None, follow_symlinks=(os.name != 'nt')",
    "Change the access permissions of a file.",
    chmod,
  ],
  chown: [
    "path, uid, gid, *, dir_fd=None, follow_symlinks=True",
    "Change the owner and group id of path to the numeric uid and gid.",
    chown("chown", true),
  ],
  lchown: [
    "path, uid, gid",
    "Change the owner and group id of path to the numeric uid and gid, symbolic links not followed.",
    (m, p: Value, u: Value, g: Value) => chown("lchown", false)(m, p, u, g),
  ],
  getcwd: [
    "",
    "Return a string representing the current working directory.",
    () => pathValue(hostCall(() => guestFiles().getcwd()), false),
  ],
  getcwdb: [
    "",
    "Return a bytes string representing the current working directory.",
    () => pathValue(hostCall(() => guestFiles().getcwd()), true),
  ],
  link: [
    "src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=(os.name != 'nt')",
    "Create a hard link to a file.",
    (_m, src: Value, dst: Value, sd: Opt, dd: Opt, follow?: Value) => {
      const a = pathArg(src, "link", "src"), b = pathArg(dst, "link", "dst"), files = guestFiles();
      hostCall(
        () => {
          let from = at(a, dirFd(sd));
          if (follow !== undefined && A.isTrue(follow)) from = files.realpath(from);
          files.link(from, at(b, dirFd(dd)));
        },
        a.shown,
        b.shown,
      );
      return None;
    },
  ],
  listdir: ["path=None", "Return a list containing the names of the files in the directory.", (_m, v?: Value) => {
    audit("os.listdir", () => [v ?? None]);
    return new PyList(listdir(pathArg(v, "listdir", "path", { fd: true, none: true })));
  }],
  scandir: ["path=None", "Return an iterator of DirEntry objects for given path.", (_m, v?: Value) => {
    audit("os.scandir", () => [v ?? None]);
    return scandir(pathArg(v, "scandir", "path", { fd: true, none: true }));
  }],
  mkdir: ["path, mode=511, *, dir_fd=None", "Create a directory.", (_m, v: Value, mode: Opt, dir: Opt) => {
    const p = pathArg(v, "mkdir"), mo = modeArg(mode, 0o777);
    hostCall(() => guestFiles().mkdir(at(p, dirFd(dir)), mo), p.shown);
    return None;
  }],
  mkfifo: [
    "path, mode=438, *, dir_fd=None",
    'Create a "fifo" (a POSIX named pipe).',
    (_m, v: Value, mode: Opt, dir: Opt) => {
      const p = pathArg(v, "mkfifo"), mo = modeArg(mode, 0o666);
      hostCall(() => guestFiles().mkfifo(at(p, dirFd(dir)), mo), p.shown);
      return None;
    },
  ],
  mknod: [
    "path, mode=384, device=0, *, dir_fd=None",
    "Create a node in the file system.",
    (_m, v: Value, mode: Opt, _dev: Opt, dir: Opt) => {
      const p = pathArg(v, "mknod"), mo = modeArg(mode, 0o600), files = guestFiles();
      const kind = mo & S.IFMT;
      hostCall(() => {
        const path = at(p, dirFd(dir));
        if (kind === S.IFIFO) files.mkfifo(path, mo & 0o7777);
        else if (kind === S.IFREG || kind === 0) {
          files.close(files.open(path, O.CREAT | O.EXCL | O.WRONLY, mo & 0o7777));
        } else throw new HostError("EPERM");
      }, p.shown);
      return None;
    },
  ],
  open: [
    "path, flags, mode=511, *, dir_fd=None",
    "Open a file for low level IO.  Returns a file descriptor (integer).",
    open,
  ],
  readlink: [
    "path, *, dir_fd=None",
    "Return a string representing the path to which the symbolic link points.",
    (_m, v: Value, dir: Opt) => {
      const p = pathArg(v, "readlink");
      return pathValue(hostCall(() => guestFiles().readlink(at(p, dirFd(dir))), p.shown), p.bytes);
    },
  ],
  remove: [
    "path, *, dir_fd=None",
    "Remove a file (same as unlink()).",
    onPath("remove", (p) => guestFiles().unlink(p)),
  ],
  unlink: [
    "path, *, dir_fd=None",
    "Remove a file (same as remove()).",
    onPath("unlink", (p) => guestFiles().unlink(p)),
  ],
  rename: [
    "src, dst, *, src_dir_fd=None, dst_dir_fd=None",
    "Rename a file or directory.",
    twoPaths("rename", (a, b) => guestFiles().rename(a, b)),
  ],
  replace: [
    "src, dst, *, src_dir_fd=None, dst_dir_fd=None",
    "Rename a file or directory, overwriting the destination.",
    twoPaths("replace", (a, b) => guestFiles().rename(a, b)),
  ],
  rmdir: ["path, *, dir_fd=None", "Remove a directory.", onPath("rmdir", (p) => guestFiles().rmdir(p))],
  statvfs: ["path", "Perform a statvfs system call on the given path.", statvfs],
  symlink: [
    "src, dst, target_is_directory=False, *, dir_fd=None",
    "Create a symbolic link pointing to src named dst.",
    (_m, src: Value, dst: Value, isDir: Value = false, dir: Opt) => {
      const a = pathArg(src, "symlink", "src"), b = pathArg(dst, "symlink", "dst");
      hostCall(() => guestFiles().symlink(a.path, at(b, dirFd(dir)), A.isTrue(isDir)), a.shown, b.shown);
      return None;
    },
  ],
  truncate: ["path, length", "Truncate a file, specified by path, to a specific length.", truncate],
  utime: [
    "path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True",
    "Set the access and modified time of path.",
    utime,
  ],
  fspath: ["path", "Return the file system path representation of the object.", (_m, p: Value) => fsPath(p)],
  _path_normpath: ["path", "Normalize path, eliminating double slashes, etc.", normpath],
  _path_splitroot_ex: ["p", "Split a pathname into drive, root and tail.", splitroot],
};
