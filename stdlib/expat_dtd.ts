// Expat 2.9: lib/xmlparse.c (prologProcessor, doProlog), lib/xmlrole.c
//
// The prolog: XML declaration, DOCTYPE, the declarations of the internal and the external subset.
// A declaration is taken as a whole, once its ">" is there. Parameter entities between declarations
// are parsed as sources of their own; inside declarations (which only the external subset allows)
// their text is put in their place first.

import * as E from "./expat_consts.ts";
import { badChar, isSpace, nameEnd, spaceEnd, tokenEnd } from "./expat_names.ts";
import { characterOf, type ExpatParser, lines, type Model, PARTIAL, type Source, XmlError } from "./expat_parser.ts";

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
/** A declared attribute. */
export interface AttributeDecl {
  name: string;
  type: string;
  value: string | undefined;
}

/** What a document type declaration tells; external entities' parsers share it. */
export class Dtd {
  readonly general: Map<string, Entity> = new Map();
  readonly parameter: Map<string, Entity> = new Map();
  readonly attributes: Map<string, Map<string, AttributeDecl>> = new Map();
  hasParamRefs = false;
  standalone = false;
  /** Declarations count: nothing that was not read could say otherwise. */
  keepProcessing = true;
  /** The external subset, or parameter entity, that was asked for was read. */
  paramEntityRead = false;
}

/** Where the prolog stands. */
export interface PrologState {
  /** Past the place of the XML declaration. */
  started: boolean;
  doctype: { system: string | undefined; pub: string | undefined } | undefined;
  inSubset: boolean;
  done: boolean;
}

/** Parses the prolog, or an external subset; `onlyDecl`: just the text declaration of an entity. */
export function parseProlog(p: ExpatParser, src: Source, onlyDecl = false): void {
  const st = p.prolog;
  if (!st.started) {
    const { s } = src;
    if (s.startsWith("<?xml") && (s.length > 5 ? isSpace(s.charCodeAt(5)) : !src.complete)) declaration(p, src);
    else if (!src.complete && s.length < 6 && "<?xml ".startsWith(s)) throw PARTIAL;
    if (p.kind === "subset") p.dtd.paramEntityRead = true;
    st.started = true;
  }
  if (onlyDecl) return;
  if (p.kind === "subset") return subset(p, src, false);
  while (!st.done) {
    if (st.inSubset) {
      subset(p, src, true);
      if (st.inSubset) return;
      continue;
    }
    const { s } = src, i = src.i;
    p.at(src, i);
    if (i >= s.length) return;
    if (isSpace(s.charCodeAt(i))) {
      src.i = spaceEnd(s, i);
      p.raw(src, i, src.i);
    } else if (s[i] === "<") {
      const next = s[i + 1];
      if (next === undefined) throw PARTIAL;
      if (next === "?") p.instruction(src, i);
      else if (next === "!") {
        if (s.startsWith("<!--", i)) p.comment(src, i);
        else if (s.startsWith("<!DOCTYPE", i)) doctype(p, src, i);
        else if ("<!DOCTYPE".startsWith(s.slice(i, i + 9)) || "<!--".startsWith(s.slice(i, i + 4))) throw PARTIAL;
        else throw p.error(src, E.INVALID_TOKEN, i + 2);
      } else if (nameEnd(s, i + 1) > i + 1) {
        foreignDtd(p);
        st.done = true;
      } else throw p.error(src, E.INVALID_TOKEN, i + 1);
    } else if (badChar(s, i, i + 1) >= 0 || "&".includes(s[i])) throw p.error(src, E.INVALID_TOKEN, i);
    else if (s[i] === "]" && s[i + 1] === undefined && !src.complete) throw PARTIAL;
    else throw p.error(src, E.SYNTAX, i);
  }
}

