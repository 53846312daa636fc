// CPython 3.14: Python/errors.c
//
// Making exceptions to throw: `throw typeError("...")`. The exception classes are in exceptions.ts.

import { PyBaseException, PyTuple, type PyType, typeOf, type Value } from "./object.ts";
import * as X from "./exceptions.ts";

/** An instance of an exception type with one string argument. */
export function newError(type: PyType, msg: string): PyBaseException {
  return X.makeException(type, new PyTuple([X.textValue(msg)]));
}
/** An instance of an exception type with any arguments. */
export function newErrorArgs(type: PyType, args: Value[]): PyBaseException {
  return X.makeException(type, new PyTuple(args));
}

export function typeError(msg: string): PyBaseException {
  return newError(X.TypeError, msg);
}
export function valueError(msg: string): PyBaseException {
  return newError(X.ValueError, msg);
}
export function indexError(msg: string): PyBaseException {
  return newError(X.IndexError, msg);
}
/** KeyError carries the key itself. */
export function keyError(key: Value): PyBaseException {
  return newErrorArgs(X.KeyError, [key]);
}
export function overflowError(msg: string): PyBaseException {
  return newError(X.OverflowError, msg);
}
export function zeroDivisionError(msg: string): PyBaseException {
  return newError(X.ZeroDivisionError, msg);
}
export function runtimeError(msg: string): PyBaseException {
  return newError(X.RuntimeError, msg);
}
export function systemError(msg: string): PyBaseException {
  return newError(X.SystemError, msg);
}
export function notImplementedError(msg: string): PyBaseException {
  return newError(X.NotImplementedError, msg);
}
export function memoryError(): PyBaseException {
  return newErrorArgs(X.MemoryError, []);
}
export function bufferError(msg: string): PyBaseException {
  return newError(X.BufferError, msg);
}
export function assertionError(msg: string): PyBaseException {
  return newError(X.AssertionError, msg);
}
export function eofError(msg: string): PyBaseException {
  return newError(X.EOFError, msg);
}
export function recursionError(msg: string): PyBaseException {
  return newError(X.RecursionError, msg);
}
/** AttributeError with its `name` and `obj`, which suggestions need. */
export function attributeError(
  msg: string,
  obj: Value,
  name: string,
): PyBaseException {
  return X.makeAttributeError(msg, obj, name);
}
/** "'X' object has no attribute 'name'". */
export function noAttribute(obj: Value, name: string): PyBaseException {
  return X.makeAttributeError(
    `'${typeOf(obj).name}' object has no attribute '${name}'`,
    obj,
    name,
  );
}
/** NameError with its `name`. */
export function nameError(msg: string, name: string): PyBaseException {
  return X.makeNameError(X.NameError, msg, name);
}
export function stopIteration(value?: Value): PyBaseException {
  return newErrorArgs(X.StopIteration, value === undefined ? [] : [value]);
}
/** ImportError (or a subclass) with `name` and `path`. */
export function importError(
  msg: string,
  name?: Value,
  path?: Value,
  type: PyType = X.ImportError,
): PyBaseException {
  return X.makeImportError(type, msg, name, path);
}
/** OSError(errno, strerror[, filename]) of the fitting subclass. */
export function osError(
  errno: number,
  strerror: string,
  filename?: Value,
  filename2?: Value,
): PyBaseException {
  return X.makeOSError(errno, strerror, filename, filename2);
}
