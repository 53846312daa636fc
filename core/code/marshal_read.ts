// CPython 3.14: Python/marshal.c (r_object)
//
// Reading marshal data.

import {
  Ellipsis,
  None,
  PyBytes,
  PyComplex,
  PyFloat,
  PyList,
  PySlice,
  PyTuple,
  PyWideStr,
  type Str,
  type Value,
} from "../objects/object.ts";
import { PyCode, totalArgs } from "./code.ts";
import { withoutColumns } from "./location_writer.ts";
import { FLAG_REF, type MarshalHost, MAX_DEPTH } from "./marshal.ts";
import { decodeUtf8, latin1, parseFloatText, textOf, Utf8Error } from "./marshal_text.ts";

const MAX_SIZE = 0x7fffffff;

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

  #lines(linetable: Uint8Array, firstlineno: number): Uint8Array {
    return this.#host.noColumns === true ? withoutColumns(linetable, firstlineno) : linetable;
  }

  #makeCode(numbers: number[], parts: Value[]): PyCode {
    const trusted = this.#host.trusted === true;
    const code = new PyCode({
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
      co_linetable: this.#lines(this.#checked(parts[8], isBytes).b, numbers[5]),
      co_exceptiontable: this.#checked(parts[9], isBytes).b,
    }, trusted);
    if (!trusted) this.#validate(code, numbers[3]);
    return code;
  }

  /** What CPython looks at when it makes a code object; the verifier looks at the rest. */
  #validate(code: PyCode, stacksize: number): void {
    const { co_argcount, co_posonlyargcount, co_kwonlyargcount, co_localspluskinds: kinds } = code;
    if (
      co_argcount < co_posonlyargcount || co_posonlyargcount < 0 || co_kwonlyargcount < 0 ||
      stacksize < 0 || code.co_flags < 0 || code.nlocalsplus !== kinds.length
    ) throw this.#host.error("SystemError", "bad argument to internal function");
    if (code.co_code.length % 2 !== 0) throw this.#host.error("ValueError", "code: co_code is malformed");
    if (code.co_nlocals < totalArgs(code)) throw this.#host.error("ValueError", "code: co_varnames is too small");
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
