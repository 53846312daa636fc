// CPython 3.14: Modules/posixmodule.c (eventfd, timerfd, memfd_create)

import { M_PUSH, type MethodDef, None, PyFloat, PyTuple, type Value } from "../core/objects/object.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import { normInt } from "../core/objects/int_ops.ts";
import { argTypeName } from "../core/objects/type_name.ts";
import { guestFiles } from "./libmount.ts";
import { fromErrno, hostCall } from "./os_error.ts";
import { carry } from "./io_steps.ts";
import { orBlocked, readSteps, writeSteps } from "./posix_fd.ts";
import { asFd, pathArg } from "./posix_path.ts";

const ENOSYS = 38, EBADF = 9, EINVAL = 22;
const SECOND = 1_000_000_000n;
/** EFD_CLOEXEC and TFD_CLOEXEC; MFD_CLOEXEC. */
const CLOEXEC = 0o2000000, MFD_CLOEXEC = 1;

/** Makes a file of the host's by one of its optional calls. */
function made(fd: number | undefined, inheritable: boolean): number {
  if (fd === undefined) throw fromErrno(ENOSYS);
  if (inheritable) guestFiles().setInheritable(fd, true);
  return fd;
}

/** An unsigned C integer of so many bits. */
function unsigned(v: Value, bits: number, type: string): bigint {
  const n = BigInt(A.asIndex(v));
  if (n < 0n) throw valueError("Cannot convert negative int");
  if (n >> BigInt(bits) !== 0n) throw overflowError(`Python int too large for C ${type}`);
  return n;
}

function timerSet(fdv: Value, flags: Value, first: bigint, interval: bigint): [bigint, bigint] {
  const fd = asFd(fdv), r = hostCall(() => guestFiles().timerSet?.(fd, A.asInt32(flags), first, interval));
  if (r === undefined) throw fromErrno(EINVAL);
  return r;
}
function timerGet(fdv: Value): [bigint, bigint] {
  const fd = asFd(fdv), r = hostCall(() => guestFiles().timerGet?.(fd));
  if (r === undefined) throw fromErrno(EINVAL);
  return r;
}
/** Seconds (a float) as ns, rounded up in size. */
function fromSeconds(v: Value): bigint {
  if (!(v instanceof PyFloat) && !A.hasIndex(v) && A.lookupSpecial(v, "__float__") === undefined) {
    throw typeError(`must be real number, not ${argTypeName(v)}`);
  }
  const x = A.asDouble(v) * 1e9;
  if (Number.isNaN(x)) throw valueError("Invalid value NaN (not a number)");
  if (!(Math.abs(x) < 2 ** 63)) throw overflowError("timestamp out of range for C PyTime_t");
  return BigInt(x < 0 ? Math.floor(x) : Math.ceil(x));
}
function fromNs(v: Value): bigint {
  const n = BigInt(A.asIndex(v));
  if (BigInt.asIntN(64, n) !== n) throw overflowError("int too big to convert");
  return n;
}
const seconds = ([a, b]: [bigint, bigint]) =>
  new PyTuple([a, b].map((n) => new PyFloat(Number(n / SECOND) + Number(n % SECOND) * 1e-9)));
const nanoseconds = ([a, b]: [bigint, bigint]) => new PyTuple([normInt(a), normInt(b)]);

/** The functions of this file. */
export const eventFunctions: Record<string, MethodDef> = {
  eventfd: [
    "initval, flags=EFD_CLOEXEC",
    "Creates and returns an event notification file descriptor.",
    (_m, n: Value, f: Value = CLOEXEC) => {
      const initial = Number(unsigned(n, 32, "unsigned int")), flags = A.asInt32(f);
      return made(hostCall(() => guestFiles().eventfd?.(initial, flags)), (flags & CLOEXEC) === 0);
    },
  ],
  eventfd_read: ["fd", "Read eventfd value", (_m, v: Value) => {
    const fd = asFd(v), b = new Uint8Array(8);
    return carry((function* () {
      if ((yield* orBlocked(readSteps(fd, b))) !== 8) throw fromErrno(EBADF);
      return normInt(new DataView(b.buffer).getBigUint64(0, true));
    })());
  }, M_PUSH],
  eventfd_write: ["fd, value", "Write eventfd value.", (_m, v: Value, n: Value) => {
    const fd = asFd(v), b = new Uint8Array(8);
    new DataView(b.buffer).setBigUint64(0, unsigned(n, 64, "unsigned long long"), true);
    return carry((function* () {
      yield* orBlocked(writeSteps(fd, b));
      return None;
    })());
  }, M_PUSH],
  timerfd_create: ["clockid, /, *, flags=0", "Create and return a timer file descriptor.", (_m, c: Value, f: Value) => {
    const clock = A.asInt32(c), flags = f === undefined ? 0 : A.asInt32(f);
    made(undefined === guestFiles().timerfd ? undefined : 0, false);
    return hostCall(() => guestFiles().timerfd!(clock, flags));
  }],
  timerfd_settime: [
    "fd, /, *, flags=0, initial=0.0, interval=0.0",
    "Alter a timer file descriptor's internal timer in seconds.",
    (_m, fd: Value, flags: Value = 0, first: Value = 0, interval: Value = 0) =>
      seconds(timerSet(fd, flags, fromSeconds(first), fromSeconds(interval))),
  ],
  timerfd_settime_ns: [
    "fd, /, *, flags=0, initial=0, interval=0",
    "Alter a timer file descriptor's internal timer in nanoseconds.",
    (_m, fd: Value, flags: Value = 0, first: Value = 0, interval: Value = 0) =>
      nanoseconds(timerSet(fd, flags, fromNs(first), fromNs(interval))),
  ],
  timerfd_gettime: [
    "fd, /",
    "Return a tuple of a timer file descriptor's (next expiration, interval) in float seconds.",
    (_m, fd: Value) => seconds(timerGet(fd)),
  ],
  timerfd_gettime_ns: [
    "fd, /",
    "Return a tuple of a timer file descriptor's (next expiration, interval) in nanoseconds.",
    (_m, fd: Value) => nanoseconds(timerGet(fd)),
  ],
  memfd_create: ["name, flags=MFD_CLOEXEC", "A file that lies in memory.", (_m, n: Value, f: Value = MFD_CLOEXEC) => {
    const name = pathArg(n, "memfd_create").path;
    const flags = A.asInt32(f);
    if (new TextEncoder().encode(name).length > 249) throw fromErrno(EINVAL);
    return made(hostCall(() => guestFiles().memfd?.(flags)), (flags & MFD_CLOEXEC) === 0);
  }],
};
