// CPython 3.14: Objects/methodobject.c, Objects/descrobject.c (calls)
//
// Calling the objects that wrap native functions, and what Python sees of them.

import {
  builtinFunctionType,
  classMethodDescriptorType,
  type CmpOp,
  EQ,
  getsetDescriptorType,
  isInstance,
  isSubtype,
  type KwNames,
  M_CLASS,
  M_STATIC,
  memberDescriptorType,
  methodDescriptorType,
  methodWrapperType,
  NE,
  None,
  NotImplemented,
  PyInstance,
  PyModule,
  PyObject,
  PyTuple,
  PyType,
  setSpec,
  type Slots,
  TF_METHOD_DESCRIPTOR,
  typeOf,
  type Value,
  wrapperDescriptorType,
} from "./object.ts";
import { attributeError, typeError } from "./errors.ts";
import {
  builtinQualname,
  callNative,
  PyBuiltin,
  PyGetSet,
  PyMethodDescr,
  PyMethodWrapper,
  PySlotMember,
  PySlotWrapper,
  settle,
  textSignature,
} from "./native.ts";
import { getAttr, hash, identical, reprStr } from "./abstract.ts";
import { idOf } from "./identity.ts";
import { hashPointer } from "./hash.ts";
import { qualifiedTypeName } from "./type_name.ts";
import { cur } from "./state.ts";

export { PyBuiltin, PyGetSet, PyMethodDescr, PyMethodWrapper, PySlotMember, PySlotWrapper };

/** Calls a builtin function, nested. */
export function callBuiltin(f: PyBuiltin, args: Value[], kwnames: KwNames | undefined): Value {
  const r = callNative(f.def, () => builtinQualname(f), f.self, args, kwnames);
  return f.def.push ? settle(r) : r as Value;
}

/** Checks the receiver of an unbound method. */
export function checkReceiver(d: PyMethodDescr | PySlotWrapper, self: Value): void {
  if (!isInstance(self, d.type)) {
    throw typeError(
      `descriptor '${nameOf(d)}' for '${d.type.name}' objects doesn't apply to a '${typeOf(self).name}' object`,
    );
  }
}

/** Calls a method descriptor with its receiver apart, nested. */
export function callMethodDescr(d: PyMethodDescr, self: Value, args: Value[], kwnames: KwNames | undefined): Value {
  if ((d.def.flags & M_CLASS) !== 0) {
    return callBuiltin(bindClassMethod(d, undefined, typeOf(self)), args, kwnames);
  }
  if (typeOf(self) !== d.type) checkReceiver(d, self);
  const r = callNative(d.def, () => `${d.type.qualname}.${d.def.name}`, self, args, kwnames);
  return d.def.push ? settle(r) : r as Value;
}

function nameOf(d: PyMethodDescr | PySlotWrapper | PyGetSet | PySlotMember): string {
  return d instanceof PyMethodDescr ? d.def.name : d.name;
}

function bindClassMethod(d: PyMethodDescr, obj: Value | undefined, type: Value | undefined): PyBuiltin {
  let t = type;
  if (t === undefined) {
    if (obj === undefined) {
      throw typeError(`descriptor '${d.def.name}' for type '${d.type.name}' needs either an object or a type`);
    }
    t = typeOf(obj);
  }
  if (!(t instanceof PyType)) {
    throw typeError(
      `descriptor '${d.def.name}' for type '${d.type.name}' needs a type, not a '${typeOf(t).name}' as arg 2`,
    );
  }
  if (!isSubtype(t, d.type)) {
    throw typeError(`descriptor '${d.def.name}' requires a subtype of '${d.type.name}' but received '${t.name}'`);
  }
  return new PyBuiltin(d.def, t, undefined, t);
}

function descrCheck(d: PyMethodDescr | PySlotWrapper | PyGetSet | PySlotMember, obj: Value): void {
  if (!isInstance(obj, d.type)) {
    throw typeError(
      `descriptor '${nameOf(d)}' for '${d.type.name}' objects doesn't apply to a '${typeOf(obj).name}' object`,
    );
  }
}

