// CPython 3.14: Modules/_elementtree.c (the module)
//
// The types are in elementtree_element.ts and elementtree_parser.ts; the parser is expat_parser.ts.

import { M_NOSIG, M_VECTOR, type PyModule, type Value } from "../core/objects/object.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { cur } from "../core/objects/state.ts";
import { elementType, subElement } from "./elementtree_element.ts";
import { builderType, parseErrorType, parserType, setFactories } from "./elementtree_parser.ts";

export const spec: ModuleSpec = {
  name: "_elementtree",
  functions: {
    SubElement: ["*args, **kwargs", "", subElement, M_VECTOR | M_NOSIG],
    _set_factories: [
      "comment_factory, pi_factory, /",
      "Changes what makes comments and processing instructions. Internal.",
      (_m: Value, comment: Value, pi: Value) => setFactories(comment, pi),
    ],
  },
  constants: { ParseError: () => parseErrorType() },
  types: { Element: elementType, TreeBuilder: builderType, XMLParser: parserType },
  exec(_m: PyModule) {
    cur.interp.importModule("xml.etree.ElementPath");
  },
};
