// Expat 2.9: lib/xmlparse.c (doProlog, storeEntityValue, processXmlDecl)
//
// The prolog and the external subset, token by token: expat_role.ts says what a token means, the
// switch below what is done about it. What no handler is told goes to the default handler as it is.
// A `Dtd` is shared by the parsers of one subset; a general entity's parser has a copy.

import * as E from "./expat_consts.ts";
import { isSpace, isXmlChar } from "./expat_names.ts";
import { Account, type ExpatParser, type Model, type OpenEntity, XmlError } from "./expat_parser.ts";
import * as R from "./expat_role.ts";
import * as T from "./expat_tok.ts";

/** A declared entity. */
export interface Entity {
  name: string;
  isParameter: boolean;
  /** Its text, for an internal one. */
  text: string | undefined;
  base: string | undefined;
  system: string | undefined;
  pub: string | undefined;
  /** Its notation, for an unparsed one. */
  notation: string | undefined;
  /** Declared in the internal subset itself. */
  internalSubset: boolean;
  /** It is being expanded. */
  open: boolean;
}
function newEntity(name: string, isParameter: boolean, internalSubset: boolean): Entity {
  return {
    name,
    isParameter,
    text: undefined,
    base: undefined,
    system: undefined,
    pub: undefined,
    notation: undefined,
    internalSubset,
    open: false,
  };
}
/** A declared attribute. */
export interface AttributeDecl {
  name: string;
  cdata: boolean;
  value: string | undefined;
}

/** What a document type declaration tells. */
export class Dtd {
  general: Map<string, Entity> = new Map();
  parameter: Map<string, Entity> = new Map();
  attributes: Map<string, AttributeDecl[]> = new Map();
  hasParamRefs = false;
  standalone = false;
  /** Declarations count: nothing that was not read could say otherwise. */
  keepProcessing = true;
  /** The external subset, or parameter entity, that was asked for was read. */
  paramEntityRead = false;
  /** The entity value that is put together. */
  value = "";

  copy(): Dtd {
    const d = new Dtd();
    const entities = (m: Map<string, Entity>) => new Map([...m].map(([k, e]) => [k, { ...e, open: false }]));
    d.general = entities(this.general);
    d.parameter = entities(this.parameter);
    d.attributes = new Map([...this.attributes].map(([k, a]) => [k, [...a]]));
    d.hasParamRefs = this.hasParamRefs;
    d.standalone = this.standalone;
    d.keepProcessing = this.keepProcessing;
    d.paramEntityRead = this.paramEntityRead;
    return d;
  }
}

/** Line ends as the application sees them. */
export function lines(s: string): string {
  return s.includes("\r") ? s.replace(/\r\n?/g, "\n") : s;
}
/** The character of a numeric reference `&#38;` or `&#x26;`; undefined where no document may hold it. */
export function characterOf(ref: string): string | undefined {
  const hex = ref[2] === "x", n = parseInt(ref.slice(hex ? 3 : 2), hex ? 16 : 10);
  return isXmlChar(n) ? String.fromCodePoint(n) : undefined;
}
export const PREDEFINED: ReadonlyMap<string, string> = new Map([["lt", "<"], ["gt", ">"], ["amp", "&"], [
  "quot",
  '"',
], ["apos", "'"]]);
function publicId(s: string): string {
  return s.replace(/[ \r\n]+/g, " ").replace(/^ | $/g, "");
}

const EXTERNAL_SUBSET = "#";

export class Prolog {
  readonly state: R.PrologState;
  inEntityValue = false;
  readonly #connectors: string[] = [];
  // the declaration that is read
  #doctypeName: string | undefined;
  #doctypePub: string | undefined;
  #doctypeSystem: string | undefined;
  #entity: Entity | undefined;
  #notation: string | undefined;
  #notationPub: string | undefined;
  #element = "";
  #attribute = "";
  #type: string | undefined;
  #cdata = false;
  #isId = false;
  /** The groups of a content model that are open; empty outside of element declarations. */
  #groups: Model[] = [];
  #inElement = false;

