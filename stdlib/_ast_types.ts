// CPython 3.14: Python/Python-ast.c (init_types, the type ast.AST)
//
// The node classes of the module `ast`. They are ordinary mutable classes, so each Interpreter has
// its own set, made when it is first needed from NODE_TABLE: AST with its native methods, a class
// for each sum type ("stmt"), and under it one for each node.

import {
  intType,
  type KwNames,
  M_VECTOR,
  None,
  objectType,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  PyType,
  type Shape,
  type Str,
  strType,
  TF_BASETYPE,
  TF_HEAPTYPE,
  typeOf,
  typeType,
  type Value,
} from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import {
  call,
  contains,
  equals,
  getAttr,
  lengthOf,
  lookupAttr,
  reprStr,
  seqGetItem,
  setAttr,
} from "../core/objects/abstract.ts";
import { cur, interpStore } from "../core/objects/state.ts";
import { getDictAttr, instanceDict, rootShape, setDictAttr, shapeAdd } from "../core/objects/attr.ts";
import { PyDict } from "../core/objects/dict.ts";
import { newClass } from "../core/objects/type_new.ts";
import { fillTypeDict, readyType } from "../core/objects/type_ready.ts";
import { genericAlias, PyGenericAlias } from "../core/objects/genericalias.ts";
import { PyUnion, unionOf } from "../core/objects/union.ts";
import { joinStrs, reprEnter, reprLeave } from "../core/objects/repr_guard.ts";
import { attrName, nameValue, utf16 } from "../core/objects/names.ts";
import * as X from "../core/objects/exceptions.ts";
import { listType } from "../core/objects/object.ts";
import { type FieldInfo, LITERAL_SUMS, LOCATED_SUMS, NODE_TABLE, nodeFields } from "../core/parse/ast.ts";

/** The attributes that tell where a node stands. */
export const POSITIONS = ["lineno", "col_offset", "end_lineno", "end_col_offset"] as const;
/** Sum types all of whose positions must be given. */
export const FULLY_LOCATED: readonly string[] = ["pattern", "type_param"];

/** The classes of one Interpreter. */
export interface AstTypes {
  readonly AST: PyType;
  /** By name: sum types, nodes, operators and contexts. */
  readonly byName: Map<string, PyType>;
  /** Node name of a node class (not of subclasses). */
  readonly kinds: Map<PyType, string>;
  /** The instances that parsed trees have for operators and contexts. */
  readonly literals: Map<string, PyInstance>;
  /** How instances made from a tree are laid out. */
  readonly shapes: Map<string, Shape>;
}

const KEY = {};

/** The node classes of the running Interpreter. */
export function astTypes(): AstTypes {
  return interpStore(KEY, makeTypes);
}
/** The same if they have been made. */
export function knownAstTypes(): AstTypes | undefined {
  return cur.interp.store.get(KEY) as AstTypes | undefined;
}

/** The sum types in the order of the ASDL, each with its members. */
export function sumMembers(): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const [kind, row] of Object.entries(NODE_TABLE)) {
    if (row.base === "") continue;
    const list = out.get(row.base);
    if (list === undefined) out.set(row.base, [kind]);
    else list.push(kind);
  }
  for (const [sum, members] of Object.entries(LITERAL_SUMS)) out.set(sum, [...members]);
  return out;
}

function constructor(kind: string): string {
  const sig = NODE_TABLE[kind]?.signature ?? "";
  return sig === "" ? kind : `${kind}(${sig})`;
}

function strings(names: readonly string[]): PyTuple {
  return new PyTuple([...names]);
}

/** Does a node have positions among its `_attributes`? */
export function isLocated(kind: string): boolean {
  const row = NODE_TABLE[kind];
  return row.base === "" ? row.attributes : LOCATED_SUMS.includes(row.base);
}

