// The parser against the reference's trees, errors, warnings and tokens.

import { assertEquals } from "@std/assert";
import { nodeFields } from "../../core/parse/ast.ts";
import { SourceError } from "../../core/parse/errors.ts";
import { generate } from "../../core/parse/generate.ts";
import { parse } from "../../core/parse/parse.ts";
import { TokenizerIter } from "../../core/parse/tokenize.ts";
import { Ellipsis, None, PyBytes, PyComplex, PyFloat, PyWideStr } from "../../core/objects/object.ts";
import facts from "../parse.json" with { type: "json" };

const NAMES: Record<string, number> = { BULLET: 0x2022 };
const lookupName = (name: string) => NAMES[name];

function float(v: number): string {
  const [digits, exponent] = v.toExponential(16).split("e");
  if (!Number.isFinite(v)) return "inf";
  const e = Number(exponent);
  if (e >= -4 && e < 17) return trim(v.toFixed(Math.max(0, 16 - e)));
  const sign = e < 0 ? "-" : "+";
  return `${trim(digits)}e${sign}${String(Math.abs(e)).padStart(2, "0")}`;
}

function trim(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

function constant(v: unknown): string {
  if (v === None) return "None";
  if (v === Ellipsis) return "Ellipsis";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (v instanceof PyBytes) {
    return "bytes " +
      [...v.b].map((b) => b.toString(16).padStart(2, "0")).join(" ");
  }
  if (v instanceof PyComplex) return "complex " + float(v.im);
  if (v instanceof PyFloat) return "float " + float(v.v);
  if (typeof v === "number" || typeof v === "bigint") return `int ${v}`;
  const points = v instanceof PyWideStr ? [...v.cps] : [...v as string].map((c) => c.codePointAt(0) as number);
  return "str " + points.map((c) => c.toString(16)).join(" ");
}

// deno-lint-ignore no-explicit-any
function dump(node: any): unknown {
  if (Array.isArray(node)) return node.map(dump);
  if (node === null || typeof node !== "object") return node;
  const out: unknown[] = [node.kind];
  for (const { key, type } of nodeFields(node.kind)) {
    out.push(type === "constant" ? constant(node[key]) : dump(node[key]));
  }
  if (node.lineno !== undefined && node.kind !== "TypeIgnore") {
    out.push([
      node.lineno,
      node.col_offset,
      node.end_lineno,
      node.end_col_offset,
    ]);
  }
  return out;
}

Deno.test("sources give the reference's trees", () => {
  for (const [source, tree] of facts.trees) {
    assertEquals(
      dump(parse(source as string, "x", "exec", { lookupName })),
      tree,
      source as string,
    );
  }
});

Deno.test("wrong sources give the reference's errors", () => {
  for (const [source, ...expected] of facts.errors) {
    let found: unknown[] = [];
    try {
      parse(source as string, "x", "exec");
    } catch (e) {
      if (!(e instanceof SourceError)) throw e;
      found = [
        e.type,
        e.msg,
        e.lineno,
        e.offset,
        e.text,
        e.end_lineno,
        e.end_offset,
      ];
    }
    assertEquals<unknown>(found, expected, source as string);
  }
});

Deno.test("doubtful literals warn once, as in the reference", () => {
  for (const [source, expected] of facts.warnings) {
    const found: unknown[] = [];
    parse(source as string, "x", "exec", {
      warn: (_, message, lineno) => void found.push([message, lineno]),
    });
    assertEquals<unknown>(found, expected, source as string);
  }
});

Deno.test("the tokenizer gives _tokenize the reference's tokens", () => {
  for (const [source, expected] of facts.tokens) {
    const found = [
      ...new TokenizerIter(source as string, "x", { extraTokens: true }),
    ].map((t) => [t.type, t.string, t.start, t.end, t.line]);
    assertEquals<unknown>(found, expected, source as string);
  }
});

Deno.test("nesting deeper than the host's stack is a MemoryError", () => {
  let type = "";
  try {
    parse("a**".repeat(100_000) + "b", "x", "exec");
  } catch (e) {
    if (e instanceof SourceError) type = e.type;
  }
  assertEquals(type, "MemoryError");
});

Deno.test("parser.generated.ts is what the grammar gives", async () => {
  const path = new URL("../../core/parse/parser.generated.ts", import.meta.url);
  assertEquals(Deno.readTextFileSync(path) === await generate(), true);
});
