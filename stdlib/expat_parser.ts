// Expat 2.9: lib/xmlparse.c (feeding, content, entities)
//
// An XML parser that is fed in pieces. A processor takes tokens (expat_tok.ts) from where the last one
// stopped; a token that is not whole waits for more text. The text of an internal entity is a lexer of
// its own on the stack `open`, so that nesting costs no recursion; what happens in it has the place of
// the reference in the document. The prolog is in expat_dtd.ts, start tags are in expat_tags.ts.
//
// Errors are thrown as XmlError; what a handler throws passes through unchanged.

import * as E from "./expat_consts.ts";
import { type Binding, elementName, type Tag, Tags, XML_NS } from "./expat_tags.ts";
import { characterOf, Dtd, type Entity, lines, parseDeclaration, PREDEFINED, Prolog } from "./expat_dtd.ts";
import { byteEncoding, type Encoding, isUtf8, type Place, XmlText } from "./expat_text.ts";
import * as T from "./expat_tok.ts";

/** What is wrong; the parser's `eventAt` says where. */
export class XmlError {
  constructor(readonly code: number) {}
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

/** An internal entity that is being expanded. */
export interface OpenEntity {
  entity: Entity;
  lexer: T.Lexer;
  /** How much of its text is done with. */
  processed: number;
  hasMore: boolean;
  /** Open elements when it began. */
  level: number;
  betweenDecl: boolean;
}

/** What text is counted as: the document's own, an entity's, or not again. */
export enum Account {
  Direct,
  Expansion,
  None,
}
/** Amplification limits: of text and of memory. */
const MAX_AMPLIFICATION = 100, ACTIVATION = 8_388_608, MEMORY_ACTIVATION = 67_108_864;
/** With no entity at all, a document could be as short as this. */
const SHORTEST = 22;
/** What a parser takes before it has read anything, and converted text goes out in such pieces. */
const BOM = 0xfeff;
const PARSER_SIZE = 2560, BUFFER = 1024;

/** How an encoding that Expat does not know is looked up; undefined: there is none. */
export type UnknownEncoding = (name: string) => Encoding | undefined;

type Stage = "init" | "prolog" | "subset" | "value" | "text" | "content" | "cdata" | "ignore" | "epilog";

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
  maxMemoryAmplification: number = MAX_AMPLIFICATION;
  memoryActivation: number = MEMORY_ACTIVATION;
  readonly separator: string | undefined;
  readonly unknownEncoding: UnknownEncoding;
  readonly text: XmlText = new XmlText();
  readonly kind: "document" | "entity" | "subset";
  readonly parent: ExpatParser | undefined;
  readonly main: T.Lexer;
  /** Internal entities that are being expanded, the innermost last. */
  readonly open: OpenEntity[] = [];
  /** An entity was opened or is done: go on with the one on top. */
  reenter = false;
  started = false;
  finished = false;
  errorCode = 0;
  /** Index into the text of what is handled, or is wrong. */
  eventAt = -1;
  readonly prolog: Prolog;
  readonly tags: Tags;
  #stage: Stage = "init";
  #given: string | undefined;
  #head: Uint8Array = new Uint8Array(0);
  #encodingKnown = false;
  #at = 0;
  #final = false;
  /** The text begins with a byte order mark. */
  #marked = false;
  #declared = false;
  readonly #stack: Tag[] = [];
  /** Open elements; an external entity's own begin at 1. */
  #level = 0;
  /** Bytes that have come, and those of a token that is not whole. */
  #fed = 0;
  #waitingFor = 0;
  #direct = 0;
  #indirect = 0;
  #allocated = PARSER_SIZE;

