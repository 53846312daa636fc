// CPython 3.14: Objects/funcobject.c (classmethod, staticmethod), Objects/descrobject.c (property)
//
// The descriptors that Python programs make: property, classmethod, staticmethod. super is in
// super.ts.

import {
  classmethodType,
  isSubtype,
  type KwNames,
  M_CLASS,
  M_VECTOR,
  None,
  propertyType,
  PyBaseException,
  PyInstance,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  staticmethodType,
  typeName,
  typeOf,
  type TypeSpec,
  type Value,
} from "./object.ts";
import { attributeError, typeError } from "./errors.ts";
import * as X from "./exceptions.ts";
import { call, call1, call2, isStr, isTrue, lookupAttr, reprStr, setAttr, strValue } from "./abstract.ts";
import { genericSetAttr, getDictAttr, instanceDict, setPlainDict } from "./attr.ts";
import { setStaticMethod } from "./type_ready.ts";
import { qualifiedTypeName } from "./type_name.ts";
import { utf16 } from "./names.ts";
import { PyFunction } from "./function.ts";
import { unexpectedKeyword } from "./native.ts";
import { genericAlias } from "./genericalias.ts";
export { newSuper } from "./super.ts";

/** classmethod and staticmethod: a wrapped callable. */
export class PyMethodKind extends PyObject {
  callable: Value | undefined;
  declare dict: PyObject["dict"];
  constructor(cls: PyType, callable: Value | undefined) {
    super(cls);
    this.callable = callable;
  }
}
export function wrapStaticMethod(f: Value): Value {
  const m = new PyMethodKind(staticmethodType, f);
  if (f instanceof PyFunction) wrapAttrs(m, f);
  return m;
}
export function wrapClassMethod(f: Value): Value {
  const m = new PyMethodKind(classmethodType, f);
  if (f instanceof PyFunction) wrapAttrs(m, f);
  return m;
}
setStaticMethod((f) => new PyMethodKind(staticmethodType, f));

/** Copies the attributes that functools.wraps would (functools_wraps). */
function wrapAttrs(m: PyMethodKind, f: Value): void {
  const d = instanceDict(m)!;
  for (const n of ["__module__", "__name__", "__qualname__", "__doc__"]) {
    const v = lookupAttr(f, n);
    if (v !== undefined) d.setStr(n, v);
  }
}

function oneArg(name: string, args: Value[], kw: KwNames | undefined): Value {
  if (kw !== undefined && kw.length > 0) throw typeError(`${name}() takes no keyword arguments`);
  if (args.length !== 1) throw typeError(`${name} expected 1 argument, got ${args.length}`);
  return args[0];
}

function uninitialised(m: PyMethodKind, what: string): Value {
  if (m.callable === undefined) throw X.makeException(X.RuntimeError, new PyTuple([`uninitialized ${what} object`]));
  return m.callable;
}

/** Getter and setter of `__annotations__`/`__annotate__`, forwarded and kept in the instance's dict. */
function forwarded(name: string): [(m: PyMethodKind) => Value, (m: PyMethodKind, v: Value | undefined) => void] {
  return [(m) => {
    const d = instanceDict(m)!;
    let v = d.getStr(name);
    if (v === undefined) {
      v = lookupAttr(m.callable!, name);
      if (v === undefined) throw attributeError(`'${typeName(m)}' object has no attribute '${name}'`, m, name);
      d.setStr(name, v);
    }
    return v;
  }, (m, v) => {
    const d = instanceDict(m)!;
    if (v !== undefined) d.setStr(name, v);
    else if (d.deleteStr(name) === undefined) {
      throw attributeError(`'${typeName(m)}' object has no attribute '${name}'`, m, name);
    }
  }];
}

