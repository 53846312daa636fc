// CPython 3.14: Python/ceval.c (initialize_locals, missing_arguments, too_many_positional)
//
// Binding a call's arguments to the parameters of a Python function.

import { type KwNames, PyTuple, type Value } from "../../core/objects/object.ts";
import type { PyFunction } from "../../core/objects/function.ts";
import { CO_VARARGS, CO_VARKEYWORDS } from "../../core/code/code.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { typeError } from "../../core/objects/errors.ts";
import { nameValue, utf16 } from "../../core/objects/names.ts";
import { strValue } from "../../core/objects/abstract.ts";
import { suggestName } from "../../core/objects/suggest.ts";
import { newLocals } from "./arrays.ts";
import type { Prep } from "./prepare.ts";

function qual(f: PyFunction): string {
  return utf16(strValue(f.qualname));
}

/** The locals of a new frame; `args[start..]`: positional values, then those of `kwnames`. */
export function bindArguments(
  f: PyFunction,
  p: Prep,
  args: readonly (Value | undefined)[],
  start: number,
  total: number,
  kwnames: KwNames | undefined,
): (Value | undefined)[] {
  const code = p.code;
  const nkw = kwnames === undefined ? 0 : kwnames.length;
  const npos = total - nkw;
  const argc = code.co_argcount, nkwonly = code.co_kwonlyargcount;
  const nparams = argc + nkwonly;
  const copied = npos < argc ? npos : argc;
  const locals = newLocals(args, start, copied, p.nlocals);
  const flags = code.co_flags;
  const names = code.co_localsplusnames;
  let kwdict: PyDict | undefined;
  let at = nparams;
  if ((flags & CO_VARARGS) !== 0) {
    locals[at++] = new PyTuple(npos > argc ? args.slice(start + argc, start + npos) as Value[] : []);
  }
  if ((flags & CO_VARKEYWORDS) !== 0) locals[at] = kwdict = new PyDict();
  if (nkw > 0) {
    const posonly = code.co_posonlyargcount;
    for (let k = 0; k < nkw; k++) {
      const name = kwnames![k], v = args[start + npos + k]!;
      let i = posonly;
      while (i < nparams && names[i] !== name) i++;
      if (i < nparams) {
        if (locals[i] !== undefined) throw typeError(`${qual(f)}() got multiple values for argument '${name}'`);
        locals[i] = v;
      } else if (kwdict !== undefined) kwdict.setStr(name, v);
      else throw unexpectedKeyword(f, p, kwnames!, name);
    }
  }
  if (npos > argc && (flags & CO_VARARGS) === 0) throw tooManyPositional(f, p, npos, locals);
  if (npos < argc) {
    const defs = f.defaults?.items;
    const ndefs = defs === undefined ? 0 : defs.length;
    const m = argc - ndefs;
    let missing = 0;
    for (let i = npos; i < m; i++) if (locals[i] === undefined) missing++;
    if (missing > 0) throw missingArguments(f, p, "positional", npos, m, locals);
    for (let i = m > npos ? m : npos; i < argc; i++) if (locals[i] === undefined) locals[i] = defs![i - m];
  }
  if (nkwonly > 0) {
    let missing = false;
    const kd = f.kwdefaults;
    for (let i = argc; i < nparams; i++) {
      if (locals[i] !== undefined) continue;
      const d = kd?.getStr(names[i]);
      if (d !== undefined) locals[i] = d;
      else missing = true;
    }
    if (missing) throw missingArguments(f, p, "keyword-only", argc, nparams, locals);
  }
  return locals;
}

/** Cache of a call site with keywords. */
export class KwSite {
  readonly tuple: PyTuple;
  readonly names: KwNames;
  /** The code last called, and the parameter that each keyword went to. */
  prep: Prep | undefined = undefined;
  readonly to: number[] = [];
  constructor(tuple: PyTuple, names: KwNames) {
    this.tuple = tuple;
    this.names = names;
  }
  /** Where the keywords go in a call of `p` with `npos` positional arguments; false: not so simply. */
  learn(p: Prep, npos: number): boolean {
    const code = p.code;
    const nparams = code.co_argcount + code.co_kwonlyargcount;
    const to = this.to;
    to.length = 0;
    for (const name of this.names) {
      const i = code.co_localsplusnames.indexOf(name, code.co_posonlyargcount);
      if (i < npos || i >= nparams || to.includes(i)) return false;
      to.push(i);
    }
    this.prep = p;
    return true;
  }
}

