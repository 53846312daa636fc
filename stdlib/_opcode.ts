// CPython 3.14: Modules/_opcode.c

import { type MethodDef, None, PyList, PyTuple, typeName, type Value } from "../core/objects/object.ts";
import { typeError, valueError } from "../core/objects/errors.ts";
import { asInt32 } from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { PyCode } from "../core/code/code.ts";
import * as O from "../core/code/opcodes.ts";

function test(what: string, f: (opcode: number) => boolean): MethodDef {
  return ["opcode", `Whether ${what}.`, (_m: Value, op: Value) => f(asInt32(op))];
}

function stackEffect(_m: Value, opcode: Value, oparg: Value = None, jump: Value = None): Value {
  const op = asInt32(opcode);
  const arg = oparg === None ? 0 : asInt32(oparg);
  if (jump !== None && jump !== true && jump !== false) {
    throw valueError("stack_effect: jump must be False, True or None");
  }
  const n = O.stackEffect(op, arg, jump === None ? null : jump === true);
  if (n === undefined) throw valueError("invalid opcode or oparg");
  return n;
}

function names(xs: readonly string[]): Value {
  return new PyList([...xs]);
}

export const spec: ModuleSpec = {
  name: "_opcode",
  doc: "What is known of the opcodes, for the modules opcode and dis.",
  functions: {
    stack_effect: [
      "opcode, oparg=None, /, *, jump=None",
      "The change of the stack's depth that an instruction makes.",
      stackEffect,
    ],
    is_valid: test("there is such an opcode", O.isValid),
    has_arg: test("the opcode has an argument", O.hasArg),
    has_const: test("the argument is an index of a constant", O.hasConst),
    has_name: test("the argument is an index of a name", O.hasName),
    has_jump: test("the argument is a jump's", O.hasJump),
    has_free: test("the argument is an index of a free variable", O.hasFree),
    has_local: test("the argument is an index of a local variable", O.hasLocal),
    has_exc: test("the opcode sets an exception handler", O.hasExc),
    get_executor: [
      "code, offset",
      "The executor at an offset of a code object. There are none.",
      (_m: Value, code: Value, offset: Value) => {
        asInt32(offset);
        if (!(code instanceof PyCode)) throw typeError(`expected a code object, not '${typeName(code)}'`);
        throw valueError("no executor at given byte offset");
      },
    ],
    get_specialization_stats: ["", "Counts of specialisation, which are not kept.", () => None],
    get_nb_ops: [
      "",
      "Names and symbols of the binary operations.",
      () => new PyList(O.NB_OPS.map(([n, s]) => new PyTuple([n, s]))),
    ],
    get_intrinsic1_descs: ["", "Names of the intrinsics of one operand.", () => names(O.INTRINSIC_1)],
    get_intrinsic2_descs: ["", "Names of the intrinsics of two operands.", () => names(O.INTRINSIC_2)],
    get_special_method_names: [
      "",
      "Names of the special methods that LOAD_SPECIAL loads.",
      () => names(O.SPECIAL_METHODS),
    ],
  },
  constants: { ENABLE_SPECIALIZATION: 1, ENABLE_SPECIALIZATION_FT: 1 },
};
