// CPython 3.14: Modules/_io/textio.c (tell and seek of TextIOWrapper)
//
// A position in text is a place in the bytes from which a decoder can start, its flags there, how
// many bytes to feed it, whether to signal the end, and how many characters to skip: all packed
// into one int of 64 + 3 * 32 + 8 bits.

import { type Int, PyBytes, typeName, type Value } from "../core/objects/object.ts";
import { newErrorArgs, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { normInt } from "../core/objects/int_ops.ts";
import { strLen } from "../core/objects/str_ops.ts";
import { utf16 } from "../core/objects/names.ts";
import { unsupported } from "./io_base.ts";
import { attached, checkOpen, dropDecoded, type PyTextIOWrapper, resetEncoder, writeFlush } from "./io_text.ts";

interface Cookie {
  start: Int;
  flags: Int;
  feed: number;
  skip: number;
  eof: boolean;
}
const NO_BYTES = new Uint8Array(0);
const U32 = 0xffffffffn;

function pack(c: Cookie): Int {
  const v = BigInt(c.start) | (BigInt(c.flags) & U32) << 64n | BigInt(c.feed) << 96n | BigInt(c.skip) << 128n |
    (c.eof ? 1n : 0n) << 160n;
  return normInt(v);
}
function unpack(v: Int): Cookie {
  const n = BigInt(v);
  return {
    start: normInt(n & 0xffffffffffffffffn),
    flags: Number(n >> 64n & U32),
    feed: Number(n >> 96n & U32),
    skip: Number(n >> 128n & U32),
    eof: (n >> 160n & 1n) === 1n,
  };
}

/** tell() */
export function tell(t: PyTextIOWrapper): Value {
  attached(t);
  checkOpen(t);
  if (!t.seekable) throw unsupported("underlying stream is not seekable");
  if (!t.telling) throw newErrorArgs(X.OSError, ["telling position disabled by next() call"]);
  writeFlush(t);
  A.callMethod(t, "flush");
  const here = A.callMethod(t.buffer, "tell");
  const d = t.decoder;
  if (d === undefined || t.snapshot === undefined) return here;
  const { input } = t.snapshot;
  let flags = t.snapshot.flags;
  const base = A.asSsize(here) - input.length;
  let skip = t.used;
  if (skip === 0) return pack({ start: base, flags, feed: 0, skip: 0, eof: false });
  const saved = d.getstate();
  const decode = (from: number, to: number) => strLen(d.decode(new PyBytes(input.subarray(from, to)), false));
  const restart = () => d.setstate(NO_BYTES, flags);
  try {
    // a start from which decoding gives at most `skip` characters, and leaves no bytes over
    let bytes = Math.trunc(t.b2cratio * skip), back = 1;
    while (bytes > 0) {
      restart();
      const n = decode(0, bytes);
      if (n <= skip) {
        const [rest, f] = d.getstate();
        if (rest.length === 0) {
          flags = f;
          skip -= n;
          break;
        }
        bytes -= rest.length;
        back = 1;
      } else {
        bytes -= back;
        back *= 2;
      }
    }
    if (bytes <= 0) {
      bytes = 0;
      restart();
    }
    const c: Cookie = { start: base + bytes, flags, feed: 0, skip, eof: false };
    if (skip === 0) return pack(c);
    // from there a byte at a time, noting each point at which the decoder holds nothing
    let decoded = 0, fed = 0, at = bytes;
    for (; at < input.length; at++) {
      fed++;
      decoded += decode(at, at + 1);
      const [rest, f] = d.getstate();
      if (rest.length === 0 && decoded <= skip) {
        c.start = c.start as number + fed;
        skip -= decoded;
        c.flags = f;
        fed = decoded = 0;
      }
      if (decoded >= skip) break;
    }
    if (at >= input.length) {
      decoded += strLen(d.decode(new PyBytes(NO_BYTES), true));
      c.eof = true;
      if (decoded < skip) throw newErrorArgs(X.OSError, ["can't reconstruct logical file position"]);
    }
    c.feed = fed;
    c.skip = skip;
    return pack(c);
  } finally {
    d.setstate(saved[0], saved[1]);
  }
}

/** seek() */
export function seek(t: PyTextIOWrapper, cookieArg: Value, how: Value = 0): Value {
  attached(t);
  checkOpen(t);
  const whence = A.asInt32(how);
  if (!t.seekable) throw unsupported("underlying stream is not seekable");
  let cookie = cookieArg;
  if (whence === 1) {
    if (!A.equals(cookie, 0)) throw unsupported("can't do nonzero cur-relative seeks");
    cookie = A.callMethod(t, "tell");
  } else if (whence === 2) {
    if (!A.equals(cookie, 0)) throw unsupported("can't do nonzero end-relative seeks");
    A.callMethod(t, "flush");
    dropDecoded(t);
    t.snapshot = undefined;
    t.decoder?.reset();
    const r = A.callMethod(t.buffer, "seek", 0, 2);
    if (t.writable) resetEncoder(t, A.equals(r, 0));
    return r;
  } else if (whence !== 0) throw valueError(`invalid whence (${whence}, should be 0, 1 or 2)`);
  const n = A.asIndex(cookie);
  if (n < 0) throw valueError(`negative seek position ${utf16(A.reprStr(cookie))}`);
  A.callMethod(t, "flush");
  const c = unpack(n);
  A.callMethod(t.buffer, "seek", c.start);
  dropDecoded(t);
  t.snapshot = undefined;
  const d = t.decoder;
  if (d !== undefined) {
    if (c.start === 0 && c.flags === 0) d.reset();
    else d.setstate(NO_BYTES, c.flags);
  }
  if (c.skip > 0 && d !== undefined) {
    const input = A.callMethod(t.buffer, "read", c.feed);
    if (!(input instanceof PyBytes)) {
      throw typeError(`underlying read() should have returned a bytes object, not '${typeName(input)}'`);
    }
    t.snapshot = { flags: c.flags, input: input.b };
    t.decoded = d.decode(input, c.eof);
    t.used = 0;
    if (strLen(t.decoded) < c.skip) throw newErrorArgs(X.OSError, ["can't restore logical file position"]);
    t.used = c.skip;
  } else t.snapshot = { flags: c.flags, input: NO_BYTES };
  if (t.writable) resetEncoder(t, c.start === 0 && c.flags === 0);
  return cookie;
}
