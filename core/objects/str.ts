// CPython 3.14: Objects/unicodeobject.c (the type str)
//
// What Python sees of str. The algorithms work on `Str` (a JavaScript string without surrogate
// units, or a PyWideStr of code points) and are in str_*.ts; a method takes its receiver through
// `strValue`, so instances of subclasses work too and results are exact strs.

import { argTypeName, qualifiedTypeName } from "./type_name.ts";
import {
  builtinType,
  type CmpOp,
  EQ,
  GE,
  GT,
  type KwNames,
  LE,
  LT,
  NE,
  None,
  NotImplemented,
  PyBaseException,
  PyDictBase,
  PyList,
  PyObject,
  PySlice,
  PyStrSub,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  strType,
  typeName,
  typeOf,
  type TypeSpec,
  type Value,
} from "./object.ts";
import { indexError, typeError, valueError } from "./errors.ts";
import {
  asIndex,
  asInt32,
  asSsize,
  fastItems,
  getItem,
  hasIndex,
  isInt,
  isStr,
  isTrue,
  strObject,
  strValue,
} from "./abstract.ts";
import { cur } from "./state.ts";
import { hashStr } from "./hash.ts";
import { basicSize } from "./type.ts";
import { PyDict } from "./dict.ts";
import { sliceIndices } from "./slice.ts";
import {
  compareStr,
  equalStr,
  strAt,
  strCodeAt,
  strConcat2,
  strConcatAll,
  strIsAscii,
  strJoin,
  strLen,
  strMaxChar,
  strRepeat,
  strSlice,
  strSliceStep,
} from "./str_ops.ts";
import * as C from "./str_case.ts";
import * as S from "./str_search.ts";
import {
  STRIP_BOTH,
  STRIP_LEFT,
  STRIP_RIGHT,
  strPartition,
  strRPartition,
  strRSplit,
  strSplit,
  strSplitlines,
  strStrip,
} from "./str_split.ts";
import { strRepr } from "./str_repr.ts";
import { formatStr } from "./format.ts";
import { formatMapMethod, formatMethod } from "./format_str.ts";
import { strFormat } from "./percent_format.ts";
import { specText } from "./format_spec.ts";
import { decodeObject, encodeStr } from "./codecs.ts";
import { builtinNamed } from "./builtin_ref.ts";
import { utf16 } from "./names.ts";
import * as X from "./exceptions.ts";

/** The concatenation of str values (subclasses allowed). */
export function strConcat(parts: readonly Value[]): Str {
  return strConcatAll(...parts.map(strValue));
}

/** A str argument: TypeError "f() argument 1 must be str, not int". */
function text(v: Value, f: string, arg: string): Str {
  if (typeof v === "string") return v;
  if (isStr(v)) return strValue(v);
  throw typeError(`${f}() ${arg} must be str, not ${v === None ? "None" : typeName(v)}`);
}

/** Bounds of a search: start and end as given, negative ones counted from the end. */
function bounds(s: Str, start: Value | undefined, end: Value | undefined): [number, number] {
  const n = strLen(s);
  return [bound(start, n, 0), bound(end, n, n)];
}
function bound(v: Value | undefined, n: number, dflt: number): number {
  if (v === undefined || v === None) return dflt;
  if (!hasIndex(v)) throw typeError("slice indices must be integers or None or have an __index__ method");
  const i = asIndex(v);
  let k = typeof i === "bigint" ? (i < 0n ? -Infinity : Infinity) : i;
  if (k < 0) {
    k += n;
    if (k < 0) k = 0;
  }
  return k;
}

const doc = (s: string): string => s;

function find(name: string, f: (s: Str, sub: Str, a: number, b: number) => number, strict: boolean) {
  return (self: Value, sub: Value, start?: Value, end?: Value): Value => {
    const s = strValue(self), t = text(sub, name, "argument 1");
    const [a, b] = bounds(s, start, end);
    const i = f(s, t, a, b);
    if (i < 0 && strict) throw valueError("substring not found");
    return i;
  };
}

