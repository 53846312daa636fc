// gopy's own: values across the border between host and guest.
//
//   Python            JavaScript
//   None              null (undefined, too, on the way in)
//   bool, str         boolean, string (lone surrogates are kept)
//   int               number inside the safe-integer range, else bigint
//   float             number (a whole number comes back in as an int)
//   bytes, bytearray  Uint8Array
//   list, tuple       array
//   dict              plain object if all keys are str, else Map
//   set, frozenset    Set
//   function          a JavaScript function that calls it (arguments by these rules)
//   anything else     a PythonValue, which goes back in as the object it stands for
//
// Cyclic containers stay cyclic. JavaScript objects are copied, never handed over.

import {
  type KwNames,
  M_VECTOR,
  None,
  PyBytes,
  PyFloat,
  PyIntSub,
  PyList,
  PyObject,
  PyStrSub,
  PyTuple,
  PyWideStr,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { newError, typeError } from "../core/objects/errors.ts";
import { RuntimeError, textValue } from "../core/objects/exceptions.ts";
import { NativeDef, PyBuiltin } from "../core/objects/native.ts";
import { PyDict } from "../core/objects/dict.ts";
import { newSet, PySet } from "../core/objects/set.ts";
import { PyFunction, PyMethod } from "../core/objects/function.ts";
import { utf16 } from "../core/objects/names.ts";
import { normInt } from "../core/objects/int_ops.ts";
import { reprStr } from "../core/objects/abstract.ts";
import { getBuffer } from "../core/objects/buffer.ts";

/** A Python object that has no JavaScript form. Only the Interpreter it came from can use it. */
export class PythonValue {
  /** Name of the object's type. */
  readonly type: string;
  readonly #value: PyObject;
  readonly #text: () => string;
  /** @ignore Made by the Interpreter. */
  constructor(value: PyObject, text: () => string) {
    this.type = typeName(value);
    this.#value = value;
    this.#text = text;
  }
  /** The object's repr. */
  toString(): string {
    return this.#text();
  }
  /** @ignore */
  static unwrap(v: PythonValue): PyObject {
    return v.#value;
  }
}

/** Runs code of the Interpreter that a value belongs to. */
export type Enter = <T>(body: () => T) => T;

/** A Python value as a JavaScript one. */
export function toHost(v: Value, enter: Enter, seen: Map<PyObject, unknown> = new Map()): unknown {
  if (typeof v !== "object") return v;
  if (v === None) return null;
  const old = seen.get(v);
  if (old !== undefined) return old;
  if (v instanceof PyFloat) return v.v;
  if (v instanceof PyWideStr) return utf16(v);
  if (v instanceof PyStrSub) return utf16(v.v);
  if (v instanceof PyIntSub) return v.v;
  if (v instanceof PyBytes) return v.b.slice();
  if (v instanceof PyList || v instanceof PyTuple) {
    const out: unknown[] = [];
    seen.set(v, out);
    for (const x of v.items) out.push(toHost(x, enter, seen));
    return out;
  }
  if (v instanceof PyDict) {
    const entries = [...v.entries()];
    if (entries.every(([k]) => typeof k === "string" || k instanceof PyWideStr)) {
      const out: Record<string, unknown> = {};
      seen.set(v, out);
      for (const [k, x] of entries) {
        Object.defineProperty(out, toHost(k, enter) as string, {
          value: toHost(x, enter, seen),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
      return out;
    }
    const out = new Map<unknown, unknown>();
    seen.set(v, out);
    for (const [k, x] of entries) out.set(toHost(k, enter, seen), toHost(x, enter, seen));
    return out;
  }
  if (v instanceof PySet) {
    const out = new Set<unknown>();
    seen.set(v, out);
    for (const x of v.items()) out.add(toHost(x, enter, seen));
    return out;
  }
  if (v.cls.name === "bytearray") {
    const b = getBuffer(v);
    return b.data.slice(b.offset, b.offset + b.len);
  }
  if (v instanceof PyFunction || v instanceof PyMethod || v instanceof PyBuiltin) {
    const f = v;
    return (...args: unknown[]) =>
      enter(() => toHost(typeOf(f).tp_call!(f, args.map((a) => toGuest(a, enter))), enter));
  }
  return new PythonValue(v, () => enter(() => utf16(reprStr(v))));
}

/** A JavaScript value as a Python one. */
export function toGuest(v: unknown, enter: Enter, seen: Map<object, Value> = new Map()): Value {
  switch (typeof v) {
    case "undefined":
      return None;
    case "boolean":
      return v;
    case "string":
      return textValue(v);
    case "number":
      return Number.isSafeInteger(v) ? v + 0 : new PyFloat(v);
    case "bigint":
      return normInt(v);
    case "function":
      return hostFunction(v.name, v as (...a: unknown[]) => unknown, enter);
    case "symbol":
      throw typeError("a JavaScript symbol has no Python form");
  }
  if (v === null) return None;
  const o = v as object;
  if (o instanceof PythonValue) return PythonValue.unwrap(o);
  const old = seen.get(o);
  if (old !== undefined) return old;
  if (Array.isArray(o)) {
    const out = new PyList([]);
    seen.set(o, out);
    for (const x of o) out.items.push(toGuest(x, enter, seen));
    return out;
  }
  if (o instanceof ArrayBuffer) return new PyBytes(new Uint8Array(o.slice(0)));
  if (ArrayBuffer.isView(o)) return new PyBytes(new Uint8Array(o.buffer, o.byteOffset, o.byteLength).slice());
  if (o instanceof Set) {
    const out = newSet([...o].map((x) => toGuest(x, enter, seen)));
    return out;
  }
  const out = new PyDict();
  seen.set(o, out);
  if (o instanceof Map) { for (const [k, x] of o) out.set(toGuest(k, enter, seen), toGuest(x, enter, seen)); }
  else for (const [k, x] of Object.entries(o)) out.set(textValue(k), toGuest(x, enter, seen));
  return out;
}

/** A Python callable for a JavaScript function. Keyword arguments are refused. */
export function hostFunction(name: string, f: (...args: unknown[]) => unknown, enter: Enter): Value {
  const def = new NativeDef(name === "" ? "<host function>" : name, [
    "*args",
    "",
    (_self: unknown, args: Value[], kw?: KwNames) => {
      if (kw !== undefined && kw.length > 0) throw typeError(`${name}() takes no keyword arguments`);
      let r: unknown;
      try {
        r = f(...args.map((a) => toHost(a, enter)));
      } catch (e) {
        if (e instanceof PyObject || !(e instanceof Error)) throw e;
        throw hostException(e);
      }
      return toGuest(r, enter);
    },
    M_VECTOR,
  ]);
  return new PyBuiltin(def, undefined);
}

/** The Python exception for an error that a host function threw. */
function hostException(e: Error): PyObject {
  return newError(RuntimeError, `${e.name}: ${e.message}`);
}
