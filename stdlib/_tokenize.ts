// CPython 3.14: Python/Python-tokenize.c (the module)
//
// TokenizerIter: the tokens of a source given line by line. The source is read to its end when the
// first token is asked for.

import { builtinType, PyBytes, PyObject, PyTuple, setSpec, type Value, typeName } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import { isOf, StopIteration, textValue } from "../core/objects/exceptions.ts";
import { call0, isStr, isTrue, strValue } from "../core/objects/abstract.ts";
import { decodeBytes } from "../core/objects/codecs.ts";
import { utf16 } from "../core/objects/names.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { TokenizerIter } from "../core/parse/tokenize.ts";
import { syntaxException } from "../vm/compile_source.ts";

const iterType = builtinType("_tokenize.TokenizerIter", undefined, true);

class PyTokenizerIter extends PyObject {
  tokens: TokenizerIter | undefined = undefined;
  text = "";
  constructor(readonly readline: Value, readonly encoding: string | undefined, readonly extraTokens: boolean) {
    super(iterType);
  }
}

/** The whole source, from a readline function. */
function readAll(it: PyTokenizerIter): string {
  let text = "";
  for (;;) {
    let line: Value;
    try {
      line = call0(it.readline);
    } catch (e) {
      if (isOf(e, StopIteration)) return text;
      throw e;
    }
    let s: string;
    if (it.encoding !== undefined) {
      if (!(line instanceof PyBytes)) throw typeError("readline() returned a non-bytes object");
      s = utf16(strValue(decodeBytes(line.b, line, it.encoding, "replace")));
    } else {
      if (!isStr(line)) throw typeError("readline() returned a non-string object");
      s = utf16(strValue(line));
    }
    if (s === "") return text;
    text += s;
  }
}

setSpec(iterType, {
  slots: {
    tp_new: (_t, args, kw) => {
      const n = args.length - (kw?.length ?? 0);
      if (n !== 1) throw typeError(`tokenizeriter() takes exactly 1 positional argument (${n} given)`);
      let encoding: string | undefined, extra: Value | undefined;
      kw?.forEach((k, i) => {
        const v = args[n + i];
        if (k === "extra_tokens") extra = v;
        else if (k === "encoding") {
          if (!isStr(v)) throw typeError(`tokenizeriter() argument 'encoding' must be str, not ${typeName(v)}`);
          encoding = utf16(strValue(v));
        } else throw typeError(`tokenizeriter() got an unexpected keyword argument '${k}'`);
      });
      if (extra === undefined) throw typeError("tokenizeriter() missing required argument 'extra_tokens' (pos 2)");
      return new PyTokenizerIter(args[0], encoding, isTrue(extra));
    },
    tp_iter: (it) => it,
    tp_iternext: (self) => {
      const it = self as PyTokenizerIter;
      if (it.tokens === undefined) {
        it.text = readAll(it);
        it.tokens = new TokenizerIter(it.text, "<string>", { extraTokens: it.extraTokens });
      }
      let t;
      try {
        t = it.tokens.next();
      } catch (e) {
        throw syntaxException(e, it.text, "<string>");
      }
      if (t === undefined) return undefined;
      return new PyTuple([
        t.type,
        textValue(t.string),
        new PyTuple([...t.start]),
        new PyTuple([...t.end]),
        textValue(t.line),
      ]);
    },
  },
});

export const spec: ModuleSpec = {
  name: "_tokenize",
  types: { TokenizerIter: iterType },
};
