// Evaluates the expressions that tests/tools/record_numbers.py has recorded over the object model,
// without the VM, and compares what they give with what CPython gave.

import { assertEquals } from "@std/assert";
import "../../core/objects/object_type.ts";
import * as O from "../../core/objects/object.ts";
import * as A from "../../core/objects/abstract.ts";
import { cur } from "../../core/objects/state.ts";
import { PyDict } from "../../core/objects/dict.ts";
import { hashToValue } from "../../core/objects/hash.ts";
import { utf16 } from "../../core/objects/names.ts";
import { NativeDef, PyBuiltin } from "../../core/objects/native.ts";
import type { ModuleSpec } from "../../core/objects/module_spec.ts";
import { fromCodePoints } from "../../core/objects/str_ops.ts";
import { spec as math } from "../../stdlib/math.ts";
import { spec as cmath } from "../../stdlib/cmath.ts";
import { spec as random } from "../../stdlib/_random.ts";
import { spec as string } from "../../stdlib/_string.ts";
import { enterThread } from "./containers.ts";
import "../../core/objects/list.ts";
import "../../core/objects/range.ts";
import "../../core/objects/slice.ts";

// deno-lint-ignore no-explicit-any
type Tree = any[];
type Row = [src: string, tree: Tree, want: string];

const MODULES: Record<string, ModuleSpec> = {
  math,
  cmath,
  _random: random,
  _string: string,
};
const TYPES = new Map(O.allTypes.map((t) => [t.name, t]));

const BINARY: Record<string, (a: O.Value, b: O.Value) => O.Value> = {
  Add: A.binAdd,
  Sub: A.binSub,
  Mult: A.binMul,
  Div: A.binTrueDiv,
  FloorDiv: A.binFloorDiv,
  Mod: A.binMod,
  LShift: A.binLshift,
  RShift: A.binRshift,
  BitAnd: A.binAnd,
  BitOr: A.binOr,
  BitXor: A.binXor,
  Pow: (a, b) => A.binPow(a, b),
};
const COMPARE: Record<string, O.CmpOp> = {
  Lt: O.LT,
  LtE: O.LE,
  Eq: O.EQ,
  NotEq: O.NE,
  Gt: O.GT,
  GtE: O.GE,
};
const BUILTINS: Record<string, (...args: O.Value[]) => O.Value> = {
  repr: A.reprStr,
  hash: (v) => hashToValue(A.hash(v), cur.hashHi),
  format: (v, s = "") => A.formatValue(v, s),
  pow: (a, b, c = O.None) => A.binPow(a, b, c),
  divmod: A.binDivmod,
  abs: A.absolute,
  round: (v, ...n) => A.call(A.lookupSpecial(v, "__round__")!, n),
  len: A.lengthOf,
  list: (v) => new O.PyList(A.iterToArray(v)),
  iter: A.getIter,
  reversed: (v) => A.callMethod(v, "__reversed__"),
};

function member(module: string, name: string): O.Value {
  const m = MODULES[module];
  const f = m.functions?.[name];
  if (f !== undefined) {
    const self = new O.PyModule(new PyDict());
    return new PyBuiltin(new NativeDef(name, f), self, module);
  }
  const v = m.types?.[name] ?? m.constants?.[name];
  if (v === undefined) throw new Error(`no ${module}.${name}`);
  return typeof v === "function" ? v() : v;
}

function double(s: string): number {
  return s.endsWith("inf") ? (s[0] === "-" ? -Infinity : Infinity) : Number(s);
}

function evaluate(t: Tree): O.Value {
  switch (t[0]) {
    case "i": {
      const n = Number(t[1]);
      return Number.isSafeInteger(n) ? n : BigInt(t[1]);
    }
    case "f":
      return new O.PyFloat(double(t[1]));
    case "c":
      return new O.PyComplex(double(t[1]), double(t[2]));
    case "s":
      return fromCodePoints(t[1]);
    case "b":
      return new O.PyBytes(Uint8Array.from(t[1]));
    case "B":
      return t[1];
    case "N":
      return O.None;
    case "T":
      return new O.PyTuple(t[1].map(evaluate));
    case "L":
      return new O.PyList(t[1].map(evaluate));
    case "D": {
      const d = new PyDict();
      for (const [k, v] of t[1]) d.set(evaluate(k), evaluate(v));
      return d;
    }
    case "n":
      return TYPES.get(t[1])!;
    case "a":
      if (t[1][0] === "n" && t[1][1] in MODULES) return member(t[1][1], t[2]);
      return A.getAttr(evaluate(t[1]), t[2]);
    case "call": {
      const args: O.Value[] = t[2].map(evaluate);
      if (t[1][0] === "n" && t[1][1] in BUILTINS) {
        return BUILTINS[t[1][1]](...args);
      }
      const f = evaluate(t[1]), names: string[] = [];
      for (const [name, v] of t[3]) {
        names.push(name);
        args.push(evaluate(v));
      }
      return A.call(f, args, names.length > 0 ? names : undefined);
    }
    case "bin":
      return BINARY[t[1]](evaluate(t[2]), evaluate(t[3]));
    case "un": {
      const v = evaluate(t[2]);
      if (t[1] === "USub") return A.neg(v);
      return t[1] === "UAdd" ? A.pos(v) : A.invert(v);
    }
    case "cmp": {
      const a = evaluate(t[2]), b = evaluate(t[3]);
      if (t[1] === "In") return A.contains(b, a);
      return A.richCompare(a, b, COMPARE[t[1]]);
    }
    case "sub":
      return A.getItem(evaluate(t[1]), evaluate(t[2]));
    case "slice":
      return new O.PySlice(evaluate(t[1]), evaluate(t[2]), evaluate(t[3]));
  }
  throw new Error(`no such expression: ${t[0]}`);
}

function outcome(t: Tree): string {
  try {
    return utf16(A.reprStr(evaluate(t)));
  } catch (e) {
    if (!(e instanceof O.PyBaseException)) throw e;
    return `!${e.cls.name}: ${utf16(A.strOf(e))}`;
  }
}

/** Numbers that differ in the last digits only: the host's own functions are not CPython's. */
function nearly(a: string, b: string): boolean {
  const number = /-?\d+\.\d+(?:e[+-]?\d+)?/g;
  if (a.replace(number, "#") !== b.replace(number, "#")) return false;
  const xs = a.match(number) ?? [], ys = b.match(number) ?? [];
  return xs.every((x, i) => {
    const d = Math.abs(Number(x) - Number(ys[i]));
    return d <= Math.abs(Number(x)) * 4e-16;
  });
}

/** Runs a recorded part; every outcome must be CPython's. */
export function checkRecorded(part: string, tolerant = false): void {
  enterThread();
  Object.assign(cur.interp, { intMaxStrDigits: 4300, warn() {} });
  const path = new URL("../numbers.json", import.meta.url);
  const rows: Row[] = JSON.parse(Deno.readTextFileSync(path))[part];
  const wrong: string[] = [];
  for (const [src, tree, want] of rows) {
    const got = outcome(tree);
    if (got !== want && !(tolerant && nearly(got, want))) {
      wrong.push(`${src}\n  CPython ${want}\n  gopy    ${got}`);
    }
  }
  assertEquals(wrong, []);
}
