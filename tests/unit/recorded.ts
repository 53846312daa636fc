// Reading what record_text.py recorded from CPython (tests/unit/recorded/*.jsonl).

import { PyWideStr, type Str } from "../../core/objects/object.ts";
import { fromCodePoints, fromUtf16, isPlain } from "../../core/objects/str_wide.ts";

/** A recorded case: operation, arguments, result. */
export type Case = [op: string, args: unknown[], result: unknown];

/** The recorded value of one of the forms that record_text.py writes. */
export function load(x: unknown): unknown {
  if (typeof x === "string") return fromUtf16(x);
  if (Array.isArray(x)) return x.map(load);
  if (x !== null && typeof x === "object") {
    const o = x as { s?: number[]; b?: string };
    if (o.s) return fromCodePoints(o.s);
    if (o.b !== undefined) {
      return Uint8Array.from(o.b.match(/../g) ?? [], (h) => parseInt(h, 16));
    }
  }
  return x;
}

/** The recorded form of a value; throws for a str that is not in its canonical form. */
export function dump(x: unknown): unknown {
  if (typeof x === "string") {
    if (!isPlain(x)) throw new Error("a plain str with surrogates");
    return x;
  }
  if (x instanceof PyWideStr) {
    const cps = Array.from(x.cps);
    const surrogates = cps.some((c) => c >= 0xD800 && c <= 0xDFFF);
    if (!surrogates && !cps.some((c) => c > 0xFFFF)) {
      throw new Error("a wide str without need");
    }
    return surrogates ? { s: cps } : cps.map((c) => String.fromCodePoint(c)).join("");
  }
  if (x instanceof Uint8Array) {
    return {
      b: Array.from(x, (b) => b.toString(16).padStart(2, "0")).join(""),
    };
  }
  return Array.isArray(x) ? x.map(dump) : x;
}

/** The cases of one recording. */
export function readCases(name: string): Case[] {
  const url = new URL(`./recorded/${name}.jsonl`, import.meta.url);
  return Deno.readTextFileSync(url).split("\n").filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** What an exception looks like in a recording. */
export type Failure = (e: unknown) => unknown;

/** Runs all cases, and throws one error that shows the first ones that differ. */
export function runCases(
  cases: Case[],
  // deno-lint-ignore no-explicit-any
  functions: Record<string, (...args: any[]) => unknown>,
  failure: Failure,
): void {
  const wrong: string[] = [];
  for (const [op, args, want] of cases) {
    let got: unknown;
    try {
      got = dump(functions[op](...args.map(load)));
    } catch (e) {
      got = failure(e);
    }
    if (JSON.stringify(got) !== JSON.stringify(want)) {
      wrong.push(
        `${op}(${JSON.stringify(args)})\n  got  ${JSON.stringify(got)}\n  want ${JSON.stringify(want)}`,
      );
    }
  }
  if (wrong.length > 0) {
    throw new Error(
      `${wrong.length} of ${cases.length} differ:\n${wrong.slice(0, 8).join("\n")}`,
    );
  }
}

/** The text of a str, for messages. */
export function text(s: Str): string {
  return typeof s === "string" ? s : String.fromCodePoint(...s.cps);
}
