// CPython 3.14: Python/import.c (the _imp module), Python/frozen.c
//
// What importlib needs of the Interpreter: C modules by name, frozen modules (the start-up code, in
// the packed library), the magic number.

import {
  None,
  PyBaseException,
  PyBytes,
  PyList,
  PyModule,
  PyTuple,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { importError, typeError, valueError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { attrName, nameValue, utf16 } from "../core/objects/names.ts";
import { getBuffer } from "../core/objects/buffer.ts";
import { MAGIC_NUMBER } from "../core/code/pyc.ts";
import { PyCode } from "../core/code/code.ts";
import { loads } from "../core/code/marshal.ts";
import { marshalHost } from "../core/code/marshal_host.ts";
import { type Interp, interp } from "../vm/interpreter.ts";
import { HostError } from "../vm/host.ts";
import { sipHash13Bytes } from "../core/objects/siphash.ts";
import { cur } from "../core/objects/state.ts";
import { frozenCode, frozenInfo, frozenNames, loadFrozen, readHostFile } from "../vm/import/frozen.ts";
import { runFrozen } from "../vm/import/boot.ts";

function nameArg(f: string, v: Value): string {
  if (!A.isStr(v)) throw typeError(`${f}() argument must be str, not ${v === None ? "None" : typeName(v)}`);
  return utf16(A.strValue(v));
}

/** A C module, made if it is not there yet. */
function createBuiltin(i: Interp, spec: Value): Value {
  const name = attrName(A.getAttr(spec, "name"));
  const have = i.modules.getStr(name);
  if (have !== undefined && have !== None && (name === "sys" || name === "builtins")) return have;
  const m = i.createNative(name);
  return m ?? None;
}

/** Why an extension module cannot be loaded: what the loader says of the file, else that there is none. */
function noDynamic(i: Interp, spec: Value): Value {
  const name = A.getAttr(spec, "name");
  if (!A.isStr(name)) throw typeError("module name must be a string");
  const path = A.getAttr(spec, "origin");
  if (!A.isStr(path)) throw typeError("module filename must be a string");
  const module = utf16(A.strValue(name)), file = utf16(A.strValue(path));
  if (module.includes("\0") || file.includes("\0")) throw valueError("embedded null character");
  let why = "gopy can't load extension modules";
  try {
    readHostFile(i, file);
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    why = e.errno === 21 ? `cannot read file data: ${e.message}` : `cannot open shared object file: ${e.message}`;
  }
  return importError(`${file}: ${why}`, nameValue(module.slice(module.lastIndexOf(".") + 1)), path) as Value;
}

function noFrozen(name: string): Value {
  return importError(`No such frozen object named ${name}`, name) as Value;
}

/** _imp.source_hash: SipHash-1-3 with the magic number as key. */
function sourceHash(key: number | bigint, source: Uint8Array): PyBytes {
  const k = BigInt.asUintN(64, BigInt(key));
  const lo = Number(BigInt.asIntN(32, k)), hi = Number(BigInt.asIntN(32, k >> 32n));
  const l = sipHash13Bytes(source, Int32Array.of(lo, hi, 0, 0));
  const out = new DataView(new ArrayBuffer(8));
  out.setInt32(0, l, true);
  out.setInt32(4, cur.hashHi, true);
  return new PyBytes(new Uint8Array(out.buffer));
}

export const spec: ModuleSpec = {
  name: "_imp",
  doc: "(Extremely) low-level import machinery bits as used by importlib.",
  functions: {
    acquire_lock: ["", "Acquires the interpreter's import lock for the current thread.", () => None],
    release_lock: ["", "Release the interpreter's import lock.", () => None],
    lock_held: ["", "Return True if the import lock is currently held, else False.", () => false],
    extension_suffixes: [
      "",
      "Returns the list of file suffixes used to identify extension modules.",
      () => new PyList([]),
    ],
    is_builtin: [
      "name, /",
      "Returns True if the module name corresponds to a built-in module.",
      (_m: Value, n: Value) => {
        const name = nameArg("is_builtin", n);
        const i = interp();
        return i.options.natives(name) === undefined ? 0 : name === "sys" || name === "builtins" ? -1 : 1;
      },
    ],
    create_builtin: ["spec, /", "Create an extension module.", (_m: Value, s: Value) => createBuiltin(interp(), s)],
    exec_builtin: ["mod, /", "Initialize a built-in module.", (_m: Value, m: Value) => {
      if (m instanceof PyModule) interp().execNative(m);
      return 0;
    }],
    create_dynamic: ["spec, file=<unrepresentable>, /", "Create an extension module.", (_m: Value, s: Value) => {
      throw noDynamic(interp(), s);
    }],
    exec_dynamic: ["mod, /", "Initialize an extension module.", () => 0],
    is_frozen: [
      "name, /",
      "Returns True if the module name corresponds to a frozen module.",
      (_m: Value, n: Value) => frozenInfo(interp(), nameArg("is_frozen", n)) !== undefined,
    ],
    is_frozen_package: ["name, /", "Returns True if the module name is of a frozen package.", (_m: Value, n: Value) => {
      const name = nameArg("is_frozen_package", n);
      const f = frozenInfo(interp(), name);
      if (f === undefined) throw noFrozen(name);
      return f.isPackage;
    }],
    find_frozen: [
      "name, /, *, withdata=False",
      "Return info about the corresponding frozen module (if there is one) or None.",
      (_m: Value, n: Value, withData: Value = false) => {
        const name = nameArg("find_frozen", n);
        const i = interp();
        const f = frozenInfo(i, name);
        if (f === undefined) return None;
        const data = A.isTrue(withData) ? new PyBytes(frozenCode(i, f)) : None;
        return new PyTuple([data, f.isPackage, f.origin ?? None]);
      },
    ],
    get_frozen_object: [
      "name, data=None, /",
      "Create a code object for a frozen module.",
      (_m: Value, n: Value, data: Value = None) => {
        const name = nameArg("get_frozen_object", n);
        const i = interp();
        const f = data === None ? frozenInfo(i, name) : undefined;
        if (f !== undefined) return loadFrozen(i, f);
        if (data === None) throw noFrozen(name);
        const b = getBuffer(data);
        let code: Value;
        try {
          code = loads(b.data.subarray(b.offset, b.offset + b.len), marshalHost);
        } catch (e) {
          if (!(e instanceof PyBaseException)) throw e;
          throw importError(`Frozen object named ${utf16(A.reprStr(nameValue(name)))} is invalid`, nameValue(name));
        }
        if (!(code instanceof PyCode)) throw typeError(`frozen object ${name} is not a code object`);
        return code;
      },
    ],
    init_frozen: ["name, /", "Initializes a frozen module.", (_m: Value, n: Value) => {
      const name = nameArg("init_frozen", n);
      return frozenInfo(interp(), name) === undefined ? None : runFrozen(interp(), name);
    }],
    _frozen_module_names: [
      "",
      "Returns the list of available frozen modules.",
      () => new PyList(frozenNames(interp())),
    ],
    _override_frozen_modules_for_tests: [
      "override, /",
      "(internal-only) Override PyConfig.use_frozen_modules.",
      (_m: Value, n: Value) => {
        interp().store.set("frozen_override", A.asInt32(n));
        return None;
      },
    ],
    _override_multi_interp_extensions_check: [
      "override, /",
      "(internal-only) Override PyInterpreterConfig.check_multi_interp_extensions.",
      () => 0,
    ],
    _fix_co_filename: [
      "code, path, /",
      "Changes code.co_filename to specify the passed-in path.",
      (_m: Value, code: Value, path: Value) => {
        if (!(code instanceof PyCode)) {
          throw typeError(
            `_fix_co_filename() argument 1 must be code, not ${typeName(code)}`,
          );
        }
        // code from the archive is not even read where its name is right
        if (!A.identical(code.co_filename, path)) fixFilename(code, code.co_filename, path);
        return None;
      },
    ],
    source_hash: ["key, source", "", (_m: Value, key: Value, source: Value) => {
      const b = getBuffer(source);
      return sourceHash(A.asIndex(key), b.data.subarray(b.offset, b.offset + b.len));
    }],
  },
  constants: {
    check_hash_based_pycs: () => interp().config.checkHashPycs,
    pyc_magic_number_token: MAGIC_NUMBER | 0x0a0d << 16,
  },
};

/** Gives a code object that has just been read, and those inside, another file name. */
function fixFilename(code: PyCode, old: Value, path: Value): void {
  if (!A.identical(code.co_filename, old)) return;
  code.rename(path);
  for (const c of code.co_consts) if (c instanceof PyCode) fixFilename(c, old, path);
}
