// CPython 3.14: Python/Python-tokenize.c
//
// The module `_tokenize`: the tokenizer as an iterator over the lines of a readline function. All
// lines are read when the first token is asked for.

import {
  builtinType,
  type KwNames,
  None,
  PyBytes,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { call0, callMethod, isStr, isTrue, strValue } from "../core/objects/abstract.ts";
import { typeError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { cur } from "../core/objects/state.ts";
import { decodeBytes } from "../core/objects/codecs.ts";
import { utf16 } from "../core/objects/names.ts";
import { bindArgs, NativeDef } from "../core/objects/native.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { TokenizerIter } from "../core/parse/tokenize.ts";
import { syntaxException, unicode } from "../vm/compile_source.ts";

const tokenizerIterType: PyType = builtinType("_tokenize.TokenizerIter");
const FILENAME = "<string>";

class PyTokenizerIter extends PyObject {
  readonly readline: Value;
  readonly encoding: string | undefined;
  readonly extraTokens: boolean;
  tokens: TokenizerIter | undefined = undefined;
  source = "";
  constructor(cls: PyType, readline: Value, encoding: string | undefined, extraTokens: boolean) {
    super(cls);
    this.readline = readline;
    this.encoding = encoding;
    this.extraTokens = extraTokens;
  }
}

const newDef = new NativeDef("tokenizeriter", ["readline, /, *, extra_tokens, encoding='utf-8'", "", () => None]);

function tokenizerNew(type: PyType, args: Value[], kwnames?: KwNames): Value {
  const n = args.length - (kwnames?.length ?? 0);
  if (n < 1) throw typeError(`tokenizeriter() takes exactly 1 positional argument (${n} given)`);
  const [readline, extra, encoding] = bindArgs(newDef, "tokenizeriter", args, kwnames) as (Value | undefined)[];
  let name: string | undefined;
  if (encoding !== undefined) {
    if (!isStr(encoding)) {
      throw typeError(
        `tokenizeriter() argument 'encoding' must be str, not ${encoding === None ? "None" : typeName(encoding)}`,
      );
    }
    name = utf16(strValue(encoding));
  }
  return new PyTokenizerIter(type, readline!, name, isTrue(extra!));
}

/** One line of text; undefined at the end. */
function readLine(it: PyTokenizerIter): string | undefined {
  let line: Value;
  try {
    line = call0(it.readline);
  } catch (e) {
    if (X.isOf(e, X.StopIteration)) return undefined;
    throw e;
  }
  if (it.encoding !== undefined) {
    if (!(line instanceof PyBytes)) throw typeError("readline() returned a non-bytes object");
    line = decodeBytes(line.b, line, it.encoding, "replace");
  } else if (!isStr(line)) throw typeError("readline() returned a non-string object");
  const text = utf16(strValue(line));
  // a lone surrogate can't be UTF-8
  if (!text.isWellFormed()) callMethod(line, "encode", "utf-8");
  return text === "" ? undefined : text;
}

function next(self: Value): Value | undefined {
  const it = self as PyTokenizerIter;
  if (it.tokens === undefined) {
    const lines: string[] = [];
    for (let line = readLine(it); line !== undefined; line = readLine(it)) {
      lines.push(line);
      cur.tick(4);
    }
    it.source = lines.join("");
    it.tokens = new TokenizerIter(it.source, FILENAME, { extraTokens: it.extraTokens, unicode });
  }
  cur.tick(4);
  let t;
  try {
    t = it.tokens.next();
  } catch (e) {
    throw syntaxException(e, FILENAME);
  }
  if (t === undefined) return undefined;
  return new PyTuple([
    t.type,
    X.textValue(t.string),
    new PyTuple([t.start[0], t.start[1]]),
    new PyTuple([t.end[0], t.end[1]]),
    X.textValue(t.line),
  ]);
}

setSpec(tokenizerIterType, {
  slots: { tp_new: tokenizerNew, tp_iter: (self) => self, tp_iternext: next },
});

/** The module `_tokenize`. */
export const spec: ModuleSpec = {
  name: "_tokenize",
  types: { TokenizerIter: tokenizerIterType },
};
