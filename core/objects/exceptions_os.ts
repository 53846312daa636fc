// CPython 3.14: Objects/exceptions.c (OSError)
//
// OSError(errno, strerror[, filename[, winerror[, filename2]]]) becomes the subclass that stands
// for the errno. A subclass that overrides `__init__` but not `__new__` is filled in by `__init__`.

import { type KwNames, None, PyBaseException, PyTuple, type PyType, setSpec, type Value } from "./object.ts";
import * as T from "./exception_types.ts";
import { allocException, setAlloc } from "./exception_types.ts";
import { argsTuple, concat, exceptionStr, field, noKeywords, reduceTuple, textValue } from "./exceptions_base.ts";
import { asIndex, isInt, reprStr, strOf } from "./abstract.ts";
import { newError, typeError, valueError } from "./errors.ts";
import { intValue } from "./abstract.ts";
import { typeName, typeOf } from "./object.ts";

type Field = Value | undefined;

export class PyOSError extends PyBaseException {
  errno: Field = undefined;
  strerror: Field = undefined;
  filename: Field = undefined;
  filename2: Field = undefined;
  /** characters_written, or -1. */
  written = -1;
}
setAlloc(T.OSError, (c, a) => new PyOSError(c, a));

const ERRNO_TYPES: Record<number, PyType> = {
  1: T.PermissionError, // EPERM
  2: T.FileNotFoundError, // ENOENT
  3: T.ProcessLookupError, // ESRCH
  4: T.InterruptedError, // EINTR
  10: T.ChildProcessError, // ECHILD
  11: T.BlockingIOError, // EAGAIN
  13: T.PermissionError, // EACCES
  17: T.FileExistsError, // EEXIST
  20: T.NotADirectoryError, // ENOTDIR
  21: T.IsADirectoryError, // EISDIR
  32: T.BrokenPipeError, // EPIPE
  103: T.ConnectionAbortedError, // ECONNABORTED
  104: T.ConnectionResetError, // ECONNRESET
  108: T.BrokenPipeError, // ESHUTDOWN
  110: T.TimeoutError, // ETIMEDOUT
  111: T.ConnectionRefusedError, // ECONNREFUSED
  114: T.BlockingIOError, // EALREADY
  115: T.BlockingIOError, // EINPROGRESS
};

/** The subclass of OSError that stands for an errno. */
export function errnoType(errno: number): PyType {
  return ERRNO_TYPES[errno] ?? T.OSError;
}

/** Are the fields filled in by `__init__` (overridden alone) instead of `__new__`? */
function usesInit(type: PyType): boolean {
  return type.tp_init !== osInit && type.tp_new === osNew;
}

function isNumber(v: Value): boolean {
  const t = typeOf(v);
  return t.nb_index !== undefined || t.nb_int !== undefined ||
    t.nb_float !== undefined;
}

function writtenCount(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint" && (n >= 1n << 63n || n < -(1n << 63n))) {
    throw valueError(
      `cannot fit '${typeName(v)}' into an index-sized integer`,
    );
  }
  return Number(n);
}

function fill(e: PyOSError, args: Value[]): void {
  if (args.length >= 2 && args.length <= 5) {
    e.errno = args[0];
    e.strerror = args[1];
    const f = args[2];
    if (f !== undefined && f !== None) {
      if (e.cls === T.BlockingIOError && isNumber(f)) {
        e.written = writtenCount(f);
        e.args = new PyTuple(args);
        return;
      }
      e.filename = f;
      const f2 = args[4];
      if (f2 !== undefined && f2 !== None) e.filename2 = f2;
      // the file names are not in args, so that programs can unpack it into two
      args = args.slice(0, 2);
    }
  }
  e.args = new PyTuple(args);
}

function osNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const t = argsTuple(args, kwnames);
  if (usesInit(type)) return allocException(type, new PyTuple([]));
  if (kwnames !== undefined && kwnames.length > 0) {
    throw typeError(`${type.name}() takes no keyword arguments`);
  }
  const a = t.items;
  if (
    type === T.OSError && a.length >= 2 && a.length <= 5 && isInt(a[0])
  ) {
    type = errnoType(Number(intValue(a[0])));
  }
  const e = allocException(type, t) as PyOSError;
  fill(e, a);
  return e;
}

