// Expat 2.9: lib/xmlrole.c
//
// What a token of the prolog means where it stands. States are rows of a table: the role of white
// space, then which token (with which word) leads to which state in which role. State "top" is the
// internal or the external subset, "close" a declaration that only waits for its ">".

import * as T from "./expat_tok.ts";

export const ERROR = -1, NONE = 0, XML_DECL = 1, INSTANCE_START = 2, DOCTYPE_NONE = 3, DOCTYPE_NAME = 4;
export const DOCTYPE_SYSTEM_ID = 5, DOCTYPE_PUBLIC_ID = 6, DOCTYPE_INTERNAL_SUBSET = 7, DOCTYPE_CLOSE = 8;
export const GENERAL_ENTITY_NAME = 9, PARAM_ENTITY_NAME = 10, ENTITY_NONE = 11, ENTITY_VALUE = 12;
export const ENTITY_SYSTEM_ID = 13, ENTITY_PUBLIC_ID = 14, ENTITY_COMPLETE = 15, ENTITY_NOTATION_NAME = 16;
export const NOTATION_NONE = 17, NOTATION_NAME = 18, NOTATION_SYSTEM_ID = 19, NOTATION_NO_SYSTEM_ID = 20;
export const NOTATION_PUBLIC_ID = 21, ATTRIBUTE_NAME = 22, ATTRIBUTE_TYPE = 23, ATTRIBUTE_ENUM_VALUE = 31;
export const ATTRIBUTE_NOTATION_VALUE = 32, ATTLIST_NONE = 33, ATTLIST_ELEMENT_NAME = 34;
export const IMPLIED_ATTRIBUTE_VALUE = 35, REQUIRED_ATTRIBUTE_VALUE = 36, DEFAULT_ATTRIBUTE_VALUE = 37;
export const FIXED_ATTRIBUTE_VALUE = 38, ELEMENT_NONE = 39, ELEMENT_NAME = 40, CONTENT_ANY = 41;
export const CONTENT_EMPTY = 42, CONTENT_PCDATA = 43, GROUP_OPEN = 44, GROUP_CHOICE = 49, GROUP_SEQUENCE = 50;
/** The four quantifiers follow one another: none, `?`, `*`, `+`. */
export const GROUP_CLOSE = 45, CONTENT_ELEMENT = 51;
export const PI = 55, COMMENT = 56, TEXT_DECL = 57, IGNORE_SECT = 58, INNER_PARAM_ENTITY_REF = 59;
export const PARAM_ENTITY_REF = 60;

/** Types of attributes that are one word. */
export const ATTRIBUTE_TYPES: readonly string[] = [
  "CDATA",
  "ID",
  "IDREF",
  "IDREFS",
  "ENTITY",
  "ENTITIES",
  "NMTOKEN",
  "NMTOKENS",
];

type Rule = readonly [tok: number, word: string | undefined, next: string | undefined, role: number];
type State = readonly [space: number, ...rules: Rule[]];
type Table = Map<string, { space: number; rules: Map<number, Rule[]> }>;

