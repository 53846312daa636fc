// CPython 3.14: Include/object.h, Include/cpython/object.h, Objects/object.c
//
// The values of gopy and the object protocol on one screen.
//
// A Python value is one of
//   number | bigint   an exact int: `number` inside the safe-integer range (never -0), `bigint`
//                     outside; a value has exactly one form (see int.ts: normInt)
//   boolean           a bool
//   string            an exact str without any surrogate code unit
//   PyObject          everything else; `.cls` is its type
// `undefined` is the VM's NULL ("no value", "absent argument", "end of iteration") and never a
// Python value. Instances of Python subclasses of int, str, float, list ... are PyObjects of the
// builtin's JavaScript class whose `.cls` is the subclass, so `instanceof PyList` is "a list or a
// subclass" and `v.cls === listType` is "exactly a list".
//
// This file imports nothing, so every other file may extend its classes and name its types while
// modules are still being evaluated. A type's methods and slots are attached by its own file with
// `setSpec` and filled in by `readyTypes` (type_ready.ts).

/** Any Python value. */
export type Value = number | bigint | boolean | string | PyObject;
/** Names of the keyword arguments of a call, in the order of their values at the end of `args`. */
export type KwNames = readonly string[];
/** An exact str. */
export type Str = string | PyWideStr;
/** An exact int. */
export type Int = number | bigint;

/** Base of every Python object that is not an unboxed int, bool or str. */
export class PyObject {
  declare cls: PyType;
  /** The instance's `__dict__`, made on first use (types whose `hasDict` is true; not PyInstance with a shape). */
  declare dict?: PyDictBase;
  /** Storage of `__slots__` members for instances that are not a PyInstance. */
  declare slotv?: (Value | undefined)[];
  /** `id()`, given on first use. */
  declare pyId?: number;
  /** Weak references to this object (a WeakList, weakref.ts). */
  declare weakrefs?: object;
  constructor(cls: PyType) {
    this.cls = cls;
  }
}

/** What object.ts needs to know of dict; the real class is PyDict (dict.ts). */
export abstract class PyDictBase extends PyObject {
  /** Number of entries. */
  abstract size: number;
  /** Changes whenever a key is inserted or removed, to a number no dict has had before. */
  abstract kver: number;
  /** Value of a string key (UTF-16 form), or undefined. Never runs guest code for exact str keys. */
  abstract getStr(key: string): Value | undefined;
  abstract setStr(key: string, value: Value): void;
  /** Removes a string key; the old value or undefined. */
  abstract deleteStr(key: string): Value | undefined;
  abstract get(key: Value): Value | undefined;
  abstract set(key: Value, value: Value): void;
  abstract delete(key: Value): Value | undefined;
}

/** Rich comparison operators, in CPython's numbering. */
export const LT = 0, LE = 1, EQ = 2, NE = 3, GT = 4, GE = 5;
export type CmpOp = 0 | 1 | 2 | 3 | 4 | 5;

export type UnaryFn = (self: Value) => Value;
export type BinaryFn = (a: Value, b: Value) => Value;
export type TernaryFn = (a: Value, b: Value, c: Value) => Value;
export type LenFn = (self: Value) => number;

/**
 * Slots of a type object. Absent slots are `undefined`. Binary slots return NotImplemented as in
 * CPython. `tp_iternext` returns undefined at the end. `tp_hash` returns the low 32 bits (signed)
 * of the 64-bit hash and leaves the high ones in `cur.hashHi`.
 */
