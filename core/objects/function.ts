// CPython 3.14: Objects/funcobject.c, Objects/classobject.c (methods), Objects/cellobject.c
//
// Python functions and bound methods. A function is its code object, the namespaces it runs in,
// its defaults and closure; the VM keeps what it prepared from the code in `prep`, which is reset
// whenever `__code__` is assigned. `version` changes with everything that a call depends on.

import {
  cellType,
  type CmpOp,
  EQ,
  functionType,
  GE,
  GT,
  isSubtype,
  type KwNames,
  LE,
  LT,
  methodType,
  NE,
  None,
  NotImplemented,
  PyCell,
  PyDictBase,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  TF_METHOD_DESCRIPTOR,
  typeName,
  typeOf,
  type Value,
} from "./object.ts";
import { attributeError, runtimeError, typeError, valueError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CO_HAS_DOCSTRING, PyCode } from "../code/code.ts";
import { unexpectedKeyword } from "./native.ts";
import { cur } from "./state.ts";
import { PyDict } from "./dict.ts";
import {
  call,
  call1,
  getAttr,
  hash,
  identical,
  isStr,
  lookupAttr,
  reprStr,
  richCompare,
  strValue,
} from "./abstract.ts";
import { genericGetAttr, genericLookup, getDictAttr, lookupType, setPlainDict } from "./attr.ts";
import { attrName, nameValue, utf16 } from "./names.ts";
import { addressOf } from "./native_call.ts";
import { hashPointer } from "./hash.ts";

/** A Python function. */
export class PyFunction extends PyObject {
  declare code: PyCode;
  declare readonly globals: PyDictBase;
  declare readonly builtins: PyDictBase;
  /** `__name__`, `__qualname__` and `__doc__`, once they were asked for or set: until then they are the code's. */
  declare private ownName: Value | undefined;
  declare private ownQualname: Value | undefined;
  declare private ownDoc: Value | undefined;
  declare module: Value;
  /** Values of the last positional parameters; undefined for none. */
  declare defaults: PyTuple | undefined;
  declare kwdefaults: PyDict | undefined;
  declare closure: PyTuple | undefined;
  /** `__annotations__`, made on first use from `annotate`. */
  declare annotations: Value | undefined;
  declare annotate: Value | undefined;
  declare typeParams: PyTuple | undefined;
  /** What the VM prepared from `code`, for the Interpreter that runs it. */
  declare prep: unknown;
  declare dict: PyDictBase | undefined;

  constructor(code: PyCode, globals: PyDictBase, builtins: PyDictBase, closure?: PyTuple, qualname?: Value) {
    super(functionType);
    this.defaults = undefined;
    this.kwdefaults = undefined;
    this.annotations = undefined;
    this.annotate = undefined;
    this.typeParams = undefined;
    this.prep = undefined;
    this.code = code;
    this.globals = globals;
    this.builtins = builtins;
    this.closure = closure;
    this.ownName = undefined;
    this.ownQualname = qualname;
    this.ownDoc = undefined;
    this.module = globals.getStr("__name__") ?? None;
    this.dict = undefined;
  }

  get name(): Value {
    return this.ownName ??= nameValue(this.code.co_name);
  }
  set name(v: Value) {
    this.ownName = v;
  }
  get qualname(): Value {
    return this.ownQualname ??= nameValue(this.code.co_qualname);
  }
  set qualname(v: Value) {
    this.ownQualname = v;
  }
  get doc(): Value {
    if (this.ownDoc === undefined) {
      const { co_flags, co_consts: [first] } = this.code;
      this.ownDoc = (co_flags & CO_HAS_DOCSTRING) !== 0 && first !== undefined && isStr(first) ? first : None;
    }
    return this.ownDoc;
  }
  set doc(v: Value) {
    this.ownDoc = v;
  }
  /** Assigns `__code__`: what was taken from the old code stays. */
  setCode(code: PyCode): void {
    void [this.name, this.qualname, this.doc];
    this.code = code;
    this.prep = undefined;
  }
}

/** A function bound to an object. */
export class PyMethod extends PyObject {
  declare readonly func: Value;
  declare readonly self: Value;
  constructor(func: Value, self: Value) {
    super(methodType);
    this.func = func;
    this.self = self;
  }
}

