// CPython 3.14: Objects/codeobject.c (_PyCode_GetCode), Python/specialize.c, Python/instrumentation.c
//
// `_co_code_adaptive`: the bytecode as CPython would have rewritten it by now, made when it is asked
// for, from what the sites were seen to do (observe.ts) and from the events that are on.

import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, type PyCode } from "../../core/code/code.ts";
import * as O from "../../core/code/opnums.ts";
import { CACHES } from "../../core/code/opcodes.ts";
import { constsHere } from "../../core/objects/code_consts.ts";
import { isImmortal } from "../../core/objects/immortal.ts";
import type { Value } from "../../core/objects/object.ts";
import { prepared } from "./calls.ts";
import { CONST_OP, LOAD_CONST_SEEN, type Prep } from "./prepare.ts";

/**
 * Bytecode with specialised and instrumented opcodes, in the same places as in `co_code`. A site of
 * which nothing is known has its base opcode.
 */
export function adaptiveCode(code: PyCode): Uint8Array {
  const p = prepared(code);
  if (p === undefined) return code.co_code;
  const out = code.co_code.slice(), n = p.ops.length;
  // from the end, so that it is known whether what follows a RESUME has run
  const starts: number[] = [];
  for (let i = 0; i < n; i += 1 + CACHES[out[2 * i]]) starts.push(i);
  const first = starts.find((i) => out[2 * i] === O.RESUME);
  const suspends = (code.co_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) !== 0;
  let ran = false, anyRan = false;
  for (const i of starts.reverse()) {
    const op = out[2 * i];
    switch (op) {
      case O.RESUME:
        if (ran || i === first && (anyRan || !suspends)) out[2 * i] = O.RESUME_CHECK;
        ran = false;
        continue;
      case O.LOAD_CONST:
        if (p.ops[i] !== LOAD_CONST_SEEN && p.ops[i] !== CONST_OP) continue;
        out[2 * i] = lastsForEver(constsHere(code)[p.args[i]]) ? O.LOAD_CONST_IMMORTAL : O.LOAD_CONST_MORTAL;
        break;
      case O.JUMP_BACKWARD:
        ran = p.sites !== undefined && p.sites[i] > 0;
        if (ran) out[2 * i] = O.JUMP_BACKWARD_NO_JIT;
        anyRan ||= ran;
        continue;
      case O.JUMP_FORWARD:
      case O.JUMP_BACKWARD_NO_INTERRUPT:
      case O.RETURN_VALUE:
        ran = false;
        continue;
      default: {
        const m = p.sites;
        if (m === undefined || m[i] === 0) continue;
        const seen = m[2 * n + i];
        if (seen !== 0) out[2 * i] = seen;
      }
    }
    ran = anyRan = true;
  }
  if (p.mon !== undefined && p.mon.on) instrumented(p, code.co_code, out);
  return out;
}

/** A constant that is immortal: texts that look like names are, since they are interned. */
function lastsForEver(v: Value): boolean {
  return isImmortal(v) || typeof v === "string" && /^\w*$/.test(v);
}

const INSTRUMENTED: Record<number, number> = {
  [O.END_FOR]: O.INSTRUMENTED_END_FOR,
  [O.POP_ITER]: O.INSTRUMENTED_POP_ITER,
  [O.END_SEND]: O.INSTRUMENTED_END_SEND,
  [O.FOR_ITER]: O.INSTRUMENTED_FOR_ITER,
  [O.JUMP_FORWARD]: O.INSTRUMENTED_JUMP_FORWARD,
  [O.NOT_TAKEN]: O.INSTRUMENTED_NOT_TAKEN,
  [O.POP_JUMP_IF_TRUE]: O.INSTRUMENTED_POP_JUMP_IF_TRUE,
  [O.POP_JUMP_IF_FALSE]: O.INSTRUMENTED_POP_JUMP_IF_FALSE,
  [O.POP_JUMP_IF_NONE]: O.INSTRUMENTED_POP_JUMP_IF_NONE,
  [O.POP_JUMP_IF_NOT_NONE]: O.INSTRUMENTED_POP_JUMP_IF_NOT_NONE,
  [O.RESUME]: O.INSTRUMENTED_RESUME,
  [O.RETURN_VALUE]: O.INSTRUMENTED_RETURN_VALUE,
  [O.YIELD_VALUE]: O.INSTRUMENTED_YIELD_VALUE,
  [O.END_ASYNC_FOR]: O.INSTRUMENTED_END_ASYNC_FOR,
  [O.LOAD_SUPER_ATTR]: O.INSTRUMENTED_LOAD_SUPER_ATTR,
  [O.CALL]: O.INSTRUMENTED_CALL,
  [O.CALL_KW]: O.INSTRUMENTED_CALL_KW,
  [O.CALL_FUNCTION_EX]: O.INSTRUMENTED_CALL_FUNCTION_EX,
  [O.JUMP_BACKWARD]: O.INSTRUMENTED_JUMP_BACKWARD,
};

/** Puts the opcodes of instructions with events in; a line's hides an instruction's, which hides the others. */
function instrumented(p: Prep, code: Uint8Array, out: Uint8Array): void {
  const m = p.mon!;
  for (const i of m.starts) {
    const op = INSTRUMENTED[code[2 * i]];
    if (m.lineTools[i] !== 0) out[2 * i] = O.INSTRUMENTED_LINE;
    else if (m.instrTools[i] !== 0) out[2 * i] = O.INSTRUMENTED_INSTRUCTION;
    else if (m.tools[i] !== 0 && op !== undefined) out[2 * i] = op;
  }
}
