// CPython 3.14: Objects/bytesobject.c, Objects/bytearrayobject.c (the methods both have)
//
// `sharedMethods` makes the methods that bytes and bytearray have in common. They differ in the
// type of what they return, and in that an exact bytes may be returned itself when nothing changes.

import {
  bytesType,
  M_CLASS,
  M_STATIC,
  type MethodDef,
  None,
  PyBytes,
  PyList,
  PyTuple,
  type PyType,
  type Value,
} from "./object.ts";
import { typeName, typeOf } from "./object.ts";
import { asIndex, asSsize, call1, fastItems, hasIndex, isStr, isTrue, lengthOf, strValue } from "./abstract.ts";
import { overflowError, runtimeError, typeError, valueError } from "./errors.ts";
import { isSequence } from "./abstract.ts";
import { sliceIndexClamped } from "./slice.ts";
import { bytesOf, hasBuffer } from "./buffer.ts";
import { countBytes, findBytes, rfindBytes } from "./bytes_search.ts";
import * as B from "./bytes_methods.ts";
import { PyByteArray } from "./bytearray.ts";
import { newBytes } from "./bytes.ts";
import { decodeText, textArg } from "./bytes_codec.ts";
import { utf16 } from "./names.ts";

type Self = PyBytes | PyByteArray;

/** The bytes of a bytes or bytearray. */
export function raw(v: Self): Uint8Array {
  return v instanceof PyBytes ? v.b : v.view();
}

/** Runs `f` while the size of a bytearray can't change. */
export function locked<T>(self: Self, f: () => T): T {
  if (self instanceof PyBytes) return f();
  self.exports++;
  try {
    return f();
  } finally {
    self.exports--;
  }
}

/** A C int argument. */
export function intArg(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint" || n > 0x7fffffff || n < -0x80000000) {
    throw overflowError("Python int too large to convert to C int");
  }
  return n;
}

/** A value of 0..255 given as an int; ValueError `msg` otherwise. */
export function byteValue(
  v: Value,
  msg = "byte must be in range(0, 256)",
): number {
  const n = typeof v === "number" ? v : asIndex(v);
  if (typeof n !== "number" || n < 0 || n > 255) throw valueError(msg);
  return n;
}

/** What find and its like look for: a bytes-like object, or an int for one byte. */
function needle(v: Value): Uint8Array {
  if (v instanceof PyBytes) return v.b;
  if (hasBuffer(v)) return bytesOf(v);
  if (hasIndex(v)) return Uint8Array.of(byteValue(v));
  throw typeError(
    `argument should be integer or bytes-like object, not '${typeName(v)}'`,
  );
}

/** Start and end arguments, clipped to a length. */
function range(
  start: Value | undefined,
  end: Value | undefined,
  len: number,
): [number, number] {
  let i = start === undefined ? 0 : sliceIndexClamped(start, 0);
  let j = end === undefined ? len : sliceIndexClamped(end, Number.MAX_SAFE_INTEGER);
  if (j > len) j = len;
  else if (j < 0) j = Math.max(0, j + len);
  if (i < 0) i = Math.max(0, i + len);
  return [i, j];
}

type Finder = (
  h: Uint8Array,
  n: Uint8Array,
  start: number,
  end: number,
) => number;

function search(
  self: Self,
  sub: Value,
  start: Value | undefined,
  end: Value | undefined,
  f: Finder,
  none = -1,
): number {
  // the bounds' __index__ runs before the bytes are looked at
  const s = start === undefined ? undefined : sliceIndexClamped(start, 0);
  const e = end === undefined ? undefined : sliceIndexClamped(end, Number.MAX_SAFE_INTEGER);
  const n = sub instanceof PyBytes ? sub.b : locked(self, () => needle(sub));
  const h = raw(self);
  const [i, j] = range(s, e, h.length);
  return i > j || i > h.length ? none : f(h, n, i, j);
}