const descrRepr = (kind: string) => (self: Value): Value => {
  const d = self as PyMethodDescr | PySlotWrapper | PyGetSet | PySlotMember;
  return `<${kind} '${nameOf(d)}' of '${d.type.name}' objects>`;
};

function descrQualname(d: PyMethodDescr | PySlotWrapper | PyGetSet | PySlotMember): Value {
  return `${d.type.qualname}.${nameOf(d)}`;
}
function reduceDescr(d: PyMethodDescr | PySlotWrapper | PyGetSet | PySlotMember): Value {
  return new PyTuple([getAttr(cur.interp.builtins, "getattr"), new PyTuple([d.type, nameOf(d)])]);
}

function docOf(d: { doc: string } | PyGetSet): Value {
  return d.doc === undefined || d.doc === "" ? None : d.doc;
}

// ---- builtin_function_or_method -------------------------------------------------------------

function builtinRepr(self: Value): Value {
  const f = self as PyBuiltin;
  const of = f.self ?? f.owner;
  if (of === undefined || of instanceof PyModule) return `<built-in function ${f.def.name}>`;
  return `<built-in method ${f.def.name} of ${typeOf(of).name} object at ${addressOf(of)}>`;
}
/** "0x..." as reprs show it. */
export function addressOf(v: Value): string {
  const id = idOf(v);
  return "0x" + (typeof id === "number" ? id : BigInt.asUintN(64, id)).toString(16).padStart(12, "0");
}

function sameFn(op: CmpOp, same: boolean): Value {
  return op === EQ ? same : op === NE ? !same : NotImplemented;
}

setSpec(builtinFunctionType, {
  slots: {
    tp_call: (f, args, kw) => callBuiltin(f as PyBuiltin, args, kw),
    tp_repr: builtinRepr,
    tp_richcompare: (a, b, op) =>
      b instanceof PyBuiltin
        ? sameFn(
          op,
          (a as PyBuiltin).def === b.def &&
            ((a as PyBuiltin).self === b.self ||
              (a as PyBuiltin).self !== undefined && b.self !== undefined && identical((a as PyBuiltin).self!, b.self)),
        )
        : NotImplemented,
    tp_hash: (f) => {
      const b = f as PyBuiltin;
      const h = hashPointer(b.def as unknown as PyObject);
      if (b.self === undefined) return h;
      const hi = cur.hashHi;
      const s = typeof b.self === "object" ? hashPointer(b.self) : hash(b.self);
      cur.hashHi ^= hi;
      return s ^ h;
    },
  },
  methods: {
    __reduce__: [
      "",
      "",
      (f: PyBuiltin) =>
        f.self === undefined && f.owner === undefined || f.self instanceof PyModule
          ? f.def.name
          : new PyTuple([getAttr(cur.interp.builtins, "getattr"), new PyTuple([f.self ?? f.owner!, f.def.name])]),
    ],
  },
  getset: {
    __doc__: [(f: PyBuiltin) => docOf(f.def)],
    __name__: [(f: PyBuiltin) => f.def.name],
    __qualname__: [(f: PyBuiltin) => {
      if (f.self === undefined && f.owner !== undefined) return `${f.owner.qualname}.${f.def.name}`;
      if (f.self === undefined || f.self instanceof PyModule) return f.def.name;
      const t = f.self instanceof PyType ? f.self : typeOf(f.self);
      return `${t.qualname}.${f.def.name}`;
    }],
    __self__: [(f: PyBuiltin) => f.self ?? None],
    __text_signature__: [
      (f: PyBuiltin) =>
        f.def.name === "__new__" && f.self instanceof PyType ? "($type, *args, **kwargs)" : textSignature(
          f.def,
          f.self === undefined && f.owner === undefined
            ? undefined
            : f.owner === undefined
            ? "module"
            : (f.def.flags & M_CLASS) !== 0
            ? "type"
            : "self",
        ) ?? None,
    ],
  },
  members: {
    __module__: (f: PyBuiltin) => f.module ?? None,
  },
});

// ---- descriptors ----------------------------------------------------------------------------

