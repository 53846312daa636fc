// CPython 3.14: the role of Python/frozen.c's arrays
//
// Marshalled code of the library's archive, read piece by piece. A program runs a small part of
// what it imports: of the code objects inside a module most are never called. So the packer puts an
// index behind the marshal data, with which any object in it can be read alone:
//
//   ..    marshal data (what follows it is ignored by marshal.loads)
//   u32   for each numbered object (FLAG_REF): where it begins
//   u32   for each code object, in order: where it begins, where it ends, how many numbered objects
//         come before it, how many come before its end
//   u32   number of numbered objects; of code objects; length of the marshal data
//
// little-endian. A code object is a PyCode at once, but its fields are read when one of them is
// asked for; what is read by then of the code objects inside it is where they begin and end. A
// reference to an object in a part that was passed over is read from where that object stands.
//
// The data is trusted: nothing is checked. Data from anywhere else goes through marshal_read.ts.

import {
  Ellipsis,
  None,
  PyBytes,
  PyComplex,
  PyFloat,
  PySlice,
  PyTuple,
  type Str,
  type Value,
} from "../objects/object.ts";
import { type CodeInit, PyCode } from "./code.ts";
import { FLAG_REF, type MarshalHost } from "./marshal.ts";
import { loads } from "./marshal_read.ts";
import { decodeUtf8, textOf } from "./marshal_text.ts";

const TRAILER = 12;

/** One code object in the data. */
interface Place {
  start: number;
  end: number;
  before: number;
  after: number;
}

// type codes
const C = (c: string) => c.charCodeAt(0);
const T_NULL = C("0"), T_NONE = C("N"), T_STOP = C("S"), T_ELLIPSIS = C("."), T_FALSE = C("F"), T_TRUE = C("T");
const T_INT = C("i"), T_LONG = C("l"), T_FLOAT = C("g"), T_COMPLEX = C("y"), T_BYTES = C("s"), T_REF = C("r");
const T_ASCII = C("a"), T_ASCII_INTERNED = C("A"), T_SHORT = C("z"), T_SHORT_INTERNED = C("Z");
const T_TEXT = C("u"), T_INTERNED = C("t"), T_SMALL_TUPLE = C(")"), T_TUPLE = C("("), T_CODE = C("c");
const T_FROZENSET = C(">"), T_SLICE = C(":");

/** Walks over marshal data of code without making anything, and notes what the index holds. */
class Indexer {
  readonly refs: number[] = [];
  readonly codes: Place[] = [];
  at = 0;
  constructor(readonly b: Uint8Array) {}

  i32(): number {
    const { b } = this, k = this.at;
    this.at += 4;
    return b[k] | b[k + 1] << 8 | b[k + 2] << 16 | b[k + 3] << 24;
  }
  skip(n: number): void {
    this.at += n;
  }
  many(n: number): void {
    for (let k = 0; k < n; k++) this.object();
  }
  object(): void {
    const start = this.at, type = this.b[this.at++];
    const before = this.refs.length;
    if (type & FLAG_REF) this.refs.push(start);
    switch (type & ~FLAG_REF) {
      case T_NULL:
      case T_NONE:
      case T_STOP:
      case T_ELLIPSIS:
      case T_FALSE:
      case T_TRUE:
        return;
      case T_INT:
      case T_REF:
        this.at += 4;
        return;
      case T_FLOAT:
        this.at += 8;
        return;
      case T_COMPLEX:
        this.at += 16;
        return;
      case T_LONG:
        return this.skip(2 * Math.abs(this.i32()));
      case T_BYTES:
      case T_ASCII:
      case T_ASCII_INTERNED:
      case T_TEXT:
      case T_INTERNED:
        return this.skip(this.i32());
      case T_SHORT:
      case T_SHORT_INTERNED:
        this.at += 1 + this.b[this.at];
        return;
      case T_SMALL_TUPLE:
        return this.many(this.b[this.at++]);
      case T_TUPLE:
      case T_FROZENSET:
        return this.many(this.i32());
      case T_SLICE:
        return this.many(3);
      case T_CODE: {
        const place = { start, end: 0, before, after: 0 };
        this.codes.push(place);
        this.at += 20;
        this.many(8);
        this.at += 4;
        this.many(2);
        place.end = this.at;
        place.after = this.refs.length;
        return;
      }
    }
    throw new RangeError(`no code has a constant of type '${String.fromCharCode(type & ~FLAG_REF)}'`);
  }
}

/** Marshalled code with its index. */
export function withIndex(data: Uint8Array): Uint8Array {
  const x = new Indexer(data);
  x.object();
  const out = new Uint8Array(data.length + 4 * x.refs.length + 16 * x.codes.length + TRAILER);
  out.set(data);
  const view = new DataView(out.buffer);
  let at = data.length;
  const put = (n: number) => {
    view.setUint32(at, n, true);
    at += 4;
  };
  x.refs.forEach(put);
  for (const c of x.codes) [c.start, c.end, c.before, c.after].forEach(put);
  [x.refs.length, x.codes.length, data.length].forEach(put);
  return out;
}

class LazyReader {
  readonly #b: Uint8Array;
  readonly #view: DataView;
  readonly #host: MarshalHost;
  readonly #data: number;
  readonly #nrefs: number;
  readonly #ncodes: number;
  readonly #refs: (Value | undefined)[] = [];
  readonly #codes: (PyCode | undefined)[] = [];
  /** The data as text: each ASCII string is a part of it. */
  #text: string | undefined = undefined;
  #at = 0;
  /** Number of the next numbered object. */
  #next = 0;

