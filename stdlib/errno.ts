// CPython 3.14: Modules/errnomodule.c

import type { Value } from "../core/objects/object.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { PyDict } from "../core/objects/dict.ts";
import { ERRNO_ROWS } from "../vm/errno_table.ts";

/** Names that share their number with one of the table; the first of a number is its name in errorcode. */
const ALIASES: readonly (readonly [string, string])[] = [
  ["EWOULDBLOCK", "EAGAIN"],
  ["EDEADLK", "EDEADLOCK"],
  ["EOPNOTSUPP", "ENOTSUP"],
];

export const spec: ModuleSpec = {
  name: "errno",
  doc:
    "Names of the system's error numbers.\n\nEach name is an int; errorcode maps the numbers to their names.\nos.strerror() gives the text of a number.",
  exec(mod) {
    const codes = new PyDict();
    const byName = new Map<string, number>();
    mod.dict.setStr("errorcode", codes);
    for (const [n, name] of ERRNO_ROWS) {
      byName.set(name, n);
      mod.dict.setStr(name, n);
      codes.set(n, name as Value);
    }
    for (const [alias, name] of ALIASES) {
      const n = byName.get(name);
      if (n !== undefined && !byName.has(alias)) mod.dict.setStr(alias, n);
    }
  },
};
