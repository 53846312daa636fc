// The flow graph against the reference's: its optimiser was run on instruction
// lists (code_record.py), gopy's must make the same of them.

import { assertEquals } from "@std/assert";
import { opname } from "../../core/code/opcodes.ts";
import { constOps } from "../../core/compile/constfold.ts";
import { ConstTable } from "../../core/compile/consts.ts";
import { cfgFromSequence, cfgToSequence } from "../../core/compile/flowgraph.ts";
import { calculateStackDepth, optimizeCodeUnit } from "../../core/compile/flowgraph_final.ts";
import { optimizeLoadFast } from "../../core/compile/flowgraph_locals.ts";
import { Instr, InstrSequence, makeLoc } from "../../core/compile/instructions.ts";
import { enterThread } from "./containers.ts";
import facts from "../code_facts.json" with { type: "json" };

function show(rows: number[][]): string[] {
  return rows.map(([op, arg, ...loc]) => `${opname(op)} ${arg} @${loc}`);
}

Deno.test("the optimiser makes of instruction lists what the reference makes", () => {
  enterThread();
  for (const fact of facts.graphs) {
    const seq = new InstrSequence();
    seq.instrs = fact.before.map(([op, arg, line, endLine, col, endCol]) =>
      new Instr(op, arg, makeLoc(line, endLine, col, endCol))
    );
    seq.labels = seq.instrs.map((_, i) => i);
    const consts = new ConstTable();
    for (let i = 0; i < fact.nconsts; i++) consts.add(`c${i}`);
    const g = cfgFromSequence(seq);
    optimizeCodeUnit(g, consts, constOps, fact.nlocals, 0);
    calculateStackDepth(g);
    optimizeLoadFast(g.entry);
    const out = cfgToSequence(g).instrs.map(({ op, arg, loc }) => [
      op,
      arg,
      loc.lineno,
      loc.end_lineno,
      loc.col_offset,
      loc.end_col_offset,
    ]);
    assertEquals(show(out), show(fact.after));
    assertEquals(
      consts.values.map((v) => typeof v === "string" ? v : null),
      fact.kept,
    );
  }
});
