// CPython 3.14: Python/marshal.c (the module)

import { None, PyBytes, typeName, typeOf, type Value } from "../core/objects/object.ts";
import { eofError, typeError, valueError } from "../core/objects/errors.ts";
import { asInt32, asSsize, callMethod, isTrue } from "../core/objects/abstract.ts";
import { getBuffer, plainView } from "../core/objects/buffer.ts";
import { memoryFromView } from "../core/objects/memoryview.ts";
import { dumps, load, loads, MARSHAL_VERSION, type MarshalSource } from "../core/code/marshal.ts";
import { marshalHost, trustedMarshalHost } from "../core/code/marshal_host.ts";
import { HEADER_SIZE } from "../core/code/pyc.ts";
import { interp } from "../vm/interpreter.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

function bytesArg(v: Value, f: string): Uint8Array {
  if (typeOf(v).bf_getbuffer === undefined) throw typeError(`a bytes-like object is required, not '${typeName(v)}'`);
  void f;
  const b = getBuffer(v);
  return b.data.subarray(b.offset, b.offset + b.len);
}

/** Whether bytes of one of the library's own .pyc files are its code as a whole. */
function isLibraryCode(bytes: Uint8Array): boolean {
  return bytes.byteOffset === HEADER_SIZE && bytes.length === bytes.buffer.byteLength - HEADER_SIZE;
}

/** Reads from a Python file object. */
class FileSource implements MarshalSource {
  constructor(readonly file: Value) {}
  byte(): number {
    const b = new Uint8Array(1);
    return this.read(b) === 0 ? -1 : b[0];
  }
  take(n: number): Uint8Array {
    // a wrong size must not cost memory: what is not there can't be read
    const parts: Uint8Array[] = [];
    let have = 0;
    while (have < n) {
      const part = new Uint8Array(Math.min(n - have, 1 << 20));
      if (this.read(part) < part.length) throw eofError("EOF read where not expected");
      parts.push(part);
      have += part.length;
    }
    if (parts.length === 1) return parts[0];
    const out = new Uint8Array(n);
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
  private read(into: Uint8Array): number {
    if (into.length === 0) return 0;
    const view = memoryFromView(plainView(None, into, 0, into.length, false));
    let n: number;
    try {
      n = asSsize(callMethod(this.file, "readinto", view));
    } finally {
      view.drop();
    }
    if (n > into.length) {
      throw valueError(`read() returned too much data: ${into.length} bytes requested, ${n} returned`);
    }
    return n;
  }
}

export const spec: ModuleSpec = {
  name: "marshal",
  doc: "Reading and writing Python objects in the binary format of .pyc files.",
  functions: {
    dump: [
      "value, file, version=version, /, *, allow_code=True",
      "Write the value on the open file.",
      (_m: Value, v: Value, f: Value, ver: Value = MARSHAL_VERSION, allow: Value = true) =>
        callMethod(f, "write", new PyBytes(dumps(v, marshalHost, { version: asInt32(ver), allowCode: isTrue(allow) }))),
    ],
    load: [
      "file, /, *, allow_code=True",
      "Read one value from the open file and return it.",
      (_m: Value, f: Value, allow: Value = true) => {
        const probe = callMethod(f, "read", 0);
        if (!(probe instanceof PyBytes)) throw typeError(`file.read() returned not bytes but ${typeName(probe)}`);
        return load(new FileSource(f), marshalHost, isTrue(allow));
      },
    ],
    dumps: [
      "value, version=version, /, *, allow_code=True",
      "Return the bytes object that would be written to a file by dump(value, file).",
      (_m: Value, v: Value, ver: Value = MARSHAL_VERSION, allow: Value = true) =>
        new PyBytes(dumps(v, marshalHost, { version: asInt32(ver), allowCode: isTrue(allow) })),
    ],
    loads: [
      "bytes, /, *, allow_code=True",
      "Convert the bytes-like object to a value.",
      (_m: Value, b: Value, allow: Value = true) => {
        const bytes = bytesArg(b, "loads");
        const { library } = interp().options, name = library?.trusted.get(bytes.buffer);
        if (isTrue(allow) && name !== undefined && isLibraryCode(bytes)) {
          return library!.codeObject(name, () => bytes, trustedMarshalHost);
        }
        return loads(bytes, marshalHost, isTrue(allow));
      },
    ],
  },
  constants: { version: MARSHAL_VERSION },
};
