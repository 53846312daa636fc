// CPython 3.14: Modules/_ctypes/_ctypes.c, callproc.c (the module)
//
// ctypes' data types, over memory of their own (_ctypes_memory.ts). There is no foreign code: no
// library can be opened, and the program itself has the symbols of _ctypes_api.ts only.

import { None, PyTuple, setSpec, typeName, type Value } from "../core/objects/object.ts";
import { asInt32, asSsize, intValue, isInt, isStr, strValue } from "../core/objects/abstract.ts";
import { newError, newErrorArgs, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { utf16 } from "../core/objects/names.ts";
import { interpStore } from "../core/objects/state.ts";
import { argType, CArg, CData, dataType, infoOf, pointerArg, undefinedSymbol, unpickle } from "./_ctypes_data.ts";
import {
  argRepr,
  argumentError,
  callAddress,
  FUNCFLAG_CDECL,
  FUNCFLAG_PYTHONAPI,
  FUNCFLAG_USE_ERRNO,
  FUNCFLAG_USE_LASTERROR,
  funcType,
  MAX_ARGS,
  NATIVE_NAMES,
  nativeAddress,
  PROGRAM,
} from "./_ctypes_func.ts";
import { addressAt, allocate, objectAt, placeAt } from "./_ctypes_memory.ts";
import { fieldType, structType, unionType } from "./_ctypes_struct.ts";
import { arrayType, pointerType, simpleType } from "./_ctypes_types.ts";
import { fsPath, sharedFsDecode } from "./fsconvert.ts";
import { anyArg, counted, intArg } from "./parse_args.ts";
import { audit } from "./sys.ts";

setSpec(argType, {
  slots: { tp_repr: (a) => argRepr(a as CArg) },
  members: { _obj: [(a: CArg) => a.obj ?? None, undefined, "the wrapped object"] },
});

/** A function's argument that must be an object with C data. */
function needData(fname: string, v: Value): CData {
  if (v instanceof CData) return v;
  throw typeError(`${fname} must be ${dataType.name}, not ${typeName(v)}`);
}

function dlopen(_m: Value, name: Value, _mode?: Value): Value {
  const text = name === None ? undefined : utf16(sharedFsDecode(fsPath(name)));
  audit("ctypes.dlopen", () => [text ?? None]);
  if (text === undefined || text === "") return PROGRAM;
  throw newErrorArgs(X.OSError, [
    X.textValue(`${text}: cannot open shared object file: there is no foreign code here`),
  ]);
}
function resize(_m: Value, v: Value, size: Value): Value {
  const d = needData("resize() argument 1", v), n = asSsize(size), least = d.info.size;
  if (n < least) throw valueError(`minimum size is ${least}`);
  if (!d.needsFree) throw valueError("Memory cannot be resized because this object doesn't own it");
  const old = d.bytes();
  if (n > d.block.bytes.length) {
    const b = allocate(n);
    b.bytes.set(old);
    d.block = b;
    d.off = 0;
  }
  d.size = n;
  return None;
}

const ERRNO = {};
function errnoCell(): { v: number } {
  return interpStore(ERRNO, () => ({ v: 0 }));
}
function callFunction(_m: Value, address: Value, args: Value): Value {
  if (!(args instanceof PyTuple)) throw typeError(`argument 2 must be tuple, not ${typeName(args)}`);
  return callAddress(placeAt(addressValue(address)), args.items, undefined, undefined, undefined);
}
function addressValue(v: Value): number | bigint {
  if (!isInt(v)) throw typeError("an integer is required");
  return intValue(v);
}
function noSymbol(_m: Value, _handle: Value, name: Value): Value {
  if (!isStr(name)) throw typeError(`dlsym() argument 2 must be str, not ${typeName(name)}`);
  throw newError(X.OSError, undefinedSymbol(utf16(strValue(name))));
}

export const spec: ModuleSpec = {
  name: "_ctypes",
  doc: "Create and manipulate C compatible data types in Python.",
  functions: {
    sizeof: ["obj, /", "Return the size in bytes of a C instance.", (_m: Value, v: Value) => {
      const i = infoOf(v);
      if (i !== undefined) return i.size;
      if (v instanceof CData) return v.size;
      throw typeError("this type has no size");
    }],
    alignment: [
      "object, /",
      "alignment(C type) -> integer\nalignment(C instance) -> integer\nReturn the alignment requirements of a C instance",
      (_m: Value, v: Value) => {
        const i = infoOf(v) ?? (v instanceof CData ? v.info : undefined);
        if (i === undefined) throw typeError("no alignment info");
        return i.align;
      },
    ],
    byref: [
      "obj, offset=0, /",
      "Return a pointer lookalike to a C instance, only usable as function argument.",
      (_m: Value, v: Value, offset: Value = 0) => {
        const d = needData("byref() argument 1", v);
        return pointerArg("P", d, addressAt(d.block, d.off + asSsize(offset)));
      },
    ],
    addressof: [
      "obj, /",
      "Return the address of the C instance internal buffer",
      (_m: Value, v: Value) => {
        const d = needData("addressof() argument", v);
        audit("ctypes.addressof", () => [d]);
        return d.address;
      },
    ],
    buffer_info: ["object, /", "Return buffer interface information", (_m: Value, v: Value) => {
      const i = infoOf(v) ?? (v instanceof CData ? v.info : undefined);
      if (i === undefined) throw typeError("not a ctypes type or object");
      return new PyTuple([i.format ?? None, i.shape.length, new PyTuple(i.shape.slice())]);
    }],
    resize: ["obj, size, /", "", resize],
    get_errno: ["", "", () => {
      audit("ctypes.get_errno", () => []);
      return errnoCell().v;
    }],
    set_errno: counted("_ctypes.set_errno", 1, 1, "", (_m: Value, n: number) => {
      audit("ctypes.set_errno", () => [n]);
      const c = errnoCell(), old = c.v;
      c.v = n;
      return old;
    }, [(v) => asInt32(v)]),
    dlopen: counted(
      "_ctypes.dlopen",
      1,
      2,
      "dlopen(name, flag={RTLD_GLOBAL|RTLD_LOCAL}) open a shared library",
      dlopen,
      [anyArg, intArg],
    ),
    dlclose: counted("_ctypes.dlclose", 1, 1, "dlclose a library", (_m: Value, h: Value) => {
      addressValue(h);
      return None;
    }, [anyArg]),
    dlsym: counted("_ctypes.dlsym", 2, 2, "find symbol in shared library", noSymbol, [anyArg, anyArg]),
    _unpickle: counted("_ctypes._unpickle", 2, 2, "", unpickle, [anyArg, anyArg]),
    PyObj_FromPtr: counted("_ctypes.PyObj_FromPtr", 1, 1, "", (_m: Value, a: Value) => {
      const n = addressValue(a);
      audit("ctypes.PyObj_FromPtr", () => [n]);
      return objectAt(n);
    }, [anyArg]),
    Py_INCREF: ["object, /", "", (_m: Value, v: Value) => v],
    Py_DECREF: ["object, /", "", (_m: Value, v: Value) => v],
    call_function: counted("_ctypes.call_function", 2, 2, "", callFunction, [anyArg, anyArg]),
    call_cdeclfunction: counted("_ctypes.call_cdeclfunction", 2, 2, "", callFunction, [anyArg, anyArg]),
  },
  types: {
    Structure: structType,
    Union: unionType,
    _Pointer: pointerType,
    Array: arrayType,
    _SimpleCData: simpleType,
    CFuncPtr: funcType,
    CField: fieldType,
    ArgumentError: argumentError,
  },
  constants: {
    FUNCFLAG_CDECL,
    FUNCFLAG_USE_ERRNO,
    FUNCFLAG_USE_LASTERROR,
    FUNCFLAG_PYTHONAPI,
    __version__: "1.1.0",
    ...Object.fromEntries(NATIVE_NAMES.map((n) => [n, nativeAddress(n)])),
    RTLD_LOCAL: 0,
    RTLD_GLOBAL: 256,
    CTYPES_MAX_ARGCOUNT: MAX_ARGS,
    SIZEOF_TIME_T: 8,
  },
};