  constructor(bytes: Uint8Array, host: MarshalHost) {
    this.#b = bytes;
    this.#host = host;
    const v = this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const n = bytes.length;
    this.#nrefs = v.getUint32(n - 12, true);
    this.#ncodes = v.getUint32(n - 8, true);
    this.#data = v.getUint32(n - 4, true);
  }

  /** Reads one object that stands at `at`; `next` numbered ones come before it. */
  read(at: number, next: number): Value {
    const oldAt = this.#at, oldNext = this.#next;
    this.#at = at;
    this.#next = next;
    const v = this.#object();
    this.#at = oldAt;
    this.#next = oldNext;
    return v;
  }

  #i32(): number {
    const v = this.#view.getInt32(this.#at, true);
    this.#at += 4;
    return v;
  }

  #ascii(n: number): string {
    const at = this.#at;
    this.#at += n;
    this.#text ??= new TextDecoder("latin1").decode(this.#b.subarray(0, this.#data));
    return this.#text.slice(at, at + n);
  }

  #take(n: number): Uint8Array {
    return this.#b.subarray(this.#at, this.#at += n);
  }

  #many(n: number): Value[] {
    const out: Value[] = [];
    for (let k = 0; k < n; k++) out.push(this.#object());
    return out;
  }

  #ref(n: number): Value {
    return this.#refs[n] ??= this.read(this.#view.getUint32(this.#data + 4 * n, true), n);
  }

  #object(): Value {
    const start = this.#at, type = this.#b[this.#at++];
    if (type === T_REF) return this.#ref(this.#i32());
    if ((type & FLAG_REF) === 0) return this.#ofType(type, start);
    const n = this.#next++;
    const have = this.#refs[n];
    // one that was read before is read again, to come to its end
    const v = this.#ofType(type & ~FLAG_REF, start);
    return have ?? (this.#refs[n] = v);
  }

  #ofType(type: number, start: number): Value {
    switch (type) {
      case T_NONE:
        return None;
      case T_STOP:
        return this.#host.stopIteration;
      case T_ELLIPSIS:
        return Ellipsis;
      case T_FALSE:
        return false;
      case T_TRUE:
        return true;
      case T_INT:
        return this.#i32();
      case T_FLOAT:
        return new PyFloat(this.#f64());
      case T_COMPLEX: {
        const re = this.#f64();
        return new PyComplex(re, this.#f64());
      }
      case T_BYTES:
        return new PyBytes(this.#take(this.#i32()));
      case T_SHORT:
      case T_SHORT_INTERNED:
        return this.#ascii(this.#b[this.#at++]);
      case T_ASCII:
      case T_ASCII_INTERNED:
        return this.#ascii(this.#i32());
      case T_TEXT:
      case T_INTERNED:
        return decodeUtf8(this.#take(this.#i32()));
      case T_SMALL_TUPLE:
        return new PyTuple(this.#many(this.#b[this.#at++]));
      case T_TUPLE:
        return new PyTuple(this.#many(this.#i32()));
      case T_FROZENSET: {
        const set = this.#host.newSet(true);
        for (let n = this.#i32(); n > 0; n--) this.#host.setAdd(set, this.#object());
        return set;
      }
      case T_SLICE: {
        const [a, b, c] = this.#many(3);
        return new PySlice(a, b, c);
      }
      case T_CODE:
        return this.#code(start);
    }
    // a long int, which has nothing inside
    const skip = new Indexer(this.#b);
    skip.at = start;
    skip.object();
    this.#at = skip.at;
    return loads(this.#b.subarray(start, this.#at), this.#host);
  }

  #f64(): number {
    const v = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return v;
  }

  #code(start: number): PyCode {
    const v = this.#view, table = this.#data + 4 * this.#nrefs;
    let lo = 0, hi = this.#ncodes - 1;
    while (lo < hi) {
      const mid = (lo + hi + 1) >> 1;
      if (v.getUint32(table + 16 * mid, true) <= start) lo = mid;
      else hi = mid - 1;
    }
    const row = table + 16 * lo;
    this.#at = v.getUint32(row + 4, true);
    this.#next = v.getUint32(row + 12, true);
    const before = v.getUint32(row + 8, true) + (this.#b[start] & FLAG_REF ? 1 : 0);
    return this.#codes[lo] ??= new PyCode(() => this.#fields(start + 1, before), true, true);
  }

  #fields(at: number, next: number): CodeInit {
    const oldAt = this.#at, oldNext = this.#next;
    this.#at = at;
    this.#next = next;
    const init = {
      co_argcount: this.#i32(),
      co_posonlyargcount: this.#i32(),
      co_kwonlyargcount: this.#i32(),
      co_stacksize: this.#i32(),
      co_flags: this.#i32(),
      co_code: this.#bytes(),
      co_consts: (this.#object() as PyTuple).items as Value[],
      co_names: this.#names(),
      co_localsplusnames: this.#names(),
      co_localspluskinds: this.#bytes(),
      co_filename: this.#object(),
      co_name: textOf(this.#object() as Str),
      co_qualname: textOf(this.#object() as Str),
      co_firstlineno: this.#i32(),
      co_linetable: this.#bytes(),
      co_exceptiontable: this.#bytes(),
    };
    this.#at = oldAt;
    this.#next = oldNext;
    return init;
  }
  #bytes(): Uint8Array {
    return (this.#object() as PyBytes).b;
  }
  #names(): string[] {
    return (this.#object() as PyTuple).items.map((name) => textOf(name as Str));
  }
}

/** The code object in marshal data with an index. */
export function lazyCode(bytes: Uint8Array, host: MarshalHost): PyCode {
  return new LazyReader(bytes, host).read(0, 0) as PyCode;
}
