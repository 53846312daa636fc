// CPython 3.14: Modules/posixmodule.c
//
// The module posix, put together from its parts: paths (posix_files.ts), descriptors (posix_fd.ts),
// processes and the rest (posix_proc.ts).

import { PyList, type Value } from "../core/objects/object.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import * as X from "../core/objects/exceptions.ts";
import { PyDict } from "../core/objects/dict.ts";
import { CONFSTR_NAMES, CONSTANTS, HAVE, PATHCONF_NAMES, SYSCONF_NAMES } from "./posix_consts.ts";
import { fileFunctions } from "./posix_files.ts";
import { eventFunctions } from "./posix_events.ts";
import { fdFunctions, terminalSizeType } from "./posix_fd.ts";
import {
  environment,
  procFunctions,
  schedParamType,
  timesResultType,
  unameResultType,
  waitidResultType,
} from "./posix_proc.ts";
import { statResultType, statvfsResultType } from "./posix_stat.ts";
import { dirEntryType } from "./posix_dir.ts";

function dictOf(table: Readonly<Record<string, number>>): Value {
  const d = new PyDict();
  for (const k in table) d.setStr(k, table[k]);
  return d;
}

export const spec: ModuleSpec = {
  name: "posix",
  doc: "What POSIX and C standardise of operating systems, thinly disguised.\nUse the module os instead.",
  functions: { ...fileFunctions, ...fdFunctions, ...eventFunctions, ...procFunctions },
  types: {
    DirEntry: dirEntryType,
    stat_result: statResultType,
    statvfs_result: statvfsResultType,
    uname_result: unameResultType,
    times_result: timesResultType,
    waitid_result: waitidResultType,
    terminal_size: terminalSizeType,
    sched_param: schedParamType,
  },
  constants: {
    ...CONSTANTS,
    error: () => X.OSError,
    environ: environment,
    sysconf_names: () => dictOf(SYSCONF_NAMES),
    confstr_names: () => dictOf(CONFSTR_NAMES),
    pathconf_names: () => dictOf(PATHCONF_NAMES),
    _have_functions: () => new PyList([...HAVE]),
  },
};