export interface Slots {
  tp_repr?: UnaryFn;
  tp_str?: UnaryFn;
  tp_hash?: (self: Value) => number;
  tp_call?: (self: Value, args: Value[], kwnames?: KwNames) => Value;
  tp_getattro?: (self: Value, name: string) => Value;
  /** Deletes when `value` is undefined. */
  tp_setattro?: (self: Value, name: string, value: Value | undefined) => void;
  tp_richcompare?: (self: Value, other: Value, op: CmpOp) => Value;
  tp_iter?: UnaryFn;
  tp_iternext?: (self: Value) => Value | undefined;
  tp_descr_get?: (
    self: Value,
    obj: Value | undefined,
    type: Value | undefined,
  ) => Value;
  tp_descr_set?: (self: Value, obj: Value, value: Value | undefined) => void;
  tp_init?: (self: Value, args: Value[], kwnames?: KwNames) => void;
  tp_new?: (type: PyType, args: Value[], kwnames?: KwNames) => Value;
  tp_finalize?: (self: Value) => void;
  nb_add?: BinaryFn;
  nb_subtract?: BinaryFn;
  nb_multiply?: BinaryFn;
  nb_remainder?: BinaryFn;
  nb_divmod?: BinaryFn;
  nb_power?: TernaryFn;
  nb_negative?: UnaryFn;
  nb_positive?: UnaryFn;
  nb_absolute?: UnaryFn;
  nb_bool?: (self: Value) => boolean;
  nb_invert?: UnaryFn;
  nb_lshift?: BinaryFn;
  nb_rshift?: BinaryFn;
  nb_and?: BinaryFn;
  nb_xor?: BinaryFn;
  nb_or?: BinaryFn;
  nb_int?: UnaryFn;
  nb_float?: UnaryFn;
  nb_inplace_add?: BinaryFn;
  nb_inplace_subtract?: BinaryFn;
  nb_inplace_multiply?: BinaryFn;
  nb_inplace_remainder?: BinaryFn;
  nb_inplace_power?: TernaryFn;
  nb_inplace_lshift?: BinaryFn;
  nb_inplace_rshift?: BinaryFn;
  nb_inplace_and?: BinaryFn;
  nb_inplace_xor?: BinaryFn;
  nb_inplace_or?: BinaryFn;
  nb_floor_divide?: BinaryFn;
  nb_true_divide?: BinaryFn;
  nb_inplace_floor_divide?: BinaryFn;
  nb_inplace_true_divide?: BinaryFn;
  nb_index?: UnaryFn;
  nb_matrix_multiply?: BinaryFn;
  nb_inplace_matrix_multiply?: BinaryFn;
  sq_length?: LenFn;
  sq_concat?: BinaryFn;
  sq_repeat?: (self: Value, n: number) => Value;
  sq_item?: (self: Value, i: number) => Value;
  sq_ass_item?: (self: Value, i: number, value: Value | undefined) => void;
  sq_contains?: (self: Value, item: Value) => boolean;
  sq_inplace_concat?: BinaryFn;
  sq_inplace_repeat?: (self: Value, n: number) => Value;
  mp_length?: LenFn;
  mp_subscript?: BinaryFn;
  mp_ass_subscript?: (
    self: Value,
    key: Value,
    value: Value | undefined,
  ) => void;
  am_await?: UnaryFn;
  am_aiter?: UnaryFn;
  am_anext?: UnaryFn;
  /** Resumes an iterator with a value; `{done}` tells a return from a yield. */
  am_send?: (self: Value, value: Value) => { done: boolean; value: Value };
  bf_getbuffer?: (self: Value, flags: number) => BufferView;
  bf_releasebuffer?: (self: Value, view: BufferView) => void;
}

/** Names of all slots; PyType declares the same fields, in this order. */
export const SLOT_NAMES = [
  "tp_repr",
  "tp_str",
  "tp_hash",
  "tp_call",
  "tp_getattro",
  "tp_setattro",
  "tp_richcompare",
  "tp_iter",
  "tp_iternext",
  "tp_descr_get",
  "tp_descr_set",
  "tp_init",
  "tp_new",
  "tp_finalize",
  "nb_add",
  "nb_subtract",
  "nb_multiply",
  "nb_remainder",
  "nb_divmod",
  "nb_power",
  "nb_negative",
  "nb_positive",
  "nb_absolute",
  "nb_bool",
  "nb_invert",
  "nb_lshift",
  "nb_rshift",
  "nb_and",
  "nb_xor",
  "nb_or",
  "nb_int",
  "nb_float",
  "nb_inplace_add",
  "nb_inplace_subtract",
  "nb_inplace_multiply",
  "nb_inplace_remainder",
  "nb_inplace_power",
  "nb_inplace_lshift",
  "nb_inplace_rshift",
  "nb_inplace_and",
  "nb_inplace_xor",
  "nb_inplace_or",
  "nb_floor_divide",
  "nb_true_divide",
  "nb_inplace_floor_divide",
  "nb_inplace_true_divide",
  "nb_index",
  "nb_matrix_multiply",
  "nb_inplace_matrix_multiply",
  "sq_length",
  "sq_concat",
  "sq_repeat",
  "sq_item",
  "sq_ass_item",
  "sq_contains",
  "sq_inplace_concat",
  "sq_inplace_repeat",
  "mp_length",
  "mp_subscript",
  "mp_ass_subscript",
  "am_await",
  "am_aiter",
  "am_anext",
  "am_send",
  "bf_getbuffer",
  "bf_releasebuffer",
] as const satisfies readonly (keyof Slots)[];

