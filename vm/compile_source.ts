// CPython 3.14: Python/pythonrun.c (Py_CompileStringObject), Python/errors.c
//
// The boundary of the compiler: source to code object with Python exceptions and warnings. What
// parser and compiler throw (SourceError, CompileFailure) becomes SyntaxError and its like here and
// nowhere else.

import { None, PyBaseException, PyBytes, PyTuple, type PyType, type Value } from "../core/objects/object.ts";
import { newErrorArgs } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { makeSyntaxError, PySyntaxError } from "../core/objects/exceptions_syntax.ts";
import { cur } from "../core/objects/state.ts";
import { lookupCharacter } from "../core/unicode/names.ts";
import { utf16 } from "../core/objects/names.ts";
import { isStr, strValue } from "../core/objects/abstract.ts";
import { decodeBytes } from "../core/objects/codecs.ts";
import type { PyCode } from "../core/code/code.ts";
import type { Mod } from "../core/parse/ast.ts";
import { SourceError } from "../core/parse/errors.ts";
import { parse, type ParseMode } from "../core/parse/parse.ts";
import {
  CompileFailure,
  compileModule,
  preprocessAst,
} from "../core/compile/compile.ts";
import * as CT from "../core/unicode/ctype.ts";
import { strNormalize } from "../core/objects/str_normalize.ts";
import type { UnicodeInfo } from "../core/parse/tokenizer.ts";
import type { Interp } from "./interpreter.ts";

/** Flags of `compile` (Include/cpython/compile.h). */
export const PyCF_DONT_IMPLY_DEDENT = 0x200,
  PyCF_ONLY_AST = 0x400,
  PyCF_TYPE_COMMENTS = 0x1000,
  PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000,
  PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000,
  PyCF_OPTIMIZED_AST = 0x8000 | 0x400;
export const FUTURE_MASK = 0x1fe0000;

/** What a compilation depends on besides the source. */
export interface SourceOptions {
  mode: ParseMode;
  flags?: number;
  optimize?: number;
  /** Minor version for `feature_version`; -1 for none. */
  featureVersion?: number;
  /** The source is a file's content, which CPython reads line by line: some errors say so. */
  fromFile?: boolean;
  /** The file name as the Python value that co_filename shall be. */
  filename: Value;
  /** Module whose registry takes SyntaxWarnings (`sys._getframe` globals' __name__). */
  module?: Value;
}

/** What the tokenizer must know of characters. */
export const unicode: UnicodeInfo = {
  isIdentifierStart: (c) => CT.isXidStart(c),
  isIdentifierPart: (c) => CT.isXidContinue(c),
  isPrintable: (c) => CT.isPrintable(c),
  normalizeNFKC: (s) => {
    const name = utf16(strNormalize("NFKC", X.textValue(s)));
    if (name === "None" || name === "True" || name === "False") {
      throw newErrorArgs(X.ValueError, [`identifier field can't represent '${name}' constant`]);
    }
    return name;
  },
};

/** The text of a source line, from the source given or the file. */
function lineOf(source: string | undefined, lineno: number): string | null {
  if (source === undefined || lineno < 1) return null;
  let at = 0;
  for (let i = 1; i < lineno; i++) {
    at = source.indexOf("\n", at) + 1;
    if (at === 0) return null;
  }
  if (at >= source.length) return null;
  const end = source.indexOf("\n", at);
  return end < 0 ? source.slice(at) : source.slice(at, end + 1);
}

/** Turns a 1-based byte column into a character column of the line. */
function charColumn(line: string | null, byteOffset: number): number {
  if (line === null || byteOffset <= 0) return byteOffset;
  let bytes = 0, chars = 0;
  for (const c of line) {
    if (bytes >= byteOffset - 1) break;
    const p = c.codePointAt(0)!;
    bytes += p < 0x80 ? 1 : p < 0x800 ? 2 : p < 0x10000 ? 3 : 4;
    chars++;
  }
  return chars + 1;
}

/** The Python exception for what parser or compiler threw. */
export function syntaxException(e: unknown, source: string | undefined, filename: Value): unknown {
  if (e instanceof CompileFailure) {
    const t = { RecursionError: X.RecursionError, SystemError: X.SystemError, RuntimeError: X.RuntimeError }[e.type];
    return newErrorArgs(t, [X.textValue(e.msg)]);
  }
  if (e instanceof RangeError && e.message.includes("call stack")) {
    return newErrorArgs(X.RecursionError, ["maximum recursion depth exceeded during compilation"]);
  }
  if (!(e instanceof SourceError)) return e;
  if (e.type === "MemoryError") return newErrorArgs(X.MemoryError, [e.msg]);
  const type: PyType = e.type === "IndentationError"
    ? X.IndentationError
    : e.type === "TabError"
    ? X.TabError
    : e.type === "_IncompleteInputError"
    ? X.IncompleteInputError
    : X.SyntaxError;
  if (e.lineno === -1 && e.filename === null) {
    return newErrorArgs(type, [X.textValue(e.msg)]);
  }
  let { offset, text } = e;
  let endOffset = e.end_offset;
  if (text === null && e.lineno > 0) {
    // from the compiler: columns are in bytes, the line is looked up
    text = lineOf(source, e.lineno);
    offset = charColumn(text, offset);
    if (e.end_lineno !== null && endOffset !== null) endOffset = charColumn(lineOf(source, e.end_lineno), endOffset);
  }
  const x = makeSyntaxError(type, e.msg, {
    filename: e.filename === null ? None : filename,
    lineno: e.lineno,
    offset,
    text: text === null ? None : X.textValue(text),
    endLineno: e.end_lineno ?? None,
    endOffset: endOffset ?? None,
  });
  if (e.metadata !== null && x instanceof PySyntaxError) {
    x.metadata = new PyTuple([e.metadata[0], e.metadata[1], X.textValue(e.metadata[2])]);
  }
  if (e.bareArgs) x.args = new PyTuple([X.textValue(e.msg)]);
  return x;
}

