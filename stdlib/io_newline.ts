// CPython 3.14: Modules/_io/textio.c (IncrementalNewlineDecoder, encoders and decoders of TextIOWrapper)
//
// Decoders as the text layer uses them. UTF-8, ASCII and Latin-1 are decoded here; any other codec
// is a Python object with decode, getstate, setstate and reset. The newline decoder sits on top of
// either, or of nothing, when its input is text already (StringIO).

import {
  builtinType,
  type Int,
  type KwNames,
  None,
  PyBytes,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  type Str,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import { decodeErrors } from "../core/objects/codecs.ts";
import { decodeUtf8 } from "../core/text/codec_utf8.ts";
import { decodeAscii, decodeLatin1 } from "../core/text/codec_charmap.ts";
import { strConcat2, strLen, strSlice } from "../core/objects/str_ops.ts";
import { strFind, strReplace } from "../core/objects/str_search.ts";
import { joinBytes } from "./io_base.ts";
import { initArgs } from "./io_base.ts";

/** What the text layer asks of a decoder. */
export interface Decoder {
  decode(input: Value, final: boolean): Str;
  getstate(): [pending: Uint8Array, flags: Int];
  setstate(pending: Uint8Array, flags: Int): void;
  reset(): void;
}

/** The encodings decoded without a Python object. */
export type FastKind = "utf-8" | "ascii" | "latin-1";

/** A decoder of one of the fast encodings. */
export class FastDecoder implements Decoder {
  readonly kind: FastKind;
  readonly errors: string;
  pending: Uint8Array = NONE;
  constructor(kind: FastKind, errors: string) {
    this.kind = kind;
    this.errors = errors;
  }
  decode(input: Value, final: boolean): Str {
    return this.bytes((input as PyBytes).b, final);
  }
  /** Decodes bytes. */
  bytes(b: Uint8Array, final: boolean): Str {
    if (this.kind === "latin-1") return decodeLatin1(b);
    if (this.kind === "ascii") return decodeAscii(b, decodeErrors(this.errors));
    if (this.pending.length > 0) b = joinBytes([this.pending, b]);
    const r = decodeUtf8(b, decodeErrors(this.errors), final);
    this.pending = r.consumed < b.length ? b.slice(r.consumed) : NONE;
    return r.text;
  }
  getstate(): [Uint8Array, Int] {
    return [this.pending, 0];
  }
  setstate(pending: Uint8Array): void {
    this.pending = pending;
  }
  reset(): void {
    this.pending = NONE;
  }
}
const NONE = new Uint8Array(0);

/** A decoder that is a Python object. */
export class PyDecoder implements Decoder {
  readonly obj: Value;
  constructor(obj: Value) {
    this.obj = obj;
  }
  decode(input: Value, final: boolean): Str {
    const r = A.callMethod(this.obj, "decode", input, final);
    return textResult(r);
  }
  getstate(): [Uint8Array, Int] {
    const s = A.callMethod(this.obj, "getstate");
    if (!(s instanceof PyTuple)) throw typeError("illegal decoder state");
    const [b, f] = s.items;
    if (s.items.length !== 2 || !A.isInt(f)) throw typeError("illegal decoder state");
    if (!(b instanceof PyBytes)) {
      throw typeError(`illegal decoder state: the first item should be a bytes object, not '${typeName(b)}'`);
    }
    return [b.b, A.intValue(f)];
  }
  setstate(pending: Uint8Array, flags: Int): void {
    A.callMethod(this.obj, "setstate", new PyTuple([new PyBytes(pending), flags]));
  }
  reset(): void {
    A.callMethod(this.obj, "reset");
  }
}
function textResult(r: Value): Str {
  if (!A.isStr(r)) throw typeError(`decoder should return a string result, not '${typeName(r)}'`);
  return A.strValue(r);
}

export const newlineDecoderType: PyType = builtinType("_io.IncrementalNewlineDecoder");

const SEEN_CR = 1, SEEN_LF = 2, SEEN_CRLF = 4;

/** io.IncrementalNewlineDecoder */
export class PyNewlineDecoder extends PyObject implements Decoder {
  /** undefined: the input is text. */
  decoder: Decoder | undefined = undefined;
  ready = false;
  translate = false;
  pendingCr = false;
  seen = 0;
  constructor(cls: PyType = newlineDecoderType) {
    super(cls);
  }
  decode(input: Value, final: boolean): Str {
    return this.text(this.decoder === undefined ? textResult(input) : this.decoder.decode(input, final), final);
  }
  /** Translates and notes the line ends of decoded text. */
  text(s: Str, final: boolean): Str {
    if (this.pendingCr && (final || strLen(s) > 0)) {
      s = strConcat2("\r", s);
      this.pendingCr = false;
    }
    const n = strLen(s);
    if (n === 0) return s;
    if (!final && (typeof s === "string" ? s.charCodeAt(n - 1) : s.cps[n - 1]) === 13) {
      s = strSlice(s, 0, n - 1);
      this.pendingCr = true;
    }
    if (typeof s === "string") {
      if (!s.includes("\r")) {
        if ((this.seen & SEEN_LF) === 0 && s.includes("\n")) this.seen |= SEEN_LF;
        return s;
      }
      if (this.seen !== 7) this.note(s);
      return this.translate ? s.replace(/\r\n?/g, "\n") : s;
    }
    if (strFind(s, "\r") < 0) {
      if (strFind(s, "\n") >= 0) this.seen |= SEEN_LF;
      return s;
    }
    let plain = "";
    for (const c of s.cps) {
      if (c === 10 || c === 13) plain += c === 10 ? "\n" : "\r";
      else if (plain !== "" && plain[plain.length - 1] !== " ") plain += " ";
    }
    this.note(plain);
    return this.translate ? strReplace(strReplace(s, "\r\n", "\n"), "\r", "\n") : s;
  }
  private note(s: string): void {
    if (s.includes("\r\n")) this.seen |= SEEN_CRLF;
    if (/\r(?!\n)/.test(s)) this.seen |= SEEN_CR;
    if (/(?<!\r)\n/.test(s)) this.seen |= SEEN_LF;
  }
  getstate(): [Uint8Array, Int] {
    const [b, f] = this.decoder === undefined ? [NONE, 0 as Int] : this.decoder.getstate();
    const flags = BigInt(f) << 1n | (this.pendingCr ? 1n : 0n);
    return [b, flags <= 9007199254740991n ? Number(flags) : flags];
  }
  setstate(pending: Uint8Array, flags: Int): void {
    const f = BigInt(flags);
    this.pendingCr = (f & 1n) === 1n;
    const up = f >> 1n;
    this.decoder?.setstate(pending, up <= 9007199254740991n ? Number(up) : up);
  }
  reset(): void {
    this.seen = 0;
    this.pendingCr = false;
    this.decoder?.reset();
  }
  /** What `newlines` shows. */
  newlines(): Value {
    const kinds: string[] = [];
    if (this.seen & SEEN_CR) kinds.push("\r");
    if (this.seen & SEEN_LF) kinds.push("\n");
    if (this.seen & SEEN_CRLF) kinds.push("\r\n");
    return kinds.length === 0 ? None : kinds.length === 1 ? kinds[0] : new PyTuple(kinds);
  }
}

/** A newline decoder over another one, or over text. */
export function newlineDecoder(decoder: Decoder | undefined, translate: boolean): PyNewlineDecoder {
  const d = new PyNewlineDecoder();
  d.decoder = decoder;
  d.translate = translate;
  d.ready = true;
  return d;
}

function ready(d: PyNewlineDecoder): void {
  if (!d.ready) throw valueError("IncrementalNewlineDecoder.__init__() not called");
}

setSpec(newlineDecoderType, {
  allocates: true,
  doc:
    "Codec used when reading a file in universal newlines mode.\n\nIt wraps another incremental decoder, translating \\r\\n and \\r into \\n,\nand records the types of newlines met.",
  sig: "(decoder, translate, errors='strict')",
  slots: {
    tp_new: (t) => new PyNewlineDecoder(t),
    tp_init: (self, args: Value[], kw?: KwNames) => {
      const d = self as PyNewlineDecoder;
      const [decoder, translate] = initArgs(
        "IncrementalNewlineDecoder",
        ["decoder", "translate", "errors"],
        args,
        kw,
        2,
      );
      d.decoder = decoder === None
        ? undefined
        : decoder instanceof PyNewlineDecoder
        ? decoder
        : new PyDecoder(decoder!);
      d.translate = A.isTrue(translate!);
      d.seen = 0;
      d.pendingCr = false;
      d.ready = true;
    },
  },
  methods: {
    decode: ["input, final=False", "", (d: PyNewlineDecoder, input: Value, final: Value = false) => {
      ready(d);
      return d.decode(input, A.isTrue(final)) as Value;
    }],
    getstate: ["", "", (d: PyNewlineDecoder) => {
      ready(d);
      const [b, f] = d.getstate();
      return new PyTuple([new PyBytes(b), f]);
    }],
    setstate: ["state, /", "", (d: PyNewlineDecoder, s: Value) => {
      ready(d);
      if (!(s instanceof PyTuple)) throw typeError("state argument must be a tuple");
      const [b, f] = s.items;
      if (s.items.length !== 2 || !A.isInt(f)) throw typeError("setstate(): illegal state argument");
      if (d.decoder instanceof PyDecoder) {
        const n = BigInt(A.intValue(f));
        d.pendingCr = (n & 1n) === 1n;
        const up = n >> 1n;
        A.callMethod(d.decoder.obj, "setstate", new PyTuple([b, up <= 9007199254740991n ? Number(up) : up]));
      } else d.setstate(b instanceof PyBytes ? b.b : NONE, A.intValue(f));
      return None;
    }],
    reset: ["", "", (d: PyNewlineDecoder) => {
      ready(d);
      d.reset();
      return None;
    }],
  },
  getset: {
    newlines: [(d: PyNewlineDecoder) => {
      ready(d);
      return d.newlines();
    }],
  },
});