/** The `__builtins__` of a globals dict, as the dict to look names up in. */
export function builtinsOf(globals: PyDictBase): PyDictBase {
  const b = globals.getStr("__builtins__");
  if (b === undefined) return cur.frame?.builtins ?? cur.interp.builtins.dict;
  if (b instanceof PyDictBase) return b;
  const d = typeof b === "object" ? b.dict : undefined;
  return d ?? cur.interp.builtins.dict;
}

function setText(what: string, put: (f: PyFunction, v: Value) => void) {
  return (f: PyFunction, v: Value | undefined): void => {
    if (v === undefined || !isStr(v)) throw typeError(`${what} must be set to a string object`);
    put(f, v);
  };
}

function functionNew(_type: PyType, args: Value[], kw?: KwNames): Value {
  const names = ["code", "globals", "name", "argdefs", "closure", "kwdefaults"];
  const n = args.length - (kw?.length ?? 0);
  if (n > 6) throw typeError(`function() takes at most 6 arguments (${args.length} given)`);
  const v: (Value | undefined)[] = args.slice(0, n);
  kw?.forEach((k, i) => {
    const at = names.indexOf(k);
    if (at < 0) throw unexpectedKeyword("function", k, names);
    if (v[at] !== undefined) throw typeError(`argument for function() given by name ('${k}') and position (${at + 1})`);
    v[at] = args[n + i];
  });
  const [code, globals, name = None, defs = None, closure = None, kwdefs = None] = v;
  if (code === undefined) throw typeError("function() missing required argument 'code' (pos 1)");
  if (globals === undefined) throw typeError("function() missing required argument 'globals' (pos 2)");
  if (!(code instanceof PyCode)) throw typeError(`function() argument 'code' must be code, not ${typeName(code)}`);
  if (!(globals instanceof PyDictBase)) {
    throw typeError(`function() argument 'globals' must be dict, not ${typeName(globals)}`);
  }
  if (name !== None && !isStr(name)) throw typeError("arg 3 (name) must be None or string");
  if (defs !== None && !(defs instanceof PyTuple)) throw typeError("arg 4 (defaults) must be None or tuple");
  const nfree = code.nfreevars;
  if (!(closure instanceof PyTuple)) {
    if (nfree !== 0 && closure === None) throw typeError("arg 5 (closure) must be tuple");
    if (closure !== None) throw typeError("arg 5 (closure) must be None or tuple");
  }
  if (kwdefs !== None && !(kwdefs instanceof PyDict)) throw typeError("arg 6 (kwdefaults) must be None or dict");
  const cells = closure instanceof PyTuple ? closure : undefined;
  const nclosure = cells?.items.length ?? 0;
  if (nclosure !== nfree) {
    throw valueError(`${code.co_name} requires closure of length ${nfree}, not ${nclosure}`);
  }
  for (const c of cells?.items ?? []) {
    if (!(c instanceof PyCell)) throw typeError(`arg 5 (closure) expected cell, found ${typeName(c)}`);
  }
  const f = new PyFunction(code, globals, builtinsOf(globals), nfree === 0 ? undefined : cells);
  if (name !== None) f.name = name!;
  if (defs instanceof PyTuple) f.defaults = defs;
  if (kwdefs instanceof PyDict) f.kwdefaults = kwdefs;
  return f;
}

/** `__annotations__` of a function, evaluated on first use (PEP 649). */
export function functionAnnotations(f: PyFunction): Value {
  if (f.annotations === undefined) {
    if (f.annotate !== undefined && f.annotate !== None) {
      const d = call1(f.annotate, 1);
      if (!(d instanceof PyDictBase)) throw typeError(`__annotate__ returned non-dict of type '${typeName(d)}'`);
      f.annotations = d;
    } else f.annotations = new PyDict();
  }
  return f.annotations;
}