function affix(name: string, f: (s: Str, t: Str, a: number, b: number) => boolean) {
  return (self: Value, sub: Value, start?: Value, end?: Value): Value => {
    const s = strValue(self);
    const [a, b] = bounds(s, start, end);
    if (sub instanceof PyTuple) {
      for (const x of sub.items) {
        if (!isStr(x)) throw typeError(`tuple for ${name} must only contain str, not ${typeName(x)}`);
        if (f(s, strValue(x), a, b)) return true;
      }
      return false;
    }
    if (!isStr(sub)) throw typeError(`${name} first arg must be str or a tuple of str, not ${typeName(sub)}`);
    return f(s, strValue(sub), a, b);
  };
}

function pad(f: (s: Str, w: number, fill?: number) => Str) {
  return (self: Value, width: Value, fill?: Value): Value => {
    const w = asSsize(width);
    if (fill === undefined) return f(strValue(self), w);
    if (!isStr(fill)) throw typeError(`The fill character must be a unicode character, not ${typeName(fill)}`);
    const c = strValue(fill);
    if (strLen(c) !== 1) throw typeError("The fill character must be exactly one character long");
    return f(strValue(self), w, strCodeAt(c, 0));
  };
}

function strip(name: string, sides: number) {
  return (self: Value, chars?: Value): Value => {
    if (chars === undefined || chars === None) return strStrip(strValue(self), undefined, sides);
    if (!isStr(chars)) throw typeError(`${name} arg must be None or str`);
    return strStrip(strValue(self), strValue(chars), sides);
  };
}

function split(name: string, f: (s: Str, sep: Str | undefined, max: number) => Str[]) {
  return (self: Value, sep?: Value, max?: Value): Value => {
    const m = max === undefined ? -1 : asSsize(max);
    if (sep === undefined || sep === None) return new PyList(f(strValue(self), undefined, m));
    if (!isStr(sep)) throw typeError(`must be str or None, not ${typeName(sep)}`);
    const t = strValue(sep);
    if (strLen(t) === 0) throw valueError("empty separator");
    void name;
    return new PyList(f(strValue(self), t, m));
  };
}

function partition(f: (s: Str, sep: Str) => [Str, Str, Str]) {
  return (self: Value, sep: Value): Value => {
    if (!isStr(sep)) throw typeError(`must be str, not ${typeName(sep)}`);
    const t = strValue(sep);
    if (strLen(t) === 0) throw valueError("empty separator");
    return new PyTuple(f(strValue(self), t));
  };
}

function join(self: Value, iterable: Value): Value {
  const items = fastItems(iterable, "can only join an iterable");
  const parts: Str[] = [];
  for (let i = 0; i < items.length; i++) {
    const x = items[i];
    if (typeof x === "string") parts.push(x);
    else if (isStr(x)) parts.push(strValue(x));
    else throw typeError(`sequence item ${i}: expected str instance, ${typeName(x)} found`);
  }
  cur.tick(items.length >> 4);
  return strJoin(strValue(self), parts);
}

/** Looks characters up in a translate() table. */
function tableLookup(table: Value): (c: number) => number | Str | null | undefined {
  return (c) => {
    let v: Value;
    try {
      v = getItem(table, c);
    } catch (e) {
      if (e instanceof PyBaseException && e.cls.mro.includes(X.LookupError)) return undefined;
      throw e;
    }
    if (v === None) return null;
    if (isInt(v)) {
      const n = Number(asIndex(v));
      if (n < 0 || n > 0x10ffff) throw valueError("character mapping must be in range(0x110000)");
      return n;
    }
    if (isStr(v)) return strValue(v);
    throw typeError("character mapping must return integer, None or str");
  };
}

