// CPython 3.14: Tools/peg_generator/
//
// Makes parser.generated.ts of python.gram (whose head explains the notation):
//
//   deno run -A core/parse/generate.ts
//
// Two classes come out. `Parser` is the first attempt: the grammar without memo and
// without invalid_ rules, `fast` bodies where the grammar has them. `ExactParser`
// overrides what differs in the grammar proper. Alternatives are guarded by the set of
// tokens they can start with; left recursion becomes a loop.

import { KEYWORD_BASE, KEYWORDS, OPERATORS, TOKEN_NAMES } from "./tokens.ts";

type Item =
  | { kind: "token"; type: number; text: string }
  | { kind: "soft"; text: string }
  | { kind: "softAny" }
  | { kind: "rule"; name: string }
  | { kind: "group"; alts: Alt[] }
  | { kind: "opt"; item: Item }
  | { kind: "loop"; item: Item; min: 0 | 1 }
  | { kind: "gather"; separator: Item; item: Item }
  | { kind: "look"; positive: boolean; item: Item }
  | { kind: "forced"; item: Item }
  | { kind: "cut" };

interface Alt {
  items: { name: string | null; item: Item }[];
  action: string | null;
  text: string;
}

interface Rule {
  name: string;
  type: string;
  /** "exact": kept by the grammar proper; "always": by the first attempt too. */
  memo: "exact" | "always" | null;
  alts: Alt[];
  fast: string | null;
}

class Reader {
  private i = 0;
  constructor(private readonly text: string) {}

  private space(): void {
    while (/\s/.test(this.text[this.i] ?? "")) this.i++;
  }

  private at(s: string): boolean {
    this.space();
    return this.text.startsWith(s, this.i);
  }

  private take(s: string): boolean {
    if (!this.at(s)) return false;
    this.i += s.length;
    return true;
  }

  end(): boolean {
    this.space();
    return this.i >= this.text.length;
  }

  alternatives(close: string | null): Alt[] {
    const alts: Alt[] = [];
    this.take("|");
    do alts.push(this.alternative(close)); while (this.take("|"));
    if (close !== null && !this.take(close)) {
      throw new Error(
        `expected ${close} in ${this.text.slice(this.i, this.i + 40)}`,
      );
    }
    return alts;
  }

  private alternative(close: string | null): Alt {
    const start = this.i;
    const items: Alt["items"] = [];
    let action: string | null = null;
    while (
      !this.end() && !this.at("|") && !(close !== null && this.at(close))
    ) {
      if (this.at("{")) {
        action = this.action();
        break;
      }
      const named = /^\s*(\w+)=(?!=)/.exec(this.text.slice(this.i));
      if (named) this.i += named[0].length;
      items.push({ name: named ? named[1] : null, item: this.item() });
    }
    return { items, action, text: this.text.slice(start, this.i).trim() };
  }

  private action(): string {
    this.space();
    let depth = 0;
    const start = this.i;
    for (;; this.i++) {
      const c = this.text[this.i];
      if (c === undefined) {
        throw new Error(`open action: ${this.text.slice(start)}`);
      }
      if (c === '"' || c === "'" || c === "`") {
        do this.i++; while (this.text[this.i] !== c);
      } else if (c === "{") depth++;
      else if (c === "}" && --depth === 0) break;
    }
    return this.text.slice(start + 1, this.i++).trim();
  }

  private item(): Item {
    this.space();
    if (this.take("&&")) return { kind: "forced", item: this.atom() };
    if (this.take("&")) {
      return { kind: "look", positive: true, item: this.atom() };
    }
    if (this.take("!")) {
      return { kind: "look", positive: false, item: this.atom() };
    }
    if (this.take("~")) return { kind: "cut" };
    const atom = this.atom();
    if (this.text[this.i] === "?") return this.i++, { kind: "opt", item: atom };
    if (this.text[this.i] === "*") {
      return this.i++, { kind: "loop", item: atom, min: 0 };
    }
    if (this.text[this.i] === "+") {
      return this.i++, { kind: "loop", item: atom, min: 1 };
    }
    if (this.text[this.i] === ".") {
      this.i++;
      const item = this.atom();
      if (this.text[this.i++] !== "+") throw new Error("a gather ends with +");
      return { kind: "gather", separator: atom, item };
    }
    return atom;
  }

