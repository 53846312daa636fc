// A small evaluator of Python expressions over the object model, without the VM: it runs the
// statements that tests/tools/record_expressions.py has recorded and compares the outcomes.

import { assertEquals } from "@std/assert";
import * as O from "../../core/objects/object.ts";
import * as A from "../../core/objects/abstract.ts";
import * as X from "../../core/objects/exceptions.ts";
import { cur, type FrameLike, type InterpState, setCur, ThreadState } from "../../core/objects/state.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { PyCallIter } from "../../core/objects/seqiter.ts";
import { NativeDef, PyBuiltin, PyMethodDescr } from "../../core/objects/native.ts";
import { callMethodDescr } from "../../core/objects/native_call.ts";
import { lookupType } from "../../core/objects/attr.ts";
import { utf16 } from "../../core/objects/names.ts";
import { hashToValue } from "../../core/objects/hash.ts";
import { enumerateType } from "../../core/objects/enumerate.ts";
import { filterType } from "../../core/objects/filter.ts";
import { mapType } from "../../core/objects/map.ts";
import { reversedType } from "../../core/objects/reversed.ts";
import { zipType } from "../../core/objects/zip.ts";
import { enterThread } from "./containers.ts";
import "../../core/objects/list.ts";
import "../../core/objects/bytearray.ts";
import "../../core/objects/memoryview.ts";
import "../../core/objects/range.ts";
import "../../core/objects/slice.ts";
import "../../core/objects/type.ts";

/** A node of the recorded syntax tree: `k` is its class. */
interface Node {
  k: string;
  // deno-lint-ignore no-explicit-any
  [field: string]: any;
}
type Names = Map<string, O.Value>;

const builtins: Names = new Map();

function native(
  name: string,
  sig: string,
  f: (...args: O.Value[]) => O.Value,
): PyBuiltin {
  const def = new NativeDef(name, [
    sig,
    "",
    (_self: undefined, ...args: O.Value[]) => f(...args),
  ]);
  return new PyBuiltin(def, undefined);
}
function builtin(
  name: string,
  sig: string,
  f: (...args: O.Value[]) => O.Value,
): void {
  builtins.set(name, native(name, sig, f));
}

function start(names: Names): void {
  enterThread();
  const interp = cur.interp as unknown as Record<string, unknown>;
  fillBuiltins();
  const seen = new PyDict();
  for (const [name, v] of builtins) seen.setStr(name, v);
  interp.builtins = { dict: seen };
  setCur(new ThreadState(interp as unknown as InterpState));
  // what the statements have bound counts as reachable
  cur.frame = {
    globals: new PyDict(),
    builtins: seen,
    back: undefined,
    locals: [names],
  } as FrameLike;
}

function fillBuiltins(): void {
  if (builtins.size > 0) return;
  for (const [name, t] of Object.entries(X.exceptionTypes)) {
    builtins.set(name, t);
  }
  const types = [enumerateType, filterType, mapType, reversedType, zipType];
  for (const t of [...O.allTypes, ...types]) builtins.set(t.name, t);
  builtin("len", "obj, /", (v) => A.lengthOf(v));
  builtin(
    "iter",
    "object, sentinel=None, /",
    (v, s) => s === undefined ? A.getIter(v) : new PyCallIter(v, s),
  );
  builtin("next", "iterator, /", (v) => {
    const r = A.iterNext(v);
    if (r !== undefined) return r;
    throw X.makeException(X.StopIteration, new O.PyTuple([]));
  });
  builtin("repr", "obj, /", (v) => A.reprStr(v));
  builtin("hash", "obj, /", (v) => hashToValue(A.hash(v), cur.hashHi));
  builtin("isinstance", "obj, cls, /", (v, c) => A.isInstanceOf(v, c));
}

const BINARY: Record<string, (a: O.Value, b: O.Value) => O.Value> = {
  Add: A.binAdd,
  Sub: A.binSub,
  Mult: A.binMul,
  Mod: A.binMod,
  Div: A.binTrueDiv,
  Pow: (a, b) => A.binPow(a, b),
};
const INPLACE: typeof BINARY = { Add: A.iAdd, Mult: A.iMul };
const COMPARE: Record<string, O.CmpOp> = {
  Lt: O.LT,
  LtE: O.LE,
  Eq: O.EQ,
  NotEq: O.NE,
  Gt: O.GT,
  GtE: O.GE,
};

function constant(v: unknown): O.Value {
  if (v === null || v === undefined) return O.None;
  if (typeof v === "string") return X.textValue(v);
  if (typeof v !== "object") return v as O.Value;
  const c = v as Record<string, unknown>;
  if ("int" in c) {
    const n = Number(c.int);
    return Number.isSafeInteger(n) ? n : BigInt(c.int as string);
  }
  if ("float" in c) return new O.PyFloat(Number(c.float));
  if ("bytes" in c) return new O.PyBytes(Uint8Array.from(c.bytes as number[]));
  return O.Ellipsis;
}

function list(nodes: Node[] | undefined, env: Names): O.Value[] {
  const out: O.Value[] = [];
  for (const n of nodes ?? []) {
    if (n.k === "Starred") out.push(...A.iterToArray(evaluate(n.value, env)));
    else out.push(evaluate(n, env));
  }
  return out;
}

function compare(op: string, a: O.Value, b: O.Value): O.Value {
  switch (op) {
    case "In":
      return A.contains(b, a);
    case "NotIn":
      return !A.contains(b, a);
    case "Is":
      return A.identical(a, b);
    case "IsNot":
      return !A.identical(a, b);
    default:
      return A.richCompare(a, b, COMPARE[op]);
  }
}

