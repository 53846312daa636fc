// CPython 3.14: Python/pythonrun.c (Py_CompileStringObject), Python/errors.c
//
// The boundary of the compiler: source to code object with Python exceptions and warnings. What
// parser and compiler throw (SourceError, CompileFailure) becomes SyntaxError and its like here and
// nowhere else.

import {
  None,
  PyBaseException,
  PyBytes,
  PyModule,
  PyTuple,
  type PyType,
  type Str,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { PyBuiltin } from "../core/objects/native.ts";
import { newErrorArgs, typeError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { makeSyntaxError, PySyntaxError } from "../core/objects/exceptions_syntax.ts";
import { cur } from "../core/objects/state.ts";
import { lookupCharacter } from "../core/unicode/names.ts";
import { utf16 } from "../core/objects/names.ts";
import { call2, isStr, strOf, strValue } from "../core/objects/abstract.ts";
import { decodeBytes } from "../core/objects/codecs.ts";
import type { PyCode } from "../core/code/code.ts";
import type { Mod } from "../core/parse/ast.ts";
import { SourceError } from "../core/parse/errors.ts";
import { parse, type ParseMode, TOO_COMPLEX } from "../core/parse/parse.ts";
import { encodingOf } from "../core/parse/source.ts";
import { CompileFailure, compileModule, generateModule, preprocessAst } from "../core/compile/compile.ts";
import * as CT from "../core/unicode/ctype.ts";
import { strNormalize } from "../core/objects/str_normalize.ts";
import type { UnicodeInfo } from "../core/parse/tokenizer.ts";
import { HostError, O } from "./host.ts";
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
  /** What the compiler's errors show lines of, in place of the file: the prompt's source. */
  shown?: string;
  /** Module whose registry takes SyntaxWarnings (`sys._getframe` globals' __name__). */
  module?: Value;
}

/** NFKC of a name; by `unicodedata.normalize`, if a program has put another function in its place. */
function normalized(s: Str): Str {
  const m = cur.interp.modules.getStr("unicodedata");
  const f = m instanceof PyModule ? m.dict.getStr("normalize") : undefined;
  if (f === undefined || f instanceof PyBuiltin) return strNormalize("NFKC", s);
  const out = call2(f, "NFKC", s);
  if (!isStr(out)) throw typeError(`unicodedata.normalize() must return a string, not ${typeName(out)}`);
  return strValue(out);
}

/** What the tokenizer must know of characters. */
export const unicode: UnicodeInfo = {
  isIdentifierStart: (c) => CT.isXidStart(c),
  isIdentifierPart: (c) => CT.isXidContinue(c),
  isPrintable: (c) => CT.isPrintable(c),
  normalizeNFKC: (s) => {
    const name = utf16(normalized(X.textValue(s)));
    if (name === "None" || name === "True" || name === "False") {
      throw newErrorArgs(X.ValueError, [`identifier field can't represent '${name}' constant`]);
    }
    return name;
  },
};

function lineOf(source: string, lineno: number): Value | undefined {
  const line = source.split("\n")[lineno - 1];
  return line === undefined ? undefined : X.textValue(line + "\n");
}

/** What CPython reads of a line that it shows. */
const LINE_BUFFER = 999;

/**
 * The text of a line of a file, for an error of the compiler, which has no source: undefined where
 * the file can't be read. The file may be another one than what was compiled.
 */
function lineOfFile(filename: Value, lineno: number): Value | undefined {
  if (!isStr(filename) || lineno < 1) return undefined;
  const bytes = readWhole(utf16(strValue(filename)));
  if (bytes === undefined) return undefined;
  let start = 0, n = 1;
  for (let i = 0; n < lineno; i++) {
    if (i >= bytes.length) return undefined;
    if (bytes[i] === 10 || (bytes[i] === 13 && bytes[i + 1] !== 10)) {
      n++;
      start = i + 1;
    }
  }
  if (start >= bytes.length) return undefined;
  let end = start;
  while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
  const ended = end < bytes.length;
  if (lineno === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) start = 3;
  let line = bytes.slice(start, end + (ended ? 1 : 0));
  if (ended) line[line.length - 1] = 10;
  line = line.subarray(0, LINE_BUFFER);
  try {
    return decodeBytes(line, new PyBytes(line), encodingOf(bytes), "replace");
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    return undefined;
  }
}

function readWhole(path: string): Uint8Array | undefined {
  const files = (cur.interp as Interp).host.files, chunks: Uint8Array[] = [];
  let fd: number;
  try {
    fd = files.open(path, O.RDONLY | O.CLOEXEC, 0);
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    return undefined;
  }
  let size = 0;
  try {
    for (;;) {
      const chunk = new Uint8Array(1 << 16), n = files.read(fd, chunk);
      if (n === 0) break;
      chunks.push(chunk.subarray(0, n));
      size += n;
    }
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    return undefined;
  } finally {
    files.close(fd);
  }
  const out = new Uint8Array(size);
  let at = 0;
  for (const c of chunks) {
    out.set(c, at);
    at += c.length;
  }
  return out;
}

/** The Python exception for what parser or compiler threw. */
export function syntaxException(e: unknown, filename: Value, shown?: string, parsed = false): unknown {
  if (e instanceof CompileFailure) {
    if (e.nested && parsed) return newErrorArgs(X.MemoryError, [TOO_COMPLEX]);
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
  // an error of the compiler has no text and keeps its byte columns
  const text = e.text !== null
    ? X.textValue(e.text)
    : e.filename === null
    ? None
    : (shown === undefined ? lineOfFile(filename, e.lineno) : lineOf(shown, e.lineno)) ?? None;
  const x = makeSyntaxError(type, e.msg, {
    filename: e.filename === null ? None : filename,
    lineno: e.lineno,
    offset: e.offset,
    text,
    endLineno: e.end_lineno === null ? None : e.end_lineno,
    endOffset: e.end_offset === null ? None : e.end_offset,
  });
  if (e.filename === null && x instanceof PySyntaxError) x.filename = filename;
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
          if (X.isOf(e, X.SyntaxError) || !(X.isOf(e, X.LookupError) || X.isOf(e, X.ValueError))) throw e;
          return { error: utf16(strOf(e)) };
        }
      },
    });
  } catch (e) {
    throw syntaxException(e, o.filename);
  }
}

