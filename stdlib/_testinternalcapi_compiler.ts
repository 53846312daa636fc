// CPython 3.14: Modules/_testinternalcapi.c (the compiler's steps), Python/instruction_sequence.c
//
// The steps of the compiler one by one. An `InstructionSequence` is the code generator's own list;
// what code generation leaves, the flow graph takes and gives back as another such list, and the
// assembler makes a code object of one. Lists that no code generator made may be nonsense: the flow
// graph refuses what it can't follow, and the code object is verified before it runs.

import {
  builtinType,
  None,
  PyList,
  PyObject,
  PyTuple,
  type PyType,
  setSpec,
  typeName,
  type Value,
} from "../core/objects/object.ts";
import { asInt32, isStr, isTrue, strValue } from "../core/objects/abstract.ts";
import { newErrorArgs, systemError, typeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import { utf16 } from "../core/objects/names.ts";
import { initOf, PyCode } from "../core/code/code.ts";
import { hasArg, hasTarget, isValid } from "../core/code/opcodes.ts";
import { assembleSequence } from "../core/compile/assemble.ts";
import { ConstTable } from "../core/compile/consts.ts";
import { cleanDoc } from "../core/compile/docstring.ts";
import { FlowGraphError } from "../core/compile/flowgraph.ts";
import { optimizeSequence } from "../core/compile/flowgraph_final.ts";
import { InstrSequence, makeLoc, NameTable } from "../core/compile/instructions.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import type { ParseMode } from "../core/parse/parse.ts";
import { generateTree } from "../vm/compile_source.ts";
import { interp } from "../vm/interpreter.ts";
import { isAstNode, valueToAst } from "./_ast_convert.ts";

const sequenceType: PyType = builtinType("InstructionSequence", undefined, true);

class PySequence extends PyObject {
  readonly seq: InstrSequence;
  /** The list that `get_nested` gives, once there is something in it. */
  nested: PyList | undefined;
  constructor(seq: InstrSequence) {
    super(sequenceType);
    this.seq = seq;
    this.nested = seq.nested.length === 0 ? undefined : new PyList(seq.nested.map((n) => new PySequence(n)));
  }
}

function sequence(v: Value, error: (msg: string) => Error | PyObject): InstrSequence {
  if (!(v instanceof PySequence)) throw error("expected an instruction sequence");
  return v.seq;
}

function addop(self: PySequence, opcode: Value, oparg: Value, ...position: Value[]): Value {
  const op = asInt32(opcode), arg = asInt32(oparg);
  const [lineno, endLineno, col, endCol] = position.map(asInt32);
  if (!isValid(op)) throw valueError(`invalid opcode ${op}`);
  if (arg < 0 || arg >= 1 << 30) throw valueError(`oparg ${arg} is out of range`);
  if (arg !== 0 && !hasArg(op) && !hasTarget(op)) throw valueError(`opcode ${op} has no argument`);
  self.seq.addOp(op, arg, makeLoc(lineno, endLineno, col, endCol));
  return None;
}

/** More labels than any code has would be a table of that size. */
const MAX_LABEL = 1 << 24;

setSpec(sequenceType, {
  // the head names the type wrongly, so CPython does not take it for a signature either
  doc: "InstructionSequenceType()\n--\n\nCreate a new InstructionSequence object.",
  slots: {
    tp_new: (_type: PyType, args: Value[], kwnames) => {
      const nkw = kwnames?.length ?? 0;
      if (args.length > nkw) throw typeError("InstructionSequenceType() takes no positional arguments");
      if (nkw > 0) throw typeError("InstructionSequenceType() takes no keyword arguments");
      return new PySequence(new InstrSequence());
    },
  },
  methods: {
    addop: ["opcode, oparg, lineno, col_offset, end_lineno, end_col_offset", "Append an instruction.", addop],
    new_label: ["", "Return a new label.", (self: PySequence) => self.seq.newLabel()],
    use_label: ["label", "Put the label at the current end.", (self: PySequence, label: Value) => {
      const n = asInt32(label);
      if (n < 0 || n > MAX_LABEL) throw valueError(`label ${n} is out of range`);
      self.seq.useLabel(n);
      return None;
    }],
    add_nested: ["nested", "Add the sequence of a scope in this one.", (self: PySequence, nested: Value) => {
      if (!(nested instanceof PySequence)) {
        throw typeError(
          `expected an instruction sequence, not ${typeName(nested)}`,
        );
      }
      (self.nested ??= new PyList([])).items.push(nested);
      return None;
    }],
    get_nested: [
      "",
      "Return the sequences of the scopes in this one.",
      (self: PySequence) => self.nested ?? new PyList([]),
    ],
    get_instructions: ["", "Return the instructions as tuples; jumps name positions.", (self: PySequence) => {
      self.seq.applyLabels();
      return new PyList(
        self.seq.instrs.map(({ op, arg, loc }) =>
          new PyTuple([op, hasArg(op) ? arg : None, loc.lineno, loc.end_lineno, loc.col_offset, loc.end_col_offset])
        ),
      );
    }],
  },
});

/** Runs a pass; what it says of a flow graph becomes a Python exception. */
function pass<T>(f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (e instanceof FlowGraphError) throw (e.type === "ValueError" ? valueError : systemError)(e.message);
    throw e;
  }
}

const MODES: readonly ParseMode[] = ["exec", "eval", "single", "func_type"];

