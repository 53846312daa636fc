// CPython 3.14: Python/marshal.c
//
// Reading and writing values in marshal's binary format, versions 0 to 5.
//
// From version 3 on an object that occurs again is written as a reference to
// its first occurrence, which carries a flag and so has a number. CPython flags
// every object that has a second owner at the time of writing. Owners are not
// counted here: a first pass counts occurrences, and what CPython always shares
// (small ints, interned strs, empty tuples) is flagged as well. Ints and strs
// are the same object if they are equal, constants inside code if they have the
// same key. A str counts as interned if it names something in a code object or
// looks like an identifier.
//
// What needs the object model (dicts, sets, buffers, exceptions) goes through
// a MarshalHost; marshal_host.ts is the real one.

import {
  Ellipsis,
  None,
  PyBytes,
  PyComplex,
  PyFloat,
  PyList,
  type PyObject,
  PySlice,
  PyTuple,
  PyWideStr,
  type Str,
  type Value,
} from "../objects/object.ts";
import {
  bytesType,
  complexType,
  floatType,
  listType,
  tupleType,
} from "../objects/object.ts";
import { ByteWriter } from "./bytewriter.ts";
import { PyCode } from "./code.ts";
import { constKey } from "./constkey.ts";
import {
  decodeUtf8,
  encodeUtf8,
  formatG17,
  isAscii,
  latin1,
  latin1Bytes,
  parseFloatText,
  Utf8Error,
} from "./marshal_text.ts";

/** The version that is written unless another one is asked for. */
export const MARSHAL_VERSION = 5;

const MAX_DEPTH = 2000;
const MAX_SIZE = 0x7fffffff;
const FLAG_REF = 0x80;

/** The key of the empty bytes object. */
const EMPTY_BYTES = `=${constKey(new PyBytes(new Uint8Array(0)))}`;

/** What marshal needs of the object model. */
export interface MarshalHost {
  /** An exception to throw. */
  error(
    type: "ValueError" | "EOFError" | "TypeError" | "SystemError",
    message: string,
  ): unknown;
  /** UnicodeDecodeError. */
  decodeError(
    bytes: Uint8Array,
    start: number,
    end: number,
    reason: string,
  ): unknown;
  /** The StopIteration type (it has a type code of its own). */
  readonly stopIteration: Value;
  newDict(): Value;
  dictSet(dict: Value, key: Value, value: Value): void;
  /** Keys and values of an exact dict in order; undefined for anything else. */
  dictEntries(v: Value): Iterable<[Value, Value]> | undefined;
  newSet(frozen: boolean): Value;
  setAdd(set: Value, item: Value): void;
  /** Kind and elements of an exact set or frozenset; undefined for anything else. */
  setEntries(
    v: Value,
  ): { frozen: boolean; items: readonly Value[] } | undefined;
  /** The bytes of an object with a buffer. */
  buffer(v: Value): Uint8Array | undefined;
  /** Code that is read needs no verifying before it is run. */
  readonly trusted?: boolean;
}

/** Options of dumps. */
export interface DumpOptions {
  version?: number;
  allowCode?: boolean;
}

function looksInterned(s: string): boolean {
  return s.length < 2 ? !(s > "\xff") : /^[A-Za-z0-9_]+$/.test(s);
}

// Writing

/** A value to write, or something to do between two. */
type Part = Value | (() => void);

interface Frame {
  parts: readonly Part[];
  at: number;
}

class Writer {
  readonly out = new ByteWriter(256);
  /** Occurrences in the first pass; null in the second. */
  #counts: Map<unknown, number> | null = null;
  #shared: Map<unknown, number> = new Map();
  readonly #refs = new Map<unknown, number>();
  readonly #host: MarshalHost;
  readonly #version: number;
  readonly #allowCode: boolean;
  #depth = 0;
  /** What the object just begun holds, to be written next. */
  #parts: Part[] | null = null;
  #flagAll = false;
  readonly #orders = new Map<PyObject, Value[]>();
  /** Nesting of code objects: constants are merged inside. */
  #inCode = 0;

