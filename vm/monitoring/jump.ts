// CPython 3.14: Objects/frameobject.c (frame_lineno_set_impl, mark_stacks)
//
// Assigning to `f_lineno`: a debugger's jump. The operand stack at each instruction is modelled by
// the kinds of its items, one character each; a jump is allowed where the target's stack is what is
// left of the present one when items are taken off. As CPython's model, it holds 21 items.

import { None, PyBaseException, type Value } from "../../core/objects/object.ts";
import { attributeError, newError, valueError } from "../../core/objects/errors.ts";
import * as E from "../../core/objects/exceptions.ts";
import { CACHES, stackEffect } from "../../core/code/opcodes.ts";
import * as O from "../../core/code/opnums.ts";
import type { PyCode } from "../../core/code/code.ts";
import { lineTable } from "../../core/code/locations.ts";
import { parseHandlers } from "../interp/prepare.ts";
import { cur } from "../../core/objects/state.ts";
import { PyIntSub } from "../../core/objects/object.ts";
import { isInt } from "../../core/objects/abstract.ts";
import type { Frame } from "../interp/frame.ts";
import type { VmThread } from "../interp/thread.ts";
import { GEN_SUSPENDED } from "../interp/generator.ts";
import * as V from "./events.ts";

const ITERATOR = "I", EXCEPT = "E", OBJECT = "O", NULL = "N", LASTI = "L";
/** Kinds of the items, bottom first; undefined: not reached. */
type Model = string | undefined;
const OVERFLOW = "overflow", MAX = 21;

function push(s: string, kind: string): string {
  return s === OVERFLOW || s.length >= MAX ? OVERFLOW : s + kind;
}
function pop(s: string, n = 1): string {
  return s === OVERFLOW ? OVERFLOW : s.slice(0, Math.max(0, s.length - n));
}

/** The stack before each instruction. */
function markStacks(code: PyCode): Model[] {
  const b = code.co_code, len = b.length >> 1, stacks: Model[] = new Array(len + 1).fill(undefined);
  const handlers = parseHandlers(code.co_exceptiontable);
  stacks[0] = "";
  for (let todo = true; todo;) {
    todo = false;
    for (let i = 0; i < len;) {
      let s = stacks[i];
      let op = b[2 * i], arg = b[2 * i + 1];
      while (op === O.EXTENDED_ARG) {
        i++;
        stacks[i] = s;
        op = b[2 * i];
        arg = arg << 8 | b[2 * i + 1];
      }
      const next = i + 1 + CACHES[op];
      if (s === undefined) {
        i = next;
        continue;
      }
      switch (op) {
        case O.POP_JUMP_IF_FALSE:
        case O.POP_JUMP_IF_TRUE:
        case O.POP_JUMP_IF_NONE:
        case O.POP_JUMP_IF_NOT_NONE:
          stacks[next] = stacks[next + arg] = pop(s);
          break;
        case O.SEND:
          stacks[next] = stacks[next + arg] = s;
          break;
        case O.JUMP_FORWARD:
          stacks[next + arg] = s;
          break;
        case O.JUMP_BACKWARD:
        case O.JUMP_BACKWARD_NO_INTERRUPT:
          if (stacks[next - arg] === undefined && next - arg < i) todo = true;
          stacks[next - arg] = s;
          break;
        case O.GET_ITER:
        case O.GET_AITER:
          stacks[next] = push(pop(s), ITERATOR);
          break;
        case O.FOR_ITER:
          stacks[next] = stacks[next + arg] = push(s, OBJECT);
          break;
        case O.END_ASYNC_FOR:
          stacks[next] = pop(s, 2);
          break;
        case O.PUSH_EXC_INFO:
          stacks[next] = push(s, EXCEPT);
          break;
        case O.POP_EXCEPT:
          stacks[next] = pop(s);
          break;
        case O.RETURN_VALUE:
        case O.RAISE_VARARGS:
        case O.RERAISE:
          break;
        case O.PUSH_NULL:
          stacks[next] = push(s, NULL);
          break;
        case O.LOAD_GLOBAL:
          s = push(s, OBJECT);
          stacks[next] = (arg & 1) !== 0 ? push(s, NULL) : s;
          break;
        case O.LOAD_ATTR:
          stacks[next] = (arg & 1) !== 0 ? push(push(pop(s), OBJECT), NULL) : s;
          break;
        case O.SWAP:
          if (s !== OVERFLOW && arg <= s.length) {
            const k = s.length - arg, a = [...s];
            [a[k], a[a.length - 1]] = [a[a.length - 1], a[k]];
            s = a.join("");
          }
          stacks[next] = s;
          break;
        case O.COPY:
          stacks[next] = push(s, s === OVERFLOW ? OBJECT : s[s.length - arg] ?? OBJECT);
          break;
        default: {
          const delta = stackEffect(op, arg, null) ?? 0;
          if (delta < 0) s = pop(s, -delta);
          for (let k = 0; k < delta; k++) s = push(s, OBJECT);
          stacks[next] = s;
        }
      }
      i = next;
    }
    for (const h of handlers) {
      const s = stacks[h.start];
      if (s === undefined || stacks[h.target] !== undefined) continue;
      todo = true;
      let t = s === OVERFLOW ? s : s.slice(0, h.depth);
      if (h.lasti) t = push(t, LASTI);
      stacks[h.target] = push(t, EXCEPT);
    }
  }
  return stacks;
}

