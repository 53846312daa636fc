// CPython 3.14: Python/traceback.c (traceback objects)

import {
  type KwNames,
  None,
  PyList,
  type PyType,
  setSpec,
  tracebackType,
  typeOf,
  type Value,
} from "../../core/objects/object.ts";
import { typeError, valueError } from "../../core/objects/errors.ts";
import { asInt32 } from "../../core/objects/abstract.ts";
import { bindArgs, NativeDef } from "../../core/objects/native.ts";
import { lineAt } from "../../core/code/locations.ts";
import { Frame } from "./frame.ts";
import { PyTraceback } from "./unwind.ts";

/** The line of an instruction of a frame's code, or null. */
export function lineOf(f: Frame, pc: number): number | null {
  const code = f.prep.code;
  return pc < 0 ? code.co_firstlineno : lineAt(code.co_linetable, code.co_firstlineno, Math.floor(pc));
}

/** `tb_lineno`. */
export function tracebackLine(tb: PyTraceback): number | null {
  if (tb.line !== -1) return tb.line;
  const l = lineOf(tb.frame, tb.pc);
  if (l !== null) tb.line = l;
  return l;
}

let newDef: NativeDef | undefined;
function tracebackNew(_t: PyType, args: Value[], kw?: KwNames): Value {
  newDef ??= new NativeDef("traceback", [
    "tb_next, tb_frame, tb_lasti, tb_lineno",
    "",
    () => None,
  ]);
  const [next, frame, lasti, lineno] = bindArgs(
    newDef,
    "traceback",
    args,
    kw,
  ) as Value[];
  if (!(frame instanceof Frame)) {
    throw typeError(
      `traceback() argument 'tb_frame' must be frame, not ${frame === None ? "None" : typeOf(frame).name}`,
    );
  }
  const i = asInt32(lasti), line = asInt32(lineno);
  if (next !== None && !(next instanceof PyTraceback)) {
    throw typeError(
      `expected traceback object or None, got '${typeOf(next).name}'`,
    );
  }
  const tb = new PyTraceback(
    next === None ? undefined : next as PyTraceback,
    frame,
    i / 2,
  );
  tb.line = line;
  return tb;
}

function setNext(tb: PyTraceback, v: Value | undefined): void {
  if (v === undefined) throw typeError("can't delete tb_next attribute");
  if (v !== None && !(v instanceof PyTraceback)) {
    throw typeError(`expected traceback object, got '${typeOf(v).name}'`);
  }
  const next = v === None ? undefined : v as PyTraceback;
  for (let t = next; t !== undefined; t = t.next) {
    if (t === tb) throw valueError("traceback loop detected");
  }
  tb.next = next;
}

setSpec(tracebackType, {
  doc: "Create a new traceback object.",
  sig: "(tb_next, tb_frame, tb_lasti, tb_lineno)",
  slots: { tp_new: tracebackNew },
  methods: {
    __dir__: [
      "",
      "",
      () => new PyList(["tb_frame", "tb_next", "tb_lasti", "tb_lineno"]),
    ],
  },
  members: {
    tb_frame: (tb: PyTraceback) => tb.frame,
    tb_lasti: (tb: PyTraceback) => 2 * tb.pc,
  },
  getset: {
    tb_next: [(tb: PyTraceback) => tb.next ?? None, setNext],
    tb_lineno: [(tb: PyTraceback) => tracebackLine(tb) ?? None],
  },
});