functionType.hasDict = functionType.hasWeakref = true;
functionType.flags |= TF_METHOD_DESCRIPTOR;
setSpec(functionType, {
  doc:
    "Create a function object.\n\n  code\n    a code object\n  globals\n    the globals dictionary\n  name\n    a string that overrides the name from the code object\n  argdefs\n    a tuple that specifies the default argument values\n  closure\n    a tuple that supplies the bindings for free variables\n  kwdefaults\n    a dictionary that specifies the default keyword argument values",
  sig: "(code, globals, name=None, argdefs=None, closure=None,\n         kwdefaults=None)",
  slots: {
    tp_call: (f, args, kw) => cur.vm.callFunction(f, args, kw),
    tp_descr_get: (f, obj) => obj === undefined ? f : new PyMethod(f, obj),
    tp_repr: (f) => `<function ${utf16(strValue((f as PyFunction).qualname))} at ${addressOf(f)}>`,
    tp_new: functionNew,
  },
  members: {
    __closure__: (f: PyFunction) => f.closure ?? None,
    __globals__: (f: PyFunction) => f.globals,
    __builtins__: (f: PyFunction) => f.builtins,
  },
  getset: {
    __doc__: [(f: PyFunction) => f.doc, (f: PyFunction, v) => {
      f.doc = v ?? None;
    }],
    __module__: [(f: PyFunction) => f.module, (f: PyFunction, v) => {
      f.module = v ?? None;
    }],
    __code__: [(f: PyFunction) => f.code, (f: PyFunction, v) => {
      if (!(v instanceof PyCode)) throw typeError("__code__ must be set to a code object");
      const n = f.closure?.items.length ?? 0;
      if (v.nfreevars !== n) {
        throw valueError(`${utf16(strValue(f.name))}() requires a code object with ${n} free vars, not ${v.nfreevars}`);
      }
      const kind = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
      if ((v.co_flags & kind) !== (f.code.co_flags & kind)) {
        cur.interp.warn(
          X.DeprecationWarning,
          "Assigning a code object of non-matching type is deprecated (e.g., from a generator to a plain function)",
          1,
        );
      }
      f.setCode(v);
    }],
    __defaults__: [(f: PyFunction) => f.defaults ?? None, (f: PyFunction, v) => {
      if (v === undefined || v === None) f.defaults = undefined;
      else if (v instanceof PyTuple) f.defaults = v;
      else throw typeError("__defaults__ must be set to a tuple object");
    }],
    __kwdefaults__: [(f: PyFunction) => f.kwdefaults ?? None, (f: PyFunction, v) => {
      if (v === undefined || v === None) f.kwdefaults = undefined;
      else if (v instanceof PyDict) f.kwdefaults = v;
      else throw typeError("__kwdefaults__ must be set to a dict object");
    }],
    __annotations__: [functionAnnotations, (f: PyFunction, v) => {
      if (v === undefined || v === None) f.annotations = undefined;
      else if (v instanceof PyDictBase) f.annotations = v;
      else throw typeError("__annotations__ must be set to a dict object");
      f.annotate = undefined;
    }, "The annotations, evaluated."],
    __annotate__: [(f: PyFunction) => f.annotate ?? None, (f: PyFunction, v) => {
      if (v === undefined) throw typeError("__annotate__ cannot be deleted");
      if (v !== None && typeOf(v).tp_call === undefined) throw typeError("__annotate__ must be callable or None");
      f.annotate = v;
      if (v !== None) f.annotations = undefined;
    }, "The function that evaluates the annotations, or None."],
    __dict__: [getDictAttr, setPlainDict],
    __name__: [(f: PyFunction) => f.name, setText("__name__", (f, v) => f.name = v)],
    __qualname__: [(f: PyFunction) => f.qualname, setText("__qualname__", (f, v) => f.qualname = v)],
    __type_params__: [(f: PyFunction) => f.typeParams ?? new PyTuple([]), (f: PyFunction, v) => {
      if (!(v instanceof PyTuple)) throw typeError("__type_params__ must be set to a tuple");
      f.typeParams = v;
    }, "The type parameters."],
  },
});

// ---- bound methods --------------------------------------------------------------------------

function methodGetAttr(self: Value, name: string): Value {
  const m = self as PyMethod;
  const d = lookupType(methodType, name);
  if (d !== undefined) {
    const get = typeOf(d).tp_descr_get;
    return get === undefined ? d : get(d, self, methodType);
  }
  return getAttr(m.func, name);
}

