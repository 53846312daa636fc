// CPython 3.14: Modules/symtablemodule.c, Python/symtable.c (PySTEntry_Type)
//
// The module `_symtable`: the compiler's symbol tables as Python objects.

import {
  builtinType,
  None,
  PyList,
  PyObject,
  type PyType,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { isStr, strValue } from "../core/objects/abstract.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import { utf16 } from "../core/objects/names.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { buildSymtable } from "../core/compile/compile.ts";
import * as S from "../core/compile/symtable.ts";
import { parseSource, syntaxException } from "../vm/compile_source.ts";
import { sourceOf } from "./builtins_exec.ts";
import { sharedFsDecode } from "./fsconvert.ts";

const entryType: PyType = builtinType("symtable entry", undefined, true);

/** A block; its dict and lists are made when first asked for. */
class PyEntry extends PyObject {
  readonly entry: S.SymtableEntry;
  symbols: PyDict | undefined = undefined;
  varnames: PyList | undefined = undefined;
  children: PyList | undefined = undefined;
  constructor(entry: S.SymtableEntry) {
    super(entryType);
    this.entry = entry;
  }
}

function symbols(e: PyEntry): Value {
  if (e.symbols === undefined) {
    e.symbols = new PyDict();
    for (const [name, flags] of e.entry.symbols) e.symbols.set(X.textValue(name), flags);
  }
  return e.symbols;
}

setSpec(entryType, {
  slots: {
    tp_repr: (v) => {
      const e = (v as PyEntry).entry;
      return X.textValue(`<symtable entry ${e.name}(${e.id}), line ${e.loc.lineno}>`);
    },
  },
  members: {
    id: (e: PyEntry) => e.entry.id,
    name: (e: PyEntry) => X.textValue(e.entry.name),
    symbols,
    varnames: (e: PyEntry) => e.varnames ??= new PyList(e.entry.varnames.map(X.textValue)),
    children: (e: PyEntry) => e.children ??= new PyList(e.entry.children.map((c) => new PyEntry(c))),
    nested: (e: PyEntry) => e.entry.nested ? 1 : 0,
    type: (e: PyEntry) => e.entry.type,
    lineno: (e: PyEntry) => e.entry.loc.lineno,
  },
});

function symtable(_mod: Value, source: Value, filename: Value, start: Value): Value {
  const name = sharedFsDecode(filename);
  if (!isStr(start)) {
    throw typeError(`symtable() argument 3 must be str, not ${start === None ? "None" : typeName(start)}`);
  }
  const text = sourceOf(source, "symtable", "string or bytes");
  const mode = utf16(strValue(start));
  if (mode !== "exec" && mode !== "eval" && mode !== "single") {
    throw valueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  }
  const tree = parseSource(text, { mode, filename: name });
  try {
    return new PyEntry(buildSymtable(tree, isStr(name) ? utf16(strValue(name)) : "?").top);
  } catch (e) {
    throw syntaxException(e, name);
  }
}

/** The module `_symtable`. */
export const spec: ModuleSpec = {
  name: "_symtable",
  functions: {
    symtable: [
      "source, filename, startstr, /",
      "The symbol tables that the compiler makes of the source.",
      symtable,
    ],
  },
  constants: {
    USE: S.USE,
    DEF_GLOBAL: S.DEF_GLOBAL,
    DEF_NONLOCAL: S.DEF_NONLOCAL,
    DEF_LOCAL: S.DEF_LOCAL,
    DEF_PARAM: S.DEF_PARAM,
    DEF_TYPE_PARAM: S.DEF_TYPE_PARAM,
    DEF_FREE_CLASS: S.DEF_FREE_CLASS,
    DEF_IMPORT: S.DEF_IMPORT,
    DEF_BOUND: S.DEF_BOUND,
    DEF_ANNOT: S.DEF_ANNOT,
    DEF_COMP_ITER: S.DEF_COMP_ITER,
    DEF_COMP_CELL: S.DEF_COMP_CELL,
    TYPE_FUNCTION: S.FunctionBlock,
    TYPE_CLASS: S.ClassBlock,
    TYPE_MODULE: S.ModuleBlock,
    TYPE_ANNOTATION: S.AnnotationBlock,
    TYPE_TYPE_ALIAS: S.TypeAliasBlock,
    TYPE_TYPE_PARAMETERS: S.TypeParametersBlock,
    TYPE_TYPE_VARIABLE: S.TypeVariableBlock,
    LOCAL: S.LOCAL,
    GLOBAL_EXPLICIT: S.GLOBAL_EXPLICIT,
    GLOBAL_IMPLICIT: S.GLOBAL_IMPLICIT,
    FREE: S.FREE,
    CELL: S.CELL,
    SCOPE_OFF: S.SCOPE_OFFSET,
    SCOPE_MASK: S.SCOPE_MASK,
  },
};
