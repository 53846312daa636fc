// CPython 3.14: Modules/_remote_debugging_module.c
//
// Looking into the memory of another CPython. A process of gopy has no such memory, and there is no
// way to another process's: an unwinder finds no interpreter in any process, as CPython's finds none
// in a process that runs none.

import {
  builtinType,
  type PyBaseException,
  PyObject,
  type PyType,
  setSpec,
  type Value,
} from "../core/objects/object.ts";
import { asInt32, isTrue } from "../core/objects/abstract.ts";
import { newErrorArgs, runtimeError, valueError } from "../core/objects/errors.ts";
import * as X from "../core/objects/exceptions.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { structSeqType } from "../core/objects/structseq.ts";
import { HostError } from "../vm/host.ts";
import { interp } from "../vm/interpreter.ts";
import { newFrom } from "./native_new.ts";
import { fromHostError } from "./os_error.ts";

const unwinderType: PyType = builtinType("_remote_debugging.RemoteUnwinder");

/** Why there is no interpreter in a process. */
function notFound(pid: number): PyBaseException {
  const e = runtimeError(`Failed to find the PyRuntime section in process ${pid} on Linux platform`);
  const maps = `/proc/${pid}/maps`;
  try {
    interp().host.files.stat(maps);
  } catch (missing) {
    if (!(missing instanceof HostError)) throw missing;
    e.context = newErrorArgs(X.OSError, [
      `Cannot open process memory map file '${maps}' for PID ${pid} section search: ${missing.message}`,
    ]);
    e.context.context = fromHostError(missing, maps) as PyBaseException;
  }
  return e;
}

setSpec(unwinderType, {
  doc: "The stacks of another process that runs Python, read from its memory.",
  slots: {
    tp_new: newFrom(
      "RemoteUnwinder",
      "pid, *, all_threads=False, only_active_thread=False, debug=False",
      (_type, pid: Value, all: Value, active: Value) => {
        const id = asInt32(pid);
        if (isTrue(all ?? false) && isTrue(active ?? false)) {
          throw valueError("all_threads and only_active_thread cannot both be True");
        }
        throw notFound(id);
      },
    ),
  },
  methods: Object.fromEntries(
    ["get_stack_trace", "get_all_awaited_by", "get_async_stack_trace"].map((
      name,
    ) => [name, ["", "", (_u: PyObject) => {
      throw runtimeError("Failed to read the process");
    }]]),
  ),
});

const row = (name: string, ...fields: string[]): PyType =>
  structSeqType({ name: `_remote_debugging.${name}`, doc: "", fields, visible: fields.length });

export const spec: ModuleSpec = {
  name: "_remote_debugging",
  types: {
    RemoteUnwinder: unwinderType,
    TaskInfo: row("TaskInfo", "task_id", "task_name", "coroutine_stack", "awaited_by"),
    FrameInfo: row("FrameInfo", "filename", "lineno", "funcname"),
    CoroInfo: row("CoroInfo", "call_stack", "task_name"),
    ThreadInfo: row("ThreadInfo", "thread_id", "frame_info"),
    AwaitedInfo: row("AwaitedInfo", "thread_id", "awaited_by"),
  },
  constants: { PROCESS_VM_READV_SUPPORTED: 0 },
};