  constructor(options: {
    encoding?: string;
    separator?: string;
    unknownEncoding: UnknownEncoding;
    parent?: ExpatParser;
    kind?: "document" | "entity" | "subset";
    context?: string;
  }) {
    this.#given = options.encoding;
    this.separator = options.separator;
    this.unknownEncoding = options.unknownEncoding;
    this.kind = options.kind ?? "document";
    this.main = new T.Lexer("", this.separator !== undefined, false);
    this.prolog = new Prolog(this, this.kind === "document");
    this.tags = new Tags(this);
    const p = this.parent = options.parent;
    if (p !== undefined) {
      this.dtd = this.kind === "subset" ? p.dtd : p.dtd.copy();
      this.prolog.inEntityValue = p.prolog.inEntityValue;
      this.expandEntities = p.expandEntities;
      this.namespaceTriplets = p.namespaceTriplets;
      this.paramEntityParsing = p.paramEntityParsing;
      this.reparseDeferral = p.reparseDeferral;
      this.base = p.base;
    }
    if (options.context !== undefined) this.#enterContext(options.context);
    else if (this.separator !== undefined) this.tags.bind("xml", XML_NS, { raw: "", name: "", bindings: [] }, false);
  }
  get root(): ExpatParser {
    return this.parent?.root ?? this;
  }

  /** Overrides the encoding, before anything is parsed; for text that is UTF-8 whatever it says itself. */
  setEncoding(name: string): void {
    if (!this.started) this.#given = name;
  }

  // ---- feeding ------------------------------------------------------------------------------