  constructor(host: MarshalHost, version: number, allowCode: boolean) {
    this.#host = host;
    this.#version = version;
    this.#allowCode = allowCode;
  }

  /** Both passes. */
  run(v: Value): Uint8Array {
    if (this.#version >= 3) {
      this.#counts = this.#shared;
      this.#pass(v);
      this.out.clear();
      this.#counts = null;
    }
    this.#pass(v);
    return this.out.finish();
  }

  /** One pass, for the order of a set's elements: all that could be shared is flagged. */
  sortKey(v: Value): string {
    this.#flagAll = true;
    this.#pass(v);
    return latin1(this.out.finish());
  }

  /** Writes a value and what it holds, in order, without recursion. */
  #pass(v: Value): void {
    const stack: Frame[] = [];
    const write = (part: Part) => {
      this.#depth = stack.length + 1;
      if (this.#depth > MAX_DEPTH) {
        this.#fail("object too deeply nested to marshal");
      }
      this.#parts = null;
      if (typeof part === "function") part();
      else this.#object(part);
      if (this.#parts !== null) stack.push({ parts: this.#parts, at: 0 });
    };
    write(v);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top.at < top.parts.length) write(top.parts[top.at++]);
      else stack.pop();
    }
  }

  #fail(message = "unmarshallable object"): never {
    throw this.#host.error("ValueError", message);
  }

  #type(code: string, flag: number): void {
    this.out.u8(code.charCodeAt(0) | flag);
  }

  /**
   * Writes a reference to an object seen before and returns undefined, or
   * returns the flag to write it with. `always`: flagged without a second use.
   */
  #ref(key: unknown, always: boolean): number | undefined {
    if (this.#version < 3) return 0;
    if (this.#counts !== null) {
      const n = this.#counts.get(key) ?? 0;
      this.#counts.set(key, n + 1);
      return n === 0 ? 0 : undefined;
    }
    const index = this.#refs.get(key);
    if (index !== undefined) {
      this.#type("r", 0);
      this.out.u32(index);
      return undefined;
    }
    if (!always && !this.#flagAll && (this.#shared.get(key) ?? 1) === 1) {
      return 0;
    }
    this.#refs.set(key, this.#refs.size);
    return FLAG_REF;
  }

  /** A str; an interned one is another object than an equal one that is not. */
  #string(v: Str, interned: boolean): void {
    const key = typeof v === "object" || interned ? v : `~${v}`;
    const flag = this.#ref(key, interned || this.#depth === 1);
    if (flag !== undefined) this.#str(v, interned, flag);
  }

  #key(v: Value): unknown {
    if (typeof v !== "object" || v instanceof PyWideStr) return v;
    const same = this.#inCode > 0 ||
      (v instanceof PyTuple && v.items.length === 0) ||
      (v instanceof PyBytes && v.b.length < 2);
    const key = same ? constKey(v) : undefined;
    return key === undefined ? v : `=${key}`;
  }

  /** Does CPython keep more than one reference to such an object anyway? */
  #alwaysShared(v: Value): boolean {
    switch (typeof v) {
      case "number":
        return this.#depth === 1 || (v >= -5 && v <= 256);
      case "bigint":
        return this.#depth === 1;
    }
    if (v instanceof PyBytes) return this.#depth === 1 || v.b.length < 2;
    if (v instanceof PyTuple) return this.#depth === 1 || v.items.length === 0;
    return this.#depth === 1 && (v instanceof PyCode || v instanceof PyFloat);
  }

  #object(v: Value): void {
    if (v === None) return this.#type("N", 0);
    if (v === this.#host.stopIteration) return this.#type("S", 0);
    if (v === Ellipsis) return this.#type(".", 0);
    if (v === false) return this.#type("F", 0);
    if (v === true) return this.#type("T", 0);
    if (typeof v === "string") return this.#string(v, looksInterned(v));
    const flag = this.#ref(this.#key(v), this.#alwaysShared(v));
    if (flag === undefined) return;
    switch (typeof v) {
      case "number":
      case "bigint":
        return this.#int(v, flag);
    }
    this.#complexObject(v as PyObject, flag);
  }

  #int(v: number | bigint, flag: number): void {
    if (typeof v === "number" && v === (v | 0)) {
      this.#type("i", flag);
      this.out.u32(v);
      return;
    }
    this.#type("l", flag);
    let rest = BigInt(v);
    const negative = rest < 0n;
    if (negative) rest = -rest;
    // Digits of 15 bits, from the hexadecimal text: linear in the size.
    const hex = rest.toString(16);
    const digits: number[] = [];
    let acc = 0, have = 0;
    for (let i = hex.length - 1; i >= 0; i--) {
      acc |= parseInt(hex[i], 16) << have;
      have += 4;
      if (have >= 15) {
        digits.push(acc & 0x7fff);
        acc >>= 15;
        have -= 15;
      }
    }
    if (acc > 0) digits.push(acc);
    while (digits[digits.length - 1] === 0) digits.pop();
    this.out.u32(negative ? -digits.length : digits.length);
    for (const d of digits) this.out.u16(d);
  }

  #float(v: number): void {
    if (this.#version > 1) {
      this.out.f64(v);
    } else {
      const text = formatG17(v);
      this.out.u8(text.length);
      this.out.bytes(latin1Bytes(text));
    }
  }

  #str(v: Str, interned: boolean, flag: number): void {
    const version = this.#version;
    if (version >= 4 && typeof v === "string" && isAscii(v)) {
      if (v.length < 256) {
        this.#type(interned ? "Z" : "z", flag);
        this.out.u8(v.length);
      } else {
        this.#type(interned ? "A" : "a", flag);
        this.out.u32(v.length);
      }
      this.out.bytes(latin1Bytes(v));
      return;
    }
    const bytes = encodeUtf8(v);
    this.#type(interned && version >= 3 ? "t" : "u", flag);
    this.out.u32(bytes.length);
    this.out.bytes(bytes);
  }

  #bytes(b: Uint8Array, flag: number): void {
    this.#type("s", flag);
    this.out.u32(b.length);
    this.out.bytes(b);
  }

  /** The start of a tuple. */
  #size(n: number, flag: number): void {
    if (this.#version >= 4 && n < 256) {
      this.#type(")", flag);
      this.out.u8(n);
    } else {
      this.#type("(", flag);
      this.out.u32(n);
    }
  }

  #items(items: readonly Value[], flag: number): void {
    this.#size(items.length, flag);
    this.#parts = items as Value[];
  }

  #complexObject(v: PyObject, flag: number): void {
    const { cls } = v;
    if (v instanceof PyFloat && cls === floatType) {
      this.#type(this.#version > 1 ? "g" : "f", flag);
      this.#float(v.v);
    } else if (v instanceof PyComplex && cls === complexType) {
      this.#type(this.#version > 1 ? "y" : "x", flag);
      this.#float(v.re);
      this.#float(v.im);
    } else if (v instanceof PyBytes && cls === bytesType) {
      this.#bytes(v.b, flag);
    } else if (v instanceof PyWideStr) {
      this.#str(v, false, flag);
    } else if (v instanceof PyTuple && cls === tupleType) {
      this.#items(v.items, flag);
    } else if (v instanceof PyList && cls === listType) {
      this.#type("[", flag);
      this.out.u32(v.items.length);
      this.#parts = v.items.slice();
    } else if (v instanceof PyCode) {
      this.#code(v, flag);
    } else if (v instanceof PySlice) {
      if (this.#version < 5) this.#fail();
      this.#type(":", flag);
      this.#parts = [v.start, v.stop, v.step];
    } else {
      this.#container(v, flag);
    }
  }

  #container(v: PyObject, flag: number): void {
    const entries = this.#host.dictEntries(v);
    if (entries !== undefined) {
      this.#type("{", flag);
      const parts: Part[] = [];
      for (const [key, value] of entries) parts.push(key, value);
      parts.push(() => this.#type("0", 0));
      this.#parts = parts;
      return;
    }
    const set = this.#host.setEntries(v);
    if (set !== undefined) {
      this.#type(set.frozen ? ">" : "<", flag);
      this.out.u32(set.items.length);
      this.#parts = this.#sorted(v, set.items);
      return;
    }
    const bytes = this.#host.buffer(v);
    if (bytes === undefined) this.#fail();
    this.#bytes(bytes, flag);
  }

  /** Elements in an order that hashes have no part in: that of their own data. */
  #sorted(set: PyObject, items: readonly Value[]): Value[] {
    let order = this.#orders.get(set);
    if (order === undefined) {
      const keyed = items.map((item) => {
        const w = new Writer(this.#host, this.#version, this.#allowCode);
        return { item, key: w.sortKey(item) };
      });
      keyed.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
      order = keyed.map(({ item }) => item);
      this.#orders.set(set, order);
    }
    return order;
  }

  #code(v: PyCode, flag: number): void {
    if (!this.#allowCode) {
      this.#fail("marshalling code objects is disallowed");
    }
    const { out } = this;
    this.#type("c", flag);
    out.u32(v.co_argcount);
    out.u32(v.co_posonlyargcount);
    out.u32(v.co_kwonlyargcount);
    out.u32(v.co_stacksize);
    out.u32(v.co_flags);
    this.#inCode++;
    this.#parts = [
      () => this.#data(v.co_code, true),
      () => this.#consts(v),
      () => this.#names(v.co_names),
      () => this.#names(v.co_localsplusnames),
      () => this.#data(v.co_localspluskinds, false),
      () => this.#internedStr(v.co_filename),
      () => this.#text(v.co_name),
      () => this.#text(v.co_qualname),
      () => out.u32(v.co_firstlineno),
      new PyBytes(v.co_linetable),
      new PyBytes(v.co_exceptiontable),
      () => void this.#inCode--,
    ];
  }

  /** Constants; a class body's qualified name among them is the interned one. */
  #consts(v: PyCode): void {
    const consts = v.co_consts;
    const flag = this.#ref(this.#key(new PyTuple(consts)), consts.length === 0);
    if (flag === undefined) return;
    this.#size(consts.length, flag);
    this.#parts = consts.map((item) =>
      item === v.co_qualname ? () => this.#text(v.co_qualname) : item
    );
  }

  /** Bytes that are merged with no others unless there are none of them. */
  #data(b: Uint8Array, always: boolean): void {
    const empty = b.length === 0;
    const flag = this.#ref(empty ? EMPTY_BYTES : b, always || empty);
    if (flag !== undefined) this.#bytes(b, flag);
  }

  #names(names: readonly string[]): void {
    const items = names.map(strOf);
    const flag = this.#ref(
      `=${constKey(new PyTuple(items))}`,
      names.length === 0,
    );
    if (flag === undefined) return;
    this.#size(names.length, flag);
    for (const item of items) this.#internedStr(item);
  }

  #text(text: string): void {
    this.#internedStr(strOf(text));
  }

  #internedStr(v: Value): void {
    if (isStr(v)) this.#string(v, true);
    else this.#fail();
  }
}

