// CPython 3.14: Python/marshal.c (w_object)
//
// Writing marshal data; marshal.ts explains the references.

import {
  bytesType,
  complexType,
  Ellipsis,
  floatType,
  listType,
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
  tupleType,
  type Value,
} from "../objects/object.ts";
import { ByteWriter } from "./bytewriter.ts";
import { PyCode } from "./code.ts";
import { constKey } from "./constkey.ts";
import { type DumpOptions, FLAG_REF, MARSHAL_VERSION, type MarshalHost, MAX_DEPTH } from "./marshal.ts";
import { encodeUtf8, formatG17, isAscii, latin1, latin1Bytes } from "./marshal_text.ts";

/** The key of the empty bytes object. */
const EMPTY_BYTES = "=y0:";

function looksInterned(s: string): boolean {
  return s.length < 2 ? !(s > "\xff") : /^[A-Za-z0-9_]+$/.test(s);
}

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
  /** Code objects and slices that are begun: nothing inside may refer to them. */
  readonly #open = new Set<unknown>();
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
    if (this.#open.has(key)) this.#fail();
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
    const key = this.#key(v);
    const flag = this.#ref(key, this.#alwaysShared(v));
    if (flag === undefined) return;
    if (this.#version >= 3 && (v instanceof PyCode || v instanceof PySlice)) {
      this.#open.add(key);
      this.#complexObject(v, flag);
      this.#parts!.push(() => void this.#open.delete(key));
      return;
    }
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
    this.#parts = consts.map((item) => item === v.co_qualname ? () => this.#text(v.co_qualname) : item);
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

function isStr(v: Value): v is Str {
  return typeof v === "string" || v instanceof PyWideStr;
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
