// CPython 3.14: Python/marshal.c (the module)

import { PyBytes, typeName, typeOf, type Value } from "../core/objects/object.ts";
import { eofError, typeError, valueError } from "../core/objects/errors.ts";
import { asInt32, callMethod, isTrue } from "../core/objects/abstract.ts";
import { getBuffer } from "../core/objects/buffer.ts";
import { dumps, load, loads, MARSHAL_VERSION, type MarshalSource } from "../core/code/marshal.ts";
import { lazyCode } from "../core/code/marshal_lazy.ts";
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
        if (isTrue(allow) && interp().options.library?.trusted.has(bytes.buffer) && isLibraryCode(bytes)) {
          return lazyCode(bytes, trustedMarshalHost);
        }
        return loads(bytes, marshalHost, isTrue(allow));
      },
    ],
  },
  constants: { version: MARSHAL_VERSION },
};
