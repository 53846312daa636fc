// CPython 3.14: Modules/posixmodule.c (functions on descriptors)

import {
  isSubtype,
  M_PUSH,
  type MethodDef,
  None,
  PyBaseException,
  PyBytes,
  PyTuple,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import { getBuffer, releaseBuffer, viewBytes } from "../core/objects/buffer.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";
import { HostError, type HostFiles, O, S } from "../vm/host.ts";
import { interp } from "../vm/interpreter.ts";
import { fromErrno, hostCall } from "./os_error.ts";
import { guestFiles } from "./libmount.ts";
import { asFd, fdValue, openFolders } from "./posix_path.ts";
import { statResult, statvfsResult } from "./posix_stat.ts";
import { fdPath } from "./posix_files.ts";
import { childrenWait, runChildren } from "./posix_child.ts";
import { hasThreads } from "../core/objects/leaving.ts";
import * as X from "../core/objects/exceptions.ts";
import { carry, carryHere, type Steps, Wait } from "./io_steps.ts";

export const terminalSizeType = structSeqType({
  name: "os.terminal_size",
  doc: "A tuple of (columns, lines) for holding terminal window size",
  fields: [["columns", "width of the terminal window in characters"], [
    "lines",
    "height of the terminal window in characters",
  ]],
  visible: 2,
});

/** A question to the host about a descriptor; one that was closed meanwhile needs no waiting. */
function ask(what: () => boolean | undefined): boolean {
  try {
    return what() ?? true;
  } catch (e) {
    if (e instanceof HostError) return true;
    throw e;
  }
}
/** Makes a call of the host until it need not wait; undefined where the descriptor is not to block. */
function* untilDone(files: HostFiles, fd: number, ready: () => boolean, go: () => number): Steps<number | undefined> {
  for (;;) {
    const n = hostCall(() => {
      try {
        return go();
      } catch (e) {
        if (e instanceof HostError && e.code === "EAGAIN") return undefined;
        throw e;
      }
    });
    if (n !== undefined || !files.getBlocking(fd)) return n;
    // a pipe's other end may be with children that were not run yet
    if (!runChildren()) yield new Wait(ready, !(files.isOutside?.(fd) ?? true));
  }
}
/** Reads; where there is nothing yet, it waits, or undefined where it must not. 0 is the end. */
export function* readSteps(fd: number, into: Uint8Array): Steps<number | undefined> {
  const files = guestFiles();
  return yield* untilDone(
    files,
    fd,
    () => ask(() => files.canRead?.(fd)),
    // with one thread the host may do the waiting
    () => hasThreads() && files.readNow !== undefined ? files.readNow(fd, into) : files.read(fd, into),
  );
}
/**
 * Writes; where there is no room, it waits, or undefined where it must not. What children are to
 * read, that were not run yet, has room.
 */
export function* writeSteps(fd: number, from: Uint8Array): Steps<number | undefined> {
  const files = guestFiles();
  if (files.writeSome === undefined || childrenWait()) return hostCall(() => files.write(fd, from));
  let done = 0;
  const all = hostCall(() => files.getBlocking(fd));
  do {
    const part = from.subarray(done);
    try {
      const n = yield* untilDone(
        files,
        fd,
        () => ask(() => files.canWrite?.(fd)),
        () => files.writeSome!(fd, part),
      );
      if (n === undefined) return done > 0 ? done : undefined;
      done += n;
    } catch (e) {
      // the reader has gone: what was written was written
      if (done > 0 && e instanceof PyBaseException && isSubtype(e.cls, X.OSError)) return done;
      throw e;
    }
  } while (all && done < from.length);
  return done;
}
/** A count, or BlockingIOError in place of undefined. */
export function* orBlocked(steps: Steps<number | undefined>): Steps<number> {
  const n = yield* steps;
  if (n === undefined) throw fromErrno(11);
  return n;
}

/** Writes all of `v` but for what the system leaves. */
function* write(fd: number, v: Value): Steps<number> {
  const view = getBuffer(v);
  try {
    return yield* orBlocked(writeSteps(fd, viewBytes(view)));
  } finally {
    releaseBuffer(view);
  }
}
function writeAt(fd: number, v: Value, at: number): number {
  const view = getBuffer(v);
  try {
    return hostCall(() => guestFiles().pwrite(fd, viewBytes(view), at));
  } finally {
    releaseBuffer(view);
  }
}
function sizeArg(v: Value): number {
  const n = A.asSsize(v);
  if (n < 0) throw fromErrno(22);
  return n;
}
function* readInto(fd: number, v: Value): Steps<number> {
  const view = writableArg(v);
  try {
    return yield* orBlocked(readSteps(fd, viewBytes(view)));
  } finally {
    releaseBuffer(view);
  }
}
function readAt(fd: number, v: Value, at: number): number {
  const view = writableArg(v);
  try {
    return hostCall(() => guestFiles().pread(fd, viewBytes(view), at));
  } finally {
    releaseBuffer(view);
  }
}
function* read(fd: number, n: number): Steps<Value> {
  const b = new Uint8Array(n);
  const k = yield* orBlocked(readSteps(fd, b));
  return new PyBytes(k === b.length ? b : b.slice(0, k));
}
function writableArg(v: Value) {
  try {
    return getBuffer(v, true);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    throw typeError(
      `readinto() argument 2 must be read-write bytes-like object, not ${v === None ? "None" : typeName(v)}`,
    );
  }
}
/** The buffers of readv and writev, one after the other, until one is not filled. */
function* vector(buffers: Value, what: string, go: (b: Value, done: number) => number | Steps<number>): Steps<number> {
  if (!A.isSequence(buffers)) throw typeError(`${what}() arg 2 must be a sequence`);
  let total = 0;
  for (const b of A.iterToArray(buffers)) {
    const r = go(b, total);
    const n = typeof r === "number" ? r : yield* r;
    total += n;
    const view = getBuffer(b);
    const full = n === view.len;
    releaseBuffer(view);
    if (!full) break;
  }
  return total;
}

/** Forgets what is known of a descriptor that is closed. */
export function closeFd(fd: number): void {
  openFolders().delete(fd);
  guestFiles().close(fd);
}

const fdCall = (go: (fd: number) => void) => (_m: Value, v: Value): Value => {
  const fd = asFd(v);
  hostCall(() => go(fd));
  return None;
};

/** Functions on descriptors. */
export const fdFunctions: Record<string, MethodDef> = {
  close: ["fd", "Close a file descriptor.", (_m, v: Value) => {
    const fd = fdValue(v);
    hostCall(() => closeFd(fd));
    return None;
  }],
  closerange: [
    "fd_low, fd_high, /",
    "Closes all file descriptors in [fd_low, fd_high), ignoring errors.",
    (_m, lo: Value, hi: Value) => {
      const a = Math.max(fdValue(lo), 0), b = Math.min(fdValue(hi), 65536);
      for (let fd = a; fd < b; fd++) {
        try {
          closeFd(fd);
        } catch (e) {
          if (!(e instanceof HostError)) throw e;
        }
      }
      return None;
    },
  ],
  device_encoding: [
    "fd",
    "Return a string describing the encoding of a terminal's file descriptor.",
    (_m, v: Value) => {
      const fd = fdValue(v);
      return guestFiles().isatty(fd) ? "utf-8" : None;
    },
  ],
  dup: ["fd, /", "Return a duplicate of a file descriptor.", (_m, v: Value) => {
    const fd = fdValue(v);
    const to = hostCall(() => guestFiles().dup(fd));
    const folder = openFolders().get(fd);
    if (folder !== undefined) openFolders().set(to, folder);
    return to;
  }],
  dup2: ["fd, fd2, inheritable=True", "Duplicate file descriptor.", (_m, v: Value, w: Value, inherit: Value = true) => {
    const fd = fdValue(v), to = fdValue(w), files = guestFiles();
    if (fd < 0 || to < 0) throw fromErrno(9);
    hostCall(() => {
      files.dup2(fd, to);
      if (fd !== to) files.setInheritable(to, A.isTrue(inherit));
    });
    return to;
  }],
  fchmod: [
    "fd, mode",
    "Change the access permissions of the file given by file descriptor fd.",
    (_m, v: Value, mode: Value) => {
      const fd = fdValue(v), m = A.asInt32(mode);
      hostCall(() => guestFiles().fchmod(fd, m));
      return None;
    },
  ],
  fchown: [
    "fd, uid, gid",
    "Change the owner and group id of the file specified by file descriptor.",
    (_m, v: Value, u: Value, g: Value) => {
      const fd = fdValue(v), uid = A.asSsize(u), gid = A.asSsize(g), files = guestFiles();
      hostCall(() => {
        const st = files.fstat(fd);
        files.fchown(fd, uid < 0 ? st.uid : uid, gid < 0 ? st.gid : gid);
      });
      return None;
    },
  ],
  fdatasync: [
    "fd",
    "Force write of fd to disk without forcing update of metadata.",
    fdCall((fd) => guestFiles().fsync(fd)),
  ],
  fsync: ["fd", "Force write of fd to disk.", fdCall((fd) => guestFiles().fsync(fd))],
  fstat: ["fd", "Perform a stat system call on the given file descriptor.", (_m, v: Value) => {
    const fd = fdValue(v);
    return statResult(hostCall(() => guestFiles().fstat(fd)));
  }],
  fstatvfs: ["fd, /", "Perform an fstatvfs system call on the given fd.", (_m, v: Value) => {
    const fd = fdValue(v);
    return statvfsResult(
      hostCall(() => guestFiles().statvfs(openFolders().has(fd) ? fdPath(fd) : (guestFiles().fstat(fd), "/"))),
    );
  }],
  ftruncate: [
    "fd, length, /",
    "Truncate a file, specified by file descriptor, to a specific length.",
    (_m, v: Value, n: Value) => {
      const fd = fdValue(v), size = A.asSsize(n);
      hostCall(() => guestFiles().ftruncate(fd, size));
      return None;
    },
  ],
  get_blocking: ["fd, /", "Get the blocking mode of the file descriptor.", (_m, v: Value) => {
    const fd = fdValue(v);
    return hostCall(() => guestFiles().getBlocking(fd));
  }],
  set_blocking: [
    "fd, blocking, /",
    "Set the blocking mode of the specified file descriptor.",
    (_m, v: Value, b: Value) => {
      const fd = fdValue(v), on = A.isTrue(b);
      hostCall(() => guestFiles().setBlocking(fd, on));
      return None;
    },
  ],
  get_inheritable: ["fd, /", "Get the close-on-exe flag of the specified file descriptor.", (_m, v: Value) => {
    const fd = fdValue(v);
    return hostCall(() => guestFiles().getInheritable(fd));
  }],
  set_inheritable: [
    "fd, inheritable, /",
    "Set the inheritable flag of the specified file descriptor.",
    (_m, v: Value, b: Value) => {
      const fd = fdValue(v), on = A.asInt32(b) !== 0;
      hostCall(() => guestFiles().setInheritable(fd, on));
      return None;
    },
  ],
  get_terminal_size: [
    "fd=<unrepresentable>, /",
    "Return the size of the terminal window as (columns, lines).",
    (_m, v: Value = 1) => {
      const fd = A.asInt32(v);
      return structSeq(terminalSizeType, hostCall(() => interp().host.process.terminalSize(fd)));
    },
  ],
  isatty: ["fd, /", "Return True if the fd is connected to a terminal.", (_m, v: Value) => {
    const fd = fdValue(v);
    try {
      return guestFiles().isatty(fd);
    } catch {
      return false;
    }
  }],
  lockf: [
    "fd, command, length, /",
    "Apply, test or remove a POSIX lock on an open file descriptor.",
    (_m, v: Value, c: Value) => {
      const fd = fdValue(v), cmd = A.asInt32(c);
      if (cmd < 0 || cmd > 3) throw fromErrno(22);
      // locks are held against other processes only: none of them shares the guest's descriptors
      hostCall(() => guestFiles().fstat(fd));
      return None;
    },
  ],
  lseek: [
    "fd, position, whence, /",
    "Set the position of a file descriptor.  Return the new position.",
    (_m, v: Value, p: Value, w: Value) => {
      const fd = fdValue(v), pos = A.asSsize(p), how = A.asInt32(w);
      return hostCall(() => guestFiles().lseek(fd, pos, how));
    },
  ],
  pipe: ["", "Create a pipe.", () => new PyTuple(hostCall(() => guestFiles().pipe()))],
  pipe2: ["flags, /", "Create a pipe with flags set atomically.", (_m, f: Value) => {
    const flags = A.asInt32(f), files = guestFiles();
    return new PyTuple(hostCall(() => {
      const ends = files.pipe();
      for (const fd of ends) {
        if (flags & O.NONBLOCK) files.setBlocking(fd, false);
        if (!(flags & O.CLOEXEC)) files.setInheritable(fd, true);
      }
      return ends;
    }));
  }],
  posix_fadvise: [
    "fd, offset, length, advice, /",
    "Announce an intention to access data in a specific pattern.",
    (_m, v: Value, _o: Value, _l: Value, a: Value) => {
      const fd = fdValue(v), adv = A.asInt32(a);
      hostCall(() => guestFiles().fstat(fd));
      if (adv < 0 || adv > 5) throw fromErrno(22);
      return None;
    },
  ],
  posix_fallocate: [
    "fd, offset, length, /",
    "Ensure a file has allocated at least a particular number of bytes on disk.",
    (_m, v: Value, o: Value, l: Value) => {
      const fd = fdValue(v), end = A.asSsize(o) + A.asSsize(l), files = guestFiles();
      hostCall(() => {
        if (files.fstat(fd).size < end) files.ftruncate(fd, end);
      });
      return None;
    },
  ],
  pread: [
    "fd, length, offset, /",
    "Read a number of bytes from a file descriptor starting at a particular offset.",
    (_m, v: Value, n: Value, o: Value) => {
      const fd = fdValue(v), b = new Uint8Array(sizeArg(n)), off = A.asSsize(o);
      if (off < 0) throw fromErrno(22);
      const k = hostCall(() => guestFiles().pread(fd, b, off));
      return new PyBytes(k === b.length ? b : b.slice(0, k));
    },
  ],
  pwrite: [
    "fd, buffer, offset, /",
    "Write bytes to a file descriptor starting at a particular offset.",
    (_m, v: Value, b: Value, o: Value) => {
      const fd = fdValue(v), off = A.asSsize(o);
      return writeAt(fd, b, off);
    },
  ],
  read: ["fd, length, /", "Read from a file descriptor.  Returns a bytes object.", (_m, v: Value, n: Value) => {
    const fd = fdValue(v);
    return carry(read(fd, Math.min(sizeArg(n), 0x7ffff000)));
  }, M_PUSH],
  readinto: ["fd, buffer, /", "Read into a buffer object from a file descriptor.", (_m, v: Value, b: Value) => {
    return carry(readInto(fdValue(v), b));
  }, M_PUSH],
  readv: [
    "fd, buffers, /",
    "Read from a file descriptor fd into an iterable of buffers.",
    (_m, v: Value, bs: Value) => {
      const fd = fdValue(v);
      return carry(vector(bs, "readv", (b) => readInto(fd, b)));
    },
    M_PUSH,
  ],
  preadv: [
    "fd, buffers, offset, flags=0, /",
    "Reads from a file descriptor into a number of mutable bytes-like objects.",
    (_m, v: Value, bs: Value, o: Value) => {
      const fd = fdValue(v), off = A.asSsize(o);
      return carryHere(vector(bs, "preadv2", (b, done) => readAt(fd, b, off + done)));
    },
  ],
  write: ["fd, data, /", "Write a bytes object to a file descriptor.", (_m, v: Value, b: Value) => {
    return carry(write(fdValue(v), b));
  }, M_PUSH],
  writev: [
    "fd, buffers, /",
    "Iterate over buffers, and write the contents of each to a file descriptor.",
    (_m, v: Value, bs: Value) => {
      const fd = fdValue(v);
      return carry(vector(bs, "writev", (b) => write(fd, b)));
    },
    M_PUSH,
  ],
  pwritev: [
    "fd, buffers, offset, flags=0, /",
    "Writes the contents of bytes-like objects to a file descriptor at a given offset.",
    (_m, v: Value, bs: Value, o: Value) => {
      const fd = fdValue(v), off = A.asSsize(o);
      return carryHere(vector(bs, "pwritev2", (b, done) => writeAt(fd, b, off + done)));
    },
  ],
  sendfile: [
    "out_fd, in_fd, offset, count",
    "Copy count bytes from file descriptor in_fd to file descriptor out_fd.",
    (_m, o: Value, i: Value, off: Value, n: Value) => {
      return copy(fdValue(i), fdValue(o), off === None ? undefined : A.asSsize(off), undefined, A.asSsize(n));
    },
  ],
  copy_file_range: [
    "src, dst, count, offset_src=None, offset_dst=None",
    "Copy count bytes from one file descriptor to another.",
    (_m, s: Value, d: Value, n: Value, os: Value = None, od: Value = None) => {
      const count = A.asSsize(n);
      if (count < 0) throw valueError("negative value for 'count' not allowed");
      return copy(
        fdValue(s),
        fdValue(d),
        os === None ? undefined : A.asSsize(os),
        od === None ? undefined : A.asSsize(od),
        count,
      );
    },
  ],
  splice: [
    "src, dst, count, offset_src=None, offset_dst=None, flags=0",
    "Transfer count bytes from one pipe to a descriptor or vice versa.",
    (_m, s: Value, d: Value, n: Value, os: Value = None, od: Value = None) => {
      const from = fdValue(s), to = fdValue(d), count = A.asSsize(n);
      if (count < 0) throw valueError("negative value for 'count' not allowed");
      const isPipe = (fd: number) => (hostCall(() => guestFiles().fstat(fd)).mode & S.IFMT) === S.IFIFO;
      const ends = [isPipe(from), isPipe(to)];
      if (ends[0] && os !== None || ends[1] && od !== None) throw fromErrno(29);
      if (ends[0] === ends[1]) throw fromErrno(22);
      return copy(
        from,
        to,
        os === None ? undefined : A.asSsize(os),
        od === None ? undefined : A.asSsize(od),
        count,
      );
    },
  ],
  ttyname: ["fd, /", "Return the name of the terminal device connected to 'fd'.", (_m, v: Value) => {
    const fd = fdValue(v);
    hostCall(() => guestFiles().fstat(fd));
    if (!guestFiles().isatty(fd)) throw fromErrno(25);
    return "/dev/tty";
  }],
};

/** Copies bytes between two descriptors, at offsets or where they stand. */
function copy(from: number, to: number, offFrom: number | undefined, offTo: number | undefined, count: number): number {
  const files = guestFiles();
  const b = new Uint8Array(Math.min(count, 1 << 20));
  return hostCall(() => {
    const n = offFrom === undefined ? files.read(from, b) : files.pread(from, b, offFrom);
    let done = 0;
    while (done < n) {
      const part = b.subarray(done, n);
      done += offTo === undefined ? files.write(to, part) : files.pwrite(to, part, offTo + done);
    }
    return n;
  });
}
