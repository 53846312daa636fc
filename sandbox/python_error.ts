// gopy's own: what a run ends with, if not with a value
//
// A Python exception that nobody caught becomes a PythonError; a limit or a stop request a
// LimitError. Both are made on the host's side only: whatever a guest raises, it is a PythonError.

import { None, PyBaseException, type PyList, type Value } from "../core/objects/object.ts";
import { call, getAttr, strOf } from "../core/objects/abstract.ts";
import { utf16 } from "../core/objects/names.ts";
import { fullTypeName } from "../core/objects/type_name.ts";
import { lineAt } from "../core/code/locations.ts";
import type { Interp } from "../vm/interpreter.ts";
import type { PyTraceback } from "../vm/interp/unwind.ts";

/** One line of a Python traceback. */
export interface PythonFrame {
  /** co_filename of the code. */
  file: string;
  /** Line number, 0 where there is none. */
  line: number;
  /** Qualified name of the function. */
  name: string;
}

/** A Python exception that nobody caught. */
export class PythonError extends Error {
  /** `"PythonError"`. */
  override name = "PythonError";
  /** Name of the exception's type, with its module. */
  readonly type: string;
  /** `str()` of the exception. */
  readonly text: string;
  /** The traceback, outermost frame first. */
  readonly frames: PythonFrame[];
  /** The traceback as Python prints it. */
  readonly traceback: string;
  /** @ignore Made by the Interpreter. */
  constructor(type: string, text: string, frames: PythonFrame[], traceback: string) {
    super(text === "" ? type : `${type}: ${text}`);
    this.type = type;
    this.text = text;
    this.frames = frames;
    this.traceback = traceback;
  }
}

/** A limit that a guest passed, or a stop request. No guest code sees it. */
export class LimitError extends Error {
  /** `"LimitError"`. */
  override name = "LimitError";
  /** Which limit: "time", "memory", "output", "stop". */
  readonly kind: string;
  /** @ignore Made by the Interpreter. */
  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The exception that a PythonError stands for; only its Interpreter can raise it again. */
const origins: WeakMap<PythonError, { interp: Interp; exc: PyBaseException }> = new WeakMap();

/** The Python exception that a PythonError of this Interpreter stands for. */
export function originOf(i: Interp, e: PythonError): PyBaseException | undefined {
  const o = origins.get(e);
  return o?.interp === i ? o.exc : undefined;
}

/** Runs `body`; Python exceptions in it are dropped. */
function lenient<T>(fallback: T, body: () => T): T {
  try {
    return body();
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    return fallback;
  }
}

/** The PythonError for a Python exception. Runs guest code (`__str__`). */
export function pythonError(i: Interp, x: PyBaseException): PythonError {
  const frames: PythonFrame[] = [];
  for (let tb = x.traceback as PyTraceback | undefined; tb !== undefined; tb = tb.next) {
    const c = tb.frame.prep.code;
    frames.push({
      file: utf16(strOf(c.co_filename)),
      line: lineAt(c.co_linetable, c.co_firstlineno, tb.pc) ?? 0,
      name: c.co_qualname,
    });
  }
  const text = lenient("<exception str() failed>", () => utf16(strOf(x)));
  const e = new PythonError(fullTypeName(x.cls), text, frames, lenient("", () => formatTraceback(i, x)));
  origins.set(e, { interp: i, exc: x });
  return e;
}

function formatTraceback(i: Interp, x: PyBaseException): string {
  const lines = call(getAttr(i.importModule("traceback"), "format_exception"), [x]) as PyList;
  return lines.items.map((l: Value) => l === None ? "" : utf16(strOf(l))).join("");
}