const methodSlots: Slots = {
  tp_call: (f, args, kw) => {
    const d = f as PyMethodDescr;
    const nkw = kw === undefined ? 0 : kw.length;
    if (args.length - nkw === 0) {
      throw typeError(
        `unbound method ${d.type.qualname}.${d.def.name}() needs an argument`,
      );
    }
    return callMethodDescr(d, args[0], args.slice(1), kw);
  },
  tp_descr_get: (f, obj, _type) => {
    if (obj === undefined) return f;
    const d = f as PyMethodDescr;
    descrCheck(d, obj);
    return new PyBuiltin(d.def, obj, undefined, d.type);
  },
  tp_repr: descrRepr("method"),
};
methodDescriptorType.flags |= TF_METHOD_DESCRIPTOR;
setSpec(methodDescriptorType, {
  slots: methodSlots,
  methods: { __reduce__: ["", "", reduceDescr] },
  getset: {
    __doc__: [(d: PyMethodDescr) => docOf(d.def)],
    __qualname__: [descrQualname],
    __text_signature__: [(d: PyMethodDescr) => textSignature(d.def, "self") ?? None],
  },
  members: { __objclass__: (d: PyMethodDescr) => d.type, __name__: (d: PyMethodDescr) => d.def.name },
});
setSpec(classMethodDescriptorType, {
  slots: {
    tp_call: (f, args, kw) => {
      const d = f as PyMethodDescr;
      if (args.length === 0) throw typeError(`descriptor '${d.def.name}' of '${d.type.name}' object needs an argument`);
      return callBuiltin(bindClassMethod(d, undefined, args[0]), args.slice(1), kw);
    },
    tp_descr_get: (f, obj, type) => bindClassMethod(f as PyMethodDescr, obj, type),
    tp_repr: descrRepr("method"),
  },
  getset: {
    __doc__: [(d: PyMethodDescr) => docOf(d.def)],
    __qualname__: [descrQualname],
    __text_signature__: [(d: PyMethodDescr) => textSignature(d.def, "type") ?? None],
  },
  members: { __objclass__: (d: PyMethodDescr) => d.type, __name__: (d: PyMethodDescr) => d.def.name },
});

/** Calls a slot wrapper with its receiver apart. */
export function callSlotWrapper(d: PySlotWrapper, self: Value, args: Value[], kw: KwNames | undefined): Value {
  return callNative(d.def, () => d.name, self, args, kw) as Value;
}
wrapperDescriptorType.flags |= TF_METHOD_DESCRIPTOR;
setSpec(wrapperDescriptorType, {
  slots: {
    tp_call: (f, args, kw) => {
      const d = f as PySlotWrapper;
      const nkw = kw === undefined ? 0 : kw.length;
      if (args.length - nkw === 0) {
        throw typeError(`descriptor '${d.name}' of '${d.type.name}' object needs an argument`);
      }
      const self = args[0];
      if (!isInstance(self, d.type)) {
        throw typeError(
          `descriptor '${d.name}' requires a '${d.type.name}' object but received a '${typeOf(self).name}'`,
        );
      }
      return callSlotWrapper(d, self, args.slice(1), kw);
    },
    tp_descr_get: (f, obj, _type) => {
      if (obj === undefined) return f;
      descrCheck(f as PySlotWrapper, obj);
      return new PyMethodWrapper(f as PySlotWrapper, obj);
    },
    tp_repr: descrRepr("slot wrapper"),
  },
  methods: { __reduce__: ["", "", reduceDescr] },
  getset: {
    __doc__: [(d: PySlotWrapper) => docOf(d.def)],
    __qualname__: [descrQualname],
    __text_signature__: [(d: PySlotWrapper) => textSignature(d.def, "self") ?? None],
  },
  members: { __objclass__: (d: PySlotWrapper) => d.type, __name__: (d: PySlotWrapper) => d.name },
});
setSpec(methodWrapperType, {
  slots: {
    tp_call: (f, args, kw) => callSlotWrapper((f as PyMethodWrapper).descr, (f as PyMethodWrapper).self, args, kw),
    tp_repr: (f) => {
      const w = f as PyMethodWrapper;
      return `<method-wrapper '${w.descr.name}' of ${typeOf(w.self).name} object at ${addressOf(w.self)}>`;
    },
    tp_richcompare: (a, b, op) =>
      b instanceof PyMethodWrapper
        ? sameFn(op, (a as PyMethodWrapper).descr === b.descr && identical((a as PyMethodWrapper).self, b.self))
        : NotImplemented,
    tp_hash: (f) => {
      const w = f as PyMethodWrapper;
      const h = hashPointer(w.descr);
      const hi = cur.hashHi;
      const s = typeof w.self === "object" ? hashPointer(w.self) : hash(w.self);
      cur.hashHi ^= hi;
      return s ^ h;
    },
  },
  methods: {
    __reduce__: [
      "",
      "",
      (w: PyMethodWrapper) =>
        new PyTuple([getAttr(cur.interp.builtins, "getattr"), new PyTuple([w.self, w.descr.name])]),
    ],
  },
  getset: {
    __doc__: [(w: PyMethodWrapper) => docOf(w.descr.def)],
    __name__: [(w: PyMethodWrapper) => w.descr.name],
    __objclass__: [(w: PyMethodWrapper) => w.descr.type],
    __qualname__: [(w: PyMethodWrapper) => descrQualname(w.descr)],
    __text_signature__: [(w: PyMethodWrapper) => textSignature(w.descr.def, "self") ?? None],
  },
  members: { __self__: (w: PyMethodWrapper) => w.self },
});

