// CPython 3.14: Python/ceval.c, Python/bytecodes.c
//
// Tier 1: the dispatch loop. `run` executes frames until the one marked `entry` ends. A Python call
// does not recurse: it makes a frame and goes on with it. What must hold here:
//  - temporaries are declared once, at the top: a `const` in each case would give the function a
//    huge JavaScript frame (a test guards its size, and that of its V8 bytecode);
//  - `f.pc = pc` before anything that may run guest code or look at frames;
//  - `f.sp` before control leaves the frame for another one;
//  - the common half of an instruction is here, the rare half a function in ops_*.ts.

import {
  dictType,
  floatType,
  type KwNames,
  listType,
  None,
  type PyBaseException,
  PyCell,
  PyFloat,
  PyInstance,
  PyList,
  PyTuple,
  PyType,
  strType,
  TF_HEAPTYPE,
  tupleType,
  typeOf,
  typeType,
  type Value,
} from "../../core/objects/object.ts";
import { PyFunction, PyMethod } from "../../core/objects/function.ts";
import { PyMethodDescr } from "../../core/objects/native.ts";
import { PyBuiltin } from "../../core/objects/native.ts";
import { PyDict } from "../../core/objects/dict.ts";
import * as A from "../../core/objects/abstract.ts";
import { NATIVE_LIMIT } from "../../core/objects/abstract.ts";
import { intFloorDiv, intMod, intMul } from "../../core/objects/int_ops.ts";
import { PyListIter, PyTupleIter } from "../../core/objects/listiter.ts";
import { PyRangeIter } from "../../core/objects/range.ts";
import { newInstance } from "../../core/objects/attr.ts";
import * as O from "../../core/code/opnums.ts";
import * as P from "./prepare.ts";
import { LENGTH } from "./prepare.ts";
import { D_CALL, D_FOR, D_INIT, D_PUSH, D_SEND, Frame } from "./frame.ts";
import { recursionError } from "../../core/objects/errors.ts";
import { cur } from "../../core/objects/state.ts";
import { bindKeywords } from "./bind.ts";
import { PAUSED, type VmThread } from "./thread.ts";
import { asException, setContext } from "./unwind.ts";
import { abandon, raise, reraise } from "./raise.ts";
import { PyGenerator } from "./generator.ts";
import * as C from "./calls.ts";
import * as X from "./ops_misc.ts";
import * as N from "./ops_names.ts";
import * as I from "./caches.ts";
import * as W from "./observe.ts";
import * as G from "./gen_ops.ts";
import * as U from "./ops_build.ts";
import * as M from "../monitoring/step.ts";
import * as D from "./special.ts";
import { typeCall } from "../../core/objects/type.ts";

// What the loop tests and makes all the time. An imported binding is a cell that V8 loads, and tests
// for its initialisation, at each use; a constant of this module's own is folded into the code.
const KBuiltin = PyBuiltin,
  KDict = PyDict,
  KFloat = PyFloat,
  KFunction = PyFunction,
  KGenerator = PyGenerator,
  KInstance = PyInstance,
  KList = PyList,
  KListIter = PyListIter,
  KMethod = PyMethod,
  KMethodDescr = PyMethodDescr,
  KRangeIter = PyRangeIter,
  KTuple = PyTuple,
  KTupleIter = PyTupleIter,
  KType = PyType,
  KFrame = Frame,
  KListType = listType,
  KDictType = dictType,
  KFloatType = floatType,
  KTupleType = tupleType,
  KStrType = strType,
  KTypeType = typeType,
  KNone = None,
  KLENGTH = LENGTH,
  KTypeCall = typeCall;

/**
 * Runs `f` until the frame marked `entry` ends; the result is what that frame returned or yielded.
 * The loop itself has no `try`: what natives throw arrives here and goes to its handler. It also
 * comes back at every poll, so that V8 can put a newly optimised `loop` to use.
 */
export function run(ts: VmThread, f: Frame): Value {
  let next: Frame | undefined = f;
  let entry = f;
  while (!entry.entry) entry = entry.back!;
  for (;;) {
    try {
      const r = loop(ts, next);
      if (r !== undefined && r !== POLLED) return r;
      next = r === POLLED ? ts.frame : undefined;
      if (ts.pause && next !== undefined && entry === ts.task) return PAUSED;
    } catch (e) {
      next = recover(ts, entry, e);
    }
    if (next === undefined) return ended(ts);
  }
}

/**
 * Calls a Python function from a native. As `run`, with the frame made here: guest code that nests
 * through natives comes by, and each of these calls takes room on the JavaScript stack.
 */
export function callPython(fn: Value, args: Value[], kwnames: KwNames | undefined): Value {
  const ts = cur as VmThread, depth = ts.nativeDepth;
  if (depth + RUN_WEIGHT > NATIVE_LIMIT) throw recursionError("maximum recursion depth exceeded");
  let next: Frame | undefined = C.pushCall(ts, fn as PyFunction, args, kwnames);
  const entry = next;
  entry.entry = true;
  ts.nativeDepth = depth + RUN_WEIGHT;
  for (;;) {
    try {
      const r = loop(ts, next);
      if (r !== undefined && r !== POLLED) {
        ts.nativeDepth = depth;
        return r;
      }
      next = r === POLLED ? ts.frame : undefined;
    } catch (e) {
      next = recover(ts, entry, e);
    }
    if (next === undefined) {
      ts.nativeDepth = depth;
      return ended(ts);
    }
  }
}
/** JavaScript stack that one nested run takes, in bytes (with the natives around it). */
export const RUN_WEIGHT = 350;

/** What was thrown out of `loop` goes to its handler. */
function recover(ts: VmThread, entry: Frame, e: unknown): Frame | undefined {
  // JavaScript's own errors (a stack overflow) may have left runs nested in this one half-way
  const at = e instanceof Error ? abandon(ts, entry) : ts.frame!;
  return raise(ts, at, at.pc, asException(e));
}
/** The entry frame has been left. */
function ended(ts: VmThread): Value {
  if (ts.ret !== undefined) return ts.ret;
  throw C.pending();
}

/** What `loop` returns after a poll. */
const POLLED: Value = new PyCell(undefined);

/**
 * The dispatch loop. POLLED means: go on with `ts.frame`; undefined that the entry frame was left
 * by an exception, see `reraise`.
 */
