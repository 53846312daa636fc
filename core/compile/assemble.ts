// CPython 3.14: Python/assemble.c
//
// From the optimised instruction list to a code object: the direction and the
// distance of jumps (a distance that needs an EXTENDED_ARG moves everything
// behind it, so distances are computed until none changes its size), the
// bytes with their cache entries, the location table and the exception table.

import {
  CO_FAST_ARG_KW,
  CO_FAST_ARG_POS,
  CO_FAST_ARG_VAR,
  CO_FAST_CELL,
  CO_FAST_FREE,
  CO_FAST_HIDDEN,
  CO_FAST_LOCAL,
  CO_VARARGS,
  CO_VARKEYWORDS,
  PyCode,
} from "../code/code.ts";
import * as N from "../code/opnums.ts";
import { CACHES, hasJump } from "../code/opcodes.ts";
import { ByteWriter } from "../code/bytewriter.ts";
import { LocationWriter } from "../code/location_writer.ts";
import type { Value } from "../objects/object.ts";
import { type ConstOps, constOps } from "./constfold.ts";
import { isTerminator } from "./flowgraph.ts";
import { finishSequence, optimizeUnit } from "./flowgraph_final.ts";
import {
  type CompileUnitMeta,
  type HandlerInfo,
  type Instr,
  type InstrSequence,
  NEXT_LOCATION,
  NO_LOCATION,
  sameLoc,
} from "./instructions.ts";

/** Distance between END_ASYNC_FOR's target as tracing wants it and SEND. */
const END_SEND_OFFSET = 5;

/** Code units of an instruction with its EXTENDED_ARGs and cache entries. */
function instrSize(op: number, arg: number): number {
  const extended = arg > 0xffffff ? 3 : arg > 0xffff ? 2 : arg > 0xff ? 1 : 0;
  return extended + 1 + CACHES[op];
}

function resolveUnconditionalJumps(instrs: readonly Instr[]): void {
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i];
    const forward = instr.arg > i;
    if (instr.op === N.JUMP) {
      instr.op = forward ? N.JUMP_FORWARD : N.JUMP_BACKWARD;
    } else if (instr.op === N.JUMP_NO_INTERRUPT) {
      instr.op = forward ? N.JUMP_FORWARD : N.JUMP_BACKWARD_NO_INTERRUPT;
    }
  }
}

/** Turns jump targets (positions) into distances; returns the code offsets. */
function resolveJumpOffsets(instrs: readonly Instr[]): Int32Array {
  const n = instrs.length;
  const targets = new Int32Array(n);
  const jumps: number[] = [];
  for (let i = 0; i < n; i++) {
    if (hasJump(instrs[i].op)) {
      targets[i] = instrs[i].arg;
      jumps.push(i);
    }
  }
  const offsets = new Int32Array(n + 1);
  for (let again = true; again;) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      offsets[i] = total;
      total += instrSize(instrs[i].op, instrs[i].arg);
    }
    offsets[n] = total;
    again = false;
    for (const i of jumps) {
      const instr = instrs[i];
      const size = offsets[i + 1] - offsets[i];
      const from = offsets[i + 1], to = offsets[targets[i]];
      if (instr.op === N.END_ASYNC_FOR) {
        instr.arg = from - to - END_SEND_OFFSET;
      } else {
        instr.arg = to < from ? from - to : to - from;
      }
      if (instrSize(instr.op, instr.arg) !== size) again = true;
    }
  }
  return offsets;
}

function emitCode(instrs: readonly Instr[], units: number): Uint8Array {
  const code = new Uint8Array(units * 2);
  let at = 0;
  for (const { op, arg } of instrs) {
    if (arg > 0xffffff) {
      code[at++] = N.EXTENDED_ARG;
      code[at++] = arg >>> 24;
    }
    if (arg > 0xffff) {
      code[at++] = N.EXTENDED_ARG;
      code[at++] = (arg >> 16) & 0xff;
    }
    if (arg > 0xff) {
      code[at++] = N.EXTENDED_ARG;
      code[at++] = (arg >> 8) & 0xff;
    }
    code[at++] = op;
    code[at++] = arg & 0xff;
    at += 2 * CACHES[op];
  }
  return code;
}

// The location table

function emitLocations(
  instrs: readonly Instr[],
  firstlineno: number,
  noColumns: boolean,
): Uint8Array {
  for (let i = instrs.length - 1; i >= 0; i--) {
    const instr = instrs[i];
    if (!sameLoc(instr.loc, NEXT_LOCATION)) continue;
    instr.loc = isTerminator(instr.op) ? NO_LOCATION : instrs[i + 1].loc;
  }
  const writer = new LocationWriter(firstlineno, noColumns);
  let loc = NO_LOCATION;
  let size = 0;
  for (const instr of instrs) {
    if (!sameLoc(loc, instr.loc)) {
      writer.add(loc, size);
      loc = instr.loc;
      size = 0;
    }
    size += instrSize(instr.op, instr.arg);
  }
  writer.add(loc, size);
  return writer.out.finish();
}

// The exception table

