// Expat 2.9: lib/xmltok.c (encodings, positions)
//
// From bytes in pieces to text. What is not valid in the encoding becomes U+FFFF, which no XML
// document may hold, so that the tokenizer finds the error at its place; a character that the end
// of the document cuts off becomes U+FFFE. Positions are counted from the text: lines by LF, CR or
// both, columns in characters, bytes by the encoding.

/** The mark for bytes that are not valid, and for a character that is cut off. */
export const BAD = "\uffff", CUT = "\ufffe";

/** How bytes become text. */
export type Encoding =
  | { kind: "utf-8" | "utf-16le" | "utf-16be" }
  /** Characters by byte; undefined where the byte is not valid. */
  | { kind: "bytes"; name: string; map: readonly (string | undefined)[] };

const latin: (string | undefined)[] = [];
/** ISO-8859-1, or US-ASCII. */
export function byteEncoding(name: "iso-8859-1" | "us-ascii"): Encoding {
  if (latin.length === 0) { for (let i = 0; i < 256; i++) latin.push(String.fromCharCode(i)); }
  return { kind: "bytes", name, map: name === "us-ascii" ? latin.slice(0, 128) : latin };
}

function sequenceLength(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
}
function validTail(b: Uint8Array, i: number, n: number): number {
  // how many bytes of the sequence are right so far
  const lead = b[i];
  for (let k = 1; k < n && i + k < b.length; k++) {
    const c = b[i + k];
    let low = 0x80, high = 0xbf;
    if (k === 1) {
      if (lead === 0xe0) low = 0xa0;
      else if (lead === 0xed) high = 0x9f;
      else if (lead === 0xf0) low = 0x90;
      else if (lead === 0xf4) high = 0x8f;
    }
    if (c < low || c > high) return k;
  }
  return Math.min(n, b.length - i);
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
      this.text += CUT;
      this.#rest = new Uint8Array(0);
    }
  }
  /** Decodes anew, from text[from] on, what was decoded by another encoding. */
  switchTo(encoding: Encoding, bytes: Uint8Array, from: number): void {
    this.text = this.text.slice(0, from);
    this.#rest = new Uint8Array(0);
    this.encoding = encoding;
    this.add(bytes, false);
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
      const right = n === 0 ? 0 : validTail(b, i, n);
      if (n > 0 && right === n) {
        i += n;
        continue;
      }
      if (n > 0 && i + right === b.length) break;
      flush();
      this.text += BAD;
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

  /** Line, column and byte of text[to], which is not before what `advance` was last told. */
  place(to: number): Place {
    const p: Place = { line: this.#line, column: this.#column, byte: this.#byte };
    this.#count(p, this.#afterCr, to);
    return p;
  }
  /** Everything before text[to] is done with; places are counted from here. */
  advance(to: number): void {
    const p: Place = { line: this.#line, column: this.#column, byte: this.#byte };
    this.#afterCr = this.#count(p, this.#afterCr, to);
    [this.#at, this.#line, this.#column, this.#byte] = [to, p.line, p.column, p.byte];
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
    return c < 0x80 || c === 0xffff || c === 0xfffe ? 1 : c < 0x800 || (c & 0xf800) === 0xd800 ? 2 : 3;
  }
  /** Bytes that skip no text (a byte order mark). */
  skipBytes(n: number): void {
    this.#byte += n;
  }
  /** Forgets the text before i, which is where `advance` was last told or after it. */
  drop(i: number): void {
    this.advance(i);
    this.text = this.text.slice(i);
    this.#at = 0;
  }
}

/** A place in a document: line from 1, column from 0, byte from 0. */
export interface Place {
  line: number;
  column: number;
  byte: number;
}
