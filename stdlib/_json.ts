// CPython 3.14: Modules/_json.c (the encoder)
//
// The encoder collects its output as pieces in one array and joins them at the end. Reading is in
// _json_scan.ts.

import {
  builtinType,
  dictType,
  type Int,
  listType,
  None,
  PyBaseException,
  PyDictBase,
  PyFloat,
  PyIntSub,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import {
  asSsize,
  call1,
  contains,
  delItem,
  enterNative,
  isInt,
  isStr,
  isTrue,
  iterToArray,
  reprStr,
  setItem,
  strValue,
} from "../core/objects/abstract.ts";
import { PyDict } from "../core/objects/dict.ts";
import { callMethod } from "../core/objects/abstract.ts";
import { getIter } from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { idOf } from "../core/objects/identity.ts";
import { intRepr } from "../core/objects/int_convert.ts";
import { listSort } from "../core/objects/list.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { bindArgs, NativeDef, PyBuiltin } from "../core/objects/native.ts";
import { joinStrs } from "../core/objects/repr_guard.ts";
import { cur } from "../core/objects/state.ts";
import { fullTypeName } from "../core/objects/type_name.ts";
import { fromCodePoints } from "../core/objects/str_wide.ts";
import { reprDouble } from "../core/text/dtoa.ts";
import { scannerType, scanstring } from "./_json_scan.ts";
import { newFrom } from "./native_new.ts";

// ---- strings -------------------------------------------------------------------------------

function hex4(c: number): string {
  return "\\u" + c.toString(16).padStart(4, "0");
}
function escape(c: number): string {
  switch (c) {
    case 0x22:
      return '\\"';
    case 0x5c:
      return "\\\\";
    case 0x08:
      return "\\b";
    case 0x0c:
      return "\\f";
    case 0x0a:
      return "\\n";
    case 0x0d:
      return "\\r";
    case 0x09:
      return "\\t";
    default:
      if (c < 0x10000) return hex4(c);
      c -= 0x10000;
      return hex4(0xd800 | c >> 10) + hex4(0xdc00 | c & 0x3ff);
  }
}

/** A JSON string of ASCII characters only. */
function quoteAscii(s: Str): string {
  const parts = ['"'];
  if (typeof s !== "string") {
    for (const c of s.cps) {
      parts.push(c >= 0x20 && c <= 0x7e && c !== 0x22 && c !== 0x5c ? String.fromCharCode(c) : escape(c));
    }
  } else {
    let from = 0;
    for (let i = 0; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if (c >= 0x20 && c <= 0x7e && c !== 0x22 && c !== 0x5c) continue;
      if (i > from) parts.push(s.slice(from, i));
      parts.push(escape(c));
      from = i + 1;
    }
    if (from === 0) return '"' + s + '"';
    parts.push(s.slice(from));
  }
  parts.push('"');
  return parts.join("");
}

/** A JSON string in which only what must be is escaped. */
function quote(s: Str): Str {
  if (typeof s === "string") {
    const parts = ['"'];
    let from = 0;
    for (let i = 0; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if (c >= 0x20 && c !== 0x22 && c !== 0x5c) continue;
      if (i > from) parts.push(s.slice(from, i));
      parts.push(escape(c));
      from = i + 1;
    }
    if (from === 0) return '"' + s + '"';
    parts.push(s.slice(from), '"');
    return parts.join("");
  }
  const out: number[] = [0x22];
  for (const c of s.cps) {
    if (c >= 0x20 && c !== 0x22 && c !== 0x5c) out.push(c);
    else for (const e of escape(c)) out.push(e.charCodeAt(0));
  }
  out.push(0x22);
  return fromCodePoints(Uint32Array.from(out));
}

function textArg(v: Value): Str {
  if (!isStr(v)) throw typeError(`first argument must be a string, not ${typeName(v)}`);
  return strValue(v);
}
function encodeAscii(_m: Value, v: Value): Value {
  return quoteAscii(textArg(v));
}
function encodeText(_m: Value, v: Value): Value {
  return quote(textArg(v));
}

// ---- the encoder ---------------------------------------------------------------------------

const encoderType: PyType = builtinType("_json.Encoder", undefined, true);

class PyEncoder extends PyObject {
  /** What quotes strings without a call, when the encoder is one of ours. */
  readonly fast: ((s: Str) => Str) | undefined;
  constructor(
    cls: PyType,
    readonly markers: Value,
    readonly dflt: Value,
    readonly encoder: Value,
    readonly indent: Value,
    readonly keySeparator: Str,
    readonly itemSeparator: Str,
    readonly sortKeys: boolean,
    readonly skipkeys: boolean,
    readonly allowNan: boolean,
  ) {
    super(cls);
    const f = encoder instanceof PyBuiltin ? encoder.def.fn : undefined;
    this.fast = f === encodeAscii ? quoteAscii : f === encodeText ? quote : undefined;
  }
}

const WEIGHT = 300;

/** One run of an encoder. */
class Run {
  readonly out: Str[] = [];
  constructor(readonly e: PyEncoder) {}

  private float(v: PyFloat): string {
    const x = v.v;
    if (Number.isFinite(x)) return reprDouble(x);
    if (!this.e.allowNan) {
      throw valueError(`Out of range float values are not JSON compliant: ${reprStr(v)}`);
    }
    return x > 0 ? "Infinity" : x < 0 ? "-Infinity" : "NaN";
  }
  private string(v: Value): Str {
    const { fast, encoder } = this.e;
    if (fast !== undefined) return fast(strValue(v));
    const r = call1(encoder, v);
    if (!isStr(r)) throw typeError(`encoder() must return a string, not ${typeName(r)}`);
    return strValue(r);
  }

  value(v: Value, level: number): void {
    const out = this.out;
    if (isStr(v)) out.push(this.string(v));
    else if (v === None) out.push("null");
    else if (v === true) out.push("true");
    else if (v === false) out.push("false");
    else if (isInt(v)) out.push(intRepr(v instanceof PyIntSub ? v.v : v as Int));
    else if (v instanceof PyFloat) out.push(this.float(v));
    else {
      enterNative(WEIGHT, " while encoding a JSON object");
      if (v instanceof PyList || v instanceof PyTuple) this.list(v, level);
      else if (v instanceof PyDictBase) this.dict(v as PyDict, level);
      else this.other(v, level);
      cur.nativeDepth -= WEIGHT;
    }
  }

  /** Marks an object as being encoded. */
  private enter(v: Value): Value | undefined {
    const m = this.e.markers;
    if (m === None) return undefined;
    const id = idOf(v);
    if (contains(m, id)) throw valueError("Circular reference detected");
    setItem(m, id, v);
    return id;
  }
  private leave(id: Value | undefined): void {
    if (id !== undefined) delItem(this.e.markers, id);
  }

  private other(v: Value, level: number): void {
    const id = this.enter(v);
    const r = call1(this.e.dflt, v);
    try {
      this.value(r, level);
    } catch (e) {
      throw noted(e, `when serializing ${fullTypeName(typeOf(v))} object`);
    }
    this.leave(id);
  }

  private newline(level: number): Str {
    const indent = this.e.indent as Str;
    const parts: Str[] = ["\n"];
    for (let i = 0; i < level; i++) parts.push(indent);
    return joinStrs(parts);
  }

  private list(v: PyList | PyTuple, level: number): void {
    const out = this.out;
    if (v.items.length === 0) {
      out.push("[]");
      return;
    }
    const id = this.enter(v);
    out.push("[");
    let separator: Str = this.e.itemSeparator;
    if (this.e.indent !== None) {
      const line = this.newline(level + 1);
      separator = joinStrs([separator, line]);
      out.push(line);
    }
    for (let i = 0; i < v.items.length; i++) {
      if (i > 0) out.push(separator);
      const x = v.items[i];
      try {
        this.value(x, level + 1);
      } catch (e) {
        throw noted(e, `when serializing ${fullTypeName(v.cls)} item ${i}`);
      }
      if ((i & 255) === 255) cur.tick(256);
    }
    this.leave(id);
    if (this.e.indent !== None) out.push(this.newline(level));
    out.push("]");
  }

  private dict(d: PyDict, level: number): void {
    const out = this.out;
    if (d.size === 0) {
      out.push("{}");
      return;
    }
    const id = this.enter(d);
    out.push("{");
    let separator: Str = this.e.itemSeparator, line: Str = "";
    if (this.e.indent !== None) {
      line = this.newline(level + 1);
      separator = joinStrs([separator, line]);
    }
    let first = true;
    if (this.e.sortKeys || d.cls !== dictType) {
      const items = mappingItems(d);
      if (this.e.sortKeys) listSort(items, None, false);
      for (let i = 0; i < items.items.length; i++) {
        const pair = items.items[i];
        if (!(pair instanceof PyTuple) || pair.items.length !== 2) throw valueError("items must return 2-tuples");
        first = this.item(d, pair.items[0], pair.items[1], first ? line : separator, first, level);
      }
    } else {
      for (let i = d.nextIndex(0); i >= 0; i = d.nextIndex(i + 1)) {
        first = this.item(d, d.keys[i] as Value, d.vals[i] as Value, first ? line : separator, first, level);
        if ((i & 255) === 255) cur.tick(256);
      }
    }
    this.leave(id);
    if (this.e.indent !== None && !first) out.push(this.newline(level));
    out.push("}");
  }

  /** One item of a dict; false once an item has been written. */
  private item(d: PyDict, key: Value, v: Value, separator: Str, first: boolean, level: number): boolean {
    let text: Value;
    if (isStr(key)) text = key;
    else if (key instanceof PyFloat) text = this.float(key);
    else if (key === true) text = "true";
    else if (key === false) text = "false";
    else if (key === None) text = "null";
    else if (isInt(key)) text = intRepr(key instanceof PyIntSub ? key.v : key as Int);
    else if (this.e.skipkeys) return first;
    else throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
    this.out.push(separator);
    this.out.push(this.string(text), this.e.keySeparator);
    try {
      this.value(v, level + 1);
    } catch (e) {
      throw noted(e, () => `when serializing ${fullTypeName(d.cls)} item ${String(reprText(key))}`);
    }
    return false;
  }
}

function reprText(v: Value): string {
  const s = reprStr(v);
  return typeof s === "string" ? s : String.fromCodePoint(...s.cps);
}

/** Adds a note to an exception on its way out. */
function noted(e: unknown, note: string | (() => string)): unknown {
  if (e instanceof PyBaseException) {
    callMethod(e, "add_note", X.textValue(typeof note === "string" ? note : note()));
  }
  return e;
}

/** `list(d.items())`. */
function mappingItems(d: PyDict): PyList {
  if (d.cls === dictType) return new PyList(d.itemArray());
  const items = callMethod(d, "items");
  if (items instanceof PyList && items.cls === listType) return new PyList(items.items.slice());
  let it: Value;
  try {
    it = getIter(items);
  } catch (e) {
    if (!X.isOf(e, X.TypeError)) throw e;
    throw typeError(`${d.cls.name}.items() returned a non-iterable (type ${typeName(items)})`);
  }
  return new PyList(iterToArray(it));
}

function makeEncoder(
  type: PyType,
  markers: Value,
  dflt: Value,
  encoder: Value,
  indent: Value,
  keySeparator: Value,
  itemSeparator: Value,
  sortKeys: Value,
  skipkeys: Value,
  allowNan: Value,
): Value {
  const text = (v: Value, n: number): Str => {
    if (!isStr(v)) {
      throw typeError(`make_encoder() argument ${n} must be str, not ${v === None ? "None" : typeName(v)}`);
    }
    return strValue(v);
  };
  const k = text(keySeparator, 5), i = text(itemSeparator, 6);
  const flags = [isTrue(sortKeys), isTrue(skipkeys), isTrue(allowNan)];
  if (markers !== None && !(markers instanceof PyDictBase)) {
    throw typeError(`make_encoder() argument 1 must be dict or None, not ${typeName(markers)}`);
  }
  if (indent !== None && !isStr(indent)) {
    throw typeError(`make_encoder() argument 4 must be str or None, not ${typeName(indent)}`);
  }
  return new PyEncoder(
    type,
    markers,
    dflt,
    encoder,
    indent === None ? None : strValue(indent),
    k,
    i,
    flags[0],
    flags[1],
    flags[2],
  );
}

let callDef: NativeDef | undefined;
setSpec(encoderType, {
  doc: "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
  slots: {
    tp_new: newFrom(
      "make_encoder",
      "markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan",
      makeEncoder,
    ),
    tp_call: (self, args, kwnames) => {
      callDef ??= new NativeDef("_iterencode", ["obj, _current_indent_level", "", () => None]);
      const [obj, level] = bindArgs(callDef, "_iterencode", args, kwnames) as Value[];
      const run = new Run(self as PyEncoder);
      const depth = cur.nativeDepth;
      try {
        run.value(obj, Math.max(0, asSsize(level)));
      } finally {
        cur.nativeDepth = depth;
      }
      return new PyTuple([joinStrs(run.out)]);
    },
  },
  members: {
    markers: (e: PyEncoder) => e.markers,
    default: (e: PyEncoder) => e.dflt,
    encoder: (e: PyEncoder) => e.encoder,
    indent: (e: PyEncoder) => e.indent,
    key_separator: (e: PyEncoder) => e.keySeparator,
    item_separator: (e: PyEncoder) => e.itemSeparator,
    sort_keys: (e: PyEncoder) => e.sortKeys,
    skipkeys: (e: PyEncoder) => e.skipkeys,
  },
});

export const spec: ModuleSpec = {
  name: "_json",
  doc: "json speedups\n",
  functions: {
    encode_basestring_ascii: [
      "object, /",
      "encode_basestring_ascii(string) -> string\n\nReturn an ASCII-only JSON representation of a Python string",
      encodeAscii,
    ],
    encode_basestring: [
      "object, /",
      "encode_basestring(string) -> string\n\nReturn a JSON representation of a Python string",
      encodeText,
    ],
    scanstring: [
      "string, end, strict=True, /",
      "scanstring(string, end, strict=True) -> (string, end)\n\n" +
      "Scan the string s for a JSON string. End is the index of the character in s after the quote that started it.\n" +
      "Unescapes the escapes and returns the string and the index behind its end quote; a control character in it\n" +
      "is an error unless strict is false.",
      scanstring,
      8,
    ],
  },
  types: { make_scanner: scannerType, make_encoder: encoderType },
};
