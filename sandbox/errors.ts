// CPython 3.14: Python/errors.c (PyErr_SetFromErrno)
//
// The one place where an exception of Deno or of a `node:` module becomes a
// `HostError`.

import { HostError } from "../vm/host.ts";
import { errnoName, errnoOf } from "../vm/errno_table.ts";

const BY_CLASS: ReadonlyMap<string, string> = new Map([
  ["NotFound", "ENOENT"],
  ["AlreadyExists", "EEXIST"],
  ["PermissionDenied", "EACCES"],
  ["BadResource", "EBADF"],
  ["Interrupted", "EINTR"],
  ["TimedOut", "ETIMEDOUT"],
  ["WouldBlock", "EAGAIN"],
  ["Busy", "EBUSY"],
  ["BrokenPipe", "EPIPE"],
  ["ConnectionRefused", "ECONNREFUSED"],
  ["ConnectionReset", "ECONNRESET"],
  ["ConnectionAborted", "ECONNABORTED"],
  ["NotConnected", "ENOTCONN"],
  ["AddrInUse", "EADDRINUSE"],
  ["AddrNotAvailable", "EADDRNOTAVAIL"],
  ["NetworkUnreachable", "ENETUNREACH"],
  ["NotADirectory", "ENOTDIR"],
  ["IsADirectory", "EISDIR"],
  ["FilesystemLoop", "ELOOP"],
  ["InvalidData", "EINVAL"],
  ["NotSupported", "ENOTSUP"],
  ["WriteZero", "EIO"],
  ["UnexpectedEof", "EIO"],
]);

/** The hint that goes with a missing right. */
export function hintFor(kind: string): string {
  return `requires ${kind} access, run again with --allow-${kind}`;
}

/** What was thrown by the host, as a `HostError`. */
export function toHostError(
  thrown: unknown,
  filename?: string,
  filename2?: string,
): HostError {
  if (thrown instanceof HostError) return thrown;
  const where = { filename, filename2 };
  const e = thrown as {
    name?: string;
    code?: unknown;
    errno?: unknown;
    message?: unknown;
  };
  const message = String(e?.message ?? thrown);
  if (e?.name === "NotCapable") {
    const kind = /[Rr]equires (\w+) access/.exec(message)?.[1] ?? "all";
    return new HostError("EACCES", { ...where, hint: hintFor(kind) });
  }
  if (typeof e?.code === "string" && errnoOf(e.code) !== undefined) {
    return new HostError(e.code, where);
  }
  if (
    typeof e?.errno === "number" && errnoName(Math.abs(e.errno)) !== undefined
  ) {
    return new HostError(Math.abs(e.errno), where);
  }
  const os = /\(os error (\d+)\)/.exec(message);
  if (os) return new HostError(Number(os[1]), where);
  const name = BY_CLASS.get(e?.name ?? "");
  if (name !== undefined) return new HostError(name, where);
  if (thrown instanceof TypeError || thrown instanceof RangeError) {
    return new HostError("EINVAL", where);
  }
  return new HostError("EIO", where);
}

/** Runs a call to the host; all that it throws comes out as `HostError`. */
export function guarded<T>(
  call: () => T,
  filename?: string,
  filename2?: string,
): T {
  try {
    return call();
  } catch (e) {
    throw toHostError(e, filename, filename2);
  }
}
