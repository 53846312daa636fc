// Expat 2.9: lib/xmlparse.c, lib/xmltok_impl.c (content)
//
// An XML parser that is fed in pieces. It works on whole tokens: a token that the text so far does
// not end waits for more. The text of internal entities goes through the same functions as a
// `Source` of its own; events and errors in it have the place of the reference in the document.
// The prolog and the DTD are in expat_dtd.ts.
//
// Errors are thrown as XmlError (number and index into the text); what a handler throws passes
// through unchanged.

import * as E from "./expat_consts.ts";
import { Dtd, type Entity, parseProlog, type PrologState } from "./expat_dtd.ts";
import { badChar, dataEnd, isSpace, isXmlChar, nameEnd, spaceEnd, valueEnd } from "./expat_names.ts";
import { byteEncoding, CUT, type Encoding, type Place, XmlText } from "./expat_text.ts";

/** What is wrong, and where in the source it stands; -1: at the token that is being handled. */
export class XmlError {
  constructor(readonly code: number, readonly at: number = -1) {}
}

/** What the parser tells; a missing one is not told, and its text goes to `default`. */
export interface XmlHandlers {
  startElement?(name: string, attributes: string[], specified: number): void;
  endElement?(name: string): void;
  characters?(text: string): void;
  instruction?(target: string, data: string): void;
  comment?(text: string): void;
  startCdata?(): void;
  endCdata?(): void;
  default?(text: string): void;
  startNamespace?(prefix: string | undefined, uri: string | undefined): void;
  endNamespace?(prefix: string | undefined): void;
  startDoctype?(name: string, system: string | undefined, pub: string | undefined, internal: boolean): void;
  endDoctype?(): void;
  entityDecl?(e: Entity): void;
  unparsedEntity?(e: Entity): void;
  notation?(name: string, base: string | undefined, system: string | undefined, pub: string | undefined): void;
  elementDecl?(name: string, model: Model): void;
  attlistDecl?(element: string, name: string, type: string, value: string | undefined, required: boolean): void;
  xmlDecl?(version: string | undefined, encoding: string | undefined, standalone: number): void;
  skippedEntity?(name: string, isParameter: boolean): void;
  /** False: the document must be standalone after all. */
  notStandalone?(): boolean;
  /** False: the entity could not be handled. */
  externalEntity?(
    context: string | undefined,
    base: string | undefined,
    system: string | undefined,
    pub: string | undefined,
  ): boolean;
}

/** A content model: type, quantifier, name, children. */
export interface Model {
  type: number;
  quant: number;
  name: string | undefined;
  children: Model[];
}

/** A text that is parsed: the document's, or an entity's. */
export interface Source {
  s: string;
  i: number;
  /** Nothing comes after it. */
  complete: boolean;
  entity: Entity | undefined;
}

/** Thrown where a token goes on after the text that is there. */
export const PARTIAL = Symbol("partial");

interface Tag {
  raw: string;
  name: string;
  /** Prefixes bound by its start tag. */
  bindings: Binding[];
}
interface Binding {
  prefix: string;
  uri: string;
  outer: string | undefined;
}
interface Attribute {
  name: string;
  at: number;
  value: string;
}

const XML_NS = "http://www.w3.org/XML/1998/namespace", XMLNS_NS = "http://www.w3.org/2000/xmlns/";
/** Amplification limits (XML_BLAP_MAX_AMP, XML_BLAP_ACT_THRES). */
const MAX_AMPLIFICATION = 100, ACTIVATION = 8_388_608;

/** How an encoding that Expat does not know is looked up; undefined: there is none. */
export type UnknownEncoding = (name: string) => Encoding | undefined;

export class ExpatParser {
  h: XmlHandlers = {};
  dtd: Dtd = new Dtd();
  base: string | undefined;
  /** Expand internal entities although there is a default handler. */
  expandEntities = true;
  namespaceTriplets = false;
  paramEntityParsing = 0;
  useForeignDtd = false;
  reparseDeferral = true;
  maxAmplification: number = MAX_AMPLIFICATION;
  activation: number = ACTIVATION;
  readonly separator: string | undefined;
  readonly unknownEncoding: UnknownEncoding;
  readonly text: XmlText = new XmlText();
  /** "prolog", then "content" (or for an external entity from the start), "epilog". */
  state: "start" | "prolog" | "content" | "epilog" | "entity" | "subset" = "start";
  prolog: PrologState = { started: false, doctype: undefined, inSubset: false, done: false };
  readonly kind: "document" | "entity" | "subset";
  readonly parent: ExpatParser | undefined;
  started = false;
  finished = false;
  errorCode = 0;
  /** Index into the text of the token that is handled. */
  eventAt = -1;
  /** The place of the last error. */
  errorPlace: Place | undefined;
  attributesSpecified = 0;
  #given: string | undefined;
  #head: Uint8Array = new Uint8Array(0);
  #encodingKnown = false;
  #source: Source = { s: "", i: 0, complete: false, entity: undefined };
  #inCdata = false;
  #tags: Tag[] = [];
  #namespaces: Map<string, string> = new Map([["xml", XML_NS]]);
  #waitingFor = 0;
  #direct = 0;
  #indirect = 0;