function makeTypes(): AstTypes {
  const byName = new Map<string, PyType>(), kinds = new Map<PyType, string>();
  const literals = new Map<string, PyInstance>();
  const AST = makeRoot();
  const make = (name: string, base: PyType, fields: readonly string[], doc: string): PyDict => {
    const d = new PyDict(), f = strings(fields);
    d.setStr("_fields", f);
    d.setStr("__match_args__", f);
    d.setStr("__module__", "ast");
    d.setStr("__doc__", doc);
    byName.set(name, newClass(typeType, name, [base], d));
    return byName.get(name)!.tdict as PyDict;
  };
  const positions = (d: PyDict, located: boolean, full: boolean): void => {
    d.setStr("_attributes", strings(located ? POSITIONS : []));
    if (!located || full) return;
    d.setStr("end_lineno", None);
    d.setStr("end_col_offset", None);
  };
  for (const [sum, members] of sumMembers()) {
    const gap = "\n" + " ".repeat(sum.length + 1) + "| ";
    const doc = `${sum} = ${members.map(constructor).join(LITERAL_SUMS[sum] ? " | " : gap)}`;
    positions(make(sum, AST, [], doc), LOCATED_SUMS.includes(sum), FULLY_LOCATED.includes(sum));
    const base = byName.get(sum)!;
    for (const kind of members) {
      const fields = LITERAL_SUMS[sum] ? [] : nodeFields(kind);
      const d = make(kind, base, fields.map((f) => f.name), constructor(kind));
      for (const f of fields) if (f.quantifier === "?") d.setStr(f.name, None);
      kinds.set(byName.get(kind)!, kind);
    }
  }
  for (const [kind, row] of Object.entries(NODE_TABLE)) {
    if (row.base !== "") continue;
    const fields = nodeFields(kind);
    const d = make(kind, AST, fields.map((f) => f.name), constructor(kind));
    positions(d, row.attributes, false);
    for (const f of fields) if (f.quantifier === "?") d.setStr(f.name, None);
    kinds.set(byName.get(kind)!, kind);
  }
  // the types of the fields, now that all classes are there
  for (const [type, kind] of kinds) {
    const d = new PyDict();
    if (NODE_TABLE[kind] !== undefined) { for (const f of nodeFields(kind)) d.setStr(f.name, fieldType(f, byName)); }
    const own = type.tdict as PyDict;
    own.setStr("_field_types", d);
    own.setStr("__annotations_cache__", d);
  }
  for (const members of Object.values(LITERAL_SUMS)) {
    for (const kind of members) {
      const t = byName.get(kind)!;
      literals.set(kind, new PyInstance(t, rootShape(t), []));
    }
  }
  return { AST, byName, kinds, literals, shapes: new Map() };
}

function fieldType(f: FieldInfo, byName: Map<string, PyType>): Value {
  let t: Value;
  if (f.type === "identifier" || f.type === "string") t = strType;
  else if (f.type === "int") t = intType;
  else if (f.type === "constant") t = objectType;
  else t = byName.get(f.type)!;
  if (f.quantifier === "?") return unionOf(t, None);
  return f.quantifier === "" ? t : genericAlias(listType, t);
}

/** The layout of the instances that trees are turned into: the fields, then the positions. */
export function nodeShape(types: AstTypes, kind: string): Shape {
  let s = types.shapes.get(kind);
  if (s === undefined) {
    s = rootShape(types.byName.get(kind)!);
    for (const f of nodeFields(kind)) s = shapeAdd(s, f.name);
    if (isLocated(kind)) { for (const a of POSITIONS) s = shapeAdd(s, a); }
    types.shapes.set(kind, s);
  }
  return s;
}

// ---- ast.AST -------------------------------------------------------------------------------

function makeRoot(): PyType {
  const t = new PyType("ast.AST", objectType, TF_HEAPTYPE | TF_BASETYPE);
  t.layout = objectType.layout;
  t.hasDict = true;
  t.spec = {
    slots: { tp_init: init, tp_repr: (self) => shortRepr(self as PyObject, 3) },
    methods: {
      __reduce__: ["", "", reduce],
      __replace__: ["**fields", "", replace, M_VECTOR],
    },
    getset: { __dict__: [getDictAttr, setDictAttr] },
  };
  readyType(t);
  const d = t.tdict = new PyDict();
  const none = strings([]);
  d.setStr("__module__", "ast");
  d.setStr("_fields", none);
  d.setStr("__match_args__", none);
  d.setStr("_attributes", none);
  fillTypeDict(t);
  return t;
}

function deprecated(msg: string): void {
  cur.interp.warn(X.DeprecationWarning, msg, 1);
}
function text(v: Value): string {
  return utf16(reprStr(v));
}
function has(list: readonly Value[], v: Value): number {
  for (let i = 0; i < list.length; i++) if (equals(list[i], v)) return i;
  return -1;
}
function itemsOf(seq: Value): Value[] {
  const out: Value[] = [];
  const n = lengthOf(seq);
  for (let i = 0; i < n; i++) out.push(seqGetItem(seq, i));
  return out;
}

function init(self: Value, args: Value[], kwnames?: KwNames): void {
  const type = typeOf(self);
  const fields = getAttr(type, "_fields");
  const names = itemsOf(fields);
  const remaining: Value[] = [];
  for (const n of names) if (has(remaining, n) < 0) remaining.push(n);
  const nkw = kwnames === undefined ? 0 : kwnames.length, npos = args.length - nkw;
  if (npos > names.length) {
    throw typeError(
      `${X.shortName(type)} constructor takes at most ${names.length} positional argument${
        names.length === 1 ? "" : "s"
      }`,
    );
  }
  const discard = (n: Value): boolean => {
    const i = has(remaining, n);
    if (i >= 0) remaining.splice(i, 1);
    return i >= 0;
  };
  for (let i = 0; i < npos; i++) {
    setAttr(self, attrName(names[i]), args[i]);
    discard(names[i]);
  }
  let attributes: Value | undefined;
  for (let k = 0; k < nkw; k++) {
    const name = kwnames![k], key = nameValue(name);
    if (contains(fields, key)) {
      if (!discard(key)) throw typeError(`${type.name} got multiple values for argument ${text(key)}`);
    } else {
      attributes ??= getAttr(type, "_attributes");
      if (!contains(attributes, key)) {
        deprecated(
          `${type.name}.__init__ got an unexpected keyword argument ${
            text(key)
          }. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.`,
        );
      }
    }
    setAttr(self, name, args[npos + k]);
  }
  if (remaining.length > 0) defaults(self, type, remaining);
}