function osInit(self: Value, args: Value[], kwnames?: KwNames): void {
  const e = self as PyOSError;
  if (!usesInit(e.cls)) return;
  noKeywords(self, kwnames);
  fill(e, args.slice());
}

function osStr(self: Value): Value {
  const e = self as PyOSError;
  const no = () => concat("[Errno ", strOf(e.errno ?? None), "] ");
  if (e.filename !== undefined) {
    const head = concat(
      no(),
      strOf(e.strerror ?? None),
      ": ",
      reprStr(e.filename),
    );
    return e.filename2 === undefined ? head : concat(head, " -> ", reprStr(e.filename2));
  }
  if (e.errno !== undefined && e.strerror !== undefined) {
    return concat(no(), strOf(e.strerror));
  }
  return exceptionStr(self);
}

function osReduce(e: PyOSError): Value {
  let args = e.args;
  if (args.items.length === 2 && e.filename !== undefined) {
    const [no, text] = args.items;
    args = new PyTuple(
      e.filename2 === undefined ? [no, text, e.filename] : [no, text, e.filename, None, e.filename2],
    );
  }
  return reduceTuple(e, args, e.dict);
}

setSpec(T.OSError, {
  doc: "The operating system refused something.",
  slots: { tp_new: osNew, tp_init: osInit, tp_str: osStr },
  methods: { __reduce__: ["", "", osReduce] },
  docs: {
    errno: "the system's error number",
    strerror: "the system's text for it",
    filename: "the file",
    filename2: "the second file, where there are two",
  },
  members: {
    errno: field<PyOSError>((e) => e.errno, (e, v) => {
      e.errno = v;
    }),
    strerror: field<PyOSError>((e) => e.strerror, (e, v) => {
      e.strerror = v;
    }),
    filename: field<PyOSError>((e) => e.filename, (e, v) => {
      e.filename = v;
    }),
    filename2: field<PyOSError>((e) => e.filename2, (e, v) => {
      e.filename2 = v;
    }),
  },
  getset: {
    characters_written: [
      (e: PyOSError): Value => {
        if (e.written === -1) {
          throw newError(T.AttributeError, "characters_written");
        }
        return e.written;
      },
      (e: PyOSError, v) => {
        if (v === undefined) {
          if (e.written === -1) {
            throw newError(T.AttributeError, "characters_written");
          }
          e.written = -1;
        } else e.written = writtenCount(v);
      },
    ],
  },
});

setSpec(T.BlockingIOError, { doc: "The operation would have to wait." });
setSpec(T.ChildProcessError, { doc: "A child process has a problem." });
setSpec(T.ConnectionError, { doc: "A connection has a problem." });
setSpec(T.FileExistsError, { doc: "The file is there already." });
setSpec(T.FileNotFoundError, { doc: "There is no such file." });
setSpec(T.InterruptedError, { doc: "A signal came in between." });
setSpec(T.IsADirectoryError, { doc: "Not possible with a directory." });
setSpec(T.NotADirectoryError, { doc: "Possible only with a directory." });
setSpec(T.PermissionError, { doc: "Not allowed." });
setSpec(T.ProcessLookupError, { doc: "There is no such process." });
setSpec(T.TimeoutError, { doc: "The time was over." });
setSpec(T.BrokenPipeError, { doc: "The other end of the pipe is closed." });
setSpec(T.ConnectionAbortedError, { doc: "The connection was aborted." });
setSpec(T.ConnectionRefusedError, { doc: "The connection was refused." });
setSpec(T.ConnectionResetError, { doc: "The connection was reset." });

/** OSError(errno, strerror[, filename[, filename2]]) of the fitting subclass. */
export function makeOSError(
  errno: number,
  strerror: string,
  filename?: Value,
  filename2?: Value,
): PyBaseException {
  const text = textValue(strerror);
  const e = new PyOSError(errnoType(errno), new PyTuple([errno, text]));
  e.errno = errno;
  e.strerror = text;
  e.filename = filename;
  e.filename2 = filename2;
  return e;
}