/** As bindArguments, for a site that mostly calls the same code with the same keywords. */
export function bindKeywords(
  site: KwSite,
  f: PyFunction,
  p: Prep,
  args: readonly (Value | undefined)[],
  start: number,
  total: number,
  kwnames: KwNames,
): (Value | undefined)[] {
  const code = p.code;
  const argc = code.co_argcount;
  const to = site.to;
  const npos = total - kwnames.length;
  if (
    npos > argc || (code.co_flags & (CO_VARARGS | CO_VARKEYWORDS)) !== 0 || (site.prep !== p && !site.learn(p, npos))
  ) return bindArguments(f, p, args, start, total, kwnames);
  const locals = newLocals(args, start, npos, p.nlocals);
  for (let k = 0; k < to.length; k++) {
    if (to[k] < npos) return bindArguments(f, p, args, start, total, kwnames);
    locals[to[k]] = args[start + npos + k];
  }
  const defs = f.defaults?.items;
  const m = argc - (defs === undefined ? 0 : defs.length);
  for (let i = npos; i < argc; i++) {
    if (locals[i] !== undefined) continue;
    if (i < m) return bindArguments(f, p, args, start, total, kwnames);
    locals[i] = defs![i - m];
  }
  const nparams = argc + code.co_kwonlyargcount;
  for (let i = argc; i < nparams; i++) {
    if (locals[i] !== undefined) continue;
    const d = f.kwdefaults?.getStr(code.co_localsplusnames[i]);
    if (d === undefined) return bindArguments(f, p, args, start, total, kwnames);
    locals[i] = d;
  }
  return locals;
}

function unexpectedKeyword(f: PyFunction, p: Prep, kwnames: KwNames, name: string): Error {
  const code = p.code;
  const names = code.co_localsplusnames;
  const posonly = names.slice(0, code.co_posonlyargcount);
  const passed = kwnames.filter((k) => posonly.includes(k));
  if (passed.length > 0) {
    return typeError(
      `${qual(f)}() got some positional-only arguments passed as keyword arguments: '${passed.join(", ")}'`,
    ) as unknown as Error;
  }
  const s = suggestName(name, names.slice(code.co_posonlyargcount, code.co_argcount + code.co_kwonlyargcount));
  return typeError(
    `${qual(f)}() got an unexpected keyword argument '${name}'${s === undefined ? "" : `. Did you mean '${s}'?`}`,
  ) as unknown as Error;
}

function missingArguments(
  f: PyFunction,
  p: Prep,
  kind: string,
  from: number,
  to: number,
  locals: (Value | undefined)[],
): Error {
  const missing: string[] = [];
  for (let i = from; i < to; i++) if (locals[i] === undefined) missing.push(`'${p.code.co_localsplusnames[i]}'`);
  const n = missing.length;
  let list: string;
  if (n === 1) list = missing[0];
  else if (n === 2) list = `${missing[0]} and ${missing[1]}`;
  else list = `${missing.slice(0, -2).map((x) => x + ", ").join("")}${missing[n - 2]}, and ${missing[n - 1]}`;
  return typeError(
    `${qual(f)}() missing ${n} required ${kind} argument${n === 1 ? "" : "s"}: ${list}`,
  ) as unknown as Error;
}

function tooManyPositional(f: PyFunction, p: Prep, given: number, locals: (Value | undefined)[]): Error {
  const argc = p.code.co_argcount;
  let kwonly = 0;
  for (let i = argc; i < argc + p.code.co_kwonlyargcount; i++) if (locals[i] !== undefined) kwonly++;
  const ndefs = f.defaults?.items.length ?? 0;
  const plural = ndefs > 0 ? true : argc !== 1;
  const sig = ndefs > 0 ? `from ${argc - ndefs} to ${argc}` : `${argc}`;
  const kwsig = kwonly > 0
    ? ` positional argument${given !== 1 ? "s" : ""} (and ${kwonly} keyword-only argument${kwonly !== 1 ? "s" : ""})`
    : "";
  return typeError(
    `${qual(f)}() takes ${sig} positional argument${plural ? "s" : ""} but ${given}${kwsig} ${
      given === 1 && kwonly === 0 ? "was" : "were"
    } given`,
  ) as unknown as Error;
}

export { nameValue };