function compatible(from: Model, to: Model): boolean {
  if (from === undefined || to === undefined || from === OVERFLOW || to === OVERFLOW || to.length > from.length) {
    return false;
  }
  for (let i = 0; i < to.length; i++) {
    const a = from[i], b = to[i];
    if (b === OBJECT ? a === NULL : b !== NULL && a !== b) return false;
  }
  return true;
}
function explain(to: Model): string {
  if (to === OVERFLOW) return "stack is too deep to analyze";
  if (to === undefined) return "can't jump into an exception handler, or code may be unreachable";
  switch (to[to.length - 1]) {
    case EXCEPT:
      return "can't jump into an 'except' block as there's no exception";
    case LASTI:
      return "can't jump into a re-raising block as there's no location";
    case ITERATOR:
      return "can't jump into the body of a for loop";
    default:
      return "incompatible stacks";
  }
}

/** May a callback of the event that is running set the line? */
function checkEvent(what: number): void {
  switch (what) {
    case -1:
      throw valueError("f_lineno can only be set in a trace function");
    case V.PY_RESUME:
    case V.JUMP:
    case V.BRANCH:
    case V.BRANCH_LEFT:
    case V.BRANCH_RIGHT:
    case V.LINE:
    case V.PY_YIELD:
      return;
    case V.PY_START:
      throw valueError("can't jump from the 'call' trace event of a new frame");
    case V.CALL:
    case V.C_RETURN:
      throw valueError("can't jump during a call");
    case V.PY_RETURN:
    case V.PY_UNWIND:
    case V.PY_THROW:
    case V.RAISE:
    case V.C_RAISE:
    case V.INSTRUCTION:
    case V.EXCEPTION_HANDLED:
      throw valueError("can only jump from a 'line' trace event");
    default:
      throw newError(E.SystemError, "unexpected event type");
  }
}

/** Lines by the instruction that starts their range, or -1 (marklines). */
function lineStarts(code: PyCode): Int32Array {
  const lines = lineTable(code.co_linetable, code.co_firstlineno, code.co_code.length >> 1);
  const out = new Int32Array(lines.length).fill(-1);
  let last = -1;
  for (let i = 0; i < lines.length; i++) {
    if (lines[i] !== last && lines[i] !== -1) {
      out[i] = lines[i];
      last = lines[i];
    }
  }
  return out;
}

/** Sets `f_lineno`. */
export function setLine(f: Frame, v: Value | undefined): void {
  if (v === undefined) throw attributeError("cannot delete attribute", f, "f_lineno");
  if (!isInt(v) || typeof v === "boolean" || v instanceof PyIntSub) throw valueError("lineno must be an integer");
  const ts = cur as VmThread, code = f.prep.code;
  checkEvent(ts.whatEvent);
  if (typeof v === "bigint" || v > 2147483647 || v < -2147483648) throw valueError("lineno out of range");
  if (v < code.co_firstlineno) throw valueError(`line ${v} comes before the current code block`);
  const starts = lineStarts(code);
  let line = Infinity;
  for (const l of starts) if (l >= v && l < line) line = l;
  if (line === Infinity) throw valueError(`line ${v} comes after the current code block`);

  const stacks = markStacks(code);
  const suspended = f.gen !== undefined && f.gen.frame === f && f.gen.state === GEN_SUSPENDED;
  let from = stacks[suspended ? f.pc + 1 : f.pc];
  let best: string | undefined, at = -1, explained = false;
  let msg = "cannot find bytecode for specified line";
  for (let i = 0; i < starts.length; i++) {
    if (starts[i] !== line) continue;
    const to = stacks[i];
    if (compatible(from, to)) {
      if (best === undefined || to!.length > best.length) {
        best = to!;
        at = i;
      }
    } else if (best === undefined && !explained) {
      if (from === OVERFLOW) msg = "stack to deep to analyze";
      else if (from === undefined) msg = "can't jump from unreachable code";
      else {
        msg = explain(to);
        explained = true;
      }
    }
  }
  if (best === undefined) throw valueError(msg);
  bindUnbound(f);
  const S = ts.stack;
  // the operands of a suspended frame are kept apart, without the value that it is sent
  if (suspended) from = pop(from!);
  while (from!.length > best.length) {
    const x = suspended ? f.saved!.pop() : S[--f.sp];
    if (from![from!.length - 1] === EXCEPT) ts.exc.value = x instanceof PyBaseException ? x : None;
    from = pop(from!);
  }
  f.pc = suspended ? at - 1 : at;
}

/** Locals that the compiler takes for bound at the new place get a value. */
function bindUnbound(f: Frame): void {
  const L = f.locals;
  let n = 0;
  for (const v of L) if (v === undefined) n++;
  if (n === 0) return;
  cur.interp.warn(E.RuntimeWarning, `assigning None to ${n} unbound local${n === 1 ? "" : "s"}`, 1);
  for (let i = 0; i < L.length; i++) if (L[i] === undefined) L[i] = None;
}
