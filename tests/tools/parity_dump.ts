// The texts of parity_record.py, made from gopy's compiler without running Python.
//
// A Subject is one Interpreter that compiles; warnings are caught where the compiler asks for the
// warning filters. `answer` is the counterpart of the recorder's function of that name.

import { createHash } from "node:crypto";
import { PyCode } from "../../core/code/code.ts";
import { isFrozenSet, setItems } from "../../core/compile/constset.ts";
import { newError } from "../../core/objects/errors.ts";
import { decodeBytes } from "../../core/objects/codecs.ts";
import { strOf } from "../../core/objects/abstract.ts";
import { utf16 } from "../../core/objects/names.ts";
import {
  Ellipsis,
  None,
  PyBaseException,
  PyBytes,
  PyComplex,
  PyFloat,
  PySlice,
  PyTuple,
  type PyType,
  PyWideStr,
  type Value,
} from "../../core/objects/object.ts";
import * as X from "../../core/objects/exceptions.ts";
import { PySyntaxError } from "../../core/objects/exceptions_syntax.ts";
import { toUtf16 } from "../../core/objects/str_wide.ts";
import { LITERAL_SUMS, type Mod, NODE_TABLE, nodeFields } from "../../core/parse/ast.ts";
import type { ParseMode } from "../../core/parse/parse.ts";
import { SourceError } from "../../core/parse/errors.ts";
import { decodeSource } from "../../core/parse/source.ts";
import { TokenizerIter } from "../../core/parse/tokenize.ts";
import {
  compileSource,
  PyCF_ONLY_AST,
  PyCF_OPTIMIZED_AST,
  syntaxException,
  treeSource,
  unicode,
} from "../../vm/compile_source.ts";
import { astToValue } from "../../stdlib/_ast_convert.ts";
import { boot } from "../../vm/import/boot.ts";
import type { Interp } from "../../vm/interpreter.ts";
import { loadLibrary } from "../../sandbox/prepared.ts";
import { launch } from "../../sandbox/launch.ts";

/** What is to be made of which source; the fields are the recorder's. */
export interface Job {
  k: string;
  f?: string;
  s?: string;
  m?: ParseMode;
  o?: number;
  fl?: number;
  fv?: number;
  step?: number;
  full?: boolean;
  /** The source is UTF-8, whatever it declares. */
  plain?: boolean;
  /** `error` makes warnings errors. */
  filter?: string;
}

/** What came of a job. */
export interface Answer {
  error: unknown[] | null;
  warnings: unknown[][];
  hash?: string;
  text?: string;
}

/** JSON in ASCII, as json.dumps writes it. */
export function quoted(v: unknown): string {
  if (Array.isArray(v)) return `[${v.map(quoted).join(", ")}]`;
  // deno-lint-ignore no-control-regex
  return JSON.stringify(v).replace(/[^\x00-\x7e]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));

function hex(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i++) out += HEX[bytes[i]];
  return out;
}

function doubles(...values: number[]): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((v, i) => view.setFloat64(8 * i, v));
  return hex(new Uint8Array(view.buffer));
}

function constant(v: Value, ids?: Map<Value, number>): string {
  if (v === None) return "None";
  if (v === Ellipsis) return "Ellipsis";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (typeof v === "number" || typeof v === "bigint") {
    return `${v < 0 ? "-" : ""}0x${v.toString(16).replace("-", "")}`;
  }
  if (typeof v === "string" || v instanceof PyWideStr) return quoted(toUtf16(v));
  if (isFrozenSet(v)) return "{" + setItems(v).map((x) => constant(x)).sort().join(", ") + "}";
  let number = "";
  if (ids !== undefined) {
    const known = ids.get(v);
    if (known === undefined) ids.set(v, ids.size);
    number = `#${known ?? ids.size - 1}`;
  }
  if (v instanceof PyFloat) return "float " + doubles(v.v) + number;
  if (v instanceof PyComplex) return "complex " + doubles(v.re, v.im) + number;
  if (v instanceof PyBytes) return "bytes " + hex(v.b) + number;
  if (v instanceof PyTuple) return "(" + v.items.map((x) => constant(x, ids)).join(", ") + ")" + number;
  if (v instanceof PySlice) {
    return `slice(${constant(v.start, ids)}, ${constant(v.stop, ids)}, ${constant(v.step, ids)})${number}`;
  }
  return `<${(v as { cls?: PyType }).cls?.name ?? typeof v}>`;
}

/** The text of a code object and of those inside of it. */
export function codeText(code: PyCode): string {
  const ids = new Map<Value, number>(), out: string[] = [];
  const one = (co: PyCode) => {
    out.push(
      `code ${quoted(co.co_qualname)} ${quoted(co.co_name)} line ${co.co_firstlineno} ` +
        `args ${co.co_argcount} ${co.co_posonlyargcount} ${co.co_kwonlyargcount} ` +
        `locals ${co.co_nlocals} stack ${co.co_stacksize} flags 0x${co.co_flags.toString(16)} ` +
        `file ${quoted(utf16(strOf(co.co_filename)))}`,
      "bytes " + hex(co.co_code),
      "lines " + hex(co.co_linetable),
      "exceptions " + hex(co.co_exceptiontable),
      "names " + quoted(co.co_names),
      "varnames " + quoted(co.co_varnames),
      "cellvars " + quoted(co.co_cellvars),
      "freevars " + quoted(co.co_freevars),
    );
    const inner: PyCode[] = [];
    for (const v of co.co_consts) {
      if (v instanceof PyCode) {
        inner.push(v);
        out.push("const code " + quoted(v.co_qualname));
      } else out.push("const " + constant(v, ids));
    }
    inner.forEach(one);
  };
  one(code);
  return out.join("\n");
}

