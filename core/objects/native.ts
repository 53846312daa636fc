// CPython 3.14: Python/getargs.c, Objects/methodobject.c, Objects/descrobject.c
//
// Native functions. A native's signature is text (see MethodDef); it is parsed once, when the
// function is first looked up, into a `Sig` that the one binder below uses to turn a call into the
// positional parameters of the JavaScript body, with CPython's error texts. The text decides which
// of CPython's argument parsers is imitated:
//   ""                METH_NOARGS      "f() takes no arguments (1 given)"
//   "x, /"            METH_O           "f() takes exactly one argument (2 given)"
//   "a, b=None, /"    CheckPositional  "f expected at most 2 arguments, got 3"
//   with keywords     UnpackKeywords   "f() missing required argument 'a' (pos 1)"

import {
  builtinFunctionType,
  classMethodDescriptorType,
  getsetDescriptorType,
  type KwNames,
  M_CLASS,
  M_NOSIG,
  M_PUSH,
  M_SELF,
  M_STATIC,
  M_VARPOS,
  M_VECTOR,
  M_WRAPPER,
  memberDescriptorType,
  type MethodDef,
  methodDescriptorType,
  methodWrapperType,
  type NativeFn,
  PyModule,
  PyObject,
  PyType,
  typeOf,
  type Value,
  wrapperDescriptorType,
} from "./object.ts";
import { typeError } from "./errors.ts";
import { CallRequest, cur } from "./state.ts";
import { type Early, earlyOf } from "./early.ts";
import { leavingOf, noteDef, noteLeaver } from "./leaving.ts";
import { kwargsDict } from "./kwargs.ts";
import { suggestName } from "./suggest.ts";

/** A parsed signature. */
export class Sig {
  /** Names of the positional and keyword parameters, in order (without *args and **kwargs). */
  names: string[] = [];
  /** How many are positional-only, positional (with those), and how many positional are required. */
  posOnly = 0;
  pos = 0;
  required = 0;
  /** Required keyword-only parameters: a flag for each of names[pos..]. */
  kwRequired: boolean[] = [];
  varargs = false;
  varkw = false;
  /** Fast arities: a call with only n positional arguments, min <= n <= max, needs no binding. */
  min = 0;
  max = 0;
}

function splitParams(text: string): string[] {
  const out: string[] = [];
  let depth = 0, start = 0, quote = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote !== "") {
      if (c === "\\") i++;
      else if (c === quote) quote = "";
    } else if (c === "'" || c === '"') quote = c;
    else if (c === "(" || c === "[" || c === "{") depth++;
    else if (c === ")" || c === "]" || c === "}") depth--;
    else if (c === "," && depth === 0) {
      out.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  if (last !== "") out.push(last);
  return out;
}

