// CPython 3.14: Modules/posixmodule.c (scandir, DirEntry)
//
// The host gives the whole folder at once, names with kinds; the iterator hands them out.

import {
  builtinType,
  isSubtype,
  None,
  PyBaseException,
  PyObject,
  type PyType,
  setSpec,
  type Value,
} from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import { concat } from "../core/objects/exceptions_base.ts";
import { normInt } from "../core/objects/int_ops.ts";
import { type HostDirEntry, type HostStat, S } from "../vm/host.ts";
import { hostCall } from "./os_error.ts";
import { guestFiles } from "./libmount.ts";
import { folderOf, type PathArg, pathValue } from "./posix_path.ts";
import { statResult } from "./posix_stat.ts";

export const dirEntryType: PyType = builtinType("posix.DirEntry", undefined, true);
const scandirType: PyType = builtinType("posix.ScandirIterator", undefined, true);

class PyDirEntry extends PyObject {
  readonly name: Value;
  readonly path: Value;
  /** The path for the host. */
  readonly host: string;
  kind: number;
  lst: HostStat | undefined = undefined;
  st: HostStat | undefined = undefined;
  constructor(name: Value, path: Value, host: string, kind: number) {
    super(dirEntryType);
    this.name = name;
    this.path = path;
    this.host = host;
    this.kind = kind;
  }
}

function stat(e: PyDirEntry, follow: boolean): HostStat {
  const isLink = () => e.kind === S.IFLNK || e.kind === 0 && (lstat(e).mode & S.IFMT) === S.IFLNK;
  if (!follow || !isLink()) return lstat(e);
  return e.st ??= hostCall(() => guestFiles().stat(e.host), e.path);
}
function lstat(e: PyDirEntry): HostStat {
  return e.lst ??= hostCall(() => guestFiles().lstat(e.host), e.path);
}

function isKind(e: PyDirEntry, kind: number, follow: boolean): boolean {
  if (e.kind !== 0 && (!follow || e.kind !== S.IFLNK)) return e.kind === kind;
  try {
    return (stat(e, follow).mode & S.IFMT) === kind;
  } catch (x) {
    if (x instanceof PyBaseException && isSubtype(x.cls, X.FileNotFoundError)) return false;
    throw x;
  }
}

setSpec(dirEntryType, {
  slots: {
    tp_repr: (e) => concat("<DirEntry ", A.reprStr((e as PyDirEntry).name), ">"),
  },
  members: {
    name: (e: PyDirEntry) => e.name,
    path: (e: PyDirEntry) => e.path,
  },
  methods: {
    is_dir: [
      "*, follow_symlinks=True",
      "Return True if the entry is a directory; cached per entry.",
      (e: PyDirEntry, f: Value = true) => isKind(e, S.IFDIR, A.isTrue(f)),
    ],
    is_file: [
      "*, follow_symlinks=True",
      "Return True if the entry is a file; cached per entry.",
      (e: PyDirEntry, f: Value = true) => isKind(e, S.IFREG, A.isTrue(f)),
    ],
    is_symlink: [
      "",
      "Return True if the entry is a symbolic link; cached per entry.",
      (e: PyDirEntry) => isKind(e, S.IFLNK, false),
    ],
    is_junction: ["", "Return True if the entry is a junction; cached per entry.", () => false],
    stat: [
      "*, follow_symlinks=True",
      "Return stat_result object for the entry; cached per entry.",
      (e: PyDirEntry, f: Value = true) => statResult(stat(e, A.isTrue(f))),
    ],
    inode: ["", "Return inode of the entry; cached per entry.", (e: PyDirEntry) => normInt(lstat(e).ino)],
    __fspath__: ["", "Returns the path for the entry.", (e: PyDirEntry) => e.path],
    __class_getitem__: ["object, /", "See PEP 585", (t: PyType, v: Value) => genericAlias(t, v), 1],
    __reduce__: ["", "", () => {
      throw typeError("cannot pickle 'DirEntry' object");
    }],
  },
});

class PyScandir extends PyObject {
  entries: HostDirEntry[] | undefined;
  at = 0;
  readonly arg: PathArg;
  readonly folder: string;
  constructor(entries: HostDirEntry[], arg: PathArg, folder: string) {
    super(scandirType);
    this.entries = entries;
    this.arg = arg;
    this.folder = folder;
  }
}

setSpec(scandirType, {
  slots: {
    tp_iter: (s) => s,
    tp_iternext: (v) => {
      const s = v as PyScandir;
      if (s.entries === undefined) return undefined;
      const e = s.entries[s.at++];
      if (e === undefined) {
        s.entries = undefined;
        return undefined;
      }
      const name = pathValue(e.name, s.arg.bytes);
      const base = s.arg.path === "" ? "." : s.arg.path;
      const joined = base.endsWith("/") ? base + e.name : `${base}/${e.name}`;
      const path = s.arg.fd >= 0 ? name : pathValue(joined, s.arg.bytes);
      return new PyDirEntry(name, path, s.arg.fd >= 0 ? `${s.folder}/${e.name}` : joined, e.kind);
    },
  },
  methods: {
    __enter__: ["", "", (s: PyScandir) => s],
    __exit__: ["*args", "", (s: PyScandir) => {
      s.entries = undefined;
      return None;
    }],
    close: ["", "", (s: PyScandir) => {
      s.entries = undefined;
      return None;
    }],
    __reduce__: ["", "", () => {
      throw typeError("cannot pickle 'posix.ScandirIterator' object");
    }],
  },
});

/** os.scandir */
export function scandir(p: PathArg): Value {
  const folder = p.fd >= 0 ? folderOf(p.fd, p.shown) : p.path;
  return new PyScandir(hostCall(() => guestFiles().scandir(folder), p.shown), p, folder);
}
/** os.listdir */
export function listdir(p: PathArg): Value[] {
  const folder = p.fd >= 0 ? folderOf(p.fd, p.shown) : p.path;
  return hostCall(() => guestFiles().listdir(folder), p.shown).map((n) => pathValue(n, p.bytes));
}
