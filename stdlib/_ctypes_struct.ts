// CPython 3.14: Modules/_ctypes/stgdict.c, cfield.c (PyCField), _ctypes.c (Structure, Union)
//
// Structures and unions. Where the fields lie is computed by Lib/ctypes/_layout.py, which is called
// when `_fields_` is set and gives a CField, the descriptor, for each.

import {
  type KwNames,
  None,
  PyObject,
  PyType,
  setSpec,
  typeName,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import {
  asInt32,
  asSsize,
  call,
  fastItems,
  getAttr,
  isStr,
  isTrue,
  iterToArray,
  lookupAttr,
  reprStr,
  seqGetItem,
  setAttr,
  strValue,
} from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { lookupOwn } from "../core/objects/attr.ts";
import { utf16 } from "../core/objects/names.ts";
import { cur } from "../core/objects/state.ts";
import { BIT_CODES, charsRow, type Get, type Set_, wcharsRow } from "./_ctypes_codes.ts";
import {
  bufferSlots,
  CData,
  cloneInfo,
  ctypeType,
  dataGet,
  dataNew,
  dataSet,
  dataType,
  HAS_POINTER,
  infoOf,
  initInfo,
  IS_POINTER,
  isKind,
  metaMethods,
  plainAttributeError,
  specType,
} from "./_ctypes_data.ts";
import { newFrom } from "./native_new.ts";

// ---- fields --------------------------------------------------------------------------------

export const fieldType: PyType = specType("ctypes.CField");

/** A field of a structure or union: a descriptor. */
class CField extends PyObject {
  anonymous = false;
  get: Get | undefined = undefined;
  set: Set_ | undefined = undefined;
  constructor(
    readonly name: Value,
    readonly proto: PyType,
    readonly byteSize: number,
    readonly offset: number,
    public index: number,
    readonly bitSize: number,
    readonly bitOffset: number,
  ) {
    super(fieldType);
    const item = isKind(proto, "array") ? infoOf(proto)!.proto : undefined;
    const code = item === undefined ? undefined : infoOf(item)!.code;
    if (code === "c" || code === "u") {
      const row = code === "c" ? charsRow : wcharsRow;
      this.get = row.get;
      this.set = row.set;
    }
  }
  /** The size as codes take it. */
  get shown(): number {
    return this.bitSize > 0 ? this.bitSize * 65536 + this.bitOffset : this.byteSize;
  }
}

function newField(
  _type: PyType,
  name: Value,
  type: Value,
  byteSize: Value,
  byteOffset: Value,
  index: Value,
  _use: Value,
  bitSize: Value = None,
  bitOffset: Value = None,
): Value {
  if (!isStr(name)) throw typeError(`CField() argument 'name' must be str, not ${typeName(name)}`);
  const size = asSsize(byteSize), offset = asSsize(byteOffset), i = asSsize(index);
  isTrue(_use);
  const shown = utf16(reprStr(name));
  if (size < 0) throw valueError(`byte size of field ${shown} must not be negative, got ${size}`);
  const info = infoOf(type);
  if (info === undefined) throw typeError(`type of field ${shown} must be a C type`);
  if (size !== info.size) {
    throw valueError(`byte size of field ${shown} (${size}) does not match type size (${info.size})`);
  }
  let bits = 0, at = 0;
  if (bitSize !== None) {
    if (bitOffset === None) throw typeError("an integer is required");
    bits = asSsize(bitSize);
    at = asSsize(bitOffset);
    if (bits <= 0) throw valueError(`bit size of field ${shown} out of range, got ${bits}`);
    if (at < 0) throw valueError(`bit offset of field ${shown} out of range, got ${at}`);
    if (info.code === undefined || !BIT_CODES.includes(info.code)) {
      throw typeError(`bit fields not allowed for type ${(type as PyType).name}`);
    }
    if (at + bits > size * 8) {
      throw valueError(`bit field ${shown} overflows its type (${at} + ${bits} > ${size * 8})`);
    }
  }
  return new CField(name, type as PyType, size, offset, i, bits, at);
}

function notData(): never {
  throw typeError("not a ctype instance");
}
setSpec(fieldType, {
  doc: "Structure/Union member",
  slots: {
    tp_new: newFrom(
      "CField",
      "*, name, type, byte_size, byte_offset, index, _internal_use, bit_size=None, bit_offset=None",
      newField,
    ),
    tp_repr: (self) => {
      const f = self as CField;
      const head = `<${f.cls.name} ${utf16(reprStr(f.name))} type=${f.proto.name}, ofs=${f.offset}`;
      return f.bitSize > 0
        ? `${head}, bit_size=${f.bitSize}, bit_offset=${f.bitOffset}>`
        : `${head}, size=${f.byteSize}>`;
    },
    tp_descr_get: (self, obj) => {
      if (obj === undefined) return self;
      const f = self as CField;
      if (!(obj instanceof CData)) notData();
      return dataGet(f.proto, f.get, obj, f.index, f.shown, { block: obj.block, off: obj.off + f.offset });
    },
    tp_descr_set: (self, obj, v) => {
      const f = self as CField;
      if (!(obj instanceof CData)) notData();
      if (v === undefined) throw typeError("can't delete attribute");
      dataSet(obj, f.proto, f.set, v, f.index, f.shown, { block: obj.block, off: obj.off + f.offset });
    },
  },
  members: {
    name: [(f: CField) => f.name, undefined, "name of this field"],
    type: [(f: CField) => f.proto, undefined, "type of this field"],
    offset: [(f: CField) => f.offset, undefined, "offset in bytes of this field (same as byte_offset)"],
    byte_offset: [
      (f: CField) => f.offset,
      undefined,
      "offset in bytes of this field. For bitfields: excludes bit_offset.",
    ],
    byte_size: [(f: CField) => f.byteSize, undefined, "size of this field in bytes"],
    bit_offset: [
      (f: CField) => f.bitOffset,
      undefined,
      "additional offset in bits (relative to byte_offset); zero for non-bitfields",
    ],
  },
  getset: {
    size: [
      (f: CField) => f.shown,
      undefined,
      "size in bytes of this field. For bitfields, this is a legacy packed value; use byte_size instead",
    ],
    bit_size: [(f: CField) => f.bitSize > 0 ? f.bitSize : f.byteSize * 8, undefined, "size of this field in bits"],
    is_bitfield: [(f: CField) => f.bitSize > 0, undefined, "true if this is a bitfield"],
    is_anonymous: [(f: CField) => f.anonymous, undefined, "true if this field is anonymous"],
  },
});

// ---- the metaclasses -----------------------------------------------------------------------

/** Gives `type` the fields of an anonymous field. */
function makeFields(type: PyType, field: CField, index: number, offset: number): void {
  for (const pair of fastItems(getAttr(field.proto, "_fields_"), "_fields_ must be a sequence")) {
    const name = iterToArray(pair)[0];
    const f = getAttr(field.proto, utf16(strValue(name as string)));
    if (!(f instanceof CField)) throw typeError("unexpected type");
    if (f.anonymous) {
      makeFields(type, f, index + f.index, offset + f.offset);
      continue;
    }
    const n = new CField(f.name, f.proto, f.byteSize, f.offset + offset, f.index + index, f.bitSize, f.bitOffset);
    setAttr(type, utf16(strValue(name as string)), n);
  }
}
function makeAnonymous(type: PyType): void {
  const anon = lookupAttr(type, "_anonymous_");
  if (anon === undefined) return;
  for (const n of fastItems(anon, "_anonymous_ must be a sequence")) {
    const name = utf16(strValue(n as string));
    const f = getAttr(type, name);
    if (!(f instanceof CField)) {
      throw plainAttributeError(`'${name}' is specified in _anonymous_ but not in _fields_`);
    }
    f.anonymous = true;
    makeFields(type, f, f.index, f.offset);
  }
}

/** Lays out the fields of a class (PyCStructUnionType_update_stginfo). */
function setFields(t: PyType, fields: Value, isStruct: boolean): void {
  const info = infoOf(t);
  if (info === undefined) throw typeError("ctypes state is not initialized");
  const base = t.base!, baseInfo = infoOf(base);
  if (info.final) throw plainAttributeError("_fields_ is final");
  const layoutOf = getAttr(cur.interp.importModule("ctypes._layout"), "get_layout");
  const layout = call(layoutOf, [t, fields, isStruct, baseInfo === undefined ? None : base], ["is_struct", "base"]);
  const align = asInt32(getAttr(layout, "align"));
  if (align < 0) throw valueError("align must be a non-negative integer");
  const size = asSsize(getAttr(layout, "size"));
  if (size < 0) throw valueError("size must be a non-negative integer");
  const format = getAttr(layout, "format_spec");
  info.format = utf16(strValue(format as string));
  const made = iterToArray(getAttr(layout, "fields"));
  for (let i = 0; i < made.length; i++) {
    const f = made[i];
    if (!(f instanceof CField)) throw typeError(`fields must be of type CField, got ${typeName(f)}`);
    if (f.index !== i) {
      throw valueError(`field ${utf16(reprStr(f.name))} index mismatch (expected ${i}, got ${f.index})`);
    }
    const fi = infoOf(f.proto)!;
    if ((fi.flags & (IS_POINTER | HAS_POINTER)) !== 0) info.flags |= HAS_POINTER;
    fi.final = true;
    setAttr(t, utf16(strValue(f.name as string)), f);
  }
  info.size = size;
  info.align = align;
  info.length = (baseInfo?.length ?? 0) + made.length;
  if (info.final) throw plainAttributeError("Structure or union cannot contain itself");
  info.final = true;
  makeAnonymous(t);
}

function structInit(isStruct: boolean): (self: Value) => void {
  return (self) => {
    const t = self as PyType;
    if (lookupOwn(t, "_abstract_") !== undefined) return;
    const info = initInfo(t, isStruct ? "struct" : "union");
    info.format = "B";
    const fields = lookupOwn(t, "_fields_");
    if (fields !== undefined) {
      setAttr(t, "_fields_", fields);
      return;
    }
    const base = infoOf(t.base!);
    if (base === undefined) return;
    cloneInfo(t, base);
    base.final = true;
  };
}
function structSetAttr(isStruct: boolean): (self: Value, name: string, v: Value | undefined) => void {
  return (self, name, v) => {
    if (name === "_fields_" && v !== undefined) setFields(self as PyType, v, isStruct);
    typeType.tp_setattro!(self, name, v);
  };
}

export const structMeta: PyType = specType("_ctypes.PyCStructType", ctypeType, undefined, false);
export const unionMeta: PyType = specType("_ctypes.UnionType", ctypeType, undefined, false);
setSpec(structMeta, {
  doc: "metatype for the CData Objects",
  slots: { tp_init: structInit(true), tp_setattro: structSetAttr(true) },
  methods: { ...metaMethods },
});
setSpec(unionMeta, {
  doc: "metatype for the Union Objects",
  slots: { tp_init: structInit(false), tp_setattro: structSetAttr(false) },
  methods: { ...metaMethods },
});

// ---- objects -------------------------------------------------------------------------------

/** Sets fields from arguments by position, those of bases first; the index of the next argument. */
function initPositional(d: CData, t: PyType, args: Value[], kw: KwNames | undefined, from: number): number {
  if (infoOf(t.base!) !== undefined) from = initPositional(d, t.base!, args, kw, from);
  const info = infoOf(t)!;
  const fields = lookupOwn(t, "_fields_");
  if (fields === undefined) return from;
  for (let i = from; i < info.length && i < args.length; i++) {
    const name = seqGetItem(seqGetItem(fields, i - from), 0);
    const n = utf16(strValue(name as string));
    if (kw !== undefined && kw.includes(n)) {
      throw typeError(`duplicate values for field ${utf16(reprStr(name))}`);
    }
    setAttr(d, n, args[i]);
  }
  return info.length;
}
function initStruct(self: Value, args: Value[], kw?: KwNames): void {
  const d = self as CData, n = args.length - (kw?.length ?? 0);
  if (n > 0) {
    const done = initPositional(d, d.cls, args.slice(0, n), kw, 0);
    if (done < n) throw typeError("too many initializers");
  }
  if (kw !== undefined) { for (let i = 0; i < kw.length; i++) setAttr(d, kw[i], args[n + i]); }
}
export const structType: PyType = specType("_ctypes.Structure", dataType, structMeta);
export const unionType: PyType = specType("_ctypes.Union", dataType, unionMeta);
setSpec(structType, {
  doc: "Structure base class",
  slots: { ...bufferSlots, tp_new: dataNew, tp_init: initStruct },
});
setSpec(unionType, {
  doc: "Union base class",
  slots: { ...bufferSlots, tp_new: dataNew, tp_init: initStruct },
});
