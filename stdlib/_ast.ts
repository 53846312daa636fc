// CPython 3.14: Python/Python-ast.c (the module _ast)
//
// The module `_ast`: the node classes and the flags of compile().

import type { PyModule } from "../core/objects/object.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { astTypes } from "./_ast_types.ts";

/** The module `_ast`. */
export const spec: ModuleSpec = {
  name: "_ast",
  constants: {
    PyCF_ALLOW_TOP_LEVEL_AWAIT: 0x2000,
    PyCF_ONLY_AST: 0x400,
    PyCF_OPTIMIZED_AST: 0x8400,
    PyCF_TYPE_COMMENTS: 0x1000,
  },
  exec(mod: PyModule): void {
    const types = astTypes();
    mod.dict.setStr("AST", types.AST);
    for (const [name, type] of types.byName) mod.dict.setStr(name, type);
  },
};