type AnyNode = { kind: string } & Record<string, unknown>;

/** The text of a tree. */
export function treeText(tree: Mod): string {
  const out: string[] = [];
  const leaf = (type: string, v: unknown): string => {
    if (type in LITERAL_SUMS) return `${v}()`;
    if (type === "constant") return constant(v as Value);
    if (v === null || v === undefined) return type === "int" ? "0x0" : "None";
    return type === "int" ? constant(v as number) : quoted(v);
  };
  const one = (n: AnyNode) => {
    const located = NODE_TABLE[n.kind].attributes;
    out.push(
      located ? `\n${n.kind}@${n.lineno},${n.col_offset},${n.end_lineno},${n.end_col_offset}(` : n.kind + "(",
    );
    for (const { key, type, quantifier } of nodeFields(n.kind)) {
      const v = n[key];
      if (quantifier === "*" || quantifier === "?*") {
        out.push("[");
        for (const x of v as unknown[]) {
          if (x !== null && typeof x === "object" && "kind" in x) one(x as AnyNode);
          else out.push(leaf(type, x));
        }
        out.push("]");
      } else if (v !== null && typeof v === "object" && type !== "constant" && "kind" in (v as object)) {
        one(v as AnyNode);
      } else out.push(leaf(type, v));
      out.push(" ");
    }
    out.push(")");
  };
  one(tree as unknown as AnyNode);
  return out.join("");
}

function tokensText(bytes: Uint8Array, extraTokens: boolean, plain: boolean): string {
  const decode = (encoding: string, b: Uint8Array) => utf16(strOf(decodeBytes(b, new PyBytes(b), encoding, "strict")));
  const out: string[] = [];
  let source: string;
  try {
    source = (plain
      ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)
      : decodeSource(bytes, "<string>", decode).text).replace(/\r\n?/g, "\n");
  } catch (e) {
    if (e instanceof SourceError || X.isOf(e, X.LookupError)) return "no text";
    throw e;
  }
  const tokens = new TokenizerIter(source, "<string>", { extraTokens, unicode });
  try {
    for (let t = tokens.next(); t !== undefined; t = tokens.next()) {
      out.push(`${t.type} ${quoted(t.string)} ${t.start[0]},${t.start[1]} ${t.end[0]},${t.end[1]} ${quoted(t.line)}`);
    }
  } catch (e) {
    throw syntaxException(e, "<string>");
  }
  return out.join("\n");
}

function plain(v: Value | undefined): unknown {
  return v === None || v === undefined ? null : typeof v === "string" || v instanceof PyWideStr ? toUtf16(v) : v;
}

function errorOf(e: PyBaseException): unknown[] {
  if (e instanceof PySyntaxError) {
    return [e.cls.name, ...[e.msg, e.filename, e.lineno, e.offset, e.text, e.endLineno, e.endOffset].map(plain)];
  }
  return [e.cls.name, utf16(strOf(e))];
}

/** The hash that the recorder gives for a text. */
export function digest(text: string): string {
  return text === "" ? "" : createHash("sha1").update(text).digest("hex").slice(0, 16);
}

/** gopy's compiler under comparison. */
export class Subject {
  private told: unknown[][] = [];
  private strict = false;
  private constructor(readonly interp: Interp) {}

  static async make(): Promise<Subject> {
    const interp = launch({
      host: { permissions: "inherit", stdin: "null" },
      config: { hashSeed: 0 },
      library: await loadLibrary(),
    });
    const it = new Subject(interp);
    interp.enter(() => boot(interp));
    interp.store.set("warn_explicit", (c: PyType, msg: string, filename: Value, lineno: number) => {
      if (it.strict) throw newError(c, msg);
      it.told.push([c.name, msg, plain(filename), lineno]);
    });
    return it;
  }

  answer(job: Job, source: Uint8Array): Answer {
    return this.interp.enter(() => {
      this.told = [];
      this.strict = job.filter === "error";
      let error: unknown[] | null = null, text = "";
      try {
        text = this.make(job, source);
      } catch (e) {
        if (!(e instanceof PyBaseException)) throw e;
        error = errorOf(e);
      }
      const rest = job.full === true ? { text } : { hash: digest(text) };
      return { error, warnings: this.told, ...rest };
    });
  }

  /** Does the work of a kind and makes no text of it: for measuring. */
  bare(k: string, source: Uint8Array): void {
    this.interp.enter(() => {
      const options = { mode: "exec" as const, filename: "<x>", optimize: 0, flags: k === "code" ? 0 : PyCF_ONLY_AST };
      try {
        if (k === "code") compileSource(source, options);
        else if (k === "ast") astToValue(treeSource(source, options));
        else treeSource(source, options);
      } catch (e) {
        if (!(e instanceof PyBaseException)) throw e;
      }
    });
  }

  private make(job: Job, source: Uint8Array): string {
    const options = {
      mode: job.m ?? "exec",
      filename: job.f ?? "<x>",
      optimize: job.o ?? 0,
      flags: job.fl ?? 0,
      featureVersion: job.fv ?? -1,
    };
    switch (job.k) {
      case "code":
        return codeText(compileSource(source, options));
      case "compile":
        return (options.flags & PyCF_ONLY_AST) !== 0
          ? treeText(treeSource(source, options))
          : codeText(compileSource(source, options));
      case "tree":
        return treeText(treeSource(source, { ...options, flags: options.flags | PyCF_ONLY_AST }));
      case "optimized":
        return treeText(treeSource(source, { ...options, flags: options.flags | PyCF_OPTIMIZED_AST }));
      case "tokens":
      case "ctokens":
        return tokensText(source, job.k === "tokens", job.plain === true);
      default:
        throw new Error(`no kind of job: ${job.k}`);
    }
  }
}
