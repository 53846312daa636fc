// Expat 2.9: lib/xmltok.c (encodings, positions)
//
// From bytes in pieces to text. What is not valid in the encoding becomes U+FFFF, which no XML
// document may hold, so that the tokenizer finds the error at its place; so does, with `cut`, a
// character that the end of the document cuts off. Positions are counted from the text: lines by LF,
// CR or both, columns in characters, bytes by the encoding.

/** The marks for bytes that are not valid: one that begins a sequence, and others. */
const BAD = "\uffff", BAD_BYTE = "\ufffe";

/** How bytes become text. */
export type Encoding =
  | { kind: "utf-8" | "utf-16le" | "utf-16be" }
  /** Characters by byte; undefined where the byte is not valid. */
  | { kind: "bytes"; name: string; map: readonly (string | undefined)[] };
/** Characters of ASCII that mean nothing in markup: an encoding may have others in their place. */
// deno-lint-ignore no-control-regex
const FREE = /[\x00-\x08\x0b\x0c\x0e-\x1f$@\\^`{}~\x7f]/;
/** Are all characters that mean something in markup where ASCII has them? */
export function isCompatible(map: readonly (string | undefined)[]): boolean {
  return map.every((c, i) => {
    const own = String.fromCharCode(i);
    if (i < 0x80 && c !== own && !FREE.test(own)) return false;
    return c === undefined || c === own || c.length === 1 && (c >= "\x80" || FREE.test(c));
  });
}
/** Is the encoding's text UTF-8 as it is? */
export function isUtf8(e: Encoding): boolean {
  return e.kind === "utf-8" || e.kind === "bytes" && e.name === "us-ascii";
}

const latin: (string | undefined)[] = [];
/** ISO-8859-1, or US-ASCII. */
export function byteEncoding(name: "iso-8859-1" | "us-ascii"): Encoding {
  if (latin.length === 0) { for (let i = 0; i < 256; i++) latin.push(String.fromCharCode(i)); }
  return { kind: "bytes", name, map: name === "us-ascii" ? latin.slice(0, 128) : latin };
}

function sequenceLength(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
}
/** Are the n bytes at b[i] a character? */
function valid(b: Uint8Array, i: number, n: number): boolean {
  const lead = b[i];
  if (lead < 0xc2) return false;
  for (let k = 1; k < n; k++) {
    const c = b[i + k];
    let low = 0x80, high = 0xbf;
    if (k === 1) {
      if (lead === 0xe0) low = 0xa0;
      else if (lead === 0xed) high = 0x9f;
      else if (lead === 0xf0) low = 0x90;
      else if (lead === 0xf4) high = 0x8f;
    }
    if (c < low || c > high) return false;
  }
  return true;
}

/** Text of a document that comes in pieces. */
export class XmlText {
  /** What has come and was not dropped yet. */
  text = "";
  encoding: Encoding = { kind: "utf-8" };
  /** Bytes that are not decoded yet. */
  #rest: Uint8Array = new Uint8Array(0);
  // place of text[#at]: line from 1, column from 0, byte
  #at = 0;
  #line = 1;
  #column = 0;
  #byte = 0;
  #afterCr = false;
  /** The last character is only a part of one; "odd": half of a unit of UTF-16. */
  cut: boolean | "odd" = false;

  /** Adds bytes; at the end, what is cut off is marked. */
  add(bytes: Uint8Array, final: boolean): void {
    let b = bytes;
    if (this.#rest.length > 0) {
      b = new Uint8Array(this.#rest.length + bytes.length);
      b.set(this.#rest);
      b.set(bytes, this.#rest.length);
    }
    const e = this.encoding;
    let used: number;
    if (e.kind === "bytes") {
      let s = "";
      for (let i = 0; i < b.length; i++) s += e.map[b[i]] ?? BAD;
      this.text += s;
      used = b.length;
    } else used = e.kind === "utf-8" ? this.#utf8(b) : this.#utf16(b, e.kind === "utf-16le");
    this.#rest = b.subarray(used);
    if (final && this.#rest.length > 0) {
      this.text += BAD;
      this.cut = e.kind.startsWith("utf-16") && this.#rest.length === 1 ? "odd" : true;
      this.#rest = new Uint8Array(0);
    }
  }
  /** A document that is over after half of a mark or of a unit. */
  half(): void {
    this.text = BAD;
    this.cut = "odd";
  }
  /** Decodes anew, from text[from] on, what was decoded by another encoding. */
  switchTo(encoding: Encoding, bytes: Uint8Array, from: number, final: boolean): void {
    this.text = this.text.slice(0, from);
    this.#rest = new Uint8Array(0);
    this.cut = false;
    this.advance(Math.min(from, this.text.length));
    this.encoding = encoding;
    this.add(bytes, final);
  }

  #utf8(b: Uint8Array): number {
    let good = 0, i = 0;
    const flush = () => {
      if (i > good) this.text += new TextDecoder("utf-8", { ignoreBOM: true }).decode(b.subarray(good, i));
    };
    while (i < b.length) {
      const n = sequenceLength(b[i]);
      if (n === 1) {
        i++;
        continue;
      }
      if (i + n > b.length) break;
      if (n > 0 && valid(b, i, n)) {
        i += n;
        continue;
      }
      flush();
      this.text += n > 0 ? BAD : BAD_BYTE;
      good = i = i + 1;
    }
    flush();
    return i;
  }
  #utf16(b: Uint8Array, little: boolean): number {
    const n = b.length & ~1;
    let s = "", i = 0;
    for (; i < n; i += 2) {
      const c = little ? b[i] | b[i + 1] << 8 : b[i] << 8 | b[i + 1];
      if ((c & 0xfc00) === 0xd800 && i + 4 > n) break;
      s += String.fromCharCode(c);
    }
    this.text += s.toWellFormed() === s ? s : [...s].map((c) => c.isWellFormed() ? c : BAD).join("");
    return i;
  }

  /** Line and column of text[to], or of where they were last counted to if that is behind it; its byte. */
  place(to: number): Place {
    if (to >= this.#at) this.advance(to);
    const p: Place = { line: this.#line, column: this.#column, byte: this.#byte };
    for (let i = to; i < this.#at; i++) p.byte -= this.#bytesOf(this.text.charCodeAt(i));
    return p;
  }
  /** Bytes before where lines and columns were last counted to. */
  get bytes(): number {
    return this.#byte;
  }
  /** Counts lines and columns up to text[to]. */
  advance(to: number): void {
    if (to < this.#at) return;
    const p: Place = { line: this.#line, column: this.#column, byte: this.#byte };
    this.#afterCr = this.#count(p, this.#afterCr, to);
    [this.#at, this.#line, this.#column, this.#byte] = [to, p.line, p.column, p.byte];
  }
  /** Goes back to text[to] with the lines and columns counted so far, as Expat does when it is fed after an error. */
  recount(to: number): void {
    for (let i = to; i < this.#at; i++) this.#byte -= this.#bytesOf(this.text.charCodeAt(i));
    this.#at = Math.min(to, this.#at);
  }
  /** The bytes of the text from i on. */
  bytesFrom(i: number): Uint8Array {
    const s = this.text.slice(i), e = this.encoding;
    if (e.kind === "utf-8") return new TextEncoder().encode(s);
    if (e.kind === "bytes") return Uint8Array.from([...s], (c) => e.map.indexOf(c));
    const out = new Uint8Array(s.length * 2), view = new DataView(out.buffer);
    for (let k = 0; k < s.length; k++) view.setUint16(2 * k, s.charCodeAt(k), e.kind === "utf-16le");
    return out;
  }
  #count(p: Place, afterCr: boolean, to: number): boolean {
    const s = this.text;
    for (let i = this.#at; i < to; i++) {
      const c = s.charCodeAt(i);
      if (c === 10) {
        if (!afterCr) p.line++;
        p.column = 0;
      } else if (c === 13) {
        p.line++;
        p.column = 0;
      } else if ((c & 0xfc00) !== 0xdc00) p.column++;
      afterCr = c === 13;
      p.byte += this.#bytesOf(c);
    }
    return afterCr;
  }
  #bytesOf(c: number): number {
    if (this.encoding.kind === "bytes") return (c & 0xfc00) === 0xdc00 ? 0 : 1;
    if (this.encoding.kind !== "utf-8") return 2;
    return c < 0x80 || c >= 0xfffe ? 1 : c < 0x800 || (c & 0xf800) === 0xd800 ? 2 : 3;
  }
  /** Forgets the text before i. */
  drop(i: number): void {
    this.advance(i);
    this.text = this.text.slice(i);
    this.#at -= i;
  }
}

/** A place in a document: line from 1, column from 0, byte from 0. */
export interface Place {
  line: number;
  column: number;
  byte: number;
}