methodType.hasWeakref = true;
setSpec(methodType, {
  doc: "Create a bound instance method object.",
  sig: "(function, instance, /)",
  slots: {
    tp_new: (_t, args, kw) => {
      if (kw !== undefined && kw.length > 0) throw typeError("method() takes no keyword arguments");
      if (args.length !== 2) throw typeError(`method expected 2 arguments, got ${args.length}`);
      if (typeOf(args[0]).tp_call === undefined) throw typeError("first argument must be callable");
      if (args[1] === None) throw typeError("instance must not be None");
      return new PyMethod(args[0], args[1]);
    },
    tp_call: (m, args, kw) => call((m as PyMethod).func, [(m as PyMethod).self, ...args], kw),
    tp_getattro: methodGetAttr,
    tp_repr: (self) => {
      const m = self as PyMethod;
      const q = lookupAttr(m.func, "__qualname__") ?? lookupAttr(m.func, "__name__");
      const name = q !== undefined && isStr(q) ? utf16(strValue(q)) : "?";
      return X.textValue(`<bound method ${name} of ${utf16(reprStr(m.self))}>`);
    },
    tp_hash: (self) => {
      const m = self as PyMethod;
      const a = typeof m.self === "object" ? hashPointer(m.self) : hash(m.self);
      const hi = cur.hashHi;
      const b = hash(m.func);
      cur.hashHi ^= hi;
      return a ^ b;
    },
    tp_richcompare: (a, b, op) => {
      if ((op !== EQ && op !== NE) || !(b instanceof PyMethod)) return NotImplemented;
      const m = a as PyMethod;
      const same = identical(m.self, b.self) && richCompare(m.func, b.func, EQ) === true;
      return op === EQ ? same : !same;
    },
    tp_descr_get: (m) => m,
  },
  methods: {
    __reduce__: ["", "", (m: PyMethod) => {
      const name = getAttr(m.func, "__name__");
      return new PyTuple([getAttr(cur.interp.builtins, "getattr"), new PyTuple([m.self, name])]);
    }],
  },
  docs: {
    __func__: "the function that is bound",
    __self__: "the object that it is bound to",
  },
  members: {
    __func__: (m: PyMethod) => m.func,
    __self__: (m: PyMethod) => m.self,
  },
  getset: {
    __doc__: [(m: PyMethod) => lookupAttr(m.func, "__doc__") ?? None],
  },
});

// ---- cells ----------------------------------------------------------------------------------

setSpec(cellType, {
  doc:
    "Create a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n    and\n further attempts to access its cell_contents attribute will\n    raise a ValueError.",
  sig: "([contents])",
  unhashable: true,
  slots: {
    tp_new: (_t, args, kw) => {
      if (kw !== undefined && kw.length > 0) throw typeError("cell() takes no keyword arguments");
      if (args.length > 1) throw typeError(`cell expected at most 1 argument, got ${args.length}`);
      return new PyCell(args[0]);
    },
    tp_repr: (self) => {
      const v = (self as PyCell).v;
      if (v === undefined) return `<cell at ${addressOf(self)}: empty>`;
      return `<cell at ${addressOf(self)}: ${typeName(v)} object at ${addressOf(v)}>`;
    },
    tp_richcompare: (a, b, op) => {
      if (!(b instanceof PyCell)) return NotImplemented;
      const x = (a as PyCell).v, y = b.v;
      if (x !== undefined && y !== undefined) return richCompare(x, y, op);
      return cmpPresence(x !== undefined, y !== undefined, op);
    },
  },
  getset: {
    cell_contents: [(c: PyCell) => {
      if (c.v === undefined) throw valueError("Cell is empty");
      return c.v;
    }, (c: PyCell, v) => {
      c.v = v;
    }],
  },
});
function cmpPresence(a: boolean, b: boolean, op: CmpOp): boolean {
  const c = Number(a) - Number(b);
  switch (op) {
    case LT:
      return c < 0;
    case LE:
      return c <= 0;
    case EQ:
      return c === 0;
    case NE:
      return c !== 0;
    case GT:
      return c > 0;
    case GE:
      return c >= 0;
  }
}

export { attributeError, attrName, genericGetAttr, genericLookup, isSubtype, runtimeError };