function loop(ts: VmThread, f: Frame): Value | undefined {
  const S = ts.stack;
  let prep = f.prep, ops = prep.ops, args = prep.args, L = f.locals, pc = f.pc, sp = f.sp;
  // temporaries of all cases
  // deno-lint-ignore no-explicit-any
  let a: any, b: any, c: any, r: any, v: any, n = 0, i = 0, d = 0.5, e = 0.5;
  ts.frame = f;

  loop: for (;;) {
    enter: {
      // Leaving the switch by `break` hands `r` on: it is the result of a Python-level return.
      // Leaving the block by `break enter` goes on with the frame `f`, by `break floats` with the
      // float `d`, which is not on the stack yet.
      floats: {
        switch (ops[pc]) {
          // ---- operand stack, locals, constants ----
          case 27: // NOP
          case 28: // NOT_TAKEN
          case 69: // EXTENDED_ARG
            pc++;
            continue;
          case 128: // RESUME
            // a signal must not be raised between a generator and what it delegates to
            if (--ts.fuel < 0 && (args[pc] & 3) < 2) {
              f.pc = pc;
              f.sp = sp;
              C.poll(ts);
              f.pc = pc + 1;
              return POLLED;
            }
            pc++;
            continue;
          case 84: // LOAD_FAST
          case 86: // LOAD_FAST_BORROW
            S[sp++] = L[args[pc++]];
            continue;
          case 87: // LOAD_FAST_BORROW_LOAD_FAST_BORROW
          case 89: // LOAD_FAST_LOAD_FAST
            n = args[pc++];
            S[sp++] = L[n >> 4];
            S[sp++] = L[n & 15];
            continue;
          case 88: // LOAD_FAST_CHECK
            if ((a = L[args[pc]]) === undefined) {
              f.pc = pc;
              throw N.unboundLocal(prep.code, args[pc]);
            }
            S[sp++] = a;
            pc++;
            continue;
          case 85: // LOAD_FAST_AND_CLEAR
            n = args[pc++];
            S[sp++] = L[n];
            L[n] = undefined;
            continue;
          case 112: // STORE_FAST
            L[args[pc++]] = S[--sp];
            continue;
          case 113: // STORE_FAST_LOAD_FAST
            n = args[pc++];
            L[n >> 4] = S[sp - 1];
            S[sp - 1] = L[n & 15];
            continue;
          case 114: // STORE_FAST_STORE_FAST
            n = args[pc++];
            L[n >> 4] = S[--sp];
            L[n & 15] = S[--sp];
            continue;
          case 63: // DELETE_FAST
            n = args[pc];
            f.pc = pc;
            if (L[n] === undefined) throw N.unboundLocal(prep.code, n);
            L[n] = undefined;
            pc++;
            continue;
          case 82: // LOAD_CONST
            ops[pc] = P.LOAD_CONST_SEEN;
            S[sp++] = prep.consts[args[pc++]];
            continue;
          case 205: // LOAD_CONST_SEEN
            S[sp++] = prep.consts[args[pc++]];
            continue;
          case 206: // COLD_2
          case 207: // COLD_4
          case 208: // COLD_6
            ops = W.observe(f, prep, pc, S, sp);
            continue;
          case 209: // COLD_END
            ops = prep.ops;
            continue;
          case 94: // LOAD_SMALL_INT
            S[sp++] = args[pc++];
            continue;
          case 81: // LOAD_COMMON_CONSTANT
            S[sp++] = X.commonConstant(args[pc++]);
            continue;
          case 31: // POP_TOP
          case 9: // END_FOR
          case 30: // POP_ITER
            sp--;
            pc++;
            continue;
          case 239: // DROP
            if ((a = S[--sp]) instanceof PyGenerator && a.owned) {
              f.pc = pc;
              f.sp = sp;
              G.dropOwned(a);
            }
            pc++;
            continue;
          case 33: // PUSH_NULL
            S[sp++] = undefined;
            pc++;
            continue;
          case 59: // COPY
            S[sp] = S[sp - args[pc++]];
            sp++;
            continue;
          case 117: // SWAP
            n = sp - args[pc++];
            a = S[n];
            S[n] = S[sp - 1];
            S[sp - 1] = a;
            continue;
          case 10: // END_SEND
            sp--;
            S[sp - 1] = S[sp];
            pc++;
            continue;

          // ---- cells ----
          case 97: // MAKE_CELL
            n = args[pc++];
            L[n] = new PyCell(L[n]);
            continue;
          case 60: // COPY_FREE_VARS
            n = args[pc++];
            a = f.func!.closure!.items;
            i = L.length - n;
            for (b = 0; b < n; b++) L[i + b] = a[b];
            continue;
          case 83: // LOAD_DEREF
            if ((a = (L[args[pc]] as PyCell).v) === undefined) {
              f.pc = pc;
              throw N.unboundCell(prep.code, args[pc]);
            }
            S[sp++] = a;
            pc++;
            continue;
          case 111: // STORE_DEREF
            (L[args[pc++]] as PyCell).v = S[--sp];
            continue;
          case 62: // DELETE_DEREF
            a = L[args[pc]] as PyCell;
            f.pc = pc;
            if (a.v === undefined) throw N.unboundCell(prep.code, args[pc]);
            a.v = undefined;
            pc++;
            continue;
          case 90: // LOAD_FROM_DICT_OR_DEREF
            f.pc = pc;
            S[sp - 1] = N.loadFromDictOrDeref(f, S[sp - 1]!, args[pc]);
            pc++;
            continue;

          // ---- names ----
          case 165: // LOAD_GLOBAL_MODULE_NULL
          case 162: // LOAD_GLOBAL_MODULE
            c = prep.cache[pc];
            if ((f.globals as PyDict).kver === c.kver) {
              S[sp++] = (f.globals as PyDict).vals[c.index];
              if (ops[pc] === P.LOAD_GLOBAL_MODULE_NULL) S[sp++] = undefined;
              pc += 5;
              continue;
            }
            ops[pc] = ops[pc] === P.LOAD_GLOBAL_MODULE ? O.LOAD_GLOBAL : P.LOAD_GLOBAL_NULL;
            continue;
          case 166: // LOAD_GLOBAL_BUILTIN_NULL
          case 163: // LOAD_GLOBAL_BUILTIN
            c = prep.cache[pc];
            if (
              (f.globals as PyDict).kver === c.kver &&
              (f.builtins as PyDict).kver === c.bver
            ) {
              S[sp++] = (f.builtins as PyDict).vals[c.index];
              if (ops[pc] === P.LOAD_GLOBAL_BUILTIN_NULL) S[sp++] = undefined;
              pc += 5;
              continue;
            }
            ops[pc] = ops[pc] === P.LOAD_GLOBAL_BUILTIN ? O.LOAD_GLOBAL : P.LOAD_GLOBAL_NULL;
            continue;
          case 164: // LOAD_GLOBAL_NULL
          case 92: // LOAD_GLOBAL
            f.pc = pc;
            S[sp++] = N.loadGlobal(f, prep, pc, prep.names[args[pc]]);
            n = ops[pc];
            if (
              n === P.LOAD_GLOBAL_NULL || n === P.LOAD_GLOBAL_MODULE_NULL ||
              n === P.LOAD_GLOBAL_BUILTIN_NULL
            ) S[sp++] = undefined;
            pc += 5;
            continue;
          case 93: // LOAD_NAME
            f.pc = pc;
            a = N.loadName(f, prep.names[args[pc]]);
            S[sp++] = a;
            pc++;
            continue;
          case 116: // STORE_NAME
            f.pc = pc;
            N.storeName(f, prep.names[args[pc]], S[--sp]!);
            pc++;
            continue;
          case 115: // STORE_GLOBAL
            f.globals.setStr(prep.names[args[pc++]], S[--sp]!);
            continue;
          case 65: // DELETE_NAME
          case 64: // DELETE_GLOBAL
          case 91: // LOAD_FROM_DICT_OR_GLOBALS
          case 22: // LOAD_LOCALS
          case 36: // SETUP_ANNOTATIONS
            f.pc = pc;
            sp = N.rareName(f, ops[pc], args[pc], S, sp);
            pc++;
            continue;

          // ---- attributes ----
          case 154: // LOAD_ATTR_SLOT
            a = S[sp - 1];
            c = prep.cache[pc] as I.AttrCache;
            if (
              a instanceof KInstance && a.shape === c.shape && a.cls.version === c.version &&
              (v = a.slots[c.index]) !== undefined
            ) {
              S[sp - 1] = v;
              pc += 10;
              continue;
            }
            if (c.more !== undefined && (c = I.findKind(c, a)) !== undefined && (v = a.slots[c.index]) !== undefined) {
              S[sp - 1] = v;
              pc += 10;
              continue;
            }
            ops[pc] = O.LOAD_ATTR;
            continue;
          case 155: // LOAD_ATTR_METHOD
            a = S[sp - 1];
            c = prep.cache[pc] as I.AttrCache;
            if (a instanceof KInstance && a.shape === c.shape && a.cls.version === c.version) {
              S[sp - 1] = c.value;
              S[sp++] = a;
              pc += 10;
              continue;
            }
            if (c.more !== undefined && (c = I.findKind(c, a)) !== undefined) {
              S[sp - 1] = c.value;
              S[sp++] = a;
              pc += 10;
              continue;
            }
            ops[pc] = P.LOAD_METHOD;
            continue;
          case 156: // LOAD_ATTR_BUILTIN_METHOD
            a = S[sp - 1];
            c = prep.cache[pc] as I.AttrCache;
            if (
              (a instanceof KList
                ? a.cls
                : typeof a === "string"
                ? KStrType
                : a instanceof KDict
                ? a.cls
                : typeOf(a)) === c.type
            ) {
              S[sp - 1] = c.value;
              S[sp++] = a;
              pc += 10;
              continue;
            }
            ops[pc] = P.LOAD_METHOD;
            continue;
          case 157: // LOAD_ATTR_MODULE
            a = S[sp - 1];
            c = prep.cache[pc] as I.AttrCache;
            if (a === c.owner && a.dict.kver === c.version) {
              S[sp - 1] = a.dict.vals[c.index];
              if (c.method) S[sp++] = undefined;
              pc += 10;
              continue;
            }
            ops[pc] = c.method ? P.LOAD_METHOD : O.LOAD_ATTR;
            continue;
          case 158: // LOAD_ATTR_CLASS
            a = S[sp - 1];
            c = prep.cache[pc] as I.AttrCache;
            if (a === c.owner && a.version === c.version) {
              S[sp - 1] = c.value;
              if (c.method) S[sp++] = undefined;
              pc += 10;
              continue;
            }
            ops[pc] = c.method ? P.LOAD_METHOD : O.LOAD_ATTR;
            continue;
          case 159: // LOAD_ATTR_CLASS_VALUE // an instance's attribute that is its class's plain value
            a = S[sp - 1];
            c = prep.cache[pc] as I.AttrCache;
            if (a instanceof KInstance && a.shape === c.shape && a.cls.version === c.version) {
              S[sp - 1] = c.value;
              pc += 10;
              continue;
            }
            ops[pc] = O.LOAD_ATTR;
            continue;
          case 80: // LOAD_ATTR
            f.pc = pc;
            a = S[sp - 1]!;
            b = prep.names[args[pc]];
            if ((r = I.loadAttr(prep, pc, a, b)) === undefined) {
              // a property or `__getattr__` written in Python
              f.sp = sp - 1;
              f.deliver = D_PUSH;
              f = C.pushFunction(ts, I.pushCallee(), I.pushArgs, f);
              break enter;
            }
            S[sp - 1] = r;
            pc += 10;
            continue;
          case 147: // LOAD_METHOD
            f.pc = pc;
            a = S[sp - 1]!;
            b = prep.names[args[pc]];
            if ((c = I.loadMethod(prep, pc, a, b)) !== undefined) {
              S[sp - 1] = c;
              S[sp++] = a;
            } else {
              S[sp - 1] = I.methodResult;
              S[sp++] = undefined;
            }
            pc += 10;
            continue;
          case 160: // STORE_ATTR_SLOT
            a = S[sp - 1];
            c = prep.cache[pc] as I.AttrCache;
            if (a instanceof KInstance && a.shape === c.shape && a.cls.version === c.version) {
              sp -= 2;
              a.slots[c.index] = S[sp];
              pc += 5;
              continue;
            }
            if (c.more !== undefined && (c = I.findKind(c, a)) !== undefined) {
              sp -= 2;
              a.slots[c.index] = S[sp];
              pc += 5;
              continue;
            }
            ops[pc] = O.STORE_ATTR;
            continue;
          case 161: // STORE_ATTR_ADD
            a = S[sp - 1];
            c = prep.cache[pc] as I.AttrCache;
            if (a instanceof KInstance && a.shape === c.shape && a.cls.version === c.version) {
              sp -= 2;
              a.slots[c.index] = S[sp];
              a.shape = c.next;
              pc += 5;
              continue;
            }
            ops[pc] = O.STORE_ATTR;
            continue;
          case 110: // STORE_ATTR
            f.pc = pc;
            sp -= 2;
            f.sp = sp;
            if ((v = D.attribute(f, S[sp + 1]!, S[sp])) !== undefined) {
              f = v;
              break enter;
            }
            I.storeAttr(prep, pc, S[sp + 1]!, prep.names[args[pc]], S[sp]!);
            pc += 5;
            continue;
          case 61: // DELETE_ATTR
            f.pc = pc;
            sp--;
            f.sp = sp;
            if ((v = D.attribute(f, S[sp]!, undefined)) !== undefined) {
              f = v;
              break enter;
            }
            A.delAttr(S[sp]!, prep.names[args[pc]]);
            pc++;
            continue;
          case 96: // LOAD_SUPER_ATTR
            f.pc = pc;
            n = args[pc];
            sp -= 2;
            a = X.loadSuperAttr(
              prep,
              pc,
              S[sp - 1]!,
              S[sp]!,
              S[sp + 1]!,
              prep.names[n >> 2],
              n,
            );
            if ((n & 1) !== 0) {
              S[sp - 1] = a;
              S[sp] = X.superSelf ? S[sp + 1] : undefined;
              sp++;
            } else S[sp - 1] = a;
            pc += 2;
            continue;
          case 95: // LOAD_SPECIAL
            f.pc = pc;
            a = S[sp - 1]!;
            S[sp - 1] = X.loadSpecial(a, args[pc]);
            pc++;
            S[sp++] = X.specialSelf ? a : undefined;
            continue;

          // ---- arithmetic ----
          case 148: // IADD
          case 129: // BIN_ADD
            b = S[sp - 1];
            a = S[sp - 2];
            if (typeof a === "number") {
              if (typeof b === "number") {
                r = a + b;
                if (r <= 9007199254740991 && r >= -9007199254740991) {
                  S[--sp - 1] = r;
                  pc += 6;
                  continue;
                }
              } else if (b instanceof KFloat && b.cls === KFloatType) {
                d = a + b.v;
                sp -= 2;
                pc += 6;
                break floats;
              }
            } else if (a instanceof KFloat && a.cls === KFloatType) {
              if (b instanceof KFloat && b.cls === KFloatType) {
                d = a.v + b.v;
                sp -= 2;
                pc += 6;
                break floats;
              }
              if (typeof b === "number") {
                d = a.v + b;
                sp -= 2;
                pc += 6;
                break floats;
              }
            } else if (typeof a === "string" && typeof b === "string") {
              if (a.length + b.length < 500_000_000) {
                S[--sp - 1] = a + b;
                pc += 6;
                continue;
              }
            }
            f.pc = pc;
            f.sp = sp - 2;
            if ((v = D.binary(f, a, b, ops[pc] === P.IADD ? 13 : 0)) !== undefined) {
              f = v;
              break enter;
            }
            S[sp - 2] = ops[pc] === P.IADD ? A.iAdd(a, b) : A.binAdd(a, b);
            sp--;
            pc += 6;
            continue;
          case 149: // ISUB
          case 130: // BIN_SUB
            b = S[sp - 1];
            a = S[sp - 2];
            if (typeof a === "number") {
              if (typeof b === "number") {
                r = a - b;
                if (r <= 9007199254740991 && r >= -9007199254740991) {
                  S[--sp - 1] = r;
                  pc += 6;
                  continue;
                }
              } else if (b instanceof KFloat && b.cls === KFloatType) {
                d = a - b.v;
                sp -= 2;
                pc += 6;
                break floats;
              }
            } else if (a instanceof KFloat && a.cls === KFloatType) {
              if (b instanceof KFloat && b.cls === KFloatType) {
                d = a.v - b.v;
                sp -= 2;
                pc += 6;
                break floats;
              }
              if (typeof b === "number") {
                d = a.v - b;
                sp -= 2;
                pc += 6;
                break floats;
              }
            }
            f.pc = pc;
            f.sp = sp - 2;
            if ((v = D.binary(f, a, b, ops[pc] === P.ISUB ? 23 : 10)) !== undefined) {
              f = v;
              break enter;
            }
            S[sp - 2] = ops[pc] === P.ISUB ? A.iSub(a, b) : A.binSub(a, b);
            sp--;
            pc += 6;
            continue;
          case 131: // BIN_MUL
            b = S[sp - 1];
            a = S[sp - 2];
            if (typeof a === "number") {
              if (typeof b === "number") {
                r = a * b + 0;
                if (r > 9007199254740991 || r < -9007199254740991) r = intMul(a, b);
                S[--sp - 1] = r;
                pc += 6;
                continue;
              } else if (b instanceof KFloat && b.cls === KFloatType) {
                d = a * b.v;
                sp -= 2;
                pc += 6;
                break floats;
              }
            } else if (a instanceof KFloat && a.cls === KFloatType) {
              if (b instanceof KFloat && b.cls === KFloatType) {
                d = a.v * b.v;
                sp -= 2;
                pc += 6;
                break floats;
              }
              if (typeof b === "number") {
                d = a.v * b;
                sp -= 2;
                pc += 6;
                break floats;
              }
            }
            f.pc = pc;
            f.sp = sp - 2;
            if ((v = D.binary(f, a, b, 5)) !== undefined) {
              f = v;
              break enter;
            }
            S[sp - 2] = A.binMul(a, b);
            sp--;
            pc += 6;
            continue;
          case 133: // BIN_TRUEDIV
            b = S[sp - 1];
            a = S[sp - 2];
            if (b instanceof KFloat && b.cls === KFloatType && b.v !== 0) {
              if (a instanceof KFloat && a.cls === KFloatType) {
                d = a.v / b.v;
                sp -= 2;
                pc += 6;
                break floats;
              }
              if (typeof a === "number") {
                d = a / b.v;
                sp -= 2;
                pc += 6;
                break floats;
              }
            } else if (typeof b === "number" && b !== 0) {
              if (typeof a === "number" || a instanceof KFloat && a.cls === KFloatType) {
                d = (typeof a === "number" ? a : a.v) / b;
                sp -= 2;
                pc += 6;
                break floats;
              }
            }
            f.pc = pc;
            f.sp = sp - 2;
            if ((v = D.binary(f, a, b, 11)) !== undefined) {
              f = v;
              break enter;
            }
            S[sp - 2] = A.binTrueDiv(a, b);
            sp--;
            pc += 6;
            continue;
          case 134: // BIN_FLOORDIV
            b = S[sp - 1];
            a = S[sp - 2];
            f.pc = pc;
            if (typeof a === "number" && typeof b === "number") {
              r = intFloorDiv(a, b);
            } else {
              f.sp = sp - 2;
              if ((v = D.binary(f, a, b, 2)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.binFloorDiv(a, b);
            }
            S[--sp - 1] = r;
            pc += 6;
            continue;
          case 135: // BIN_MOD
            b = S[sp - 1];
            a = S[sp - 2];
            f.pc = pc;
            if (typeof a === "number" && typeof b === "number") {
              if (b > 0 && b <= 2147483647 && a >= 0 && a <= 2147483647) {
                r = a % b;
              } else r = intMod(a, b);
            } else {
              f.sp = sp - 2;
              if ((v = D.binary(f, a, b, 6)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.binMod(a, b);
            }
            S[--sp - 1] = r;
            pc += 6;
            continue;
          case 136: // BIN_AND
            b = S[sp - 1];
            a = S[sp - 2];
            if (
              typeof a === "number" && typeof b === "number" && (a | 0) === a &&
              (b | 0) === b
            ) r = a & b;
            else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.binary(f, a, b, 1)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.binAnd(a, b);
            }
            S[--sp - 1] = r;
            pc += 6;
            continue;
          case 137: // BIN_OR
            b = S[sp - 1];
            a = S[sp - 2];
            if (
              typeof a === "number" && typeof b === "number" && (a | 0) === a &&
              (b | 0) === b
            ) r = a | b;
            else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.binary(f, a, b, 7)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.binOr(a, b);
            }
            S[--sp - 1] = r;
            pc += 6;
            continue;
          case 138: // BIN_XOR
            b = S[sp - 1];
            a = S[sp - 2];
            if (
              typeof a === "number" && typeof b === "number" && (a | 0) === a &&
              (b | 0) === b
            ) r = a ^ b;
            else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.binary(f, a, b, 12)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.binXor(a, b);
            }
            S[--sp - 1] = r;
            pc += 6;
            continue;
          case 139: // BIN_LSHIFT
            b = S[sp - 1];
            a = S[sp - 2];
            if (
              typeof a === "number" && typeof b === "number" && a >= 0 &&
              a <= 1048575 && b >= 0 && b <= 32
            ) r = a * 2 ** b;
            else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.binary(f, a, b, 3)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.binLshift(a, b);
            }
            S[--sp - 1] = r;
            pc += 6;
            continue;
          case 140: // BIN_RSHIFT
            b = S[sp - 1];
            a = S[sp - 2];
            if (
              typeof a === "number" && typeof b === "number" && (a | 0) === a &&
              b >= 0 && b <= 31
            ) r = a >> b;
            else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.binary(f, a, b, 9)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.binRshift(a, b);
            }
            S[--sp - 1] = r;
            pc += 6;
            continue;
          case 44: // BINARY_OP
            f.pc = pc;
            f.sp = sp - 2;
            if ((v = D.binary(f, S[sp - 2]!, S[sp - 1]!, args[pc])) !== undefined) {
              f = v;
              break enter;
            }
            r = A.BINARY_OPS[args[pc]](S[sp - 2]!, S[sp - 1]!);
            S[--sp - 1] = r;
            pc += 6;
            continue;
          case 132: // BIN_SUBSCR
            b = S[sp - 1];
            a = S[sp - 2];
            if (typeof b === "number") {
              if (a instanceof KList && a.cls === KListType) {
                c = a.items;
                if (b >= 0 && b < c.length) {
                  S[--sp - 1] = c[b];
                  pc += 6;
                  continue;
                }
              } else if (a instanceof KTuple && a.cls === KTupleType) {
                c = a.items;
                if (b >= 0 && b < c.length) {
                  S[--sp - 1] = c[b];
                  pc += 6;
                  continue;
                }
              } else if (typeof a === "string") {
                if (b >= 0 && b < a.length) {
                  S[--sp - 1] = a[b];
                  pc += 6;
                  continue;
                }
              }
            }
            if (a instanceof KDict && a.cls === KDictType) {
              f.pc = pc;
              if ((r = a.get(b)) !== undefined) {
                S[--sp - 1] = r;
                pc += 6;
                continue;
              }
            }
            f.pc = pc;
            if ((c = C.pythonSpecial(a, "__getitem__")) !== undefined) {
              f.sp = sp - 2;
              f.deliver = D_PUSH;
              f = C.pushFunction(ts, c, [a, b], f);
              break enter;
            }
            r = A.getItem(a, b);
            S[--sp - 1] = r;
            pc += 6;
            continue;
          case 38: // STORE_SUBSCR
            b = S[sp - 1];
            a = S[sp - 2];
            f.pc = pc;
            if (
              typeof b === "number" && a instanceof KList &&
              a.cls === KListType && b >= 0 && b < a.items.length
            ) {
              a.items[b] = S[sp - 3]!;
            } else if (a instanceof KDict && a.cls === KDictType) {
              a.set(b, S[sp - 3]!);
            } else {
              f.sp = sp - 3;
              if ((v = D.setItem(f, a, b, S[sp - 3]!)) !== undefined) {
                f = v;
                break enter;
              }
              A.setItem(a, b, S[sp - 3]!);
            }
            sp -= 3;
            pc += 2;
            continue;
          case 8: // DELETE_SUBSCR
            f.pc = pc;
            sp -= 2;
            f.sp = sp;
            if ((v = D.delItem(f, S[sp]!, S[sp + 1]!)) !== undefined) {
              f = v;
              break enter;
            }
            A.delItem(S[sp]!, S[sp + 1]!);
            pc++;
            continue;
          case 1: // BINARY_SLICE
            f.pc = pc;
            sp -= 2;
            S[sp - 1] = U.binarySlice(S[sp - 1]!, S[sp]!, S[sp + 1]!);
            pc++;
            continue;
          case 37: // STORE_SLICE
            f.pc = pc;
            sp -= 4;
            U.storeSlice(S[sp]!, S[sp + 1]!, S[sp + 2]!, S[sp + 3]!);
            pc++;
            continue;
          case 41: // UNARY_NEGATIVE
            a = S[sp - 1];
            if (a instanceof KFloat && a.cls === KFloatType) {
              d = -a.v;
              sp--;
              pc++;
              break floats;
            }
            f.pc = pc;
            f.sp = sp - 1;
            if ((v = D.unary(f, a, "__neg__")) !== undefined) {
              f = v;
              break enter;
            }
            S[sp - 1] = A.neg(a);
            pc++;
            continue;
          case 40: // UNARY_INVERT
            f.pc = pc;
            S[sp - 1] = A.invert(S[sp - 1]!);
            pc++;
            continue;
          case 42: // UNARY_NOT
            S[sp - 1] = !S[sp - 1];
            pc++;
            continue;
          case 39: // TO_BOOL
            a = S[sp - 1];
            if (typeof a !== "boolean") {
              f.pc = pc;
              f.sp = sp - 1;
              if ((v = D.truth(f, a)) !== undefined) {
                f = v;
                break enter;
              }
              S[sp - 1] = A.isTrue(a);
            }
            pc += 4;
            continue;

          // ---- comparison ----
          case 141: // CMP_LT
            b = S[sp - 1];
            a = S[sp - 2];
            if (typeof a === "number" && typeof b === "number") r = a < b;
            else if (a instanceof KFloat && b instanceof KFloat && a.cls === KFloatType && b.cls === KFloatType) {
              r = a.v < b.v;
            } else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.compare(f, a, b, 0)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 0);
              if ((args[pc] & 16) !== 0 && typeof r !== "boolean") {
                r = A.isTrue(r);
              }
            }
            S[--sp - 1] = r;
            pc += 2;
            continue;
          case 142: // CMP_LE
            b = S[sp - 1];
            a = S[sp - 2];
            if (typeof a === "number" && typeof b === "number") r = a <= b;
            else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.compare(f, a, b, 1)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 1);
              if ((args[pc] & 16) !== 0 && typeof r !== "boolean") {
                r = A.isTrue(r);
              }
            }
            S[--sp - 1] = r;
            pc += 2;
            continue;
          case 143: // CMP_EQ
            b = S[sp - 1];
            a = S[sp - 2];
            if (
              typeof a === "number" && typeof b === "number" ||
              typeof a === "string" && typeof b === "string"
            ) r = a === b;
            else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.compare(f, a, b, 2)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 2);
              if ((args[pc] & 16) !== 0 && typeof r !== "boolean") {
                r = A.isTrue(r);
              }
            }
            S[--sp - 1] = r;
            pc += 2;
            continue;
          case 144: // CMP_NE
            b = S[sp - 1];
            a = S[sp - 2];
            if (
              typeof a === "number" && typeof b === "number" ||
              typeof a === "string" && typeof b === "string"
            ) r = a !== b;
            else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.compare(f, a, b, 3)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 3);
              if ((args[pc] & 16) !== 0 && typeof r !== "boolean") {
                r = A.isTrue(r);
              }
            }
            S[--sp - 1] = r;
            pc += 2;
            continue;
          case 145: // CMP_GT
            b = S[sp - 1];
            a = S[sp - 2];
            if (typeof a === "number" && typeof b === "number") r = a > b;
            else if (a instanceof KFloat && b instanceof KFloat && a.cls === KFloatType && b.cls === KFloatType) {
              r = a.v > b.v;
            } else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.compare(f, a, b, 4)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 4);
              if ((args[pc] & 16) !== 0 && typeof r !== "boolean") {
                r = A.isTrue(r);
              }
            }
            S[--sp - 1] = r;
            pc += 2;
            continue;
          case 146: // CMP_GE
            b = S[sp - 1];
            a = S[sp - 2];
            if (typeof a === "number" && typeof b === "number") r = a >= b;
            else {
              f.pc = pc;
              f.sp = sp - 2;
              if ((v = D.compare(f, a, b, 5)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 5);
              if ((args[pc] & 16) !== 0 && typeof r !== "boolean") {
                r = A.isTrue(r);
              }
            }
            S[--sp - 1] = r;
            pc += 2;
            continue;
          case 57: // CONTAINS_OP
            f.pc = pc;
            f.sp = sp - 2;
            if ((v = D.contains(f, S[sp - 1]!, S[sp - 2]!)) !== undefined) {
              f = v;
              break enter;
            }
            a = S[sp - 1];
            r = a instanceof KDict && a.cls === KDictType ? a.has(S[sp - 2]!) : A.contains(a, S[sp - 2]!);
            S[--sp - 1] = (args[pc] & 1) !== 0 ? !r : r;
            pc += 2;
            continue;
          case 74: // IS_OP
            a = S[--sp];
            b = S[sp - 1];
            r = a === b || typeof a === "object" && A.identical(a, b);
            S[sp - 1] = (args[pc++] & 1) !== 0 ? !r : r;
            continue;

          // ---- jumps ----
          case 77: // JUMP_FORWARD
            pc = args[pc];
            continue;
          case 75: // JUMP_BACKWARD
            if (--ts.fuel < 0) {
              f.pc = pc;
              f.sp = sp;
              C.poll(ts);
              f.pc = args[pc];
              return POLLED;
            }
            pc = args[pc];
            continue;
          case 76: // JUMP_BACKWARD_NO_INTERRUPT
            pc = args[pc];
            continue;
          case 100: // POP_JUMP_IF_FALSE
            pc = S[--sp] === false ? args[pc] : pc + 2;
            continue;
          case 103: // POP_JUMP_IF_TRUE
            pc = S[--sp] === true ? args[pc] : pc + 2;
            continue;
          case 101: // POP_JUMP_IF_NONE
            pc = S[--sp] === KNone ? args[pc] : pc + 2;
            continue;
          case 102: // POP_JUMP_IF_NOT_NONE
            pc = S[--sp] !== KNone ? args[pc] : pc + 2;
            continue;

          // ---- fused: see prepare.ts ----
          case 168: // JUMP_FALSE
            pc = S[--sp] === false ? args[pc] : pc + 3;
            continue;
          case 169: // JUMP_TRUE
            pc = S[--sp] === true ? args[pc] : pc + 3;
            continue;
          case 170: // JUMP_NONE
            pc = S[--sp] === KNone ? args[pc] : pc + 3;
            continue;
          case 171: // JUMP_NOT_NONE
            pc = S[--sp] !== KNone ? args[pc] : pc + 3;
            continue;
          case 172: // JUMP_LT
            b = S[--sp];
            a = S[--sp];
            if (typeof a === "number" && typeof b === "number") {
              r = a < b;
            } else if (a instanceof KFloat && b instanceof KFloat && a.cls === KFloatType && b.cls === KFloatType) {
              r = a.v < b.v;
            } else {
              f.pc = pc;
              f.sp = sp;
              if ((v = D.compare(f, a, b, 0)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 0);
              if (typeof r !== "boolean") r = A.isTrue(r);
            }
            pc = r ? pc + 5 : args[pc + 2];
            continue;
          case 173: // JUMP_LE
            b = S[--sp];
            a = S[--sp];
            if (typeof a === "number" && typeof b === "number") {
              r = a <= b;
            } else if (a instanceof KFloat && b instanceof KFloat && a.cls === KFloatType && b.cls === KFloatType) {
              r = a.v <= b.v;
            } else {
              f.pc = pc;
              f.sp = sp;
              if ((v = D.compare(f, a, b, 1)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 1);
              if (typeof r !== "boolean") r = A.isTrue(r);
            }
            pc = r ? pc + 5 : args[pc + 2];
            continue;
          case 174: // JUMP_EQ
            b = S[--sp];
            a = S[--sp];
            if (
              typeof a === "number" && typeof b === "number" ||
              typeof a === "string" && typeof b === "string"
            ) {
              r = a === b;
            } else {
              f.pc = pc;
              f.sp = sp;
              if ((v = D.compare(f, a, b, 2)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 2);
              if (typeof r !== "boolean") r = A.isTrue(r);
            }
            pc = r ? pc + 5 : args[pc + 2];
            continue;
          case 175: // JUMP_NE
            b = S[--sp];
            a = S[--sp];
            if (
              typeof a === "number" && typeof b === "number" ||
              typeof a === "string" && typeof b === "string"
            ) {
              r = a !== b;
            } else {
              f.pc = pc;
              f.sp = sp;
              if ((v = D.compare(f, a, b, 3)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 3);
              if (typeof r !== "boolean") r = A.isTrue(r);
            }
            pc = r ? pc + 5 : args[pc + 2];
            continue;
          case 176: // JUMP_GT
            b = S[--sp];
            a = S[--sp];
            if (typeof a === "number" && typeof b === "number") {
              r = a > b;
            } else if (a instanceof KFloat && b instanceof KFloat && a.cls === KFloatType && b.cls === KFloatType) {
              r = a.v > b.v;
            } else {
              f.pc = pc;
              f.sp = sp;
              if ((v = D.compare(f, a, b, 4)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 4);
              if (typeof r !== "boolean") r = A.isTrue(r);
            }
            pc = r ? pc + 5 : args[pc + 2];
            continue;
          case 177: // JUMP_GE
            b = S[--sp];
            a = S[--sp];
            if (typeof a === "number" && typeof b === "number") {
              r = a >= b;
            } else if (a instanceof KFloat && b instanceof KFloat && a.cls === KFloatType && b.cls === KFloatType) {
              r = a.v >= b.v;
            } else {
              f.pc = pc;
              f.sp = sp;
              if ((v = D.compare(f, a, b, 5)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.richCompare(a, b, 5);
              if (typeof r !== "boolean") r = A.isTrue(r);
            }
            pc = r ? pc + 5 : args[pc + 2];
            continue;
          case 178: // SMALL_JUMP
            b = args[pc];
            a = S[sp - 1];
            if (typeof a === "number") {
              sp--;
              n = ops[pc + 1];
              if (n === P.JUMP_LT) r = a < b;
              else if (n === P.JUMP_EQ) r = a === b;
              else if (n === P.JUMP_LE) r = a <= b;
              else if (n === P.JUMP_GT) r = a > b;
              else if (n === P.JUMP_GE) r = a >= b;
              else r = a !== b;
              pc = r ? pc + 6 : args[pc + 3];
              continue;
            }
            S[sp++] = b;
            pc++;
            continue;
          case 179: // FAST_JUMP
            b = L[args[pc]];
            a = S[sp - 1];
            if (typeof a === "number" && typeof b === "number") {
              sp--;
              n = ops[pc + 1];
              if (n === P.JUMP_LT) r = a < b;
              else if (n === P.JUMP_EQ) r = a === b;
              else if (n === P.JUMP_LE) r = a <= b;
              else if (n === P.JUMP_GT) r = a > b;
              else if (n === P.JUMP_GE) r = a >= b;
              else r = a !== b;
              pc = r ? pc + 6 : args[pc + 3];
              continue;
            }
            S[sp++] = b;
            pc++;
            continue;
          case 180: // FAST2_JUMP
            n = args[pc];
            a = L[n >> 4];
            b = L[n & 15];
            if (typeof a === "number" && typeof b === "number") {
              n = ops[pc + 1];
              if (n === P.JUMP_LT) r = a < b;
              else if (n === P.JUMP_EQ) r = a === b;
              else if (n === P.JUMP_LE) r = a <= b;
              else if (n === P.JUMP_GT) r = a > b;
              else if (n === P.JUMP_GE) r = a >= b;
              else r = a !== b;
              pc = r ? pc + 6 : args[pc + 3];
              continue;
            }
            S[sp++] = a;
            S[sp++] = b;
            pc++;
            continue;
          case 181: // SMALL_ADD
            b = args[pc];
            a = S[sp - 1];
            if (typeof a === "number") {
              r = a + b;
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                S[sp - 1] = r;
                pc += 7;
                continue;
              }
            }
            S[sp++] = b;
            pc++;
            continue;
          case 182: // SMALL_SUB
            b = args[pc];
            a = S[sp - 1];
            if (typeof a === "number") {
              r = a - b;
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                S[sp - 1] = r;
                pc += 7;
                continue;
              }
            }
            S[sp++] = b;
            pc++;
            continue;
          case 183: // FAST_ADD
            b = L[args[pc]];
            a = S[sp - 1];
            if (typeof a === "number" && typeof b === "number") {
              r = a + b;
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                S[sp - 1] = r;
                pc += 7;
                continue;
              }
            } else if (a instanceof KFloat && a.cls === KFloatType && b instanceof KFloat && b.cls === KFloatType) {
              d = a.v + b.v;
              sp--;
              pc += 7;
              break floats;
            }
            S[sp++] = b;
            pc++;
            continue;
          case 184: // FAST_SUB
            b = L[args[pc]];
            a = S[sp - 1];
            if (typeof a === "number" && typeof b === "number") {
              r = a - b;
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                S[sp - 1] = r;
                pc += 7;
                continue;
              }
            } else if (a instanceof KFloat && a.cls === KFloatType && b instanceof KFloat && b.cls === KFloatType) {
              d = a.v - b.v;
              sp--;
              pc += 7;
              break floats;
            }
            S[sp++] = b;
            pc++;
            continue;
          case 185: // FAST_MUL
            b = L[args[pc]];
            a = S[sp - 1];
            if (typeof a === "number" && typeof b === "number") {
              r = a * b + 0;
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                S[sp - 1] = r;
                pc += 7;
                continue;
              }
            } else if (a instanceof KFloat && a.cls === KFloatType && b instanceof KFloat && b.cls === KFloatType) {
              d = a.v * b.v;
              sp--;
              pc += 7;
              break floats;
            }
            S[sp++] = b;
            pc++;
            continue;
          case 186: // FAST2_ADD
            n = args[pc];
            a = L[n >> 4];
            b = L[n & 15];
            if (typeof a === "number" && typeof b === "number") {
              r = a + b;
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                S[sp++] = r;
                pc += 7;
                continue;
              }
            } else if (a instanceof KFloat && a.cls === KFloatType && b instanceof KFloat && b.cls === KFloatType) {
              d = a.v + b.v;
              pc += 7;
              break floats;
            }
            S[sp++] = a;
            S[sp++] = b;
            pc++;
            continue;
          case 187: // FAST2_SUB
            n = args[pc];
            a = L[n >> 4];
            b = L[n & 15];
            if (typeof a === "number" && typeof b === "number") {
              r = a - b;
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                S[sp++] = r;
                pc += 7;
                continue;
              }
            } else if (a instanceof KFloat && a.cls === KFloatType && b instanceof KFloat && b.cls === KFloatType) {
              d = a.v - b.v;
              pc += 7;
              break floats;
            }
            S[sp++] = a;
            S[sp++] = b;
            pc++;
            continue;
          case 188: // FAST2_MUL
            n = args[pc];
            a = L[n >> 4];
            b = L[n & 15];
            if (typeof a === "number" && typeof b === "number") {
              r = a * b + 0;
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                S[sp++] = r;
                pc += 7;
                continue;
              }
            } else if (a instanceof KFloat && a.cls === KFloatType && b instanceof KFloat && b.cls === KFloatType) {
              d = a.v * b.v;
              pc += 7;
              break floats;
            }
            S[sp++] = a;
            S[sp++] = b;
            pc++;
            continue;
          case 199: // CONST_OP
            b = prep.consts[args[pc]];
            a = S[sp - 1];
            if (typeof b === "string") {
              n = ops[pc + 1];
              if (typeof a === "string" && (n === P.JUMP_EQ || n === P.JUMP_NE)) {
                sp--;
                pc = (a === b) === (n === P.JUMP_EQ) ? pc + 6 : args[pc + 3];
                continue;
              }
              S[sp++] = b;
              pc++;
              continue;
            }
            if (b instanceof KFloat && b.cls === KFloatType) {
              if (a instanceof KFloat && a.cls === KFloatType) d = a.v;
              else if (typeof a === "number") d = a;
              else {
                S[sp++] = b;
                pc++;
                continue;
              }
              n = ops[pc + 1];
              if (n === P.BIN_MUL) d *= b.v;
              else if (n === P.BIN_ADD || n === P.IADD) d += b.v;
              else if (n === P.BIN_SUB || n === P.ISUB) d -= b.v;
              else if (n === P.BIN_TRUEDIV && b.v !== 0) d /= b.v;
              else {
                S[sp++] = b;
                pc++;
                continue;
              }
              sp--;
              pc += 7;
              break floats;
            }
            S[sp++] = b;
            pc++;
            continue;
          case 189: // FAST2_SUBSCR
            n = args[pc];
            a = L[n >> 4];
            b = L[n & 15];
            if (
              typeof b === "number" && a instanceof KList && a.cls === KListType &&
              b >= 0 && b < a.items.length
            ) {
              S[sp++] = a.items[b];
              pc += 7;
              continue;
            }
            S[sp++] = a;
            S[sp++] = b;
            pc++;
            continue;
          case 200: // SMALL_SUBSCR
            b = args[pc];
            a = S[sp - 1];
            if (a instanceof KList ? a.cls === KListType : a instanceof KTuple && a.cls === KTupleType) {
              c = a.items;
              if (b < c.length) {
                S[sp - 1] = c[b];
                pc += 7;
                continue;
              }
            }
            S[sp++] = b;
            pc++;
            continue;
          case 201: // COPY2_SUBSCR
            b = S[sp - 1];
            a = S[sp - 2];
            if (
              typeof b === "number" && a instanceof KList && a.cls === KListType &&
              b >= 0 && b < a.items.length
            ) {
              S[sp++] = a.items[b];
              pc += 8;
              continue;
            }
            S[sp++] = a;
            pc++;
            continue;
          case 202: // SWAP_STORE_SUBSCR
            b = S[sp - 2];
            a = S[sp - 3];
            if (
              typeof b === "number" && a instanceof KList && a.cls === KListType &&
              b >= 0 && b < a.items.length
            ) {
              a.items[b] = S[sp - 1]!;
              sp -= 3;
              pc += 4;
              continue;
            }
            S[sp - 3] = S[sp - 1];
            S[sp - 1] = a;
            pc++;
            continue;
          case 190: // FAST_SUBSCR
            b = L[args[pc]];
            a = S[sp - 1];
            if (
              typeof b === "number" && a instanceof KList && a.cls === KListType &&
              b >= 0 && b < a.items.length
            ) {
              S[sp - 1] = a.items[b];
              pc += 7;
              continue;
            }
            S[sp++] = b;
            pc++;
            continue;
          case 191: // FAST_ATTR_SLOT
            a = L[args[pc]];
            c = prep.cache[pc + 1] as I.AttrCache;
            if (
              a instanceof KInstance && a.shape === c.shape && a.cls.version === c.version &&
              (v = a.slots[c.index]) !== undefined
            ) {
              S[sp++] = v;
              pc += 11;
              continue;
            }
            ops[pc] = O.LOAD_FAST;
            S[sp++] = a;
            pc++;
            continue;
          case 203: // FAST_ATTR_METHOD
            a = L[args[pc]];
            c = prep.cache[pc + 1] as I.AttrCache;
            if (a instanceof KInstance && a.shape === c.shape && a.cls.version === c.version) {
              S[sp++] = c.value;
              S[sp++] = a;
              pc += 11;
              continue;
            }
            ops[pc] = O.LOAD_FAST;
            S[sp++] = a;
            pc++;
            continue;
          case 204: // FAST_STORE_SLOT
            a = L[args[pc]];
            c = prep.cache[pc + 1] as I.AttrCache;
            if (a instanceof KInstance && a.shape === c.shape && a.cls.version === c.version) {
              a.slots[c.index] = S[--sp];
              pc += 6;
              continue;
            }
            ops[pc] = O.LOAD_FAST;
            S[sp++] = a;
            pc++;
            continue;
          case 194: // TO_BOOL_JUMP
            a = S[--sp];
            if (typeof a !== "boolean") {
              f.pc = pc;
              f.sp = sp;
              if ((v = D.truth(f, a)) !== undefined) {
                f = v;
                break enter;
              }

              a = A.isTrue(a);
            }
            pc = a === (ops[pc + 4] === P.JUMP_TRUE) ? args[pc + 4] : pc + 7;
            continue;

          // ---- iteration ----
          case 16: // GET_ITER
            a = S[sp - 1];
            f.pc = pc;
            if (a instanceof KList && a.cls === KListType) {
              r = new KListIter(a);
            } else {
              f.sp = sp - 1;
              if ((v = D.iter(f, a)) !== undefined) {
                f = v;
                break enter;
              }
              r = A.getIter(a);
            }
            S[sp - 1] = r;
            pc++;
            continue;
          case 193: // FOR_LIST_STORE
            a = S[sp - 1];
            n = args[pc];
            if (a instanceof KListIter) {
              b = a.seq;
              if (b !== undefined && a.i < b.items.length) {
                L[args[pc + 2]] = b.items[a.i++];
                pc += 3;
              } else {
                a.seq = undefined;
                pc = n;
              }
              continue;
            }
            ops[pc] = O.FOR_ITER;
            continue;
          // The end's target is read in every round: an end that comes late is then nothing new to V8.
          case 192: // FOR_RANGE_STORE
            a = S[sp - 1];
            n = args[pc];
            if (a instanceof KRangeIter) {
              if ((i = a.i) !== a.stop) {
                L[args[pc + 2]] = i;
                a.i = i + a.step;
                pc += 3;
              } else pc = n;
              continue;
            }
            ops[pc] = O.FOR_ITER;
            continue;
          case 150: // FOR_ITER_LIST
            a = S[sp - 1];
            n = args[pc];
            if (a instanceof KListIter) {
              b = a.seq;
              if (b !== undefined && a.i < b.items.length) {
                S[sp++] = b.items[a.i++];
                pc += 2;
              } else {
                a.seq = undefined;
                pc = n;
              }
              continue;
            }
            ops[pc] = O.FOR_ITER;
            continue;
          case 153: // FOR_ITER_TUPLE
            a = S[sp - 1];
            n = args[pc];
            if (a instanceof KTupleIter) {
              b = a.seq;
              if (b !== undefined && a.i < b.items.length) {
                S[sp++] = b.items[a.i++];
                pc += 2;
              } else {
                a.seq = undefined;
                pc = n;
              }
              continue;
            }
            ops[pc] = O.FOR_ITER;
            continue;
          case 151: // FOR_ITER_RANGE
            a = S[sp - 1];
            n = args[pc];
            if (a instanceof KRangeIter) {
              if ((i = a.i) !== a.stop) {
                S[sp++] = i;
                a.i = i + a.step;
                pc += 2;
              } else pc = n;
              continue;
            }
            ops[pc] = O.FOR_ITER;
            continue;
          case 152: // FOR_ITER_GEN
            a = S[sp - 1];
            if (a instanceof KGenerator && G.canResume(a)) {
              f.pc = pc;
              f.sp = sp;
              f.deliver = D_FOR;
              f = G.resume(ts, a, KNone, f);
              break enter;
            }
            ops[pc] = O.FOR_ITER;
            continue;
          case 70: // FOR_ITER
            f.pc = pc;
            a = S[sp - 1]!;
            I.specialiseForIter(prep, pc, a);
            if (ops[pc] !== O.FOR_ITER) continue;
            f.sp = sp;
            if ((v = D.next(f, a)) !== undefined) {
              f = v;
              break enter;
            }
            r = typeOf(a).tp_iternext!(a);
            if (r !== undefined) {
              S[sp++] = r;
              pc += 2;
            } else pc = args[pc];
            continue;

          // ---- calls ----
          case 195: // CALL_PY
            n = args[pc];
            i = sp - n;
            a = S[i - 2];
            b = i - 2;
            if (S[i - 1] !== undefined) {
              i--;
              n++;
            }
            if (
              a instanceof KFunction && (c = a.prep) !== undefined &&
              (c.exact === n || c.exact > n && C.defaultsCover(a, n, c.exact)) &&
              ts.depth < ts.recursionLimit
            ) {
              ts.depth++;
              f.pc = pc;
              f.sp = b;
              f.deliver = D_CALL;
              // what newLocals does, for the most frequent sizes
              switch (c.nlocals) {
                case 1:
                  L = [KNone];
                  break;
                case 2:
                  L = [KNone, v = undefined];
                  break;
                case 3:
                  L = [KNone, v = undefined, v];
                  break;
                case 4:
                  L = [KNone, v = undefined, v, v];
                  break;
                default:
                  L = C.newLocals(S, i, 0, c.nlocals);
              }
              if (n === 0) {
                if (c.nlocals > 0) L[0] = undefined;
              } else {
                L[0] = S[i];
                for (v = 1; v < n; v++) L[v] = S[i + v];
              }
              if (c.exact !== n) C.fillDefaults(L, a, n, c.exact);
              f = new KFrame(c, a, a.globals, a.builtins, L, undefined, f);
              ts.frame = f;
              prep = c;
              ops = prep.ops;
              args = prep.args;
              pc = 0;
              sp = f.sp;
              continue;
            }
            ops[pc] = O.CALL;
            continue;
          case 196: // CALL_BUILTIN
            n = args[pc];
            a = S[sp - n - 2];
            if (a instanceof KBuiltin && a.def === prep.cache[pc] && S[sp - n - 1] === undefined) {
              f.pc = pc;
              if (n === 1) r = a.def.fn(a.self, S[sp - 1]);
              else if (n === 2) r = a.def.fn(a.self, S[sp - 2], S[sp - 1]);
              else if (n === 0) r = a.def.fn(a.self);
              else if (n === 3) r = a.def.fn(a.self, S[sp - 3], S[sp - 2], S[sp - 1]);
              else r = a.def.fn(a.self, ...S.slice(sp - n, sp));
              sp -= n + 1;
              S[sp - 1] = r;
              pc += 4;
              continue;
            }
            ops[pc] = O.CALL;
            continue;
          case 197: // CALL_DESCR
            n = args[pc];
            a = S[sp - n - 2];
            b = S[sp - n - 1];
            if (
              a instanceof KMethodDescr && a.def === prep.cache[pc] && b !== undefined &&
              (b instanceof KList
                  ? b.cls
                  : typeof b === "string"
                  ? KStrType
                  : b instanceof KDict
                  ? b.cls
                  : typeOf(b)) === a.type
            ) {
              f.pc = pc;
              if (n === 1) r = a.def.fn(b, S[sp - 1]);
              else if (n === 0) r = a.def.fn(b);
              else if (n === 2) r = a.def.fn(b, S[sp - 2], S[sp - 1]);
              else r = a.def.fn(b, ...S.slice(sp - n, sp));
              sp -= n + 1;
              S[sp - 1] = r;
              pc += 4;
              continue;
            }
            ops[pc] = O.CALL;
            continue;
          case 198: // CALL_CLASS
            n = args[pc];
            i = sp - n - 1;
            a = S[i - 1];
            c = prep.cache[pc] as I.AttrCache;
            if (
              a === c.owner && a.version === c.version && S[i] === undefined &&
              a.cls.tp_call === KTypeCall && (b = c.value.prep) !== undefined && b.exact === n + 1 &&
              ts.depth < ts.recursionLimit
            ) {
              // the instance takes the callable's place, and is the first argument
              ts.depth++;
              S[i - 1] = S[i] = newInstance(a);
              f.pc = pc;
              f.sp = i;
              f.deliver = D_INIT;
              L = C.newLocals(S, i, n + 1, b.nlocals);
              a = c.value;
              f = new KFrame(b, a, a.globals, a.builtins, L, undefined, f);
              ts.frame = f;
              prep = b;
              ops = prep.ops;
              args = prep.args;
              pc = 0;
              sp = f.sp;
              continue;
            }
            ops[pc] = O.CALL;
            continue;
          case 52: // CALL
            f.pc = pc;
            n = args[pc];
            i = sp - n; // first argument
            a = S[i - 2];
            if (S[i - 1] !== undefined) {
              i--;
              n++;
            } else if (a instanceof KMethod) {
              S[--i] = a.self;
              a = a.func;
              n++;
            }
            // now: callable a, its arguments S[i .. i + n - 1]
            if ((r = C.earlyStack(a, S, i, n)) !== undefined) {
              f.sp = sp - args[pc] - 2;
              f.deliver = D_CALL;
              if ((r = C.startRequest(ts, r, f)) !== undefined) {
                f = r;
                break enter;
              }
              sp = f.sp + 1;
              S[sp - 1] = ts.ret;
              pc += 4;
              continue;
            }
            I.specialiseCall(prep, pc, S[sp - args[pc] - 2]!, i < sp - args[pc], n);
            if (a instanceof KFunction) {
              f.sp = sp - args[pc] - 2;
              f.deliver = D_PUSH;
              f = C.pushStack(ts, a, S, i, n, f);
              break enter;
            }
            if (a instanceof KBuiltin) {
              b = a.def;
              if (n >= b.min && n <= b.max && !b.push) {
                if (n === 1) r = b.fn(a.self, S[i]);
                else if (n === 0) r = b.fn(a.self);
                else if (n === 2) r = b.fn(a.self, S[i], S[i + 1]);
                else r = b.fn(a.self, ...S.slice(i, i + n));
                sp = sp - args[pc] - 1;
                S[sp - 1] = r;
                pc += 4;
                continue;
              }
            } else if (a instanceof KMethodDescr) {
              b = a.def;
              if (
                n > b.min && n - 1 <= b.max && !b.push &&
                typeOf(S[i]!) === a.type && a.cls === C.methodDescriptorType
              ) {
                if (n === 2) r = b.fn(S[i], S[i + 1]);
                else if (n === 1) r = b.fn(S[i]);
                else if (n === 3) r = b.fn(S[i], S[i + 1], S[i + 2]);
                else r = b.fn(...S.slice(i, i + n) as [unknown]);
                sp = sp - args[pc] - 1;
                S[sp - 1] = r;
                pc += 4;
                continue;
              }
            } else if (a instanceof KType && (a.flags & TF_HEAPTYPE) === 0 && a.cls === KTypeType) {
              // a builtin type runs no Python of its own
              r = KTypeCall(a, S.slice(i, i + n) as Value[]);
              sp = sp - args[pc] - 1;
              S[sp - 1] = r;
              pc += 4;
              continue;
            }
            sp = f.sp = sp - args[pc] - 2;
            f.deliver = D_PUSH;
            if (
              (r = C.start(
                ts,
                a,
                S.slice(i, i + n) as Value[],
                undefined,
                f,
              )) !== undefined
            ) {
              f = r;
              break enter;
            }
            S[sp++] = ts.ret;
            pc += 4;
            continue;
          case 55: // CALL_KW
            f.pc = pc;
            n = args[pc];
            c = X.kwNames(prep, pc, S[--sp] as PyTuple);
            i = sp - n;
            a = S[i - 2];
            if (S[i - 1] !== undefined) {
              i--;
              n++;
            } else if (a instanceof KMethod) {
              S[--i] = a.self;
              a = a.func;
              n++;
            }
            f.deliver = D_PUSH;
            if (a instanceof KFunction) {
              f.sp = sp - args[pc] - 2;
              f = C.pushFrame(ts, a, bindKeywords(prep.cache[pc], a, C.prepOf(a), S, i, n, c), f);
              break enter;
            }
            sp = f.sp = sp - args[pc] - 2;
            if (
              (r = C.start(ts, a, S.slice(i, i + n) as Value[], c, f)) !==
                undefined
            ) {
              f = r;
              break enter;
            }
            S[sp++] = ts.ret;
            pc += 4;
            continue;
          case 4: // CALL_FUNCTION_EX
            f.pc = pc;
            c = S[sp - 1];
            a = S[sp - 4]!;
            b = S[sp - 2];
            if (c === undefined && a instanceof KFunction && b instanceof KTuple && b.cls === KTupleType) {
              f.sp = sp - 4;
              f.deliver = D_PUSH;
              f = C.pushStack(ts, a, b.items, 0, b.items.length, f);
              break enter;
            }
            X.unpackCall(a, b!, c);
            sp = f.sp = sp - 4;
            f.deliver = D_PUSH;
            if ((r = C.start(ts, a, X.callArgs, X.callKw, f)) !== undefined) {
              f = r;
              break enter;
            }
            S[sp++] = ts.ret;
            pc++;
            continue;
          case 35: // RETURN_VALUE
            r = S[sp - 1];
            break;
          case 34: // RETURN_GENERATOR
            r = G.makeGenerator(f, pc + 1);
            ts.depth--;
            if (f.entry) {
              f.entry = false;
              ts.frame = f.back;
              G.born(undefined, r);
              f.back = undefined;
              return r;
            }
            a = f.back!;
            f.back = undefined;
            f = ts.frame = a;
            G.born(f, r);
            if (C.deliver(ts, f, r)) break enter;
            if ((a = C.resumeNatives(ts, f, r)) === undefined) return ts.ret!;
            f = a;
            break enter;
          case 120: // YIELD_VALUE
            r = S[--sp];
            G.suspend(ts, f, pc, sp, args[pc]);
            if (f.entry) {
              f.entry = false;
              ts.frame = f.back;
              f.back = undefined;
              return r;
            }
            a = f.back!;
            f.back = undefined;
            f = a;
            if (f.deliver !== D_FOR && f.deliver !== D_SEND) {
              ts.frame = f;
              if (C.deliverYield(ts, f, r)) break enter;
              if ((a = C.resumeNatives(ts, f, r)) === undefined) return ts.ret!;
              f = a;
              break enter;
            }
            S[f.sp++] = r;
            f.pc += 2;
            break enter;
          case 106: // SEND
            f.pc = pc;
            a = S[sp - 2];
            v = S[sp - 1];
            if (a instanceof KGenerator && G.canSend(a, v)) {
              f.sp = sp - 1;
              f.deliver = D_SEND;
              f = G.resume(ts, a, v, f);
              break enter;
            }
            r = G.send(ts, a, v);
            if (r !== undefined) {
              S[sp - 1] = r;
              pc += 2;
            } else {
              S[sp - 1] = ts.genResult;
              pc = args[pc];
            }
            continue;

          // ---- building ----
          case 51: // BUILD_TUPLE
            n = args[pc++];
            sp -= n;
            S[sp] = new KTuple(S.slice(sp, sp + n) as Value[]);
            sp++;
            continue;
          case 46: // BUILD_LIST
            n = args[pc++];
            sp -= n;
            S[sp] = new KList(n === 0 ? [] : S.slice(sp, sp + n) as Value[]);
            sp++;
            continue;
          case 47: // BUILD_MAP
            f.pc = pc;
            n = args[pc++];
            sp -= 2 * n;
            S[sp] = U.buildMap(S, sp, n);
            sp++;
            continue;
          case 78: // LIST_APPEND
            a = S[--sp];
            (S[sp - args[pc++]] as PyList).items.push(a);
            continue;
          case 98: // MAP_ADD
            f.pc = pc;
            sp -= 2;
            (S[sp - args[pc]] as PyDict).set(S[sp]!, S[sp + 1]!);
            pc++;
            continue;
          case 119: // UNPACK_SEQUENCE
            f.pc = pc;
            n = args[pc];
            a = S[sp - 1];
            if (
              a instanceof KTuple && a.cls === KTupleType &&
              a.items.length === n
            ) {
              c = a.items;
              sp--;
              if (n === 2) {
                S[sp++] = c[1];
                S[sp++] = c[0];
              } else for (i = n - 1; i >= 0; i--) S[sp++] = c[i];
            } else sp = U.unpackSequence(S, sp, n);
            pc += 2;
            continue;
          case 12: // FORMAT_SIMPLE
            f.pc = pc;
            a = S[sp - 1];
            if (typeof a !== "string") {
              f.sp = sp - 1;
              if ((v = D.format(f, a, "")) !== undefined) {
                f = v;
                break enter;
              }
              U.build(12, 0, S, sp);
            }
            pc++;
            continue;
          case 13: // FORMAT_WITH_SPEC
            f.pc = pc;
            f.sp = sp - 2;
            if ((v = D.format(f, S[sp - 2]!, S[sp - 1]!)) !== undefined) {
              f = v;
              break enter;
            }
            sp = U.build(13, 0, S, sp);
            pc++;
            continue;
          case 58: // CONVERT_VALUE
            f.pc = pc;
            f.sp = sp - 1;
            if ((v = D.convert(f, S[sp - 1]!, args[pc])) !== undefined) {
              f = v;
              break enter;
            }
            sp = U.build(58, args[pc], S, sp);
            pc++;
            continue;
          case 50: // BUILD_STRING
          case 48: // BUILD_SET
          case 49: // BUILD_SLICE
          case 2: // BUILD_TEMPLATE
          case 45: // BUILD_INTERPOLATION
          case 79: // LIST_EXTEND
          case 107: // SET_ADD
          case 109: // SET_UPDATE
          case 67: // DICT_UPDATE
          case 66: // DICT_MERGE
          case 118: // UNPACK_EX
          case 18: // GET_LEN
          case 24: // MATCH_KEYS
          case 99: // MATCH_CLASS
          case 25: // MATCH_MAPPING
          case 26: // MATCH_SEQUENCE
            f.pc = pc;
            sp = U.build(ops[pc], args[pc], S, sp);
            pc++;
            continue;
          case 23: // MAKE_FUNCTION
            S[sp - 1] = X.makeFunction(f, S[sp - 1]!);
            pc++;
            continue;
          case 108: // SET_FUNCTION_ATTRIBUTE
            sp--;
            X.setFunctionAttribute(S[sp] as PyFunction, S[sp - 1]!, args[pc++]);
            S[sp - 1] = S[sp];
            continue;

          // ---- exceptions ----
          case 32: // PUSH_EXC_INFO
            a = S[sp - 1];
            S[sp - 1] = ts.exc.value;
            ts.exc.value = a;
            S[sp++] = a;
            pc++;
            continue;
          case 29: // POP_EXCEPT
            ts.exc.value = S[--sp]!;
            pc++;
            continue;
          case 6: // CHECK_EXC_MATCH
            f.pc = pc;
            S[sp - 1] = X.checkExcMatch(S[sp - 2]!, S[sp - 1]!);
            pc++;
            continue;
          case 5: // CHECK_EG_MATCH
            f.pc = pc;
            X.checkEgMatch(ts, S, sp);
            pc++;
            continue;
          case 104: // RAISE_VARARGS
            f.pc = pc;
            n = args[pc];
            if (n === 0) {
              r = X.reraiseHandled(ts);
              r = reraise(ts, f, pc, r);
            } else {
              r = X.raised(ts, S[sp - n]!, n === 2 ? S[sp - 1] : undefined);
              setContext(r, ts.handled());
              r = raise(ts, f, pc, r);
            }
            if (r === undefined) return undefined;
            f = r;
            break enter;
          case 105: // RERAISE
            r = S[sp - 1];
            n = args[pc];
            f.pc = n > 0 && typeof (a = S[sp - 1 - n]) === "number" ? a : pc;
            if ((r = reraise(ts, f, pc, r)) === undefined) return undefined;
            f = r;
            break enter;
          case 68: // END_ASYNC_FOR
            f.pc = pc;
            r = S[sp - 1];
            if (X.isStopAsync(r)) {
              sp -= 2;
              pc++;
              continue;
            }
            if ((r = reraise(ts, f, pc, r)) === undefined) return undefined;
            f = r;
            break enter;
          case 7: // CLEANUP_THROW
            f.pc = pc;
            r = X.stopValue(S[sp - 1]!);
            if (r === undefined) {
              if ((r = reraise(ts, f, pc, S[sp - 1] as PyBaseException)) === undefined) return undefined;
              f = r;
              break enter;
            }
            sp--;
            S[sp - 2] = KNone;
            S[sp - 1] = r;
            pc++;
            continue;
          case 43: // WITH_EXCEPT_START
            f.pc = pc;
            a = X.exitArgs(S, sp);
            f.sp = sp;
            f.deliver = D_PUSH;
            if ((r = C.start(ts, S[sp - 5]!, a, undefined, f)) !== undefined) {
              f = r;
              break enter;
            }
            S[sp++] = ts.ret;
            pc++;
            continue;

          // ---- rare ----
          case 73: // IMPORT_NAME
            f.pc = pc;
            sp--;
            f.sp = sp - 1;
            f.deliver = D_PUSH;
            if (
              (r = X.importName(
                ts,
                f,
                prep.names[args[pc]],
                S[sp]!,
                S[sp - 1]!,
              )) !== undefined
            ) {
              f = r;
              break enter;
            }
            S[sp - 1] = ts.ret;
            pc++;
            continue;
          case 53: // CALL_INTRINSIC_1
            f.pc = pc;
            S[sp - 1] = X.intrinsic1(ts, f, args[pc], S[sp - 1]!);
            pc++;
            continue;
          case 54: // CALL_INTRINSIC_2
            f.pc = pc;
            sp--;
            S[sp - 1] = X.intrinsic2(ts, args[pc], S[sp - 1]!, S[sp]!);
            pc++;
            continue;
          case 240: // INSTR_1
          case 241: // INSTR_2
          case 242: // INSTR_4
          case 243: // INSTR_5
          case 244: // INSTR_6
          case 245: // INSTR_10
            // undefined: done, or somewhere else; else the instruction stands alone in `a`
            if ((a = M.step(ts, f, pc, sp)) === undefined) break enter;
            ops = a;
            continue;
          case 246: // STEP_END
            ops = prep.ops;
            M.after(ts, f, pc, sp);
            continue;
          default:
            f.pc = pc;
            sp = X.rare(ts, f, ops[pc], args[pc], S, sp);
            pc += KLENGTH[ops[pc]];
            continue;
        }

        // ---- return `r` from f ----
        f.pc = pc;
        ts.depth--;
        f.done = true;
        if (f.gen !== undefined) {
          // a finished generator: `r` is its return value
          a = f.gen;
          G.finish(ts, a);
          if (f.entry) {
            f.entry = false;
            ts.frame = f.back;
            f.back = undefined;
            return r;
          }
          b = f.back!;
          f.back = undefined;
          // at once: a JavaScript stack overflow in what follows must find the chain whole
          f = ts.frame = b;
          n = f.deliver;
          if (n === D_FOR) f.pc = f.prep.args[f.pc];
          else if (n === D_SEND) {
            S[f.sp++] = r;
            f.pc = f.prep.args[f.pc];
          } else {
            // next(gen) or gen.send(v): the caller sees StopIteration
            if ((f = raise(ts, f, f.pc, G.returned(a, r))!) === undefined) return undefined;
          }
          break enter;
        }
        if (f.entry) {
          ts.frame = f.back;
          return r;
        }
        f = f.back!;
        if (f.deliver === D_CALL) {
          // what `enter` does, with `pc` and `sp` not stored first
          ts.frame = f;
          sp = f.sp;
          S[sp++] = r;
          pc = f.pc + 4;
          prep = f.prep;
          ops = prep.ops;
          args = prep.args;
          L = f.locals;
          continue;
        }
        if (f.deliver === D_PUSH) {
          S[f.sp++] = r;
          f.pc += KLENGTH[f.prep.ops[f.pc]];
          break enter;
        }
        if (f.deliver === D_INIT && r === KNone) {
          f.pc += 4;
          break enter;
        }
        ts.frame = f;
        if (C.deliver(ts, f, r)) break enter;
        if ((a = C.resumeNatives(ts, f, r)) === undefined) return ts.ret!;
        f = a;
        break enter;
      }

      // ---- `d` is the newest operand: as long as what follows takes it, it needs no object ----
      for (;;) {
        switch (ops[pc]) {
          case 112: // STORE_FAST
            L[args[pc++]] = new KFloat(d);
            continue loop;
          case 148: // IADD
          case 129: // BIN_ADD
            a = S[sp - 1];
            if (a instanceof KFloat && a.cls === KFloatType) d = a.v + d;
            else if (typeof a === "number") d = a + d;
            else break;
            sp--;
            pc += 6;
            continue;
          case 149: // ISUB
          case 130: // BIN_SUB
            a = S[sp - 1];
            if (a instanceof KFloat && a.cls === KFloatType) d = a.v - d;
            else if (typeof a === "number") d = a - d;
            else break;
            sp--;
            pc += 6;
            continue;
          case 131: // BIN_MUL
            a = S[sp - 1];
            if (a instanceof KFloat && a.cls === KFloatType) d = a.v * d;
            else if (typeof a === "number") d = a * d;
            else break;
            sp--;
            pc += 6;
            continue;
          case 133: // BIN_TRUEDIV
            a = S[sp - 1];
            if (d === 0) break;
            if (a instanceof KFloat && a.cls === KFloatType) d = a.v / d;
            else if (typeof a === "number") d = a / d;
            else break;
            sp--;
            pc += 6;
            continue;
          case 183: // FAST_ADD
            b = L[args[pc]];
            if (b instanceof KFloat && b.cls === KFloatType) d += b.v;
            else if (typeof b === "number") d += b;
            else break;
            pc += 7;
            continue;
          case 184: // FAST_SUB
            b = L[args[pc]];
            if (b instanceof KFloat && b.cls === KFloatType) d -= b.v;
            else if (typeof b === "number") d -= b;
            else break;
            pc += 7;
            continue;
          case 185: // FAST_MUL
            b = L[args[pc]];
            if (b instanceof KFloat && b.cls === KFloatType) d *= b.v;
            else if (typeof b === "number") d *= b;
            else break;
            pc += 7;
            continue;
          case 181: // SMALL_ADD
            d += args[pc];
            pc += 7;
            continue;
          case 182: // SMALL_SUB
            d -= args[pc];
            pc += 7;
            continue;
          case 199: // CONST_OP
            b = prep.consts[args[pc]];
            if (!(b instanceof KFloat)) break;
            n = ops[pc + 1];
            if (n === P.BIN_MUL) d *= b.v;
            else if (n === P.BIN_ADD || n === P.IADD) d += b.v;
            else if (n === P.BIN_SUB || n === P.ISUB) d -= b.v;
            else if (n === P.BIN_TRUEDIV && b.v !== 0) d /= b.v;
            else if (n >= P.JUMP_LT && n <= P.JUMP_GE) {
              e = b.v;
              if (n === P.JUMP_LT) r = d < e;
              else if (n === P.JUMP_LE) r = d <= e;
              else if (n === P.JUMP_GT) r = d > e;
              else if (n === P.JUMP_GE) r = d >= e;
              else if (n === P.JUMP_EQ) r = d === e;
              else r = d !== e;
              pc = r ? pc + 6 : args[pc + 3];
              continue loop;
            } else break;
            pc += 7;
            continue;
          case 186: // FAST2_ADD
          case 187: // FAST2_SUB
          case 188: // FAST2_MUL
            // a second operand: usually taken together with the first one by what follows
            n = args[pc];
            a = L[n >> 4];
            b = L[n & 15];
            if (
              !(a instanceof KFloat && b instanceof KFloat && a.cls === KFloatType && b.cls === KFloatType)
            ) break;
            n = ops[pc];
            e = n === P.FAST2_MUL ? a.v * b.v : n === P.FAST2_ADD ? a.v + b.v : a.v - b.v;
            pc += 7;
            n = ops[pc];
            if (n === P.BIN_ADD || n === P.IADD) d += e;
            else if (n === P.BIN_SUB || n === P.ISUB) d -= e;
            else if (n === P.BIN_MUL) d *= e;
            else if (n === P.BIN_TRUEDIV && e !== 0) d /= e;
            else {
              S[sp++] = new KFloat(d);
              d = e;
              continue;
            }
            pc += 6;
            continue;
          case 84: // LOAD_FAST
          case 86: // LOAD_FAST_BORROW
            // as above, for locals that one instruction can't name together
            n = ops[pc + 1];
            if (n !== P.FAST_MUL && n !== P.FAST_ADD && n !== P.FAST_SUB) break;
            a = L[args[pc]];
            b = L[args[pc + 1]];
            if (
              !(a instanceof KFloat && b instanceof KFloat && a.cls === KFloatType && b.cls === KFloatType)
            ) break;
            S[sp++] = new KFloat(d);
            d = n === P.FAST_MUL ? a.v * b.v : n === P.FAST_ADD ? a.v + b.v : a.v - b.v;
            pc += 8;
            continue;
          case 202: // SWAP_STORE_SUBSCR
            b = S[sp - 1];
            a = S[sp - 2];
            if (
              !(typeof b === "number" && a instanceof KList && a.cls === KListType &&
                b >= 0 && b < a.items.length)
            ) break;
            a.items[b] = new KFloat(d);
            sp -= 2;
            pc += 4;
            continue loop;
          case 41: // UNARY_NEGATIVE
            d = -d;
            pc++;
            continue;
        }
        break;
      }
      S[sp++] = new KFloat(d);
      continue;
    }

    // ---- go on with frame f ----
    ts.frame = f;
    prep = f.prep;
    ops = prep.ops;
    args = prep.args;
    L = f.locals;
    pc = f.pc;
    sp = f.sp;
  }
}
