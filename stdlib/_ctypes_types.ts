// CPython 3.14: Modules/_ctypes/_ctypes.c (simple types, arrays, pointers)
//
// Simple types, arrays and pointers, with their metaclasses.

import {
  type KwNames,
  M_CLASS,
  None,
  PyBytes,
  PyList,
  PySlice,
  PyTuple,
  PyType,
  setSpec,
  typeName,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import {
  asIndex,
  call,
  hasIndex,
  indexNumber,
  intValue,
  isInstanceOf,
  isInt,
  isStr,
  isSubclassOf,
  lengthOf,
  lookupAttr,
  reprStr,
  seqGetItem,
  setAttr,
  strValue,
} from "../core/objects/abstract.ts";
import { indexError, overflowError, typeError, valueError } from "../core/objects/errors.ts";
import { PyBaseException } from "../core/objects/object.ts";
import { bytesOf } from "../core/objects/buffer.ts";
import { PyDict } from "../core/objects/dict.ts";
import { genericAlias } from "../core/objects/genericalias.ts";
import { utf16 } from "../core/objects/names.ts";
import { addressOf } from "../core/objects/native_call.ts";
import { NativeDef, PyGetSet, PyMethodDescr } from "../core/objects/native.ts";
import { joinStrs } from "../core/objects/repr_guard.ts";
import { sliceAdjust, sliceUnpack } from "../core/objects/slice.ts";
import { interpStore } from "../core/objects/state.ts";
import { codePoints } from "../core/objects/str_wide.ts";
import { typeNew } from "../core/objects/type_new.ts";
import { CODES, formatOf, putWide, SIMPLE_CODES, wideText } from "./_ctypes_codes.ts";
import {
  bufferSlots,
  CArg,
  CData,
  ctypeType,
  dataFrom,
  dataGet,
  dataNew,
  dataSet,
  dataType,
  fail,
  fromParam,
  HAS_POINTER,
  type Info,
  infoOf,
  initInfo,
  IS_POINTER,
  isSimpleSubclass,
  keepRef,
  keptObjects,
  metaMethods,
  needInfo,
  plainAttributeError,
  pointerArg,
  setArrayOf,
  setSimpleBase,
  specType,
  viaAsParameter,
} from "./_ctypes_data.ts";
import { addressAt, allocate, getPointer, type Place, placeAt, setPointer } from "./_ctypes_memory.ts";

/** `PyArg_UnpackTuple(args, name, 0, 1)`; keywords are not looked at. */
function atMostOne(name: string, args: Value[], kw: KwNames | undefined): Value | undefined {
  const n = args.length - (kw?.length ?? 0);
  if (n > 1) throw typeError(`${name} expected at most 1 argument, got ${n}`);
  return n === 1 ? args[0] : undefined;
}

// ---- simple types --------------------------------------------------------------------------

export const simpleMeta: PyType = specType("_ctypes.PyCSimpleType", ctypeType, undefined, false);
export const simpleType: PyType = specType("_ctypes._SimpleCData", dataType, simpleMeta);
setSimpleBase(simpleType);

function simpleInfo(t: PyType, code: string, swapped: boolean): Info {
  const row = CODES.get(code)!, i = initInfo(t, "simple");
  i.size = row.size;
  i.align = row.align;
  const f = swapped ? row.swapped! : row;
  i.get = f.get;
  i.set = f.set;
  i.code = code;
  i.format = formatOf(code, swapped);
  return i;
}

function simpleInit(self: Value, args: Value[], kw?: KwNames): void {
  const t = self as PyType;
  typeType.tp_init!(t, args, kw);
  const proto = lookupAttr(t, "_type_");
  if (proto === undefined) throw plainAttributeError("class must define a '_type_' attribute");
  if (!isStr(proto)) throw typeError("class must define a '_type_' string attribute");
  const code = utf16(strValue(proto));
  if (code.length !== 1) {
    throw valueError("class must define a '_type_' attribute which must be a string of length 1");
  }
  const row = CODES.get(code);
  if (row === undefined) {
    throw plainAttributeError(
      "class must define a '_type_' attribute which must be\n" +
        `a single character string containing one of the\nsupported types: '${SIMPLE_CODES}'.`,
    );
  }
  const i = simpleInfo(t, code, false);
  if (t.base === simpleType) {
    if ("zZPXO".includes(code)) i.flags |= IS_POINTER;
    const f = FROM_PARAM[code];
    if (f !== undefined) {
      const d = new PyMethodDescr(new NativeDef("from_param", ["value, /", "", f, M_CLASS]), t);
      setAttr(t, "from_param", d);
    }
  }
  if (t.cls !== simpleMeta || row.swapped === undefined) return;
  const n = args.length - (kw?.length ?? 0);
  const name = utf16(strValue(args[0])) + "_be";
  const sw = typeNew(simpleMeta, [name, ...args.slice(1, n), ...args.slice(n)], kw) as PyType;
  simpleInfo(sw, code, true);
  setAttr(t, "__ctype_be__", sw);
  setAttr(t, "__ctype_le__", t);
  setAttr(sw, "__ctype_le__", t);
  setAttr(sw, "__ctype_be__", sw);
}

/** A parameter of a simple type. */
function simpleFromParam(type: PyType, value: Value): Value {
  if (isInstanceOf(value, type)) return value;
  const info = needInfo(type);
  const arg = new CArg(info.code!, undefined);
  let error: unknown;
  try {
    const keep = CODES.get(info.code!)!.set(arg.block, 0, value, info.size);
    arg.obj = keep;
    return arg;
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    error = e;
  }
  return viaAsParameter(value, (v) => simpleFromParam(type, v)) ?? fail(error);
}

/** An argument that a code's setter makes. */
function coded(code: string, value: Value): CArg {
  const a = new CArg(code, undefined);
  a.obj = CODES.get(code)!.set(a.block, 0, value, 8);
  return a;
}
/** Is it an array of, a pointer to, or byref() of such characters? */
function refersTo(value: Value, code: string): boolean {
  if (value instanceof CData) {
    const i = value.info;
    return (i.kind === "array" || i.kind === "pointer") && infoOf(i.proto!)?.code === code;
  }
  return value instanceof CArg && value.obj instanceof CData && value.obj.info.code === code;
}
function stringFromParam(code: "z" | "Z", type: PyType, value: Value): Value {
  if (value === None) return None;
  if (code === "z" ? value instanceof PyBytes : isStr(value)) return coded(code, value);
  if (isInstanceOf(value, type) || refersTo(value, code === "z" ? "c" : "u")) return value;
  return viaAsParameter(value, (v) => stringFromParam(code, type, v)) ??
    fail(badParam(value, code === "z" ? "c_char_p" : "c_wchar_p"));
}
function badParam(value: Value, name: string): unknown {
  return typeError(`'${typeName(value)}' object cannot be interpreted as ctypes.${name}`);
}
function voidFromParam(type: PyType, value: Value): Value {
  if (value === None) return None;
  if (isInt(value)) return coded("P", value);
  if (value instanceof PyBytes) return coded("z", value);
  if (isStr(value)) return coded("Z", value);
  if (isInstanceOf(value, type)) return value;
  if (value instanceof CArg && value.tag === "P") return value;
  if (value instanceof CData) {
    const i = value.info;
    if (i.kind === "array" || i.kind === "pointer") return value;
    if (i.kind === "func") return pointerArg("P", value, getPointer(value));
    if (i.code === "z" || i.code === "Z") return pointerArg("Z", value, getPointer(value));
  }
  return viaAsParameter(value, (v) => voidFromParam(type, v)) ?? fail(badParam(value, "c_void_p"));
}
const FROM_PARAM: Record<string, (type: PyType, v: Value) => Value> = {
  z: (t, v) => stringFromParam("z", t, v),
  Z: (t, v) => stringFromParam("Z", t, v),
  P: voidFromParam,
};

setSpec(simpleMeta, {
  doc: "metatype for the PyCSimpleType Objects",
  slots: { tp_init: simpleInit },
  methods: {
    ...metaMethods,
    from_param: ["value, /", "Convert a Python object into a function call parameter.", simpleFromParam],
  },
});

function setValue(d: CData, v: Value | undefined): void {
  if (v === undefined) throw typeError("can't delete attribute");
  const i = d.info;
  keepRef(d, 0, i.set!(d.block, d.off, v, i.size));
}
function getValue(d: CData): Value {
  return d.info.get!(d.block, d.off, d.info.size);
}
setSpec(simpleType, {
  doc: "XXX to be provided",
  slots: {
    ...bufferSlots,
    tp_new: dataNew,
    tp_init: (self, args, kw) => {
      const v = atMostOne("__init__", args, kw);
      if (v !== undefined) setValue(self as CData, v);
    },
    tp_repr: (self) => {
      const d = self as CData;
      if (d.cls.base !== simpleType) return `<${shown(d.cls)} object at ${addressOf(d)}>`;
      return joinStrs([d.cls.name, "(", reprStr(getValue(d)), ")"]);
    },
    nb_bool: (self) => (self as CData).bytes().some((b) => b !== 0),
  },
  methods: {
    __ctypes_from_outparam__: ["", "", (d: CData) => isSimpleSubclass(d.cls) ? d : getValue(d), 8],
  },
  getset: { value: [getValue, setValue, "current value"] },
});
function shown(t: PyType): string {
  return t.name;
}

// ---- arrays --------------------------------------------------------------------------------

export const arrayMeta: PyType = specType("_ctypes.PyCArrayType", ctypeType, undefined, false);
export const arrayType: PyType = specType("_ctypes.Array", dataType, arrayMeta);

function arrayInit(self: Value): void {
  const t = self as PyType;
  const len = lookupAttr(t, "_length_");
  if (len === undefined) throw plainAttributeError("class must define a '_length_' attribute");
  if (!isInt(len)) throw typeError("The '_length_' attribute must be an integer");
  const n = intValue(len);
  if (n < 0) throw valueError("The '_length_' attribute must not be negative");
  if (typeof n === "bigint" && BigInt.asIntN(64, n) !== n) {
    throw overflowError("The '_length_' attribute is too large");
  }
  const item = lookupAttr(t, "_type_");
  if (item === undefined) throw plainAttributeError("class must define a '_type_' attribute");
  const i = initInfo(t, "array"), from = infoOf(item);
  if (from === undefined) throw typeError("_type_ must have storage info");
  i.format = from.format;
  i.length = Number(n);
  i.shape = [i.length, ...from.shape];
  if (from.size !== 0 && BigInt(n) * BigInt(from.size) > 0x7fffffffffffffffn) throw overflowError("array too large");
  if ((from.flags & (IS_POINTER | HAS_POINTER)) !== 0) i.flags |= HAS_POINTER;
  i.size = from.size * i.length;
  i.align = from.align;
  i.proto = item as PyType;
  if (from.code === "c") {
    put(t, "raw", getRaw, setRaw, undefined);
    put(t, "value", getChars, setChars, "string value");
  } else if (from.code === "u") put(t, "value", getWide, setWide, "string value");
}
function put(
  t: PyType,
  name: string,
  get: (d: CData) => Value,
  set: (d: CData, v: Value | undefined) => void,
  doc: string | undefined,
): void {
  const d = new PyGetSet(name, t, (v) => get(v as CData), (o, v) => set(o as CData, v), doc);
  typeType.tp_setattro!(t, name, d);
}
function getRaw(d: CData): Value {
  return new PyBytes(d.bytes().slice());
}
function setRaw(d: CData, v: Value | undefined): void {
  if (v === undefined) {
    throw plainAttributeError(`attribute 'raw' of '${d.cls.name}' objects cannot be deleted`);
  }
  const b = bytesOf(v);
  if (b.length > d.size) throw valueError("byte string too long");
  d.block.put(d.off, b);
}
function getChars(d: CData): Value {
  const b = d.bytes(), end = b.indexOf(0);
  return new PyBytes(b.slice(0, end < 0 ? b.length : end));
}
function setChars(d: CData, v: Value | undefined): void {
  if (v === undefined) throw typeError("can't delete attribute");
  if (!(v instanceof PyBytes)) throw typeError(`bytes expected instead of ${typeName(v)} instance`);
  if (v.b.length > d.size) throw valueError("byte string too long");
  const b = d.bytes();
  b.set(v.b);
  if (v.b.length < d.size) b[v.b.length] = 0;
}
function getWide(d: CData): Value {
  const room = d.size >> 2;
  d.bytes();
  let n = 0;
  while (n < room && d.block.view.getUint32(d.off + 4 * n, true) !== 0) n++;
  return wideText(d.block, d.off, n);
}
function setWide(d: CData, v: Value | undefined): void {
  if (v === undefined) throw typeError("can't delete attribute");
  if (!isStr(v)) throw typeError(`unicode string expected instead of ${typeName(v)} instance`);
  const s = strValue(v);
  if (codePoints(s).length > d.size >> 2) throw valueError("string too long");
  putWide(d.block, d.off, s, d.size >> 2);
}
setSpec(arrayMeta, {
  doc: "metatype for the Array Objects",
  slots: { tp_init: arrayInit },
  methods: { ...metaMethods },
});

const ARRAYS = {};
setArrayOf((item, n) => {
  // what does not fit has been clamped to this
  if (n >= Number.MAX_SAFE_INTEGER) throw overflowError("array too large");
  const cache = interpStore(ARRAYS, () => new WeakMap<PyType, Map<number, WeakRef<PyType>>>());
  let byLength = cache.get(item);
  const known = byLength?.get(n)?.deref();
  if (known !== undefined) return known;
  const dict = new PyDict();
  dict.setStr("_length_", n);
  dict.setStr("_type_", item);
  const t = call(arrayMeta, [`${item.name}_Array_${n}`, new PyTuple([arrayType]), dict]) as PyType;
  if (byLength === undefined) cache.set(item, byLength = new Map());
  byLength.set(n, new WeakRef(t));
  return t;
});

/** Where item `i` of an array is. */
function itemPlace(d: CData, i: number, n: number): [size: number, at: Place] {
  if (i < 0 || i >= n) throw indexError("invalid index");
  const size = d.info.size / d.info.length;
  return [size, { block: d.block, off: d.off + i * size }];
}
function arrayItem(d: CData, i: number): Value {
  const [size, at] = itemPlace(d, i, d.length);
  return dataGet(d.info.proto!, d.info.get, d, i, size, at);
}
function arrayPut(d: CData, i: number, v: Value | undefined): void {
  if (v === undefined) throw typeError("Array does not support item deletion");
  const [size, at] = itemPlace(d, i, d.info.length);
  dataSet(d, d.info.proto!, d.info.set, v, i, size, at);
}
/** Characters at a stride, as bytes or a string; undefined for items of another type. */
function characters(item: Info, at: Place, start: number, n: number, step: number): Value | undefined {
  if (item.code !== "c" && item.code !== "u") return undefined;
  const out = allocate(n * item.size);
  for (let i = 0; i < n; i++) {
    out.put(i * item.size, at.block.part(at.off + (start + i * step) * item.size, item.size));
  }
  return item.code === "c" ? new PyBytes(out.bytes) : wideText(out, 0, n);
}
function arrayGet(self: Value, key: Value): Value {
  const d = self as CData;
  if (hasIndex(key)) {
    const i = indexNumber(key);
    return arrayItem(d, i < 0 ? i + d.length : i);
  }
  if (!(key instanceof PySlice)) throw typeError("indices must be integers");
  const u = sliceUnpack(key);
  sliceAdjust(u, d.length);
  const text = characters(infoOf(d.info.proto!)!, d, u.start, u.length, u.step);
  if (text !== undefined) return text;
  const out: Value[] = [];
  for (let i = 0; i < u.length; i++) out.push(arrayItem(d, u.start + i * u.step));
  return new PyList(out);
}
function arraySet(self: Value, key: Value, v: Value | undefined): void {
  const d = self as CData;
  if (v === undefined) throw typeError("Array does not support item deletion");
  if (hasIndex(key)) {
    const i = indexNumber(key);
    arrayPut(d, i < 0 ? i + d.length : i, v);
    return;
  }
  if (!(key instanceof PySlice)) throw typeError("indices must be integer");
  const u = sliceUnpack(key);
  sliceAdjust(u, d.length);
  if (lengthOf(v) !== u.length) throw valueError("Can only assign sequence of same size");
  for (let i = 0; i < u.length; i++) arrayPut(d, u.start + i * u.step, seqGetItem(v, i));
}
setSpec(arrayType, {
  doc: "Abstract base class for arrays.\n\n" +
    "The recommended way to create concrete array types is by multiplying any\n" +
    "ctypes data type with a non-negative integer. Alternatively, you can subclass\n" +
    "this type and define _length_ and _type_ class variables. Array elements can\n" +
    "be read and written using standard subscript and slice accesses for slice\n" +
    "reads, the resulting object is not itself an Array.",
  slots: {
    ...bufferSlots,
    tp_new: dataNew,
    tp_init: (self, args, kw) => {
      const n = args.length - (kw?.length ?? 0);
      for (let i = 0; i < n; i++) arrayPut(self as CData, i, args[i]);
    },
    sq_length: (d) => (d as CData).length,
    sq_item: (d, i) => arrayItem(d as CData, i),
    sq_ass_item: (d, i, v) => arrayPut(d as CData, i, v),
    mp_length: (d) => (d as CData).length,
    mp_subscript: arrayGet,
    mp_ass_subscript: arraySet,
  },
  methods: {
    __class_getitem__: ["object, /", "See PEP 585", (cls: PyType, item: Value) => genericAlias(cls, item), M_CLASS],
  },
});

// ---- pointers ------------------------------------------------------------------------------

export const pointerMeta: PyType = specType("_ctypes.PyCPointerType", ctypeType, undefined, false);
export const pointerType: PyType = specType("_ctypes._Pointer", dataType, pointerMeta);

function setProto(t: PyType, i: Info, proto: Value): void {
  if (!(proto instanceof PyType)) throw typeError("_type_ must be a type");
  const to = infoOf(proto);
  if (to === undefined) throw typeError(`${utf16(reprStr(proto))} must have storage info`);
  i.proto = proto;
  to.pointerType ??= t;
}
setSpec(pointerMeta, {
  doc: "metatype for the Pointer Objects",
  slots: {
    tp_init: (self, args) => {
      const t = self as PyType, i = initInfo(t, "pointer");
      i.size = i.align = 8;
      i.length = 1;
      i.flags |= IS_POINTER;
      const dict = args[2];
      const proto = dict instanceof PyDict ? dict.getStr("_type_") : undefined;
      if (proto === undefined) return;
      setProto(t, i, proto);
      const to = infoOf(proto)!;
      i.format = "&" + (to.shape.length > 0 ? `(${to.shape.join(",")})` : "") + (to.format ?? "B");
    },
  },
  methods: {
    ...metaMethods,
    set_type: ["type, /", "", (t: PyType, type: Value) => {
      setProto(t, needInfo(t), type);
      setAttr(t, "_type_", type);
      return None;
    }],
    from_param: [
      "value, /",
      "Convert a Python object into a function call parameter.",
      (t: PyType, value: Value): Value => {
        if (value === None) return None;
        const info = needInfo(t);
        if (info.proto !== undefined) {
          if (isInstanceOf(value, info.proto) && value instanceof CData) return pointerArg("P", value, value.address);
          if (value instanceof CData && (value.info.kind === "pointer" || value.info.kind === "array")) {
            if (value.info.proto !== undefined && isSubclassOf(value.info.proto, info.proto)) return value;
          }
        }
        return fromParam(t, value);
      },
    ],
  },
});

/** Where a pointer points to. */
function target(d: CData): Place {
  const a = getPointer(d);
  if (a === 0) throw valueError("NULL pointer access");
  return placeAt(a);
}
function pointed(d: CData, i: number): [size: number, at: Place] {
  const at = target(d), size = infoOf(d.info.proto!)!.size;
  return [size, i === 0 ? at : moved(at, i * size)];
}
/** A place that a pointer's arithmetic leads to: in the same block, or wherever the address is. */
function moved(at: Place, by: number): Place {
  const off = at.off + by;
  if (off >= 0 && off <= at.block.bytes.length) return { block: at.block, off };
  return placeAt(addressAt(at.block, off));
}
function pointerItem(d: CData, i: number): Value {
  const [size, at] = pointed(d, i);
  return dataGet(d.info.proto!, d.info.get, d, i, size, at);
}
function pointerSet(self: Value, i: number, v: Value | undefined): void {
  const d = self as CData;
  if (v === undefined) throw typeError("Pointer does not support item deletion");
  const [size, at] = pointed(d, i);
  dataSet(d, d.info.proto!, d.info.set, v, i, size, at);
}
function setContents(d: CData, v: Value | undefined): void {
  if (v === undefined) throw typeError("Pointer does not support item deletion");
  const proto = d.info.proto!;
  if (!(v instanceof CData)) throw typeError(`expected ${proto.name} instead of ${typeName(v)}`);
  setPointer(d, intValue(v.address as number));
  keepRef(d, 1, v);
  keepRef(d, 0, keptObjects(v));
}
function bound(v: Value): number {
  const n = asIndex(v);
  if (typeof n === "bigint") throw valueError(`cannot fit '${typeName(v)}' into an index-sized integer`);
  return n;
}
function pointerGet(self: Value, key: Value): Value {
  const d = self as CData;
  if (hasIndex(key)) return pointerItem(d, indexNumber(key));
  if (!(key instanceof PySlice)) throw typeError("Pointer indices must be integer");
  const step = key.step === None ? 1 : bound(key.step);
  if (step === 0) throw valueError("slice step cannot be zero");
  if (key.start === None && step < 0) throw valueError("slice start is required for step < 0");
  const start = key.start === None ? 0 : bound(key.start);
  if (key.stop === None) throw valueError("slice stop is required");
  const stop = bound(key.stop);
  let n = 0;
  if (step > 0 && start < stop) n = Math.floor((stop - start - 1) / step) + 1;
  else if (step < 0 && start > stop) n = Math.floor((start - stop - 1) / -step) + 1;
  const item = infoOf(d.info.proto!)!;
  if (item.code === "c" || item.code === "u") {
    const at = n > 0 ? target(d) : d;
    return characters(item, at, start, n, step)!;
  }
  const out: Value[] = [];
  for (let i = 0; i < n; i++) out.push(pointerItem(d, start + i * step));
  return new PyList(out);
}
setSpec(pointerType, {
  doc: "XXX to be provided",
  slots: {
    ...bufferSlots,
    tp_new: (type, args, kw) => {
      if (infoOf(type)?.proto === undefined) throw typeError("Cannot create instance: has no _type_");
      return dataNew(type, args, kw);
    },
    tp_init: (self, args, kw) => {
      const v = atMostOne("POINTER", args, kw);
      if (v !== undefined) setContents(self as CData, v);
    },
    nb_bool: (d) => getPointer(d as CData) !== 0,
    sq_item: (d, i) => pointerItem(d as CData, i),
    sq_ass_item: pointerSet,
    mp_subscript: pointerGet,
  },
  getset: {
    contents: [
      (d: CData) => dataFrom(d.info.proto!, d, 0, target(d)),
      setContents,
      "the object this pointer points to (read-write)",
    ],
  },
});
