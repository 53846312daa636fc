// CPython 3.14: Objects/unicode_format.c, Objects/bytesobject.c (_PyBytes_FormatEx)
//
// `str % args` and `bytes % args`. One machine serves both: a bytes template is taken as Latin-1
// text, its result turned back into bytes; what differs is `%s`, `%c`, mapping keys and a few
// error texts.

import {
  bytearrayType,
  type Int,
  isInstance,
  PyBaseException,
  PyBytes,
  PyFloat,
  PyStrSub,
  PyTuple,
  PyWideStr,
  type Str,
  typeOf,
  type Value,
} from "./object.ts";
import { cur } from "./state.ts";
import { overflowError, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import {
  asciiStr,
  asIndex,
  call0,
  getItem,
  intValue,
  isInstanceOf,
  isInt,
  isStr,
  lookupSpecial,
  reprStr,
  strOf,
  strValue,
} from "./abstract.ts";
import { realToDouble } from "./float.ts";
import { bufferBytes, intRepr, intToBase, numberToInt } from "./int_convert.ts";
import { intAbs } from "./int_ops.ts";
import { bytesText } from "./number_parse.ts";
import { chr, strCodeAt, strLen, strRepeat, strSlice } from "./str_ops.ts";
import { qualifiedTypeName } from "./type_name.ts";
import { joinStrs } from "./repr_guard.ts";
import { DF_ALT, formatDouble } from "../text/dtoa.ts";

const INT_MAX = 2147483647;
const F_LEFT = 1, F_SIGN = 2, F_BLANK = 4, F_ALT = 8, F_ZERO = 16;

/** The state of one `%` operation. */
class Formatter {
  readonly bytes: boolean;
  readonly fmt: Str;
  readonly n: number;
  /** Where in the template we are. */
  pos = 0;
  /** The mapping that `%(key)s` looks in. */
  readonly dict: Value | undefined;
  args: Value;
  /** -1 and -2 when `args` is a single value that has not been used. */
  argLen: number;
  argIdx: number;
  // the specifier at hand
  ch = 0;
  flags = 0;
  width = -1;
  prec = -1;
  sign = false;
  readonly out: Str[] = [];

  constructor(fmt: Str, args: Value, bytes: boolean) {
    this.fmt = fmt;
    this.n = strLen(fmt);
    this.bytes = bytes;
    this.args = args;
    if (args instanceof PyTuple) {
      this.argLen = args.items.length;
      this.argIdx = 0;
    } else {
      this.argLen = -1;
      this.argIdx = -2;
    }
    this.dict = typeOf(args).mp_subscript !== undefined &&
        !(args instanceof PyTuple) && !isStr(args) &&
        !(bytes && isBytes(args))
      ? args
      : undefined;
  }

  nextArg(): Value {
    if (this.argIdx < this.argLen) {
      const i = this.argIdx++;
      return this.argLen < 0 ? this.args : (this.args as PyTuple).items[i];
    }
    throw typeError("not enough arguments for format string");
  }

  /** Code at the position, -1 at the end. */
  peek(): number {
    return this.pos < this.n ? strCodeAt(this.fmt, this.pos) : -1;
  }
  next(): number {
    if (this.pos >= this.n) throw valueError("incomplete format");
    return strCodeAt(this.fmt, this.pos++);
  }

  run(): Str {
    const { fmt, n } = this;
    while (this.pos < n) {
      const start = this.pos;
      if (typeof fmt === "string") {
        const at = fmt.indexOf("%", start);
        this.pos = at < 0 ? n : at;
      } else while (this.pos < n && fmt.cps[this.pos] !== 37) this.pos++;
      if (this.pos > start) this.out.push(strSlice(fmt, start, this.pos));
      if (this.pos >= n) break;
      this.pos++;
      if (this.peek() === 37) {
        this.pos++;
        this.out.push("%");
      } else this.specifier();
      cur?.tick(1);
    }
    if (this.argIdx < this.argLen && this.dict === undefined) {
      throw typeError(
        `not all arguments converted during ${this.bytes ? "bytes" : "string"} formatting`,
      );
    }
    return joinStrs(this.out);
  }

  /** `%(key)`: the value becomes the only argument. */
  key(): void {
    if (this.dict === undefined) throw typeError("format requires a mapping");
    const start = ++this.pos;
    let depth = 1;
    while (depth > 0 && this.pos < this.n) {
      const c = strCodeAt(this.fmt, this.pos++);
      if (c === 41) depth--;
      else if (c === 40) depth++;
    }
    if (depth > 0) throw valueError("incomplete format key");
    const key = strSlice(this.fmt, start, this.pos - 1);
    this.args = getItem(
      this.dict,
      this.bytes ? new PyBytes(latin1(key)) : key,
    );
    this.argLen = -1;
    this.argIdx = -2;
  }

  /** A number in the template, or `*`; -1 when there is neither. */
  count(c: number, isPrec: boolean): number {
    const tooBig = (): Error =>
      valueError(
        isPrec ? (this.bytes ? "prec too big" : "precision too big") : "width too big",
      ) as unknown as Error;
    let v = 0;
    const max = isPrec ? INT_MAX : Number.MAX_SAFE_INTEGER;
    for (; c >= 48 && c <= 57; c = this.next()) {
      v = v * 10 + c - 48;
      if (v > max) throw tooBig();
    }
    this.ch = c;
    return v;
  }
  star(isPrec: boolean): number {
    const v = this.nextArg();
    if (!isInt(v)) throw typeError("* wants int");
    const n = intValue(v);
    if (
      isPrec ? typeof n === "bigint" || n > INT_MAX || n < -INT_MAX - 1 : typeof n === "bigint"
    ) {
      throw overflowError(
        `Python int too large to convert to C ${isPrec ? "int" : "ssize_t"}`,
      );
    }
    this.ch = this.next();
    return n as number;
  }

  specifier(): void {
    const { bytes } = this;
    this.flags = 0;
    this.width = -1;
    this.prec = -1;
    this.sign = false;
    if (this.peek() === 40) this.key();
    let c = this.next();
    for (;; c = this.next()) {
      if (c === 45) this.flags |= F_LEFT;
      else if (c === 43) this.flags |= F_SIGN;
      else if (c === 32) this.flags |= F_BLANK;
      else if (c === 35) this.flags |= F_ALT;
      else if (c === 48) this.flags |= F_ZERO;
      else break;
    }
    if (c === 42) {
      this.width = this.star(false);
      if (this.width < 0) {
        this.flags |= F_LEFT;
        this.width = -this.width;
      }
      c = this.ch;
    } else if (c >= 48 && c <= 57) {
      this.width = this.count(c, false);
      c = this.ch;
    }
    if (c === 46) {
      this.prec = 0;
      c = this.next();
      if (c === 42) {
        this.prec = Math.max(0, this.star(true));
        c = this.ch;
      } else if (c >= 48 && c <= 57) {
        this.prec = this.count(c, true);
        c = this.ch;
      }
    }
    if (c === 104 || c === 108 || c === 76) c = this.next();
    this.ch = c;
    const v = this.nextArg();
    let body: Str, fill = " ";
    const numeric = (): void => {
      this.sign = true;
      if ((this.flags & F_ZERO) !== 0) fill = "0";
    };
    switch (c) {
      case 115: // s
      case 98: // b
      case 114: // r
      case 97: // a
        if (c === 98 && !bytes) throw this.unsupported();
        if (bytes) {
          body = c === 115 || c === 98 ? bytesText(bytesArg(v)) : asciiStr(v);
        } else body = c === 115 ? strOf(v) : c === 114 ? reprStr(v) : asciiStr(v);
        if (this.prec >= 0 && strLen(body) > this.prec) {
          body = strSlice(body, 0, this.prec);
        }
        break;
      case 100: // d
      case 105: // i
      case 117: // u
      case 111: // o
      case 120: // x
      case 88: // X
        numeric();
        body = this.integer(v, c === 105 || c === 117 ? 100 : c);
        break;
      case 101:
      case 69:
      case 102:
      case 70:
      case 103:
      case 71:
        numeric();
        body = this.float(v);
        break;
      case 99: // c
        body = bytes ? byteArg(v) : charArg(v);
        break;
      default:
        throw this.unsupported();
    }
    this.write(body, fill);
  }

  unsupported(): Error {
    const c = this.ch;
    if (this.bytes && c >= 128) {
      return overflowError(
        "character argument not in range(0x110000)",
      ) as unknown as Error;
    }
    const shown = this.bytes || (c > 31 && c < 128) ? String.fromCharCode(c) : "?";
    return valueError(
      `unsupported format character '${shown}' (0x${c.toString(16)}) at index ${this.pos - 1}`,
    ) as unknown as Error;
  }

  integer(v: Value, c: number): string {
    const x = this.integerArg(v, c);
    let s: string;
    if (c === 100) s = intRepr(intAbs(x));
    else {
      s = intToBase(intAbs(x), c === 111 ? 8 : 16);
      if (s.length < this.prec) s = s.padStart(this.prec, "0");
      if (c === 88) s = s.toUpperCase();
      if ((this.flags & F_ALT) !== 0) s = "0" + String.fromCharCode(c) + s;
    }
    if (c === 100 && s.length < this.prec) s = s.padStart(this.prec, "0");
    return x < 0 ? "-" + s : s;
  }
  integerArg(v: Value, c: number): Int {
    if (isInt(v)) return intValue(v);
    const t = typeOf(v), radix = c !== 100;
    const number = t.nb_index !== undefined || t.nb_int !== undefined ||
      t.nb_float !== undefined;
    if (number) {
      try {
        return radix ? asIndex(v) : numberToInt(v);
      } catch (e) {
        if (
          !(e instanceof PyBaseException) || !isInstanceOf(e, X.TypeError)
        ) throw e;
      }
    }
    throw typeError(
      `%${String.fromCharCode(this.ch)} format: ${radix ? "an integer" : "a real number"} is required, not ${t.name}`,
    );
  }

  float(v: Value): string {
    let x: number;
    if (v instanceof PyFloat) x = v.v;
    else if (!this.bytes) x = realToDouble(v);
    else {
      try {
        x = realToDouble(v);
      } catch (e) {
        if (!(e instanceof PyBaseException)) throw e;
        throw typeError(`float argument required, not ${typeOf(v).name}`);
      }
    }
    return formatDouble(
      x,
      String.fromCharCode(this.ch),
      this.prec < 0 ? 6 : this.prec,
      (this.flags & F_ALT) !== 0 ? DF_ALT : 0,
    );
  }

  /** Sign, padding and body. */
  write(body: Str, fill: string): void {
    const { out } = this;
    let sign = "";
    if (this.sign) {
      let s = body as string;
      if (s[0] === "-" || s[0] === "+") {
        sign = s[0];
        s = s.slice(1);
      } else if ((this.flags & F_SIGN) !== 0) sign = "+";
      else if ((this.flags & F_BLANK) !== 0) sign = " ";
      const c = this.ch;
      if (
        (this.flags & F_ALT) !== 0 && fill !== " " &&
        (c === 120 || c === 88 || c === 111)
      ) {
        // the zeros go behind the prefix
        sign += s.slice(0, 2);
        s = s.slice(2);
      }
      body = s;
    }
    const room = this.width - strLen(body) - sign.length;
    if (room <= 0) {
      out.push(sign, body);
      return;
    }
    if ((this.flags & F_LEFT) !== 0) {
      out.push(sign, body, strRepeat(" ", room));
    } else if (fill === " ") out.push(strRepeat(" ", room), sign, body);
    else out.push(sign, strRepeat(fill, room), body);
  }
}

function isBytes(v: Value): boolean {
  return v instanceof PyBytes || isInstance(v, bytearrayType);
}
function latin1(s: Str): Uint8Array {
  const n = strLen(s), out = new Uint8Array(n);
  for (let i = 0; i < n; i++) out[i] = strCodeAt(s, i);
  return out;
}

/** The argument of `%s` in a bytes template. */
function bytesArg(v: Value): Uint8Array {
  if (v instanceof PyBytes) return v.b;
  if (!isInstance(v, bytearrayType)) {
    const f = lookupSpecial(v, "__bytes__");
    if (f !== undefined) {
      const r = call0(f);
      if (r instanceof PyBytes) return r.b;
      throw typeError(`__bytes__ returned non-bytes (type ${typeOf(r).name})`);
    }
  }
  const b = bufferBytes(v);
  if (b !== undefined) return b;
  throw typeError(
    `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeOf(v).name}'`,
  );
}

/** The argument of `%c` in a str template. */
function charArg(v: Value): Str {
  if (
    typeof v === "string" || v instanceof PyWideStr || v instanceof PyStrSub
  ) {
    const s = strValue(v), n = strLen(s);
    if (n === 1) return s;
    throw typeError(
      `%c requires an int or a unicode character, not a string of length ${n}`,
    );
  }
  if (!isInt(v) && typeOf(v).nb_index === undefined) {
    throw typeError(
      `%c requires an int or a unicode character, not ${qualifiedTypeName(v)}`,
    );
  }
  const x = asIndex(v);
  if (x < 0 || x > 0x10ffff) {
    throw overflowError("%c arg not in range(0x110000)");
  }
  return chr(x as number);
}
/** The argument of `%c` in a bytes template. */
function byteArg(v: Value): string {
  const b = isBytes(v) ? bufferBytes(v)! : undefined;
  if (b !== undefined) {
    if (b.length === 1) return String.fromCharCode(b[0]);
    throw typeError(
      `%c requires an integer in range(256) or a single byte, not a ${
        v instanceof PyBytes ? "bytes" : "bytearray"
      } object of length ${b.length}`,
    );
  }
  if (!isInt(v) && typeOf(v).nb_index === undefined) {
    throw typeError(
      `%c requires an integer in range(256) or a single byte, not ${qualifiedTypeName(v)}`,
    );
  }
  const x = asIndex(v);
  if (x < 0 || x > 255) throw overflowError("%c arg not in range(256)");
  return String.fromCharCode(x as number);
}

/** `fmt % args` of a str. */
export function strFormat(fmt: Str, args: Value): Str {
  return new Formatter(fmt, args, false).run();
}
/** `fmt % args` of bytes or a bytearray. */
export function bytesFormat(
  fmt: Uint8Array,
  args: Value,
  _bytearray = false,
): Uint8Array {
  return latin1(new Formatter(bytesText(fmt), args, true).run());
}