function codegen(_m: Value, tree: Value, filename: Value, optimizeV: Value, modeV: Value = 0): Value {
  const level = asInt32(optimizeV), mode = MODES[asInt32(modeV)];
  if (!isAstNode(tree)) throw typeError("expected an AST");
  if (mode === undefined) throw valueError("compile_mode must be 0 to 3");
  const optimize = level === -1 ? interp().config.optimize : level;
  const unit = generateTree(valueToAst(tree, mode), { mode, filename, optimize });
  const meta = new PyDict();
  meta.setStr("argcount", unit.argcount);
  meta.setStr("posonlyargcount", unit.posonlyargcount);
  meta.setStr("kwonlyargcount", unit.kwonlyargcount);
  meta.setStr("consts", new PyList(unit.consts.values.slice()));
  return new PyTuple([new PySequence(unit.seq), meta]);
}

function optimizeCfg(_m: Value, instructions: Value, consts: Value, nlocalsV: Value): Value {
  const nlocals = asInt32(nlocalsV);
  const seq = sequence(instructions, valueError);
  if (!(consts instanceof PyList)) throw typeError("consts must be a list");
  const table = ConstTable.of(consts.items);
  const out = pass(() => optimizeSequence(seq, table, nlocals));
  consts.items.splice(0, consts.items.length, ...table.values);
  return new PySequence(out);
}

// ---- assembling ------------------------------------------------------------------------------

function field(metadata: PyDict, name: string): Value {
  const v = metadata.getStr(name);
  if (v === undefined) throw newErrorArgs(X.KeyError, [name]);
  return v;
}
function dictField(metadata: PyDict, name: string): [Value, Value][] {
  const v = field(metadata, name);
  if (!(v instanceof PyDict)) throw typeError(`metadata '${name}' must be a dict`);
  return v.entries();
}
function textField(metadata: PyDict, name: string): string {
  const v = field(metadata, name);
  if (!isStr(v)) throw typeError(`metadata '${name}' must be a str`);
  return utf16(strValue(v));
}
function countField(metadata: PyDict, name: string): number {
  const n = asInt32(field(metadata, name));
  if (n < 0) throw valueError(`metadata '${name}' must not be negative`);
  return n;
}

/** The keys of a dict from things to their numbers, by number. */
function inOrder(metadata: PyDict, name: string): Value[] {
  const numbered = dictField(metadata, name).map(([key, n]): [number, Value] => [asInt32(n), key]);
  numbered.sort((a, b) => a[0] - b[0]);
  return numbered.map(([, key]) => key);
}
function names(metadata: PyDict, name: string): NameTable {
  return new NameTable(
    inOrder(metadata, name).map((key) => {
      if (!isStr(key)) throw typeError(`metadata '${name}' must have str keys`);
      return utf16(strValue(key));
    }),
  );
}

function assembleCode(_m: Value, filename: Value, instructions: Value, metadata: Value): Value {
  if (!(metadata instanceof PyDict)) throw typeError("metadata must be a dict");
  const hidden = dictField(metadata, "fasthidden").map(([key, on]): [string, boolean] => {
    if (!isStr(key)) throw typeError("metadata 'fasthidden' must have str keys");
    return [utf16(strValue(key)), isTrue(on)];
  });
  const meta = {
    name: textField(metadata, "name"),
    qualname: textField(metadata, "qualname"),
    // a key of the compiler's own tables is a tuple whose second item is the constant
    consts: ConstTable.of(
      inOrder(metadata, "consts").map((key) => key instanceof PyTuple && key.items.length > 1 ? key.items[1] : key),
    ),
    names: names(metadata, "names"),
    varnames: names(metadata, "varnames"),
    cellvars: names(metadata, "cellvars"),
    freevars: names(metadata, "freevars"),
    fasthidden: new Map(hidden),
    argcount: countField(metadata, "argcount"),
    posonlyargcount: countField(metadata, "posonlyargcount"),
    kwonlyargcount: countField(metadata, "kwonlyargcount"),
    firstlineno: countField(metadata, "firstlineno"),
  };
  const seq = sequence(instructions, typeError);
  if (meta.argcount + meta.posonlyargcount + meta.kwonlyargcount > meta.varnames.size) {
    throw valueError("more arguments than variables");
  }
  return new PyCode(initOf(pass(() => assembleSequence(meta, seq, filename))), false);
}

/** The functions that `_testinternalcapi` has of the compiler. */
export const functions: NonNullable<ModuleSpec["functions"]> = {
  new_instruction_sequence: [
    "",
    "Return a new, empty InstructionSequence.",
    () => new PySequence(new InstrSequence()),
  ],
  compiler_codegen: [
    "ast, filename, optimize, compile_mode=0",
    "Generate code for a tree: the instructions and a dict with argument counts and constants.",
    codegen,
  ],
  optimize_cfg: [
    "instructions, consts, nlocals",
    "Optimise instructions; the list of constants is changed in place.",
    optimizeCfg,
  ],
  assemble_code_object: [
    "filename, instructions, metadata",
    "Make a code object of instructions.",
    assembleCode,
  ],
  compiler_cleandoc: ["doc", "What the compiler makes of a doc string.", (_m: Value, doc: Value) => {
    if (!isStr(doc)) throw typeError(`compiler_cleandoc() argument 'doc' must be str, not ${typeName(doc)}`);
    return cleanDoc(strValue(doc));
  }],
};