/** A view on an object's memory (PEP 3118). `data` is the whole backing store. */
export interface BufferView {
  obj: Value;
  data: Uint8Array;
  /** Byte offset of the first element in `data`. */
  offset: number;
  /** Length in bytes. */
  len: number;
  itemsize: number;
  format: string;
  ndim: number;
  shape: number[];
  strides: number[];
  readonly: boolean;
}

// ---- what a type's file says of its type ---------------------------------------------------

/** A native function's body: `self`, then the bound arguments; an absent optional is undefined. */
// deno-lint-ignore no-explicit-any
export type NativeFn = (self: any, ...args: any[]) => any;

/**
 * `[signature, doc, body, flags?]`. The signature is Argument Clinic's without `self`:
 * `"sub, start=None, end=None, /"`, `"x, /, *, key=None"`, `"*args, **kwargs"`. It gives parsing,
 * error texts and `__text_signature__`. `*args` arrives as an array, `**kwargs` as a PyDict or
 * undefined. Defaults in the text are documentation: the body uses JavaScript defaults.
 */
export type MethodDef = [
  sig: string,
  doc: string,
  fn: NativeFn,
  flags?: number,
];

/** MethodDef flags. */
export const M_CLASS = 1; // classmethod: self is the type
export const M_STATIC = 2; // staticmethod: self is undefined
export const M_PUSH = 4; // frame-pushing: may return a CallRequest (vm/interp)
export const M_NOSIG = 8; // no __text_signature__
export const M_COEXIST = 16; // shown as a method although a slot of the same name exists
/** The body takes `(self, args: Value[], kwnames)` unbound and does its own parsing. */
export const M_VECTOR = 32;
/** Errors count the way `PyArg_UnpackTuple`/varargs natives do: "f expected at most 2 arguments, got 3" */
export const M_UNPACK = 64;
/** The body of a slot wrapper: its errors count the way wrap_* functions do. */
export const M_WRAPPER = 128;
/** `*args` as Argument Clinic reads it: unknown keywords are named, not counted. */
export const M_VARPOS = 256;
/** A function of a module without Argument Clinic: its signature calls the module `$self`. */
export const M_SELF = 512;

/** `[getter, setter or undefined, doc]`; the setter gets undefined to delete. */
export type GetSetDef = [
  // deno-lint-ignore no-explicit-any
  get: (self: any) => Value,
  // deno-lint-ignore no-explicit-any
  set?: ((self: any, value: Value | undefined) => void) | undefined,
  doc?: string,
];

/** Reads a member. */
// deno-lint-ignore no-explicit-any
export type MemberGetter = (self: any) => Value;
/** Sets a member; undefined deletes it. */
// deno-lint-ignore no-explicit-any
export type MemberSetter = (self: any, v: Value | undefined) => void;

/** What Python sees of a builtin type; stands at the end of the type's file. */
export interface TypeSpec {
  /** `__doc__`; a first line `name(sig)\n--\n\n` gives `__text_signature__`. */
  doc?: string;
  /** Text signature of the type itself, e.g. `"(iterable=(), /)"`. */
  sig?: string;
  module?: string;
  /** Slots that are this type's own (slot wrappers such as `__repr__` derive from them). */
  slots?: Slots;
  methods?: Record<string, MethodDef>;
  getset?: Record<string, GetSetDef>;
  /** Read-only members (member_descriptor): a getter, or [getter, setter or undefined, doc]. */
  members?: Record<string, MemberGetter | [MemberGetter, MemberSetter | undefined, doc?: string]>;
  /** `__doc__` of members, for those that do not say it themselves. */
  docs?: Record<string, string>;
  /** Other class attributes, made on first lookup. */
  attrs?: Record<string, (type: PyType) => Value>;
  /** Its tp_new only allocates, where CPython's type inherits one: `__new__` is no attribute of its own. */
  allocates?: boolean;
  /** Set for types whose instances are hashable never: `__hash__ = None`. */
  unhashable?: boolean;
}

