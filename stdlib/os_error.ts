// CPython 3.14: Python/errors.c (PyErr_SetFromErrnoWithFilenameObjects)
//
// The one place where a host's failure becomes an OSError of the right subclass.

import type { PyBaseException, Value } from "../core/objects/object.ts";
import { makeOSError } from "../core/objects/exceptions.ts";
import { HostError } from "../vm/host.ts";
import { strerror } from "../vm/errno_table.ts";

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

/** Calls the host; its failures come out as OSError with these file names. */
export function hostCall<T>(
  call: () => T,
  filename?: Value,
  filename2?: Value,
): T {
  try {
    return call();
  } catch (e) {
    if (e instanceof HostError) throw fromHostError(e, filename, filename2);
    throw e;
  }
}
