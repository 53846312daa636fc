// CPython 3.14: Modules/_ctypes/_ctypes.c (StgInfo, CType_Type, PyCData), ctypes.h
//
// What all of ctypes' types and objects have in common. A class has an `Info` (storage: size,
// alignment, how values are read and written); an object has a place in memory, its own or its
// base's. What the memory points to is kept alive in `objects` of the outermost object.

import {
  type BufferView,
  builtinType,
  type KwNames,
  None,
  PyBaseException,
  PyBytes,
  PyDictBase,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  TF_DISALLOW_NEW,
  TF_FROM_SPEC,
  TF_IMMUTABLE,
  typeName,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import {
  asSsize,
  call,
  enterNative,
  getAttr,
  intValue,
  isInstanceOf,
  isInt,
  isStr,
  leaveNative,
  lookupAttr,
  reprStr,
  strOf,
  strValue,
} from "../core/objects/abstract.ts";
import { newError, systemError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { borrowBuffer, BUF_SIMPLE, cStrides, isCContiguous, releaseBuffer, viewBytes } from "../core/objects/buffer.ts";
import { mergeEntries, PyDict, REPLACE } from "../core/objects/dict.ts";
import { memoryFrom } from "../core/objects/memoryview.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur } from "../core/objects/state.ts";
import type { Get, Set_ } from "./_ctypes_codes.ts";
import { addressAt, allocate, Block, blockOf, type Place, placeAt, setPointer } from "./_ctypes_memory.ts";
import { audit } from "./sys.ts";

export type Kind = "struct" | "union" | "pointer" | "array" | "simple" | "func";
export const IS_POINTER = 0x100, HAS_POINTER = 0x200;

/** Storage of a class (StgInfo). */
export interface Info {
  kind: Kind;
  size: number;
  align: number;
  /** Number of fields or items. */
  length: number;
  flags: number;
  /** No fields may be set any more: there are objects, or fields of the type. */
  final: boolean;
  /** The type of items, or what a pointer points to. */
  proto?: PyType;
  /** `_type_` of a simple type. */
  code?: string;
  get?: Get;
  set?: Set_;
  format?: string;
  shape: number[];
  pointerType?: Value;
  argtypes?: Value;
  converters?: Value[];
  restype?: Value;
  checker?: Value;
}

const infos = new WeakMap<PyType, Info>();
/** Storage of a type; undefined for an abstract one and for anything that is no type of ctypes. */
export function infoOf(t: Value): Info | undefined {
  return t instanceof PyType ? infos.get(t) : undefined;
}
/** Storage of a type that must have one. */
export function needInfo(t: Value): Info {
  const i = infoOf(t);
  if (i === undefined) throw typeError("abstract class");
  return i;
}
/** Gives a class its storage, once. */
export function initInfo(t: PyType, kind: Kind): Info {
  if (infos.has(t)) throw systemError(`StgInfo of '${t.name}' is already initialized.`);
  const i: Info = { kind, size: 0, align: 1, length: 0, flags: 0, final: false, shape: [] };
  infos.set(t, i);
  return i;
}
/** Gives a class a copy of its base's storage. */
export function cloneInfo(t: PyType, from: Info): void {
  infos.set(t, { ...from, shape: from.shape.slice(), pointerType: undefined, final: false });
}
/** Is the value a type with storage of that kind? */
export function isKind(t: Value, kind: Kind): boolean {
  return infoOf(t)?.kind === kind;
}

/** A type of ctypes as a spec of CPython makes it. */
export function specType(name: string, base?: PyType, meta?: PyType, layout?: boolean): PyType {
  const t = builtinType(name, base, false, layout);
  t.flags |= TF_FROM_SPEC | TF_IMMUTABLE;
  if (meta !== undefined) t.cls = meta;
  return t;
}

// ---- objects -------------------------------------------------------------------------------

/** An object with C data. */
export class CData extends PyObject {
  block: Block;
  off: number;
  size: number;
  length: number;
  index = 0;
  base: CData | undefined = undefined;
  /** What must be kept: undefined (nothing asked yet), None, a dict, or another object. */
  objects: Value | undefined = undefined;
  needsFree = false;
  constructor(cls: PyType, info: Info, at: Place) {
    super(cls);
    this.block = at.block;
    this.off = at.off;
    this.size = info.size;
    this.length = info.length;
  }
  get info(): Info {
    return infos.get(this.cls)!;
  }
  bytes(): Uint8Array {
    return this.block.part(this.off, this.size);
  }
  get address(): Value {
    return addressAt(this.block, this.off);
  }
}

let makeFunction: (cls: PyType, info: Info, at: Place) => CData;
/** Given by _ctypes_func.ts: makes the objects of function types. */
export function setMakeFunction(f: typeof makeFunction): void {
  makeFunction = f;
}
function newData(cls: PyType, info: Info, at: Place): CData {
  info.final = true;
  return info.kind === "func" ? makeFunction(cls, info, at) : new CData(cls, info, at);
}

/** tp_new: an object with memory of its own. */
export function dataNew(cls: PyType, _args?: Value[], _kw?: KwNames): CData {
  const info = needInfo(cls);
  const d = newData(cls, info, { block: allocate(info.size), off: 0 });
  d.needsFree = true;
  return d;
}
/** An object at an address (PyCData_AtAddress). */
export function dataAt(type: Value, at: Place): CData {
  audit("ctypes.cdata", () => [addressAt(at.block, at.off)]);
  return newData(type as PyType, needInfo(type), at);
}
/** An object in the memory of another, or with a copy of what is there (PyCData_FromBaseObj). */
export function dataFrom(type: Value, base: CData | undefined, index: number, at: Place): CData {
  const info = needInfo(type);
  let d: CData;
  if (base !== undefined) {
    d = newData(type as PyType, info, at);
    d.base = base;
  } else {
    const block = allocate(info.size);
    block.bytes.set(at.block.part(at.off, info.size));
    d = newData(type as PyType, info, { block, off: 0 });
    d.needsFree = true;
  }
  d.index = index;
  return d;
}

function container(d: CData): CData {
  while (d.base !== undefined) d = d.base;
  d.objects ??= d.length > 0 ? new PyDict() : None;
  return d;
}
/** What an object keeps alive. */
export function keptObjects(d: CData): Value {
  return container(d).objects!;
}
function uniqueKey(d: CData, index: number): string {
  const hex = (n: number) => (n >>> 0).toString(16);
  let key = hex(index);
  for (; d.base !== undefined; d = d.base) {
    if (key.length > 230) throw valueError("ctypes object structure too deep");
    key += ":" + hex(d.index);
  }
  return key;
}
/** Keeps an object alive for what is at `index` of `target`. */
export function keepRef(target: CData, index: number, keep: Value): void {
  if (keep === None) return;
  const c = container(target);
  if (!(c.objects instanceof PyDict)) c.objects = keep;
  else c.objects.setStr(uniqueKey(target, index), keep);
}

let simpleBase: PyType;
/** Given by _ctypes_simple.ts: `_SimpleCData`. */
export function setSimpleBase(t: PyType): void {
  simpleBase = t;
}
/** Is it a class that derives from a simple type such as c_int, whose values stay objects? */
export function isSimpleSubclass(t: PyType): boolean {
  return isKind(t, "simple") && t.base !== simpleBase;
}

/** Reads an item or a field. */
export function dataGet(
  type: PyType,
  get: Get | undefined,
  src: CData,
  index: number,
  size: number,
  at: Place,
): Value {
  if (get !== undefined) return get(at.block, at.off, size);
  const info = infoOf(type);
  if (info?.get !== undefined && !isSimpleSubclass(type)) return info.get(at.block, at.off, size);
  return dataFrom(type, src, index, at);
}

function setRaw(type: PyType, set: Set_ | undefined, value: Value, size: number, at: Place): Value {
  if (set !== undefined) return set(at.block, at.off, value, size);
  const info = infoOf(type);
  if (!(value instanceof CData)) {
    if (info?.set !== undefined) return info.set(at.block, at.off, value, size);
    if (value instanceof PyTuple) {
      let ob: Value;
      try {
        ob = call(type, value.items.slice());
      } catch (e) {
        throw extended(X.RuntimeError, `(${type.name}) `, e);
      }
      return setRaw(type, set, ob, size, at);
    }
    if (value === None && isKind(type, "pointer")) {
      setPointer(at, 0);
      return None;
    }
    throw typeError(`expected ${type.name} instance, got ${typeName(value)}`);
  }
  if (isInstanceOf(value, type)) {
    at.block.put(at.off, value.block.part(value.off, size).slice());
    return keptObjects(value);
  }
  const i = value.info;
  if (isKind(type, "pointer") && i.kind === "array") {
    if (i.proto !== info!.proto) {
      throw typeError(`incompatible types, ${typeName(value)} instance instead of ${type.name} instance`);
    }
    setPointer(at, addressAt(value.block, value.off));
    return new PyTuple([keptObjects(value), value]);
  }
  throw typeError(`incompatible types, ${typeName(value)} instance instead of ${type.name} instance`);
}
/** Writes an item or a field of `dst`. */
export function dataSet(
  dst: CData,
  type: PyType,
  set: Set_ | undefined,
  value: Value,
  index: number,
  size: number,
  at: Place,
): void {
  keepRef(dst, index, setRaw(type, set, value, size, at));
}

/** An exception as one of another type, with a text before (_ctypes_extend_error); what is none comes back. */
export function extended(type: PyType, before: string, e: unknown): unknown {
  if (!(e instanceof PyBaseException)) return e;
  let msg: string;
  try {
    msg = utf16(strOf(e));
  } catch (f) {
    if (!(f instanceof PyBaseException)) throw f;
    msg = "???";
  }
  const name = e.cls.name.slice(e.cls.name.lastIndexOf(".") + 1);
  return newError(type, `${before}${name}: ${msg}`);
}

// ---- the buffer protocol, pickling ---------------------------------------------------------

function getBuffer(self: Value, _flags: number): BufferView {
  const d = self as CData, info = d.info;
  let item: PyType = d.cls;
  while (isKind(item, "array")) item = infoOf(item)!.proto!;
  d.bytes();
  const itemsize = infoOf(item)!.size;
  return {
    obj: d,
    data: d.block.bytes,
    offset: d.off,
    len: d.size,
    itemsize,
    format: info.format ?? "B",
    ndim: info.shape.length,
    shape: info.shape.slice(),
    strides: cStrides(info.shape, itemsize),
    readonly: false,
  };
}

function unpickle(_m: Value, type: Value, state: Value): Value {
  const o = call(getAttr(type, "__new__"), [type]);
  if (!(state instanceof PyTuple)) throw typeError(`_unpickle() argument 2 must be tuple, not ${typeName(state)}`);
  call(getAttr(o, "__setstate__"), state.items.slice());
  return o;
}
export { unpickle };

export const dataType: PyType = specType("_ctypes._CData");
dataType.flags |= TF_DISALLOW_NEW;
/** Slots that every kind of data has of its own. */
export const bufferSlots = { bf_getbuffer: getBuffer };
setSpec(dataType, {
  doc: "XXX to be provided",
  slots: {
    ...bufferSlots,
    tp_hash: () => {
      throw typeError("unhashable type");
    },
  },
  methods: {
    __ctypes_from_outparam__: ["", "", (d: CData) => d, 8],
    __reduce__: ["", "", (d: CData) => {
      if ((d.info.flags & (IS_POINTER | HAS_POINTER)) !== 0) {
        throw valueError("ctypes objects containing pointers cannot be pickled");
      }
      const make = getAttr(cur.interp.importModule("_ctypes"), "_unpickle");
      const state = new PyTuple([getAttr(d, "__dict__"), new PyBytes(d.bytes().slice())]);
      return new PyTuple([make, new PyTuple([d.cls, state])]);
    }],
    __setstate__: ["dict, data, /", "", (d: CData, dict: Value, data: Value) => {
      if (!(dict instanceof PyDict)) throw typeError(`argument 1 must be dict, not ${typeName(dict)}`);
      if (!(data instanceof PyBytes)) {
        throw typeError(`argument 2 must be read-only bytes-like object, not ${typeName(data)}`);
      }
      const n = Math.min(data.b.length, d.size);
      d.block.put(d.off, data.b.subarray(0, n));
      const mine = getAttr(d, "__dict__");
      if (!(mine instanceof PyDictBase)) {
        throw typeError(`${typeName(d)}.__dict__ must be a dictionary, not ${typeName(mine)}`);
      }
      mergeEntries(mine as PyDict, dict, REPLACE);
      return None;
    }, 8],
  },
  members: {
    _b_base_: [(d: CData) => d.base ?? None, undefined, "the base object"],
    _b_needsfree_: [(d: CData) => d.needsFree ? 1 : 0, undefined, "whether the object owns the memory or not"],
    _objects: [
      (d: CData) => d.objects ?? None,
      undefined,
      "internal objects tree (NEVER CHANGE THIS OBJECT!)",
    ],
  },
});

// ---- metaclasses ---------------------------------------------------------------------------

/** Base of the metaclasses. */
export const ctypeType: PyType = specType("_ctypes.CType_Type", typeType);

let arrayOf: (item: PyType, n: number) => Value;
/** Given by _ctypes_array.ts: the array type of n items. */
export function setArrayOf(f: typeof arrayOf): void {
  arrayOf = f;
}

setSpec(ctypeType, {
  slots: {
    sq_repeat: (t, n) => {
      if (n < 0) throw valueError(`Array length must be >= 0, not ${n}`);
      return arrayOf(t as PyType, n);
    },
  },
  methods: {
    __sizeof__: ["", "Return memory consumption of the type object.", (t: PyType) => {
      const i = infoOf(t);
      return 1064 + (i?.format === undefined ? 0 : i.format.length + 1) + 8 * (i?.shape.length ?? 0);
    }],
  },
  getset: {
    __pointer_type__: [
      (t: PyType) => {
        const i = infoOf(t);
        if (i === undefined) throw typeError(`${utf16(reprStr(t))} must have storage info`);
        if (i.pointerType === undefined) {
          throw plainAttributeError(`${utf16(reprStr(t))} has no attribute '__pointer_type__'`);
        }
        return i.pointerType;
      },
      (t: PyType, v: Value | undefined) => {
        const i = infoOf(t);
        if (i === undefined) throw typeError(`${utf16(reprStr(t))} must have storage info`);
        i.pointerType = v;
      },
      "pointer type",
    ],
  },
});

/** `from_param` of types that have no rule of their own. */
export function fromParam(type: PyType, value: Value): Value {
  if (isInstanceOf(value, type)) return value;
  if (value instanceof CArg) {
    const info = infoOf(type);
    if (
      info !== undefined && value.obj !== undefined && info.proto !== undefined && isInstanceOf(value.obj, info.proto)
    ) {
      return value;
    }
    throw typeError(
      `expected ${type.name} instance instead of pointer to ${value.obj === undefined ? "???" : typeName(value.obj)}`,
    );
  }
  return viaAsParameter(value, (v) => fromParam(type, v)) ??
    fail(typeError(`expected ${type.name} instance instead of ${typeName(value)}`));
}
/** An AttributeError with nothing but a text. */
export function plainAttributeError(msg: string): PyBaseException {
  return newError(X.AttributeError, msg);
}
/** Raises, where an expression is wanted. */
export function fail(e: unknown): never {
  throw e;
}
/** Tries again with `_as_parameter_`; undefined where there is none. */
export function viaAsParameter(value: Value, again: (v: Value) => Value): Value | undefined {
  const p = lookupAttr(value, "_as_parameter_");
  if (p === undefined) return undefined;
  enterNative(1000, " while processing _as_parameter_");
  try {
    return again(p);
  } finally {
    leaveNative(1000);
  }
}

function fromBuffer(type: PyType, obj: Value, offset: Value = 0): Value {
  const info = needInfo(type), at = asSsize(offset);
  const m = memoryFrom(obj), v = m.view;
  if (v.readonly) throw typeError("underlying buffer is not writable");
  if (!isCContiguous(v)) throw typeError("underlying buffer is not C contiguous");
  if (at < 0) throw valueError("offset cannot be negative");
  if (info.size > v.len - at) tooSmall(v.len, info.size + at);
  const block = obj instanceof CData ? obj.block : blockOf(v.data);
  audit("ctypes.cdata/buffer", () => [addressAt(block, v.offset), v.len, at]);
  const d = dataAt(type, { block, off: v.offset + at });
  keepRef(d, -1, m);
  return d;
}
function tooSmall(have: number, need: number): never {
  throw valueError(`Buffer size too small (${have} instead of at least ${need} bytes)`);
}
function fromBufferCopy(type: PyType, obj: Value, offset: Value = 0): Value {
  const v = borrowBuffer(obj, BUF_SIMPLE);
  try {
    const at = asSsize(offset), info = needInfo(type);
    if (at < 0) throw valueError("offset cannot be negative");
    if (info.size > v.len - at) tooSmall(v.len, info.size + at);
    audit("ctypes.cdata/buffer", () => [0, v.len, at]);
    const d = dataNew(type);
    d.block.bytes.set(viewBytes(v).subarray(at, at + info.size));
    return d;
  } finally {
    releaseBuffer(v);
  }
}
/** The `_handle` of a library object. */
export function handleOf(dll: Value): Value {
  const h = getAttr(dll, "_handle");
  if (!isInt(h)) throw typeError("the _handle attribute of the second argument must be an integer");
  return h;
}
function inDll(_type: PyType, dll: Value, name: Value): Value {
  if (!isStr(name)) throw typeError(`in_dll() argument 2 must be str, not ${typeName(name)}`);
  audit("ctypes.dlsym", () => [dll, name]);
  handleOf(dll);
  throw valueError(undefinedSymbol(utf16(strValue(name))));
}
/** What dlerror says of a symbol: there is none here. */
export function undefinedSymbol(name: string): string {
  const exe = getAttr(cur.interp.sys, "executable");
  return `${isStr(exe) ? utf16(strValue(exe)) : "python"}: undefined symbol: ${name}`;
}

/** Methods of the metaclasses. */
export const metaMethods = {
  from_param: [
    "value, /",
    "Convert a Python object into a function call parameter.",
    fromParam,
  ],
  from_address: [
    "value, /",
    "C.from_address(integer) -> C instance\n\nAccess a C instance at the specified address.",
    (type: PyType, a: Value) => {
      if (!isInt(a)) throw typeError("integer expected");
      needInfo(type);
      const n = intValue(a);
      return dataAt(type, placeAt(n < 0 ? BigInt.asUintN(64, BigInt(n)) : n));
    },
  ],
  from_buffer: [
    "obj, offset=0, /",
    "C.from_buffer(object, offset=0) -> C instance\n\nCreate a C instance from a writeable buffer.",
    fromBuffer,
  ],
  from_buffer_copy: [
    "buffer, offset=0, /",
    "C.from_buffer_copy(object, offset=0) -> C instance\n\nCreate a C instance from a readable buffer.",
    fromBufferCopy,
  ],
  in_dll: [
    "dll, name, /",
    "C.in_dll(dll, name) -> C instance\n\nAccess a C instance in a dll.",
    inDll,
  ],
} satisfies Record<string, [string, string, (...args: never[]) => Value]>;

// ---- arguments of calls --------------------------------------------------------------------

const argType: PyType = builtinType("CArgObject", undefined, true);
argType.flags |= TF_FROM_SPEC | TF_DISALLOW_NEW;
/** An argument that is ready to be passed; its value is at the start of `block`. */
export class CArg extends PyObject {
  readonly tag: string;
  obj: Value | undefined;
  readonly block: Block;
  constructor(tag: string, obj: Value | undefined, block: Block = new Block(new Uint8Array(32))) {
    super(argType);
    this.tag = tag;
    this.obj = obj;
    this.block = block;
  }
}
/** An argument that points to a place. */
export function pointerArg(tag: string, obj: Value, address: Value): CArg {
  const a = new CArg(tag, obj);
  setPointer({ block: a.block, off: 0 }, intValue(address as number));
  return a;
}
export { argType };