/** `SYSTEM` and `PUBLIC`. */
function ids(system: string, pub: string, role: number): Rule[] {
  return [[T.NAME, "SYSTEM", system, role], [T.NAME, "PUBLIC", pub, role]];
}
function names(next: string, role: number): Rule[] {
  return [[T.NAME, undefined, next, role], [T.PREFIXED_NAME, undefined, next, role]];
}
/** The names of a content model, with quantifiers. */
function particles(): Rule[] {
  return [
    ...names("element7", CONTENT_ELEMENT),
    [T.NAME_QUESTION, undefined, "element7", CONTENT_ELEMENT + 1],
    [T.NAME_ASTERISK, undefined, "element7", CONTENT_ELEMENT + 2],
    [T.NAME_PLUS, undefined, "element7", CONTENT_ELEMENT + 3],
  ];
}
function prolog(next: string | undefined, ...rules: Rule[]): State {
  return [NONE, [T.PI, undefined, next, PI], [T.COMMENT, undefined, next, COMMENT], ...rules, [
    T.INSTANCE_START,
    undefined,
    "error",
    INSTANCE_START,
  ]];
}
function states(): Record<string, State> {
  const any = undefined, doctype: Rule = [T.DECL_OPEN, "DOCTYPE", "doctype0", DOCTYPE_NONE];
  const open: Rule[] = [
    [T.OPEN_BRACKET, any, "internal", DOCTYPE_INTERNAL_SUBSET],
    [T.DECL_CLOSE, any, "prolog2", DOCTYPE_CLOSE],
  ];
  return {
    prolog0: prolog("prolog1", [T.XML_DECL, any, "prolog1", XML_DECL], doctype),
    prolog1: prolog(any, doctype),
    prolog2: prolog(any),
    doctype0: [DOCTYPE_NONE, ...names("doctype1", DOCTYPE_NAME)],
    doctype1: [DOCTYPE_NONE, ...open, ...ids("doctype3", "doctype2", DOCTYPE_NONE)],
    doctype2: [DOCTYPE_NONE, [T.LITERAL, any, "doctype3", DOCTYPE_PUBLIC_ID]],
    doctype3: [DOCTYPE_NONE, [T.LITERAL, any, "doctype4", DOCTYPE_SYSTEM_ID]],
    doctype4: [DOCTYPE_NONE, ...open],
    doctype5: [DOCTYPE_NONE, [T.DECL_CLOSE, any, "prolog2", DOCTYPE_CLOSE]],
    internal: [
      NONE,
      [T.DECL_OPEN, "ENTITY", "entity0", ENTITY_NONE],
      [T.DECL_OPEN, "ATTLIST", "attlist0", ATTLIST_NONE],
      [T.DECL_OPEN, "ELEMENT", "element0", ELEMENT_NONE],
      [T.DECL_OPEN, "NOTATION", "notation0", NOTATION_NONE],
      [T.PI, any, any, PI],
      [T.COMMENT, any, any, COMMENT],
      [T.PARAM_ENTITY_REF, any, any, PARAM_ENTITY_REF],
      [T.CLOSE_BRACKET, any, "doctype5", DOCTYPE_NONE],
      [T.NONE, any, any, NONE],
    ],
    entity0: [ENTITY_NONE, [T.PERCENT, any, "entity1", ENTITY_NONE], [T.NAME, any, "entity2", GENERAL_ENTITY_NAME]],
    entity1: [ENTITY_NONE, [T.NAME, any, "entity7", PARAM_ENTITY_NAME]],
    entity2: [ENTITY_NONE, ...ids("entity4", "entity3", ENTITY_NONE), [T.LITERAL, any, "close", ENTITY_VALUE]],
    entity3: [ENTITY_NONE, [T.LITERAL, any, "entity4", ENTITY_PUBLIC_ID]],
    entity4: [ENTITY_NONE, [T.LITERAL, any, "entity5", ENTITY_SYSTEM_ID]],
    entity5: [ENTITY_NONE, [T.DECL_CLOSE, any, "top", ENTITY_COMPLETE], [T.NAME, "NDATA", "entity6", ENTITY_NONE]],
    entity6: [ENTITY_NONE, [T.NAME, any, "close", ENTITY_NOTATION_NAME]],
    entity7: [ENTITY_NONE, ...ids("entity9", "entity8", ENTITY_NONE), [T.LITERAL, any, "close", ENTITY_VALUE]],
    entity8: [ENTITY_NONE, [T.LITERAL, any, "entity9", ENTITY_PUBLIC_ID]],
    entity9: [ENTITY_NONE, [T.LITERAL, any, "entity10", ENTITY_SYSTEM_ID]],
    entity10: [ENTITY_NONE, [T.DECL_CLOSE, any, "top", ENTITY_COMPLETE]],
    notation0: [NOTATION_NONE, [T.NAME, any, "notation1", NOTATION_NAME]],
    notation1: [NOTATION_NONE, ...ids("notation3", "notation2", NOTATION_NONE)],
    notation2: [NOTATION_NONE, [T.LITERAL, any, "notation4", NOTATION_PUBLIC_ID]],
    notation3: [NOTATION_NONE, [T.LITERAL, any, "close", NOTATION_SYSTEM_ID]],
    notation4: [
      NOTATION_NONE,
      [T.LITERAL, any, "close", NOTATION_SYSTEM_ID],
      [T.DECL_CLOSE, any, "top", NOTATION_NO_SYSTEM_ID],
    ],
    attlist0: [ATTLIST_NONE, ...names("attlist1", ATTLIST_ELEMENT_NAME)],
    attlist1: [ATTLIST_NONE, [T.DECL_CLOSE, any, "top", ATTLIST_NONE], ...names("attlist2", ATTRIBUTE_NAME)],
    attlist2: [
      ATTLIST_NONE,
      ...ATTRIBUTE_TYPES.map((word, i): Rule => [T.NAME, word, "attlist8", ATTRIBUTE_TYPE + i]),
      [T.NAME, "NOTATION", "attlist5", ATTLIST_NONE],
      [T.OPEN_PAREN, any, "attlist3", ATTLIST_NONE],
    ],
    attlist3: [
      ATTLIST_NONE,
      ...names("attlist4", ATTRIBUTE_ENUM_VALUE),
      [T.NMTOKEN, any, "attlist4", ATTRIBUTE_ENUM_VALUE],
    ],
    attlist4: [ATTLIST_NONE, [T.CLOSE_PAREN, any, "attlist8", ATTLIST_NONE], [T.OR, any, "attlist3", ATTLIST_NONE]],
    attlist5: [ATTLIST_NONE, [T.OPEN_PAREN, any, "attlist6", ATTLIST_NONE]],
    attlist6: [ATTLIST_NONE, [T.NAME, any, "attlist7", ATTRIBUTE_NOTATION_VALUE]],
    attlist7: [ATTLIST_NONE, [T.CLOSE_PAREN, any, "attlist8", ATTLIST_NONE], [T.OR, any, "attlist6", ATTLIST_NONE]],
    attlist8: [
      ATTLIST_NONE,
      [T.POUND_NAME, "IMPLIED", "attlist1", IMPLIED_ATTRIBUTE_VALUE],
      [T.POUND_NAME, "REQUIRED", "attlist1", REQUIRED_ATTRIBUTE_VALUE],
      [T.POUND_NAME, "FIXED", "attlist9", ATTLIST_NONE],
      [T.LITERAL, any, "attlist1", DEFAULT_ATTRIBUTE_VALUE],
    ],
    attlist9: [ATTLIST_NONE, [T.LITERAL, any, "attlist1", FIXED_ATTRIBUTE_VALUE]],
    element0: [ELEMENT_NONE, ...names("element1", ELEMENT_NAME)],
    element1: [
      ELEMENT_NONE,
      [T.NAME, "EMPTY", "close", CONTENT_EMPTY],
      [T.NAME, "ANY", "close", CONTENT_ANY],
      [T.OPEN_PAREN, any, "element2", GROUP_OPEN],
    ],
    element2: [
      ELEMENT_NONE,
      [T.POUND_NAME, "PCDATA", "element3", CONTENT_PCDATA],
      [T.OPEN_PAREN, any, "element6", GROUP_OPEN],
      ...particles(),
    ],
    element3: [
      ELEMENT_NONE,
      [T.CLOSE_PAREN, any, "close", GROUP_CLOSE],
      [T.CLOSE_PAREN_ASTERISK, any, "close", GROUP_CLOSE + 2],
      [T.OR, any, "element4", ELEMENT_NONE],
    ],
    element4: [ELEMENT_NONE, ...names("element5", CONTENT_ELEMENT)],
    element5: [
      ELEMENT_NONE,
      [T.CLOSE_PAREN_ASTERISK, any, "close", GROUP_CLOSE + 2],
      [T.OR, any, "element4", ELEMENT_NONE],
    ],
    element6: [ELEMENT_NONE, [T.OPEN_PAREN, any, any, GROUP_OPEN], ...particles()],
    element7: [
      ELEMENT_NONE,
      [T.CLOSE_PAREN, any, any, GROUP_CLOSE],
      [T.CLOSE_PAREN_QUESTION, any, any, GROUP_CLOSE + 1],
      [T.CLOSE_PAREN_ASTERISK, any, any, GROUP_CLOSE + 2],
      [T.CLOSE_PAREN_PLUS, any, any, GROUP_CLOSE + 3],
      [T.COMMA, any, "element6", GROUP_SEQUENCE],
      [T.OR, any, "element6", GROUP_CHOICE],
    ],
    condSect0: [NONE, [T.NAME, "INCLUDE", "condSect1", NONE], [T.NAME, "IGNORE", "condSect2", NONE]],
    condSect1: [NONE, [T.OPEN_BRACKET, any, "external1", NONE]],
    condSect2: [NONE, [T.OPEN_BRACKET, any, "external1", IGNORE_SECT]],
    close: [NONE, [T.DECL_CLOSE, any, "top", NONE]],
  };
}
let table: Table | undefined;
function makeTable(): Table {
  const out: Table = new Map();
  for (const [name, [space, ...rules]] of Object.entries(states())) {
    out.set(name, { space, rules: Map.groupBy(rules, (r) => r[0]) });
  }
  return out;
}