/** Type flags (CPython's Py_TPFLAGS_* where they are visible in `__flags__`). */
export const TF_HEAPTYPE = 1 << 9, TF_BASETYPE = 1 << 10, TF_IMMUTABLE = 1 << 8;
export const TF_SEQUENCE = 1 << 5,
  TF_MAPPING = 1 << 6,
  TF_DISALLOW_NEW = 1 << 7;
export const TF_ABSTRACT = 1 << 20;
export const TF_METHOD_DESCRIPTOR = 1 << 17;
export const TF_READY = 1 << 12;
/** A builtin that CPython makes at run time (PyType_FromSpec): `__flags__` shows it as a heap type. */
export const TF_FROM_SPEC = 1 << 29;

/** A type object. All slots are fields, in SLOT_NAMES order. */
export class PyType extends PyObject implements Slots {
  /** tp_name: the plain name of a heap type, the dotted one ("collections.deque") of a builtin. */
  name: string;
  qualname: string;
  base: PyType | undefined;
  bases: PyType[];
  mro: PyType[];
  /** Own attributes. Of a builtin type, filled lazily from `spec`: read it through lookupOwn. */
  tdict: PyDictBase | undefined = undefined;
  spec: TypeSpec | undefined = undefined;
  flags: number;
  /** Changes with every change of the type or of a base; never reused (0: not valid now). */
  version = 0;
  /** Method cache: name -> what MRO lookup found (null: nothing). Cleared when `version` changes. */
  mcache: Map<string, Value | null> = new Map();
  /**
   * Own attributes that were set again, from one value that is no descriptor to another: nothing
   * caches what they are, so setting them once more leaves `version` as it is.
   */
  volatile: Set<string> | undefined = undefined;
  /** Instances have a `__dict__`. */
  hasDict = false;
  /** Instances can be weakly referenced. */
  hasWeakref = false;
  /** Number of `__slots__` members, those of bases included. */
  nslots = 0;
  /** The type that decides the instance layout (CPython's solid base). */
  layout: PyType;
  /** Root of the shapes of plain instances (PyInstance), made on first use. */
  rootShape: Shape | undefined = undefined;
  /** How many attributes instances have had: the size a new slots array starts with. */
  slotHint = 0;
  /** Direct subclasses that are heap types; those of shared builtin types hang off the Interpreter. */
  subclasses: Set<WeakRef<PyType>> | undefined = undefined;
  /** Heap types only: the metaclass-level fields shown as attributes. */
  typeParams: Value | undefined = undefined;
  annotations: Value | undefined = undefined;

