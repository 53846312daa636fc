// CPython 3.14: Modules/grpmodule.c
//
// The group database is /etc/group, as the guest may read it.

import { argTypeName } from "../core/objects/type_name.ts";
import { PyList, type Value } from "../core/objects/object.ts";
import { keyError, typeError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";
import { fromUtf16 } from "../core/objects/str_wide.ts";
import { utf16 } from "../core/objects/names.ts";
import { typeName } from "../core/objects/object.ts";
import { databaseLines } from "./pwd.ts";

const groupType = structSeqType({
  name: "grp.struct_group",
  doc: "grp.struct_group: an entry of the group database.",
  fields: [["gr_name", "group name"], ["gr_passwd", "password"], ["gr_gid", "group id"], ["gr_mem", "group members"]],
  visible: 4,
});
function all(): Value[] {
  return databaseLines("/etc/group", 4).map((f) =>
    structSeq(groupType, [
      fromUtf16(f[0]) as Value,
      f[1],
      Number(f[2]),
      new PyList(f[3].split(",").filter((x) => x !== "")),
    ])
  );
}
const field = (v: Value, i: number): Value => (v as unknown as { items: Value[] }).items[i];

export const spec: ModuleSpec = {
  name: "grp",
  doc: "Access to the Unix group database.",
  functions: {
    getgrall: ["", "Return a list of all available group entries, in arbitrary order.", () => new PyList(all())],
    getgrgid: ["id", "Return the group database entry for the given numeric group ID.", (_m: Value, id: Value) => {
      if (!A.hasIndex(id)) throw typeError(`gid should be integer, not ${typeName(id)}`);
      const n = A.asIndex(id);
      const hit = all().find((e) => field(e, 2) === n);
      if (hit === undefined) throw keyError(`getgrgid(): gid not found: ${n}`);
      return hit;
    }],
    getgrnam: ["name", "Return the group database entry for the given group name.", (_m: Value, name: Value) => {
      if (!A.isStr(name)) throw typeError(`getgrnam() argument 'name' must be str, not ${argTypeName(name)}`);
      const n = utf16(A.strValue(name));
      const hit = all().find((e) => field(e, 0) === n);
      if (hit === undefined) throw keyError(`getgrnam(): name not found: ${utf16(A.reprStr(name))}`);
      return hit;
    }],
  },
  types: { struct_group: groupType },
};
