// CPython 3.14: Objects/exceptions.c (the hierarchy)
//
// The exception types, without their behaviour. This file imports object.ts only, so the files of
// the exceptions with extra fields (exceptions_*.ts) can name the types and register their
// allocators here while modules are still being evaluated.

import { baseExceptionType, builtinType, PyBaseException, type PyTuple, type PyType } from "./object.ts";

/** What differs between the layouts of exceptions: the JavaScript class of their instances. */
type Alloc = (cls: PyType, args: PyTuple) => PyBaseException;
const ALLOC: Map<PyType, Alloc> = new Map();

/** Says which JavaScript class the instances of `type` and of its subclasses have. */
export function setAlloc(type: PyType, alloc: Alloc): void {
  ALLOC.set(type, alloc);
}

/** A new instance of an exception type, of the class that its layout asks for; runs no `__init__`. */
export function allocException(cls: PyType, args: PyTuple): PyBaseException {
  for (let t: PyType | undefined = cls.layout; t !== undefined; t = t.base) {
    const a = ALLOC.get(t);
    if (a !== undefined) return a(cls, args);
  }
  return new PyBaseException(cls, args);
}

function exc(name: string, base: PyType): PyType {
  const t = builtinType(name, base, false, false);
  t.hasDict = true;
  return t;
}
/** A type whose instances have fields of their own. */
function excLayout(name: string, base: PyType): PyType {
  const t = builtinType(name, base);
  t.hasDict = true;
  return t;
}

export const BaseException: PyType = baseExceptionType;
BaseException.hasDict = true;
export const BaseExceptionGroup: PyType = excLayout(
  "BaseExceptionGroup",
  BaseException,
);
export const Exception: PyType = exc("Exception", BaseException);
export const GeneratorExit: PyType = exc("GeneratorExit", BaseException);
export const KeyboardInterrupt: PyType = exc(
  "KeyboardInterrupt",
  BaseException,
);
export const SystemExit: PyType = excLayout("SystemExit", BaseException);

export const ArithmeticError: PyType = exc("ArithmeticError", Exception);
export const AssertionError: PyType = exc("AssertionError", Exception);
export const AttributeError: PyType = excLayout("AttributeError", Exception);
export const BufferError: PyType = exc("BufferError", Exception);
export const EOFError: PyType = exc("EOFError", Exception);
export const ImportError: PyType = excLayout("ImportError", Exception);
export const LookupError: PyType = exc("LookupError", Exception);
export const MemoryError: PyType = exc("MemoryError", Exception);
export const NameError: PyType = excLayout("NameError", Exception);
export const OSError: PyType = excLayout("OSError", Exception);
export const ReferenceError: PyType = exc("ReferenceError", Exception);
export const RuntimeError: PyType = exc("RuntimeError", Exception);
export const StopAsyncIteration: PyType = exc("StopAsyncIteration", Exception);
export const StopIteration: PyType = excLayout("StopIteration", Exception);
export const SyntaxError: PyType = excLayout("SyntaxError", Exception);
export const SystemError: PyType = exc("SystemError", Exception);
export const TypeError: PyType = exc("TypeError", Exception);
export const ValueError: PyType = exc("ValueError", Exception);
export const Warning: PyType = exc("Warning", Exception);

export const FloatingPointError: PyType = exc(
  "FloatingPointError",
  ArithmeticError,
);
export const OverflowError: PyType = exc("OverflowError", ArithmeticError);
export const ZeroDivisionError: PyType = exc(
  "ZeroDivisionError",
  ArithmeticError,
);

export const BytesWarning: PyType = exc("BytesWarning", Warning);
export const DeprecationWarning: PyType = exc("DeprecationWarning", Warning);
export const EncodingWarning: PyType = exc("EncodingWarning", Warning);
export const FutureWarning: PyType = exc("FutureWarning", Warning);
export const ImportWarning: PyType = exc("ImportWarning", Warning);
export const PendingDeprecationWarning: PyType = exc(
  "PendingDeprecationWarning",
  Warning,
);
export const ResourceWarning: PyType = exc("ResourceWarning", Warning);
export const RuntimeWarning: PyType = exc("RuntimeWarning", Warning);
export const SyntaxWarning: PyType = exc("SyntaxWarning", Warning);
export const UnicodeWarning: PyType = exc("UnicodeWarning", Warning);
export const UserWarning: PyType = exc("UserWarning", Warning);