function methodKindSpec(name: string, what: string): TypeSpec {
  return {
    sig: "(function, /)",
    slots: {
      tp_new: (t) => new PyMethodKind(t, undefined),
      tp_init: (self, args, kw) => {
        const f = oneArg(name, args, kw);
        (self as PyMethodKind).callable = f;
        wrapAttrs(self as PyMethodKind, f);
      },
      tp_repr: (self) => X.textValue(`<${name}(${utf16(reprStr((self as PyMethodKind).callable ?? None))})>`),
    },
    methods: {
      __class_getitem__: ["object, /", "", (t: PyType, item: Value) => genericAlias(t, item), M_CLASS],
    },
    members: {
      __func__: (m) => m.callable ?? None,
      __wrapped__: (m) => m.callable ?? None,
    },
    getset: {
      __isabstractmethod__: [(m: PyMethodKind) => isAbstract(m.callable)],
      __dict__: [getDictAttr, setPlainDict],
      __annotations__: forwarded("__annotations__"),
      __annotate__: forwarded("__annotate__"),
    },
    doc: what,
  };
}
/** Does a callable have a true `__isabstractmethod__`? */
export function isAbstract(f: Value | undefined): boolean {
  if (f === undefined || f === None) return false;
  const v = lookupAttr(f, "__isabstractmethod__");
  return v !== undefined && isTrue(v);
}

classmethodType.hasDict = staticmethodType.hasDict = true;

{
  const c = methodKindSpec(
    "classmethod",
    "Convert a function to be a class method.\n\nA class method gets the class as its first argument, as an instance method gets the instance.",
  );
  c.slots!.tp_descr_get = (self, obj, type) => {
    const f = uninitialised(self as PyMethodKind, "classmethod");
    const t = type ?? typeOf(obj!);
    const get = typeOf(f).tp_descr_get;
    if (f instanceof PyFunction || get !== undefined && typeOf(f).flags & (1 << 17)) return boundMethod(f, t);
    return boundMethod(f, t);
  };
  setSpec(classmethodType, c);
  const s = methodKindSpec(
    "staticmethod",
    "Convert a function to be a static method.\n\nA static method does not receive an implicit first argument.",
  );
  s.slots!.tp_descr_get = (self) => uninitialised(self as PyMethodKind, "staticmethod");
  s.slots!.tp_call = (self, args, kw) => call((self as PyMethodKind).callable!, args, kw);
  setSpec(staticmethodType, s);
}
import { PyMethod } from "./function.ts";
function boundMethod(f: Value, t: Value): Value {
  return new PyMethod(f, t);
}

// ---- property -------------------------------------------------------------------------------

export class PyProperty extends PyObject {
  fget: Value | undefined = undefined;
  fset: Value | undefined = undefined;
  fdel: Value | undefined = undefined;
  doc: Value | undefined = undefined;
  name: Value | undefined = undefined;
  getterDoc = false;
  declare dict: PyObject["dict"];
}

function some(v: Value | undefined): Value | undefined {
  return v === None ? undefined : v;
}

function propertyInit(self: Value, args: Value[], kw?: KwNames): void {
  const p = self as PyProperty;
  const names = ["fget", "fset", "fdel", "doc"];
  const n = args.length - (kw?.length ?? 0);
  if (args.length > 4) throw typeError(`property() takes at most 4 arguments (${args.length} given)`);
  const v: (Value | undefined)[] = args.slice(0, n);
  kw?.forEach((k, i) => {
    const at = names.indexOf(k);
    if (at < 0) throw unexpectedKeyword("property", k, names);
    if (v[at] !== undefined) throw typeError(`argument for property() given by name ('${k}') and position (${at + 1})`);
    v[at] = args[n + i];
  });
  p.fget = some(v[0]);
  p.fset = some(v[1]);
  p.fdel = some(v[2]);
  p.getterDoc = false;
  p.name = undefined;
  let doc = some(v[3]);
  if (doc === undefined && p.fget !== undefined) {
    const d = lookupAttr(p.fget, "__doc__");
    if (d !== undefined && d !== None) {
      doc = d;
      p.getterDoc = true;
    }
  }
  if (p.cls === propertyType) p.doc = doc ?? None;
  else {
    // a subclass keeps its doc as an instance attribute, where it has a place for one
    try {
      setAttr(p, "__doc__", doc ?? None);
    } catch (e) {
      // without such a place a doc of its own is dropped, the getter's is an error
      if (p.getterDoc || !(e instanceof PyBaseException) || !isSubtype(e.cls, X.AttributeError)) throw e;
    }
  }
}

function propertyName(p: PyProperty): Value | undefined {
  if (p.name !== undefined) return p.name;
  return p.fget === undefined ? undefined : lookupAttr(p.fget, "__name__");
}