/** The str value of UTF-16 text. */
function strOf(text: string): Str {
  for (let i = 0; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xf800) === 0xd800) {
      return new PyWideStr(
        Uint32Array.from(text, (c) => c.codePointAt(0) as number),
      );
    }
  }
  return text;
}

/** UTF-16 text of a str value. */
function textOf(v: Str): string {
  if (typeof v === "string") return v;
  let out = "";
  for (const c of v.cps) out += String.fromCodePoint(c);
  return out;
}

/** `marshal.dumps(value, version, allow_code=...)` */
export function dumps(
  v: Value,
  host: MarshalHost,
  options: DumpOptions = {},
): Uint8Array {
  const { version = MARSHAL_VERSION, allowCode = true } = options;
  return new Writer(host, version, allowCode).run(v);
}

// Reading

/** Where marshal reads from. */
export interface MarshalSource {
  /** The next byte, or -1 at the end. */
  byte(): number;
  /** The next `n` bytes; throws if there are fewer. */
  take(n: number): Uint8Array;
}

/** Bytes in memory. */
export class BytesSource implements MarshalSource {
  readonly #bytes: Uint8Array;
  readonly #host: MarshalHost;
  at = 0;

  constructor(bytes: Uint8Array, host: MarshalHost) {
    this.#bytes = bytes;
    this.#host = host;
  }