/** Issues a warning about source; true when the filters make it an error. */
function warnFor(filename: Value, module: Value | undefined) {
  return (category: "SyntaxWarning" | "DeprecationWarning", msg: string, lineno: number): boolean => {
    const w = cur.interp.store.get("warn_explicit") as
      | ((c: PyType, msg: string, filename: Value, lineno: number, module: Value | undefined) => void)
      | undefined;
    if (w === undefined) return false;
    const type = category === "SyntaxWarning" ? X.SyntaxWarning : X.DeprecationWarning;
    try {
      w(type, msg, filename, lineno, module);
    } catch (e) {
      if (e instanceof PyBaseException && e.cls === type) return true;
      throw e;
    }
    return false;
  };
}

/** Parses source text or bytes. */
export function parseSource(source: string | Uint8Array, o: SourceOptions): Mod {
  const flags = o.flags ?? 0;
  const name = isStr(o.filename) ? utf16(strValue(o.filename)) : "<unknown>";
  try {
    return parse(source, name, o.mode, {
      warn: warnFor(o.filename, o.module),
      unicode,
      lookupName: lookupCharacter,
      typeComments: (flags & PyCF_TYPE_COMMENTS) !== 0,
      featureVersion: o.featureVersion === undefined || o.featureVersion < 0 ? undefined : o.featureVersion,
      fromFile: o.fromFile,
      barry: (flags & 0x400000) !== 0,
      maxStrDigits: cur.interp.intMaxStrDigits,
      dontImplyDedent: (flags & PyCF_DONT_IMPLY_DEDENT) !== 0,
      allowIncomplete: (flags & PyCF_ALLOW_INCOMPLETE_INPUT) !== 0,
      decode: (encoding, bytes) => {
        try {
          const v = decodeBytes(bytes, new PyBytes(bytes), encoding, "strict");
          return utf16(strValue(v));
        } catch (e) {
          if (!(e instanceof PyBaseException)) throw e;
          if (e.cls.mro.includes(X.LookupError)) return undefined;
          return { error: utf16(strValue(X.exceptionStr(e))) };
        }
      },
    });
  } catch (e) {
    throw syntaxException(e, textOf(source), o.filename);
  }
}

function textOf(source: string | Uint8Array): string | undefined {
  if (typeof source === "string") return source;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(source);
  } catch {
    return undefined;
  }
}

/** Compiles a tree (which is changed). */
export function compileTree(tree: Mod, o: SourceOptions, source?: string): PyCode {
  const name = isStr(o.filename) ? utf16(strValue(o.filename)) : "<unknown>";
  try {
    return compileModule(tree, name, {
      flags: (o.flags ?? 0) & (FUTURE_MASK | PyCF_ALLOW_TOP_LEVEL_AWAIT),
      optimize: o.optimize ?? 0,
      filenameValue: o.filename,
      warn: warnFor(o.filename, o.module),
      noColumns: (cur.interp as Interp).config.noDebugRanges,
    });
  } catch (e) {
    throw syntaxException(e, source, o.filename);
  }
}

/** Source to code object. */
export function compileSource(source: string | Uint8Array, o: SourceOptions): PyCode {
  return compileTree(parseSource(source, o), o, textOf(source));
}

/** What `compile` with PyCF_ONLY_AST does to a tree, which is changed in place: checks, or folding. */
export function preprocessTree(tree: Mod, o: SourceOptions, source?: string): Mod {
  if (tree.kind === "FunctionType") return tree;
  const name = isStr(o.filename) ? utf16(strValue(o.filename)) : "<unknown>";
  const flags = o.flags ?? 0;
  try {
    preprocessAst(tree, name, (flags & 0x8000) !== 0, { flags, optimize: o.optimize ?? 0 });
  } catch (e) {
    throw syntaxException(e, source, o.filename);
  }
  return tree;
}

/** Source to the tree that `compile` with PyCF_ONLY_AST gives. */
export function treeSource(source: string | Uint8Array, o: SourceOptions): Mod {
  return preprocessTree(parseSource(source, o), o, textOf(source));
}
