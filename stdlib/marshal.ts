// CPython 3.14: Python/marshal.c (the module)

import { PyBytes, type PyDictBase, type Value, typeName, typeOf } from "../core/objects/object.ts";
import { eofError, newErrorArgs, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { makeDecodeError } from "../core/objects/exceptions_unicode.ts";
import { asInt32, callMethod, isTrue } from "../core/objects/abstract.ts";
import { getBuffer } from "../core/objects/buffer.ts";
import { PyDict } from "../core/objects/dict.ts";
import { newFrozenSet, newSet, PySet } from "../core/objects/set.ts";
import { dictType, frozensetType, setType } from "../core/objects/object.ts";
import { dumps, load, loads, MARSHAL_VERSION, type MarshalHost, type MarshalSource } from "../core/code/marshal.ts";
import { verifyCode, VerifyError } from "../core/code/verify.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

/** marshal's view of the object model; `checked`: code objects are verified. */
export function marshalHost(checked: boolean): MarshalHost {
  return {
    error(type, message) {
      return newErrorArgs({ ValueError: X.ValueError, EOFError: X.EOFError, TypeError: X.TypeError, SystemError: X.SystemError }[type], [message]);
    },
    decodeError: (bytes, start, end, reason) => makeDecodeError("utf-8", new PyBytes(bytes), start, end, reason),
    stopIteration: X.StopIteration,
    newDict: () => new PyDict(),
    dictSet: (d, k, v) => (d as PyDictBase).set(k, v),
    dictEntries: (v) => v instanceof PyDict && v.cls === dictType ? v.entries() : undefined,
    newSet: (frozen) => frozen ? newFrozenSet([]) : newSet(),
    setAdd: (s, x) => {
      (s as PySet).add(x);
    },
    setEntries: (v) =>
      v instanceof PySet && (v.cls === setType || v.cls === frozensetType)
        ? { frozen: v.cls === frozensetType, items: v.toArray() }
        : undefined,
    buffer: (v) => {
      if (typeof v !== "object" || typeOf(v).bf_getbuffer === undefined) return undefined;
      const b = getBuffer(v);
      return b.data.subarray(b.offset, b.offset + b.len);
    },
    checkCode: checked
      ? (code) => {
        try {
          verifyCode(code);
        } catch (e) {
          if (e instanceof VerifyError) throw valueError(`bad marshal data (${e.message})`);
          throw e;
        }
      }
      : undefined,
  };
}

function bytesArg(v: Value, f: string): Uint8Array {
  if (typeOf(v).bf_getbuffer === undefined) throw typeError(`a bytes-like object is required, not '${typeName(v)}'`);
  void f;
  const b = getBuffer(v);
  return b.data.subarray(b.offset, b.offset + b.len);
}

/** Reads from a Python file object. */
class FileSource implements MarshalSource {
  constructor(readonly file: Value) {}
  byte(): number {
    const b = this.read(1);
    return b.length === 0 ? -1 : b[0];
  }
  take(n: number): Uint8Array {
    const b = this.read(n);
    if (b.length < n) throw eofError("EOF read where not expected");
    return b;
  }
  private read(n: number): Uint8Array {
    if (n === 0) return new Uint8Array(0);
    const r = callMethod(this.file, "read", n);
    if (!(r instanceof PyBytes)) throw typeError(`file.read() returned not bytes but ${typeName(r)}`);
    if (r.b.length > n) throw valueError(`read() returned too much data: ${n} bytes requested, ${r.b.length} returned`);
    return r.b;
  }
}

export const spec: ModuleSpec = {
  name: "marshal",
  doc: "Reading and writing Python objects in the binary format of .pyc files.",
  functions: {
    dump: ["value, file, version=version, /, *, allow_code=True", "Write the value on the open file.", (_m: Value, v: Value, f: Value, ver: Value = MARSHAL_VERSION, allow: Value = true) =>
      callMethod(f, "write", new PyBytes(dumps(v, marshalHost(false), { version: asInt32(ver), allowCode: isTrue(allow) })))],
    load: ["file, /, *, allow_code=True", "Read one value from the open file and return it.", (_m: Value, f: Value, allow: Value = true) => {
      const probe = callMethod(f, "read", 0);
      if (!(probe instanceof PyBytes)) throw typeError(`file.read() returned not bytes but ${typeName(probe)}`);
      return load(new FileSource(f), marshalHost(true), isTrue(allow));
    }],
    dumps: ["value, version=version, /, *, allow_code=True", "Return the bytes object that would be written to a file by dump(value, file).", (_m: Value, v: Value, ver: Value = MARSHAL_VERSION, allow: Value = true) =>
      new PyBytes(dumps(v, marshalHost(false), { version: asInt32(ver), allowCode: isTrue(allow) }))],
    loads: ["bytes, /, *, allow_code=True", "Convert the bytes-like object to a value.", (_m: Value, b: Value, allow: Value = true) => loads(bytesArg(b, "loads"), marshalHost(true), isTrue(allow))],
  },
  constants: { version: MARSHAL_VERSION },
};

