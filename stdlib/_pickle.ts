// CPython 3.14: Modules/_pickle.c (types and functions)
//
// Pickler and Unpickler as types, their memo proxies, and dump, dumps, load, loads. The work is done in
// _pickle_save.ts and _pickle_load.ts.

import { argTypeName } from "../core/objects/type_name.ts";
import {
  builtinType,
  dictType,
  type KwNames,
  None,
  PyBytes,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_FROM_SPEC,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { asInt32, getIter, intValue, isInt, isStr, isTrue, lookupAttr, strValue } from "../core/objects/abstract.ts";
import { genericGetAttr, genericSetAttr } from "../core/objects/attr.ts";
import { attributeError, typeError, valueError } from "../core/objects/errors.ts";
import { bindArgs, NativeDef } from "../core/objects/native.ts";
import { idOf } from "../core/objects/identity.ts";
import { PyDict } from "../core/objects/dict.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { utf16 } from "../core/objects/names.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { pickleBufferType } from "./picklebuffer.ts";
import { PyPickler } from "./_pickle_save.ts";
import { noPersistent, PyUnpickler } from "./_pickle_load.ts";
import { picklingError, state, unpicklingError } from "./_pickle_state.ts";

const picklerType: PyType = builtinType("_pickle.Pickler");
const unpicklerType: PyType = builtinType("_pickle.Unpickler");
const picklerMemoType: PyType = builtinType("_pickle.PicklerMemoProxy");
const unpicklerMemoType: PyType = builtinType("_pickle.UnpicklerMemoProxy");
for (const t of [picklerType, unpicklerType, picklerMemoType, unpicklerMemoType]) t.flags |= TF_FROM_SPEC;

function truth(v: Value | undefined): boolean {
  return v === undefined || isTrue(v);
}
function noDelete(): Error {
  return typeError("attribute deletion is not supported") as unknown as Error;
}
function integer(v: Value | undefined): number {
  if (v === undefined) throw typeError("can't delete numeric/char attribute");
  return asInt32(v);
}

/** A tp_init that binds its arguments by a signature. */
function initFrom(name: string, sig: string, body: (self: Value, ...args: Value[]) => void) {
  let def: NativeDef | undefined;
  return (self: Value, args: Value[], kwnames?: KwNames): void => {
    def ??= new NativeDef(name, [sig, "", body]);
    body(self, ...bindArgs(def, name, args, kwnames) as Value[]);
  };
}

// ---- Pickler ---------------------------------------------------------------------------------

class PicklerMemo extends PyObject {
  constructor(readonly pickler: PyPickler) {
    super(picklerMemoType);
  }
  copy(): PyDict {
    const d = new PyDict();
    for (const [k, { id, obj }] of this.pickler.memo) d.set(idOf(k), new PyTuple([id, obj]));
    return d;
  }
}
setSpec(picklerMemoType, {
  unhashable: true,
  methods: {
    clear: ["", "Remove all items from memo.", (m: PicklerMemo) => {
      m.pickler.memo.clear();
      return None;
    }],
    copy: ["", "Copy the memo to a new object.", (m: PicklerMemo) => m.copy()],
    __reduce__: ["", "Implement pickle support.", (m: PicklerMemo) => new PyTuple([dictType, new PyTuple([m.copy()])])],
  },
});
function setPicklerMemo(p: PyPickler, v: Value | undefined): void {
  if (v === undefined) throw noDelete();
  if (v instanceof PicklerMemo) {
    p.memo = new Map(v.pickler.memo);
    return;
  }
  if (!(v instanceof PyDict)) {
    throw typeError(`'memo' attribute must be a PicklerMemoProxy object or dict, not ${typeName(v)}`);
  }
  const memo: PyPickler["memo"] = new Map();
  for (const [, item] of v.entries()) {
    if (!(item instanceof PyTuple) || item.items.length !== 2) throw typeError("'memo' values must be 2-item tuples");
    memo.set(item.items[1], { id: asInt32(item.items[0]), obj: item.items[1] });
  }
  p.memo = memo;
}

const PICKLER_SIG = "file, protocol=None, fix_imports=True, buffer_callback=None";
function picklerInit(self: Value, file: Value, protocol?: Value, fix?: Value, callback?: Value): void {
  const p = self as PyPickler;
  p.claim();
  if (p.ready) {
    p.memo = new Map();
    p.dispatchTable = undefined;
  }
  p.ready = false;
  p.setProtocol(protocol ?? None, truth(fix));
  p.setFile(file);
  p.setBufferCallback(callback ?? None);
  p.fast = 0;
  p.ready = true;
  if (p.dispatchTable === undefined) {
    try {
      p.dispatchTable = classDispatchTable(p);
    } catch (e) {
      p.ready = false;
      throw e;
    }
  }
}
/** A dispatch_table that a subclass has as a class attribute. */
function classDispatchTable(p: PyPickler): Value | undefined {
  return p.cls === picklerType ? undefined : lookupAttr(p, "dispatch_table");
}
setSpec(picklerType, {
  doc: "Writes pickles to a binary file.\n\n" +
    "The protocol is an int from 0 to 5; a negative one selects the highest. With fix_imports and a protocol\n" +
    "below 3, names of modules are written as Python 2 knows them. buffer_callback is called with every\n" +
    "PickleBuffer and returns whether its data goes into the stream.",
  sig: `(${PICKLER_SIG})`,
  slots: {
    tp_new: (type) => new PyPickler(type),
    tp_init: initFrom("Pickler", PICKLER_SIG, picklerInit as (self: Value, ...args: Value[]) => void),
    tp_getattro: (self, name) => {
      if (name === "persistent_id") {
        const own = (self as PyPickler).persistentAttr;
        if (own !== undefined) return own;
      }
      return genericGetAttr(self, name);
    },
    tp_setattro: (self, name, v) => {
      if (name === "persistent_id") (self as PyPickler).persistentAttr = v;
      else genericSetAttr(self, name, v);
    },
  },
  members: {
    bin: [(p: PyPickler) => p.bin, (p: PyPickler, v) => {
      p.bin = integer(v);
    }],
    fast: [(p: PyPickler) => p.fast, (p: PyPickler, v) => {
      p.fast = integer(v);
    }],
    dispatch_table: [(p: PyPickler) => {
      if (p.dispatchTable === undefined) {
        throw attributeError(`'${typeName(p)}' object has no attribute 'dispatch_table'`, p, "dispatch_table");
      }
      return p.dispatchTable;
    }, (p: PyPickler, v) => {
      p.dispatchTable = v;
    }],
  },
  getset: { memo: [(p: PyPickler) => new PicklerMemo(p), setPicklerMemo] },
  methods: {
    persistent_id: ["obj, /", "", () => None],
    dump: ["obj, /", "Write the pickle of an object to the file.", (p: PyPickler, obj: Value) => {
      if (!p.ready) throw picklingError(`Pickler.__init__() was not called by ${typeName(p)}.__init__()`);
      p.dump(obj);
      p.finish();
      return None;
    }],
    clear_memo: ["", "Forget which objects have been pickled.", (p: PyPickler) => {
      p.memo.clear();
      return None;
    }],
    __sizeof__: ["", "Returns size in memory, in bytes.", (p: PyPickler) => 1400 + 16 * p.memo.size],
  },
});

// ---- Unpickler -------------------------------------------------------------------------------

class UnpicklerMemo extends PyObject {
  constructor(readonly unpickler: PyUnpickler) {
    super(unpicklerMemoType);
  }
  copy(): PyDict {
    const d = new PyDict();
    this.unpickler.memo.forEach((v, i) => {
      if (v !== undefined) d.set(i, v);
    });
    return d;
  }
}
setSpec(unpicklerMemoType, {
  unhashable: true,
  methods: {
    clear: ["", "Remove all items from memo.", (m: UnpicklerMemo) => {
      m.unpickler.memo = [];
      m.unpickler.memoLen = 0;
      return None;
    }],
    copy: ["", "Copy the memo to a new object.", (m: UnpicklerMemo) => m.copy()],
    __reduce__: [
      "",
      "Implement pickling support.",
      (m: UnpicklerMemo) => new PyTuple([dictType, new PyTuple([m.copy()])]),
    ],
  },
});
function setUnpicklerMemo(u: PyUnpickler, v: Value | undefined): void {
  if (v === undefined) throw noDelete();
  const memo: (Value | undefined)[] = [];
  let n = 0;
  if (v instanceof UnpicklerMemo) {
    u.memo = v.unpickler.memo.slice();
    u.memoLen = v.unpickler.memoLen;
    return;
  }
  if (!(v instanceof PyDict)) {
    throw typeError(`'memo' attribute must be an UnpicklerMemoProxy object or dict, not ${typeName(v)}`);
  }
  for (const [k, item] of v.entries()) {
    if (!isInt(k)) throw typeError("memo key must be integers");
    const i = Number(intValue(k));
    if (i < 0) throw valueError("memo key must be positive integers.");
    memo[i] = item;
    n++;
  }
  u.memo = memo;
  u.memoLen = n;
}

const LOAD_OPTIONS = "*, fix_imports=True, encoding='ASCII', errors='strict', buffers=()";
function textArg(v: Value | undefined, fname: string, arg: string, dflt: string): string {
  if (v === undefined) return dflt;
  if (!isStr(v)) throw typeError(`${fname}() argument '${arg}' must be str, not ${argTypeName(v)}`);
  const s = utf16(strValue(v));
  if (s.includes("\0")) throw valueError("embedded null character");
  return s;
}
function setOptions(u: PyUnpickler, fname: string, fix?: Value, enc?: Value, errors?: Value, buffers?: Value): void {
  u.encoding = textArg(enc, fname, "encoding", "ASCII");
  u.errors = textArg(errors, fname, "errors", "strict");
  u.fixImports = truth(fix);
  u.buffers = buffers === undefined || buffers === None ? undefined : getIter(buffers);
}
function unpicklerInit(self: Value, file: Value, fix?: Value, enc?: Value, errors?: Value, buffers?: Value): void {
  const u = self as PyUnpickler;
  u.claim();
  u.read = undefined;
  u.setFile(file);
  u.setData(new Uint8Array(0));
  setOptions(u, "Unpickler", fix, enc, errors, buffers);
  u.memo = [];
  u.memoLen = 0;
  u.proto = 0;
}
setSpec(unpicklerType, {
  doc: "Reads pickles from a binary file.\n\n" +
    "The protocol is recognised. encoding and errors tell how the str objects of Python 2 are decoded;\n" +
    'with the encoding "bytes" they stay bytes. buffers gives the data that is not in the stream.',
  sig: "(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())",
  slots: {
    tp_new: (type) => new PyUnpickler(type),
    tp_init: initFrom(
      "Unpickler",
      "file, " + LOAD_OPTIONS,
      unpicklerInit as (self: Value, ...args: Value[]) => void,
    ),
    tp_getattro: (self, name) => {
      if (name === "persistent_load") {
        const own = (self as PyUnpickler).persistentAttr;
        if (own !== undefined) return own;
      }
      return genericGetAttr(self, name);
    },
    tp_setattro: (self, name, v) => {
      if (name === "persistent_load") (self as PyUnpickler).persistentAttr = v;
      else genericSetAttr(self, name, v);
    },
  },
  getset: { memo: [(u: PyUnpickler) => new UnpicklerMemo(u), setUnpicklerMemo] },
  methods: {
    persistent_load: ["pid, /", "", () => {
      throw noPersistent();
    }],
    load: ["", "Read a pickle from the file and return the object it describes.", (u: PyUnpickler) => {
      if (u.read === undefined) {
        throw unpicklingError(`Unpickler.__init__() was not called by ${typeName(u)}.__init__()`);
      }
      return u.load();
    }],
    find_class: [
      "module_name, global_name, /",
      "Return an object from a module, which is imported if need be.\n\nSubclasses may restrict what can be loaded.",
      (u: PyUnpickler, module: Value, name: Value) => u.findGlobal(module, name),
    ],
    __sizeof__: ["", "Returns size in memory, in bytes.", (u: PyUnpickler) => 480 + 8 * u.memo.length],
  },
});

// ---- functions -------------------------------------------------------------------------------

export const spec: ModuleSpec = {
  name: "_pickle",
  doc: "Optimized C implementation for the Python pickle module.",
  functions: {
    dump: [
      "obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None",
      "Write the pickle of an object to an open binary file.",
      (_m: Value, obj: Value, file: Value, protocol?: Value, fix?: Value, callback?: Value) => {
        const p = new PyPickler(picklerType);
        p.setProtocol(protocol ?? None, truth(fix));
        p.setFile(file);
        p.setBufferCallback(callback ?? None);
        p.dump(obj);
        p.finish();
        return None;
      },
    ],
    dumps: [
      "obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None",
      "Return the pickle of an object as bytes.",
      (_m: Value, obj: Value, protocol?: Value, fix?: Value, callback?: Value) => {
        const p = new PyPickler(picklerType);
        p.setProtocol(protocol ?? None, truth(fix));
        p.setBufferCallback(callback ?? None);
        p.dump(obj);
        return new PyBytes(p.out.take());
      },
    ],
    load: [
      "file, *, fix_imports=True, encoding='ASCII',\n     errors='strict', buffers=()",
      "Read a pickle from an open binary file and return the object it describes.",
      (_m: Value, file: Value, fix?: Value, enc?: Value, errors?: Value, buffers?: Value) => {
        const u = new PyUnpickler(unpicklerType);
        u.setFile(file);
        setOptions(u, "load", fix, enc, errors, buffers);
        return u.load();
      },
    ],
    loads: [
      "data, /, *, fix_imports=True, encoding='ASCII',\n      errors='strict', buffers=()",
      "Return the object that a pickle in memory describes.",
      (_m: Value, data: Value, fix?: Value, enc?: Value, errors?: Value, buffers?: Value) => {
        const u = new PyUnpickler(unpicklerType);
        u.setData(data instanceof PyBytes ? data.b : bytesOf(data).slice());
        setOptions(u, "loads", fix, enc, errors, buffers);
        return u.load();
      },
    ],
  },
  types: {
    Pickler: picklerType,
    Unpickler: unpicklerType,
    PickleBuffer: pickleBufferType,
  },
  constants: {
    PickleError: () => state().PickleError,
    PicklingError: () => state().PicklingError,
    UnpicklingError: () => state().UnpicklingError,
  },
};
