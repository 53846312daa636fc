// CPython 3.14: Python/bltinmodule.c
//
// The builtins module. The functions that call Python and are found under many frames (exec, eval,
// `__build_class__`, `__import__`) push frames; see builtins_exec.ts.

import * as T from "../core/objects/object.ts";
import {
  isInstance,
  isSubtype,
  M_PUSH,
  M_VARPOS,
  None,
  PyBaseException,
  PyBytes,
  PyComplex,
  PyFloat,
  PyList,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { newErrorArgs, runtimeError, stopIteration, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import * as A from "../core/objects/abstract.ts";
import { earlySpecial, withEarly } from "../core/objects/early.ts";
import {
  earlyBest,
  earlyCheck,
  earlyFormat,
  earlySetAttr,
  earlySorted,
  hashResult,
  iterResult,
  lenResult,
  textResult,
} from "./builtins_early.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { CallRequest, cur, NativeState } from "../core/objects/state.ts";
import { hashToValue } from "../core/objects/hash.ts";
import { idOf } from "../core/objects/identity.ts";
import { attrName, utf16 } from "../core/objects/names.ts";
import type { PyDict } from "../core/objects/dict.ts";
import { PyCallIter } from "../core/objects/seqiter.ts";
import { callStep, carry, type Steps } from "./io_steps.ts";
import { nextForm, withLeaving } from "../core/objects/leaving.ts";
import { nextBuiltin } from "../vm/interp/special.ts";
import { chr } from "../core/objects/str_wide.ts";
import { strCodeAt, strLen } from "../core/objects/str_ops.ts";
import { iternextDyn, vcall } from "../core/objects/slotdefs.ts";
import { intAdd } from "../core/objects/int_ops.ts";
import { PyGenerator } from "../vm/interp/generator.ts";
import { returned, sendRequest } from "../vm/interp/gen_ops.ts";
import type { VmThread } from "../vm/interp/thread.ts";
import { localsOf } from "../vm/interp/ops_names.ts";
import { interp, visible } from "../vm/interpreter.ts";
import type { Frame } from "../vm/interp/frame.ts";
import { makeAnextAwaitable } from "../vm/interp/async_gen.ts";
import { audit } from "./sys.ts";
import { buildClass } from "./builtins_class.ts";
import { compile, evalBuiltin, execBuiltin, importBuiltin } from "./builtins_exec.ts";
import { enumerateType } from "../core/objects/enumerate.ts";
import { reversedType } from "../core/objects/reversed.ts";
import { zipType } from "../core/objects/zip.ts";
import { mapType } from "../core/objects/map.ts";
import { filterType } from "../core/objects/filter.ts";
import { listSort } from "../core/objects/list.ts";

function frame(): Frame {
  const f = visible((cur as VmThread).frame);
  if (f === undefined) throw runtimeError("no current frame");
  return f;
}

/** next() with a default. */
class Otherwise extends NativeState {
  constructor(readonly dflt: Value) {
    super();
  }
  resume(r: Value): Value {
    return r;
  }
  override raised(exc: PyBaseException): Value {
    if (isSubtype(exc.cls, X.StopIteration)) return this.dflt;
    throw exc;
  }
}
/** Result of a generator's end as next() shows it. */
function nextOf(it: Value, dflt: Value | undefined): Value | CallRequest {
  const t = typeOf(it);
  const f = t.tp_iternext;
  if (f === undefined) throw typeError(`'${t.name}' object is not an iterator`);
  if (
    it instanceof PyGenerator && it.cls === T.generatorType && it.state < 2 &&
    dflt === undefined
  ) {
    return sendRequest(it, None);
  }
  if (f === iternextDyn) {
    if (dflt === undefined) return vcall(it, "__next__", []);
    try {
      return vcall(it, "__next__", []);
    } catch (e) {
      if (e instanceof PyBaseException && isSubtype(e.cls, X.StopIteration)) {
        return dflt;
      }
      throw e;
    }
  }
  if (nextForm(it) !== undefined) {
    return new CallRequest(nextBuiltin(), [it], undefined, dflt === undefined ? undefined : new Otherwise(dflt));
  }
  const r = f(it);
  if (r !== undefined) return r;
  if (dflt !== undefined) return dflt;
  if (it instanceof PyGenerator) throw returned(it, cur.genResult ?? None);
  throw stopIteration();
}

function fixedPoint(v: Value, prefix: string, radix: 2 | 8 | 16): Value {
  const n = A.asIndex(v);
  const t = n.toString(radix);
  return n < 0 ? `-${prefix}${t.slice(1)}` : prefix + t;
}

/** A float or an int as a double for sum(); undefined for anything else, and for ints that don't fit. */
function asAddend(x: Value): number | undefined {
  if (x instanceof PyFloat && x.cls === T.floatType) return x.v;
  if (typeof x === "number" || typeof x === "boolean") return Number(x);
  if (typeof x !== "bigint") return undefined;
  const d = Number(x);
  return Number.isFinite(d) ? d : undefined;
}

function sum(iterable: Value, start: Value = 0): Value {
  const it = A.getIter(iterable);
  if (start !== 0) {
    if (A.isStr(start)) {
      throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
    }
    if (isInstance(start, T.bytesType)) {
      throw typeError("sum() can't sum bytes [use b''.join(seq) instead]");
    }
    if (isInstance(start, T.bytearrayType)) {
      throw typeError("sum() can't sum bytearray [use b''.join(seq) instead]");
    }
  }
  const next = typeOf(it).tp_iternext!;
  let acc: Value = start;
  let x = next(it);
  for (
    ;
    x !== undefined && typeof acc === "number" && typeof x === "number";
    x = next(it)
  ) {
    acc = intAdd(acc, x);
    cur.tick(1);
  }
  if (
    x !== undefined && acc instanceof PyFloat && acc.cls === T.floatType ||
    x !== undefined && typeof acc === "number" && x instanceof PyFloat &&
      x.cls === T.floatType
  ) {
    // floats are added with compensation (Neumaier), as CPython does since 3.12
    let hi = acc instanceof PyFloat ? acc.v : acc as number, lo = 0;
    for (; x !== undefined; x = next(it)) {
      const d = asAddend(x);
      if (d === undefined) break;
      const t = hi + d;
      if (Math.abs(hi) >= Math.abs(d)) lo += (hi - t) + d;
      else lo += (d - t) + hi;
      hi = t;
      cur.tick(1);
    }
    acc = new PyFloat(lo !== 0 && Number.isFinite(lo) ? hi + lo : hi);
  }
  if (x !== undefined && x instanceof PyComplex && x.cls === T.complexType && !(acc instanceof PyComplex)) {
    acc = A.binAdd(acc, x);
    x = next(it);
  }
  if (x !== undefined && acc instanceof PyComplex && acc.cls === T.complexType) {
    // both parts the same way
    const hi = [acc.re, acc.im], lo = [0, 0];
    const add = (i: number, d: number): void => {
      const h = hi[i], t = h + d;
      lo[i] += Math.abs(h) >= Math.abs(d) ? (h - t) + d : (d - t) + h;
      hi[i] = t;
    };
    for (; x !== undefined; x = next(it)) {
      if (x instanceof PyComplex && x.cls === T.complexType) {
        add(0, x.re);
        add(1, x.im);
      } else {
        const d = asAddend(x);
        if (d === undefined) break;
        add(0, d);
      }
      cur.tick(1);
    }
    const [re, im] = hi.map((h, i) => lo[i] !== 0 && Number.isFinite(lo[i]) ? h + lo[i] : h);
    acc = new PyComplex(re, im);
  }
  for (; x !== undefined; x = next(it)) {
    acc = A.binAdd(acc, x);
    cur.tick(1);
  }
  return acc;
}

function minMax(name: string, op: T.CmpOp) {
  return (
    _m: Value,
    args: Value[],
    key: Value | undefined,
    dflt: Value | undefined,
  ): Value => {
    if (args.length === 0) {
      throw typeError(`${name} expected at least 1 argument, got 0`);
    }
    if (args.length > 1 && dflt !== undefined) {
      throw typeError(
        `Cannot specify a default for ${name}() with multiple positional arguments`,
      );
    }
    if (key === None) key = undefined;
    const it = args.length === 1 ? A.getIter(args[0]) : undefined;
    let best: Value | undefined, bestKey: Value | undefined;
    for (let i = 0;; i++) {
      const x = it === undefined ? args[i] : A.iterNext(it);
      if (x === undefined) break;
      const k = key === undefined ? x : A.call1(key, x);
      if (bestKey === undefined || A.richCompareBool(k, bestKey, op)) {
        best = x;
        bestKey = k;
      }
      cur.tick(1);
    }
    if (best !== undefined) return best;
    if (dflt !== undefined) return dflt;
    throw valueError(`${name}() iterable argument is empty`);
  };
}

function print(
  _m: Value,
  args: Value[],
  sep: Value = None,
  end: Value = None,
  file: Value = None,
  flush: Value = false,
): Value {
  const to = printsTo(sep, end, file);
  if (to === undefined) return None;
  const write = A.getAttr(to, "write");
  for (let i = 0; i < args.length; i++) {
    if (i > 0) A.call1(write, sep === None ? " " : sep);
    A.call1(write, A.strObject(args[i]));
  }
  A.call1(write, end === None ? "\n" : end);
  if (A.isTrue(flush)) A.callMethod(to, "flush");
  return None;
}
/** print() where there are several threads. */
function* printSteps(
  args: Value[],
  sep: Value = None,
  end: Value = None,
  file: Value = None,
  flush: Value = false,
): Steps<Value> {
  const to = printsTo(sep, end, file);
  if (to === undefined) return None;
  const write = A.getAttr(to, "write");
  for (let i = 0; i < args.length; i++) {
    if (i > 0) yield new CallRequest(write, [sep === None ? " " : sep]);
    yield new CallRequest(write, [A.strObject(args[i])]);
  }
  yield new CallRequest(write, [end === None ? "\n" : end]);
  if (A.isTrue(flush)) yield* callStep(to, "flush");
  return None;
}
/** Checks print()'s arguments; the stream, or undefined where there is none. */
function printsTo(sep: Value, end: Value, file: Value): Value | undefined {
  if (file === None) {
    const f = cur.interp.sys.dict.getStr("stdout");
    if (f === undefined) throw runtimeError("lost sys.stdout");
    if (f === None) return undefined;
    file = f;
  }
  if (sep !== None && !A.isStr(sep)) {
    throw typeError(`sep must be None or a string, not ${typeName(sep)}`);
  }
  if (end !== None && !A.isStr(end)) {
    throw typeError(`end must be None or a string, not ${typeName(end)}`);
  }
  return file;
}

function input(_m: Value, prompt?: Value): Value {
  const sys = cur.interp.sys.dict;
  const lost = (n: string) => runtimeError(`input(): lost sys.${n}`);
  const fin = sys.getStr("stdin"),
    fout = sys.getStr("stdout"),
    ferr = sys.getStr("stderr");
  if (fin === undefined || fin === None) throw lost("stdin");
  if (fout === undefined || fout === None) throw lost("stdout");
  if (ferr === undefined || ferr === None) throw lost("stderr");
  audit("builtins.input", () => [prompt ?? None]);
  flushQuietly(ferr);
  const edited = editedInput(fin, fout, prompt);
  if (edited !== null) {
    if (edited === undefined) throw newErrorArgs(X.EOFError, []);
    return X.textValue(edited);
  }
  if (prompt !== undefined) A.callMethod(fout, "write", A.strObject(prompt));
  flushQuietly(fout);
  const line = A.callMethod(fin, "readline");
  if (line instanceof PyBytes) {
    const b = line.b;
    if (b.length === 0) throw newErrorArgs(X.EOFError, ["EOF when reading a line"]);
    return b[b.length - 1] === 10 ? new PyBytes(b.slice(0, -1)) : line;
  }
  if (!A.isStr(line)) throw typeError("object.readline() returned non-string");
  const s = utf16(A.strValue(line));
  if (s === "") throw newErrorArgs(X.EOFError, ["EOF when reading a line"]);
  return X.textValue(s.endsWith("\n") ? s.slice(0, -1) : s);
}

/** A line from the line editor, where there is one and both streams are the terminal; null: read plainly. */
function editedInput(fin: Value, fout: Value, prompt: Value | undefined): string | undefined | null {
  const read = interp().readLine;
  if (read === undefined || !isDescriptor(fin, 0) || !isDescriptor(fout, 1)) return null;
  const { files } = interp().host;
  if (!files.isatty(0) || !files.isatty(1)) return null;
  flushQuietly(fout);
  return read(prompt === undefined ? "" : utf16(A.strOf(prompt)));
}
function isDescriptor(file: Value, fd: number): boolean {
  try {
    return A.callMethod(file, "fileno") === fd;
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    return false;
  }
}

/** Flushes a stream; that it cannot be flushed does not matter. */
function flushQuietly(file: Value): void {
  try {
    A.callMethod(file, "flush");
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
  }
}

function ord(_m: Value, v: Value): Value {
  if (A.isStr(v)) {
    const s = A.strValue(v);
    if (strLen(s) === 1) return strCodeAt(s, 0);
    throw typeError(
      `ord() expected a character, but string of length ${strLen(s)} found`,
    );
  }
  if (
    typeof v === "object" &&
    (isInstance(v, T.bytesType) || isInstance(v, T.bytearrayType))
  ) {
    const n = A.lengthOf(v);
    if (n === 1) return A.getItem(v, 0);
    throw typeError(
      `ord() expected a character, but string of length ${n} found`,
    );
  }
  throw typeError(
    `ord() expected string of length 1, but ${typeName(v)} found`,
  );
}

function chrOf(_m: Value, v: Value): Value {
  const n = A.asIndex(v);
  if (typeof n === "bigint" || n < 0 || n > 0x10ffff) {
    throw valueError("chr() arg not in range(0x110000)");
  }
  return chr(n);
}

/** dir() */
function dir(_m: Value, o?: Value): Value {
  let names: Value;
  if (o === undefined) {
    names = A.callMethod(localsOf(frame()), "keys");
  } else {
    const f = A.lookupSpecial(o, "__dir__");
    if (f === undefined) throw typeError("object does not provide __dir__");
    names = A.call0(f);
  }
  const l = new PyList(A.iterToArray(names));
  listSort(l);
  return l;
}

function vars(_m: Value, o?: Value): Value {
  if (o === undefined) return localsOf(frame());
  const d = A.lookupAttr(o, "__dict__");
  if (d === undefined) {
    throw typeError("vars() argument must have __dict__ attribute");
  }
  return d;
}

function getattr(_m: Value, o: Value, name: Value, dflt?: Value): Value {
  if (!A.isStr(name)) {
    throw typeError(`attribute name must be string, not '${typeName(name)}'`);
  }
  if (dflt === undefined) return A.getAttr(o, attrName(name));
  return A.lookupAttr(o, attrName(name)) ?? dflt;
}

function round(_m: Value, v: Value, nd?: Value): Value {
  const f = A.lookupSpecial(v, "__round__");
  if (f === undefined) {
    throw typeError(`type ${typeName(v)} doesn't define __round__ method`);
  }
  return nd === undefined || nd === None ? A.call0(f) : A.call1(f, nd);
}

/** Waits for an `__iter__`-less call: keeps `any`/`all` plain loops. */
function anyAll(want: boolean) {
  return (_m: Value, iterable: Value): Value => {
    const it = A.getIter(iterable);
    const next = typeOf(it).tp_iternext!;
    for (let x = next(it); x !== undefined; x = next(it)) {
      if (A.isTrue(x) === want) return want;
      cur.tick(1);
    }
    return !want;
  };
}

export const spec: ModuleSpec = {
  name: "builtins",
  doc:
    "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in' identifiers of Python.",
  functions: {
    __build_class__: [
      "func, name, /, *bases, [metaclass], **kwds",
      "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nWhat the class statement calls.",
      buildClass,
      M_PUSH | 8 | 32,
    ],
    __import__: [
      "name, globals=None, locals=None, fromlist=(),\n           level=0",
      "Import a module.\n\nThis is what the import statement calls; importlib.import_module() is for programs.",
      importBuiltin,
    ],
    abs: [
      "x, /",
      "Return the absolute value of the argument.",
      withEarly((_m: Value, x: Value) => A.absolute(x), earlySpecial("__abs__", 1)),
    ],
    all: [
      "iterable, /",
      "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True.",
      anyAll(false),
    ],
    any: [
      "iterable, /",
      "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False.",
      anyAll(true),
    ],
    ascii: [
      "obj, /",
      "Return an ASCII-only representation of an object.",
      (_m: Value, x: Value) => A.asciiObject(x),
    ],
    bin: [
      "number, /",
      "Return the binary representation of an integer.\n\n>>> bin(10)\n'0b1010'",
      (_m: Value, x: Value) => fixedPoint(x, "0b", 2),
    ],
    breakpoint: [
      "*args, **kws",
      "Call sys.breakpointhook(*args, **kws).",
      (_m: Value, args: Value[], kw?: PyDict) => {
        const h = cur.interp.sys.dict.getStr("breakpointhook");
        if (h === undefined) throw runtimeError("lost sys.breakpointhook");
        const names: string[] = [];
        for (const [k, v] of kw?.entries() ?? []) {
          names.push(attrName(k));
          args.push(v);
        }
        return A.call(h, args, names);
      },
    ],
    callable: [
      "obj, /",
      "Return whether the object is callable (i.e., some kind of function).",
      (_m: Value, x: Value) => A.isCallable(x),
    ],
    chr: [
      "i, /",
      "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.",
      chrOf,
    ],
    compile: [
      "source, filename, mode, flags=0,\n        dont_inherit=False, optimize=-1, *, _feature_version=-1",
      "Compile source into a code object that can be executed by exec() or eval().",
      compile,
    ],
    delattr: [
      "obj, name, /",
      "Deletes the named attribute from the given object.",
      (_m: Value, o: Value, n: Value) => {
        A.delAttr(o, attrName(n));
        return None;
      },
    ],
    dir: [
      "[object], /",
      "dir([object]) -> list of strings\n\nNames of an object's attributes, sorted; of the local names without an argument.",
      dir,
      8,
    ],
    divmod: [
      "x, y, /",
      "Return the tuple (x//y, x%y).",
      (_m: Value, a: Value, b: Value) => A.binDivmod(a, b),
    ],
    eval: [
      "source, /, globals=None, locals=None",
      "Evaluate the given source in the context of globals and locals.",
      evalBuiltin,
      M_PUSH,
    ],
    exec: [
      "source, /, globals=None, locals=None, *, closure=None",
      "Execute the given source in the context of globals and locals.",
      execBuiltin,
      M_PUSH,
    ],
    format: [
      "value, format_spec='', /",
      "Return type(value).__format__(value, format_spec).",
      withEarly((_m: Value, v: Value, s: Value = "") => {
        if (!A.isStr(s)) {
          throw typeError(
            `format() argument 2 must be str, not ${s === None ? "None" : typeName(s)}`,
          );
        }
        return A.formatValue(v, s);
      }, earlyFormat),
    ],
    getattr: [
      "object, name[, default], /",
      "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; a default is returned where there is none.",
      getattr,
      8,
    ],
    globals: [
      "",
      "Return the dictionary containing the current scope's global variables.",
      () => frame().globals,
    ],
    hasattr: [
      "obj, name, /",
      "Return whether the object has an attribute with the given name.",
      (_m: Value, o: Value, n: Value) => {
        if (!A.isStr(n)) {
          throw typeError(
            `attribute name must be string, not '${typeName(n)}'`,
          );
        }
        return A.lookupAttr(o, attrName(n)) !== undefined;
      },
    ],
    hash: [
      "obj, /",
      "Return the hash value for the given object.",
      withEarly((_m: Value, x: Value) => hashToValue(A.hash(x), cur.hashHi), earlySpecial("__hash__", 1, hashResult)),
    ],
    hex: [
      "number, /",
      "Return the hexadecimal representation of an integer.\n\n>>> hex(300)\n'0x12c'",
      (_m: Value, x: Value) => fixedPoint(x, "0x", 16),
    ],
    id: [
      "obj, /",
      "Return the identity of an object.",
      (_m: Value, x: Value) => idOf(x),
    ],
    input: [
      "prompt='', /",
      "Read a string from standard input.  The trailing newline is stripped.",
      input,
    ],
    isinstance: [
      "obj, class_or_tuple, /",
      "Return whether an object is an instance of a class or of a subclass thereof.",
      withEarly((_m: Value, o: Value, c: Value) => A.isInstanceOf(o, c), earlyCheck("__instancecheck__")),
    ],
    issubclass: [
      "cls, class_or_tuple, /",
      "Return whether 'cls' is derived from another class or is the same class.",
      withEarly((_m: Value, o: Value, c: Value) => A.isSubclassOf(o, c), earlyCheck("__subclasscheck__")),
    ],
    iter: [
      "object[, sentinel], /",
      "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object; with a sentinel, call it until that is returned.",
      withEarly((_m: Value, o: Value, sentinel?: Value) => {
        if (sentinel === undefined) return A.getIter(o);
        if (!A.isCallable(o)) throw typeError("iter(v, w): v must be callable");
        return new PyCallIter(o, sentinel);
      }, earlySpecial("__iter__", 1, iterResult)),
      8,
    ],
    aiter: [
      "async_iterable, /",
      "Return an AsyncIterator for an AsyncIterable object.",
      (_m: Value, o: Value) => {
        const f = typeOf(o).am_aiter;
        if (f === undefined) {
          throw typeError(
            `'${typeName(o)}' object is not an async iterable`,
          );
        }
        const it = f(o);
        if (typeOf(it).am_anext === undefined) {
          throw typeError(
            `aiter() returned not an async iterator of type '${typeName(it)}'`,
          );
        }
        return it;
      },
    ],
    anext: [
      "aiterator, default=<unrepresentable>, /",
      "Return the next item from the async iterator; the default at its end.",
      (_m: Value, o: Value, dflt?: Value) => {
        const f = typeOf(o).am_anext;
        if (f === undefined) {
          throw typeError(`'${typeName(o)}' object is not an async iterator`);
        }
        const a = f(o);
        return dflt === undefined ? a : makeAnextAwaitable(a, dflt);
      },
    ],
    len: [
      "obj, /",
      "Return the number of items in a container.",
      withEarly(
        (_m: Value, o: Value) => A.lengthInt(o),
        earlySpecial("__len__", 1, lenResult),
      ),
    ],
    locals: [
      "",
      "Return a dictionary containing the current scope's local variables.",
      () => localsOf(frame()),
    ],
    max: [
      "*args, key=None, default=NULL",
      "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nThe largest item of an iterable, or of two or more arguments.",
      withEarly(minMax("max", T.GT), earlyBest(T.GT)),
      8,
    ],
    min: [
      "*args, key=None, default=NULL",
      "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nThe smallest item of an iterable, or of two or more arguments.",
      withEarly(minMax("min", T.LT), earlyBest(T.LT)),
      8,
    ],
    next: [
      "iterator[, default], /",
      "next(iterator[, default])\n\nReturn the next item from the iterator; the default at its end.",
      withEarly((_m: Value, it: Value, d?: Value) => nextOf(it, d), earlySpecial("__next__", 1)),
      M_PUSH | 8,
    ],
    oct: [
      "number, /",
      "Return the octal representation of an integer.\n\n>>> oct(300)\n'0o454'",
      (_m: Value, x: Value) => fixedPoint(x, "0o", 8),
    ],
    ord: ["character, /", "Return the ordinal value of a character.", ord],
    pow: [
      "base, exp, mod=None",
      "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.",
      (_m: Value, a: Value, b: Value, m: Value = None) => A.binPow(a, b, m),
    ],
    print: [
      "*args, sep=' ', end='\\n', file=None, flush=False",
      "Prints the values to a stream, or to sys.stdout by default.",
      withLeaving(print, (_m: Value, ...args: Parameters<typeof printSteps>) => carry(printSteps(...args))),
      M_VARPOS,
    ],
    repr: [
      "obj, /",
      "Return the canonical string representation of the object.",
      withEarly((_m: Value, x: Value) => A.reprObject(x), earlySpecial("__repr__", 1, textResult("__repr__"))),
    ],
    round: [
      "number, ndigits=None",
      "Round a number to a given precision in decimal digits.",
      round,
    ],
    setattr: [
      "obj, name, value, /",
      "Sets the named attribute on the given object to the specified value.",
      withEarly((_m: Value, o: Value, n: Value, v: Value) => {
        A.setAttr(o, attrName(n), v);
        return None;
      }, earlySetAttr),
    ],
    sorted: [
      "iterable, /, *, key=None, reverse=False",
      "Return a new list containing all items from the iterable in ascending order.",
      withEarly((_m: Value, it: Value, key: Value = None, reverse: Value = false) => {
        const l = new PyList(A.iterToArray(it));
        listSort(l, key, A.isTrue(reverse));
        return l;
      }, earlySorted),
    ],
    sum: [
      "iterable, /, start=0",
      "Return the sum of a 'start' value (default: 0) plus an iterable of numbers.",
      (_m: Value, it: Value, s: Value = 0) => sum(it, s),
    ],
    vars: [
      "[object], /",
      "vars([object]) -> dictionary\n\nThe __dict__ of an object; locals() without an argument.",
      vars,
      8,
    ],
  },
  constants: {
    None,
    Ellipsis: T.Ellipsis,
    NotImplemented: T.NotImplemented,
    False: false,
    True: true,
    bool: T.boolType,
    memoryview: T.memoryviewType,
    bytearray: T.bytearrayType,
    bytes: T.bytesType,
    classmethod: T.classmethodType,
    complex: T.complexType,
    dict: T.dictType,
    enumerate: enumerateType,
    filter: filterType,
    float: T.floatType,
    frozenset: T.frozensetType,
    property: T.propertyType,
    int: T.intType,
    list: T.listType,
    map: mapType,
    object: T.objectType,
    range: T.rangeType,
    reversed: reversedType,
    set: T.setType,
    slice: T.sliceType,
    staticmethod: T.staticmethodType,
    str: T.strType,
    super: T.superType,
    tuple: T.tupleType,
    type: T.typeType,
    zip: zipType,
    __debug__: () =>
      (cur.interp as unknown as { config: { optimize: number } }).config
        .optimize === 0,
  },
  exec(m) {
    for (const [k, v] of Object.entries(X.exceptionTypes)) {
      m.dict.setStr(k, v);
    }
  },
};