  /** Parses more of the document. Throws XmlError, or what a handler throws. */
  feed(bytes: Uint8Array, final: boolean): void {
    if (this.finished) {
      this.errorCode = E.FINISHED;
      throw new XmlError(E.FINISHED);
    }
    this.text.recount(this.#at);
    if (this.errorCode !== 0) throw new XmlError(this.errorCode);
    this.started = true;
    this.#final = final;
    try {
      this.#decode(bytes, final);
      const { main, text } = this;
      main.s = text.text;
      main.cut = text.cut;
      main.single = !isUtf8(text.encoding) && text.encoding.kind === "bytes";
      this.allocate(bytes.length);
      this.#fed += bytes.length;
      const left = this.#fed - text.bytes;
      if (!final && this.reparseDeferral && left < 2 * this.#waitingFor) return;
      const before = this.#at;
      this.#run();
      this.#waitingFor = this.#at === before ? left : 0;
      if (final) this.finished = true;
      text.advance(this.#at);
      this.#forget();
    } catch (e) {
      if (e instanceof XmlError) this.errorCode = e.code;
      throw e;
    }
  }
  /** The place of the token that is handled. */
  placeNow(): Place {
    return this.text.place(Math.max(this.eventAt, 0));
  }
  /** Text that is done with is dropped now and then. */
  #forget(): void {
    const done = Math.min(this.#at, this.eventAt);
    if (done < 65536) return;
    this.text.drop(done);
    this.#at -= done;
    this.eventAt -= done;
    this.main.s = this.text.text;
  }

  #decode(bytes: Uint8Array, final: boolean): void {
    if (this.#encodingKnown) {
      // until the declaration is read, it may turn out that all must be decoded otherwise
      if (this.#at === 0) this.#head = concat(this.#head, bytes);
      this.text.add(bytes, final);
      return;
    }
    const b = this.#head = concat(this.#head, bytes);
    // what could be a mark, or the first half of "<", waits for more
    const first = b[0] === 0xfe || b[0] === 0xff || b[0] === 0xef || b[0] === 0 || b[0] === 0x3c;
    if (!final && (b.length < 2 && (b.length === 0 || first) || b.length === 2 && b[0] === 0xef && b[1] === 0xbb)) {
      return;
    }
    if (b.length === 1 && first) {
      this.#encodingKnown = true;
      this.text.half();
      return;
    }
    const given = this.#given?.toLowerCase();
    const known = given === undefined ? undefined : knownEncoding(given);
    this.#encodingKnown = true;
    if (given !== undefined && known === undefined) {
      const e = this.unknownEncoding(this.#given!);
      if (e === undefined) throw new XmlError(E.UNKNOWN_ENCODING);
      this.text.encoding = e;
    } else {
      const content = this.kind === "entity", wide = known?.kind.startsWith("utf-16");
      const latin = content && known?.kind === "bytes";
      if (known !== undefined) this.text.encoding = known;
      if (b[0] === 0xfe && b[1] === 0xff && !latin) this.#mark("utf-16be");
      else if (b[0] === 0xff && b[1] === 0xfe && !latin) this.#mark("utf-16le");
      else if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf && !(content && (latin || wide))) this.#mark("utf-8");
      else if (b.length >= 2 && !content) {
        if (b[0] === 0) this.text.encoding = { kind: "utf-16be" };
        else if (b[1] === 0) this.text.encoding = { kind: "utf-16le" };
      }
    }
    this.text.add(b, final);
  }
  #mark(kind: "utf-8" | "utf-16le" | "utf-16be"): void {
    this.text.encoding = { kind };
    this.#marked = true;
  }
  /** Reads the XML or text declaration s[from..to]. */
  declaration(src: T.Lexer, from: number, to: number, general: boolean): void {
    this.account(to - from, Account.Direct);
    const d = parseDeclaration(src.s, from, to, general);
    if (typeof d === "number") {
      this.event(src, d);
      throw new XmlError(general ? E.TEXT_DECL : E.XML_DECL);
    }
    if (!general && d.standalone === 1) {
      this.dtd.standalone = true;
      if (this.paramEntityParsing === 1) this.paramEntityParsing = 0;
    }
    if (this.h.xmlDecl !== undefined) this.h.xmlDecl(d.version, d.encoding, d.standalone);
    else this.default(src, from, to);
    if (this.#given !== undefined || d.encoding === undefined) return;
    const name = d.encoding.toLowerCase(), known = knownEncoding(name);
    const now = this.text.encoding, wide = now.kind.startsWith("utf-16");
    if (known !== undefined) {
      // UTF-16 in general is the one that it turned out to be
      if (known.kind.startsWith("utf-16") !== wide) {
        this.event(src, d.encodingAt);
        throw new XmlError(E.INCORRECT_ENCODING);
      }
      if (wide && name === "utf-16" || known.kind === now.kind && known.kind !== "bytes") return;
    }
    const e = known ?? this.unknownEncoding(d.encoding);
    if (e === undefined) {
      this.event(src, d.encodingAt);
      throw new XmlError(E.UNKNOWN_ENCODING);
    }
    // what was decoded after the declaration is decoded again; so far a byte was a character
    const skip = wide ? to * 2 : this.#marked ? to + 2 : to;
    this.text.switchTo(e, this.#head.subarray(skip), to, this.#final);
    this.main.s = this.text.text;
    this.main.cut = this.text.cut;
    this.main.single = e.kind === "bytes" && !isUtf8(e);
  }

  #run(): void {
    if (!this.#encodingKnown) return;
    do {
      this.reenter = false;
      if (this.open.length > 0) this.#entityStep();
      else this.#at = this.#step(this.#at);
    } while (this.reenter);
  }
  /** Takes the document's tokens from s on. Where the rest begins. */
  #step(s: number): number {
    const { main } = this, more = !this.#final;
    switch (this.#stage) {
      case "init":
        if (main.s.charCodeAt(0) === BOM && this.#marked) s = 1;
        this.#stage = this.kind === "document" ? "prolog" : this.kind === "subset" ? "subset" : "text";
        if (this.kind === "subset") {
          this.dtd.paramEntityRead = true;
          if (this.prolog.inEntityValue) this.#stage = "value";
        }
        return this.#step(s);
      case "prolog":
        return this.prolog.run(main, s, main.prolog(s), more, true, this.#accountOf());
      case "subset": {
        const tok = main.prolog(s);
        // here nothing says where an error is
        if (tok <= 0 && more && tok !== T.INVALID) return s;
        if (tok === T.INVALID) throw new XmlError(E.INVALID_TOKEN);
        if (tok === T.PARTIAL) throw new XmlError(E.UNCLOSED_TOKEN);
        if (tok === T.PARTIAL_CHAR) throw new XmlError(E.PARTIAL_CHAR);
        this.#stage = "prolog";
        return this.#step(s);
      }
      case "value":
        return this.#value(s);
      case "text":
        return this.#textDeclaration(s);
      case "content":
        return this.#content(main, s, this.kind === "document" ? 0 : 1, more, this.#accountOf());
      case "cdata": {
        const end = this.#cdata(main, s, more, this.#accountOf());
        if (end < 0) return -end - 1;
        this.#stage = "content";
        return this.#step(end);
      }
      case "ignore": {
        const end = this.ignoreSection(main, s, more);
        if (end < 0) return -end - 1;
        this.#stage = "prolog";
        return this.#step(end);
      }
      case "epilog":
        return this.#epilog(s);
    }
  }
  #accountOf(): Account {
    return this.kind === "entity" ? Account.Expansion : Account.Direct;
  }
  /** The external parameter entity inside an entity's value. */
  #value(s: number): number {
    const { main } = this;
    for (let i = s;;) {
      this.event(main, i);
      const tok = main.prolog(i);
      if (tok <= 0) {
        if (!this.#final && tok !== T.INVALID) return s;
        if (tok === T.INVALID) throw new XmlError(E.INVALID_TOKEN);
        if (tok === T.PARTIAL) throw new XmlError(E.UNCLOSED_TOKEN);
        if (tok === T.PARTIAL_CHAR) throw new XmlError(E.PARTIAL_CHAR);
        this.prolog.storeValue(this.part(main, s, main.s.length), Account.Direct);
        return main.s.length;
      }
      const { next } = main;
      if (tok === T.XML_DECL && !this.#declared) {
        this.#declared = true;
        this.declaration(main, i, next, false);
        s = next;
      }
      i = next;
    }
  }
  #textDeclaration(s: number): number {
    const { main } = this, tok = main.content(s);
    this.event(main, s);
    if (tok === T.PARTIAL || tok === T.PARTIAL_CHAR) {
      if (!this.#final) return s;
      throw new XmlError(tok === T.PARTIAL ? E.UNCLOSED_TOKEN : E.PARTIAL_CHAR);
    }
    if (tok === T.XML_DECL) {
      const { next } = main;
      this.declaration(main, s, next, true);
      s = next;
    }
    this.#stage = "content";
    this.#level = 1;
    return this.#step(s);
  }
  /** The prolog is over. Where the rest begins. */
  startContent(s: number): number {
    this.#stage = "content";
    return this.#step(s);
  }

  // ---- what tokens need ---------------------------------------------------------------------

  /** Says where the token that is handled stands; inside entities the reference stays the place. */
  event(src: T.Lexer, i: number): void {
    if (!src.internal) this.eventAt = src.base + i;
  }
  /** A part of a text as a lexer of its own. */
  part(src: T.Lexer, from: number, to: number): T.Lexer {
    return new T.Lexer(src.s.slice(from, to), src.ns, src.internal, src.base + from);
  }
  /** Hands raw text to the default handler. */
  default(src: T.Lexer, from: number, to: number): void {
    if (this.h.default === undefined) return;
    const s = src.s.slice(from, to);
    for (const piece of this.#pieces(src, s)) this.h.default?.(piece);
  }
  /** Text that had to be converted goes out in pieces of a buffer's size. */
  #pieces(src: T.Lexer, s: string): string[] {
    if (src.internal || isUtf8(this.text.encoding) || s.length * 3 <= BUFFER) return [s];
    const out: string[] = [];
    let piece = "", size = 0;
    for (const c of s) {
      const n = utf8Length(c.codePointAt(0)!);
      if (size + n > BUFFER) {
        out.push(piece);
        piece = "";
        size = 0;
      }
      piece += c;
      size += n;
    }
    out.push(piece);
    return out;
  }
  #characters(src: T.Lexer, text: string, from: number, to: number): void {
    const tell = this.h.characters;
    if (tell === undefined) this.default(src, from, to);
    else for (const piece of this.#pieces(src, text)) tell(piece);
  }
  comment(src: T.Lexer, from: number, to: number): void {
    if (this.h.comment !== undefined) this.h.comment(lines(src.s.slice(from + 4, to - 3)));
    else this.default(src, from, to);
  }
  instruction(src: T.Lexer, from: number, to: number): void {
    if (this.h.instruction === undefined) return this.default(src, from, to);
    const end = src.wholeName(from + 2);
    this.h.instruction(src.s.slice(from + 2, end), lines(src.s.slice(end, to - 2).replace(/^[ \t\r\n]+/, "")));
  }

  /** Counts text that is parsed; AMPLIFICATION_LIMIT_BREACH when entities make too much of it. */
  account(n: number, what: Account): void {
    if (what === Account.None) return;
    const r = this.root;
    if (what === Account.Direct && r === this) r.#direct += n;
    else r.#indirect += n;
    const total = r.#direct + r.#indirect;
    if (total < r.activation) return;
    const factor = r.#direct > 0 ? total / r.#direct : (SHORTEST + r.#indirect) / SHORTEST;
    if (factor > r.maxAmplification) throw new XmlError(E.AMPLIFICATION_LIMIT_BREACH);
  }
  /** Counts memory, about; NO_MEMORY when it is too much for what was read. */
  allocate(n: number): void {
    const r = this.root;
    r.#allocated += n;
    if (r.#allocated < r.memoryActivation || r.#direct === 0) return;
    if (r.#allocated / r.#direct > r.maxMemoryAmplification) throw new XmlError(E.NO_MEMORY);
  }

  // ---- content ------------------------------------------------------------------------------

  /** Takes content from s on; `level`: the open elements that are not its own. Where the rest begins. */
  #content(src: T.Lexer, s: number, level: number, haveMore: boolean, account: Account): number {
    this.event(src, s);
    for (;;) {
      const tok = src.content(s);
      switch (tok) {
        case T.NONE:
        case T.PARTIAL:
        case T.PARTIAL_CHAR:
          if (haveMore) return s;
          if (tok === T.NONE) this.#contentEnd(level);
          else throw new XmlError(tok === T.PARTIAL ? E.UNCLOSED_TOKEN : E.PARTIAL_CHAR);
          return s;
        case T.TRAILING_CR:
        case T.TRAILING_RSQB: {
          if (haveMore) return s;
          const end = src.s.length;
          this.account(end - s, account);
          this.#characters(src, tok === T.TRAILING_CR ? "\n" : src.s.slice(s, end), s, end);
          if (tok === T.TRAILING_RSQB) this.event(src, end);
          this.#contentEnd(level);
          return end;
        }
        case T.INVALID:
          this.event(src, src.next);
          throw new XmlError(E.INVALID_TOKEN);
      }
      let next = src.next;
      this.account(next - s, account);
      switch (tok) {
        case T.DATA_CHARS:
          this.#characters(src, src.s.slice(s, next), s, next);
          break;
        case T.DATA_NEWLINE:
          this.#characters(src, "\n", s, next);
          break;
        case T.START_TAG:
        case T.EMPTY_ELEMENT:
          this.#startTag(src, s, next, tok, account);
          break;
        case T.END_TAG:
          this.#endTag(src, s, next, level);
          break;
        case T.ENTITY_REF:
          this.#reference(src, s, next);
          break;
        case T.CHAR_REF: {
          const ch = characterOf(src.s.slice(s, next));
          if (ch === undefined) throw new XmlError(E.BAD_CHAR_REF);
          this.#characters(src, ch, s, next);
          break;
        }
        case T.CDATA_OPEN: {
          if (this.h.startCdata !== undefined) this.h.startCdata();
          else this.default(src, s, next);
          const end = this.#cdata(src, next, haveMore, account);
          if (end < 0) {
            this.#stage = "cdata";
            return -end - 1;
          }
          next = end;
          break;
        }
        case T.XML_DECL:
          throw new XmlError(E.MISPLACED_XML_PI);
        case T.PI:
          this.instruction(src, s, next);
          break;
        case T.COMMENT:
          this.comment(src, s, next);
      }
      if ((tok === T.EMPTY_ELEMENT || tok === T.END_TAG) && this.#level === 0) return this.#epilog(next);
      if (this.reenter) return next;
      s = next;
      this.event(src, s);
    }
  }
  #contentEnd(level: number): void {
    if (level === 0 && this.open.length === 0) throw new XmlError(E.NO_ELEMENTS);
    if (this.#level !== level) throw new XmlError(E.ASYNC_ENTITY);
  }

  #startTag(src: T.Lexer, s: number, next: number, tok: number, account: Account): void {
    const { h } = this, raw = src.s.slice(s + 1, src.wholeName(s + 1));
    const tag: Tag = { raw, name: raw, bindings: [] }, empty = tok === T.EMPTY_ELEMENT;
    if (!empty) {
      this.allocate(raw.length + 64);
      this.#stack.push(tag);
      this.#level++;
    }
    const list = this.tags.attributes(src, tag, empty ? Account.None : account);
    if (this.separator !== undefined) tag.name = elementName(this, this.tags.bound, raw);
    if (h.startElement !== undefined) h.startElement(tag.name, list, this.tags.specified);
    else if (!empty || h.endElement === undefined) this.default(src, s, next);
    if (!empty) return;
    if (h.endElement !== undefined) {
      // the place of the end is behind the tag
      if (h.startElement !== undefined) this.event(src, next);
      h.endElement(tag.name);
    }
    this.tags.unbind(tag);
  }
  #endTag(src: T.Lexer, s: number, next: number, level: number): void {
    if (this.#level === level) throw new XmlError(E.ASYNC_ENTITY);
    const tag = this.#stack[this.#stack.length - 1];
    if (src.s.slice(s + 2, src.wholeName(s + 2)) !== tag.raw) {
      this.event(src, s + 2);
      throw new XmlError(E.TAG_MISMATCH);
    }
    this.#stack.pop();
    this.#level--;
    this.allocate(-tag.raw.length - 64);
    if (this.h.endElement !== undefined) this.h.endElement(tag.name);
    else this.default(src, s, next);
    if (tag.bindings.length > 0) this.tags.unbind(tag);
  }

  /** Takes a CDATA section; where it ends, or -1 - s where it goes on after the text. */
  #cdata(src: T.Lexer, s: number, haveMore: boolean, account: Account): number {
    this.event(src, s);
    for (;;) {
      const tok = src.cdata(s);
      switch (tok) {
        case T.INVALID:
          this.event(src, src.next);
          throw new XmlError(E.INVALID_TOKEN);
        case T.PARTIAL_CHAR:
        case T.PARTIAL:
        case T.NONE:
          if (haveMore) return -1 - s;
          throw new XmlError(tok === T.PARTIAL_CHAR ? E.PARTIAL_CHAR : E.UNCLOSED_CDATA_SECTION);
      }
      const { next } = src;
      this.account(next - s, account);
      if (tok === T.CDATA_CLOSE) {
        if (this.h.endCdata !== undefined) this.h.endCdata();
        else this.default(src, s, next);
        return next;
      }
      this.#characters(src, tok === T.DATA_NEWLINE ? "\n" : src.s.slice(s, next), s, next);
      s = next;
      this.event(src, s);
    }
  }
  /** Skips an ignored section; where it ends, or -1 - s where it goes on after the text. */
  ignoreSection(src: T.Lexer, s: number, haveMore: boolean): number {
    this.event(src, s);
    const tok = src.ignoreSection(s), { next } = src;
    switch (tok) {
      case T.IGNORE_SECT:
        this.account(next - s, Account.Direct);
        this.default(src, s, next);
        return next;
      case T.INVALID:
        this.event(src, next);
        throw new XmlError(E.INVALID_TOKEN);
    }
    if (haveMore) {
      this.#stage = "ignore";
      return -1 - s;
    }
    throw new XmlError(tok === T.PARTIAL_CHAR ? E.PARTIAL_CHAR : E.SYNTAX);
  }

  #epilog(s: number): number {
    const { main } = this;
    this.#stage = "epilog";
    for (;;) {
      this.eventAt = s;
      const tok = main.prolog(s);
      switch (tok) {
        case T.NONE:
          return s;
        case -T.PROLOG_S:
        case T.PROLOG_S:
          this.account(main.next - s, Account.Direct);
          this.default(main, s, main.next);
          if (tok < 0) return main.s.length;
          break;
        case T.PI:
          this.account(main.next - s, Account.Direct);
          this.instruction(main, s, main.next);
          break;
        case T.COMMENT:
          this.account(main.next - s, Account.Direct);
          this.comment(main, s, main.next);
          break;
        case T.INVALID:
          this.eventAt = main.next;
          throw new XmlError(E.INVALID_TOKEN);
        case T.PARTIAL:
        case T.PARTIAL_CHAR:
          if (!this.#final) return s;
          throw new XmlError(tok === T.PARTIAL ? E.UNCLOSED_TOKEN : E.PARTIAL_CHAR);
        default:
          throw new XmlError(E.JUNK_AFTER_DOC_ELEMENT);
      }
      s = main.next;
    }
  }

  // ---- references, values -------------------------------------------------------------------

  #reference(src: T.Lexer, s: number, next: number): void {
    const { dtd, h } = this, name = src.s.slice(s + 1, next - 1);
    const known = PREDEFINED.get(name);
    if (known !== undefined) {
      this.root.#indirect++;
      return this.#characters(src, known, s, next);
    }
    const skipped = () => {
      if (h.skippedEntity !== undefined) h.skippedEntity(name, false);
      else this.default(src, s, next);
    };
    const e = dtd.general.get(name);
    if (!dtd.hasParamRefs || dtd.standalone) {
      if (e === undefined) throw new XmlError(E.UNDEFINED_ENTITY);
      if (!e.internalSubset) throw new XmlError(E.ENTITY_DECLARED_IN_PE);
    } else if (e === undefined) return skipped();
    if (e.open) throw new XmlError(E.RECURSIVE_ENTITY_REF);
    if (e.notation !== undefined) throw new XmlError(E.BINARY_ENTITY_REF);
    if (e.text !== undefined) {
      if (!this.expandEntities) return skipped();
      this.open.push(this.openEntity(e, false));
      this.reenter = true;
      return;
    }
    if (h.externalEntity === undefined) return this.default(src, s, next);
    e.open = true;
    const context = this.#context();
    e.open = false;
    if (!h.externalEntity(context, e.base, e.system, e.pub)) throw new XmlError(E.EXTERNAL_ENTITY_HANDLING);
  }
  openEntity(entity: Entity, betweenDecl: boolean): OpenEntity {
    entity.open = true;
    const lexer = new T.Lexer(entity.text!, this.separator !== undefined, true);
    return { entity, lexer, processed: 0, hasMore: true, level: this.#level, betweenDecl };
  }
  closeEntity(stack: OpenEntity[]): void {
    stack.pop()!.entity.open = false;
  }
  /** Goes on with the innermost internal entity. */
  #entityStep(): void {
    const o = this.open[this.open.length - 1], { lexer } = o;
    if (!o.hasMore) {
      this.closeEntity(this.open);
      this.reenter = true;
      return;
    }
    const next = o.entity.isParameter
      ? this.prolog.run(lexer, o.processed, lexer.prolog(o.processed), false, false, Account.Expansion)
      : this.#content(lexer, o.processed, o.level, false, Account.Expansion);
    if (this.reenter && next < lexer.s.length) o.processed = next;
    else {
      o.hasMore = false;
      this.reenter = true;
    }
  }

  /**
   * An attribute's value as it is told: references replaced, white space made spaces.
   * @param cdata false: runs of spaces become one, those at the ends go
   * @param fromProlog it is a default
   */
  attributeValue(literal: T.Lexer, cdata: boolean, fromProlog: boolean, account: Account): string {
    const open: OpenEntity[] = [], v: Value = { text: "", cdata, fromProlog };
    let at = 0;
    do {
      const top = open.at(-1);
      if (top === undefined) at = this.#appendValue(literal, at, v, account, open);
      else if (top.hasMore) {
        top.processed = this.#appendValue(top.lexer, top.processed, v, Account.Expansion, open);
        top.hasMore = top.processed < top.lexer.s.length;
      } else this.closeEntity(open);
    } while (open.length > 0 || at < literal.s.length);
    return !cdata && v.text.endsWith(" ") ? v.text.slice(0, -1) : v.text;
  }
  #appendValue(lex: T.Lexer, i: number, v: Value, account: Account, open: OpenEntity[]): number {
    const space = () => {
      if (v.cdata || v.text !== "" && !v.text.endsWith(" ")) v.text += " ";
    };
    for (;;) {
      const tok = lex.attributeValue(i);
      if (tok === T.NONE) return i;
      if (tok === T.INVALID || tok === T.PARTIAL || tok === T.PARTIAL_CHAR) {
        this.event(lex, tok === T.INVALID ? lex.next : i);
        throw new XmlError(E.INVALID_TOKEN);
      }
      const next = tok === T.TRAILING_CR ? i + 1 : lex.next;
      this.account(next - i, account);
      switch (tok) {
        case T.DATA_CHARS:
          v.text += lex.s.slice(i, next);
          break;
        case T.TRAILING_CR:
        case T.ATTRIBUTE_VALUE_S:
        case T.DATA_NEWLINE:
          space();
          break;
        case T.CHAR_REF: {
          const ch = characterOf(lex.s.slice(i, next));
          if (ch === undefined) {
            this.event(lex, i);
            throw new XmlError(E.BAD_CHAR_REF);
          }
          if (ch === " ") space();
          else v.text += ch;
          break;
        }
        case T.ENTITY_REF: {
          const known = PREDEFINED.get(lex.s.slice(i + 1, next - 1));
          if (known !== undefined) {
            this.root.#indirect++;
            v.text += known;
            break;
          }
          const e = this.#valueEntity(lex, i, next, v.fromProlog);
          if (e === undefined) break;
          open.push(this.openEntity(e, false));
          return next;
        }
      }
      i = next;
    }
  }
  #valueEntity(lex: T.Lexer, i: number, next: number, fromProlog: boolean): Entity | undefined {
    const { dtd } = this, e = dtd.general.get(lex.s.slice(i + 1, next - 1));
    const check = fromProlog
      ? this.prolog.state.document && (dtd.standalone ? this.open.length === 0 : !dtd.hasParamRefs)
      : !dtd.hasParamRefs || dtd.standalone;
    if (check) {
      if (e === undefined) throw new XmlError(E.UNDEFINED_ENTITY);
      if (!e.internalSubset) throw new XmlError(E.ENTITY_DECLARED_IN_PE);
    } else if (e === undefined) return undefined;
    const code = e.open
      ? E.RECURSIVE_ENTITY_REF
      : e.notation !== undefined
      ? E.BINARY_ENTITY_REF
      : e.text === undefined
      ? E.ATTRIBUTE_EXTERNAL_ENTITY_REF
      : 0;
    if (code === 0) return e;
    this.event(lex, i);
    throw new XmlError(code);
  }

  /** What an external entity's parser must know: bound prefixes and open entities. */
  #context(): string {
    const parts = this.tags.context();
    for (const e of this.dtd.general.values()) if (e.open) parts.push(e.name);
    return parts.join("\f");
  }
  #enterContext(context: string): void {
    for (const part of context.split("\f")) {
      const eq = part.indexOf("=");
      if (eq < 0) {
        const e = this.dtd.general.get(part);
        if (e !== undefined) e.open = true;
      } else {
        const uri = part.slice(eq + 1) + (this.separator ?? ""), prefix = part.slice(0, eq);
        const b: Binding = { prefix, uri, outer: undefined };
        this.tags.bound.set(prefix, b);
      }
    }
  }
}
/** An attribute's value that is put together. */
interface Value {
  text: string;
  cdata: boolean;
  fromProlog: boolean;
}

function utf8Length(c: number): number {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
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