  tp_repr: Slots["tp_repr"] = undefined;
  tp_str: Slots["tp_str"] = undefined;
  tp_hash: Slots["tp_hash"] = undefined;
  tp_call: Slots["tp_call"] = undefined;
  tp_getattro: Slots["tp_getattro"] = undefined;
  tp_setattro: Slots["tp_setattro"] = undefined;
  tp_richcompare: Slots["tp_richcompare"] = undefined;
  tp_iter: Slots["tp_iter"] = undefined;
  tp_iternext: Slots["tp_iternext"] = undefined;
  tp_descr_get: Slots["tp_descr_get"] = undefined;
  tp_descr_set: Slots["tp_descr_set"] = undefined;
  tp_init: Slots["tp_init"] = undefined;
  tp_new: Slots["tp_new"] = undefined;
  tp_finalize: Slots["tp_finalize"] = undefined;
  nb_add: Slots["nb_add"] = undefined;
  nb_subtract: Slots["nb_subtract"] = undefined;
  nb_multiply: Slots["nb_multiply"] = undefined;
  nb_remainder: Slots["nb_remainder"] = undefined;
  nb_divmod: Slots["nb_divmod"] = undefined;
  nb_power: Slots["nb_power"] = undefined;
  nb_negative: Slots["nb_negative"] = undefined;
  nb_positive: Slots["nb_positive"] = undefined;
  nb_absolute: Slots["nb_absolute"] = undefined;
  nb_bool: Slots["nb_bool"] = undefined;
  nb_invert: Slots["nb_invert"] = undefined;
  nb_lshift: Slots["nb_lshift"] = undefined;
  nb_rshift: Slots["nb_rshift"] = undefined;
  nb_and: Slots["nb_and"] = undefined;
  nb_xor: Slots["nb_xor"] = undefined;
  nb_or: Slots["nb_or"] = undefined;
  nb_int: Slots["nb_int"] = undefined;
  nb_float: Slots["nb_float"] = undefined;
  nb_inplace_add: Slots["nb_inplace_add"] = undefined;
  nb_inplace_subtract: Slots["nb_inplace_subtract"] = undefined;
  nb_inplace_multiply: Slots["nb_inplace_multiply"] = undefined;
  nb_inplace_remainder: Slots["nb_inplace_remainder"] = undefined;
  nb_inplace_power: Slots["nb_inplace_power"] = undefined;
  nb_inplace_lshift: Slots["nb_inplace_lshift"] = undefined;
  nb_inplace_rshift: Slots["nb_inplace_rshift"] = undefined;
  nb_inplace_and: Slots["nb_inplace_and"] = undefined;
  nb_inplace_xor: Slots["nb_inplace_xor"] = undefined;
  nb_inplace_or: Slots["nb_inplace_or"] = undefined;
  nb_floor_divide: Slots["nb_floor_divide"] = undefined;
  nb_true_divide: Slots["nb_true_divide"] = undefined;
  nb_inplace_floor_divide: Slots["nb_inplace_floor_divide"] = undefined;
  nb_inplace_true_divide: Slots["nb_inplace_true_divide"] = undefined;
  nb_index: Slots["nb_index"] = undefined;
  nb_matrix_multiply: Slots["nb_matrix_multiply"] = undefined;
  nb_inplace_matrix_multiply: Slots["nb_inplace_matrix_multiply"] = undefined;
  sq_length: Slots["sq_length"] = undefined;
  sq_concat: Slots["sq_concat"] = undefined;
  sq_repeat: Slots["sq_repeat"] = undefined;
  sq_item: Slots["sq_item"] = undefined;
  sq_ass_item: Slots["sq_ass_item"] = undefined;
  sq_contains: Slots["sq_contains"] = undefined;
  sq_inplace_concat: Slots["sq_inplace_concat"] = undefined;
  sq_inplace_repeat: Slots["sq_inplace_repeat"] = undefined;
  mp_length: Slots["mp_length"] = undefined;
  mp_subscript: Slots["mp_subscript"] = undefined;
  mp_ass_subscript: Slots["mp_ass_subscript"] = undefined;
  am_await: Slots["am_await"] = undefined;
  am_aiter: Slots["am_aiter"] = undefined;
  am_anext: Slots["am_anext"] = undefined;
  am_send: Slots["am_send"] = undefined;
  bf_getbuffer: Slots["bf_getbuffer"] = undefined;
  bf_releasebuffer: Slots["bf_releasebuffer"] = undefined;

  constructor(
    name: string,
    base: PyType | undefined,
    flags: number,
    meta?: PyType,
  ) {
    super(meta as PyType);
    this.name = name;
    const dot = name.lastIndexOf(".");
    this.qualname = dot < 0 ? name : name.slice(dot + 1);
    this.base = base;
    this.bases = base === undefined ? [] : [base];
    this.mro = [this];
    for (let b = base; b !== undefined; b = b.base) this.mro.push(b);
    this.flags = flags;
    this.layout = this;
    if (meta === undefined && typeType !== undefined) this.cls = typeType;
  }
}

/**
 * The attributes that instances of one class share, by index into `PyInstance.slots`.
 * Shapes form a tree by order of insertion; a shape never changes.
 */
export class Shape {
  readonly type: PyType;
  readonly parent: Shape | undefined;
  /** The attribute this shape adds to its parent's. */
  readonly key: string;
  /** Number of slots in use, `__slots__` members included. */
  readonly size: number;
  index: Map<string, number>;
  next: Map<string, Shape> | undefined = undefined;
  constructor(
    type: PyType,
    parent: Shape | undefined,
    key: string,
    size: number,
    index: Map<string, number>,
  ) {
    this.type = type;
    this.parent = parent;
    this.key = key;
    this.size = size;
    this.index = index;
  }
}

/**
 * An instance of a Python class whose layout is `object`'s. `slots` holds the `__slots__` members
 * (the first `cls.nslots`), then the attributes named by `shape`. When the attributes must live in
 * a real dict (`__dict__` was taken, an attribute deleted, too many of them), `shape` is undefined
 * and `dict` holds them. Code that touches attributes goes through instance.ts.
 */