export const BlockingIOError: PyType = exc("BlockingIOError", OSError);
export const ChildProcessError: PyType = exc("ChildProcessError", OSError);
export const ConnectionError: PyType = exc("ConnectionError", OSError);
export const FileExistsError: PyType = exc("FileExistsError", OSError);
export const FileNotFoundError: PyType = exc("FileNotFoundError", OSError);
export const InterruptedError: PyType = exc("InterruptedError", OSError);
export const IsADirectoryError: PyType = exc("IsADirectoryError", OSError);
export const NotADirectoryError: PyType = exc("NotADirectoryError", OSError);
export const PermissionError: PyType = exc("PermissionError", OSError);
export const ProcessLookupError: PyType = exc("ProcessLookupError", OSError);
export const TimeoutError: PyType = exc("TimeoutError", OSError);
export const BrokenPipeError: PyType = exc("BrokenPipeError", ConnectionError);
export const ConnectionAbortedError: PyType = exc(
  "ConnectionAbortedError",
  ConnectionError,
);
export const ConnectionRefusedError: PyType = exc(
  "ConnectionRefusedError",
  ConnectionError,
);
export const ConnectionResetError: PyType = exc(
  "ConnectionResetError",
  ConnectionError,
);

export const IndentationError: PyType = exc("IndentationError", SyntaxError);
export const TabError: PyType = exc("TabError", IndentationError);
export const IncompleteInputError: PyType = exc(
  "_IncompleteInputError",
  SyntaxError,
);

export const IndexError: PyType = exc("IndexError", LookupError);
export const KeyError: PyType = exc("KeyError", LookupError);
export const ModuleNotFoundError: PyType = exc(
  "ModuleNotFoundError",
  ImportError,
);
export const NotImplementedError: PyType = exc(
  "NotImplementedError",
  RuntimeError,
);
export const PythonFinalizationError: PyType = exc(
  "PythonFinalizationError",
  RuntimeError,
);
export const RecursionError: PyType = exc("RecursionError", RuntimeError);
export const UnboundLocalError: PyType = exc("UnboundLocalError", NameError);

export const UnicodeError: PyType = exc("UnicodeError", ValueError);
export const UnicodeDecodeError: PyType = excLayout(
  "UnicodeDecodeError",
  UnicodeError,
);
export const UnicodeEncodeError: PyType = excLayout(
  "UnicodeEncodeError",
  UnicodeError,
);
export const UnicodeTranslateError: PyType = excLayout(
  "UnicodeTranslateError",
  UnicodeError,
);

// ExceptionGroup has two bases: a group first, then an Exception.
export const ExceptionGroup: PyType = exc("ExceptionGroup", BaseExceptionGroup);
ExceptionGroup.bases = [BaseExceptionGroup, Exception];
ExceptionGroup.mro = [
  ExceptionGroup,
  BaseExceptionGroup,
  Exception,
  ...Exception.mro.slice(1),
];
ExceptionGroup.hasWeakref = true;

/** Every exception type by the name it has in `builtins`. */
export const exceptionTypes: Record<string, PyType> = {
  __proto__: null as unknown as PyType,
  BaseException,
  BaseExceptionGroup,
  Exception,
  GeneratorExit,
  KeyboardInterrupt,
  SystemExit,
  ArithmeticError,
  AssertionError,
  AttributeError,
  BufferError,
  EOFError,
  ImportError,
  LookupError,
  MemoryError,
  NameError,
  OSError,
  ReferenceError,
  RuntimeError,
  StopAsyncIteration,
  StopIteration,
  SyntaxError,
  SystemError,
  TypeError,
  ValueError,
  Warning,
  FloatingPointError,
  OverflowError,
  ZeroDivisionError,
  BytesWarning,
  DeprecationWarning,
  EncodingWarning,
  FutureWarning,
  ImportWarning,
  PendingDeprecationWarning,
  ResourceWarning,
  RuntimeWarning,
  SyntaxWarning,
  UnicodeWarning,
  UserWarning,
  BlockingIOError,
  ChildProcessError,
  ConnectionError,
  FileExistsError,
  FileNotFoundError,
  InterruptedError,
  IsADirectoryError,
  NotADirectoryError,
  PermissionError,
  ProcessLookupError,
  TimeoutError,
  IndentationError,
  _IncompleteInputError: IncompleteInputError,
  IndexError,
  KeyError,
  ModuleNotFoundError,
  NotImplementedError,
  PythonFinalizationError,
  RecursionError,
  UnboundLocalError,
  UnicodeError,
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionRefusedError,
  ConnectionResetError,
  TabError,
  UnicodeDecodeError,
  UnicodeEncodeError,
  UnicodeTranslateError,
  ExceptionGroup,
  EnvironmentError: OSError,
  IOError: OSError,
};
