// CPython 3.14: Python/sysmodule.c (displayhook, excepthook), Python/pythonrun.c, Python/errors.c
//
// Showing values and exceptions. The text of a traceback is made by the traceback module; where
// that cannot run, a plain line says what happened.

import { None, PyBaseException, type PyType, tracebackType, typeOf, type Value } from "../core/objects/object.ts";
import { runtimeError, typeError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { cur } from "../core/objects/state.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";
import type { Frame } from "../vm/interp/frame.ts";
import { addTraceback, type PyTraceback } from "../vm/interp/unwind.ts";
import { visible } from "../vm/interpreter.ts";
import { utf16 } from "../core/objects/names.ts";
import { fullTypeName } from "../core/objects/type_name.ts";
import { writeTraceback } from "./traceback_print.ts";

/** sys.displayhook */
export function displayhook(_m: Value, v: Value): Value {
  if (v === None) return None;
  const b = cur.interp.builtins.dict;
  b.setStr("_", None);
  const out = cur.interp.sys.dict.getStr("stdout");
  if (out === undefined || out === None) throw runtimeError("lost sys.stdout");
  const text = A.reprStr(v);
  try {
    A.callMethod(out, "write", text);
  } catch (e) {
    if (!(e instanceof PyBaseException) || !e.cls.mro.includes(X.UnicodeEncodeError)) throw e;
    const enc = A.getAttr(out, "encoding");
    const bytes = A.callMethod(text as Value, "encode", enc, "backslashreplace");
    const buffer = A.lookupAttr(out, "buffer");
    if (buffer !== undefined) A.callMethod(buffer, "write", bytes);
    else A.callMethod(out, "write", A.callMethod(bytes, "decode", enc, "strict"));
  }
  A.callMethod(out, "write", "\n");
  b.setStr("_", v);
  return None;
}

/** Writes text to sys.stderr, or to the host's when there is none. */
export function writeStderr(text: string): void {
  const err = cur.interp.sys.dict.getStr("stderr");
  if (err !== undefined && err !== None) {
    A.callMethod(err, "write", X.textValue(text));
    const flush = A.lookupAttr(err, "flush");
    if (flush !== undefined) A.call0(flush);
    return;
  }
  const w = cur.interp.store.get("raw_stderr") as ((s: string) => void) | undefined;
  w?.(text);
}

/** Shows an exception with its traceback on sys.stderr (PyErr_Display). */
export function displayException(exc: PyBaseException): void {
  const err = cur.interp.sys.dict.getStr("stderr");
  if (err === None) return;
  try {
    const tb = cur.interp.importModule("traceback");
    A.call1(A.getAttr(tb, "_print_exception_bltin"), exc);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    printPlainly(exc, new Set());
  }
}
/** Shows an exception without the traceback module, those that led to it first. */
function printPlainly(exc: PyBaseException, seen: Set<PyBaseException>): void {
  seen.add(exc);
  const cause = exc.cause, context = exc.context;
  if (cause instanceof PyBaseException) {
    if (!seen.has(cause)) {
      printPlainly(cause, seen);
      writeStderr("\nThe above exception was the direct cause of the following exception:\n\n");
    }
  } else if (context instanceof PyBaseException && !exc.suppressContext && !seen.has(context)) {
    printPlainly(context, seen);
    writeStderr("\nDuring handling of the above exception, another exception occurred:\n\n");
  }
  if (exc.traceback !== undefined) writeTraceback(exc.traceback as PyTraceback, writeStderr);
  if (A.lookupAttr(exc, "print_file_and_line") !== undefined) {
    const file = A.getAttr(exc, "filename");
    // the line is part of the message
    writeStderr(`  File "${file === None ? "<string>" : utf16(A.strOf(file))}", line 0\n`);
  }
  writeStderr(plainLine(exc));
}
/** A type with its module as printed exceptions show it. */
function shownName(t: PyType): string {
  const mod = A.lookupAttr(t, "__module__");
  return mod !== undefined && A.isStr(mod) ? fullTypeName(t) : `<unknown>.${t.qualname}`;
}
/** "Type: text" without a traceback. */
export function plainLine(exc: PyBaseException): string {
  let text: string;
  try {
    text = utf16(A.strOf(exc));
  } catch {
    text = "<exception str() failed>";
  }
  const name = shownName(exc.cls);
  return text === "" ? `${name}\n` : `${name}: ${text}\n`;
}

/** sys.excepthook */
export function excepthook(_m: Value, _type: Value, value: Value, tb: Value): Value {
  if (!(value instanceof PyBaseException)) {
    writeStderr(`TypeError: print_exception(): Exception expected for value, ${A.typeNameOf(value)} found\n`);
    return None;
  }
  if (tb !== None && value.traceback === undefined && typeof tb === "object") value.traceback = tb;
  displayException(value);
  return None;
}

export const unraisableArgsType = structSeqType({
  name: "UnraisableHookArgs",
  doc: "What sys.unraisablehook is given.",
  fields: ["exc_type", "exc_value", "exc_traceback", "err_msg", "object"],
  visible: 5,
});

function reprOrNote(v: Value): string {
  try {
    return utf16(A.reprStr(v));
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    return "<object repr() failed>";
  }
}

/** sys.unraisablehook */
export function unraisablehook(_m: Value, args: Value): Value {
  if (A.typeNameOf(args) !== "UnraisableHookArgs") {
    throw typeError("sys.unraisablehook argument type must be UnraisableHookArgs");
  }
  const [type, value, tb, msg, object] = (args as unknown as { items: Value[] }).items;
  let head = "";
  if (object !== None) {
    const r = reprOrNote(object);
    head = msg !== None ? `${utf16(A.strOf(msg))}: ${r}\n` : `Exception ignored in: ${r}\n`;
  } else if (msg !== None) head = `${utf16(A.strOf(msg))}:\n`;
  if (head !== "") writeStderr(head);
  if (typeOf(tb) === tracebackType) writeTraceback(tb as PyTraceback, writeStderr);
  if (type === None) return None;
  let text = value === None ? "" : ": ";
  if (value !== None) {
    try {
      text += utf16(A.strOf(value));
    } catch (e) {
      if (!(e instanceof PyBaseException)) throw e;
      text += "<exception str() failed>";
    }
  }
  writeStderr(`${shownName(type as PyType)}${text}\n`);
  return None;
}

/**
 * Reports an exception that nobody can catch through sys.unraisablehook. With a message the object
 * is part of it (PyErr_FormatUnraisable), without one it stands for itself (PyErr_WriteUnraisable).
 */
export function reportUnraisable(exc: PyBaseException, msg: string | undefined, object: Value | undefined): void {
  const at = visible(cur.frame as Frame | undefined);
  if (exc.traceback === undefined && at !== undefined) addTraceback(exc, at, at.pc);
  const args = structSeq(unraisableArgsType, [
    exc.cls,
    exc,
    exc.traceback ?? None,
    msg === undefined ? None : X.textValue(object === undefined ? msg : `${msg} ${reprOrNote(object)}`),
    msg === undefined ? object ?? None : None,
  ]);
  const hook = cur.interp.sys.dict.getStr("unraisablehook");
  if (hook === undefined || hook === None) return;
  try {
    A.call1(hook, args);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    const again = [e.cls, e, e.traceback ?? None, "Exception ignored in sys.unraisablehook", hook];
    unraisablehook(None, structSeq(unraisableArgsType, again));
  }
}