function tailMatch(
  self: Self,
  name: string,
  sub: Value,
  start: Value | undefined,
  end: Value | undefined,
): boolean {
  const s = start === undefined ? undefined : sliceIndexClamped(start, 0);
  const e = end === undefined ? undefined : sliceIndexClamped(end, Number.MAX_SAFE_INTEGER);
  const one = (v: Value): boolean => {
    const n = bytesOf(v), h = raw(self);
    const [i, j] = range(s, e, h.length);
    if (i > h.length || j - i < n.length) return false;
    const at = name === "startswith" ? i : j - n.length;
    for (let k = 0; k < n.length; k++) if (h[at + k] !== n[k]) return false;
    return true;
  };
  if (sub instanceof PyTuple) return sub.items.some(one);
  if (!hasBuffer(sub)) {
    throw typeError(
      `${name} first arg must be bytes or a tuple of bytes, not ${typeName(sub)}`,
    );
  }
  return one(sub);
}

/** `x in b`. */
export function bytesContains(self: Self, x: Value): boolean {
  if (hasIndex(x)) {
    const n = typeof x === "number" ? byteValue(x) : locked(self, () => byteValue(x));
    return raw(self).includes(n);
  }
  const n = locked(self, () => bytesOf(x)), h = raw(self);
  return findBytes(h, n, 0, h.length) >= 0;
}

function fillArg(v: Value | undefined, name: string): number {
  if (v === undefined) return 32;
  if (v instanceof PyBytes || v instanceof PyByteArray) {
    const b = raw(v);
    if (b.length === 1) return b[0];
    throw typeError(
      `${name}(): argument 2 must be a byte string of length 1, not a ${
        v instanceof PyBytes ? "bytes" : "bytearray"
      } object of length ${b.length}`,
    );
  }
  throw typeError(
    `${name}() argument 2 must be a byte string of length 1, not ${typeName(v)}`,
  );
}

/** The separator argument of hex(), and the digits it gives. */
export function hexOf(
  b: Uint8Array,
  sep: Value | undefined,
  group: Value | undefined,
): string {
  const n = group === undefined ? 1 : intArg(group);
  if (sep === undefined) return B.hexText(b, undefined, 0);
  if (lengthOf(sep) !== 1) throw valueError("sep must be length 1.");
  let c: string;
  if (isStr(sep)) c = utf16(strValue(sep));
  else if (sep instanceof PyBytes) c = String.fromCharCode(sep.b[0]);
  else throw typeError("sep must be str or bytes.");
  if (c.length > 1 || c.charCodeAt(0) > 127) {
    throw valueError("sep must be ASCII.");
  }
  return B.hexText(b, c, n);
}

function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const l = c | 32;
  return l >= 97 && l <= 102 ? l - 87 : -1;
}

/** The bytes that hexadecimal digits stand for; blanks between bytes are skipped. */
export function parseHex(v: Value): Uint8Array {
  const bad = (at: number) =>
    valueError(
      `non-hexadecimal number found in fromhex() arg at position ${at}`,
    );
  let src: ArrayLike<number>;
  if (isStr(v)) {
    const s = strValue(v);
    if (typeof s === "string") {
      const codes = new Uint16Array(s.length);
      for (let i = 0; i < s.length; i++) codes[i] = s.charCodeAt(i);
      src = codes;
    } else src = s.cps;
    for (let i = 0; i < src.length; i++) if (src[i] > 127) throw bad(i);
  } else if (hasBuffer(v)) src = bytesOf(v);
  else {
    throw typeError(
      `fromhex() argument must be str or bytes-like, not ${typeName(v)}`,
    );
  }
  const out = new Uint8Array(src.length >> 1);
  let n = 0;
  for (let i = 0; i < src.length;) {
    if (B.ctype(src[i]) === B.C_SPACE) {
      i++;
      continue;
    }
    const hi = hexDigit(src[i]);
    if (hi < 0) throw bad(i);
    if (++i >= src.length) {
      throw valueError(
        "fromhex() arg must contain an even number of hexadecimal digits",
      );
    }
    const lo = hexDigit(src[i]);
    if (lo < 0) throw bad(i);
    i++;
    out[n++] = hi * 16 + lo;
  }
  return out.slice(0, n);
}