  private atom(): Item {
    this.space();
    if (this.take("(")) return { kind: "group", alts: this.alternatives(")") };
    if (this.take("[")) {
      const alts = this.alternatives("]");
      return { kind: "opt", item: simplify({ kind: "group", alts }) };
    }
    const quote = this.text[this.i];
    if (quote === "'" || quote === '"') {
      const end = this.text.indexOf(quote, this.i + 1);
      const text = this.text.slice(this.i + 1, end);
      this.i = end + 1;
      if (quote === '"' && /^\w/.test(text)) return { kind: "soft", text };
      const keyword = KEYWORDS.indexOf(text);
      const type = keyword >= 0 ? KEYWORD_BASE + keyword : OPERATORS[text];
      if (type === undefined) throw new Error(`no token ${text}`);
      return { kind: "token", type, text };
    }
    const word = /^\w+/.exec(this.text.slice(this.i));
    if (!word) {
      throw new Error(
        `expected an item at ${this.text.slice(this.i, this.i + 40)}`,
      );
    }
    this.i += word[0].length;
    if (word[0] === "SOFT_KEYWORD") return { kind: "softAny" };
    const token = TOKEN_NAMES.indexOf(word[0]);
    if (token >= 0) return { kind: "token", type: token, text: word[0] };
    return { kind: "rule", name: word[0] };
  }
}

/** A group of one unnamed item without an action is that item. */
function simplify(item: Item): Item {
  if (item.kind === "group" && item.alts.length === 1) {
    const alt = item.alts[0];
    if (alt.action === null && alt.items.length === 1) return alt.items[0].item;
  }
  return item;
}

/** The types of a group that is a choice between tokens, else null. */
function tokenTypes(item: Item): number[] | null {
  if (item.kind !== "group") return null;
  const types: number[] = [];
  for (const { action, items } of item.alts) {
    const only = items.length === 1 ? items[0].item : null;
    if (action !== null || only === null || only.kind !== "token") return null;
    types.push(only.type);
  }
  return types;
}

