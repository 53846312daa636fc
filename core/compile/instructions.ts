// CPython 3.14: Python/instruction_sequence.c, Include/internal/pycore_compile.h
//
// What code generation writes and the flow graph reads: a flat list of
// instructions in which jumps name labels, with a map from labels to list
// positions that is only resolved when the sequence is complete, and the
// book-keeping of one compilation unit (names, constants, variables).

import { hasTarget } from "../code/opcodes.ts";
import type { ConstTable } from "./consts.ts";

/** A source range. Columns are UTF-8 byte offsets. */
export interface Loc {
  lineno: number;
  end_lineno: number;
  col_offset: number;
  end_col_offset: number;
}

/** An artificial instruction: it belongs to no line. */
export const NO_LOCATION: Loc = {
  lineno: -1,
  end_lineno: -1,
  col_offset: -1,
  end_col_offset: -1,
};

/** An artificial instruction that takes the location of the next one. */
export const NEXT_LOCATION: Loc = {
  lineno: -2,
  end_lineno: -2,
  col_offset: -2,
  end_col_offset: -2,
};

/** Makes a location from four numbers, in CPython's order. */
export function makeLoc(
  lineno: number,
  end_lineno: number,
  col_offset: number,
  end_col_offset: number,
): Loc {
  return { lineno, end_lineno, col_offset, end_col_offset };
}

/** True if both locations cover the same source range. */
export function sameLoc(a: Loc, b: Loc): boolean {
  return a === b ||
    (a.lineno === b.lineno && a.end_lineno === b.end_lineno &&
      a.col_offset === b.col_offset && a.end_col_offset === b.end_col_offset);
}

/** Where an exception raised at an instruction goes; label -1 is "nowhere". */
export interface HandlerInfo {
  /** Label id before the assembler runs, then the handler's code offset. */
  label: number;
  /** Stack depth that the handler starts with. */
  startDepth: number;
  preserveLasti: boolean;
}

/** One instruction of a sequence. A jump's argument is a label id. */
export class Instr {
  op: number;
  arg: number;
  loc: Loc;
  /** Set by the flow graph on its way to the assembler. */
  handler: HandlerInfo | null = null;

  constructor(op: number, arg: number, loc: Loc) {
    this.op = op;
    this.arg = arg;
    this.loc = loc;
  }
}

/** Where a label leads that was never put anywhere: out of the list. */
const UNUSED_LABEL = -111;

/** An instruction list with labels. */
export class InstrSequence {
  instrs: Instr[] = [];
  /** Label id to list position; empty once the jumps name positions. */
  labels: number[] = [];
  /** The last label made. Ids start at 1, as in CPython. */
  #lastLabel = 0;
  /** Sequences of nested scopes (only `_testinternalcapi` asks for them). */
  nested: InstrSequence[] = [];
  /** Deferred annotations of a module or class: appended by the code generator. */
  annotationsCode: InstrSequence | null = null;

  /** Makes a label that no position has yet. */
  newLabel(): number {
    return ++this.#lastLabel;
  }

  /** Puts the label at the current end. */
  useLabel(label: number): void {
    while (this.labels.length <= label) this.labels.push(UNUSED_LABEL);
    this.labels[label] = this.instrs.length;
  }

  /** Turns the labels that jumps name into list positions. */
  applyLabels(): void {
    const { labels } = this;
    if (labels.length === 0) return;
    for (const instr of this.instrs) {
      if (hasTarget(instr.op)) instr.arg = labels[instr.arg] ?? UNUSED_LABEL;
    }
    this.labels = [];
  }

  /** Appends an instruction. */
  addOp(op: number, arg: number, loc: Loc): void {
    this.instrs.push(new Instr(op, arg, loc));
  }

  /** Inserts an instruction and moves the labels behind it. */
  insert(pos: number, op: number, arg: number, loc: Loc): void {
    this.instrs.splice(pos, 0, new Instr(op, arg, loc));
    const labels = this.labels;
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] >= pos) labels[i]++;
    }
  }

  /** Remembers the sequence of a nested scope. */
  addNested(nested: InstrSequence): void {
    this.nested.push(nested);
  }
}

/** An ordered name table: a name's index is the order of its first use. */
export class NameTable {
  list: string[] = [];
  readonly index: Map<string, number> = new Map();

  constructor(names: Iterable<string> = []) {
    for (const name of names) this.add(name);
  }

  /** Number of names. */
  get size(): number {
    return this.list.length;
  }

  /** The index of `name`, which is added if it is new. */
  add(name: string): number {
    let i = this.index.get(name);
    if (i === undefined) {
      i = this.list.length;
      this.list.push(name);
      this.index.set(name, i);
    }
    return i;
  }

  /** The index of `name`, or -1. */
  get(name: string): number {
    return this.index.get(name) ?? -1;
  }

  /** True if the table holds `name`. */
  has(name: string): boolean {
    return this.index.has(name);
  }

  /** Renumbers by a new order of the same names. */
  reorder(names: readonly string[]): void {
    this.list = [...names];
    this.index.clear();
    for (let i = 0; i < names.length; i++) this.index.set(names[i], i);
  }
}

/** What the flow graph and the assembler must know of a compilation unit. */
export interface CompileUnitMeta {
  name: string;
  qualname: string;
  /** `new ConstTable()` at the start. */
  consts: ConstTable;
  names: NameTable;
  varnames: NameTable;
  /** Index within the cell variables; the assembler turns it into a localsplus offset. */
  cellvars: NameTable;
  /** Free variables; numbered after the cell variables once code is generated. */
  freevars: NameTable;
  /** Locals hidden outside of an inlined comprehension: name to "still hidden". */
  fasthidden: Map<string, boolean>;
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  firstlineno: number;
}
