// CPython 3.14: Parser/peg_api.c, Parser/pegen.c (_PyPegen_run_parser)
//
// The parser's entrance. A source is parsed at most three times: by the fast parser; when
// that fails by the grammar proper, to find the token where CPython would stop; and once
// more with the invalid_ rules, to find a message.

import type { Mod } from "./ast.ts";
import { SourceError } from "./errors.ts";
import { ExactParser, Parser } from "./parser.generated.ts";
import type { ParserBase } from "./parser_base.ts";
import type { ParserOptions } from "./parser_errors.ts";
import { type DecodeFn, decodeSource, nullError, translateNewlines } from "./source.ts";
import { Tokenizer, type UnicodeInfo, type WarnFn } from "./tokenizer.ts";

export type ParseMode = "exec" | "eval" | "single" | "func_type";

export interface ParseOptions {
  /** Gets warnings; returns true when one is to be a SyntaxError. */
  readonly warn?: WarnFn;
  /** Decodes bytes in encodings other than UTF-8 and Latin-1. */
  readonly decode?: DecodeFn;
  readonly unicode?: UnicodeInfo;
  /** The code point of a character by its name in \N{...}. */
  readonly lookupName?: (name: string) => number | undefined;
  readonly typeComments?: boolean;
  /** The minor version of Python 3 whose syntax is allowed. */
  readonly featureVersion?: number;
  /** `from __future__ import barry_as_FLUFL` is in force. */
  readonly barry?: boolean;
  /** The most digits of a decimal int literal; 0 for no limit. */
  readonly maxStrDigits?: number;
  /** The source is a whole file that is read as the main program. */
  readonly fromFile?: boolean;
  /** PyCF_DONT_IMPLY_DEDENT */
  readonly dontImplyDedent?: boolean;
  /** PyCF_ALLOW_INCOMPLETE_INPUT: an unfinished source is "incomplete input". */
  readonly allowIncomplete?: boolean;
}

const MINOR_VERSION = 14;

function run(parser: Parser, mode: ParseMode): Mod | null {
  switch (mode) {
    case "exec":
      return parser.file();
    case "eval":
      return parser.eval();
    case "single":
      return parser.interactive();
    case "func_type":
      return parser.func_type();
  }
}

/** The message of the MemoryError for a source that nests too deeply. */
export const TOO_COMPLEX = "Parser stack overflowed - Python source too complex to parse";

/** What deep nesting ends in: CPython's limit (FastParser.deeper), or the host's stack. */
function stackOverflow(filename: string): SourceError {
  return new SourceError(
    "MemoryError",
    TOO_COMPLEX,
    filename,
    -1,
    0,
    null,
    -1,
    0,
  );
}

/**
 * Parses source text or bytes into a tree. Throws a SourceError when it is wrong.
 */
export function parse(
  source: string | Uint8Array,
  filename: string,
  mode: ParseMode,
  options: ParseOptions = {},
): Mod {
  const decoded = typeof source === "string"
    ? source
    : decodeSource(source, filename, options.decode, options.fromFile === true).text;
  const nul = decoded.indexOf("\0");
  if (nul >= 0) {
    if (options.fromFile === true) throw nullError(decoded, nul, filename);
    const msg = "source code string cannot contain null bytes";
    throw new SourceError("SyntaxError", msg, null, -1, 0, null, null, null);
  }
  const text = translateNewlines(decoded, mode === "exec");
  const tokenizer = new Tokenizer(text, filename, options);
  const parserOptions: ParserOptions = {
    warn: options.warn,
    featureVersion: options.featureVersion ?? MINOR_VERSION,
    barry: options.barry ?? false,
    maxStrDigits: options.maxStrDigits ?? 4300,
    lookupName: options.lookupName,
    single: mode === "single",
    expression: mode === "eval",
    impliesDedent: options.dontImplyDedent !== true,
    fromFile: options.fromFile === true,
  };
  try {
    return parseWith(tokenizer, parserOptions, mode, options);
  } catch (e) {
    if (e instanceof RangeError) throw stackOverflow(filename);
    throw e;
  }
}

function parseWith(
  tokenizer: Tokenizer,
  parserOptions: ParserOptions,
  mode: ParseMode,
  options: ParseOptions,
): Mod {
  // The fast parser knows the language of today without type comments.
  let read: ParserBase | undefined;
  let found: Mod | null = null;
  if (
    options.typeComments !== true && !parserOptions.barry &&
    parserOptions.featureVersion >= MINOR_VERSION &&
    mode !== "func_type"
  ) {
    const fast = new Parser(tokenizer, parserOptions);
    try {
      const tree = run(fast, mode);
      if (tree !== null) found = tree;
    } catch (e) {
      if (!(e instanceof SourceError)) throw e;
    }
    if (found !== null) return checkSingle(fast, mode, found);
    read = fast;
  }
  const parser = new ExactParser(tokenizer, parserOptions);
  if (read !== undefined) parser.adopt(read);
  let error: unknown;
  try {
    found = run(parser, mode);
  } catch (e) {
    if (!(e instanceof SourceError)) throw e;
    error = e;
  }
  if (found !== null) return checkSingle(parser, mode, found);
  if (options.allowIncomplete === true && parser.atEndOfSource()) {
    throw parser.incomplete();
  }
  const lastIndex = parser.fill - 1;
  if (error === undefined) {
    parser.restart(true);
    try {
      run(parser, mode);
    } catch (e) {
      if (!(e instanceof SourceError)) throw e;
      error = e;
    }
  }
  throw parser.finalError(error, lastIndex);
}

/** Is the text nothing but blank lines and comments? */
function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 35) {
      const end = text.indexOf("\n", i);
      if (end < 0) return true;
      i = end;
    } else if (c !== 32 && c !== 9 && c !== 10 && c !== 12) return false;
  }
  return true;
}

/** In "single" mode nothing but blank lines and comments may follow the statement. */
function checkSingle(parser: Parser, mode: ParseMode, tree: Mod): Mod {
  if (mode === "single" && !isBlank(parser.unread())) {
    parser.raise(
      "multiple statements found while compiling a single statement",
    );
  }
  return tree;
}
