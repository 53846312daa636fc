// CPython 3.14: Python/errors.c (PyErr_SetFromErrnoWithFilenameObjects)
//
// The one place where a host's failure becomes an OSError of the right subclass.

import type { PyBaseException, Value } from "../core/objects/object.ts";
import { makeOSError } from "../core/objects/exceptions.ts";
import { HostError } from "../vm/host.ts";
import { strerror } from "../vm/errno_table.ts";
import { cur } from "../core/objects/state.ts";

const EINTR = 4;

/** The OSError for a failed host call; a missing permission says how to get it. */
export function fromHostError(
  e: HostError,
  filename?: Value,
  filename2?: Value,
): PyBaseException {
  const text = e.hint === undefined ? e.message : `${e.message}: ${e.hint}`;
  return makeOSError(e.errno, text, filename, filename2);
}

/** OSError for an error number, as C code raises it from errno. */
export function fromErrno(
  errno: number,
  filename?: Value,
  filename2?: Value,
): PyBaseException {
  return makeOSError(errno, strerror(errno), filename, filename2);
}

/**
 * Calls the host; its failures come out as OSError with these file names. A call that a signal
 * interrupted is made again once the signal's handler has run.
 */
export function hostCall<T>(
  call: () => T,
  filename?: Value,
  filename2?: Value,
): T {
  for (;;) {
    try {
      return call();
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
      if (e.errno !== EINTR) throw fromHostError(e, filename, filename2);
    }
    cur.vm.poll();
  }
}
