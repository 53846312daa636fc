// CPython 3.14: Modules/pwdmodule.c
//
// The user database is /etc/passwd, as the guest may read it.

import { argTypeName } from "../core/objects/type_name.ts";
import { PyList, type Value } from "../core/objects/object.ts";
import { keyError, typeError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { structSeq, structSeqType } from "../core/objects/structseq.ts";
import { fromUtf16 } from "../core/objects/str_wide.ts";
import { utf16 } from "../core/objects/names.ts";
import { typeName } from "../core/objects/object.ts";
import { interp } from "../vm/interpreter.ts";
import { readHostFile } from "../vm/import/frozen.ts";
import { HostError } from "../vm/host.ts";
import { hostCall } from "./os_error.ts";

const passwdType = structSeqType({
  name: "pwd.struct_passwd",
  doc: "pwd.struct_passwd: an entry of the user database.",
  fields: [
    ["pw_name", "user name"],
    ["pw_passwd", "password"],
    ["pw_uid", "user id"],
    ["pw_gid", "group id"],
    ["pw_gecos", "real name"],
    ["pw_dir", "home directory"],
    ["pw_shell", "shell program"],
  ],
  visible: 7,
});

/** Lines of a database file, split at colons. */
export function databaseLines(path: string, fields: number): string[][] {
  let text: string;
  try {
    text = new TextDecoder().decode(readHostFile(interp(), path));
  } catch (e) {
    if (e instanceof HostError && e.errno === 2) return [];
    return hostCall(() => {
      throw e;
    }, path);
  }
  return text.split("\n").map((l) => l.split(":")).filter((f) => f.length >= fields);
}
function all(): Value[] {
  return databaseLines("/etc/passwd", 7).map((f) =>
    structSeq(passwdType, f.map((x, i) => i === 2 || i === 3 ? Number(x) : fromUtf16(x) as Value))
  );
}
const field = (v: Value, i: number): Value => (v as unknown as { items: Value[] }).items[i];

export const spec: ModuleSpec = {
  name: "pwd",
  doc: "Access to the Unix password database.",
  functions: {
    getpwall: [
      "",
      "Return a list of all available password database entries, in arbitrary order.",
      () => new PyList(all()),
    ],
    getpwnam: ["name, /", "Return the password database entry for the given user name.", (_m: Value, name: Value) => {
      if (!A.isStr(name)) throw typeError(`getpwnam() argument must be str, not ${argTypeName(name)}`);
      const n = utf16(A.strValue(name));
      const hit = all().find((e) => field(e, 0) === n);
      if (hit === undefined) throw keyError(`getpwnam(): name not found: ${utf16(A.reprStr(name))}`);
      return hit;
    }],
    getpwuid: [
      "uidobj, /",
      "Return the password database entry for the given numeric user ID.",
      (_m: Value, uid: Value) => {
        if (!A.hasIndex(uid)) throw typeError(`uid should be integer, not ${typeName(uid)}`);
        const n = A.asIndex(uid);
        const hit = all().find((e) => field(e, 2) === n);
        if (hit === undefined) throw keyError(`getpwuid(): uid not found: ${n}`);
        return hit;
      },
    ],
  },
  types: { struct_passwd: passwdType },
};
