// CPython 3.14: Objects/moduleobject.c

import {
  type KwNames,
  moduleType,
  None,
  PyDictBase,
  PyList,
  PyModule,
  PyTuple,
  type PyType,
  setSpec,
  typeName,
  typeOf,
  type Value,
} from "./object.ts";
import { attributeError, importError, typeError } from "./errors.ts";
import { PyDict } from "./dict.ts";
import { call0, call1, callMethod, contains, getAttr, isStr, isTrue, lookupAttr, strValue } from "./abstract.ts";
import { genericGetAttr, genericLookup } from "./attr.ts";
import { moduleOrigin } from "./module_shadow.ts";
import { nameValue, utf16 } from "./names.ts";
import { cur } from "./state.ts";
import { NativeDef, PyBuiltin } from "./native.ts";
import type { ModuleSpec } from "./module_spec.ts";

/** Sets the attributes every new module has (module_init_dict). */
export function initModuleDict(d: PyDictBase, name: Value, doc: Value): void {
  d.setStr("__name__", name);
  d.setStr("__doc__", doc);
  d.setStr("__package__", None);
  d.setStr("__loader__", None);
  d.setStr("__spec__", None);
}

/** A new module object. */
export function newModule(name: string): PyModule {
  const m = new PyModule(new PyDict());
  initModuleDict(m.dict, nameValue(name), None);
  return m;
}

/** Makes a C module from its spec; does not run `exec`. */
export function moduleFromSpec(spec: ModuleSpec): PyModule {
  const m = newModule(spec.name);
  const d = m.dict;
  if (spec.doc !== undefined) d.setStr("__doc__", spec.doc);
  const fs = spec.functions;
  for (const k in fs) d.setStr(k, new PyBuiltin(new NativeDef(k, fs[k]), m, spec.name));
  for (const k in spec.types) d.setStr(k, spec.types[k]);
  const cs = spec.constants;
  for (const k in cs) {
    const v = cs[k];
    d.setStr(k, typeof v === "function" ? v() : v);
  }
  return m;
}

/** module.__getattribute__ without the error. */
export function moduleLookup(m: PyModule, name: string): Value | undefined {
  const v = genericLookup(m, name);
  if (v !== undefined) return v;
  const ga = m.dict.getStr("__getattr__");
  if (ga !== undefined) return call1(ga, nameValue(name));
  return undefined;
}

function isInitializing(spec: Value | undefined): boolean {
  if (spec === undefined || spec === None) return false;
  const v = lookupAttr(spec, "_initializing");
  return v !== undefined && isTrue(v);
}

/** tp_getattro of module. */
export function moduleGetAttr(self: Value, name: string): Value {
  const m = self as PyModule;
  const v = moduleLookup(m, name);
  if (v !== undefined) return v;
  const modName = m.dict.getStr("__name__");
  if (modName === undefined || !isStr(modName)) throw attributeError(`module has no attribute '${name}'`, m, name);
  const n = utf16(strValue(modName));
  const spec = m.dict.getStr("__spec__");
  const from = moduleOrigin(spec, modName);
  const missing = `module '${n}' has no attribute '${name}'`;
  let text = missing;
  if (from.stdlib) {
    text = `${missing} (consider renaming '${from.origin}' since it has the same name as the standard library ` +
      `module named '${n}' and prevents importing that standard library module)`;
  } else if (from.initializing) {
    if (from.shadowing) {
      text =
        `${missing} (consider renaming '${from.origin}' if it has the same name as a library you intended to import)`;
    } else {
      const where = from.origin === undefined ? "" : ` from '${from.origin}'`;
      text =
        `partially initialized module '${n}'${where} has no attribute '${name}' (most likely due to a circular import)`;
    }
  } else if (spec !== undefined && spec !== None) {
    const uninit = lookupAttr(spec, "_uninitialized_submodules");
    if (uninit !== undefined && contains(uninit, nameValue(name))) {
      text = `cannot access submodule '${name}' of module '${n}' (most likely due to a circular import)`;
    }
  }
  throw attributeError(text, m, name);
}

function moduleInit(self: Value, args: Value[], kw?: KwNames): void {
  const n = args.length - (kw?.length ?? 0);
  const v: (Value | undefined)[] = args.slice(0, n);
  if (args.length > 2) throw typeError(`module() takes at most 2 arguments (${args.length} given)`);
  kw?.forEach((k, i) => {
    const at = ["name", "doc"].indexOf(k);
    if (at < 0) throw typeError(`module() got an unexpected keyword argument '${k}'`);
    v[at] = args[n + i];
  });
  if (v[0] === undefined) throw typeError("module() missing required argument 'name' (pos 1)");
  if (!isStr(v[0])) {
    throw typeError(`module() argument 'name' must be str, not ${v[0] === None ? "None" : typeName(v[0])}`);
  }
  initModuleDict((self as PyModule).dict, v[0], v[1] ?? None);
}

function moduleRepr(self: Value): Value {
  return callMethod(cur.interp.store.get("importlib") as Value, "_module_repr", self);
}

moduleType.hasDict = moduleType.hasWeakref = true;
setSpec(moduleType, {
  doc: "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.",
  sig: "(name, doc=None)",
  slots: {
    tp_new: (t: PyType) => new PyModule(new PyDict(), t),
    tp_init: moduleInit,
    tp_getattro: moduleGetAttr,
    tp_repr: moduleRepr,
  },
  methods: {
    __dir__: ["", "__dir__() -> list\nspecialized dir() implementation", (m: PyModule) => {
      const d = getAttr(m, "__dict__");
      if (!(d instanceof PyDict)) throw typeError("<module>.__dict__ is not a dictionary");
      const f = d.getStr("__dir__");
      return f !== undefined ? call0(f) : new PyList(d.keyArray());
    }],
  },
  members: { __dict__: (m: PyModule) => m.dict },
  getset: {
    __annotations__: [(m: PyModule) => {
      const d = m.dict;
      let v = d.getStr("__annotations__");
      if (v === undefined) {
        const ann = d.getStr("__annotate__");
        if (ann !== undefined && ann !== None && typeOf(ann).tp_call !== undefined) {
          v = call1(ann, 1);
          if (!(v instanceof PyDictBase)) throw typeError(`__annotate__ returned non-dict of type '${typeName(v)}'`);
        } else v = new PyDict();
        if (!isInitializing(d.getStr("__spec__"))) d.setStr("__annotations__", v);
      }
      return v;
    }, (m: PyModule, v) => {
      if (v !== undefined) m.dict.setStr("__annotations__", v);
      else if (m.dict.deleteStr("__annotations__") === undefined) {
        throw attributeError("__annotations__", m, "__annotations__");
      }
      m.dict.deleteStr("__annotate__");
    }],
    __annotate__: [(m: PyModule) => {
      let v = m.dict.getStr("__annotate__");
      if (v === undefined) m.dict.setStr("__annotate__", v = None);
      return v;
    }, (m: PyModule, v) => {
      if (v === undefined) throw typeError("cannot delete __annotate__ attribute");
      if (v !== None && typeOf(v).tp_call === undefined) throw typeError("__annotate__ must be callable or None");
      m.dict.setStr("__annotate__", v);
      if (v !== None) m.dict.deleteStr("__annotations__");
    }],
  },
});

export { genericGetAttr, importError, PyTuple };
