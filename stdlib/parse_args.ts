// CPython 3.14: Python/getargs.c (PyArg_ParseTuple, PyArg_ParseTupleAndKeywords)
//
// The older of CPython's argument parsers, which converts the arguments one by one: a value of a wrong
// type is told before a later argument that is missing, and a function need not have a name.

import { type KwNames, M_NOSIG, M_VECTOR, type MethodDef, None, typeName, type Value } from "../core/objects/object.ts";
import { isStr, parseInt32 } from "../core/objects/abstract.ts";
import { typeError } from "../core/objects/errors.ts";
import { suggestName } from "../core/objects/suggest.ts";

/** What makes of an argument what the body takes; `where` is `f() argument 1`. */
// deno-lint-ignore no-explicit-any
export type Convert = (v: Value, where: string) => any;

/** Format "O". */
export const anyArg: Convert = (v) => v;
/** Format "i". */
export const intArg: Convert = (v) => parseInt32(v);
/** Format "U". */
export const textArg: Convert = (v, where) => {
  if (!isStr(v)) throw typeError(`${where} must be str, not ${shownType(v)}`);
  return v;
};

/** A value's type in an error of the parser. */
export function shownType(v: Value): string {
  return v === None ? "None" : typeName(v);
}

/** The parameters of a function: those from `required` on may be absent, those from `positional` on need their names. */
export interface Params {
  /** The name that errors show; without one they say "function". */
  fname?: string;
  names: readonly string[];
  convert: readonly Convert[];
  required: number;
  positional?: number;
}

function plural(n: number): string {
  return n === 1 ? "" : "s";
}

/** Parses arguments by position and by name; absent ones are undefined. */
// deno-lint-ignore no-explicit-any
export function parseKeywords(p: Params, args: readonly Value[], kwnames: KwNames | undefined): any[] {
  const shown = p.fname === undefined ? "function" : p.fname + "()";
  const { names, convert, required } = p;
  const total = names.length, max = p.positional ?? total;
  let nkw = kwnames?.length ?? 0;
  const n = args.length - nkw;
  if (n + nkw > total) {
    throw typeError(
      `${shown} takes at most ${total} ${n === 0 ? "keyword " : ""}argument${plural(total)} (${n + nkw} given)`,
    );
  }
  if (n > max) {
    throw typeError(
      `${shown} takes ${required < max ? "at most" : "exactly"} ${max} positional argument${plural(max)} (${n} given)`,
    );
  }
  const out = new Array(total);
  for (let i = 0; i < total; i++) {
    let v: Value | undefined;
    if (i < n) v = args[i];
    else if (nkw > 0) {
      const k = kwnames!.indexOf(names[i]);
      if (k >= 0) {
        v = args[n + k];
        nkw--;
      }
    }
    if (v !== undefined) {
      out[i] = convert[i](v, p.fname === undefined ? `argument ${i + 1}` : `${shown} argument ${i + 1}`);
    } else if (i < required) throw typeError(`${shown} missing required argument '${names[i]}' (pos ${i + 1})`);
    else if (nkw === 0 && i >= n) break;
  }
  if (nkw > 0) {
    for (let i = 0; i < n; i++) {
      if (kwnames!.includes(names[i])) {
        throw typeError(`argument for ${shown} given by name ('${names[i]}') and position (${i + 1})`);
      }
    }
    const bad = kwnames!.find((k) => !names.includes(k))!;
    const near = suggestName(bad, names);
    throw typeError(
      `${shown} got an unexpected keyword argument '${bad}'${near === undefined ? "" : `. Did you mean '${near}'?`}`,
    );
  }
  return out;
}

/** A method whose arguments are parsed by `parseKeywords`; it has no text signature. */
export function keywords(
  p: Params,
  doc: string,
  // deno-lint-ignore no-explicit-any
  body: (self: any, ...args: any[]) => Value,
  flags = 0,
): MethodDef {
  return [
    "*args, **kwargs",
    doc,
    (self: Value, args: Value[], kwnames?: KwNames) => body(self, ...parseKeywords(p, args, kwnames)),
    M_VECTOR | M_NOSIG | flags,
  ];
}

/**
 * A function whose arguments `PyArg_ParseTuple` counts and converts; it has no text signature.
 * @param qual how the function is named where keywords are refused
 */
export function counted(
  qual: string,
  min: number,
  max: number,
  doc: string,
  // deno-lint-ignore no-explicit-any
  body: (self: any, ...args: any[]) => Value,
  convert: readonly Convert[] = [],
  flags = 0,
): MethodDef {
  const name = qual.slice(qual.lastIndexOf(".") + 1);
  return ["*args", doc, (self: Value, args: Value[], kwnames?: KwNames) => {
    if (kwnames !== undefined && kwnames.length > 0) throw typeError(`${qual}() takes no keyword arguments`);
    const n = args.length;
    if (n < min || n > max) {
      const k = n < min ? min : max;
      throw typeError(
        `${name}() takes ${min === max ? "exactly" : n < min ? "at least" : "at most"} ${k} argument${
          plural(k)
        } (${n} given)`,
      );
    }
    return body(
      self,
      ...args.map((v, i) => convert[i] === undefined ? v : convert[i](v, `${name}() argument ${i + 1}`)),
    );
  }, M_VECTOR | M_NOSIG | flags];
}
