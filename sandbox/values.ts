// gopy's own: values across the border between host and guest.
//
//   Python                     JavaScript
//   None                       null (undefined, too, on the way in)
//   bool, str                  boolean, string (lone surrogates are kept)
//   int                        number inside the safe-integer range, else bigint
//   float                      number (a whole number comes back in as an int, -0 as a float)
//   bytes, bytearray           Uint8Array (ArrayBuffer and DataView, too, on the way in)
//   array.array, memoryview    the typed array of the item's kind
//   list, tuple                array
//   dict                       plain object if all keys are str, else Map
//   set, frozenset             Set (frozenset: on the way out only)
//   datetime.datetime          Date (to the millisecond; comes in aware, in UTC)
//   exception                  PythonError; any other Error comes in as a RuntimeError
//   function, method           a function that calls it (arguments and result by these rules)
//   HostPromise                Promise: on the way in only; its `result()` waits
//   anything else              PythonValue, which goes back in as the object it stands for
//
// Objects with a class of their own come in as a dict of their own enumerable properties, as
// `structuredClone` does it. Symbols, and objects such as RegExp, WeakMap or Proxy targets without
// that form, are a TypeError. Cyclic containers stay cyclic. JavaScript objects are copied, never
// handed over.

import {
  type KwNames,
  M_PUSH,
  M_VECTOR,
  None,
  PyBaseException,
  PyBytes,
  PyFloat,
  PyIntSub,
  PyList,
  PyModule,
  PyObject,
  PyStrSub,
  PyTuple,
  PyType,
  PyWideStr,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { call, callMethod, getAttr, reprStr } from "../core/objects/abstract.ts";
import { newError, typeError, valueError } from "../core/objects/errors.ts";
import { RuntimeError, textValue } from "../core/objects/exceptions.ts";
import { NativeDef, PyBuiltin } from "../core/objects/native.ts";
import { PyByteArray } from "../core/objects/bytearray.ts";
import { PyDict } from "../core/objects/dict.ts";
import { newSet, PySet } from "../core/objects/set.ts";
import { PyFunction, PyMethod } from "../core/objects/function.ts";
import { utf16 } from "../core/objects/names.ts";
import { normInt } from "../core/objects/int_ops.ts";
import { borrowBuffer, BUF_FULL_RO, copyBytes, hasBuffer, releaseBuffer } from "../core/objects/buffer.ts";
import type { CallRequest } from "../core/objects/state.ts";
import type { Interp } from "../vm/interpreter.ts";
import { newHostPromise } from "./host_promise.ts";
import { LimitError, originOf, PythonError } from "./python_error.ts";

/** What the host holds lives, for as long as the host holds it. */
const unpin = new FinalizationRegistry<() => void>((drop) => drop());

/** A Python object that has no JavaScript form. Only the Interpreter it came from can use it. */
export class PythonValue {
  /** Name of the object's type. */
  readonly type: string;
  readonly #value: PyObject;
  readonly #border: Border;
  /** @ignore Made by the Interpreter. */
  constructor(value: PyObject, border: Border) {
    this.type = typeName(value);
    this.#value = value;
    this.#border = border;
    const { pins } = border.interp.life;
    pins.set(value, (pins.get(value) ?? 0) + 1);
    unpin.register(this, () => {
      const n = pins.get(value)! - 1;
      if (n > 0) pins.set(value, n);
      else pins.delete(value);
    });
  }
  /** The object's repr. */
  toString(): string {
    return this.#border.inside(() => utf16(reprStr(this.#value)));
  }
  /** @ignore */
  static unwrap(v: PythonValue, border: Border): PyObject {
    if (v.#border !== border) throw typeError(`this ${v.type} object belongs to another Interpreter`);
    return v.#value;
  }
}

/** What values need of the Interpreter that they cross the border of. */
export interface Border {
  /** The Interpreter; values cross only while it is entered. */
  readonly interp: Interp;
  /** Enters the Interpreter for a host that may or may not be called by it; errors come out typed. */
  inside<T>(body: () => T): T;
  /** The typed error for a Python exception. */
  errorOut(e: PyBaseException): PythonError;
  /** Waits for a promise; `what` names it in errors. */
  wait(what: string, promise: Promise<unknown>): CallRequest;
}

/** A Python value as a JavaScript one. */
export function toHost(v: Value, border: Border, seen: Map<PyObject, unknown> = new Map()): unknown {
  if (typeof v !== "object") return v;
  if (v === None) return null;
  const old = seen.get(v);
  if (old !== undefined) return old;
  if (v instanceof PyFloat) return v.v;
  if (v instanceof PyWideStr) return utf16(v);
  if (v instanceof PyStrSub) return utf16(v.v);
  if (v instanceof PyIntSub) return v.v;
  if (v instanceof PyBytes) return v.b.slice();
  if (v instanceof PyByteArray) return v.view().slice();
  if (v instanceof PyList || v instanceof PyTuple) {
    const out: unknown[] = [];
    seen.set(v, out);
    for (const x of v.items) out.push(toHost(x, border, seen));
    return out;
  }
  if (v instanceof PyDict) return dictOut(v, border, seen);
  if (v instanceof PySet) {
    const out = new Set<unknown>();
    seen.set(v, out);
    for (const x of v.items()) out.add(toHost(x, border, seen));
    return out;
  }
  if (v instanceof PyFunction || v instanceof PyMethod || v instanceof PyBuiltin) {
    return (...args: unknown[]) => border.inside(() => toHost(call(v, args.map((a) => toGuest(a, border))), border));
  }
  if (v instanceof PyBaseException) return border.errorOut(v);
  if (!(v instanceof PyType)) {
    if (hasBuffer(v)) {
      const out = bufferOut(v);
      if (out !== undefined) return out;
    }
    const date = dateOut(v, border);
    if (date !== undefined) return date;
  }
  return new PythonValue(v, border);
}

function dictOut(v: PyDict, border: Border, seen: Map<PyObject, unknown>): unknown {
  const entries = [...v.entries()];
  if (entries.every(([k]) => typeof k === "string" || k instanceof PyWideStr)) {
    const out: Record<string, unknown> = {};
    seen.set(v, out);
    for (const [k, x] of entries) setOwn(out, toHost(k, border) as string, toHost(x, border, seen));
    return out;
  }
  const out = new Map<unknown, unknown>();
  seen.set(v, out);
  for (const [k, x] of entries) out.set(toHost(k, border, seen), toHost(x, border, seen));
  return out;
}

/** Sets a property whatever its name (`__proto__`). */
export function setOwn(o: object, name: string, value: unknown): void {
  Object.defineProperty(o, name, { value, enumerable: true, writable: true, configurable: true });
}

/** Kinds of typed arrays by the format of their items (struct module). */
function arrayOf(format: string, bytes: Uint8Array<ArrayBuffer>): unknown {
  const b = bytes.buffer;
  switch (format) {
    case "b":
      return new Int8Array(b);
    case "h":
      return new Int16Array(b);
    case "H":
      return new Uint16Array(b);
    case "i":
      return new Int32Array(b);
    case "I":
      return new Uint32Array(b);
    case "l":
    case "q":
      return new BigInt64Array(b);
    case "L":
    case "Q":
      return new BigUint64Array(b);
    case "f":
      return new Float32Array(b);
    case "d":
      return new Float64Array(b);
    case "B":
    case "c":
      return bytes;
  }
  return undefined;
}

function bufferOut(v: Value): unknown {
  const view = borrowBuffer(v, BUF_FULL_RO);
  const format = view.format ?? "B";
  releaseBuffer(view);
  return arrayOf(format.replace(/^[@=<]/, ""), copyBytes(v) as Uint8Array<ArrayBuffer>);
}

/** The name of a type of the module `datetime`, if the guest has imported it. */
function datetimeType(border: Border, name: string): PyType | undefined {
  const m = border.interp.modules.getStr("datetime");
  const t = m instanceof PyModule ? m.dict.getStr(name) : undefined;
  return t instanceof PyType ? t : undefined;
}

function dateOut(v: PyObject, border: Border): Date | undefined {
  const t = datetimeType(border, "datetime");
  if (t === undefined || !v.cls.mro.includes(t)) return undefined;
  const seconds = call(getAttr(t, "timestamp"), [v]);
  return seconds instanceof PyFloat ? new Date(Math.round(seconds.v * 1000)) : undefined;
}

/** datetime.datetime in UTC. */
function dateIn(d: Date, border: Border): Value {
  const ms = d.getTime();
  if (Number.isNaN(ms)) throw valueError("an invalid Date has no Python form");
  const m = border.interp.importModule("datetime");
  const utc = getAttr(getAttr(m, "timezone"), "utc");
  const epoch = call(getAttr(m, "datetime"), [1970, 1, 1, 0, 0, 0, 0, utc]);
  return callMethod(epoch, "__add__", call(getAttr(m, "timedelta"), [0, 0, 0, ms]));
}

/** Type codes of array.array by the class of a typed array. */
const TYPECODES: Record<string, string> = {
  Int8Array: "b",
  Int16Array: "h",
  Uint16Array: "H",
  Int32Array: "i",
  Uint32Array: "I",
  BigInt64Array: "q",
  BigUint64Array: "Q",
  Float32Array: "f",
  Float64Array: "d",
};

function viewIn(v: ArrayBufferView, border: Border): Value {
  const bytes = new PyBytes(new Uint8Array(v.buffer, v.byteOffset, v.byteLength).slice());
  const code = TYPECODES[v.constructor.name];
  if (code === undefined) return bytes;
  return call(getAttr(border.interp.importModule("array"), "array"), [code, bytes]);
}

/** A JavaScript value as a Python one. */
export function toGuest(v: unknown, border: Border, seen: Map<object, Value> = new Map()): Value {
  switch (typeof v) {
    case "undefined":
      return None;
    case "boolean":
      return v;
    case "string":
      return textValue(v);
    case "number":
      return Number.isSafeInteger(v) && !Object.is(v, -0) ? v : new PyFloat(v);
    case "bigint":
      return normInt(v);
    case "function":
      return hostFunction(v.name, v as (...a: unknown[]) => unknown, border);
    case "symbol":
      throw typeError("a JavaScript symbol has no Python form");
  }
  if (v === null) return None;
  const o = v as object;
  if (o instanceof PythonValue) return PythonValue.unwrap(o, border);
  const old = seen.get(o);
  if (old !== undefined) return old;
  if (Array.isArray(o)) {
    const out = new PyList([]);
    seen.set(o, out);
    for (const x of o) out.items.push(toGuest(x, border, seen));
    return out;
  }
  if (o instanceof Map) {
    const out = new PyDict();
    seen.set(o, out);
    for (const [k, x] of o) out.set(toGuest(k, border, seen), toGuest(x, border, seen));
    return out;
  }
  if (o instanceof Set) return newSet([...o].map((x) => toGuest(x, border, seen)));
  if (o instanceof ArrayBuffer || o instanceof SharedArrayBuffer) return new PyBytes(new Uint8Array(o).slice());
  if (ArrayBuffer.isView(o)) return viewIn(o, border);
  if (o instanceof Date) return dateIn(o, border);
  if (o instanceof Promise) return newHostPromise("a promise", o, border);
  if (o instanceof Error) return errorIn(o, border);
  const tag = Object.prototype.toString.call(o);
  if (tag !== "[object Object]") throw typeError(`a JavaScript ${tag.slice(8, -1)} has no Python form`);
  const out = new PyDict();
  seen.set(o, out);
  for (const [k, x] of Object.entries(o)) out.set(textValue(k), toGuest(x, border, seen));
  return out;
}

/** A Python callable for a JavaScript function. Keyword arguments are refused. */
export function hostFunction(name: string, f: (...args: unknown[]) => unknown, border: Border): Value {
  const shown = name === "" ? "<host function>" : name;
  const def = new NativeDef(shown, [
    "*args",
    "",
    (_self: unknown, args: Value[], kw?: KwNames) => {
      if (kw !== undefined && kw.length > 0) throw typeError(`${shown}() takes no keyword arguments`);
      let r: unknown;
      const given = args.map((a) => toHost(a, border));
      try {
        r = f(...given);
      } catch (e) {
        throw thrownIn(e, border);
      }
      return r instanceof Promise ? border.wait(`${shown}()`, r) : toGuest(r, border);
    },
    M_VECTOR | M_PUSH,
  ]);
  return new PyBuiltin(def, undefined);
}

/** What goes on in the guest after host code has thrown: an exception, or a limit that was passed. */
export function thrownIn(e: unknown, border: Border): unknown {
  if (e instanceof LimitError && border.interp.interrupt !== undefined) return border.interp.interrupt;
  if (e instanceof PyObject) return e;
  return e instanceof Error ? errorIn(e, border) : newError(RuntimeError, String(e));
}

function errorIn(e: Error, border: Border): PyBaseException {
  if (e instanceof PythonError) {
    const own = originOf(border.interp, e);
    if (own !== undefined) return own;
  }
  return newError(RuntimeError, `${e.name}: ${e.message}`);
}