const getsetSlots: Slots = {
  tp_descr_get: (f, obj, _type) => {
    if (obj === undefined) return f;
    const d = f as PyGetSet;
    if (typeOf(obj) !== d.type) descrCheck(d, obj);
    return d.get(obj);
  },
  tp_descr_set: (f, obj, v) => {
    const d = f as PyGetSet;
    if (typeOf(obj) !== d.type) {
      if (!isInstance(obj, d.type)) {
        throw typeError(
          `descriptor '${d.name}' for '${d.type.name}' objects doesn't apply to a '${typeOf(obj).name}' object`,
        );
      }
    }
    if (d.set === undefined) {
      if (d.cls === memberDescriptorType) throw attributeError("readonly attribute", obj, d.name);
      throw attributeError(`attribute '${d.name}' of '${d.type.name}' objects is not writable`, obj, d.name);
    }
    d.set(obj, v);
  },
  tp_repr: descrRepr("attribute"),
};
setSpec(getsetDescriptorType, {
  slots: getsetSlots,
  getset: {
    __doc__: [(d: PyGetSet) => docOf(d)],
    __qualname__: [descrQualname],
  },
  members: { __objclass__: (d: PyGetSet) => d.type, __name__: (d: PyGetSet) => d.name },
});

/** The slots array that holds an object's `__slots__` members. */
export function memberSlots(o: Value): (Value | undefined)[] {
  if (o instanceof PyInstance) return o.slots;
  return (o as PyObject).slotv ??= [];
}
setSpec(memberDescriptorType, {
  slots: {
    tp_descr_get: (f, obj, type) => {
      if (f instanceof PyGetSet) return getsetSlots.tp_descr_get!(f, obj, type);
      if (obj === undefined) return f;
      const d = f as PySlotMember;
      descrCheck(d, obj);
      const v = memberSlots(obj)[d.index];
      if (v === undefined) {
        throw attributeError(`'${qualifiedTypeName(obj)}' object has no attribute '${d.name}'`, obj, d.name);
      }
      return v;
    },
    tp_descr_set: (f, obj, v) => {
      if (f instanceof PyGetSet) return getsetSlots.tp_descr_set!(f, obj, v);
      const d = f as PySlotMember;
      descrCheck(d, obj);
      const s = memberSlots(obj);
      if (v === undefined && s[d.index] === undefined) {
        throw attributeError(`'${qualifiedTypeName(obj)}' object has no attribute '${d.name}'`, obj, d.name);
      }
      s[d.index] = v;
    },
    tp_repr: descrRepr("member"),
  },
  methods: { __reduce__: ["", "", reduceDescr] },
  getset: {
    __doc__: [(d: PyGetSet | PySlotMember) => d instanceof PyGetSet ? docOf(d) : d.doc ?? None],
    __qualname__: [descrQualname],
  },
  members: {
    __objclass__: (d: PyGetSet | PySlotMember) => d.type,
    __name__: (d: PyGetSet | PySlotMember) => d.name,
  },
});

export { M_STATIC, reprStr };
