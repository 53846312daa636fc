// CPython 3.14: Modules/fcntlmodule.c
//
// The few requests that mean something on the guest's own descriptors. Locks are held against other
// processes, and none shares them: taking one always succeeds.

import { None, PyBytes, type Value } from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { getBuffer, hasBuffer, releaseBuffer, viewBytes } from "../core/objects/buffer.ts";
import { interp } from "../vm/interpreter.ts";
import { O } from "../vm/host.ts";
import { fromErrno, hostCall } from "./os_error.ts";
import { guestFiles } from "./libmount.ts";
import { asFd } from "./posix_path.ts";

function fcntl(_m: Value, fdv: Value, cmdv: Value, arg: Value = 0): Value {
  const fd = asFd(fdv), cmd = A.asInt32(cmdv), files = guestFiles();
  const n = A.hasIndex(arg) ? A.asSsize(arg) : 0;
  return hostCall((): Value => {
    switch (cmd) {
      case 0: // F_DUPFD
      case 1030: { // F_DUPFD_CLOEXEC
        const held: number[] = [];
        let to = files.dup(fd);
        while (to < n) {
          held.push(to);
          to = files.dup(fd);
        }
        for (const h of held) files.close(h);
        if (cmd === 0) files.setInheritable(to, true);
        return to;
      }
      case 1: // F_GETFD
        return files.getInheritable(fd) ? 0 : 1;
      case 2: // F_SETFD
        files.setInheritable(fd, (n & 1) === 0);
        return 0;
      case 3: // F_GETFL
        return (files.fstat(fd), O.RDWR | (files.getBlocking(fd) ? 0 : O.NONBLOCK));
      case 4: // F_SETFL
        files.setBlocking(fd, (n & O.NONBLOCK) === 0);
        return 0;
      case 5: // F_GETLK
      case 6: // F_SETLK
      case 7: // F_SETLKW
        files.fstat(fd);
        if (!hasBuffer(arg)) return 0;
        return new PyBytes(bytesCopy(arg));
      case 1032: // F_GETPIPE_SZ
        files.fstat(fd);
        return 65536;
    }
    files.fstat(fd);
    throw fromErrno(22);
  });
}
function bytesCopy(v: Value): Uint8Array {
  const view = getBuffer(v);
  try {
    return viewBytes(view).slice();
  } finally {
    releaseBuffer(view);
  }
}

const TIOCGWINSZ = 0x5413, FICLONE = 0x40049409;
function ioctl(_m: Value, fdv: Value, req: Value, arg: Value = 0, mutate: Value = true): Value {
  const fd = asFd(fdv), request = A.asSsize(req);
  hostCall(() => guestFiles().fstat(fd));
  // no file system here shares blocks between files
  if (request === FICLONE) throw fromErrno(95);
  if (request !== TIOCGWINSZ) throw fromErrno(25);
  const [columns, lines] = hostCall(() => interp().host.process.terminalSize(fd));
  const out = new Uint8Array(8), d = new DataView(out.buffer);
  d.setUint16(0, lines, true);
  d.setUint16(2, columns, true);
  if (!hasBuffer(arg)) return 0;
  if (!(arg instanceof PyBytes) && A.isTrue(mutate)) {
    const view = getBuffer(arg, true);
    viewBytes(view).set(out.subarray(0, view.len));
    releaseBuffer(view);
    return 0;
  }
  return new PyBytes(out);
}

function lock(_m: Value, fdv: Value, op: Value): Value {
  const fd = asFd(fdv), code = A.asInt32(op);
  hostCall(() => guestFiles().fstat(fd));
  if ((code & 15) === 0 && code !== 0) throw fromErrno(22);
  return None;
}

export const spec: ModuleSpec = {
  name: "fcntl",
  doc: "File control and I/O control on file descriptors.",
  functions: {
    fcntl: ["fd, cmd, arg=0, /", "Perform the operation cmd on file descriptor fd.", fcntl],
    ioctl: ["fd, request, arg=0, mutate_flag=True, /", "Perform the operation request on file descriptor fd.", ioctl],
    flock: ["fd, operation, /", "Perform the lock operation on file descriptor fd.", lock],
    lockf: ["fd, cmd, len=0, start=0, whence=0, /", "A wrapper around the fcntl() locking calls.", lock],
  },
  // deno-fmt-ignore
  constants: {
    DN_ACCESS: 1, DN_ATTRIB: 32, DN_CREATE: 4, DN_DELETE: 8, DN_MODIFY: 2, DN_MULTISHOT: 2147483648, DN_RENAME: 16,
    FASYNC: 8192, FD_CLOEXEC: 1, FICLONE: 1074041865, FICLONERANGE: 1075876877, F_ADD_SEALS: 1033, F_DUPFD: 0,
    F_DUPFD_CLOEXEC: 1030, F_DUPFD_QUERY: 1027, F_EXLCK: 4, F_GETFD: 1, F_GETFL: 3, F_GETLEASE: 1025, F_GETLK: 5,
    F_GETLK64: 5, F_GETOWN: 9, F_GETOWN_EX: 16, F_GETPIPE_SZ: 1032, F_GETSIG: 11, F_GET_FILE_RW_HINT: 1037,
    F_GET_RW_HINT: 1035, F_GET_SEALS: 1034, F_NOTIFY: 1026, F_OFD_GETLK: 36, F_OFD_SETLK: 37, F_OFD_SETLKW: 38,
    F_OWNER_PGRP: 2, F_OWNER_PID: 1, F_OWNER_TID: 0, F_RDLCK: 0, F_SEAL_FUTURE_WRITE: 16, F_SEAL_GROW: 4,
    F_SEAL_SEAL: 1, F_SEAL_SHRINK: 2, F_SEAL_WRITE: 8, F_SETFD: 2, F_SETFL: 4, F_SETLEASE: 1024, F_SETLK: 6,
    F_SETLK64: 6, F_SETLKW: 7, F_SETLKW64: 7, F_SETOWN: 8, F_SETOWN_EX: 15, F_SETPIPE_SZ: 1031, F_SETSIG: 10,
    F_SET_FILE_RW_HINT: 1038, F_SET_RW_HINT: 1036, F_SHLCK: 8, F_UNLCK: 2, F_WRLCK: 1, LOCK_EX: 2, LOCK_MAND: 32,
    LOCK_NB: 4, LOCK_READ: 64, LOCK_RW: 192, LOCK_SH: 1, LOCK_UN: 8, LOCK_WRITE: 128, RWH_WRITE_LIFE_EXTREME: 5,
    RWH_WRITE_LIFE_LONG: 4, RWH_WRITE_LIFE_MEDIUM: 3, RWH_WRITE_LIFE_NONE: 1, RWH_WRITE_LIFE_NOT_SET: 0,
    RWH_WRITE_LIFE_SHORT: 2,
  },
};