/** Parses the signature text of a MethodDef. */
export function parseSig(text: string): Sig {
  const s = new Sig();
  let kwOnly = false;
  // "sub[, start[, end]]" is the old way to write optional parameters
  text = text.replace(/^\[(\w+)\]/, "$1=None");
  if (/\w\[,/.test(text)) {
    text = text.replace(/\[, *(\w+)/g, ", $1=None").replaceAll("]", "");
  }
  for (const p of splitParams(text)) {
    if (p.startsWith("$")) continue; // what the receiver is called
    if (p === "/") s.posOnly = s.names.length;
    else if (p === "*") kwOnly = true;
    else if (p.startsWith("**")) s.varkw = true;
    else if (p.startsWith("*")) {
      s.varargs = true;
      kwOnly = true;
    } else {
      const eq = p.indexOf("=");
      s.names.push(eq < 0 ? p : p.slice(0, eq).trim());
      if (kwOnly) s.kwRequired.push(eq < 0);
      else {
        s.pos = s.names.length;
        if (eq < 0) s.required = s.names.length;
      }
    }
  }
  s.min = s.required;
  s.max = s.varargs || s.kwRequired.includes(true) ? -1 : s.pos;
  return s;
}

/** A native function's definition, shared by all objects that wrap it. */
export class NativeDef {
  readonly name: string;
  readonly text: string;
  readonly doc: string;
  readonly fn: NativeFn;
  readonly flags: number;
  /** It may return a CallRequest; where it has a second body, once there are threads. */
  push: boolean;
  readonly vector: boolean;
  /** The definition with the body that can be left (leaving.ts). */
  readonly leaving: NativeDef | undefined;
  /** See early.ts. */
  readonly early: Early | undefined;
  /** See Sig.min and Sig.max; max is -1 where every call must be bound. */
  readonly min: number;
  readonly max: number;
  readonly sig: Sig;
  constructor(name: string, def: MethodDef) {
    this.name = name;
    this.text = def[0];
    this.doc = def[1];
    this.fn = def[2];
    this.flags = def[3] ?? 0;
    this.push = (this.flags & M_PUSH) !== 0;
    this.vector = (this.flags & M_VECTOR) !== 0;
    this.early = earlyOf(this.fn);
    this.sig = parseSig(this.text);
    this.min = this.sig.min;
    this.max = this.vector ? -1 : this.sig.max;
    const second = leavingOf(this.fn);
    this.leaving = second && new NativeDef(name, [def[0], def[1], second, this.flags | M_PUSH]);
    if (this.leaving !== undefined) noteDef(this);
  }
}

function plural(n: number): string {
  return n === 1 ? "" : "s";
}

/** The error of a call with a wrong number of positional arguments (or with unwanted keywords). */
function badCount(d: NativeDef, qual: string, n: number, nkw: number): Error | PyObject {
  const s = d.sig;
  if ((d.flags & M_WRAPPER) !== 0) {
    if (nkw > 0) return typeError(`wrapper ${d.name}() takes no keyword arguments`);
    if (d.name.endsWith("_buffer__")) {
      return typeError(`${d.name} expected ${s.pos} argument${plural(s.pos)}, got ${n}`);
    }
    if (s.pos < 2) return typeError(`expected ${s.pos} argument${plural(s.pos)}, got ${n}`);
    if (d.name.endsWith("pow__")) return typeError(`expected 1 or 2 arguments, got ${n}`);
  }
  if (s.names.length === 0 && !s.varargs && !s.varkw) {
    if (nkw > 0) return typeError(`${qual}() takes no keyword arguments`);
    return typeError(`${qual}() takes no arguments (${n} given)`);
  }
  if (s.posOnly === s.names.length && !s.varkw) {
    if (nkw > 0) return typeError(`${qual}() takes no keyword arguments`);
    if (s.pos === 1 && s.required === 1 && !s.varargs) {
      return typeError(`${qual}() takes exactly one argument (${n} given)`);
    }
    if (n < s.required) {
      return typeError(
        `${d.name} expected ${s.required === s.pos && !s.varargs ? "" : "at least "}${s.required} argument${
          plural(s.required)
        }, got ${n}`,
      );
    }
    return typeError(
      `${d.name} expected ${s.required === s.pos ? "" : "at most "}${s.pos} argument${plural(s.pos)}, got ${n}`,
    );
  }
  // UnpackKeywords: too many in all, then too many positional ones
  const total = s.names.length;
  if (n + nkw > total && !s.varkw) {
    const kind = nkw > 0 && n === 0 ? "keyword " : "";
    return typeError(`${d.name}() takes at most ${total} ${kind}argument${plural(total)} (${n + nkw} given)`);
  }
  if (s.pos === 0) return typeError(`${d.name}() takes no positional arguments`);
  return typeError(
    `${d.name}() takes ${s.required < s.pos ? "at most" : "exactly"} ${s.pos} positional argument${
      plural(s.pos)
    } (${n} given)`,
  );
}

/** The error of a keyword argument that `fname` doesn't have; names the nearest of those it has. */
export function unexpectedKeyword(fname: string, name: string, choices: readonly string[]): PyObject {
  const near = suggestName(name, choices);
  return typeError(
    `${fname}() got an unexpected keyword argument '${name}'${near === undefined ? "" : `. Did you mean '${near}'?`}`,
  );
}

/**
 * Binds a call to the JavaScript parameters of a native.
 * @param d the native  @param qual how the function is named in errors  @param args positional values, then keyword values
 */
export function bindArgs(d: NativeDef, qual: string, args: Value[], kwnames: KwNames | undefined): unknown[] {
  const s = d.sig;
  const nkw = kwnames === undefined ? 0 : kwnames.length;
  const n = args.length - nkw;
  const names = s.names;
  if (nkw > 0 && s.posOnly === names.length && !s.varkw) throw badCount(d, qual, n, nkw);
  if (n > s.pos && !s.varargs) throw badCount(d, qual, n, nkw);
  if (s.posOnly === names.length && n < s.required) throw badCount(d, qual, n, nkw);
  if (s.pos < names.length || s.posOnly < s.pos) {
    if (!s.varargs && !s.varkw && n + nkw > names.length) throw badCount(d, qual, n, nkw);
    if (s.varargs && s.pos === 0 && !s.varkw && nkw > names.length && (d.flags & M_VARPOS) === 0) {
      throw typeError(
        `${d.name}() takes at most ${names.length} keyword argument${plural(names.length)} (${nkw} given)`,
      );
    }
  }
  const out: unknown[] = new Array(names.length + (s.varargs ? 1 : 0) + (s.varkw ? 1 : 0));
  const shift = s.varargs ? 1 : 0; // *args stands after the positional parameters
  const np = n < s.pos ? n : s.pos;
  for (let i = 0; i < np; i++) out[i] = args[i];
  if (s.varargs) out[s.pos] = n > s.pos ? args.slice(s.pos, n) : [];
  let rest: Map<string, Value> | undefined;
  // a missing argument is reported before a keyword that fits nowhere
  let bad: PyObject | undefined;
  for (let k = 0; k < nkw; k++) {
    const name = kwnames![k];
    const i = names.indexOf(name, s.posOnly);
    if (i < 0) {
      if (s.varkw) {
        (rest ??= new Map()).set(name, args[n + k]);
        continue;
      }
      if (names.indexOf(name) >= 0) {
        bad ??= typeError(`${d.name}() got some positional-only arguments passed as keyword arguments: '${name}'`);
      }
      bad ??= unexpectedKeyword(d.name, name, names.slice(s.posOnly));
      continue;
    }
    const at = i < s.pos ? i : i + shift;
    if (out[at] !== undefined) {
      bad ??= typeError(`argument for ${d.name}() given by name ('${name}') and position (${i + 1})`);
      continue;
    }
    out[at] = args[n + k];
  }
  for (let i = np; i < s.required; i++) {
    if (out[i] === undefined) {
      if (i < s.posOnly) {
        const least = s.required < s.posOnly ? s.required : s.posOnly;
        throw typeError(
          `${d.name}() takes ${least < s.pos ? "at least" : "exactly"} ${least} positional argument${
            plural(least)
          } (${n} given)`,
        );
      }
      throw typeError(`${d.name}() missing required argument '${names[i]}' (pos ${i + 1})`);
    }
  }
  for (let k = 0; k < s.kwRequired.length; k++) {
    if (s.kwRequired[k] && out[s.pos + shift + k] === undefined) {
      throw typeError(`${d.name}() missing required argument '${names[s.pos + k]}' (pos ${s.pos + k + 1})`);
    }
  }
  if (bad !== undefined) throw bad;
  if (s.varkw) out[out.length - 1] = rest === undefined ? undefined : kwargsDict(rest);
  return out;
}

/** Calls a native's body. The result may be a CallRequest when `d.push`. */
export function callNative(
  d: NativeDef,
  qual: () => string,
  self: Value | undefined,
  args: Value[],
  kwnames: KwNames | undefined,
): Value | CallRequest {
  if (d.vector) return d.fn(self, args, kwnames);
  const n = args.length;
  if (kwnames === undefined || kwnames.length === 0) {
    if (n >= d.min && n <= d.max) {
      switch (n) {
        case 0:
          return d.fn(self);
        case 1:
          return d.fn(self, args[0]);
        case 2:
          return d.fn(self, args[0], args[1]);
        case 3:
          return d.fn(self, args[0], args[1], args[2]);
        default:
          return d.fn(self, ...args);
      }
    }
  }
  return d.fn(self, ...bindArgs(d, qual(), args, kwnames));
}

/** Settles a native's result when the caller can't push frames. */
export function settle(r: Value | CallRequest): Value {
  return r instanceof CallRequest ? cur.vm.runRequest(r) : r;
}

/** A builtin function, or a builtin method bound to `self`. */
export class PyBuiltin extends PyObject {
  declare def: NativeDef;
  /** What the body gets as self (the module, for module functions). */
  declare readonly self: Value | undefined;
  /** `__module__`, or undefined for methods. */
  declare readonly module: Value | undefined;
  /** The type a bound method came from, for `__qualname__`. */
  declare readonly owner: PyType | undefined;
  constructor(def: NativeDef, self: Value | undefined, module?: Value, owner?: PyType) {
    super(builtinFunctionType);
    this.def = def;
    this.self = self;
    this.module = module;
    this.owner = owner;
  }
}

/** A method of a builtin type, unbound (method_descriptor, classmethod_descriptor). */
export class PyMethodDescr extends PyObject {
  def: NativeDef;
  readonly type: PyType;
  constructor(def: NativeDef, type: PyType) {
    super((def.flags & M_CLASS) !== 0 ? classMethodDescriptorType : methodDescriptorType);
    this.def = def;
    this.type = type;
    if (def.leaving !== undefined) noteLeaver(this);
  }
}

/** A slot as a method (wrapper_descriptor): `object.__repr__`. */
export class PySlotWrapper extends PyObject {
  readonly name: string;
  readonly type: PyType;
  /** Text signature without self, doc and body, which gets unpacked arguments. */
  readonly def: NativeDef;
  constructor(name: string, type: PyType, def: NativeDef) {
    super(wrapperDescriptorType);
    this.name = name;
    this.type = type;
    this.def = def;
  }
}

/** A slot wrapper bound to an object (method-wrapper). */
export class PyMethodWrapper extends PyObject {
  readonly descr: PySlotWrapper;
  readonly self: Value;
  constructor(descr: PySlotWrapper, self: Value) {
    super(methodWrapperType);
    this.descr = descr;
    this.self = self;
  }
}

/** A computed attribute of a builtin type (getset_descriptor) or a member (member_descriptor). */
export class PyGetSet extends PyObject {
  readonly name: string;
  readonly type: PyType;
  readonly get: (self: Value) => Value;
  readonly set: ((self: Value, value: Value | undefined) => void) | undefined;
  readonly doc: string | undefined;
  constructor(
    name: string,
    type: PyType,
    get: (self: Value) => Value,
    set: ((self: Value, value: Value | undefined) => void) | undefined,
    doc: string | undefined,
    member = false,
  ) {
    super(member ? memberDescriptorType : getsetDescriptorType);
    this.name = name;
    this.type = type;
    this.get = get;
    this.set = set;
    this.doc = doc;
  }
}

/** A `__slots__` member of a heap type: index into the instance's slots. */
export class PySlotMember extends PyObject {
  readonly name: string;
  readonly type: PyType;
  readonly index: number;
  doc: Value | undefined = undefined;
  constructor(name: string, type: PyType, index: number) {
    super(memberDescriptorType);
    this.name = name;
    this.type = type;
    this.index = index;
  }
}

/** "list.append" or "len": how CPython names a function in count errors (_PyObject_FunctionStr). */
export function builtinQualname(f: PyBuiltin): string {
  const self = f.self;
  if (self === undefined && f.owner !== undefined) return `${f.owner.qualname}.${f.def.name}`;
  if (self === undefined || self instanceof PyModule) {
    return typeof f.module === "string" && f.module !== "builtins" ? `${f.module}.${f.def.name}` : f.def.name;
  }
  return `${self instanceof PyType ? self.qualname : typeOf(self).qualname}.${f.def.name}`;
}

/** `(self, /, sig)` as `__text_signature__` shows it, or undefined. */
export function textSignature(d: NativeDef, first: string | undefined): string | undefined {
  if ((d.flags & M_NOSIG) !== 0) return undefined;
  const parts: string[] = [];
  const ps = splitParams(d.text);
  if (ps[0]?.startsWith("$")) return `(${d.text})`;
  if (first !== undefined && (d.flags & M_STATIC) === 0) {
    parts.push("$" + ((d.flags & M_SELF) !== 0 ? "self" : first));
    if (!ps.includes("/")) parts.push("/");
  }
  // a signature of several lines stays as it is
  if (d.text.includes("\n")) parts.push(d.text);
  else parts.push(...ps);
  return `(${parts.join(", ")})`;
}