/** Compiles a tree (which is changed); one that was `parsed` from a source can only be as deep as CPython parses. */
export function compileTree(tree: Mod, o: SourceOptions, parsed = false): PyCode {
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
    throw syntaxException(e, o.filename, o.shown, parsed);
  }
}

/** What the code generator makes of a tree, for `_testinternalcapi`. */
export function generateTree(tree: Mod, o: SourceOptions): ReturnType<typeof generateModule> {
  const name = isStr(o.filename) ? utf16(strValue(o.filename)) : "<unknown>";
  try {
    return generateModule(tree, name, {
      optimize: o.optimize ?? 0,
      filenameValue: o.filename,
      warn: warnFor(o.filename, o.module),
    });
  } catch (e) {
    throw syntaxException(e, o.filename);
  }
}

/** Source to code object. */
export function compileSource(source: string | Uint8Array, o: SourceOptions): PyCode {
  return compileTree(parseSource(source, o), o, true);
}

/** What `compile` with PyCF_ONLY_AST does to a tree, which is changed in place: checks, or folding. */
export function preprocessTree(tree: Mod, o: SourceOptions, parsed = false): Mod {
  if (tree.kind === "FunctionType") return tree;
  const name = isStr(o.filename) ? utf16(strValue(o.filename)) : "<unknown>";
  const flags = o.flags ?? 0;
  try {
    preprocessAst(tree, name, (flags & 0x8000) !== 0, { flags, optimize: o.optimize ?? 0 });
  } catch (e) {
    throw syntaxException(e, o.filename, undefined, parsed);
  }
  return tree;
}

/** Source to the tree that `compile` with PyCF_ONLY_AST gives. */
export function treeSource(source: string | Uint8Array, o: SourceOptions): Mod {
  return preprocessTree(parseSource(source, o), o, true);
}
