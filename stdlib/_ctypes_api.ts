// CPython 3.14: Objects/codeobject.c (extra storage of code objects)
//
// The functions of the C API that `ctypes.pythonapi` has: those for the extra storage of code
// objects. Their free functions are called when a value is replaced.

import { codeType, isInstance, type Value } from "../core/objects/object.ts";
import { systemError } from "../core/objects/errors.ts";
import { interpStore } from "../core/objects/state.ts";
import {
  allocate,
  type Block,
  type Code,
  codeBlock,
  getPointer,
  objectAt,
  type Place,
  placeAt,
  setPointer,
} from "./_ctypes_memory.ts";

/** Free functions by index, and what each code object stores. */
class Extras {
  frees: Place[] = [];
  values: WeakMap<object, Map<number, number | bigint>> = new WeakMap();
}
const EXTRAS = {};
function extras(): Extras {
  return interpStore(EXTRAS, () => new Extras());
}
function index(args: readonly Place[]): number {
  return Number(args[1].block.view.getBigInt64(args[1].off, true));
}
function need(args: readonly Place[], n: number): void {
  if (args.length < n) throw systemError("bad argument to internal function");
}
/** The code object that is the first argument. */
function codeArgument(args: readonly Place[]): object {
  const c: Value = objectAt(getPointer(args[0]));
  if (!isInstance(c, codeType)) throw systemError("bad argument to internal function");
  return c as object;
}

const SYMBOLS: Record<string, Code["call"]> = {
  PyUnstable_Eval_RequestCodeExtraIndex: (args, result) => {
    need(args, 1);
    const e = extras();
    e.frees.push(placeAt(getPointer(args[0])));
    result.view.setBigInt64(0, BigInt(e.frees.length - 1), true);
    return undefined;
  },
  PyUnstable_Code_SetExtra: (args) => {
    need(args, 3);
    const e = extras(), code = codeArgument(args), i = index(args);
    if (i < 0 || i >= e.frees.length) throw systemError("bad argument to internal function");
    let m = e.values.get(code);
    if (m === undefined) e.values.set(code, m = new Map());
    const old = m.get(i);
    m.set(i, getPointer(args[2]));
    if (old !== undefined && old !== 0) {
      const block = allocate(16);
      setPointer({ block, off: 0 }, old);
      e.frees[i].block.code?.call([{ block, off: 0 }], allocate(16));
    }
    return undefined;
  },
  PyUnstable_Code_GetExtra: (args) => {
    need(args, 3);
    const v = extras().values.get(codeArgument(args))?.get(index(args));
    const to = getPointer(args[2]);
    if (v !== undefined) setPointer(placeAt(to), v);
    return undefined;
  },
};

const BLOCKS = {};
/** The function of a name; undefined for a symbol that is not there. */
export function symbol(name: string): Block | undefined {
  const f = Object.hasOwn(SYMBOLS, name) ? SYMBOLS[name] : undefined;
  if (f === undefined) return undefined;
  const known = interpStore(BLOCKS, () => new Map<string, Block>());
  let b = known.get(name);
  if (b === undefined) known.set(name, b = codeBlock({ call: f }));
  return b;
}