function missing(p: PyProperty, obj: Value, what: string): PyBaseException {
  const name = propertyName(p);
  const q = qualifiedQualname(obj);
  const msg = name !== undefined && isStr(name)
    ? `property ${utf16(reprStr(name))} of ${q} object has no ${what}`
    : `property of ${q} object has no ${what}`;
  return attributeError(msg, obj, name !== undefined && isStr(name) ? utf16(strValue(name)) : "");
}
function qualifiedQualname(obj: Value): string {
  return `'${typeOf(obj).qualname}'`;
}

/** A property's getter, for the run loop; undefined when it has none. */
export function propertyGet(self: Value, obj: Value | undefined): Value {
  const p = self as PyProperty;
  if (obj === undefined) return p;
  if (p.fget === undefined) throw missing(p, obj, "getter");
  return call1(p.fget, obj);
}

function propertyCopy(p: PyProperty, get: Value | undefined, set: Value | undefined, del: Value | undefined): Value {
  const g = get ?? p.fget ?? None;
  const doc = p.getterDoc && get !== undefined && get !== None ? None : (p.getterDoc ? None : p.doc ?? None);
  const q = call(p.cls, [g, set ?? p.fset ?? None, del ?? p.fdel ?? None, doc]);
  if (q instanceof PyProperty && p.name !== undefined) q.name = p.name;
  return q;
}

propertyType.hasWeakref = false;
setSpec(propertyType, {
  doc:
    "Property attribute.\n\n  fget\n    function to be used for getting an attribute value\n  fset\n    function to be used for setting an attribute value\n  fdel\n    function to be used for del'ing an attribute\n  doc\n    docstring\n\nTypical use is to define a managed attribute x, with the decorators\n@property, @x.setter and @x.deleter.",
  sig: "(fget=None, fset=None, fdel=None, doc=None)",
  slots: {
    tp_new: (t) => new PyProperty(t),
    tp_init: propertyInit,
    tp_descr_get: (self, obj) => propertyGet(self, obj),
    tp_descr_set: (self, obj, v) => {
      const p = self as PyProperty;
      if (v === undefined) {
        if (p.fdel === undefined) throw missing(p, obj, "deleter");
        call1(p.fdel, obj);
      } else {
        if (p.fset === undefined) throw missing(p, obj, "setter");
        call2(p.fset, obj, v);
      }
    },
  },
  methods: {
    getter: [
      "object, /",
      "Descriptor to obtain a copy of the property with a different getter.",
      (p: PyProperty, f: Value) => propertyCopy(p, f, undefined, undefined),
    ],
    setter: [
      "object, /",
      "Descriptor to obtain a copy of the property with a different setter.",
      (p: PyProperty, f: Value) => propertyCopy(p, undefined, f, undefined),
    ],
    deleter: [
      "object, /",
      "Descriptor to obtain a copy of the property with a different deleter.",
      (p: PyProperty, f: Value) => propertyCopy(p, undefined, undefined, f),
    ],
    __set_name__: [
      "owner, name, /",
      "Method to set name of a property.",
      (p: PyProperty, args: Value[], kw?: KwNames) => {
        if (kw !== undefined && kw.length > 0) throw typeError("__set_name__() takes no keyword arguments");
        if (args.length !== 2) {
          throw typeError(`__set_name__() takes 2 positional arguments but ${args.length} were given`);
        }
        p.name = args[1];
        return None;
      },
      M_VECTOR,
    ],
  },
  members: {
    fget: (p) => p.fget ?? None,
    fset: (p) => p.fset ?? None,
    fdel: (p) => p.fdel ?? None,
    __doc__: [(p) => p.doc ?? None, (p, v) => {
      p.doc = v ?? None;
    }],
  },
  getset: {
    __name__: [(p: PyProperty) => {
      const n = propertyName(p);
      if (n === undefined) throw attributeError(`'${typeName(p)}' object has no attribute '__name__'`, p, "__name__");
      return n;
    }, (p: PyProperty, v) => {
      p.name = v;
    }],
    __isabstractmethod__: [(p: PyProperty) => isAbstract(p.fget) || isAbstract(p.fset) || isAbstract(p.fdel)],
  },
});

export { genericSetAttr, PyInstance, qualifiedTypeName };