/** What the fields get that the caller left out. */
function defaults(self: Value, type: PyType, remaining: readonly Value[]): void {
  const types = lookupAttr(type, "_field_types");
  if (types === undefined) return;
  const ast = astTypes();
  for (const name of remaining) {
    const t = types instanceof PyDict ? types.get(name) : undefined;
    if (t === undefined) {
      deprecated(
        `Field ${text(name)} is missing from ${type.name}._field_types. This will become an error in Python 3.15.`,
      );
    } else if (t instanceof PyUnion) {
      // None, as the class attribute says
    } else if (t instanceof PyGenericAlias) setAttr(self, attrName(name), new PyList([]));
    else if (t === ast.byName.get("expr_context")) setAttr(self, attrName(name), ast.literals.get("Load")!);
    else {
      deprecated(
        `${type.name}.__init__ missing 1 required positional argument: ${
          text(name)
        }. This will become an error in Python 3.15.`,
      );
    }
  }
}

/** The fields as None, positionally, so that calling the class does not warn; the rest is state. */
function reduce(self: PyObject): Value {
  const dict = instanceDict(self);
  if (dict === undefined) return new PyTuple([self.cls, new PyTuple([])]);
  const args: Value[] = [];
  const fields = lookupAttr(self.cls, "_fields");
  if (fields !== undefined) {
    for (const f of itemsOf(fields)) {
      if (dict.get(f) === undefined) break;
      args.push(None);
    }
  }
  return new PyTuple([self.cls, new PyTuple(args), dict]);
}

function replace(self: PyObject, args: Value[], kwnames?: KwNames): Value {
  const nkw = kwnames === undefined ? 0 : kwnames.length;
  if (args.length > nkw) throw typeError("__replace__() takes no positional arguments");
  const changes = new PyDict();
  for (let k = 0; k < nkw; k++) changes.set(nameValue(kwnames![k]), args[k]);
  const type = self.cls, dict = instanceDict(self) as PyDict | undefined;
  const fields = itemsOf(lookupAttr(type, "_fields") ?? new PyTuple([]));
  const attributes = itemsOf(lookupAttr(type, "_attributes") ?? new PyTuple([]));
  const known = [...fields, ...attributes];
  for (const [k] of changes.entries()) {
    if (has(known, k) < 0) throw typeError(`${type.name}.__replace__ got an unexpected keyword argument ${text(k)}.`);
  }
  // what neither the node has nor the caller gives must have a default
  const missing: string[] = [];
  const types = lookupAttr(type, "_field_types");
  for (const f of fields) {
    if (changes.get(f) !== undefined || dict?.get(f) !== undefined) continue;
    const t = types instanceof PyDict ? types.get(f) : undefined;
    if (t instanceof PyUnion || t instanceof PyGenericAlias) continue;
    if (lookupAttr(self, attrName(f)) !== undefined) continue;
    missing.push(text(f));
  }
  if (missing.length > 0) {
    missing.sort();
    throw typeError(
      `${type.name}.__replace__ missing ${missing.length} keyword argument${missing.length === 1 ? "" : "s"}: ${
        missing.join(", ")
      }.`,
    );
  }
  const names: string[] = [], values: Value[] = [];
  for (const k of known) {
    const v = changes.get(k) ?? dict?.get(k);
    if (v === undefined) continue;
    names.push(attrName(k));
    values.push(v);
  }
  return call(type, values, names);
}

// ---- repr ----------------------------------------------------------------------------------

function itemRepr(v: Value, depth: number): Str {
  if (v instanceof PyObject && v.cls.mro.includes(astTypes().AST)) return shortRepr(v, depth - 1);
  return reprStr(v);
}

/** The first and the last item of a list or tuple. */
function listRepr(v: PyList | PyTuple, depth: number): Str {
  const items = v.items, n = items.length;
  if (n === 0) return reprStr(v);
  const list = v instanceof PyList;
  const parts: Str[] = [list ? "[" : "(", itemRepr(items[0], depth)];
  if (n > 2) parts.push(", ...");
  if (n > 1) parts.push(", ", itemRepr(items[n - 1], depth));
  parts.push(list ? "]" : ")");
  return joinStrs(parts);
}

function shortRepr(self: PyObject, depth: number): Str {
  const name = self.cls.name;
  if (depth <= 0 || reprEnter(self)) return `${name}(...)`;
  try {
    const fields = itemsOf(getAttr(self.cls, "_fields"));
    const parts: Str[] = [`${name}(`];
    for (let i = 0; i < fields.length; i++) {
      const key = attrName(fields[i]), v = getAttr(self, key);
      const shown = v instanceof PyList || v instanceof PyTuple ? listRepr(v, depth) : itemRepr(v, depth);
      parts.push(i > 0 ? ", " : "", X.textValue(key), "=", shown);
    }
    parts.push(")");
    return joinStrs(parts);
  } finally {
    reprLeave(self);
  }
}
