// CPython 3.14: Python/Python-ast.c (ast2obj, obj2ast)
//
// Syntax trees as Python objects and back. Trees may be as deep as a program's longest chain of
// operators, so both ways keep their own stack instead of recursing.

import {
  bytesType,
  None,
  PyBytes,
  PyInstance,
  PyList,
  type Shape,
  strType,
  typeName,
  typeOf,
  type Value,
} from "../core/objects/object.ts";
import { intValue, isInstanceOf, isInt, isStr, lookupAttr, reprStr, strValue } from "../core/objects/abstract.ts";
import {
  newErrorArgs,
  overflowError,
  recursionError,
  runtimeError,
  typeError,
  valueError,
} from "../core/objects/errors.ts";
import { textValue } from "../core/objects/exceptions_base.ts";
import * as X from "../core/objects/exceptions.ts";
import { cur } from "../core/objects/state.ts";
import { strConcatAll } from "../core/objects/str_ops.ts";
import { utf16 } from "../core/objects/names.ts";
import * as ast from "../core/parse/ast.ts";
import { type FieldInfo, LITERAL_SUMS, type Mod, NODE_TABLE, nodeFields } from "../core/parse/ast.ts";
import type { ParseMode } from "../core/parse/parse.ts";
import {
  type AstTypes,
  astTypes,
  FULLY_LOCATED,
  isLocated,
  knownAstTypes,
  nodeShape,
  POSITIONS,
  sumMembers,
} from "./_ast_types.ts";
import { validate } from "./_ast_validate.ts";

/** Is it an instance of `ast.AST`? */
export function isAstNode(v: Value): boolean {
  if (typeof v !== "object") return false;
  const types = knownAstTypes();
  return types !== undefined && isInstanceOf(v, types.AST);
}

type AnyNode = { readonly kind: string } & Record<string, unknown>;

// ---- trees to objects ----------------------------------------------------------------------

/** How the nodes of one kind become instances. */
interface Plan {
  readonly shape: Shape;
  readonly type: PyInstance["cls"];
  readonly fields: readonly FieldInfo[];
  readonly located: boolean;
}

/** A tree as Python objects. */
export function astToValue(tree: Mod): Value {
  const types = astTypes(), plans = new Map<string, Plan>();
  const root: Value[] = [None];
  // nodes still to be made, each with where its object goes
  const nodes: AnyNode[] = [tree as unknown as AnyNode], targets: Value[][] = [root], indexes: number[] = [0];
  const leaf = (type: string, v: unknown): Value => {
    switch (type) {
      case "identifier":
      case "string":
        return v === null || v === undefined ? None : textValue(v as string);
      case "int":
        return v === null ? 0 : v as number;
      case "constant":
        return v as Value;
    }
    return types.literals.get(v as string) ?? None;
  };
  const isLeaf = (type: string): boolean =>
    type === "identifier" || type === "string" || type === "int" || type === "constant" ||
    Object.hasOwn(LITERAL_SUMS, type);
  const put = (type: string, v: unknown, into: Value[], at: number): void => {
    if (v === null || v === undefined) into[at] = type === "int" ? 0 : None;
    else if (isLeaf(type)) into[at] = leaf(type, v);
    else {
      into[at] = None;
      nodes.push(v as AnyNode);
      targets.push(into);
      indexes.push(at);
    }
  };
  while (nodes.length > 0) {
    const node = nodes.pop()!, into = targets.pop()!, at = indexes.pop()!;
    const kind = node.kind;
    let plan = plans.get(kind);
    if (plan === undefined) {
      plan = {
        shape: nodeShape(types, kind),
        type: types.byName.get(kind)!,
        fields: nodeFields(kind),
        located: isLocated(kind),
      };
      plans.set(kind, plan);
    }
    const slots: Value[] = [];
    for (const f of plan.fields) {
      const v = node[f.key];
      if (f.quantifier === "*" || f.quantifier === "?*") {
        const list = v as unknown[], items: Value[] = [];
        for (let i = 0; i < list.length; i++) put(f.type, list[i], items, i);
        slots.push(new PyList(items));
      } else put(f.type, v, slots, slots.length);
    }
    if (plan.located) { for (const a of POSITIONS) slots.push(node[a] as number); }
    into[at] = new PyInstance(plan.type, plan.shape, slots);
    cur.tick(4);
  }
  return root[0];
}

// ---- objects to trees ----------------------------------------------------------------------

/** How deep trees from outside may be: cycles end here. */
const MAX_DEPTH = 100_000;

/** A node being read. */
interface Frame {
  readonly kind: string;
  readonly obj: Value;
  readonly fields: readonly FieldInfo[];
  readonly values: unknown[];
  readonly positions: number[];
  /** The list field being read, and its elements so far. */
  list: PyList | undefined;
  n: number;
  out: unknown[];
}

const PENDING = Symbol("pending");

function className(kind: string): string {
  return kind === "Expr" ? "ExprStmt" : kind === "arguments" ? "arguments_" : kind;
}

class Reader {
  readonly types: AstTypes;
  readonly sums: Map<string, string[]>;
  readonly stack: Frame[] = [];
  constructor(types: AstTypes) {
    this.types = types;
    this.sums = sumMembers();
  }

  private int(v: Value): number {
    if (!isInt(v)) throw newErrorArgs(X.ValueError, [strConcatAll("invalid integer value: ", reprStr(v))]);
    const n = intValue(v);
    if (typeof n === "bigint" || n > 0x7FFFFFFF || n < -0x80000000) {
      throw overflowError("Python int too large to convert to C int");
    }
    return n;
  }