function maketrans(_self: unknown, x: Value, y?: Value, z?: Value): Value {
  const out = new PyDict();
  if (y !== undefined) {
    if (!isStr(y)) throw typeError(`maketrans() argument 2 must be str, not ${argTypeName(y)}`);
    if (z !== undefined && !isStr(z)) {
      throw typeError(`maketrans() argument 3 must be str, not ${argTypeName(z)}`);
    }
    if (!isStr(x)) throw typeError("first maketrans argument must be a string if there is a second argument");
    const a = strValue(x), b = strValue(y);
    if (strLen(a) !== strLen(b)) throw valueError("the first two maketrans arguments must have equal length");
    for (let i = 0; i < strLen(a); i++) out.set(strCodeAt(a, i), strCodeAt(b, i));
    if (z !== undefined) {
      const c = strValue(z);
      for (let i = 0; i < strLen(c); i++) out.set(strCodeAt(c, i), None);
    }
    return out;
  }
  if (!(x instanceof PyDictBase)) throw typeError("if you give only one argument to maketrans it must be a dict");
  for (const [k, v] of (x as PyDict).entries()) {
    if (isStr(k)) {
      const s = strValue(k);
      if (strLen(s) !== 1) throw valueError("string keys in translate table must be of length 1");
      out.set(strCodeAt(s, 0), v);
    } else if (isInt(k)) out.set(k, v);
    else throw typeError("keys in translate table must be strings or integers");
  }
  return out;
}

function subscript(self: Value, key: Value): Value {
  const s = strValue(self);
  if (key instanceof PySlice) {
    const { start, step, length } = sliceIndices(key, strLen(s));
    if (length <= 0) return "";
    if (step === 1) return strSlice(s, start, start + length);
    return strSliceStep(s, start, step, length);
  }
  if (!hasIndex(key)) throw typeError(`string indices must be integers, not '${typeName(key)}'`);
  const k = asIndex(key);
  if (typeof k === "bigint") throw indexError(`cannot fit '${typeName(key)}' into an index-sized integer`);
  const n = strLen(s), i = k < 0 ? k + n : k;
  if (i < 0 || i >= n) throw indexError("string index out of range");
  return strAt(s, i);
}

function compare(a: Value, b: Value, op: CmpOp): Value {
  if (!isStr(b)) return NotImplemented;
  const x = strValue(a), y = strValue(b);
  if (op === EQ) return equalStr(x, y);
  if (op === NE) return !equalStr(x, y);
  const c = compareStr(x, y);
  return op === LT ? c < 0 : op === LE ? c <= 0 : op === GT ? c > 0 : op === GE ? c >= 0 : false;
}

function concat(a: Value, b: Value): Value {
  if (!isStr(b)) throw typeError(`can only concatenate str (not "${typeName(b)}") to str`);
  const x = strValue(a), y = strValue(b);
  if (x === "" && typeOf(b) === strType) return b;
  if (y === "" && typeOf(a) === strType) return a;
  return strConcat2(x, y);
}

function strNew(type: PyType, args: Value[], kw?: KwNames): Value {
  const names = ["object", "encoding", "errors"];
  const n = args.length - (kw?.length ?? 0);
  if (kw === undefined || kw.length === 0) {
    if (n > 3) throw typeError(`str expected at most 3 arguments, got ${n}`);
  } else if (args.length > 3) throw typeError(`str() takes at most 3 arguments (${args.length} given)`);
  const v: (Value | undefined)[] = args.slice(0, n);
  kw?.forEach((k, i) => {
    const at = names.indexOf(k);
    if (at < 0) throw typeError(`str() got an unexpected keyword argument '${k}'`);
    if (v[at] !== undefined) throw typeError(`argument for str() given by name ('${k}') and position (${at + 1})`);
    v[at] = args[n + i];
  });
  const [o, encoding, errors] = v;
  let r: Value;
  if (o === undefined) r = "";
  else if (encoding === undefined && errors === undefined) r = strObject(o);
  else {
    const e = encoding === undefined ? undefined : nameArg(encoding, "encoding");
    const h = errors === undefined ? undefined : nameArg(errors, "errors");
    if (isStr(o)) throw typeError("decoding str is not supported");
    r = decodeObject(o, e ?? "utf-8", h ?? "strict");
  }
  return type === strType ? r : new PyStrSub(type, strValue(r));
}
function nameArg(v: Value, what: string): string {
  if (!isStr(v)) throw typeError(`str() argument '${what}' must be str, not ${qualifiedTypeName(v)}`);
  const u = utf16(strValue(v));
  if (u.includes("\0")) throw valueError("embedded null character");
  return u;
}

