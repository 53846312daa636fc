// CPython 3.14: Modules/_testcapi/vectorcall.c, Modules/_testcapimodule.c (meth_*)
//
// Natives of every calling convention, as functions of the module and as methods of all three kinds,
// and the ways in which C code calls a callable. Each of them says what it was called with.

import {
  builtinType,
  type KwNames,
  M_CLASS,
  M_NOSIG,
  M_STATIC,
  M_UNPACK,
  M_VECTOR,
  type MethodDef,
  None,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import * as A from "../core/objects/abstract.ts";
import { systemError, typeError } from "../core/objects/errors.ts";
import { kwargsDict } from "../core/objects/kwargs.ts";
import { PyDict } from "../core/objects/dict.ts";
import { attrName } from "../core/objects/names.ts";

type Self = Value | undefined;
type Body = (self: Self, args: Value[], kwnames?: KwNames) => Value;

const me = (self: Self): Value => self ?? None;
const positional = (args: Value[], kw?: KwNames): Value[] => args.slice(0, args.length - (kw?.length ?? 0));

function plainBody(name: string): Body {
  return (self, args, kw) => {
    if (kw !== undefined && kw.length > 0) throw typeError(`${name}() takes no keyword arguments`);
    return new PyTuple([me(self), new PyTuple(args.slice())]);
  };
}
const keywordBody: Body = (self, args, kw) => {
  const pos = positional(args, kw);
  const named = new Map((kw ?? []).map((k, i) => [k, args[pos.length + i]]));
  return new PyTuple([me(self), new PyTuple(pos), kwargsDict(named)]);
};

/** The six conventions; `flags` says which kind of method they are. */
export function conventions(flags = 0): Record<string, MethodDef> {
  const vector = flags | M_VECTOR | M_NOSIG;
  return {
    meth_varargs: ["*args", "", plainBody("meth_varargs"), vector],
    meth_varargs_keywords: ["*args, **kwargs", "", keywordBody, vector],
    meth_o: ["object, /", "", (self: Self, v: Value) => new PyTuple([me(self), v]), flags],
    meth_noargs: ["", "", me, flags],
    meth_fastcall: ["*args", "", plainBody("meth_fastcall"), vector],
    meth_fastcall_keywords: ["*args, **kwargs", "", keywordBody, vector],
  };
}

function holder(name: string, what: string, flags: number): PyType {
  const type = builtinType(name);
  setSpec(type, {
    doc: `A class with ${what} of every calling convention.`,
    slots: { tp_new: (t: PyType) => new PyObject(t) },
    methods: conventions(flags),
  });
  return type;
}
export const callTypes = {
  MethInstance: holder("MethInstance", "instance methods", 0),
  MethClass: holder("MethClass", "class methods", M_CLASS),
  MethStatic: holder("MethStatic", "static methods", M_STATIC),
};

function tupleOrNone(v: Value): Value[] {
  if (v === None) return [];
  if (!(v instanceof PyTuple)) throw typeError("args must be None or a tuple");
  return v.items.slice();
}
function withDict(f: Value, args: Value[], kwargs: Value | undefined): Value {
  if (kwargs === undefined) return A.call(f, args);
  const names: string[] = [];
  for (const [k, v] of (kwargs as PyDict).entries()) {
    if (!A.isStr(k)) throw typeError("keywords must be strings");
    names.push(attrName(k));
    args.push(v);
  }
  return A.call(f, args, names);
}

export const callFunctions: Record<string, MethodDef> = {
  ...conventions(),
  pyobject_fastcalldict: [
    "func, func_args, kwargs, /",
    "",
    (_m: Value, f: Value, args: Value, kwargs: Value) => {
      const pos = tupleOrNone(args);
      if (kwargs !== None && !(kwargs instanceof PyDict)) throw typeError("kwnames must be None or a dict");
      return withDict(f, pos, kwargs === None ? undefined : kwargs);
    },
  ],
  pyobject_vectorcall: [
    "func, func_args, kwnames, /",
    "",
    (_m: Value, f: Value, args: Value, kwnames: Value) => {
      const all = tupleOrNone(args);
      if (kwnames === None) return A.call(f, all);
      if (!(kwnames instanceof PyTuple)) throw typeError("kwnames must be None or a tuple");
      if (kwnames.items.length > all.length) throw typeError("kwnames longer than args");
      return A.call(f, all, kwnames.items.map(attrName));
    },
  ],
  pyvectorcall_call: [
    "func, argstuple, kwargs=<unrepresentable>, /",
    "",
    (_m: Value, f: Value, args: Value, kwargs?: Value) => {
      if (!(args instanceof PyTuple)) throw typeError("args must be a tuple");
      if (kwargs !== undefined && !(kwargs instanceof PyDict)) throw typeError("kwargs must be a dict");
      return withDict(f, args.items.slice(), kwargs);
    },
  ],
  pycfunction_call: [
    "func, args, kwargs=<unrepresentable>, /",
    "",
    (_m: Value, f: Value, args: Value, kwargs?: Value) => {
      if (!(args instanceof PyTuple)) throw systemError(`expected tuple, got ${typeName(args)}`);
      return withDict(f, args.items.slice(), kwargs);
    },
    M_NOSIG | M_UNPACK,
  ],
};
