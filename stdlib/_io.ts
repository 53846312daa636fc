// CPython 3.14: Modules/_io/_iomodule.c
//
// The module _io: open() and the stream classes. Exact classes are made here without the way over
// their constructors.

import { None, PyBaseException, typeName, type Value } from "../core/objects/object.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { instanceSet } from "../core/objects/attr.ts";
import { cur } from "../core/objects/state.ts";
import { utf16 } from "../core/objects/names.ts";
import { interp } from "../vm/interpreter.ts";
import {
  both,
  bufferedIOBaseType,
  DEFAULT_BUFFER_SIZE,
  ioBaseType,
  rawIOBaseType,
  textIOBaseType,
  unsupportedOperation,
} from "./io_base.ts";
import { fileInit, fileIOType, PyFileIO } from "./io_fileio.ts";
import {
  bufferedRandomType,
  bufferedReaderType,
  bufferedRWPairType,
  bufferedWriterType,
  initBuffered,
  PyBuffered,
} from "./io_buffered.ts";
import { initText, PyTextIOWrapper, textIOWrapperType, textOrNone } from "./io_text.ts";
import { newlineDecoderType } from "./io_newline.ts";
import { bytesIOBufferType, bytesIOType } from "./io_bytesio.ts";
import { stringIOType } from "./io_stringio.ts";
import { fsPath } from "./fsconvert.ts";
import { guestFiles } from "./libmount.ts";

/** open() */
export function open(
  _m: Value,
  file: Value,
  modeArg: Value = "r",
  bufferingArg: Value = -1,
  enc: Value = None,
  err: Value = None,
  nl: Value = None,
  closefdArg: Value = true,
  opener: Value = None,
): Value {
  if (!A.isStr(modeArg)) {
    throw typeError(`open() argument 'mode' must be str, not ${modeArg === None ? "None" : typeName(modeArg)}`);
  }
  const mode = utf16(A.strValue(modeArg));
  let buffering = A.asInt32(bufferingArg);
  const encoding = textOrNone(enc, "open", "encoding");
  const errors = textOrNone(err, "open", "errors");
  const newline = textOrNone(nl, "open", "newline");
  const closefd = A.isTrue(closefdArg);
  const path = A.isInt(file) ? file : fsPath(file);
  const has = new Set<string>();
  for (const c of mode) {
    if (!"xrwa+tb".includes(c) || has.has(c)) throw valueError(`invalid mode: '${mode}'`);
    has.add(c);
  }
  const text = has.has("t"), binary = has.has("b"), updating = has.has("+");
  const creating = has.has("x"), reading = has.has("r"), writing = has.has("w"), appending = has.has("a");
  if (text && binary) throw valueError("can't have text and binary mode at once");
  if (Number(creating) + Number(reading) + Number(writing) + Number(appending) > 1) {
    throw valueError("must have exactly one of create/read/write/append mode");
  }
  if (binary && encoding !== undefined) throw valueError("binary mode doesn't take an encoding argument");
  if (binary && errors !== undefined) throw valueError("binary mode doesn't take an errors argument");
  if (binary && newline !== undefined) throw valueError("binary mode doesn't take a newline argument");
  if (binary && buffering === 1) {
    cur.interp.warn(
      X.RuntimeWarning,
      "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
      1,
    );
  }
  const rawMode = (creating ? "x" : "") + (reading ? "r" : "") + (writing ? "w" : "") + (appending ? "a" : "") +
    (updating ? "+" : "");
  const raw = new PyFileIO(fileIOType);
  fileInit(raw, path, rawMode, closefd, opener);
  let result: Value = raw;
  try {
    let tty = false;
    if (buffering < 0 || buffering === 1) {
      // only what was opened by name may be known not to be a terminal
      tty = buffering === 1 ? false : (raw.sizeHint <= 0 || A.isInt(path)) && guestFiles().isatty(raw.fd);
    }
    const line = buffering === 1 || buffering < 0 && tty;
    if (buffering === 1) buffering = -1;
    if (buffering < -1) throw valueError("invalid buffering size");
    if (buffering < 0) buffering = Math.max(Math.min(raw.blksize, 8192 * 1024), DEFAULT_BUFFER_SIZE);
    if (buffering === 0) {
      if (!binary) throw valueError("can't have unbuffered text I/O");
      return raw;
    }
    const type = updating
      ? bufferedRandomType
      : creating || writing || appending
      ? bufferedWriterType
      : bufferedReaderType;
    const buffer = new PyBuffered(type);
    initBuffered(buffer, raw, buffering, updating || type === bufferedReaderType, type !== bufferedReaderType);
    result = buffer;
    if (binary) return buffer;
    const wrapper = new PyTextIOWrapper(textIOWrapperType);
    initText(wrapper, buffer, encoding, err, nl, line, false);
    result = wrapper;
    instanceSet(wrapper, "mode", modeArg);
    return wrapper;
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    const failed = e;
    both(() => {
      throw failed;
    }, () => void A.callMethod(result, "close"));
    throw e;
  }
}

/** io.text_encoding */
function textEncoding(_m: Value, encoding: Value, level: Value = 2): Value {
  if (encoding !== None) return encoding;
  const c = interp().config;
  if (c.warnDefaultEncoding) cur.interp.warn(X.EncodingWarning, "'encoding' argument not specified", A.asInt32(level));
  return c.utf8Mode ? "utf-8" : "locale";
}

export const spec: ModuleSpec = {
  name: "_io",
  doc: "Streams: the base classes, files, buffers, text, and open().",
  functions: {
    open: [
      "file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None",
      "Open file and return a stream.  Raise OSError upon failure.\n\nThe mode is 'r', 'w', 'x' or 'a', with 'b' for bytes and '+' for updating.",
      open,
    ],
    open_code: ["path", "Opens the provided file with the intent to import the contents.", (m, path: Value) => {
      if (!A.isStr(path)) {
        throw typeError(`open_code() argument 'path' must be str, not ${path === None ? "None" : typeName(path)}`);
      }
      return open(m, path, "rb");
    }],
    text_encoding: ["encoding, stacklevel=2, /", "A helper function to choose the text encoding.", textEncoding],
  },
  types: {
    _IOBase: ioBaseType,
    _RawIOBase: rawIOBaseType,
    _BufferedIOBase: bufferedIOBaseType,
    _TextIOBase: textIOBaseType,
    FileIO: fileIOType,
    BytesIO: bytesIOType,
    StringIO: stringIOType,
    BufferedReader: bufferedReaderType,
    BufferedWriter: bufferedWriterType,
    BufferedRandom: bufferedRandomType,
    BufferedRWPair: bufferedRWPairType,
    TextIOWrapper: textIOWrapperType,
    IncrementalNewlineDecoder: newlineDecoderType,
    _BytesIOBuffer: bytesIOBufferType,
  },
  constants: {
    DEFAULT_BUFFER_SIZE,
    UnsupportedOperation: unsupportedOperation,
    BlockingIOError: () => X.BlockingIOError,
  },
};