// ---- iterator -------------------------------------------------------------------------------

const strIterType: PyType = builtinType("str_iterator", undefined, true);
const asciiIterType: PyType = builtinType("str_ascii_iterator", undefined, true);
const ASCII = /^[\0-\x7f]*$/;
/** Iterator over the characters; `s` is undefined after the end. */
export class PyStrIter extends PyObject {
  s: Str | undefined;
  i = 0;
  constructor(s: Str, exact = true) {
    super(exact && typeof s === "string" && ASCII.test(s) ? asciiIterType : strIterType);
    this.s = s;
  }
}
const iterSpec: TypeSpec = {
  slots: {
    tp_iter: (it) => it,
    tp_iternext: (self) => {
      const it = self as PyStrIter;
      const s = it.s;
      if (s === undefined) return undefined;
      if (typeof s === "string") {
        if (it.i < s.length) return s[it.i++];
      } else if (it.i < s.cps.length) return strAt(s, it.i++);
      it.s = undefined;
      return undefined;
    },
  },
  methods: {
    __length_hint__: [
      "",
      "Private method returning an estimate of len(list(it)).",
      (it: PyStrIter) => it.s === undefined ? 0 : strLen(it.s) - it.i,
    ],
    __reduce__: [
      "",
      "Return state information for pickling.",
      (it: PyStrIter) => {
        const iter = builtinNamed("iter"); // first: it may run code that exhausts the iterator
        return it.s === undefined
          ? new PyTuple([iter, new PyTuple([""])])
          : new PyTuple([iter, new PyTuple([it.s]), it.i]);
      },
    ],
    __setstate__: ["object, /", "Set state information for unpickling.", (it: PyStrIter, state: Value) => {
      const n = asSsize(state);
      if (it.s !== undefined) it.i = Math.min(Math.max(n, 0), strLen(it.s));
      return None;
    }],
  },
};
setSpec(strIterType, iterSpec);
setSpec(asciiIterType, iterSpec);

const pred = (f: (s: Str) => boolean) => (self: Value): Value => f(strValue(self));
const map = (f: (s: Str) => Str) => (self: Value): Value => f(strValue(self));