function exceptItem(out: ByteWriter, value: number, msb: number): void {
  for (let shift = 24; shift > 0; shift -= 6) {
    if (value < 1 << shift) continue;
    out.u8(((value >> shift) & 0x3f) | 0x40 | msb);
    msb = 0;
  }
  out.u8((value & 0x3f) | msb);
}

function emitExceptionTable(
  instrs: readonly Instr[],
  offsets: Int32Array,
): Uint8Array {
  const out = new ByteWriter();
  let handler: HandlerInfo | null = null;
  let start = 0;
  const flush = (end: number) => {
    if (handler === null) return;
    const lasti = handler.preserveLasti ? 1 : 0;
    const depth = handler.startDepth - 1 - lasti;
    exceptItem(out, start, 0x80);
    exceptItem(out, end - start, 0);
    exceptItem(out, offsets[handler.label], 0);
    exceptItem(out, (depth << 1) | lasti, 0);
  };
  let label = -1;
  for (let i = 0; i < instrs.length; i++) {
    const next = instrs[i].handler;
    const nextLabel = next === null ? -1 : next.label;
    if (nextLabel === label) continue;
    flush(offsets[i]);
    start = offsets[i];
    handler = next;
    label = nextLabel;
  }
  flush(offsets[instrs.length]);
  return out.finish();
}

// Names

function localsplusInfo(
  meta: CompileUnitMeta,
  nlocalsplus: number,
  flags: number,
): { names: string[]; kinds: Uint8Array } {
  const names = new Array<string>(nlocalsplus);
  const kinds = new Uint8Array(nlocalsplus);
  const groups: [count: number, kind: number][] = [
    [meta.posonlyargcount, CO_FAST_ARG_POS],
    [meta.argcount, CO_FAST_ARG_POS | CO_FAST_ARG_KW],
    [meta.kwonlyargcount, CO_FAST_ARG_KW],
    [flags & CO_VARARGS ? 1 : 0, CO_FAST_ARG_VAR | CO_FAST_ARG_POS],
    [flags & CO_VARKEYWORDS ? 1 : 0, CO_FAST_ARG_VAR | CO_FAST_ARG_KW],
  ];
  let at = 0;
  for (const [count, kind] of groups) {
    for (const end = at + count; at < end; at++) kinds[at] = kind;
  }
  meta.varnames.list.forEach((name, i) => {
    names[i] = name;
    kinds[i] |= CO_FAST_LOCAL;
    if (meta.fasthidden.has(name)) kinds[i] |= CO_FAST_HIDDEN;
    if (meta.cellvars.has(name)) kinds[i] |= CO_FAST_CELL;
  });
  let i = meta.varnames.size;
  for (const name of meta.cellvars.list) {
    if (meta.varnames.has(name)) continue;
    names[i] = name;
    kinds[i++] = CO_FAST_CELL;
  }
  for (const name of meta.freevars.list) {
    names[i] = name;
    kinds[i++] = CO_FAST_FREE;
  }
  return { names, kinds };
}

/** Makes the code object of instructions whose jumps name list positions. */
export function assemble(
  seq: InstrSequence,
  meta: CompileUnitMeta,
  stackDepth: number,
  nlocalsplus: number,
  flags: number,
  filename: Value,
  noColumns = false,
): PyCode {
  const { instrs } = seq, { consts } = meta;
  resolveUnconditionalJumps(instrs);
  const offsets = resolveJumpOffsets(instrs);
  const { names, kinds } = localsplusInfo(meta, nlocalsplus, flags);
  return new PyCode({
    co_argcount: meta.posonlyargcount + meta.argcount,
    co_posonlyargcount: meta.posonlyargcount,
    co_kwonlyargcount: meta.kwonlyargcount,
    co_stacksize: stackDepth,
    co_flags: flags,
    co_code: consts.table(emitCode(instrs, offsets[instrs.length])),
    co_consts: consts.finish(),
    co_names: meta.names.list.slice(),
    co_localsplusnames: names,
    co_localspluskinds: kinds,
    co_filename: filename,
    co_name: meta.name,
    co_qualname: meta.qualname,
    co_firstlineno: meta.firstlineno,
    co_linetable: consts.table(emitLocations(instrs, meta.firstlineno, noColumns)),
    co_exceptiontable: consts.table(emitExceptionTable(instrs, offsets)),
  });
}

/** The code object of hand-made instructions as they are, for `_testinternalcapi`. */
export function assembleSequence(meta: CompileUnitMeta, seq: InstrSequence, filename: Value): PyCode {
  const unit = finishSequence(seq, meta, 0);
  return assemble(unit.instrs, meta, unit.stackDepth, unit.nlocalsplus, 0, filename);
}

/**
 * Optimises a finished unit and makes its code object. `nparams` counts all
 * parameters, `*args` and `**kwargs` among them.
 */
export function optimizeAndAssemble(
  meta: CompileUnitMeta,
  seq: InstrSequence,
  flags: number,
  filename: Value,
  nparams: number,
  ops: ConstOps = constOps,
  noColumns = false,
): PyCode {
  const { consts } = meta;
  const unit = optimizeUnit(seq, meta, consts, ops, flags, nparams);
  return assemble(
    unit.instrs,
    meta,
    unit.stackDepth,
    unit.nlocalsplus,
    flags,
    filename,
    noColumns,
  );
}