function lambda(n: Node, env: Names): O.Value {
  const names = (n.args.args as Node[] | undefined ?? []).map((a) => a.arg);
  const rest = n.args.vararg?.arg as string | undefined;
  return native("<lambda>", "*args", (...given) => {
    const args = given[0] as unknown as O.Value[];
    const inner = new Map(env);
    names.forEach((name, i) => inner.set(name, args[i]));
    if (rest !== undefined) {
      inner.set(rest, new O.PyTuple(args.slice(names.length)));
    }
    return evaluate(n.body, inner);
  });
}

function evaluate(n: Node, env: Names): O.Value {
  const sub = (m: Node) => evaluate(m, env);
  switch (n.k) {
    case "Constant":
      return constant(n.value);
    case "Name": {
      const v = env.get(n.id) ?? builtins.get(n.id);
      if (v !== undefined) return v;
      const msg = `name '${n.id}' is not defined`;
      throw X.makeNameError(X.NameError, msg, n.id);
    }
    case "Attribute":
      return A.getAttr(sub(n.value), n.attr);
    case "List":
      return new O.PyList(list(n.elts, env));
    case "Tuple":
      return new O.PyTuple(list(n.elts, env));
    case "Set":
      return A.call1(O.setType, new O.PyList(list(n.elts, env)));
    case "Dict": {
      const d = new PyDict();
      (n.keys as Node[] | undefined ?? []).forEach((k, i) => d.set(sub(k), sub(n.values[i])));
      return d;
    }
    case "Subscript":
      return A.getItem(sub(n.value), sub(n.slice));
    case "Slice": {
      const [lo, hi, step] = [n.lower, n.upper, n.step].map((m) => m === undefined ? O.None : sub(m));
      return new O.PySlice(lo, hi, step);
    }
    case "BinOp":
      return BINARY[n.op.k](sub(n.left), sub(n.right));
    case "UnaryOp": {
      const v = sub(n.operand);
      return n.op.k === "USub" ? A.neg(v) : !A.isTrue(v);
    }
    case "Compare": {
      let left = sub(n.left), r: O.Value = true;
      for (let i = 0; i < n.ops.length && A.isTrue(r); i++) {
        const right = sub(n.comparators[i]);
        r = compare(n.ops[i].k, left, right);
        left = right;
      }
      return r;
    }
    case "Lambda":
      return lambda(n, env);
    case "Call": {
      const self = n.func.k === "Attribute" ? sub(n.func.value) : undefined;
      const f = self === undefined ? sub(n.func) : A.getAttr(self, n.func.attr);
      const args = list(n.args, env);
      const names: string[] = [];
      for (const k of n.keywords as Node[] | undefined ?? []) {
        names.push(k.arg);
        args.push(sub(k.value));
      }
      const kw = names.length > 0 ? names : undefined;
      // a method of a builtin is called unbound, as LOAD_ATTR leaves it
      if (self !== undefined) {
        const d = lookupType(O.typeOf(self), n.func.attr);
        if (d instanceof PyMethodDescr && f instanceof PyBuiltin && f.def === d.def) {
          return callMethodDescr(d, self, args, kw);
        }
      }
      return A.call(f, args, kw);
    }
  }
  throw new Error(`no such expression: ${n.k}`);
}

function assign(t: Node, v: O.Value, env: Names): void {
  if (t.k === "Name") env.set(t.id, v);
  else if (t.k === "Subscript") {
    A.setItem(evaluate(t.value, env), evaluate(t.slice, env), v);
  } else A.setAttr(evaluate(t.value, env), t.attr, v);
}

function execute(s: Node, env: Names): void {
  switch (s.k) {
    case "Expr":
      evaluate(s.value, env);
      break;
    case "Assign": {
      const v = evaluate(s.value, env);
      for (const t of s.targets) assign(t, v, env);
      break;
    }
    case "AugAssign": {
      const old = evaluate(s.target, env);
      assign(s.target, INPLACE[s.op.k](old, evaluate(s.value, env)), env);
      break;
    }
    case "Delete":
      for (const t of s.targets as Node[]) {
        if (t.k === "Subscript") {
          A.delItem(evaluate(t.value, env), evaluate(t.slice, env));
        } else A.delAttr(evaluate(t.value, env), t.attr);
      }
      break;
    default:
      throw new Error(`no such statement: ${s.k}`);
  }
}

function outcome(body: Node[], env: Names): string {
  try {
    if (body.length === 1 && body[0].k === "Expr") {
      return "-> " + utf16(A.reprStr(evaluate(body[0].value, env)));
    }
    for (const s of body) execute(s, env);
    return "ok";
  } catch (e) {
    if (!(e instanceof O.PyBaseException)) throw e;
    return `!! ${e.cls.qualname} ${utf16(A.strOf(e))}`;
  }
}

/** What record_expressions.py has written under a key. */
export function recorded(key: string): unknown[] {
  const path = new URL("../expressions.json", import.meta.url);
  return JSON.parse(Deno.readTextFileSync(path))[key];
}

/** Runs the recorded statements of one file of cases; all outcomes must be the reference's. */
export function checkCases(key: string): void {
  const env: Names = new Map();
  start(env);
  const wrong: string[] = [];
  const address = /0x[0-9a-f]{8,}/g;
  for (const row of recorded(key)) {
    const [line, body, want] = row as [string, Node[], string];
    const got = outcome(body, env);
    if (got.replace(address, "0x") !== want.replace(address, "0x")) {
      wrong.push(`${line}\n  CPython ${want}\n  gopy    ${got}`);
    }
  }
  assertEquals(wrong, []);
}