setSpec(strType, {
  doc:
    "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nMake a string from any object. With an encoding or an error handler the\nobject must give its data as bytes, which are decoded. Otherwise the\nresult is what object.__str__() returns, or repr(object) where there is\nno __str__. The encoding defaults to 'utf-8', errors to 'strict'.",
  slots: {
    tp_new: strNew,
    tp_repr: (s) => strRepr(strValue(s)),
    tp_str: (s) => strValue(s),
    tp_hash: (s) => hashStr(strValue(s)),
    tp_richcompare: compare,
    tp_iter: (s) => new PyStrIter(strValue(s), !(s instanceof PyStrSub)),
    nb_remainder: (a, b) => isStr(a) ? strFormat(strValue(a), b) : NotImplemented,
    sq_length: (s) => strLen(strValue(s)),
    sq_concat: concat,
    sq_repeat: (s, n) => strRepeat(strValue(s), n),
    sq_item: (self, i) => {
      const s = strValue(self);
      if (i < 0 || i >= strLen(s)) throw indexError("string index out of range");
      return strAt(s, i);
    },
    sq_contains: (s, x) => {
      if (!isStr(x)) throw typeError(`'in <string>' requires string as left operand, not ${typeName(x)}`);
      return S.strContains(strValue(s), strValue(x));
    },
    mp_length: (s) => strLen(strValue(s)),
    mp_subscript: subscript,
  },
  methods: {
    encode: [
      "encoding='utf-8', errors='strict'",
      doc("Encode the string using the codec registered for encoding."),
      (self: Value, e?: Value, h?: Value) => {
        const enc = e === undefined ? "utf-8" : utf16(text(e, "encode", "argument 'encoding'"));
        const err = h === undefined ? "strict" : utf16(text(h, "encode", "argument 'errors'"));
        return encodeStr(strValue(self), enc, err);
      },
    ],
    replace: [
      "old, new, /, count=-1",
      "Return a copy with all occurrences of substring old replaced by new.",
      (self: Value, o: Value, n: Value, count?: Value) =>
        S.strReplace(
          strValue(self),
          text(o, "replace", "argument 1"),
          text(n, "replace", "argument 2"),
          count === undefined ? -1 : asSsize(count),
        ),
    ],
    split: [
      "sep=None, maxsplit=-1",
      "Return a list of the substrings in the string, using sep as the separator string.",
      split("split", strSplit),
    ],
    rsplit: [
      "sep=None, maxsplit=-1",
      "Return a list of the substrings in the string, using sep as the separator string.",
      split("rsplit", strRSplit),
    ],
    join: ["iterable, /", "Concatenate any number of strings.", join],
    capitalize: ["", "Return a capitalized version of the string.", map(C.strCapitalize)],
    casefold: ["", "Return a version of the string suitable for caseless comparisons.", map(C.strCasefold)],
    title: ["", "Return a version of the string where each word is titlecased.", map(C.strTitle)],
    center: ["width, fillchar=' ', /", "Return a centered string of length width.", pad(S.strCenter)],
    count: [
      "sub[, start[, end]], /",
      "Return the number of non-overlapping occurrences of substring sub in string S[start:end].",
      (self: Value, sub: Value, start?: Value, end?: Value) => {
        const s = strValue(self), t = text(sub, "count", "argument 1");
        const [a, b] = bounds(s, start, end);
        return S.strCount(s, t, a, b);
      },
    ],
    expandtabs: [
      "tabsize=8",
      "Return a copy where all tab characters are expanded using spaces.",
      (self: Value, n?: Value) => S.strExpandtabs(strValue(self), n === undefined ? 8 : asInt32(n)),
    ],
    find: [
      "sub[, start[, end]], /",
      "Return the lowest index in S where substring sub is found, such that sub is contained within S[start:end].",
      find("find", S.strFind, false),
    ],
    partition: ["sep, /", "Partition the string into three parts using the given separator.", partition(strPartition)],
    index: [
      "sub[, start[, end]], /",
      "Return the lowest index in S where substring sub is found; ValueError when it is not found.",
      find("index", S.strFind, true),
    ],
    ljust: ["width, fillchar=' ', /", "Return a left-justified string of length width.", pad(S.strLjust)],
    lower: ["", "Return a copy of the string converted to lowercase.", map(C.strLower)],
    lstrip: [
      "chars=None, /",
      "Return a copy of the string with leading whitespace removed.",
      strip("lstrip", STRIP_LEFT),
    ],
    rfind: [
      "sub[, start[, end]], /",
      "Return the highest index in S where substring sub is found, such that sub is contained within S[start:end].",
      find("rfind", S.strRFind, false),
    ],
    rindex: [
      "sub[, start[, end]], /",
      "Return the highest index in S where substring sub is found; ValueError when it is not found.",
      find("rindex", S.strRFind, true),
    ],
    rjust: ["width, fillchar=' ', /", "Return a right-justified string of length width.", pad(S.strRjust)],
    rstrip: [
      "chars=None, /",
      "Return a copy of the string with trailing whitespace removed.",
      strip("rstrip", STRIP_RIGHT),
    ],
    rpartition: [
      "sep, /",
      "Partition the string into three parts using the given separator.",
      partition(strRPartition),
    ],
    splitlines: [
      "keepends=False",
      "Return a list of the lines in the string, breaking at line boundaries.",
      (self: Value, keep?: Value) => new PyList(strSplitlines(strValue(self), keep !== undefined && isTrue(keep))),
    ],
    strip: [
      "chars=None, /",
      "Return a copy of the string with leading and trailing whitespace removed.",
      strip("strip", STRIP_BOTH),
    ],
    swapcase: [
      "",
      "Convert uppercase characters to lowercase and lowercase characters to uppercase.",
      map(C.strSwapcase),
    ],
    translate: [
      "table, /",
      "Replace each character in the string using the given translation table.",
      (self: Value, table: Value) => S.strTranslate(strValue(self), tableLookup(table)),
    ],
    upper: ["", "Return a copy of the string converted to uppercase.", map(C.strUpper)],
    startswith: [
      "prefix[, start[, end]], /",
      "Return True if the string starts with the specified prefix, False otherwise.",
      affix("startswith", S.strStartsWith),
    ],
    endswith: [
      "suffix[, start[, end]], /",
      "Return True if the string ends with the specified suffix, False otherwise.",
      affix("endswith", S.strEndsWith),
    ],
    removeprefix: [
      "prefix, /",
      "Return a str with the given prefix string removed if present.",
      (self: Value, p: Value) => S.strRemovePrefix(strValue(self), text(p, "removeprefix", "argument")),
    ],
    removesuffix: [
      "suffix, /",
      "Return a str with the given suffix string removed if present.",
      (self: Value, p: Value) => S.strRemoveSuffix(strValue(self), text(p, "removesuffix", "argument")),
    ],
    isascii: ["", "Return True if all characters in the string are ASCII, False otherwise.", pred(strIsAscii)],
    islower: ["", "Return True if the string is a lowercase string, False otherwise.", pred(C.strIsLower)],
    isupper: ["", "Return True if the string is an uppercase string, False otherwise.", pred(C.strIsUpper)],
    istitle: ["", "Return True if the string is a title-cased string, False otherwise.", pred(C.strIsTitle)],
    isspace: ["", "Return True if the string is a whitespace string, False otherwise.", pred(C.strIsSpace)],
    isdecimal: ["", "Return True if the string is a decimal string, False otherwise.", pred(C.strIsDecimal)],
    isdigit: ["", "Return True if the string is a digit string, False otherwise.", pred(C.strIsDigit)],
    isnumeric: ["", "Return True if the string is a numeric string, False otherwise.", pred(C.strIsNumeric)],
    isalpha: ["", "Return True if the string is an alphabetic string, False otherwise.", pred(C.strIsAlpha)],
    isalnum: ["", "Return True if the string is an alpha-numeric string, False otherwise.", pred(C.strIsAlnum)],
    isidentifier: [
      "",
      "Return True if the string is a valid Python identifier, False otherwise.",
      pred(C.strIsIdentifier),
    ],
    isprintable: [
      "",
      "Return True if all characters in the string are printable, False otherwise.",
      pred(C.strIsPrintable),
    ],
    zfill: [
      "width, /",
      "Pad a numeric string with zeros on the left, to fill a field of the given width.",
      (self: Value, w: Value) => S.strZfill(strValue(self), asSsize(w)),
    ],
    format: [
      "*args, **kwargs",
      "Return a formatted version of the string, using substitutions from args and kwargs.",
      (self: Value, args: Value[], kw?: PyDict) => formatMethod(strValue(self), args, (n) => kw?.get(n)),
    ],
    format_map: [
      "mapping, /",
      "Return a formatted version of the string, using substitutions from mapping.",
      (self: Value, m: Value) => formatMapMethod(strValue(self), m),
    ],
    __format__: [
      "format_spec, /",
      "Return a formatted version of the string as described by format_spec.",
      (self: Value, spec: Value) => {
        const t = specText(spec);
        return t === "" ? (typeOf(self) === strType ? self : strObject(self)) : formatStr(self, t);
      },
    ],
    maketrans: [
      "x, y=<unrepresentable>, z=<unrepresentable>, /",
      "Return a translation table usable for str.translate().",
      maketrans,
      2,
    ],
    __getnewargs__: ["", "", (self: Value) => new PyTuple([strValue(self)])],
    __sizeof__: ["", "Return the size of the string in memory, in bytes.", (self: Value) => {
      const s = strValue(self), m = strMaxChar(s), n = strLen(s);
      // a subclass keeps its characters apart
      if (typeof self === "object" && self.cls !== strType) {
        return basicSize(self.cls) + (n + 1) * (m < 256 ? 1 : m < 0x10000 ? 2 : 4);
      }
      return m < 128 ? 41 + n : m < 256 ? 57 + n : m < 0x10000 ? 58 + 2 * n : 60 + 4 * n;
    }],
  },
});