function readGrammar(text: string): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  const lines = text.split("\n");
  for (let i = 0; i < lines.length;) {
    const line = lines[i++];
    if (line.trim() === "" || line.startsWith("#")) continue;
    const fast = /^fast (\w+) \{\{\{$/.exec(line);
    if (fast) {
      const body: string[] = [];
      while (lines[i] !== "}}}") body.push(lines[i++]);
      i++;
      (rules.get(fast[1]) as Rule).fast = body.join("\n");
      continue;
    }
    const name = (/^\w+/.exec(line) as RegExpExecArray)[0];
    let depth = 0, j = name.length;
    do {
      if (line[j] === "[") depth++;
      else if (line[j] === "]") depth--;
      j++;
    } while (depth > 0);
    const type = line.slice(name.length + 1, j - 1);
    const rest = /^\s*(\(memo\)|\(memo always\))?\s*:(.*)$/.exec(
      line.slice(j),
    ) as RegExpExecArray;
    let body = rest[2];
    while (i < lines.length && /^\s+\|/.test(lines[i])) {
      body += "\n" + lines[i++];
    }
    rules.set(name, {
      name,
      type,
      memo: rest[1] === undefined ? null : rest[1] === "(memo)" ? "exact" : "always",
      alts: new Reader(body).alternatives(null),
      fast: null,
    });
  }
  return rules;
}

/** The code that ends a rule's body in success and in failure. */
interface Outcome {
  readonly success: (value: string) => string;
  readonly failure: string;
  /** What follows the last alternative. */
  readonly end: string;
}

const RETURN: Outcome = {
  success: (value) => `return ${value};`,
  failure: "return null;",
  end: "return null;",
};

/** Leaves a labelled block with the value in a variable. */
function labelled(label: string, variable: string): Outcome {
  return {
    success: (value) => `${variable} = ${value}; break ${label};`,
    failure: `break ${label};`,
    end: "",
  };
}

class Generator {
  private readonly first = new Map<string, Set<number>>();
  private readonly nullable = new Map<string, boolean>();
  private readonly helpers = new Map<string, string>();
  private readonly sets = new Map<string, number>();
  private out: string[] = [];
  private pending: string[] = [];
  private ruleIds = new Map<string, number>();
  private exact = false;

  constructor(
    private readonly rules: Map<string, Rule>,
    /** The rules that something outside the grammar calls. */
    private readonly roots: string[],
  ) {
    for (const name of rules.keys()) {
      this.ruleIds.set(name, this.ruleIds.size);
      this.first.set(name, new Set());
      this.nullable.set(name, false);
    }
    for (let changed = true; changed;) {
      changed = false;
      for (const rule of rules.values()) {
        const set = this.first.get(rule.name) as Set<number>;
        const before = set.size, wasNullable = this.nullable.get(rule.name);
        let nullable = false;
        for (const alt of rule.alts) {
          if (this.firstOf(alt, set)) nullable = true;
        }
        this.nullable.set(rule.name, nullable);
        if (set.size !== before || nullable !== wasNullable) changed = true;
      }
    }
  }

  /** Adds what `alt` can start with to `set`; true when it can match nothing. */
  private firstOf(alt: Alt, set: Set<number>): boolean {
    for (const { item } of alt.items) {
      if (!this.firstOfItem(item, set)) return false;
    }
    return true;
  }

  private firstOfItem(item: Item, set: Set<number>): boolean {
    switch (item.kind) {
      case "token":
        set.add(item.type);
        return false;
      case "soft":
      case "softAny":
        set.add(1);
        return false;
      case "rule": {
        const first = this.first.get(item.name);
        if (first === undefined) throw new Error(`no rule ${item.name}`);
        for (const t of first) set.add(t);
        return this.nullable.get(item.name) as boolean;
      }
      case "group": {
        let nullable = false;
        for (const alt of item.alts) {
          if (this.firstOf(alt, set)) nullable = true;
        }
        return nullable;
      }
      case "opt":
        this.firstOfItem(item.item, set);
        return true;
      case "loop":
        return this.firstOfItem(item.item, set) || item.min === 0;
      case "gather":
        return this.firstOfItem(item.item, set);
      case "forced":
        // it raises when the token does not come, so it must be tried
        return true;
      default:
        return true;
    }
  }

  /** A condition on the type `t` for an alternative, or null when there is none. */
  private guard(alt: Alt): string | null {
    const set = new Set<number>();
    if (this.firstOf(alt, set)) return null;
    const types = [...set].sort((a, b) => a - b);
    if (types.length <= 3) return types.map((t) => `t === ${t}`).join(" || ");
    const key = types.join(",");
    let id = this.sets.get(key);
    if (id === undefined) this.sets.set(key, id = this.sets.size);
    return `(S${id >> 5}[t] & ${1 << (id & 31)}) !== 0`;
  }

  private helper(
    key: string,
    prefix: string,
    make: (name: string) => string,
  ): string {
    let name = this.helpers.get(key);
    if (name === undefined) {
      name = `_${prefix}_${this.helpers.size + 1}`;
      this.helpers.set(key, name);
      this.pending.push(make(name));
    }
    return name;
  }

  /** An expression for the item's value; null means failure. */
  private value(item: Item): string {
    switch (item.kind) {
      case "token":
        if (item.type === 1) return "this.nameToken()";
        if (item.type === 2) return "this.numberToken()";
        return `this.expectToken(${item.type})`;
      case "soft":
        return `this.expectSoft(${JSON.stringify(item.text)})`;
      case "softAny":
        return "this.expectAnySoft()";
      case "rule":
        return `this.${item.name}()`;
      case "group": {
        const inner = simplify(item);
        if (inner !== item) return this.value(inner);
        const types = tokenTypes(item);
        if (types !== null) return `this.expectOneOf(${types.join(", ")})`;
        const key = "group " + item.alts.map((a) => a.text).join(" | ");
        return `this.${
          this.helper(key, "tmp", (name) =>
            this.method(
              name,
              "any",
              `const m = this.mark; ${this.alternatives(item.alts)}`,
            ))
        }()`;
      }
      case "opt":
        return this.value(item.item);
      case "loop": {
        const key = `loop${item.min} ${this.key(item.item)}`;
        return `this.${
          this.helper(key, "loop", (name) =>
            this.method(
              name,
              "any[] | null",
              `const out: any[] = [];
               for (;;) {
                 const m = this.mark;
                 const v: any = ${this.value(item.item)};
                 if (v === null) { this.mark = m; break; }
                 out.push(v);
               }
               return ${item.min === 1 ? "out.length === 0 ? null : out" : "out"};`,
            ))
        }()`;
      }
      case "gather": {
        const key = `gather ${this.key(item.separator)} ${this.key(item.item)}`;
        return `this.${
          this.helper(key, "gather", (name) =>
            this.method(
              name,
              "any[] | null",
              `let v: any = ${this.value(item.item)};
               if (v === null) return null;
               const out = [v];
               for (;;) {
                 const m = this.mark;
                 if (!(${this.condition(item.separator)}) || (v = ${
                this.value(item.item)
              }) === null) { this.mark = m; break; }
                 out.push(v);
               }
               return out;`,
            ))
        }()`;
      }
      case "forced":
        if (item.item.kind !== "token") throw new Error("&& is for tokens");
        return `this.expectForced(${item.item.type}, ${JSON.stringify(item.item.text)})`;
      default:
        throw new Error(`no value: ${item.kind}`);
    }
  }

  private key(item: Item): string {
    return JSON.stringify(
      item,
      (k, v) => k === "text" && typeof v === "string" && v.length > 60 ? v : v,
    );
  }

  /** An expression that is true when the item matches. */
  private condition(item: Item): string {
    switch (item.kind) {
      case "token":
        return `this.expect(${item.type})`;
      case "cut":
        return "(cut = true)";
      case "opt":
        if (item.item.kind === "token") {
          return `(this.expect(${item.item.type}), true)`;
        }
        return `(this.optional(this.mark, ${this.value(item)}), true)`;
      case "look": {
        const inner = simplify(item.item);
        if (inner.kind === "token") {
          return `this.peek() ${item.positive ? "===" : "!=="} ${inner.type}`;
        }
        const types = tokenTypes(inner);
        if (types !== null) {
          return `this.isOneOf(${types.join(", ")}) === ${item.positive}`;
        }
        return `this.look(this.mark, ${this.value(inner)}) === ${item.positive}`;
      }
      default:
        return `${this.value(item)} !== null`;
    }
  }

  private alternative(
    alt: Alt,
    recursive: string | null,
    out: Outcome,
  ): string {
    const items = recursive === null ? alt.items : alt.items.slice(1);
    const names = new Set<string>();
    const conditions: string[] = [];
    let cut = false;
    const only = alt.action === null && items.length === 1 &&
      items[0].item.kind !== "look";
    items.forEach(({ name, item }, i) => {
      if (item.kind === "cut") cut = true;
      let target = name;
      if (
        only ||
        (alt.action === null && i === 0 && target === null &&
          this.producesValue(item))
      ) target = "v";
      if (target === null) conditions.push(this.condition(item));
      else {
        names.add(target);
        if (item.kind === "opt") {
          conditions.push(
            `(${target} = this.optional(this.mark, ${this.value(item)}), true)`,
          );
        } else conditions.push(`(${target} = ${this.value(item)}) !== null`);
      }
    });
    let result = alt.action;
    if (result === null) {
      // the value of a lookahead and one item is the item
      const last = alt.items[alt.items.length - 1].item;
      if (names.has("v")) result = "v";
      else if (alt.items[0].item.kind === "look" && alt.items.length === 2) {
        conditions.pop();
        conditions.push(`(v = ${this.value(last)}) !== null`);
        names.add("v");
        result = "v";
      } else result = "true";
    }
    const extra = result.includes("EXTRA");
    result = result.replaceAll(
      "EXTRA",
      "k_[m * 8 + 3], k_[m * 8 + 4], k_[e_ + 5], k_[e_ + 6]",
    );
    const declare = names.size > 0 ? `let ${[...names].map((n) => `${n}: any`).join(", ")};` : "";
    const bind = recursive === null ? "" : `const ${alt.items[0].name}: any = left;`;
    const start = recursive === null ? "m" : "n";
    const finish = recursive === null ? out.success(result) : `left = ${result}; continue;`;
    return `${declare} ${bind} ${cut ? "let cut = false;" : ""}
      if (${conditions.join(" && ")}) {
        ${extra ? "const e_ = this.last(), k_ = this.toks;" : ""}
        ${finish}
      }
      this.mark = ${start};
      ${cut ? `if (cut) ${out.failure}` : ""}`;
  }

  private producesValue(item: Item): boolean {
    return item.kind !== "look" && item.kind !== "cut" && item.kind !== "opt";
  }

  private invalidOnly(alt: Alt): boolean {
    const only = alt.items.length === 1 ? alt.items[0].item : null;
    return only !== null && only.kind === "rule" &&
      only.name.startsWith("invalid_");
  }

  private alternatives(alts: Alt[], out: Outcome = RETURN): string {
    const parts: string[] = [];
    let guarded = false;
    for (const alt of alts) {
      if (this.invalidOnly(alt) && !this.exact) continue;
      if (
        !this.exact &&
        alt.items.some(({ item }) => item.kind === "rule" && item.name.startsWith("invalid_"))
      ) continue;
      const guard = this.guard(alt);
      const tests: string[] = [];
      if (this.invalidOnly(alt)) tests.push("this.invalid");
      if (guard !== null) {
        guarded = true;
        tests.push(
          tests.length > 0 && guard.includes("||") ? `(${guard})` : guard,
        );
      }
      const body = this.alternative(alt, null, out);
      parts.push(
        tests.length > 0 ? `if (${tests.join(" && ")}) { ${body} }` : `{ ${body} }`,
      );
    }
    return `${guarded ? "const t = this.peek();" : ""} ${parts.join("\n")} ${out.end}`;
  }

  private method(name: string, type: string, body: string): string {
    return `${name}(): ${type} { ${body} }\n`;
  }

  private isRecursive(rule: Rule, alt: Alt): boolean {
    const item = alt.items[0].item;
    return item.kind === "rule" && item.name === rule.name;
  }

  private body(rule: Rule, out: Outcome): string {
    if (!rule.alts.some((alt) => this.isRecursive(rule, alt))) {
      return this.alternatives(rule.alts, out);
    }
    const seeds = rule.alts.filter((alt) => !this.isRecursive(rule, alt));
    const seed = this.alternatives(seeds, labelled("seed", "left"));
    const tails = rule.alts.filter((alt) => this.isRecursive(rule, alt)).map(
      (alt) => {
        const rest: Alt = { ...alt, items: alt.items.slice(1) };
        const guard = this.guard(rest);
        const body = this.alternative(alt, rule.name, out);
        return guard === null ? `{ ${body} }` : `if (${guard}) { ${body} }`;
      },
    );
    return `let left: any = null;
      seed: { ${seed} }
      if (left === null) ${out.failure}
      for (;;) {
        const n = this.mark, t = this.peek();
        ${tails.join("\n")}
        ${out.success("left")}
      }`;
  }

  private rule(rule: Rule): string {
    const type = rule.type + " | null";
    const recursive = rule.alts.some((alt) => this.isRecursive(rule, alt));
    let body: string;
    if (this.exact && rule.name.endsWith("_without_invalid")) {
      body = `const invalid = this.invalid; this.invalid = false;
        let result: ${type} = null;
        try { const m = this.mark; body: { ${this.body(rule, labelled("body", "result"))} } }
        finally { this.invalid = invalid; }
        return result;`;
    } else if (
      rule.memo === "always" ||
      (this.exact && (rule.memo !== null || recursive))
    ) {
      const id = this.ruleIds.get(rule.name);
      body = `const known = this.recall(${id});
        if (known !== undefined) return known as ${type};
        const m = this.mark;
        let result: ${type} = null;
        body: { ${this.body(rule, labelled("body", "result"))} }
        return this.remember(m, ${id}, result);`;
    } else body = `const m = this.mark; ${this.body(rule, RETURN)}`;
    return this.method(rule.name, type, body);
  }

  generate(): string {
    const plain = new Map<string, string>();
    const helpers = new Map<string, string>();
    for (const rule of this.rules.values()) {
      if (rule.name.startsWith("invalid_")) continue;
      const text = rule.fast !== null ? this.method(rule.name, rule.type + " | null", rule.fast) : this.rule(rule);
      plain.set(rule.name, text);
      for (const helper of this.pending.splice(0)) {
        helpers.set(helper.slice(0, helper.indexOf("(")), helper);
      }
    }
    // The first attempt needs what its fast bodies lead to.
    const reached = new Set<string>();
    const reach = (name: string): void => {
      const text = plain.get(name) ?? helpers.get(name);
      if (text === undefined || reached.has(name)) return;
      reached.add(name);
      for (const [, callee] of text.matchAll(/this\.(\w+)\(/g)) reach(callee);
    };
    for (const name of this.roots) reach(name);
    for (const name of [...plain.keys()]) {
      if (!reached.has(name)) plain.delete(name);
    }
    const base = [...plain.values()];
    const exact: string[] = [];
    for (const [name, text] of helpers) {
      (reached.has(name) ? base : exact).push(text);
    }
    this.exact = true;
    for (const rule of this.rules.values()) {
      const text = this.rule(rule);
      if (plain.get(rule.name) === text) continue;
      exact.push(
        plain.has(rule.name) ? "override " + text : text,
        ...this.pending.splice(0),
      );
    }
    this.out = [
      "// Generated from python.gram by generate.ts; do not edit.",
      "// deno-lint-ignore-file no-explicit-any prefer-const no-unused-vars",
      'import * as A from "./ast.ts";',
      'import * as T from "./tokens.ts";',
      'import { Ellipsis, None } from "../objects/object.ts";',
      'import { FastParser } from "./parser_fast.ts";',
      'import { binaryPrecedence, collectArgs, type ComparePair, compareOperands, compareOps, countDots, decorate, emptyArguments, emptyCall, exprName, isLegacy, type KeyPattern, type KeyValue, lastComprehensionItem, makeArguments, type NameDefault, nameIds, pairKeys, pairKeysOrNull, pairPatterns, pairValues, placeholderDef, setContext, type SlashWithDefault, type StarEtc, toTarget } from "./actions.ts";',
      'import type { Tok, WithMetadata } from "./parser_errors.ts";',
      "",
    ];
    const used = base.join("\n");
    KEYWORDS.forEach((word, i) => {
      if (new RegExp(`\\bK_${word}\\b`).test(used)) {
        this.out.push(`const K_${word} = ${KEYWORD_BASE + i};`);
      }
    });
    const sets = [...this.sets.keys()].map((key) => key.split(",").map(Number));
    for (let i = 0; i * 32 < sets.length; i++) {
      const table: number[] = new Array(KEYWORD_BASE + KEYWORDS.length).fill(0);
      sets.slice(i * 32, i * 32 + 32).forEach((set, j) => {
        for (const t of set) table[t] |= 1 << j;
      });
      this.out.push(`const S${i}: readonly number[] = [${table.join(", ")}];`);
    }
    this.out.push(
      "",
      "/** The first attempt at parsing. */",
      "export class Parser extends FastParser {",
      ...base,
      "}",
      "",
    );
    this.out.push(
      "/** The grammar as it stands, with memo and the rules for errors. */",
      "export class ExactParser extends Parser {",
      ...exact,
      "}",
    );
    return this.out.join("\n");
  }
}

/** The text of parser.generated.ts. */
export async function generate(): Promise<string> {
  const grammar = Deno.readTextFileSync(
    new URL("./python.gram", import.meta.url),
  );
  const fast = Deno.readTextFileSync(
    new URL("./parser_fast.ts", import.meta.url),
  );
  const called = [...fast.matchAll(/abstract (\w+)\(/g)].map(([, name]) => name);
  const starts = ["file", "eval", "interactive", "func_type"];
  const raw = new Generator(readGrammar(grammar), [...starts, ...called])
    .generate();
  const fmt = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--no-config", "--ext=ts", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = fmt.stdin.getWriter();
  await writer.write(new TextEncoder().encode(raw));
  await writer.close();
  return new TextDecoder().decode((await fmt.output()).stdout);
}

if (import.meta.main) {
  Deno.writeTextFileSync(
    new URL("./parser.generated.ts", import.meta.url),
    await generate(),
  );
}