  byte(): number {
    return this.at < this.#bytes.length ? this.#bytes[this.at++] : -1;
  }

  take(n: number): Uint8Array {
    if (this.#bytes.length - this.at < n) {
      throw this.#host.error("EOFError", "marshal data too short");
    }
    return this.#bytes.subarray(this.at, this.at += n);
  }
}

/** An object some of whose parts are still to come. */
class Filling {
  done = false;
  /** Takes the next part; undefined is NULL. */
  readonly add: (v: Value | undefined) => void;
  readonly result: () => Value | undefined;

  constructor(
    add: (v: Value | undefined) => void,
    result: () => Value | undefined,
  ) {
    this.add = add;
    this.result = result;
  }
}

class Reader {
  readonly #in: MarshalSource;
  readonly #host: MarshalHost;
  readonly #allowCode: boolean;
  readonly #refs: (Value | undefined)[] = [];

  constructor(source: MarshalSource, host: MarshalHost, allowCode: boolean) {
    this.#in = source;
    this.#host = host;
    this.#allowCode = allowCode;
  }

  #bad(what: string): never {
    throw this.#host.error("ValueError", `bad marshal data (${what})`);
  }

  #i32(): number {
    const b = this.#in.take(4);
    return b[0] | b[1] << 8 | b[2] << 16 | b[3] << 24;
  }

  #size(what: string): number {
    const n = this.#i32();
    if (n < 0 || n > MAX_SIZE) this.#bad(`${what} size out of range`);
    return n;
  }

  /** A size of one byte. */
  #length(): number {
    const n = this.#in.byte();
    if (n < 0) {
      throw this.#host.error("EOFError", "EOF read where not expected");
    }
    return n;
  }

  #f64(): number {
    const b = this.#in.take(8);
    return new DataView(b.buffer, b.byteOffset, 8).getFloat64(0, true);
  }

  #floatText(): number {
    const n = this.#length();
    const text = latin1(this.#in.take(n));
    const v = parseFloatText(text);
    if (v === undefined) {
      throw this.#host.error(
        "ValueError",
        `could not convert string to float: '${text}'`,
      );
    }
    return v;
  }

  #long(): Value {
    const n = this.#i32();
    if (n === 0) return 0;
    if (n < -MAX_SIZE) this.#bad("long size out of range");
    const count = Math.abs(n);
    // The digits are joined in binary text, most significant first.
    const parts: string[] = [];
    for (let i = 0; i < count; i++) {
      const b = this.#in.take(2);
      const digit = b[0] | b[1] << 8;
      if (digit > 0x7fff) this.#bad("digit out of range in long");
      if (digit === 0 && i === count - 1) this.#bad("unnormalized long data");
      parts.push(digit.toString(2).padStart(15, "0"));
    }
    const big = BigInt("0b" + parts.reverse().join(""));
    const v = n < 0 ? -big : big;
    const small = Number(v);
    return Number.isSafeInteger(small) ? small : v;
  }

  #utf8(bytes: Uint8Array): Str {
    try {
      return decodeUtf8(bytes);
    } catch (e) {
      if (!(e instanceof Utf8Error)) throw e;
      throw this.#host.decodeError(bytes.slice(), e.start, e.end, e.reason);
    }
  }

  #int64(): Value {
    const b = this.#in.take(8);
    const v = new DataView(b.buffer, b.byteOffset, 8).getBigInt64(0, true);
    const small = Number(v);
    return Number.isSafeInteger(small) ? small : v;
  }

  /**
   * An object, or undefined for NULL. Objects that hold others wait on a stack
   * of their own until all are there.
   */
  object(): Value | undefined {
    const stack: Filling[] = [];
    for (;;) {
      const code = this.#in.byte();
      if (code < 0) {
        throw this.#host.error("EOFError", "EOF read where object expected");
      }
      if (stack.length >= MAX_DEPTH) {
        throw this.#host.error("ValueError", "recursion limit exceeded");
      }
      const flag = (code & FLAG_REF) !== 0;
      const begun = this.#ofType(String.fromCharCode(code & 0x7f), flag);
      let v: Value | undefined;
      if (begun instanceof Filling) {
        stack.push(begun);
        if (!begun.done) continue;
        v = stack.pop()!.result();
      } else {
        v = begun;
      }
      for (;;) {
        const top = stack[stack.length - 1];
        if (top === undefined) return v;
        top.add(v);
        if (!top.done) break;
        v = stack.pop()!.result();
      }
    }
  }

  #ref<T extends Value>(v: T, flag: boolean): T {
    if (flag) this.#refs.push(v);
    return v;
  }

  /** A place in the list for an object that is not made yet. */
  #reserve(flag: boolean): number {
    return flag ? this.#refs.push(undefined) - 1 : -1;
  }

  #ofType(type: string, flag: boolean): Value | Filling | undefined {
    switch (type) {
      case "0":
        return undefined;
      case "N":
        return None;
      case "S":
        return this.#host.stopIteration;
      case ".":
        return Ellipsis;
      case "F":
        return false;
      case "T":
        return true;
      case "i":
        return this.#ref(this.#i32(), flag);
      case "I":
        return this.#ref(this.#int64(), flag);
      case "l":
        return this.#ref(this.#long(), flag);
      case "f":
        return this.#ref(new PyFloat(this.#floatText()), flag);
      case "g":
        return this.#ref(new PyFloat(this.#f64()), flag);
      case "x": {
        const re = this.#floatText();
        return this.#ref(new PyComplex(re, this.#floatText()), flag);
      }
      case "y": {
        const re = this.#f64();
        return this.#ref(new PyComplex(re, this.#f64()), flag);
      }
      case "s": {
        const n = this.#size("bytes object");
        return this.#ref(new PyBytes(this.#in.take(n).slice()), flag);
      }
      case "A":
      case "a":
        return this.#ref(latin1(this.#in.take(this.#size("string"))), flag);
      case "Z":
      case "z":
        return this.#ref(latin1(this.#in.take(this.#length())), flag);
      case "t":
      case "u":
        return this.#ref(
          this.#utf8(this.#in.take(this.#size("string"))),
          flag,
        );
      case ")":
        return this.#tuple(this.#length(), flag);
      case "(":
        return this.#tuple(this.#size("tuple"), flag);
      case "[": {
        const n = this.#size("list");
        const list = this.#ref(new PyList([]), flag);
        return this.#filling(list, "list", n, (v) => list.items.push(v));
      }
      case "{":
        return this.#dict(flag);
      case "<":
      case ">":
        return this.#set(type === ">", flag);
      case "c":
        return this.#code(flag);
      case ":":
        return this.#slice(flag);
      case "r": {
        const n = this.#i32();
        const v = n >= 0 ? this.#refs[n] : undefined;
        if (v === undefined) this.#bad("invalid reference");
        return v;
      }
    }
    this.#bad("unknown type code");
  }

  /** A container of `n` elements. */
  #filling(
    container: Value,
    of: string,
    n: number,
    add: (v: Value) => void,
    end: () => void = () => {},
  ): Filling {
    const f = new Filling((v) => {
      if (v === undefined) {
        throw this.#host.error(
          "TypeError",
          `NULL object in marshal data for ${of}`,
        );
      }
      add(v);
      f.done = --n === 0;
    }, () => {
      end();
      return container;
    });
    f.done = n === 0;
    return f;
  }

  #tuple(n: number, flag: boolean): Filling {
    const tuple = this.#ref(new PyTuple([]), flag);
    return this.#filling(tuple, "tuple", n, (v) => tuple.items.push(v));
  }

  #dict(flag: boolean): Filling {
    const dict = this.#ref(this.#host.newDict(), flag);
    let key: Value | undefined;
    const f = new Filling((v) => {
      if (v === undefined) {
        f.done = true;
      } else if (key === undefined) {
        key = v;
      } else {
        this.#host.dictSet(dict, key, v);
        key = undefined;
      }
    }, () => dict);
    return f;
  }

  #set(frozen: boolean, flag: boolean): Filling {
    const n = this.#size("set");
    const set = this.#host.newSet(frozen);
    const at = frozen && n > 0 ? this.#reserve(flag) : -1;
    if (at < 0) this.#ref(set, flag);
    return this.#filling(
      set,
      "set",
      n,
      (v) => this.#host.setAdd(set, v),
      () => {
        if (at >= 0) this.#refs[at] = set;
      },
    );
  }

  #slice(flag: boolean): Filling {
    const at = this.#reserve(flag);
    const parts: Value[] = [];
    let failed = false;
    const f = new Filling((v) => {
      if (v === undefined) failed = f.done = true;
      else f.done = parts.push(v) === 3;
    }, () => {
      if (failed) return undefined;
      const slice = new PySlice(parts[0], parts[1], parts[2]);
      if (at >= 0) this.#refs[at] = slice;
      return slice;
    });
    return f;
  }

  #checked<T>(v: Value, is: (v: Value) => v is T & Value): T {
    if (is(v)) return v;
    throw this.#host.error("SystemError", "bad argument to internal function");
  }

  #namesOf(v: Value): string[] {
    return this.#checked(v, isTuple).items.map((name) => {
      if (isStr(name)) return textOf(name);
      throw this.#host.error("SystemError", "non-string found in code slot");
    });
  }

  #code(flag: boolean): Filling {
    if (!this.#allowCode) {
      throw this.#host.error(
        "ValueError",
        "unmarshalling code objects is disallowed",
      );
    }
    const at = this.#reserve(flag);
    const numbers: number[] = [];
    for (let i = 0; i < 5; i++) numbers.push(this.#i32());
    const parts: Value[] = [];
    const f = new Filling((v) => {
      if (v === undefined) {
        throw this.#host.error(
          "TypeError",
          "NULL object in marshal data for object",
        );
      }
      parts.push(v);
      // The first line stands between the names and the tables.
      if (parts.length === 8) numbers.push(this.#i32());
      f.done = parts.length === 10;
    }, () => {
      const code = this.#makeCode(numbers, parts);
      if (at >= 0) this.#refs[at] = code;
      return code;
    });
    return f;
  }

  #makeCode(numbers: number[], parts: Value[]): PyCode {
    return new PyCode({
      co_argcount: numbers[0],
      co_posonlyargcount: numbers[1],
      co_kwonlyargcount: numbers[2],
      co_stacksize: numbers[3],
      co_flags: numbers[4],
      co_code: this.#checked(parts[0], isBytes).b,
      co_consts: this.#checked(parts[1], isTuple).items,
      co_names: this.#namesOf(parts[2]),
      co_localsplusnames: this.#namesOf(parts[3]),
      co_localspluskinds: this.#checked(parts[4], isBytes).b,
      co_filename: this.#checked(parts[5], isStr),
      co_name: textOf(this.#checked(parts[6], isStr)),
      co_qualname: textOf(this.#checked(parts[7], isStr)),
      co_firstlineno: numbers[5],
      co_linetable: this.#checked(parts[8], isBytes).b,
      co_exceptiontable: this.#checked(parts[9], isBytes).b,
    }, this.#host.trusted === true);
  }
}

function isBytes(v: Value): v is PyBytes {
  return v instanceof PyBytes;
}
function isTuple(v: Value): v is PyTuple {
  return v instanceof PyTuple;
}
function isStr(v: Value): v is Str {
  return typeof v === "string" || v instanceof PyWideStr;
}

/** `marshal.load`: one object from a source. */
export function load(
  source: MarshalSource,
  host: MarshalHost,
  allowCode = true,
): Value {
  const v = new Reader(source, host, allowCode).object();
  if (v === undefined) {
    throw host.error("TypeError", "NULL object in marshal data for object");
  }
  return v;
}

/** `marshal.loads`: one object from bytes; what follows is ignored. */
export function loads(
  bytes: Uint8Array,
  host: MarshalHost,
  allowCode = true,
): Value {
  return load(new BytesSource(bytes, host), host, allowCode);
}
