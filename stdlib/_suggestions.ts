// CPython 3.14: Modules/_suggestions.c

import { argTypeName } from "../core/objects/type_name.ts";
import { listType, None, PyList, type Value } from "../core/objects/object.ts";
import { typeError } from "../core/objects/errors.ts";
import { isStr, strValue } from "../core/objects/abstract.ts";
import { nameValue, utf16 } from "../core/objects/names.ts";
import { suggestName } from "../core/objects/suggest.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";

export const spec: ModuleSpec = {
  name: "_suggestions",
  functions: {
    _generate_suggestions: [
      "candidates, item, /",
      "The candidate nearest to the item, or None.",
      (_m: Value, candidates: Value, item: Value) => {
        if (!isStr(item)) throw typeError(`_generate_suggestions() argument 2 must be str, not ${argTypeName(item)}`);
        if (!(candidates instanceof PyList) || candidates.cls !== listType) {
          throw typeError("candidates must be a list");
        }
        const names = candidates.items.map((c) => {
          if (!isStr(c)) throw typeError("all elements in 'candidates' must be strings");
          return utf16(strValue(c));
        });
        const found = suggestName(utf16(strValue(item)), names);
        return found === undefined ? None : nameValue(found);
      },
    ],
  },
};