  /** Positions of a node; `owner` is what error texts name. */
  private positions(obj: Value, owner: string): number[] {
    const out: number[] = [];
    const full = FULLY_LOCATED.includes(owner);
    for (let i = 0; i < 4; i++) {
      const v = lookupAttr(obj, POSITIONS[i]);
      if (i >= 2 && !full && (v === undefined || v === None)) out.push(out[i - 2]);
      else if (v === undefined) throw typeError(`required field "${POSITIONS[i]}" missing from ${owner}`);
      else out.push(this.int(v));
    }
    return out;
  }

  /** The first of `members` that the object is an instance of. */
  private member(obj: Value, members: readonly string[], sum: string): string {
    const exact = this.types.kinds.get(typeOf(obj));
    if (exact !== undefined && members.includes(exact)) return exact;
    for (const m of members) if (isInstanceOf(obj, this.types.byName.get(m)!)) return m;
    throw newErrorArgs(X.TypeError, [strConcatAll(`expected some sort of ${sum}, but got `, reprStr(obj))]);
  }

  /** The value of a field or element of ASDL type `type`; PENDING when a node was pushed. */
  begin(type: string, obj: Value): unknown {
    switch (type) {
      case "identifier":
        if (obj === None) return null;
        if (!isStr(obj) || typeOf(obj) !== strType) throw typeError("AST identifier must be of type str");
        return utf16(strValue(obj));
      case "string":
        if (isStr(obj) && typeOf(obj) === strType) return utf16(strValue(obj));
        if (obj instanceof PyBytes && obj.cls === bytesType) return String.fromCharCode(...obj.b);
        throw typeError("AST string must be of type str");
      case "int":
        return this.int(obj);
      case "constant":
        return obj;
    }
    if (Object.hasOwn(LITERAL_SUMS, type)) return this.member(obj, LITERAL_SUMS[type], type);
    let kind = type, positions: number[] = [];
    const members = this.sums.get(type);
    if (members !== undefined) {
      if (obj === None) return null;
      if (ast.LOCATED_SUMS.includes(type)) positions = this.positions(obj, type);
      kind = this.member(obj, members, type);
    }
    if (this.stack.length >= MAX_DEPTH) {
      throw recursionError(`maximum recursion depth exceeded while traversing '${kind}' node`);
    }
    cur.tick(4);
    this.stack.push({ kind, obj, fields: nodeFields(kind), values: [], positions, list: undefined, n: 0, out: [] });
    return PENDING;
  }

  /** Reads the next thing of the innermost node; what it is, or PENDING. */
  private step(f: Frame): unknown {
    if (f.list !== undefined) {
      const field = f.fields[f.values.length];
      if (f.list.items.length !== f.n) {
        throw runtimeError(`${f.kind} field "${field.name}" changed size during iteration`);
      }
      if (f.out.length < f.n) {
        const v = this.begin(field.type, f.list.items[f.out.length]);
        if (v !== PENDING) f.out.push(v);
        return PENDING;
      }
      f.values.push(f.out);
      f.list = undefined;
      return PENDING;
    }
    if (f.values.length === f.fields.length) return this.finish(f);
    const field = f.fields[f.values.length];
    const v = lookupAttr(f.obj, field.name);
    if (field.quantifier === "*" || field.quantifier === "?*") {
      if (v === undefined) {
        f.values.push([]);
        return PENDING;
      }
      if (!(v instanceof PyList)) {
        throw typeError(`${f.kind} field "${field.name}" must be a list, not a ${typeName(v)}`);
      }
      f.list = v;
      f.n = v.items.length;
      f.out = [];
      return PENDING;
    }
    if (v === undefined || (v === None && field.quantifier === "?")) {
      if (field.quantifier !== "?") throw typeError(`required field "${field.name}" missing from ${f.kind}`);
      f.values.push(field.type === "int" ? 0 : null);
      return PENDING;
    }
    const r = this.begin(field.type, v);
    if (r !== PENDING) f.values.push(r);
    return PENDING;
  }

  private finish(f: Frame): unknown {
    const row = NODE_TABLE[f.kind];
    if (row.base === "" && row.attributes) f.positions.push(...this.positions(f.obj, f.kind));
    for (let i = 0; i < f.fields.length; i++) {
      if (f.values[i] === null && f.fields[i].quantifier === "") {
        throw valueError(`field '${f.fields[i].name}' is required for ${f.kind}`);
      }
    }
    const cls = (ast as unknown as Record<string, new (...args: unknown[]) => unknown>)[className(f.kind)];
    return new cls(...f.values, ...f.positions);
  }

  /** Reads the tree whose root is `obj`. */
  read(obj: Value): Mod {
    const root = this.begin("mod", obj);
    if (root !== PENDING) return root as Mod;
    for (;;) {
      const f = this.stack[this.stack.length - 1];
      const v = this.step(f);
      if (v === PENDING) continue;
      this.stack.pop();
      if (this.stack.length === 0) return v as Mod;
      const outer = this.stack[this.stack.length - 1];
      if (outer.list !== undefined) outer.out.push(v);
      else outer.values.push(v);
    }
  }
}

const ROOTS: Record<ParseMode, string> = {
  exec: "Module",
  eval: "Expression",
  single: "Interactive",
  func_type: "FunctionType",
};

/** Python objects as a tree, which is checked. */
export function valueToAst(v: Value, mode: ParseMode): Mod {
  const types = astTypes(), root = ROOTS[mode];
  if (!isInstanceOf(v, types.byName.get(root)!)) throw typeError(`expected ${root} node, got ${typeName(v)}`);
  const tree = new Reader(types).read(v);
  try {
    validate(tree);
  } catch (e) {
    if (e instanceof RangeError) throw recursionError("maximum recursion depth exceeded during compilation");
    throw e;
  }
  return tree;
}