function maketrans(_self: undefined, from: Value, to: Value): Value {
  const f = bytesOf(from), t = bytesOf(to);
  if (f.length !== t.length) {
    throw valueError("maketrans arguments must have same length");
  }
  const map = new Uint8Array(256);
  for (let i = 0; i < 256; i++) map[i] = i;
  for (let i = 0; i < f.length; i++) map[f[i]] = t[i];
  return new PyBytes(map);
}

/** The methods of bytes or, with `mutable`, of bytearray. */
export function sharedMethods(mutable: boolean): Record<string, MethodDef> {
  const make = (b: Uint8Array): Value => mutable ? new PyByteArray(b) : newBytes(b);
  /** The object itself where it may be returned, else a copy of it. */
  const same = (self: Self): Value => !mutable && self.cls === bytesType ? self : make(raw(self).slice());
  const parts = (self: Self, bounds: number[]): Value => {
    const b = raw(self);
    const out: Value[] = [];
    for (let i = 0; i < bounds.length; i += 2) {
      out.push(
        bounds[i] === 0 && bounds[i + 1] === b.length ? same(self) : make(b.slice(bounds[i], bounds[i + 1])),
      );
    }
    return new PyList(out);
  };
  const test = (
    doc: string,
    f: (b: Uint8Array) => boolean,
  ): MethodDef => ["", doc, (self: Self): Value => f(raw(self))];
  const change = (
    doc: string,
    f: (b: Uint8Array) => Uint8Array,
  ): MethodDef => ["", doc, (self: Self): Value => make(f(raw(self)))];
  const strip = (
    left: boolean,
    right: boolean,
    doc: string,
  ): MethodDef => ["bytes=None, /", doc, (self: Self, set?: Value): Value => {
    const drop = set === undefined || set === None ? undefined : bytesOf(set);
    const b = raw(self);
    const [i, j] = B.stripBounds(b, drop, left, right);
    return i === 0 && j === b.length ? same(self) : make(b.slice(i, j));
  }];
  const just = (name: string, doc: string): MethodDef => [
    "width, fillchar=b' ', /",
    doc,
    (self: Self, width: Value, fill?: Value): Value => {
      const w = asSsize(width), c = fillArg(fill, name), b = raw(self);
      const n = w - b.length;
      if (n <= 0) return same(self);
      let left = 0;
      if (name === "center") left = Math.floor(n / 2) + (n & w & 1);
      else if (name === "rjust") left = n;
      return make(B.pad(b, left, n - left, c));
    },
  ];
  const find = (f: Finder, doc: string, none = -1): MethodDef => [
    "sub[, start[, end]], /",
    doc,
    (self: Self, sub: Value, start?: Value, end?: Value): Value => search(self, sub, start, end, f, none),
  ];
  const index = (f: Finder, doc: string): MethodDef => [
    "sub[, start[, end]], /",
    doc,
    (self: Self, sub: Value, start?: Value, end?: Value): Value => {
      const i = search(self, sub, start, end, f);
      if (i < 0) throw valueError("subsection not found");
      return i;
    },
  ];
  const match = (name: string, what: string): MethodDef => [
    `${name === "startswith" ? "prefix" : "suffix"}[, start[, end]], /`,
    `Do the bytes ${what} with it (or with one of a tuple)?`,
    (self: Self, sub: Value, start?: Value, end?: Value): Value => tailMatch(self, name, sub, start, end),
  ];
  const splitter = (
    f: typeof B.split,
    doc: string,
  ): MethodDef => [
    "sep=None, maxsplit=-1",
    doc,
    (self: Self, sep?: Value, maxsplit?: Value): Value => {
      let max = maxsplit === undefined ? -1 : asSsize(maxsplit);
      if (max < 0) max = Infinity;
      const s = sep === undefined || sep === None ? undefined : locked(self, () => bytesOf(sep));
      if (s !== undefined && s.length === 0) {
        throw valueError("empty separator");
      }
      return parts(self, f(raw(self), s, max));
    },
  ];
  const partition = (right: boolean, doc: string): MethodDef => [
    "sep, /",
    doc,
    (self: Self, sep: Value): Value => {
      const s = locked(self, () => bytesOf(sep)), b = raw(self);
      if (s.length === 0) throw valueError("empty separator");
      const i = (right ? rfindBytes : findBytes)(b, s, 0, b.length);
      const none = make(new Uint8Array(0));
      if (i < 0) {
        const none2 = make(new Uint8Array(0));
        return new PyTuple(
          right ? [none, none2, same(self)] : [same(self), none, none2],
        );
      }
      const mid = !mutable && sep instanceof PyBytes && sep.cls === bytesType ? sep : make(s.slice());
      return new PyTuple([
        make(b.slice(0, i)),
        mid,
        make(b.slice(i + s.length)),
      ]);
    },
  ];
  return {
    capitalize: change(
      "First byte in upper case, the others in lower case.",
      B.capitalize,
    ),
    center: just("center", "Padded on both sides to the width."),
    count: find(
      (h, n, i, j) => countBytes(h, n, i, j),
      "How often sub occurs, without overlap.",
      0,
    ),
    decode: [
      "encoding='utf-8', errors='strict'",
      "The text that the bytes stand for.",
      (self: Self, encoding?: Value, errors?: Value): Value => {
        const enc = textArg(encoding, "decode", "encoding");
        const err = textArg(errors, "decode", "errors");
        return decodeText(self, raw(self), enc, err);
      },
    ],
    endswith: match("endswith", "end"),
    expandtabs: [
      "tabsize=8",
      "With tabs replaced by blanks.",
      (self: Self, tabsize?: Value): Value =>
        make(
          B.expandtabs(raw(self), tabsize === undefined ? 8 : intArg(tabsize)),
        ),
    ],
    find: find(findBytes, "First position of sub, or -1."),
    fromhex: [
      "string, /",
      "The bytes that hexadecimal digits stand for.",
      (cls: PyType, text: Value): Value => {
        const v = make(parseHex(text));
        return cls === typeOf(v) ? v : call1(cls, v);
      },
      M_CLASS,
    ],
    hex: [
      "sep=<unrepresentable>, bytes_per_sep=1",
      "Hexadecimal digits of the bytes.\n\nsep stands after every bytes_per_sep bytes, counted from the right, or from the left if negative.\n\n" +
      `>>> data = ${mutable ? "bytearray(b'\\x01\\x20\\xff')" : "b'\\x01\\x20\\xff'"}\n` +
      ">>> data.hex()\n'0120ff'\n>>> data.hex(' ')\n'01 20 ff'\n" +
      ">>> data.hex(':', 2)\n'01:20ff'\n>>> data.hex(':', -2)\n'0120:ff'",
      (self: Self, sep?: Value, group?: Value): Value => locked(self, () => hexOf(raw(self), sep, group)),
    ],
    index: index(findBytes, "First position of sub; ValueError if absent."),
    isalnum: test(
      "Are all letters or digits, and is there one?",
      (b) => B.allOf(b, B.C_LOWER | B.C_UPPER | B.C_DIGIT),
    ),
    isalpha: test(
      "Are all letters, and is there one?",
      (b) => B.allOf(b, B.C_LOWER | B.C_UPPER),
    ),
    isascii: test("Are all ASCII?", B.isAscii),
    isdigit: test(
      "Are all digits, and is there one?",
      (b) => B.allOf(b, B.C_DIGIT),
    ),
    islower: test(
      "Are all letters lower case, and is there one?",
      (b) => B.isCased(b, B.C_LOWER),
    ),
    isspace: test(
      "Are all blanks, and is there one?",
      (b) => B.allOf(b, B.C_SPACE),
    ),
    istitle: test("Do words begin in upper case only?", B.isTitle),
    isupper: test(
      "Are all letters upper case, and is there one?",
      (b) => B.isCased(b, B.C_UPPER),
    ),
    join: [
      "iterable_of_bytes, /",
      "The items in a row with this between them.",
      (self: Self, iterable: Value): Value => {
        if (typeOf(iterable).tp_iter === undefined && !isSequence(iterable)) {
          throw typeError("can only join an iterable");
        }
        const items = locked(self, () => fastItems(iterable));
        if (
          !mutable && items.length === 1 && items[0] instanceof PyBytes &&
          items[0].cls === bytesType
        ) return items[0];
        const list: Uint8Array[] = [];
        const count = items.length;
        for (let i = 0; i < items.length; i++) {
          const v = items[i];
          if (!hasBuffer(v)) {
            throw typeError(
              `sequence item ${i}: expected a bytes-like object, ${typeName(v)} found`,
            );
          }
          list.push(bytesOf(v));
          if (items.length !== count) {
            throw runtimeError("sequence changed size during iteration");
          }
        }
        return make(B.join(raw(self), list));
      },
    ],
    ljust: just("ljust", "Padded on the right to the width."),
    lower: change("In lower case.", B.lower),
    lstrip: strip(true, false, "Without blanks (or given bytes) in front."),
    maketrans: [
      "frm, to, /",
      "A table for translate() from the bytes of frm to those of to.",
      maketrans,
      M_STATIC,
    ],
    partition: partition(false, "What is before the first sep, it, the rest."),
    replace: [
      "old, new, count=-1, /",
      "With old replaced by new, at most count times.",
      (self: Self, old: Value, by: Value, count?: Value): Value => {
        const o = bytesOf(old), n = bytesOf(by);
        let max = count === undefined ? -1 : asSsize(count);
        if (max < 0) max = Infinity;
        const r = B.replace(raw(self), o, n, max);
        return r === undefined ? same(self) : make(r);
      },
    ],
    removeprefix: [
      "prefix, /",
      "Without the prefix, if it is there.",
      (self: Self, prefix: Value): Value => {
        const p = bytesOf(prefix), b = raw(self);
        if (p.length === 0 || p.length > b.length) return same(self);
        for (let i = 0; i < p.length; i++) {
          if (b[i] !== p[i]) return same(self);
        }
        return make(b.slice(p.length));
      },
    ],
    removesuffix: [
      "suffix, /",
      "Without the suffix, if it is there.",
      (self: Self, suffix: Value): Value => {
        const p = bytesOf(suffix), b = raw(self);
        const at = b.length - p.length;
        if (p.length === 0 || at < 0) return same(self);
        for (let i = 0; i < p.length; i++) {
          if (b[at + i] !== p[i]) return same(self);
        }
        return make(b.slice(0, at));
      },
    ],
    rfind: find(rfindBytes, "Last position of sub, or -1."),
    rindex: index(rfindBytes, "Last position of sub; ValueError if absent."),
    rjust: just("rjust", "Padded on the left to the width."),
    rpartition: partition(true, "What is before the last sep, it, the rest."),
    rsplit: splitter(
      B.rsplit,
      "Parts between separators (blanks by default), split from the right.",
    ),
    rstrip: strip(false, true, "Without blanks (or given bytes) at the end."),
    split: splitter(
      B.split,
      "Parts between separators (blanks by default).",
    ),
    splitlines: [
      "keepends=False",
      "The lines.",
      (self: Self, keepends?: Value): Value =>
        parts(
          self,
          B.splitlines(raw(self), keepends !== undefined && isTrue(keepends)),
        ),
    ],
    startswith: match("startswith", "start"),
    strip: strip(true, true, "Without blanks (or given bytes) at both ends."),
    swapcase: change("With upper and lower case swapped.", B.swapcase),
    title: change("Words begin in upper case.", B.title),
    translate: [
      "table, /, delete=b''",
      "Each byte through a table of 256, without those of delete.",
      (self: Self, table: Value, del?: Value): Value => {
        let t: Uint8Array | undefined;
        if (table !== None) {
          t = bytesOf(table);
          if (t.length !== 256) {
            throw valueError("translation table must be 256 characters long");
          }
        }
        const d = del === undefined ? new Uint8Array(0) : bytesOf(del);
        const r = B.translate(raw(self), t, d);
        return r === undefined ? same(self) : make(r);
      },
    ],
    upper: change("In upper case.", B.upper),
    zfill: [
      "width, /",
      "Padded with zeros behind the sign.",
      (self: Self, width: Value): Value => {
        const w = asSsize(width), b = raw(self);
        return w <= b.length ? same(self) : make(B.zfill(b, w));
      },
    ],
  };
}
