// CPython 3.14: Modules/_opcode.c

import { None, PyList, PyTuple, type Value } from "../core/objects/object.ts";
import { valueError } from "../core/objects/errors.ts";
import { asInt32 } from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import * as T from "../core/code/opcodes.ts";

const predicate = (f: (op: number) => boolean) => (_m: Value, op: Value): Value => {
  const n = asInt32(op);
  return T.isValid(n) && f(n);
};

export const spec: ModuleSpec = {
  name: "_opcode",
  doc: "Opcode support module.",
  functions: {
    stack_effect: ["opcode, oparg=None, /, *, jump=None", "Compute the stack effect of the opcode.", (_m: Value, opV: Value, arg: Value = None, jump: Value = None) => {
      const op = asInt32(opV);
      const n = arg === None ? 0 : asInt32(arg);
      if (jump !== None && typeof jump !== "boolean") {
        throw valueError("stack_effect: jump must be False, True or None");
      }
      if (!T.isValid(op)) throw valueError("invalid opcode or oparg");
      const e = T.stackEffect(op, n, jump === None ? null : jump as boolean);
      if (e === undefined) throw valueError("invalid opcode or oparg");
      return e;
    }],
    is_valid: ["opcode", "Return True if opcode is valid, False otherwise.", predicate(() => true)],
    has_arg: ["opcode", "Return True if the opcode uses its oparg, False otherwise.", predicate(T.hasArg)],
    has_const: ["opcode", "Return True if the opcode accesses a constant, False otherwise.", predicate(T.hasConst)],
    has_name: ["opcode", "Return True if the opcode accesses an attribute by name, False otherwise.", predicate(T.hasName)],
    has_jump: ["opcode", "Return True if the opcode has a jump target, False otherwise.", predicate(T.hasJump)],
    has_free: ["opcode", "Return True if the opcode accesses a free variable, False otherwise.", predicate(T.hasFree)],
    has_local: ["opcode", "Return True if the opcode accesses a local variable, False otherwise.", predicate(T.hasLocal)],
    has_exc: ["opcode", "Return True if the opcode sets an exception handler, False otherwise.", predicate(T.hasExc)],
    get_specialization_stats: ["", "Return the specialization stats", () => None],
    get_nb_ops: ["", "Return array of symbols of binary ops.", () => new PyList(T.NB_OPS.map(([n, s]) => new PyTuple([n, s])))],
    get_intrinsic1_descs: ["", "Return a list of names of the unary intrinsics.", () => new PyList([...T.INTRINSIC_1])],
    get_intrinsic2_descs: ["", "Return a list of names of the binary intrinsics.", () => new PyList([...T.INTRINSIC_2])],
    get_special_method_names: ["", "Return a list of special method names.", () => new PyList([...T.SPECIAL_METHODS])],
    get_executor: ["code, offset", "Return the executor object at offset in code if exists, None otherwise.", () => None],
  },
  constants: { ENABLE_SPECIALIZATION: 1, ENABLE_SPECIALIZATION_FT: 1 },
};