export class PrologState {
  #state: string;
  #closeRole = NONE;
  #includeLevel = 0;
  /** How deep a content model is in groups. */
  level = 0;
  /** @param document the document itself, not an external subset or parameter entity */
  constructor(readonly document: boolean) {
    this.#state = document ? "prolog0" : "external0";
  }

  /** The role of the token s[from..to]. */
  role(tok: number, s: string, from: number, to: number): number {
    if (this.#state === "external0") {
      this.#state = "external1";
      if (tok === T.XML_DECL) return TEXT_DECL;
    }
    let name = this.#state;
    if (name === "external1") {
      switch (tok) {
        case T.COND_SECT_OPEN:
          this.#state = "condSect0";
          return NONE;
        case T.COND_SECT_CLOSE:
          if (this.#includeLevel === 0) return this.#common(tok);
          this.#includeLevel--;
          return NONE;
        case T.CLOSE_BRACKET:
          return this.#common(tok);
        case T.NONE:
          return this.#includeLevel > 0 ? this.#common(tok) : NONE;
      }
      name = "internal";
    } else if (name === "error") return NONE;
    const state = (table ??= makeTable()).get(name)!;
    if (tok === T.PROLOG_S) {
      if (name === "prolog0") this.#state = "prolog1";
      return name === "close" ? this.#closeRole : state.space;
    }
    const rules = state.rules.get(tok);
    if (rules === undefined) return this.#common(tok);
    let rule: Rule | undefined = rules[0];
    if (rule[1] !== undefined) {
      const word = s.slice(from + (tok === T.DECL_OPEN ? 2 : tok === T.POUND_NAME ? 1 : 0), to);
      rule = rules.find((r) => r[1] === undefined || r[1] === word);
      if (rule === undefined) return this.#common(tok);
    }
    return this.#go(name, rule, state.space);
  }
  #go(name: string, [, , next, role]: Rule, space: number): number {
    if (name === "condSect1") this.#includeLevel++;
    if (role === GROUP_OPEN) this.level = name === "element1" ? 1 : name === "element2" ? 2 : this.level + 1;
    if (next === "top") this.#state = this.document ? "internal" : "external1";
    else if (next === "close") this.#close(space);
    else if (next !== undefined) this.#state = next;
    if (name === "element7" && role >= GROUP_CLOSE && role <= GROUP_CLOSE + 3 && --this.level === 0) this.#close(space);
    return name === "close" ? this.#closeRole : role;
  }
  #close(role: number): void {
    this.#state = "close";
    this.#closeRole = role;
  }
  #common(tok: number): number {
    if (!this.document && tok === T.PARAM_ENTITY_REF) return INNER_PARAM_ENTITY_REF;
    this.#state = "error";
    return ERROR;
  }
}
