// CPython 3.14: Modules/_io/fileio.c
//
// FileIO: a descriptor of the guest's, with the mode it was opened in.

import {
  type KwNames,
  None,
  PyBaseException,
  PyBytes,
  type PyType,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { newErrorArgs, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { cur } from "../core/objects/state.ts";
import { instanceSet } from "../core/objects/attr.ts";
import { getBuffer, releaseBuffer, viewBytes } from "../core/objects/buffer.ts";
import { utf16 } from "../core/objects/names.ts";
import { concat } from "../core/objects/exceptions_base.ts";
import { HostError, O, S } from "../vm/host.ts";
import { fromErrno, fromHostError, hostCall } from "./os_error.ts";
import { guestFiles } from "./libmount.ts";
import {
  both,
  initArgs,
  ioBaseType,
  noPickle,
  PyIOBase,
  rawIOBaseType,
  readwrite,
  sizeOrNone,
  streamType,
  unsupported,
} from "./io_base.ts";
import { callStep, type Steps, steps } from "./io_steps.ts";
import { closeFd, readSteps, writeSteps } from "./posix_fd.ts";
import { fsConverted } from "./posix_path.ts";
import { settleDropped } from "./io_registry.ts";
import { typeMethod } from "./io_call.ts";
import { audit } from "./sys.ts";

export const fileIOType: PyType = streamType("_io.FileIO", rawIOBaseType);

export class PyFileIO extends PyIOBase {
  fd = -1;
  created = false;
  isReadable = false;
  isWritable = false;
  appending = false;
  seekable: boolean | undefined = undefined;
  closefd = true;
  blksize = 8192;
  /** Size when it was opened, to guess how much there is to read. */
  sizeHint = -1;
  protected override isOver(): boolean {
    return this.fd < 0;
  }
}

function closedError(): PyBaseException {
  return valueError("I/O operation on closed file");
}
function opened(f: PyFileIO): number {
  if (f.fd < 0) throw closedError();
  return f.fd;
}
function readableFd(f: PyFileIO): number {
  const fd = opened(f);
  if (!f.isReadable) throw unsupported("File not open for reading");
  return fd;
}
function writableFd(f: PyFileIO): number {
  const fd = opened(f);
  if (!f.isWritable) throw unsupported("File not open for writing");
  return fd;
}

/** Flags of a mode string; sets the file's own. */
function parseMode(f: PyFileIO, mode: string): number {
  let rwa = false, plus = false, flags = 0;
  const bad = () => valueError("Must have exactly one of create/read/write/append mode and at most one plus");
  const one = () => {
    if (rwa) throw bad();
    rwa = true;
  };
  for (const c of mode) {
    if (c === "x") {
      one();
      f.created = f.isWritable = true;
      flags |= O.EXCL | O.CREAT;
    } else if (c === "r") {
      one();
      f.isReadable = true;
    } else if (c === "w") {
      one();
      f.isWritable = true;
      flags |= O.CREAT | O.TRUNC;
    } else if (c === "a") {
      one();
      f.isWritable = f.appending = true;
      flags |= O.APPEND | O.CREAT;
    } else if (c === "+") {
      if (plus) throw bad();
      f.isReadable = f.isWritable = plus = true;
    } else if (c !== "b") throw valueError(`invalid mode: ${mode}`);
  }
  if (!rwa) throw bad();
  return flags | (f.isReadable && f.isWritable ? O.RDWR : f.isReadable ? O.RDONLY : O.WRONLY);
}

/** Opens `file` in a mode; FileIO's constructor. */
export function fileInit(f: PyFileIO, file: Value, mode: string, closefd: boolean, opener: Value): void {
  if (f.fd >= 0) {
    if (f.closefd) closeOwn(f);
    else f.fd = -1;
  }
  f.created =
    f.isReadable =
    f.isWritable =
    f.appending =
      false;
  f.seekable = undefined;
  f.closefd = true;
  let fd = -1;
  if (typeof file === "boolean") cur.interp.warn(X.RuntimeWarning, "bool is used as a file descriptor", 1);
  if (A.isInt(file)) {
    const n = A.intValue(file);
    if (n < 0) throw valueError("negative file descriptor");
    if (n > 0x7fffffff) throw newErrorArgs(X.OverflowError, ["Python int too large to convert to C int"]);
    fd = n as number;
  }
  const path = fd < 0 ? fsConverted(file) : "";
  const flags = parseMode(f, mode) | O.CLOEXEC;
  audit("open", () => [file, mode, flags]);
  const files = guestFiles();
  let own = false;
  try {
    if (fd >= 0) {
      f.fd = fd;
      f.closefd = closefd;
    } else {
      if (!closefd) throw valueError("Cannot use closefd=False with file name");
      if (opener === None) {
        settleDropped(path);
        f.fd = hostCall(() => files.open(path, flags, 0o666), file);
      } else {
        const r = A.call2(opener, file, flags);
        if (!A.isInt(r)) throw typeError("expected integer from opener");
        const n = A.asInt32(r);
        if (n < 0) throw valueError(`opener returned ${n}`);
        f.fd = n;
      }
      own = true;
    }
    f.blksize = 131072;
    f.sizeHint = -1;
    try {
      const st = files.fstat(f.fd);
      if ((st.mode & S.IFMT) === S.IFDIR) throw fromErrno(21, file);
      if (st.blksize > 1) f.blksize = st.blksize;
      f.sizeHint = st.size;
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      if (e.errno === 9) throw fromHostError(e);
    }
    if (f.cls === fileIOType) instanceSet(f, "name", file);
    else A.setAttr(f, "name", file);
    if (f.appending) {
      try {
        files.lseek(f.fd, 0, 2);
      } catch (e) {
        if (!(e instanceof HostError) || own && e.code !== "ESPIPE") {
          throw e instanceof HostError ? fromHostError(e) : e;
        }
      }
    }
  } catch (e) {
    if (own) closeOwn(f);
    else f.fd = -1;
    throw e;
  }
}

function closeOwn(f: PyFileIO): void {
  const fd = f.fd;
  f.fd = -1;
  if (fd >= 0) hostCall(() => closeFd(fd));
}

/** Reads into bytes; undefined where it must not wait for them. */
export function fileReadInto(f: PyFileIO, into: Uint8Array): Steps<number | undefined> {
  return readSteps(readableFd(f), into);
}
/** Writes bytes, perhaps not all; undefined where it must not wait for room. */
export function fileWrite(f: PyFileIO, b: Uint8Array): Steps<number | undefined> {
  return writeSteps(writableFd(f), b);
}
/** Reads to the end; undefined where nothing was there and it must not wait. */
export function* fileReadAll(f: PyFileIO): Steps<Uint8Array | undefined> {
  const fd = readableFd(f), files = guestFiles();
  const left = files.left?.(fd);
  if (left !== undefined) return left;
  let room = 65536;
  try {
    const size = files.fstat(fd).size;
    if (size > 0) room = Math.max(1, size - (size > 65536 ? files.lseek(fd, 0, 1) : 0) + 1);
  } catch {
    // not to be told: read on
  }
  let b = new Uint8Array(Math.min(room, 1 << 30)), total = 0;
  for (;;) {
    if (total === b.length) {
      const bigger = new Uint8Array(Math.max(total * 2, 65536));
      bigger.set(b);
      b = bigger;
    }
    const n = yield* readSteps(fd, b.subarray(total));
    if (n === undefined && total === 0) return undefined;
    if (n === undefined || n === 0) break;
    total += n;
    cur.tick(n >> 6);
  }
  return b.length - total > 16 ? b.slice(0, total) : b.subarray(0, total);
}
/** lseek; an int position. */
export function fileSeek(f: PyFileIO, to: number, whence: number): number {
  const fd = opened(f);
  return hostCall(() => guestFiles().lseek(fd, to, whence));
}

/** `mode` as it is shown. */
function modeText(f: PyFileIO): string {
  if (f.created) return f.isReadable ? "xb+" : "xb";
  if (f.appending) return f.isReadable ? "ab+" : "ab";
  if (f.isReadable) return f.isWritable ? "rb+" : "rb";
  return "wb";
}

function close(f: PyFileIO): Value {
  if (!f.closefd) {
    try {
      return typeMethod(ioBaseType, "close", f);
    } finally {
      f.fd = -1;
    }
  }
  if (f.finalizing) deallocWarn(f, f);
  both(() => void typeMethod(ioBaseType, "close", f), () => closeOwn(f));
  return None;
}
function deallocWarn(f: PyFileIO, source: Value): Value {
  if (f.fd >= 0 && f.closefd) {
    try {
      cur.interp.warn(X.ResourceWarning, `unclosed file ${utf16(A.reprStr(source))}`, 1);
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      cur.interp.unraisable(e, "", source);
    }
  }
  return None;
}

function isSeekable(f: PyFileIO): boolean {
  const fd = opened(f);
  if (f.seekable === undefined) {
    try {
      guestFiles().lseek(fd, 0, 1);
      f.seekable = true;
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      f.seekable = false;
    }
  }
  return f.seekable;
}

function repr(v: Value): Value {
  const f = v as PyFileIO;
  if (f.fd < 0) return `<${f.cls.name.includes(".") ? f.cls.name : `_io.${f.cls.name}`} [closed]>`;
  const type = f.cls.name.includes(".") ? f.cls.name : f.cls.qualname;
  const tail = ` mode='${modeText(f)}' closefd=${f.closefd ? "True" : "False"}>`;
  const name = A.lookupAttr(f, "name");
  if (name === undefined) return `<${type} fd=${f.fd}${tail}`;
  return concat(`<${type} name=`, A.reprStr(name), tail);
}

/** A value for a member that is a C bool. */
export function boolMember(v: Value | undefined): boolean {
  if (v === undefined) throw typeError("can't delete numeric/char attribute");
  if (typeof v !== "boolean") throw typeError("attribute value type must be bool");
  return v;
}

const NAMES = ["file", "mode", "closefd", "opener"];
setSpec(fileIOType, {
  doc:
    "Open a file.\n\nThe mode can be 'r' (default), 'w', 'x' or 'a' for reading, writing,\nexclusive creation or appending, with '+' for reading and writing at once.",
  sig: "(file, mode='r', closefd=True, opener=None)",
  slots: {
    tp_new: (t) => new PyFileIO(t),
    tp_init: (self, args: Value[], kw?: KwNames) => {
      const [file, mode = "r", closefd = true, opener = None] = initArgs("FileIO", NAMES, args, kw);
      if (!A.isStr(mode)) {
        throw typeError(`FileIO() argument 'mode' must be str, not ${mode === None ? "None" : typeName(mode)}`);
      }
      fileInit(self as PyFileIO, file!, utf16(A.strValue(mode)), A.isTrue(closefd), opener);
    },
    tp_repr: repr,
  },
  methods: {
    read: [
      "size=-1, /",
      "Read at most size bytes, returned as bytes.",
      steps(function* (f: PyFileIO, size: Value = -1) {
        readableFd(f);
        const n = sizeOrNone(size);
        if (n < 0) return yield* callStep(f, "readall");
        const b = new Uint8Array(Math.min(n, 0x7ffff000));
        const k = yield* fileReadInto(f, b);
        return k === undefined ? None : new PyBytes(k === b.length ? b : b.slice(0, k));
      }),
    ],
    readall: [
      "",
      "Read all data from the file, returned as bytes.",
      steps(function* (f: PyFileIO) {
        const b = yield* fileReadAll(f);
        return b === undefined ? None : new PyBytes(b);
      }),
    ],
    readinto: [
      "buffer, /",
      "Same as RawIOBase.readinto().",
      steps(function* (f: PyFileIO, v: Value) {
        readableFd(f);
        const view = readwrite(v, "readinto");
        try {
          return (yield* fileReadInto(f, viewBytes(view))) ?? None;
        } finally {
          releaseBuffer(view);
        }
      }),
    ],
    write: [
      "b, /",
      "Write buffer b to file, return number of bytes written.",
      steps(function* (f: PyFileIO, v: Value) {
        writableFd(f);
        const view = getBuffer(v);
        try {
          return (yield* fileWrite(f, viewBytes(view))) ?? None;
        } finally {
          releaseBuffer(view);
        }
      }),
    ],
    seek: [
      "pos, whence=0, /",
      "Move to new file position and return the file position.",
      (f: PyFileIO, pos: Value, whence: Value = 0) => {
        opened(f);
        return fileSeek(f, A.asSsize(pos), A.asInt32(whence));
      },
    ],
    tell: ["", "Current file position.", (f: PyFileIO) => fileSeek(f, 0, 1)],
    truncate: [
      "size=None, /",
      "Truncate the file to at most size bytes and return the truncated size.",
      (f: PyFileIO, size: Value = None) => {
        const fd = writableFd(f);
        const n = size === None ? fileSeek(f, 0, 1) : A.asSsize(size);
        hostCall(() => guestFiles().ftruncate(fd, n));
        return size === None ? n : size;
      },
    ],
    close: ["", "Close the file.", close],
    seekable: ["", "True if file supports random-access.", isSeekable],
    readable: ["", "True if file was opened in a read mode.", (f: PyFileIO) => {
      opened(f);
      return f.isReadable;
    }],
    writable: ["", "True if file was opened in a write mode.", (f: PyFileIO) => {
      opened(f);
      return f.isWritable;
    }],
    fileno: ["", "Return the underlying file descriptor (an integer).", opened],
    isatty: ["", "True if the file is connected to a TTY device.", (f: PyFileIO) => guestFiles().isatty(opened(f))],
    _isatty_open_only: ["", "", (f: PyFileIO) => guestFiles().isatty(opened(f))],
    _dealloc_warn: ["object, /", "", deallocWarn],
    __getstate__: ["", "", noPickle],
  },
  members: {
    _finalizing: [(f: PyFileIO) => f.finalizing, (f: PyFileIO, v) => {
      f.finalizing = boolMember(v);
    }],
  },
  getset: {
    _blksize: [(f: PyFileIO) => f.blksize, undefined, "Stat st_blksize if available"],
    closed: [(f: PyFileIO) => f.fd < 0, undefined, "True if the file is closed"],
    closefd: [(f: PyFileIO) => f.closefd, undefined, "True if the file descriptor will be closed by close()."],
    mode: [modeText, undefined, "String giving the file mode"],
  },
});