export class PyInstance extends PyObject {
  declare shape: Shape | undefined;
  declare slots: (Value | undefined)[];
  declare dict: PyDictBase | undefined;
  constructor(
    cls: PyType,
    shape: Shape | undefined,
    slots: (Value | undefined)[],
  ) {
    super(cls);
    this.shape = shape;
    this.slots = slots;
    this.dict = undefined;
  }
}

// ---- types that everything names -----------------------------------------------------------

const BT = TF_IMMUTABLE | TF_BASETYPE, FT = TF_IMMUTABLE;
let typeType: PyType = undefined as unknown as PyType;
export const objectType: PyType = new PyType("object", undefined, BT);
typeType = new PyType("type", objectType, BT);
objectType.cls = typeType.cls = typeType;
export { typeType };

/** All builtin types in order of creation, for readyTypes. */
export const allTypes: PyType[] = [objectType, typeType];

/** Makes a builtin type object; its methods and slots come from setSpec. `final`: no subclasses. */
export function builtinType(
  name: string,
  base: PyType = objectType,
  final = false,
  layout?: boolean,
): PyType {
  const t = new PyType(name, base, final ? FT : BT);
  // a type whose instances have the same layout as its base's says layout = false
  if (layout === false) t.layout = base.layout;
  allTypes.push(t);
  return t;
}

/** Attaches what Python sees to a builtin type. */
export function setSpec(type: PyType, spec: TypeSpec): void {
  type.spec = spec;
}

export const intType = builtinType("int"),
  boolType = builtinType("bool", intType, true, false);
export const floatType = builtinType("float"),
  complexType = builtinType("complex");
export const strType = builtinType("str"), bytesType = builtinType("bytes");
export const bytearrayType = builtinType("bytearray"),
  memoryviewType = builtinType("memoryview", objectType, true);
export const listType = builtinType("list"), tupleType = builtinType("tuple");
export const dictType = builtinType("dict"),
  setType = builtinType("set"),
  frozensetType = builtinType("frozenset");
export const rangeType = builtinType("range", objectType, true),
  sliceType = builtinType("slice", objectType, true);
export const noneType = builtinType("NoneType", objectType, true);
export const ellipsisType = builtinType("ellipsis", objectType, true);
export const notImplementedType = builtinType(
  "NotImplementedType",
  objectType,
  true,
);
export const moduleType = builtinType("module"),
  functionType = builtinType("function", objectType, true);
export const builtinFunctionType = builtinType(
  "builtin_function_or_method",
  objectType,
  true,
);
export const methodType = builtinType("method", objectType, true);
export const methodDescriptorType = builtinType(
  "method_descriptor",
  objectType,
  true,
);
export const classMethodDescriptorType = builtinType(
  "classmethod_descriptor",
  objectType,
  true,
);
export const wrapperDescriptorType = builtinType(
  "wrapper_descriptor",
  objectType,
  true,
);
export const methodWrapperType = builtinType(
  "method-wrapper",
  objectType,
  true,
);
export const getsetDescriptorType = builtinType(
  "getset_descriptor",
  objectType,
  true,
);
export const memberDescriptorType = builtinType(
  "member_descriptor",
  objectType,
  true,
);
export const staticmethodType = builtinType("staticmethod"),
  classmethodType = builtinType("classmethod");
export const propertyType = builtinType("property"),
  superType = builtinType("super");
export const codeType = builtinType("code", objectType, true),
  frameType = builtinType("frame", objectType, true);
export const tracebackType = builtinType("traceback", objectType, true);
export const cellType = builtinType("cell", objectType, true);
export const generatorType = builtinType("generator", objectType, true);
export const coroutineType = builtinType("coroutine", objectType, true);
export const asyncGeneratorType = builtinType(
  "async_generator",
  objectType,
  true,
);
export const mappingproxyType = builtinType("mappingproxy", objectType, true);
export const baseExceptionType = builtinType("BaseException");

// ---- the smallest object classes -----------------------------------------------------------

class PySingleton extends PyObject {
  readonly text: string;
  constructor(cls: PyType, text: string) {
    super(cls);
    this.text = text;
  }
}
export const None: PyObject = new PySingleton(noneType, "None");
export const Ellipsis: PyObject = new PySingleton(ellipsisType, "Ellipsis");
export const NotImplemented: PyObject = new PySingleton(
  notImplementedType,
  "NotImplemented",
);

