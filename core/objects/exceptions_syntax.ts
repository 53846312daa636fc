// CPython 3.14: Objects/exceptions.c (SyntaxError)

import {
  type KwNames,
  None,
  PyBaseException,
  PyStrSub,
  PyTuple,
  type PyType,
  PyWideStr,
  setSpec,
  type Str,
  type Value,
} from "./object.ts";
import * as T from "./exception_types.ts";
import { setAlloc } from "./exception_types.ts";
import { concat, exceptionInit, field, textValue } from "./exceptions_base.ts";
import { typeError } from "./errors.ts";
import { iterToArray, strOf } from "./abstract.ts";
import { utf16 } from "./names.ts";

type Field = Value | undefined;

export class PySyntaxError extends PyBaseException {
  msg: Field = undefined;
  filename: Field = undefined;
  lineno: Field = undefined;
  offset: Field = undefined;
  text: Field = undefined;
  endLineno: Field = undefined;
  endOffset: Field = undefined;
  printFileAndLine: Field = undefined;
  metadata: Field = undefined;
}
setAlloc(T.SyntaxError, (c, a) => new PySyntaxError(c, a));

function syntaxInit(self: Value, args: Value[], kwnames?: KwNames): void {
  exceptionInit(self, args, kwnames);
  const e = self as PySyntaxError;
  if (args.length >= 1) e.msg = args[0];
  if (args.length !== 2) return;
  const info = iterToArray(args[1]);
  const n = info.length;
  if (n < 4 || n > 7) {
    throw typeError(
      `function takes at ${n < 4 ? "least 4" : "most 7"} arguments (${n} given)`,
    );
  }
  [e.filename, e.lineno, e.offset, e.text] = info;
  e.endLineno = info[4];
  e.endOffset = info[5];
  e.metadata = info[6];
  if (e.endLineno !== undefined && e.endOffset === undefined) {
    throw typeError("end_offset must be provided when end_lineno is provided");
  }
}

function strText(v: Field): Str | undefined {
  if (typeof v === "string" || v instanceof PyWideStr) return v;
  return v instanceof PyStrSub ? v.v : undefined;
}

function syntaxStr(self: Value): Value {
  const e = self as PySyntaxError;
  const msg = strOf(e.msg ?? None);
  const file = strText(e.filename);
  const line = typeof e.lineno === "number" || typeof e.lineno === "bigint" ? e.lineno : undefined;
  if (file === undefined && line === undefined) return msg;
  let where = "";
  if (file !== undefined) {
    const path = utf16(file);
    where = path.slice(path.lastIndexOf("/") + 1);
  }
  if (line !== undefined) {
    where += `${where === "" && file === undefined ? "" : ", "}line ${line}`;
  }
  return concat(msg, " (", textValue(where), ")");
}

setSpec(T.SyntaxError, {
  doc: "The source text is not Python.",
  slots: { tp_init: syntaxInit, tp_str: syntaxStr },
  docs: {
    msg: "what is wrong",
    filename: "the file",
    lineno: "the line",
    offset: "the column",
    text: "the text of the line",
    end_lineno: "the line where it ends",
    end_offset: "the column where it ends",
    print_file_and_line: "makes printing show file and line",
    _metadata: "for suggestions of keywords",
  },
  members: {
    msg: field<PySyntaxError>((e) => e.msg, (e, v) => {
      e.msg = v;
    }),
    filename: field<PySyntaxError>((e) => e.filename, (e, v) => {
      e.filename = v;
    }),
    lineno: field<PySyntaxError>((e) => e.lineno, (e, v) => {
      e.lineno = v;
    }),
    offset: field<PySyntaxError>((e) => e.offset, (e, v) => {
      e.offset = v;
    }),
    text: field<PySyntaxError>((e) => e.text, (e, v) => {
      e.text = v;
    }),
    end_lineno: field<PySyntaxError>((e) => e.endLineno, (e, v) => {
      e.endLineno = v;
    }),
    end_offset: field<PySyntaxError>((e) => e.endOffset, (e, v) => {
      e.endOffset = v;
    }),
    print_file_and_line: field<PySyntaxError>(
      (e) => e.printFileAndLine,
      (e, v) => {
        e.printFileAndLine = v;
      },
    ),
    _metadata: field<PySyntaxError>((e) => e.metadata, (e, v) => {
      e.metadata = v;
    }),
  },
});
setSpec(T.IndentationError, { doc: "Lines are indented wrongly." });
setSpec(T.TabError, { doc: "Tabs and spaces are mixed wrongly." });
setSpec(T.IncompleteInputError, { doc: "The input needs more lines." });

/** What is known of an error in source text. */
export interface SyntaxErrorInfo {
  filename: Value;
  lineno: Value;
  offset: Value;
  text: Value;
  endLineno: Value | undefined;
  endOffset: Value | undefined;
}

/** SyntaxError (or a subclass) `(msg, (filename, lineno, offset, text, end_lineno, end_offset))`. */
export function makeSyntaxError(
  type: PyType,
  msg: string,
  info: SyntaxErrorInfo,
): PyBaseException {
  const { filename, lineno, offset, text, endLineno, endOffset } = info;
  const m = textValue(msg);
  const e = new PySyntaxError(
    type,
    new PyTuple([
      m,
      new PyTuple(
        endLineno === undefined || endOffset === undefined
          ? [filename, lineno, offset, text]
          : [filename, lineno, offset, text, endLineno, endOffset],
      ),
    ]),
  );
  e.msg = m;
  e.filename = filename;
  e.lineno = lineno;
  e.offset = offset;
  e.text = text;
  e.endLineno = endLineno;
  e.endOffset = endOffset;
  return e;
}