  constructor(readonly p: ExpatParser, document: boolean) {
    this.state = new R.PrologState(document);
  }

  /** Takes the tokens of `src` from s on; `tok` is the first. Where the rest begins. */
  run(src: T.Lexer, s: number, tok: number, haveMore: boolean, mayClose: boolean, account: Account): number {
    const { p } = this;
    for (;;) {
      let next = tok === T.NONE || tok === T.PARTIAL || tok === T.PARTIAL_CHAR ? s : src.next;
      p.event(src, s);
      if (tok <= 0) {
        if (haveMore && tok !== T.INVALID) return s;
        switch (tok) {
          case T.INVALID:
            p.event(src, next);
            throw new XmlError(E.INVALID_TOKEN);
          case T.PARTIAL:
            throw new XmlError(E.UNCLOSED_TOKEN);
          case T.PARTIAL_CHAR:
            throw new XmlError(E.PARTIAL_CHAR);
          case -T.PROLOG_S:
            tok = -tok;
            break;
          case T.NONE:
            if (src.internal && !p.open[p.open.length - 1].betweenDecl) return s;
            if (p.kind === "subset" || src.internal) {
              if (this.state.role(T.NONE, src.s, s, s) === R.ERROR) throw new XmlError(E.INCOMPLETE_PE);
              return s;
            }
            throw new XmlError(E.NO_ELEMENTS);
          default:
            tok = -tok;
            next = src.s.length;
        }
      }
      const role = this.state.role(tok, src.s, s, next);
      if (role !== R.INSTANCE_START && role !== R.XML_DECL && role !== R.TEXT_DECL) {
        p.account(next - s, account);
      }
      if (role === R.INSTANCE_START) {
        this.#foreignDtd();
        return p.startContent(s);
      }
      if (role === R.DOCTYPE_CLOSE && !mayClose) throw new XmlError(E.INVALID_TOKEN);
      if (role === R.IGNORE_SECT) {
        p.default(src, s, next);
        const end = p.ignoreSection(src, next, haveMore);
        if (end < 0) return -end - 1;
        next = end;
      } else if (this.#role(role, tok, src, s, next)) p.default(src, s, next);
      if (p.reenter) return next;
      s = next;
      tok = src.prolog(s);
    }
  }

  /** What a role asks for. True: the default handler gets the text. */
  #role(role: number, tok: number, src: T.Lexer, s: number, next: number): boolean {
    const { p } = this, { h, dtd } = p;
    const text = () => src.s.slice(s, next), inside = () => src.s.slice(s + 1, next - 1);
    switch (role) {
      case R.ERROR:
        throw new XmlError(
          tok === T.PARAM_ENTITY_REF ? E.PARAM_ENTITY_REF : tok === T.XML_DECL ? E.MISPLACED_XML_PI : E.SYNTAX,
        );
      case R.NONE:
        return true;
      case R.XML_DECL:
      case R.TEXT_DECL:
        p.declaration(src, s, next, role === R.TEXT_DECL);
        return false;
      case R.PI:
        p.instruction(src, s, next);
        return false;
      case R.COMMENT:
        p.comment(src, s, next);
        return false;
      case R.PARAM_ENTITY_REF:
      case R.INNER_PARAM_ENTITY_REF:
        return this.#parameterReference(role, src.s.slice(s + 1, next - 1));
      case R.DOCTYPE_NONE:
        return h.startDoctype === undefined;
      case R.DOCTYPE_NAME:
        this.#doctypeSystem = undefined;
        if (h.startDoctype === undefined) return true;
        this.#doctypeName = text();
        this.#doctypePub = undefined;
        return false;
      case R.DOCTYPE_INTERNAL_SUBSET:
        if (h.startDoctype === undefined) return true;
        h.startDoctype(this.#doctypeName ?? "", this.#doctypeSystem, this.#doctypePub, true);
        this.#doctypeName = undefined;
        return false;
      case R.DOCTYPE_PUBLIC_ID:
        return this.#doctypePublic(src, s, next);
      case R.DOCTYPE_SYSTEM_ID:
        return this.#doctypeSystemId(inside());
      case R.DOCTYPE_CLOSE:
        return this.#doctypeClose();
      case R.ENTITY_NONE:
        return !(dtd.keepProcessing && h.entityDecl !== undefined);
      case R.GENERAL_ENTITY_NAME:
      case R.PARAM_ENTITY_NAME:
        return this.#entityName(text(), role === R.PARAM_ENTITY_NAME);
      case R.ENTITY_PUBLIC_ID:
        this.#checkPublic(src, s, next);
        if (!dtd.keepProcessing || this.#entity === undefined) return true;
        this.#entity.pub = publicId(inside());
        return h.entityDecl === undefined;
      case R.ENTITY_SYSTEM_ID:
        if (!dtd.keepProcessing || this.#entity === undefined) return true;
        this.#entity.system = inside();
        this.#entity.base = p.base;
        return h.entityDecl === undefined;
      case R.ENTITY_VALUE:
        return this.#entityValue(src, s, next);
      case R.ENTITY_COMPLETE:
        if (!dtd.keepProcessing || this.#entity === undefined || h.entityDecl === undefined) return true;
        h.entityDecl(this.#entity);
        return false;
      case R.ENTITY_NOTATION_NAME:
        if (!dtd.keepProcessing || this.#entity === undefined) return true;
        this.#entity.notation = text();
        if (h.unparsedEntity !== undefined) h.unparsedEntity(this.#entity);
        else if (h.entityDecl !== undefined) h.entityDecl(this.#entity);
        else return true;
        return false;
    }
    return role <= R.NOTATION_PUBLIC_ID
      ? this.#notationRole(role, src, s, next)
      : role <= R.FIXED_ATTRIBUTE_VALUE
      ? this.#attlistRole(role, src, s, next)
      : this.#elementRole(role, src.s.slice(s, next));
  }

  // ---- DOCTYPE ------------------------------------------------------------------------------

  #checkPublic(src: T.Lexer, s: number, next: number): void {
    for (let i = s + 1; i < next - 1; i++) {
      if (/[-a-zA-Z0-9 \r\n'()+,./:=?;!*#@$_%]/.test(src.s[i])) continue;
      this.p.event(src, i);
      throw new XmlError(E.PUBLICID);
    }
  }
  #subset(): Entity {
    const all = this.p.dtd.parameter;
    let e = all.get(EXTERNAL_SUBSET);
    if (e === undefined) all.set(EXTERNAL_SUBSET, e = newEntity(EXTERNAL_SUBSET, true, false));
    return e;
  }
  #doctypePublic(src: T.Lexer, s: number, next: number): boolean {
    const { p } = this;
    p.useForeignDtd = false;
    this.#entity = this.#subset();
    p.dtd.hasParamRefs = true;
    this.#checkPublic(src, s, next);
    const pub = publicId(src.s.slice(s + 1, next - 1));
    if (p.h.startDoctype !== undefined) this.#doctypePub = pub;
    if (p.dtd.keepProcessing) this.#entity.pub = pub;
    return p.h.startDoctype === undefined;
  }
  #doctypeSystemId(system: string): boolean {
    const { p } = this, told = p.h.startDoctype !== undefined;
    p.useForeignDtd = false;
    p.dtd.hasParamRefs = true;
    this.#doctypeSystem = told ? system : EXTERNAL_SUBSET;
    if (p.paramEntityParsing === 0) this.#notStandalone();
    if (this.#entity === undefined) {
      this.#entity = this.#subset();
      this.#entity.pub = undefined;
    }
    if (p.dtd.keepProcessing) {
      this.#entity.system = system;
      this.#entity.base = p.base;
    }
    return !told;
  }
  #notStandalone(): void {
    const { p } = this;
    if (!p.dtd.standalone && p.h.notStandalone?.() === false) throw new XmlError(E.NOT_STANDALONE);
  }
  /** Asks for the external subset. */
  #askSubset(): void {
    const { p } = this, { dtd } = p, had = dtd.hasParamRefs;
    dtd.hasParamRefs = true;
    if (p.paramEntityParsing === 0 || p.h.externalEntity === undefined) return;
    const e = this.#subset();
    if (p.useForeignDtd) e.base = p.base;
    dtd.paramEntityRead = false;
    if (!p.h.externalEntity(undefined, e.base, e.system, e.pub)) throw new XmlError(E.EXTERNAL_ENTITY_HANDLING);
    if (dtd.paramEntityRead) this.#notStandalone();
    else if (this.#doctypeSystem === undefined) dtd.hasParamRefs = had;
  }
  #foreignDtd(): void {
    if (!this.p.useForeignDtd) return;
    this.#doctypeSystem = undefined;
    this.#askSubset();
  }
  #doctypeClose(): boolean {
    const { p } = this, { h } = p;
    let raw = true;
    if (this.#doctypeName !== undefined) {
      h.startDoctype?.(this.#doctypeName, this.#doctypeSystem, this.#doctypePub, false);
      raw = false;
    }
    if (this.#doctypeSystem !== undefined || p.useForeignDtd) {
      this.#askSubset();
      p.useForeignDtd = false;
    }
    if (h.endDoctype === undefined) return raw;
    h.endDoctype();
    return false;
  }

  // ---- entities -----------------------------------------------------------------------------

  #entityName(name: string, isParameter: boolean): boolean {
    const { p } = this, { dtd } = p, all = isParameter ? dtd.parameter : dtd.general;
    this.#entity = undefined;
    if (!isParameter && PREDEFINED.has(name) || !dtd.keepProcessing || all.has(name)) return true;
    p.allocate(name.length + 80);
    this.#entity = newEntity(name, isParameter, p.parent === undefined && p.open.length === 0);
    all.set(name, this.#entity);
    return p.h.entityDecl === undefined;
  }
  #entityValue(src: T.Lexer, s: number, next: number): boolean {
    const { p } = this, { dtd } = p;
    if (!dtd.keepProcessing) return true;
    dtd.value = "";
    let failed: unknown;
    try {
      this.storeValue(p.part(src, s + 1, next - 1), Account.None);
    } catch (e) {
      if (!(e instanceof XmlError)) throw e;
      failed = e;
    }
    let raw = true;
    if (this.#entity !== undefined) {
      this.#entity.text = dtd.value;
      if (p.h.entityDecl !== undefined) {
        p.h.entityDecl({ ...this.#entity, base: p.base, system: undefined, pub: undefined, notation: undefined });
        raw = false;
      }
    }
    dtd.value = "";
    if (failed !== undefined) throw failed;
    return raw;
  }
  /** Puts an entity's value together in `dtd.value`: character references and parameter entities replaced. */
  storeValue(literal: T.Lexer, account: Account): void {
    const { p } = this, open: OpenEntity[] = [];
    let at = 0;
    do {
      const top = open.at(-1);
      if (top === undefined) at = this.#appendValue(literal, at, account, open);
      else if (top.hasMore) {
        top.processed = this.#appendValue(top.lexer, top.processed, Account.Expansion, open);
        top.hasMore = top.processed < top.lexer.s.length;
        continue;
      } else p.closeEntity(open);
    } while (open.length > 0 || at < literal.s.length);
  }
  #appendValue(lex: T.Lexer, i: number, account: Account, open: OpenEntity[]): number {
    const { p } = this, { dtd } = p, was = this.inEntityValue;
    this.inEntityValue = true;
    try {
      for (;;) {
        const tok = lex.entityValue(i);
        const next = tok === T.NONE || tok === T.PARTIAL ? i : tok === T.TRAILING_CR ? i + 1 : lex.next;
        if (tok > 0 || tok === T.TRAILING_CR) p.account(next - i, account);
        switch (tok) {
          case T.PARAM_ENTITY_REF: {
            if (p.kind !== "subset" && !lex.internal) {
              p.event(lex, i);
              throw new XmlError(E.PARAM_ENTITY_REF);
            }
            const e = dtd.parameter.get(lex.s.slice(i + 1, next - 1));
            if (e === undefined) {
              dtd.keepProcessing = dtd.standalone;
              return next;
            }
            if (e.open || e === this.#entity) {
              p.event(lex, i);
              throw new XmlError(E.RECURSIVE_ENTITY_REF);
            }
            if (e.system === undefined) {
              open.push(p.openEntity(e, false));
              return next;
            }
            this.#readParameter(e);
            break;
          }
          case T.NONE:
            return next;
          case T.ENTITY_REF:
          case T.DATA_CHARS:
            p.allocate(next - i);
            dtd.value += lex.s.slice(i, next);
            break;
          case T.TRAILING_CR:
          case T.DATA_NEWLINE:
            dtd.value += "\n";
            break;
          case T.CHAR_REF: {
            const ch = characterOf(lex.s.slice(i, next));
            if (ch === undefined) {
              p.event(lex, i);
              throw new XmlError(E.BAD_CHAR_REF);
            }
            dtd.value += ch;
            break;
          }
          default:
            p.event(lex, tok === T.INVALID ? next : i);
            throw new XmlError(E.INVALID_TOKEN);
        }
        i = next;
      }
    } finally {
      this.inEntityValue = was;
    }
  }
  /** Asks for an external parameter entity. True: it was read. */
  #readParameter(e: Entity): boolean {
    const { p } = this, { dtd } = p;
    if (p.h.externalEntity === undefined) {
      dtd.keepProcessing = dtd.standalone;
      return false;
    }
    dtd.paramEntityRead = false;
    e.open = true;
    const good = p.h.externalEntity(undefined, e.base, e.system, e.pub);
    e.open = false;
    if (!good) throw new XmlError(E.EXTERNAL_ENTITY_HANDLING);
    if (!dtd.paramEntityRead) dtd.keepProcessing = dtd.standalone;
    return dtd.paramEntityRead;
  }
  #parameterReference(role: number, name: string): boolean {
    const { p } = this, { dtd } = p;
    let raw = true;
    dtd.hasParamRefs = true;
    if (p.paramEntityParsing === 0) dtd.keepProcessing = dtd.standalone;
    else {
      const e = dtd.parameter.get(name);
      if (this.state.document && dtd.standalone && p.open.length === 0) {
        if (e === undefined) throw new XmlError(E.UNDEFINED_ENTITY);
        if (!e.internalSubset) throw new XmlError(E.ENTITY_DECLARED_IN_PE);
      } else if (e === undefined) {
        dtd.keepProcessing = dtd.standalone;
        if (role !== R.PARAM_ENTITY_REF || p.h.skippedEntity === undefined) return true;
        p.h.skippedEntity(name, true);
        return false;
      }
      if (e.open) throw new XmlError(E.RECURSIVE_ENTITY_REF);
      if (e.text !== undefined) {
        p.open.push(p.openEntity(e, role === R.PARAM_ENTITY_REF));
        p.reenter = true;
        return false;
      }
      const asked = p.h.externalEntity !== undefined;
      if (!this.#readParameter(e)) return !asked;
      raw = false;
    }
    this.#notStandalone();
    return raw;
  }

  // ---- notations, attributes, elements ------------------------------------------------------

  #notationRole(role: number, src: T.Lexer, s: number, next: number): boolean {
    const { p } = this, tell = p.h.notation;
    switch (role) {
      case R.NOTATION_NAME:
        this.#notationPub = this.#notation = undefined;
        if (tell === undefined) return true;
        this.#notation = src.s.slice(s, next);
        return false;
      case R.NOTATION_PUBLIC_ID:
        this.#checkPublic(src, s, next);
        if (this.#notation === undefined) return true;
        this.#notationPub = publicId(src.s.slice(s + 1, next - 1));
        return false;
      case R.NOTATION_SYSTEM_ID:
        if (this.#notation === undefined || tell === undefined) return true;
        tell(this.#notation, p.base, src.s.slice(s + 1, next - 1), this.#notationPub);
        return false;
      case R.NOTATION_NO_SYSTEM_ID:
        if (this.#notationPub === undefined || tell === undefined) return true;
        tell(this.#notation!, p.base, undefined, this.#notationPub);
        return false;
    }
    return tell === undefined;
  }

  #attlistRole(role: number, src: T.Lexer, s: number, next: number): boolean {
    const { p } = this, told = p.dtd.keepProcessing && p.h.attlistDecl !== undefined;
    switch (role) {
      case R.ATTLIST_ELEMENT_NAME:
        this.#element = src.s.slice(s, next);
        break;
      case R.ATTRIBUTE_NAME:
        this.#attribute = src.s.slice(s, next);
        this.#cdata = this.#isId = false;
        this.#type = undefined;
        break;
      case R.ATTRIBUTE_ENUM_VALUE:
      case R.ATTRIBUTE_NOTATION_VALUE: {
        if (!told) break;
        const first = role === R.ATTRIBUTE_NOTATION_VALUE ? "NOTATION(" : "(";
        this.#type = (this.#type === undefined ? first : `${this.#type}|`) + src.s.slice(s, next);
        break;
      }
      case R.IMPLIED_ATTRIBUTE_VALUE:
      case R.REQUIRED_ATTRIBUTE_VALUE:
        return this.#attributeDone(undefined, role === R.REQUIRED_ATTRIBUTE_VALUE);
      case R.DEFAULT_ATTRIBUTE_VALUE:
      case R.FIXED_ATTRIBUTE_VALUE: {
        if (!p.dtd.keepProcessing) return true;
        const value = p.attributeValue(p.part(src, s + 1, next - 1), this.#cdata, true, Account.None);
        return this.#attributeDone(value, role === R.FIXED_ATTRIBUTE_VALUE);
      }
      case R.ATTLIST_NONE:
        break;
      default:
        this.#type = R.ATTRIBUTE_TYPES[role - R.ATTRIBUTE_TYPE];
        this.#cdata = this.#type === "CDATA";
        this.#isId = this.#type === "ID";
    }
    return !told;
  }
  #attributeDone(value: string | undefined, required: boolean): boolean {
    const { p } = this, { dtd } = p;
    if (!dtd.keepProcessing) return true;
    let all = dtd.attributes.get(this.#element);
    if (all === undefined) dtd.attributes.set(this.#element, all = []);
    const known = (value !== undefined || this.#isId) && all.some((a) => a.name === this.#attribute);
    if (!known) {
      p.allocate(this.#attribute.length + (value?.length ?? 0) + 24);
      all.push({ name: this.#attribute, cdata: this.#cdata, value });
    }
    if (p.h.attlistDecl === undefined || this.#type === undefined) return true;
    const type = this.#type.startsWith("(") || this.#type.startsWith("NO") ? `${this.#type})` : this.#type;
    p.h.attlistDecl(this.#element, this.#attribute, type, value, required);
    return false;
  }

  #elementRole(role: number, text: string): boolean {
    const tell = this.p.h.elementDecl, raw = tell === undefined;
    const level = this.state.level;
    switch (role) {
      case R.ELEMENT_NAME:
        if (tell === undefined) return true;
        this.#element = text;
        this.#groups = [];
        this.#inElement = true;
        return false;
      case R.ELEMENT_NONE:
        return raw;
      case R.CONTENT_ANY:
      case R.CONTENT_EMPTY: {
        if (!this.#inElement) return true;
        const type = role === R.CONTENT_ANY ? E.MODEL.XML_CTYPE_ANY : E.MODEL.XML_CTYPE_EMPTY;
        tell?.(this.#element, { type, quant: 0, name: undefined, children: [] });
        this.#inElement = false;
        return raw;
      }
      case R.CONTENT_PCDATA:
        if (!this.#inElement) return true;
        this.#groups[this.#groups.length - 1].type = E.MODEL.XML_CTYPE_MIXED;
        return raw;
      case R.GROUP_OPEN: {
        this.#connectors[level] = "";
        if (!this.#inElement) return true;
        const m: Model = { type: E.MODEL.XML_CTYPE_SEQ, quant: 0, name: undefined, children: [] };
        this.#groups.at(-1)?.children.push(m);
        this.#groups.push(m);
        return raw;
      }
      case R.GROUP_SEQUENCE:
        if (this.#connectors[level] === "|") throw new XmlError(E.SYNTAX);
        this.#connectors[level] = ",";
        return !this.#inElement || raw;
      case R.GROUP_CHOICE: {
        if (this.#connectors[level] === ",") throw new XmlError(E.SYNTAX);
        const first = this.#connectors[level] === "", m = this.#groups.at(-1);
        this.#connectors[level] = "|";
        if (!this.#inElement || !first || m === undefined || m.type === E.MODEL.XML_CTYPE_MIXED) return true;
        m.type = E.MODEL.XML_CTYPE_CHOICE;
        return raw;
      }
    }
    if (!this.#inElement) return true;
    if (role >= R.CONTENT_ELEMENT) {
      const quant = role - R.CONTENT_ELEMENT, name = quant === 0 ? text : text.slice(0, -1);
      this.p.allocate(name.length + 32);
      this.#groups[this.#groups.length - 1].children.push({
        type: E.MODEL.XML_CTYPE_NAME,
        quant,
        name,
        children: [],
      });
      return raw;
    }
    const m = this.#groups.pop()!;
    m.quant = role - R.GROUP_CLOSE;
    if (this.#groups.length > 0) return raw;
    this.#inElement = false;
    tell?.(this.#element, m);
    return raw;
  }
}

/** What an XML or text declaration says. */
export interface Declaration {
  version: string | undefined;
  encoding: string | undefined;
  /** Where the encoding's name stands. */
  encodingAt: number;
  standalone: number;
}
/** Reads the declaration s[from..to]; a number is where it is wrong. */
export function parseDeclaration(s: string, from: number, to: number, general: boolean): Declaration | number {
  const end = to - 2, out: Declaration = { version: undefined, encoding: undefined, encodingAt: 0, standalone: -1 };
  let i = from + 5, name = "" as string, value = "", nameAt = 0, valueAt = 0;
  const at = (k: number) => k < end ? s.charCodeAt(k) : -1;
  const skip = () => {
    while (isSpace(at(i))) i++;
  };
  /** The next `name="value"`: false where it is wrong, name "" at the end. */
  const pseudo = (): boolean => {
    name = "";
    if (i >= end) return true;
    if (!isSpace(at(i))) return false;
    const from = i;
    skip();
    if (i >= end) {
      i = from;
      return true;
    }
    nameAt = i;
    while (at(i) !== 61 && !isSpace(at(i))) {
      if (i >= end || at(i) >= 0x80) return false;
      i++;
    }
    const nameTo = i;
    skip();
    if (at(i) !== 61) return false;
    if (nameTo === nameAt) return false;
    i++;
    skip();
    const open = at(i);
    if (open !== 34 && open !== 39) return false;
    valueAt = ++i;
    for (; at(i) !== open; i++) if (i >= end || !/[a-zA-Z0-9._-]/.test(s[i])) return false;
    name = s.slice(nameAt, nameTo);
    value = s.slice(valueAt, i++);
    return true;
  };
  const ended = () => name === "";
  if (!pseudo() || ended()) return i;
  if (name === "version") {
    if (!/^1\.[0-9]+$/.test(value)) return valueAt;
    out.version = value;
    if (!pseudo()) return i;
    if (ended()) return general ? i : out;
  } else if (!general) return nameAt;
  if (name === "encoding") {
    if (!/^[a-zA-Z]/.test(value)) return valueAt;
    out.encoding = value;
    out.encodingAt = valueAt;
    if (!pseudo()) return i;
    if (ended()) return out;
  }
  if (name !== "standalone" || general) return nameAt;
  if (value !== "yes" && value !== "no") return valueAt;
  out.standalone = value === "yes" ? 1 : 0;
  skip();
  return i >= end ? out : i;
}
