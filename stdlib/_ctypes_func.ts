// CPython 3.14: Modules/_ctypes/callproc.c, callbacks.c, _ctypes.c (CFuncPtr)
//
// Function pointers. There is no foreign code: an address leads to a function made from a Python
// callable, whose arguments go through memory as C's would, or to one of the functions that
// ctypes itself needs (memmove, memset, string_at ...). Calling any other address is a ValueError.

import {
  type KwNames,
  None,
  PyBaseException,
  PyBytes,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  TF_DISALLOW_NEW,
  TF_FROM_SPEC,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { builtinType } from "../core/objects/object.ts";
import {
  call,
  call0,
  call1,
  callMethod,
  identical,
  intValue,
  isCallable,
  isInt,
  isStr,
  iterToArray,
  lookupAttr,
  reprStr,
  setItem,
  strValue,
} from "../core/objects/abstract.ts";
import { overflowError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { plainView } from "../core/objects/buffer.ts";
import { PyDict } from "../core/objects/dict.ts";
import { idOf } from "../core/objects/identity.ts";
import { memoryFromView } from "../core/objects/memoryview.ts";
import { lookupOwn } from "../core/objects/attr.ts";
import { utf16 } from "../core/objects/names.ts";
import { addressOf } from "../core/objects/native_call.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { symbol } from "./_ctypes_api.ts";
import { bytesBlock, CODES, WideCapsule, wideText } from "./_ctypes_codes.ts";
import {
  bufferSlots,
  CArg,
  CData,
  ctypeType,
  dataFrom,
  dataNew,
  dataType,
  extended,
  handleOf,
  type Info,
  infoOf,
  initInfo,
  IS_POINTER,
  isKind,
  isSimpleSubclass,
  keepRef,
  keptObjects,
  metaMethods,
  needInfo,
  plainAttributeError,
  setMakeFunction,
  specType,
  undefinedSymbol,
  viaAsParameter,
} from "./_ctypes_data.ts";
import {
  addressAt,
  allocate,
  Block,
  type Code,
  codeBlock,
  getPointer,
  lengthTo0,
  objectAddress,
  objectAt,
  type Place,
  placeAt,
  setPointer,
} from "./_ctypes_memory.ts";
import { newException } from "./module_error.ts";
import { audit } from "./sys.ts";

/** Flags of functions. */
export const FUNCFLAG_CDECL = 1, FUNCFLAG_PYTHONAPI = 4, FUNCFLAG_USE_ERRNO = 8, FUNCFLAG_USE_LASTERROR = 16;
export const MAX_ARGS = 1024;
/** The handle that opening None gives: the program itself. */
export const PROGRAM = 0x5f0000000000;
export const argumentError: PyType = newException("ctypes.ArgumentError");

// ---- the types -----------------------------------------------------------------------------

export const funcMeta: PyType = specType("_ctypes.PyCFuncPtrType", ctypeType, undefined, false);
export const funcType: PyType = specType("_ctypes.CFuncPtr", dataType, funcMeta);

/** A function pointer. */
class CFunction extends CData {
  callable: Value | undefined = undefined;
  restype: Value | undefined = undefined;
  checker: Value | undefined = undefined;
  errcheck: Value | undefined = undefined;
  argtypes: Value | undefined = undefined;
  converters: Value[] | undefined = undefined;
  paramflags: PyTuple | undefined = undefined;
}
setMakeFunction((cls, info, at) => new CFunction(cls, info, at));

/** The `from_param` of each type. */
function convertersOf(types: Value): Value[] {
  let list: Value[];
  try {
    list = iterToArray(types);
  } catch (e) {
    if (!(e instanceof PyBaseException)) throw e;
    throw typeError("_argtypes_ must be a sequence of types");
  }
  if (list.length > MAX_ARGS) {
    throw X.makeException(
      argumentError,
      new PyTuple([`_argtypes_ has too many arguments (${list.length}), maximum is ${MAX_ARGS}`]),
    );
  }
  return list.map((t, i) => {
    const f = lookupAttr(t, "from_param");
    if (f === undefined) throw typeError(`item ${i + 1} in _argtypes_ has no from_param method`);
    return f;
  });
}

setSpec(funcMeta, {
  doc: "metatype for C function pointers",
  slots: {
    tp_init: (self) => {
      const t = self as PyType, i = initInfo(t, "func");
      i.format = "X{}";
      i.size = i.align = 8;
      i.length = 1;
      const flags = lookupOwn(t, "_flags_");
      if (flags === undefined || !isInt(flags)) {
        throw typeError("class must define _flags_ which must be an integer");
      }
      i.flags = Number(BigInt.asUintN(8, BigInt(intValue(flags)))) | IS_POINTER;
      const args = lookupOwn(t, "_argtypes_");
      if (args !== undefined) {
        i.converters = convertersOf(args);
        i.argtypes = args;
      }
      const res = lookupOwn(t, "_restype_");
      if (res !== undefined) {
        if (res !== None && infoOf(res) === undefined && !isCallable(res)) {
          throw typeError("_restype_ must be a type, a callable, or None");
        }
        i.restype = res;
        i.checker = lookupAttr(res, "_check_retval_");
      }
    },
  },
  methods: { ...metaMethods },
});

// ---- calls ---------------------------------------------------------------------------------

function argument(tag: string, keep: Value | undefined, address: Value): CArg {
  const a = new CArg(tag, keep);
  setPointer({ block: a.block, off: 0 }, intValue(address as number));
  return a;
}
/** What an object passes of itself (paramfunc). */
function dataArgument(d: CData): CArg {
  const i = d.info;
  if (i.kind === "array") return argument("P", d, d.address);
  if (i.kind === "pointer" || i.kind === "func") return argument("P", d, getPointer(d));
  const block = allocate(Math.max(16, d.size));
  block.bytes.set(d.bytes());
  return new CArg(i.code ?? "V", d, block);
}
/** Makes an argument of any value (ConvParam). */
function convert(v: Value, index: number): CArg {
  if (v instanceof CData) return dataArgument(v);
  if (v instanceof CArg) return v;
  if (v === None) return new CArg("P", undefined);
  if (isInt(v)) {
    const n = BigInt(intValue(v));
    if (BigInt.asIntN(64, n) !== n && BigInt.asUintN(64, n) !== n) throw overflowError("int too long to convert");
    const a = new CArg("i", undefined);
    a.block.view.setInt32(0, Number(BigInt.asIntN(32, n)), true);
    return a;
  }
  if (v instanceof PyBytes) return argument("z", v, addressAt(bytesBlock(v), 0));
  if (isStr(v)) {
    const keep = new WideCapsule(strValue(v));
    return argument("Z", keep, addressAt(keep.block, 0));
  }
  const r = viaAsParameter(v, (p) => convert(p, index));
  if (r === undefined) throw typeError(`Don't know how to convert parameter ${index}`);
  return r as CArg;
}

/** Calls what is at an address with Python's arguments (_ctypes_callproc). */
export function callAddress(
  at: Place,
  args: readonly Value[],
  converters: readonly Value[] | undefined,
  restype: Value | undefined,
  checker: Value | undefined,
): Value {
  if (args.length > MAX_ARGS) {
    throw X.makeException(
      argumentError,
      new PyTuple([`too many arguments (${args.length}), maximum is ${MAX_ARGS}`]),
    );
  }
  const places: Place[] = [], keep: CArg[] = [];
  for (let i = 0; i < args.length; i++) {
    try {
      const v = converters !== undefined && i < converters.length ? call1(converters[i], args[i]) : args[i];
      const a = convert(v, i + 1);
      keep.push(a);
      places.push({ block: a.block, off: 0 });
    } catch (e) {
      throw extended(argumentError, `argument ${i + 1}: `, e);
    }
  }
  const code = at.off === 0 ? at.block.code : undefined;
  if (code === undefined) throw valueError(`no function at address 0x${addressAt(at.block, at.off).toString(16)}`);
  const info = restype === undefined ? undefined : infoOf(restype);
  const result = allocate(Math.max(16, info?.size ?? 0));
  const direct = code.call(places, result);
  if (restype === undefined) return result.view.getInt32(0, true);
  if (restype === None) return None;
  if (direct !== undefined && info?.code !== "O") setPointer({ block: result, off: 0 }, objectAddress(direct));
  if (info === undefined) return call1(restype, result.view.getInt32(0, true));
  let v: Value;
  if (direct !== undefined && info.code === "O" && !isSimpleSubclass(restype as PyType)) v = direct;
  else if (info.get !== undefined && !isSimpleSubclass(restype as PyType)) v = info.get(result, 0, info.size);
  else v = dataFrom(restype, undefined, 0, { block: result, off: 0 });
  return checker === undefined ? v : call1(checker, v);
}

const thunkType: PyType = builtinType("_ctypes.CThunkObject", undefined, true);
thunkType.flags |= TF_FROM_SPEC | TF_DISALLOW_NEW;
setSpec(thunkType, { doc: "CThunkObject" });
/** A function made from a Python callable. */
class Thunk extends PyObject implements Code {
  readonly block: Block;
  constructor(
    readonly callable: Value,
    readonly types: readonly Value[],
    readonly restype: Value,
    readonly flags: number,
  ) {
    super(thunkType);
    this.block = codeBlock(this);
  }
  call(places: readonly Place[], result: Block): Value | undefined {
    const args: Value[] = [];
    try {
      for (let i = 0; i < this.types.length; i++) args.push(this.take(this.types[i], places[i]));
    } catch (e) {
      this.ignored(e, "Exception ignored while creating argument for ctypes callback function");
      return undefined;
    }
    let r: Value;
    try {
      r = call(this.callable, args);
    } catch (e) {
      this.ignored(e, "Exception ignored while calling ctypes callback function");
      return undefined;
    }
    if (this.restype === None) return undefined;
    const info = infoOf(this.restype)!;
    try {
      const keep = info.set!(result, 0, r, 0);
      if (info.code === "O") return r;
      if (keep !== None) cur.interp.warn(X.RuntimeWarning, "memory leak in callback function.", 1);
    } catch (e) {
      this.ignored(e, "Exception ignored while converting result of ctypes callback function");
    }
    return undefined;
  }
  private ignored(e: unknown, where: string): void {
    if (!(e instanceof PyBaseException)) throw e;
    cur.interp.unraisable(e, where, this.callable);
  }
  private take(type: Value, at: Place | undefined): Value {
    const info = infoOf(type);
    if (info === undefined) throw typeError("cannot build parameter");
    if (at === undefined) throw typeError("too few arguments");
    if (info.get !== undefined && !isSimpleSubclass(type as PyType)) return info.get(at.block, at.off, info.size);
    const d = call0(type);
    if (!(d instanceof CData)) throw typeError("unexpected result of create argument");
    d.block.put(d.off, at.block.part(at.off, info.size).slice());
    return d;
  }
}

function fromCallable(type: PyType, callable: Value): CFunction {
  const info = infoOf(type);
  if (info?.argtypes === undefined) throw typeError("cannot construct instance of this class: no argtypes");
  const res = info.restype ?? None;
  if (res !== None && infoOf(res)?.set === undefined) {
    throw typeError("invalid result type for callback function");
  }
  const thunk = new Thunk(callable, iterToArray(info.argtypes), res, info.flags);
  const f = dataNew(type) as CFunction;
  f.callable = callable;
  setPointer(f, addressAt(thunk.block, 0));
  keepRef(f, 0, thunk);
  return f;
}

const FIN = 1, FOUT = 2, FLCID = 4;
function checkFlags(type: PyType, flags: Value | undefined): PyTuple | undefined {
  const info = needInfo(type);
  if (flags === undefined || info.argtypes === undefined) return flags as PyTuple | undefined;
  if (!(flags instanceof PyTuple)) throw typeError("paramflags must be a tuple or None");
  const types = iterToArray(info.argtypes);
  if (flags.items.length !== types.length) {
    throw valueError("paramflags must have the same length as argtypes");
  }
  flags.items.forEach((item, i) => {
    const t = item instanceof PyTuple ? item.items : [];
    const [flag, name = None] = t;
    if (t.length < 1 || t.length > 3 || !isInt(flag) || !(name === None || isStr(name))) {
      throw typeError("paramflags must be a sequence of (int [,string [,value]]) tuples");
    }
    const f = Number(intValue(flag));
    switch (f & 7) {
      case 0:
      case FIN:
      case FIN | FLCID:
      case FIN | FOUT:
        return;
      case FOUT: {
        const a = types[i], ai = infoOf(a);
        if (isKind(a, "pointer") || isKind(a, "array") || ai?.code !== undefined && "PzZ".includes(ai.code)) return;
        throw typeError(
          `'out' parameter ${i + 1} must be a pointer type, not ${a instanceof PyType ? a.name : typeName(a)}`,
        );
      }
      default:
        throw typeError(`paramflag value ${f} not supported`);
    }
  });
  return flags;
}

function fromLibrary(type: PyType, spec: PyTuple, flags: PyTuple | undefined): CFunction {
  const [name, dll] = spec.items;
  if (spec.items.length !== 2) throw typeError("illegal func_spec argument");
  if (!(name instanceof PyBytes) && !isStr(name)) {
    throw typeError("function name must be string, bytes object or integer");
  }
  const n = name instanceof PyBytes ? String.fromCharCode(...name.b) : utf16(strValue(name));
  audit("ctypes.dlsym", () => [dll, n]);
  const block = handleOf(dll) === PROGRAM ? symbol(n) : undefined;
  if (block === undefined) throw plainAttributeError(undefinedSymbol(n));
  const f = dataNew(type) as CFunction;
  f.paramflags = flags;
  setPointer(f, addressAt(block, 0));
  keepRef(f, 0, dll);
  f.callable = f;
  return f;
}

function funcNew(type: PyType, args: Value[], kw?: KwNames): Value {
  const n = args.length - (kw?.length ?? 0);
  if (n === 0) return dataNew(type);
  const a = args[0];
  if (a instanceof PyTuple) {
    if (n > 2) throw typeError(`function takes at most 2 arguments (${n} given)`);
    return fromLibrary(type, a, checkFlags(type, n > 1 && args[1] !== None ? args[1] : undefined));
  }
  if (n > 1) throw typeError(`function takes exactly 1 argument (${n} given)`);
  if (isInt(a)) {
    const d = dataNew(type);
    setPointer(d, intValue(a));
    return d;
  }
  if (!isCallable(a)) throw typeError("argument must be callable or integer function address");
  return fromCallable(type, a);
}

/** The arguments of a call, and which of them are results (_build_callargs). */
interface CallArgs {
  args: Value[];
  out: Set<number>;
  inout: Set<number>;
}
function buildArgs(f: CFunction, types: Value | undefined, given: Value[], kw: PyDict | undefined): CallArgs {
  const r: CallArgs = { args: given, out: new Set(), inout: new Set() };
  const flags = f.paramflags;
  const list = types === undefined ? [] : iterToArray(types);
  if (flags === undefined || list.length === 0) return r;
  r.args = [];
  let at = 0;
  for (let i = 0; i < list.length; i++) {
    const [flagValue, name, dflt] = (flags.items[i] as PyTuple).items;
    const flag = Number(intValue(flagValue as number)) & 7;
    if (flag === (FIN | FLCID)) r.args.push(dflt ?? 0);
    else if (flag === FOUT) {
      r.out.add(i);
      const t = list[i];
      if (dflt !== undefined) r.args.push(dflt);
      else if (infoOf(t)!.code !== undefined) {
        throw typeError(`${(t as PyType).name} 'out' parameter must be passed as default value`);
      } else r.args.push(call0(isKind(t, "array") ? t : infoOf(t)!.proto!));
    } else {
      if (flag === (FIN | FOUT)) r.inout.add(i);
      const byName = kw !== undefined && name !== undefined && at >= given.length ? kw.get(name) : undefined;
      if (at < given.length) r.args.push(given[at++]);
      else if (byName !== undefined) {
        r.args.push(byName);
        at++;
      } else if (dflt !== undefined) r.args.push(dflt);
      else {throw typeError(
          name === undefined
            ? "not enough arguments"
            : `required argument '${utf16(strValue(name as string))}' missing`,
        );}
    }
  }
  const actual = given.length + (kw?.size ?? 0);
  if (actual !== at) throw typeError(`call takes exactly ${at} arguments (${actual} given)`);
  return r;
}

function funcCall(self: Value, all: Value[], kwnames?: KwNames): Value {
  const f = self as CFunction, info: Info = f.info;
  const n = all.length - (kwnames?.length ?? 0);
  let kw: PyDict | undefined;
  if (kwnames !== undefined && kwnames.length > 0) {
    kw = new PyDict();
    kwnames.forEach((k, i) => kw!.setStr(k, all[n + i]));
  }
  const restype = f.restype ?? info.restype, converters = f.converters ?? info.converters;
  const built = buildArgs(f, f.argtypes ?? info.argtypes, all.slice(0, n), kw);
  const { args, out, inout } = built;
  if (converters !== undefined) {
    const want = converters.length, s = want === 1 ? "" : "s";
    if ((info.flags & FUNCFLAG_CDECL) !== 0) {
      if (want > args.length) {
        throw typeError(`this function takes at least ${want} argument${s} (${args.length} given)`);
      }
    } else if (want !== args.length) {
      throw typeError(`this function takes ${want} argument${s} (${args.length} given)`);
    }
  }
  const result = callAddress(placeAt(getPointer(f)), args, converters, restype, f.checker ?? info.checker);
  if (f.errcheck !== undefined) {
    const tuple = new PyTuple(args);
    const v = call(f.errcheck, [result, f, tuple]);
    if (!identical(v, tuple)) return v;
  }
  if (out.size + inout.size === 0) return result;
  const results: Value[] = [];
  args.forEach((a, i) => {
    if (inout.has(i)) results.push(a);
    else if (out.has(i)) results.push(callMethod(a, "__ctypes_from_outparam__"));
  });
  return results.length === 1 ? results[0] : new PyTuple(results);
}

setSpec(funcType, {
  doc: "Function Pointer",
  slots: {
    ...bufferSlots,
    tp_new: funcNew,
    tp_repr: (self) => `<${(self as CData).cls.name} object at ${addressOf(self)}>`,
    tp_call: funcCall,
    nb_bool: (self) => getPointer(self as CData) !== 0,
  },
  getset: {
    errcheck: [
      (f: CFunction) => f.errcheck ?? None,
      (f: CFunction, v: Value | undefined) => {
        if (v !== undefined && !isCallable(v)) throw typeError("the errcheck attribute must be callable");
        f.errcheck = v;
      },
      "a function to check for errors",
    ],
    restype: [
      (f: CFunction) => f.restype ?? f.info.restype ?? None,
      (f: CFunction, v: Value | undefined) => {
        if (v !== undefined && v !== None && infoOf(v) === undefined && !isCallable(v)) {
          throw typeError("restype must be a type, a callable, or None");
        }
        f.checker = v === undefined ? undefined : lookupAttr(v, "_check_retval_");
        f.restype = v;
      },
      "specify the result type",
    ],
    argtypes: [
      (f: CFunction) => f.argtypes ?? f.info.argtypes ?? None,
      (f: CFunction, v: Value | undefined) => {
        const none = v === undefined || v === None;
        f.converters = none ? undefined : convertersOf(v);
        f.argtypes = none ? undefined : v;
      },
      "specify the argument types",
    ],
  },
});

// ---- ctypes' own functions -----------------------------------------------------------------

function pointerArgument(args: readonly Place[], i: number): Place {
  if (i >= args.length) throw valueError("too few arguments for this function");
  return placeAt(getPointer(args[i]));
}
function intArgument(args: readonly Place[], i: number): number {
  if (i >= args.length) throw valueError("too few arguments for this function");
  return args[i].block.view.getInt32(args[i].off, true);
}
function sizeArgument(args: readonly Place[], i: number): number {
  if (i >= args.length) throw valueError("too few arguments for this function");
  return Number(args[i].block.view.getBigInt64(args[i].off, true));
}
function objectArgument(args: readonly Place[], i: number): Value {
  if (i >= args.length) throw valueError("too few arguments for this function");
  return objectAt(getPointer(args[i]));
}
function sameAddress(args: readonly Place[], result: Block): undefined {
  setPointer({ block: result, off: 0 }, getPointer(args[0]));
  return undefined;
}

function cast(address: Place, src: Value, type: Value): Value {
  if (infoOf(type) === undefined) throw typeError("cast() argument 2 must be a pointer type");
  const info = infoOf(type)!;
  const simple = info.code !== undefined && "sPzUZXO".includes(info.code);
  if (info.kind !== "pointer" && info.kind !== "func" && !simple) {
    throw typeError(`cast() argument 2 must be a pointer type, not ${(type as PyType).name}`);
  }
  const d = call0(type) as CData;
  if (src instanceof CData) {
    keptObjects(src);
    if (src.objects === None) src.objects = new PyDict();
    d.objects = src.objects;
    if (d.objects instanceof PyDict) setItem(d.objects, idOf(src), src);
  }
  setPointer(d, addressAt(address.block, address.off));
  return d;
}

const FUNCTIONS: Record<string, Code["call"]> = {
  _memmove_addr: (args, result) => {
    const to = pointerArgument(args, 0), from = pointerArgument(args, 1), n = sizeArgument(args, 2);
    if (n > 0) to.block.put(to.off, from.block.part(from.off, n).slice());
    return sameAddress(args, result);
  },
  _memset_addr: (args, result) => {
    const to = pointerArgument(args, 0), c = intArgument(args, 1), n = sizeArgument(args, 2);
    if (n !== 0) to.block.part(to.off, n).fill(c);
    return sameAddress(args, result);
  },
  _string_at_addr: (args) => {
    const p = pointerArgument(args, 0), size = intArgument(args, 1);
    audit("ctypes.string_at", () => [addressAt(p.block, p.off), size]);
    const n = size === -1 ? lengthTo0(p, 1) : size;
    if (n < 0) throw X.makeException(X.SystemError, new PyTuple(["Negative size passed to PyBytes_FromStringAndSize"]));
    return new PyBytes(n === 0 ? new Uint8Array(0) : p.block.part(p.off, n).slice());
  },
  _wstring_at_addr: (args) => {
    const p = pointerArgument(args, 0), size = intArgument(args, 1);
    audit("ctypes.wstring_at", () => [addressAt(p.block, p.off), size]);
    const n = size === -1 ? lengthTo0(p, 4) : size;
    if (n < 0) throw X.makeException(X.SystemError, new PyTuple(["Negative size passed to PyUnicode_New"]));
    return n === 0 ? "" : wideText(p.block, p.off, n);
  },
  _memoryview_at_addr: (args) => {
    const p = pointerArgument(args, 0), size = sizeArgument(args, 1), readonly = intArgument(args, 2) !== 0;
    audit("ctypes.memoryview_at", () => [addressAt(p.block, p.off), size, readonly ? 1 : 0]);
    if (size < 0) throw valueError(`memoryview_at: size is negative (or overflowed): ${size}`);
    p.block.check(p.off, size);
    return memoryFromView(plainView(None, p.block.bytes, p.off, size, readonly));
  },
  _cast_addr: (args) => {
    if (args.length < 3) throw valueError("too few arguments for this function");
    const address = getPointer(args[0]);
    const at = address === 0 ? undefined : placeAt(address);
    const src = objectArgument(args, 1), type = objectArgument(args, 2);
    return cast(at ?? placeAt(0), src, type);
  },
};
const NATIVES = {};
/** Addresses of ctypes' own functions, by the names they have in the module. */
export function nativeAddress(name: string): () => Value {
  return () => {
    const known = interpStore(NATIVES, () => new Map<string, Block>());
    let b = known.get(name);
    if (b === undefined) known.set(name, b = codeBlock({ call: FUNCTIONS[name] }));
    return addressAt(b, 0);
  };
}
export const NATIVE_NAMES: readonly string[] = Object.keys(FUNCTIONS);

// ---- arguments as Python sees them ---------------------------------------------------------

function shownArg(a: CArg): string {
  const { tag, block } = a;
  const row = CODES.get(tag);
  const text = (): string => utf16(reprStr(row!.get(block, 0, row!.size)));
  switch (tag) {
    case "b":
    case "B":
      return `${block.view.getInt8(0)}`;
    case "h":
    case "H":
      return `${block.view.getInt16(0, true)}`;
    case "i":
    case "I":
      return `${block.view.getInt32(0, true)}`;
    case "l":
    case "L":
    case "q":
    case "Q":
      return `${block.view.getBigInt64(0, true)}`;
    case "d":
    case "f":
      return text();
    case "c": {
      const c = block.bytes[0];
      return c >= 32 && c < 127 && c !== 92 && c !== 39
        ? `'${String.fromCharCode(c)}'`
        : `'\\x${c.toString(16).padStart(2, "0")}'`;
    }
    default:
      return "";
  }
}
export function argRepr(a: CArg): string {
  if ("zZP".includes(a.tag)) {
    const p = getPointer({ block: a.block, off: 0 });
    return `<cparam '${a.tag}' (${p === 0 ? "(nil)" : "0x" + p.toString(16)})>`;
  }
  const s = shownArg(a);
  return s === "" ? `<cparam '${a.tag}' at ${addressOf(a)}>` : `<cparam '${a.tag}' (${s})>`;
}
