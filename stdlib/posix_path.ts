// CPython 3.14: Modules/posixmodule.c (path_t, dir_fd, _Py_Uid_Converter)
//
// Arguments of posix functions. A path argument is str, bytes, os.PathLike or, where the function
// takes one, a descriptor; it remembers what was given, for the file name of an OSError. The host
// has no calls relative to an open folder, so the folder's path is kept per descriptor
// (`folderOf`) and joined with the relative path.

import { plainTypeName } from "../core/objects/type_name.ts";
import { None, PyBaseException, PyBytes, type Str, typeOf, type Value } from "../core/objects/object.ts";
import { notImplementedError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { encodeStr } from "../core/objects/codecs.ts";
import { utf16 } from "../core/objects/names.ts";
import { fromUtf16 } from "../core/objects/str_wide.ts";
import { decodeUtf8 } from "../core/text/codec_utf8.ts";
import { HostError } from "../vm/host.ts";
import { fromErrno, fromHostError, hostCall } from "./os_error.ts";
import { guestFiles } from "./libmount.ts";

const NEVER_OPEN = 0x7fffffff;

/** What a path argument was. */
export interface PathArg {
  /** The path for the host; "" where a descriptor was given. */
  path: string;
  /** The descriptor, or -1. */
  fd: number;
  /** What goes into OSError.filename. */
  shown: Value | undefined;
  /** Results are bytes, as the argument was. */
  bytes: boolean;
}

/** The host's form of file name text; EILSEQ for what is no UTF-8. */
export function hostText(s: Str, shown?: Value): string {
  if (typeof s === "string") return s;
  for (const c of s.cps) {
    if (c >= 0xd800 && c < 0xe000) {
      encodeStr(s, "utf-8", "surrogateescape"); // UnicodeEncodeError for other surrogates
      throw fromErrno(84, shown);
    }
  }
  return utf16(s);
}

/** Bytes of a file name as the host's string. */
export function hostBytes(b: Uint8Array, shown?: Value): string {
  try {
    return utf16(decodeUtf8(b).text);
  } catch (e) {
    if (e instanceof PyBaseException) throw fromErrno(84, shown);
    throw e;
  }
}

/** A host string as str, or as bytes. */
export function pathValue(s: string, bytes: boolean): Value {
  return bytes ? new PyBytes(new TextEncoder().encode(s)) : fromUtf16(s);
}

/** A descriptor given as any int (`_fd_converter`). */
export function fdValue(v: Value): number {
  const n = A.asIndex(v);
  if (n > 0x7fffffff) throw overflowError("fd is greater than maximum");
  if (n < -0x80000000) throw overflowError("fd is less than minimum");
  return n as number;
}

/** A path argument (path_converter). */
export function pathArg(
  given: Value | undefined,
  fn: string,
  arg = "path",
  accept: { fd?: boolean; none?: boolean } = {},
): PathArg {
  const fail = (): PyBaseException =>
    typeError(
      `${fn}: ${arg} should be ${
        accept.fd && accept.none
          ? "string, bytes, os.PathLike, integer or None"
          : accept.fd
          ? "string, bytes, os.PathLike or integer"
          : accept.none
          ? "string, bytes, os.PathLike or None"
          : "string, bytes or os.PathLike"
      }, not ${given === undefined || given === None ? "NoneType" : typeOf(given).name}`,
    );
  if (given === undefined || given === None) {
    if (!accept.none) throw fail();
    return { path: ".", fd: -1, shown: undefined, bytes: false };
  }
  let v = given;
  const index = accept.fd === true && A.hasIndex(v);
  if (!index && !A.isStr(v) && !(v instanceof PyBytes)) {
    const f = A.lookupSpecial(v, "__fspath__");
    if (f === undefined || f === None) throw fail();
    const r = A.call0(f);
    if (!A.isStr(r) && !(r instanceof PyBytes)) {
      throw typeError(`expected ${typeOf(v).name}.__fspath__() to return str or bytes, not ${typeOf(r).name}`);
    }
    v = r;
  }
  if (A.isStr(v)) {
    const s = A.strValue(v);
    const path = hostText(s, v);
    if (path.includes("\0")) throw valueError(`${fn}: embedded null character in ${arg}`);
    return { path, fd: -1, shown: v, bytes: false };
  }
  if (v instanceof PyBytes) {
    if (v.b.includes(0)) throw valueError(`${fn}: embedded null character in ${arg}`);
    return { path: hostBytes(v.b, v), fd: -1, shown: v, bytes: true };
  }
  if (typeof v === "boolean") cur.interp.warn(X.RuntimeWarning, "bool is used as a file descriptor", 1);
  const fd = fdValue(v);
  // a negative number is a descriptor too, one that is never open
  return { path: "", fd: fd < 0 ? NEVER_OPEN : fd, shown: fd, bytes: false };
}

/** A descriptor, or an object with fileno() (PyObject_AsFileDescriptor). */
export function asFd(v: Value): number {
  let n: Value;
  if (A.isInt(v)) {
    if (typeof v === "boolean") cur.interp.warn(X.RuntimeWarning, "bool is used as a file descriptor", 1);
    n = A.asIndex(v);
  } else {
    const f = A.lookupAttr(v, "fileno");
    if (f === undefined) throw typeError("argument must be an int, or have a fileno() method.");
    n = A.call0(f);
    if (!A.isInt(n)) throw typeError("fileno() returned a non-integer");
    n = A.asIndex(n);
  }
  if (n > 0x7fffffff || n < -0x80000000) throw overflowError("Python int too large to convert to C int");
  if ((n as number) < 0) throw valueError(`file descriptor cannot be a negative integer (${n})`);
  return n as number;
}

/** dir_fd: undefined where it is None. */
export function dirFd(v: Value | undefined): number | undefined {
  if (v === undefined || v === None) return undefined;
  if (!A.hasIndex(v)) throw typeError(`argument should be integer or None, not ${typeOf(v).name}`);
  return fdValue(v);
}

const FOLDERS = {};
/** Paths of the folders that the guest has open, by descriptor. */
export function openFolders(): Map<number, string> {
  return interpStore(FOLDERS, () => new Map<number, string>());
}
/** An absolute form of a path, symbolic links kept. */
export function absolutePath(path: string): string {
  if (path.startsWith("/")) return path;
  const cwd = guestFiles().getcwd();
  return path === "" || path === "." ? cwd : `${cwd === "/" ? "" : cwd}/${path}`;
}
/** From this length on a folder is reached by its descriptor: paths end at 4,095 bytes. */
const LONG_PATH = 1200;
/** The path of an open folder; EBADF or ENOTDIR where there is none. */
export function folderOf(fd: number, shown?: Value): string {
  const p = openFolders().get(fd);
  if (p !== undefined) {
    // a name in it may have as many bytes as are left
    if (p.length < LONG_PATH) return p;
    return hostCall(() => guestFiles().fdPath?.(fd)) ?? p;
  }
  try {
    guestFiles().fstat(fd);
  } catch (e) {
    if (e instanceof HostError) throw fromHostError(e, shown);
    throw e;
  }
  throw fromErrno(20, shown);
}

/** The path an argument means together with its dir_fd. */
export function at(p: PathArg, dir: number | undefined): string {
  if (dir === undefined || p.path.startsWith("/")) return p.path;
  if (p.path === "") return "";
  return `${folderOf(dir, p.shown)}/${p.path}`;
}

/** NotImplementedError or ValueError for arguments that don't go together with a descriptor. */
export function noFdWith(fn: string, p: PathArg, dir: number | undefined, follow = true): void {
  if (p.fd < 0) return;
  if (dir !== undefined) throw valueError(`${fn}: can't specify dir_fd without matching path`);
  if (!follow) throw valueError(`${fn}: cannot use fd and follow_symlinks together`);
}
/** Refuses follow_symlinks=False. */
export function followRequired(fn: string, follow: boolean): void {
  if (!follow) throw notImplementedError(`${fn}: follow_symlinks unavailable on this platform`);
}

/** fsencode of an environment name or value: the host's string. */
export function fsConverted(v: Value): string {
  let s: Value = v;
  if (!A.isStr(s) && !(s instanceof PyBytes)) {
    const f = A.lookupSpecial(v, "__fspath__");
    if (f === undefined || f === None) {
      throw typeError(`expected str, bytes or os.PathLike object, not ${plainTypeName(v)}`);
    }
    s = A.call0(f);
    if (!A.isStr(s) && !(s instanceof PyBytes)) {
      throw typeError(`expected ${typeOf(v).name}.__fspath__() to return str or bytes, not ${typeOf(s).name}`);
    }
  }
  const t = s instanceof PyBytes ? hostBytes(s.b) : hostText(A.strValue(s));
  if (t.includes("\0")) throw valueError("embedded null byte");
  return t;
}
