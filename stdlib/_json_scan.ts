// CPython 3.14: Modules/_json.c (scanstring, the scanner)
//
// The scanner walks a document by character positions. A plain str is scanned as it is, a wide one
// by way of its code points; `Source` is the little that both need. A function that has read
// something leaves the position behind it in `scan.end`.

import {
  builtinType,
  floatType,
  intType,
  None,
  PyFloat,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  PyWideStr,
  setSpec,
  type Str,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import {
  asSsize,
  call,
  call1,
  enterNative,
  getAttr,
  isStr,
  isTrue,
  leaveNative,
  strValue,
} from "../core/objects/abstract.ts";
import { PyDict } from "../core/objects/dict.ts";
import { newErrorArgs, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { intFromStr } from "../core/objects/int_convert.ts";
import { bindArgs, NativeDef } from "../core/objects/native.ts";
import { cur } from "../core/objects/state.ts";
import { strSlice } from "../core/objects/str_ops.ts";
import { CpBuilder } from "../core/objects/str_wide.ts";
import { newFrom } from "./native_new.ts";

/** A document. */
abstract class Source {
  abstract readonly text: Str;
  abstract readonly length: number;
  abstract at(i: number): number;
  /** Characters i..j as a JavaScript string; only for ASCII. */
  abstract ascii(i: number, j: number): string;
}
class PlainSource extends Source {
  readonly length: number;
  constructor(readonly text: string) {
    super();
    this.length = text.length;
  }
  at(i: number): number {
    return this.text.charCodeAt(i);
  }
  ascii(i: number, j: number): string {
    return this.text.slice(i, j);
  }
}
class WideSource extends Source {
  readonly length: number;
  constructor(readonly text: PyWideStr) {
    super();
    this.length = text.cps.length;
  }
  at(i: number): number {
    return this.text.cps[i];
  }
  ascii(i: number, j: number): string {
    return String.fromCharCode(...this.text.cps.subarray(i, j));
  }
}
function source(s: Str): Source {
  return typeof s === "string" ? new PlainSource(s) : new WideSource(s);
}

/** Where the last scan has ended. */
const scan = { end: 0 };

/** JSONDecodeError(msg, doc, pos). */
function decodeError(msg: string, s: Source, pos: number): unknown {
  const cls = getAttr(cur.interp.importModule("json.decoder"), "JSONDecodeError");
  return call(cls, [msg, s.text, pos]);
}
function stopIteration(idx: number): unknown {
  return newErrorArgs(X.StopIteration, [idx]);
}

const QUOTE = 0x22, BACKSLASH = 0x5c;

/** Four hex digits at `i` (all inside the text), or -1. */
function hex4(s: Source, i: number): number {
  let c = 0;
  for (let k = i; k < i + 4; k++) {
    const d = s.at(k);
    if (d >= 0x30 && d <= 0x39) c = c * 16 + d - 0x30;
    else if (d >= 0x61 && d <= 0x66) c = c * 16 + d - 0x57;
    else if (d >= 0x41 && d <= 0x46) c = c * 16 + d - 0x37;
    else return -1;
  }
  return c;
}

const ESCAPES: Record<number, string> = {
  0x22: '"',
  0x5c: "\\",
  0x2f: "/",
  0x62: "\b",
  0x66: "\f",
  0x6e: "\n",
  0x72: "\r",
  0x74: "\t",
};

/** The string whose first character (behind the quote) is at `start`. */
function scanString(s: Source, start: number, strict: boolean): Str {
  const len = s.length, begin = start - 1;
  if (start < 0 || start > len) throw valueError("end is out of bounds");
  let out: CpBuilder | undefined;
  let at = start;
  for (;;) {
    let next = at, c = 0;
    for (; next < len; next++) {
      c = s.at(next);
      if (c === QUOTE || c === BACKSLASH) break;
      if (c <= 0x1f && strict) throw decodeError("Invalid control character at", s, next);
    }
    if (next >= len) throw decodeError("Unterminated string starting at", s, begin);
    if (c === QUOTE && out === undefined) {
      scan.end = next + 1;
      return strSlice(s.text, at, next);
    }
    out ??= new CpBuilder();
    for (let i = at; i < next; i++) out.push(s.at(i));
    next++;
    if (c === QUOTE) {
      scan.end = next;
      return out.finish();
    }
    if (next === len) throw decodeError("Unterminated string starting at", s, begin);
    c = s.at(next);
    if (c !== 0x75) {
      at = next + 1;
      const e = ESCAPES[c];
      if (e === undefined) throw decodeError("Invalid \\escape", s, at - 2);
      out.push(e.charCodeAt(0));
      continue;
    }
    next++;
    let end = next + 4;
    if (end > len) throw decodeError("Invalid \\uXXXX escape", s, next - 1);
    let u = hex4(s, next);
    if (u < 0) throw decodeError("Invalid \\uXXXX escape", s, end - 5);
    if ((u & ~0x3ff) === 0xd800 && end + 6 < len && s.at(end) === BACKSLASH && s.at(end + 1) === 0x75) {
      const low = hex4(s, end + 2);
      if (low < 0) throw decodeError("Invalid \\uXXXX escape", s, end + 1);
      if ((low & ~0x3ff) === 0xdc00) {
        u = 0x10000 + ((u & 0x3ff) << 10 | low & 0x3ff);
        end += 6;
      }
    }
    out.push(u);
    at = end;
  }
}

/** `_json.scanstring`. */
export function scanstring(_m: Value, text: Value, end: Value, strict: Value = true): Value {
  const from = asSsize(end), strictly = isTrue(strict);
  if (!isStr(text)) throw typeError(`first argument must be a string, not ${typeName(text)}`);
  const r = scanString(source(strValue(text)), from, strictly);
  return new PyTuple([r, scan.end]);
}

// ---- the scanner ---------------------------------------------------------------------------

export const scannerType: PyType = builtinType("_json.Scanner", undefined, true);

class PyScanner extends PyObject {
  constructor(
    cls: PyType,
    readonly strict: boolean,
    readonly objectHook: Value,
    readonly pairsHook: Value,
    readonly parseFloat: Value,
    readonly parseInt: Value,
    readonly parseConstant: Value,
  ) {
    super(cls);
  }
}

const WEIGHT = 250;

function skipSpace(s: Source, i: number): number {
  for (const n = s.length; i < n; i++) {
    const c = s.at(i);
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
  }
  return i;
}

/** The object whose text behind "{" starts at `i`. */
function parseObject(p: PyScanner, s: Source, i: number): Value {
  const pairs: Value[] | undefined = p.pairsHook === None ? undefined : [];
  const d = new PyDict();
  i = skipSpace(s, i);
  if (i >= s.length || s.at(i) !== 0x7d) {
    for (;;) {
      if (i >= s.length || s.at(i) !== QUOTE) {
        throw decodeError("Expecting property name enclosed in double quotes", s, i);
      }
      const key = scanString(s, i + 1, p.strict);
      i = skipSpace(s, scan.end);
      if (i >= s.length || s.at(i) !== 0x3a) throw decodeError("Expecting ':' delimiter", s, i);
      i = skipSpace(s, i + 1);
      const v = scanOnce(p, s, i);
      if (pairs !== undefined) pairs.push(new PyTuple([key, v]));
      else d.set(key, v);
      i = skipSpace(s, scan.end);
      const c = i < s.length ? s.at(i) : -1;
      if (c === 0x7d) break;
      if (c !== 0x2c) throw decodeError("Expecting ',' delimiter", s, i);
      const comma = i;
      i = skipSpace(s, i + 1);
      if (i < s.length && s.at(i) === 0x7d) {
        throw decodeError("Illegal trailing comma before end of object", s, comma);
      }
      cur.tick(1);
    }
  }
  const end = i + 1;
  let r: Value = d;
  if (pairs !== undefined) r = call1(p.pairsHook, new PyList(pairs));
  else if (p.objectHook !== None) r = call1(p.objectHook, d);
  scan.end = end;
  return r;
}

/** The array whose text behind "[" starts at `i`. */
function parseArray(p: PyScanner, s: Source, i: number): Value {
  const out: Value[] = [];
  i = skipSpace(s, i);
  if (i >= s.length || s.at(i) !== 0x5d) {
    for (;;) {
      out.push(scanOnce(p, s, i));
      i = skipSpace(s, scan.end);
      const c = i < s.length ? s.at(i) : -1;
      if (c === 0x5d) break;
      if (c !== 0x2c) throw decodeError("Expecting ',' delimiter", s, i);
      const comma = i;
      i = skipSpace(s, i + 1);
      if (i < s.length && s.at(i) === 0x5d) {
        throw decodeError("Illegal trailing comma before end of array", s, comma);
      }
      cur.tick(1);
    }
  }
  scan.end = i + 1;
  return new PyList(out);
}

function digit(s: Source, i: number): boolean {
  if (i >= s.length) return false;
  const c = s.at(i);
  return c >= 0x30 && c <= 0x39;
}

/** The number at `start`. */
function matchNumber(p: PyScanner, s: Source, start: number): Value {
  let i = start;
  if (s.at(i) === 0x2d) {
    i++;
    if (i >= s.length) throw stopIteration(start);
  }
  const c = s.at(i);
  if (c >= 0x31 && c <= 0x39) { do i++; while (digit(s, i)); }
  else if (c === 0x30) i++;
  else throw stopIteration(start);
  let isFloat = false;
  if (i < s.length - 1 && s.at(i) === 0x2e && digit(s, i + 1)) {
    isFloat = true;
    i += 2;
    while (digit(s, i)) i++;
  }
  if (i < s.length - 1 && (s.at(i) | 0x20) === 0x65) {
    let k = i + 1;
    if (k < s.length - 1 && (s.at(k) === 0x2d || s.at(k) === 0x2b)) k++;
    if (digit(s, k)) {
      while (digit(s, k)) k++;
      i = k;
      isFloat = true;
    }
  }
  const text = i - start < 5000 ? s.ascii(start, i) : strSlice(s.text, start, i) as string;
  let r: Value;
  if (isFloat) r = p.parseFloat === floatType ? new PyFloat(Number(text)) : call1(p.parseFloat, text);
  else if (p.parseInt !== intType) r = call1(p.parseInt, text);
  else r = text.length < 16 ? Number(text) + 0 : intFromStr(text, 10);
  scan.end = i;
  return r;
}

function constant(p: PyScanner, name: string, end: number): Value {
  const r = call1(p.parseConstant, name);
  scan.end = end;
  return r;
}
function follows(s: Source, i: number, word: string): boolean {
  return i + word.length <= s.length && s.ascii(i, i + word.length) === word;
}

/** Any JSON term at `i`; StopIteration with the position if there is none. */
function scanOnce(p: PyScanner, s: Source, i: number): Value {
  if (i < 0) throw valueError("idx cannot be negative");
  if (i >= s.length) throw stopIteration(i);
  switch (s.at(i)) {
    case QUOTE:
      return scanString(s, i + 1, p.strict);
    case 0x7b: {
      enterNative(WEIGHT, " while decoding a JSON object from a unicode string");
      const r = parseObject(p, s, i + 1);
      leaveNative(WEIGHT);
      return r;
    }
    case 0x5b: {
      enterNative(WEIGHT, " while decoding a JSON array from a unicode string");
      const r = parseArray(p, s, i + 1);
      leaveNative(WEIGHT);
      return r;
    }
    case 0x6e:
      if (!follows(s, i, "null")) break;
      scan.end = i + 4;
      return None;
    case 0x74:
      if (!follows(s, i, "true")) break;
      scan.end = i + 4;
      return true;
    case 0x66:
      if (!follows(s, i, "false")) break;
      scan.end = i + 5;
      return false;
    case 0x4e:
      if (!follows(s, i, "NaN")) break;
      return constant(p, "NaN", i + 3);
    case 0x49:
      if (!follows(s, i, "Infinity")) break;
      return constant(p, "Infinity", i + 8);
    case 0x2d:
      if (follows(s, i, "-Infinity")) return constant(p, "-Infinity", i + 9);
  }
  return matchNumber(p, s, i);
}

let callDef: NativeDef | undefined;
setSpec(scannerType, {
  doc: "JSON scanner object",
  slots: {
    tp_new: newFrom("make_scanner", "context", (type, ctx: Value) =>
      new PyScanner(
        type,
        isTrue(getAttr(ctx, "strict")),
        getAttr(ctx, "object_hook"),
        getAttr(ctx, "object_pairs_hook"),
        getAttr(ctx, "parse_float"),
        getAttr(ctx, "parse_int"),
        getAttr(ctx, "parse_constant"),
      )),
    tp_call: (self, args, kwnames) => {
      callDef ??= new NativeDef("scan_once", ["string, idx", "", () => None]);
      const [text, idx] = bindArgs(callDef, "scan_once", args, kwnames) as Value[];
      const i = asSsize(idx);
      if (!isStr(text)) throw typeError(`first argument must be a string, not ${typeName(text)}`);
      const depth = cur.nativeDepth;
      try {
        const r = scanOnce(self as PyScanner, source(strValue(text)), i);
        return new PyTuple([r, scan.end]);
      } finally {
        cur.nativeDepth = depth;
      }
    },
  },
  members: {
    strict: (p: PyScanner) => p.strict,
    object_hook: (p: PyScanner) => p.objectHook,
    object_pairs_hook: (p: PyScanner) => p.pairsHook,
    parse_float: (p: PyScanner) => p.parseFloat,
    parse_int: (p: PyScanner) => p.parseInt,
    parse_constant: (p: PyScanner) => p.parseConstant,
  },
});