/** A float; immutable. */
export class PyFloat extends PyObject {
  declare readonly v: number;
  constructor(v: number, cls: PyType = floatType) {
    super(cls);
    this.v = v;
  }
}
/** A complex number; immutable. */
export class PyComplex extends PyObject {
  declare readonly re: number;
  declare readonly im: number;
  constructor(re: number, im: number, cls: PyType = complexType) {
    super(cls);
    this.re = re;
    this.im = im;
  }
}
/** An exact str that holds an astral character or a lone surrogate: its code points. */
export class PyWideStr extends PyObject {
  declare readonly cps: Uint32Array;
  /** UTF-16 form, made on first use (see str_wide.ts). */
  declare u16: string | undefined;
  constructor(cps: Uint32Array) {
    super(strType);
    this.u16 = undefined;
    this.cps = cps;
  }
}
/** An instance of a Python subclass of int (never of bool or exact int). */
export class PyIntSub extends PyObject {
  declare v: Int;
  constructor(cls: PyType, v: Int) {
    super(cls);
    this.v = v;
  }
}
/** An instance of a Python subclass of str. */
export class PyStrSub extends PyObject {
  declare v: Str;
  constructor(cls: PyType, v: Str) {
    super(cls);
    this.v = v;
  }
}
/** bytes; immutable (nobody writes to `b`). */
export class PyBytes extends PyObject {
  declare readonly b: Uint8Array;
  constructor(b: Uint8Array, cls: PyType = bytesType) {
    super(cls);
    this.b = b;
  }
}
export class PyTuple extends PyObject {
  declare readonly items: Value[];
  constructor(items: Value[], cls: PyType = tupleType) {
    super(cls);
    this.items = items;
  }
}
export class PyList extends PyObject {
  /** Packed: every element is a Value. */
  declare items: Value[];
  constructor(items: Value[], cls: PyType = listType) {
    super(cls);
    this.items = items;
  }
}
export class PySlice extends PyObject {
  declare readonly start: Value;
  declare readonly stop: Value;
  declare readonly step: Value;
  constructor(start: Value, stop: Value, step: Value) {
    super(sliceType);
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}
/** A cell: the variable of a closure. */
export class PyCell extends PyObject {
  declare v: Value | undefined;
  constructor(v: Value | undefined) {
    super(cellType);
    this.v = v;
  }
}
/** A module; its namespace is `mdict`, which is also its `__dict__`. */
export class PyModule extends PyObject {
  declare dict: PyDictBase;
  /** Native state of a C module, per Interpreter. */
  state: unknown = undefined;
  constructor(dict: PyDictBase, cls: PyType = moduleType) {
    super(cls);
    this.dict = dict;
  }
}

/**
 * An exception. `context` is undefined until it is first raised (then null or an exception).
 * Subclasses with extra fields are in exceptions.ts.
 */
export class PyBaseException extends PyObject {
  declare args: PyTuple;
  /** Newest traceback entry (a PyTraceback), or undefined. */
  declare traceback: PyObject | undefined;
  declare context: PyBaseException | null | undefined;
  declare cause: PyBaseException | null;
  declare suppressContext: boolean;
  declare dict: PyDictBase | undefined;
  constructor(cls: PyType, args: PyTuple) {
    super(cls);
    this.traceback = undefined;
    this.context = undefined;
    this.cause = null;
    this.suppressContext = false;
    this.args = args;
    this.dict = undefined;
  }
}

/** The type of a value. */
export function typeOf(v: Value): PyType {
  // a switch would make V8 compute the text of `typeof`
  if (typeof v === "object") return v.cls;
  if (typeof v === "number") return intType;
  if (typeof v === "string") return strType;
  return typeof v === "boolean" ? boolType : intType;
}

/** The name of a value's type as error messages show it (tp_name). */
export function typeName(v: Value): string {
  return typeOf(v).name;
}

/** Is `a` the same type as `b` or derived from it (by MRO, no guest code)? */
export function isSubtype(a: PyType, b: PyType): boolean {
  return a === b || a.mro.includes(b);
}

/** `isinstance(v, type)` by the real type only: no `__class__`, no `__instancecheck__`. */
export function isInstance(v: Value, type: PyType): boolean {
  const t = typeOf(v);
  return t === type || t.mro.includes(type);
}