  constructor(options: {
    encoding?: string;
    separator?: string;
    unknownEncoding: UnknownEncoding;
    parent?: ExpatParser;
    kind?: "document" | "entity" | "subset";
  }) {
    this.#given = options.encoding;
    this.separator = options.separator;
    this.unknownEncoding = options.unknownEncoding;
    this.parent = options.parent;
    this.kind = options.kind ?? "document";
    const p = options.parent;
    if (p !== undefined) {
      this.dtd = p.dtd;
      this.#namespaces = new Map(p.#namespaces);
      this.expandEntities = p.expandEntities;
      this.namespaceTriplets = p.namespaceTriplets;
      this.paramEntityParsing = p.paramEntityParsing;
      this.base = p.base;
      this.h = p.h;
    }
  }

  /** Overrides the encoding; for text that is UTF-8 whatever it says itself. */
  setEncoding(name: string): void {
    this.#given = name;
  }

  // ---- feeding ------------------------------------------------------------------------------

  /** Parses more of the document. Throws XmlError, or what a handler throws. */
  feed(bytes: Uint8Array, final: boolean): void {
    if (this.finished) throw this.#failed(new XmlError(E.FINISHED));
    this.started = true;
    this.root.#direct += this.parent === undefined ? bytes.length : 0;
    this.root.#indirect += this.parent === undefined ? 0 : bytes.length;
    try {
      this.#decode(bytes, final);
      this.#source.s = this.text.text;
      this.#source.complete = final;
      const left = this.#source.s.length - this.#source.i;
      if (!final && this.reparseDeferral && left < 2 * this.#waitingFor) return;
      const before = this.#source.i;
      this.#run(final);
      this.#waitingFor = this.#source.i === before ? left : 0;
      this.#forget();
      if (final) {
        this.finished = true;
        this.#leaveContext();
      }
    } catch (e) {
      this.#leaveContext();
      this.finished = true;
      throw this.#failed(e);
    }
  }
  get root(): ExpatParser {
    return this.parent?.root ?? this;
  }
  #failed(e: unknown): unknown {
    if (e instanceof XmlError) {
      this.errorCode = e.code;
      if (e.at >= 0) this.eventAt = e.at;
    }
    this.errorPlace = this.placeNow();
    return e;
  }
  /** The place of the token that is handled. */
  placeNow(): Place {
    return this.text.place(Math.max(this.eventAt, 0));
  }
  /** Text that is done with is dropped now and then. */
  #forget(): void {
    const done = Math.min(this.#source.i, Math.max(this.eventAt, 0));
    if (done < 4096) return;
    this.text.drop(done);
    this.#source.i -= done;
    this.eventAt -= done;
    this.#source.s = this.text.text;
  }

