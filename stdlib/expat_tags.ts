// Expat 2.9: lib/xmlparse.c (storeAtts, addBinding, getContext)
//
// Start tags: values, defaults, namespaces. A prefix's binding hangs on the tag that made it; `uri`
// has the separator behind it already.

import type { AttributeDecl } from "./expat_dtd.ts";
import * as E from "./expat_consts.ts";
import { type Account, type ExpatParser, XmlError } from "./expat_parser.ts";
import type { Lexer } from "./expat_tok.ts";

export interface Tag {
  raw: string;
  name: string;
  bindings: Binding[];
}
export interface Binding {
  prefix: string;
  uri: string;
  outer: Binding | undefined;
}
export const XML_NS = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NS = "http://www.w3.org/2000/xmlns/";

/** The bound prefixes; "" is the default namespace. */
export type Bindings = Map<string, Binding>;

export class Tags {
  readonly bound: Bindings = new Map();
  /** How many of the list of a start tag's attributes were written there. */
  specified = 0;
  constructor(readonly p: ExpatParser) {}

  /** The attributes of the start tag that `src` has just read, as a list of names and values. */
  attributes(src: Lexer, tag: Tag, account: Account): string[] {
    const { p } = this, ns = p.separator !== undefined, { atts } = src;
    const declared = p.dtd.attributes.get(tag.raw);
    if (atts.length === 0 && declared === undefined) {
      this.specified = 0;
      return [];
    }
    const out: string[] = [], seen: Set<string> = new Set();
    let prefixed = 0;
    const add = (name: string, value: string) => {
      if (ns && name.startsWith("xmlns") && (name.length === 5 || name[5] === ":")) {
        this.bind(name.slice(6), value, tag, true);
        return;
      }
      if (ns && name.includes(":")) prefixed++;
      out.push(name, value);
    };
    for (let k = 0; k < atts.length; k += 4) {
      const name = src.s.slice(atts[k], atts[k + 1]);
      if (seen.has(name)) {
        p.event(src, atts[k]);
        throw new XmlError(E.DUPLICATE_ATTRIBUTE);
      }
      seen.add(name);
      const cdata = declared?.find((d) => d.name === name)?.cdata ?? true;
      const raw = src.s.slice(atts[k + 2], atts[k + 3]);
      const simple = !(cdata ? /[&\r\n\t]/ : /[&\r\n\t]|^ | {2}| $/).test(raw);
      add(
        name,
        simple ? raw : p.attributeValue(p.part(src, atts[k + 2], atts[k + 3]), cdata, false, account),
      );
    }
    this.specified = out.length;
    for (const d of declared ?? []) this.#default(d, seen, add);
    if (prefixed > 0) this.#expand(out);
    return out;
  }
  #default(d: AttributeDecl, seen: Set<string>, add: (name: string, value: string) => void): void {
    if (d.value === undefined || seen.has(d.name)) return;
    seen.add(d.name);
    add(d.name, d.value);
  }
  #expand(list: string[]): void {
    const { p } = this, names: Set<string> = new Set();
    for (let i = 0; i < list.length; i += 2) {
      const name = list[i], colon = name.indexOf(":");
      if (colon < 0) continue;
      const b = this.bound.get(name.slice(0, colon));
      if (b === undefined) throw new XmlError(E.UNBOUND_PREFIX);
      const full = b.uri + name.slice(colon + 1);
      if (names.has(full)) throw new XmlError(E.DUPLICATE_ATTRIBUTE);
      names.add(full);
      list[i] = p.namespaceTriplets ? `${full}${p.separator}${b.prefix}` : full;
    }
  }

  /** Binds a prefix; `tell`: a declaration in the document. */
  bind(prefix: string, uri: string, tag: Tag, tell: boolean): void {
    const { p } = this, separator = p.separator ?? "";
    if (uri === "" && prefix !== "") throw new XmlError(E.UNDECLARING_PREFIX);
    if (prefix === "xmlns") throw new XmlError(E.RESERVED_PREFIX_XMLNS);
    if (separator !== "" && uri.includes(separator) && !/[\w\-.~:/?#[\]@!$&'()*+,;=%]/.test(separator)) {
      throw new XmlError(E.SYNTAX); // a name in it could not be told from others
    }
    if ((prefix === "xml") !== (uri === XML_NS)) {
      throw new XmlError(prefix === "xml" ? E.RESERVED_PREFIX_XML : E.RESERVED_NAMESPACE_URI);
    }
    if (uri === XMLNS_NS) throw new XmlError(E.RESERVED_NAMESPACE_URI);
    const b: Binding = { prefix, uri: uri + separator, outer: this.bound.get(prefix) };
    tag.bindings.push(b);
    if (uri === "") this.bound.delete(prefix);
    else this.bound.set(prefix, b);
    p.allocate(uri.length + 48);
    if (tell) p.h.startNamespace?.(prefix === "" ? undefined : prefix, uri === "" ? undefined : uri);
  }
  unbind(tag: Tag): void {
    for (const b of tag.bindings.reverse()) {
      this.p.h.endNamespace?.(b.prefix === "" ? undefined : b.prefix);
      if (b.outer === undefined) this.bound.delete(b.prefix);
      else this.bound.set(b.prefix, b.outer);
    }
  }
  /** The prefixes that a context names. */
  context(): string[] {
    const out: string[] = [], cut = this.p.separator?.length ?? 0;
    for (const b of this.bound.values()) out.push(`${b.prefix}=${b.uri.slice(0, b.uri.length - cut)}`);
    return out;
  }
}

/** An element's name with its namespace. */
export function elementName(p: ExpatParser, bound: Bindings, raw: string): string {
  const colon = raw.indexOf(":"), b = bound.get(colon < 0 ? "" : raw.slice(0, colon));
  if (b === undefined) {
    if (colon < 0) return raw;
    throw new XmlError(E.UNBOUND_PREFIX);
  }
  const full = b.uri + raw.slice(colon + 1);
  return p.namespaceTriplets && b.prefix !== "" ? `${full}${p.separator}${b.prefix}` : full;
}
