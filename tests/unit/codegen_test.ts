// The compiler against the reference: code objects, errors, warnings and symbol tables of many small
// sources, as codegen_record.py recorded them.

import { PyCode } from "../../core/code/code.ts";
import { buildSymtable, compileModule } from "../../core/compile/compile.ts";
import { isFrozenSet, setItems } from "../../core/compile/constset.ts";
import type { SymtableEntry } from "../../core/compile/symtable.ts";
import { compareNames } from "../../core/compile/strval.ts";
import {
  Ellipsis,
  None,
  PyBytes,
  PyComplex,
  PyFloat,
  PySlice,
  PyTuple,
  PyWideStr,
  type Value,
} from "../../core/objects/object.ts";
import { toUtf16 } from "../../core/objects/str_wide.ts";
import { SourceError } from "../../core/parse/errors.ts";
import { parse, type ParseMode } from "../../core/parse/parse.ts";
import { enterThread } from "./containers.ts";

type Row = [
  source: string,
  mode: ParseMode,
  flags: number,
  optimize: number,
  result: unknown,
  warnings: [string, number][],
  symbols: unknown,
];

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

function doubles(...values: number[]): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((v, i) => view.setFloat64(8 * i, v));
  return hex(new Uint8Array(view.buffer));
}

function constant(v: Value): unknown {
  if (v === None) return ["None"];
  if (v === Ellipsis) return ["Ellipsis"];
  if (typeof v === "boolean") return [v ? "True" : "False"];
  if (typeof v === "number" || typeof v === "bigint") {
    const sign = v < 0 ? "-" : "";
    return ["int", `${sign}0x${v.toString(16).replace("-", "")}`];
  }
  if (v instanceof PyFloat) return ["float", doubles(v.v)];
  if (v instanceof PyComplex) return ["complex", doubles(v.re, v.im)];
  if (typeof v === "string" || v instanceof PyWideStr) {
    return ["str", toUtf16(v)];
  }
  if (v instanceof PyBytes) return ["bytes", hex(v.b)];
  if (v instanceof PyTuple) return ["tuple", v.items.map(constant)];
  if (isFrozenSet(v)) {
    const items = setItems(v).map((x) => JSON.stringify(constant(x)));
    return ["frozenset", items.sort(compareNames)];
  }
  if (v instanceof PySlice) {
    return ["slice", constant(v.start), constant(v.stop), constant(v.step)];
  }
  if (v instanceof PyCode) return ["code", code(v)];
  throw new Error(`unexpected constant ${v}`);
}

function code(c: PyCode): unknown {
  return [
    c.co_name,
    c.co_qualname,
    c.co_argcount,
    c.co_posonlyargcount,
    c.co_kwonlyargcount,
    c.co_stacksize,
    c.co_flags,
    c.co_firstlineno,
    hex(c.co_code),
    c.co_consts.map(constant),
    c.co_names,
    c.co_varnames,
    c.co_cellvars,
    c.co_freevars,
    hex(c.co_linetable),
    hex(c.co_exceptiontable),
  ];
}

function table(e: SymtableEntry): unknown {
  return [
    e.name,
    e.type,
    e.loc.lineno,
    e.nested ? 1 : 0,
    [...e.symbols].sort((a, b) => compareNames(a[0], b[0])),
    e.varnames,
    e.children.map(table),
  ];
}

async function digest(value: unknown): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const hash = await crypto.subtle.digest("SHA-256", text);
  return hex(new Uint8Array(hash)).slice(0, 16);
}

function failure(e: unknown): unknown {
  if (!(e instanceof SourceError)) throw e;
  return [
    e.type,
    e.msg,
    e.bareArgs ? 1 : 2,
    e.lineno,
    e.offset,
    e.end_lineno,
    e.end_offset,
  ];
}

async function attempt(make: () => unknown): Promise<unknown> {
  let value: unknown;
  try {
    value = make();
  } catch (e) {
    return failure(e);
  }
  return await digest(value);
}

const rows: Row[] = Deno.readTextFileSync(
  new URL("./recorded/codegen.jsonl", import.meta.url),
).trimEnd().split("\n").map((line) => JSON.parse(line));

function report(wrong: string[], total: number): void {
  if (wrong.length === 0) return;
  throw new Error(
    `${wrong.length} of ${total} differ:\n${wrong.slice(0, 8).join("\n")}`,
  );
}

Deno.test("sources compile to the reference's code objects, errors and warnings", async () => {
  enterThread();
  const wrong: string[] = [];
  for (const [source, mode, flags, optimize, result, warned] of rows) {
    const warnings: [string, number][] = [];
    const warn = (_: string, msg: string, line: number) => {
      warnings.push([msg, line]);
    };
    const got = await attempt(() =>
      code(
        compileModule(parse(source, "f", mode, { warn }), "f", {
          flags,
          optimize,
          warn,
        }),
      )
    );
    const want = JSON.stringify([result, warned]);
    const have = JSON.stringify([got, warnings]);
    if (have !== want) {
      wrong.push(
        `${source}\n  (${mode}, ${flags}, ${optimize})\n  got  ${have}\n  want ${want}`,
      );
    }
  }
  report(wrong, rows.length);
});

Deno.test("symbol tables are the reference's", async () => {
  const wrong: string[] = [];
  for (const [source, mode, , , , , symbols] of rows) {
    const got = await attempt(() => table(buildSymtable(parse(source, "f", mode), "f").top));
    const want = JSON.stringify(symbols);
    if (JSON.stringify(got) !== want) {
      wrong.push(
        `${source}\n  (${mode})\n  got  ${JSON.stringify(got)}\n  want ${want}`,
      );
    }
  }
  report(wrong, rows.length);
});