  #decode(bytes: Uint8Array, final: boolean): void {
    if (this.#encodingKnown) {
      // until the declaration is read, it may turn out that all must be decoded otherwise
      if (!this.prolog.started) this.#head = concat(this.#head, bytes);
      this.text.add(bytes, final);
      return;
    }
    const b = this.#head = concat(this.#head, bytes);
    if (b.length < 4 && !final) return;
    let skip = 0;
    const given = this.#given?.toLowerCase();
    if (b[0] === 0xfe && b[1] === 0xff) [this.text.encoding, skip] = [{ kind: "utf-16be" }, 2];
    else if (b[0] === 0xff && b[1] === 0xfe) [this.text.encoding, skip] = [{ kind: "utf-16le" }, 2];
    else if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) skip = 3;
    else if (b[0] === 0 && b[1] === 0x3c) this.text.encoding = { kind: "utf-16be" };
    else if (b[0] === 0x3c && b[1] === 0) this.text.encoding = { kind: "utf-16le" };
    if (given !== undefined && given !== "utf-16") {
      const e = knownEncoding(given) ?? this.unknownEncoding(this.#given!);
      if (e === undefined) throw new XmlError(E.UNKNOWN_ENCODING, 0);
      this.text.encoding = e;
      if (e.kind === "bytes") skip = 0;
    }
    this.#encodingKnown = true;
    this.text.skipBytes(skip);
    this.text.add(b.subarray(skip), final);
    this.#head = b.subarray(skip);
  }
  /** The encoding that the XML declaration (which ends at text[end]) names. */
  declaredEncoding(name: string, end: number): void {
    if (this.#given !== undefined) return;
    const now = this.text.encoding, e = knownEncoding(name.toLowerCase()) ?? this.unknownEncoding(name);
    if (e === undefined) throw new XmlError(E.UNKNOWN_ENCODING);
    const wide = now.kind.startsWith("utf-16");
    if (name.toLowerCase() === "utf-16" ? !wide : wide) throw new XmlError(E.INCORRECT_ENCODING);
    if (wide || e.kind === now.kind) return;
    // what was decoded after the declaration is decoded again: so far a byte was a character
    this.text.switchTo(e, this.#undecoded(end), end);
    this.#source.s = this.text.text;
  }
  #undecoded(end: number): Uint8Array {
    return this.#head.subarray(end);
  }

  #run(final: boolean): void {
    if (!this.#encodingKnown) {
      if (final) throw new XmlError(E.NO_ELEMENTS, 0);
      return;
    }
    const src = this.#source;
    if (this.state === "start") {
      this.state = this.kind === "entity" ? "entity" : this.kind === "subset" ? "subset" : "prolog";
    }
    try {
      if (this.state === "prolog" || this.state === "subset") {
        parseProlog(this, src);
        if (this.prolog.done) this.state = "content";
      }
      if (this.state === "entity") {
        parseProlog(this, src, true);
        this.state = "content";
      }
      if (this.state === "content") this.content(src);
      if (this.state === "epilog") this.#epilog(src);
    } catch (e) {
      if (e !== PARTIAL) throw e;
      if (!final) return;
      if (src.s.endsWith(CUT)) throw new XmlError(E.PARTIAL_CHAR, src.i);
      throw new XmlError(this.#inCdata ? E.UNCLOSED_CDATA_SECTION : E.UNCLOSED_TOKEN, src.i);
    }
    if (!final) return;
    if (this.kind === "document" && this.state !== "epilog") {
      throw new XmlError(this.#inCdata ? E.UNCLOSED_CDATA_SECTION : E.NO_ELEMENTS, src.i);
    }
    if (this.kind === "entity" && this.#tags.length > 0) throw new XmlError(E.ASYNC_ENTITY, src.i);
  }

  // ---- content ------------------------------------------------------------------------------

  /** Says what token is handled; inside entities the reference stays the place. */
  at(src: Source, i: number): void {
    if (src !== this.#source) return;
    this.text.advance(i);
    this.eventAt = i;
  }
  /** An error at s[i], which inside entities is the place of the reference. */
  error(src: Source, code: number, i: number): XmlError {
    return new XmlError(code, src === this.#source ? i : -1);
  }
  /** Hands raw text to the default handler. */
  raw(src: Source, from: number, to: number): void {
    if (to > from) this.h.default?.(src.s.slice(from, to));
  }

  /** Parses content until the text, or the element that is the document, ends. */
  content(src: Source): void {
    const depth = src === this.#source && this.kind === "document" ? 0 : -1;
    for (;;) {
      if (this.#inCdata) {
        this.#cdata(src);
        if (this.#inCdata) return;
        continue;
      }
      const s = src.s, i = src.i;
      if (i >= s.length) return;
      this.at(src, i);
      const c = s.charCodeAt(i);
      if (c === 60) this.#markup(src, i);
      else if (c === 38) this.#reference(src, i);
      else this.#data(src, i);
      if (depth === 0 && this.#tags.length === 0) {
        this.state = "epilog";
        return;
      }
    }
  }

  #data(src: Source, i: number): void {
    const { s } = src, c = s.charCodeAt(i);
    if (c === 10 || c === 13) {
      if (c === 13 && i + 1 === s.length && !src.complete) throw PARTIAL;
      src.i = c === 13 && s.charCodeAt(i + 1) === 10 ? i + 2 : i + 1;
      this.#characters(src, "\n", i);
      return;
    }
    let j = i;
    for (;;) {
      j = dataEnd(s, j);
      if (s.charCodeAt(j) !== 93) break;
      if (s.startsWith("]]>", j)) {
        if (j === i) throw this.error(src, E.INVALID_TOKEN, j + 2);
        break;
      }
      if (!src.complete && "]]>".startsWith(s.slice(j))) break;
      j++;
    }
    if (j === i) {
      if (s.charCodeAt(i) === 93) throw PARTIAL;
      throw this.error(src, E.INVALID_TOKEN, i);
    }
    src.i = j;
    this.#characters(src, s.slice(i, j), i);
  }
  #characters(src: Source, text: string, from: number): void {
    if (this.h.characters !== undefined) this.h.characters(text);
    else this.raw(src, from, src.i);
  }

  #markup(src: Source, i: number): void {
    const { s } = src, next = s[i + 1];
    if (next === undefined) throw PARTIAL;
    if (next === "/") return this.#endTag(src, i);
    if (next === "?") return this.instruction(src, i);
    if (next !== "!") return this.#startTag(src, i);
    if (s.startsWith("<!--", i)) return this.comment(src, i);
    if (s.startsWith("<![CDATA[", i)) {
      src.i = i + 9;
      if (this.h.startCdata !== undefined) this.h.startCdata();
      else this.raw(src, i, src.i);
      this.#inCdata = true;
      return;
    }
    for (const token of ["<!--", "<![CDATA["]) if (token.startsWith(s.slice(i, i + 9))) throw PARTIAL;
    let k = i + 2;
    if (s[k] === "-") k++;
    else if (s[k] === "[") { for (k++; "CDATA["[k - i - 3] === s[k]; k++); }
    throw this.error(src, E.INVALID_TOKEN, k);
  }

  #cdata(src: Source): void {
    const { s } = src, i = src.i;
    if (i >= s.length) {
      if (src.complete) throw this.error(src, E.UNCLOSED_CDATA_SECTION, i);
      throw PARTIAL;
    }
    this.at(src, i);
    if (s.startsWith("]]>", i)) {
      src.i = i + 3;
      this.#inCdata = false;
      if (this.h.endCdata !== undefined) this.h.endCdata();
      else this.raw(src, i, i + 3);
      return;
    }
    const c = s.charCodeAt(i);
    if (c === 10 || c === 13) {
      if (c === 13 && i + 1 === s.length && !src.complete) throw PARTIAL;
      src.i = c === 13 && s.charCodeAt(i + 1) === 10 ? i + 2 : i + 1;
      this.#characters(src, "\n", i);
      return;
    }
    if (!src.complete && c === 93 && "]]>".startsWith(s.slice(i))) throw PARTIAL;
    let j = i;
    if (c === 93) j++;
    for (; j < s.length; j++) {
      const d = s.charCodeAt(j);
      if (d === 93 || d === 10 || d === 13) break;
    }
    const bad = badChar(s, i, j);
    if (bad === i) throw this.error(src, E.INVALID_TOKEN, i);
    src.i = bad < 0 ? j : bad;
    this.#characters(src, s.slice(i, src.i), i);
  }

  /** A comment at s[i]. */
  comment(src: Source, i: number): void {
    const { s } = src, end = s.indexOf("--", i + 4);
    const bad = badChar(s, i + 4, end < 0 ? s.length : end);
    if (bad >= 0 && !(s[bad] === CUT && bad === s.length - 1)) throw this.error(src, E.INVALID_TOKEN, bad);
    if (end < 0 || end + 2 >= s.length) throw PARTIAL;
    if (s[end + 2] !== ">") throw this.error(src, E.INVALID_TOKEN, end + 2);
    src.i = end + 3;
    if (this.h.comment !== undefined) this.h.comment(lines(s.slice(i + 4, end)));
    else this.raw(src, i, src.i);
  }

  /** A processing instruction at s[i]; the XML declaration is no such. */
  instruction(src: Source, i: number): void {
    const { s } = src, from = i + 2;
    if (from >= s.length) throw PARTIAL;
    const to = nameEnd(s, from);
    if (to === from) throw this.error(src, E.INVALID_TOKEN, from);
    if (to >= s.length) throw PARTIAL;
    const target = s.slice(from, to), colon = this.separator === undefined ? -1 : target.indexOf(":");
    if (colon >= 0) throw this.error(src, E.INVALID_TOKEN, from + colon);
    if (target.toLowerCase() === "xml") {
      if (target === "xml") throw this.error(src, E.MISPLACED_XML_PI, i);
      throw this.error(src, E.INVALID_TOKEN, to);
    }
    let data = to;
    if (isSpace(s.charCodeAt(to))) data = spaceEnd(s, to);
    else if (!s.startsWith("?>", to)) {
      if (s[to] === "?" && to + 1 === s.length) throw PARTIAL;
      throw this.error(src, E.INVALID_TOKEN, s[to] === "?" ? to + 1 : to);
    }
    const end = s.indexOf("?>", data);
    const bad = badChar(s, data, end < 0 ? s.length : end);
    if (bad >= 0 && !(s[bad] === CUT && bad === s.length - 1)) throw this.error(src, E.INVALID_TOKEN, bad);
    if (end < 0) throw PARTIAL;
    src.i = end + 2;
    if (this.h.instruction !== undefined) this.h.instruction(target, lines(s.slice(data, end)));
    else this.raw(src, i, src.i);
  }

  /** The end of a name in a tag, with the colons that namespaces allow. */
  #name(src: Source, from: number): number {
    const { s } = src;
    if (from >= s.length) throw PARTIAL;
    const to = nameEnd(s, from);
    if (to === from || this.separator !== undefined && s[from] === ":") throw this.error(src, E.INVALID_TOKEN, from);
    if (to >= s.length) throw PARTIAL;
    if (this.separator !== undefined) {
      const colon = s.indexOf(":", from);
      if (colon >= 0 && colon < to) {
        if (colon + 1 === to || nameEnd(s, colon + 1) === colon + 1) throw this.error(src, E.INVALID_TOKEN, colon + 1);
        const second = s.indexOf(":", colon + 1);
        if (second >= 0 && second < to) throw this.error(src, E.INVALID_TOKEN, second);
      }
    }
    return to;
  }

  #startTag(src: Source, i: number): void {
    const { s } = src;
    const nameTo = this.#name(src, i + 1), raw = s.slice(i + 1, nameTo);
    const found: Attribute[] = [];
    let j = nameTo, empty = false;
    for (;;) {
      const k = spaceEnd(s, j), c = s[k];
      if (c === undefined) throw PARTIAL;
      if (c === ">") {
        j = k + 1;
        break;
      }
      if (c === "/") {
        if (k + 1 >= s.length) throw PARTIAL;
        if (s[k + 1] !== ">") throw this.error(src, E.INVALID_TOKEN, k + 1);
        empty = true;
        j = k + 2;
        break;
      }
      if (k === j) throw this.error(src, E.INVALID_TOKEN, k);
      const to = this.#name(src, k);
      let q = spaceEnd(s, to);
      if (q >= s.length) throw PARTIAL;
      if (s[q] !== "=") throw this.error(src, E.INVALID_TOKEN, q);
      q = spaceEnd(s, q + 1);
      if (q >= s.length) throw PARTIAL;
      const quote = s[q];
      if (quote !== '"' && quote !== "'") throw this.error(src, E.INVALID_TOKEN, q);
      const end = this.#valueEnd(src, q + 1, quote);
      found.push({ name: s.slice(k, to), at: k, value: s.slice(q + 1, end) });
      j = end + 1;
    }
    src.i = j;
    const tag: Tag = { raw, name: raw, bindings: [] };
    const attributes = this.#attributes(src, raw, found, tag);
    if (this.separator !== undefined) tag.name = this.#elementName(raw);
    if (this.h.startElement !== undefined) {
      this.h.startElement(tag.name, attributes, this.attributesSpecified);
    } else this.raw(src, i, j);
    if (!empty) {
      this.#tags.push(tag);
      return;
    }
    if (this.h.endElement !== undefined) {
      // the place of the end is behind the tag
      if (this.h.startElement !== undefined) this.at(src, j);
      this.h.endElement(tag.name);
    }
    this.#unbind(tag);
    if (this.#tags.length === 0 && src === this.#source && this.kind === "document") this.state = "epilog";
  }

  /** The closing quote of an attribute's value; what stands before it is well-formed. */
  #valueEnd(src: Source, from: number, quote: string): number {
    const { s } = src;
    let j = from;
    for (;;) {
      j = valueEnd(s, j);
      const c = s[j];
      if (c === undefined) throw PARTIAL;
      if (c === quote) {
        if (j + 1 >= s.length) throw PARTIAL;
        return j;
      }
      if (c === '"' || c === "'") j++;
      else if (c === "&") j = this.#referenceEnd(src, j);
      else if (c === CUT && j === s.length - 1) throw PARTIAL;
      else throw this.error(src, E.INVALID_TOKEN, j);
    }
  }

  /** The end of a reference at s[i], which is well-formed. */
  #referenceEnd(src: Source, i: number): number {
    const { s } = src;
    let j = i + 1;
    if (s[j] === "#") {
      j++;
      const hex = s[j] === "x";
      if (hex) j++;
      const from = j;
      while (j < s.length && (hex ? /[0-9a-fA-F]/ : /[0-9]/).test(s[j])) j++;
      if (j >= s.length) throw PARTIAL;
      if (j === from || s[j] !== ";") throw this.error(src, E.INVALID_TOKEN, j);
      return j + 1;
    }
    j = this.#name(src, j);
    if (s[j] !== ";") throw this.error(src, E.INVALID_TOKEN, j);
    return j + 1;
  }

  #endTag(src: Source, i: number): void {
    const { s } = src, nameTo = this.#name(src, i + 2);
    const j = spaceEnd(s, nameTo);
    if (j >= s.length) throw PARTIAL;
    if (s[j] !== ">") throw this.error(src, E.INVALID_TOKEN, j);
    const tag = this.#tags.at(-1);
    if (tag === undefined || this.#tags.length === this.#floor) throw this.error(src, E.ASYNC_ENTITY, i);
    if (tag.raw !== s.slice(i + 2, nameTo)) throw this.error(src, E.TAG_MISMATCH, i + 2);
    this.#tags.pop();
    src.i = j + 1;
    if (this.h.endElement !== undefined) this.h.endElement(tag.name);
    else this.raw(src, i, src.i);
    this.#unbind(tag);
  }
  /** Open elements below an entity's text, which it must not close. */
  #floor = 0;

  // ---- attributes, namespaces ---------------------------------------------------------------

  #attributes(src: Source, element: string, found: Attribute[], tag: Tag): string[] {
    const declared = this.dtd.attributes.get(element);
    const out: { name: string; value: string; at: number }[] = [];
    const seen = new Set<string>();
    const bind: { prefix: string; uri: string }[] = [];
    const add = (name: string, value: string, at: number) => {
      if (this.separator !== undefined && (name === "xmlns" || name.startsWith("xmlns:"))) {
        bind.push({ prefix: name.slice(6), uri: value });
        return false;
      }
      out.push({ name, value, at });
      return true;
    };
    let specified = 0;
    for (const a of found) {
      if (seen.has(a.name)) throw this.error(src, E.DUPLICATE_ATTRIBUTE, a.at);
      seen.add(a.name);
      const d = declared?.get(a.name);
      const value = this.attributeValue(a.value, d === undefined || d.type === "CDATA");
      if (add(a.name, value, a.at)) specified += 2;
    }
    for (const d of declared?.values() ?? []) {
      if (d.value !== undefined && !seen.has(d.name)) add(d.name, d.value, -1);
    }
    this.attributesSpecified = specified;
    for (const b of bind) this.#bind(b.prefix, b.uri, tag);
    if (this.separator === undefined) return out.flatMap((a) => [a.name, a.value]);
    const names = new Set<string>();
    return out.flatMap((a) => {
      const colon = a.name.indexOf(":");
      if (colon < 0) return [a.name, a.value];
      const name = this.#expanded(a.name.slice(0, colon), a.name.slice(colon + 1));
      const key = this.namespaceTriplets ? name.slice(0, name.lastIndexOf(this.separator!)) : name;
      if (names.has(key)) throw new XmlError(E.DUPLICATE_ATTRIBUTE);
      names.add(key);
      return [name, a.value];
    });
  }

  #bind(prefix: string, uri: string, tag: Tag): void {
    if (prefix === "xmlns") throw new XmlError(E.RESERVED_PREFIX_XMLNS);
    if (prefix === "xml" ? uri !== XML_NS : uri === XML_NS) {
      throw new XmlError(prefix === "xml" ? E.RESERVED_PREFIX_XML : E.RESERVED_NAMESPACE_URI);
    }
    if (uri === XMLNS_NS) throw new XmlError(E.RESERVED_NAMESPACE_URI);
    if (prefix !== "" && uri === "") throw new XmlError(E.UNDECLARING_PREFIX);
    if (this.separator !== undefined && this.separator !== "\0" && uri.includes(this.separator)) {
      // a name in it could not be told from others, unless no URI may hold the separator anyway
      if (!/^[\w\-.~:/?#[\]@!$&'()*+,;=%]$/.test(this.separator)) throw new XmlError(E.SYNTAX);
    }
    tag.bindings.push({ prefix, uri, outer: this.#namespaces.get(prefix) });
    if (uri === "") this.#namespaces.delete(prefix);
    else this.#namespaces.set(prefix, uri);
    this.h.startNamespace?.(prefix === "" ? undefined : prefix, uri === "" ? undefined : uri);
  }
  #unbind(tag: Tag): void {
    for (const b of tag.bindings.reverse()) {
      this.h.endNamespace?.(b.prefix === "" ? undefined : b.prefix);
      if (b.outer === undefined) this.#namespaces.delete(b.prefix);
      else this.#namespaces.set(b.prefix, b.outer);
    }
  }
  #expanded(prefix: string, local: string): string {
    const uri = this.#namespaces.get(prefix);
    if (uri === undefined) throw new XmlError(E.UNBOUND_PREFIX);
    const name = `${uri}${this.separator}${local}`;
    return this.namespaceTriplets && prefix !== "" ? `${name}${this.separator}${prefix}` : name;
  }
  #elementName(raw: string): string {
    const colon = raw.indexOf(":");
    if (colon >= 0) return this.#expanded(raw.slice(0, colon), raw.slice(colon + 1));
    return this.#namespaces.has("") ? this.#expanded("", raw) : raw;
  }

  /**
   * An attribute's value as it is told: references replaced, white space made spaces.
   * @param cdata false: runs of spaces become one, those at the ends go
   */
  attributeValue(raw: string, cdata: boolean): string {
    const value = this.#expandValue(raw);
    return cdata ? value : value.replace(/^ +| +$/g, "").replace(/ +/g, " ");
  }
  #expandValue(raw: string): string {
    if (!/[&\n\r\t]/.test(raw)) return raw;
    let out = "", i = 0;
    while (i < raw.length) {
      const c = raw[i];
      if (c === "&") {
        const end = raw.indexOf(";", i);
        if (end < 0) throw new XmlError(E.INVALID_TOKEN);
        const name = raw.slice(i + 1, end);
        out += this.#valueReference(name);
        i = end + 1;
      } else if (c === "<") throw new XmlError(E.INVALID_TOKEN);
      else {
        if (c === "\r" && raw[i + 1] === "\n") i++;
        out += c === "\n" || c === "\r" || c === "\t" ? " " : c;
        i++;
      }
    }
    return out;
  }
  #valueReference(name: string): string {
    if (name[0] === "#") return characterOf(name);
    const known = PREDEFINED[name];
    if (known !== undefined && Object.hasOwn(PREDEFINED, name)) return known;
    const e = this.dtd.general.get(name);
    if (!this.dtd.hasParamRefs || this.dtd.standalone) {
      if (e === undefined) throw new XmlError(E.UNDEFINED_ENTITY);
      if (!e.internalSubset) throw new XmlError(E.ENTITY_DECLARED_IN_PE);
    } else if (e === undefined) return "";
    if (e.open) throw new XmlError(E.RECURSIVE_ENTITY_REF);
    if (e.notation !== undefined) throw new XmlError(E.BINARY_ENTITY_REF);
    if (e.text === undefined) throw new XmlError(E.ATTRIBUTE_EXTERNAL_ENTITY_REF);
    this.amplify(e.text.length);
    e.open = true;
    const out = this.#expandValue(e.text);
    e.open = false;
    return out;
  }

  /** Counts text that comes out of entities; AMPLIFICATION_LIMIT_BREACH when it grows out of bounds. */
  amplify(n: number): void {
    const r = this.root;
    r.#indirect += n;
    const total = r.#indirect + r.#direct;
    if (total >= r.activation && total / Math.max(1, r.#direct) > r.maxAmplification) {
      throw new XmlError(E.AMPLIFICATION_LIMIT_BREACH);
    }
  }

  // ---- references ---------------------------------------------------------------------------

  #reference(src: Source, i: number): void {
    const { s } = src;
    if (i + 1 >= s.length) throw PARTIAL;
    const end = this.#referenceEnd(src, i), name = s.slice(i + 1, end - 1);
    src.i = end;
    if (name[0] === "#") {
      let ch: string;
      try {
        ch = characterOf(name);
      } catch {
        throw this.error(src, E.BAD_CHAR_REF, i);
      }
      this.#characters(src, ch, i);
      return;
    }
    if (Object.hasOwn(PREDEFINED, name)) return this.#characters(src, PREDEFINED[name], i);
    const e = this.dtd.general.get(name);
    if (!this.dtd.hasParamRefs || this.dtd.standalone) {
      if (e === undefined) throw this.error(src, E.UNDEFINED_ENTITY, i);
      if (!e.internalSubset) throw this.error(src, E.ENTITY_DECLARED_IN_PE, i);
    } else if (e === undefined) {
      if (this.h.skippedEntity !== undefined) this.h.skippedEntity(name, false);
      else this.raw(src, i, end);
      return;
    }
    if (e.open) throw this.error(src, E.RECURSIVE_ENTITY_REF, i);
    if (e.notation !== undefined) throw this.error(src, E.BINARY_ENTITY_REF, i);
    if (e.text !== undefined) {
      if (!this.expandEntities) {
        if (this.h.skippedEntity !== undefined) this.h.skippedEntity(name, false);
        else this.raw(src, i, end);
        return;
      }
      return this.#internalEntity(e);
    }
    if (this.h.externalEntity === undefined) return this.raw(src, i, end);
    e.open = true;
    const context = this.context();
    e.open = false;
    if (!this.h.externalEntity(context, e.base, e.system, e.pub)) {
      throw this.error(src, E.EXTERNAL_ENTITY_HANDLING, i);
    }
  }
  #internalEntity(e: Entity): void {
    this.amplify(e.text!.length);
    e.open = true;
    const inner: Source = { s: e.text!, i: 0, complete: true, entity: e };
    const floor = this.#floor, open = this.#tags.length;
    this.#floor = open;
    try {
      this.content(inner);
    } catch (x) {
      if (x === PARTIAL) throw new XmlError(E.UNCLOSED_TOKEN);
      throw x;
    }
    this.#floor = floor;
    if (this.#tags.length !== open) throw new XmlError(E.ASYNC_ENTITY);
    e.open = false;
  }
  /** What an external entity's parser must know: open entities and bound prefixes. */
  context(): string {
    const parts: string[] = [];
    for (const [prefix, uri] of this.#namespaces) if (prefix !== "xml") parts.push(`${prefix}=${uri}`);
    for (const e of this.dtd.general.values()) if (e.open) parts.push(e.name);
    return parts.join("\f");
  }
  /** Entities that a context opened; they are closed when the text ends. */
  readonly #opened: Entity[] = [];
  /** Takes over a context. */
  enterContext(context: string): void {
    for (const part of context.split("\f")) {
      const eq = part.indexOf("=");
      if (eq >= 0) this.#namespaces.set(part.slice(0, eq), part.slice(eq + 1));
      else {
        const e = this.dtd.general.get(part);
        if (e !== undefined && !e.open) {
          e.open = true;
          this.#opened.push(e);
        }
      }
    }
  }
  #leaveContext(): void {
    for (const e of this.#opened) e.open = false;
  }

  #epilog(src: Source): void {
    for (;;) {
      const { s } = src, i = src.i;
      if (i >= s.length) {
        this.at(src, i);
        return;
      }
      this.at(src, i);
      if (isSpace(s.charCodeAt(i))) {
        src.i = spaceEnd(s, i);
        this.raw(src, i, src.i);
        continue;
      }
      if (s[i] === "<" && i + 1 >= s.length) throw PARTIAL;
      if (s.startsWith("<?", i)) this.instruction(src, i);
      else if (s.startsWith("<!--", i)) this.comment(src, i);
      else if (s[i] === "<" && "<!--".startsWith(s.slice(i, i + 4))) throw PARTIAL;
      else if (badChar(s, i, i + 1) >= 0 || s[i] === "&" || s[i] === "\ufffe") {
        throw new XmlError(E.INVALID_TOKEN, i);
      } else throw new XmlError(E.JUNK_AFTER_DOC_ELEMENT, i);
    }
  }
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** The character of a numeric reference, "#38" or "#x26". */
export function characterOf(name: string): string {
  const n = name[1] === "x" ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  if (!isXmlChar(n)) throw new XmlError(E.BAD_CHAR_REF);
  return String.fromCodePoint(n);
}
/** Line ends as the application sees them. */
export function lines(s: string): string {
  return s.includes("\r") ? s.replace(/\r\n?/g, "\n") : s;
}
function knownEncoding(name: string): Encoding | undefined {
  switch (name) {
    case "utf-8":
      return { kind: "utf-8" };
    case "utf-16":
    case "utf-16be":
      return { kind: "utf-16be" };
    case "utf-16le":
      return { kind: "utf-16le" };
    case "iso-8859-1":
    case "us-ascii":
      return byteEncoding(name);
  }
  return undefined;
}
function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b.slice();
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