/** The XML declaration, or an entity's text declaration. */
function declaration(p: ExpatParser, src: Source): void {
  const { s } = src, end = s.indexOf("?>");
  if (end < 0) throw PARTIAL;
  const isText = p.kind !== "document", body = s.slice(5, end);
  const m =
    /^(?:\s+version\s*=\s*("[\w.:-]*"|'[\w.:-]*'))?(?:\s+encoding\s*=\s*("[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*("yes"|'yes'|"no"|'no'))?\s*$/
      .exec(body);
  const bad = m === null || (isText ? m[2] === undefined || m[3] !== undefined : m[1] === undefined);
  p.at(src, 0);
  if (bad) throw p.error(src, isText ? E.TEXT_DECL : E.XML_DECL, badDeclaration(s, body));
  src.i = end + 2;
  const [version, encoding, alone] = [1, 2, 3].map((k) => m[k]?.slice(1, -1));
  if (alone === "yes") p.dtd.standalone = true;
  if (encoding !== undefined) p.declaredEncoding(encoding, src.i);
  if (p.h.xmlDecl !== undefined) p.h.xmlDecl(version, encoding, alone === undefined ? -1 : alone === "yes" ? 1 : 0);
  else p.raw(src, 0, src.i);
}
/** Where a declaration goes wrong: after the pseudo-attributes that are right. */
function badDeclaration(s: string, body: string): number {
  const m = /^(?:\s+(?:version|encoding|standalone)\s*=\s*(?:"[\w.:-]*"|'[\w.:-]*'))*\s*/.exec(body)!;
  return Math.min(s.length, 5 + m[0].length);
}

/** UseForeignDTD where there is no DOCTYPE: the external subset is asked for all the same. */
function foreignDtd(p: ExpatParser): void {
  if (!p.useForeignDtd) return;
  p.useForeignDtd = false;
  externalSubset(p, undefined, undefined);
}
function externalSubset(p: ExpatParser, system: string | undefined, pub: string | undefined): void {
  const had = p.dtd.hasParamRefs;
  p.dtd.hasParamRefs = true;
  if (p.paramEntityParsing === 0 || p.h.externalEntity === undefined) return;
  p.dtd.paramEntityRead = false;
  if (!p.h.externalEntity(undefined, p.base, system, pub)) throw new XmlError(E.EXTERNAL_ENTITY_HANDLING);
  if (p.dtd.paramEntityRead) notStandalone(p);
  else if (system === undefined) p.dtd.hasParamRefs = had;
}
function notStandalone(p: ExpatParser): void {
  if (!p.dtd.standalone && p.h.notStandalone?.() === false) throw new XmlError(E.NOT_STANDALONE);
}

/** One token of a declaration. */
interface Token {
  text: string;
  at: number;
  quoted: boolean;
}

/** The end of a declaration at s[i]: behind its ">" (or "[", of a DOCTYPE). */
function declarationEnd(p: ExpatParser, src: Source, i: number, bracket: boolean): number {
  const { s } = src;
  for (let j = i + 2; j < s.length; j++) {
    const c = s[j];
    if (c === ">" || bracket && c === "[") return j + 1;
    if (c === '"' || c === "'") {
      const to = s.indexOf(c, j + 1);
      const bad = badChar(s, j, to < 0 ? s.length : to);
      if (bad >= 0) throw p.error(src, E.INVALID_TOKEN, bad);
      if (to < 0) throw PARTIAL;
      j = to;
    } else if (c === "<" || badChar(s, j, j + 1) >= 0 || c === "&") throw p.error(src, E.INVALID_TOKEN, j);
  }
  throw PARTIAL;
}

/** Splits a declaration into names, quoted literals and single signs. */
function tokens(p: ExpatParser, src: Source, text: string, from: number): Token[] {
  const out: Token[] = [];
  let i = 0;
  while ((i = spaceEnd(text, i)) < text.length) {
    const c = text[i];
    let end = i + 1, quoted = false;
    if (c === '"' || c === "'") {
      end = text.indexOf(c, i + 1) + 1;
      if (end === 0) throw p.error(src, E.UNCLOSED_TOKEN, from + i);
      quoted = true;
    } else if (c === "#" || c === "%") end = Math.max(end, nameEnd(text, i + 1));
    else end = Math.max(end, tokenEnd(text, i));
    if (end === i + 1 && !/[\w:()|,*+?>%[\]#\u0080-\uffff]/.test(c)) throw p.error(src, E.INVALID_TOKEN, from + i);
    out.push({ text: quoted ? text.slice(i + 1, end - 1) : text.slice(i, end), at: from + i, quoted });
    i = end;
  }
  return out;
}

/** The tokens of a declaration, one after the other. */
class Reader {
  #i = 0;
  constructor(readonly p: ExpatParser, readonly src: Source, readonly all: Token[], readonly end: number) {}
  peek(): Token | undefined {
    return this.all[this.#i];
  }
  next(): Token {
    const t = this.all[this.#i++];
    if (t === undefined) throw this.wrong(undefined);
    return t;
  }
  wrong(t: Token | undefined): XmlError {
    return this.p.error(this.src, E.SYNTAX, t?.at ?? this.end);
  }
  /** A sign or word that must come. */
  expect(text: string): void {
    const t = this.next();
    if (t.quoted || t.text !== text) throw this.wrong(t);
  }
  accept(text: string): boolean {
    const t = this.peek();
    if (t === undefined || t.quoted || t.text !== text) return false;
    this.#i++;
    return true;
  }
  name(): string {
    const t = this.next();
    if (t.quoted || nameEnd(t.text, 0) !== t.text.length) throw this.wrong(t);
    return t.text;
  }
  literal(): Token {
    const t = this.next();
    if (!t.quoted) throw this.wrong(t);
    return t;
  }
  finish(): void {
    const t = this.peek();
    if (t !== undefined) throw this.wrong(t);
  }
  /** `SYSTEM "s"` or `PUBLIC "p" "s"`; `short`: the system literal of PUBLIC may be missing. */
  external(short: boolean): { system: string | undefined; pub: string | undefined } | undefined {
    if (this.accept("SYSTEM")) return { system: lines(this.literal().text), pub: undefined };
    if (!this.accept("PUBLIC")) return undefined;
    const t = this.literal();
    const bad = /[^-a-zA-Z0-9 \r\n'()+,./:=?;!*#@$_%]/.exec(t.text);
    if (bad !== null) throw this.p.error(this.src, E.PUBLICID, t.at + 1 + bad.index);
    const pub = t.text.replace(/[ \r\n]+/g, " ").trim();
    if (short && !this.peek()?.quoted) return { system: undefined, pub };
    return { system: lines(this.literal().text), pub };
  }
}

function doctype(p: ExpatParser, src: Source, i: number): void {
  if (p.prolog.doctype !== undefined) throw p.error(src, E.SYNTAX, i);
  const end = declarationEnd(p, src, i, true), internal = src.s[end - 1] === "[";
  const r = new Reader(p, src, tokens(p, src, src.s.slice(i + 9, end - 1), i + 9), end - 1);
  const name = r.name(), id = r.external(false);
  r.finish();
  src.i = end;
  p.prolog.doctype = { system: id?.system, pub: id?.pub };
  if (id !== undefined) {
    p.useForeignDtd = false;
    p.dtd.hasParamRefs = true;
    if (p.paramEntityParsing === 0) notStandalone(p);
  }
  if (p.h.startDoctype !== undefined) p.h.startDoctype(name, id?.system, id?.pub, internal);
  else rawTokens(p, src, i, end);
  if (internal) p.prolog.inSubset = true;
  else endDoctype(p, src, end - 1, end);
}
function endDoctype(p: ExpatParser, src: Source, from: number, to: number): void {
  const d = p.prolog.doctype!;
  if (d.system !== undefined || p.useForeignDtd) {
    externalSubset(p, d.system, d.pub);
    p.useForeignDtd = false;
  }
  if (p.h.endDoctype !== undefined) p.h.endDoctype();
  else if (p.h.startDoctype !== undefined) p.raw(src, from, to);
}
/** Hands a declaration to the default handler, token by token. */
function rawTokens(p: ExpatParser, src: Source, from: number, to: number): void {
  if (p.h.default === undefined) return;
  const parts = src.s.slice(from, to).match(
    /\s+|"[^"]*"|'[^']*'|<![A-Z]+|#[A-Z]+|%[\w:.-]+;|[\w:.\u0080-\uffff-]+[*+?]?|[^]/g,
  );
  for (const part of parts ?? []) p.h.default(part);
}

/** Declarations up to the end of the subset, or of the text. */
function subset(p: ExpatParser, src: Source, internal: boolean): void {
  for (;;) {
    const { s } = src, i = src.i;
    p.at(src, i);
    if (i >= s.length) return;
    const c = s[i];
    if (isSpace(s.charCodeAt(i))) {
      src.i = spaceEnd(s, i);
      p.raw(src, i, src.i);
    } else if (c === "%") parameterReference(p, src, i, internal);
    else if (c === "]") {
      if (internal && src.entity === undefined) {
        const j = spaceEnd(s, i + 1);
        if (j >= s.length) throw PARTIAL;
        if (s[j] !== ">") throw p.error(src, E.SYNTAX, j);
        src.i = j + 1;
        if (p.h.endDoctype === undefined && p.h.startDoctype === undefined) rawTokens(p, src, i, j + 1);
        p.prolog.inSubset = false;
        endDoctype(p, src, j, j + 1);
        return;
      }
      if (s.startsWith("]]>", i) && !internal) {
        src.i = i + 3;
        p.raw(src, i, src.i);
      } else if (!src.complete && "]]>".startsWith(s.slice(i))) throw PARTIAL;
      else throw p.error(src, E.SYNTAX, i);
    } else if (c !== "<") throw p.error(src, badChar(s, i, i + 1) >= 0 || c === "&" ? E.INVALID_TOKEN : E.SYNTAX, i);
    else markup(p, src, i, internal);
  }
}

function markup(p: ExpatParser, src: Source, i: number, internal: boolean): void {
  const { s } = src, next = s[i + 1];
  if (next === undefined) throw PARTIAL;
  if (next === "?") return p.instruction(src, i);
  if (next !== "!") throw p.error(src, nameEnd(s, i + 1) > i + 1 ? E.SYNTAX : E.INVALID_TOKEN, i);
  if (s.startsWith("<!--", i)) return p.comment(src, i);
  if (s.startsWith("<![", i)) return conditional(p, src, i, internal);
  if (s.length < i + 4) throw PARTIAL;
  const to = nameEnd(s, i + 2), word = s.slice(i + 2, to);
  if (to === i + 2) throw p.error(src, E.INVALID_TOKEN, i + 2);
  if (to >= s.length) throw PARTIAL;
  const end = declarationEnd(p, src, i, false);
  let text = s.slice(to, end - 1);
  if (text.includes("%")) text = expandParameters(p, src, text, to, internal);
  const r = new Reader(p, src, tokens(p, src, text, to), end - 1);
  src.i = end;
  let told: boolean;
  switch (word) {
    case "ENTITY":
      told = entity(p, r, internal && src.entity === undefined);
      break;
    case "ELEMENT":
      told = element(p, r);
      break;
    case "ATTLIST":
      told = attlist(p, r);
      break;
    case "NOTATION":
      told = notation(p, r);
      break;
    default:
      throw p.error(src, E.SYNTAX, i);
  }
  if (!told) rawTokens(p, src, i, end);
}

/** Parameter entities inside a declaration: not in the internal subset itself, but for values. */
function expandParameters(p: ExpatParser, src: Source, text: string, at: number, internal: boolean): string {
  let out = "", i = 0;
  while (i < text.length) {
    const c = text[i];
    if (c === '"' || c === "'") {
      const end = text.indexOf(c, i + 1) + 1;
      out += text.slice(i, end || text.length);
      i = end || text.length;
      continue;
    }
    const to = c === "%" ? nameEnd(text, i + 1) : i;
    if (c !== "%" || to === i + 1) {
      out += c;
      i++;
      continue;
    }
    if (text[to] !== ";") throw p.error(src, E.INVALID_TOKEN, at + to);
    if (internal && src.entity === undefined) throw p.error(src, E.PARAM_ENTITY_REF, at + i);
    const e = p.dtd.parameter.get(text.slice(i + 1, to));
    if (e?.text === undefined) throw p.error(src, E.UNDEFINED_ENTITY, at + i);
    if (e.open) throw p.error(src, E.RECURSIVE_ENTITY_REF, at + i);
    p.amplify(e.text.length);
    e.open = true;
    out += ` ${expandParameters(p, src, e.text, at, internal)} `;
    e.open = false;
    i = to + 1;
  }
  return out;
}

/** `%name;` between declarations. */
function parameterReference(p: ExpatParser, src: Source, i: number, internal: boolean): void {
  const { s } = src, to = nameEnd(s, i + 1);
  if (to >= s.length) throw PARTIAL;
  if (to === i + 1) {
    throw p.error(src, isSpace(s.charCodeAt(to)) ? E.SYNTAX : E.INVALID_TOKEN, isSpace(s.charCodeAt(to)) ? i : to);
  }
  if (s[to] !== ";") throw p.error(src, E.INVALID_TOKEN, to);
  src.i = to + 1;
  const { dtd } = p, name = s.slice(i + 1, to), e = dtd.parameter.get(name);
  dtd.hasParamRefs = true;
  if (p.paramEntityParsing === 0) {
    dtd.keepProcessing = dtd.standalone;
    if (p.h.skippedEntity !== undefined && p.h.default === undefined) p.h.skippedEntity(name, true);
    else p.raw(src, i, to + 1);
  } else if (e === undefined) {
    if (dtd.standalone && p.kind === "document") throw p.error(src, E.UNDEFINED_ENTITY, i);
    dtd.keepProcessing = dtd.standalone;
    if (p.h.skippedEntity !== undefined) p.h.skippedEntity(name, true);
    else p.raw(src, i, to + 1);
    return;
  } else if (e.open) throw p.error(src, E.RECURSIVE_ENTITY_REF, i);
  else if (e.text !== undefined) {
    p.amplify(e.text.length);
    e.open = true;
    const inner: Source = { s: e.text, i: 0, complete: true, entity: e };
    try {
      subset(p, inner, internal);
    } catch (x) {
      if (x === PARTIAL) throw p.error(src, E.INCOMPLETE_PE, i);
      throw x;
    }
    e.open = false;
  } else if (p.h.externalEntity !== undefined) {
    dtd.paramEntityRead = false;
    e.open = true;
    if (!p.h.externalEntity(undefined, e.base, e.system, e.pub)) throw p.error(src, E.EXTERNAL_ENTITY_HANDLING, i);
    e.open = false;
    if (!dtd.paramEntityRead) {
      dtd.keepProcessing = dtd.standalone;
      return;
    }
  } else {
    dtd.keepProcessing = dtd.standalone;
    return;
  }
  notStandalone(p);
}

/** `<![INCLUDE[`, `<![IGNORE[ ... ]]>`: the external subset only. */
function conditional(p: ExpatParser, src: Source, i: number, internal: boolean): void {
  if (internal) throw p.error(src, E.SYNTAX, i);
  const { s } = src, open = s.indexOf("[", i + 3);
  if (open < 0) throw PARTIAL;
  const word = expandParameters(p, src, s.slice(i + 3, open), i + 3, internal).trim();
  if (word === "INCLUDE") {
    src.i = open + 1;
    p.raw(src, i, src.i);
    return;
  }
  if (word !== "IGNORE") throw p.error(src, E.SYNTAX, i + 3);
  let depth = 1, j = open + 1;
  for (; depth > 0; j++) {
    if (j >= s.length) throw PARTIAL;
    if (s.startsWith("<![", j)) {
      depth++;
      j += 2;
    } else if (s.startsWith("]]>", j)) {
      depth--;
      j += 2;
    }
  }
  src.i = j;
  p.raw(src, i, j);
}

// ---- declarations ---------------------------------------------------------------------------

/** An entity's value with its character references and parameter entities replaced. */
function entityValue(p: ExpatParser, src: Source, text: string, at: number, internal: boolean): string {
  if (!/[&%\r]/.test(text)) return text;
  let out = "", i = 0;
  while (i < text.length) {
    const c = text[i], end = c === "&" || c === "%" ? text.indexOf(";", i) : 0;
    if (c === "&") {
      const name = text.slice(i + 1, end < 0 ? text.length : end);
      if (end < 0 || !/^#x[0-9a-fA-F]+$|^#[0-9]+$/.test(name) && nameEnd(name, 0) !== name.length) {
        throw p.error(src, E.INVALID_TOKEN, at + i + 1);
      }
      out += name[0] === "#" ? characterOf(name) : `&${name};`;
      i = end + 1;
    } else if (c === "%") {
      const name = text.slice(i + 1, end < 0 ? text.length : end);
      if (end < 0 || name === "" || nameEnd(name, 0) !== name.length) throw p.error(src, E.INVALID_TOKEN, at + i + 1);
      if (internal) throw p.error(src, E.PARAM_ENTITY_REF, at + i);
      const e = p.dtd.parameter.get(name);
      if (e?.text === undefined) p.dtd.keepProcessing = p.dtd.standalone;
      else {
        if (e.open) throw p.error(src, E.RECURSIVE_ENTITY_REF, at + i);
        p.amplify(e.text.length);
        e.open = true;
        out += entityValue(p, src, e.text, at, internal);
        e.open = false;
      }
      i = end + 1;
    } else {
      if (c === "\r" && text[i + 1] === "\n") i++;
      out += c === "\r" ? "\n" : c;
      i++;
    }
  }
  return out;
}

function entity(p: ExpatParser, r: Reader, internalSubset: boolean): boolean {
  const first = r.next();
  const isParameter = first.text === "%" && !first.quoted;
  let name = first.text;
  if (isParameter) name = r.name();
  else if (first.quoted || nameEnd(name, 0) !== name.length) throw r.wrong(first);
  if (p.separator !== undefined && name.includes(":")) throw r.wrong(first);
  const e: Entity = {
    name,
    isParameter,
    text: undefined,
    base: p.base,
    system: undefined,
    pub: undefined,
    notation: undefined,
    internalSubset,
    open: false,
  };
  const id = r.external(false);
  if (id === undefined) {
    const t = r.literal();
    e.text = entityValue(p, r.src, t.text, t.at + 1, internalSubset);
    e.base = undefined;
  } else {
    [e.system, e.pub] = [id.system, id.pub];
    if (!isParameter && r.accept("NDATA")) e.notation = r.name();
  }
  r.finish();
  const all = isParameter ? p.dtd.parameter : p.dtd.general;
  if (!p.dtd.keepProcessing || all.has(name)) return false;
  if (!isParameter && /^(lt|gt|amp|quot|apos)$/.test(name)) return false;
  all.set(name, e);
  if (e.notation !== undefined && p.h.unparsedEntity !== undefined) {
    p.h.unparsedEntity(e);
    return true;
  }
  if (p.h.entityDecl === undefined) return false;
  p.h.entityDecl(e.text === undefined ? e : { ...e, base: p.base });
  return true;
}

function notation(p: ExpatParser, r: Reader): boolean {
  const name = r.name(), id = r.external(true);
  if (id === undefined) throw r.wrong(r.peek());
  r.finish();
  if (p.h.notation === undefined) return false;
  p.h.notation(name, p.base, id.system, id.pub);
  return true;
}

const NONE = 0, QUANTIFIERS = "?*+";
function quantifier(r: Reader): number {
  const t = r.peek(), q = t === undefined || t.quoted || t.text === "" ? -1 : QUANTIFIERS.indexOf(t.text);
  if (q < 0) return NONE;
  r.next();
  return q + 1;
}
function model(r: Reader): Model {
  const m: Model = { type: E.MODEL.XML_CTYPE_SEQ, quant: NONE, name: undefined, children: [] };
  let sign: string | undefined;
  for (;;) {
    if (r.accept("(")) m.children.push(model(r));
    else {
      const name = r.name();
      m.children.push({ type: E.MODEL.XML_CTYPE_NAME, quant: quantifier(r), name, children: [] });
    }
    const t = r.next();
    if (t.quoted) throw r.wrong(t);
    if (t.text === ")") break;
    if (t.text !== "|" && t.text !== "," || sign !== undefined && sign !== t.text) throw r.wrong(t);
    sign = t.text;
  }
  if (sign === "|") m.type = E.MODEL.XML_CTYPE_CHOICE;
  m.quant = quantifier(r);
  return m;
}
function mixed(r: Reader): Model {
  const m: Model = { type: E.MODEL.XML_CTYPE_MIXED, quant: NONE, name: undefined, children: [] };
  while (r.accept("|")) m.children.push({ type: E.MODEL.XML_CTYPE_NAME, quant: NONE, name: r.name(), children: [] });
  r.expect(")");
  const star = r.accept("*");
  if (!star && m.children.length > 0) throw r.wrong(r.peek());
  if (star) m.quant = E.MODEL.XML_CQUANT_REP;
  return m;
}
function element(p: ExpatParser, r: Reader): boolean {
  const name = r.name();
  let m: Model;
  if (r.accept("EMPTY")) m = { type: E.MODEL.XML_CTYPE_EMPTY, quant: NONE, name: undefined, children: [] };
  else if (r.accept("ANY")) m = { type: E.MODEL.XML_CTYPE_ANY, quant: NONE, name: undefined, children: [] };
  else {
    r.expect("(");
    m = r.accept("#PCDATA") ? mixed(r) : model(r);
  }
  r.finish();
  if (p.h.elementDecl === undefined) return false;
  p.h.elementDecl(name, m);
  return true;
}

const TYPES = new Set(["CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS"]);
function attlist(p: ExpatParser, r: Reader): boolean {
  const elementName = r.name();
  let told = p.h.attlistDecl !== undefined && p.dtd.keepProcessing;
  if (r.peek() === undefined) told = false;
  while (r.peek() !== undefined) {
    const name = r.name(), t = r.next();
    let type: string;
    if (!t.quoted && (t.text === "(" || t.text === "NOTATION")) {
      if (t.text === "NOTATION") r.expect("(");
      const values: string[] = [];
      do {
        const v = r.next();
        if (v.quoted || tokenEnd(v.text, 0) !== v.text.length) throw r.wrong(v);
        values.push(v.text);
      } while (r.accept("|"));
      r.expect(")");
      type = `${t.text === "NOTATION" ? "NOTATION" : ""}(${values.join("|")})`;
    } else if (!t.quoted && TYPES.has(t.text)) type = t.text;
    else throw r.wrong(t);
    let value: string | undefined, required = false;
    if (r.accept("#REQUIRED")) required = true;
    else if (!r.accept("#IMPLIED")) {
      required = r.accept("#FIXED");
      value = p.attributeValue(r.literal().text, type === "CDATA");
    }
    if (!p.dtd.keepProcessing) continue;
    let all = p.dtd.attributes.get(elementName);
    if (all === undefined) p.dtd.attributes.set(elementName, all = new Map());
    if (!all.has(name)) all.set(name, { name, type, value });
    p.h.attlistDecl?.(elementName, name, type, value, required);
  }
  return told;
}
